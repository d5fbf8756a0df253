"""A fact in the memo: where it stands, the exhibits on either side, and how they were weighed."""

from __future__ import annotations

from authority.memo.parts import FactPart, SidePart, SpokenPart
from authority.memo.wording import cause, graded
from authority.opinion import Opinion
from authority.saying import exhibits, said, sentence
from authority.vocabulary import Proposition, natural
from authority.weighing import Cause, Finding, Status

IN_FULL = 5
"""How many exhibits on one side of a fact are given with what they say; the rest are named."""


def fact(opinion: Opinion, proposition: Proposition) -> FactPart:
    """A fact with its exhibits on either side and how they were weighed."""
    finding = opinion.finding[proposition]
    sides = (
        ("for", finding.supporting), ("against", finding.contradicting), ("reporting none", finding.found_none),
        ("undercut", undercut(opinion, proposition)),
    )  # fmt: skip
    return FactPart(
        sentence=sentence(said(opinion.case, proposition)),
        status=str(finding.status), why=_why(opinion, finding),
        supporting=_named(opinion, finding.supporting),
        contradicting=_named(opinion, finding.contradicting),
        found_none=_named(opinion, finding.found_none),
        undercut=_named(opinion, undercut(opinion, proposition)),
        ids=tuple(f"{side}: {exhibits(ids)}" for side, ids in sides if ids),
        weighing=_weighing(opinion, finding),
    )  # fmt: skip


def undercut(opinion: Opinion, proposition: Proposition) -> tuple[str, ...]:
    """The items that speak to a fact and are undercut."""
    spoken = (e.id for e in opinion.case.evidence if proposition in e.bears_on)
    return tuple(i for i in sorted(spoken, key=natural) if opinion.item[i].undercut_by)


def silent(opinion: Opinion, proposition: Proposition) -> bool:
    """Whether nothing in the record speaks to a fact, on whichever side, and nothing undercut did."""
    finding = opinion.finding[proposition]
    spoken = (*finding.supporting, *finding.contradicting, *finding.found_none, *undercut(opinion, proposition))
    return finding.cause is Cause.NO_EVIDENCE and not spoken


def _why(opinion: Opinion, finding: Finding) -> str:
    """Why a fact stands where it does, where its status alone does not say it."""
    if finding.cause is Cause.NO_EVIDENCE:
        if any(finding.proposition in opinion.case.item[i].supports for i in undercut(opinion, finding.proposition)):
            return "what supported it is undercut"
        spoken = finding.contradicting or finding.found_none
        return "nothing in the record supports it" if spoken else "nothing in the record speaks to it"
    if finding.cause is Cause.COMPUTED:
        return f"{finding.cause}, {finding.reckoning}"
    if finding.status is Status.ESTABLISHED and finding.cause is Cause.EVIDENCE:
        return ""
    return cause(opinion, finding.proposition)


def _named(opinion: Opinion, ids: tuple[str, ...]) -> SidePart:
    """The strongest exhibits with what they say, and the others by name."""
    full = tuple(_spoken(opinion, name) for name in ids[:IN_FULL])
    return SidePart(exhibits=full, also=exhibits(ids[IN_FULL:]))


def _spoken(opinion: Opinion, name: str) -> SpokenPart:
    """An exhibit as it speaks to a fact: what it says, and its weight with what lowers or removes it."""
    weighed = opinion.item[name]
    weight = "not judged" if weighed.unjudged else f"level {weighed.graded_level}"
    if weighed.doubted_by and not weighed.unjudged:
        weight += f", lowered to {weighed.level} by {exhibits(weighed.doubted_by)}"
    if weighed.undercut_by:
        weight += f"; undercut by {exhibits(weighed.undercut_by)}"
    return SpokenPart(
        id=name, says=sentence(opinion.case.item[name].says), grade=weighed.grade,
        grade_says=graded(opinion.case.rules.tables, weighed.grade), weight=weight,
    )  # fmt: skip


def _weighing(opinion: Opinion, finding: Finding) -> str:
    """How the two sides were weighed, and why what stands against does or does not prevail."""
    standard = opinion.findings.standard
    pro, con = finding.strongest_for, finding.strongest_against
    asks = f"{standard.says} asks for level {standard.for_at_least} or higher"
    if standard.ahead_by:
        asks += f", {levels(standard.ahead_by)} above the strongest against"
    looked = " That a source reports none does not show that it is false." if finding.found_none else ""
    if finding.cause in (Cause.NOTICED, Cause.COMPUTED, Cause.ASSUMED, Cause.NOBODY_NAMED):
        return ""
    if finding.status is Status.ESTABLISHED and not finding.contradicting:
        return f"Nothing in the record contradicts it, and the strongest exhibit stands at level {pro}; {asks}.{looked}"
    if finding.status is Status.ESTABLISHED:
        against = f"the strongest against it at {con}" if con else "nothing against it can be judged"
        told = f"the strongest exhibit for it is at level {pro}, {against}"
        return f"What stands against it does not prevail: {told}; {asks}.{looked}"
    if finding.status is Status.REFUTED:
        weak = f"the strongest for it at {pro}" if pro else "and nothing that can be judged speaks for it"
        return f"The strongest exhibit against it is at level {con}, {weak}.{looked}"
    if finding.cause is Cause.CONFLICT:
        told = f"the strongest exhibit for it is at level {pro}, the strongest against it at {con}"
        return f"Neither side prevails: {told}; {asks}.{looked}"
    if finding.cause is Cause.NO_EVIDENCE:
        return (
            f"{'What speaks against it is not enough to refute it.' if finding.contradicting else ''}{looked}".strip()
        )
    best = f"the strongest exhibit for it is at level {pro}" if pro else "nothing that speaks for it can be judged"
    return sentence(f"{best}; {asks}") + looked


def levels(number: int) -> str:
    """So many levels, in words."""
    return "one level" if number == 1 else f"{number} levels"
