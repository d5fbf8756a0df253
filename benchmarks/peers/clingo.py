"""clingo, made anew for each decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import clingo

from peers.program import Answer, Atom, Clause, Decide, Law, Record, answered, facts, lowered, term


def prepare(law: Law, records: Sequence[Record]) -> Decide:
    """Decides by a new control: the rules and the facts are parsed, grounded and solved."""
    rules = program(law)

    def decide(record: Record) -> Answer:
        control = clingo.Control(["--warn=none"])
        control.add("base", [], rules + "".join(f"{term(fact)}.\n" for fact in facts(record)))
        control.ground([("base", [])])
        return answer(control, record)

    return decide


def program(law: Law) -> str:
    """The rules as clingo has them."""
    return "".join(f"{said(clause)}\n" for clause in lowered(law))


def said(clause: Clause) -> str:
    """A clause as clingo has it."""
    body = [*map(term, clause.body), *(f"not {term(each)}" for each in clause.unless)]
    return f"{term(clause.head)} :- {', '.join(body)}."


def answer(control: Any, record: Record) -> Answer:
    """What the one model that the rules have says."""
    with control.solve(yield_=True) as models:
        (told,) = (read(model, record) for model in models)
    return told


def read(model: Any, record: Record, explanation: str = "") -> Answer:
    """The answer that a model holds."""
    symbols = model.symbols(atoms=True)
    holds = {Atom(symbol.name, tuple(argument.name for argument in symbol.arguments)) for symbol in symbols}
    return answered(record, holds.__contains__, explanation)
