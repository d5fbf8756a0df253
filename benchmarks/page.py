"""A section of the page of measurements: where it is written."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path


def beside(page: str, heading: str, lines: Iterable[str]) -> str:
    """A page with a section in the place of the one it had under that heading, or at its end."""
    before, _, rest = page.partition(f"\n{heading}\n")
    _, next_one, after = rest.partition("\n## ")
    return before.rstrip("\n") + "\n\n" + "\n".join(lines).rstrip("\n") + "\n" + next_one + after


def write(table: Path | None, heading: str, lines: Iterable[str]) -> None:
    """Writes a section into a page, or on standard output where none is named."""
    if table:
        table.write_text(beside(table.read_text("utf-8"), heading, lines), encoding="utf-8")
    else:
        sys.stdout.write("\n".join(lines) + "\n")
