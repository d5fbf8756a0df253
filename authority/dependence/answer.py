"""What a dependence is made of: nouns only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from authority.dependence.missing import Missing
from authority.dependence.sets import Change, Family, Set
from authority.dependence.telling import Told
from authority.engine import Verdict
from authority.law import Probabilities, Stance
from authority.vocabulary import Model, Proposition

Decides = Literal["evidence", "law", "either", "both together", "neither"]


class Weight(Model):
    """An item's power over whether the question is shown (positive: for it; negative: against it), and the derivative
    of the probability that it is shown by the probability that the item is sound; None for what was not computed."""

    shapley: float | None = None
    banzhaf: float | None = None
    derivative: float | None = None


class Changes(Model):
    """The minimal changes that turn the outcome: of evidence (flip sets), of position (cruxes), of both (mixed); and
    the minimal sets of items that hold it. None stands for what could not be worked out within the budget.

    ``by_solver`` says that no diagram of the evidence could be built within the budget, ``notes`` what is left out.
    """

    sufficient: Family | None = None
    flips: Family | None = None
    relevant: Set | None = None
    cruxes: tuple[tuple[Stance, ...], ...] | None = None
    mixed: tuple[Change, ...] | None = None
    by_solver: bool = False
    notes: tuple[str, ...] = ()

    @property
    def decides(self) -> Decides | None:
        """Whether it is evidence or law that decides: which of them can turn the outcome, the other left as it is."""
        if self.flips is None or self.cruxes is None:
            return None
        if self.flips.sets and self.cruxes:
            return "either"
        if self.flips.sets or self.cruxes:
            return "evidence" if self.flips.sets else "law"
        return None if self.mixed is None else "both together" if self.mixed else "neither"


class Dependence(Model):
    """What the verdict of an opinion depends on.

    ``complete`` is True, or says what is not complete; what could not be worked out is None or empty, and named there.
    """

    case: str
    reading: str
    label: str = ""
    question: Proposition
    verdict: Verdict
    sufficient_sets: tuple[Set, ...] = ()
    flip_sets: tuple[Set, ...] = ()
    sufficient_count: int | None = None
    flip_count: int | None = None
    margin: int | None = None
    margin_origins: tuple[Set, ...] = ()
    necessary: Set = ()
    relevant: Set = ()
    idle: Set = ()
    power: Mapping[str, Weight]
    probability: float | None = None
    probabilities: Probabilities
    missing: tuple[Missing, ...] = ()
    missing_count: int | None = None
    flip_standard: str | None = None
    shown_at: tuple[str, ...] = ()
    crux: tuple[tuple[Stance, ...], ...] = ()
    mixed: tuple[Change, ...] = ()
    decides: Decides | None = None
    complete: Literal[True] | str = True

    @property
    def shown(self) -> bool:
        """Whether the question is shown."""
        return self.verdict.shown

    def explain(self, *, short: bool = False) -> str:
        """The dependence in words, for reading; in ``short``, a sentence or two on what holds it and what would turn
        it."""
        told = Told(self)
        return "\n".join(told.in_short() if short else told.lines())

    def as_data(self) -> dict[str, Any]:
        """The dependence as plain data, with the keys of ``authority depends --format json``."""
        return {
            "case": self.case,
            "reading": self.reading,
            "label": self.label,
            "question": str(self.question),
            "verdict": str(self.verdict),
            "shown": self.shown,
            "sufficient_sets": [list(each) for each in self.sufficient_sets],
            "sufficient_count": self.sufficient_count,
            "flip_sets": [list(each) for each in self.flip_sets],
            "flip_count": self.flip_count,
            "margin": self.margin,
            "margin_origins": [list(each) for each in self.margin_origins],
            "necessary": list(self.necessary),
            "relevant": list(self.relevant),
            "idle": list(self.idle),
            "power": {item: weight.model_dump() for item, weight in self.power.items()},
            "probability": self.probability,
            "probability_convention": self.probabilities.source,
            "missing": [[str(fact) for fact in each.facts] for each in self.missing],
            "missing_settles": [list(each.settles) for each in self.missing],
            "missing_refuted": [[str(fact) for fact in each.refuted] for each in self.missing],
            "missing_count": self.missing_count,
            "flip_standard": self.flip_standard,
            "shown_at": list(self.shown_at),
            "crux": [as_positions(each) for each in self.crux],
            "mixed": [{"without": list(c.without), "positions": as_positions(c.positions)} for c in self.mixed],
            "decides": self.decides,
            "complete": self.complete,
        }

    def table(self) -> list[dict[str, Any]]:
        """Each exhibit as a row: plain values under the same keys, for any table library."""
        from authority.showing import dependence_rows

        return dependence_rows(self)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """The dependence as a notebook shows it."""
        from authority.showing import show_dependence

        return show_dependence(self)


def as_positions(stances: tuple[Stance, ...]) -> dict[str, str]:
    """Positions by their disputes."""
    return {s.dispute: s.position for s in stances}
