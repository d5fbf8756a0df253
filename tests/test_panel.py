"""The panel: parties, dates and readings in one table, each row as ``decide`` and ``depend`` have it."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import authority
from authority import panels
from authority.chronology import known_from
from authority.dates import last_day
from authority.dependence import depend
from authority.engine import Verdict
from authority.errors import EngineError, InvalidInput, MissingExtra, UnknownName
from authority.facts import FactPattern
from authority.law import Stance
from authority.opinion import decide
from authority.panels import Panel, making, panel
from authority.vocabulary import Kind, Proposition
from authority.weighing import Cause
from tests.conftest import SAID
from tests.generate import DISPUTES, cases, changed, exclude, fact, item, rule, says, tiny

DATES = ("1999", "2001-09-11", "2001-09-18", "2005-02", "2030")
ASKED = fact("answers", "Aland")
SHELTERED, PAID = fact("sheltered", "Aland"), fact("paid", "Aland")
BOTH = (rule("r1", says("answers", "<a>"), says("sheltered", "<a>"), says("paid", "<a>")),)


def on(case: FactPattern, day: str) -> FactPattern:
    """The case by the law of a day, and with nothing in its record that became known later."""
    known = {e.id for e in case.evidence if (known_from(e) or date.min) <= last_day(day)}
    return case.holding(known).but(as_of=day)


# ── The laws ──────────────────────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=30)
@given(cases(least=2))
def test_each_row_says_what_decide_and_depend_say_of_the_record_known_by_then(case: FactPattern) -> None:
    """Whatever is shared between rows: verdict, cause and margin, at every date and under every reading."""
    found = panel(case, dates=DATES, own=True)
    assert len(found) == len(DATES) * len(case.rules.readings)
    for row in found:
        opinion = decide(on(case, row.date), row.reading)
        assert (row.verdict, row.cause) == (opinion.verdict, opinion.conclusion[opinion.question].cause)
        assert (row.margin, row.complete) == (depend(opinion).margin, True)
        standing = [str(p) for p in opinion.top_elements if opinion.on(p) is opinion.verdict]
        assert row.element in standing if standing else row.element is None
        assert row.contradictions == len(opinion.contradictions)


@settings(max_examples=30)
@given(cases(least=1))
def test_without_dates_each_case_stands_on_its_own_days(case: FactPattern) -> None:
    """Its law as of the one, its record as of the other; and it is asked of each party that fits."""
    found = panel(case)
    sentence = case.rules.vocabulary[case.asks.sentence]
    assert {row.parties for row in found} >= {case.asks.parties}
    for row in found:
        assert row.verdict is decide(case, row.reading, Proposition(sentence.says, row.parties)).verdict
        assert (row.date, row.day, row.known_by) == (case.as_of, case.law_day, case.knowledge_day)
        assert len(set(row.parties)) == len(row.parties)
        for blank, party in zip(sentence.blanks, row.parties, strict=True):
            assert case.kind(party) in sentence.kinds(blank)


def test_dates_between_which_nothing_changes_are_decided_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def counted(*args: Any) -> Any:
        asked.append(args)
        return decide(*args)

    monkeypatch.setattr(making, "decide", counted)
    case = tiny(
        ASKED, BOTH, item("E1", SHELTERED, published="2003"), item("E2", PAID, published="2005-06"), known_by="2020"
    )
    found = panel(case, dates=[str(year) for year in range(2001, 2021)], own=True)
    assert len(found) == 20 and len(asked) == 3
    assert [row.date for row in found if row.verdict.shown] == [str(year) for year in range(2005, 2021)]


def test_where_the_calendar_decides_each_date_is_decided() -> None:
    """An operation ends on a day on which no rule and no exhibit comes or goes."""
    dates = ("2011-10-31", "2011-11-01")
    found = panel("libya-2011-clock", dates=dates, own=True)
    last, after = ([row.verdict for row in found if row.date == day] for day in dates)
    assert last != after and set(after) == {Verdict.NOT_MET}


def test_what_is_compiled_and_what_is_decided_may_not_part(monkeypatch: pytest.MonkeyPatch) -> None:
    case = tiny(ASKED, BOTH, item("E1", SHELTERED), item("E2", PAID))
    monkeypatch.setattr(making._Asked, "_compiled", lambda self, *_: making.compile_question(
        case.holding(()), case.rules.readings[0], ASKED, items=True
    ))  # fmt: skip
    with pytest.raises(EngineError, match="compiled and decided otherwise"):
        panel(case)


# ── What is asked ─────────────────────────────────────────────────────────────────────────────────────────────────


def parties(found: Panel) -> list[tuple[str, ...]]:
    return list(dict.fromkeys(row.parties for row in found))


def test_a_question_is_asked_of_every_party_that_the_case_declares_and_of_no_noticed_one() -> None:
    """Of those the sentence takes; the case's own first."""
    kinds = {says("answers", "<a>").sentence: {"one": (Kind.STATE,)}}
    case = tiny(fact("answers", "Elbonia"), [rule("r", says("answers", "<a>"), says("paid", "<a>"))], where=kinds)
    assert parties(panel(case)) == [("Elbonia",), ("Aland",)]
    assert parties(panel(case, own=True)) == [("Elbonia",)]
    assert parties(panel("al-qaida-core")) == [("al-Qaeda",)]
    assert parties(panel("iran-2020")) == [("Iran",), ("al-Qaeda in Iraq",)]


def test_two_blanks_take_two_parties() -> None:
    """Every choice of two different ones."""
    case = tiny(fact("answers", "Dora", "Aland"), [rule("r", says("answers", "<a>", "<b>"), says("paid", "<a>"))])
    found = parties(panel(case))
    assert found[0] == ("Dora", "Aland") and ("Aland", "Dora") in found
    assert len(found) == 6 * 5 and all(one != other for one, other in found)


def test_another_question_is_asked_in_full_or_with_blanks() -> None:
    within, iran = "<target> is within the class", "iran-2020"
    assert parties(panel(iran, ask=within)) == [("Iran",), ("al-Qaeda in Iraq",)]
    assert {row.question for row in panel(iran, ask="Tehran is within the class")} == {"Iran is within the class"}
    asked = Proposition(within, ("al-Qaeda",))
    assert {row.question for row in panel(iran, ask=asked)} == {"al-Qaeda is within the class"}


def test_a_question_that_no_case_can_be_asked_is_told_of_each() -> None:
    with pytest.raises(InvalidInput) as wrong:
        panel(["iran-2020", "isil-2014"], ask="force against Atlantis is authorized")
    assert "'force against Atlantis is authorized' is not one question" in str(wrong.value)
    with pytest.raises(InvalidInput, match="leave one of the two out"):
        panel("iran-2020", ask="<target> is within the class", own=True)


def test_a_case_with_nobody_to_ask_about_has_no_row_and_a_note() -> None:
    found = panel("aqap", ask="detention of <person> is authorized")
    assert len(found) == 0 and "aqap: nobody of the kinds" in found.notes[0]
    assert found.to_arrow().num_rows == 0 and found.explain() == found.notes[0]


def test_readings_may_be_named_or_made() -> None:
    """A name that is not there is an error, and so is a case that is not."""
    own = authority.load_rules("aumf-2001").reading("statutory-text").but(id="mine", standard="scintilla")
    found = panel(["aqap", authority.load_case("isil-2014")], ["judicial-detention", own], own=True)
    assert [(row.case, row.reading) for row in found] == [
        (case, reading) for case in ("aqap", "isil-2014") for reading in ("judicial-detention", "mine")
    ]
    with pytest.raises(UnknownName, match="no reading 'judicial'"):
        panel("aqap", ["judicial"])
    with pytest.raises(UnknownName, match="no case 'aquap'"):
        panel("aquap")


def test_dates_are_texts_or_days_and_every_wrong_one_is_told() -> None:
    found = panel("aqap", dates=[date(2014, 5, 21), "2014-05"], own=True)
    assert list(dict.fromkeys((row.date, str(row.day)) for row in found)) == [
        ("2014-05-21", "2014-05-21"), ("2014-05", "2014-05-31"),
    ]  # fmt: skip
    with pytest.raises(InvalidInput) as wrong:
        panel("aqap", dates=["2014", "May 2014", "2014-13"])
    assert len(wrong.value.problems) == 2


def test_what_the_case_does_not_know_never_enters() -> None:
    """Its own day of knowledge bounds every date; what bears no date is there from the start, and the panel says so."""
    case = tiny(ASKED, BOTH, item("E1", SHELTERED), item("E2", PAID, published="2003"), known_by="2002")
    found = panel(case, dates=["2001", "2010"], own=True)
    assert [row.verdict for row in found] == [Verdict.UNDETERMINED] * 2
    assert [str(row.known_by) for row in found] == ["2001-12-31", "2002-12-31"]
    assert found.notes == ("tiny: 1 of 2 items bear no date, and are in the record at every date",)
    assert panel(case).notes == ()


def test_problems_of_all_cases_are_told_at_once(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(f"rules: aumf-2001\ntitle: {name}\nasks: nothing\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as wrong:
        panel([tmp_path / "one.yaml", tmp_path / "two.yaml"])
    assert {problem.where.file.rpartition("/")[2] for problem in wrong.value.problems} == {"one.yaml", "two.yaml"}


# ── What is answered ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_deciding_element_and_the_cause_are_told() -> None:
    """What is met by the rule itself decides last; where an exception defeats, no element does."""
    waiver = rule("w", says("sheltered", "<a>"), under=(Stance(DISPUTES[0], "yes"),))
    case = tiny(ASKED, [*BOTH, waiver], item("E1", PAID))
    assert [(row.cause, row.element) for row in panel(case, own=True)] == [(Cause.EVIDENCE, "Aland paid")]
    barred = (rule("r1", says("answers", "<a>"), says("paid", "<a>"), unless=(says("left", "<a>"),)),)
    case = tiny(ASKED, barred, item("E1", PAID), item("E2", fact("left", "Aland")))
    assert [(row.cause, row.element) for row in panel(case, own=True)] == [(Cause.DEFEATED, None)]


def test_what_contradicts_is_counted_and_told() -> None:
    pair = (says("sheltered", "<one>"), says("paid", "<one>"))
    case = tiny(ASKED, BOTH, item("E1", SHELTERED, PAID))
    case = changed(case, rules=exclude(case.rules, pair))
    found = panel(case, own=True)
    assert [row.contradictions for row in found] == [1]
    assert found.notes[0].startswith("tiny, 2001-09-18, narrow: contradiction: ")


def test_what_was_never_enacted_is_said_to_be_so(tmp_path: Path) -> None:
    case = Path(__file__).parent / "cases" / "corker-kaine.yaml"
    found = panel(case)
    assert all("un-enacted" in row.label for row in found)
    assert "un-enacted" in found.explain() and "un-enacted" in found.markdown() and "un-enacted" in found.csv()


def test_a_margin_that_is_not_worked_out_is_not_none_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """No margin, because nothing turns it, and none known, are two answers."""
    case = tiny(ASKED, BOTH, item("E1", SHELTERED), item("E2", PAID))
    assert [(row.margin, row.complete) for row in panel(case, own=True)] == [(1, True)]
    assert [(row.margin, row.complete) for row in panel(case, own=True, margins=False)] == [
        (None, "margin: not asked for")
    ]
    assert [(row.margin, row.complete) for row in panel(case, own=True, budget=1)] == [(1, True)]
    monkeypatch.setitem(sys.modules, "pysat.examples.rc2", None)
    (row,) = panel(case, own=True, budget=1)
    assert row.margin is None and str(row.complete).startswith("margin: not computed; ")


# ── As a table ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def several() -> Panel:
    return panel(["aqap", "isil-2014"], dates=["2012", "2016"])


def test_any_frame_takes_it_by_arrows_protocol(several: Panel) -> None:
    """What is unknown is null, and what is known to be nothing is told apart from it."""
    assert not isinstance(several, Sequence)  # or polars would not ask for the stream
    taken = pyarrow.table(several)
    assert taken.num_rows == len(several) and taken.equals(several.to_arrow())
    assert taken.column("margin").to_pylist() == [row.margin for row in several]
    assert taken.column("verdict").to_pylist() == [str(row.verdict) for row in several]
    assert taken.column("day").to_pylist() == [row.day for row in several]
    assert set(taken.column("complete").to_pylist()) == {True} and taken.column("left_out").null_count == len(several)
    unknown = pyarrow.table(panel("aqap", margins=False))
    assert set(unknown.column("complete").to_pylist()) == {False}
    assert set(unknown.column("left_out").to_pylist()) == {"margin: not asked for"}


def test_without_pyarrow_the_error_names_the_extra(several: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "authority.panels.arrow", raising=False)
    monkeypatch.delattr(panels, "arrow", raising=False)
    with pytest.raises(MissingExtra, match=r"authority\[batch\]"):
        several.to_arrow()
    assert several.csv()


def test_csv_reads_back_cell_by_cell(several: Panel) -> None:
    rows = list(csv.DictReader(io.StringIO(several.csv())))
    assert [row["question"] for row in rows] == [row.question for row in several]
    assert [row["margin"] for row in rows] == ["" if row.margin is None else str(row.margin) for row in several]
    assert [row["verdict"] for row in rows] == [str(row.verdict) for row in several]


@given(st.sampled_from(["=1+1", "@sum", "-2", "+3"]))
def test_no_cell_of_csv_is_a_formula(name: str) -> None:
    row = panel("aqap", own=True)[0]._replace(case=name, element=name)
    (cells,) = csv.DictReader(io.StringIO(Panel((row,)).csv()))
    assert cells["case"] == cells["element"] == f"'{name}"


def test_for_reading_it_is_a_line_to_a_question_and_a_column_to_a_date(several: Panel) -> None:
    """A sign for each reading, in the order of the legend."""
    told = several.explain()
    signs = {Verdict.MET: "✓", Verdict.NOT_MET: "✗", Verdict.UNDETERMINED: "?"}
    for day in ("2012", "2016"):
        for question in {row.question for row in several}:
            cell = "".join(signs[r.verdict] for r in several if (r.date, r.question) == (day, question))
            (line,) = (line for line in told.splitlines() if question in line)
            assert cell in line.split()
    assert "✓ met, ✗ not met, ? undetermined" in told
    assert "  3  executive-associated-forces" in told
    assert "bear no date" in told
    single = panel("aqap", own=True).explain()
    assert single.splitlines()[-1].split()[-5:] == ["✓", "✓", "✓", "✗", "✓"]


def test_cases_on_their_own_dates_stand_in_lines_with_them() -> None:
    told = panel(["aqap", "isil-2014", "libya-2011-clock"], own=True).explain()
    assert "AQAP is within the class  2014-05-21  ✓" in " ".join(told.split("\n"))
    assert told.count("✓ met, ✗ not met") == 2  # a table to a rule set


def test_markdown_prints_names_as_they_are(several: Panel) -> None:
    made = several.markdown()
    assert "| --- | --- | --- | --- |" in made
    odd = Panel((several[0]._replace(case="a|b <i>"),)).markdown()
    assert r"a\|b \<i>" in odd


@settings(max_examples=15)
@given(cases(least=1))
def test_the_same_cases_give_the_same_bytes(case: FactPattern) -> None:
    one, other = panel(case, dates=["2001", "2004"]), panel(case, dates=["2001", "2004"])
    assert one == other and one.csv() == other.csv() and one.explain() == other.explain()
    assert json.dumps(one.as_data()) == json.dumps(other.as_data())


# ── The command ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def wrote(said: SAID, tmp_path: Path) -> Callable[..., Path]:
    def write(ending: str, *arguments: str) -> Path:
        path = tmp_path / f"panel{ending}"
        code, out, err = said("panel", "aqap", *arguments, "-o", path)
        assert (code, err) == (0, "") and out == f"wrote {path}: 10 rows\n"
        return path

    return write


def test_the_command_writes_every_kind_of_file(wrote: Callable[..., Path]) -> None:
    found = panel("aqap", dates=["2013", "2014"])
    dates = ("-d", "2013..2014")
    assert wrote(".csv", *dates).read_text("utf-8") == found.csv()
    assert wrote(".md", *dates).read_text("utf-8") == found.markdown()
    assert json.loads(wrote(".json", *dates).read_text("utf-8")) == found.as_data()
    assert pyarrow.parquet.read_table(wrote(".parquet", *dates)).equals(found.to_arrow())


def test_the_command_prints_the_panel(said: SAID) -> None:
    code, out, _ = said("panel", "aqap", "--own", "-r", "judicial-detention", "--verdicts")
    assert code == 0 and "AQAP is within the class" in out and "  1  judicial-detention" in out
    code, out, _ = said("panel", "aqap", "--format", "json", "-r", "judicial-detention")
    assert json.loads(out)["rows"][0]["verdict"] == "not met"
    code, out, _ = said("panel", "--rules", "un-charter-51", "--own", "--verdicts")
    assert code == 0 and "soleimani-2020-article-51" in out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ((), 2, "name a case"),
        (("aqap", "-o", "panel.xls"), 2, ".parquet"),
        (("aqap", "-d", "2014..2012"), 2, "ends before it begins"),
        (("aqap", "--own", "--ask", "AQAP is within the class"), 2, "leave --ask out"),
        (("aqap", "-d", "soon"), 3, "'soon' is no date"),
        (("aquap",), 2, "did you mean 'aqap'?"),
    ],
)
def test_what_cannot_be_asked_is_said(arguments: tuple[str, ...], code: int, says: str, said: SAID) -> None:
    found, _, err = said("panel", *arguments)
    assert (found, says in err) == (code, True), err
