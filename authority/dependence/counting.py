"""Power by counting: exact, from two walks of a small diagram.

The sets of each size that make a function true are the coefficients of a polynomial, and a polynomial with small
coefficients is one long number (Kronecker 1882): its value at 2 to the 64th, so that sums and products of polynomials
are those of numbers, and a shift by a word makes every set larger by one. That sets counted by size give the Shapley
values is Deutch, Frost, Kimelfeld and Monet (2022); here one walk up and one down do for all items what they do item
by item.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import cache
from math import comb
from operator import mul
from typing import NamedTuple

from authority.dependence.diagram import Diagrams

WORD = 64
"""How many bits a coefficient has."""
ITEMS = WORD - 1
"""How many items there may be: of so many, the sets of each size can be counted in one word, with a sign."""


class Power(NamedTuple):
    """An item's share in the outcome. Positive: it tells for what is asked; negative: against."""

    shapley: float
    banzhaf: float


def counted(diagrams: Diagrams, nodes: Sequence[int]) -> dict[str, Power]:
    """The Shapley and Banzhaf values of the items that a diagram asks for, no more than ``ITEMS`` of them; it is given
    by its nodes, each after those it leads to."""
    swings = swings_by_size(diagrams, nodes)
    shares, every = _shares(len(swings)), 2 ** (len(swings) - 1)
    return {name: Power(sum(map(mul, by_size, shares)), sum(by_size) / every) for name, by_size in swings.items()}


def swings_by_size(diagrams: Diagrams, nodes: Sequence[int]) -> dict[str, tuple[int, ...]]:
    """For each item that a diagram asks for: of the sets of the others, by their size from 0 up, how many make the
    function true only with it, less how many only without it."""
    level, low, high = diagrams.level, diagrams.low, diagrams.high
    levels = sorted({level[node] for node in nodes})
    count = len(levels)
    free = _free(count)
    place = {each: number for number, each in enumerate((*levels, level[0]))}
    sets, steps = {0: 0, 1: 1}, []
    for node in nodes:
        at, below, above = place[level[node]], low[node], high[node]
        free_below, free_above = free[place[level[below]] - at - 1], free[place[level[above]] - at - 1]
        without, with_it = sets[below] * free_below, sets[above] * free_above
        sets[node] = without + (with_it << WORD)
        steps.append((node, at, below, free_below, above, free_above, with_it - without))
    reached, swings = dict.fromkeys((0, 1, *nodes), 0), [0] * count
    reached[nodes[-1]] = 1
    for node, at, below, free_below, above, free_above, rise in reversed(steps):
        way = reached[node]
        swings[at] += way * rise
        if below > 1:
            reached[below] += way * free_below
        if above > 1:
            reached[above] += way * free_above << WORD
    return {str(diagrams.order[each]): _coefficients(swings[at], count) for at, each in enumerate(levels)}


@cache
def _free(count: int) -> list[int]:
    """By how many items a way through the diagram leaves out, the sets of them by size: 1 + x to that power."""
    powers = [1]
    for _ in range(count):
        powers.append(powers[-1] + (powers[-1] << WORD))
    return powers


@cache
def _shares(count: int) -> list[float]:
    """In what share of all orders of so many items a given one comes next after a given set, by the set's size."""
    return [1 / (count * comb(count - 1, size)) for size in range(count)]


def _coefficients(polynomial: int, count: int) -> tuple[int, ...]:
    """The first ``count`` coefficients of a polynomial, each in its word, of either sign."""
    # With half its range added to each, no word borrows from the next; its upper bit turned over is then its sign.
    halves = _halves(count)
    return struct.unpack(f"<{count}q", (polynomial + halves ^ halves).to_bytes(count * WORD // 8, "little"))


@cache
def _halves(count: int) -> int:
    """So many words with their upper bit set."""
    return sum(1 << WORD * number - 1 for number in range(1, count + 1))
