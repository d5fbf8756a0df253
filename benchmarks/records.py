"""Records made up from a seed: a rule set and the evidence of a case, local, medium or entangled.

About one party there are half as many facts as items, and layers of conclusions over them, up to the question. In a
*local* record an item bears on one fact and a fact serves one conclusion; in a *medium* one some items bear on two or
three facts near each other, and some facts serve two conclusions; in an *entangled* one items and facts are shared far
and wide, which is worse than real records. Items contradict, undercut and doubt; rules have exceptions, count factors,
and stand under positions on disputes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar

import authority
from authority.citing import Text
from authority.compiling import compile_question
from authority.dependence.sets import turning
from authority.facts import Evidence, FactPattern, Party, Source
from authority.law import (
    Authority,
    Citation,
    Dispute,
    Instrument,
    Mark,
    Position,
    Reading,
    Rule,
    RuleSet,
    Section,
    Stance,
    Tables,
)
from authority.vocabulary import Kind, Pattern, Proposition, Sentence, Vocabulary

T = TypeVar("T")

PARTY, READING, POSITIONS = "Aland", "made-up", ("yes", "no")
DISPUTES = ("reach", "burden", "timing", "nexus")
GRADES = ("A1", "A2", "B2", "B2", "C3", "C3", "B1", "D4")
DAY = "2001-09-18"
ATTEMPTS = 1_000
"""How many records are drawn before it is given up to find one whose question is shown."""


class Shape(NamedTuple):
    """How far a record is from a tree: the shares of items on several facts and of parts used twice, the most facts
    that an item bears on, and how far off a second fact or part may stand (None: anywhere)."""

    items_shared: float
    facts_an_item: int
    parts_shared: float
    reach: int | None


SHAPES = {
    "local": Shape(0, 1, 0, 0),
    "medium": Shape(0.25, 3, 0.15, 4),
    "entangled": Shape(0.6, 4, 0.5, None),
}


class Luck:
    """Numbers that look drawn by lot, the same for the same seed (a linear congruence)."""

    def __init__(self, seed: int) -> None:
        self.state = seed
        self.below(1)

    def below(self, number: int) -> int:
        """One of 0 to ``number`` − 1."""
        self.state = (self.state * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407) % 2**64
        return (self.state >> 33) % number

    def share(self, part: float) -> bool:
        """True in about that part of the draws."""
        return self.below(1_000_000) < part * 1_000_000

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.below(len(options))]

    def near(self, place: int, count: int, reach: int | None) -> int:
        """A place among ``count``, no further off than ``reach``."""
        if reach is None:
            return self.below(count)
        return max(0, min(count - 1, place - reach + self.below(2 * reach + 1)))


def record(shape: str, items: int, seed: int) -> FactPattern:
    """A case of that shape with so many items. Its question is shown, and some withdrawal turns it: of the records that
    the seed leads to, the first of that kind is taken. ValueError where there is none among many."""
    for tried in range(ATTEMPTS):
        case = _Maker(SHAPES[shape], items, Luck(seed * 1_000_003 + tried)).case(f"{shape}-{items}-{seed}")
        turn = turning(compile_question(case, case.rules.reading(READING), case.asks, items=True))
        everything = dict.fromkeys(turn.items, 1)
        if turn.outcome and turn.circuit.evaluate([turn.root], everything)[0] and len(turn.items) * 2 > items:
            return case
    raise ValueError(f"{ATTEMPTS:,} records drawn, and in none is the question shown and turned by some withdrawal")


class _Maker:
    """Draws one record."""

    def __init__(self, shape: Shape, items: int, luck: Luck) -> None:
        self.shape, self.luck = shape, luck
        self.ids = [f"E{n}" for n in range(1, items + 1)]
        self.facts = [f"did {n}" for n in range(max(3, items // 2))]
        self.rules: list[Rule] = []
        self.concluded: list[str] = []

    def case(self, name: str) -> FactPattern:
        """The case, with its rule set."""
        top = self._law()
        origins = [f"S{n}" for n in range(1, 1 + max(2, 2 * len(self.ids) // 3))]
        return FactPattern(
            name=name, title="A made-up case", asks=Proposition(_says(top), (PARTY,)), as_of=DAY, known_by=DAY,
            parties=(Party(name=PARTY, kind=Kind.STATE),), sources=tuple(Source(id=s, name=s) for s in origins),
            evidence=tuple(self._item(n, origins) for n in range(len(self.ids))), rules=self._rule_set(top),
        )  # fmt: skip

    # ── The law ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _law(self) -> str:
        """Layer over layer, until one conclusion is left: the question."""
        below = self.facts
        while len(below) > 1:
            above: list[str] = []
            start = 0
            while start < len(below):
                width = 2 + self.luck.below(4)
                if len(below) - start - width < 2:
                    width = len(below) - start
                above.append(self._conclusion(below, list(range(start, start + width))))
                start += width
            below = above
        return below[0]

    def _conclusion(self, below: Sequence[str], own: list[int]) -> str:
        """A conclusion over some of what lies below, by one rule or two."""
        luck, name = self.luck, f"is {len(self.concluded)}"
        self.concluded.append(name)
        parts = [below[place] for place in own]
        if luck.share(self.shape.parts_shared):
            parts.append(below[luck.near(own[-1], len(below), self.shape.reach)])
        parts = list(dict.fromkeys(parts))
        halves = [parts[: len(parts) // 2], parts[len(parts) // 2 :]] if len(parts) > 3 and luck.share(0.5) else [parts]
        for number, premises in enumerate(halves):
            self._rule(f"{name} by {number}", name, premises, below, own[-1])
        if luck.share(0.1):
            stance = Stance(luck.pick(DISPUTES), luck.pick(POSITIONS))
            self._rule(f"{name} besides", name, parts[:1], below, own[-1], stance)
        return name

    def _rule(
        self, name: str, conclusion: str, premises: list[str], below: Sequence[str], place: int,
        stance: Stance | None = None,
    ) -> None:  # fmt: skip
        luck = self.luck
        body = luck.pick(("all", "any", "at_least", "at_least")) if len(premises) > 2 else luck.pick(("all", "any"))
        reach = None if self.shape.reach is None else max(2, self.shape.reach)
        other = below[luck.near(place, len(below), reach)]
        unless = (_pattern(other),) if luck.share(0.08) and other not in premises else ()
        self.rules.append(
            Rule(
                id=name, then=_pattern(conclusion), body=body, premises=tuple(_pattern(p) for p in premises),
                count=len(premises) - 1 if body == "at_least" else 0, unless=unless,
                under=(stance,) if stance else (), quote="Force may be used", cite=Citation("act", "1"),
            )
        )  # fmt: skip

    def _rule_set(self, top: str) -> RuleSet:
        positions = tuple(Position(id=p, says=p, cite=(Citation("report", p),)) for p in POSITIONS)
        return RuleSet(
            name="made-up",
            instrument=Instrument(
                id="act", title="An Act", short="Act", citation=Text(text="1 Stat. 1"), enacted="2001",
                status="in force", verified=Mark.PRIMARY, sections=(Section(id="1", text="Force may be used."),),
                **_always(),
            ),
            vocabulary=Vocabulary(
                sentences=tuple(
                    Sentence(says=_says(s), denied=f"it is not so that {_says(s)}", question=s == top)
                    for s in (*self.facts, *self.concluded)
                )
            ),
            authorities=(
                Authority(
                    id="report", citation=Text(text="report"), short="report", kind="case", status="in force",
                    verified=Mark.PRIMARY, **_always(),
                ),
            ),
            disputes=tuple(Dispute(id=d, question=f"{d}?", positions=positions) for d in DISPUTES),
            rules=tuple(self.rules), parties=(), notice=(), tables=_tables(),
            readings=(
                Reading(id=READING, title=READING, positions=dict.fromkeys(DISPUTES, "yes"), standard="preponderance"),
                Reading(id="other", title="other", positions=dict.fromkeys(DISPUTES, "no"), standard="preponderance"),
            ),
        )  # fmt: skip

    # ── The record ────────────────────────────────────────────────────────────────────────────────────────────────

    def _item(self, number: int, origins: Sequence[str]) -> Evidence:
        """An item on its own fact, and perhaps on others; a few are against it, or attack one that came before."""
        luck, count = self.luck, len(self.facts)
        place = number * count // len(self.ids)
        places = [place]
        if luck.share(self.shape.items_shared):
            more = 1 + luck.below(self.shape.facts_an_item - 1)
            places += [luck.near(place, count, self.shape.reach) for _ in range(more)]
        bearing = [Proposition(_says(self.facts[p]), (PARTY,)) for p in dict.fromkeys(places)]
        against = [luck.share(0.1) for _ in bearing]
        letter, digit = luck.pick(GRADES)
        attack = luck.below(20) if number else 2
        aim = (self.ids[luck.near(number, max(number, 1), 3 if self.shape.reach is not None else None)],)
        origin = luck.near(number * len(origins) // len(self.ids), len(origins), 1)
        return Evidence(
            id=self.ids[number], source=origins[origin], says="So it is said.", reliability=letter, credibility=digit,
            supports=tuple(f for f, con in zip(bearing, against, strict=True) if not con),
            contradicts=tuple(f for f, con in zip(bearing, against, strict=True) if con),
            undercuts=aim if attack == 0 else (), doubts=aim if attack == 1 else (),
            under=(Stance(luck.pick(DISPUTES), "yes"),) if luck.share(0.03) else (),
        )  # fmt: skip


@cache
def _tables() -> Tables:
    return authority.load_rules("aumf-2001").tables


def _says(verb: str) -> str:
    return f"<one> {verb}"


def _pattern(verb: str) -> Pattern:
    return Pattern(_says(verb), ("<a>",))


def _always() -> dict[str, Any]:
    return {"from": "2000", "until": None}
