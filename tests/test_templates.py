"""A user's own templates: Markdown in a sandbox, a Word letterhead; what is wrong with one is said with its line."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from blocks import ROOT, blocks

import authority
from authority.errors import InvalidInput
from authority.memo import as_document, compose, letterhead, render, sandbox, write
from authority.memo.parts import Memo
from authority.opinion import Opinion

LETTER = """{% import "memo.parts.md" as part with context %}
{% set title = "For the Committee" %}
{% set heading = (("To", "the Members"), ("Re", memo.heading[0][1])) %}
{% set page = "landscape" %}
## The Answer

{{ memo.brief }}{{ note("As of " ~ memo.heading[3][1]) }}

{{ part.bullets(memo.why) }}

{% for row in memo.rows if row.label %}
- {{ row.title | upper }}: {{ row.label }}
{% endfor %}
"""


@pytest.fixture(scope="module")
def opinion() -> Opinion:
    return authority.decide(authority.load_case(Path(__file__).parent / "cases" / "detainee.yaml"))


@pytest.fixture(scope="module")
def memo(opinion: Opinion) -> Memo:
    return compose(opinion)


def own(folder: Path, text: str) -> Path:
    path = folder / "own.md"
    path.write_text(text, encoding="utf-8")
    return path


def wrong(folder: Path, memo: Memo, text: str) -> str:
    """What is said of a template that does not work."""
    with pytest.raises(InvalidInput) as found:
        sandbox.document(own(folder, text), memo)
    return str(found.value).replace(str(folder), "")


# Markdown


def test_a_template_of_ones_own_is_printed_in_every_format(opinion: Opinion, memo: Memo, tmp_path: Path) -> None:
    """It has the memo, the library's macros, footnotes, and says its own title, heading lines and pages."""
    pytest.importorskip("typst", reason="typst is the optional extra 'pdf'")
    template = own(tmp_path, LETTER)
    paths = [tmp_path / f"out{ending}" for ending in (".md", ".html", ".docx", ".pdf", ".json")]
    write(opinion, *paths, template=template)
    text = paths[0].read_text(encoding="utf-8")
    assert text.startswith("# For the Committee\n\n- **To:** the Members\n")
    assert f"{memo.brief}[^1]" in text and "[^1]: As of 1 June 2013." in text
    assert f"- {memo.why[0]}" in text
    assert "the Members" in paths[1].read_text(encoding="utf-8")
    assert set(re.findall(rb"/MediaBox ?\[0 0 (\d+) (\d+)\]", paths[3].read_bytes())) == {(b"792", b"612")}
    assert Memo.model_validate_json(paths[4].read_bytes()) == memo


def test_what_a_template_prints_is_text_there_too(opinion: Opinion, tmp_path: Path) -> None:
    """What an exhibit says is escaped in a user's template as it is in the library's own."""
    hostile = "<script>x</script> {{ 7 * 7 }} **b** [l](javascript:y) [^1]"
    evidence = tuple(e.but(says=hostile) for e in opinion.case.evidence)
    memo = compose(authority.decide(opinion.case.but(evidence=evidence)))
    document = sandbox.document(own(tmp_path, "{{ memo.evidence[0].says }}\n"), memo)
    (block,) = document.blocks()
    assert [run.text for run in block.runs] == [f"{hostile}."]  # pyright: ignore[reportAttributeAccessIssue]


def test_every_name_that_is_not_there_is_said_at_once_with_its_line_and_the_nearest(memo: Memo, tmp_path: Path) -> None:
    said = wrong(tmp_path, memo, "{{ memo.qestion }}\n\n{{ nothing }}\n{{ memo.brief }}{{ memo.rowz }}\n")
    assert said.splitlines() == [
        "/own.md:1:1: the template does not work: the memo has no 'qestion'",
        "    fix: did you mean 'question'?",
        "/own.md:3:1: the template does not work: nothing is called 'nothing'",
        "    fix: a template is given memo, note, first",
        "/own.md:4:1: the template does not work: the memo has no 'rowz'",
        "    fix: did you mean 'rows'?",
    ]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("one\n{% if %}\n", 2, "Expected an expression"),
        ("one\n\n{{ memo.brief | centre }}\n", 3, "there is no filter 'centre'"),
        ("{% for row in memo.rows %}\n{{ row.titel }}\n{% endfor %}\n", 2, "RowPart has no 'titel'\n    fix: did"),
        ("one\n{{ memo.evidence[99].says }}\n", 2, "has no element 99"),
        ("one\n{{ 1 / 0 }}\n", 2, "division by zero"),
        ("one\n{% include 'other.md' %}\n", 2, "may import 'memo.parts.md' and nothing else"),
        ("{% set page = 'A4' %}\n", 1, "it sets page to 'A4'; there are: letter, landscape, one page"),
        ("{% set heading = 'Re' %}\n", 1, "no pairs of label and text"),
        ("{% set title = memo %}\n", 1, "which is no text"),
        ("Said.[^1]\n\n[^1]: - a list\n", 1, "no place for the construct 'bullet_list' inside a footnote"),
        ("{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}\n", 1, "recursion"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(memo: Memo, tmp_path: Path, text: str, line: int, said: str) -> None:
    told = wrong(tmp_path, memo, text)
    assert told.startswith(f"/own.md:{line}:1: the template does not work: ")
    assert said in told
    assert "\n    fix: " in told


@pytest.mark.parametrize(
    "text",
    [
        "{{ memo.__class__ }}",
        "{{ memo['__class__'] }}",
        "{{ memo.model_dump() }}",
        "{{ memo.brief.__class__.__mro__ }}",
        "{{ memo.brief.upper() }}",
        "{{ '{0.__class__}'.format(memo) }}",
        "{{ '%s' % memo }}",
        "{{ note.__self__ }}",
        "{{ first.__func__.__globals__ }}",
        "{{ link.__globals__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ self.__init__ }}",
        "{% include '/etc/passwd' %}",
        "{% import '../pyproject.toml' as x %}",
        "{% extends 'memo.md' %}",
        "{{ memo.why.append(1) }}",
        "{% for i in range(1000000) %}{% endfor %}",
        "{% for i in range(10000) %}{% for j in range(10000) %}aaaaaaaaaaaaaaaaaaaa{% endfor %}{% endfor %}",
        "{{ 'a' * 1000000000 }}",
        "{{ 2 ** 1000000000 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '{:1000000000d}'.format(1) }}",
        "{{ 'a' | center(1000000000) }}",
        "{{ [1] | batch(1000000000, 'x') | list }}",
        "{{ memo.brief | as_is }}",
    ],
)
def test_a_template_reaches_nothing_but_the_memo_and_stays_small(memo: Memo, tmp_path: Path, text: str) -> None:
    """No class, no method, no file, no other template, no text of a million million signs."""
    assert "the template does not work" in wrong(tmp_path, memo, text)


def test_a_bad_template_leaves_nothing_half_written(opinion: Opinion, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for text in ("{{ memo.qestion }}", "{{ memo.brief }}{{ 1 / 0 }}", "{% if %}"):
        with pytest.raises(InvalidInput):
            write(opinion, out / "a.md", out / "a.docx", template=own(tmp_path, text))
    assert not out.exists()


def test_a_template_that_is_of_no_use_is_refused(opinion: Opinion, tmp_path: Path) -> None:
    """Another ending; a style beside it; a letterhead for what is no Word file; a file that is not there; no UTF-8."""
    out = tmp_path / "out.pdf"
    with pytest.raises(authority.UnknownName, match=r"no template kind '\.txt'"):
        write(opinion, out, template=tmp_path / "own.txt")
    with pytest.raises(InvalidInput, match="in the place of a style, and the style 'brief' was asked for"):
        write(opinion, out, template=own(tmp_path, "x"), style="brief")
    with pytest.raises(InvalidInput, match=r"a letterhead is for \.docx files, and .*out\.pdf was asked for"):
        write(opinion, out, template=tmp_path / "letter.docx")
    with pytest.raises(FileNotFoundError):
        write(opinion, out, template=tmp_path / "nowhere.md")
    (tmp_path / "latin.md").write_bytes(b"caf\xe9")
    with pytest.raises(InvalidInput, match="it is not in UTF-8: byte 3"):
        write(opinion, out, template=tmp_path / "latin.md")
    assert not out.exists()


def test_the_guide_to_templates_names_every_field_and_filter() -> None:
    guide = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    for name in (*Memo.model_fields, "exhibit", *sandbox.FILTERS, *sandbox.GIVEN):
        assert f"`{name}" in guide, name


def test_the_example_in_the_guide_works(memo: Memo, tmp_path: Path) -> None:
    (example,) = (block.text for block in blocks(ROOT / "docs" / "templates.md") if block.language == "jinja")
    document = sandbox.document(own(tmp_path, example), memo)
    assert memo.brief in document.markdown and document.notes()


# Letterheads


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A letterhead: a header, a footnote of its own, a heading style in red, narrow pages, and a place for the memo."""
    return letter(tmp_path)


def letter(folder: Path, *places: str) -> Path:
    docx = pytest.importorskip("docx", reason="python-docx is the optional extra 'docx'")
    from docx.shared import Inches, RGBColor

    from authority.memo.footnotes import Footnotes

    word: Any = docx.Document()
    for name in ("footnote text", "footnote reference"):
        word.styles.add_style(name, 1 if name.endswith("text") else 2, builtin=True)
    word.styles["Heading 1"].font.color.rgb = RGBColor(0xFF, 0, 0)
    word.sections[0].left_margin = word.sections[0].right_margin = Inches(2)
    word.sections[0].header.paragraphs[0].text = "Office of the Adviser"
    notes = Footnotes(word)
    notes.mark(word.add_paragraph("Privileged"), 1)
    notes.add(1, 1)[0].add_run("A note of the office's own.")
    for place in places or ("{{ memo }}",):
        # Word cuts what one types into runs as it likes.
        paragraph = word.add_paragraph()
        for part in (place[:3], place[3:]):
            paragraph.add_run(part)
    word.add_paragraph("Yours faithfully")
    path = folder / "letter.docx"
    word.save(str(path))
    return path


def opened(file: bytes) -> Any:
    import docx

    return docx.Document(io.BytesIO(file))


def test_the_memo_is_written_into_the_letterhead_in_its_own_styles(memo: Memo, paper: Path) -> None:
    """Between what stands before its place and what stands behind; the office's header, margins and styles stay."""
    word = opened(letterhead.render(as_document(memo), paper))
    texts = [each.text for each in word.paragraphs]
    assert texts[0] == "Privileged" and texts[1] == "Memorandum" and texts[-1] == "Yours faithfully"
    assert "{{ memo }}" not in "\n".join(texts)
    assert word.sections[0].header.paragraphs[0].text == "Office of the Adviser"
    assert str(word.styles["Heading 1"].font.color.rgb) == "FF0000"
    widths = [sum(column.width for column in table.columns) / 914400 for table in word.tables]
    assert all(abs(width - 4.5) < 0.02 for width in widths)
    assert {each.style.name for each in word.paragraphs} >= {"Heading 1", "Lead-in", "List Bullet"}


def test_the_letterheads_own_footnotes_stay_and_the_memos_follow(memo: Memo, paper: Path) -> None:
    document = as_document(memo)
    word = opened(letterhead.render(document, paper))
    marks = [int(each) for each in re.findall(r'w:footnoteReference w:id="(\d+)"', word.element.xml)]
    assert marks == list(range(1, len(document.notes()) + 2))
    (part,) = [r.target_part for r in word.part.rels.values() if r.reltype.endswith("/footnotes")]
    assert "A note of the office's own." in part.blob.decode()
    assert len(re.findall(r"<w:footnote ", part.blob.decode())) == len(marks) + 2


def test_the_same_letterhead_and_memo_give_the_same_bytes(memo: Memo, paper: Path) -> None:
    assert letterhead.render(as_document(memo), paper) == letterhead.render(as_document(memo), paper)


def test_a_style_and_a_letterhead_go_together(opinion: Opinion, paper: Path, tmp_path: Path) -> None:
    opinion.memo(tmp_path / "out.docx", style="brief", template=paper)
    texts = [each.text for each in opened((tmp_path / "out.docx").read_bytes()).paragraphs]
    assert "Caveat" in texts and "Yours faithfully" in texts


def test_what_the_memo_says_is_no_place_in_a_letterhead(opinion: Opinion, paper: Path) -> None:
    """An exhibit that says {{ memo }} is text; the letterhead is asked for its place before anything is written."""
    evidence = tuple(e.but(says="{{ memo }}") for e in opinion.case.evidence)
    document = as_document(compose(authority.decide(opinion.case.but(evidence=evidence))))
    cells = [cell.text for table in opened(letterhead.render(document, paper)).tables for cell in table._cells]
    assert any("{{ memo }}" in text for text in cells)


@pytest.mark.parametrize(
    ("places", "said"),
    [
        (("nowhere",), "no paragraph of its text says {{ memo }}"),
        (("{{ memo }}", "{{memo}}"), "2 paragraphs say {{ memo }}"),
    ],
)
def test_a_letterhead_without_one_place_is_refused(memo: Memo, tmp_path: Path, places: tuple[str], said: str) -> None:
    with pytest.raises(InvalidInput) as found:
        letterhead.render(as_document(memo), letter(tmp_path, *places))
    assert f"letter.docx:1:1: the letterhead cannot be used: {said}" in str(found.value)
    assert "fix: write {{ memo }} once" in str(found.value)


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_a_letterhead_that_is_no_word_file_is_refused(memo: Memo, tmp_path: Path, content: bytes) -> None:
    pytest.importorskip("docx", reason="python-docx is the optional extra 'docx'")
    (tmp_path / "letter.docx").write_bytes(content)
    with pytest.raises(InvalidInput, match="it is no Word file"):
        letterhead.render(as_document(memo), tmp_path / "letter.docx")


def test_a_letterhead_of_another_kind_of_office_file_is_refused(memo: Memo, tmp_path: Path) -> None:
    """A workbook is a zip file with Office's own parts in it, and no Word file."""
    pytest.importorskip("docx", reason="python-docx is the optional extra 'docx'")
    import zipfile

    with zipfile.ZipFile(tmp_path / "letter.docx", "w") as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(InvalidInput, match="it is no Word file"):
        letterhead.render(as_document(memo), tmp_path / "letter.docx")


def test_render_takes_the_style(memo: Memo) -> None:
    assert b"MEMORANDUM OPINION FOR THE FILE" in render(memo, ".md", "opinion")
