"""A tidy tree: where boxes of different heights stand, column by column, so that none meets another.

After Reingold and Tilford, "Tidier Drawings of Trees", IEEE Transactions on Software Engineering SE-7 (1981) 223-228:
the subtrees of a box are laid out by themselves and pushed together until their contours all but touch; the box stands
before the middle of them. Here the tree grows to the right, every column is of one width, and a contour is the highest
and the lowest edge in each column, so that boxes may be as high as they need.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Node:
    """A box: its height, and its children with the height in the box from which the line to each sets out."""

    what: Any
    height: float
    children: list[Node] = field(default_factory=list)
    ports: list[float] = field(default_factory=list)
    top: float = 0.0
    column: int = 0


Contour = list[tuple[float, float]]


def lay_out(roots: Sequence[Node], gap: float) -> float:
    """Gives every box its column and its top, the uppermost at 0, and returns the height of the whole."""
    contour = _stack(roots, gap)
    highest = min((top for top, _ in contour), default=0.0)
    for root in roots:
        _settle(root, root.top - highest, 0)
    return max((bottom for _, bottom in contour), default=0.0) - highest


def _stack(nodes: Sequence[Node], gap: float) -> Contour:
    """Puts subtrees beneath each other, as close as their contours allow; each top is left relative to the first."""
    contour: Contour = []
    for node in nodes:
        mine = _place(node, gap)
        shift = max((low + gap - high for (_, low), (high, _) in zip(contour, mine, strict=False)), default=0.0)
        node.top += shift
        mine = [(high + shift, low + shift) for high, low in mine]
        both = [(min(a[0], b[0]), b[1]) for a, b in zip(contour, mine, strict=False)]
        contour = [*both, *contour[len(mine) :], *mine[len(contour) :]]
    return contour


def _place(node: Node, gap: float) -> Contour:
    """Lays out the subtree of a box whose top is at 0; its children's tops are relative to it."""
    below = _stack(node.children, gap)
    middles = [child.top + child.height / 2 for child in node.children]
    shift = sum(node.ports) / len(middles) - sum(middles) / len(middles) if middles else 0.0
    # A reader begins at the top: a box stands above the middle of what lies beyond it rather than below.
    shift = shift if shift > 0 else shift / 2
    for child in node.children:
        child.top += shift
    node.top = 0.0
    return [(0.0, node.height), *((high + shift, low + shift) for high, low in below)]


def _settle(node: Node, top: float, column: int) -> None:
    node.top, node.column = top, column
    for child in node.children:
        _settle(child, top + child.top, column + 1)


def every(roots: Sequence[Node]) -> list[Node]:
    """All boxes, each before its children, from the top."""
    return [node for root in roots for node in (root, *every(root.children))]
