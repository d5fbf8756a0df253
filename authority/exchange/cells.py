"""Sheets and their cells: where each stands, what keeps a text from being a formula, several values in one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from authority import limits
from authority.errors import Place, Problem

# What a spreadsheet may take for the beginning of a formula (OWASP, "CSV Injection"), and the apostrophe that makes
# such a text inert, which must not be lost where a text begins with one of its own.
_SPECIAL = "=+-@＝＋－＠'"
_PARTS = re.compile(r"[;\r\n]")


class Cell(NamedTuple):
    """A cell: its text, and where it stands."""

    text: str
    place: Place


class Sheet(NamedTuple):
    """A sheet: its name (empty, where a file is one), and its rows, each as far as it is filled."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def inert(text: str) -> str:
    """The text as it stands in a cell: behind an apostrophe if it begins with a sign of a formula, or with white space
    or an apostrophe, or ends with white space; so that it comes back unchanged."""
    return f"'{text}" if _is_special(text) else text


def spoken(cell: str) -> str:
    """The text of a cell: without white space about it, or, behind the apostrophe of ``inert``, as it stands."""
    return cell[1:] if cell.startswith("'") and _is_special(cell[1:]) else cell.strip()


def _is_special(text: str) -> bool:
    return bool(text) and (text[0] in _SPECIAL or text[0].isspace() or text[-1].isspace())


def joined(values: Iterable[str]) -> str:
    """Several values in one cell, a line each; one that would come apart is put in quotes, as JSON has them."""
    return "\n".join(_part(value) for value in values)


def _part(value: str) -> str:
    whole = value and value == value.strip() and not value.startswith('"') and not _PARTS.search(value)
    return value if whole else json.dumps(value, ensure_ascii=False)


def parted(text: str) -> tuple[str, ...]:
    """The values in one cell, parted by semicolons or line ends; what stands in quotes is one."""
    return tuple(_values(text))


def _values(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        if text[at].isspace() or text[at] == ";":
            at += 1
            continue
        quoted = _quoted(text, at) if text[at] == '"' else None
        if quoted is not None:
            value, at = quoted
            yield value
            continue
        end = _PARTS.search(text, at)
        stop = end.start() if end else len(text)
        yield text[at:stop].strip()
        at = stop


def _quoted(text: str, at: int) -> tuple[str, int] | None:
    """The value in quotes that begins here, and where it ends; None where the quotes are part of a plain text."""
    try:
        value, end = json.JSONDecoder().raw_decode(text, at)
    except ValueError:
        return None
    rest = text[end:].lstrip(" \t")
    return (value, end) if isinstance(value, str) and (not rest or _PARTS.match(rest)) else None


def too_long(cell: Cell) -> Problem | None:
    """What is wrong with a cell that holds more than one may."""
    if len(cell.text) <= limits.CELL:
        return None
    what = f"the cell holds {len(cell.text):,} characters, and one may hold {limits.CELL:,}"
    return Problem(cell.place, "cell", what, "", "say it in fewer words, or in several items")


def too_many(place: Place, what: str) -> Problem:
    """A sheet with more rows or columns than one may have."""
    most = limits.ROWS if what == "rows" else limits.COLUMNS
    return Problem(place, "sheet", f"the sheet has more than {most:,} {what}", "", f"take out what {what} are no log's")
