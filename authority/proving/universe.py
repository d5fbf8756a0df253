"""The parties that a proof speaks of: made up, a few of each kind, with every fact that may be said of them."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from string import ascii_uppercase
from typing import NamedTuple

from authority.dates import last_day
from authority.facts import FactPattern, Party
from authority.law import Rule, RuleSet
from authority.proving.days import made_up_days
from authority.proving.days import turns as reckoned_turns
from authority.vocabulary import Kind, Pattern, Proposition, Sentence

MOST = 3
"""How many parties of a kind are made up at most."""


Goal = tuple[Pattern, ...]
"""Sentences that are to be met together; a question alone, or two that exclude each other."""


class Universe(NamedTuple):
    """A case without evidence about made-up parties; every fact that may be said of them and of the noticed parties;
    the propositions that each goal asks together, of whomever it is asked; and why what holds of these parties may not
    hold of more (``limits``), where it may not."""

    case: FactPattern
    facts: tuple[Proposition, ...]
    goals: Mapping[Goal, tuple[tuple[Proposition, ...], ...]]
    limits: tuple[str, ...]

    @property
    def asked(self) -> tuple[Proposition, ...]:
        """The propositions of the goals, each once."""
        return tuple(dict.fromkeys(p for ways in self.goals.values() for together in ways for p in together))

    @property
    def whole(self) -> bool:
        """Whether what holds of these parties holds of any number."""
        return not self.limits


def questions(rules: RuleSet) -> tuple[Goal, ...]:
    """Each sentence that may be asked, as a goal of its own."""
    return tuple((_open(s),) for s in rules.vocabulary.sentences if s.question)


def universe(rules: RuleSet, day: date, goals: Iterable[Goal] | None = None) -> Universe:
    """The universe of a rule set on the law of a day, for its questions or other ``goals``.

    Of each kind there are as many parties as one derivation of a goal can speak of, its premises and exceptions counted
    together, and at least one; but never more than ``MOST``. Of days there is one at the end of each stretch that the
    limits of computed sentences mark off, and one beyond the last; and those that the law names. Each goal is asked of
    a made-up party of each kind that its blanks take, and of each noticed one.

    Where two laws part on some record, they part on what that record says of the parties of one derivation: what is
    left out could have stood only in an exception that brings in parties of its own. So the universe is whole unless a
    rule has such an exception, more than ``MOST`` parties are needed, or days are reckoned with. Two facts that exclude
    each other are on no record; what is left of a record without them has none either.
    """
    goals = questions(rules) if goals is None else tuple(goals)
    needed = _needed(rules, goals)
    cast = {kind: _names(rules, kind, min(max(needed[kind], 1), MOST)) for kind in Kind if kind is not Kind.DAY}
    cast[Kind.DAY] = made_up_days(rules, day) if rules.vocabulary.speaks_of_days else ()
    made_up = tuple(Party(name=name, kind=kind) for kind, names in cast.items() for name in names)
    everybody = {kind: [*names, *(p.name for p in rules.parties if p.kind is kind)] for kind, names in cast.items()}
    asked = {goal: tuple(_asked(goal, cast, rules)) for goal in goals}
    first = next((together[0] for ways in asked.values() for together in ways), Proposition(""))
    facts = (p for s in rules.vocabulary.sentences if s.says not in rules.conclusions for p in _said(s, everybody))
    case = FactPattern(
        name="made-up", title="A made-up record", asks=first, as_of=day.isoformat(),
        known_by=day.isoformat(), parties=made_up, sources=(), evidence=(), rules=rules,
    )  # fmt: skip
    limits = {
        f"more than {MOST} parties of a kind may be needed": max(needed.values(), default=0) > MOST,
        "days are reckoned with": bool(cast[Kind.DAY]),
        "an exception, or a rule beneath one, brings in a party of its own": _excepts_others(rules),
    }
    return Universe(case, tuple(facts), asked, tuple(why for why, so in limits.items() if so))


def left_open(limits: Iterable[str], parties: Iterable[str]) -> str:
    """That something was proved of these parties only, and why, in words."""
    return f"proved of these parties, and left open beyond them, since {' and '.join(limits)}: {', '.join(parties)}"


def law_days(rules: RuleSet) -> tuple[date, ...]:
    """A day of each stretch through which the same rules are law, and the calendar decides alike of the days that the
    law names, in order; only those on which the instrument holds under some reading."""
    dated = (rules.instrument, *rules.rules)
    turns = {last_day(day) for each in dated for day in (each.from_, each.until) if day} | reckoned_turns(rules)
    first = min(turns, default=date(2001, 1, 1)) - timedelta(days=1)
    return tuple(d for d in sorted({first, *turns}) if any(rules.holds(reading, d) for reading in rules.readings))


def _needed(rules: RuleSet, goals: Iterable[Goal]) -> Counter[Kind]:
    """How many parties of each kind one derivation of a goal may speak of."""

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
    for goal in goals:
        own = Counter(k for kinds in _kinds(rules, goal).values() for k in kinds)
        needed |= own + sum((beneath(p.sentence) for p in goal), Counter())
    return needed


def _open(sentence: Sentence) -> Pattern:
    """A sentence with all its blanks open."""
    return Pattern(sentence.says, tuple(f"<{blank}>" for blank in sentence.blanks))


def _kinds(rules: RuleSet, goal: Goal) -> dict[str, tuple[Kind, ...]]:
    """The kinds of party for which each variable may stand in every sentence of a goal, in the order of the first."""
    kinds: dict[str, tuple[Kind, ...]] = {}
    for pattern in goal:
        sentence = rules.vocabulary[pattern.sentence]
        for blank, arg in zip(sentence.blanks, pattern.args, strict=True):
            takes = sentence.kinds(blank)
            kinds[arg] = tuple(kind for kind in kinds.get(arg, takes) if kind in takes)
    return kinds


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
    new = ({v for p in r.unless for v in p.variables} - set(r.bound) for r in rules.rules)
    return any(new) or any(_brought_in(rules, rule) for rule in within)


def _names(rules: RuleSet, kind: Kind, count: int) -> tuple[str, ...]:
    """So many names for parties of a kind, as State A and State B; none that a noticed party bears."""
    taken = {name for p in rules.parties for name in (p.name, *p.aliases)}
    names = (f"{kind.capitalize()} {letter}" for letter in ascii_uppercase)
    return tuple(itertools.islice((name for name in names if name not in taken), count))


def _asked(goal: Goal, cast: Mapping[Kind, tuple[str, ...]], rules: RuleSet) -> Iterator[tuple[Proposition, ...]]:
    """A goal about made-up parties of each kind, then about noticed ones."""
    kinds = _kinds(rules, goal)
    options = [
        [*(k for k in kinds[v] if cast[k]), *(p.name for p in rules.parties if p.kind in kinds[v])] for v in kinds
    ]
    for choice in itertools.product(*options):
        left = {kind: iter(names) for kind, names in cast.items()}
        named = [next(left[each], None) if isinstance(each, Kind) else each for each in choice]
        parties = {v: name for v, name in zip(kinds, named, strict=True) if name}
        if len(set(parties.values())) == len(choice):
            yield tuple(pattern.ground(parties) for pattern in goal)


def _said(sentence: Sentence, everybody: dict[Kind, list[str]]) -> Iterator[Proposition]:
    """A sentence about different parties of the kinds that it takes, in every way."""
    options = ([name for kind in sentence.kinds(b) for name in everybody[kind]] for b in sentence.blanks)
    for parties in itertools.product(*options):
        if len(set(parties)) == len(parties):
            yield Proposition(sentence.says, parties)
