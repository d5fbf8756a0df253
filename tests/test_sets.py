"""The minimal changes that turn an outcome, held against every change of a few exhibits and positions."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterable
from typing import Any

import pytest

from authority.circuit import Circuit
from authority.compiling import compile_question
from authority.dependence import minimal, sets, solving
from authority.dependence.answer import Changes
from authority.dependence.diagram import TooLarge
from authority.dependence.minimal import AT_A_TIME, changes_of
from authority.dependence.sets import (
    Change,
    Choice,
    Family,
    Origin,
    Sets,
    Turning,
    as_change,
    by_origin,
    fewest_origins,
    in_order,
    singles,
    turning,
    two_way,
)
from authority.law import Stance
from tests.generate import READING, fact, item, rule, says, tiny

ASKED = fact("may be met", "Aland")
MET, PAID, TOLD = (says(verb, "<a>") for verb in ("may be met", "paid", "told"))
REACH, BURDEN = Stance("reach", "no"), Stance("burden", "no")
E1, E2, E3, E10 = ITEMS = ("E1", "E2", "E3", "E10")
NAMES: tuple[Hashable, ...] = (*ITEMS, REACH, BURDEN)
BUDGET = 10_000


def turn(*ways: Iterable[Hashable], but: Iterable[Hashable] = ()) -> Turning:
    """An outcome that turns once all of any of some sets is changed, and nothing of what hinders it."""
    circuit = Circuit()
    made = {name: circuit.variable(name) for name in NAMES}
    root = circuit.any([circuit.all(made[name] for name in way) for way in ways])
    return Turning(circuit, circuit.all((root, *(circuit.no(made[name]) for name in but))), True)


def hindering() -> Turning:
    """Two ways, one of which is shut by what the other needs."""
    circuit = Circuit()
    one, other, third = map(circuit.variable, (E1, E2, E3))
    return Turning(circuit, circuit.any((circuit.all((one, circuit.no(other))), circuit.all((other, third)))), True)


def turns(found: Turning, changed: Iterable[Hashable]) -> bool:
    return bool(found.circuit.evaluate([found.root], dict.fromkeys(changed, 1))[0])


SUBSETS = [frozenset(each) for many in range(len(NAMES) + 1) for each in itertools.combinations(NAMES, many)]


def least(found: Turning) -> set[frozenset[Hashable]]:
    """The minimal changes, by trying them all."""
    every = [each for each in SUBSETS if turns(found, each)]
    return {one for one in every if not any(other < one for other in every)}


def holding(found: Turning) -> set[frozenset[Hashable]]:
    """The minimal sets of items that meet every set whose withdrawal turns it."""
    flips = [each for each in SUBSETS if each <= set(ITEMS) and turns(found, each)]
    every = [each for each in SUBSETS if each <= set(ITEMS) and all(each & flip for flip in flips)]
    return {one for one in every if not any(other < one for other in every)}


TURNINGS = {
    "evidence": turn([E1, E2], [E3], [E2, E10]),
    "law": turn([REACH], [BURDEN]),
    "either": turn([E1, E2], [E10, E2], [REACH, BURDEN]),
    "both": turn([E1, REACH], [E3, E10, BURDEN], [E2, REACH, BURDEN]),
    "all": turn([E1], [E2, E3, REACH], [E2, BURDEN], [REACH, BURDEN]),
    "never": turn(),
    "hindered": hindering(),
}


def as_sets(found: Family) -> set[frozenset[str]]:
    return set(map(frozenset, found.sets))


@pytest.fixture(params=TURNINGS)
def found(request: pytest.FixtureRequest) -> Turning:
    return TURNINGS[request.param]


# ── From one diagram ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("large", [0, sets.LARGE])
@pytest.mark.parametrize("first", [{}, {E3: 5.0, E1: 1.0}])
def test_the_minimal_changes_are_those_that_trying_all_finds(
    found: Turning, first: Any, large: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of evidence, of position and of both; and what holds the outcome; in whatever order the diagram is built, sifted
    or not."""
    monkeypatch.setattr(sets, "LARGE", large)
    made, every = Sets(found, first, BUDGET, 100), least(found)
    flips, sufficient = made.flips(), made.sufficient()
    assert as_sets(flips) == {e for e in every if e <= set(ITEMS)} and as_sets(sufficient) == holding(found)
    for each in (flips, sufficient):
        assert each.complete and each.count == len(each.sets) and list(each.sets) == in_order(each.sets)
    assert set(made.relevant()) == set().union(*sufficient.sets) == set().union(*flips.sets)
    assert list(made.relevant()) == [name for name in ITEMS if name in made.relevant()]
    assert {frozenset(each) for each in made.cruxes()} == {e for e in every if not e & set(ITEMS)}
    mixed = made.mixed()
    assert {frozenset((*each.without, *each.positions)) for each in mixed} == {
        e for e in every if e & set(ITEMS) and e - set(ITEMS)
    }
    sizes = [len(each.without) + len(each.positions) for each in mixed]
    assert sizes == sorted(sizes)


def test_of_more_sets_than_are_listed_the_smallest_are_and_all_are_counted() -> None:
    """In the order of their ids; a family is complete where all are listed."""
    many = turn([E1, E2], [E1, E3], [E1, E10], [E2, E3], [E2, E10, REACH], [E3, E10, BURDEN], [REACH, E1], [BURDEN, E1])
    made = Sets(many, {}, BUDGET, 2)
    flips = made.flips()
    assert (len(flips.sets), flips.count, flips.complete) == (2, 4, False)
    assert Sets(many, {}, BUDGET, 4).flips().sets == ((E1, E2), (E1, E3), (E1, E10), (E2, E3))
    assert [len(each.without) for each in made.mixed()] == [1, 1]
    cruxes = turn([REACH], [BURDEN])
    assert Sets(cruxes, {}, BUDGET, 1).cruxes() in (((BURDEN,),), ((REACH,),))
    assert Sets(cruxes, {}, BUDGET, 2).cruxes() == ((BURDEN,), (REACH,))
    assert Sets(turn([REACH, BURDEN]), {}, BUDGET, 2).cruxes() == ((BURDEN, REACH),)


def test_a_mixed_set_names_its_parts_in_their_order() -> None:
    """Exhibits by their numbers, positions by their disputes."""
    made = Sets(turn([E10, REACH, E2, BURDEN]), {}, BUDGET, 10)
    assert made.mixed() == (Change((E2, E10), (BURDEN, REACH)),)


def test_a_diagram_is_sifted_only_where_it_is_large_and_its_variables_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past so many nodes, and up to so many variables."""
    sifted: list[int] = []
    monkeypatch.setattr(sets, "_sifted", lambda diagrams, top: sifted.append(len(diagrams.order)) or (diagrams, top))
    every = turn([E1, E2], [E3], [E2, E10])
    diagrams, top = sets.build(every.circuit, every.root, {}, BUDGET)
    nodes = len(diagrams.beneath(top))
    for large, few, many in ((nodes - 1, 4, 1), (nodes, 4, 0), (nodes - 1, 3, 0)):
        sifted.clear()
        monkeypatch.setattr(sets, "LARGE", large)
        monkeypatch.setattr(sets, "FEW", few)
        Sets(every, {}, BUDGET, 10)
        assert len(sifted) == many
    with pytest.raises(TooLarge):
        Sets(every, {}, 3, 10)


def test_the_items_whose_withdrawal_alone_turns_it(found: Turning) -> None:
    """The positions as they are; by their numbers."""
    assert singles(found) == tuple(name for name in found.items if turns(found, [name]))
    assert singles(turn([E10], [E2], [E1, E3])) == (E2, E10)
    assert singles(turn([E1], [E2], but=[E3])) == (E1, E2)


def test_what_is_not_left_open_stays_as_it_is() -> None:
    """Exhibits kept, or positions."""
    every = TURNINGS["all"]
    assert every.items == [E1, E2, E3]
    for items, positions in itertools.product((True, False), repeat=2):
        narrowed = every.narrowed(items=items, positions=positions)
        open_ = {name for name in NAMES if (items if isinstance(name, str) else positions)}
        for each in SUBSETS:
            assert turns(narrowed, each) is turns(every, each & open_)
        assert set(narrowed.circuit.support(narrowed.root)) <= open_ and narrowed.outcome is True


def test_two_ways_go_the_variables_that_may_help_and_hinder() -> None:
    """All others can only help."""
    hindered = TURNINGS["hindered"]
    diagrams, _ = sets.build(hindered.circuit, hindered.root, {}, BUDGET)
    assert [diagrams.order[level] for level in two_way(hindered, diagrams)] == [E2]
    every = TURNINGS["all"]
    assert two_way(every, sets.build(every.circuit, every.root, {}, BUDGET)[0]) == frozenset()


# ── From a question ───────────────────────────────────────────────────────────────────────────────────────────────


def asked(*evidence: Any, law: Any = None, **more: Any) -> Turning:
    case = tiny(ASKED, law or [rule("r", MET, PAID)], *evidence, **more)
    reading = case.rules.reading(READING)
    return turning(compile_question(case, reading, ASKED, items=True, positions=True))


def test_when_a_question_turns() -> None:
    """From shown to not shown or the other way, by items withdrawn and positions taken; what can only hinder it is left
    out."""
    paid = fact("paid", "Aland")
    shown = asked(item("E1", paid), item("E2", paid), item("E3", contradicts=(paid,), supports=(), grade="D4"))
    assert shown.outcome is True and least(shown) == {frozenset((E1, E2))} and shown.items == [E1, E2]
    other = asked(item("E1", paid), item("E2", contradicts=(paid,), supports=()))
    assert other.outcome is False and least(other) == {frozenset((E2,))} and other.items == [E2]
    under = [rule("r", MET, PAID, under=(Stance("reach", "yes"),)), rule("s", MET, TOLD, under=(BURDEN,))]
    both = asked(item("E1", paid), item("E2", fact("told", "Aland")), law=under)
    assert both.outcome and least(both) == {frozenset((E1,)), frozenset((REACH,))}
    assert frozenset((BURDEN,)) in least(asked(item("E2", fact("told", "Aland")), law=under))


# ── Origins ───────────────────────────────────────────────────────────────────────────────────────────────────────


def origins_of(found: Turning, **origins: str) -> tuple[Any, Turning]:
    case = tiny(ASKED, [rule("r", MET, PAID)], *(item(n, fact("paid", "Aland"), origin=o) for n, o in origins.items()))
    return case, found


def test_the_fewest_origins_whose_loss_turns_it() -> None:
    """What one origin is the source of is lost together; of several sets as small, each, in order; none where no loss
    turns it; and no more than are asked for."""
    every = turn([E1, E2], [E3, E10])
    for origins, wanted in (
        (("a", "a", "b", "c"), (("a",),)), (("a", "b", "c", "c"), (("c",),)), (("a", "a", "b", "b"), (("a",), ("b",))),
        (("m10", "m2", "c", "d"), (("c", "d"), ("m2", "m10"))), (("b", "a", "b", "a"), (("a", "b"),)),
    ):  # fmt: skip
        case, found = origins_of(every, **dict(zip(ITEMS, origins, strict=True)))
        assert fewest_origins(case, found, {}, BUDGET, 100) == wanted
        assert len(fewest_origins(case, found, {E1: 5.0, REACH: 1.0}, BUDGET, 1)) == 1
    case, never = origins_of(turn(), E1="a")
    assert fewest_origins(case, never, {}, BUDGET, 100) == ()
    with pytest.raises(TooLarge):
        fewest_origins(*origins_of(every, E1="a", E2="b", E3="c", E10="d"), {}, 3, 100)


def test_an_item_whose_loss_might_hinder_need_not_go_with_its_origin() -> None:
    """Its going is a choice of its own."""
    hindered = turn([E1], but=[E2])
    case, found = origins_of(hindered, E1="a", E2="a")
    assert fewest_origins(case, found, {}, BUDGET, 100) == (("a",),)
    moved = by_origin(case, found)
    assert set(moved.circuit.support(moved.root)) == {Origin("a"), Choice(E2)}
    assert turns(moved, [Origin("a")]) and not turns(moved, [Origin("a"), Choice(E2)]) and not turns(moved, [])


def test_changes_and_sets_come_in_their_order() -> None:
    """The smaller first, equals by their ids; exhibits by number, positions by dispute."""
    assert as_change((REACH, E10, BURDEN, E2)) == Change((E2, E10), (BURDEN, REACH))
    assert in_order([(E10,), (E1, E3), (E1, E2), (E2,), ()]) == [(), (E2,), (E10,), (E1, E2), (E1, E3)]


# ── However large ─────────────────────────────────────────────────────────────────────────────────────────────────


def refusing(monkeypatch: pytest.MonkeyPatch, *kinds: type) -> list[int]:
    """That no diagram is built which asks for some of all these kinds; the budgets that were tried."""
    budgets: list[int] = []
    true = Sets.__init__

    def made(self: Sets, turn: Turning, first: Any, budget: int, listed: int) -> None:
        budgets.append(budget)
        support = turn.circuit.support(turn.root)
        if any(all(any(isinstance(n, k) for n in support) for k in kinds) for kinds in refused):
            raise TooLarge("too large")
        true(self, turn, first, budget, listed)

    refused = [tuple(kinds)]
    monkeypatch.setattr(Sets, "__init__", made)
    return budgets


def whole(found: Turning, listed: int = 100) -> Changes:
    return changes_of(found, {}, 3_000, listed)


@pytest.mark.parametrize("name", ["all", "either", "both", "hindered"])
def test_one_diagram_gives_all_where_it_will_do(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within a part of the budget, and no less than a hundred nodes of it."""
    budgets = refusing(monkeypatch, bytes)
    found, every = whole(TURNINGS[name]), Sets(TURNINGS[name], {}, BUDGET, 100)
    assert found == Changes(
        sufficient=every.sufficient(), flips=every.flips(), relevant=every.relevant(), cruxes=every.cruxes(),
        mixed=every.mixed(),
    )  # fmt: skip
    for budget in (3_000, 900, 60):
        changes_of(TURNINGS[name], {}, budget, 100)
    assert budgets[1:] == [200, 100, 60] or budgets == [200, BUDGET, 200, 100, 60]


def test_evidence_and_positions_are_asked_alone_where_together_they_are_too_large(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With the whole budget each; mixed sets are left out, and that is said."""
    one = whole(TURNINGS["either"])
    budgets = refusing(monkeypatch, str, Stance)
    found = whole(TURNINGS["either"])
    assert found == one.but(mixed=None, notes=("mixed sets: not computed, past 200 nodes",))
    assert budgets == [200, 3_000, 3_000]
    few = whole(turn([REACH], [BURDEN], [E1], [E2]), 1)
    assert few.cruxes and few.flips and (len(few.cruxes), len(few.flips.sets), few.flips.count) == (1, 1, 2)


def test_what_has_no_diagram_is_asked_of_a_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Positions, evidence, or both; the answers are the same, and it is said that they come from there."""
    one = whole(TURNINGS["all"])
    mixed = "mixed sets: not computed, past 200 nodes"
    with pytest.MonkeyPatch.context() as patch:
        refusing(patch, Stance)
        found = whole(TURNINGS["all"])
        assert found == one.but(mixed=None, notes=(mixed,)) and not found.by_solver
    refusing(monkeypatch, str)
    found = whole(TURNINGS["all"])
    assert found == one.but(mixed=None, notes=(mixed,), by_solver=True)
    found = whole(TURNINGS["evidence"])
    assert found.relevant == (E1, E2, E3, E10) and found.flips and found.flips.sets == ((E3,), (E1, E2), (E2, E10))


def test_of_what_the_solver_leaves_it_is_said_what_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than it is asked for: the smallest flip sets, some sufficient ones, and nothing of relevance."""
    refusing(monkeypatch, str)
    monkeypatch.setattr(minimal, "AT_A_TIME", 2)
    found = whole(turn([E1, E2], [E1, E3], [E1, E10], [E2, E3], [E3, E10]))
    assert found.flips and found.sufficient and found.relevant is None and found.by_solver
    assert (len(found.flips.sets), found.flips.count) == (2, None)
    assert (len(found.sufficient.sets), found.sufficient.count) == (2, None)
    assert found.notes == (
        "mixed sets: not computed, past 200 nodes",
        "flip sets: the 2 smallest, which are all those of fewer than 2 items; how many there are is not known",
        "relevant and idle items: not computed",
        "sufficient sets: 2, each minimal; how many there are is not known",
    )
    assert list(found.flips.sets) == in_order(found.flips.sets)


def test_of_cruxes_from_the_solver_it_is_said_when_there_are_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as it is asked for are given."""
    refusing(monkeypatch, Stance)
    both = turn([REACH], [BURDEN])
    assert whole(both).cruxes == ((BURDEN,), (REACH,)) or whole(both).cruxes == ((REACH,), (BURDEN,))
    monkeypatch.setattr(minimal, "AT_A_TIME", 1)
    found = whole(both)
    assert found.cruxes and len(found.cruxes) == 1
    assert found.notes[1:] == ("crux: the 1 smallest found, out of a number not known",)


def test_the_solver_is_asked_for_so_many_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each kind, on the evidence alone or the positions alone."""
    asked_for: list[tuple[frozenset[Hashable], int]] = []
    true = {name: getattr(solving, name) for name in ("smallest_changes", "holding_sets")}
    for name, answer in true.items():

        def noted(circuit: Any, root: int, names: Iterable[Hashable], most: int, answer: Any = answer) -> Any:
            names = list(names)
            asked_for.append((frozenset(names), most))
            return answer(circuit, root, names, most)

        monkeypatch.setattr(solving, name, noted)
    refusing(monkeypatch)
    whole(TURNINGS["all"])
    evidence, law = frozenset((E1,)), frozenset((REACH, BURDEN))
    assert asked_for == [(law, AT_A_TIME), (evidence, AT_A_TIME), (evidence, AT_A_TIME)]


def test_of_sets_not_all_listed_it_is_said_how_many_there_are() -> None:
    """And of what size all are listed."""
    many = turn([E1, E2], [E1, E3], [E1, E10], [E2, E3])
    found = whole(many, 2)
    assert found.notes == (
        "sufficient sets: the 2 smallest of 3, which are all those of fewer than 2 items",
        "flip sets: the 2 smallest of 4, which are all those of fewer than 2 items",
    )
