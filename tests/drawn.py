"""A picture read back from its SVG: its boxes, what is written in each, and how wide that is by the table of widths."""

from __future__ import annotations

from itertools import takewhile
from typing import NamedTuple
from xml.etree import ElementTree

from authority.pictures import Picture
from authority.pictures.letters import SIZE, width

SVG = "{http://www.w3.org/2000/svg}"


class Box(NamedTuple):
    """A rectangle, by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Box) -> bool:
        return (
            self.left <= other.left + 0.1 and other.right <= self.right + 0.1
            and self.top <= other.top + 0.1 and other.bottom <= self.bottom + 0.1
        )  # fmt: skip

    def meets(self, other: Box) -> bool:
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)


def root(picture: Picture) -> ElementTree.Element:
    return ElementTree.fromstring(picture.svg)


def boxes(picture: Picture) -> list[tuple[Box, list[ElementTree.Element]]]:
    """Each box with the lines of text that are written in it."""
    found = []
    for group in root(picture).iter(f"{SVG}g"):
        if "data-box" in group.attrib:
            rect = group.find(f"{SVG}rect")
            assert rect is not None
            x, y, wide, high = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
            found.append((Box(x, y, x + wide, y + high), list(group.iter(f"{SVG}text"))))
    return found


def texts(picture: Picture) -> list[ElementTree.Element]:
    return list(root(picture).iter(f"{SVG}text"))


def said(picture: Picture) -> str:
    """All that is written, line after line."""
    return "\n".join("".join(text.itertext()) for text in texts(picture))


def size(text: ElementTree.Element) -> float:
    return float(text.get("font-size", SIZE))


def extent(text: ElementTree.Element) -> Box:
    """The rectangle that a line of text takes: by the table of widths, from a height of capitals above its foot to the
    depth of a descender beneath it."""
    x, y, big = float(text.attrib["x"]), float(text.attrib["y"]), size(text)
    long = width(text.text or "", big)
    for span in text:
        long += width(span.text or "", big, bold=span.get("font-weight") == "700") + width(span.tail or "", big)
    left = x - {"start": 0.0, "end": long}[text.get("text-anchor", "start")]
    return Box(left, y - 0.75 * big, left + long, y + 0.22 * big)


def is_well_laid_out(picture: Picture) -> None:
    """No two boxes meet, no text leaves its box or the picture, no two lines of text lie over each other."""
    page = Box(0, 0, picture.width, picture.height)
    found = boxes(picture)
    lie_apart([box for box, _ in found])
    for box, lines in found:
        assert page.holds(box), box
        for line in lines:
            assert box.holds(extent(line)), "".join(line.itertext())
    extents = [extent(line) for line in texts(picture)]
    for line in extents:
        assert page.holds(line), line
    lie_apart(extents)


def lie_apart(rectangles: list[Box]) -> None:
    """No two of them meet. They are taken from the top, so that each is held only against those that begin above its
    lower edge."""
    sorted_down = sorted(rectangles, key=lambda box: box.top)
    for number, one in enumerate(sorted_down):
        for other in takewhile(lambda box, low=one.bottom: box.top < low, sorted_down[number + 1 :]):
            assert not one.meets(other), (one, other)
