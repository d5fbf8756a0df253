"""The schemas that editors are given: whatever loads is valid, and a key or a value of the wrong shape is not."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from authority.errors import InvalidInput, UnknownName
from authority.loading import load_rules, parse_case
from authority.places import rules_folder
from authority.schemas import KINDS, schema
from authority.schemas.words import WORDS
from authority.testing import cases, rule_sets
from authority.testing.written import case_text, law_text
from tests.conftest import SAID

HERE = Path(__file__).parent
RULES = sorted([*rules_folder().rglob("*.yaml"), *(HERE / "other").rglob("*.yaml"), *(HERE / "cases").glob("*.yaml")])
BAD = sorted((HERE / "bad").glob("*.yaml"))
SCHEMAS = {kind: schema(kind) for kind in KINDS}


class _Core(yaml.SafeLoader):
    """YAML 1.2 as an editor has it: numbers, true and false are none of them texts; a date and ``yes`` are."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


for tag, form, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{form})$"), list(first))


def kind_of(path: Path) -> str:
    """Which schema a file has: by the folder that it lies in, and by its name."""
    if path.parent.name == "cases":
        return "case"
    if path.stem in KINDS and path.parent.name in ("shared", "rules"):
        return path.stem
    return path.stem if path.stem in KINDS else "rule-set"


def faults(kind: str, text: str, law: Any = None) -> list[str]:
    """What a schema has against a text, as an editor reads it and as the loader does."""
    known = Draft7Validator(schema(kind, law) if law else SCHEMAS[kind])
    typed = json.loads(json.dumps(yaml.load(text, Loader=_Core)))  # the keys of a mapping are texts
    plain = yaml.load(text, Loader=yaml.BaseLoader)
    found = [error for each in (typed, plain) for error in known.iter_errors(each)]
    return [f"{'/'.join(map(str, each.path))}: {each.message[:200]}" for each in found]


@pytest.mark.parametrize("kind", KINDS)
def test_each_schema_is_one(kind: str) -> None:
    """By the schema of JSON Schema, with its dialect and a title."""
    Draft7Validator.check_schema(SCHEMAS[kind])
    assert SCHEMAS[kind]["$schema"].endswith("/draft-07/schema#") and kind in SCHEMAS[kind]["title"]


@pytest.mark.parametrize("path", [*RULES, *BAD], ids=lambda path: "/".join(path.parts[-3:]))
def test_whatever_loads_is_valid(path: Path) -> None:
    """Every file of law and every case, the defective rule sets too: what is amiss in those is no matter of shape."""
    assert faults(kind_of(path), path.read_text("utf-8")) == []


@settings(max_examples=25)
@given(st.data())
def test_whatever_is_made_up_is_valid(data: st.DataObject) -> None:
    """Rule sets of every construct and their cases, as files; and the case also with the names of its rule set."""
    law = data.draw(rule_sets())
    case = data.draw(cases(law))
    assert faults("rule-set", law_text(law)) == []
    assert faults("case", case_text(case)) == [] == faults("case", case_text(case), law)


# ── What is refused ───────────────────────────────────────────────────────────────────────────────────────────────────

LAW = """
instrument:
  id: act
  title: An Act on Ports
  short: the Act
  citation: {public_law: 107-1, see: {case: Doe v. Roe, reported: [1 U.S. 2], history: [{says: aff'd}]}}
  enacted: 2001-09-18
  from: 2001-09-18
  status: in force
  verified: primary
  sections:
    - {id: § 1, text: A port may be closed to a ship that carries arms or flies no flag.}
  left_out:
    - {section: § 1, quote: flies no flag, why: Nobody asks.}
sentences:
  - {says: the port is closed to <ship>, denied: the port is open to <ship>, question: yes}
  - {says: <ship> carries arms, denied: <ship> carries no arms, where: {ship: [organization]}}
  - {says: <ship> is listed, denied: <ship> is not listed}
  - {says: <ship> was searched on <day>, denied: <ship> was not searched on <day>, where: {day: day}}
  - says: <day> is long past
    denied: <day> is not long past
    where: {day: day}
    computed: {days_since: day, more_than: 9}
authorities:
  - id: guide
    citation: {author: A. Clerk}
    short: Guide
    kind: book
    status: in use
    verified: memory
    quotes: [{text: arms}]
disputes:
  - id: aim
    question: Must it be closed?
    positions:
      - {id: duty, says: It must., held_by: [some], cite: [guide]}
      - {id: leave, says: It may.}
rules:
  - id: arms
    then: the port is closed to <ship>
    if: [<ship> carries arms]
    unless: [<ship> is listed]
    under: aim = duty
    quote: A port may be closed
    cite: act § 1
  - id: two
    then: the port is closed to <ship>
    at_least: {count: 1, of: [<ship> carries arms, <ship> is listed]}
    cite: guide
  - id: late
    then: the port is closed to <ship>
    if: [<ship> was searched on <day>, <day> is long past]
    cite: guide
readings:
  - {id: one, title: One, positions: {aim: duty}, standard: preponderance}
  - {id: other, title: Other, like: one, positions: {aim: leave}, answers: the port is closed to <ship>}
notice:
  parties: {The Navy: {kind: organization, aliases: [Fleet]}}
  facts: [{holds: The Navy is listed, cite: guide}]
"""
CASE = """
title: A ship
asks: the port is closed to Dawn
as_of: 2002-01
known_by: 2003
parties: {Dawn: {kind: organization, aliases: [SS Dawn], note: white}}
sources: {log: {name: A log, kind: expert, origin: the mate}}
evidence:
  - {id: E1, source: log, says: Guns., supports: [Dawn carries arms], reliability: B, credibility: 2, date: 2001-05-06}
  - {id: E2, source: log, says: No guns., contradicts: [Dawn carries arms], doubts: [E1], under: [own = in, aim = duty]}
  - {id: E3, source: log, says: A view., position: aim = duty, published: 2001}
assume: [Dawn is not listed]
disputes: [{id: own, question: "Is it in?", positions: [{id: in, says: Yes.}, {id: out, says: Out.}]}]
positions: {one: {own: in}, other: {own: out}}
expect: {one: shown}
decided:
  - {by: The judge, on: 2002-02, result: closed, verified: memory, reading: one, expect: shown, hinge: [E1]}
"""
SHAPE = {"unknown key", "missing key", "shape", "missing value"}


def spoilt(value: Any, spoil: str, top: Any = None, path: tuple[Any, ...] = ()) -> Iterator[Any]:
    """A file once for every entry in it, with that entry spoilt."""
    top = value if top is None else top
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in pairs:
        made = copy.deepcopy(top)
        place = made
        for step in path:
            place = place[step]
        if spoil == "without":
            del place[key]
        elif spoil == "a list":
            place[key] = [["x"]]
        elif spoil == "a text":
            place[key] = "x"
        elif isinstance(value, dict):
            place[f"{key}q"] = place.pop(key)
        yield made
        yield from spoilt(child, spoil, top, (*path, key))


def problems(kind: str, made: Any, folder: Path, law: Any) -> set[str]:
    """The kinds of problem that the loader has with a file."""
    try:
        if kind == "case":
            parse_case(json.dumps(made), law)
        else:
            (folder / "law.yaml").write_text(json.dumps(made), "utf-8")
            load_rules(folder)
    except InvalidInput as error:
        return {each.kind for each in error.problems}
    return set()


@pytest.mark.parametrize("spoil", ["without", "a list", "a text", "misspelt"])
@pytest.mark.parametrize("kind", ["rule-set", "case"])
def test_schema_and_loader_are_of_one_mind(kind: str, spoil: str, tmp_path: Path) -> None:
    """Whatever entry of a file is taken out, misspelt or put in another shape: what loads is valid, and where the
    loader has nothing against it but its shape, the schema has something, too."""
    (tmp_path / "law.yaml").write_text(LAW, "utf-8")
    law = load_rules(tmp_path)
    known = Draft7Validator(SCHEMAS[kind])
    refused = taken = 0
    for made in spoilt(yaml.load(LAW if kind == "rule-set" else CASE, Loader=yaml.BaseLoader), spoil):
        found, valid = problems(kind, made, tmp_path, law), known.is_valid(made)
        if not found:
            assert valid, made
            taken += 1
        elif found <= SHAPE:
            assert not valid, (found, made)
            refused += 1
    assert refused + taken > 10


# ── What an editor shows and offers ───────────────────────────────────────────────────────────────────────────────────


def keyed(made: Any) -> Iterator[tuple[str, str, Any]]:
    """Every key that a schema knows, with the title of what it is a key of and its own schema."""
    if isinstance(made, dict):
        for key, value in made.get("properties", {}).items() if "title" in made else ():
            yield made["title"], key, value
        for value in made.values():
            yield from keyed(value)
    elif isinstance(made, list):
        for value in made:
            yield from keyed(value)


def test_every_key_says_what_it_is_for() -> None:
    """And nothing is said of a key that there is not."""
    said = {(what, key): value.get("description") for kind in KINDS for what, key, value in keyed(SCHEMAS[kind])}
    # A file's own title names the kind of the schema, and the keys that name a kind of citation are those of the kinds.
    whole = {what for what, _ in said if what.startswith("authority: ")} | {"Citation"}
    assert all(said.values()), {where for where, words in said.items() if not words}
    own = {(what, key) for what, key in said if what not in whole}
    own |= {(kind, key) for kind in KINDS for key in SCHEMAS[kind].get("properties", ())}
    assert own - {("Citation", key) for _, key in own} == {(what, key) for what, keys in WORDS.items() for key in keys}


CASES = [path for path in RULES if path.parent.name == "cases" and path.parent.parent.parent.name in ("rules", "other")]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_case_is_valid_with_the_names_of_its_rule_set(path: Path, law: dict[Path, Any]) -> None:
    """What the rule set names is offered; nothing that a case may have of its own is refused for it."""
    folder = path.parent.parent
    if folder not in law:
        law[folder] = load_rules(folder)
    assert faults("case", path.read_text("utf-8"), law[folder]) == []


@pytest.fixture(scope="module")
def law() -> dict[Path, Any]:
    """Each rule set, read once."""
    return {}


def test_the_names_of_a_rule_set_are_offered_where_they_may_stand() -> None:
    """Readings, positions, proof standards, grades, kinds of source, authorities, sentences."""
    law = load_rules("aumf-2001")
    case, rules = schema("case", law), schema("rules", law)
    item = case["definitions"]["Evidence"]["properties"]
    facts = item["supports"]["items"]["anyOf"][0]["enum"]
    assert "<target> planned the September 11 attacks" in facts and "<target> is within the class" not in facts
    assert list(case["properties"]["expect"]["properties"]) == [r.id for r in law.readings]
    assert item["credibility"]["enum"] == ["1", "2", "3", "4", "5", "6", 1, 2, 3, 4, 5, 6]
    assert "cooperation = suffices" in item["under"]["anyOf"][0]["anyOf"][0]["enum"]
    rule = rules["definitions"]["Rule"]["properties"]
    assert "aumf § 2(a)" in rule["cite"]["anyOf"][0]["enum"]
    assert "preponderance" in rules["definitions"]["Reading"]["properties"]["standard"]["enum"]


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ("expect: {statutry-text: shown}", "expect"),
        ("positions: {statutory: {contact: suffices}}", "positions"),
        ("sources: {s: {name: S, reliability: G}}", "sources/s/reliability"),
        ("sources: {s: {nme: S}}", "sources/s"),
        ("parties: {Iran: {kind: country}}", "parties/Iran/kind"),
        ("as_of: last year", "as_of"),
    ],
)
def test_what_no_case_of_a_rule_set_may_name_is_refused_at_its_place(wrong: str, where: str) -> None:
    text = f"title: T\nasks: force against Iran is authorized\n{'' if 'as_of' in wrong else 'as_of: 2020'}\n{wrong}\n"
    assert {each.partition(":")[0] for each in faults("case", text, load_rules("aumf-2001"))} == {where}


# ── The command ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_command_prints_one_schema_or_writes_all(said: SAID, tmp_path: Path) -> None:
    code, out, _ = said("schema", "grading")
    assert code == 0 and json.loads(out) == SCHEMAS["grading"]
    code, out, _ = said("schema", "-o", tmp_path / "schemas", "--rules", "corker-kaine")
    assert code == 0 and out.count("wrote ") == len(KINDS)
    written = {path.stem: json.loads(path.read_text("utf-8")) for path in (tmp_path / "schemas").glob("*.json")}
    assert written == {kind: schema(kind, load_rules("corker-kaine")) for kind in KINDS}


def test_a_kind_that_there_is_not_is_named_with_the_nearest(said: SAID) -> None:
    code, _, err = said("schema", "cases")
    assert code == 2 and "'cases'" in err and "case" in err
    assert said("schema")[0] == 2
    with pytest.raises(UnknownName):
        schema("cases")
