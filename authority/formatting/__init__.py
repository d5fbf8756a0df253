"""Sets out rule sets and cases in one way: the same text, the same comments, the same meaning."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from authority.errors import InvalidInput, Place, Problem
from authority.formatting.order import put_in_order
from authority.formatting.setting import set_out
from authority.loading.layout import lay_out
from authority.loading.text import Node, parse, plain, text_of

__all__ = ["formatted", "formatted_file"]


def formatted_file(path: Path) -> tuple[str, str]:
    """The text of a file, and as ``formatted`` sets it out. Raises as that does, and where the file cannot be read."""
    problems: list[Problem] = []
    text = text_of(path, str(path), problems)
    if text is None:
        raise InvalidInput(problems)
    return text, formatted(text, path)


def formatted(text: str, path: Path) -> str:
    """A YAML text of a rule set or a case, set out in the canonical way; its line ends stay what they are.

    It means the same, value by value, and holds every comment. Raises InvalidInput with every problem where the text is
    no YAML that the library reads, or where a comment stands in a place from which it would be lost.
    """
    if path.suffix.lower() == ".json":
        what, why = "the file is JSON", "it would be YAML when it is set out"
        raise InvalidInput([Problem(Place(str(path)), "file", what, why, "name it .yaml, or leave it as it is")])
    node = _read(text, path)
    layout = lay_out(text)
    put_in_order(layout.root, path.stem)
    made = set_out(layout)
    again = lay_out(made)
    kept = Counter(again.comments)
    lost = [each for each, times in Counter(layout.comments).items() if times > kept[each]]
    if lost or plain(_read(made, path)) != plain(node):
        what = f"the comment {lost[0]!r} would be lost" if lost else "the file cannot be set out and mean the same"
        fix = "put it on a line of its own, above what it speaks of" if lost else "write its texts in plain lines"
        raise InvalidInput([Problem(Place(str(path)), "layout", what, "", fix)])
    return made.replace("\n", "\r\n") if "\r\n" in text else made


def _read(text: str, path: Path) -> Node:
    problems: list[Problem] = []
    node = parse(text, str(path), problems)
    if problems or node is None:
        raise InvalidInput(problems)
    return node
