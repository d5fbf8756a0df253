"""The command ``authority`` as a whole: every command by its name, and what an error exits with."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

import typer

from authority.cli.changing import diff_command, timeline_command, whatif_command
from authority.cli.checking import check
from authority.cli.exchanging import export_command, import_command
from authority.cli.listing import cases_command, new_case_command, rules_command
from authority.cli.opinions import compare, decide_command, depends_command, memo
from authority.cli.picturing import map_command
from authority.cli.readings import readings_command
from authority.cli.tables import batch_command
from authority.cli.verifying import verify_command
from authority.errors import AuthorityError, EngineError, InvalidInput, MissingExtra, UnknownName

app = typer.Typer(
    name="authority", no_args_is_help=True, add_completion=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="May force be used here, under this law, on this evidence? Reasons, never advice.",
)  # fmt: skip
new = typer.Typer(no_args_is_help=True, help="Begin a file of your own.")
app.add_typer(new, name="new")
for name, command in {
    "memo": memo, "decide": decide_command, "compare": compare, "depends": depends_command, "whatif": whatif_command,
    "diff": diff_command, "timeline": timeline_command, "cases": cases_command, "rules": rules_command,
    "readings": readings_command, "check": check, "batch": batch_command, "map": map_command,
    "verify": verify_command, "import": import_command, "export": export_command,
}.items():  # fmt: skip
    app.command(name=name)(command)
new.command(name="case")(new_case_command)


def _exit_code(error: AuthorityError) -> int:
    if isinstance(error, InvalidInput):
        return 3
    return 4 if isinstance(error, EngineError) else 2


def run(arguments: Sequence[str], call: Callable[..., Any] = app) -> int:
    """Runs the command on these arguments and returns its exit code; what goes wrong is said on standard error."""
    try:
        call(args=list(arguments), standalone_mode=True)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 1 if done.code else 0
    except (InvalidInput, UnknownName, MissingExtra, EngineError) as error:
        typer.echo(str(error), err=True)
        return _exit_code(error)
    except OSError as error:
        typer.echo(f"{error.filename or ''}: {error.strerror or error}".lstrip(": "), err=True)
        return 2
    return 0


def main() -> None:
    """The entry point of the command."""
    sys.exit(run(sys.argv[1:]))
