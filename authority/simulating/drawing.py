"""Drawing: what is not certain, drawn for many draws at once as planes of packed words.

The draws come from the raw 64-bit words of PCG64 (O'Neill 2014), which NumPy keeps the same from version to version
(NEP 19), and not from its distributions, which it does not. Everything that is drawn by itself has a stream of its own,
seeded by the seed and its name: so that the same seed gives the same draws of an origin whatever else is in the record,
and two records, two readings or two tables are compared on the same draws.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple

import numpy
from numpy.random import PCG64, SeedSequence

from authority.batch.program import Words

WHOLE = 2**64


class Within(NamedTuple):
    """The event that a stream's number, uniform from 0 to 1, lies at ``low`` or above and below ``high``."""

    stream: tuple[str, str]
    low: float
    high: float


class Sound(NamedTuple):
    """The event that an item is sound: the event of its graded level, unless it stands a level away, and then that of
    the level where it stands."""

    graded: Within
    moved: tuple[tuple[Within, Within], ...] = ()
    """For each step away from its grade: the event of the step, and the event of the level there."""


Event = Within | Sound


class Draws:
    """The draws of some events, one stretch after another."""

    def __init__(self, seed: int, events: Iterable[Event]) -> None:
        self.by_stream: dict[tuple[str, str], dict[Within, None]] = {}
        for event in events:
            for part in _parts(event):
                self.by_stream.setdefault(part.stream, {})[part] = None
        self.streams = {name: _stream(seed, name) for name in sorted(self.by_stream)}

    def stretch(self, rows: int) -> Mapping[Within, Words]:
        """The next so many draws of every simple event."""
        found: dict[Within, Words] = {}
        for name, stream in self.streams.items():
            numbers = stream.random_raw(rows)
            found |= {event: _packed(_within(numbers, event)) for event in self.by_stream[name]}
        return found


def plane(event: Event, drawn: Mapping[Within, Words]) -> Words:
    """When an event holds, in a stretch of draws."""
    if isinstance(event, Within):
        return drawn[event]
    here, there = drawn[event.graded], numpy.zeros_like(drawn[event.graded])
    for step, level in event.moved:
        here = here & ~drawn[step]
        there |= drawn[step] & drawn[level]
    return here | there


def inputs(events: Mapping[Hashable, Event], drawn: Mapping[Within, Words]) -> dict[Hashable, Words]:
    """The planes of some variables."""
    return {name: plane(event, drawn) for name, event in events.items()}


def every(rows: int) -> Words:
    """The plane of what always holds, in so many draws."""
    return _packed(numpy.ones(rows, dtype=bool))


def count(words: Words) -> int:
    """In how many draws something holds."""
    return int(numpy.bitwise_count(words).sum())


def _parts(event: Event) -> Iterable[Within]:
    return (event,) if isinstance(event, Within) else (event.graded, *(each for pair in event.moved for each in pair))


def _stream(seed: int, name: tuple[str, str]) -> PCG64:
    words = struct.unpack("<8I", hashlib.sha256("\n".join(name).encode()).digest())
    return PCG64(SeedSequence([seed, *words]))


def _within(numbers: numpy.ndarray, event: Within) -> numpy.ndarray:
    low, high = (min(int(bound * WHOLE), WHOLE) for bound in (event.low, event.high))
    if low == WHOLE:
        return numpy.zeros(len(numbers), dtype=bool)
    above = numbers >= numpy.uint64(low) if low else numpy.ones(len(numbers), dtype=bool)
    return above if high == WHOLE else above & (numbers < numpy.uint64(high))


def _packed(flags: numpy.ndarray) -> Words:
    packed = numpy.packbits(flags, bitorder="little")
    held = numpy.zeros(8 * -(-len(flags) // 64), dtype=numpy.uint8)
    held[: len(packed)] = packed
    return held.view(numpy.uint64)
