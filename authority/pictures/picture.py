"""The noun: a picture as SVG, with what it shows said in words."""

from __future__ import annotations

from typing import Any

from authority.model import Model


class Picture(Model):
    """A picture: ``svg`` is the whole of it, ``width`` and ``height`` its size in pixels; ``alt`` says in words what it
    shows, ``caption`` what is to be said beneath it. ``name`` is unique among the pictures of a memo."""

    name: str
    title: str
    alt: str
    caption: str
    width: int
    height: int
    svg: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """The picture as a notebook shows it, and in words where no picture can be shown."""
        return {"text/plain": self.alt, "image/svg+xml": self.svg}
