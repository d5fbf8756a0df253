"""How long tables take, beside other programs and the memory's speed: a section of docs/performance.md.

    pip install -e '.[bench]' && python benchmarks/tables.py --table docs/performance.md
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

import numpy
import page
import pyarrow
import rivals_tables as rivals

import authority
from authority.batch import Batch
from authority.facts import FactPattern, Party
from authority.vocabulary import Kind

HEADING = "## Tables"
CASE, READING, STRIKE = "iran-2020", "statutory-text", "the strike"
ROWS = tuple(10**n for n in range(3, 8))
CHUNK = 1_000_000
"""The most rows of one table; more of them are so many tables, one made after another."""
OF_CLINGO = 200
SECONDS, RUNS = 0.5, 15
"""A call is repeated until it has taken so long, or so often; the least time counts."""
RIVALS: dict[str, Sequence[Callable[..., rivals.Made]]] = {
    "OpenFisca": [partial(rivals.openfisca, alone=False)],
    "OpenFisca alone": [partial(rivals.openfisca, alone=True)],
    "Polars": [partial(rivals.polars, lazy=True), partial(rivals.polars, lazy=False)],
    "DuckDB": [rivals.duckdb],
}
AIMS = {"OpenFisca": 20.0, "OpenFisca alone": 20.0, "Polars": 3.0, "DuckDB": 10.0, "clingo": 1.0}
"""How many times as long as ours each should take, on each table."""
LIMIT = 4.0
"""And how many times as long as the memory needs ours should take at most, on the largest."""


ABOUT = f"""\
Is force against Iran authorized, under the statute as written, in each row of a made-up table? *Truth
values* are {{facts}} columns, true, false or nothing; *levels* are {{sides}}, the strongest exhibit for and
against each fact, weighed at preponderance. Ours is a call of `Batch` from an Arrow table to one, whole. The
same law is written by hand as an expression of Polars (lazy or eager, whichever is faster), as SQL of DuckDB
over a table that it has taken in, as variables of OpenFisca (a simulation made, its inputs set, both values
calculated; *alone*: the calculating without the rest), and for clingo, a solver for each row. Each has the
rows in the form that suits it, made beforehand and not counted. Polars and DuckDB use every core, ours and
OpenFisca one. The verdicts of all are the same in every row, or the benchmark fails. clingo is timed on
{OF_CLINGO} rows and reckoned (~) for the rest; more than {CHUNK:,} rows are so many tables of {CHUNK:,}, made
one after another. *Memory* is to read every byte of the table once and to write as many as the answer has, with
NumPy; *GB/s*, the bytes of both in our time. Every number is the least of up to {RUNS} calls, in
milliseconds unless it says seconds; × is how many times as long as ours. Made again by

    pip install -e '.[bench]' && python benchmarks/tables.py --table docs/performance.md
"""


def the_case() -> FactPattern:
    """The case whose question is put, with an operation that the rows speak of."""
    case = authority.load_case(CASE)
    return case.but(parties=(*case.parties, Party(name=STRIKE, kind=Kind.OPERATION)))


def drawn(rows: int, seed: int, levels: bool) -> dict[str, numpy.ndarray]:
    """A table made up from a seed, as ``rivals_tables.Values``. Each value is there in four rows of five."""
    luck = numpy.random.default_rng(seed)
    if not levels:
        return {n: luck.choice([-1, 0, 1, 1, 1], rows).astype(numpy.int8) for n in rivals.FACTS}
    sides = [f"{n} {side}" for n in rivals.FACTS for side in ("for", "against")]
    return {n: luck.choice([-1, 0, 1, 2, 3, 4, 5], rows).astype(numpy.int8) for n in sides}


def arrow(values: rivals.Values, levels: bool) -> pyarrow.Table:
    """The table with our headings: truth values as bits, levels as small numbers, nothing where there is nothing."""
    if not levels:
        return pyarrow.table({rivals.FACTS[n]: pyarrow.array(v == 1, mask=v < 0) for n, v in values.items()})
    named = {f"{rivals.FACTS[fact]} [{side}]": f"{fact} {side}" for fact in rivals.FACTS for side in ("for", "against")}
    return pyarrow.table({said: pyarrow.array(values[n].clip(0), mask=values[n] < 0) for said, n in named.items()})


# ── Clocks ────────────────────────────────────────────────────────────────────────────────────────────────────────


def seconds(call: Callable[[], Any]) -> float:
    """The least time of some calls; the first is not counted."""
    call()
    found: list[float] = []
    while len(found) < RUNS and sum(found) < SECONDS:
        begun = perf_counter()
        call()
        found.append(perf_counter() - begun)
    return min(found)


def buffers(table: pyarrow.Table) -> list[numpy.ndarray]:
    """The memory that a table holds, as words."""
    held = [b for c in table.columns for chunk in c.chunks for b in chunk.buffers() if b]
    return [numpy.frombuffer(b, dtype=numpy.uint64, count=b.size // 8) for b in held]


def limit(table: pyarrow.Table, answer: pyarrow.Table) -> Callable[[], Any]:
    """No more than to read every word of a table once and to write as many bytes as the answer has."""
    given = buffers(table)
    out = numpy.zeros(sum(b.nbytes for b in buffers(answer)), dtype=numpy.uint8)

    def read_and_write() -> None:
        for words in given:
            numpy.bitwise_or.reduce(words)
        out.fill(1)

    return read_and_write


# ── One question, beside others ───────────────────────────────────────────────────────────────────────────────────


class Took(NamedTuple):
    """Seconds for a number of rows: ours, each rival's, and the memory's; and the bytes read and written."""

    rows: int
    ours: float
    rivals: Mapping[str, float]
    memory: float
    bytes: int


def check(name: str, found: rivals.Found, ours: pyarrow.Table) -> None:
    """Fails unless a rival's verdicts are ours."""
    verdicts = ours.column(f"{READING}.verdict").combine_chunks()
    words, numbers = verdicts.dictionary.to_pylist(), numpy.asarray(verdicts.indices)[: len(found.met)]
    for word, where in (("met", found.met), ("not met", found.not_met)):
        differ = numpy.flatnonzero((numbers == words.index(word)) != where)
        if len(differ):
            raise SystemExit(f"{name}: {len(differ):,} rows differ, first row {differ[0]:,}, on {word!r}")


def beside_others(batch: Batch, rows: int, levels: bool) -> Took:
    """Everybody's time for a table of so many rows; more than a chunk are decided chunk by chunk."""
    ours = memory = 0.0
    theirs: dict[str, float] = dict.fromkeys([*RIVALS, "clingo"], 0.0)
    size = 0
    for seed in range(max(1, rows // CHUNK)):
        values = drawn(min(rows, CHUNK), seed, levels)
        table = arrow(values, levels)
        answer = batch(table)
        for name, ways in RIVALS.items():
            least = []
            for way in ways:
                call, found = way(values, levels)
                check(name, found(call()), answer)
                least.append(seconds(call))
            theirs[name] += min(least)
        if not seed:
            few = {n: v[:OF_CLINGO] for n, v in values.items()}
            call, found = rivals.clingo(few, levels)
            check("clingo", found(call()), answer)
            theirs["clingo"] = seconds(call) * rows / OF_CLINGO
        ours += seconds(lambda table=table: batch(table))
        memory += seconds(limit(table, answer))
        size += sum(b.nbytes for b in (*buffers(table), *buffers(answer)))
    return Took(rows, ours, theirs, memory, size)


# ── Ours alone ────────────────────────────────────────────────────────────────────────────────────────────────────


def by_what(rows: int) -> Iterator[str]:
    """Lines of a table: what is asked of a row, and how long that takes."""
    case = the_case()
    facts = sorted({str(f): f for e in case.evidence for f in e.bears_on} | dict.fromkeys(rivals.FACTS.values()))
    luck = numpy.random.default_rng(7)
    words = numpy.array(["established", "refuted", "unresolved"])
    numbers = {f: luck.integers(0, 4, rows) for f in facts}
    sides = [f"{f} [{side}]" for f in facts for side in ("for", "against")]
    coded = {f: pyarrow.array(n % 3, pyarrow.int8(), mask=n == 3) for f, n in numbers.items()}
    tables = {
        "truth values": {f: pyarrow.array(n == 1, mask=n == 3) for f, n in numbers.items()},
        "levels": {s: pyarrow.array((n := luck.integers(-1, 6, rows)).clip(0).astype("i1"), mask=n < 0) for s in sides},
        "words, coded": {f: pyarrow.DictionaryArray.from_arrays(c, pyarrow.array(words)) for f, c in coded.items()},
        "words, spelled": {f: pyarrow.array(words[n % 3].tolist(), mask=n == 3) for f, n in numbers.items()},
    }
    for name, columns in tables.items():
        table = pyarrow.table(columns)
        for readings, reasons in (([READING], False), (None, False), (None, True)):
            batch = Batch(case, readings, reasons=reasons)
            answer = batch(table)
            ours, memory = seconds(partial(batch, table)), seconds(limit(table, answer))
            size = sum(b.nbytes for b in (*buffers(table), *buffers(answer)))
            asked = f"{len(batch.readings)}{', with reasons' if reasons else ''}"
            cells = (name, len(columns), asked, timed(ours), f"{size / ours / 1e9:.1f}", f"{ours / memory:.1f}")
            yield f"| {' | '.join(map(str, cells))} |"


# ── The section ───────────────────────────────────────────────────────────────────────────────────────────────────


def timed(value: float) -> str:
    """Seconds in milliseconds, or as seconds where they are many."""
    if value >= 10:
        return f"{value:,.1f} s"
    return f"{value * 1000:,.{3 if value < 1e-3 else 1 if value < 0.1 else 0}f}"


def aims(found: Mapping[str, Sequence[Took]]) -> Iterator[str]:
    """Each aim, held against the table that is worst for it."""
    everything = [each for took in found.values() for each in took]
    yield "| aim | worst |  |"
    yield "| --- | --: | --: |"
    for name, aim in AIMS.items():
        worst = min(everything, key=lambda each: each.rivals[name] / each.ours)
        ratio = worst.rivals[name] / worst.ours
        held = "met" if ratio >= aim else "missed"
        what = f"{name} takes at least {aim:g} × our time" if aim > 1 else f"{name} takes longer"
        yield f"| {what}, on every table | {ratio:,.1f} × at {worst.rows:,} rows | {held} |"
    largest = max(each.rows for each in everything)
    ratio = max(each.ours / each.memory for each in everything if each.rows == largest)
    held = "met" if ratio <= LIMIT else "missed"
    yield f"| ours takes at most {LIMIT:g} × what the memory needs, at {largest:,} rows | {ratio:.1f} × | {held} |"


def section(rows: Sequence[int]) -> Iterator[str]:
    """The lines of the section."""
    batch = Batch(the_case(), [READING], reasons=False)
    found = {name: [beside_others(batch, n, name == "levels") for n in rows] for name in ("truth values", "levels")}
    yield HEADING
    yield ""
    yield from ABOUT.format(facts=len(rivals.FACTS), sides=2 * len(rivals.FACTS)).splitlines()
    yield ""
    yield from aims(found)
    for name, took in found.items():
        yield ""
        yield f"### {name.capitalize()}"
        yield ""
        yield f"| rows | ours | {' | '.join(f'{r} | ×' for r in took[0].rivals)} | memory | ours × | GB/s |"
        yield f"| --: | --: | {' | '.join('--: | --:' for _ in took[0].rivals)} | --: | --: | --: |"
        for each in took:
            yield row(each)
    most = min(max(rows), CHUNK)
    yield ""
    yield "### By what is asked"
    yield ""
    yield f"Ours alone, on {most:,} rows, by the form of the columns, their number, and the number of readings; with"
    yield "reasons each verdict has its cause and the element that decides it."
    yield ""
    yield "| columns | number | readings | ours | GB/s | × memory |"
    yield "| --- | --: | --- | --: | --: | --: |"
    yield from by_what(most)


def row(took: Took) -> str:
    """A line of the table of rivals."""
    cells = [f"{took.rows:,}", timed(took.ours)]
    for name, theirs in took.rivals.items():
        cells += [("~" if name == "clingo" else "") + timed(theirs), f"{theirs / took.ours:,.1f}"]
    cells += [timed(took.memory), f"{took.ours / took.memory:.1f}", f"{took.bytes / took.ours / 1e9:.1f}"]
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=ROWS, help="how many rows the tables have")
    parser.add_argument("--quick", action="store_true", help="small tables alone")
    parser.add_argument("--table", type=Path, help="the page to write the section into")
    asked = parser.parse_args()
    page.write(asked.table, HEADING, list(section([1_000, 10_000] if asked.quick else asked.rows)))
