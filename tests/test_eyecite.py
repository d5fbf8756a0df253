"""Citations in a text of anybody: each is found where it stands, and is said to be of an authority or of none."""

from __future__ import annotations

import io
import json
import sys
import time
from pathlib import Path

import pytest

import authority
from authority.citing.finding import find_citations
from authority.citing.matching import is_meant, known_by
from authority.errors import MissingExtra
from authority.law import RuleSet
from authority.limits import CASES_BACK, PROSE_BYTES
from authority.loading import load_rules
from authority.mentions import Mention, mentions
from tests.conftest import SAID

NOTE = """\
Congress acted in 2001 (Pub. L. No. 107-40, 115 Stat. 224, codified at 50 U.S.C. § 1541 note) and in 1973 (the War
Powers Resolution, 50 U.S.C. §§ 1541–1550). The courts have read the first of these often. See Boumediene v. Bush,
553 U.S. 723 (2008); Al-Adahi v. Obama, 613 F.3d 1102, 1105 (D.C. Cir. 2010). Id. at 1106. The Office of Legal Counsel
had spoken early, 25 Op. O.L.C. 188 (2001), and see 50 U.S.C. § 1543(a)(1).

A resolution of 2020, S.J. Res. 68, 116th Cong., was vetoed. Boumediene, 553 U.S. at 771, is not to the contrary;
nor is Roe v. Wade, 410 U.S. 113 (1973), or U.S. Const. art. I, § 8, cl. 11. Cf. § 12.
"""


@pytest.fixture(scope="module")
def every() -> list[RuleSet]:
    return [load_rules(name) for name in authority.rule_sets()]


@pytest.fixture(scope="module")
def found(every: list[RuleSet]) -> tuple[Mention, ...]:
    return mentions(NOTE, every)


def forms(text: str) -> list[str]:
    return [each.form for each in find_citations(text)]


def test_every_citation_is_found_where_it_stands(found: tuple[Mention, ...]) -> None:
    """In order; and the text between start and end, and at that line and column, is the citation."""
    told = [(m.found.kind, m.found.form) for m in found]
    assert told == [
        ("public law", "Pub. L. No. 107-40"), ("statutes at large", "115 Stat. 224"),
        ("code", "50 U.S.C. § 1541 note"), ("code", "50 U.S.C. §§ 1541–1550"), ("case", "553 U.S. 723"),
        ("case", "613 F.3d 1102"), ("id.", "Id."), ("case", "25 Op. O.L.C. 188"), ("code", "50 U.S.C. § 1543(a)(1)"),
        ("bill", "S.J. Res. 68, 116th Cong."), ("short form", "553 U.S. at 771"), ("case", "410 U.S. 113"),
        ("constitution", "U.S. Const. art. I, § 8, cl. 11"), ("section sign", "§"),
    ]  # fmt: skip
    lines = NOTE.split("\n")
    for each in found:
        assert NOTE[each.found.start : each.found.end] == each.found.text
        assert lines[each.line - 1][each.column - 1 :].startswith(each.found.text)


def test_what_the_rule_sets_cite_is_named_with_its_standing(found: tuple[Mention, ...]) -> None:
    """By id and rule set, with status and how far its words were checked; by every form in which a statute is cited."""
    known = {m.found.form: {(each.rules, each.id) for each in m.meant} for m in found if m.meant}
    assert ("aumf-2001", "boumediene") in known["553 U.S. 723"]
    for form in ("Pub. L. No. 107-40", "115 Stat. 224", "50 U.S.C. § 1541 note"):
        assert ("aumf-2001", "aumf") in known[form]
    assert ("war-powers", "wpr") in known["50 U.S.C. §§ 1541–1550"] & known["50 U.S.C. § 1543(a)(1)"]
    assert any(name == "aumf-2001" for name, _ in known["25 Op. O.L.C. 188"])
    (bill,) = next(m.meant for m in found if m.found.kind == "bill" if m.meant)
    assert "vetoed" in bill.status and bill.verified


def test_what_no_rule_set_cites_is_said_to_be_cited_by_none(found: tuple[Mention, ...]) -> None:
    unknown = {m.found.form: m.unknown for m in found if m.unknown}
    assert unknown["410 U.S. 113"] == "no authority of the rule sets is cited so"
    assert unknown["§"] == "a section of something that is not said in a form known here"
    assert {m.found.form for m in found if not m.meant} == unknown.keys()


def test_what_points_back_means_what_it_points_to(found: tuple[Mention, ...]) -> None:
    """Id. the one before it, a short form the case of that volume."""
    id_, short = (next(m for m in found if m.found.kind == kind) for kind in ("id.", "short form"))
    assert id_.found.means is not None and found[id_.found.means].found.form == "613 F.3d 1102"
    assert short.found.means is not None and found[short.found.means].found.form == "553 U.S. 723"
    assert id_.meant == found[id_.found.means].meant and short.meant == found[short.found.means].meant


def test_what_points_back_to_nothing_is_said_to() -> None:
    (only,) = mentions("Id. at 5.", [])
    assert (only.found.means, only.unknown) == (None, "nothing before it is meant by it")
    (short,) = mentions("542 U.S. at 520", [])
    assert short.unknown == "nothing before it is meant by it"


def test_a_note_is_not_its_section_and_a_range_keeps_its_end(every: list[RuleSet]) -> None:
    """eyecite reads both as § 1541; so neither the note nor the Resolution would be what it is."""
    note, section = mentions("50 U.S.C. § 1541 note; 50 U.S.C. § 1541", every)
    assert {each.id for each in note.meant}.isdisjoint({each.id for each in section.meant})
    assert "aumf" in {each.id for each in note.meant} and "wpr" in {each.id for each in section.meant}
    assert forms("50 U.S.C. 1541 to end the war") == ["50 U.S.C. § 1541"]


def test_every_authority_is_found_by_the_forms_it_is_known_by(every: list[RuleSet]) -> None:
    """What a rule set cites is known again when a text cites it as the rule set does."""
    seen = set()
    for rules in every:
        for each in (rules.instrument, *rules.authorities):
            for form in known_by(each.citation):
                (first, *_) = mentions(f"As in {form}.", [rules])
                assert each.id in {m.id for m in first.meant}, form
                seen.add(type(each.citation).__name__)
    assert {"Case", "Statute", "Opinion", "Bill"} <= seen


def test_a_section_is_meant_by_the_sections_it_lies_among() -> None:
    assert is_meant("50 U.S.C. § 1547", "50 U.S.C. §§ 1541–1550")
    assert is_meant("50 U.S.C. §§ 1543–1544", "50 U.S.C. §§ 1541–1550")
    assert not is_meant("50 U.S.C. § 1551", "50 U.S.C. §§ 1541–1550")
    assert not is_meant("50 U.S.C. §§ 1541–1550", "50 U.S.C. § 1549")
    assert not is_meant("10 U.S.C. § 1547", "50 U.S.C. §§ 1541–1550")
    assert is_meant("10 U.S.C. § 127e(a)", "10 U.S.C. § 127e") and not is_meant("10 U.S.C. § 127d", "10 U.S.C. § 127e")
    assert is_meant("U.S. Const. art. II, § 2, cl. 1", "U.S. Const. art. II, § 2")
    assert not is_meant("U.S. Const. art. III", "U.S. Const. art. II")
    assert is_meant("67 U.S. (2 Black) 635", "67 U.S. 635")


def test_a_citation_across_a_border_of_what_is_read_at_a_time_is_found_once() -> None:
    """Wherever it falls: long texts are read a piece at a time."""
    for before in range(3_960, 4_010, 3):
        text = "x" * before + " Boumediene v. Bush, 553 U.S. 723 (2008) " + "y " * 200
        assert forms(text) == ["553 U.S. 723"]


def test_an_op_ed_without_one_citation_has_none() -> None:
    text = "The President may not go to war alone. Congress spoke in 2001, of those who sheltered the attackers."
    assert find_citations(text) == () == find_citations("") == find_citations("eyecite")


def test_digits_are_those_in_which_citations_are_printed() -> None:
    """Others are no numbers, and a number without end is no section."""
    assert forms("S.J. Res. ٣, 116th Cong.; H.R. ０１２, 116th Cong.; ９ Stat. 1") == []
    assert not is_meant("50 U.S.C. § " + "1" * 5_000, "50 U.S.C. §§ 1541–1550")


@pytest.mark.parametrize(
    "hostile",
    ["(" * 100_000, "§ " * 50_000, "1 U.S. " * 14_000, "Id. at " * 14_000, "50 U.S.C. § 1" + "(a)" * 33_000,
     "50 U.S.C. § 1-" + "1-" * 50_000, "50 U.S.C. § " + "1" * 99_000, "1 U.S. 1 (" * 10_000,
     "\x00\ud800\u202e" * 30_000, NOTE * 100],
    ids=["parentheses", "signs", "reporters", "ids", "subsections", "ranges", "digits", "open", "characters", "dense"],
)  # fmt: skip
def test_a_hundred_thousand_characters_take_seconds_whatever_they_are(hostile: str) -> None:
    begun = time.process_time()
    found = find_citations(hostile)
    assert time.process_time() - begun < 20  # three at most on the machine it was measured on
    assert all(hostile[each.start : each.end] == each.text for each in found)


def test_nothing_is_said_on_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    """eyecite tells its own difficulties there, unless it is kept from it."""
    find_citations("Hamdi v. Rumsfeld, 542 U.S. 507, 518 (2004) (plurality); Hamdi, 542 U.S. at 520. Id. at 521.")
    assert capfd.readouterr().err == ""


def test_without_eyecite_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch, said: SAID) -> None:
    monkeypatch.setitem(sys.modules, "eyecite", None)
    with pytest.raises(MissingExtra, match=r"pip install 'authority\[eyecite\]'"):
        find_citations(NOTE)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"553 U.S. 723")))
    code, _, err = said("citations", "-")
    assert code == 2 and "authority[eyecite]" in err


def test_the_command_lists_them(tmp_path: Path, said: SAID) -> None:
    path = tmp_path / "note.txt"
    path.write_text(NOTE, encoding="utf-8")
    code, out, err = said("citations", path, "--rules", "aumf-2001")
    assert (code, err) == (0, "")
    assert "3:1  553 U.S. 723  (case)\n    boumediene (aumf-2001): Boumediene v. Bush, 553 U.S. 723 (2008); good" in out
    assert "3:79  Id.  (id., of 3:41)" in out and "14 citations" in out and "nobody looked up" in out
    code, out, _ = said("citations", path, "--format", "json")
    data = json.loads(out)
    assert code == 0 and [c["form"] for c in data["citations"]] == forms(NOTE)
    assert {"line", "column", "start", "end", "text", "kind", "form", "name", "means", "authorities", "unknown"} == {
        *data["citations"][0]
    }


def test_a_text_that_is_not_utf_8_is_an_error_with_its_place(tmp_path: Path, said: SAID) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(b"Congress\nacted \xff")
    code, _, err = said("citations", path)
    assert code == 3 and f"{path}:2:7: this is no text in UTF-8" in err
    assert said("citations", tmp_path / "none.txt")[0] == 2


def test_standard_input_without_end_is_read_so_far(monkeypatch: pytest.MonkeyPatch, said: SAID) -> None:
    """As a file that is too large is refused; no more of it is taken in than that takes."""
    endless = io.BytesIO(b"x" * (PROSE_BYTES + 500))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(endless))
    code, out, err = said("citations", "-")
    assert (code, out) == (3, "") and "-:1:1: standard input gives more than 2,000,000 bytes" in err
    assert endless.tell() == PROSE_BYTES + 1


def test_a_short_form_is_looked_for_among_the_last_thousand_cases() -> None:
    """So that a text of citations alone takes no time that grows with its square."""
    others = "".join(f"{n % 500 + 1} F.3d {n} (2008); " for n in range(1, CASES_BACK + 1))
    near, far = (f"Doe v. Roe, 600 U.S. 7 (2022); {text}Doe, 600 U.S. at 9." for text in (others[:9_000], others))
    assert find_citations(near)[-1].means == 0
    assert find_citations(far)[-1].kind == "short form" and find_citations(far)[-1].means is None
