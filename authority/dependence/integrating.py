"""Power by integrating: for any number of items, from a few walks of a diagram at many points at once.

Let every item be kept with probability t. The Banzhaf value of an item is the derivative of the chance that the
question is shown by that item's own probability, at t = 1/2; the Shapley value is its integral over all t (Owen 1972).
The integrand is a polynomial, of a degree below the number of items, so Gauss–Legendre integration is exact but for
rounding.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy

from authority.dependence.counting import Power
from authority.dependence.diagram import Diagrams

AT_ONCE = 2_000_000
"""How many numbers a walk holds at once."""


def integrated(diagrams: Diagrams, top: int) -> dict[str, Power]:
    """The Shapley and Banzhaf values of the items that a diagram asks for, of which there must be some."""
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
