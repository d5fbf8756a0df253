"""The record on Iran and al-Qaeda, and the law it is read against: complete, marked, quoted word for word; and what
follows from them, proposition by proposition, on the exhibits that carry it."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import authority
from authority import InvalidInput, Opinion, Verdict
from authority.dates import last_day
from authority.facts import FactPattern
from authority.law import Mark, RuleSet
from authority.places import rules_folder
from authority.vocabulary import Proposition
from authority.weighing import Cause, Finding, Status

READINGS = (
    "statutory-text", "statutory-text-harboring-since", "executive-associated-forces", "judicial-detention",
    "cooperation-2020",
)  # fmt: skip


@pytest.fixture(scope="module")
def law(iran: FactPattern) -> RuleSet:
    """The rule set of the 2001 authorization."""
    return iran.rules


def without(case: FactPattern, *ids: str) -> FactPattern:
    """The case with some items taken out, as though they had never been there."""
    assert set(ids) <= set(case.item)
    return case.but(evidence=tuple(e for e in case.evidence if e.id not in ids))


def at_standard(case: FactPattern, reading: str, standard: str) -> Opinion:
    """The opinion under a reading with another proof standard."""
    return authority.decide(case, case.rules.reading(reading).but(standard=standard))


def proposition(case: FactPattern, text: str) -> Proposition:
    """The proposition that a text states; its parties are the case's."""
    for sentence in case.rules.vocabulary.sentences:
        for parties in (("Iran", "al-Qaeda"), ("al-Qaeda", "Iran"), ("Iran",), ("al-Qaeda",)):
            if len(parties) == len(sentence.blanks) and sentence.fill(parties) == text:
                return Proposition(sentence.says, parties)
    raise AssertionError(f"{text!r} is no sentence about Iran and al-Qaeda")


def finding(opinion: Opinion, text: str) -> Finding:
    """Where a fact stands in an opinion."""
    return opinion.finding[proposition(opinion.case, text)]


def standing(opinion: Opinion, text: str) -> tuple[Verdict, Cause]:
    """The verdict on a conclusion in an opinion, and what tells most for it."""
    decided = opinion.conclusion[proposition(opinion.case, text)]
    return decided.verdict, decided.cause


# ── The record ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_item_of_the_record_is_there_once(iran: FactPattern) -> None:
    """E1 to E73, each once."""
    assert Counter(e.id for e in iran.evidence) == Counter(f"E{i}" for i in range(1, 74))


def test_every_sentence_of_the_op_ed_is_an_item(iran: FactPattern) -> None:
    """o01 to o18 are E1 to E18, all from the op-ed and from nothing else."""
    from_op_ed = {e.id: e.ref for e in iran.evidence if e.source == "op-ed"}
    assert from_op_ed == {f"E{i}": f"o{i:02}" for i in range(1, 19)}


def test_every_public_datum_is_in_the_record(iran: FactPattern) -> None:
    """p01 to p47 and the seven seconds (p15b …), each once, but for two that hold a claim and its answer: p19 (what
    RFE/RL reports, and Iran's denial) and p29 (what the Secretary said, and that he offered no evidence)."""
    public = Counter(e.ref for e in iran.evidence if e.ref.startswith("p"))
    seconds = ("p15b", "p16b", "p26b", "p43b", "p44b")
    assert set(public) == {f"p{i:02}" for i in range(1, 48)} | set(seconds)
    assert {ref: n for ref, n in public.items() if n != 1} == {"p19": 2, "p29": 2}
    assert [e.id for e in iran.evidence if not e.ref] == ["E73"]


def test_every_item_speaks_to_a_fact_or_says_why_not(iran: FactPattern) -> None:
    """No item stands idle in silence: it bears on a fact, states law, attacks another item, or says why it does not."""
    silent = [
        e.id for e in iran.evidence
        if not (e.bears_on or e.position or e.undercuts or e.doubts or e.bears_on_nothing)
    ]  # fmt: skip
    assert silent == []
    assert [e.id for e in iran.evidence if e.bears_on_nothing] == ["E1", "E16", "E17", "E28", "E48"]
    assert [e.id for e in iran.evidence if e.position] == ["E2", "E3", "E4", "E47", "E57"]


def test_what_is_from_memory_is_marked(iran: FactPattern) -> None:
    """Two items were seen nowhere: Treasury's action of October 2012, and the compiler's own negative finding."""
    assert sorted(e.id for e in iran.evidence if e.verified is Mark.MEMORY) == ["E68", "E69"]


def test_every_source_is_used_and_graded_by_its_type(iran: FactPattern) -> None:
    """No item of this record states a grade of its own: the type of the source decides."""
    assert {e.source for e in iran.evidence} == set(iran.source_of)
    assert all(s.kind in iran.rules.tables.grading.kinds for s in iran.sources)
    assert [e.id for e in iran.evidence if e.reliability or e.credibility] == []
    assert [s.id for s in iran.sources if s.reliability] == []


def test_what_was_published_later_is_out(iran: FactPattern) -> None:
    """The record closes in February 2021; three items of 2023 are kept in it and not weighed."""
    opinion = authority.decide(iran)
    late = {i.id for i in opinion.findings.items if i.out.startswith("published after")}
    assert late == {"E51", "E52", "E53"}
    assert late == {e.id for e in iran.evidence if e.published and last_day(e.published) > iran.knowledge_day}


# ── The law ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_reading_takes_a_position_on_every_dispute(law: RuleSet) -> None:
    """One, and one that there is; none is taken silently."""
    assert tuple(r.id for r in law.readings) == READINGS
    for reading in law.readings:
        assert set(reading.positions) == {d.id for d in law.disputes}
        assert all(d.position(reading.positions[d.id]) for d in law.disputes)


def test_every_position_is_taken_by_some_reading_or_stands_for_comparison(law: RuleSet) -> None:
    """What no reading takes is listed, so that nobody thinks it was forgotten."""
    taken = {(dispute, position) for r in law.readings for dispute, position in r.positions.items()}
    untaken = {(d.id, p.id) for d in law.disputes for p in d.positions} - taken
    assert untaken == {
        ("aid-to-the-organization", "suffices"), ("aiding-knowledge", "not-required"), ("final-say", "president"),
        ("state-as-associated-force", "possible"), ("end-of-association", "lasts-with-hostilities"),
        ("whole-record", "apart"), ("plan-to-join", "support"), ("duration", "may-unravel"),
        ("meaning-of-cooperation", "joint-operations"),
        ("contact", "enough"),
    }  # fmt: skip


def test_the_words_of_section_2a_are_the_enacted_words(law: RuleSet) -> None:
    """The grant, word for word."""
    section = law.instrument.section("§ 2(a)")
    assert section and section.text == (
        "That the President is authorized to use all necessary and appropriate force against those nations, "
        "organizations, or persons he determines planned, authorized, committed, or aided the terrorist attacks that "
        "occurred on September 11, 2001, or harbored such organizations or persons, in order to prevent any future "
        "acts of international terrorism against the United States by such nations, organizations or persons."
    )
    assert "cooperat" not in " ".join(s.text for s in law.instrument.sections)


def test_every_rule_quotes_words_that_are_on_file(law: RuleSet) -> None:
    """Beside loading, which checks it too: each quote is found in the section or authority that it cites. Two rules
    have none: no words of the decisions they cite were seen."""
    texts = {law.instrument.id: [s.text for s in law.instrument.sections]}
    texts |= {a.id: [q.text for q in a.quotes] for a in law.authorities}
    assert [r.id for r in law.rules if not r.quote] == ["training-by-itself", "support-by-plan"]
    for rule in law.rules:
        where = [" ".join(text.split()) for text in texts[rule.cite.authority]]
        assert not rule.quote or any(" ".join(rule.quote.split()) in text for text in where), rule.id


def altered(words: list[str], at: int) -> str:
    """The words with a letter lost from one of them; a word of one letter is lost whole to another."""
    word = words[at][:-1] if len(words[at]) > 1 else "x"
    return " ".join([*words[:at], word, *words[at + 1 :]])


def one_word_altered(rules: list[dict]) -> Iterator[tuple[list[dict], set[str]]]:
    """The rules with the first word of every quote altered, then the second, and so on; and which rules it touched."""
    quotes = {rule["id"]: rule["quote"].split() for rule in rules if "quote" in rule}
    for at in range(max(map(len, quotes.values()))):
        touched = {name for name, words in quotes.items() if at < len(words)}
        yield (
            [{**r, "quote": altered(quotes[r["id"]], at)} if r["id"] in touched else r for r in rules],
            touched,
        )


def test_no_word_of_any_quote_can_be_changed(law: RuleSet, tmp_path: Path) -> None:
    """Alter any one word of any quote by a letter, and the rule set does not load; the message has the true words."""
    folder = tmp_path / "aumf-2001"
    shutil.copytree(rules_folder() / "aumf-2001", folder)
    rules = yaml.load((folder / "rules.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)["rules"]
    assert {r["id"] for r in rules} == {r.id for r in law.rules}
    for changed, touched in one_word_altered(rules):
        (folder / "rules.yaml").write_text(yaml.safe_dump({"rules": changed}, allow_unicode=True), encoding="utf-8")
        with pytest.raises(InvalidInput) as error:
            authority.load_rules(folder)
        assert {p.kind for p in error.value.problems} == {"quote"}
        assert {p.what.split("'")[1] for p in error.value.problems} == touched


def test_every_authority_is_marked_and_says_where_it_was_seen(law: RuleSet) -> None:
    """How far its words were checked, and where; five were not seen at all."""
    assert all(isinstance(a.verified, Mark) and a.seen and a.status for a in law.authorities)
    assert [a.id for a in law.authorities if a.verified is Mark.MEMORY] == [
        "frameworks-2016", "basardh", "awad", "almerfedi", "hammamy-2009",
    ]  # fmt: skip
    assert all(a.unverified for a in law.authorities if a.verified is Mark.MEMORY)


@pytest.mark.parametrize(
    ("name", "status", "begins", "ends"),
    [
        ("iraq-aumf-2002", "repealed by the FY2026 NDAA", "2002-10-16", "2025-12-18"),
        ("ndaa-2012", "in force", "2011-12-31", None),
        ("usc-1549", "in force", None, None),
        ("hr-1540-1034", "not enacted", None, None),
        ("sjres-59", "introduced 16 Apr 2018; never enacted", None, None),
        ("sjres-68", "passed both Houses; vetoed 6 May 2020", None, None),
        ("white-house-draft-2001", "rejected", None, None),
        ("johnson-2012", "policy statement, not law", None, None),
        ("basardh", "effectively overtaken by Awad", None, None),
        ("hamdi", "good law", None, None),
    ],
)
def test_what_an_authority_counts_for(
    law: RuleSet, name: str, status: str, begins: str | None, ends: str | None
) -> None:
    """Its status and its dates: repealed, in force, never enacted, policy, good law."""
    (found,) = (a for a in law.authorities if a.id == name)
    assert found.status.startswith(status)
    assert (found.from_, found.until) == (begins, ends)


def test_no_rule_rests_on_what_was_never_law(law: RuleSet) -> None:
    """Bills, drafts and vetoed resolutions are cited for positions and never for a rule; the op-ed only for its own."""
    never = ("not enacted", "rejected", "introduced", "House only")
    not_law = {a.id for a in law.authorities if a.status.startswith(never)}
    assert not_law >= {"hr-1540-1034", "white-house-draft-2001", "sjres-59", "hr-550-2020"}
    assert not {r.cite.authority for r in law.rules} & not_law
    assert {r.id for r in law.rules if r.cite.authority == "oped"} == {
        "force-by-cooperation", "cooperation-by-help", "cooperation-by-joint-operations", "cooperation-by-contact",
    }  # fmt: skip


# ── What follows ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("reading", READINGS)
def test_the_case_comes_out_as_expected(iran: FactPattern, reading: str) -> None:
    """Force against Iran is shown under the op-ed's test and under no other reading."""
    opinion = authority.decide(iran, reading)
    assert iran.expect[reading] == ("shown" if opinion.shown else "not shown")
    assert opinion.shown is (reading == "cooperation-2020")


@pytest.mark.parametrize(
    ("reading", "text", "verdict", "cause"),
    [
        ("statutory-text", "force against Iran is authorized", "not met", "on the evidence"),
        ("statutory-text", "Iran is a nation or an organization or a person", "met", "by rule"),
        ("statutory-text", "Iran is within the class", "undetermined", "short of the standard"),
        ("statutory-text", "Iran harbored al-Qaeda", "undetermined", "no evidence"),
        ("statutory-text", "Iran aided the September 11 attacks", "undetermined", "short of the standard"),
        ("statutory-text", "al-Qaeda is responsible for the September 11 attacks", "met", "by rule"),
        (
            "statutory-text", "the determination that section 2(a) requires has been made as to Iran", "not met",
            "on the evidence",
        ),
        (
            "statutory-text", "force against Iran has the purpose that section 2(a) states", "met", "on the evidence",
        ),
        ("statutory-text", "force against Iran is necessary and appropriate", "undetermined", "nobody named"),
        ("statutory-text-harboring-since", "force against Iran is authorized", "not met", "on the evidence"),
        (
            "statutory-text-harboring-since", "Iran has sheltered al-Qaeda since the September 11 attacks",
            "undetermined", "in conflict",
        ),
        ("statutory-text-harboring-since", "Iran is within the class", "undetermined", "in conflict"),
        ("executive-associated-forces", "force against Iran is authorized", "not met", "on the evidence"),
        (
            "executive-associated-forces", "Iran is an associated force of al-Qaeda", "not met",
            "no rule under this reading",
        ),
        (
            "executive-associated-forces", "Iran is of a kind that can be an associated force", "not met",
            "no rule under this reading",
        ),
        (
            "executive-associated-forces", "force against Iran has the purpose that section 2(a) states", "met",
            "by rule",
        ),
        ("judicial-detention", "force against Iran is authorized", "not met", "no rule under this reading"),
        ("cooperation-2020", "force against Iran is authorized", "met", "on the evidence"),
        ("cooperation-2020", "Iran cooperates with al-Qaeda", "met", "on the evidence"),
    ],
)  # fmt: skip
def test_where_each_conclusion_stands(iran: FactPattern, reading: str, text: str, verdict: str, cause: str) -> None:
    """Element by element, with what tells most for it."""
    assert standing(authority.decide(iran, reading), text) == (verdict, cause)


@pytest.mark.parametrize(
    ("text", "status", "cause", "pro", "con", "none"),
    [
        (
            "the President has determined that the authorization covers Iran", "refuted", "on the evidence", "",
            "E46 E5 E18", "E43 E45 E63 E44 E69",
        ),
        (
            "Iran knew of the plan for the September 11 attacks", "unresolved", "short of the standard", "E29", "E22",
            "E19",
        ),
        (
            "Iran facilitated the travel of the September 11 attackers", "established", "on the evidence",
            "E27 E20 E21 E22 E29", "", "",
        ),
        ("Iran planned the September 11 attacks", "unresolved", "short of the standard", "E11", "E12", ""),
        (
            "Iran let members of al-Qaeda live there at liberty", "unresolved", "in conflict", "E64 E35 E36 E41",
            "E32 E62 E40 E65", "",
        ),
        (
            "senior members of al-Qaeda have lived in Iran since the September 11 attacks", "established",
            "on the evidence", "E64 E33 E35 E38 E40 E41 E49 E68", "E65", "",
        ),
        ("Iran entered the fight alongside al-Qaeda", "refuted", "on the evidence", "", "E25 E54 E15", "E30"),
        (
            "Iran is a co-belligerent of al-Qaeda in hostilities against the United States or its coalition partners",
            "unresolved", "no evidence", "", "", "E30",
        ),
        ("Iran gave members of al-Qaeda travel documents", "established", "on the evidence", "E37", "E71", ""),
        (
            "Iran let al-Qaeda move money and people through its territory by agreement", "established",
            "on the evidence", "E35", "E71", "",
        ),
        ("Iran gave al-Qaeda money or arms", "unresolved", "no evidence", "", "", "E9"),
        ("Iran carried out attacks together with al-Qaeda", "unresolved", "no evidence", "", "", "E30 E9"),
        ("Iran gave al-Qaeda a base from which to direct its operations", "unresolved", "no evidence", "", "", ""),
        (
            "Iran threatens attacks on Americans or American interests", "established", "on the evidence", "E66 E73",
            "", "",
        ),
        ("Iran and al-Qaeda coexisted out of mutual caution", "unresolved", "short of the standard", "E10", "", ""),
        ("al-Qaeda committed the September 11 attacks", "established", "judicially noticed", "", "", ""),
    ],
)  # fmt: skip
def test_where_each_fact_stands_and_on_what(
    iran: FactPattern, text: str, status: str, cause: str, pro: str, con: str, none: str
) -> None:
    """At a preponderance: its status, its cause, and the items on either side, the strongest first."""
    found = finding(authority.decide(iran, "cooperation-2020"), text)
    assert (found.status, found.cause) == (status, cause)
    sides = (found.supporting, found.contradicting, found.found_none)
    assert sides == (tuple(pro.split()), tuple(con.split()), tuple(none.split()))


def test_nothing_says_that_they_were_sheltered_before_the_attacks(iran: FactPattern) -> None:
    """Transit is not shelter: on harboring before the attacks the record holds no item at all, for or against."""
    found = finding(authority.decide(iran), "Iran sheltered al-Qaeda before the September 11 attacks")
    assert (found.status, found.cause) == (Status.UNRESOLVED, Cause.NO_EVIDENCE)
    assert not (found.supporting or found.contradicting or found.found_none)


def test_the_letter_of_june_2019_refutes_a_determination(iran: FactPattern) -> None:
    """A government's statement of its own position outweighs all that speaks of a connection, and does so alone."""
    text = "the President has determined that the authorization covers Iran"
    opinion = authority.decide(iran)
    assert opinion.item["E46"].grade == "A1" and finding(opinion, text).contradicting[0] == "E46"
    others = [e.id for e in iran.evidence if proposition(iran, text) in e.contradicts and e.id != "E46"]
    assert finding(authority.decide(without(iran, *others)), text).status is Status.REFUTED


def test_that_nobody_found_a_determination_does_not_refute_it(iran: FactPattern) -> None:
    """Without those who deny it, the record only fails to show it: silence is not falsity."""
    text = "the President has determined that the authorization covers Iran"
    deniers = [e.id for e in iran.evidence if proposition(iran, text) in e.contradicts]
    opinion = authority.decide(without(iran, *deniers))
    assert (finding(opinion, text).status, finding(opinion, text).cause) == (Status.UNRESOLVED, Cause.NO_EVIDENCE)
    assert len(finding(opinion, text).found_none) == 5
    assert opinion.verdict is Verdict.UNDETERMINED and not opinion.shown


@pytest.mark.parametrize(
    ("out", "shown"),
    [((), True), (("E35",), True), (("E37",), True), (("E35", "E37"), False), (("E71", "E9", "E30"), True)],
)
def test_cooperation_is_carried_by_two_findings_of_the_treasury_each_alone(
    iran: FactPattern, out: tuple[str, ...], shown: bool
) -> None:
    """The agreement of 2011 (E35) or the papers of 2012 (E37): either carries it, and without both it is not shown."""
    opinion = authority.decide(without(iran, *out), "cooperation-2020")
    assert opinion.shown is shown
    if not shown:
        assert standing(opinion, "Iran cooperates with al-Qaeda") == (Verdict.UNDETERMINED, Cause.NO_EVIDENCE)


def test_both_carriers_have_one_origin(iran: FactPattern) -> None:
    """Two designations of one ministry are one witness."""
    assert iran.origin(iran.item["E35"]) == iran.origin(iran.item["E37"]) == "US Treasury"


@pytest.mark.parametrize(
    ("standard", "shown"),
    [
        ("scintilla", True), ("substantial-evidence", True), ("preponderance", True), ("clear-and-convincing", False),
        ("beyond-reasonable-doubt", False),
    ],
)  # fmt: skip
def test_cooperation_is_not_clear_and_convincing(iran: FactPattern, standard: str, shown: bool) -> None:
    """What a ministry finds without hearing the other side meets a preponderance and nothing higher."""
    opinion = at_standard(iran, "cooperation-2020", standard)
    assert opinion.shown is shown
    if not shown:
        assert standing(opinion, "Iran cooperates with al-Qaeda") == (Verdict.UNDETERMINED, Cause.SHORT)


@pytest.mark.parametrize("standard", ["scintilla", "substantial-evidence", "preponderance", "clear-and-convincing"])
@pytest.mark.parametrize("reading", READINGS[:4])
def test_no_standard_however_low_shows_it_under_the_statute(iran: FactPattern, reading: str, standard: str) -> None:
    """The determination is refuted whatever standard the proponent has to meet."""
    assert at_standard(iran, reading, standard).verdict is Verdict.NOT_MET


@pytest.mark.parametrize("standard", ["substantial-evidence", "preponderance", "clear-and-convincing"])
def test_knowledge_of_the_plan_is_neither_shown_nor_refuted(iran: FactPattern, standard: str) -> None:
    """A paid affiant says that they knew, two detainees that they did not, and the Commission found nothing: short of
    every standard above a scintilla, and no refutation."""
    found = finding(at_standard(iran, "statutory-text", standard), "Iran knew of the plan for the September 11 attacks")
    assert (found.status, found.cause) == (Status.UNRESOLVED, Cause.SHORT)
    assert (found.strongest_for, found.strongest_against) == (2, 2)


def test_whether_they_lived_at_liberty_is_in_conflict_at_equal_weight(iran: FactPattern) -> None:
    """The United Nations on one side, al-Qaeda's own papers on the other; either alone would decide it."""
    text = "Iran let members of al-Qaeda live there at liberty"
    found = finding(authority.decide(iran), text)
    assert (found.cause, found.strongest_for, found.strongest_against) == (Cause.CONFLICT, 4, 4)
    papers_out = finding(authority.decide(without(iran, "E32", "E62")), text)
    report_out = finding(authority.decide(without(iran, "E64")), text)
    assert (papers_out.status, report_out.status) == (Status.ESTABLISHED, Status.REFUTED)


def test_the_claim_of_a_new_home_base_is_undercut(iran: FactPattern) -> None:
    """The speech of January 2021 (E50) offered no evidence, as AP reports (E72); without the report it counts."""
    assert authority.decide(iran).item["E50"].undercut_by == ("E72",)
    text = "Iran gave al-Qaeda a base from which to direct its operations"
    assert finding(authority.decide(iran, "cooperation-2020"), text).supporting == ()
    assert finding(authority.decide(without(iran, "E72"), "cooperation-2020"), text).status is Status.ESTABLISHED


def test_the_op_ed_proves_nothing_by_itself(iran: FactPattern) -> None:
    """It names no source: what it says is unjudged, and no finding of fact turns on it."""
    opinion = authority.decide(iran, "cooperation-2020")
    op_ed = [e.id for e in iran.evidence if e.source == "op-ed"]
    assert all(opinion.item[name].unjudged for name in op_ed)
    gone = authority.decide(without(iran, *op_ed), "cooperation-2020")
    assert [f.status for f in gone.findings.facts] == [
        f.status for f in opinion.findings.facts if f.proposition in gone.finding
    ]  # fmt: skip
    assert gone.verdict is opinion.verdict


def test_the_explanation_names_the_rule_the_fact_and_the_exhibits(iran: FactPattern) -> None:
    """Line under line: the question, the rule with its citation, the element, the fact, for and against."""
    lines = authority.decide(iran, "cooperation-2020").explain().splitlines()
    assert lines[:4] == [
        "force against Iran is authorized: met (on the evidence)",
        "  by force-by-cooperation (oped), all of: met",
        "    Iran cooperates with al-Qaeda: met (on the evidence)",
        "      by cooperation-by-help (oped), any one of: met",
    ]
    papers = "Iran gave members of al-Qaeda travel documents: established (on the evidence); for: E37; against: E71"
    assert f"        {papers}" in lines
    lines = authority.decide(iran, "statutory-text").explain().splitlines()
    at = lines.index("      by determination-in-any-form (aumf § 2(a)), all of: not met")
    determined = "the President has determined that the authorization covers Iran"
    assert lines[at + 1].startswith(f"        {determined}: refuted (on the evidence); against: E46")


# ── Detention ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("day", ["2011-06-01", "2020-01-01"])
def test_detention_lasts_no_longer_than_the_hostilities(day: str) -> None:
    """Before section 1021 and under it; and nobody need prove that they go on: that they are over must be shown."""
    case = authority.load_case(Path(__file__).parent / "cases" / "detainee.yaml").but(as_of=day)
    reading = "judicial-detention"
    held = authority.decide(case, reading)
    over, not_over = (
        authority.whatif(case, reading, assume=[f"the relevant hostilities have {ended}"])
        for ended in ("ended", "not ended")
    )
    assert held.verdict is Verdict.MET and over.after.verdict is Verdict.NOT_MET
    assert not_over.after.verdict is Verdict.MET
    assert "the authority to detain has ended with the hostilities: met" in over.after.explain()
