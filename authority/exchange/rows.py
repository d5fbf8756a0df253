"""The rows of a log as entries of a case file, each value with its cell; what the case has already is set apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from authority.errors import Place, Problem
from authority.exchange.cells import Cell, Sheet, parted, spoken
from authority.exchange.columns import GRADE, LISTS, OF_SOURCE, Columns
from authority.exchange.log import cells_of
from authority.facts import FactPattern
from authority.loading.text import Items, Map, Node, Text

_OTHERWISE = "what is imported stands beside the record; give it another id, or change the case file"


class Entry(NamedTuple):
    """A row as it is to be added: the cell that names it, and the cells of its fields that say something."""

    id: Cell
    fields: dict[str, Cell]

    def node(self) -> Map:
        """As a mapping of a case file."""
        nodes = {field: _node(field, cell) for field, cell in self.fields.items()}
        return Map(nodes, self.id.place, {field: cell.place for field, cell in self.fields.items()})


class Rows:
    """Reads the sheets of a log against a case: the exhibits and the sources that are new, and the names of those that
    the case has just so."""

    def __init__(self, case: FactPattern) -> None:
        self.case = case
        self.sources: dict[str, Entry] = {}
        self.evidence: list[Entry] = []
        self.same: list[str] = []
        self.problems: list[Problem] = []
        self.named: dict[str, dict[str, Cell]] = {}

    def read_sources(self, sheet: Sheet, columns: Columns) -> None:
        """Takes the rows of a sheet of sources."""
        for row in sheet.rows[1:]:
            fields = _fields(row, columns)
            name = fields.pop("id", None)
            if name:
                self._source(name, fields)
            elif fields:
                self._nameless(row, "a source")

    def read_log(self, sheet: Sheet, columns: Columns) -> None:
        """Takes the rows of a log. One of which only the source is filled says what that source is."""
        for row in sheet.rows[1:]:
            fields = _fields(row, columns)
            of_source = {f.removeprefix(OF_SOURCE): fields.pop(f) for f in list(fields) if f.startswith(OF_SOURCE)}
            source = fields.get("source")
            if of_source and source:
                self._source(source, of_source)
            if of_source and fields.keys() <= {"source"} and source:
                continue
            if GRADE in fields:
                self._grade(fields)
            if "id" in fields:
                self._item(fields["id"], fields)
            elif fields or of_source:
                self._nameless(row, "an item")

    def finish(self) -> None:
        """Sets apart what the case has already, once every row is read."""
        for name, fields in self.named.items():
            first = next(iter(fields.values()))
            standing = self.case.source_of.get(name)
            if standing is None:
                self.sources[name] = Entry(Cell(name, first.place), {"name": Cell(name, first.place), **fields})
            elif self._as_it_stands("source", name, fields, cells_of(standing)):
                self.same.append(f"source {name}")

    def _source(self, name: Cell, fields: Mapping[str, Cell]) -> None:
        known = self.named.setdefault(name.text, {})
        for field, cell in (fields or {"name": name}).items():
            before = known.setdefault(field, cell)
            if before.text != cell.text:
                what = f"{field} of the source {name.text!r} is {cell.text!r} here"
                why = f"it is {before.text!r} at {before.place}"
                self._report(cell.place, "source", what, why, "say it once, or make them two sources")

    def _item(self, name: Cell, fields: dict[str, Cell]) -> None:
        standing = self.case.item.get(name.text)
        if standing is None:
            self.evidence.append(Entry(name, fields))
        elif self._as_it_stands("item", name.text, fields, cells_of(standing)):
            self.same.append(name.text)

    def _as_it_stands(self, what: str, name: str, fields: Mapping[str, Cell], standing: Mapping[str, str]) -> bool:
        """Whether the case has just this already; reports each field that says otherwise there."""
        other = [f for f, cell in fields.items() if _values(f, cell.text) != _values(f, standing.get(f, ""))]
        for field in other:
            said = f"{field} of the {what} {name!r} is {fields[field].text!r} here"
            there = standing.get(field)
            why = f"the case has the {what} already, {f'with {there!r}' if there else 'without it'}"
            self._report(fields[field].place, "duplicate id", said, why, _OTHERWISE)
        return not other

    def _grade(self, fields: dict[str, Cell]) -> None:
        """Takes a grade apart into its letter and its digit."""
        cell = fields.pop(GRADE)
        letter, digit = cell.text[:1].upper(), cell.text[1:].lstrip(" -/")
        if len(digit) != 1 or not letter.isalpha():
            fix = "write the letter of the reliability and the digit of the credibility, as B3"
            self._report(cell.place, "bad value", f"grade: {cell.text!r} will not do", "", fix)
            return
        for field, part in (("reliability", letter), ("credibility", digit)):
            if fields.setdefault(field, Cell(part, cell.place)).text != part:
                what = f"grade {cell.text!r} and {field} {fields[field].text!r} do not agree"
                self._report(cell.place, "bad value", what, "", "leave one of them out")

    def _nameless(self, row: tuple[Cell, ...], what: str) -> None:
        said = next(cell for cell in row if cell.text.strip())
        self._report(said.place, "missing key", f"{what} in this row has no id", "", "give it one in the column 'id'")

    def _report(self, where: Place, kind: str, what: str, why: str, fix: str) -> None:
        self.problems.append(Problem(where, kind, what, why, fix))


def _fields(row: tuple[Cell, ...], columns: Columns) -> dict[str, Cell]:
    """The cells of a row that say something, by their fields."""
    read = ((columns.fields[n], cell) for n, cell in enumerate(row) if n in columns.fields)
    found = {field: Cell(spoken(cell.text), cell.place) for field, cell in read}
    return {field: cell for field, cell in found.items() if cell.text}


def _values(field: str, text: str) -> tuple[str, ...]:
    return parted(text) if field in LISTS else (text,)


def _node(field: str, cell: Cell) -> Node:
    if field not in LISTS:
        return Text(cell.text, cell.place)
    return Items(tuple(Text(value, cell.place) for value in parted(cell.text)), cell.place)
