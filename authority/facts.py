"""The facts of a case as they are put: parties, sources, evidence, assumptions, the question, and what was decided."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Literal

from pydantic import Field

from authority.dates import Day, last_day
from authority.days import Reckoning, is_day
from authority.law import Citation, Dispute, Mark, Reading, RuleSet, Stance, digest
from authority.vocabulary import Kind, Model, Proposition, natural


class Party(Model):
    """Somebody or something a proposition may name."""

    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    note: str = ""


class Source(Model):
    """Where evidence comes from. Its kind decides the grade of what it says, unless an item states its own."""

    id: str
    name: str
    kind: str | None = None
    reliability: str | None = None
    author: str = ""
    origin: str | None = None
    url: str = ""
    note: str = ""


class Evidence(Model):
    """What a source says: the facts it bears on, the other items it undercuts or doubts, its dates."""

    id: str
    ref: str = ""
    source: str
    says: str
    supports: tuple[Proposition, ...] = ()
    contradicts: tuple[Proposition, ...] = ()
    found_none: tuple[Proposition, ...] = ()
    undercuts: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    position: Stance | None = None
    bears_on_nothing: str = ""
    kind: str | None = None
    reliability: str | None = None
    credibility: str | None = None
    hedge: str = ""
    under: tuple[Stance, ...] = ()
    origin: str | None = None
    date: Day | None = None
    published: Day | None = None
    cite: str = ""
    verified: Mark | None = None
    note: str = ""

    @cached_property
    def bears_on(self) -> tuple[Proposition, ...]:
        """Every fact it speaks to, on whichever side, each once."""
        return tuple(dict.fromkeys((*self.supports, *self.contradicts, *self.found_none)))

    def among(self, there: Container[str]) -> Evidence:
        """The item with its attacks on items that are not there left out."""
        undercuts, doubts = (tuple(i for i in ids if i in there) for ids in (self.undercuts, self.doubts))
        same = (undercuts, doubts) == (self.undercuts, self.doubts)
        return self if same else self.but(undercuts=undercuts, doubts=doubts)


class Assumption(Model):
    """A proposition taken as given for the sake of argument, whatever the evidence says."""

    proposition: Proposition
    holds: bool


class Decision(Model):
    """What was officially decided on a record: by whom, when, with what outcome, and what that turned on.

    It is no evidence: a decision is never evidence in its own record. The decider is taken to have held the
    ``reading``, but for the ``positions`` that differ from it. ``hinge`` names items of evidence and disputes; it is
    empty only where ``no_hinge`` says why. ``differs`` says why the library answers otherwise, where it does.
    """

    by: str
    on: Day
    asks: Proposition | None = None
    cite: Citation | None = None
    result: str
    says: str = ""
    verified: Mark
    reading: str
    positions: Mapping[str, str] = Field(default_factory=dict)
    expect: Literal["shown", "not shown"]
    hinge: tuple[str, ...] = ()
    no_hinge: str = ""
    differs: str = ""

    @property
    def shown(self) -> bool:
        """Whether the question was officially found to be shown."""
        return self.expect == "shown"

    @property
    def under(self) -> str:
        """How its decider read the law: ``strict with contact = suffices``."""
        taken = ", ".join(f"{dispute} = {position}" for dispute, position in self.positions.items())
        return f"{self.reading} with {taken}" if taken else self.reading


class FactPattern(Model):
    """A case: the question, the record it is to be answered on, the rule set it is read against; and, where the case is
    history, what was ``decided`` on it."""

    name: str
    title: str
    about: str = ""
    asks: Proposition
    as_of: Day
    known_by: Day
    parties: tuple[Party, ...]
    sources: tuple[Source, ...]
    evidence: tuple[Evidence, ...]
    assume: tuple[Assumption, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    positions: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    expect: Mapping[str, str] = Field(default_factory=dict)
    decided: tuple[Decision, ...] = ()
    rules: RuleSet

    @cached_property
    def law_day(self) -> date:
        """The day whose law applies."""
        return last_day(self.as_of)

    @cached_property
    def knowledge_day(self) -> date:
        """The last day whose publications are in the record."""
        return last_day(self.known_by)

    @cached_property
    def kind_of(self) -> Mapping[str, Kind]:
        """The kind of every party that is declared, noticed parties and the days the case names among them."""
        return {p.name: p.kind for p in (*self.rules.parties, *self.parties)}

    def kind(self, party: str) -> Kind | None:
        """The kind of a party; a day is one whether or not it is declared. None for a name that is nobody's."""
        return self.kind_of.get(party) or (Kind.DAY if is_day(party) else None)

    def reckon(self, proposition: Proposition) -> Reckoning | None:
        """What the calendar says of a proposition on the day whose law applies; None where that is not for it."""
        return self.rules.vocabulary[proposition.sentence].reckon(proposition.parties, self.law_day)

    @cached_property
    def source_of(self) -> Mapping[str, Source]:
        """Each source by its id."""
        return {s.id: s for s in self.sources}

    @cached_property
    def item(self) -> Mapping[str, Evidence]:
        """Each item of evidence by its id."""
        return {e.id: e for e in self.evidence}

    @cached_property
    def in_order(self) -> tuple[Evidence, ...]:
        """The items of evidence by their ids, E2 before E10."""
        return tuple(sorted(self.evidence, key=lambda e: natural(e.id)))

    @cached_property
    def bearing(self) -> Mapping[Proposition, tuple[Evidence, ...]]:
        """The items that speak to a fact, on whichever side, by the fact."""
        found: dict[Proposition, tuple[Evidence, ...]] = {}
        for item in self.evidence:
            for fact in item.bears_on:
                found[fact] = (*found.get(fact, ()), item)
        return found

    @cached_property
    def scales(self) -> list[Any]:
        """What weighing keeps of the record, for the next opinion on it."""
        return []

    @cached_property
    def undercutters(self) -> Mapping[str, tuple[str, ...]]:
        """The items that would undercut an item, by its id."""
        return _attackers((e.id, e.undercuts) for e in self.evidence)

    @cached_property
    def doubters(self) -> Mapping[str, tuple[str, ...]]:
        """The items that would doubt an item, by its id."""
        return _attackers((e.id, e.doubts) for e in self.evidence)

    def taken(self, reading: Reading) -> Reading:
        """The reading with the positions that the case adds to it, on disputes of its own above all."""
        added = self.positions.get(reading.id)
        return reading.but(positions={**reading.positions, **added}) if added else reading

    def holding(self, there: Container[str]) -> FactPattern:
        """The case with only these items in its record, as though the others had never been there."""
        return self.but(evidence=tuple(e.among(there) for e in self.evidence if e.id in there))

    def origin(self, item: Evidence) -> str:
        """Where an item ultimately comes from: its own origin if stated, else its source's, else its source."""
        source = self.source_of[item.source]
        return item.origin or source.origin or source.id

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the record, in hexadecimal: without the law, and without what is expected or was decided, neither
        of which is evidence. The order in which things stand does not count."""
        head = [self.name, self.title, str(self.asks), self.as_of, self.known_by, json.dumps(_plain(self.positions))]
        return digest(head, (*self.parties, *self.sources, *self.evidence, *self.assume, *self.disputes))


def _attackers(attacks: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for attacker, targets in attacks:
        for target in targets:
            found[target] = (*found.get(target, ()), attacker)
    return found


def _plain(positions: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    return {reading: dict(sorted(taken.items())) for reading, taken in sorted(positions.items())}
