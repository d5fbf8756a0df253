"""The commands about one case: the opinion under one reading or all, and what it depends on."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

import authority
from authority.cli.asking import (
    AskOption,
    Case,
    Format,
    FormatOption,
    PictureOption,
    ReadingOption,
    ShortOption,
)
from authority.cli.patience import Patience
from authority.cli.picturing import beside
from authority.cli.printing import WORDS, answer, print_json
from authority.dependence import LISTED, NODES, depend
from authority.exchange import aif_json, prov_json
from authority.loading import load_case
from authority.opinion import Opinion, decide
from authority.pictures import power_chart, readings_matrix


class OpinionFormat(StrEnum):
    """How an opinion is printed: PROV-JSON for programs that read W3C provenance, AIF for those that read arguments."""

    TEXT = "text"
    JSON = "json"
    PROV = "prov"
    AIF = "aif"


_AS_DATA = {OpinionFormat.JSON: Opinion.as_data, OpinionFormat.PROV: prov_json, OpinionFormat.AIF: aif_json}


def decide_command(
    case: Case,
    reading: ReadingOption = None,
    ask: AskOption = None,
    short: ShortOption = False,
    format: Annotated[
        OpinionFormat, typer.Option("--format", "-f", help="text, json, prov or aif.")
    ] = OpinionFormat.TEXT,
) -> None:
    """Decide a case under one reading, and show the derivation."""
    opinion = decide(load_case(case), reading, ask)
    if format is not OpinionFormat.TEXT:
        print_json(_AS_DATA[format](opinion))
        return
    typer.echo(answer(opinion))
    typer.echo("")
    typer.echo(opinion.derivation(short=short))


def compare(
    case: Case, ask: AskOption = None, picture: PictureOption = None, format: FormatOption = Format.TEXT
) -> None:
    """Decide a case under every reading, side by side."""
    facts = load_case(case)
    opinions = authority.compare(facts, ask)
    if picture:
        beside(picture, lambda: readings_matrix(list(opinions.values())))
    if format is Format.JSON:
        print_json(opinions.as_data())
        return
    typer.echo(f"{next(iter(opinions.values())).question}\n")
    for number, (name, opinion) in enumerate(opinions.items(), start=1):
        label = f" [{opinion.label}]" if opinion.label else ""
        typer.echo(f"  {number}  {name}: {opinion.verdict} ({'shown' if opinion.shown else 'not shown'}){label}")
        for each in opinion.warnings:
            typer.echo(f"     {each}")
    Console(markup=False, highlight=False).print(_side_by_side(list(opinions.values())))
    typer.echo(f"\n{opinions.explain()}")


def depends_command(
    case: Case,
    reading: ReadingOption = None,
    ask: AskOption = None,
    refuted: Annotated[
        bool, typer.Option("--refuted", help="Let what is missing include facts that the record refutes.")
    ] = False,
    budget: Annotated[int, typer.Option(min=100, help="How many nodes a decision diagram may have.")] = NODES,
    listed: Annotated[int, typer.Option(min=1, help="How many sets of a kind are listed; all are counted.")] = LISTED,
    short: ShortOption = False,
    picture: PictureOption = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Say which evidence the verdict depends on, what would turn it, and what is missing."""
    opinion = decide(load_case(case), reading, ask)
    with Patience() as patience:
        found = depend(opinion, budget=budget, listed=listed, refuted=refuted, progress=patience.step)
    if picture:
        beside(picture, lambda: power_chart(opinion, found))
    if format is Format.JSON:
        print_json(found.as_data())
        return
    typer.echo(answer(opinion))
    typer.echo(f"\n{found.explain(short=short)}")


def _side_by_side(opinions: list[Opinion]) -> Table:
    """Every element of the question, in each of the numbered readings; a dash where a reading does not ask for it."""
    table = Table("element")
    for number in range(1, len(opinions) + 1):
        table.add_column(str(number), no_wrap=True)
    for element in dict.fromkeys(e for o in opinions for e in o.top_elements):
        table.add_row(str(element), *(WORDS[o.on(element)] if element in o.top_elements else "–" for o in opinions))
    return table
