"""What was decided: read with its every mistake at its place, and held against what the library answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from authority.facts import Decision
from authority.law import Citation, Mark
from authority.loading import load_case_with_places
from authority.vocabulary import Proposition
from tests.small_decided import WITH_DECISIONS
from tests.small_law import CASE_FILE, Change, load, place, problems_of, write

# ── In a file ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_key_of_a_decision_is_read(tmp_path: Path) -> None:
    first, second = load(tmp_path, files=WITH_DECISIONS).decided
    assert first == Decision(
        by="the District Court", on="2010-06-16", cite=Citation("report", "at 7"), result="force not authorized",
        says="Nothing showed that it sheltered them.", verified=Mark.PRIMARY, reading="strict",
        positions={"signs": "together"}, expect="not shown", hinge=("E2", "reach"),
        differs="The court did not believe the report.",
    )  # fmt: skip
    assert second.asks == Proposition("force against <target> is authorized", ("Iran",))
    assert (second.on, second.hinge, second.no_hinge) == ("2011", (), "The hinge is the decision itself.")
    assert not first.shown and second.cite is None


def test_where_a_decision_stands_is_known(tmp_path: Path) -> None:
    marked = ("  - by: the District Court", "  - ▸by: the District Court"), ("  - by: the Court", "  - ▸by: the Court")
    written = write(tmp_path, *marked, files=WITH_DECISIONS)
    _, places = load_case_with_places(written.case)
    found = [str(places["decided", n]).replace(str(written.case), CASE_FILE) for n in "01"]
    assert found == list(written.marks)


def test_what_was_decided_is_no_part_of_the_record(tmp_path: Path) -> None:
    """A decision is never evidence in its own record: with it or without it, the record has one digest."""
    with_it, without = load(tmp_path / "with", files=WITH_DECISIONS), load(tmp_path / "without")
    assert with_it.decided and not without.decided
    assert with_it.digest == without.digest


MISTAKES: list[tuple[str, Change, str, str]] = [
    ("a decision without its author", ("  - by: the Court of Appeals\n    on", "  - ▸on"),
     "missing key: a decision lacks the key 'by'", "add 'by: …'"),
    ("a key that is not there", ("    reading: loose\n", "    reading: loose\n    ▸court: this\n"),
     "unknown key: 'court' is no key of a decision", "the keys here are"),
    ("a day that is none", ("    on: 2011\n", "    on: ▸2011-13\n"),
     "bad value: on of a decision: '2011-13' will not do", "a month is one of 01 to 12"),
    ("a mark that is none", ("verified: memory\n    reading", "verified: ▸by heart\n    reading"),
     "bad value: verified of a decision: 'by heart' will not do", "'memory'"),
    ("an authority that is not there", ("    cite: report at 7\n    result", "    cite: ▸repotr at 7\n    result"),
     "unknown authority: 'repotr' is no authority here", "did you mean 'report'?"),
    ("a reading that is not there", ("    reading: loose", "    reading: ▸lose"),
     "unknown reading: 'lose' is no reading of small", "did you mean 'loose'?"),
    ("a dispute that is not there", ("    positions: {signs: together}", "    positions: {▸sings: together}"),
     "unknown dispute: 'sings' is no dispute", "did you mean 'signs'?"),
    ("a position that is not there", ("    positions: {signs: together}", "    positions: {signs: ▸togather}"),
     "unknown position: 'togather' is no position on 'signs'", "did you mean 'together'?"),
    ("an outcome that is none", ("    expect: not shown\n    no_hinge", "    expect: ▸denied\n    no_hinge"),
     "bad value: expect of a decision: 'denied' will not do", "'shown' or 'not shown'"),
    ("a question that is none", ("    asks: force against Iran is authorized\n    result",
                                 "    asks: ▸Iran is within the class\n    result"),
     "question: 'Iran is within the class' is not a question here", "one may ask"),
    ("a hinge that is not there", ("hinge: [E2, reach]", "hinge: [E2, ▸raech]"),
     "unknown hinge: 'raech' is no item of this case and no dispute", "did you mean 'reach'?"),
    ("a hinge named twice", ("hinge: [E2, reach]", "hinge: [E2, ▸E2]"), "hinge: 'E2' is named twice", "name it once"),
    ("a hinge that could be two things", ("  - id: E5\n", "  - id: reach\n"),
     "hinge: 'reach' is an item of this case and a dispute", "rename the item"),
    ("no word of what it turned on", ("    no_hinge: The hinge is the decision itself.\n", ""),
     "decision: a decision does not say what it turned on", "'no_hinge'"),
    ("a hinge, and that there is none", ("    hinge: [E2, reach]\n", "    hinge: [E2, reach]\n    no_hinge: So.\n"),
     "decision: a decision has both a hinge and no_hinge", "keep one of the two"),
    ("a hinge that is no list", ("    hinge: [E2, reach]\n", "    hinge: ▸E2\n"),
     "shape: hinge must be a list", "on its own line"),
    ("a result left out", ("    result: force authorized\n", "    result: ▸\"\"\n"),
     "missing value: the key 'result' has no value", "write what belongs there"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "message", "way_out"), [pytest.param(*rest, id=name) for name, *rest in MISTAKES]
)
def test_a_mistake_in_a_decision_is_one_problem_at_its_place(
    change: Change, message: str, way_out: str, tmp_path: Path
) -> None:
    written = write(tmp_path, change, files=WITH_DECISIONS)
    (problem,) = problems_of(written)
    assert f"{problem.kind}: {problem.what}" == message
    assert way_out in f"{problem.why}\n{problem.fix}"
    assert not written.marks or place(problem, written) == written.marks[0]


def test_every_mistake_in_a_decision_is_said_at_once(tmp_path: Path) -> None:
    changes = ("reading: loose", "reading: lose"), ("on: 2011\n", "on: 2011-13\n"), ("[E2, reach]", "[E20, raech]")
    found = problems_of(write(tmp_path, *changes, files=WITH_DECISIONS))
    assert sorted(p.kind for p in found) == ["bad value", "unknown hinge", "unknown hinge", "unknown reading"]


def test_a_broken_item_may_be_the_hinge(tmp_path: Path) -> None:
    """What is wrong with the item is said there, and not again where it is named."""
    found = problems_of(write(tmp_path, ("    credibility: 2\n", "    credibility: 9\n"), files=WITH_DECISIONS))
    assert [p.kind for p in found] == ["bad value"]


@pytest.mark.parametrize("text", ["decided: so\n", "decided: {on: 2010}\n"])
def test_decisions_that_are_no_list_are_one_problem(text: str, tmp_path: Path) -> None:
    (problem,) = problems_of(write(tmp_path, ("expect:\n  strict", f"{text}expect:\n  strict")))
    assert problem.what == "decided must be a list"
