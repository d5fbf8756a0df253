"""XLSX: the only door to openpyxl. A file is looked over before it is opened: no macros, no entities, no bombs."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from authority import limits
from authority.archives import wrong_with
from authority.errors import InvalidInput, MissingExtra, Place, Problem
from authority.exchange.cells import Cell, Sheet, too_long, too_many
from authority.inputs import content

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_SAVE_ANEW = "open it in a spreadsheet, and save it as a workbook without macros (.xlsx)"
_HOUR = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*<")
# What XML 1.0 cannot hold, and the form of ECMA-376 (22.4.2.4) that readers take for such a character.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|x005F_")


def read_xlsx(path: Path, label: str) -> tuple[Sheet, ...]:
    """The sheets of a workbook, in their order; of a formula the value that was last worked out, of a day its date.

    Raises InvalidInput with every problem: a file that is no workbook, or holds macros, entities or more than a log
    does; a cell that holds an error, or a formula without a value. MissingExtra where openpyxl is not installed.
    """
    load = _openpyxl("reading XLSX").load_workbook
    found = _looked_over(path, label)
    problems: list[Problem] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions, which a log does not need
            # Twice, since openpyxl says either what a formula is or what came of it.
            values = load(io.BytesIO(found), read_only=True, data_only=True, keep_links=False)
            formulas = load(io.BytesIO(found), read_only=True, data_only=False, keep_links=False)
            sheets = tuple(
                _sheet(values[name], formulas[name], f"{label}!{name}", problems)
                for name in values.sheetnames
                if hasattr(values[name], "reset_dimensions")  # a sheet that is a chart has no cells
            )
    except Exception as error:  # whatever openpyxl trips over in a broken workbook, which is of many types
        what, why = "the workbook cannot be read", f"{type(error).__name__}: {error}"
        raise InvalidInput([Problem(Place(label), "file", what, why, _SAVE_ANEW)]) from error
    if problems:
        raise InvalidInput(problems)
    return sheets


def _openpyxl(feature: str) -> Any:
    try:
        import openpyxl
    except ImportError:
        raise MissingExtra(feature, "xlsx") from None
    return openpyxl


# ── Before it is opened ───────────────────────────────────────────────────────────────────────────────────────────────


def _looked_over(path: Path, label: str) -> bytes:
    """The bytes of a workbook that may be opened."""

    def refuse(what: str, why: str = "", fix: str = _SAVE_ANEW) -> InvalidInput:
        return InvalidInput([Problem(Place(label), "file", what, why, fix)])

    try:
        found = content(path, label, limits.ARCHIVE_BYTES)
    except OSError as error:
        raise refuse("the file cannot be read", error.strerror or str(error), "") from None
    if found.startswith(_OLE):
        raise refuse("the file is no XLSX", "it is protected by a password, or of the format before 2007")
    try:
        with zipfile.ZipFile(io.BytesIO(found)) as archive:
            for what, why in wrong_with(archive, "the workbook", "a log holds"):
                raise refuse(what, why)
    # What zipfile raises of a damaged archive, of a compression it does not know, and of an encrypted entry.
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
        raise refuse("the file is no XLSX", str(error)) from None
    return found


# ── Cells ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _sheet(values: Any, formulas: Any, label: str, problems: list[Problem]) -> Sheet:
    for each in (values, formulas):
        each.reset_dimensions()  # what a file says of its size need not be so
    rows: list[tuple[Cell, ...]] = []
    for number, (row, same) in enumerate(zip_longest(values.iter_rows(), formulas.iter_rows(), fillvalue=()), start=1):
        if number > limits.LAST_ROW or (number > limits.ROWS and any(cell.value is not None for cell in row)):
            problems.append(too_many(Place(label, number, 1, True), "rows"))
            break
        cells = [
            _cell(value, formula, Place(label, number, column, True), problems)
            for column, (value, formula) in enumerate(zip(row, same, strict=True), start=1)
        ]
        while cells and not cells[-1].text:
            cells.pop()
        if len(cells) > limits.COLUMNS:
            problems.append(too_many(cells[limits.COLUMNS].place, "columns"))
            break
        if cells:
            rows.append(tuple(cells))
    return Sheet(values.title, tuple(rows))


def _cell(value: Any, formula: Any, place: Place, problems: list[Problem]) -> Cell:
    if formula.data_type == "f" and value.value is None:
        fix = "open the workbook in a spreadsheet and save it, or put the value in its place"
        problems.append(Problem(place, "cell", "the value of a formula was never worked out", "", fix))
    elif value.data_type == "e":
        what = f"the cell holds the error {value.value}"
        problems.append(Problem(place, "cell", what, "", "put a value in its place"))
    cell = Cell(_as_text(value.value), place)
    problems += filter(None, [too_long(cell)])
    return cell


def _as_text(value: Any) -> str:
    """What a cell holds as text: a day as its date, a whole number without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        at_midnight = value.time() == datetime.time()
        return value.date().isoformat() if at_midnight else value.isoformat(sep=" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, str):
        return value.replace("_x000D_", "\r")
    return str(value)


# ── Writing ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def xlsx_bytes(sheets: Mapping[str, Sequence[Sequence[str]]], label: str) -> bytes:
    """A workbook of these sheets, every cell a text that no spreadsheet takes for a formula, a number or a day.

    Raises InvalidInput for a text that a workbook cannot hold, MissingExtra where openpyxl is not installed.
    """
    make = _openpyxl("writing XLSX").Workbook
    problems = [
        problem
        for name, rows in sheets.items()
        for number, row in enumerate(rows, start=1)
        for column, text in enumerate(row, start=1)
        if (problem := _unwritable(text, Place(f"{label}!{name}", number, column, True)))
    ]
    if problems:
        raise InvalidInput(problems)
    book = make(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for row in rows:
            sheet.append([_written(text, sheet) for text in row])
    out = io.BytesIO()
    book.save(out)
    return _without_hours(out.getvalue())


def _unwritable(text: str, place: Place) -> Problem | None:
    """What is wrong with a text that no cell of a workbook can hold."""
    found = _UNWRITABLE.search(text)
    if not found and len(text) <= limits.CELL:
        return None
    what = f"a workbook cannot hold {found[0]!r}" if found else f"the text has {len(text):,} characters"
    why = "" if found else f"a cell of a workbook holds {limits.CELL:,}"
    return Problem(place, "cell", what, why, "write the log as CSV")


def _written(text: str, sheet: Any) -> Any:
    """The cell of a text, marked as one."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    cell = WriteOnlyCell(sheet, text.replace("\r", "_x000D_"))
    cell.data_type, cell.number_format = "s", "@"
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _without_hours(content: bytes) -> bytes:
    """The workbook without the hour at which it was made, so that the same log is the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as same:
        for part in made.infolist():
            text = made.read(part)
            if part.filename == "docProps/core.xml":
                text = _HOUR.sub(rb"\g<1>2000-01-01T00:00:00Z<", text)
            same.writestr(zipfile.ZipInfo(part.filename), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()
