"""Other law that the facts of a case raise: how a rule set says by what it is raised, and how a memo tells it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import authority
from authority.errors import InvalidInput
from authority.facts import FactPattern
from authority.law import RuleSet
from authority.loading import load_rules, raising
from authority.memo import compose, markdown
from authority.memo.compose import compose as compose_alone
from authority.raised import raised
from tests.small_law import FILES, MARK, write

ENTRY = {
    "rules": "aumf-2001", "says": "<target> threatens attacks on Americans or American interests",
    "where": "{target: [state, organization]}", "why": "It does.", "ask": "force against <target> is authorized",
}  # fmt: skip


def entry(**changed: str | None) -> str:
    """An entry of ``raised_by`` with some of its keys changed, or, with None, left out."""
    keys = {key: value for key, value in {**ENTRY, **changed}.items() if value is not None}
    return "- " + "\n  ".join(f"{key}: {value}" for key, value in keys.items()) + "\n"


def loaded(folder: Path, text: str) -> tuple[RuleSet, tuple[str, ...]]:
    written = write(folder, files={**FILES, "small/raised_by.yaml": text})
    return load_rules(written.rules), written.marks


# ── Loading ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_entry_names_a_sentence_there_and_a_question_here(tmp_path: Path) -> None:
    (found,) = loaded(tmp_path, entry())[0].raised_by
    assert (found.rules, found.says) == (ENTRY["rules"], ENTRY["says"])
    assert found.ask == "force against <target> is authorized"


def test_it_may_stand_in_any_file_of_the_rule_set(tmp_path: Path) -> None:
    """As every section: in a file of another name, under its key."""
    indented = "raised_by:\n" + "".join(f"  {line}\n" for line in entry().splitlines())
    written = write(tmp_path, files={**FILES, "small/other.yaml": indented})
    assert len(load_rules(written.rules).raised_by) == 1


@pytest.mark.parametrize(
    ("text", "what", "fix"),
    [
        pytest.param(
            entry(rules=f"{MARK}aumf-2002"), "there is no rule set 'aumf-2002'",
            "name one that comes with the library, or lies beside", id="a rule set that is not there",
        ),
        pytest.param(
            entry(rules=f"{MARK}small"), "a rule set is not raised by itself", "name another rule set", id="itself",
        ),
        pytest.param(
            entry(says=f"{MARK}<target> threatens attacks on Americans"),
            "'<target> threatens attacks on Americans' is no sentence of aumf-2001",
            "nearest: '<target> threatens attacks on Americans or American interests'",
            id="a sentence that is not there",
        ),
        pytest.param(
            entry(says=f"{MARK}Iran threatens attacks on Americans or American interests"),
            "'Iran threatens attacks on Americans or American interests' is no sentence of aumf-2001",
            "nearest: '<target> threatens attacks on Americans or American interests'",
            id="a sentence with a party in it",
        ),
        pytest.param(
            entry(ask=f"{MARK}<target> is within the class"), "'<target> is within the class' is not a question here",
            "there are: force against <target> is authorized", id="a sentence that may not be asked",
        ),
        pytest.param(
            entry(ask=f"{MARK}force against <group> is authorized"),
            "the question has <group>, which '<target> threatens attacks on Americans or American interests' has not",
            "use the blanks of the sentence", id="a question about somebody else",
        ),
        pytest.param(
            entry(where=None, ask=f"{MARK}force against <target> is authorized"),
            "<target> may be coalition or person in '<target> threatens attacks on Americans or American interests', "
            "and the question takes none",
            "add 'where: {target: [state, organization]}'", id="kinds that the question does not take",
        ),
        pytest.param(
            entry(where="{target: [state], " + MARK + "group: [state]}"),
            "where names <group>, which '<target> threatens attacks on Americans or American interests' has not",
            "name one of its blanks", id="kinds of a blank that is not there",
        ),
        pytest.param(
            f"- {MARK}{entry(why=None).removeprefix('- ')}", "an entry of raised_by lacks the key 'why'",
            "add 'why: …'", id="no reason",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_entry_is_said_where_it_stands(text: str, what: str, fix: str, tmp_path: Path) -> None:
    written = write(tmp_path, files={**FILES, "small/raised_by.yaml": text})
    with pytest.raises(InvalidInput) as caught:
        load_rules(written.rules)
    (problem,) = caught.value.problems
    assert (str(problem.where), problem.what) == (written.marks[0], what)
    assert problem.fix.startswith(fix)


def test_every_wrong_entry_is_told_at_once(tmp_path: Path) -> None:
    written = write(tmp_path, files={**FILES, "small/raised_by.yaml": entry(rules="x") + entry(says="y") + entry()})
    with pytest.raises(InvalidInput) as caught:
        load_rules(written.rules)
    assert [str(p.where).rsplit(":", 2)[1] for p in caught.value.problems] == ["1", "7"]


def test_a_rule_set_beside_ones_own_may_be_named(tmp_path: Path) -> None:
    """Outside the library too: the folder that lies beside."""
    written = write(tmp_path)
    beside = tmp_path / "beside"
    beside.mkdir()
    for path in written.rules.glob("*.yaml"):
        (beside / path.name).write_text(path.read_text("utf-8"), "utf-8")
    (beside / "raised_by.yaml").write_text(
        entry(rules="small", says="<target> harbored <group>", where=None), encoding="utf-8"
    )
    assert load_rules(beside).raised_by[0].rules == "small"


# ── Enactment ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (
            "  enacted: 2001-09-18\n  from: 2001-09-18\n", f"  enacted: never\n  {MARK}from: 2001-09-18\n",
            "from of the instrument: what was never enacted is law on no day",
        ),
        ("instrument:\n  id: act", f"instrument:\n  {MARK}id: act", "the instrument lacks the key 'from'"),
        (
            "  - id: strict\n", f"  - {MARK}id: strict\n    supposes_enactment: yes\n",
            "the reading 'strict' supposes the enactment of what was enacted",
        ),
    ],
)  # fmt: skip
def test_a_day_in_force_goes_with_enactment_and_a_supposition_without(
    old: str, new: str, what: str, tmp_path: Path
) -> None:
    changes = [(old, new)]
    if "lacks" in what:
        changes.append(("  from: 2001-09-18\n", ""))
    written = write(tmp_path, *changes)
    with pytest.raises(InvalidInput) as caught:
        load_rules(written.rules)
    (problem,) = caught.value.problems
    assert (str(problem.where), problem.what) == (written.marks[0], what)


# ── What a case raises ────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_read_for_a_memo_is_what_loading_checks() -> None:
    """The short way, which reads no more than it needs, and the whole rule set say the same."""
    for name in authority.rule_sets():
        rules = load_rules(name)
        instrument, entries = raising(name)
        assert entries == rules.raised_by
        assert instrument == (rules.instrument if entries else None)


def test_a_question_is_raised_by_the_facts_to_which_items_that_are_in_speak(iran: FactPattern) -> None:
    """For it or against it; what is out speaks to nothing."""
    opinion = authority.decide(iran)
    spoken = {
        fact: {e.id for e in iran.evidence if fact in e.bears_on and opinion.item[e.id].is_in}
        for e in iran.evidence
        for fact in e.bears_on
    }
    grounds = [ground for each in raised(opinion) for ground in each.grounds]
    assert grounds
    for ground in grounds:
        assert set(ground.items) == spoken[ground.fact] != set()


def test_without_those_exhibits_the_question_is_not_raised(iran: FactPattern) -> None:
    """E66 and E73 alone speak of threats: without them the 2002 statute is not named."""
    names = {each.rules for each in raised(authority.decide(iran))}
    left = tuple(e for e in iran.evidence if e.id not in ("E66", "E73"))
    assert names - {each.rules for each in raised(authority.decide(iran.but(evidence=left)))} == {"iraq-aumf-2002"}


def test_it_is_the_same_whatever_the_verdict(iran: FactPattern) -> None:
    """No verdict enters into it: under a reading by which the question is shown the same is raised."""
    assert raised(authority.decide(iran, "cooperation-2020")) == raised(authority.decide(iran, "statutory-text"))


def test_a_rule_set_of_ones_own_is_raised_by_nothing_and_raises_nothing(tmp_path: Path) -> None:
    opinion = authority.decide(authority.load_case(write(tmp_path).case))
    assert raised(opinion) == ()
    assert "Other Law" not in markdown(compose(opinion))


# ── In the memo ───────────────────────────────────────────────────────────────────────────────────────────────────────


def section(text: str) -> str:
    found = re.search(r"^## Other Law That These Facts Raise\n(.*?)(?=^## )", text, re.DOTALL | re.MULTILINE)
    assert found
    return found[1]


def test_the_memo_names_each_instrument_where_it_stands_and_what_raises_it(iran: FactPattern) -> None:
    text = section(markdown(compose(authority.decide(iran))))
    assert "no answer above implies an answer to any of them" in text
    assert re.search(r"\*\*2002 Iraq AUMF\*\* \(Pub\. L\. No\. 107-243, .*; in force on 1 September 2020, and", text)
    assert "(Exhibits E66 and E73)" in text
    assert re.search(r"Corker–Kaine.*never enacted", text)


def test_it_answers_none_of_them(iran: FactPattern) -> None:
    """No verdict is in the section, in whatever words."""
    text = section(markdown(compose(authority.decide(iran))))
    body = text.split("it shows nothing.", 1)[1].casefold()
    assert not re.search(r"\b(is shown|not shown|is met|not met|undetermined|established|refuted|yes)\b", body)


def test_the_memo_is_otherwise_what_it_was(iran: FactPattern) -> None:
    """Composing knows of other rule sets only what it is given: without it the section is missing, and nothing else."""
    opinion = authority.decide(iran)
    whole, alone = compose(opinion), compose_alone(opinion)
    assert alone.other_law == () and whole.but(other_law=()) == alone


def test_on_a_day_after_the_repeal_the_memo_says_that_the_law_is_gone(iran: FactPattern) -> None:
    later = authority.decide(iran.but(as_of="2025-12-18"))
    (iraq,) = [part for part in compose(later).other_law if "Iraq" in part.title]
    assert iraq.standing == "no longer in force on 18 December 2025"
