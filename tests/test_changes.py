"""What changes when something is changed: the laws of causes, what-if, and the difference between two files."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume as suppose
from hypothesis import given
from hypothesis import strategies as st

import authority
import authority.places
from authority.changes import Diff, LawDiff, WhatIf, whatif
from authority.changes.moves import NOT_IN_QUESTION, irreducible, stands
from authority.engine import Verdict
from authority.errors import InvalidInput, UnknownName
from authority.facts import Assumption, FactPattern, Party, Source
from authority.law import Stance
from authority.loading.additions import Additions, load_additions
from authority.opinion import decide
from authority.vocabulary import NOBODY, Kind, Proposition
from tests import generate, small_law
from tests.generate import READING, STANDARDS, Draw, fact, item, rule, says, tiny
from tests.test_cli import said

# ── The laws of whatif ────────────────────────────────────────────────────────────────────────────────────────────


@st.composite
def changes(draw: Draw, case: FactPattern) -> dict[str, dict[str, Any]]:
    """Changes to a case, each by the name that ``because`` gives it, as the arguments of ``whatif`` that make it."""
    made: dict[str, dict[str, Any]] = {}
    for e in generate.some(draw, case.evidence, 0, 4):
        if generate.one_in(draw, 3):
            made[e.id] = {"grades": {e.id: generate.pick(draw, ("A1", "E5", "C3", "F6", "B2"))}}
        else:
            made[e.id] = {"without": [e.id]}
    for number in range(draw(st.integers(0, 2))):
        sides = {generate.pick(draw, ("supports", "contradicts")): (draw(generate.facts_of(case)),)}
        aims = generate.some(draw, [e.id for e in case.evidence], 0, 1)
        added = item(f"E9{number}", grade=generate.pick(draw, ("A1", "C3", "F6")), **({"supports": ()} | sides))
        made[added.id] = {"add": [Additions(evidence=(added.but(undercuts=tuple(aims)),))]}
    for dispute in generate.some(draw, [d.id for d in (*case.rules.disputes, *case.disputes)], 0, 2):
        stance = Stance(dispute, generate.pick(draw, generate.POSITIONS))
        made[str(stance)] = {"positions": dict([stance])}
    if generate.one_in(draw, 2):
        standard = generate.pick(draw, STANDARDS)
        made[standard] = {"standard": standard}
    if generate.one_in(draw, 3):
        sentence = generate.pick(draw, [s for s in case.rules.vocabulary.sentences if not s.computed])
        about = generate._proposition(draw, [sentence], case.kind_of)
        suppose(len(set(about.parties)) == len(about.parties))
        taken = Assumption(proposition=about, holds=generate.one_in(draw, 2))
        text = str(about) if taken.holds else sentence.fill(about.parties, denied=True)
        made[text] = {"assume": [taken]}
    return made


def together(made: Mapping[str, dict[str, Any]], *names: str) -> dict[str, Any]:
    """The arguments of ``whatif`` that make these changes at once."""
    all_of: dict[str, Any] = {}
    for name in names:
        for argument, value in made[name].items():
            if isinstance(value, dict):
                all_of[argument] = all_of.get(argument, {}) | value
            elif isinstance(value, list):
                all_of[argument] = all_of.get(argument, []) + value
            else:
                all_of[argument] = value
    return all_of


def tried(case: FactPattern, made: Mapping[str, dict[str, Any]], *names: str) -> WhatIf:
    return whatif(case, READING, **together(made, *names))


@given(st.data(), generate.cases(least=2))
def test_what_moved_has_a_cause_that_moves_it_alone_and_no_part_of_which_would(
    data: st.DataObject, case: FactPattern
) -> None:
    made = data.draw(changes(case))
    found = tried(case, made, *made)
    for moved in found.changed:
        assert moved.because and set(moved.because) <= set(made)
        after = stands(found.after, moved.proposition)
        assert stands(tried(case, made, *moved.because).after, moved.proposition) is after
        for each in moved.because:
            rest = [name for name in moved.because if name != each]
            assert stands(tried(case, made, *rest).after, moved.proposition) is not after


@given(st.data(), generate.cases(least=1))
def test_everything_that_stands_otherwise_is_listed_and_nothing_else(data: st.DataObject, case: FactPattern) -> None:
    made = data.draw(changes(case))
    found = tried(case, made, *made)
    moved = {m.proposition for m in found.changed}
    for each in {*found.before.finding, *found.after.finding, *found.before.conclusion, *found.after.conclusion}:
        one, other = stands(found.before, each), stands(found.after, each)
        if one and other:
            assert (each in moved) == (one is not other)
        else:
            settled = (one or other) in (Verdict.MET, Verdict.NOT_MET)
            assert (each in moved) == (settled and NOBODY not in each.parties)
    assert moved <= {*found.before.finding, *found.after.finding, *found.before.conclusion, *found.after.conclusion}


@given(generate.cases())
def test_where_nothing_is_changed_nothing_moves(case: FactPattern) -> None:
    found = whatif(case, READING)
    assert (found.changed, found.changes, found.idle) == ((), (), ())
    assert found.before.as_data() == found.after.as_data() == decide(case, READING).as_data()


@given(st.data(), generate.cases(least=2))
def test_the_order_of_the_changes_is_immaterial(data: st.DataObject, case: FactPattern) -> None:
    made = data.draw(changes(case))
    names = data.draw(st.permutations(list(made)))
    one, other = tried(case, made, *made), tried(case, made, *names)
    for this, that in ((one.before, other.before), (one.after, other.after)):
        assert {d.proposition: d.verdict for d in this.decided} == {d.proposition: d.verdict for d in that.decided}
        assert {f.proposition: f.status for f in this.findings.facts} == {
            f.proposition: f.status for f in that.findings.facts
        }
    assert [m.proposition for m in one.changed] == [m.proposition for m in other.changed]


@given(st.data(), generate.cases(least=2))
def test_what_is_withdrawn_is_as_though_it_had_never_been_there(data: st.DataObject, case: FactPattern) -> None:
    gone = generate.some(data.draw, [e.id for e in case.evidence], 1, 3)
    found = whatif(case, READING, without=gone).after
    assert found.case.evidence == generate.without(case, *gone).evidence
    assert found.as_data()["elements"] == decide(generate.without(case, *gone), READING).as_data()["elements"]
    assert found.findings == decide(generate.without(case, *gone), READING).findings


@given(st.data(), generate.cases(least=2))
def test_a_change_said_to_do_nothing_does_nothing_by_itself(data: st.DataObject, case: FactPattern) -> None:
    made = data.draw(changes(case))
    for name in tried(case, made, *made).idle:
        assert tried(case, made, name).changed == ()


@given(st.sets(st.integers(0, 7)), st.functions(like=lambda some: ..., returns=st.booleans(), pure=True))
def test_an_irreducible_part_holds_and_no_member_of_it_can_go(
    wanted: set[int], also: Callable[[frozenset[str]], bool]
) -> None:
    """Whatever holds: it need not be that more holds where less does."""
    names = [str(n) for n in range(8)]
    needed = frozenset(str(n) for n in wanted)

    def holds(some: frozenset[str]) -> bool:
        return some == frozenset(names) or (needed <= some and also(some))

    found = irreducible(names, holds)
    assert holds(frozenset(found))
    assert not any(holds(frozenset(found) - {name}) for name in found)
    assert list(found) == [name for name in names if name in found]


# ── What-if, by example ───────────────────────────────────────────────────────────────────────────────────────────

ASKED = fact("answers", "Aland")
SHELTERED, PAID = fact("sheltered", "Aland"), fact("paid", "Aland")
BOTH = (rule("r1", says("answers", "<a>"), says("sheltered", "<a>"), says("paid", "<a>")),)


def moves(found: WhatIf) -> dict[str, tuple[str, str, tuple[str, ...]]]:
    return {str(m.proposition): (m.before, m.after, m.because) for m in found.changed}


def test_an_exhibit_that_carries_a_fact_carries_the_question() -> None:
    case = tiny(ASKED, BOTH, item("E1", SHELTERED), item("E2", PAID), item("E3", PAID))
    found = whatif(case, without=["E1", "E2"])
    assert moves(found) == {
        "Aland answers": ("met", "undetermined", ("E1",)),
        "Aland sheltered": ("established", "unresolved", ("E1",)),
    }
    assert found.idle == ("E2",)


def test_two_that_carry_a_fact_together_are_its_cause_together() -> None:
    case = tiny(ASKED, BOTH, item("E1", SHELTERED), item("E2", PAID), item("E3", PAID))
    assert moves(whatif(case, without=["E2", "E3"]))["Aland paid"][2] == ("E2", "E3")


def test_the_loss_of_an_attacker_gives_its_target_back() -> None:
    case = tiny(ASKED, BOTH, item("E1", SHELTERED), item("E2", PAID), item("E3", undercuts=("E2",)))
    assert moves(whatif(case, without=["E3"])) == {
        "Aland answers": ("undetermined", "met", ("E3",)),
        "Aland paid": ("unresolved", "established", ("E3",)),
    }


def test_an_attacker_graded_otherwise_still_attacks_what_stays() -> None:
    """E3 attacks both, and one of the two is withdrawn besides: what the grade does to the other is its own doing."""
    items = item("E1", SHELTERED), item("E2", PAID), item("E3", undercuts=("E1", "E2"), grade="E5")
    found = whatif(tiny(ASKED, BOTH, *items), grades={"E3": "A1"}, without=["E1"])
    assert moves(found)["Aland paid"] == ("established", "unresolved", ("E3",))
    assert moves(found)["Aland sheltered"][1] == NOT_IN_QUESTION or moves(found)["Aland sheltered"][1] == "unresolved"


def test_a_position_brings_its_rule() -> None:
    lax = rule("r2", says("answers", "<a>"), says("paid", "<a>"), under=(Stance("reach", "no"),))
    case = tiny(ASKED, (*BOTH, lax), item("E2", PAID))
    found = whatif(case, positions={"reach": "no", "burden": "no"})
    assert moves(found) == {"Aland answers": ("undetermined", "met", ("reach = no",))}
    assert found.idle == ("burden = no",)


def test_a_position_that_is_held_already_is_reported_as_having_changed_nothing() -> None:
    found = whatif(tiny(ASKED, BOTH, item("E1", SHELTERED)), positions={"reach": "yes"}, standard="preponderance")
    assert (found.changed, found.idle) == ((), ("reach = yes", "preponderance"))
    assert "Nothing moves." in found.explain()


def test_a_position_of_the_cases_own_gives_way() -> None:
    lax = rule("r2", says("answers", "<a>"), says("paid", "<a>"), under=(Stance("reach", "no"),))
    case = tiny(ASKED, (*BOTH, lax), item("E2", PAID), positions={READING: {"reach": "no"}})
    assert whatif(case, positions={"reach": "yes"}).changed[0].after == "undetermined"


def test_a_standard_and_a_grade_that_only_together_fail_a_fact_are_one_cause() -> None:
    case = tiny(ASKED, BOTH, item("E1", SHELTERED), item("E2", PAID))
    found = whatif(case, grades={"E2": "C3"}, standard="clear-and-convincing")
    assert moves(found)["Aland paid"] == ("established", "unresolved", ("E2", "clear-and-convincing"))
    assert found.after.receipt.standard == "clear-and-convincing"
    assert found.before.receipt.rules == found.after.receipt.rules


def test_a_conclusion_assumed_stands_whatever_the_evidence_says() -> None:
    case = tiny(ASKED, BOTH, item("E1", contradicts=(SHELTERED,)))
    found = whatif(case, assume=["Aland answers"])
    assert moves(found) == {"Aland answers": ("not met", "met", ("Aland answers",))}
    assert found.after.rests_on_assumptions


def test_a_denied_form_assumes_the_contrary() -> None:
    case = tiny(ASKED, BOTH, item("E1", SHELTERED), item("E2", PAID))
    denied = "not: Aland paid"
    vocabulary = case.rules.vocabulary
    sentences = tuple(s.but(denied="not: <one> paid") if s.says == "<one> paid" else s for s in vocabulary.sentences)
    case = case.but(rules=case.rules.but(vocabulary=vocabulary.but(sentences=sentences)))
    assert moves(whatif(case, assume=[denied]))["Aland answers"] == ("met", "not met", (denied,))


def test_an_assumption_of_the_cases_own_gives_way_to_the_contrary() -> None:
    case = tiny(ASKED, BOTH, assume=(Assumption(proposition=SHELTERED, holds=True),))
    found = whatif(case, assume=[Assumption(proposition=SHELTERED, holds=False)])
    assert moves(found)["Aland sheltered"][:2] == ("established", "refuted")


def test_what_is_added_brings_its_source_and_its_parties() -> None:
    """A party and a source that only the item needs are never a cause beside it."""
    rules = (rule("r1", says("answers", "<a>"), says("joined", "<a>", "<b>")),)
    case = tiny(ASKED, rules, item("E1", fact("joined", "Aland", "Cohort"), grade="E5"))
    added = item("E90", fact("joined", "Aland", "Guild")).but(source="S9")
    more = Additions(
        parties=(Party(name="Guild", kind=Kind.ORGANIZATION),), sources=(Source(id="S9", name="S9"),), evidence=(added,)
    )
    found = whatif(case, add=[more])
    assert moves(found) == {
        "Aland answers": ("undetermined", "met", ("E90",)),
        "Aland joined Guild": (NOT_IN_QUESTION, "established", ("E90",)),
    }
    assert found.idle == ()


def test_what_only_one_opinion_speaks_of_and_leaves_open_has_not_moved() -> None:
    rules = (rule("r1", says("answers", "<a>"), says("joined", "<a>", "<b>")),)
    case = tiny(ASKED, rules, item("E1", fact("joined", "Aland", "Cohort")))
    weak = item("E90", fact("joined", "Aland", "Brotherhood"), grade="E5")
    assert whatif(case, add=[Additions(evidence=(weak,))]).changed == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"without": ["E2"]}, "there is no exhibit 'E2'"),
        ({"grades": {"E7": "A1"}}, "there is no exhibit 'E7'"),
        ({"grades": {"E1": "A9"}}, "there is no grade 'A9': there are: A1"),
        ({"grades": {"E1": ""}}, "there is no grade ''"),
        ({"positions": {"reech": "yes"}}, "there is no dispute 'reech': did you mean 'reach'?"),
        ({"positions": {"reach": "yess"}}, "there is no position on reach 'yess': did you mean 'yes'?"),
        ({"standard": "preponderence"}, "did you mean 'preponderance'?"),
    ],
)
def test_a_name_that_is_not_there_is_said_with_the_nearest(change: dict[str, Any], words: str) -> None:
    with pytest.raises(UnknownName) as error:
        whatif(tiny(ASKED, BOTH, item("E1", SHELTERED)), **change)
    assert words in str(error.value)


def test_nothing_is_assumed_both_true_and_false() -> None:
    both = [Assumption(proposition=PAID, holds=holds) for holds in (True, False)]
    with pytest.raises(InvalidInput, match="assumed both true and false"):
        whatif(tiny(ASKED, BOTH), assume=both)


def test_what_is_added_may_not_bear_the_id_of_what_is_there() -> None:
    case = tiny(ASKED, BOTH, item("E1", SHELTERED))
    with pytest.raises(InvalidInput, match="the item 'E1' is in the case already"):
        whatif(case, add=[Additions(evidence=(item("E1", PAID),))])


# ── A file of additions ───────────────────────────────────────────────────────────────────────────────────────────

ADDED = """\
parties:
  Band: {kind: organization}
sources:
  letter: {name: A letter, kind: captured enemy document}
evidence:
  - id: E90
    source: letter
    says: It sheltered the Band.
    supports: [Iran harbored the Band]
    credibility: 2
  - id: E91
    source: report
    says: The cable was forged.
    undercuts: [E2]
    doubts: [E90]
"""


def added(folder: Path, *edits: small_law.Change) -> tuple[Additions | InvalidInput, Path]:
    case = small_law.load(folder)
    path = folder / "more.yaml"
    text = ADDED
    for old, new in edits:
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    try:
        return load_additions(path, case), path
    except InvalidInput as error:
        return error, path


def test_additions_are_read_as_a_case_file_is(tmp_path: Path) -> None:
    """They may name the parties and sources of the case, and attack its record."""
    found, _ = added(tmp_path)
    assert isinstance(found, Additions)
    assert [p.name for p in found.parties] == ["Band"] and [s.id for s in found.sources] == ["letter"]
    assert found.evidence[0].supports == (Proposition("<target> harbored <group>", ("Iran", "Band")),)
    assert found.evidence[1].undercuts == ("E2",)


@pytest.mark.parametrize(
    ("edit", "where", "words"),
    [
        (("id: E90", "id: E1"), "6:9", "the case has an item 'E1' already"),
        (("id: E91", "id: E90"), "11:5", "there are two items 'E90'"),
        (("  letter: {name", "  cable: {name"), "4:3", "the case has a source 'cable' already"),
        (("  Band: {kind", "  Ali: {kind"), "2:3", "the case has a party 'Ali' already"),
        (("  Band: {kind", "  Tehran: {kind"), "2:3", "'Tehran' could be 'Iran' or 'Tehran'"),
        (("Iran harbored the Band", "Iran hosted the Band"), "9:16", "is no sentence of the vocabulary"),
        (("Iran harbored the Band", "Iran is within the class"), "9:16", "is a conclusion"),
        (("source: letter", "source: lettre"), "7:13", "'lettre' is no source of this case"),
        (("undercuts: [E2]", "undercuts: [E3O]"), "14:17", "E91 undercuts 'E3O', which is not there"),
        (("credibility: 2", "credibility: 9"), "10:18", "'9' is not in the table"),
        (("supports:", "suports:"), "9:5", "'suports' is no key of the item 'E90'"),
        (("evidence:", "evidense:"), "5:1", "'evidense' is no key of a file of additions"),
        (("    credibility: 2", "    doubts: [E91]"), "6:5", "attack each other in a circle: E90 → E91 → E90"),
    ],
)
def test_what_is_wrong_with_an_addition_is_said_with_its_place(
    tmp_path: Path, edit: small_law.Change, where: str, words: str
) -> None:
    found, path = added(tmp_path, edit)
    assert isinstance(found, InvalidInput)
    assert any(f"{path}:{where}: " in str(p) and words in p.what for p in found.problems), str(found)


def test_every_problem_of_an_addition_is_said_at_once(tmp_path: Path) -> None:
    found, _ = added(tmp_path, ("id: E90", "id: E1"), ("  Band: {kind: organization}", "  Band: {kind: club}"),
                     ("undercuts: [E2]", "undercuts: [E300]"))  # fmt: skip
    assert isinstance(found, InvalidInput)
    kinds = {p.kind for p in found.problems}
    assert {"duplicate id", "bad value", "unknown item"} <= kinds


def test_a_file_without_evidence_adds_nothing_and_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "more.yaml"
    for text, words in (("parties: {}\n", "lacks the key 'evidence'"), ("- E1\n", "must be a mapping"), ("", "empty")):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InvalidInput, match=words):
            load_additions(path, small_law.load(tmp_path))


# ── The laws of diff ──────────────────────────────────────────────────────────────────────────────────────────────


@st.composite
def another(draw: Draw, case: FactPattern) -> FactPattern:
    """The case with some of its record and of its law otherwise."""
    made = draw(changes(case))
    other = whatif(case, READING, **together(made, *made)).after.case
    for name in generate.some(draw, ("as_of", "known_by"), 0, 1):
        other = other.but(**{name: generate.pick(draw, generate.DAYS)})
    if generate.one_in(draw, 2):
        return other
    law = case.rules
    sentences = {r.then.sentence for r in law.rules}
    gone = generate.some(draw, law.rules, 0, 1)
    rules = [r for r in law.rules if r not in gone]
    # A rule that is gone may leave a conclusion to be a fact; then its case may hold no evidence of it, as here.
    if {r.then.sentence for r in rules} == sentences:
        law = law.but(rules=tuple(rules))
    rules = [r.but(unless=(), note="Shorter.") if generate.one_in(draw, 3) else r for r in law.rules]
    readings = [r.but(standard=generate.pick(draw, STANDARDS)) if generate.one_in(draw, 3) else r for r in law.readings]
    return other.but(rules=law.but(rules=tuple(rules), readings=tuple(readings)))


def between(one: FactPattern, other: FactPattern, names: tuple[str, ...]) -> FactPattern:
    """The one case with these of its differences as in the other: what diff does, done by hand."""

    def chosen(group: str, mine: tuple[Any, ...], theirs: tuple[Any, ...], called: Callable[[Any], str]) -> Any:
        here, there = ({called(x): x for x in side} for side in (mine, theirs))
        found = [(there if f"{group}{n}" in names else here).get(n) for n in dict.fromkeys([*here, *there])]
        return tuple(x for x in found if x is not None)

    law, theirs = one.rules, other.rules
    rules = law.but(
        rules=chosen("rule ", law.rules, theirs.rules, lambda r: r.id),
        readings=chosen("reading ", law.readings, theirs.readings, lambda r: r.id),
    )
    evidence = chosen("", one.evidence, other.evidence, lambda e: e.id)
    there = {e.id for e in evidence}
    positions: dict[str, dict[str, str]] = {}
    for r in (READING, "broad"):
        for d in (*generate.DISPUTES, generate.ADMISSION):
            side = other if f"position {d} under {r}" in names else one
            if d in side.positions.get(r, {}):
                positions.setdefault(r, {})[d] = side.positions[r][d]
    return one.but(
        evidence=tuple(e.but(undercuts=tuple(t for t in e.undercuts if t in there),
                             doubts=tuple(t for t in e.doubts if t in there)) for e in evidence),
        as_of=(other if "as_of" in names else one).as_of, known_by=(other if "known_by" in names else one).known_by,
        assume=chosen("assumption ", one.assume, other.assume, lambda a: str(a.proposition)),
        positions=positions, rules=rules,
    )  # fmt: skip


@given(st.data(), generate.cases(least=2))
def test_what_moved_between_two_cases_has_a_cause_among_what_differs(data: st.DataObject, case: FactPattern) -> None:
    other = data.draw(another(case))
    found = authority.diff(case, other)
    assert isinstance(found, Diff)
    assert list(found.readings) == [READING, "broad"]
    named = {d.id for d in found.differences if not d.only_words}
    for reading, under in found.readings.items():
        assert under.before and under.after
        assert under.before.as_data() == decide(case, reading).as_data()
        assert under.after.as_data() == decide(other, reading).as_data()
        for moved in under.changed:
            after = stands(under.after, moved.proposition)
            assert moved.because and set(moved.because) <= named
            assert stands(decide(between(case, other, moved.because), reading), moved.proposition) is after
            for each in moved.because:
                rest = tuple(name for name in moved.because if name != each)
                assert stands(decide(between(case, other, rest), reading), moved.proposition) is not after


@given(generate.cases())
def test_between_a_case_and_itself_nothing_differs_and_nothing_moves(case: FactPattern) -> None:
    found = authority.diff(case, case.but())
    assert isinstance(found, Diff)
    assert found.differences == ()
    assert all(under.changed == () for under in found.readings.values())


@given(st.data(), generate.cases())
def test_the_order_in_which_a_case_stands_is_no_difference(data: st.DataObject, case: FactPattern) -> None:
    found = authority.diff(case, data.draw(generate.shuffled(case)))
    assert isinstance(found, Diff)
    assert found.differences == ()


@given(st.data(), generate.cases(least=2))
def test_what_differs_one_way_differs_the_other_way(data: st.DataObject, case: FactPattern) -> None:
    other = data.draw(another(case))
    one_way, back = authority.diff(case, other), authority.diff(other, case)
    assert isinstance(one_way, Diff) and isinstance(back, Diff)
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    assert [(d.id, turned[d.kind], d.only_words) for d in one_way.differences] == [
        (d.id, d.kind, d.only_words) for d in back.differences
    ]
    for name, under in one_way.readings.items():
        there = {m.proposition: (m.after, m.before) for m in back.readings[name].changed}
        assert {m.proposition: (m.before, m.after) for m in under.changed} == there


@given(st.data(), generate.cases(least=2))
def test_other_words_never_move_anything(data: st.DataObject, case: FactPattern) -> None:
    for name in generate.some(data.draw, [e.id for e in case.evidence], 1, 3):
        said = tuple(e.but(says="Otherwise said.", note="So.") if e.id == name else e for e in case.evidence)
        found = authority.diff(case, case.but(evidence=said))
        assert isinstance(found, Diff)
        assert [(d.id, d.kind, d.only_words) for d in found.differences] == [(name, "changed", True)]
        assert all(under.changed == () for under in found.readings.values())


@pytest.mark.parametrize(
    "field",
    [
        {"hedge": "may"}, {"reliability": "E"}, {"credibility": "5"}, {"kind": "expert"}, {"source": "S2"},
        {"published": "2001"}, {"date": "2001"}, {"under": (Stance("reach", "no"),)}, {"undercuts": ("E2",)},
        {"doubts": ("E2",)}, {"supports": ()}, {"contradicts": (PAID,)}, {"found_none": (PAID,)},
    ],
)  # fmt: skip
def test_what_weighs_is_never_mere_words(field: dict[str, Any]) -> None:
    one = tiny(
        ASKED,
        BOTH,
        item("E1", SHELTERED),
        item("E2", PAID),
        sources=(Source(id="S1", name=""), Source(id="S2", name="")),
    )
    found = authority.diff(one, one.but(evidence=(one.evidence[0].but(**field), one.evidence[1])))
    assert [(d.id, d.kind, d.only_words) for d in found.differences] == [("E1", "changed", False)]


# ── Diff, by example ──────────────────────────────────────────────────────────────────────────────────────────────


def under(found: Diff | LawDiff, reading: str = READING) -> dict[str, tuple[str, str, tuple[str, ...]]]:
    assert isinstance(found, Diff)
    return {str(m.proposition): (m.before, m.after, m.because) for m in found.readings[reading].changed}


def test_an_item_brings_the_source_it_cannot_do_without() -> None:
    """The source differs too, and is no cause: without it there could be no such item."""
    one = tiny(ASKED, BOTH, item("E1", SHELTERED))
    other = one.but(sources=(*one.sources, Source(id="S2", name="S2")),
                    evidence=(*one.evidence, item("E2", PAID).but(source="S2")))  # fmt: skip
    found = authority.diff(one, other)
    assert [d.id for d in found.differences] == ["E2", "source S2"]
    assert under(found)["Aland answers"] == ("undetermined", "met", ("E2",))


def test_a_source_of_another_kind_is_a_cause_of_its_own() -> None:
    graded = item("E1", SHELTERED).but(reliability=None, credibility=None)
    one = tiny(ASKED, BOTH, graded, item("E2", PAID), sources=(Source(id="S1", name="S1", kind="identified press"),))
    other = one.but(sources=(one.sources[0].but(kind="unsourced claim in an op-ed", name="Another name"),))
    found = authority.diff(one, other)
    assert found.differences[0].says == ("source S1 is changed in name (S1 → Another name), kind")
    assert under(found)["Aland sheltered"] == ("established", "unresolved", ("source S1",))


def test_attacks_that_would_go_round_in_a_circle_are_no_case() -> None:
    """Half of the change is a circle of attacks, which nothing can be decided on: both halves are the cause."""
    one = tiny(ASKED, BOTH, item("E1", SHELTERED), item("E2", PAID, undercuts=("E1",)))
    other = one.but(evidence=(item("E1", SHELTERED, undercuts=("E2",)), item("E2", PAID)))
    assert under(authority.diff(one, other))["Aland paid"] == ("established", "unresolved", ("E1", "E2"))
    assert under(authority.diff(one, other))["Aland sheltered"] == ("unresolved", "established", ("E2",))


def test_another_question_is_a_difference_and_another_answer() -> None:
    rules = (*BOTH, rule("r2", says("is bound", "<a>"), says("paid", "<a>")))
    one = tiny(ASKED, rules, item("E1", PAID))
    found = authority.diff(one, one.but(asks=fact("is bound", "Aland")))
    assert under(found)["Aland is bound"] == (NOT_IN_QUESTION, "met", ("question",))


def test_the_day_decides_which_law_and_which_evidence() -> None:
    late = rule("r2", says("answers", "<a>"), says("paid", "<a>"), **{"from": "2002-01-01"})
    one = tiny(ASKED, (*BOTH, late), item("E1", PAID, published="2003"))
    found = authority.diff(one, one.but(as_of="2004", known_by="2004"))
    assert under(found)["Aland paid"] == ("unresolved", "established", ("known_by",))
    assert under(found)["Aland answers"] == ("undetermined", "met", ("as_of", "known_by"))


def test_a_rule_and_the_position_under_which_it_stands_are_one_cause() -> None:
    one = tiny(ASKED, BOTH, item("E1", PAID), stances={"reach": "yes"})
    lax = rule("r2", says("answers", "<a>"), says("paid", "<a>"), under=(Stance("burden", "no"),))
    reading = one.rules.readings[0].but(positions={"reach": "yes", "burden": "no"})
    other = one.but(rules=one.rules.but(rules=(*BOTH, lax), readings=(reading,)))
    found = authority.diff(one, other)
    assert under(found)["Aland answers"] == ("undetermined", "met", ("rule r2", f"reading {READING}"))
    assert [d.says for d in found.differences][1] == f"reading {READING} is changed in positions (burden: none → no)"


def test_a_rule_brings_the_sentence_it_is_written_in() -> None:
    one = tiny(ASKED, BOTH, item("E1", PAID))
    other = tiny(ASKED, (rule("r1", says("answers", "<a>"), says("fled", "<a>")),), item("E1", PAID))
    found = authority.diff(other, one)
    assert {d.id for d in found.differences} >= {"rule r1", "sentence <one> fled", "sentence <one> sheltered"}
    for moved in found.readings[READING].changed:  # pyright: ignore[reportAttributeAccessIssue]
        assert moved.because == ("rule r1",)


def test_a_reading_that_only_one_side_has_is_named_and_not_compared() -> None:
    one = tiny(ASKED, BOTH, item("E1", PAID))
    reading = one.rules.readings[0].but(id="new")
    found = authority.diff(one, one.but(rules=one.rules.but(readings=(*one.rules.readings, reading))))
    assert isinstance(found, Diff)
    assert found.as_data()["readings"]["new"] == {
        "before": None, "after": "undetermined", "label": "", "contradictions": {"before": [], "after": []},
        "changed": [],
    }  # fmt: skip
    assert "new: only one of the two has this reading." in found.explain()


def test_a_question_put_to_both_is_no_difference() -> None:
    rules = (*BOTH, rule("r2", says("is bound", "<a>"), says("paid", "<a>")))
    one = tiny(ASKED, rules, item("E1", PAID))
    found = authority.diff(one, one.but(asks=fact("is bound", "Aland")), ask=ASKED)
    assert found.differences == () and under(found) == {}


# ── Two rule sets ─────────────────────────────────────────────────────────────────────────────────────────────────


def two_laws(folder: Path, *edits: small_law.Change) -> LawDiff:
    """The small rule set against itself with the changes made, on the case that comes with it."""
    one, other = (small_law.write(folder / name, *made) for name, made in (("a", ()), ("b", edits)))
    found = authority.diff(one.rules, other.rules)
    assert isinstance(found, LawDiff)
    return found


def test_two_rule_sets_are_tried_on_the_cases_of_the_first(tmp_path: Path) -> None:
    """The words of a note and of a meaning move nothing."""
    found = two_laws(tmp_path, ("quote: or harbored such persons", "note: So.\n    quote: or harbored such persons"),
                     ("means: Gave shelter to.", "means: Gave shelter."))  # fmt: skip
    assert [(d.id, d.only_words) for d in found.differences] == [
        ("rule harborers", True), ("sentence <target> harbored <group>", True),
    ]  # fmt: skip
    assert all(not u.changed for readings in found.cases.values() for u in readings.values())
    assert list(found.cases["case"]) == ["strict", "loose"]


def test_a_rule_changed_moves_what_follows_from_it(tmp_path: Path) -> None:
    """The strict reading has no rule on contacts; what Iran is, is then a matter of harboring alone."""
    found = two_laws(tmp_path, ("    under: reach = wide\n", ""), ("count: 2", "count: 1"))
    assert [d.id for d in found.differences] == ["rule friends", "rule member"]
    assert [d.says for d in found.differences] == [
        "rule friends is changed in under",
        "rule member is changed in count (2 → 1)",
    ]
    for under in found.cases["case"].values():
        assert all(m.because == ("rule friends",) for m in under.changed)


def test_a_case_that_the_other_rule_set_does_not_take_is_named_with_its_problems(tmp_path: Path) -> None:
    renamed = (
        ("says: <target> had contacts with <group>", "says: <target> had dealings with <group>"),
        ("denied: <target> had no contacts with", "denied: <target> had no dealings with"),
        ("      - <target> had contacts with <group>", "      - <target> had dealings with <group>"),
    )
    found = two_laws(tmp_path, *renamed)
    assert found.cases == {}
    assert "'Iran had contacts with al-Qaeda in Iraq' is no sentence" in found.unread["case"][0]
    assert "case cannot be read against" in found.explain()


# ── The command ───────────────────────────────────────────────────────────────────────────────────────────────────


WHATIF = """\
force against Iran is authorized, under executive-associated-forces
  before: not met (not shown)
  after: undetermined (not shown)

What is changed
  E1 is graded A1
  E46 is withdrawn

What moves
  force against Iran is authorized: not met → undetermined, because of E46
  the determination that section 2(a) requires has been made as to Iran: not met → undetermined, because of E46
  the President has determined that the authorization covers Iran: refuted → unresolved, because of E46

By itself each of these changes nothing: E1.
"""


def test_whatif_as_data_has_the_promised_keys(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(
        capsys, "whatif", "iran-2020", "-r", "cooperation-2020", "--standard", "clear-and-convincing",
        "--without", "E1", "--without", "E2", "--format", "json",
    )  # fmt: skip
    data = json.loads(out)
    assert (code, err) == (0, "")
    assert (data["before"], data["after"]) == ("met", "undetermined")
    assert data["changed"][0] == {
        "proposition": "force against Iran is authorized", "before": "met", "after": "undetermined",
        "because": ["clear-and-convincing"],
    }  # fmt: skip
    assert [c["id"] for c in data["changes"]] == ["E1", "E2", "clear-and-convincing"]
    assert data["without_effect"] == ["E1", "E2"]


def test_whatif_as_text_says_what_moved_and_why(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, err = said(
        capsys, "whatif", "iran-2020", "-r", "executive-associated-forces", "--without", "E46", "--grade", "E1=A1"
    )
    assert (code, err) == (0, "")
    assert out == WHATIF


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "say what to change"),
        (("--without", "E999"), 2, "there is no exhibit 'E999'"),
        (("--grade", "E5"), 2, "is not of the form NAME=VALUE"),
        (("--grade", "E5=Z1"), 2, "there is no grade 'Z1'"),
        (("--grade", "E5=A1", "--grade", "E5=A2"), 2, "given two values"),
        (("--position", "contact=maybe"), 2, "there is no position on contact 'maybe'"),
        (("--standard", "certainty"), 2, "there is no proof standard 'certainty'"),
        (("--add", "nowhere.yaml"), 2, "does not exist"),
        (("--assume", "Iran hosted al-Qaeda"), 3, "the assumption:1:1: 'Iran hosted al-Qaeda' is no sentence"),
        (("--assume", "<target> harbored al-Qaeda"), 3, "an assumption must name its parties"),
    ],
)
def test_whatif_used_wrongly(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, words: str
) -> None:
    found, out, err = said(capsys, "whatif", "iran-2020", *arguments)
    assert (found, out) == (code, "")
    assert words in " ".join(err.replace("│", " ").split())
    assert "Traceback" not in err


def test_diff_as_data_has_the_promised_keys(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    iran = authority.places.rules_folder() / "aumf-2001" / "cases" / "iran-2020.yaml"
    path = tmp_path / "later.yaml"
    text = "rules: aumf-2001\n" + iran.read_text("utf-8").replace("known_by: 2021-02-01", "known_by: 2011-01-01")
    path.write_text(text, encoding="utf-8")
    code, out, err = said(capsys, "diff", "iran-2020", str(path), "--format", "json")
    data = json.loads(out)
    assert (code, err) == (0, "")
    assert set(data) == {"a", "b", "read_as", "differences", "readings"}
    assert data["read_as"] == {}
    assert [d["id"] for d in data["differences"]] == ["known_by"]
    assert list(data["readings"]) == [r.id for r in authority.load_rules().readings]
    for reading in data["readings"].values():
        assert set(reading) == {"before", "after", "label", "changed", "contradictions"}
        assert all(set(m) == {"proposition", "before", "after", "because"} for m in reading["changed"])
        assert all(m["because"] == ["known_by"] for m in reading["changed"])
    code, out, _ = said(capsys, "diff", "iran-2020", str(path), "-r", "cooperation-2020")
    assert code == 0 and out.count("as before") + out.count(" → ") >= 1
    assert "statutory-text" not in out


def test_a_rule_set_against_itself_has_no_difference(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "diff", "aumf-2001", "aumf-2001")
    assert code == 0
    assert out.startswith("Nothing that a verdict or a memo rests on differs between aumf-2001 and aumf-2001.")
    assert "  statutory-text: not met, as before" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("aumf-2001", "iran-2020"), "there is no rule set 'iran-2020'"),
        (("iran-2020", "aumf-2001"), "there is no case 'aumf-2001'"),
        (("iran-2020", "iran-2020x"), "there is no case 'iran-2020x': did you mean 'iran-2020'?"),
        (("iran-2020", "iran-2020", "-r", "statutory-test"), "did you mean 'statutory-text'?"),
    ],
)
def test_diff_used_wrongly(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str) -> None:
    code, out, err = said(capsys, "diff", *arguments)
    assert (code, out) == (2, "")
    assert words in " ".join(err.replace("│", " ").split())
