"""The few draws of which everything is made up; what is simplest comes first, and a failing example shrinks to it.

Drawing is most of the work of making things up, so every draw goes through one of a few strategies that are made once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from hypothesis import strategies as st

Draw = Callable[[st.SearchStrategy[Any]], Any]

UP_TO = tuple(st.integers(0, most) for most in range(256))
"""A number from 0 to the place at which the strategy stands."""


def pick(draw: Draw, options: Sequence[Any]) -> Any:
    """One of the options, or of the first 256; the first is the simplest."""
    return options[draw(UP_TO[min(len(options), len(UP_TO)) - 1])] if len(options) > 1 else options[0]


def one_in(draw: Draw, number: int) -> bool:
    """True about once in ``number`` draws, and the simpler False otherwise."""
    return draw(UP_TO[number - 1]) == number - 1


def some(draw: Draw, options: Iterable[Any], least: int, most: int) -> list[Any]:
    """From ``least`` to ``most`` of the options, in any order; all of them where there are fewer."""
    left = list(options)
    count = min(len(left), least + draw(UP_TO[most - least]))
    return [left.pop(draw(UP_TO[len(left) - 1])) for _ in range(count)]


def mixed(draw: Draw, options: Iterable[Any]) -> tuple[Any, ...]:
    """The options in another order; in the simplest case, as they are."""
    left = list(options)
    return tuple(left.pop(draw(UP_TO[len(left) - 1])) for _ in range(len(left)))


def turned(draw: Draw, options: Sequence[Any]) -> list[Any]:
    """The options from some one of them on, then those before it."""
    first = draw(UP_TO[len(options) - 1]) if len(options) > 1 else 0
    return [*options[first:], *options[:first]]
