"""The record as a matrix of evidence by hypotheses, as in the analysis of competing hypotheses, out and in again.

The method is R. J. Heuer, Jr., Psychology of Intelligence Analysis (Center for the Study of Intelligence, 1999),
chapter 8: of each item it is asked whether it is consistent with each hypothesis, before any is believed. The
hypotheses here are the facts that the question turns on under any reading of the rule set, each that it holds. An item
that supports a fact is consistent with it, one that contradicts it is inconsistent, and every other is neutral; so is
one that looked and found none, which never refutes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from authority.errors import InvalidInput, Place, Problem, UnknownName, nearest
from authority.exchange.cells import Cell, Sheet, inert, spoken
from authority.exchange.csvfile import csv_bytes
from authority.exchange.importing import sheets_of, text_of
from authority.exchange.log import ENDINGS
from authority.exchange.xlsxfile import xlsx_bytes
from authority.facts import Evidence, FactPattern
from authority.loading import case_file, load_case, load_case_text
from authority.loading.additions import read_facts
from authority.loading.text import Text
from authority.opinion import decide
from authority.vocabulary import NOBODY, Model, Proposition
from authority.weighing import Cause

MATRIX = "ACH"
CONSISTENT, INCONSISTENT, NEUTRAL = "consistent", "inconsistent", "neutral"
_MEANS = {
    **dict.fromkeys((CONSISTENT, "c", "cc", "+", "++"), "supports"),
    **dict.fromkeys((INCONSISTENT, "i", "ii", "-", "--", "−"), "contradicts"),
    **dict.fromkeys((NEUTRAL, "n", "na", "n/a", "not applicable", "0", ""), ""),
}  # fmt: skip
_BESIDE = ("source", "says", "grade")
"""The columns that tell what an item is, and are not read."""


class Matrix(Model):
    """A case with a matrix in it: its text, the case that the text holds, what each item gained by side, and the cells
    that are neutral where the case is not, which leave it as it stands."""

    text: str
    case: FactPattern
    added: Mapping[str, Mapping[str, tuple[str, ...]]]
    kept: tuple[str, ...]


def hypotheses(case: FactPattern) -> tuple[Proposition, ...]:
    """The facts that the case's question turns on under any reading, about somebody named, in the order of the rules;
    without those that are noticed or that the calendar decides, of which no evidence is asked."""
    found: dict[Proposition, None] = {}
    for reading in case.rules.readings:
        opinion = decide(case, reading)
        for fact in opinion.beneath(opinion.question):
            asked = fact in opinion.finding and opinion.finding[fact].cause not in (Cause.NOTICED, Cause.COMPUTED)
            if asked and NOBODY not in fact.parties:
                found.setdefault(fact)
    return tuple(found)


def ach_bytes(case: FactPattern, ending: str, label: str = "the matrix") -> bytes:
    """The matrix of a case, a row for each item and a column for each hypothesis.

    Raises UnknownName for another ending than .csv or .xlsx, and what ``log_bytes`` raises.
    """
    facts = hypotheses(case)
    graded = decide(case).item
    rows = [["id", *_BESIDE, *map(str, facts)]]
    for item in case.evidence:
        told = (item.id, case.source_of[item.source].name, item.says, graded[item.id].grade)
        rows.append([*told, *(_cell(item, fact) for fact in facts)])
    rows = [[inert(text) for text in row] for row in rows]
    if ending == ".xlsx":
        return xlsx_bytes({MATRIX: rows}, label)
    if ending == ".csv":
        return csv_bytes(rows)
    raise UnknownName("format of a log", ending, ENDINGS)


def _cell(item: Evidence, fact: Proposition) -> str:
    return CONSISTENT if fact in item.supports else INCONSISTENT if fact in item.contradicts else NEUTRAL


# ── In again ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Filled(NamedTuple):
    """A cell of the matrix: of which item and which fact it speaks, on which side (none, where it is neutral)."""

    item: Evidence
    fact: Proposition
    side: str
    place: Place


def import_ach(
    matrix: str | Path, into: str | Path, out: str | Path | None = None, *, sheet: str | None = None
) -> Matrix:
    """The text of a case whose items support and contradict what a matrix says beside what they did; nothing is
    written, and nothing is taken away.

    A row is an item of the case, named in a column ``id``; a column a fact, in its affirmed form; a cell consistent,
    inconsistent or neutral, or C, I or N. ``out`` as in ``import_log``. Raises InvalidInput with every problem, each
    with its cell: an item that is not there, a heading that is no fact, a cell on the other side of what the case says.
    """
    case = load_case(into)
    found = sheets_of(Path(matrix))
    named = {each.name.casefold(): each for each in found}
    if sheet is not None and sheet.casefold() not in named:
        raise UnknownName("sheet", sheet, [each.name for each in found])
    chosen = named.get((sheet or MATRIX).casefold(), found[0])
    cells, problems = _read(chosen, case)
    problems += (problem for cell in cells if (problem := _on_another_side(cell)))
    if problems:
        raise InvalidInput(problems)
    target = Path(out) if out is not None else case_file(into)
    added, text = _added(cells), text_of(case_file(into), Path(out) if out is not None else None, case)
    for name, sides in added.items():
        for side, facts in sides.items():
            text.add_to_item(name, side, facts)
    return Matrix(
        text=str(text), case=_loaded(str(text), case, added, target), added=added,
        kept=tuple(str(c.place) for c in cells if not c.side and c.fact in (*c.item.supports, *c.item.contradicts)),
    )  # fmt: skip


def _read(sheet: Sheet, case: FactPattern) -> tuple[list[_Filled], list[Problem]]:
    heading, *rows = sheet.rows
    names = {n: spoken(cell.text) for n, cell in enumerate(heading) if cell.text.strip()}
    by = next((n for n, name in names.items() if name.casefold() == "id"), None)
    if by is None:
        what, fix = "no column of the matrix is called 'id'", "call so the column with the ids of the items"
        raise InvalidInput([Problem(heading[0].place, "column", what, "", fix)])
    columns = [n for n, name in names.items() if n != by and name.casefold() not in _BESIDE]
    facts = read_facts([Text(names[n], heading[n].place) for n in columns], case)
    problems = list(_twice(facts, [heading[n] for n in columns]))
    cells: list[_Filled] = []
    for row in rows:
        filled = {n: Cell(spoken(cell.text), cell.place) for n, cell in enumerate(row)}
        name = filled.get(by, row[0])
        item = case.item.get(name.text)
        if item is None:
            near = nearest(name.text, case.item)
            fix = f"did you mean {near!r}?" if near else "a matrix speaks of the items of the case, by their ids"
            problems.append(Problem(name.place, "unknown item", f"{name.text!r} is no item of the case", "", fix))
            continue
        for n, fact in zip(columns, facts, strict=True):
            cell = filled.get(n)
            said = cell.text.casefold() if cell else ""
            if said in _MEANS:
                cells.append(_Filled(item, fact, _MEANS[said], cell.place if cell else name.place))
            elif cell:
                fix = f"write {CONSISTENT}, {INCONSISTENT} or {NEUTRAL}; or C, I or N"
                problems.append(Problem(cell.place, "bad value", f"{cell.text!r} says no side", "", fix))
    return cells, problems


def _twice(facts: tuple[Proposition, ...], heading: list[Cell]) -> Iterator[Problem]:
    for n, fact in enumerate(facts):
        if fact in facts[:n]:
            what = f"{str(fact)!r} has two columns"
            yield Problem(heading[n].place, "column", what, "", "take one of them out")


def _on_another_side(cell: _Filled) -> Problem | None:
    """What is wrong with a cell that says another side than the case, or that the item bears on something at all."""
    if cell.side and cell.item.bears_on_nothing:
        what = f"{cell.item.id} {cell.side} {str(cell.fact)!r} here"
        why = f"in the case it bears on nothing: {cell.item.bears_on_nothing}"
        fix = "take 'bears_on_nothing' out of the case file, or make the cell neutral"
        return Problem(cell.place, "evidence", what, why, fix)
    sides = {side: getattr(cell.item, side) for side in ("supports", "contradicts", "found_none")}
    for side, facts in sides.items():
        if cell.side and side != cell.side and cell.fact in facts:
            what = f"{cell.item.id} {cell.side} {str(cell.fact)!r} here"
            why = f"in the case it stands under {side}, and an item stands on one side of a fact"
            return Problem(cell.place, "evidence", what, why, "change the case file, or make the cell neutral")
    return None


_Added = Mapping[str, Mapping[str, tuple[str, ...]]]
"""What each item gains, by its id and its side."""


def _added(cells: list[_Filled]) -> dict[str, dict[str, tuple[str, ...]]]:
    """What each item gains, by its side."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for cell in cells:
        if cell.side and cell.fact not in getattr(cell.item, cell.side):
            sides = found.setdefault(cell.item.id, {})
            told = dict.fromkeys((*sides.get(cell.side, ()), str(cell.fact)))
            sides[cell.side] = tuple(told)
    return found


def _loaded(text: str, case: FactPattern, added: _Added, path: Path) -> FactPattern:
    """The case that the text holds, which must be the case and what was added, and nothing else."""
    made = load_case_text(text, path)
    for before, after in zip(case.evidence, made.evidence, strict=True):
        sides = added.get(before.id, {})
        same = before.but(supports=after.supports, contradicts=after.contradicts) == after
        gained = all(
            tuple(map(str, getattr(after, side))) == (*map(str, getattr(before, side)), *sides.get(side, ()))
            for side in ("supports", "contradicts")
        )
        if not (same and gained):
            what = f"what was put into the item {before.id!r} is not what is read from it"
            why = "the file is written in a way in which nothing can be put into its entries"
            raise InvalidInput([Problem(Place(str(path)), "file", what, why, "write its lists as blocks")])
    return made
