"""Receipts: an opinion or a memo made again is the same, or it is said what differs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import small_law
from small_law import Change

import authority
from authority import receipt
from authority.facts import FactPattern
from authority.verifying import Verified, verify
from tests.conftest import SAID


def memo_of(folder: Path, *changes: Change, reading: str | None = None) -> Path:
    """The memo on the small case as JSON, and the law and the case beside it."""
    case = small_law.load(folder, *changes)
    return authority.decide(case, reading).memo(folder / "memo.json")


def again(memo: Path, folder: Path, *changes: Change) -> Verified:
    """The memo verified against the small law and case with these changes."""
    return verify(memo, small_law.write(folder, *changes).case)


def told(found: Verified, of: str) -> dict[str, tuple[str, str]]:
    """What differs of one thing: by what it is about, then and now."""
    return {each.about: (each.then, each.now) for each in found.differs if each.of == of}


# ── The same ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_memo_made_again_is_the_same(said: SAID, tmp_path: Path) -> None:
    """Of the record on Iran every verdict, cause and finding under every reading, and every word."""
    memo = tmp_path / "memo.json"
    assert said("memo", "iran-2020", "-o", memo)[0] == 0
    code, out, err = said("verify", memo)
    assert (code, err) == (0, "")
    assert out.startswith(f"{memo}: the same: every verdict, cause and finding, and every word of the memo, on iran-20")
    assert "cooperation-2020" in out


def test_what_decide_prints_is_verified_too_with_the_question_that_was_asked(said: SAID, tmp_path: Path) -> None:
    question = "force against Iran in defence of United States or partner forces is authorized"
    for more in ((), ("--ask", question, "-r", "executive-associated-forces")):
        _, printed, _ = said("decide", "iran-2020", *more, "--format", "json")
        kept = tmp_path / "kept.json"
        kept.write_text(printed, encoding="utf-8")
        code, out, _ = said("verify", kept, "--format", "json")
        assert code == 0 and json.loads(out)["same"] is True and json.loads(out)["is_memo"] is False


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1", "4242"])
def test_a_memo_made_by_another_process_under_another_hash_seed_is_the_same(tmp_path: Path, seed: str) -> None:
    """The order of Python's sets is another there; the memo is the same byte for byte, and verifies here and there."""
    environment = {**os.environ, "PYTHONHASHSEED": seed}

    def other(*arguments: str | Path) -> str:
        command = [sys.executable, "-m", "authority.cli", *map(str, arguments)]
        return subprocess.run(command, env=environment, text=True, capture_output=True, check=True).stdout

    there, here = tmp_path / "there.json", tmp_path / "here.json"
    other("memo", "parhat-2008", "-o", there)
    authority.decide(authority.load_case("parhat-2008")).memo(here)
    assert there.read_bytes() == here.read_bytes()
    assert verify(there).same
    assert "the same" in other("verify", here)


def test_the_case_is_found_beside_the_file_or_where_one_says(said: SAID, tmp_path: Path) -> None:
    memo = memo_of(tmp_path)
    code, _, err = said("verify", memo)
    assert code == 3
    assert "the case 'case' that the receipt names is not found" in err and "fix: say where it is: --case FILE" in err
    assert said("verify", memo, "--case", tmp_path / small_law.CASE_FILE)[0] == 0
    beside = memo.rename(tmp_path / "small/cases/memo.json")
    assert said("verify", beside)[0] == 0


def test_positions_that_no_reading_of_that_name_takes_are_in_the_receipt(tmp_path: Path) -> None:
    """An opinion under a reading that was changed in Python is made again under the same positions and standard."""
    case = small_law.load(tmp_path)
    strict = case.rules.reading("strict")
    other = strict.but(positions={**strict.positions, "reach": "wide"}, standard="clear-and-convincing")
    opinion = authority.decide(case, other)
    assert opinion.as_data()["elements"] != authority.decide(case, "strict").as_data()["elements"]
    kept = tmp_path / "kept.json"
    kept.write_text(json.dumps(opinion.as_data()), encoding="utf-8")
    assert verify(kept, case).same


def test_another_version_is_named_and_is_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memo = memo_of(tmp_path)
    monkeypatch.setattr(receipt, "_version", lambda package: "99.0")
    found = again(memo, tmp_path)
    assert found.same
    assert any(note.startswith("made by authority ") and note.endswith("verified by 99.0") for note in found.notes)
    assert "note: made by authority" in found.explain()


# ── Not the same ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_changed_exhibit_is_named_and_what_moves_by_it(tmp_path: Path) -> None:
    """What E1 says of a fact is withdrawn: the record is another, E1 is what is, and so is the finding."""
    memo = memo_of(tmp_path, reading="loose")
    found = again(memo, tmp_path, ("supports: [Iran harbored al-Qaeda]", "supports: [Iran had contacts with al-Qaeda]"))
    assert not found.same
    assert {"SHA-256", "exhibit E1"} == set(told(found, "record"))
    assert not told(found, "rules")
    then, now = told(found, "finding")["loose: Iran harbored al-Qaeda"]
    assert "E1" in then and "E1" not in now
    then, now = told(found, "finding")["loose: Iran had contacts with al-Qaeda"]
    assert "E1" not in then and "for E1" in now
    assert "cannot be the same opinion" in found.explain()


def test_a_changed_rule_is_named_even_where_no_answer_moves(tmp_path: Path) -> None:
    """Another day on which a rule came into force, long past: every answer stands, and it is another law."""
    memo = memo_of(tmp_path)
    found = again(memo, tmp_path, ("from: 2004\n", "from: 2003\n"))
    assert not found.same
    assert {"SHA-256", "rule member"} == set(told(found, "rules"))
    assert {each.of for each in found.differs} == {"rules"}
    assert "is the same all the same" in found.explain()


def test_a_changed_reading_is_named_with_its_positions_and_its_standard(tmp_path: Path) -> None:
    memo = memo_of(tmp_path)
    found = again(
        memo, tmp_path, ("{reach: narrow, signs: apart}\n    standard: preponderance",
                         "{reach: wide, signs: apart}\n    standard: clear-and-convincing"),
    )  # fmt: skip
    assert "reading strict" in told(found, "rules")
    assert told(found, "reading")["strict: position on reach"] == ("narrow", "wide")
    assert told(found, "reading")["strict: standard"] == ("preponderance", "clear-and-convincing")


def test_a_reading_that_is_no_longer_there_is_said(tmp_path: Path) -> None:
    memo = memo_of(tmp_path, reading="loose")
    gone = again(memo, tmp_path, ("  - id: loose\n    title", "  - id: looser\n    title"),
                 ("loose: {local", "looser: {local"), ("  loose: not shown\n", "  looser: not shown\n"))  # fmt: skip
    assert told(gone, "reading") == {"loose": ("there", "no reading of the rule set")}


def test_a_question_that_can_no_longer_be_asked_is_said(tmp_path: Path) -> None:
    """Ali has become a person, and of persons the question is not asked."""
    a_state = ("Ali: {kind: person}", "Ali: {kind: state}"), ("assume:\n  - Ali trained with al-Qaeda\n", "")
    opinion = authority.decide(small_law.load(tmp_path, *a_state), ask="force against Ali is authorized")
    kept = tmp_path / "kept.json"
    kept.write_text(json.dumps(opinion.as_data()), encoding="utf-8")
    found = again(kept, tmp_path)
    assert told(found, "question")["force against Ali is authorized"][0] == "asked"
    assert "party Ali" in told(found, "record")


@pytest.mark.parametrize(
    ("change", "of", "about"),
    [
        (lambda memo: memo["answers"][0].update(verdict="refused"), "verdict", "strict: force against Iran is"),
        (lambda memo: memo["answers"][1]["findings"][0].update(status="refuted"), "finding", "loose: Ali trained"),
        (lambda memo: memo["answers"][0].update(shown="no"), "answer", "strict: shown"),
        (lambda memo: memo["answers"][0]["elements"].insert(0, memo["answers"][0]["elements"][-1]), "verdict", "list"),
        (lambda memo: memo.update(brief="Yes."), "words", "brief"),
        (lambda memo: memo["rows"][1].update(answer="Perhaps"), "words", "rows[1].answer"),
        (lambda memo: memo["receipt"][2].__setitem__(1, "strict"), "words", "receipt"),
        (lambda memo: memo["answers"].pop(), "reading", "loose"),
        (lambda memo: memo["made_from"]["record"].update({"exhibit E1": "0" * 12}), "record", "exhibit E1"),
    ],
)
def test_whoever_writes_another_answer_into_a_memo_is_found_out(
    tmp_path: Path, change: Callable[[dict[str, Any]], None], of: str, about: str
) -> None:
    """A verdict, a finding or a word that was changed by hand is not what is made again."""
    path = memo_of(tmp_path)
    memo = json.loads(path.read_text(encoding="utf-8"))
    change(memo)
    path.write_text(json.dumps(memo), encoding="utf-8")
    found = again(path, tmp_path)
    assert any(about in each for each in told(found, of)), found.explain()


def test_a_difference_is_a_line_with_then_and_now_and_exit_code_1(said: SAID, tmp_path: Path) -> None:
    path = memo_of(tmp_path)
    memo = json.loads(path.read_text(encoding="utf-8"))
    memo["answers"][0]["verdict"] = "not met"
    path.write_text(json.dumps(memo), encoding="utf-8")
    code, out, _ = said("verify", path, "--case", tmp_path / small_law.CASE_FILE)
    assert code == 1
    assert "\nverdict\n  strict: force against Iran is authorized: then not met (on the evidence), now met (" in out


# ── No such thing ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{", ":1:2: the file is not JSON"),
        ("[1, 2]", "the file holds no opinion and no memo"),
        ('{"title": "Iran"}', "the file holds no opinion and no memo"),
        ('{"receipt": {}, "receipt": {}}', "the key 'receipt' stands twice"),
        ('{"receipt": {"rules": "x"}}', "it lacks receipt.question"),
        ('{"heading": [], "receipt": [["Rule set", "small"]]}', "it lacks answers"),
        ('{"answers": [], "made_from": {}}', "the memo holds no answer"),
        ("[" * 100_000, "the file is nested too deep"),
        ("", ":1:1: the file is not JSON"),
        ('{"receipt": ' + "9" * 5_000 + "}", "the file is not JSON that can be read"),
    ],
)
def test_a_file_that_is_no_such_thing_is_exit_code_3_and_says_how_to_mend_it(
    said: SAID, tmp_path: Path, text: str, what: str
) -> None:
    path = tmp_path / "no.json"
    path.write_text(text, encoding="utf-8")
    code, out, err = said("verify", path)
    assert (code, out) == (3, "")
    assert what in err and "fix: give a memo as JSON" in err and "Traceback" not in err


def test_a_file_that_is_not_there_or_not_text_is_exit_code_3(said: SAID, tmp_path: Path) -> None:
    assert said("verify", tmp_path / "nowhere.json")[0] == 3
    (tmp_path / "memo.docx").write_bytes(b"PK\x03\x04\xff")
    code, _, err = said("verify", tmp_path / "memo.docx")
    assert code == 3 and "the file is not UTF-8 text" in err


def test_an_answer_and_its_receipt_that_do_not_go_together_are_refused(said: SAID, tmp_path: Path) -> None:
    """Else another answer than the one that is verified could be read in the file."""
    case: FactPattern = small_law.load(tmp_path)
    data = authority.decide(case).as_data()
    path = tmp_path / "kept.json"
    path.write_text(json.dumps({**data, "question": "force against Iran is never authorized"}), encoding="utf-8")
    code, _, err = said("verify", path, "--case", tmp_path / small_law.CASE_FILE)
    assert code == 3 and "the answer says question 'force against Iran is never authorized', and its receipt" in err
