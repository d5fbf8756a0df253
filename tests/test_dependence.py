"""What a verdict depends on, held against the plainest reckoning: every subset, tried one by one."""

from __future__ import annotations

import itertools
import math
import sys
from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from authority import engine
from authority.circuit import Circuit
from authority.compiling import alternatives, compile_facts, compile_question
from authority.dependence import (
    NODES,
    Dependence,
    counting,
    depend,
    integrating,
    missing,
    power,
    sets,
    sifting,
    working,
)
from authority.dependence.building import Orders, build, by_middles, depth_first
from authority.dependence.diagram import Diagrams, Families, TooLarge
from authority.dependence.minimal import AT_A_TIME
from authority.dependence.sets import turning, two_way
from authority.facts import Assumption, FactPattern
from authority.law import Position, Stance
from authority.opinion import decide
from authority.vocabulary import NOBODY, Proposition, natural
from authority.weighing import Status, graded_level
from tests.generate import READING, cases, changed, examples, fact, item, rule, says, tangles, tiny, without

RECORDS = 2_100
"""How many made-up records the brute force is held against."""


@pytest.fixture(autouse=True)
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    """That the two derivations agree is tried elsewhere."""
    monkeypatch.setattr(engine, "available", lambda: False)


# ── The plainest reckoning ────────────────────────────────────────────────────────────────────────────────────────


class Table:
    """Whether the question is shown for every set of items kept. A set is a number with a bit for each item."""

    def __init__(self, case: FactPattern) -> None:
        self.case = case
        self.items = sorted(case.item, key=natural)
        self.every = (1 << len(self.items)) - 1
        compiled = compile_question(case, case.rules.reading(READING), case.asks, items=True)
        count = self.every + 1
        words: dict[Hashable, int] = {
            name: sum(1 << kept for kept in range(count) if kept >> bit & 1) for bit, name in enumerate(self.items)
        }
        (word,) = compiled.circuit.evaluate([compiled.question.met], words, (1 << count) - 1)
        self.shown = [bool(word >> kept & 1) for kept in range(count)]
        self.outcome = self.shown[self.every]

    def names(self, bits: int) -> tuple[str, ...]:
        return tuple(name for bit, name in enumerate(self.items) if bits >> bit & 1)

    def inside(self, bits: int) -> Iterable[int]:
        """The set without each of its members in turn."""
        return (bits & ~(1 << bit) for bit in range(len(self.items)) if bits >> bit & 1)

    def sufficient(self) -> list[tuple[str, ...]]:
        holds = [shown == self.outcome for shown in self.shown]
        for bit in range(len(self.items)):
            for kept in range(self.every + 1):
                if not kept >> bit & 1:
                    holds[kept] = holds[kept] and holds[kept | 1 << bit]
        found = [s for s in range(self.every + 1) if holds[s] and not any(holds[t] for t in self.inside(s))]
        return self.in_order(found)

    def turning(self) -> list[bool]:
        """For each set of items withdrawn, whether some part of it turns the outcome."""
        turns = [self.shown[self.every & ~gone] != self.outcome for gone in range(self.every + 1)]
        for bit in range(len(self.items)):
            for gone in range(self.every + 1):
                if gone >> bit & 1:
                    turns[gone] = turns[gone] or turns[gone & ~(1 << bit)]
        return turns

    def flips(self) -> list[tuple[str, ...]]:
        turns = self.turning()
        return self.in_order(d for d in range(self.every + 1) if turns[d] and not any(turns[e] for e in self.inside(d)))

    def in_order(self, sets: Iterable[int]) -> list[tuple[str, ...]]:
        return sorted((self.names(s) for s in sets), key=lambda s: (len(s), [natural(n) for n in s]))

    def origins(self, bits: int) -> frozenset[str]:
        return frozenset(self.case.origin(self.case.item[name]) for name in self.names(bits))

    def margin(self) -> tuple[int | None, set[frozenset[str]]]:
        lost = {self.origins(d) for d in range(self.every + 1) if self.shown[self.every & ~d] != self.outcome}
        fewest = min(map(len, lost), default=None)
        return fewest, {each for each in lost if len(each) == fewest}

    def powers(self) -> dict[str, tuple[Fraction, Fraction]]:
        count, found = len(self.items), {}
        for bit, name in enumerate(self.items):
            shapley, swings = Fraction(0), 0
            for kept in range(self.every + 1):
                if not kept >> bit & 1:
                    swing = self.shown[kept | 1 << bit] - self.shown[kept]
                    swings += swing
                    if swing:
                        size = kept.bit_count()
                        ways = math.factorial(size) * math.factorial(count - 1 - size)
                        shapley += Fraction(swing * ways, math.factorial(count))
            found[name] = shapley, Fraction(swings, 2 ** (count - 1))
        return found

    def chance(self, p: Mapping[str, float]) -> tuple[float, dict[str, float]]:
        """Each origin draws one number; what is likelier than that is sound."""
        groups: dict[str, dict[float, int]] = {}
        for bit, name in enumerate(self.items):
            ladder = groups.setdefault(self.case.origin(self.case.item[name]), {})
            ladder[p[name]] = ladder.get(p[name], 0) | 1 << bit
        states: list[list[tuple[float, int]]] = []
        for ladder in groups.values():
            steps = sorted(ladder.items(), reverse=True)
            sound = list(itertools.accumulate((bits for _, bits in steps), lambda a, b: a | b, initial=0))
            chances = [1.0, *(q for q, _ in steps), 0.0]
            states.append([(chances[k] - chances[k + 1], sound[k]) for k in range(len(sound))])
        total, slope = 0.0, dict.fromkeys(self.items, 0.0)
        for drawn in itertools.product(*(range(len(s)) for s in states)):
            total += self.weight(states, drawn) * self.shown[self.kept(states, drawn)]
        for number, ladder in enumerate(groups.values()):
            for k, (_, bits) in enumerate(sorted(ladder.items(), reverse=True), start=1):
                rise = 0.0
                for drawn in itertools.product(*(range(len(s)) if i != number else (k,) for i, s in enumerate(states))):
                    before = tuple(d - (i == number) for i, d in enumerate(drawn))
                    swing = self.shown[self.kept(states, drawn)] - self.shown[self.kept(states, before)]
                    rise += swing * self.weight(states, drawn, number)
                slope |= dict.fromkeys(self.names(bits), rise)
        return total, slope

    def kept(self, states: list[list[tuple[float, int]]], drawn: tuple[int, ...]) -> int:
        kept = 0
        for state, k in zip(states, drawn, strict=True):
            kept |= state[k][1]
        return kept

    def weight(self, states: list[list[tuple[float, int]]], drawn: tuple[int, ...], but: int = -1) -> float:
        return math.prod(s[k][0] for i, (s, k) in enumerate(zip(states, drawn, strict=True)) if i != but)


def dependence(case: FactPattern, **more: object) -> Dependence:
    return depend(decide(case, READING), **more)  # type: ignore[arg-type]


@settings(max_examples=examples(RECORDS))
@given(tangles())
def test_every_answer_is_what_trying_every_subset_gives(case: FactPattern) -> None:
    """Sufficient sets, flip sets, necessary, relevant and idle items, margin, power, probability, derivatives."""
    _every_answer(case)


@settings(max_examples=examples(300))
@given(cases(least=2, most=12))
def test_every_answer_holds_for_rules_about_several_parties(case: FactPattern) -> None:
    """The same for rule sets of every shape."""
    _every_answer(case)


def _every_answer(case: FactPattern) -> None:
    table, found = Table(case), dependence(case)
    sufficient, flips = table.sufficient(), table.flips()
    assert found.complete is True
    assert list(found.sufficient_sets) == sufficient and found.sufficient_count == len(sufficient)
    assert list(found.flip_sets) == flips and found.flip_count == len(flips)
    assert found.necessary == tuple(n for n in table.items if sufficient and all(n in s for s in sufficient))
    assert found.relevant == tuple(n for n in table.items if any(n in s for s in sufficient))
    assert found.idle == tuple(n for n in table.items if n not in found.relevant)
    margin, origins = table.margin()
    assert found.margin == margin
    assert {frozenset(each) for each in found.margin_origins} == origins
    powers = table.powers()
    for name, (shapley, banzhaf) in powers.items():
        weight = found.power[name]
        assert weight.shapley == pytest.approx(float(shapley), abs=1e-11)
        assert weight.banzhaf == pytest.approx(float(banzhaf), abs=1e-11)
    reading = case.rules.reading(READING)
    likely = case.rules.tables.probabilities
    p = {e.id: likely.of(graded_level(case, e, reading)) for e in case.evidence}
    chance, slope = table.chance(p)
    assert found.probability == pytest.approx(chance, abs=1e-11)
    for name, rise in slope.items():
        counts = powers[name] != (0, 0) or any(
            table.shown[kept] != table.shown[kept ^ 1 << table.items.index(name)] for kept in range(table.every + 1)
        )
        assert found.power[name].derivative == pytest.approx(rise if counts else 0, abs=1e-11)


# ── Positions, and what is missing ────────────────────────────────────────────────────────────────────────────────


def moved(case: FactPattern, stances: Iterable[Stance]) -> FactPattern:
    """The case with the reading taking these positions."""
    own = {**case.positions.get(READING, {}), **{s.dispute: s.position for s in stances}}
    return changed(case, positions={READING: own})


def changes_of(case: FactPattern, most: int) -> Iterable[tuple[tuple[str, ...], tuple[Stance, ...]]]:
    """Every choice of items to withdraw, no more than so many, and of positions to take, one on a dispute at most."""
    stances = alternatives(case, case.rules.reading(READING))
    for many in range(len(stances) + 1):
        for taken in itertools.combinations(stances, many):
            if len({s.dispute for s in taken}) == many:
                for few in range(most + 1):
                    for gone in itertools.combinations(sorted(case.item, key=natural), few):
                        yield gone, taken


@settings(max_examples=examples(200))
@given(st.one_of(tangles(2, 5), cases(least=2, most=5)))
def test_cruxes_and_mixed_sets_are_what_trying_every_change_gives(case: FactPattern) -> None:
    """The minimal changes of position, and of position and evidence together, decided anew for every one of them."""
    opinion = decide(case, READING)
    turned = [
        frozenset((*gone, *taken))
        for gone, taken in changes_of(case, len(case.evidence))
        if decide(without(moved(case, taken), *gone), READING).shown != opinion.shown
    ]
    least = {each for each in turned if not any(other < each for other in turned)}
    found = depend(opinion)
    assert {frozenset(each) for each in found.crux} == {c for c in least if all(isinstance(n, Stance) for n in c)}
    assert {frozenset((*c.without, *c.positions)) for c in found.mixed} == {
        c for c in least if len({type(n) for n in c}) == 2
    }
    assert {frozenset(each) for each in found.flip_sets} == {c for c in least if all(isinstance(n, str) for n in c)}
    evidence, law = bool(found.flip_sets), bool(found.crux)
    alone = {(True, True): "either", (True, False): "evidence", (False, True): "law"}
    assert found.decides == alone.get((evidence, law), "both together" if found.mixed else "neither")


@settings(max_examples=examples(300))
@given(st.one_of(tangles(1, 6), cases(least=1, most=6)), st.booleans())
def test_what_is_missing_is_what_trying_every_assumption_gives(case: FactPattern, refuted: bool) -> None:
    """The minimal sets of facts that would show the question: each subset assumed, and the case decided anew.

    Only records with a party for every blank are tried; elsewhere a fact may be about somebody yet to be named.
    """
    opinion = decide(case, READING)
    stands = {f.proposition: f.status for f in opinion.findings.facts}
    in_question = compile_facts(case, opinion.reading, case.asks, stands).tree.facts
    assume(not any(NOBODY in f.parties for f in in_question))
    open_ = [f for f in in_question if stands.get(f, Status.UNRESOLVED) is Status.UNRESOLVED]
    against = [f for f in in_question if stands.get(f) is Status.REFUTED]
    against = [f for f in against if f not in {a.proposition for a in case.assume}]
    candidates = [*open_, *(against if refuted else [])]
    assume(len(candidates) <= 7)
    showing = []
    for count in range(len(candidates) + 1):
        for facts in itertools.combinations(candidates, count):
            assumed = (*case.assume, *(Assumption(proposition=f, holds=True) for f in facts))
            if decide(changed(case, assume=assumed), READING).shown:
                showing.append(frozenset(facts))
    least = {each for each in showing if not any(other < each for other in showing)}
    found = dependence(case, refuted=refuted)
    assert {frozenset(gap.facts) for gap in found.missing} == (set() if opinion.shown else least)
    for gap in found.missing:
        assert set(gap.refuted) == set(gap.facts) & set(against)
        assert opinion.reading.id in gap.settles


def test_what_is_missing_is_ranked_by_the_readings_it_would_settle(iran: FactPattern) -> None:
    """On the Iran record every set holds the determination, which the record refutes, so none is listed unless refuted
    facts are asked for; the set that would settle most readings then comes first."""
    opinion = decide(iran, "statutory-text-harboring-since")
    assert depend(opinion).missing == ()
    found = depend(opinion, refuted=True)
    assert found.missing and found.complete is True
    determined = Proposition("the President has determined that the authorization covers <target>", ("Iran",))
    assert all(gap.refuted == (determined,) for gap in found.missing)
    settled = [len(gap.settles) for gap in found.missing]
    assert settled == [3, 3, 3, 3, 3, 2]


def test_to_establish_a_fact_is_to_speak_of_its_party() -> None:
    """That the Cabal sheltered would show it by itself, though today no blank ranges over the Cabal."""
    law = [
        rule("r", says("met", "<a>"), says("sheltered", "<c>")),
        rule("s", says("met", "<a>"), says("sheltered", "Cabal"), says("paid", "<a>")),
    ]
    found = dependence(tiny(ASKED, law, item("E1", found_none=(fact("sheltered", "Cohort"),))))
    assert {gap.facts for gap in found.missing} == {(fact("sheltered", "Cabal"),), (fact("sheltered", "Cohort"),)}


def test_one_position_is_taken_on_a_dispute() -> None:
    """Where each of two positions would lift one bar, no change lifts both: there is no crux."""
    positions = tuple(Position(id=name, says=name) for name in ("first", "second", "third"))
    law = [
        rule("r", says("met", "<a>"), says("aided", "<a>"), says("armed", "<a>")),
        rule("w", says("aided", "<a>"), under=(Stance("reach", "second"),)),
        rule("x", says("armed", "<a>"), under=(Stance("reach", "third"),)),
    ]
    case = tiny(ASKED, law, stances={"reach": "first", "burden": "yes"})
    disputes = tuple(changed(d, positions=positions) if d.id == "reach" else d for d in case.rules.disputes)
    found = dependence(changed(case, rules=changed(case.rules, disputes=disputes)))
    assert (found.crux, found.mixed, found.decides) == ((), (), "neither")


# ── What the text promises of single answers ──────────────────────────────────────────────────────────────────────


@given(tangles(2, 10))
def test_shapley_values_add_up_to_what_the_record_changes(case: FactPattern) -> None:
    """Over all items, they come to the difference between the whole record and none at all."""
    found = dependence(case)
    none = decide(without(case, *case.item), READING).shown
    total = sum(weight.shapley or 0 for weight in found.power.values())
    assert total == pytest.approx(found.shown - none, abs=1e-11)


def test_parts_that_share_a_variable_are_drawn_together() -> None:
    """Of four parts the first and the last share one: the last is walked before the third, whose others stand lower."""
    circuit = Circuit()
    parts = [circuit.all(map(circuit.variable, pair)) for pair in ("as", "bc", "de", "fs")]
    root = circuit.any(parts)
    walked = depth_first(circuit, root, {})
    assert walked == list("asbcdef") and by_middles(circuit, root, walked) == list("asbcfde")


@given(tangles(2, 40))
def test_sifting_changes_the_order_and_nothing_else(case: FactPattern) -> None:
    """The same function by the same variables, in no more nodes, and in none but those that it takes in that order."""
    compiled = compile_question(case, case.rules.reading(READING), case.asks, items=True)
    circuit, root = compiled.circuit, compiled.question.met
    diagrams, top = build(circuit, root, {}, NODES)
    found, moved = sifting.sifted(diagrams, top)
    assert sorted(found.order, key=str) == sorted(diagrams.order, key=str)
    assert len(found.level) - 2 == len(found.beneath(moved)) <= len(diagrams.beneath(top))
    assert found.of(circuit, root) == moved


def test_sifting_brings_together_what_belongs_together() -> None:
    """Eight pairs, each of one variable from the upper half of the order and one from the lower: 510 nodes; once the
    two of a pair are neighbours, two to a pair."""
    circuit = Circuit()
    root = circuit.any(circuit.all((circuit.variable(n), circuit.variable(n + 8))) for n in range(8))
    diagrams = Diagrams(range(16), NODES)
    found, top = sifting.sifted(diagrams, diagrams.of(circuit, root))
    assert len(diagrams.beneath(diagrams.of(circuit, root))) == 510 and len(found.beneath(top)) == 16


@settings(max_examples=examples(100), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tangles(2, 12))
def test_sifted_or_not_the_sets_are_the_same(case: FactPattern) -> None:
    """Where every diagram counts as large, the answers are those of brute force too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sets, "LARGE", 0)
        _every_answer(case)


@given(tangles(2, 40))
def test_counting_and_integrating_give_the_same_power(case: FactPattern) -> None:
    """Exact numbers of sets by size, and polynomials at points, differ by rounding alone."""
    compiled = compile_question(case, case.rules.reading(READING), case.asks, items=True)
    diagrams, top = build(compiled.circuit, compiled.question.met, {}, NODES)
    assume(top > 1 and len(diagrams.support(top)) <= counting.ITEMS)
    by_count, by_points = counting.counted(diagrams, diagrams.beneath(top)), integrating.integrated(diagrams, top)
    assert by_count.keys() == by_points.keys() == set(diagrams.support(top))
    for name, found in by_count.items():
        assert found == pytest.approx(by_points[name], abs=1e-12)


def test_as_many_items_as_can_be_counted_are_counted_right() -> None:
    """At least so many of 63 items: each has an equal share, and where half of them are needed, the number of the sets
    of one size nearly fills its word."""
    names = [f"E{n}" for n in range(counting.ITEMS)]
    for count in (counting.ITEMS, counting.ITEMS // 2, 2):
        circuit = Circuit()
        diagrams, top = build(circuit, circuit.at_least(count, map(circuit.variable, names)), {}, NODES)
        found = counting.counted(diagrams, diagrams.beneath(top))
        assert {round(each.shapley, 15) for each in found.values()} == {round(1 / counting.ITEMS, 15)}
        swings = math.comb(counting.ITEMS - 1, count - 1)
        assert {each.banzhaf for each in found.values()} == {swings / 2 ** (counting.ITEMS - 1)}


@given(tangles(1, 8))
def test_the_flip_standard_is_the_weakest_that_turns_the_outcome(case: FactPattern) -> None:
    """Each standard tried; the first, from the weakest, whose outcome is another."""
    found = dependence(case)
    reading = case.rules.reading(READING)
    shown = {s.id: decide(case, changed(reading, standard=s.id)).shown for s in case.rules.tables.standards}
    assert found.shown_at == tuple(name for name, holds in shown.items() if holds)
    assert found.flip_standard == next((name for name, holds in shown.items() if holds != found.shown), None)


ASKED = fact("met", "Aland")
SHELTERED = fact("sheltered", "Aland")
LAW = [rule("r", says("met", "<a>"), says("sheltered", "<a>"))]


def test_five_items_of_one_origin_are_one() -> None:
    """The margin counts origins: where all that is for a fact comes from one ministry, one loss is enough."""
    five = [item(f"E{n}", SHELTERED, origin="the ministry") for n in range(1, 6)]
    found = dependence(tiny(ASKED, LAW, *five))
    assert found.margin == 1 and found.margin_origins == (("the ministry",),)
    assert found.flip_sets == (("E1", "E2", "E3", "E4", "E5"),)
    six = dependence(tiny(ASKED, LAW, *five, item("E6", SHELTERED, origin="a court")))
    assert six.margin == 2 and six.margin_origins == (("a court", "the ministry"),)


def test_where_no_withdrawal_turns_it_there_is_no_margin() -> None:
    """Not shown for want of evidence: nothing can be withdrawn that would show it, and nothing need be kept."""
    found = dependence(tiny(ASKED, LAW))
    assert (found.margin, found.flip_sets, found.sufficient_sets) == (None, (), ((),))
    assert found.complete is True


# ── Past the budget, interrupted, and when the method is broken on purpose ────────────────────────────────────────


def outgrowing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every diagram outgrows its budget at once."""

    def build(*_: object) -> None:
        raise TooLarge("more than 0 nodes")

    for module in (sets, working, missing, power):
        monkeypatch.setattr(module, "build", build)


@settings(
    max_examples=examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)  # fmt: skip
@given(tangles(2, 9))
def test_past_the_budget_what_is_answered_is_still_exact(case: FactPattern) -> None:
    """Where no diagram can be built, a solver gives the margin, the smallest flip sets and minimal sufficient sets; the
    rest is left out, and ``complete`` says so."""
    table, whole = Table(case), dependence(case)
    with pytest.MonkeyPatch.context() as patch:
        outgrowing(patch)
        found = dependence(case)
    assert found.complete is not True and "power: not computed, past 300,000 nodes" in found.complete
    assert found.margin == whole.margin and set(found.margin_origins) <= set(whole.margin_origins)
    assert found.necessary == whole.necessary
    flips, sufficient = table.flips(), table.sufficient()
    assert list(found.flip_sets) == flips if len(flips) <= AT_A_TIME else set(found.flip_sets) <= set(flips)
    assert [len(each) for each in found.flip_sets] == [len(each) for each in flips[:AT_A_TIME]]
    assert set(found.sufficient_sets) <= set(sufficient) and len(found.sufficient_sets) == min(
        len(sufficient), AT_A_TIME
    )
    assert set(found.crux) == set(whole.crux) and found.mixed == ()
    assert found.probability is None and (found.shown or not found.missing)


def test_without_a_solver_what_needs_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the budget and without python-sat, the answer says what is not computed and what to install."""
    outgrowing(monkeypatch)
    monkeypatch.setitem(sys.modules, "pysat.examples.rc2", None)
    found = dependence(tiny(ASKED, LAW, item("E1", SHELTERED)))
    assert found.necessary == ("E1",) and found.flip_sets == () and found.flip_count is None
    assert "pip install 'authority[sat]'" in str(found.complete)


@pytest.mark.parametrize("budget", [2, 3, 5, 8, 13, 30, 100])
def test_a_budget_never_makes_an_answer_wrong(iran: FactPattern, budget: int) -> None:
    """Whatever the budget, an answer is the exact one or is left out and named."""
    whole, found = (depend(decide(iran, "cooperation-2020"), budget=b) for b in (300_000, budget))
    assert set(found.flip_sets) == set(whole.flip_sets) and found.margin == whole.margin
    assert set(found.crux) == set(whole.crux)
    assert found.probability in (None, whole.probability)
    assert found.complete is True or "past" in found.complete


def test_more_sets_than_are_listed_are_counted() -> None:
    """Every pair of two in each of ten facts: 2 to the 10th sufficient sets, of which the smallest are listed."""
    facts = [fact(f"did {n}", "Aland") for n in range(10)]
    law = [rule("r", says("met", "<a>"), *(says(f"did {n}", "<a>") for n in range(10)))]
    evidence = [item(f"E{2 * n + k}", each) for n, each in enumerate(facts) for k in (1, 2)]
    found = dependence(tiny(ASKED, law, *evidence), listed=100)
    assert found.sufficient_count == 1024 and len(found.sufficient_sets) == 100
    assert found.flip_count == 10 == len(found.flip_sets)
    assert found.complete == "sufficient sets: the 100 smallest of 1,024, which are all those of fewer than 10 items"


@pytest.mark.parametrize("at", range(7))
def test_an_interrupt_returns_what_is_done(iran: FactPattern, at: int) -> None:
    """Interrupted at any step, the answers before it stand, and the rest are named as not computed."""
    opinion = decide(iran, "cooperation-2020")
    whole, seen = depend(opinion), []

    def progress(step: str) -> None:
        seen.append(step)
        if len(seen) > at:
            raise KeyboardInterrupt

    found = depend(opinion, progress=progress)
    assert str(found.complete).startswith("interrupted; not computed: ") and str(found.complete).count(",") == 6 - at
    assert found.necessary == whole.necessary
    assert found.flip_sets == (whole.flip_sets if at > 1 else ())
    assert found.margin == (whole.margin if at > 2 else None)
    assert found.probability == (whole.probability if at > 4 else None)
    assert found.shown_at == (whole.shown_at if at > 5 else ())


@pytest.mark.parametrize(
    ("where", "name", "wrong"),
    [
        # The order: a variable asked for beneath one that stands after it.
        (
            Diagrams,
            "node",
            lambda true: lambda self, level, low, high: true(self, len(self.order) - 1 - level, low, high),
        ),
        # The duality: a set that meets every flip set taken for one that is a flip set.
        (Families, "meeting", lambda true: lambda self, top: self.minimal(top)),
        # The closure: withdrawing exactly these, instead of these and whatever else.
        (Diagrams, "reachable", lambda true: lambda self, top, levels: top),
        # Minimality: supersets let through.
        (Families, "without", lambda true: lambda self, family, other: family),
    ],
    ids=["order", "duality", "closure", "minimality"],
)
def test_a_broken_diagram_is_found_out(where: type, name: str, wrong: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The brute force goes red when the diagram's order or the duality is broken on purpose."""
    monkeypatch.setattr(where, name, wrong(getattr(where, name)))
    held = settings(
        max_examples=400, database=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow]
    )
    broken = held(given(tangles(2, 8))(_agrees))
    with pytest.raises((AssertionError, IndexError, KeyError, OverflowError, TooLarge, RecursionError)):
        broken()


def _agrees(case: FactPattern) -> None:
    table, found = Table(case), dependence(case)
    assert list(found.sufficient_sets) == table.sufficient() and list(found.flip_sets) == table.flips()


def test_the_order_of_the_variables_never_matters() -> None:
    """Depth-first, drawn together by FORCE or strewn: another diagram, the same sets."""
    facts = [fact(f"did {n}", "Aland") for n in range(6)]
    law = [rule("r", says("met", "<a>"), *(says(f"did {n}", "<a>") for n in range(6)), body="at_least", count=3)]
    evidence = [item(f"E{n}", facts[n % 6], facts[(n * 5 + 1) % 6]) for n in range(12)]
    case = tiny(ASKED, law, *evidence)
    reading = case.rules.reading(READING)
    turn = turning(compile_question(case, reading, ASKED, items=True))
    found = set()
    orders = Orders(turn.circuit, turn.root, {})
    for order in (
        orders.begin,
        *orders.strewn(),
        *(orders.drawn(start)[1] for start in (orders.begin, *orders.strewn())),
    ):
        diagrams = Diagrams(order, 100_000)
        families = Families(diagrams)
        family = families.minimal(diagrams.reachable(diagrams.of(turn.circuit, turn.root), two_way(turn, diagrams)))
        found.add(frozenset(map(frozenset, families.smallest(family))))
    assert len(found) == 1 and len(next(iter(found))) > 2
