"""What may stand as one value: a text, a number, a day, yes or no, as an editor sees it before the loader does.

The loader reads every value as text. An editor types it first, by the core schema of YAML 1.2: a year is a number to
it, and a page ``12`` too. So each shape here takes what such a text may have been typed as.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Schema = dict[str, Any]

_DATE = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
_YES_OR_NO = ("yes", "no", "y", "n", "true", "false", "t", "f", "on", "off", "1", "0")


def text(*, wanted: bool = False) -> Schema:
    """Any text; one that says something where it is ``wanted``."""
    return {"type": ["string", "number", "boolean"], **({"pattern": r"\S"} if wanted else {})}


def like(pattern: str, *names: str) -> Schema:
    """A text of a form, or one of some names; a whole number where the form is of digits."""
    named = "|".join((pattern, *names))
    return {"type": ["string", "integer"], "pattern": f"^({named})$"}


def day() -> Schema:
    """A date as far as it is known; the calendar is for the loader."""
    return like(_DATE)


def day_or(*names: str) -> Schema:
    """A date as far as it is known, or one of some words."""
    return like(_DATE, *names)


def number() -> Schema:
    """A whole number."""
    return {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"^\s*[+-]?[0-9_]+(\.0*)?\s*$"}]}


def chance() -> Schema:
    """A number between nought and one."""
    return {"anyOf": [{"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, like(r"[0-9.eE_ -]+")]}


def yes_or_no() -> Schema:
    """``yes`` or ``no``, and the other ways to write them."""
    letters = ("".join(f"[{c}{c.upper()}]" if c.isalpha() else c for c in word) for word in _YES_OR_NO)
    others: list[Schema] = [{"type": "boolean"}, {"enum": [0, 1]}]
    return {"anyOf": [{"enum": ["yes", "no"]}, *others, {"type": "string", "pattern": f"^({'|'.join(letters)})$"}]}


def one_of(names: Iterable[str]) -> Schema:
    """One of some words, each also as the number that an editor may take it for."""
    words = list(dict.fromkeys(names))
    return {"enum": [*words, *(int(word) for word in words if word.isascii() and word.isdigit())]}


def preferably(names: Iterable[str], otherwise: Schema) -> Schema:
    """Some words that an editor offers, and whatever else will do."""
    words = list(dict.fromkeys(names))
    return {"anyOf": [{"enum": words}, otherwise]} if words else otherwise


def many(item: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": item}


def one_or_many(item: Schema) -> Schema:
    """One, or a list."""
    return {"anyOf": [item, many(item)]}


def by_name(value: Schema, names: Iterable[str] = ()) -> Schema:
    """A mapping from names to values; where ``names`` are given, from these alone."""
    words = list(dict.fromkeys(names))
    if not words:
        return {"type": "object", "additionalProperties": value}
    return {"type": "object", "properties": dict.fromkeys(words, value), "additionalProperties": False}


def table(keys: Mapping[str, Schema], required: Iterable[str], title: str) -> Schema:
    """A mapping with these keys and no others."""
    return {
        "type": "object", "title": title, "properties": dict(keys), "required": list(required),
        "additionalProperties": False,
    }  # fmt: skip
