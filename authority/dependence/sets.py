"""The minimal changes that turn an outcome, and the minimal sets of items that hold it, from one diagram.

A change is an item withdrawn or a position taken. What turns the outcome is closed upwards (a set counts once some part
of it does); its minimal sets are the flip sets, the cruxes and the mixed sets, and the minimal sets of items that meet
every flip set are the sufficient sets.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from authority.circuit import FALSE, TRUE, Circuit
from authority.compiling import Compiled
from authority.dependence.building import FEW, build
from authority.dependence.diagram import Diagrams, Families
from authority.facts import FactPattern
from authority.law import Stance
from authority.vocabulary import natural

LARGE = 20_000
"""From how many nodes on the families take so much longer than the diagram that to sift it first pays."""

Set = tuple[str, ...]


class Family(NamedTuple):
    """Some minimal sets, the smallest first, and how many there are in all; None where that is not known."""

    sets: tuple[Set, ...]
    count: int | None

    @property
    def complete(self) -> bool:
        return self.count == len(self.sets)


class Change(NamedTuple):
    """Items withdrawn and positions taken, together."""

    without: Set = ()
    positions: tuple[Stance, ...] = ()


class Turning(NamedTuple):
    """When the outcome turns: a circuit over changes. An item's variable is true when the item is withdrawn, a stance's
    when that position is taken."""

    circuit: Circuit
    root: int
    outcome: bool

    @property
    def items(self) -> list[str]:
        """The items whose withdrawal can matter, alone or with others, in their order."""
        return sorted((n for n in self.circuit.support(self.root) if isinstance(n, str)), key=natural)

    def narrowed(self, *, items: bool, positions: bool) -> Turning:
        """The same with the items kept, or the positions as they are, where they are not left open."""
        shut = (n for n in self.circuit.support(self.root) if not (items if isinstance(n, str) else positions))
        return self._replace(root=self.circuit.put([self.root], dict.fromkeys(shut, FALSE))[0])


def turning(compiled: Compiled) -> Turning:
    """When a compiled question turns from shown to not shown, or the other way, and whether it is shown now.

    Changes that can only hinder the turning are left out: no minimal change holds them.
    """
    circuit, met = compiled.circuit, compiled.question.met
    withdrawn: dict[Hashable, int] = {
        n: circuit.no(circuit.variable(n)) for n in circuit.support(met) if isinstance(n, str)
    }
    (met,) = circuit.put([met], withdrawn)
    outcome = circuit.evaluate([met], {})[0] == 1
    root = circuit.no(met) if outcome else met
    hindering = (name for name, ways in circuit.leanings(root).items() if ways == {False})
    return Turning(circuit, circuit.put([root], dict.fromkeys(hindering, FALSE))[0], outcome)


def two_way(turn: Turning, diagrams: Diagrams) -> frozenset[int]:
    """The levels of the variables that may help the turning and hinder it; all others can only help."""
    ways = turn.circuit.leanings(turn.root)
    return frozenset(level for level, name in enumerate(diagrams.order) if ways[name] != {True})


def _sifted(diagrams: Diagrams, top: int) -> tuple[Diagrams, int]:
    from authority.dependence.sifting import sifted

    return sifted(diagrams, top)


class Sets:
    """The minimal sets of a ``Turning``. Raises TooLarge where its diagrams outgrow the budget."""

    def __init__(self, turn: Turning, first: Mapping[Hashable, float], budget: int, listed: int) -> None:
        self.listed = listed
        diagrams, top = build(turn.circuit, turn.root, first, budget)
        if len(diagrams.order) <= FEW and len(diagrams.beneath(top)) > LARGE:
            diagrams, top = _sifted(diagrams, top)
        self.diagrams = diagrams
        self.families = Families(self.diagrams)
        self.every = self.diagrams.reachable(top, two_way(turn, self.diagrams))
        self.items = sorted((name for name in self.diagrams.order if isinstance(name, str)), key=natural)
        self.rank = {name: rank for rank, name in enumerate(self.items)}

    def _levels(self, kind: type) -> frozenset[int]:
        return frozenset(level for level, name in enumerate(self.diagrams.order) if isinstance(name, kind))

    def flips(self) -> Family:
        """The minimal sets of items whose withdrawal turns the outcome, the positions as they are."""
        return self._family(self.families.minimal(self._by_items))

    def sufficient(self) -> Family:
        """The minimal sets of items that hold the outcome, whatever else is withdrawn."""
        return self._family(self.families.meeting(self._by_items))

    def relevant(self) -> Set:
        """The items in some sufficient set, which are those in some flip set."""
        found = set(self.diagrams.support(self._by_items))
        return tuple(item for item in self.items if item in found)

    def cruxes(self) -> tuple[tuple[Stance, ...], ...]:
        """The minimal changes of position that turn the outcome, the record as it is; the smallest first."""
        return tuple(c.positions for c in self._changes(self.families.minimal(self._by_positions)))

    def mixed(self) -> tuple[Change, ...]:
        """The minimal changes that take both: some items withdrawn and some positions changed; the smallest first."""
        families = self.families
        # What is neither a flip set nor a crux takes some of each.
        every, flips, cruxes = map(families.minimal, (self.every, self._by_items, self._by_positions))
        return tuple(self._changes(families.without(families.without(every, flips), cruxes)))

    @cached_property
    def _by_items(self) -> int:
        return self.diagrams.at_false(self.every, self._levels(Stance))

    @cached_property
    def _by_positions(self) -> int:
        return self.diagrams.at_false(self.every, self._levels(str))

    def _family(self, found: int) -> Family:
        ranked = [
            sorted(self.rank[name] for name in each if isinstance(name, str))
            for each in islice(self.families.smallest(found), self.listed)
        ]
        ranked.sort(key=lambda ranks: (len(ranks), ranks))
        sets = tuple(tuple(self.items[rank] for rank in ranks) for ranks in ranked)
        return Family(sets, self.families.count(found))

    def _changes(self, family: int) -> list[Change]:
        found: list[tuple[int, list[Stance], list[int]]] = []
        for each in islice(self.families.smallest(family), self.listed):
            ranks = sorted(self.rank[name] for name in each if isinstance(name, str))
            found.append((len(each), sorted(name for name in each if isinstance(name, Stance)), ranks))
        found.sort()
        return [Change(tuple(self.items[rank] for rank in ranks), tuple(stances)) for _, stances, ranks in found]


def as_change(names: Iterable[Hashable]) -> Change:
    """Variables that are true as the change they stand for."""
    found = list(names)
    items = sorted((n for n in found if isinstance(n, str)), key=natural)
    return Change(tuple(items), tuple(sorted(n for n in found if isinstance(n, Stance))))


def in_order(sets: Iterable[Set]) -> list[Set]:
    """The smallest first, and those of one size by their ids."""
    return sorted(sets, key=lambda each: (len(each), _key(each)))


def _key(ids: Set) -> list[object]:
    return [natural(name) for name in ids]


@dataclass(frozen=True)
class Origin:
    """The variable of an origin, true when it is lost."""

    name: str


@dataclass(frozen=True)
class Choice:
    """The variable of an item of a lost origin, true when it goes with it."""

    item: str


def by_origin(case: FactPattern, turn: Turning) -> Turning:
    """When the outcome turns as origins are lost: each item's variable is put in terms of its origin's.

    Not every item of a lost origin need go: one whose loss might hinder the turning goes with it or not, by a choice of
    its own.
    """
    circuit, ways = turn.circuit, turn.circuit.leanings(turn.root)
    instead = {}
    for name in turn.items:
        lost = circuit.variable(Origin(case.origin(case.item[name])))
        goes = TRUE if ways[name] == {True} else circuit.variable(Choice(name))
        instead[name] = circuit.all((lost, goes))
    return turn._replace(root=circuit.put([turn.root], instead)[0])


def fewest_origins(
    case: FactPattern, turn: Turning, first: Mapping[Hashable, float], budget: int, listed: int
) -> tuple[Set, ...]:
    """The smallest sets of origins whose loss turns the outcome, the positions as they are; none where no loss does.

    Every set has as many members as the first, which is the margin.
    """
    turn = by_origin(case, turn)
    weight: dict[Hashable, float] = {
        Origin(case.origin(case.item[n])): level for n, level in first.items() if isinstance(n, str)
    }
    diagrams, top = build(turn.circuit, turn.root, weight, budget)
    free = frozenset(level for level, name in enumerate(diagrams.order) if isinstance(name, Choice))
    families = Families(diagrams)
    found: list[Set] = []
    for each in families.smallest(families.minimal(diagrams.somehow(top, free))):
        names = tuple(sorted((name.name for name in each if isinstance(name, Origin)), key=natural))
        if (found and len(names) > len(found[0])) or len(found) == listed:
            break
        found.append(names)
    return tuple(in_order(found))


def singles(turn: Turning) -> Set:
    """The items whose withdrawal alone turns the outcome: those that stand in every sufficient set. One evaluation of
    the circuit, a bit to an item, and no diagram."""
    items = turn.items
    mask = (1 << len(items)) - 1
    (word,) = turn.circuit.evaluate([turn.root], {name: 1 << bit for bit, name in enumerate(items)}, mask)
    return tuple(name for bit, name in enumerate(items) if word >> bit & 1)
