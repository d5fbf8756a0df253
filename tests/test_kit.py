"""The kit: what it makes up are cases that load; the laws hold of every rule set here, and can fail."""

from __future__ import annotations

import importlib
import sys
import textwrap
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

import authority
from authority import engine, testing
from authority.contradictions import Contradiction
from authority.errors import EngineError, MissingExtra, UnknownName
from authority.facts import FactPattern
from authority.law import Reading, RuleSet
from authority.opinion import Opinion
from authority.testing import MadeUpCase, MadeUpReading, laws
from authority.vocabulary import Kind, Proposition

OTHER = Path(__file__).parent / "other"
SANCTIONS, EMERGENCY = OTHER / "sanctions-designation", OTHER / "emergency-powers"
other_law = pytest.mark.parametrize("folder", [SANCTIONS, EMERGENCY], ids=lambda folder: folder.name)
needs_durable_rules = pytest.mark.skipif(not engine.available(), reason="durable-rules is not installed")

few = settings(max_examples=30)


# ── What is made up ───────────────────────────────────────────────────────────────────────────────────────────────────


def kept(text: str, path: Path, rules: RuleSet) -> FactPattern:
    """A case that was printed, kept as a file and loaded."""
    path.write_text(text, encoding="utf-8")
    return authority.load_case(path, rules)


@pytest.mark.parametrize("rules", [SANCTIONS, EMERGENCY, "aumf-2001", "war-powers"], ids=str)
def test_a_made_up_case_is_a_case_file(rules: Path | str, tmp_path: Path) -> None:
    """As it prints, so it loads: the same case, of any rule set."""
    law_of = authority.load_rules(rules)

    @few
    @given(testing.cases(law_of))
    def law(case: MadeUpCase) -> None:
        loaded = kept(str(case), tmp_path / "made-up.case.yaml", law_of)
        assert loaded.model_dump() == case.model_dump()

    law()


@other_law
def test_questions_come_out_shown_as_well_as_not(folder: Path) -> None:
    """Else the laws would be tried on little: a tenth of the cases at least are shown, and as many are not."""
    found: Counter[bool] = Counter()

    @settings(max_examples=100)
    @given(testing.cases(folder), testing.readings(folder))
    def law(case: MadeUpCase, reading: MadeUpReading) -> None:
        found[authority.decide(case, reading).shown] += 1

    law()
    assert min(found[True], found[False]) >= 10


def test_every_kind_of_exhibit_is_made_up() -> None:
    """For and against, of having found none, undercutting and doubting, hedged, late, and on a position only."""
    seen: set[str] = set()
    keys = ("supports", "contradicts", "found_none", "undercuts", "doubts", "hedge", "published", "under")

    @settings(max_examples=200)
    @given(testing.records(SANCTIONS))
    def law(record: Any) -> None:
        seen.update(key for item in record for key in keys if getattr(item, key))

    law()
    assert seen == set(keys)


def test_readings_take_any_positions_together() -> None:
    seen: set[tuple[str, ...]] = set()
    standards: set[str] = set()

    @settings(max_examples=100)
    @given(testing.readings(SANCTIONS))
    def law(reading: MadeUpReading) -> None:
        seen.add(tuple(reading.positions.values()))
        standards.add(reading.standard)

    law()
    assert seen == {(k, o) for k in ("required", "imputed") for o in ("shares", "control")}
    assert standards == {s.id for s in authority.load_rules(SANCTIONS).tables.standards}


@few
@given(testing.propositions(EMERGENCY), testing.parties(EMERGENCY))
def test_facts_and_parties_are_of_the_vocabulary(fact: Proposition, party: Any) -> None:
    """A fact is what evidence may speak of: neither concluded, nor for the calendar."""
    rules = authority.load_rules(EMERGENCY)
    assert fact.sentence not in rules.conclusions and rules.vocabulary[fact.sentence].computed is None
    assert party.kind in Kind


def test_a_question_may_be_named() -> None:
    """A case asks the one that is named; one that the rule set has not is refused, with what there is."""
    question = "detention of <person> is authorized"

    @settings(max_examples=5)
    @given(testing.cases("aumf-2001", question))
    def law(case: MadeUpCase) -> None:
        assert case.asks.sentence == question

    law()
    with pytest.raises(
        UnknownName, match="there is no question 'is he guilty': there are: <subject> may be designated"
    ):
        testing.cases(SANCTIONS, "is he guilty")


def test_without_hypothesis_the_kit_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.delitem(sys.modules, "authority.testing")
    with pytest.raises(MissingExtra, match=r"pip install 'authority\[test\]'"):
        importlib.import_module("authority.testing")


# ── The laws ──────────────────────────────────────────────────────────────────────────────────────────────────────────

every_law = pytest.mark.parametrize("law", laws.ALL, ids=lambda law: law.__name__)


@other_law
@every_law
def test_the_laws_hold_of_other_law(law: Callable[..., None], folder: Path) -> None:
    law(folder, examples=6)


@pytest.mark.slow
@every_law
def test_the_laws_hold_of_the_bundled_law(law: Callable[..., None]) -> None:
    law("aumf-2001", examples=10)


Decide = Callable[[FactPattern, Reading], Opinion]


def first_left_out(case: FactPattern, reading: Reading) -> Opinion:
    """Broken: the exhibit that is listed first is not weighed."""
    return authority.decide(case.holding({item.id for item in case.evidence[1:]}), reading)


def last_left_out(case: FactPattern, reading: Reading) -> Opinion:
    """Broken: the exhibit that is listed last is not weighed."""
    return authority.decide(case.holding({item.id for item in case.evidence[:-1]}), reading)


def standards_upside_down(case: FactPattern, reading: Reading) -> Opinion:
    """Broken: the weakest standard asks for the most."""
    order = [standard.id for standard in case.rules.tables.standards]
    found = authority.decide(case, reading.but(standard=order[-1 - order.index(reading.standard)]))
    return found.but(reading=reading)


def more_asks_more(case: FactPattern, reading: Reading) -> Opinion:
    """Broken: more than one exhibit must prove beyond a doubt what one proves by a scintilla."""
    order = [standard.id for standard in case.rules.tables.standards]
    return authority.decide(case, reading.but(standard=order[-1 if len(case.evidence) > 1 else 0]))


def by_turns(case: FactPattern, reading: Reading) -> Opinion:
    """Broken: a case that came from JSON is decided on another day."""
    return authority.decide(case if isinstance(case, MadeUpCase) else case.but(as_of="1900-01-01"), reading)


@pytest.mark.parametrize(
    ("law", "broken"),
    [
        (laws.order_is_immaterial, first_left_out), (laws.an_idle_item_changes_nothing, last_left_out),
        (laws.a_higher_standard_shows_no_more, standards_upside_down),
        (laws.withdrawing_support_shows_no_more, more_asks_more),
        (laws.the_same_case_twice_gives_the_same_answer, by_turns),
    ],
    ids=lambda each: each.__name__,
)  # fmt: skip
def test_a_law_that_is_broken_fails_with_a_small_case_that_loads(
    law: Callable[..., None], broken: Decide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What failed prints as a case file of few exhibits: kept, it loads, and can be looked into by every command."""
    monkeypatch.setattr(laws, "decide", broken)
    with pytest.raises(AssertionError) as failure:
        law(EMERGENCY, examples=100)
    printed = "\n".join(failure.value.__notes__)
    text = textwrap.dedent(printed.split("case=\n")[1].split("#,\n")[0])
    case = kept(text, tmp_path / "failing.case.yaml", authority.load_rules(EMERGENCY))
    assert len(case.evidence) <= 4
    assert "standard: " in printed


@needs_durable_rules
def test_a_wrong_derivation_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    right = engine.follow
    monkeypatch.setattr(engine, "follow", lambda *given: dict.fromkeys(right(*given), engine.Verdict.UNDETERMINED))
    with pytest.raises(EngineError, match="disagree"):
        laws.both_derivations_agree(SANCTIONS)


def test_without_durable_rules_there_is_nothing_to_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    """The law is then passed over, and does not pass."""
    monkeypatch.setattr(engine, "_durable", None)
    with pytest.raises(pytest.skip.Exception, match="no second derivation"):
        _skipping(lambda: laws.both_derivations_agree(SANCTIONS))


def _skipping(law: Callable[[], None]) -> None:
    """What pytest makes of unittest's way to pass over a test."""
    import unittest

    try:
        law()
    except unittest.SkipTest as passed:
        pytest.skip(str(passed))


def test_a_wrong_dependence_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A flip set that is left out, and an exhibit wrongly said to be idle."""
    right = laws.depend
    for wrong, said in (
        ({"flip_sets": ()}, "the flip sets are .*; depend says none"),
        ({"idle": ("E1", "E2", "E3", "E4", "E5")}, "idle are"),
    ):
        monkeypatch.setattr(laws, "depend", lambda found, wrong=wrong: right(found).but(**wrong))
        with pytest.raises(AssertionError, match=said):
            laws.brute_force_agrees_with_dependence(SANCTIONS, examples=15)


def test_a_contradiction_that_is_not_named_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And one that is none; where all are named, the law holds."""
    bad = Path(__file__).parent / "bad" / "contradictory-conclusions.yaml"
    (tmp_path / "law.yaml").write_text(bad.read_text("utf-8"), encoding="utf-8")
    laws.no_contradiction_is_hidden(tmp_path)

    def silent(case: FactPattern, reading: Reading, ask: Proposition | None = None) -> Opinion:
        return authority.decide(case, reading, ask).but(contradictions=())

    def stubborn(case: FactPattern, reading: Reading, ask: Proposition | None = None) -> Opinion:
        if case.evidence:
            return authority.decide(case, reading, ask)
        both = Contradiction(one=case.asks, other=Proposition("nothing"), of="conclusions")
        return authority.decide(case, reading, ask).but(contradictions=(both,))

    for broken, said in ((silent, "exclude each other, and are not named"), (stubborn, "do not both hold")):
        monkeypatch.setattr(laws, "decide", broken)
        with pytest.raises(AssertionError, match=said):
            laws.no_contradiction_is_hidden(tmp_path)


def test_a_law_is_tried_on_the_same_examples_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a red test is red for everybody."""
    digests: list[list[str]] = [[], []]
    for seen in digests:
        monkeypatch.setattr(laws, "decide", lambda c, r, seen=seen: (seen.append(c.digest), authority.decide(c, r))[1])
        laws.both_derivations_agree(EMERGENCY, examples=10)
    assert digests[0] == digests[1] != []
