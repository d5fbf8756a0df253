"""English for what an opinion says: where an instrument stands, why a proposition does, what is cited."""

from __future__ import annotations

from collections.abc import Sequence

from authority.dates import last_day
from authority.days import in_words, is_day
from authority.facts import FactPattern
from authority.law import Authority, Citation, Instrument, Mark, RuleSet
from authority.opinion import Opinion
from authority.saying import day, denial, exhibits, listed, number, said, sentence
from authority.vocabulary import NOBODY, Proposition
from authority.weighing import Cause

__all__ = [
    "cause", "cited", "day", "denial", "exhibits", "listed", "nobody", "number", "said", "sentence", "standing",
    "unverified",
]  # fmt: skip


def standing(instrument: Instrument, as_of: str) -> str:
    """Where an instrument stands on a day: in force, not yet, no longer, or never enacted."""
    on, law_day = day(as_of), last_day(as_of)
    if instrument.never_enacted:
        return "never enacted"
    if instrument.from_ and law_day < last_day(instrument.from_):
        return f"not yet in force on {on}"
    if instrument.until and law_day >= last_day(instrument.until):
        return f"no longer in force on {on}"
    if instrument.until:
        return f"in force on {on}, and no longer from {day(instrument.until)}"
    return f"{instrument.status} on {on}"


def nobody(case: FactPattern, proposition: Proposition) -> str:
    """That the record names nobody of whom a proposition could be said, as a clause."""
    form = case.rules.vocabulary[proposition.sentence]
    empty = next(b for b, party in zip(form.blanks, proposition.parties, strict=True) if party == NOBODY)
    parties = ["it" if p == NOBODY else in_words(p) if is_day(p) else p for p in proposition.parties]
    return f"the record names no {' or '.join(form.kinds(empty))} of which it could be said that {form.fill(parties)}"


def cause(opinion: Opinion, causes: Sequence[Cause], refuted: bool) -> str:
    """Why a proposition that is not shown stands where it does, as a clause."""
    standard = opinion.findings.standard.says
    refuter = opinion.case.rules.tables.standard(opinion.case.rules.tables.refuted_by).says
    clauses = {
        Cause.CONFLICT: "the evidence is in conflict",
        Cause.SHORT: f"the evidence for it falls short of {standard}",
        Cause.NO_EVIDENCE: "there is no evidence of it",
        Cause.NOBODY_NAMED: "the record names nobody of whom it could be said",
        Cause.NO_RULE: "no rule of this reading leads to it",
        Cause.DEFEATED: "an established exception defeats it",
        Cause.ASSUMED: "it is so assumed",
        Cause.EVIDENCE: f"{refuter} shows the contrary" if refuted else "the evidence settles it",
        Cause.NOTICED: "it is judicially noticed",
        Cause.COMPUTED: "the calendar decides it",
        Cause.RULE: "the rule itself settles it",
    }
    short = {
        Cause.CONFLICT: "the evidence is in conflict",
        Cause.SHORT: f"the evidence falls short of {standard}",
        Cause.NO_EVIDENCE: "there is none",
        Cause.NOBODY_NAMED: "the record names nobody",
    }
    if len(causes) == 1 or refuted:
        return clauses[causes[0]]
    told = [short.get(c, clauses[c]) for c in causes]
    if causes[0] is Cause.NO_EVIDENCE:
        told[0] = "there is no evidence"
    return f"none of the ways to show it succeeds, for {listed(told, 'or')}"


def cited(rules: RuleSet, cite: Citation) -> str:
    """A citation as a memo prints it; what was not verified is marked so."""
    target = rules.authority(cite)
    pin = f" {cite.pin}" if cite.pin else ""
    return f"{target.short}{pin}{unverified(target, cite)}"


def unverified(target: Instrument | Authority, cite: Citation) -> str:
    """The mark behind a citation whose words or proposition were not seen, or an empty text."""
    mark: Mark | None = target.verified
    if isinstance(target, Instrument):
        section = target.section(cite.pin)
        mark = (section.verified if section else None) or mark
    return " [not verified]" if mark is Mark.MEMORY else ""


