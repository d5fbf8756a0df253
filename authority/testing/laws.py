"""The laws that hold of every rule set, each a function that tries it on made-up records and readings of one.

``def test(): laws.order_is_immaterial("rules/my-statute")`` is a test. Each takes the rule set (itself, its name, or
its folder), the question to ask (any, where none is named) and how many examples to try; it returns nothing, and raises
an AssertionError with the smallest record on which the law fails, written as a case. The examples are the same each
time.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterable
from typing import Any
from unittest import SkipTest

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from authority import engine
from authority.dependence import depend
from authority.facts import FactPattern
from authority.law import Reading, RuleSet
from authority.opinion import Opinion, decide
from authority.testing.made_up import MadeUpCase
from authority.testing.stage import Stage
from authority.testing.strategies import Law, cases, readings
from authority.vocabulary import Proposition, Vocabulary
from authority.weighing import Status

EXAMPLES = 50
"""How many examples a law is tried on, unless another number is asked for."""
FEW = 5
"""Of how many exhibits every subset is tried."""
_BEARINGS = ("supports", "contradicts", "found_none", "undercuts", "doubts")


def order_is_immaterial(rules: Law, question: str | None = None, *, examples: int = EXAMPLES) -> None:
    """However rules, sentences, disputes, readings and evidence are listed, every verdict, finding and cause is the
    same."""

    def law(case: MadeUpCase, reading: Reading, order: int) -> None:
        _same(decide(case, reading), decide(_shuffled(case, order), reading), "in another order")

    _try(law, rules, question, examples, order=st.integers(0, 999))


def the_same_case_twice_gives_the_same_answer(
    rules: Law, question: str | None = None, *, examples: int = EXAMPLES
) -> None:
    """Decided again, and decided again from JSON, a case has the same opinion in every byte."""

    def law(case: MadeUpCase, reading: Reading) -> None:
        first = decide(case, reading).model_dump_json()
        assert decide(case, reading).model_dump_json() == first, "decided twice, the opinions differ"
        again = decide(FactPattern.model_validate_json(case.model_dump_json()), reading)
        assert again.model_dump_json() == first, "written as JSON and read again, the case is decided otherwise"

    _try(law, rules, question, examples)


def both_derivations_agree(rules: Law, question: str | None = None, *, examples: int = EXAMPLES) -> None:
    """Backward over the issue tree and forward on durable-rules, every conclusion comes out the same.

    Raises SkipTest where durable-rules is not installed: then there is one derivation only.
    """
    if not engine.available():
        raise SkipTest("durable-rules is not installed: there is no second derivation")

    def law(case: MadeUpCase, reading: Reading) -> None:
        assert decide(case, reading).receipt.derived_twice, "derived once only"

    _try(law, rules, question, examples)


def an_idle_item_changes_nothing(rules: Law, question: str | None = None, *, examples: int = EXAMPLES) -> None:
    """An exhibit that attacks nothing, and bears on nothing in the issue tree, changes no verdict, finding or cause.

    Taken out are such exhibits of the record; put in is one that bears on nothing at all.
    """

    def law(case: MadeUpCase, reading: Reading) -> None:
        found = decide(case, reading)
        tree = _tree(found)
        for item in case.evidence:
            if not (item.undercuts or item.doubts or tree.intersection(item.bears_on)):
                without = decide(case.holding({i for i in case.item if i != item.id}), reading)
                if _tree(without) == tree:  # else it named somebody, and is not idle
                    _same(found, without, f"without {item.id}", tree)
        if case.evidence:
            nothing: dict[str, Any] = dict.fromkeys(_BEARINGS, ())
            beside = case.evidence[0].but(id="idle", bears_on_nothing="said in passing", **nothing)
            _same(found, decide(case.but(evidence=(*case.evidence, beside)), reading), "with what bears on nothing")

    _try(law, rules, question, examples)


def a_higher_standard_shows_no_more(rules: Law, question: str | None = None, *, examples: int = EXAMPLES) -> None:
    """Raising the proof standard makes nothing met that was not, where no exception stands beneath.

    Who alleges an exception must prove it, so that a higher standard may take an exception away.
    """

    def law(case: MadeUpCase, reading: Reading) -> None:
        order = [standard.id for standard in case.rules.tables.standards]
        found = [decide(case, reading.but(standard=standard)) for standard in order]
        for lower, higher in itertools.pairwise(found):
            more = _plainly_met(higher) - _met(lower)
            assert not more, _unlike(more, lower, higher, f"at {higher.reading.standard}, which is higher")

    _try(law, rules, question, examples)


def withdrawing_support_shows_no_more(rules: Law, question: str | None = None, *, examples: int = EXAMPLES) -> None:
    """Without an exhibit that only supports facts, and attacks nothing, nothing is met that was not, where no exception
    stands beneath."""

    def law(case: MadeUpCase, reading: Reading) -> None:
        found = decide(case, reading)
        for item in case.evidence:
            if item.supports and not (item.contradicts or item.found_none or item.undercuts or item.doubts):
                without = decide(case.holding({i for i in case.item if i != item.id}), reading)
                more = (_plainly_met(without) & _plain(found)) - _met(found)
                assert not more, _unlike(more, found, without, f"without {item.id}, which only supports")

    _try(law, rules, question, examples)


def brute_force_agrees_with_dependence(rules: Law, question: str | None = None, *, examples: int = EXAMPLES) -> None:
    """What ``depend`` says of a small record is what deciding it once for every subset of its exhibits says: the flip
    sets, the sufficient sets, what is necessary and what is idle."""

    def law(case: MadeUpCase, reading: Reading) -> None:
        found = decide(case, reading)
        outcome = {kept: decide(case.holding(kept), reading).shown for kept in _subsets(case.item)}
        everything = frozenset(case.item)
        turning = [everything - kept for kept, shown in outcome.items() if shown is not found.shown]
        flips = _minimal(turning)
        sufficient = _minimal(kept for kept in outcome if not any(kept.isdisjoint(flip) for flip in flips))
        depends = depend(found)
        for what, ours, theirs in (
            ("flip sets", flips, depends.flip_sets), ("sufficient sets", sufficient, depends.sufficient_sets),
        ):  # fmt: skip
            said = {frozenset(each) for each in theirs}
            assert said == ours, f"the {what} are {_listed(ours)}; depend says {_listed(said)}"
        necessary = everything.intersection(*sufficient)
        assert set(depends.necessary) == necessary, f"necessary are {_listed([necessary])}"
        idle = everything.difference(*sufficient)
        assert set(depends.idle) == idle, f"idle are {_listed([idle])}"

    _try(law, rules, question, examples, most=FEW)


def no_contradiction_is_hidden(rules: Law, question: str | None = None, *, examples: int = EXAMPLES) -> None:
    """An opinion names every two things that exclude each other and hold both, one of them in the record or beneath the
    question; and no other two. Tried on nothing where no sentence excludes another."""

    def law(case: MadeUpCase, reading: Reading) -> None:
        found = decide(case, reading)
        named = {frozenset((each.one, each.other)) for each in found.contradictions}
        established = {f.proposition for f in found.findings.facts if f.status is Status.ESTABLISHED}
        there: set[frozenset[Proposition]] = set()
        for pair in case.rules.exclusions:
            for each in established | _met(found):
                for beside in pair.beside(each, dict.fromkeys(pair.variables, tuple(case.kind_of))):
                    drawn = beside.sentence in case.rules.conclusions
                    if decide(case, reading, beside).shown if drawn else beside in established:
                        there.add(frozenset((each, beside)))
        hidden, made_up = there - named, named - there
        assert not hidden, f"both hold, exclude each other, and are not named: {_listed(map(_words, hidden))}"
        assert not made_up, f"named, and do not both hold: {_listed(map(_words, made_up))}"

    if Stage(rules).rules.exclusions:
        _try(law, rules, question, examples)


ALL: tuple[Callable[..., None], ...] = (
    order_is_immaterial, the_same_case_twice_gives_the_same_answer, both_derivations_agree,
    an_idle_item_changes_nothing, a_higher_standard_shows_no_more, withdrawing_support_shows_no_more,
    brute_force_agrees_with_dependence, no_contradiction_is_hidden,
)  # fmt: skip
"""Every law, in order."""


# ── Trying ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _try(
    law: Callable[..., None], rules: Law, question: str | None, examples: int, most: int = 6,
    **more: st.SearchStrategy[Any],
) -> None:  # fmt: skip
    """Runs a property on made-up cases and readings of a rule set."""
    tried = settings(
        max_examples=examples, derandomize=True, database=None, deadline=None, report_multiple_bugs=False,
        phases=[phase for phase in Phase if phase is not Phase.explain],
        suppress_health_check=[HealthCheck.too_slow],
    )  # fmt: skip
    tried(given(case=cases(rules, question, most=most), reading=readings(rules), **more)(law))()


def _shuffled(case: MadeUpCase, order: int) -> MadeUpCase:
    """The case with everything whose order says nothing in another one: as it is, or in one of many that a number
    names. One draw rather than one for each place, since a failing example shrinks by its draws."""

    def place(number: int) -> bytes | int:
        return hashlib.sha256(f"{order} {number}".encode()).digest() if order else number

    def mixed(values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(values[number] for number in sorted(range(len(values)), key=place))

    law: RuleSet = case.rules
    listed = ("authorities", "disputes", "rules", "readings", "parties", "notice")
    moved: dict[str, Any] = {name: mixed(getattr(law, name)) for name in listed}
    moved["vocabulary"] = Vocabulary(sentences=mixed(law.vocabulary.sentences))
    here = {name: mixed(getattr(case, name)) for name in ("parties", "sources", "evidence")}
    return case.but(rules=law.but(**moved), **here)


# ── What an opinion comes to ──────────────────────────────────────────────────────────────────────────────────────────


def _standing(found: Opinion) -> dict[Proposition, str]:
    """Where every conclusion and every fact stands, and why, in words."""
    conclusions = {d.proposition: f"{d.verdict} ({', '.join(d.causes)})" for d in found.decided}
    return conclusions | {f.proposition: f"{f.status} ({f.cause})" for f in found.findings.facts}


def _same(one: Opinion, other: Opinion, how: str, of: Iterable[Proposition] | None = None) -> None:
    """Holds two opinions against each other, in all they speak of or in some propositions."""
    first, second = _standing(one), _standing(other)
    for proposition in sorted({*first, *second} if of is None else of):
        was, now = first.get(proposition, "not in question"), second.get(proposition, "not in question")
        assert was == now, f"{proposition}: {was}; {how}: {now}"


def _unlike(propositions: set[Proposition], before: Opinion, after: Opinion, how: str) -> str:
    """Where some propositions stand in two opinions."""
    first, second = _standing(before), _standing(after)
    return "; ".join(f"{p}: {first.get(p, 'not in question')}; {how}: {second[p]}" for p in sorted(propositions))


def _tree(found: Opinion) -> set[Proposition]:
    """Every proposition in the issue tree."""
    below = (p for d in found.decided for a in d.applications for p in (*a.premises, *a.exceptions))
    return {found.question, *below}


def _met(found: Opinion) -> set[Proposition]:
    return {d.proposition for d in found.decided if d.verdict.shown}


def _plain(found: Opinion) -> set[Proposition]:
    """The conclusions beneath which no exception stands."""

    def plain(proposition: Proposition) -> bool:
        decided = found.conclusion.get(proposition)
        return decided is None or not any(a.exceptions or not all(map(plain, a.premises)) for a in decided.applications)

    return {d.proposition for d in found.decided if plain(d.proposition)}


def _plainly_met(found: Opinion) -> set[Proposition]:
    return _met(found) & _plain(found)


def _subsets(items: Iterable[str]) -> list[frozenset[str]]:
    there = sorted(items)
    return [frozenset(kept) for n in range(len(there) + 1) for kept in itertools.combinations(there, n)]


def _minimal(sets: Iterable[frozenset[str]]) -> set[frozenset[str]]:
    every = set(sets)
    return {each for each in every if not any(other < each for other in every)}


def _words(propositions: Iterable[Proposition]) -> list[str]:
    return [str(proposition) for proposition in propositions]


def _listed(sets: Iterable[Iterable[str]]) -> str:
    return ", ".join(sorted(f"{{{', '.join(sorted(each))}}}" for each in sets)) or "none"
