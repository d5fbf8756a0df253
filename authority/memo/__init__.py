"""The memo: composed from opinions, then printed in the format that a file's ending names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from authority.chronology import timeline
from authority.errors import UnknownName
from authority.memo import docx, html, pdf
from authority.memo.compose import compose as _compose
from authority.memo.document import Document
from authority.memo.jinja import environment
from authority.memo.parts import Memo
from authority.opinion import Opinion
from authority.pictures import Plan, draw, plan_timeline
from authority.places import templates_folder
from authority.raised import raised
from authority.writing import write_whole

FORMATS = (".md", ".html", ".docx", ".pdf", ".json")
PICTURED = (".html", ".docx", ".pdf")
"""The formats that have pictures; the others say what they show."""

__all__ = ["FORMATS", "as_document", "compose", "markdown", "render", "write"]


def compose(opinion: Opinion) -> Memo:
    """The memo on the opinion's question, with what its facts raise under the other rule sets of the library."""
    return _compose(opinion, raised(opinion))


def as_document(memo: Memo) -> Document:
    """The memo as the one document that HTML, DOCX and PDF are written from."""
    pictures = tuple(draw(plan) for plan in _plans(memo))
    return Document(title=memo.title, heading=memo.heading, markdown=_body(memo, pictured=True), pictures=pictures)


def _body(memo: Memo, *, pictured: bool) -> str:
    """The memo's text; of each picture its place in it, or its description."""
    text = environment(templates_folder()).get_template("memo.md").render(memo=memo, pictured=pictured)
    return _tidy(str(text))


def _plans(memo: Memo) -> Iterator[Plan]:
    """What the memo shows in pictures, in the order in which they stand in it."""
    found = (
        memo.rows_picture, memo.timeline, *(reading.picture for reading in memo.readings),
        *(powers.picture for powers in memo.depends.powers),
    )  # fmt: skip
    return (plan for plan in found if plan is not None)


def _tidy(text: str) -> str:
    """The text with one empty line at most between its parts, and none at its ends."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def markdown(memo: Memo) -> str:
    """The memo as a Markdown file: the document's text under its title and heading lines, of each picture what it
    shows in words."""
    page = environment(templates_folder()).get_template("file.md")
    return _tidy(str(page.render(memo=memo, body=_body(memo, pictured=False))))


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
    pictured = _with_timeline(memo, opinion) if any(p.suffix.lower() in PICTURED for p in paths) else memo
    endings = [path.suffix.lower() for path in paths]
    rendered = [
        (path, render(pictured if ending in PICTURED else memo, ending))
        for path, ending in zip(paths, endings, strict=True)
    ]
    for path, content in rendered:
        write_whole(path, content)
    return paths[0]


def _with_timeline(memo: Memo, opinion: Opinion) -> Memo:
    """The memo with the timeline of its question, where any verdict changed on a day."""
    found = timeline(opinion.case, opinion.question)
    turned = any(row.because for row in (*found.record, *found.law))
    return memo.but(timeline=plan_timeline(opinion.case, found)) if turned else memo
