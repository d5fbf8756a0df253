"""What several commands print in the same way."""

from __future__ import annotations

import json
from typing import Any

import typer

from authority.engine import Verdict
from authority.opinion import Opinion

WORDS = {Verdict.MET: "met", Verdict.NOT_MET: "not met", Verdict.UNDETERMINED: "open"}


def count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def aside(text: str) -> str:
    """A text in parentheses, behind a blank; nothing for nothing."""
    return f" ({text})" if text else ""


def answer(opinion: Opinion) -> str:
    """The verdict on a line; before it, what is to be said first."""
    shown = "shown" if opinion.shown else "not shown"
    label = f" [{opinion.label}]" if opinion.label else ""
    standard = opinion.findings.standard.says
    verdict = f"{opinion.question}: {opinion.verdict} ({shown}), under {opinion.reading.id}{label}, by {standard}"
    return "\n".join([*opinion.warnings, verdict])


def print_json(data: Any) -> None:
    typer.echo(json.dumps(data, indent=2, ensure_ascii=False))
