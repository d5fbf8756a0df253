"""Where a kernel's query and expressions are run: DuckDB, SQLite and Polars, on tables of Arrow."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

import duckdb
import polars
import pyarrow

from authority.batch import Batch
from authority.batch.frames import answered
from authority.batch.sql import quoted

Rows = list[dict[str, Any]]


def by_duckdb(query: str, table: pyarrow.Table, name: str = "rows") -> Rows:
    """What DuckDB answers for a table, in the order of the first column."""
    with duckdb.connect() as database:
        database.register(name, table)
        return in_order(database.sql(query).to_arrow_table().to_pylist())


def by_sqlite(query: str, table: pyarrow.Table, name: str = "rows") -> Rows:
    """What SQLite answers for a table, in the order of the first column."""
    database = sqlite3.connect(":memory:")
    try:
        columns = ", ".join(f"{quoted(field.name)}{_affinity(field.type)}" for field in table.schema)
        database.execute(f"CREATE TABLE {quoted(name)} ({columns})")
        places = ", ".join("?" * table.num_columns)
        values = zip(*(column.to_pylist() for column in table.columns), strict=True)
        database.executemany(f"INSERT INTO {quoted(name)} VALUES ({places})", values)
        found = database.execute(query)
        names = [each[0] for each in found.description]
        return in_order(dict(zip(names, row, strict=True)) for row in found)
    finally:
        database.close()


def by_polars(batch: Batch, table: pyarrow.Table) -> Rows:
    """What Polars answers for a table: the columns to keep, and the answer's."""
    frame = polars.from_arrow(table)
    assert isinstance(frame, polars.DataFrame)
    named = batch.kernel(table.schema).schema(table.schema).names
    return answered(batch, frame).select(named).collect().to_dicts()


def in_order(rows: Iterable[dict[str, Any]]) -> Rows:
    """Rows in the order of their first column."""
    return sorted(rows, key=lambda row: next(iter(row.values())))


def numbered(table: pyarrow.Table) -> pyarrow.Table:
    """The table with the number of each row in front, in a column ``row``."""
    return table.add_column(0, "row", pyarrow.array(range(table.num_rows)))


def _affinity(type: pyarrow.DataType) -> str:
    return " INTEGER" if pyarrow.types.is_integer(type) or pyarrow.types.is_boolean(type) else ""
