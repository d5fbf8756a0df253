"""The order between readings: whether all that is shown under one is shown under another; and where it is not, the
smallest record on which they part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import combinations
from typing import Any

from authority.errors import EngineError
from authority.facts import FactPattern
from authority.law import Reading
from authority.opinion import decide
from authority.proving.opened import Opened
from authority.proving.records import Record, as_case, in_words, smallest_record
from authority.proving.solver import Solver
from authority.vocabulary import Model, Proposition


class Relation(StrEnum):
    """How one reading stands to another on a question."""

    EQUIVALENT = "equivalent"
    ENTAILS = "entails"
    ENTAILED = "is entailed by"
    NEITHER = "neither"


class Parting(Model):
    """A smallest record on which two readings part: the facts established, and the readings under which the question is
    shown and is not. ``case`` is that record, to be put to ``decide``."""

    shown: str
    not_shown: str
    case: FactPattern

    @property
    def facts(self) -> tuple[Proposition, ...]:
        """The facts that the record establishes."""
        return tuple(fact for item in self.case.evidence for fact in item.supports)

    def lines(self) -> Iterator[str]:
        """As text."""
        yield f"{self.case.asks}: shown under {self.shown} and not under {self.not_shown} where"
        yield from (f"  - {fact}" for fact in self.facts)
        if not self.facts:
            yield "  - nothing is established"

    def as_data(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "question": str(self.case.asks), "as_of": self.case.as_of, "shown": self.shown, "not_shown": self.not_shown,
            "facts": [str(fact) for fact in self.facts],
        }  # fmt: skip


class Order(Model):
    """How two readings stand to each other on a sentence that may be asked, and a smallest record for each direction in
    which neither holds; and whether they are equivalent only because no record shows it under either (``never``)."""

    sentence: str
    one: str
    other: str
    relation: Relation
    parts: tuple[Parting, ...]
    never: bool = False

    def as_data(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "question": self.sentence, "one": self.one, "other": self.other, "relation": str(self.relation),
            "never_shown": self.never, "parts": [each.as_data() for each in self.parts],
        }  # fmt: skip

    def lines(self) -> Iterator[str]:
        """As text."""
        yield {
            Relation.EQUIVALENT: f"{self.one} and {self.other} are equivalent"
            + (": no record shows it under either" if self.never else ""),
            Relation.NEITHER: f"neither of {self.one} and {self.other} entails the other",
            Relation.ENTAILS: f"{self.one} entails {self.other}, and not the other way",
            Relation.ENTAILED: f"{self.other} entails {self.one}, and not the other way",
        }[self.relation]
        yield from (f"  {line}" for part in self.parts for line in part.lines())


def orders(opened: Opened, solver: Solver) -> tuple[Order, ...]:
    """Every two readings on every sentence that may be asked and to which both speak on the day, in the order of the
    vocabulary and of the readings; proved over the universe of ``opened``.

    Proof standards and grades are set aside: a fact is established, or it is not. Each record is put to ``decide``, and
    an answer other than the one claimed is an EngineError.
    """
    ordering = _Ordering(opened, solver)
    sentences = dict.fromkeys(p.sentence for p in opened.universe.asked)
    return tuple(
        ordering.between(sentence, one, other)
        for sentence in sentences
        for one, other in combinations(opened.rules.readings, 2)
        if all(r.does_answer(sentence) and opened.rules.holds(r, opened.day) for r in (one, other))
    )


class _Ordering:
    def __init__(self, opened: Opened, solver: Solver) -> None:
        self.opened, self.solver = opened, solver
        # By reading and question, when it is met.
        self.met: Mapping[str, Mapping[Proposition, int]] = {r.id: opened.met(r) for r in opened.rules.readings}
        self._confirmed: set[tuple[str, Proposition, tuple[Proposition, ...]]] = set()

    def between(self, sentence: str, one: Reading, other: Reading) -> Order:
        over, under = self._parting(sentence, one, other), self._parting(sentence, other, one)
        relation = {
            (False, False): Relation.EQUIVALENT, (False, True): Relation.ENTAILS, (True, False): Relation.ENTAILED,
            (True, True): Relation.NEITHER,
        }[over is not None, under is not None]  # fmt: skip
        parts = tuple(each for each in (over, under) if each)
        never = relation is Relation.EQUIVALENT and not self._ever(sentence, one)
        return Order(sentence=sentence, one=one.id, other=other.id, relation=relation, parts=parts, never=never)

    def _ever(self, sentence: str, reading: Reading) -> bool:
        """Whether some record shows a question in this sentence under a reading."""
        met = (node for asked, node in self.met[reading.id].items() if asked.sentence == sentence)
        return any(self.solver.possible(node, self.opened.consistent) for node in met)

    def _parting(self, sentence: str, one: Reading, other: Reading) -> Parting | None:
        """The smallest record on which the question is shown under one reading and not under the other, or None."""
        circuit = self.opened.circuit
        found: list[tuple[int, int, list[str], Proposition, Record]] = []
        for number, asked in enumerate(self.opened.universe.asked):
            if asked.sentence == sentence:
                part = circuit.all((self.met[one.id][asked], circuit.no(self.met[other.id][asked])))
                record = smallest_record(self.opened, self.solver, part)
                if record is not None:
                    found.append((len(record), number, in_words(record), asked, record))
        if not found:
            return None
        *_, asked, record = min(found)
        parting = Parting(shown=one.id, not_shown=other.id, case=as_case(self.opened, (asked,), record))
        self._confirm(parting)
        return parting

    def _confirm(self, parting: Parting) -> None:
        """Raises EngineError unless ``decide`` answers under both readings as the proof claims."""
        for reading, claimed in ((parting.shown, True), (parting.not_shown, False)):
            key = (reading, parting.case.asks, parting.facts)
            if key not in self._confirmed and decide(parting.case, reading).shown != claimed:
                raise EngineError(f"the proof and the opinion disagree under {reading}: {'; '.join(parting.lines())}")
            self._confirmed.add(key)
