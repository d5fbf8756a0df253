"""The order of a diagram's variables: walks, FORCE, sifting, and what is built in the best of them."""

from __future__ import annotations

import itertools

import pytest

from authority.circuit import Circuit
from authority.dependence import sifting
from authority.dependence.building import FEW, SMALL, STARTS, Orders, build, by_middles, depth_first, last_first
from authority.dependence.diagram import Diagrams, TooLarge
from authority.dependence.force import ROUNDS, Force
from authority.dependence.sifting import sifted

BUDGET = 10_000

# ── Walks ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def of_parts(*parts: str) -> tuple[Circuit, int]:
    """Any of some parts, each of which asks for all its letters."""
    circuit = Circuit()
    return circuit, circuit.any([circuit.all(map(circuit.variable, part)) for part in parts])


def test_a_walk_takes_variables_before_others_and_the_heavier_before_the_lighter() -> None:
    """Among equals, what was made first."""
    circuit = Circuit()
    a, b, c, d = map(circuit.variable, "abcd")
    root = circuit.any((circuit.all((a, b)), c, d))
    assert depth_first(circuit, root, {}) == list("cdab")
    assert depth_first(circuit, root, {"d": 2.0, "c": 1.0, "b": 0.5}) == list("dcba")
    assert depth_first(circuit, root, {"d": 0.5, "a": -1.0}) == list("dcba")
    assert last_first(circuit, root) == list("badc")


def test_a_walk_that_takes_last_what_was_made_first() -> None:
    """Part by part, and within a part."""
    circuit, root = of_parts("ab", "cd", "ef")
    assert last_first(circuit, root) == list("fedcba") and depth_first(circuit, root, {}) == list("abcdef")


def test_what_is_shared_is_walked_once() -> None:
    """Where it is first come upon."""
    circuit, root = of_parts("ab", "bc", "ca")
    assert depth_first(circuit, root, {}) == list("abc")
    many = Circuit()
    half = many.at_least(20, map(many.variable, range(40)))  # some hundred nodes, and a million million ways down
    assert sorted(map(str, last_first(many, half))) == sorted(map(str, range(40)))


def test_parts_stand_by_their_middles() -> None:
    """Of what they are made of, by where that stood before; a variable by its own place."""
    circuit, root = of_parts("as", "bc", "de", "fs")
    assert by_middles(circuit, root, list("asbcdef")) == list("asbcfde")
    assert by_middles(circuit, root, list("fedcbsa")) == list("edfscba")
    one, top = of_parts("ab", "c")
    assert by_middles(one, top, list("cab")) == list("cab") and by_middles(one, top, list("abc")) == list("abc")


def test_other_starts_are_the_same_each_time_and_each_another() -> None:
    """So many, each of all the variables; on every machine these."""
    circuit, root = of_parts("abc", "def", "ghi")
    orders = Orders(circuit, root, {})
    strewn = list(orders.strewn())
    assert len(strewn) == STARTS - 1 == len({tuple(each) for each in strewn}) and strewn == list(orders.strewn())
    assert all(sorted(map(str, each)) == list("abcdefghi") for each in strewn)
    assert ["".join(map(str, each)) for each in strewn] == [
        "dfgbaecih", "bihadfecg", "faihcgedb", "dagfciehb", "ifhgacdbe",
    ]  # fmt: skip


def test_the_tries_come_with_their_limits() -> None:
    """Within a small budget the first order alone; beyond it others, small first and then with the whole budget, and at
    last, for few variables, the best of other starts."""
    circuit, root = of_parts("as", "bc", "de", "fs")
    orders = Orders(circuit, root, {})
    assert list(orders.tries(500)) == [(500, orders.begin)] and list(orders.tries(SMALL)) == [(SMALL, orders.begin)]
    tries = list(orders.tries(SMALL + 1))
    assert [limit for limit, _ in tries] == [SMALL] * 3 + [SMALL + 1] * 3
    assert tries[0][1] == tries[3][1] == orders.begin and tries[2][1] == tries[4][1] == orders.drawn(orders.begin)[1]
    assert tries[1][1] == by_middles(circuit, root, last_first(circuit, root))
    best = min((orders.drawn(each) for each in orders.strewn()), key=lambda pair: pair[0])
    assert tries[5][1] == best[1]
    for many, last in ((FEW, 6), (FEW + 1, 5)):
        wide = Circuit()
        top = wide.any(wide.variable(n) for n in range(many))
        assert len(list(Orders(wide, top, {}).tries(SMALL + 1))) == last


def test_building_stops_at_the_first_order_that_keeps_within_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The diagram may then grow to the whole budget; where none keeps within it, it is too large."""
    circuit, root = of_parts("ad", "be", "cf")
    limits = [(4, list("abcdef")), (20, list("adbecf")), (20, list("fedcba"))]
    monkeypatch.setattr(Orders, "tries", lambda self, budget: iter(limits))
    diagrams, top = build(circuit, root, {}, 100)
    assert (diagrams.order, diagrams.budget, len(diagrams.beneath(top))) == (tuple("adbecf"), 100, 6)
    limits[:] = limits[:1]
    with pytest.raises(TooLarge, match="more than 1,000 nodes"):
        build(circuit, root, {}, 1_000)


def test_the_heavier_stand_first_in_what_is_built() -> None:
    """Where nothing else decides."""
    circuit, root = of_parts("a", "b", "c")
    assert build(circuit, root, {"c": 3.0, "b": 2.0}, 100)[0].order == tuple("cba")


# ── FORCE ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def drawn_by_hand(circuit: Circuit, root: int, order: list[str]) -> tuple[float, list[str]]:
    """FORCE once more, node by node: each gate and its parts are an edge; each node goes to the middle of the middles
    of its edges, and all then stand in a row again; as long as the edges grow shorter."""
    nodes = circuit.beneath(root)
    edges = [(node, *circuit.parts[node]) for node in nodes if circuit.parts[node]]
    place = {node: float(order.index(str(circuit.names[node]))) for node in nodes if node in circuit.names}
    for gate, *parts in edges:
        place[gate] = sum(place[p] for p in parts) / len(parts)
    best = float("inf"), order
    for _ in range(ROUNDS):
        row = sorted(nodes, key=lambda node: place[node])
        at = {node: number for number, node in enumerate(row)}
        span = float(sum(max(at[n] for n in edge) - min(at[n] for n in edge) for edge in edges))
        if span >= best[0]:
            break
        best = span, [str(circuit.names[node]) for node in row if node in circuit.names]
        middles = [sum(at[n] for n in edge) / len(edge) for edge in edges]
        of = {node: [m for m, edge in zip(middles, edges, strict=True) if node in edge] for node in nodes}
        place = {node: sum(of[node]) / max(len(of[node]), 1) for node in nodes}
    return best


CIRCUITS = (
    ("as", "bc", "de", "fs"), ("abc", "cde", "efa", "gh"), ("ab", "cd"), ("ah", "bg", "cf", "de", "ad"),
    ("abcdefgh", "ae", "bf", "cg", "dh"), ("cba", "afe", "db", "fab"),
)  # fmt: skip


@pytest.mark.parametrize("parts", CIRCUITS)
def test_what_belongs_together_is_drawn_together(parts: tuple[str, ...]) -> None:
    """From any order to the same order, and the same length of all edges, as by hand."""
    circuit, root = of_parts(*parts)
    letters = sorted(set("".join(parts)))
    for start in (letters, letters[::-1], letters[::2] + letters[1::2]):
        assert Force(circuit, root).drawn(list(start)) == drawn_by_hand(circuit, root, start)


def test_where_nothing_belongs_together_nothing_is_drawn() -> None:
    """A variable alone stays where it is."""
    circuit = Circuit()
    assert Force(circuit, circuit.variable("a")).drawn(["a"]) == (0.0, ["a"])


def test_drawing_together_makes_an_order_that_is_shorter() -> None:
    """Pairs that stood at opposite ends stand side by side."""
    circuit, root = of_parts("ah", "bg", "cf", "de")
    _, order = Force(circuit, root).drawn(list("abcdefgh"))
    apart = [abs(order.index(one) - order.index(other)) for one, other in ("ah", "bg", "cf", "de")]
    assert sum(apart) < 16


# ── Sifting ───────────────────────────────────────────────────────────────────────────────────────────────────────


def same(one: tuple[Diagrams, int], other: tuple[Diagrams, int], names: str) -> bool:
    """Whether two diagrams are one function."""

    def value(diagrams: Diagrams, node: int, true: frozenset[str]) -> int:
        while node > 1:
            node = (diagrams.high if diagrams.order[diagrams.level[node]] in true else diagrams.low)[node]
        return node

    ways = itertools.product((0, 1), repeat=len(names))
    chosen = (frozenset(n for n, taken in zip(names, way, strict=True) if taken) for way in ways)
    return all(value(*one, true) == value(*other, true) for true in chosen)


def apart(pairs: int) -> tuple[Diagrams, int]:
    """Pairs whose firsts all stand before their seconds."""
    letters = "abcdefghijkl"[: 2 * pairs]
    circuit = Circuit()
    both = [circuit.all((circuit.variable(letters[n]), circuit.variable(letters[n + pairs]))) for n in range(pairs)]
    diagrams = Diagrams(letters, BUDGET)
    return diagrams, diagrams.of(circuit, circuit.any(both))


@pytest.mark.parametrize("pairs", [1, 2, 3, 4, 5])
def test_sifting_leaves_the_function_and_brings_pairs_together(pairs: int) -> None:
    """Two nodes to a pair, of all that doubled from pair to pair; and no node that is not of the diagram."""
    diagrams, top = apart(pairs)
    found, moved = sifted(diagrams, top)
    assert same((diagrams, top), (found, moved), "abcdefghijkl"[: 2 * pairs])
    assert len(found.beneath(moved)) == len(found.level) - 2 == 2 * pairs
    assert found.budget == diagrams.budget
    places = {str(name): place for place, name in enumerate(found.order)}
    both = zip("abcdefghijkl"[:pairs], "abcdefghijkl"[pairs:], strict=False)
    assert all(abs(places[one] - places[other]) == 1 for one, other in both)


def parity(letters: str, order: str) -> tuple[Diagrams, int]:
    """An odd number of the letters: no order is better than another."""
    diagrams = Diagrams(order, BUDGET)
    top = 0
    for letter in letters:
        one = diagrams.node(diagrams.at[letter], 0, 1)
        top = diagrams.either(diagrams.both(one, diagrams.denied(top)), diagrams.both(diagrams.denied(one), top))
    return diagrams, top


def test_where_no_order_is_better_none_is_worse() -> None:
    """As many nodes as before, and the same function; a variable on which nothing turns may stand anywhere."""
    for order in ("abcd", "abxcd", "xabcdy"):
        diagrams, top = parity("abcd", order)
        found, moved = sifted(diagrams, top)
        assert same((diagrams, top), (found, moved), order) and len(found.beneath(moved)) == 7
        assert sorted(map(str, found.order)) == sorted(order)


def test_every_function_of_three_variables_is_the_same_after_sifting() -> None:
    """And its diagram the smallest of any order."""
    for table in range(1, 256, 11):
        sizes = {}
        for order in itertools.permutations("abc"):
            diagrams = Diagrams(order, BUDGET)
            sets = [frozenset(n for bit, n in enumerate("abc") if s >> bit & 1) for s in range(8) if table >> s & 1]
            top = 0
            for true in sets:
                each = 1
                for letter in "abc":
                    one = diagrams.node(diagrams.at[letter], 0, 1)
                    each = diagrams.both(each, one if letter in true else diagrams.denied(one))
                top = diagrams.either(top, each)
            sizes[order] = len(diagrams.beneath(top))
            if top > 1:
                found, moved = sifted(diagrams, top)
                assert same((diagrams, top), (found, moved), "abc")
                assert len(found.beneath(moved)) == len(found.level) - 2 <= sizes[order]


@pytest.mark.parametrize(
    ("parts", "order", "nodes"),
    [
        ("CHeD Hc He cBf Afhb", "hgdcebaf", 8), ("gFD cha eF GeD GebC CFhE", "fegcbdah", 15),
        ("eCaf bdh Bae fecg Be", "ebcgafhd", 9), ("dfc gFha dHBa hCba CgHf", "fecabdgh", 18),
        ("GHfb ce fgc fEg eGfD ahFB dbE", "ecfbhadg", 17),
    ],
)  # fmt: skip
def test_each_variable_is_moved_to_both_ends_and_back_to_the_best_place(parts: str, order: str, nodes: int) -> None:
    """The nearer end first, and on every machine to the same order. A capital is a variable denied."""
    circuit = Circuit()
    made = {letter: circuit.variable(letter) for letter in "abcdefgh"}
    made |= {letter.upper(): circuit.no(node) for letter, node in made.items()}
    diagrams = Diagrams("abcdefgh", BUDGET)
    top = diagrams.of(circuit, circuit.any([circuit.all(made[letter] for letter in part) for part in parts.split()]))
    found, moved = sifted(diagrams, top)
    assert ("".join(map(str, found.order)), len(found.beneath(moved))) == (order, nodes)


def test_patience_is_with_all_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Variable after variable, until it comes to more than so many times the nodes."""
    settled: list[int] = []
    true = sifting._Levels.settle
    monkeypatch.setattr(sifting._Levels, "settle", lambda self, each: settled.append(each) or true(self, each))
    for patience, many in ((0, 1), (4, 2), (8, 4), (sifting.PATIENCE, 8)):
        settled.clear()
        monkeypatch.setattr(sifting, "PATIENCE", patience)
        sifted(*apart(4))
        assert settled == list(range(many))


def test_past_its_patience_no_more_variables_are_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there by then is the same function still."""
    monkeypatch.setattr(sifting, "PATIENCE", 0)
    diagrams, top = apart(4)
    found, moved = sifted(diagrams, top)
    assert same((diagrams, top), (found, moved), "abcdefgh")
    assert 8 < len(found.beneath(moved)) <= len(diagrams.beneath(top))
