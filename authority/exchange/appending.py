"""Entries put into the text of a case file, in its own style; everything else in it stands as it stood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from authority.errors import InvalidInput, Problem
from authority.exchange.cells import parted
from authority.exchange.columns import LISTS
from authority.exchange.rows import Entry
from authority.exchange.wording import entry, listed, scalar
from authority.loading.text import Items, Map, Node, Text, parse

_ONE_LINE = re.compile(r"\[([^\[\]]*)\](\s*(?:#.*)?\s*)")
_UNFOLD = "write it as a block, an entry on lines of its own, and import again"


class CaseText:
    """The text of a case file, line by line as YAML counts them."""

    def __init__(self, text: str, label: str) -> None:
        self.label = label
        self.lines = [line for line in re.split("(?<=\n)|(?<=\r)(?!\n)|(?<=[\x85\u2028\u2029])", text) if line]
        self.end = "\r\n" if any(line.endswith("\r\n") for line in self.lines) else "\n"
        self.node = self._parsed()

    def __str__(self) -> str:
        return "".join(self.lines)

    def _parsed(self) -> Map:
        problems: list[Problem] = []
        node = parse(str(self), self.label, problems)
        if not isinstance(node, Map) or problems:
            raise InvalidInput(problems)
        if self._in_brackets(node):
            what = "the case is written in brackets, and nothing can be put behind what stands in them"
            raise InvalidInput([Problem(node.place, "shape", what, "", "write it as YAML, and import again")])
        return node

    def _in_brackets(self, node: Node | None) -> bool:
        if node is None:
            return False
        return self.lines[node.place.line - 1][node.place.column - 1 :].startswith(("[", "{"))

    def insert(self, at: int, lines: Iterable[str]) -> None:
        """Puts lines before the line of that number, from 0."""
        if at and not self.lines[at - 1].endswith(("\n", "\r", "\x85", "\u2028", "\u2029")):
            self.lines[at - 1] += self.end
        self.lines[at:at] = [line + self.end for line in lines]
        self.node = self._parsed()

    # ── Where things stand ────────────────────────────────────────────────────────────────────────────────────────────

    def section(self, key: str) -> tuple[Node | None, int, int, int] | None:
        """A section of the case: its value, the column of its key, its first line and the line after its last; None
        where there is none."""
        if key not in self.node.keys:
            return None
        place = self.node.keys[key]
        later = [p.line - 1 for p in self.node.keys.values() if p.line > place.line]
        return self.node.entries.get(key), place.column, place.line - 1, self._last(min(later, default=len(self.lines)))

    def _last(self, before: int) -> int:
        """The line after the last one that belongs to what ends before a line: blank lines and comments that begin
        where the next section does are the next one's."""
        at = before
        while at and (not self.lines[at - 1].strip() or self.lines[at - 1].startswith("#")):
            at -= 1
        if at and self.lines[at - 1].rstrip() in ("...", "---"):
            return self._last(at - 1)
        return at

    # ── What is added ─────────────────────────────────────────────────────────────────────────────────────────────────

    def set(self, key: str, value: str, after: str) -> None:
        """Adds a top-level key with a text, behind another."""
        found = self.section(after)
        at, column = (found[3], found[1]) if found else (0, next(iter(self.node.keys.values())).column)
        self.insert(at, [f"{' ' * (column - 1)}{key}: {scalar(value)}"])

    def add_sources(self, entries: Sequence[Entry]) -> None:
        """Adds sources behind those that are there."""
        found = self._open("sources", Map) if entries else None
        if found is None:
            return
        node, column, end = found
        first = next(iter(node.keys.values())).column - 1 if isinstance(node, Map) and node.keys else column + 2
        self.insert(end, [line for each in entries for line in _source(each, " " * first)])

    def add_evidence(self, entries: Sequence[Entry]) -> None:
        """Adds items behind those that are there, parted by blank lines where those are."""
        found = self._open("evidence", Items) if entries else None
        if found is None:
            return
        node, column, end = found
        nodes = node.nodes if isinstance(node, Items) else ()
        dash = node.place.column - 1 if node is not None and nodes else column + 2
        inner = nodes[0].place.column - 1 if nodes else dash + 2
        spaced = self._spaced(nodes)
        lines: list[str] = []
        for n, each in enumerate(entries):
            lines += [""] if spaced and (n or nodes) else []
            item = list(_item(each, " " * inner))
            lines += [" " * dash + "-" + " " * (inner - dash - 1) + item[0].lstrip(), *item[1:]]
        self.insert(end, lines)

    def add_to_item(self, name: str, key: str, values: Sequence[str]) -> None:
        """Adds entries to a list of an item that is there; one that it lacks is begun behind what it says."""
        node, end = self._item(name)
        indent = " " * (node.place.column - 1)
        if key not in node.keys:
            at = self._end_of(node, "says", end)
            self.insert(at, listed(key, values, indent))
            return
        there = node.entries[key]
        if isinstance(there, Items) and not self._in_brackets(there):
            inner = " " * (there.place.column - 1)
            self.insert(self._end_of(node, key, end), [f"{inner}- {scalar(value)}" for value in values])
            return
        line = there.place.line - 1
        before, listing = self.lines[line][: there.place.column - 1], self.lines[line][there.place.column - 1 :]
        whole = _ONE_LINE.fullmatch(listing)
        if not whole:
            what = f"{key} of the item {name!r} is written in brackets that go over several lines"
            raise InvalidInput([Problem(there.place, "shape", what, "", _UNFOLD)])
        added = ", ".join(scalar(value, flow=True) for value in values)
        self.lines[line] = f"{before}[{whole[1].rstrip()}{', ' if whole[1].strip() else ''}{added}]{whole[2]}"
        self.node = self._parsed()

    def _item(self, name: str) -> tuple[Map, int]:
        """An item by its id, and the line after its last."""
        found = self.section("evidence")
        section, end = (found[0], found[3]) if found else (None, 0)
        nodes = section.nodes if isinstance(section, Items) else ()
        for n, node in enumerate(nodes):
            named = node.entries.get("id") if isinstance(node, Map) else None
            if isinstance(node, Map) and isinstance(named, Text) and named.value == name:
                if self._in_brackets(section) or self._in_brackets(node):
                    what = f"the item {name!r} is written in brackets, and nothing can be put into it"
                    raise InvalidInput([Problem(node.place, "shape", what, "", _UNFOLD)])
                return node, nodes[n + 1].place.line - 1 if n + 1 < len(nodes) else end
        raise KeyError(name)

    def _end_of(self, node: Map, key: str, end: int) -> int:
        """The line after the last of a key's value in a mapping that ends before a line."""
        start = node.keys[key].line
        at = min((p.line - 1 for p in node.keys.values() if p.line > start), default=end)
        while at > start and (not self.lines[at - 1].strip() or self.lines[at - 1].lstrip().startswith("#")):
            at -= 1
        return at

    def _spaced(self, nodes: Sequence[Node]) -> bool:
        """Whether items are parted by blank lines; where there is one item or none, they are."""
        return len(nodes) < 2 or any(
            node.place.line > 1 and not self.lines[node.place.line - 2].strip() for node in nodes[1:]
        )

    def _open(self, key: str, shape: type[Node]) -> tuple[Node | None, int, int] | None:
        """A section to which may be added: its value, if it has any, the column of its key, and the line to add before.
        One that is missing is begun; one that is written in brackets is opened if it is empty, and else refused."""
        found = self.section(key)
        if found is None:
            column = next(iter(self.node.keys.values())).column - 1
            self._begin(key, column)
            return None, column, self._last(len(self.lines))
        node, column, start, end = found
        if not self._in_brackets(node):
            return (node if isinstance(node, shape) else None), column - 1, end
        empty = isinstance(node, (Map, Items)) and not (node.keys if isinstance(node, Map) else node.nodes)
        bare = re.sub(r"\s+#.*", "", self.lines[start][self.node.keys[key].column - 1 :]).split(":", 1)[-1]
        if not empty or bare.strip() not in ("[]", "{}"):
            what = f"{key} of the case is written in brackets, and nothing can be put behind what stands in them"
            raise InvalidInput([Problem(self.node.keys[key], "shape", what, "", _UNFOLD)])
        self.lines[start] = re.sub(r":\s*(\[\]|\{\})", ":", self.lines[start], count=1)
        return None, column - 1, start + 1

    def _begin(self, key: str, column: int) -> None:
        """Begins a section behind everything else; it is filled at once, so that it is not read before."""
        at = self._last(len(self.lines))
        if at and not self.lines[at - 1].endswith(("\n", "\r")):
            self.lines[at - 1] += self.end
        self.lines[at:at] = [self.end, f"{' ' * column}{key}:{self.end}"]


def _source(each: Entry, indent: str) -> Iterator[str]:
    yield f"{indent}{scalar(each.id.text)}:"
    for field, cell in each.fields.items():
        yield from entry(field, cell.text, f"{indent}  ")


def _item(each: Entry, indent: str) -> Iterator[str]:
    for field, cell in each.fields.items():
        if field in LISTS:
            yield from listed(field, parted(cell.text), indent)
        else:
            yield from entry(field, cell.text, indent)
