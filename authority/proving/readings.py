"""compare_readings(): how the readings of a rule set stand to each other, as text and as data."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from authority.law import RuleSet
from authority.proving.opened import Opened
from authority.proving.order import Order, orders
from authority.proving.solver import Solver
from authority.proving.universe import law_days, left_open
from authority.vocabulary import Model


class Readings(Model):
    """Every two readings of a rule set on every question, by the law of a day (None where the instrument holds on none
    under any reading), the made-up parties over whom that was proved, and why more of them may be otherwise
    (``limits``), where they may."""

    rules: str
    as_of: str | None
    parties: tuple[str, ...]
    limits: tuple[str, ...]
    orders: tuple[Order, ...]

    @property
    def whole(self) -> bool:
        """Whether it holds of any parties."""
        return not self.limits

    def as_data(self) -> dict[str, Any]:
        """As plain data: what ``authority readings --format json`` prints."""
        return {
            "rules": self.rules, "as_of": self.as_of, "parties": list(self.parties), "whole": self.whole,
            "limits": list(self.limits), "orders": [order.as_data() for order in self.orders],
        }  # fmt: skip

    def explain(self) -> str:
        """As text, question by question."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        if self.as_of is None:
            yield f"{self.rules}: the instrument is law on no day under any reading"
            return
        yield f"{self.rules}: by the law of {self.as_of}, on every record; proof standards are set aside"
        if not self.whole:
            yield left_open(self.limits, self.parties)
        for sentence, found in groupby(self.orders, key=lambda order: order.sentence):
            yield f"\n{sentence}"
            yield from (f"  {line}" for order in found for line in order.lines())
        if not self.orders:
            yield "no two readings speak to the same question"


def compare_readings(rules: RuleSet) -> Readings:
    """How every two readings stand to each other on every question to which both speak, by the law as it stands after
    its last change. MissingExtra without python-sat; EngineError where ``decide`` does not answer as proved."""
    days = law_days(rules)
    if not days:
        return Readings(rules=rules.name, as_of=None, parties=(), limits=(), orders=())
    opened = Opened(rules, days[-1])
    with Solver(opened.circuit) as solver:
        found = orders(opened, solver)
    case = opened.universe.case
    return Readings(
        rules=rules.name, as_of=case.as_of, parties=tuple(p.name for p in case.parties),
        limits=opened.universe.limits, orders=found,
    )  # fmt: skip
