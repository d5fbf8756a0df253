"""CLIPS by clipspy: forward rules, the lower layers first by salience, so that what is not there will not come."""

from __future__ import annotations

from collections.abc import Sequence

import clips

from peers.program import Answer, Atom, Clause, Decide, Law, Record, answered, facts, lowered


def prepare(law: Law, records: Sequence[Record]) -> Decide:
    """Decides by asserting the facts of a record in an environment that was emptied, and running to the end."""
    environment = clips.Environment()
    clauses = list(lowered(law))
    highest = max(clause.level for clause in clauses)
    for number, clause in enumerate(clauses):
        environment.build(_rule(number, clause, highest))

    def decide(record: Record) -> Answer:
        environment.reset()
        for fact in facts(record):
            environment.assert_string(_said(fact))
        environment.run()
        holds = {Atom(fact.template.name, tuple(map(str, fact))) for fact in environment.facts()}
        return answered(record, holds.__contains__)

    return decide


def _rule(number: int, clause: Clause, highest: int) -> str:
    body = " ".join([*map(_said, clause.body), *(f"(not {_said(each)})" for each in clause.unless)])
    first = f"(declare (salience {highest - clause.level}))"
    return f"(defrule r{number} {first} {body} => (assert {_said(clause.head)}))"


def _said(atom: Atom) -> str:
    return f"({' '.join([atom.predicate, *(f'?{arg}' if arg[0] == 'X' else arg for arg in atom.args)])})"
