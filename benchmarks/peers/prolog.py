"""SWI-Prolog: a meta-interpreter over the rules, which proves and explains in three values, what is not met too."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from peers.program import Answer, Asked, Atom, Law, Record, term

INTERPRETER = Path(__file__).with_name("interpreter.pl")


def command(file: Path, name: str, runs: int) -> list[str]:
    """How SWI-Prolog is asked of a record of a program; ImportError where it is not on this machine."""
    swipl = shutil.which("swipl")
    if swipl is None:
        raise ImportError("swipl is not on this machine")
    return [swipl, "-O", "-g", f"report({quoted(name)},{runs})", "-t", "halt", str(file)]


class Interpreter(NamedTuple):
    """The whole program, asked of a record in a process of its own."""

    program: str

    def __call__(self, record: Record) -> Answer:
        return timed(self, record, 0)[0]


def prepare(law: Law, records: Sequence[Record]) -> Interpreter:
    """Decides by a proof of the question, and tells it."""
    return Interpreter(program(law, records))


def timed(decide: Interpreter, record: Record, runs: int) -> tuple[Answer, list[float]]:
    """What it answers, and the seconds of some decisions by the clock of its own process: the record asserted, the
    question proved, its proof written out, the record retracted."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "program.pl"
        file.write_text(decide.program, encoding="utf-8")
        told = subprocess.run(command(file, record.name, runs), check=True, capture_output=True, text=True).stdout
    head, _, explanation = told.partition("\n")
    verdicts, seconds = json.loads(head)
    return Answer(dict(zip(record.asked, verdicts, strict=True)), explanation), seconds


def program(law: Law, records: Sequence[Record]) -> str:
    """The interpreter, the rules and the records as one program."""
    return "\n".join([INTERPRETER.read_text("utf-8"), *_lines(law, records), ""])


def _lines(law: Law, records: Sequence[Record]) -> Iterator[str]:
    for rule in law.rules:
        kind = f"at_least({rule.count})" if rule.body == "at_least" else rule.body
        asks, unless = _list(rule.premises), _list(rule.unless)
        yield f"rule({term(rule.head)},{quoted(rule.id)},{kind},{term(rule.use)},{asks},{unless})."
    for predicate in sorted({rule.head.predicate for rule in law.rules}):
        arity = next(len(rule.head.args) for rule in law.rules if rule.head.predicate == predicate)
        yield f"concluded({term(Atom(predicate, ('_',) * arity))})."
    for predicate, parts in law.sentences.items():
        yield f"says({predicate},[{','.join(map(quoted, parts))}])."
    for constant, name in law.names.items():
        yield f"called({constant},{quoted(name)})."
    for record in records:
        found = ",".join(f"{term(atom)}-{quoted(verdict)}" for atom, verdict in record.findings)
        yield f"given({quoted(record.name)},[{found}])."
        yield f"asked({quoted(record.name)},[{','.join(map(term, record.asked))}])."


def _list(asked: Sequence[Asked]) -> str:
    return f"[{','.join(f'{term(each.guard)}-{term(each.atom)}' for each in asked)}]"


def quoted(text: str) -> str:
    """A text as an atom of Prolog."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
