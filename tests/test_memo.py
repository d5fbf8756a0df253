"""The memo: what it must answer, how it says it, and that it says the same twice."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import authority
from authority.facts import Assumption, Evidence, FactPattern
from authority.memo import FORMATS, compose, markdown, render, write
from authority.memo.parts import IssuePart, Memo, ReadingPart
from authority.opinion import Opinion
from authority.vocabulary import Proposition

GOLDEN = Path(__file__).parent / "golden"


CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="module")
def memo(iran: FactPattern) -> Memo:
    return compose(authority.decide(iran))


@pytest.fixture(scope="module")
def text(memo: Memo) -> str:
    return markdown(memo)


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one of its level or above."""
    level = heading.split(" ", 1)[0]
    found = re.search(rf"^{re.escape(heading)}.*?\n(.*?)(?=^#{{1,{len(level)}}} |\Z)", text, re.DOTALL | re.MULTILINE)
    assert found, f"no heading {heading!r}"
    return found[1]


def footnote(text: str, number: str) -> str:
    """What a footnote of the memo says."""
    found = re.search(rf"^\[\^{number}\]: (.*)$", text, re.MULTILINE)
    assert found, f"no footnote {number}"
    return found[1]


def reading(memo: Memo, name: str) -> ReadingPart:
    return next(r for r in memo.readings if r.id == name)


def timeless(text: str) -> str:
    """The memo without what differs between machines: how often it was derived, and by which version."""
    return re.sub(r"^\| (Derived|Made by) \|.*\n", "", text, flags=re.MULTILINE)


def test_the_iran_memo_is_word_for_word_the_golden_one(text: str) -> None:
    """Whoever changes a word of the memo sees what he changed: write the new text to tests/golden when it is right."""
    golden = (GOLDEN / "iran-2020.md").read_text(encoding="utf-8")
    assert timeless(text) == timeless(golden)


def test_a_made_up_detainees_memo_is_word_for_word_the_golden_one() -> None:
    """It goes through what the Iran record does not: a factor test, an open exception, an undercut witness, a hedge."""
    opinion = authority.decide(authority.load_case(CASES / "detainee.yaml"), "judicial-detention")
    golden = (GOLDEN / "detainee.md").read_text(encoding="utf-8")
    assert timeless(markdown(compose(opinion))) == timeless(golden)


def test_the_parts_stand_in_the_order_lawyers_read(text: str) -> None:
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert headings == [
        "Question Presented", "Brief Answer", "How the Answer Changes with the Reading", "Facts", "Discussion",
        "Other Questions That the Same Facts Raise", "What Was Decided", "Other Law That These Facts Raise",
        "What This Conclusion Depends On", "Conclusion", "What Is Assumed, Ungraded or Left Out",
        "What This Memorandum Does Not Decide", "Table of Authorities", "Evidence Appendix", "Receipt",
    ]  # fmt: skip


def test_it_begins_with_what_it_is_not(text: str) -> None:
    """Before the question stands that it is no advice and tells nobody to use force."""
    before = text.split("## Question Presented")[0]
    assert "not legal advice" in before
    assert "nobody to use force" in before


def test_the_brief_answer_is_one_sentence_and_then_why(memo: Memo) -> None:
    assert memo.brief.startswith("No. ")
    assert "not shown that force against Iran is authorized" in memo.brief
    assert any("determination" in why and "E46" in why for why in memo.why)


def depends(memo: Memo, title: str) -> str:
    """What the memo says the answer under a reading depends on."""
    return next(" ".join(part.says) for part in memo.depends.readings if f"“{title}”" in part.readings)


def test_what_the_9_11_commission_found_and_did_not_find(text: str) -> None:
    said = section(text, "### What the Sources Found, and Did Not Find")
    commission = said.split("**9/11 Commission Report (2004)**")[1].split("\n**")[0]
    assert re.search(r"Found: Strong evidence that Iran facilitated the transit .*\(E20\)", commission)
    assert re.search(
        r"Reports none: No evidence that Iran or Hezbollah was aware of the planning .*\(E19\)", commission
    )
    assert re.search(r"Cautioned: The topic requires further investigation .*\(E24\)", commission)


def test_no_evidence_that_x_is_not_x_is_false(memo: Memo) -> None:
    """The Commission's finding none leaves knowledge of the plan unresolved, and the memo says why."""
    knew = next(f for f in memo.unresolved if "knew of the plan" in f.sentence)
    assert knew.status == "unresolved"
    assert "does not show that it is false" in knew.weighing
    assert not any("knew of the plan" in f.sentence for f in memo.refuted)


def test_why_the_letter_of_june_2019_matters(memo: Memo, text: str) -> None:
    """It decides the element of the determination, and what would be without it is said."""
    held = depends(memo, "The statute as written")
    assert "Exhibit E46 decides that it is not shown that the determination" in held
    assert "that would be undetermined, and the question would still not be shown" in held
    element = section(text, "#### C. The determination that section 2(a) requires has been made as to Iran")
    said = re.search(r"- Against: E46 \(level 5\): .*has not, to date, interpreted either AUMF.*\[\^(\d+)\]", element)
    assert said
    note = footnote(text, said[1])
    assert "28 June 2019" in note and "Graded A1" in note and "narrower question" in note


def test_no_presidential_determination_is_on_record(memo: Memo) -> None:
    refuted = next(f for f in memo.refuted if "President has determined" in f.sentence)
    assert refuted.supporting.exhibits == ()
    assert any("No presidential determination" in each.says for each in refuted.found_none.exhibits if each.id == "E69")


def test_why_contact_is_not_cooperation(memo: Memo) -> None:
    """Contact is established, and stands under the cooperation reading as short of it, with the reason."""
    cooperates = reading(memo, "cooperation-2020").elements[0]
    contact = next(s for s in cooperates.short_of if "had contacts" in s.sentence)
    assert contact.status == "established"
    assert contact.why == "Contact is a condition of cooperation, not cooperation."
    coexistence = next(s for s in cooperates.short_of if "mutual caution" in s.sentence)
    assert "do not work together" in coexistence.why


def test_which_single_exhibits_carry_the_cooperation_reading(memo: Memo) -> None:
    held = depends(memo, "Cooperation with al-Qaeda, as an op-ed of 2020 put it")
    assert "Exhibits E35 and E37 are each enough by themselves" in held
    assert "No single exhibit is indispensable" in held
    assert "it takes the loss of one origin: “US Treasury”" in held
    assert "By clear and convincing evidence or proof beyond a reasonable doubt it would not be shown" in held
    assert [row.exhibit for row in memo.depends.powers[0].rows] == ["E35", "E37", "E50", "E72"]


def test_what_to_collect_next_stands_in_the_order_of_what_it_settles(memo: Memo) -> None:
    """The determination and an operation are needed under three readings, the report to Congress under one; whether
    Iran knew of the plan is one way among others."""
    assert memo.depends.collect is not None
    facts = [gap.fact for gap in memo.depends.collect.facts]
    told = ("some operation", "the President has determined", "reported to Congress", "knew of the plan", "at liberty")
    at = [next(i for i, fact in enumerate(facts) if part.casefold() in fact.casefold()) for part in told]
    assert at == sorted(at)
    stands = {gap.fact: gap.stands for gap in memo.depends.collect.facts}
    assert stands["The President has determined that the authorization covers Iran."] == "Refuted (Exhibit E46)"
    assert stands["Iran let members of al-Qaeda live there at liberty."] == "In conflict"


def test_what_carries_is_true_of_the_library_itself(iran: FactPattern) -> None:
    """Without E35, and without E37, it is still shown; without both it is not."""

    def shown(*gone: str) -> bool:
        left = tuple(e for e in iran.evidence if e.id not in gone)
        return authority.decide(iran.but(evidence=left), "cooperation-2020").shown

    assert shown("E35") and shown("E37") and not shown("E35", "E37")


def test_the_cooperation_reading_is_labelled_as_asserted(memo: Memo, text: str) -> None:
    """Wherever its answer stands, it stands with its label."""
    row = next(r for r in memo.rows if r.answer == "Shown")
    assert row.label == "asserted, unsupported by any court or published executive interpretation"
    assert text.lower().count(row.label) == 4  # in the table, over the discussion, with the matrix and the map


def test_the_memo_says_why_the_readings_differ(memo: Memo) -> None:
    questions = [d.question for d in memo.disputes]
    assert "Is cooperating with al-Qaeda, by itself, enough?" in questions
    assert 'Does "harbored" reach those who sheltered al-Qaeda only after September 11, 2001?' in questions
    cooperation = next(d for d in memo.disputes if d.question.startswith("Is cooperating"))
    holders = {p.held_by for p in cooperation.positions}
    assert "Denis Korkodinov, as his account of United States strategy" in holders
    assert "Exhibits E2–E4" in {p.exhibits for p in cooperation.positions}


def test_the_detention_cases_answer_another_question(memo: Memo) -> None:
    detention = reading(memo, "judicial-detention")
    assert detention.answer == "Not shown (not met)"
    assert "answers another question, whether detention of a person is authorized" in detention.why[0]


def test_what_was_said_and_is_undercut_is_not_passed_over(memo: Memo) -> None:
    """That Iran gave a base rests on one speech, which is undercut: the memo says so, and not that nobody said it."""
    base = next(f for f in memo.unresolved if "gave al-Qaeda a base" in f.sentence)
    assert base.why == "what supported it is undercut"
    (speech,) = base.undercut.exhibits
    assert speech.id == "E50" and "undercut by Exhibit E72" in speech.weight


def test_every_element_has_conclusion_rule_application_conclusion(memo: Memo) -> None:
    for part in memo.readings:
        for element in part.elements:
            assert element.opening
            if element.as_before:
                continue
            assert element.closing.startswith("So, under this reading, ")
            quoted = [r for r in element.rules if r.words]
            assert quoted and all(r.cite for r in quoted)
            assert all(r.application for r in element.rules)


def test_counter_evidence_is_named_and_answered(memo: Memo) -> None:
    """Where anything stands against an established fact, the memo says why it does not prevail."""

    def facts(part: IssuePart) -> list:
        own = [f for r in part.rules for f in r.facts]
        return own + [f for below in part.issues for f in facts(below)]

    told = [f for r in memo.readings for e in r.elements for f in facts(e)]
    against = [f for f in told if f.status == "established" and f.contradicting.exhibits]
    assert against
    assert all("does not prevail" in f.weighing for f in against)


def test_unverified_authorities_and_exhibits_are_marked(memo: Memo, text: str) -> None:
    basardh = next(a for a in memo.authorities if a.citation.startswith("Basardh"))
    assert basardh.mark.startswith("Not verified")
    assert {e.id for e in memo.evidence if e.unverified} == {"E68", "E69"}
    position = section(text, "### What the Readings Disagree About").split("reaches none who threaten none.[^")[1]
    note = footnote(text, position.split("]")[0])
    assert "Basardh v. Obama, 612 F. Supp. 2d 30" in note and "not verified: the reporter citation" in note


def test_later_authorities_are_marked_as_later(memo: Memo) -> None:
    noronha = next(a for a in memo.authorities if "Noronha" in a.citation)
    assert "Later than the day whose law applies" in noronha.note


def test_what_is_left_out_is_listed_with_the_reason(memo: Memo) -> None:
    left_out = "\n".join(memo.left_out)
    assert "Exhibits E51–E53 were published after 1 February 2021." in left_out
    assert any("E50 is undercut by Exhibit E72" in each for each in memo.lowered)
    assert any("E5–E15" in each and "cannot be judged" in each for each in memo.unjudged)


def test_every_exhibit_is_in_the_appendix_once(memo: Memo, iran: FactPattern) -> None:
    assert [e.id for e in memo.evidence] == [f"E{n}" for n in range(1, 74)]
    assert len(iran.evidence) == 73


def test_the_sentences_are_english_not_field_dumps(text: str) -> None:
    """No field name, enum, tuple or unfilled blank ever reaches the page."""
    for scrap in (
        "<target>",
        "\\<",
        "Verdict.",
        "Cause.",
        " None)",
        "()",
        "[]",
        "{",
        "found_none",
        "somebody not named",
        "  and",
    ):
        assert scrap not in text.replace("[not verified]", ""), scrap
    assert "&#92;" not in text and "\\](" not in text, "Markdown that was escaped as though it were data"
    assert not re.search(r"\.\.(?!\.)", text), "two stops at the end of a sentence"
    assert not re.search(r"[^.!?:;,\]\)”\"|*>\n-] *\n\n(?=[a-z])", text), "a paragraph that begins small"


def test_renaming_a_party_renames_it_in_the_memo_and_changes_nothing_else(memo: Memo, iran: FactPattern) -> None:
    """But for what exhibits say in their own words."""

    def said_of(propositions: tuple[Proposition, ...]) -> tuple[Proposition, ...]:
        return tuple(
            p._replace(parties=tuple("Ruritania" if q == "Iran" else q for q in p.parties)) for p in propositions
        )

    def of(item: Evidence) -> Evidence:
        sides = ("supports", "contradicts", "found_none")
        return item.but(**{side: said_of(getattr(item, side)) for side in sides})

    parties = tuple(p.but(name="Ruritania", aliases=()) if p.name == "Iran" else p for p in iran.parties)
    asks = said_of((iran.asks,))[0]
    renamed = compose(
        authority.decide(iran.but(asks=asks, parties=parties, evidence=tuple(of(e) for e in iran.evidence)))
    )
    assert renamed.brief == memo.brief.replace("Iran", "Ruritania")
    assert [r.answer for r in renamed.rows] == [r.answer for r in memo.rows]
    assert [f.sentence for f in renamed.established] == sorted(
        f.sentence.replace("Iran", "Ruritania") for f in memo.established
    )


@pytest.mark.parametrize("ending", [".md", ".html", ".docx", ".json"])
def test_the_same_opinion_gives_the_same_bytes(iran: FactPattern, ending: str) -> None:
    first, second = (render(compose(authority.decide(iran)), ending) for _ in range(2))
    assert first == second


def test_the_memo_shows_what_it_says_in_pictures(iran: FactPattern, tmp_path: Path) -> None:
    """The matrix with the readings, the timeline with the facts, the map of the first reading and of the one that comes
    out otherwise, the power of the exhibits; each once, with a caption, in the order of the text."""
    path = write(authority.decide(iran), tmp_path / "memo.html")
    page = path.read_text(encoding="utf-8")
    shown = re.findall(r"<svg[^>]*><title>(.*?)</title>", page)
    assert shown == [
        "The elements under every reading", "How the verdict came about", "The argument under “The statute as written”",
        "The argument under “Cooperation with al-Qaeda, as an op-ed of 2020 put it”",
        "The power of each exhibit under “Cooperation with al-Qaeda, as an op-ed of 2020 put it”",
    ]  # fmt: skip
    assert page.count("<figcaption>") == page.count("<figure>") == len(shown)
    headings = ("How the Answer Changes", "How the Answer Came About", "I. The statute", "How Much Each Exhibit")
    body = page[page.index("<main") :]
    pairs = zip(headings, (*shown[:3], shown[4]), strict=True)
    at = [at for heading, title in pairs for at in (body.index(f">{heading}"), body.index(f"<title>{title}"))]
    assert at == sorted(at)


def test_a_memo_of_text_says_what_the_pictures_show_and_draws_none(
    iran: FactPattern, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In Markdown stands the description, and neither is a picture drawn nor a timeline worked out."""

    def never(*_: object) -> None:
        raise AssertionError("a memo in Markdown needs no picture")

    monkeypatch.setattr("authority.memo.document.draw", never)
    monkeypatch.setattr("authority.memo.pictured.timeline", never)
    text = write(authority.decide(iran), tmp_path / "memo.md").read_text(encoding="utf-8")
    assert "*Argument map of the question whether force against Iran is authorized: not met, under" in text
    assert "](" not in text.split("## Facts")[0] and "picture:" not in text


def test_the_word_file_shows_and_describes_the_pictures(memo: Memo) -> None:
    """Each has its description; where no picture can be drawn, the description stands in its place."""
    import io

    from docx import Document

    pytest.importorskip("resvg_py", reason="resvg is in the optional extra 'docx'")
    word = Document(io.BytesIO(render(memo, ".docx")))
    described = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert [text.split()[0] for text in described] == ["Table", "Argument", "Argument", "Bar"]
    assert max(shape.width.inches for shape in word.inline_shapes) <= 6.5
    captions = [part.text for part in word.paragraphs if part.style and part.style.name == "Caption"]
    assert len(captions) == 4 and captions[0].startswith("The question in the first row")


def test_where_no_picture_can_be_drawn_the_word_file_describes_it(memo: Memo, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    from docx import Document

    monkeypatch.setattr("authority.pictures.raster.available", lambda: False)
    word = Document(io.BytesIO(render(memo, ".docx")))
    assert len(word.inline_shapes) == 0
    assert sum(part.text.startswith("Argument map of the question") for part in word.paragraphs) == 2


def test_an_unknown_ending_is_refused_and_nothing_is_written(iran: FactPattern, tmp_path: Path) -> None:
    with pytest.raises(authority.UnknownName, match=r"there is no memo format .\.txt."):
        write(authority.decide(iran), tmp_path / "memo.md", tmp_path / "memo.txt")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_written_whole_or_not_at_all(
    iran: FactPattern, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A write that fails half-way leaves what stood there before, and no scrap beside it."""
    path = tmp_path / "memo.md"
    path.write_text("what stood there", encoding="utf-8")

    def broken(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(OSError, match="full"):
        write(authority.decide(iran), path)
    assert path.read_text(encoding="utf-8") == "what stood there"
    assert list(tmp_path.iterdir()) == [path]


def test_the_json_memo_holds_the_whole_memo(memo: Memo) -> None:
    assert Memo.model_validate(json.loads(render(memo, ".json"))) == memo


def test_every_format_holds_the_same_exhibits_and_answer(memo: Memo) -> None:
    import io

    from docx import Document

    page = render(memo, ".html").decode()
    word = Document(io.BytesIO(render(memo, ".docx")))
    paragraphs = "\n".join(p.text for p in word.paragraphs)
    cells = "\n".join(c.text for t in word.tables for r in t.rows for c in r.cells)
    for wanted in ("not shown that force against Iran is authorized", "E46", "Receipt"):
        assert wanted in page
        assert wanted in paragraphs + cells
    assert set(FORMATS) == {".md", ".html", ".docx", ".pdf", ".json"}


def test_an_assumption_is_named_first_and_is_not_shown(iran: FactPattern) -> None:
    """What is assumed stands before the question, and what rests on it is said to."""
    determined = Proposition("the determination that section 2(a) requires has been made as to <target>", ("Iran",))
    within = Proposition("<target> is within the class", ("Iran",))
    measured = Proposition("force against <target> is necessary and appropriate", ("Iran",))
    case = iran.but(assume=tuple(Assumption(proposition=p, holds=True) for p in (determined, within, measured)))
    opinion = authority.decide(case)
    memo = compose(opinion)
    text = markdown(memo)
    assert opinion.shown and opinion.rests_on_assumptions
    assert text.index("Assumed for the Sake of Argument") < text.index("Question Presented")
    assert memo.brief.startswith("Yes") and memo.brief.endswith("This rests on what is assumed above.")
    assert memo.rows[0].answer == "Shown, on what is assumed"
    assert "On what is assumed, Iran is within the class." in memo.why
    assert "So, under this reading, on what is assumed, Iran is within the class." in text


def test_what_would_stand_without_it_does_not_rest_on_an_assumption(iran: FactPattern) -> None:
    contact = Proposition("<target> gave <group> money or arms", ("Iran", "al-Qaeda"))
    case = iran.but(assume=(Assumption(proposition=contact, holds=True),))
    opinion = authority.decide(case, "cooperation-2020")
    assert opinion.shown and not opinion.rests_on_assumptions


def test_hostile_evidence_stays_text(iran: FactPattern) -> None:
    """Script, markup and table bars in what a source says are printed, never obeyed."""
    hostile = "<script>alert(1)</script> | **bold** [x](javascript:alert(1)) # heading {{ 7*7 }}"
    first = next(e for e in iran.evidence if e.id == "E46")
    changed = tuple(e.but(says=hostile) if e is first else e for e in iran.evidence)
    memo = compose(authority.decide(iran.but(evidence=changed)))
    page = render(memo, ".html").decode()
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert 'href="javascript' not in page
    assert "{{ 7*7 }}" in page and "49" not in page.split("{{ 7*7 }}")[0][-5:]
    rows = [line for line in markdown(memo).splitlines() if line.startswith("| E46 |")]
    assert len(rows) == 1 and len(re.findall(r"(?<!\\)\|", rows[0])) == 5


def test_the_convenience_on_the_opinion_writes_the_same(iran: FactPattern, tmp_path: Path) -> None:
    opinion: Opinion = authority.decide(iran)
    path = opinion.memo(tmp_path / "deep" / "memo.md")
    assert path.read_text(encoding="utf-8") == markdown(compose(opinion))


def test_the_memo_says_what_was_decided_and_whether_the_answer_agrees() -> None:
    """By whom, when, with what outcome, in the words of the positions that the decider took; and where the answer here
    differs, why."""
    memo = compose(authority.decide(authority.load_case("al-adahi-2009-2010"), "judicial-detention"))
    below, above = memo.decided
    assert "17 August 2009" in below and "writ granted." in below
    assert below.endswith("not shown (undetermined). It agrees.")
    assert "“No: each allegation must bear its own weight”" in below
    assert "reversed, writ denied." in above and above.endswith("shown (met). It agrees.")
    differing = compose(authority.decide(authority.load_case("hussain-2011-2013"))).decided
    assert "It differs. The rule set asks for three signs" in differing[0]


def test_an_authority_is_called_later_only_where_it_must_be(memo: Memo) -> None:
    """One dated by its year alone may be of a day before the one whose law applies, if that lies in the year."""
    notes = {part.citation: part.note for part in memo.authorities}
    oped = next(note for citation, note in notes.items() if "Korkodinov" in citation)
    assert "Later than" not in oped
