"""A full citation as a file has it → its model; the key that names its kind says which."""

from __future__ import annotations

from typing import Any

from authority.citing import HEADS, Cited, Stage
from authority.errors import Place, nearest
from authority.loading.build import INVALID, Builder
from authority.loading.text import Map, Node

_WHAT = "the citation"
_FORM = "write it by its parts, the kind first, as 'case: Khan v. Obama'; what fits no kind is 'text: …'"


def read_full_citation(build: Builder, node: Node) -> Any:
    """A citation, or INVALID with the problems reported: no mapping, no kind or two, or a part of the wrong form."""
    if not isinstance(node, Map):
        why = "its parts are printed, linked and checked one by one"
        build.report(node.place, "citation", "a citation is a mapping of its parts", why, _FORM)
        return INVALID
    kind = _kind(build, node)
    if kind is None:
        return INVALID

    def stages(child: Node) -> Any:
        made = [build.make(Stage, each, "a stage of the history") for each in build.items(child, "history")]
        return INVALID if None in made else tuple(made)

    def another(child: Node) -> Any:
        return read_full_citation(build, child)

    converts = {"history": stages, "see": another, "also": another, "under": another}
    return build.make(kind, node, _WHAT, converts) or INVALID


def citation_place(node: Node) -> Place:
    """Where an entry's citation stands; where the entry does, if it has none."""
    return node.keys.get("citation", node.place) if isinstance(node, Map) else node.place


def _kind(build: Builder, node: Map) -> type[Cited] | None:
    """The model of a citation's kind; None, reported, where no key names one or the keys name two."""
    heads = [key for key in node.keys if key in HEADS]
    kinds = dict.fromkeys(HEADS[key] for key in heads)
    if len(kinds) == 1:
        return next(iter(kinds))
    if heads:
        why = "each of them names a kind"
        build.report(node.place, "citation", f"the citation has {' and '.join(heads)}", why, "keep the key of one kind")
        return None
    near = {key: nearest(key, HEADS) for key in node.keys}
    key = next((key for key in near if near[key]), None)
    where = node.keys[key] if key else node.place
    fix = f"did you mean {near[key]!r}?" if key else f"begin with one of: {', '.join(HEADS)}"
    build.report(where, "citation", "the citation does not say what kind of authority it cites", "", fix)
    return None
