"""The commands that take a log or a matrix of evidence into a case, and give the record of a case as one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from authority.cli.asking import Case
from authority.cli.printing import count
from authority.errors import UnknownName
from authority.exchange import ENDINGS, Imported, Matrix, ach_bytes, import_ach, import_log, log_bytes
from authority.loading import case_file, load_case
from authority.writing import write_whole


def import_command(
    log: Annotated[Path, typer.Argument(metavar="LOG", help=f"A log of evidence or a matrix: {', '.join(ENDINGS)}.")],
    into: Annotated[str, typer.Option("--into", metavar="CASE", help="The case that it goes into, by name or path.")],
    map: Annotated[
        list[str] | None, typer.Option("--map", metavar="COLUMN=FIELD", help="Which column is what; '-' for none.")
    ] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="The sheet that is the log.")] = None,
    ach: Annotated[bool, typer.Option("--ach", help="It is a matrix of items by facts, and adds to items.")] = False,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The case file to write.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Let the case file itself be written over.")] = False,
) -> None:
    """Put the exhibits of a log behind those of a case; nothing is written if anything is wrong."""
    target = _target(log, into, out, write)
    if ach:
        if map:
            raise typer.BadParameter("the columns of a matrix are facts: leave it out", param_hint="--map")
        matrix = import_ach(log, into, target, sheet=sheet)
        write_whole(target, matrix.text.encode("utf-8"))
        _tell_matrix(matrix)
        typer.echo(f"wrote {target}")
        return
    found = import_log(log, into, target, columns=_columns(map), sheet=sheet)
    write_whole(target, found.text.encode("utf-8"))
    _tell(found)
    typer.echo(f"wrote {target}")


def _target(log: Path, into: str, out: Path | None, write: bool) -> Path:
    """Where the case is written: over itself only if that was asked for, over the log never."""
    case = case_file(into)
    target = out or case
    if target.exists() and log.exists() and target.samefile(log):
        raise typer.BadParameter("that is the log itself: name another file", param_hint="--out")
    if target.exists() and target.samefile(case) and not write:
        raise typer.BadParameter("say where to write: -o FILE, or --write to write over the case", param_hint="--out")
    return target


def _columns(given: list[str] | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in given or ():
        name, sign, field = each.rpartition("=")
        if not (sign and name.strip() and field.strip()):
            raise typer.BadParameter(f"{each!r} is not of the form COLUMN=FIELD", param_hint="--map")
        found[name.strip()] = field.strip()
    return found


def _tell(found: Imported) -> None:
    typer.echo("columns: " + "; ".join(f"{heading} = {field}" for heading, field in found.columns.items()))
    if found.left_out:
        typer.echo(f"not read: {'; '.join(found.left_out)}")
    typer.echo(f"{count(len(found.items), 'item')} and {count(len(found.sources), 'source')} added")
    if found.same:
        typer.echo(f"{len(found.same)} already there, just so")


def _tell_matrix(found: Matrix) -> None:
    for name, sides in found.added.items():
        for side, facts in sides.items():
            typer.echo(f"{name} {side} {'; '.join(facts)}")
    typer.echo(f"{count(len(found.added), 'item')} changed")
    if found.kept:
        typer.echo(f"neutral here, and left as the case has it: {', '.join(found.kept)}")


def export_command(
    case: Case,
    out: Annotated[Path, typer.Option("--out", "-o", help=f"The file to write; its ending: {', '.join(ENDINGS)}.")],
    ach: Annotated[bool, typer.Option("--ach", help="A matrix of items by the facts the question turns on.")] = False,
) -> None:
    """Write the record of a case as a log of evidence, which imports back as the same record; or as a matrix."""
    if out.suffix.lower() not in ENDINGS:
        raise UnknownName("format of a log", out.suffix or out.name, ENDINGS)
    made = (ach_bytes if ach else log_bytes)(load_case(case), out.suffix.lower(), str(out))
    write_whole(out, made)
    typer.echo(f"wrote {out}")
