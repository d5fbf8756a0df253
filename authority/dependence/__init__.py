"""What a verdict depends on: which evidence holds it, what would turn it, how much each item counts, what is missing.

Everything is about *shown* or *not shown*, and about taking an item out as though it had never been there. Every answer
is exact; past a budget ``complete`` says which are, and what the rest leave out.
"""

from authority.dependence.answer import Changes, Decides, Dependence, Weight, as_positions
from authority.dependence.missing import Missing
from authority.dependence.sets import Change, Family, Set
from authority.dependence.singly import Margin, chance_of, margin
from authority.dependence.working import LISTED, NODES, depend, turns

__all__ = [
    "LISTED",
    "NODES",
    "Change",
    "Changes",
    "Decides",
    "Dependence",
    "Family",
    "Margin",
    "Missing",
    "Set",
    "Weight",
    "as_positions",
    "chance_of",
    "depend",
    "margin",
    "turns",
]
