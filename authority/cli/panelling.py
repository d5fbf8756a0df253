"""The command that asks of many cases, parties, dates and readings at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from authority.cli.asking import AskOption, Format, FormatOption
from authority.cli.patience import Patience
from authority.cli.printing import count, print_json
from authority.errors import MissingExtra, UnknownName
from authority.loading import load_cases
from authority.panels import Panel, panel
from authority.writing import write_whole, written_whole

ENDINGS = (".csv", ".parquet", ".json", ".md")
_YEARS = re.compile(r"(\d{4})\.\.(\d{4})")


def panel_command(
    cases: Annotated[
        list[str] | None, typer.Argument(metavar="CASE…", help="Cases that come with the library, or paths of files.")
    ] = None,
    rules: Annotated[str | None, typer.Option("--rules", help="All cases that come with this rule set, too.")] = None,
    reading: Annotated[
        list[str] | None, typer.Option("--reading", "-r", help="A reading; more than one may be named, all if none is.")
    ] = None,
    date: Annotated[
        list[str] | None,
        typer.Option(
            "--date", "-d", metavar="DATE", help="A date, or years (2001..2020): the law and the record of then."
        ),
    ] = None,
    ask: AskOption = None,
    own: Annotated[bool, typer.Option("--own", help="Each case's own question alone, of no other party.")] = False,
    verdicts: Annotated[bool, typer.Option("--verdicts", help="Verdicts alone, without margins.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help=f"A file to write; its ending says how: {', '.join(ENDINGS)}.")
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Ask every party of some cases, at every date, under every reading; what is not known stays so."""
    if out and out.suffix.lower() not in ENDINGS:
        raise UnknownName("format of a panel", out.suffix or out.name, ENDINGS)
    if not (cases or rules):
        raise typer.BadParameter("name a case, or --rules")
    if own and ask:
        raise typer.BadParameter("--own asks each case's own question: leave --ask out", param_hint="--own")
    asked = [*(cases or ()), *(load_cases(rules) if rules else ())]
    with Patience() as patience:
        found = panel(
            asked, reading or None, _dates(date) or None, ask, own=own, margins=not verdicts,
            progress=lambda done, of: patience.step(f"question {done + 1:,} of {of:,}"),
        )  # fmt: skip
    if out:
        _write(found, out)
    if format is Format.JSON:
        print_json(found.as_data())
    elif out:
        typer.echo(f"wrote {out}: {count(len(found), 'row')}")
    else:
        typer.echo(found.explain())


def _dates(given: Iterable[str] | None) -> list[str]:
    """The dates named, each year of a span by itself."""
    found: list[str] = []
    for each in given or ():
        span = _YEARS.fullmatch(each)
        if span and int(span[1]) > int(span[2]):
            raise typer.BadParameter(f"{each!r} ends before it begins", param_hint="--date")
        found += [f"{year:04}" for year in range(int(span[1]), int(span[2]) + 1)] if span else [each]
    return found


def _write(found: Panel, out: Path) -> None:
    """Writes the panel to a file, whole or not at all."""
    ending = out.suffix.lower()
    if ending != ".parquet":
        data = json.dumps(found.as_data(), indent=2, ensure_ascii=False) + "\n" if ending == ".json" else ""
        write_whole(out, (data or (found.csv() if ending == ".csv" else found.markdown())).encode())
        return
    try:
        from authority.panels.arrow import write_parquet
    except ModuleNotFoundError as error:
        raise MissingExtra("writing .parquet files", "batch") from error
    with written_whole(out) as beside:
        write_parquet(found.rows, beside)
