"""What a rule set lets one make up: who may be named, on which days, what may be asked and said."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from authority.dates import last_day
from authority.days import is_day
from authority.errors import UnknownName
from authority.law import Dated, RuleSet
from authority.loading import load_rules
from authority.vocabulary import ALL_KINDS, Kind, Pattern, Sentence, fold, is_variable

LETTERS = "ABC"
"""A made-up party is called by its kind and one of these."""
OWN_DISPUTE = "admission"
"""The dispute that a made-up case has of its own: whether an item is to be admitted."""
OWN_POSITIONS = ("yes", "no")


class Stage:
    """A rule set, the parties that a case made up for it may name, and the days on which it may stand."""

    def __init__(self, rules: RuleSet | str | Path, question: str | None = None) -> None:
        self.rules = rules if isinstance(rules, RuleSet) else load_rules(rules)
        asked = {s.says: s for s in self.rules.vocabulary.sentences if s.question}
        if question is not None and question not in asked:
            raise UnknownName("question", question, asked)
        self.questions: tuple[Sentence, ...] = tuple(asked.values()) if question is None else (asked[question],)
        self.law_days = _law_days(self.rules)
        self.kinds: Mapping[str, Kind] = {**self._made_up(), **{p.name: p.kind for p in self.rules.parties}}
        self.facts = tuple(s for s in self.rules.vocabulary.sentences if self.is_fact(s))
        """Of what evidence may speak: neither concluded nor computed."""
        self.spoken = self._spoken()
        self.assumable = self._assumable()
        self.noticed = tuple(p.name for p in self.rules.parties)
        taken = {d.id for d in self.rules.disputes}
        self.own_dispute = next(name for name in _names(OWN_DISPUTE) if name not in taken)

    def is_fact(self, sentence: Sentence) -> bool:
        """Whether evidence may speak of it."""
        return sentence.says not in self.rules.conclusions and sentence.computed is None

    def fitting(self, kinds: Iterable[Kind], cast: Iterable[str] = ()) -> list[str]:
        """Those of some parties, or of all, that are of some kinds."""
        wanted = frozenset(kinds)
        return [name for name in cast or self.kinds if self.kinds[name] in wanted]

    def _made_up(self) -> dict[str, Kind]:
        taken = {fold(name) for p in self.rules.parties for name in (p.name, *p.aliases)}
        found = {f"{kind.capitalize()} {letter}": kind for letter in LETTERS for kind in ALL_KINDS}
        patterns = (p for r in self.rules.rules for p in (r.then, *r.premises, *r.unless))
        by_rule = sorted({arg for p in patterns for arg in p.args if is_day(arg)})
        days = [*_spoken_days(self.rules, self.law_days[0]), *by_rule] if self.rules.vocabulary.speaks_of_days else []
        return {name: kind for name, kind in found.items() if fold(name) not in taken} | dict.fromkeys(days, Kind.DAY)

    def _spoken(self) -> tuple[Pattern, ...]:
        """What rules turn on and evidence may say, as the rules say it; every other fact, in blanks of its own."""
        turned_on = dict.fromkeys(
            p for r in self.rules.rules for p in (*r.premises, *r.unless)
            if self.is_fact(self.rules.vocabulary[p.sentence])
        )  # fmt: skip
        there = {p.sentence for p in turned_on}
        beside = (Pattern(s.says, tuple(f"<{b}>" for b in s.blanks)) for s in self.facts if s.says not in there)
        return (*turned_on, *beside)

    def _assumable(self) -> tuple[Pattern, ...]:
        """What a case may assume: facts as they are spoken of, and every conclusion as its rules draw it."""
        return (*self.spoken, *dict.fromkeys(rule.then for rule in self.rules.rules))

    def kinds_in(self, pattern: Pattern, variable: str) -> set[Kind]:
        """The kinds that a variable may be of in a pattern, by the pattern's sentence."""
        sentence = self.rules.vocabulary[pattern.sentence]
        places = zip(sentence.blanks, pattern.args, strict=True)
        return set(Kind).intersection(*(sentence.kinds(blank) for blank, arg in places if arg == variable))


def _names(first: str) -> Iterator[str]:
    """A name, and others like it for where it is taken."""
    yield first
    yield from (f"{first}-{number}" for number in itertools.count(2))


def free(patterns: Iterable[Pattern]) -> list[str]:
    """The variables of some patterns, each once, in order."""
    return list(dict.fromkeys(arg for p in patterns for arg in p.args if is_variable(arg)))


def _law_days(rules: RuleSet) -> tuple[str, ...]:
    """Days on which another part of the law is in force; first the one on which the most of it is."""
    dated: tuple[Dated, ...] = (rules.instrument, *rules.rules)
    turns = {last_day(day) for each in dated for day in (each.from_, each.until) if day}
    days = sorted({*turns, *(day - timedelta(days=1) for day in turns if day > date.min)}) or [date(2020, 1, 1)]
    most = max(days, key=lambda day: (rules.instrument.in_time(day), sum(rule.in_time(day) for rule in rules.rules)))
    return (most.isoformat(), *(day.isoformat() for day in days if day != most))


def _spoken_days(rules: RuleSet, law_day: str) -> list[str]:
    """Days of which a record may speak: a little before the day whose law applies, and about each limit of a computed
    sentence before it."""
    computed = [s.computed for s in rules.vocabulary.sentences if s.computed]
    limits = {c.after + (c.more_than if c.more_than is not None else c.at_most or 0) for c in computed}
    back = sorted({1, 2, *limits, *(limit + 1 for limit in limits)})
    today = date.fromisoformat(law_day)
    return [(today - timedelta(days=n)).isoformat() for n in back]
