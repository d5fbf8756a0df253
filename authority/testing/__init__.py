"""The kit with which anybody tests a rule set: made-up records and rule sets, and the laws that hold of every rule set.

``cases(rules)`` and its kin are strategies of Hypothesis, and so are ``rule_sets()`` and ``vary(rules)``; the functions
of ``laws`` are properties, ready to be called from a test; ``unnoticed(rules)`` says which law no case tests. It is the
only door to Hypothesis, which comes with the extra ``test``.
"""

from importlib.util import find_spec

from authority.errors import MissingExtra

if find_spec("hypothesis") is None:
    raise MissingExtra("authority.testing", "test")

from authority.testing import laws
from authority.testing.lawmaking import rule_sets
from authority.testing.made_up import ChangedRules, MadeUpCase, MadeUpReading, MadeUpRules
from authority.testing.strategies import cases, parties, propositions, readings, records
from authority.testing.varying import changes, unnoticed, vary

__all__ = [
    "ChangedRules", "MadeUpCase", "MadeUpReading", "MadeUpRules", "cases", "changes", "laws", "parties", "propositions",
    "readings", "records", "rule_sets", "unnoticed", "vary",
]  # fmt: skip
