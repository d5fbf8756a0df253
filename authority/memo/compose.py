"""From opinions to the memo: every part of it, in the order in which a lawyer reads."""

from __future__ import annotations

from collections.abc import Iterable

from authority.engine import Verdict
from authority.law import Citation
from authority.memo.appendix import appendix
from authority.memo.authorities import table_of_authorities
from authority.memo.brief import brief
from authority.memo.contradicting import contradicting
from authority.memo.depending import depends_on
from authority.memo.discussion import discuss
from authority.memo.disputed import disputed
from authority.memo.elsewhere import other_law
from authority.memo.findings import fact
from authority.memo.history import decisions
from authority.memo.matrix import elements
from authority.memo.parts import (
    Memo,
    NearbyPart,
    NoticedPart,
    RowPart,
    SourcePart,
)
from authority.memo.reasons import answer, reasons
from authority.memo.set_aside import left_out, lowered, tables, unjudged
from authority.memo.wording import cite_part, standing
from authority.opinion import Opinion, decide
from authority.pictures import plan_argument, plan_readings
from authority.pictures.plans import ArgumentPlan
from authority.raised import Raised
from authority.receipt import made_from
from authority.saying import day, denial, listed, said, sentence
from authority.vocabulary import Proposition
from authority.weighing import Cause, Status

BANNER = (
    "This memorandum says what follows from a set of rules and a record of evidence. It is not legal advice, and it "
    "tells nobody to use force. What is asserted is not thereby proved, and where there is no evidence of a thing that "
    "does not show the thing to be false."
)

CAUTION = "Not legal advice. It tells nobody to use force. What is asserted is not thereby proved."


def compose(opinion: Opinion, raised: Iterable[Raised] = ()) -> Memo:
    """The memo on the opinion's question: its reading first, then every other reading of the rule set. ``raised`` is
    the other law that it is to name."""
    return _Composer(opinion, tuple(raised)).memo()


class _Composer:
    def __init__(self, first: Opinion, raised: tuple[Raised, ...]) -> None:
        self.first, self.case, self.rules, self.raised = first, first.case, first.case.rules, raised
        others = [r for r in self.rules.readings if r.id != first.reading.id]
        self.opinions = (first, *(decide(self.case, r, first.question) for r in others))
        self.disputes = tuple(disputed(self.opinions))

    def memo(self) -> Memo:
        first, case, rules = self.first, self.case, self.rules
        told = [f for f in first.findings.facts if f.cause not in (Cause.NOTICED, Cause.NOBODY_NAMED)]
        of_itself = (Cause.ASSUMED, Cause.COMPUTED)
        told = [f for f in told if f.cause in of_itself or any(f.proposition in e.bears_on for e in case.evidence)]
        by_status = {s: tuple(fact(first, f.proposition) for f in told if f.status is s) for s in Status}
        return Memo(
            title="Memorandum",
            heading=self._heading(), banner=BANNER, caution=CAUTION,
            contradictions=tuple(contradicting(self.opinions)),
            question=self._question(), brief=brief(first), why=reasons(first),
            rows=tuple(self._row(o) for o in self.opinions), rows_say=tuple(self._rows_say()),
            elements=tuple(elements(self.opinions)),
            rows_picture=plan_readings(self.opinions) if len(self.opinions) > 1 else None,
            disputes=tuple(self.disputes), about=case.about, sources=tuple(self._sources()),
            established=by_status[Status.ESTABLISHED], refuted=by_status[Status.REFUTED],
            unresolved=by_status[Status.UNRESOLVED],
            facts_under=f"“{first.reading.title}”, by {first.findings.standard.says}",
            noticed=tuple(self._noticed()),
            readings=tuple(
                discuss(o, self.opinions[:i]).but(picture=self._map(o)) for i, o in enumerate(self.opinions)
            ),
            nearby=tuple(self._nearby()), decided=tuple(decisions(case)),
            other_law=tuple(other_law(first, self.raised)),
            depends=depends_on(self.opinions), assumed=tuple(self._assumed()),
            unjudged=tuple(unjudged(first)), lowered=tuple(lowered(first)), left_out=tuple(left_out(first)),
            tables=tables(first), does_not_decide=rules.instrument.does_not_decide,
            authorities=tuple(table_of_authorities(case, self._cites())),
            evidence=tuple(appendix(first)),
            receipt=self._receipt(), answers=tuple(o.as_answer() for o in self.opinions), made_from=made_from(case),
        )  # fmt: skip

    def _map(self, opinion: Opinion) -> ArgumentPlan | None:
        """The argument map of the first reading, and of each by which the question comes out otherwise."""
        wanted = opinion is self.first or opinion.shown is not self.first.shown
        return plan_argument(opinion) if wanted and opinion.conclusion[opinion.question].applications else None

    # ── Heading, question, brief answer ───────────────────────────────────────────────────────────────────────────

    def _heading(self) -> tuple[tuple[str, str], ...]:
        return (
            ("Re", self.case.title),
            ("Question", sentence(f"whether {said(self.case, self.first.question)}")),
            ("Law as of", day(self.case.as_of)),
            ("Record as of", day(self.case.known_by)),
            ("Instrument", f"{self.rules.instrument.title}, {self.rules.instrument.citation}"),
        )

    def _question(self) -> str:
        instrument = self.rules.instrument
        status = standing(instrument, self.case.as_of)
        return (
            f"Under the {instrument.title} ({instrument.citation}; {status}), and on what was known by "
            f"{day(self.case.known_by)}, is it shown that {said(self.case, self.first.question)}?"
        )

    # ── The readings side by side ─────────────────────────────────────────────────────────────────────────────────

    def _row(self, opinion: Opinion) -> RowPart:
        why = reasons(opinion)
        deciding = why if opinion.verdict is not Verdict.NOT_MET else why[: max(1, self._against(opinion))]
        return RowPart(title=opinion.reading.title, label=opinion.label, answer=answer(opinion), why=" ".join(deciding))

    def _against(self, opinion: Opinion) -> int:
        """How many elements are not met; ``reasons`` names them first."""
        premises = {p for a in opinion.conclusion[opinion.question].applications for p in a.premises}
        return sum(opinion.on(p) is Verdict.NOT_MET for p in premises)

    def _rows_say(self) -> Iterable[str]:
        groups: dict[bool, list[str]] = {}
        for opinion in self.opinions:
            groups.setdefault(opinion.shown, []).append(f"“{opinion.reading.title}”")
        text = said(self.case, self.first.question)
        if self.rules.instrument.never_enacted:
            never = f"The {self.rules.instrument.short} was never enacted"
            yield f"{never}: what is said on the supposition that it had been is not said as law."
        if len(groups) == 1:
            outcome = "is shown" if True in groups else "is not shown"
            yield f"Under every reading the answer is the same: that {text} {outcome}."
            return
        yield f"That {text} is shown under {listed(groups[True])}, and not shown under {listed(groups[False])}."
        yield "The record is the same under every reading; what differs is what the law is taken to ask."

    # ── Sources ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _sources(self) -> Iterable[SourcePart]:
        """The weightier sources that report none, or say more than one thing: what each found and did not find."""
        for source in self.case.sources:
            items = [e for e in self.case.evidence if e.source == source.id and self.first.item[e.id].is_in]
            levels = [self.first.item[e.id].level or 0 for e in items]
            looked = any(e.found_none for e in items)
            if not items or max(levels) < 4 or not (looked or len(items) > 1):
                continue
            found = [f"{sentence(e.says)} ({e.id})" for e in items if e.supports or (e.contradicts and not e.supports)]
            none = [f"{sentence(e.says)} ({e.id})" for e in items if e.found_none and not e.supports]
            cautions = [f"{sentence(e.says)} ({e.id})" for e in items if (e.doubts or e.undercuts) and not e.bears_on]
            yield SourcePart(name=source.name, found=tuple(found), found_none=tuple(none), cautions=tuple(cautions))

    def _noticed(self) -> Iterable[NoticedPart]:
        for each in self.rules.notice:
            says = sentence(said(self.case, each.holds))
            yield NoticedPart(says=says, cite=cite_part(self.rules, each.cite), note=each.note)

    # ── Questions nearby, assumptions, what was left out ──────────────────────────────────────────────────────────

    def _nearby(self) -> Iterable[NearbyPart]:
        """The rule set's other questions that the same parties allow and that are no element of this one."""
        for form in self.rules.vocabulary.sentences:
            if not form.question or form.says == self.first.question.sentence:
                continue
            if len(form.blanks) != len(self.first.question.parties):
                continue
            parties = self.first.question.parties
            if not all(self.case.kind(p) in form.kinds(b) for b, p in zip(form.blanks, parties, strict=True)):
                continue
            question = Proposition(form.says, parties)
            if any(question in o.conclusion for o in self.opinions):
                continue
            opinions = [decide(self.case, o.reading, question) for o in self.opinions]
            if any(o.conclusion[question].applications for o in opinions):
                answers = tuple(f"{o.reading.title}: {answer(o)}. {' '.join(reasons(o))}" for o in opinions)
                yield NearbyPart(
                    question=sentence(f"whether {said(self.case, question)}"), means=form.means, answers=answers
                )

    def _assumed(self) -> Iterable[str]:
        for assumption in self.case.assume:
            text = (said if assumption.holds else denial)(self.case, assumption.proposition)
            rests = "what rests on it is assumed too, and not shown"
            yield f"{sentence(text)} This is assumed for the sake of argument; {rests}."

    # ── What is cited, exhibits, receipt ───────────────────────────────────────────────────────────────────────────

    def _cites(self) -> Iterable[Citation]:
        for opinion in self.opinions:
            for decided in opinion.decided:
                yield from (self.rules.rule(a.rule).cite for a in decided.applications)
        live = {p.question for p in self.disputes}
        for dispute in self.rules.disputes:
            if dispute.question in live:
                yield from (c for p in dispute.positions for c in p.cite)
        yield from (n.cite for n in self.rules.notice)

    def _receipt(self) -> tuple[tuple[str, str], ...]:
        receipt = self.first.receipt
        twice = all(o.receipt.derived_twice for o in self.opinions)
        derivation = (
            f"twice: backward by the issue tree and forward by durable-rules {receipt.durable_rules}; "
            "they agree on every proposition"
            if twice
            else "once, backward by the issue tree: durable-rules is not installed here, so nothing confirmed it"
        )
        return (
            ("Rule set", f"{self.rules.name}, SHA-256 {receipt.rules}"),
            ("Record", f"{self.case.name}, SHA-256 {receipt.facts}"),
            ("Readings", "; ".join(f"{o.reading.id} ({o.reading.standard})" for o in self.opinions)),
            ("Law as of, record as of", f"{receipt.as_of}, {receipt.known_by}"),
            ("Derived", derivation),
            ("Made by", f"authority {receipt.version}"),
        )
