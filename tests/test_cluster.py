"""A kernel on a cluster of this machine's own: Ray and Spark answer row by row as one process does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from authority.batch import Batch
from authority.batch.cluster import on_ray, on_spark
from authority.errors import InvalidInput
from authority.facts import FactPattern
from tests.test_batch import LEFT, PAID, SHELTERED, small

ROWS = 200_000

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]  # theirs are not ours to mend


def made_up(rows: int) -> pyarrow.Table:
    """Rows of every kind of value, nothing among them, in an order that tells the whole table apart from its parts."""
    numbers = range(rows)
    return pyarrow.table({
        "id": pyarrow.array(numbers, pyarrow.int64()),
        SHELTERED: pyarrow.array([(True, False, None)[n * 7 % 11 % 3] for n in numbers]),
        f"{PAID} [for]": pyarrow.array([(*range(6), None)[n * 5 % 13 % 7] for n in numbers], pyarrow.int8()),
        f"{PAID} [against]": pyarrow.array([(None, 0, 3, 5)[n * 3 % 17 % 4] for n in numbers], pyarrow.int8()),
        LEFT: [(None, "established", "refuted", "unresolved")[n * 11 % 19 % 4] for n in numbers],
    })  # fmt: skip


@pytest.fixture(scope="module")
def rows() -> pyarrow.Table:
    return made_up(ROWS)


@pytest.fixture(scope="module")
def expected(rows: pyarrow.Table) -> list[dict[str, Any]]:
    """What one process answers, in the order of the rows."""
    found = asked()(rows).to_pylist()
    assert len({row["narrow.verdict"] for row in found}) == 3 and len({row["narrow.cause"] for row in found}) > 4
    return found


def asked(case: FactPattern | None = None) -> Batch:
    return Batch(case or small(), keep=["id"])


def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: row["id"])


# ── Ray ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    ray = pytest.importorskip("ray", reason="Ray is not installed: make test-ray")
    pytest.importorskip("ray.data", reason="Ray has no Data (the extra `ray`): make test-ray")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("RAY_USAGE_STATS_ENABLED", "0")  # a test tells nobody that it ran
        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, object_store_memory=200 << 20)
        ray.data.DataContext.get_current().enable_progress_bars = False
        yield ray
        ray.shutdown()


def test_ray_answers_every_row_as_one_process_does(ray: Any, rows: pyarrow.Table, expected: list) -> None:
    """In eight blocks, on two workers."""
    dataset = ray.data.from_arrow([rows.slice(at, ROWS // 8) for at in range(0, ROWS, ROWS // 8)])
    assert dataset.num_blocks() == 8
    assert in_order(on_ray(asked(), dataset).take_all()) == expected


def test_ray_may_hold_its_rows_in_pandas(ray: Any) -> None:
    few = made_up(50).select(["id", SHELTERED, LEFT])
    dataset = ray.data.from_pandas(few.to_pandas())
    assert in_order(on_ray(asked(), dataset).take_all()) == asked()(few).to_pylist()


def test_ray_is_told_of_a_column_that_says_nothing_before_any_work_is_done(ray: Any) -> None:
    with pytest.raises(InvalidInput, match="'id' is not one sentence of this rule set"):
        on_ray(Batch(small()), ray.data.from_arrow(made_up(3)))
    with pytest.raises(InvalidInput, match="the dataset has no rows"):
        on_ray(asked(), ray.data.from_items([]))


# ── Spark ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    pytest.importorskip("pyspark", reason="Spark is not installed: make test-spark")
    from pyspark.sql import SparkSession  # pyright: ignore[reportMissingImports]

    build = SparkSession.builder.master("local[2]").appName("authority")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PYSPARK_PYTHON", sys.executable)  # or its workers take the python3 of the machine
        session = build.config("spark.ui.enabled", "false").config("spark.driver.host", "127.0.0.1").getOrCreate()
        yield session
        session.stop()


def test_spark_answers_every_row_as_one_process_does(spark: Any, rows: pyarrow.Table, expected: list, tmp_path) -> None:
    """From a file, in eight partitions, on two workers."""
    pyarrow.parquet.write_table(rows, tmp_path / "rows.parquet")
    frame = spark.read.parquet(str(tmp_path / "rows.parquet")).repartition(8)
    assert in_order(on_spark(asked(), frame).toArrow().to_pylist()) == expected


def test_spark_is_told_of_a_column_that_says_nothing_before_any_work_is_done(spark: Any) -> None:
    frame = spark.createDataFrame([(1, True)], ["id", SHELTERED])
    with pytest.raises(InvalidInput, match="'id' is not one sentence of this rule set"):
        on_spark(Batch(small()), frame)
