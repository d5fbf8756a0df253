"""What every kind of citation has, and how its parts are put together."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from authority.dates import printed
from authority.vocabulary import Model

if TYPE_CHECKING:
    from authority.citing.full import FullCitation


class Cited(Model, ABC):
    """What every kind has: ``see`` and ``also`` lead to a second authority, printed behind the first."""

    heads: ClassVar[tuple[str, ...]]
    see: FullCitation | None = None
    also: FullCitation | None = None

    @property
    @abstractmethod
    def form(self) -> str:
        """The citation without what it leads to."""

    @property
    def link(self) -> str:
        """The public address formed by rule, or an empty text; never looked up."""
        return ""

    def __str__(self) -> str:
        also = f"; {self.also}" if self.also else ""
        return f"{self.form}{also}{f'; see {self.see}' if self.see else ''}"


def joined(*parts: object) -> str:
    """The parts that say something, with commas between them."""
    return ", ".join(text for text in (str(part) for part in parts if part is not None) if text)


def in_parentheses(said: str = "", when: str | None = None) -> str:
    """What stands in parentheses behind a citation, a date last; an empty text for nothing."""
    inside = " ".join(filter(None, (said, printed(when) if when else "")))
    return f" ({inside})" if inside else ""
