"""What Hypothesis makes up, as a lawyer would write it: cases and rule sets print as files that load."""

from __future__ import annotations

from authority.facts import FactPattern
from authority.law import Reading, RuleSet
from authority.testing.written import case_text, law_text, reading_text

_END = "#"
"""Takes the comma that Hypothesis prints behind an argument, so that what stands above can be kept as it is."""


class MadeUpCase(FactPattern):
    """A case that was made up. As text it is a case file, so that a failing example can be read, and kept."""

    def __str__(self) -> str:
        return case_text(self)

    def __repr__(self) -> str:
        return f"\n{self}\n{_END}"


class MadeUpReading(Reading):
    """A reading that was made up: any positions together, at any proof standard."""

    def __str__(self) -> str:
        return reading_text(self)

    def __repr__(self) -> str:
        return f"\n{self}\n{_END}"


class MadeUpRules(RuleSet):
    """A rule set that was made up. As text it is a file of a rule set's folder, so that it can be read, and kept."""

    def __str__(self) -> str:
        return law_text(self)

    def __repr__(self) -> str:
        return f"\n{self}\n{_END}"


class ChangedRules(RuleSet):
    """A rule set of somebody's own with one change made to it. ``change`` names what was done, ``says`` the whole of it
    in words. As text it says what was changed; ``written.law_text`` writes it out."""

    change: str
    says: str

    def __str__(self) -> str:
        return self.says

    def __repr__(self) -> str:
        return f"\n{self.name}, {self.says}\n{_END}"
