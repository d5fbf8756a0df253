"""prove(): what is amiss in a rule set on any record, and of whom that was proved."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from authority.law import RuleSet
from authority.proving.contradicting import contradictory
from authority.proving.defects import Defect, idle


class Proved(NamedTuple):
    """What was proved to be amiss; the made-up parties over whom that and the want of anything else was proved; and why
    more parties may be otherwise (``limits``), where they may."""

    defects: tuple[Defect, ...]
    parties: tuple[str, ...]
    limits: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether what was proved holds of any parties."""
        return not self.limits

    def as_data(self) -> dict[str, Any]:
        """Of whom it was proved, as plain data."""
        return {"whole": self.whole, "limits": list(self.limits), "parties": list(self.parties)}


def prove(rules: RuleSet, turned_on: Collection[str] = ()) -> Proved:
    """What does nothing, and what contradicts, in a rule set. On the disputes ``turned_on`` evidence may turn, too.

    MissingExtra without python-sat; EngineError where ``decide`` does not answer as proved, or the rules can be applied
    in too many ways.
    """
    found, universes = idle(rules, turned_on)
    clashes, wider = contradictory(rules)
    every = (*universes, *wider)
    return Proved(
        defects=(*found, *(clash.defect() for clash in clashes)),
        parties=tuple(dict.fromkeys(party.name for each in every for party in each.case.parties)),
        limits=tuple(dict.fromkeys(limit for each in every for limit in each.limits)),
    )
