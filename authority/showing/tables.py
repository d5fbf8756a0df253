"""Answers as records: a list of rows, each a dict of plain values under the same keys.

It is what every table library takes as it is (``pandas.DataFrame(rows)``, ``polars.DataFrame(rows)``,
``pyarrow.Table.from_pylist(rows)``, ``csv.DictWriter``), so that none is needed for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from authority.vocabulary import Proposition

if TYPE_CHECKING:
    from authority.comparing import Comparison
    from authority.dependence import Dependence
    from authority.opinion import Opinion

Rows = list[dict[str, Any]]
_SEVERAL = "; "


def opinion_rows(opinion: Opinion) -> Rows:
    """The question and each element: its verdict and cause, the rules for it, the exhibits on either side."""
    return [_row(opinion, proposition) for proposition in dict.fromkeys((opinion.question, *opinion.elements))]


def comparison_rows(comparison: Comparison) -> Rows:
    """The rows of every opinion, one beneath the other, each with its reading."""
    return [{"reading": name, **row} for name, opinion in comparison.items() for row in opinion_rows(opinion)]


def dependence_rows(dependence: Dependence) -> Rows:
    """Each exhibit: whether it is necessary, relevant or idle, and its power; None for what was not computed."""
    return [
        {
            "item": item,
            "necessary": item in dependence.necessary,
            "relevant": item in dependence.relevant,
            "idle": item in dependence.idle,
            **weight.model_dump(),
        }
        for item, weight in dependence.power.items()
    ]


def _row(opinion: Opinion, proposition: Proposition) -> dict[str, Any]:
    decided, sides = opinion.conclusion.get(proposition), opinion.evidence(proposition)
    return {
        "proposition": str(proposition),
        "verdict": str(opinion.on(proposition)),
        "cause": str(opinion.causes(proposition)[0]),
        "rules": _SEVERAL.join(dict.fromkeys(a.rule for a in decided.applications)) if decided else "",
        "for": _SEVERAL.join(sides["for"]),
        "against": _SEVERAL.join(sides["against"]),
    }
