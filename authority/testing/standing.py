"""What an opinion comes to, proposition by proposition; and how two that should agree are held against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from authority.opinion import Opinion
from authority.parting import told
from authority.vocabulary import NOBODY, Proposition

Read = Callable[[Proposition], Proposition]


def standing(found: Opinion) -> dict[Proposition, str]:
    """Where every conclusion and every fact stands, and why, in words."""
    conclusions = {d.proposition: f"{d.verdict} ({', '.join(d.causes)})" for d in found.decided}
    return conclusions | {f.proposition: f"{f.status} ({f.cause})" for f in found.findings.facts}


def same(
    expected: Opinion, found: Opinion, how: str, of: Iterable[Proposition] | None = None,
    read: Read = lambda proposition: proposition,
) -> None:  # fmt: skip
    """Holds two opinions against each other, in all they speak of or in some propositions; AssertionError with the step
    where they part. ``read`` says which proposition of the second one of the first is."""
    first, second = standing(expected), standing(found)
    turned = {read(p): p for p in (*expected.conclusion, *expected.finding)}
    back = {p: turned.get(p, p) for p in second}
    there = {*first, *back.values()} if of is None else {*of}
    differ = [p for p in there if first.get(p) != second.get(read(p))]
    if differ:
        raise apart(expected, found, how, differ, read)


def apart(
    expected: Opinion, found: Opinion, how: str, differ: Iterable[Proposition],
    read: Read = lambda proposition: proposition,
) -> AssertionError:  # fmt: skip
    """The failure that says what was expected and what came, of the question or else the highest proposition in which
    two opinions part, and of the lowest, which is the step where they do."""
    layers, first, second = expected.case.rules.layers, standing(expected), standing(found)

    def height(p: Proposition) -> tuple[bool, bool, int, str]:
        """What both speak of comes first, and what is said of somebody named."""
        return NOBODY in p.parties, (p in first) is not (read(p) in second), layers.get(p.sentence, 0), str(p)

    upwards = sorted(differ, key=height)
    top = expected.question if expected.question in upwards else upwards[-1]
    nowhere = "not in question"

    def at(opinion: Opinion, step: Proposition) -> str:
        return told(opinion, step) if step in standing(opinion) else f"{step}: {nowhere}"

    parted = ["where they part:", f"  {at(expected, upwards[0])}", f"  {how}, {at(found, read(upwards[0]))}"]
    what = f"{how}, {top} comes out otherwise"
    return failure(what, first.get(top, nowhere), second.get(read(top), nowhere), *parted)


def failure(what: str, expected: object, found: object, *more: str) -> AssertionError:
    """A law that fails: what was tried, what was expected, what came. It is raised rather than asserted, since pytest
    would write all that was compared behind an assertion."""
    return AssertionError("\n  ".join([what, f"expected: {expected}", f"found: {found}", *more]))


def tree(found: Opinion) -> set[Proposition]:
    """Every proposition in the issue tree."""
    below = (p for d in found.decided for a in d.applications for p in (*a.premises, *a.exceptions))
    return {found.question, *below}


def met(found: Opinion) -> set[Proposition]:
    """The conclusions that are met."""
    return {d.proposition for d in found.decided if d.verdict.shown}


def plain(found: Opinion) -> set[Proposition]:
    """The conclusions beneath which no exception stands."""

    def is_plain(proposition: Proposition) -> bool:
        decided = found.conclusion.get(proposition)
        return decided is None or not any(
            a.exceptions or not all(map(is_plain, a.premises)) for a in decided.applications
        )

    return {d.proposition for d in found.decided if is_plain(d.proposition)}


def minimal(sets: Iterable[frozenset[str]]) -> set[frozenset[str]]:
    """Those of some sets that hold no other of them."""
    every = set(sets)
    return {each for each in every if not any(other < each for other in every)}


def listed(sets: Iterable[Iterable[str]]) -> str:
    """Some sets in words."""
    return ", ".join(sorted(f"{{{', '.join(sorted(each))}}}" for each in sets)) or "none"
