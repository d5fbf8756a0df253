"""What the memo sets aside, and why: exhibits that cannot be judged, that others lower, that never came into the
scales; and by which tables the rest were weighed."""

from __future__ import annotations

from collections.abc import Iterable

from authority.law import Mark
from authority.memo.findings import levels
from authority.opinion import Opinion
from authority.saying import day, exhibits, one_or_more


def unjudged(opinion: Opinion) -> Iterable[str]:
    """Which exhibits cannot be judged, have no date, or were verified in no source."""
    ids = [i.id for i in opinion.findings.items if i.is_in and i.unjudged]
    if ids:
        yield (
            f"{exhibits(ids)} cannot be judged (graded F or 6). What cannot be judged meets a scintilla and no "
            "higher standard, in any number; it is not taken to be false."
        )
    undated = [e.id for e in opinion.case.evidence if not e.published and not e.date]
    if undated:
        is_undated = one_or_more(undated, "is undated", "are undated")
        yield f"{exhibits(undated)} {is_undated} in the record, and taken to have been known."
    memory = [e.id for e in opinion.case.evidence if e.verified is Mark.MEMORY]
    if memory:
        was_entered = one_or_more(memory, "was entered", "were entered")
        yield f"{exhibits(memory)} {was_entered} from memory, and not verified in a source."


def lowered(opinion: Opinion) -> Iterable[str]:
    """What became of exhibits that others attack, and of those that hedge; of several alike, together."""
    undercut: dict[str, list[str]] = {}
    doubted: dict[tuple[str, int | None, int | None], list[str]] = {}
    hedged: dict[str | None, list[str]] = {}
    for item in opinion.findings.items:
        if item.undercut_by:
            undercut.setdefault(exhibits(item.undercut_by), []).append(item.id)
        elif item.doubted_by and item.is_in and item.level != item.graded_level:
            doubted.setdefault((exhibits(item.doubted_by), item.graded_level, item.level), []).append(item.id)
        if item.hedged:
            hedged.setdefault(opinion.case.item[item.id].hedge, []).append(item.id)
    for by, ids in undercut.items():
        yield f"{exhibits(ids)} {one_or_more(ids, 'is', 'are')} undercut by {by}, and without weight."
    for (by, before, level), ids in doubted.items():
        is_doubted, falls = one_or_more(ids, "is doubted", "are doubted"), one_or_more(ids, "falls", "fall")
        yield f"{exhibits(ids)} {is_doubted} by {by}, and {falls} from level {before} to {level}."
    for hedge, ids in hedged.items():
        hedges = one_or_more(ids, "hedges what it says", "hedge what they say")
        yield f"{exhibits(ids)} {hedges} (“{hedge}”), which caps {one_or_more(ids, 'its', 'their')} credibility."


def left_out(opinion: Opinion) -> Iterable[str]:
    """Which exhibits did not come into the scales, a sentence for each cause."""
    groups: dict[str, list[str]] = {}
    for item in opinion.findings.items:
        if item.out and item.out != "undercut":
            groups.setdefault(item.out, []).append(item.id)
    known_by = opinion.case.known_by
    for why, ids in groups.items():
        told = {
            "bears on no fact": ("bears on no fact", "bear on no fact"),
            "a statement of law": ("states law and no fact", "state law and no fact"),
        }.get(why) or (f"was {why}", f"were {why}")
        yield f"{exhibits(ids)} {one_or_more(ids, *told)}.".replace(known_by, day(known_by))


def tables(opinion: Opinion) -> tuple[str, ...]:
    """By which tables exhibits are graded and facts proved, and where they come from."""
    table, standard = opinion.case.rules.tables, opinion.findings.standard
    thresholds = f"level {standard.for_at_least} or higher"
    if standard.ahead_by:
        thresholds += f", and {levels(standard.ahead_by)} above the strongest exhibit against"
    if standard.against_at_most is not None:
        thresholds += f", and nothing against above level {standard.against_at_most}"
    return (
        f"By {standard.says} a fact is established when the strongest exhibit for it stands at {thresholds}.",
        table.standards_source, table.grades_source, (opinion.reading.grading or table.grading).source,
    )  # fmt: skip
