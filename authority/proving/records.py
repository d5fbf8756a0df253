"""The smallest record that makes a claim true, and that record as a case."""

from __future__ import annotations

from authority.circuit import FALSE
from authority.dependence.solving import smallest_changes
from authority.facts import Evidence, FactPattern, Source
from authority.proving.opened import Opened
from authority.proving.solver import Solver
from authority.vocabulary import Proposition

ALIKE = 20
"""Of how many records of the smallest size the first by its words is taken."""

Record = tuple[Proposition, ...]
"""The facts that a record establishes, in the order of their words."""


def smallest_record(opened: Opened, solver: Solver, claim: int) -> Record | None:
    """The smallest record that makes a node true and holds no two facts that exclude each other; of several as small,
    the first in the order of its words. None where no record does."""
    wanted = opened.circuit.all((claim, opened.consistent))
    if wanted == FALSE or not solver.possible(wanted):
        return None
    sets, _ = smallest_changes(opened.circuit, wanted, opened.universe.facts, ALIKE, of_one_size=True)
    records = (tuple(sorted((n for n in names if isinstance(n, Proposition)), key=str)) for names in sets)
    return min(records, key=in_words)


def in_words(record: Record) -> list[str]:
    """The facts of a record as they read."""
    return [str(fact) for fact in record]


def as_case(opened: Opened, asked: Record, record: Record) -> FactPattern:
    """A record as a case that asks the first of some propositions: an item beyond doubt on each fact, and the parties
    that these speak of."""
    named = {name for p in (*asked, *record) for name in p.parties}
    case = opened.universe.case
    items = (
        Evidence(id=f"E{n}", source="record", says=f"{fact}.", supports=(fact,), reliability="A", credibility="1")
        for n, fact in enumerate(record, start=1)
    )
    return case.but(
        asks=asked[0], parties=tuple(p for p in case.parties if p.name in named), evidence=tuple(items),
        sources=(Source(id="record", name="The record"),),
    )  # fmt: skip
