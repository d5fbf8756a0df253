"""The argument on a question as a tree: claims, the rules that lead to them, the exhibits at the leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from authority.deriving import Applied
from authority.engine import Verdict
from authority.opinion import Opinion
from authority.pictures.plans import ArgumentPlan, Claim, Ground, Leaf, Side
from authority.saying import exhibits, listed, number, said, sentence
from authority.vocabulary import Proposition, natural
from authority.weighing import Cause, Finding, Status

NAMED = 3
"""How many elements of one kind a description names before it only counts them."""


def plan_argument(opinion: Opinion) -> ArgumentPlan:
    """The argument on the opinion's question: every rule that was applied to it and to what lies beneath, down to the
    exhibits. Of a claim that is met only the rules that are met are there. A claim that stands in several places has
    its grounds in one of them: the first on which the verdict rests, or else the first."""
    arguing = _Arguing(opinion)
    question = arguing.claim(opinion.question, True)
    return ArgumentPlan(
        name=f"map-{opinion.reading.id}", title=f"The argument under “{opinion.reading.title}”",
        alt=_described(opinion, question), label=opinion.label, question=question,
        under=f"under “{opinion.reading.title}”, by {opinion.findings.standard.says}",
    )  # fmt: skip


class _Arguing:
    def __init__(self, opinion: Opinion) -> None:
        self.opinion, self.case = opinion, opinion.case
        self.carrying = set(self._carrying(opinion.question))
        self.drawn: set[Proposition] = set()
        self.speaking = {fact for item in self.case.evidence if self._counts(item.id) for fact in item.bears_on}

    def claim(self, proposition: Proposition, carries: bool) -> Claim:
        """The claim in one place."""
        text, verdict = said(self.case, proposition), self.opinion.on(proposition)
        decided = self.opinion.conclusion.get(proposition)
        if decided is None:
            finding = self.opinion.finding[proposition]
            leaves = tuple(self._leaves(finding))
            return Claim(
                proposition=str(proposition), text=text, verdict=verdict, cause=_cause(finding), carries=carries,
                spoken=bool(leaves), leaves=leaves,
            )  # fmt: skip
        # That no rule leads there is said where it is so, and not of what lies above.
        passed = {Cause.EVIDENCE, Cause.NO_RULE} if decided.applications else {Cause.EVIDENCE}
        cause = ", ".join(str(c) for c in decided.causes if c not in passed)
        told = _told(decided.applications, verdict)
        stands: dict[str, Any] = {
            "proposition": str(proposition), "text": text, "verdict": verdict, "cause": cause, "carries": carries,
            "spoken": self._is_spoken(proposition),
        }  # fmt: skip
        above = proposition in self.drawn
        if above or (proposition in self.carrying and not carries):
            where = "above" if above else "below"
            elsewhere = where if told else ""
            return Claim(**stands, elsewhere=elsewhere)
        self.drawn.add(proposition)
        return Claim(
            **stands, unreached=len(decided.applications) - len(told),
            grounds=tuple(self._ground(a, carries and a in self._deciding(proposition)) for a in told),
        )  # fmt: skip

    def _ground(self, applied: Applied, carries: bool) -> Ground:
        rule = self.case.rules.rule(applied.rule)
        asks = {"all": "all of these", "any": "any one of these", "at_least": f"at least {rule.count} of these"}
        told = asks[rule.body] if len(applied.premises) > 1 else ""
        standing = set(self._standing(applied)) if carries else set()
        return Ground(
            names=(rule.id,), cite=self._cite(applied), carries=carries, verdict=applied.verdict,
            asks=told if applied.premises else "nothing need be shown",
            premises=tuple(self.claim(p, p in standing) for p in applied.premises),
            exceptions=tuple(self._exception(applied, e, e in standing) for e in applied.exceptions),
        )  # fmt: skip

    def _exception(self, applied: Applied, proposition: Proposition, carries: bool) -> Claim:
        claim = self.claim(proposition, carries)
        if proposition in applied.defeated_by:
            return claim.but(excepts="it defeats the rule")
        return claim.but(excepts="raised and not established") if proposition in applied.open_exceptions else claim

    def _cite(self, applied: Applied) -> str:
        cite = self.case.rules.rule(applied.rule).cite
        return f"{self.case.rules.authority(cite).short} {cite.pin or ''}".strip().replace("§ ", "§\u00a0")

    # ── What the verdict rests on ─────────────────────────────────────────────────────────────────────────────────

    def _carrying(self, proposition: Proposition) -> Iterator[Proposition]:
        """Every proposition on which the verdict on this one rests, this one first."""
        yield proposition
        for applied in self._deciding(proposition):
            for below in self._standing(applied):
                yield from self._carrying(below)

    def _deciding(self, proposition: Proposition) -> list[Applied]:
        """The rules that decide a conclusion: those that stand as it does, unless it is assumed."""
        decided = self.opinion.conclusion.get(proposition)
        if decided is None or decided.causes[0] is Cause.ASSUMED:
            return []
        return [a for a in decided.applications if a.verdict is decided.verdict]

    def _standing(self, applied: Applied) -> list[Proposition]:
        """The premises that decide how a rule stands, or the exceptions that defeat it."""
        if applied.defeated_by:
            return list(applied.defeated_by)
        return [p for p in applied.premises if self.opinion.on(p) is applied.verdict]

    def _is_spoken(self, proposition: Proposition) -> bool:
        """Whether some exhibit that is in, or undercut, speaks to a fact that a conclusion turns on."""
        return not self.speaking.isdisjoint(self.opinion.beneath(proposition))

    def _counts(self, name: str) -> bool:
        item = self.opinion.item[name]
        return item.is_in or bool(item.undercut_by)

    # ── Exhibits ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _leaves(self, finding: Finding) -> Iterator[Leaf]:
        fact, items = finding.proposition, self.opinion.findings.items
        spoken = {e.id for e in self.case.evidence if fact in e.bears_on}
        undercut = tuple(sorted((i.id for i in items if i.undercut_by and i.id in spoken), key=natural))
        sides: tuple[tuple[Side, tuple[str, ...]], ...] = (
            ("for", finding.supporting), ("against", finding.contradicting), ("found none", finding.found_none),
            ("undercut", undercut),
        )  # fmt: skip
        for side, ids in sides:
            for name in ids:
                source = self.case.source_of[self.case.item[name].source]
                yield Leaf(id=name, side=side, level=self.opinion.item[name].level, source=source.name)


def _told(applications: Iterable[Applied], verdict: Verdict) -> list[Applied]:
    return [a for a in applications if verdict is not Verdict.MET or a.verdict is Verdict.MET]


def _cause(finding: Finding) -> str:
    if finding.cause is Cause.EVIDENCE:
        return "the contrary is shown" if finding.status is Status.REFUTED else ""
    return finding.reckoning or str(finding.cause)


# ── In words ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _described(opinion: Opinion, question: Claim) -> str:
    """What the map shows: the verdict, how the elements stand, what carries it, which exceptions are open."""
    label = f" ({opinion.label})" if opinion.label else ""
    under = f"under “{opinion.reading.title}”{label}"
    head = f"whether {said(opinion.case, opinion.question)}: {question.verdict}, {under}"
    told = [f"Argument map of the question {head}."]
    if not question.grounds:
        return f"{told[0]} No rule of this reading leads to it."
    standing = {v: [p for p in opinion.top_elements if opinion.on(p) is v] for v in Verdict}
    if len(opinion.top_elements) > 1:
        told.append(_counted({verdict: len(found) for verdict, found in standing.items() if found}))
    for verdict in (Verdict.NOT_MET, Verdict.UNDETERMINED):
        found = [said(opinion.case, p) for p in standing[verdict]]
        if 0 < len(found) <= NAMED:
            told.append(sentence(f"{verdict}: {'; '.join(found)}"))
    ids = list(dict.fromkeys(_deciding_leaves(question)))
    if ids:
        told.append(f"At the leaves that carry the verdict: {exhibits(ids)}." if len(ids) <= 2 * NAMED else "")
    if opinion.open_exceptions:
        raised = "; ".join(said(opinion.case, e) for e in opinion.open_exceptions[:NAMED])
        told.append(f"Raised as an exception and not established: {raised}.")
    return " ".join(part for part in told if part)


def _counted(counts: dict[Verdict, int]) -> str:
    """How many elements stand so, and how many so."""
    total = number(sum(counts.values()))
    if len(counts) == 1:
        return f"All its {total} elements are {next(iter(counts))}."
    told = [f"{number(count)} {'is' if count == 1 else 'are'} {verdict}" for verdict, count in counts.items()]
    return f"Of its {total} elements {listed(told)}."


def _deciding_leaves(claim: Claim) -> Iterator[str]:
    """The strongest exhibits on the deciding side of the facts that carry a verdict that is settled."""
    side = {Verdict.MET: "for", Verdict.NOT_MET: "against"}.get(claim.verdict)
    mine = [leaf for leaf in claim.leaves if leaf.side == side and claim.carries]
    best = max((leaf.level or 0 for leaf in mine), default=0)
    yield from (leaf.id for leaf in mine if (leaf.level or 0) == best)
    for ground in claim.grounds:
        for below in (*ground.premises, *ground.exceptions):
            yield from _deciding_leaves(below)
