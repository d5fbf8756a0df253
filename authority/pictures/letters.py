"""How wide a text is, without a font: a table of character widths, and lines broken by it.

The widths are those of Helvetica and Helvetica Bold in thousandths of the size, as Adobe published them for its core
fonts (Core 14 AFM files); Arial, Liberation Sans and Arimo have the same, and the serif of a memo is narrower.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

SIZE = 13
"""The size of running text, in pixels."""
LINE = 17
"""From one line to the next, in pixels."""
SPARE = 1.04
"""What a line is reckoned longer than the table has it, for a face that is a little wider."""

_PLAIN = {
    191: "'", 222: "ijl‘’", 260: "|", 278: " !,./:;I[\\]ft·\u00a0", 333: "()-`r“”‑", 334: "{}", 355: '"', 350: "•",
    389: "*", 400: "°", 469: "^", 500: "Jckvsxyz", 556: "#$?L_abdeghnopqu0123456789§–«»", 584: "+<=>~−×±",
    611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQ", 833: "Mm", 889: "%", 944: "W", 1000: "—…→",
    1015: "@",
}  # fmt: skip
_BOLD = {
    238: "'", 278: " ,./I\\ijl‘’·\u00a0", 280: "|", 333: "!()-:;[]`ft‑", 350: "•", 389: "*r{}", 400: "°", 474: '"',
    500: "z“”", 556: "#$J_aceksvxy0123456789§–«»", 584: "+<=>^~−×±", 611: "?FLTZbdghnopqu", 667: "EPSVXY",
    722: "&ABCDHKNRU", 778: "GOQw", 833: "M", 889: "%m", 944: "W", 975: "@", 1000: "—…→",
}  # fmt: skip
_TABLE = [{char: width for width, chars in table.items() for char in chars} for table in (_PLAIN, _BOLD)]
_OTHER = 1000  # what no table has: no letter of a common script is wider than the size of its type


class Piece(NamedTuple):
    """A stretch of text in one dress."""

    text: str
    bold: bool = False
    italic: bool = False
    ink: str = ""


Line = tuple[Piece, ...]


@cache
def _width(char: str, bold: bool) -> int:
    """The width of a character; an accented letter is as wide as its base, a mark that combines has none."""
    found = _TABLE[bold].get(char)
    if found is not None:
        return found
    if unicodedata.combining(char):
        return 0
    base = unicodedata.normalize("NFD", char)[0]
    return _TABLE[bold].get(base, _OTHER) if base != char else _OTHER


def width(text: str, size: float = SIZE, *, bold: bool = False) -> float:
    """How wide a text is in pixels, by the table."""
    return sum(_width(char, bold) for char in text) * size * SPARE / 1000


def measure(line: Iterable[Piece], size: float = SIZE) -> float:
    """How wide a line is in pixels."""
    return sum(width(piece.text, size, bold=piece.bold) for piece in line)


def wrap(pieces: Sequence[Piece], room: float, size: float = SIZE) -> tuple[Line, ...]:
    """The pieces in lines no wider than ``room``; a word wider than that is broken."""
    lines: list[list[Piece]] = [[]]
    filled = 0.0
    for word in _words(pieces, room, size):
        space = Piece(" ", word.bold, word.italic, word.ink)
        gap = measure([space], size) if lines[-1] else 0.0
        needed = measure([word], size)
        if lines[-1] and filled + gap + needed > room:
            lines.append([])
            filled = gap = 0.0
        lines[-1] += [space, word] if lines[-1] else [word]
        filled += gap + needed
    return tuple(_joined(line) for line in lines)


def _words(pieces: Iterable[Piece], room: float, size: float) -> Iterable[Piece]:
    for piece in pieces:
        for word in piece.text.split(" "):
            part = ""
            for char in word:
                if part and width(part + char, size, bold=piece.bold) > room:
                    # At a hyphen rather than anywhere, where there is one.
                    kept = part[: part.rfind("-") + 1] or part
                    yield piece._replace(text=kept)
                    part = part[len(kept) :]
                part += char
            if part:
                yield piece._replace(text=part)


def _joined(line: Iterable[Piece]) -> Line:
    """The line with neighbours of one dress made one; a space goes with what stands before it."""
    made: list[Piece] = []
    for piece in line:
        if made and (piece.text == " " or made[-1][1:] == piece[1:]):
            made[-1] = made[-1]._replace(text=made[-1].text + piece.text)
        else:
            made.append(piece)
    return tuple(made)


def clip(text: str, room: float, size: float = SIZE, *, bold: bool = False) -> str:
    """The text, cut to ``room`` with an ellipsis where it is longer."""
    if width(text, size, bold=bold) <= room:
        return text
    kept = text
    while kept and width(kept + "…", size, bold=bold) > room:
        kept = kept[:-1].rstrip(" ,;:(")
    return kept + "…"
