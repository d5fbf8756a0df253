"""English for what an opinion says: sentences, lists, dates, citations. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from authority.dates import last_day
from authority.days import in_words, is_day
from authority.facts import FactPattern
from authority.law import Authority, Citation, Instrument, Mark, RuleSet, Tables
from authority.memo.parts import CitePart
from authority.opinion import Opinion
from authority.vocabulary import NOBODY, Kind, Proposition
from authority.weighing import Cause, natural


def sentence(text: str) -> str:
    """The text with a capital at its head and a stop at its end."""
    text = text.strip()
    head = text[:1].upper() + text[1:]
    return head if head.endswith((".", "?", "!", '."', ".'")) else head + "."


def listed(parts: Sequence[str], word: str = "and") -> str:
    """``a``; ``a and b``; ``a, b and c``; an empty text for nothing."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def number(count: int) -> str:
    """A count as a text writes it: ``three``, ``12``."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[count] if count < len(words) else f"{count:,}"


def day(text: str | None) -> str:
    """A date as a memo writes it: ``28 June 2019``, ``June 2019``, ``2019``; an empty text for none."""
    return in_words(text) if text else ""


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


def said(case: FactPattern, proposition: Proposition) -> str:
    """The proposition in the vocabulary's words; a blank that the record fills with nobody reads "some operation"."""
    return _said(case, proposition, denied=False)


def denial(case: FactPattern, proposition: Proposition) -> str:
    """The proposition in its denied form, as ``said`` words it."""
    return _said(case, proposition, denied=True)


def _said(case: FactPattern, proposition: Proposition, *, denied: bool) -> str:
    form = case.rules.vocabulary[proposition.sentence]
    parties = [
        _some(form.kinds(blank)) if party == NOBODY else in_words(party) if is_day(party) else party
        for blank, party in zip(form.blanks, proposition.parties, strict=True)
    ]
    return form.fill(parties, denied=denied)


def nobody(case: FactPattern, proposition: Proposition) -> str:
    """That the record names nobody of whom a proposition could be said, as a clause."""
    form = case.rules.vocabulary[proposition.sentence]
    empty = next(b for b, party in zip(form.blanks, proposition.parties, strict=True) if party == NOBODY)
    parties = ["it" if p == NOBODY else in_words(p) if is_day(p) else p for p in proposition.parties]
    return f"the record names no {' or '.join(form.kinds(empty))} of which it could be said that {form.fill(parties)}"


def _some(kinds: Sequence[Kind]) -> str:
    return f"some {kinds[0]}" if len(kinds) == 1 else "somebody"


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


def exhibits(ids: Iterable[str]) -> str:
    """Exhibits by their ids, in their order: ``Exhibits E2, E7 and E10``; an empty text for none."""
    found = sorted(set(ids), key=natural)
    if not found:
        return ""
    return f"Exhibit{'s' if len(found) > 1 else ''} {listed(found)}"
