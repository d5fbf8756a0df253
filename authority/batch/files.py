"""Tables in files: CSV, Parquet and Arrow, a stretch at a time, so that memory does not grow with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.csv
import pyarrow.ipc
import pyarrow.parquet

from authority.batch.asking import Batch
from authority.batch.kernel import ROWS
from authority.batch.sql import query
from authority.errors import InvalidInput, Place, Problem, UnknownName
from authority.writing import write_whole, written_whole

ENDINGS = (".csv", ".parquet", ".arrow")
BLOCK = 1 << 24
"""How many bytes of a CSV file are read at a time; the types of its columns are those of the first."""


def decide_file(batch: Batch, table: Path, out: Path, progress: Callable[[int], None] = lambda rows: None) -> int:
    """Writes the answer for every row of a file to another, and returns how many rows there were. ``progress`` is told
    the rows done so far. The answer's file is written whole or not at all.

    Raises UnknownName for another ending, InvalidInput where the table cannot be read or says nothing of a fact.
    """
    _known(out)
    rows = 0
    with amiss(table):
        schema, batches = _read(table)
        kernel = batch.kernel(schema, str(table))
        with written_whole(out) as beside, _writer(beside, out.suffix.lower(), kernel.schema(schema)) as write:
            for stretch in batches:
                write(kernel(stretch, rows))
                rows += stretch.num_rows
                progress(rows)
    return rows


def write_query(batch: Batch, table: Path, out: Path) -> str:
    """Writes the query that has a database decide the rows of a table with the columns of a file, and returns the
    table's name: that of the file, without its ending. Raises as ``decide_file`` does."""
    with amiss(table):
        schema, _ = _read(table)
    write_whole(out, query(batch.kernel(schema, str(table)), table.stem).encode())
    return table.stem


@contextmanager
def amiss(table: Path) -> Iterator[None]:
    """Says as InvalidInput what is wrong with a table while it is read: it is no plain file, or what Arrow finds."""
    if table.exists() and not table.is_file():
        what, why = "it is no plain file", "folders, devices and pipes are not read: they may have no end"
        raise InvalidInput([Problem(Place(str(table)), "table", what, why, "name a file")])
    try:
        yield
    except (pyarrow.ArrowException, UnicodeDecodeError, OSError) as found:
        if isinstance(found, OSError) and found.errno is not None:  # the system's, and not what Arrow says of the file
            raise
        why = next(iter(str(found).splitlines()), type(found).__name__)
        raise InvalidInput([Problem(Place(str(table)), "table", "the table cannot be read", why)]) from None


_Read = tuple[pyarrow.Schema, Iterator[pyarrow.RecordBatch]]


def _read(table: Path) -> _Read:
    return _READ[_known(table)](table)


def _known(path: Path) -> str:
    if path.suffix.lower() not in ENDINGS:
        raise UnknownName("kind of table", path.suffix or path.name, ENDINGS)
    return path.suffix.lower()


def _csv(path: Path) -> _Read:
    reader = pyarrow.csv.open_csv(
        path, pyarrow.csv.ReadOptions(block_size=BLOCK),
        convert_options=pyarrow.csv.ConvertOptions(strings_can_be_null=True, null_values=["", "NA", "null"]),
    )  # fmt: skip
    return reader.schema, iter(reader)


def _parquet(path: Path) -> _Read:
    file = pyarrow.parquet.ParquetFile(path, pre_buffer=False)  # or what was read of the file stays until its end
    return file.schema_arrow, file.iter_batches(batch_size=ROWS)


def _arrow(path: Path) -> _Read:
    file = pyarrow.ipc.open_file(pyarrow.memory_map(str(path)))
    return file.schema, (_sound(file.get_batch(number)) for number in range(file.num_record_batches))


def _sound(batch: pyarrow.RecordBatch) -> pyarrow.RecordBatch:
    """The batch, which Arrow takes as it stands in the file: what points outside it would be read there."""
    batch.validate(full=True)
    return batch


_READ: dict[str, Callable[[Path], _Read]] = {".csv": _csv, ".parquet": _parquet, ".arrow": _arrow}


@contextmanager
def _writer(path: Path, ending: str, schema: pyarrow.Schema) -> Iterator[Callable[[pyarrow.RecordBatch], Any]]:
    if ending == ".parquet":
        with pyarrow.parquet.ParquetWriter(path, schema) as writer:
            yield writer.write_batch
    elif ending == ".arrow":
        with pyarrow.ipc.new_file(str(path), schema) as writer:
            yield writer.write_batch
    else:
        with pyarrow.csv.CSVWriter(path, plain(schema)) as writer:
            yield lambda batch: writer.write_batch(batch.cast(plain(schema)))


def plain(schema: pyarrow.Schema) -> pyarrow.Schema:
    """The schema in which words are written out rather than numbered."""
    return pyarrow.schema([(f.name, f.type.value_type) if pyarrow.types.is_dictionary(f.type) else f for f in schema])
