"""clingo by multi-shot solving: grounded once, over the facts of every record as externals; solved for each."""

from __future__ import annotations

from collections.abc import Sequence

import clingo

from peers.clingo import answer, program, term
from peers.program import Answer, Decide, Law, Record, facts


def prepare(law: Law, records: Sequence[Record]) -> Decide:
    """Decides by setting the externals that are this record's facts."""
    every = sorted({fact for record in records for fact in facts(record)})
    control = clingo.Control(["--warn=none"])
    control.add("base", [], program(law) + "".join(f"#external {term(fact)}.\n" for fact in every))
    control.ground([("base", [])])
    symbols = {fact: clingo.Function(fact.predicate, [clingo.Function(arg) for arg in fact.args]) for fact in every}

    def decide(record: Record) -> Answer:
        here = set(facts(record))
        for fact, symbol in symbols.items():
            control.assign_external(symbol, fact in here)
        return answer(control, record)

    return decide
