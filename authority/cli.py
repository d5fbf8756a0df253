"""The command ``authority``: reads what is asked, prints what the library answers, and decides nothing itself.

Exit codes: 0 done; 1 a check failed; 2 the command was used wrongly; 3 an input file is invalid; 4 the engine.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

import authority
from authority.changes import diff, whatif
from authority.checking import check as check_rules
from authority.dependence import LISTED, NODES, depend
from authority.engine import Verdict
from authority.errors import AuthorityError, EngineError, InvalidInput, MissingExtra, UnknownName
from authority.loading import load_case, load_rules
from authority.memo import FORMATS, write
from authority.opinion import Opinion, decide
from authority.starting import new_case
from authority.timeline import Row, timeline, turning

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
        _print_json(opinions.as_data())
        return
    typer.echo(f"{next(iter(opinions.values())).question}\n")
    for number, (name, opinion) in enumerate(opinions.items(), start=1):
        label = f" [{opinion.label}]" if opinion.label else ""
        typer.echo(f"  {number}  {name}: {opinion.verdict} ({'shown' if opinion.shown else 'not shown'}){label}")
    Console(markup=False, highlight=False).print(_side_by_side(list(opinions.values())))
    typer.echo(f"\n{opinions.explain()}")


@app.command(name="depends")
def depends_command(
    case: Case,
    reading: ReadingOption = None,
    ask: AskOption = None,
    refuted: Annotated[
        bool, typer.Option("--refuted", help="Let what is missing include facts that the record refutes.")
    ] = False,
    budget: Annotated[int, typer.Option(min=100, help="How many nodes a decision diagram may have.")] = NODES,
    listed: Annotated[int, typer.Option(min=1, help="How many sets of a kind are listed; all are counted.")] = LISTED,
    format: FormatOption = Format.TEXT,
) -> None:
    """Say which evidence the verdict depends on, what would turn it, and what is missing."""
    opinion = decide(load_case(case), reading, ask)
    with Patience() as patience:
        found = depend(opinion, budget=budget, listed=listed, refuted=refuted, progress=patience.step)
    if format is Format.JSON:
        _print_json(found.as_data())
        return
    typer.echo(_answer(opinion))
    typer.echo(f"\n{found.explain()}")


class Patience:
    """Says on standard error what is being worked on, once it has taken a second."""

    def __init__(self) -> None:
        self.status = Console(stderr=True).status("working")
        self.timer = threading.Timer(1, self.status.start)
        self.timer.daemon = True

    def step(self, what: str) -> None:
        self.status.update(f"working out: {what} (Ctrl-C ends it with what is done)")

    def __enter__(self) -> Patience:
        self.timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.timer.cancel()
        self.timer.join()
        self.status.stop()


@app.command(name="whatif")
def whatif_command(
    case: Case,
    reading: ReadingOption = None,
    ask: AskOption = None,
    without: Annotated[list[str] | None, typer.Option(metavar="E3", help="Take an exhibit out.")] = None,
    grade: Annotated[list[str] | None, typer.Option(metavar="E5=B2", help="Grade an exhibit so.")] = None,
    position: Annotated[
        list[str] | None, typer.Option(metavar="DISPUTE=POSITION", help="Take another position on a dispute.")
    ] = None,
    standard: Annotated[str | None, typer.Option(help="Another proof standard.")] = None,
    add: Annotated[
        list[Path] | None, typer.Option(exists=True, dir_okay=False, help="A YAML file of evidence to add.")
    ] = None,
    assume: Annotated[
        list[str] | None, typer.Option(metavar="SENTENCE", help="Take a sentence as given, affirmed or denied.")
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """What becomes of the verdict if something were otherwise, and which change moves what."""
    if not any((without, grade, position, standard, add, assume)):
        raise typer.BadParameter("say what to change: --without, --grade, --position, --standard, --add or --assume")
    found = whatif(
        load_case(case), reading, ask, without=without or (), grades=_pairs("--grade", grade),
        positions=_pairs("--position", position), standard=standard, add=add or (), assume=assume or (),
    )  # fmt: skip
    if format is Format.JSON:
        _print_json(found.as_data())
    else:
        typer.echo(found.explain())


@app.command(name="diff")
def diff_command(
    a: Annotated[str, typer.Argument(metavar="A", help="A case or a rule set, by name or by path.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another of the same kind.")],
    reading: Annotated[str | None, typer.Option("--reading", "-r", help="One reading; all if left out.")] = None,
    ask: AskOption = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """What differs between two cases or two rule sets, what moves, and because of what."""
    found = diff(a, b, reading, ask)
    if format is Format.JSON:
        _print_json(found.as_data())
    else:
        typer.echo(found.explain())


def _pairs(option: str, given: list[str] | None) -> dict[str, str]:
    """What an option says as ``name=value``, by the name; a usage error where it says no such thing, or two."""
    found: dict[str, str] = {}
    for each in given or ():
        name, sign, value = (part.strip() for part in each.partition("="))
        if not (sign and name and value):
            raise typer.BadParameter(f"{each!r} is not of the form NAME=VALUE", param_hint=option)
        if found.setdefault(name, value) != value:
            raise typer.BadParameter(f"{name!r} is given two values: {found[name]!r} and {value!r}", param_hint=option)
    return found


@app.command(name="timeline")
def timeline_command(
    case: Case,
    ask: AskOption = None,
    every: Annotated[bool, typer.Option("--all", help="Every day, not only those on which a verdict changed.")] = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """How the verdict came about: as the record grew, and as the law changed."""
    found = timeline(load_case(case), ask)
    if format is Format.JSON:
        _print_json(found.as_data())
        return
    typer.echo(f"{found.question}\n")
    for number, (name, label) in enumerate(found.readings.items(), start=1):
        typer.echo(f"  {number}  {name}{_aside(label)}")
    for title, rows, from_the_start in (
        (f"As the record grew (by the law of {found.as_of})", found.record, "undated"),
        (f"As the law changed (on the record of {found.known_by})", found.law, "before"),
    ):
        typer.echo(f"\n{title}")
        shown = rows if every else turning(rows)
        Console(markup=False, highlight=False).print(_days(shown, tuple(found.readings), from_the_start, every))
        if len(shown) < len(rows):
            typer.echo(f"{_count(len(rows) - len(shown), 'day')} of no change left out; --all shows every day.")


def _days(rows: tuple[Row, ...], readings: tuple[str, ...], from_the_start: str, every: bool) -> Table:
    """A line for each day: the verdict in each of the numbered readings and what changed it; where every day is shown,
    what came on it and what went, too."""
    table = Table("day")
    for number in range(1, len(readings) + 1):
        table.add_column(str(number), no_wrap=True)
    table.add_column("because", overflow="fold")
    if every:
        table.add_column("came (+), went (−)", overflow="fold")
    table.columns[0].no_wrap = True
    for row in rows:
        causes: dict[tuple[str, ...], list[str]] = {}
        for number, name in enumerate(readings, start=1):
            if name in row.because:
                causes.setdefault(row.because[name], []).append(str(number))
        because = "; ".join(f"{', '.join(numbers)}: {', '.join(cause)}" for cause, numbers in causes.items())
        came = [*(f"+{name}" for name in row.came), *(f"−{name}" for name in row.went)]
        verdicts = [_WORDS[row.verdicts[name]] for name in readings]
        told = [because or "–", ", ".join(came) or "–"]
        table.add_row(str(row.day or from_the_start), *verdicts, *told[: 1 + every])
    return table


_WORDS = {Verdict.MET: "met", Verdict.NOT_MET: "not met", Verdict.UNDETERMINED: "open"}


def _side_by_side(opinions: list[Opinion]) -> Table:
    """Every element of the question, in each of the numbered readings; a dash where a reading does not ask for it."""
    table = Table("element")
    for number in range(1, len(opinions) + 1):
        table.add_column(str(number), no_wrap=True)
    for element in dict.fromkeys(e for o in opinions for e in o.top_elements):
        table.add_row(str(element), *(_WORDS[o.on(element)] if element in o.top_elements else "–" for o in opinions))
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
            instrument = load_rules(name).instrument
            typer.echo(f"{name}: {instrument.title}{_aside('un-enacted' if instrument.never_enacted else '')}")
        return
    rules = load_rules(which)
    typer.echo(f"{rules.name}: {rules.instrument.title}, {rules.instrument.citation}")
    for title, lines in (
        ("Readings", [f"{r.id}: {r.title}{_aside(rules.label(r))}" for r in rules.readings]),
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
        for line in _covered(found.get("coverage", {})):
            typer.echo(line)
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


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _answer(opinion: Opinion) -> str:
    shown = "shown" if opinion.shown else "not shown"
    label = f" [{opinion.label}]" if opinion.label else ""
    standard = opinion.findings.standard.says
    return f"{opinion.question}: {opinion.verdict} ({shown}), under {opinion.reading.id}{label}, by {standard}"


def _aside(text: str) -> str:
    return f" ({text})" if text else ""


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
