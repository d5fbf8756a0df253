"""YAML (and so JSON) as text with places: every scalar a string, every node knowing where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from authority.errors import Place, Problem

MAX_DEPTH = 24
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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
    """A mapping, with the place of each key."""

    entries: dict[str, Node]
    place: Place
    keys: dict[str, Place] = field(default_factory=dict)


Node = Text | Items | Map


def read(path: Path, label: str, problems: list[Problem]) -> Node | None:
    """The file as nodes. Adds what is wrong with it to ``problems``; None where it cannot be read at all."""
    start = Place(label)
    try:
        source = path.read_text(encoding="utf-8")
    except OSError as error:
        problems.append(Problem(start, "file", "the file cannot be read", error.strerror or str(error)))
        return None
    except UnicodeDecodeError as error:
        problems.append(Problem(start, "file", "the file is not UTF-8 text", str(error), "save it as UTF-8"))
        return None
    return parse(source, label, problems)


def parse(source: str, label: str, problems: list[Problem]) -> Node | None:
    """The text as nodes, as ``read`` does for a file."""
    try:
        root = yaml.compose(source, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Place(label, mark.line + 1, mark.column + 1) if mark else Place(label)
        what = f"this is not YAML: {error.problem or error}"
        fix = "check the indentation and the quotes; a text that holds ': ' or begins with a sign is put in quotes"
        problems.append(Problem(where, "syntax", what, error.context or "", fix))
        return None
    except yaml.YAMLError as error:
        problems.append(Problem(Place(label), "syntax", "this is not YAML", str(error).splitlines()[0]))
        return None
    except RecursionError:
        problems.append(Problem(Place(label), "syntax", f"nested deeper than {MAX_DEPTH} levels"))
        return None
    if root is None:
        problems.append(Problem(Place(label), "syntax", "the file is empty"))
        return None
    return _Walker(_BREAK.split(source), label, problems).walk(root, 0)


class _Walker:
    """Turns PyYAML's nodes into ours, refusing what would change a reader's text behind his back."""

    def __init__(self, lines: list[str], label: str, problems: list[Problem]) -> None:
        self.lines, self.label, self.problems = lines, label, problems
        self.seen: set[int] = set()

    def walk(self, node: Any, depth: int) -> Node | None:
        place = Place(self.label, node.start_mark.line + 1, node.start_mark.column + 1)
        if depth > MAX_DEPTH:
            self.problems.append(Problem(place, "syntax", f"nested deeper than {MAX_DEPTH} levels"))
            return None
        if id(node) in self.seen:
            fix = "write the text out again"
            self.problems.append(Problem(place, "syntax", "an alias (*name) is not allowed", "", fix))
            return None
        self.seen.add(id(node))
        sign = self._line(node.start_mark.line)[node.start_mark.column :][:1]
        if sign in ("!", "&"):
            what = "a tag (!…) is not allowed" if sign == "!" else "an anchor (&…) is not allowed"
            why = "every value is read as the text that stands there"
            self.problems.append(Problem(place, "syntax", what, why, "leave it out, or put the text in quotes"))
            return None
        if isinstance(node, yaml.ScalarNode):
            return Text(node.value, place, not node.style and self._cut(node))
        if isinstance(node, yaml.SequenceNode):
            nodes = [self.walk(child, depth + 1) for child in node.value]
            return Items(tuple(n for n in nodes if n is not None), place, bool(node.flow_style))
        return self._map(node, place, depth)

    def _map(self, node: Any, place: Place, depth: int) -> Map:
        entries: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        for key_node, value_node in node.value:
            at = Place(self.label, key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.append(Problem(at, "syntax", "a key must be a word"))
                continue
            key = key_node.value
            if key in keys:
                why = f"it is there already, at line {keys[key].line}; YAML would silently keep the last"
                self.problems.append(Problem(at, "duplicate key", f"the key {key!r} stands twice", why, "keep one"))
                continue
            keys[key] = at
            value = self.walk(value_node, depth + 1)
            if value is not None:
                entries[key] = value
        return Map(entries, place, keys)

    def _cut(self, node: Any) -> bool:
        return self._line(node.end_mark.line)[node.end_mark.column :].lstrip().startswith("#")

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
        if isinstance(node, Map) and isinstance(step, str) and step in node.keys:
            place = node.keys[step]
            if step not in node.entries:
                return place
            node = node.entries[step]
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.nodes):
            node = node.nodes[step]
            place = node.place
        else:
            return place
    return node.place if isinstance(node, Text) else place
