"""The decided cases: as they were compiled (tests/law/decided.yaml), complete and marked; what the library answers on
each, and what parts the pairs that must come apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

import authority
from authority.changes import Diff, diff
from authority.chronology import timeline
from authority.dates import last_day
from authority.decided import HeldAgainst, Report, deciders
from authority.facts import FactPattern
from authority.law import Mark
from authority.loading import load_cases
from authority.places import rules_folder

ROOT = Path(__file__).parent.parent
COMPILED: Mapping[str, Mapping[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "law" / "decided.yaml").read_text(encoding="utf-8")
)
FILE = {"iran-2019-2020": "iran-2020"}
"""The one case that had a name of its own before."""
ITSELF = re.compile(r"^# ((?:f\d+(?:, | and )?)+).*?the decision itself", re.MULTILINE)
"""How a file names the facts that are the decision itself, which is no evidence in its own record."""


@pytest.fixture(scope="module")
def known() -> dict[str, FactPattern]:
    return {case.name: case for case in load_cases("aumf-2001")}


@pytest.fixture(scope="module")
def report(known: dict[str, FactPattern]) -> Report:
    return Report.on(known.values())


def the_decision_itself(name: str) -> set[str]:
    text = (rules_folder() / "aumf-2001" / "cases" / f"{name}.yaml").read_text(encoding="utf-8")
    return {fact for found in ITSELF.finditer(text) for fact in re.findall(r"f\d+", found[1])}


def expected(result: str) -> str:
    """What an official result says of the question: a grant of the writ, and whatever is open, is not shown."""
    return "shown" if result in ("covered", "denied", "affirmed_denied", "reversed_writ_denied") else "not shown"


# ── As they were compiled ─────────────────────────────────────────────────────────────────────────────────────────────


def test_every_compiled_case_is_there(known: dict[str, FactPattern]) -> None:
    """All 48, and one of the library's own: a group that left the fight."""
    assert {FILE.get(name, name) for name in COMPILED} | {"gul-2021"} == set(known)


@pytest.mark.parametrize("compiled", [name for name in COMPILED if name not in FILE])
def test_every_fact_is_an_item_or_the_decision_itself(compiled: str, known: dict[str, FactPattern]) -> None:
    facts = {*COMPILED[compiled]["read"], *COMPILED[compiled]["memory"]}
    entered = {item.ref for item in known[compiled].evidence if re.fullmatch(r"f\d+", item.ref)}
    assert entered <= facts
    assert facts - entered == the_decision_itself(compiled) - entered


@pytest.mark.parametrize("compiled", [name for name in COMPILED if name not in FILE])
def test_what_was_not_read_is_marked(compiled: str, known: dict[str, FactPattern]) -> None:
    """An item of a fact from memory says so; more may be marked than the compilation marks."""
    memory = set(COMPILED[compiled]["memory"])
    unmarked = [e.id for e in known[compiled].evidence if e.ref in memory and e.verified is not Mark.MEMORY]
    assert unmarked == []


@pytest.mark.parametrize("compiled", COMPILED)
def test_the_decisions_are_those_compiled(compiled: str, known: dict[str, FactPattern]) -> None:
    """On the days on which they were made, with the outcome that their result means."""
    days = dict(COMPILED[compiled]["decided"])
    for decision in known[FILE.get(compiled, compiled)].decided:
        assert decision.on in days
        result = days[decision.on]
        if result not in ("contested", "partly_covered", "legal_standard_set"):
            assert decision.expect == expected(result)


@pytest.mark.parametrize("compiled", [name for name in COMPILED if name not in FILE])
def test_the_hinge_is_the_compiled_one(compiled: str, known: dict[str, FactPattern]) -> None:
    """Its item; or what it undermines, or what undermines it; or a dispute, where it is one of law. Where the hinge is
    the decision itself, or that there is no evidence, the file says so in no_hinge."""
    case, found = known[compiled], COMPILED[compiled]
    hinge, undermines = found["hinge"], found.get("undermines", {})
    near = {hinge, *undermines.get(hinge, ()), *(name for name, those in undermines.items() if hinge in those)}
    for decision in case.decided:
        items = {case.item[name].ref for name in decision.hinge if name in case.item}
        disputes = [name for name in decision.hinge if name not in case.item]
        assert items & near or disputes or decision.no_hinge or hinge in the_decision_itself(compiled) or not hinge


def test_no_decision_is_evidence_in_its_own_record(known: dict[str, FactPattern]) -> None:
    """What a court found is in the record of a later decision only, and out of its own by its day."""
    for case in known.values():
        days = {last_day(decision.on) for decision in case.decided}
        for item in case.evidence:
            kind = item.kind or case.source_of[item.source].kind
            if kind == "adversarial court finding" and item.published and last_day(item.published) in days:
                assert any(last_day(d.on) > last_day(item.published) for d in case.decided), f"{case.name}: {item.id}"


# ── What the library answers ──────────────────────────────────────────────────────────────────────────────────────────

DISAGREES = {
    ("hammamy-2009", "2009-04-02"), ("hussain-2011-2013", "2013-06-18"), ("isil-2014", "2016-11-21"),
    ("iran-militias-2024", "2024-02-04"), ("somalia-partner-defence-2016", "2016-10-16"),
}  # fmt: skip


def test_the_library_agrees_but_for_five_decisions_and_says_why(report: Report) -> None:
    """Each disagreement is kept and explained; no rule was bent to remove one."""
    assert {(each.case, each.decision.on) for each in report.disagreements} == DISAGREES
    assert [fault for each in report.held for fault in each.faults] == []
    assert report.summary["decisions"] == 64 and report.summary["cases"] == 49


def test_every_hinge_is_found_where_the_library_agrees(report: Report) -> None:
    assert [each.case for each in report.held if each.agrees and not each.found] == []


def test_the_page_is_what_the_command_writes(report: Report) -> None:
    assert (ROOT / "docs" / "cases.md").read_text(encoding="utf-8") == report.markdown()


def test_what_a_case_expects_under_its_readings_holds() -> None:
    """Of every case of every rule set."""
    for case in load_cases():
        for reading, expect in case.expect.items():
            assert authority.decide(case, reading).shown is (expect == "shown"), f"{case.name}: {reading}"


# ── Pairs that must come apart ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "below", "above", "change"),
    [
        ("al-adahi-2009-2010", False, True, {"whole-record": "together"}),
        ("almerfedi-2010-2011", False, True, {"informant": "weighed"}),
        ("bensayah-2008-2010", True, False, {"support-alone": "membership-only"}),
    ],
)
def test_one_record_two_courts(
    name: str, below: bool, above: bool, change: dict[str, str], known: dict[str, FactPattern]
) -> None:
    """The weighing or the definition is what changed: a position, which the crux of the court below names, as the court
    above took it."""
    first, second = deciders(known[name], known[name].decided)
    assert (first.opinion.shown, second.opinion.shown) == (below, above)
    taken = [{s.dispute: s.position for s in way.change} for way in first.crux or () if way.taken_by]
    assert change in taken


@pytest.mark.parametrize(
    ("one", "other", "reading", "exhibit"),
    [
        ("ahmed-2009", "ali-razak-2011-2013", "judicial-detention", "E5"),
        ("al-rabiah-2009", "al-odah-2009-2010", "judicial-detention", "E4"),
        ("iran-2025-under-2002", "soleimani-2020-under-2002", "executive-2020", "E4"),
    ],
)
def test_two_records_one_question(one: str, other: str, reading: str, exhibit: str) -> None:
    """The first is not shown, the second is, and an exhibit that only one of them has parts them."""
    both = diff(one, other, reading)
    assert isinstance(both, Diff)
    found = both.readings[reading]
    assert found.before and found.after
    assert (found.before.shown, found.after.shown) == (False, True)
    (asked,) = (moved for moved in found.changed if moved.proposition == found.before.question)
    assert exhibit in asked.because


def test_a_group_that_left_the_fight() -> None:
    """Held as its member before the peace, and no longer after it: the peace is what changes the answer."""
    rows = timeline(authority.load_case("gul-2021")).record
    verdicts = [(str(row.verdicts["judicial-detention"]), row.because.get("judicial-detention", ())) for row in rows]
    shown = [verdict == "met" for verdict, _ in verdicts]
    assert True in shown and not shown[-1]
    assert "E3" in next(because for (verdict, because) in reversed(verdicts) if because)


def held(report: Report, case: str) -> list[HeldAgainst]:
    return [each for each in report.held if each.case == case]


def test_an_unsourced_document_cannot_carry_a_detention_however_often_it_is_repeated(report: Report) -> None:
    """Parhat and the Boumediene five: the document would have turned the outcome, had it been believed."""
    for case in ("parhat-2008", "boumediene-five-2008"):
        (only,) = held(report, case)
        assert not only.opinion.shown and {str(h.found) for h in only.hinges} >= {"if believed"}
