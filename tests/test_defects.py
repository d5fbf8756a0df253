"""What does nothing in a rule set, and what contradicts: found with the exact message, and only where trying every
record finds it too."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import authority
from authority import limits
from authority.checking import check
from authority.errors import EngineError
from authority.law import Rule, RuleSet
from authority.opinion import decide
from authority.proving import contradicting, contradictory, prove
from authority.vocabulary import Pattern
from tests.generate import DISPUTES, POSITIONS, exclude, fact, pick, rule, says, some, tangles, tiny

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))
FOUND, SHOWN = "# found: ", "# record: "


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_each_broken_rule_set_is_found_with_the_message_that_stands_in_it(file: Path, tmp_path: Path) -> None:
    """At its line and column, with why and a way out; and nothing else is found in it."""
    law = tmp_path / file.stem / "law.yaml"
    law.parent.mkdir()
    law.write_text(file.read_text("utf-8"), "utf-8")
    problems = check(law.parent)["problems"]
    expected = [line.removeprefix(FOUND) for line in file.read_text("utf-8").splitlines() if line.startswith(FOUND)]
    found = [f"{p['where'].partition('law.yaml:')[2]} {p['kind']}: {p['what']}" for p in problems]
    assert sorted(found) == sorted(expected)
    assert all(p["severity"] == "warning" and p["why"] and p["fix"] for p in problems)
    shown = [line.removeprefix(SHOWN) for line in file.read_text("utf-8").splitlines() if line.startswith(SHOWN)]
    assert [fact for p in problems for fact in p.get("record", ())] == shown


def test_the_gallery_has_every_kind_of_defect_and_a_sound_rule_set() -> None:
    found = {file.stem: file.read_text("utf-8").count(FOUND) for file in BAD}
    assert len(found) == 12 and {name for name, count in found.items() if not count} == {"sound", "sound-in-time"}


@pytest.mark.parametrize("name", authority.rule_sets())
def test_nothing_in_the_bundled_law_does_nothing(name: str) -> None:
    """The cases that come with it set aside: no rule, exception, position or reading is idle on every record."""
    assert prove(authority.load_rules(name)).defects == ()


def test_without_a_solver_the_check_says_what_it_did_not_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pysat.solvers", None)
    assert (
        "proving a rule set needs the extra 'sat': pip install 'authority[sat]'" in check("corker-kaine")["not_checked"]
    )


def test_a_rule_set_that_opens_too_many_applications_is_checked_for_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check says what it did not prove, and why."""
    (file,) = (file for file in BAD if file.stem == "dead-rule")
    (tmp_path / "law.yaml").write_text(file.read_text("utf-8"), "utf-8")
    monkeypatch.setattr(limits, "APPLICATIONS", 1)
    found = check(tmp_path)
    assert found["problems"] == []
    assert found["not_checked"] == [
        "what changes nothing on any record, and what contradicts: the question opens more than 1 applications of rules"
    ]


# ── Against every record ──────────────────────────────────────────────────────────────────────────────────────────


class Record(NamedTuple):
    """What is established of the one party, and the positions that are taken."""

    facts: frozenset[str]
    positions: dict[str, str]


class ByHand:
    """A rule set about one party at a time, each of whose records is tried."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        facts = [s.says for s in rules.vocabulary.sentences if s.says not in rules.conclusions]
        (self.question,) = (s.says for s in rules.vocabulary.sentences if s.question)
        pairs = [{p.sentence for p in pair} for pair in rules.exclusions]
        self.records = [
            Record(frozenset(chosen), dict(zip(DISPUTES, taken, strict=True)))
            for count in range(len(facts) + 1)
            for chosen in itertools.combinations(facts, count)
            for taken in itertools.product(POSITIONS, repeat=len(DISPUTES))
            if not any(pair <= {*chosen} for pair in pairs)
        ]

    def met(self, sentence: str, on: Record, without: str = "") -> bool:
        if sentence not in self.rules.conclusions:
            return sentence in on.facts
        return any(
            self.holds(r, on, without) and not self.excepted(r, on, without)
            for r in self.rules.rules
            if r.then.sentence == sentence and r.id != without
        )

    def holds(self, rule: Rule, on: Record, without: str = "") -> bool:
        needed = {"all": len(rule.premises), "any": 1, "at_least": rule.count}[rule.body]
        met = sum(self.met(p.sentence, on, without) for p in rule.premises)
        return met >= needed and all(on.positions[s.dispute] == s.position for s in rule.under)

    def excepted(self, rule: Rule, on: Record, without: str = "") -> bool:
        return any(self.met(p.sentence, on, without) for p in rule.unless)

    def clashes(self) -> dict[tuple[frozenset[str], str], int]:
        """By pair, one of which is a conclusion, and by reading: how few facts make both of them hold."""
        pairs = [frozenset(p.sentence for p in pair) for pair in self.rules.exclusions]
        return {
            (pair, reading.id): min(fewest)
            for pair in pairs if pair & self.rules.conclusions
            for reading in self.rules.readings
            if (fewest := [
                len(on.facts) for on in self.records
                if on.positions == reading.positions and all(self.met(sentence, on) for sentence in pair)
            ])
        }  # fmt: skip

    def defects(self) -> Iterator[tuple[str, str]]:
        """The kind and the id of each defect."""
        spoken = {self.question}
        for each in sorted(self.rules.rules, key=lambda r: -self.rules.layers[r.then.sentence]):
            if each.then.sentence in spoken:
                spoken |= {p.sentence for p in (*each.premises, *each.unless)}
        reached = [r for r in self.rules.rules if r.then.sentence in spoken]
        for sentence in spoken & self.rules.conclusions:
            if not any(self.met(sentence, on) for on in self.records):
                yield "empty conclusion", sentence
        for each in reached:
            yield from ((kind, each.id) for kind in self._rule(each, reached))
        for dispute in self.rules.disputes:
            turned = any(s.dispute == dispute.id for r in reached for s in r.under)
            if turned and all(self._alike(on, dispute.id) for on in self.records):
                yield "idle position", dispute.id

    def _rule(self, rule: Rule, reached: list[Rule]) -> Iterator[str]:
        holding = [on for on in self.records if self.holds(rule, on)]
        applied = [on for on in holding if not self.excepted(rule, on)]
        how_often = [sum(self.met(p.sentence, on) for on in holding) for p in rule.unless]
        always = [bool(holding) and count == len(holding) for count in how_often]
        yield from ("exception always applies" for each in always if each)
        yield from ("exception never applies" for count in how_often if applied and not count)
        if any(always):
            return
        if not applied:
            yield "dead rule"
        elif all(self.met(self.question, on) == self.met(self.question, on, rule.id) for on in self.records):
            others = [r for r in reached if r.id != rule.id and r.then.sentence == rule.then.sentence]
            covered = any(all(self.holds(r, on) and not self.excepted(r, on) for on in applied) for r in others)
            yield "subsumed rule" if covered else "redundant rule"

    def _alike(self, on: Record, dispute: str) -> bool:
        answers = {
            self.met(self.question, Record(on.facts, {**on.positions, dispute: position})) for position in POSITIONS
        }
        return len(answers) == 1


@st.composite
def excluding(draw) -> RuleSet:
    """A small rule set about one party at a time, some sentences of which exclude each other, facts and conclusions."""
    rules = draw(tangles(2, 2)).rules.but(notice=())
    says = [s.says for s in rules.vocabulary.sentences]
    pairs = [some(draw, says, 2, 2) for _ in range(pick(draw, (1, 0, 2, 3)))]
    taken: list[dict[str, str]] = [dict.fromkeys(map(str, DISPUTES), p) for p in POSITIONS]
    readings = tuple(rules.readings[0].but(id=f"R{n}", positions=p) for n, p in enumerate(taken))
    return exclude(rules.but(readings=readings), *((Pattern(a, ("<one>",)), Pattern(b, ("<one>",))) for a, b in pairs))


@settings(max_examples=200)
@given(excluding())
def test_what_is_proved_idle_is_what_every_record_shows_idle(rules: RuleSet) -> None:
    """No defect too many and none too few: rules, exceptions, conclusions and positions, tried on every record that
    holds no two facts that exclude each other."""
    idle = [d for d in prove(rules).defects if d.section not in ("exclusions", "readings")]
    ids = [d.id.partition(" 0")[0] if d.section == "exceptions" else d.id for d in idle]
    assert sorted(zip((d.kind for d in idle), ids, strict=True)) == sorted(ByHand(rules).defects())


@settings(max_examples=100)
@given(excluding())
def test_a_contradiction_is_proved_where_some_record_shows_it_and_nowhere_else(rules: RuleSet) -> None:
    """Under each reading, and on no fewer facts than the smallest such record has; two facts that exclude each other
    are on none."""
    found, _ = contradictory(rules)
    assert {
        (frozenset(p.sentence for p in clash.pair), reading): len(clash.facts)
        for clash in found
        for reading in clash.readings
    } == ByHand(rules).clashes()
    for clash in found:
        for reading in clash.readings:
            named = [{each.one, each.other} for each in decide(clash.case, reading).contradictions]
            assert set(clash.propositions) in named


def test_readings_that_are_equivalent_since_nothing_is_ever_shown_are_said_to_be_so() -> None:
    did = says("did", "<a>")
    for unless, why in (((did,), "; no record shows '<one> met' under either"), ((), "")):
        rules = tiny(fact("met", "Aland"), [rule("r", says("met", "<a>"), did, unless=unless)]).rules
        first = rules.readings[0]
        found = prove(rules.but(readings=(first, first.but(id="same")))).defects
        (equivalent,) = (each for each in found if each.kind == "equivalent readings")
        assert equivalent.why == f"they answer every question alike on every record{why}"


def test_readings_that_contradict_on_the_same_record_are_told_together() -> None:
    """One problem for them all; another record, by the law of another day, is another problem."""
    law = [rule("met", says("met", "<a>"), says("did", "<a>")), rule("held", says("held", "<a>"), says("did", "<a>"))]
    rules = tiny(fact("met", "Aland"), law).rules
    first = rules.readings[0]
    both = exclude(rules.but(readings=(first, first.but(id="same"))), (says("met", "<one>"), says("held", "<one>")))
    (clash,), (universe,) = contradictory(both)
    assert clash.readings == (first.id, "same") and [str(p) for p in clash.facts] == ["State A did"]
    assert universe.whole
    until = (law[0].but(until="2010"), law[1], rule("later", says("met", "<a>"), says("saw", "<a>"), from_="2010"))
    dated = both.but(rules=until, vocabulary=tiny(fact("met", "Aland"), until).rules.vocabulary)
    (clash,), universes = contradictory(exclude(dated, (says("met", "<one>"), says("held", "<one>"))))
    assert len(universes) == 2 and clash.case.as_of == "2010-12-31"
    assert [str(p) for p in clash.facts] == ["State A did", "State A saw"]


def test_an_answer_that_does_not_name_a_proved_contradiction_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    law = [rule("met", says("met", "<a>"), says("did", "<a>")), rule("held", says("held", "<a>"), says("did", "<a>"))]
    rules = exclude(tiny(fact("met", "Aland"), law).rules, (says("met", "<one>"), says("held", "<one>")))
    monkeypatch.setattr(contradicting, "decide", lambda case, reading: decide(case, reading).but(contradictions=()))
    with pytest.raises(EngineError, match=r"disagree under narrow: '<one> met' and '<one> held' .* State A did"):
        contradictory(rules)
