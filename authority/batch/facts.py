"""What a table says of a fact: the inputs that its columns give, and where the fact then stands, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import NamedTuple

from authority.circuit import FALSE, Circuit
from authority.compiling import Stands
from authority.law import Standard
from authority.scales import meets
from authority.vocabulary import Proposition
from authority.weighing import Cause, Status


class Side(StrEnum):
    """Which way what stands in a column of levels tells."""

    FOR = "for"
    AGAINST = "against"


class Reaches(NamedTuple):
    """An input: on a side of a fact something stands at a level or above; at level 0, something stands there at all."""

    fact: Proposition
    side: Side
    level: int


class Says(NamedTuple):
    """An input: a fact is found so."""

    fact: Proposition
    status: Status


class Fact(NamedTuple):
    """Where a fact stands, when the record speaks to it, when something supports it, and when each cause is why it
    stands so; all as nodes of a circuit."""

    stands: Stands
    spoken: int
    supported: int
    causes: Mapping[Cause, int]


def by_levels(
    circuit: Circuit, fact: Proposition, sides: Collection[Side], standard: Standard, refuted_by: Standard
) -> Fact:
    """A fact of which a table gives the level of the strongest exhibit on some sides, weighed at a standard."""

    def reaches(side: Side, level: int) -> int:
        return circuit.variable(Reaches(fact, side, level)) if side in sides else FALSE

    def pro(level: int) -> int:
        return reaches(Side.FOR, level)

    def con(level: int) -> int:
        return reaches(Side.AGAINST, level)

    supported = pro(0)
    unjudged = circuit.all((supported, circuit.no(pro(1))))
    met = meets(circuit, standard, pro, con, unjudged)
    not_met = circuit.all((meets(circuit, refuted_by, con, pro), circuit.no(met)))
    alone = meets(circuit, standard, pro, lambda _: FALSE, unjudged)
    left = circuit.all((circuit.no(met), circuit.no(not_met)))
    causes = {
        Cause.EVIDENCE: circuit.any((met, not_met)),
        Cause.NO_EVIDENCE: circuit.all((left, circuit.no(supported))),
        Cause.CONFLICT: circuit.all((left, supported, alone)),
        Cause.SHORT: circuit.all((left, supported, circuit.no(alone))),
    }
    return Fact(Stands(met, not_met), circuit.any((supported, con(0))), supported, causes)


def by_finding(circuit: Circuit, fact: Proposition) -> Fact:
    """A fact of which a table gives the finding, whatever the standard. One that it leaves open was looked into, and
    nothing was found for it."""
    met, not_met, left = (circuit.variable(Says(fact, status)) for status in Status)
    settled = circuit.any((met, not_met))
    causes = {Cause.EVIDENCE: settled, Cause.NO_EVIDENCE: circuit.no(settled)}
    return Fact(Stands(met, not_met), circuit.any((settled, left)), met, causes)
