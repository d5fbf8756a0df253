"""The command that writes memos. It has a room of its own, so that it opens nothing that a memo does not need."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from authority.cli.asking import AskOption, Case, ReadingOption
from authority.errors import UnknownName
from authority.loading import load_case
from authority.memo import FORMATS, STYLES, write
from authority.opinion import decide


def memo(
    case: Case,
    out: Annotated[
        list[Path], typer.Option("--out", "-o", help=f"A file to write; its ending says how: {', '.join(FORMATS)}.")
    ],
    reading: ReadingOption = None,
    ask: AskOption = None,
    style: Annotated[str, typer.Option("--style", help=f"How it is set out: {', '.join(STYLES)}.")] = "",
    template: Annotated[
        Path | None,
        typer.Option("--template", help="Your own: a .md template in a style's place, or a .docx letterhead."),
    ] = None,
) -> None:
    """Write the memo on a case, in one format or several."""
    for path in out:
        if path.suffix.lower() not in FORMATS:
            raise UnknownName("memo format", path.suffix or path.name, FORMATS)
    write(decide(load_case(case), reading, ask), *out, style=style, template=template)
    for path in out:
        typer.echo(f"wrote {path}")
