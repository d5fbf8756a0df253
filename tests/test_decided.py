"""What was decided: read with its every mistake at its place, and held against what the library answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import authority
from authority.changes import has_moved, stands
from authority.checking import check
from authority.decided import Found, HeldAgainst
from authority.dependence import depend, turns
from authority.facts import Decision, FactPattern
from authority.law import Citation, Mark, Stance
from authority.loading import load_case_with_places
from authority.opinion import decide
from authority.vocabulary import Proposition
from tests import generate
from tests.generate import READING, fact, item, rule, says, tiny
from tests.small_decided import WITH_DECISIONS
from tests.small_law import CASE_FILE, Change, load, place, problems_of, write
from tests.test_cli import said

# ── In a file ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_key_of_a_decision_is_read(tmp_path: Path) -> None:
    first, second = load(tmp_path, files=WITH_DECISIONS).decided
    assert first == Decision(
        by="the District Court", on="2010-06-16", cite=Citation("report", "at 7"), result="force not authorized",
        says="Nothing showed that it sheltered them.", verified=Mark.PRIMARY, reading="strict",
        positions={"signs": "together"}, expect="not shown", hinge=("E2", "reach"),
        differs="The court did not believe the report.",
    )  # fmt: skip
    assert second.asks == Proposition("force against <target> is authorized", ("Iran",))
    assert (second.on, second.hinge, second.no_hinge) == ("2011", (), "The hinge is the decision itself.")
    assert not first.shown and second.cite is None


def test_where_a_decision_stands_is_known(tmp_path: Path) -> None:
    marked = ("  - by: the District Court", "  - ▸by: the District Court"), ("  - by: the Court", "  - ▸by: the Court")
    written = write(tmp_path, *marked, files=WITH_DECISIONS)
    _, places = load_case_with_places(written.case)
    found = [str(places["decided", n]).replace(str(written.case), CASE_FILE) for n in "01"]
    assert found == list(written.marks)


def test_what_was_decided_is_no_part_of_the_record(tmp_path: Path) -> None:
    """A decision is never evidence in its own record: with it or without it, the record has one digest."""
    with_it, without = load(tmp_path / "with", files=WITH_DECISIONS), load(tmp_path / "without")
    assert with_it.decided and not without.decided
    assert with_it.digest == without.digest


MISTAKES: list[tuple[str, Change, str, str]] = [
    ("a decision without its author", ("  - by: the Court of Appeals\n    on", "  - ▸on"),
     "missing key: a decision lacks the key 'by'", "add 'by: …'"),
    ("a key that is not there", ("    reading: loose\n", "    reading: loose\n    ▸court: this\n"),
     "unknown key: 'court' is no key of a decision", "the keys here are"),
    ("a day that is none", ("    on: 2011\n", "    on: ▸2011-13\n"),
     "bad value: on of a decision: '2011-13' will not do", "a month is one of 01 to 12"),
    ("a mark that is none", ("verified: memory\n    reading", "verified: ▸by heart\n    reading"),
     "bad value: verified of a decision: 'by heart' will not do", "'memory'"),
    ("an authority that is not there", ("    cite: report at 7\n    result", "    cite: ▸repotr at 7\n    result"),
     "unknown authority: 'repotr' is no authority here", "did you mean 'report'?"),
    ("a reading that is not there", ("    reading: loose", "    reading: ▸lose"),
     "unknown reading: 'lose' is no reading of small", "did you mean 'loose'?"),
    ("a dispute that is not there", ("    positions: {signs: together}", "    positions: {▸sings: together}"),
     "unknown dispute: 'sings' is no dispute", "did you mean 'signs'?"),
    ("a position that is not there", ("    positions: {signs: together}", "    positions: {signs: ▸togather}"),
     "unknown position: 'togather' is no position on 'signs'", "did you mean 'together'?"),
    ("an outcome that is none", ("    expect: shown\n    no_hinge", "    expect: ▸denied\n    no_hinge"),
     "bad value: expect of a decision: 'denied' will not do", "'shown' or 'not shown'"),
    ("a question that is none", ("    asks: force against Iran is authorized\n    result",
                                 "    asks: ▸Iran is within the class\n    result"),
     "question: 'Iran is within the class' is not a question here", "one may ask"),
    ("a hinge that is not there", ("hinge: [E2, reach]", "hinge: [E2, ▸raech]"),
     "unknown hinge: 'raech' is no item of this case and no dispute", "did you mean 'reach'?"),
    ("a hinge named twice", ("hinge: [E2, reach]", "hinge: [E2, ▸E2]"), "hinge: 'E2' is named twice", "name it once"),
    ("a hinge that could be two things", ("  - id: E5\n", "  - id: reach\n"),
     "hinge: 'reach' is an item of this case and a dispute", "rename the item"),
    ("no word of what it turned on", ("    no_hinge: The hinge is the decision itself.\n", ""),
     "decision: a decision does not say what it turned on", "'no_hinge'"),
    ("a hinge, and that there is none", ("    hinge: [E2, reach]\n", "    hinge: [E2, reach]\n    no_hinge: So.\n"),
     "decision: a decision has both a hinge and no_hinge", "keep one of the two"),
    ("a hinge that is no list", ("    hinge: [E2, reach]\n", "    hinge: ▸E2\n"),
     "shape: hinge must be a list", "on its own line"),
    ("a result left out", ("    result: force authorized\n", "    result: ▸\"\"\n"),
     "missing value: the key 'result' has no value", "write what belongs there"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "message", "way_out"), [pytest.param(*rest, id=name) for name, *rest in MISTAKES]
)
def test_a_mistake_in_a_decision_is_one_problem_at_its_place(
    change: Change, message: str, way_out: str, tmp_path: Path
) -> None:
    written = write(tmp_path, change, files=WITH_DECISIONS)
    (problem,) = problems_of(written)
    assert f"{problem.kind}: {problem.what}" == message
    assert way_out in f"{problem.why}\n{problem.fix}"
    assert not written.marks or place(problem, written) == written.marks[0]


def test_every_mistake_in_a_decision_is_said_at_once(tmp_path: Path) -> None:
    changes = ("reading: loose", "reading: lose"), ("on: 2011\n", "on: 2011-13\n"), ("[E2, reach]", "[E20, raech]")
    found = problems_of(write(tmp_path, *changes, files=WITH_DECISIONS))
    assert sorted(p.kind for p in found) == ["bad value", "unknown hinge", "unknown hinge", "unknown reading"]


def test_a_broken_item_may_be_the_hinge(tmp_path: Path) -> None:
    """What is wrong with the item is said there, and not again where it is named."""
    found = problems_of(write(tmp_path, ("    credibility: 2\n", "    credibility: 9\n"), files=WITH_DECISIONS))
    assert [p.kind for p in found] == ["bad value"]


@pytest.mark.parametrize("text", ["decided: so\n", "decided: {on: 2010}\n"])
def test_decisions_that_are_no_list_are_one_problem(text: str, tmp_path: Path) -> None:
    (problem,) = problems_of(write(tmp_path, ("expect:\n  strict", f"{text}expect:\n  strict")))
    assert problem.what == "decided must be a list"


# ── Held against the library's answer ─────────────────────────────────────────────────────────────────────────────

ASKED = fact("answers", "Aland")
SHELTERED, PAID = fact("sheltered", "Aland"), fact("paid", "Aland")
BOTH = (rule("r1", says("answers", "<a>"), says("sheltered", "<a>"), says("paid", "<a>")),)
DECISION = Decision(
    by="a court", on="2001-09-19", result="so held", verified=Mark.MEMORY, reading=READING, expect="not shown",
    no_hinge="None was named.",
)  # fmt: skip


def held(case: FactPattern, *hinge: str, **more: Any) -> HeldAgainst:
    """A decision on a case, with this hinge, held against the library's answer."""
    (found,) = authority.held_against(case.but(decided=(DECISION.but(hinge=hinge, **more),)))
    return found


def found(case: FactPattern, hinge: str, **more: Any) -> str:
    """How a hinge is found."""
    return str(held(case, hinge, **more).hinges[0].found)


def test_an_item_on_which_the_outcome_turns_is_relevant() -> None:
    case = tiny(ASKED, BOTH, item("E1", SHELTERED), item("E2", PAID), item("E3", PAID), item("E4", SHELTERED))
    assert found(case, "E1", expect="shown") == found(case, "E2") == "relevant"


def test_a_dispute_another_position_on_which_turns_the_outcome_is_a_crux() -> None:
    lax = rule("r2", says("answers", "<a>"), says("paid", "<a>"), under=(Stance("reach", "no"),))
    case = tiny(ASKED, (*BOTH, lax), item("E2", PAID))
    assert found(case, "reach") == "crux"
    assert found(case, "burden") == "not found"


def test_a_dispute_that_turns_the_outcome_only_with_a_withdrawal_is_in_a_mixed_set_and_so_a_crux() -> None:
    lax = rule("r2", says("answers", "<a>"), says("paid", "<a>"), under=(Stance("reach", "no"),))
    case = tiny(ASKED, (lax,), item("E2", PAID), item("E3", undercuts=("E2",)))
    assert held(case, "reach").opinion.shown is False and turns(decide(case, READING)).cruxes == ()
    assert found(case, "reach") == "crux"


def test_an_item_that_carries_one_element_of_two_decides_an_element() -> None:
    """The outcome stays open for want of the other; without the item, this element is open too."""
    case = tiny(ASKED, BOTH, item("E1", SHELTERED))
    assert found(case, "E1") == "decides an element"


def test_a_dispute_that_moves_a_conclusion_beneath_the_outcome_decides_an_element() -> None:
    rules = (
        rule("r1", says("answers", "<a>"), says("aided", "<a>"), says("paid", "<a>")),
        rule("r2", says("aided", "<a>"), says("sheltered", "<a>"), under=(Stance("reach", "yes"),)),
    )
    case = tiny(ASKED, rules, item("E1", SHELTERED))
    assert found(case, "reach") == "decides an element"


@pytest.mark.parametrize(
    ("items", "out"),
    [
        pytest.param([item("E2", PAID, grade="E5")], "", id="graded too low"),
        pytest.param([item("E2", PAID, grade="F6")], "", id="not to be judged"),
        pytest.param([item("E2", PAID, grade="C3", hedge="may", doubts=())], "", id="hedged"),
        pytest.param([item("E2", PAID, grade="E5"), item("E3", undercuts=("E2",))], "undercut", id="undercut"),
        pytest.param(
            [item("E2", PAID, under=(Stance("reach", "yes"), Stance("burden", "no")), grade="E5")],
            "admitted only on the position burden = no", id="shut out",
        ),
    ],
)  # fmt: skip
def test_an_item_that_was_not_believed_and_would_have_turned_the_outcome_is_found_if_believed(
    items: list[Any], out: str
) -> None:
    """Whatever kept it down: its grade, its hedge, an attack, or the position by which it is out."""
    case = tiny(ASKED, BOTH, item("E1", SHELTERED), *items, standard="clear-and-convincing")
    (hinge,) = held(case, "E2").hinges
    assert (hinge.found, hinge.out) == (Found.BELIEVED, out)


def test_an_item_on_which_nothing_turns_is_not_found() -> None:
    case = tiny(ASKED, BOTH, item("E1", SHELTERED), item("E2", fact("fled", "Aland")))
    assert found(case, "E2") == "not found"


def test_a_decision_is_tried_on_the_record_of_the_day_before_it() -> None:
    """What became known on the day itself is out, be it the decision's own findings."""
    items = item("E1", SHELTERED, published="2001-09-18"), item("E2", PAID, published="2001-09-19")
    case = tiny(ASKED, BOTH, *items, known_by="2002")
    assert held(case, on="2001-09-20").opinion.shown
    on_the_day = held(case, "E2", on="2001-09-19")
    assert not on_the_day.opinion.shown
    assert str(on_the_day.hinges[0]) == "E2 (not found; out: published after 2001-09-18)"
    assert found(case, "E1", on="2001-09-19") == "decides an element"


def test_a_decision_never_knows_more_than_its_case() -> None:
    case = tiny(ASKED, BOTH, item("E1", SHELTERED), item("E2", PAID, published="2001-10"), known_by="2001-09-18")
    assert not held(case, on="2005").opinion.shown


def test_a_decision_of_a_month_or_a_year_is_tried_on_its_last_day() -> None:
    late = rule("r2", says("answers", "<a>"), says("paid", "<a>"), **{"from": "2001-12-31"})
    case = tiny(ASKED, (late,), item("E1", PAID, published="2001-12-30"), known_by="2003")
    assert held(case, on="2001").opinion.shown and held(case, on="2001-12").opinion.shown
    assert not held(case, on="2001-12-30").opinion.shown and not held(case, on="2001-11").opinion.shown


def test_the_deciders_positions_come_before_the_readings_and_the_cases() -> None:
    lax = rule("r2", says("answers", "<a>"), says("paid", "<a>"), under=(Stance("reach", "no"),))
    case = tiny(ASKED, (lax,), item("E2", PAID), positions={READING: {"reach": "yes"}})
    assert not held(case).opinion.shown
    assert held(case, positions={"reach": "no"}).opinion.shown


def test_a_decider_may_have_been_asked_something_else() -> None:
    rules = (*BOTH, rule("r2", says("is bound", "<a>"), says("paid", "<a>")))
    case = tiny(ASKED, rules, item("E1", PAID))
    other = held(case, asks=fact("is bound", "Aland"))
    assert other.opinion.shown and not held(case).opinion.shown


def test_a_disagreement_wants_a_reason_and_agreement_wants_none() -> None:
    case = tiny(ASKED, BOTH, item("E1", SHELTERED), item("E2", PAID))
    for expect, differs, faults in (
        ("shown", "", 0), ("shown", "So.", 1), ("not shown", "", 1), ("not shown", "So.", 0), ("not shown", "  ", 1),
    ):  # fmt: skip
        result = held(case, expect=expect, differs=differs)
        assert result.agrees == (expect == "shown")
        assert len(result.faults) == faults


def test_a_hinge_that_is_not_found_is_a_fault_unless_it_is_explained() -> None:
    case = tiny(ASKED, BOTH, item("E1", SHELTERED), item("E2", PAID), item("E3", fact("fled", "Aland")))
    (fault,) = held(case, "E1", "E3", expect="shown").faults
    assert "the outcome turned on E3" in fault.what
    assert held(case, "E1", "E3", expect="not shown", differs="So.").faults == ()


# ── Several deciders of one record ────────────────────────────────────────────────────────────────────────────────

LAX = rule("r2", says("answers", "<a>"), says("paid", "<a>"), under=(Stance("reach", "no"),))
LAXER = rule("r3", says("answers", "<a>"), says("paid", "<a>"), under=(Stance("burden", "no"),))


def reversed_on_appeal(*items: Any, **more: Any) -> FactPattern:
    """A case that one court decided on one position, and another on the other."""
    below = DECISION.but(by="the court below", positions={"reach": "yes"})
    above = DECISION.but(by="the court above", on="2002", positions={"reach": "no"}, expect="shown")
    stances = {"reach": "yes", "burden": "yes"}
    return tiny(ASKED, (LAX, LAXER), *items, decided=(below, above), stances=stances, **more)


def test_two_deciders_of_one_record_part_on_the_position_that_each_took() -> None:
    """From each, the way that the other took comes first."""
    below, above = authority.compare(reversed_on_appeal(item("E1", PAID))).decided
    assert (below.opinion.shown, above.opinion.shown) == (False, True)
    assert below.crux and [str(way) for way in below.crux] == [
        "turns on reach = no, as the court above took it", "turns on burden = no",
    ]  # fmt: skip
    assert above.crux and [str(way) for way in above.crux] == ["turns on reach = yes, as the court below took it"]


def test_deciders_who_part_on_the_record_alone_have_no_position_to_turn_on() -> None:
    """What became known between the two decisions parts them; no position does."""
    case = reversed_on_appeal(item("E1", SHELTERED, published="2001-10"))
    below, above = authority.compare(case).decided
    assert below.crux == above.crux == ()
    assert list(below.lines())[1] == "  no change of position turns it"


@given(generate.cases(most=6))
def test_every_way_from_a_decision_turns_its_outcome_and_no_part_of_it_does(case: FactPattern) -> None:
    case = case.but(decided=(DECISION, DECISION.but(by="another", positions={"reach": "no"})))
    for each in authority.compare(case).decided:
        for way in each.crux or ():
            for some in (way.change, *(tuple(s for s in way.change if s != gone) for gone in way.change)):
                positions = {**each.decision.positions, **dict(some)}
                (again,) = authority.held_against(case.but(decided=(each.decision.but(positions=positions),)))
                assert (again.opinion.shown != each.opinion.shown) == (some == way.change)
            others = {o.decision.by: o for o in authority.compare(case).decided if o.decision.by in way.taken_by}
            assert all(o.opinion.shown != each.opinion.shown for o in others.values())


def test_compare_shows_what_was_decided_and_as_data_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = write(tmp_path, files=WITH_DECISIONS)
    code, out, _ = said(capsys, "compare", str(written.case))
    assert code == 0 and out.endswith(
        "\nAs decided\n"
        "  the District Court, 2010-06-16, under strict with signs = together: met (shown); "
        "officially not shown (force not authorized)\n"
        "    no change of position turns it\n"
        "  the Court of Appeals, 2011, under loose: met (shown); officially shown (force authorized)\n"
        "    no change of position turns it\n"
    )
    first, _ = json.loads(said(capsys, "compare", str(written.case), "--format", "json")[1])["decided"]
    assert first == {
        "by": "the District Court", "on": "2010-06-16", "question": "force against Iran is authorized",
        "reading": "strict", "positions": {"signs": "together"}, "verdict": "met", "shown": True,
        "officially": {"shown": False, "result": "force not authorized"}, "crux": [],
    }  # fmt: skip


def test_with_another_question_only_what_was_decided_on_it_is_compared() -> None:
    rules = (*BOTH, rule("r2", says("is bound", "<a>"), says("paid", "<a>")))
    other = fact("is bound", "Aland")
    case = tiny(ASKED, rules, item("E1", PAID), decided=(DECISION, DECISION.but(by="another", asks=other)))
    assert [d.decision.by for d in authority.compare(case).decided] == ["a court", "another"]
    assert [d.decision.by for d in authority.compare(case, other).decided] == ["another"]
    assert "(Aland is bound)" in authority.compare(case).explain()
    assert authority.compare(case.but(decided=())).as_data()["decided"] == []


# ── The laws ──────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.data(), generate.cases(least=1, most=6))
def test_how_an_item_is_found_is_what_the_opinion_turns_on(data: st.DataObject, case: FactPattern) -> None:
    """Relevant is what ``depend`` calls so; of what is not found, the withdrawal moves nothing that is in question."""
    name = generate.pick(data.draw, sorted(case.item))
    result = held(case, name, on="2030")
    assert result.opinion.verdict is decide(case.but(as_of="2030-12-31"), READING).verdict
    how, other = result.hinges[0].found, decide(generate.without(result.opinion.case, name), READING)
    assert (how is Found.RELEVANT) == (name in depend(result.opinion).relevant)
    if how is not Found.RELEVANT:
        assert other.shown == result.opinion.shown
        spoken = {*result.opinion.conclusion, *result.opinion.beneath(result.opinion.question)}
        still = (not has_moved(p, stands(result.opinion, p), stands(other, p)) for p in spoken)
        assert how is Found.ELEMENT or all(still)


@given(generate.cases(most=5))
def test_what_was_decided_moves_no_verdict(case: FactPattern) -> None:
    """A decision is never evidence in its own record."""
    assert decide(case.but(decided=(DECISION,)), READING).as_data() == decide(case, READING).as_data()


# ── The commands ──────────────────────────────────────────────────────────────────────────────────────────────────

CHECKED = """\
case: Iran
  the District Court, 2010-06-16 (report at 7), on whether force against Iran is authorized, under strict with signs = \
together
    officially: not shown (force not authorized)
    the library: met (shown); disagrees
    hinge: E2 (if believed; out: undercut), reach (not found)
  the Court of Appeals, 2011, on whether force against Iran is authorized, under loose
    officially: shown (force authorized)
    the library: met (shown); agrees
    hinge: none: The hinge is the decision itself.

2 decisions in 1 case: the library agrees with 1; the hinge is found in 0 of 1 that name one; 0 faults.

Where the library disagrees
  case: the District Court, 2010-06-16: officially not shown (force not authorized); the library: met (shown)
    The court did not believe the report.
"""
UNEXPLAINED = ("    differs: The court did not believe the report.\n", "")
NEEDLESS = ("    no_hinge: The hinge", "    differs: So.\n    no_hinge: The hinge")
FIRST = ("  - by: the District Court", "  - ▸by: the District Court")
SECOND = ("  - by: the Court of Appeals", "  - ▸by: the Court of Appeals")


def test_the_check_prints_each_decision_beside_the_librarys_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = write(tmp_path, files=WITH_DECISIONS)
    assert said(capsys, "cases", "--check", str(written.rules)) == (0, CHECKED, "")


def test_the_check_as_data_says_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = write(tmp_path, files=WITH_DECISIONS)
    code, out, _ = said(capsys, "cases", str(written.rules), "--check", "--format", "json")
    data = json.loads(out)
    assert code == 0
    assert data["summary"] == {
        "decisions": 2, "cases": 1, "agree": 1, "with_hinge": 1, "hinge_found": 0, "faults": 0
    }  # fmt: skip
    first = data["decisions"][0]
    assert first["officially"] | first["library"] == {
        "shown": True, "result": "force not authorized", "says": "Nothing showed that it sheltered them.",
        "verdict": "met",
    }  # fmt: skip
    assert first["hinge"][0] == {"id": "E2", "found": "if believed", "out": "undercut"}
    assert (first["case"], first["cite"], first["agrees"], first["faults"]) == ("case", "report at 7", False, [])


@pytest.mark.parametrize(
    ("change", "place", "words", "count"),
    [
        pytest.param(UNEXPLAINED, FIRST, "nothing says why they differ", 2, id="a disagreement nobody explains"),
        pytest.param(NEEDLESS, SECOND, "'differs' stands where the library agrees", 1, id="an explanation of nothing"),
    ],
)
def test_what_is_amiss_fails_both_checks(
    change: Change, place: Change, words: str, count: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``cases --check`` exits with 1, and ``check`` reports an error at the entry. Without an explanation, the hinge
    that is not found is amiss too."""
    written = write(tmp_path, change, place, files=WITH_DECISIONS)
    code, out, _ = said(capsys, "cases", str(written.rules), "--check")
    assert code == 1 and words in out
    errors = [p for p in check(written.rules)["problems"] if p["severity"] == "error"]
    assert {p["kind"] for p in errors} == {"decision"} and any(words in f"{p['what']} {p['why']}" for p in errors)
    assert [p["where"].replace(str(written.case), CASE_FILE) for p in errors] == count * list(written.marks)
    assert said(capsys, "check", str(written.rules))[0] == 1


def test_the_page_holds_the_table_and_each_disagreement(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In Markdown, whole: a line to a decision, and a heading to each disagreement; a | stays within its cell."""
    barred = ("    result: force authorized\n", "    result: force | authorized\n")
    written, page = write(tmp_path, barred, files=WITH_DECISIONS), tmp_path / "pages" / "cases.md"
    assert said(capsys, "cases", str(written.rules), "--check", "--table", str(page))[0] == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# What was decided, and what the library answers\n\nEach line is")
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert len(table) == 4 and "force \\| authorized" in table[-1]
    assert "### case: the District Court, 2010-06-16" in text and "The court did not believe the report." in text
    assert list(page.parent.iterdir()) == [page]


def test_a_page_or_a_format_without_a_check_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "cases", "--table", "x.md")[0] == said(capsys, "cases", "--format", "json")[0] == 2


def test_the_bundled_cases_pass_their_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "cases", "--check")[0] == 0
