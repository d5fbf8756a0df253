"""How readings stand to each other: what is proved is what would be decided, and no record is missed."""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import authority
from authority import engine
from authority.cli import run
from authority.errors import EngineError, MissingExtra
from authority.facts import FactPattern, Source
from authority.law import RuleSet, Stance
from authority.opinion import decide
from authority.proving import Order, Relation, compare_readings, order
from authority.proving.opened import Opened
from authority.proving.universe import law_days, universe
from authority.vocabulary import Kind, Proposition
from tests.generate import DISPUTES, POSITIONS, exclude, item, pick, rule, rule_sets, says, tangles, tiny
from tests.generate import fact as about


@pytest.fixture(autouse=True)
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried here is the proof; that the two derivations of an opinion agree is tried elsewhere."""
    monkeypatch.setattr(engine, "available", lambda: False)


def record(opened: Opened, asks: Proposition, facts: Iterable[Proposition]) -> FactPattern:
    """The made-up parties with these facts beyond doubt, and nothing else."""
    evidence = tuple(item(f"E{n}", fact) for n, fact in enumerate(facts))
    return opened.universe.case.but(asks=asks, evidence=evidence, sources=(Source(id="S1", name="S1"),))


def readings_of(rules: RuleSet, *positions: dict[str, str]) -> RuleSet:
    """The rule set with a reading for each of these choices of positions, at preponderance."""
    first = rules.readings[0]
    return rules.but(
        readings=tuple(first.but(id=f"R{n}", positions=p, standard="preponderance") for n, p in enumerate(positions))
    )


@st.composite
def two_readings(draw) -> RuleSet:
    """A small rule set about one party at a time, under two readings that differ on every dispute; the last rule, one
    of those for the question, stands under one or the other."""
    rules = draw(tangles(2, 2)).rules
    taken: list[dict[str, str]] = [dict.fromkeys(map(str, DISPUTES), p) for p in POSITIONS]
    last = rules.rules[-1].but(under=(Stance(pick(draw, DISPUTES), pick(draw, POSITIONS)),))
    return readings_of(rules.but(rules=(*rules.rules[:-1], last)), *taken)


# ── The law left open ─────────────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=40)
@given(st.data())
def test_the_law_left_open_says_of_a_record_what_would_be_decided_on_it(data: st.DataObject) -> None:
    """Of any rule set, question, reading and record of the made-up parties, on each day on which the law differs."""
    rules = data.draw(rule_sets())
    for day in law_days(rules)[-2:]:
        opened = Opened(rules, day)
        facts = data.draw(st.sets(st.sampled_from(opened.universe.facts), max_size=7))
        compiled = data.draw(st.sampled_from(opened.compiled))
        for reading in rules.readings:
            if reading.does_answer(compiled.tree.question.sentence) and rules.holds(reading, day):
                (met,) = opened.circuit.put([compiled.question.met], opened.taking(reading.positions))
                (shown,) = opened.circuit.evaluate([met], dict.fromkeys(facts, 1))
                assert bool(shown) == decide(record(opened, compiled.tree.question, sorted(facts)), reading.id).shown


# ── The order between readings ────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=25)
@given(two_readings())
def test_every_order_is_that_of_all_records_tried_one_by_one(rules: RuleSet) -> None:
    """Whether one reading entails another, and the smallest record on which it does not, are what comes of trying every
    record of the facts that a question turns on."""
    (found,) = compare_readings(rules).orders
    opened = Opened(rules, law_days(rules)[-1])
    smallest: dict[tuple[str, str], int] = {}
    for asks in opened.universe.asked[::3]:  # they differ in name only
        facts = [p for p in opened.universe.facts if p.parties == asks.parties]
        for count in range(len(facts) + 1):
            for chosen in itertools.combinations(facts, count):
                one, other = (decide(record(opened, asks, chosen), r.id).shown for r in rules.readings)
                if one != other:
                    pair = ("R0", "R1") if one else ("R1", "R0")
                    smallest[pair] = min(smallest.get(pair, count), count)
    assert {(p.shown, p.not_shown): len(p.facts) for p in found.parts} == smallest
    holds = (("R0", "R1") not in smallest, ("R1", "R0") not in smallest)
    assert found.relation is {
        (True, True): Relation.EQUIVALENT, (True, False): Relation.ENTAILS, (False, True): Relation.ENTAILED,
        (False, False): Relation.NEITHER,
    }[holds]  # fmt: skip


@settings(max_examples=40)
@given(st.data())
def test_no_record_of_more_parties_breaks_an_entailment(data: st.DataObject) -> None:
    """Where the universe is said to be whole, a record of twice as many parties parts no readings that it found not to
    part."""
    rules = data.draw(rule_sets())
    compared = compare_readings(rules)
    if not compared.orders or not compared.whole:
        return
    few = universe(rules, law_days(rules)[-1])
    more = few.case.but(parties=(*few.case.parties, *(p.but(name=f"{p.name} too") for p in few.case.parties)))
    facts = [
        Proposition(s.says, parties)
        for s in rules.vocabulary.sentences
        if s.says not in rules.conclusions
        for parties in itertools.permutations(more.kind_of, len(s.blanks))
        if all(more.kind(name) in s.kinds(blank) for name, blank in zip(parties, s.blanks, strict=True))
    ]
    chosen = data.draw(st.sets(st.sampled_from(facts), max_size=12)) if facts else set()
    evidence = tuple(item(f"E{n}", fact) for n, fact in enumerate(sorted(chosen)))
    found = data.draw(st.sampled_from(compared.orders))
    asks = data.draw(st.sampled_from([p for p in few.asked if p.sentence == found.sentence]))
    case = more.but(asks=asks, evidence=evidence, sources=(Source(id="S1", name="S1"),))
    one, other = (decide(case, reading).shown for reading in (found.one, found.other))
    assert found.relation not in (Relation.ENTAILS, Relation.EQUIVALENT) or one <= other
    assert found.relation not in (Relation.ENTAILED, Relation.EQUIVALENT) or other <= one


@pytest.mark.parametrize("name", authority.rule_sets())
def test_every_record_that_parts_bundled_readings_is_decided_as_claimed(name: str) -> None:
    """And without any one of its facts it no longer parts them."""
    for found in compare_readings(authority.load_rules(name)).orders:
        for part in found.parts:
            assert decide(part.case, part.shown).shown and not decide(part.case, part.not_shown).shown
            for left_out in part.case.item:
                fewer = part.case.holding(part.case.item.keys() - {left_out})
                assert not decide(fewer, part.shown).shown or decide(fewer, part.not_shown).shown


def _order(rules: str, sentence: str, one: str, other: str) -> Order:
    found = compare_readings(authority.load_rules(rules)).orders
    (each,) = (o for o in found if (o.sentence, o.one, o.other) == (sentence, one, other))
    return each


def test_harboring_after_the_attacks_only_widens_the_class() -> None:
    """Whoever is within the class by the statute as written is within it too where later sheltering counts; the
    smallest record on which the two part is a state that let senior members live there at liberty, knowing it."""
    found = _order("aumf-2001", "<target> is within the class", "statutory-text", "statutory-text-harboring-since")
    assert found.relation is Relation.ENTAILS
    assert [str(p) for part in found.parts for p in part.facts] == [
        "State A knew that members of al-Qaeda were there",
        "State A let members of al-Qaeda live there at liberty",
        "senior members of al-Qaeda have lived in State A since the September 11 attacks",
    ]


def test_readings_with_proof_standards_of_their_own_are_compared_as_law_alone() -> None:
    """A fact is established or it is not; how much that takes is no question of what follows from it."""
    rules = tiny(about("met", "Aland"), [rule("r", says("met", "<a>"), says("did", "<a>"))]).rules
    strict = rules.readings[0].but(id="strict", standard="beyond-reasonable-doubt")
    (found,) = compare_readings(rules.but(readings=(*rules.readings, strict))).orders
    assert found.relation is Relation.EQUIVALENT


def test_readings_under_which_no_record_shows_a_question_are_said_to_be_so() -> None:
    """They are equivalent, and for no good reason."""
    did = says("did", "<a>")
    rules = tiny(fact_met := about("met", "Aland"), [rule("r", says("met", "<a>"), did, unless=(did,))]).rules
    (found,) = compare_readings(readings_of(rules, {}, {})).orders
    assert found.relation is Relation.EQUIVALENT and found.as_data()["never_shown"]
    assert list(found.lines()) == ["R0 and R1 are equivalent: no record shows it under either"]
    rules = tiny(fact_met, [rule("r", says("met", "<a>"), did)]).rules
    (found,) = compare_readings(readings_of(rules, {}, {})).orders
    assert found.relation is Relation.EQUIVALENT and not found.never
    assert list(found.lines()) == ["R0 and R1 are equivalent"]


def test_a_question_that_a_reading_leaves_alone_holds_up_none_above_it() -> None:
    """What is asked may stand beneath another question; a reading that does not answer it has no rule for it there
    either."""
    law = [rule("r", says("met", "<a>"), says("held", "<a>")), rule("s", says("held", "<a>"), says("did", "<a>"))]
    rules = readings_of(tiny(about("met", "Aland"), law).rules, {}, {})
    sentences = tuple(s.but(question=s.says in rules.conclusions) for s in rules.vocabulary.sentences)
    readings = (rules.readings[0], rules.readings[1].but(answers=("<one> met",)))
    rules = rules.but(vocabulary=rules.vocabulary.but(sentences=sentences), readings=readings)
    (found,) = compare_readings(rules).orders
    assert (found.sentence, found.relation) == ("<one> met", Relation.ENTAILED)


def test_records_that_hold_a_contradiction_part_no_readings() -> None:
    """Where only a record on which two facts exclude each other would part them, they are equivalent."""
    law = [
        rule("r", says("met", "<a>"), says("did", "<a>")),
        rule("s", says("met", "<a>"), says("did", "<a>"), says("saw", "<a>"), under=(Stance("reach", "yes"),)),
        rule("t", says("met", "<a>"), says("saw", "<a>"), says("fled", "<a>"), under=(Stance("reach", "yes"),)),
    ]
    rules = readings_of(tiny(about("met", "Aland"), law).rules, {"reach": "yes"}, {"reach": "no"})
    assert [o.relation for o in compare_readings(rules).orders] == [Relation.ENTAILED]
    apart = exclude(rules, (says("saw", "<one>"), says("fled", "<one>")))
    assert [o.relation for o in compare_readings(apart).orders] == [Relation.EQUIVALENT]


def test_a_question_to_which_one_reading_does_not_speak_is_not_compared() -> None:
    rules = tiny(about("met", "Aland"), [rule("r", says("met", "<a>"), says("did", "<a>"))]).rules
    silent = rules.readings[0].but(id="silent", answers=("another question",))
    assert compare_readings(rules.but(readings=(*rules.readings, silent))).orders == ()


def test_an_answer_that_is_not_as_proved_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof and the opinion come by different ways; where they part, neither is to be trusted."""
    no = Stance("reach", "no")
    premise = says("did", "<a>")
    laws = [rule("wide", says("met", "<a>"), premise, under=(no,))]
    rules = readings_of(tiny(about("met", "Aland"), laws).rules, {"reach": "no"}, {"reach": "yes"})
    assert [o.relation for o in compare_readings(rules).orders] == [Relation.ENTAILED]
    real = decide
    monkeypatch.setattr(order, "decide", lambda case, reading: real(case, "R1"))
    with pytest.raises(EngineError, match="the proof and the opinion disagree under R0: State A met"):
        compare_readings(rules)


# ── The universe ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_there_are_as_many_made_up_parties_as_one_derivation_speaks_of() -> None:
    """The asked party, one to whom it leads, and one to whom that one does."""
    rules = [
        rule("top", says("met", "<a>"), says("near", "<a>", "<b>"), says("far", "<b>")),
        rule("next", says("far", "<b>"), says("near", "<b>", "<c>")),
    ]
    law = tiny(about("met", "Aland"), rules).rules
    made_up = universe(law, law_days(law)[-1])
    names = [p.name for p in made_up.case.parties if p.kind is Kind.STATE]
    assert names == ["State A", "State B", "State C"] and made_up.whole


@pytest.mark.parametrize(("exception", "whole"), [(says("left", "<a>"), True), (says("feared", "<a>", "<c>"), False)])
def test_an_exception_that_brings_in_a_party_of_its_own_leaves_more_parties_open(exception, whole: bool) -> None:
    rules = tiny(about("met", "Aland"), [rule("r", says("met", "<a>"), says("did", "<a>"), unless=(exception,))]).rules
    assert compare_readings(rules).whole is whole


def test_a_made_up_party_never_bears_the_name_of_a_noticed_one() -> None:
    rules = tiny(about("met", "Aland"), [rule("r", says("met", "<a>"), says("did", "<a>"))]).rules
    cell = rules.parties[0].but(name="State A", kind=Kind.STATE)
    names = [p.name for p in universe(rules.but(parties=(cell,)), law_days(rules)[-1]).case.parties]
    assert "State B" in names and "State A" not in names


# ── The command ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_command_shows_each_pair_and_the_record(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["readings", "iraq-aumf-2002"]) == 0
    assert capsys.readouterr().out == (
        "iraq-aumf-2002: by the law of 2002-10-16, on every record; proof standards are set aside\n"
        "\nforce against <target> is authorized by the 2002 statute\n"
        "  statute-as-written entails executive-2020, and not the other way\n"
        "    force against State A is authorized by the 2002 statute: shown under executive-2020 and not under "
        "statute-as-written where\n"
        "      - State A attacked forces engaged in operations to establish a stable, democratic Iraq\n"
        "      - the defence against State A was limited to what was necessary\n"
    )
    assert run(["readings", "iraq-aumf-2002", "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["orders"]
    assert (found["one"], found["relation"], found["other"]) == ("statute-as-written", "entails", "executive-2020")
    assert [(part["shown"], len(part["facts"])) for part in found["parts"]] == [("executive-2020", 2)]


def test_without_a_solver_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pysat.solvers", None)
    with pytest.raises(MissingExtra, match=r"authority\[sat\]"):
        compare_readings(authority.load_rules("iraq-aumf-2002"))
