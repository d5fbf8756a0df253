"""Proofs about a rule set, over every record of a universe of made-up parties: how its readings
stand to each other, and what in it does nothing."""

from authority.proving.defects import Defect, defects
from authority.proving.order import Order, Parting, Relation
from authority.proving.readings import Readings, compare_readings

__all__ = ["Defect", "Order", "Parting", "Readings", "Relation", "compare_readings", "defects"]
