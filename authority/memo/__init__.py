"""The memo: composed from opinions, then printed in the format that a file's ending names.

What only some formats need is opened when one of them is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from authority.errors import InvalidInput, Place, Problem, UnknownName
from authority.memo.compose import compose as _compose
from authority.memo.document import Document
from authority.memo.jinja import environment, printed
from authority.memo.parts import Memo
from authority.opinion import Opinion
from authority.places import templates_folder
from authority.raised import raised
from authority.writing import write_whole

if TYPE_CHECKING:
    from authority.memo.page import Page

FORMATS = (".md", ".html", ".docx", ".pdf", ".json")
STYLES = ("memo", "opinion", "brief", "matrix")
"""A legal memorandum; the form of an opinion of the executive; one page for a member's staff; readings by elements."""

PICTURED = (".html", ".docx", ".pdf")
"""The formats that have pictures; the others say what they show."""

TEMPLATES = (".md", ".docx")
"""The endings of a user's own templates."""

__all__ = ["FORMATS", "STYLES", "as_document", "compose", "make_page", "markdown", "render", "write"]


def compose(opinion: Opinion) -> Memo:
    """The memo on the opinion's question, with what its facts raise under the other rule sets of the library."""
    return _compose(opinion, raised(opinion))


def as_document(memo: Memo, style: str = "memo") -> Document:
    """The memo in a style, as the one document that every format but JSON is written from.

    Raises UnknownName for a style that is not there.
    """
    if style not in STYLES:
        raise UnknownName("memo style", style, STYLES)
    return printed(environment(templates_folder()).get_template(f"{style}.md"), memo)


def markdown(memo: Memo, style: str = "memo") -> str:
    """The memo as a Markdown file: the document's text under its title and heading lines."""
    return _file(as_document(memo, style))


def _file(document: Document) -> str:
    return environment(templates_folder()).get_template("file.md").render(document=document)


def render(memo: Memo, ending: str, style: str = "memo", page: Page | None = None) -> bytes:
    """The memo's bytes in a style and a format, named by a file's ending (``.md``, ``.html``, ``.docx``, ``.pdf``,
    ``.json``). JSON is the memo's content, whatever the style. With a ``page`` (``make_page``), a reader may change the
    record in the HTML; the other formats leave it aside.

    Raises UnknownName for another ending or style, MissingExtra where the format's library is not installed.
    """
    if ending not in FORMATS:
        raise UnknownName("memo format", ending, FORMATS)
    return _rendered(memo, as_document(memo, style), ending, page, too_large=False)


def make_page(opinion: Opinion) -> Page | None:
    """What memo.html needs for a reader to change the record of an opinion; None where it is too large for a page."""
    from authority.memo.page import make_page

    return make_page(opinion)


def _rendered(memo: Memo, document: Document, ending: str, page: Page | None, too_large: bool) -> bytes:
    match ending:
        case ".md":
            return _file(document).encode()
        case ".html":
            from authority.memo import html

            return html.render(document, page, too_large).encode()
        case ".docx":
            from authority.memo import docx

            return docx.render(document)
        case ".pdf":
            from authority.memo import pdf

            return pdf.render(document)
        case _:
            return (memo.model_dump_json(indent=2) + "\n").encode()


def write(opinion: Opinion, *paths: Path, style: str = "", template: Path | None = None) -> Path:
    """Writes the memo to each path, in the format of its ending, and returns the first path.

    ``style`` is one of ``STYLES``, the first where it is left empty. ``template`` is a file of the user's own: a
    Markdown template that stands in the style's place, or a Word letterhead that the memo is written into. All formats
    are rendered before any file is written, and each file is written whole or not at all. Raises as ``render``;
    InvalidInput for what is wrong with a template, OSError where a file cannot be read or written.
    """
    for path in paths:
        if path.suffix.lower() not in FORMATS:
            raise UnknownName("memo format", path.suffix.lower(), FORMATS)
    kind = template.suffix.lower() if template else ""
    if template:
        _check(template, kind, style, paths)
    memo = compose(opinion)
    own = template if kind == ".md" else None
    paper = template if kind == ".docx" else None
    pictured = {path.suffix.lower() in PICTURED for path in paths}
    documents = {each: _documented(_with_timeline(memo, opinion) if each else memo, style, own) for each in pictured}
    on_page = any(path.suffix.lower() == ".html" for path in paths)
    page = make_page(opinion) if on_page else None

    def rendered(path: Path) -> bytes:
        ending = path.suffix.lower()
        document = documents[ending in PICTURED]
        return _on_paper(document, paper) if paper else _rendered(memo, document, ending, page, on_page and not page)

    if True in documents:
        documents[True].blocks()  # read once, before several formats come to it
    with ThreadPoolExecutor() as pool:  # Typst sets a PDF without Python, while others are written
        contents = list(pool.map(rendered, paths))
    for path, content in zip(paths, contents, strict=True):
        write_whole(path, content)
    return paths[0]


def _documented(memo: Memo, style: str, own: Path | None) -> Document:
    if own is None:
        return as_document(memo, style or STYLES[0])
    from authority.memo import sandbox

    return sandbox.document(own, memo)


def _with_timeline(memo: Memo, opinion: Opinion) -> Memo:
    from authority.memo.pictured import with_timeline

    return with_timeline(memo, opinion)


def _on_paper(document: Document, paper: Path) -> bytes:
    from authority.memo import letterhead

    return letterhead.render(document, paper)


def _check(template: Path, kind: str, style: str, paths: Iterable[Path]) -> None:
    """Refuses a template that is of no use for what is to be written."""
    if kind not in TEMPLATES:
        raise UnknownName("template kind", kind or template.name, TEMPLATES)
    if kind == ".md" and style:
        what, fix = f"it stands in the place of a style, and the style {style!r} was asked for", "leave one of them out"
        raise InvalidInput([Problem(Place(str(template)), "template", f"the template cannot be used: {what}", "", fix)])
    others = [str(path) for path in paths if path.suffix.lower() != ".docx"]
    if kind == ".docx" and others:
        what = f"a letterhead is for .docx files, and {', '.join(others)} was asked for"
        fix = "write a .docx file, or give a template that is a .md file"
        raise InvalidInput([Problem(Place(str(template)), "letterhead", what, "", fix)])
