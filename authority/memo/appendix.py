"""The evidence appendix: every exhibit, what it says and where, its grade, and what it bears on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from authority.facts import Evidence
from authority.law import Mark
from authority.memo.parts import ExhibitPart
from authority.memo.wording import graded
from authority.opinion import Opinion
from authority.saying import day, exhibits, listed, said, sentence
from authority.vocabulary import Proposition, natural


def appendix(opinion: Opinion) -> Iterator[ExhibitPart]:
    """The exhibits of the record in their order, as they were weighed under the opinion's reading."""
    for item in sorted(opinion.case.evidence, key=lambda each: natural(each.id)):
        yield _exhibit(opinion, item)


def _exhibit(opinion: Opinion, item: Evidence) -> ExhibitPart:
    weighed, source = opinion.item[item.id], opinion.case.source_of[item.source]
    grade_says = graded(opinion.case.rules.tables, weighed.grade)
    level = "not judged" if weighed.unjudged else f"level {weighed.level}"
    treatment = _in_print(opinion, weighed.out) or ("weighed" if item.bears_on or item.doubts or item.undercuts else "")
    if weighed.undercut_by:
        treatment = f"undercut by {exhibits(weighed.undercut_by)}"
    elif weighed.doubted_by and weighed.is_in:
        treatment = f"weighed; doubted by {exhibits(weighed.doubted_by)}"
    return ExhibitPart(
        id=item.id, says=sentence(item.says), source=source.name, when=day(item.published or item.date),
        grade=weighed.grade, grade_says=grade_says, level=level, treatment=treatment,
        bears_on=tuple(sentence(b) for b in _bearing(opinion, item)), cite=item.cite, url=source.url, note=item.note,
        unverified=item.verified is Mark.MEMORY,
    )  # fmt: skip


def _in_print(opinion: Opinion, out: str) -> str:
    """Why an item is out, its day as the memo prints days."""
    known_by = opinion.case.known_by
    return f"published after {day(known_by)}" if out == f"published after {known_by}" else out


def _bearing(opinion: Opinion, item: Evidence) -> Iterable[str]:
    sides: Mapping[str, tuple[Proposition, ...]] = {
        "For": item.supports, "Against": item.contradicts, "Reports none": item.found_none,
    }  # fmt: skip
    for side, facts in sides.items():
        for each in facts:
            yield f"{side}: {said(opinion.case, each)}"
    if item.undercuts:
        yield f"Undercuts {listed(item.undercuts)}"
    if item.doubts:
        yield f"Doubts {listed(item.doubts)}"
    if item.position:
        disputes = (*opinion.case.rules.disputes, *opinion.case.disputes)
        dispute = next(d for d in disputes if d.id == item.position.dispute)
        yield f"States law: {dispute.question} {dispute.position(item.position.position).says}"
    if item.bears_on_nothing:
        yield f"No fact. {item.bears_on_nothing}"
