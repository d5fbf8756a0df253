"""The laws of the method, each tried on made-up rule sets and records: what must never matter, and what always must."""

from __future__ import annotations

import calendar
import itertools
import os
import pickle
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from generate import (
    ADMISSION,
    CAST,
    READING,
    RECKONED,
    SEEN_ON,
    STANDARDS,
    TABLES,
    UNJUDGED,
    at_standard,
    cases,
    changed,
    fact,
    facts_of,
    item,
    mixed,
    pick,
    rewritten,
    rule,
    says,
    shuffled,
    tiny,
    with_items,
    without,
)
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import authority
from authority import deriving, engine
from authority.engine import Verdict
from authority.errors import EngineError
from authority.facts import Assumption, Evidence, FactPattern, Party, Source
from authority.law import Grading, Reading, Rule, Stance
from authority.opinion import Opinion
from authority.vocabulary import NOBODY, Kind, Pattern, Proposition, Sentence, Vocabulary, is_variable
from authority.weighing import Cause, Finding, Status, meets

needs_durable_rules = pytest.mark.skipif(not engine.available(), reason="durable-rules is not installed")

GRADE = {5: "A1", 4: "B2", 3: "C3", 2: "D4", 1: "E5", None: "F6"}
"""A grade of each level."""
A_MET = says("may be met", "<a>")
ASKED = fact("may be met", "Aland")


def decide(case: FactPattern, reading: Reading | None = None) -> Opinion:
    return authority.decide(case, reading or READING)


def standing(found: Opinion) -> dict[Proposition, tuple[Any, ...]]:
    """Where every conclusion and every fact stands, and why."""
    conclusions = {d.proposition: (d.verdict, d.causes) for d in found.decided}
    return conclusions | {f.proposition: (f.status, f.cause) for f in found.findings.facts}


def verdicts(found: Opinion) -> dict[Proposition, Verdict]:
    """The verdict on every conclusion."""
    return {d.proposition: d.verdict for d in found.decided}


def met(found: Opinion) -> set[Proposition]:
    """The conclusions that are met."""
    return {p for p, verdict in verdicts(found).items() if verdict is Verdict.MET}


def meet_alike(one: Opinion, other: Opinion) -> bool:
    """Whether the same conclusions are met, of those that both opinions speak to; both speak to the question."""
    both = verdicts(one).keys() & verdicts(other).keys()
    return met(one) & both == met(other) & both


def turns_on(found: Opinion) -> set[Proposition]:
    """Every proposition in the issue tree."""
    below = (p for d in found.decided for a in d.applications for p in (*a.premises, *a.exceptions))
    return {found.question, *below}


# ── What never matters: order, names, copies ──────────────────────────────────────────────────────────────────────


@given(cases(), st.data())
def test_order_never_matters(case: FactPattern, data: st.DataObject) -> None:
    """However rules, sentences, readings, disputes, parties, sources and evidence are listed, every verdict, finding,
    cause and digest is the same."""
    one, other = decide(case), decide(data.draw(shuffled(case)))
    assert standing(one) == standing(other)
    assert one.findings == other.findings
    assert one.receipt == other.receipt
    assert {d.proposition: frozenset(d.applications) for d in one.decided} == {
        d.proposition: frozenset(d.applications) for d in other.decided
    }


@given(cases(), st.data())
def test_order_within_a_rule_or_an_item_never_matters(case: FactPattern, data: st.DataObject) -> None:
    """Premises, exceptions and factors count alike wherever they stand in a rule, and so do the facts of an item."""
    listed = ("premises", "unless", "under", "supports", "contradicts", "found_none", "undercuts", "doubts")

    def mix(value: Any) -> Any:
        here = [n for n in listed if isinstance(value, Rule | Evidence) and n in type(value).model_fields]
        return changed(value, **{n: mixed(data.draw, getattr(value, n)) for n in here}) if here else value

    assert standing(decide(case)) == standing(decide(rewritten(case, mix)))


def renamed(names: Mapping[str, str]) -> Any:
    """The change that gives everything called by a name another."""

    def change(value: Any) -> Any:
        if isinstance(value, Proposition | Pattern):
            return type(value)(names.get(value.sentence, value.sentence), tuple(names.get(a, a) for a in value[1]))
        return names.get(value, value) if isinstance(value, str) else value

    return change


@given(cases(), st.data())
def test_names_of_parties_never_matter(case: FactPattern, data: st.DataObject) -> None:
    """With other names for the parties, the same is said of them under those names, and nothing else changes. A day
    has no other name."""
    old = sorted(name for name, kind in case.kind_of.items() if kind is not Kind.DAY)
    pool = data.draw(st.just([*old, "Zembla", "Abeland", "the 9th Front"]))
    change = renamed(dict(zip(old, mixed(data.draw, pool), strict=False)))
    before, after = decide(case), decide(rewritten(case, change))
    assert {change(p): stands for p, stands in standing(before).items()} == standing(after)
    assert {change(f.proposition): f.supporting for f in before.findings.facts} == {
        f.proposition: f.supporting for f in after.findings.facts
    }


@given(cases(least=2), st.data())
def test_ids_of_evidence_never_matter(case: FactPattern, data: st.DataObject) -> None:
    """With other ids for the evidence, every verdict and cause is the same, and rests on the same items."""
    old = sorted(case.item)
    change = renamed(dict(zip(old, mixed(data.draw, [*old, "E10", "a", "Z"]), strict=False)))
    before, after = decide(case), decide(rewritten(case, change))
    assert standing(before) == standing(after)

    def sides(finding: Finding, rename: Any = str) -> tuple[frozenset[str], ...]:
        both = (finding.supporting, finding.contradicting, finding.found_none)
        return tuple(frozenset(rename(name) for name in side) for side in both)

    assert [sides(f, change) for f in before.findings.facts] == [sides(f) for f in after.findings.facts]
    assert {change(i.id): (i.level, i.is_in) for i in before.findings.items} == {
        i.id: (i.level, i.is_in) for i in after.findings.items
    }


@given(cases(), st.data())
def test_wording_of_sentences_never_matters(case: FactPattern, data: st.DataObject) -> None:
    """With other words for its sentences, the case comes out the same in those words."""
    old = [s.says for s in case.rules.vocabulary.sentences]
    change = renamed({says: f"{n} {says}" for says, n in zip(old, mixed(data.draw, range(len(old))), strict=True)})
    before, after = decide(case), decide(rewritten(case, change))
    assert {change(p): stands for p, stands in standing(before).items()} == standing(after)


@given(cases(least=1))
def test_repetition_adds_nothing(case: FactPattern) -> None:
    """A second item just like a first, attacking and attacked alike, changes no verdict and no cause."""
    before = decide(case)
    for one in case.evidence:
        twin = "another " + one.id
        attacking = [
            changed(
                e, undercuts=(*e.undercuts, *([twin] if one.id in e.undercuts else [])),
                doubts=(*e.doubts, *([twin] if one.id in e.doubts else [])),
            )
            for e in case.evidence
        ]  # fmt: skip
        twice = changed(case, evidence=(*attacking, changed(one, id=twin)))
        assert standing(before) == standing(decide(twice))


@given(cases(), st.data())
def test_what_the_question_does_not_reach_changes_nothing(case: FactPattern, data: st.DataObject) -> None:
    """An item on sentences that no rule turns on leaves every verdict, cause and finding alone."""
    beside = Sentence(says="<one> slept", denied="<one> did not sleep")
    law = changed(case.rules, vocabulary=Vocabulary(sentences=(*case.rules.vocabulary.sentences, beside)))
    case = changed(case, rules=law)
    about = fact("slept", pick(data.draw, sorted(name for name, kind in case.kind_of.items() if kind is not Kind.DAY)))
    before, after = decide(case), decide(with_items(case, item("idle", about)))
    assert standing(before) == {p: stands for p, stands in standing(after).items() if p != about}
    assert before.decided == after.decided


@given(cases(), st.data())
def test_idle_evidence_shows_nothing(case: FactPattern, data: st.DataObject) -> None:
    """An item that attacks nothing, and none of whose facts is in the issue tree of the record that holds it, makes
    nothing met and nothing unmet; and unless it names somebody new to the tree, it changes no verdict and no cause.

    It may name somebody new: a blank that stands in premises only ranges over the parties the record speaks of.
    """
    about = data.draw(facts_of(case))
    side = pick(data.draw, ("supports", "contradicts", "found_none"))
    before, after = decide(case), decide(with_items(case, item("idle", **{side: (about,)})))
    assume(about not in turns_on(after))
    assert meet_alike(before, after)
    if turns_on(before) == turns_on(after):
        old, new = standing(before), standing(after)
        assert all(old[p] == new[p] for p in old if p != about)


# ── Evidence for and against ──────────────────────────────────────────────────────────────────────────────────────


def no_longer(before: Opinion, after: Opinion, verdict: Verdict = Verdict.MET) -> set[Proposition]:
    """The conclusions of both opinions that stood so in the first and do not in the second."""
    was, now = verdicts(before), verdicts(after)
    return {p for p in was.keys() & now.keys() if was[p] is verdict and now[p] is not verdict}


@given(cases(exceptions=False, attacks=False, least=2))
def test_less_support_never_shows_more(case: FactPattern) -> None:
    """Without exceptions and attacks, taking out an item that only supports facts makes nothing met that was not."""
    before = decide(case)
    for each in case.evidence:
        if each.supports and not each.contradicts and not each.found_none:
            assert not no_longer(decide(without(case, each.id)), before)


@given(cases(exceptions=False, attacks=False, least=2))
def test_less_contradiction_never_shows_less(case: FactPattern) -> None:
    """Without exceptions and attacks, whatever was met stays met when an item that supports nothing is taken out."""
    before = decide(case)
    for each in case.evidence:
        if not each.supports:
            assert not no_longer(before, decide(without(case, each.id)))


@given(cases(exceptions=False, attacks=False), st.data())
def test_more_support_never_shows_less(case: FactPattern, data: st.DataObject) -> None:
    """Without exceptions and attacks, whatever was met stays met when support for a fact comes in."""
    grade = GRADE[pick(data.draw, (5, 4, 3, 2, 1, None))]
    more = item("more", data.draw(facts_of(case)), grade=grade)
    assert not no_longer(decide(case), decide(with_items(case, more)))


@given(cases(), st.data())
def test_what_cannot_be_judged_never_counts(case: FactPattern, data: st.DataObject) -> None:
    """Items graded F or 6, and reports of having found nothing, leave every fact where it stands above scintilla, and
    every item as heavy as it was and in: for or against, attacking or not, in any number."""
    case = changed(case, rules=changed(case.rules, readings=(at_standard(case, pick(data.draw, STANDARDS[1:])),)))
    known, added = sorted(case.item), []
    for number in range(pick(data.draw, (1, 2, 6))):
        grade = "".join(pick(data.draw, UNJUDGED))
        side = pick(data.draw, ("supports", "contradicts", "found_none"))
        aims = (pick(data.draw, known),) if known else ()
        how = pick(data.draw, ("undercuts", "doubts"))
        about = {side: (data.draw(facts_of(case)),)}
        added.append(item(f"new{number}", grade=grade, **about, **{how: aims}))
        added.append(item(f"none{number}", grade="A1", found_none=(data.draw(facts_of(case)),)))
    before, after = decide(case), decide(with_items(case, *added))
    old, now = ({p: f.status for p, f in found.finding.items() if NOBODY not in p.parties} for found in (before, after))
    assert old.items() <= now.items()
    new = [f for p, f in after.finding.items() if p not in old]
    of_themselves = (Cause.NOTICED, Cause.ASSUMED, Cause.COMPUTED)
    assert all(f.status is Status.UNRESOLVED or f.cause in of_themselves for f in new)
    assert all(before.item[name] == after.item[name] for name in known)
    assert meet_alike(before, after)


def test_what_cannot_be_judged_is_a_scintilla() -> None:
    """One unjudged item for a fact is a scintilla, and a thousand are no substantial evidence; none refutes."""
    question = fact("met", "Aland")
    for grade in ("".join(g) for g in UNJUDGED):
        for standard in STANDARDS:
            for number in (1, 1000 if grade == "F6" else 2):
                many = [item(f"E{n}", question, grade=grade) for n in range(number)]
                case = tiny(ASKED, [rule("r", A_MET, says("met", "<a>"))], *many, standard=standard)
                assert decide(case).verdict.shown == (standard == "scintilla")
        against = [item("E1", contradicts=(question,), grade=grade), item("E2", found_none=(question,), grade="A1")]
        case = tiny(ASKED, [rule("r", A_MET, says("met", "<a>"))], *against)
        assert decide(case).verdict is Verdict.UNDETERMINED


def test_finding_none_is_no_evidence_of_the_contrary() -> None:
    """A source that looked and found nothing refutes nothing, however good it is, and outweighs nothing."""
    question, law = fact("met", "Aland"), [rule("r", A_MET, says("met", "<a>"))]
    silent = item("E1", found_none=(question,), grade="A1")
    assert decide(tiny(ASKED, law, silent)).finding[question].status is Status.UNRESOLVED
    for standard in STANDARDS:
        assert decide(tiny(ASKED, law, silent, item("E2", question, grade="A1"), standard=standard)).shown


# ── Attacks on evidence ───────────────────────────────────────────────────────────────────────────────────────────


@given(cases(least=3))
def test_an_undercut_item_is_as_though_it_were_not_there(case: FactPattern) -> None:
    """Taking out an item that is undercut moves no fact and no other item, and makes nothing met or unmet.

    It was said all the same: whom it names, blanks may still range over.
    """
    before = decide(case)
    for each in before.findings.items:
        if each.out != "undercut":
            continue
        after = decide(without(case, each.id))
        moved = {p for p, f in after.finding.items() if p in before.finding and f != before.finding[p]}
        assert not moved
        assert meet_alike(before, after)
        assert all((i.level, i.out) == (before.item[i.id].level, before.item[i.id].out) for i in after.findings.items)
        if turns_on(before) == turns_on(after):
            assert verdicts(before) == verdicts(after)


@given(cases(least=3))
def test_a_doubt_lowers_by_one_level_and_never_below_the_lowest(case: FactPattern) -> None:
    """However many items doubt another, it falls one level, and never below 1; undoubted, it stands as graded."""
    for each in decide(case).findings.items:
        if each.doubted_by and each.graded_level is not None:
            assert each.level == max(1, each.graded_level - 1)
        else:
            assert each.level == each.graded_level


@pytest.mark.parametrize("target", GRADE)
@pytest.mark.parametrize("attacker", GRADE)
def test_an_attack_works_if_it_weighs_as_much(attacker: int | None, target: int | None) -> None:
    """On all pairs of levels: an attacker that can be judged, and weighs at least as much as its target, undercuts or
    doubts it; three of them do no more than one; any other attacker does nothing."""
    works = attacker is not None and attacker >= (target or 0)
    about = fact("met", "Aland")
    for number in (1, 3):
        for how in ("undercuts", "doubts"):
            against = [item(f"A{n}", grade=GRADE[attacker], **{how: ("E1",)}) for n in range(number)]
            law = [rule("r", A_MET, says("met", "<a>"))]
            weighed = decide(tiny(ASKED, law, item("E1", about, grade=GRADE[target]), *against)).item["E1"]
            assert weighed.is_in == (not (works and how == "undercuts"))
            lowered = works and how == "doubts" and target is not None
            assert weighed.level == (max(1, target - 1) if lowered and target else target)


def test_an_attacker_must_itself_be_in() -> None:
    """What is undercut, inadmissible or published too late attacks nothing; what is doubted attacks the less."""
    about, law = fact("met", "Aland"), [rule("r", A_MET, says("met", "<a>"))]
    first, attack = item("E1", about, grade="B2"), item("E2", undercuts=("E1",), grade="B2")
    assert not decide(tiny(ASKED, law, first, attack)).item["E1"].is_in
    for saved in (
        tiny(ASKED, law, first, attack, item("E3", undercuts=("E2",), grade="B2")),
        tiny(ASKED, law, first, attack, item("E3", doubts=("E2",), grade="B2")),
        tiny(ASKED, law, first, changed(attack, published="2001-09-19")),
        tiny(ASKED, law, first, changed(attack, under=(Stance("reach", "no"),))),
    ):
        assert decide(saved).item["E1"].is_in
    twice_removed = (item("E3", undercuts=("E2",)), item("E4", undercuts=("E3",)))
    assert not decide(tiny(ASKED, law, first, attack, *twice_removed)).item["E1"].is_in


# ── Proof standards ───────────────────────────────────────────────────────────────────────────────────────────────

LEVELS = range(6)
THRESHOLDS = {
    "scintilla": lambda pro, con: pro >= 1,
    "substantial-evidence": lambda pro, con: pro >= 3,
    "preponderance": lambda pro, con: pro >= 3 and pro > con,
    "clear-and-convincing": lambda pro, con: pro >= 4 and pro - con >= 2,
    "beyond-reasonable-doubt": lambda pro, con: pro == 5 and con <= 1,
}


@pytest.mark.parametrize("name", STANDARDS)
def test_each_standard_is_what_the_table_says(name: str) -> None:
    """On all pairs of levels, a standard is met exactly where its thresholds are; unjudged evidence is a scintilla."""
    for pro, con in itertools.product(LEVELS, LEVELS):
        assert meets(TABLES.standard(name), pro, con) == THRESHOLDS[name](pro, con)
        assert meets(TABLES.standard(name), pro, con, True) == (name == "scintilla" or THRESHOLDS[name](pro, con))


def test_each_standard_implies_the_ones_before_it() -> None:
    """On all pairs of levels, with unjudged evidence or without, what meets a standard meets every weaker one."""
    for weaker, stronger in itertools.combinations(TABLES.standards, 2):
        for pro, con, unjudged in itertools.product(LEVELS, LEVELS, (False, True)):
            assert meets(weaker, pro, con, unjudged) or not meets(stronger, pro, con, unjudged)


@given(cases(exceptions=False))
def test_a_higher_standard_never_shows_more(case: FactPattern) -> None:
    """Where no rule has an exception, raising the proof standard makes nothing met that was not."""
    found = [decide(case, at_standard(case, standard)) for standard in STANDARDS]
    for lower, higher in itertools.pairwise(found):
        assert met(higher) <= met(lower)


def test_a_higher_standard_shows_more_where_an_exception_fails_it() -> None:
    """The limit of that law: who alleges an exception must prove it, so a higher standard may take the exception away
    and leave what it defeated."""
    law = [rule("r", A_MET, says("met", "<a>"), unless=(says("left", "<a>"),))]
    case = tiny(ASKED, law, item("E1", fact("met", "Aland"), grade="A1"), item("E2", fact("left", "Aland"), grade="C3"))
    lower, higher = (decide(case, at_standard(case, s)) for s in ("preponderance", "beyond-reasonable-doubt"))
    assert (lower.verdict, lower.causes(ASKED)) == (Verdict.NOT_MET, (Cause.DEFEATED,))
    assert higher.verdict is Verdict.MET and higher.open_exceptions == (fact("left", "Aland"),)


@pytest.mark.parametrize("standard", STANDARDS)
def test_refuting_takes_a_preponderance_whatever_the_standard(standard: str) -> None:
    """On all pairs of levels, a fact that is not established is refuted if the contrary meets preponderance, and
    unresolved otherwise, with its cause."""
    about, law = fact("met", "Aland"), [rule("r", A_MET, says("met", "<a>"))]
    for pro, con in itertools.product(LEVELS, LEVELS):
        sides = [item("E1", about, grade=GRADE[pro])] if pro else []
        sides += [item("E2", contradicts=(about,), grade=GRADE[con])] if con else []
        found = decide(tiny(ASKED, law, *sides, standard=standard))
        finding = found.finding[about]
        if THRESHOLDS[standard](pro, con):
            assert (finding.status, finding.cause) == (Status.ESTABLISHED, Cause.EVIDENCE)
        elif THRESHOLDS["preponderance"](con, pro):
            assert (finding.status, finding.cause) == (Status.REFUTED, Cause.EVIDENCE)
        else:
            alone = Cause.CONFLICT if THRESHOLDS[standard](pro, 0) else Cause.SHORT
            assert (finding.status, finding.cause) == (Status.UNRESOLVED, alone if pro else Cause.NO_EVIDENCE)


# ── Grades ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_item_weighs_the_weaker_of_its_two_grades() -> None:
    """A1 weighs 5, and each step down on either axis the weaker of the two; with an F or a 6 there is no weight."""
    law = [rule("r", A_MET, says("met", "<a>"))]
    letters, digits = (zip(names, (5, 4, 3, 2, 1, None), strict=True) for names in ("ABCDEF", "123456"))
    for (letter, one), (digit, other) in itertools.product(letters, digits):
        weighed = decide(tiny(ASKED, law, item("E1", fact("met", "Aland"), grade=letter + digit))).item["E1"]
        assert weighed.level == (None if one is None or other is None else min(one, other))


def test_a_hedge_caps_credibility_and_raises_nothing() -> None:
    """What a source itself says with "may" is possibly true at best."""
    for digit, level in zip("123456", (3, 3, 3, 2, 1, None), strict=True):
        hedged = item("E1", fact("met", "Aland"), grade="A" + digit, hedge="may")
        assert decide(tiny(ASKED, [rule("r", A_MET, says("met", "<a>"))], hedged)).item["E1"].level == level


def test_the_nearest_grade_counts() -> None:
    """A grade of the item's own counts before its kind's, that before the letter of its source, that before the kind of
    its source; a reading's table stands in for the common one; with no kind at all, nothing can be judged."""
    court, rumour = "adversarial court finding", "bare allegation"
    bare = {"reliability": None, "credibility": None}
    other = Grading(source="another table", hedge_cap=3, kinds={court: "D4", rumour: "E5"})
    for source, own, grade, under_other in (
        ({"kind": court}, {}, "A1", "A1"),
        ({"kind": court}, bare, "A2", "D4"),
        ({"kind": court}, {**bare, "credibility": "5"}, "A5", "D5"),
        ({"kind": court}, {**bare, "kind": rumour}, "F6", "E5"),
        ({"kind": court, "reliability": "B"}, bare, "B2", "B4"),
        ({"kind": court, "reliability": "B"}, {**bare, "kind": rumour}, "F6", "E5"),
        ({"reliability": "B"}, {**bare, "credibility": "3"}, "B3", "B3"),
        ({}, bare, "F6", "F6"),
    ):
        record = item("E1", fact("met", "Aland"), **own)
        law = [rule("r", A_MET, says("met", "<a>"))]
        case = tiny(ASKED, law, record, sources=(Source(id="S1", name="S1", **source),))
        reading = case.rules.reading(READING)
        assert decide(case, reading).item["E1"].grade == grade
        assert decide(case, changed(reading, grading=other)).item["E1"].grade == under_other


# ── Assumptions and notice ────────────────────────────────────────────────────────────────────────────────────────


@given(cases(), st.data())
def test_an_assumption_holds_whatever_the_evidence(case: FactPattern, data: st.DataObject) -> None:
    """What is assumed, fact or conclusion, true or denied, stands so, cause "assumed", against any evidence. What the
    calendar decides is not assumed."""
    before = decide(case)
    computed = {s.says for s in RECKONED}
    about = pick(data.draw, sorted(p for p in turns_on(before) if not {NOBODY, p.sentence} & {*p.parties, *computed}))
    holds = data.draw(st.booleans())
    against = {"contradicts" if holds else "supports": (about,)} if about not in before.conclusion else {}
    assumed = changed(
        with_items(case, item("against", **against)),
        assume=(*(a for a in case.assume if a.proposition != about), Assumption(proposition=about, holds=holds)),
    )
    after = decide(assumed)
    assert after.on(about) is (Verdict.MET if holds else Verdict.NOT_MET)
    assert after.causes(about) == (Cause.ASSUMED,)


@given(cases(exceptions=False))
def test_what_rests_on_no_assumption_stands_without(case: FactPattern) -> None:
    """Where no rule has an exception, a question met or not met that is not said to rest on assumptions is so without
    them too."""
    found = decide(case)
    if not found.rests_on_assumptions and found.verdict is not Verdict.UNDETERMINED:
        assert decide(changed(case, assume=())).verdict is found.verdict


def test_what_rests_on_an_assumption_says_so() -> None:
    """Met by one rule on the evidence, a question rests on no assumption though another rule does; not met, it rests on
    one if any of its rules fails by an assumption alone."""
    law = [rule("r", A_MET, says("met", "<a>")), rule("s", A_MET, says("paid", "<a>"))]
    about, other = fact("met", "Aland"), fact("paid", "Aland")
    for evidence, holds, verdict, rests in (
        ((item("E1", other),), True, Verdict.MET, False),
        ((), True, Verdict.MET, True),
        ((item("E1", contradicts=(other,)),), False, Verdict.NOT_MET, True),
        ((item("E1", contradicts=(about, other)),), False, Verdict.NOT_MET, True),
        ((), False, Verdict.UNDETERMINED, False),
    ):
        found = decide(tiny(ASKED, law, *evidence, assume=(Assumption(proposition=about, holds=holds),)))
        assert (found.verdict, found.rests_on_assumptions) == (verdict, rests)


@given(cases(assumptions=False), st.data())
def test_evidence_for_what_is_noticed_is_not_needed(case: FactPattern, data: st.DataObject) -> None:
    """Every noticed fact is established, cause "judicially noticed", whatever the evidence against it."""
    noticed = [n.holds for n in case.rules.notice]
    after = decide(with_items(case, item("against", contradicts=tuple(noticed))) if noticed else case)
    for about in noticed:
        assert (after.finding[about].status, after.finding[about].cause) == (Status.ESTABLISHED, Cause.NOTICED)


# ── Two derivations, and a third ──────────────────────────────────────────────────────────────────────────────────


@needs_durable_rules
@given(cases(least=2))
def test_the_two_derivations_agree(case: FactPattern) -> None:
    """Backward over the issue tree and forward on durable-rules, every conclusion comes out the same, under every
    reading and standard."""
    for reading in (case.rules.readings[0], case.rules.readings[1], *(at_standard(case, s) for s in STANDARDS[:2])):
        assert decide(case, reading).receipt.derived_twice


@needs_durable_rules
@given(cases(), st.data())
def test_a_wrong_forward_derivation_is_found_out(case: FactPattern, data: st.DataObject) -> None:
    """If a single forward verdict were another, there would be no opinion."""
    right = engine.follow
    about = pick(data.draw, sorted(verdicts(decide(case))))
    turn = pick(data.draw, (1, 2))

    def wrong(*args: Any) -> dict[Proposition, Verdict]:
        found = right(*args)
        three = list(Verdict)
        was = found.get(about, Verdict.NOT_MET)
        return {**found, about: three[(three.index(was) + turn) % 3]}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "follow", wrong)
        with pytest.raises(EngineError, match="disagree"):
            decide(case)


@needs_durable_rules
@pytest.mark.parametrize("name", ["_any", "_holds"])
@pytest.mark.parametrize("wrong", list(Verdict))
def test_a_wrong_backward_derivation_is_found_out(name: str, wrong: Verdict, monkeypatch: pytest.MonkeyPatch) -> None:
    """If backward a rule, or the rules for a conclusion, always came out one way, there would be no opinion."""
    law = [rule("r", A_MET, says("met", "<a>"))]
    about = fact("met", "Aland")
    records = {
        Verdict.MET: [item("E1", about)], Verdict.NOT_MET: [item("E1", contradicts=(about,))], Verdict.UNDETERMINED: [],
    }  # fmt: skip
    monkeypatch.setattr(deriving, name, lambda *_: wrong)
    for right, record in records.items():
        if right is wrong:
            assert decide(tiny(ASKED, law, *record)).verdict is right
        else:
            with pytest.raises(EngineError, match="disagree"):
                decide(tiny(ASKED, law, *record))


@given(cases())
def test_without_durable_rules_nothing_is_confirmed(case: FactPattern) -> None:
    """Where durable-rules is absent the verdicts are the same, and the receipt says that they were derived once."""
    whole = decide(case)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_durable", None)
        alone = decide(case)
    assert (alone.decided, alone.findings) == (whole.decided, whole.findings)
    assert (alone.receipt.derived_twice, alone.receipt.durable_rules) == (False, None)


class Oracle:
    """The meaning of a case once more, from the words of the design alone, as naively as can be.

    True, False and None stand for met, not met and undetermined. The parties over which a blank of the premises ranges
    are those of ``found``'s applications, or, where that is None, all there are.
    """

    def __init__(self, case: FactPattern, reading: Reading, found: Opinion | None) -> None:
        self.case, self.reading, self.found = case, reading, found
        named = (*case.rules.parties, *case.parties, Party(name=SEEN_ON, kind=Kind.DAY))
        self.kinds = {p.name: p.kind for p in named}
        self.sentences = {s.says: s for s in case.rules.vocabulary.sentences}
        self.conclusions = {r.then.sentence for r in case.rules.rules}
        self.positions = {**reading.positions, **case.positions.get(reading.id, {})}
        self.known: dict[Proposition, bool | None] = {}

    # Evidence

    def weight(self, name: str) -> int | None:
        """The level of an item as graded."""
        each = self.case.item[name]
        source = next(s for s in self.case.sources if s.id == each.source)
        grading = self.reading.grading or self.case.rules.tables.grading
        letter, digit = grading.kinds.get(each.kind or source.kind or "", "F6")
        if source.reliability and not each.kind:
            letter = source.reliability
        letter, digit = each.reliability or letter, each.credibility or digit
        if letter == "F" or digit == "6":
            return None
        believed = 6 - int(digit)
        return min(5 - "ABCDE".index(letter), min(believed, grading.hedge_cap) if each.hedge else believed)

    def admitted(self, name: str) -> bool:
        each = self.case.item[name]
        late = last(each.published or each.date or "0001") > last(self.case.known_by)
        return not late and all(self.positions.get(dispute) == position for dispute, position in each.under)

    def is_in(self, name: str) -> bool:
        return self.admitted(name) and not any(
            name in e.undercuts and self.strikes(e.id, name) for e in self.case.evidence
        )

    def strikes(self, attacker: str, target: str) -> bool:
        mine = self.level(attacker)
        return self.is_in(attacker) and mine is not None and mine >= (self.weight(target) or 0)

    def level(self, name: str) -> int | None:
        weight = self.weight(name)
        doubted = any(name in e.doubts and self.strikes(e.id, name) for e in self.case.evidence)
        return {5: 4, 4: 3, 3: 2, 2: 1, 1: 1, None: None}[weight] if doubted else weight

    def reckoned(self, about: Proposition) -> bool | None:
        """What the two computed sentences of a made-up rule set come to; None for every other."""
        if about.sentence == RECKONED[0].says and NOBODY not in about.parties:
            return last(self.case.as_of) > date.fromisoformat(about.parties[0]) + timedelta(days=3)
        if about.sentence == RECKONED[1].says and NOBODY not in about.parties:
            one, other = map(date.fromisoformat, about.parties)
            return one <= other + timedelta(days=2)
        return None

    def established(self, about: Proposition) -> bool | None:
        if self.reckoned(about) is not None:
            return self.reckoned(about)
        for assumption in self.case.assume:
            if assumption.proposition == about:
                return assumption.holds
        if any(n.holds == about for n in self.case.rules.notice):
            return True
        pro = [self.level(e.id) for e in self.case.evidence if about in e.supports and self.is_in(e.id)]
        con = [self.level(e.id) for e in self.case.evidence if about in e.contradicts and self.is_in(e.id)]
        best, worst = max((level or 0 for level in pro), default=0), max((level or 0 for level in con), default=0)
        if THRESHOLDS[self.reading.standard](best, worst) or (self.reading.standard == "scintilla" and pro):
            return True
        return False if THRESHOLDS["preponderance"](worst, best) else None

    # Rules

    def holds(self, about: Proposition) -> bool | None:
        if about not in self.known:
            self.known[about] = self.concluded(about) if about.sentence in self.conclusions else self.established(about)
        return self.known[about]

    def concluded(self, about: Proposition) -> bool | None:
        for assumption in self.case.assume:
            if assumption.proposition == about:
                return assumption.holds
        found = either(
            self.applied(each, premises, exceptions)
            for each in self.case.rules.rules
            if each.then.sentence == about.sentence and self.is_law(each)
            for premises, exceptions in self.applications(each, about)
        )
        # Of somebody whom nobody named nothing is shown, be the requirement waived for everybody.
        return None if found and NOBODY in about.parties else found

    def applied(self, each: Rule, premises: list[Proposition], exceptions: list[Proposition]) -> bool | None:
        if any(self.holds(e) is True for e in exceptions):
            return False
        held = [self.holds(p) for p in premises]
        if each.body == "any":
            return either(held)
        needed = each.count if each.body == "at_least" else len(held)
        ways = [list(filled) for filled in itertools.product(*([h] if h is not None else [True, False] for h in held))]
        outcomes = {sum(way) >= needed for way in ways}
        return outcomes.pop() if len(outcomes) == 1 else None

    def is_law(self, each: Rule) -> bool:
        today = last(self.case.as_of)
        begun = each.from_ is None or last(each.from_) <= today
        ended = each.until is not None and last(each.until) <= today
        sentence = self.sentences[each.then.sentence]
        asked = not sentence.question or not self.reading.answers or sentence.says in self.reading.answers
        act = self.case.rules.instrument
        stands = self.reading.supposes_enactment
        if act.enacted != "never":
            came = act.from_ is None or last(act.from_) <= today
            stands = came and (act.until is None or today < last(act.until))
        asked = asked and (stands or not sentence.question)
        return begun and not ended and asked and all(self.positions[d] == p for d, p in each.under)

    def applications(self, each: Rule, about: Proposition) -> Iterator[tuple[list[Proposition], list[Proposition]]]:
        head = next(self.fillings(each.then, {}, [about]), None)
        if head is None:
            return
        if each.body == "any":
            fitting = [p for p in each.premises if self.fits(each, (each.then, p), head)]
            if fitting:
                tried = self.tried(each, about, lambda a: a.premises)
                filled = [(p, f) for p in fitting for f in self.fillings(p, head, tried) if self.apart((p,), f)]
                chosen = [p.ground(f) for p, f in filled if self.fits(each, (each.then, p), f)]
                yield chosen, self.exceptions(each, head, self.tried(each, about, lambda a: a.exceptions))
            return
        if not self.fits(each, (each.then, *each.premises), head):
            return
        order = list(dict.fromkeys(v for p in (each.then, *each.premises) for v in p.variables))
        here = self.tried(each, about, lambda a: [a]) if self.found else []
        if set(order) <= set(head) and not self.apart(each.premises, head):
            return
        assert here or not self.found, "a rule that fits is applied"
        ranges = [
            [head[v]] if v in head else sorted({a.parties[n] for a in here} if self.found else self.kinds)
            for n, v in enumerate(order)
        ]
        for choice in itertools.product(*ranges):
            filling = dict(zip(order, choice, strict=True))
            apart = NOBODY in filling.values() or self.apart(each.premises, filling)
            if apart and self.differ(filling) and self.fits(each, (each.then, *each.premises), filling):
                beneath = self.tried(
                    each, about, lambda a, choice=choice: a.exceptions if tuple(a.parties) == choice else ()
                )
                yield [p.ground(filling) for p in each.premises], self.exceptions(each, filling, beneath)

    def exceptions(self, each: Rule, filling: Mapping[str, str], tried: list[Any]) -> list[Proposition]:
        filled = [(e, f) for e in each.unless for f in self.fillings(e, filling, tried) if self.apart((e,), f)]
        return [e.ground(f) for e, f in filled if self.fits(each, (e,), f)]

    def tried(self, each: Rule, about: Proposition, of: Any) -> list[Any]:
        """What the opinion put into question for a rule and a conclusion."""
        here = self.found.conclusion[about].applications if self.found else ()
        return [thing for a in here if a.rule == each.id for thing in of(a)]

    def fillings(self, pattern: Pattern, filling: Mapping[str, str], tried: list[Any]) -> Iterator[dict[str, str]]:
        """The ways to fill a pattern to one of the propositions ``tried``, or, without an opinion, any ways at all."""
        free = [v for v in pattern.variables if v not in filling]
        ranges = [sorted(self.kinds) if not self.found and not tried else [*sorted(self.kinds), NOBODY]] * len(free)
        for choice in itertools.product(*ranges):
            more = {**filling, **dict(zip(free, choice, strict=True))}
            if self.differ(more) and (pattern.ground(more) in tried or (not self.found and not tried)):
                yield more

    def differ(self, filling: Mapping[Any, str]) -> bool:
        """Different blanks name different parties."""
        named = [party for party in filling.values() if party != NOBODY]
        return len(named) == len(set(named))

    def apart(self, patterns: Iterable[Pattern], filling: Mapping[str, str]) -> bool:
        """And no sentence names a party twice, be it by the rule's own words."""
        return all(self.differ(dict(enumerate(p.ground(filling).parties))) for p in patterns)

    def fits(self, each: Rule, patterns: Iterable[Pattern], filling: Mapping[str, str]) -> bool:
        """Whether the parties are of the kinds that the rule, and the sentences of the patterns, take."""
        for pattern in patterns:
            for blank, arg in zip(self.sentences[pattern.sentence].blanks, pattern.args, strict=True):
                if is_variable(arg) and arg in filling and filling[arg] != NOBODY:
                    kind = self.kinds[filling[arg]]
                    wanted = (each.where.get(arg[1:-1]), self.sentences[pattern.sentence].where.get(blank))
                    if any(kinds is not None and kind not in kinds for kinds in wanted):
                        return False
        return True


def either(values: Iterable[bool | None]) -> bool | None:
    """Kleene's disjunction."""
    found = set(values)
    return True if True in found else None if None in found else False


def last(day: str) -> date:
    """The last day that YYYY, YYYY-MM or YYYY-MM-DD can mean."""
    year, month, *rest = [int(part) for part in (day if "-" in day else f"{day}-12").split("-")]
    return date(year, month, rest[0] if rest else calendar.monthrange(year, month)[1])


VALUE = {Verdict.MET: True, Verdict.NOT_MET: False, Verdict.UNDETERMINED: None}


@given(cases(least=1))
def test_every_verdict_is_what_the_design_says(case: FactPattern) -> None:
    """A naive reading of the design comes to the same verdict on each conclusion and the same finding on each fact."""
    for reading in case.rules.readings:
        found = decide(case, reading)
        oracle = Oracle(case, reading, found)
        assert {p: oracle.holds(p) for p in verdicts(found)} == {p: VALUE[v] for p, v in verdicts(found).items()}
        for each in found.findings.facts:
            status = {True: Status.ESTABLISHED, False: Status.REFUTED, None: Status.UNRESOLVED}
            assert each.status is status[oracle.established(each.proposition)]


@given(cases(least=1))
def test_no_party_that_would_show_it_is_left_out(case: FactPattern) -> None:
    """Though blanks range only over parties whom the record names in their place, the same conclusions are met as if
    they ranged over all."""
    found = decide(case)
    oracle = Oracle(case, case.rules.reading(READING), None)
    assert {p for p in verdicts(found) if NOBODY not in p.parties and oracle.holds(p) is True} == {
        p for p in met(found) if NOBODY not in p.parties
    }


# ── Rules and exceptions ──────────────────────────────────────────────────────────────────────────────────────────


@given(cases(least=1))
def test_a_conclusion_is_met_exactly_if_an_application_is(case: FactPattern) -> None:
    """The rules for a conclusion are alternatives; where none is in force, it is not met for want of a rule."""
    found = decide(case)
    assumed = {a.proposition for a in case.assume}
    for each in found.decided:
        assert each.causes
        if each.proposition in assumed:
            continue
        outcomes = {a.verdict for a in each.applications}
        assert (each.verdict is Verdict.MET) == (Verdict.MET in outcomes)
        assert (each.verdict is Verdict.NOT_MET) == (outcomes <= {Verdict.NOT_MET})
        assert (each.causes == (Cause.NO_RULE,)) >= (not each.applications)


@given(cases(least=2))
def test_an_exception_defeats_only_when_it_is_established(case: FactPattern) -> None:
    """A rule is defeated exactly by those of its exceptions that are met; one that is raised and not established is
    open, is listed, and defeats nothing."""
    found = decide(case)
    for application in (a for d in found.decided for a in d.applications):
        established = [e for e in application.exceptions if found.on(e) is Verdict.MET]
        if established:
            assert application.verdict is Verdict.NOT_MET
            assert application.defeated_by in ((), tuple(established))
        else:
            assert not application.defeated_by
            held = [found.on(p) for p in application.premises]
            assert application.verdict is bare(case.rules.rule(application.rule), held)
        for exception in application.exceptions:
            undetermined = found.on(exception) is Verdict.UNDETERMINED
            assert exception not in application.open_exceptions or undetermined
            if exception in found.finding and undetermined:
                raised = bool(found.finding[exception].supporting)
                assert (exception in application.open_exceptions) == raised
                assert (exception in found.open_exceptions) >= raised


def bare(each: Rule, held: list[Verdict]) -> Verdict:
    """What a rule comes to without its exceptions."""
    if each.body == "any":
        for verdict in (Verdict.MET, Verdict.UNDETERMINED):
            if verdict in held:
                return verdict
        return Verdict.NOT_MET
    short = (each.count if each.body == "at_least" else len(held)) - held.count(Verdict.MET)
    if short <= 0:
        return Verdict.MET
    return Verdict.UNDETERMINED if held.count(Verdict.UNDETERMINED) >= short else Verdict.NOT_MET


def test_an_exception_is_proved_by_who_alleges_it() -> None:
    """Established, it defeats; raised and not established, it is open; refuted or never raised, it is nothing; and a
    conclusion may be an exception, open when there is evidence for something beneath it."""
    away, gone = says("left", "<a>"), fact("left", "Aland")
    shown = item("E1", fact("met", "Aland"))
    fled = rule("e", away, says("fled", "<a>"), says("stayed away", "<a>"))
    flight, absence = fact("fled", "Aland"), fact("stayed away", "Aland")
    for below, evidence, verdict, is_open in (
        ([], [item("E2", gone)], Verdict.NOT_MET, False),
        ([], [item("E2", gone, grade="D4")], Verdict.MET, True),
        ([], [item("E2", gone), item("E3", contradicts=(gone,))], Verdict.MET, True),
        ([], [item("E2", contradicts=(gone,))], Verdict.MET, False),
        ([], [item("E2", found_none=(gone,))], Verdict.MET, False),
        ([], [], Verdict.MET, False),
        ([fled], [item("E2", flight), item("E3", absence)], Verdict.NOT_MET, False),
        ([fled], [item("E2", flight)], Verdict.MET, True),
        ([fled], [], Verdict.MET, False),
    ):
        law = [rule("r", A_MET, says("met", "<a>"), unless=(away,)), *below]
        found = decide(tiny(ASKED, law, shown, *evidence))
        assert (found.verdict, found.open_exceptions) == (verdict, (gone,) if is_open else ())


def test_a_rule_counts_its_premises() -> None:
    """On every way that three premises can stand: all, any, or at least so many of them."""
    verbs = ("met", "paid", "armed")
    about = [fact(verb, "Aland") for verb in verbs]
    records = {True: "supports", False: "contradicts"}
    for stand in itertools.product((True, False, None), repeat=3):
        evidence = [item(f"E{n}", **{records[s]: (about[n],)}) for n, s in enumerate(stand) if s is not None]
        bodies = [("all", 0, 3), ("any", 0, 1), *(("at_least", count, count) for count in (1, 2, 3))]
        for body, count, needed in bodies:
            law = [rule("r", A_MET, *(says(v, "<a>") for v in verbs), body=body, count=count)]
            sure, may = stand.count(True), 3 - stand.count(False)
            wanted = Verdict.MET if sure >= needed else Verdict.UNDETERMINED if may >= needed else Verdict.NOT_MET
            assert decide(tiny(ASKED, law, *evidence)).verdict is wanted


def test_without_a_rule_in_force_a_conclusion_is_not_met() -> None:
    """Under a position the reading does not take there is no rule, and that is the cause; a waiver on a position that
    it takes does away with the requirement, for the kinds it names."""
    waiver = rule("w", says("told", "<a>"), under=(Stance("reach", "no"),))
    law = [rule("r", A_MET, says("told", "<a>")), waiver]
    refused = decide(tiny(ASKED, law))
    assert (refused.verdict, refused.causes(fact("told", "Aland"))) == (Verdict.NOT_MET, (Cause.NO_RULE,))
    granted = decide(tiny(ASKED, law, stances={"reach": "no", "burden": "yes"}))
    assert (granted.verdict, granted.causes(ASKED)) == (Verdict.MET, (Cause.RULE,))
    for kind, verdict in ((Kind.STATE, Verdict.MET), (Kind.PERSON, Verdict.NOT_MET)):
        by_kind = rule("w", says("told", "<a>"), where={"a": (kind,)})
        assert decide(tiny(ASKED, [law[0], by_kind])).verdict is verdict


def test_a_reading_answers_only_its_questions() -> None:
    """The rules for a question that a reading does not speak to are no rules under it."""
    case = tiny(ASKED, [rule("r", A_MET, says("met", "<a>"))], item("E1", fact("met", "Aland")))
    for answers, shown in (((), True), ((ASKED.sentence,), True), (("another question",), False)):
        found = decide(case, changed(case.rules.reading(READING), answers=answers))
        assert found.shown == shown
        assert shown or found.causes(ASKED) == (Cause.NO_RULE,)


# ── Dates and positions ───────────────────────────────────────────────────────────────────────────────────────────


@given(cases(), st.data())
def test_what_is_not_in_the_record_counts_for_nothing(case: FactPattern, data: st.DataObject) -> None:
    """Evidence published after the day of knowledge, or admitted only on a position the reading does not take, is as
    though it had never been there, though it be of the best and attack everything."""
    other = {"yes": "no", "no": "yes"}[decide(case).reading.positions["reach"]]
    reasons = ({"published": "2002-01-02"}, {"date": "2002-01-02"}, {"under": (Stance("reach", other),)})
    outside = pick(data.draw, reasons)
    side = pick(data.draw, ("supports", "contradicts"))
    about, known = data.draw(facts_of(case)), tuple(case.item)
    late = item("late", **{side: (about,)}, undercuts=known, **outside)
    before, after = decide(case), decide(with_items(case, late))
    old, new = standing(before), standing(after)
    assert before.decided == after.decided
    assert {p: s for p, s in new.items() if p in old} == old
    assert new.keys() - old.keys() <= {about}
    assert not after.item["late"].is_in


def test_the_day_of_knowledge_is_the_last() -> None:
    """What was published on the day of knowledge is in the record, on the day after it is not; where no publication is
    dated the event is, and what has no date is in."""
    about, law = fact("met", "Aland"), [rule("r", A_MET, says("met", "<a>"))]
    for dates, known_by, is_in in (
        ({"published": "2001-09-18"}, "2001-09-18", True),
        ({"published": "2001-09-19"}, "2001-09-18", False),
        ({"published": "2001-09"}, "2001-09-30", True),
        ({"published": "2001-09"}, "2001-09-29", False),
        ({"published": "2001"}, "2001-12", True),
        ({"published": "2001"}, "2001-11", False),
        ({"published": "2001-10-01"}, "2001-09", False),
        ({"date": "2001-09-18"}, "2001-09-18", True),
        ({"date": "2001-09-19"}, "2001-09-18", False),
        ({"date": "2001-09-17", "published": "2001-09-19"}, "2001-09-18", False),
        ({}, "2001-09-18", True),
    ):
        assert decide(tiny(ASKED, law, item("E1", about, **dates), known_by=known_by)).shown == is_in


def test_before_and_after_the_instrument_nothing_is_authorized_by_it() -> None:
    """No rule of an instrument answers its question on a day when it is not law; what stands beneath is as it was."""
    law = [rule("r", A_MET, says("aided", "<a>")), rule("s", says("aided", "<a>"), says("sheltered", "<a>"))]
    case = tiny(ASKED, law, item("E1", fact("sheltered", "Aland")), as_of="2001-09-18")
    for since, until, shown in (
        ("2001-09-18", None, True), ("2001-09-19", None, False), ("2000", "2001-09-18", False),
        ("2000", "2001-09-19", True),
    ):  # fmt: skip
        act = changed(case.rules.instrument, from_=since, until=until)
        found = decide(changed(case, rules=changed(case.rules, instrument=act)))
        assert found.shown is shown
        assert found.causes(ASKED) == ((Cause.EVIDENCE,) if shown else (Cause.NO_RULE,))


def test_a_case_takes_positions_on_its_own_disputes() -> None:
    """An item under a dispute of the case is in exactly on the position the case gives the reading; with none, out."""
    about, law = fact("met", "Aland"), [rule("r", A_MET, says("met", "<a>"))]
    disputed = item("E1", about, under=(Stance(ADMISSION, "yes"),))
    for positions, shown in (({READING: {ADMISSION: "yes"}}, True), ({READING: {ADMISSION: "no"}}, False), ({}, False)):
        assert decide(tiny(ASKED, law, disputed, positions=positions)).shown == shown


def test_a_rule_is_law_from_its_first_day_until_its_last() -> None:
    """In force from the day ``from`` names, and no longer on the day ``until`` names."""
    evidence = item("E1", fact("met", "Aland"))
    for dates, as_of, in_force in (
        ({"from_": "2001-09-18"}, "2001-09-17", False),
        ({"from_": "2001-09-18"}, "2001-09-18", True),
        ({"until": "2001-09-18"}, "2001-09-17", True),
        ({"until": "2001-09-18"}, "2001-09-18", False),
        ({"from_": "2001-09-17", "until": "2001-09-18"}, "2001-09-17", True),
        ({"from_": "2001-09"}, "2001-09-29", False),
        ({"from_": "2001-09"}, "2001-09-30", True),
        ({"until": "2001"}, "2001-12-30", True),
        ({"until": "2001"}, "2001", False),
        ({}, "2000-12-31", True),
    ):
        law = [rule("r", A_MET, says("met", "<a>"), **dates)]
        found = decide(tiny(ASKED, law, evidence, as_of=as_of))
        assert found.shown == in_force
        assert in_force or found.causes(ASKED) == (Cause.NO_RULE,)


# ── Blanks ────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(cases(least=1))
def test_nobody_named_shows_nothing(case: FactPattern) -> None:
    """A rule for whose blank the record names nobody is never met, and of a fact about nobody nothing is known. For an
    exception somebody must be named."""
    found = decide(case)
    for each in found.decided:
        for application in each.applications:
            if NOBODY not in (*application.parties, *each.proposition.parties):
                assert not any(NOBODY in exception.parties for exception in application.exceptions)
            if NOBODY in application.parties and NOBODY not in each.proposition.parties:
                assert application.verdict is not Verdict.MET
    for finding in found.findings.facts:
        if NOBODY in finding.proposition.parties:
            assert (finding.status, finding.cause) == (Status.UNRESOLVED, Cause.NOBODY_NAMED)


def test_factors_that_name_nobody_are_still_counted_one_by_one() -> None:
    """Two factors do not become one because nobody is named in either: the rule is undetermined both ways."""
    factors = (says("sheltered", "<c>", "<d>"), says("sheltered", "<d>", "<c>"))
    assert decide(tiny(ASKED, [rule("r", A_MET, *factors, body="at_least", count=2)])).verdict is Verdict.UNDETERMINED


def test_a_waiver_shows_nothing_of_somebody_whom_nobody_named() -> None:
    """A requirement waived for persons holds of no state, and where no person is declared, of nobody by name."""
    told = says("told", "<c>")
    asks_one = rule("r", A_MET, told)
    for_operations = rule("w", told, where={"c": (Kind.OPERATION,)})
    unnamed = decide(tiny(ASKED, [asks_one, for_operations], parties=tuple(_but_operations())))
    assert (unnamed.verdict, unnamed.causes(ASKED)) == (Verdict.UNDETERMINED, (Cause.NOBODY_NAMED,))
    assert decide(tiny(ASKED, [asks_one, rule("w", told, under=(Stance("reach", "yes"),))])).verdict is Verdict.MET


def _but_operations() -> Iterator[Party]:
    return (Party(name=name, kind=kind) for name, kind in CAST.items() if kind is not Kind.OPERATION)


def test_naming_a_party_shows_nothing_of_it() -> None:
    """A rule met by any one of its premises, one of which does not ask about the party, holds of everybody, spoken of
    or not: that an item merely names a party, were it to deny the other premise of him, makes no difference."""
    law = [
        rule("r", A_MET, says("aided", "<c>")),
        rule("s", says("aided", "<c>"), says("sheltered", "<c>"), says("paid", "Cabal"), body="any"),
    ]
    paid = item("E1", fact("paid", "Cabal"))
    denied = item("E2", contradicts=(fact("sheltered", "Cohort"),), supports=())
    assert decide(tiny(ASKED, law, paid)).shown and decide(tiny(ASKED, law, paid, denied)).shown
    assert not decide(tiny(ASKED, law, denied)).shown


def test_a_blank_without_a_name_does_not_take_the_others_names_away() -> None:
    """One premise speaks of nobody; the other still ranges over whom the record names."""
    law = [rule("r", A_MET, says("sheltered", "<c>"), says("trained", "<d>"))]
    found = decide(tiny(ASKED, law, item("E1", fact("sheltered", "Cohort"))))
    assert found.on(fact("sheltered", "Cohort")) is Verdict.MET
    assert found.causes(ASKED) == (Cause.NOBODY_NAMED,)


def test_what_stands_by_assuming_an_exception_away_says_so() -> None:
    """Something speaks for the exception; that it defeats nothing is assumed, and so is what follows."""
    law = [rule("r", A_MET, says("sheltered", "<a>"), unless=(says("left", "<a>"),))]
    both = (item("E1", fact("sheltered", "Aland")), item("E2", fact("left", "Aland")))
    denied = (Assumption(proposition=fact("left", "Aland"), holds=False),)
    assert decide(tiny(ASKED, law, *both)).verdict is Verdict.NOT_MET
    assumed = decide(tiny(ASKED, law, *both, assume=denied))
    assert assumed.shown and assumed.rests_on_assumptions
    assert not decide(tiny(ASKED, law, both[0], assume=denied)).rests_on_assumptions


def test_what_fails_by_an_assumption_says_so_though_the_same_assumption_keeps_an_exception_off() -> None:
    """One fact is asked for and, were it so, would defeat the rule; evidence speaks for it, and it is assumed away."""
    law = [rule("r", A_MET, says("sheltered", "<a>"), unless=(says("sheltered", "<a>"),))]
    about = fact("sheltered", "Aland")
    denied = (Assumption(proposition=about, holds=False),)
    found = decide(tiny(ASKED, law, item("E1", about), assume=denied))
    assert (found.verdict, found.causes(ASKED)) == (Verdict.NOT_MET, (Cause.ASSUMED,))


def test_an_exception_that_an_assumption_or_the_notice_speaks_for_is_raised() -> None:
    """Half of it is taken as given, and half is not proved: it is open, not absent."""
    law = [
        rule("r", A_MET, says("sheltered", "<a>"), unless=(says("excused", "<a>"),)),
        rule("e", says("excused", "<a>"), says("sorry", "<a>"), says("paid", "<a>")),
    ]
    sorry = fact("sorry", "Aland")
    for more in ({"notice": (sorry,)}, {"assume": (Assumption(proposition=sorry, holds=True),)}):
        found = decide(tiny(ASKED, law, item("E1", fact("sheltered", "Aland")), **more))
        assert found.shown and found.open_exceptions == (fact("excused", "Aland"),)


def test_a_blank_ranges_over_whom_the_record_names() -> None:
    """Evidence, notice or assumption names a party, whatever it says, undercut or not; one of the wrong kind is not
    named, nor one whom only late evidence names. With nobody, the rule is undetermined, cause "nobody named"."""
    law = [rule("r", A_MET, says("sheltered", "<a>", "<c>"))]
    about = fact("sheltered", "Aland", "Cohort")
    for case, named, verdict, cause in (
        (tiny(ASKED, law), False, Verdict.UNDETERMINED, Cause.NOBODY_NAMED),
        (tiny(ASKED, law, item("E1", about)), True, Verdict.MET, Cause.EVIDENCE),
        (tiny(ASKED, law, item("E1", contradicts=(about,))), True, Verdict.NOT_MET, Cause.EVIDENCE),
        (tiny(ASKED, law, item("E1", found_none=(about,))), True, Verdict.UNDETERMINED, Cause.NO_EVIDENCE),
        (tiny(ASKED, law, item("E1", about, grade="F6")), True, Verdict.UNDETERMINED, Cause.SHORT),
        (tiny(ASKED, law, notice=(about,)), True, Verdict.MET, Cause.RULE),
        (tiny(ASKED, law, assume=(Assumption(proposition=about, holds=True),)), True, Verdict.MET, Cause.ASSUMED),
        (tiny(ASKED, law, assume=(Assumption(proposition=about, holds=False),)), True, Verdict.NOT_MET, Cause.ASSUMED),
        (
            tiny(ASKED, law, item("E1", about), item("E2", undercuts=("E1",))),
            True, Verdict.UNDETERMINED, Cause.NO_EVIDENCE,
        ),
        (tiny(ASKED, law, item("E1", about, published="2001-09-19")), False, Verdict.UNDETERMINED, Cause.NOBODY_NAMED),
        (
            tiny(ASKED, law, item("E1", about), where={about.sentence: {"other": (Kind.PERSON,)}}),
            False, Verdict.UNDETERMINED, Cause.NOBODY_NAMED,
        ),
        (
            tiny(ASKED, [changed(law[0], where={"c": (Kind.PERSON,)})], item("E1", about)),
            False, Verdict.UNDETERMINED, Cause.NOBODY_NAMED,
        ),
        (
            tiny(ASKED, law, item("E1", fact("sheltered", "Elbonia", "Cohort"))),
            False, Verdict.UNDETERMINED, Cause.NOBODY_NAMED,
        ),
    ):  # fmt: skip
        found = decide(case)
        assert (found.verdict, found.causes(ASKED)[0]) == (verdict, cause)
        assert (fact("sheltered", "Aland", NOBODY) in found.finding) == (not named)


def test_a_blank_ranges_over_whom_the_record_names_beneath_a_conclusion() -> None:
    """Where the premise is itself a conclusion, the parties are those whom the record names beneath it."""
    beneath = rule("s", says("aided", "<x>", "<y>"), says("paid", "<y>", "<x>"))
    evidence = item("E1", fact("paid", "Cohort", "Aland")), item("E2", fact("paid", "Dora", "Elbonia"))
    found = decide(tiny(ASKED, [rule("r", A_MET, says("aided", "<a>", "<c>")), beneath], *evidence))
    assert found.shown
    assert [a.parties for a in found.conclusion[ASKED].applications] == [("Aland", "Cohort")]


def test_different_blanks_name_different_parties() -> None:
    """Who shelters himself shelters nobody; two blanks want two parties, be they of the premises, of an exception or of
    the question."""
    two = [rule("r", A_MET, says("sheltered", "<a>", "<c>"))]
    alone = decide(tiny(ASKED, two, item("E1", fact("sheltered", "Aland", "Aland"))))
    assert (alone.verdict, alone.causes(ASKED)) == (Verdict.UNDETERMINED, (Cause.NOBODY_NAMED,))
    pair = [rule("r", A_MET, says("paid", "<c>"), says("armed", "<d>"))]
    one, other = item("E1", fact("paid", "Dora")), item("E2", fact("armed", "Dora"))
    assert not decide(tiny(ASKED, pair, one, other)).shown
    assert decide(tiny(ASKED, pair, one, other, item("E3", fact("armed", "Cohort")))).shown
    for body in ("any", "at_least"):
        law = [rule("r", A_MET, says("sheltered", "<a>", "<c>"), body=body, count=1)]
        assert not decide(tiny(ASKED, law, item("E1", fact("sheltered", "Aland", "Aland")))).shown
    barred = [rule("r", A_MET, says("paid", "<a>"), unless=(says("sheltered", "<a>", "<c>"),))]
    for sheltered, shown in (("Aland", True), ("Dora", False)):
        evidence = (item("E1", fact("paid", "Aland")), item("E2", fact("sheltered", "Aland", sheltered)))
        assert decide(tiny(ASKED, barred, *evidence)).shown == shown
    own = [rule("r", A_MET, says("paid", "<a>", "Cabal"))]
    evidence = (item("E1", fact("paid", "Cabal", "Cabal")), item("E2", fact("paid", "Aland", "Cabal")))
    assert [decide(tiny(fact("may be met", name), own, *evidence)).shown for name in ("Cabal", "Aland")] == [
        False,
        True,
    ]
    itself = fact("fought", "Aland", "Aland")
    law = [rule("r", says("fought", "<a>", "<b>"), says("met", "<a>"))]
    found = decide(tiny(itself, law, item("E1", fact("met", "Aland"))))
    assert (found.verdict, found.causes(itself)) == (Verdict.NOT_MET, (Cause.NO_RULE,))


def test_a_rule_speaks_to_parties_of_its_kinds() -> None:
    """A rule whose sentences, or whose own ``where``, do not take the party asked about is no rule for it."""
    evidence = item("E1", fact("met", "Aland"))
    for kinds, shown in (((Kind.STATE,), True), ((Kind.PERSON,), False)):
        narrowed = decide(tiny(ASKED, [rule("r", A_MET, says("met", "<a>"), where={"a": kinds})], evidence))
        by_sentence = decide(
            tiny(ASKED, [rule("r", A_MET, says("met", "<a>"))], evidence, where={"<one> met": {"one": kinds}})
        )
        assert narrowed.shown == by_sentence.shown == shown


# ── Opinions as things ────────────────────────────────────────────────────────────────────────────────────────────


@given(cases())
def test_an_opinion_is_frozen_and_travels_whole(case: FactPattern) -> None:
    """Nothing in an opinion can be replaced; pickled, or written as JSON and read back, it is equal in all it says."""
    found = decide(case)
    for model in (found, found.case, found.decided[0], found.findings, found.receipt):
        with pytest.raises(ValidationError, match="frozen"):
            setattr(model, next(iter(type(model).model_fields)), None)
    for other in (pickle.loads(pickle.dumps(found)), Opinion.model_validate_json(found.model_dump_json())):
        assert other == found
        assert other.explain() == found.explain()
        assert other.as_data() == found.as_data()
        assert decide(other.case) == found


@given(cases(least=1), st.data())
def test_a_digest_tells_cases_apart(case: FactPattern, data: st.DataObject) -> None:
    """The digest of the record changes with any item, that of the law with any rule; neither with the other."""
    pruned = without(case, pick(data.draw, sorted(case.item)))
    assert pruned.digest != case.digest and pruned.rules.digest == case.rules.digest
    fewer = changed(case, rules=changed(case.rules, rules=case.rules.rules[1:]))
    assert fewer.digest == case.digest and fewer.rules.digest != case.rules.digest


def test_the_same_input_gives_the_same_bytes(iran: FactPattern) -> None:
    """Decided twice, an opinion is the same in every byte."""
    assert authority.decide(iran).model_dump_json() == authority.decide(iran).model_dump_json()


AGAIN = """
import sys
import authority
from authority.facts import FactPattern
for line in sys.stdin.buffer:
    opinion = authority.decide(FactPattern.model_validate_json(line))
    sys.stdout.buffer.write(opinion.model_dump_json().encode() + b"\\n" + opinion.explain().encode() + b"\\n")
"""


@settings(max_examples=2)
@given(st.lists(cases(least=2), min_size=10, max_size=10))
def test_another_process_gives_the_same_bytes(iran: FactPattern, made_up: list[FactPattern]) -> None:
    """Nothing depends on how a process hashes: other seeds, the same bytes."""
    records = [iran, *made_up]
    here = [authority.decide(record) for record in records]
    wanted = b"".join(o.model_dump_json().encode() + b"\n" + o.explain().encode() + b"\n" for o in here)
    given = b"".join(record.model_dump_json().encode() + b"\n" for record in records)
    for seed in ("1", "4711"):
        done = subprocess.run(
            [sys.executable, "-c", AGAIN], input=given, capture_output=True, check=True,
            cwd=Path(authority.__file__).parents[1], env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        assert done.stdout == wanted
