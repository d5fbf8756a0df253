"""The instruments beside the 2001 authorization: what each answers and when it is law. None answers for another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import authority
from authority.checking import check
from authority.errors import InvalidInput
from authority.facts import FactPattern
from authority.law import RuleSet, last_day
from authority.loading import load_rules
from authority.memo import compose, markdown
from authority.vocabulary import Proposition
from tests.test_cli import said

CASES = Path(__file__).parent / "cases"
ADJACENT = ("article-ii", "corker-kaine", "iraq-aumf-2002", "ndaa-2012", "un-charter-51")


@pytest.fixture(scope="module", params=ADJACENT)
def law(request: pytest.FixtureRequest) -> RuleSet:
    return load_rules(request.param)


@pytest.fixture(scope="module")
def soleimani() -> FactPattern:
    return authority.load_case("soleimani-2020-under-2002")


@pytest.fixture(scope="module")
def strikes_2025() -> FactPattern:
    return authority.load_case("iran-2025-under-2002")


@pytest.fixture(scope="module")
def supporter() -> FactPattern:
    return authority.load_case(CASES / "section-1021.yaml")


@pytest.fixture(scope="module")
def listed() -> FactPattern:
    return authority.load_case(CASES / "corker-kaine.yaml")


def made(folder: Path, rules: str, asks: str, *facts: str, kinds: str, as_of: str = "2020-01-03") -> FactPattern:
    """A small case in which a government says of itself that the facts are so: each is established."""
    path = folder / "made.yaml"
    items = "\n".join(
        f"  - {{id: E{n}, source: s, says: It is so., supports: ['{fact}']}}" for n, fact in enumerate(facts, start=1)
    )
    path.write_text(
        f'rules: {rules}\ntitle: Made up\nasks: "{asks}"\nas_of: {as_of}\nparties: {kinds}\n'
        f"sources: {{s: {{name: A government, kind: own position or act of a government}}}}\nevidence:\n{items}\n",
        encoding="utf-8",
    )
    return authority.load_case(path)


def answers(case: FactPattern) -> dict[str, str]:
    """The verdict under every reading."""
    return {r.id: str(authority.decide(case, r).verdict) for r in case.rules.readings}


def without(case: FactPattern, *ids: str) -> FactPattern:
    return case.but(evidence=tuple(e for e in case.evidence if e.id not in ids))


# ── Each of them ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ADJACENT)
def test_it_has_no_problem_and_every_word_of_it_is_accounted_for(name: str) -> None:
    found = check(name)
    assert found["problems"] == [] and found["coverage"]["unaccounted"] == []
    assert all(each["why"] for each in found["coverage"]["left_out"])


def test_it_says_that_a_verdict_here_implies_none_elsewhere(law: RuleSet) -> None:
    told = " ".join(law.instrument.does_not_decide)
    assert "implie" in told


def test_its_words_bear_their_marks_and_say_what_was_not_seen(law: RuleSet) -> None:
    assert law.instrument.seen and law.instrument.verified
    assert any("seen" in s.note for s in law.instrument.sections)


def test_every_bundled_case_has_the_answers_it_expects() -> None:
    """A bundled case, and a made-up one, is answered under each reading as its file says."""
    paths = [
        *(n for name in ADJACENT for n in authority.cases(name)),
        CASES / "section-1021.yaml",
        CASES / "corker-kaine.yaml",
    ]
    for which in paths:
        case = authority.load_case(which)
        assert case.expect.keys() == {r.id for r in case.rules.readings}, which
        for reading, expected in case.expect.items():
            assert ("shown" if authority.decide(case, reading).shown else "not shown") == expected, (which, reading)


@pytest.mark.parametrize(
    ("name", "before", "first"),
    [("ndaa-2012", "2011-12-30", "2011-12-31"), ("iraq-aumf-2002", "2002-10-15", "2002-10-16"),
     ("article-ii", "2001-09-24", "2001-09-25"), ("un-charter-51", "1945-12-30", "1945-12-31")],
)  # fmt: skip
def test_it_is_law_from_its_day(name: str, before: str, first: str) -> None:
    instrument = load_rules(name).instrument
    assert not instrument.in_time(last_day(before)) and instrument.in_time(last_day(first))


def test_every_sentence_that_raises_a_question_is_a_fact_of_its_rule_set(law: RuleSet) -> None:
    """Evidence never speaks to a conclusion, so that one would raise nothing."""
    for entry in law.raised_by:
        assert entry.says not in load_rules(entry.rules).conclusions


# ── Section 1021: persons, and detention ──────────────────────────────────────────────────────────────────────────────


def test_support_alone_covers_where_it_suffices(supporter: FactPattern) -> None:
    """D10: without the peace, the supporter is covered under the section's words and not by membership only."""
    found = answers(without(supporter, "E3"))
    assert found == {
        "section-as-written": "met", "membership-only": "undetermined", "while-hostilities-last": "met",
        "ratification": "met",
    }  # fmt: skip


def test_peace_ends_the_ground_for_detention_or_does_not(supporter: FactPattern) -> None:
    """D11: as Gul has it; not while any covered hostilities last."""
    assert not authority.decide(supporter, "section-as-written").shown
    assert authority.decide(supporter, "while-hostilities-last").shown


def test_association_without_hostilities_covers_nobody(supporter: FactPattern) -> None:
    """Parhat's second and third elements are in the section's own words: associated, and engaged in hostilities."""
    hostile = next(e for e in supporter.evidence if e.id == "E2")
    for kept in (0, 1):
        halved = hostile.but(supports=(hostile.supports[kept],))
        case = supporter.but(evidence=tuple(halved if e.id == "E2" else e for e in supporter.evidence))
        assert not authority.decide(without(case, "E3"), "section-as-written").shown


def test_a_belligerent_act_and_direct_support_cover(tmp_path: Path) -> None:
    """(b)(2) names both; that support suffices is disputed, that a belligerent act does is not."""
    asks, kinds = "Yusuf is a covered person under section 1021", "{Yusuf: {kind: person}}"
    act = made(tmp_path, "ndaa-2012", asks, "Yusuf committed a belligerent act in aid of al-Qaeda", kinds=kinds)
    assert set(answers(act).values()) == {"met"}
    support = made(tmp_path, "ndaa-2012", asks, "Yusuf directly supported the hostilities of the Taliban", kinds=kinds)
    assert answers(support)["section-as-written"] == "met" and answers(support)["membership-only"] == "undetermined"


def test_who_harbored_those_responsible_is_covered(tmp_path: Path) -> None:
    asks, kinds = "Yusuf is a covered person under section 1021", "{Yusuf: {kind: person}}"
    case = made(tmp_path, "ndaa-2012", asks, "Yusuf harbored al-Qaeda", kinds=kinds)
    assert set(answers(case).values()) == {"met"}


def test_before_it_was_enacted_the_section_covers_nobody(supporter: FactPattern) -> None:
    assert set(answers(without(supporter, "E3").but(as_of="2011-12-30")).values()) == {"not met"}


def test_whether_the_section_ratifies_force_is_disputed_and_turns_no_detention(supporter: FactPattern) -> None:
    """D6: one reading takes the term for a ratification; the others say that the section is about detention."""
    ask = "section 1021 ratifies the use of force against the Band as an associated force"
    found = {r.id: authority.decide(supporter, r, ask).shown for r in supporter.rules.readings}
    assert found == {
        "section-as-written": False, "membership-only": False, "while-hostilities-last": False, "ratification": True,
    }  # fmt: skip


# ── The President's own authority ─────────────────────────────────────────────────────────────────────────────────────

OWN = "force against Aland is within the President's own authority"
STATE = "{Aland: {kind: state}}"
LIMITED = tuple(
    f"the hostilities anticipated with Aland are limited in {what}" for what in ("nature", "scope", "duration")
)


def test_the_executives_test_asks_for_an_interest_and_for_force_short_of_war(tmp_path: Path) -> None:
    ally = "force against Aland assists an ally or strategic partner at its request"
    both = made(tmp_path, "article-ii", OWN, ally, *LIMITED, kinds=STATE)
    assert answers(both)["olc-test"] == "met"
    for lost in ("E1", "E2", "E3", "E4"):
        assert answers(without(both, lost))["olc-test"] == "undetermined"


def test_force_on_the_scale_of_war_is_within_it_only_where_no_limit_is_taken(tmp_path: Path) -> None:
    """D15: on the position that there is no limit of scale the second part of the test falls away."""
    ally = made(
        tmp_path,
        "article-ii",
        OWN,
        "force against Aland assists an ally or strategic partner at its request",
        kinds=STATE,
    )
    found = authority.whatif(ally, "olc-test", positions={"war-limit": "none"})
    assert (str(found.before.verdict), str(found.after.verdict)) == ("undetermined", "met")


def test_section_2c_as_written_asks_for_an_emergency_created_by_attack(tmp_path: Path) -> None:
    """The two parts of the executive's test are nothing to it; an attack with an emergency is."""
    ally = "force against Aland assists an ally or strategic partner at its request"
    assert answers(made(tmp_path, "article-ii", OWN, ally, *LIMITED, kinds=STATE))["section-2c-as-written"] != "met"
    attack = (
        "Aland attacked the United States, its territories, its possessions or its armed forces",
        "the attack by Aland created a national emergency",
    )
    found = answers(made(tmp_path, "article-ii", OWN, *attack, kinds=STATE))
    assert found["section-2c-as-written"] == "met" and found["olc-test"] == "undetermined"


def test_only_the_broad_view_reaches_a_state_for_harboring_or_the_suspicion_of_it(tmp_path: Path) -> None:
    for fact in (
        "Aland harbors or supports terrorist organizations",
        "Aland is suspected of harboring or supporting terrorist organizations",
    ):
        found = answers(made(tmp_path, "article-ii", OWN, fact, kinds=STATE))
        assert found == {"olc-test": "undetermined", "section-2c-as-written": "undetermined", "broad-view-2001": "met"}


def test_war_begun_by_attack_may_be_met_under_every_reading(tmp_path: Path) -> None:
    """The Prize Cases."""
    case = made(tmp_path, "article-ii", OWN, "Aland began war on the United States by attack", kinds=STATE)
    assert set(answers(case).values()) == {"met"}


def test_where_congress_forbade_it_the_answer_turns_on_the_lowest_ebb(tmp_path: Path) -> None:
    """Youngstown."""
    ally = "force against Aland assists an ally or strategic partner at its request"
    forbidden = "Congress has by law forbidden force against Aland"
    case = made(tmp_path, "article-ii", OWN, ally, *LIMITED, forbidden, kinds=STATE)
    found = authority.whatif(case, "olc-test", positions={"lowest-ebb": "fails"})
    assert (str(found.before.verdict), str(found.after.verdict)) == ("met", "undetermined")
    will = Proposition("the will of Congress stands against force against <target>", ("Aland",))
    assert str(found.after.on(will)) == "met"


# ── Article 51 ────────────────────────────────────────────────────────────────────────────────────────────────────────

DEFENCE = "force against Aland is lawful self-defence"
ATTACK = (
    "the armed forces of Aland attacked a Member of the United Nations",
    "the acts of Aland were of the gravity of an armed attack",
)
LIMITS = (
    "force against Aland is necessary", "force against Aland is proportionate",
    "the measures against Aland were immediately reported to the Security Council",
)  # fmt: skip
WITH_BAND = "{Aland: {kind: state}, the Band: {kind: organization}}"


def test_self_defence_asks_for_a_grave_attack_necessity_proportion_and_a_report(tmp_path: Path) -> None:
    whole = made(tmp_path, "un-charter-51", DEFENCE, *ATTACK, *LIMITS, kinds=STATE)
    assert answers(whole)["court"] == "met"
    for item in whole.evidence:
        assert answers(without(whole, item.id))["court"] == "undetermined", item.supports


def test_the_right_ends_when_the_security_council_has_taken_measures(tmp_path: Path) -> None:
    ended = "the Security Council has taken measures against Aland"
    case = made(tmp_path, "un-charter-51", DEFENCE, *ATTACK, *LIMITS, ended, kinds=STATE)
    assert set(answers(case).values()) == {"not met"}


def test_sending_armed_bands_is_an_attack_and_arming_them_is_not(tmp_path: Path) -> None:
    """Nicaragua: sending, substantial involvement, effective control; arms and logistical support alone never."""
    grave = "the acts of the Band were of the gravity of an armed attack"
    for part in (
        "Aland sent the Band against a Member of the United Nations",
        "Aland was substantially involved in the acts of the Band",
        "Aland had effective control of the acts of the Band",
    ):
        case = made(tmp_path, "un-charter-51", DEFENCE, part, grave, *LIMITS, kinds=WITH_BAND)
        assert answers(case)["court"] == "met", part
    arms = made(
        tmp_path,
        "un-charter-51",
        DEFENCE,
        "Aland gave the Band arms or logistical support",
        grave,
        *LIMITS,
        kinds=WITH_BAND,
    )
    assert "met" not in answers(arms).values()
    assert "arms and logistical support alone are no armed attack" in markdown(compose(authority.decide(arms)))


def test_an_imminent_attack_opens_the_right_in_the_view_of_the_united_states_only(tmp_path: Path) -> None:
    case = made(tmp_path, "un-charter-51", DEFENCE, "an armed attack by Aland is imminent", *LIMITS, kinds=STATE)
    assert (answers(case)["court"], answers(case)["united-states"]) == ("undetermined", "met")


def test_force_against_a_group_where_its_host_is_unwilling_or_unable_is_disputed(tmp_path: Path) -> None:
    """D17."""
    asks = "force against the Band in the territory of Aland is lawful self-defence"
    facts = (
        "the Band carried out acts of armed force against a Member of the United Nations",
        "the acts of the Band were of the gravity of an armed attack", "Aland is unwilling or unable to stop the Band",
        *(limit.replace("Aland", "the Band") for limit in LIMITS),
    )  # fmt: skip
    found = answers(made(tmp_path, "un-charter-51", asks, *facts, kinds=WITH_BAND))
    assert found["court"] != "met"
    assert found["united-states"] == "met"


def test_sheltering_attackers_is_an_attack_only_where_that_is_taken(tmp_path: Path) -> None:
    facts = (
        "Aland shelters the Band", "the Band carried out acts of armed force against a Member of the United Nations",
        "the acts of the Band were of the gravity of an armed attack", *LIMITS,
    )  # fmt: skip
    found = answers(made(tmp_path, "un-charter-51", DEFENCE, *facts, kinds=WITH_BAND))
    assert (found["united-states"], found["harboring"]) == ("undetermined", "met")


def test_who_claims_self_defence_must_prove_it_and_a_claim_is_not_enough(tmp_path: Path) -> None:
    """Oil Platforms: what an official asserts of another state meets a preponderance and not the court's standard."""
    whole = made(tmp_path, "un-charter-51", DEFENCE, *ATTACK, *LIMITS, kinds=STATE)
    asserted = tuple(e.but(kind="official asserting facts about others") for e in whole.evidence)
    found = answers(whole.but(evidence=asserted))
    assert (found["court"], found["united-states"]) == ("undetermined", "met")


# ── The 2002 authorization ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_strike_of_2020_is_within_the_executives_reading_and_that_of_2025_is_not(
    soleimani: FactPattern, strikes_2025: FactPattern
) -> None:
    assert authority.decide(soleimani, "executive-2020").shown
    assert not authority.decide(strikes_2025, "executive-2020").shown
    assert not authority.decide(soleimani, "statute-as-written").shown


def test_what_separates_them_is_the_notice(soleimani: FactPattern) -> None:
    """It alone says that the statute was invoked: without it the first case is as the second is."""
    assert "E4" in authority.depend(authority.decide(soleimani, "executive-2020")).necessary
    assert soleimani.source_of[soleimani.item["E4"].source].name.startswith("White House, section 1264 notice")
    assert not authority.decide(without(soleimani, "E4"), "executive-2020").shown


def test_the_dispute_is_whose_threat_is_meant(soleimani: FactPattern) -> None:
    (change,) = authority.depend(authority.decide(soleimani, "statute-as-written")).crux
    assert [str(stance) for stance in change] == ["threat-posed-by-iraq = in-iraq"]


def test_the_same_facts_on_the_day_of_its_repeal_are_not_met_because_it_is_gone(soleimani: FactPattern) -> None:
    """Repealed on 18 December 2025: on that day it is no longer law, on the day before it still is."""
    assert authority.decide(soleimani.but(as_of="2025-12-17"), "executive-2020").shown
    gone = soleimani.but(as_of="2025-12-18")
    assert set(answers(gone).values()) == {"not met"}
    memo = compose(authority.decide(gone, "executive-2020"))
    assert "no longer in force on 18 December 2025" in memo.question
    assert memo.why == ("The 2002 Iraq AUMF was not in force on 18 December 2025.",)


def test_the_memo_of_2020_says_that_the_law_is_gone_since(soleimani: FactPattern) -> None:
    assert (
        "in force on 3 January 2020, and no longer from 18 December 2025"
        in compose(authority.decide(soleimani)).question
    )


# ── What was never enacted ────────────────────────────────────────────────────────────────────────────────────────────


def test_what_was_never_enacted_answers_nothing_as_law(listed: FactPattern) -> None:
    """On no day, whatever the record says."""
    for day in ("2018-04-16", "2020-01-03", "2026-11-25"):
        assert str(authority.decide(listed.but(as_of=day), "as-the-law-stands").verdict) == "not met"


def test_never_a_state(listed: FactPattern) -> None:
    """§ 8(2): listed or not, a sovereign nation could not have been an associated force."""
    group = authority.decide(listed, "had-it-been-enacted")
    state = authority.decide(listed, "had-it-been-enacted", "Aland would be a designated associated force")
    assert (str(group.verdict), str(state.verdict)) == ("met", "not met")


def test_wherever_a_verdict_of_it_stands_it_is_said_to_be_un_enacted(
    listed: FactPattern, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(CASES / "corker-kaine.yaml")
    for arguments in (
        ("decide", path), ("decide", path, "-r", "had-it-been-enacted"), ("compare", path), ("timeline", path),
        ("depends", path, "-r", "had-it-been-enacted"), ("whatif", path, "--without", "E1"), ("diff", path, path),
        ("rules", "corker-kaine"), ("rules",),
    ):  # fmt: skip
        assert "un-enacted" in said(capsys, *arguments)[1], arguments
    assert "un-enacted" in authority.decide(listed, "had-it-been-enacted").explain()
    for command in ("decide", "compare", "depends", "timeline"):
        assert "un-enacted" in json.dumps(json.loads(said(capsys, command, path, "--format", "json")[1])), command


def test_its_memo_says_so_in_the_question_the_answer_and_beside_each_reading(listed: FactPattern) -> None:
    memo = compose(authority.decide(listed, "had-it-been-enacted"))
    assert "never enacted" in memo.question
    assert memo.brief.startswith("The Corker–Kaine resolution was never enacted, and nothing follows from it as law.")
    assert all("un-enacted" in row.label for row in memo.rows)
    as_law = compose(authority.decide(listed))
    assert as_law.why == ("The Corker–Kaine resolution was never enacted, and nothing follows from it as law.",)


# ── None answers for another ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("rules", "asks", "foreign"),
    [
        ("iraq-aumf-2002", "force against Aland is authorized by the 2002 statute", "Aland harbored al-Qaeda"),
        ("iraq-aumf-2002", "force against Aland is authorized by the 2002 statute", ATTACK[0]),
        ("article-ii", OWN, "the President invoked the 2002 statute for force against Aland"),
        ("un-charter-51", DEFENCE, LIMITED[0]),
        ("corker-kaine", "Aland would be a designated associated force", "Aland entered the fight alongside al-Qaeda"),
    ],
)
def test_a_fact_that_only_another_instrument_asks_about_cannot_be_put_to_it(
    rules: str, asks: str, foreign: str, tmp_path: Path
) -> None:
    """So no verdict of one can change with what only another turns on."""
    with pytest.raises(InvalidInput, match="is no sentence of the vocabulary"):
        made(tmp_path, rules, asks, foreign, kinds=STATE)


def test_what_is_shown_under_one_instrument_is_not_thereby_shown_under_another(tmp_path: Path) -> None:
    """The same attack, by one and the same exhibit, is put to two instruments; each asks for more of its own."""
    attack = "Aland conducts or directs attacks on United States forces"
    force = "force against Aland is authorized by the 2002 statute"
    iraq = made(tmp_path, "iraq-aumf-2002", force, f"{attack} in the region", kinds=STATE)
    assert "met" not in answers(iraq).values()
    own = made(tmp_path, "article-ii", OWN, attack, *LIMITED, kinds=STATE)
    assert answers(own) == {"olc-test": "met", "section-2c-as-written": "undetermined", "broad-view-2001": "met"}


def test_what_a_rule_set_raises_changes_no_verdict_of_it(soleimani: FactPattern) -> None:
    """With and without ``raised_by``, every opinion is the same."""
    bare = soleimani.but(rules=soleimani.rules.but(raised_by=()))
    assert answers(bare) == answers(soleimani)
