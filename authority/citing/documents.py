"""What is cited and is no source of law: report, speech, letter, article; and whatever fits no kind.

The form is that of *The Bluebook: A Uniform System of Citation*, in plain text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from authority.citing.base import Cited, in_parentheses, joined
from authority.dates import When

if TYPE_CHECKING:
    from authority.citing.full import FullCitation


class Report(Cited):
    """A report, notice or draft of a public body, by its title (Bluebook, Rules 13.4 and 14).

    ``under`` is the statute that asks for it; ``released`` stands in place of ``date`` where only that day is known.
    """

    heads = ("report",)
    report: str
    by: str = ""
    under: FullCitation | None = None
    date: When | None = None
    released: When | None = None

    @property
    def form(self) -> str:
        released = "released" if self.released else ""
        return joined(self.under, self.by, self.report) + in_parentheses(released, self.released or self.date)


class Speech(Cited):
    """A speech, testimony or statement, by the speaker (Bluebook, Rule 17.2.5); ``at`` what, or ``on`` what."""

    heads = ("speaker",)
    speaker: str
    at: str = ""
    on: str = ""
    date: When | None = None

    @property
    def form(self) -> str:
        return joined(self.speaker, self.at, f"on {self.on}" if self.on else "") + in_parentheses(when=self.date)


class Letter(Cited):
    """A letter or notice (Bluebook, Rule 17.2.3): what it is called, from whom, to whom, on what."""

    heads = ("letter",)
    letter: str
    from_: str = Field("", alias="from")
    to: str = ""
    on: str = ""
    date: When | None = None

    @property
    def form(self) -> str:
        words = {"from": self.from_, "to": self.to, "on": self.on}
        return self.letter + "".join(f" {k} {v}" for k, v in words.items() if v) + in_parentheses(when=self.date)


class Article(Cited):
    """An article, a comment or a statement in the press, by its author (Bluebook, Rules 16 and 18).

    ``in`` is where it stands; ``quoted_in`` or ``reported_by``, where it was found, if not in its own text.
    """

    heads = ("author",)
    author: str
    title: str = ""
    in_: str = Field("", alias="in")
    quoted_in: str = ""
    reported_by: str = ""
    on: str = ""
    date: When | None = None

    @property
    def form(self) -> str:
        quoted = f"as quoted in {self.quoted_in}" if self.quoted_in else ""
        reported = f"reported by {self.reported_by}" if self.reported_by else ""
        found = joined(self.author, self.title, self.in_, quoted, reported)
        return found + (f" on {self.on}" if self.on else "") + in_parentheses(when=self.date)


class Text(Cited):
    """The exception: what fits no other kind, as it is to be printed."""

    heads = ("text",)
    text: str = Field(min_length=1)

    @property
    def form(self) -> str:
        return self.text
