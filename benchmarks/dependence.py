"""How fast the dependence of a verdict is worked out, beside other programs asked the same: docs/performance.md.

    pip install -e '.[bench]' && python benchmarks/dependence.py --table docs/performance.md
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple, TypeVar

from records import READING, SHAPES, record
from rivals import (
    Found,
    by_pysat,
    by_z3,
    clingo_fewest,
    clingo_flips,
    dd_nodes,
    marco,
    one_at_a_time,
    oxidd_nodes,
    oxidd_start,
)

import authority
from authority.compiling import compile_question
from authority.dependence import LISTED, NODES, depend
from authority.dependence.building import build
from authority.dependence.diagram import Diagrams, TooLarge
from authority.dependence.power import powers
from authority.dependence.sets import Origin, Sets, Turning, by_origin, fewest_origins, turning
from authority.dependence.solving import smallest_changes
from authority.dependence.working import levels
from authority.opinion import Opinion

T = TypeVar("T")
LONG = 5
"""From how many seconds on ``depend`` is run once."""
MANY = 100_000
"""Up to how many sets are listed whole, for comparison."""
ABOVE, AHEAD = 10_000, 100
"""Above how many sets MARCO on python-sat should take how many times as long as we do."""
STEPS = {
    "sufficient sets and flip sets": "sets", "margin": "margin", "power": "power", "probability": "probability",
    "proof standards": "standards", "missing": "missing",
}  # fmt: skip

Row = dict[str, Any]
Rows = dict[str, list[tuple[str, int, Row]]]


class Timed(NamedTuple):
    """What a call returned, or None where it outgrew the budget of nodes; and its least seconds."""

    result: Any
    seconds: float


def timed(call: Callable[[], Any], repeats: int = 3) -> Timed:
    """The least of some runs; one that takes more than a second is run once."""
    found: list[float] = []
    result = None
    for _ in range(repeats):
        begun = perf_counter()
        try:
            result = call()
        except TooLarge:
            result = None
        found.append(perf_counter() - begun)
        if found[-1] > 1:
            break
    return Timed(result, min(found))


# ── The questions, each of one record ─────────────────────────────────────────────────────────────────────────────


def whole(opinion: Opinion) -> Row:
    """``depend`` and its parts, each at its least."""
    runs: list[Row] = []
    exact = None
    for _ in range(3):
        marks: list[tuple[str, float]] = []
        begun = perf_counter()
        found = depend(opinion, progress=lambda step, marks=marks: marks.append((step, perf_counter())))
        end = perf_counter()
        ends = [at for _, at in marks[1:]] + [end]
        parts = {STEPS[step]: after - at for (step, at), after in zip(marks, ends, strict=True) if step in STEPS}
        runs.append({"whole": end - begun, "compiling": marks[0][1] - begun, **parts})
        exact = found.flip_count
        if end - begun > LONG:
            break
    return {"exact": exact, **{name: min(run[name] for run in runs) for name in runs[0]}}


def all_sets(turn: Turning, opinion: Opinion, seconds: float) -> Row:
    """All minimal sets of items that turn the outcome, and all that hold it: ours, MARCO's and clingo's."""
    first = levels(opinion.case, opinion.reading)

    def ours(listed: int) -> tuple[Sets, Any, Any]:
        sets = Sets(turn, first, NODES, listed)
        return sets, sets.flips(), sets.sufficient()

    mine, took = timed(lambda: ours(LISTED))
    row: Row = {"ours": took if mine else None, "past": None if mine else took}
    if mine:
        sets, flips, sufficient = mine
        row |= {"flips": flips.count, "sufficient": sufficient.count, "nodes": len(sets.diagrams.level)}
    listed = None
    if mine and flips.count + sufficient.count <= MANY:
        listed, row["listed"] = timed(lambda: ours(MANY))
    # Where the aim is at stake it is not stopped before it is lost or won.
    at_stake = mine and flips.count + sufficient.count > ABOVE
    patience = max(seconds, AHEAD * took) if at_stake else seconds
    rivals: dict[str, Callable[[], Found]] = {
        "python-sat": lambda: marco(turn.circuit, turn.root, by_pysat, patience),
        "z3": lambda: marco(turn.circuit, turn.root, by_z3, seconds),
        "clingo": lambda: clingo_flips(turn.circuit, turn.root, seconds),
    }
    for name, rival in rivals.items():
        found = installed(rival)
        if found is None:
            continue
        row[name] = found
        if found.every and listed:
            _same(found.turning, listed[1].sets, f"flip sets by {name}")
            if name != "clingo":
                _same(found.holding, listed[2].sets, f"sufficient sets by {name}")
        elif found.every and mine and len(found.turning) != flips.count:
            raise AssertionError(f"flip sets by {name}: {len(found.turning)}, and not {flips.count}")
    return row


def _same(theirs: Sequence[Any], ours: Sequence[Any], what: str) -> None:
    if len(theirs) != len(ours) or {frozenset(each) for each in theirs} != {frozenset(each) for each in ours}:
        raise AssertionError(f"{what} are others than ours")


def smallest(turn: Turning, opinion: Opinion, seconds: float) -> Row:
    """The margin: the diagram's, RC2's and clingo's."""
    case, first = opinion.case, levels(opinion.case, opinion.reading)
    mine, took = timed(lambda: fewest_origins(case, turn, first, NODES, LISTED))
    origins = by_origin(case, turn)
    names = [name for name in origins.circuit.support(origins.root) if isinstance(name, Origin)]
    row: Row = {"ours": took if mine else None, "past": None if mine else took}
    by_rc2 = installed(lambda: timed(lambda: smallest_changes(origins.circuit, origins.root, names, 1)))
    by_clingo = installed(lambda: clingo_fewest(origins.circuit, origins.root, Origin, seconds))
    sizes = {len(mine[0])} if mine else set()
    if by_rc2:
        row["RC2"] = by_rc2.seconds
        sizes.add(len(by_rc2.result[0][0]))
    if by_clingo:
        row["clingo"] = by_clingo[1] if by_clingo[0] is not None else None
        sizes |= {by_clingo[0]} - {None}
    if len(sizes) > 1:
        raise AssertionError(f"margins differ: {sizes}")
    row["margin"] = sizes.pop() if sizes else None
    return row


def shapley(opinion: Opinion, seconds: float) -> Row:
    """Shapley values of all items: ours, and one item at a time, on the same diagram."""
    compiled = compile_question(opinion.case, opinion.reading, opinion.question, items=True)
    first = levels(opinion.case, opinion.reading)
    made = timed(lambda: build(compiled.circuit, compiled.question.met, first, NODES))
    if made.result is None:
        return {}
    diagrams, top = made.result
    mine = timed(lambda: powers(diagrams, top))
    theirs, took = one_at_a_time(diagrams, top, seconds)
    apart = max(abs(mine.result[name].shapley - value) for name, value in theirs.items())
    if apart > 1e-9:
        raise AssertionError(f"Shapley values differ by {apart}")
    whole = took * len(mine.result) / len(theirs)
    return {
        "ours": mine.seconds, "building": made.seconds, "nodes": len(diagrams.beneath(top)), "items": len(mine.result),
        "one": whole, "done": len(theirs), "apart": apart,
    }  # fmt: skip


def libraries(turn: Turning, opinion: Opinion) -> Row:
    """The diagram of when the outcome turns, built in one order by us, by dd and by oxidd."""
    made = timed(lambda: build(turn.circuit, turn.root, levels(opinion.case, opinion.reading), NODES), 1)
    if made.result is None:
        return {}
    order = made.result[0].order
    own = timed(lambda: _own_nodes(turn, order), 5)
    row: Row = {"ours": own.seconds, "nodes": own.result, "finding": made.seconds}
    for name, rival in (("dd", dd_nodes), ("oxidd", oxidd_nodes)):
        found = installed(lambda rival=rival: timed(lambda: rival(turn.circuit, turn.root, order), 5))
        if found:
            row[name] = found.seconds
    start = installed(lambda: timed(oxidd_start, 5))
    return {**row, "start": start.seconds} if start else row


def _own_nodes(turn: Turning, order: Sequence[Any]) -> int:
    diagrams = Diagrams(order, 10 * NODES)
    return len(diagrams.beneath(diagrams.of(turn.circuit, turn.root)))


def installed(call: Callable[[], T]) -> T | None:
    """What a call returns; None where it needs what is not installed."""
    try:
        return call()
    except (ImportError, authority.MissingExtra):
        return None


# ── All of it ─────────────────────────────────────────────────────────────────────────────────────────────────────


def measure(sizes: Sequence[int], seeds: int, seconds: float) -> Rows:
    """Every question of every record."""
    rows: Rows = defaultdict(list)
    for size in sizes:
        for shape in SHAPES:
            for seed in range(1, seeds + 1):
                said(f"{shape}, {size} items, seed {seed}\n")
                case = record(shape, size, seed)
                opinion, deciding = timed(lambda case=case: authority.decide(case, reading=READING))
                compiled = compile_question(case, opinion.reading, opinion.question, items=True)
                turn = turning(compiled)
                rows["whole"].append((shape, size, {"decide": deciding, **whole(opinion)}))
                rows["sets"].append((shape, size, all_sets(turn, opinion, seconds)))
                rows["margin"].append((shape, size, smallest(turn, opinion, seconds)))
                rows["power"].append((shape, size, shapley(opinion, seconds)))
                if size >= 200:
                    rows["libraries"].append((shape, size, libraries(turn, opinion)))
    case = authority.load_case("iran-2020")
    for reading in case.rules.readings:
        opinion = authority.decide(case, reading=reading.id)
        compiled = compile_question(case, opinion.reading, opinion.question, items=True, positions=True)
        row = libraries(turning(compiled), opinion)
        rows["libraries"].append((f"iran-2020, {reading.id}", len(case.evidence), row))
    return rows


def said(text: str) -> None:
    """Tells how far it is, on standard error."""
    sys.stderr.write(text)
    sys.stderr.flush()


# ── The tables ────────────────────────────────────────────────────────────────────────────────────────────────────


def page(rows: Rows, command: str, seconds: float) -> Iterator[str]:
    """The lines of the page."""
    yield "# Performance"
    yield ""
    yield "How long it takes to work out what a verdict depends on, and how long other programs take for the same."
    yield "Measured on a machine with two cores, in one process; each number is the least of up to three runs, then"
    yield f"the median over the seeds; a run past a second ({LONG}, of everything) is not repeated. Times are in"
    yield "milliseconds unless they say seconds. The records are made up (`benchmarks/records.py`): *local*, *medium*,"
    yield "and *entangled*, which is worse than real ones. All this is made again by"
    yield ""
    yield f"    pip install -e '.[bench]' && {command}"
    yield ""
    yield from _aims(rows)
    yield from _whole(rows["whole"])
    yield from _sets(rows["sets"], seconds)
    yield from _margin(rows["margin"])
    yield from _power(rows["power"], seconds)
    yield from _libraries(rows["libraries"])


def _aims(rows: Rows) -> Iterator[str]:
    """What was aimed at, and whether it was reached by the worst record."""
    yield "## Aims"
    yield ""
    yield "Each is held against the worst of the records, not the median. MARCO is held by the time it took; it is"
    yield f"stopped once it has taken {AHEAD} × ours. Where the recipe for Shapley values was stopped, its time is"
    yield "reckoned from how far it had come. Records whose diagram outgrew the budget stand in the first four"
    yield "lines only: there we have no full list of sets and no Shapley values to compare."
    yield ""
    yield from _head("aim", "worst record", "")
    for shape, size, most in (("local", 200, 0.1), ("local", 500, 0.5), ("medium", 500, 0.5)):
        found = [row["whole"] for *cell, row in rows["whole"] if cell == [shape, size]]
        yield from _aim(f"everything, {size} items, {shape}: under {_ms(most)} ms", found, most)
    found = [row["margin"] for shape, size, row in rows["whole"] if (shape, size) == ("entangled", 500)]
    yield from _aim("margin, 500 items, entangled: under 100 ms", found, 0.1)
    ratios = [(ratio, row) for _, _, row in rows["sets"] if (ratio := _taken(row)) is not None]
    above = f"MARCO on python-sat takes at least {AHEAD} × our time above 10⁴ sets"
    large = [ratio for ratio, row in ratios if row["flips"] + row["sufficient"] > ABOVE]
    yield from _aim(above, large, AHEAD, least=True)
    yield from _aim("and never less than half of it", [ratio for ratio, _ in ratios], 0.5, least=True)
    ratios = [row["one"] / row["ours"] for *_, row in rows["power"] if row]
    yield from _aim("Shapley values one at a time take at least 10 × our time", ratios, 10, least=True)
    yield ""


def _aim(what: str, found: Sequence[float], limit: float, *, least: bool = False) -> Iterator[str]:
    if found:
        worst = min(found) if least else max(found)
        held = sum(each >= limit if least else each < limit for each in found)
        shown = f"{_times(worst)} ×" if least else f"{_ms(worst)} ms"
        yield _line(what, shown, "met" if held == len(found) else f"missed: met by {held} of {len(found)}")


def _whole(rows: list[tuple[str, int, Row]]) -> Iterator[str]:
    names = ["decide", "whole", "compiling", *STEPS.values()]
    yield "## Everything that a verdict depends on"
    yield ""
    yield "`authority.depend`, whole and step by step: its decision compiled, all minimal sets with cruxes and"
    yield "mixed sets, the margin, Shapley and Banzhaf values, the probability and its derivatives, the proof"
    yield "standards, the missing facts. `decide` comes before it and is not counted in it. *In full*: of how many"
    yield f"records every set was counted; where a diagram would outgrow {NODES:,} nodes, python-sat finds the"
    yield "smallest sets instead, and the time is that of both."
    yield ""
    yield from _head("record", "items", *names, "in full")
    for (shape, size), cell in _cells(rows).items():
        full = sum(row["exact"] is not None for row in cell)
        yield _line(shape, size, *(_ms(_median(cell, name)) for name in names), f"{full} of {len(cell)}")
    yield ""
    yield from _growth(rows, "whole")


def _sets(rows: list[tuple[str, int, Row]], seconds: float) -> Iterator[str]:
    yield "## All flip sets and all sufficient sets"
    yield ""
    yield "Every minimal set of items whose withdrawal turns the outcome, and every one that holds it, on one"
    yield f"formula. Ours counts them all and lists the {LISTED:,} smallest of each; *listed* lists all of up to"
    yield f"{MANY:,}. MARCO runs on python-sat (Glucose) and on z3, each for at most {seconds:g} seconds, and on"
    yield f"python-sat for {AHEAD} × our time above {ABOVE:,} sets; clingo finds flip sets alone, as subset-minimal"
    yield "answer sets, for at most as long as z3. A time is given where a rival was done on every"
    yield "seed, else how many sets it had found (median). Where it was done, its sets are ours: the benchmark"
    yield "fails if they differ. *×* is python-sat's time over ours, at least (≥) where it was stopped; *at its"
    yield "rate* is what it would be had python-sat gone on to the end as fast as it went (it slows down)."
    yield ""
    yield from _head("record", "items", "flip sets", "sufficient sets", "nodes", "ours", "listed", "MARCO python-sat",
                     "×", "at its rate", "MARCO z3", "clingo, flip sets")  # fmt: skip
    for (shape, size), cell in _cells(rows).items():
        yield _line(
            shape, size, *(_count(_median(cell, name)) for name in ("flips", "sufficient", "nodes")),
            _ours(cell), _ms(_median(cell, "listed")), _rival(cell, "python-sat"), _ratio(cell), _at_its_rate(cell),
            _rival(cell, "z3"), _rival(cell, "clingo"),
        )  # fmt: skip
    yield ""
    yield from _growth(rows, "ours")


def _margin(rows: list[tuple[str, int, Row]]) -> Iterator[str]:
    yield "## The margin"
    yield ""
    yield "The fewest origins whose loss turns the outcome. Ours lists every set of that size, RC2 (python-sat) and"
    yield "clingo (optimisation by unsatisfiable cores) find one. The three agree, or the benchmark fails."
    yield ""
    yield from _head("record", "items", "margin", "ours", "RC2", "clingo")
    for (shape, size), cell in _cells(rows).items():
        rest = (_ms(_median(cell, name)) for name in ("RC2", "clingo"))
        yield _line(shape, size, _count(_median(cell, "margin")), _ours(cell), *rest)
    yield ""


def _power(rows: list[tuple[str, int, Row]], seconds: float) -> Iterator[str]:
    yield "## Shapley values"
    yield ""
    yield "The Shapley value of every item: ours, all at once, by counting the sets of each size for few items and by"
    yield "integrating the gradient for many, and the recipe of Deutch, Frost, Kimelfeld and Monet (2022), which"
    yield "conditions the diagram on each item in turn and counts models by size, with exact numbers. Both walk the"
    yield f"same diagram, built once (*building*). After {seconds:g} seconds the recipe stops, and its time (~) is"
    yield "reckoned from the items it had done. The values agree to 10⁻⁹, or the benchmark fails."
    yield ""
    names = ["that count", "nodes", "building", "ours", "one at a time", "×", "greatest difference"]
    yield from _head("record", "items", *names)
    for (shape, size), every in _cells(rows).items():
        cell = [row for row in every if row]
        if not cell:
            yield _line(shape, size, "–", f"> {NODES:,}", *"–––––")
            continue
        mark = "~" if any(row["done"] < row["items"] for row in cell) else ""
        yield _line(
            shape, size, *(_count(_median(cell, name)) for name in ("items", "nodes")),
            *(_ms(_median(cell, name)) for name in ("building", "ours")), mark + _ms(_median(cell, "one")),
            mark + _times(median(row["one"] / row["ours"] for row in cell)), f"{max(row['apart'] for row in cell):.0e}",
        )  # fmt: skip
    yield ""


def _libraries(rows: list[tuple[str, int, Row]]) -> Iterator[str]:
    yield "## Decision diagrams by libraries"
    yield ""
    yield "One function, when the outcome turns, in one order of the variables, built by our own diagrams, by"
    yield "`dd.autoref` and by oxidd (with its start, which the last column but one gives alone). *Finding* is"
    yield "our search for the order, with the diagrams it tries."
    yield ""
    yield from _head("record", "items", "nodes", "ours", "dd", "×", "oxidd", "×", "oxidd's start", "finding")
    for (shape, size), every in _cells(rows).items():
        cell = [row for row in every if row]
        if not cell:
            yield _line(shape, size, f"> {NODES:,}", *"–––––––")
            continue
        shown: list[str] = []
        for name in ("dd", "oxidd"):
            ratios = [row[name] / row["ours"] for row in cell if name in row]
            shown += [_ms(_median(cell, name)), _times(median(ratios)) if ratios else "–"]
        rest = (_ms(_median(cell, name)) for name in ("start", "finding"))
        yield _line(shape, size, _count(_median(cell, "nodes")), _ms(_median(cell, "ours")), *shown, *rest)
    yield ""


def _cells(rows: list[tuple[str, int, Row]]) -> dict[tuple[str, int], list[Row]]:
    cells: dict[tuple[str, int], list[Row]] = {}
    for shape, size, row in rows:
        cells.setdefault((shape, size), []).append(row)
    places = {shape: place for place, shape in enumerate(SHAPES)}
    return dict(sorted(cells.items(), key=lambda pair: places.get(pair[0][0], -1)))


def _growth(rows: list[tuple[str, int, Row]], name: str) -> Iterator[str]:
    """How many times longer the largest records take than the smallest."""
    cells = _cells(rows)
    sizes = sorted({size for _, size, _ in rows})
    said = []
    for shape in SHAPES:
        least, most = (_median(cells[shape, size], name) for size in (sizes[0], sizes[-1]))
        if least and most:
            said.append(f"{shape} {most / least:.0f} ×")
    if len(sizes) > 1 and said:
        yield f"Growth from {sizes[0]} to {sizes[-1]} items: {', '.join(said)}."
        yield ""


def _median(cell: list[Row], name: str) -> float | None:
    found = [row[name] for row in cell if row.get(name) is not None]
    return median(found) if found else None


def _ours(cell: list[Row]) -> str:
    past = [row["past"] for row in cell if row["past"] is not None]
    done = _median(cell, "ours")
    if not past:
        return _ms(done)
    gave_up = f"given up after {_ms(median(past))}, {len(past)} of {len(cell)}"
    return gave_up if done is None else f"{_ms(done)}; {gave_up}"


def _rival(cell: list[Row], name: str) -> str:
    found = [row[name] for row in cell if name in row]
    if not found:
        return "–"
    if all(each.every for each in found):
        return _ms(median(each.seconds for each in found))
    return f"{_count(median(len(each.turning) + len(each.holding) for each in found))} sets"


def _ratio(cell: list[Row]) -> str:
    ratios = [ratio for row in cell if (ratio := _taken(row)) is not None]
    if not ratios:
        return "–"
    done = all(row["python-sat"].every for row in cell if _taken(row) is not None)
    return ("" if done else "≥ ") + _times(median(ratios))


def _at_its_rate(cell: list[Row]) -> str:
    found = [ratio for row in cell if (ratio := _reckoned(row)) is not None]
    if not found:
        return "–"
    return f"~{_times(median(found))}" if median(found) < 1e6 else "> 10⁶"


def _taken(row: Row) -> float | None:
    """How many times longer than ours python-sat's MARCO took, at least, where it was stopped."""
    rival = row.get("python-sat")
    return rival.seconds / row["ours"] if rival is not None and row["ours"] else None


def _reckoned(row: Row) -> float | None:
    """How many times longer than ours it would take, at the rate at which it went."""
    taken, rival = _taken(row), row.get("python-sat")
    if taken is None or rival is None:
        return None
    return taken * (row["flips"] + row["sufficient"]) / max(1, len(rival.turning) + len(rival.holding))


def _head(*names: str) -> Iterator[str]:
    yield _line(*names)
    yield _line("---", *("--:" for _ in names[1:]))


def _line(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _ms(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    return f"{seconds:.1f} s" if seconds >= 10 else f"{seconds * 1e3:,.{1 if seconds < 0.01 else 0}f}"


def _times(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}"


def _count(number: float | None) -> str:
    if number is None:
        return "–"
    if number < 1e7:
        return f"{number:,.0f}"
    digits, power = f"{number:.1e}".split("e+")
    return f"{digits} × 10{str(int(power)).translate(str.maketrans('0123456789', '⁰¹²³⁴⁵⁶⁷⁸⁹'))}"


def main(words: Sequence[str] | None = None) -> None:
    """Measures, and writes the page where ``--table`` says, or on standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, nargs="+", default=[20, 60, 200, 500])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--budget-seconds", type=float, default=15)
    parser.add_argument("--table", type=Path)
    asked = parser.parse_args(words)
    command = (
        f"python benchmarks/dependence.py --items {' '.join(map(str, asked.items))} --seeds {asked.seeds} "
        f"--budget-seconds {asked.budget_seconds:g} --table docs/performance.md"
    )
    rows = measure(asked.items, asked.seeds, asked.budget_seconds)
    text = "\n".join(page(rows, command, asked.budget_seconds))
    if asked.table:
        there = asked.table.read_text("utf-8") if asked.table.exists() else ""
        _, heading, memo = there.partition("\n## The memo\n")  # which benchmarks/memo.py writes
        asked.table.write_text(f"{text.rstrip()}\n{heading}{memo}", encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
