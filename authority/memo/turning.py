"""What an answer turns on: the exhibits that carry it where it is shown, and those in its way where it is not."""

from __future__ import annotations

from collections.abc import Iterable

from authority.engine import Verdict
from authority.facts import Evidence
from authority.memo.reasons import deciding
from authority.memo.wording import exhibits, said, sentence
from authority.opinion import Opinion, decide
from authority.vocabulary import Proposition
from authority.weighing import Cause, Finding, meets


def turns_on(opinion: Opinion) -> Iterable[str]:
    """What the answer turns on: the exhibits that carry it where it is shown, those in its way where it is not."""
    yield from _carried(opinion) if opinion.shown else _in_the_way(opinion)


def _in_the_way(opinion: Opinion) -> Iterable[str]:
    """For each element that is not met: the exhibits that decide it, and what would be without them."""
    decided = opinion.conclusion[opinion.question]
    against = [p for a in decided.applications for p in a.premises if opinion.on(p) is Verdict.NOT_MET]
    for element in dict.fromkeys(against):
        ids = deciding(opinion, element, Verdict.NOT_MET)
        if not ids:
            continue
        left = _without(opinion, [opinion.case.item[i] for i in ids])
        then, text = left.on(element), said(opinion.case, element)
        one = len(ids) == 1
        outcome = f"{'still' if left.shown == opinion.shown else 'then'} {'' if left.shown else 'not '}be shown"
        yield (
            f"{exhibits(ids)} {'decides' if one else 'decide'} that it is not shown that {text}. Were what "
            f"{'it says' if one else 'they say'} set aside, that would be {then}, and the question would {outcome}."
        )


def _carried(opinion: Opinion) -> Iterable[str]:
    """The facts that carry a shown question, the exhibits each rests on, and what would undo it."""
    for each in _carrying(opinion, opinion.question):
        finding = opinion.finding[each]
        alone = [i for i in finding.supporting if _alone(opinion, i, finding)]
        if alone and finding.cause is Cause.EVIDENCE:
            enough = "is enough by itself" if len(alone) == 1 else "are each enough by themselves"
            yield f"{sentence(said(opinion.case, each))} {exhibits(alone)} {enough}."
    relevant = [opinion.case.item[i] for i in opinion.evidence(opinion.question)["for"]]
    needed = [e.id for e in relevant if not _without(opinion, [e]).shown]
    if needed:
        any_one = "any one of " if len(needed) > 1 else ""
        yield f"Without {any_one}{exhibits(needed)} it would no longer be shown."
    elif relevant:
        yield "No single exhibit's loss would undo it."
    origins: dict[str, list[Evidence]] = {}
    for item in opinion.case.evidence:
        origins.setdefault(opinion.case.origin(item), []).append(item)
    wanted = {opinion.case.origin(e) for e in relevant}
    for origin, items in sorted(origins.items()):
        if origin in wanted and len(items) > 1 and not _without(opinion, items).shown:
            name = opinion.case.source_of[origin].name if origin in opinion.case.source_of else origin
            held = exhibits(e.id for e in items if e in relevant)
            then = "were everything from there set aside, it would no longer be shown"
            yield f"{held} come from one origin (“{name}”): {then}."


def _carrying(opinion: Opinion, proposition: Proposition) -> list[Proposition]:
    """The facts through which a met proposition is met."""
    decided = opinion.conclusion.get(proposition)
    if decided is None:
        return [proposition]
    met = [a for a in decided.applications if a.verdict is Verdict.MET]
    below = dict.fromkeys(p for a in met for p in a.premises if opinion.on(p) is Verdict.MET)
    return list(dict.fromkeys(f for p in below for f in _carrying(opinion, p)))


def _alone(opinion: Opinion, name: str, finding: Finding) -> bool:
    item = opinion.item[name]
    return meets(opinion.findings.standard, item.level or 0, finding.strongest_against, item.unjudged)


def _without(opinion: Opinion, items: list[Evidence]) -> Opinion:
    """The opinion as it would be with these items out, as though they had never been there."""
    gone = {e.id for e in items}
    left = tuple(_detached(e, gone) for e in opinion.case.evidence if e.id not in gone)
    return decide(opinion.case.but(evidence=left), opinion.reading, opinion.question)


def _detached(item: Evidence, gone: set[str]) -> Evidence:
    """The item with its attacks on items that are gone left out."""
    if not gone & {*item.undercuts, *item.doubts}:
        return item
    undercuts = tuple(i for i in item.undercuts if i not in gone)
    return item.but(undercuts=undercuts, doubts=tuple(i for i in item.doubts if i not in gone))
