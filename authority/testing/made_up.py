"""A made-up case and a made-up reading, which print as a lawyer would write them: the case as a file that loads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from authority.facts import Evidence, FactPattern
from authority.law import Reading
from authority.vocabulary import Kind

_PLAIN = re.compile(r"(?!(?:yes|no|null|true|false|~)$)[A-Za-z0-9][^:#\[\]{},&*!|>'\"%@`\n]*")
"""What stands in YAML as it is; anything else is put in quotes."""

_END = "#"
"""Takes the comma that Hypothesis prints behind an argument, so that what stands above can be kept as it is."""


class MadeUpCase(FactPattern):
    """A case that Hypothesis made up. As text it is a case file, so that a failing example can be read, and kept."""

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def __repr__(self) -> str:
        return f"\n{self}\n{_END}"

    def _lines(self) -> Iterator[str]:
        for key in ("title", "asks", "as_of", "known_by"):
            yield f"{key}: {_text(str(getattr(self, key)))}"
        named = [party for party in self.parties if party.kind is not Kind.DAY]
        yield "parties:" if named else "parties: {}"
        yield from (f"  {_text(party.name)}: {{kind: {party.kind}}}" for party in named)
        yield "sources:" if self.sources else "sources: {}"
        yield from (f"  {source.id}: {{name: {_text(source.name)}}}" for source in self.sources)
        yield "evidence:" if self.evidence else "evidence: []"
        for item in self.evidence:
            yield from _item(item)


class MadeUpReading(Reading):
    """A reading that Hypothesis made up: any positions together, at any proof standard."""

    def __str__(self) -> str:
        return "\n".join([*_mapping("positions", self.positions), f"standard: {self.standard}"])

    def __repr__(self) -> str:
        return f"\n{self}\n{_END}"


def _item(item: Evidence) -> Iterator[str]:
    """An item as it stands in a case file: its text first, its facts and attacks beneath."""
    yield f"  - id: {item.id}"
    for key in ("source", "says", "reliability", "credibility", "hedge", "published", "bears_on_nothing"):
        if getattr(item, key):
            yield f"    {key}: {_text(str(getattr(item, key)))}"
    for key in ("supports", "contradicts", "found_none", "undercuts", "doubts", "under"):
        yield from (f"    {line}" for line in _listed(key, getattr(item, key)))


def _listed(key: str, values: Iterable[Any]) -> Iterator[str]:
    lines = [f"  - {_text(str(value))}" for value in values]
    yield from ([f"{key}:", *lines] if lines else [])


def _mapping(key: str, values: Mapping[str, str]) -> Iterator[str]:
    yield f"{key}:" if values else f"{key}: {{}}"
    yield from (f"  {name}: {value}" for name, value in values.items())


def _text(value: str) -> str:
    return value if _PLAIN.fullmatch(value) and value == value.strip() else json.dumps(value, ensure_ascii=False)
