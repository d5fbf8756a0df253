"""What is wrong with a rule set that no single file shows: law that nothing uses, and rules no question reaches."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from authority.errors import InvalidInput, Place, Problem
from authority.facts import FactPattern
from authority.law import RuleSet
from authority.loading import cases, load_case, load_rules

WARNING = "warning"
ERROR = "error"


def check(which: str | Path = "aumf-2001") -> dict[str, list[dict[str, str]]]:
    """What is wrong with a rule set, and with the cases that come with it, as plain data under ``problems``.

    Errors are what loading refuses: references, quotes, cycles, unknown sentences. Warnings are sentences that nothing
    uses, rules that no question reaches, disputes that no rule turns on. Each has ``where``, ``kind``, ``severity``, ``what``, ``why`` and ``fix``. Raises UnknownName where there is no such rule set.
    """
    try:
        rules = load_rules(which)
    except InvalidInput as error:
        return {"problems": [_as_data(p, ERROR) for p in error.problems]}
    found: list[dict[str, str]] = []
    known: list[FactPattern] = []
    for path in _cases(which, rules):
        try:
            known.append(load_case(path, rules))
        except InvalidInput as error:
            found += [_as_data(p, ERROR) for p in error.problems]
    return {"problems": found + [_as_data(p, WARNING) for p in warnings(rules, known)]}


def warnings(rules: RuleSet, known: Iterable[FactPattern] = ()) -> tuple[Problem, ...]:
    """What a sound rule set holds and does not use, given the cases that are written against it."""
    where = Place(rules.name)
    return (
        *(_unused_sentence(where, s) for s in _unused_sentences(rules, tuple(known))),
        *(_unreached_rule(where, r) for r in _unreached_rules(rules)),
        *(_idle_position(where, d, p) for d, p in _idle_disputes(rules)),
    )


def _cases(which: str | Path, rules: RuleSet) -> list[str | Path]:
    folder = Path(which) / "cases"
    if folder.is_dir():
        return sorted(folder.glob("*.yaml"))
    return list(cases(rules.name))


def _as_data(problem: Problem, severity: str) -> dict[str, str]:
    return {
        "where": str(problem.where), "kind": problem.kind, "severity": severity, "what": problem.what,
        "why": problem.why, "fix": problem.fix,
    }  # fmt: skip


def _unused_sentences(rules: RuleSet, known: tuple[FactPattern, ...]) -> list[str]:
    """The sentences in no rule and no notice, and neither short of another nor said in any case."""
    used = {p.sentence for r in rules.rules for p in (r.then, *r.premises, *r.unless)}
    used |= {n.holds.sentence for n in rules.notice}
    used |= {s.says for s in rules.vocabulary.sentences if s.short_of}
    for case in known:
        used |= {p.sentence for e in case.evidence for p in e.bears_on} | {a.proposition.sentence for a in case.assume}
    return [s.says for s in rules.vocabulary.sentences if s.says not in used]


def _unreached_rules(rules: RuleSet) -> list[str]:
    """The rules that lead, by no route, to a sentence that may be asked."""
    reached = {s.says for s in rules.vocabulary.sentences if s.question}
    while True:
        below = {p.sentence for r in rules.rules if r.then.sentence in reached for p in (*r.premises, *r.unless)}
        if below <= reached:
            return [r.id for r in rules.rules if r.then.sentence not in reached]
        reached |= below


def _idle_disputes(rules: RuleSet) -> list[tuple[str, str]]:
    """The disputes none of whose positions any rule stands under: no reading could turn on them."""
    turned_on = {s.dispute for r in rules.rules for s in r.under}
    return [(d.id, d.question) for d in rules.disputes if d.id not in turned_on]


def _unused_sentence(where: Place, says: str) -> Problem:
    why = "no rule, notice or case says it, and it falls short of no conclusion"
    return Problem(
        where, "unused sentence", f"{says!r} is never used", why, "take it out, or write the rule that needs it"
    )


def _unreached_rule(where: Place, name: str) -> Problem:
    why = "its conclusion is no question and no premise of a rule that one reaches"
    return Problem(
        where, "unreachable rule", f"no question reaches the rule {name!r}", why, "ask for it, or make it a premise"
    )


def _idle_position(where: Place, name: str, question: str) -> Problem:
    return Problem(
        where, "idle dispute", f"no rule turns on the dispute {name!r}", question, "write the rules of its positions"
    )
