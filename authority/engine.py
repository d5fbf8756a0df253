"""The forward derivation: from findings to conclusions on durable-rules. The only door to that library.

durable-rules 2.0.28 is right about positive premises joined by equality, and about little else, so it is given only
that, through its C module: every match comes back as data and nothing runs inside a callback. What it must not be asked
(exceptions, counting, three values) is decided here, layer by layer: a layer is settled once all the layers beneath it
are, and what it concludes is told to durable-rules for those above. What it matches are the facts that are not refuted,
so that a match shows what may yet be met; one of which every premise is met shows what is; the rest is not met.
"""

from __future__ import annotations

import itertools
import json
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from functools import lru_cache
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
RULESETS_KEPT = 64
"""How many rulesets are kept for the next question: to make one takes as long as to put several questions to it."""
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

    ``established`` and ``possible`` are facts: those that hold, and all that are not refuted. ``layers`` gives each
    concluded sentence its layer. ``assumed`` conclusions stand as they are. Raises EngineError where durable-rules is
    absent or does anything it should not.
    """
    if not available():
        raise EngineError("durable-rules is not installed, so there is no forward derivation")
    taken = {p for p, holds in assumed.items() if holds}
    barred = {p for p, holds in assumed.items() if not holds}
    found = tuple(uses)
    here = tuple(u for u in found if u.conclusion not in barred)
    standing = _Standing({*established, *taken}, {*possible, *taken})
    with _asking(here) as tell:
        _settle(here, layers, standing, tell)
    met, may_be = standing
    return {
        p: Verdict.MET if p in met else Verdict.UNDETERMINED if p in may_be else Verdict.NOT_MET
        for p in sorted({*(u.conclusion for u in found), *taken, *barred})
    }


class _Standing(NamedTuple):
    """What is met, and what may be: that and whatever is undetermined."""

    met: set[Proposition]
    may_be: set[Proposition]


def _settle(uses: tuple[Use, ...], layers: Mapping[str, int], standing: _Standing, tell: Tell) -> None:
    """Adds what follows, layer by layer: exceptions lie in lower layers, which are complete by then."""
    open_: dict[int, set[tuple[Pattern, ...]]] = {}
    certain: dict[int, set[tuple[Pattern, ...]]] = {}

    def hear(propositions: Iterable[Proposition]) -> None:
        for number, together, matched in tell(propositions):
            open_.setdefault(number, set()).add(together)
            if standing.met.issuperset(matched):
                certain.setdefault(number, set()).add(together)

    hear(standing.may_be)
    by_layer: dict[int, list[int]] = {}
    for number, use in enumerate(uses):
        by_layer.setdefault(layers[use.conclusion.sentence], []).append(number)
    for layer in sorted(by_layer):
        concluded: set[Proposition] = set()
        for number in by_layer[layer]:
            use = uses[number]
            if not _enough(use, open_.get(number)) or any(e in standing.met for e in use.exceptions):
                continue
            concluded.add(use.conclusion)
            # Of somebody not named nothing is shown, though it may be.
            if _enough(use, certain.get(number)) and NOBODY not in use.conclusion.parties:
                standing.met.add(use.conclusion)
        new = concluded - standing.may_be
        standing.may_be.update(new)
        hear(new)


def _enough(use: Use, together: set[tuple[Pattern, ...]] | None) -> bool:
    """Whether what was found to hold together is what the body of the rule asks for."""
    return together is not None and (use.rule.body != "at_least" or len(together) >= use.rule.count)


class _Part(NamedTuple):
    """One durable rule: a rule's premises that must hold together. Factors and alternatives make a part each."""

    rule: str
    variables: tuple[str, ...]
    premises: tuple[Pattern, ...]


class Match(NamedTuple):
    """The number of a use, those of its rule's premises that hold together, and the propositions by which they do."""

    use: int
    together: tuple[Pattern, ...]
    matched: tuple[Proposition, ...]


Tell = Callable[[Iterable[Proposition]], Sequence[Match]]
"""Tells durable-rules of propositions that were not told yet, and returns what it then finds to match."""


def _batches(uses: tuple[Use, ...]) -> list[_Batch]:
    """The uses as rulesets of no more parts than are safe."""
    parts: dict[_Part, list[int]] = {}
    for number, use in enumerate(uses):
        together = (use.rule.premises,) if use.rule.body == "all" else tuple((p,) for p in use.rule.premises)
        for premises in together:
            parts.setdefault(_Part(use.rule.id, use.variables, premises), []).append(number)
    ordered = list(parts.items())
    starts = range(0, len(ordered), RULES_AT_ONCE)
    return [_Batch(uses, ordered[start : start + RULES_AT_ONCE]) for start in starts]


@contextmanager
def _asking(uses: tuple[Use, ...]) -> Iterator[Tell]:
    """The uses stated to durable-rules for the length of a ``with``. Whatever it raises becomes an EngineError, and no
    ruleset is kept then."""
    assert _durable is not None
    try:
        batches = _batches(uses)

        def tell(propositions: Iterable[Proposition]) -> Sequence[Match]:
            told = sorted(propositions)
            return [match for batch in batches for match in batch.tell(told)]

        yield tell
        for batch in batches:
            batch.forget()
    except BaseException as error:
        _ruleset.cache_clear()
        if isinstance(error, (_durable.error, ValueError, TypeError)):
            raise EngineError(f"durable-rules failed: {error}") from error
        raise


class _Ruleset:
    """Some parts as durable-rules has them, in the short ASCII tokens that alone are safe to send. Its rules are the
    same whatever facts are told, so that it serves every question that asks for these parts."""

    def __init__(self, parts: tuple[_Part, ...]) -> None:
        assert _durable is not None
        self.parts = parts
        self.tokens: dict[str, str] = {}
        rules: dict[str, Any] = {"tick": {"all": [{"x0": {"p": "tick"}}]}}
        rules.update((f"r{number}", self._rule(f"u{number}", part)) for number, part in enumerate(parts))
        self.sentences = frozenset(p.sentence for part in parts for p in part.premises)
        self.handle = _durable.create_ruleset(f"authority{next(_names)}", json.dumps(rules))
        weakref.finalize(self, _durable.delete_ruleset, self.handle).atexit = False  # the process gives it back

    def _rule(self, predicate: str, part: _Part) -> dict[str, Any]:
        """The use stands first and holds the blanks; every premise joins on it. The last test stands twice on purpose:
        the C evaluator runs off its array when the last join test is false."""
        frames: list[dict[str, Any]] = [{"x0": {"p": predicate}}]
        for number, premise in enumerate(part.premises, start=1):
            joins: list[dict[str, Any]] = [{"k": {"x0": "k"}}]
            tests: list[dict[str, Any]] = [{"p": _token(self.tokens, "s", premise.sentence)}]
            for place, arg in enumerate(premise.args):
                if not is_variable(arg):
                    tests.append({f"a{place}": _token(self.tokens, "c", arg)})
                elif arg in part.variables:
                    joins.append({f"a{place}": {"x0": f"a{part.variables.index(arg)}"}})
            frames.append({f"x{number}": {"$and": [*tests, *joins, joins[-1]]}})
        return {"all": frames, "dist": 0, "cap": 1000}


_ruleset = lru_cache(maxsize=RULESETS_KEPT)(_Ruleset)


class _Batch:
    """A ruleset, and what was told of one question in a state of its own: the uses, and facts as they come."""

    def __init__(self, uses: tuple[Use, ...], parts: list[tuple[_Part, list[int]]]) -> None:
        self.uses = uses
        self.ruleset = _ruleset(tuple(part for part, _ in parts))
        self.tokens = dict(self.ruleset.tokens)
        self.state, self.next, self.seen = f"s{next(_names)}", 1, 0
        self.use_of: dict[int, int] = {}
        self.proposition_of: dict[int, Proposition] = {}
        # One rule fires on every question: to give back a state in which none did is a crash.
        self.facts: list[str] = []
        self._add("tick", ())
        for number, (_, put) in enumerate(parts):
            for use in put:
                self.use_of[self.next] = use
                self._add(f"u{number}", uses[use].parties)
        self.ticked = False

    def _add(self, predicate: str, parties: tuple[str, ...]) -> None:
        """Adds a fact to those to be told, as JSON: all of it is tokens of our own, which need no escaping."""
        args = "".join(f',"a{i}":"{_token(self.tokens, "c", party)}"' for i, party in enumerate(parties))
        # Every fact carries one constant, so that a premise without a shared blank still has an equality to join on.
        self.facts.append(f'{{"id":{self.next},"sid":"{self.state}","p":"{predicate}","k":"k"{args}}}')
        self.next += 1

    def tell(self, propositions: Iterable[Proposition]) -> Iterator[Match]:
        """What matches once these are told too."""
        assert _durable is not None
        for proposition in propositions:
            if proposition.sentence in self.ruleset.sentences:
                self.proposition_of[self.next] = proposition
                self._add(self.tokens[f"s{proposition.sentence}"], proposition.parties)
        state = None
        for start in range(0, len(self.facts), FACTS_AT_ONCE):
            told = f"[{','.join(self.facts[start : start + FACTS_AT_ONCE])}]"
            status, state = _durable.assert_facts(self.ruleset.handle, told)
            if status not in (0, 1):
                raise EngineError(f"durable-rules answered {status} to new facts")
        if self.facts:
            self.facts = []
            yield from self._read(state)

    def forget(self) -> None:
        """Gives the state back."""
        assert _durable is not None
        _durable.delete_state(self.ruleset.handle, self.state)

    def _read(self, state: Any) -> Iterator[Match]:
        assert _durable is not None
        started = _durable.start_action_for_state(self.ruleset.handle, state)
        message = started[1] if started else None
        while message:
            for name, found in json.loads(message).items():
                self.ticked = self.ticked or name == "tick"
                for frames in (found if isinstance(found, list) else [found]) if name != "tick" else ():
                    self.seen += 1
                    if self.seen > MAX_MATCHES:
                        raise EngineError(f"durable-rules found more than {MAX_MATCHES:,} matches")
                    yield from self._one(self.ruleset.parts[int(name[1:])], frames)
            message = _durable.complete_and_start_action(self.ruleset.handle, state)
        if not self.ticked:
            raise EngineError("durable-rules did not fire its sentinel rule: its answer is not complete")

    def _one(self, part: _Part, frames: Mapping[str, Any]) -> Iterator[Match]:
        use = self.use_of.get(frames["x0"]["id"])
        premises = [self.proposition_of.get(frames[x]["id"]) for x in frames if x != "x0"]
        if use is None or None in premises:
            raise EngineError("durable-rules returned a match on facts it was not given")
        matched = tuple(p for p in premises if p is not None)
        # Where any one premise suffices, blanks of its own are bound by the match alone: it must be one in question.
        if all(p in self.uses[use].premises for p in matched):
            yield Match(use, part.premises, matched)


def _token(tokens: dict[str, str], kind: str, text: str) -> str:
    """The token that stands for a text, a new one where there is none yet."""
    return tokens.setdefault(kind + text, f"{kind}{len(tokens)}")
