"""A layout → its canonical text.

Two blanks a level; lists indented beneath their key; a comment on the level of what it stands above, two blanks before
one that stands behind; one blank line where there were any. What was written in brackets stays so on one line, or is
written as a block where it outgrows it; a text too long for its line is folded beneath. Whoever folded a text by hand
keeps his lines, as long as they fit. Quotes stay where they are, as double quotes.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Iterator

from authority.exchange.wording import scalar
from authority.loading.layout import Collection, Entry, Laid, Layout, Remark, Scalar

WIDTH = 120
"""Where a text is broken."""
LONGEST = 125
"""What is let stand on one line: a text is not broken for the sake of a word."""
_FOLDABLE = re.compile(r"\S+(?: \S+)+")


def set_out(layout: Layout) -> str:
    """The text of a layout, line ends as ``\\n``."""
    lines = [*_node(layout.root, 0), *(_remark(each, "") for each in layout.end)]
    return "\n".join(_single(lines)) + "\n"


def _single(lines: Iterable[str]) -> Iterator[str]:
    """The lines without blank ones at the beginning and the end, and but one where there are several."""
    blank = began = False
    for line in lines:
        if not line:
            blank = True
            continue
        if blank and began:
            yield ""
        blank, began = False, True
        yield line


def _remark(each: Remark, indent: str) -> str:
    return f"{indent}{' ' * each.column}{each.says}" if each.says else ""


def _node(node: Laid, level: int) -> Iterator[str]:
    """The lines of a node that begins at a level."""
    if isinstance(node, Scalar):
        yield from _scalar(node, "", level)
        return
    whole = _whole(node)
    if whole is not None and (node.flow or not node.entries) and not node.remarked:
        yield f"{' ' * level}{whole}"
        return
    for entry in node.entries:
        yield from _entry(entry, level, node.flow)


def _entry(entry: Entry, level: int, was_flow: bool) -> Iterator[str]:
    indent = " " * level
    for each in entry.above:
        yield _remark(Remark(each.says), indent)
    hoisted, lines = _body(entry, level)
    yield from hoisted
    yield lines[0] + (f"  {entry.behind}" if entry.behind else "")
    yield from lines[1:]
    deepest = 0 if was_flow else _depth(entry)
    for each in entry.after:
        yield _remark(Remark(each.says, min(each.column // 2 * 2, deepest)), indent)


def _depth(entry: Entry) -> int:
    """How deep a comment after an entry may stand, so that it is none of a block of text that the entry ends with."""
    value = entry.value
    if not isinstance(value, Collection) or not value.entries or value.flow:
        return 0
    return 2 + _depth(value.entries[-1])


def _body(entry: Entry, level: int) -> tuple[list[str], list[str]]:
    """The lines of an entry, and comments that stand before its first, because its dash cannot stand before them."""
    indent = " " * level
    head = f"{indent}{_one_line(entry.key, flow=False)}:" if entry.key else f"{indent}-"
    value = entry.value
    if isinstance(value, Scalar):
        return [], list(_scalar(value, head, level))
    whole = _whole(value)
    fits = whole is not None and len(f"{head} {whole}") <= LONGEST
    if not value.entries or (value.flow and fits and not value.remarked):
        return [], [f"{head} {whole}"]
    lines = list(_node(Collection(value.is_map, False, value.entries), level + 2))
    if entry.key:
        return [], [head, *lines]
    first = next(n for n, line in enumerate(lines) if line and not line.lstrip().startswith("#"))
    return [line[2:] for line in lines[:first]], [f"{head} {lines[first].lstrip()}", *lines[first + 1 :]]


def _scalar(text: Scalar, head: str, level: int) -> Iterator[str]:
    """The lines of a text behind its key or its dash."""
    inner = " " * (level + 2 if head else level)
    before = f"{head} " if head else ""
    if text.broken and _keeps(text, inner):
        yield f"{before}{text.header}"
        yield from (f"{inner}{line}" if line else "" for line in text.broken)
        return
    line = f"{before}{_one_line(text, flow=False)}"
    if len(line) <= LONGEST or not head or not _FOLDABLE.fullmatch(text.value) or not text.value.isprintable():
        yield line
        return
    yield f"{head} >-"
    width = max(WIDTH - len(inner), 20)
    for part in textwrap.wrap(text.value, width, break_long_words=False, break_on_hyphens=False):
        yield inner + part


def _keeps(text: Scalar, inner: str) -> bool:
    """Whether a block stays as it is broken: one whose lines are the text itself, and a folded one whose lines fit.

    What begins with a blank, ends with blank lines that count, or breaks its lines otherwise, is written in quotes.
    """
    if re.search("[\r\x85\u2028\u2029]", text.value):
        return False
    if text.header not in ("|", "|-", ">", ">-") or not text.broken[0].strip() or text.broken[0][0].isspace():
        return False
    fits = all(len(inner + line) <= LONGEST or " " not in line for line in text.broken)
    if text.value.rstrip("\n")[-1:].isspace():
        return False
    return text.style == "|" or fits or not _FOLDABLE.fullmatch(text.value)


def _whole(node: Laid) -> str | None:
    """A node on one line, as it stands in brackets; None where a block stands in it."""
    if isinstance(node, Scalar):
        return None if node.header else _one_line(node, flow=True)
    parts = [(e.key, _whole(e.value)) for e in node.entries]
    if not (node.flow or not node.entries) or any(part is None for _, part in parts):
        return None
    inside = ", ".join(f"{_one_line(key, flow=True)}: {part}" if key else str(part) for key, part in parts)
    return f"{{{inside}}}" if node.is_map else f"[{inside}]"


def _one_line(text: Scalar, *, flow: bool) -> str:
    """A text on one line: plain where it was, else in quotes; in single ones where they were, and save escapes."""
    plain = scalar(text.value, flow=flow)
    if text.style == "'" and re.search(r'["\\]', text.value) and text.value.isprintable():
        return "'" + text.value.replace("'", "''") + "'"
    quoted = text.style in ("'", '"') and not plain.startswith('"')
    return json.dumps(text.value, ensure_ascii=False) if quoted else plain
