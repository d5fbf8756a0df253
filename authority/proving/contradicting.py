"""Contradictory conclusions: of two sentences that exclude each other, one of them a conclusion, both can be met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import groupby
from typing import NamedTuple

from authority.errors import EngineError
from authority.exclusions import Exclusion
from authority.facts import FactPattern
from authority.law import Reading, RuleSet
from authority.opinion import decide
from authority.proving.defects import Defect
from authority.proving.opened import Opened
from authority.proving.records import Record, as_case, in_words, smallest_record
from authority.proving.solver import Solver
from authority.proving.universe import Universe, law_days
from authority.vocabulary import Proposition


class Clash(NamedTuple):
    """Two propositions that exclude each other and both hold on a record, the smallest there is, under some readings by
    the law of a day. ``case`` is that record, to be put to ``decide``; it asks the one that is a conclusion."""

    pair: Exclusion
    propositions: tuple[Proposition, Proposition]
    readings: tuple[str, ...]
    case: FactPattern

    @property
    def facts(self) -> Record:
        """The facts that the record establishes."""
        return tuple(fact for item in self.case.evidence for fact in item.supports)

    def defect(self) -> Defect:
        """As what is amiss in a rule set, at the place of the exclusion."""
        one, other = self.propositions
        *more, last = self.readings
        under = f"{', '.join(more)} and {last}" if more else last
        what = f"'{one}' and '{other}' exclude each other, and both hold under {under} by the law of {self.case.as_of}"
        why = "what some rule draws, another rule or a fact excludes, and no exception keeps the two apart"
        fix = "write the exception that keeps them apart, or take the exclusion out"
        return Defect("contradictory conclusions", "exclusions", str(self.pair), what, why, fix, self.facts)


def contradictory(rules: RuleSet) -> tuple[tuple[Clash, ...], tuple[Universe, ...]]:
    """Where a conclusion of a rule set contradicts another, or a fact: pair by pair, under each reading, by the latest
    law by which it can; and the universes over which it is proved that elsewhere none does.

    Each record is put to ``decide``; EngineError where it does not answer as proved. MissingExtra without python-sat.
    """
    pairs = [pair for pair in rules.exclusions if {p.sentence for p in pair} & rules.conclusions]
    if not pairs:
        return (), ()
    with ExitStack() as stack:
        days = [Opened(rules, day, pairs) for day in reversed(law_days(rules))]
        solvers = [stack.enter_context(Solver(each.circuit)) for each in days]
        found = tuple(clash for pair in pairs for clash in _of_pair(pair, days, solvers))
    return found, tuple(each.universe for each in days)


def _of_pair(pair: Exclusion, days: Sequence[Opened], solvers: Sequence[Solver]) -> Iterator[Clash]:
    """The clashes of a pair; readings under which it is the same are one."""
    found: list[tuple[Clash, int]] = []
    for reading in days[0].rules.readings:
        for number, (opened, solver) in enumerate(zip(days, solvers, strict=True)):
            clash = _under(reading, pair, opened, solver)
            if clash:
                found.append((clash, number))
                break

    def where(each: tuple[Clash, int]) -> tuple[int, list[str], list[str]]:
        return each[1], in_words(each[0].propositions), in_words(each[0].facts)

    for _, alike in groupby(sorted(found, key=where), key=where):
        same = [clash for clash, _ in alike]
        yield same[0]._replace(readings=tuple(name for clash in same for name in clash.readings))


def _under(reading: Reading, pair: Exclusion, opened: Opened, solver: Solver) -> Clash | None:
    """The smallest record on which both of a pair are met under a reading by the law of a day, or None."""
    if not opened.rules.holds(reading, opened.day):
        return None
    met = opened.met(reading)
    found: list[tuple[int, int, list[str], tuple[Proposition, Proposition], Record]] = []
    for number, (one, other) in enumerate(opened.universe.goals[pair]):
        record = smallest_record(opened, solver, opened.circuit.all((met[one], met[other])))
        if record is not None:
            found.append((len(record), number, in_words(record), (one, other), record))
    if not found:
        return None
    *_, both, record = min(found)
    asked = sorted(both, key=lambda p: p.sentence not in opened.rules.conclusions)  # only a conclusion can be asked
    clash = Clash(pair, both, (reading.id,), as_case(opened, tuple(asked), record))
    _confirm(clash, reading)
    return clash


def _confirm(clash: Clash, reading: Reading) -> None:
    """Raises EngineError unless ``decide`` names the contradiction on the record."""
    named = [{each.one, each.other} for each in decide(clash.case, reading).contradictions]
    if set(clash.propositions) not in named:
        facts = "; ".join(in_words(clash.facts))
        raise EngineError(f"the proof and the opinion disagree under {reading.id}: {clash.pair} both met where {facts}")
