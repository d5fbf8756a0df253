"""Spotting: from the question back to the facts it turns on, rule by rule, for the parties the record names."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from authority.errors import EngineError
from authority.facts import FactPattern
from authority.law import Reading, Rule
from authority.vocabulary import NOBODY, Model, Pattern, Proposition, is_variable

MAX_APPLICATIONS = 50_000


class Application(Model):
    """A rule applied to named parties: its premises and exceptions as propositions.

    ``parties`` are those of the rule's variables that all its premises share, in the order of ``bound_variables``.
    """

    rule: str
    parties: tuple[str, ...]
    premises: tuple[Proposition, ...]
    exceptions: tuple[Proposition, ...]


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


def bound_variables(rule: Rule) -> tuple[str, ...]:
    """The variables that an application of the rule fixes, in order: those of its conclusion, and, unless any one
    premise suffices, those of its premises."""
    patterns = (rule.then,) if rule.body == "any" else (rule.then, *rule.premises)
    return tuple(dict.fromkeys(v for p in patterns for v in p.variables))


def spot(
    case: FactPattern, reading: Reading, question: Proposition, recorded: Iterable[Proposition], as_of: date
) -> IssueTree:
    """The issue tree of a question under a reading, with the law of a day.

    A blank that stands in premises only ranges over the parties of its kind to whom, in that place, ``recorded``, the
    notice or an assumption speaks; where there is none, over nobody named. Raises EngineError where the parties and
    rules make more than 50,000 applications.
    """
    return _Spotter(case, reading, recorded, as_of).tree(question)


class _Spotter:
    def __init__(self, case: FactPattern, reading: Reading, recorded: Iterable[Proposition], as_of: date) -> None:
        self.case, self.reading, self.as_of = case, reading, as_of
        self.rules = case.rules
        spoken = {*recorded, *(n.holds for n in self.rules.notice), *(a.proposition for a in case.assume)}
        self.recorded: dict[str, list[Proposition]] = {}
        for proposition in sorted(spoken):
            self.recorded.setdefault(proposition.sentence, []).append(proposition)
        self._spoken: dict[Pattern, dict[str, frozenset[str]]] = {}
        self.count = 0

    def tree(self, question: Proposition) -> IssueTree:
        issues: dict[Proposition, Issue] = {}
        facts: dict[Proposition, None] = {}
        self._visit(question, issues, facts)
        depth = self.rules.layers
        # A conclusion's layer is higher than that of anything beneath it, so this puts each before what it turns on.
        ordered = sorted(issues.values(), key=lambda i: -depth[i.proposition.sentence])
        return IssueTree(question=question, issues=tuple(ordered), facts=tuple(facts))

    def _visit(
        self, proposition: Proposition, issues: dict[Proposition, Issue], facts: dict[Proposition, None]
    ) -> None:
        if proposition in issues or proposition in facts:
            return
        if proposition.sentence not in self.rules.conclusions:
            facts[proposition] = None
            return
        applications = tuple(self._applications(proposition))
        issues[proposition] = Issue(proposition=proposition, applications=applications)
        for application in applications:
            for below in (*application.premises, *application.exceptions):
                self._visit(below, issues, facts)

    def _applications(self, proposition: Proposition) -> Iterator[Application]:
        for rule in self.rules.rules_for(proposition.sentence, self.reading, self.as_of):
            head = rule.then.match(proposition)
            if head is None:
                continue
            for application in self._apply(rule, head):
                self.count += 1
                if self.count > MAX_APPLICATIONS:
                    raise EngineError(f"the question opens more than {MAX_APPLICATIONS:,} applications of rules")
                yield application

    def _apply(self, rule: Rule, head: Mapping[str, str]) -> Iterator[Application]:
        """The rule for the parties of its conclusion and every choice of parties for its other blanks."""
        if rule.body == "any":
            premises = [
                premise.ground(parties)
                for premise in rule.premises
                if self._fits(rule, head, (rule.then, premise))
                for parties in self._bindings(rule, head, (premise,))
            ]
            if premises:
                yield self._application(rule, head, tuple(dict.fromkeys(premises)))
            return
        if self._fits(rule, head, (rule.then, *rule.premises)):
            for parties in self._bindings(rule, head, rule.premises):
                yield self._application(rule, parties, tuple(p.ground(parties) for p in rule.premises))

    def _application(self, rule: Rule, parties: Mapping[str, str], premises: tuple[Proposition, ...]) -> Application:
        exceptions = [
            exception.ground(more)
            for exception in rule.unless
            if self._fits(rule, parties, (exception,))
            for more in self._bindings(rule, parties, (exception,), nobody=False)
        ]
        named = tuple(parties[v] for v in bound_variables(rule))
        return Application(rule=rule.id, parties=named, premises=premises, exceptions=tuple(dict.fromkeys(exceptions)))

    def _fits(self, rule: Rule, parties: Mapping[str, str], patterns: tuple[Pattern, ...]) -> bool:
        """Whether the parties already chosen are of the kinds that the rule and these patterns take."""
        used = {v for p in patterns for v in p.variables} & set(parties)
        return all(
            parties[v] == NOBODY or self.case.kind_of[parties[v]] in self.rules.kinds(rule, v, patterns) for v in used
        )

    def _bindings(
        self, rule: Rule, parties: Mapping[str, str], patterns: tuple[Pattern, ...], *, nobody: bool = True
    ) -> Iterator[dict[str, str]]:
        """Every choice of different parties for the variables of ``patterns`` that are still free.

        Nobody named stands for a variable without a choice, and for all of them where no choice keeps them apart; if
        ``nobody`` is False, there is then no binding.
        """
        free = [v for v in dict.fromkeys(v for p in patterns for v in p.variables) if v not in parties]
        if not free:
            if _names_no_party_twice(patterns, parties):
                yield dict(parties)
            return
        spoken = [sorted(self._range(rule, parties, patterns, v)) for v in free]
        ranges = [named or [NOBODY] for named in spoken] if nobody else spoken
        found = False
        for choice in itertools.product(*ranges):
            chosen = {**parties, **dict(zip(free, choice, strict=True))}
            named = [party for party in choice if party != NOBODY]
            apart = len(set(named)) == len(named) and not {*named} & {*parties.values()}
            if apart and _names_no_party_twice(patterns, chosen):
                found = True
                yield chosen
        if not found and nobody:
            yield {**parties, **dict.fromkeys(free, NOBODY)}

    def _range(self, rule: Rule, parties: Mapping[str, str], patterns: tuple[Pattern, ...], variable: str) -> set[str]:
        kinds = self.rules.kinds(rule, variable, patterns)
        spoken = {p for pattern in patterns for p in self._speaks_of(pattern.bind(parties)).get(variable, ())}
        return {p for p in spoken if p in self.case.kind_of and self.case.kind_of[p] in kinds}

    def _speaks_of(self, pattern: Pattern) -> Mapping[str, frozenset[str]]:
        """For each variable of a pattern, the parties that stand there in what is recorded, or in what leads to it."""
        if pattern not in self._spoken:
            found: dict[str, set[str]] = {v: set() for v in pattern.variables}
            for proposition in self.recorded.get(pattern.sentence, ()):
                for variable, party in (pattern.match(proposition) or {}).items():
                    found[variable].add(party)
            for rule in self.rules.rules_for(pattern.sentence, self.reading, self.as_of):
                self._through(rule, pattern, found)
            self._spoken[pattern] = {v: frozenset(parties) for v, parties in found.items()}
        return self._spoken[pattern]

    def _through(self, rule: Rule, pattern: Pattern, found: dict[str, set[str]]) -> None:
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
                found[theirs].add(mine)
            elif mine != theirs:
                return
        for premise in rule.premises:
            spoken = self._speaks_of(premise.bind(bound))
            for mine, theirs in linked:
                found[theirs] |= spoken.get(mine, frozenset())
        for mine, theirs in linked:
            # A rule that asks nothing of a party holds of everybody of its kinds, spoken of or not.
            if not any(mine in premise.variables for premise in rule.premises):
                kinds = self.rules.kinds(rule, mine, (rule.then,))
                found[theirs] |= {party for party, kind in self.case.kind_of.items() if kind in kinds}


def _names_no_party_twice(patterns: Iterable[Pattern], parties: Mapping[str, str]) -> bool:
    """Whether, with these parties, every sentence's blanks name different ones, be they named by rule or by choice."""
    grounded = (pattern.ground(parties).parties for pattern in patterns)
    return all(len({*named} - {NOBODY}) + named.count(NOBODY) == len(named) for named in grounded)
