"""The command that gives editors the shape of the files: JSON Schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from authority.cli.printing import print_json
from authority.errors import UnknownName
from authority.loading import load_rules
from authority.schemas import KINDS, schema
from authority.writing import write_whole


def schema_command(
    kind: Annotated[
        str | None, typer.Argument(metavar="KIND", help=f"One of: {', '.join(KINDS)}; all, where none is named.")
    ] = None,
    rules: Annotated[
        str | None, typer.Option("--rules", help="Offer the names of this rule set, by its name or its folder.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FOLDER", help="Write KIND.json there, rather than print it.")
    ] = None,
) -> None:
    """Print the JSON Schema of a kind of file, or write those of all kinds, for an editor to check and complete by."""
    if kind is not None and kind not in KINDS:
        raise UnknownName("kind of file", kind, KINDS)
    if kind is None and out is None:
        raise typer.BadParameter("name one, or a folder for all of them: -o FOLDER", param_hint="KIND")
    law = load_rules(rules) if rules is not None else None
    for each in KINDS if kind is None else (kind,):
        made = schema(each, law)
        if out is None:
            print_json(made)
            continue
        path = out / f"{each}.json"
        write_whole(path, (json.dumps(made, indent=2, ensure_ascii=False) + "\n").encode())
        typer.echo(f"wrote {path}")
