"""An opinion as W3C provenance: another program reads it, and every verdict leads back to its exhibits and sources."""

from __future__ import annotations

import json
from collections.abc import Iterator
from graphlib import TopologicalSorter

import pytest
from prov.constants import PROV_LABEL, PROV_TYPE
from prov.model import ProvDerivation, ProvDocument, ProvEntity, ProvUsage

import authority
from authority.cli import run
from authority.exchange import prov_json
from authority.facts import FactPattern

CASES = ("iran-2020", "parhat-2008", "libya-2011-clock", "iran-2025-article-ii")


def read(opinion: authority.Opinion) -> ProvDocument:
    """What the package ``prov`` reads in what is written."""
    found = ProvDocument.deserialize(content=json.dumps(prov_json(opinion)), format="json")
    assert isinstance(found, ProvDocument)
    return found


def opinions() -> Iterator[authority.Opinion]:
    for name in CASES:
        case = authority.load_case(name)
        yield authority.decide(case)
        yield authority.decide(case, case.rules.readings[-1])


def derived(document: ProvDocument) -> dict[str, set[str]]:
    """What each entity is derived from."""
    found: dict[str, set[str]] = {}
    for record in document.get_records(ProvDerivation):
        made, used = (str(value) for _, value in record.formal_attributes[:2])
        found.setdefault(made, set()).add(used)
    return found


def test_another_program_reads_it_and_writes_the_same() -> None:
    """Every record survives: what ``prov`` writes of what it read is equal to what it read, and so for each case."""
    for opinion in opinions():
        document = read(opinion)
        again = ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
        assert again == document
        written = prov_json(opinion)
        count = sum(len(records) for kind, records in written.items() if kind != "prefix")
        assert len(list(document.get_records())) == count


def test_every_name_that_is_used_is_declared_and_nothing_rests_on_itself() -> None:
    """Entities, activities and agents of every relation are there; derivation has no circle."""
    for opinion in opinions():
        written = prov_json(opinion)
        declared = {name for kind in ("entity", "activity", "agent") for name in written[kind]}
        relations = (r for kind, some in written.items() if kind not in ("prefix", "entity", "activity", "agent")
                     for r in some.values())  # fmt: skip
        used = {v for r in relations for k, v in r.items() if k.startswith("prov:") and isinstance(v, str)}
        assert used <= declared
        assert list(TopologicalSorter(derived(read(opinion))).static_order())


def test_the_verdict_leads_back_to_the_exhibits_it_was_decided_on(iran: FactPattern) -> None:
    """From the question over elements and findings to just those exhibits that the opinion names, and their sources."""
    opinion = authority.decide(iran, "executive-associated-forces")
    document = read(opinion)
    of = derived(document)
    labels = {str(e.identifier): str(next(iter(e.get_attribute(PROV_LABEL)))) for e in document.get_records(ProvEntity)}
    (question,) = (name for name, label in labels.items() if label == str(opinion.question))
    reached, rest = {question}, [question]
    while rest:
        new = of.get(rest.pop(), set()) - reached
        reached |= new
        rest += new
    exhibits = {name.removeprefix("record:exhibit/") for name in reached if name.startswith("record:exhibit/")}
    named = opinion.evidence(opinion.question)
    assert exhibits == {*named["for"], *named["against"]}
    assert {f"record:source/{iran.item[name].source}" for name in exhibits} <= reached
    assert all(labels[f"record:exhibit/{name}"] == iran.item[name].says for name in exhibits)


def test_verdicts_and_findings_are_told_with_their_causes(iran: FactPattern) -> None:
    opinion = authority.decide(iran, "cooperation-2020")
    entities = {str(e.identifier): e for e in read(opinion).get_records(ProvEntity)}
    told = {
        str(next(iter(e.get_attribute(PROV_LABEL)))): str(next(iter(e.get_attribute("authority:verdict"))))
        for name, e in entities.items() if name.startswith("opinion:conclusion/")
    }  # fmt: skip
    assert told == {str(d.proposition): str(d.verdict) for d in opinion.decided}
    types = {str(t) for e in entities.values() for t in e.get_attribute(PROV_TYPE)}
    assert {"authority:Question", "authority:Element", "authority:Finding", "authority:Exhibit", "prov:Plan"} <= types


def test_the_same_record_bears_the_same_names_under_another_reading(iran: FactPattern) -> None:
    """Two opinions on one record speak of the same exhibits, and each of its own findings."""
    one, other = (prov_json(authority.decide(iran, r)) for r in ("statutory-text", "cooperation-2020"))
    assert one["prefix"]["record"] == other["prefix"]["record"] and one["prefix"]["law"] == other["prefix"]["law"]
    assert one["prefix"]["record"].startswith("ni:///sha-256;")
    assert one["prefix"]["opinion"] != other["prefix"]["opinion"]


def test_decide_prints_it(capsys: pytest.CaptureFixture[str], iran: FactPattern) -> None:
    assert run(["decide", "iran-2020", "--format", "prov"]) == 0
    assert json.loads(capsys.readouterr().out) == prov_json(authority.decide(iran))


def test_an_exhibit_is_used_once_however_many_findings_rest_on_it(iran: FactPattern) -> None:
    used = [str(r.formal_attributes[:2]) for r in read(authority.decide(iran)).get_records(ProvUsage)]
    assert len(used) == len(set(used))
