"""Two records that ask the same of different parties: these are lined up, and the exhibit that parts them is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import authority
from authority.changes import Diff
from authority.changes.lining import lined_up
from authority.facts import Assumption, FactPattern, Party
from authority.law import Stance
from authority.opinion import decide
from authority.vocabulary import Kind, Proposition
from tests import generate
from tests.generate import READING, Draw, fact, item, rule, says, tiny
from tests.small_law import CASE, CASE_FILE, FILES, write
from tests.test_cli import said

# ── The laws ──────────────────────────────────────────────────────────────────────────────────────────────────────


def renamed(case: FactPattern, names: dict[str, str]) -> FactPattern:
    """The case with parties called otherwise wherever their names stand."""

    def change(value: Any) -> Any:
        if isinstance(value, Proposition):
            return value._replace(parties=tuple(names.get(name, name) for name in value.parties))
        return names.get(value, value) if isinstance(value, str) else value

    return generate.rewritten(case, change)


@st.composite
def other_names(draw: Draw, case: FactPattern) -> dict[str, str]:
    """Other names for the parties of the question: new ones, or those of others in the case, who take theirs."""
    names: dict[str, str] = {}
    own = [p.name for p in case.parties if p.name in case.asks.parties]
    for number, name in enumerate(dict.fromkeys(own)):
        rest = [p.name for p in case.parties if p.name not in (*own, *names.values())]
        new = generate.pick(draw, (f"Party {number}", *rest))
        names |= {name: new} | ({new: name} if new in rest else {})
    return names


@given(st.data(), generate.cases(least=1))
def test_a_party_called_otherwise_throughout_is_no_difference_and_moves_nothing(
    data: st.DataObject, case: FactPattern
) -> None:
    """And the party is read as who it is."""
    names = data.draw(other_names(case))
    found = authority.diff(case, renamed(case, names))
    assert isinstance(found, Diff)
    assert found.differences == ()
    assert all(under.changed == () for under in found.readings.values())
    there = {p.name for p in case.parties}
    assert found.read_as == {new: old for old, new in names.items() if old in there}


@given(st.data(), generate.cases(), generate.cases())
def test_to_be_read_as_another_changes_no_answer(data: st.DataObject, one: FactPattern, other: FactPattern) -> None:
    """The verdict on the other case is the same, of whomever it speaks."""
    parties = tuple(data.draw(st.permutations([p.name for p in other.parties])))
    question = one.asks._replace(sentence=other.asks.sentence, parties=parties[: len(other.asks.parties)])
    if len(question.parties) != len(other.asks.parties):
        return
    again, read_as = lined_up(one.but(asks=question), other)
    assert decide(again, READING).verdict is decide(other, READING).verdict
    assert len(set(read_as.values())) == len(read_as)
    assert len({p.name for p in again.parties}) == len(other.parties)


@given(generate.cases())
def test_where_the_parties_are_the_same_nobody_is_read_as_anybody(case: FactPattern) -> None:
    assert lined_up(case, case) == (case, {})
    assert lined_up(case, case)[0] is case


# ── By example ────────────────────────────────────────────────────────────────────────────────────────────────────

BOTH = (rule("r1", says("answers", "<a>"), says("sheltered", "<a>"), says("paid", "<a>")),)


def of(name: str, *evidence: Any, **more: Any) -> FactPattern:
    """A case that asks whether the party answers."""
    return tiny(fact("answers", name), BOTH, *evidence, name=f"{name.lower()}-case", **more)


def of_aland(**more: Any) -> FactPattern:
    paid = item("E2", fact("paid", "Aland")).but(says="A bank saw the money.")
    return of("Aland", item("E1", fact("sheltered", "Aland")), paid, **more)


def of_elbonia(**more: Any) -> FactPattern:
    denied = item("E2", contradicts=(fact("paid", "Elbonia"),)).but(says="No money was seen.")
    return of("Elbonia", item("E1", fact("sheltered", "Elbonia")), denied, **more)


def diffed(one: FactPattern, other: FactPattern) -> Diff:
    found = authority.diff(one, other)
    assert isinstance(found, Diff)
    return found


def test_the_exhibit_that_parts_two_parties_is_named_with_what_it_says_in_each_record() -> None:
    """Elbonia takes Aland's place in its own record, and Aland takes Elbonia's."""
    found = diffed(of_aland(), of_elbonia())
    assert found.read_as == {"Elbonia": "Aland", "Aland": "Elbonia"}
    assert [d.id for d in found.differences] == ["E2"]
    assert [(str(m.proposition), m.because) for m in found.readings[READING].changed] == [
        ("Aland answers", ("E2",)), ("Aland paid", ("E2",)),
    ]  # fmt: skip
    assert found.explain() == (
        "Elbonia is read as Aland, throughout elbonia-case\n"
        "Aland is read as Elbonia, throughout elbonia-case\n"
        "From aland-case to elbonia-case\n"
        "  E2 is changed in says, supports, contradicts (in aland-case: “A bank saw the money.”; "
        "in elbonia-case: “No money was seen.”)\n"
        "\n"
        "narrow: met → not met\n"
        "  Aland answers: met → not met, because of E2\n"
        "    E2: in aland-case: “A bank saw the money.”; in elbonia-case: “No money was seen.”\n"
        "  Aland paid: established → refuted, because of E2"
    )


def test_an_exhibit_of_one_record_only_is_said_to_be_of_that_record() -> None:
    text = diffed(of_aland(), of("Elbonia", item("E1", fact("sheltered", "Elbonia")))).explain()
    assert "  E2 is removed (in aland-case: “A bank saw the money.”)" in text
    assert "    E2: in aland-case: “A bank saw the money.”" in text


def test_a_position_may_part_two_parties() -> None:
    lax = rule("r2", says("answers", "<a>"), says("sheltered", "<a>"), under=(Stance("reach", "no"),))
    one = tiny(fact("answers", "Aland"), (*BOTH, lax), item("E1", fact("sheltered", "Aland")))
    other = renamed(one, {"Aland": "Norland"}).but(positions={READING: {"reach": "no"}})
    (moved,) = diffed(one, other).readings[READING].changed
    assert (str(moved.proposition), moved.because) == ("Aland answers", (f"position reach under {READING}",))
    assert (moved.before, moved.after) == ("undetermined", "met")


def test_what_is_assumed_of_the_party_is_assumed_of_the_one_it_is_read_as() -> None:
    taken = {name: (Assumption(proposition=fact("paid", name), holds=True),) for name in ("Aland", "Elbonia")}
    assert diffed(of_aland(assume=taken["Aland"]), of_aland(assume=taken["Aland"])).differences == ()
    found = diffed(of_aland(assume=taken["Aland"]), of_elbonia(assume=taken["Elbonia"]))
    assert [d.id for d in found.differences] == ["E2"]
    assert found.readings[READING].changed == ()


def test_parties_of_different_kinds_are_lined_up_and_the_kind_is_a_difference() -> None:
    one = of_aland(parties=(Party(name="Aland", kind=Kind.STATE),))
    other = renamed(one, {"Aland": "Band"}).but(parties=(Party(name="Band", kind=Kind.ORGANIZATION),))
    found = diffed(one, other)
    assert found.read_as == {"Band": "Aland"}
    assert [d.says for d in found.differences] == ["party Aland is changed in kind (state → organization)"]


def test_a_party_whom_the_law_names_is_read_as_nobody_else() -> None:
    """A rule that speaks of the Cabal by name would say another thing of whoever were read as it."""
    cabal = of("Cabal", item("E1", fact("sheltered", "Cabal")))
    assert lined_up(of_aland(), cabal) == (cabal, {})
    assert lined_up(cabal, of_aland()) == (of_aland(), {})


def test_questions_in_different_sentences_are_not_lined_up() -> None:
    other = of_elbonia().but(asks=fact("paid", "Elbonia"))
    assert lined_up(of_aland(), other) == (other, {})


@pytest.mark.parametrize(
    ("one", "other", "read_as"),
    [
        (("Dora", "Band"), ("Egon", "Band"), {"Egon": "Dora", "Dora": "Egon"}),
        (("Dora", "Band"), ("Band", "Dora"), {"Band": "Dora", "Dora": "Band"}),
        (("Dora", "Egon"), ("Egon", "Band"), {"Egon": "Dora", "Band": "Egon", "Dora": "Band"}),
        (("Fritz", "Band"), ("Egon", "Dora"), {"Egon": "Fritz", "Dora": "Band", "Band": "Dora"}),
    ],
)
def test_blank_by_blank_and_nobody_twice(
    one: tuple[str, ...], other: tuple[str, ...], read_as: dict[str, str]
) -> None:
    cast = tuple(Party(name=n, kind=Kind.PERSON) for n in ("Dora", "Egon", "Band"))
    rules = (rule("r1", says("joined", "<a>", "<b>"), says("paid", "<a>")),)
    cases = [tiny(fact("joined", *names), rules, parties=cast) for names in (one, other)]
    assert lined_up(*cases)[1] == read_as
    assert lined_up(*cases)[0].asks == cases[0].asks


def test_the_command_says_who_is_read_as_whom(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two files of one law, the same but for the name of the state and one exhibit of it."""
    iraq = CASE.replace("Iran harbored", "Irak harbored").replace("against Iran", "against Irak")
    iraq = iraq.replace("  Iran: {kind: state, aliases: [Tehran]}", "  Irak: {kind: state}")
    iraq = iraq.replace("[Iran had contacts", "[Irak had contacts").replace("says: It sheltered them.", "says: It did.")
    iraq = iraq.replace("  report: {name: The Report, kind: official report}", "  report: {name: R, reliability: F}")
    iraq = iraq.replace("    source: report\n", "    source: report\n    credibility: 6\n")
    written = write(tmp_path, files={**FILES, CASE_FILE.replace("case.", "irak."): iraq})
    other = written.case.with_name("irak.yaml")
    code, out, _ = said(capsys, "diff", str(written.case), str(other), "-r", "strict")
    assert code == 0 and out.startswith(f"Irak is read as Iran, throughout {other}\nFrom {written.case} to {other}\n")
    assert f"(in {written.case}: “It sheltered them.”; in {other}: “It did.”)" in out
    assert "force against Iran is authorized: met → " in out
    data = json.loads(said(capsys, "diff", str(written.case), str(other), "--format", "json")[1])
    assert data["read_as"] == {"Irak": "Iran"}
    assert (data["differences"][0]["before"], data["differences"][0]["after"]) == ("It sheltered them.", "It did.")
