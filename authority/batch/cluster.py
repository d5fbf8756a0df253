"""A kernel on a cluster: Ray Data and Spark hand it their rows as Arrow, on whatever machines they have.

The kernel is a function of a record batch and nothing else, so it is sent as it is; what receives it must have this
library installed. Rows may come back in another order: keep a column that tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pyarrow

from authority.batch.asking import Batch
from authority.batch.files import plain
from authority.batch.kernel import Kernel
from authority.errors import InvalidInput, Place, Problem

if TYPE_CHECKING:
    from pyspark.sql import DataFrame  # pyright: ignore[reportMissingImports]
    from ray.data import Dataset  # pyright: ignore[reportMissingImports]


def on_ray(batch: Batch, dataset: Dataset) -> Dataset:
    """The answer for every row of a dataset of Ray Data, to be worked out when it is asked for; its words are strings.

    Raises InvalidInput for a column that says nothing of a fact and is not in the batch's ``keep``, and for a dataset
    without rows, whose columns nobody knows. A value that says nothing ends the job with the InvalidInput that names
    its row in the block.
    """
    kernel = batch.kernel(_schema(dataset), "dataset")

    def answered(table: pyarrow.Table) -> pyarrow.Table:
        rows = table.combine_chunks().to_batches()
        return pyarrow.Table.from_batches(_answered(kernel, rows), plain(kernel.schema(table.schema)))

    return dataset.map_batches(answered, batch_format="pyarrow")


def on_spark(batch: Batch, frame: DataFrame) -> DataFrame:
    """The answer for every row of a frame of Spark (from 4.0), to be worked out when it is asked for; its words are
    strings.

    Raises InvalidInput as ``on_ray`` does.
    """
    from pyspark.sql.types import StringType, StructField, StructType  # pyright: ignore[reportMissingImports]

    kernel = batch.kernel(frame.limit(0).toArrow().schema, "frame")
    kept = [frame.schema[name] for name in kernel.keep]
    words = [StructField(answer.name, StringType()) for answer in kernel.answers]
    return frame.mapInArrow(lambda rows: _answered(kernel, rows), StructType([*kept, *words]))


def _answered(kernel: Kernel, rows: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    for each in rows:
        yield kernel(each).cast(plain(kernel.schema(each.schema)))


def _schema(dataset: Dataset) -> pyarrow.Schema:
    """The columns of a dataset as Arrow has them, also where its blocks are pandas frames, of which Ray makes
    tables."""
    for each in (dataset, dataset.map_batches(_as_it_is, batch_format="pyarrow")):
        found = each.schema()
        if found is not None and isinstance(found.base_schema, pyarrow.Schema):
            return found.base_schema
    raise InvalidInput([Problem(Place("dataset"), "table", "the dataset has no rows, so no columns to read")])


def _as_it_is(table: pyarrow.Table) -> pyarrow.Table:
    return table
