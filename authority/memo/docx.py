"""The memo as a Word file, in Word's own styles, so that an office can restyle it and go on writing."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Any

from authority.errors import MissingExtra
from authority.memo import document as doc
from authority.memo.footnotes import Footnotes
from authority.memo.wordml import xml
from authority.memo.wordstyles import LEVELS, Numbers, restyle
from authority.pictures import raster

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph

AUTHOR = "authority"
"""Who made the file, among its properties: a library, and no lawyer."""
DOTS = 220
"""How many dots a picture has to the inch: as many as Word keeps when it makes a file smaller for print."""
_LABELS = 1.35  # the width of the labels beside the heading lines, in inches


def render(document: doc.Document) -> bytes:
    """The .docx file; the same document gives the same bytes.

    Raises MissingExtra when python-docx is not installed.
    """
    try:
        import docx
    except ModuleNotFoundError as missing:
        raise MissingExtra("writing .docx files", "docx") from missing
    word = docx.Document()
    numbers = Numbers(word)
    restyle(word, numbers, small=document.page == "one page")
    _properties(word, document)
    _pages(word, document)
    write(word, numbers, document, word.sections[0])
    return saved(word)


def write(word: Word, numbers: Numbers, document: doc.Document, section: Any) -> None:
    """Writes the memo, title and heading lines first, at the end of a Word document that has the styles for it, as wide
    as the section's pages."""
    body = _Body(word, numbers, document, section)
    body.top(document)
    body.write(document.blocks(), _Place())
    body.notes(document.notes())


def saved(word: Word) -> bytes:
    """The Word document's file with one fixed date for all entries: python-docx writes the clock's."""
    file, made = io.BytesIO(), io.BytesIO()
    word.save(file)
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # else the entry tells on which system it was made
            new.writestr(info, old.read(entry))
    return made.getvalue()


def _inches(count: float) -> Any:
    from docx.shared import Inches

    return Inches(count)


def _properties(word: Word, document: doc.Document) -> None:
    about = word.core_properties
    about.title = doc.in_print(document.title)[:255]  # the longest python-docx takes
    about.author = about.last_modified_by = AUTHOR
    about.comments = about.keywords = ""
    about.created = about.modified = datetime(1980, 1, 1, tzinfo=UTC)
    about.revision = 1
    about.language = "en-US"


def _pages(word: Word, document: doc.Document) -> None:
    """Letter pages, upright or across, the banner at the head of each and "Page X of Y" at its foot."""
    from docx.enum.section import WD_ORIENTATION

    section = word.sections[0]
    across = document.page == "landscape"
    section.orientation = WD_ORIENTATION.LANDSCAPE if across else WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = (_inches(11), _inches(8.5)) if across else (_inches(8.5), _inches(11))
    edge = 0.8 if document.page == "one page" else 1
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _inches(edge)
    section.header.paragraphs[0].add_run(doc.in_print(document.banner))
    foot = section.footer.paragraphs[0]
    for text, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        foot.add_run(text)
        foot._p.append(xml(f'<w:fldSimple w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))


def _side(name: str) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as SIDES

    return {"center": SIDES.CENTER, "right": SIDES.RIGHT}.get(name)


@dataclass(frozen=True)
class _Place:
    """Where a block stands: the style of its paragraphs, and how many lists are around it."""

    style: str = "Normal"
    level: int = 0


class _Body:
    """Blocks to paragraphs and tables at the end of the Word document."""

    def __init__(self, word: Word, numbers: Numbers, document: doc.Document, section: Any) -> None:
        self.word, self.numbers = word, numbers
        # python-docx looks through all styles each time that one is named.
        self.styles = {style.name: style.style_id for style in word.styles}
        self.footnotes = Footnotes(word) if document.notes() else None
        # What a section does not say is as Word has it: a letter page with margins of an inch.
        inch = _inches(1)
        edges = (inch if edge is None else edge for edge in (section.left_margin, section.right_margin))
        self.width = ((section.page_width or 8.5 * inch) - sum(edges)) / inch
        anchors = [block.anchor for block in doc.walk(document.blocks()) if isinstance(block, doc.Heading)]
        # Word allows 40 characters for a bookmark's name, fewer than a heading has.
        self.bookmarks = {anchor: f"section_{number}" for number, anchor in enumerate(anchors, 1)}

    def top(self, document: doc.Document) -> None:
        """The title, the heading lines in a table without borders, and a rule."""
        self.paragraph("Title").add_run(doc.in_print(document.title))
        lines = document.lines()
        if lines:
            table = self.word.add_table(len(lines), 2)
            table.style = "Memo Lines"
            widths = [_inches(_LABELS), _inches(self.width - _LABELS)]
            for row, line in zip(table.rows, lines, strict=True):
                for cell, content, width in zip(row.cells, line, widths, strict=True):
                    cell.width = width
                    paragraph = self.dressed(cell.paragraphs[0], "Heading Line")
                    self.runs(paragraph, (doc.Run(content, strong=content is line[0]),))
            for column, width in zip(table.columns, widths, strict=True):
                column.width = width
        self.paragraph("Divider")

    def paragraph(self, style: str) -> Paragraph:
        return self.dressed(self.word.add_paragraph(), style)

    def dressed(self, paragraph: Paragraph, style: str) -> Paragraph:
        paragraph._p.style = self.styles[style]
        return paragraph

    def write(self, blocks: tuple[doc.Block, ...], place: _Place) -> None:
        for block, after in zip_longest(blocks, blocks[1:]):
            leads_in = isinstance(after, doc.Listing) and place.style == "Normal"
            self.block(block, replace(place, style="Lead-in") if leads_in else place)

    def block(self, block: doc.Block, place: _Place) -> None:
        match block:
            case doc.Heading():
                self.heading(block)
            case doc.Paragraph():
                self.runs(self.paragraph(place.style), block.runs)
            case doc.Quote():
                self.write(block.blocks, _Place("Quote", place.level))
            case doc.Listing():
                self.listing(block, place)
            case doc.Table():
                self.table(block)
            case doc.Code():
                self.paragraph("Code").add_run(block.text)
            case doc.Rule():
                self.paragraph("Divider")
            case doc.Figure():
                self.figure(block)

    def heading(self, block: doc.Heading) -> None:
        paragraph = self.paragraph(f"Heading {min(block.depth, 4)}")
        name = self.bookmarks[block.anchor]
        number = name.removeprefix("section_")
        paragraph._p.append(xml(f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'))
        self.runs(paragraph, block.runs)
        paragraph._p.append(xml(f'<w:bookmarkEnd w:id="{number}"/>'))

    def listing(self, block: doc.Listing, place: _Place) -> None:
        level = min(place.level, 8)  # Word's lists have nine levels
        number = self.numbers.of(block.start, level)
        kind = "List Bullet" if block.start is None else "List Number"
        for item in block.items:
            first = self.paragraph(_at_level(kind, level))
            if block.start is not None or level >= LEVELS:
                # A bulleted list has its bullet from its style, as far as there are styles.
                first._p.get_or_add_pPr().get_or_add_numPr().get_or_add_ilvl().val = level
                first._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
            if item and isinstance(item[0], doc.Paragraph):
                self.runs(first, item[0].runs)
                item = item[1:]
            self.write(item, _Place(_at_level("List Continue", level), level + 1))

    def table(self, block: doc.Table) -> None:
        table = self.word.add_table(1 + len(block.rows), len(block.header), style="Memo Table")
        table.autofit = False  # else a long word widens the table past the margin
        widths = [_inches(share * self.width) for share in block.shares()]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for row, cells in zip(table.rows, (block.header, *block.rows), strict=True):
            row._tr.get_or_add_trPr().append(xml("<w:cantSplit/>"))
            for cell, runs, side, width in zip(row.cells, cells, block.alignments, widths, strict=True):
                cell.width = width
                paragraph = self.dressed(cell.paragraphs[0], "Table Heading" if cells is block.header else "Table Text")
                if side in ("center", "right"):
                    paragraph.alignment = _side(side)
                self.runs(paragraph, runs)
        table.rows[0]._tr.get_or_add_trPr().append(xml("<w:tblHeader/>"))
        # Word would join two tables that follow each other.
        self.paragraph("Table Text")

    def figure(self, block: doc.Figure) -> None:
        """The picture at ``DOTS`` an inch, described for those who do not see it; where it cannot be drawn, the
        description alone."""
        picture = block.picture
        if not raster.available():
            self.paragraph("Caption").add_run(doc.in_print(picture.alt))
            return
        wide = block.inches(wide=self.width)
        paragraph = self.paragraph("Figure")
        shape: Any = paragraph.add_run().add_picture(
            io.BytesIO(raster.png(picture, round(wide * DOTS))), width=_inches(wide)
        )
        about = shape._inline.docPr
        about.set("descr", doc.in_print(picture.alt))
        about.set("title", doc.in_print(picture.title))
        self.paragraph("Caption").add_run(doc.in_print(picture.caption))

    def runs(self, paragraph: Paragraph, runs: doc.Runs) -> None:
        for target, group in groupby(runs, key=lambda run: run.link):
            home = self.hyperlink(paragraph, target) if target else paragraph._p
            for run in group:
                if run.note:
                    self.mark(paragraph, run)
                    continue
                made = paragraph.add_run(run.text)
                style = "Inline Code" if run.code else "Hyperlink" if target else ""
                style = style or ("Strong" if run.strong else "Emphasis" if run.emphasis else "")
                if style:
                    made._r.style = self.styles[style]
                # A run has one style: what else it wears is written on it.
                if run.strong and style != "Strong":
                    made.bold = True
                if run.emphasis and style != "Emphasis":
                    made.italic = True
                home.append(made._r)

    def mark(self, paragraph: Paragraph, run: doc.Run) -> None:
        assert self.footnotes  # a mark has its note
        (self.footnotes.mark_again if run.again else self.footnotes.mark)(paragraph, run.note)

    def notes(self, notes: tuple[tuple[doc.Runs, ...], ...]) -> None:
        for number, paragraphs in enumerate(notes, 1):
            assert self.footnotes
            homes = self.footnotes.add(number, len(paragraphs))
            for paragraph, runs in zip(homes, paragraphs, strict=True):
                self.runs(paragraph, runs)

    def hyperlink(self, paragraph: Paragraph, target: str) -> Any:
        from docx.opc.constants import RELATIONSHIP_TYPE

        if target.startswith("#"):
            made = xml(f'<w:hyperlink w:anchor="{self.bookmarks[target[1:]]}" w:history="1"/>')
        else:
            number = paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            made = xml(f'<w:hyperlink r:id="{number}" w:history="1"/>')
        paragraph._p.append(made)
        return made


def _at_level(style: str, level: int) -> str:
    """The name of a list's style at a level, from 0: Word's own end in 2 and 3 below the first."""
    return style if level == 0 else f"{style} {min(level, LEVELS - 1) + 1}"
