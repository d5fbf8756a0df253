"""What a table says of a fact: the inputs that its columns give, and where the fact then stands, and why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from typing import NamedTuple

from authority.circuit import FALSE, TRUE, Circuit
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


class Ahead(NamedTuple):
    """An input: on a side of a fact nothing stands on the other, or what stands here is higher by so many levels."""

    fact: Proposition
    by: int  # not third, where Reaches has its level: equal tuples would be one variable
    side: Side


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
    circuit: Circuit, fact: Proposition, sides: Collection[Side], standard: Standard, refuted_by: Standard, *,
    found_none: bool = False,
) -> Fact:  # fmt: skip
    """A fact of which a table gives the level of the strongest exhibit on some sides, weighed at a standard; and, with
    ``found_none``, whether it was looked into and nothing found, which speaks to it and tells for neither side."""

    def reaches(side: Side, level: int) -> int:
        return circuit.variable(Reaches(fact, side, level)) if side in sides else FALSE

    def pro(level: int) -> int:
        return reaches(Side.FOR, level)

    def con(level: int) -> int:
        return reaches(Side.AGAINST, level)

    both = len(sides) == len(Side)
    supported = pro(0)
    unjudged = circuit.all((supported, circuit.no(pro(1))))
    met = _meets(circuit, fact, Side.FOR if both else None, standard, pro, con, unjudged)
    contrary = _meets(circuit, fact, Side.AGAINST if both else None, refuted_by, con, pro)
    not_met = circuit.all((contrary, circuit.no(met)))
    alone = meets(circuit, standard, pro, lambda _: FALSE, unjudged)
    left = circuit.all((circuit.no(met), circuit.no(not_met)))
    causes = {
        Cause.EVIDENCE: circuit.any((met, not_met)),
        Cause.NO_EVIDENCE: circuit.all((left, circuit.no(supported))),
        Cause.CONFLICT: circuit.all((left, supported, alone)),
        Cause.SHORT: circuit.all((left, supported, circuit.no(alone))),
    }
    looked = circuit.variable(Says(fact, Status.UNRESOLVED)) if found_none else FALSE
    return Fact(Stands(met, not_met), circuit.any((supported, con(0), looked)), supported, causes)


def _meets(
    circuit: Circuit, fact: Proposition, side: Side | None, standard: Standard, here: Callable[[int], int],
    there: Callable[[int], int], unjudged: int = FALSE,
) -> int:  # fmt: skip
    """When what stands on a side of a fact meets a standard. Where both sides are columns (``side``), how far one is
    ahead of the other is one look at the two, rather than one at each level of each."""
    by = standard.ahead_by
    if side is None or by is None or by > standard.for_at_least:
        return meets(circuit, standard, here, there, unjudged)
    most = standard.against_at_most
    allowed = TRUE if most is None else circuit.no(there(most + 1))
    judged = circuit.all((here(standard.for_at_least), circuit.variable(Ahead(fact, by, side)), allowed))
    return circuit.any((judged, unjudged)) if standard.unjudged_suffices else judged


def by_finding(circuit: Circuit, fact: Proposition) -> Fact:
    """A fact of which a table gives the finding, whatever the standard. One that it leaves open was looked into, and
    nothing was found for it."""
    met, not_met, left = (circuit.variable(Says(fact, status)) for status in Status)
    settled = circuit.any((met, not_met))
    causes = {Cause.EVIDENCE: settled, Cause.NO_EVIDENCE: circuit.no(settled)}
    return Fact(Stands(met, not_met), circuit.any((settled, left)), met, causes)
