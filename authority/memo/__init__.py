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

__all__ = ["FORMATS", "as_document", "compose", "markdown", "render", "write"]


def compose(opinion: Opinion) -> Memo:
    """The memo on the opinion's question, with what its facts raise under the other rule sets of the library."""
    return _compose(opinion, raised(opinion))


def as_document(memo: Memo) -> Document:
    """The memo as the one document that every format but JSON is written from."""
    return printed(environment(templates_folder()).get_template("memo.md"), memo)


def markdown(memo: Memo) -> str:
    """The memo as a Markdown file: the document's text under its title and heading lines."""
    page = environment(templates_folder()).get_template("file.md")
    return page.render(document=as_document(memo))


def render(memo: Memo, ending: str) -> bytes:
    """The memo's bytes in a format, named by a file's ending (``.md``, ``.html``, ``.docx``, ``.pdf``, ``.json``).

    Raises UnknownName for another ending, MissingExtra where the format's library is not installed.
    """
    if ending == ".md":
        return markdown(memo).encode()
    if ending == ".json":
        return (memo.model_dump_json(indent=2) + "\n").encode()
    if ending == ".html":
        return html.render(as_document(memo)).encode()
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
    rendered = [(path, render(memo, path.suffix.lower())) for path in paths]
    for path, content in rendered:
        write_whole(path, content)
    return paths[0]
