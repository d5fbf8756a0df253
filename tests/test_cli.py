"""The command: what it prints, what it writes, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import authority
from authority import engine
from authority.cli import run
from authority.errors import EngineError

BAD = """\
title: A bad case
rules: aumf-2001
asks: force against Iran is authorized
as_of: 2020-01-01
parties:
  Iran: {kind: state}
sources:
  paper: {name: A paper, kind: identified press}
evidence:
  - id: E1
    source: paper
    says: Something.
    supports:
      - Iran hosted al-Qaeda
    published: 2019-02-30
"""


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit code, standard output and standard error of ``authority`` with these arguments."""
    code = run(arguments)
    out = capsys.readouterr()
    return code, out.out, out.err


def test_decide_prints_the_verdict_and_the_derivation(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "decide", "iran-2020")
    assert (code, err) == (0, "")
    assert out.startswith(
        "force against Iran is authorized: not met (not shown), under statutory-text, by a preponderance"
    )
    assert "by determination-in-any-form (aumf § 2(a)), all of: not met" in out


def test_decide_as_data_has_the_promised_keys(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "decide", "iran-2020", "--reading", "statutory-text", "--format", "json")
    data = json.loads(out)
    assert code == 0
    assert {
        "case",
        "reading",
        "question",
        "verdict",
        "shown",
        "open_exceptions",
        "elements",
        "assumptions",
        "receipt",
    } <= set(data)
    assert data["shown"] is False and data["verdict"] == "not met"
    for element in data["elements"]:
        assert {"proposition", "verdict", "cause", "rules", "evidence"} <= set(element)
        assert set(element["evidence"]) == {"for", "against"}
    determination = next(e for e in data["elements"] if e["proposition"].startswith("the determination"))
    assert determination["verdict"] == "not met"
    assert "E46" in determination["evidence"]["against"]
    assert data["receipt"]["derived_twice"] is engine.available()
    assert len(data["receipt"]["rules"]) == len(data["receipt"]["facts"]) == 64


def test_compare_shows_five_readings_and_two_answers(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "compare", "iran-2020", "--format", "json")
    readings = json.loads(out)["readings"]
    assert code == 0
    assert list(readings) == [r.id for r in authority.load_rules().readings]
    assert len(readings) == 5
    assert {r["verdict"] for r in readings.values()} == {"met", "not met"}


def test_compare_as_text_names_the_label_of_the_op_eds_reading(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "compare", "iran-2020")
    assert code == 0
    assert (
        "cooperation-2020: met (shown) [asserted, unsupported by any court or published executive interpretation]"
        in out
    )
    assert "statutory-text: not met (not shown)" in out


def test_memo_writes_every_file_it_is_asked_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    paths = [tmp_path / f"memo{ending}" for ending in (".md", ".html", ".docx", ".json")]
    code, out, _ = said(capsys, "memo", "iran-2020", *(part for p in paths for part in ("-o", str(p))))
    assert code == 0
    assert all(p.stat().st_size > 10_000 for p in paths)
    assert out.count("wrote ") == 4


def test_map_draws_and_says_what_it_draws(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "deep" / "map.svg"
    code, out, _ = said(capsys, "map", "iran-2020", "-r", "cooperation-2020", "-o", str(path))
    assert code == 0 and f"wrote {path}" in out and "Argument map of the question" in out
    assert "Cooperation with al-Qaeda" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "title"),
    [
        (("compare", "iran-2020"), "The elements under every reading"),
        (("depends", "iran-2020", "-r", "cooperation-2020"), "The power of each exhibit"),
        (("timeline", "iran-2025-clock"), "How the verdict came about"),
    ],
)
def test_what_is_compared_weighed_or_dated_can_be_drawn_too(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: tuple[str, ...], title: str
) -> None:
    """The picture is written beside the answer, and what is printed stays what it was."""
    path = tmp_path / "picture.svg"
    _, plain, _ = said(capsys, *arguments, "--format", "json")
    code, out, err = said(capsys, *arguments, "--format", "json", "--picture", str(path))
    assert code == 0 and out == plain and f"wrote {path}" in err
    assert f"<title>{title}" in path.read_text(encoding="utf-8")


def test_memo_is_set_out_in_the_style_asked_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "memo.md"
    code, _, _ = said(capsys, "memo", "iran-2020", "--style", "brief", "-o", str(path))
    assert code == 0 and "## What It Depends On" in path.read_text(encoding="utf-8")
    code, _, err = said(capsys, "memo", "iran-2020", "--style", "novel", "-o", str(tmp_path / "no.md"))
    assert code == 2 and "there are: memo, opinion, brief, matrix" in err and not (tmp_path / "no.md").exists()


def test_memo_takes_a_template_of_ones_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """What is wrong with it is said with its line, like any input's, and nothing is written."""
    path, template = tmp_path / "memo.md", tmp_path / "own.md"
    template.write_text("{{ memo.brief }}\n\n{{ memo.breif }}\n", encoding="utf-8")
    code, _, err = said(capsys, "memo", "iran-2020", "--template", str(template), "-o", str(path))
    assert code == 3 and "own.md:3:1" in err and "did you mean 'brief'?" in err and not path.exists()
    template.write_text("{{ memo.brief }}\n", encoding="utf-8")
    code, _, _ = said(capsys, "memo", "iran-2020", "--template", str(template), "-o", str(path))
    assert code == 0 and "not shown that force against Iran is authorized" in path.read_text(encoding="utf-8")


def test_memo_can_answer_another_question(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "memo.md"
    question = "force against Iran in defence of United States or partner forces is authorized"
    code, _, _ = said(
        capsys, "memo", "iran-2020", "--ask", question, "-r", "executive-associated-forces", "-o", str(path)
    )
    assert code == 0
    assert "**Undetermined, and so not shown:" in path.read_text(encoding="utf-8")


def test_memo_for_the_executives_reading_begins_with_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "memo.md"
    said(capsys, "memo", "iran-2020", "-r", "executive-associated-forces", "-o", str(path))
    assert "### I. The executive's published position" in path.read_text(encoding="utf-8")


def test_a_bad_file_gives_every_problem_with_its_place_and_exit_code_3(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """No traceback, and nothing written."""
    case, memo = tmp_path / "bad.yaml", tmp_path / "memo.md"
    case.write_text(BAD, encoding="utf-8")
    code, out, err = said(capsys, "memo", str(case), "-o", str(memo))
    assert code == 3
    assert out == ""
    assert f"{case}:14:9: 'Iran hosted al-Qaeda' is no sentence of the vocabulary" in err
    assert "nearest: '<target> harbored <group>'" in err or "nearest:" in err
    assert f"{case}:15:16: " in err
    assert "Traceback" not in err
    assert not memo.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("decide", "nowhere-1999"), "there is no case 'nowhere-1999'"),
        (("decide", "iran-2020x"), "did you mean 'iran-2020'?"),
        (("decide", "iran-2020", "-r", "statutory-test"), "did you mean 'statutory-text'?"),
        (("memo", "iran-2020", "-o", "memo.txt"), "there is no memo format '.txt'"),
        (("map", "iran-2020", "-o", "map.gif"), "there is no picture format '.gif'"),
        (("cases", "aumf-2002"), "there is no rule set 'aumf-2002'"),
        (("rules", "aumf-2002"), "there is no rule set 'aumf-2002'"),
        (("check", "aumf-2002"), "there is no rule set 'aumf-2002'"),
    ],
)
def test_a_name_that_is_not_there_is_a_usage_error_that_says_what_is(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    code, _, err = said(capsys, *arguments)
    assert code == 2
    assert words in err


@pytest.mark.parametrize(
    "arguments", [("frob",), ("decide",), ("decide", "iran-2020", "--format", "xml"), ("memo", "iran-2020")]
)
def test_wrong_usage_exits_2(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    assert said(capsys, *arguments)[0] == 2


def test_a_question_that_cannot_be_read_exits_3(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = said(capsys, "decide", "iran-2020", "--ask", "force against Iran is wise")
    assert code == 3
    assert "is not one question of this rule set" in err and "nearest" in err


def test_a_question_about_the_wrong_kind_of_party_exits_3(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = said(capsys, "decide", "iran-2020", "--ask", "detention of Iran is authorized")
    assert code == 3
    assert "Iran is entered as state" in err


def test_an_engine_that_disagrees_exits_4(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def disagree(*_: object, **__: object) -> bool:
        raise EngineError("the two derivations disagree: made to")

    monkeypatch.setattr("authority.deriving._agree", disagree)
    code, _, err = said(capsys, "decide", "iran-2020")
    assert code == 4
    assert "the two derivations disagree" in err


def test_cases_and_rules_list_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert "iran-2020: Iran and al-Qaeda, 2019–2020 (aumf-2001; 73 items" in said(capsys, "cases")[1]
    assert "aumf-2001: Authorization for Use of Military Force" in said(capsys, "rules")[1]
    inside = said(capsys, "rules", "aumf-2001")[1]
    for words in (
        "Readings",
        "cooperation-2020: ",
        "Disputes",
        "harboring-after-2001: ",
        "Facts",
        "<target> had contacts with <group>",
    ):
        assert words in inside
    assert "What excludes what" not in inside  # nothing does
    assert (
        "'force was first used in <operation> on <day>' and 'force was first used in <operation> on <another day>'"
        in said(capsys, "rules", "war-powers")[1].partition("What excludes what")[2]
    )


def test_the_bundled_law_passes_its_check(capsys: pytest.CaptureFixture[str]) -> None:
    """No error, no warning: every sentence is used, every rule is reached, every dispute is turned on."""
    code, out, _ = said(capsys, "check", "--fail-on", "warning")
    assert code == 0 and out.endswith(
        "coverage: 15 encoded, 4 left out, 0 unaccounted\naumf-2001: 0 errors, 0 warnings\n"
    )


def test_a_new_case_loads_decides_and_is_not_written_over(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert said(capsys, "new", "case", "mine")[0] == 0
    before = (tmp_path / "mine.yaml").read_bytes()
    code, out, _ = said(capsys, "decide", "mine.yaml")
    assert code == 0 and "for: E1; against: E2" in out
    code, _, err = said(capsys, "new", "case", "mine")
    assert code == 3 and "is there already" in err
    assert (tmp_path / "mine.yaml").read_bytes() == before


@pytest.mark.parametrize("name", ["../up", "Mine", "a b", ""])
def test_a_name_that_is_no_plain_word_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert said(capsys, "new", "case", name)[0] == 3
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said_plainly(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    code, _, err = said(capsys, "memo", "iran-2020", "-o", str(tmp_path / "file" / "memo.md"))
    assert code == 2
    assert "Traceback" not in err and err.strip()


def test_depends_says_what_holds_the_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    """In words for people: the exhibits that hold it, the origin whose loss turns it, the position that does."""
    code, out, err = said(capsys, "depends", "iran-2020", "-r", "cooperation-2020")
    assert (code, err) == (0, "")
    assert "Any one of these sets keeps it shown, whatever else is withdrawn:\n    E35\n    E37\n" in out
    assert "namely\n    US Treasury\n" in out and "cooperation = does-not-suffice" in out
    assert out.endswith("All of this is complete.\n")


@pytest.mark.parametrize("reading", [r.id for r in authority.load_rules().readings])
def test_depends_as_data_has_the_promised_keys_and_is_complete(
    reading: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = said(capsys, "depends", "iran-2020", "-r", reading, "--format", "json")
    data = json.loads(out)
    assert code == 0 and data["complete"] is True
    assert {
        "verdict", "sufficient_sets", "flip_sets", "margin", "necessary", "relevant", "idle", "power", "probability",
        "missing", "flip_standard", "complete",
    } <= data.keys()  # fmt: skip
    assert set(data["power"]) == set(authority.load_case("iran-2020").item)
    assert all({"shapley", "banzhaf"} <= weight.keys() for weight in data["power"].values())


def test_the_short_form_says_what_the_question_turns_on_and_no_more(capsys: pytest.CaptureFixture[str]) -> None:
    """A line for the question and one for each element; of the dependence, the smallest change of either kind."""
    _, out, _ = said(capsys, "decide", "iran-2020", "--short")
    lines = out.splitlines()[2:]
    assert len(lines) == 6
    assert lines[0] == "force against Iran is authorized: not met (on the evidence)"
    assert "  force against Iran is necessary and appropriate: undetermined (nobody named)" in lines
    _, out, _ = said(capsys, "depends", "iran-2020", "-r", "cooperation-2020", "--short")
    assert out.splitlines()[2:] == [
        "It is shown. Either can turn it: a withdrawal of exhibits, or a change of position.",
        "The fewest exhibits whose withdrawal turns it: E35, E37.",
        "The fewest positions whose change turns it: cooperation = does-not-suffice.",
    ]


def test_depends_lists_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    """Facts that the record refutes are left out, unless asked for, and then marked."""
    assert "No set of facts that the record leaves open would show it." in said(capsys, "depends", "iran-2020")[1]
    out = said(capsys, "depends", "iran-2020", "--refuted")[1]
    assert "the President has determined that the authorization covers Iran [refuted by the record]" in out
    assert "Iran knew of the plan for the September 11 attacks (shown under statutory-text" in out


def test_compare_names_the_crux(capsys: pytest.CaptureFixture[str]) -> None:
    """From each reading, the position that would turn its verdict, and what decides."""
    out = said(capsys, "compare", "iran-2020")[1]
    assert "From statutory-text (not shown): the law decides" in out
    assert "  turns on cooperation = suffices" in out
    data = json.loads(said(capsys, "compare", "iran-2020", "--format", "json")[1])
    assert {"from": "statutory-text", "to": "met", "change": {"cooperation": "suffices"}} in data["crux"]
    assert {"from": "cooperation-2020", "to": "not met", "change": {"cooperation": "does-not-suffice"}} in data["crux"]
    assert data["readings"]["cooperation-2020"]["decides"] == "either"
