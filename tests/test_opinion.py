"""The opinion: what each conclusion comes to, why, what it rests on, and how it reads."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import pytest

from authority import engine, receipt
from authority.days import Computed
from authority.engine import Verdict
from authority.errors import EngineError, InvalidInput, UnknownName
from authority.facts import Assumption, FactPattern, Party
from authority.law import NEVER, Citation, Rule, Stance
from authority.loading import load_case
from authority.opinion import Opinion, ask_of, decide, denied
from authority.pictures import argument_map
from authority.vocabulary import NOBODY, Kind, Pattern, Proposition, Sentence, Vocabulary
from authority.weighing import Cause
from tests.generate import READING, changed, fact, item, rule, says, tiny

MET = says("may be met", "<a>")
ASKED = fact("may be met", "Aland")
PAID, TOLD, ARMED = (says(verb, "<a>") for verb in ("paid", "told", "armed"))
AIDED = says("aided", "<a>")
YES, NO, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.UNDETERMINED


def of(verb: str, party: str = "Aland") -> Proposition:
    return fact(verb, party)


def decided(law: Iterable[Rule], *evidence: Any, **more: Any) -> Opinion:
    return decide(tiny(ASKED, law, *evidence, **more))


def standing(found: Opinion, about: Proposition = ASKED) -> tuple[Verdict, tuple[Cause, ...]]:
    return found.on(about), found.causes(about)


def record(**stands: Verdict) -> list[Any]:
    """An item for each fact, by how it is to stand: for it, against it; none for what stays open."""
    sides = {YES: "supports", NO: "contradicts"}
    return [
        item(f"E{n}", **{sides[verdict]: (of(verb),), **({} if verdict is YES else {"supports": ()})})
        for n, (verb, verdict) in enumerate(stands.items(), start=1)
        if verdict is not OPEN
    ]


def assume(verb: str, holds: bool = True) -> tuple[Assumption, ...]:
    return (Assumption(proposition=of(verb), holds=holds),)


# ── Verdicts ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("body", "count"), [("all", 0), ("any", 0), ("at_least", 1), ("at_least", 2), ("at_least", 3)])
def test_a_rule_in_three_values(body: str, count: int) -> None:
    """Met, if enough of its premises are; undetermined, if enough may yet be; else not met."""
    law = [rule("r", MET, PAID, TOLD, ARMED, body=body, count=count)]
    needed = {"all": 3, "any": 1}.get(body, count)
    for verdicts in itertools.product((YES, NO, OPEN), repeat=3):
        met, open_ = verdicts.count(YES), verdicts.count(OPEN)
        wanted = YES if met >= needed else OPEN if met + open_ >= needed else NO
        found = decided(law, *record(**dict(zip(("paid", "told", "armed"), verdicts, strict=True))))
        assert found.verdict is wanted and found.shown is (wanted is YES)
        assert found.conclusion[ASKED].applications[0].verdict is wanted


def test_the_rules_for_a_conclusion_are_alternatives() -> None:
    """Any that is met is enough; none that is not, while another is open; without a rule it is not met."""
    law = [rule("r", MET, PAID), rule("s", MET, TOLD)]
    for one, other in itertools.product((YES, NO, OPEN), repeat=2):
        wanted = YES if YES in (one, other) else OPEN if OPEN in (one, other) else NO
        assert decided(law, *record(paid=one, told=other)).verdict is wanted
    none = decided([rule("r", MET, PAID, under=(Stance("reach", "no"),))], *record(paid=YES))
    assert standing(none) == (NO, (Cause.NO_RULE,))


def test_an_exception_defeats_only_once_it_is_met() -> None:
    """Raised and not established it is open; not raised it is absent; and what fails anyway is not defeated."""
    law = [rule("r", MET, PAID, unless=(TOLD, ARMED))]
    told, armed = of("told"), of("armed")
    for verdicts, grade, verdict, cause, by, open_ in (
        ((YES, YES, OPEN), "A1", NO, Cause.DEFEATED, (told,), ()),
        ((YES, YES, YES), "A1", NO, Cause.DEFEATED, (told, armed), ()),
        ((YES, NO, OPEN), "A1", YES, Cause.EVIDENCE, (), ()),
        ((YES, OPEN, OPEN), "A1", YES, Cause.EVIDENCE, (), ()),
        ((YES, YES, OPEN), "D4", YES, Cause.EVIDENCE, (), (told,)),
        ((OPEN, YES, OPEN), "A1", NO, Cause.DEFEATED, (told,), ()),
        ((NO, YES, OPEN), "A1", NO, Cause.EVIDENCE, (), ()),
        ((OPEN, YES, OPEN), "D4", OPEN, Cause.NO_EVIDENCE, (), (told,)),
    ):
        evidence = record(**dict(zip(("paid", "told", "armed"), verdicts, strict=True)))
        evidence = [changed(e, reliability=grade[0]) if told in e.bears_on else e for e in evidence]
        found = decided(law, *evidence)
        (application,) = found.conclusion[ASKED].applications
        assert (application.rule, application.parties) == ("r", ("Aland",))
        assert standing(found) == (verdict, (cause,))
        assert (application.defeated_by, application.open_exceptions, found.open_exceptions) == (by, open_, open_)


def test_an_exception_is_raised_by_whatever_speaks_for_it() -> None:
    """For a premise of any rule of it, be that proved, noticed or assumed; not by what speaks against it, nor where
    nothing does."""
    law = [
        rule("r", MET, PAID, unless=(says("excused", "<a>"),)),
        rule("e", says("excused", "<a>"), ARMED, TOLD), rule("f", says("excused", "<a>"), says("sorry", "<a>"), AIDED),
    ]  # fmt: skip
    for more, evidence, raised in (
        ({}, [], False), ({"notice": (of("told"),)}, [], True), ({"assume": assume("aided")}, [], True),
        ({}, [item("E2", of("sorry"))], True), ({}, [item("E2", of("told"), grade="E5")], True),
        ({}, [item("E2", found_none=(of("told"),), supports=())], False),
    ):  # fmt: skip
        found = decided(law, item("E1", of("paid")), *evidence, **more)
        assert found.shown and found.open_exceptions == ((fact("excused", "Aland"),) if raised else ())


# ── Causes ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_of_several_causes_what_tells_most_comes_first() -> None:
    """Of the premises that stand as the verdict does, and of those alone."""
    law = [rule("r", MET, *(says(verb, "<a>") for verb in ("paid", "told", "armed", "sheltered")), says("fed", "<c>"))]
    short, against = item("E1", of("told"), grade="D4"), item("E2", of("armed"), contradicts=(), grade="B2")
    conflict = item("E3", contradicts=(of("armed"),), supports=(), grade="B2")
    found = decided(law, short, against, conflict, item("E4", of("sheltered")))
    wanted = (Cause.CONFLICT, Cause.SHORT, Cause.NO_EVIDENCE, Cause.NOBODY_NAMED)
    assert standing(found) == (OPEN, wanted) and found.conclusion[ASKED].cause is Cause.CONFLICT


def test_what_is_met_is_met_on_the_evidence_unless_nothing_need_be_proved() -> None:
    """By the rule, where it asks nothing or only what is noticed; on the evidence, where anything beside is proved."""
    free = [rule("w", AIDED, under=(Stance("reach", "yes"),))]
    for premises, more, evidence, cause in (
        ((), {}, [], Cause.RULE),
        ((PAID,), {"notice": (of("paid"),)}, [], Cause.RULE),
        ((AIDED,), {}, [], Cause.RULE),
        ((AIDED, PAID), {"notice": (of("paid"),)}, [], Cause.RULE),
        ((PAID, TOLD), {"notice": (of("paid"),)}, [item("E1", of("told"))], Cause.EVIDENCE),
    ):
        found = decided([rule("r", MET, *premises), *free], *evidence, **more)
        assert standing(found) == (YES, (cause,))


def test_a_conclusion_has_the_causes_of_what_lies_beneath() -> None:
    """However deep; of the rules that come out as it does."""
    law = [rule("r", MET, AIDED), rule("s", AIDED, PAID), rule("t", AIDED, TOLD)]
    assert standing(decided(law, *record(told=NO))) == (OPEN, (Cause.NO_EVIDENCE,))
    assert standing(decided(law, *record(paid=NO, told=NO))) == (NO, (Cause.EVIDENCE,))
    none = [law[0], changed(law[1], under=(Stance("reach", "no"),))]
    assert standing(decided(none)) == (NO, (Cause.NO_RULE,))
    barred = [law[0], changed(law[1], unless=(ARMED,)), law[2]]
    assert standing(decided(barred, *record(paid=YES, armed=YES, told=NO))) == (NO, (Cause.DEFEATED, Cause.EVIDENCE))


def test_of_somebody_not_named_nothing_is_shown() -> None:
    """A waiver holds of everybody named; where nobody of the kind is, the cause is that."""
    told = says("told", "<c>")
    law = [rule("r", MET, told), rule("w", told, where={"c": (Kind.OPERATION,)})]
    nobody = decided(law, parties=(Party(name="Aland", kind=Kind.STATE),))
    about = fact("told", NOBODY)
    assert standing(nobody) == standing(nobody, about) == (OPEN, (Cause.NOBODY_NAMED,))
    assert nobody.conclusion[about].applications[0].verdict is OPEN
    none = decided([law[0], rule("w", told, says("fed", "<c>"), under=(Stance("reach", "no"),))])
    assert standing(none, about) == (NO, (Cause.NO_RULE,))
    assert standing(decided(law)) == (YES, (Cause.RULE,))
    helped = says("helped", "<c>")
    barred = [law[0], rule("t", told, helped), rule("h", helped, says("fed", "<c>"), under=(Stance("reach", "no"),))]
    assert standing(decided(barred), about) == (NO, (Cause.NO_RULE,))


# ── Assumptions ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_assumed_stands_whatever_the_rules_say() -> None:
    """True or denied; its rules are still applied."""
    law = [rule("r", MET, AIDED), rule("s", AIDED, PAID)]
    for holds, verdict in ((True, YES), (False, NO)):
        for paid in (YES, NO):
            found = decided(law, *record(paid=paid), assume=assume("aided", holds))
            assert standing(found, of("aided")) == (verdict, (Cause.ASSUMED,))
            assert found.conclusion[of("aided")].applications[0].verdict is paid
            assert standing(found)[0] is verdict and found.rests_on_assumptions


@pytest.mark.parametrize(
    ("body", "count", "others", "holds", "verdict", "rests"),
    [
        # Met: unless enough is met beside what is assumed.
        ("all", 0, (YES, YES), True, YES, True),
        ("any", 0, (YES, OPEN), True, YES, False),
        ("any", 0, (OPEN, NO), True, YES, True),
        ("at_least", 2, (YES, YES), True, YES, False),
        ("at_least", 2, (YES, NO), True, YES, True),
        # Not met: where it would not fail but for what is assumed.
        ("all", 0, (NO, YES), False, NO, False),
        ("all", 0, (YES, YES), False, NO, True),
        ("all", 0, (OPEN, YES), False, NO, True),
        ("any", 0, (NO, NO), False, NO, True),
        ("at_least", 2, (NO, NO), False, NO, False),
        # What is open rests on nothing.
        ("all", 0, (OPEN, YES), True, OPEN, False),
    ],
)
def test_a_verdict_rests_on_what_is_assumed_where_it_would_not_stand_without(
    body: str, count: int, others: tuple[Verdict, Verdict], holds: bool, verdict: Verdict, rests: bool
) -> None:
    """Of three premises one is assumed, true or denied."""
    law = [rule("r", MET, PAID, TOLD, ARMED, body=body, count=count)]
    found = decided(law, *record(told=others[0], armed=others[1]), assume=assume("paid", holds))
    assert (found.verdict, found.rests_on_assumptions) == (verdict, rests)
    assert (Cause.ASSUMED in found.causes(ASKED)) is rests


def test_of_several_rules_all_that_are_met_must_rest_on_it_or_one_that_fails() -> None:
    """Met by another, a question rests on nothing assumed; not met, on what makes any of its rules fail."""
    law = [rule("r", MET, PAID), rule("s", MET, TOLD)]
    for told, holds, verdict, rests in (
        (YES, True, YES, False), (NO, True, YES, True), (OPEN, True, YES, True), (NO, False, NO, True),
    ):  # fmt: skip
        found = decided(law, *record(told=told), assume=assume("paid", holds))
        assert (found.verdict, found.rests_on_assumptions) == (verdict, rests)


def test_what_stands_by_assuming_an_exception_there_or_away_says_so() -> None:
    """Defeated by what is assumed, unless by another as well; met because what was raised is assumed away, unless
    nothing raised it."""
    law = [rule("r", MET, PAID, unless=(TOLD, ARMED))]
    paid, told, armed = (item(f"E{n}", of(verb)) for n, verb in enumerate(("paid", "told", "armed"), start=1))
    for evidence, holds, verdict, rests in (
        ([paid], True, NO, True), ([paid, armed], True, NO, False), ([paid, told], False, YES, True),
        ([paid], False, YES, False), ([told], False, OPEN, False),
    ):  # fmt: skip
        found = decided(law, *evidence, assume=assume("told", holds))
        assert (found.verdict, found.rests_on_assumptions) == (verdict, rests)
    refuted = item("E1", contradicts=(of("paid"),), supports=())
    assert not decided(law, refuted, told, assume=assume("told", False)).rests_on_assumptions


# ── What it turns on ──────────────────────────────────────────────────────────────────────────────────────────────

DEEP = [
    rule("top", MET, AIDED, PAID, cite=Citation("ruling", "7")),
    rule("mid", AIDED, TOLD, ARMED, body="at_least", count=1, unless=(says("left", "<a>"),)),
    rule("low", says("left", "<a>"), says("sorry", "<a>"), PAID, body="any"),
]
DEEP_RECORD = [
    item("E1", of("told"), of("paid")), item("E2", of("told"), grade="B2"),
    item("E3", contradicts=(of("paid"),), supports=(), grade="D4"),
    item("E4", found_none=(of("sorry"), of("armed")), supports=()), item("E5", of("armed"), grade="F6"),
]  # fmt: skip


def test_what_a_conclusion_turns_on_and_the_evidence_for_and_against() -> None:
    """The facts beneath it, each once, in the order of the rules, exceptions behind premises; the items on them."""
    found = decided(DEEP, *DEEP_RECORD)
    assert found.beneath(ASKED) == tuple(of(verb) for verb in ("told", "armed", "sorry", "paid"))
    assert found.beneath(of("told")) == (of("told"),)
    assert found.evidence(ASKED) == {"for": ["E1", "E2", "E5"], "against": ["E4", "E3"]}
    assert found.evidence(of("paid")) == {"for": ["E1"], "against": ["E3"]}
    assert found.top_elements == (of("aided"), of("paid"))
    assert found.elements == (of("aided"), of("left"), of("paid"))
    assert found.on(of("told")) is YES and found.on(of("armed")) is OPEN
    assert found.causes(of("sorry")) == (Cause.NO_EVIDENCE,)
    with pytest.raises(KeyError):
        found.on(of("fed"))


def test_the_derivation_line_by_line() -> None:
    """Each proposition, its verdict and cause; beneath it each rule, how it counts, and what it rests on."""
    found = decided(DEEP, *DEEP_RECORD)
    assert found.explain().splitlines() == [
        "Aland may be met: not met (defeated by an exception)",
        "  by top (ruling 7), all of: not met",
        "    Aland aided: not met (defeated by an exception)",
        "      by mid (act 1), at least 1 of: not met",
        "        Aland told: established (on the evidence); for: E1, E2",
        "        Aland armed: unresolved (short of the standard); for: E5; found none: E4",
        "        unless",
        "          Aland left: met (on the evidence)",
        "            by low (act 1), any one of: met",
        "              Aland sorry: unresolved (no evidence); found none: E4",
        "              Aland paid: established (on the evidence); for: E1; against: E3",
        "    Aland paid: established (on the evidence); for: E1; against: E3",
    ]
    waived = decided([rule("w", MET, under=(Stance("reach", "yes"),))])
    assert waived.explain() == "Aland may be met: met (by rule)\n  by w (act 1), no premise: met"


def test_what_was_never_enacted_is_said_before_all() -> None:
    """In brackets, and nowhere else."""
    case = tiny(ASKED, [rule("r", MET, PAID)])
    never = changed(case.rules.instrument, enacted=NEVER)
    found = decide(changed(case, rules=changed(case.rules, instrument=never)))
    assert found.explain().splitlines()[0] == "[un-enacted]" and found.label == "un-enacted"
    assert decide(case).explain().splitlines()[0] == "Aland may be met: undetermined (no evidence)"


RECENT = Sentence(
    says="<day> is recent", denied="<day> is not recent", where={"day": (Kind.DAY,)},
    computed=Computed(days_since="day", at_most=5),
)  # fmt: skip


def with_days(case: FactPattern) -> FactPattern:
    """The case, its vocabulary speaking of days."""
    sentences = tuple(s for s in case.rules.vocabulary.sentences if s.says != RECENT.says)
    return changed(case, rules=changed(case.rules, vocabulary=Vocabulary(sentences=(*sentences, RECENT))))


def recent(day: str, *, unless: bool = False) -> Opinion:
    pattern = Pattern(RECENT.says, (day,))
    law = rule("r", MET, *(() if unless else (pattern, pattern)), PAID, unless=(pattern,) if unless else ())
    return decide(with_days(tiny(ASKED, [law], item("E1", of("paid")))))


def test_what_the_calendar_decides_is_reckoned_once_and_raises_no_exception() -> None:
    """The clause stands in the derivation and with the conclusion; a computed exception is met, or absent."""
    found = recent("2001-09-15")
    (says_,) = found.reckoned(ASKED)
    assert "15 September 2001" in says_ and found.reckoned(of("paid")) == ()
    assert f"    2001-09-15 is recent: established (by the calendar); {says_}" in found.explain().splitlines()
    assert standing(found) == (YES, (Cause.EVIDENCE,))
    late = recent("2001-09-01")
    assert standing(late) == (NO, (Cause.COMPUTED,))
    assert standing(recent("2001-09-15", unless=True)) == (NO, (Cause.DEFEATED,))
    assert recent("2001-09-01", unless=True).shown and recent("2001-09-01", unless=True).open_exceptions == ()


def test_the_calendar_speaks_for_no_exception() -> None:
    """One of whose premises only the calendar decides is not raised by it."""
    pattern = Pattern(RECENT.says, ("2001-09-15",))
    law = [rule("r", MET, PAID, unless=(AIDED,)), rule("e", AIDED, pattern, TOLD)]
    for more, raised in (([], ()), ([item("E2", of("told"), grade="D4")], (of("aided"),))):
        found = decide(with_days(tiny(ASKED, law, item("E1", of("paid")), *more)))
        assert found.shown and found.open_exceptions == raised


def test_by_the_calendar_alone_what_is_met_is_met_by_the_calendar() -> None:
    """With what is noticed, or free, beside it."""
    pattern = Pattern(RECENT.says, ("2001-09-15",))
    law = [rule("r", MET, pattern, PAID, AIDED), rule("w", AIDED, under=(Stance("reach", "yes"),))]
    found = decide(with_days(tiny(ASKED, law, notice=(of("paid"),))))
    assert standing(found) == (YES, (Cause.COMPUTED,))


def test_the_opinion_as_data() -> None:
    """Every key, to the last item."""
    left_out = item("E6", of("told"), published="2001-09-19", grade="F6")
    more = {"assume": (*assume("sorry", False), Assumption(proposition=of("fed"), holds=True))}
    found = decided([*DEEP, rule("fed", says("slept", "<a>"), says("fed", "<a>"))], *DEEP_RECORD, left_out, **more)
    data = found.as_data()
    receipt = data.pop("receipt")
    assert receipt["reading"] == READING and receipt["derived_twice"] is engine.available()
    aided = {
        "proposition": "Aland aided", "verdict": "not met", "cause": "defeated by an exception",
        "causes": ["defeated by an exception"], "rules": ["mid"],
        "evidence": {"for": ["E1", "E2", "E5"], "against": ["E4", "E3"]}, "reckoned": [],
    }  # fmt: skip
    left = {
        "proposition": "Aland left", "verdict": "met", "cause": "on the evidence", "causes": ["on the evidence"],
        "rules": ["low"], "evidence": {"for": ["E1"], "against": ["E4", "E3"]}, "reckoned": [],
    }  # fmt: skip
    paid = {
        "proposition": "Aland paid", "verdict": "met", "cause": "on the evidence", "causes": ["on the evidence"],
        "rules": [], "evidence": {"for": ["E1"], "against": ["E3"]}, "reckoned": [],
    }  # fmt: skip
    found = {each["proposition"]: each for each in data.pop("findings")}
    assert found["Aland paid"] == {
        "proposition": "Aland paid", "status": "established", "cause": "on the evidence", "for": ["E1"],
        "against": ["E3"], "found_none": [], "reckoning": "",
    }  # fmt: skip
    assert set(data.pop("made_from")) == {"record", "rules"}
    assert data == {
        "case": "tiny", "reading": READING, "label": "", "question": "Aland may be met", "verdict": "not met",
        "cause": "defeated by an exception", "shown": False, "open_exceptions": [], "elements": [aided, left, paid],
        "assumptions": ["not: Aland sorry", "Aland fed"], "rests_on_assumptions": False, "unjudged": ["E5"],
        "contradictions": [],
    }  # fmt: skip
    raised = decided([rule("r", MET, PAID, unless=(TOLD,))], item("E1", of("paid")), item("E2", of("told"), grade="D4"))
    assert raised.as_data()["open_exceptions"] == ["Aland told"]
    assert recent("2001-09-15").as_data()["elements"][0]["reckoned"] == list(recent("2001-09-15").reckoned(ASKED))


def test_in_short_the_question_and_each_element_have_a_line() -> None:
    """And the exhibits on either side of each; in full, without more being asked, the whole derivation."""
    found = decided(DEEP, *DEEP_RECORD)
    assert found.explain(short=True).splitlines() == [
        "Aland may be met: not met (defeated by an exception)",
        "  Aland aided: not met (defeated by an exception); for: E1, E2, E5; against: E4, E3",
        "  Aland paid: met (on the evidence); for: E1; against: E3",
    ]
    assert found.derivation() == found.explain() != found.explain(short=True) == found.derivation(short=True)


def test_the_denied_form_of_a_proposition() -> None:
    """As its sentence has it."""
    assert denied(tiny(ASKED, DEEP), of("told", "Dora")) == "not: Dora told"


def test_the_memo_is_written_where_it_is_said(tmp_path: Any) -> None:
    """And the path returned."""
    path = tmp_path / "memo.md"
    assert decided(DEEP).memo(str(path)) == path and "Aland may be met" in path.read_text("utf-8")


def test_the_memo_takes_a_style_or_a_template(tmp_path: Any) -> None:
    """Of the library, or of one's own."""
    template = tmp_path / "own.md"
    template.write_text("In a word: {{ memo.brief }}\n", encoding="utf-8")
    found, path = decided(DEEP), tmp_path / "memo.md"
    assert "## What It Depends On" in found.memo(path, style="brief").read_text("utf-8")
    assert "In a word: " in found.memo(path, template=str(template)).read_text("utf-8")


def test_the_map_is_folded_unless_the_whole_is_wanted() -> None:
    """It is the argument map of the opinion."""
    found = decide(load_case("iran-2020"))
    assert found.map().svg == argument_map(found).svg
    assert found.map(whole=True).svg == argument_map(found, whole=True).svg != found.map().svg


# ── What is asked ─────────────────────────────────────────────────────────────────────────────────────────────────

TWO = [rule("r", MET, PAID), rule("s", says("fought", "<a>", "<b>"), says("told", "<b>"))]


def asking(**more: Any) -> FactPattern:
    """A case whose vocabulary has two questions, one of them of a state and a person."""
    case = tiny(ASKED, TWO, item("E1", of("paid")), item("E2", of("told", "Dora")), **more)
    fought = TWO[1].then.sentence
    sentences = [
        changed(s, question=True, where={"one": (Kind.STATE,), "other": (Kind.PERSON,)}) if s.says == fought else s
        for s in case.rules.vocabulary.sentences
    ]
    everybody = [changed(p, aliases=("the Dorian",)) if p.name == "Dora" else p for p in case.parties]
    vocabulary = Vocabulary(sentences=tuple(sentences))
    return changed(case, parties=tuple(everybody), rules=changed(case.rules, vocabulary=vocabulary))


def test_a_reading_may_be_named_given_or_left_to_the_rule_set() -> None:
    """By its id, as it is, or the first; an unknown one is refused."""
    case = tiny(ASKED, [rule("r", MET, PAID, under=(Stance("reach", "yes"),))], item("E1", of("paid")))
    other = changed(case.rules.readings[0], id="other", positions={"reach": "no", "burden": "yes"})
    case = changed(case, rules=changed(case.rules, readings=(*case.rules.readings, other)))
    assert decide(case).shown and decide(case).reading.id == READING
    assert not decide(case, "other").shown and not decide(case, other).shown
    with pytest.raises(UnknownName, match="another"):
        decide(case, "another")


def test_a_case_adds_its_positions_to_the_reading() -> None:
    """By the reading's id."""
    law = [rule("r", MET, PAID, under=(Stance("reach", "no"),))]
    assert decided(law, item("E1", of("paid")), positions={READING: {"reach": "no"}}).shown
    assert not decided(law, item("E1", of("paid"))).shown


def test_another_question_may_be_asked_in_words_or_as_a_proposition() -> None:
    """Of any party that is declared or noticed, by whatever name."""
    case, about = asking(), fact("fought", "Aland", "Dora")
    assert decide(case).question == ASKED
    for ask in ("Aland fought Dora", "aland fought the Dorian", about):
        found = decide(case, READING, ask)
        assert found.question == about and found.shown
    assert decide(case, ask="Cabal may be met").question == of("may be met", "Cabal")


@pytest.mark.parametrize(
    ("ask", "says_", "fix"),
    [
        ("Aland foughtt Dora", "'Aland foughtt Dora' is not one question of this rule set", "<one> fought <other>"),
        ("Aland paid", "'Aland paid' is not one question of this rule set", "<one> paid"),
        ("not: Aland may be met", "is not one question", "not: <one> may be met"),
        ("Quite something else.", "is not one question", "authority rules lists the questions"),
        ("Dora fought Aland", "'Dora fought Aland': <one> does not take Dora", "Dora is entered as person"),
        ("Aland fought Elbonia", "<other> does not take Elbonia", "Elbonia is entered as state"),
    ],
)
def test_what_is_no_question_is_refused_with_what_is_near(ask: str, says_: str, fix: str) -> None:
    """Not a question, a denial, or parties of the wrong kind: where, what and how to mend it."""
    with pytest.raises(InvalidInput) as refused:
        decide(asking(), ask=ask)
    (problem,) = refused.value.problems
    assert str(problem.where) == "the question:1:1" and says_ in problem.what and fix in problem.why + problem.fix
    assert problem.kind == ("kind" if "does not take" in says_ else "question")
    assert problem.fix in ("", f"nearest: {fix!r}", fix) and bool(problem.why) is ("does not take" in says_)


def test_a_question_may_name_a_day_that_nobody_declared() -> None:
    """Where the vocabulary speaks of days."""
    day = {"day": (Kind.DAY,)}
    seen = Sentence(says="<one> acted on <day>", denied="<one> rested on <day>", where=day, question=True)
    case = tiny(ASKED, [rule("r", MET, PAID)])
    case = changed(case, rules=changed(case.rules, vocabulary=Vocabulary(sentences=(seen,))))
    ask = ask_of(case, "Aland acted on 2001-09-15")
    assert ask == Proposition(seen.says, ("Aland", "2001-09-15"))


# ── The law and the record that count ─────────────────────────────────────────────────────────────────────────────


def test_what_is_out_names_nobody_and_what_is_undercut_does() -> None:
    """It was said, though it proves nothing."""
    law = [rule("r", MET, says("sheltered", "<a>", "<c>"))]
    about = fact("sheltered", "Aland", "Dora")
    undercut = decided(law, item("E1", about), item("E2", undercuts=("E1",)))
    assert standing(undercut) == (OPEN, (Cause.NO_EVIDENCE,))
    late = decided(law, item("E1", about, published="2001-09-19"))
    assert standing(late) == (OPEN, (Cause.NOBODY_NAMED,))
    assert decided(law, item("E1", about)).shown


def test_the_law_is_that_of_the_day_on_which_the_case_stands() -> None:
    """A rule of the next day is none."""
    law = [rule("r", MET, PAID, from_="2001-09-18")]
    assert decided(law, *record(paid=YES)).shown
    assert not decided(law, *record(paid=YES), as_of="2001-09-17").shown


# ── Two derivations, and the receipt ──────────────────────────────────────────────────────────────────────────────


def test_what_the_opinion_was_made_from() -> None:
    """Digests, reading, standard, days, versions, and whether it was derived twice."""
    found = decided(DEEP, *DEEP_RECORD, known_by="2001-09-30", as_of="2001-09-20", standard="scintilla")
    twice = engine.available()
    assert found.receipt.model_dump() == {
        "rule_set": "made-up", "case": "tiny", "question": "Aland may be met",
        "positions": {"burden": "yes", "reach": "yes"},
        "rules": found.case.rules.digest, "facts": found.case.digest, "reading": READING, "standard": "scintilla",
        "as_of": "2001-09-20", "known_by": "2001-09-30", "version": version("authority"),
        "durable_rules": "2.0.28" if twice else None, "derived_twice": twice,
    }  # fmt: skip


def test_where_nothing_is_installed_the_receipt_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bare checkout has no version."""

    def missing(package: str) -> str:
        raise PackageNotFoundError(package)

    monkeypatch.setattr(receipt, "version", missing)
    monkeypatch.setattr(receipt, "_version", receipt._version.__wrapped__)  # what was found before is not looked for
    assert decided(DEEP).receipt.version == "not installed"


def test_it_shows_itself_as_rows_and_in_a_notebook() -> None:
    found = decided(DEEP, *DEEP_RECORD)
    (first, *_) = found.table()
    assert (first["proposition"], first["verdict"]) == (str(ASKED), str(found.verdict))
    assert str(ASKED) in found._repr_mimebundle_()["text/html"]


def test_without_durable_rules_it_is_derived_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The verdicts are the same."""
    monkeypatch.setattr(engine, "_durable", None)
    found = decided(DEEP, *DEEP_RECORD)
    assert (found.receipt.derived_twice, found.receipt.durable_rules, found.verdict) == (False, None, NO)


def test_the_forward_derivation_is_given_what_the_backward_one_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """Uses, layers, facts established and possible, conclusions assumed; a difference is an error that names it."""
    given: list[Any] = []

    def follow(*args: Any) -> dict[Proposition, Verdict]:
        given.extend(args)
        return {ASKED: OPEN}

    monkeypatch.setattr(engine, "available", lambda: True)
    monkeypatch.setattr(engine, "follow", follow)
    law = [rule("r", MET, PAID, TOLD, AIDED), rule("s", AIDED, ARMED)]
    more = {"assume": (*assume("aided"), *assume("told", False))}
    with pytest.raises(EngineError) as differ:
        decided(law, *record(paid=YES, armed=OPEN), **more)
    assert str(differ.value) == (
        "the two derivations disagree: Aland may be met: backward not met, forward undetermined; "
        "Aland aided: backward met, forward not met"
    )
    uses, layers, established, possible, assumed = given
    assert [(u.rule.id, u.variables, u.parties, u.conclusion, u.premises, u.exceptions) for u in uses] == [
        ("r", ("<a>",), ("Aland",), ASKED, (of("paid"), of("told"), of("aided")), ()),
        ("s", ("<a>",), ("Aland",), of("aided"), (of("armed"),), ()),
    ]
    assert dict(layers) == {AIDED.sentence: 1, MET.sentence: 2}
    assert list(established) == [of("paid")] and list(possible) == [of("armed"), of("paid")]
    assert assumed == {of("aided"): True}
