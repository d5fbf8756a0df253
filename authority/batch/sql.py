"""A kernel as a query: the text that lets a database decide the rows of a table where they are.

The text is the SQL that DuckDB, PostgreSQL (from 12) and SQLite (from 3.35) have in common. ``MATERIALIZED`` is in all
three, and no standard: without it PostgreSQL and SQLite would write each stage into the next, which doubles it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from authority.batch.columns import LEVELS, WORDS, Column, Kind
from authority.batch.facts import Ahead, Reaches
from authority.batch.kernel import Answer, Kernel
from authority.batch.planes import Input, Source
from authority.batch.staging import DEEP, Made, given, saying, staged

_JOIN = {"all": " AND ", "any": " OR "}
_INDENT = ",\n  "


class _Text(NamedTuple):
    """A term as text, and what joins its parts: nothing, where it needs no brackets."""

    op: str
    text: str

    def within(self, op: str) -> str:
        return self.text if self.op in ("", op) else f"({self.text})"


class _Sql:
    """Truth values in SQL. No column of a stage is ever NULL, so that AND, OR and NOT have two values."""

    def column(self, name: str) -> _Text:
        return _Text("", name)

    def constant(self, holds: bool) -> _Text:
        return _Text("", "TRUE" if holds else "FALSE")

    def join(self, op: str, one: _Text, other: _Text) -> _Text:
        return _Text(op, _JOIN[op].join((one.within(op), other.within(op))))

    def no(self, one: _Text) -> _Text:
        return _Text("not", f"NOT {one.within('')}")


def query(kernel: Kernel, table: str | Sequence[str], called: Mapping[str, str] | None = None) -> str:
    """The SELECT that answers each row of a table: the columns to keep, then those of the answer, named as by the
    kernel. The words of the answer are text; where the kernel would refuse a row's value, each of them is NULL.

    ``table`` is its name, or the parts of it ("law", "rows" for ``law.rows``), quoted here. ``called`` says what the
    columns are called in the database, where that is not as in the schema that the kernel was compiled for: PostgreSQL
    cuts a name after 63 bytes.
    """
    return "".join(_Query(kernel, (table,) if isinstance(table, str) else table, called or {}).written())


class _Query:
    def __init__(self, kernel: Kernel, table: Sequence[str], called: Mapping[str, str]) -> None:
        self.kernel, self.called = kernel, called
        self.table = ".".join(map(quoted, table))
        self.step = "step"
        while table[-1].casefold().startswith(self.step):  # a stage of the table's name would stand before it
            self.step += "_"
        self.names = [f"i{n}" for n in range(len(kernel.program.inputs))]
        self.kept = {name: f"k{n}" for n, name in enumerate(kernel.keep)}

    def written(self) -> Iterator[str]:
        made = staged(self.kernel.program, _Sql(), self.names)
        always = [*self.kept.values(), "sound"]
        yield f"WITH {self.step}0 AS MATERIALIZED (\nSELECT\n  {_INDENT.join(self._read(made.carried(0)))}"
        yield f"\nFROM {self.table} AS t\n)"
        there = set(self.names)
        for number, stage in enumerate(made.stages):
            later = made.carried(number + 1)
            columns = [*always, *sorted(there & later, key=_by_number), *map(_named, stage, stage.values())]
            yield f", {self.step}{number + 1} AS MATERIALIZED (\nSELECT\n  {_INDENT.join(columns)}"
            yield f"\nFROM {self.step}{number}\n)"
            there |= set(stage)
        kept = [f"{short} AS {quoted(name)}" for name, short in self.kept.items()]
        words = [f"{_words(a, made.outputs)} AS {quoted(a.name)}" for a in self.kernel.answers]
        yield f"\nSELECT\n  {_INDENT.join((*kept, *words))}\nFROM {self.step}{len(made.stages)};\n"

    def _read(self, wanted: frozenset[str]) -> Iterator[str]:
        """What the first stage takes from the table: the columns to keep, whether every value can be read, the
        inputs."""
        for name, short in self.kept.items():
            yield f"{self._column(name)} AS {short}"
        columns = [source.column for source in self.kernel.sources]
        sound = [f"COALESCE({self._column(c.name)} IN ({_values(c)}), TRUE)" for c in columns]
        parts = [" AND ".join(sound[at : at + DEEP]) for at in range(0, len(sound), DEEP)]
        yield f"{' AND '.join(f'({part})' for part in parts) or 'TRUE'} AS sound"
        inputs = given(self.kernel.sources, self.kernel.program.inputs)
        for name, (asked, source) in zip(self.names, inputs, strict=True):
            if name in wanted:
                yield f"{self._said(source, asked)} AS {name}"

    def _column(self, name: str) -> str:
        # With the table before it: SQLite reads a quoted name that no column has as a text.
        return f"t.{quoted(self.called.get(name, name))}"

    def _said(self, source: Source, asked: Input) -> str:
        value = self._column(source.column.name)
        if isinstance(asked, Ahead):
            ahead = f"CAST({value} AS INTEGER) - CAST({self._column(source.other)} AS INTEGER) >= {asked.by}"
            return f"COALESCE({ahead}, {value} IS NOT NULL)"
        if isinstance(asked, Reaches):
            return f"COALESCE({value} >= {asked.level}, FALSE)" if asked.level else f"{value} IS NOT NULL"
        by = saying(source.column, asked)
        if by is None:
            return "FALSE"
        if isinstance(by, str):
            return f"COALESCE({value} = {_literal(by)}, FALSE)"
        return f"COALESCE({value if by else f'NOT {value}'}, FALSE)"


def _words(answer: Answer, outputs: Sequence[Made[_Text]]) -> str:
    """A column of words from the bits of their numbers."""
    if not answer.words:
        return "CAST(NULL AS VARCHAR(1))"
    some = "" if answer.some is None else f" AND {outputs[answer.some].term.within('all')}"
    bits = [f"CASE WHEN {outputs[bit].term.text} THEN {1 << n} ELSE 0 END" for n, bit in enumerate(answer.bits)]
    whens = " ".join(f"WHEN {n} THEN {_literal(word)}" for n, word in enumerate(answer.words))
    return f"CASE WHEN sound{some} THEN CASE {' + '.join(bits) or '0'} {whens} END END"


def _values(column: Column) -> str:
    """The values that a column may have."""
    if column.kind is Kind.LEVELS:
        return ", ".join(map(str, LEVELS))
    return ", ".join(map(_literal, WORDS)) if column.kind is Kind.WORDS else "TRUE, FALSE"


def _named(name: str, made: Made[_Text]) -> str:
    return f"{made.term.text} AS {name}"


def _by_number(name: str) -> tuple[str, int]:
    return name[0], int(name[1:])


def quoted(name: str) -> str:
    """A name as SQL writes one that may hold anything."""
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
