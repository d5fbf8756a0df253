"""The record as a matrix of evidence by hypotheses, and a matrix that adds to the record."""

from __future__ import annotations

import csv
import difflib
import io
from pathlib import Path

import pytest
import small_law
import xlsxwriter

import authority
from authority.errors import InvalidInput
from authority.exchange import ach_bytes, hypotheses, import_ach
from authority.facts import FactPattern
from tests.conftest import SAID

SHELTER, CONTACTS = "Iran harbored al-Qaeda", "Iran had contacts with al-Qaeda in Iraq"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The small case, in a folder of its own; E5 says something of a fact, and the loose reading asks for contacts."""
    nothing = "    bears_on_nothing: It is about the weather.\n"
    said_of = (nothing, "    contradicts:\n      - al-Qaeda has left the fight\n")
    return small_law.write(tmp_path, said_of, ("local: shut out, reach: narrow", "local: shut out")).case


def matrix(path: Path, *rows: list[str]) -> Path:
    """A matrix in CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def problems(*arguments: Path) -> list[str]:
    with pytest.raises(InvalidInput) as error:
        import_ach(*arguments)
    return [str(problem) for problem in error.value.problems]


def rows_of(case: FactPattern) -> list[list[str]]:
    return list(csv.reader(io.StringIO(ach_bytes(case, ".csv").decode("utf-8-sig"), newline="")))


def test_the_hypotheses_are_the_facts_that_the_question_turns_on_under_any_reading(small: Path) -> None:
    """The strict reading asks for shelter, the loose one for contacts too; what is noticed is asked of nobody."""
    case = authority.load_case(small)
    found = [str(fact) for fact in hypotheses(case)]
    assert {SHELTER, CONTACTS, "al-Qaeda has left the fight"} <= set(found)
    assert not any("committed the attacks" in fact and fact.startswith("al-Qaeda committed") for fact in found)
    assert not any("somebody not named" in fact for fact in found)


def test_an_item_is_consistent_with_what_it_supports_and_inconsistent_with_what_it_contradicts(small: Path) -> None:
    """To have found none is neutral: it never refutes."""
    heading, *rows = rows_of(authority.load_case(small))
    cells = {row[0]: dict(zip(heading, row, strict=True)) for row in rows}
    assert heading[:4] == ["id", "source", "says", "grade"]
    told = [cells[name][SHELTER] for name in ("E1", "E2", "E3")]
    assert told == ["consistent", "inconsistent", "neutral"]
    assert cells["E3"][CONTACTS] == "neutral"
    assert cells["E2"]["grade"] == "B2"


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_matrix_that_is_imported_as_it_came_changes_nothing(said: SAID, small: Path, ending: str) -> None:
    file, out = small.parent / f"ach{ending}", small.parent / "out.yaml"
    assert said("export", small, "--ach", "-o", file)[0] == 0
    code, told, _ = said("import", file, "--ach", "--into", small, "-o", out)
    assert code == 0 and "0 items changed" in told
    assert out.read_bytes() == small.read_bytes()


def test_a_matrix_adds_to_lists_of_every_style_and_leaves_the_rest(said: SAID, small: Path) -> None:
    """E1 has its list in brackets, E2 on lines, E4 none at all; a cell left neutral takes nothing away."""
    file = matrix(
        small.parent / "ach.csv", ["ID", SHELTER, "Tehran had contacts with al-Qaeda", CONTACTS],
        ["E1", "N", "C", "c"], ["E2", "inconsistent", "i", ""], ["E4", "", "Consistent", "-"],
    )  # fmt: skip
    out = small.parent / "out.yaml"
    code, told, err = said("import", file, "--ach", "--into", small, "-o", out)
    assert (code, err) == (0, "")
    assert "E1 supports Iran had contacts with al-Qaeda; Iran had contacts with al-Qaeda in Iraq" in told
    assert "3 items changed" in told and f"left as the case has it: {file}:2:2" in told
    before, after = small.read_text(encoding="utf-8"), out.read_text(encoding="utf-8")
    gone = [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line.startswith("- ")]
    assert gone == ["-     supports: [Iran harbored al-Qaeda]"]
    item = authority.load_case(out).item
    assert [str(p) for p in item["E1"].supports] == [SHELTER, "Iran had contacts with al-Qaeda", CONTACTS]
    assert [str(p) for p in item["E2"].contradicts] == [SHELTER, "Iran had contacts with al-Qaeda"]
    assert [str(p) for p in item["E4"].contradicts] == [CONTACTS]


def test_a_workbook_holds_a_matrix_too_and_a_sentence_with_a_comma_is_put_in_quotes(small: Path) -> None:
    path, fact = small.parent / "ach.xlsx", "al-Qaeda in Iraq committed the attacks of September 11, 2001"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Notes").write_row(0, 0, ["nothing"])
    sheet = book.add_worksheet("ach")
    sheet.write_row(0, 0, ["id", fact])
    sheet.write_row(1, 0, ["E1", "C"])
    book.close()
    found = import_ach(path, small)
    assert f'supports: [Iran harbored al-Qaeda, "{fact}"]' in found.text
    assert [str(p) for p in found.case.item["E1"].supports] == [SHELTER, fact]


def test_every_problem_of_a_matrix_is_told_at_its_cell(said: SAID, small: Path) -> None:
    file = matrix(small.parent / "ach.csv", ["id", SHELTER, CONTACTS], ["E9", "C", ""], ["E2", "C", "perhaps"],
                  ["E3", "", "I"])  # fmt: skip
    code, _, err = said("import", file, "--ach", "--into", small, "-o", small.parent / "out.yaml")
    assert code == 3 and not (small.parent / "out.yaml").exists()
    for where, what in {
        "2:1": "'E9' is no item of the case",
        "3:2": f"E2 supports '{SHELTER}' here\n    why: in the case it stands under contradicts",
        "3:3": "'perhaps' says no side",
        "4:3": f"E3 contradicts '{CONTACTS}' here\n    why: in the case it stands under found_none",
    }.items():
        assert f"{file}:{where}: {what}" in err


@pytest.mark.parametrize(
    ("heading", "what"),
    [
        ("Iran hosted al-Qaeda", "is no sentence of the vocabulary"),
        ("Iran is within the class", "is a conclusion"),
        ("Iran did not harbor al-Qaeda", "is a denied form"),
        ("Tehran harbored al-Qaeda", "has two columns"),
    ],
)
def test_a_hypothesis_is_a_fact_in_its_affirmed_form(small: Path, heading: str, what: str) -> None:
    file = matrix(small.parent / "ach.csv", ["id", SHELTER, heading], ["E1", "", "C"])
    found = problems(file, small)
    assert any(each.startswith(f"{file}:1:3: ") and what in each for each in found), found


def test_an_item_that_bears_on_nothing_gains_nothing_by_a_matrix(tmp_path: Path) -> None:
    case = small_law.write(tmp_path).case
    (problem,) = problems(matrix(tmp_path / "ach.csv", ["id", SHELTER], ["E5", "I"]), case)
    assert "in the case it bears on nothing: It is about the weather." in problem


def test_a_matrix_without_ids_and_a_list_over_several_lines_are_refused(small: Path) -> None:
    (problem,) = problems(matrix(small.parent / "ach.csv", ["item", SHELTER], ["E1", "C"]), small)
    assert "no column of the matrix is called 'id'" in problem
    text = small.read_text(encoding="utf-8")
    small.write_text(text.replace("[Iran harbored al-Qaeda]", "[Iran harbored\n      al-Qaeda]"), encoding="utf-8")
    (problem,) = problems(matrix(small.parent / "ach.csv", ["id", CONTACTS], ["E1", "C"]), small)
    assert "supports of the item 'E1' is written in brackets that go over several lines" in problem
