"""The commands about change: what if, the difference between two, how a verdict came about in time."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from authority.changes import diff, whatif
from authority.chronology import Row, timeline, turning
from authority.cli.asking import AskOption, Case, Format, FormatOption, PictureOption, ReadingOption
from authority.cli.picturing import beside
from authority.cli.printing import WORDS, aside, count, print_json
from authority.loading import load_case
from authority.pictures import timeline_chart


def whatif_command(
    case: Case,
    reading: ReadingOption = None,
    ask: AskOption = None,
    without: Annotated[list[str] | None, typer.Option(metavar="E3", help="Take an exhibit out.")] = None,
    grade: Annotated[list[str] | None, typer.Option(metavar="E5=B2", help="Grade an exhibit so.")] = None,
    position: Annotated[
        list[str] | None, typer.Option(metavar="DISPUTE=POSITION", help="Take another position on a dispute.")
    ] = None,
    standard: Annotated[str | None, typer.Option(help="Another proof standard.")] = None,
    add: Annotated[
        list[Path] | None, typer.Option(exists=True, dir_okay=False, help="A YAML file of evidence to add.")
    ] = None,
    assume: Annotated[
        list[str] | None, typer.Option(metavar="SENTENCE", help="Take a sentence as given, affirmed or denied.")
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """What becomes of the verdict if something were otherwise, and which change moves what."""
    if not any((without, grade, position, standard, add, assume)):
        raise typer.BadParameter("say what to change: --without, --grade, --position, --standard, --add or --assume")
    found = whatif(
        load_case(case), reading, ask, without=without or (), grades=_pairs("--grade", grade),
        positions=_pairs("--position", position), standard=standard, add=add or (), assume=assume or (),
    )  # fmt: skip
    if format is Format.JSON:
        print_json(found.as_data())
    else:
        typer.echo(found.explain())


def diff_command(
    a: Annotated[str, typer.Argument(metavar="A", help="A case or a rule set, by name or by path.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another of the same kind.")],
    reading: Annotated[str | None, typer.Option("--reading", "-r", help="One reading; all if left out.")] = None,
    ask: AskOption = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """What differs between two cases or two rule sets, what moves, and because of what."""
    found = diff(a, b, reading, ask)
    if format is Format.JSON:
        print_json(found.as_data())
    else:
        typer.echo(found.explain())


def _pairs(option: str, given: list[str] | None) -> dict[str, str]:
    """What an option says as ``name=value``, by the name; a usage error where it says no such thing, or two."""
    found: dict[str, str] = {}
    for each in given or ():
        name, sign, value = (part.strip() for part in each.partition("="))
        if not (sign and name and value):
            raise typer.BadParameter(f"{each!r} is not of the form NAME=VALUE", param_hint=option)
        if found.setdefault(name, value) != value:
            raise typer.BadParameter(f"{name!r} is given two values: {found[name]!r} and {value!r}", param_hint=option)
    return found


def timeline_command(
    case: Case,
    ask: AskOption = None,
    every: Annotated[bool, typer.Option("--all", help="Every day, not only those on which a verdict changed.")] = False,
    picture: PictureOption = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """How the verdict came about: as the record grew, and as the law and the calendar changed."""
    facts = load_case(case)
    found = timeline(facts, ask)
    if picture:
        beside(picture, lambda: timeline_chart(facts, found))
    if format is Format.JSON:
        print_json(found.as_data())
        return
    typer.echo(f"{found.question}\n")
    for number, (name, label) in enumerate(found.readings.items(), start=1):
        typer.echo(f"  {number}  {name}{aside(label)}")
    for title, rows, from_the_start in (
        (f"As the record grew (by the law of {found.as_of})", found.record, "undated"),
        (f"As the law changed (on the record of {found.known_by})", found.law, "before"),
    ):
        typer.echo(f"\n{title}")
        shown = rows if every else turning(rows)
        Console(markup=False, highlight=False).print(_days(shown, tuple(found.readings), from_the_start, every))
        if len(shown) < len(rows):
            typer.echo(f"{count(len(rows) - len(shown), 'day')} of no change left out; --all shows every day.")


def _days(rows: tuple[Row, ...], readings: tuple[str, ...], from_the_start: str, every: bool) -> Table:
    """A line for each day: the verdict in each of the numbered readings and what changed it; where every day is shown,
    what came on it and what went, too."""
    table = Table("day")
    for number in range(1, len(readings) + 1):
        table.add_column(str(number), no_wrap=True)
    table.add_column("because", overflow="fold")
    if every:
        table.add_column("came (+), went (−)", overflow="fold")
    table.columns[0].no_wrap = True
    for row in rows:
        causes: dict[tuple[str, ...], list[str]] = {}
        for number, name in enumerate(readings, start=1):
            if name in row.because:
                causes.setdefault(row.because[name], []).append(str(number))
        because = "; ".join(f"{', '.join(numbers)}: {', '.join(cause)}" for cause, numbers in causes.items())
        came = [*(f"+{name}" for name in row.came), *(f"−{name}" for name in row.went)]
        verdicts = [WORDS[row.verdicts[name]] for name in readings]
        told = [because or "–", ", ".join(came) or "–"]
        table.add_row(str(row.day or from_the_start), *verdicts, *told[: 1 + every])
    return table
