"""A question compiled: its verdict as a circuit over what may be withdrawn from the record and the positions that may
be taken, or over the facts that may yet be proved.

It says of every choice what ``decide`` would say of the case so changed. Two functions give the three values: one of
when the question is met, one of when it is not met; where neither holds it is undetermined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from functools import cache
from typing import NamedTuple

from authority.circuit import FALSE, TRUE, Circuit
from authority.facts import Evidence, FactPattern
from authority.issues import Application, IssueTree, spot_open
from authority.law import Reading, Stance, Standard
from authority.scales import Scales, meets
from authority.vocabulary import NOBODY, Proposition
from authority.weighing import Status


class Stands(NamedTuple):
    """When a proposition is met and when it is not met, as nodes of a circuit."""

    met: int
    not_met: int


class Compiled(NamedTuple):
    """A question as a circuit.

    Its variables are the ids of items, true when the item is kept; stances, true when the reading's position on that
    dispute is given up for this one (of several on one dispute the first counts); regradings, true when an item stands
    a level higher, or lower, than it is graded; and propositions, true when that fact is established.
    """

    circuit: Circuit
    tree: IssueTree
    stands: Mapping[Proposition, Stands]

    @property
    def question(self) -> Stands:
        return self.stands[self.tree.question]

    def without(self, names: Collection[Hashable]) -> Compiled:
        """The same with some variables false: items withdrawn, positions left as they are, facts not established."""
        if not names:
            return self
        nodes = self.circuit.put(
            [node for stands in self.stands.values() for node in stands], dict.fromkeys(names, FALSE)
        )
        return self._replace(stands=dict(zip(self.stands, map(Stands, nodes[::2], nodes[1::2]), strict=True)))


def compile_question(
    case: FactPattern, reading: Reading, question: Proposition, *, items: bool = False, positions: bool = False,
    grades: bool = False,
) -> Compiled:  # fmt: skip
    """The question compiled with the items of evidence (``items``), the positions on disputes (``positions``) or the
    grades, by one level (``grades``), left open; what is not left open is as the case and the reading have it. The
    reading's standard is fixed."""
    return _Compiler(case, reading, items, positions, grades=grades).compiled(question)


def compile_facts(
    case: FactPattern, reading: Reading, question: Proposition, findings: Mapping[Proposition, Status], *,
    refuted: bool = False,
) -> Compiled:  # fmt: skip
    """The question compiled over the facts that ``findings`` leaves unresolved, or does not speak to (and, with
    ``refuted``, over those it refutes): each may come to be established. A blank for which the record names nobody
    ranges over every party of its kind; where there is none, somebody not named stands for one that may yet come."""
    return _Compiler(case, reading, False, False).over_facts(question, findings, refuted)


def compile_law(
    case: FactPattern, reading: Reading, questions: Iterable[Proposition], facts: Iterable[Proposition]
) -> tuple[Compiled, ...]:
    """Each question compiled, in one circuit, over the positions on disputes and over ``facts`` about named parties,
    any of which may be established: when it is met, and only that. The record is set aside; what is noticed holds."""
    return _Compiler(case, reading, False, True).over_law(questions, tuple(facts))


def compile_table(
    case: FactPattern, reading: Reading, question: Proposition, facts: Mapping[Proposition, Stands],
    spoken: Mapping[Proposition, int], circuit: Circuit,
) -> Compiled:  # fmt: skip
    """The question compiled, into ``circuit``, over any record on the case's parties: ``facts`` says when each fact is
    established and when refuted, ``spoken`` when the record speaks to it at all. The case's own record is set aside;
    what is noticed, assumed or computed holds."""
    return _Compiler(case, reading, False, False, circuit).over_table(question, facts, spoken)


def shown_at(case: FactPattern, reading: Reading, question: Proposition) -> tuple[str, ...]:
    """The proof standards by which the question is shown, weakest first, the rest of the reading and the case as they
    are."""
    return _Compiler(case, reading, False, False).shown_at(question)


def alternatives(case: FactPattern, reading: Reading) -> tuple[Stance, ...]:
    """Every position that the reading does not take, on the disputes of the law and of the case, in their order."""
    taken = case.taken(reading).positions
    disputes = (*case.rules.disputes, *case.disputes)
    return tuple(Stance(d.id, p.id) for d in disputes for p in d.positions if p.id != taken.get(d.id))


class _Compiler:
    def __init__(
        self, case: FactPattern, reading: Reading, items: bool, positions: bool, circuit: Circuit | None = None, *,
        grades: bool = False,
    ) -> None:  # fmt: skip
        self.case, self.reading = case, case.taken(reading)
        self.standard = case.rules.tables.standard(reading.standard)
        self.circuit = circuit or Circuit()
        self.only_met = False  # leave out when a proposition is not met
        self.anybody = False  # whether somebody not named stands for one who may yet come
        self.items, self.positions = items, positions
        self.moves: dict[str, list[Stance]] = {}
        for stance in alternatives(case, reading) if positions else ():
            self.moves.setdefault(stance.dispute, []).append(stance)
        self.taken = cache(self._taken)
        self.weighed = Scales(case, self.reading, self.circuit, self.taken, items=items, grades=grades)
        self.noticed = {n.holds for n in case.rules.notice}
        self.assumed = {a.proposition: a.holds for a in case.assume}
        self.stands: dict[Proposition, Stands] = {}
        self.facts: Mapping[Proposition, Stands] | None = None  # where they stand otherwise than by the record
        self.bearing: dict[Proposition, list[Evidence]] = {}
        for item in case.evidence:
            for fact in item.bears_on:
                self.bearing.setdefault(fact, []).append(item)

    def compiled(self, question: Proposition) -> Compiled:
        return self._on(self._tree(question, self._recorded(), anybody=False))

    def _recorded(self) -> dict[Proposition, int]:
        """When each proposition is in the record."""
        return {
            fact: self.circuit.any(self.weighed.admitted(item.id) for item in bearing)
            for fact, bearing in self.bearing.items()
        }

    def over_facts(self, question: Proposition, findings: Mapping[Proposition, Status], refuted: bool) -> Compiled:
        self.facts, self.anybody = _Facts(self.circuit, findings, refuted), True
        recorded = self._recorded()
        while True:
            # To establish a fact is to speak of its parties, which may put them in question elsewhere.
            tree = self._tree(question, recorded, anybody=True)
            spoken = {fact: TRUE for fact in tree.facts if NOBODY not in fact.parties}
            if spoken.items() <= recorded.items():
                return self._on(tree)
            recorded |= spoken

    def over_law(self, questions: Iterable[Proposition], facts: tuple[Proposition, ...]) -> tuple[Compiled, ...]:
        self.facts, self.only_met = _Facts(self.circuit, {}, False), True
        recorded = dict.fromkeys(facts, TRUE)
        return tuple(self._on(self._tree(question, recorded, anybody=False)) for question in questions)

    def over_table(
        self, question: Proposition, facts: Mapping[Proposition, Stands], spoken: Mapping[Proposition, int]
    ) -> Compiled:
        self.facts = defaultdict(lambda: Stands(FALSE, FALSE), facts)
        return self._on(self._tree(question, spoken, anybody=False))

    def _tree(self, question: Proposition, recorded: Mapping[Proposition, int], *, anybody: bool) -> IssueTree:
        recorded = {fact: when for fact, when in recorded.items() if when != FALSE}
        return spot_open(
            self.case, [(self.reading, TRUE)], question, recorded, self.case.law_day, self.circuit, self.taken,
            anybody=anybody,
        )

    def _on(self, tree: IssueTree) -> Compiled:
        self.stands = {}
        for fact in tree.facts:
            self.stands[fact] = self._fact(fact)
        for issue in reversed(tree.issues):  # from the facts up
            self.stands[issue.proposition] = self._issue(issue.proposition, issue.applications)
        return Compiled(self.circuit, tree, self.stands)

    def shown_at(self, question: Proposition) -> tuple[str, ...]:
        tree = self._tree(question, self._recorded(), anybody=False)  # the same by every standard
        self.only_met = True
        return tuple(s.id for s in self.case.rules.tables.standards if self._by(s, tree).question.met)

    def _by(self, standard: Standard, tree: IssueTree) -> Compiled:
        self.standard = standard
        return self._on(tree)

    # ── Positions ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _taken(self, stance: Stance) -> int:
        """When a position is the one taken."""
        own = self.reading.positions.get(stance.dispute) == stance.position
        moves = self.moves.get(stance.dispute, [])
        if own:
            return self.circuit.no(self.circuit.any(self.circuit.variable(m) for m in moves))
        if stance not in moves:
            return FALSE
        before = (self.circuit.variable(m) for m in moves[: moves.index(stance)])
        return self.circuit.all([self.circuit.variable(stance), *(self.circuit.no(m) for m in before)])

    # ── Facts ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _fact(self, fact: Proposition) -> Stands:
        reckoned = self.case.reckon(fact)
        if reckoned is not None:
            return Stands(TRUE, FALSE) if reckoned.holds else Stands(FALSE, TRUE)
        if fact in self.assumed:
            return Stands(TRUE, FALSE) if self.assumed[fact] else Stands(FALSE, TRUE)
        if fact in self.noticed:
            return Stands(TRUE, FALSE)
        if NOBODY in fact.parties and not self.anybody:
            return Stands(FALSE, FALSE)
        if self.facts is not None:
            return self.facts[fact]
        tables, circuit = self.case.rules.tables, self.circuit
        bearing = self.bearing.get(fact, ())
        pro = [item.id for item in bearing if fact in item.supports]
        con = [item.id for item in bearing if fact in item.contradicts]
        unjudged = circuit.any(self.weighed.present(i) for i in pro if self.weighed.level[i] is None)
        established = meets(circuit, self.standard, self._reached(pro), self._reached(con), unjudged)
        if self.only_met:
            return Stands(established, FALSE)
        contrary = meets(circuit, tables.standard(tables.refuted_by), self._reached(con), self._reached(pro))
        return Stands(established, circuit.all((contrary, circuit.no(established))))

    def _reached(self, items: Collection[str]) -> Callable[[int], int]:
        """When some of the items stands at a level or above."""
        return lambda level: self.circuit.any(self.weighed.reaches(i, level) for i in items)

    # ── Conclusions ───────────────────────────────────────────────────────────────────────────────────────────────

    def _issue(self, proposition: Proposition, applications: Iterable[Application]) -> Stands:
        if proposition in self.assumed:
            return Stands(TRUE, FALSE) if self.assumed[proposition] else Stands(FALSE, TRUE)
        found = [self._application(a) for a in applications]
        # A waiver may hold of everybody; it shows nothing of somebody whom nobody named.
        unnamed = NOBODY in proposition.parties and not self.anybody
        met = FALSE if unnamed else self.circuit.any(f.met for f in found)
        return Stands(met, self.circuit.all(f.not_met for f in found))

    def _application(self, application: Application) -> Stands:
        """When an application of a rule is met; and when it is not, or is none."""
        circuit, rule = self.circuit, self.case.rules.rule(application.rule)
        premises = [self.stands[p] for p in application.premises]
        defeated = circuit.any(self.stands[e].met for e in application.exceptions)
        needed = {"any": 1, "all": len(premises), "at_least": rule.count}[rule.body]
        holds = circuit.at_least(needed, [p.met for p in premises])
        met = circuit.all((application.law, holds, circuit.no(defeated)))
        if self.only_met:
            return Stands(met, FALSE)
        if rule.body == "any":
            named = zip(premises, application.named, strict=True)
            fails = circuit.all(circuit.any((p.not_met, circuit.no(when))) for p, when in named)
            applies = application.law
        else:
            fails = circuit.at_least(len(premises) - needed + 1, [p.not_met for p in premises])
            applies = circuit.all((application.law, *application.named))
        return Stands(met, circuit.any((fails, defeated, circuit.no(applies))))


class _Facts(dict[Proposition, Stands]):
    """Each fact as a variable: false now, and true should it come to be established; one established already is so."""

    def __init__(self, circuit: Circuit, findings: Mapping[Proposition, Status], refuted: bool) -> None:
        super().__init__()
        self.circuit, self.findings, self.refuted = circuit, findings, refuted

    def __missing__(self, fact: Proposition) -> Stands:
        status = self.findings.get(fact, Status.UNRESOLVED)
        if status is Status.ESTABLISHED:
            return Stands(TRUE, FALSE)
        if status is Status.REFUTED and not self.refuted:
            return Stands(FALSE, TRUE)
        met = self.circuit.variable(fact)
        return Stands(met, self.circuit.no(met) if status is Status.REFUTED else FALSE)
