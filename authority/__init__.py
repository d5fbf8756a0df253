"""May force be used here, under this law, on this evidence? The question answered with reasons, never with advice."""

from authority.changes import WhatIf, diff, whatif
from authority.comparing import Comparison, compare
from authority.decided import HeldAgainst, held_against
from authority.dependence import Dependence, depend
from authority.engine import Verdict
from authority.errors import AuthorityError, EngineError, InvalidInput, MissingExtra, Problem, UnknownName
from authority.loading import cases, load_case, load_rules, rule_sets
from authority.opinion import Opinion, decide
from authority.timeline import Timeline, timeline

__all__ = [
    "AuthorityError",
    "Comparison",
    "Dependence",
    "EngineError",
    "HeldAgainst",
    "InvalidInput",
    "MissingExtra",
    "Opinion",
    "Problem",
    "Timeline",
    "UnknownName",
    "Verdict",
    "WhatIf",
    "cases",
    "compare",
    "decide",
    "depend",
    "diff",
    "held_against",
    "load_case",
    "load_rules",
    "rule_sets",
    "timeline",
    "whatif",
]
