"""What a solver can still say where diagrams grow too large. The only door to python-sat (the extra ``sat``).

The smallest flip sets come out exactly, smallest first (RC2: Ignatiev, Morgado and Marques-Silva 2019); sufficient sets
come one by one, each minimal, until as many are found as were asked for (MARCO: Liffiton and others 2016).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from authority.circuit import Circuit
from authority.errors import MissingExtra

Names = tuple[Hashable, ...]


def smallest_changes(
    circuit: Circuit, root: int, names: Iterable[Hashable], most: int, *, of_one_size: bool = False
) -> tuple[list[Names], bool]:
    """The smallest sets of variables of ``names`` that can make a node true, all others of them being false; smaller
    ones first, none containing another. And whether these are all there are; with ``of_one_size``, all as small as the
    first. MissingExtra without python-sat."""
    rc2, wcnf, _ = _pysat()
    clauses, number = circuit.clauses(root)
    formula = wcnf()
    formula.extend(clauses)
    soft = {number[name]: name for name in names if name in number}
    for each in soft:
        formula.append([-each], weight=1)
    found: list[Names] = []
    with rc2(formula) as solver:
        for model in solver.enumerate(block=-1):  # 1 would let supersets through
            if len(found) == most:
                return found, False
            each = tuple(soft[literal] for literal in model if literal in soft)
            if of_one_size and found and len(each) > len(found[0]):
                return found, True
            found.append(each)
    return found, True


def holding_sets(circuit: Circuit, root: int, names: Sequence[Hashable], most: int) -> tuple[list[Names], bool]:
    """Minimal sets of variables that keep a node false by being false themselves, whatever the others of ``names`` are;
    in no particular order of size. And whether these are all there are. MissingExtra without python-sat."""
    _, _, solver_class = _pysat()
    clauses, number = circuit.clauses(root)
    literal = {number[name]: name for name in names if name in number}
    found: list[Names] = []
    with solver_class(bootstrap_with=clauses) as turns, solver_class() as unexplored:
        unexplored.set_phases(list(literal))  # large sets first
        for each in literal:
            unexplored.add_clause([each, -each])
        while unexplored.solve():
            model = unexplored.get_model() or []
            kept = [each for each in model if each in literal]
            if turns.solve(assumptions=[-each for each in kept]):
                lost = sorted(each for each in turns.get_model() or [] if each in literal)
                for each in tuple(lost):
                    fewer = [other for other in lost if other != each]
                    if turns.solve(assumptions=[-other for other in literal if other not in fewer]):
                        lost = fewer
                unexplored.add_clause(lost)
                continue
            if len(found) == most:
                return found, False
            core = sorted(-each for each in turns.get_core() or [])
            for each in tuple(core):
                fewer = [other for other in core if other != each]
                if not turns.solve(assumptions=[-other for other in fewer]):
                    core = fewer
            found.append(tuple(literal[each] for each in core))
            unexplored.add_clause([-each for each in core])
    return found, True


def _pysat():
    try:
        from pysat.examples.rc2 import RC2
        from pysat.formula import WCNF
        from pysat.solvers import Glucose4
    except ImportError as error:
        raise MissingExtra("a dependence past the budget of nodes", "sat") from error
    return RC2, WCNF, Glucose4
