"""Pictures of an opinion: the argument map, the readings side by side, the power of each exhibit, the timeline.

Each is worked out in two stages: a plan says what is to be seen, in plain data and finished words, and ``draw`` puts
it on paper. The same plan gives the same bytes; no font is needed, nothing is fetched, and nothing in it runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from authority.chronology import Timeline
from authority.dependence import Dependence
from authority.errors import UnknownName
from authority.facts import FactPattern
from authority.opinion import Opinion
from authority.pictures.arguing import plan_argument
from authority.pictures.bands import draw_bands, plan_timeline
from authority.pictures.bars import draw_bars, plan_power
from authority.pictures.map import draw_map
from authority.pictures.matrix import draw_matrix, plan_readings
from authority.pictures.picture import Picture
from authority.pictures.plans import ArgumentPlan, BarsPlan, MatrixPlan, Plan
from authority.pictures.raster import png
from authority.writing import write_whole

FORMATS = (".svg", ".png")
_SHARP = 300 / 96  # dots for each pixel: 300 to the inch

__all__ = [
    "FORMATS", "Picture", "Plan", "argument_map", "draw", "plan_argument", "plan_power", "plan_readings",
    "plan_timeline", "power_chart", "readings_matrix", "timeline_chart", "write",
]  # fmt: skip


def draw(plan: Plan) -> Picture:
    """The picture that a plan describes; the same plan gives the same bytes."""
    match plan:
        case ArgumentPlan():
            return draw_map(plan)
        case MatrixPlan():
            return draw_matrix(plan)
        case BarsPlan():
            return draw_bars(plan)
        case _:
            return draw_bands(plan)


def argument_map(opinion: Opinion, *, whole: bool = False) -> Picture:
    """The argument map of an opinion's question; folded to a letter page, unless the ``whole`` of it is wanted."""
    return draw_map(plan_argument(opinion), whole=whole)


def readings_matrix(opinions: Sequence[Opinion]) -> Picture:
    """The elements of a question under every reading, for the opinions on it under each; at least one opinion."""
    return draw_matrix(plan_readings(opinions))


def power_chart(opinion: Opinion, dependence: Dependence) -> Picture:
    """How much each exhibit counts for and against what is asked: its Shapley value."""
    return draw_bars(plan_power(opinion, dependence))


def timeline_chart(case: FactPattern, found: Timeline) -> Picture:
    """How the verdict under each reading came about, day by day."""
    return draw_bands(plan_timeline(case, found))


def write(picture: Picture, *paths: Path) -> None:
    """Writes the picture to each path, as its ending says: ``.svg``, or ``.png`` at 300 dots an inch.

    Raises UnknownName for another ending, MissingExtra where what draws a PNG is not installed; then nothing is
    written. Each file is written whole or not at all.
    """
    written = [(path, _rendered(picture, path)) for path in paths]
    for path, content in written:
        write_whole(path, content)


def _rendered(picture: Picture, path: Path) -> bytes:
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise UnknownName("picture format", path.suffix or path.name, FORMATS)
    return picture.svg.encode() if ending == ".svg" else png(picture, round(picture.width * _SHARP))
