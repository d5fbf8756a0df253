"""Why a proposition stands where it does, in a sentence: the causes, and the exhibits that decide it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from authority.engine import Verdict
from authority.memo.wording import cause, nobody
from authority.opinion import Opinion
from authority.saying import day, denial, exhibits, listed, said, sentence
from authority.vocabulary import BLANK, NOBODY, Proposition
from authority.weighing import Cause

ANSWERS = {
    Verdict.MET: "Shown", Verdict.NOT_MET: "Not shown (not met)", Verdict.UNDETERMINED: "Not shown (undetermined)",
}  # fmt: skip
"""Each verdict on a question in a few words: a proponent who has not carried it has not shown it."""


def answer(opinion: Opinion) -> str:
    """The verdict on the question in a few words."""
    words = ANSWERS[opinion.verdict]
    return f"{words}, on what is assumed" if opinion.rests_on_assumptions else words


def reasons(opinion: Opinion) -> tuple[str, ...]:
    """Why the question stands as it does: the elements that decide it, one sentence each."""
    decided = opinion.conclusion[opinion.question]
    if not decided.applications:
        return (no_rule(opinion, opinion.question),)
    premises = tuple(dict.fromkeys(p for a in decided.applications for p in a.premises))
    if decided.verdict is Verdict.MET:
        told = [p for p in premises if opinion.on(p) is Verdict.MET and Cause.RULE not in opinion.causes(p)]
        return tuple(reason(opinion, p) for p in told or premises)
    against = [p for p in premises if opinion.on(p) is Verdict.NOT_MET]
    undecided = [p for p in premises if opinion.on(p) is Verdict.UNDETERMINED]
    return (*(reason(opinion, p) for p in against), *_undecided(opinion, undecided))


def _undecided(opinion: Opinion, elements: Sequence[Proposition]) -> Iterator[str]:
    """Why elements stay open: those of which there is no evidence in one sentence, every other in its own."""
    silent = [p for p in elements if NOBODY not in p.parties and opinion.causes(p) == (Cause.NO_EVIDENCE,)]
    for element in elements:
        if element not in silent or len(silent) == 1:
            yield reason(opinion, element)
        elif element == silent[0]:
            whether = listed([f"whether {said(opinion.case, p)}" for p in silent])
            yield sentence(f"for want of any evidence it is undetermined {whether}")


def reason(opinion: Opinion, proposition: Proposition) -> str:
    """One sentence on an element: where it stands, why, and on which exhibits."""
    verdict = opinion.on(proposition)
    text = said(opinion.case, proposition)
    if NOBODY in proposition.parties:
        return sentence(nobody(opinion.case, proposition))
    finding = opinion.finding.get(proposition)
    if finding and finding.cause is Cause.COMPUTED:
        told = text if verdict is Verdict.MET else denial(opinion.case, proposition)
        return sentence(f"{told}: {finding.reckoning}")
    held = [exhibits(deciding(opinion, proposition, verdict)), *by_calendar(opinion, proposition, verdict)]
    named = f" ({'; '.join(h for h in held if h)})" if any(held) else ""
    causes = opinion.causes(proposition)
    if verdict is Verdict.MET:
        return sentence(f"on what is assumed, {text}{named}" if Cause.ASSUMED in causes else f"{text}{named}")
    why = cause(opinion, proposition)
    if verdict is Verdict.NOT_MET:
        if Cause.NO_RULE in causes:
            return no_rule(opinion, proposition)
        return sentence(f"it is not shown that {text}: {why}{named}")
    if causes == (Cause.NOBODY_NAMED,):
        return sentence(f"whether {text} cannot be judged: {_nobody(opinion, proposition)}")
    return sentence(f"whether {text} is undetermined: {why}{named}")


def no_rule(opinion: Opinion, proposition: Proposition) -> str:
    """What to say where no rule of the reading leads to a conclusion."""
    text = said(opinion.case, proposition)
    decided = opinion.conclusion[proposition]
    if decided.applications:
        lacking = [p for a in decided.applications for p in a.premises if opinion.on(p) is Verdict.NOT_MET]
        told = listed([f"that {said(opinion.case, p)}" for p in dict.fromkeys(lacking)], "or")
        return sentence(f"it is not shown that {text}, since it is not shown {told}")
    rules = [r for r in opinion.case.rules.rules if r.then.sentence == proposition.sentence]
    reading, instrument = opinion.reading, opinion.case.rules.instrument
    if not opinion.case.rules.holds(reading, opinion.case.law_day):
        if instrument.never_enacted:
            return sentence(f"the {instrument.short} was never enacted, and nothing follows from it as law")
        return sentence(f"the {instrument.short} was not in force on {day(opinion.case.as_of)}")
    if opinion.case.rules.vocabulary[proposition.sentence].question and not reading.does_answer(proposition.sentence):
        asks = listed([f"whether {_generic(a)}" for a in reading.answers])
        return sentence(f"this reading answers another question, {asks}; it has no rule by which {text}")
    narrower = [r for r in rules if r.in_force(reading, opinion.case.law_day)]
    if narrower:
        kinds = dict.fromkeys(
            str(k)
            for r in narrower
            for v in r.then.variables
            for k in sorted(opinion.case.rules.kinds(r, v, (r.then, *r.premises)))
        )
        party = listed(
            [
                f"{p} is entered as {a_kind(str(opinion.case.kind_of[p]))}"
                for p in proposition.parties
                if p in opinion.case.kind_of
            ]
        )
        return sentence(
            f"no rule of this reading lets it be said that {text}: its rule is for "
            f"{listed([a_kind(k) for k in kinds], 'or')}, and {party}"
        )
    return sentence(f"no rule of this reading lets it be said that {text}")


def _generic(template: str) -> str:
    """A sentence of the vocabulary with its blanks read as anybody: ``detention of a person is authorized``."""
    return BLANK.sub(lambda blank: a_kind(blank[1]), template)


def a_kind(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _nobody(opinion: Opinion, proposition: Proposition) -> str:
    unnamed = [f for f in opinion.beneath(proposition) if NOBODY in f.parties]
    return nobody(opinion.case, unnamed[0]) if unnamed else "the record names nobody of whom it could be said"


def by_calendar(opinion: Opinion, proposition: Proposition, verdict: Verdict) -> list[str]:
    """How the calendar decides what it decides of the facts that carry a verdict, a clause for each."""
    decided = opinion.conclusion.get(proposition)
    if decided is None:
        reckoning = opinion.finding[proposition].reckoning
        return [reckoning] if reckoning else []
    below = [p for a in decided.applications if a.verdict is verdict for p in a.premises if opinion.on(p) is verdict]
    return list(dict.fromkeys(says for p in below for says in by_calendar(opinion, p, verdict)))


def deciding(opinion: Opinion, proposition: Proposition, verdict: Verdict) -> list[str]:
    """The exhibits that carry a verdict: the strongest on the deciding side of the facts that decide it."""
    decided = opinion.conclusion.get(proposition)
    if decided is None:
        finding = opinion.finding[proposition]
        side = finding.supporting if verdict is Verdict.MET else finding.contradicting
        if verdict is Verdict.UNDETERMINED:
            side = (
                (*finding.supporting, *finding.contradicting) if finding.cause is Cause.CONFLICT else finding.supporting
            )
        levels = {i: opinion.item[i].level or 0 for i in side}
        best = max(levels.values(), default=0)
        return [i for i, level in levels.items() if level == best and best]
    below = [p for a in decided.applications if a.verdict is verdict for p in a.premises if opinion.on(p) is verdict]
    return [i for p in dict.fromkeys(below) for i in deciding(opinion, p, verdict)]
