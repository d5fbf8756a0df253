"""Hostile text in a record is text in every style and every format: it makes no tag, link, field, note or program."""

from __future__ import annotations

import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

import authority
from authority.facts import FactPattern
from authority.memo import STYLES, as_document, compose, markdown, render
from authority.memo import document as doc
from authority.memo.parts import Memo
from tests.test_writers import STRAIGHT

HOSTILE = {
    "a script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "a template": "{{ memo.__class__ }}{% include '/etc/passwd' %}{# x #}",
    "Markdown": "**b** _i_ `c` # h [l](javascript:x) ![i](https://e.org/x.png) <https://e.org> | a | b",
    "a footnote": "[^1] ^[inline] [^2]: defined",
    "field codes": '{ HYPERLINK "https://e.org" } { INCLUDETEXT "C:\\\\x.docx" } { DDEAUTO c:\\\\cmd.exe }',
    "formulas": "=cmd|' /C calc'!A0 +1 -1 @SUM(A1)",
    "right to left": "safe \u202eexe.\u202c \u2066x\u2069 \u200f\u061c end",
    "Typst": '#panic() "); panic("x #link("https://e.org")[x] $x$ @ref <l>',
    "XML": "]]> <w:instrText>QUOTE</w:instrText> &lt;w:br/&gt; &amp; <!-- x -->",
    "a letterhead's place": "{{ memo }}",
}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def case() -> FactPattern:
    return authority.load_case(Path(__file__).parent / "cases" / "detainee.yaml")


def memo_on(case: FactPattern, text: str) -> Memo:
    """The memo on the case with this text wherever a case says something in words of its own."""
    evidence = tuple(e.but(says=text, note=text, cite=text) for e in case.evidence)
    sources = tuple(s.but(name=text) for s in case.sources)
    return compose(authority.decide(case.but(title=text, about=text, evidence=evidence, sources=sources)))


@pytest.fixture(scope="module")
def harmless(case: FactPattern) -> Memo:
    return memo_on(case, "harmless")


@pytest.fixture(scope="module", params=HOSTILE.values(), ids=list(HOSTILE))
def hostile(case: FactPattern, request: pytest.FixtureRequest) -> tuple[str, Memo]:
    return doc.clean(request.param), memo_on(case, request.param)


@pytest.fixture(scope="module")
def everything(case: FactPattern) -> Memo:
    """All of it in every place: what one of the texts would break, this does."""
    return memo_on(case, " ".join(HOSTILE.values()))


@pytest.mark.parametrize("style", STYLES)
def test_it_makes_no_block_no_link_and_no_note(hostile: tuple[str, Memo], harmless: Memo, style: str) -> None:
    """The document has the blocks, links and footnotes of a harmless one, and the hostile words as they stand, the
    marks that quote aside."""
    text, memo = hostile
    made, plain = as_document(memo, style), as_document(harmless, style)
    assert [shape(block) for block in doc.walk(made.blocks())] == [shape(block) for block in doc.walk(plain.blocks())]
    assert [tuple(map(shown, note)) for note in made.notes()] == [tuple(map(shown, note)) for note in plain.notes()]
    said = [made.title, *(text for _, text in made.lines()), *(doc.plain(runs) for runs in all_runs(made))]
    assert any(text in each.translate(STRAIGHT) for each in said)


def shape(block: doc.Block) -> object:
    match block:
        case doc.Heading() | doc.Paragraph():
            return type(block), shown(block.runs)
        case doc.Table():
            return doc.Table, tuple(map(shown, block.header)), tuple(tuple(map(shown, row)) for row in block.rows)
        case doc.Listing():
            return doc.Listing, len(block.items)
        case _:
            return type(block)


def shown(runs: doc.Runs) -> list[object]:
    """What the runs wear, without what they say; two that wear the same count as one."""
    worn: list[object] = []
    for run in runs:
        dress = (run.strong, run.emphasis, run.code, run.link, run.note)
        if not worn or worn[-1] != dress:
            worn.append(dress)
    return worn


def all_runs(document: doc.Document) -> list[doc.Runs]:
    found = [paragraph for note in document.notes() for paragraph in note]
    for block in doc.walk(document.blocks()):
        if isinstance(block, doc.Heading | doc.Paragraph):
            found.append(block.runs)
        elif isinstance(block, doc.Table):
            found += [cell for row in (block.header, *block.rows) for cell in row]
    return found


@pytest.mark.parametrize("style", STYLES)
def test_it_makes_no_tag(everything: Memo, harmless: Memo, style: str) -> None:
    def tags(memo: Memo) -> list[str]:
        return re.findall(r"<(/?[a-z0-9]+)", render(memo, ".html", style).decode())

    assert tags(everything) == tags(harmless)


@pytest.mark.parametrize("style", STYLES)
def test_it_makes_no_field_and_no_relation_in_word(everything: Memo, harmless: Memo, style: str) -> None:
    """Every part of the Word file has the elements of a harmless one; a field code in a text is text."""
    docx = pytest.importorskip("docx", reason="python-docx is the optional extra 'docx'")

    def parts(memo: Memo) -> dict[str, object]:
        word = docx.Document(io.BytesIO(render(memo, ".docx", style)))
        found: dict[str, object] = {}
        for part in word.part.package.iter_parts():
            if part.partname.endswith(("document.xml", "footnotes.xml", "header1.xml", "footer1.xml")):
                root = ElementTree.fromstring(part.blob)
                kept = [each for each in root.iter() if each.tag not in (f"{W}r", f"{W}t", f"{W}tab", f"{W}rPr")]
                found[part.partname] = [(each.tag, each.get(f"{W}instr")) for each in kept], sorted(
                    each.target_ref for each in part.rels.values() if each.is_external
                )
        return found

    assert parts(everything) == parts(harmless)


@pytest.mark.parametrize("style", STYLES)
def test_it_makes_nothing_but_letters_in_the_pdf(everything: Memo, style: str) -> None:
    pytest.importorskip("typst", reason="typst is the optional extra 'pdf'")
    assert render(everything, ".pdf", style).startswith(b"%PDF-")


def test_it_is_whole_in_the_json(everything: Memo) -> None:
    """Data is data: there the text stands as it was given."""
    assert Memo.model_validate_json(render(everything, ".json")) == everything


@pytest.mark.slow
@pytest.mark.parametrize("text", ["X" * 100_000, "Word " * 20_000, "[^1]**_`|<" * 10_000], ids=["x", "words", "marks"])
def test_a_hundred_kilobytes_in_one_field_are_printed(case: FactPattern, text: str) -> None:
    """In every format, whole, and without end only of the page."""
    pytest.importorskip("typst", reason="typst is the optional extra 'pdf'")
    first, *rest = case.evidence
    memo = compose(authority.decide(case.but(evidence=(first.but(says=text), *rest))))
    assert markdown(memo).count(doc.escape(text.strip())) >= 2
    assert text.strip() in "".join(doc.plain(runs) for runs in all_runs(as_document(memo)))
    assert len(render(memo, ".html")) > len(text) < len(render(memo, ".json"))
    for ending in (".docx", ".pdf"):
        assert render(memo, ending)
