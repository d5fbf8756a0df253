"""Power and probability: one walk up and one down a decision diagram give them for every item at once.

The power of few items is counted (``counting``), that of many integrated (``integrating``).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from authority.circuit import Circuit
from authority.dependence.building import build
from authority.dependence.counting import ITEMS, Power, counted
from authority.dependence.diagram import Diagrams
from authority.vocabulary import natural

FEW = 1_000
"""Up to how many nodes counting is quicker than integrating, whatever the number of items that it can count."""


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
    from authority.dependence.integrating import integrated  # only here, since NumPy takes longer to open than to count

    return integrated(diagrams, top)


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
