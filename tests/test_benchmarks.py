"""The benchmark runs, and its own checks hold: what the rivals that are installed find is what we find."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "dependence.py"
ASKED = ("--items", "20", "--seeds", "1", "--budget-seconds", "0.1")


@pytest.mark.slow
def test_the_benchmark_runs_and_its_checks_hold(tmp_path: Path):
    """A small run fails on no difference, and writes every table with all shapes of record in it."""
    page = tmp_path / "page.md"
    subprocess.run([sys.executable, BENCHMARK, *ASKED, "--table", page], check=True, capture_output=True)
    tables = page.read_text(encoding="utf-8").split("\n## ")[1:]
    assert len(tables) == 6
    for table in tables[1:5]:
        assert all(f"| {shape} | 20 |" in table for shape in ("local", "medium", "entangled"))
    assert "iran-2020" in tables[5]
