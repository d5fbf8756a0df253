"""The official decisions on a record: what a case file says was decided, by whom, and on what it turned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from authority.errors import nearest
from authority.facts import Decision
from authority.law import Authority, Dispute, Instrument, RuleSet
from authority.loading.build import INVALID
from authority.loading.disputes import read_citation, read_positions
from authority.loading.readings import known_reading
from authority.loading.sentences import SentenceBuilder
from authority.loading.text import Items, Map, Node, Text, plain


class DecisionReader:
    """Reads the entries of ``decided`` against a rule set, what it cites, and the disputes of law and case."""

    def __init__(
        self, build: SentenceBuilder, rules: RuleSet, cited: Mapping[str, Instrument | Authority],
        disputes: Mapping[str, Dispute],
    ) -> None:  # fmt: skip
        self.build, self.rules, self.cited, self.disputes = build, rules, cited, disputes
        self.items: tuple[str, ...] = ()

    def read(self, node: Node | None, evidence: Node | None) -> tuple[Decision, ...]:
        """The decisions that could be made; the problems of the others are reported. ``evidence`` is the record, an
        item of which may be the hinge though it has problems of its own."""
        nodes = evidence.nodes if isinstance(evidence, Items) else ()
        named = (each.entries.get("id") for each in nodes if isinstance(each, Map))
        self.items = tuple(each.value for each in named if isinstance(each, Text))
        made = []
        for number, child in enumerate(self.build.items(node, "decided")):
            self.build.places["decided", str(number)] = child.place
            made.append(self._decision(child))
        return tuple(each for each in made if each)

    def _decision(self, node: Node) -> Decision | None:
        convert = {
            "asks": self.build.question, "cite": lambda child: read_citation(self.build, self.cited, child),
            "reading": self._reading, "hinge": self._hinge,
            "positions": lambda child: read_positions(self.build, self.disputes, child),
        }  # fmt: skip
        made = self.build.make(Decision, node, "a decision", convert)
        if made and made.hinge and made.no_hinge.strip():
            what, why = "a decision has both a hinge and no_hinge", "no_hinge says why there is none"
            self.build.report(node.place, "decision", what, why, "keep one of the two")
        elif made and not made.hinge and not made.no_hinge.strip():
            what, why = "a decision does not say what it turned on", "that is what the library's answer is held against"
            fix = "name the items or disputes under 'hinge', or say under 'no_hinge' why there is none"
            self.build.report(node.place, "decision", what, why, fix)
        return made

    def _reading(self, node: Node) -> Any:
        name = str(plain(node))
        return name if known_reading(self.build, self.rules, name, node.place) else INVALID

    def _hinge(self, node: Node) -> Any:
        """Ids of items or of disputes, each once and each one thing only."""
        found: list[str] = []
        for child in self.build.items(node, "hinge"):
            name = str(plain(child))
            if name in found:
                self.build.report(child.place, "hinge", f"{name!r} is named twice", "", "name it once")
            elif name in self.items and name in self.disputes:
                what = f"{name!r} is an item of this case and a dispute"
                self.build.report(child.place, "hinge", what, "a hinge must be one of them", "rename the item")
            elif not self._is_there(name):
                known = (*self.items, *self.disputes)
                near = nearest(name, known)
                fix = f"did you mean {near!r}?" if near else f"there are: {', '.join(known) or 'none'}"
                what = f"{name!r} is no item of this case and no dispute"
                self.build.report(child.place, "unknown hinge", what, "", fix)
            else:
                found.append(name)
        return tuple(found)

    def _is_there(self, name: str) -> bool:
        """Whether a name is, or may be that of an entry whose problem has been reported."""
        there = name in self.items or name in self.disputes
        return there or any(self.build.is_broken(group, name) for group in ("evidence", "disputes"))
