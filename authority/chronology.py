"""How the verdict came about: day by day as the record grew, and as the law and the calendar changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import cache, partial
from typing import Any, TypeVar

from authority.changes import irreducible
from authority.compiling import compile_question
from authority.dates import last_day
from authority.days import is_day
from authority.engine import Verdict
from authority.errors import EngineError
from authority.facts import Evidence, FactPattern
from authority.law import Instrument, Reading, Rule
from authority.opinion import decide
from authority.vocabulary import Model, Proposition, Sentence, Vocabulary, natural

L = TypeVar("L", Rule, Instrument)
CALENDAR = "calendar: "
"""What stands before a fact that the calendar decides, among the causes of a row."""


class Row(Model):
    """A day on which something entered: what came in and what went out, and how every reading answers from then on.

    ``day`` is None for what stood before the first of the days. ``because`` names, for each reading whose verdict
    changed on the day, an irreducible part of what came and went that by itself changes it so.
    """

    day: date | None
    came: tuple[str, ...]
    went: tuple[str, ...] = ()
    verdicts: Mapping[str, Verdict]
    because: Mapping[str, tuple[str, ...]]


class Timeline(Model):
    """The verdict on a question under every reading, as the record of a case grew, and as its law and the calendar
    changed.

    ``readings`` holds for each what is to be said wherever a verdict under it is (``RuleSet.label``).
    """

    case: str
    question: Proposition
    as_of: str
    known_by: str
    readings: Mapping[str, str]
    record: tuple[Row, ...]
    law: tuple[Row, ...]

    def as_data(self) -> dict[str, Any]:
        """As plain data, with the keys of ``authority timeline --format json``: every day on which anything entered."""
        return {
            "case": self.case, "question": str(self.question), "as_of": self.as_of, "known_by": self.known_by,
            "readings": dict(self.readings),
            "record": [
                {"day": _iso(row.day), "entered": list(row.came), **_answers(row)} for row in self.record
            ],
            "law": [
                {"day": _iso(row.day), "came": list(row.came), "went": list(row.went), **_answers(row)}
                for row in self.law
            ],
        }  # fmt: skip


def turning(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The first and the last of some rows, and those on which some verdict changed."""
    return tuple(row for row in rows if row.because or row is rows[0] or row is rows[-1])


def timeline(case: FactPattern, ask: str | Proposition | None = None) -> Timeline:
    """The verdict under every reading on each day on which an item became known, by the law of ``as_of``, and on each
    day on which a rule or the instrument came into force or went out of it, or a fact that the calendar decides turned,
    on the record of ``known_by``.

    An item is known from the day it was published, or else dated; where only the month or the year is given, from the
    last day of it; without a date, from the start. What became known after ``known_by`` is not in the record.
    Raises as ``decide`` does.
    """
    question = decide(case, None, ask).question
    return Timeline(
        case=case.name, question=question, as_of=case.as_of, known_by=case.known_by,
        readings={r.id: case.rules.label(r) for r in case.rules.readings},
        record=tuple(_record(case, question)), law=tuple(_law(case, question)),
    )  # fmt: skip


# ── The record ────────────────────────────────────────────────────────────────────────────────────────────────────────


def known_from(item: Evidence) -> date | None:
    """The day from which an item is known; None for one without a date."""
    day = item.published or item.date
    return last_day(day) if day else None


class _Answers:
    """How each reading answers a question on any part of the record, read off the question compiled over its items."""

    def __init__(self, case: FactPattern, question: Proposition) -> None:
        self.compiled = {r.id: compile_question(case, r, question, items=True) for r in case.rules.readings}

    def __call__(self, items: frozenset[str], reading: str) -> Verdict:
        compiled = self.compiled[reading]
        met, not_met = compiled.circuit.evaluate(compiled.question, dict.fromkeys(items, 1))
        return Verdict.MET if met else Verdict.NOT_MET if not_met else Verdict.UNDETERMINED


def _record(case: FactPattern, question: Proposition) -> Iterable[Row]:
    """The rows of the record. The verdicts are read off the compiled question; where one turned, and at the end, the
    record of the day is decided, and must answer alike."""
    answers = _Answers(case, question)
    days: dict[date | None, list[str]] = {None: []}
    for item in sorted(case.evidence, key=lambda e: natural(e.id)):
        day = known_from(item)
        if day is None or day <= case.knowledge_day:
            days.setdefault(day, []).append(item.id)
    there: frozenset[str] = frozenset()
    before: Mapping[str, Verdict] = {}
    for day in sorted(days, key=lambda d: d or date.min):
        came = days[day]

        def on(some: frozenset[str], reading: str, there: frozenset[str] = there) -> Verdict:
            return answers(there | some, reading)

        row = _row(case.rules.readings, day, on, before, came)
        there, before = there | frozenset(came), row.verdicts
        _confirm(case.holding(there), question, {r: row.verdicts[r] for r in row.because})
        yield row
    _confirm(case.holding(there), question, before)


def _confirm(case: FactPattern, question: Proposition, verdicts: Mapping[str, Verdict]) -> None:
    for reading, verdict in verdicts.items():
        found = decide(case, reading, question).verdict
        if found is not verdict:
            raise EngineError(f"{question}: {found} under {reading}, and {verdict} by the compiled question")


# ── The law and the calendar ──────────────────────────────────────────────────────────────────────────────────────


def _law(case: FactPattern, question: Proposition) -> Iterable[Row]:
    dated = {
        **{f"rule {r.id}": r for r in case.rules.rules},
        f"instrument {case.rules.instrument.id}": case.rules.instrument,
    }
    came: dict[date, list[str]] = {}
    went: dict[date, list[str]] = {}
    for name, entry in dated.items():
        for day, when in ((entry.from_, came), (entry.until, went)):
            if day:
                when.setdefault(last_day(day), []).append(name)
    for day, fact, holds in _turns(case, question):
        (came if holds else went).setdefault(day, []).append(f"{CALENDAR}{fact}")
    days = sorted({*came, *went})
    first = days[0] - timedelta(days=1) if days and days[0] > date.min else date.min
    before = _at(case, first if days else case.law_day)
    row = _row(case.rules.readings, None, lambda _, reading: decide(before, reading, question).verdict, {}, ())
    yield row
    for day in days:

        at = cache(partial(_at, case, day))

        def on(some: frozenset[str], reading: str, at: Callable[[frozenset[str]], FactPattern] = at) -> Verdict:
            return decide(at(some), reading, question).verdict

        row = _row(case.rules.readings, day, on, row.verdicts, came.get(day, []), went.get(day, []))
        yield row


def _turns(case: FactPattern, question: Proposition) -> Iterable[tuple[date, Proposition, bool]]:
    """The days on which a fact that the calendar decides turns, where the question then turns on it under some reading;
    and whether it holds from then on. What is reckoned from one day to another never turns."""
    days = sorted({*case.kind_of, *question.parties})
    for sentence in case.rules.vocabulary.sentences:
        if sentence.computed is None or sentence.computed.until is not None:
            continue
        for day in filter(is_day, days):
            fact, turn = Proposition(sentence.says, (day,)), sentence.computed.turns_on(day)
            if turn is not None and _asks_for(_at(case, turn), question, fact):
                yield turn, fact, sentence.computed.more_than is not None


def _asks_for(case: FactPattern, question: Proposition, fact: Proposition) -> bool:
    """Whether the question turns on a fact under some reading."""
    return any(fact in decide(case, reading, question).finding for reading in case.rules.readings)


def _at(case: FactPattern, day: date, some: frozenset[str] | None = None) -> FactPattern:
    """The case by the law of a day; where only some of what the day brings is there, the rest is as the day before."""
    case = case.but(as_of=day.isoformat())
    if some is None:
        return case
    before = day - timedelta(days=1) if day > date.min else day
    law = case.rules
    rules = tuple(r if f"rule {r.id}" in some else _as_on(r, before, day) for r in law.rules)
    instrument = law.instrument
    if f"instrument {instrument.id}" not in some:
        instrument = _as_on(instrument, before, day)
    vocabulary = _reckoned(law.vocabulary, day, some)
    same = (rules, instrument, vocabulary) == (law.rules, law.instrument, law.vocabulary)
    return case if same else case.but(rules=law.but(rules=rules, instrument=instrument, vocabulary=vocabulary))


def _reckoned(vocabulary: Vocabulary, day: date, some: frozenset[str]) -> Vocabulary:
    """The vocabulary, with each sentence that turns on a day decided as on the day before, but for ``some`` turns. A
    sentence turns on a day for one party at most, so that what is done to it is done to that fact."""
    turned = {each.removeprefix(CALENDAR) for each in some if each.startswith(CALENDAR)}

    def as_before(sentence: Sentence) -> Sentence:
        computed = sentence.computed
        if computed is None or computed.until is not None:
            return sentence
        begins = day.toordinal() - computed.after - computed.length - 1
        turns = begins >= 1 and sentence.fill([date.fromordinal(begins).isoformat()]) in turned
        return sentence if turns else sentence.but(computed=computed.a_day_earlier())

    sentences = tuple(map(as_before, vocabulary.sentences))
    return vocabulary if sentences == vocabulary.sentences else Vocabulary(sentences=sentences)


def _as_on(law: L, before: date, day: date) -> L:
    """The law, in force on a day if it was on the day before."""
    if law.in_time(before) == law.in_time(day):
        return law
    return law.but(from_=before.isoformat(), until=None if law.in_time(before) else day.isoformat())


# ── A day ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _row(
    readings: Iterable[Reading], day: date | None, on: Callable[[frozenset[str], str], Verdict],
    before: Mapping[str, Verdict], came: Iterable[str], went: Iterable[str] = (),
) -> Row:  # fmt: skip
    """What a day brought. ``on`` gives the verdict with some of what came and went, under a reading."""
    names = tuple(dict.fromkeys((*came, *went)))
    decided = cache(on)
    verdicts: dict[str, Verdict] = {}
    because: dict[str, tuple[str, ...]] = {}
    for reading in readings:
        after = decided(frozenset(names), reading.id)
        verdicts[reading.id] = after
        if before and after is not before[reading.id]:
            because[reading.id] = irreducible(names, lambda some, r=reading.id, v=after: decided(some, r) is v)
    return Row(day=day, came=tuple(came), went=tuple(went), verdicts=verdicts, because=because)


def _answers(row: Row) -> dict[str, Any]:
    return {
        "verdicts": {name: str(verdict) for name, verdict in row.verdicts.items()},
        "changed": {name: list(cause) for name, cause in row.because.items()},
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
