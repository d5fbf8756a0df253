"""The command ``authority`` as a whole: every command by its name, and what an error exits with."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Any

import typer
from typer.core import TyperGroup

from authority.errors import AuthorityError, EngineError, InvalidInput, MissingExtra, UnknownName

_PLAIN: dict[str, Any] = {"rich_markup_mode": None, "pretty_exceptions_enable": False}


class _Rooms(TyperGroup):
    """Commands by name. The room that one lives in is opened when the command is asked for, since no command needs them
    all."""

    lives_in: Mapping[str, str]
    """The room of each command in this package, and the function in the room."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [*self.lives_in, *super().list_commands(ctx)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in self.lives_in:
            return super().get_command(ctx, cmd_name)
        room, function = self.lives_in[cmd_name].split(".")
        alone = typer.Typer(add_completion=False, **_PLAIN)
        alone.command(name=cmd_name)(getattr(import_module(f"authority.cli.{room}"), function))
        return typer.main.get_command(alone)


class _Commands(_Rooms):
    lives_in = MappingProxyType({
        "memo": "memos.memo",
        "decide": "opinions.decide_command",
        "compare": "opinions.compare",
        "depends": "opinions.depends_command",
        "whatif": "changing.whatif_command",
        "diff": "changing.diff_command",
        "timeline": "changing.timeline_command",
        "cases": "listing.cases_command",
        "rules": "listing.rules_command",
        "readings": "readings.readings_command",
        "check": "checking.check",
        "batch": "tables.batch_command",
        "panel": "panelling.panel_command",
        "simulate": "simulating.simulate_command",
        "map": "picturing.map_command",
        "verify": "verifying.verify_command",
        "import": "exchanging.import_command",
        "export": "exchanging.export_command",
        "citations": "citing.citations_command",
        "schema": "schemas.schema_command",
        "fmt": "formatting.fmt_command",
    })  # fmt: skip


class _New(_Rooms):
    lives_in = MappingProxyType({"case": "listing.new_case_command"})


app = typer.Typer(
    name="authority", cls=_Commands, no_args_is_help=True, add_completion=True, **_PLAIN,
    help="May force be used here, under this law, on this evidence? Reasons, never advice.",
)  # fmt: skip
app.add_typer(
    typer.Typer(cls=_New, no_args_is_help=True, **_PLAIN), name="new", help="Begin a file of your own."
)


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
