"""A question compiled for tables: a pure function of record batches, that can be sent to other processes."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy
import pyarrow

from authority.batch.causes import Causes
from authority.batch.columns import Column, Kind, planes, sides, words_for
from authority.batch.facts import Fact, Reaches, Says, by_finding, by_levels
from authority.batch.program import Program, Words, program
from authority.circuit import Circuit
from authority.compiling import Compiled, compile_table
from authority.engine import Verdict
from authority.errors import EngineError
from authority.facts import FactPattern
from authority.law import Reading
from authority.vocabulary import Proposition

ROWS = 1 << 17
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

    columns: tuple[Column, ...]
    keep: tuple[str, ...]
    program: Program
    answers: tuple[Answer, ...]

    def schema(self, asked: pyarrow.Schema) -> pyarrow.Schema:
        """The columns of the answer for a table of the columns ``asked``."""
        words = pyarrow.dictionary(pyarrow.int8(), pyarrow.string())
        kept = [asked.field(name) for name in self.keep]
        return pyarrow.schema([*kept, *(pyarrow.field(answer.name, words) for answer in self.answers)])

    def __call__(self, batch: pyarrow.RecordBatch, first: int = 0) -> pyarrow.RecordBatch:
        """The answer for each row of a batch, which begins at the row ``first`` of its table."""
        kept = [batch.column(name) for name in self.keep]
        parts = [self._decided(batch.slice(at, ROWS), first + at) for at in range(0, max(batch.num_rows, 1), ROWS)]
        made = [pyarrow.concat_arrays(column) for column in zip(*parts, strict=True)]
        return pyarrow.RecordBatch.from_arrays([*kept, *made], schema=self.schema(batch.schema))

    def _decided(self, batch: pyarrow.RecordBatch, first: int) -> list[pyarrow.Array]:
        asked = [each for each in self.program.inputs if isinstance(each, Reaches | Says)]
        given = (planes(column, batch.column(column.name), asked, first) for column in self.columns)
        inputs: dict[Hashable, Words] = {each: words for found in given for each, words in found.items()}
        outputs = self.program.run(inputs, words_for(batch.num_rows))
        return [_words(answer, outputs, batch.num_rows) for answer in self.answers]


def _words(answer: Answer, outputs: Sequence[Words], rows: int) -> pyarrow.Array:
    """A column of words from the planes of their numbers' bits."""
    codes = numpy.zeros(rows, dtype=numpy.int8)
    for bit, plane in enumerate(answer.bits):
        codes |= _flags(outputs[plane], rows).view(numpy.int8) << bit
    held = None
    if answer.some is not None:
        held = pyarrow.py_buffer(outputs[answer.some].view(numpy.uint8)[: -(-rows // 8)].tobytes())
    indices = pyarrow.Array.from_buffers(pyarrow.int8(), rows, [held, pyarrow.py_buffer(codes)])
    return pyarrow.DictionaryArray.from_arrays(indices, pyarrow.array(answer.words, pyarrow.string()))


def _flags(plane: Words, rows: int) -> numpy.ndarray:
    return numpy.unpackbits(plane.view(numpy.uint8), count=rows, bitorder="little")


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
    return Kernel(columns, keep, program(circuit, roots), tuple(answers))


def _facts(
    circuit: Circuit, case: FactPattern, reading: Reading, columns: Iterable[Column]
) -> dict[Proposition, Fact]:
    tables, found = case.rules.tables, {}
    by_fact: dict[Proposition, list[Column]] = {}
    for column in columns:
        by_fact.setdefault(column.fact, []).append(column)
    for fact, each in by_fact.items():
        if each[0].kind is Kind.LEVELS:
            standard, refuted_by = tables.standard(reading.standard), tables.standard(tables.refuted_by)
            found[fact] = by_levels(circuit, fact, [sides(c) for c in each], standard, refuted_by)
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
