"""What is to be seen in a picture, before it is drawn: nouns only, each holding finished words."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from authority.engine import Verdict
from authority.model import Model

Side = Literal["for", "against", "found none", "undercut"]


class Shown(Model):
    """What every plan has: a name of its own, a title, and what the picture shows in words."""

    name: str
    title: str
    alt: str


class Leaf(Model):
    """An exhibit under the fact it speaks to: on which side, at which level (None: it cannot be judged)."""

    id: str
    side: Side
    level: int | None
    source: str


class Claim(Model):
    """A proposition in its place: its verdict and, where there is more to say than that, why. A line that stands for
    several has no ``proposition``.

    ``carries`` says that the verdict on the question rests on it there; ``spoken``, that some exhibit speaks to it or
    to what lies beneath it, on whatever side; ``elsewhere``, where its grounds are drawn if not here; ``excepts``,
    what an exception does to its rule; ``unreached``, how many rules lead to it that need not be reached; ``folded``,
    how many rules beneath it are not drawn.
    """

    text: str
    verdict: Verdict
    proposition: str = ""
    cause: str = ""
    carries: bool = True
    spoken: bool = False
    elsewhere: Literal["", "above", "below"] = ""
    excepts: Literal["", "it defeats the rule", "raised and not established"] = ""
    unreached: int = 0
    folded: int = 0
    leaves: tuple[Leaf, ...] = ()
    grounds: tuple[Ground, ...] = ()


class Ground(Model):
    """A rule as it is applied to a claim: what it asks, its premises side by side, its exceptions. Several rules of
    which the same is to be said have their names in one; ``folded`` says how many rules beneath are not drawn."""

    names: tuple[str, ...]
    cite: str
    asks: str
    verdict: Verdict
    carries: bool = True
    folded: int = 0
    premises: tuple[Claim, ...] = ()
    exceptions: tuple[Claim, ...] = ()


class ArgumentPlan(Shown):
    """The argument on a question under one reading."""

    kind: Literal["argument"] = "argument"
    under: str
    label: str
    question: Claim


class Cell(Model):
    """How an element stands under a reading, and in a word or two why; no verdict where the reading does not ask."""

    verdict: Verdict | None
    cause: str = ""


class RowPlan(Model):
    """An element under every reading."""

    text: str
    cells: tuple[Cell, ...]


class MatrixPlan(Shown):
    """Elements in rows, readings in columns; the question stands first."""

    kind: Literal["matrix"] = "matrix"
    readings: tuple[str, ...]
    labels: tuple[str, ...]
    rows: tuple[RowPlan, ...]


class Bar(Model):
    """An exhibit and its power over whether the question is shown."""

    id: str
    source: str
    value: float


class BarsPlan(Shown):
    """The power of each exhibit, the greatest first; ``rest`` says how many count less and are left out."""

    kind: Literal["bars"] = "bars"
    bars: tuple[Bar, ...]
    rest: int = 0


class Day(Model):
    """A day, and for every reading the verdict from then on and what changed it."""

    label: str
    verdicts: tuple[Verdict, ...]
    because: tuple[str, ...]


class Panel(Model):
    """Days in their order, under a heading; ``quiet`` says how many days are left out on which no verdict changed, and
    ``cut`` how many on which one did."""

    heading: str
    days: tuple[Day, ...]
    quiet: int = 0
    cut: int = 0


class BandsPlan(Shown):
    """How the verdict under each reading came about."""

    kind: Literal["bands"] = "bands"
    readings: tuple[str, ...]
    labels: tuple[str, ...]
    panels: tuple[Panel, ...]


Plan = Annotated[ArgumentPlan | MatrixPlan | BarsPlan | BandsPlan, Field(discriminator="kind")]
