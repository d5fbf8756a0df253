"""YAML (and so JSON) as text with places: every scalar a string, every node knowing where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from authority import limits
from authority.errors import InvalidInput, Place, Problem
from authority.inputs import content

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
# What YAML lets stand in a file: no control characters but tab and line ends, no halves of characters.
_FOREIGN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
# JSON writes what lies beyond the first 65,536 characters as two halves, which YAML does not know.
_HALVES = re.compile(r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Text:
    """A scalar, as it is written. ``cut`` says that YAML dropped a ``#`` comment behind it on its line."""

    value: str
    place: Place
    cut: bool = False


@dataclass(frozen=True)
class Items:
    """A list; ``flow`` where it is written in ``[…]``, whose commas cut sentences."""

    nodes: tuple[Node, ...]
    place: Place
    flow: bool = False


@dataclass(frozen=True)
class Map:
    """A mapping, with the place of each key. A key without an entry has a value that was reported already."""

    entries: dict[str, Node]
    place: Place
    keys: dict[str, Place] = field(default_factory=dict)


Node = Text | Items | Map


def label(path: Path, root: Path) -> str:
    """How a file is named in messages: relative to ``root`` where it lies below it."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def read(path: Path, label: str, problems: list[Problem]) -> Node | None:
    """The file as nodes. Adds what is wrong with it to ``problems``; None where it cannot be read at all."""
    source = text_of(path, label, problems)
    if source is None:
        return None
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    return parse(_HALVES.sub(_whole, source) if path.suffix.lower() == ".json" else source, label, problems)


def text_of(path: Path, label: str, problems: list[Problem]) -> str | None:
    """The file as it stands. Adds to ``problems`` why it cannot be read, and is then None."""
    start = Place(label)
    try:
        found = content(path, label, limits.YAML_BYTES, split="split it; only what the question turns on belongs in it")
        return found.decode("utf-8-sig")  # Windows puts a mark before UTF-8, which is no part of the text
    except InvalidInput as refused:
        problems += refused.problems
    except OSError as error:
        problems.append(Problem(start, "file", "the file cannot be read", error.strerror or str(error)))
    except UnicodeDecodeError as error:
        problems.append(Problem(start, "file", "the file is not UTF-8 text", str(error), "save it as UTF-8"))
    return None


def peeked(path: Path) -> str:
    """The text of a file to be searched before it is read; none where it cannot be, of which reading it tells."""
    try:
        return content(path, str(path), limits.YAML_BYTES).decode("utf-8-sig", errors="replace")
    except (OSError, InvalidInput):
        return ""


def _whole(halves: re.Match[str]) -> str:
    high, low = int(halves[2], 16), int(halves[3], 16)
    return f"{halves[1]}\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08X}"


def parse(source: str, label: str, problems: list[Problem]) -> Node | None:
    """The text as nodes, as ``read`` does for a file."""
    foreign = _FOREIGN.search(source)
    if foreign:
        before = _BREAK.split(source[: foreign.start()])
        where = Place(label, len(before), len(before[-1]) + 1)
        what = f"the character U+{ord(foreign[0]):04X} cannot stand in a text file"
        problems.append(Problem(where, "syntax", what, "", "delete it, or save the file as plain text"))
        return None
    return _parsed(source, label, problems, LOADER)


def _parsed(source: str, label: str, problems: list[Problem], loader: Any) -> Node | None:
    reader = _Reader(_BREAK.split(source), label, problems)
    try:
        # Event by event, because PyYAML's own composer follows deep nesting until the process dies.
        for event in yaml.parse(source, Loader=loader):
            reader.take(event)
    except _Unreadable as error:
        problems.append(error.problem)
        return None
    except (yaml.YAMLError, ValueError) as error:
        if loader is not yaml.SafeLoader and "nesting depth" in str(error):
            # libyaml reads ahead, and gives up before it has told of any of the brackets; the other loader tells.
            return _parsed(source, label, problems, yaml.SafeLoader)
        problems.append(reader.not_yaml(error))
        return None
    if reader.empty:
        problems.append(Problem(Place(label), "syntax", "the file is empty", "", "fill it, or delete it"))
    return reader.root


class _Unreadable(Exception):
    """The file as a whole cannot be read, for the problem given."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.what)
        self.problem = problem


@dataclass
class _Open:
    """A list or mapping that has begun and not yet ended. ``key`` is the key whose value comes next."""

    place: Place
    is_map: bool
    flow: bool = False
    nodes: list[Node] = field(default_factory=list)
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)
    at_key: bool = True
    key: str | None = None

    def closed(self) -> Node:
        if self.is_map:
            return Map(self.entries, self.place, self.keys)
        return Items(tuple(self.nodes), self.place, self.flow)


class _Reader:
    """Turns PyYAML's events into nodes, refusing what would change a reader's text behind his back."""

    def __init__(self, lines: list[str], label: str, problems: list[Problem]) -> None:
        self.lines, self.label, self.problems = lines, label, problems
        self.open: list[_Open] = []
        self.root: Node | None = None
        self.empty, self.documents, self.nodes = True, 0, 0

    def take(self, event: Any) -> None:
        """Takes the next event; raises _Unreadable where there is no going on."""
        place = Place(self.label, event.start_mark.line + 1, event.start_mark.column + 1)
        self.empty = self.empty and not isinstance(event, yaml.NodeEvent)
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                why = "'---' begins another document, and a file holds one"
                raise _Unreadable(
                    Problem(place, "syntax", "there are two documents in the file", why, "take '---' out")
                )
        elif isinstance(event, yaml.AliasEvent):
            self._report(place, "an alias (*name) is not allowed", "", "write the text out again")
            self._put(None, place)
        elif isinstance(event, yaml.NodeEvent):
            self._count(event, place)
            self._marks(event, place)
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event, place)
            else:
                self._begin(event, place)
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            done = self.open.pop()
            self._put(done.closed(), done.place)

    def not_yaml(self, error: Exception) -> Problem:
        """What PyYAML stumbled over, as a problem."""
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        where = Place(self.label, mark.line + 1, mark.column + 1) if mark else Place(self.label)
        what, why = (
            f"this is not YAML: {getattr(error, 'problem', None) or error}",
            getattr(error, "context", None) or "",
        )
        fix = "check the indentation and the quotes; a text that holds ': ' or begins with a sign is put in quotes"
        if mark and self._line(mark.line)[mark.column :].startswith("\t"):
            what, why, fix = (
                "a tab stands before the text",
                "YAML is indented with spaces only",
                "put spaces in its place",
            )
        return Problem(where, "syntax", what, why, fix)

    def _count(self, event: Any, place: Place) -> None:
        self.nodes += 1
        if self.nodes > limits.NODES:
            what, fix = f"the file holds more than {limits.NODES:,} texts, lists and mappings", "split it"
            raise _Unreadable(Problem(place, "file", what, "", fix))
        if isinstance(event, yaml.ScalarEvent) and len(event.value) > limits.TEXT:
            what, fix = f"the text has more than {limits.TEXT:,} characters", "say it in fewer words, or in parts"
            raise _Unreadable(Problem(place, "file", what, "", fix))

    def _report(self, place: Place, what: str, why: str, fix: str) -> None:
        self.problems.append(Problem(place, "syntax", what, why, fix))

    def _marks(self, event: Any, place: Place) -> None:
        why = "every value is read as the text that stands there"
        if event.tag is not None:
            self._report(place, "a tag (!…) is not allowed", why, "leave it out, or put the text in quotes")
        if event.anchor is not None:
            self._report(place, "an anchor (&…) is not allowed", why, "leave it out, or put the text in quotes")

    def _begin(self, event: Any, place: Place) -> None:
        if len(self.open) >= limits.DEPTH:
            fix = "no entry of a rule set or a case needs so many; check the indentation and the brackets"
            raise _Unreadable(Problem(place, "syntax", f"nested deeper than {limits.DEPTH} levels", "", fix))
        top = self.open[-1] if self.open else None
        if top and top.is_map and top.at_key:
            self._report(
                place, "a key must be a word", "a list or a mapping stands in its place", "put the key in quotes"
            )
        self.open.append(_Open(place, isinstance(event, yaml.MappingStartEvent), bool(event.flow_style)))

    def _scalar(self, event: Any, place: Place) -> None:
        top = self.open[-1] if self.open else None
        if top and top.is_map and top.at_key:
            self._key(top, event.value, place)
            return
        nothing = not event.style and event.value in ("", "~", "null") and event.tag is None and event.anchor is None
        if nothing and not top:
            self.empty = True
        elif nothing:
            where, what = place, "an entry of the list has no value"
            if top and top.is_map:
                where, what = (top.keys[top.key] if top.key else place), f"the key {top.key!r} has no value"
            fix = "write a value, or leave it out; put a word that YAML takes for nothing (null, ~) in quotes"
            self.problems.append(Problem(where, "missing value", what, "", fix))
        self._put(None if nothing else Text(event.value, place, not event.style and self._cut(event.end_mark)), place)

    def _key(self, top: _Open, key: str, place: Place) -> None:
        top.at_key = False
        if key in top.keys:
            why = f"it is there already, at line {top.keys[key].line}; YAML would silently keep the last"
            self.problems.append(Problem(place, "duplicate key", f"the key {key!r} stands twice", why, "keep one"))
            return
        top.key = key
        top.keys[key] = place

    def _put(self, node: Node | None, place: Place) -> None:
        """Files a finished node where it belongs; None for one that was reported."""
        if not self.open:
            self.root = node
            return
        top = self.open[-1]
        if not top.is_map:
            top.nodes += [node] if node is not None else []
        elif top.at_key:  # a key that is no word: its value belongs nowhere
            top.at_key, top.key = False, None
        else:
            if top.key is not None and node is not None:
                top.entries[top.key] = node
            top.at_key, top.key = True, None

    def _cut(self, end: Any) -> bool:
        return self._line(end.line)[end.column :].lstrip().startswith("#")

    def _line(self, number: int) -> str:
        return self.lines[number] if number < len(self.lines) else ""


def plain(node: Node) -> Any:
    """The node as strings, lists and dicts."""
    if isinstance(node, Text):
        return node.value
    if isinstance(node, Items):
        return [plain(n) for n in node.nodes]
    return {key: plain(value) for key, value in node.entries.items()}


def place_of(node: Node, path: tuple[int | str, ...]) -> Place:
    """Where the part of ``node`` that a path of keys and indices leads to stands, as far as the path goes."""
    place = node.place
    for step in path:
        if isinstance(node, Map) and isinstance(step, str) and step in node.entries:
            place, node = node.keys[step], node.entries[step]
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.nodes):
            node = node.nodes[step]
            place = node.place
        else:
            break
    return node.place if isinstance(node, Text) else place
