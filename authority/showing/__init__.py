"""What a notebook shows of an answer: for each the plain text, and HTML in which text is text and nothing runs.

The bundle is that of IPython's ``_repr_mimebundle_``: a mapping from media types to content.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from authority.showing.html import bar, folded, paragraph, strong, table, verdict, whole
from authority.showing.tables import Rows, comparison_rows, dependence_rows, opinion_rows

if TYPE_CHECKING:
    from authority.comparing import Comparison
    from authority.contradictions import Contradiction
    from authority.dependence import Dependence
    from authority.opinion import Opinion
    from authority.vocabulary import Proposition

__all__ = [
    "Bundle", "Rows", "comparison_rows", "dependence_rows", "opinion_rows", "show_comparison", "show_contradiction",
    "show_dependence", "show_opinion",
]  # fmt: skip

Bundle = dict[str, str]
_SETS = 10  # how many sets a table lists; the data have all


def show_opinion(opinion: Opinion) -> Bundle:
    """The verdict, what stands against the whole of it, the elements, and the derivation folded away."""
    shown = "shown" if opinion.shown else "not shown"
    standard = opinion.findings.standard.says
    says = f": {verdict(opinion.verdict)} ({shown}), by {standard}"
    rows = [
        (row["proposition"], verdict(opinion.on(element)), row["cause"], row["for"], row["against"])
        for element, row in zip(opinion.elements, opinion_rows(opinion)[1:], strict=True)
    ]
    html = whole(
        *(paragraph(strong(warning)) for warning in opinion.warnings),
        paragraph(strong(f"{opinion.question}{says}")),
        paragraph(f"{opinion.case.title}; under {opinion.reading.title}{_aside(opinion.label)}"),
        table("What it turns on", ("element", "verdict", "cause", "for", "against"), rows),
        folded("Derivation", opinion.derivation()),
    )
    return {"text/plain": opinion.explain(), "text/html": html}


def show_comparison(comparison: Comparison) -> Bundle:
    """The question and its elements in rows, the readings in columns. The crux is for the asking: it takes longer."""
    opinions = list(comparison.values())
    first = opinions[0]
    elements = dict.fromkeys(e for opinion in opinions for e in opinion.top_elements)
    rows = [
        (str(proposition), *(_cell(opinion, proposition) for opinion in opinions))
        for proposition in dict.fromkeys((first.question, *elements))
    ]
    heads = ("", *(f"{opinion.reading.title}{_aside(opinion.label)}" for opinion in opinions))
    warned = [paragraph(strong(f"{name}: {each}")) for name, o in comparison.items() for each in o.warnings]
    lines = [f"{name}: {o.verdict}{_aside(o.label)}" for name, o in comparison.items()]
    html = whole(*warned, table(f"{first.case.title}: the readings side by side", heads, rows))
    return {"text/plain": "\n".join([f"{first.question}, under", *(f"  {line}" for line in lines)]), "text/html": html}


def show_dependence(dependence: Dependence) -> Bundle:
    """In a sentence or two what holds the verdict; the smallest sets; the power of each exhibit as a bar."""
    sets = [
        *(("held by", ", ".join(each) or "no exhibit") for each in dependence.sufficient_sets[:_SETS]),
        *(("turned without", ", ".join(each)) for each in dependence.flip_sets[:_SETS]),
        *(("turned by the position", "; ".join(map(str, each))) for each in dependence.crux[:_SETS]),
    ]
    power = {item: weight.shapley for item, weight in dependence.power.items() if weight.shapley}
    greatest = max(map(abs, power.values()), default=0.0)
    ranked = sorted(power, key=lambda item: (-abs(power[item]), item))
    margin = "none" if dependence.margin is None else str(dependence.margin)
    complete = "" if dependence.complete is True else f"complete: {dependence.complete}"
    html = whole(
        paragraph(strong(f"{dependence.question}: {verdict(dependence.verdict)}")),
        paragraph(f"{dependence.reading}{_aside(dependence.label)}; margin: {margin}"),
        paragraph(complete),
        table("The smallest sets", ("the verdict is", "exhibits, or positions"), sets),
        table("Power (Shapley value)", ("exhibit", "for +, against −"), ((i, bar(power[i], greatest)) for i in ranked)),
        folded("In words", dependence.explain()),
    )
    return {"text/plain": dependence.explain(short=True), "text/html": html}


def show_contradiction(contradiction: Contradiction) -> Bundle:
    """The two that exclude each other, what they are, and the exhibits."""
    rests = ", ".join(contradiction.evidence)
    rows = [(str(contradiction.one), "excludes", str(contradiction.other), contradiction.of, rests)]
    html = whole(table("Contradiction", ("one", "", "other", "of", "exhibits"), rows))
    return {"text/plain": str(contradiction), "text/html": html}


def _cell(opinion: Opinion, proposition: Proposition) -> str:
    if proposition != opinion.question and proposition not in opinion.top_elements:
        return "not asked"
    return f"{verdict(opinion.on(proposition))}{_aside(str(opinion.causes(proposition)[0]))}"


def _aside(text: str) -> str:
    return f" ({text})" if text else ""
