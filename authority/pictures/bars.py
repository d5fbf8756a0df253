"""The power of each exhibit: bars to the right for what tells for the question, to the left for what tells against."""

from __future__ import annotations

from authority.dependence import Dependence
from authority.engine import Verdict
from authority.opinion import Opinion
from authority.pictures.drawing import LOOKS, MARGIN, SOFT, Canvas, clean, heading
from authority.pictures.letters import LINE, Piece, clip, measure
from authority.pictures.picture import Picture
from authority.pictures.plans import Bar, BarsPlan
from authority.saying import listed, number, said
from authority.vocabulary import natural

MOST = 24
"""How many bars a chart has; the exhibits that count least are left out."""
NONE = "No exhibit counts: with any of them or none, the answer is the same."
CAPTION = (
    "The Shapley value of each exhibit: its share in whether the question is shown, averaged over all orders in which "
    "the record could have been put together."
)
_WIDE = 760.0
_LABEL = 300.0
_STEP = LINE + 7


def plan_power(opinion: Opinion, dependence: Dependence, under: str = "") -> BarsPlan:
    """The exhibits whose withdrawal changes the answer in some company, the greatest Shapley value first. ``under``
    names the readings where it is so under several; the opinion's own, where left out."""
    values = {i: w.shapley for i, w in dependence.power.items() if w.shapley}
    ranked = sorted(values, key=lambda i: (-abs(values[i]), natural(i)))
    sources = {e.id: opinion.case.source_of[e.source].name for e in opinion.case.evidence}
    under = under or f"under “{opinion.reading.title}”"
    bars = tuple(Bar(id=i, source=sources[i], value=values[i]) for i in ranked[:MOST])
    return BarsPlan(
        name=f"power-{opinion.reading.id}", title=f"The power of each exhibit {under}",
        alt=_described(opinion, bars, len(ranked), under), bars=bars, rest=max(0, len(ranked) - MOST),
    )  # fmt: skip


def figure(value: float) -> str:
    """A Shapley value as it is printed: with its sign, to three places."""
    return f"{value:+.3f}".replace("-", "−")


def _described(opinion: Opinion, bars: tuple[Bar, ...], count: int, under: str) -> str:
    """What the chart shows: how many exhibits count, and which count most on either side."""
    head = f"Bar chart of how much each exhibit counts in whether {said(opinion.case, opinion.question)}"
    if not bars:
        return f"{head}. {NONE}"
    told = [f"{head}, {under}: {number(count)} {'does' if count == 1 else 'do'}."]
    for words, side in (("for", [b for b in bars if b.value > 0]), ("against", [b for b in bars if b.value < 0])):
        if side:
            least = min(3, len(side))
            most = listed([f"{b.id} ({figure(b.value)})" for b in side[:least]])
            told.append(f"Most tell{'s' if least == 1 else ''} {words} it: {most}.")
    return " ".join(told)


def draw_bars(plan: BarsPlan) -> Picture:
    """The chart, its bars about a line at nought, drawn to one scale."""
    canvas, wide = Canvas(), _WIDE
    y = heading(canvas, plan.title, wide)
    if not plan.bars:
        canvas.lines(MARGIN, y, [(Piece(NONE),)])
        return canvas.picture(plan, CAPTION, wide, y + LINE + MARGIN)
    left, right = MARGIN + _LABEL + 64, wide - MARGIN - 64
    most = max((abs(bar.value) for bar in plan.bars), default=0.0) or 1.0
    low = min((bar.value for bar in plan.bars if bar.value < 0), default=0.0)
    high = max((bar.value for bar in plan.bars if bar.value > 0), default=0.0)
    scale = (right - left) / ((high - low) or most)
    zero = left - low * scale
    for words, at, anchor in (("tells against", zero - 8, "end"), ("tells for", zero + 8, "start")):
        if (low < 0) if anchor == "end" else (high > 0):
            canvas.lines(at, y, [(Piece(words, italic=True, ink=SOFT),)], anchor=anchor)
    y += LINE + 6
    top = y
    for bar in plan.bars:
        _bar(canvas, bar, zero, scale, y)
        y += _STEP
    canvas.line(zero, top - 3, zero, y, SOFT, 1.4)
    rest = f" {plan.rest} more count less and are left out." if plan.rest else ""
    return canvas.picture(plan, CAPTION + rest, wide, y + MARGIN - 4)


def _bar(canvas: Canvas, bar: Bar, zero: float, scale: float, y: float) -> None:
    """A bar with its exhibit at the left and its figure at its end."""
    name = Piece(clip(clean(bar.id), _LABEL - 10, bold=True), bold=True)
    source = clip(clean(bar.source), _LABEL - measure([name]) - 10)
    canvas.lines(MARGIN, y + 2, [(name._replace(text=f"{name.text} "), Piece(source, ink=SOFT))])
    look = LOOKS[Verdict.MET if bar.value > 0 else Verdict.NOT_MET]
    long = max(1.5, abs(bar.value) * scale)
    x = zero if bar.value > 0 else zero - long
    dash = {"stroke_dasharray": look.dash} if look.dash else {}
    canvas.add(
        "rect", x=x, y=y + 2, width=long, height=_STEP - 7, fill=look.ink if bar.value > 0 else look.tint,
        stroke=look.ink, stroke_width=1.2, **dash,
    )  # fmt: skip
    at, anchor = (zero + long + 6, "start") if bar.value > 0 else (zero - long - 6, "end")
    canvas.lines(at, y + 2, [(Piece(figure(bar.value)),)], anchor=anchor)
