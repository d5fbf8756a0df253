"""What was officially decided, held against what the library answers: whether they agree, and whether the official
hinge is what the answer turns on."""

from authority.decided.deciders import Decider, deciders
from authority.decided.held import Fault, HeldAgainst, held_against
from authority.decided.hinges import Found, Hinge
from authority.decided.report import Report
from authority.decided.trying import tried

__all__ = ["Decider", "Fault", "Found", "HeldAgainst", "Hinge", "Report", "deciders", "held_against", "tried"]
