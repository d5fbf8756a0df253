"""Dates as sources give them, and as a citation prints them."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator

# The Bluebook's Table T12.
_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_ABOUT = re.compile(r"(early|mid|late) \d{4}")


@lru_cache(maxsize=10_000)
def last_day(day: str) -> date:
    """The last day that a date of the form YYYY, YYYY-MM or YYYY-MM-DD can mean; ValueError for any other text."""
    parts = day.split("-")
    if [len(p) for p in parts] not in ([4], [4, 2], [4, 2, 2]) or not all(p.isascii() and p.isdigit() for p in parts):
        raise ValueError("a date is written YYYY-MM-DD, or YYYY-MM or YYYY where no more is known")
    year, month = int(parts[0]), int(parts[1]) if len(parts) > 1 else 12
    if not 1 <= month <= 12:
        raise ValueError("a month is one of 01 to 12")
    if len(parts) == 3:
        return date(year, month, int(parts[2]))
    return date(year, month, calendar.monthrange(year, month)[1])


def first_day(day: str) -> date:
    """The first day that such a date can mean; ValueError as for ``last_day``."""
    last = last_day(day)
    parts = day.count("-")
    return last if parts == 2 else date(last.year, last.month if parts else 1, 1)


def _checked(day: str) -> str:
    last_day(day)
    return day


def _checked_or_about(day: str) -> str:
    return day if _ABOUT.fullmatch(day) else _checked(day)


Day = Annotated[str, AfterValidator(_checked)]
"""A date as a source gives it: YYYY, YYYY-MM or YYYY-MM-DD."""

When = Annotated[str, AfterValidator(_checked_or_about)]
"""A date as a citation may have it: a Day, or ``early 2018`` (``mid``, ``late``) where no month is known."""


def printed(when: str, with_year: bool = True) -> str:
    """A date in the Bluebook's form: ``2011``, ``Mar. 2018``, ``Sept. 25, 2001``; ``Sept. 25`` without its year."""
    if _ABOUT.fullmatch(when):
        return when
    year, *rest = when.split("-")
    words = [_MONTHS[int(rest[0]) - 1], *(str(int(day)) for day in rest[1:])] if rest else []
    if not with_year:
        return " ".join(words)
    return f"{' '.join(words)}{', ' if len(rest) == 2 else ' ' if rest else ''}{year}"
