"""A question compiled for tables: a pure function of record batches, that can be sent to other processes."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy
import pyarrow

from authority.batch.causes import Causes
from authority.batch.columns import Column, Kind, sides
from authority.batch.facts import Fact, by_finding, by_levels
from authority.batch.planes import Read, Source, read, sources, words_for
from authority.batch.program import Program, Words, program
from authority.circuit import Circuit
from authority.compiling import Compiled, compile_table
from authority.engine import Verdict
from authority.errors import EngineError
from authority.facts import FactPattern
from authority.law import Reading
from authority.vocabulary import Proposition

ROWS = 1 << 18
"""How many rows are decided at a time: so many that a step takes longer than to call it, so few that what it works on
stays in the cache."""


MOST = 128
"""How many words a column of the answer can tell apart."""


class Answer(NamedTuple):
    """A column of the answer: its name, the words that may stand in it, the outputs of the program that hold, bit by
    bit, which of them does, and the one that says whether any does; None where one always does."""

    name: str
    words: tuple[str, ...]
    bits: tuple[int, ...]
    some: int | None


class Kernel(NamedTuple):
    """A question over a table of such columns. ``keep`` are columns that the answer repeats."""

    sources: tuple[Source, ...]
    keep: tuple[str, ...]
    program: Program
    answers: tuple[Answer, ...]

    def schema(self, asked: pyarrow.Schema) -> pyarrow.Schema:
        """The columns of the answer for a table of the columns ``asked``."""
        words = pyarrow.dictionary(pyarrow.int8(), pyarrow.string())
        kept = [asked.field(name) for name in self.keep]
        return pyarrow.schema([*kept, *(pyarrow.field(answer.name, words) for answer in self.answers)])

    def __call__(self, batch: pyarrow.RecordBatch, first: int = 0) -> pyarrow.RecordBatch:
        """The answer for each row of a batch, which begins at the row ``first`` of its table. Raises InvalidInput, with
        the row, for a value that says nothing of a fact."""
        given = [each for source in self.sources for each in read(source, batch, first)]
        made = [_Made(answer, batch.num_rows) for answer in self.answers]
        room = _Room(self.program, min(ROWS, batch.num_rows))
        for start in range(0, batch.num_rows, ROWS):
            self._decide(given, start, min(start + ROWS, batch.num_rows), made, room)
        kept = [batch.column(name) for name in self.keep]
        return pyarrow.RecordBatch.from_arrays([*kept, *map(_Made.array, made)], schema=self.schema(batch.schema))

    def _decide(self, given: Iterable[Read], start: int, stop: int, made: Iterable[_Made], room: _Room) -> None:
        inputs: dict[Hashable, Words] = {}
        words = words_for(stop - start)
        for planes in given:
            inputs.update(planes(start, stop, room.flags[: 64 * words]))
        outputs = self.program.run(inputs, words, room.slots)
        for each in made:
            each.put(outputs, start, stop)


class _Room:
    """What a stretch is worked out in, used again for the next: a flag for each bit of a plane, and the program's
    slots."""

    def __init__(self, program: Program, rows: int) -> None:
        self.flags = numpy.zeros(64 * words_for(rows), dtype=numpy.bool_)
        self.slots = program.room(words_for(rows))


class _Made:
    """A column of the answer as it is made: the number of each row's word, and whether it has one."""

    def __init__(self, answer: Answer, rows: int) -> None:
        self.answer, self.rows = answer, rows
        self.numbers = numpy.empty(rows, dtype=numpy.uint8)
        self.held = None if answer.some is None else numpy.empty(-(-rows // 8), dtype=numpy.uint8)

    def put(self, outputs: Sequence[Words], start: int, stop: int) -> None:
        """Enters the rows from one until another; they begin at a whole byte."""
        numbers = self.numbers[start:stop]
        planes = [outputs[bit].view(numpy.uint8) for bit in reversed(self.answer.bits)]
        numbers[:] = numpy.unpackbits(planes[0], count=stop - start, bitorder="little") if planes else 0
        for plane in planes[1:]:
            numpy.add(numbers, numbers, out=numbers)
            numpy.bitwise_or(numbers, numpy.unpackbits(plane, count=stop - start, bitorder="little"), out=numbers)
        if self.held is not None and self.answer.some is not None:
            held = self.held[start // 8 : -(-stop // 8)]
            held[:] = outputs[self.answer.some].view(numpy.uint8)[: len(held)]

    def array(self) -> pyarrow.Array:
        held = None if self.held is None else pyarrow.py_buffer(self.held)
        numbers = pyarrow.Array.from_buffers(pyarrow.int8(), self.rows, [held, pyarrow.py_buffer(self.numbers)])
        words = pyarrow.array(self.answer.words, pyarrow.string())
        return pyarrow.DictionaryArray.from_arrays(numbers, words, safe=False)


# ── Compiling ─────────────────────────────────────────────────────────────────────────────────────────────────────


def kernel(
    case: FactPattern, readings: Iterable[Reading], question: Proposition, columns: tuple[Column, ...],
    keep: tuple[str, ...], reasons: bool,
) -> Kernel:  # fmt: skip
    """The question under some readings, over a table of such columns; with ``reasons`` also the cause of each verdict
    and the element that decides it."""
    circuit = Circuit()
    roots: list[int] = []
    answers: list[Answer] = []
    for reading in readings:
        facts = _facts(circuit, case, reading, columns)
        stands = {fact: each.stands for fact, each in facts.items()}
        spoken = {fact: each.spoken for fact, each in facts.items()}
        compiled = compile_table(case, reading, question, stands, spoken, circuit)
        for name, words in _asked(case, compiled, facts, reasons):
            answers.append(_answer(circuit, f"{reading.id}.{name}", words, name != "element", roots))
    made = program(circuit, roots)
    return Kernel(sources(columns, made.inputs), keep, made, tuple(answers))


def _facts(
    circuit: Circuit, case: FactPattern, reading: Reading, columns: Iterable[Column]
) -> dict[Proposition, Fact]:
    tables, found = case.rules.tables, {}
    by_fact: dict[Proposition, list[Column]] = {}
    for column in columns:
        by_fact.setdefault(column.fact, []).append(column)
    for fact, each in by_fact.items():
        levels = [column for column in each if column.kind is Kind.LEVELS]
        looked = any(column.kind is Kind.FOUND_NONE for column in each)
        if levels or looked:
            standard, refuted_by = tables.standard(reading.standard), tables.standard(tables.refuted_by)
            told = [sides(column) for column in levels]
            found[fact] = by_levels(circuit, fact, told, standard, refuted_by, found_none=looked)
        else:
            found[fact] = by_finding(circuit, fact)
    return found


def _asked(
    case: FactPattern, compiled: Compiled, facts: Mapping[Proposition, Fact], reasons: bool
) -> Iterator[tuple[str, dict[str, int]]]:
    """What is asked of each row: the names of the answers, and when each of their words is the one."""
    circuit, stands = compiled.circuit, compiled.question
    left = circuit.no(circuit.any(stands))
    yield "verdict", {Verdict.MET: stands.met, Verdict.NOT_MET: stands.not_met, Verdict.UNDETERMINED: left}
    if reasons:
        causes = Causes(case, compiled, facts)
        yield "cause", {str(cause): when for cause, when in causes.first(compiled.tree.question).items()}
        yield "element", {str(element): when for element, when in causes.deciding().items()}


def _answer(circuit: Circuit, name: str, words: Mapping[str, int], every: bool, roots: list[int]) -> Answer:
    """The answer of which one word holds in each row (``every``), or one at most. What it needs is added to the
    roots."""
    if len(words) > MOST:
        raise EngineError(f"{name}: {len(words)} may stand in it, and no more than {MOST} can be told apart")
    width, at = (len(words) - 1).bit_length(), len(roots)
    for bit in range(width):
        roots.append(circuit.any(when for number, when in enumerate(words.values()) if number >> bit & 1))
    bits = tuple(range(at, at + width))
    if every:
        return Answer(name, tuple(map(str, words)), bits, None)
    roots.append(circuit.any(words.values()))
    return Answer(name, tuple(map(str, words)), bits, at + width)
