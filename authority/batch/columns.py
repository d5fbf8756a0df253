"""The columns of a table: which fact each speaks of, and its values as planes of bits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy
import pyarrow

from authority.batch.facts import Reaches, Says, Side
from authority.batch.program import Words
from authority.errors import InvalidInput, Place, Problem
from authority.facts import FactPattern
from authority.vocabulary import Names, Proposition
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


class Column(NamedTuple):
    """A column: its name, the fact it speaks of, what its values are, and which side they tell for. Of a denied
    sentence the sides are exchanged."""

    name: str
    fact: Proposition
    kind: Kind
    side: Side
    denied: bool


Input = Reaches | Says


def columns(case: FactPattern, schema: pyarrow.Schema, keep: Iterable[str], where: str) -> tuple[Column, ...]:
    """The columns of a table, those left out that are only to be kept.

    Raises InvalidInput with every column that is no fact of the case's rule set, or of a type that says nothing.
    """
    kept, problems, found = set(keep), [], []
    for name in sorted(kept - set(schema.names)):
        problems.append(Problem(Place(where), "column", f"{name!r} is to be kept, and there is no such column"))
    reader = _Reader(case, Place(where))
    for field in schema:
        if field.name not in kept:
            read = reader.read(field)
            (problems if isinstance(read, Problem) else found).append(read)
    problems += _twice(found, Place(where))
    if problems:
        raise InvalidInput(problems)
    return tuple(found)


def _twice(found: Sequence[Column], where: Place) -> Iterator[Problem]:
    first: dict[tuple[Proposition, Side | None], Column] = {}
    for column in found:
        levels = column.kind is Kind.LEVELS
        for side in (column.side,) if levels else tuple(Side):
            earlier = first.setdefault((column.fact, side), column)
            if earlier is not column:
                what = f"{earlier.name!r} and {column.name!r} both say where {column.fact} stands"
                yield Problem(where, "column", what, fix="keep one of them")
                break


class _Reader:
    """Reads the headings of columns: a sentence about parties of the case, and behind it ``[for]`` or ``[against]``."""

    def __init__(self, case: FactPattern, where: Place) -> None:
        self.case, self.where, self.vocabulary = case, where, case.rules.vocabulary
        everybody = {p.name: p.aliases for p in (*case.rules.parties, *case.parties)}
        self.names = Names(everybody, days=self.vocabulary.speaks_of_days)

    def read(self, field: pyarrow.Field) -> Column | Problem:
        text, side = field.name.strip(), None
        for each in Side:
            if text.endswith(f"[{each}]"):
                text, side = text.removesuffix(f"[{each}]").strip(), each
        parses = self.vocabulary.parse(text, self.names)
        if len(parses) != 1:
            near = self.vocabulary.nearest(text, self.names)
            fix = f"nearest: {near!r}; name the column in keep if it is no fact" if near else "name it in keep"
            return Problem(self.where, "column", f"{field.name!r} is not one sentence of this rule set", fix=fix)
        parse = parses[0]
        fact = Proposition(parse.sentence.says, parse.args)
        for blank, party in zip(parse.sentence.blanks, parse.args, strict=True):
            if self.case.kind(party) not in parse.sentence.kinds(blank):
                why = f"{party} is entered as {self.case.kind(party)}"
                return Problem(self.where, "kind", f"{field.name!r}: <{blank}> does not take {party}", why)
        if fact.sentence in self.case.rules.conclusions or parse.sentence.computed:
            why = "the calendar decides it" if parse.sentence.computed else "rules conclude it"
            return Problem(self.where, "column", f"{field.name!r} is no fact", why, "enter the facts beneath it")
        kind = _kind(field.type, side)
        if kind is None or (kind is not Kind.LEVELS and side):
            why = f"its values are {field.type}"
            fix = f"levels from 0 to 5, truth values, or the words {', '.join(WORDS)}; levels alone take a side"
            return Problem(self.where, "column", f"{field.name!r} says nothing of a fact", why, fix)
        return Column(field.name, fact, kind, side or Side.FOR, parse.denied)


def _kind(type: pyarrow.DataType, side: Side | None) -> Kind | None:
    if pyarrow.types.is_null(type):  # nothing in any row, so of any kind
        return Kind.LEVELS if side else Kind.WORDS
    if pyarrow.types.is_boolean(type):
        return Kind.TRUTH
    if pyarrow.types.is_integer(type):
        return Kind.LEVELS
    values = type.value_type if pyarrow.types.is_dictionary(type) else type
    words = (pyarrow.types.is_string, pyarrow.types.is_large_string, pyarrow.types.is_string_view)
    return Kind.WORDS if any(each(values) for each in words) else None


# ── Planes ────────────────────────────────────────────────────────────────────────────────────────────────────────


def sides(column: Column) -> Side:
    """The side that a column of levels tells for, once a denial has exchanged them."""
    if not column.denied:
        return column.side
    return Side.AGAINST if column.side is Side.FOR else Side.FOR


def planes(column: Column, values: pyarrow.Array, wanted: Iterable[Input], first: int) -> Mapping[Input, Words]:
    """The inputs among ``wanted`` that a column gives, for a stretch of its values that begins at the row ``first``.
    Raises InvalidInput, with the row, for a level that is none and a word that is no finding."""
    try:
        return _planes(column, values, [each for each in wanted if each.fact == column.fact])
    except _Amiss as amiss:
        row, value, why = amiss.args
        where = Place(f"column {column.name!r}, row {first + row + 1:,}", first + row + 1)
        raise InvalidInput([Problem(where, "value", f"{value!r} says nothing of a fact", why)]) from None


class _Amiss(Exception):
    """A value that is wrong: its row in the stretch, itself, and what it should be."""


def _planes(column: Column, values: pyarrow.Array, asked: Sequence[Input]) -> Mapping[Input, Words]:
    if column.kind is Kind.LEVELS:
        side = sides(column)
        mine = [each for each in asked if isinstance(each, Reaches) and each.side is side]
        return dict(_levels(values, mine)) if values.null_count < len(values) else _nothing(mine, values)
    found = [each for each in asked if isinstance(each, Says)]
    if values.null_count == len(values):
        return _nothing(found, values)
    return dict((_truth if column.kind is Kind.TRUTH else _words)(column, values, found))


def _nothing(asked: Iterable[Input], values: pyarrow.Array) -> Mapping[Input, Words]:
    """The inputs of a stretch in which nothing is said; its values may be of no type."""
    return dict.fromkeys(asked, numpy.zeros(words_for(len(values)), dtype=numpy.uint64))


def _levels(values: pyarrow.Array, wanted: Iterable[Reaches]) -> Iterator[tuple[Input, Words]]:
    known = _known(values)
    numbers = _numbers(values)
    for each in wanted:
        yield each, known if each.level == 0 else _packed(numbers >= each.level) & known


def _numbers(values: pyarrow.Array) -> numpy.ndarray:
    """The levels of a stretch of values; what stands where there is none says nothing."""
    width = values.type.bit_width // 8
    signed = "i" if pyarrow.types.is_signed_integer(values.type) else "u"
    buffer = values.buffers()[1]
    numbers = numpy.frombuffer(buffer, dtype=f"{signed}{width}", count=len(values), offset=values.offset * width)
    if len(numbers) and not (numbers.min() >= LEVELS[0] and numbers.max() <= LEVELS[-1]):
        for row, value in enumerate(values):
            if value.is_valid and value.as_py() not in LEVELS:
                raise _Amiss(row, value.as_py(), "levels are whole numbers from 0, cannot be judged, to 5")
    return numbers


def _truth(column: Column, values: pyarrow.Array, wanted: Iterable[Says]) -> Iterator[tuple[Input, Words]]:
    known, true = _known(values), _bits(values.buffers()[1], values.offset, len(values))
    for each in wanted:
        holds = (each.status is Status.ESTABLISHED) is not column.denied
        if each.status is not Status.UNRESOLVED:
            yield each, (true if holds else ~true) & known
        else:
            yield each, numpy.zeros_like(known)


def _words(column: Column, values: pyarrow.Array, wanted: Iterable[Says]) -> Iterator[tuple[Input, Words]]:
    coded = values if pyarrow.types.is_dictionary(values.type) else values.dictionary_encode()
    words, codes = coded.dictionary.to_pylist(), coded.indices
    known, numbers = _known(codes), codes.fill_null(0).to_numpy(zero_copy_only=False)
    for number, word in enumerate(words):
        here = numpy.flatnonzero(numbers == number) if word not in WORDS else ()
        for row in here:
            if codes[int(row)].is_valid:
                raise _Amiss(int(row), word, f"a finding is one of {', '.join(WORDS)}, or nothing")
    for each in wanted:
        word = str(TURNED[each.status] if column.denied else each.status)
        here = _packed(numbers == words.index(word)) & known if word in words else numpy.zeros_like(known)
        yield each, here


def words_for(rows: int) -> int:
    """How many words hold a bit for each of so many rows."""
    return -(-rows // 64)


def _packed(flags: numpy.ndarray) -> Words:
    held = numpy.zeros(8 * words_for(len(flags)), dtype=numpy.uint8)
    packed = numpy.packbits(flags, bitorder="little")
    held[: len(packed)] = packed
    return held.view(numpy.uint64)


def _bits(buffer: pyarrow.Buffer, offset: int, rows: int) -> Words:
    """The bits of a buffer from an offset on, packed anew from the first."""
    raw = numpy.frombuffer(buffer, dtype=numpy.uint8)
    if offset % 8:
        return _packed(numpy.unpackbits(raw, bitorder="little")[offset : offset + rows])
    held = numpy.zeros(8 * words_for(rows), dtype=numpy.uint8)
    mine = raw[offset // 8 : offset // 8 + -(-rows // 8)]
    held[: len(mine)] = mine
    return held.view(numpy.uint64)


def _known(values: pyarrow.Array) -> Words:
    """Where there is a value."""
    if not values.null_count:
        return numpy.full(words_for(len(values)), numpy.uint64(2**64 - 1))
    return _bits(values.buffers()[0], values.offset, len(values))
