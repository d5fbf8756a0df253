"""Power and probability: one walk up and one down a decision diagram give them for every item at once.

The power of few items is counted (``counting``), that of many integrated. Let every item be kept with probability t.
The Banzhaf value of an item is the derivative of the chance that the question is shown by that item's own probability,
at t = 1/2; the Shapley value is its integral over all t (Owen 1972). The integrand is a polynomial, of a degree below
the number of items, so Gauss–Legendre integration is exact but for rounding.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy

from authority.circuit import Circuit
from authority.dependence.building import build
from authority.dependence.counting import ITEMS, Power, counted
from authority.dependence.diagram import Diagrams
from authority.vocabulary import natural

FEW = 1_000
"""Up to how many nodes counting is quicker than integrating, whatever the number of items that it can count."""
AT_ONCE = 2_000_000
"""How many numbers a walk holds at once."""


@dataclass(frozen=True)
class Sound:
    """The variable of those items of one origin that are sound with one probability: true when they are, given that the
    items of that origin with a higher one are."""

    origin: str
    step: int


def powers(diagrams: Diagrams, top: int) -> dict[str, Power]:
    """The Shapley and Banzhaf values of every item that a diagram over kept items asks for; all others have none.

    The Shapley values add up to the difference between the whole record and none.
    """
    nodes = diagrams.beneath(top)
    if not nodes:
        return {}
    if len(nodes) <= FEW and len({diagrams.level[node] for node in nodes}) <= ITEMS:
        return counted(diagrams, nodes)
    return integrated(diagrams, top)


def integrated(diagrams: Diagrams, top: int) -> dict[str, Power]:
    """The same by integrating the gradient, for any number of items above none."""
    count = len(diagrams.support(top))
    nodes, weights = gauss_legendre((count + 1) // 2)
    points = numpy.append((nodes + 1) / 2, 0.5)
    levels = _Levels(diagrams, top)
    width = max(1, AT_ONCE // levels.count)
    parts = [levels.slopes(points[begin : begin + width]) for begin in range(0, len(points), width)]
    gradient = {level: numpy.concatenate([part[level] for part in parts]) for level in parts[0]}
    return {
        str(diagrams.order[level]): Power(float(slope[:-1] @ weights / 2), float(slope[-1]))
        for level, slope in gradient.items()
    }


@cache
def gauss_legendre(count: int) -> tuple[numpy.ndarray, numpy.ndarray]:
    """The points in (−1, 1) and the weights of Gauss–Legendre integration, by Newton's method from Tricomi's guesses.

    NumPy's own finds eigenvalues: at some hundred points that takes longer, on every core, and is less exact.
    """
    number = numpy.arange(1, (count + 1) // 2 + 1)
    x = numpy.cos(numpy.pi * (4 * number - 1) / (4 * count + 2)) * (1 - (count - 1) / (8 * count**3))
    for _ in range(4):
        before, now = numpy.ones_like(x), x
        for degree in range(2, count + 1):
            before, now = now, ((2 * degree - 1) * x * now - (degree - 1) * before) / degree
        slope = count * (before - x * now) / (1 - x * x)
        x = x - now / slope
    weights = 2 / ((1 - x * x) * slope * slope)
    odd = count % 2  # the one in the middle stands once
    return numpy.concatenate((-x, x[::-1][odd:])), numpy.concatenate((weights, weights[::-1][odd:]))


class _Levels:
    """The nodes of a diagram in rows, level by level from the deepest up, the constants first: each level is one slice
    and is walked at one stroke."""

    def __init__(self, diagrams: Diagrams, top: int) -> None:
        nodes = sorted(diagrams.beneath(top), key=lambda node: (-diagrams.level[node], node))
        row = {0: 0, 1: 1, **{node: number for number, node in enumerate(nodes, start=2)}}
        self.count = len(row)
        self.low = numpy.array([0, 1, *(row[diagrams.low[node]] for node in nodes)])
        self.high = numpy.array([0, 1, *(row[diagrams.high[node]] for node in nodes)])
        levels = numpy.array([diagrams.level[node] for node in nodes])
        begins = [*numpy.flatnonzero(numpy.diff(levels, prepend=-1)), len(nodes)]
        self.slices = [(int(levels[b]), b + 2, e + 2) for b, e in pairwise(begins)]
        self.sent = [self._sent(begin, end) for _, begin, end in self.slices]

    def _sent(self, begin: int, end: int) -> tuple[numpy.ndarray, numpy.ndarray, numpy.ndarray]:
        """Where a level's nodes lead, each row once, and how to add up what is sent there."""
        rows = numpy.concatenate((self.low[begin:end], self.high[begin:end]))
        order = numpy.argsort(rows, kind="stable")
        starts = numpy.flatnonzero(numpy.diff(rows[order], prepend=-1))
        return order, starts, rows[order][starts]

    def slopes(self, points: numpy.ndarray) -> dict[int, numpy.ndarray]:
        """By level, the derivative of the chance that the function is true by the chance of that variable, at each of
        the points, every variable being true with the same chance."""
        chance, rise = (numpy.zeros((self.count, len(points))) for _ in range(2))
        chance[1] = 1
        for _, begin, end in self.slices:
            below = chance[self.low[begin:end]]
            numpy.subtract(chance[self.high[begin:end]], below, out=rise[begin:end])
            numpy.add(below, rise[begin:end] * points, out=chance[begin:end])
        reached = chance
        reached[:] = 0
        reached[-1] = 1
        slopes = {}
        for (level, begin, end), (order, starts, rows) in zip(reversed(self.slices), reversed(self.sent), strict=True):
            way = reached[begin:end]
            slopes[level] = numpy.einsum("ij,ij->j", way, rise[begin:end])
            up = way * points
            reached[rows] += numpy.add.reduceat(numpy.concatenate((way - up, up))[order], starts)
        return slopes


class Chance(NamedTuple):
    """How likely the question is to be shown, and the derivative of that by the probability of each item."""

    probability: float
    derivative: Mapping[str, float]


def chance(circuit: Circuit, root: int, groups: Iterable[tuple[str, str, float]], budget: int) -> Chance:
    """The probability that a circuit over kept items is true when each item, given with its origin and its probability
    (between 0 and 1, both excluded), is sound with that probability, and those of one origin fail together.

    Of one origin, the items of lower probability fail first; those of the same probability fail and stand as one, and
    their derivative is that by their common probability. Raises TooLarge past the budget of nodes.
    """
    ladders: dict[str, dict[float, list[str]]] = {}
    for item, origin, probability in groups:
        ladders.setdefault(origin, {}).setdefault(probability, []).append(item)
    instead: dict[Hashable, int] = {}
    chances: dict[Hashable, float] = {}
    steps: list[tuple[Sound, Sound | None, float, float, list[str]]] = []
    for origin, ladder in sorted(ladders.items()):
        before, sound, given = 1.0, [], sorted(ladder.items(), reverse=True)
        for step, (probability, items) in enumerate(given):
            name = Sound(origin, step)
            sound.append(circuit.variable(name))
            chances[name] = probability / before
            instead |= dict.fromkeys(items, circuit.all(sound))
            weaker = Sound(origin, step + 1) if step + 1 < len(given) else None
            steps.append((name, weaker, before, probability, items))
            before = probability
    (root,) = circuit.put([root], instead)
    diagrams, top = build(circuit, root, {}, budget)
    probability, by_step = _single(diagrams, top, chances)
    derivative: dict[str, float] = {}
    for name, weaker, before, own, items in steps:
        # The step's own chance is own/before, and the next one's is its probability over own.
        slope = by_step.get(name, 0.0) / before
        if weaker:
            slope -= by_step.get(weaker, 0.0) * chances[weaker] / own
        derivative |= dict.fromkeys(items, slope)
    return Chance(probability, dict(sorted(derivative.items(), key=lambda pair: natural(pair[0]))))


def _single(diagrams: Diagrams, top: int, chances: Mapping[Hashable, float]) -> tuple[float, dict[Hashable, float]]:
    """The chance that a function is true, and its derivative by the chance of each variable."""
    beneath = diagrams.beneath(top)
    value, reached = {0: 0.0, 1: 1.0}, dict.fromkeys((0, 1, *beneath), 0.0)
    for node in beneath:
        p = chances[diagrams.order[diagrams.level[node]]]
        value[node] = (1 - p) * value[diagrams.low[node]] + p * value[diagrams.high[node]]
    reached[top] = 1.0
    slope: dict[Hashable, float] = {}
    for node in reversed(beneath):
        name, low, high = diagrams.order[diagrams.level[node]], diagrams.low[node], diagrams.high[node]
        p, way = chances[name], reached[node]
        slope[name] = slope.get(name, 0.0) + way * (value[high] - value[low])
        reached[high] += way * p
        reached[low] += way * (1 - p)
    return value[top], slope
