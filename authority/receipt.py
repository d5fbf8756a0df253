"""What an opinion was made from, so that it can be made again: the question, the reading, digests of law and record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from pydantic import BaseModel

from authority.facts import FactPattern
from authority.law import Reading, RuleSet, digest
from authority.vocabulary import Model, Proposition

_SHORT = 12
"""How many hexadecimal digits tell one state of an entry from another: 48 bits."""


class Receipt(Model):
    """What the opinion was made from: the question asked of a case under a rule set and the reading as it was taken, by
    their names; digests of law and record; versions, and how often it was derived."""

    rule_set: str
    case: str
    question: str
    rules: str
    facts: str
    reading: str
    positions: Mapping[str, str]
    standard: str
    as_of: str
    known_by: str
    version: str
    durable_rules: str | None
    derived_twice: bool


def receipt(case: FactPattern, reading: Reading, question: Proposition, twice: bool) -> Receipt:
    """The receipt of an opinion on a case; ``reading`` with the positions that the case adds to it."""
    return Receipt(
        rule_set=case.rules.name, case=case.name, question=str(question), rules=case.rules.digest, facts=case.digest,
        reading=reading.id, positions=dict(sorted(reading.positions.items())), standard=reading.standard,
        as_of=case.as_of, known_by=case.known_by, version=_version("authority"),
        durable_rules=_version("durable_rules") if twice else None, derived_twice=twice,
    )  # fmt: skip


def made_from(case: FactPattern) -> dict[str, dict[str, str]]:
    """A short digest of every entry of the record and of the rules, by what the entry is: what the two digests of a
    receipt are made of, so that it can be said which entry is no longer the same."""
    return {"record": _of_record(case), "rules": _of_law(case.rules)}


def _of_record(case: FactPattern) -> dict[str, str]:
    whole = {"asks": str(case.asks), "title": case.title, "as_of": case.as_of, "known_by": case.known_by}
    return {
        **{key: digest([value], ())[:_SHORT] for key, value in whole.items()},
        **{f"positions under {r}": digest([f"{d} = {p}" for d, p in sorted(taken.items())], ())[:_SHORT]
           for r, taken in sorted(case.positions.items())},
        **_each("exhibit", ((e.id, e) for e in case.evidence)),
        **_each("source", ((s.id, s) for s in case.sources)),
        **_each("party", ((p.name, p) for p in case.parties)),
        **_each("assumption", ((str(a.proposition), a) for a in case.assume)),
        **_each("dispute", ((d.id, d) for d in case.disputes)),
    }  # fmt: skip


def _of_law(rules: RuleSet) -> dict[str, str]:
    return {
        **_each("instrument", [(rules.instrument.id, rules.instrument)]),
        "tables": digest([], [rules.tables])[:_SHORT],
        **_each("rule", ((r.id, r) for r in rules.rules)),
        **_each("reading", ((r.id, r) for r in rules.readings)),
        **_each("dispute", ((d.id, d) for d in rules.disputes)),
        **_each("sentence", ((s.says, s) for s in rules.vocabulary.sentences)),
        **_each("notice", ((str(n.holds), n) for n in rules.notice)),
        **_each("noticed party", ((p.name, p) for p in rules.parties)),
        **_each("authority", ((a.id, a) for a in rules.authorities)),
    }


def _each(what: str, entries: Iterable[tuple[str, BaseModel]]) -> dict[str, str]:
    return {f"{what} {name}": digest([], [entry])[:_SHORT] for name, entry in sorted(entries, key=lambda e: e[0])}


@cache
def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # a bare checkout that was never installed
        return "not installed"
