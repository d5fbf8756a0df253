"""A rule as a card: its name and citation, its premises beneath each other, the exhibits for and against each fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from authority.pictures.drawing import EXCEPTION, HAIR, LOOKS, SIDES, SOFT, Canvas, clean
from authority.pictures.folding import Brief
from authority.pictures.letters import LINE, Line, Piece, clip, width, wrap
from authority.pictures.plans import Claim, Ground, Leaf, Side

SIDE_BY_SIDE: tuple[Side, ...] = ("for", "against", "found none", "undercut")
IN_FULL = 3
"""How many exhibits on one side of a fact have a line of their own; the rest are named beneath them."""
PAD = 8
_TEXT = 28  # where text begins, the mark before it
_PIPS = 30
_SOURCE = 58  # with less room than this, a source's name would be no name

Drawn = Callable[[Canvas, float, float], None]


class Card:
    """A rule's card, measured for a width: how high it is, and at which height the line of each claim sets out."""

    def __init__(self, ground: Ground, wide: float, *, brief: Brief) -> None:
        self.ground, self.wide, self.brief = ground, wide, brief
        self.look = LOOKS[ground.verdict]
        self.drawn: list[Drawn] = []
        self.ports: list[float] = []
        self.grounds: list[tuple[Ground, bool]] = []
        self.height = 0.0
        self._head()
        self.head = self.height
        for number, premise in enumerate(ground.premises):
            self._claim(premise, first=number == 0)
        for exception in ground.exceptions:
            self._claim(exception, exception=True)

    def draw(self, canvas: Canvas, x: float, y: float) -> None:
        """Draws the card with its upper left corner there."""
        canvas.box(x, y, self.wide, self.height, self.look, 2 if self.ground.carries else 1)
        canvas.add("rect", x=x + 2, y=y + 2, width=self.wide - 4, height=self.head - 3, rx=2.5, fill=self.look.tint)
        for each in self.drawn:
            each(canvas, x, y)
        canvas.close()

    def _head(self) -> None:
        ground = self.ground
        name = [Piece(clean(_names(ground)), bold=True), *([Piece(clean(ground.cite))] if ground.cite else [])]
        says = f"{ground.asks}: {ground.verdict}" if ground.asks else str(ground.verdict)
        self.height = 5.0
        self.drawn.append(lambda c, x, y: c.mark(ground.verdict, x + PAD, y + 7))
        self._lines(wrap(name, self._room()))
        self._lines(wrap([Piece(says, ink=self.look.ink)], self._room()))
        self.height += 5

    def _claim(self, claim: Claim, *, first: bool = False, exception: bool = False) -> None:
        top = self.height
        dash = EXCEPTION if exception else ""
        if not first:
            self.drawn.append(lambda c, x, y: c.line(x + 4, y + top, x + self.wide - 4, y + top, _edge(dash), 1, dash))
        self.height += 5
        begun = len(self.drawn)
        self.drawn.append(lambda c, x, y: c.mark(claim.verdict, x + PAD, y + top + 7, 13))
        unless = [Piece("unless", bold=True, italic=True)] if exception else []
        self._lines(wrap([*unless, Piece(clean(claim.text))], self._room()))
        middle = (top + self.height + 5) / 2
        note = "; ".join(_notes(claim))
        if note:
            self._lines(wrap([Piece(clean(note), italic=True, ink=SOFT)], self._room()))
        for side in SIDE_BY_SIDE:
            by_number = self.brief == "all" or (self.brief == "idle" and not claim.carries)
            self._leaves(side, [leaf for leaf in claim.leaves if leaf.side == side], by_number)
        self.height += 5
        room, name = (self.wide - 6, self.height - top - 4), claim.proposition
        if name:
            self.drawn.insert(begun, lambda c, x, y: c.claim(name, x + 3, y + top + 2, *room))
            self.drawn.append(lambda c, x, y: c.close())
        for ground in claim.grounds:
            self.ports.append(middle)
            self.grounds.append((ground, exception))

    def _leaves(self, side: Side, leaves: list[Leaf], by_number: bool) -> None:
        if not leaves:
            return
        leaves = [leaf.but(id=clip(clean(leaf.id), self._room() - 14, bold=True)) for leaf in leaves]
        full = [] if by_number else leaves[:IN_FULL]
        ids = max((width(leaf.id, bold=True) for leaf in full), default=0.0)
        for leaf in full:
            self._leaf(leaf, ids)
        rest = leaves[len(full) :]
        if rest:
            names = ", ".join(f"{r.id} ({r.level or '–'})" for r in rest) if by_number else _also(rest, bool(full))
            self._sign(side, self.height)
            self._lines(wrap([Piece(clean(names))], self._room() - 14), _TEXT + 14)

    def _leaf(self, leaf: Leaf, ids: float) -> None:
        """An exhibit on a line: its sign, its number, its level, its source as far as there is room for the name."""
        at, ink = self.height, SIDES[leaf.side]
        self._sign(leaf.side, at)
        pips = _TEXT + 14 + ids + 6
        source = pips + _PIPS + 3
        room = self.wide - PAD - source
        if source - 3 <= self.wide - 4:
            self.drawn.append(lambda c, x, y: c.pips(leaf.level, x + pips, y + at + 3, ink))
        said: list[tuple[float, Line]] = [(_TEXT + 14, (Piece(leaf.id, bold=True),))]
        if room >= _SOURCE:
            said.append((source, (Piece(clip(clean(leaf.source), room), ink=SOFT),)))
        for inset, line in said:
            self.drawn.append(lambda c, x, y, inset=inset, line=line: c.lines(x + inset, y + at, [line]))
        self.height += LINE

    def _sign(self, side: Side, at: float) -> None:
        self.drawn.append(lambda c, x, y: c.sign(side, x + _TEXT, y + at + 3.5))

    def _lines(self, lines: Iterable[Line], inset: float = _TEXT) -> None:
        for line in lines:
            at = self.height
            self.drawn.append(lambda c, x, y, at=at, line=line: c.lines(x + inset, y + at, [line]))
            self.height += LINE

    def _room(self) -> float:
        return self.wide - _TEXT - PAD


def _names(ground: Ground) -> str:
    """The names of its rules; one that stands there twice, with that."""
    counts = Counter(ground.names)
    return ", ".join(name if count == 1 else f"{name} ×{count}" for name, count in counts.items())


def _edge(dash: str) -> str:
    return SOFT if dash else HAIR


def _also(rest: list[Leaf], some: bool) -> str:
    return f"{'also ' if some else ''}{', '.join(leaf.id for leaf in rest)}"


def _notes(claim: Claim) -> list[str]:
    """What is said beneath a claim: why it stands so where no grounds are drawn that say it, and what is not drawn."""
    told = [claim.excepts] if claim.excepts else []
    told += [claim.cause] if claim.cause and not claim.grounds else []
    if claim.elsewhere:
        told.append(f"see {claim.elsewhere}")
    if claim.folded:
        told.append(f"{claim.folded} {'rule' if claim.folded == 1 else 'rules'} folded")
    if claim.unreached:
        told.append(f"{claim.unreached} other {'rule' if claim.unreached == 1 else 'rules'} not reached")
    return told
