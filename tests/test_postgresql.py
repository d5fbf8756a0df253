"""The query in PostgreSQL, where that is installed: a database of its own, made and run without a server."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.csv
import pytest

from authority.batch import Batch
from authority.batch.sql import query, quoted
from authority.facts import FactPattern
from tests.databases import numbered
from tests.test_emitting import ROWS, by_kernel, iran_table, small, table

PROGRAMS = [*map(Path, os.environ.get("PATH", "").split(os.pathsep)), *Path("/usr/lib/postgresql").glob("*/bin")]
INITDB = next((folder / "initdb" for folder in PROGRAMS if (folder / "initdb").exists()), None)
TYPES = {"bool": "boolean", "int8": "smallint", "int64": "bigint", "string": "text", "null": "text"}

pytestmark = [pytest.mark.slow, pytest.mark.skipif(INITDB is None, reason="PostgreSQL is not installed")]


class Database:
    """A PostgreSQL that answers one query and ends. It refuses to be run by root, who lends it another name."""

    def __init__(self, folder: Path) -> None:
        assert INITDB is not None
        self.folder, self.programs = folder, INITDB.parent
        self.who: dict[str, Any] = {"user": "nobody"} if os.getuid() == 0 else {}
        if self.who:
            shutil.chown(folder, "nobody")
        self._run("initdb", "-D", "data", "-A", "trust", "-E", "UTF8", "--no-locale")

    def __call__(self, query: str, rows: pyarrow.Table) -> list[list[str]]:
        """The answer, by the first column."""
        given, found = self.folder / "rows.csv", self.folder / "found.csv"
        pyarrow.csv.write_csv(rows, given)
        columns = ", ".join(f"{quoted(field.name)} {TYPES[str(field.type)]}" for field in rows.schema)
        asked = (
            f"CREATE TABLE rows ({columns})", f"COPY rows FROM '{given}' CSV HEADER",
            f"COPY ({query.rstrip().removesuffix(';')}) TO '{found}' CSV HEADER", "DROP TABLE rows",
        )  # fmt: skip
        self._run("postgres", "--single", "-j", "-D", "data", "postgres", said="".join(f"{a};\n\n" for a in asked))
        with found.open(encoding="utf-8", newline="") as file:
            heading, *answers = csv.reader(file)
        return [heading, *sorted(answers, key=lambda row: int(row[0]))]

    def _run(self, program: str, *arguments: str, said: str = "") -> None:
        done = subprocess.run(
            [self.programs / program, *arguments], cwd=self.folder, input=said, capture_output=True, text=True,
            check=False, **self.who,
        )  # fmt: skip
        assert done.returncode == 0 and "ERROR" not in done.stderr, done.stderr


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as name:  # where another user may enter, as not into pytest's own
        yield Database(Path(name))


def as_text(rows: list[dict[str, Any]]) -> list[list[str]]:
    return [list(rows[0]), *([str("" if value is None else value) for value in row.values()] for row in rows)]


def test_postgresql_answers_as_the_kernel_does(postgresql: Database) -> None:
    whole, batch = numbered(table(ROWS)), Batch(small(), keep=["row"])
    found = postgresql(query(batch.kernel(whole.schema), "rows"), whole)
    assert found == as_text(by_kernel(batch, whole))


def test_postgresql_refuses_a_value_with_nothing(postgresql: Database) -> None:
    whole, batch = numbered(table([ROWS[1], ROWS[1] | {"Aland left": 6}])), Batch(small(), ["narrow"], keep=["row"])
    assert [row[1] for row in postgresql(query(batch.kernel(whole.schema), "rows"), whole)[1:]] == ["not met", ""]


def test_columns_with_long_names_are_called_otherwise(postgresql: Database, iran: FactPattern) -> None:
    """PostgreSQL cuts a name after 63 bytes, where both sides of a fact are the same."""
    whole, batch = numbered(iran_table(iran)), Batch(iran, keep=["row"])
    called = {name: f"c{number}" for number, name in enumerate(whole.column_names) if name != "row"}
    there = whole.rename_columns([called.get(name, name) for name in whole.column_names])
    found = postgresql(query(batch.kernel(whole.schema), "rows", called), there)
    assert found == as_text(by_kernel(batch, whole))
