"""What of an argument is folded where the whole would not be legible: first what nothing in the record speaks to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from authority.engine import Verdict
from authority.pictures.plans import Claim, Ground

Brief = Literal["none", "idle", "all"]
FEW = 3
"""From how many silent facts on a rule's count they are named together."""
MANY = 2
"""Of more rules for one claim, what each asks for is folded before all of them are."""


def foldings(question: Claim) -> Iterator[tuple[Claim, Brief]]:
    """The question's argument, folded ever further, and which exhibits are to be named by number alone.

    First whole; then without the grounds of what nothing in the record speaks to, silent rules and facts being taken
    together; without those of what is met by rule or by notice; with exhibits by number where the verdict does not rest
    on them; without the grounds of what it does not rest on, one claim after another, the deepest first; and at last of
    what it does.
    """
    yield question, "none"
    question = _quiet(question)
    yield question, "none"
    question = _folded(question, lambda claim, depth: depth > 1 and claim.verdict.shown and not claim.spoken, _closed)
    yield question, "none"
    yield question, "idle"
    for less in _ever_less(question, lambda claim: not claim.carries):
        question = less
        yield question, "idle"
    yield question, "all"
    for less in _ever_less(question, lambda _: True):
        yield less, "all"


def pointing_right(question: Claim) -> Claim:
    """The argument in which no claim points to grounds that are folded away where they stood."""
    there = {claim.text for depth in range(1, _depth(question) + 1) for claim in _at(question, depth)}

    def settled(claim: Claim) -> Claim:
        lost = bool(claim.elsewhere) and claim.text not in there
        return _through(claim.but(elsewhere="") if lost else claim, settled)

    return settled(question)


def boxes(claim: Claim) -> int:
    """How many claims and rules stand in an argument, the claim itself among them."""
    return 1 + sum(map(_size, claim.grounds))


def _size(ground: Ground) -> int:
    return 1 + sum(map(boxes, _below(ground)))


def rules(claim: Claim) -> int:
    """How many rules stand beneath a claim, drawn or not."""
    return claim.folded + sum(len(g.names) + g.folded + sum(map(rules, _below(g))) for g in claim.grounds)


def drawn(claim: Claim) -> int:
    """How many rules are drawn beneath a claim."""
    return sum(len(ground.names) + sum(map(drawn, _below(ground))) for ground in claim.grounds)


def _below(ground: Ground) -> tuple[Claim, ...]:
    return (*ground.premises, *ground.exceptions)


def _ever_less(question: Claim, which: Callable[[Claim], bool]) -> Iterator[Claim]:
    """The argument with one claim of a kind more folded each time: of the deepest, that with most beneath it. Where
    many rules lead to it, what they ask for is folded first, rule by rule."""
    for depth in range(_depth(question), 1, -1):
        while found := [claim for claim in _at(question, depth) if which(claim)]:
            largest = max(found, key=boxes)
            question = _folded(question, lambda claim, at, one=largest, d=depth: at == d and claim is one, _less)
            yield question


def _less(claim: Claim) -> Claim:
    """The claim with one of several rules closed, that which tells least; or without its grounds."""
    opened = [ground for ground in claim.grounds if _below(ground)]
    if len(claim.grounds) <= MANY or not opened:
        return _closed(claim)
    least = min(opened, key=lambda ground: (sum(below.spoken for below in _below(ground)), -_size(ground)))
    asks = "what it asks for is folded"
    hidden = least.folded + sum(map(rules, _below(least)))
    shut = least.but(premises=(), exceptions=(), asks=asks, folded=hidden)
    return claim.but(grounds=tuple(shut if ground is least else ground for ground in claim.grounds))


def _closed(claim: Claim) -> Claim:
    """The claim without its grounds."""
    return claim.but(grounds=(), folded=rules(claim))


def _depth(claim: Claim) -> int:
    return 1 + max((_depth(below) for ground in claim.grounds for below in _below(ground)), default=0)


def _at(claim: Claim, depth: int) -> list[Claim]:
    """The claims with grounds at a depth, the question standing at 1."""
    if depth == 1:
        return [claim] if claim.grounds else []
    return [found for ground in claim.grounds for below in _below(ground) for found in _at(below, depth - 1)]


def _folded(
    claim: Claim, folds: Callable[[Claim, int], bool], how: Callable[[Claim], Claim], depth: int = 1
) -> Claim:  # fmt: skip
    """The argument with some claims, told by the claim and its depth, folded."""
    if claim.grounds and folds(claim, depth):
        return how(claim)
    return _through(claim, lambda below: _folded(below, folds, how, depth + 1))


def _through(claim: Claim, change: Callable[[Claim], Claim]) -> Claim:
    """The claim with every claim right beneath it changed."""
    grounds = tuple(
        ground.but(premises=tuple(map(change, ground.premises)), exceptions=tuple(map(change, ground.exceptions)))
        for ground in claim.grounds
    )
    return claim.but(grounds=grounds)


# ── What nothing speaks to ────────────────────────────────────────────────────────────────────────────────────────────


def _quiet(claim: Claim, depth: int = 1) -> Claim:
    """The argument without the grounds of silent claims; silent rules for one claim in one box, silent facts and
    exceptions of one rule in one line."""
    if depth > 1 and claim.grounds and _is_silent(claim):
        return _closed(claim)
    silent = [ground for ground in claim.grounds if _says_nothing(ground)]
    grounds = []
    for ground in claim.grounds:
        if ground not in silent:
            below = (tuple(_quiet(c, depth + 1) for c in some) for some in (ground.premises, ground.exceptions))
            grounds.append(_in_a_line(ground, *below))
        elif ground is silent[0]:
            grounds.append(_in_a_box(silent))
    return claim.but(grounds=tuple(grounds))


def _is_silent(claim: Claim) -> bool:
    """Whether a claim stays open and no exhibit speaks to anything beneath it."""
    return claim.verdict is Verdict.UNDETERMINED and not claim.spoken


def _says_nothing(ground: Ground) -> bool:
    """Whether a rule stays open and no exhibit speaks to what it asks for or excepts."""
    return ground.verdict is Verdict.UNDETERMINED and not any(below.spoken for below in _below(ground))


def _in_a_box(silent: list[Ground]) -> Ground:
    """Silent rules for one claim, named in one box."""
    one = len(silent) == 1
    return silent[0].but(
        names=tuple(name for ground in silent for name in ground.names), cite=silent[0].cite if one else "",
        premises=(), exceptions=(), asks=f"nothing in the record speaks to {'it' if one else 'them'}",
        carries=any(ground.carries for ground in silent),
        folded=sum(ground.folded + sum(map(rules, _below(ground))) for ground in silent),
    )  # fmt: skip


def _in_a_line(ground: Ground, premises: tuple[Claim, ...], exceptions: tuple[Claim, ...]) -> Ground:
    """The rule with its silent facts in one line, where there are several among others; and so its exceptions."""
    silent = [p for p in premises if _is_silent(p)]
    if FEW <= len(silent) < len(premises):
        line = _line(silent, f"{len(silent)} others, to which nothing in the record speaks")
        premises = (*(p for p in premises if p not in silent), line)
    idle = [e for e in exceptions if not e.spoken and not e.verdict.shown]
    if len(idle) > 1:
        line = _line(idle, f"one of {len(idle)} exceptions that nothing in the record raises")
        exceptions = (*(e for e in exceptions if e not in idle), line)
    return ground.but(premises=premises, exceptions=exceptions)


def _line(claims: list[Claim], text: str) -> Claim:
    hidden = sum(map(rules, claims))
    verdicts, carries = {claim.verdict for claim in claims}, any(claim.carries for claim in claims)
    verdict = verdicts.pop() if len(verdicts) == 1 else Verdict.UNDETERMINED
    return Claim(text=text, verdict=verdict, folded=hidden, carries=carries)
