"""JSON Schemas of the files that the library reads, for editors: made from what the loader takes, and nothing else.

A schema knows the shape of a file: its keys, what each is for, and the form of what stands under it. What depends on
another entry (whether a sentence is in the vocabulary, whether a quote is word for word) is for the loader, and the
schema takes it: whatever loads is valid.
"""

from __future__ import annotations

from authority.errors import UnknownName
from authority.law import RuleSet
from authority.loading.rules import SECTIONS
from authority.schemas.files import Files, kinds_of_file
from authority.schemas.names import Names
from authority.schemas.values import Schema

__all__ = ["DIALECT", "KINDS", "schema"]

DIALECT = "http://json-schema.org/draft-07/schema#"
"""JSON Schema, draft 7: the newest that all editors read."""

_MADE = kinds_of_file(section for section in SECTIONS if section not in ("instrument", "notice"))
KINDS = tuple(_MADE)
"""The kinds of file: a case, a file of a rule set, one called after its section, evidence to be added, the tables."""


def schema(kind: str, rules: RuleSet | None = None) -> Schema:
    """The JSON Schema (draft 7) of a kind of file; with a rule set, its readings, sentences, authorities and grades are
    offered where they may stand. UnknownName for no kind of file."""
    if kind not in _MADE:
        raise UnknownName("kind of file", kind, KINDS)
    files = Files(Names(rules))
    made = _MADE[kind](files)
    title = f"authority: {kind}{f' under {rules.name}' if rules else ''}"
    return {"$schema": DIALECT, **made, "title": title, "definitions": dict(sorted(files.shapes.definitions.items()))}
