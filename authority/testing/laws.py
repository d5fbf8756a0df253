"""The laws that hold of every rule set, each a function that tries it on made-up records and readings of one.

``def test(): laws.order_is_immaterial("rules/my-statute")`` is a test. Each takes the rule set (itself, its name, or
its folder), the question to ask (any, where none is named) and how many examples to try; it returns nothing, and raises
an AssertionError that says what was expected, what came and at which step the two part, with the smallest record on
which the law fails, written as a case. The examples are the same each time.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any
from unittest import SkipTest

from hypothesis import strategies as st

from authority import engine
from authority.dependence import depend
from authority.facts import FactPattern
from authority.law import Reading
from authority.loading import parse_case
from authority.opinion import decide
from authority.parting import told
from authority.testing.made_up import MadeUpCase
from authority.testing.stage import Stage
from authority.testing.standing import apart, failure, listed, met, minimal, plain, same, tree
from authority.testing.strategies import Law
from authority.testing.trying import echoed, other_names, renamed, said, shuffled, subsets, tried, unjudged
from authority.testing.written import case_text
from authority.vocabulary import Proposition
from authority.weighing import Cause, Status

EXAMPLES = 50
"""How many examples a law is tried on, unless another number is asked for."""
FEW = 5
"""Of how many exhibits every subset is tried."""
MANY = 9
"""How many exhibits a record has at most on which sets are tried one by one."""
LISTED = 12
"""How many sets of a kind are tried."""
_BEARINGS = ("supports", "contradicts", "found_none", "undercuts", "doubts")
_WITHOUT_EVIDENCE = (Cause.NOTICED, Cause.ASSUMED, Cause.COMPUTED)


# ── What never matters ────────────────────────────────────────────────────────────────────────────────────────────────


def order_is_immaterial(rules: Law, question: str | None = None, *, examples: int = EXAMPLES) -> None:
    """However rules, sentences, disputes, readings, evidence and assumptions are listed, every verdict, finding and
    cause is the same."""

    def law(case: MadeUpCase, reading: Reading, order: int) -> None:
        same(decide(case, reading), decide(shuffled(case, order), reading), "in another order")

    tried(law, rules, question, examples, order=st.integers(0, 999))


def names_are_immaterial(rules: Law, question: str | None = None, *, examples: int = EXAMPLES) -> None:
    """With other names for the parties of the case, the same is said of them under those names."""

    def law(case: MadeUpCase, reading: Reading, order: int) -> None:
        names = other_names(case, order)
        again = decide(renamed(case, names), reading)
        same(decide(case, reading), again, "under other names", read=lambda p: said(p, names))

    tried(law, rules, question, examples, order=st.integers(0, 99))


def the_same_case_twice_gives_the_same_answer(
    rules: Law, question: str | None = None, *, examples: int = EXAMPLES
) -> None:
    """Decided again, and decided again from JSON, a case has the same opinion in every byte."""

    def law(case: MadeUpCase, reading: Reading) -> None:
        first = decide(case, reading)
        again = decide(case, reading)
        read = decide(FactPattern.model_validate_json(case.model_dump_json()), reading)
        _alike(first, again, "decided twice")
        _alike(first, read, "written as JSON and read again")

    tried(law, rules, question, examples)


def the_case_written_and_loaded_gives_the_same_answer(
    rules: Law, question: str | None = None, *, examples: int = EXAMPLES
) -> None:
    """Written as a case file and loaded, a case has the same opinion in every byte."""

    def law(case: MadeUpCase, reading: Reading) -> None:
        loaded = parse_case(case_text(case), case.rules, case.name)
        _alike(decide(case, reading), decide(loaded, reading), "written as a case file and loaded")

    tried(law, rules, question, examples)


def an_idle_item_changes_nothing(rules: Law, question: str | None = None, *, examples: int = EXAMPLES) -> None:
    """An exhibit that attacks nothing, and bears on nothing in the issue tree, changes no verdict, finding or cause.

    Taken out are such exhibits of the record; put in is one that bears on nothing at all.
    """

    def law(case: MadeUpCase, reading: Reading) -> None:
        found = decide(case, reading)
        turned_on = tree(found)
        for item in case.evidence:
            if not (item.undercuts or item.doubts or turned_on.intersection(item.bears_on)):
                without = decide(case.holding({i for i in case.item if i != item.id}), reading)
                if tree(without) == turned_on:  # else it named somebody, and is not idle
                    same(found, without, f"without {item.id}", turned_on)
        if case.evidence:
            nothing: dict[str, Any] = dict.fromkeys(_BEARINGS, ())
            beside = case.evidence[0].but(id="idle", bears_on_nothing="said in passing", **nothing)
            same(found, decide(case.but(evidence=(*case.evidence, beside)), reading), "with what bears on nothing")

    tried(law, rules, question, examples)


def an_echo_changes_nothing(rules: Law, question: str | None = None, *, examples: int = EXAMPLES) -> None:
    """An exhibit said again by the same source, and attacked by what attacks the first, changes no verdict, finding or
    cause; nor how many origins must be lost before the outcome turns."""

    def law(case: MadeUpCase, reading: Reading, which: int) -> None:
        if not case.evidence:
            return
        item = case.evidence[which % len(case.evidence)]
        found, again = decide(case, reading), decide(echoed(case, item, f"{item.id} again"), reading)
        same(found, again, f"with {item.id} said again")
        margin, after = depend(found).margin, depend(again).margin
        if margin != after:
            raise failure(f"with {item.id} said again, the margin is another", margin, after)

    tried(law, rules, question, examples, most=FEW, which=st.integers(0, FEW))


# ── What shows no more ────────────────────────────────────────────────────────────────────────────────────────────────


def a_higher_standard_shows_no_more(rules: Law, question: str | None = None, *, examples: int = EXAMPLES) -> None:
    """Raising the proof standard makes nothing met that was not, where no exception stands beneath.

    Who alleges an exception must prove it, so that a higher standard may take an exception away.
    """

    def law(case: MadeUpCase, reading: Reading) -> None:
        order = [standard.id for standard in case.rules.tables.standards]
        found = [decide(case, reading.but(standard=standard)) for standard in order]
        for lower, higher in itertools.pairwise(found):
            more = (met(higher) & plain(higher)) - met(lower)
            if more:
                raise apart(lower, higher, f"at {higher.reading.standard}, which is higher", more)

    tried(law, rules, question, examples)


def withdrawing_support_shows_no_more(rules: Law, question: str | None = None, *, examples: int = EXAMPLES) -> None:
    """Without an exhibit that only supports facts, and attacks nothing, nothing is met that was not, where no exception
    stands beneath."""

    def law(case: MadeUpCase, reading: Reading) -> None:
        found = decide(case, reading)
        for item in case.evidence:
            if item.supports and not (item.contradicts or item.found_none or item.undercuts or item.doubts):
                without = decide(case.holding({i for i in case.item if i != item.id}), reading)
                more = (met(without) & plain(without) & plain(found)) - met(found)
                if more:
                    raise apart(found, without, f"without {item.id}, which only supports", more)

    tried(law, rules, question, examples)


def without_evidence_nothing_is_shown(rules: Law, question: str | None = None, *, examples: int = EXAMPLES) -> None:
    """With no exhibit left, no fact is settled but what is noticed, assumed or for the calendar, and no conclusion is
    met on the evidence: what is shown then is shown by waiver, by notice, by the calendar or by assumption."""

    def law(case: MadeUpCase, reading: Reading) -> None:
        bare = decide(case.holding(()), reading)
        settled = [f.proposition for f in bare.findings.facts if f.status is not Status.UNRESOLVED]
        wrong = [p for p in settled if not set(bare.causes(p)) <= set(_WITHOUT_EVIDENCE)]
        wrong += [p for p in sorted(met(bare)) if Cause.EVIDENCE in bare.causes(p)]
        if wrong:
            expected = "nothing is settled but what is noticed, assumed, waived or for the calendar"
            raise failure("without any exhibit", expected, told(bare, wrong[0]))

    tried(law, rules, question, examples)


def what_cannot_be_judged_is_a_scintilla(rules: Law, question: str | None = None, *, examples: int = EXAMPLES) -> None:
    """Where no exhibit can be judged (F or 6), none settles a fact at a standard above those that such exhibits meet;
    and one that attacks all the others changes nothing."""

    def law(case: MadeUpCase, reading: Reading) -> None:
        weak = unjudged(case)
        for standard in case.rules.tables.standards if weak else ():
            if weak is None or standard.unjudged_suffices:
                continue
            found = decide(weak, reading.but(standard=standard.id))
            wrong = [f.proposition for f in found.findings.facts if f.cause is Cause.EVIDENCE]
            if wrong:
                what = f"at {standard.id}, with exhibits that cannot be judged alone"
                raise failure(what, f"{wrong[0]}: unresolved", told(found, wrong[0]))
        if weak and case.evidence:
            nothing: dict[str, Any] = dict.fromkeys(_BEARINGS, ())
            attacker = weak.evidence[0].but(id="unjudged", **nothing | {"undercuts": tuple(case.item)})
            attacked = decide(case.but(evidence=(*case.evidence, attacker)), reading)
            same(decide(case, reading), attacked, "attacked by what cannot be judged")

    tried(law, rules, question, examples)


# ── What is derived, and what it depends on ───────────────────────────────────────────────────────────────────────────


def both_derivations_agree(rules: Law, question: str | None = None, *, examples: int = EXAMPLES) -> None:
    """Backward over the issue tree and forward on durable-rules, every conclusion comes out the same.

    Raises EngineError with the propositions where they do not, and SkipTest where durable-rules is not installed: then
    there is one derivation only.
    """
    if not engine.available():
        raise SkipTest("durable-rules is not installed: there is no second derivation")

    def law(case: MadeUpCase, reading: Reading) -> None:
        if not decide(case, reading).receipt.derived_twice:
            raise failure("the opinion's receipt", "derived twice", "derived once only")

    tried(law, rules, question, examples)


def brute_force_agrees_with_dependence(rules: Law, question: str | None = None, *, examples: int = EXAMPLES) -> None:
    """What ``depend`` says of a small record is what deciding it once for every subset of its exhibits says: the flip
    sets, the sufficient sets, what is necessary and what is idle."""

    def law(case: MadeUpCase, reading: Reading) -> None:
        found = decide(case, reading)
        outcome = {kept: decide(case.holding(kept), reading).shown for kept in subsets(case.item)}
        everything = frozenset(case.item)
        flips = minimal(everything - kept for kept, shown in outcome.items() if shown is not found.shown)
        sufficient = minimal(kept for kept in outcome if not any(kept.isdisjoint(flip) for flip in flips))
        depends = depend(found)
        for what, ours, theirs in (
            ("flip sets", flips, depends.flip_sets), ("sufficient sets", sufficient, depends.sufficient_sets),
            ("necessary exhibits", {everything.intersection(*sufficient)}, [depends.necessary]),
            ("idle exhibits", {everything.difference(*sufficient)}, [depends.idle]),
        ):  # fmt: skip
            sets = {frozenset(each) for each in theirs}
            if sets != ours:
                tell = f"{_outcome(found)}: depend is wrong about the {what}, every subset being tried"
                raise failure(tell, listed(ours), listed(sets))

    tried(law, rules, question, examples, most=FEW)


def what_a_verdict_depends_on_holds_when_tried(
    rules: Law, question: str | None = None, *, examples: int = EXAMPLES
) -> None:
    """Each flip set that ``depend`` lists, withdrawn, turns the outcome, and with any one of its members left it does
    not; each sufficient set, kept, holds it, whichever other exhibit or all of them are withdrawn; and the weakest
    standard that is said to turn it does, and no weaker one."""

    def law(case: MadeUpCase, reading: Reading) -> None:
        found = decide(case, reading)
        depends, every = depend(found), frozenset(case.item)

        def held(kept: frozenset[str], turned: bool, what: str) -> None:
            after = decide(case.holding(kept), reading)
            if (after.shown is not found.shown) is not turned:
                wanted = "the outcome turns" if turned else "the outcome stands"
                raise failure(f"{_outcome(found)}; {what}", wanted, told(after, after.question))

        for flip in map(frozenset, depends.flip_sets[:LISTED]):
            held(every - flip, True, f"without the flip set {listed([flip])}")
            for one in sorted(flip):
                held(every - flip | {one}, False, f"without {listed([flip - {one}])}, part of a flip set")
        for kept in map(frozenset, depends.sufficient_sets[:LISTED]):
            held(kept, False, f"with the sufficient set {listed([kept])} alone")
            for one in sorted(every - kept):
                held(every - {one}, False, f"without {one}, the sufficient set {listed([kept])} being kept")
        _standards_turn(case, reading, depends.flip_standard, found.shown)

    tried(law, rules, question, examples, most=MANY)


def _standards_turn(case: FactPattern, reading: Reading, flip: str | None, shown: bool) -> None:
    """Holds what is said of the proof standard against the answer at each."""
    at = {s.id: decide(case, reading.but(standard=s.id)).shown for s in case.rules.tables.standards}
    weakest = next((standard for standard, found in at.items() if found is not shown), None)
    if flip != weakest:
        raise failure("the weakest standard that turns the outcome", weakest, flip)


def _alike(expected: Any, found: Any, how: str) -> None:
    """Holds two opinions against each other in every byte."""
    same(expected, found, how)
    if expected.model_dump_json() != found.model_dump_json():
        raise failure(how, "the same opinion in every byte", "one that says the same of every proposition, and differs")


def _outcome(found: Any) -> str:
    return f"{found.question} is {'shown' if found.shown else 'not shown'}"


def no_contradiction_is_hidden(rules: Law, question: str | None = None, *, examples: int = EXAMPLES) -> None:
    """An opinion names every two things that exclude each other and hold both, one of them in the record or beneath the
    question; and no other two. Tried on nothing where no sentence excludes another."""

    def law(case: MadeUpCase, reading: Reading) -> None:
        found = decide(case, reading)
        named = {frozenset((each.one, each.other)) for each in found.contradictions}
        established = {f.proposition for f in found.findings.facts if f.status is Status.ESTABLISHED}
        there: set[frozenset[Proposition]] = set()
        for pair in case.rules.exclusions:
            for each in established | met(found):
                for beside in pair.beside(each, dict.fromkeys(pair.variables, tuple(case.kind_of))):
                    drawn = beside.sentence in case.rules.conclusions
                    if decide(case, reading, beside).shown if drawn else beside in established:
                        there.add(frozenset((each, beside)))
        if named != there:
            hidden = there - named
            told = "both hold, exclude each other, and are not named" if hidden else "named, and do not both hold"
            raise failure(f"{told}: {_pairs(hidden or named - there)}", _pairs(there), _pairs(named))

    if Stage(rules).rules.exclusions:
        tried(law, rules, question, examples)


def _pairs(pairs: set[frozenset[Proposition]]) -> str:
    return listed([str(each) for each in pair] for pair in pairs)


ALL: tuple[Callable[..., None], ...] = (
    order_is_immaterial, names_are_immaterial, the_same_case_twice_gives_the_same_answer,
    the_case_written_and_loaded_gives_the_same_answer, an_idle_item_changes_nothing, an_echo_changes_nothing,
    a_higher_standard_shows_no_more, withdrawing_support_shows_no_more, without_evidence_nothing_is_shown,
    what_cannot_be_judged_is_a_scintilla, both_derivations_agree, brute_force_agrees_with_dependence,
    what_a_verdict_depends_on_holds_when_tried, no_contradiction_is_hidden,
)  # fmt: skip
"""Every law, in order."""
