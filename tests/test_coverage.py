"""Every word of an instrument is encoded by a rule, left out with a reason, or reported as unaccounted for."""

from __future__ import annotations

from pathlib import Path

import pytest

import authority
from authority.coverage import Encoded, Unencoded, coverage
from authority.errors import InvalidInput
from authority.law import LeftOut, RuleSet, Section
from tests.generate import changed, fact, rule, says, tiny
from tests.small_law import FILES

TEXT = "Force may be used against those who attacked us, or harbored them, and it shall cease in a year."


def law(*quotes: str, left_out: tuple[LeftOut, ...] = ()) -> RuleSet:
    """A rule set of an instrument with one section, and a rule for each quote."""
    rules = [rule(f"r{n}", says("met", "<a>"), says("paid", "<a>"), quote=quote) for n, quote in enumerate(quotes)]
    made = tiny(fact("met", "Aland"), rules).rules
    act = changed(made.instrument, sections=(Section(id="1", text=TEXT),), left_out=left_out)
    return changed(made, instrument=act)


def test_what_no_rule_quotes_is_unaccounted_for() -> None:
    """The runs of words between the quotes, but for what only joins them."""
    found = coverage(law("against those who attacked us", "harbored them"))
    assert found.encoded == (
        Encoded("1", "against those who attacked us", ("r0",)), Encoded("1", "harbored them", ("r1",)),
    )  # fmt: skip
    assert found.unaccounted == (Unencoded("1", "Force may be used"), Unencoded("1", "and it shall cease in a year"))


def test_what_is_left_out_on_purpose_is_accounted_for() -> None:
    why = "When the authority ends is not asked here."
    left = LeftOut(section="1", quote="it shall cease in a year", why=why)
    found = coverage(law("Force may be used against those who attacked us", "or harbored them", left_out=(left,)))
    assert found.left_out == (Unencoded("1", "it shall cease in a year", why),)
    assert found.unaccounted == ()


def test_a_phrase_quoted_by_two_rules_names_both_and_one_within_another_stands_after_it() -> None:
    found = coverage(law("attacked us", "attacked us", "those who attacked us, or harbored them"))
    assert [(e.words, e.rules) for e in found.encoded] == [
        ("those who attacked us, or harbored them", ("r2",)), ("attacked us", ("r0", "r1")),
    ]  # fmt: skip


def test_part_of_a_word_is_no_quote_of_it() -> None:
    """ "used" does not account for a word that only contains it."""
    found = coverage(law("us"))
    assert found.unaccounted[0].words == "Force may be used against those who attacked"


def test_nothing_in_the_2001_authorization_is_unaccounted_for() -> None:
    """Section 2(a) is encoded whole; what is left out has its reason."""
    found = coverage(authority.load_rules("aumf-2001"))
    assert found.unaccounted == ()
    assert {each.section for each in found.encoded} == {"§ 2(a)"}
    assert {each.section for each in found.left_out} == {"title", "preamble", "§ 2(b)(1)", "§ 2(b)(2)"}
    assert all(each.why for each in found.left_out)


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ("{section: nowhere, quote: Force, why: x}", "left_out: the instrument has no section 'nowhere'"),
        ("{section: SECTION, quote: not a word of it, why: x}", "left_out: the quote is not in SECTION"),
    ],
)
def test_what_is_left_out_must_stand_in_the_instrument(entry: str, what: str, tmp_path: Path) -> None:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    section = authority.load_rules(tmp_path / "small").instrument.sections[0].id
    file = tmp_path / "small" / "instrument.yaml"
    text = file.read_text("utf-8")
    head, sections = text.split("  sections:", 1)
    entry, what = entry.replace("SECTION", f'"{section}"'), what.replace("SECTION", section)
    file.write_text(f"{head}  left_out:\n    - {entry}\n  sections:{sections}", encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        authority.load_rules(tmp_path / "small")
    (problem,) = caught.value.problems
    assert problem.what == what and str(problem.where).startswith("small/instrument.yaml:")
