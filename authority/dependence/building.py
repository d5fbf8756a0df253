"""Building a diagram: the order of the variables decides how large it grows, so several are tried."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from authority.circuit import Circuit
from authority.dependence.diagram import Diagrams, TooLarge

if TYPE_CHECKING:
    from authority.dependence.force import Force

SMALL = 20_000
"""How many nodes a diagram may take before another order is tried."""
STARTS = 6
"""How many orders FORCE is begun from."""
FEW = 120
"""How many variables can be brought together by FORCE from any start, or sifted."""


def build(circuit: Circuit, root: int, first: Mapping[Hashable, float], budget: int) -> tuple[Diagrams, int]:
    """The diagram of a circuit's node, in an order found good enough: the first that comes to mind if the diagram stays
    small in it, else the best of several. ``first`` weighs variables: the heavier stand before the lighter where
    nothing else decides. TooLarge where no order keeps within the budget."""
    orders = Orders(circuit, root, first)
    for limit, order in orders.tries(budget):
        diagrams = Diagrams(order, limit)
        try:
            top = diagrams.of(circuit, root)
        except TooLarge:
            continue
        diagrams.budget = budget
        return diagrams, top
    raise TooLarge(f"more than {budget:,} nodes")


class Orders:
    """Orders of a node's variables worth trying."""

    def __init__(self, circuit: Circuit, root: int, first: Mapping[Hashable, float]) -> None:
        self.circuit, self.root = circuit, root
        self.begin = by_middles(circuit, root, depth_first(circuit, root, first))

    def tries(self, budget: int) -> Iterator[tuple[int, list[Hashable]]]:
        """Each order with the nodes that it may take, the likeliest first: depth-first, the same from the other end,
        and what FORCE makes of the first; then that first and FORCE's with all nodes (the other end is now and then far
        worse); then, for few variables, the best of what FORCE makes of other starts."""
        yield min(SMALL, budget), self.begin
        if budget > SMALL:
            other = by_middles(self.circuit, self.root, last_first(self.circuit, self.root))
            yield SMALL, other
            _, drawn = self.drawn(self.begin)
            yield SMALL, drawn
            yield budget, self.begin
            yield budget, drawn
            if len(self.begin) <= FEW:
                yield budget, min(map(self.drawn, self.strewn()), key=lambda pair: pair[0])[1]

    def strewn(self) -> Iterator[list[Hashable]]:
        """Other starts: the depth-first order well shuffled, in the same ways each time (a linear congruence)."""
        for start in range(1, STARTS):
            state, keyed = start * 2_654_435_761 % 2**32, []
            for name in self.begin:
                state = (state * 1_664_525 + 1_013_904_223) % 2**32
                keyed.append((state, name))
            yield [name for _, name in sorted(keyed, key=lambda pair: pair[0])]

    def drawn(self, start: list[Hashable]) -> tuple[float, list[Hashable]]:
        """What FORCE makes of an order, and how far apart what belongs together then stands, all told."""
        return self._force.drawn(start)

    @cached_property
    def _force(self) -> Force:
        from authority.dependence.force import Force

        return Force(self.circuit, self.root)


def depth_first(circuit: Circuit, root: int, first: Mapping[Hashable, float]) -> list[Hashable]:
    """The variables as a walk from the root down comes upon them; among the parts of a node, variables before others
    and the heavier in ``first`` before the lighter."""

    def key(part: int) -> tuple[bool, float, int]:
        name = circuit.names.get(part)
        return name is None, -first.get(name, 0) if name is not None else 0, part

    return _walked(circuit, root, key)


def last_first(circuit: Circuit, root: int) -> list[Hashable]:
    """The variables as a walk from the root down comes upon them that takes the parts of a node made last first."""
    return _walked(circuit, root, lambda part: -part)


def by_middles(circuit: Circuit, root: int, order: Sequence[Hashable]) -> list[Hashable]:
    """The variables as another such walk comes upon them that takes the parts of a node by where, in the order given,
    the middle of what they are made of stands: parts that share variables then stand side by side (the barycentre
    method of Sugiyama, Tagawa and Toda 1981, kept within the walk)."""
    place = {name: float(number) for number, name in enumerate(order)}
    middle: dict[int, float] = {}
    for node in circuit.beneath(root):
        parts = circuit.parts[node]
        middle[node] = sum(middle[p] for p in parts) / len(parts) if parts else place.get(circuit.names.get(node), 0)
    return _walked(circuit, root, middle.__getitem__)


def _walked(circuit: Circuit, root: int, key: Callable[[int], Any]) -> list[Hashable]:
    """The variables as a walk from the root down comes upon them, the parts of a node in the order of their keys."""
    found: dict[Hashable, None] = {}
    seen: set[int] = set()
    left = [root]
    while left:
        node = left.pop()
        if node not in seen:
            seen.add(node)
            if node in circuit.names:
                found[circuit.names[node]] = None
            left += sorted(circuit.parts[node], key=key, reverse=True)
    return list(found)
