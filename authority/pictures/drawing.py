"""What every picture is drawn with: one palette, three marks for three verdicts, text that is escaped, and a legend.

A verdict is told by colour, by mark and by line, each enough by itself: blue, vermilion and grey are told apart by
people who confuse red and green, and the marks and lines survive a grey print. Text and marks have a contrast of 4.5 to
1 or more (WCAG 2.2, success criterion 1.4.3).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import NamedTuple

from authority.engine import Verdict
from authority.pictures.letters import LINE, SIZE, Line, Piece, measure, width, wrap
from authority.pictures.picture import Picture
from authority.pictures.plans import Shown, Side
from authority.printing import curled

INK, SOFT, PAPER, HAIR = "#1c1b19", "#57534c", "#ffffff", "#bfbab0"
# Arial and three faces as wide; then one of free systems that is nearly so.
FACE = "Arial, Helvetica, 'Liberation Sans', Arimo, 'DejaVu Sans Condensed', sans-serif"
MARGIN = 14
PAGE = 900
"""The greatest width of a picture. On the 6.5 inches between the margins of a letter page (624 pixels) its text of 13
pixels then stands at 9."""
EXCEPTION = "10 3 2 3"
"""The line of an exception."""


class Look(NamedTuple):
    """How a verdict looks: its colour, its tint, the dashes of its line."""

    ink: str
    tint: str
    dash: str


LOOKS = {
    Verdict.MET: Look("#1b5a8c", "#e4eff8", ""),
    Verdict.NOT_MET: Look("#a33b12", "#fbe9df", "2 3"),
    Verdict.UNDETERMINED: Look("#57534c", "#f0eee9", "7 4"),
}
SIDES: dict[Side, str] = {"for": "#1b5a8c", "against": "#a33b12", "found none": "#57534c", "undercut": "#57534c"}
# What XML cannot hold, and what makes a text read otherwise than it is: controls, bidirectional marks, surrogates.
_DROPPED = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


def clean(text: str) -> str:
    """The text on one line, in the marks of print, without what XML cannot hold."""
    return curled(_DROPPED.sub("", re.sub("[ \t\r\n]+", " ", text)))


def n(number: float) -> str:
    """A number as SVG has it, to a tenth of a pixel."""
    return f"{round(number, 1) + 0.0:.1f}".removesuffix(".0")


class Canvas:
    """The elements of a picture in the order in which they are drawn."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def add(self, tag: str, **attributes: object) -> None:
        """An element without content. ``_`` in a name stands for a hyphen; numbers are rounded, nothing is left out."""
        self.parts.append(f"<{tag}{_written(attributes)}/>")

    def text(self, x: float, y: float, line: Line, size: float = SIZE, anchor: str = "start") -> None:
        """A line of text whose feet stand at ``y``."""
        spans = "".join(map(_span, line))
        attributes = _written({"x": x, "y": y})
        attributes += "" if size == SIZE else f' font-size="{n(size)}"'
        attributes += "" if anchor == "start" else f' text-anchor="{anchor}"'
        self.parts.append(f"<text{attributes}>{spans}</text>")

    def lines(self, x: float, y: float, lines: Iterable[Line], size: float = SIZE, anchor: str = "start") -> None:
        """Lines of text beneath each other, the first with its head at ``y``."""
        for number, line in enumerate(lines):
            self.text(x, y + 0.76 * LINE * size / SIZE + number * LINE * size / SIZE, line, size, anchor)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, ink: str = HAIR, wide: float = 1, dash: str = ""
    ) -> None:  # fmt: skip
        """A straight line."""
        self.stroke(f"M{n(x1)} {n(y1)}L{n(x2)} {n(y2)}", ink, wide, dash)

    def stroke(self, path: str, ink: str, wide: float = 1, dash: str = "") -> None:
        """A line along a path."""
        dashed = {"stroke_dasharray": dash} if dash else {}
        self.add("path", d=path, fill="none", stroke=ink, stroke_width=wide, **dashed)

    def box(self, x: float, y: float, wide: float, high: float, look: Look, stroke: float = 1.2) -> None:
        """A box in the look of a verdict, which a test can find: what is drawn until ``close`` stands in it."""
        self.parts.append('<g data-box="">')
        dashed = {"stroke_dasharray": look.dash} if look.dash else {}
        self.add(
            "rect", x=x, y=y, width=wide, height=high, rx=4, fill=PAPER, stroke=look.ink, stroke_width=stroke, **dashed
        )

    def claim(self, proposition: str, x: float, y: float, wide: float, high: float) -> None:
        """The room of a claim: what is drawn until ``close`` says it. Its frame is not seen; a page in which the
        verdicts may change draws it."""
        self.parts.append(f"<g{_written({'data-proposition': clean(proposition)})}>")
        self.add("rect", x=x, y=y, width=wide, height=high, rx=3, fill="none")

    def close(self) -> None:
        """The end of the last box or claim that was begun."""
        self.parts.append("</g>")

    def mark(self, verdict: Verdict, x: float, y: float, size: float = 14) -> None:
        """The mark of a verdict with its upper left corner there: a tick on a disc, a cross on a square, a question
        mark in a ring."""
        ink, scale = LOOKS[verdict].ink, size / 16
        self.parts.append(f'<g transform="translate({n(x)} {n(y)}) scale({round(scale, 3)})">')
        if verdict is Verdict.MET:
            self.add("circle", cx=8, cy=8, r=7.5, fill=ink)
            self.stroke("M4.3 8.4L7 11L11.8 5.3", PAPER, 2)
        elif verdict is Verdict.NOT_MET:
            self.add("rect", x=0.8, y=0.8, width=14.4, height=14.4, rx=1.5, fill=ink)
            self.stroke("M4.6 4.6L11.4 11.4M11.4 4.6L4.6 11.4", PAPER, 2)
        else:
            self.add("circle", cx=8, cy=8, r=7, fill=PAPER, stroke=ink, stroke_width=1.6)
            self.stroke("M5.7 6.3C5.7 3.2 10.4 3.3 10.4 6.1C10.4 7.9 8 7.9 8 9.7", ink, 1.6)
            self.add("circle", cx=8, cy=12, r=1.1, fill=ink)
        self.parts.append("</g>")

    def sign(self, side: Side, x: float, y: float) -> None:
        """The sign of a side, ten pixels wide: plus, minus, an empty ring, a ring struck through."""
        ink = SIDES[side]
        if side == "for":
            self.stroke(f"M{n(x + 5)} {n(y + 1)}V{n(y + 9)}M{n(x + 1)} {n(y + 5)}H{n(x + 9)}", ink, 2)
        elif side == "against":
            self.stroke(f"M{n(x + 1)} {n(y + 5)}H{n(x + 9)}", ink, 2)
        else:
            self.add("circle", cx=x + 5, cy=y + 5, r=3.4, fill="none", stroke=ink, stroke_width=1.4)
            if side == "undercut":
                self.stroke(f"M{n(x + 1)} {n(y + 9)}L{n(x + 9)} {n(y + 1)}", ink, 1.4)

    def pips(self, level: int | None, x: float, y: float, ink: str) -> None:
        """Five squares, as many filled as the level says; a dash for what cannot be judged."""
        if level is None:
            self.line(x + 6, y + 5, x + 20, y + 5, SOFT, 1.4)
            return
        for number in range(5):
            fill = {"fill": ink} if number < level else {"fill": PAPER, "stroke": ink, "stroke_width": 0.8}
            self.add("rect", x=x + 5.4 * number, y=y + 3, width=4.2, height=4.6, **fill)

    def legend(self, y: float, wide: float, entries: Sequence[Entry]) -> float:
        """Draws the entries from left to right, on as many lines as they take, and returns where they end."""
        x = float(MARGIN)
        for entry in entries:
            needed = entry.wide + 6 + width(entry.says)
            if x > MARGIN and x + needed > wide - MARGIN:
                x, y = float(MARGIN), y + LINE + 4
            entry.draw(self, x, y)
            self.lines(x + entry.wide + 6, y, [(Piece(entry.says, ink=SOFT),)])
            x += needed + 18
        return y + LINE + 4

    def picture(self, plan: Shown, caption: str, wide: float, high: float) -> Picture:
        """The picture: all that was drawn, under its title and description."""
        size = (round(wide), round(high))
        title, alt = (escape(clean(text), quote=False) for text in (plan.title, plan.alt))
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}" '
            f'viewBox="0 0 {size[0]} {size[1]}" role="img" font-family="{FACE}" font-size="{SIZE}" fill="{INK}">'
            f"<title>{title}</title><desc>{alt}</desc>"
            f'<rect width="{size[0]}" height="{size[1]}" fill="{PAPER}"/>'
        )
        svg = f"{head}\n{chr(10).join(self.parts)}\n</svg>\n"
        return Picture(
            name=plan.name, title=plan.title, alt=plan.alt, caption=caption, width=size[0], height=size[1], svg=svg
        )


class Entry(NamedTuple):
    """An entry of a legend: what is drawn, how wide that is, and what it says."""

    draw: Callable[[Canvas, float, float], None]
    wide: float
    says: str


def verdict_entries(*, lines: bool) -> list[Entry]:
    """What the three marks mean; with the line that goes with each, where a picture has lines."""

    def entry(verdict: Verdict) -> Entry:
        look = LOOKS[verdict]

        def draw(canvas: Canvas, x: float, y: float) -> None:
            canvas.mark(verdict, x, y + 1)
            if lines:
                canvas.line(x + 18, y + 8, x + 46, y + 8, look.ink, 1.8, look.dash)

        return Entry(draw, 46 if lines else 14, str(verdict))

    return [entry(verdict) for verdict in (Verdict.MET, Verdict.NOT_MET, Verdict.UNDETERMINED)]


def heading(canvas: Canvas, text: str, wide: float, y: float = MARGIN) -> float:
    """Draws a heading across the picture and returns where it ends."""
    lines = wrap([Piece(clean(text), bold=True)], wide - 2 * MARGIN, 15)
    canvas.lines(MARGIN, y, lines, 15)
    return y + len(lines) * LINE * 15 / SIZE + 8


def starred(titles: Sequence[str], says: Sequence[str]) -> list[str]:
    """The titles of readings, those with a star of which something is to be said wherever a verdict under them is."""
    return [f"{title} *" if said else title for title, said in zip(titles, says, strict=True)]


def labels(canvas: Canvas, titles: Sequence[str], says: Sequence[str], wide: float, y: float) -> float:
    """Draws what is to be said of the readings with a star, a line or more for each, and returns where it ends."""
    for title, said in zip(titles, says, strict=True):
        if said:
            lines = wrap([Piece(clean(f"* {title}: ")), Piece(clean(said), italic=True)], wide - 2 * MARGIN)
            canvas.lines(MARGIN, y, lines)
            y += len(lines) * LINE
    return y


def _written(attributes: dict[str, object]) -> str:
    return "".join(
        f' {name.replace("_", "-")}="{escape(n(value) if isinstance(value, int | float) else str(value))}"'
        for name, value in attributes.items()
    )


def _span(piece: Piece) -> str:
    dress = {
        **({"font-weight": "700"} if piece.bold else {}), **({"font-style": "italic"} if piece.italic else {}),
        **({"fill": piece.ink} if piece.ink else {}),
    }  # fmt: skip
    text = escape(clean(piece.text), quote=False)
    return f"<tspan{_written({**dress})}>{text}</tspan>" if dress else text


def longest(lines: Iterable[Line], size: float = SIZE) -> float:
    """The width of the longest of some lines."""
    return max((measure(line, size) for line in lines), default=0.0)
