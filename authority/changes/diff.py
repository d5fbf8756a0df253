"""Two cases, or two rule sets: what differs between them, what moves, and which difference moves it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from authority.changes.mixing import Key, Mixture, differing, of_law
from authority.changes.moves import Moved, moved
from authority.errors import InvalidInput, UnknownName
from authority.facts import Evidence, FactPattern, Party, Source
from authority.law import Authority, Dispute, Instrument, Noticed, NoticedParty, Reading, Rule, RuleSet
from authority.loading import cases as bundled
from authority.loading import load_case, load_rules, rule_sets
from authority.opinion import Opinion, decide
from authority.vocabulary import Model, Proposition, Sentence

# Words for readers, on which no verdict turns. Of those with None there is nothing else.
_WORDS: Mapping[type[BaseModel], frozenset[str] | None] = {
    Evidence: frozenset({"says", "cite", "note", "ref", "verified", "bears_on_nothing"}),
    Source: frozenset({"name", "author", "url", "note"}),
    Party: frozenset({"aliases", "note"}),
    Rule: frozenset({"quote", "cite", "note"}),
    Reading: frozenset({"title", "label", "about"}),
    Sentence: frozenset({"denied", "means", "short_of", "why_short"}),
    Noticed: frozenset({"cite", "note"}),
    NoticedParty: frozenset({"aliases"}),
    Dispute: None, Authority: None, Instrument: None,
}  # fmt: skip
_ALONE = {"question", "as_of", "known_by", "tables"}


class Difference(Model):
    """One thing that is there on one side only, or otherwise on the other. ``only_words`` says that no verdict can turn
    on it."""

    id: str
    kind: str
    says: str
    only_words: bool


class Under(Model):
    """The opinions of the two sides under one reading (None where that side has no such reading), and what moved."""

    before: Opinion | None
    after: Opinion | None
    changed: tuple[Moved, ...]

    def as_data(self) -> dict[str, Any]:
        """As plain data, with ``before`` and ``after`` as verdicts."""
        verdicts = {
            word: str(opinion.verdict) if opinion else None
            for word, opinion in (("before", self.before), ("after", self.after))
        }
        label = next((opinion.label for opinion in (self.after, self.before) if opinion), "")
        return {**verdicts, "label": label, "changed": [each.as_data() for each in self.changed]}

    def lines(self, reading: str) -> Iterator[str]:
        """As text."""
        if self.before is None or self.after is None:
            yield f"{reading}: only one of the two has this reading."
            return
        same = self.before.verdict is self.after.verdict
        label = f" [{self.after.label}]" if self.after.label else ""
        yield f"{reading}{label}: " + (
            f"{self.after.verdict}, as before" if same else f"{self.before.verdict} → {self.after.verdict}"
        )
        yield from (f"  {each}" for each in self.changed)


class Diff(Model):
    """What differs between two cases, and what moves under each reading."""

    one: str
    other: str
    differences: tuple[Difference, ...]
    readings: Mapping[str, Under]

    def as_data(self) -> dict[str, Any]:
        """As plain data, with the keys of ``authority diff --format json``."""
        return {
            "a": self.one, "b": self.other, "differences": _listed(self.differences),
            "readings": {name: under.as_data() for name, under in self.readings.items()},
        }  # fmt: skip

    def explain(self) -> str:
        """As text: what differs, and what moves under each reading."""
        return "\n".join([*_differing(self.one, self.other, self.differences), *_under(self.readings, "")])


class LawDiff(Model):
    """What differs between two rule sets, and what moves in each case under each reading. ``unread`` holds the cases
    that the other rule set does not take, and why."""

    one: str
    other: str
    differences: tuple[Difference, ...]
    cases: Mapping[str, Mapping[str, Under]]
    unread: Mapping[str, tuple[str, ...]]

    def as_data(self) -> dict[str, Any]:
        """As plain data, with the keys of ``authority diff --format json``."""
        return {
            "a": self.one, "b": self.other, "differences": _listed(self.differences),
            "cases": {
                case: {"readings": {name: under.as_data() for name, under in readings.items()}}
                for case, readings in self.cases.items()
            },
            "unread": {case: list(problems) for case, problems in self.unread.items()},
        }  # fmt: skip

    def explain(self) -> str:
        """As text: what differs, and what moves in each case under each reading."""
        lines = [*_differing(self.one, self.other, self.differences)]
        for case, readings in self.cases.items():
            lines += [f"\n{case}", *_under(readings, "  ")]
        for case, problems in self.unread.items():
            lines += [f"\n{case} cannot be read against {self.other}", *(f"  {problem}" for problem in problems)]
        return "\n".join(lines)


def diff(
    one: str | Path | FactPattern | RuleSet,
    other: str | Path | FactPattern | RuleSet,
    reading: str | None = None,
    ask: str | Proposition | None = None,
    *,
    cases: Iterable[str | Path] | None = None,
) -> Diff | LawDiff:
    """What differs between two cases, or between two rule sets, what moves, and because of which differences.

    Each is given as it is, by name or by path. Under every reading of either, or the one named. Two rule sets are tried
    on ``cases``, or on those that come with the first. With ``ask`` the same is asked of both sides.

    A name or a path is read as a case if the other of the two is one. Raises UnknownName for what is not there,
    InvalidInput for what cannot be read, TypeError for a FactPattern and a RuleSet.
    """
    a = _read(one, FactPattern if isinstance(other, FactPattern) else RuleSet if isinstance(other, RuleSet) else None)
    b = _read(other, type(a))
    if isinstance(a, FactPattern) and isinstance(b, FactPattern):
        mixture = _asked(a, b, ask)
        differences = tuple(_differences(mixture.differ, *mixture.sides))
        return Diff(one=str_of(one), other=str_of(other), differences=differences, readings=_moves(mixture, reading))
    if isinstance(a, FactPattern) or isinstance(b, FactPattern):
        raise TypeError("a case and a rule set cannot be compared: give two cases, or two rule sets")
    sides = of_law(a), of_law(b)
    found: dict[str, Mapping[str, Under]] = {}
    unread: dict[str, tuple[str, ...]] = {}
    for path in _cases(one) if cases is None else cases:
        case = load_case(path, a)
        try:
            against = load_case(path, b)
        except InvalidInput as error:
            unread[case.name] = tuple(str(problem) for problem in error.problems)
        else:
            found[case.name] = _moves(_asked(case, against, ask), reading)
    differences = tuple(_differences(differing(*sides), *sides))
    return LawDiff(one=str_of(one), other=str_of(other), differences=differences, cases=found, unread=unread)


def str_of(which: str | Path | FactPattern | RuleSet) -> str:
    """How one of the two is called: as it was given, or by its own name."""
    return which.name if isinstance(which, FactPattern | RuleSet) else str(which)


def _read(which: str | Path | FactPattern | RuleSet, like: type[Model] | None) -> FactPattern | RuleSet:
    """What was given, or what bears that name: of the same kind as the other of the two, where that is known."""
    if isinstance(which, FactPattern | RuleSet):
        return which
    law = str(which) in rule_sets() or Path(which).is_dir() if like is None else like is RuleSet
    return load_rules(which) if law else load_case(which)


def _cases(which: str | Path | FactPattern | RuleSet) -> Iterable[str | Path]:
    """The cases that come with a rule set that was named."""
    if isinstance(which, FactPattern | RuleSet):
        return ()
    return bundled(str(which)) if str(which) in rule_sets() else sorted((Path(which) / "cases").glob("*.yaml"))


def _asked(one: FactPattern, other: FactPattern, ask: str | Proposition | None) -> Mixture:
    if ask is not None:
        asks = ask if isinstance(ask, Proposition) else decide(one, None, ask).question
        one, other = one.but(asks=asks), other.but(asks=asks)
    return Mixture(one, other)


def _moves(mixture: Mixture, reading: str | None) -> dict[str, Under]:
    """What moves between the two sides of a mixture under one reading, or under every one of either side."""
    named = dict.fromkeys(r.id for case in (mixture.one, mixture.other) for r in case.rules.readings)
    if reading is not None and reading not in named:
        raise UnknownName("reading", reading, named)
    return {name: _moved(mixture, name) for name in ([reading] if reading is not None else named)}


def _moved(mixture: Mixture, reading: str) -> Under:
    keys = {name_of(key): key for key in mixture.differ if not _only_words(mixture, key)}

    @cache
    def decided(some: frozenset[str]) -> Opinion | None:
        return _opinion(mixture.between({keys[name] for name in some}), reading)

    before, after = _opinion(mixture.one, reading), _opinion(mixture.other, reading)
    found = moved(before, after, tuple(keys), decided) if before and after else ()
    return Under(before=before, after=after, changed=found)


def _opinion(case: FactPattern | None, reading: str) -> Opinion | None:
    return decide(case, reading) if case and any(r.id == reading for r in case.rules.readings) else None


# ── The differences in words ──────────────────────────────────────────────────────────────────────────────────────────


def name_of(key: Key) -> str:
    """How a difference is named: ``E3``, ``as_of``, ``rule harborers``, ``position contact under statutory-text``."""
    if key[0] in _ALONE:
        return key[0]
    if key[0] == "evidence":
        return key[1]
    return f"position {key[2]} under {key[1]}" if key[0] == "position" else f"{key[0]} {key[1]}"


def _differences(keys: Iterable[Key], one: Mapping[Key, Any], other: Mapping[Key, Any]) -> Iterator[Difference]:
    for key in keys:
        before, after = one.get(key), other.get(key)
        kind = "added" if before is None else "removed" if after is None else "changed"
        how = f" {_how(before, after)}" if kind == "changed" else f": {_shown(before or after)}"
        says = f"{name_of(key)} is {kind}{how}"
        yield Difference(id=name_of(key), kind=kind, says=says, only_words=_same_but_for_words(before, after))


def _only_words(mixture: Mixture, key: Key) -> bool:
    return _same_but_for_words(*(side.get(key) for side in mixture.sides))


def _same_but_for_words(before: Any, after: Any) -> bool:
    """Whether nothing that a verdict may turn on differs between two entries, either of which may be missing."""
    words = _WORDS.get(type(before if before is not None else after), frozenset())
    if words is None:
        return True
    return type(before) is type(after) and isinstance(before, BaseModel) and _fields(before, after) <= words


def _fields(before: BaseModel, after: BaseModel) -> set[str]:
    """The fields in which two entries differ."""
    return {name for name in type(before).model_fields if getattr(before, name) != getattr(after, name)}


def _how(before: Any, after: Any) -> str:
    """In what two entries differ: short values with what they become, of others only the name."""
    if not isinstance(before, BaseModel):
        return f"from {before} to {after}"
    changed = _fields(before, after)
    names = [name for name in type(before).model_fields if name in changed]
    return "in " + ", ".join(_field(name.strip("_"), getattr(before, name), getattr(after, name)) for name in names)


def _field(name: str, before: Any, after: Any) -> str:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
        return f"{name} ({'; '.join(f'{k}: {_or_none(before.get(k))} → {_or_none(after.get(k))}' for k in keys)})"
    short = all(value is None or (isinstance(value, str | int) and len(str(value)) <= 20) for value in (before, after))
    return f"{name} ({_or_none(before)} → {_or_none(after)})" if short else name


def _or_none(value: Any) -> str:
    return "none" if value in (None, "") else str(value)


def _shown(entry: Any) -> str:
    """What stands only on one side, in a few words."""
    for field in ("says", "name", "question", "title", "citation", "then", "holds", "proposition"):
        if getattr(entry, field, None):
            return str(getattr(entry, field))
    return str(entry) if isinstance(entry, str | Proposition) else str(getattr(entry, "id", ""))


def _listed(differences: Iterable[Difference]) -> list[dict[str, Any]]:
    return [each.model_dump(mode="json") for each in differences]


def _differing(one: str, other: str, differences: tuple[Difference, ...]) -> Iterator[str]:
    if not differences:
        yield f"Nothing that a verdict or a memo rests on differs between {one} and {other}."
        return
    yield f"From {one} to {other}"
    yield from (f"  {each.says}{' (words only)' if each.only_words else ''}" for each in differences)


def _under(readings: Mapping[str, Under], pad: str) -> Iterator[str]:
    if not pad:
        yield ""
    yield from (pad + line for name, under in readings.items() for line in under.lines(name))
