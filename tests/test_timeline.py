"""The timeline: the verdict day by day, as the record grew and as the law changed."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given

import authority
from authority import chronology
from authority.chronology import Row, known_from, timeline, turning
from authority.compiling import Compiled, Stands, compile_question
from authority.dates import last_day
from authority.engine import Verdict
from authority.errors import EngineError
from authority.facts import FactPattern
from authority.law import Stance
from authority.opinion import decide
from tests import generate
from tests.generate import READING, fact, item, rule, says, tiny
from tests.test_cli import said

ASKED = fact("answers", "Aland")
SHELTERED, PAID = fact("sheltered", "Aland"), fact("paid", "Aland")
BOTH = (rule("r1", says("answers", "<a>"), says("sheltered", "<a>"), says("paid", "<a>")),)


def answers(rows: tuple[Row, ...]) -> list[tuple[str | None, str, tuple[str, ...]]]:
    """For each row its day, the verdict, and what changed it."""
    return [(str(r.day) if r.day else None, str(r.verdicts[READING]), r.because.get(READING, ())) for r in rows]


# ── The laws ──────────────────────────────────────────────────────────────────────────────────────────────────────


@given(generate.cases(least=3))
def test_the_verdict_of_a_day_is_that_of_the_record_known_by_then(case: FactPattern) -> None:
    for row in timeline(case).record:
        for name, verdict in row.verdicts.items():
            day = row.day or date.min
            assert decide(case.but(known_by=day.isoformat()), name).verdict is verdict


@given(generate.cases(least=3))
def test_the_last_day_of_the_record_answers_as_the_case_does(case: FactPattern) -> None:
    last = timeline(case).record[-1]
    assert {r.id: decide(case, r).verdict for r in case.rules.readings} == last.verdicts


@given(generate.cases(least=3))
def test_every_item_of_the_record_enters_once_and_on_its_day(case: FactPattern) -> None:
    entered = [(name, row.day) for row in timeline(case).record for name in row.came]
    known = [(e.id, known_from(e)) for e in case.evidence]
    assert sorted(entered, key=str) == sorted(
        ((name, day) for name, day in known if day is None or day <= case.knowledge_day), key=str
    )


@given(generate.cases(least=3))
def test_the_verdict_by_the_law_of_a_day_is_that_as_of_the_day(case: FactPattern) -> None:
    rows = timeline(case).law
    dated = {last_day(d) for r in (*case.rules.rules, case.rules.instrument) for d in (r.from_, r.until) if d}
    days = [row.day for row in rows[1:] if row.day]
    assert days == sorted(dated.union(days))
    turned = [row for row in rows[1:] if row.day not in dated]
    assert all(name.startswith("calendar: ") for row in turned for name in (*row.came, *row.went))
    for row in rows[1:]:
        for name, verdict in row.verdicts.items():
            assert row.day and decide(case.but(as_of=row.day.isoformat()), name).verdict is verdict


@given(generate.cases(least=3))
def test_a_verdict_that_changes_has_a_cause_among_what_entered_that_alone_changes_it(case: FactPattern) -> None:
    """Without what entered that day and is no cause, the verdict is the same; without any of the cause it is not."""
    rows = timeline(case).record
    for before, row in pairwise(rows):
        day = row.day or date.min
        for name, verdict in row.verdicts.items():
            assert (name in row.because) == (verdict is not before.verdicts[name])
        for name, cause in row.because.items():
            assert cause and set(cause) <= set(row.came)

            def but_for(*there: str, row: Row = row, day: date = day, name: str = name) -> Verdict:
                gone = [e for e in row.came if e not in there]
                return decide(generate.without(case, *gone).but(known_by=day.isoformat()), name).verdict

            assert but_for(*cause) is row.verdicts[name]
            for each in cause:
                assert but_for(*(e for e in cause if e != each)) is not row.verdicts[name]


@given(generate.cases(least=2))
def test_a_verdict_that_the_law_changes_has_a_cause_in_the_law(case: FactPattern) -> None:
    rows = timeline(case).law
    for before, row in pairwise(rows):
        for name, verdict in row.verdicts.items():
            assert (name in row.because) == (verdict is not before.verdicts[name])
            cause = row.because.get(name, ("rule",))
            assert cause and all(each.startswith(("rule", "instrument", "calendar")) for each in cause)
            assert name not in row.because or set(cause) <= {*row.came, *row.went}


# ── By example ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_record_grows_from_what_has_no_date() -> None:
    items = item("E1", SHELTERED), item("E2", PAID, published="2001-03"), item("E3", contradicts=(PAID,), date="2001")
    found = timeline(tiny(ASKED, BOTH, *items, known_by="2002-01-01")).record
    assert [row.came for row in found] == [("E1",), ("E2",), ("E3",)]
    assert answers(found) == [
        (None, "undetermined", ()), ("2001-03-31", "met", ("E2",)), ("2001-12-31", "undetermined", ("E3",)),
    ]  # fmt: skip


def test_publication_counts_and_not_the_day_of_the_event() -> None:
    case = tiny(ASKED, BOTH, item("E1", SHELTERED, date="1999", published="2001-05-05"))
    assert [row.day for row in timeline(case).record] == [None, date(2001, 5, 5)]


def test_what_is_published_after_the_day_of_knowledge_never_enters() -> None:
    case = tiny(ASKED, BOTH, item("E1", PAID, published="2001-09-18"), item("E2", PAID, published="2001-09-19"))
    assert [row.came for row in timeline(case).record] == [(), ("E1",)]


def test_of_two_that_enter_on_a_day_the_one_that_changes_the_verdict_is_the_cause() -> None:
    """Two strong items for one fact: either would do, and one is named; the weak one never."""
    day = {"published": "2001-05-05"}
    items = (item("E1", PAID, grade="E5", **day), item("E2", PAID, **day), item("E3", SHELTERED))
    assert answers(timeline(tiny(ASKED, BOTH, *items)).record)[1] == ("2001-05-05", "met", ("E2",))


def test_two_that_are_each_needed_are_the_cause_together() -> None:
    day = {"published": "2001-05-05"}
    items = item("E1", PAID, **day), item("E2", SHELTERED, **day)
    assert answers(timeline(tiny(ASKED, BOTH, *items)).record)[1] == ("2001-05-05", "met", ("E1", "E2"))


def test_an_attacker_takes_away_what_had_been_shown() -> None:
    items = item("E1", PAID), item("E2", SHELTERED), item("E3", undercuts=("E1",), published="2001-05-05")
    assert answers(timeline(tiny(ASKED, BOTH, *items)).record) == [
        (None, "met", ()), ("2001-05-05", "undetermined", ("E3",)),
    ]  # fmt: skip


def test_a_rule_comes_into_force_and_goes_out_of_it() -> None:
    short = rule("r2", says("answers", "<a>"), says("paid", "<a>"), **{"from": "2002-01", "until": "2003-05-01"})
    found = timeline(tiny(ASKED, (*BOTH, short), item("E1", PAID))).law
    assert [(row.came, row.went) for row in found] == [
        ((), ()), (("instrument act",), ()), (("rule r2",), ()), ((), ("rule r2",)),
    ]  # fmt: skip
    assert answers(found) == [
        (None, "not met", ()), ("2000-12-31", "undetermined", ("instrument act",)),
        ("2002-01-31", "met", ("rule r2",)), ("2003-05-01", "undetermined", ("rule r2",)),
    ]  # fmt: skip


def test_a_rule_that_takes_the_place_of_another_is_cause_without_it() -> None:
    """One goes, another comes: what the reading lacks the day after is the work of the one that went alone."""
    old = rule("old", says("answers", "<a>"), says("paid", "<a>"), until="2002-01-01")
    new = rule("new", says("answers", "<a>"), says("paid", "<a>"), says("sheltered", "<a>"), **{"from": "2002-01-01"})
    found = timeline(tiny(ASKED, (old, new), item("E1", PAID))).law[-1]
    assert (found.came, found.went) == (("rule new",), ("rule old",))
    assert found.because == {READING: ("rule new", "rule old")}


def test_each_reading_has_its_own_day() -> None:
    lax = rule("r2", says("answers", "<a>"), says("paid", "<a>"), under=(Stance("reach", "no"),))
    case = tiny(
        ASKED, (*BOTH, lax), item("E1", PAID, published="2001-01-01"), item("E2", SHELTERED, published="2001-02")
    )
    wide = case.rules.readings[0].but(id="wide", positions={"reach": "no"})
    case = case.but(rules=case.rules.but(readings=(*case.rules.readings, wide)))
    assert [row.because for row in timeline(case).record] == [{}, {"wide": ("E1",)}, {READING: ("E2",)}]


def test_of_many_days_those_that_turn_are_the_first_the_last_and_those_of_change() -> None:
    items = [item(f"E{n}", PAID, published=f"2001-0{n}-01") for n in range(1, 6)]
    rows = timeline(tiny(ASKED, BOTH, item("E9", SHELTERED), *items)).record
    assert [row.came for row in turning(rows)] == [("E9",), ("E1",), ("E5",)]


def test_what_is_read_off_the_compiled_question_is_confirmed_by_deciding_the_record(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Were the compiled question wrong, the timeline would not be given."""

    def turned_over(*asked: Any, **how: Any) -> Compiled:
        compiled = compile_question(*asked, **how)
        met, not_met = compiled.question
        return compiled._replace(stands={compiled.tree.question: Stands(not_met, met)})

    monkeypatch.setattr(chronology, "compile_question", turned_over)
    case = tiny(ASKED, BOTH, item("E1", supports=(SHELTERED,)), item("E2", supports=(PAID,)))
    with pytest.raises(EngineError, match="by the compiled question"):
        timeline(case)


def test_another_question_may_be_asked(iran: FactPattern) -> None:
    asked = "force against Iran in defence of United States or partner forces is authorized"
    assert str(timeline(iran, asked).question) == asked


# ── The command ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_timeline_as_data_has_every_day(capsys: pytest.CaptureFixture[str], iran: FactPattern) -> None:
    code, out, err = said(capsys, "timeline", "iran-2020", "--format", "json")
    data = json.loads(out)
    assert (code, err) == (0, "")
    assert sorted(name for row in data["record"] for name in row["entered"]) == sorted(
        i.id for i in decide(iran).findings.items if not i.out.startswith("published after")
    )
    assert data["record"][0]["day"] is None and data["record"][-1]["day"] == "2021-01-12"
    assert [row["day"] for row in data["law"]] == [None, "2001-09-18", "2011-12-31"]
    assert data["law"][1]["came"] == ["instrument aumf"] and "rule detention" in data["law"][2]["came"]
    changed = {row["day"]: row["changed"] for row in data["record"] if row["changed"]}
    assert changed["2011-07-28"] == {"cooperation-2020": ["E35"]}
    assert set(changed) == {"2011-07-28", "2019-06-28"}
    assert {r: o.verdict for r, o in authority.compare(iran).items()} == data["record"][-1]["verdicts"]


def test_timeline_as_text_shows_the_days_that_turn_and_all_on_demand(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "timeline", "iran-2020")
    assert code == 0
    for words in ("As the record grew (by the law of 2020-09-01)", "undated", "2019-06-28", "1, 2, 3: E46", "5: E35"):
        assert words in " ".join(out.split())
    assert "2004-07-22" not in out and "30 days of no change left out" in out
    code, out, _ = said(capsys, "timeline", "iran-2020", "--all")
    assert code == 0 and "2004-07-22" in out and "left out" not in out


def test_timeline_of_a_case_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "timeline", "iran-2020x")
    assert (code, out) == (2, "") and "did you mean 'iran-2020'?" in err
