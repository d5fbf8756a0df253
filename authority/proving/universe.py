"""The parties that a proof speaks of: made up, a few of each kind, with every fact that may be said of them."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from string import ascii_uppercase
from typing import NamedTuple

from authority.dates import last_day
from authority.facts import FactPattern, Party
from authority.issues import bound_variables
from authority.law import Rule, RuleSet
from authority.vocabulary import Kind, Proposition, Sentence

MOST = 3
"""How many parties of a kind are made up at most."""


class Universe(NamedTuple):
    """A case without evidence about made-up parties; every fact that may be said of them and of the noticed parties;
    the questions that may be asked; and whether what holds of these parties holds of any number (``whole``)."""

    case: FactPattern
    facts: tuple[Proposition, ...]
    asked: tuple[Proposition, ...]
    whole: bool


def universe(rules: RuleSet, day: date) -> Universe:
    """The universe of a rule set on the law of a day.

    Of each kind there are as many parties as one derivation of a question can speak of, its premises and exceptions
    counted together, and at least one; but never more than ``MOST``. Of days there is one at the end of each stretch
    that the limits of computed sentences mark off before ``day``, and one beyond the last. Each question is asked of a
    made-up party of each kind that its blanks take, and of each noticed one.

    Where two laws part on some record, they part on what that record says of the parties of one derivation: what is
    left out could have stood only in an exception that brings in parties of its own. So the universe is whole unless a
    rule has such an exception, more than ``MOST`` parties are needed, or days are reckoned with.
    """
    needed = _needed(rules)
    cast = {kind: _names(rules, kind, min(max(needed[kind], 1), MOST)) for kind in Kind if kind is not Kind.DAY}
    cast[Kind.DAY] = _days(rules, day) if rules.vocabulary.speaks_of_days else ()
    made_up = tuple(Party(name=name, kind=kind) for kind, names in cast.items() for name in names)
    everybody = {kind: [*names, *(p.name for p in rules.parties if p.kind is kind)] for kind, names in cast.items()}
    asked = tuple(p for s in rules.vocabulary.sentences if s.question for p in _asked(s, cast, rules))
    facts = (p for s in rules.vocabulary.sentences if s.says not in rules.conclusions for p in _said(s, everybody))
    case = FactPattern(
        name="made-up", title="A made-up record", asks=asked[0] if asked else Proposition(""), as_of=day.isoformat(),
        known_by=day.isoformat(), parties=made_up, sources=(), evidence=(), rules=rules,
    )  # fmt: skip
    whole = max(needed.values(), default=0) <= MOST and not cast[Kind.DAY] and not _excepts_others(rules)
    return Universe(case, tuple(facts), asked, whole)


def law_days(rules: RuleSet) -> tuple[date, ...]:
    """A day of each stretch through which the same rules are law, in order; only those on which the instrument holds
    under some reading."""
    dated = (rules.instrument, *rules.rules)
    turns = {last_day(day) for each in dated for day in (each.from_, each.until) if day}
    first = min(turns, default=date(2001, 1, 1)) - timedelta(days=1)
    return tuple(d for d in sorted({first, *turns}) if any(rules.holds(reading, d) for reading in rules.readings))


def _needed(rules: RuleSet) -> Counter[Kind]:
    """How many parties of each kind one derivation of a question may speak of."""

    @cache
    def beneath(sentence: str) -> Counter[Kind]:
        most: Counter[Kind] = Counter()
        for rule in rules.rules:
            if rule.then.sentence == sentence:
                most |= _brought_in(rules, rule) + sum(
                    (beneath(p.sentence) for p in (*rule.premises, *rule.unless)), Counter()
                )
        return most

    needed: Counter[Kind] = Counter()
    for sentence in rules.vocabulary.sentences:
        if sentence.question:
            needed |= Counter(k for b in sentence.blanks for k in sentence.kinds(b)) + beneath(sentence.says)
    return needed


def _brought_in(rules: RuleSet, rule: Rule) -> Counter[Kind]:
    """The parties of each kind that a rule speaks of beyond those of its conclusion."""
    patterns = (*rule.premises, *rule.unless)
    fresh = {v for p in patterns for v in p.variables} - set(rule.then.variables)
    kinds = {v: {k for p in patterns if v in p.variables for k in rules.kinds(rule, v, (p,))} for v in fresh}
    return Counter(k for found in kinds.values() for k in found)


def _excepts_others(rules: RuleSet) -> bool:
    """Whether an exception, or a rule beneath one, brings in parties of whom the rule it defeats does not speak."""
    beneath = {p.sentence for rule in rules.rules for p in rule.unless}
    while True:
        within = [rule for rule in rules.rules if rule.then.sentence in beneath]
        below = {p.sentence for rule in within for p in (*rule.premises, *rule.unless)}
        if below <= beneath:
            break
        beneath |= below
    new = ({v for p in r.unless for v in p.variables} - set(bound_variables(r)) for r in rules.rules)
    return any(new) or any(_brought_in(rules, rule) for rule in within)


def _names(rules: RuleSet, kind: Kind, count: int) -> tuple[str, ...]:
    """So many names for parties of a kind, as State A and State B; none that a noticed party bears."""
    taken = {name for p in rules.parties for name in (p.name, *p.aliases)}
    names = (f"{kind.capitalize()} {letter}" for letter in ascii_uppercase)
    return tuple(itertools.islice((name for name in names if name not in taken), count))


def _days(rules: RuleSet, day: date) -> tuple[str, ...]:
    limits = {s.computed.after + s.computed.length for s in rules.vocabulary.sentences if s.computed} or {0}
    return tuple((day - timedelta(days=limit)).isoformat() for limit in sorted({*limits, max(limits) + 1}))


def _asked(sentence: Sentence, cast: dict[Kind, tuple[str, ...]], rules: RuleSet) -> Iterator[Proposition]:
    """A question about made-up parties of each kind, then about noticed ones."""
    options = [
        [*(k for k in sentence.kinds(b) if cast[k]), *(p.name for p in rules.parties if p.kind in sentence.kinds(b))]
        for b in sentence.blanks
    ]
    for choice in itertools.product(*options):
        left = {kind: iter(names) for kind, names in cast.items()}
        named = [next(left[each], None) if isinstance(each, Kind) else each for each in choice]
        parties = tuple(name for name in named if name)
        if len(set(parties)) == len(choice):
            yield Proposition(sentence.says, parties)


def _said(sentence: Sentence, everybody: dict[Kind, list[str]]) -> Iterator[Proposition]:
    """A sentence about different parties of the kinds that it takes, in every way."""
    options = ([name for kind in sentence.kinds(b) for name in everybody[kind]] for b in sentence.blanks)
    for parties in itertools.product(*options):
        if len(set(parties)) == len(parties):
            yield Proposition(sentence.says, parties)
