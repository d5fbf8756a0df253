"""May force be used here, under this law, on this evidence? The question answered with reasons, never with advice."""

from authority.engine import Verdict
from authority.errors import AuthorityError, EngineError, InvalidInput, MissingExtra, Problem, UnknownName
from authority.loading import cases, load_case, load_rules, rule_sets
from authority.opinion import Opinion, compare, decide

__all__ = [
    "AuthorityError",
    "EngineError",
    "InvalidInput",
    "MissingExtra",
    "Opinion",
    "Problem",
    "UnknownName",
    "Verdict",
    "cases",
    "compare",
    "decide",
    "load_case",
    "load_rules",
    "rule_sets",
]
