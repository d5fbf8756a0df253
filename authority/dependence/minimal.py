"""The minimal changes, however large the question: from one diagram where one will do, else from several, else from a
solver."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from authority.dependence.answer import Changes
from authority.dependence.diagram import TooLarge
from authority.dependence.sets import Family, Set, Sets, Turning, as_change, in_order
from authority.vocabulary import natural

MIXED = 15
"""What part of the budget the one diagram of evidence and positions may take: mixed sets can be far more than
others."""
AT_A_TIME = 20
"""How many sets of a kind a solver is asked for."""


def changes_of(turn: Turning, first: Mapping[Hashable, float], budget: int, listed: int) -> Changes:
    """The minimal changes that turn an outcome. MissingExtra where they need a solver that is not installed."""
    together = max(budget // MIXED, min(budget, 100))
    try:
        sets = Sets(turn, first, together, listed)
        return _by_items(sets, Changes(cruxes=sets.cruxes(), mixed=sets.mixed()))
    except TooLarge:
        found = Changes(notes=(f"mixed sets: not computed, past {together:,} nodes",))
    law, evidence = turn.narrowed(items=False, positions=True), turn.narrowed(items=True, positions=False)
    try:
        found = found.but(cruxes=Sets(law, first, budget, listed).cruxes())
    except TooLarge:
        found = _cruxes_by_solver(law, found)
    try:
        return _by_items(Sets(evidence, first, budget, listed), found)
    except TooLarge:
        return _by_solver(evidence, found)


def _by_items(sets: Sets, found: Changes) -> Changes:
    flips, sufficient = sets.flips(), sets.sufficient()
    notes = (*found.notes, *_unlisted("sufficient sets", sufficient), *_unlisted("flip sets", flips))
    return found.but(sufficient=sufficient, flips=flips, relevant=sets.relevant(), notes=notes)


def _unlisted(what: str, family: Family) -> tuple[str, ...]:
    """What to say of a family that is not listed whole."""
    if family.complete:
        return ()
    return (
        f"{what}: the {len(family.sets):,} smallest of {family.count:,}, which are all those of fewer than "
        f"{len(family.sets[-1])} items",
    )


def _cruxes_by_solver(law: Turning, found: Changes) -> Changes:
    from authority.dependence.solving import smallest_changes

    names, every = smallest_changes(law.circuit, law.root, law.circuit.support(law.root), AT_A_TIME)
    note = () if every else (f"crux: the {len(names)} smallest found, out of a number not known",)
    return found.but(cruxes=tuple(as_change(each).positions for each in names), notes=(*found.notes, *note))


def _by_solver(evidence: Turning, found: Changes) -> Changes:
    from authority.dependence.solving import holding_sets, smallest_changes

    items = evidence.items
    flips, every_flip = smallest_changes(evidence.circuit, evidence.root, items, AT_A_TIME)
    sufficient, every_sufficient = holding_sets(evidence.circuit, evidence.root, items, AT_A_TIME)
    notes = list(found.notes)
    if not every_flip:
        notes.append(
            f"flip sets: the {len(flips)} smallest, which are all those of fewer than {len(flips[-1])} items; how many "
            "there are is not known"
        )
    relevant: Set | None = None
    if every_flip:
        relevant = tuple(sorted({str(name) for each in flips for name in each}, key=natural))
    else:
        notes.append("relevant and idle items: not computed")
    if not every_sufficient:
        notes.append(f"sufficient sets: {len(sufficient)}, each minimal; how many there are is not known")
    return found.but(
        flips=_family(flips, every_flip), sufficient=_family(sufficient, every_sufficient), relevant=relevant,
        by_solver=True, notes=tuple(notes),
    )  # fmt: skip


def _family(found: list[tuple[Hashable, ...]], every: bool) -> Family:
    sets = [tuple(sorted((str(name) for name in each), key=natural)) for each in found]
    return Family(tuple(in_order(sets)), len(sets) if every else None)
