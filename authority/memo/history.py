"""What was officially decided on a record, in the memo's words, beside the answer here."""

from __future__ import annotations

from collections.abc import Iterator

from authority.decided import HeldAgainst, held_against
from authority.facts import FactPattern
from authority.memo.wording import cited
from authority.saying import day, listed, said, sentence


def decisions(case: FactPattern) -> Iterator[str]:
    """Each decision on the case: who decided what, when and why, and what the answer is here as that decider read the
    law, on the record as it stood the day before."""
    for held in held_against(case):
        yield f"{_decided(case, held)} {_answered(case, held)}"


def _decided(case: FactPattern, held: HeldAgainst) -> str:
    decision = held.decision
    cite = f", {cited(case.rules, decision.cite)}" if decision.cite else ""
    asked = "" if held.opinion.question == case.asks else f", on whether {said(case, held.opinion.question)}"
    memory = " [not verified]" if decision.verified == "memory" else ""
    told = sentence(f"{decision.by}, {day(decision.on)}{cite}{asked}: {decision.result}{memory}")
    return f"{told} {sentence(decision.says)}" if decision.says else told


def _answered(case: FactPattern, held: HeldAgainst) -> str:
    decision, opinion = held.decision, held.opinion
    disputes = {d.id: d for d in (*case.rules.disputes, *case.disputes)}
    taken = [
        f"“{disputes[name].question}” with “{disputes[name].position(position).says.rstrip('.')}”"
        for name, position in sorted(decision.positions.items())
    ]
    answering = f", answering {listed(taken)}" if taken else ""
    outcome = f"{'shown' if opinion.shown else 'not shown'} ({opinion.verdict})"
    told = f"As that decider read the law (“{opinion.reading.title}”{answering}), the answer here is: {outcome}."
    if held.agrees:
        return f"{told} It agrees."
    return f"{told} It differs. {sentence(decision.differs)}" if decision.differs else f"{told} It differs."
