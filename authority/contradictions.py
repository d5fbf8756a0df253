"""Contradictions: of two things that exclude each other, both hold on one record. They are named, never settled."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, Literal

from authority.exclusions import Exclusion
from authority.facts import FactPattern
from authority.vocabulary import Model, Proposition

Both = Literal["facts", "conclusions", "a fact and a conclusion"]


class Contradiction(Model):
    """Two propositions that exclude each other and hold both, what they are, and the exhibits on which they rest. Two
    facts are a contradiction in the record; else it is one in the law, or between law and record."""

    one: Proposition
    other: Proposition
    of: Both
    evidence: tuple[str, ...] = ()

    def __str__(self) -> str:
        both = {
            "facts": "both are established", "conclusions": "both are met",
            "a fact and a conclusion": "the one is established, the other met",
        }[self.of]  # fmt: skip
        rests = f" ({', '.join(self.evidence)})" if self.evidence else ""
        return f"'{self.one}' and '{self.other}' exclude each other, and {both}{rests}"

    def as_data(self) -> dict[str, Any]:
        """As plain data."""
        return {"one": str(self.one), "other": str(self.other), "of": self.of, "evidence": list(self.evidence)}

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """The contradiction as a notebook shows it."""
        from authority.showing import show_contradiction

        return show_contradiction(self)


def contradictions(
    case: FactPattern, holding: Collection[Proposition], holds: Callable[[Proposition], bool],
    evidence: Callable[[Proposition], Iterable[str]],
) -> tuple[Contradiction, ...]:  # fmt: skip
    """The contradictions in which what is known to hold has a part, in the order of the vocabulary and of their words.

    ``holds`` says of any other proposition whether it does, ``evidence`` which exhibits one rests on. Of a fact and a
    conclusion the fact is named first.
    """
    conclusions = case.rules.conclusions
    names = {*case.kind_of, *(name for each in holding for name in each.parties)}
    found: dict[frozenset[Proposition], Contradiction] = {}
    for pair in case.rules.exclusions:
        fitting = _fitting(case, pair, names)
        for each in sorted(holding, key=lambda p: (str(p), p)):
            for beside in pair.beside(each, fitting):
                if frozenset((each, beside)) not in found and holds(beside):
                    one, other = sorted((each, beside), key=lambda p: (p.sentence in conclusions, str(p), p))
                    drawn = (one.sentence in conclusions) + (other.sentence in conclusions)
                    of: Both = ("facts", "a fact and a conclusion", "conclusions")[drawn]
                    rests = dict.fromkeys(name for p in (one, other) for name in evidence(p))
                    found[frozenset((each, beside))] = Contradiction(
                        one=one, other=other, of=of, evidence=tuple(rests)
                    )
    return tuple(found.values())


def _fitting(case: FactPattern, pair: Exclusion, names: Iterable[str]) -> dict[str, list[str]]:
    """Who may stand for each variable of a pair."""
    kinds = pair.kinds(case.rules.vocabulary)
    known = sorted(names)
    return {variable: [name for name in known if case.kind(name) in kinds[variable]] for variable in kinds}
