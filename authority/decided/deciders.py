"""One record, several deciders: the verdict as each of them read the law, and the positions that part them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from authority.decided.trying import tried
from authority.dependence import as_positions, turns
from authority.facts import Decision, FactPattern
from authority.law import Stance
from authority.opinion import Opinion
from authority.vocabulary import Model

LISTED = 5
"""How many ways a text lists for a decision; the data have all."""


class Way(Model):
    """A smallest change of positions that turns the outcome, and the deciders of the other outcome who took them."""

    change: tuple[Stance, ...]
    taken_by: tuple[str, ...]

    def __str__(self) -> str:
        by = f", as {' and '.join(self.taken_by)} took it" if self.taken_by else ""
        return f"turns on {' and '.join(map(str, self.change))}{by}"


class Decider(Model):
    """A decision, the opinion under its reading and positions, and the ways to the other outcome: first those that
    another decider took, then the smallest. ``crux`` is None where they could not be worked out."""

    decision: Decision
    opinion: Opinion
    crux: tuple[Way, ...] | None

    def as_data(self) -> dict[str, Any]:
        """As plain data, with the keys of ``decided`` in ``authority compare --format json``."""
        decision, opinion = self.decision, self.opinion
        return {
            "by": decision.by, "on": decision.on, "question": str(opinion.question), "reading": decision.reading,
            "positions": dict(decision.positions), "verdict": str(opinion.verdict), "shown": opinion.shown,
            "officially": {"shown": decision.shown, "result": decision.result},
            "crux": None if self.crux is None else [
                {"change": as_positions(way.change), "taken_by": list(way.taken_by)} for way in self.crux
            ],
        }  # fmt: skip

    def lines(self) -> Iterator[str]:
        """As text."""
        decision, opinion = self.decision, self.opinion
        asked = "" if opinion.question == opinion.case.asks else f" ({opinion.question})"
        shown = "shown" if opinion.shown else "not shown"
        official = f"officially {decision.expect} ({decision.result})"
        yield f"{decision.by}, {decision.on}{asked}, under {decision.under}: {opinion.verdict} ({shown}); {official}"
        yield from (f"  {way}" for way in (self.crux or ())[:LISTED])
        if len(self.crux or ()) > LISTED:
            yield f"  … and in {len(self.crux or ()) - LISTED} more such ways"
        if not self.crux:
            yield "  no change of position turns it" if self.crux is not None else "  what turns it is not computed"


def deciders(case: FactPattern, decisions: Iterable[Decision]) -> tuple[Decider, ...]:
    """Some decisions on a case, each with the verdict as its decider read the law and what leads to the other outcome;
    raises as ``decide`` does."""
    found = [(decision, tried(case, decision)) for decision in decisions]

    def way(opinion: Opinion, change: tuple[Stance, ...]) -> Way:
        by = (d.by for d, other in found if other.shown != opinion.shown and _took(other, opinion, change))
        return Way(change=change, taken_by=tuple(dict.fromkeys(by)))

    def crux(opinion: Opinion) -> tuple[Way, ...] | None:
        changes = turns(opinion).cruxes
        ways = None if changes is None else [way(opinion, change) for change in changes]
        return None if ways is None else tuple(sorted(ways, key=lambda each: (not each.taken_by, len(each.change))))

    return tuple(Decider(decision=d, opinion=opinion, crux=crux(opinion)) for d, opinion in found)


def _took(other: Opinion, opinion: Opinion, change: tuple[Stance, ...]) -> bool:
    """Whether the decider of another opinion was asked the same and took all these positions."""
    held = other.reading.positions
    return other.question == opinion.question and all(held.get(s.dispute) == s.position for s in change)
