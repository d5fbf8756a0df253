"""The page in which a reader changes the record: its data, made here, and its scripts, which evaluate nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from authority.memo.document import in_print
from authority.memo.page.making import make_page
from authority.memo.page.parts import Page

SCRIPTS = ("weighing.js", "deciding.js", "state.js", "moving.js", "drawing.js", "panel.js")
"""The scripts in ``templates/page``, each after those that it calls."""

__all__ = ["SCRIPTS", "Page", "Sources", "data_block", "make_page", "sources", "trusted"]


@dataclass(frozen=True)
class Sources:
    """What a page with a panel is made of besides its data: one script and what is added to its style sheet."""

    script: str
    css: str


def sources(folder: Path) -> Sources:
    """The scripts as one, in a scope of their own, and the panel's styles, from the templates' folder."""
    parts = [(folder / "page" / name).read_text(encoding="utf-8") for name in SCRIPTS]
    script = "\n".join(('(() => {\n"use strict";', *parts, "})();"))
    return Sources(script=script, css=(folder / "page" / "panel.css").read_text(encoding="utf-8"))


def data_block(page: Page) -> str:
    """The page's data as JSON that can stand inside a script element: nothing in it ends the element or opens a
    comment, and its text is as the memo prints it."""
    text = json.dumps(_printed(page.model_dump(mode="json")), ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def trusted(text: str) -> str:
    """How a Content-Security-Policy (CSP level 2) names an inline script or style of exactly this text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _printed(value: Any) -> Any:
    """The data with every text in it as the memo prints it."""
    if isinstance(value, str):
        return in_print(value)
    if isinstance(value, list):
        return [_printed(each) for each in value]
    if isinstance(value, dict):
        return {in_print(key): _printed(each) for key, each in value.items()}
    return value
