"""The contradictions that a memo names first: of two things that exclude each other, both hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from authority.contradictions import Contradiction
from authority.opinion import Opinion
from authority.saying import exhibits, listed, said

_BOTH = {
    "facts": "the record establishes both", "conclusions": "the rules draw both",
    "a fact and a conclusion": "the record establishes the first, and the rules draw the second",
}  # fmt: skip


def contradicting(opinions: Iterable[Opinion]) -> Iterator[str]:
    """Each contradiction with its exhibits, and under which of the readings it stands."""
    opinions = tuple(opinions)
    found: dict[Contradiction, list[Opinion]] = {}
    for opinion in opinions:
        for each in opinion.contradictions:
            found.setdefault(each, []).append(opinion)
    for each, under in found.items():
        one, other = (said(under[0].case, proposition) for proposition in (each.one, each.other))
        rests = f" ({exhibits(each.evidence)})" if each.evidence else ""
        titles = listed([f"“{opinion.reading.title}”" for opinion in under])
        where = "every reading" if len(under) == len(opinions) else titles
        yield f"That {one} and that {other} exclude each other, and under {where} {_BOTH[each.of]}{rests}."
