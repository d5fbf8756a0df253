"""The instrument: its sections, what is left out of it, and when it is law, if ever."""

from __future__ import annotations

from typing import Any

from authority.errors import nearest
from authority.law import NEVER, Instrument, LeftOut, Section
from authority.loading.build import Builder
from authority.loading.citations import read_full_citation
from authority.loading.rule import stands_in
from authority.loading.text import Items, Map, Node, place_of, plain


def read_instrument(build: Builder, node: Node) -> Instrument | None:
    """The instrument, or None with the problems reported."""

    def sections(node: Node) -> Any:
        made = [(build.make(Section, n, "a section"), n) for n in build.items(node, "sections")]
        return tuple(s for s, n in made if s and build.once("sections", s.id, n.place))

    def left_out(node: Node) -> Any:
        made = [build.make(LeftOut, n, "an entry of left_out") for n in build.items(node, "left_out")]
        return tuple(each for each in made if each)

    dated = _dated(build, node)
    converts = {"sections": sections, "left_out": left_out, "citation": lambda child: read_full_citation(build, child)}
    made = build.make(Instrument, node, "the instrument", converts)
    if made and len(made.left_out) == len(left := _left_out(node)):
        _check_left_out(build, made, left)
    return made if dated else None


def _dated(build: Builder, node: Node) -> bool:
    """Whether what is enacted says from when it is law, and what never was says neither from when nor until when."""
    if not isinstance(node, Map):
        return True
    enacted = node.entries.get("enacted")
    if enacted is None or plain(enacted) != NEVER:
        if "from" not in node.keys:
            why = "an instrument is law from some day; 'enacted: never' says that it never was"
            build.report(node.place, "missing key", "the instrument lacks the key 'from'", why, "add 'from: …'")
        return "from" in node.keys
    days = [key for key in ("from", "until") if key in node.keys]
    for key in days:
        what = f"{key} of the instrument: what was never enacted is law on no day"
        build.report(node.keys[key], "bad value", what, "", f"take {key!r} out, or write the day of enactment")
    return not days


def _left_out(node: Node) -> list[Node]:
    listed = node.entries.get("left_out") if isinstance(node, Map) else None
    return list(listed.nodes) if isinstance(listed, Items) else []


def _check_left_out(build: Builder, instrument: Instrument, nodes: list[Node]) -> None:
    """What is said to be left out must stand, word for word, in the section that is named."""
    for each, node in zip(instrument.left_out, nodes, strict=True):
        section = instrument.section(each.section)
        if section is None:
            there = [s.id for s in instrument.sections]
            near = nearest(each.section, there)
            fix = f"did you mean {near!r}?" if near else f"there are: {', '.join(there)}"
            what = f"left_out: the instrument has no section {each.section!r}"
            build.report(place_of(node, ("section",)), "unknown section", what, "", fix)
        elif not stands_in(section.text, each.quote):
            what = f"left_out: the quote is not in {each.section}"
            why = "what is left out is named by its own words"
            build.report(place_of(node, ("quote",)), "quote", what, why, "quote the words that are there")
