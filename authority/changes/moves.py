"""What moved between two opinions, and the smallest part of what changed that moves it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from authority.engine import Verdict
from authority.opinion import Opinion
from authority.vocabulary import NOBODY, Model, Proposition

NOT_IN_QUESTION = "not in question"
"""How a proposition stands of which an opinion does not speak."""


class Moved(Model):
    """A proposition that stands otherwise than before, and the changes that by themselves bring it there.

    ``because`` is irreducible: without any one of its members the proposition would not stand as it does after.
    """

    proposition: Proposition
    before: str
    after: str
    because: tuple[str, ...]

    def as_data(self) -> dict[str, object]:
        """As plain data, with the keys of ``changed`` in ``authority whatif --format json``."""
        return {
            "proposition": str(self.proposition), "before": self.before, "after": self.after,
            "because": list(self.because),
        }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.proposition}: {self.before} → {self.after}, because of {', '.join(self.because)}"


def stands(opinion: Opinion, proposition: Proposition) -> Verdict | None:
    """How a proposition stands in an opinion, a finding put as a verdict; None where it does not speak of it."""
    spoken = proposition in opinion.conclusion or proposition in opinion.finding
    return opinion.on(proposition) if spoken else None


def moved(
    before: Opinion, after: Opinion, changes: Sequence[str], decide: Callable[[frozenset[str]], Opinion | None]
) -> tuple[Moved, ...]:
    """Every proposition that stands otherwise after than before: the question, the conclusions, the facts.

    ``decide`` gives the opinion with some of the changes made, or None where there can be none. One of which only one
    opinion speaks has moved if that opinion has it met or not met, and it is about somebody named.
    """
    return tuple(
        Moved(
            proposition=each, before=_says(before, each), after=_says(after, each),
            because=irreducible(changes, _keeps(decide, each, stands(after, each))),
        )
        for each in _spoken(before, after)
        if has_moved(each, stands(before, each), stands(after, each))
    )  # fmt: skip


def _keeps(
    decide: Callable[[frozenset[str]], Opinion | None], proposition: Proposition, value: Verdict | None
) -> Callable[[frozenset[str]], bool]:
    def holds(some: frozenset[str]) -> bool:
        opinion = decide(some)
        return opinion is not None and stands(opinion, proposition) is value

    return holds


def irreducible(names: Sequence[str], holds: Callable[[frozenset[str]], bool]) -> tuple[str, ...]:
    """A part of ``names``, in their order, that holds and would not without any one of its members; all of them hold.

    Many are tried together before each by itself, so that a few that matter are soon found among many that do not.
    """
    kept = list(names)

    def drop(some: list[str]) -> None:
        nonlocal kept
        left = [name for name in kept if name not in some]
        if holds(frozenset(left)):
            kept = left
        elif len(some) > 1:
            drop(some[: len(some) // 2])
            drop(some[len(some) // 2 :])

    drop(list(kept))
    # What could not be dropped beside another may be dropped once that one is gone.
    while any(_dropped(kept, name, holds) for name in list(kept)):
        pass
    return tuple(kept)


def _dropped(kept: list[str], name: str, holds: Callable[[frozenset[str]], bool]) -> bool:
    """Takes a name out where the others hold without it, and says whether it did."""
    if not holds(frozenset(kept) - {name}):
        return False
    kept.remove(name)
    return True


def _spoken(before: Opinion, after: Opinion) -> Iterable[Proposition]:
    """What either opinion speaks of: the question, the conclusions as in the tree, the facts by their text."""
    conclusions = [d.proposition for o in (before, after) for d in o.decided]
    facts = sorted({*before.finding, *after.finding}, key=lambda p: (str(p), p))
    return dict.fromkeys((before.question, after.question, *conclusions, *facts))


def has_moved(proposition: Proposition, before: Verdict | None, after: Verdict | None) -> bool:
    """Whether a proposition that stands so before and after has moved (see ``moved``)."""
    if before is None or after is None:
        return (before or after) in (Verdict.MET, Verdict.NOT_MET) and NOBODY not in proposition.parties
    return before is not after


def _says(opinion: Opinion, proposition: Proposition) -> str:
    """A conclusion's verdict or a fact's status, in their own words."""
    if proposition in opinion.conclusion:
        return str(opinion.conclusion[proposition].verdict)
    found = opinion.finding.get(proposition)
    return str(found.status) if found else NOT_IN_QUESTION
