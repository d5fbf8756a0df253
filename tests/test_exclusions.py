"""What excludes what: it is mutual, and an opinion on whose record both of two such things hold names them first."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import authority
from authority import engine
from authority.changes.diff import LawDiff, diff
from authority.changes.mixing import Mixture
from authority.cli import run
from authority.exclusions import Exclusion, exclusions
from authority.facts import FactPattern
from authority.law import RuleSet
from authority.opinion import Opinion, decide
from authority.vocabulary import Pattern, Proposition, Sentence, Vocabulary
from tests.generate import cases, exclude, fact, item, pick, rule, says, tiny

BAD = Path(__file__).parent / "bad" / "contradictory-conclusions.yaml"


@pytest.fixture(autouse=True)
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried here is what an opinion names; that its two derivations agree is tried elsewhere."""
    monkeypatch.setattr(engine, "available", lambda: False)


def named(opinion: Opinion) -> list[tuple[str, str, str]]:
    """The contradictions of an opinion, and what they are between."""
    return [(str(each.one), str(each.other), each.of) for each in opinion.contradictions]


# ── What excludes what ────────────────────────────────────────────────────────────────────────────────────────────


def test_to_exclude_is_mutual_and_two_who_say_so_of_each_other_are_one_pair() -> None:
    """Whatever the two call their blanks; but turned round it is another pair."""
    before = Sentence(
        says="<x> came before <y>", denied="not: <x> came before <y>",
        excludes=(Pattern("<a> came after <b>", ("<x>", "<y>")), Pattern("<x> came before <y>", ("<y>", "<x>"))),
    )  # fmt: skip
    after = Sentence(
        says="<a> came after <b>", denied="not: <a> came after <b>",
        excludes=(Pattern("<x> came before <y>", ("<a>", "<b>")), Pattern("<x> came before <y>", ("<b>", "<a>"))),
    )  # fmt: skip
    found = exclusions(Vocabulary(sentences=(before, after)))
    assert [str(pair) for pair in found] == [
        "'<x> came before <y>' and '<x> came after <y>'", "'<x> came before <y>' and '<y> came before <x>'",
        "'<a> came after <b>' and '<b> came before <a>'",
    ]  # fmt: skip


def test_another_party_is_another_party() -> None:
    """What excludes the same of <another day> excludes it of every other day, and of no other ship."""
    own = Pattern("<ship> sailed first on <day>", ("<ship>", "<day>"))
    pair = Exclusion(own, own.bind({"<day>": "<another day>"}))
    parties = {"<ship>": ["Mary", "Anne"], "<day>": ["Monday", "Tuesday"], "<another day>": ["Monday", "Tuesday"]}
    beside = set(pair.beside(Proposition(own.sentence, ("Mary", "Monday")), parties))
    assert beside == {Proposition(own.sentence, ("Mary", "Tuesday"))}
    assert len(list(pair.grounds(parties))) == 4


# ── What an opinion names ─────────────────────────────────────────────────────────────────────────────────────────

LAW = [
    rule("met", says("met", "<a>"), says("did", "<a>")),
    rule("held", says("held", "<a>"), says("saw", "<a>"), unless=(says("fled", "<a>"),)),
]
DID, SAW, FLED = (fact(verb, "Aland") for verb in ("did", "saw", "fled"))


def record(*evidence, pairs=(("met", "held"),)) -> FactPattern:
    case = tiny(fact("met", "Aland"), LAW, *evidence)
    return case.but(rules=exclude(case.rules, *((says(a, "<one>"), says(b, "<one>")) for a, b in pairs)))


def test_two_conclusions_that_are_both_met_are_named_and_the_verdict_stays() -> None:
    """Though the other of the two is beneath no question that is asked; with the exhibits on which the two rest."""
    found = decide(record(item("E1", DID), item("E2", SAW), item("E3", DID)))
    assert found.shown and fact("held", "Aland") not in found.conclusion
    (each,) = found.contradictions
    assert str(each) == "'Aland held' and 'Aland met' exclude each other, and both are met (E2, E1, E3)"
    assert found.as_data()["contradictions"] == [
        {"one": "Aland held", "other": "Aland met", "of": "conclusions", "evidence": ["E2", "E1", "E3"]}
    ]


@pytest.mark.parametrize(
    "evidence",
    [
        pytest.param((item("E1", DID),), id="the other is not shown"),
        pytest.param((item("E1", SAW),), id="the question is not shown"),
        pytest.param((item("E1", DID), item("E2", SAW, FLED)), id="an exception defeats the other"),
        pytest.param((item("E1", DID), item("E2", SAW, grade="D4")), id="the other is short of the standard"),
        pytest.param((item("E1", DID), item("E2", fact("saw", "Elbonia"))), id="the other is of somebody else"),
    ],
)
def test_nothing_is_named_where_not_both_hold(evidence) -> None:
    assert decide(record(*evidence)).contradictions == ()


def test_two_facts_that_are_both_established_are_named() -> None:
    """Whether or not the question turns on them; and a fact that excludes what is concluded."""
    facts = [("did", "fled"), ("saw", "fled")]
    assert named(decide(record(item("E1", DID, FLED), pairs=facts))) == [("Aland did", "Aland fled", "facts")]
    assert named(decide(record(item("E1", SAW, FLED), pairs=facts))) == [("Aland fled", "Aland saw", "facts")]
    assert decide(record(item("E1", DID), item("E2", FLED, grade="E5"), pairs=facts)).contradictions == ()
    mixed = decide(record(item("E1", DID), item("E2", FLED), pairs=[("met", "fled")]))
    assert named(mixed) == [("Aland fled", "Aland met", "a fact and a conclusion")]
    assert str(mixed.contradictions[0]).endswith("the one is established, the other met (E2, E1)")


def test_a_question_that_the_reading_leaves_alone_contradicts_nothing() -> None:
    case = record(item("E1", DID), item("E2", SAW))
    (reading,) = case.rules.readings
    asked = tuple(s.but(question=True) for s in case.rules.vocabulary.sentences)
    rules = case.rules.but(vocabulary=Vocabulary(sentences=asked))
    assert named(decide(case.but(rules=rules), reading)) == [("Aland held", "Aland met", "conclusions")]
    assert decide(case.but(rules=rules), reading.but(answers=("<one> met",))).contradictions == ()


@st.composite
def excluding(draw) -> FactPattern:
    """A made-up case some sentences of whose law exclude each other."""
    case = draw(cases())
    pairs = []
    sentences = [s for s in case.rules.vocabulary.sentences if not s.computed]
    for _ in range(pick(draw, (2, 1, 3))):
        one, other = (pick(draw, sentences) for _ in "ab")
        own = tuple(f"<{blank}>" for blank in one.blanks)
        args = pick(draw, list(itertools.permutations((*own, "<another>", "<third>"), len(other.blanks))))
        if (one, own) != (other, args):
            pairs.append((Pattern(one.says, own), Pattern(other.says, args)))
    return case.but(rules=exclude(case.rules, *pairs))


@settings(max_examples=60)
@given(excluding())
def test_what_is_named_is_what_trying_every_two_propositions_finds(case: FactPattern) -> None:
    """Of whatever the opinion speaks of, or the record, with all that excludes it, asked one by one; no verdict moves
    by it, and the opinion goes to JSON and back."""
    found = decide(case)
    plain = decide(case.but(rules=exclude_nothing(case.rules)))
    assert (found.decided, found.findings) == (plain.decided, plain.findings)
    holding = {f.proposition for f in found.findings.facts if f.status == "established"}
    spoken = holding | {d.proposition for d in found.decided if d.verdict.shown}
    every = {
        Proposition(s.says, parties)
        for s in case.rules.vocabulary.sentences if s.says in case.rules.conclusions
        for parties in itertools.permutations(case.kind_of, len(s.blanks))
        if all(case.kind(name) in s.kinds(blank) for name, blank in zip(parties, s.blanks, strict=True))
    }  # fmt: skip
    holding |= {p for p in every if decide(case.but(rules=exclude_nothing(case.rules)), ask=p).shown}
    by_hand = {
        frozenset((p, q))
        for p in spoken for q in holding for pair in case.rules.exclusions if p != q and joins(pair, p, q)
    }  # fmt: skip
    assert {frozenset((each.one, each.other)) for each in found.contradictions} == by_hand
    assert Opinion.model_validate_json(found.model_dump_json()) == found


def exclude_nothing(rules: RuleSet) -> RuleSet:
    return rules.but(vocabulary=Vocabulary(sentences=tuple(s.but(excludes=()) for s in rules.vocabulary.sentences)))


def joins(pair: Exclusion, p: Proposition, q: Proposition) -> bool:
    """Whether a pair says of two propositions, in whichever order, that they exclude each other."""
    for here, there in ((p, q), (q, p)):
        one, other = pair.one.match(here), pair.other.match(there)
        if one is not None and other is not None:
            both = {**one, **other}
            if all(both[v] == one[v] for v in one) and len({*both.values()}) == len(both):
                return True
    return False


# ── Where it is told ──────────────────────────────────────────────────────────────────────────────────────────────

CASE = """\
title: The Mary
rules: ..
asks: Mary may enter
as_of: 2002-01-01
parties: {Mary: {kind: organization}}
sources: {log: {name: The log, kind: official report}}
evidence:
  - {id: E1, source: log, says: She brings flour., supports: [Mary brings relief]}
  - {id: E2, source: log, says: She is on the list., supports: [Mary is under embargo]}
"""
SAYS = "'Mary may enter' and 'the port is closed to Mary' exclude each other, and both are met (E1, E2)"


@pytest.fixture
def mary(tmp_path: Path) -> Path:
    """A case on whose record the broken rule set contradicts itself, under two of its readings."""
    path = tmp_path / "law" / "cases" / "mary.case.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(CASE, encoding="utf-8")
    (tmp_path / "law" / "law.yaml").write_text(BAD.read_text("utf-8"), encoding="utf-8")
    return path


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(arguments) == 0
    return capsys.readouterr().out


def test_the_command_names_it_before_the_verdict(mary: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second, *_ = said(capsys, "decide", str(mary)).splitlines()
    assert first == f"contradiction: {SAYS}" and second.startswith("Mary may enter: met (shown)")
    assert "contradiction" not in said(capsys, "decide", str(mary), "-r", "other")
    assert authority.decide(authority.load_case(mary)).explain().startswith(f"contradiction: {SAYS}\nMary may enter:")
    assert said(capsys, "compare", str(mary)).count(SAYS) == 2
    data = json.loads(said(capsys, "compare", str(mary), "-f", "json"))["readings"]
    assert [len(data[name]["contradictions"]) for name in ("one", "other", "third")] == [1, 0, 1]
    before, after = said(capsys, "whatif", str(mary), "--without", "E2").split("after:")
    assert SAYS in before and "contradiction" not in after
    found = json.loads(said(capsys, "whatif", str(mary), "--without", "E2", "-f", "json"))["contradictions"]
    assert [len(found[when]) for when in ("before", "after")] == [1, 0]


def test_the_memo_names_it_before_all_else(mary: Path, tmp_path: Path) -> None:
    memo = authority.decide(authority.load_case(mary)).memo(tmp_path / "memo.md").read_text(encoding="utf-8")
    headings = [line for line in memo.splitlines() if line.startswith("## ")]
    assert headings[:2] == ["## Contradictions", "## Question Presented"]
    assert (
        "- That Mary may enter and that the port is closed to Mary exclude each other, and under “As one reads it” and "
        "“As third reads it” the rules draw both (Exhibits E1 and E2)."
    ) in memo


def test_what_excludes_what_is_part_of_the_difference_between_two_laws(mary: Path, tmp_path: Path) -> None:
    """It is no difference in words, and moves no verdict; and what lies between the two laws is law."""
    other = tmp_path / "other"
    other.mkdir()
    text = BAD.read_text("utf-8").replace("    excludes: [the port is closed to <ship>]\n", "")
    (other / "law.yaml").write_text(text, encoding="utf-8")
    found = diff(mary.parent.parent, other)
    assert isinstance(found, LawDiff)
    (difference,) = found.differences
    assert difference.says == "sentence <ship> may enter is changed in excludes" and not difference.only_words
    assert all(under.changed == () for readings in found.cases.values() for under in readings.values())
    (told,) = found.as_data()["cases"].values()
    for reading, count in (("one", 1), ("other", 0), ("third", 1)):
        contradictions = told["readings"][reading]["contradictions"]
        assert (len(contradictions["before"]), len(contradictions["after"])) == (count, 0)
    assert found.explain().count(f"contradiction, before only: {SAYS}") == 2


def test_between_two_laws_a_sentence_comes_with_what_it_excludes(mary: Path) -> None:
    one = authority.load_case(mary)
    kept = [s for s in one.rules.vocabulary.sentences if s.says != "<ship> carries arms"]
    relief = [s.but(excludes=()) if s.says == "<ship> brings relief" else s for s in kept]
    rules = tuple(r for r in one.rules.rules if r.id != "arms")
    other = one.but(rules=one.rules.but(vocabulary=Vocabulary(sentences=tuple(relief)), rules=rules))
    key = ("sentence", "<ship> brings relief")
    between = Mixture(other, one).between({key})
    assert between is not None and decide(between).shown
    assert "<ship> carries arms" in between.rules.vocabulary.by_text
