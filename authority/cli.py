"""The command ``authority``: reads what is asked, prints what the library answers, and decides nothing itself.

Exit codes: 0 done; 1 a check failed; 2 the command was used wrongly; 3 an input file is invalid; 4 the engine.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

import authority
from authority.checking import check as check_rules
from authority.engine import Verdict
from authority.errors import AuthorityError, EngineError, InvalidInput, MissingExtra, UnknownName
from authority.loading import load_case, load_rules
from authority.memo import FORMATS, write
from authority.opinion import Opinion, decide
from authority.starting import new_case

app = typer.Typer(
    name="authority", no_args_is_help=True, add_completion=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="May force be used here, under this law, on this evidence? Reasons, never advice.",
)  # fmt: skip
new = typer.Typer(no_args_is_help=True, help="Begin a file of your own.")
app.add_typer(new, name="new")


class Format(StrEnum):
    """How an answer is printed."""

    TEXT = "text"
    JSON = "json"


class FailOn(StrEnum):
    """What makes a check fail."""

    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


Case = Annotated[str, typer.Argument(metavar="CASE", help="A case that comes with the library, or the path of a file.")]
ReadingOption = Annotated[
    str | None, typer.Option("--reading", "-r", help="The reading; the rule set's first if left out.")
]
AskOption = Annotated[str | None, typer.Option("--ask", help="Another question than the case's own.")]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="text or json.")]


@app.command()
def memo(
    case: Case,
    out: Annotated[
        list[Path], typer.Option("--out", "-o", help=f"A file to write; its ending says how: {', '.join(FORMATS)}.")
    ],
    reading: ReadingOption = None,
    ask: AskOption = None,
) -> None:
    """Write the memo on a case, in one format or several."""
    for path in out:
        if path.suffix.lower() not in FORMATS:
            raise UnknownName("memo format", path.suffix or path.name, FORMATS)
    write(decide(load_case(case), reading, ask), *out)
    for path in out:
        typer.echo(f"wrote {path}")


@app.command(name="decide")
def decide_command(
    case: Case, reading: ReadingOption = None, ask: AskOption = None, format: FormatOption = Format.TEXT
) -> None:
    """Decide a case under one reading, and show the derivation."""
    opinion = decide(load_case(case), reading, ask)
    if format is Format.JSON:
        _print_json(opinion.as_data())
        return
    typer.echo(_answer(opinion))
    typer.echo("")
    typer.echo(opinion.explain())


@app.command()
def compare(case: Case, ask: AskOption = None, format: FormatOption = Format.TEXT) -> None:
    """Decide a case under every reading, side by side."""
    facts = load_case(case)
    opinions = authority.compare(facts, ask)
    if format is Format.JSON:
        data = {name: o.as_data() for name, o in opinions.items()}
        keys = ("verdict", "shown", "elements")
        _print_json({"case": facts.name, "readings": {name: {key: d[key] for key in keys} for name, d in data.items()}})
        return
    typer.echo(f"{next(iter(opinions.values())).question}\n")
    for number, (name, opinion) in enumerate(opinions.items(), start=1):
        label = f" [{opinion.reading.label}]" if opinion.reading.label else ""
        typer.echo(f"  {number}  {name}: {opinion.verdict} ({'shown' if opinion.shown else 'not shown'}){label}")
    Console(markup=False, highlight=False).print(_side_by_side(list(opinions.values())))


def _side_by_side(opinions: list[Opinion]) -> Table:
    """Every element of the question, in each of the numbered readings; a dash where a reading does not ask for it."""
    words = {Verdict.MET: "met", Verdict.NOT_MET: "not met", Verdict.UNDETERMINED: "open"}
    table = Table("element")
    for number in range(1, len(opinions) + 1):
        table.add_column(str(number), no_wrap=True)
    for element in dict.fromkeys(e for o in opinions for e in o.top_elements):
        table.add_row(str(element), *(words[o.on(element)] if element in o.top_elements else "–" for o in opinions))
    return table


@app.command(name="cases")
def cases_command(rules: Annotated[str | None, typer.Argument(help="Only the cases of this rule set.")] = None) -> None:
    """List the cases that come with the library."""
    if rules is not None and rules not in authority.rule_sets():
        raise UnknownName("rule set", rules, authority.rule_sets())
    for name in authority.cases(rules):
        case = load_case(name)
        typer.echo(f"{name}: {case.title} ({case.rules.name}; {len(case.evidence)} items; law as of {case.as_of})")


@app.command(name="rules")
def rules_command(
    which: Annotated[str | None, typer.Argument(help="A rule set, to see what is in it.")] = None,
) -> None:
    """List the rule sets, or what is in one: readings, disputes, rules, sentences."""
    if which is None:
        for name in authority.rule_sets():
            typer.echo(f"{name}: {load_rules(name).instrument.title}")
        return
    rules = load_rules(which)
    typer.echo(f"{rules.name}: {rules.instrument.title}, {rules.instrument.citation}")
    for title, lines in (
        ("Readings", [f"{r.id}: {r.title}{f' ({r.label})' if r.label else ''}" for r in rules.readings]),
        ("Disputes", [f"{d.id}: {d.question} [{' | '.join(p.id for p in d.positions)}]" for d in rules.disputes]),
        ("Rules", [f"{r.id}: {r.then} ({r.cite})" for r in rules.rules]),
        ("Questions", [s.says for s in rules.vocabulary.sentences if s.question]),
        ("Conclusions", [s.says for s in rules.vocabulary.sentences if s.says in rules.conclusions and not s.question]),
        ("Facts", [s.says for s in rules.vocabulary.sentences if s.says not in rules.conclusions]),
    ):
        typer.echo(f"\n{title}")
        for line in lines:
            typer.echo(f"  {line}")


@app.command()
def check(
    which: Annotated[
        str, typer.Argument(metavar="RULES", help="A rule set, by name or by the path of its folder.")
    ] = "aumf-2001",
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="What makes the check fail: error, warning or never.")
    ] = FailOn.ERROR,
    format: FormatOption = Format.TEXT,
) -> None:
    """Check a rule set and its cases: references, quotes, cycles, sentences, what nothing uses or reaches."""
    found = check_rules(which)
    if format is Format.JSON:
        _print_json(found)
    else:
        for each in found["problems"]:
            typer.echo(
                f"{each['where']}: {each['severity']}: {each['what']}"
                + (f"\n    fix: {each['fix']}" if each["fix"] else "")
            )
        errors = sum(each["severity"] == "error" for each in found["problems"])
        warned = len(found["problems"]) - errors
        typer.echo(f"{which}: {_count(errors, 'error')}, {_count(warned, 'warning')}")
    failing = {FailOn.ERROR: ("error",), FailOn.WARNING: ("error", "warning"), FailOn.NEVER: ()}[fail_on]
    if any(each["severity"] in failing for each in found["problems"]):
        raise typer.Exit(1)


@new.command(name="case")
def new_case_command(
    name: Annotated[str, typer.Argument(help="The name of the case; NAME.yaml is written in this folder.")],
    rules: Annotated[str, typer.Option("--rules", help="The rule set it is read against.")] = "aumf-2001",
) -> None:
    """Begin a case of your own: a small file that loads, with the vocabulary at hand."""
    path = new_case(name, load_rules(rules), Path.cwd())
    typer.echo(f"wrote {path.name}; next: authority decide {path.name}")


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _answer(opinion: Opinion) -> str:
    shown = "shown" if opinion.shown else "not shown"
    label = f" [{opinion.reading.label}]" if opinion.reading.label else ""
    standard = opinion.findings.standard.says
    return f"{opinion.question}: {opinion.verdict} ({shown}), under {opinion.reading.id}{label}, by {standard}"


def _print_json(data: Any) -> None:
    typer.echo(json.dumps(data, indent=2, ensure_ascii=False))


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


if __name__ == "__main__":
    main()
