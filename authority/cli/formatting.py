"""The command that sets out rule sets and cases in one way."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from authority.cli.printing import count
from authority.errors import InvalidInput, Problem
from authority.formatting import formatted_file
from authority.writing import write_whole


def fmt_command(
    files: Annotated[list[Path], typer.Argument(metavar="FILES", help="Files, or folders with all *.yaml beneath.")],
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit code 1 if a file is set out otherwise.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Print what would change, and write nothing.")] = False,
) -> None:
    """Set out rule sets and cases in one way, comments and meaning kept; nothing is written if anything is wrong."""
    changed = list(_changed(_beneath(files)))
    for path, before, after in changed:
        if diff:
            old, new, out = before.splitlines(), after.splitlines(), f"{path} (set out)"
            typer.echo("\n".join(difflib.unified_diff(old, new, str(path), out, lineterm="")))
        elif not check:
            write_whole(path.resolve(), after.encode("utf-8"))
        if not diff:
            typer.echo(f"{'would set out' if check else 'set out'} {path}")
    if check and changed:
        typer.echo(f"{count(len(changed), 'file')} to be set out: authority fmt", err=True)
        raise typer.Exit(1)


def _beneath(files: Iterable[Path]) -> Iterator[Path]:
    """The files, and those beneath the folders, in the order of their names."""
    for path in files:
        if path.is_dir():
            yield from sorted(path.rglob("*.yaml"))
        elif path.is_file():
            yield path
        else:
            raise typer.BadParameter(f"there is no file {str(path)!r}", param_hint="FILES")


def _changed(files: Iterable[Path]) -> list[tuple[Path, str, str]]:
    """Each file that is set out otherwise, with its text before and after; InvalidInput with the problems of all."""
    problems: list[Problem] = []
    found: list[tuple[Path, str, str]] = []
    for path in files:
        try:
            before, after = formatted_file(path)
        except InvalidInput as error:
            problems += error.problems
            continue
        found += [(path, before, after)] if before != after else []
    if problems:
        raise InvalidInput(problems)
    return found
