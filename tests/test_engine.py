"""The forward derivation by itself: rules put to named parties, facts, and what durable-rules makes of them."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from authority import engine
from authority.engine import Use, Verdict, follow
from authority.errors import EngineError
from authority.law import Rule
from authority.vocabulary import NOBODY, Proposition
from tests.generate import fact, rule, says

needs_durable_rules = pytest.mark.skipif(not engine.available(), reason="durable-rules is not installed")

MET = says("may be met", "<a>")
ASKED = fact("may be met", "Aland")
PAID, TOLD, ARMED = (says(verb, "<a>") for verb in ("paid", "told", "armed"))
LAYERS = {says(verb, "<a>").sentence: layer for verb, layer in (("aided", 1), ("joined", 2), ("may be met", 3))}


def use(each: Rule, **parties: str) -> Use:
    """A rule put to these parties, named by its variables' letters; the premises and exceptions as they then read."""
    filled = {f"<{letter}>": party for letter, party in parties.items()}
    variables = each.bound
    return Use(
        each, variables, tuple(filled[v] for v in variables), each.then.ground(filled),
        tuple(p.ground(filled) for p in each.premises), tuple(e.ground(filled) for e in each.unless),
    )  # fmt: skip


def following(
    uses: Iterable[Use], established: Iterable[Proposition] = (), open_: Iterable[Proposition] = (),
    assumed: dict[Proposition, bool] | None = None,
) -> dict[Proposition, Verdict]:  # fmt: skip
    """What follows from facts established, and others that are open."""
    established = set(established)
    return follow(uses, LAYERS, established, established | set(open_), assumed or {})


def asked(*args: Any) -> Verdict:
    """What follows for the question."""
    return following(*args)[ASKED]


MET_, NOT_MET, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.UNDETERMINED


# ── A rule's body ─────────────────────────────────────────────────────────────────────────────────────────────────


@needs_durable_rules
@pytest.mark.parametrize(
    ("body", "count", "needed"), [("all", 0, 3), ("any", 0, 1), ("at_least", 2, 2), ("at_least", 1, 1)]
)
def test_a_rule_holds_once_enough_of_its_premises_do(body: str, count: int, needed: int) -> None:
    """All, any one, or so many: of those established it is met, of those not refuted it may yet be."""
    premises = PAID, TOLD, ARMED
    here = use(rule("r", MET, *premises, body=body, count=count), a="Aland")
    for held in range(4):
        for left in range(4 - held):
            verdict = MET_ if held >= needed else OPEN if held + left >= needed else NOT_MET
            assert asked([here], here.premises[:held], here.premises[held : held + left]) is verdict


@needs_durable_rules
def test_the_same_premise_for_another_party_is_another() -> None:
    """What holds of the Cohort does nothing for Aland, nor what the Cohort did to another."""
    law = rule("r", MET, says("sheltered", "<a>", "<c>"), says("paid", "<c>", "<a>"))
    here = [use(law, a="Aland", c="Dora"), use(law, a="Elbonia", c="Dora")]
    crossed = fact("sheltered", "Aland", "Dora"), fact("paid", "Dora", "Elbonia")
    assert set(following(here, crossed).values()) == {NOT_MET}
    found = following(here, (*crossed, fact("paid", "Dora", "Aland")))
    assert found == {ASKED: MET_, fact("may be met", "Elbonia"): NOT_MET}


@needs_durable_rules
def test_a_party_that_the_rule_names_itself_is_asked_for_by_name() -> None:
    """Beside the blank or without any, in each place of a sentence."""
    law = rule("r", MET, says("sheltered", "<a>", "Cabal"), says("paid", "Cell", "Cabal"))
    here = [use(law, a="Aland")]
    right = fact("sheltered", "Aland", "Cabal"), fact("paid", "Cell", "Cabal")
    assert asked(here, right) is MET_
    for wrong in (fact("paid", "Cabal", "Cell"), fact("paid", "Cell", "Cell"), fact("paid", "Cabal", "Cabal")):
        assert asked(here, (right[0], wrong)) is NOT_MET
    assert asked(here, (fact("sheltered", "Aland", "Cell"), right[1])) is NOT_MET


@needs_durable_rules
def test_one_fact_may_fill_two_premises() -> None:
    """Where a blank stands for the party that another premise names."""
    here = [use(rule("r", MET, says("paid", "<c>"), says("paid", "Cabal")), a="Aland", c="Cabal")]
    assert asked(here, [fact("paid", "Cabal")]) is MET_


@needs_durable_rules
def test_a_blank_of_an_alternative_is_bound_only_to_whom_is_in_question() -> None:
    """Where any premise suffices, the fact must be one that the issue tree asks about."""
    law = rule("r", MET, says("sheltered", "<a>", "<c>"), says("paid", "<d>"), body="any")
    about = fact("sheltered", "Aland", "Cohort"), fact("paid", "Dora")
    here = [Use(law, ("<a>",), ("Aland",), ASKED, about, ())]
    for each in about:
        assert asked(here, (each,)) is MET_
    for other in (fact("sheltered", "Aland", "Dora"), fact("sheltered", "Elbonia", "Cohort"), fact("paid", "Cohort")):
        assert asked(here, (other,)) is NOT_MET


@needs_durable_rules
def test_two_rules_on_the_same_parties_are_two() -> None:
    """And one rule put to two parties is asked of each."""
    one, other = rule("r", MET, PAID, TOLD), rule("s", MET, ARMED, TOLD)
    everybody = [use(each, a=party) for each in (one, other) for party in ("Aland", "Dora")]
    facts = fact("paid", "Aland"), fact("told", "Aland"), fact("armed", "Dora"), fact("told", "Elbonia")
    assert following(everybody, facts) == {ASKED: MET_, fact("may be met", "Dora"): NOT_MET}
    assert following(everybody, (*facts, fact("told", "Dora"))) == {ASKED: MET_, fact("may be met", "Dora"): MET_}


@needs_durable_rules
def test_a_rule_without_premises_holds() -> None:
    """Nothing need be proved."""
    assert asked([use(rule("w", MET), a="Aland")]) is MET_


# ── Layers, exceptions, assumptions ───────────────────────────────────────────────────────────────────────────────


AIDED, JOINED = says("aided", "<a>"), says("joined", "<a>")


@needs_durable_rules
def test_what_follows_is_a_premise_of_what_lies_above() -> None:
    """Three layers, in whatever order the rules are listed; and the answer is in the order of the propositions."""
    law = [rule("q", MET, JOINED, AIDED), rule("j", JOINED, AIDED), rule("s", AIDED, PAID)]
    here = [use(each, a="Aland") for each in law]
    for established, open_, verdict in (
        ([fact("paid", "Aland")], [], MET_), ([], [fact("paid", "Aland")], OPEN), ([], [], NOT_MET),
    ):  # fmt: skip
        found = following(here, established, open_)
        assert set(found.values()) == {verdict} and list(found) == sorted(u.conclusion for u in here)


@needs_durable_rules
def test_an_exception_defeats_once_it_is_met_and_not_before() -> None:
    """One of two is enough; one that may yet be met defeats nothing."""
    law = rule("r", MET, PAID, unless=(TOLD, AIDED))
    here = [use(law, a="Aland"), use(rule("s", AIDED, ARMED), a="Aland")]
    paid, told, armed = (fact(verb, "Aland") for verb in ("paid", "told", "armed"))
    for established, open_, verdict in (
        ([paid], [], MET_), ([paid], [told, armed], MET_), ([paid, told], [], NOT_MET), ([paid, armed], [], NOT_MET),
        ([told], [paid], NOT_MET), ([], [paid], OPEN), ([armed], [paid], NOT_MET), ([], [paid, armed], OPEN),
    ):  # fmt: skip
        assert asked(here, established, open_) is verdict


@needs_durable_rules
def test_what_is_assumed_stands_and_is_built_upon() -> None:
    """True or denied, whatever rules say of it; also where no rule speaks to it."""
    here = [use(rule("q", MET, AIDED), a="Aland"), use(rule("s", AIDED, PAID), a="Aland")]
    aided = fact("aided", "Aland")
    assert following(here, (), (), {aided: True}) == {aided: MET_, ASKED: MET_}
    assert following(here, [fact("paid", "Aland")], (), {aided: False}) == {aided: NOT_MET, ASKED: NOT_MET}
    joined = fact("joined", "Dora")
    assert following(here, (), (), {joined: True})[joined] is MET_
    assert following(here, (), (), {joined: False})[joined] is NOT_MET


@needs_durable_rules
def test_of_nobody_named_nothing_is_shown_though_it_may_be() -> None:
    """A requirement waived for everybody may be met of somebody who has no name yet."""
    told = fact("joined", NOBODY)
    waived = [use(rule("w", JOINED), a=NOBODY), use(rule("q", MET, says("joined", "<c>")), a="Aland", c=NOBODY)]
    assert following(waived) == {told: OPEN, ASKED: OPEN}


# ── Many ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@needs_durable_rules
@pytest.mark.usefixtures("_nothing_kept")
@pytest.mark.parametrize("at_once", [1, 2, 3, 200])
def test_rules_and_facts_come_in_batches_and_none_is_lost(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever fits into a batch, the same follows: factors of one rule may be counted from two."""
    monkeypatch.setattr(engine, "RULES_AT_ONCE", at_once)
    monkeypatch.setattr(engine, "FACTS_AT_ONCE", at_once)
    factors = [says(f"did {n}", "<a>") for n in range(5)]
    law = rule("r", MET, *factors, body="at_least", count=4)
    here = [use(law, a=party) for party in ("Aland", "Dora", "Elbonia")]
    facts = [fact(f"did {n}", party) for party, many in (("Aland", 4), ("Dora", 3)) for n in range(many)]
    found = following(here, facts, [fact("did 3", "Dora"), fact("did 4", "Elbonia")])
    assert found == {ASKED: MET_, fact("may be met", "Dora"): OPEN, fact("may be met", "Elbonia"): NOT_MET}


@needs_durable_rules
def test_more_rules_than_one_batch_holds() -> None:
    """A hundred and thirty, each met by a fact of its own."""
    many = range(130)
    law = [rule(f"r{n}", MET, says(f"did {n}", "<a>")) for n in many]
    for n in (0, 59, 60, 61, 129):
        assert asked([use(each, a="Aland") for each in law], [fact(f"did {n}", "Aland")]) is MET_


# ── When the library fails ────────────────────────────────────────────────────────────────────────────────────────


class Faulty:
    """durable-rules, but for what a test has it do otherwise; and what it was asked to give back."""

    def __init__(self, **otherwise: Any) -> None:
        self.true, self.otherwise, self.asked = engine._durable, otherwise, []

    def __getattr__(self, name: str) -> Any:
        true = getattr(self.true, name)

        def noted(*args: Any) -> Any:
            self.asked.append((name, *args))
            return self.otherwise.get(name, true)(*args)

        return noted if callable(true) and name != "error" else true


@pytest.fixture
def _nothing_kept() -> Iterator[None]:
    """That every ruleset is made anew, and none is left that a faulty library made."""
    engine._ruleset.cache_clear()
    yield
    engine._ruleset.cache_clear()


def wrong(monkeypatch: pytest.MonkeyPatch, says_: str, **otherwise: Any) -> None:
    """That a rule put to this library gives no verdict, but an error that says so, and no ruleset is kept of it."""
    engine._ruleset.cache_clear()
    faulty = Faulty(**otherwise)
    monkeypatch.setattr(engine, "_durable", faulty)
    with pytest.raises(EngineError, match=says_):
        asked([use(rule("r", MET, PAID), a="Aland")], [fact("paid", "Aland")])
    gc.collect()  # the traceback may have held it
    called = [name for name, *_ in faulty.asked]
    assert called.count("create_ruleset") == called.count("delete_ruleset") == 1


@needs_durable_rules
@pytest.mark.usefixtures("_nothing_kept")
def test_what_is_made_in_the_library_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """The state of the facts with each question; the rules are kept for the next, and given back once they are not."""
    faulty = Faulty()
    monkeypatch.setattr(engine, "_durable", faulty)

    def calls(*names: str) -> list[tuple[Any, ...]]:
        return [call for call in faulty.asked if call[0] in names]

    for party in ("Aland", "Dora"):
        following([use(rule("r", MET, PAID), a=party)], [fact("paid", party)])
    (made,) = calls("create_ruleset")
    told = [(call[1], json.loads(call[2])[0]["sid"]) for call in calls("assert_facts")]
    assert told == [call[1:] for call in calls("delete_state")] and len(set(told)) == 2
    assert not calls("delete_ruleset")
    asked([use(rule("r", MET, TOLD), a="Aland")])
    _, other = calls("create_ruleset")
    assert other[1] != made[1] and all(name.startswith("authority") for name in (made[1], other[1]))
    engine._ruleset.cache_clear()
    assert {call[1] for call in calls("delete_ruleset")} == {call[1] for call in calls("delete_state")}


@needs_durable_rules
@pytest.mark.usefixtures("_nothing_kept")
def test_rules_that_are_kept_remember_nothing_of_a_question() -> None:
    """A fact that held in one question, and what followed, are gone in the next."""
    here = [use(each, a="Aland") for each in (rule("s", AIDED, PAID), rule("q", MET, AIDED))]
    for _ in range(3):
        assert asked(here, [fact("paid", "Aland")]) is MET_
        assert asked(here, (), [fact("paid", "Aland")]) is OPEN
        assert asked(here) is NOT_MET


@needs_durable_rules
@pytest.mark.usefixtures("_nothing_kept")
def test_no_more_rulesets_are_kept_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one asked for longest ago is given back."""
    faulty = Faulty()
    monkeypatch.setattr(engine, "_durable", faulty)
    for number in range(engine.RULESETS_KEPT + 2):
        asked([use(rule("r", MET, says(f"did {number}", "<a>")), a="Aland")])
    called = [name for name, *_ in faulty.asked]
    assert called.count("create_ruleset") - called.count("delete_ruleset") == engine.RULESETS_KEPT


@needs_durable_rules
def test_an_answer_that_is_no_success_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither 0 (taken) nor 1 (taken, and nothing matched)."""
    wrong(monkeypatch, "answered 2 to new facts", assert_facts=lambda handle, facts: (2, None))


@needs_durable_rules
def test_a_library_that_raises_gives_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of its own error, and of a value it cannot take, the message says what."""
    for error in (engine._durable.error, ValueError, TypeError):  # type: ignore[union-attr]

        def fails(*args: Any, error: type[Exception] = error) -> Any:
            raise error("out of memory")

        wrong(monkeypatch, "durable-rules failed: out of memory", assert_facts=fails)


@needs_durable_rules
@pytest.mark.usefixtures("_nothing_kept")
def test_where_no_ruleset_is_made_there_is_none_to_give_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error is the library's, not that of giving back what was not made."""

    def fails(name: str, rules: str) -> Any:
        raise ValueError("no room")

    faulty = Faulty(create_ruleset=fails)
    monkeypatch.setattr(engine, "_durable", faulty)
    with pytest.raises(EngineError, match="failed: no room"):
        asked([use(rule("r", MET, PAID), a="Aland")])
    assert [name for name, *_ in faulty.asked] == ["create_ruleset"]


@needs_durable_rules
def test_an_answer_without_the_sentinel_is_not_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    """One rule must fire on every question; without it, what else came is not trusted."""
    wrong(monkeypatch, "did not fire its sentinel", start_action_for_state=lambda handle, state: None)
    wrong(monkeypatch, "did not fire its sentinel", start_action_for_state=lambda handle, state: (state, None))
    only = json.dumps({"r0": []})
    wrong(
        monkeypatch, "did not fire its sentinel", start_action_for_state=lambda handle, state: (state, only),
        complete_and_start_action=lambda handle, state: None,
    )  # fmt: skip


@needs_durable_rules
@pytest.mark.parametrize("frames", [{"x0": {"id": 99}, "x1": {"id": 3}}, {"x0": {"id": 2}, "x1": {"id": 99}}])
def test_a_match_on_facts_it_was_not_given_is_an_error(frames: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be it the use or the fact that is unknown."""
    answer = json.dumps({"tick": {"x0": {"id": 1}}, "r0": frames})
    wrong(
        monkeypatch, "facts it was not given", start_action_for_state=lambda handle, state: (state, answer),
        complete_and_start_action=lambda handle, state: None,
    )  # fmt: skip


@needs_durable_rules
def test_more_matches_than_the_limit_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as the limit are read; each counts once, in however few answers they come."""
    law = rule("r", MET, PAID)
    here = [use(law, a=party) for party in ("Aland", "Dora", "Elbonia")]
    facts = [u.premises[0] for u in here]
    monkeypatch.setattr(engine, "MAX_MATCHES", 3)
    assert set(following(here, facts).values()) == {MET_}
    monkeypatch.setattr(engine, "MAX_MATCHES", 2)
    with pytest.raises(EngineError, match="more than 2 matches"):
        following(here, facts)


def test_without_the_library_there_is_no_forward_derivation(monkeypatch: pytest.MonkeyPatch) -> None:
    """And that is said."""
    monkeypatch.setattr(engine, "_durable", None)
    assert not engine.available()
    with pytest.raises(EngineError, match="not installed"):
        asked([use(rule("r", MET, PAID), a="Aland")])
