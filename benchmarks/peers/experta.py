"""experta: forward rules in Python, the lower layers first by salience."""

from __future__ import annotations

import collections
import collections.abc
from collections.abc import Sequence
from typing import Any

# experta pins frozendict 1.2, which looks for the abstract classes where they were until Python 3.9.
collections.Mapping = collections.abc.Mapping  # pyright: ignore[reportAttributeAccessIssue]

from experta import MATCH, NOT, Fact, KnowledgeEngine, Rule  # noqa: E402

from peers.program import Answer, Atom, Clause, Decide, Law, Record, answered, facts, lowered  # noqa: E402


def prepare(law: Law, records: Sequence[Record]) -> Decide:
    """Decides by declaring the facts of a record to an engine that was reset, and running to the end."""
    clauses = list(lowered(law))
    highest = max(clause.level for clause in clauses)
    rules = {f"r{number}": _rule(f"r{number}", clause, highest) for number, clause in enumerate(clauses)}
    engine = type("Engine", (KnowledgeEngine,), rules)()

    def decide(record: Record) -> Answer:
        engine.reset()
        for fact in facts(record):
            engine.declare(_fact(fact, fact.args))
        engine.run()
        holds = {
            Atom(fact["p"], tuple(str(arg) for key, arg in fact.items() if key[0] == "a"))
            for fact in engine.facts.values() if "p" in fact
        }  # fmt: skip
        return answered(record, holds.__contains__)

    return decide


def _rule(name: str, clause: Clause, highest: int) -> Any:
    def conclude(self: KnowledgeEngine, **found: str) -> None:
        self.declare(_fact(clause.head, [found.get(arg, arg) for arg in clause.head.args]))

    conclude.__name__ = name
    body = [*map(_pattern, clause.body), *(NOT(_pattern(each)) for each in clause.unless)]
    return Rule(*body, salience=highest - clause.level)(conclude)


def _pattern(atom: Atom) -> Fact:
    return _fact(atom, [getattr(MATCH, arg) if arg[0] == "X" else arg for arg in atom.args])


def _fact(atom: Atom, args: Sequence[Any]) -> Fact:
    return Fact(p=atom.predicate, **{f"a{place}": arg for place, arg in enumerate(args)})
