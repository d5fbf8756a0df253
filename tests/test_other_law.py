"""Other law: two made-up statutes, encoded as a user would, go the whole way; nothing in the library knows a law."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import authority
from authority.checking import check
from authority.facts import FactPattern

OTHER = Path(__file__).parent / "other"
CASES = sorted(OTHER.glob("*/cases/*.case.yaml"))
every_case = pytest.mark.parametrize("path", CASES, ids=lambda path: path.name.removesuffix(".case.yaml"))


def test_no_word_of_any_law_stands_in_the_library() -> None:
    """Not in its code, its messages or its comments; which rule set is meant where none is named is data too."""
    for path in sorted((OTHER.parents[1] / "authority").rglob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            assert not re.search("aumf|qaeda|iran", line, re.IGNORECASE), f"{path.name}:{number}: {line}"


def case(name: str) -> FactPattern:
    (path,) = (path for path in CASES if path.name == f"{name}.case.yaml")
    return authority.load_case(path)


@pytest.mark.parametrize("name", ["sanctions-designation", "emergency-powers"])
def test_the_check_finds_nothing(name: str) -> None:
    """No problem, and no word of the statute unaccounted for."""
    found = check(OTHER / name)
    assert found["problems"] == []
    assert found["coverage"]["encoded"] and found["coverage"]["unaccounted"] == []


@every_case
def test_each_case_comes_out_as_expected(path: Path) -> None:
    there = authority.load_case(path)
    assert there.name == path.name.removesuffix(".case.yaml")
    assert set(there.expect) == {reading.id for reading in there.rules.readings}
    for reading, expect in there.expect.items():
        assert authority.decide(there, reading).shown is (expect == "shown"), reading


@every_case
def test_the_memo_speaks_of_that_law_and_of_no_other(path: Path, tmp_path: Path) -> None:
    there = authority.load_case(path)
    memo = authority.decide(there).memo(tmp_path / "memo.md").read_text(encoding="utf-8")
    assert there.rules.instrument.title in memo
    assert "made up" in memo
    assert not re.search("AUMF|Qaeda|Congress|United States|Use of Military Force", memo)


def test_who_arms_through_a_company_he_controls() -> None:
    """Under the Act as written two points of law stand between the company and its designation; the evidence alone
    does not do it, and the Minister's decision turned on what the library's answer turns on."""
    trading = case("strelsau-trading")
    written = authority.depend(authority.decide(trading, "as-written"))
    assert [{s.dispute: s.position for s in each} for each in written.crux] == [
        {"knowledge": "imputed", "ownership": "control"}
    ]
    assert written.flip_sets == () and written.decides == "law"
    parted = authority.compare(trading).as_data()["readings"]
    assert {reading: found["verdict"] for reading, found in parted.items()} == {
        "as-written": "undetermined", "ministry": "met", "on-review": "undetermined",
    }  # fmt: skip
    (held,) = authority.held_against(trading)
    assert held.agrees and held.found and held.faults == ()
    assert authority.depend(authority.decide(trading, "ministry")).flip_sets == (("E1",), ("E2",))


def test_a_lender_who_left_is_saved_by_one_witness() -> None:
    """The exception holds by the exhibit that proves it: without it she may be designated."""
    found = authority.decide(case("lender-who-left"))
    assert authority.depend(found).flip_sets == (("E3",),)
    assert authority.whatif(case("lender-who-left"), without=["E3"]).after.shown


def test_a_curfew_outlives_its_proclamation() -> None:
    """The calendar, and nothing in the record, parts the same measure on two days."""
    for name, shown in (("night-curfew", True), ("curfew-that-lapsed", False)):
        found = authority.decide(case(name), "government")
        assert found.shown is shown
    assert authority.depend(found).flip_sets == ()
    assert "more than thirty days have passed since 2021-02-01" in found.explain()
