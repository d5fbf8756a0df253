"""The command about tables of records."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from authority.cli.asking import AskOption
from authority.loading import load_case


def batch_command(
    table: Annotated[Path, typer.Argument(metavar="TABLE", help="A table: .csv, .parquet or .arrow; a record a row.")],
    case: Annotated[str, typer.Option("--case", help="The case that gives the parties, the dates and the rule set.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write: .csv, .parquet, .arrow; .sql: a query.")],
    reading: Annotated[
        list[str] | None, typer.Option("--reading", "-r", help="A reading; more than one may be named, all if none is.")
    ] = None,
    ask: AskOption = None,
    keep: Annotated[list[str] | None, typer.Option("--keep", help="A column to repeat in the answer.")] = None,
    verdicts: Annotated[bool, typer.Option("--verdicts", help="Verdicts alone, without cause and element.")] = False,
) -> None:
    """Decide every row of a table under every reading, or some; or write the query by which a database does."""
    from authority.batch import Batch
    from authority.batch.files import decide_file, write_query

    asked = Batch(load_case(case), reading, ask, reasons=not verdicts, keep=keep or ())
    if out.suffix.lower() == ".sql":
        typer.echo(f"wrote {out}: a query on the table {write_query(asked, table, out)}")
        return
    told = TextColumn("{task.completed:,} rows decided")
    with Progress(told, BarColumn(), TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        rows = decide_file(asked, table, out, lambda done: bar.update(task, completed=done))
    typer.echo(f"wrote {out}: {rows:,} rows")
