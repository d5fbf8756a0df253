"""Sifting: a finished diagram made smaller by moving its variables, one at a time, to where it is smallest (Rudell
1993). Each move is by exchanges of neighbours, each exchange a few strokes over whole levels."""

from __future__ import annotations

import numpy

from authority.dependence.diagram import Diagrams

GROWTH = 1.03
"""How many times larger than the smallest a diagram may grow before a variable is moved no further that way."""
PATIENCE = 60
"""How many times over the nodes may be looked at; then no more variables are moved."""


def sifted(diagrams: Diagrams, top: int) -> tuple[Diagrams, int]:
    """The same function in an order in which it takes as few nodes as one sifting leaves, and no nodes but those. The
    uppermost variables are moved first: beneath them lies most of what they double."""
    levels = _Levels(diagrams, top)
    patience = PATIENCE * levels.size
    for variable in range(len(diagrams.order)):
        levels.settle(variable)
        if levels.looked_at > patience:
            break
    return levels.as_diagram()


class _Levels:
    """The nodes of a diagram by level, and in arrays their variables, where they lead, and how many lead to them."""

    def __init__(self, diagrams: Diagrams, top: int) -> None:
        found = diagrams.beneath(top)
        row = {0: 0, 1: 1} | {node: number for number, node in enumerate(found, start=2)}
        self.diagrams, self.top = diagrams, row[top]
        self.low = numpy.array([0, 1, *(row[diagrams.low[node]] for node in found)])
        self.high = numpy.array([0, 1, *(row[diagrams.high[node]] for node in found)])
        self.variable = numpy.array([-1, -1, *(diagrams.level[node] for node in found)])
        self.leading = numpy.bincount(numpy.concatenate((self.low[2:], self.high[2:], [self.top])), minlength=len(row))
        self.order = list(range(len(diagrams.order)))  # the variable at each level
        by_level = numpy.argsort(self.variable[2:], kind="stable") + 2
        self.nodes = numpy.split(by_level, numpy.searchsorted(self.variable[by_level], self.order[1:]))
        self.size, self.count, self.looked_at = len(found), len(row), 0

    def settle(self, variable: int) -> None:
        """Moves a variable to where the diagram is smallest: first towards the nearer end and back to the best place,
        then towards the other."""
        at, last = self.order.index(variable), len(self.order) - 1
        best = (self.size, at)
        for down in (True, False) if 2 * at > last else (False, True):
            while (at < last if down else at > 0) and self.size <= GROWTH * best[0]:
                self.exchange(at if down else at - 1)
                at += 1 if down else -1
                best = min(best, (self.size, at))
            while at != best[1]:
                back = at < best[1]
                self.exchange(at if back else at - 1)
                at += 1 if back else -1

    def exchange(self, level: int) -> None:
        """Exchanges the variables of a level and of the next. A node of the upper that leads to the lower asks the
        other variable from now on, and keeps its number, so that nothing above it need be touched."""
        upper, lower = self.order[level], self.order[level + 1]
        self.order[level], self.order[level + 1] = lower, upper
        above, below = self.nodes[level], self.nodes[level + 1]
        self.looked_at += len(above) + len(below)
        crossing = (self.variable[self.low[above]] == lower) | (self.variable[self.high[above]] == lower)
        turned, kept = above[crossing], above[~crossing]
        low, high = self.low[turned], self.high[turned]
        low_asks, high_asks = self.variable[low] == lower, self.variable[high] == lower
        # By the other variable, false and then true: where a node leads by its own.
        lows = numpy.concatenate([numpy.where(low_asks, way[low], low) for way in (self.low, self.high)])
        highs = numpy.concatenate([numpy.where(high_asks, way[high], high) for way in (self.low, self.high)])
        numpy.subtract.at(self.leading, numpy.concatenate((low, high)), 1)
        parts, made = self._made(upper, kept, lows, highs)
        numpy.add.at(self.leading, parts, 1)
        self.low[turned], self.high[turned] = parts[: len(turned)], parts[len(turned) :]
        self.variable[turned] = lower
        gone = below[self.leading[below] == 0]
        numpy.subtract.at(self.leading, numpy.concatenate((self.low[gone], self.high[gone])), 1)
        self.nodes[level] = numpy.concatenate((turned, below[self.leading[below] > 0]))
        self.nodes[level + 1] = numpy.concatenate((kept, made))
        self.size += len(made) - len(gone)

    def _made(
        self, variable: int, there: numpy.ndarray, lows: numpy.ndarray, highs: numpy.ndarray
    ) -> tuple[numpy.ndarray, numpy.ndarray]:
        """The nodes of a variable that lead so, of which some are there already; and those made for it."""
        asks = numpy.flatnonzero(lows != highs)
        keys = numpy.concatenate((self.low[there], lows[asks])) << 32
        keys |= numpy.concatenate((self.high[there], highs[asks]))
        every, which = numpy.unique(keys, return_inverse=True)
        number = numpy.full(len(every), -1)
        number[which[: len(there)]] = there
        new = numpy.flatnonzero(number < 0)
        made = numpy.arange(self.count, self.count + len(new))
        number[new] = made
        low, high = every[new] >> 32, every[new] & (1 << 32) - 1
        self._room(len(new))
        self.low[made], self.high[made], self.variable[made], self.leading[made] = low, high, variable, 0
        self.count += len(new)
        numpy.add.at(self.leading, numpy.concatenate((low, high)), 1)
        parts = lows.copy()
        parts[asks] = number[which[len(there) :]]
        return parts, made

    def _room(self, more: int) -> None:
        """Makes the arrays long enough for so many nodes more."""
        if self.count + more > len(self.low):
            self.low, self.high, self.variable, self.leading = (
                numpy.concatenate((each, numpy.zeros(len(each) + more, dtype=int)))
                for each in (self.low, self.high, self.variable, self.leading)
            )

    def as_diagram(self) -> tuple[Diagrams, int]:
        """The diagram in the order that the variables now have."""
        order = self.diagrams.order
        found = Diagrams([order[variable] for variable in self.order], self.diagrams.budget)
        row = {0: 0, 1: 1}
        low, high = self.low.tolist(), self.high.tolist()
        for level in range(len(order) - 1, -1, -1):
            for node in self.nodes[level].tolist():
                row[node] = found.node(level, row[low[node]], row[high[node]])
        return found, row[self.top]
