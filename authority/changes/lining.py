"""Lines up two cases that ask the same of different parties, so that the one's party can be read as the other's."""

from __future__ import annotations

from collections.abc import Mapping

from authority.facts import FactPattern
from authority.vocabulary import Proposition


def lined_up(one: FactPattern, other: FactPattern) -> tuple[FactPattern, dict[str, str]]:
    """The other case with the parties of its question read as those of the one's, blank by blank, throughout its
    record; and who is read as whom. Unchanged, and nobody, where the two ask the same or ask in another sentence.

    Nobody else is ever read as the same party: whoever in the other case bears a name that is given to another is read
    as that one in turn. A noticed party stays who it is, since the law speaks of it by name.
    """
    names = _names(one, other) if one.asks.sentence == other.asks.sentence else {}
    there = {party.name for party in other.parties}
    read_as = {name: new for name, new in names.items() if name != new and name in there}
    return (_renamed(other, read_as), read_as) if read_as else (other, {})


def _names(one: FactPattern, other: FactPattern) -> dict[str, str]:
    """The parties of the two questions, the other's to the one's, and back again where that would bring two together:
    a permutation of names."""
    noticed = {party.name for case in (one, other) for party in case.rules.parties}
    names: dict[str, str] = {}
    for old, new in zip(other.asks.parties, one.asks.parties, strict=True):
        if not {old, new} & noticed and old not in names and new not in names.values():
            names[old] = new
    back = {new: old for old, new in names.items()}
    for new in [new for new in names.values() if new not in names]:
        old = new
        while old in back:
            old = back[old]
        names[new] = old
    return names


def _renamed(case: FactPattern, names: Mapping[str, str]) -> FactPattern:
    """The case with parties called otherwise in all that is said of them; the words of the sources stay."""

    def about(said: Proposition) -> Proposition:
        return said._replace(parties=tuple(names.get(name, name) for name in said.parties))

    def each(said: tuple[Proposition, ...]) -> tuple[Proposition, ...]:
        return tuple(map(about, said))

    return case.but(
        asks=about(case.asks),
        parties=tuple(p.but(name=names.get(p.name, p.name)) for p in case.parties),
        evidence=tuple(
            e.but(supports=each(e.supports), contradicts=each(e.contradicts), found_none=each(e.found_none))
            for e in case.evidence
        ),
        assume=tuple(a.but(proposition=about(a.proposition)) for a in case.assume),
        decided=tuple(d.but(asks=about(d.asks)) if d.asks else d for d in case.decided),
    )  # fmt: skip
