"""Proofs about a rule set, over every record of a universe of made-up parties: how its readings stand to each other."""

from authority.proving.order import Order, Parting, Relation
from authority.proving.readings import Readings, compare_readings

__all__ = ["Order", "Parting", "Readings", "Relation", "compare_readings"]
