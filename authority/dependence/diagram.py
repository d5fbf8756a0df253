"""Decision diagrams: a function as a graph of choices in a fixed order (Bryant 1986), and the families of minimal sets
read off it (Minato 1993, Rauzy 1993).

Written for what is asked here: a few hundred variables, functions that are nearly monotone, and walks over every node.
A diagram lives in one ``Diagrams``, whose budget of nodes ends what would grow without bound.
"""

from __future__ import annotations

import heapq
import itertools
import sys
from collections.abc import Hashable, Iterator, Sequence

from authority.circuit import FALSE, TRUE, Circuit


class TooLarge(Exception):
    """A diagram outgrew its budget of nodes."""


class Nodes:
    """A store of nodes, every node once: each stands at a level and leads to two others, ``low`` and ``high``, which
    have smaller numbers and higher levels. 0 and 1 stand beneath all. TooLarge past the budget."""

    def __init__(self, last: int, budget: int) -> None:
        self.budget = budget
        self.level, self.low, self.high = [last, last], [0, 1], [0, 1]
        self._known: dict[tuple[int, int, int], int] = {}

    def made(self, level: int, low: int, high: int) -> int:
        """The node of these parts."""
        key = (level, low, high)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = len(self.level)
            if found >= self.budget:
                raise TooLarge(f"more than {self.budget:,} nodes")
            self.level.append(level)
            self.low.append(low)
            self.high.append(high)
        return found

    def beneath(self, top: int) -> list[int]:
        """The nodes from a node down, 0 and 1 left out, each after those it leads to."""
        seen, left = {top}, [top]
        while left:
            node = left.pop()
            for below in (self.low[node], self.high[node]):
                if below not in seen:
                    seen.add(below)
                    left.append(below)
        return sorted(seen - {0, 1})


class Diagrams(Nodes):
    """Ordered decision diagrams that share their nodes. A diagram is the number of its top node; 0 and 1 are constants.

    A node asks for the variable at its ``level`` in the order; ``low`` is where it leads when that is false, ``high``
    when it is true.
    """

    def __init__(self, order: Sequence[Hashable], budget: int) -> None:
        super().__init__(len(order), budget)
        self.order = tuple(order)
        self.at = {name: level for level, name in enumerate(self.order)}
        self._both: dict[tuple[int, int], int] = {}
        self._either: dict[tuple[int, int], int] = {}
        self._denied: dict[int, int] = {0: 1, 1: 0}
        # A walk goes one call deeper at each level.
        sys.setrecursionlimit(max(sys.getrecursionlimit(), 1_000 + 4 * len(order)))

    def node(self, level: int, low: int, high: int) -> int:
        """The diagram that asks at a level and goes on so."""
        return low if low == high else self.made(level, low, high)

    def both(self, one: int, other: int) -> int:
        """The conjunction."""
        return self._joined(one, other, FALSE, self._both)

    def either(self, one: int, other: int) -> int:
        """The disjunction."""
        return self._joined(one, other, TRUE, self._either)

    def _joined(self, one: int, other: int, settled: int, known: dict[tuple[int, int], int]) -> int:
        """The two joined, where either being ``settled`` settles it."""
        if one == other or other == 1 - settled:
            return one
        if one == 1 - settled:
            return other
        if one == settled or other == settled:
            return settled
        key = (one, other) if one < other else (other, one)
        found = known.get(key)
        if found is None:
            level, below = self.level[one], self.level[other]
            a_low = a_high = one
            b_low = b_high = other
            if level <= below:
                a_low, a_high = self.low[one], self.high[one]
            if below <= level:
                b_low, b_high = self.low[other], self.high[other]
            low, high = self._joined(a_low, b_low, settled, known), self._joined(a_high, b_high, settled, known)
            found = known[key] = self.node(min(level, below), low, high)
        return found

    def denied(self, one: int) -> int:
        """The negation."""
        found = self._denied.get(one)
        if found is None:
            found = self.node(self.level[one], self.denied(self.low[one]), self.denied(self.high[one]))
            self._denied[one] = found
            self._denied[found] = one
        return found

    def of(self, circuit: Circuit, root: int) -> int:
        """The diagram of a circuit's node, all of whose variables stand in the order."""
        made = {FALSE: FALSE, TRUE: TRUE}
        for node in circuit.beneath(root):
            op, parts = circuit.ops[node], circuit.parts[node]
            if op == "variable":
                made[node] = self.node(self.at[circuit.names[node]], FALSE, TRUE)
            elif op == "not":
                made[node] = self.denied(made[parts[0]])
            elif op != "constant":
                # What stands deepest is joined first: each step then touches little of what is there.
                found = sorted((made[part] for part in parts), key=lambda n: -self.level[n])
                join = self.both if op == "all" else self.either
                made[node] = found[0]
                for other in found[1:]:
                    made[node] = join(other, made[node])
        return made[root]

    def support(self, top: int) -> list[Hashable]:
        """The names of the variables that a diagram asks for, in the order."""
        return [self.order[level] for level in sorted({self.level[node] for node in self.beneath(top)})]

    def reachable(self, top: int, levels: frozenset[int]) -> int:
        """True of what makes the function true *once some of it is taken away* (made false): its least extension that
        can only be helped. At levels other than these it must be one that can only be helped already."""
        beneath = self.beneath(top)
        if levels.isdisjoint(self.level[node] for node in beneath):
            return top
        made = {FALSE: FALSE, TRUE: TRUE}
        for node in beneath:
            low, high, level = made[self.low[node]], made[self.high[node]], self.level[node]
            made[node] = self.node(level, low, self.either(low, high) if level in levels else high)
        return made[top]

    def at_false(self, top: int, levels: frozenset[int]) -> int:
        """The function with the variables at these levels made false."""
        made = {FALSE: FALSE, TRUE: TRUE}
        for node in self.beneath(top):
            low, level = made[self.low[node]], self.level[node]
            made[node] = low if level in levels else self.node(level, low, made[self.high[node]])
        return made[top]

    def somehow(self, top: int, levels: frozenset[int]) -> int:
        """True of what makes the function true for some values of the variables at these levels."""
        made = {FALSE: FALSE, TRUE: TRUE}
        for node in self.beneath(top):
            low, high = made[self.low[node]], made[self.high[node]]
            level = self.level[node]
            made[node] = self.either(low, high) if level in levels else self.node(level, low, high)
        return made[top]

    def dual(self, top: int) -> int:
        """The function that is true where this one, put to the opposite choice, is not. The minimal sets that make it
        true are the minimal sets that meet every set which makes this one true."""
        made = {FALSE: TRUE, TRUE: FALSE}
        for node in self.beneath(top):
            made[node] = self.node(self.level[node], made[self.high[node]], made[self.low[node]])
        return made[top]


class Families(Nodes):
    """Families of sets, sharing their nodes: zero-suppressed diagrams. 0 is no set at all, 1 the empty set alone; a
    node holds the sets of ``low``, and those of ``high`` with its variable added."""

    def __init__(self, diagrams: Diagrams) -> None:
        super().__init__(len(diagrams.order), diagrams.budget)
        self.diagrams = diagrams
        self._without: dict[tuple[int, int], int] = {}
        self._minimal: dict[int, int] = {FALSE: 0, TRUE: 1}

    def node(self, level: int, low: int, high: int) -> int:
        """The family of the sets of ``low`` and, with the variable at the level added, those of ``high``."""
        return low if high == 0 else self.made(level, low, high)

    def minimal(self, top: int) -> int:
        """The minimal sets that make a function true, one that can only be helped by more (Rauzy 1993)."""
        diagrams = self.diagrams
        for node in diagrams.beneath(top):
            if node not in self._minimal:
                low, high = diagrams.low[node], diagrams.high[node]
                more = self.without(self._minimal[high], low)
                self._minimal[node] = self.node(diagrams.level[node], self._minimal[low], more)
        return self._minimal[top]

    def without(self, family: int, function: int) -> int:
        """The sets of a family that do not make a function true, one that can only be helped by more."""
        if family == 0 or function == TRUE:
            return 0
        if family == 1 or function == FALSE:
            return family
        key = (family, function)
        found = self._without.get(key)
        if found is None:
            diagrams = self.diagrams
            a, b = self.level[family], diagrams.level[function]
            if a == b:
                low = self.without(self.low[family], diagrams.low[function])
                found = self.node(a, low, self.without(self.high[family], diagrams.high[function]))
            elif a < b:
                low = self.without(self.low[family], function)
                found = self.node(a, low, self.without(self.high[family], function))
            else:
                found = self.without(family, diagrams.low[function])
            self._without[key] = found
        return found

    def count(self, top: int) -> int:
        """How many sets there are."""
        many = {0: 0, 1: 1}
        for node in self.beneath(top):
            many[node] = many[self.low[node]] + many[self.high[node]]
        return many[top]

    def smallest(self, top: int) -> Iterator[tuple[Hashable, ...]]:
        """The sets, smaller ones first."""
        least: dict[int, float] = {0: float("inf"), 1: 0}
        for node in self.beneath(top):
            least[node] = min(least[self.low[node]], 1 + least[self.high[node]])
        ticket = itertools.count()
        waiting: list[tuple[float, int, int, tuple[int, ...]]] = [(least[top], next(ticket), top, ())] if top else []
        while waiting:
            size, _, node, chosen = heapq.heappop(waiting)
            while node > 1:
                low, high = self.low[node], self.high[node]
                with_it, without_it = len(chosen) + 1 + least[high], len(chosen) + least[low]
                if without_it <= size:
                    if with_it < float("inf"):
                        entry = (with_it, next(ticket), high, (*chosen, self.level[node]))
                        heapq.heappush(waiting, entry)
                    node = low
                else:
                    if without_it < float("inf"):
                        heapq.heappush(waiting, (without_it, next(ticket), low, chosen))
                    chosen, node = (*chosen, self.level[node]), high
            if node == 1:
                yield tuple(self.diagrams.order[level] for level in chosen)
