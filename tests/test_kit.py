"""The kit: what it makes up are cases that load; the laws hold of every rule set here, and can fail."""

from __future__ import annotations

import importlib
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import find, given, settings

import authority
from authority import engine, testing
from authority.contradictions import Contradiction
from authority.dates import last_day
from authority.errors import EngineError, MissingExtra, UnknownName
from authority.facts import Evidence, FactPattern, Source
from authority.law import Reading, RuleSet
from authority.opinion import Opinion
from authority.testing import MadeUpCase, MadeUpReading, MadeUpRules, laws
from authority.testing.standing import tree
from authority.testing.written import law_text
from authority.vocabulary import NOBODY, Kind, Proposition

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


EVERY = [*authority.rule_sets(), SANCTIONS, EMERGENCY]


@pytest.mark.parametrize("rules", EVERY, ids=str)
def test_questions_come_out_shown_as_well_as_not(rules: Path | str) -> None:
    """Else the laws would be tried on little: a good part of the cases are shown under some reading of the rule set,
    and of the others too."""
    law_of = authority.load_rules(rules)
    found: Counter[bool] = Counter()

    @settings(max_examples=200)
    @given(testing.cases(law_of))
    def law(case: MadeUpCase) -> None:
        found[any(authority.decide(case, reading).shown for reading in law_of.readings)] += 1

    law()
    assert min(found[True], found[False]) >= 30


def test_every_kind_of_exhibit_is_made_up() -> None:
    """For and against, of having found none, undercutting and doubting, hedged, late, of an origin of its own, graded
    by its kind, on a position only, stating law, and bearing on nothing."""
    keys = {"supports", "contradicts", "found_none", "undercuts", "doubts", "hedge", "published", "date", "under",
            "origin", "kind", "position", "bears_on_nothing"}  # fmt: skip
    seen: set[str] = set()
    grades: set[str | None] = set()

    @settings(max_examples=300)
    @given(testing.records(SANCTIONS, most=8))
    def law(record: Any) -> None:
        seen.update(key for item in record for key in keys if getattr(item, key))
        grades.update(grade for item in record for grade in (item.reliability, item.credibility))

    law()
    assert seen == keys
    assert grades == {*"ABCDEF123456", None}


def test_every_part_of_a_case_is_made_up() -> None:
    """Facts and conclusions assumed true and false; a dispute of the case's own with a position under each reading, and
    another position on one of the law's; sources with an origin, a kind and a letter; days before and after."""
    assumed: set[tuple[bool, bool]] = set()
    seen: Counter[str] = Counter()

    @settings(max_examples=300)
    @given(testing.cases(EMERGENCY))
    def law(case: MadeUpCase) -> None:
        assumed.update((a.proposition.sentence in case.rules.conclusions, a.holds) for a in case.assume)
        own = {d.id for d in case.disputes}
        assert all(own <= set(case.positions.get(r.id, ())) for r in case.rules.readings)
        seen["own dispute"] += bool(own)
        seen["another position"] += any(set(taken) - own for taken in case.positions.values())
        seen.update(key for s in case.sources for key in ("origin", "kind", "reliability") if getattr(s, key))
        known = [last_day(e.published or e.date or "0001") for e in case.evidence]
        seen["late"] += any(day > case.knowledge_day for day in known)
        seen["in time"] += any(date.min.replace(year=2) < day <= case.knowledge_day for day in known)
        spoken = {name for e in case.evidence for p in e.bears_on for name in p.parties} | {*case.asks.parties}
        seen["bystander"] += bool({p.name for p in case.parties} - spoken)

    law()
    assert assumed == {(conclusion, holds) for conclusion in (True, False) for holds in (True, False)}
    assert set(+seen) == {"own dispute", "another position", "origin", "kind", "reliability", "late", "in time",
                          "bystander"}  # fmt: skip


def test_without_attacks_and_assumptions_there_are_none() -> None:
    @few
    @given(testing.cases(SANCTIONS, least=2, most=3, attacks=False, assumptions=False))
    def law(case: MadeUpCase) -> None:
        assert 2 <= len(case.evidence) <= 3 and not case.assume
        assert not any(item.undercuts or item.doubts for item in case.evidence)

    law()


def test_readings_take_any_positions_together() -> None:
    """At any standard; some also take one on the dispute that made-up cases have of their own."""
    seen: set[tuple[str, str]] = set()
    admission: set[str | None] = set()
    standards: set[str] = set()

    @settings(max_examples=100)
    @given(testing.readings(SANCTIONS))
    def law(reading: MadeUpReading) -> None:
        seen.add((reading.positions["knowledge"], reading.positions["ownership"]))
        admission.add(reading.positions.get("admission"))
        standards.add(reading.standard)

    law()
    assert seen == {(k, o) for k in ("required", "imputed") for o in ("shares", "control")}
    assert admission == {None, "yes", "no"}
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


# ── Rule sets made up ─────────────────────────────────────────────────────────────────────────────────────────────────


def kept_law(rules: RuleSet, folder: Path) -> RuleSet:
    """A rule set that was printed, kept as the one file of its folder, and loaded."""
    (folder / rules.name).mkdir(exist_ok=True)
    (folder / rules.name / "law.yaml").write_text(law_text(rules), encoding="utf-8")
    return authority.load_rules(folder / rules.name)


def test_a_made_up_rule_set_is_a_file_that_loads(tmp_path: Path) -> None:
    """As it prints, so it loads, without a problem: the same rule set."""

    @settings(max_examples=100)
    @given(testing.rule_sets())
    def law(rules: MadeUpRules) -> None:
        assert kept_law(rules, tmp_path).model_dump() == rules.model_dump()

    law()


def test_every_construct_of_a_rule_set_is_made_up() -> None:
    """Each body, exceptions, positions, waivers, narrower kinds, dates, notice, days and what the calendar decides,
    layers of conclusions, a ruling that is cited, readings that differ, and law that was never enacted."""
    seen: Counter[str] = Counter()

    @settings(max_examples=300)
    @given(testing.rule_sets())
    def law(rules: MadeUpRules) -> None:
        for rule in rules.rules:
            seen[rule.body if rule.premises else "waiver" if rule.under else "by kind"] += 1
            seen.update(key for key in ("unless", "under", "where", "from_", "until") if getattr(rule, key))
            seen["named"] += any(arg in ("Cabal", "Cell") for p in (rule.then, *rule.premises) for arg in p.args)
            seen["ruling"] += rule.cite.authority == "ruling"
        seen[f"{max(rules.layers.values())} layers"] += 1
        narrow, broad = rules.readings
        seen.update(key for key in ("positions", "standard", "grading") if getattr(narrow, key) != getattr(broad, key))
        seen["answers"] += bool(narrow.answers)
        seen["never enacted"] += rules.instrument.never_enacted
        seen["lapsed"] += bool(rules.instrument.until)
        seen["notice"] += bool(rules.notice)
        seen["days"] += rules.vocabulary.speaks_of_days
        seen["computed"] += any(rules.vocabulary[p.sentence].computed for r in rules.rules for p in r.premises)
        seen["computed exception"] += any(rules.vocabulary[p.sentence].computed for r in rules.rules for p in r.unless)
        seen["kinds"] += any(s.where and not s.computed for s in rules.vocabulary.sentences)
        seen["no blank"] += any(not s.blanks for s in rules.vocabulary.sentences)

    law()
    assert set(+seen) == {
        "all", "any", "at_least", "waiver", "by kind", "unless", "under", "where", "from_", "until", "named", "ruling",
        "1 layers", "2 layers", "3 layers", "positions", "standard", "grading", "answers", "never enacted", "lapsed",
        "notice", "days", "computed", "computed exception", "kinds", "no blank",
    }  # fmt: skip


def test_without_exceptions_no_rule_has_any() -> None:
    @few
    @given(testing.rule_sets(exceptions=False))
    def law(rules: MadeUpRules) -> None:
        assert not any(rule.unless for rule in rules.rules)

    law()


def test_a_rule_set_shrinks_to_one_that_can_be_read() -> None:
    """Of those with an exception to a rule with premises, the smallest that is found has two rules at most, a premise
    and an exception, over two facts."""
    found = find(testing.rule_sets(), lambda rules: any(rule.unless and rule.premises for rule in rules.rules))
    assert len(found.rules) <= 2 and len(found.vocabulary.sentences) <= 4 and not found.notice
    assert sum(len(rule.premises) for rule in found.rules) <= 2
    assert sum(len(rule.unless) for rule in found.rules) == 1


def test_the_laws_hold_of_rule_sets_that_are_made_up() -> None:
    """A kit that makes up law as well as records: here the two derivations are held against each other on both."""

    @few
    @given(testing.rule_sets().flatmap(testing.cases))
    def law(case: MadeUpCase) -> None:
        for reading in case.rules.readings:
            assert authority.decide(case, reading).receipt.derived_twice == engine.available()

    law()


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


def one_name_unheard(case: FactPattern, reading: Reading) -> Opinion:
    """Broken: what is said of a party of a certain name is not weighed."""
    heard = {e.id for e in case.evidence if not any("Party 1" in p.parties for p in e.bears_on)}
    return authority.decide(case.holding(heard), reading)


def repetition_counts(case: FactPattern, reading: Reading) -> Opinion:
    """Broken: what one source has said twice is beyond a doubt."""
    said = Counter((e.source, e.bears_on) for e in case.evidence)
    best = {"reliability": "A", "credibility": "1", "hedge": ""}
    heard = tuple(e.but(**best) if said[e.source, e.bears_on] > 1 else e for e in case.evidence)
    return authority.decide(case.but(evidence=heard), reading)


def on_rumour(case: FactPattern, reading: Reading) -> Opinion:
    """Broken: where nothing is in the record, all that is asked is taken to be proved."""
    found = authority.decide(case, reading)
    if case.evidence:
        return found
    asked = tuple(p for p in found.finding if p in tree(found) and NOBODY not in p.parties)
    rumour = Evidence(id="E1", source="S1", says="It is said.", supports=asked, reliability="A", credibility="1")
    return authority.decide(case.but(evidence=(rumour,), sources=(Source(id="S1", name="S1"),)), reading)


def by_credibility_alone(case: FactPattern, reading: Reading) -> Opinion:
    """Broken: that a source cannot be judged is overlooked."""
    judged = tuple(e.but(reliability="A") if e.reliability == "F" else e for e in case.evidence)
    return authority.decide(case.but(evidence=judged), reading)


@pytest.mark.parametrize(
    ("law", "broken"),
    [
        (laws.order_is_immaterial, first_left_out), (laws.names_are_immaterial, one_name_unheard),
        (laws.the_same_case_twice_gives_the_same_answer, by_turns),
        (laws.the_case_written_and_loaded_gives_the_same_answer, by_turns),
        (laws.an_idle_item_changes_nothing, last_left_out), (laws.an_echo_changes_nothing, repetition_counts),
        (laws.a_higher_standard_shows_no_more, standards_upside_down),
        (laws.withdrawing_support_shows_no_more, more_asks_more), (laws.without_evidence_nothing_is_shown, on_rumour),
        (laws.what_cannot_be_judged_is_a_scintilla, by_credibility_alone),
        (laws.brute_force_agrees_with_dependence, last_left_out),
        (laws.what_a_verdict_depends_on_holds_when_tried, more_asks_more),
    ],
    ids=lambda each: each.__name__,
)  # fmt: skip
def test_a_law_that_is_broken_fails_with_a_small_case_that_loads(
    law: Callable[..., None], broken: Decide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The failure says what was expected and what came, and prints the reading and a case file of few exhibits: kept,
    it loads, and can be looked into by every command."""
    monkeypatch.setattr(laws, "decide", broken)
    with pytest.raises(AssertionError, match=r"\n  expected: .*\n  found: ") as failure:
        law(EMERGENCY, examples=100)
    printed = "\n".join(failure.value.__notes__)
    text = textwrap.dedent(printed.split("case=\n")[1].split("#,\n")[0])
    case = kept(text, tmp_path / "failing.case.yaml", authority.load_rules(EMERGENCY))
    assert len(case.evidence) <= 4
    assert "standard: " in printed


def test_every_law_is_seen_to_fail() -> None:
    """The two that no broken ``decide`` above can break are broken below."""
    (marked,) = test_a_law_that_is_broken_fails_with_a_small_case_that_loads.pytestmark  # type: ignore[attr-defined]
    assert {law for law, _ in marked.args[1]} | {laws.both_derivations_agree, laws.no_contradiction_is_hidden} == set(
        laws.ALL
    )


def test_a_failure_names_the_step_at_which_the_answers_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lowest proposition that stands otherwise, how it stood and stands, and the exhibits for it."""
    monkeypatch.setattr(laws, "decide", first_left_out)
    with pytest.raises(AssertionError) as failure:
        laws.order_is_immaterial(SANCTIONS, examples=100)
    what, expected, found, part, before, after = str(failure.value).splitlines()
    assert what.startswith("in another order, ") and what.endswith(" comes out otherwise")
    assert (expected[:12], found[:9], part) == ("  expected: ", "  found: ", "  where they part:")
    assert after.startswith("    in another order, ") and re.search("(for|against) it E", before + after)


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


@pytest.mark.parametrize(
    ("law", "wrong", "said"),
    [
        (laws.brute_force_agrees_with_dependence, lambda d: {"flip_sets": ()}, "wrong about the flip sets"),
        (laws.brute_force_agrees_with_dependence, lambda d: {"idle": ("E1", "E9")}, "wrong about the idle exhibits"),
        (laws.what_a_verdict_depends_on_holds_when_tried,
         lambda d: {"flip_sets": tuple((*each, *d.idle[:1]) for each in d.flip_sets)}, "part of a flip set"),
        (laws.what_a_verdict_depends_on_holds_when_tried, lambda d: {"flip_sets": (d.idle,)}, "without the flip set"),
        (laws.what_a_verdict_depends_on_holds_when_tried,
         lambda d: {"sufficient_sets": tuple(each[1:] for each in d.sufficient_sets)}, "with the sufficient set"),
        (laws.what_a_verdict_depends_on_holds_when_tried, lambda d: {"flip_standard": "scintilla"}, "weakest standard"),
        (laws.an_echo_changes_nothing, lambda d: {"margin": len(d.idle)}, "the margin is another"),
    ],
)  # fmt: skip
def test_a_wrong_dependence_is_found_out(
    law: Callable[..., None], wrong: Callable[[Any], dict[str, Any]], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sets that are left out, too large or too small, an exhibit wrongly said to be idle, another standard, another
    margin."""
    right = laws.depend
    monkeypatch.setattr(laws, "depend", lambda found: (is_ := right(found)).but(**wrong(is_)))
    with pytest.raises(AssertionError, match=said):
        law(SANCTIONS)


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
