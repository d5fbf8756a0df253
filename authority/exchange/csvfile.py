"""CSV: read with its lines, whatever parts its columns; written so that a spreadsheet takes it as it is (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path

from authority import limits
from authority.errors import InvalidInput, Place, Problem
from authority.exchange.cells import Cell, Sheet, too_long, too_many
from authority.inputs import content

_PARTED_BY = (",", ";", "\t")


def read_csv(path: Path, label: str, fits: Callable[[Iterable[str]], int]) -> Sheet:
    """The one sheet of a file; a cell's place is its line and the number of its column.

    Commas, semicolons or tabs part the columns: whichever gives more headings that are known (``fits`` counts them).
    Raises InvalidInput with every problem.
    """
    text = _text(path, label)
    first = {mark: next(iter(_records(text, mark, label, [])), []) for mark in _PARTED_BY}
    mark = max(_PARTED_BY, key=lambda m: (fits(c.text for c in first[m]), len(first[m]), -_PARTED_BY.index(m)))
    problems: list[Problem] = []
    rows = _records(text, mark, label, problems)
    if problems:
        raise InvalidInput(problems)
    return Sheet("", tuple(tuple(row) for row in rows))


def _text(path: Path, label: str) -> str:
    """The file's text; Windows puts a mark before UTF-8, which is no part of it."""
    try:
        return content(path, label, limits.CSV_BYTES).decode("utf-8-sig")
    except OSError as error:
        what = "the file cannot be read"
        raise InvalidInput([Problem(Place(label), "file", what, error.strerror or str(error))]) from None
    except UnicodeDecodeError as error:
        what, fix = "the file is not UTF-8 text", "save it as 'CSV UTF-8'"
        raise InvalidInput([Problem(Place(label), "file", what, str(error), fix)]) from None


def _records(text: str, mark: str, label: str, problems: list[Problem]) -> list[list[Cell]]:
    """The records of a text, each cell with the line on which its record begins; problems are added to those given."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    found: list[list[Cell]] = []
    line = 1
    try:
        for record in reader:
            cells = [Cell(value, Place(label, line, n)) for n, value in enumerate(record, start=1)]
            line = reader.line_num + 1
            found.append(cells)
            problems += filter(None, map(too_long, cells))
            if len(found) > limits.ROWS:
                problems.append(too_many(cells[0].place if cells else Place(label, line), "rows"))
                break
            if any(cell.text for cell in cells[limits.COLUMNS :]):
                problems.append(too_many(cells[limits.COLUMNS].place, "columns"))
                break
    except csv.Error as error:
        fix = "a text that holds quotes stands in quotes, and each of its own is doubled"
        problems.append(Problem(Place(label, line), "syntax", f"the record cannot be read: {error}", "", fix))
    return found


def csv_bytes(rows: Iterable[Iterable[str]]) -> bytes:
    """A sheet as UTF-8 with the mark by which spreadsheets know it. Every text stands in quotes, so that no part of it
    becomes a cell of its own where another sign parts the columns."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")
