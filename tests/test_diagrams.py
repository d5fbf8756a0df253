"""Decision diagrams and what is read off them, held against tables of every function of three variables."""

from __future__ import annotations

import itertools
import math
import sys
from collections.abc import Iterable, Iterator

import pytest

from authority.circuit import FALSE, TRUE, Circuit
from authority.dependence.diagram import Diagrams, Families, Nodes, TooLarge

ORDER = ("a", "b", "c")
EVERY = range(8)
"""The sets of three variables, each a number with a bit for each variable, the first the lowest."""
FUNCTIONS = range(256)
"""The functions of three variables, each a number with a bit for each set that makes it true."""
BUDGET = 10_000


def names(chosen: int) -> frozenset[str]:
    return frozenset(name for bit, name in enumerate(ORDER) if chosen >> bit & 1)


def inside(chosen: int) -> Iterator[int]:
    """The subsets of a set, itself among them."""
    return (part for part in EVERY if part & chosen == part)


def true_of(table: int) -> list[int]:
    return [chosen for chosen in EVERY if table >> chosen & 1]


def upwards(table: int) -> int:
    """The least function above that more can only help."""
    return sum(1 << chosen for chosen in EVERY if any(table >> part & 1 for part in inside(chosen)))


UPWARDS = sorted({upwards(table) for table in FUNCTIONS})
"""The functions that more can only help: twenty of three variables."""


def diagram(diagrams: Diagrams, table: int, level: int = 0, chosen: int = 0) -> int:
    """The diagram of a function, asked for one variable after the other."""
    if level == len(ORDER):
        return table >> chosen & 1
    low, high = (diagram(diagrams, table, level + 1, chosen | bit << level) for bit in (0, 1))
    return diagrams.node(level, low, high)


def table_of(diagrams: Diagrams, top: int) -> int:
    """The function of a diagram, gone through once for each set."""
    found = 0
    for chosen in EVERY:
        node = top
        while node > 1:
            node = diagrams.high[node] if chosen >> diagrams.level[node] & 1 else diagrams.low[node]
        found |= node << chosen
    return found


@pytest.fixture(scope="module")
def made() -> tuple[Diagrams, dict[int, int]]:
    """All functions in one store, by their tables."""
    diagrams = Diagrams(ORDER, BUDGET)
    return diagrams, {table: diagram(diagrams, table) for table in FUNCTIONS}


def minimal(table: int) -> set[frozenset[str]]:
    """The minimal sets that make a function true."""
    found = true_of(table)
    return {names(one) for one in found if not any(other != one and other & one == other for other in found)}


def as_sets(families: Families, family: int) -> set[frozenset[str]]:
    listed = [frozenset(map(str, each)) for each in families.smallest(family)]
    assert len(set(listed)) == len(listed)
    return set(listed)


# ── Nodes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_node_is_stored_once_and_the_budget_is_the_last_that_fits() -> None:
    """The same parts, the same number; one node past the budget is too large, however often it is asked for."""
    nodes = Nodes(3, 4)
    one = nodes.made(2, 0, 1)
    assert one == 2 == nodes.made(2, 0, 1) and nodes.made(1, 0, one) == 3
    assert (nodes.level, nodes.low, nodes.high) == ([3, 3, 2, 1], [0, 1, 0, 0], [0, 1, 1, 2])
    for _ in range(2):
        with pytest.raises(TooLarge, match="more than 4 nodes"):
            nodes.made(0, 0, one)
    assert nodes.beneath(3) == [2, 3] and nodes.beneath(2) == [2] and nodes.beneath(1) == nodes.beneath(0) == []


def test_the_nodes_beneath_come_each_after_those_it_leads_to(made: tuple[Diagrams, dict[int, int]]) -> None:
    """And which stand lower; and none that it does not lead to."""
    diagrams, tops = made
    for top in tops.values():
        beneath = diagrams.beneath(top)
        assert all(diagrams.low[node] < node > diagrams.high[node] for node in beneath)
        level = diagrams.level
        assert all(level[diagrams.low[node]] > level[node] < level[diagrams.high[node]] for node in beneath)
        reached = {top} | {way[node] for node in beneath for way in (diagrams.low, diagrams.high)}
        assert set(beneath) == reached - {0, 1}


def test_a_walk_as_deep_as_the_order_is_long_is_possible() -> None:
    """And what was possible before stays so."""
    before = sys.getrecursionlimit()
    try:
        sys.setrecursionlimit(1_200)
        many = range(2_000)
        diagrams = Diagrams(many, 100_000)
        assert sys.getrecursionlimit() == 9_000
        circuit = Circuit()
        root = circuit.any(map(circuit.variable, many))
        assert len(diagrams.beneath(diagrams.denied(diagrams.of(circuit, root)))) == 2_000
        Diagrams(ORDER, 10)
        assert sys.getrecursionlimit() == 9_000
    finally:
        sys.setrecursionlimit(max(before, 1_000))


# ── Functions ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_equal_functions_are_one_diagram_and_say_what_their_tables_say(made: tuple[Diagrams, dict[int, int]]) -> None:
    """Whatever they were joined from: each pair, joined either way, and each denied."""
    diagrams, tops = made
    assert len(set(tops.values())) == 256
    for table, top in tops.items():
        assert table_of(diagrams, top) == table
        assert diagrams.denied(top) == tops[255 ^ table]
    for one, other in itertools.product(range(0, 256, 5), range(0, 256, 7)):
        assert diagrams.both(tops[one], tops[other]) == tops[one & other]
        assert diagrams.either(tops[one], tops[other]) == tops[one | other]


def test_a_circuit_and_its_diagram_say_the_same() -> None:
    """Of variables, constants, *all*, *any* and *not*, in whatever order the variables stand."""
    circuit = Circuit()
    a, b, c = map(circuit.variable, ORDER)
    roots = {
        "a": a, "not": circuit.no(b), "all": circuit.all((a, b, c)), "any": circuit.any((a, b, c)), "true": TRUE,
        "false": FALSE, "mixed": circuit.any((circuit.all((a, circuit.no(b))), circuit.all((b, c)))),
        "denied": circuit.no(circuit.any((circuit.all((a, b)), c))),
        "deep": circuit.all((circuit.any((a, c)), circuit.no(c))),
    }  # fmt: skip
    for order in itertools.permutations(ORDER):
        diagrams = Diagrams(order, BUDGET)
        for root in roots.values():
            top = diagrams.of(circuit, root)
            for chosen in map(names, EVERY):
                node = top
                while node > 1:
                    ways = diagrams.high if order[diagrams.level[node]] in chosen else diagrams.low
                    node = ways[node]
                assert node == circuit.evaluate([root], dict.fromkeys(chosen, 1))[0]


def test_a_diagram_asks_for_what_its_function_turns_on(made: tuple[Diagrams, dict[int, int]]) -> None:
    """In the order, each once."""
    diagrams, tops = made
    for table, top in tops.items():
        turns = [n for bit, n in enumerate(ORDER) if any((table >> s ^ table >> (s ^ 1 << bit)) & 1 for s in EVERY)]
        assert diagrams.support(top) == turns


LEVELS = [frozenset(levels) for many in range(4) for levels in itertools.combinations(range(3), many)]


def put(table: int, levels: Iterable[int], to: int) -> int:
    """The function with some variables fixed."""
    mask = sum(1 << level for level in levels)
    return sum(1 << s for s in EVERY if table >> (s & ~mask | (mask if to else 0)) & 1)


def test_some_variables_made_false(made: tuple[Diagrams, dict[int, int]]) -> None:
    """Whatever they are, the function is what it is without them."""
    diagrams, tops = made
    for table, levels in itertools.product(range(0, 256, 3), LEVELS):
        assert diagrams.at_false(tops[table], levels) == tops[put(table, levels, 0)]


def test_true_for_some_values_of_some_variables(made: tuple[Diagrams, dict[int, int]]) -> None:
    """Every way to fix them, any of which will do."""
    diagrams, tops = made
    for table, levels in itertools.product(range(0, 256, 3), LEVELS):
        wanted = table
        for level in levels:
            wanted = put(wanted, [level], 0) | put(wanted, [level], 1)
        assert diagrams.somehow(tops[table], levels) == tops[wanted]


def test_true_once_some_of_it_is_taken_away(made: tuple[Diagrams, dict[int, int]]) -> None:
    """Over all variables the least function above that more can only help; one that is so already stays as it is."""
    diagrams, tops = made
    for table in FUNCTIONS:
        assert diagrams.reachable(tops[table], frozenset(range(3))) == tops[upwards(table)]
    for table in UPWARDS:
        for levels in LEVELS:
            assert diagrams.reachable(tops[table], levels) == tops[table]
    # (a and not b) or c: only b can hinder, and without b it is a or c.
    hindered = sum(1 << s for s in EVERY if (s & 1 and not s & 2) or s & 4)
    assert diagrams.reachable(tops[hindered], frozenset([1])) == tops[sum(1 << s for s in EVERY if s & 5)]


# ── Families ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_minimal_sets_of_a_function_and_those_that_meet_them_all(made: tuple[Diagrams, dict[int, int]]) -> None:
    """Of every function that more can only help; counted, and listed smaller ones first."""
    diagrams, tops = made
    families = Families(diagrams)
    for table in UPWARDS:
        family, meeting = families.minimal(tops[table]), families.meeting(tops[table])
        assert as_sets(families, family) == minimal(table)
        hits = sum(1 << s for s in EVERY if all(s & t for t in true_of(table)))
        assert as_sets(families, meeting) == minimal(hits)
        for each, wanted in ((family, minimal(table)), (meeting, minimal(hits))):
            assert families.count(each) == len(wanted)
            sizes = [len(found) for found in families.smallest(each)]
            assert sizes == sorted(sizes)


def test_the_sets_of_one_family_that_are_not_in_another() -> None:
    """Of every two families of minimal sets."""
    diagrams = Diagrams(ORDER, BUDGET)
    families = Families(diagrams)
    found = {table: families.minimal(diagram(diagrams, table)) for table in UPWARDS}
    for one, other in itertools.product(UPWARDS, UPWARDS):
        left = families.without(found[one], found[other])
        assert as_sets(families, left) == minimal(one) - minimal(other)


def test_a_variable_that_no_set_has_takes_no_node() -> None:
    """A family that gains nothing by it is the family without it."""
    families = Families(Diagrams(ORDER, BUDGET))
    assert families.node(1, 1, 0) == 1 and families.node(2, 0, 0) == 0


def test_what_was_worked_out_is_not_worked_out_again() -> None:
    """Of forty variables, functions with hundreds of nodes and a million million ways down: each pair of nodes is
    joined once, each is denied once, and so are families parted."""
    many = range(40)
    circuit, diagrams = Circuit(), Diagrams(many, 100_000)
    half, more = (diagrams.of(circuit, circuit.at_least(count, map(circuit.variable, many))) for count in (20, 21))
    assert diagrams.both(half, more) == more and diagrams.either(half, more) == half
    assert diagrams.denied(diagrams.denied(half)) == half
    families = Families(diagrams)
    fewer, greater = families.minimal(half), families.minimal(more)
    assert families.without(fewer, greater) == fewer and families.count(fewer) == math.comb(40, 20)


def test_a_family_holds_the_empty_set_where_nothing_is_needed() -> None:
    """Of what is true anyway nothing; of what never is, no set at all."""
    families = Families(Diagrams(ORDER, BUDGET))
    assert list(families.smallest(families.minimal(TRUE))) == [()] and families.count(1) == 1
    assert list(families.smallest(families.minimal(FALSE))) == [] and families.count(0) == 0
    assert list(families.smallest(families.meeting(TRUE))) == []
    assert list(families.smallest(families.meeting(FALSE))) == [()]


def test_the_sets_of_many_sizes_come_by_size_and_each_in_the_order() -> None:
    """One of one, two of two, one of three; within a set, as the order has it."""
    circuit = Circuit()
    sets = ("d", "ab", "ce", "bef", "acfg")
    root = circuit.any(circuit.all(map(circuit.variable, each)) for each in sets)
    diagrams = Diagrams("abcdefg", BUDGET)
    families = Families(diagrams)
    found = ["".join(map(str, each)) for each in families.smallest(families.minimal(diagrams.of(circuit, root)))]
    assert [len(each) for each in found] == [1, 2, 2, 3, 4] and set(found) == set(sets)


def test_families_keep_within_the_budget_of_their_diagrams() -> None:
    """And are too large past it."""
    circuit = Circuit()
    root = circuit.any(map(circuit.variable, ORDER))
    diagrams = Diagrams(ORDER, BUDGET)
    top = diagrams.of(circuit, root)
    diagrams.budget = 5
    families = Families(diagrams)
    assert families.budget == 5 and families.level == [3, 3] and families.count(families.minimal(top)) == 3
    diagrams.budget = 4
    with pytest.raises(TooLarge):
        Families(diagrams).minimal(top)
