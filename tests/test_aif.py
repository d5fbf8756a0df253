"""An opinion as arguments: another program reads it, and what it says holds just where the opinion finds it shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import arguebuf
import pytest
from hypothesis import given

import authority
from authority.exchange import aif_json
from authority.facts import FactPattern
from authority.loading import load_cases
from authority.opinion import Opinion
from tests import generate
from tests.conftest import SAID

CASES = Path(__file__).parent / "cases"
KINDS = {"RA": arguebuf.Support, "CA": arguebuf.Attack, "PA": arguebuf.Preference}


def opinions() -> Iterator[Opinion]:
    """Every bundled case under its first reading and its last."""
    for case in load_cases():
        yield authority.decide(case)
        yield authority.decide(case, case.rules.readings[-1])


def read(written: dict[str, Any]) -> arguebuf.Graph:
    """What the package ``arguebuf`` reads in what is written."""
    return arguebuf.load.aif(json.loads(json.dumps(written)))


def holding(written: dict[str, Any]) -> Callable[[str], bool]:
    """Whether a node holds, by the sentence in the head of aif.py alone: nothing of the library is asked."""
    kind = {n["nodeID"]: n["type"] for n in written["nodes"]}
    into: dict[str, list[str]] = {name: [] for name in kind}
    for edge in written["edges"]:
        into[edge["toID"]].append(edge["fromID"])

    def those(name: str, which: str) -> list[str]:
        return [each for each in into[name] if kind[each] == which]

    @cache
    def holds(name: str) -> bool:
        outdone = {a for a in those(name, "CA") for p in those(a, "PA") if any(map(holds, into[p]))}
        if any(holds(attack) for attack in those(name, "CA") if attack not in outdone):
            return False
        if kind[name] != "I":
            return all(map(holds, those(name, "I")))
        return not into[name] or any(map(holds, those(name, "RA")))

    return holds


def is_what_the_opinion_says(opinion: Opinion) -> None:
    """Every conclusion and every fact among the claims holds where it is shown, and nowhere else."""
    written = aif_json(opinion)
    holds = holding(written)
    claims = {str(p): p for p in (*opinion.conclusion, *opinion.finding)}
    told = {n["text"]: holds(n["nodeID"]) for n in written["nodes"] if n["type"] == "I" and n["text"] in claims}
    assert str(opinion.question) in told
    assert told == {text: opinion.on(claims[text]).shown for text in told}


@pytest.mark.slow
def test_the_arguments_come_out_as_the_opinion_does_for_every_case_under_every_reading() -> None:
    """Support, attack and preference suffice to tell what is shown of what is not, exceptions and undercutting among
    them."""
    for case in load_cases():
        for reading in case.rules.readings:
            is_what_the_opinion_says(authority.decide(case, reading))


@given(generate.cases())
def test_the_arguments_come_out_as_the_opinion_does_whatever_the_record(case: FactPattern) -> None:
    for reading in case.rules.readings:
        is_what_the_opinion_says(authority.decide(case, reading))


def test_another_program_reads_every_node_and_edge() -> None:
    """Counts, kinds, words and ends are those that were written."""
    for opinion in opinions():
        written = aif_json(opinion)
        graph = read(written)
        assert len(graph.nodes) == len(written["nodes"]) and len(graph.edges) == len(written["edges"])
        assert {n.id: n.plain_text for n in graph.atom_nodes.values()} == {
            n["nodeID"]: n["text"] for n in written["nodes"] if n["type"] == "I"
        }
        assert {n.id: type(n.scheme) for n in graph.scheme_nodes.values()} == {
            n["nodeID"]: KINDS[n["type"]] for n in written["nodes"] if n["type"] != "I"
        }
        assert {e.id: (e.source.id, e.target.id) for e in graph.edges.values()} == {
            e["edgeID"]: (e["fromID"], e["toID"]) for e in written["edges"]
        }


def test_what_another_program_writes_of_it_reads_as_the_same() -> None:
    """Once round by way of arguebuf: the same nodes, and the same edges between them."""
    written = aif_json(authority.decide(authority.load_case("parhat-2008")))
    again = arguebuf.dump.aif(read(written))
    assert {(n["nodeID"], n["type"]) for n in again["nodes"]} == {(n["nodeID"], n["type"]) for n in written["nodes"]}
    assert sorted(again["edges"], key=lambda e: int(e["edgeID"])) == written["edges"]


def test_every_step_leads_from_information_to_a_claim_or_a_step() -> None:
    """No two nodes of information stand side by side, every step leads somewhere, and nothing is argued in a circle."""
    for opinion in opinions():
        written = aif_json(opinion)
        kind = {n["nodeID"]: n["type"] for n in written["nodes"]}
        ends = {(kind[e["fromID"]], kind[e["toID"]]) for e in written["edges"]}
        assert ("I", "I") not in ends
        assert {n for n, each in kind.items() if each != "I"} == {
            e["fromID"] for e in written["edges"] if kind[e["fromID"]] != "I"
        }
        holding(written)(written["nodes"][0]["nodeID"])  # a circle would not end
        assert written["nodes"][0]["text"] == str(opinion.question)


def test_a_rule_is_told_with_the_words_it_encodes_and_their_citation(iran: FactPattern) -> None:
    written = aif_json(authority.decide(iran, "statutory-text"))
    texts = [n["text"] for n in written["nodes"] if n["type"] == "I"]
    (told,) = (t for t in texts if "“or harbored such organizations or persons”" in t and "as of" not in t)
    assert "Pub. L. No. 107-40, 115 Stat. 224 (2001)" in told and "§ 2(a)" in told


def test_an_exception_attacks_the_step_and_undercutting_the_step_from_its_target() -> None:
    """Neither is an attack on the claim itself: another step may yet carry it."""
    seen = set()
    for opinion in opinions():
        written = aif_json(opinion)
        node = {n["nodeID"]: n for n in written["nodes"]}
        for conflict in (n for n in written["nodes"] if n["type"] == "CA"):
            (aim,) = (node[e["toID"]]["type"] for e in written["edges"] if e["fromID"] == conflict["nodeID"])
            for how in ("exception to", "undercuts"):
                if how in conflict["text"]:
                    seen.add(how)
                    assert aim in ("RA", "CA")
    assert seen == {"exception to", "undercuts"}


def test_there_is_no_clock_in_it_and_it_is_the_same_twice(iran: FactPattern) -> None:
    once, again = (json.dumps(aif_json(authority.decide(iran))) for _ in range(2))
    assert once == again and "timestamp" not in once


def test_what_was_never_enacted_is_told_as_such() -> None:
    """By every rule where its enactment is supposed, and where it is not by what stands against the question."""
    case = authority.load_case(CASES / "corker-kaine.yaml")
    for reading in case.rules.readings:
        opinion = authority.decide(case, reading)
        told = [n["text"] for n in aif_json(opinion)["nodes"] if n["text"].endswith(f"[{opinion.label}]")]
        assert told and opinion.label.startswith("un-enacted")


def test_decide_prints_it(said: SAID, iran: FactPattern) -> None:
    code, out, _ = said("decide", "iran-2020", "--format", "aif")
    assert code == 0 and json.loads(out) == aif_json(authority.decide(iran))
