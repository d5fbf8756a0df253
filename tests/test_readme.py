"""The README tells the truth: its Python runs, its commands exist, its example of evidence loads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from blocks import ROOT, Doing, blocks
from typer import Context
from typer.main import get_group

from authority.cli import app

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_ten_lines_of_python_run_and_its_piece_of_evidence_loads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (python,) = (block.text for block in blocks(ROOT / "README.md") if block.language == "python")
    assert len([line for line in python.splitlines() if line.strip()]) <= 10
    Doing(ROOT / "README.md", tmp_path, capsys.readouterr).all()
    printed = capsys.readouterr().out
    assert printed.startswith("not met False\n")
    assert "cooperation-2020 met asserted, unsupported by any court" in printed
    assert (tmp_path / "memo.html").stat().st_size > 10_000


def test_every_command_it_names_exists_and_none_is_left_out() -> None:
    named = set(re.findall(r"`authority (\w+)", README.split("## The command")[1].split("## Your own case")[0]))
    group = get_group(app)
    assert named == set(group.list_commands(Context(group)))


def test_what_it_links_to_is_there() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", README):
        assert (ROOT / target).is_file(), target
