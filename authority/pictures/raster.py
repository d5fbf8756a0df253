"""A picture as a PNG file: the door to resvg, which draws, and to Lato, the face in which it writes.

The face is brought along, and the system's fonts are left alone, so that the same picture has the same bytes on every
machine; they are asked only for letters that Lato has not.
"""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from authority.errors import MissingExtra
from authority.pictures.drawing import FACE
from authority.pictures.picture import Picture

_STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
# The letters and signs of Western print are what this edition of Lato has.
_FOREIGN = re.compile(
    r"[^\u0000-\u00ff\u0131\u0141-\u0144\u0152\u0153\u0160\u0161\u0178-\u017e\u2013\u2014\u2018-\u201a\u201c-\u201e"
    r"\u2020-\u2022\u2026\u2212]"
)


def available() -> bool:
    """Whether pictures can be drawn as PNG here."""
    return all(importlib.util.find_spec(name) is not None for name in ("resvg_py", "font_lato"))


def faces() -> list[Path]:
    """The files of the face; none where it is not installed."""
    found = importlib.util.find_spec("font_lato")
    if found is None or found.origin is None:
        return []
    return [Path(found.origin).parent / "files" / f"Lato-{style}.ttf" for style in _STYLES]


def in_lato(picture: Picture) -> str:
    """The SVG with its text in Lato."""
    return picture.svg.replace(f'font-family="{FACE}"', 'font-family="Lato, sans-serif"')


def png(picture: Picture, wide: int) -> bytes:
    """The picture as a PNG file so many pixels wide; the same picture gives the same bytes.

    Raises MissingExtra when resvg or the face is not installed.
    """
    if not available():
        raise MissingExtra("drawing a picture as .png", "docx")
    import resvg_py

    drawn = resvg_py.svg_to_bytes(
        svg_string=in_lato(picture), width=wide, font_files=[str(face) for face in faces()], sans_serif_family="Lato",
        skip_system_fonts=not _FOREIGN.search(picture.svg),
    )  # fmt: skip
    return bytes(drawn)
