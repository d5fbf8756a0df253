"""The commands about what there is: the cases, the rule sets, and a case of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import authority
from authority.errors import UnknownName
from authority.loading import load_case, load_rules
from authority.starting import new_case


def cases_command(rules: Annotated[str | None, typer.Argument(help="Only the cases of this rule set.")] = None) -> None:
    """List the cases that come with the library."""
    if rules is not None and rules not in authority.rule_sets():
        raise UnknownName("rule set", rules, authority.rule_sets())
    for name in authority.cases(rules):
        case = load_case(name)
        typer.echo(f"{name}: {case.title} ({case.rules.name}; {len(case.evidence)} items; law as of {case.as_of})")


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


def new_case_command(
    name: Annotated[str, typer.Argument(help="The name of the case; NAME.yaml is written in this folder.")],
    rules: Annotated[str, typer.Option("--rules", help="The rule set it is read against.")] = "aumf-2001",
) -> None:
    """Begin a case of your own: a small file that loads, with the vocabulary at hand."""
    path = new_case(name, load_rules(rules), Path.cwd())
    typer.echo(f"wrote {path.name}; next: authority decide {path.name}")
