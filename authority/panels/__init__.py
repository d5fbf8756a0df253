"""Panels: parties × dates × readings as one table, in which what is not known stays unknown."""

from authority.panels.making import panel
from authority.panels.rows import Panel, Row

__all__ = ["Panel", "Row", "panel"]
