"""Plain data as YAML that the loader reads back: every scalar a text, in quotes only where it must be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_PLAIN = re.compile(r"(?!(?:null|~)$)[<A-Za-z0-9§][^:#\[\]{},&*!|\"%@`\\\n\t]*")
"""What stands in YAML as it is, in a line of its own and in brackets; anything else is put in quotes."""

_WIDTH = 110


def lines_of(entries: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a mapping of texts, lists and mappings. What says nothing is left out."""
    for key, value in entries.items():
        if value or value == ():
            yield from _entry(key, value)


def _entry(key: str, value: Any) -> Iterator[str]:
    """A key and its value, on one line where they fit there."""
    head = f"{as_text(key)}:"
    short = "[]" if value == () else as_text(value) if isinstance(value, str) else _in_brackets(value)
    if short is not None and (isinstance(value, str) or len(head) + len(short) < _WIDTH):
        yield f"{head} {short}"
        return
    yield head
    if isinstance(value, Mapping):
        yield from (f"  {line}" for line in lines_of(value))
    else:
        yield from (f"  {line}" for each in value for line in _item(each))


def _item(value: Any) -> Iterator[str]:
    """An entry of a list."""
    lines = [as_text(value)] if isinstance(value, str) else lines_of(value)
    yield from (f"{'  ' if number else '- '}{line}" for number, line in enumerate(lines))


def _in_brackets(value: Any) -> str | None:
    """A short mapping of texts, or a short list of single words, on one line; None for anything else."""
    if isinstance(value, Mapping):
        shown = {key: as_text(v) if isinstance(v, str) else _in_brackets(v) for key, v in value.items() if v}
        if any(text is None or isinstance(value[key], Mapping) for key, text in shown.items()):
            return None
        return f"{{{', '.join(f'{as_text(key)}: {text}' for key, text in shown.items())}}}"
    if all(isinstance(each, str) and " " not in each for each in value):
        return f"[{', '.join(map(as_text, value))}]"
    return None


def as_text(value: str) -> str:
    """A text as it may stand in YAML, in a line or in brackets."""
    return value if _PLAIN.fullmatch(value) and value == value.strip() else json.dumps(value, ensure_ascii=False)


def texts(values: Iterable[Any]) -> tuple[str, ...]:
    """Some things as they are written."""
    return tuple(str(value) for value in values)
