"""Hypothesis strategies made from a rule set's vocabulary: parties, propositions, records, readings, cases.

Half the records follow a line of proof, from the question through the rules to facts, so that questions come out shown
as well as not. What is simplest comes first, and a failing case shrinks to few exhibits about few parties.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from authority.dates import last_day
from authority.days import is_day
from authority.facts import Assumption, Evidence, Party
from authority.law import Dispute, Position, Reading, RuleSet, Stance
from authority.testing.drawing import UP_TO, Draw, mixed, one_in, pick, some, turned
from authority.testing.exhibits import Desk, grounded, item, said, sources
from authority.testing.made_up import MadeUpCase, MadeUpReading
from authority.testing.proofs import Prover
from authority.testing.stage import OWN_POSITIONS, Stage
from authority.vocabulary import ALL_KINDS, Kind, Pattern, Proposition

Law = RuleSet | str | Path

ASKED = 6
"""Under how many readings a line of proof is looked for in turn."""
MOST = 6
"""How many exhibits a made-up record has at most, unless another number is asked for."""


class Terms(NamedTuple):
    """How many exhibits a made-up case has at least and at most, whether these may attack each other and anything may
    be assumed, and that one case in how many is sound."""

    least: int = 0
    most: int = MOST
    attacks: bool = True
    assumptions: bool = True
    sound: int = 2


def parties(rules: Law) -> st.SearchStrategy[Party]:
    """Parties that a case of the rule set may name: made-up ones of each kind, days where it speaks of them, noticed
    ones."""
    stage = Stage(rules)
    return st.sampled_from([Party(name=name, kind=kind) for name, kind in stage.kinds.items()])


def propositions(rules: Law) -> st.SearchStrategy[Proposition]:
    """Facts of which evidence may speak, about parties of the right kinds."""
    stage = Stage(rules)
    return st.composite(lambda draw: said(draw, stage, ()))()


def readings(rules: Law) -> st.SearchStrategy[MadeUpReading]:
    """Readings of the rule set: half of them as one of its own, the others with any positions together, at any of its
    proof standards and by any of its readings' gradings. Of what was never enacted they suppose that it was. Some take
    a position on the dispute that made-up cases have of their own."""
    stage = Stage(rules)
    return st.composite(lambda draw: _reading(draw, stage))()


def records(rules: Law, *, most: int = MOST) -> st.SearchStrategy[tuple[Evidence, ...]]:
    """Evidence that a case of the rule set may hold, of up to ``most`` items: for facts, against them and of having
    found none, or stating law, with grades, hedges, origins and days; undercutting and doubting what stands before."""
    return cases(rules, most=most).map(lambda case: case.evidence)


def cases(
    rules: Law, question: str | None = None, *, least: int = 0, most: int = MOST, attacks: bool = True,
    assumptions: bool = True,
) -> st.SearchStrategy[MadeUpCase]:  # fmt: skip
    """Cases of the rule set with ``least`` to ``most`` items of evidence, asking its questions or the one that is
    named: with assumptions, a dispute of the case's own, positions taken in it, parties of whom nobody speaks.

    Without ``attacks`` no item undercuts or doubts another; without ``assumptions`` nothing is assumed. Raises
    UnknownName for a question that is none of the rule set's, and as ``load_rules`` does where ``rules`` is a name or a
    folder.
    """
    stage, terms = Stage(rules, question), Terms(least, most, attacks, assumptions)
    return st.composite(lambda draw: made_up_case(draw, stage, terms))()


# ── Readings ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _reading(draw: Draw, stage: Stage) -> MadeUpReading:
    rules = stage.rules
    like: Reading = pick(draw, rules.readings)
    taken, standard, grading = dict(like.positions), like.standard, like.grading
    if one_in(draw, 2):
        taken = {d.id: pick(draw, d.positions).id for d in rules.disputes}
        every = [s.id for s in rules.tables.standards]
        standard = pick(draw, every if one_in(draw, 2) else [r.standard for r in rules.readings])
        grading = pick(draw, [r.grading for r in rules.readings])
    if one_in(draw, 2):
        taken[stage.own_dispute] = pick(draw, OWN_POSITIONS)
    return MadeUpReading(
        id="made-up", title="A made-up reading", standard=standard, positions=taken, grading=grading,
        supposes_enactment=rules.instrument.never_enacted,
    )  # fmt: skip


# ── Cases ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def made_up_case(draw: Draw, stage: Stage, terms: Terms) -> MadeUpCase:
    """A case on a stage. A sound one follows a line of proof, and its evidence is well graded and unchallenged."""
    sound, rules = one_in(draw, terms.sound), stage.rules
    as_of, known_by = _days(draw, stage, sound)
    least = max(terms.least, min(sound, terms.most))
    ids = [f"E{n}" for n in range(1, 1 + least + draw(UP_TO[terms.most - least]))]
    asks, line = _asked(draw, stage, as_of, bool(ids) and (sound or one_in(draw, 2)))
    cast = _cast(draw, stage, (asks, *line))
    own = not sound and one_in(draw, 3)
    on_trial = Desk(
        stage, cast, sources(draw, stage), _stances(stage, own), known_by, attacks=terms.attacks, sound=sound
    )
    # The line of proof is dealt among the exhibits; each may say more besides.
    evidence = tuple(item(draw, on_trial, ids, n, line[n :: len(ids)]) for n in range(len(ids)))
    assume = _assumed(draw, stage, cast) if terms.assumptions and one_in(draw, 6 if sound else 3) else ()
    told = (asks, *(fact for each in evidence for fact in each.bears_on), *(a.proposition for a in assume))
    bystanders = some(draw, stage.fitting(ALL_KINDS), 1, 2) if one_in(draw, 4) else ()
    return MadeUpCase(
        name="made-up", title="A made-up case", asks=asks, as_of=as_of, known_by=known_by, rules=rules,
        parties=_named(stage, {*bystanders, *(party for p in told for party in p.parties)}),
        sources=tuple(s for s in on_trial.sources if any(e.source == s.id for e in evidence)),
        evidence=mixed(draw, evidence) if one_in(draw, 4) else evidence, assume=assume,
        disputes=(_own_dispute(stage),) if own else (), positions=_positions(draw, stage, own) if not sound else {},
    )  # fmt: skip


def _days(draw: Draw, stage: Stage, sound: bool) -> tuple[str, str]:
    """The day whose law applies, mostly that on which the most of it does, and the day of knowledge, mostly the same;
    at times a month or a year."""
    days = stage.law_days
    as_of = pick(draw, days) if one_in(draw, 12 if sound else 3) else days[0]
    known_by = pick(draw, days) if not sound and one_in(draw, 3) else as_of
    if not sound and one_in(draw, 8):
        as_of = as_of[: pick(draw, (7, 4))]
    return as_of, known_by


def _asked(draw: Draw, stage: Stage, as_of: str, proved: bool) -> tuple[Proposition, list[Proposition]]:
    """A question; and, where it is to be proved, facts that would show it under one of the readings that answer it:
    none where none would."""
    sentence = pick(draw, stage.questions)
    asked = Pattern(sentence.says, tuple(f"<{b}>" for b in sentence.blanks))
    day = last_day(as_of)
    law = stage.rules.rules_at(sentence.says, day) if proved else ()
    able = [r for r in stage.rules.readings if law and stage.rules.answers(sentence.says, r, day)]
    for reading in turned(draw, able)[:ASKED]:
        prover = Prover(draw, stage, reading, day)
        asks = prover.about(asked)
        line = prover.line(asks) if asks else None
        if asks and line is not None:
            return asks, list(dict.fromkeys((*line, *_beside(draw, stage, prover, asks))))
    return grounded(draw, stage, asked, ()), []


def _beside(draw: Draw, stage: Stage, prover: Prover, asks: Proposition) -> list[Proposition]:
    """At times, facts that would show what excludes a proposition, where anything does."""
    beside = [
        each
        for pair in stage.rules.exclusions
        for kinds in [pair.kinds(stage.rules.vocabulary)]
        for each in pair.beside(asks, {v: stage.fitting(kinds[v]) for v in kinds})
    ]
    return (prover.line(pick(draw, beside)) or []) if beside and one_in(draw, 3) else []


def _cast(draw: Draw, stage: Stage, said: Iterable[Proposition]) -> tuple[str, ...]:
    """The parties of what is said, the noticed ones, and up to two more."""
    named = dict.fromkeys(party for p in said for party in p.parties)
    others = [name for name in stage.kinds if name not in named]
    return (*named, *(n for n in stage.noticed if n not in named), *some(draw, others, 0, 2))


def _assumed(draw: Draw, stage: Stage, cast: tuple[str, ...]) -> tuple[Assumption, ...]:
    """One or two propositions, facts or conclusions, taken as true or as false."""
    found: dict[Proposition, bool] = {}
    for _ in range(1 + one_in(draw, 3)):
        found[grounded(draw, stage, pick(draw, stage.assumable), cast)] = not one_in(draw, 2)
    return tuple(Assumption(proposition=p, holds=holds) for p, holds in found.items())


# ── Disputes ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _own_dispute(stage: Stage) -> Dispute:
    positions = tuple(Position(id=p, says=f"The answer is {p}.") for p in OWN_POSITIONS)
    return Dispute(id=stage.own_dispute, question="Is it to be admitted?", positions=positions)


def _stances(stage: Stage, own: bool) -> tuple[Stance, ...]:
    """The positions on which an item may be admitted: on disputes of the law and, where there is one, the case's own,
    which comes first."""
    law = (Stance(d.id, p.id) for d in stage.rules.disputes for p in d.positions)
    return (*(Stance(stage.own_dispute, p) for p in OWN_POSITIONS if own), *law)


def _positions(draw: Draw, stage: Stage, own: bool) -> dict[str, dict[str, str]]:
    """What the case takes: under every reading a position on its own dispute, and at times another on one of the law's
    under one of them."""
    readings, disputes = stage.rules.readings, stage.rules.disputes
    taken = {r.id: {stage.own_dispute: pick(draw, OWN_POSITIONS)} for r in readings} if own else {}
    if disputes and one_in(draw, 4):
        dispute = pick(draw, disputes)
        taken.setdefault(pick(draw, readings).id, {})[dispute.id] = pick(draw, dispute.positions).id
    return taken


# ── Parties ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _named(stage: Stage, names: Iterable[str]) -> tuple[Party, ...]:
    """The parties that a case must declare, in the order in which a case that is loaded has them: the days last."""
    there = {name for name in names if name not in stage.noticed}
    days = sorted(filter(is_day, there))
    rest = sorted((name, kind) for name, kind in stage.kinds.items() if name in there and kind is not Kind.DAY)
    return tuple(Party(name=name, kind=kind) for name, kind in (*rest, *((day, Kind.DAY) for day in days)))
