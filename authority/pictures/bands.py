"""The timeline: for every reading a band that shows its verdict, from day to day as the record and the law changed."""

from __future__ import annotations

from collections.abc import Iterable

from authority.chronology import CALENDAR, Row, Timeline, turning
from authority.days import in_words
from authority.facts import FactPattern
from authority.pictures.drawing import LOOKS, MARGIN, PAGE, Canvas, clean, heading, labels, starred, verdict_entries
from authority.pictures.letters import LINE, Line, Piece, wrap
from authority.pictures.picture import Picture
from authority.pictures.plans import BandsPlan, Day, Panel
from authority.saying import listed, number, said

MOST = 9
"""How many days a panel shows; of more, what stood at first and those on which a verdict changed last."""
_LABEL = 220.0
_STEP = 145.0  # a day's greatest width


def plan_timeline(case: FactPattern, found: Timeline) -> BandsPlan:
    """The days on which some verdict changed, as the record grew and as the law and the calendar did; a day on which
    only something entered is counted and left out."""
    grew = f"As the record grew, by the law of {in_words(found.as_of)}"
    changed = f"As the law changed, on the record of {in_words(found.known_by)}"
    panels = (_panel(case, grew, "undated", found.record), _panel(case, changed, "before", found.law))
    titles = {reading.id: reading.title for reading in case.rules.readings}
    return BandsPlan(
        name="timeline", title="How the verdict came about", alt=_described(case, found, titles),
        readings=tuple(titles[name] for name in found.readings),
        labels=tuple(found.readings.values()), panels=panels,
    )  # fmt: skip


def _panel(case: FactPattern, heading: str, first: str, rows: tuple[Row, ...]) -> Panel:
    readings = [reading.id for reading in case.rules.readings]
    turned = turning(rows)
    shown = (turned[0], *turned[1 - MOST :]) if len(turned) > MOST else turned
    days = tuple(
        Day(
            label=in_words(row.day.isoformat()) if row.day else first,
            verdicts=tuple(row.verdicts[name] for name in readings),
            because=tuple(", ".join(_short(case, row.because.get(name, ()))) for name in readings),
        )
        for row in shown
    )
    return Panel(heading=heading, days=days, quiet=len(rows) - len(turned), cut=len(turned) - len(shown))


def _short(case: FactPattern, causes: Iterable[str]) -> Iterable[str]:
    """What changed a verdict, in the fewest words: exhibits, rules, the instrument, the calendar."""
    instrument = case.rules.instrument
    named = {f"instrument {instrument.id}": instrument.short}
    return dict.fromkeys("the calendar" if CALENDAR in c else named.get(c, c) for c in causes)


def _described(case: FactPattern, found: Timeline, titles: dict[str, str]) -> str:
    """What the timeline shows: on which days which verdicts changed, and what changed them."""
    told = [f"Timeline of whether {said(case, found.question)}, under {number(len(titles))} readings."]
    for words, rows in (("As the record grew", found.record), ("As the law changed", found.law)):
        turns = list(_turns(case, rows))
        if not turns:
            told.append(f"{words}, no verdict changed.")
        elif len(turns) <= MOST // 2:
            told.append(f"{words}: {'; '.join(turns)}.")
        else:
            told.append(f"{words}, verdicts changed on {number(len(turns))} days, from {turns[0]} to {turns[-1]}.")
    return " ".join(told)


def _turns(case: FactPattern, rows: Iterable[Row]) -> Iterable[str]:
    for row in rows:
        if row.because and row.day:
            causes = listed(list(_short(case, (c for each in row.because.values() for c in each))))
            became = listed(list(dict.fromkeys(str(row.verdicts[name]) for name in row.because)), "or")
            count = len(row.because)
            under = f"{number(count)} {'reading' if count == 1 else 'readings'}"
            yield f"{in_words(row.day.isoformat())}, {became} under {under} ({causes})"


def draw_bands(plan: BandsPlan) -> Picture:
    """The bands, day by day in their order and not to the scale of time; a panel for the record and one for the law,
    where any verdict changed in it."""
    told = [panel for panel in plan.panels if len(panel.days) > 1]
    most = max((len(panel.days) for panel in told), default=1)
    step = min(_STEP, (PAGE - 2 * MARGIN - _LABEL) / most)
    wide = max(2 * MARGIN + _LABEL + most * step, 620.0)
    canvas = Canvas()
    y = heading(canvas, plan.title, wide)
    for panel in told or plan.panels[:1]:
        y = _draw_panel(canvas, plan, panel, step, y + 4)
    y = labels(canvas, plan.readings, plan.labels, wide, y + 4)
    end = canvas.legend(y + 6, wide, verdict_entries(lines=False))
    return canvas.picture(plan, _caption(plan), wide, end + MARGIN - 4)


def _caption(plan: BandsPlan) -> str:
    told = [
        "The days stand in their order, not to the scale of time; under a verdict that changed stands what changed it."
    ]
    for panel, what in zip(plan.panels, ("the record grew", "the law or the calendar changed"), strict=True):
        if len(panel.days) <= 1:
            told.append(f"On no day on which {what} did a verdict change.")
        elif panel.quiet:
            days = "day" if panel.quiet == 1 else "days"
            told.append(f"Left out: {panel.quiet} {days} on which {what} and no verdict changed.")
        if panel.cut:
            told.append(f"Of those on which {what} and one did, the first {panel.cut} are left out too.")
    return " ".join(told)


def _draw_panel(canvas: Canvas, plan: BandsPlan, panel: Panel, step: float, top: float) -> float:
    """A panel: its heading, its days, a band for each reading; returns where it ends."""
    left = MARGIN + _LABEL
    canvas.lines(MARGIN, top, [(Piece(clean(panel.heading), italic=True),)])
    days = [wrap([Piece(clean(day.label), bold=True)], step - 8) for day in panel.days]
    y = top + LINE + 6
    most = max(map(len, days))
    for place, lines in enumerate(days):
        canvas.lines(left + place * step + 2, y + (most - len(lines)) * LINE, lines)
    y += most * LINE + 4
    for place, reading in enumerate(starred(plan.readings, plan.labels)):
        y = _band(canvas, reading, panel, place, step, y)
    return y + 8


def _band(canvas: Canvas, reading: str, panel: Panel, place: int, step: float, top: float) -> float:
    """The band of a reading: a box for each stretch of one verdict, in it the verdict and what brought it about."""
    label = wrap([Piece(clean(reading))], _LABEL - 14)
    told: list[tuple[int, int, tuple[Line, ...]]] = []
    for begin, end in _stretches([day.verdicts[place] for day in panel.days]):
        look, day = LOOKS[panel.days[begin].verdicts[place]], panel.days[begin]
        lines = wrap([Piece(str(day.verdicts[place]), bold=True, ink=look.ink)], (end - begin) * step - 40)
        because = wrap([Piece(clean(day.because[place]))], (end - begin) * step - 40) if begin else ()
        told.append((begin, end, (*lines, *because)))
    high = max(len(label), *(len(lines) for *_, lines in told)) * LINE + 12
    canvas.lines(MARGIN, top + 7, label)
    for begin, end, lines in told:
        verdict = panel.days[begin].verdicts[place]
        x, wide = MARGIN + _LABEL + begin * step, (end - begin) * step - 4
        canvas.box(x, top + 2, wide, high - 4, LOOKS[verdict], 1.2)
        canvas.add("rect", x=x + 1.5, y=top + 3.5, width=wide - 3, height=high - 7, rx=3, fill=LOOKS[verdict].tint)
        canvas.mark(verdict, x + 7, top + 8)
        canvas.lines(x + 28, top + 7, lines)
        canvas.close()
    return top + high


def _stretches(verdicts: list) -> Iterable[tuple[int, int]]:
    """Where each run of one verdict begins, and where it ends."""
    begin = 0
    for end in range(1, len(verdicts) + 1):
        if end == len(verdicts) or verdicts[end] is not verdicts[begin]:
            yield begin, end
            begin = end
