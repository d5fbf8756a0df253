"""The commands about what there is: the cases and what was decided on them, the rule sets, a case of one's own."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

import authority
from authority.cli.asking import DEFAULT_RULES, Format, FormatOption
from authority.cli.printing import aside, print_json
from authority.decided import Report
from authority.exclusions import exclusions
from authority.facts import FactPattern
from authority.loading import load_cases, load_rules
from authority.starting import new_case
from authority.writing import write_whole


class LawFormat(StrEnum):
    """How a rule set is given: LegalRuleML for programs that read the OASIS standard."""

    TEXT = "text"
    LEGALRULEML = "legalruleml"


def cases_command(
    rules: Annotated[
        str | None, typer.Argument(metavar="RULES", help="Only the cases of this rule set, by its name or its folder.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Hold what was officially decided against what the library answers.")
    ] = False,
    table: Annotated[
        Path | None, typer.Option("--table", metavar="FILE.md", help="Write the check as a page of Markdown, too.")
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """List the cases that come with the library, or hold them against what was decided."""
    if (table or format is Format.JSON) and not check:
        raise typer.BadParameter("--table and --format say how a check is given: add --check")
    known = load_cases(rules)
    if check:
        _check(known, table, format)
        return
    for case in known:
        typer.echo(f"{case.name}: {case.title} ({case.rules.name}; {len(case.evidence)} items; law as of {case.as_of})")


def _check(known: Iterable[FactPattern], table: Path | None, format: Format) -> None:
    """Prints the report on the decisions of some cases; exit code 1 where anything is amiss."""
    report = Report.on(known)
    if table:
        write_whole(table, report.markdown().encode())
    if format is Format.JSON:
        print_json(report.as_data())
    else:
        typer.echo(report.explain())
    if report.faults:
        raise typer.Exit(1)


def rules_command(
    which: Annotated[str | None, typer.Argument(help="A rule set, to see what is in it.")] = None,
    format: Annotated[LawFormat, typer.Option("--format", "-f", help="text or legalruleml.")] = LawFormat.TEXT,
) -> None:
    """List the rule sets, or what is in one: readings, disputes, rules, sentences; or give one as LegalRuleML."""
    if format is LawFormat.LEGALRULEML:
        if which is None:
            raise typer.BadParameter("name the rule set that is to be written so", param_hint="--format")
        from authority.exchange import legalruleml

        typer.echo(legalruleml(load_rules(which)), nl=False)
        return
    if which is None:
        for name in authority.rule_sets():
            instrument = load_rules(name).instrument
            typer.echo(f"{name}: {instrument.title}{aside('un-enacted' if instrument.never_enacted else '')}")
        return
    rules = load_rules(which)
    typer.echo(f"{rules.name}: {rules.instrument.title}, {rules.instrument.citation}")
    for title, lines in (
        ("Readings", [f"{r.id}: {r.title}{aside(rules.label(r))}" for r in rules.readings]),
        ("Disputes", [f"{d.id}: {d.question} [{' | '.join(p.id for p in d.positions)}]" for d in rules.disputes]),
        ("Rules", [f"{r.id}: {r.then} ({r.cite})" for r in rules.rules]),
        ("What excludes what", [str(each) for each in exclusions(rules.vocabulary)]),
        ("Questions", [s.says for s in rules.vocabulary.sentences if s.question]),
        ("Conclusions", [s.says for s in rules.vocabulary.sentences if s.says in rules.conclusions and not s.question]),
        ("Facts", [s.says for s in rules.vocabulary.sentences if s.says not in rules.conclusions]),
    ):
        if lines:
            typer.echo(f"\n{title}")
        for line in lines:
            typer.echo(f"  {line}")


def new_case_command(
    name: Annotated[str, typer.Argument(help="The name of the case; NAME.yaml is written in this folder.")],
    rules: Annotated[str, typer.Option("--rules", help="The rule set it is read against.")] = DEFAULT_RULES,
) -> None:
    """Begin a case of your own: a small file that loads, with the vocabulary at hand."""
    path = new_case(name, load_rules(rules), Path.cwd())
    typer.echo(f"wrote {path.name}; next: authority decide {path.name}")
