"""Reads what was kept of an opinion or a memo as JSON, and says what is wrong with a file that is neither."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from authority import limits
from authority.errors import InvalidInput, Place, Problem
from authority.inputs import content
from authority.receipt import Receipt
from authority.vocabulary import Model

_MEND = (
    "give a memo as JSON (authority memo CASE -o memo.json) or what 'authority decide CASE --format json' prints; one "
    "that an earlier version made is made again so"
)


class Standing(BaseModel):
    """A proposition as an answer has it."""

    model_config = ConfigDict(extra="allow")

    proposition: str

    def told(self) -> str:
        """Where it stands and why, and on what, in a line."""
        data = dict(self.__pydantic_extra__ or {})
        data.update(data.pop("evidence", {}) if isinstance(data.get("evidence"), dict) else {})
        stands, causes = data.pop("verdict", data.pop("status", "")), data.pop("causes", None)
        cause = data.pop("cause", "")
        parts = [f"{stands} ({', '.join(map(str, causes)) if isinstance(causes, list) else cause})"]
        for key, value in data.items():
            if value:
                shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
                parts.append(f"{key.replace('_', ' ')} {shown}")
        return "; ".join(parts)


class _Answer(BaseModel):
    model_config = ConfigDict(extra="allow")

    case: str
    reading: str
    question: str
    verdict: str
    cause: str
    elements: list[Standing]
    findings: list[Standing]
    receipt: Receipt


class _Memo(BaseModel):
    model_config = ConfigDict(extra="allow")

    answers: list[_Answer]
    made_from: dict[str, dict[str, str]]


class KeptAnswer(Model):
    """An answer under one reading, and all that stands in the file of it."""

    reading: str
    receipt: Receipt
    data: Mapping[str, Any]


class Kept(Model):
    """What a file holds: the answers, the first being what was asked; what they were made from; the memo, if it is
    one."""

    answers: tuple[KeptAnswer, ...]
    made_from: Mapping[str, Mapping[str, str]]
    memo: Mapping[str, Any] | None = None

    @property
    def receipt(self) -> Receipt:
        """The receipt of what was asked."""
        return self.answers[0].receipt


def read_kept(path: str | Path) -> Kept:
    """What a file holds; InvalidInput with every problem where it is neither a memo nor an opinion as JSON."""
    data = _json(Path(path), str(path))
    is_memo = isinstance(data, dict) and "heading" in data
    if not isinstance(data, dict) or not (is_memo or {"receipt", "answers", "elements"} & data.keys()):
        raise InvalidInput([Problem(Place(str(path)), "receipt", "the file holds no opinion and no memo", "", _MEND)])
    # What decide prints is one answer that says itself what it was made from.
    whole = data if is_memo or "answers" in data else {"answers": [data], "made_from": data.get("made_from")}
    try:
        made = _Memo.model_validate(whole)
    except ValidationError as error:
        raise InvalidInput(_lacking(str(path), error, whole is data)) from None
    wrong = list(_apart(made.answers))
    if wrong:
        raise InvalidInput(Problem(Place(str(path)), "receipt", each, "", _MEND) for each in wrong)
    answers = tuple(
        KeptAnswer(reading=each.reading, receipt=each.receipt, data=told)
        for each, told in zip(made.answers, whole["answers"], strict=True)
    )
    return Kept(answers=answers, made_from=made.made_from, memo=data if whole is data else None)


def _apart(answers: list[_Answer]) -> Iterator[str]:
    """In what the answers, or an answer and its receipt, do not go together."""
    if not answers:
        yield "the memo holds no answer"
    for each in answers:
        for key in ("case", "reading", "question"):
            said, meant = getattr(each, key), getattr(each.receipt, key)
            if said != meant:
                yield f"the answer says {key} {said!r}, and its receipt {meant!r}"
        for key in ("rule_set", "case", "question", "rules", "facts"):
            if getattr(each.receipt, key) != getattr(answers[0].receipt, key):
                yield f"the receipts under {answers[0].reading} and {each.reading} have another {key}"


def _lacking(file: str, error: ValidationError, is_memo: bool) -> list[Problem]:
    """What the answers lack, each place once."""
    found = []
    for each in error.errors(include_url=False):
        path = each["loc"] if is_memo or each["loc"][0] != "answers" else each["loc"][2:]
        name = ".".join(map(str, path))
        what = f"it lacks {name}" if each["type"] == "missing" else f"{name} will not do"
        why = "" if each["type"] == "missing" else each["msg"]
        found.append(Problem(Place(file), "receipt", what, why, _MEND))
    return found


class _Twice(ValueError):
    """A key of the file stands twice."""


def _json(path: Path, label: str) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise _Twice(f"the key {key!r} stands twice")
            found[key] = value
        return found

    def report(what: str, why: str = "", line: int = 1, column: int = 1) -> InvalidInput:
        return InvalidInput([Problem(Place(label, line, column), "receipt", what, why, _MEND)])

    try:
        found = content(path, label, limits.JSON_BYTES, "receipt", _MEND)
        return json.loads(found.decode("utf-8-sig"), object_pairs_hook=once)
    except OSError as error:
        raise report("the file cannot be read", error.strerror or str(error)) from None
    except UnicodeDecodeError as error:
        raise report("the file is not UTF-8 text", str(error)) from None
    except json.JSONDecodeError as error:
        raise report("the file is not JSON", error.msg, error.lineno, error.colno) from None
    except _Twice as error:
        raise report("the file is not JSON as it is written here", str(error)) from None
    except RecursionError:
        raise report("the file is nested too deep") from None
    except ValueError as error:  # a number of more digits than Python reads
        raise report("the file is not JSON that can be read", str(error)) from None
