"""What rule sets and cases both hold: citations, disputes, and the positions taken on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from authority.errors import Place, nearest
from authority.law import Authority, Citation, Dispute, Instrument, Position, Stance
from authority.loading.build import INVALID, Builder
from authority.loading.text import Items, Node, Text, plain


def read_citation(build: Builder, cited: Mapping[str, Instrument | Authority], node: Node) -> Any:
    """A citation, or INVALID with the reason reported: an unknown id, or a section the instrument has not."""
    if not isinstance(node, Text) or not node.value.strip():
        what = "a citation is an authority's id, and where in it"
        build.report(node.place, "citation", what, "", "write it as: act § 2(a)")
        return INVALID
    cite = _citation(node.value)
    target = cited.get(cite.authority)
    if target is None and build.is_broken("authorities", cite.authority):
        return cite
    if target is None:
        what, fix = f"{cite.authority!r} is no authority here", "authorities.yaml lists what may be cited"
        build.unknown(node.place, "unknown authority", what, "", fix, nearest(cite.authority, cited))
        return INVALID
    if isinstance(target, Instrument) and cite.pin and target.section(cite.pin) is None:
        there = ", ".join(s.id for s in target.sections)
        build.report(node.place, "citation", f"{target.id} has no section {cite.pin!r}", "", f"it has: {there}")
        return INVALID
    return cite


def read_dispute(build: Builder, cited: Mapping[str, Instrument | Authority], node: Node) -> Dispute | None:
    """A dispute with at least two positions, or None with the problems reported."""

    def cites(node: Node) -> Any:
        found = [read_citation(build, cited, n) for n in build.items(node, "cite")]
        return INVALID if INVALID in found else tuple(found)

    def positions(node: Node) -> Any:
        made = [build.make(Position, n, "a position", {"cite": cites}) for n in build.items(node, "positions")]
        if None in made:
            return INVALID
        names = [p.id for p in made if p]
        if len(names) < 2 or len(set(names)) < len(names):
            what = "a dispute has two positions or more, each with an id of its own"
            build.report(node.place, "dispute", what, f"here there are: {', '.join(names) or 'none'}")
            return INVALID
        return tuple(made)

    made = build.make(Dispute, node, "a dispute", {"positions": positions})
    if made is None:
        build.broken("disputes", node)
    return made


def read_stance(build: Builder, disputes: Mapping[str, Dispute], node: Node) -> Any:
    """A position on a dispute, or INVALID with the problem reported."""
    found = _stance(node.value) if isinstance(node, Text) else None
    if found is None:
        build.report(node.place, "dispute", "a position is written 'dispute = position'", "", "write it so")
        return INVALID
    return found if known_stance(build, disputes, found, node.place) else INVALID


def read_stances(build: Builder, disputes: Mapping[str, Dispute], node: Node) -> Any:
    """One position or several, or INVALID with the problems reported."""
    found = [read_stance(build, disputes, n) for n in (node.nodes if isinstance(node, Items) else (node,))]
    return INVALID if INVALID in found else tuple(found)


def read_positions(build: Builder, disputes: Mapping[str, Dispute], node: Node | None) -> dict[str, str]:
    """Dispute → position, as a mapping has them; those that are not there are reported and left out."""
    found: dict[str, str] = {}
    for dispute, place, child in build.pairs(node, "positions"):
        taken = Stance(dispute, str(plain(child))) if child else None
        if taken and child and known_stance(build, disputes, taken, child.place if dispute in disputes else place):
            found[dispute] = taken.position
    return found


def known_stance(build: Builder, disputes: Mapping[str, Dispute], taken: Stance, where: Place) -> bool:
    """Whether the dispute and the position exist; reports it if not."""
    dispute = disputes.get(taken.dispute)
    if dispute is None:
        if not build.is_broken("disputes", taken.dispute):
            what, fix = f"{taken.dispute!r} is no dispute", f"the disputes are: {', '.join(disputes) or 'none'}"
            build.unknown(where, "unknown dispute", what, "", fix, nearest(taken.dispute, disputes))
        return False
    names = [p.id for p in dispute.positions]
    if taken.position not in names:
        near = nearest(taken.position, names)
        fix = f"did you mean {near!r}?" if near else f"the positions are: {', '.join(names)}"
        build.report(where, "unknown position", f"{taken.position!r} is no position on {taken.dispute!r}", "", fix)
        return False
    return True


def _stance(text: str) -> Stance | None:
    """``dispute = position``, read; None where the text is not of that form."""
    dispute, sign, position = text.partition("=")
    return Stance(dispute.strip(), position.strip()) if sign and dispute.strip() and position.strip() else None


def _citation(text: str) -> Citation:
    """The id that is cited, and the pin behind it."""
    name, _, pin = text.strip().partition(" ")
    return Citation(name, pin.strip())
