"""The guide tells the truth: every block of it is done, in order, and what it prints is what is printed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from blocks import ROOT, Doing, blocks

from authority import engine

GUIDE = ROOT / "docs" / "encode-your-own-statute.md"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("sed") is None, reason="the guide edits with sed")
@pytest.mark.skipif(not engine.available(), reason="the guide counts the law that is passed over without durable-rules")
def test_every_block_of_the_guide_does_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Files are written, commands run; ``...`` stands for any lines and ``*`` for any words."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    Doing(GUIDE, tmp_path, capsys.readouterr).all()


def test_every_block_is_a_file_or_a_command() -> None:
    """Nothing in it is only to be looked at."""
    found = blocks(GUIDE)
    assert len(found) > 15
    assert all(block.path or block.language in ("sh", "console") for block in found)


def test_what_it_links_to_is_there() -> None:
    headings = {
        "#" + re.sub(r"[^a-z0-9 -]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in (GUIDE.parent / "design.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("#")
    }
    for target in re.findall(r"\]\(([^)]+)\)", GUIDE.read_text(encoding="utf-8")):
        page, _, heading = target.partition("#")
        assert (GUIDE.parent / page).is_file() and f"#{heading}" in headings
