"""The same questions put to other programs and by other methods: python-sat, z3, clingo, dd, oxidd.

Each rival is asked of the circuit of a ``Turning``, is stopped at its time limit, and says whether it was done. One
that is not installed raises ImportError.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from fractions import Fraction
from time import perf_counter
from typing import Any, NamedTuple, Protocol

from authority.circuit import TRUE, Circuit
from authority.dependence.diagram import Diagrams

Names = frozenset[Hashable]


class Found(NamedTuple):
    """What a rival found: the sets that turn the outcome, those that hold it, whether they are all, and the seconds."""

    turning: list[Names]
    holding: list[Names]
    every: bool
    seconds: float


class Late(Exception):
    """The time is up."""


class Solver(Protocol):
    """What MARCO asks of a solver. Variables are numbers above 0."""

    def add(self, clause: list[int]) -> None:
        """Adds a clause."""

    def model(self, assumed: Sequence[int]) -> set[int] | None:
        """The variables that are true in some solution under assumptions, or None where there is none."""

    def core(self) -> list[int]:
        """Some of the last assumptions, which have no solution together."""


# ── All minimal sets: MARCO ───────────────────────────────────────────────────────────────────────────────────────


def marco(circuit: Circuit, root: int, solver: Callable[[bool], Solver], seconds: float) -> Found:
    """All minimal sets by MARCO (Liffiton and others 2016), with cores and models to shrink by. ``solver`` makes a
    solver; its argument says whether it should try true first."""
    begun, limit = perf_counter(), perf_counter() + seconds
    clauses, number = circuit.clauses(root)
    name = {literal: each for each, literal in number.items()}
    turns, unexplored = solver(False), solver(True)
    for clause in clauses:
        turns.add(clause)
    for each in name:
        unexplored.add([each, -each])
    turning: list[Names] = []
    holding: list[Names] = []

    def solve(kept: Iterable[int]) -> set[int] | None:
        if perf_counter() > limit:
            raise Late
        return turns.model([-each for each in kept])

    try:
        while True:
            chosen = unexplored.model([])
            if chosen is None:
                return Found(turning, holding, True, perf_counter() - begun)
            model = solve(chosen & name.keys())
            if model is not None:
                lost = _shrunk_model(model & name.keys(), name, solve)
                turning.append(frozenset(name[each] for each in lost))
                unexplored.add(sorted(lost))
            else:
                core = _shrunk_core(turns.core(), solve, turns)
                holding.append(frozenset(name[each] for each in core))
                unexplored.add([-each for each in core])
    except Late:
        return Found(turning, holding, False, perf_counter() - begun)


def _shrunk_model(lost: set[int], name: dict[int, Hashable], solve: Callable[..., set[int] | None]) -> set[int]:
    for each in sorted(lost):
        if each in lost:
            fewer = solve(name.keys() - lost | {each})
            lost = lost if fewer is None else fewer & name.keys()
    return lost


def _shrunk_core(core: list[int], solve: Callable[..., set[int] | None], turns: Solver) -> list[int]:
    core = [-each for each in core]
    for each in tuple(core):
        if each in core and solve(other for other in core if other != each) is None:
            core = [-other for other in turns.core()]
    return core


def by_pysat(likes_true: bool) -> Solver:
    """Glucose by python-sat."""
    from pysat.solvers import Glucose4

    class Pysat:
        def __init__(self) -> None:
            self.solver: Any = Glucose4()
            self.seen: set[int] = set()

        def add(self, clause: list[int]) -> None:
            new = {abs(each) for each in clause} - self.seen
            if likes_true and new:
                self.seen |= new
                self.solver.set_phases(sorted(new))
            self.solver.add_clause(clause)

        def model(self, assumed: Sequence[int]) -> set[int] | None:
            if not self.solver.solve(assumptions=assumed):
                return None
            return {each for each in self.solver.get_model() if each > 0}

        def core(self) -> list[int]:
            return list(self.solver.get_core() or [])

    return Pysat()


def by_z3(likes_true: bool) -> Solver:
    """z3. It takes no wish for true first that binds, so its seeds are what its phase gives."""
    import z3

    class Z3:
        def __init__(self) -> None:
            self.context = z3.Context()
            self.solver: Any = z3.SolverFor("QF_FD", ctx=self.context)
            self.solver.set("phase", "always_true" if likes_true else "always_false")
            self.known: dict[int, Any] = {}

        def literal(self, number: int) -> Any:
            each = abs(number)
            if each not in self.known:
                self.known[each] = z3.Bool(f"v{each}", self.context)
            return self.known[each] if number > 0 else z3.Not(self.known[each])

        def add(self, clause: list[int]) -> None:
            self.solver.add(z3.Or(*(self.literal(each) for each in clause), self.context))

        def model(self, assumed: Sequence[int]) -> set[int] | None:
            self.assumed = {self.literal(each).get_id(): each for each in assumed}
            if self.solver.check(*(self.literal(each) for each in assumed)) != z3.sat:
                return None
            true = self.solver.model()
            return {number for number, each in self.known.items() if z3.is_true(true[each])}

        def core(self) -> list[int]:
            return [self.assumed[each.get_id()] for each in self.solver.unsat_core()]

    return Z3()


# ── clingo ────────────────────────────────────────────────────────────────────────────────────────────────────────


def clingo_flips(circuit: Circuit, root: int, seconds: float) -> Found:
    """The minimal sets that turn, as subset-minimal answer sets (domain heuristics, records of what was found)."""
    names = _variables(circuit, root)
    heuristic = "".join(f"#heuristic v({node}). [1,false]\n" for node in names)
    options = ["--heuristic=Domain", "--enum-mode=domRec", "0"]
    found: list[Names] = []
    begun = perf_counter()
    every = _clingo(_program(circuit, root) + heuristic, options, seconds, lambda m: found.append(_true(m, names)))
    return Found(found, [], every, perf_counter() - begun)


def clingo_fewest(circuit: Circuit, root: int, kind: type, seconds: float) -> tuple[int | None, float]:
    """The fewest variables of a kind that can make the root true, and the seconds; None where time ran out."""
    names = _variables(circuit, root)
    terms = "; ".join(f"1,{node} : v({node})" for node, name in names.items() if isinstance(name, kind))
    sizes: list[int] = []
    begun = perf_counter()
    program = f"{_program(circuit, root)}#minimize {{ {terms} }}.\n"
    every = _clingo(program, ["--opt-strategy=usc"], seconds, lambda m: sizes.append(m.cost[0]))
    return (min(sizes) if every and sizes else None), perf_counter() - begun


def _clingo(program: str, options: list[str], seconds: float, each: Callable[[Any], Any]) -> bool:
    import clingo

    control = clingo.Control([*options, "--warn=none"])
    control.add("base", [], program)
    control.ground([("base", [])])
    with control.solve(on_model=each, async_=True) as handle:
        done = handle.wait(seconds)
        handle.cancel()
        return done


def _program(circuit: Circuit, root: int) -> str:
    lines = []
    for node in circuit.beneath(root):
        op, parts = circuit.ops[node], circuit.parts[node]
        if op == "variable":
            lines.append(f"{{v({node})}}.")
        elif op == "not":
            lines.append(f"v({node}) :- not v({parts[0]}).")
        elif op == "all":
            lines.append(f"v({node}) :- {', '.join(f'v({p})' for p in parts)}.")
        elif op == "any":
            lines += [f"v({node}) :- v({p})." for p in parts]
    return "\n".join([*lines, f":- not v({root}).", "#show.", "#show v/1.\n"])


def _variables(circuit: Circuit, root: int) -> dict[int, Hashable]:
    return {node: circuit.names[node] for node in circuit.beneath(root) if node in circuit.names}


def _true(model: Any, names: dict[int, Hashable]) -> Names:
    shown = (symbol.arguments[0].number for symbol in model.symbols(shown=True))
    return frozenset(names[node] for node in shown if node in names)


# ── Shapley values, one item at a time ────────────────────────────────────────────────────────────────────────────


def one_at_a_time(diagrams: Diagrams, top: int, seconds: float) -> tuple[dict[Hashable, float], float]:
    """Shapley values by the recipe of Deutch, Frost, Kimelfeld and Monet (2022), as many as the time allows, and the
    seconds: for each item, the diagram conditioned on it and on its absence, and the models of each counted by size."""
    begun = perf_counter()
    beneath = diagrams.beneath(top)
    levels = sorted({diagrams.level[node] for node in beneath})
    place = {level: number for number, level in enumerate(levels)} | {len(diagrams.order): len(levels)}
    count = len(levels)
    orders = [Fraction(math.factorial(k) * math.factorial(count - k - 1), math.factorial(count)) for k in range(count)]
    walk = [(n, place[diagrams.level[n]], diagrams.low[n], diagrams.high[n]) for n in beneath]
    place_of = {0: count, 1: count, **{node: at for node, at, _, _ in walk}}
    found: dict[Hashable, float] = {}
    for item in range(count):
        if perf_counter() - begun > seconds:
            break
        present, absent = (_by_size(walk, place_of, count, item, kept) for kept in (True, False))
        value = sum(o * (a - b) for o, a, b in zip(orders, present, absent, strict=True))
        found[diagrams.order[levels[item]]] = float(value)
    return found, perf_counter() - begun


def _by_size(
    walk: Sequence[tuple[int, int, int, int]], place_of: dict[int, int], count: int, item: int, kept: bool
) -> list[int]:
    """How many sets of each size, of the items but one, make a diagram true. A polynomial in the size is one long
    number, a coefficient to every ``count`` + 1 bits."""
    width = count + 1
    # A variable that a way through the diagram leaves out doubles it, but for the one that is fixed.
    skips = [1]
    for _ in range(count):
        skips.append(skips[-1] + (skips[-1] << width))
    top = place_of[walk[-1][0]]
    sizes = {0: 0, 1: 1}
    for node, at, low, high in walk:
        if at == item:
            below = high if kept else low
            sizes[node] = sizes[below] * skips[place_of[below] - at - 1]
            continue
        parts = []
        for below in (low, high):
            gap = place_of[below] - at - 1 - (at < item < place_of[below])
            parts.append(sizes[below] * skips[gap] if sizes[below] else 0)
        sizes[node] = parts[0] + (parts[1] << width)
    total = sizes[walk[-1][0]] * skips[top - (item < top)]
    return [total >> (width * size) & ((1 << width) - 1) for size in range(count)]


# ── Decision diagrams by other libraries ──────────────────────────────────────────────────────────────────────────


def dd_nodes(circuit: Circuit, root: int, order: Sequence[Hashable]) -> int:
    """Builds the diagram by ``dd.autoref`` in the given order, and returns its number of nodes."""
    from dd.autoref import BDD

    library: Any = BDD()
    library.configure(reordering=False)
    names = [f"v{place}" for place in range(len(order))]
    library.declare(*names)
    level = {name: place for place, name in enumerate(order)}
    top = _joined(
        circuit, root, lambda name: library.var(names[level[name]]), library.true, library.false, lambda f: f.level
    )
    return top.dag_size


def oxidd_start() -> Any:
    """A manager for 2²⁰ nodes with as large a cache, that works in one thread."""
    from oxidd.bdd import BDDManager

    return BDDManager(2**20, 2**20, 1)


def oxidd_nodes(circuit: Circuit, root: int, order: Sequence[Hashable]) -> int:
    """Builds the diagram by oxidd in the given order, in a fresh manager, and returns its number of nodes."""
    manager = oxidd_start()
    manager.add_vars(len(order))
    level = {name: place for place, name in enumerate(order)}
    depth = len(order)

    def at(function: Any) -> int:
        found = function.node_level()
        return depth if found is None else found

    top = _joined(circuit, root, lambda name: manager.var(level[name]), manager.true(), manager.false(), at)
    return top.node_count()


def _joined(
    circuit: Circuit, root: int, variable: Callable[[Hashable], Any], true: Any, false: Any, at: Callable[[Any], Any]
) -> Any:
    """A library's diagram of a circuit's node; its parts joined as ours are, the deepest first."""
    made: dict[int, Any] = {TRUE: true, 1 - TRUE: false}
    for node in circuit.beneath(root):
        op, parts = circuit.ops[node], circuit.parts[node]
        if op == "variable":
            made[node] = variable(circuit.names[node])
        elif op == "not":
            made[node] = ~made[parts[0]]
        elif op != "constant":
            first, *rest = sorted((made[part] for part in parts), key=at, reverse=True)
            for other in rest:
                first = other & first if op == "all" else other | first
            made[node] = first
    return made[root]
