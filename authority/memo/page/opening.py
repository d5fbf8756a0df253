"""A question with its record, its reading and the positions left open: the issue tree, and when each part of it stands.

The grades and the proof standard need not be opened: what the tree holds does not depend on them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from authority.circuit import FALSE, TRUE, Circuit
from authority.facts import Evidence, FactPattern
from authority.issues import IssueTree, spot_open
from authority.law import Reading, Stance
from authority.memo.page.parts import Node
from authority.vocabulary import Proposition
from authority.weighing import barred


class Kept(NamedTuple):
    """That an exhibit is kept."""

    exhibit: str


class Chosen(NamedTuple):
    """That a reading is chosen."""

    reading: str


class Opened(NamedTuple):
    """The tree, and the circuit that its conditions are nodes of: variables are Kept, Chosen and Stance."""

    tree: IssueTree
    circuit: Circuit

    @property
    def conditions(self) -> tuple[int, ...]:
        """The nodes that the tree speaks of, the constants first."""
        uses = [use for issue in self.tree.issues for use in issue.applications]
        roots = {FALSE, TRUE, *(when for use in uses for when in (use.law, *use.named, *use.raised))}
        return tuple(self.circuit.beneath(*roots))


def open_question(case: FactPattern, question: Proposition, readings: Sequence[Reading]) -> Opened:
    """The question opened. Raises EngineError where the parties and rules make more than 50,000 applications."""
    circuit = Circuit()

    def taken(stance: Stance) -> int:
        return circuit.variable(stance)

    def admitted(item: Evidence) -> int:
        return circuit.all([circuit.variable(Kept(item.id)), *map(taken, item.under)])

    recorded: dict[Proposition, int] = {}
    for item in case.evidence:
        for fact in item.bears_on if not barred(case, item) else ():
            recorded[fact] = circuit.any((recorded.get(fact, FALSE), admitted(item)))
    chosen = [(reading, circuit.variable(Chosen(reading.id))) for reading in readings]
    return Opened(spot_open(case, chosen, question, recorded, case.law_day, circuit, taken), circuit)


def as_nodes(opened: Opened, places: Mapping[Hashable, tuple[int, ...]]) -> tuple[dict[int, int], tuple[Node, ...]]:
    """The conditions as data, each behind what it is joined of, and where each node of the circuit stands among them.

    ``places`` says where what a variable speaks of stands in the page's lists.
    """
    place: dict[int, int] = {}
    nodes: list[Node] = []
    for node in opened.conditions:
        place[node] = len(nodes)
        nodes.append(_as_node(opened.circuit, node, place, places))
    return place, tuple(nodes)


def _as_node(
    circuit: Circuit, node: int, place: Mapping[int, int], places: Mapping[Hashable, tuple[int, ...]]
) -> Node:
    op = circuit.ops[node]
    if op == "constant":  # the false one is any of nothing, the true one all of nothing
        return ("any",) if node == FALSE else ("all",)
    if op == "variable":
        name = circuit.names[node]
        return (_speaks_of(name), *places[name])
    return (op, *(place[part] for part in circuit.parts[node]))


def _speaks_of(name: Hashable) -> str:
    return "item" if isinstance(name, Kept) else "reading" if isinstance(name, Chosen) else "position"


def disputed(opened: Opened, evidence: Iterable[Evidence]) -> frozenset[str]:
    """The disputes on which anything turns: a rule of the tree, whom it names, or the admission of an exhibit."""
    named = (opened.circuit.names.get(node) for node in opened.conditions)
    stances = [*(n for n in named if isinstance(n, Stance)), *(s for item in evidence for s in item.under)]
    return frozenset(stance.dispute for stance in stances)
