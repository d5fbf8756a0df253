"""Proofs about a rule set, over every record of a universe of made-up parties: how its readings
stand to each other, what in it does nothing, and which of its conclusions contradict each other."""

from authority.proving.contradicting import Clash, contradictory
from authority.proving.defects import Defect
from authority.proving.order import Order, Parting, Relation
from authority.proving.proved import Proved, prove
from authority.proving.readings import Readings, compare_readings
from authority.proving.universe import left_open

__all__ = [
    "Clash", "Defect", "Order", "Parting", "Proved", "Readings", "Relation", "compare_readings", "contradictory",
    "left_open", "prove",
]  # fmt: skip
