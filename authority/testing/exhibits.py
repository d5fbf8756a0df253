"""Exhibits and their sources, made up: what they say, how they are graded, what they attack, when they became known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from authority.dates import last_day
from authority.facts import Evidence, Source
from authority.law import Stance
from authority.testing.drawing import UP_TO, Draw, one_in, pick, some
from authority.testing.stage import Stage
from authority.vocabulary import Pattern, Proposition

SOURCES = ("S1", "S2", "S3")
ORIGINS = ("O1", "O2")
SIDES = (*("supports",) * 3, *("contradicts",) * 2, "found_none")


class Desk(NamedTuple):
    """What a record is made up from: the stage, the parties of the case, its sources, the positions on which an item
    may be admitted, the day of knowledge, and whether items may attack each other and be otherwise wanting."""

    stage: Stage
    cast: tuple[str, ...]
    sources: tuple[Source, ...]
    stances: tuple[Stance, ...]
    known_by: str
    attacks: bool
    sound: bool


def sources(draw: Draw, stage: Stage) -> tuple[Source, ...]:
    """Sources, some of a kind that decides their grade, some of which have the origin of another."""
    kinds = tuple(stage.rules.tables.grading.kinds)
    letters = tuple(stage.rules.tables.reliability)
    return tuple(
        Source(
            id=name, name=f"Source {name}", kind=pick(draw, kinds) if one_in(draw, 3) else None,
            reliability=pick(draw, letters) if one_in(draw, 6) else None,
            origin=pick(draw, ORIGINS) if one_in(draw, 4) else None,
        )
        for name in SOURCES
    )  # fmt: skip


def item(draw: Draw, desk: Desk, ids: Sequence[str], number: int, dealt: Iterable[Proposition]) -> Evidence:
    """One exhibit: what is dealt to it, or something else, or both. In a sound record it is well graded, and nothing is
    wrong with it; else it may attack those before it, be late, hedged, unjudged or admitted on a position only."""

    def at_times(number: int) -> bool:
        return not desk.sound and one_in(draw, number)

    sides: dict[str, Any] = {"supports": list(dealt), "contradicts": [], "found_none": []}
    position = None
    if not sides["supports"] and at_times(10):  # it states law, or bears on nothing
        position = pick(draw, desk.stances) if desk.stances and one_in(draw, 2) else None
    elif not sides["supports"] or one_in(draw, 6 if desk.sound else 3):
        for _ in range(1 + one_in(draw, 3)):
            fact = said(draw, desk.stage, desk.cast)
            if not any(fact in side for side in sides.values()):
                sides[pick(draw, SIDES)].append(fact)
    aims = some(draw, ids[:number], 1, 2) if number and desk.attacks and at_times(3) else []
    split = draw(UP_TO[len(aims)]) if aims else 0
    nothing = not (position or aims or any(sides.values()))
    source = pick(draw, desk.sources)
    return Evidence(
        id=ids[number], source=source.id, says="So it is said.", hedge="may" if at_times(8) else "",
        under=(pick(draw, desk.stances),) if desk.stances and at_times(5) else (), position=position,
        published=_day(draw, desk.known_by) if at_times(8) else None,
        date=_day(draw, desk.known_by) if at_times(10) else None,
        origin=pick(draw, ORIGINS) if one_in(draw, 6) else None,
        undercuts=tuple(aims[:split]), doubts=tuple(aims[split:]),
        bears_on_nothing="It is said in passing." if nothing else "",
        **{side: tuple(facts) for side, facts in sides.items()}, **_graded(draw, desk, source),
    )  # fmt: skip


def said(draw: Draw, stage: Stage, cast: Iterable[str]) -> Proposition:
    """A fact, mostly as rules speak of it, about different parties of the right kinds: those of the case, or at times
    another."""
    pattern = pick(draw, stage.spoken)
    return grounded(draw, stage, pattern, cast)


def grounded(draw: Draw, stage: Stage, pattern: Pattern, cast: Iterable[str]) -> Proposition:
    """A pattern about different parties of the right kinds, first those of the case."""
    chosen: dict[str, str] = {}
    for variable in pattern.variables:
        kinds, named = stage.kinds_in(pattern, variable), {*pattern.args, *chosen.values()}
        here = [name for name in stage.fitting(kinds, cast) if name not in named]
        others = [name for name in stage.fitting(kinds) if name not in named and name not in here]
        # Where all that fit are named in the pattern, one is named twice: of such a thing nothing holds.
        chosen[variable] = pick(draw, [*here, *here, *others[:1]] if here else others or stage.fitting(kinds))
    return pattern.ground(chosen)


def _day(draw: Draw, known_by: str) -> str:
    """A day at the day of knowledge or near it: before, then after; or its month or its year."""
    known = last_day(known_by)
    near = [known + timedelta(days=n) for n in (-1, 0, 1) if date.min < known < date.max]
    return pick(draw, [*(day.isoformat() for day in near), known.isoformat()[:7], known.isoformat()[:4]])


def _graded(draw: Draw, desk: Desk, source: Source) -> dict[str, Any]:
    """The grade of an item: both letters, or what its own kind or its source's decides."""
    tables = desk.stage.rules.tables
    letters, digits = list(tables.reliability), list(tables.credibility)
    how = "both" if desk.sound else pick(draw, ("both",) * 4 + ("kind", "source"))
    if how == "kind":
        return {"kind": pick(draw, list(tables.grading.kinds))}
    if how == "source" and source.kind:
        return {}
    good = desk.sound or one_in(draw, 2)
    return {
        "reliability": pick(draw, letters[:2] if good else letters),
        "credibility": pick(draw, digits[:2] if good else digits),
    }
