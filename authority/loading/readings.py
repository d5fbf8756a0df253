"""The readings: each with a position on every dispute, its own or that of the reading it is like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from authority.errors import Place, nearest
from authority.law import Dispute, Reading, RuleSet, Tables
from authority.loading.build import INVALID, Builder, Convert
from authority.loading.disputes import read_positions
from authority.loading.sentences import SentenceBuilder
from authority.loading.tables import no_standard
from authority.loading.text import Items, Map, Node, Text, plain

READING_KEYS = (
    "id", "title", "like", "positions", "standard", "grading", "answers", "supposes_enactment",
    "label", "about",
)  # fmt: skip


class ReadingsReader:
    """Reads readings against the disputes and the shared tables. ``grading`` reads a grading rule of their own; where
    the tables could not be read, nothing of theirs is missed."""

    def __init__(
        self, build: SentenceBuilder, disputes: Mapping[str, Dispute], tables: Tables | None, grading: Convert
    ) -> None:
        self.build, self.disputes, self.grading = build, disputes, grading
        self.standards = [s.id for s in tables.standards] if tables else []
        self.kinds = tuple(tables.grading.kinds) if tables else ()

    def read(self, nodes: Iterable[Node]) -> tuple[Reading, ...]:
        """The readings that could be made; the problems of the others are reported."""
        made: dict[str, Reading] = {}
        for node in self.build.entries(nodes, "readings"):
            reading = self._reading(node, made)
            if reading is None:
                self.build.broken("readings", node)
            elif self.build.once("readings", reading.id, node.place):
                made[reading.id] = reading
        return tuple(made.values())

    def _reading(self, node: Node, earlier: Mapping[str, Reading]) -> Reading | None:
        if not isinstance(node, Map):
            return self.build.make(Reading, node, "a reading")
        what = f"the reading {plain(node).get('id', '?')!r}"
        node = self.build.keys(node, READING_KEYS, what)
        entries, keys = dict(node.entries), dict(node.keys)
        base, known = self._base(node, earlier)
        given: dict[str, Any] = {}
        if (base or not known) and "standard" not in keys:
            given["standard"] = base.standard if base else INVALID
        if base and "grading" not in keys:
            given["grading"] = base.grading
        positions = self._taken(node, base, known, what)
        given["positions"] = INVALID if positions is None else positions
        for key in ("like", "positions"):
            entries.pop(key, None)
            keys.pop(key, None)
        convert = {"answers": self._answers, "grading": self.grading}
        reading = self.build.make(Reading, Map(entries, node.place, keys), what, convert, given)
        standard = entries.get("standard")
        if self.standards and isinstance(standard, Text) and standard.value not in self.standards:
            no_standard(self.build, standard.value, self.standards, standard.place)
            return None
        return reading if reading is None or self._grades_every_kind(reading, entries, what) else None

    def _grades_every_kind(self, reading: Reading, entries: Mapping[str, Node], what: str) -> bool:
        """Whether a grading rule of the reading's own has a grade for every kind of source; reports those it lacks."""
        lacking = [k for k in self.kinds if reading.grading and k not in reading.grading.kinds]
        if lacking and "grading" in entries:
            why = "every kind of source that a case may name must have a grade under every reading"
            fix = f"add to its kinds: {'; '.join(lacking)}"
            self.build.report(entries["grading"].place, "grade", f"the grading of {what} leaves kinds out", why, fix)
        return not lacking

    def _base(self, node: Map, earlier: Mapping[str, Reading]) -> tuple[Reading | None, bool]:
        """The reading that another is like, and whether that much is known; reports one that is not there."""
        like = node.entries.get("like")
        if like is None:
            return None, "like" not in node.keys
        name = str(plain(like))
        if name not in earlier and not self.build.is_broken("readings", name):
            near = nearest(name, earlier)
            fix = f"did you mean {near!r}?" if near else "name a reading that stands above this one"
            self.build.report(like.place, "unknown reading", f"'like' names no reading above: {name!r}", "", fix)
        return earlier.get(name), name in earlier

    def _taken(self, node: Map, base: Reading | None, known: bool, what: str) -> dict[str, str] | None:
        """The reading's positions, one on each dispute, or None with the problems reported."""
        before = len(self.build.problems)
        child = node.entries.get("positions")
        taken = {**(base.positions if base else {}), **read_positions(self.build, self.disputes, child)}
        if len(self.build.problems) > before or not known or (child is None and "positions" in node.keys):
            return None
        if isinstance(child, Map) and child.keys.keys() != child.entries.keys():
            return None
        open_ = [dispute for dispute in self.disputes if dispute not in taken]
        if open_:
            why = "a reading takes one position on each dispute, so that none is taken silently"
            there = ", ".join(repr(dispute) for dispute in open_)
            fix = f"add to its positions: {'; '.join(f'{dispute}: …' for dispute in open_)}"
            self.build.report(node.place, "reading", f"{what} takes no position on {there}", why, fix)
        return None if open_ else taken

    def _answers(self, node: Node) -> Any:
        nodes = node.nodes if isinstance(node, Items) else (node,)
        known = {s.says for s in self.build.vocabulary.sentences if s.question}
        found = [" ".join(str(plain(each)).split()) for each in nodes]
        strangers = [(says, each) for says, each in zip(found, nodes, strict=True) if says not in known]
        for says, each in strangers:
            if not self.build.is_broken_sentence(says):
                near = nearest(says, known)
                fix = f"nearest: {near!r}" if near else f"the questions are: {'; '.join(sorted(known))}"
                self.build.report(each.place, "unknown sentence", f"{says!r} is no question", "", fix)
        return INVALID if strangers else tuple(found)


def known_reading(build: Builder, rules: RuleSet, name: str, where: Place) -> bool:
    """Whether a rule set has a reading of that name; reports it if not."""
    known = [r.id for r in rules.readings]
    if name not in known:
        near = nearest(name, known)
        fix = f"did you mean {near!r}?" if near else f"the readings are: {', '.join(known)}"
        build.report(where, "unknown reading", f"{name!r} is no reading of {rules.name}", "", fix)
    return name in known
