"""held_against(): each decision on a case beside the library's own answer, and what is amiss between the two."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from authority.decided.hinges import Found, Hinge, hinges
from authority.decided.trying import tried
from authority.facts import Decision, FactPattern
from authority.opinion import Opinion
from authority.vocabulary import Model


class Fault(NamedTuple):
    """What is amiss between a decision and the library's answer, why that matters, and how to mend it."""

    what: str
    why: str
    fix: str


class HeldAgainst(Model):
    """A decision, the opinion under its decider's reading and positions, and how each hinge is found."""

    case: str
    title: str
    decision: Decision
    opinion: Opinion
    hinges: tuple[Hinge, ...]

    @property
    def agrees(self) -> bool:
        """Whether the library shows what was officially shown, and nothing else."""
        return self.opinion.shown == self.decision.shown

    @property
    def found(self) -> bool:
        """Whether every hinge is found in some way."""
        return all(hinge.found is not Found.NOT_FOUND for hinge in self.hinges)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is amiss: a disagreement without a word of why, a word of why without one, a hinge that is not found and
        of which nothing is said."""
        return tuple(self._faults())

    def _faults(self) -> Iterator[Fault]:
        answer, explained = _shown(self.opinion.shown), bool(self.decision.differs.strip())
        if not self.agrees and not explained:
            what = f"the library answers {answer}, and {self.decision.expect} was decided by {self.decision.by}"
            why = "nothing says why they differ"
            yield Fault(what, why, "see whether the record, the reading or the law is wrong; else say why in 'differs'")
        if self.agrees and explained:
            what = f"'differs' stands where the library agrees with {self.decision.by}: {answer}"
            yield Fault(what, "it explains a disagreement, and there is none", "take 'differs' out")
        for hinge in self.hinges if not explained else ():
            if hinge.found is Found.NOT_FOUND:
                what = f"the outcome turned on {hinge.id} for {self.decision.by}, and does not for the library"
                why = hinge.out or "neither the outcome nor any element of it turns on it here"
                yield Fault(what, why, "see what the item or the rules beneath it lack, or what the hinge was")

    def as_data(self) -> dict[str, Any]:
        """As plain data, with the keys of ``decisions`` in ``authority cases --check --format json``."""
        decision, opinion = self.decision, self.opinion
        return {
            "case": self.case, "title": self.title, "question": str(opinion.question), "by": decision.by,
            "on": decision.on, "cite": str(decision.cite) if decision.cite else None, "reading": decision.reading,
            "positions": dict(decision.positions),
            "officially": {"shown": decision.shown, "result": decision.result, "says": decision.says},
            "library": {"verdict": str(opinion.verdict), "shown": opinion.shown}, "agrees": self.agrees,
            "hinge": [{"id": h.id, "found": str(h.found), "out": h.out} for h in self.hinges],
            "no_hinge": decision.no_hinge, "differs": decision.differs, "verified": str(decision.verified),
            "faults": [fault.what for fault in self.faults],
        }  # fmt: skip


def held_against(case: FactPattern) -> tuple[HeldAgainst, ...]:
    """Each decision on a case, in the order of its file, held against the library's answer; raises as ``decide``."""
    return tuple(_held(case, decision) for decision in case.decided)


def _held(case: FactPattern, decision: Decision) -> HeldAgainst:
    opinion = tried(case, decision)
    return HeldAgainst(
        case=case.name, title=case.title, decision=decision, opinion=opinion, hinges=hinges(opinion, decision.hinge)
    )


def _shown(shown: bool) -> str:
    return "shown" if shown else "not shown"
