"""The exceptions, and the Problem that every complaint about an input is made of.

AuthorityError
├── InvalidInput    an input file or value is wrong; carries every Problem found, not only the first
├── UnknownName     a reading, case, rule set or standard was asked for that is not there
├── MissingExtra    an optional library is needed and is not installed
└── EngineError     the two derivations disagree, or durable-rules did something it should not
    └── TooWide     the rules can be applied in too many ways to the parties there are
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from authority import limits


@dataclass(frozen=True, order=True)
class Place:
    """A place in an input file: its name, line and column, both counted from 1. In a sheet, whose file is named
    ``log.xlsx!Evidence``, it is a ``cell`` and is written as there: ``log.xlsx!Evidence:B7``."""

    file: str
    line: int = 1
    column: int = 1
    cell: bool = False

    def __str__(self) -> str:
        if self.cell:
            return f"{self.file}:{_letters(self.column)}{self.line}"
        return f"{self.file}:{self.line}:{self.column}"


def _letters(column: int) -> str:
    """How a spreadsheet calls a column: A to Z, AA, AB …"""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with an input: where, what it is, why it is wrong, and how to mend it; and, where a record shows
    it, what that record establishes, a line for each fact."""

    where: Place
    kind: str
    what: str
    why: str = ""
    fix: str = ""
    record: tuple[str, ...] = ()

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}"
        if self.record:
            text += "\n    on this record:" + "".join(f"\n      - {fact}" for fact in self.record)
        if self.why:
            text += f"\n    why: {self.why}"
        if self.fix:
            text += f"\n    fix: {self.fix}"
        return text


class AuthorityError(Exception):
    """Everything this library raises on purpose."""


class InvalidInput(AuthorityError):
    """An input is wrong. ``problems`` holds every Problem found, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[InvalidInput], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class UnknownName(AuthorityError):
    """Something was asked for by a name that nothing bears; the message lists what there is."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        self.what, self.name, self.known = what, name, tuple(known)
        near = nearest(name, self.known)
        hint = f"did you mean {near!r}? " if near else ""
        there = ", ".join(self.known) or "none"
        super().__init__(f"there is no {what} {name!r}: {hint}there are: {there}")

    def __reduce__(self) -> tuple[type[UnknownName], tuple[str, str, tuple[str, ...]]]:
        return type(self), (self.what, self.name, self.known)


class MissingExtra(AuthorityError):
    """An optional library is not installed; the message says how to install it."""

    def __init__(self, feature: str, extra: str) -> None:
        self.feature, self.extra = feature, extra
        super().__init__(f"{feature} needs the extra {extra!r}: pip install 'authority[{extra}]'")

    def __reduce__(self) -> tuple[type[MissingExtra], tuple[str, str]]:
        return type(self), (self.feature, self.extra)


class EngineError(AuthorityError):
    """The derivation cannot be trusted, so there is no opinion."""


class TooWide(EngineError):
    """The rules can be applied in too many ways to the parties there are; nothing is derived."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like ``word``, or None where nothing is like it, or it is no word for its length.

    Where many words are known, those alone are looked at that begin alike; and none where these are many, too.
    """
    if len(word) > limits.LIKENESS:
        return None
    among = sorted(known)
    if sum(map(len, among)) > limits.LIKELY:
        among = [each for each in among if each[:1].casefold() == word[:1].casefold()]
        if sum(map(len, among)) > limits.LIKELY:
            return None
    found = difflib.get_close_matches(word, among, n=1, cutoff=0.6)
    return found[0] if found else None
