"""The command that says how the readings of a rule set stand to each other."""

from __future__ import annotations

from typing import Annotated

import typer

from authority.cli.asking import Format, FormatOption
from authority.cli.printing import print_json
from authority.loading import load_rules
from authority.proving import compare_readings


def readings_command(
    which: Annotated[
        str, typer.Argument(metavar="RULES", help="A rule set, by name or by the path of its folder.")
    ] = "aumf-2001",
    format: FormatOption = Format.TEXT,
) -> None:
    """Prove how any two readings stand to each other, and show the smallest record on which they part."""
    found = compare_readings(load_rules(which))
    if format is Format.JSON:
        print_json(found.as_data())
    else:
        typer.echo(found.explain())
