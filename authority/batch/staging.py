"""A kernel written in another language: its program as stages of columns, for whoever can join truth values.

What stands in more than one place is worked out once, in a column of its own, and each stage reads the columns of those
before it: written out in full, a circuit would be a tree that doubles with every layer.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

from authority.batch.columns import TURNED, Column, Kind
from authority.batch.facts import Says
from authority.batch.planes import Input, Source
from authority.batch.program import Program
from authority.errors import EngineError
from authority.weighing import Status

T = TypeVar("T")

SMALL = 4
"""How many columns a term may join and still be written wherever it stands."""
DEEP = 64
"""How many joins may lie within each other in a term: databases refuse what is much deeper."""


class Language(Protocol[T]):
    """What it takes to write a program: terms that are true or false in each row, never neither."""

    def column(self, name: str) -> T:
        """The value of a column of an earlier stage."""
        ...

    def constant(self, holds: bool) -> T:
        """The same in every row."""
        ...

    def join(self, op: str, one: T, other: T) -> T:
        """``all`` of two terms, or ``any``."""
        ...

    def no(self, one: T) -> T:
        """True where the term is not."""
        ...


class Made(NamedTuple, Generic[T]):
    """A term: as it is written, the columns that it reads, the stage at which all of them are there, how deep its joins
    lie, and how many columns stand in it."""

    term: T
    reads: frozenset[str]
    stage: int
    depth: int
    size: int


class Staged(NamedTuple, Generic[T]):
    """The columns that each stage adds to those of the inputs, by name, and the outputs, which read the last."""

    stages: tuple[dict[str, Made[T]], ...]
    outputs: tuple[Made[T], ...]

    def carried(self, stage: int) -> frozenset[str]:
        """The columns that are read by a stage or after it."""
        later = (made for each in self.stages[stage:] for made in each.values())
        return frozenset().union(*(made.reads for made in (*later, *self.outputs)))


def staged(
    program: Program, language: Language[T], names: Sequence[str], widest: int | None = None
) -> Staged[T]:
    """The program, its inputs the columns ``names``. With ``widest`` there are no stages: each output is one term, and
    EngineError says so where more columns than that would stand in one."""
    return _Stager(program, language, names, widest).staged()


class _Stager(Generic[T]):
    def __init__(self, program: Program, language: Language[T], names: Sequence[str], widest: int | None) -> None:
        self.program, self.language, self.widest = program, language, widest
        self.inputs = [self._column(name, 0) for name in names]
        self.stages: list[dict[str, Made[T]]] = []

    def staged(self) -> Staged[T]:
        read = _uses(self.program)
        slots: dict[int, Made[T]] = {}
        for number, (op, into, one, other) in enumerate(self.program.steps):
            first = self._plane(slots, one)
            made = self._denied(first) if op == "not" else self._joined(op, first, self._plane(slots, other))
            slots[into] = self._placed(f"n{number}", made) if self._apart(made, read[number]) else made
        outputs = [self._output(slots, each) for each in self.program.outputs]
        return Staged(tuple(self.stages), tuple(outputs))

    def _apart(self, made: Made[T], uses: int) -> bool:
        """Whether a term is to have a column of its own."""
        return self.widest is None and ((uses > 1 and made.size > SMALL) or made.depth > DEEP)

    def _placed(self, name: str, made: Made[T]) -> Made[T]:
        self.stages += [{} for _ in range(made.stage + 1 - len(self.stages))]
        self.stages[made.stage][name] = made
        return self._column(name, made.stage + 1)

    def _column(self, name: str, stage: int) -> Made[T]:
        return Made(self.language.column(name), frozenset((name,)), stage, 0, 1)

    def _plane(self, slots: dict[int, Made[T]], plane: int) -> Made[T]:
        return slots[plane] if plane >= 0 else self.inputs[-1 - plane]

    def _output(self, slots: dict[int, Made[T]], output: int | bool | None) -> Made[T]:
        if output is None or output is True:
            return Made(self.language.constant(bool(output)), frozenset(), 0, 0, 1)
        return self._plane(slots, output)

    def _joined(self, op: str, one: Made[T], other: Made[T]) -> Made[T]:
        size = one.size + other.size
        if self.widest is not None and size > self.widest:
            raise EngineError(f"more than {self.widest:,} columns would stand in one term; it needs stages")
        return Made(
            self.language.join(op, one.term, other.term), one.reads | other.reads, max(one.stage, other.stage),
            1 + max(one.depth, other.depth), size,
        )  # fmt: skip

    def _denied(self, one: Made[T]) -> Made[T]:
        return one._replace(term=self.language.no(one.term), depth=one.depth + 1)


def _uses(program: Program) -> list[int]:
    """How often what each step makes is read."""
    uses, made = [0] * len(program.steps), dict[int, int]()
    for number, (op, into, one, other) in enumerate(program.steps):
        for plane in (one,) if op == "not" else (one, other):
            if plane >= 0:
                uses[made[plane]] += 1
        made[into] = number
    for output in program.outputs:
        if output is not None and output is not True and output >= 0:
            uses[made[output]] += 1
    return uses


def given(sources: Iterable[Source], inputs: Iterable[Hashable]) -> Iterator[tuple[Input, Source]]:
    """Each input of a program, in their order, with the source that gives it."""
    found: dict[Hashable, tuple[Input, Source]] = {}
    for source in sources:
        found.update((each, (each, source)) for each in (*source.reaches, *source.ahead, *source.says))
    return (found[each] for each in inputs)


def saying(column: Column, asked: Says) -> bool | str | None:
    """The value by which a column of findings or truth values says so; None where no value does."""
    if column.kind is Kind.FOUND_NONE:
        return True
    status = TURNED[asked.status] if column.denied else asked.status
    if column.kind is Kind.WORDS:
        return str(status)
    return None if status is Status.UNRESOLVED else status is Status.ESTABLISHED
