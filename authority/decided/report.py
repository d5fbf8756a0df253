"""Every decision on many cases, held against the library's answers: as text, as data, and as a page of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Self

from authority.decided.held import HeldAgainst, held_against
from authority.facts import FactPattern
from authority.vocabulary import Model

HOW_TO_READ = """\
Each line is an official decision on the record of a case, beside what the library answers on that record as it stood
the day before, by the law of the day, under the reading and the positions that the decider took. Whoever asserts the
authority bears the burden: *met* is shown; *not met* and *undetermined* are not shown.

The hinge is what the outcome officially turned on, an exhibit or a dispute, with how it is found in what the library's
own answer turns on: *relevant* (the exhibit is in some set that holds the outcome), *crux* (another position on the
dispute can turn it), *decides an element* (something beneath the outcome moves with it), *if believed* (the exhibit
would turn the outcome, were it beyond doubt), *answers what would turn it* (it undercuts or doubts such an exhibit), or
*not found*.

This page is written by `authority cases --check --table`.
"""
_COLUMNS = ("Case", "Decided by", "On", "Under", "Officially", "The library", "Agree", "Hinge, and how it is found")


class Report(Model):
    """Each decision held against the library's answer, case by case."""

    held: tuple[HeldAgainst, ...]

    @classmethod
    def on(cls, cases: Iterable[FactPattern]) -> Self:
        """The report on the decisions of some cases; raises as ``decide`` does."""
        return cls(held=tuple(each for case in cases for each in held_against(case)))

    @property
    def faults(self) -> int:
        """How many things are amiss."""
        return sum(len(each.faults) for each in self.held)

    @property
    def disagreements(self) -> tuple[HeldAgainst, ...]:
        """Where the library answers otherwise than was decided."""
        return tuple(each for each in self.held if not each.agrees)

    @property
    def summary(self) -> dict[str, int]:
        """How many decisions there are in how many cases, how many the library agrees with, how many name a hinge and
        in how many all of it is found, and how many faults there are."""
        hinged = [each for each in self.held if each.hinges]
        return {
            "decisions": len(self.held), "cases": len({each.case for each in self.held}),
            "agree": len(self.held) - len(self.disagreements), "with_hinge": len(hinged),
            "hinge_found": sum(each.found for each in hinged), "faults": self.faults,
        }  # fmt: skip

    def as_data(self) -> dict[str, Any]:
        """As plain data, with the keys of ``authority cases --check --format json``."""
        return {"decisions": [each.as_data() for each in self.held], "summary": self.summary}

    def explain(self) -> str:
        """As text: case by case and decision by decision, then the sum, then each disagreement with its explanation."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        for (case, title), held in groupby(self.held, key=lambda each: (each.case, each.title)):
            yield f"{case}: {title}"
            for each in held:
                yield from (f"  {line}" for line in _told(each))
            yield ""
        yield self._sum()
        if self.disagreements:
            yield "\nWhere the library disagrees"
        for each in self.disagreements:
            yield f"  {_called(each)}: officially {_officially(each)}; the library: {_library(each)}"
            yield f"    {each.decision.differs or 'Nothing says why.'}"

    def _sum(self) -> str:
        n = self.summary
        there = f"{_count(n['decisions'], 'decision')} in {_count(n['cases'], 'case')}"
        found = f"the hinge is found in {n['hinge_found']} of {n['with_hinge']} that name one"
        return f"{there}: the library agrees with {n['agree']}; {found}; {_count(n['faults'], 'fault')}."

    def markdown(self) -> str:
        """As a page: how to read it, a table with a line for each decision, and each disagreement with its reason."""
        rows = [_COLUMNS, ("---",) * len(_COLUMNS), *map(_row, self.held)]
        table = "\n".join(f"| {' | '.join(map(_cell, row))} |" for row in rows)
        parts = ["# What was decided, and what the library answers", HOW_TO_READ.strip(), self._sum(), table]
        if self.disagreements:
            parts.append("## Where the library disagrees")
        for each in self.disagreements:
            parts.append(f"### {_called(each)}")
            parts.append(f"Officially {_officially(each)}; the library: {_library(each)}.")
            parts.append(each.decision.differs or "Nothing says why.")
        return "\n\n".join(parts) + "\n"


def _told(held: HeldAgainst) -> Iterator[str]:
    decision = held.decision
    cite = f" ({decision.cite})" if decision.cite else ""
    yield f"{decision.by}, {decision.on}{cite}, on whether {held.opinion.question}, under {decision.under}"
    yield f"  officially: {_officially(held)}"
    yield f"  the library: {_library(held)}; {'agrees' if held.agrees else 'disagrees'}"
    yield f"  hinge: {_hinge(held)}"
    for fault in held.faults:
        yield f"  fault: {fault.what}; {fault.why}"
        yield f"    fix: {fault.fix}"


def _row(held: HeldAgainst) -> tuple[str, ...]:
    decision = held.decision
    agree = "yes" if held.agrees else "**no**"
    return (
        held.case, decision.by, decision.on, decision.under, _officially(held), _library(held), agree, _hinge(held)
    )  # fmt: skip


def _called(held: HeldAgainst) -> str:
    return f"{held.case}: {held.decision.by}, {held.decision.on}"


def _officially(held: HeldAgainst) -> str:
    return f"{held.decision.expect} ({held.decision.result})"


def _library(held: HeldAgainst) -> str:
    return f"{held.opinion.verdict} ({'shown' if held.opinion.shown else 'not shown'})"


def _hinge(held: HeldAgainst) -> str:
    return ", ".join(map(str, held.hinges)) or f"none: {held.decision.no_hinge}"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
