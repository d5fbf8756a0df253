"""From an opinion to the page: the question opened, and everything in it as data with its words."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Mapping, Sequence

from authority.deriving import CAUSES, SUFFICE
from authority.engine import Verdict
from authority.errors import EngineError
from authority.facts import Evidence
from authority.issues import Application, Issue
from authority.law import Grading, Reading, Stance
from authority.memo import brief
from authority.memo.page.opening import Chosen, Kept, Opened, as_nodes, disputed, open_question
from authority.memo.page.parts import (
    Page,
    PageCauses,
    PageConclusion,
    PageDispute,
    PageExhibit,
    PageFact,
    PagePosition,
    PageReading,
    PageRule,
    PageTables,
    PageUse,
    PageWords,
)
from authority.memo.reasons import ANSWERS
from authority.memo.wording import cited
from authority.opinion import Opinion
from authority.saying import day, listed, said
from authority.vocabulary import NOBODY, Proposition, natural
from authority.weighing import Cause, barred, stated_grade, weigh

IN_ANY_CASE = (Cause.ASSUMED, Cause.NOTICED, Cause.COMPUTED, Cause.NOBODY_NAMED)
"""The causes of findings that no exhibit and no standard decides."""

MOST_USES = 5_000
"""How many applications of rules a page may hold: more would make a file of megabytes."""


def make_page(opinion: Opinion) -> Page | None:
    """The page on the opinion's question, its record being the opinion's case and reading.

    None where the question, so opened, makes more than 5,000 applications of rules.
    """
    readings = _readings(opinion)
    try:
        opened = open_question(opinion.case, opinion.question, readings)
    except EngineError:  # more than any issue tree may have
        return None
    uses = sum(len(issue.applications) for issue in opened.tree.issues)
    return _Maker(opinion, readings, opened).page() if uses <= MOST_USES else None


class _Maker:
    def __init__(self, opinion: Opinion, readings: Sequence[Reading], opened: Opened) -> None:
        self.opinion, self.case, self.rules = opinion, opinion.case, opinion.case.rules
        self.readings, self.opened = readings, opened
        self.gradings = _unlike(r.grading or self.rules.tables.grading for r in self.readings)
        self.items = sorted(self.case.evidence, key=lambda e: natural(e.id))
        in_play = disputed(self.opened, (e for e in self.items if not barred(self.case, e)))
        self.disputes = [d for d in (*self.rules.disputes, *self.case.disputes) if d.id in in_play]
        self.places = dict(self._places())
        self.node, self.circuit = as_nodes(self.opened, self.places)
        tree = self.opened.tree
        self.findings = weigh(self.case, opinion.reading, tree.facts).facts
        issues = [i.proposition for i in tree.issues]
        self.place = {p: n for n, p in enumerate([*(f.proposition for f in self.findings), *issues])}
        self.used = sorted({a.rule for i in tree.issues for a in i.applications}, key=natural)

    def page(self) -> Page:
        return Page(
            digest=self._digest(), question=self.place[self.opinion.question],
            reading=[r.id for r in self.readings].index(self.opinion.reading.id),
            exhibits=tuple(map(self._exhibit, self.items)), facts=tuple(self._facts()),
            conclusions=tuple(map(self._conclusion, self.opened.tree.issues)), rules=tuple(self._rules()),
            disputes=tuple(self._disputes()), readings=tuple(map(self._reading, self.readings)),
            tables=self._tables(), causes=_causes(), words=self._words(), circuit=self.circuit,
            record=tuple(map(self._on_record, self.place)),
        )  # fmt: skip

    def _places(self) -> Iterable[tuple[Hashable, tuple[int, ...]]]:
        yield from ((Kept(item.id), (n,)) for n, item in enumerate(self.items))
        yield from ((Chosen(reading.id), (n,)) for n, reading in enumerate(self.readings))
        for n, dispute in enumerate(self.disputes):
            yield from ((Stance(dispute.id, p.id), (n, k)) for k, p in enumerate(dispute.positions))

    def _digest(self) -> str:
        """What a link is tied to: the law, the record and the question, whichever reading the memo begins with."""
        of = "\n".join((self.rules.digest, self.case.digest, str(self.opinion.question)))
        return hashlib.sha256(of.encode()).hexdigest()[:12]

    # ── The record ────────────────────────────────────────────────────────────────────────────────────────────────

    def _exhibit(self, item: Evidence) -> PageExhibit:
        return PageExhibit(
            id=item.id, says=item.says, source=self.case.source_of[item.source].name,
            when=day(item.published or item.date), hedge=item.hedge, barred=barred(self.case, item),
            grades=tuple(stated_grade(self.case, item, grading) for grading in self.gradings),
            under=self._under(item),
            undercuts=self._exhibits(item.undercuts), doubts=self._exhibits(item.doubts),
        )  # fmt: skip

    def _under(self, item: Evidence) -> tuple[tuple[int, int], ...]:
        """The positions on which an exhibit is admitted; of one that is never weighed none is asked."""
        stances = () if barred(self.case, item) else item.under
        return tuple((dispute, position) for dispute, position in (self.places[stance] for stance in stances))

    def _exhibits(self, ids: Iterable[str]) -> tuple[int, ...]:
        return tuple(self.places[Kept(name)][0] for name in ids)

    def _facts(self) -> Iterable[PageFact]:
        for found in self.findings:
            fact, fixed = found.proposition, found.cause in IN_ANY_CASE
            yield PageFact(
                key=str(fact), says=said(self.case, fact),
                supports=self._exhibits(e.id for e in self.items if fact in e.supports),
                contradicts=self._exhibits(e.id for e in self.items if fact in e.contradicts),
                found_none=self._exhibits(e.id for e in self.items if fact in e.found_none),
                status=found.status if fixed else "", cause=found.cause if fixed else "", reckoning=found.reckoning,
            )  # fmt: skip

    # ── The law ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _conclusion(self, issue: Issue) -> PageConclusion:
        assumed = {a.proposition: a.holds for a in self.case.assume}
        return PageConclusion(
            key=str(issue.proposition), says=said(self.case, issue.proposition),
            named=NOBODY not in issue.proposition.parties, assumed=assumed.get(issue.proposition),
            uses=tuple(map(self._use, issue.applications)),
        )  # fmt: skip

    def _use(self, use: Application) -> PageUse:
        return PageUse(
            rule=self.used.index(use.rule), premises=self._propositions(use.premises),
            exceptions=self._propositions(use.exceptions), law=self.node[use.law],
            named=tuple(self.node[n] for n in use.named), raised=tuple(self.node[n] for n in use.raised),
        )  # fmt: skip

    def _propositions(self, propositions: Iterable[Proposition]) -> tuple[int, ...]:
        return tuple(self.place[p] for p in propositions)

    def _rules(self) -> Iterable[PageRule]:
        for rule in map(self.rules.rule, self.used):
            yield PageRule(id=rule.id, body=rule.body, count=rule.count, cite=cited(self.rules, rule.cite))

    def _disputes(self) -> Iterable[PageDispute]:
        for dispute in self.disputes:
            positions = (PagePosition(id=p.id, says=p.says, held_by=listed(p.held_by)) for p in dispute.positions)
            yield PageDispute(id=dispute.id, question=dispute.question, positions=tuple(positions))

    def _reading(self, reading: Reading) -> PageReading:
        standards = [s.id for s in self.rules.tables.standards]
        taken = reading.positions
        return PageReading(
            id=reading.id, title=reading.title, label=self.rules.label(reading),
            supposing=brief.supposing(self.rules, reading), standard=standards.index(reading.standard),
            grading=self.gradings.index(reading.grading or self.rules.tables.grading),
            positions=tuple(self.places[Stance(d.id, taken[d.id])][1] if d.id in taken else -1 for d in self.disputes),
        )  # fmt: skip

    def _tables(self) -> PageTables:
        tables = self.rules.tables
        return PageTables(
            reliability=tables.reliability, credibility=tables.credibility,
            caps=tuple(grading.hedge_cap for grading in self.gradings), standards=tables.standards,
            refuted_by=[s.id for s in tables.standards].index(tables.refuted_by),
        )  # fmt: skip

    # ── Words, and how it stands on the record ────────────────────────────────────────────────────────────────────

    def _words(self) -> PageWords:
        return PageWords(
            question=said(self.case, self.opinion.question), assumed=brief.assumed(self.opinion),
            answers=_by_name(ANSWERS), brief=_by_name(brief.ANSWERS), under=brief.UNDER, rests=brief.RESTS,
        )  # fmt: skip

    def _on_record(self, proposition: Proposition) -> str:
        spoken = proposition in self.opinion.conclusion or proposition in self.opinion.finding
        return str(self.opinion.on(proposition)) if spoken else ""


def _readings(opinion: Opinion) -> list[Reading]:
    """The readings of the rule set as the case takes them; the opinion's in its place among them, or before them."""
    case, own = opinion.case, opinion.reading
    there = [own if r.id == own.id else case.taken(r) for r in case.rules.readings]
    return there if own in there else [own, *there]


def _unlike(gradings: Iterable[Grading]) -> list[Grading]:
    """Each grading once, in order."""
    found: list[Grading] = []
    for grading in gradings:
        if grading not in found:
            found.append(grading)
    return found


def _by_name(words: Mapping[Verdict, str]) -> dict[str, str]:
    return {str(verdict): text for verdict, text in words.items()}


def _causes() -> PageCauses:
    return PageCauses(
        order=tuple(map(str, CAUSES)), named={cause.name: cause.value for cause in Cause},
        suffice=tuple((str(cause), tuple(c for c in map(str, CAUSES) if c in enough)) for cause, enough in SUFFICE),
    )  # fmt: skip
