"""What a memo shows in pictures, and the timeline of its question."""

from __future__ import annotations

from collections.abc import Iterator

from authority.chronology import timeline
from authority.memo.parts import Memo
from authority.opinion import Opinion
from authority.pictures import Plan, plan_timeline


def plans(memo: Memo) -> Iterator[Plan]:
    """What the memo shows in pictures, in the order in which they stand in it."""
    found = (
        memo.rows_picture, memo.timeline, *(reading.picture for reading in memo.readings),
        *(powers.picture for powers in memo.depends.powers),
    )  # fmt: skip
    return (plan for plan in found if plan is not None)


def with_timeline(memo: Memo, opinion: Opinion) -> Memo:
    """The memo with the timeline of its question, where any verdict changed on a day."""
    found = timeline(opinion.case, opinion.question)
    turned = any(row.because for row in (*found.record, *found.law))
    return memo.but(timeline=plan_timeline(opinion.case, found)) if turned else memo
