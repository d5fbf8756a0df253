"""The War Powers Resolution: when a report is due, when the sixty days end, what stops them; days worked by hand."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

import authority
from authority.checking import check
from authority.chronology import timeline
from authority.engine import Verdict
from authority.facts import Evidence, FactPattern, Party, Source
from authority.law import Mark
from authority.opinion import decide
from authority.proving import contradictory
from authority.vocabulary import Kind, Proposition
from authority.weighing import Cause

TEXT, EXECUTIVE, OBJECTION = "resolution-as-written", "executive-position", "constitutional-objection"
BUNDLED = (
    "iran-2025-clock", "iran-2026-clock", "iran-militias-2024-clock", "libya-2011-clock", "soleimani-2020-clock",
)  # fmt: skip
RAID = "the raid"
TERMINATE = "<operation> must be terminated under section 5(b)"
SIXTY = "the sixty days of section 5(b) have run for <operation>"
IN_TIME = "a report on <operation> was submitted in time"
DUE = "a report on <operation> was due within 48 hours"
CONSULT = "consultation with Congress was due before <operation>"
COMPATIBLE = "<operation> is compatible with section 2(c)"
REMOVAL = "Congress has directed the removal of the forces in <operation>"

FIRST = "force was first used in <operation> on <day>"
STILL = "force was still used in <operation> on <day>"
REPORT = "a report on <operation> was submitted to Congress on <day>"
CERTIFIED = "the President certified unavoidable military necessity in <operation>"
WITHIN = "<operation> is within section 2(a) of the 2001 AUMF"
CLAIMED = "the President's report claims statutory authority for <operation>"
STATUTE = "a statute authorizes <operation> and states that it is specific statutory authorization"
BOTH_HOUSES = "both Houses agreed to a concurrent resolution for the removal of the forces in <operation>"


def raid(as_of: str, *facts: tuple[str, ...]) -> FactPattern:
    """An operation of 19 March 2011 that still goes on at the end of the year, with these facts on record, each a
    sentence and, where it has one, its day."""
    said = [(FIRST, "2011-03-19"), (STILL, "2011-12-31"), *facts]
    days = {day for _, *rest in said for day in rest}
    rules = authority.load_rules("war-powers")
    return FactPattern(
        name="raid", title="A raid", asks=Proposition(TERMINATE, (RAID,)), as_of=as_of, known_by="2012", rules=rules,
        parties=(Party(name=RAID, kind=Kind.OPERATION), *(Party(name=day, kind=Kind.DAY) for day in sorted(days))),
        sources=(Source(id="S", name="S"),),
        evidence=tuple(
            Evidence(
                id=f"E{n}", source="S", says="So it is said.", supports=(Proposition(sentence, (RAID, *day)),),
                reliability="A", credibility="1",
            )
            for n, (sentence, *day) in enumerate(said, start=1)
        ),
    )  # fmt: skip


def verdict(case: FactPattern, sentence: str, reading: str = TEXT, operation: str = RAID) -> Verdict:
    return decide(case, reading, Proposition(sentence, (operation,))).verdict


def on_days(case: FactPattern, sentence: str, days: Iterable[str], operation: str = RAID) -> list[bool]:
    """Whether a question is shown, by the resolution as written, as of each of some days."""
    return [verdict(case.but(as_of=day), sentence, operation=operation).shown for day in days]


# ── The days, worked out by hand ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "operation", "last_day", "day_after"),
    [
        # First used on 19 March 2011; 48 hours end on 21 March; 10 days to 31 March, 30 to 30 April, 20 to 20 May.
        ("libya-2011-clock", "the Libya operation", "2011-05-20", "2011-05-21"),
        # Letter of 25 January 2024; 6 days to 31 January, 29 to 29 February, 25 to 25 March.
        ("iran-militias-2024-clock", "the operation of 23 January 2024", "2024-03-25", "2024-03-26"),
        # Letter of 4 February 2024; 25 days to 29 February, 31 to 31 March, 4 to 4 April.
        ("iran-militias-2024-clock", "the operation of 2 February 2024", "2024-04-04", "2024-04-05"),
        # Letter of 23 June 2025; 7 days to 30 June, 31 to 31 July, 22 to 22 August.
        ("iran-2025-clock", "the operation of 21 June 2025", "2025-08-22", "2025-08-23"),
        # Letter of 2 March 2026; 29 days to 31 March, 30 to 30 April, 1 to 1 May.
        ("iran-2026-clock", "Operation Epic Fury", "2026-05-01", "2026-05-02"),
        # First used on 2 January 2020; 48 hours end on the 4th; 27 days to 31 January, 29 to 29 February, 4 to 4 March.
        ("soleimani-2020-clock", "the Soleimani strike", "2020-03-04", "2020-03-05"),
    ],
)
def test_the_sixty_days_end_when_counted_by_hand(name: str, operation: str, last_day: str, day_after: str) -> None:
    """On the sixtieth day they have not run; on the day after they have."""
    case = authority.load_case(name)
    assert on_days(case, SIXTY, (last_day, day_after), operation) == [False, True]


def test_libya_had_to_end_on_the_twentieth_of_may_or_with_a_certificate_on_the_nineteenth_of_june() -> None:
    """Thirty days more: 11 to 31 May, 19 to 19 June."""
    libya = authority.load_case("libya-2011-clock")
    ended = ("2011-05-20", "2011-05-21", "2011-06-19", "2011-06-20")
    assert on_days(libya, TERMINATE, ended, "the Libya operation") == [False, True, True, True]
    assert on_days(raid("2011", (CERTIFIED,)), TERMINATE, ended) == [False, False, False, True]
    assert on_days(raid("2011"), TERMINATE, ended) == [False, True, True, True]


def test_the_day_reckoned_from_is_said() -> None:
    told = decide(authority.load_case("libya-2011-clock"), TEXT).explain()
    assert "60 days from 21 March 2011, 2 days after 19 March 2011, end on 20 May 2011" in told
    assert "90 days from 21 March 2011, 2 days after 19 March 2011, end on 19 June 2011" in told


# ── The clock ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_without_any_report_the_clock_runs_from_the_day_it_was_due() -> None:
    case = raid("2011-05-21")
    assert verdict(case, SIXTY) is Verdict.MET and verdict(case, IN_TIME) is Verdict.UNDETERMINED


def test_a_report_submitted_early_starts_the_clock_early() -> None:
    """Submitted on the day itself, 19 March: 12 days to 31 March, 30 to 30 April, 18 to 18 May."""
    case = raid("2011", (REPORT, "2011-03-19"))
    assert on_days(case, SIXTY, ("2011-05-18", "2011-05-19")) == [False, True]


def test_a_report_submitted_late_does_not_start_it_again() -> None:
    case = raid("2011", (REPORT, "2011-04-10"))
    assert on_days(case, SIXTY, ("2011-05-20", "2011-05-21")) == [False, True]


@pytest.mark.parametrize(
    ("submitted", "in_time"),
    [("2011-03-18", True), ("2011-03-19", True), ("2011-03-20", True), ("2011-03-21", True), ("2011-03-22", False)],
)
def test_a_report_is_in_time_until_the_second_day(submitted: str, in_time: bool) -> None:
    case = raid("2011-04-01", (REPORT, submitted))
    assert verdict(case, IN_TIME).shown is in_time and verdict(case, DUE).shown


@pytest.mark.parametrize(
    "stop",
    [
        "Congress declared war for <operation>", STATUTE, WITHIN,
        "Congress extended the sixty days for <operation> by law", "Congress cannot meet while <operation> lasts",
    ],
)  # fmt: skip
def test_what_congress_does_stops_the_clock(stop: str) -> None:
    """The days run; nothing need be terminated, with or without a certificate, however long it lasts."""
    for case in (raid("2011-12-01", (stop,)), raid("2011-12-01", (stop,), (CERTIFIED,))):
        assert verdict(case, SIXTY) is Verdict.MET
        assert verdict(case, TERMINATE) is Verdict.NOT_MET
        assert decide(case, TEXT).conclusion[case.asks].cause is Cause.DEFEATED


def test_an_authorization_that_is_only_claimed_stops_nothing_and_one_alleged_stays_open() -> None:
    """Nothing is inferred from a claim, unless one takes the position that it may be."""
    claimed = raid("2011-06-01", (CLAIMED,))
    assert verdict(claimed, TERMINATE) is Verdict.MET
    assert not authority.whatif(claimed, TEXT, positions={"inferred-authority": "claimed"}).after.shown
    *rest, statute = raid("2011-06-01", (STATUTE,)).evidence
    bare = (*rest, statute.but(reliability="F", credibility="6"))
    alleged = decide(raid("2011-06-01").but(evidence=bare), TEXT)
    assert alleged.verdict is Verdict.MET
    assert [str(e) for e in alleged.open_exceptions] == ["the raid is specifically authorized by statute"]


def test_a_certificate_that_nobody_gave_is_no_open_exception() -> None:
    """That the calendar stands so raises nothing."""
    assert decide(raid("2011-06-01"), TEXT).open_exceptions == ()


def test_what_no_longer_goes_on_need_not_be_terminated() -> None:
    case = raid("2012-01-01")
    assert verdict(case, SIXTY) is Verdict.MET and verdict(case, TERMINATE) is Verdict.NOT_MET


def test_the_law_of_another_day_moves_the_verdict_and_the_timeline_says_which() -> None:
    libya = authority.load_case("libya-2011-clock")
    moved = [row for row in timeline(libya).law if TEXT in row.because and row.day and row.day.year > 2000]
    assert [(str(row.day), str(row.verdicts[TEXT])) for row in moved] == [
        ("2011-05-21", "met"), ("2011-11-01", "not met"),
    ]  # fmt: skip
    assert [row.because[TEXT] for row in moved] == [
        ("calendar: more than 60 days have passed since the second day after 2011-03-19",),
        ("calendar: 2011-10-31 is not yet past",),
    ]


# ── The other questions, and the readings ─────────────────────────────────────────────────────────────────────────────


def test_consultation_is_due_where_it_is_possible() -> None:
    possible = "it was possible to consult Congress before <operation>"
    assert verdict(raid("2011-03-19", (possible,)), CONSULT) is Verdict.MET
    assert verdict(raid("2011-03-19"), CONSULT) is Verdict.UNDETERMINED


def test_section_2c_names_three_cases_unless_it_does_not_bind() -> None:
    attack = "<operation> answers an attack upon the United States, its territories or possessions, or its armed forces"
    for fact in (attack, STATUTE, "Congress declared war for <operation>"):
        assert verdict(raid("2011", (fact,)), COMPATIBLE) is Verdict.MET
    assert verdict(raid("2011"), COMPATIBLE) is Verdict.UNDETERMINED
    assert verdict(raid("2011"), COMPATIBLE, EXECUTIVE) is Verdict.MET


def test_a_concurrent_resolution_directs_removal_where_it_binds() -> None:
    case = raid("2011", (BOTH_HOUSES,))
    assert [verdict(case, REMOVAL, r).shown for r in (TEXT, EXECUTIVE, OBJECTION)] == [True, False, False]
    law = raid("2011", ("a law for the removal of the forces in <operation> was enacted",))
    assert all(verdict(law, REMOVAL, r).shown for r in (TEXT, EXECUTIVE, OBJECTION))


def test_by_the_narrow_reading_hostilities_must_be_the_executives_own() -> None:
    own = raid("2011-06-01", ("<operation> counts as hostilities in the executive's sense",))
    assert verdict(own, TERMINATE, EXECUTIVE).shown and not verdict(raid("2011-06-01"), TERMINATE, EXECUTIVE).shown
    assert verdict(own, TERMINATE, OBJECTION) is Verdict.NOT_MET


@pytest.mark.parametrize(
    "fact", ["forces equipped for combat entered foreign territory", "forces abroad were substantially enlarged"]
)
def test_a_report_may_be_due_where_no_clock_runs(fact: str) -> None:
    """Forces equipped for combat, or greatly more of them, must be reported; sixty days are for hostilities."""
    case = raid("2011-12-01", (f"{fact} in <operation> on <day>", "2011-03-19"))
    case = case.but(evidence=case.evidence[1:])
    assert verdict(case, DUE) is Verdict.MET and not verdict(case, SIXTY).shown


def test_whether_the_2001_authorization_covers_the_strikes_of_2024_stays_in_conflict() -> None:
    case = authority.load_case("iran-militias-2024-clock")
    for operation in ("the operation of 23 January 2024", "the operation of 2 February 2024"):
        found = decide(case, TEXT, Proposition(TERMINATE, (operation,)))
        assert found.finding[Proposition(WITHIN, (operation,))].cause is Cause.CONFLICT


# ── The rule set and its cases ────────────────────────────────────────────────────────────────────────────────────────


def test_what_section_5b_excludes_would_be_contradicted_without_its_exceptions() -> None:
    """Nothing must be terminated for which Congress declared war or that a statute authorizes: the rules keep to it on
    every record, by their exceptions and by nothing else."""
    rules = authority.load_rules("war-powers")
    assert contradictory(rules)[0] == ()
    bare = tuple(r.but(unless=()) if r.then.sentence == TERMINATE else r for r in rules.rules)
    found = contradictory(rules.but(rules=bare))[0]
    assert {clash.pair.other.sentence for clash in found} == {
        "Congress declared war for <operation>", "<operation> is specifically authorized by statute",
    }  # fmt: skip


def test_force_is_first_used_on_one_day_only() -> None:
    """A record that establishes two first days contradicts itself, and no bundled one does."""
    found = decide(raid("2011-12-31", (FIRST, "2011-03-20")), TEXT)
    (each,) = found.contradictions
    assert each.of == "facts" and {each.one.parties, each.other.parties} == {(RAID, "2011-03-19"), (RAID, "2011-03-20")}
    for name in BUNDLED:
        case = authority.load_case(name)
        assert all(decide(case, reading).contradictions == () for reading in case.rules.readings)


def test_the_resolution_is_accounted_for_word_by_word() -> None:
    """Nothing wrong, nothing unused, no word that no rule encodes and nobody left out."""
    found = check("war-powers")
    assert found["problems"] == [] and found["coverage"]["unaccounted"] == []


def test_the_cases_come_out_as_they_are_expected() -> None:
    assert authority.cases("war-powers") == BUNDLED
    for name in BUNDLED:
        case = authority.load_case(name)
        assert case.rules.name == "war-powers" and set(case.expect) == {TEXT, EXECUTIVE, OBJECTION}
        for reading, expected in case.expect.items():
            assert ("shown" if decide(case, reading).shown else "not shown") == expected, (name, reading)


def test_no_two_cases_of_the_library_bear_one_name() -> None:
    """A case is found by its bare name."""
    names = [name for rules in authority.rule_sets() for name in authority.cases(rules)]
    assert len(set(names)) == len(names)


def test_every_item_is_marked_and_graded_by_the_type_of_its_source() -> None:
    for name in BUNDLED:
        case = authority.load_case(name)
        assert all(item.verified is not None for item in case.evidence)
        assert all(s.kind in case.rules.tables.grading.kinds and not s.reliability for s in case.sources)
        assert all(not (item.reliability or item.credibility) for item in case.evidence)
        from_memory = {item.id for item in case.evidence if item.source in ("memory", "executive-2011")}
        assert from_memory == {item.id for item in case.evidence if item.verified is Mark.MEMORY}


def test_a_verdict_here_implies_nothing_elsewhere() -> None:
    told = " ".join(authority.load_rules("war-powers").instrument.does_not_decide)
    assert "Whether any authorization covers the operation" in told and "Article II" in told and "Charter" in told
