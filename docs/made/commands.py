"""The reference of the command, made from its own help: every command, argument and option, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typer import Context
from typer.main import get_group

from authority.cli import app
from authority.memo.text import escape


def commands() -> str:
    """Every command in the order of ``authority --help``: usage, what it does, arguments and options."""
    return "\n".join(_group(get_group(app), "authority"))


def _group(group: Any, name: str) -> Iterator[str]:
    around = Context(group, info_name=name)
    for each in group.list_commands(around):
        command = group.get_command(around, each)
        if hasattr(command, "list_commands"):
            yield from _group(command, f"{name} {each}")
        else:
            yield from _command(command, f"{name} {each}")


def _command(command: Any, name: str) -> Iterator[str]:
    context = Context(command, info_name=name)
    usage = " ".join(piece.strip("{}") for piece in command.collect_usage_pieces(context))
    yield from (f"## {name}", "", escape(command.help), "", "```text", f"{name} {usage}", "```", "")
    records = (each.get_help_record(context) for each in command.get_params(context))
    yield from ("| | |", "| --- | --- |")
    yield from (f"| {_code(names)} | {escape(says)} |" for names, says in filter(None, records))
    yield ""


def _code(text: str) -> str:
    return "`` " + text.replace("|", "\\|") + " ``"
