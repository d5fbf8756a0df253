"""The memo: composed from opinions, then printed in the format that a file's ending names."""

from __future__ import annotations

import re
from pathlib import Path

from authority.errors import UnknownName
from authority.memo import docx, html, pdf
from authority.memo.compose import compose as _compose
from authority.memo.document import Document
from authority.memo.jinja import environment
from authority.memo.page import Page, make_page
from authority.memo.parts import Memo
from authority.opinion import Opinion
from authority.places import templates_folder
from authority.raised import raised
from authority.writing import write_whole

FORMATS = (".md", ".html", ".docx", ".pdf", ".json")

__all__ = ["FORMATS", "as_document", "compose", "make_page", "markdown", "render", "write"]


def compose(opinion: Opinion) -> Memo:
    """The memo on the opinion's question, with what its facts raise under the other rule sets of the library."""
    return _compose(opinion, raised(opinion))


def as_document(memo: Memo) -> Document:
    """The memo as the one document that HTML, DOCX and PDF are written from."""
    text = environment(templates_folder()).get_template("memo.md").render(memo=memo)
    return Document(title=memo.title, heading=memo.heading, markdown=_tidy(str(text)))


def _tidy(text: str) -> str:
    """The text with one empty line at most between its parts, and none at its ends."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def markdown(memo: Memo) -> str:
    """The memo as a Markdown file: the document's text under its title and heading lines."""
    page = environment(templates_folder()).get_template("file.md")
    return _tidy(str(page.render(memo=memo, body=as_document(memo).markdown)))


def render(memo: Memo, ending: str, page: Page | None = None) -> bytes:
    """The memo's bytes in a format, named by a file's ending (``.md``, ``.html``, ``.docx``, ``.pdf``, ``.json``).

    With a page (``make_page``), a reader may change the record in the HTML; the other formats leave it aside.
    Raises UnknownName for another ending, MissingExtra where the format's library is not installed.
    """
    if ending == ".md":
        return markdown(memo).encode()
    if ending == ".json":
        return (memo.model_dump_json(indent=2) + "\n").encode()
    if ending == ".html":
        return html.render(as_document(memo), page).encode()
    if ending == ".docx":
        return docx.render(as_document(memo))
    if ending == ".pdf":
        return pdf.render(as_document(memo))
    raise UnknownName("memo format", ending, FORMATS)


def write(opinion: Opinion, *paths: Path) -> Path:
    """Writes the memo to each path, in the format of its ending, and returns the first path.

    All formats are rendered before any file is written, and each file is written whole or not at all.
    """
    memo = compose(opinion)
    page = make_page(opinion) if any(path.suffix.lower() == ".html" for path in paths) else None
    rendered = [(path, render(memo, path.suffix.lower(), page)) for path in paths]
    for path, content in rendered:
        write_whole(path, content)
    return paths[0]
