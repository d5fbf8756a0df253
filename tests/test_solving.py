"""What a solver says of a circuit, held against every set of its variables."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable

import pytest

from authority.circuit import FALSE, TRUE, Circuit
from authority.dependence.solving import holding_sets, smallest_changes
from authority.errors import MissingExtra

pytest.importorskip("pysat")

LETTERS = "abcde"
MANY = 100


def circuits() -> list[tuple[Circuit, int]]:
    """One circuit and roots in it that turn on several sets: one that some variables hinder, one that three of a kind
    turn, one that takes them all."""
    k = Circuit()
    a, b, c, d, e = map(k.variable, LETTERS)
    roots = (
        k.any((a, k.all((b, c)), k.all((c, d, e)))),
        k.any((k.all((a, k.no(b))), k.all((c, d)), k.all((b, e)))),
        k.at_least(3, (a, b, c, d, e)),
        k.all((k.any((a, b)), k.any((c, d)), k.no(k.all((a, c))))),
        k.all((a, b, c)),
    )  # fmt: skip
    return [(k, root) for root in roots]


CIRCUITS = circuits()
SUBSETS = [frozenset(each) for many in range(6) for each in itertools.combinations(LETTERS, many)]


def true(circuit: Circuit, root: int, chosen: Iterable[str]) -> bool:
    return bool(circuit.evaluate([root], dict.fromkeys(chosen, 1))[0])


def least(found: Iterable[frozenset[str]]) -> set[frozenset[str]]:
    every = list(found)
    return {one for one in every if not any(other < one for other in every)}


def changes(circuit: Circuit, root: int, names: str = LETTERS) -> set[frozenset[str]]:
    """The minimal sets of these variables that can make the root true, those not named being free."""
    free = [s for s in SUBSETS if not s & set(names)]
    turning = [s for s in SUBSETS if s <= set(names) and any(true(circuit, root, s | more) for more in free)]
    return least(turning)


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("names", [LETTERS, "abc", "edc"])
def test_the_smallest_changes_come_smaller_ones_first(number: int, names: str) -> None:
    """All of them, each minimal, each once; and that these are all."""
    circuit, root = CIRCUITS[number]
    found, every = smallest_changes(circuit, root, names, MANY)
    assert every and len(found) == len(set(map(frozenset, found)))
    assert set(map(frozenset, found)) == changes(circuit, root, names)
    assert [len(each) for each in found] == sorted(len(each) for each in found)


@pytest.mark.parametrize("number", range(5))
def test_of_one_size_only_those_as_small_as_the_first(number: int) -> None:
    """And that these are all of that size."""
    circuit, root = CIRCUITS[number]
    found, every = smallest_changes(circuit, root, LETTERS, MANY, of_one_size=True)
    wanted = changes(circuit, root)
    fewest = min(map(len, wanted))
    assert every and set(map(frozenset, found)) == {each for each in wanted if len(each) == fewest}


def test_no_more_are_given_than_were_asked_for() -> None:
    """The smallest; and that there are more."""
    circuit, root = CIRCUITS[2]
    for most in (1, 4, 9):
        found, every = smallest_changes(circuit, root, LETTERS, most)
        assert not every and len(set(map(frozenset, found))) == most
    found, every = smallest_changes(circuit, root, LETTERS, 10)
    assert every and len(found) == 10


def test_what_never_turns_has_no_change_and_what_is_so_already_the_empty_one() -> None:
    """Nothing need be changed; nor can anything."""
    circuit = Circuit()
    circuit.variable("a")
    assert smallest_changes(circuit, FALSE, "a", MANY) == ([], True)
    assert smallest_changes(circuit, circuit.no(circuit.variable("a")), "a", MANY) == ([()], True)


def holding(circuit: Circuit, root: int, names: str = LETTERS) -> set[frozenset[str]]:
    """The minimal sets that keep the root false by being false, whatever the others of these are."""
    return least(
        kept for kept in SUBSETS if kept <= set(names)
        and not any(true(circuit, root, s) for s in SUBSETS if s <= set(names) and not s & kept)
    )  # fmt: skip


@pytest.mark.parametrize("number", range(5))
def test_the_sets_that_hold_are_each_minimal_and_all_there_are(number: int) -> None:
    """By being false they keep the root false, whatever becomes of the rest."""
    circuit, root = CIRCUITS[number]
    found, every = holding_sets(circuit, root, LETTERS, MANY)
    assert every and len(found) == len(set(map(frozenset, found)))
    assert set(map(frozenset, found)) == holding(circuit, root)
    for most in range(1, len(found)):
        some, all_ = holding_sets(circuit, root, LETTERS, most)
        assert not all_ and len(some) == most and set(map(frozenset, some)) <= holding(circuit, root)
    assert holding_sets(circuit, root, LETTERS, len(found))[1]


def test_of_variables_that_the_circuit_has_not_none_is_given() -> None:
    """They hold nothing and change nothing."""
    circuit, root = CIRCUITS[4]
    assert set(map(frozenset, smallest_changes(circuit, root, "zabc", MANY)[0])) == {frozenset("abc")}
    assert set(map(frozenset, holding_sets(circuit, root, "zabc", MANY)[0])) == {frozenset(n) for n in "abc"}


def test_what_never_turns_is_held_by_nothing_at_all() -> None:
    """The empty set will do; what is true whatever is false is held by none."""
    circuit = Circuit()
    circuit.variable("a")
    assert holding_sets(circuit, FALSE, "a", MANY) == ([()], True)
    assert holding_sets(circuit, TRUE, "a", MANY) == ([], True)


def test_without_a_solver_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra, and what for."""
    monkeypatch.setitem(sys.modules, "pysat.examples.rc2", None)
    circuit, root = CIRCUITS[0]
    for asked in (smallest_changes, holding_sets):
        with pytest.raises(MissingExtra, match="past the budget of nodes needs the extra 'sat'"):
            asked(circuit, root, LETTERS, MANY)
