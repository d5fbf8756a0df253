"""Rule sets and records made up by Hypothesis, small and valid, and what the laws do to them.

The law comes layer by layer: facts, then conclusions whose rules reach only downwards, the question on top. Wordings,
parties and dates are few, so that rules and evidence meet often.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from pydantic import BaseModel

import authority
from authority.citing import Text
from authority.days import Computed
from authority.facts import Assumption, Evidence, FactPattern, Party, Source
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
    RuleSet,
    Section,
    Stance,
    Tables,
)
from authority.vocabulary import Kind, Pattern, Proposition, Sentence, Vocabulary, is_variable

Draw = Callable[[st.SearchStrategy[Any]], Any]
M = TypeVar("M", bound=BaseModel)

TABLES = authority.load_rules("aumf-2001").tables
STANDARDS = tuple(s.id for s in TABLES.standards)
SOURCE_KINDS = tuple(sorted(TABLES.grading.kinds))
UNJUDGED = tuple((a, c) for a in TABLES.reliability for c in TABLES.credibility if "F" in (a, c) or "6" in (a, c))

READING = "narrow"
"""The reading that the laws are tried under; every rule set made here has it, and one called "broad"."""

NOTICED = ("Cabal", "Cell")
CAST = {
    "Aland": Kind.STATE, "Brotherhood": Kind.ORGANIZATION, "Cohort": Kind.ORGANIZATION, "Dora": Kind.PERSON,
    "Elbonia": Kind.STATE, "Foray": Kind.OPERATION,
}  # fmt: skip
DAYS = ("2001-09-18", "2001-09-17", "2001-09-19", "2001-09", "2001", "2002-01-01")
DISPUTES = ("reach", "burden")
POSITIONS = ("yes", "no")
ADMISSION = "admission"
"""The dispute that a fact pattern adds: whether an item is admissible."""

DATES = ("2001-09-15", "2001-09-14", "2001-09-16", "2001-12-29", "2001-09-18")
"""The days of which a record may speak: about a limit before one of those on which a case may stand, or long after."""
SEEN = Sentence(
    says="<one> was seen on <day>", denied="<one> was not seen on <day>", where={"day": (Kind.DAY,)},
)  # fmt: skip
RECKONED = (
    Sentence(
        says="more than 3 days have passed since <day>", denied="at most 3 days have passed since <day>",
        where={"day": (Kind.DAY,)}, computed=Computed(days_since="day", more_than=3),
    ),
    Sentence(
        says="<day> is at most 1 day after the first after <other>",
        denied="<day> is more than 1 day after the first after <other>",
        where={"day": (Kind.DAY,), "other": (Kind.DAY,)},
        computed=Computed(days_since="other", until="day", after=1, at_most=1),
    ),
)  # fmt: skip
"""What the calendar decides in a made-up rule set that speaks of days."""

FACTS = ("sheltered", "paid", "armed", "trained")
LAYERS = (("aided", "joined"), ("answers for", "is bound to"), ("may be met with",))
# Every set holds organizations, so that no rule is without a party that fits all its sentences.
KIND_SETS = (
    (Kind.ORGANIZATION, Kind.STATE, Kind.PERSON), (Kind.ORGANIZATION, Kind.STATE), (Kind.ORGANIZATION,),
    (Kind.ORGANIZATION, Kind.OPERATION),
)  # fmt: skip

# Drawing is most of the work, so every draw goes through one of a few strategies that are made once.
_UP_TO = [st.integers(0, most) for most in range(64)]


def pick(draw: Draw, options: Sequence[Any]) -> Any:
    """One of the options; the first is the simplest."""
    return options[draw(_UP_TO[len(options) - 1])] if len(options) > 1 else options[0]


def one_in(draw: Draw, number: int) -> bool:
    """True about once in ``number`` draws, and the simpler False otherwise."""
    return draw(_UP_TO[number - 1]) == number - 1


def some(draw: Draw, options: Iterable[Any], least: int, most: int) -> list[Any]:
    """From ``least`` to ``most`` of the options, in any order; all of them where there are fewer."""
    left = list(options)
    count = min(len(left), least + draw(_UP_TO[most - least]))
    return [left.pop(draw(_UP_TO[len(left) - 1])) for _ in range(count)]


def mixed(draw: Draw, options: Iterable[Any]) -> tuple[Any, ...]:
    """The options in another order."""
    left = list(options)
    return tuple(left.pop(draw(_UP_TO[len(left) - 1])) for _ in range(len(left)))


def examples(most: int) -> int:
    """So many examples; where the profile is the one of few (conftest.py), only as few as it has."""
    held = settings().max_examples
    return held if held < 100 else most


# ── The law ───────────────────────────────────────────────────────────────────────────────────────────────────────


@st.composite
def rule_sets(draw: Draw, exceptions: bool = True) -> RuleSet:
    """A rule set of one to three layers under one or two disputes, with two readings."""
    disputes = DISPUTES[: 1 + draw(_UP_TO[1])]
    facts = [_sentence(draw, verb) for verb in FACTS[: 2 + draw(_UP_TO[2])]]
    dated = one_in(draw, 3)
    sentences, rules = list(facts), []
    for layer in LAYERS[pick(draw, (1, 0, 2)) :]:
        top = layer is LAYERS[-1]
        made = [_sentence(draw, verb, question=top or one_in(draw, 12)) for verb in layer[: 1 + draw(_UP_TO[1])]]
        for sentence in made:
            names = [f"r{len(rules) + n}" for n in range(1 + draw(_UP_TO[2]))]
            made_here = [_rule(draw, name, sentence, sentences, disputes, exceptions) for name in names]
            rules += [_dated(draw, each, exceptions) for each in made_here] if dated else made_here
        sentences += made
    noticed = [_proposition(draw, facts, dict.fromkeys(NOTICED, Kind.ORGANIZATION))] if one_in(draw, 3) else []
    answers = (sentences[-1].says,) if one_in(draw, 3) else ()
    readings = [_reading(draw, name, disputes, answers) for name in (READING, "broad")]
    in_force = ("2001-09-18", pick(draw, DAYS)) if one_in(draw, 12) else ("2000", None)
    sentences = [*((SEEN, *RECKONED) if dated else ()), *sentences]
    if in_force[1] == DAYS[-1]:  # then it was never enacted, and one of the two readings supposes that it was
        in_force, readings = (None, None), [readings[0], readings[1].but(supposes_enactment=True)]
    return _rule_set(sentences, rules, noticed, disputes, readings, in_force)


def _rule_set(
    sentences: Iterable[Sentence], rules: Iterable[Rule], noticed: Iterable[Proposition], disputes: Iterable[str],
    readings: Iterable[Reading], in_force: tuple[str | None, str | None] = ("2000", None),
) -> RuleSet:  # fmt: skip
    positions = tuple(Position(id=p, says=p, cite=(Citation("report", p),)) for p in POSITIONS)
    return RuleSet(
        name="made-up",
        instrument=Instrument(
            id="act", title="An Act", short="Act", citation=Text(text="1 Stat. 1"),
            enacted="2001" if in_force[0] else NEVER, status="in force",
            verified=Mark.PRIMARY, sections=(Section(id="1", text="Force may be used."),), **_dates(*in_force),
        ),
        vocabulary=Vocabulary(sentences=tuple(sentences)),
        authorities=tuple(
            Authority(
                id=id, citation=Text(text=id), short=id, kind="case", status="in force", verified=Mark.PRIMARY,
                **_dates(),
            )
            for id in ("report", "ruling")
        ),
        disputes=tuple(Dispute(id=d, question=f"{d}?", positions=positions) for d in disputes),
        rules=tuple(rules), readings=tuple(readings),
        parties=tuple(NoticedParty(name=n, kind=Kind.ORGANIZATION) for n in NOTICED),
        notice=tuple(Noticed(holds=fact, cite=Citation("report")) for fact in noticed),
        tables=TABLES,
    )  # fmt: skip


def _dates(since: str | None = None, until: str | None = None) -> dict[str, Any]:
    return {"from": since, "until": until}


def _sentence(draw: Draw, verb: str, question: bool = False) -> Sentence:
    blanks = ("one", "other")[: pick(draw, (1, 2, 2, 1, 0))]
    where = {b: pick(draw, KIND_SETS) for b in blanks if one_in(draw, 3)}
    # The denied form turns the blanks round: a proposition lists its parties in the order of the affirmed form.
    denied = ("there was none who {}", "it is not so that <one> {}", "of <other> it is not so that <one> {}")
    template, contrary = (form[len(blanks)].format(verb) for form in (_TEMPLATES, denied))
    return Sentence(says=template, denied=contrary, where=where, question=question)


def _reading(draw: Draw, name: str, disputes: Iterable[str], answers: tuple[str, ...]) -> Reading:
    other = Grading(source="another table", hedge_cap=2, kinds=dict.fromkeys(SOURCE_KINDS, "C3"))
    return Reading(
        id=name, title=name, positions={d: pick(draw, POSITIONS) for d in disputes}, answers=answers,
        standard=pick(draw, ("preponderance", "preponderance", *STANDARDS)), grading=other if one_in(draw, 6) else None,
    )  # fmt: skip


def _rule(
    draw: Draw, name: str, sentence: Sentence, below: list[Sentence], disputes: tuple[str, ...],
    exceptions: bool,
) -> Rule:  # fmt: skip
    """A rule for ``sentence`` over the sentences ``below`` it."""
    head = tuple(pick(draw, (f"<{x}>",) * 7 + ("Cabal",)) for x in "ab")
    then = Pattern(sentence.says, head[: len(sentence.blanks)])
    body = pick(draw, ("all", "all", "all", "all", "any", "any", "at_least", "at_least", "none"))
    pool = (*then.variables * 3, "<c>", "<c>", "<d>", *NOTICED)
    premises: list[Pattern] = []
    if body == "at_least":
        premises = _factors(draw, below, pool)
    elif body != "none":
        premises = [_pattern(draw, below, pool) for _ in range(pick(draw, (2, 1, 3)))]
    count = 1 + draw(_UP_TO[len(premises) - 1]) if body == "at_least" else 0
    unless = [_pattern(draw, below, pool) for _ in range(pick(draw, (1, 2)))] if exceptions and one_in(draw, 3) else []
    variables = dict.fromkeys(v for p in (then, *premises, *unless) for v in p.variables)
    where = {v[1:-1]: pick(draw, KIND_SETS) for v in variables if one_in(draw, 8)}
    under = [Stance(pick(draw, disputes), pick(draw, POSITIONS))] if one_in(draw, 5) else []
    if body == "none" and not under and not where:
        under = [Stance(disputes[0], pick(draw, POSITIONS))]
    return Rule(
        id=name, then=then, body="all" if body == "none" else body, count=count, premises=tuple(premises),
        unless=tuple(unless), under=tuple(under), where=where, quote="Force may be used", cite=Citation("act", "1"),
        **_dates(*(pick(draw, DAYS) if one_in(draw, 8) else None for _ in range(2))),
    )  # fmt: skip


def _dated(draw: Draw, rule: Rule, exceptions: bool) -> Rule:
    """The rule, mostly with a day or two among its premises and what the calendar decides of them beside, or in an
    exception. Where any one premise suffices no other says which day it is: the calendar is asked of a fixed one."""
    if rule.body == "at_least" or not rule.premises or one_in(draw, 3):
        return rule
    who = pick(draw, (*rule.then.variables, "<c>", "Cabal"))
    day, other = "<t>", pick(draw, ("<u>", "<u>", DATES[0]))
    seen = [Pattern(SEEN.says, (who, day))]
    reckoned = Pattern(RECKONED[0].says, (DATES[0] if rule.body == "any" else day,))
    if rule.body == "all" and one_in(draw, 2):
        seen += [Pattern(SEEN.says, (who, other))] if is_variable(other) else []
        reckoned = Pattern(RECKONED[1].says, (day, other))
    unless = exceptions and one_in(draw, 3)
    return changed(
        rule, premises=(*rule.premises[:1], *seen, *(() if unless else (reckoned,))),
        unless=(*rule.unless, *((reckoned,) if unless else ())),
    )  # fmt: skip


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


# ── The record ────────────────────────────────────────────────────────────────────────────────────────────────────


@st.composite
def cases(
    draw: Draw, exceptions: bool = True, attacks: bool = True, assumptions: bool = True, least: int = 0, most: int = 8
) -> FactPattern:
    """A fact pattern with a rule set of its own and from ``least`` to ``most`` items of evidence."""
    rules = draw(rule_sets(exceptions=exceptions))
    names: list[str] = some(draw, CAST, 1, 4)
    days: list[str] = some(draw, DATES, 1, 3) if rules.vocabulary.speaks_of_days else []
    kinds: dict[str, Kind] = {name: CAST.get(name, Kind.ORGANIZATION) for name in (*names, *NOTICED)}
    kinds |= dict.fromkeys(days, Kind.DAY)
    asks = _proposition(draw, [rules.vocabulary.sentences[-1]], kinds)
    # The parties of the question stand in most of what is said, and what is said is mostly what rules turn on.
    cast = (*asks.parties * 2, *kinds)
    facts = provable(rules)
    told = {s.says for s in facts}
    spoken = [p for r in rules.rules for p in (*r.premises, *r.unless) if p.sentence in told]
    speak = [Pattern(s.says, ("<a>", "<b>")[: len(s.blanks)]) for s in facts] + spoken[:12] + [_SEEN] * 2 * bool(days)
    ids = [f"E{n}" for n in range(1, 1 + least + draw(_UP_TO[most - least]))]
    admitted = one_in(draw, 3)
    evidence = [_item(draw, ids, n, (rules, speak, kinds, cast), attacks, admitted) for n in range(len(ids))]
    # A case takes positions on its own disputes, and may put another on one of the law's.
    taken = (ADMISSION, "reach")[: pick(draw, (1, 2, 0))] if admitted else ()
    disputes = Dispute(id=ADMISSION, question="Is it in?", positions=tuple(Position(id=p, says=p) for p in POSITIONS))
    return FactPattern(
        name="made-up", title="A made-up case", asks=asks, as_of=pick(draw, DAYS), known_by=pick(draw, DAYS),
        parties=tuple(Party(name=n, kind=kinds[n]) for n in (*names, *days)), evidence=mixed(draw, evidence),
        sources=tuple(_source(draw, name) for name in ("S1", "S2", "S3")),
        assume=_assumptions(draw, rules, kinds) if assumptions and one_in(draw, 3) else (),
        disputes=(disputes,) if admitted else (), rules=rules,
        positions={READING: {d: pick(draw, POSITIONS) for d in taken}} if taken else {},
    )  # fmt: skip


_SEEN = Pattern(SEEN.says, ("<a>", "<b>"))


def provable(rules: RuleSet) -> list[Sentence]:
    """The sentences of which evidence may speak: neither concluded nor computed."""
    return [s for s in rules.vocabulary.sentences if s.says not in rules.conclusions and not s.computed]


def _proposition(
    draw: Draw, sentences: Sequence[Sentence], kinds: Mapping[str, Kind], cast: Iterable[str] = ()
) -> Proposition:
    """A proposition in one of the sentences about parties of the right kinds."""
    sentence = pick(draw, sentences)
    fitting = ([n for n in cast or kinds if kinds[n] in sentence.kinds(b)] for b in sentence.blanks)
    return Proposition(sentence.says, tuple(pick(draw, names) for names in fitting))


_About = tuple[RuleSet, Sequence[Pattern], Mapping[str, Kind], Iterable[str]]


def _said(draw: Draw, about: _About) -> Proposition:
    """One of some patterns, its variables filled with parties of the right kinds."""
    rules, patterns, kinds, cast = about
    pattern = pick(draw, patterns)
    sentence = rules.vocabulary[pattern.sentence]
    return Proposition(
        pattern.sentence,
        tuple(
            pick(draw, [n for n in cast if kinds[n] in sentence.kinds(blank)]) if is_variable(arg) else arg
            for blank, arg in zip(sentence.blanks, pattern.args, strict=True)
        ),
    )


def _source(draw: Draw, name: str) -> Source:
    reliability = pick(draw, "ABCDEF") if one_in(draw, 3) else None
    return Source(id=name, name=name, kind=pick(draw, SOURCE_KINDS), reliability=reliability)


def _item(draw: Draw, ids: list[str], number: int, about: _About, attacks: bool, admitted: bool) -> Evidence:
    sides: dict[str, Any] = {"supports": [], "contradicts": [], "found_none": []}
    for _ in range(pick(draw, (1, 1, 1, 1, 2, 2, 0))):
        fact = _said(draw, about)
        if not any(fact in side for side in sides.values()):
            sides[pick(draw, ("supports",) * 4 + ("contradicts",) * 2 + ("found_none",))].append(fact)
    # An item attacks only those before it, so that the attacks form no circle.
    aims = some(draw, ids[:number], 1, 2) if attacks and number and one_in(draw, 3) else []
    split = draw(_UP_TO[len(aims)])
    graded = pick(draw, ("both", "both", "both", "kind", "source"))
    stances = [Stance(dispute, p) for dispute in ("reach", *([ADMISSION] if admitted else [])) for p in POSITIONS]
    idle = not aims and not any(sides.values())
    return Evidence(
        id=ids[number], source=pick(draw, ("S1", "S2", "S3")), says="So it is said.",
        hedge="may" if one_in(draw, 6) else "",
        undercuts=tuple(aims[:split]), doubts=tuple(aims[split:]), position=Stance("reach", "yes") if idle else None,
        reliability=pick(draw, "BAABCDEF") if graded == "both" else None,
        credibility=pick(draw, "21123456") if graded == "both" else None,
        kind=pick(draw, SOURCE_KINDS) if graded == "kind" else None,
        under=(pick(draw, stances),) if one_in(draw, 8) else (),
        published=pick(draw, DAYS) if one_in(draw, 6) else None, date=pick(draw, DAYS) if one_in(draw, 8) else None,
        **sides,
    )  # fmt: skip


def _assumptions(draw: Draw, rules: RuleSet, kinds: Mapping[str, Kind]) -> tuple[Assumption, ...]:
    sentences = [s for s in rules.vocabulary.sentences if not s.computed]
    about = {_proposition(draw, sentences, kinds): one_in(draw, 2) for _ in range(pick(draw, (1, 2)))}
    return tuple(Assumption(proposition=p, holds=holds) for p, holds in about.items())


@st.composite
def facts_of(draw: Draw, case: FactPattern) -> Proposition:
    """A fact that evidence in the case may speak to."""
    return _proposition(draw, provable(case.rules), case.kind_of, (*case.asks.parties * 2, *case.kind_of))


# ── A case by hand ────────────────────────────────────────────────────────────────────────────────────────────────


def says(verb: str, *args: str) -> Pattern:
    """A sentence of none, one or two blanks, as a rule uses it."""
    return Pattern(_TEMPLATES[len(args)].format(verb), args)


_TEMPLATES = ("there was one who {}", "<one> {}", "<one> {} <other>")


def fact(verb: str, *parties: str) -> Proposition:
    """A sentence of none, one or two blanks about parties."""
    return Proposition(*says(verb, *parties))


def rule(name: str, then: Pattern, *premises: Pattern, **more: Any) -> Rule:
    """A rule; all its premises count together unless ``body`` says otherwise."""
    fields: dict[str, Any] = {"quote": "Force may be used", "cite": Citation("act", "1"), **more}
    return Rule(id=name, then=then, premises=premises, **fields)


def item(name: str, *supports: Proposition, **more: Any) -> Evidence:
    """An item of evidence for these facts, graded A1 unless ``more`` names a ``grade``, and its other fields."""
    letter, digit = more.pop("grade", "A1")
    fields: dict[str, Any] = {"supports": supports, "reliability": letter, "credibility": digit}
    return Evidence(id=name, source="S1", says="So it is said.", **(fields | more))


def tiny(asks: Proposition, rules: Iterable[Rule], *evidence: Evidence, **more: Any) -> FactPattern:
    """A case of these rules and items at preponderance, about all the parties.

    ``more`` may name other fields of the case, the reading's ``standard`` and ``stances``, the noticed facts
    (``notice``), and the kinds that blanks take, by sentence (``where``).
    """
    rules = tuple(rules)
    patterns = [p for r in rules for p in (r.then, *r.premises, *r.unless)]
    notice, where = more.pop("notice", ()), more.pop("where", {})
    said = [asks, *notice, *(p for e in evidence for p in e.bears_on)]
    vocabulary = []
    for sentence in dict.fromkeys(p.sentence for p in (*patterns, *said)):
        asked, kinds = sentence == asks.sentence, where.get(sentence, {})
        vocabulary.append(Sentence(says=sentence, denied=f"not: {sentence}", where=kinds, question=asked))
    law = _rule_set(
        vocabulary, rules, notice, DISPUTES,
        [Reading(
            id=READING, title=READING, positions=more.pop("stances", dict.fromkeys(DISPUTES, "yes")),
            standard=more.pop("standard", "preponderance"),
        )],
    )  # fmt: skip
    fields: dict[str, Any] = {
        "name": "tiny", "title": "A tiny case", "as_of": "2001-09-18", "known_by": "2001-09-18",
        "parties": tuple(Party(name=n, kind=k) for n, k in CAST.items()), "sources": (Source(id="S1", name="S1"),),
    }  # fmt: skip
    return FactPattern(**(fields | more), asks=asks, evidence=evidence, rules=law)


def exclude(rules: RuleSet, *pairs: tuple[Pattern, Pattern]) -> RuleSet:
    """The rule set in which the first sentence of each pair excludes the second, written with the blanks of the
    first."""
    made = [
        changed(s, excludes=(*s.excludes, *(other for one, other in pairs if one.sentence == s.says)))
        for s in rules.vocabulary.sentences
    ]
    return changed(rules, vocabulary=Vocabulary(sentences=tuple(made)))


# ── Records on which much depends ─────────────────────────────────────────────────────────────────────────────────


@st.composite
def tangles(draw: Draw, least: int = 2, most: int = 12) -> FactPattern:
    """A case about one party in which a question turns on facts by several routes, and a fact on several items.

    It has exceptions, factor tests and waivers, items that bear on more than one fact, undercut and doubt each other,
    share origins, and are admitted only on a position; the facts are few and the items many.
    """
    done = [f"did {n}" for n in range(2 + draw(_UP_TO[3]))]
    middle = [f"is {n}" for n in range(1 + draw(_UP_TO[1]))]
    rules = [_route(draw, f"m{n}{k}", verb, done) for n, verb in enumerate(middle) for k in range(1 + draw(_UP_TO[1]))]
    routes = range(pick(draw, (1, 2, 2, 3)))
    rules += [_route(draw, f"q{k}", "met", [*done, *middle * 2], last=True) for k in routes]
    ids = [f"E{n}" for n in range(1, 1 + least + draw(_UP_TO[most - least]))]
    facts = [fact(verb, "Aland") for verb in done]
    evidence = [_strand(draw, ids, n, facts) for n in range(len(ids))]
    return tiny(
        fact("met", "Aland"), rules, *evidence, standard=pick(draw, ("preponderance", "preponderance", *STANDARDS)),
        stances={d: pick(draw, POSITIONS) for d in DISPUTES},
        notice=(pick(draw, facts),) if one_in(draw, 10) else (),
    )  # fmt: skip


def _route(draw: Draw, name: str, verb: str, below: Sequence[str], last: bool = False) -> Rule:
    """A rule for a conclusion about the one party, by several of what lies beneath; sometimes a waiver."""
    if not last and one_in(draw, 12):
        return rule(name, says(verb, "<a>"), under=(Stance(pick(draw, DISPUTES), pick(draw, POSITIONS)),))
    premises = [says(each, "<a>") for each in dict.fromkeys(some(draw, below, 1, 4))]
    body = pick(draw, ("all", "all", "any", "at_least"))
    unless = [says(each, "<a>") for each in some(draw, below, 1, 1)] if one_in(draw, 3) else []
    under = (Stance(pick(draw, DISPUTES), pick(draw, POSITIONS)),) if one_in(draw, 4) else ()
    return rule(
        name, says(verb, "<a>"), *premises, body=body, unless=tuple(unless), under=under,
        count=1 + draw(_UP_TO[len(premises) - 1]) if body == "at_least" else 0,
    )  # fmt: skip


def _strand(draw: Draw, ids: list[str], number: int, facts: Sequence[Proposition]) -> Evidence:
    """An item on one or two of the facts, mostly for them, that may attack those before it."""
    bearing = some(draw, facts, 1, 2)
    against = [pick(draw, (False, False, False, True)) for _ in bearing]
    aims = some(draw, ids[:number], 1, 2) if number and one_in(draw, 4) else []
    split = draw(_UP_TO[len(aims)])
    return item(
        ids[number], *(f for f, con in zip(bearing, against, strict=True) if not con),
        contradicts=tuple(f for f, con in zip(bearing, against, strict=True) if con),
        undercuts=tuple(aims[:split]), doubts=tuple(aims[split:]), origin=pick(draw, ("one", "two", "three", "four")),
        grade=pick(draw, ("B2", "A1", "A2", "C3", "D3", "A1", "E5", "F6")),
        under=(Stance(pick(draw, DISPUTES), pick(draw, POSITIONS)),) if one_in(draw, 8) else (),
    )  # fmt: skip


# ── What the laws do to a case ────────────────────────────────────────────────────────────────────────────────────


def changed(model: M, **update: Any) -> M:
    """The model with some of its fields replaced, and nothing kept of what was worked out from the old ones."""
    fields = {name: getattr(model, name) for name in type(model).model_fields}
    return type(model)(**(fields | update))


def rewritten(value: Any, change: Callable[[Any], Any]) -> Any:
    """``value`` with ``change`` made to each model, proposition, pattern and text in it, from the inside out.

    The tables stay: a grade "E4" is not the name of an item.
    """
    if isinstance(value, Tables | Grading):
        return value
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        return change(type(value)(**{name: rewritten(getattr(value, name), change) for name in fields}))
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return change(value)
    if isinstance(value, tuple):
        return tuple(rewritten(each, change) for each in value)
    if isinstance(value, Mapping):
        return {change(key): rewritten(each, change) for key, each in value.items()}
    return change(value)


@st.composite
def shuffled(draw: Draw, case: FactPattern) -> FactPattern:
    """The case with everything in another order whose order says nothing."""
    law = case.rules
    listed = ("authorities", "disputes", "rules", "readings", "parties", "notice")
    moved: dict[str, Any] = {name: mixed(draw, getattr(law, name)) for name in listed}
    moved["vocabulary"] = Vocabulary(sentences=mixed(draw, law.vocabulary.sentences))
    here = ("parties", "sources", "evidence", "assume", "disputes")
    return changed(case, rules=changed(law, **moved), **{name: mixed(draw, getattr(case, name)) for name in here})


def with_items(case: FactPattern, *items: Evidence) -> FactPattern:
    """The case with these items in its record too."""
    return changed(case, evidence=(*case.evidence, *items))


def without(case: FactPattern, *names: str) -> FactPattern:
    """The case as though these items had never been there; nothing attacks them any more."""

    def spared(item: Evidence) -> Evidence:
        undercuts = tuple(t for t in item.undercuts if t not in names)
        return changed(item, undercuts=undercuts, doubts=tuple(t for t in item.doubts if t not in names))

    return changed(case, evidence=tuple(spared(e) for e in case.evidence if e.id not in names))


def at_standard(case: FactPattern, standard: str) -> Reading:
    """The reading that the laws are tried under, at another proof standard."""
    return changed(case.rules.reading(READING), standard=standard)
