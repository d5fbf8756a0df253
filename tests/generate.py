"""Rule sets and records made up by the kit, cases by hand beside them, and what the laws do to a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from pydantic import BaseModel

from authority.facts import Evidence, FactPattern, Party, Source
from authority.law import Citation, Grading, Reading, Rule, RuleSet, Stance, Tables
from authority.testing import lawmaking
from authority.testing.drawing import UP_TO, Draw, mixed, one_in, pick, some
from authority.testing.lawmaking import DISPUTES, POSITIONS, READINGS, SEEN_ON, assembled
from authority.testing.stage import OWN_DISPUTE, Stage
from authority.testing.strategies import Terms, made_up_case
from authority.testing.wording import RECKONED
from authority.vocabulary import Kind, Pattern, Proposition, Sentence, Vocabulary

# The kit's own, which tests take from here.
__all__ = ["DISPUTES", "POSITIONS", "RECKONED", "SEEN_ON", "Draw", "mixed", "one_in", "pick", "some"]

M = TypeVar("M", bound=BaseModel)

TABLES = lawmaking.tables()
STANDARDS = tuple(s.id for s in TABLES.standards)
UNJUDGED = tuple((a, c) for a in TABLES.reliability for c in TABLES.credibility if "F" in (a, c) or "6" in (a, c))

READING = READINGS[0]
"""The reading that the laws are tried under; every rule set made here has it, and another."""
ADMISSION = OWN_DISPUTE
"""The dispute that a made-up case has of its own: whether an item is admissible."""
DAYS = lawmaking.DAYS

CAST = {
    "Aland": Kind.STATE, "Brotherhood": Kind.ORGANIZATION, "Cohort": Kind.ORGANIZATION, "Dora": Kind.PERSON,
    "Elbonia": Kind.STATE, "Foray": Kind.OPERATION,
}  # fmt: skip
"""The parties of a case by hand."""

# ── What is made up ───────────────────────────────────────────────────────────────────────────────────────────────

_RULE_SETS = {exceptions: lawmaking.rule_sets(exceptions=exceptions) for exceptions in (True, False)}


def examples(most: int) -> int:
    """So many examples; where the profile is the one of few (conftest.py), only as few as it has."""
    held = settings().max_examples
    return held if held < 100 else most


@st.composite
def rule_sets(draw: Draw, exceptions: bool = True) -> RuleSet:
    """A made-up rule set of one to three layers under one or two disputes, with two readings."""
    return plain(RuleSet, draw(_RULE_SETS[exceptions]))


@st.composite
def cases(
    draw: Draw, exceptions: bool = True, attacks: bool = True, assumptions: bool = True, least: int = 0, most: int = 8
) -> FactPattern:
    """A fact pattern with a rule set of its own and from ``least`` to ``most`` items of evidence.

    Most records are anything but sound. The source S1 is there, to which an item may be added, and a day where the rule
    set speaks of days.
    """
    rules = draw(rule_sets(exceptions=exceptions))
    case = made_up_case(draw, Stage(rules), Terms(least, most, attacks, assumptions, sound=4))
    there = {p.kind for p in case.parties}
    dated = rules.vocabulary.speaks_of_days and Kind.DAY not in there
    return plain(
        FactPattern, case,
        sources=case.sources if "S1" in case.source_of else (Source(id="S1", name="Source S1"), *case.sources),
        parties=(*case.parties, Party(name=SEEN_ON, kind=Kind.DAY)) if dated else case.parties,
    )  # fmt: skip


def plain(model: type[M], made_up: M, **update: Any) -> M:
    """What was made up as the noun that it is, some of its fields replaced."""
    return model.model_construct(**{name: getattr(made_up, name) for name in model.model_fields} | update)


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
    fields: dict[str, Any] = {"quote": lawmaking.QUOTE, "cite": Citation("act", "1"), **more}
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
    law = plain(RuleSet, assembled(
        vocabulary, rules, notice, DISPUTES,
        [Reading(
            id=READING, title=READING, positions=more.pop("stances", dict.fromkeys(DISPUTES, "yes")),
            standard=more.pop("standard", "preponderance"),
        )],
    ))  # fmt: skip
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
    done = [f"did {n}" for n in range(2 + draw(UP_TO[3]))]
    middle = [f"is {n}" for n in range(1 + draw(UP_TO[1]))]
    rules = [_route(draw, f"m{n}{k}", verb, done) for n, verb in enumerate(middle) for k in range(1 + draw(UP_TO[1]))]
    routes = range(pick(draw, (1, 2, 2, 3)))
    rules += [_route(draw, f"q{k}", "met", [*done, *middle * 2], last=True) for k in routes]
    ids = [f"E{n}" for n in range(1, 1 + least + draw(UP_TO[most - least]))]
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
        count=1 + draw(UP_TO[len(premises) - 1]) if body == "at_least" else 0,
    )  # fmt: skip


def _strand(draw: Draw, ids: list[str], number: int, facts: Sequence[Proposition]) -> Evidence:
    """An item on one or two of the facts, mostly for them, that may attack those before it."""
    bearing = some(draw, facts, 1, 2)
    against = [pick(draw, (False, False, False, True)) for _ in bearing]
    aims = some(draw, ids[:number], 1, 2) if number and one_in(draw, 4) else []
    split = draw(UP_TO[len(aims)])
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
