"""The command that draws a question many times over."""

from __future__ import annotations

from typing import Annotated

import typer

from authority.cli.asking import AskOption, Case, Format, FormatOption
from authority.cli.printing import print_json
from authority.loading import load_case
from authority.simulating import simulate


def simulate_command(
    case: Case,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same draws.")],
    n: Annotated[int, typer.Option("--n", "-n", min=1, help="How many draws.")] = 100_000,
    reading: Annotated[
        list[str] | None, typer.Option("--reading", "-r", help="A reading; more than one may be named, all if none is.")
    ] = None,
    ask: AskOption = None,
    uniform: Annotated[
        bool, typer.Option("--uniform", help="Draw the position on every dispute, each as likely as another.")
    ] = False,
    position: Annotated[
        list[str] | None,
        typer.Option("--position", metavar="DISPUTE=POSITION:WEIGHT", help="Draw a position with this weight."),
    ] = None,
    regrade: Annotated[
        float, typer.Option("--regrade", min=0, max=1, help="The chance that an exhibit stands a level off its grade.")
    ] = 0.0,
    format: FormatOption = Format.TEXT,
) -> None:
    """Draw which exhibits are sound, many times over: how often the question is shown, and on what assumptions."""
    if uniform and position:
        raise typer.BadParameter("--uniform draws every position alike: leave --position out", param_hint="--uniform")
    drawn = "uniform" if uniform else _weights(position) or None
    found = simulate(load_case(case), n, seed=seed, readings=reading or None, ask=ask, positions=drawn, regrade=regrade)
    if format is Format.JSON:
        print_json(found.as_data())
    else:
        typer.echo(found.explain())


def _weights(given: list[str] | None) -> dict[str, dict[str, float]]:
    """The weights of positions by dispute; a usage error where an option says none, or says one twice."""
    found: dict[str, dict[str, float]] = {}
    for each in given or ():
        dispute, _, rest = (part.strip() for part in each.partition("="))
        position, _, weight = (part.strip() for part in rest.partition(":"))
        try:
            number = float(weight)
        except ValueError:
            number = -1.0
        if not (dispute and position) or number < 0:
            what = f"{each!r} is not of the form DISPUTE=POSITION:WEIGHT, the weight a number from 0 up"
            raise typer.BadParameter(what, param_hint="--position")
        if position in found.setdefault(dispute, {}):
            raise typer.BadParameter(f"{dispute} = {position} is given two weights", param_hint="--position")
        found[dispute][position] = number
    return found
