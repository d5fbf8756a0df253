"""Which facts of other rule sets raise a question of this one: read and checked; and what a memo needs of it alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from authority.errors import InvalidInput, nearest
from authority.law import Instrument, RaisedBy
from authority.loading.build import INVALID, Builder
from authority.loading.instrument import read_instrument
from authority.loading.sentences import SentenceBuilder, read_where
from authority.loading.text import Items, Map, Node, Text, label, peeked, place_of, plain, read
from authority.vocabulary import ALL_KINDS, Kind, Pattern, blanks

Find = Callable[[str], Path | None]
"""Where the rule set of a name lies, or None."""


def read_raised_by(build: SentenceBuilder, nodes: list[Node], own: str, find: Find) -> tuple[RaisedBy, ...]:
    """The entries of ``raised_by`` that are sound; the problems of the others are reported."""
    reader = _Reader(build, own, find)
    return tuple(each for each in map(reader.read, build.entries(nodes, "raised_by")) if each)


class _Reader:
    def __init__(self, build: SentenceBuilder, own: str, find: Find) -> None:
        self.build, self.own, self.find = build, own, find
        self._asked: dict[str, Pattern] = {}
        self._sentences: dict[str, Mapping[str, Mapping[str, tuple[Kind, ...]]] | None] = {}

    def read(self, node: Node) -> RaisedBy | None:
        """An entry, or None with the problems reported."""
        convert = {"ask": self._ask, "where": partial(read_where, self.build)}
        made = self.build.make(RaisedBy, node, "an entry of raised_by", convert)
        if made is None or not self._known(made, node):
            return None
        kinds = (self._sentences[made.rules] or {})[made.says]
        return made if self._fits(made, node, kinds) else None

    def _ask(self, node: Node) -> Any:
        """The question, or INVALID with the problem reported."""
        parse = self.build.sentence(node, affirmed="a question")
        if parse and not parse.sentence.question:
            there = "; ".join(s.says for s in self.build.vocabulary.sentences if s.question)
            what = f"{str(parse)!r} is not a question here"
            self.build.report(node.place, "question", what, "", f"there are: {there}")
            return INVALID
        if parse is None:
            return INVALID
        self._asked[str(parse.pattern)] = parse.pattern
        return str(parse.pattern)

    def _known(self, made: RaisedBy, node: Node) -> bool:
        """Whether the other rule set is there and has the sentence; reports it if not."""
        where = place_of(node, ("rules",))
        folder = self.find(made.rules) if made.rules != self.own else None
        if made.rules == self.own:
            why = "facts of its own are what its rules are about"
            self.build.report(where, "raised_by", "a rule set is not raised by itself", why, "name another rule set")
        elif folder is None:
            what, fix = f"there is no rule set {made.rules!r}", "name one that comes with the library, or lies beside"
            self.build.report(where, "unknown rule set", what, "", fix)
        if folder is None:
            return False
        if made.rules not in self._sentences:
            self._sentences[made.rules] = sentences_of(folder)
        there = self._sentences[made.rules]
        if there is None:  # it has problems of its own, which loading it shows
            return False
        if made.says not in there:
            near = nearest(made.says, there)
            fix = f"nearest: {near!r}" if near else f"authority rules {made.rules} lists its sentences"
            what = f"{made.says!r} is no sentence of {made.rules}"
            why = "it is named in its affirmed form and with its own blanks"
            self.build.report(place_of(node, ("says",)), "unknown sentence", what, why, fix)
        return made.says in there

    def _fits(self, made: RaisedBy, node: Node, kinds: Mapping[str, tuple[Kind, ...]]) -> bool:
        """Whether every party that the sentence may name can stand in the question; reports it if not."""
        before = len(self.build.problems)
        for blank in made.where:
            if blank not in blanks(made.says):
                what = f"where names <{blank}>, which {made.says!r} has not"
                self.build.report(place_of(node, ("where", blank)), "raised_by", what, "", "name one of its blanks")
        pattern = self._asked[made.ask]
        asked = self.build.vocabulary[pattern.sentence]
        for blank, arg in zip(asked.blanks, pattern.args, strict=True):
            if arg not in pattern.variables:
                continue
            if arg[1:-1] not in blanks(made.says):
                what = f"the question has {arg}, which {made.says!r} has not"
                why = "the parties of the question are those that the sentence names"
                self.build.report(place_of(node, ("ask",)), "raised_by", what, why, "use the blanks of the sentence")
                continue
            named = made.where.get(arg[1:-1], kinds.get(arg[1:-1], ALL_KINDS))
            stray = [kind for kind in named if kind not in asked.kinds(blank)]
            if stray:
                what = f"{arg} may be {_listed(stray)} in {made.says!r}, and the question takes none"
                fix = f"add 'where: {{{arg[1:-1]}: [{', '.join(k for k in named if k not in stray)}]}}'"
                self.build.report(place_of(node, ("ask",)), "kind", what, "", fix)
        return len(self.build.problems) == before


def _listed(kinds: list[Kind]) -> str:
    return " or ".join(kinds)


# ── Of another rule set, no more than is needed ───────────────────────────────────────────────────────────────────────


def sentences_of(folder: Path) -> Mapping[str, Mapping[str, tuple[Kind, ...]]] | None:
    """The sentences of a rule set, in their affirmed form, each with the kinds of its blanks; None where they cannot be
    read."""
    build, found = Builder(), {}
    for node in _sections(build, folder, folder.parent, "sentences"):
        for entry in node.nodes if isinstance(node, Items) else ():
            says = entry.entries.get("says") if isinstance(entry, Map) else None
            where = entry.entries.get("where") if isinstance(entry, Map) else None
            if isinstance(says, Text):
                found[" ".join(says.value.split())] = read_where(build, where) if where else {}
    return None if build.problems else found


def read_raising(folder: Path, root: Path) -> tuple[Instrument | None, tuple[RaisedBy, ...]]:
    """The instrument of a rule set that says by which facts its question is raised, and what it says of them; None and
    nothing for one that does not. Nothing else of it is read, and its sentences are taken as they stand.

    Raises InvalidInput with every problem in what is read.
    """
    build = Builder()
    entries = build.entries(list(_sections(build, folder, root, "raised_by")), "raised_by")
    convert = {"ask": _as_written, "where": partial(read_where, build)}
    made = [build.make(RaisedBy, entry, "an entry of raised_by", convert) for entry in entries]
    nodes = list(_sections(build, folder, root, "instrument")) if entries else []
    instrument = read_instrument(build, nodes[0]) if nodes else None
    if build.problems:
        raise InvalidInput(build.everything())
    return instrument, tuple(each for each in made if each)


def _as_written(node: Node) -> Any:
    return " ".join(str(plain(node)).split())


def _sections(build: Builder, folder: Path, root: Path, section: str) -> Iterator[Node]:
    """The nodes of one section of a rule set, from those of its files only in which its name stands as a key."""
    key = re.compile(rf"""(?:^|[{{,"'\s]){section}["']?\s*:""", re.MULTILINE)
    for path in sorted(folder.glob("*.yaml")):
        if path.stem != section and not key.search(peeked(path)):
            continue
        node = read(path, label(path, root), build.problems)
        if isinstance(node, Items) and path.stem == section:
            yield node
        elif isinstance(node, Map) and section in node.entries:
            yield node.entries[section]
