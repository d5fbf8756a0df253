"""The command that checks a rule set and the cases that come with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any

import typer

from authority.checking import check as check_rules
from authority.cli.asking import DEFAULT_RULES, Rules
from authority.cli.printing import count, print_json
from authority.cli.sarif import sarif
from authority.proving import left_open


class FailOn(StrEnum):
    """What makes a check fail."""

    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


class CheckFormat(StrEnum):
    """How a check is printed: SARIF 2.1.0 for editors and code hosts."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


def check(
    which: Rules = DEFAULT_RULES,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="What makes the check fail: error, warning or never.")
    ] = FailOn.ERROR,
    format: Annotated[CheckFormat, typer.Option("--format", "-f", help="text, json or sarif.")] = CheckFormat.TEXT,
) -> None:
    """Check a rule set and its cases: references, quotes, reporters, cycles, what does nothing, what contradicts."""
    found = check_rules(which)
    if format is CheckFormat.JSON:
        print_json(found)
    elif format is CheckFormat.SARIF:
        print_json(sarif(found))
    else:
        for each in found["problems"]:
            typer.echo(
                f"{each['where']}: {each['severity']}: {each['what']}"
                + "".join(f"\n    {line}" for line in _record(each))
                + (f"\n    fix: {each['fix']}" if each["fix"] else "")
            )
        proved = found.get("proved", {"whole": True})
        if not proved["whole"]:
            typer.echo(left_open(proved["limits"], proved["parties"]))
        for line in _covered(found.get("coverage", {})):
            typer.echo(line)
        for each in found.get("not_checked", ()):
            typer.echo(f"not checked: {each}")
        errors = sum(each["severity"] == "error" for each in found["problems"])
        warned = len(found["problems"]) - errors
        typer.echo(f"{which}: {count(errors, 'error')}, {count(warned, 'warning')}")
    failing = {FailOn.ERROR: ("error",), FailOn.WARNING: ("error", "warning"), FailOn.NEVER: ()}[fail_on]
    if any(each["severity"] in failing for each in found["problems"]):
        raise typer.Exit(1)


def _record(problem: Mapping[str, Any]) -> Iterator[str]:
    """The record on which a problem shows, where there is one."""
    yield from ("on this record:", *(f"  - {fact}" for fact in problem["record"])) if "record" in problem else ()


def _covered(found: Mapping[str, list[dict[str, Any]]]) -> Iterator[str]:
    """What became of the words of the instrument, phrase by phrase."""
    for each in found.get("encoded", ()):
        yield f"{each['section']}: encoded: {each['words']!r} ({', '.join(each['rules'])})"
    for each in found.get("left_out", ()):
        yield f"{each['section']}: left out: {_brief(each['words'])!r}. {each['why']}"
    for each in found.get("unaccounted", ()):
        yield f"{each['section']}: unaccounted for: {each['words']!r}"
    if found:
        counts = [f"{len(phrases)} {name.replace('_', ' ')}" for name, phrases in found.items()]
        yield f"coverage: {', '.join(counts)}"


def _brief(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:40].rsplit(' ', 1)[0]} … {words[-15:].split(' ', 1)[-1]}"
