"""The compiled question says of every choice of evidence and positions what ``decide`` says of the case so changed."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authority import engine
from authority.compiling import Compiled, alternatives, compile_question
from authority.engine import Verdict
from authority.facts import FactPattern, Party
from authority.law import Stance
from authority.opinion import decide
from authority.vocabulary import Kind, Proposition
from tests.generate import CAST, READING, cases, changed, fact, item, pick, rule, says, tangles, tiny, without


@pytest.fixture(autouse=True)
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried here is the compiled question; that the two derivations agree is tried elsewhere."""
    monkeypatch.setattr(engine, "available", lambda: False)


def moved(case: FactPattern, stances: Iterable[Stance]) -> FactPattern:
    """The case with the reading taking these positions; of several on one dispute, the first."""
    own = dict(case.positions.get(READING, {}))
    return changed(case, positions={READING: own | {s.dispute: s.position for s in reversed(list(stances))}})


def verdict(compiled: Compiled, proposition: Proposition, chosen: Iterable[object]) -> Verdict:
    """What the compiled question says of a proposition on one choice."""
    stands = compiled.stands[proposition]
    met, not_met = compiled.circuit.evaluate(stands, dict.fromkeys(chosen, 1))  # type: ignore[arg-type]
    assert not (met and not_met)
    return Verdict.MET if met else Verdict.NOT_MET if not_met else Verdict.UNDETERMINED


@settings(max_examples=400)
@given(cases(least=2, most=5))
def test_every_withdrawal_is_what_would_be_decided_without_the_items(case: FactPattern) -> None:
    """Whatever items are withdrawn, the compiled question gives the verdict on the record without them."""
    _every_withdrawal(case)


@given(tangles(2, 5))
def test_every_withdrawal_counts_where_much_depends_on_it(case: FactPattern) -> None:
    """The same for records in which a question turns on facts by several routes."""
    _every_withdrawal(case)


def _every_withdrawal(case: FactPattern) -> None:
    compiled = compile_question(case, case.rules.reading(READING), case.asks, items=True)
    for count in range(len(case.evidence) + 1):
        for kept in itertools.combinations(sorted(case.item), count):
            left = decide(without(case, *(set(case.item) - set(kept))), READING)
            assert verdict(compiled, case.asks, kept) is left.verdict
            for decided in left.decided:
                assert verdict(compiled, decided.proposition, kept) is decided.verdict


@given(st.one_of(tangles(3, 12), cases(least=3, most=12)), st.data())
def test_every_change_is_what_would_be_decided_of_the_case_so_changed(case: FactPattern, data: st.DataObject) -> None:
    """Whatever items are withdrawn and positions taken, the compiled question gives the verdict of ``decide``."""
    reading = case.rules.reading(READING)
    compiled = compile_question(case, reading, case.asks, items=True, positions=True)
    for _ in range(8):
        gone = [name for name in sorted(case.item) if pick(data.draw, (False, False, True))]
        taken = [stance for stance in alternatives(case, reading) if pick(data.draw, (False, True))]
        after = decide(without(moved(case, taken), *gone), READING)
        assert verdict(compiled, case.asks, [*(set(case.item) - set(gone)), *taken]) is after.verdict


ASKED, PAID = fact("met", "Aland"), fact("paid", "Aland")
MET, TOLD = says("met", "<a>"), says("told", "<c>")
SHELTERED = {name: fact("sheltered", name) for name in ("Aland", "Cohort", "Dora")}
BY_SHELTER = [rule("r", MET, says("sheltered", "<a>"))]
CORNERS = {
    # Without E2 nobody speaks of the Cohort, and what is left is refuted: not met, and no longer open.
    "a name that goes with its item": tiny(
        ASKED, [rule("r", MET, says("sheltered", "<c>"), says("paid", "<a>"), body="any")],
        item("E1", contradicts=(PAID,)), item("E2", found_none=(SHELTERED["Cohort"],)),
        item("E3", contradicts=(SHELTERED["Dora"],)),
    ),
    "a waiver for a kind of which there is nobody": tiny(
        ASKED, [rule("r", MET, TOLD), rule("w", TOLD, where={"c": (Kind.OPERATION,)})], item("E1", PAID),
        parties=tuple(Party(name=name, kind=kind) for name, kind in CAST.items() if kind is not Kind.OPERATION),
    ),
    "a doubt that can lower no further": tiny(
        ASKED, BY_SHELTER, item("E1", SHELTERED["Aland"], grade="E5"), item("E2", doubts=("E1",), grade="E5"),
        standard="scintilla",
    ),
    "a fact shown by a scintilla and refuted by a preponderance": tiny(
        ASKED, BY_SHELTER, item("E1", SHELTERED["Aland"], grade="D3"),
        item("E2", contradicts=(SHELTERED["Aland"],), grade="A1"), standard="scintilla",
    ),
    "an attack on what cannot be judged": tiny(
        ASKED, BY_SHELTER, item("E1", SHELTERED["Aland"], grade="F6"), item("E2", undercuts=("E1",), grade="E5"),
        standard="scintilla",
    ),
}  # fmt: skip


@pytest.mark.parametrize("corner", CORNERS)
def test_every_withdrawal_counts_in_the_corners(corner: str) -> None:
    """What made-up records seldom come to, by example."""
    _every_withdrawal(CORNERS[corner])


def test_whom_a_rule_speaks_of_depends_on_the_position_it_stands_under() -> None:
    """Dora is in question by a rule of one position only; on the other nobody but the Cohort is, and that is
    refuted."""
    aided = says("aided", "<c>")
    law = [
        rule("r", MET, aided), rule("t", aided, says("paid", "<c>")),
        rule("s", aided, says("sheltered", "<c>"), under=(Stance("reach", "yes"),)),
    ]  # fmt: skip
    against = item("E1", contradicts=(fact("paid", "Cohort"),))
    case = tiny(ASKED, law, against, item("E2", found_none=(SHELTERED["Dora"],)))
    compiled = compile_question(case, case.rules.reading(READING), ASKED, items=True, positions=True)
    for taken, expected in (((), Verdict.UNDETERMINED), ((Stance("reach", "no"),), Verdict.NOT_MET)):
        assert decide(moved(case, taken), READING).verdict is expected
        assert verdict(compiled, ASKED, [*case.item, *taken]) is expected
