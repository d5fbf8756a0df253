"""depend(): every question of what a verdict depends on, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from authority.circuit import Circuit
from authority.compiling import compile_question, shown_at
from authority.dependence.answer import Changes, Dependence, Weight
from authority.dependence.building import build
from authority.dependence.diagram import TooLarge
from authority.dependence.minimal import changes_of
from authority.dependence.missing import missing
from authority.dependence.sets import singles, turning
from authority.dependence.singly import NODES, chance_of, fewest_lost, levels
from authority.errors import EngineError, MissingExtra
from authority.law import Probabilities
from authority.opinion import Opinion
from authority.vocabulary import natural

LISTED = 1_000
"""How many sets of a kind are listed, unless another number is asked for."""

Progress = Callable[[str], None]


def depend(
    opinion: Opinion, *, budget: int = NODES, listed: int = LISTED, refuted: bool = False,
    probabilities: Probabilities | None = None, progress: Progress = lambda step: None,
) -> Dependence:  # fmt: skip
    """What the opinion's verdict depends on.

    ``budget`` bounds the nodes of a decision diagram, ``listed`` how many sets of a kind are listed (the smallest; all
    are counted). ``refuted`` lets the missing facts include those that the record refutes. ``probabilities`` replaces
    the rule set's table. ``progress`` is told of each step as it begins. An interrupt ends the work, and what is done
    by then is returned, marked incomplete.
    """
    work = _Work(opinion, probabilities or opinion.case.rules.tables.probabilities, budget, listed, refuted)
    left = dict(work.steps)
    notes: list[str] = []
    try:
        for what, step in work.steps.items():
            progress(what)
            try:
                step()
            except TooLarge:
                notes.append(f"{what}: not computed, past {budget:,} nodes")
            except (MissingExtra, EngineError) as error:
                notes.append(f"{what}: not computed; {error}")
            del left[what]
    except KeyboardInterrupt:
        notes.append(f"interrupted; not computed: {', '.join(left)}")
    return work.dependence("; ".join([*work.notes, *notes]))


def turns(opinion: Opinion, *, budget: int = NODES, listed: int = LISTED) -> Changes:
    """The minimal changes of evidence and position that turn an opinion's outcome, without the rest of ``depend``."""
    case, reading = opinion.case, opinion.reading
    compiled = compile_question(case, reading, opinion.question, items=True, positions=True)
    return changes_of(turning(compiled), levels(case, reading), budget, listed)


def exact(number: float) -> float:
    """The number to twelve places, which is as many as rounding on the way leaves right; no negative nought."""
    return round(number, 12) + 0.0


class _Work:
    """The answers so far, and the steps to the rest."""

    def __init__(self, opinion: Opinion, probabilities: Probabilities, budget: int, listed: int, refuted: bool) -> None:
        self.opinion, self.probabilities = opinion, probabilities
        self.case, self.reading, self.question = opinion.case, opinion.reading, opinion.question
        self.budget, self.listed, self.refuted = budget, listed, refuted
        self.items = sorted(self.case.item, key=natural)
        self.first = levels(self.case, self.reading)
        compiled = compile_question(self.case, self.reading, self.question, items=True, positions=True)
        self.turn = turning(compiled)
        self.by_items = self.turn.narrowed(items=True, positions=False)
        # Over kept items, the positions as the reading has them: for what is true of every set of items alike.
        self.circuit: Circuit = compiled.circuit
        shut = {n: 0 for n in self.circuit.support(compiled.question.met) if not isinstance(n, str)}
        (self.met,) = self.circuit.put([compiled.question.met], shut)
        self.counting = set(self.circuit.support(self.met))
        self.answers: dict[str, Any] = {}
        self.notes: tuple[str, ...] = ()
        self.too_large = False
        self.weights: dict[str, dict[str, float]] = {}
        self.steps: dict[str, Callable[[], None]] = {
            "necessary items": self._alone, "sufficient sets and flip sets": self._sets, "margin": self._margin,
            "power": self._power, "probability": self._chance, "proof standards": self._standards,
            "missing": self._missing,
        }  # fmt: skip

    def dependence(self, notes: str) -> Dependence:
        weights = {item: Weight(**self.weights.get(item, {})) for item in self.items}
        return Dependence(
            case=self.case.name, reading=self.reading.id, label=self.opinion.label, question=self.question,
            verdict=self.opinion.verdict,
            power=weights, probabilities=self.probabilities, complete=notes or True, **self.answers,
        )  # fmt: skip

    def _alone(self) -> None:
        self.answers["necessary"] = singles(self.by_items)

    def _sets(self) -> None:
        found = changes_of(self.turn, self.first, self.budget, self.listed)
        self.notes, self.too_large = (*self.notes, *found.notes), found.by_solver
        assert found.sufficient and found.flips
        self.answers |= {
            "sufficient_sets": found.sufficient.sets, "sufficient_count": found.sufficient.count,
            "flip_sets": found.flips.sets, "flip_count": found.flips.count, "crux": found.cruxes or (),
            "mixed": found.mixed or (), "decides": found.decides,
        }  # fmt: skip
        if found.relevant is not None:
            idle = tuple(item for item in self.items if item not in found.relevant)
            self.answers |= {"relevant": found.relevant, "idle": idle}

    def _margin(self) -> None:
        found = fewest_lost(self.case, self.by_items, self.first, self.budget, self.listed, solve=self.too_large)
        if found.left_out:
            self._note(found.left_out)
        self.answers |= {"margin": found.number, "margin_origins": found.origins}

    def _note(self, text: str) -> None:
        self.notes = (*self.notes, text)

    def _worth_trying(self) -> None:
        """TooLarge where the flip sets already had no diagram: one that keeps more apart would be larger still."""
        if self.too_large:
            raise TooLarge(f"more than {self.budget:,} nodes")

    def _power(self) -> None:
        from authority.dependence.power import powers

        self._worth_trying()
        diagrams, top = build(self.circuit, self.met, self.first, self.budget)
        self.counting = set(diagrams.support(top))
        found = powers(diagrams, top)
        for item in self.items:
            shapley, banzhaf = found.get(item, (0.0, 0.0))
            self.weights.setdefault(item, {}).update(shapley=exact(shapley), banzhaf=exact(banzhaf))

    def _chance(self) -> None:
        found = chance_of(self.case, self.reading, self.circuit, self.met, self.probabilities, self.budget)
        self.answers["probability"] = exact(found.probability)
        for item in self.items:
            # An item that nothing turns on may share its origin with one that something does.
            slope = found.derivative.get(item, 0.0) if item in self.counting else 0.0
            self.weights.setdefault(item, {})["derivative"] = exact(slope)

    def _standards(self) -> None:
        """The outcome at each proof standard, weakest first, the rest of the reading as it is."""
        shown = shown_at(self.case, self.reading, self.question)
        other = [s.id for s in self.case.rules.tables.standards if (s.id in shown) != self.opinion.shown]
        self.answers |= {"shown_at": shown, "flip_standard": other[0] if other else None}

    def _missing(self) -> None:
        if self.opinion.shown:
            self.answers["missing_count"] = 0
            return
        found = missing(
            self.case, self.reading, self.question, refuted=self.refuted, budget=self.budget, listed=self.listed
        )
        self.answers |= {"missing": found.sets, "missing_count": found.count}
        if found.count > len(found.sets):
            self._note(f"missing: the {len(found.sets):,} smallest sets of {found.count:,}")
