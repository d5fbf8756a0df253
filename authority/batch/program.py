"""Programs over packed words: a circuit as straight-line steps that decide sixty-four rows at a time.

A plane is a bit for each row, packed into words; a step joins planes. Slots are used again as soon as nothing needs
what is in them, so that a chunk of rows stays in the cache however large the circuit.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

import numpy
from numpy.typing import NDArray

from authority.circuit import FALSE, TRUE, Circuit

Words = NDArray[numpy.uint64]
Slots = NDArray[numpy.uint64]
_JOIN = {"all": numpy.bitwise_and, "any": numpy.bitwise_or}
_PAD = 8
"""Words between slots: rows a power of two apart fall on one another in the cache."""


class Step(NamedTuple):
    """What to put into a slot: two planes joined, or one denied. Planes are slots, or inputs counted from -1 down."""

    op: str
    into: int
    one: int
    other: int


class Program(NamedTuple):
    """Steps from named inputs to outputs. An output is a plane, or None for one that is false in every row and True for
    one that is true in every row."""

    inputs: tuple[Hashable, ...]
    steps: tuple[Step, ...]
    slots: int
    outputs: tuple[int | bool | None, ...]

    def room(self, words: int) -> Slots:
        """Slots for planes of at most so many words, in which the program may be run again and again."""
        return numpy.empty((self.slots, words + _PAD), dtype=numpy.uint64)

    def run(self, inputs: Mapping[Hashable, Words], words: int, room: Slots) -> list[Words]:
        """The output planes for inputs of so many words. They stand in the room, or are inputs, until the next run."""
        held = room[:, :words]
        planes = [*held, *(inputs[name] for name in reversed(self.inputs))]  # so that -1 is the first input
        for op, into, one, other in self.steps:
            if op == "not":
                numpy.invert(planes[one], out=planes[into])
            else:
                _JOIN[op](planes[one], planes[other], out=planes[into])
        return [self._output(planes, each, words) for each in self.outputs]

    def _output(self, planes: Sequence[Words], output: int | bool | None, words: int) -> Words:
        if output is None or output is True:
            return numpy.full(words, numpy.uint64(2**64 - 1 if output else 0))
        return planes[output]


def program(circuit: Circuit, roots: Sequence[int]) -> Program:
    """The program that gives the roots of a circuit; its inputs are those of the circuit's variables that they need."""
    nodes = circuit.beneath(*roots)
    names = tuple(circuit.names[node] for node in nodes if node in circuit.names)
    place = {node: -1 - number for number, node in enumerate(n for n in nodes if n in circuit.names)}
    last = {part: node for node in nodes for part in circuit.parts[node]} | dict.fromkeys(roots, max(nodes) + 1)
    free: list[int] = []
    steps: list[Step] = []
    slots = 0
    for node in nodes:
        op, parts = circuit.ops[node], circuit.parts[node]
        if op in ("constant", "variable"):
            continue
        if not free:
            free.append(slots)
            slots += 1
        into = free.pop()
        if op == "not":
            steps.append(Step(op, into, place[parts[0]], 0))
        else:
            first, second, *rest = parts
            steps.append(Step(op, into, place[first], place[second]))
            steps += [Step(op, into, into, place[each]) for each in rest]
        place[node] = into
        free += [place[part] for part in parts if last[part] == node and place[part] >= 0]
    constants: dict[int, bool | None] = {FALSE: None, TRUE: True}
    return Program(names, tuple(steps), slots, tuple(constants[r] if r in constants else place[r] for r in roots))
