"""Days: parties that nobody need declare, and what the calendar alone decides of them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import authority
from authority.changes.diff import Diff
from authority.chronology import timeline
from authority.days import Computed, in_words, is_day
from authority.engine import Verdict
from authority.facts import FactPattern
from authority.opinion import decide
from authority.starting import new_case
from authority.vocabulary import Kind, Names, Proposition
from authority.weighing import Cause, Status
from tests import small_law
from tests.small_law import Change

SENTENCES: Change = (
    "  - says: <target> had contacts with <group>\n",
    """\
  - says: <target> struck on <day>
    denied: <target> did not strike on <day>
    where: {target: [state], day: [day]}
  - says: more than 60 days have passed since <day>
    denied: 60 days or fewer have passed since <day>
    where: {day: [day]}
    computed: {days_since: day, more_than: 60}
  - says: <later> is no more than 2 days after <earlier>
    denied: <later> is more than 2 days after <earlier>
    where: {later: [day], earlier: [day]}
    computed: {days_since: earlier, until: later, at_most: 2}
  - says: <target> had contacts with <group>
""",
)
RULE: Change = (
    "  - id: member\n",
    """\
  - id: long-ago
    then: <target> is within the class
    if:
      - <target> struck on <day>
      - more than 60 days have passed since <day>
    quote: in order to prevent more
    cite: act § 1
  - id: member
""",
)
STRUCK: Change = ("    supports: [Iran harbored al-Qaeda]\n", "    supports: [Iran struck on 2011-03-21]\n")
DATED = (SENTENCES, RULE, STRUCK)


def dated(folder: Path, as_of: str) -> FactPattern:
    """The small case with a strike of 21 March 2011 in its record, by the law of a day, and no exhibit against it."""
    return small_law.load(folder, *DATED, ("as_of: 2020-09-01", f"as_of: {as_of}"))


def says(folder: Path, *changes: Change) -> list[tuple[str, str, str]]:
    """The problems of the small law with days and some changes: where, what and how to mend it."""
    written = small_law.write(folder, *changes)
    return [(small_law.place(p, written), p.what, p.fix) for p in small_law.problems_of(written)]


# ── Days as parties ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", ["2011-02-29", "2011-13-01", "2011-3-21", "0000-01-01", "2011-03", "20110321", "Iran"])
def test_what_is_no_date_of_the_calendar_is_no_day(text: str) -> None:
    assert not is_day(text) and is_day("2012-02-29")


@pytest.mark.parametrize(
    ("day", "words"),
    [("2011-03-21", "21 March 2011"), ("2011-03", "March 2011"), ("2011", "2011"), ("2019-06-08", "8 June 2019")],
)
def test_a_day_is_written_in_words(day: str, words: str) -> None:
    assert in_words(day) == words


def test_a_day_in_a_sentence_of_the_case_is_declared_by_standing_there(tmp_path: Path) -> None:
    case = dated(tmp_path, "2020-09-01")
    assert case.kind_of["2011-03-21"] is Kind.DAY
    assert case.kind("2001-09-11") is Kind.DAY and "2001-09-11" not in case.kind_of


def test_a_vocabulary_without_days_takes_no_date_for_a_party(tmp_path: Path) -> None:
    assert not authority.load_rules("aumf-2001").vocabulary.speaks_of_days
    (problem,) = small_law.problems(tmp_path, ("[Iran harbored al-Qaeda]", "[Iran harbored 2011-03-21]"))
    assert problem.what == "'2011-03-21' is no party here"
    assert list(Names().at("2011-03-21", 0)) == [] and list(Names(days=True).at("2011-03-21", 0)) == [
        ("2011-03-21", 10)
    ]


def test_a_day_stands_only_where_a_sentence_takes_one(tmp_path: Path) -> None:
    here = (*DATED, ("  - Ali trained with al-Qaeda\n", "  - ▸Ali trained with 2011-03-21\n"))
    assert [(where, what) for where, what, _ in says(tmp_path, *here)] == [
        (mark, "'Ali trained with 2011-03-21': 2011-03-21 is entered as day, and <group> takes organization")
        for mark in small_law.write(tmp_path, *here).marks
    ]


def test_a_date_that_the_calendar_has_not_is_refused_at_its_place(tmp_path: Path) -> None:
    wrong = (SENTENCES, RULE, ("[Iran harbored al-Qaeda]\n", "[▸Iran struck on 2011-02-30]\n"))
    ((where, what, fix),) = says(tmp_path, *wrong)
    assert (where, what) == (small_law.write(tmp_path, *wrong).marks[0], "'2011-02-30' is no party here")
    assert fix == "a day is written YYYY-MM-DD, and must be one of the calendar"


def test_a_day_may_be_declared_for_the_sake_of_another_name(tmp_path: Path) -> None:
    first = "  Ali: {kind: person}\n", "  Ali: {kind: person}\n  2011-03-21: {kind: day, aliases: [the first day]}\n"
    case = small_law.load(
        tmp_path, SENTENCES, RULE, first, ("[Iran harbored al-Qaeda]", "[Iran struck on the first day]")
    )
    assert case.evidence[0].supports == (Proposition("<target> struck on <day>", ("Iran", "2011-03-21")),)
    assert [p.name for p in case.parties].count("2011-03-21") == 1


@pytest.mark.parametrize(
    ("party", "what"),
    [
        ("D-Day: {kind: day}", "'D-Day' is entered as a day, and is none"),
        ("2011-03-21: {kind: state}", "'2011-03-21' is a day, and '2011-03-21' is none"),
    ],
)
def test_only_a_date_names_a_day_and_it_names_nothing_else(party: str, what: str, tmp_path: Path) -> None:
    found = small_law.problems(
        tmp_path, SENTENCES, RULE, ("  Ali: {kind: person}\n", f"  Ali: {{kind: person}}\n  {party}\n")
    )
    assert what in [problem.what for problem in found]


# ── The calendar ──────────────────────────────────────────────────────────────────────────────────────────────────────

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1))


def period(count: int, after: int, more: bool) -> Computed:
    """More than so many days, or at most so many, since a day or a later one."""
    if more:
        return Computed(days_since="day", after=after, more_than=count)
    return Computed(days_since="day", after=after, at_most=count)


@given(days, days, st.integers(0, 400), st.integers(0, 5), st.booleans())
def test_the_calendar_agrees_with_the_arithmetic_of_dates(
    one: date, other: date, count: int, after: int, more: bool
) -> None:
    limit = one + timedelta(days=after + count)
    computed = period(count, after, more)
    found = computed.reckon({"day": one.isoformat()}, other)
    assert found.holds is ((other > limit) if more else (other <= limit))
    assert f"is {other.day} " in found.says and (not count or f"on {limit.day} " in found.says)
    two = period(count, after, more).but(until="end")
    assert two.reckon({"day": one.isoformat(), "end": other.isoformat()}, date.max) == found


@given(days, st.integers(0, 400), st.integers(0, 5), st.booleans())
def test_a_period_turns_on_the_first_day_after_it(one: date, count: int, after: int, more: bool) -> None:
    computed = period(count, after, more)
    turn = computed.turns_on(one.isoformat())
    assert turn is not None

    def on(day: date, some: Computed = computed) -> bool:
        return some.reckon({"day": one.isoformat()}, day).holds

    assert (on(turn - timedelta(days=1)), on(turn)) == (not more, more)
    assert on(turn, computed.a_day_earlier()) is on(turn - timedelta(days=1))


def test_what_lies_beyond_the_calendar_never_comes() -> None:
    computed = Computed(days_since="day", more_than=60)
    assert computed.turns_on("9999-12-01") is None
    assert not computed.reckon({"day": "9999-12-01"}, date.max).holds


# ── What it decides in a case ─────────────────────────────────────────────────────────────────────────────────────────

PASSED = Proposition("more than 60 days have passed since <day>", ("2011-03-21",))


@pytest.mark.parametrize(("as_of", "status"), [("2011-05-20", Status.REFUTED), ("2011-05-21", Status.ESTABLISHED)])
def test_a_computed_fact_is_decided_by_the_calendar(as_of: str, status: Status, tmp_path: Path) -> None:
    """Sixty days from 21 March 2011 end on 20 May 2011; on that day more than sixty have not passed."""
    opinion = decide(dated(tmp_path, as_of), "strict")
    finding = opinion.finding[PASSED]
    assert (finding.status, finding.cause) == (status, Cause.COMPUTED)
    assert finding.reckoning.startswith("60 days from 21 March 2011 end on 20 May 2011, and the day in question is 2")
    assert opinion.verdict is (Verdict.MET if status is Status.ESTABLISHED else Verdict.UNDETERMINED)


def test_the_reckoning_stands_in_the_derivation_the_data_and_the_memo(tmp_path: Path) -> None:
    ends = "60 days from 21 March 2011 end on 20 May 2011"
    opinion = decide(dated(tmp_path, "2011-05-21"), "strict")
    assert f"since 2011-03-21: established (by the calendar); {ends}" in opinion.explain()
    (element,) = (e for e in opinion.as_data()["elements"] if e["proposition"] == "Iran is within the class")
    assert [says.startswith(ends) for says in element["reckoned"]] == [True]
    memo = opinion.memo(tmp_path / "memo.md").read_text("utf-8")
    assert "More than 60 days have passed since 21 March 2011" in memo and ends in memo and "2011-03-21" not in memo
    assert ends in opinion.memo(tmp_path / "memo.json").read_text("utf-8")


def test_an_opinion_on_days_goes_to_json_and_back(tmp_path: Path) -> None:
    opinion = decide(dated(tmp_path, "2011-05-21"), "strict")
    assert authority.Opinion.model_validate_json(opinion.model_dump_json()) == opinion


def test_a_question_may_name_a_day_that_the_case_does_not(tmp_path: Path) -> None:
    """A day is a party whether or not the record speaks of it."""
    question = (
        "sentences:\n",
        "sentences:\n  - says: <target> is answerable for <day>\n    denied: <target> is not answerable for <day>\n"
        "    where: {target: [state], day: [day]}\n    question: yes\n",
    )
    answerable = (
        "rules:\n  - id: force\n",
        "rules:\n  - id: answerable\n    then: <target> is answerable for <day>\n    if:\n"
        "      - <target> struck on <day>\n    quote: Force may be used\n    cite: act § 1\n  - id: force\n",
    )
    case = small_law.load(tmp_path, *DATED, question, answerable)
    assert decide(case, "strict", "Iran is answerable for 2011-03-21").shown
    assert decide(case, "strict", "Iran is answerable for 2011-03-22").verdict is Verdict.UNDETERMINED


def test_the_calendar_is_never_missing_nor_a_matter_of_evidence(tmp_path: Path) -> None:
    found = authority.depend(decide(dated(tmp_path, "2011-05-01"), "strict"))
    assert not [f for gap in found.missing for f in gap.facts if "60 days" in str(f)]


def test_a_change_of_day_is_the_cause_of_what_it_moves(tmp_path: Path) -> None:
    before, after = dated(tmp_path / "a", "2011-05-20"), dated(tmp_path / "b", "2011-05-21")
    found = authority.diff(before, after.but(rules=before.rules))
    assert isinstance(found, Diff)
    moved = {str(each.proposition): each.because for each in found.readings["strict"].changed}
    assert moved["force against Iran is authorized"] == ("as_of",)


def test_an_added_exhibit_brings_its_days(tmp_path: Path) -> None:
    case = dated(tmp_path, "2011-05-21")
    (tmp_path / "more.yaml").write_text(
        "evidence:\n  - {id: N1, source: report, says: Again., supports: [Iran struck on 2011-03-22]}\n", "utf-8"
    )
    found = authority.whatif(case, "strict", add=[tmp_path / "more.yaml"])
    assert found.after.finding[Proposition(PASSED.sentence, ("2011-03-22",))].status is Status.REFUTED


def test_the_day_on_which_a_computed_fact_turns_is_in_the_timeline(tmp_path: Path) -> None:
    rows = {str(row.day): row for row in timeline(dated(tmp_path, "2011-05-01")).law}
    turn = rows["2011-05-21"]
    assert turn.came == ("calendar: more than 60 days have passed since 2011-03-21",) and not turn.went
    assert turn.verdicts["strict"] is Verdict.MET and turn.because["strict"] == turn.came


# ── What the calendar alone may decide ────────────────────────────────────────────────────────────────────────────────

ALONE = "is computed, and stands in"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ((STRUCK[0], "    supports: [▸more than 60 days have passed since 2011-03-21]\n"), "evidence"),
        (("  - Ali trained with al-Qaeda\n", "  - ▸60 days or fewer have passed since 2011-03-21\n"), "an assumption"),
    ],
)  # fmt: skip
def test_nothing_in_a_case_overrules_the_calendar(change: Change, what: str, tmp_path: Path) -> None:
    here = (SENTENCES, RULE, change)
    ((where, said, fix),) = says(tmp_path, *here)
    assert where == small_law.write(tmp_path, *here).marks[0] and f"{ALONE} {what}" in said
    assert fix.endswith("another as_of gives another answer")


def test_what_if_cannot_assume_a_date_away(tmp_path: Path) -> None:
    with pytest.raises(authority.InvalidInput, match=ALONE):
        authority.whatif(dated(tmp_path, "2011-05-20"), assume=["more than 60 days have passed since 2011-03-21"])


COMPUTED = "computed: {days_since: day, more_than: 60}"
HEAD = "    then: {}\n    if:\n      - <target> struck"
KINDS = "    where: {day: [day]}\n"
NOTICED = "    - holds: {}\n"


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("      - <target> struck on <day>\n", "", "the rule 'long-ago': nothing says which day <day> is"),
        (
            HEAD.format("<target> is within the class"), HEAD.format("▸more than 60 days have passed since <day>"),
            f"{ALONE} a conclusion",
        ),
        (
            NOTICED.format("al-Qaeda committed the attacks of September 11, 2001"),
            NOTICED.format("▸more than 60 days have passed since 2011-03-21"), f"{ALONE} a noticed fact",
        ),
        (COMPUTED, "▸computed: {days_since: day}", "takes one of 'more_than' and 'at_most'"),
        (COMPUTED, "▸computed: {days_since: day, more_than: 60, at_most: 3}", "takes one of 'more_than' and 'at_most'"),
        (COMPUTED, "computed: {days_since: day, more_than: ▸many}", "'many' will not do"),
        (COMPUTED, "computed: {days_since: day, more_than: ▸-1}", "'-1' will not do"),
        (COMPUTED, "▸computed: {days_since: night, more_than: 60}", "these must be the blanks"),
        (KINDS, "    where: {day: [day, state]}\n", "must be of the kind day, and of no other"),
        (KINDS, f"{KINDS}    question: yes\n", "a computed sentence is a fact, and no question"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_computed_sentence_is_said_at_its_place(
    old: str, new: str, what: str, tmp_path: Path
) -> None:
    made = [(words, text.replace(old, new, 1)) for words, text in DATED]
    made += [(old, new)] if tuple(made) == DATED else []
    found = says(tmp_path, *made)
    assert any(what in said for _, said, _ in found)
    marks = small_law.write(tmp_path, *made).marks
    assert not marks or marks[0] in [where for where, said, _ in found if what in said]


def test_a_day_in_a_new_case_is_a_date(tmp_path: Path) -> None:
    """What ``authority new case`` writes loads, be it about days."""
    first: Change = (
        "sentences:\n",
        "sentences:\n  - says: <day> counts\n    denied: <day> does not count\n    where: {day: [day]}\n"
        "    question: yes\n  - says: <day> was a Friday\n    denied: <day> was no Friday\n    where: {day: [day]}\n",
    )
    rule: Change = (
        "rules:\n  - id: force\n",
        "rules:\n  - id: counts\n    then: <day> counts\n    if:\n      - <day> was a Friday\n"
        "    quote: Force may be used\n    cite: act § 1\n  - id: force\n",
    )
    rules = authority.load_rules(small_law.write(tmp_path, *DATED, first, rule).rules)
    path = new_case("fresh", rules, tmp_path)
    assert "2001-01-01" in authority.load_case(path, rules).kind_of


def test_the_timeline_of_days_goes_out_as_data(tmp_path: Path) -> None:
    assert "calendar: " in json.dumps(timeline(dated(tmp_path, "2011-05-21")).as_data())
