"""The few pieces of HTML that a notebook is shown: text is text, nothing runs, nothing is fetched.

Every word that comes from a case is escaped here. A table says which of its cells are heads, and what it is a table of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from authority.engine import Verdict

_SIGNS = {Verdict.MET: "✓", Verdict.NOT_MET: "✗", Verdict.UNDETERMINED: "?"}
_CELL = 'style="text-align: left; vertical-align: top"'
_BAR = 120  # pixels of the longest bar


class Html(NamedTuple):
    """A piece of HTML, as against a text that is still to be escaped."""

    code: str


Piece = Html | str


def piece(content: Piece) -> str:
    """A piece as HTML; a text escaped."""
    return content.code if isinstance(content, Html) else escape(content)


def verdict(found: Verdict) -> str:
    """A verdict by its sign and in words, so that neither colour nor shape is needed."""
    return f"{_SIGNS[found]} {found}"


def paragraph(content: Piece) -> str:
    """A paragraph; nothing for nothing."""
    return f"<p>{piece(content)}</p>" if content else ""


def strong(text: str) -> Html:
    """A text that is to be seen first."""
    return Html(f"<strong>{escape(text)}</strong>")


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[Piece]]) -> str:
    """A table whose first column heads its rows; nothing where there is no row."""
    body = "".join(
        f'<tr><th scope="row" {_CELL}>{piece(row[0])}</th>'
        + "".join(f"<td {_CELL}>{piece(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    if not body:
        return ""
    head = "".join(f'<th scope="col" {_CELL}>{escape(each)}</th>' for each in heads)
    titled = f"<caption {_CELL}>{escape(caption)}</caption>"
    return f"<table>{titled}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def folded(summary: str, text: str) -> str:
    """A text as it is set out, folded away until it is asked for."""
    return f"<details><summary>{escape(summary)}</summary><pre>{escape(text)}</pre></details>"


def bar(value: float, greatest: float) -> Html:
    """A value in digits behind a bar of its size; to the right what tells for, hollow what tells against."""
    width = round(_BAR * abs(value) / greatest) if greatest else 0
    fill = "background: currentColor" if value > 0 else "border: 1px solid; box-sizing: border-box"
    shape = f'<span aria-hidden="true" style="display: inline-block; height: 0.7em; width: {width}px; {fill}"></span>'
    return Html(f"{shape if width else ''} {value:+.3f}")


def whole(*parts: str) -> str:
    """The parts as one piece, in a box that scrolls where it is too wide."""
    return f'<div style="overflow-x: auto">{"".join(parts)}</div>'
