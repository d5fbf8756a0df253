"""The problems of a check as SARIF, which editors and code hosts show beside the lines.

Static Analysis Results Interchange Format Version 2.1.0, OASIS Standard, 27 March 2020.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(problems: Iterable[Mapping[str, str]]) -> dict[str, Any]:
    """The problems that ``check`` returns, as one run: each a result at its place, of the rule named after its kind."""
    listed = tuple(problems)
    kinds = sorted({each["kind"] for each in listed})
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "authority", "rules": [{"id": kind} for kind in kinds]}},
                "results": [_result(each, kinds) for each in listed],
            }
        ],
    }


def _result(problem: Mapping[str, str], kinds: list[str]) -> dict[str, Any]:
    file, line, column = problem["where"].rsplit(":", 2)
    said = (problem["what"], problem["why"], f"Fix: {problem['fix']}" if problem["fix"] else "")
    return {
        "ruleId": problem["kind"],
        "ruleIndex": kinds.index(problem["kind"]),
        "level": problem["severity"],
        "message": {"text": "\n".join(filter(None, said))},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(file)},
                    "region": {"startLine": int(line), "startColumn": int(column)},
                }
            }
        ],
    }


def _uri(file: str) -> str:
    """A file as a URI: relative where its name is (§ 3.4.3)."""
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
