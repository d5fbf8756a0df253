"""Rule sets made up by Hypothesis: small, sound, and of every construct that a rule set may have.

The law comes layer by layer: facts, then conclusions whose rules reach only downwards, the question on top. Wordings,
parties and dates are few, so that rules and evidence meet often.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from hypothesis import strategies as st

from authority.citing import Text
from authority.law import (
    NEVER,
    Authority,
    Citation,
    Dispute,
    Grading,
    Instrument,
    Mark,
    Noticed,
    NoticedParty,
    Position,
    Reading,
    Rule,
    Section,
    Stance,
    Tables,
)
from authority.loading import shared_tables
from authority.testing.drawing import UP_TO, Draw, mixed, one_in, pick, some
from authority.testing.made_up import MadeUpRules
from authority.testing.wording import FACTS, LAYERS, RECKONED, SEEN, worded
from authority.vocabulary import Kind, Pattern, Proposition, Sentence, Vocabulary, is_variable

READINGS = ("narrow", "broad")
"""The readings of a made-up rule set."""
DISPUTES = ("reach", "burden")
POSITIONS = ("yes", "no")
NOTICED = ("Cabal", "Cell")
"""Organizations that every case may name, and of which a rule may speak by name."""
DAYS = ("2001-09-18", "2001-09-17", "2001-09-19", "2001-09", "2001", "2002-01-01")
"""Days from which, or until which, a rule may be law: near each other, and of different length."""
SEEN_ON = "2001-09-15"
"""The day that a rule may speak of by its date."""
# Every set holds organizations, so that no rule is without a party that fits all its sentences.
KIND_SETS = (
    (Kind.ORGANIZATION, Kind.STATE, Kind.PERSON), (Kind.ORGANIZATION, Kind.STATE), (Kind.ORGANIZATION,),
    (Kind.ORGANIZATION, Kind.OPERATION),
)  # fmt: skip
QUOTE = "may be stopped"


def rule_sets(*, exceptions: bool = True) -> st.SearchStrategy[MadeUpRules]:
    """Rule sets that load without a problem: one to three layers of conclusions without a circle, with rules of every
    body, waivers, factor tests, dates, narrower kinds, positions on one or two disputes, what the calendar decides,
    notice, and two readings that may differ in positions, standard and grading; sometimes law that was never enacted.

    Without ``exceptions`` no rule has any. As text each is a file that loads; the smallest holds two facts, and a
    question with one rule.
    """
    return st.composite(lambda draw: _rule_set(draw, exceptions))()


@cache
def tables() -> Tables:
    """The shared tables that come with the library."""
    return shared_tables()


# ── Rule sets ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _rule_set(draw: Draw, exceptions: bool) -> MadeUpRules:
    disputes = DISPUTES[: 1 + draw(UP_TO[1])]
    facts = [_sentence(draw, verb) for verb in FACTS[: 2 + draw(UP_TO[2])]]
    dated = one_in(draw, 3)
    sentences, rules = list(facts), []
    for layer in LAYERS[-pick(draw, (1, 1, 2, 2, 3)) :]:
        top = layer is LAYERS[-1]
        made = [_sentence(draw, verb, question=top or one_in(draw, 12)) for verb in layer[: 1 + draw(UP_TO[1])]]
        for sentence in made:
            names = [f"r{len(rules) + n}" for n in range(1 + draw(UP_TO[2]))]
            here = [_rule(draw, name, sentence, sentences, disputes, exceptions) for name in names]
            rules += [_dated(draw, each, exceptions) for each in here] if dated else here
        sentences += made
    notice = [_noticed(draw, facts)] if one_in(draw, 3) else []
    answers = (sentences[-1].says,) if one_in(draw, 3) else ()
    readings = [_reading(draw, name, disputes, answers) for name in READINGS]
    in_force: tuple[str | None, str | None] = ("2001-09-18", pick(draw, DAYS)) if one_in(draw, 12) else ("2000", None)
    if one_in(draw, 24):  # it was never enacted, and one of the two readings supposes that it was
        in_force, readings = (None, None), [readings[0], readings[1].but(supposes_enactment=True)]
    return assembled([*((SEEN, *RECKONED) if dated else ()), *sentences], rules, notice, disputes, readings, in_force)


def assembled(
    sentences: Iterable[Sentence], rules: Iterable[Rule], noticed: Iterable[Proposition], disputes: Iterable[str],
    readings: Iterable[Reading], in_force: tuple[str | None, str | None] = ("2000", None),
) -> MadeUpRules:  # fmt: skip
    """The rule set of these parts, drawn from one made-up Act: in force from a day until another, or, without the
    first, never enacted."""
    positions = tuple(Position(id=p, says=f"The answer is {p}.", cite=(Citation("report", p),)) for p in POSITIONS)
    return MadeUpRules(
        name="made-up",
        instrument=Instrument(
            id="act", title="A Made-up Act", short="Made-up Act", citation=Text(text="1 Made-up Laws 1"),
            enacted="2000" if in_force[0] else NEVER, status="made up", verified=Mark.PRIMARY,
            sections=(Section(id="1", text="Whoever these words reach may be stopped."),), **_dates(*in_force),
        ),
        vocabulary=Vocabulary(sentences=tuple(sentences)),
        authorities=tuple(
            Authority(id=name, citation=Text(text=f"A made-up {name}"), short=name, kind="case", status="made up",
                      verified=Mark.PRIMARY, **_dates())
            for name in ("report", "ruling")
        ),
        disputes=tuple(Dispute(id=d, question=f"What of the {d}?", positions=positions) for d in disputes),
        rules=tuple(rules), readings=tuple(readings),
        parties=tuple(NoticedParty(name=n, kind=Kind.ORGANIZATION) for n in NOTICED),
        notice=tuple(Noticed(holds=fact, cite=Citation("report")) for fact in noticed),
        tables=tables(),
    )  # fmt: skip


def _dates(since: str | None = None, until: str | None = None) -> dict[str, Any]:
    return {"from": since, "until": until}


def _sentence(draw: Draw, verb: str, question: bool = False) -> Sentence:
    blanks = ("one", "other")[: pick(draw, (1, 2, 2, 1, 0))]
    where = {b: pick(draw, KIND_SETS) for b in blanks if one_in(draw, 3)}
    says, denied = worded(verb, len(blanks))
    return Sentence(says=says, denied=denied, where=where, question=question)


def _noticed(draw: Draw, facts: Sequence[Sentence]) -> Proposition:
    """A fact about the noticed parties."""
    sentence = pick(draw, facts)
    first = pick(draw, NOTICED)
    return Proposition(sentence.says, (first, *(n for n in NOTICED if n != first))[: len(sentence.blanks)])


def _reading(draw: Draw, name: str, disputes: Iterable[str], answers: tuple[str, ...]) -> Reading:
    standards, kinds = [s.id for s in tables().standards], sorted(tables().grading.kinds)
    other = Grading(source="another table", hedge_cap=2, kinds=dict.fromkeys(kinds, "C3"))
    return Reading(
        id=name, title=f"The {name} reading", positions={d: pick(draw, POSITIONS) for d in disputes}, answers=answers,
        standard=pick(draw, ("preponderance", "preponderance", *standards)), grading=other if one_in(draw, 6) else None,
    )  # fmt: skip


# ── Rules ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _rule(
    draw: Draw, name: str, sentence: Sentence, below: list[Sentence], disputes: tuple[str, ...],
    exceptions: bool,
) -> Rule:  # fmt: skip
    """A rule for ``sentence`` over the sentences ``below`` it."""
    head = [pick(draw, (f"<{x}>",) * 7 + (NOTICED[0],)) for x in "ab"]
    then = Pattern(sentence.says, (head[0], head[1] if head[1] != head[0] else "<b>")[: len(sentence.blanks)])
    body = pick(draw, ("all", "all", "all", "all", "any", "any", "at_least", "at_least", "none"))
    pool = (*then.variables * 3, "<c>", "<c>", "<d>", *NOTICED)
    premises: list[Pattern] = []
    if body == "at_least":
        premises = _factors(draw, below, pool)
    elif body != "none":
        premises = [_pattern(draw, below, pool) for _ in range(1 + draw(UP_TO[2]))]
    count = 1 + draw(UP_TO[len(premises) - 1]) if body == "at_least" else 0
    unless = [_pattern(draw, below, pool) for _ in range(pick(draw, (1, 2)))] if exceptions and one_in(draw, 3) else []
    variables = dict.fromkeys(v for p in (then, *premises, *unless) for v in p.variables)
    where = {v[1:-1]: pick(draw, KIND_SETS) for v in variables if one_in(draw, 8)}
    under = [Stance(pick(draw, disputes), pick(draw, POSITIONS))] if one_in(draw, 5) else []
    if body == "none" and not under and not where:
        under = [Stance(disputes[0], pick(draw, POSITIONS))]
    return Rule(
        id=name, then=then, body="all" if body == "none" else body, count=count, premises=tuple(premises),
        unless=tuple(unless), under=tuple(under), where=where, **_drawn_from(draw),
        **_dates(*(pick(draw, DAYS) if one_in(draw, 8) else None for _ in range(2))),
    )  # fmt: skip


def _drawn_from(draw: Draw) -> dict[str, Any]:
    """The Act, whose words must be quoted; or at times a ruling, which need not be."""
    ruled = one_in(draw, 8)
    return {"cite": Citation("ruling", "at 1")} if ruled else {"quote": QUOTE, "cite": Citation("act", "1")}


def _dated(draw: Draw, rule: Rule, exceptions: bool) -> Rule:
    """The rule, mostly with a day or two among its premises and what the calendar decides of them beside, or in an
    exception. Where any one premise suffices no other says which day it is: the calendar is asked of a fixed one."""
    if rule.body == "at_least" or not rule.premises or one_in(draw, 3):
        return rule
    who = pick(draw, (*rule.then.variables, "<c>", NOTICED[0]))
    day, other = "<t>", pick(draw, ("<u>", "<u>", SEEN_ON))
    seen = [Pattern(SEEN.says, (who, day))]
    reckoned = Pattern(RECKONED[0].says, (SEEN_ON if rule.body == "any" else day,))
    if rule.body == "all" and one_in(draw, 2):
        seen += [Pattern(SEEN.says, (who, other))] if is_variable(other) else []
        reckoned = Pattern(RECKONED[1].says, (day, other))
    excepted = exceptions and one_in(draw, 3)
    premises = (*rule.premises[:1], *seen, *(() if excepted else (reckoned,)))
    unless = (*rule.unless, *((reckoned,) if excepted else ()))
    there = {v[1:-1] for p in (rule.then, *premises, *unless) for v in p.variables}
    where = {blank: kinds for blank, kinds in rule.where.items() if blank in there}
    return rule.but(premises=premises, unless=unless, where=where)


def _pattern(draw: Draw, sentences: list[Sentence], pool: tuple[str, ...]) -> Pattern:
    # The sentences made last stand highest, and are drawn twice as often.
    sentence = pick(draw, (*sentences, *sentences[-2:]))
    args: list[str] = []
    for _ in sentence.blanks:
        # A sentence that named one party twice would hold of nobody.
        args.append(pick(draw, [arg for arg in pool if arg not in args]))
    return Pattern(sentence.says, tuple(args))


def _factors(draw: Draw, sentences: list[Sentence], pool: tuple[str, ...]) -> list[Pattern]:
    """Factors with the same variables in each, and no sentence twice."""
    shared = some(draw, dict.fromkeys(arg for arg in pool if is_variable(arg)), 0, 2)
    wide = [s for s in sentences if len(s.blanks) >= len(shared)]
    if not wide:
        shared, wide = [], sentences
    return [
        Pattern(s.says, mixed(draw, (*shared, *mixed(draw, NOTICED)[: len(s.blanks) - len(shared)])))
        for s in some(draw, wide, 1, 4)
    ]
