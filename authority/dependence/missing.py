"""What is missing: the smallest sets of facts that would show the question, were they established."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from authority.compiling import Compiled, compile_facts
from authority.dependence.building import build
from authority.dependence.diagram import Families
from authority.dependence.sets import turning, two_way
from authority.facts import FactPattern
from authority.law import Reading
from authority.vocabulary import Proposition
from authority.weighing import Status, weigh


class Missing(NamedTuple):
    """Facts that together would show the question; those among them that the record refutes now; and the readings under
    which it would be shown with them."""

    facts: tuple[Proposition, ...]
    refuted: tuple[Proposition, ...]
    settles: tuple[str, ...]


class Gaps(NamedTuple):
    """What is missing, ranked, and how many minimal sets there are in all."""

    sets: tuple[Missing, ...]
    count: int


def in_every(gaps: Sequence[Missing]) -> tuple[Proposition, ...]:
    """The facts that stand in every one of some sets."""
    shared = set(gaps[0].facts).intersection(*(gap.facts for gap in gaps)) if gaps else set()
    return tuple(fact for fact in gaps[0].facts if fact in shared) if gaps else ()


def missing(
    case: FactPattern, reading: Reading, question: Proposition, *, refuted: bool, budget: int, listed: int
) -> Gaps:
    """The minimal sets of facts that are not established and would, if they were, show the question under the reading:
    those that would show it under the most readings first, then the smallest. Facts that the record refutes are left
    out unless ``refuted``. Raises TooLarge past the budget of nodes."""
    stands = _stands(case, reading)
    compiled = compile_facts(case, reading, question, stands, refuted=refuted)
    turn = turning(compiled)
    if turn.outcome:
        return Gaps((), 0)
    diagrams, top = build(turn.circuit, turn.root, {}, budget)
    families = Families(diagrams)
    family = families.minimal(diagrams.reachable(top, two_way(turn, diagrams)))
    found = [
        tuple(sorted((n for n in each if isinstance(n, Proposition)), key=str))
        for each in islice(families.smallest(family), listed)
    ]
    others = [
        (r.id, compile_facts(case, r, question, _stands(case, r), refuted=True)) for r in case.rules.readings if found
    ]
    ranked = [
        Missing(
            facts, tuple(f for f in facts if stands.get(f) is Status.REFUTED),
            tuple(name for name, other in others if _would_show(other, facts)),
        )
        for facts in found
    ]  # fmt: skip
    ranked.sort(key=lambda m: (-len(m.settles), len(m.facts), [str(f) for f in m.facts]))
    return Gaps(tuple(ranked), families.count(family))


def _stands(case: FactPattern, reading: Reading) -> dict[Proposition, Status]:
    return {f.proposition: f.status for f in weigh(case, reading).facts}


def _would_show(compiled: Compiled, facts: Iterable[Proposition]) -> bool:
    (met,) = compiled.circuit.evaluate([compiled.question.met], dict.fromkeys(facts, 1))
    return bool(met)
