"""Power and probability from a diagram, held against every set kept, tried one by one."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from fractions import Fraction

import numpy
import pytest

from authority.circuit import Circuit
from authority.dependence import integrating, power
from authority.dependence.counting import ITEMS, counted, swings_by_size
from authority.dependence.diagram import Diagrams, TooLarge
from authority.dependence.integrating import gauss_legendre, integrated
from authority.dependence.power import chance, powers

Shown = Callable[[frozenset[str]], bool]

LETTERS = "abcd"
SHOWN = [
    lambda k: "a" in k, lambda k: "a" in k and "b" not in k, lambda k: {"a", "b"} <= k or {"c", "d"} <= k,
    lambda k: len(k) >= 2, lambda k: len(k) >= 3 or k == {"d"}, lambda k: ("a" in k) != ("c" in k),
    lambda k: "b" in k or ("a" in k and "d" not in k), lambda k: len(k) % 2 == 1,
]  # fmt: skip
"""Whether a question is shown by the items kept, in several ways: each needed, each hindering, and both."""


def circuit_of(shown: Shown, order: str = LETTERS) -> tuple[Circuit, int]:
    """The question as a circuit: any of the sets that show it, kept to the letter."""
    circuit = Circuit()
    made = {letter: circuit.variable(letter) for letter in order}
    sets = []
    for kept in subsets(LETTERS):
        if shown(kept):
            sets.append(circuit.all(made[n] if n in kept else circuit.no(made[n]) for n in LETTERS))
    return circuit, circuit.any(sets)


def subsets(letters: str) -> list[frozenset[str]]:
    return [frozenset(c) for many in range(len(letters) + 1) for c in itertools.combinations(letters, many)]


def diagram_of(shown: Shown, order: str = LETTERS) -> tuple[Diagrams, int]:
    circuit, root = circuit_of(shown)
    diagrams = Diagrams(order, 1_000)
    return diagrams, diagrams.of(circuit, root)


def swings(shown: Shown, letter: str, among: str) -> tuple[int, ...]:
    """Of the sets of the others, by size, how many it makes shown, less how many it makes not shown."""
    found = [0] * len(among)
    for kept in subsets(among.replace(letter, "")):
        found[len(kept)] += shown(kept | {letter}) - shown(kept)
    return tuple(found)


def asked(shown: Shown) -> str:
    return "".join(n for n in LETTERS if any(shown(k | {n}) != shown(k - {n}) for k in subsets(LETTERS)))


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize("order", ["abcd", "dbca"])
def test_power_is_what_trying_every_set_gives(shown: Shown, order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted and integrated alike; of the items that the diagram asks for, and of no others."""
    diagrams, top = diagram_of(shown, order)
    among = asked(shown)
    by_size = swings_by_size(diagrams, diagrams.beneath(top))
    assert by_size == {n: swings(shown, n, among) for n in order if n in among}
    exact = {}
    for name, found in by_size.items():
        orders = [Fraction(1, len(among) * math.comb(len(among) - 1, size)) for size in range(len(among))]
        shapley = sum(swing * share for swing, share in zip(found, orders, strict=True))
        exact[name] = float(shapley), sum(found) / 2 ** (len(among) - 1)
    ways = [counted(diagrams, diagrams.beneath(top)), integrated(diagrams, top), powers(diagrams, top)]
    monkeypatch.setattr(power, "FEW", 0)
    for way in (*ways, powers(diagrams, top)):
        assert way.keys() == exact.keys()
        for name, found in way.items():
            assert (found.shapley, found.banzhaf) == pytest.approx(exact[name], abs=1e-12)


def test_of_what_nothing_turns_on_there_is_no_power() -> None:
    """A constant has none."""
    diagrams = Diagrams(LETTERS, 10)
    assert powers(diagrams, 0) == powers(diagrams, 1) == {}


def test_few_items_are_counted_and_many_integrated(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the nodes and by the items, up to the limit of each."""
    used = []
    monkeypatch.setattr(power, "counted", lambda *_: used.append("counted"))
    monkeypatch.setattr(integrating, "integrated", lambda *_: used.append("integrated"))
    diagrams, top = diagram_of(SHOWN[3])
    nodes = len(diagrams.beneath(top))
    for few, items in ((nodes, 4), (nodes - 1, 4), (nodes, 3)):
        monkeypatch.setattr(power, "FEW", few)
        monkeypatch.setattr(power, "ITEMS", items)
        powers(diagrams, top)
    assert used == ["counted", "integrated", "integrated"]


@pytest.mark.parametrize("width", [1, 7, 2_000_000])
def test_points_are_walked_some_at_a_time_and_none_is_lost(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many numbers may be held at once."""
    wanted = integrated(*diagram_of(SHOWN[4]))
    monkeypatch.setattr(integrating, "AT_ONCE", width)
    for name, found in integrated(*diagram_of(SHOWN[4])).items():
        assert found == pytest.approx(wanted[name], abs=1e-14)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 8, 20, 41])
def test_the_points_and_weights_integrate_polynomials_exactly(count: int) -> None:
    """Of a degree below twice their number; the points from the least to the greatest, and the weights come to 2."""
    points, weights = gauss_legendre(count)
    assert len(points) == len(weights) == count and (numpy.diff(points) > 0).all()
    for degree in range(2 * count):
        exact = 2 / (degree + 1) if degree % 2 == 0 else 0
        assert float((points**degree) @ weights) == pytest.approx(exact, abs=1e-13)


def test_as_many_items_as_can_be_counted_are_counted_right() -> None:
    """The sets of one size of 63 items nearly fill a word, of either sign."""
    names = [f"E{n}" for n in range(ITEMS)]
    circuit, half = Circuit(), ITEMS // 2
    diagrams = Diagrams(names, 100_000)
    top = diagrams.of(circuit, circuit.at_least(half, map(circuit.variable, names)))
    for each, sign in ((top, 1), (diagrams.denied(top), -1)):
        nodes = diagrams.beneath(each)
        at_half = {found[half - 1] for found in swings_by_size(diagrams, nodes).values()}
        assert at_half == {sign * math.comb(ITEMS - 1, half - 1)}
        assert {round(w.shapley, 15) for w in counted(diagrams, nodes).values()} == {sign * round(1 / ITEMS, 15)}


# ── Probability ───────────────────────────────────────────────────────────────────────────────────────────────────


def brute(shown: Shown, groups: list[tuple[str, str, float]]) -> float:
    """The chance that it is shown: each origin draws one number, and what is likelier than that is sound."""
    origins = sorted({origin for _, origin, _ in groups})
    total = 0.0
    ladders = [sorted({p for _, o, p in groups if o == origin}, reverse=True) for origin in origins]
    for drawn in itertools.product(*(range(len(ladder) + 1) for ladder in ladders)):
        weight, kept = 1.0, set()
        for origin, ladder, k in zip(origins, ladders, drawn, strict=True):
            edges = [1.0, *ladder, 0.0]
            weight *= edges[k] - edges[k + 1]
            kept |= {item for item, o, p in groups if o == origin and p >= (ladder[k - 1] if k else 2)}
        total += weight * shown(frozenset(kept))
    return total


GROUPS = (
    [("a", "one", 0.9), ("b", "two", 0.7), ("c", "three", 0.5), ("d", "four", 0.2)],
    [("a", "one", 0.9), ("b", "one", 0.7), ("c", "one", 0.7), ("d", "one", 0.2)],
    [("a", "one", 0.3), ("b", "two", 0.7), ("c", "one", 0.6), ("d", "two", 0.7)],
)


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize("groups", GROUPS)
def test_the_chance_is_what_every_draw_comes_to(shown: Shown, groups: list[tuple[str, str, float]]) -> None:
    """And its derivative by the probability of an item, those of its origin with the same probability moving with it,
    is how fast it rises."""
    found = chance(*circuit_of(shown), groups, 1_000)
    assert found.probability == pytest.approx(brute(shown, groups), abs=1e-12)
    assert list(found.derivative) == list(LETTERS)
    for item, origin, p in groups:
        step = 1e-6
        ends = [
            brute(shown, [(i, o, q + by if (o, q) == (origin, p) else q) for i, o, q in groups]) for by in (step, -step)
        ]
        assert found.derivative[item] == pytest.approx((ends[0] - ends[1]) / (2 * step), abs=1e-6)


def test_items_come_by_their_numbers() -> None:
    """E2 before E10."""
    circuit = Circuit()
    root = circuit.any(map(circuit.variable, ("E10", "E2")))
    found = chance(circuit, root, [("E10", "one", 0.5), ("E2", "two", 0.25)], 100)
    assert list(found.derivative.items()) == [("E2", 0.5), ("E10", 0.75)] and found.probability == 0.625


def test_a_chance_keeps_within_the_budget() -> None:
    """Past it, it is too large."""
    circuit, root = circuit_of(SHOWN[3])
    with pytest.raises(TooLarge):
        chance(circuit, root, GROUPS[0], 3)
