"""What a simulation is made of: nouns only."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from authority.engine import Verdict
from authority.law import Probabilities
from authority.vocabulary import Model, Proposition

Z = 1.959963984540054
"""The normal deviate beyond which lies a fortieth on either side."""


class Interval(NamedTuple):
    """From where to where."""

    low: float
    high: float


class Counts(Model):
    """In how many draws a proposition stands at each verdict."""

    met: int
    not_met: int
    undetermined: int

    @property
    def n(self) -> int:
        """How many draws there were."""
        return self.met + self.not_met + self.undetermined

    @property
    def probability(self) -> float:
        """The share of the draws in which it is met: shown."""
        return self.met / self.n

    @property
    def standard_error(self) -> float:
        """The Monte Carlo standard error of that share; nought where all draws came out alike, of which the interval
        says more."""
        return math.sqrt(self.probability * (1 - self.probability) / self.n)

    @property
    def interval(self) -> Interval:
        """The score interval at z = 1.96 (Wilson 1927): what such a share of so many draws is consistent with."""
        p, n = self.probability, self.n
        middle, about = p + Z * Z / (2 * n), Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        low, high = ((middle + side) / (1 + Z * Z / n) for side in (-about, about))
        return Interval(0.0 if self.met == 0 else low, 1.0 if self.met == n else high)

    def as_data(self) -> dict[str, int]:
        """As plain data, by the words of the verdicts."""
        return dict(zip(map(str, Verdict), (self.met, self.not_met, self.undetermined), strict=True))


class Drawn(Model):
    """What the draws came to under one reading.

    ``verdict`` is that of the record as it stands. ``elements`` are the premises of the question's rules, each with how
    it stood in the draws, asked for or not. ``exact`` is the probability that ``depend`` gives; where that is None,
    ``not_exact`` says why.
    """

    reading: str
    label: str
    verdict: Verdict
    counts: Counts
    elements: Mapping[str, Counts]
    exact: float | None = None
    not_exact: str = ""

    def as_data(self) -> dict[str, Any]:
        """As plain data, with the keys of a reading in ``authority simulate --format json``."""
        return {
            "label": self.label, "verdict": str(self.verdict), **_estimate(self.counts), "exact": self.exact,
            "not_exact": self.not_exact,
            "elements": {name: _estimate(counts) for name, counts in self.elements.items()},
        }  # fmt: skip


class Simulation(Model):
    """A question drawn ``n`` times over, under one or more readings. ``positions`` are the shares in which positions
    were drawn, dispute by dispute; ``regrade`` is the chance that an item stands a level away from its grade.

    It is what follows from what was assumed, and no more: ``assumed`` says that, and is to be said with any number.
    """

    case: str
    question: Proposition
    n: int
    seed: int
    readings: Mapping[str, Drawn]
    probabilities: Probabilities
    positions: Mapping[str, Mapping[str, float]]
    regrade: float

    @property
    def first(self) -> Drawn:
        """What came of the first reading."""
        return next(iter(self.readings.values()))

    @property
    def counts(self) -> Counts:
        """The counts under the first reading, with their probability, standard error and interval."""
        return self.first.counts

    @property
    def probability(self) -> float:
        """The share of the draws in which the question is shown, under the first reading."""
        return self.counts.probability

    @property
    def standard_error(self) -> float:
        """The Monte Carlo standard error of that share."""
        return self.counts.standard_error

    @property
    def interval(self) -> Interval:
        """Wilson's interval about that share."""
        return self.counts.interval

    @property
    def assumed(self) -> tuple[str, ...]:
        """What was assumed, in sentences."""
        return tuple(_assumed(self))

    def explain(self) -> str:
        """The simulation in words: what was drawn, what came of it under each reading, and what was assumed."""
        return "\n".join(_lines(self))

    def as_data(self) -> dict[str, Any]:
        """The simulation as plain data, with the keys of ``authority simulate --format json``."""
        return {
            "case": self.case, "question": str(self.question), "n": self.n, "seed": self.seed,
            "readings": {name: drawn.as_data() for name, drawn in self.readings.items()},
            "positions": {dispute: dict(shares) for dispute, shares in self.positions.items()},
            "regrade": self.regrade, "assumed": list(self.assumed),
            "probability_convention": self.probabilities.source,
        }  # fmt: skip


def _estimate(counts: Counts) -> dict[str, Any]:
    return {
        "counts": counts.as_data(), "probability": counts.probability, "standard_error": counts.standard_error,
        "interval": list(counts.interval),
    }  # fmt: skip


def _assumed(found: Simulation) -> Iterator[str]:
    yield (
        "Each exhibit is sound with the probability of its level, and one that is not is as though it had never been "
        "there."
    )
    yield (
        "Those of one origin fail together: of two with different probabilities the likelier fails only if the other "
        "does. Different origins fail independently of each other, which is assumed and nowhere shown."
    )
    if found.regrade:
        yield (
            f"With a chance of {found.regrade:g} an exhibit that can be judged stands a level higher or lower than it "
            "is graded, either alike, and is sound with the probability of that level; each exhibit by itself."
        )
    for dispute, shares in found.positions.items():
        drawn = ", ".join(f"{position} {share:.3f}" for position, share in shares.items())
        yield f"The position on {dispute} is drawn, independently of all else: {drawn}. No such share is law."
    if not found.positions:
        yield "Positions are those of the reading."


def _lines(found: Simulation) -> Iterator[str]:
    yield f"{found.question}: drawn {found.n:,} times (seed {found.seed})"
    for name, drawn in found.readings.items():
        counts = drawn.counts
        label = f" [{drawn.label}]" if drawn.label else ""
        yield f"\nUnder {name}{label}; on the record as it stands: {drawn.verdict}"
        yield f"  {_told(counts)}"
        low, high = counts.interval
        yield (
            f"  Shown with probability {counts.probability:.6f}, standard error {counts.standard_error:.6f}; Wilson's "
            f"interval {low:.6f} to {high:.6f}"
        )
        exact = f"{drawn.exact:.9g}" if drawn.exact is not None else f"not computed: {drawn.not_exact}"
        yield f"  The exact probability on the same assumptions: {exact}"
        yield from (f"    {element}: {_told(each)}" for element, each in drawn.elements.items())
    yield "\nWhat is assumed"
    for each in (*found.assumed, f"The probabilities: {found.probabilities.source}"):
        yield from textwrap.wrap(each, 100, initial_indent="  ", subsequent_indent="  ")


def _told(counts: Counts) -> str:
    return ", ".join(f"{word} in {number:,}" for word, number in counts.as_data().items())
