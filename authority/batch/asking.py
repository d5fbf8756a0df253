"""Batch: a question put to every row of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow

from authority.batch.columns import TURNED, Column, Kind, columns, sides
from authority.batch.facts import Side
from authority.batch.kernel import ROWS, Kernel, kernel
from authority.facts import Evidence, FactPattern, Source
from authority.law import Reading, Tables
from authority.opinion import ask_of
from authority.vocabulary import Proposition
from authority.weighing import Status

MOST_ROWS = 8 * ROWS
"""How many rows of a stream are decided before their answer is given on."""

TABLE = Source(id="table", name="A row of a table")


class Batch:
    """A question on the parties of a case, put to every row of a table under one or more readings.

    The case gives the parties, the dates, what is noticed and what is assumed; each row is a record of its own, and the
    case's own evidence is set aside. A column is named by a fact (``Ruritania harbored the Band``) and holds findings
    (truth values, or the words *established*, *refuted*, *unresolved*), or levels from 0, cannot be judged, to 5: of
    what is strongest for it, or on the side that stands behind its name (``… [for]``, ``… [against]``). Beside levels,
    a column of truth values (``… [found none]``) says where a source looked into it and found nothing, which refutes
    nothing and is not silence: it speaks of its parties. Nothing in a row is that the record says nothing. Columns
    named in ``keep`` are repeated in the answer.

    The answer has, for each reading, the columns ``<reading>.verdict`` and, with ``reasons``, ``<reading>.cause`` and
    ``<reading>.element``: the cause that tells most, and the first of the question's elements that stands as the
    question does. They say of each row what ``decide`` says of the case that ``case`` makes of it.
    """

    def __init__(
        self, case: FactPattern, readings: Iterable[str | Reading] | None = None, ask: str | Proposition | None = None,
        *, reasons: bool = True, keep: Iterable[str] = (),
    ) -> None:  # fmt: skip
        """Raises UnknownName for a reading that is not there, InvalidInput for a question that cannot be read."""
        self.question = ask_of(case, ask)
        self.set_aside = case.but(evidence=(), sources=(), decided=(), asks=self.question)
        named = case.rules.readings if readings is None else readings
        self.readings = tuple(r if isinstance(r, Reading) else case.rules.reading(r) for r in named)
        self.reasons, self.keep = reasons, tuple(keep)
        self._kernels: dict[pyarrow.Schema, Kernel] = {}

    def kernel(self, schema: pyarrow.Schema, where: str = "table") -> Kernel:
        """The question compiled for tables of these columns: a pure function of a record batch, which may be pickled
        and sent elsewhere. InvalidInput names every column that says nothing of a fact."""
        schema = schema.remove_metadata()
        if schema not in self._kernels:
            found = columns(self.set_aside, schema, self.keep, where)
            self._kernels[schema] = kernel(
                self.set_aside, self.readings, self.question, found, self.keep, self.reasons
            )
        return self._kernels[schema]

    def __call__(self, table: Any) -> pyarrow.Table:
        """The answer for every row of a table: anything that speaks Arrow's PyCapsule protocol (of pyarrow, polars,
        pandas, DuckDB), whole."""
        reader = self.reader(table)
        return pyarrow.Table.from_batches(reader, reader.schema)

    def reader(self, table: Any) -> pyarrow.RecordBatchReader:
        """The same, as a stream that holds one stretch of rows at a time."""
        read = pyarrow.RecordBatchReader.from_stream(table)
        asked = self.kernel(read.schema)
        return pyarrow.RecordBatchReader.from_batches(asked.schema(read.schema), _stream(asked, read))

    def case(self, row: Mapping[str, Any], name: str = "row") -> FactPattern:
        """The case that a row is: its values by column, put as items of evidence. It can be decided, and its memo
        written."""
        schema = pyarrow.Table.from_pylist([dict(row)]).schema
        found = columns(self.set_aside, schema, self.keep, name)
        tables = self.set_aside.rules.tables
        items = [e for c in found if row[c.name] is not None for e in _items(c, row[c.name], tables)]
        return self.set_aside.but(name=name, evidence=tuple(items), sources=(TABLE,))


def _stream(asked: Kernel, batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    first = 0
    for batch in batches:
        for at in range(0, batch.num_rows, MOST_ROWS):
            yield asked(batch.slice(at, MOST_ROWS), first + at)
        first += batch.num_rows


def _items(column: Column, value: Any, tables: Tables) -> Iterator[Evidence]:
    """A value as an item: graded at its level, or A1 for a finding."""
    if column.kind is Kind.FOUND_NONE and not value:
        return
    if column.kind is Kind.LEVELS:
        level = value or None
        reliability = next(letter for letter, entry in tables.reliability.items() if entry.level == level)
        credibility = next(digit for digit, entry in tables.credibility.items() if entry.level == level)
        side = "supports" if sides(column) is Side.FOR else "contradicts"
    else:
        reliability, credibility = "A", "1"
        status = _status(column, value)
        side = _SIDES[TURNED[status] if column.denied else status]
    said: dict[str, Any] = {"id": column.name, "source": TABLE.id, "says": f"{column.name}: {value}."}
    said |= {"reliability": reliability, "credibility": credibility, side: (column.fact,)}
    yield Evidence(**said)


def _status(column: Column, value: Any) -> Status:
    """What a value of a column that holds no levels says a fact is."""
    if column.kind is Kind.FOUND_NONE:
        return Status.UNRESOLVED
    return (Status.ESTABLISHED if value else Status.REFUTED) if column.kind is Kind.TRUTH else Status(value)


_SIDES = {Status.ESTABLISHED: "supports", Status.REFUTED: "contradicts", Status.UNRESOLVED: "found_none"}
