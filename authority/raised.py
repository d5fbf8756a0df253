"""What other law the facts of a case raise: named with its question, and never answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from authority.law import Instrument, RaisedBy
from authority.loading import raising, rule_sets
from authority.opinion import Opinion
from authority.vocabulary import ALL_KINDS, BLANK, NOBODY, Model, Proposition, natural


class Ground(Model):
    """A fact of the record that raises a question of other law, the items that speak to it, on either side, and why."""

    fact: Proposition
    items: tuple[str, ...]
    why: str


class Raised(Model):
    """A question that the facts of a case raise under another instrument, and which facts do."""

    rules: str
    instrument: Instrument
    question: str
    grounds: tuple[Ground, ...]


def raised(opinion: Opinion) -> tuple[Raised, ...]:
    """What the record of an opinion raises under the other rule sets that come with the library, in their order; what
    was never enacted comes last.

    A question is raised by the facts to which items speak that are in under the opinion's reading, for them or against;
    no verdict enters into it, and none comes of it. A rule set that does not come with the library raises nothing.
    """
    spoken = _spoken(opinion)
    found = [each for name in rule_sets() for each in _under(name, opinion, spoken)]
    return tuple(sorted(found, key=lambda each: each.instrument.never_enacted))


def _spoken(opinion: Opinion) -> Mapping[Proposition, tuple[str, ...]]:
    """Every fact to which the record speaks, with the items that are in and speak to it."""
    found: dict[Proposition, list[str]] = {}
    for item in sorted(opinion.case.evidence, key=lambda e: natural(e.id)):
        if opinion.item[item.id].is_in:
            for fact in item.bears_on:
                found.setdefault(fact, []).append(item.id)
    return {fact: tuple(ids) for fact, ids in found.items() if NOBODY not in fact.parties}


def _under(name: str, opinion: Opinion, spoken: Mapping[Proposition, tuple[str, ...]]) -> Iterator[Raised]:
    """The questions of one rule set that are raised, in the order in which it names them."""
    instrument, entries = _raising(name)
    grounds: dict[str, list[Ground]] = {}
    for entry in entries:
        if entry.rules != opinion.case.rules.name:
            continue
        for fact, items in spoken.items():
            parties = _parties(entry, fact, opinion)
            if parties is not None:
                ground = Ground(fact=fact, items=items, why=entry.why)
                grounds.setdefault(_about(entry.ask, parties), []).append(ground)
    for question, those in grounds.items():
        if instrument:
            yield Raised(rules=name, instrument=instrument, question=question, grounds=tuple(those))


def _parties(entry: RaisedBy, fact: Proposition, opinion: Opinion) -> dict[str, str] | None:
    """The parties by their blanks, where the entry speaks of the fact; else None."""
    if fact.sentence != entry.says:
        return None
    blanks = opinion.case.rules.vocabulary[fact.sentence].blanks
    named = dict(zip(blanks, fact.parties, strict=True))
    kinds = opinion.case.kind_of
    fits = all(kinds[party] in entry.where.get(blank, ALL_KINDS) for blank, party in named.items())
    return named if fits else None


def _about(question: str, parties: Mapping[str, str]) -> str:
    """A question with its blanks filled."""
    return BLANK.sub(lambda blank: parties[blank[1]], question)


@cache
def _raising(name: str) -> tuple[Instrument | None, tuple[RaisedBy, ...]]:
    """What a rule set that comes with the library says of it: read once, since it does not change while we run."""
    return raising(name)
