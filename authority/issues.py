"""Spotting: from the question back to the facts it turns on, rule by rule, for the parties the record names.

Which parties a blank ranges over depends on what is in the record, and which rules apply on the positions taken. Both
may be left open: then every application that some choice would bring in is spotted, with the condition that brings it
in, as a node of a circuit. Where nothing is left open the conditions are the constants.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from authority import limits
from authority.circuit import FALSE, TRUE, Circuit
from authority.errors import TooWide
from authority.facts import FactPattern
from authority.law import Reading, Rule, Stance
from authority.vocabulary import NOBODY, Model, Pattern, Proposition, is_variable


class Application(Model):
    """A rule applied to named parties: its premises and exceptions as propositions.

    ``parties`` are those of the rule's variables that all its premises share, in the order of ``Rule.bound``.
    ``law`` is the condition on which the rule is law, ``named`` that on which each premise is about parties the record
    names, ``raised`` that on which each exception is.
    """

    rule: str
    parties: tuple[str, ...]
    premises: tuple[Proposition, ...]
    exceptions: tuple[Proposition, ...]
    law: int = TRUE
    named: tuple[int, ...] = ()
    raised: tuple[int, ...] = ()


class Issue(Model):
    """A conclusion to be decided, and every application of a rule that would establish it."""

    proposition: Proposition
    applications: tuple[Application, ...]


class IssueTree(Model):
    """What a question turns on: its issues, the question first and each before those beneath it, and the facts."""

    question: Proposition
    issues: tuple[Issue, ...]
    facts: tuple[Proposition, ...]

    @cached_property
    def issue(self) -> Mapping[Proposition, Issue]:
        """Each issue by its proposition."""
        return {i.proposition: i for i in self.issues}


def spot(
    case: FactPattern, reading: Reading, question: Proposition, recorded: Iterable[Proposition], as_of: date
) -> IssueTree:
    """The issue tree of a question under a reading, with the law of a day.

    A blank that stands in premises only ranges over the parties of its kind to whom, in that place, ``recorded``, the
    notice or an assumption speaks; where there is none, over nobody named. Raises TooWide where the parties and
    rules make more than 50,000 applications.
    """

    def taken(stance: Stance) -> int:
        return TRUE if reading.positions.get(stance.dispute) == stance.position else FALSE

    return spot_open(case, [(reading, TRUE)], question, dict.fromkeys(recorded, TRUE), as_of, Circuit(), taken)


def spot_open(
    case: FactPattern, readings: Sequence[tuple[Reading, int]], question: Proposition,
    recorded: Mapping[Proposition, int], as_of: date, circuit: Circuit, taken: Callable[[Stance], int], *,
    anybody: bool = False,
) -> IssueTree:  # fmt: skip
    """As ``spot``, with the record, the reading and the positions left open: the condition on which each proposition is
    recorded, the one on which each reading is chosen, and the one on which each position is ``taken``. With
    ``anybody``, a blank for which the record names nobody ranges over every party of its kind.
    """
    return _Spotter(case, readings, recorded, as_of, circuit, taken, anybody).tree(question)


class _Spotter:
    def __init__(
        self, case: FactPattern, readings: Sequence[tuple[Reading, int]], recorded: Mapping[Proposition, int],
        as_of: date, circuit: Circuit, taken: Callable[[Stance], int], anybody: bool,
    ) -> None:  # fmt: skip
        self.case, self.readings, self.as_of = case, readings, as_of
        self.circuit, self.taken, self.anybody = circuit, taken, anybody
        self.rules = case.rules
        given = {*(n.holds for n in self.rules.notice), *(a.proposition for a in case.assume)}
        self.recorded: dict[str, list[tuple[Proposition, int]]] = {}
        for proposition, when in sorted({**recorded, **dict.fromkeys(given, TRUE)}.items()):
            self.recorded.setdefault(proposition.sentence, []).append((proposition, when))
        self._law: dict[str, tuple[tuple[Rule, int], ...]] = {}
        self._spoken: dict[Pattern, dict[str, dict[str, int]]] = {}
        self.count = self.tried = 0

    def tree(self, question: Proposition) -> IssueTree:
        issues: dict[Proposition, Issue] = {}
        facts: dict[Proposition, None] = {}
        self._visit(question, issues, facts)
        depth = self.rules.layers
        # A conclusion's layer is higher than that of anything beneath it, so this puts each before what it turns on.
        ordered = sorted(issues.values(), key=lambda i: -depth[i.proposition.sentence])
        return IssueTree.made(question=question, issues=tuple(ordered), facts=tuple(facts))

    def _visit(
        self, proposition: Proposition, issues: dict[Proposition, Issue], facts: dict[Proposition, None]
    ) -> None:
        if proposition in issues or proposition in facts:
            return
        if proposition.sentence not in self.rules.conclusions:
            facts[proposition] = None
            return
        applications = tuple(self._applications(proposition))
        issues[proposition] = Issue.made(proposition=proposition, applications=applications)
        for application in applications:
            for below in (*application.premises, *application.exceptions):
                self._visit(below, issues, facts)

    def _rules_for(self, sentence: str) -> tuple[tuple[Rule, int], ...]:
        """The rules that conclude a sentence, each with the condition on which it is law."""
        if sentence not in self._law:
            rules = self.rules.rules_at(sentence, self.as_of)
            answered = self._answered(sentence) if rules else FALSE
            found = (
                (rule, self.circuit.all((answered, *(self.taken(stance) for stance in rule.under)))) for rule in rules
            )
            self._law[sentence] = tuple((rule, law) for rule, law in found if law != FALSE)
        return self._law[sentence]

    def _answered(self, sentence: str) -> int:
        """When the reading chosen has rules for a sentence."""
        when = [when for reading, when in self.readings if self.rules.answers(sentence, reading, self.as_of)]
        return TRUE if len(when) == len(self.readings) else self.circuit.any(when)

    def _applications(self, proposition: Proposition) -> Iterator[Application]:
        for rule, law in self._rules_for(proposition.sentence):
            head = rule.then.match(proposition)
            if head is None:
                continue
            for application in self._apply(rule, law, head):
                self.count += 1
                if self.count > limits.APPLICATIONS:
                    raise TooWide(f"the question opens more than {limits.APPLICATIONS:,} applications of rules")
                yield application

    def _apply(self, rule: Rule, law: int, head: Mapping[str, str]) -> Iterator[Application]:
        """The rule for the parties of its conclusion and every choice of parties for its other blanks."""
        if rule.body == "any":
            named: dict[Proposition, int] = {}
            for premise in rule.premises:
                if self._fits(rule, head, (rule.then, premise)):
                    for parties, when in self._bindings(rule, head, (premise,)):
                        asked = premise.ground(parties)
                        named[asked] = self.circuit.any((named.get(asked, FALSE), when))
            if named:
                yield self._application(rule, law, head, named)
            return
        if self._fits(rule, head, (rule.then, *rule.premises)):
            for parties, when in self._bindings(rule, head, rule.premises):
                asks = [p.ground(parties) for p in rule.premises]
                yield self._application(rule, law, parties, asks, when)

    def _application(
        self, rule: Rule, law: int, parties: Mapping[str, str], premises: Iterable[Proposition], when: int = TRUE
    ) -> Application:
        exceptions: dict[Proposition, int] = {}
        for exception in rule.unless:
            if self._fits(rule, parties, (exception,)):
                for more, raised in self._bindings(rule, parties, (exception,), nobody=False):
                    about = exception.ground(more)
                    exceptions[about] = self.circuit.any((exceptions.get(about, FALSE), raised))
        asks = tuple(premises)
        named = tuple(premises.values()) if isinstance(premises, Mapping) else (when,) * len(asks)
        return Application.made(
            rule=rule.id, parties=tuple(parties[v] for v in rule.bound), premises=asks,
            exceptions=tuple(exceptions), law=law, named=named, raised=tuple(exceptions.values()),
        )  # fmt: skip

    def _fits(self, rule: Rule, parties: Mapping[str, str], patterns: tuple[Pattern, ...]) -> bool:
        """Whether the parties already chosen are of the kinds that the rule and these patterns take."""
        used = {v for p in patterns for v in p.variables if v in parties}
        return all(
            parties[v] == NOBODY or self.case.kind(parties[v]) in self.rules.kinds(rule, v, patterns) for v in used
        )

    def _bindings(
        self, rule: Rule, parties: Mapping[str, str], patterns: tuple[Pattern, ...], *, nobody: bool = True
    ) -> Iterator[tuple[dict[str, str], int]]:
        """Every choice of different parties for the variables of ``patterns`` that are still free, and when it is one.

        Nobody named stands for a variable without a choice, and for all of them where no choice keeps them apart; if
        ``nobody`` is False, there is then no binding.
        """
        free = [v for v in dict.fromkeys(v for p in patterns for v in p.variables) if v not in parties]
        if not free:
            if _names_no_party_twice(patterns, parties):
                yield dict(parties), TRUE
            return
        found: list[int] = []
        for choice in itertools.product(*(self._options(rule, parties, patterns, v, nobody) for v in free)):
            self.tried += 1
            if self.tried > limits.CHOICES:
                raise TooWide(f"the question opens more than {limits.CHOICES:,} choices of parties for blanks")
            chosen = {**parties, **{v: party for v, (party, _) in zip(free, choice, strict=True)}}
            named = [party for party, _ in choice if party != NOBODY]
            apart = len(set(named)) == len(named) and not {*named} & {*parties.values()}
            when = self.circuit.all(when for _, when in choice)
            if apart and when != FALSE and _names_no_party_twice(patterns, chosen):
                found.append(when)
                yield chosen, when
        none = self.circuit.no(self.circuit.any(found))
        if nobody and none != FALSE:
            yield {**parties, **dict.fromkeys(free, NOBODY)}, none

    def _options(
        self, rule: Rule, parties: Mapping[str, str], patterns: tuple[Pattern, ...], variable: str, nobody: bool
    ) -> list[tuple[str, int]]:
        """Whom a variable may stand for, and when."""
        kinds = self.rules.kinds(rule, variable, patterns)
        spoken: dict[str, int] = {}
        for pattern in patterns:
            for party, when in self._speaks_of(pattern.bind(parties)).get(variable, {}).items():
                if self.case.kind(party) in kinds:
                    spoken[party] = self.circuit.any((spoken.get(party, FALSE), when))
        if not spoken and self.anybody:
            spoken = {party: TRUE for party, kind in self.case.kind_of.items() if kind in kinds}
        none = self.circuit.no(self.circuit.any(spoken.values()))
        return [*sorted(spoken.items()), *([(NOBODY, none)] if nobody and none != FALSE else [])]

    def _speaks_of(self, pattern: Pattern) -> Mapping[str, Mapping[str, int]]:
        """For each variable of a pattern, the parties that stand there in what is recorded, or in what leads to it, and
        when they do."""
        if pattern not in self._spoken:
            found: dict[str, dict[str, int]] = {v: {} for v in pattern.variables}
            for proposition, when in self.recorded.get(pattern.sentence, ()):
                for variable, party in (pattern.match(proposition) or {}).items():
                    self._add(found[variable], party, when)
            for rule, law in self._rules_for(pattern.sentence):
                self._through(rule, law, pattern, found)
            self._spoken[pattern] = found
        return self._spoken[pattern]

    def _add(self, found: dict[str, int], party: str, when: int) -> None:
        if when != FALSE:
            found[party] = self.circuit.any((found.get(party, FALSE), when))

    def _through(self, rule: Rule, law: int, pattern: Pattern, found: dict[str, dict[str, int]]) -> None:
        """Adds the parties that the premises of a rule with this conclusion speak of."""
        bound: dict[str, str] = {}
        linked: list[tuple[str, str]] = []
        for mine, theirs in zip(rule.then.args, pattern.args, strict=True):
            if is_variable(mine) and is_variable(theirs):
                linked.append((mine, theirs))
            elif is_variable(mine):
                if bound.setdefault(mine, theirs) != theirs:
                    return
            elif is_variable(theirs):
                self._add(found[theirs], mine, law)
            elif mine != theirs:
                return
        for premise in rule.premises:
            spoken = self._speaks_of(premise.bind(bound))
            for mine, theirs in linked:
                for party, when in spoken.get(mine, {}).items():
                    self._add(found[theirs], party, self.circuit.all((law, when)))
        for mine, theirs in linked:
            # A rule that can be met without asking anything of a party holds of everybody of its kinds, spoken of or
            # not.
            if any(not any(mine in premise.variables for premise in body) for body in rule.bodies):
                kinds = self.rules.kinds(rule, mine, (rule.then,))
                for party in sorted(party for party, kind in self.case.kind_of.items() if kind in kinds):
                    self._add(found[theirs], party, law)


def _names_no_party_twice(patterns: Iterable[Pattern], parties: Mapping[str, str]) -> bool:
    """Whether, with these parties, every sentence's blanks name different ones, be they named by rule or by choice."""
    grounded = (pattern.ground(parties).parties for pattern in patterns)
    return all(len({*named} - {NOBODY}) + named.count(NOBODY) == len(named) for named in grounded)
