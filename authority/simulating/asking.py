"""simulate(): a question drawn many times over."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Literal

from authority.batch.program import program
from authority.circuit import Circuit
from authority.compiling import alternatives, compile_question
from authority.dependence import NODES, chance_of
from authority.dependence.diagram import TooLarge
from authority.errors import InvalidInput, Place, Problem, UnknownName
from authority.facts import FactPattern
from authority.law import Dispute, Probabilities, Reading, Stance
from authority.opinion import Opinion, decide
from authority.scales import Regraded, beside
from authority.simulating.answer import Counts, Drawn, Simulation
from authority.simulating.drawing import Draws, Event, Sound, Within, count, every, inputs
from authority.vocabulary import NOBODY, Proposition
from authority.weighing import graded_level

ROWS = 1 << 17
"""How many draws are made at a time, so that memory does not grow with their number."""
Weights = Mapping[str, Mapping[str, float]]


def simulate(
    case: FactPattern, n: int = 100_000, *, seed: int, readings: Iterable[str | Reading] | None = None,
    ask: str | Proposition | None = None, positions: Literal["uniform"] | Weights | None = None, regrade: float = 0.0,
    probabilities: Probabilities | None = None, budget: int = NODES,
) -> Simulation:  # fmt: skip
    """A question drawn ``n`` times, under every reading or those named: how often it is met, not met, undetermined.

    In each draw every origin has one uniform number, and an item is sound where that lies below the probability of its
    level (the rule set's table, or ``probabilities``); so items of one origin fail together, the likelier only if the
    other does, and origins independently. What is not sound is as though it had never been there. The readings share
    the draws.

    ``positions`` draws the position on disputes, each dispute by itself: ``"uniform"``, of all of them, every position
    as likely as another; or weights by dispute and position, on the disputes named, the others being as the reading
    has them. ``regrade`` is the chance that an item stands a level away from its grade (a hedge counted): higher or
    lower alike, or at an end of the scale the one way there is; what cannot be judged stays so.

    The exact probability stands beside the estimate where neither positions nor grades are drawn and its diagram keeps
    within ``budget`` nodes. A simulation hides what is rare: a share of 1 is no proof that it is always so.

    The same case, ``n`` and ``seed`` give the same answer, in every byte. Raises InvalidInput with all that is wrong
    with what is asked, UnknownName for a reading, dispute or position that is not there, and as ``decide`` does.
    """
    _check(n, seed, regrade)
    named = case.rules.readings if readings is None else readings
    shares = _shares((*case.rules.disputes, *case.disputes), positions)
    table = probabilities or case.rules.tables.probabilities
    asked = {}
    for reading in named:
        opinion = decide(case, reading, ask)
        asked[opinion.reading.id] = _Asked(opinion, shares, regrade, table, budget)
    drawn = _drawn(asked, n, seed)
    return Simulation(
        case=case.name, question=next(iter(asked.values())).opinion.question, n=n, seed=seed, readings=drawn,
        probabilities=table, positions=shares, regrade=regrade,
    )  # fmt: skip


# ── What is wrong with what is asked ──────────────────────────────────────────────────────────────────────────────────


def _check(n: int, seed: int, regrade: float) -> None:
    wrong = []
    if n < 1:
        wrong.append(_problem("draws", f"{n} draws are none", "draw at least once"))
    if seed < 0:
        wrong.append(_problem("seed", f"{seed} is no seed", "a seed is a whole number from 0 up"))
    if not 0 <= regrade <= 1:
        wrong.append(_problem("chance", f"{regrade} is no chance of another grade", "a chance lies between 0 and 1"))
    if wrong:
        raise InvalidInput(wrong)


def _problem(kind: str, what: str, fix: str) -> Problem:
    return Problem(Place("the simulation"), kind, what, "", fix)


def _shares(disputes: Iterable[Dispute], positions: Literal["uniform"] | Weights | None) -> Weights:
    """The share of each position on each dispute that is drawn, in the order of the law."""
    by_id = {dispute.id: dispute for dispute in disputes}
    if positions is None:
        return {}
    if isinstance(positions, str):
        positions = {d.id: dict.fromkeys((p.id for p in d.positions), 1.0) for d in by_id.values()}
    wrong = []
    for name, weights in positions.items():
        if name not in by_id:
            raise UnknownName("dispute", name, by_id)
        for position in weights:
            by_id[name].position(position)
        if not all(math.isfinite(w) and w >= 0 for w in weights.values()) or not sum(weights.values()):
            what = f"the weights of the positions on {name} will not do"
            wrong.append(_problem("weights", what, "give numbers from 0 up, not all of them 0"))
    if wrong:
        raise InvalidInput(wrong)
    return {
        d.id: {p.id: w / sum(weights.values()) for p in d.positions if (w := weights.get(p.id, 0))}
        for d in by_id.values() if (weights := positions.get(d.id))
    }  # fmt: skip


# ── One reading ───────────────────────────────────────────────────────────────────────────────────────────────────────


class _Asked:
    """The question under one reading: its circuit, and what has to be drawn for it."""

    def __init__(self, opinion: Opinion, shares: Weights, regrade: float, table: Probabilities, budget: int) -> None:
        self.opinion, self.shares, self.regrade, self.table = opinion, shares, regrade, table
        self.case, self.reading = opinion.case, opinion.reading
        compiled = compile_question(
            self.case, self.reading, opinion.question, items=True, positions=bool(shares), grades=regrade > 0
        )
        compiled = compiled.without([s for s in alternatives(self.case, self.reading) if s.dispute not in shares])
        self.circuit: Circuit = compiled.circuit
        applications = compiled.tree.issue[opinion.question].applications
        self.elements = tuple(dict.fromkeys(p for a in applications for p in a.premises if NOBODY not in p.parties))
        self.roots = tuple(node for each in (opinion.question, *self.elements) for node in compiled.stands[each])
        self.exact = self._exact(compiled.question.met, budget)
        self.events = dict(self._events())

    def _exact(self, met: int, budget: int) -> tuple[float | None, str]:
        if self.shares or self.regrade:
            return None, "positions or grades are drawn"
        if not all(0 < p < 1 for p in (*self.table.levels.values(), self.table.unjudged)):
            return None, "a probability of the table is 0 or 1"
        try:
            return chance_of(self.case, self.reading, self.circuit, met, self.table, budget).probability, ""
        except TooLarge:
            return None, f"past {budget:,} nodes"

    def _events(self) -> Iterator[tuple[Hashable, Event]]:
        """The event of each variable."""
        for name in self.circuit.support(*self.roots):
            if isinstance(name, Stance):
                yield name, self._taken(name)
            elif isinstance(name, Regraded):
                yield name, self._steps(name.item)[name.by]
            elif isinstance(name, str):
                yield name, self._sound(name)

    def _taken(self, stance: Stance) -> Within:
        shares = self.shares[stance.dispute]
        below = 0.0
        for position, share in shares.items():
            if position == stance.position:
                break
            below += share
        last = stance.position == list(shares)[-1]
        return Within(("position", stance.dispute), below, 1.0 if last else below + shares.get(stance.position, 0.0))

    def _level(self, item: str) -> int | None:
        return graded_level(self.case, self.case.item[item], self.reading)

    def _steps(self, item: str) -> dict[int, Within]:
        """The event of each step from its grade that an item may take."""
        level = self._level(item)
        steps = sorted(beside(level)) if level is not None and self.regrade else []
        each = self.regrade / max(len(steps), 1)
        return {by: Within(("grade", item), number * each, (number + 1) * each) for number, by in enumerate(steps)}

    def _sound(self, item: str) -> Sound:
        origin, level = self.case.origin(self.case.item[item]), self._level(item)

        def at(level: int | None) -> Within:
            return Within(("origin", origin), 0.0, self.table.of(level))

        moved = ((step, at((level or 0) + by)) for by, step in self._steps(item).items())
        return Sound(at(level), tuple(moved))


# ── Drawing ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _drawn(asked: Mapping[str, _Asked], n: int, seed: int) -> dict[str, Drawn]:
    programs = {name: program(each.circuit, each.roots) for name, each in asked.items()}
    rooms = {name: each.room(-(-min(ROWS, n) // 64)) for name, each in programs.items()}
    draws = Draws(seed, (event for each in asked.values() for event in each.events.values()))
    totals = {name: [0] * len(each.roots) for name, each in asked.items()}
    for at in range(0, n, ROWS):
        rows = min(ROWS, n - at)
        drawn, there = draws.stretch(rows), every(rows)
        for name, each in asked.items():
            planes = programs[name].run(inputs(each.events, drawn), len(there), rooms[name])
            totals[name] = [had + count(plane & there) for had, plane in zip(totals[name], planes, strict=True)]
    return {name: _answer(each, totals[name], n) for name, each in asked.items()}


def _answer(asked: _Asked, totals: list[int], n: int) -> Drawn:
    pairs = zip(totals[::2], totals[1::2], strict=True)
    question, *elements = (Counts(met=met, not_met=no, undetermined=n - met - no) for met, no in pairs)
    opinion = asked.opinion
    exact, why = asked.exact
    return Drawn(
        reading=opinion.reading.id, label=opinion.label, verdict=opinion.verdict, counts=question,
        elements=dict(zip(map(str, asked.elements), elements, strict=True)), exact=exact, not_exact=why,
    )  # fmt: skip
