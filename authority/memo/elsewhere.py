"""The other law that the facts of a case raise, in the memo's words: what it asks, and why, and no answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from authority.memo.parts import OtherLawPart, RaisedPart
from authority.memo.wording import standing
from authority.opinion import Opinion
from authority.raised import Ground, Raised
from authority.saying import exhibits, listed, said, sentence


def other_law(opinion: Opinion, raised: Iterable[Raised]) -> Iterator[OtherLawPart]:
    """Each instrument under which the facts raise a question, with its questions and what raises them."""
    for _, those in groupby(raised, key=lambda each: each.rules):
        same = list(those)
        instrument = same[0].instrument
        yield OtherLawPart(
            title=instrument.title, citation=str(instrument.citation),
            standing=standing(instrument, opinion.case.as_of),
            questions=tuple(
                RaisedPart(asks=sentence(f"whether {each.question}"), because=tuple(_because(opinion, each.grounds)))
                for each in same
            ),
        )  # fmt: skip


def _because(opinion: Opinion, grounds: Iterable[Ground]) -> Iterator[str]:
    """The facts that raise a question and the exhibits that speak to them; those of one reason together."""
    by_reason: dict[str, list[Ground]] = {}
    for ground in grounds:
        by_reason.setdefault(ground.why, []).append(ground)
    for why, those in by_reason.items():
        facts = listed([f"whether {said(opinion.case, g.fact)} ({exhibits(g.items)})" for g in those])
        yield f"{sentence(f'the record speaks to {facts}')} {sentence(why)}"
