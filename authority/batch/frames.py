"""A kernel as Polars expressions, which Polars plans, spreads over its threads and streams as any of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from authority.batch.asking import Batch
from authority.batch.columns import LEVELS, WORDS, Column, Kind
from authority.batch.facts import Ahead, Reaches
from authority.batch.kernel import Answer, Kernel
from authority.batch.planes import Input, Source
from authority.batch.staging import Made, given, saying, staged
from authority.errors import MissingExtra

if TYPE_CHECKING:
    from polars import DataFrame, Expr, LazyFrame

WIDEST = 5_000
"""How many columns may stand in one expression: Polars plans each of them, and wider ones take it seconds."""


def answered(batch: Batch, frame: DataFrame | LazyFrame) -> LazyFrame:
    """The frame with the columns of the answer behind its own, not yet worked out: to be filtered, grouped, collected
    or streamed into a file as any other. What stands in several places is worked out once.

    The words of the answer are an Enum; where the kernel would refuse a row's value, each of them is null. Raises
    InvalidInput for a column that says nothing of a fact and is not in the batch's ``keep``, MissingExtra without
    Polars.
    """
    polars, lazy = _polars(), frame.lazy()
    schema = lazy.collect_schema()
    kernel = batch.kernel(polars.DataFrame(schema=schema).to_arrow().schema, "frame")
    own = "authority "
    while any(name.startswith(own) for name in schema):
        own += " "
    inputs = _inputs(polars, kernel)
    made = staged(kernel.program, _Polars(polars, {}, own), list(inputs))
    sound = _sound(polars, kernel).alias(f"{own}sound")
    lazy = lazy.with_columns(sound, *(term.alias(own + name) for name, term in inputs.items()))
    for stage in made.stages:
        lazy = lazy.with_columns([each.term.alias(own + name) for name, each in stage.items()])
    words = [_words(polars, a, polars.col(f"{own}sound"), made.outputs) for a in kernel.answers]
    return lazy.with_columns(words).select([*schema, *(a.name for a in kernel.answers)])


def expressions(kernel: Kernel) -> dict[str, Expr]:
    """Each column of the answer, by name, as one expression over the columns of the table, for ``with_columns``.

    What stands in several places stands there written out, so this is for verdicts, and for causes under few rules:
    EngineError says where more than 5,000 columns would stand in one expression. ``answered`` has no such limit.
    MissingExtra without Polars.
    """
    polars = _polars()
    inputs = _inputs(polars, kernel)
    made = staged(kernel.program, _Polars(polars, inputs, ""), list(inputs), WIDEST)
    return {a.name: _words(polars, a, _sound(polars, kernel), made.outputs) for a in kernel.answers}


def _polars() -> Any:
    try:
        import polars
    except ModuleNotFoundError as missing:
        raise MissingExtra("deciding Polars frames", "polars") from missing
    return polars


class _Polars:
    """Truth values in Polars, of columns that are never null; ``inputs`` are written where they are read."""

    def __init__(self, polars: Any, inputs: Mapping[str, Expr], own: str) -> None:
        self.polars, self.inputs, self.own = polars, inputs, own

    def column(self, name: str) -> Expr:
        return self.inputs[name] if name in self.inputs else self.polars.col(self.own + name)

    def constant(self, holds: bool) -> Expr:
        return self.polars.lit(holds)

    def join(self, op: str, one: Expr, other: Expr) -> Expr:
        return one & other if op == "all" else one | other

    def no(self, one: Expr) -> Expr:
        return ~one


def _inputs(polars: Any, kernel: Kernel) -> dict[str, Expr]:
    """The inputs of the program, by names of their own."""
    found = given(kernel.sources, kernel.program.inputs)
    return {f"i{number}": _said(polars, source, asked) for number, (asked, source) in enumerate(found)}


def _said(polars: Any, source: Source, asked: Input) -> Expr:
    value = _value(polars, source.column)
    if isinstance(asked, Ahead):  # whose difference may be less than nothing
        mine, theirs = (each.cast(polars.Int32, strict=False) for each in (value, polars.col(source.other)))
        return (mine - theirs >= asked.by).fill_null(value.is_not_null())
    if isinstance(asked, Reaches):
        return (value >= asked.level).fill_null(False) if asked.level else value.is_not_null()
    by = saying(source.column, asked)
    if by is None:
        return polars.lit(False)
    return ((value == by) if isinstance(by, str) else value if by else ~value).fill_null(False)


def _value(polars: Any, column: Column) -> Expr:
    """The values of a column; words as text, since an Enum cannot be held against a word that it lacks."""
    value = polars.col(column.name)
    return value.cast(polars.String) if column.kind is Kind.WORDS else value


def _sound(polars: Any, kernel: Kernel) -> Expr:
    """Whether every value of a row can be read; truth values always can."""
    each = [polars.lit(True)]
    for column in (source.column for source in kernel.sources):
        value = _value(polars, column)
        if column.kind is Kind.LEVELS:
            each.append(value.is_between(LEVELS[0], LEVELS[-1]).fill_null(True))
        elif column.kind is Kind.WORDS:
            each.append(value.is_in(WORDS).fill_null(True))
    return polars.all_horizontal(each)


def _words(polars: Any, answer: Answer, sound: Expr, outputs: Sequence[Made[Expr]]) -> Expr:
    """A column of words from the bits of their numbers."""
    kind = polars.Enum(answer.words)
    if not answer.words:
        return polars.lit(None, dtype=kind).alias(answer.name)
    some = sound if answer.some is None else sound & outputs[answer.some].term
    code = polars.lit(0, dtype=polars.UInt8)
    for number, bit in enumerate(answer.bits):
        code = code + outputs[bit].term.cast(polars.UInt8) * (1 << number)
    numbers = range(len(answer.words))
    words = code.replace_strict(list(numbers), answer.words, default=None, return_dtype=kind)
    return polars.when(some).then(words).alias(answer.name)
