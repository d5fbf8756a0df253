"""How the official hinge of a decision is found in what the library's own answer turns on."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property

from authority.changes import has_moved, stands
from authority.dependence import Changes, turns
from authority.facts import Evidence, FactPattern
from authority.law import Level
from authority.opinion import Opinion, decide
from authority.vocabulary import Model, Proposition


class Found(StrEnum):
    """How a hinge is found, the strongest first."""

    RELEVANT = "relevant"
    CRUX = "crux"
    ELEMENT = "decides an element"
    BELIEVED = "if believed"
    ANSWERS = "answers what would turn it"
    NOT_FOUND = "not found"


class Hinge(Model):
    """An item or a dispute on which an outcome officially turned, and how it is found; ``out`` says why an item is not
    in the scales, where it is not."""

    id: str
    found: Found
    out: str = ""

    def __str__(self) -> str:
        return f"{self.id} ({self.found}{f'; out: {self.out}' if self.out else ''})"


def hinges(opinion: Opinion, names: tuple[str, ...]) -> tuple[Hinge, ...]:
    """Each of the items and disputes named, with the strongest way in which it is found in what an opinion turns on."""
    turning = _Turning(opinion)
    return tuple(turning.hinge(name) for name in names)


class _Turning:
    """What an opinion turns on, worked out as far as it is asked for."""

    def __init__(self, opinion: Opinion) -> None:
        self.opinion, self.case = opinion, opinion.case

    @cached_property
    def changes(self) -> Changes:
        return turns(self.opinion)

    def hinge(self, name: str) -> Hinge:
        if name in self.case.item:
            return Hinge(id=name, found=self._item(name), out=self.opinion.item[name].out)
        return Hinge(id=name, found=self._dispute(name))

    def _item(self, name: str) -> Found:
        if name in (self.changes.relevant or ()):
            return Found.RELEVANT
        if self._moves(self.case.holding(self.case.item.keys() - {name})):
            return Found.ELEMENT
        if self._would_turn(name):
            return Found.BELIEVED
        attacked = (*self.case.item[name].undercuts, *self.case.item[name].doubts)
        return Found.ANSWERS if any(map(self._would_turn, attacked)) else Found.NOT_FOUND

    def _would_turn(self, name: str) -> bool:
        """Whether an item would turn the outcome, were it beyond doubt."""
        return self._decide(_believed(self.case, name)).shown != self.opinion.shown

    def _dispute(self, name: str) -> Found:
        changes = (*(self.changes.cruxes or ()), *(c.positions for c in self.changes.mixed or ()))
        if any(stance.dispute == name for change in changes for stance in change):
            return Found.CRUX
        return Found.ELEMENT if any(map(self._moves, self._otherwise(name))) else Found.NOT_FOUND

    def _otherwise(self, dispute: str) -> Iterator[FactPattern]:
        """The case with each position on a dispute that is not the one taken."""
        reading = self.opinion.reading
        (disputed,) = (d for d in (*self.case.rules.disputes, *self.case.disputes) if d.id == dispute)
        for position in disputed.positions:
            if position.id != reading.positions.get(dispute):
                own = {**self.case.positions.get(reading.id, {}), dispute: position.id}
                yield self.case.but(positions={**self.case.positions, reading.id: own})

    def _decide(self, case: FactPattern) -> Opinion:
        return decide(case, self.opinion.reading.id, self.opinion.question)

    def _moves(self, case: FactPattern) -> bool:
        """Whether a conclusion or a fact of the issue tree stands otherwise in a case."""
        other = self._decide(case)
        spoken = {*_tree(self.opinion), *_tree(other)}
        return any(has_moved(each, stands(self.opinion, each), stands(other, each)) for each in spoken)


def _tree(opinion: Opinion) -> tuple[Proposition, ...]:
    """The conclusions and the facts that the question turns on."""
    return (*opinion.conclusion, *opinion.beneath(opinion.question))


def _believed(case: FactPattern, name: str) -> FactPattern:
    """The case with an item at the best of grades, attacked by nothing and admitted whatever positions are taken."""
    tables, others = case.rules.tables, case.item.keys() - {name}

    def best(grades: dict[str, Level]) -> str:
        return max(grades, key=lambda grade: grades[grade].level or 0)

    def believed(item: Evidence) -> Evidence:
        reliability, credibility = best(dict(tables.reliability)), best(dict(tables.credibility))
        return item.but(reliability=reliability, credibility=credibility, hedge="", under=())

    return case.but(evidence=tuple(believed(e) if e.id == name else e.among(others) for e in case.evidence))
