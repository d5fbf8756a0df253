"""One decision with its explanation, ours beside other engines': a section of docs/performance.md.

    pip install -e '.[bench]' && python benchmarks/decisions.py --table docs/performance.md

Every peer is given the same rules and findings, translated by ``peers/translate.py``, in a process of its own. An
AssertionError where it comes to another verdict than ours on any proposition under any reading.
"""

from __future__ import annotations

import argparse
import compileall
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import page
from peers.program import Answer, Record
from peers.translate import Translation

import authority
from authority import engine
from authority.deriving import derive
from authority.facts import FactPattern
from authority.issues import Application, Issue, IssueTree
from authority.opinion import Opinion

HEADING = "## One decision"
CASE = "iran-2020"
HERE = Path(__file__).parent
ONCE, TWICE, RAW = "ours, derived once", "ours, derived twice", "durable-rules, raw"
NEW, FOLLOWS = "ours, derived once, on a new record", "ours, what follows alone"
AHEAD = ("clingo, fresh", "OpenFisca", "ProbLog", "experta", "xclingo")
"""What the derivation made twice should be faster than."""
COLD = "import authority; print(authority.decide(authority.load_case({case!r}), reading={reading!r}).explain())"
WITHOUT = "import sys; sys.modules['durable_rules_engine'] = None; "
"""Said before anything is imported, it is as though durable-rules were not installed."""

INTRODUCTION = """\
`decide` with `explain`, on `{case}` under its {readings} readings, and the same question put to other engines. *ms* is
one decision in a running process, the least of {runs} runs (of what is slow, as many as two seconds hold), the mean
of the readings; *÷ once* and *÷ twice*, how many times as long as ours; *process*, one reading from the start of a
process to its end, the least of 3.

A peer is given the rules as a program of its own before the clock starts. Its decision is to take in the findings and
the parties to whom each rule is put, to come to a verdict on every proposition, met, not met or undetermined, and to
explain it where it can. Every verdict of every peer is ours, or there is no table. Ours spots to whom each rule is put;
how a record was weighed it keeps for the next reading of it. *On a new record* nothing is kept, and the evidence is
weighed and digested too. *What follows alone* is what a peer is asked: the derivation, made once from the findings, and
its telling. As a process, ours reads YAML.

SWI-Prolog's times are by its own clock, without the handing over of the text. clingo's multi-shot control is grounded
over the facts of every reading. xclingo traces nothing of what is not met. OpenFisca has no rules with blanks and is
given each proposition as a variable. durable-rules is called through its C module, with one ruleset for the whole law,
and what an exception could defeat waits outside it. s(CASP) is in no registry. Made again by
`pip install -e '.[bench]' && python benchmarks/decisions.py --table docs/performance.md`."""


class Peer(NamedTuple):
    """Another engine: its module in ``peers/``, its name, and what it explains."""

    module: str
    name: str
    explains: str


PEERS = (
    Peer("prolog", "SWI-Prolog, a meta-interpreter", "yes"),
    Peer("clingo", "clingo, fresh", "no explanation"),
    Peer("clingo_again", "clingo, multi-shot", "no explanation"),
    Peer("xclingo", "xclingo", "what is met"),
    Peer("problog", "ProbLog", "no explanation"),
    Peer("openfisca", "OpenFisca", "a log of values"),
    Peer("clips", "CLIPS (clipspy)", "no explanation"),
    Peer("experta", "experta", "no explanation"),
    Peer("durable", RAW, "no explanation"),
)


class Took(NamedTuple):
    """What a row says: the milliseconds of a decision, warm and as a whole process, where it was taken, and what is
    explained."""

    warm: float | None
    cold: float | None
    explains: str


class Decisions:
    """The case under each reading, as we decide it and as the peers are given it."""

    def __init__(self, case: FactPattern, runs: int, folder: Path) -> None:
        if not engine.available():
            raise SystemExit("durable-rules is not installed, so there is nothing to derive twice with")
        self.case, self.runs, self.folder = case, runs, folder
        self.opinions = [authority.decide(case, reading=reading) for reading in case.rules.readings]
        self.trees = {opinion.reading.id: _tree(opinion) for opinion in self.opinions}
        self.translation = Translation(case.rules, case.kind_of)
        self.records = [self.translation.record(opinion) for opinion in self.opinions]
        self.program = folder / "program.pickle"
        self.program.write_bytes(pickle.dumps((self.translation.law, self.records)))
        # A process of ours or of a peer's finds its modules compiled, as it would where they are installed.
        for package in (Path(authority.__file__).parent, HERE / "peers"):
            compileall.compile_dir(package, quiet=1)

    def ours(self) -> Iterator[tuple[str, Took]]:
        """Our rows: the whole of decide() and explain(), once and twice, and what follows from findings by itself."""
        durable = engine._durable
        asked = self.opinions[0].reading.id
        command = COLD.format(case=self.case.name, reading=asked)
        for name, library, before in ((ONCE, None, WITHOUT), (TWICE, durable, "")):
            engine._durable = library
            warm = self._least(lambda o: authority.decide(self.case, reading=o.reading).explain())
            yield name, Took(warm, self._process([sys.executable, "-c", before + command]), "yes")
        engine._durable = None
        anew = self._least(lambda o: authority.decide(self.case.but(), reading=o.reading).explain())
        yield NEW, Took(anew, None, "yes")
        yield FOLLOWS, Took(self._least(self._follows), None, "yes")
        engine._durable = durable

    def _follows(self, opinion: Opinion) -> str:
        decided, _ = derive(self.case, self.trees[opinion.reading.id], opinion.findings)
        return opinion.but(decided=decided).explain()

    def peer(self, peer: Peer) -> Took:
        """A peer's row. Raises AssertionError where it does not answer as we do."""
        names = [record.name for record in self.records]
        found = subprocess.run(self._command(peer, self.runs, names), cwd=HERE, capture_output=True, check=False)
        if found.returncode:
            said = found.stderr.decode().strip().rpartition("\n")[2]
            if said.startswith(("ModuleNotFoundError", "ImportError")):
                return Took(None, None, "not on this machine")
            raise AssertionError(f"{peer.name}: {said}")
        answers: Mapping[str, tuple[Answer, list[float]]] = pickle.loads(found.stdout)
        for opinion, record in zip(self.opinions, self.records, strict=True):
            self._agree(peer, opinion, record, answers[record.name][0])
        warm = sum(min(seconds) for _, seconds in answers.values()) / len(answers) * 1000
        return Took(warm, self._process(self._cold(peer)), peer.explains)

    def _agree(self, peer: Peer, opinion: Opinion, record: Record, answer: Answer) -> None:
        ours = {self.translation.atom(d.proposition): str(d.verdict) for d in opinion.decided}
        told = answer.verdicts
        differ = [f"{atom}: {told[atom]}, ours {ours[atom]}" for atom in ours if told[atom] != ours[atom]]
        assert not differ, f"{peer.name} under {record.name}: {'; '.join(differ)}"

    def _command(self, peer: Peer, runs: int, readings: Sequence[str]) -> list[str]:
        return [sys.executable, "-m", "peers", peer.module, str(self.program), str(runs), *readings]

    def _cold(self, peer: Peer) -> list[str]:
        """The first reading decided in a process of the peer's own: SWI-Prolog is no library of Python's."""
        name = self.records[0].name
        if peer.module != "prolog":
            return self._command(peer, 0, [name])
        from peers import prolog

        file = self.folder / "program.pl"
        file.write_text(prolog.program(self.translation.law, self.records), encoding="utf-8")
        return prolog.command(file, name, 0)

    def _process(self, command: list[str]) -> float:
        return min(_clocked(lambda: subprocess.run(command, cwd=HERE, check=True, capture_output=True), 3))

    def _least(self, work: Callable[[Opinion], object]) -> float:
        """The mean over the readings of the least milliseconds."""
        return sum(min(_clocked(lambda o=o: work(o), self.runs)) for o in self.opinions) / len(self.opinions)


def _tree(opinion: Opinion) -> IssueTree:
    """What an opinion was derived from, as it was spotted."""
    issues = tuple(
        Issue(
            proposition=decided.proposition,
            applications=tuple(
                Application(rule=a.rule, parties=a.parties, premises=a.premises, exceptions=a.exceptions)
                for a in decided.applications
            ),
        )
        for decided in opinion.decided
    )
    return IssueTree(question=opinion.question, issues=issues, facts=tuple(opinion.finding))


def _clocked(work: Callable[[], object], runs: int) -> Iterator[float]:
    for _ in range(runs):
        begun = perf_counter()
        work()
        yield (perf_counter() - begun) * 1000


def section(case: FactPattern, runs: int, peers: Sequence[Peer] = PEERS) -> Iterator[str]:
    """The lines of the section."""
    with tempfile.TemporaryDirectory() as folder:
        decisions = Decisions(case, runs, Path(folder))
        took = {**dict(decisions.ours()), **{peer.name: decisions.peer(peer) for peer in peers}}
    said = INTRODUCTION.format(case=case.name, readings=len(decisions.opinions), runs=runs)
    yield from (HEADING, "", *said.splitlines(), "")
    yield "| program | ms | ÷ once | ÷ twice | explains | process, ms |"
    yield "| --- | --: | --: | --: | --- | --: |"
    once, twice = took[ONCE].warm or 0, took[TWICE].warm or 0
    for name, row in took.items():
        warm, cold = ("" if ms is None else f"{ms:,.{digits}f}" for ms, digits in ((row.warm, 2), (row.cold, 0)))
        ratios = ["", ""] if row.warm is None else [f"{row.warm / ours:,.2f}" for ours in (once, twice)]
        yield f"| {' | '.join([name, warm, *ratios, row.explains, cold])} |"
    yield from ("", "| aim | |", "| --- | --- |", *(f"| {aim} | {held} |" for aim, held in _aims(took)))


def _aims(took: Mapping[str, Took]) -> Iterator[tuple[str, str]]:
    """What is aimed at, and whether it is met or by how much it is missed."""
    once, twice = took[ONCE], took[TWICE]
    for name, peer in took.items():
        if peer.warm and not name.startswith("ours"):
            yield f"derived once, faster than {name}", _within(once.warm, peer.warm)
    explain = [row for name, row in took.items() if row.warm and row.explains == "yes" and not name.startswith("ours")]
    if explain and FOLLOWS in took:
        fastest = min(row.warm or 0 for row in explain)
        yield "what follows alone, faster than whatever explains as much", _within(took[FOLLOWS].warm, fastest)
    for name in AHEAD:
        if name in took and took[name].warm:
            yield f"derived twice, faster than {name}", _within(twice.warm, took[name].warm)
    raw = took.get(RAW)
    if raw and raw.warm and raw.cold:
        yield f"derived twice, within 1.3 × of {RAW}", _within(twice.warm, 1.3 * raw.warm)
        yield f"the whole process within 2 × of {RAW}", _within(twice.cold, 2 * raw.cold)


def _within(ours: float | None, most: float | None) -> str:
    ratio = (ours or 0) / (most or 1)
    return "met" if ratio <= 1 else f"missed: {ratio:,.1f} × what it may take"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--case", default=CASE)
    parser.add_argument("--peers", help="the modules of some peers, with commas between; every one by default")
    parser.add_argument("--table", type=Path, help="the page to write the section into")
    asked = parser.parse_args()
    chosen = [p for p in PEERS if not asked.peers or p.module in asked.peers.split(",")]
    page.write(asked.table, HEADING, section(authority.load_case(asked.case), asked.runs, chosen))
