"""The rows of a panel as an Arrow table, and as a Parquet file. The door of panels to pyarrow (the extra ``batch``)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow
import pyarrow.parquet

from authority.panels.rows import Row

_WORDS = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
SCHEMA = pyarrow.schema([
    ("rules", _WORDS), ("case", _WORDS), ("question", _WORDS), ("parties", pyarrow.list_(pyarrow.string())),
    ("date", _WORDS), ("day", pyarrow.date32()), ("known_by", pyarrow.date32()), ("reading", _WORDS),
    ("label", _WORDS), ("verdict", _WORDS), ("cause", _WORDS), ("element", _WORDS), ("margin", pyarrow.int32()),
    ("complete", pyarrow.bool_()), ("left_out", pyarrow.string()), ("contradictions", pyarrow.int32()),
])  # fmt: skip
"""The columns: those of a row, with ``complete`` as a truth value and beside it, in ``left_out``, what is not known."""


def table(rows: Sequence[Row]) -> pyarrow.Table:
    """The rows as a table of ``SCHEMA``."""
    columns = dict(zip(Row._fields, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(Row._fields, ())
    columns |= {name: tuple(map(str, columns[name])) for name in ("verdict", "cause")}
    said = columns["complete"]
    columns |= {
        "complete": tuple(each is True for each in said),
        "left_out": tuple(None if each is True else each for each in said),
    }  # fmt: skip
    made = [pyarrow.array(columns[field.name], _plain(field.type)).cast(field.type) for field in SCHEMA]
    return pyarrow.Table.from_arrays(made, schema=SCHEMA)


def write_parquet(rows: Sequence[Row], path: Path) -> None:
    """Writes the rows as a Parquet file."""
    pyarrow.parquet.write_table(table(rows), path)


def _plain(type: pyarrow.DataType) -> pyarrow.DataType:
    return type.value_type if pyarrow.types.is_dictionary(type) else type
