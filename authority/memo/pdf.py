"""The memo as a PDF, set by Typst: tagged, with an outline, and the same bytes for the same document."""

from __future__ import annotations

import re
from itertools import groupby, zip_longest

from authority.errors import MissingExtra
from authority.memo import document as doc
from authority.pictures.raster import faces, in_lato

# Seconds since 1970; any fixed moment would do, this one is 1980-01-01 as in the .docx.
_EPOCH = 315532800
# Beyond Latin, Greek, Cyrillic and the signs of Western print the faces inside Typst have no letters.
_FOREIGN = re.compile(r"[^\u0000-\u052f\u1e00-\u22ff]")
# About how many letters a line as wide as the page has, and how many lines a row may have to stay on a page.
_LINE, _ON_A_PAGE = 90, 30
# A word too long for a narrow column; and what it is cut into, together with the words around it.
_UNBROKEN = re.compile(r"\S{25,}")
_PIECE = re.compile(r"(?:(?<!\S)\S{1,24}(?!\S)|\s)+|\S{1,12}")

_PREAMBLE = """
#set page(paper: "us-letter", margin: 1in, footer: context align(center, text(size: 9pt,
  "Page " + counter(page).display() + " of " + str(counter(page).final().first()))))
#set text(font: "Libertinus Serif", size: 11.5pt, lang: "en", region: "US", fill: rgb("#1c1b19"))
#set text(hyphenate: false)
#set par(leading: 0.68em, spacing: 1.05em, linebreaks: "optimized")
#set list(indent: 0.4em, body-indent: 0.6em)
#set enum(indent: 0.4em, body-indent: 0.6em)
#show heading: set text(weight: "bold")
#show heading: set block(above: 1.6em, below: 0.8em, sticky: true)
#show heading.where(level: 1): set text(size: 14.5pt)
#show heading.where(level: 2): set text(size: 12.5pt)
#show heading.where(level: 3): set text(size: 11.5pt, style: "italic")
#show heading.where(level: 4): set text(size: 11.5pt, style: "italic", weight: "regular")
#show title: set text(size: 18pt)
#show title: set par(leading: 0.5em)
#show title: set block(below: 1em)
#show link: it => underline(stroke: 0.4pt, offset: 2pt, it)
#show link: set text(fill: rgb("#1f4e79"))
#show quote.where(block: true): set pad(x: 1.5em)
#show quote.where(block: true): set block(spacing: 1.05em)
#show raw: set text(font: "DejaVu Sans Mono", size: 9.5pt)
#show raw.where(block: true): set block(fill: rgb("#f7f5f0"), inset: 8pt, width: 100%)
#show table: set text(size: 10pt)
#show table: set par(leading: 0.55em)
#show table.cell.where(y: 0): set text(weight: "bold")
#show figure.caption: set text(size: 9.5pt, style: "italic")
#show figure.caption: set align(left)
#set table(inset: (left: 0pt, right: 9pt, y: 5pt),
  stroke: (x, y) => (bottom: if y == 0 { 1pt + rgb("#1c1b19") } else { 0.5pt + rgb("#bfbab0") }))
"""


_PAGES: dict[doc.Page, str] = {
    "letter": "",
    "landscape": "#set page(flipped: true)",
    "one page": """
#set page(margin: (x: 0.9in, y: 0.75in))
#set text(size: 10pt)
#set par(leading: 0.52em, spacing: 0.75em)
#show heading: set block(above: 1em, below: 0.55em)
#show heading: set text(size: 11pt)
#show title: set text(size: 14pt)
#show title: set block(below: 0.6em)
#show table: set text(size: 9pt)
#set table(inset: (left: 0pt, right: 7pt, y: 3pt))
""",
}


def render(document: doc.Document) -> bytes:
    """The PDF file, pages of US letter size, the banner at the head of each; the same document gives the same bytes.

    It keeps to PDF/UA-1 (ISO 14289-1) so far as a machine can check that. Text in scripts beyond Latin, Greek and
    Cyrillic is set in the system's fonts; where a letter is in none of them, the file is tagged all the same and does
    not say that it keeps to the standard. Raises MissingExtra when typst is not installed.
    """
    try:
        import typst  # pyright: ignore[reportMissingImports]
    except ModuleNotFoundError as missing:
        raise MissingExtra("writing .pdf files", "pdf") from missing
    source = markup(document)
    setting = {
        "format": "pdf",
        "timestamp": _EPOCH,
        # The system's fonts differ from one machine to the next: they are used only where they are needed.
        "font_paths": typst.Fonts(
            include_system_fonts=bool(_FOREIGN.search(source)),
            font_paths=sorted({face.parent for face in faces()}),
        ),
    }
    try:
        made = typst.compile(source.encode(), pdf_standards=["ua-1"], **setting)
    except typst.TypstError as error:
        if "could not be displayed with font" not in str(error):
            raise
        made = typst.compile(source.encode(), **setting)
    assert isinstance(made, bytes)  # only a format of one picture a page gives a list
    return made


def markup(document: doc.Document) -> str:
    """The Typst source. The memo's text stands in string literals only: none of it is read as markup."""
    title, banner = _string(doc.in_print(document.title)), _string(doc.in_print(document.banner))
    lines = "".join(f"strong({_string(label)}), {_text(text)}, " for label, text in document.lines())
    top = f"grid(columns: (auto, 1fr), column-gutter: 1.4em, row-gutter: 0.8em, {lines})\n" if lines else ""
    return (
        f"#set document(title: {title})\n{_PREAMBLE}{_PAGES[document.page]}\n"
        f'#set page(header: align(center, text(size: 8.5pt, style: "italic", {banner})))\n'
        f"{_notes(document.notes())}#{{\n"
        f"title({title})\n"
        f"{top}line(length: 100%, stroke: 1.2pt)\n{_blocks(document.blocks())}}}\n"
    )


def _notes(notes: tuple[tuple[doc.Runs, ...], ...]) -> str:
    """Each footnote under the name by which its mark calls it, with a label for marks that come again."""
    made = ""
    for number, paragraphs in enumerate(notes, 1):
        said = "; parbreak(); ".join(map(_inline, paragraphs))
        made += f'#let note_{number} = [#footnote({{ {said} }})#label("note_{number}")]\n'
    return made


def _string(text: str) -> str:
    """A Typst string literal of this one-line or many-line text."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _text(text: str) -> str:
    """Code for this text; a very long word in it may break, where Typst would run it past the margin."""
    pieces = _PIECE.findall(text) if _UNBROKEN.search(text) else [text]
    # A space of next to no width is a place to break, and unlike a character it is not copied with the text.
    return f"{{ {'; h(0.001pt); '.join(map(_string, pieces))} }}" if len(pieces) > 1 else _string(text)


def _blocks(blocks: tuple[doc.Block, ...]) -> str:
    made = ""
    for block, after in zip_longest(blocks, blocks[1:]):
        leads_in = isinstance(block, doc.Paragraph) and isinstance(after, doc.Listing)
        made += f"block(sticky: true, {_block(block)})\n" if leads_in else f"{_block(block)}\n"
    return made


def _block(block: doc.Block) -> str:
    match block:
        case doc.Heading():
            # A label can only be put in markup; the anchor is letters, digits and hyphens of ASCII.
            return f"[#heading(level: {block.depth}, {_inline(block.runs)}) #label({_string(block.anchor)})]"
        case doc.Paragraph():
            return f"par({_inline(block.runs)})"
        case doc.Quote():
            return f"quote(block: true, {{\n{_blocks(block.blocks)}}})"
        case doc.Listing():
            items = "".join(f"{{\n{_blocks(item)}}}, " for item in block.items)
            kind = "list(" if block.start is None else f"enum(start: {block.start}, "
            return f"{kind}tight: {str(block.tight).lower()}, {items})"
        case doc.Table():
            return _table(block)
        case doc.Code():
            return f"raw(block: true, {_string(block.text)})"
        case doc.Figure():
            return _figure(block)
        case _:  # a rule across the page
            return 'line(length: 100%, stroke: 0.5pt + rgb("#bfbab0"))'


def _table(block: doc.Table) -> str:
    shares = block.shares()
    columns = "".join(f"{share:.4f}fr, " for share in shares)
    sides = "".join(f"{side or 'left'}, " for side in block.alignments)
    header = "".join(f"{_inline(cell)}, " for cell in block.header)
    rows = "".join(_row(row, shares) for row in block.rows)
    return f"table(columns: ({columns}), align: ({sides}), table.header({header}), {rows})"


def _row(row: tuple[doc.Runs, ...], shares: tuple[float, ...]) -> str:
    """A row that stays on one page, unless it might be longer than a page: what does not fit would be lost."""
    lines = max(len(doc.plain(cell)) / (share * _LINE) for cell, share in zip(row, shares, strict=True))
    whole = "breakable: false, " if lines < _ON_A_PAGE else ""
    return "".join(f"table.cell({whole}{_inline(cell)}), " for cell in row)


def _figure(block: doc.Figure) -> str:
    picture, wide = block.picture, block.inches()
    svg, alt = _string(in_lato(picture)), _string(doc.in_print(picture.alt))
    drawn = f'image(bytes({svg}), format: "svg", width: {wide:.3f}in, alt: {alt})'
    return f"figure({drawn}, caption: {_text(doc.in_print(picture.caption))}, numbering: none)"


def _inline(runs: doc.Runs) -> str:
    parts = (_linked(target, tuple(group)) for target, group in groupby(runs, key=lambda run: run.link))
    return f"{{ {'; '.join(parts)} }}" if runs else "[]"


def _linked(target: str, runs: doc.Runs) -> str:
    inner = "; ".join(map(_run, runs))
    if not target:
        return inner
    goal = f"label({_string(target[1:])})" if target.startswith("#") else _string(target)
    return f"link({goal}, {{ {inner} }})"


def _run(run: doc.Run) -> str:
    if run.text == "\n":
        return "linebreak()"
    if run.note:
        return f'footnote(label("note_{run.note}"))' if run.again else f"note_{run.note}"
    made = f"raw({_string(run.text)})" if run.code else _text(run.text)
    if run.emphasis:
        made = f"emph({made})"
    return f"strong({made})" if run.strong else made
