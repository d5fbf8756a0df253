"""Decision diagrams: a function as a graph of choices in a fixed order (Bryant 1986), and the families of minimal sets
read off it (Minato 1993, Coudert and Madre 1992).

Written for what is asked here: a few hundred variables, functions that are nearly monotone, and walks over every node.
A diagram lives in one ``Diagrams``, whose budget of nodes ends what would grow without bound.
"""

from __future__ import annotations

import sys
from collections.abc import Hashable, Iterator, Mapping, Sequence

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
            found = len(self.level)
            if found >= self.budget:
                raise TooLarge(f"more than {self.budget:,} nodes")
            self._known[key] = found
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
        """The two joined, where either being ``settled`` settles it. Most of all time is spent here, so nothing is
        called that need not be."""
        if one > other:
            one, other = other, one
        if one < 2 or one == other:
            return one if one in (settled, other) else other
        found = known.get((one, other))
        if found is None:
            level, below = self.level[one], self.level[other]
            a_low = a_high = one
            b_low = b_high = other
            if level <= below:
                a_low, a_high = self.low[one], self.high[one]
            if below <= level:
                b_low, b_high = self.low[other], self.high[other]
            low, high = self._joined(a_low, b_low, settled, known), self._joined(a_high, b_high, settled, known)
            found = low if low == high else self.made(level if level < below else below, low, high)
            known[one, other] = found
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
        beneath = self.beneath(top)
        if levels.isdisjoint(self.level[node] for node in beneath):
            return top
        made = {FALSE: FALSE, TRUE: TRUE}
        for node in beneath:
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


class Families(Nodes):
    """Families of sets, sharing their nodes: zero-suppressed diagrams. 0 is no set at all, 1 the empty set alone; a
    node holds the sets of ``low``, and those of ``high`` with its variable added."""

    def __init__(self, diagrams: Diagrams) -> None:
        super().__init__(len(diagrams.order), diagrams.budget)
        self.diagrams = diagrams
        self._without: dict[tuple[int, int], int] = {}
        self._minimal: dict[int, int] = {FALSE: 0, TRUE: 1}
        self._meeting: dict[int, int] = {FALSE: 1, TRUE: 0}

    def node(self, level: int, low: int, high: int) -> int:
        """The family of the sets of ``low`` and, with the variable at the level added, those of ``high``."""
        return low if high == 0 else self.made(level, low, high)

    def minimal(self, top: int) -> int:
        """The minimal sets that make a function true, one that can only be helped by more.

        With its first variable such a function is true wherever it is without, so that the sets minimal with it which
        do not need it are minimal without it too: what is left is a difference of families (Coudert and Madre 1992).
        """
        low, high = self.diagrams.low, self.diagrams.high
        return self._walked(top, self._minimal, low, high)

    def meeting(self, top: int) -> int:
        """The minimal sets that meet every set which makes such a function true: the minimal sets of its dual, which is
        true where the function, put to the opposite choice, is not. Its diagram is the same with the ways exchanged."""
        low, high = self.diagrams.low, self.diagrams.high
        return self._walked(top, self._meeting, high, low)

    def _walked(self, top: int, found: dict[int, int], without: Sequence[int], with_it: Sequence[int]) -> int:
        for node in self.diagrams.beneath(top):
            if node not in found:
                less, more = found[without[node]], found[with_it[node]]
                found[node] = self.node(self.diagrams.level[node], less, self.without(more, less))
        return found[top]

    def without(self, family: int, other: int) -> int:
        """The sets of a family that are not in another."""
        if other > 1:
            level = self.level[family]
            while self.level[other] < level:  # a variable in none of the sets
                other = self.low[other]
        if other == 0 or family == 0:
            return family
        if family == other:
            return 0
        found = self._without.get((family, other))
        if found is None:
            level, low, high = self.level[family], self.low[family], self.high[family]
            if level == self.level[other]:
                low, high = self.without(low, self.low[other]), self.without(high, self.high[other])
            else:
                low = self.without(low, other)
            found = self._without[family, other] = self.node(level, low, high)
        return found

    def count(self, top: int) -> int:
        """How many sets there are."""
        many = {0: 0, 1: 1}
        for node in self.beneath(top):
            many[node] = many[self.low[node]] + many[self.high[node]]
        return many[top]

    def smallest(self, top: int) -> Iterator[tuple[Hashable, ...]]:
        """The sets, smaller ones first."""
        sizes = {0: 0, 1: 1}  # which sizes the sets of a node have: a bit to each
        for node in self.beneath(top):
            sizes[node] = sizes[self.low[node]] | sizes[self.high[node]] << 1
        for size in range(sizes[top].bit_length()):
            if sizes[top] >> size & 1:
                yield from self._of_size(size, top, sizes)

    def _of_size(self, size: int, top: int, sizes: Mapping[int, int]) -> Iterator[tuple[Hashable, ...]]:
        """The sets of one size. Only such ways down are taken as come to it, and none is gone twice."""
        order, level, low, high = self.diagrams.order, self.level, self.low, self.high
        chosen: list[Hashable] = []
        waiting = [(top, size, 0)]
        while waiting:
            node, left, many = waiting.pop()
            del chosen[many:]
            while node > 1:
                with_it, without_it = high[node], low[node]
                if left and sizes[with_it] >> left - 1 & 1:
                    if sizes[without_it] >> left & 1:
                        waiting.append((without_it, left, len(chosen)))
                    chosen.append(order[level[node]])
                    node, left = with_it, left - 1
                else:
                    node = without_it
            yield tuple(chosen)
