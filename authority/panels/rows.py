"""What a panel is made of: nouns only."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple, overload

from authority.engine import Verdict
from authority.errors import MissingExtra
from authority.panels.pivot import Pivot, pivots
from authority.weighing import Cause


class Row(NamedTuple):
    """How one question stands, on one case, at one date, under one reading.

    ``date`` is as it was given (or as the case has it) and picks the law, ``day`` the last day that it can mean;
    ``known_by`` is the last day whose publications are in the record. ``label`` is to be said wherever the verdict is.
    ``element`` is the first of the question's elements that stands as the question does, and decides it so; None where
    none does. ``margin`` is the fewest origins whose loss turns the outcome between shown and not shown, and None where
    no loss does; ``complete`` is True, or says why the margin is not known. ``contradictions`` counts those that the
    opinion names.
    """

    rules: str
    case: str
    question: str
    parties: tuple[str, ...]
    date: str
    day: date
    known_by: date
    reading: str
    label: str
    verdict: Verdict
    cause: Cause
    element: str | None
    margin: int | None
    complete: Literal[True] | str
    contradictions: int

    def as_data(self) -> dict[str, Any]:
        """As plain data, with the keys of the rows of ``authority panel --format json``."""
        plain: dict[str, Any] = {"verdict": str(self.verdict), "cause": str(self.cause), "parties": list(self.parties)}
        return self._asdict() | plain | {"day": self.day.isoformat(), "known_by": self.known_by.isoformat()}


@dataclass(frozen=True)
class Panel:
    """The rows of a panel, case by case, question by question, date by date, reading by reading; and in ``notes`` what
    has to be said of them besides.

    With the extra ``batch`` it speaks Arrow's PyCapsule protocol: pandas, polars, DuckDB and pyarrow take it as it is.
    (Were it a ``Sequence`` by descent, polars would read it row by row and lose its types.)
    """

    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        return self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def to_arrow(self) -> Any:
        """The rows as a ``pyarrow.Table``; a cell of which nothing is known is null. MissingExtra without pyarrow."""
        try:
            from authority.panels.arrow import table
        except ModuleNotFoundError as error:
            raise MissingExtra("a panel as an Arrow table", "batch") from error
        return table(self.rows)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def csv(self) -> str:
        """The rows as CSV, a heading first; several parties in a cell stand each on a line of its own, and what a
        spreadsheet would take for a formula behind an apostrophe. A margin that is not there is an empty cell."""
        from authority.exchange.cells import inert, joined

        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(Row._fields)
        for row in self.rows:
            cells = row.as_data() | {"parties": joined(row.parties), "complete": _told(row.complete)}
            writer.writerow(inert(each) if isinstance(each, str) else each for each in cells.values())
        return text.getvalue()

    def explain(self) -> str:
        """The panel for reading: for each rule set and its readings a table of questions by dates, then the notes."""
        return "\n\n".join(filter(None, [*("\n".join(each.text()) for each in self._pivots), "\n".join(self.notes)]))

    def markdown(self) -> str:
        """The same as Markdown."""
        from authority.memo.text import escape  # opened only here, since memos open much

        notes = "\n".join(f"- {escape(note)}" for note in self.notes)
        return "\n\n".join(filter(None, [*("\n".join(each.markdown()) for each in self._pivots), notes])) + "\n"

    def as_data(self) -> dict[str, Any]:
        """The panel as plain data, with the keys of ``authority panel --format json``."""
        return {"rows": [row.as_data() for row in self.rows], "notes": list(self.notes)}

    @property
    def _pivots(self) -> tuple[Pivot, ...]:
        return pivots(self.rows)


def _told(complete: Literal[True] | str) -> str:
    return "yes" if complete is True else complete
