"""How a decision grows with rules, parties and evidence; starting, loading, memory: a section of docs/performance.md.

    pip install -e . && python benchmarks/growth.py --table docs/performance.md
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import log
from pathlib import Path
from time import process_time

import growing
import memo
import page
import yaml

import authority

HEADING = "## Growth"
SIZES: Mapping[str, Sequence[int]] = {
    "rules": (10, 30, 100, 300, 1_000), "parties": (2, 5, 10, 30, 100), "items": (10, 30, 100, 300, 1_000, 5_000),
}  # fmt: skip
STILL = {"rules": 10, "parties": 2, "items": 400}
"""How many of the others there are while one grows."""
SECONDS, RUNS = 1.0, 7
"""A call is repeated until it has taken so long, or so often; the least time counts."""
MEGABYTE = 1_000_000

ABOUT = f"""\
How long one decision takes, derived twice and explained, as rules, parties or items of evidence grow, the others
staying at {', '.join(f'{n} {name}' for name, n in STILL.items())} (`benchmarks/growing.py`): the processor's time, the
least of up to {RUNS} runs. The exponent is that of the power of n by which the time grew from the size before; beside
it that of n log n, which is the aim for the last. Made again by

    python benchmarks/growth.py --table docs/performance.md
"""

STARTS = {
    "Python alone": "pass",
    "the libraries alone": memo.FLOOR,
    "`import authority`": "import authority",
    "`authority --help`": "import sys; sys.argv[1:] = ['--help']; from authority.cli import main; main()",
    "the Iran case decided": "import authority; authority.decide(authority.load_case('iran-2020'), 'statutory-text')",
}
"""Programs whose start is measured, each a process of its own. The second is the floor."""
PEAK = """
import sys
try:
    exec(sys.argv[1])
except SystemExit:
    pass
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
"""Runs a program and tells the most memory it held, which Linux counts from the process's own start."""


def seconds(call: Callable[[], object]) -> float:
    """The least time of some calls."""
    found: list[float] = []
    while len(found) < RUNS and sum(found) < SECONDS:
        begun = process_time()
        call()
        found.append(process_time() - begun)
    return min(found)


def decided(name: str, size: int, folder: Path) -> float:
    """How long a decision with its explanation takes where so many of one thing are there."""
    sizes = {**STILL, name: size}
    rules = authority.load_rules(growing.law(sizes["rules"], folder / f"law-{sizes['rules']}"))
    path = growing.case(sizes["parties"], sizes["items"], sizes["rules"], folder / "case.yaml")
    case = authority.load_case(path, rules)
    return seconds(lambda: authority.decide(case, growing.READING).explain())


def peak(program: str) -> float:
    """The most memory that a program held, in megabytes, in a process of its own."""
    told = subprocess.run([sys.executable, "-c", PEAK, program], check=True, capture_output=True, text=True).stdout
    return int(told.split()[-2]) * 1024 / 1e6


def curve(name: str, sizes: Sequence[int], folder: Path) -> Iterator[str]:
    """Lines of a table: the time at each size, and the exponent with which it grew from the size before."""
    yield f"| {name} | ms | exponent | of n log n |"
    yield "| --: | --: | --: | --: |"
    took = [decided(name, size, folder) for size in sizes]
    yield f"| {sizes[0]:,} | {took[0] * 1000:,.1f} |  |  |"
    for before, size, one, other in zip(sizes, sizes[1:], took, took[1:], strict=False):
        exponent, aim = log(other / one) / log(size / before), _n_log_n(before, size)
        held = "" if size != sizes[-1] else ": met" if exponent <= aim else ": missed"
        yield f"| {size:,} | {other * 1000:,.1f} | {exponent:.2f} | {aim:.2f}{held} |"


def _n_log_n(one: int, other: int) -> float:
    """The exponent with which n log n grows between two numbers."""
    return log(other * log(other) / (one * log(one))) / log(other / one)


def loaded(folder: Path, size: int) -> tuple[int, int, float, Path]:
    """A rule set of about so many bytes: its rules, its bytes, how long it takes to load, and where it is."""
    few = 100
    rules = few * size // _size(growing.law(few, folder / "few"))
    where = growing.law(rules, folder / "megabyte")
    return rules, _size(where), seconds(lambda: authority.load_rules(where)), where


def _size(folder: Path) -> int:
    return sum(each.stat().st_size for each in folder.iterdir())


def section(sizes: Mapping[str, Sequence[int]], runs: int, size: int) -> Iterator[str]:
    """The lines of the section."""
    yield HEADING
    yield ""
    yield from ABOUT.splitlines()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for each, grown in sizes.items():
            yield ""
            yield from curve(each, grown, folder)
        yield ""
        yield from _starting(runs)
        yield ""
        yield from _loading(folder, size)


def _starting(runs: int) -> Iterator[str]:
    yield f"Starting, as a process of its own (the least of {runs} runs), and the most memory it held:"
    yield ""
    yield "| program | ms | × | MB |"
    yield "| --- | --: | --: | --: |"
    took = {name: memo.seconds(program, runs=runs) for name, program in STARTS.items()}
    floor = took["the libraries alone"]
    for name, program in STARTS.items():
        yield f"| {name} | {took[name] * 1000:,.0f} | {took[name] / floor:.1f} | {peak(program):,.0f} |"


def _loading(folder: Path, about: int) -> Iterator[str]:
    rules, size, took, where = loaded(folder, about)
    held = peak(f"import authority; authority.load_rules({str(where)!r})")
    parser = "the parser in C" if hasattr(yaml, "CSafeLoader") else "the parser in Python"
    yield f"A rule set of {rules:,} rules in {size / 1e6:.2f} MB of YAML is loaded and checked in {took:,.2f} s,"
    yield f"{parser} of PyYAML reading it; the process that does so holds {held:,.0f} MB at most."


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="how often each program is started")
    parser.add_argument("--quick", action="store_true", help="small sizes alone")
    parser.add_argument("--table", type=Path, help="the page to write the section into")
    asked = parser.parse_args()
    wanted = {name: sizes[:3] for name, sizes in SIZES.items()} if asked.quick else SIZES
    size = MEGABYTE // 10 if asked.quick else MEGABYTE
    page.write(asked.table, HEADING, list(section(wanted, asked.runs, size)))
