"""One answer of a dependence without the rest: the margin of an outcome, the probability that it is shown."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from authority.circuit import Circuit
from authority.compiling import Compiled, compile_question
from authority.dependence.diagram import TooLarge
from authority.dependence.minimal import AT_A_TIME
from authority.dependence.sets import Origin, Set, Turning, by_origin, fewest_origins, in_order, turning
from authority.errors import EngineError
from authority.facts import FactPattern
from authority.law import Probabilities, Reading
from authority.opinion import Opinion
from authority.vocabulary import natural
from authority.weighing import graded_level

if TYPE_CHECKING:
    from authority.dependence.power import Chance

NODES = 300_000
"""How many nodes a decision diagram may have, unless another budget is asked for."""


class Margin(NamedTuple):
    """The sets of origins, as small as any, whose loss turns an outcome; none where no loss does. ``left_out`` says
    what of them is not known."""

    origins: tuple[Set, ...]
    left_out: str = ""

    @property
    def number(self) -> int | None:
        """The fewest origins whose loss turns the outcome; None where no loss does."""
        return len(self.origins[0]) if self.origins else None


def margin(opinion: Opinion, compiled: Compiled | None = None, *, budget: int = NODES, listed: int = 1) -> Margin:
    """The margin of an opinion's verdict, as ``depend`` gives it, with no more than ``listed`` of its sets; past the
    budget of nodes, by a solver. ``compiled`` is its question over items, where that is at hand. Raises MissingExtra
    where no solver is there, EngineError where what is at hand is another outcome."""
    case, reading = opinion.case, opinion.reading
    turn = turning(compiled or compile_question(case, reading, opinion.question, items=True))
    if turn.outcome is not opinion.shown:
        raise EngineError(f"{opinion.question}: compiled and decided otherwise")
    return fewest_lost(case, turn, levels(case, reading), budget, listed)


def fewest_lost(
    case: FactPattern, turn: Turning, first: Mapping[Hashable, float], budget: int, listed: int, *, solve: bool = False
) -> Margin:
    """The same of an outcome whose turning by items is known; with ``solve``, by the solver from the start."""
    try:
        if solve:
            raise TooLarge(f"more than {budget:,} nodes")
        found = fewest_origins(case, turn, first, budget, listed)
    except TooLarge:
        return _by_solver(case, turn)
    perhaps = f"origins of the margin: {len(found):,} of the sets of that size, perhaps not all"
    return Margin(found, perhaps if len(found) == listed else "")


def _by_solver(case: FactPattern, turn: Turning) -> Margin:
    from authority.dependence.solving import smallest_changes

    turn = by_origin(case, turn)
    origins = [name for name in turn.circuit.support(turn.root) if isinstance(name, Origin)]
    found, every = smallest_changes(turn.circuit, turn.root, origins, AT_A_TIME, of_one_size=True)
    names = [tuple(sorted((n.name for n in each if isinstance(n, Origin)), key=natural)) for each in found]
    some = f"origins of the margin: {len(found)} of the sets of that size, how many there are is not known"
    return Margin(tuple(in_order(names)), "" if every else some)


def chance_of(
    case: FactPattern, reading: Reading, circuit: Circuit, met: int, probabilities: Probabilities, budget: int
) -> Chance:
    """How likely a question is to be shown, its circuit over kept items being true where it is, when each item is sound
    with the probability of its level and those of one origin fail together. TooLarge past the budget of nodes."""
    from authority.dependence.power import chance

    groups = [(e.id, case.origin(e), probabilities.of(graded_level(case, e, reading))) for e in case.evidence]
    return chance(circuit, met, groups, budget)


def levels(case: FactPattern, reading: Reading) -> dict[Hashable, float]:
    """The level of each item, by which variables are put in order: the strongest first."""
    return {e.id: float(graded_level(case, e, reading) or 0) for e in case.evidence}
