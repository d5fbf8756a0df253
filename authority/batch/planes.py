"""The values of columns as planes of bits, a stretch of rows at a time.

What Arrow holds is read where it stands: a bit is a bit already; a level, or the number of a word, is compared and
packed. Where there is no value anything may stand in memory, so each plane is joined with the one of the values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy
import pyarrow
import pyarrow.compute
from numpy.typing import NDArray

from authority.batch.columns import LEVELS, TURNED, WORDS, Column, Kind, sides
from authority.batch.facts import Reaches, Says
from authority.batch.program import Words
from authority.errors import InvalidInput, Place, Problem
from authority.weighing import Status

Input = Reaches | Says
Flags = NDArray[numpy.bool_]
Planes = Iterator[tuple[Input, Words]]

Read = Callable[[int, int, Flags], Planes]
"""Gives a column's inputs for the rows from one until another, with room for a flag for each of them. Raises
InvalidInput, with the row, for a level that is none and a word that is no finding."""


def read(column: Column, values: pyarrow.Array, wanted: Iterable[Input], first: int) -> Read:
    """How to read the values of a column, which begin at the row ``first`` of its table, for those of the inputs wanted
    that the column gives."""
    mine = [each for each in wanted if each.fact == column.fact]
    levels = [each for each in mine if isinstance(each, Reaches) and each.side is sides(column)]
    found = [each for each in mine if isinstance(each, Says)]
    if values.null_count == len(values):  # it may then be of no type
        return _nothing(levels if column.kind is Kind.LEVELS else found)
    amiss = _Amiss(column, first)
    if column.kind is Kind.LEVELS:
        return _levels(values, levels, amiss)
    if column.kind is Kind.TRUTH:
        return _truth(column, values, found)
    coded = pyarrow.types.is_dictionary(values.type)
    return (_coded if coded else _spelled)(values, [(each, _word(column, each)) for each in found], amiss)


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
            for row in _rows(packed(mine > LEVELS[-1]) & here, stop - start):
                value = values[start + row].as_py()
                raise amiss(start + row, value, "levels are whole numbers from 0, cannot be judged, to 5")
        for each in wanted:
            yield each, here if each.level == 0 else packed(numpy.greater_equal(mine, each.level, out=flags)) & here

    return planes


def _truth(column: Column, values: pyarrow.Array, wanted: Sequence[Says]) -> Read:
    known, true = _known(values), _bits(values.buffers()[1], values.offset)

    def planes(start: int, stop: int, flags: Flags) -> Planes:
        here, holds = known(start, stop), true(start, stop)
        for each in wanted:
            if each.status is Status.UNRESOLVED:
                yield each, numpy.zeros_like(here)
            elif (each.status is Status.ESTABLISHED) is not column.denied:
                yield each, holds & here
            else:
                yield each, ~holds & here

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
            for row in _rows(packed(numpy.equal(mine, number, out=flags)) & here, stop - start):
                raise amiss(start + row, words[number], _WHY)
        for each, word in wanted:
            same = [number for number, other in enumerate(words) if other == word]
            found = [packed(numpy.equal(mine, number, out=flags)) & here for number in same]
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


def packed(flags: NDArray) -> Words:
    """Flags as bits, the last word filled up with nothing."""
    if len(flags) % 64 == 0:
        return numpy.packbits(flags, bitorder="little").view(numpy.uint64)
    held = numpy.zeros(8 * words_for(len(flags)), dtype=numpy.uint8)
    held[: -(-len(flags) // 8)] = numpy.packbits(flags, bitorder="little")
    return held.view(numpy.uint64)


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
            return packed(flags[at % 8 : at % 8 + stop - start])
        mine = raw[at // 8 : at // 8 + size]
        if at % 64 or len(mine) < size:
            mine = numpy.concatenate([mine, numpy.zeros(size - len(mine), dtype=numpy.uint8)])
        return mine.view(numpy.uint64)

    return bits


def _known(values: pyarrow.Array) -> _Bits:
    """Where there is a value."""
    if values.null_count:
        return _bits(values.buffers()[0], values.offset)
    return lambda start, stop: numpy.full(words_for(stop - start), numpy.uint64(2**64 - 1))
