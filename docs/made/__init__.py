"""What the site takes from the library itself rather than from a page: commands, names, the law.

A line ``<!-- made: law aumf-2001 -->`` stands for what the maker ``law`` writes of ``aumf-2001``. And a block that a
page says is a file (the word behind its language) has the name of the file above it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from made.commands import commands
from made.law import law, rule_sets_table
from made.names import names

MAKERS: Mapping[str, Callable[..., str]] = {
    "commands": commands, "names": names, "law": law, "rule-sets": rule_sets_table
}  # fmt: skip
_MADE = re.compile(r"^<!-- made: (\S+)((?: \S+)*) -->$", re.MULTILINE)
_FILE = re.compile(r"^```(\w+) ([^\s`]+)$", re.MULTILINE)


def whole(page: str) -> str:
    """A page with what is made for it in its place. KeyError for a maker that is not there."""
    made = _MADE.sub(lambda found: MAKERS[found[1]](*found[2].split()), page)
    return _FILE.sub(r"```{code-block} \1\n:caption: \2\n", made)


def setup(app: Any) -> dict[str, bool]:
    """What Sphinx calls: every page is made whole when it is read."""
    app.connect("source-read", _read)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _read(_app: Any, _name: str, source: list[str]) -> None:
    source[0] = whole(source[0])
