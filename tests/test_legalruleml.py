"""A rule set as LegalRuleML: it has the standard's form, and who follows it decides as the library does."""

from __future__ import annotations

import re
from math import prod
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

import authority
from authority.errors import TooWide
from authority.exchange import legalruleml
from authority.exchange.ruleml import key
from authority.facts import FactPattern
from authority.law import RuleSet
from authority.loading import load_cases, load_rules
from authority.opinion import Opinion
from authority.vocabulary import NOBODY
from authority.weighing import Status
from tests import generate
from tests.conftest import SAID
from tests.following import LRML, RULEML, Document, Following

TESTS = Path(__file__).parent
SCHEMA = TESTS.parent / "build" / "legalruleml" / "xsd-schema" / "compact" / "lrml-compact.xsd"
ALL = (*authority.rule_sets(), *(str(TESTS / "other" / name) for name in ("emergency-powers", "sanctions-designation")))

# What the schema of the standard imports from elsewhere, as far as it is used there.
XML = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
  <xs:attribute name="lang" type="xs:language"/><xs:attribute name="base" type="xs:anyURI"/>
  <xs:attribute name="id" type="xs:ID"/></xs:schema>"""
NOTHING = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
  targetNamespace="http://www.w3.org/2001/XMLSchema-datatypes"/>"""


class Nearby(etree.Resolver):
    """Nothing is asked of the network."""

    def resolve(self, system_url: str, public_id: str, context: object) -> object:
        imported = {"http://www.w3.org/2009/01/xml.xsd": XML, "http://www.w3.org/2001/XMLSchema-datatypes": NOTHING}
        return self.resolve_string(imported[system_url], context) if system_url in imported else None  # pyright: ignore


@pytest.fixture(scope="module")
def part() -> etree.RelaxNG:
    """The grammar of what is used of the standard."""
    return etree.RelaxNG(etree.parse(TESTS / "schemas" / "legalruleml-part.rng"))


@pytest.fixture(scope="module")
def standard() -> etree.XMLSchema:
    """The schema of the standard itself, where it was unpacked."""
    if not SCHEMA.exists():
        pytest.skip("the schema of OASIS is not at hand: docs/standards.md says where it belongs")
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Nearby())
    return etree.XMLSchema(etree.parse(SCHEMA, parser))


def written(rules: RuleSet) -> etree._Element:
    return etree.fromstring(legalruleml(rules).encode())


@pytest.mark.parametrize("name", ALL)
def test_every_rule_set_has_the_form_of_the_standard(name: str, part: etree.RelaxNG) -> None:
    """Every element stands where its content model has it, in the law of the library and in two that tests made."""
    assert part.validate(written(load_rules(name))), part.error_log


@pytest.mark.parametrize("name", ALL)
def test_every_rule_set_is_valid_by_the_schema_of_the_standard(name: str, standard: etree.XMLSchema) -> None:
    document = written(load_rules(name))
    assert standard.validate(document), standard.error_log
    document.append(etree.Element(f"{LRML}Prefix"))  # a prefix behind the statements is none
    assert not standard.validate(document)


@given(generate.rule_sets())
def test_whatever_the_law_it_has_the_form_of_the_standard(rules: RuleSet) -> None:
    grammar = etree.RelaxNG(etree.parse(TESTS / "schemas" / "legalruleml-part.rng"))
    assert grammar.validate(written(rules)), grammar.error_log


@pytest.mark.parametrize("name", ALL)
def test_no_two_things_bear_one_key_and_no_reference_leads_nowhere(name: str) -> None:
    text = legalruleml(load_rules(name))
    keys = [k.lstrip(":") for k in re.findall(r' (?:key|refersTo)="([^"]+)"', text)]
    assert len(keys) == len(set(keys))
    assert {*Document(text).referred()} <= {*keys}


def follows(opinion: Opinion, document: Document) -> dict[str, tuple[bool, bool]]:
    """For each conclusion about somebody: whether it follows by what is written, and whether it is shown."""
    case = opinion.case
    findings = opinion.findings.facts
    facts = [f.proposition for f in findings if f.status is Status.ESTABLISHED]
    facts += [a.proposition for a in case.assume if a.holds and a.proposition in opinion.conclusion]
    named = {*case.kind_of, *(party for f in findings for party in f.proposition.parties)}
    kinds = {party: str(kind) for party in sorted(named) if (kind := case.kind(party))}
    day = case.law_day.isoformat()
    found = Following(document, key("reading", opinion.reading.id), day, facts, kinds)
    about = [d for d in opinion.decided if NOBODY not in d.proposition.parties]
    return {str(d.proposition): (found.holds(d.proposition), d.verdict.shown) for d in about}


def is_followed(case: FactPattern, document: Document) -> int:
    """Holds what follows against the opinion under every reading; how many conclusions that were."""
    denied = {a.proposition for a in case.assume if not a.holds and a.proposition.sentence in case.rules.conclusions}
    for reading in () if denied or case.positions else case.rules.readings:
        opinion = authority.decide(case, reading)
        told = follows(opinion, document)
        assert {name for name, (one, other) in told.items() if one != other} == set()
    return len(case.rules.readings)


@pytest.mark.slow
def test_who_follows_it_decides_every_case_as_the_library_does() -> None:
    """By the document alone: rules, exceptions, positions, kinds of party, notice and dates in force are all in it."""
    documents: dict[str, Document] = {}
    for case in load_cases():
        document = documents.setdefault(case.rules.name, Document(legalruleml(case.rules)))
        assert document.in_force("rules", case.law_day.isoformat())
        assert is_followed(case, document)


@given(generate.cases())
def test_who_follows_it_decides_as_the_library_does_whatever_the_law_and_the_record(case: FactPattern) -> None:
    document = Document(legalruleml(case.rules))
    if document.in_force("rules", case.law_day.isoformat()):
        is_followed(case, document)


def test_a_reading_takes_one_of_the_alternatives_on_each_dispute() -> None:
    """The positions of a dispute exclude each other, and a context has in scope just those that the reading takes."""
    rules = load_rules("aumf-2001")
    document = Document(legalruleml(rules))
    of = {d.id: {e.attrib["keyref"] for e in document.keyed[key("dispute", d.id)].iter(f"{LRML}hasAlternative")}
          for d in rules.disputes}  # fmt: skip
    for reading in rules.readings:
        scope = {e.attrib["keyref"] for e in document.keyed[key("reading", reading.id)].iter(f"{LRML}inScope")}
        for dispute, answers in of.items():
            assert scope & answers == {f"#{key('position', dispute, reading.positions[dispute])}"}


def test_an_exception_overrides_the_rule_it_belongs_to() -> None:
    rules = load_rules("ndaa-2012")
    document = Document(legalruleml(rules))
    overrides = {(o.attrib["over"], o.attrib["under"]) for o in document.root.iter(f"{LRML}Override")}
    assert overrides == {
        (f"#{key('unless', r.id, str(n))}", f"#{key('rule', r.id)}")
        for r in rules.rules for n in range(1, len(r.unless) + 1)
    }  # fmt: skip


def test_what_is_cited_is_there_with_its_words_and_its_standing() -> None:
    """Law among the legal references, what is no law among the others, each with the words that were seen."""
    rules = load_rules("aumf-2001")
    document = Document(legalruleml(rules))
    told = {e.attrib["refersTo"]: e for e in document.root.iter() if "refersTo" in e.attrib}
    assert len(told) == 1 + len(rules.authorities)
    for each in rules.authorities:
        reference = told[key("ref", each.id)]
        assert reference.attrib["refID"] == str(each.citation)
        comment = reference[0].text or ""
        assert each.status in comment and all(quote.text in comment for quote in each.quotes)
    assert told["ref.boumediene"].tag == f"{LRML}LegalReference"
    assert told["ref.bridgeman"].tag == f"{LRML}Reference"


def test_hostile_words_stay_words() -> None:
    """Markup is escaped, and a character that XML has no place for is replaced."""
    rules = load_rules("corker-kaine")
    first, *rest = rules.rules
    hostile = '</lrml:Comment><evil/>&amp; "]]>\x00\x0b\ud800\ufffe'
    made = rules.but(rules=(first.but(note=hostile), *rest))
    document = written(made)
    assert not document.findall(".//evil")
    (told,) = [t for t in document.itertext() if "evil" in t]
    assert '</lrml:Comment><evil/>&amp; "]]>����' in told


def test_premises_that_cannot_be_written_out_are_refused() -> None:
    """Ten of thirty are thirty million choices; the error names the rule and says why."""
    rules = load_rules("corker-kaine")
    rule = rules.rules[0]
    wide = rule.but(body="at_least", count=10, premises=rule.premises[:1] * 30)
    with pytest.raises(TooWide, match=rf"{rule.id}: at least 10 of 30 premises are 30,045,015 alternatives"):
        legalruleml(rules.but(rules=(wide,)))


def test_keys_are_names_and_other_names_are_other_keys() -> None:
    """Whatever characters an id has, and though two differ in one of them only."""
    made = [key("rule", name) for name in ("a b", "a_b", "a.b", "ä", "1", "a_20b")]
    assert len(set(made)) == len(made)
    assert all(re.fullmatch(r"rule\.[A-Za-z0-9_-]+", each) for each in made)


def test_it_is_the_same_twice() -> None:
    assert legalruleml(load_rules("war-powers")) == legalruleml(load_rules("war-powers"))


def test_the_command_prints_it(said: SAID) -> None:
    code, out, _ = said("rules", "corker-kaine", "--format", "legalruleml")
    assert code == 0 and out == legalruleml(load_rules("corker-kaine"))
    code, _, err = said("rules", "--format", "legalruleml")
    assert code == 2 and "name the rule set" in err


def test_a_rule_that_counts_is_written_as_every_choice() -> None:
    """Three of twelve signs of membership: 220 choices, in one rule."""
    rules = load_rules("aumf-2001")
    (rule,) = (r for r in rules.rules if r.body == "at_least")
    document = Document(legalruleml(rules))
    statement = document.keyed[key("rule", rule.id)]

    def choices(formula: Element) -> int:
        if formula.tag == f"{RULEML}Or":
            return sum(map(choices, formula))
        return prod(map(choices, formula)) if formula.tag == f"{RULEML}And" else 1

    (body,) = statement.iter(f"{RULEML}if")
    assert choices(body[0]) == 220
