"""The forward derivation: from findings to conclusions on durable-rules. The only door to that library.

durable-rules 2.0.28 is right about positive premises joined by equality, and about little else, so it is given only
that, through its C module: every match comes back as data and nothing runs inside a callback. What it must not be asked
(exceptions, counting, three values) is decided here, layer by layer: a layer's rules are matched once all the layers
beneath it are complete. Two passes give three values: over the established facts, what is met; over all facts that are
not refuted, what may yet be met; the rest is not met.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, NamedTuple

from authority.errors import EngineError
from authority.law import Rule
from authority.vocabulary import NOBODY, Pattern, Proposition, is_variable

try:
    import durable_rules_engine as _durable  # pyright: ignore[reportMissingImports]
except ImportError:  # not on Python 3.13, not on Windows, not without a compiler
    _durable = None

# Limits measured on 2.0.28: 64 rules joining on one predicate, 512 predicates, batches of facts that stay small.
RULES_AT_ONCE = 60
FACTS_AT_ONCE = 200
MAX_MATCHES = 200_000
_names = itertools.count()


class Verdict(StrEnum):
    """Where a conclusion stands."""

    MET = "met"
    NOT_MET = "not met"
    UNDETERMINED = "undetermined"

    @property
    def shown(self) -> bool:
        """Whether the proponent of the conclusion has carried it: only if it is met."""
        return self is Verdict.MET


class Use(NamedTuple):
    """A rule put to named parties: what it would conclude, and the premises and exceptions that come into question.

    ``parties`` fills ``variables``: all the rule's variables, or, where any one premise suffices, its conclusion's.
    """

    rule: Rule
    variables: tuple[str, ...]
    parties: tuple[str, ...]
    conclusion: Proposition
    premises: tuple[Proposition, ...]
    exceptions: tuple[Proposition, ...]


def available() -> bool:
    """Whether durable-rules can be used here."""
    return _durable is not None


def follow(
    uses: Iterable[Use],
    layers: Mapping[str, int],
    established: Iterable[Proposition],
    possible: Iterable[Proposition],
    assumed: Mapping[Proposition, bool],
) -> dict[Proposition, Verdict]:
    """The verdict on every conclusion that the uses are about, derived forward.

    ``established`` and ``possible`` are facts: those that hold, and those that are not refuted. ``layers`` gives each
    concluded sentence its layer. ``assumed`` conclusions stand as they are. Raises EngineError where durable-rules is
    absent or does anything it should not.
    """
    if not available():
        raise EngineError("durable-rules is not installed, so there is no forward derivation")
    found = tuple(uses)
    taken = {p for p, holds in assumed.items() if holds}
    barred = {p for p, holds in assumed.items() if not holds}
    met = _derive(found, layers, set(established) | taken, barred, None)
    may_be = _derive(found, layers, set(possible) | taken, barred, met)
    concluded = {u.conclusion for u in found} | taken | barred
    return {
        p: Verdict.MET if p in met else Verdict.UNDETERMINED if p in may_be else Verdict.NOT_MET
        for p in sorted(concluded)
    }


def _derive(
    uses: tuple[Use, ...],
    layers: Mapping[str, int],
    holding: set[Proposition],
    barred: set[Proposition],
    settled: set[Proposition] | None,
) -> set[Proposition]:
    """Everything that holds once the rules have run. An exception defeats if it is in ``settled``, or, where that is
    None, among what holds already: exceptions lie in lower layers, which are complete by then."""
    holding = set(holding)
    for layer in sorted(set(layers.values())):
        here = tuple(u for u in uses if layers[u.conclusion.sentence] == layer and u.conclusion not in barred)
        defeating = holding if settled is None else settled
        counted: dict[int, set[tuple[Pattern, ...]]] = {}
        for number, together in _match(here, holding):
            counted.setdefault(number, set()).add(together)
        for number, use in enumerate(here):
            premises = counted.get(number)
            if premises is None or (use.rule.body == "at_least" and len(premises) < use.rule.count):
                continue
            # Over the established facts nothing is shown of somebody not named; over the possible ones it may be.
            shown = settled is not None or NOBODY not in use.conclusion.parties
            if shown and not any(e in defeating for e in use.exceptions):
                holding.add(use.conclusion)
    return holding


class _Part(NamedTuple):
    """One durable rule: a rule's premises that must hold together. Factors and alternatives make a part each."""

    rule: str
    variables: tuple[str, ...]
    premises: tuple[Pattern, ...]


Match = tuple[int, tuple[Pattern, ...]]
"""The number of a use, and those of its rule's premises that hold together."""


def _match(uses: tuple[Use, ...], holding: set[Proposition]) -> Iterator[Match]:
    """Each use, by its number, with premises of it that hold together, as durable-rules finds them."""
    parts: dict[_Part, list[int]] = {}
    for number, use in enumerate(uses):
        together = (use.rule.premises,) if use.rule.body == "all" else tuple((p,) for p in use.rule.premises)
        for premises in together:
            parts.setdefault(_Part(use.rule.id, use.variables, premises), []).append(number)
    ordered = list(parts.items())
    for start in range(0, len(ordered), RULES_AT_ONCE):
        yield from _Batch(uses, ordered[start : start + RULES_AT_ONCE], holding).matches()


class _Batch:
    """Some parts and the facts they can match, in the short ASCII tokens that alone are safe to send."""

    def __init__(self, uses: tuple[Use, ...], parts: list[tuple[_Part, list[int]]], holding: set[Proposition]) -> None:
        self.uses, self.parts = uses, [part for part, _ in parts]
        self.tokens: dict[str, str] = {}
        self.ids = itertools.count(1)
        self.use_of: dict[int, int] = {}
        self.proposition_of: dict[int, Proposition] = {}
        self.rules: dict[str, Any] = {"tick": {"all": [{"x0": {"p": "tick"}}]}}
        self.facts: list[dict[str, Any]] = [self._fact("tick", ())]
        wanted: set[str] = set()
        for number, (part, put) in enumerate(parts):
            self.rules[f"r{number}"] = self._rule(f"u{number}", part)
            wanted.update(p.sentence for p in part.premises)
            for use in put:
                fact = self._fact(f"u{number}", uses[use].parties)
                self.use_of[fact["id"]] = use
                self.facts.append(fact)
        for proposition in sorted(p for p in holding if p.sentence in wanted):
            fact = self._fact(self._token("s", proposition.sentence), proposition.parties)
            self.proposition_of[fact["id"]] = proposition
            self.facts.append(fact)

    def _token(self, kind: str, text: str) -> str:
        return self.tokens.setdefault(kind + text, f"{kind}{len(self.tokens)}")

    def _fact(self, predicate: str, parties: tuple[str, ...]) -> dict[str, Any]:
        args = {f"a{i}": self._token("c", party) for i, party in enumerate(parties)}
        # Every fact carries one constant, so that a premise without a shared blank still has an equality to join on.
        return {"id": next(self.ids), "sid": "s", "p": predicate, "k": "k", **args}

    def _rule(self, predicate: str, part: _Part) -> dict[str, Any]:
        """The use stands first and holds the blanks; every premise joins on it. The last test stands twice on purpose:
        the C evaluator runs off its array when the last join test is false."""
        frames: list[dict[str, Any]] = [{"x0": {"p": predicate}}]
        for number, premise in enumerate(part.premises, start=1):
            joins: list[dict[str, Any]] = [{"k": {"x0": "k"}}]
            tests: list[dict[str, Any]] = [{"p": self._token("s", premise.sentence)}]
            for place, arg in enumerate(premise.args):
                if not is_variable(arg):
                    tests.append({f"a{place}": self._token("c", arg)})
                elif arg in part.variables:
                    joins.append({f"a{place}": {"x0": f"a{part.variables.index(arg)}"}})
            frames.append({f"x{number}": {"$and": [*tests, *joins, joins[-1]]}})
        return {"all": frames, "dist": 0, "cap": 1000}

    def matches(self) -> Iterator[Match]:
        assert _durable is not None
        with _ruleset(self.rules) as handle:
            state = None
            for start in range(0, len(self.facts), FACTS_AT_ONCE):
                status, state = _durable.assert_facts(handle, json.dumps(self.facts[start : start + FACTS_AT_ONCE]))
                if status not in (0, 1):
                    raise EngineError(f"durable-rules answered {status} to new facts")
            yield from self._read(handle, state)
            _durable.delete_state(handle, "s")

    def _read(self, handle: Any, state: Any) -> Iterator[Match]:
        assert _durable is not None
        started = _durable.start_action_for_state(handle, state)
        message = started[1] if started else None
        seen, ticked = 0, False
        while message:
            for name, found in json.loads(message).items():
                ticked = ticked or name == "tick"
                for frames in (found if isinstance(found, list) else [found]) if name != "tick" else ():
                    seen += 1
                    if seen > MAX_MATCHES:
                        raise EngineError(f"durable-rules found more than {MAX_MATCHES:,} matches")
                    yield from self._one(self.parts[int(name[1:])], frames)
            message = _durable.complete_and_start_action(handle, state)
        if not ticked:
            raise EngineError("durable-rules did not fire its sentinel rule: its answer is not complete")

    def _one(self, part: _Part, frames: Mapping[str, Any]) -> Iterator[Match]:
        use = self.use_of.get(frames["x0"]["id"])
        premises = [self.proposition_of.get(frames[x]["id"]) for x in sorted(frames) if x != "x0"]
        if use is None or None in premises:
            raise EngineError("durable-rules returned a match on facts it was not given")
        matched = tuple(p for p in premises if p is not None)
        # Where any one premise suffices, blanks of its own are bound by the match alone: it must be one in question.
        if all(p in self.uses[use].premises for p in matched):
            yield use, part.premises


@contextmanager
def _ruleset(rules: Mapping[str, Any]) -> Iterator[Any]:
    """A durable-rules ruleset for the length of a ``with``; whatever it raises becomes an EngineError."""
    assert _durable is not None
    handle = None
    try:
        handle = _durable.create_ruleset(f"authority{next(_names)}", json.dumps(rules))
        yield handle
    except (_durable.error, ValueError, TypeError) as error:
        raise EngineError(f"durable-rules failed: {error}") from error
    finally:
        if handle is not None:
            _durable.delete_ruleset(handle)
