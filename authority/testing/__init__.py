"""The kit with which anybody tests a rule set: made-up records and rule sets, and the laws that hold of every rule set.

``cases(rules)`` and its kin are strategies of Hypothesis, and so is ``rule_sets()``; the functions of ``laws`` are
properties, ready to be called from a test. It is the only door to Hypothesis, which comes with the extra ``test``.
"""

from importlib.util import find_spec

from authority.errors import MissingExtra

if find_spec("hypothesis") is None:
    raise MissingExtra("authority.testing", "test")

from authority.testing import laws
from authority.testing.lawmaking import rule_sets
from authority.testing.made_up import MadeUpCase, MadeUpReading, MadeUpRules
from authority.testing.strategies import cases, parties, propositions, readings, records

__all__ = [
    "MadeUpCase", "MadeUpReading", "MadeUpRules", "cases", "laws", "parties", "propositions", "readings", "records",
    "rule_sets",
]  # fmt: skip
