"""From opinions to the memo: every part of it, in the order in which a lawyer reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from authority.engine import Verdict
from authority.facts import Evidence
from authority.law import Citation, Mark, Rule
from authority.memo.authorities import table_of_authorities
from authority.memo.depending import depends_on
from authority.memo.discussion import discuss
from authority.memo.elsewhere import other_law
from authority.memo.findings import fact, levels
from authority.memo.history import decisions
from authority.memo.parts import (
    DisputePart,
    ExhibitPart,
    Memo,
    NearbyPart,
    PositionPart,
    RowPart,
    SourcePart,
)
from authority.memo.reasons import answer, reasons
from authority.memo.wording import cited, day, denial, exhibits, listed, one_or_more, said, sentence, standing
from authority.opinion import Opinion, decide
from authority.raised import Raised
from authority.receipt import made_from
from authority.vocabulary import Proposition, natural
from authority.weighing import Cause, Status

BANNER = (
    "This memorandum says what follows from a set of rules and a record of evidence. It is not legal advice, and it "
    "tells nobody to use force. What is asserted is not thereby proved, and where there is no evidence of a thing that "
    "does not show the thing to be false."
)


def compose(opinion: Opinion, raised: Iterable[Raised] = ()) -> Memo:
    """The memo on the opinion's question: its reading first, then every other reading of the rule set. ``raised`` is
    the other law that it is to name."""
    return _Composer(opinion, tuple(raised)).memo()


class _Composer:
    def __init__(self, first: Opinion, raised: tuple[Raised, ...]) -> None:
        self.first, self.case, self.rules, self.raised = first, first.case, first.case.rules, raised
        others = [r for r in self.rules.readings if r.id != first.reading.id]
        self.opinions = (first, *(decide(self.case, r, first.question) for r in others))

    def memo(self) -> Memo:
        first, case, rules = self.first, self.case, self.rules
        told = [f for f in first.findings.facts if f.cause not in (Cause.NOTICED, Cause.NOBODY_NAMED)]
        of_itself = (Cause.ASSUMED, Cause.COMPUTED)
        told = [f for f in told if f.cause in of_itself or any(f.proposition in e.bears_on for e in case.evidence)]
        by_status = {s: tuple(fact(first, f.proposition) for f in told if f.status is s) for s in Status}
        return Memo(
            title="Memorandum",
            heading=self._heading(), banner=BANNER, question=self._question(), brief=self._brief(), why=reasons(first),
            rows=tuple(self._row(o) for o in self.opinions), rows_say=tuple(self._rows_say()),
            disputes=tuple(self._disputes()), about=case.about, sources=tuple(self._sources()),
            established=by_status[Status.ESTABLISHED], refuted=by_status[Status.REFUTED],
            unresolved=by_status[Status.UNRESOLVED],
            facts_under=f"“{first.reading.title}”, by {first.findings.standard.says}",
            noticed=tuple(f"{sentence(said(case, n.holds))} ({cited(rules, n.cite)}.) {n.note}" for n in rules.notice),
            readings=tuple(discuss(o, self.opinions[:i]) for i, o in enumerate(self.opinions)),
            nearby=tuple(self._nearby()), decided=tuple(decisions(case)),
            other_law=tuple(other_law(first, self.raised)),
            depends=depends_on(self.opinions), assumed=tuple(self._assumed()),
            unjudged=tuple(self._unjudged()), lowered=tuple(self._lowered()), left_out=tuple(self._left_out()),
            tables=self._tables(), does_not_decide=rules.instrument.does_not_decide,
            authorities=tuple(table_of_authorities(case, self._cites())),
            evidence=tuple(self._exhibit(e) for e in sorted(case.evidence, key=lambda e: natural(e.id))),
            receipt=self._receipt(), answers=tuple(self._as_data()), made_from=made_from(case),
        )  # fmt: skip

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

    def _brief(self) -> str:
        if not (self.rules.instrument.never_enacted and self.first.reading.supposes_enactment):
            return self._answer()
        never = f"The {self.rules.instrument.short} was never enacted, and nothing follows from it as law."
        return f"{never} On the supposition that it had been: {self._answer()}"

    def _answer(self) -> str:
        first = self.first
        text = said(self.case, first.question)
        under = f"under “{first.reading.title}”, by {first.findings.standard.says}"
        if first.question in {a.proposition for a in self.case.assume}:
            return f"It is assumed, not shown, that {text if first.shown else denial(self.case, first.question)}."
        rests = " This rests on what is assumed above." if first.rests_on_assumptions else ""
        if first.shown:
            return f"Yes, {under}: it is shown that {text}.{rests}"
        if first.verdict is Verdict.UNDETERMINED:
            return f"Undetermined, and so not shown: {under}, it stays open whether {text}.{rests}"
        return f"No. {sentence(under)[:-1]}, it is not shown that {text}: a condition of it is not met.{rests}"

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

    def _disputes(self) -> Iterable[DisputePart]:
        """The disputes on which the readings part ways and that some rule for this question turns on."""
        live = {s.dispute for o in self.opinions for r in self._rules_near(o) for s in r.under}
        for dispute in (*self.rules.disputes, *self.case.disputes):
            taken = {o.reading.id: o.reading.positions.get(dispute.id) for o in self.opinions}
            if dispute.id not in live or len(set(taken.values())) < 2:
                continue
            positions = []
            for position in dispute.positions:
                titles = [f"“{o.reading.title}”" for o in self.opinions if taken[o.reading.id] == position.id]
                stating = [e.id for e in self.case.evidence if e.position and e.position == (dispute.id, position.id)]
                positions.append(
                    PositionPart(
                        says=position.says, held_by=listed(position.held_by),
                        cites="; ".join(cited(self.rules, c) for c in position.cite), readings=listed(titles),
                        exhibits=exhibits(stating),
                    )
                )  # fmt: skip
            yield DisputePart(question=dispute.question, positions=tuple(positions))

    def _rules_near(self, opinion: Opinion) -> Iterable[Rule]:
        """The rules that bear on the question under some reading: those that conclude a sentence it turns on."""
        sentences = {opinion.question.sentence}
        while True:
            more = {
                p.sentence for r in self.rules.rules if r.then.sentence in sentences for p in (*r.premises, *r.unless)
            }
            if more <= sentences:
                break
            sentences |= more
        return [r for r in self.rules.rules if r.then.sentence in sentences]

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

    def _unjudged(self) -> Iterable[str]:
        ids = [i.id for i in self.first.findings.items if i.is_in and i.unjudged]
        if ids:
            yield (
                f"{exhibits(ids)} cannot be judged (graded F or 6). What cannot be judged meets a scintilla and no "
                "higher standard, in any number; it is not taken to be false."
            )
        undated = [e.id for e in self.case.evidence if not e.published and not e.date]
        if undated:
            is_undated = one_or_more(undated, "is undated", "are undated")
            yield f"{exhibits(undated)} {is_undated} in the record, and taken to have been known."
        memory = [e.id for e in self.case.evidence if e.verified is Mark.MEMORY]
        if memory:
            was_entered = one_or_more(memory, "was entered", "were entered")
            yield f"{exhibits(memory)} {was_entered} from memory, and not verified in a source."

    def _lowered(self) -> Iterable[str]:
        """What became of exhibits that others attack, and of those that hedge; of several alike, together."""
        undercut: dict[str, list[str]] = {}
        doubted: dict[tuple[str, int | None, int | None], list[str]] = {}
        hedged: dict[str | None, list[str]] = {}
        for item in self.first.findings.items:
            if item.undercut_by:
                undercut.setdefault(exhibits(item.undercut_by), []).append(item.id)
            elif item.doubted_by and item.is_in and item.level != item.graded_level:
                doubted.setdefault((exhibits(item.doubted_by), item.graded_level, item.level), []).append(item.id)
            if item.hedged:
                hedged.setdefault(self.case.item[item.id].hedge, []).append(item.id)
        for by, ids in undercut.items():
            yield f"{exhibits(ids)} {one_or_more(ids, 'is', 'are')} undercut by {by}, and without weight."
        for (by, graded, level), ids in doubted.items():
            is_doubted, falls = one_or_more(ids, "is doubted", "are doubted"), one_or_more(ids, "falls", "fall")
            yield f"{exhibits(ids)} {is_doubted} by {by}, and {falls} from level {graded} to {level}."
        for hedge, ids in hedged.items():
            hedges = one_or_more(ids, "hedges what it says", "hedge what they say")
            yield f"{exhibits(ids)} {hedges} (“{hedge}”), which caps {one_or_more(ids, 'its', 'their')} credibility."

    def _left_out(self) -> Iterable[str]:
        """Which exhibits did not come into the scales, a sentence for each cause."""
        groups: dict[str, list[str]] = {}
        for item in self.first.findings.items:
            if item.out and item.out != "undercut":
                groups.setdefault(item.out, []).append(item.id)
        for why, ids in groups.items():
            told = {
                "bears on no fact": ("bears on no fact", "bear on no fact"),
                "a statement of law": ("states law and no fact", "state law and no fact"),
            }.get(why) or (f"was {why}", f"were {why}")
            yield f"{exhibits(ids)} {one_or_more(ids, *told)}.".replace(self.case.known_by, day(self.case.known_by))

    def _tables(self) -> tuple[str, ...]:
        tables, standard = self.rules.tables, self.first.findings.standard
        thresholds = f"level {standard.for_at_least} or higher"
        if standard.ahead_by:
            thresholds += f", and {levels(standard.ahead_by)} above the strongest exhibit against"
        if standard.against_at_most is not None:
            thresholds += f", and nothing against above level {standard.against_at_most}"
        return (
            f"By {standard.says} a fact is established when the strongest exhibit for it stands at {thresholds}.",
            tables.standards_source, tables.grades_source, (self.first.reading.grading or tables.grading).source,
        )  # fmt: skip

    # ── What is cited, exhibits, receipt ───────────────────────────────────────────────────────────────────────────

    def _cites(self) -> Iterable[Citation]:
        for opinion in self.opinions:
            for decided in opinion.decided:
                yield from (self.rules.rule(a.rule).cite for a in decided.applications)
        live = {p.question for p in self._disputes()}
        for dispute in self.rules.disputes:
            if dispute.question in live:
                yield from (c for p in dispute.positions for c in p.cite)
        yield from (n.cite for n in self.rules.notice)

    def _exhibit(self, item: Evidence) -> ExhibitPart:
        weighed, source = self.first.item[item.id], self.case.source_of[item.source]
        tables = self.rules.tables
        reliability, credibility = tables.reliability[weighed.grade[0]].says, tables.credibility[weighed.grade[1]].says
        level = "not judged" if weighed.unjudged else f"level {weighed.level}"
        treatment = weighed.out or ("in" if item.bears_on or item.doubts or item.undercuts else "")
        if weighed.undercut_by:
            treatment = f"undercut by {exhibits(weighed.undercut_by)}"
        elif weighed.doubted_by and weighed.is_in:
            treatment = f"in; doubted by {exhibits(weighed.doubted_by)}"
        return ExhibitPart(
            id=item.id, says=sentence(item.says), source=source.name, when=day(item.published or item.date),
            grade=weighed.grade, grade_says=f"{reliability}; {credibility}", level=level, treatment=treatment,
            bears_on=tuple(sentence(b) for b in self._bearing(item)), cite=item.cite, url=source.url, note=item.note,
            unverified=item.verified is Mark.MEMORY,
        )  # fmt: skip

    def _bearing(self, item: Evidence) -> Iterable[str]:
        sides: Mapping[str, tuple[Proposition, ...]] = {
            "For": item.supports, "Against": item.contradicts, "Reports none": item.found_none,
        }  # fmt: skip
        for side, facts in sides.items():
            for each in facts:
                yield f"{side}: {said(self.case, each)}"
        if item.undercuts:
            yield f"Undercuts {listed(item.undercuts)}"
        if item.doubts:
            yield f"Doubts {listed(item.doubts)}"
        if item.position:
            dispute = next(d for d in (*self.rules.disputes, *self.case.disputes) if d.id == item.position.dispute)
            yield f"States law: {dispute.question} {dispute.position(item.position.position).says}"
        if item.bears_on_nothing:
            yield f"No fact. {item.bears_on_nothing}"

    def _as_data(self) -> Iterable[dict[str, Any]]:
        """Each opinion as data; what all were made from stands once beside them."""
        for opinion in self.opinions:
            yield {key: value for key, value in opinion.as_data().items() if key != "made_from"}

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
