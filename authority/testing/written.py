"""A case and a rule set as the files that they would be loaded from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from authority.citing import BillNumber, Cited, Code, PublicLaw, Reported
from authority.facts import Evidence, FactPattern
from authority.law import Dispute, Grading, Reading, Rule, RuleSet, Stance
from authority.model import Model
from authority.testing.text import lines_of, texts
from authority.vocabulary import Kind, Proposition, Sentence

YES = "yes"
BODIES = {"all": "if", "any": "if_any"}


def case_text(case: FactPattern) -> str:
    """The case as a case file. Loaded again against its rule set, it is the same case.

    What was decided on it is left out, since the kit makes no history up.
    """
    return "\n".join(lines_of(_case(case)))


def law_text(rules: RuleSet) -> str:
    """The rule set as one file of a folder of its name. Loaded again beside the same shared tables, it is the same rule
    set; which facts of other rule sets raise its questions is left out, since these need not lie beside it."""
    return "\n".join(lines_of(_law(rules)))


def reading_text(reading: Reading) -> str:
    """What a reading holds: its positions and its standard."""
    return "\n".join(lines_of({k: v for k, v in _reading(reading).items() if k not in ("id", "title")}))


# ── Cases ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _case(case: FactPattern) -> dict[str, Any]:
    vocabulary = case.rules.vocabulary
    return {
        "title": case.title, "about": case.about, "asks": str(case.asks), "as_of": case.as_of,
        "known_by": case.known_by,
        "parties": {p.name: _plain(p, "name") for p in case.parties if p.kind is not Kind.DAY or p.aliases},
        "sources": {s.id: _plain(s, "id") for s in case.sources},
        "evidence": tuple(map(_item, case.evidence)),
        "assume": [_sided(vocabulary[a.proposition.sentence], a.proposition, a.holds) for a in case.assume],
        "disputes": [_dispute(each) for each in case.disputes],
        "positions": case.positions, "expect": case.expect,
    }  # fmt: skip


def _item(item: Evidence) -> dict[str, Any]:
    """An item: its text first, its facts and attacks beneath."""
    sides = {side: texts(getattr(item, side)) for side in ("supports", "contradicts", "found_none")}
    said = _plain(item, *sides, "undercuts", "doubts", "under", "position")
    attacks = {how: list(getattr(item, how)) for how in ("undercuts", "doubts")}
    position = str(item.position) if item.position else ""
    return _told(said | sides | attacks | {"under": texts(item.under), "position": position})


def _sided(sentence: Any, proposition: Proposition, holds: bool) -> str:
    return sentence.fill(proposition.parties, denied=not holds)


# ── Law ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _law(rules: RuleSet) -> dict[str, Any]:
    notice = {
        "parties": {p.name: _plain(p, "name") for p in rules.parties},
        "facts": [{"holds": str(n.holds), "cite": str(n.cite), "note": n.note} for n in rules.notice],
    }
    return {
        "instrument": _plain(rules.instrument),
        "sentences": [_sentence(sentence) for sentence in rules.vocabulary.sentences],
        "authorities": [_plain(authority) for authority in rules.authorities],
        "disputes": [_dispute(dispute) for dispute in rules.disputes],
        "rules": [_rule(rule) for rule in rules.rules],
        "readings": [_reading(reading) for reading in rules.readings],
        "notice": notice if any(notice.values()) else {},
    }  # fmt: skip


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return _told(_plain(sentence, "excludes") | {"excludes": texts(sentence.excludes)})


def _rule(rule: Rule) -> dict[str, Any]:
    of = texts(rule.premises)
    body = {"at_least": {"count": str(rule.count), "of": of}} if rule.body == "at_least" else {BODIES[rule.body]: of}
    rest = _plain(rule, "id", "then", "body", "count", "premises", "unless", "under", "cite", "quote", "note")
    return _told(
        {"id": rule.id, "then": str(rule.then)} | (body if of else {})
        | {"unless": texts(rule.unless), "under": texts(rule.under)} | rest
        | {"quote": rule.quote, "cite": str(rule.cite), "note": rule.note}
    )  # fmt: skip


def _dispute(dispute: Dispute) -> dict[str, Any]:
    positions = [_plain(p, "cite") | {"cite": texts(p.cite)} for p in dispute.positions]
    return {"id": dispute.id, "question": dispute.question, "positions": positions}


def _reading(reading: Reading) -> dict[str, Any]:
    return _plain(reading, "grading") | {"grading": _grading(reading.grading) if reading.grading else ""}


def _grading(grading: Grading) -> dict[str, Any]:
    kinds = [{"kind": kind, "grade": grade} for kind, grade in grading.kinds.items()]
    return {"source": grading.source, "hedge_cap": str(grading.hedge_cap), "kinds": kinds}


# ── Models ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _plain(model: BaseModel, *but: str) -> dict[str, Any]:
    """The fields of a model that say something, by their keys in a file, without some of them; dates in force last."""
    fields = sorted(type(model).model_fields.items(), key=lambda field: field[0] in ("from_", "until"))
    kept = {info.alias or name: (getattr(model, name), info) for name, info in fields if name not in but}
    return _told({key: _value(value) for key, (value, info) in kept.items() if value != info.default})


def _value(value: Any) -> Any:
    """A field as it is written in a file."""
    if isinstance(value, bool):
        return YES if value else "no"
    if isinstance(value, PublicLaw):
        return f"{value.congress}-{value.number}"
    if isinstance(value, (Code, Reported, BillNumber, Stance)):
        return str(value)
    if isinstance(value, (Model, Cited)):
        return _plain(value)
    if isinstance(value, Mapping):
        return {str(key): _value(each) for key, each in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_value(each) for each in value]
    return "" if value is None else str(value)


def _told(entries: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entries.items() if value not in ("", (), [], {})}
