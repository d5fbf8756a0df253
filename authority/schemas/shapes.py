"""Models as a file has them → JSON Schema: the keys of a mapping are the fields that the loader fills from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from authority.citing import HEADS, BillNumber, Cited, Code, FullCitation, PublicLaw, Reported
from authority.citing.sources import Reports
from authority.dates import Day, When
from authority.law import Instrument
from authority.schemas.values import (
    Schema,
    day,
    day_or,
    many,
    number,
    one_of,
    one_or_many,
    table,
    text,
    yes_or_no,
)
from authority.schemas.words import WORDS

CITATION = "Citation"
# What is written as one text and read into its parts.
_WRITTEN = (Reported, PublicLaw, Code, BillNumber)
_ABOUT = "(early|mid|late) [0-9]{4}"


class Shapes:
    """Makes the schema of each model once, and points to it from then on."""

    def __init__(self, given: dict[str, Schema]) -> None:
        self.given = given
        self.definitions: dict[str, Schema] = {}

    def of(self, model: type[BaseModel], *, without: Iterable[str] = (), name: str = "") -> Schema:
        """A pointer to the schema of a model; ``without`` names the fields that no key carries."""
        name = name or model.__name__
        if name not in self.definitions:
            self.definitions[name] = {}  # a citation may stand in a citation
            self.definitions[name] = self._made(model, frozenset(without))
        return {"$ref": f"#/definitions/{name}"}

    def keys(self, what: str, keys: Mapping[str, Schema], required: Iterable[str]) -> Schema:
        """A mapping that is no model of its own, with what is said of each of its keys."""
        return table({key: self.said(what, key, value) for key, value in keys.items()}, required, what)

    def said(self, what: str, key: str, value: Schema) -> Schema:
        """The schema of a key's value, with what the key is for."""
        return {**value, "description": WORDS[what][key]}

    def _made(self, model: type[BaseModel], without: frozenset[str]) -> Schema:
        what = model.__name__
        fields = {info.alias or name: info for name, info in model.model_fields.items()}
        there = {key: info for key, info in fields.items() if key not in without}
        known = {
            key: self.given.get(f"{what}.{key}") or self.value(_whole(info), wanted=info.is_required())
            for key, info in there.items()
        }
        return self.keys(what, known, [key for key, info in there.items() if info.is_required()])

    def value(self, kind: Any, *, wanted: bool = False) -> Schema:
        """What may stand where a model has a value of this type; TypeError for one that no file holds."""
        made = self._named(kind, wanted)
        if made is not None:
            return made
        origin, args = get_origin(kind), get_args(kind)
        if origin is Annotated:
            return self.value(args[0], wanted=wanted)
        if origin in (Union, UnionType):
            (one,) = (arg for arg in args if arg is not NoneType)
            return self.value(one, wanted=wanted)
        if origin is Literal:
            return one_of(args)
        if origin is tuple:
            return many(self.value(args[0]))
        raise TypeError(f"no file holds a value of the type {kind}")

    def _named(self, kind: Any, wanted: bool) -> Schema | None:
        """The schema of a type that has a name of its own here; None for one put together of others."""
        if kind == FullCitation:
            return self.citation()
        for known, made in (
            (Day, day), (When, lambda: day_or(_ABOUT)), (Reports, lambda: one_or_many(text())),
            (str, lambda: text(wanted=wanted)), (int, number), (bool, yes_or_no),
        ):  # fmt: skip
            if kind == known:
                return made()
        if not isinstance(kind, type) or get_origin(kind):
            return None
        if issubclass(kind, StrEnum):
            return one_of(kind)
        if issubclass(kind, _WRITTEN):
            return text(wanted=True)
        return self.of(kind) if issubclass(kind, BaseModel) else None

    # ── What one shape alone has ──────────────────────────────────────────────────────────────────────────────────────

    def citation(self) -> Schema:
        """A citation in full: the key that names the kind says which other keys there are."""
        if CITATION not in self.definitions:
            self.definitions[CITATION] = {}
            kinds = dict.fromkeys(HEADS.values())
            heads = {head: {"description": WORDS[kind.__name__][head]} for head, kind in HEADS.items()}
            self.definitions[CITATION] = {
                "type": "object", "title": CITATION, "properties": heads,
                "anyOf": [{"required": [head]} for head in HEADS],
                "allOf": [{"if": _named_by(kind), "then": self.of(kind)} for kind in kinds],
            }  # fmt: skip
        return {"$ref": f"#/definitions/{CITATION}"}

    def instrument(self) -> Schema:
        """The instrument: enacted, and law from some day; or never, and on none."""
        made = self.of(Instrument)
        never = {"properties": {"enacted": {"const": "never"}}, "required": ["enacted"]}
        undated = {"properties": {"from": False, "until": False}}
        self.definitions["Instrument"] |= {"if": never, "then": undated, "else": {"required": ["from"]}}
        return made


def _whole(info: Any) -> Any:
    """The type of a field with what pydantic keeps apart from it."""
    if info.discriminator:
        return FullCitation
    return Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation


def _named_by(kind: type[Cited]) -> Schema:
    """What holds of a mapping that has one of the keys that name a kind of citation."""
    heads = [{"required": [head]} for head in kind.heads]
    return heads[0] if len(heads) == 1 else {"anyOf": heads}
