"""A law tried on made-up cases and readings; what laws do to a case: another order, other names, other grades."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterable
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from authority.facts import Evidence
from authority.law import RuleSet
from authority.testing.made_up import MadeUpCase
from authority.testing.strategies import Law, cases, readings
from authority.vocabulary import Kind, Proposition, Vocabulary


def tried(
    law: Callable[..., None], rules: Law, question: str | None, examples: int, most: int = 6,
    **more: st.SearchStrategy[Any],
) -> None:  # fmt: skip
    """Runs a property on made-up cases and readings of a rule set; the examples are the same each time."""
    ways = settings(
        max_examples=examples, derandomize=True, database=None, deadline=None, report_multiple_bugs=False,
        phases=[phase for phase in Phase if phase is not Phase.explain],
        suppress_health_check=[HealthCheck.too_slow],
    )  # fmt: skip
    ways(given(case=cases(rules, question, most=most), reading=readings(rules), **more)(law))()


def shuffled(case: MadeUpCase, order: int) -> MadeUpCase:
    """The case with everything whose order says nothing in another one: as it is, or in one of many that a number
    names."""
    law: RuleSet = case.rules
    groups = ("authorities", "disputes", "rules", "readings", "parties", "notice")
    moved: dict[str, Any] = {name: _mixed(getattr(law, name), order) for name in groups}
    moved["vocabulary"] = Vocabulary(sentences=_mixed(law.vocabulary.sentences, order))
    here = {name: _mixed(getattr(case, name), order) for name in ("parties", "sources", "evidence", "assume")}
    return case.but(rules=law.but(**moved), **here)


def _mixed(values: tuple[Any, ...], order: int) -> tuple[Any, ...]:
    """Some values in the order that a number names. One draw rather than one for each place, since a failing example
    shrinks by its draws."""

    def place(number: int) -> bytes | int:
        return hashlib.sha256(f"{order} {number}".encode()).digest() if order else number

    return tuple(values[number] for number in sorted(range(len(values)), key=place))


def other_names(case: MadeUpCase, order: int) -> dict[str, str]:
    """New names for the parties of a case, in an order that a number names. A noticed party keeps its own, since the
    law speaks of it by name, and so does a day."""
    old = [p.name for p in case.parties if p.kind is not Kind.DAY]
    taken = set(case.kind_of)
    new = itertools.islice((n for n in (f"Party {k}" for k in itertools.count(1)) if n not in taken), len(old))
    return dict(zip(old, _mixed(tuple(new), order), strict=True))


def renamed(case: MadeUpCase, names: dict[str, str]) -> MadeUpCase:
    """The case with its parties called otherwise throughout."""

    def item(each: Evidence) -> Evidence:
        sides = ("supports", "contradicts", "found_none")
        return each.but(**{side: tuple(said(p, names) for p in getattr(each, side)) for side in sides})

    return case.but(
        asks=said(case.asks, names), evidence=tuple(map(item, case.evidence)),
        parties=tuple(p.but(name=names.get(p.name, p.name)) for p in case.parties),
        assume=tuple(a.but(proposition=said(a.proposition, names)) for a in case.assume),
    )  # fmt: skip


def said(proposition: Proposition, names: dict[str, str]) -> Proposition:
    """A proposition about parties who are called otherwise."""
    return proposition._replace(parties=tuple(names.get(name, name) for name in proposition.parties))


def echoed(case: MadeUpCase, item: Evidence, name: str) -> MadeUpCase:
    """The case in which one source has said one thing twice: what attacks the one attacks the other."""

    def attacking(each: Evidence) -> Evidence:
        aims = {how: getattr(each, how) for how in ("undercuts", "doubts")}
        return each.but(**{how: (*at, name) if item.id in at else at for how, at in aims.items()})

    return case.but(evidence=(*map(attacking, case.evidence), item.but(id=name)))


def unjudged(case: MadeUpCase) -> MadeUpCase | None:
    """The case with every item graded as one that cannot be judged; None where the tables have no such grade."""
    letters = [letter for letter, level in case.rules.tables.reliability.items() if level.level is None]
    return case.but(evidence=tuple(e.but(reliability=letters[0]) for e in case.evidence)) if letters else None


def subsets(items: Iterable[str]) -> list[frozenset[str]]:
    """Every set of some items, the smaller first."""
    there = sorted(items)
    return [frozenset(kept) for n in range(len(there) + 1) for kept in itertools.combinations(there, n)]
