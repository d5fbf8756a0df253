"""The brief answer to a question: yes, no, or undetermined, under which reading and by which standard."""

from __future__ import annotations

from authority.engine import Verdict
from authority.law import Reading, RuleSet
from authority.opinion import Opinion
from authority.saying import denial, said

ANSWERS = {
    Verdict.MET: "Yes, {under}: it is shown that {text}.{rests}",
    Verdict.UNDETERMINED: "Undetermined, and so not shown: {under}, it stays open whether {text}.{rests}",
    Verdict.NOT_MET: "No. {Under}, it is not shown that {text}: a condition of it is not met.{rests}",
}
"""The answer of each verdict; ``{Under}`` is ``{under}`` with a capital."""

ASSUMED = "It is assumed, not shown, that {text}."
UNDER = "under “{reading}”, by {standard}"
RESTS = " This rests on what is assumed above."


def brief(opinion: Opinion) -> str:
    """The brief answer; of what was never enacted, only on the supposition that it had been, which it says first."""
    return supposing(opinion.case.rules, opinion.reading) + _answer(opinion)


def supposing(rules: RuleSet, reading: Reading) -> str:
    """What stands before an answer that supposes an enactment that never was; an empty text where none does."""
    if not (rules.instrument.never_enacted and reading.supposes_enactment):
        return ""
    never = f"The {rules.instrument.short} was never enacted, and nothing follows from it as law."
    return f"{never} On the supposition that it had been: "


def assumed(opinion: Opinion) -> str:
    """The answer where the question itself is assumed, or an empty text."""
    holds = {a.proposition: a.holds for a in opinion.case.assume}.get(opinion.question)
    if holds is None:
        return ""
    return ASSUMED.format(text=(said if holds else denial)(opinion.case, opinion.question))


def _answer(opinion: Opinion) -> str:
    under = UNDER.format(reading=opinion.reading.title, standard=opinion.findings.standard.says)
    return assumed(opinion) or ANSWERS[opinion.verdict].format(
        under=under, Under=under[:1].upper() + under[1:], text=said(opinion.case, opinion.question),
        rests=RESTS if opinion.rests_on_assumptions else "",
    )  # fmt: skip
