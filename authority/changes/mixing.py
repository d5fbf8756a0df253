"""Two cases taken apart into what may differ between them, and every case that lies between the two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from graphlib import CycleError
from typing import Any

from authority.facts import Assumption, Evidence, FactPattern
from authority.law import Noticed, Rule, RuleSet
from authority.loading.circles import circles
from authority.vocabulary import Proposition, Sentence, Vocabulary, is_variable, natural

Key = tuple[str, ...]
"""What an entry is, and which: ``("evidence", "E3")``, ``("position", "strict", "contact")``, ``("as_of",)``."""

GROUPS = (
    "question", "as_of", "known_by", "evidence", "assumption", "position", "source", "party", "dispute of the case",
    "rule", "reading", "notice", "noticed party", "sentence", "tables", "instrument", "dispute", "authority",
)  # fmt: skip
LAW = frozenset(GROUPS[GROUPS.index("rule") :])


def of_record(case: FactPattern) -> dict[Key, Any]:
    """The entries of a case, without its law."""
    return {
        ("question",): case.asks, ("as_of",): case.as_of, ("known_by",): case.known_by,
        **{("evidence", e.id): e for e in case.evidence},
        **{("source", s.id): s for s in case.sources},
        **{("party", p.name): p for p in case.parties},
        **{("assumption", str(a.proposition)): a for a in case.assume},
        **{("dispute of the case", d.id): d for d in case.disputes},
        **{("position", r, d): p for r, taken in case.positions.items() for d, p in taken.items()},
    }  # fmt: skip


def of_law(rules: RuleSet) -> dict[Key, Any]:
    """The entries of a rule set."""
    return {
        ("instrument", rules.instrument.id): rules.instrument, ("tables",): rules.tables,
        **{("rule", r.id): r for r in rules.rules},
        **{("reading", r.id): r for r in rules.readings},
        **{("dispute", d.id): d for d in rules.disputes},
        **{("sentence", s.says): s for s in rules.vocabulary.sentences},
        **{("notice", str(n.holds)): n for n in rules.notice},
        **{("noticed party", p.name): p for p in rules.parties},
        **{("authority", a.id): a for a in rules.authorities},
    }  # fmt: skip


def differing(one: Mapping[Key, Any], other: Mapping[Key, Any]) -> tuple[Key, ...]:
    """The entries that are not the same on both sides, in a fixed order."""
    keys = {key for key in {**one, **other} if one.get(key) != other.get(key)}
    return tuple(sorted(keys, key=lambda key: (GROUPS.index(key[0]), [natural(part) for part in key[1:]])))


class Mixture:
    """Two cases and every case between them: some of what differs as in the one, the rest as in the other."""

    def __init__(self, one: FactPattern, other: FactPattern) -> None:
        self.one, self.other = one, other
        self.two_laws = one.rules is not other.rules and one.rules.digest != other.rules.digest
        self.sides = tuple(
            {**of_record(case), **(of_law(case.rules) if self.two_laws else {})} for case in (one, other)
        )
        self.differ = differing(*self.sides)
        self._laws: dict[frozenset[tuple[Key, int]], RuleSet] = {}

    def between(self, taken: AbstractSet[Key]) -> FactPattern | None:
        """The case with what is ``taken`` as in the other and the rest as in the one; None where there can be no such
        case: attacks or rules go round in a circle, an item speaks to a conclusion, a grade or standard is in no table.

        What an entry cannot do without (the source of an item, the parties it names, the sentences of a rule) comes
        with it, from the side it comes from. An attack on an item that is not there falls away.
        """
        if not taken:
            return self.one
        keys = dict.fromkeys(key for side in self.sides for key in side)
        chosen = {key: value for key in keys if (value := self.sides[key in taken].get(key)) is not None}
        self._supply(chosen, taken)
        like = self.other if taken >= set(self.differ) else self.one
        case = _record(like, chosen, self._law(chosen) if self.two_laws else self.one.rules)
        return case if _is_sound(case) else None

    def _supply(self, chosen: dict[Key, Any], taken: AbstractSet[Key]) -> None:
        """Adds what is needed by what is there."""
        rest = [(key, key in taken) for key in chosen]
        while rest:
            key, mine = rest.pop()
            for alternatives in _needs(chosen[key]):
                if any(each in chosen for each in alternatives):
                    continue
                found = [(each, side) for side in (mine, not mine) for each in alternatives if each in self.sides[side]]
                for each, side in found[:1]:
                    chosen[each] = self.sides[side][each]
                    rest.append((each, side))

    def _law(self, chosen: Mapping[Key, Any]) -> RuleSet:
        """The rule set of the entries, made once, so that what is worked out from it is worked out once."""
        made = frozenset((key, id(entry)) for key, entry in chosen.items() if key[0] in LAW)
        if made not in self._laws:
            whole = (
                case.rules
                for case, side in zip((self.one, self.other), self.sides, strict=True)
                if _all_of(side, chosen)
            )
            self._laws[made] = next(whole, None) or _law(self.one.rules, chosen)
        return self._laws[made]


def _needs(entry: Any) -> Iterator[tuple[Key, ...]]:
    """What an entry cannot do without, each as the entries any of which will do."""
    patterns: Iterable[Any] = ()
    if isinstance(entry, Evidence):
        yield (("source", entry.source),)
        patterns = entry.bears_on
    elif isinstance(entry, Proposition):
        patterns = (entry,)
    elif isinstance(entry, Assumption):
        patterns = (entry.proposition,)
    elif isinstance(entry, Noticed):
        patterns = (entry.holds,)
    elif isinstance(entry, Rule):
        patterns = (entry.then, *entry.premises, *entry.unless)
    elif isinstance(entry, Sentence):
        patterns = entry.excludes
    for pattern in patterns:
        yield (("sentence", pattern.sentence),)
        for name in pattern.parties if isinstance(pattern, Proposition) else pattern.args:
            if not is_variable(name):
                yield ("party", name), ("noticed party", name)


def _record(like: FactPattern, chosen: Mapping[Key, Any], rules: RuleSet) -> FactPattern:
    evidence = {key[1]: e for key, e in chosen.items() if key[0] == "evidence"}
    positions: dict[str, dict[str, str]] = {}
    for key, position in chosen.items():
        if key[0] == "position":
            positions.setdefault(key[1], {})[key[2]] = position
    return like.but(
        asks=chosen[("question",)], as_of=chosen[("as_of",)], known_by=chosen[("known_by",)],
        evidence=tuple(e.among(evidence) for e in evidence.values()),
        sources=_all(chosen, "source"), parties=_all(chosen, "party"), assume=_all(chosen, "assumption"),
        disputes=_all(chosen, "dispute of the case"), positions=positions, rules=rules,
    )  # fmt: skip


def _law(like: RuleSet, chosen: Mapping[Key, Any]) -> RuleSet:
    instruments = _all(chosen, "instrument")
    return like.but(
        instrument=instruments[0] if instruments else like.instrument, tables=chosen[("tables",)],
        vocabulary=Vocabulary(sentences=_all(chosen, "sentence")), rules=_all(chosen, "rule"),
        readings=_all(chosen, "reading"), disputes=_all(chosen, "dispute"), notice=_all(chosen, "notice"),
        parties=_all(chosen, "noticed party"), authorities=_all(chosen, "authority"),
    )  # fmt: skip


def _all_of(side: Mapping[Key, Any], chosen: Mapping[Key, Any]) -> bool:
    """Whether the law that was chosen is that of one side, whole."""
    mine, theirs = ({key: id(e) for key, e in some.items() if key[0] in LAW} for some in (side, chosen))
    return mine == theirs


def _all(chosen: Mapping[Key, Any], group: str) -> tuple[Any, ...]:
    return tuple(value for key, value in chosen.items() if key[0] == group)


def _is_sound(case: FactPattern) -> bool:
    """Whether there can be an opinion on a case that was put together of two."""
    tables = case.rules.tables
    if circles({e.id: (*e.undercuts, *e.doubts) for e in case.evidence}):
        return False
    try:
        concluded = case.rules.layers
    except CycleError:
        return False
    grades = all(
        (e.reliability or case.source_of[e.source].reliability or "F") in tables.reliability
        and (e.credibility or "6") in tables.credibility
        for e in case.evidence
    )
    standards = {s.id for s in tables.standards}
    return (
        grades
        and all(r.standard in standards for r in case.rules.readings)
        and not any(p.sentence in concluded for e in case.evidence for p in e.bears_on)
        and not _overrules_the_calendar(case)
    )


def _overrules_the_calendar(case: FactPattern) -> bool:
    """Whether anything is said to hold, or not, that the calendar decides."""
    sentences = case.rules.vocabulary.by_text
    said = (
        *(p for e in case.evidence for p in e.bears_on), *(a.proposition for a in case.assume),
        *(n.holds for n in case.rules.notice), *(r.then for r in case.rules.rules),
    )  # fmt: skip
    return any(sentences[each.sentence].computed for each in said)
