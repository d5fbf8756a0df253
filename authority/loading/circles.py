"""Circles in what needs what: rules through their conclusions, items of evidence through their attacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from authority import limits


def circles(below: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The circles in a graph, as names that begin and end with the one of them that ``below`` lists first.

    A step of each circle found is taken out before the next is looked for; after fifty of them none is.
    """
    graph = {name: list(dict.fromkeys(others)) for name, others in below.items()}
    rank = {name: i for i, name in enumerate(graph)}
    found: list[list[str]] = []
    while len(found) < limits.CIRCLES:
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            loop = error.args[1][-1:0:-1]  # graphlib puts what is needed first; here each needs the next
            first = min(range(len(loop)), key=lambda i: rank[loop[i]])
            loop = [*loop[first:], *loop[:first]]
            found.append([*loop, loop[0]])
            graph[loop[-1]].remove(loop[0])
        else:
            break
    return found


def deeper(below: Mapping[str, Iterable[str]], most: int) -> bool:
    """Whether more than so many of the names that ``below`` lists stand beneath one another."""
    left = {name: {each for each in others if each in below} for name, others in below.items()}
    for _ in range(most):
        lowest = {name for name, others in left.items() if not others}
        left = {name: others - lowest for name, others in left.items() if others}
    return bool(left)
