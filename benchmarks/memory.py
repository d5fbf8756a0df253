"""How much memory a large table takes: python benchmarks/memory.py [ROWS].

A Parquet file of so many rows (ten million, unless said) is made a stretch at a time, with levels on both sides of
every fact that the Iran record speaks to, and decided by ``authority batch`` into another, under every reading, with
causes and elements. The most memory that the command held at once is printed; more than 2 GiB is a failure.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy
import pyarrow
import pyarrow.parquet

import authority
from authority.batch.kernel import ROWS

CASE = "iran-2020"
MOST = 2 << 30


def headings() -> list[str]:
    """Both sides of every fact that the record speaks to."""
    case = authority.load_case(CASE)
    facts = dict.fromkeys(fact for item in case.evidence for fact in item.bears_on)
    names = [case.rules.vocabulary[fact.sentence].fill(fact.parties) for fact in facts]
    return [f"{name} [{side}]" for name in names for side in ("for", "against")]


def write(path: Path, rows: int) -> None:
    """Writes so many rows of levels, a third of them left out, and the number of each row."""
    generator, names = numpy.random.default_rng(1), headings()
    level = pyarrow.int8()
    schema = pyarrow.schema([("row", pyarrow.int64()), *((name, level) for name in names)])
    with pyarrow.parquet.ParquetWriter(path, schema) as writer:
        for first in range(0, rows, ROWS):
            many = min(ROWS, rows - first)
            columns: list[pyarrow.Array] = [pyarrow.array(numpy.arange(first, first + many))]
            for _ in names:
                values, left_out = generator.integers(0, 6, many, dtype=numpy.int8), generator.integers(0, 3, many) == 0
                columns.append(pyarrow.array(values, mask=left_out))
            writer.write_batch(pyarrow.RecordBatch.from_arrays(columns, schema=schema))


def main(rows: int = 10_000_000) -> None:
    """Makes the table, has it decided, and says what that took; SystemExit where it took more than 2 GiB."""
    with tempfile.TemporaryDirectory() as folder:
        table, out = Path(folder) / "rows.parquet", Path(folder) / "answer.parquet"
        write(table, rows)
        began = time.perf_counter()
        command = ["batch", table, "--case", CASE, "--keep", "row", "-o", out]
        subprocess.run([sys.executable, "-m", "authority.cli", *command], check=True)
        took = time.perf_counter() - began
        answered = pyarrow.parquet.ParquetFile(out).metadata
        assert answered.num_rows == rows
        held = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024  # Linux counts in KiB
        sys.stdout.write(
            f"{rows:,} rows of {len(headings())} columns ({table.stat().st_size / 2**20:,.0f} MiB) into "
            f"{answered.num_columns} ({out.stat().st_size / 2**20:,.0f} MiB): {took:,.0f} s, "
            f"{held / 2**20:,.0f} MiB held at most\n"
        )
    if held > MOST:
        raise SystemExit(f"more than {MOST / 2**20:,.0f} MiB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
