"""panel(): every question on every case, at every date, under every reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Literal, NamedTuple

from authority.chronology import known_from
from authority.compiling import Compiled, compile_question
from authority.dates import last_day
from authority.dependence import NODES, margin
from authority.engine import Verdict
from authority.errors import InvalidInput, MissingExtra, Place, Problem
from authority.facts import FactPattern
from authority.law import Reading
from authority.loading import load_each
from authority.opinion import Opinion, ask_of, decide
from authority.panels.rows import Panel, Row
from authority.vocabulary import Names, Proposition, is_variable
from authority.weighing import Cause

Case = str | Path | FactPattern
Progress = Callable[[int, int], None]


def panel(
    cases: Case | Iterable[Case], readings: Iterable[str | Reading] | None = None,
    dates: str | date | Iterable[str | date] | None = None, ask: str | Proposition | None = None, *,
    own: bool = False, margins: bool = True, budget: int = NODES, progress: Progress = lambda done, of: None,
) -> Panel:  # fmt: skip
    """The verdict on every question of some cases, at every date, under every reading, with its cause, the element that
    decides it, and its margin.

    **Questions.** A question is a sentence with parties in its blanks: the case's own sentence (or ``ask``, where that
    leaves blanks open: ``force against <target> is authorized``), of every choice of different parties, of the kinds
    that it takes, among those that the case declares or its own question names. Parties that are noticed for every
    case are asked about where the case's question or ``ask`` names them. An ``ask`` without blanks is one question;
    with ``own`` each case has its own alone.

    **Readings**: those named, or all of the rule set of each case. **Dates**: those given (``2014`` means its last
    day), or each case's own two. A date picks the law of that day and the record as it was known by then, by the rule
    of ``timeline``: an item is known from the day it was published, or else dated; where only the month or the year is
    given, from the last day of it; without a date, from the start. What became known after the case's own ``known_by``
    never enters.

    Each row says what ``decide`` says of the case with that ``as_of`` and ``known_by``; dates between which neither the
    law nor the record changes are decided once. The margin is that of ``depend``, within ``budget`` nodes of a diagram
    or by the solver (extra ``sat``); without ``margins`` none is worked out, and the rows say so. ``progress`` is told
    how many questions are done, and of how many.

    Raises UnknownName for a case or a reading that is not there, InvalidInput with every problem in a case, the dates
    or the question, EngineError as ``decide`` does.
    """
    known = _loaded(cases)
    days = None if dates is None else _days(dates)
    named = None if readings is None else tuple(readings)
    chosen = [_readings(case, named) for case in known]
    asked = list(zip(known, chosen, _asked(known, ask, own), strict=True))
    rows: list[Row] = []
    notes: dict[str, None] = dict.fromkeys(_undated(known) if days else ())
    done, of = 0, sum(len(questions) for *_, questions in asked)
    for case, taken, questions in asked:
        for question in questions:
            progress(done, of)
            rows += _Asked(case, question, margins, budget, notes).rows(days, taken)
            done += 1
        if not questions:
            notes[f"{case.name}: nobody of the kinds that the question takes is declared, so that it has no row"] = None
    return Panel(tuple(rows), tuple(notes))


# ── What is asked ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _loaded(cases: Case | Iterable[Case]) -> list[FactPattern]:
    named = [cases] if isinstance(cases, str | Path | FactPattern) else list(cases)
    loaded = iter(load_each(each for each in named if not isinstance(each, FactPattern)))
    return [each if isinstance(each, FactPattern) else next(loaded) for each in named]


def _readings(case: FactPattern, named: Iterable[str | Reading] | None) -> tuple[Reading, ...]:
    if named is None:
        return case.rules.readings
    return tuple(r if isinstance(r, Reading) else case.rules.reading(r) for r in named)


def _days(dates: str | date | Iterable[str | date]) -> tuple[str, ...]:
    """The dates as texts, each once; InvalidInput with every one that is none."""
    listed = [dates] if isinstance(dates, str | date) else list(dates)
    found = dict.fromkeys(each if isinstance(each, str) else each.isoformat() for each in listed)
    problems = []
    for each in found:
        try:
            last_day(each)
        except ValueError as error:
            problems.append(Problem(Place("the dates"), "date", f"{each!r} is no date", str(error)))
    if problems:
        raise InvalidInput(problems)
    return tuple(found)


def _asked(
    cases: Iterable[FactPattern], ask: str | Proposition | None, own: bool
) -> list[tuple[Proposition, ...]]:
    """The questions on each case; InvalidInput with every problem in the question."""
    if own and ask is not None:
        what = "each case is to be asked its own question, and another is named"
        raise InvalidInput([Problem(Place("the question"), "question", what, "", "leave one of the two out")])
    found: list[tuple[Proposition, ...]] = []
    problems: list[Problem] = []
    for case in cases:
        try:
            found.append((case.asks,) if own else _questions(case, ask))
        except InvalidInput as error:
            problems += error.problems
    if problems:
        raise InvalidInput(problems)
    return found


def _questions(case: FactPattern, ask: str | Proposition | None) -> tuple[Proposition, ...]:
    """The sentence asked, its blanks filled by the parties of the case in every way; its own question first."""
    asks = _open(case, ask)
    sentence = case.rules.vocabulary[asks.sentence]
    parties = dict.fromkeys((*case.asks.parties, *(p.name for p in case.parties)))
    choices = [
        [p for p in parties if case.kind(p) in sentence.kinds(blank)] if is_variable(arg) else [arg]
        for blank, arg in zip(sentence.blanks, asks.parties, strict=True)
    ]
    filled = (each for each in product(*choices) if len(set(each)) == len(each))
    return tuple(Proposition(sentence.says, each) for each in filled)


def _open(case: FactPattern, ask: str | Proposition | None) -> Proposition:
    """What is asked, with a variable in each blank that is left open."""
    vocabulary = case.rules.vocabulary
    if ask is None:
        return Proposition(case.asks.sentence, tuple(f"<{b}>" for b in vocabulary[case.asks.sentence].blanks))
    if isinstance(ask, Proposition):
        return ask
    everybody = {p.name: p.aliases for p in (*case.rules.parties, *case.parties)}
    parses = vocabulary.parse(ask, Names(everybody, days=vocabulary.speaks_of_days))
    parses = [p for p in parses if any(map(is_variable, p.args)) and not p.denied and p.sentence.question]
    return Proposition(parses[0].sentence.says, parses[0].args) if len(parses) == 1 else ask_of(case, ask)


def _undated(cases: Iterable[FactPattern]) -> Iterator[str]:
    """What the record of each case has at every date, for want of one."""
    for case in cases:
        undated = sum(known_from(item) is None for item in case.evidence)
        if undated:
            of = len(case.evidence)
            yield f"{case.name}: {undated} of {of} items bear no date, and are in the record at every date"


# ── What is answered ──────────────────────────────────────────────────────────────────────────────────────────────────


class _State(NamedTuple):
    """All of a date that an answer can turn on: the law in force, the day itself where the calendar decides some fact
    by it, and the items that are not yet known."""

    law: tuple[bool, ...]
    day: date | None
    unknown: frozenset[str]


class _Answer(NamedTuple):
    """What a row says of one reading on one state of law and record."""

    verdict: Verdict
    cause: Cause
    element: str | None
    margin: int | None
    complete: Literal[True] | str
    contradictions: tuple[str, ...]


class _Asked:
    """One question on one case."""

    def __init__(
        self, case: FactPattern, question: Proposition, margins: bool, budget: int, notes: dict[str, None]
    ) -> None:
        self.case, self.question, self.notes = case, question, notes
        self.margins, self.budget = margins, budget
        self.known = [(item.id, known_from(item) or date.min) for item in case.evidence]
        sentences = case.rules.vocabulary.sentences
        self.by_calendar = any(s.computed is not None and s.computed.until is None for s in sentences)
        self.answers: dict[tuple[str, _State], _Answer] = {}
        self.compiled: dict[tuple[object, ...], Compiled] = {}

    def rows(self, dates: tuple[str, ...] | None, readings: Iterable[Reading]) -> Iterator[Row]:
        case = self.case
        for day in dates or (case.as_of,):
            at = case if dates is None else self._at(day)
            state = self._state(at)
            for reading in readings:
                found = self._answer(at, reading, state)
                label = case.rules.label(reading)
                self.notes |= dict.fromkeys(
                    f"{case.name}, {day}, {reading.id}: contradiction: {each}" for each in found.contradictions
                )
                yield Row(
                    case.rules.name, case.name, str(self.question), self.question.parties, day, at.law_day,
                    at.knowledge_day, reading.id, label, *found[:5], len(found.contradictions),
                )  # fmt: skip

    def _at(self, day: str) -> FactPattern:
        """The case by the law of a day, on the record as it was known by then."""
        known = min(last_day(day), self.case.knowledge_day)
        return self.case.but(as_of=day, known_by=known.isoformat())

    def _state(self, at: FactPattern) -> _State:
        rules, day = at.rules, at.law_day
        law = (rules.instrument.in_time(day), *(rule.in_time(day) for rule in rules.rules))
        unknown = frozenset(name for name, known in self.known if known > at.knowledge_day)
        return _State(law, day if self.by_calendar else None, unknown)

    def _answer(self, at: FactPattern, reading: Reading, state: _State) -> _Answer:
        if (reading.id, state) not in self.answers:
            opinion = decide(at, reading, self.question)
            element = deciding(opinion)
            self.answers[reading.id, state] = _Answer(
                opinion.verdict, opinion.conclusion[opinion.question].cause, str(element) if element else None,
                *self._margin(opinion, state), tuple(map(str, opinion.contradictions)),
            )  # fmt: skip
        return self.answers[reading.id, state]

    def _margin(self, opinion: Opinion, state: _State) -> tuple[int | None, Literal[True] | str]:
        if not self.margins:
            return None, "margin: not asked for"
        try:
            return margin(opinion, self._compiled(opinion, state), budget=self.budget).number, True
        except MissingExtra as error:
            return None, f"margin: not computed; {error}"

    def _compiled(self, opinion: Opinion, state: _State) -> Compiled:
        """The question of an opinion compiled. It is compiled once for each state of the law, over the whole record: an
        item that is not yet known is as one that was withdrawn."""
        key = (opinion.reading.id, state.law, state.day)
        if key not in self.compiled:
            whole = self.case.but(as_of=opinion.case.as_of)
            self.compiled[key] = compile_question(whole, opinion.reading, self.question, items=True)
        return self.compiled[key].without(state.unknown)


def deciding(opinion: Opinion) -> Proposition | None:
    """The first of the question's elements that stands as the question does; of those that are met, the first that is
    not met by the rule itself, if there is one. None where no element stands so, as where an exception defeats a rule
    whose premises are met."""
    standing = [p for p in opinion.top_elements if opinion.on(p) is opinion.verdict]
    if opinion.verdict is Verdict.MET:
        standing.sort(key=lambda p: Cause.RULE in opinion.causes(p))
    return standing[0] if standing else None
