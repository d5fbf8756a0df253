"""The problems of a check as SARIF, which editors and code hosts show beside the lines.

Static Analysis Results Interchange Format Version 2.1.0, OASIS Standard, 27 March 2020.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from authority.proving import left_open

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(found: Mapping[str, Any]) -> dict[str, Any]:
    """What ``check`` returns, as one run: each problem a result at its place, of the rule named after its kind; and
    what was not checked, or proved of some parties only, a notification of the tool (§ 3.20)."""
    listed, proved = found["problems"], found.get("proved", {"whole": True})
    notes = [] if proved["whole"] else [left_open(proved["limits"], proved["parties"])]
    notes += [f"not checked: {each}" for each in found.get("not_checked", ())]
    kinds = sorted({each["kind"] for each in listed})
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "authority", "rules": [{"id": kind} for kind in kinds]}},
                "invocations": [
                    {
                        "executionSuccessful": True,
                        "toolExecutionNotifications": [{"level": "note", "message": {"text": each}} for each in notes],
                    }
                ],
                "results": [_result(each, kinds) for each in listed],
            }
        ],
    }


def _result(problem: Mapping[str, Any], kinds: list[str]) -> dict[str, Any]:
    file, line, column = problem["where"].rsplit(":", 2)
    record = [f"- {fact}" for fact in problem.get("record", ())]
    shown = "\n".join(["On this record:", *record]) if record else ""
    said = (problem["what"], shown, problem["why"], f"Fix: {problem['fix']}" if problem["fix"] else "")
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
