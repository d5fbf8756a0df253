"""The memo as a Word file, in Word's own styles, so that an office can restyle it and go on writing."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from authority.errors import MissingExtra
from authority.memo import document as doc
from authority.pictures import raster

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph

_SERIF = "Georgia"
_FIXED = "Courier New"
_POINT = 12700  # in python-docx's unit of length
_PAGE = 6.5  # inches between the margins of a letter page
_LABELS = 1.35  # the width of the labels beside the heading lines, in inches
_STEP = 0.3  # inches a list is set in at each level
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# The schema fixes the order of a paragraph's properties; these come after its borders.
_AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
_LINE_BELOW = '<w:pBdr><w:bottom w:val="single" w:sz="{eighths}" w:space="1" w:color="{color}"/></w:pBdr>'


def render(document: doc.Document) -> bytes:
    """The .docx file; the same document gives the same bytes.

    Raises MissingExtra when python-docx is not installed.
    """
    try:
        import docx
    except ModuleNotFoundError as missing:
        raise MissingExtra("writing .docx files", "docx") from missing
    word = docx.Document()
    _properties(word, document)
    _styles(word)
    _footer(word)
    _top(word, document)
    blocks = document.blocks()
    _Body(word, blocks).write(blocks, _Place())
    saved = io.BytesIO()
    word.save(saved)
    return _undated(saved.getvalue())


def _undated(file: bytes) -> bytes:
    """The zip file with one fixed date for all entries: python-docx writes the clock's."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # else the entry tells on which system it was made
            new.writestr(info, old.read(entry))
    return made.getvalue()


def _inches(count: float) -> Any:
    from docx.shared import Inches

    return Inches(count)


def _xml(text: str) -> Any:
    """The element of this WordprocessingML. Numbers and names of our own go into it, no text of the memo."""
    from docx.oxml import parse_xml

    tag_end = min(text.index(end) for end in (">", " ", "/") if end in text)
    return parse_xml(f'{text[:tag_end]} xmlns:w="{_W}" xmlns:r="{_R}"{text[tag_end:]}')


def _properties(word: Word, document: doc.Document) -> None:
    about = word.core_properties
    about.title = doc.clean(document.title)[:255]  # the longest python-docx takes
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.created = about.modified = datetime(1980, 1, 1, tzinfo=UTC)
    about.revision = 1
    about.language = "en-US"
    section = word.sections[0]
    section.page_width, section.page_height = _inches(8.5), _inches(11)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _inches(1)


def _styles(word: Word) -> None:
    """Make Word's styles sober: one serif face, black, and add those Word's template lacks."""
    from docx.enum.style import WD_STYLE_TYPE

    for name in ("Code", "Table Text"):
        added: Any = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        added.base_style = word.styles["Normal"]
    for name in ("Hyperlink", "Inline Code"):
        word.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    #            style           face    points bold   italic before after (points)
    for name, face, size, bold, italic, before, after in (
        ("Normal", _SERIF, 11, False, False, 0, 7),
        ("Title", _SERIF, 18, True, False, 0, 10),
        ("Heading 1", _SERIF, 14, True, False, 16, 6),
        ("Heading 2", _SERIF, 12, True, False, 12, 4),
        ("Heading 3", _SERIF, 11, True, True, 10, 3),
        ("Heading 4", _SERIF, 11, False, True, 8, 3),
        ("Quote", _SERIF, 10.5, False, False, 0, 7),
        ("List Bullet", _SERIF, 11, False, False, 0, 4),
        ("List Number", _SERIF, 11, False, False, 0, 4),
        ("List Continue", _SERIF, 11, False, False, 0, 4),
        ("Table Text", _SERIF, 9.5, False, False, 2, 2),
        ("Footer", _SERIF, 9, False, False, 0, 0),
        ("Caption", _SERIF, 9.5, False, True, 0, 9),
        ("Code", _FIXED, 9, False, False, 0, 7),
    ):
        style: Any = word.styles[name]
        _dress(style, face, size, bold, italic)
        style.paragraph_format.space_before = round(before * _POINT)
        style.paragraph_format.space_after = round(after * _POINT)
        style.paragraph_format.line_spacing = 1.0 if name in ("Code", "Table Text", "Footer") else 1.15
    _dress(word.styles["Inline Code"], _FIXED, 9.5, False, False)
    hyperlink: Any = word.styles["Hyperlink"]
    hyperlink.font.color.rgb = _color("1F4E79")
    hyperlink.font.underline = True
    for border in word.styles["Title"].element.findall(f".//{{{_W}}}pBdr"):
        border.getparent().remove(border)
    for style in _TABLE_STYLES:
        word.styles.element.append(_xml(style))


_TABLE_STYLES = (
    """<w:style w:type="table" w:customStyle="1" w:styleId="MemoLines"><w:name w:val="Memo Lines"/>
<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="120"
 w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>""",
    """<w:style w:type="table" w:customStyle="1" w:styleId="MemoTable"><w:name w:val="Memo Table"/>
<w:basedOn w:val="MemoLines"/><w:tblPr><w:tblBorders>
<w:bottom w:val="single" w:sz="4" w:space="0" w:color="BFBAB0"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="BFBAB0"/></w:tblBorders></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="1C1B19"/></w:tcBorders></w:tcPr></w:tblStylePr>
</w:style>""",
)


def _color(rgb: str) -> Any:
    from docx.shared import RGBColor

    return RGBColor.from_string(rgb)


def _dress(style: Any, face: str, points: float, bold: bool, italic: bool) -> None:
    properties = style.element.get_or_add_rPr()
    for fonts in properties.findall(f"{{{_W}}}rFonts"):
        # The template's styles name a theme's face, which would win over ours.
        properties.remove(fonts)
    faces = " ".join(f'w:{script}="{face}"' for script in ("ascii", "hAnsi", "cs", "eastAsia"))
    properties.insert(0, _xml(f"<w:rFonts {faces}/>"))
    style.font.size = round(points * _POINT)
    style.font.bold, style.font.italic = bold, italic
    style.font.color.rgb = _color("1C1B19")


def _footer(word: Word) -> None:
    """Put "Page X of Y" in the middle of each page's foot."""
    paragraph = word.sections[0].footer.paragraphs[0]
    paragraph.alignment = _side("center")
    for text, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        paragraph.add_run(text)
        paragraph._p.append(_xml(f'<w:fldSimple w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))


def _side(name: str) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as SIDES

    return {"center": SIDES.CENTER, "right": SIDES.RIGHT}.get(name, SIDES.LEFT)


def _top(word: Word, document: doc.Document) -> None:
    """The title, the heading lines in a table without borders, and a rule."""
    word.add_paragraph(doc.clean(document.title), style="Title")
    lines = document.lines()
    if lines:
        table = word.add_table(len(lines), 2)
        table.style = "Memo Lines"
        for row, (label, text) in zip(table.rows, lines, strict=True):
            for cell, content, width in zip(row.cells, (label, text), (_LABELS, _PAGE - _LABELS), strict=True):
                cell.width = _inches(width)
                cell.paragraphs[0].paragraph_format.space_after = round(3 * _POINT)
                cell.paragraphs[0].add_run(content).bold = content is label
        for column, width in zip(table.columns, (_LABELS, _PAGE - _LABELS), strict=True):
            column.width = _inches(width)
    _rule(word, 12, "1C1B19")


def _rule(word: Word, eighths: int, color: str) -> None:
    line = word.add_paragraph()
    line.paragraph_format.line_spacing = 0.7
    border = _xml(_LINE_BELOW.format(eighths=eighths, color=color))
    line._p.get_or_add_pPr().insert_element_before(border, *_AFTER_BORDERS)


@dataclass(frozen=True)
class _Place:
    """Where a block stands: the style of its paragraphs, inches from the margin, depth of lists around it."""

    style: str = "Normal"
    inset: float = 0.0
    level: int = 0


class _Body:
    """Blocks to paragraphs and tables at the end of the Word document."""

    def __init__(self, word: Word, blocks: tuple[doc.Block, ...]) -> None:
        self.word = word
        anchors = [block.anchor for block in doc.walk(blocks) if isinstance(block, doc.Heading)]
        # Word allows 40 characters for a bookmark's name, fewer than a heading has.
        self.bookmarks = {anchor: f"section_{number}" for number, anchor in enumerate(anchors, 1)}
        self.numbering = _Numbering(word)

    def write(self, blocks: tuple[doc.Block, ...], place: _Place) -> None:
        for block in blocks:
            self.block(block, place)

    def block(self, block: doc.Block, place: _Place) -> None:
        match block:
            case doc.Heading():
                self.heading(block)
            case doc.Paragraph():
                self.runs(self.paragraph(place), block.runs)
            case doc.Quote():
                self.write(block.blocks, _Place("Quote", place.inset + 0.4, place.level))
            case doc.Listing():
                self.listing(block, place)
            case doc.Table():
                self.table(block)
            case doc.Code():
                self.paragraph(_Place("Code", place.inset)).add_run(block.text)
            case doc.Rule():
                _rule(self.word, 4, "BFBAB0")
            case doc.Figure():
                self.figure(block)

    def paragraph(self, place: _Place) -> Paragraph:
        made = self.word.add_paragraph(style=place.style)
        if place.inset:
            made.paragraph_format.left_indent = _inches(place.inset)
            made.paragraph_format.first_line_indent = 0
        if place.style == "Quote":
            made.paragraph_format.right_indent = _inches(0.4)
        return made

    def heading(self, block: doc.Heading) -> None:
        paragraph = self.word.add_paragraph(style=f"Heading {min(block.depth, 4)}")
        name = self.bookmarks[block.anchor]
        number = name.removeprefix("section_")
        paragraph._p.append(_xml(f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'))
        self.runs(paragraph, block.runs)
        paragraph._p.append(_xml(f'<w:bookmarkEnd w:id="{number}"/>'))

    def listing(self, block: doc.Listing, place: _Place) -> None:
        level = min(place.level, 8)  # Word's lists have nine levels
        number = self.numbering.of(block.start, level)
        style = "List Bullet" if block.start is None else "List Number"
        inset = place.inset + _STEP
        for item in block.items:
            first = self.word.add_paragraph(style=style)
            first._p.get_or_add_pPr().insert_element_before(
                _xml(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'),
                *("w:pBdr", *_AFTER_BORDERS),
            )
            first.paragraph_format.left_indent = _inches(inset)
            first.paragraph_format.first_line_indent = _inches(-_STEP)
            if item and isinstance(item[0], doc.Paragraph):
                self.runs(first, item[0].runs)
                item = item[1:]
            self.write(item, _Place("List Continue", inset, level + 1))

    def table(self, block: doc.Table) -> None:
        table = self.word.add_table(1 + len(block.rows), len(block.header), style="Memo Table")
        table.autofit = False  # else a long word widens the table past the margin
        widths = [_inches(share * _PAGE) for share in block.shares()]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for row, cells in zip(table.rows, (block.header, *block.rows), strict=True):
            row._tr.get_or_add_trPr().append(_xml("<w:cantSplit/>"))
            for cell, runs, side, width in zip(row.cells, cells, block.alignments, widths, strict=True):
                cell.width = width
                paragraph = cell.paragraphs[0]
                paragraph.style = "Table Text"
                paragraph.alignment = _side(side)
                bold = cells is block.header
                self.runs(paragraph, tuple(replace(run, strong=run.strong or bold) for run in runs))
        table.rows[0]._tr.get_or_add_trPr().append(_xml("<w:tblHeader/>"))
        # Word would join two tables that follow each other.
        self.word.add_paragraph(style="Table Text")

    def figure(self, block: doc.Figure) -> None:
        """The picture at 300 dots an inch, described for those who do not see it; where it cannot be drawn, the
        description alone."""
        picture = block.picture
        if not raster.available():
            self.paragraph(_Place()).add_run(doc.clean(picture.alt)).italic = True
            return
        wide = block.inches()
        paragraph = self.word.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        shape: Any = paragraph.add_run().add_picture(
            io.BytesIO(raster.png(picture, round(wide * 300))), width=_inches(wide)
        )
        about = shape._inline.docPr
        about.set("descr", doc.clean(picture.alt))
        about.set("title", doc.clean(picture.title))
        self.word.add_paragraph(doc.clean(picture.caption), style="Caption")

    def runs(self, paragraph: Paragraph, runs: doc.Runs) -> None:
        for target, group in groupby(runs, key=lambda run: run.link):
            home = self.hyperlink(paragraph, target) if target else paragraph._p
            for run in group:
                made = paragraph.add_run(run.text)
                # Only what is said is written, so that a style's own bold or italic is not undone.
                made.bold, made.italic = run.strong or None, run.emphasis or None
                if run.code or target:
                    made.style = "Inline Code" if run.code else "Hyperlink"
                home.append(made._r)

    def hyperlink(self, paragraph: Paragraph, target: str) -> Any:
        from docx.opc.constants import RELATIONSHIP_TYPE

        if target.startswith("#"):
            made = _xml(f'<w:hyperlink w:anchor="{self.bookmarks[target[1:]]}" w:history="1"/>')
        else:
            number = paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            made = _xml(f'<w:hyperlink r:id="{number}" w:history="1"/>')
        paragraph._p.append(made)
        return made


class _Numbering:
    """The numbers of Word's lists: bulleted lists share one, a numbered one begins anew with its own."""

    def __init__(self, word: Word) -> None:
        self.root: Any = word.part.numbering_part.element
        taken = self.root.findall(f"{{{_W}}}abstractNum")
        ids = [int(found.get(f"{{{_W}}}abstractNumId")) for found in taken]
        self.bullets, self.numbers = max(ids, default=0) + 1, max(ids, default=0) + 2
        for abstract, form in ((self.bullets, "bullet"), (self.numbers, "decimal")):
            levels = "".join(self._level(level, form) for level in range(9))
            inner = f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}'
            # The schema wants every abstractNum before the first num.
            self.root.insert(0, _xml(f'<w:abstractNum w:abstractNumId="{abstract}">{inner}</w:abstractNum>'))
        self.shared = self.root.add_num(self.bullets).numId

    @staticmethod
    def _level(level: int, form: str) -> str:
        text = f"%{level + 1}." if form == "decimal" else "•–"[level % 2]
        return (
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
        )

    def of(self, start: int | None, level: int) -> int:
        """The number of a list that starts here (None: bullets) at this level."""
        if start is None:
            return self.shared
        made = self.root.add_num(self.numbers)
        made.add_lvlOverride(ilvl=level).add_startOverride(start)
        return made.numId
