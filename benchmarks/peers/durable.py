"""Raw durable-rules, by its C module: one ruleset of positive joins for the whole law, one pass for each record.

Its ``none`` is wrong, so a match that an exception could defeat waits here until the layers beneath it are done; its
``Host`` starts threads that crash, so nothing of it is used.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import durable_rules_engine as engine

from peers.program import Answer, Atom, Clause, Decide, Law, Record, answered, facts, filled, lowered

TICK = Atom("tick")
"""Fires a rule in every state: to delete one in which none has fired is a crash."""


class Match(NamedTuple):
    """What a match concludes, and what would defeat it."""

    head: Atom
    unless: tuple[Atom, ...]


def prepare(law: Law, records: Sequence[Record]) -> Decide:
    """Decides by asserting the facts of a record in a state of its own, and what follows, layer by layer."""
    clauses = list(lowered(law))
    rules = {f"r{number}": _rule(clause) for number, clause in enumerate(clauses)}
    handle = engine.create_ruleset("law", json.dumps({"tick": {"all": [{"x0": {"p": TICK.predicate}}]}, **rules}))
    states = itertools.count()

    def decide(record: Record) -> Answer:
        sid, ids = f"s{next(states)}", itertools.count(1)
        holds: set[Atom] = set()
        waiting: dict[int, list[Match]] = {}
        new = [TICK, *facts(record)]
        while new:
            holds.update(new)
            batch = [{"id": next(ids), "sid": sid, **_fact(atom)} for atom in new]
            _, state = engine.assert_facts(handle, json.dumps(batch))
            for clause, match in _matches(clauses, handle, state):
                waiting.setdefault(clause.level, []).append(match)
            new = []
            while waiting and not new:
                done = waiting.pop(min(waiting))
                stands = dict.fromkeys(match.head for match in done if holds.isdisjoint(match.unless))
                new = [atom for atom in stands if atom not in holds]
        engine.delete_state(handle, sid)
        return answered(record, holds.__contains__)

    return decide


def _matches(clauses: Sequence[Clause], handle: Any, state: Any) -> Iterator[tuple[Clause, Match]]:
    started = engine.start_action_for_state(handle, state)
    message = started[1] if started else None
    while message:
        for name, found in json.loads(message).items():
            if name != TICK.predicate:
                clause = clauses[int(name[1:])]
                for frames in found if isinstance(found, list) else [found]:
                    yield clause, _match(clause, frames)
        message = engine.complete_and_start_action(handle, state)


def _match(clause: Clause, frames: Mapping[str, Any]) -> Match:
    first = clause.body[0]  # it has all the variables
    named = {arg: frames["x0"][f"a{place}"] for place, arg in enumerate(first.args)}
    return Match(filled(clause.head, named), tuple(filled(each, named) for each in clause.unless))


def _rule(clause: Clause) -> dict[str, Any]:
    """Every atom joins on the first, by a constant where by nothing else; the last test stands twice, since the C
    evaluator runs off its array when the last is false."""
    first, *rest = clause.body
    frames: list[dict[str, Any]] = [{"x0": {"p": first.predicate}}]
    for number, atom in enumerate(rest, start=1):
        tests: list[dict[str, Any]] = [{"p": atom.predicate}]
        joins: list[dict[str, Any]] = [{"k": {"x0": "k"}}]
        for place, arg in enumerate(atom.args):
            if arg in first.args:
                joins.append({f"a{place}": {"x0": f"a{first.args.index(arg)}"}})
            else:
                tests.append({f"a{place}": arg})
        frames.append({f"x{number}": {"$and": [*tests, *joins, joins[-1]]}})
    return {"all": frames, "dist": 0, "cap": 1000}


def _fact(atom: Atom) -> dict[str, str]:
    return {"p": atom.predicate, "k": "k", **{f"a{place}": arg for place, arg in enumerate(atom.args)}}
