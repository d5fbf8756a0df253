"""Weighing: what each item of evidence comes to, and where it leaves each fact."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from authority import weighing
from authority.days import Computed
from authority.facts import Assumption, FactPattern, Source
from authority.law import Grading, Stance, Standard
from authority.vocabulary import NOBODY, Kind, Proposition, Sentence, Vocabulary
from authority.weighing import (
    Cause,
    Finding,
    Findings,
    Status,
    Weighed,
    barred,
    graded_level,
    meets,
    weigh,
    weigh_items,
)
from tests.generate import READING, STANDARDS, TABLES, changed, fact, item, rule, says, tiny

ASKED = fact("may be met", "Aland")
ABOUT, OTHER = fact("met", "Aland"), fact("paid", "Aland")
LAW = [
    rule("r", says("may be met", "<a>"), says("met", "<a>")),
    rule("s", says("may be met", "<a>"), says("w", "<a>"), says("z", "<a>")),
]
GRADE = {5: "A1", 4: "B2", 3: "C3", 2: "D4", 1: "E5", None: "F6"}


def record(*evidence: Any, **more: Any) -> FactPattern:
    return tiny(ASKED, LAW, *evidence, **more)


def findings(*evidence: Any, facts: tuple[Proposition, ...] = (), **more: Any) -> Findings:
    case = record(*evidence, **more)
    return weigh(case, case.rules.reading(READING), facts)


def finding(about: Proposition, *evidence: Any, **more: Any) -> Finding:
    return next(f for f in findings(*evidence, **more).facts if f.proposition == about)


def weighed(name: str, *evidence: Any, **more: Any) -> Weighed:
    case = record(*evidence, **more)
    return weigh_items(case, case.rules.reading(READING))[name]


# ── Standards ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_standard_is_its_three_thresholds() -> None:
    """So much for the fact, so far ahead of what is against it, and no more than so much against; each where it is
    set."""
    for least, ahead, most in itertools.product((0, 3), (None, 0, 1, 2), (None, 0, 1)):
        standard = Standard(id="s", says="s", for_at_least=least, ahead_by=ahead, against_at_most=most)
        for pro, con in itertools.product(range(6), range(6)):
            enough = pro >= least and (ahead is None or pro - con >= ahead) and (most is None or con <= most)
            assert meets(standard, pro, con) is enough
            assert meets(standard, pro, con, unjudged_for=True) is enough


def test_what_cannot_be_judged_suffices_only_where_the_standard_says_so() -> None:
    """A scintilla may be of a kind that nobody can judge; without such an item the thresholds stand."""
    scintilla = Standard(id="s", says="s", for_at_least=1, unjudged_suffices=True)
    assert meets(scintilla, 0, 5, unjudged_for=True)
    assert not meets(scintilla, 0, 0) and not meets(scintilla, 0, 0, unjudged_for=False)


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_fact_is_established_refuted_or_left_open_with_its_cause(standard: str) -> None:
    """On all pairs of levels, unjudged ones among them: by the standard, by the contrary at a preponderance, or open:
    in conflict where what is for it would do alone, else short, and without anything for it no evidence."""
    held, contrary = TABLES.standard(standard), TABLES.standard(TABLES.refuted_by)
    for pro, con in itertools.product((*GRADE, 0), (*GRADE, 0)):
        sides = [item("E1", ABOUT, grade=GRADE[pro])] if pro != 0 else []
        sides += [item("E2", contradicts=(ABOUT,), grade=GRADE[con])] if con != 0 else []
        found = finding(ABOUT, *sides, facts=(ABOUT,), standard=standard)
        one, other, unjudged = pro or 0, con or 0, pro is None
        assert (found.strongest_for, found.strongest_against) == (one, other)
        assert (found.supporting, found.contradicting) == (("E1",) * (pro != 0), ("E2",) * (con != 0))
        assert found.reckoning == ""
        if meets(held, one, other, unjudged):
            assert (found.status, found.cause) == (Status.ESTABLISHED, Cause.EVIDENCE)
        elif meets(contrary, other, one):
            assert (found.status, found.cause) == (Status.REFUTED, Cause.EVIDENCE)
        else:
            alone = Cause.CONFLICT if meets(held, one, 0, unjudged) else Cause.SHORT
            assert (found.status, found.cause) == (Status.UNRESOLVED, alone if pro != 0 else Cause.NO_EVIDENCE)


def test_a_standard_that_bears_no_contradiction_leaves_a_conflict() -> None:
    """What is for the fact would do if nothing whatever stood against it."""
    case = record(item("E1", ABOUT, grade="C3"), item("E2", contradicts=(ABOUT,), grade="C3"), standard="spotless")
    spotless = Standard(id="spotless", says="Nothing against it.", for_at_least=1, against_at_most=0)
    tables = changed(TABLES, standards=(*TABLES.standards, spotless))
    case = changed(case, rules=changed(case.rules, tables=tables))
    (found,) = weigh(case, case.rules.reading(READING)).facts
    assert (found.status, found.cause) == (Status.UNRESOLVED, Cause.CONFLICT)


def test_the_findings_say_by_what_standard() -> None:
    """The reading's."""
    assert findings(standard="clear-and-convincing").standard == TABLES.standard("clear-and-convincing")


# ── Which facts, in what order ────────────────────────────────────────────────────────────────────────────────────


def test_every_fact_that_anything_speaks_of_is_found_once() -> None:
    """What is asked about, what evidence bears on whichever side, what is assumed and what is noticed; in the order of
    their text, not of their sentences. A conclusion that is assumed is no fact."""
    asked, against, silent, assumed, noticed = (fact(verb, "Aland") for verb in "zyxwv")
    of_dora = fact("a", "Dora")
    found = findings(
        item("E1", ABOUT, contradicts=(against,), found_none=(silent,)), item("E2", ABOUT, of_dora),
        facts=(asked, asked),
        assume=tuple(Assumption(proposition=p, holds=True) for p in (assumed, ASKED)), notice=(noticed,),
    )  # fmt: skip
    assert [f.proposition for f in found.facts] == [ABOUT, noticed, assumed, silent, against, asked, of_dora]


def test_each_side_lists_the_strongest_first_and_equals_by_their_numbers() -> None:
    """By level, then E2 before E10; a report of having found none stands on its own side and counts for no level."""
    names = {"E10": "B2", "E2": "B2", "E1": "F6", "E4": "E5", "E3": "A1"}
    for side in ("supports", "contradicts", "found_none"):
        found = finding(ABOUT, *(item(n, **{side: (ABOUT,)}, grade=grade) for n, grade in names.items()))
        sides = {"supports": found.supporting, "contradicts": found.contradicting, "found_none": found.found_none}
        assert sides.pop(side) == ("E3", "E2", "E10", "E4", "E1") and set(sides.values()) == {()}
        levels = {"supports": (5, 0), "contradicts": (0, 5), "found_none": (0, 0)}
        assert (found.strongest_for, found.strongest_against) == levels[side]


def test_the_items_come_by_their_numbers() -> None:
    """E2 before E10, however the record lists them."""
    assert [i.id for i in findings(item("E10", ABOUT), item("E2", ABOUT)).items] == ["E2", "E10"]


def test_an_item_that_is_out_is_on_no_side() -> None:
    """And proves nothing: undercut, late or inadmissible."""
    for out in ({"published": "2001-09-19"}, {"under": (Stance("reach", "no"),)}):
        found = finding(ABOUT, item("E1", ABOUT, contradicts=(OTHER,), **out))
        assert (found.supporting, found.status) == ((), Status.UNRESOLVED)
        assert not weighed("E1", item("E1", ABOUT, **out)).is_in
    assert finding(ABOUT, item("E1", ABOUT), item("E2", undercuts=("E1",))).supporting == ()


# ── What stands of itself ─────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_assumed_or_noticed_stands_whatever_the_evidence() -> None:
    """An assumption before the notice, true or denied; either against the best of evidence, which is still listed."""
    against = item("E1", contradicts=(ABOUT,))
    for holds in (True, False):
        assume = (Assumption(proposition=ABOUT, holds=holds),)
        for notice in ((), (ABOUT,)):
            found = finding(ABOUT, against, assume=assume, notice=notice)
            assert found.status is (Status.ESTABLISHED if holds else Status.REFUTED)
            assert (found.cause, found.contradicting, found.strongest_against) == (Cause.ASSUMED, ("E1",), 5)
    found = finding(ABOUT, against, notice=(ABOUT,))
    assert (found.status, found.cause) == (Status.ESTABLISHED, Cause.NOTICED)


def test_of_nobody_named_nothing_is_known() -> None:
    """The cause is that nobody is named, and not that there is no evidence."""
    found = finding(fact("met", NOBODY), facts=(fact("met", NOBODY),))
    assert (found.status, found.cause) == (Status.UNRESOLVED, Cause.NOBODY_NAMED)


def test_the_calendar_decides_and_says_how() -> None:
    """Either way, whatever is assumed."""
    recent = Sentence(
        says="<day> is recent", denied="<day> is not recent", where={"day": (Kind.DAY,)},
        computed=Computed(days_since="day", at_most=5),
    )  # fmt: skip
    for day, status in (("2001-09-15", Status.ESTABLISHED), ("2001-09-01", Status.REFUTED)):
        about = Proposition(recent.says, (day,))
        case = record(assume=(Assumption(proposition=about, holds=status is Status.REFUTED),))
        sentences = (*case.rules.vocabulary.sentences, recent)
        case = changed(case, rules=changed(case.rules, vocabulary=Vocabulary(sentences=sentences)))
        (found,) = (f for f in weigh(case, case.rules.readings[0], [about]).facts if f.proposition == about)
        assert (found.status, found.cause, found.proposition) == (status, Cause.COMPUTED, about)
        assert "September 2001" in found.reckoning


# ── Grades ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_item_weighs_the_weaker_of_its_two_grades() -> None:
    """On all pairs; with an F or a 6 it cannot be judged."""
    letters, digits = (dict(zip(names, (5, 4, 3, 2, 1, None), strict=True)) for names in ("ABCDEF", "123456"))
    for (letter, one), (digit, other) in itertools.product(letters.items(), digits.items()):
        level = None if one is None or other is None else min(one, other)
        found = weighed("E1", item("E1", ABOUT, grade=letter + digit))
        assert (found.grade, found.level, found.graded_level) == (letter + digit, level, level)
        assert found.unjudged is (level is None) and not found.hedged
        case = record(item("E1", ABOUT, grade=letter + digit))
        assert graded_level(case, case.item["E1"], case.rules.reading(READING)) == level


def test_a_hedge_caps_the_credibility_and_is_said_to_only_where_it_does() -> None:
    """What a source itself says with "may" is possibly true at best; what was no better before is as it was."""
    for digit, grade in zip("123456", ("A3", "A3", "A3", "A4", "A5", "A6"), strict=True):
        found = weighed("E1", item("E1", ABOUT, grade="A" + digit, hedge="may"))
        assert (found.grade, found.hedged) == (grade, digit in "12")
        assert found.level == {"3": 3, "4": 2, "5": 1, "6": None}[grade[1]]


COURT, RUMOUR = "adversarial court finding", "bare allegation"
BARE = {"reliability": None, "credibility": None}


@pytest.mark.parametrize(
    ("source", "own", "grade", "under_other"),
    [
        ({"kind": COURT}, {}, "A1", "A1"),
        ({"kind": COURT}, BARE, "A2", "D4"),
        ({"kind": COURT}, {**BARE, "credibility": "5"}, "A5", "D5"),
        ({"kind": COURT, "reliability": "B"}, BARE, "B2", "B4"),
        ({"kind": COURT, "reliability": "B"}, {**BARE, "kind": RUMOUR}, "F6", "E5"),
        ({"reliability": "B"}, {**BARE, "credibility": "3"}, "B3", "B3"),
        ({"kind": "of no kind in the table"}, BARE, "F6", "F6"),
        ({}, BARE, "F6", "F6"),
    ],
)
def test_the_nearest_grade_counts(source: dict[str, str], own: dict[str, Any], grade: str, under_other: str) -> None:
    """The item's own before its kind's, that before its source's, that before the kind of its source; by the reading's
    table where it has one."""
    other = Grading(source="another table", hedge_cap=3, kinds={COURT: "D4", RUMOUR: "E5"})
    case = record(item("E1", ABOUT, **own), sources=(Source(id="S1", name="S1", **source),))
    for reading, wanted in (
        (case.rules.reading(READING), grade), (changed(case.rules.reading(READING), grading=other), under_other),
    ):  # fmt: skip
        assert weigh_items(case, reading)["E1"].grade == wanted
        letter, digit = wanted
        levels = TABLES.reliability[letter].level, TABLES.credibility[digit].level
        assert graded_level(case, case.item["E1"], reading) == (None if None in levels else min(levels))  # type: ignore[type-var]


# ── Attacks ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("target", GRADE)
@pytest.mark.parametrize("attacker", GRADE)
def test_an_attack_works_if_it_weighs_as_much(attacker: int | None, target: int | None) -> None:
    """An attacker that can be judged and weighs at least as much as its target was graded: undercut, it is out;
    doubted, one level down and never below the lowest, however many doubt it. Any other attack does nothing."""
    works = attacker is not None and attacker >= (target or 0)
    for names in (("A1",), ("A10", "A2", "A1")):
        worked = tuple(sorted(names, key=lambda n: int(n[1:]))) if works else ()
        for how in ("undercuts", "doubts"):
            against = [item(n, grade=GRADE[attacker], **{how: ("E1",)}) for n in names]
            found = weighed("E1", *against, item("E1", ABOUT, grade=GRADE[target]))
            assert (found.undercut_by, found.doubted_by) == ((worked, ()) if how == "undercuts" else ((), worked))
            assert found.out == ("undercut" if works and how == "undercuts" else "")
            lowered = works and how == "doubts" and target
            assert found.level == (max(1, target - 1) if lowered and target else target)
            assert found.graded_level == target


def test_an_attacker_must_itself_be_in_and_stands_where_doubts_leave_it() -> None:
    """What is out attacks nothing; what undercuts the attacker saves the target, and what undercuts that does not."""
    first, attack = item("E1", ABOUT, grade="B2"), item("E2", undercuts=("E1",), grade="B2")
    strike, doubt = item("E3", undercuts=("E2",), grade="B2"), item("E3", doubts=("E2",), grade="B2")
    assert not weighed("E1", first, attack).is_in
    for saving in ([attack, strike], [attack, doubt], [changed(attack, published="2001-09-19")]):
        assert weighed("E1", first, *saving).is_in
    assert not weighed("E1", first, attack, strike, item("E4", undercuts=("E3",))).is_in
    assert weighed("E1", first, changed(attack, doubts=("E1",), undercuts=()), strike).level == 4


def test_an_item_may_be_undercut_by_one_and_doubted_by_another() -> None:
    """Each attack is told from the other."""
    found = weighed("E1", item("E1", ABOUT, grade="B2"), item("E2", undercuts=("E1",)), item("E3", doubts=("E1",)))
    assert (found.undercut_by, found.doubted_by, found.level, found.out) == (("E2",), ("E3",), 3, "undercut")


# ── What is out ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("more", "out"),
    [
        ({"published": "2001-09-19"}, "published after 2001-09-18"),
        ({"published": "2001-09-18"}, ""),
        ({"date": "2001-09-19"}, "published after 2001-09-18"),
        ({"date": "2001-09-19", "published": "2001-09-18"}, ""),
        ({"published": "2001-09"}, "published after 2001-09-18"),
        ({"under": (Stance("reach", "yes"),)}, ""),
        ({"under": (Stance("reach", "yes"), Stance("burden", "no"))}, "admitted only on the position burden = no"),
        ({"under": (Stance("reach", "no"),), "published": "2002"}, "published after 2001-09-18"),
        ({"supports": (), "position": Stance("reach", "yes")}, "a statement of law"),
        ({"supports": (), "bears_on_nothing": "colour"}, "bears on no fact"),
        ({"supports": (), "undercuts": ("E2",), "position": Stance("reach", "yes")}, ""),
        ({"supports": (), "doubts": ("E2",), "position": Stance("reach", "yes")}, ""),
        ({"bears_on_nothing": "colour"}, ""),
        ({"supports": ()}, ""),
    ],
)
def test_why_an_item_is_out(more: dict[str, Any], out: str) -> None:
    """Published after the day of knowledge, else dated after it; admitted only on a position not taken; a statement of
    law; no bearing on any fact. Before all, its date."""
    case = record(item("E1", **{"supports": (ABOUT,), **more}), item("E2", OTHER))
    found = weigh_items(case, case.rules.reading(READING))["E1"]
    assert found.out == out and found.is_in is not bool(out)
    assert barred(case, case.item["E1"]) == ("" if out.startswith("admitted") else out)


def test_a_case_takes_its_own_positions_on_what_is_admissible() -> None:
    """They come before the reading's."""
    disputed = item("E1", ABOUT, under=(Stance("reach", "no"),))
    assert weighed("E1", disputed, positions={READING: {"reach": "no"}}).is_in
    assert not weighed("E1", disputed, positions={"another": {"reach": "no"}}).is_in


# ── What is kept ──────────────────────────────────────────────────────────────────────────────────────────────────


def readings(case: FactPattern) -> list[Any]:
    """The reading of the tests, and others that differ from it in one thing that weighing asks, or in none."""
    one = case.rules.reading(READING)
    harsh = TABLES.grading.but(kinds={**TABLES.grading.kinds}, hedge_cap=1)
    other = {"reach": "no" if one.positions["reach"] == "yes" else "yes"}
    return [one, one.but(title="Other"), one.but(standard="scintilla"), one.but(grading=harsh),
            one.but(positions={**one.positions, **other})]  # fmt: skip


def test_what_is_kept_of_a_record_changes_no_finding() -> None:
    """Whichever reading weighed it before, it is weighed as though for the first time."""
    items = [
        item("E1", ABOUT, grade="B2", hedge="may"), item("E2", ABOUT, grade="A1", under=(Stance("reach", "yes"),)),
        item("E3", OTHER, grade="C3", doubts=("E1",)), item("E4", OTHER, grade="F6"),
    ]  # fmt: skip
    case = record(*items)
    first = [weigh(case.but(), reading, [ASKED]) for reading in readings(case)]
    assert len({found.model_dump_json() for found in first}) == 4
    for order in itertools.permutations(range(5)):
        for place in order:
            assert weigh(case, readings(case)[place], [ASKED]) == first[place]


def test_readings_that_differ_in_nothing_that_weighing_asks_share_their_scales() -> None:
    """A position on which no item's admission turns is such a thing; a title is."""
    case = record(item("E1", ABOUT, grade="B2"))
    for reading in readings(case):
        weigh(case, reading)
    assert len(case.scales) == 3


def test_no_more_scales_are_kept_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that were made first go first."""
    monkeypatch.setattr(weighing, "SCALES_KEPT", 4)
    case = record(item("E1", ABOUT, grade="B2"))
    for standard in STANDARDS:
        weigh(case, case.rules.reading(READING).but(standard=standard))
    assert [scales.standard.id for scales in case.scales] == list(STANDARDS[-4:])
