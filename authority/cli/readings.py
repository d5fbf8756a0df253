"""The command that says how the readings of a rule set stand to each other."""

from __future__ import annotations

import typer

from authority.cli.asking import DEFAULT_RULES, Format, FormatOption, Rules
from authority.cli.printing import print_json
from authority.loading import load_rules
from authority.proving import compare_readings


def readings_command(which: Rules = DEFAULT_RULES, format: FormatOption = Format.TEXT) -> None:
    """Prove how any two readings stand to each other, and show the smallest record on which they part."""
    found = compare_readings(load_rules(which))
    if format is Format.JSON:
        print_json(found.as_data())
    else:
        typer.echo(found.explain())
