"""The days that a proof speaks of: about the limits of what is reckoned, and those that the law itself names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from authority.days import Computed, is_day
from authority.law import RuleSet


class _Named(NamedTuple):
    """A day that the law names, and how the sentence in which it may stand reckons with it, if it does: from it, or to
    it."""

    day: str
    computed: Computed | None = None
    since: bool = False


def made_up_days(rules: RuleSet, day: date) -> tuple[str, ...]:
    """The days of which a record may speak, the last first, by the law of a day: at the limits of what is reckoned to
    that day; those that the law names where a record may name them too; and as many more as it takes for what is
    reckoned from one day to another, or from or to one that the law names, to hold of some and fail of some."""
    computed = [s.computed for s in rules.vocabulary.sentences if s.computed]
    limits = {_limit(c) for c in computed} or {0}
    found = {day.toordinal() - limit for limit in (*limits, max(limits) + 1)}
    found |= {_number(each.day) for each in _named(rules) if not each.computed}
    widest = max((_limit(c) for c in computed if c.until), default=0)
    if max(found) - min(found) <= widest:
        found.add(min(found) + widest + 1)
    for each in _named(rules):
        if each.computed and each.computed.until:
            there, way = _number(each.day), 1 if each.since else -1
            passed = [way * (other - there) for other in found]
            reached = min(passed) <= _limit(each.computed), max(passed) > _limit(each.computed)
            ends = (there + way * (_limit(each.computed) + n) for n in (0, 1))
            found |= {end for end, there_already in zip(ends, reached, strict=True) if not there_already}
    return tuple(date.fromordinal(each).isoformat() for each in sorted(found, reverse=True))


def _limit(computed: Computed) -> int:
    """How many days after the one reckoned from its period ends."""
    return computed.after + computed.length


def _number(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def turns(rules: RuleSet) -> set[date]:
    """The days on which the calendar decides otherwise of a day that the law names than on the day before."""
    reckoned = (e.computed.turns_on(e.day) for e in _named(rules) if e.computed and e.computed.until is None)
    return {turn for turn in reckoned if turn}


def _named(rules: RuleSet) -> Iterator[_Named]:
    """The days that the rules name, and those of the notice, which may come to stand in any computed sentence."""
    vocabulary = rules.vocabulary
    for rule in rules.rules:
        for pattern in (rule.then, *rule.premises, *rule.unless):
            sentence = vocabulary[pattern.sentence]
            for blank, arg in zip(sentence.blanks, pattern.args, strict=True):
                if is_day(arg):
                    computed = sentence.computed
                    yield _Named(arg, computed, computed is not None and blank == computed.days_since)
    for fact in rules.notice:
        for name in filter(is_day, fact.holds.parties):
            yield _Named(name)
            for computed in (s.computed for s in vocabulary.sentences if s.computed):
                yield from (_Named(name, computed, since) for since in (True, False))
