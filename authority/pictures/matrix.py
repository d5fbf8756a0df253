"""The readings side by side: every element of the question in rows, every reading in a column."""

from __future__ import annotations

from collections.abc import Sequence

from authority.opinion import Opinion
from authority.pictures.drawing import (
    HAIR,
    LOOKS,
    MARGIN,
    PAGE,
    SOFT,
    Canvas,
    Entry,
    clean,
    heading,
    labels,
    starred,
    verdict_entries,
)
from authority.pictures.letters import LINE, Line, Piece, wrap
from authority.pictures.picture import Picture
from authority.pictures.plans import Cell, MatrixPlan, RowPlan
from authority.saying import listed, number, said
from authority.vocabulary import Proposition
from authority.weighing import Cause

_LABEL = 216.0
_GAP = 6.0
_CELL = (125.0, 150.0)  # a column's least and greatest width; the least holds the longest verdict


def plan_readings(opinions: Sequence[Opinion]) -> MatrixPlan:
    """The question and its elements under each reading, for the opinions on one question under every reading."""
    first = opinions[0]
    elements = tuple(dict.fromkeys(e for opinion in opinions for e in opinion.top_elements))
    rows = [RowPlan(text=said(first.case, first.question), cells=tuple(_cell(o, o.question) for o in opinions))]
    for element in elements:
        cells = tuple(
            _cell(o, element) if element in o.top_elements else Cell(verdict=None, cause="not asked") for o in opinions
        )
        rows.append(RowPlan(text=said(first.case, element), cells=cells))
    return MatrixPlan(
        name="readings", title="The elements under every reading", alt=_described(opinions),
        readings=tuple(o.reading.title for o in opinions), labels=tuple(o.label for o in opinions), rows=tuple(rows),
    )  # fmt: skip


def _cell(opinion: Opinion, proposition: Proposition) -> Cell:
    told = opinion.causes(proposition)[0]
    return Cell(verdict=opinion.on(proposition), cause="" if told is Cause.EVIDENCE else str(told))


def _described(opinions: Sequence[Opinion]) -> str:
    """What the matrix shows: under which readings the question is shown, and on which elements the readings part."""
    first = opinions[0]
    titles = {o.shown: [_titled(p) for p in opinions if p.shown is o.shown] for o in opinions}
    told = [f"Table of {number(len(opinions))} readings and the elements that they ask for."]
    text, fewer = said(first.case, first.question), min(titles, key=lambda shown: len(titles[shown]))
    outcome = "shown" if fewer else "not shown"
    if len(titles) == 1:
        told.append(f"That {text} is {outcome} under every one of them.")
    else:
        rest = f"{'not shown' if fewer else 'shown'} under the other {number(len(titles[not fewer]))}"
        told.append(f"That {text} is {outcome} under {listed(titles[fewer])}, and {rest}.")
    asked = dict.fromkeys(e for o in opinions for e in o.top_elements)
    shared = {e: [o.on(e) for o in opinions if e in o.top_elements] for e in asked}
    parted = [said(first.case, e) for e, found in shared.items() if len(set(found)) > 1]
    if parted:
        told.append(f"Of the elements, these stand otherwise under one than under another: {'; '.join(parted)}.")
    elif any(len(found) > 1 for found in shared.values()):
        told.append("An element that several of them ask for stands alike under each.")
    return " ".join(told)


def _titled(opinion: Opinion) -> str:
    """A reading's title, with what is to be said wherever a verdict under it is."""
    return f"“{opinion.reading.title}”{f' ({opinion.label})' if opinion.label else ''}"


def draw_matrix(plan: MatrixPlan) -> Picture:
    """The matrix: a mark and a short cause in every cell, the question in the first row."""
    columns = len(plan.readings)
    cell = max(_CELL[0], min(_CELL[1], (PAGE - 2 * MARGIN - _LABEL - columns * _GAP) / columns))
    wide = 2 * MARGIN + _LABEL + columns * (cell + _GAP)
    canvas = Canvas()
    y = _titles(canvas, plan, cell, heading(canvas, plan.title, wide))
    for row in plan.rows:
        y = _row(canvas, row, cell, y, first=row is plan.rows[0])
    y = labels(canvas, plan.readings, plan.labels, wide, y + 8)
    end = canvas.legend(y + 6, wide, [*verdict_entries(lines=False), Entry(_dash, 14, "not asked for by the reading")])
    caption = "The question in the first row, and beneath it each element that some reading asks for."
    return canvas.picture(plan, caption, wide, end + MARGIN - 4)


def _dash(canvas: Canvas, x: float, y: float) -> None:
    canvas.line(x + 2, y + 8, x + 12, y + 8, SOFT, 1.6)


def _titles(canvas: Canvas, plan: MatrixPlan, cell: float, top: float) -> float:
    """The readings' titles over their columns, their feet on one line; returns where the first row begins."""
    told = starred(plan.readings, plan.labels)
    titles = [wrap([Piece(clean(title), bold=True)], cell - 4) for title in told]
    most = max(map(len, titles))
    for column, lines in enumerate(titles):
        canvas.lines(_left(column, cell), top + (most - len(lines)) * LINE, lines)
    return top + most * LINE + 8


def _left(column: int, cell: float) -> float:
    return MARGIN + _LABEL + _GAP + column * (cell + _GAP)


def _row(canvas: Canvas, row: RowPlan, cell: float, top: float, *, first: bool) -> float:
    """A row with its text at the left; returns where the next begins."""
    text = wrap([Piece(clean(row.text), bold=first)], _LABEL - 12)
    told = [_told(each, cell - 30) for each in row.cells]
    high = max(len(text), *map(len, told)) * LINE + 14
    canvas.line(MARGIN, top, _left(len(row.cells), cell) - _GAP, top, SOFT if first else HAIR, 1.4 if first else 1)
    canvas.lines(MARGIN, top + 9, text)
    for column, (each, lines) in enumerate(zip(row.cells, told, strict=True)):
        x = _left(column, cell)
        if each.verdict is None:
            _dash(canvas, x + 6, top + 8)
            canvas.lines(x + 26, top + 9, lines)
            continue
        canvas.box(x, top + 3, cell, high - 4, LOOKS[each.verdict], 2 if first else 1)
        canvas.add("rect", x=x + 1.5, y=top + 4.5, width=cell - 3, height=high - 7, rx=3, fill=LOOKS[each.verdict].tint)
        canvas.mark(each.verdict, x + 7, top + 9)
        canvas.lines(x + 26, top + 9, lines)
        canvas.close()
    return top + high + 2


def _told(cell: Cell, room: float) -> tuple[Line, ...]:
    if cell.verdict is None:
        return wrap([Piece(cell.cause, italic=True, ink=SOFT)], room)
    bold = wrap([Piece(str(cell.verdict), bold=True, ink=LOOKS[cell.verdict].ink)], room)
    return (*bold, *wrap([Piece(clean(cell.cause))], room)) if cell.cause else bold
