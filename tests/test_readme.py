"""The README tells the truth: its Python runs, its commands exist, its example of evidence loads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer import Context
from typer.main import get_group

import authority
from authority.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """The first fenced block of a language."""
    found = re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert found
    return found[1]


def test_the_ten_lines_of_python_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [line for line in block("python").splitlines() if line.strip()]
    assert len(lines) <= 10
    exec(compile(block("python"), "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert printed.startswith("not met False\n")
    assert "cooperation-2020 met asserted, unsupported by any court" in printed
    assert (tmp_path / "memo.html").stat().st_size > 10_000


def test_every_command_it_names_exists_and_none_is_left_out() -> None:
    named = set(re.findall(r"`authority (\w+)", README.split("## The command")[1].split("## Your own case")[0]))
    group = get_group(app)
    assert named == set(group.list_commands(Context(group)))


def test_its_example_of_evidence_loads(tmp_path: Path) -> None:
    head = """rules: aumf-2001
title: From the README
asks: force against Iran is authorized
as_of: 2020-01-01
parties:
  Iran: {kind: state}
sources:
  commission: {name: A commission, kind: independent commission}
"""
    path = tmp_path / "readme.yaml"
    path.write_text(head + block("yaml"), encoding="utf-8")
    assert authority.load_case(path).evidence[0].supports


def test_what_it_links_to_is_there() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", README):
        assert (ROOT / target).is_file(), target
