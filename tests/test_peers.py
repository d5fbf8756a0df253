"""Other engines, given the rules and the findings as a program translates them, come to the verdicts that we do."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import authority
from authority.vocabulary import NOBODY

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
PEERS = {
    "durable": "durable_rules_engine", "clingo": "clingo", "clingo_again": "clingo", "xclingo": "xclingo",
    "problog": "problog", "openfisca": "openfisca_core", "clips": "clips", "experta": "experta", "prolog": None,
}  # fmt: skip
"""Each peer, and what it cannot be without."""
CASES = ("iran-2020", "gul-2021", "al-adahi-2009-2010")
"""Rules with alternatives and waivers; exceptions that are conclusions; signs that are counted."""


@pytest.fixture(autouse=True)
def _peers(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))


def translated(case: authority.FactPattern) -> tuple[Any, list[authority.Opinion], list[Any]]:
    """The translation of a case's rules, its opinions, and their records."""
    from peers.translate import Translation  # pyright: ignore[reportMissingImports]

    translation = Translation(case.rules, case.kind_of)
    opinions = [authority.decide(case, reading=reading) for reading in case.rules.readings]
    return translation, opinions, [translation.record(opinion) for opinion in opinions]


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("peer", [pytest.param(p, marks=[pytest.mark.slow] if p != "durable" else []) for p in PEERS])
def test_a_peer_comes_to_our_verdicts_under_every_reading(peer: str, name: str, tmp_path: Path):
    """On the question and on everything it turns on: met, not met or undetermined, as with us."""
    library = PEERS[peer]
    if not (find_spec(library) if library else shutil.which("swipl")):
        pytest.skip(f"{library or 'swipl'} is not on this machine")
    translation, opinions, records = translated(authority.load_case(name))
    program = tmp_path / "program.pickle"
    program.write_bytes(pickle.dumps((translation.law, records)))
    command = [sys.executable, "-m", "peers", peer, str(program), "1", *(record.name for record in records)]
    found = subprocess.run(command, cwd=BENCHMARKS, check=True, capture_output=True).stdout
    for opinion, (answer, _) in zip(opinions, pickle.loads(found).values(), strict=True):
        ours = {translation.atom(d.proposition): str(d.verdict) for d in opinion.decided}
        assert answer.verdicts == ours, opinion.reading.id
        if peer == "prolog":  # whatever the verdict, it is explained: each conclusion with its own, the question first
            told = answer.explanation.splitlines()
            assert told[0] == f"{opinion.question}: {opinion.verdict}"
            if NOBODY not in opinion.explain():
                assert {f"{d.proposition}: {d.verdict}" for d in opinion.decided} <= {line.strip() for line in told}


def test_a_record_holds_no_verdict_of_ours(iran: authority.FactPattern):
    """What is found of a conclusion is for the peer to derive: only facts and the uses of rules are given."""
    translation, opinions, records = translated(iran)
    concluded = {translation.atom(d.proposition) for opinion in opinions for d in opinion.decided}
    assert not any(atom in concluded for record in records for atom, _ in record.findings)


def test_an_assumed_conclusion_is_not_translated():
    """No peer is told to take a conclusion as given, and a case that does is refused rather than put otherwise."""
    case = authority.load_case("parhat-2008")
    with pytest.raises(ValueError, match="assumes a conclusion"):
        translated(case)


def test_an_aim_that_is_missed_says_by_how_much():
    """A page that is read on another day says what was measured, not what was hoped."""
    from decisions import ONCE, TWICE, Took, _aims  # pyright: ignore[reportMissingImports]

    ours = {ONCE: Took(2.0, 100.0, "yes"), TWICE: Took(3.0, 100.0, "yes")}
    peers = {"clingo, fresh": Took(4.0, 50.0, ""), "OpenFisca": Took(1.0, 50.0, "")}
    raw = {"durable-rules, raw": Took(2.5, 40.0, "")}
    said = dict(_aims({**ours, **peers, **raw}))
    assert said["derived once, faster than clingo, fresh"] == "met"
    assert said["derived once, faster than OpenFisca"] == "missed: 2.0 × what it may take"
    assert said["derived twice, within 1.3 × of durable-rules, raw"] == "met"
    assert said["the whole process within 2 × of durable-rules, raw"] == "missed: 1.2 × what it may take"
