"""The values of columns as planes of bits, a stretch of rows at a time.

What Arrow holds is read where it stands: a bit is a bit already; a level, or the number of a word, is compared and
packed. Where there is no value anything may stand in memory, so each plane is joined with the one of the values.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy
import pyarrow
import pyarrow.compute
from numpy.typing import NDArray

from authority.batch.columns import LEVELS, TURNED, WORDS, Column, Kind, sides
from authority.batch.facts import Ahead, Reaches, Says, Side
from authority.batch.program import Words
from authority.errors import InvalidInput, Place, Problem
from authority.vocabulary import Proposition
from authority.weighing import Status

Input = Reaches | Ahead | Says
Flags = NDArray[numpy.bool_]
Planes = Iterator[tuple[Input, Words]]

Read = Callable[[int, int, Flags], Planes]
"""Gives the inputs that values give, for the rows from one until another, with room for a flag for each bit of as many
words as hold them. Raises InvalidInput, with the row, for a level that is none and a word that is no finding."""


class Source(NamedTuple):
    """A column, and the inputs that it gives: levels that it reaches, how far it is ahead of the column of the other
    side, findings."""

    column: Column
    reaches: tuple[Reaches, ...]
    ahead: tuple[Ahead, ...]
    other: str
    says: tuple[Says, ...]


def sources(columns: Sequence[Column], wanted: Iterable[Hashable]) -> tuple[Source, ...]:
    """Where the inputs wanted are to be read. A column that gives none is there too: what stands in it is looked at."""
    reaches: dict[tuple[Proposition, Side], list[Reaches]] = {}
    ahead: dict[tuple[Proposition, Side], list[Ahead]] = {}
    says: dict[Proposition, list[Says]] = {}
    for each in wanted:
        if isinstance(each, Reaches):
            reaches.setdefault((each.fact, each.side), []).append(each)
        elif isinstance(each, Ahead):
            ahead.setdefault((each.fact, each.side), []).append(each)
        elif isinstance(each, Says):
            says.setdefault(each.fact, []).append(each)
    named = {(c.fact, sides(c)): c.name for c in columns if c.kind is Kind.LEVELS}
    found = []
    for column in columns:
        if column.kind is not Kind.LEVELS:
            found.append(Source(column, (), (), "", tuple(says.get(column.fact, ()))))
            continue
        side = (column.fact, sides(column))
        other = named.get((column.fact, Side.AGAINST if sides(column) is Side.FOR else Side.FOR), "")
        found.append(Source(column, tuple(reaches.get(side, ())), tuple(ahead.get(side, ())), other, ()))
    return tuple(found)


def read(source: Source, batch: pyarrow.RecordBatch, first: int) -> Iterator[Read]:
    """How to read the values of a source in a batch that begins at the row ``first`` of its table."""
    column, values = source.column, batch.column(source.column.name)
    amiss = _Amiss(column, first)
    if values.null_count == len(values):  # it may then be of no type
        yield _nothing((*source.reaches, *source.ahead, *source.says))
    elif column.kind is Kind.LEVELS:
        yield _levels(values, source.reaches, amiss)
        if source.ahead:
            yield _ahead(values, batch.column(source.other), source.ahead)
    elif column.kind in (Kind.TRUTH, Kind.FOUND_NONE):
        if source.says:
            yield _truth(column, values, source.says)
    else:
        coded = pyarrow.types.is_dictionary(values.type)
        words = [(each, _word(column, each)) for each in source.says]
        yield (_coded if coded else _spelled)(values, words, amiss)


class _Amiss:
    """The error of a value that is wrong, in a column that begins at some row of its table."""

    def __init__(self, column: Column, first: int) -> None:
        self.column, self.first = column, first

    def __call__(self, row: int, value: object, why: str) -> InvalidInput:
        number = self.first + row + 1
        where = Place(f"column {self.column.name!r}, row {number:,}", number)
        return InvalidInput([Problem(where, "value", f"{value!r} says nothing of a fact", why)])


def _nothing(wanted: Sequence[Input]) -> Read:
    def planes(start: int, stop: int, flags: Flags) -> Planes:
        nothing = numpy.zeros(words_for(stop - start), dtype=numpy.uint64)
        return ((each, nothing) for each in wanted)

    return planes


def _levels(values: pyarrow.Array, wanted: Sequence[Reaches], amiss: _Amiss) -> Read:
    known = _known(values)
    # Read as though none were negative: what is, is then larger than any level, and one look finds all that is wrong.
    numbers = _numbers(values)

    def planes(start: int, stop: int, flags: Flags) -> Planes:
        mine, here = numbers[start:stop], known(start, stop)
        if mine.max(initial=0) > LEVELS[-1]:
            for row in _rows(_where(numpy.greater, mine, LEVELS[-1], flags) & here, stop - start):
                value = values[start + row].as_py()
                raise amiss(start + row, value, "levels are whole numbers from 0, cannot be judged, to 5")
        for each in wanted:
            yield each, here if each.level == 0 else _where(numpy.greater_equal, mine, each.level, flags) & here

    return planes


def _ahead(values: pyarrow.Array, others: pyarrow.Array, wanted: Sequence[Ahead]) -> Read:
    """How far levels are ahead of others; where there are no others, and only there, any level is ahead."""
    known, numbers = _known(values), _numbers(values)
    if others.null_count == len(others):
        return lambda start, stop, flags: ((each, known(start, stop)) for each in wanted)
    known_there, numbers_there = _known(others), _numbers(others)

    def planes(start: int, stop: int, flags: Flags) -> Planes:
        mine, theirs = numbers[start:stop], numbers_there[start:stop]
        here, there = known(start, stop), known_there(start, stop)
        for each in wanted:
            least = theirs if each.by == 1 else theirs + (each.by - 1)
            yield each, (_where(numpy.greater, mine, least, flags) | ~there) & here

    return planes


def _truth(column: Column, values: pyarrow.Array, wanted: Sequence[Says]) -> Read:
    known, true = _known(values), _bits(values.buffers()[1], values.offset)

    def planes(start: int, stop: int, flags: Flags) -> Planes:
        here = known(start, stop)
        holds = true(start, stop) & here
        for each in wanted:
            if each.status is Status.UNRESOLVED:
                yield each, holds if column.kind is Kind.FOUND_NONE else numpy.zeros_like(here)
            else:
                yield each, holds if (each.status is Status.ESTABLISHED) is not column.denied else here ^ holds

    return planes


# ── Findings in words ─────────────────────────────────────────────────────────────────────────────────────────────


def _word(column: Column, asked: Says) -> str:
    return str(TURNED[asked.status] if column.denied else asked.status)


_WHY = f"a finding is one of {', '.join(WORDS)}, or nothing"


def _coded(values: pyarrow.DictionaryArray, wanted: Sequence[tuple[Says, str]], amiss: _Amiss) -> Read:
    """Words by their numbers in a dictionary, which may have a word twice, or none at a number."""
    known, numbers, words = _known(values.indices), _numbers(values.indices), values.dictionary.to_pylist()
    wrong = [number for number, word in enumerate(words) if word is not None and word not in WORDS]

    def planes(start: int, stop: int, flags: Flags) -> Planes:
        mine, here = numbers[start:stop], known(start, stop)
        for number in wrong:
            for row in _rows(_where(numpy.equal, mine, number, flags) & here, stop - start):
                raise amiss(start + row, words[number], _WHY)
        for each, word in wanted:
            same = [number for number, other in enumerate(words) if other == word]
            found = [_where(numpy.equal, mine, number, flags) & here for number in same]
            yield each, numpy.bitwise_or.reduce(found) if found else numpy.zeros_like(here)

    return planes


def _spelled(values: pyarrow.Array, wanted: Sequence[tuple[Says, str]], amiss: _Amiss) -> Read:
    """Words letter by letter. To compare each with the three there may be is faster than to number them all."""
    known = _known(values)
    spelled = [pyarrow.scalar(word, values.type) for word in WORDS]

    def planes(start: int, stop: int, flags: Flags) -> Planes:
        here, rows = known(start, stop), stop - start
        found: dict[str, Words] = {}
        for word, each in zip(WORDS, spelled, strict=True):
            same = pyarrow.compute.call_function("equal", [values.slice(start, rows), each])
            found[word] = _bits(same.buffers()[1], same.offset)(0, rows) & here
        for row in _rows(here & ~numpy.bitwise_or.reduce(list(found.values())), rows):
            raise amiss(start + row, values[start + row].as_py(), _WHY)
        return ((each, found[word]) for each, word in wanted)

    return planes


# ── Arrow's memory ────────────────────────────────────────────────────────────────────────────────────────────────


def words_for(rows: int) -> int:
    """How many words hold a bit for each of so many rows."""
    return -(-rows // 64)


def _where(ask: numpy.ufunc, values: NDArray, other: Any, flags: Flags) -> Words:
    """Where a comparison holds, as bits; after the last row in the last word anything may stand."""
    ask(values, other, out=flags[: len(values)])
    return numpy.packbits(flags, bitorder="little").view(numpy.uint64)


def _rows(words: Words, rows: int) -> Iterator[int]:
    """The rows whose bit is set, the first ones first."""
    if words.any():
        yield from numpy.flatnonzero(numpy.unpackbits(words.view(numpy.uint8), count=rows, bitorder="little")).tolist()


def _numbers(values: pyarrow.Array) -> NDArray:
    """Whole numbers as they stand in memory, none of them read as negative."""
    width = values.type.bit_width // 8
    return numpy.frombuffer(values.buffers()[1], f"u{width}", count=len(values), offset=values.offset * width)


_Bits = Callable[[int, int], Words]
"""Gives the bits of the rows from one until another; after them in the last word anything may stand."""


def _bits(buffer: pyarrow.Buffer, offset: int) -> _Bits:
    """The bits of a buffer, the row 0 at an offset: where they stand, or moved where a stretch begins within a word."""
    raw = numpy.frombuffer(buffer, dtype=numpy.uint8)

    def bits(start: int, stop: int) -> Words:
        at, size = offset + start, 8 * words_for(stop - start)
        if at % 8:
            flags = numpy.unpackbits(raw[at // 8 : -(-(offset + stop) // 8)], bitorder="little")
            mine = numpy.packbits(flags[at % 8 :], bitorder="little")[:size]
        else:
            mine = raw[at // 8 : at // 8 + size]
        if at % 64 or len(mine) < size:  # the words of NumPy begin at every eighth byte
            mine = numpy.concatenate([mine, numpy.zeros(size - len(mine), dtype=numpy.uint8)])
        return mine.view(numpy.uint64)

    return bits


def _known(values: pyarrow.Array) -> _Bits:
    """Where there is a value."""
    if values.null_count:
        return _bits(values.buffers()[0], values.offset)
    return lambda start, stop: numpy.full(words_for(stop - start), numpy.uint64(2**64 - 1))
