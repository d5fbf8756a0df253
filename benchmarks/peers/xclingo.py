"""xclingo: clingo with explanations. What is met or may be is explained; of what is not, a model holds no trace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xclingo import XclingoControl

from peers.clingo import read, said, term
from peers.program import Answer, Atom, Decide, Law, Record, facts, lowered


def prepare(law: Law, records: Sequence[Record]) -> Decide:
    """Decides by a new control, whose first explanation is drawn as a tree of sentences."""
    rules = "".join(f"{traced}\n{said(clause)}\n" for clause in lowered(law) for traced in _traced(law, clause.head))

    def decide(record: Record) -> Answer:
        control = XclingoControl(["--warn=none"], n_explanations="1")
        given = "".join(f"{_trace(law, fact)}\n{term(fact)}.\n" for fact in facts(record))
        asked = "".join(f"%!show_trace {{{mode}_{term(record.asked[0])}}}.\n" for mode in ("met", "may"))
        control.add("base", [], rules + given + asked)
        control.ground([("base", [])])
        (told,) = (_told(record, model) for model in control.solve())
        return told

    return decide


def _told(record: Record, model: Any) -> Answer:
    trees = [graph.explain(shown).ascii_tree() for graph in model.explain_model() for shown in graph.show_trace]
    return read(model, record, "\n".join(trees))


def _traced(law: Law, head: Atom) -> Iterator[str]:
    """What a rule is said to conclude; a count and an exception are left to their own names."""
    mode, _, predicate = head.predicate.partition("_")
    if predicate in law.sentences:
        words = "%".join(part.replace('"', "'") for part in law.sentences[predicate])
        yield f'%!trace_rule {{{", ".join([f"{chr(34)}{words}: {mode}{chr(34)}", *head.args])}}}.'
    else:
        yield ""


def _trace(law: Law, fact: Atom) -> str:
    return next(_traced(law, fact))
