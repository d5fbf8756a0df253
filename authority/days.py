"""Days as parties, and what the calendar decides of them.

A day is a party whose name is its date, ``2011-03-21``. Nobody need prove how long after one day another lies: a
sentence may say that it is ``computed``, and then the calendar alone decides it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, NamedTuple

from pydantic import Field

from authority.model import Model

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w-])")
"""What is written as a day, whether or not it is one of the calendar."""

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

Count = Annotated[int, Field(ge=0, le=36_500)]
"""A number of days, up to a hundred years."""


def is_day(name: str) -> bool:
    """Whether a name is that of a day: a date of the calendar, written YYYY-MM-DD."""
    if not DAY.fullmatch(name):
        return False
    try:
        date.fromisoformat(name)
    except ValueError:
        return False
    return True


def in_words(day: str) -> str:
    """A date as it is written in English: ``28 June 2019``, ``June 2019``, ``2019``."""
    year, *rest = day.split("-")
    words = [MONTHS[int(rest[0]) - 1], year] if rest else [year]
    return " ".join([str(int(rest[1])), *words] if len(rest) > 1 else words)


class Reckoning(NamedTuple):
    """What the calendar says of a computed sentence: whether it holds, and how that is reckoned, as a clause."""

    holds: bool
    says: str


class Computed(Model):
    """How the calendar decides a sentence: by the days that have passed since one day (the blank ``days_since``), or
    since so many days ``after`` it, until another (the blank ``until``) or, where it names none, the day whose law
    applies. The sentence holds of ``more_than`` so many, or of ``at_most`` so many."""

    days_since: str
    after: Count = 0
    until: str | None = None
    more_than: Count | None = None
    at_most: Count | None = None

    @property
    def blanks(self) -> tuple[str, ...]:
        """The blanks that it reckons with."""
        return (self.days_since,) if self.until is None else (self.days_since, self.until)

    @property
    def length(self) -> int:
        """How many days the period has."""
        return self.more_than if self.more_than is not None else self.at_most or 0

    def turns_on(self, day: str) -> date | None:
        """The first day after the period that begins with ``day``: what is reckoned to it turns then. None beyond the
        last day of the calendar."""
        turn = date.fromisoformat(day).toordinal() + self.after + self.length + 1
        return date.fromordinal(turn) if turn <= date.max.toordinal() else None

    def a_day_earlier(self) -> Computed:
        """The same, decided on each day as it was on the day before."""
        if self.more_than is not None:
            return self.but(more_than=self.more_than + 1)
        return self.but(at_most=self.length + 1)

    def reckon(self, days: Mapping[str, str], as_of: date) -> Reckoning:
        """Whether the sentence holds with these days in its blanks, on a day, and how that is reckoned."""
        first = date.fromisoformat(days[self.days_since])
        last = date.fromisoformat(days[self.until]) if self.until else as_of
        passed = last.toordinal() - first.toordinal() - self.after
        holds = passed > self.length if self.more_than is not None else passed <= self.length
        begins = in_words(_later(first, self.after).isoformat())
        if self.after:
            begins += f", {_count(self.after)} after {in_words(first.isoformat())},"
        ends = in_words(_later(first, self.after + self.length).isoformat())
        asked = f"the day in question is {in_words(last.isoformat())}"
        if not self.length:
            return Reckoning(holds, f"reckoned from {begins.removesuffix(',')}, {asked}")
        verb = "ends" if self.length == 1 else "end"
        return Reckoning(holds, f"{_count(self.length)} from {begins} {verb} on {ends}, and {asked}")


def _later(day: date, by: int) -> date:
    """So many days later, or the last day of the calendar."""
    return date.fromordinal(min(day.toordinal() + by, date.max.toordinal()))


def _count(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"
