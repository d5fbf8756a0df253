"""A panel for reading: a line for each question, a column for each date, in it a sign for each reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from authority.engine import Verdict

if TYPE_CHECKING:
    from authority.panels.rows import Row

SIGNS = {Verdict.MET: "✓", Verdict.NOT_MET: "✗", Verdict.UNDETERMINED: "?"}
LEGEND = ", ".join(f"{sign} {verdict}" for verdict, sign in SIGNS.items())
ABSENT = "–"
"""Stands where a case was not asked at a date."""


class Pivot(NamedTuple):
    """The part of a panel that is read against one rule set under the same readings.

    With one date to a line, each reading has a column of its own; with more, each date has one, and in a cell the
    readings' signs stand in their order.
    """

    title: str
    readings: tuple[str, ...]
    heading: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]

    def text(self) -> Iterator[str]:
        """As lines of text, the columns in line."""
        yield f"{self.title}: {LEGEND}"
        yield from (f"  {number}  {reading}" for number, reading in enumerate(self.readings, start=1))
        yield ""
        widths = [max(map(len, column)) for column in zip(self.heading, *self.lines, strict=True)]
        for line in (self.heading, *self.lines):
            yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()

    def markdown(self) -> Iterator[str]:
        """As lines of Markdown."""
        from authority.memo.text import escape  # opened only here, since memos open much

        yield f"{escape(self.title)}: {LEGEND}"
        yield ""
        yield from (f"{number}. {escape(reading)}" for number, reading in enumerate(self.readings, start=1))
        yield ""
        for line in (self.heading, ("---",) * len(self.heading), *self.lines):
            yield f"| {' | '.join(cell if set(cell) == {'-'} else escape(cell) for cell in line)} |"


def pivots(rows: Iterable[Row]) -> tuple[Pivot, ...]:
    """The tables of a panel, in the order of its rows."""
    asked: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        asked.setdefault((row.rules, row.case, row.question), []).append(row)
    together: dict[tuple[str, tuple[str, ...]], list[list[Row]]] = {}
    for (rules, *_), mine in asked.items():
        readings = tuple(dict.fromkeys(f"{r.reading}{f' [{r.label}]' if r.label else ''}" for r in mine))
        together.setdefault((rules, readings), []).append(mine)
    return tuple(_pivot(rules, readings, lines) for (rules, readings), lines in together.items())


def _pivot(rules: str, readings: tuple[str, ...], lines: Sequence[Sequence[Row]]) -> Pivot:
    dates = list(dict.fromkeys(row.date for line in lines for row in line))
    numbers = [str(number) for number in range(1, len(readings) + 1)]
    if any(len({row.date for row in line}) > 1 for line in lines) or len(dates) == 1:
        by_date = [(line[0], _by_date(line)) for line in lines]
        if len(dates) == 1:
            return Pivot(
                f"{rules}, {dates[0]}", readings, ("case", "question", *numbers),
                tuple((row.case, row.question, *signs[dates[0]]) for row, signs in by_date),
            )  # fmt: skip
        cells = (tuple(signs.get(date, ABSENT) for date in dates) for _, signs in by_date)
        heads = ((row.case, row.question) for row, _ in by_date)
        body = tuple((*head, *line) for head, line in zip(heads, cells, strict=True))
        return Pivot(rules, readings, ("case", "question", *dates), body)
    own = tuple((line[0].case, line[0].question, line[0].date, *_by_date(line)[line[0].date]) for line in lines)
    return Pivot(rules, readings, ("case", "question", "date", *numbers), own)


def _by_date(line: Iterable[Row]) -> Mapping[str, str]:
    """The signs of a question by date, the readings in their order."""
    found: dict[str, str] = {}
    for row in line:
        found[row.date] = found.get(row.date, "") + SIGNS[row.verdict]
    return found
