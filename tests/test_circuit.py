"""Circuits: what they say, under every assignment, is what the plainest reading of their parts says."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from authority.circuit import FALSE, TRUE, Circuit

NAMES = "abcde"
Draw = Callable[[st.SearchStrategy[Any]], Any]


@st.composite
def circuits(draw: Draw) -> tuple[Circuit, int]:
    """A circuit over five variables, and its last node."""
    circuit = Circuit()
    nodes = [FALSE, TRUE, *(circuit.variable(name) for name in NAMES)]
    for _ in range(draw(st.integers(1, 12))):
        parts = draw(st.lists(st.sampled_from(nodes), min_size=1, max_size=4))
        made = (circuit.all(parts), circuit.any(parts), circuit.no(parts[0]), circuit.at_least(2, parts))
        nodes.append(made[draw(st.integers(0, 3))])
    return circuit, nodes[-1]


def every() -> Iterator[dict[Any, int]]:
    """Every assignment to the variables."""
    return (dict(zip(NAMES, bits, strict=True)) for bits in itertools.product((0, 1), repeat=len(NAMES)))


def plainly(circuit: Circuit, node: int, values: Mapping[Any, int]) -> int:
    """A node's value, worked out part by part."""
    op, parts = circuit.ops[node], [plainly(circuit, part, values) for part in circuit.parts[node]]
    if op == "variable":
        return values[circuit.names[node]]
    return {"constant": node, "not": int(not any(parts)), "all": int(all(parts)), "any": int(any(parts))}[op]


@given(circuits())
def test_words_say_of_every_case_at_once_what_is_said_of_each(made: tuple[Circuit, int]) -> None:
    """A value may be a word of many cases; each bit is that case's value."""
    circuit, root = made
    cases = list(every())
    words: dict[Any, int] = {name: sum(case[name] << bit for bit, case in enumerate(cases)) for name in NAMES}
    (word,) = circuit.evaluate([root], words, (1 << len(cases)) - 1)
    assert [word >> bit & 1 for bit in range(len(cases))] == [plainly(circuit, root, case) for case in cases]
    assert [circuit.evaluate([root], case) for case in cases] == [[plainly(circuit, root, case)] for case in cases]


@given(circuits())
def test_what_is_put_in_place_of_a_variable_is_read_in_its_place(made: tuple[Circuit, int]) -> None:
    """With a node put for "a", the root says what it said with "a" having that node's value."""
    circuit, root = made
    instead = circuit.any((circuit.variable("b"), circuit.no(circuit.variable("c"))))
    (after,) = circuit.put([root], {"a": instead})
    for case in every():
        there = case | {"a": plainly(circuit, instead, case)}
        assert plainly(circuit, after, case) == plainly(circuit, root, there)


@given(circuits())
def test_a_variable_that_leans_one_way_only_never_pushes_the_other(made: tuple[Circuit, int]) -> None:
    """One that enters only as it stands can only help; one that enters only denied can only harm."""
    circuit, root = made
    ways = circuit.leanings(root)
    assert set(ways) == set(circuit.support(root)) <= set(NAMES)
    for name, way in ways.items():
        for case in every():
            off, on = (plainly(circuit, root, case | {name: value}) for value in (0, 1))
            assert len(way) == 2 or (off <= on if True in way else off >= on)


@given(circuits())
def test_the_clauses_hold_exactly_for_what_makes_the_root_true(made: tuple[Circuit, int]) -> None:
    """Each node has the value that the variables give it, and then every clause holds just if the root is true."""
    circuit, root = made
    clauses, number = circuit.clauses(root)
    assert set(number) == set(circuit.support(root))
    for case in every():
        value = {node: plainly(circuit, node, case) for node in range(len(circuit.ops))}
        held = all(any(value[abs(literal)] == (literal > 0) for literal in clause) for clause in clauses)
        assert held == bool(value[root])


@given(st.lists(st.booleans(), max_size=7), st.integers(0, 8))
def test_at_least_counts_its_parts(bits: list[bool], count: int) -> None:
    """True just if so many of the parts are."""
    circuit = Circuit()
    node = circuit.at_least(count, [circuit.variable(place) for place in range(len(bits))])
    (value,) = circuit.evaluate([node], dict(enumerate(map(int, bits))))
    assert bool(value) == (sum(bits) >= count)


def test_equal_parts_are_one_node() -> None:
    """Whatever order and however often they are given; what contradicts itself is a constant."""
    circuit = Circuit()
    a, b = circuit.variable("a"), circuit.variable("b")
    assert circuit.all((a, b)) == circuit.all((b, a, b)) and circuit.variable("a") == a
    assert circuit.all((a, circuit.no(a))) == FALSE and circuit.any((a, circuit.no(a), b)) == TRUE
    assert circuit.no(circuit.no(a)) == a and circuit.all(()) == TRUE and circuit.any(()) == FALSE
