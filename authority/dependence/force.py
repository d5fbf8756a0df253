"""FORCE: an order of variables in which what belongs together stands close (Aloul, Markov and Sakallah 2003)."""

from __future__ import annotations

from collections.abc import Hashable

import numpy

from authority.circuit import Circuit

ROUNDS = 60


class Force:
    """Draws the variables of a circuit's node together; each gate is an edge among itself and its parts."""

    def __init__(self, circuit: Circuit, root: int) -> None:
        nodes = circuit.beneath(root)
        row = {node: number for number, node in enumerate(nodes)}
        edges = [[row[node], *(row[p] for p in circuit.parts[node])] for node in nodes if circuit.parts[node]]
        self.gates = edges
        self.row_of = {circuit.names[node]: row[node] for node in nodes if node in circuit.names}
        self.member = numpy.array([m for edge in edges for m in edge], dtype=int)
        self.edge = numpy.repeat(numpy.arange(len(edges)), [len(edge) for edge in edges])
        self.begins = numpy.flatnonzero(numpy.diff(self.edge, prepend=-1))
        self.size = numpy.bincount(self.edge)
        self.weight = numpy.maximum(numpy.bincount(self.member, minlength=len(nodes)), 1)

    def drawn(self, order: list[Hashable]) -> tuple[float, list[Hashable]]:
        """How far apart what belongs together stands at the end, all told, and the order: each node has been moved to
        the middle of its neighbours, again and again, as long as that brought them closer."""
        place = numpy.zeros(len(self.weight))
        for number, name in enumerate(order):
            place[self.row_of[name]] = number
        for gate, *parts in self.gates:  # parts come before what is made of them
            place[gate] = place[parts].mean()
        best: tuple[float, list[Hashable]] = float("inf"), order
        for _ in range(ROUNDS):
            at = numpy.empty(len(place))
            at[numpy.argsort(place, kind="stable")] = numpy.arange(len(place))
            places = at[self.member]
            spans = numpy.maximum.reduceat(places, self.begins) - numpy.minimum.reduceat(places, self.begins)
            span = float(spans.sum())
            if span >= best[0]:
                break
            best = span, sorted(self.row_of, key=lambda name: at[self.row_of[name]])
            centre = numpy.bincount(self.edge, weights=places) / self.size
            place = numpy.bincount(self.member, weights=centre[self.edge], minlength=len(place)) / self.weight
        return best
