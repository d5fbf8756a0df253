"""compare(): one case under every reading, and the crux on which the readings part; and as it was decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from authority.decided import Decider, deciders
from authority.dependence import Changes, Decides, as_positions, turns
from authority.facts import Decision, FactPattern
from authority.opinion import Opinion, decide
from authority.vocabulary import Proposition

MIXED = 5
"""How many mixed changes a text lists for a reading; the data have all."""
DECIDES: Mapping[Decides | None, str] = {
    "evidence": "the evidence decides; no change of position turns it, a withdrawal of exhibits does",
    "law": "the law decides; no withdrawal of exhibits turns it, a change of position does",
    "either": "a withdrawal of exhibits turns it, and so does a change of position",
    "both together": "only a change of position and a withdrawal of exhibits together turn it",
    "neither": "neither a change of position nor a withdrawal of exhibits turns it",
    None: "not computed",
}


class Comparison(Mapping[str, Opinion]):
    """The opinion under every reading of the rule set, in their order, by the reading's id; and what was decided."""

    def __init__(self, opinions: Mapping[str, Opinion], decisions: Iterable[Decision] = ()) -> None:
        self._opinions, self._decisions = dict(opinions), tuple(decisions)

    def __getitem__(self, reading: str) -> Opinion:
        return self._opinions[reading]

    def __iter__(self) -> Iterator[str]:
        return iter(self._opinions)

    def __len__(self) -> int:
        return len(self._opinions)

    @cached_property
    def turns(self) -> Mapping[str, Changes]:
        """By reading, the smallest changes of position and of evidence that turn its verdict between shown and not
        shown, and whether it is evidence or law that decides it."""
        return {name: turns(opinion) for name, opinion in self._opinions.items()}

    @cached_property
    def crux(self) -> tuple[dict[str, Any], ...]:
        """From each reading, every minimal change of positions that turns its verdict, the smallest first: the reading
        it starts ``from``, the verdict it leads ``to``, and the ``change``, position by dispute."""
        return tuple(
            {"from": name, "to": str(self._after(name, change)), "change": change}
            for name, found in self.turns.items()
            for change in map(as_positions, found.cruxes or ())
        )

    @cached_property
    def decided(self) -> tuple[Decider, ...]:
        """Each decision with the verdict under its decider's reading and positions, and what leads to the other
        outcome."""
        return deciders(next(iter(self.values())).case, self._decisions)

    def _after(self, name: str, change: Mapping[str, str]) -> str:
        opinion = self._opinions[name]
        case, reading = opinion.case, opinion.reading
        own = {**case.positions.get(reading.id, {}), **change}
        moved = case.but(positions={**case.positions, reading.id: own})
        return decide(moved, reading, opinion.question).verdict

    def explain(self) -> str:
        """What turns each reading's verdict, and each decision's, in words."""
        lines = [line for name in self for line in self._told(name)]
        lines += ["", "As decided"] if self.decided else []
        return "\n".join([*lines, *(f"  {line}" for each in self.decided for line in each.lines())])

    def _told(self, name: str) -> Iterator[str]:
        found = self.turns[name]
        outcome = "; ".join(filter(None, ("shown" if self[name].shown else "not shown", self[name].label)))
        yield f"From {name} ({outcome}): {DECIDES[found.decides]}"
        for each in found.cruxes or ():
            yield f"  turns on {' and '.join(map(str, each))}"
        for change in (found.mixed or ())[:MIXED]:
            yield f"  turns on {' and '.join(map(str, change.positions))}, without {', '.join(change.without)}"
        if len(found.mixed or ()) > MIXED:
            yield f"  … and in {len(found.mixed or ()) - MIXED} more such ways"

    def as_data(self) -> dict[str, Any]:
        """The comparison as plain data, with the keys of ``authority compare --format json``."""
        data = {name: opinion.as_data() for name, opinion in self.items()}
        first = next(iter(self.values()))
        return {
            "case": first.case.name,
            "question": str(first.question),
            "readings": {
                name: {key: found[key] for key in ("label", "verdict", "shown", "contradictions", "elements")}
                | {"decides": self.turns[name].decides, "mixed": _mixed(self.turns[name])}
                for name, found in data.items()
            },
            "crux": list(self.crux),
            "decided": [each.as_data() for each in self.decided],
        }

    def table(self) -> list[dict[str, Any]]:
        """Every element under every reading as a row: plain values under the same keys, for any table library."""
        from authority.showing import comparison_rows

        return comparison_rows(self)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """The comparison as a notebook shows it."""
        from authority.showing import show_comparison

        return show_comparison(self)


def _mixed(changes: Changes) -> list[dict[str, Any]]:
    return [
        {"without": list(change.without), "positions": as_positions(change.positions)} for change in changes.mixed or ()
    ]


def compare(case: FactPattern, ask: str | Proposition | None = None) -> Comparison:
    """The opinion under every reading of the rule set, in their order, by the reading's id; and, worked out when asked
    for, the crux, and what was decided on the case (where ``ask`` is given, on that question)."""
    opinions = {r.id: decide(case, r, ask) for r in case.rules.readings}
    asked = {opinion.question for opinion in opinions.values()}
    return Comparison(opinions, [d for d in case.decided if ask is None or (d.asks or case.asks) in asked])
