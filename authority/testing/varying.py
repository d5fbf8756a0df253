"""Small sound changes of a rule set, one at a time: what the tests of a rule set should notice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from hypothesis import strategies as st

from authority.errors import UnknownName
from authority.facts import FactPattern
from authority.law import Rule, RuleSet, Stance
from authority.loading import cases_of, load_case, load_rules
from authority.loading.rule import holds_of_everybody, kindless, unbound
from authority.opinion import decide
from authority.testing.made_up import ChangedRules
from authority.testing.strategies import Law
from authority.vocabulary import Pattern, Sentence

KINDS = (
    "rule", "premise", "exception", "added exception", "body", "position", "date", "reading", "standard", "notice",
)  # fmt: skip
"""What may be changed: a rule taken out; a premise or an exception dropped; an exception added; *all* made *any*, *any*
*all*, and a factor test asked for one more or one fewer; a position on which a rule stands dropped or another; a date
of a rule dropped; a reading's position another; its standard the next; a noticed fact dropped."""
NOTICEABLE = tuple(kind for kind in KINDS if kind != "added exception")
"""What a test should notice. An exception that no record speaks of changes no answer, and there are many of them."""

Change = tuple[str, str, dict[str, Any]]
"""What is changed, in words, and the fields of the rule set that are otherwise."""


def changes(rules: Law, of: Collection[str] = KINDS) -> tuple[ChangedRules, ...]:
    """Every rule set that is one small change away, of some kinds of change, in a fixed order; each would load without
    a problem, and takes every case of the rule set.

    Raises UnknownName for a kind of change that is none of ``KINDS``, and as ``load_rules`` does where ``rules`` is a
    name or a folder.
    """
    for kind in of:
        if kind not in KINDS:
            raise UnknownName("kind of change", kind, KINDS)
    law = rules if isinstance(rules, RuleSet) else load_rules(rules)
    fields = {name: getattr(law, name) for name in RuleSet.model_fields}
    return tuple(
        ChangedRules.model_construct(change=kind, says=says, **fields | changed)
        for kind, says, changed in _changes(law)
        if kind in of
    )


def vary(rules: Law, of: Collection[str] = KINDS) -> st.SearchStrategy[ChangedRules]:
    """The rule sets that are one small change away, of some kinds of change: the strategy of ``changes``. As text each
    says what was changed. Raises as ``changes`` does, and ValueError where there is no such change."""
    found = changes(rules, of)
    if not found:
        raise ValueError(f"there is no change of this kind: {', '.join(of)}")
    return st.sampled_from(found)


def unnoticed(
    rules: Law, cases: Iterable[FactPattern] | None = None, of: Collection[str] = NOTICEABLE
) -> tuple[ChangedRules, ...]:
    """The small changes of a rule set that no case notices: every case still comes out under every reading as its
    ``expect`` says. Where a change is listed, there is law that no case tests.

    ``cases`` are those that come with the rule set, unless others are given; of one that is neither a name nor a
    folder, those of its name. Raises as ``changes`` does, UnknownName where no rule set of that name comes with the
    library, as ``load_case`` does for the cases, and ValueError where one does not come out as expected without any
    change.
    """
    law = rules if isinstance(rules, RuleSet) else load_rules(rules)
    if cases is None:
        cases = [load_case(path, law) for path in cases_of(law.name if isinstance(rules, RuleSet) else rules)]
    tests = [(case, reading, expect) for case in cases for reading, expect in case.expect.items()]
    red = next(_fails(tests, law), None)
    if red:
        raise ValueError(f"{red}: mend that first, since a test that is red notices nothing")
    return tuple(changed for changed in changes(law, of) if next(_fails(tests, changed), None) is None)


def _fails(tests: Iterable[tuple[FactPattern, str, str]], rules: RuleSet) -> Iterator[str]:
    """What does not come out as expected by the rules."""
    for case, reading, expect in tests:
        if decide(case.but(rules=rules), reading).shown is not (expect == "shown"):
            yield f"{case.name} under {reading}: expected {expect}"


# ── Rules ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _changes(law: RuleSet) -> Iterator[Change]:
    for rule in law.rules:
        yield from _taken_out(law, rule)
        for kind, says, other in _otherwise(law, rule):
            if _sound(law, other):
                rest = tuple(other if each is rule else each for each in law.rules)
                yield kind, f"the rule {rule.id!r} {says}", {"rules": rest}
    yield from _readings(law)
    for each in law.notice:
        rest = tuple(other for other in law.notice if other is not each)
        yield "notice", f"it is not noticed that {each.holds}", {"notice": rest}


def _taken_out(law: RuleSet, rule: Rule) -> Iterator[Change]:
    """The rule set without a rule, unless a question would be left without any: it would be a fact."""
    rest = tuple(each for each in law.rules if each is not rule)
    others = any(each.then.sentence == rule.then.sentence for each in rest)
    if rest and (others or not law.vocabulary[rule.then.sentence].question):
        yield "rule", f"the rule {rule.id!r} is taken out", {"rules": rest}


def _otherwise(law: RuleSet, rule: Rule) -> Iterator[tuple[str, str, Rule]]:
    """A rule with one thing changed, sound or not."""
    if len(rule.premises) > 1:
        for premise in rule.premises:
            rest = tuple(p for p in rule.premises if p is not premise)
            yield "premise", f"does not ask that {premise}", rule.but(premises=rest)
        if rule.body == "at_least":
            for count in (rule.count - 1, rule.count + 1):
                if 1 <= count <= len(rule.premises):
                    yield "body", f"asks for at least {count} and not {rule.count}", rule.but(count=count)
        else:
            body, says = ("any", "any one") if rule.body == "all" else ("all", "all")
            yield "body", f"asks for {says} of its premises", rule.but(body=body)
    for exception in rule.unless:
        rest = tuple(p for p in rule.unless if p is not exception)
        yield "exception", f"has no exception where {exception}", rule.but(unless=rest)
    for exception in _exceptions(law, rule):
        yield "added exception", f"has an exception where {exception}", rule.but(unless=(*rule.unless, exception))
    for stance in rule.under:
        rest = tuple(s for s in rule.under if s is not stance)
        yield "position", f"stands without {stance}", rule.but(under=rest)
        dispute = next(d for d in law.disputes if d.id == stance.dispute)
        for other in (Stance(dispute.id, p.id) for p in dispute.positions if p.id != stance.position):
            yield "position", f"stands on {other} and not {stance}", rule.but(under=(*rest, other))
    for field, word in (("from_", "from"), ("until", "until")):
        if getattr(rule, field):
            yield "date", f"is law without {word} {getattr(rule, field)}", rule.but(**{field: None})


def _exceptions(law: RuleSet, rule: Rule) -> Iterator[Pattern]:
    """What may be made an exception to a rule: sentences about its parties that lie in lower layers."""
    shared = () if rule.body == "any" else rule.premises
    bound = list(dict.fromkeys(v for p in (rule.then, *shared) for v in p.variables))
    height = law.layers[rule.then.sentence]
    for sentence in law.vocabulary.sentences:
        if law.layers.get(sentence.says, 0) < height and not sentence.computed:
            pattern = _about(law, rule, sentence, bound)
            if pattern and pattern not in (*rule.premises, *rule.unless):
                yield pattern


def _about(law: RuleSet, rule: Rule, sentence: Sentence, variables: list[str]) -> Pattern | None:
    """A sentence about different parties of a rule, the first that fit each blank; None where they do not fit."""
    args: list[str] = []
    for blank in sentence.blanks:
        patterns = (rule.then, *rule.premises)
        fitting = (v for v in variables if law.kinds(rule, v, patterns).intersection(sentence.kinds(blank)))
        arg = next((v for v in fitting if v not in args), None)
        if arg is None:
            return None
        args.append(arg)
    return Pattern(sentence.says, tuple(args))


def _sound(law: RuleSet, rule: Rule) -> bool:
    """Whether a changed rule would load: its kinds fit, its days are named, and it does not hold of everybody."""
    there = {v[1:-1] for p in (rule.then, *rule.premises, *rule.unless) for v in p.variables}
    return (
        rule.where.keys() <= there
        and not (holds_of_everybody(rule) or unbound(law.vocabulary, rule) or kindless(law.vocabulary, rule))
        and not (rule.body == "at_least" and rule.count > len(rule.premises))
    )  # fmt: skip


# ── Readings ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _readings(law: RuleSet) -> Iterator[Change]:
    """A reading with another position on one dispute, or with the next standard below or above."""
    standards = [s.id for s in law.tables.standards]
    for reading in law.readings:
        others: list[tuple[str, str, dict[str, Any]]] = []
        for dispute in law.disputes:
            for position in dispute.positions:
                if position.id != reading.positions[dispute.id]:
                    taken = {**reading.positions, dispute.id: position.id}
                    others.append(("reading", f"takes {dispute.id} = {position.id}", {"positions": taken}))
        at = standards.index(reading.standard)
        for standard in (*standards[max(0, at - 1) : at], *standards[at + 1 : at + 2]):
            others.append(("standard", f"asks for {standard}", {"standard": standard}))
        for kind, says, changed in others:
            rest = tuple(reading.but(**changed) if each is reading else each for each in law.readings)
            yield kind, f"the reading {reading.id!r} {says}", {"readings": rest}
