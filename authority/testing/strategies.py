"""Hypothesis strategies made from a rule set's vocabulary: parties, propositions, records, readings, cases.

Half the records follow a line of proof, from the question through the rules to facts, so that questions come out shown
as well as not. What is simplest comes first, and a failing case shrinks to few exhibits about few parties.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from authority.facts import Evidence, Party, Source
from authority.law import Rule, RuleSet, Stance
from authority.testing.made_up import MadeUpCase, MadeUpReading
from authority.testing.stage import Stage, free
from authority.vocabulary import Kind, Pattern, Proposition, is_variable

Draw = Callable[[st.SearchStrategy[Any]], Any]
Law = RuleSet | str | Path

SOURCES = ("S1", "S2", "S3")
MOST = 6
"""How many exhibits a made-up record has at most, unless another number is asked for."""
SIDES = (*("supports",) * 3, *("contradicts",) * 2, "found_none")
_UP_TO = [st.integers(0, most) for most in range(256)]


def parties(rules: Law) -> st.SearchStrategy[Party]:
    """Parties that a case of the rule set may name: made-up ones of each kind, days where it speaks of them, noticed
    ones."""
    stage = Stage(rules)
    return st.sampled_from([Party(name=name, kind=kind) for name, kind in stage.kinds.items()])


def propositions(rules: Law) -> st.SearchStrategy[Proposition]:
    """Facts of which evidence may speak, about parties of the right kinds."""
    stage = Stage(rules)
    return st.composite(lambda draw: _said(draw, stage, ()))()


def readings(rules: Law) -> st.SearchStrategy[MadeUpReading]:
    """Readings of the rule set that take any positions together, at any of its proof standards and by any of its
    readings' gradings. Of what was never enacted they suppose that it was."""
    stage = Stage(rules)
    return st.composite(lambda draw: _reading(draw, stage.rules))()


def records(rules: Law, *, most: int = MOST) -> st.SearchStrategy[tuple[Evidence, ...]]:
    """Evidence that a case of the rule set may hold, of up to ``most`` items: for facts, against them and of having
    found none, with grades, hedges and days; undercutting and doubting what stands before."""
    return cases(rules, most=most).map(lambda case: case.evidence)


def cases(rules: Law, question: str | None = None, *, most: int = MOST) -> st.SearchStrategy[MadeUpCase]:
    """Cases of the rule set with up to ``most`` items of evidence, asking its questions or the one that is named.

    Raises UnknownName for a question that is none of the rule set's, and as ``load_rules`` does where ``rules`` is a
    name or a folder.
    """
    stage = Stage(rules, question)
    return st.composite(lambda draw: _case(draw, stage, most))()


def pick(draw: Draw, options: Sequence[Any]) -> Any:
    """One of the options; the first is the simplest."""
    return options[draw(_UP_TO[min(len(options), len(_UP_TO)) - 1])] if len(options) > 1 else options[0]


def one_in(draw: Draw, number: int) -> bool:
    """True about once in ``number`` draws, and the simpler False otherwise."""
    return draw(_UP_TO[number - 1]) == number - 1


# ── Readings ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _reading(draw: Draw, rules: RuleSet) -> MadeUpReading:
    own, every = [r.standard for r in rules.readings], [s.id for s in rules.tables.standards]
    return MadeUpReading(
        id="made-up", title="A made-up reading", standard=pick(draw, every if one_in(draw, 3) else own),
        positions={d.id: pick(draw, d.positions).id for d in rules.disputes},
        grading=pick(draw, [r.grading for r in rules.readings]),
        supposes_enactment=rules.instrument.never_enacted,
    )  # fmt: skip


# ── Cases ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _case(draw: Draw, stage: Stage, most: int) -> MadeUpCase:
    asks = _about(draw, stage, pick(draw, stage.questions))
    ids = [f"E{n}" for n in range(1, 1 + draw(_UP_TO[most]))]
    sound = one_in(draw, 2)
    line = _line(draw, stage, asks) if ids and (sound or one_in(draw, 2)) else []
    line = list(dict.fromkeys((*line, *_line_beside(draw, stage, asks)))) if line else line
    # The line of proof is dealt among the exhibits; each may say more besides.
    dealt = [line[n :: len(ids)] for n in range(len(ids))]
    cast = tuple(dict.fromkeys(party for p in (asks, *line) for party in p.parties))
    days = stage.law_days
    as_of = pick(draw, days) if one_in(draw, 6) else days[0]
    known_by = pick(draw, days) if one_in(draw, 12) else as_of
    evidence = tuple(_item(draw, stage, ids, n, dealt[n], cast, sound) for n in range(len(ids)))
    named = {party for p in (asks, *(fact for item in evidence for fact in item.bears_on)) for party in p.parties}
    noticed = {p.name for p in stage.rules.parties}
    return MadeUpCase(
        name="made-up", title="A made-up case", asks=asks, as_of=as_of, known_by=known_by, rules=stage.rules,
        parties=tuple(
            Party(name=name, kind=kind)
            for kinds in (False, True)  # the days stand last, as in a case that is loaded
            for name, kind in sorted(stage.kinds.items())
            if (kind is Kind.DAY) is kinds and name in named - noticed
        ),
        sources=tuple(Source(id=s, name=f"Source {s}") for s in SOURCES if any(e.source == s for e in evidence)),
        evidence=evidence,
    )  # fmt: skip


def _about(draw: Draw, stage: Stage, sentence: Any) -> Proposition:
    """A sentence about different parties of the right kinds."""
    named: list[str] = []
    for blank in sentence.blanks:
        fitting = stage.fitting(sentence.kinds(blank))
        named.append(pick(draw, [name for name in fitting if name not in named] or fitting))
    return Proposition(sentence.says, tuple(named))


def _line(draw: Draw, stage: Stage, goal: Proposition) -> list[Proposition]:
    """Facts that, were they established, would show a proposition by some of its rules; nothing for what the calendar
    decides, or where no rule fits."""
    if stage.is_fact(stage.rules.vocabulary[goal.sentence]):
        return [goal]
    matched = ((rule, rule.then.match(goal)) for rule in stage.ways.get(goal.sentence, ()))
    ways = [(rule, found) for rule, found in matched if found is not None]
    if not ways:
        return []
    rule, found = pick(draw, ways)
    needed: tuple[Pattern, ...] = rule.premises
    if rule.body == "any":
        needed = (pick(draw, needed),)
    elif rule.body == "at_least":
        first = draw(_UP_TO[len(needed) - 1])
        needed = (*needed[first:], *needed[:first])[: rule.count]
    bound = _bound(draw, stage, rule, needed, found)
    if bound is None:
        return []
    return list(dict.fromkeys(fact for p in needed for fact in _line(draw, stage, p.ground(bound))))


def _line_beside(draw: Draw, stage: Stage, goal: Proposition) -> list[Proposition]:
    """At times, facts that would show what excludes a proposition, where anything does."""
    beside = [
        each
        for pair in stage.rules.exclusions
        for kinds in [pair.kinds(stage.rules.vocabulary)]
        for each in pair.beside(goal, {v: stage.fitting(kinds[v]) for v in kinds})
    ]
    return _line(draw, stage, pick(draw, beside)) if beside and one_in(draw, 3) else []


def _bound(
    draw: Draw, stage: Stage, rule: Rule, needed: tuple[Pattern, ...], found: dict[str, str]
) -> dict[str, str] | None:
    """Each variable of some premises with a party of its kinds, no party twice; None where that cannot be."""
    bound: dict[str, str] = {}
    fixed = {arg for p in needed for arg in p.args if not is_variable(arg)}
    for variable in free((rule.then, *needed)):
        kinds = stage.rules.kinds(rule, variable, (rule.then, *needed))
        cast = [found[variable]] if variable in found else list(stage.kinds)
        options = [n for n in stage.fitting(kinds, cast) if n not in bound.values() and n not in fixed]
        if not options:
            return None
        bound[variable] = pick(draw, options)
    return bound


# ── Records ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _said(draw: Draw, stage: Stage, cast: Iterable[str]) -> Proposition:
    """A fact, mostly as rules speak of it, about different parties of the right kinds; first those of the case."""
    pattern = pick(draw, stage.spoken)
    chosen: dict[str, str] = {}
    for variable in pattern.variables:
        kinds = stage.kinds_in(pattern, variable)
        here = stage.fitting(kinds, cast) if cast else []
        options = [*here, *here, *(n for n in stage.fitting(kinds) if n not in here)]
        named = {*pattern.args, *chosen.values()}
        chosen[variable] = pick(draw, [name for name in options if name not in named] or options)
    return pattern.ground(chosen)


def _item(
    draw: Draw, stage: Stage, ids: list[str], number: int, dealt: list[Proposition], cast: tuple[str, ...], sound: bool
) -> Evidence:
    """One exhibit: what is dealt to it, or something else, or both. In a sound record it is well graded, and nothing is
    wrong with it; else it may attack those before it, and be late, hedged or admitted on a position only."""

    def at_times(number: int) -> bool:
        return not sound and one_in(draw, number)

    sides: dict[str, list[Proposition]] = {"supports": list(dealt), "contradicts": [], "found_none": []}
    if not dealt or one_in(draw, 3):
        fact = _said(draw, stage, cast)
        if fact not in dealt:
            sides[pick(draw, SIDES)].append(fact)
    aims: dict[str, Any] = (
        {pick(draw, ("undercuts", "doubts")): (pick(draw, ids[:number]),)} if number and at_times(4) else {}
    )
    tables, stances = stage.rules.tables, [Stance(d.id, p.id) for d in stage.rules.disputes for p in d.positions]
    letters, digits = list(tables.reliability), list(tables.credibility)
    return Evidence(
        id=ids[number], source=pick(draw, SOURCES), says="So it is said.", hedge="may" if at_times(8) else "",
        reliability=pick(draw, letters if at_times(2) else letters[:2]),
        credibility=pick(draw, digits if at_times(2) else digits[:2]),
        under=(pick(draw, stances),) if stances and at_times(8) else (),
        published=pick(draw, stage.law_days) if at_times(8) else None,
        **{side: tuple(facts) for side, facts in sides.items()}, **aims,
    )  # fmt: skip
