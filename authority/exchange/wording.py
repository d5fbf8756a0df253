"""Texts as YAML has them, so that a case file reads back as what was meant: plain where that is safe, or folded."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Iterator

WIDTH = 118
# What stands in YAML as it is, on a line of its own: no sign that would begin something else, no ': ', no ' #'.
_SIGN = r"[\x20-\x7e\xa1-\u2027\u202a-\ud7ff\ue000-\ufefe]"
_PLAIN = re.compile(rf"""(?![-?:](?:\s|$)|[\s,\[\]{{}}#&*!|>'"%@`=])(?:(?!:\s|:$|\s#){_SIGN})+""")
_NOTHING = re.compile(r"~|null|---.*|\.\.\..*", re.IGNORECASE)
_FOLDABLE = re.compile(f"(?:(?! ){_SIGN})+(?: (?:(?! ){_SIGN})+)*")
_UNPRINTABLE = re.compile("[\x7f-\x9f\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def scalar(text: str, *, flow: bool = False) -> str:
    """A text on one line: as it is, or in quotes; ``flow`` where it stands in brackets, which a comma would part."""
    whole = not flow or not re.search(r"[,\[\]{}]", text)
    if whole and _PLAIN.fullmatch(text) and not _NOTHING.fullmatch(text) and not text[-1].isspace():
        return text
    return _UNPRINTABLE.sub(_escaped, json.dumps(text, ensure_ascii=False))


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def entry(key: str, text: str, indent: str) -> Iterator[str]:
    """The lines of ``key: text``; a long text of single blanks is folded below its key."""
    line = f"{indent}{scalar(key)}: {scalar(text)}"
    if len(line) <= WIDTH or not _FOLDABLE.fullmatch(text):
        yield line
        return
    yield f"{indent}{scalar(key)}: >-"
    inner = f"{indent}  "
    width = max(WIDTH - len(inner), 20)
    for part in textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False):
        yield inner + part


def listed(key: str, values: Iterable[str], indent: str) -> Iterator[str]:
    """The lines of a key with a list, an entry a line."""
    yield f"{indent}{key}:"
    for value in values:
        yield f"{indent}  - {scalar(value)}"
