"""Spotting: which rules a question opens, for which parties, and what it turns on in the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pytest

from authority import limits
from authority.circuit import FALSE, TRUE, Circuit
from authority.errors import EngineError
from authority.facts import Assumption, FactPattern, Party
from authority.issues import Application, IssueTree, spot, spot_open
from authority.law import Reading, Rule, Stance
from authority.vocabulary import NOBODY, Kind, Pattern, Proposition
from tests.generate import CAST, READING, changed, fact, rule, says, tiny

MET = says("may be met", "<a>")
ASKED = fact("may be met", "Aland")
DAY = date(2001, 9, 18)


def tree(
    rules: Iterable[Rule], *recorded: Proposition, asks: Proposition = ASKED, day: date = DAY, **more: Any
) -> IssueTree:
    case = tiny(asks, rules, **more)
    return spot(case, case.rules.reading(READING), asks, recorded, day)


def applied(found: IssueTree, to: Proposition = ASKED) -> list[tuple[str, list[str], list[str]]]:
    """Each application of a rule to a proposition: the rule, its premises, its exceptions."""
    here = found.issue[to].applications
    return [(a.rule, [str(p) for p in a.premises], [str(e) for e in a.exceptions]) for a in here]


def sheltered(found: IssueTree, to: Proposition = ASKED) -> list[str]:
    """Whom the last premise of each application names in its last blank."""
    return [a.premises[-1].parties[-1] for a in found.issue[to].applications]


# ── The tree ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_question_comes_first_and_every_issue_before_what_lies_beneath_it() -> None:
    """However deep, and though it is reached by a shallower way too; the facts in the order in which rules ask them."""
    law = [
        rule("low", says("armed", "<a>"), says("paid", "<a>")),
        rule("mid", says("aided", "<a>"), says("armed", "<a>"), says("told", "<a>")),
        rule("top", MET, says("armed", "<a>"), says("aided", "<a>"), unless=(says("excused", "<a>"),)),
        rule("out", says("excused", "<a>"), says("aided", "<a>"), says("sorry", "<a>")),
    ]
    found = tree(law)
    about = [i.proposition for i in found.issues]
    assert about == [fact(verb, "Aland") for verb in ("may be met", "excused", "aided", "armed")]
    assert list(found.issue) == about and found.question == ASKED
    assert found.facts == tuple(fact(verb, "Aland") for verb in ("paid", "told", "sorry"))
    assert applied(found) == [("top", ["Aland armed", "Aland aided"], ["Aland excused"])]
    (application,) = found.issue[ASKED].applications
    assert application == Application(
        rule="top", parties=("Aland",), premises=(fact("armed", "Aland"), fact("aided", "Aland")),
        exceptions=(fact("excused", "Aland"),), law=TRUE, named=(TRUE, TRUE), raised=(TRUE,),
    )  # fmt: skip


def test_a_question_of_fact_turns_on_itself() -> None:
    """It opens no issue."""
    found = tree([rule("r", MET, says("paid", "<a>"))], asks=fact("paid", "Aland"))
    assert (found.issues, found.facts) == ((), (fact("paid", "Aland"),))


def test_an_application_fixes_the_variables_of_its_conclusion_and_its_premises_in_their_order() -> None:
    """Where any one premise suffices, those of the conclusion alone."""
    premises = says("told", "<c>", "<b>"), says("paid", "<b>", "<d>")
    law = rule("r", says("fought", "<b>", "<a>"), *premises)
    assert law.bound == ("<b>", "<a>", "<c>", "<d>")
    assert changed(law, body="any").bound == ("<b>", "<a>")
    assert changed(law, body="at_least", count=1).bound == ("<b>", "<a>", "<c>", "<d>")


# ── Which rules are law ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_rule_is_law_on_every_position_that_it_stands_under() -> None:
    """Under two, on both; the next rule is looked at whether or not the last was law."""
    both = (Stance("reach", "yes"), Stance("burden", "no"))
    law = [
        rule("under", MET, says("paid", "<a>"), under=both), rule("free", MET, says("told", "<a>")),
        rule("one", MET, says("armed", "<a>"), under=both[:1]),
    ]  # fmt: skip
    for burden, wanted in (("yes", ["free", "one"]), ("no", ["under", "free", "one"])):
        found = tree(law, stances={"reach": "yes", "burden": burden})
        assert [a.rule for a in found.issue[ASKED].applications] == wanted


def test_the_law_is_that_of_the_day() -> None:
    """A rule of later is none."""
    law = [rule("r", MET, says("paid", "<a>"), from_="2001-09-18")]
    assert applied(tree(law)) and not applied(tree(law, day=date(2001, 9, 17)))


def test_a_rule_about_a_named_party_or_about_two_speaks_to_no_other() -> None:
    """Its conclusion names the Cabal, or two different parties; the rule after it still speaks."""
    pair = says("fought", "<a>", "<b>")
    cabal = rule("cabal", says("fought", "Cabal", "<b>"), says("paid", "<b>"))
    law = [cabal, rule("pair", pair, says("told", "<a>", "<b>"))]
    for one, other, wanted in (
        ("Aland", "Dora", ["pair"]), ("Cabal", "Dora", ["cabal", "pair"]), ("Aland", "Aland", []),
    ):  # fmt: skip
        about = fact("fought", one, other)
        assert [name for name, _, _ in applied(tree(law, asks=about), about)] == wanted


@pytest.mark.parametrize("body", ["all", "any", "at_least"])
def test_a_rule_speaks_to_parties_of_its_kinds_alone(body: str) -> None:
    """By its own words or by its sentences', be they of the conclusion or of a premise."""
    law = rule("r", MET, says("paid", "<a>"), body=body, count=1)
    for kinds, wanted in (((Kind.STATE,), ["r"]), ((Kind.PERSON, Kind.ORGANIZATION), [])):
        assert [a[0] for a in applied(tree([changed(law, where={"a": kinds})]))] == wanted
        for sentence in (MET.sentence, law.premises[0].sentence):
            assert [a[0] for a in applied(tree([law], where={sentence: {"one": kinds}}))] == wanted


def test_of_alternatives_those_that_fit_are_asked() -> None:
    """Each premise by itself: one that takes no states is left out, and what two premises both ask is asked once."""
    law = [rule("r", MET, says("told", "<a>"), says("paid", "<a>"), says("paid", "Aland"), body="any")]
    assert applied(tree(law, where={"<one> told": {"one": (Kind.PERSON,)}})) == [("r", ["Aland paid"], [])]
    none = {"<one> told": {"one": (Kind.PERSON,)}, "<one> paid": {"one": (Kind.PERSON,)}}
    assert applied(tree([changed(law[0], premises=law[0].premises[:2])], where=none)) == []


# ── Whom a blank ranges over ──────────────────────────────────────────────────────────────────────────────────────

SHELTER = [rule("r", MET, says("sheltered", "<a>", "<c>"))]
COHORT, DORA = fact("sheltered", "Aland", "Cohort"), fact("sheltered", "Aland", "Dora")


def test_a_blank_ranges_over_whom_the_record_names_in_its_place() -> None:
    """In the order of their names, each once; not over whom it names beside another party, in another place, or in
    another sentence; over nobody named where there is none."""
    beside = fact("sheltered", "Elbonia", "Brotherhood"), fact("sheltered", "Foray", "Aland"), fact("paid", "Elbonia")
    law = [*SHELTER, rule("s", says("told", "<a>"), says("paid", "<a>"))]
    assert sheltered(tree(law, DORA, *beside, COHORT)) == ["Cohort", "Dora"]
    assert sheltered(tree(law, *beside)) == [NOBODY]
    assert sheltered(tree(law)) == [NOBODY]


def test_notice_and_assumption_name_as_evidence_does() -> None:
    """True or denied."""
    assert sheltered(tree(SHELTER, notice=(COHORT,))) == ["Cohort"]
    for holds in (True, False):
        assert sheltered(tree(SHELTER, assume=(Assumption(proposition=DORA, holds=holds),))) == ["Dora"]
    assert sheltered(tree(SHELTER, COHORT, notice=(DORA,))) == ["Cohort", "Dora"]


def test_a_blank_takes_parties_of_its_kinds() -> None:
    """One of another kind is not named, however much is said of him."""
    narrowed = [changed(SHELTER[0], where={"c": (Kind.ORGANIZATION,)})]
    assert sheltered(tree(narrowed, COHORT, DORA)) == ["Cohort"]
    assert sheltered(tree(narrowed, DORA)) == [NOBODY]


def test_different_blanks_name_different_parties() -> None:
    """Of the conclusion, of the premises, and of one sentence by a rule's own words; with no choice that keeps them
    apart, nobody."""
    assert sheltered(tree(SHELTER, fact("sheltered", "Aland", "Aland"))) == [NOBODY]
    pair = [rule("r", MET, says("paid", "<c>"), says("armed", "<d>"))]
    paid, armed = (tuple(fact(verb, name) for name in ("Cohort", "Dora")) for verb in ("paid", "armed"))
    assert applied(tree(pair, *paid, *armed)) == [
        ("r", ["Cohort paid", "Dora armed"], []), ("r", ["Dora paid", "Cohort armed"], []),
    ]  # fmt: skip
    assert applied(tree(pair, paid[0], armed[0])) == [("r", [f"{NOBODY} paid", f"{NOBODY} armed"], [])]
    assert applied(tree(pair, paid[0])) == [("r", ["Cohort paid", f"{NOBODY} armed"], [])]
    itself = [rule("r", MET, says("sheltered", "<a>", "Aland"))]
    assert applied(tree(itself)) == []
    cabal = [rule("r", MET, says("sheltered", "Cabal", "<c>"), says("paid", "<c>"))]
    found = tree(cabal, fact("sheltered", "Cabal", "Cabal"), fact("paid", "Cohort"))
    assert sheltered(found) == ["Cohort"]


def test_two_blanks_of_nobody_are_still_two() -> None:
    """Nobody named is not one party."""
    law = [rule("r", MET, says("sheltered", "<c>", "<d>"))]
    assert applied(tree(law)) == [("r", [f"{NOBODY} sheltered {NOBODY}"], [])]


def test_each_application_names_its_parties_in_the_order_of_its_variables() -> None:
    """The conclusion's first."""
    law = [rule("r", MET, says("told", "<d>", "<c>"))]
    found = tree(law, fact("told", "Cohort", "Dora"))
    assert [a.parties for a in found.issue[ASKED].applications] == [("Aland", "Cohort", "Dora")]
    alone = tree([changed(law[0], body="any")], fact("told", "Cohort", "Dora"))
    assert [a.parties for a in alone.issue[ASKED].applications] == [("Aland",)]


def test_alternatives_are_asked_of_everybody_named_together() -> None:
    """One application, and in it each premise of each party."""
    law = [rule("r", MET, says("sheltered", "<a>", "<c>"), says("paid", "<d>"), body="any")]
    found = tree(law, COHORT, DORA, fact("paid", "Elbonia"))
    assert applied(found) == [("r", ["Aland sheltered Cohort", "Aland sheltered Dora", "Elbonia paid"], [])]
    assert found.issue[ASKED].applications[0].named == (TRUE, TRUE, TRUE)


# ── Whom the record names beneath a conclusion ────────────────────────────────────────────────────────────────────


def aided(*beneath: Rule, then: Pattern = MET, of: tuple[str, str] = ("<a>", "<c>")) -> list[Rule]:
    return [rule("r", then, says("aided", *of)), *beneath]


@pytest.mark.parametrize(
    ("beneath", "recorded", "wanted"),
    [
        # Turned round on the way down.
        ([rule("s", says("aided", "<x>", "<y>"), says("paid", "<y>", "<x>"))], [("paid", "Dora", "Aland")], ["Dora"]),
        # Whoever else was paid by somebody else.
        ([rule("s", says("aided", "<x>", "<y>"), says("paid", "<y>", "<x>"))], [("paid", "Dora", "Foray")], [NOBODY]),
        # By either of two rules, and by either premise of one.
        (
            [
                rule("s", says("aided", "<x>", "<y>"), says("paid", "<y>"), says("told", "<y>")),
                rule("t", says("aided", "<x>", "<y>"), says("armed", "<y>")),
            ],
            [("paid", "Dora"), ("told", "Elbonia"), ("armed", "Cohort")],
            ["Cohort", "Dora", "Elbonia"],
        ),
        # A rule about the Cabal names the Cabal, of whomever it speaks.
        ([rule("s", says("aided", "<x>", "Cabal"), says("paid", "<x>"))], [], ["Cabal"]),
        # A rule about what the Cabal did says nothing of whom others aided.
        ([rule("s", says("aided", "Cabal", "<y>"), says("paid", "<y>"))], [("paid", "Dora")], [NOBODY]),
        # A rule about nobody else's aid does, if it is about this party's.
        ([rule("s", says("aided", "Aland", "<y>"), says("paid", "<y>"))], [("paid", "Dora")], ["Dora"]),
        # Where nothing is asked of the one aided, everybody may have been.
        (
            [rule("s", says("aided", "<x>", "<y>"), says("paid", "<x>"), where={"y": (Kind.ORGANIZATION,)})], [],
            ["Brotherhood", "Cabal", "Cell", "Cohort"],
        ),
        (
            [
                rule(
                    "s", says("aided", "<x>", "<y>"), says("paid", "<y>"), says("paid", "<x>"), body="any",
                    where={"y": (Kind.PERSON,)},
                )
            ],
            [], ["Dora"],
        ),
        # Nothing of it by a rule that is not law.
        (
            [rule("s", says("aided", "<x>", "Cabal"), says("paid", "<x>"), under=(Stance("reach", "no"),))],
            [], [NOBODY],
        ),
    ],
)  # fmt: skip
def test_a_conclusion_is_put_to_whom_the_record_names_beneath_it(
    beneath: list[Rule], recorded: list[tuple[str, ...]], wanted: list[str]
) -> None:
    """Through the rules that would establish it, however they name their variables."""
    found = tree(aided(*beneath), *(fact(*each) for each in recorded))
    assert sheltered(found) == wanted


def test_a_conclusion_about_two_is_not_established_by_a_rule_about_one() -> None:
    """What a rule says of one party twice over it does not say of two."""
    law = [rule("r", MET, says("aided", "Cabal", "<c>")), rule("s", says("aided", "<x>", "<x>"), says("paid", "<x>"))]
    assert sheltered(tree(law, fact("paid", "Dora"))) == [NOBODY]
    twice = [rule("r", MET, says("aided", "Cabal", "Cell"), says("told", "<c>"))]
    twice += [rule("s", says("aided", "<x>", "<x>"), says("told", "<x>"))]
    assert sheltered(tree(twice, fact("told", "Dora"))) == ["Dora"]


def test_a_party_named_two_rules_down_is_named() -> None:
    """Through a conclusion beneath the conclusion, of the kinds that each takes."""
    law = aided(
        rule("s", says("aided", "<x>", "<y>"), says("helped", "<y>", "<x>")),
        rule("t", says("helped", "<y>", "<x>"), says("paid", "<x>", "<y>")),
    )
    recorded = fact("paid", "Aland", "Dora"), fact("paid", "Aland", "Cohort")
    assert sheltered(tree(law, *recorded)) == ["Cohort", "Dora"]
    law[0] = changed(law[0], where={"c": (Kind.PERSON,)})
    assert sheltered(tree(law, *recorded)) == ["Dora"]


# ── Exceptions ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_exception_is_put_to_everybody_named_and_to_nobody_else() -> None:
    """Of the kinds that it takes, other than the parties of the rule; each once. Where nobody is named there is
    none."""
    barred = rule("r", MET, says("paid", "<a>"), unless=(says("left", "<a>"), says("sheltered", "<a>", "<c>")))
    assert applied(tree([barred])) == [("r", ["Aland paid"], ["Aland left"])]
    everybody = COHORT, DORA, fact("sheltered", "Aland", "Aland")
    assert applied(tree([barred], *everybody)) == [
        ("r", ["Aland paid"], ["Aland left", "Aland sheltered Cohort", "Aland sheltered Dora"])
    ]
    narrowed = changed(barred, where={"c": (Kind.PERSON,)})
    assert applied(tree([narrowed], *everybody)) == [("r", ["Aland paid"], ["Aland left", "Aland sheltered Dora"])]
    assert applied(tree([barred], where={"<one> left": {"one": (Kind.PERSON,)}})) == [("r", ["Aland paid"], [])]
    twice = changed(barred, unless=(says("left", "<a>"), says("left", "<a>")))
    assert applied(tree([twice])) == [("r", ["Aland paid"], ["Aland left"])]


# ── Too much ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_past_so_many_applications_the_question_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as the limit are spotted; one more is an error that says how many."""
    monkeypatch.setattr(limits, "APPLICATIONS", 2)
    assert len(sheltered(tree(SHELTER, COHORT, DORA))) == 2
    with pytest.raises(EngineError, match="more than 2 applications"):
        tree(SHELTER, COHORT, DORA, fact("sheltered", "Aland", "Elbonia"))


def test_past_so_many_choices_of_parties_the_question_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every choice of every rule counts once, whether or not it fits: here two rules, and three parties for a blank."""
    law = [rule(name, MET, says("sheltered", "<a>", "<b>")) for name in ("r", "s")]
    record = COHORT, DORA, fact("sheltered", "Aland", "Elbonia")
    monkeypatch.setattr(limits, "CHOICES", 6)
    assert len(tree(law, *record).facts) == 3
    monkeypatch.setattr(limits, "CHOICES", 5)
    with pytest.raises(EngineError, match="more than 5 choices of parties"):
        tree(law, *record)


def test_what_two_ways_lead_to_is_spotted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """And counts once."""
    monkeypatch.setattr(limits, "APPLICATIONS", 3)
    paid, armed, aid = (says(verb, "<a>") for verb in ("paid", "armed", "aided"))
    law = [rule("r", MET, aid, armed), rule("s", aid, armed), rule("t", armed, paid)]
    assert len(tree(law).issues) == 3


# ── Left open ─────────────────────────────────────────────────────────────────────────────────────────────────────


def opened(
    case: FactPattern, recorded: Mapping[Proposition, str], circuit: Circuit, *, anybody: bool = False
) -> IssueTree:
    """The tree, each recorded proposition on a condition of its own and so each position."""
    when = {p: circuit.variable(name) for p, name in recorded.items()}
    return spot_open(
        case, [(case.rules.reading(READING), TRUE)], ASKED, when, DAY, circuit,
        lambda stance: circuit.variable(str(stance)), anybody=anybody,
    )  # fmt: skip


def holds(circuit: Circuit, node: int, *true: str) -> bool:
    return bool(circuit.evaluate([node], dict.fromkeys(true, 1))[0])


def test_what_is_left_open_is_spotted_on_its_condition() -> None:
    """Each application when its parties are named; nobody's when none of them is; a rule when its positions are
    taken."""
    law = [changed(SHELTER[0], under=(Stance("reach", "yes"),))]
    circuit = Circuit()
    found = opened(tiny(ASKED, law), {COHORT: "one", DORA: "two"}, circuit)
    assert list(dict.fromkeys(sheltered(found))) == ["Cohort", "Dora", NOBODY]
    for true, wanted in (((), NOBODY), (("one",), "Cohort"), (("two",), "Dora")):
        named = [a for a in found.issue[ASKED].applications if holds(circuit, a.named[0], *true)]
        assert [a.premises[0].parties[1] for a in named] == [wanted]
    for application in found.issue[ASKED].applications:
        assert holds(circuit, application.law, "reach = yes") and not holds(circuit, application.law)


def test_a_question_is_answered_by_the_readings_that_have_rules_for_it() -> None:
    """Where every reading has, whichever is chosen; else when one that has is."""
    case = tiny(ASKED, SHELTER)
    has = case.rules.reading(READING)
    other, silent = changed(has, id="other"), changed(has, id="silent", answers=("another question",))

    def law(*readings: Reading) -> tuple[Circuit, int]:
        circuit = Circuit()
        chosen = [(reading, circuit.variable(reading.id)) for reading in readings]
        found = spot_open(case, chosen, ASKED, {COHORT: TRUE}, DAY, circuit, lambda stance: TRUE)
        return circuit, found.issue[ASKED].applications[0].law

    assert law(has, other)[1] == TRUE
    circuit, when = law(has, silent)
    assert holds(circuit, when, READING) and not holds(circuit, when, "silent")
    circuit, when = law(silent, has, other)
    assert holds(circuit, when, READING) and holds(circuit, when, "other") and not holds(circuit, when, "silent")


def test_an_exception_that_two_lines_lead_to_is_raised_by_either() -> None:
    """One names both parties as the record names them anywhere, the other one of them by name."""
    fought = [fact("fought", "Dora", "Elbonia"), fact("fought", "Cohort", "Elbonia"), fact("fought", "Dora", "Foray")]
    unless = (says("fought", "<c>", "<d>"), says("fought", "Dora", "<d>"))
    circuit = Circuit()
    case = tiny(ASKED, [rule("r", MET, says("paid", "<a>"), unless=unless)])
    found = opened(case, dict(zip(fought, ("one", "two", "three"), strict=True)), circuit)
    (application,) = found.issue[ASKED].applications
    raised = dict(zip(application.exceptions, application.raised, strict=True))[fought[0]]
    assert holds(circuit, raised, "one") and holds(circuit, raised, "two", "three")
    assert not holds(circuit, raised, "two") and not holds(circuit, raised, "three")


def test_a_blank_of_two_premises_is_named_by_either() -> None:
    """When either is in the record."""
    law = [rule("r", MET, says("sheltered", "<a>", "<c>"), says("paid", "<c>"))]
    circuit = Circuit()
    found = opened(tiny(ASKED, law), {DORA: "one", fact("paid", "Dora"): "two"}, circuit)
    named = {a.premises[1].parties[0]: a.named[0] for a in found.issue[ASKED].applications}
    assert holds(circuit, named["Dora"], "one") and holds(circuit, named["Dora"], "two")
    assert not holds(circuit, named["Dora"])


def test_alternatives_left_open_are_named_one_by_one() -> None:
    """And a premise that two ways lead to, by either."""
    law = [rule("r", MET, says("paid", "<c>"), says("paid", "Cohort"), body="any")]
    circuit = Circuit()
    found = opened(tiny(ASKED, law), {fact("paid", "Cohort"): "one", fact("paid", "Dora"): "two"}, circuit)
    (application,) = found.issue[ASKED].applications
    named = dict(zip((str(p) for p in application.premises), application.named, strict=True))
    assert named["Cohort paid"] == TRUE and set(named) == {"Cohort paid", "Dora paid", f"{NOBODY} paid"}
    assert holds(circuit, named["Dora paid"], "two") and not holds(circuit, named["Dora paid"], "one")
    assert holds(circuit, named[f"{NOBODY} paid"]) and not holds(circuit, named[f"{NOBODY} paid"], "one")


def test_a_name_beneath_a_conclusion_is_named_when_the_rule_is_law_and_the_fact_recorded() -> None:
    """Both, and by either of two ways."""
    law = aided(
        rule("s", says("aided", "<x>", "<y>"), says("paid", "<y>"), under=(Stance("reach", "yes"),)),
        rule("t", says("aided", "<x>", "Cabal"), says("told", "<x>"), under=(Stance("burden", "yes"),)),
    )
    circuit = Circuit()
    found = opened(tiny(ASKED, law), {fact("paid", "Dora"): "one", fact("paid", "Cabal"): "two"}, circuit)
    named = {a.premises[0].parties[1]: a.named[0] for a in found.issue[ASKED].applications}
    assert set(named) == {"Dora", "Cabal", NOBODY}
    assert holds(circuit, named["Dora"], "one", "reach = yes") and not holds(circuit, named["Dora"], "one")
    assert not holds(circuit, named["Dora"], "reach = yes", "two")
    assert holds(circuit, named["Cabal"], "burden = yes") and holds(circuit, named["Cabal"], "two", "reach = yes")
    assert not holds(circuit, named["Cabal"], "two")


def test_what_can_never_be_recorded_names_nobody() -> None:
    """A condition that is never met is none."""
    case = tiny(ASKED, SHELTER)
    readings = [(case.rules.readings[0], TRUE)]
    found = spot_open(case, readings, ASKED, {COHORT: FALSE}, DAY, Circuit(), lambda stance: TRUE)
    assert sheltered(found) == [NOBODY]


def test_asked_of_anybody_a_blank_without_a_name_ranges_over_all_of_its_kind() -> None:
    """In the order of their names; where somebody is named, over whom the record names; where there is nobody of the
    kind, over nobody named."""
    law = [changed(SHELTER[0], where={"c": (Kind.PERSON, Kind.STATE)})]
    assert sheltered(opened(tiny(ASKED, law), {}, Circuit(), anybody=True)) == ["Dora", "Elbonia"]
    assert sheltered(opened(tiny(ASKED, law), {DORA: "one"}, Circuit(), anybody=True)) == ["Dora", NOBODY]
    alone = (Party(name="Aland", kind=CAST["Aland"]),)
    assert sheltered(opened(tiny(ASKED, law, parties=alone), {}, Circuit(), anybody=True)) == [NOBODY]
    assert sheltered(opened(tiny(ASKED, law), {}, Circuit())) == [NOBODY]
