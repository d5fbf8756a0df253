"""What is wrong with a rule set that no single file shows: unused law, unreachable rules, answers not as decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from authority.coverage import coverage
from authority.decided import held_against
from authority.errors import InvalidInput, MissingExtra, Place, Problem, TooWide
from authority.facts import FactPattern
from authority.law import RuleSet
from authority.loading import Places, cases_of, load_case_with_places, load_rules_with_places
from authority.proving import Proved, prove
from authority.reporters import reporter_problems

WARNING = "warning"
ERROR = "error"


def check(which: str | Path | None = None) -> dict[str, Any]:
    """What is wrong with a rule set (the library's default where none is named), and with the cases that come with it,
    as plain data under ``problems``; and, where the rule set can be loaded, what became of every word of its
    instrument, under ``coverage``: ``encoded`` by which rules, ``left_out`` and why, ``unaccounted``; and, under
    ``not_checked``, what was not looked at and why: the extra that it needs is not installed, or the rules can be
    applied in too many ways.

    Errors are what loading refuses (references, quotes, cycles, unknown sentences), reporters of decisions that there
    are not, or not in the year of the decision, and what is amiss between the library's answers and what was officially
    decided. Warnings are sentences that nothing uses, rules that no question reaches, disputes that no rule turns on;
    and, proved over every record, rules, exceptions, positions and readings that change nothing, conclusions that
    nothing establishes, and those that contradict what they exclude. Each problem has ``where`` (file:line:column),
    ``kind``, ``severity``, ``what``, ``why`` and ``fix``, and ``record`` where one shows it. ``proved`` says of which
    made-up ``parties`` that was proved, and by ``whole`` and ``limits`` whether of more it is left open, and why.

    Raises UnknownName where there is no such rule set.
    """
    try:
        rules, places = load_rules_with_places(which)
    except InvalidInput as error:
        return {"problems": [_as_data(p, ERROR) for p in error.problems]}
    found: list[dict[str, Any]] = []
    known: list[FactPattern] = []
    paths = cases_of(which)
    for path in paths:
        try:
            case, where = load_case_with_places(path, rules)
        except InvalidInput as error:
            found += [_as_data(p, ERROR) for p in error.problems]
        else:
            known.append(case)
            found += [_as_data(p, ERROR) for p in amiss(case, where)]
    unused = warnings(rules, places, known if len(known) == len(paths) else None)
    not_checked: list[str] = []
    proved: Proved | None = None
    try:
        found += [_as_data(p, ERROR) for p in reporter_problems(rules, places)]
    except MissingExtra as missing:
        not_checked.append(str(missing))
    try:
        proved = proofs(rules, known)
        unused = (*unused, *_amiss(proved, places))
    except MissingExtra as missing:
        not_checked.append(str(missing))
    except TooWide as too_many:
        not_checked.append(f"what changes nothing on any record, and what contradicts: {too_many}")
    covered = coverage(rules)
    return {
        "problems": found + [_as_data(p, WARNING) for p in unused],
        "not_checked": not_checked,
        **({"proved": proved.as_data()} if proved else {}),
        "coverage": {
            "encoded": [{"section": e.section, "words": e.words, "rules": list(e.rules)} for e in covered.encoded],
            "left_out": [{"section": e.section, "words": e.words, "why": e.why} for e in covered.left_out],
            "unaccounted": [{"section": e.section, "words": e.words} for e in covered.unaccounted],
        },
    }


def amiss(case: FactPattern, places: Places) -> tuple[Problem, ...]:
    """What is amiss between the decisions on a case and the library's answers, given where the decisions stand."""
    return tuple(
        Problem(places["decided", str(number)], "decision", fault.what, fault.why, fault.fix)
        for number, held in enumerate(held_against(case))
        for fault in held.faults
    )


def warnings(
    rules: RuleSet, places: Places, known: Iterable[FactPattern] | None = ()
) -> tuple[Problem, ...]:
    """What a sound rule set holds and does not use, given where its entries stand and the cases written against it.

    Where not all the cases can be read (None), no sentence can be said to be unused.
    """
    known = None if known is None else tuple(known)
    return (
        *(_unused_sentence(places["sentences", s], s) for s in _unused_sentences(rules, known)),
        *(_unreached_rule(places["rules", r], r) for r in _unreached_rules(rules)),
        *(_idle_dispute(places["disputes", d], d) for d in _idle_disputes(rules, known)),
    )


def proofs(rules: RuleSet, known: Iterable[FactPattern] = ()) -> Proved:
    """What is proved of a rule set, given the cases written against it, on whose evidence a position may bear.
    MissingExtra without python-sat."""
    return prove(rules, {s.dispute for case in known for e in case.evidence for s in e.under})


def _amiss(proved: Proved, places: Places) -> Iterator[Problem]:
    """What was proved to be amiss, at its place."""
    for each in proved.defects:
        record = () if each.record is None else (*map(str, each.record),) or ("nothing is established",)
        yield Problem(places[each.section, each.id], each.kind, each.what, each.why, each.fix, record)


def _as_data(problem: Problem, severity: str) -> dict[str, Any]:
    return {
        "where": str(problem.where), "kind": problem.kind, "severity": severity, "what": problem.what,
        "why": problem.why, "fix": problem.fix, **({"record": [*problem.record]} if problem.record else {}),
    }  # fmt: skip


def _unused_sentences(rules: RuleSet, known: Iterable[FactPattern] | None) -> list[str]:
    """The sentences in no rule and no notice, and neither short of another nor said in any case."""
    if known is None:
        return []
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


def _idle_disputes(rules: RuleSet, known: Iterable[FactPattern] | None) -> list[str]:
    """The disputes on none of whose positions any rule or item of evidence stands: no reading could turn on them."""
    turned_on = {s.dispute for r in rules.rules for s in r.under}
    turned_on |= {s.dispute for case in known or () for e in case.evidence for s in e.under}
    return [d.id for d in rules.disputes if d.id not in turned_on]


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


def _idle_dispute(where: Place, name: str) -> Problem:
    why, fix = "no rule stands under a position on it", "write the rules of its positions, or take it out"
    return Problem(where, "idle dispute", f"no rule turns on the dispute {name!r}", why, fix)
