"""Whether all that decides a row agrees: python tests/agreement.py [RECORDS [PROCESSES]].

Rule sets are made up, and tables of a hundred rows for each. Every row is decided under every reading of its rule set:
by ``decide`` on the case that the row is, by the kernel, by its query in DuckDB and in SQLite, and by Polars. Verdict,
cause and deciding element must be the same everywhere. The same records are drawn each time.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pyarrow
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from authority.batch import Batch
from authority.batch.sql import query
from authority.engine import Verdict
from authority.facts import FactPattern
from authority.opinion import Opinion, decide
from authority.vocabulary import Proposition
from authority.weighing import Cause
from tests.databases import by_duckdb, by_polars, by_sqlite, numbered
from tests.generate import STANDARDS, Draw, cases, facts_of, one_in, pick

EACH = 100
"""How many rows are decided under one rule set."""
SHARE = 5_000
"""How many rows are drawn from one seed: as many at a time as one process is given."""
LEVEL = pyarrow.int8()
KINDS: dict[str, tuple[pyarrow.DataType, tuple[Any, ...]]] = {
    "levels": (LEVEL, (None, None, 0, 1, 2, 3, 4, 5)),
    "against": (LEVEL, (None, None, None, 0, 1, 3, 5)),
    "truth": (pyarrow.bool_(), (None, True, True, False)),
    "finding": (pyarrow.string(), (None, "established", "established", "refuted", "unresolved")),
}
"""What the values of a column may be, each as likely as it stands there."""


class Drawn(NamedTuple):
    """A case, and of each column of its tables the kind."""

    case: FactPattern
    columns: dict[str, str]


@st.composite
def drawn(draw: Draw) -> Drawn:
    """A made-up rule set whose two readings are each at any standard, and columns on some of its facts."""
    case = draw(cases(attacks=False, assumptions=one_in(draw, 6), most=0))
    readings = tuple(each.but(standard=pick(draw, STANDARDS)) for each in case.rules.readings)
    case = case.but(rules=case.rules.but(readings=readings))
    columns: dict[str, str] = {}
    facts = [draw(facts_of(case)) for _ in range(pick(draw, (2, 6, 10)))]
    for name in dict.fromkeys(said(case, fact) for fact in facts):
        kind = pick(draw, ("levels", "both", "both", "truth", "finding"))
        columns |= {f"{name} [for]": "levels", f"{name} [against]": "against"} if kind == "both" else {name: kind}
    return Drawn(case, columns)


def said(case: FactPattern, found: Proposition) -> str:
    return case.rules.vocabulary[found.sentence].fill(found.parties)


def rows(columns: dict[str, str], many: int, luck: Random) -> pyarrow.Table:
    """A table of such columns."""
    made = {name: pyarrow.array(luck.choices(KINDS[kind][1], k=many), KINDS[kind][0]) for name, kind in columns.items()}
    return numbered(pyarrow.table(made))


# ── Deciding ──────────────────────────────────────────────────────────────────────────────────────────────────────


def deciding(opinion: Opinion) -> Proposition | None:
    """The first of the question's elements that stands as the question does; of those that are met, the first that is
    not met by the rule itself."""
    standing = [p for p in opinion.top_elements if opinion.on(p) is opinion.verdict]
    if opinion.verdict is Verdict.MET:
        standing.sort(key=lambda p: Cause.RULE in opinion.causes(p))
    return standing[0] if standing else None


def by_decide(batch: Batch, table: pyarrow.Table) -> Iterator[dict[str, Any]]:
    """What ``decide`` answers for each row, as the kernel puts it."""
    for row in table.to_pylist():
        case, answer = batch.case(row), {"row": row["row"]}
        for reading in batch.readings:
            opinion = decide(case, reading)
            element = deciding(opinion)
            answer |= {
                f"{reading.id}.verdict": str(opinion.verdict),
                f"{reading.id}.cause": str(opinion.conclusion[opinion.question].cause),
                f"{reading.id}.element": str(element) if element else None,
            }
        yield answer


def agree(found: Drawn, many: int, luck: Random) -> Counter[str]:
    """Decides so many rows in every way, and counts them by what they tried; AssertionError where two ways part."""
    batch, table = Batch(found.case, keep=["row"]), rows(found.columns, many, luck)
    expected = list(by_decide(batch, table))
    text = query(batch.kernel(table.schema), "rows")
    ways: dict[str, Callable[[], Sequence[dict[str, Any]]]] = {
        "the kernel": lambda: batch(table).to_pylist(), "DuckDB": lambda: by_duckdb(text, table),
        "SQLite": lambda: by_sqlite(text, table), "Polars": lambda: by_polars(batch, table),
    }  # fmt: skip
    for way, answers in ways.items():
        for row, one, other in zip(table.to_pylist(), expected, answers(), strict=True):
            assert one == other, f"{way} and decide part\nrow: {row}\ndecide: {one}\n{way}: {other}\n{found.case!r}"
    return Counter(
        {"records": many} | _tried(found.case, table) + sum((_came(each, batch) for each in expected), Counter())
    )


def _tried(case: FactPattern, table: pyarrow.Table) -> Counter[str]:
    """Of a table, what there is in it and in the law that it is decided under."""
    empty = sum(any(value is None for value in row.values()) for row in table.to_pylist())
    law = case.rules.rules
    there = {
        "under a rule with exceptions": any(rule.unless for rule in law),
        "under a factor test": any(rule.body == "at_least" for rule in law),
        "with something assumed": bool(case.assume),
    }
    return Counter({"with values left out": empty, **{what: table.num_rows for what, is_so in there.items() if is_so}})


def _came(answer: dict[str, Any], batch: Batch) -> Counter[str]:
    """Of a row, how it was decided under each reading."""
    came: Counter[str] = Counter(answers=len(batch.readings))
    for reading in batch.readings:
        came[f"answers: {answer[f'{reading.id}.verdict']}"] += 1
        came[f"answers: {answer[f'{reading.id}.cause']}"] += 1
        came[f"answers at {reading.standard}"] += 1
    return came


# ── All of them ───────────────────────────────────────────────────────────────────────────────────────────────────


def share(number: int, many: int, each: int = EACH) -> Counter[str]:
    """So many rows drawn from a seed, ``each`` under one rule set, decided in every way; AssertionError where two ways
    part."""
    luck, counted = Random(number), Counter[str]()
    sizes = [min(each, many - first) for first in range(0, many, each)]

    @seed(number)
    @settings(
        max_examples=len(sizes), database=None, derandomize=False, deadline=None, phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip
    @given(drawn())
    def decided(found: Drawn) -> None:
        if sizes:  # Hypothesis may try an example more often than it is asked to
            counted.update(agree(found, sizes.pop(), luck))

    decided()
    assert not sizes, f"{len(sizes)} rule sets fewer could be drawn than were asked for"
    return counted


def main(records: int = 100_000, processes: int = 2) -> None:
    """Draws so many records, decides each in every way, and says how many agreed."""
    began, counted = time.perf_counter(), Counter[str]()
    shares = [min(SHARE, records - first) for first in range(0, records, SHARE)]
    with ProcessPoolExecutor(processes, get_context("spawn")) as workers:
        for each in workers.map(share, range(len(shares)), shares):
            counted.update(each)
            sys.stderr.write(f"{counted['records']:,} of {records:,} records agree\n")
    took = time.perf_counter() - began
    sys.stdout.write(f"{counted['records']:,} records, {counted['answers']:,} answers, no two of which part: decide, ")
    sys.stdout.write(f"kernel, DuckDB, SQLite, Polars; {took:,.0f} s\n")
    for what in sorted(counted, key=lambda what: (what.startswith("answers"), what)):
        if what not in ("records", "answers"):
            sys.stdout.write(f"  {counted[what]:>9,} {what}\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
