"""Readings side by side: each element of the question, how it stands under each reading, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from authority.engine import Verdict
from authority.memo.parts import CellPart, ElementPart
from authority.memo.reasons import by_calendar, deciding
from authority.memo.wording import cause
from authority.opinion import Opinion
from authority.saying import exhibits, said, sentence
from authority.vocabulary import Proposition
from authority.weighing import Cause


def elements(opinions: Sequence[Opinion]) -> Iterable[ElementPart]:
    """The question, then every element of it that some reading asks for, with a cell for each of the opinions."""
    question = opinions[0].question
    for proposition in (question, *dict.fromkeys(e for o in opinions for e in o.top_elements)):
        cells = tuple(_cell(opinion, proposition) for opinion in opinions)
        yield ElementPart(element=sentence(said(opinions[0].case, proposition)), cells=cells)


def _cell(opinion: Opinion, proposition: Proposition) -> CellPart:
    if proposition not in (opinion.question, *opinion.top_elements):
        return CellPart(verdict="", why="not asked")
    verdict, causes = opinion.on(proposition), opinion.causes(proposition)
    held = [exhibits(deciding(opinion, proposition, verdict)), *by_calendar(opinion, proposition, verdict)]
    named = "; ".join(each for each in held if each)
    if causes == (Cause.EVIDENCE,) and verdict is Verdict.MET:
        why = named
    else:
        told = cause(opinion, proposition)
        why = f"{told} ({named})" if named else told
    return CellPart(verdict=str(verdict).capitalize(), why=why)
