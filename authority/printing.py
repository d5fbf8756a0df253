"""Text as it is printed: the quotation marks and apostrophes of print in the place of a typewriter's."""

from __future__ import annotations

import re

_STRAIGHT = re.compile("[\"']")
_OPENS_AFTER = frozenset("([{/\u2014\u2013\u201c\u2018")
"""Marks behind which a word begins, besides white space."""


def curled(text: str, before: str = " ") -> str:
    """The text with the marks of print: each opens at the head of a word and closes elsewhere. ``before`` is what
    stands in front of the text."""
    found: list[str] = []
    last, at = before[-1:], 0
    for straight in _STRAIGHT.finditer(text):
        passed = text[at : straight.start()]
        last = (last + passed)[-1:]
        opens = not last or last.isspace() or last in _OPENS_AFTER
        mark = ("\u201c" if opens else "\u201d") if straight[0] == '"' else ("\u2018" if opens else "\u2019")
        found += [passed, mark]
        last, at = mark, straight.end()
    return "".join((*found, text[at:]))
