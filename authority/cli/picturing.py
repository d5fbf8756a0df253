"""The command that draws the argument map of a case; and what others draw besides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from authority.cli.asking import AskOption, Case, ReadingOption
from authority.loading import load_case
from authority.opinion import decide
from authority.pictures import FORMATS, Picture, write


def map_command(
    case: Case,
    out: Annotated[
        list[Path], typer.Option("--out", "-o", help=f"A file to write; its ending says how: {', '.join(FORMATS)}.")
    ],
    reading: ReadingOption = None,
    ask: AskOption = None,
    whole: Annotated[bool, typer.Option("--whole", help="Fold nothing, however large it grows.")] = False,
) -> None:
    """Draw the argument map of a case: the question, rule by rule what it turns on, the exhibits."""
    picture = decide(load_case(case), reading, ask).map(whole=whole)
    write(picture, *out)
    for path in out:
        typer.echo(f"wrote {path}")
    typer.echo(f"\n{picture.alt}\n{picture.caption}")


def beside(path: Path, draw: Callable[[], Picture]) -> None:
    """Draws a picture beside an answer that is printed, and says so where it does not get into the answer."""
    write(draw(), path)
    typer.echo(f"wrote {path}", err=True)
