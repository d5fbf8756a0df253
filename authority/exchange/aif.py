"""An opinion as arguments, in the JSON of the Argument Interchange Format: from exhibit to conclusion, and the attacks.

The nodes are those of the AIF (Chesñevar et al., Towards an argument interchange format, The Knowledge Engineering
Review 21(4), 2006): information (I), and applications of a scheme of inference (RA), of conflict (CA) and of preference
(PA). The form is that of AIFdb's JSON, which other programs read. A step holds where all that it rests on does and
nothing that attacks it does, and a claim where a step to it holds and no attack on it does that none is preferred to:
by that, and by nothing that is written beside it, the question stands just where the opinion finds it shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from authority.deriving import Applied
from authority.exchange.cited import cited
from authority.law import Rule
from authority.opinion import Opinion
from authority.saying import listed
from authority.vocabulary import NOBODY, Proposition
from authority.weighing import Cause, Finding, Status, Weighed

_SCHEMES = {"RA": "Default Inference", "CA": "Default Conflict", "PA": "Default Preference"}
_GIVEN = (Cause.NOTICED, Cause.COMPUTED, Cause.ASSUMED)
"""Why a fact stands where it does whatever the exhibits say."""


def aif_json(opinion: Opinion) -> dict[str, Any]:
    """The arguments of an opinion as an AIF document: ``nodes``, ``edges``, and the ``locutions`` that nobody made.

    Ids are counted from the question on; there are no timestamps. What the form cannot say (three values, levels, which
    position a rule belongs to) stands in the words of a node or nowhere: docs/standards.md.
    """
    arguing = _Arguing(opinion)
    arguing.claim(opinion.question)
    return {"nodes": arguing.nodes, "edges": arguing.edges, "locutions": []}


class _Arguing:
    def __init__(self, opinion: Opinion) -> None:
        self.opinion, self.case = opinion, opinion.case
        self.nodes: list[dict[str, Any]] = []
        self.edges: list[dict[str, Any]] = []
        self.claims: dict[Proposition, str] = {}
        self.exhibits: dict[str, str] = {}
        self.rules: dict[str, str] = {}
        self.assumed = {a.proposition: a.holds for a in self.case.assume}

    # ── Claims ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def claim(self, proposition: Proposition) -> str:
        """The node of a proposition, with all that speaks for it and against it; told once."""
        if proposition not in self.claims:
            self.claims[proposition] = self._node("I", str(proposition))
            finding = self.opinion.finding.get(proposition)
            if proposition in self.opinion.conclusion:
                self._conclude(proposition)
            elif finding:
                self._find(finding)
        return self.claims[proposition]

    def _conclude(self, proposition: Proposition) -> None:
        """A step for each application of a rule; and what stands against a conclusion whatever the rules say."""
        decided = self.opinion.conclusion[proposition]
        for applied in decided.applications:
            for premises in self._asked(applied):
                self._apply(applied, premises, proposition)
        if proposition in self.assumed:
            self._step("RA" if self.assumed[proposition] else "CA", [self._assumed()], proposition, "by assumption")
        elif not decided.verdict.shown and (not decided.applications or NOBODY in proposition.parties):
            not_shown = self._node("I", f"not shown: {decided.cause}{_label(self.opinion)}")
            self._step("CA", [not_shown], proposition, str(decided.cause))

    def _asked(self, applied: Applied) -> Iterator[tuple[Proposition, ...]]:
        """What each step of a rule rests on: each premise alone where any one suffices; those that hold where enough of
        them do, since a step has no way to ask for some; else all."""
        rule = self.case.rules.rule(applied.rule)
        held = tuple(p for p in applied.premises if self.opinion.on(p).shown)
        if rule.body == "any":
            yield from ((p,) for p in applied.premises)
        elif rule.body == "at_least" and len(held) >= rule.count:
            yield held
        else:
            yield applied.premises

    def _apply(self, applied: Applied, premises: Iterable[Proposition], to: Proposition) -> None:
        rule = self.case.rules.rule(applied.rule)
        if rule.id not in self.rules:
            self.rules[rule.id] = self._node("I", _in_words(self.opinion, rule))
        rests_on = [self.rules[rule.id], *map(self.claim, premises)]
        step = self._step("RA", rests_on, to, f"{rule.id} ({cited(self.case.rules, rule.cite)})")
        for exception in applied.exceptions:
            self._attack(self.claim(exception), step, f"exception to {rule.id}")

    # ── Facts and exhibits ────────────────────────────────────────────────────────────────────────────────────────────

    def _find(self, finding: Finding) -> None:
        """The exhibits on a fact, those that are undercut too; and, by preference, the side that prevails."""
        fact = finding.proposition
        undercut = [i for i in self.opinion.findings.items if i.out == "undercut"]
        sides = {"RA": finding.supporting, "CA": (*finding.contradicting, *finding.found_none)}
        steps = {how: [self._weigh(how, self.opinion.item[name], fact) for name in ids] for how, ids in sides.items()}
        for each in undercut:
            item = self.case.item[each.id]
            if fact in item.supports:
                self._weigh("RA", each, fact)
            if fact in (*item.contradicts, *item.found_none):
                self._weigh("CA", each, fact)
        if finding.status is Status.UNRESOLVED:
            by = self.opinion.findings.standard.says
            self._step("CA", [self._node("I", f"not established by {by}: {finding.cause}")], fact, str(finding.cause))
            return
        how, other = ("RA", "CA") if finding.status is Status.ESTABLISHED else ("CA", "RA")
        if finding.cause in _GIVEN:
            steps[how].insert(0, self._step(how, [self._given(finding)], fact, str(finding.cause)))
        self._prefer(steps[how][0], steps[other])

    def _given(self, finding: Finding) -> str:
        """What decides a fact where it is not the exhibits."""
        if finding.cause is Cause.ASSUMED:
            return self._assumed()
        if finding.cause is Cause.COMPUTED:
            return self._node("I", finding.reckoning)
        notice = next(n for n in self.case.rules.notice if n.holds == finding.proposition)
        return self._node("I", f"judicially noticed: {cited(self.case.rules, notice.cite)}")

    def _assumed(self) -> str:
        return self._node("I", "assumed for the sake of argument, whatever the evidence says")

    def _weigh(self, how: str, item: Weighed, fact: Proposition) -> str:
        """The step from an exhibit to a fact, or against one, and what undercuts it."""
        level = "not judged" if item.unjudged else f"level {item.level}"
        doubted = f", doubted by {listed(item.doubted_by)}" if item.doubted_by else ""
        none = " looked and found none" if fact in self.case.item[item.id].found_none else ""
        step = self._step(how, [self._exhibit(item.id)], fact, f"{item.id}{none} ({item.grade}, {level}{doubted})")
        for by in item.undercut_by:
            self._attack(self._exhibit(by), step, f"{by} undercuts {item.id}")
        return step

    def _exhibit(self, name: str) -> str:
        """The node of an exhibit: what it says, and who says so; told once."""
        if name not in self.exhibits:
            item = self.case.item[name]
            where = ", ".join(filter(None, (self.case.source_of[item.source].name, item.cite)))
            self.exhibits[name] = self._node("I", f"{name}: {item.says} ({where})")
        return self.exhibits[name]

    # ── Nodes and edges ───────────────────────────────────────────────────────────────────────────────────────────────

    def _step(self, how: str, rests_on: Iterable[str], to: Proposition, text: str) -> str:
        """An inference or a conflict from some nodes to a claim."""
        step = self._node(how, text)
        for each in rests_on:
            self._edge(each, step)
        self._edge(step, self.claims[to])
        return step

    def _attack(self, by: str, step: str, text: str) -> None:
        conflict = self._node("CA", text)
        self._edge(by, conflict)
        self._edge(conflict, step)

    def _prefer(self, step: str, others: Iterable[str]) -> None:
        """That a step prevails over each of those on the other side, by the proof standard."""
        for other in others:
            preference = self._node("PA", f"by {self.opinion.findings.standard.says}")
            self._edge(step, preference)
            self._edge(preference, other)

    def _node(self, kind: str, text: str) -> str:
        scheme = {"scheme": _SCHEMES[kind]} if kind in _SCHEMES else {}
        self.nodes.append({"nodeID": str(len(self.nodes) + 1), "text": text, "type": kind, **scheme})
        return self.nodes[-1]["nodeID"]

    def _edge(self, origin: str, to: str) -> None:
        name = str(len(self.edges) + 1)
        self.edges.append({"edgeID": name, "fromID": origin, "toID": to, "formEdgeID": None})


def _in_words(opinion: Opinion, rule: Rule) -> str:
    """A rule as a sentence, with the words that it encodes and the citation."""
    joined = listed([str(p) for p in rule.premises], "or" if rule.body == "any" else "and")
    count = f"at least {rule.count} of: " if rule.body == "at_least" else ""
    asked = f" if {count}{joined}" if rule.premises else ""
    spared = f", unless {listed([str(p) for p in rule.unless], 'or')}" if rule.unless else ""
    quoted = f"“{rule.quote}” " if rule.quote else ""
    return f"{rule.then}{asked}{spared}: {quoted}({cited(opinion.case.rules, rule.cite)}){_label(opinion)}"


def _label(opinion: Opinion) -> str:
    """What is to be said first of an instrument that was never enacted, in brackets."""
    return f" [{opinion.label}]" if opinion.case.rules.instrument.never_enacted else ""
