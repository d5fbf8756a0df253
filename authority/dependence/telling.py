"""A dependence in words, words before numbers."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from authority.dependence.missing import Missing, in_every
from authority.vocabulary import Proposition, natural

if TYPE_CHECKING:
    from authority.dependence.answer import Dependence

SHOWN = 20
"""How many of a kind a text lists; the data have all."""
DECIDES = {
    "evidence": "The evidence decides: a withdrawal can turn it, and no change of position by itself can.",
    "law": "The law decides: a change of position can turn it, and no withdrawal by itself can.",
    "either": "Either can turn it: a withdrawal of exhibits, or a change of position.",
    "both together": "Only both together can turn it: no withdrawal by itself, and no change of position.",
    "neither": "Neither can turn it: no withdrawal, no change of position, nor both together.",
    None: "Not computed.",
}


class Told:
    """What to say of a dependence, part by part."""

    def __init__(self, found: Dependence) -> None:
        self.found = found
        self.outcome = "shown" if found.shown else "not shown"

    def lines(self) -> Iterator[str]:
        """All of it, as lines under headings."""
        for heading, part in (
            ("What holds it", self._holding()), ("What would turn it", self._turning()),
            ("Evidence or law", self._deciding()), ("What is missing", self._missing()),
            ("How much each exhibit counts", self._weights()),
        ):  # fmt: skip
            yield heading
            yield from (f"  {line}" for line in part)
            yield ""
        yield "All of this is complete." if self.found.complete is True else f"Not complete: {self.found.complete}."

    def in_short(self) -> Iterator[str]:
        """Whether evidence or law decides, and the smallest change of either kind that turns it."""
        found = self.found
        yield f"It is {self.outcome}. {DECIDES[found.decides]}"
        if found.flip_sets:
            yield f"The fewest exhibits whose withdrawal turns it: {', '.join(found.flip_sets[0])}{_or_others(found)}."
        if found.crux:
            yield f"The fewest positions whose change turns it: {'; '.join(map(str, found.crux[0]))}."
        if found.mixed and not (found.flip_sets or found.crux):
            change = found.mixed[0]
            yield f"It turns on {'; '.join(map(str, change.positions))}, without {', '.join(change.without)}."
        if found.complete is not True:
            yield f"Not complete: {found.complete}."

    def _holding(self) -> Iterator[str]:
        found = self.found
        if found.sufficient_sets == ((),):
            yield f"Nothing need be kept: it stays {self.outcome} whatever exhibits are withdrawn."
            return
        if not found.sufficient_sets:
            yield "Not computed."
            return
        yield f"Any one of these sets keeps it {self.outcome}, whatever else is withdrawn:"
        yield from _listed([", ".join(each) for each in found.sufficient_sets], found.sufficient_count)
        yield f"In every such set (necessary): {', '.join(found.necessary) or 'no exhibit'}."
        if found.relevant:
            yield f"In some (relevant): {', '.join(found.relevant)}. In none (idle): {len(found.idle)} others."

    def _turning(self) -> Iterator[str]:
        found = self.found
        if found.flip_count == 0:
            yield "No withdrawal of exhibits turns it."
        elif found.flip_sets:
            yield "It turns once all of one of these sets are withdrawn:"
            yield from _listed([", ".join(each) for each in found.flip_sets], found.flip_count)
        else:
            yield "Which withdrawals turn it is not computed."
        if found.margin is not None:
            yield f"The fewest origins whose loss turns it (the margin): {found.margin}, namely"
            yield from _listed([" and ".join(each) for each in found.margin_origins], len(found.margin_origins))
        by = f"by {', '.join(found.shown_at)}" if found.shown_at else "by none"
        yield f"By proof standard, the rest unchanged, it is shown {by}."

    def _deciding(self) -> Iterator[str]:
        found = self.found
        yield DECIDES[found.decides]
        if found.crux:
            yield "The smallest changes of position that turn it (the crux):"
            yield from _listed(["; ".join(map(str, each)) for each in found.crux], len(found.crux))
        if found.mixed:
            yield "It also turns on positions and exhibits together:"
            both = [f"{'; '.join(map(str, c.positions))}, without {', '.join(c.without)}" for c in found.mixed]
            yield from _listed(both, len(both))

    def _missing(self) -> Iterator[str]:
        found = self.found
        if found.shown:
            yield "Nothing: it is shown."
        elif found.missing_count is None:
            yield "Not computed."
        elif not found.missing:
            yield "No set of facts that the record leaves open would show it."
        else:
            yield from self._gaps()

    def _gaps(self) -> Iterator[str]:
        found = self.found
        every = found.missing_count == len(found.missing)  # what stands in each set that is listed may not in another
        shared = in_every(found.missing) if every and found.missing_count != 1 else ()
        if shared:
            yield "To show it, each of these facts would have to be established:"
            yield from (f"  {_fact(fact, found.missing[0])}" for fact in shared)
            yield "and besides one of these, what settles most readings first:"
        else:
            yield "To show it, one of these would have to be established, what settles most readings first:"
        yield from _listed([_gap(each, shared) for each in found.missing], found.missing_count)

    def _weights(self) -> Iterator[str]:
        found = self.found
        weights = {i: w for i, w in found.power.items() if any((w.shapley, w.banzhaf, w.derivative))}
        if weights:
            yield "Values over all sets of exhibits; positive tells for what is asked, negative against."
            yield f"{'':8}{'Shapley':>10}{'Banzhaf':>10}{'by p':>10}"
            ranked = sorted(weights, key=lambda item: (-abs(weights[item].shapley or 0), natural(item)))
            for item in ranked[:SHOWN]:
                w = weights[item]
                yield f"{item:8}" + "".join(f"{_number(n):>10}" for n in (w.shapley, w.banzhaf, w.derivative))
            if len(ranked) > SHOWN:
                yield f"… and {len(ranked) - SHOWN} more."
            yield from self._idle_and_counted(weights)
        else:
            yield "None counts: with any of them or none, the outcome is the same."
        if found.probability is not None:
            yield "Were each exhibit sound with the probability of its level, those of one origin failing together, it"
            yield f"would be shown with probability {_number(found.probability)}; “by p” is how fast that rises."
            yield from textwrap.wrap(f"The probabilities: {found.probabilities.source}", 100)

    def _idle_and_counted(self, weights: Iterable[str]) -> Iterator[str]:
        """Why an item that is idle on the whole record stands among those that count, where one does."""
        both = sorted(set(weights) & set(self.found.idle), key=natural)
        if both:
            few = f"{', '.join(both[:SHOWN])}{' …' if len(both) > SHOWN else ''}"
            said = f"Idle on the whole record, and counted since they turn it where parts of it are withdrawn: {few}."
            yield from textwrap.wrap(said, 100)


def _or_others(found: Dependence) -> str:
    """That there are other sets as small as the first flip set, if there are."""
    others = sum(len(each) == len(found.flip_sets[0]) for each in found.flip_sets) - 1
    if others > 1:
        return f" (or one of {others:,} other sets as small)"
    return " (or another set as small)" if others else ""


def _gap(gap: Missing, shared: tuple[Proposition, ...]) -> str:
    facts = [_fact(fact, gap) for fact in gap.facts if fact not in shared]
    return f"{'; '.join(facts)} (shown under {', '.join(gap.settles)})"


def _fact(fact: Proposition, gap: Missing) -> str:
    return f"{fact}{' [refuted by the record]' if fact in gap.refuted else ''}"


def _listed(lines: list[str], count: int | None) -> Iterator[str]:
    yield from (f"  {line}" for line in lines[:SHOWN])
    if count is None:
        yield "  … and it is not known how many more."
    elif count > SHOWN:
        yield f"  … and {count - SHOWN:,} more."


def _number(number: float | None) -> str:
    return "–" if number is None else f"{number + 0.0:.3f}"
