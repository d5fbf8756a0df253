"""A kernel in other languages: a query in SQL and expressions of Polars answer every row as the kernel does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars
import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given, settings

from authority.batch import Batch
from authority.batch.frames import answered, expressions
from authority.batch.sql import query, quoted
from authority.batch.staging import DEEP
from authority.errors import EngineError, InvalidInput
from authority.facts import FactPattern
from tests.conftest import SAID
from tests.databases import Rows, by_duckdb, by_polars, by_sqlite, numbered
from tests.generate import examples, rule, says, tiny
from tests.test_batch import ALAND, LEFT, PAID, SHELTERED, small, table, tables

Drawn = tuple[FactPattern, list[dict[str, Any]]]


def by_kernel(batch: Batch, rows: pyarrow.Table) -> Rows:
    return batch(rows).to_pylist()


@settings(max_examples=examples(60))
@given(tables())
def test_every_language_answers_as_the_kernel_does(drawn: Drawn) -> None:
    """Verdict, cause and deciding element of made-up rows under every reading of a made-up rule set: values left out,
    levels on one side or both, truth values, findings."""
    case, rows = drawn
    batch, whole = Batch(case, keep=["row"]), numbered(table(rows))
    expected = by_kernel(batch, whole)
    text = query(batch.kernel(whole.schema), "rows")
    assert by_duckdb(text, whole) == expected
    assert by_sqlite(text, whole) == expected
    assert by_polars(batch, whole) == expected


@settings(max_examples=examples(40))
@given(tables())
def test_a_verdict_is_one_expression_of_polars(drawn: Drawn) -> None:
    """Eager and lazy, beside whatever else is asked of the frame."""
    case, rows = drawn
    batch, whole = Batch(case, reasons=False, keep=["row"]), numbered(table(rows))
    written = expressions(batch.kernel(whole.schema))
    frame = polars.DataFrame(whole)
    assert frame.with_columns(**written).select("row", *written).to_dicts() == by_kernel(batch, whole)
    assert frame.lazy().select("row", **written).collect().to_dicts() == by_kernel(batch, whole)


# ── What is nothing, and what is wrong ────────────────────────────────────────────────────────────────────────────

ROWS: list[dict[str, Any]] = [
    {SHELTERED: True, PAID: "established", LEFT: None}, {SHELTERED: True, PAID: None, LEFT: 4},
    {SHELTERED: None, PAID: "unresolved", LEFT: 5}, {SHELTERED: False, PAID: "refuted", LEFT: 0},
    {SHELTERED: None, PAID: None, LEFT: None},
]  # fmt: skip


def everywhere(batch: Batch, whole: pyarrow.Table, name: str = "rows") -> list[Rows]:
    """What each language answers for a table of that name."""
    text = query(batch.kernel(whole.schema), name)
    return [by_duckdb(text, whole, name), by_sqlite(text, whole, name), by_polars(batch, whole)]


def test_nothing_is_told_from_false_in_every_language() -> None:
    """A row in which nothing is said is undetermined for want of evidence; a query that let NULL spread would have no
    verdict there, and one that took it for false another."""
    batch, whole = Batch(small(), ["narrow"], keep=["row"]), numbered(table(ROWS))
    for found in everywhere(batch, whole):
        assert [row["narrow.verdict"] for row in found] == [
            "met", "not met", "not met", "not met", "undetermined",
        ]  # fmt: skip
        assert found[-1]["narrow.cause"] == "no evidence"
        assert found[0]["narrow.element"] == SHELTERED


@pytest.mark.parametrize(("column", "value"), [(LEFT, 6), (LEFT, -1), (PAID, "maybe"), (PAID, "")])
def test_a_row_that_the_kernel_refuses_is_answered_with_nothing(column: str, value: object) -> None:
    """A database cannot stop at a row and name it; it never guesses what a value was to mean."""
    whole = numbered(table([*ROWS[:2], ROWS[0] | {column: value}]))
    batch = Batch(small(), ["narrow"], keep=["row"])
    with pytest.raises(InvalidInput):
        batch(whole)
    for found in everywhere(batch, whole):
        assert [row["narrow.verdict"] for row in found] == ["met", "not met", None]
        assert found[2]["narrow.cause"] is None


def test_a_text_in_a_column_of_levels_is_no_level() -> None:
    """SQLite keeps any value in any column, and any text is more than any number there."""
    whole = numbered(table([{SHELTERED: True, PAID: 4}]))
    text = query(Batch(small(), ["narrow"], keep=["row"]).kernel(whole.schema), "rows")
    wrong = pyarrow.table({"row": [0], SHELTERED: [True], PAID: ["four"]})
    assert by_sqlite(text, wrong)[0]["narrow.verdict"] is None


def test_a_column_that_is_not_there_is_an_error() -> None:
    """SQLite reads a name in quotes that no column bears as a text, unless the table stands before it."""
    whole = numbered(table(ROWS))
    text = query(Batch(small(), keep=["row"]).kernel(whole.schema), "rows")
    for run, without in ((by_sqlite, whole.drop_columns([PAID])), (by_duckdb, whole.drop_columns([PAID]))):
        with pytest.raises(Exception, match=PAID):
            run(text, without)


# ── Names ─────────────────────────────────────────────────────────────────────────────────────────────────────────

ODD = 'rows"; DROP TABLE "x'


@pytest.mark.parametrize("name", [ODD, "select", "Step0", "step", "of 2020, in full"])
def test_any_name_is_quoted(name: str) -> None:
    """Of the table, of a column that is kept, and of one that the database calls otherwise."""
    kept, called = "what's \"kept\"", f"paid {ODD}"
    whole = table([{kept: n, **row} for n, row in enumerate(ROWS)])
    batch = Batch(small(), keep=[kept])
    text = query(batch.kernel(whole.schema), name, {PAID: called})
    there = whole.rename_columns([called if each == PAID else each for each in whole.column_names])
    for run in (by_duckdb, by_sqlite):
        assert run(text, there, name) == by_kernel(batch, whole)
    assert quoted(ODD) == '"rows""; DROP TABLE ""x"'


def test_a_table_may_stand_in_a_schema() -> None:
    kernel = Batch(small()).kernel(table(ROWS).schema)
    assert 'FROM "law"."rows" AS t' in query(kernel, ("law", "rows"))


def test_a_frame_may_have_columns_named_like_those_in_between() -> None:
    batch, whole = Batch(small(), keep=["authority sound"]), table([{"authority sound": 1, **ROWS[0]}])
    found = answered(batch, polars.DataFrame(whole)).collect()
    assert found.columns == [*whole.column_names, "narrow.verdict", "narrow.cause", "narrow.element"]
    assert found.to_dicts() == [{**whole.to_pylist()[0], **by_kernel(batch, whole)[0]}]


# ── Growth ────────────────────────────────────────────────────────────────────────────────────────────────────────


def iran_table(case: FactPattern, sides: tuple[str, ...] = (" [for]", " [against]")) -> pyarrow.Table:
    """Levels on both sides of every fact that the record speaks to."""
    facts = dict.fromkeys(each for item in case.evidence for each in item.bears_on)
    names = [case.rules.vocabulary[each.sentence].fill(each.parties) + side for each in facts for side in sides]
    level = pyarrow.int8()
    return pyarrow.table({name: pyarrow.array([n % 6 or None, None, 5], level) for n, name in enumerate(names)})


def test_what_stands_in_many_places_is_worked_out_once(iran: FactPattern) -> None:
    """The query on the Iran record, its causes among them, is no longer than a few lines a step; written out as a tree
    it would hold the better part of a million columns."""
    whole = numbered(iran_table(iran).replace_schema_metadata(None))
    batch = Batch(iran, keep=["row"])
    kernel = batch.kernel(whole.schema)
    text = query(kernel, "rows")
    assert len(text) < 60 * len(kernel.program.steps)
    assert everywhere(batch, whole) == [by_kernel(batch, whole)] * 3
    with pytest.raises(EngineError, match="more than 5,000 columns would stand in one term"):
        expressions(kernel)


def test_a_rule_of_many_premises_is_no_deeper_than_a_database_takes() -> None:
    """Joined one after another, three hundred would lie three hundred deep in each other; most take a thousand."""
    verbs = [f"did {n}" for n in range(300)]
    case = tiny(ALAND, [rule("r", says("may be met", "<a>"), *(says(verb, "<a>") for verb in verbs))])
    done = {f"Aland {verb}": True for verb in verbs}
    whole = numbered(table([done, done | {"Aland did 7": False}, done | {"Aland did 299": None}]))
    batch = Batch(case, ["narrow"], reasons=False, keep=["row"])
    for found in everywhere(batch, whole):
        assert [row["narrow.verdict"] for row in found] == ["met", "not met", "undetermined"]
    text = query(batch.kernel(whole.schema), "rows")
    assert max(line.count(" AND ") for line in text.partition("step1")[2].splitlines()) <= DEEP + 1


def test_the_same_kernel_is_the_same_text() -> None:
    first, second = (query(Batch(small()).kernel(table(ROWS).schema), "rows") for _ in range(2))
    assert first == second


# ── The command ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_command_writes_the_query(iran: FactPattern, said: SAID, tmp_path: Path) -> None:
    """On a table named as the file, which DuckDB reads where it lies."""
    wanted = "Iran planned the September 11 attacks"
    rows = pyarrow.table({"year": [2001, 2002], wanted: [True, None]})
    source, out = tmp_path / "rows.parquet", tmp_path / "decide.sql"
    pyarrow.parquet.write_table(rows, source)
    asked = ("batch", source, "--case", "iran-2020", "-r", "statutory-text", "--keep", "year")
    assert said(*asked, "-o", out) == (0, f"wrote {out}: a query on the table rows\n", "")
    assert said(*asked, "-o", tmp_path / "out.csv")[0] == 0
    found = by_duckdb(out.read_text("utf-8"), rows)
    assert found == Batch(iran, ["statutory-text"], keep=["year"])(rows).to_pylist()


def test_the_page_on_tables_tells_the_truth(capsys: pytest.CaptureFixture[str]) -> None:
    """What it shows in Python runs, and three languages say the same."""
    page = (Path(__file__).parents[1] / "docs" / "tables.md").read_text("utf-8")
    block = page.partition("```python\n")[2].partition("```")[0]
    exec(compile(block, "docs/tables.md", "exec"), {})
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == 3 and len(set(printed)) == 1 and printed[0].startswith("['")
