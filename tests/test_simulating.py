"""Simulation: many draws come to what is exact, and to what trying every draw gives."""

from __future__ import annotations

import itertools
import json
import math
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authority.compiling import alternatives, compile_question
from authority.dependence import depend
from authority.engine import Verdict
from authority.errors import InvalidInput, UnknownName
from authority.facts import FactPattern
from authority.law import Probabilities, Stance
from authority.opinion import decide
from authority.scales import Regraded, beside
from authority.simulating import Counts, Drawn, asking, simulate
from authority.weighing import graded_level
from tests.conftest import SAID
from tests.generate import DISPUTES, READING, TABLES, cases, examples, fact, item, rule, says, tangles, tiny, with_items

MET = fact("met", "Aland")
PAID, TOLD = (fact(verb, "Aland") for verb in ("paid", "told"))
ALL = (rule("r", says("met", "<a>"), says("paid", "<a>"), says("told", "<a>")),)
MANY = 8_192


def near(found: int, probability: float, n: int) -> bool:
    """Whether so many of n draws lie within four standard errors of what is to be expected."""
    return abs(found / n - probability) <= 4 * math.sqrt(max(probability * (1 - probability), 0) / n) + 1e-9


# ── Against what is exact ─────────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=examples(100))
@given(tangles())
def test_the_share_is_the_probability_of_the_dependence(case: FactPattern) -> None:
    """Within four standard errors of the exact one, which stands beside it."""
    found = simulate(case, MANY, seed=1)
    for name, drawn in found.readings.items():
        exact = depend(decide(case, name)).probability
        assert exact is not None and drawn.exact == pytest.approx(exact, abs=1e-11)
        assert near(drawn.counts.met, exact, MANY)


def draws(case: FactPattern, reading: str) -> Iterator[tuple[float, frozenset[str]]]:
    """Every draw of the origins that keeps other items, with its chance: the items of an origin fall away one by one,
    the least likely first."""
    law = case.rules.reading(reading)
    chances = {e.id: case.rules.tables.probabilities.of(graded_level(case, e, law)) for e in case.evidence}
    by_origin: dict[str, list[str]] = {}
    for each in case.evidence:
        by_origin.setdefault(case.origin(each), []).append(each.id)
    stretches = []
    for items in by_origin.values():
        bounds = sorted({0.0, 1.0, *(chances[name] for name in items)})
        stretches.append([
            (high - low, frozenset(name for name in items if chances[name] > low))
            for low, high in itertools.pairwise(bounds)
        ])  # fmt: skip
    for each in itertools.product(*stretches):
        yield math.prod(chance for chance, _ in each), frozenset().union(*(kept for _, kept in each))


@settings(max_examples=examples(25))
@given(tangles(most=6))
def test_every_verdict_comes_as_often_as_trying_every_draw_says(case: FactPattern) -> None:
    """Met, not met and undetermined, of the question and of each of its elements, by ``decide`` itself."""
    expected: Counter[tuple[str, Verdict]] = Counter()
    drawn = simulate(case, MANY, seed=2, readings=[READING]).first
    for chance, kept in draws(case, READING):
        opinion = decide(case.holding(kept), READING)
        expected[str(opinion.question), opinion.verdict] += chance  # pyright: ignore[reportArgumentType]
        for element in opinion.top_elements:
            expected[str(element), opinion.on(element)] += chance  # pyright: ignore[reportArgumentType]
    for name, counts in {str(case.asks): drawn.counts, **drawn.elements}.items():
        assert counts.n == MANY
        for verdict, found in zip(Verdict, (counts.met, counts.not_met, counts.undetermined), strict=True):
            assert near(found, expected[name, verdict], MANY), (name, verdict)


@settings(max_examples=examples(100))
@given(st.one_of(cases(least=2), tangles()), st.data())
def test_the_question_with_its_grades_open_says_what_decide_says_of_the_case_so_graded(
    case: FactPattern, data: st.DataObject
) -> None:
    """Items withdrawn, graded a level higher or lower, positions taken: all at once."""
    reading = case.rules.reading(READING)
    compiled = compile_question(case, reading, case.asks, items=True, positions=True, grades=True)
    kept = data.draw(st.sets(st.sampled_from(sorted(case.item))))
    taken = data.draw(st.sampled_from([None, *alternatives(case, reading)]))
    values: dict[Any, int] = dict.fromkeys(kept, 1) | ({taken: 1} if taken else {})
    now = {}
    for name, each in case.item.items():
        level = graded_level(case, each, reading)
        by = data.draw(st.sampled_from([0, *beside(level)])) if level else 0
        values[Regraded(name, by)] = 1
        now[name] = graded(case, name, level + by) if level and by else each
    moved = case.but(evidence=tuple(now[e.id] for e in case.evidence))
    if taken:
        own = {**case.positions.get(READING, {}), taken.dispute: taken.position}
        moved = moved.but(positions={**case.positions, READING: own})
    met, not_met = compiled.circuit.evaluate(compiled.question, values)
    verdict = decide(moved.holding(kept), READING).verdict
    assert (met, not_met) == (verdict is Verdict.MET, verdict is Verdict.NOT_MET)


@pytest.mark.parametrize(
    ("attack", "standard", "attacker", "moved", "met"),
    [
        ("undercuts", "preponderance", "B2", {}, False),
        ("undercuts", "preponderance", "B2", {"E1": 1}, True),
        ("undercuts", "preponderance", "C3", {}, True),
        ("undercuts", "preponderance", "C3", {"E1": -1}, False),
        ("undercuts", "preponderance", "C3", {"E2": 1}, False),
        ("doubts", "clear-and-convincing", "B2", {}, False),
        ("doubts", "clear-and-convincing", "A1", {"E1": 1}, True),
        ("doubts", "scintilla", "A1", {"E1": -1}, True),
    ],
)
def test_an_attack_is_held_against_the_grade_as_it_then_stands(
    attack: str, standard: str, attacker: str, moved: Mapping[str, int], met: bool
) -> None:
    """E2 attacks E1, graded B2: it works from where that stands; and a doubt never puts anything beneath the lowest."""
    items = (item("E1", PAID, grade="B2"), item("E2", grade=attacker, **{attack: ("E1",)}))
    case = tiny(MET, [rule("r", says("met", "<a>"), says("paid", "<a>"))], *items, standard=standard)
    low = tiny(MET, case.rules.rules, items[0].but(reliability="E", credibility="5"), items[1], standard=standard)
    values: dict[Any, int] = {"E1": 1, "E2": 1, **{Regraded(name, by): 1 for name, by in moved.items()}}
    for each in (case, low) if standard == "scintilla" else (case,):
        compiled = compile_question(each, each.rules.reading(READING), MET, items=True, grades=True)
        assert compiled.circuit.evaluate([compiled.question.met], values) == [met]


def graded(case: FactPattern, name: str, level: int) -> Any:
    """The item as though it stated grades of a level."""
    letter = next(a for a, entry in TABLES.reliability.items() if entry.level == level)
    digit = next(d for d, entry in TABLES.credibility.items() if entry.level == level)
    return case.item[name].but(reliability=letter, credibility=digit, hedge="")


# ── What is drawn ─────────────────────────────────────────────────────────────────────────────────────────────────


def share(case: FactPattern, **more: Any) -> float:
    return simulate(case, MANY, seed=3, readings=[READING], **more).probability


@pytest.mark.parametrize(
    ("origins", "expected"), [(("one", "two"), 0.8 * 0.6), (("one", "one"), 0.6)], ids=["two origins", "one origin"]
)
def test_items_of_one_origin_fail_together(origins: tuple[str, str], expected: float) -> None:
    """The likelier only where the other does; those of two origins each by itself."""
    items = [item(f"E{n}", of, grade=grade, origin=origin) for n, of, grade, origin in
             zip((1, 2), (PAID, TOLD), ("B2", "C3"), origins, strict=True)]  # fmt: skip
    case = tiny(MET, ALL, *items)
    assert near(round(share(case) * MANY), expected, MANY)
    assert simulate(case, 1, seed=0).first.exact == pytest.approx(expected)


def test_a_grade_is_drawn_a_level_off_either_way_alike() -> None:
    """A C3 item shows it at its level or above: as often as it keeps its level and is sound with 0.6, or rises and is
    with 0.8; by a scintilla, whatever its level; at the top of the scale there is one way to go, and what cannot be
    judged goes none."""
    law = (rule("r", says("met", "<a>"), says("paid", "<a>")),)
    for grade, standard, expected in (
        ("C3", "preponderance", 0.6 * 0.6 + 0.2 * 0.8),
        ("B2", "scintilla", 0.6 * 0.8 + 0.2 * 0.95 + 0.2 * 0.6),
        ("A1", "beyond-reasonable-doubt", 0.6 * 0.95),
        ("F6", "scintilla", 0.5),
    ):
        case = tiny(MET, law, item("E1", PAID, grade=grade), standard=standard)
        assert near(round(share(case, regrade=0.4) * MANY), expected, MANY), grade


def test_positions_are_drawn_by_their_weights_or_all_alike() -> None:
    """On the disputes named; the others stay as the reading has them, and a position of no weight is never taken."""
    stances = tuple(Stance(dispute, "yes") for dispute in DISPUTES)
    case = tiny(MET, [rule("r", says("met", "<a>"), under=stances)])
    assert share(case) == 1.0
    assert near(round(share(case, positions="uniform") * MANY), 0.25, MANY)
    assert near(round(share(case, positions={DISPUTES[0]: {"yes": 1, "no": 3}}) * MANY), 0.25, MANY)
    assert share(case, positions={DISPUTES[1]: {"yes": 0, "no": 2}}) == 0.0
    assert share(case, positions={DISPUTES[1]: {"yes": 2}}) == 1.0
    found = simulate(case, 10, seed=1, positions={DISPUTES[0]: {"yes": 1, "no": 3}})
    assert found.positions == {DISPUTES[0]: {"yes": 0.25, "no": 0.75}}
    assert found.first.exact is None and found.first.not_exact == "positions or grades are drawn"


def test_another_table_of_probabilities_takes_the_place_of_the_rule_sets() -> None:
    sure = Probabilities(source="All is sound.", levels=dict.fromkeys(range(1, 6), 1.0), unjudged=0.0)
    case = tiny(MET, ALL, item("E1", PAID), item("E2", TOLD))
    found = simulate(case, MANY, seed=1, probabilities=sure)
    assert found.probability == 1.0 and found.first.not_exact == "a probability of the table is 0 or 1"
    assert "All is sound." in found.explain()


# ── The same seed, the same bytes ─────────────────────────────────────────────────────────────────────────────────


def test_the_draws_of_a_seed_are_these(iran: FactPattern) -> None:
    """On every machine, and with every version of NumPy."""
    found = simulate(iran, 10_000, seed=1, readings=["cooperation-2020"])
    assert (found.counts, found.first.exact) == (Counts(met=6_979, not_met=0, undetermined=3_021), 0.696)


def test_the_same_seed_gives_the_same_bytes_and_another_others(iran: FactPattern) -> None:
    one, same, other = (json.dumps(simulate(iran, 1_000, seed=s, regrade=0.1).as_data()) for s in (7, 7, 8))
    assert one == same != other


def test_how_many_are_drawn_at_a_time_makes_no_difference(monkeypatch: pytest.MonkeyPatch, iran: FactPattern) -> None:
    whole = simulate(iran, 1_000, seed=7, regrade=0.2, positions="uniform")
    monkeypatch.setattr(asking, "ROWS", 97)
    assert simulate(iran, 1_000, seed=7, regrade=0.2, positions="uniform") == whole


def test_what_is_drawn_of_one_origin_hangs_on_no_other() -> None:
    """With an exhibit more in the record, of an origin of its own, the others are drawn as before."""
    case = tiny(MET, ALL, item("E1", PAID, origin="one", grade="B2"), item("E2", TOLD, origin="two", grade="B2"))
    more = with_items(case, item("E0", PAID, origin="another", grade="E5"))
    assert simulate(case, 999, seed=1).counts == simulate(more, 999, seed=1).counts


@pytest.mark.parametrize("n", [1, 63, 64, 65, 1_000])
def test_every_draw_is_counted_once_and_no_other(n: int) -> None:
    """Whatever is left of the last word."""
    never = tiny(MET, ALL, item("E1", contradicts=(PAID,)))
    always = tiny(MET, [rule("r", says("met", "<a>"))])
    assert simulate(always, n, seed=1).counts == Counts(met=n, not_met=0, undetermined=0)
    found = simulate(never, n, seed=1).counts
    assert found.met == 0 and found.n == n and min(found.not_met, found.undetermined) >= 0


# ── What is said of it ────────────────────────────────────────────────────────────────────────────────────────────


@given(st.integers(1, 10_000), st.data())
def test_the_interval_is_wilsons(n: int, data: st.DataObject) -> None:
    """Its ends are the probabilities from which the share is 1.96 of their own standard errors away, and it lies about
    the share."""
    met = data.draw(st.integers(0, n))
    found = Counts(met=met, not_met=n - met, undetermined=0)
    low, high = found.interval
    assert 0 <= low <= found.probability <= high <= 1
    for end in (low, high):
        if 0 < end < 1:
            assert abs(met / n - end) == pytest.approx(1.959964 * math.sqrt(end * (1 - end) / n), rel=1e-5)
    assert found.standard_error == pytest.approx(math.sqrt(met / n * (1 - met / n) / n))


def test_no_number_stands_without_what_is_assumed(iran: FactPattern) -> None:
    """Independence of origins, the table, and all that was drawn besides."""
    found = simulate(iran, 100, seed=1, regrade=0.1, positions={"cooperation": {"suffices": 1, "does-not-suffice": 1}})
    told = " ".join(found.explain().split())
    for words in (
        "Different origins fail independently of each other, which is assumed and nowhere shown",
        "With a chance of 0.1", "suffices 0.500, does-not-suffice 0.500. No such share is law",
        "No study stands behind the numbers", "asserted, unsupported by any court",
    ):  # fmt: skip
        assert words in told
    assert found.as_data()["assumed"] == list(found.assumed)
    assert "Positions are those of the reading." in simulate(iran, 1, seed=1).assumed


def test_every_reading_is_drawn_on_the_same_draws(iran: FactPattern) -> None:
    found = simulate(iran, 1_000, seed=5)
    assert tuple(found.readings) == tuple(r.id for r in iran.rules.readings)
    alone = simulate(iran, 1_000, seed=5, readings=["cooperation-2020"])
    assert found.readings["cooperation-2020"] == alone.first and isinstance(alone.first, Drawn)
    assert alone.standard_error == alone.counts.standard_error and alone.interval == alone.counts.interval


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"n": 0, "seed": -1, "regrade": 1.5}, ("draw at least once", "-1 is no seed", "no chance of another grade")),
        ({"positions": {"cooperation": {"suffices": -1}}}, ("weights of the positions on cooperation will not do",)),
        ({"positions": {"cooperation": {"suffices": 0}}}, ("not all of them 0",)),
        ({"positions": {"contact": {"enough": float("nan")}, "cooperation": {"suffices": float("inf")}}},
         ("on contact will not do", "on cooperation will not do")),
    ],
)  # fmt: skip
def test_all_that_is_wrong_is_told(asked: Mapping[str, Any], says: tuple[str, ...], iran: FactPattern) -> None:
    with pytest.raises(InvalidInput) as wrong:
        simulate(iran, **{"n": 10, "seed": 1, **asked})
    assert all(each in str(wrong.value) for each in says)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"readings": ["statute"]}, "no reading 'statute'"),
        ({"positions": {"coop": {"suffices": 1}}}, "no dispute 'coop'"),
        ({"positions": {"cooperation": {"suffice": 1}}}, "did you mean 'suffices'"),
    ],
)
def test_a_name_that_is_not_there_is_told(asked: Mapping[str, Any], says: str, iran: FactPattern) -> None:
    with pytest.raises(UnknownName, match=says):
        simulate(iran, 10, seed=1, **asked)


def test_past_the_budget_the_estimate_stands_alone(iran: FactPattern) -> None:
    drawn = simulate(iran, 10, seed=1, readings=["cooperation-2020"], budget=1).first
    assert (drawn.exact, drawn.not_exact) == (None, "past 1 nodes")
    assert "not computed: past 1 nodes" in simulate(iran, 10, seed=1, budget=1).explain()


def test_it_needs_no_more_than_the_core() -> None:
    """Without Arrow a simulation is drawn all the same; tables say what they need."""
    program = """
import sys
sys.modules["pyarrow"] = None
import authority
assert authority.simulate(authority.load_case("aqap"), 64, seed=1).counts.n == 64
try:
    from authority.batch import Batch
except authority.MissingExtra as error:
    print(error.extra)
"""
    done = subprocess.run([sys.executable, "-c", program], text=True, capture_output=True, check=True)
    assert done.stdout == "batch\n"


# ── The command ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_command_says_what_the_library_does(said: SAID, iran: FactPattern) -> None:
    arguments = ("simulate", "iran-2020", "--seed", "4", "-n", "500")
    code, out, _ = said(*arguments)
    assert (code, out) == (0, simulate(iran, 500, seed=4).explain() + "\n")
    weights = ("--position", "cooperation=suffices:1", "--position", "cooperation=does-not-suffice:3")
    code, out, _ = said(*arguments, "-r", "statutory-text", "--regrade", "0.1", *weights, "--format", "json")
    drawn = {"cooperation": {"suffices": 1, "does-not-suffice": 3}}
    found = simulate(iran, 500, seed=4, readings=["statutory-text"], regrade=0.1, positions=drawn)
    assert (code, json.loads(out)) == (0, json.loads(json.dumps(found.as_data())))
    assert said(*arguments, "--uniform", "-r", "statutory-text")[1].count("No such share is law") > 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Missing option '--seed'"),
        (("--seed", "1", "-n", "0"), "'--n'"),
        (("--seed", "1", "--uniform", "--position", "contact=enough:1"), "leave --position out"),
        (("--seed", "1", "--position", "contact=enough"), "not of the form DISPUTE=POSITION:WEIGHT"),
        (("--seed", "1", "--position", "contact=enough:1", "--position", "contact=enough:2"), "given two weights"),
    ],
)
def test_a_command_used_wrongly_says_how(arguments: tuple[str, ...], says: str, said: SAID) -> None:
    code, _, err = said("simulate", "iran-2020", *arguments)
    assert (code, says in err) == (2, True), err
