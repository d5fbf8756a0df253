"""How long the memo takes as a process of its own, beside the libraries it stands on: a section of docs/performance.md.

    pip install -e '.[all]' && python benchmarks/memo.py --table docs/performance.md
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from sections import put

HEADING = "## The memo"
FLOOR = "import pydantic, jinja2"
COMMAND = "from authority.cli import main; main()"
CASE = "iran-2020"
FORMATS = ("md", "json", "html", "docx", "pdf")
AIMS = {("md",): 1.0, FORMATS: 3.0}
"""Under how many seconds some formats together should be written, the whole process."""


def seconds(program: str, *arguments: str, runs: int) -> float:
    """The least time of some runs of a program in a process of its own, its modules compiled by an earlier one."""
    settings = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    found = []
    for _ in range(runs):
        begun = perf_counter()
        subprocess.run([sys.executable, "-c", program, *arguments], check=True, capture_output=True, env=settings)
        found.append(perf_counter() - begun)
    return min(found)


def measured(runs: int) -> Iterator[tuple[Sequence[str], float]]:
    """The formats written together, and how long that takes; none for the floor."""
    yield (), seconds(FLOOR, runs=runs)
    with tempfile.TemporaryDirectory() as folder:
        for formats in (*((each,) for each in FORMATS), FORMATS):
            out = [part for each in formats for part in ("-o", str(Path(folder) / f"memo.{each}"))]
            yield formats, seconds(COMMAND, "memo", CASE, *out, runs=runs)


def section(runs: int) -> Iterator[str]:
    """The lines of the section."""
    yield HEADING
    yield ""
    yield f"`authority memo {CASE}` as a process of its own, from its start to its end, the least of {runs} runs; *×*"
    yield f"is how many times as long as `python -c '{FLOOR}'`. Pictures and the timeline stand in HTML, DOCX"
    yield "and PDF. Made again by `pip install -e '.[all]' && python benchmarks/memo.py --table docs/performance.md`."
    yield ""
    yield "| written | ms | × | aim |"
    yield "| --- | --: | --: | --- |"
    floor = 0.0
    for formats, took in measured(runs):
        floor = floor or took
        aim = AIMS.get(tuple(formats))
        held = "" if aim is None else f"under {aim * 1000:,.0f} ms: {'met' if took < aim else 'missed'}"
        what = ", ".join(f".{each}" for each in formats) or "the libraries alone"
        yield f"| {what} | {took * 1000:,.0f} | {took / floor:.1f} | {held} |"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--table", type=Path, help="the page to write the section into")
    asked = parser.parse_args()
    told = list(section(asked.runs))
    if asked.table:
        put(asked.table, told)
    else:
        sys.stdout.write("\n".join(told) + "\n")
