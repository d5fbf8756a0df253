"""The benchmarks run, and their own checks hold: what the rivals that are installed find is what we find."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
BENCHMARK = BENCHMARKS / "dependence.py"
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


PAGE = "# Performance\n\nAs it was.\n\n## {}\n\nOld.\n\n## Another\n\nKept.\n"


def written(page: Path, benchmark: str, heading: str, *asked: str) -> str:
    """The section that a benchmark writes into a page between two others, which stay."""
    page.write_text(PAGE.format(heading), encoding="utf-8")
    told = [sys.executable, BENCHMARKS / benchmark, *asked, "--table", page]
    subprocess.run(told, check=True, capture_output=True)
    before, section, after = page.read_text(encoding="utf-8").split("\n## ")
    assert (before, after) == ("# Performance\n\nAs it was.\n", "Another\n\nKept.\n")
    return section


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the memory of a process is read as Linux tells it")
def test_the_benchmark_of_growth_writes_its_section_alone(tmp_path: Path):
    section = written(tmp_path / "page.md", "growth.py", "Growth", "--quick", "--runs", "1")
    assert "Old." not in section
    assert all(f"| {name} | ms |" in section for name in ("rules", "parties", "items"))


@pytest.mark.slow
@pytest.mark.skipif(
    not all(map(find_spec, ("openfisca_core", "polars", "duckdb", "clingo"))), reason="not every rival is installed"
)
def test_the_benchmark_of_tables_finds_everybody_of_one_mind(tmp_path: Path):
    """It fails where a rival decides a row otherwise."""
    section = written(tmp_path / "page.md", "tables.py", "Tables", "--rows", "300")
    assert section.count("| 300 |") == 2


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="what a process held at most is counted as Linux counts")
def test_a_large_table_is_decided_in_little_memory():
    """A small run of the program that decides ten million rows: all of them, in less than it allows."""
    program = BENCHMARKS / "memory.py"
    done = subprocess.run([sys.executable, program, "150000"], check=True, capture_output=True, text=True)
    assert "150,000 rows of 62 columns" in done.stdout.splitlines()[-1]
