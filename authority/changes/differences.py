"""What differs between two cases or two laws, in words: what a reader is told of each entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from authority.changes.mixing import Key
from authority.facts import Evidence, Party, Source
from authority.law import Authority, Dispute, Instrument, Noticed, NoticedParty, Reading, Rule
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
    on it. ``before`` and ``after`` are what an exhibit says in each of the two records, where it is there."""

    id: str
    kind: str
    says: str
    only_words: bool
    before: str = ""
    after: str = ""

    def said(self, one: str, other: str) -> str:
        """Where the two records have an exhibit say different things, which says what; else an empty text."""
        here, there = ((f"in {one}", f"in {other}") if one != other else ("before", "after"))
        sides = [f"{name}: “{text}”" for name, text in ((here, self.before), (there, self.after)) if text]
        return "; ".join(sides) if self.before != self.after else ""

    def told(self, one: str, other: str) -> str:
        """As a line of text; the two records are called so."""
        said, words = self.said(one, other), " (words only)" if self.only_words else ""
        if not said:
            return f"{self.says}{words}"
        return f"{self.says if self.kind == 'changed' else f'{self.id} is {self.kind}'} ({said}){words}"


def name_of(key: Key) -> str:
    """How a difference is named: ``E3``, ``as_of``, ``rule harborers``, ``position contact under statutory-text``."""
    if key[0] in _ALONE:
        return key[0]
    if key[0] == "evidence":
        return key[1]
    return f"position {key[2]} under {key[1]}" if key[0] == "position" else f"{key[0]} {key[1]}"


def differences(keys: Iterable[Key], one: Mapping[Key, Any], other: Mapping[Key, Any]) -> Iterator[Difference]:
    """What differs between two sides in each of the entries, in words."""
    for key in keys:
        before, after = one.get(key), other.get(key)
        kind = "added" if before is None else "removed" if after is None else "changed"
        how = f" {_how(before, after)}" if kind == "changed" else f": {_shown(before or after)}"
        here, there = (entry.says if isinstance(entry, Evidence) else "" for entry in (before, after))
        yield Difference(
            id=name_of(key), kind=kind, says=f"{name_of(key)} is {kind}{how}", only_words=only_words(before, after),
            before=here, after=there,
        )  # fmt: skip


def only_words(before: Any, after: Any) -> bool:
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
