"""ProbLog: the rules prepared once, the facts of a record added to a copy; without probabilities."""

from __future__ import annotations

from collections.abc import Sequence

from problog import get_evaluatable
from problog.engine import DefaultEngine
from problog.program import PrologString

from peers.program import (
    MODES,
    Answer,
    Atom,
    Clause,
    Decide,
    Law,
    Record,
    answered,
    facts,
    lowered,
    term,
)


def prepare(law: Law, records: Sequence[Record]) -> Decide:
    """Decides by asking, of every proposition, the probability that it is met and that it may be."""
    engine = DefaultEngine()
    clauses = list(lowered(law))
    # What no clause and no fact speaks of is unknown to ProbLog rather than false.
    spoken = {atom for clause in clauses for atom in (clause.head, *clause.body, *clause.unless)}
    spoken |= {fact for record in records for fact in facts(record)}
    shapes = sorted({Atom(atom.predicate, ("_",) * len(atom.args)) for atom in spoken})
    never = "".join(f"{term(shape)} :- fail.\n" for shape in shapes)
    rules = engine.prepare(PrologString(never + "".join(f"{_said(clause)}\n" for clause in clauses)))

    def decide(record: Record) -> Answer:
        program = rules.extend()
        asked = (f"query({mode}_{term(atom)})." for atom in record.asked for mode in MODES)
        for statement in PrologString("\n".join([*(f"{term(fact)}." for fact in facts(record)), *asked])):
            program += statement
        found = get_evaluatable().create_from(program, engine=engine).evaluate()
        holds = {str(query).replace(" ", "") for query, probability in found.items() if probability > 0.5}
        return answered(record, lambda atom: term(atom) in holds)

    return decide


def _said(clause: Clause) -> str:
    body = [*map(term, clause.body), *(f"\\+{term(each)}" for each in clause.unless)]
    return f"{term(clause.head)} :- {', '.join(body)}."
