"""A section of a page put in the place of the one it had, the rest of the page as it was."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def beside(page: str, lines: Sequence[str]) -> str:
    """The page with the section, whose first line is its heading, where it stood, or at the end; others stay."""
    before, _, old = page.partition(f"\n{lines[0]}\n")
    after = old.partition("\n## ")[2]
    kept = [f"## {after.rstrip()}"] if after else []
    return "\n\n".join([before.rstrip(), "\n".join(lines), *kept]) + "\n"


def put(page: Path, lines: Sequence[str]) -> None:
    """Writes the section into the page."""
    page.write_text(beside(page.read_text("utf-8"), lines), encoding="utf-8")
