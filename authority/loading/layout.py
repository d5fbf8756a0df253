"""A YAML text as it is set out: its nodes with their style, every comment and blank line by the entry it stands at.

What a text means is for ``text``; this keeps what that leaves out.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from authority.loading.text import LOADER

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


@dataclass(frozen=True)
class Remark:
    """A comment on a line of its own, and how far it is indented; a blank line where it says nothing."""

    says: str
    column: int = 0


@dataclass
class Scalar:
    """A text, and the sign that it was written with; of a block also its first line and the lines that follow."""

    value: str
    style: str = ""
    header: str = ""
    broken: tuple[str, ...] = ()


@dataclass
class Collection:
    """A list or a mapping; ``flow`` where it is written in brackets."""

    is_map: bool
    flow: bool
    entries: list[Entry] = field(default_factory=list)

    @property
    def remarked(self) -> bool:
        """Whether a comment stands anywhere within."""
        return any(
            e.above or e.behind or e.after or (isinstance(e.value, Collection) and e.value.remarked)
            for e in self.entries
        )


Laid = Scalar | Collection


@dataclass
class Entry:
    """An entry of a list, or of a mapping with its key: what stands on the lines above it, behind it, and on those
    after it that are indented further. The column of a remark that comes after is counted from the entry's own."""

    key: Scalar | None
    value: Laid
    above: tuple[Remark, ...] = ()
    behind: str = ""
    after: tuple[Remark, ...] = ()


@dataclass
class Layout:
    """A whole text: its node, and what stands on the lines behind it."""

    root: Laid
    end: tuple[Remark, ...]
    comments: tuple[str, ...]
    """Every comment of the text, whether or not it was found a place by an entry."""


def lay_out(source: str) -> Layout:
    """The layout of a text that ``text.parse`` reads without a problem."""
    return _Layer(source).made()


_ALL = 1_000_000_000  # a column beyond the end of any line


class _Layer:
    """Takes a text event by event, as PyYAML tells of it, and hands out the comments between."""

    def __init__(self, source: str) -> None:
        self.lines = _BREAK.split(source)
        kinds = (yaml.ScalarEvent, yaml.CollectionStartEvent, yaml.CollectionEndEvent)
        self.events: list[Any] = [e for e in yaml.parse(source, Loader=LOADER) if isinstance(e, kinds)]
        self.closing = _closing(self.events)
        self.at = 0
        self.own: deque[tuple[int, Remark]] = deque()
        self.behind: dict[int, str] = {}
        self._find_comments()

    def made(self) -> Layout:
        comments = sorted([*(r.says for _, r in self.own if r.says), *self.behind.values()])
        root = self._node()
        end = self._before(len(self.lines))
        if isinstance(root, Collection) and root.entries and not root.flow:
            end = _deeper(end, root.entries[-1], 0)
        return Layout(root, end, tuple(comments))

    # ── Comments ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _find_comments(self) -> None:
        """Finds the comments of each line, behind whatever else it holds; and the blank lines."""
        reach: dict[int, int] = {}
        flows: list[bool] = []
        for event in self.events:
            first, last, column = event.start_mark.line, event.end_mark.line, event.end_mark.column
            if isinstance(event, yaml.CollectionStartEvent):
                flows.append(bool(event.flow_style))
            in_sight = flows.pop() if isinstance(event, yaml.CollectionEndEvent) else flows[-1] if flows else True
            if isinstance(event, yaml.ScalarEvent) and event.style in ("|", ">"):
                header, broken = self._block(event)
                reach |= {first: event.start_mark.column + len(header)}
                reach |= dict.fromkeys(range(first + 1, first + 1 + len(broken)), _ALL)
            elif isinstance(event, yaml.ScalarEvent) or in_sight:  # a block begins and ends without a sign
                reach |= {**dict.fromkeys(range(first, last), _ALL), last: column}
        for number, line in enumerate(self.lines):
            self._find_comment(number, line, reach.get(number, 0))

    def _find_comment(self, number: int, line: str, reach: int) -> None:
        found = re.search(r"\s(#.*)", line[reach - 1 :] if reach else f" {line}")
        if not reach and not line.strip():
            self.own.append((number, Remark("")))
        elif found and not reach and line.lstrip().startswith("#"):
            self.own.append((number, Remark(line.strip(), len(line) - len(line.lstrip()))))
        elif found:
            self.behind[number] = found[1].rstrip()

    def _block(self, event: Any) -> tuple[str, tuple[str, ...]]:
        """The signs that a block begins with, and its lines without what all of them are indented by."""
        first = event.start_mark.line
        header = re.match(r"[|>][-+0-9]*", self.lines[first][event.start_mark.column :])
        lines = self.lines[first + 1 : event.end_mark.line + 1]
        inner = min((len(each) - len(each.lstrip(" ")) for each in lines[:1]), default=0)
        kept = []
        for line in lines:
            if line.strip(" ") and not (inner and line.startswith(" " * inner)):
                break
            kept.append(line[inner:])
        while kept and not kept[-1].strip(" "):
            kept.pop()
        return header[0] if header else "", tuple(kept)

    def _before(self, line: int) -> tuple[Remark, ...]:
        """The remarks that stand on lines before a line, and have not been handed out."""
        found: list[Remark] = []
        while self.own and self.own[0][0] < line:
            found.append(self.own.popleft()[1])
        return tuple(found)

    # ── Nodes ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _node(self) -> Laid:
        event = self._next()
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        made = Collection(isinstance(event, yaml.MappingStartEvent), bool(event.flow_style))
        closing = self.closing[self.at - 1]
        while not isinstance(self.events[self.at], yaml.CollectionEndEvent):
            made.entries.append(self._entry(made, event.start_mark.column, closing))
        end = self._next().end_mark.line
        if made.flow and made.entries:
            inside = tuple(Remark(r.says) for r in self._before(end) if r.says)
            made.entries[-1].after += inside
        return made

    def _next(self) -> Any:
        self.at += 1
        return self.events[self.at - 1]

    def _scalar(self, event: Any) -> Scalar:
        if event.style in ("|", ">"):
            return Scalar(event.value, event.style, *self._block(event))
        return Scalar(event.value, event.style or "")

    def _entry(self, within: Collection, column: int, closing: int) -> Entry:
        """The next entry of a list or a mapping that begins at a column and ends on the line ``closing``."""
        start = self.events[self.at].start_mark.line
        above = self._before(start)
        if within.flow:
            above = tuple(remark for remark in above if remark.says)
        elif within.entries:
            above = _deeper(above, within.entries[-1], column)
        key = self._scalar(self._next()) if within.is_map else None
        first, line = self.events[self.at], self.events[self.at - 1].end_mark.line if key else start
        made = Entry(key, self._node(), above)
        last = self.events[self.at - 1].end_mark.line
        if isinstance(first, yaml.CollectionStartEvent):
            on = last if first.flow_style else line if key else -1
        else:
            on = first.start_mark.line if isinstance(made.value, Scalar) and made.value.header else last
        if not within.flow or on < closing:
            made.behind = self.behind.pop(on, "")
        return made


def _closing(events: Sequence[Any]) -> dict[int, int]:
    """The line on which each list or mapping ends, by the number of the event with which it begins."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for number, event in enumerate(events):
        if isinstance(event, yaml.CollectionStartEvent):
            opened.append(number)
        elif isinstance(event, yaml.CollectionEndEvent):
            found[opened.pop()] = event.end_mark.line
    return found


def _deeper(above: tuple[Remark, ...], before: Entry, column: int) -> tuple[Remark, ...]:
    """Leaves with the entry before what is indented further than the entries are; the rest stands above the next."""
    number = next((n for n, r in enumerate(above) if r.says and r.column <= column), None)
    count = max((n + 1 for n, r in enumerate(above[:number]) if r.says), default=0)
    before.after += tuple(Remark(r.says, max(r.column - column, 0)) for r in above[:count])
    return above[count:]
