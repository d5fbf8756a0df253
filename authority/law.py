"""The law as data: instrument, authorities, disputes, rules, readings, and the rule set that holds them together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from graphlib import TopologicalSorter
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, Field

from authority.citing import FullCitation
from authority.dates import Day, last_day
from authority.errors import UnknownName
from authority.exclusions import Exclusion, exclusions
from authority.vocabulary import Kind, Model, Pattern, Proposition, Vocabulary

NEVER = "never"
"""Stands for the day of enactment of what was proposed and never became law."""


def _day_or_never(day: str) -> str:
    if day != NEVER:
        last_day(day)
    return day


class Mark(StrEnum):
    """How the words of an entry were checked."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    MEMORY = "memory"

    @property
    def says(self) -> str:
        return {
            "primary": "verified in a copy of the text",
            "secondary": "verified in a secondary source",
            "memory": "not verified",
        }[self.value]


class Quote(Model):
    """Words of an authority, exactly."""

    text: str
    pin: str = ""
    verified: Mark | None = None


class Section(Model):
    """A part of an instrument, and its words."""

    id: str
    heading: str = ""
    text: str
    verified: Mark | None = None
    note: str = ""


class Dated(Model):
    """Law that is in force from a day, until another: on that day it is no longer."""

    from_: Day | None = Field(None, alias="from")
    until: Day | None = None

    def in_time(self, as_of: date) -> bool:
        """Whether it is law on that day, so far as its dates go."""
        return not (self.from_ and as_of < last_day(self.from_)) and not (self.until and as_of >= last_day(self.until))


class LeftOut(Model):
    """Words of an instrument that no rule encodes, and why they were left out."""

    section: str
    quote: str
    why: str


class Instrument(Dated):
    """A legal text: citation, dates in force, sections, words. One that was never enacted is in force on no day."""

    id: str
    title: str
    short: str
    citation: FullCitation
    enacted: Annotated[str, AfterValidator(_day_or_never)]
    status: str
    verified: Mark
    seen: str = ""
    does_not_decide: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    sections: tuple[Section, ...]

    @property
    def never_enacted(self) -> bool:
        """Whether it was proposed only."""
        return self.enacted == NEVER

    def in_time(self, as_of: date) -> bool:
        """Whether it is law on that day."""
        return not self.never_enacted and super().in_time(as_of)

    def section(self, pin: str) -> Section | None:
        """The section that a pin names, or None."""
        return next((s for s in self.sections if s.id == pin), None)


class Authority(Dated):
    """Anything cited for a point of law other than the instrument itself."""

    id: str
    citation: FullCitation
    short: str
    kind: str
    status: str
    date: Day | None = None
    verified: Mark
    seen: str = ""
    says: str = ""
    quotes: tuple[Quote, ...] = ()
    unverified: str = ""
    note: str = ""


class Citation(NamedTuple):
    """What is cited, by its id, and where in it."""

    authority: str
    pin: str = ""

    def __str__(self) -> str:
        return f"{self.authority} {self.pin}".strip()


class Position(Model):
    """One answer to a dispute, who holds it, and on what authority."""

    id: str
    says: str
    held_by: tuple[str, ...] = ()
    cite: tuple[Citation, ...] = ()


class Dispute(Model):
    """A disputed point of law."""

    id: str
    question: str
    positions: tuple[Position, ...]

    def position(self, name: str) -> Position:
        """The position of that id; UnknownName if there is none."""
        found = next((p for p in self.positions if p.id == name), None)
        if found is None:
            raise UnknownName(f"position on {self.id}", name, [p.id for p in self.positions])
        return found


class Stance(NamedTuple):
    """A position taken on a dispute."""

    dispute: str
    position: str

    def __str__(self) -> str:
        return f"{self.dispute} = {self.position}"


class Rule(Dated):
    """A conclusion, its premises, its exceptions, and the words and authority it is drawn from.

    ``body`` says how the premises count: all of them, any one, or at least ``count``. A rule without premises holds of
    every party of its kinds: a waiver where it stands under a position.
    """

    id: str
    then: Pattern
    body: Literal["all", "any", "at_least"] = "all"
    count: int = 0
    premises: tuple[Pattern, ...] = ()
    unless: tuple[Pattern, ...] = ()
    under: tuple[Stance, ...] = ()
    where: Mapping[str, tuple[Kind, ...]] = Field(default_factory=dict)
    quote: str = ""
    cite: Citation
    note: str = ""

    @property
    def bodies(self) -> tuple[tuple[Pattern, ...], ...]:
        """The patterns that must be bound together: each alternative alone where any one suffices, else all of them."""
        return tuple((p,) for p in self.premises) if self.body == "any" else (self.premises,)

    @cached_property
    def bound(self) -> tuple[str, ...]:
        """The variables that an application of the rule fixes, in order: those of its conclusion, and, unless any one
        premise suffices, those of its premises."""
        patterns = (self.then,) if self.body == "any" else (self.then, *self.premises)
        return tuple(dict.fromkeys(v for p in patterns for v in p.variables))

    def in_force(self, reading: Reading, as_of: date) -> bool:
        """Whether the rule is law under this reading on that day."""
        return self.in_time(as_of) and all(reading.positions.get(s.dispute) == s.position for s in self.under)


class Level(Model):
    """What a grade letter or digit says, and its level from 1 to 5; None where it cannot be judged."""

    says: str
    level: int | None


class Grading(Model):
    """Which grade each type of source takes, and where a source's own hedge caps the credibility."""

    source: str
    hedge_cap: int
    kinds: Mapping[str, str]


class Standard(Model):
    """A proof standard as thresholds on levels (see ``rules/shared/standards.yaml``)."""

    id: str
    says: str
    for_at_least: int
    ahead_by: int | None = None
    against_at_most: int | None = None
    unjudged_suffices: bool = False


class Probabilities(Model):
    """How likely an item is to be sound, by its level: a convention, for what is computed from it and nothing else."""

    source: str
    levels: Mapping[int, float]
    unjudged: float

    def of(self, level: int | None) -> float:
        """The probability at a level; that of what cannot be judged for None."""
        return self.unjudged if level is None else self.levels[level]


class Tables(Model):
    """The shared tables: the Admiralty code, the grading rule, the proof standards weakest first, the probabilities."""

    grades_source: str
    reliability: Mapping[str, Level]
    credibility: Mapping[str, Level]
    grading: Grading
    standards_source: str
    standards: tuple[Standard, ...]
    refuted_by: str
    probabilities: Probabilities

    def standard(self, name: str) -> Standard:
        """The standard of that id; UnknownName if there is none."""
        found = next((s for s in self.standards if s.id == name), None)
        if found is None:
            raise UnknownName("proof standard", name, [s.id for s in self.standards])
        return found


class Reading(Model):
    """One position on every dispute, a proof standard, and what questions it answers (all, where it names none).

    One that supposes enactment says what would follow from an instrument that was never enacted, had it been.
    """

    id: str
    title: str
    positions: Mapping[str, str]
    standard: str
    grading: Grading | None = None
    answers: tuple[str, ...] = ()
    supposes_enactment: bool = False
    label: str = ""
    about: str = ""

    def does_answer(self, sentence: str) -> bool:
        """Whether a question in this sentence is one the reading speaks to."""
        return not self.answers or sentence in self.answers


class Noticed(Model):
    """A fact judicially noticed for a rule set, and on what authority."""

    holds: Proposition
    cite: Citation
    note: str = ""


class NoticedParty(Model):
    """A party that every case of the rule set may name."""

    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()


class RaisedBy(Model):
    """That facts of another rule set raise a question of this one: a sentence of the other's vocabulary, why, and the
    question, written with blanks of that sentence. ``where`` names narrower kinds for these."""

    rules: str
    says: str
    where: Mapping[str, tuple[Kind, ...]] = Field(default_factory=dict)
    why: str
    ask: str


class RuleSet(Model):
    """The law of one instrument: everything under ``rules/<name>/`` but its cases, with the shared tables."""

    name: str
    instrument: Instrument
    vocabulary: Vocabulary
    authorities: tuple[Authority, ...]
    disputes: tuple[Dispute, ...]
    rules: tuple[Rule, ...]
    readings: tuple[Reading, ...]
    parties: tuple[NoticedParty, ...]
    notice: tuple[Noticed, ...]
    raised_by: tuple[RaisedBy, ...] = ()
    tables: Tables

    def reading(self, name: str) -> Reading:
        """The reading of that id; UnknownName if there is none."""
        found = next((r for r in self.readings if r.id == name), None)
        if found is None:
            raise UnknownName("reading", name, [r.id for r in self.readings])
        return found

    def rule(self, name: str) -> Rule:
        """The rule of that id; KeyError if there is none."""
        return self._rules[name]

    @cached_property
    def _rules(self) -> Mapping[str, Rule]:
        return {r.id: r for r in self.rules}

    def authority(self, cite: Citation) -> Authority | Instrument:
        """What a citation points to; KeyError if there is none."""
        return self._authorities[cite.authority]

    @cached_property
    def _authorities(self) -> Mapping[str, Authority | Instrument]:
        return {self.instrument.id: self.instrument, **{a.id: a for a in self.authorities}}

    @cached_property
    def conclusions(self) -> frozenset[str]:
        """The sentences that some rule concludes, under whatever reading; all others are facts."""
        return frozenset(r.then.sentence for r in self.rules)

    @cached_property
    def layers(self) -> Mapping[str, int]:
        """How many rules deep each conclusion stands above the facts: every rule's premises lie in lower layers."""
        below: dict[str, set[str]] = {sentence: set() for sentence in sorted(self.conclusions)}
        for rule in self.rules:
            needed = {p.sentence for p in (*rule.premises, *rule.unless)}
            below[rule.then.sentence] |= needed & self.conclusions
        depth: dict[str, int] = {}
        for sentence in TopologicalSorter(below).static_order():
            depth[sentence] = 1 + max((depth[b] for b in below[sentence]), default=0)
        return depth

    @cached_property
    def exclusions(self) -> tuple[Exclusion, ...]:
        """The pairs of sentences that cannot both hold."""
        return exclusions(self.vocabulary)

    def answers(self, sentence: str, reading: Reading, as_of: date) -> bool:
        """Whether a reading has rules for a sentence on that day. It has none for a question that it leaves alone, or
        on a day when the instrument does not hold; what is no question is the same for every reading."""
        asked = self.vocabulary[sentence].question
        return not asked or (reading.does_answer(sentence) and self.holds(reading, as_of))

    def rules_at(self, sentence: str, as_of: date) -> tuple[Rule, ...]:
        """The rules that conclude a sentence and may be law on that day, whatever position is taken on any dispute."""
        return tuple(r for r in self._by_conclusion.get(sentence, ()) if r.in_time(as_of))

    def holds(self, reading: Reading, as_of: date) -> bool:
        """Whether the instrument is law on that day, or was never enacted and the reading supposes that it was."""
        supposed = self.instrument.never_enacted and reading.supposes_enactment
        return supposed or self.instrument.in_time(as_of)

    def label(self, reading: Reading) -> str:
        """What is to be said wherever a verdict under the reading is: its own label, and that the instrument was never
        enacted; an empty text for none."""
        supposed = "un-enacted: what would follow had it been law"
        never = (supposed if reading.supposes_enactment else "un-enacted") if self.instrument.never_enacted else ""
        return "; ".join(filter(None, (never, reading.label)))

    @cached_property
    def _by_conclusion(self) -> Mapping[str, tuple[Rule, ...]]:
        out: dict[str, tuple[Rule, ...]] = {}
        for rule in self.rules:
            out[rule.then.sentence] = (*out.get(rule.then.sentence, ()), rule)
        return out

    def kinds(self, rule: Rule, variable: str, patterns: Iterable[Pattern]) -> frozenset[Kind]:
        """The kinds of party that a variable of a rule ranges over in some of its patterns."""
        asked = (rule.id, variable, tuple(patterns))
        if asked not in self._kinds:
            self._kinds[asked] = kinds_of(self.vocabulary, rule, variable, asked[2])
        return self._kinds[asked]

    @cached_property
    def _kinds(self) -> dict[tuple[str, str, tuple[Pattern, ...]], frozenset[Kind]]:
        """What ``kinds`` was asked, and answered: the law does not change."""
        return {}

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the rule set, in hexadecimal: the same law, the same digest, in whatever order it stands."""
        groups = (self.authorities, self.disputes, self.rules, self.readings, self.parties, self.notice)
        parts = [
            self.instrument,
            self.tables,
            *self.vocabulary.sentences,
            *(part for group in groups for part in group),
        ]
        return digest([self.name], parts)


def kinds_of(vocabulary: Vocabulary, rule: Rule, variable: str, patterns: Iterable[Pattern]) -> frozenset[Kind]:
    """What the rule's own ``where`` and the sentences of these patterns leave for a variable."""
    allowed = set(rule.where.get(variable[1:-1], tuple(Kind)))
    for pattern in patterns:
        sentence = vocabulary[pattern.sentence]
        for blank, arg in zip(sentence.blanks, pattern.args, strict=True):
            if arg == variable:
                allowed &= set(sentence.kinds(blank))
    return frozenset(allowed)


def digest(head: list[str], parts: Iterable[BaseModel]) -> str:
    """SHA-256, in hexadecimal, of some words and some models; the order of the models does not count."""
    dumps = sorted(json.dumps(part.model_dump(mode="json"), sort_keys=True) for part in parts)
    return hashlib.sha256("\n".join([*head, *dumps]).encode()).hexdigest()
