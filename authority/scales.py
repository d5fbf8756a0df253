"""Weighing left open: when an item of evidence is in the scales, and when what is for a fact meets a standard, as nodes
of a circuit."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from authority.circuit import FALSE, TRUE, Circuit
from authority.facts import FactPattern
from authority.law import Reading, Stance, Standard
from authority.weighing import barred, graded_level


def meets(
    circuit: Circuit, standard: Standard, pro: Callable[[int], int], con: Callable[[int], int], unjudged: int = FALSE
) -> int:
    """When what is for a fact meets a standard, given when each side has something at a level or above, and when
    something that cannot be judged is for it. It is put together so that what is for it can only help, and what is
    against it only harm, unless attacks among the items make it otherwise."""
    ways = [unjudged] if standard.unjudged_suffices else []
    for level in range(standard.for_at_least, 6):
        allowed = [5 if standard.ahead_by is None else level - standard.ahead_by]
        if standard.against_at_most is not None:
            allowed.append(standard.against_at_most)
        over = min(allowed) + 1
        against = FALSE if over > 5 else TRUE if over <= 0 else con(over)
        ways.append(circuit.all((pro(level), circuit.no(against))))
    return circuit.any(ways)


class Regraded(NamedTuple):
    """The variable of a grade that is otherwise: true when the item stands a level higher than it is graded (``by``
    1), or a level lower (-1). No more than one of the two is ever true of an item."""

    item: str
    by: int


def beside(level: int) -> dict[int, int]:
    """The levels one step from a level, by the step; at the ends of the scale there is one only."""
    return {by: level + by for by in (-1, 1) if 1 <= level + by <= 5}


class Scales:
    """When each item is in the scales, and when it stands at a level."""

    def __init__(
        self, case: FactPattern, reading: Reading, circuit: Circuit, taken: Callable[[Stance], int], *, items: bool,
        grades: bool = False,
    ) -> None:  # fmt: skip
        """``taken`` says when a position is taken; with ``items``, every item may be withdrawn; with ``grades``, every
        item that can be judged may stand a level higher or lower than it is graded."""
        self.case, self.circuit, self.open, self.taken, self.grades = case, circuit, items, taken, grades
        self.level = {e.id: graded_level(case, e, reading) for e in case.evidence}
        self.admitted, self.present = cache(self._admitted), cache(self._present)
        self.doubted, self.reaches = cache(self._doubted), cache(self._reaches)

    def _admitted(self, name: str) -> int:
        """When the item is in the record: kept, and admissible on the positions taken."""
        item = self.case.item[name]
        if barred(self.case, item):
            return FALSE
        kept = self.circuit.variable(name) if self.open else TRUE
        return self.circuit.all([kept, *(self.taken(stance) for stance in item.under)])

    def _present(self, name: str) -> int:
        """When the item is in the scales: in the record, and undercut by nothing."""
        undercut = self.circuit.any(self._works(a, name) for a in self.case.undercutters.get(name, ()))
        return self.circuit.all((self.admitted(name), self.circuit.no(undercut)))

    def _doubted(self, name: str) -> int:
        return self.circuit.any(self._works(a, name) for a in self.case.doubters.get(name, ()))

    def _works(self, attacker: str, target: str) -> int:
        """When an attack works: the attacker is in, and stands at least where its target was graded."""
        aim = max(self.level[target] or 0, 1)
        if not self.grades or self.level[target] is None:
            return self.reaches(attacker, aim)
        steps = beside(aim)
        moved = {by: self.circuit.variable(Regraded(target, by)) for by in steps}
        there = self.circuit.no(self.circuit.any(moved.values()))
        ways = [(there, aim), *((moved[by], level) for by, level in steps.items())]
        return self.circuit.any(self.circuit.all((when, self.reaches(attacker, level))) for when, level in ways)

    def _reaches(self, name: str, level: int) -> int:
        """When the item is in the scales at that level or above. A doubt lowers it by one, and never below the lowest;
        one that cannot be judged reaches no level."""
        graded = self.level[name]
        if graded is None or (graded < level and not self.grades):
            return FALSE
        if self.grades:
            doubted = self._graded(name, level + 1) if level > 1 else TRUE
            undoubted = self.circuit.all((self._graded(name, level), self.circuit.no(self.doubted(name))))
            return self.circuit.all((self.present(name), self.circuit.any((doubted, undoubted))))
        if max(1, graded - 1) >= level:
            return self.present(name)
        return self.circuit.all((self.present(name), self.circuit.no(self.doubted(name))))

    def _graded(self, name: str, level: int) -> int:
        """When the item is graded at that level or above, its grade being left open by one step."""
        graded = self.level[name] or 0
        low, high = max(1, graded - 1), min(5, graded + 1)
        if level <= low:
            return TRUE
        if level <= graded:
            return self.circuit.no(self.circuit.variable(Regraded(name, -1)))
        return self.circuit.variable(Regraded(name, 1)) if level <= high else FALSE
