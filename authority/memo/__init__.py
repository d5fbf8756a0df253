"""The memo: composed from opinions, then printed in the format that a file's ending names."""

from __future__ import annotations

from pathlib import Path

from authority.errors import UnknownName
from authority.memo import docx, html, pdf
from authority.memo.compose import compose as _compose
from authority.memo.document import Document
from authority.memo.jinja import environment, printed
from authority.memo.parts import Memo
from authority.opinion import Opinion
from authority.places import templates_folder
from authority.raised import raised
from authority.writing import write_whole

FORMATS = (".md", ".html", ".docx", ".pdf", ".json")
STYLES = ("memo", "opinion", "brief", "matrix")
"""A legal memorandum; the form of an opinion of the executive; one page for a member's staff; readings by elements."""

__all__ = ["FORMATS", "STYLES", "as_document", "compose", "markdown", "render", "write"]


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


def render(memo: Memo, ending: str, style: str = "memo") -> bytes:
    """The memo's bytes in a style and a format, named by a file's ending (``.md``, ``.html``, ``.docx``, ``.pdf``,
    ``.json``). JSON is the memo's content, whatever the style.

    Raises UnknownName for another ending or style, MissingExtra where the format's library is not installed.
    """
    if ending not in FORMATS:
        raise UnknownName("memo format", ending, FORMATS)
    return _rendered(memo, as_document(memo, style), ending)


def _rendered(memo: Memo, document: Document, ending: str) -> bytes:
    match ending:
        case ".md":
            return _file(document).encode()
        case ".html":
            return html.render(document).encode()
        case ".docx":
            return docx.render(document)
        case ".pdf":
            return pdf.render(document)
        case _:
            return (memo.model_dump_json(indent=2) + "\n").encode()


def write(opinion: Opinion, *paths: Path, style: str = "memo") -> Path:
    """Writes the memo to each path, in the format of its ending, and returns the first path.

    All formats are rendered before any file is written, and each file is written whole or not at all. Raises as
    ``render``.
    """
    for path in paths:
        if path.suffix.lower() not in FORMATS:
            raise UnknownName("memo format", path.suffix.lower(), FORMATS)
    memo = compose(opinion)
    document = as_document(memo, style)
    rendered = [(path, _rendered(memo, document, path.suffix.lower())) for path in paths]
    for path, content in rendered:
        write_whole(path, content)
    return paths[0]
