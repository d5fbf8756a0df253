"""A record as a log: the exhibits a row each, and their sources; it imports back as the same record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel

from authority.errors import UnknownName
from authority.exchange.cells import inert, joined
from authority.exchange.columns import EVIDENCE_FIELDS, LISTS, OF_SOURCE, SOURCE_FIELDS
from authority.exchange.csvfile import csv_bytes
from authority.exchange.xlsxfile import xlsx_bytes
from authority.facts import FactPattern

ENDINGS = (".csv", ".xlsx")
EVIDENCE, SOURCES = "Evidence", "Sources"
_ALWAYS = ("id", "source", "says", "supports", "contradicts", "found_none", "name", "kind")
"""The columns that stand in a log though they may be empty."""


def log_bytes(case: FactPattern, ending: str, label: str = "the log") -> bytes:
    """The record of a case as a log: in XLSX a sheet of evidence and one of sources; in CSV the sources first, a row
    each, then the exhibits, a row each.

    Raises UnknownName for another ending than .csv or .xlsx, InvalidInput for a text that XLSX cannot hold,
    MissingExtra where openpyxl is not installed.
    """
    evidence = _table(EVIDENCE_FIELDS, case.evidence)
    sources = _table(SOURCE_FIELDS, case.sources)
    if ending == ".xlsx":
        return xlsx_bytes({EVIDENCE: evidence, SOURCES: sources}, label)
    if ending == ".csv":
        return csv_bytes(_as_one(evidence, sources))
    raise UnknownName("format of a log", ending, ENDINGS)




def cells_of(entry: BaseModel) -> dict[str, str]:
    """The fields of an exhibit or a source that say something, each as the text of a cell."""
    return {name: _text(name, value) for name in type(entry).model_fields if (value := getattr(entry, name))}


def heading(field: str) -> str:
    """How a field is called in a log."""
    return field.replace("_", " ")


def _text(field: str, value: Any) -> str:
    return joined(str(each) for each in value) if field in LISTS else str(value)


def _table(fields: Sequence[str], entries: Iterable[BaseModel]) -> list[list[str]]:
    """A heading and a row for each entry, with the columns in which anything stands."""
    rows = [cells_of(entry) for entry in entries]
    used = [field for field in fields if field in _ALWAYS or any(field in row for row in rows)]
    return [[heading(f) for f in used], *([inert(row.get(f, "")) for f in used] for row in rows)]


def _as_one(evidence: list[list[str]], sources: list[list[str]]) -> list[list[str]]:
    """One table: a row of which only the source is filled says what a source is."""
    columns, of_source = evidence[0], [OF_SOURCE + each for each in sources[0] if each != "id"]
    at = columns.index("source")
    said = [[*(row[0] if n == at else "" for n in range(len(columns))), *row[1:]] for row in sources[1:]]
    return [[*columns, *of_source], *said, *([*row, *[""] * len(of_source)] for row in evidence[1:])]
