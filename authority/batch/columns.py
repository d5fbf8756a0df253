"""The columns of a table: which fact each speaks of, what its values are, and which side they tell for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

import pyarrow

from authority import limits
from authority.batch.facts import Side
from authority.errors import InvalidInput, Place, Problem
from authority.facts import FactPattern
from authority.vocabulary import Names, Parse, Proposition
from authority.weighing import Status

LEVELS = range(6)
WORDS = tuple(map(str, Status))
TURNED = {
    Status.ESTABLISHED: Status.REFUTED, Status.REFUTED: Status.ESTABLISHED, Status.UNRESOLVED: Status.UNRESOLVED,
}  # fmt: skip
"""What a finding on a denied sentence is on the sentence."""


class Kind(StrEnum):
    """What the values of a column are."""

    LEVELS = "levels"
    TRUTH = "truth"
    WORDS = "words"
    FOUND_NONE = "found none"


class Column(NamedTuple):
    """A column: its name, the fact it speaks of, what its values are, and which side they tell for. Of a denied
    sentence the sides are exchanged. One of what was looked for and not found tells for neither."""

    name: str
    fact: Proposition
    kind: Kind
    side: Side
    denied: bool


def columns(case: FactPattern, schema: pyarrow.Schema, keep: Iterable[str], where: str) -> tuple[Column, ...]:
    """The columns of a table, those left out that are only to be kept or have no value.

    Raises InvalidInput with every column that is no fact of the case's rule set, or of a type that says nothing.
    """
    kept, problems, found = set(keep), [], []
    for name in sorted(kept - set(schema.names)):
        problems.append(Problem(Place(where), "column", f"{name!r} is to be kept, and there is no such column"))
    if len(schema) > limits.TABLE_COLUMNS:
        what = f"the table has {len(schema):,} columns, and one may have {limits.TABLE_COLUMNS:,}"
        raise InvalidInput([Problem(Place(where), "table", what, fix="take out those that no rule asks for")])
    reader = _Reader(case, Place(where))
    for field in schema:
        if field.name not in kept:
            read = reader.read(field)
            if isinstance(read, Problem):
                problems.append(read)
            elif not pyarrow.types.is_null(field.type):  # of such a type there is nothing in any row
                found.append(read)
    problems += _twice(found, Place(where))
    if problems:
        raise InvalidInput(problems)
    return tuple(found)


def _twice(found: Sequence[Column], where: Place) -> Iterator[Problem]:
    first: dict[tuple[Proposition, Side | Kind], Column] = {}
    part = {Kind.LEVELS: lambda column: (column.side,), Kind.FOUND_NONE: lambda column: (column.kind,)}
    for column in found:
        for side in part.get(column.kind, lambda column: (*Side, Kind.FOUND_NONE))(column):
            earlier = first.setdefault((column.fact, side), column)
            if earlier is not column:
                what = f"{earlier.name!r} and {column.name!r} both say where {column.fact} stands"
                yield Problem(where, "column", what, fix="keep one of them")
                break


class _Reader:
    """Reads the headings of columns: a sentence about parties of the case, and behind it ``[for]``, ``[against]`` or
    ``[found none]``."""

    def __init__(self, case: FactPattern, where: Place) -> None:
        self.case, self.where, self.vocabulary = case, where, case.rules.vocabulary
        everybody = {p.name: p.aliases for p in (*case.rules.parties, *case.parties)}
        self.names = Names(everybody, days=self.vocabulary.speaks_of_days)

    def read(self, field: pyarrow.Field) -> Column | Problem:
        text, side = field.name.strip(), None
        none = text.endswith(f"[{Kind.FOUND_NONE}]")
        text = text.removesuffix(f"[{Kind.FOUND_NONE}]").strip() if none else text
        for each in Side:
            if text.endswith(f"[{each}]"):
                text, side = text.removesuffix(f"[{each}]").strip(), each
        parses = self.vocabulary.parse(text, self.names)
        parses = [each for each in parses if not self._misfits(each)] or parses
        if len(parses) != 1:
            near = self.vocabulary.nearest(text, self.names)
            fix = f"nearest: {near!r}; name the column in keep if it is no fact" if near else "name it in keep"
            return Problem(self.where, "column", f"{field.name!r} is not one sentence of this rule set", fix=fix)
        parse = parses[0]
        fact = Proposition(parse.sentence.says, parse.args)
        for blank, party in self._misfits(parse):
            why = f"{party} is entered as {self.case.kind(party)}"
            return Problem(self.where, "kind", f"{field.name!r}: <{blank}> does not take {party}", why)
        if fact.sentence in self.case.rules.conclusions or parse.sentence.computed:
            why = "the calendar decides it" if parse.sentence.computed else "rules conclude it"
            return Problem(self.where, "column", f"{field.name!r} is no fact", why, "enter the facts beneath it")
        if none:
            return self._found_none(field, fact, parse.denied)
        kind = _kind(field.type)
        if kind is None or (kind is not Kind.LEVELS and side):
            why = f"its values are {field.type}"
            fix = f"levels from 0 to 5, truth values, or the words {', '.join(WORDS)}; levels alone take a side"
            return Problem(self.where, "column", f"{field.name!r} says nothing of a fact", why, fix)
        return Column(field.name, fact, kind, side or Side.FOR, parse.denied)

    def _misfits(self, parse: Parse) -> list[tuple[str, str]]:
        """The blanks of a sentence that do not take the party in them."""
        blanks = zip(parse.sentence.blanks, parse.args, strict=True)
        return [(blank, party) for blank, party in blanks if self.case.kind(party) not in parse.sentence.kinds(blank)]

    def _found_none(self, field: pyarrow.Field, fact: Proposition, denied: bool) -> Column | Problem:
        """A column of what was looked for and not found."""
        if denied:
            what, why = f"{field.name!r} is a denied form", "what is looked for is the thing, not its denial"
            return Problem(self.where, "column", what, why, f"write: {fact} [{Kind.FOUND_NONE}]")
        if not (pyarrow.types.is_boolean(field.type) or pyarrow.types.is_null(field.type)):
            what, why = f"{field.name!r} says nothing of a fact", f"its values are {field.type}"
            return Problem(self.where, "column", what, why, "truth values: true where a source looked and found none")
        return Column(field.name, fact, Kind.FOUND_NONE, Side.FOR, denied)


def _kind(type: pyarrow.DataType) -> Kind | None:
    if pyarrow.types.is_null(type):  # nothing in any row, so of any kind; levels may take a side
        return Kind.LEVELS
    if pyarrow.types.is_boolean(type):
        return Kind.TRUTH
    if pyarrow.types.is_integer(type):
        return Kind.LEVELS
    values = type.value_type if pyarrow.types.is_dictionary(type) else type
    words = (pyarrow.types.is_string, pyarrow.types.is_large_string, pyarrow.types.is_string_view)
    return Kind.WORDS if any(each(values) for each in words) else None


def sides(column: Column) -> Side:
    """The side that a column of levels tells for, once a denial has exchanged them."""
    if not column.denied:
        return column.side
    return Side.AGAINST if column.side is Side.FOR else Side.FOR
