"""The noun: a picture as SVG, with what it shows said in words."""

from __future__ import annotations

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

    def _repr_svg_(self) -> str:
        """The picture as a notebook shows it."""
        return self.svg
