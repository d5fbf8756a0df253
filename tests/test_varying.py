"""Law that is changed a little: each change is sound, says what it is, and is noticed by cases that test that law."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import find, given, settings

import authority
from authority import testing
from authority.errors import UnknownName
from authority.facts import FactPattern
from authority.law import RuleSet
from authority.testing import ChangedRules, MadeUpCase
from authority.testing.varying import KINDS, NOTICEABLE
from authority.testing.written import law_text

OTHER = Path(__file__).parent / "other"
SANCTIONS, EMERGENCY = OTHER / "sanctions-designation", OTHER / "emergency-powers"
other_law = pytest.mark.parametrize("folder", [SANCTIONS, EMERGENCY], ids=lambda folder: folder.name)


def kept(rules: RuleSet, folder: Path) -> RuleSet:
    """A rule set that was written out as the one file of its folder, and loaded; with no word on what raises it."""
    (folder / rules.name).mkdir(exist_ok=True)
    (folder / rules.name / "law.yaml").write_text(law_text(rules), encoding="utf-8")
    return authority.load_rules(folder / rules.name)


def said(changed: Iterable[ChangedRules]) -> list[str]:
    return [str(each) for each in changed]


# ── Changes ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", [*authority.rule_sets(), SANCTIONS, EMERGENCY], ids=str)
def test_a_rule_set_written_out_is_the_same_law(name: Path | str, tmp_path: Path) -> None:
    """With every citation, quote, date and table of its own; but for what of other rule sets raises its questions."""
    rules = authority.load_rules(name)
    assert kept(rules, tmp_path).but(raised_by=()).digest == rules.but(raised_by=()).digest


@other_law
def test_every_change_would_load_without_a_problem(folder: Path, tmp_path: Path) -> None:
    """And is another law than the one that was changed, and than every other change."""
    rules = authority.load_rules(folder)
    digests = [rules.digest]
    for changed in testing.changes(rules):
        assert kept(changed, tmp_path).digest == changed.digest
        digests.append(changed.digest)
    assert len(set(digests)) == len(digests) > 50


@pytest.mark.slow
def test_a_change_of_much_law_would_load_too(tmp_path: Path) -> None:
    @settings(max_examples=10)
    @given(testing.vary("aumf-2001"))
    def law(changed: ChangedRules) -> None:
        assert kept(changed, tmp_path).but(raised_by=()).digest == changed.but(raised_by=()).digest

    law()


@settings(max_examples=40)
@given(testing.rule_sets())
def test_every_change_of_made_up_law_would_load(
    tmp_path_factory: pytest.TempPathFactory, rules: testing.MadeUpRules
) -> None:
    """Whatever constructs it has; of each rule set some of the changes are tried."""
    folder = tmp_path_factory.mktemp("law")
    for changed in testing.changes(rules)[len(rules.rules) % 3 :: 12]:
        assert kept(changed, folder).digest == changed.digest


def test_every_kind_of_change_is_made() -> None:
    kinds = {c.change for name in (SANCTIONS, EMERGENCY, "aumf-2001") for c in testing.changes(name)}
    assert kinds == set(KINDS)


def test_a_change_says_what_it_is_in_words() -> None:
    """It prints as what was done, and is one of the kinds that were asked for; the smallest example is the first."""
    assert said(testing.changes(EMERGENCY, ["rule", "date"]))[:2] == [
        "the rule 'assembly' is taken out", "the rule 'attack-or-disaster' is taken out",
    ]  # fmt: skip
    first = find(testing.vary(SANCTIONS, ["reading"]), lambda changed: True)
    assert repr(first) == "\nsanctions-designation, the reading 'as-written' takes knowledge = imputed\n#"
    (unknown,) = said(testing.changes(SANCTIONS, ["notice"]))
    assert unknown == "it is not noticed that the Crimson League is a listed organization"


def test_the_only_rule_for_a_question_is_not_taken_out() -> None:
    """The question would be a fact, of which evidence might speak."""
    assert "the rule 'measure' is taken out" not in said(testing.changes(EMERGENCY, ["rule"]))
    assert "the rule 'lapse' is taken out" in said(testing.changes(EMERGENCY, ["rule"]))


def test_a_change_of_no_kind_is_refused_with_what_there_is() -> None:
    with pytest.raises(UnknownName, match="there is no kind of change 'rules'"):
        testing.changes(SANCTIONS, ["rules"])
    with pytest.raises(ValueError, match="there is no change of this kind: date"):
        testing.vary(SANCTIONS, ["date"])


@given(testing.vary(EMERGENCY), testing.cases(EMERGENCY))
def test_a_case_of_the_law_is_a_case_of_the_changed_law(changed: ChangedRules, case: MadeUpCase) -> None:
    """It can be decided under every reading, both ways."""
    for reading in changed.readings:
        authority.decide(case.but(rules=changed), reading)


# ── What is noticed ───────────────────────────────────────────────────────────────────────────────────────────────────


def case_of(folder: Path, text: str, tmp_path: Path) -> FactPattern:
    path = tmp_path / "another.case.yaml"
    path.write_text(text, encoding="utf-8")
    return authority.load_case(path, authority.load_rules(folder))


def test_a_change_that_some_case_expects_otherwise_is_noticed(tmp_path: Path) -> None:
    """No case is of one who lent money to the League and did not break with it; once there is such a case, it is
    noticed that the rule on lenders is gone."""
    rules = authority.load_rules(SANCTIONS)
    cases = [authority.load_case(path, rules) for path in (SANCTIONS / "cases").glob("*.yaml")]
    loan = "the rule 'loan' is taken out"
    assert testing.unnoticed(SANCTIONS, of=["rule"]) == testing.unnoticed(rules, cases, ["rule"])
    assert loan in said(testing.unnoticed(rules, cases, ["rule"]))
    assert "the rule 'supply' is taken out" not in said(testing.unnoticed(SANCTIONS, of=["rule"]))
    lender = """\
title: A lender
asks: Michael may be designated
as_of: 2015-05-04
parties: {Michael: {kind: person}}
sources: {bank: {name: A bank, reliability: A}}
evidence:
  - id: E1
    source: bank
    says: He lent the League money, and knew.
    credibility: 1
    supports:
      - Michael lent money to the Crimson League
      - Michael knew that the Crimson League is listed
expect: {as-written: shown}
"""
    assert loan not in said(testing.unnoticed(SANCTIONS, [*cases, case_of(SANCTIONS, lender, tmp_path)], ["rule"]))


def test_without_cases_nothing_is_noticed() -> None:
    rules = authority.load_rules(EMERGENCY)
    assert testing.unnoticed(rules, []) == testing.changes(rules, NOTICEABLE)


def test_a_rule_set_without_a_folder_must_be_given_its_cases() -> None:
    with pytest.raises(UnknownName, match="emergency-powers"):
        testing.unnoticed(authority.load_rules(EMERGENCY))


def test_cases_that_are_red_without_any_change_are_refused() -> None:
    """What they fail on would say nothing of the change."""
    rules = authority.load_rules(EMERGENCY)
    case = authority.load_case(EMERGENCY / "cases" / "night-curfew.case.yaml", rules)
    wrong = case.but(expect={"strict": "shown"} if case.expect["strict"] == "not shown" else {"strict": "not shown"})
    with pytest.raises(ValueError, match=r"night-curfew under strict: expected (not )?shown"):
        testing.unnoticed(rules, [wrong])
