"""Why a compiled question stands as it does, row by row: causes and deciding elements as nodes of its circuit.

It follows ``decide``: of every choice of records each node says what the opinion on that record would.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from authority.batch.facts import Fact
from authority.circuit import FALSE, TRUE
from authority.compiling import Compiled, Stands
from authority.deriving import CAUSES, SUFFICE
from authority.engine import Verdict
from authority.facts import FactPattern
from authority.issues import Application
from authority.vocabulary import NOBODY, Proposition
from authority.weighing import Cause

Because = Mapping[Cause, int]
"""For each cause, when it is one of the causes of a proposition's verdict."""


class _Applied(NamedTuple):
    """An application: when it applies and asks each of its premises, where it then stands, when an exception defeats
    it, and when its body would stand otherwise without what is assumed."""

    applies: int
    asked: tuple[int, ...]
    stands: Stands
    defeated: int
    lost: int


class Causes:
    """The causes of every verdict of a compiled question."""

    def __init__(self, case: FactPattern, compiled: Compiled, facts: Mapping[Proposition, Fact]) -> None:
        self.case, self.compiled, self.facts = case, compiled, facts
        self.circuit, self.issue = compiled.circuit, compiled.tree.issue
        self.noticed = {n.holds for n in case.rules.notice}
        self.assumed = {a.proposition: a.holds for a in case.assume}
        self.of, self.raised = cache(self._of), cache(self._raised)
        self._known: dict[int, _Applied] = {}

    def first(self, proposition: Proposition) -> dict[Cause, int]:
        """When each cause is the one that tells most."""
        because, found, earlier = self.of(proposition), {}, FALSE
        for cause in CAUSES:
            found[cause] = self.circuit.all((because.get(cause, FALSE), self.circuit.no(earlier)))
            earlier = self.circuit.any((earlier, found[cause]))
        return found

    def deciding(self) -> dict[Proposition, int]:
        """When each element of the question is the one that decides it: the first that stands as the question does, of
        those that are met the first that is not met by the rule itself."""
        circuit, question = self.circuit, self.compiled.tree.question
        asked = [
            (premise, when)
            for application in self.issue[question].applications
            for premise, when in zip(application.premises, self.applied(application).asked, strict=True)
        ]
        by_rule = {premise: self.of(premise).get(Cause.RULE, FALSE) for premise, _ in asked}
        found = {premise: FALSE for premise, _ in asked}
        for verdict in Verdict:
            earlier = circuit.no(self._at(question, verdict))
            proved = [(p, circuit.all((when, circuit.no(by_rule[p])))) for p, when in asked]
            for premise, when in (*proved, *asked) if verdict is Verdict.MET else asked:
                here = circuit.all((when, self._at(premise, verdict), circuit.no(earlier)))
                found[premise] = circuit.any((found[premise], here))
                earlier = circuit.any((earlier, here))
        return found

    def _at(self, proposition: Proposition, verdict: Verdict) -> int:
        return self._as(self.compiled.stands[proposition], verdict)

    def _as(self, stands: Stands, verdict: Verdict) -> int:
        if verdict is Verdict.UNDETERMINED:
            return self.circuit.no(self.circuit.any(stands))
        return stands.met if verdict is Verdict.MET else stands.not_met

    # ── Causes ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _of(self, proposition: Proposition) -> Because:
        if proposition in self.issue:
            return self._of_conclusion(proposition)
        if self.case.reckon(proposition) is not None:
            return {Cause.COMPUTED: TRUE}
        if proposition in self.assumed:
            return {Cause.ASSUMED: TRUE}
        if proposition in self.noticed:
            return {Cause.NOTICED: TRUE}
        if NOBODY in proposition.parties:
            return {Cause.NOBODY_NAMED: TRUE}
        fact = self.facts.get(proposition)
        return fact.causes if fact else {Cause.NO_EVIDENCE: TRUE}

    def _of_conclusion(self, proposition: Proposition) -> Because:
        if proposition in self.assumed:
            return {Cause.ASSUMED: TRUE}
        circuit, applications = self.circuit, self.issue[proposition].applications
        found: dict[Cause, list[int]] = {Cause.NO_RULE: [self._none(applications)]}
        for verdict in Verdict:
            here = self._at(proposition, verdict)
            if NOBODY in proposition.parties and verdict is Verdict.UNDETERMINED:
                found.setdefault(Cause.NOBODY_NAMED, []).append(here)
                continue
            because = self._standing(proposition, verdict)
            because = self._sufficing(because) if verdict is Verdict.MET else because
            for cause, when in because.items():
                found.setdefault(cause, []).append(circuit.all((here, when)))
        found[Cause.ASSUMED] = [self._rests(proposition)]
        return {cause: circuit.any(when) for cause, when in found.items()}

    def _none(self, applications: Iterable[Application]) -> int:
        return self.circuit.no(self.circuit.any(self.applied(a).applies for a in applications))

    def _standing(self, proposition: Proposition, verdict: Verdict) -> dict[Cause, int]:
        """When each cause is one of the applications that stand at a verdict, those of the case's assumptions apart."""
        circuit = self.circuit
        found: dict[Cause, list[int]] = {}
        for application in self.issue[proposition].applications:
            applied = self.applied(application)
            here = circuit.all((applied.applies, self._as(applied.stands, verdict)))
            found.setdefault(Cause.DEFEATED, []).append(circuit.all((here, applied.defeated)))
            for premise, asked in zip(application.premises, applied.asked, strict=True):
                told = circuit.all((here, circuit.no(applied.defeated), asked, self._at(premise, verdict)))
                for cause, when in self.of(premise).items():
                    found.setdefault(cause, []).append(circuit.all((told, when)))
            if not application.premises:
                found.setdefault(Cause.RULE, []).append(circuit.all((here, circuit.no(applied.defeated))))
        return {cause: circuit.any(when) for cause, when in found.items() if cause is not Cause.ASSUMED}

    def _sufficing(self, because: Because) -> dict[Cause, int]:
        """What is met is met by the first of the causes that suffices."""
        circuit = self.circuit
        some = circuit.any(because.values())
        found, earlier = {}, circuit.no(some)
        for cause, enough in SUFFICE:
            besides = circuit.any(when for other, when in because.items() if other not in enough)
            found[cause] = circuit.all((circuit.no(besides), circuit.no(earlier)))
            earlier = circuit.any((earlier, found[cause]))
        return found

    # ── Applications ──────────────────────────────────────────────────────────────────────────────────────────────

    def applied(self, application: Application) -> _Applied:
        """What becomes of an application of the tree."""
        key = id(application)
        if key not in self._known:
            self._known[key] = self._applied(application)
        return self._known[key]

    def _applied(self, application: Application) -> _Applied:
        circuit, body = self.circuit, self.case.rules.rule(application.rule).body
        if body == "any":
            asked = tuple(circuit.all((application.law, when)) for when in application.named)
            applies = circuit.any(asked)
        else:
            applies = circuit.all((application.law, *application.named))
            asked = (applies,) * len(application.premises)
        premises = [self.compiled.stands[p] for p in application.premises]
        holds = self._holds(application, asked, premises)
        known = [circuit.no(self._assumed(p)) for p in application.premises]
        proved = [Stands(*(circuit.all((at, k)) for at in p)) for p, k in zip(premises, known, strict=True)]
        barring = circuit.any(self.compiled.stands[e].met for e in application.exceptions)
        defeated = circuit.all((barring, circuit.no(holds.not_met)))
        stands = Stands(circuit.all((holds.met, circuit.no(barring))), circuit.any((holds.not_met, barring)))
        without = self._holds(application, asked, proved)
        lost = (circuit.all((had, circuit.no(has))) for had, has in zip(holds, without, strict=True))
        return _Applied(applies, asked, stands, defeated, circuit.any(lost))

    def _holds(self, application: Application, asked: Iterable[int], premises: Sequence[Stands]) -> Stands:
        """When a rule's body holds and fails, its premises standing so."""
        circuit, rule = self.circuit, self.case.rules.rule(application.rule)
        if rule.body == "any":
            pairs = list(zip(premises, asked, strict=True))
            return Stands(
                circuit.any(circuit.all((p.met, when)) for p, when in pairs),
                circuit.all(circuit.any((p.not_met, circuit.no(when))) for p, when in pairs),
            )
        needed = rule.count if rule.body == "at_least" else len(premises)
        fails = circuit.at_least(len(premises) - needed + 1, [p.not_met for p in premises])
        return Stands(circuit.at_least(needed, [p.met for p in premises]), fails)

    # ── What rests on assumptions ─────────────────────────────────────────────────────────────────────────────────

    def _assumed(self, proposition: Proposition) -> int:
        """When a proposition stands where it does because of what the case assumes."""
        return self.of(proposition).get(Cause.ASSUMED, FALSE) if self.assumed else FALSE

    def _rests(self, proposition: Proposition) -> int:
        """When a verdict would not stand but for what is assumed: met, if every rule that is met rests on it; not met,
        if some rule fails by it alone."""
        if not self.assumed:
            return FALSE
        circuit, stands = self.circuit, self.compiled.stands[proposition]
        met, not_met = [stands.met], []
        for application in self.issue[proposition].applications:
            applied, rests = self.applied(application), self._application_rests(application)
            met.append(circuit.any((circuit.no(circuit.all((applied.applies, applied.stands.met))), rests)))
            not_met.append(circuit.all((stands.not_met, applied.applies, applied.stands.not_met, rests)))
        return circuit.any((circuit.all(met), *not_met))

    def _application_rests(self, application: Application) -> int:
        circuit, applied = self.circuit, self.applied(application)
        exceptions = [(e, self.compiled.stands[e], self._assumed(e)) for e in application.exceptions]
        by_them = circuit.all(circuit.any((circuit.no(s.met), assumed)) for _, s, assumed in exceptions)
        kept_off = circuit.any(circuit.all((s.not_met, assumed, self.raised(e))) for e, s, assumed in exceptions)
        otherwise = circuit.any((circuit.all((kept_off, applied.stands.met)), applied.lost))
        return self._if(applied.defeated, by_them, otherwise)

    def _if(self, when: int, then: int, otherwise: int) -> int:
        circuit = self.circuit
        return circuit.any((circuit.all((when, then)), circuit.all((circuit.no(when), otherwise))))

    def _raised(self, proposition: Proposition) -> int:
        """When anything in the record speaks for a proposition."""
        if proposition in self.issue:
            applications = self.issue[proposition].applications
            asked = ((p, when) for a in applications for p, when in zip(a.premises, self.applied(a).asked, strict=True))
            return self.circuit.any(self.circuit.all((when, self.raised(p))) for p, when in asked)
        if self.case.reckon(proposition) is not None:
            return FALSE
        if proposition in self.noticed or self.assumed.get(proposition):
            return TRUE
        fact = self.facts.get(proposition)
        return fact.supported if fact else FALSE
