"""Deriving: every conclusion of an issue tree from the findings, backward by Kleene's three values, and held against
what follows forward by durable-rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from authority import engine
from authority.engine import Use, Verdict
from authority.errors import EngineError
from authority.facts import FactPattern
from authority.issues import Application, Issue, IssueTree
from authority.law import Rule
from authority.vocabulary import NOBODY, Model, Proposition
from authority.weighing import Cause, Findings, Status

AS_VERDICT = {
    Status.ESTABLISHED: Verdict.MET,
    Status.REFUTED: Verdict.NOT_MET,
    Status.UNRESOLVED: Verdict.UNDETERMINED,
}
"""A finding put as a verdict."""
CAUSES = (
    Cause.ASSUMED, Cause.NO_RULE, Cause.DEFEATED, Cause.CONFLICT, Cause.SHORT, Cause.NO_EVIDENCE, Cause.NOBODY_NAMED,
    Cause.COMPUTED, Cause.EVIDENCE, Cause.NOTICED, Cause.RULE,
)  # fmt: skip
"""The causes of verdicts; of several, the one that tells most comes first."""
SUFFICE = (
    (Cause.RULE, {Cause.RULE, Cause.NOTICED}), (Cause.COMPUTED, {Cause.RULE, Cause.NOTICED, Cause.COMPUTED}),
    (Cause.EVIDENCE, set(Cause)),
)  # fmt: skip
"""By which cause what is met is met: by the rule where nothing need be proved, by the calendar where only it is asked
besides."""


class Applied(Model):
    """A rule applied to named parties, and what came of it."""

    rule: str
    parties: tuple[str, ...]
    premises: tuple[Proposition, ...]
    exceptions: tuple[Proposition, ...]
    verdict: Verdict
    defeated_by: tuple[Proposition, ...] = ()
    open_exceptions: tuple[Proposition, ...] = ()


class Decided(Model):
    """A conclusion with its verdict, the causes of it, and every application of a rule to it."""

    proposition: Proposition
    verdict: Verdict
    causes: tuple[Cause, ...]
    applications: tuple[Applied, ...]

    @property
    def cause(self) -> Cause:
        """The cause that tells most."""
        return self.causes[0]


def derive(case: FactPattern, tree: IssueTree, findings: Findings) -> tuple[tuple[Decided, ...], bool]:
    """Every conclusion of the tree, each before those beneath it, and whether it was derived twice: where durable-rules
    is not there nothing can be held against the first derivation.

    Raises EngineError where the two disagree.
    """
    backward = _Backward(case, tree, findings)
    decided = backward.decide()
    return decided, _agree(case, tree, findings, {d.proposition: d.verdict for d in decided})


class _Backward:
    """The backward derivation: Kleene's three values over the issue tree."""

    def __init__(self, case: FactPattern, tree: IssueTree, findings: Findings) -> None:
        self.case, self.tree = case, tree
        self.finding = {f.proposition: f for f in findings.facts}
        self.assumed = {a.proposition: a.holds for a in case.assume}
        self.verdict = {fact: AS_VERDICT[f.status] for fact, f in self.finding.items()}
        self.causes: dict[Proposition, tuple[Cause, ...]] = {fact: (f.cause,) for fact, f in self.finding.items()}

    def decide(self) -> tuple[Decided, ...]:
        """The conclusions of the tree in its order. Each stands in it before those beneath it, so that the last is
        decided first."""
        found: list[Decided] = []
        for issue in reversed(self.tree.issues):
            decided = self._decide(issue)
            self.verdict[issue.proposition], self.causes[issue.proposition] = decided.verdict, decided.causes
            found.append(decided)
        return tuple(reversed(found))

    def _decide(self, issue: Issue) -> Decided:
        applied = tuple(self._apply(a) for a in issue.applications)
        unnamed = NOBODY in issue.proposition.parties
        if unnamed:
            # A waiver may hold of everybody; it shows nothing of somebody whom nobody named.
            applied = tuple(a.but(verdict=Verdict.UNDETERMINED) if a.verdict.shown else a for a in applied)
        if issue.proposition in self.assumed:
            verdict = Verdict.MET if self.assumed[issue.proposition] else Verdict.NOT_MET
            causes: tuple[Cause, ...] = (Cause.ASSUMED,)
        else:
            verdict = _any(a.verdict for a in applied)
            open_for_want_of_a_name = unnamed and verdict is Verdict.UNDETERMINED
            causes = (Cause.NOBODY_NAMED,) if open_for_want_of_a_name else self._why(verdict, applied)
        return Decided.made(proposition=issue.proposition, verdict=verdict, causes=causes, applications=applied)

    def _apply(self, application: Application) -> Applied:
        rule = self.case.rules.rule(application.rule)
        held = [self.verdict[p] for p in application.premises]
        verdict = _holds(rule, held)
        defeating = tuple(e for e in application.exceptions if self.verdict[e] is Verdict.MET)
        unsettled = (e for e in application.exceptions if self.verdict[e] is Verdict.UNDETERMINED)
        return Applied.made(
            rule=rule.id, parties=application.parties, premises=application.premises, exceptions=application.exceptions,
            verdict=Verdict.NOT_MET if defeating else verdict,
            defeated_by=defeating if verdict is not Verdict.NOT_MET else (),
            open_exceptions=tuple(e for e in unsettled if self._is_raised(e)),
        )  # fmt: skip

    def _is_raised(self, exception: Proposition) -> bool:
        """Whether anything in the record speaks for an exception; one that nobody raises is not open, but absent."""
        if exception in self.tree.issue:
            below = self.tree.issue[exception].applications
            return any(self._is_raised(p) for a in below for p in a.premises)
        finding = self.finding[exception]
        if finding.cause is Cause.COMPUTED:  # the calendar speaks for nobody
            return False
        return bool(finding.supporting) or finding.status is Status.ESTABLISHED

    def _why(self, verdict: Verdict, applied: tuple[Applied, ...]) -> tuple[Cause, ...]:
        """The causes of a verdict: of its applications' premises that stand as it does, what tells most first."""
        if not applied:
            return (Cause.NO_RULE,)
        found: set[Cause] = set()
        deciding = [a for a in applied if a.verdict is verdict]
        for each in deciding:
            if each.defeated_by:
                found.add(Cause.DEFEATED)
                continue
            standing = [p for p in each.premises if self.verdict[p] is verdict]
            found.update(c for p in standing for c in self.causes[p])
            if not each.premises:
                found.add(Cause.RULE)
        assumed = self._rests(verdict, deciding)
        found.discard(Cause.ASSUMED)
        if verdict is Verdict.MET and found:
            found = {next(cause for cause, enough in SUFFICE if found <= enough)}
        if assumed:
            found.add(Cause.ASSUMED)
        return tuple(c for c in CAUSES if c in found)

    def _rests(self, verdict: Verdict, deciding: list[Applied]) -> bool:
        """Whether a verdict would not stand but for what is assumed: met, if every rule that is met rests on an
        assumption; not met, if some rule fails by an assumption alone. What is undetermined rests on nothing."""
        if verdict is Verdict.UNDETERMINED:
            return False
        each = (self._application_rests(a) for a in deciding)
        return all(each) if verdict is Verdict.MET else any(each)

    def _application_rests(self, application: Applied) -> bool:
        """Whether, with the premises left out that stand by assumption alone, the rule would no longer stand so."""
        if application.defeated_by:
            return all(Cause.ASSUMED in self.causes[e] for e in application.defeated_by)
        barred = [e for e in application.exceptions if self.verdict[e] is Verdict.NOT_MET]
        kept_off = any(Cause.ASSUMED in self.causes[e] and self._is_raised(e) for e in barred)
        if kept_off and application.verdict is Verdict.MET:
            return True
        rule = self.case.rules.rule(application.rule)
        held = [
            Verdict.UNDETERMINED if Cause.ASSUMED in self.causes[p] else self.verdict[p] for p in application.premises
        ]
        return _holds(rule, held) is not application.verdict


def _holds(rule: Rule, held: list[Verdict]) -> Verdict:
    """Whether a rule's body holds, its premises standing so."""
    if rule.body == "any":
        return _any(held)
    met, possible = held.count(Verdict.MET), len(held) - held.count(Verdict.NOT_MET)
    needed = rule.count if rule.body == "at_least" else len(held)
    if met >= needed:
        return Verdict.MET
    return Verdict.UNDETERMINED if possible >= needed else Verdict.NOT_MET


def _any(verdicts: Iterable[Verdict]) -> Verdict:
    """Kleene's disjunction; none at all is not met."""
    found = tuple(verdicts)
    if Verdict.MET in found:
        return Verdict.MET
    return Verdict.UNDETERMINED if Verdict.UNDETERMINED in found else Verdict.NOT_MET


def _agree(case: FactPattern, tree: IssueTree, findings: Findings, backward: Mapping[Proposition, Verdict]) -> bool:
    """Derives the tree's conclusions forward and holds them against the backward ones; EngineError where they differ.

    False where durable-rules is not there and nothing could be held against them.
    """
    if not engine.available():
        return False
    rules = case.rules
    uses = [
        Use(rules.rule(a.rule), rules.rule(a.rule).bound, a.parties, i.proposition, a.premises, a.exceptions)
        for i in tree.issues
        for a in i.applications
    ]
    stands = {f.proposition: f.status for f in findings.facts}
    assumed = {a.proposition: a.holds for a in case.assume if a.proposition in tree.issue}
    forward = engine.follow(
        uses, rules.layers,
        [p for p, s in stands.items() if s is Status.ESTABLISHED],
        [p for p, s in stands.items() if s is not Status.REFUTED], assumed,
    )  # fmt: skip
    differ = [p for p, v in backward.items() if forward.get(p, Verdict.NOT_MET) is not v]
    if differ:
        shown = "; ".join(f"{p}: backward {backward[p]}, forward {forward.get(p, Verdict.NOT_MET)}" for p in differ)
        raise EngineError(f"the two derivations disagree: {shown}")
    return True
