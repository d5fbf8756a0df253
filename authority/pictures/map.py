"""The argument map: the question at the head, beneath it rule by rule what it turns on, down to the exhibits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from authority.pictures.cards import Card
from authority.pictures.drawing import EXCEPTION, LOOKS, MARGIN, PAGE, SOFT, Canvas, Entry, n, verdict_entries
from authority.pictures.folding import Brief, boxes, drawn, foldings, pointing_right, rules
from authority.pictures.letters import LINE, SIZE, Piece, wrap
from authority.pictures.picture import Picture
from authority.pictures.plans import ArgumentPlan, Claim, Ground
from authority.pictures.tidy import Node, every, lay_out

MOST = 60
"""How many claims and rules a map shows before some are folded."""
HIGH = 1130
"""How high a map may be, in pixels: as high as fits a letter page whose width it fills, its caption beneath it."""
_COLUMNS = 5  # in narrower ones a line would hold two words
_WIDEST = 330.0  # a card's greatest width
_BETWEEN = 30.0
_GAP = 10.0
_SPINE = 20.0  # the room for the line that leads from the question to its rules


class _Laid(NamedTuple):
    """A map laid out: the question as it is drawn, its cards, how wide they are, how much room all of it takes."""

    question: Claim
    roots: list[Node]
    card: float
    wide: float
    high: float


def draw_map(plan: ArgumentPlan, *, whole: bool = False) -> Picture:
    """The argument map, of a size at which a letter page holds it with text of 9 pixels; what the verdict does not rest
    on is folded where there would not be room, and the caption says so. With ``whole`` nothing is folded, however
    large the picture grows."""
    laid = None
    for question, brief in foldings(plan.question):
        laid = _lay_out(plan, pointing_right(question), brief=brief)
        fits = boxes(question) <= MOST and laid.high <= HIGH and _columns(laid.roots) <= _COLUMNS
        if whole or fits:
            break
    assert laid is not None
    return _Drawing(plan, laid).picture()


def _lay_out(plan: ArgumentPlan, question: Claim, *, brief: Brief) -> _Laid:
    columns = max(1, _depth(question))
    room = PAGE - 2 * MARGIN - _SPINE - (min(columns, _COLUMNS) - 1) * _BETWEEN
    card = min(_WIDEST, room / min(columns, _COLUMNS))
    roots = [_node(ground, card, brief) for ground in question.grounds]
    high = lay_out(roots, _GAP)
    wide = 2 * MARGIN + _SPINE + columns * card + (columns - 1) * _BETWEEN
    wide = max(wide, 620.0)
    return _Laid(question, roots, card, wide, high + _head_height(plan, wide) + 90)


def _node(ground: Ground, card: float, brief: Brief, exception: bool = False) -> Node:
    made = Card(ground, card, brief=brief)
    below = [_node(child, card, brief, unless) for child, unless in made.grounds]
    return Node((made, exception), made.height, below, made.ports)


def _depth(claim: Claim) -> int:
    """How many columns of cards a claim takes."""
    below = (c for g in claim.grounds for c in (*g.premises, *g.exceptions))
    return 1 + max(map(_depth, below), default=0) if claim.grounds else 0


def _columns(roots: Sequence[Node]) -> int:
    return 1 + max((node.column for node in every(roots)), default=0)


class _Drawing:
    """One map on its canvas."""

    def __init__(self, plan: ArgumentPlan, laid: _Laid) -> None:
        self.plan, self.laid, self.canvas = plan, laid, Canvas()

    def picture(self) -> Picture:
        foot = self._head()
        low = self._cards(foot + _GAP * 1.6)
        end = self.canvas.legend(low + 14, self.laid.wide, self._entries())
        return self.canvas.picture(self.plan, self._caption(), self.laid.wide, end + MARGIN - 4)

    def _head(self) -> float:
        """The question across the top; returns its lower edge."""
        wide, question, look = self.laid.wide, self.laid.question, LOOKS[self.laid.question.verdict]
        high = _head_height(self.plan, wide)
        self.canvas.box(MARGIN, MARGIN, wide - 2 * MARGIN, high, look, 2.4)
        self.canvas.add(
            "rect", x=MARGIN + 2, y=MARGIN + 2, width=wide - 2 * MARGIN - 4, height=high - 4, rx=2.5, fill=look.tint
        )
        self.canvas.claim(question.proposition, MARGIN + 2, MARGIN + 2, wide - 2 * MARGIN - 4, high - 4)
        self.canvas.mark(question.verdict, MARGIN + 12, MARGIN + 13, 26)
        y = MARGIN + 9.0
        for lines, size in _head_lines(self.plan, wide):
            self.canvas.lines(MARGIN + 50, y, lines, size)
            y += len(lines) * LINE * size / SIZE
        self.canvas.close()
        self.canvas.close()
        return MARGIN + high

    def _cards(self, top: float) -> float:
        """The cards and the lines between them; returns the lower edge of the lowest."""
        spine = MARGIN + _SPINE * 0.35
        for root in reversed(self.laid.roots):
            card, _ = root.what
            y = top + root.top + card.head / 2
            look, wide = LOOKS[card.ground.verdict], 2.2 if card.ground.carries else 1.2
            bend = f"V{n(y - 6)}Q{n(spine)} {n(y)} {n(spine + 6)} {n(y)}"
            path = f"M{n(spine)} {n(top - _GAP * 1.6)}{bend}H{n(MARGIN + _SPINE)}"
            self.canvas.stroke(path, look.ink, wide, look.dash)
        nodes = every(self.laid.roots)
        for node in nodes:
            self._lines(node, top)
        for node in nodes:
            card, _ = node.what
            card.draw(self.canvas, self._left(node), top + node.top)
        return max((top + node.top + node.height for node in nodes), default=top)

    def _lines(self, node: Node, top: float) -> None:
        """The lines from the claims of a card to the rules that lead to them."""
        start, end = self._left(node) + self.laid.card, self._left(node) + self.laid.card + _BETWEEN
        for child, port in zip(node.children, node.ports, strict=True):
            card, unless = child.what
            look, wide = LOOKS[card.ground.verdict], 2.2 if card.ground.carries else 1.2
            y1, y2, middle = top + node.top + port, top + child.top + card.head / 2, (start + end) / 2
            path = f"M{n(start)} {n(y1)}C{n(middle)} {n(y1)} {n(middle)} {n(y2)} {n(end)} {n(y2)}"
            self.canvas.stroke(path, look.ink, wide, EXCEPTION if unless else look.dash)

    def _left(self, node: Node) -> float:
        return MARGIN + _SPINE + node.column * (self.laid.card + _BETWEEN)

    def _entries(self) -> list[Entry]:
        """The legend: of what is drawn, and of nothing else."""
        every_claim = list(_claims(self.laid.question))
        sides = {leaf.side for claim in every_claim for leaf in claim.leaves}
        entries = verdict_entries(lines=True)
        for side, says in (
            ("for", "exhibit for"), ("against", "exhibit against"), ("found none", "looked and found none"),
            ("undercut", "undercut"),
        ):  # fmt: skip
            if side in sides:
                entries.append(Entry(lambda c, x, y, side=side: c.sign(side, x, y + 3.5), 10, says))
        if sides:
            entries.append(Entry(lambda c, x, y: c.pips(3, x, y + 3, SOFT), 27, "its level, of five"))
        if any(leaf.level is None for claim in every_claim for leaf in claim.leaves):
            entries.append(Entry(lambda c, x, y: c.pips(None, x, y + 3, SOFT), 24, "cannot be judged"))
        if any(ground.exceptions for claim in every_claim for ground in claim.grounds):
            entries.append(Entry(_exception, 36, "exception"))
        return entries

    def _caption(self) -> str:
        question = self.laid.question
        told = f"The argument {self.plan.under}."
        if question.grounds:
            told += " A box is a rule, in it what it asks for; lines lead to the rules beneath."
            told += " What the verdict rests on is drawn bold."
        away = rules(self.plan.question) - drawn(question)
        if away:
            verb = "is" if away == 1 else "are"
            told += f" Of {rules(self.plan.question)} rules {away} {verb} folded, and counted where they would stand."
        return told


def _exception(canvas: Canvas, x: float, y: float) -> None:
    canvas.line(x, y + 8, x + 36, y + 8, SOFT, 1.4, EXCEPTION)


def _claims(claim: Claim) -> list[Claim]:
    return [claim, *(c for g in claim.grounds for b in (*g.premises, *g.exceptions) for c in _claims(b))]


def _head_lines(plan: ArgumentPlan, wide: float) -> list[tuple[tuple, float]]:
    """The lines of the question's box, with their sizes."""
    room, question = wide - 2 * MARGIN - 62, plan.question
    asked = wrap([Piece(f"Is it shown that {question.text}?", bold=True)], room, 17)
    outcome = "Shown" if question.verdict.shown else "Not shown"
    beside = ", ".join(filter(None, ("" if question.verdict.shown else str(question.verdict), question.cause)))
    stands = wrap([Piece(f"{outcome}{f' ({beside})' if beside else ''},", bold=True), Piece(plan.under)], room)
    label = wrap([Piece(plan.label, italic=True)], room) if plan.label else ()
    return [(asked, 17), (stands, SIZE), *([(label, SIZE)] if label else [])]


def _head_height(plan: ArgumentPlan, wide: float) -> float:
    return 18 + sum(len(lines) * LINE * size / SIZE for lines, size in _head_lines(plan, wide))
