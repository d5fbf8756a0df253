"""Logs of evidence: into a case and back again, with every problem at its cell, and nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
import datetime
import difflib
import io
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import small_law
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

import authority
from authority.errors import InvalidInput
from authority.exchange import import_log, log_bytes
from authority.exchange.cells import inert, joined, parted, spoken
from authority.exchange.wording import scalar
from authority.facts import FactPattern
from authority.testing import cases
from tests.conftest import SAID

CHARACTERS = st.characters(exclude_categories=("Cs",))
TEXT = st.text(CHARACTERS, max_size=30) | st.text(st.sampled_from("=+-@'\"\t\r\n ;,:#[]{}&*!|>%`?~aE1é—"), max_size=12)


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small rule set."""
    return small_law.write(tmp_path_factory.mktemp("law")).rules


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The small case, in a folder of its own."""
    return small_law.write(tmp_path).case


def workbook(path: Path, sheets: Mapping[str, list[list[Any]]]) -> Path:
    """A workbook as XlsxWriter writes it: days as days, what begins with = as a formula."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "d mmm yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
    book.close()
    return path


def log(path: Path, *rows: str) -> Path:
    """A log in CSV of these lines."""
    path.write_text("\n".join(rows) + "\n", encoding="utf-8", newline="")
    return path


def problems(*arguments: Any, **more: Any) -> list[str]:
    """The problems of an import, as text."""
    with pytest.raises(InvalidInput) as error:
        import_log(*arguments, **more)
    return [str(problem) for problem in error.value.problems]


# ── Out and in again ──────────────────────────────────────────────────────────────────────────────────────────────────


def said_otherwise(draw: st.DrawFn, case: FactPattern, text: st.SearchStrategy[str]) -> FactPattern:
    """The case with any words for its ids and texts."""
    word = text.filter(lambda t: bool(t.strip()))
    names = [*(e.id for e in case.evidence), *(s.id for s in case.sources)]
    new = draw(st.lists(word, min_size=len(names), max_size=len(names), unique_by=lambda t: t))
    called = dict(zip(names, new, strict=True))
    return case.but(
        sources=tuple(s.but(id=called[s.id], name=draw(word), note=draw(text), url=draw(text)) for s in case.sources),
        evidence=tuple(
            e.but(
                id=called[e.id], source=called[e.source], says=draw(word), note=draw(text), cite=draw(text),
                undercuts=tuple(called[i] for i in e.undercuts), doubts=tuple(called[i] for i in e.doubts),
            )
            for e in case.evidence
        ),
    )  # fmt: skip


def comes_back(case: FactPattern, ending: str, folder: Path, law: Path) -> None:
    """Exported and imported into the case without its record, the record is the same, and so is the rest."""
    bare, file = folder / "bare.yaml", folder / f"log{ending}"
    bare.write_text(f"rules: {law}\n{case.but(sources=(), evidence=())}", encoding="utf-8")
    file.write_bytes(log_bytes(case, ending))
    again = import_log(file, bare).case if case.evidence or case.sources else authority.load_case(bare)
    for field in type(again).model_fields.keys() - {"name", "rules"}:
        assert getattr(again, field) == getattr(case, field), field
    assert again.digest == case.but(name="bare").digest and again.rules.digest == case.rules.digest


@pytest.mark.slow
@given(st.data())
def test_a_record_comes_back_from_csv_as_it_was(
    law: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Whatever its ids and texts are made of: signs of formulas, quotes, line ends, control characters."""
    folder = tmp_path_factory.mktemp("case")
    case = said_otherwise(data.draw, data.draw(cases(law, most=4)), TEXT)  # type: ignore[arg-type]
    comes_back(case, ".csv", folder, law)


@pytest.mark.slow
@settings(max_examples=30)
@given(st.data())
def test_a_record_comes_back_from_a_workbook_as_it_was(
    law: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("case")
    plain = st.characters(exclude_categories=("Cs", "Cc", "Cn")) | st.sampled_from("\t\r\n")
    texts = st.text(plain, max_size=20) | st.text(st.sampled_from("=+-@'\"\t\r\n ;#"), max_size=8)
    case = said_otherwise(data.draw, data.draw(cases(law, most=4)), texts)  # type: ignore[arg-type]
    comes_back(case, ".xlsx", folder, law)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_the_record_on_iran_comes_back_whole_and_the_same_bytes(ending: str, iran: FactPattern, tmp_path: Path) -> None:
    """Its 73 items stand in the case already, just so: nothing is added, and nothing of the file is changed."""
    file = tmp_path / f"log{ending}"
    file.write_bytes(log_bytes(iran, ending))
    assert file.read_bytes() == log_bytes(iran, ending)
    found = import_log(file, "iran-2020")
    assert (found.items, found.sources) == ((), ())
    assert len(found.same) == len(iran.evidence) + len(iran.sources)
    assert found.text == authority.loading.case_file("iran-2020").read_text(encoding="utf-8")


@given(TEXT)
def test_a_text_is_inert_in_its_cell_and_comes_back(text: str) -> None:
    cell = inert(text)
    assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert spoken(cell) == text


@given(st.lists(TEXT, max_size=4))
def test_several_values_in_a_cell_come_back_one_by_one(values: list[str]) -> None:
    assert list(parted(joined(values))) == values


@given(TEXT)
def test_a_text_reads_back_from_yaml_as_it_is(text: str) -> None:
    """As a value and as an entry of a list, alone on its line."""
    from authority.loading.text import parse, plain

    found: list[Any] = []
    node = parse(f"key: {scalar(text)}\nlist:\n  - {scalar(text)}\n", "x", found)
    assert not found and node is not None and plain(node) == {"key": text, "list": [text]}


# ── Nothing that a spreadsheet runs ───────────────────────────────────────────────────────────────────────────────────

FORMULAS = ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "=", "'=1", "#N/A"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_is_none_in_the_log(small: Path, text: str, tmp_path: Path) -> None:
    case = authority.load_case(small)
    case = case.but(evidence=(case.evidence[0].but(note=text), *case.evidence[1:]))
    rows = list(csv.reader(io.StringIO(log_bytes(case, ".csv").decode("utf-8-sig"), newline="")))
    noted = [row[rows[0].index("note")] for row in rows if row[rows[0].index("note")]]
    assert noted[1:] == [inert(text)]
    assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\r") for row in rows for cell in row)
    with zipfile.ZipFile(io.BytesIO(log_bytes(case, ".xlsx"))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet and b'cm="1"' not in sheet
        assert b't="e"' not in sheet and b't="n"' not in sheet


# ── A workbook as people make it ──────────────────────────────────────────────────────────────────────────────────────

SOURCES = [["Source", "Name", "Type"], ["memo", "A memorandum", "official report"]]
HEADINGS = ["No.", "Source", "Statement", "For", "Against", "Grade", "Published", "Page", "Analyst's mood", "Doubts"]


def test_a_workbook_of_another_library_goes_into_the_case_in_its_own_style(said: SAID, small: Path) -> None:
    """Days become dates, numbers texts, several facts in a cell several; the case keeps its comments and its order."""
    small.write_text("# A case with a comment\n" + small.read_text(encoding="utf-8"), encoding="utf-8")
    file = workbook(small.parent / "log.xlsx", {
        "Cover": [["Do not read"]],
        "Evidence": [
            HEADINGS,
            ["A1", "memo", "It sheltered them, and dealt with them. " * 5,
             "Iran harbored al-Qaeda; Iran had contacts with al-Qaeda", "", "B2", datetime.date(2005, 3, 1), 7, "calm"],
            [],
            ["A2", "cable", " Nobody: was #there. ", "",
             "Iran harbored al-Qaeda\nIran had contacts with al-Qaeda", "C 3", 2006, "", "", "A1"],
        ],
        "Sources": SOURCES,
    })  # fmt: skip
    before = small.read_text(encoding="utf-8")
    out = small.parent / "case2.yaml"
    code, told, err = said("import", file, "--into", small, "--map", "Analyst's mood=-", "-o", out)
    assert (code, err) == (0, "")
    assert "No. = id; Source = source; Statement = says; For = supports; Against = contradicts; Grade = grade" in told
    assert "not read: Analyst's mood" in told and "2 items and 1 source added" in told
    assert small.read_text(encoding="utf-8") == before
    after = out.read_text(encoding="utf-8")
    assert [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line.startswith("- ")] == []
    assert "  - id: A2\n    source: cable\n    says: \"Nobody: was #there.\"\n    contradicts:\n" in after
    assert "    says: >-\n      It sheltered them, and dealt with them." in after
    item = authority.load_case(out).item
    assert [str(p) for p in item["A1"].supports] == ["Iran harbored al-Qaeda", "Iran had contacts with al-Qaeda"]
    first = item["A1"]
    assert (first.reliability, first.credibility, first.published, first.cite) == ("B", "2", "2005-03-01", "7")
    assert (item["A2"].published, item["A2"].doubts) == ("2006", ("A1",))


def test_every_problem_of_a_workbook_is_told_at_its_cell_and_nothing_is_written(said: SAID, small: Path) -> None:
    file = workbook(small.parent / "log.xlsx", {
        "Evidence": [
            HEADINGS,
            ["A1", "meno", "It did.", "Iran hosted al-Qaeda", "", "", "1 March"],
            ["", "memo", "Nameless.", "Iran harbored al-Qaeda", "", "Z9"],
            ["E1", "report", "It sheltered nobody.", "Iran harbored al-Qaeda", "", "best"],
            ["A4", "nobody", "", "", "", "", "", "", "", "A1"],
            ["A5", "memo", "It did.", "", "", "", "", "", "", "E99"],
        ],
        "Sources": [*SOURCES, ["", "Nameless", "official report"]],
    })  # fmt: skip
    out = small.parent / "out.yaml"
    code, told, err = said("import", file, "--into", small, "-o", out)
    assert (code, told) == (3, "") and not out.exists()
    for cell, what in {
        "Evidence:B2": "'meno' is no source of this case",
        "Evidence:D2": "'Iran hosted al-Qaeda' is no sentence of the vocabulary",
        "Evidence:G2": "published of the item 'A1': '1 March' will not do",
        "Evidence:B3": "an item in this row has no id",
        "Evidence:C4": "says of the item 'E1' is 'It sheltered nobody.' here",
        "Evidence:F4": "grade: 'best' will not do",
        "Evidence:B5": "'nobody' is no source of this case",
        "Evidence:A5": "the item 'A4' lacks the key 'says'",
        "Evidence:J6": "A5 doubts 'E99', which is not there",
        "Sources:B3": "a source in this row has no id",
    }.items():
        assert f"{file}!{cell}: {what}" in err
    assert "say what it is: in a sheet 'Sources', or in columns 'source name', 'source kind'" in err
    assert "Traceback" not in err


def test_of_a_formula_the_value_counts_and_one_without_a_value_is_refused(small: Path) -> None:
    """XlsxWriter writes what it is told came of a formula; a program that tells nothing leaves it empty."""
    path = small.parent / "log.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet: Any = book.add_worksheet("Evidence")
    sheet.write_row(0, 0, ["id", "source", "says", "bears on nothing"])
    sheet.write_row(1, 1, ["report", "So it is said.", "It is about the weather."])
    sheet.write_formula(1, 0, '="A"&ROW()', None, "A2")
    book.close()
    assert import_log(path, small).items == ("A2",)
    changed(path, "xl/worksheets/sheet1.xml", b"<v>A2</v>", b"")
    (problem,) = problems(path, small)
    assert f"{path}!Evidence:A2: the value of a formula was never worked out" in problem


def test_a_sheet_is_chosen_by_its_name(said: SAID, small: Path) -> None:
    rows = [["id", "source", "says", "supports"], ["A1", "report", "It did.", "Iran harbored al-Qaeda"]]
    file = workbook(small.parent / "log.xlsx", {"One": [["id"]], "Two": rows})
    assert import_log(file, small, sheet="two").items == ("A1",)
    code, _, err = said("import", file, "--into", small, "--sheet", "Tow", "-o", small.parent / "out.yaml")
    assert code == 2 and "there is no sheet 'Tow'" in err


# ── CSV ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_csv_is_read_whatever_parts_its_columns(small: Path, mark: str, bom: str) -> None:
    """With or without the mark of Windows; a text in quotes may hold line ends and the sign that parts."""
    rows = [["id", "source", "says", "found none"],
            ["A1", "report", f'"No{mark} ""none""\nwas found."', "Iran had contacts with al-Qaeda"]]  # fmt: skip
    file = log(small.parent / "log.csv", bom + mark.join(rows[0]), mark.join(rows[1]))
    item = import_log(file, small).case.item["A1"]
    assert item.says == f'No{mark} "none"\nwas found.'
    assert [str(p) for p in item.found_none] == ["Iran had contacts with al-Qaeda"]


def test_problems_of_csv_are_told_at_their_line(small: Path) -> None:
    file = log(small.parent / "log.csv", "id,source,says,supports", 'A1,report,"Two',
               'lines.",Iran harbored al-Qaeda', "A2,report,It did.,Iran hosted al-Qaeda")  # fmt: skip
    (problem,) = problems(file, small)
    assert problem.startswith(f"{file}:4:4: 'Iran hosted al-Qaeda' is no sentence")
    broken = log(small.parent / "broken.csv", "id,source,says", 'A1,report,"It did." indeed')
    (problem,) = problems(broken, small)
    assert problem.startswith(f"{broken}:2:1: the record cannot be read") and "fix: " in problem


def test_a_source_comes_in_columns_and_two_rows_that_part_on_it_are_told(small: Path) -> None:
    file = small.parent / "log.csv"
    head, fact = "id,source,source name,source kind,url,says,supports", "Iran harbored al-Qaeda"
    log(file, head, f"A1,paper,A paper,identified press,https://paper.example/1,It did.,{fact}",
        f"A2,paper,,,,It did too.,{fact}")  # fmt: skip
    source = import_log(file, small).case.source_of["paper"]
    assert (source.name, source.kind, source.url) == ("A paper", "identified press", "https://paper.example/1")
    log(file, head, f"A1,paper,A paper,identified press,,It did.,{fact}", f"A2,paper,A rag,,,It did.,{fact}")
    (problem,) = problems(file, small)
    assert problem.startswith(f"{file}:3:3: name of the source 'paper' is 'A rag' here")
    assert f"it is 'A paper' at {file}:2:3" in problem


def test_a_row_that_stands_in_the_case_otherwise_is_told_with_what_stands_there(small: Path) -> None:
    case = authority.load_case(small)
    file = small.parent / "log.csv"
    file.write_bytes(log_bytes(case, ".csv").replace(b"It sheltered them.", b"It sheltered nobody."))
    (problem,) = problems(file, small)
    assert "says of the item 'E1' is 'It sheltered nobody.' here" in problem
    assert "the case has the item already, with 'It sheltered them.'" in problem


# ── Columns ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"Nummer": "id", "Wer": "source", "Was": "says", "Dafür": "supports"}, ""),
        ({"Nummer": "id", "Wer": "source"}, "no column is read as 'says'"),
        ({"Numer": "id"}, "there is no column 'Numer'"),
        ({"Nummer": "idd"}, "'idd' is no field of an item"),
        ({"Nummer": "id", "Wer": "id"}, "'Nummer' and 'Wer' are both to be read as 'id'"),
    ],
)
def test_the_columns_are_what_one_says(small: Path, columns: dict[str, str], told: str) -> None:
    file = log(small.parent / "log.csv", "Nummer,Wer,Was,Dafür", "A1,report,So.,Iran harbored al-Qaeda")
    if not told:
        assert import_log(file, small, columns=columns).columns == columns
        return
    found = problems(file, small, columns=columns)
    assert any(f"{file}:1:1: {told}" in each and "fix: " in each for each in found)


# ── The case file ─────────────────────────────────────────────────────────────────────────────────────────────────────

ROW = ("id,source,says,supports", "A1,report,It did.,Iran harbored al-Qaeda")


def test_the_case_itself_is_written_over_only_when_that_is_asked_for(said: SAID, small: Path) -> None:
    file = log(small.parent / "log.csv", *ROW)
    before = small.read_text(encoding="utf-8")
    for more in ((), ("-o", small)):
        code, _, err = said("import", file, "--into", small, *more)
        assert code == 2 and "--write to write over the case" in err
        assert small.read_text(encoding="utf-8") == before
    code, _, err = said("import", file, "--into", small, "-o", file, "--write")
    assert code == 2 and "that is the log itself" in err and file.read_text(encoding="utf-8").startswith("id,")
    assert said("import", file, "--into", small, "--write")[0] == 0
    assert "A1" in authority.load_case(small).item


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("    under: local = admitted\nassume:", "    under: local = admitted\n    # the last\n\n# To be\nassume:"),
        ("  - id: E5\n", "\n  - id: E5\n"),
        ("    bears_on_nothing: It is about the weather.\n", "    bears_on_nothing: >\n      It is about\n      it.\n"),
    ],
)
def test_what_stands_in_the_case_file_stays_as_it_stands(small: Path, old: str, new: str, end: str) -> None:
    """Comments, blank lines, folded texts and the ends of lines: lines are added, and none is changed."""
    text = small.read_text(encoding="utf-8").replace(old, new, 1) if old else small.read_text(encoding="utf-8")
    small.write_text(text, encoding="utf-8", newline=end)
    found = import_log(log(small.parent / "log.csv", *ROW), small)
    before, after = small.read_bytes().decode().splitlines(True), found.text.splitlines(True)
    assert [line for line in difflib.ndiff(before, after) if line.startswith(("- ", "? "))] == []
    assert all(line.endswith(end) for line in after if end == "\r\n")
    assert list(found.case.item)[-1] == "A1"
    told = found.text.replace("\r\n", "\n")
    assert ("\n\n  - id: A1\n" in told) is ("\n\n  - id: E5" in told), "items are parted as those before them are"
    assert "# To be\n" not in told or "\n\n# To be\nassume:" in told, "a comment stays above what it speaks of"


def test_a_text_that_would_not_stay_the_same_is_refused(small: Path) -> None:
    """The blank lines behind it belong to what the last item says, and an item behind them would take them away."""
    text = small.read_text(encoding="utf-8")
    kept = "    bears_on_nothing: |+\n      It is about the weather.\n\n\n"
    text = text.replace("    bears_on_nothing: It is about the weather.\n    under: local = admitted\n", kept)
    small.write_text(text, encoding="utf-8")
    assert authority.load_case(small).item["E5"].bears_on_nothing.endswith(".\n\n\n")
    (problem,) = problems(log(small.parent / "log.csv", *ROW), small)
    assert "what was put into the case file is not what is read from it" in problem and "fix: " in problem


def test_a_case_without_any_record_gets_one(small: Path) -> None:
    bare = small.parent / "bare.yaml"
    head = "title: Bare\nasks: force against Iran is authorized\nas_of: 2020-01-01\nparties:\n  Iran: {kind: state}\n"
    file = log(small.parent / "log.csv", "id,source,source name,source kind,says,supports",
               "A1,paper,A paper,identified press,It did.,Iran harbored al-Qaeda")  # fmt: skip
    for more in ("", "sources: {}\nevidence: []\n", "evidence: []\nsources: {}\n", "sources: {}", "...\n"):
        bare.write_text(head + more, encoding="utf-8")
        assert list(import_log(file, bare).case.item) == ["A1"]


def test_a_record_in_brackets_is_refused_with_the_way_to_mend_it(small: Path) -> None:
    text = small.read_text(encoding="utf-8")
    start, end = text.index("evidence:"), text.index("assume:")
    short = "evidence: [{id: E1, source: report, says: So., supports: [Iran harbored al-Qaeda]}]\n"
    small.write_text(text[:start] + short + text[end:], encoding="utf-8")
    (problem,) = problems(log(small.parent / "log.csv", *ROW), small)
    assert "evidence of the case is written in brackets" in problem and "write it as a block" in problem


def test_a_bundled_case_names_its_rule_set_where_it_is_written(said: SAID, tmp_path: Path) -> None:
    """In its own folder it need not; elsewhere it would not be found."""
    file = log(tmp_path / "log.csv", "id,source,says,supports", "A1,op-ed,It did.,Iran had contacts with al-Qaeda")
    out = tmp_path / "mine.yaml"
    assert said("import", file, "--into", "iran-2020", "-o", out)[0] == 0
    assert "title: Iran and al-Qaeda, 2019–2020\nrules: aumf-2001\nasks:" in out.read_text(encoding="utf-8")
    assert "A1" in authority.load_case(out).item


def test_a_case_of_a_rule_set_of_ones_own_is_not_written_where_it_would_be_lost(small: Path, tmp_path: Path) -> None:
    file = log(tmp_path / "log.csv", *ROW)
    (problem,) = problems(file, small, tmp_path / "elsewhere" / "case.yaml")
    assert "the rule set 'small' would not be found" in problem and f"write it beside {small}" in problem


# ── Files that are none ───────────────────────────────────────────────────────────────────────────────────────────────


def changed(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """The workbook with some bytes of a part replaced; the part is added where it is not there."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    if part in parts:
        assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1) if part in parts else new
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return path


BOMB = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><sst '


@pytest.mark.parametrize(
    ("part", "old", "new", "what"),
    [
        ("xl/sharedStrings.xml", b"<sst ", BOMB, "the workbook holds a document type or entities"),
        ("xl/worksheets/sheet1.xml", b'encoding="UTF-8"', b'encoding="UTF-7"', "or is not in UTF-8"),
        ("xl/vbaProject.bin", b"", b"\0", "the workbook holds macros"),
        ("[Content_Types].xml", b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main", "the workbook is one for"),
        ("xl/media/image1.png", b"", b"\0" * 130_000_000, "the workbook unpacks to more than a log holds"),
        ("xl/workbook.xml", b"<sheets>", b"<sheet", "the workbook cannot be read"),
        ("xl/worksheets/sheet1.xml", b'r="A2"', b'r="ZZZZ2"', "the workbook cannot be read"),
        ("xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="99999999"', "the sheet has more than 20,000 rows"),
    ],
)
def test_a_workbook_that_would_run_or_grow_is_refused(
    said: SAID, small: Path, part: str, old: bytes, new: bytes, what: str
) -> None:
    rows = [["id", "source", "says", "supports"], ["A1", "report", "It did.", "Iran harbored al-Qaeda"]]
    file = workbook(small.parent / "log.xlsx", {"Evidence": rows})
    assert import_log(file, small).items == ("A1",)
    code, _, err = said("import", changed(file, part, old, new), "--into", small, "-o", small.parent / "out.yaml")
    assert code == 3 and what in err and "fix: " in err and "Traceback" not in err


@pytest.mark.parametrize(
    ("name", "content", "code", "what"),
    [
        ("log.xlsx", b"PK\x03\x04 broken", 3, "the file is no XLSX"),
        ("log.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, 3, "it is protected by a password"),
        ("log.csv", "id;été".encode("latin-1"), 3, "the file is not UTF-8 text"),
        ("log.csv", b"\n\n", 3, "the log is empty"),
        ("log.csv", b"id,source,says\nA1,report," + b"x" * 40_000, 3, "the cell holds 40,000 characters"),
        ("log.csv", b"id,source,says\n" + b"\n" * 20_001, 3, "the sheet has more than 20,000 rows"),
        ("log.csv", b"id,source,says" + b",x" * 300, 3, "the sheet has more than 200 columns"),
        ("log.ods", b"", 2, "there is no format of a log '.ods'"),
    ],
)
def test_a_file_that_is_no_log_is_refused(
    said: SAID, small: Path, name: str, content: bytes, code: int, what: str
) -> None:
    file = small.parent / name
    file.write_bytes(content)
    found, _, err = said("import", file, "--into", small, "-o", small.parent / "out.yaml")
    assert (found, what in err, "Traceback" in err) == (code, True, False), err


def test_what_a_workbook_cannot_hold_is_refused_at_its_cell(small: Path) -> None:
    case = authority.load_case(small)
    for text in ("\x01", "_x0041_", "x" * 40_000):
        with pytest.raises(InvalidInput, match=r"the log!Evidence:[A-Z]2: .*(cannot hold|characters)"):
            log_bytes(case.but(evidence=(case.evidence[0].but(note=text), *case.evidence[1:])), ".xlsx")


def test_without_openpyxl_csv_goes_on_and_xlsx_says_what_to_install(
    said: SAID, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    code, _, err = said("export", small, "-o", small.parent / "log.xlsx")
    assert code == 2 and "pip install 'authority[xlsx]'" in err
    assert said("export", small, "-o", small.parent / "log.csv")[0] == 0
