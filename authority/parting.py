"""Where an opinion and what was expected of it part: the first step that is not as it would have to be."""

from __future__ import annotations

from collections.abc import Iterator

from authority.deriving import Applied
from authority.engine import Verdict
from authority.opinion import Opinion
from authority.vocabulary import Proposition
from authority.weighing import Cause


def parting(found: Opinion, shown: bool) -> str:
    """What was expected, what was found, and the step where they part, in words; an empty text where they do not.

    Where it should have been shown, the step leads from the question, by the rule that lacks least, to the first
    element that is not met, its cause and its exhibits. Where it should not, it names what the first rule rests on that
    shows it.
    """
    if found.shown is shown:
        return ""
    lines = [
        f"{found.question}, under {found.reading.id} ({found.receipt.standard}), as of {found.receipt.as_of}",
        f"  expected: {'shown' if shown else 'not shown'}",
        f"  found: {'shown' if found.shown else 'not shown'}, since it is {_stands(found, found.question)}",
        "  where they part:",
    ]
    steps = _lacking(found, found.question) if shown else _showing(found, found.question)
    return "\n".join([*lines, *(f"    {step}" for step in steps)])


def told(found: Opinion, proposition: Proposition) -> str:
    """A proposition, where it stands in an opinion and why, and what speaks to it."""
    speaking = "; ".join(_speaking(found, proposition)) or "no exhibit speaks to it"
    return f"{proposition}: {_stands(found, proposition)}; {speaking}"


def _lacking(found: Opinion, proposition: Proposition) -> Iterator[str]:
    """From a proposition that is not met down to the first element that keeps it from being so."""
    decided = found.conclusion.get(proposition)
    if decided is None or not decided.applications:
        yield told(found, proposition)
        return
    if decided.cause is Cause.ASSUMED:
        yield f"{proposition}: {_stands(found, proposition)}"
        return
    nearest = min(decided.applications, key=lambda each: _wanting(found, each))
    unmet = [p for p in nearest.premises if found.on(p) is not Verdict.MET]
    if nearest.verdict is Verdict.NOT_MET and nearest.defeated_by:
        yield f"by the rule {nearest.rule}, defeated by its exception:"
        yield f"  {told(found, nearest.defeated_by[0])}"
    elif not unmet:  # it holds of everybody, and of somebody not named nothing is shown
        yield f"by the rule {nearest.rule}: {_stands(found, proposition)}"
    else:
        every = found.case.rules.rule(nearest.rule).body == "all"
        first = unmet[0] if every else min(unmet, key=lambda p: _want(found, p))
        yield f"by the rule {nearest.rule}, which lacks:"
        if first in found.conclusion:
            yield f"  {first}: {_stands(found, first)}"
        yield from (f"  {step}" for step in _lacking(found, first))


def _want(found: Opinion, proposition: Proposition) -> int:
    """How much a proposition lacks: one for each fact that exhibits or the calendar speak to, two for each that none
    does."""
    if found.on(proposition) is Verdict.MET:
        return 0
    decided = found.conclusion.get(proposition)
    if decided is None or not decided.applications:
        return 1 if _speaking(found, proposition) else 2
    return min(_wanting(found, each) for each in decided.applications)


def _wanting(found: Opinion, application: Applied) -> int:
    """How much an application of a rule lacks: what its premises do, those that it needs; and what defeats it."""
    rule = found.case.rules.rule(application.rule)
    wants = sorted(_want(found, p) for p in application.premises)
    needed = {"all": len(wants), "any": 1, "at_least": rule.count}[rule.body]
    return sum(wants[:needed]) + len(application.defeated_by)


def _showing(found: Opinion, proposition: Proposition) -> Iterator[str]:
    """What the first rule that shows a conclusion rests on."""
    decided = found.conclusion[proposition]
    met = next((each for each in decided.applications if each.verdict is Verdict.MET), None)
    if met is None:  # it is assumed
        yield f"{proposition}: {_stands(found, proposition)}"
        return
    yield f"by the rule {met.rule}, which would have to fail in one of these, or be defeated:"
    yield from (f"  {told(found, each)}" for each in met.premises if found.on(each) is Verdict.MET)
    raised = (each for each in met.exceptions if any(found.evidence(each).values()))
    yield from (f"  unless {told(found, each)}" for each in raised)


def _stands(found: Opinion, proposition: Proposition) -> str:
    """Its verdict or its finding, and why."""
    decided = found.conclusion.get(proposition)
    where = decided.verdict if decided else found.finding[proposition].status
    return f"{where} ({', '.join(found.causes(proposition))})"


def _speaking(found: Opinion, proposition: Proposition) -> list[str]:
    """The exhibits on either side of a proposition, and how the calendar decides what it turns on."""
    sides = found.evidence(proposition)
    exhibits = [f"{side} it {', '.join(sides[side])}" for side in ("for", "against") if sides[side]]
    return [*exhibits, *found.reckoned(proposition)]
