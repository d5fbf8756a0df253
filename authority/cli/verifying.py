"""The command that makes an opinion or a memo again, and says whether it is the same."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from authority.cli.asking import Format, FormatOption
from authority.cli.printing import print_json
from authority.verifying import verify


def verify_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A memo as JSON, or what decide --format json printed.")],
    case: Annotated[
        str | None, typer.Option("--case", metavar="CASE", help="The case, where its name is not enough.")
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Make an opinion or a memo again from its receipt: the same (exit code 0), or what differs (1)."""
    found = verify(file, case)
    if format is Format.JSON:
        print_json(found.as_data())
    else:
        typer.echo(found.explain())
    if not found.same:
        raise typer.Exit(1)
