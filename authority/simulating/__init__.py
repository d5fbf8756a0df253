"""Simulation: a question drawn many times over, what is not certain of the record and the law being drawn."""

from authority.simulating.answer import Counts, Drawn, Simulation
from authority.simulating.asking import simulate

__all__ = ["Counts", "Drawn", "Simulation", "simulate"]
