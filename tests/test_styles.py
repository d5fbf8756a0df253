"""The styles: one memo, set out as a memorandum, an opinion, a page for a member's staff, a table of readings."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import authority
from authority.facts import Assumption, FactPattern
from authority.memo import FORMATS, STYLES, as_document, compose, markdown, render
from authority.memo import document as doc
from authority.memo.parts import Memo
from authority.printing import curled
from authority.saying import said, sentence
from authority.vocabulary import Proposition


@pytest.fixture(scope="module")
def memo(iran: FactPattern) -> Memo:
    return compose(authority.decide(iran))


def headings(text: str, level: int) -> list[str]:
    return re.findall(rf"^#{{{level}}} (.*)$", text, re.MULTILINE)


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type/Page\b(?!s)", pdf))


@pytest.mark.parametrize("style", STYLES)
def test_every_style_answers_the_question_and_says_what_it_is_not(memo: Memo, style: str) -> None:
    """The question, the answer under each reading with its label, and that it is no advice and tells nobody to use
    force, whatever the style; and the last of these at the head of every page."""
    text = markdown(memo, style)
    assert memo.question in text
    assert "not legal advice" in text and "tells nobody to use force" in text
    assert as_document(memo, style).banner.endswith(memo.caution)
    for row in memo.rows:
        assert row.title in text
        assert row.label.lower() in text.lower()


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_memo_in_the_same_style_gives_the_same_bytes(memo: Memo, style: str, ending: str) -> None:
    pytest.importorskip("typst", reason="typst is the optional extra 'pdf'")
    assert render(memo, ending, style) == render(memo, ending, style)


def test_the_opinion_has_an_opinions_parts_and_does_not_pretend_to_be_one(memo: Memo) -> None:
    """Headnote, addressee, parts by Roman numbers, conclusion, footnotes; and first of all that no office issued it."""
    text = markdown(memo, "opinion")
    assert [each.split(".")[0] for each in headings(text, 2)] == ["I", "II", "III", "IV", "Conclusion"]
    first = next(iter(as_document(memo, "opinion").blocks()))
    assert isinstance(first, doc.Quote) and isinstance(first.blocks[0], doc.Paragraph)
    assert "of the Office of Legal Counsel and is none" in doc.plain(first.blocks[0].runs)
    assert as_document(memo, "opinion").banner.startswith("The form of an opinion, issued by no office")
    head = text.index(f"*{memo.brief}*")
    assert head < text.index("MEMORANDUM OPINION FOR THE FILE") < text.index("## I. ") < text.index("## Conclusion")
    assert len(as_document(memo, "opinion").notes()) > 30


def test_the_brief_on_iran_is_one_page(memo: Memo) -> None:
    """Question, answer, why, under which readings, what it depends on, what is disputed, caveat: and no second page."""
    pytest.importorskip("typst", reason="typst is the optional extra 'pdf'")
    assert pages(render(memo, ".pdf", "brief")) == 1 < pages(render(memo, ".pdf", "matrix"))
    assert headings(markdown(memo, "brief"), 2) == [
        "Question", "Answer", "Why", "Under Each Reading of the Law", "What It Depends On", "What Is Disputed",
        "Caveat",
    ]  # fmt: skip


def test_the_matrix_has_a_row_for_each_element_and_a_column_for_each_reading(memo: Memo, iran: FactPattern) -> None:
    """Each cell is the verdict that the library itself gives; what a reading does not ask has none."""
    document = as_document(memo, "matrix")
    assert document.page == "landscape"
    table = next(block for block in document.blocks() if isinstance(block, doc.Table))
    columns = [doc.plain(cell) for cell in table.header[1:]]
    assert [column.split(" (")[0] for column in columns] == [curled(row.title) for row in memo.rows]
    opinions = authority.compare(iran)
    by_title = {opinion.reading.title: opinion for opinion in opinions.values()}
    for part in memo.elements[1:]:
        for row, cell in zip(memo.rows, part.cells, strict=True):
            opinion = by_title[row.title]
            asked = {sentence(said(iran, p)): p for p in opinion.top_elements}
            assert cell.verdict == (str(opinion.on(asked[part.element])).capitalize() if part.element in asked else "")
    determination = next(part for part in memo.elements if "determination" in part.element)
    assert determination.cells[0].why == "a preponderance of the evidence shows the contrary (Exhibit E46)"


def test_what_is_assumed_is_named_first_in_every_style(iran: FactPattern) -> None:
    determined = Proposition("the determination that section 2(a) requires has been made as to <target>", ("Iran",))
    memo = compose(authority.decide(iran.but(assume=(Assumption(proposition=determined, holds=True),))))
    for style in STYLES:
        text = markdown(memo, style)
        assert text.index("Assumed for the Sake of Argument") < text.index(memo.question)


def test_a_style_that_is_not_there_is_refused_with_those_that_are(iran: FactPattern, tmp_path: Path) -> None:
    with pytest.raises(authority.UnknownName, match=r"no memo style 'brie': did you mean 'brief'\?"):
        authority.decide(iran).memo(tmp_path / "memo.md", style="brie")
    assert list(tmp_path.iterdir()) == []


def test_the_landscape_table_is_laid_across_in_word_and_pdf(memo: Memo) -> None:
    word = pytest.importorskip("docx", reason="python-docx is the optional extra 'docx'")
    pytest.importorskip("typst", reason="typst is the optional extra 'pdf'")
    section = word.Document(io.BytesIO(render(memo, ".docx", "matrix"))).sections[0]
    assert section.page_width > section.page_height
    assert set(re.findall(rb"/MediaBox ?\[0 0 (\d+) (\d+)\]", render(memo, ".pdf", "matrix"))) == {(b"792", b"612")}


@pytest.mark.slow
def test_the_brief_is_one_page_in_word_too_and_the_memos_footnotes_stand_on_their_pages(
    memo: Memo, tmp_path: Path
) -> None:
    """As LibreOffice lays them out, where it is installed."""
    soffice, pdftotext = shutil.which("soffice"), shutil.which("pdftotext")
    if soffice is None or pdftotext is None:
        pytest.skip("LibreOffice and poppler are not both installed: nothing here lays out a Word file and reads it")
    pytest.importorskip("docx", reason="python-docx is the optional extra 'docx'")
    for style in ("brief", "opinion"):
        (tmp_path / f"{style}.docx").write_bytes(render(memo, ".docx", style))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = [str(tmp_path / f"{style}.docx") for style in ("brief", "opinion")]
    convert = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(convert, check=True, capture_output=True, timeout=300)
    assert pages((tmp_path / "brief.pdf").read_bytes()) == 1
    read = [pdftotext, str(tmp_path / "opinion.pdf"), "-"]
    text = subprocess.run(read, check=True, capture_output=True, timeout=60).stdout.decode()
    (page,) = [page for page in text.split("\f") if "E46 (level 5): The administration" in " ".join(page.split())][:1]
    assert "letter to the House Foreign Affairs Committee" in " ".join(page.split())
