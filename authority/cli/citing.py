"""The command that lists the citations in a text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import authority
from authority.cli.asking import Format, FormatOption
from authority.cli.printing import count, print_json
from authority.errors import InvalidInput, Place, Problem
from authority.inputs import content, standard_input
from authority.limits import PROSE_BYTES
from authority.loading import load_rules
from authority.mentions import FORM_ALONE, Mention, mentions


def citations_command(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A file of plain text, or - for standard input.")],
    rules: Annotated[
        list[str] | None, typer.Option("--rules", help="A rule set whose authorities are known; all if none is named.")
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """List the citations in a text, and which of them the rule sets know (with the extra eyecite)."""
    known = [load_rules(name) for name in rules or authority.rule_sets()]
    found = mentions(read(text), known)
    if format is Format.JSON:
        print_json({"citations": [each.as_data() for each in found], "note": FORM_ALONE})
        return
    for each in found:
        for line in _lines(each, found):
            typer.echo(line)
    typer.echo(_summary(found))
    typer.echo(FORM_ALONE)


def read(text: str) -> str:
    """What the file holds, or standard input; InvalidInput where it is too long or not UTF-8."""
    found = standard_input(PROSE_BYTES) if text == "-" else content(Path(text), text, PROSE_BYTES)
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = found.count(b"\n", 0, error.start) + 1
        column = error.start - found.rfind(b"\n", 0, error.start)
        what, fix = "this is no text in UTF-8", "save it as plain text, in UTF-8"
        raise InvalidInput([Problem(Place(text, line, column), "not UTF-8", what, "", fix)]) from error


def _lines(each: Mention, found: tuple[Mention, ...]) -> list[str]:
    back = f", of {found[each.found.means].place}" if each.found.means is not None else ""
    head = f"{each.place}  {each.found.form}  ({each.found.kind}{back})"
    return [head, *(f"    {meant}" for meant in each.meant), *([f"    {each.unknown}"] if each.unknown else [])]


def _summary(found: tuple[Mention, ...]) -> str:
    known = sum(bool(each.meant) for each in found)
    return f"{count(len(found), 'citation')}, {known} of authorities that the rule sets know"
