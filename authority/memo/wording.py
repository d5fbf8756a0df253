"""English for what an opinion says: where an instrument stands, why a proposition does, what is cited."""

from __future__ import annotations

from authority.dates import last_day
from authority.days import in_words, is_day
from authority.engine import Verdict
from authority.facts import FactPattern
from authority.law import Authority, Citation, Instrument, Mark, RuleSet, Tables
from authority.memo.parts import CitePart
from authority.opinion import Opinion
from authority.saying import day, listed
from authority.vocabulary import NOBODY, Proposition
from authority.weighing import Cause


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


def cause(opinion: Opinion, proposition: Proposition) -> str:
    """Why a proposition that is not shown stands where it does, as a clause."""
    causes, verdict = opinion.causes(proposition), opinion.on(proposition)
    if len(causes) == 1 or verdict is not Verdict.UNDETERMINED:
        return _cause(opinion, causes[0], refuted=verdict is Verdict.NOT_MET)
    decided = opinion.conclusion[proposition]
    ways = [a for a in decided.applications if a.verdict is verdict]
    told = [_IN_SHORT.get(c) or _cause(opinion, c, refuted=False) for c in causes]
    points = [f"at {ordinal} {each}" for ordinal, each in zip(_POINTS, told, strict=False)]
    if len(ways) > 1:
        return f"none of the ways to show it succeeds; {listed(points)}"
    return f"more than one point of it is open; {listed(points)}"


_POINTS = ("one point", "another", "a third", "a fourth", "a fifth", "a sixth")
_IN_SHORT = {Cause.NO_EVIDENCE: "there is no evidence", Cause.NOBODY_NAMED: "the record names nobody"}


def _cause(opinion: Opinion, cause: Cause, *, refuted: bool) -> str:
    tables = opinion.case.rules.tables
    clauses = {
        Cause.CONFLICT: "the evidence is in conflict",
        Cause.SHORT: f"what supports it falls short of {opinion.findings.standard.says}",
        Cause.NO_EVIDENCE: "there is no evidence of it",
        Cause.NOBODY_NAMED: "the record names nobody of whom it could be said",
        Cause.NO_RULE: "no rule of this reading leads to it",
        Cause.DEFEATED: "an established exception defeats it",
        Cause.ASSUMED: "it is so assumed",
        Cause.EVIDENCE: f"{tables.standard(tables.refuted_by).says} shows the contrary"
        if refuted
        else "the evidence settles it",
        Cause.NOTICED: "it is judicially noticed",
        Cause.COMPUTED: "the calendar decides it",
        Cause.RULE: "the rule itself settles it",
    }
    return clauses[cause]


def cited(rules: RuleSet, cite: Citation) -> str:
    """A citation as a memo prints it; what was not verified is marked so."""
    target = rules.authority(cite)
    pin = f" {cite.pin}" if cite.pin else ""
    return f"{target.short}{pin}{unverified(target, cite)}"


def unverified(target: Instrument | Authority, cite: Citation) -> str:
    """The mark behind a citation whose words or proposition were not seen, or an empty text."""
    return " [not verified]" if _mark(target, cite) is Mark.MEMORY else ""


def _mark(target: Instrument | Authority, cite: Citation) -> Mark:
    """How what is cited was verified: a section of the instrument may say otherwise than the whole."""
    section = target.section(cite.pin) if isinstance(target, Instrument) else None
    return (section.verified if section else None) or target.verified


def cite_part(rules: RuleSet, cite: Citation) -> CitePart:
    """A citation in short and in full, with its standing and how far it was verified."""
    target = rules.authority(cite)
    full = str(target.citation)
    return CitePart(
        authority=cite.authority, short=target.short, full=full, link=target.citation.link,
        hereinafter="" if full.startswith(target.short) else target.short,
        pin=cite.pin, standing=_stands(target, cite), unverified=bool(unverified(target, cite)),
    )  # fmt: skip


def _stands(target: Instrument | Authority, cite: Citation) -> str:
    """The status of what is cited and how far it was verified, as clauses."""
    says = f"{target.status}; {_mark(target, cite).says}"
    missing = target.unverified if isinstance(target, Authority) else ""
    if not missing:
        return says
    return f"{says}: {missing}" if target.verified is Mark.MEMORY else f"{says}; not verified in it: {missing}"


def graded(tables: Tables, grade: str) -> str:
    """What a grade says: ``completely reliable; confirmed by other sources``."""
    return f"{tables.reliability[grade[0]].says}; {tables.credibility[grade[1]].says}"
