"""depend() step by step: what goes into each answer, what is said of what is left out, and what is missing."""

from __future__ import annotations

from typing import Any

import pytest

from authority.compiling import compile_question
from authority.dependence import Dependence, depend, missing, singly, turns, working
from authority.dependence.diagram import TooLarge
from authority.dependence.minimal import changes_of
from authority.dependence.missing import Missing, in_every
from authority.dependence.sets import turning
from authority.dependence.working import exact, levels
from authority.engine import Verdict
from authority.errors import EngineError, MissingExtra
from authority.facts import Assumption, FactPattern
from authority.law import NEVER, Probabilities, Stance
from authority.opinion import decide
from authority.vocabulary import Proposition
from tests.generate import READING, TABLES, changed, fact, item, rule, says, tiny

ASKED = fact("may be met", "Aland")
MET, PAID, TOLD, ARMED = (says(verb, "<a>") for verb in ("may be met", "paid", "told", "armed"))
LIKELY = Probabilities(source="a guess", levels={5: 0.9, 4: 0.8, 3: 0.5, 2: 0.25, 1: 0.125}, unjudged=0.0625)


def of(verb: str) -> Proposition:
    return fact(verb, "Aland")


LAW = [
    rule("r", MET, PAID, TOLD), rule("s", MET, PAID, ARMED, under=(Stance("reach", "no"),)),
    rule("u", says("slept", "<a>"), says("rested", "<a>")),
]  # fmt: skip
RECORD = [
    item("E1", of("paid"), origin="one"), item("E10", of("paid"), grade="B2", origin="one"),
    item("E2", of("told"), grade="C3", origin="two"), item("E3", of("rested"), origin="two"),
    item("E4", of("armed"), grade="F6", origin="three"),
]  # fmt: skip


def case(*evidence: Any, law: Any = None, **more: Any) -> FactPattern:
    return tiny(ASKED, law or LAW, *(evidence or RECORD), **more)


def found(*evidence: Any, law: Any = None, asked: dict[str, Any] | None = None, **more: Any) -> Dependence:
    return depend(decide(case(*evidence, law=law, **more), READING), **(asked or {}))


# ── Every answer ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_whole_dependence() -> None:
    """Shown by two exhibits for one fact, both of one origin, and one for the other; two on which nothing turns."""
    each = {"E1": 1 / 6, "E10": 1 / 6, "E2": 2 / 3, "E3": 0.0, "E4": 0.0}
    half = {"E1": 0.25, "E10": 0.25, "E2": 0.75, "E3": 0.0, "E4": 0.0}
    # The weaker of one origin fails first: the stronger alone decides whether the fact stands.
    slope = {"E1": 0.5, "E10": 0.0, "E2": 0.9, "E3": 0.0, "E4": 0.0}
    answer = found(asked={"probabilities": LIKELY})
    assert {name: w.shapley for name, w in answer.power.items()} == pytest.approx(each)
    assert {name: w.banzhaf for name, w in answer.power.items()} == pytest.approx(half)
    assert {name: w.derivative for name, w in answer.power.items()} == pytest.approx(slope)
    assert list(answer.power) == ["E1", "E2", "E3", "E4", "E10"]
    assert answer.but(power={}) == Dependence(
        case="tiny", reading=READING, question=ASKED, verdict=Verdict.MET,
        sufficient_sets=(("E1", "E2"), ("E2", "E10")), sufficient_count=2, flip_sets=(("E2",), ("E1", "E10")),
        flip_count=2, margin=1, margin_origins=(("one",), ("two",)), necessary=("E2",), relevant=("E1", "E2", "E10"),
        idle=("E3", "E4"), power={}, probability=0.45, probabilities=LIKELY, missing_count=0,
        flip_standard="clear-and-convincing", shown_at=("scintilla", "substantial-evidence", "preponderance"),
        decides="evidence",
    )  # fmt: skip


def test_what_cannot_be_judged_has_its_own_probability_and_the_tables_are_the_rule_sets() -> None:
    """Unless others are given."""
    law = [rule("r", MET, PAID)]
    one = item("E1", of("paid"), grade="F6")
    answer = found(one, law=law, standard="scintilla", asked={"probabilities": LIKELY})
    assert (answer.probability, answer.power["E1"].derivative) == (0.0625, 1.0)
    own = found(one, law=law, standard="scintilla")
    assert own.probability == TABLES.probabilities.unjudged and own.probabilities == TABLES.probabilities


def test_an_item_on_which_nothing_turns_has_no_derivative_though_its_origin_has() -> None:
    """Were it of the same probability and origin as one that counts."""
    both = item("E1", of("paid"), origin="one"), item("E2", of("rested"), origin="one")
    answer = found(*both, law=[LAW[2], rule("r", MET, PAID)])
    assert (answer.power["E1"].derivative, answer.power["E2"].derivative) == (1.0, 0.0)


def test_what_turns_on_positions_is_told_with_it() -> None:
    """The crux, and the mixed sets; and which of law and evidence decides."""
    law = [rule("r", MET, PAID, under=(Stance("reach", "yes"),)), rule("s", MET, TOLD, under=(Stance("burden", "no"),))]
    answer = found(item("E1", of("paid")), item("E2", of("told")), law=law)
    assert (answer.crux, answer.mixed, answer.decides) == (((Stance("reach", "no"),),), (), "either")
    assert (answer.power["E1"].shapley, answer.power["E2"].shapley) == (1.0, 0.0)  # the positions as they are
    assert answer.probability == TABLES.probabilities.levels[5]
    against = item("E3", contradicts=(of("told"),), supports=())
    answer = found(item("E1", of("paid"), grade="D4"), item("E2", of("told")), against, law=law)
    assert answer.mixed[0].without == ("E3",) and answer.mixed[0].positions == (Stance("burden", "no"),)
    assert answer.decides == "both together" and not answer.crux and not answer.shown
    assert (answer.margin, answer.margin_origins, answer.necessary) == (None, (), ())


def test_it_bears_the_label_of_its_opinion() -> None:
    """Of law that was never enacted, that it was not."""
    here = case()
    never = changed(here.rules.instrument, enacted=NEVER)
    opinion = decide(changed(here, rules=changed(here.rules, instrument=never)), READING)
    assert depend(opinion).label == "un-enacted" and found().label == ""


def test_a_number_is_told_to_twelve_places_and_nought_has_no_sign() -> None:
    """Which is as many as are right."""
    assert exact(0.1234567890123456) == 0.123456789012 and str(exact(-1e-15)) == "0.0" == str(exact(-0.0))


def test_the_strongest_items_are_weighed_heaviest() -> None:
    """By their levels; what cannot be judged weighs nothing."""
    here = case()
    assert levels(here, here.rules.reading(READING)) == {"E1": 5.0, "E10": 4.0, "E2": 3.0, "E3": 5.0, "E4": 0.0}


def test_the_turns_alone_are_those_of_the_whole() -> None:
    """Of evidence and position; no more listed than asked for, and within the budget."""
    law = [rule("r", MET, PAID, under=(Stance("reach", "yes"),)), rule("s", MET, TOLD, under=(Stance("burden", "no"),))]
    here = case(*RECORD, law=law)
    opinion = decide(here, READING)
    whole = depend(opinion)
    alone = turns(opinion)
    assert alone.flips and alone.sufficient
    wanted = (whole.flip_sets, whole.sufficient_sets, whole.crux)
    assert (alone.flips.sets, alone.sufficient.sets, alone.cruxes) == wanted
    compiled = compile_question(here, opinion.reading, ASKED, items=True, positions=True)
    for budget, listed in ((300, 1), (2, 5)):
        same = changes_of(turning(compiled), levels(here, opinion.reading), budget, listed)
        assert turns(opinion, budget=budget, listed=listed) == same
    assert turns(opinion, budget=2).by_solver and not alone.by_solver


def test_the_margin_alone_is_that_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """One set of origins unless more are asked for; from a diagram within the budget, else from the solver; and from
    what is compiled already, where that is the same outcome."""
    pytest.importorskip("pysat")
    solved: list[Any] = []
    by_solver = singly._by_solver
    monkeypatch.setattr(singly, "_by_solver", lambda *asked: solved.append(asked) or by_solver(*asked))
    opinion = decide(case(), READING)
    whole, alone = depend(opinion), singly.margin(opinion, listed=10)
    assert (alone.number, alone.origins, alone.left_out) == (1, (("one",), ("two",)), "")
    assert (whole.margin, whole.margin_origins) == (alone.number, alone.origins)
    first = singly.margin(opinion)
    assert first.origins == (("one",),) and "perhaps not all" in first.left_out
    assert not solved
    assert singly.margin(opinion, budget=2).origins == alone.origins and len(solved) == 1
    compiled = compile_question(opinion.case, opinion.reading, ASKED, items=True)
    assert singly.margin(opinion, compiled, listed=10) == alone
    silent = decide(case(item("E1", of("paid"))), READING)
    with pytest.raises(EngineError, match="compiled and decided otherwise"):
        singly.margin(silent, compiled)


# ── What is left out, and said so ─────────────────────────────────────────────────────────────────────────────────

STEPS = [
    "necessary items", "sufficient sets and flip sets", "margin", "power", "probability", "proof standards", "missing",
]  # fmt: skip


def test_the_steps_are_told_as_they_begin_and_an_interrupt_leaves_out_the_rest() -> None:
    """What was done before stands; the rest is named."""
    opinion, seen = decide(case(), READING), []
    depend(opinion, progress=seen.append)
    assert seen == STEPS
    for at, step in enumerate(STEPS):

        def interrupted(begun: str, step: str = step) -> None:
            if begun == step:
                raise KeyboardInterrupt

        answer = depend(opinion, progress=interrupted)
        assert answer.complete == f"interrupted; not computed: {', '.join(STEPS[at:])}"
        assert answer.necessary == (("E2",) if at > 0 else ()) and (answer.margin == 1) is (at > 2)
        assert (answer.power["E2"].shapley is None) is (at <= 3) and (answer.probability is None) is (at <= 4)


@pytest.mark.parametrize(
    ("error", "note"),
    [
        (TooLarge("more"), "{}: not computed, past 300,000 nodes"), (EngineError("why"), "{}: not computed; why"),
        (MissingExtra("this", "sat"), "{}: not computed; this needs the extra 'sat': pip install 'authority[sat]'"),
    ],
)
def test_a_step_that_fails_is_named_and_the_others_go_on(
    error: Exception, note: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One after the other, each with what failed."""

    def fails(*_: Any, **__: Any) -> Any:
        raise error

    opinion = decide(case(), READING)
    whole = depend(opinion)
    for name, step in (("singles", STEPS[0]), ("changes_of", STEPS[1]), ("shown_at", STEPS[5])):
        with monkeypatch.context() as patch:
            patch.setattr(working, name, fails)
            answer = depend(opinion)
        assert answer.complete == note.format(step) and answer.probability == whole.probability
    with monkeypatch.context() as patch:
        for name in ("singles", "shown_at"):
            patch.setattr(working, name, fails)
        assert depend(opinion).complete == "; ".join(note.format(step) for step in (STEPS[0], STEPS[5]))


def test_past_the_budget_the_solver_answers_and_the_rest_is_named() -> None:
    """Within two nodes: no diagram."""
    pytest.importorskip("pysat")
    whole, answer = found(), found(asked={"budget": 2})
    assert answer.complete == (
        "mixed sets: not computed, past 2 nodes; power: not computed, past 2 nodes; "
        "probability: not computed, past 2 nodes"
    )
    for name in ("flip_sets", "necessary", "relevant", "idle", "margin", "margin_origins", "shown_at"):
        assert getattr(answer, name) == getattr(whole, name)
    assert set(answer.sufficient_sets) == set(whole.sufficient_sets)


def test_where_the_flip_sets_had_no_diagram_none_is_tried_for_what_would_be_larger(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither for the margin nor for the power; of the solver's sets of one size it is said when there may be more."""
    pytest.importorskip("pysat")
    built: list[str] = []
    monkeypatch.setattr(singly, "fewest_origins", lambda *_: built.append("margin"))
    monkeypatch.setattr(working, "build", lambda *_: built.append("power"))
    monkeypatch.setattr(singly, "AT_A_TIME", 1)
    answer = found(asked={"budget": 2})
    assert built == [] and answer.margin == 1 and len(answer.margin_origins) == 1
    assert "origins of the margin: 1 of the sets of that size, how many there are is not known" in str(answer.complete)


def test_the_margin_of_the_solver_is_that_of_the_diagram() -> None:
    """Only sets of origins as small as the smallest; an origin's number decides its place."""
    pytest.importorskip("pysat")
    told = [item("E2", of("told"), origin="two"), item("E3", of("told"), origin="three")]
    together = [item("E1", of("paid"), origin="m10"), item("E2", of("paid"), origin="m2")]
    for evidence, law, wanted in (
        ([item("E1", of("paid"), origin="one"), *told], [rule("r", MET, PAID, TOLD)], ("one",)),
        (together, [rule("r", MET, PAID)], ("m2", "m10")),
    ):
        answer = found(*evidence, law=law, asked={"budget": 2})
        assert (answer.margin, answer.margin_origins) == (len(wanted), (wanted,))
        assert found(*evidence, law=law).margin_origins == (wanted,)


def test_without_the_power_there_may_still_be_a_probability(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only the one has no diagram."""

    def refuses(*_: Any) -> Any:
        raise TooLarge("too large")

    whole = found()
    monkeypatch.setattr(working, "build", refuses)
    answer = found()
    assert answer.complete == "power: not computed, past 300,000 nodes" and answer.probability == whole.probability
    assert {n: w.derivative for n, w in answer.power.items()} == {n: w.derivative for n, w in whole.power.items()}
    assert all(weight.shapley is None for weight in answer.power.values())


def test_of_what_is_not_listed_it_is_said_how_much_there_is() -> None:
    """Sets of origins as small as the margin, and of missing facts."""
    answer = found(asked={"listed": 1})
    assert len(answer.margin_origins) == 1 and answer.margin == 1 and answer.sufficient_count == 2
    assert answer.complete == (
        "sufficient sets: the 1 smallest of 2, which are all those of fewer than 2 items; "
        "flip sets: the 1 smallest of 2, which are all those of fewer than 1 items; "
        "origins of the margin: 1 of the sets of that size, perhaps not all"
    )
    silent, law = item("E1", found_none=(of("paid"),)), [rule("r", MET, PAID), rule("s", MET, TOLD)]
    open_ = found(silent, asked={"listed": 1}, law=law)
    assert open_.missing_count == 2 and len(open_.missing) == 1
    assert open_.complete == "missing: the 1 smallest sets of 2"
    assert found(silent, asked={"listed": 2}, law=law).complete is True


# ── What is missing ───────────────────────────────────────────────────────────────────────────────────────────────


def gaps(*evidence: Any, law: Any, refuted: bool = False, listed: int = 100, budget: int = 10_000, **more: Any) -> Any:
    here = case(*evidence, law=law, **more)
    broad = {"id": "broad", "positions": {"reach": "no", "burden": "yes"}, "standard": "scintilla"}
    readings = (*here.rules.readings, changed(here.rules.readings[0], **broad))
    here = changed(here, rules=changed(here.rules, readings=readings))
    return missing.missing(here, here.rules.reading(READING), ASKED, refuted=refuted, budget=budget, listed=listed)


SILENT = item("E9", found_none=(of("rested"),))


def test_what_is_missing_is_each_least_set_of_facts_that_would_show_it() -> None:
    """Those that settle most readings first, then the smallest, then by their words; and how many there are."""
    law = [
        rule("r", MET, TOLD, PAID), rule("s", MET, ARMED, under=(Stance("reach", "yes"),)),
        rule("t", MET, TOLD, ARMED, PAID), rule("v", MET, says("fed", "<a>"), says("hid", "<a>")), LAW[2],
    ]  # fmt: skip
    answer = gaps(SILENT, law=law)
    assert answer.sets == (
        Missing((of("fed"), of("hid")), (), (READING, "broad")),
        Missing((of("paid"), of("told")), (), (READING, "broad")),
        Missing((of("armed"),), (), (READING,)),
    )
    two = gaps(SILENT, law=law, listed=2)
    assert answer.count == two.count == 3 and len(two.sets) == 2


def test_the_facts_of_a_set_come_by_their_words() -> None:
    """Not by their sentences."""
    law = [rule("r", MET, says("paid", "Dora"), TOLD), LAW[2]]
    assert gaps(SILENT, law=law).sets[0].facts == (of("told"), fact("paid", "Dora"))


def test_what_the_record_refutes_is_missing_only_where_it_is_asked_for() -> None:
    """And then marked; what is established need not be proved again."""
    law = [rule("r", MET, PAID, TOLD, ARMED)]
    record = item("E1", of("paid")), item("E2", contradicts=(of("told"),), supports=())
    assert gaps(*record, law=law) == ((), 0)
    answer = gaps(*record, law=law, refuted=True)
    assert answer.sets == (Missing((of("armed"), of("told")), (of("told"),), (READING, "broad")),)
    assert gaps(item("E1", of("paid")), law=[rule("r", MET, PAID)]) == ((), 0)


def test_an_assumption_against_it_is_no_gap() -> None:
    """Nor is anything missing beyond the budget: it is too large."""
    law = [rule("r", MET, PAID), rule("s", MET, TOLD)]
    denied = (Assumption(proposition=of("paid"), holds=False),)
    assert [each.facts for each in gaps(SILENT, law=[*law, LAW[2]], assume=denied).sets] == [(of("told"),)]
    with pytest.raises(TooLarge):
        gaps(SILENT, law=[*law, LAW[2]], budget=2)


def test_what_stands_in_every_set() -> None:
    """In the order of the first; of none, nothing."""
    one, other = Missing((of("told"), of("paid"), of("armed")), (), ()), Missing((of("armed"), of("told")), (), ())
    assert in_every((one, other)) == (of("told"), of("armed"))
    assert in_every(()) == () and in_every((other,)) == other.facts


def test_where_it_is_shown_nothing_is_missing_and_otherwise_what_is() -> None:
    """With the refuted facts where they are asked for."""
    law = [rule("r", MET, PAID, TOLD), LAW[2]]
    assert (found().missing, found().missing_count) == ((), 0)
    record = item("E1", contradicts=(of("paid"),), supports=()), SILENT
    assert found(*record, law=law).missing == () and found(*record, law=law).missing_count == 0
    answer = found(*record, law=law, asked={"refuted": True})
    assert answer.missing == (Missing((of("paid"), of("told")), (of("paid"),), (READING,)),)
    assert answer.missing_count == 1
    assert (answer.flip_standard, answer.shown_at, answer.margin, answer.margin_origins) == (None, (), None, ())
