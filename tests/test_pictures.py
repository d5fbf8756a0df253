"""The pictures: what they show, that nothing in them lies over anything else, and that they are drawn alike twice."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import authority
from authority.chronology import timeline
from authority.dependence import depend
from authority.engine import Verdict
from authority.facts import FactPattern
from authority.memo.document import Figure
from authority.opinion import Opinion, decide
from authority.pictures import (
    Picture,
    argument_map,
    draw,
    plan_argument,
    power_chart,
    readings_matrix,
    timeline_chart,
)
from authority.pictures.drawing import LOOKS, PAGE, PAPER, SOFT, Canvas
from authority.pictures.folding import drawn, foldings, pointing_right, rules
from authority.pictures.letters import SIZE, Piece, clip, measure, width, wrap
from authority.pictures.map import HIGH, MOST
from authority.pictures.plans import (
    ArgumentPlan,
    BandsPlan,
    Bar,
    BarsPlan,
    Cell,
    Claim,
    Day,
    Ground,
    Leaf,
    MatrixPlan,
    Panel,
    RowPlan,
)
from authority.pictures.tidy import Node, every, lay_out
from authority.printing import curled
from tests import generate
from tests.drawn import SVG, boxes, is_well_laid_out, root, said, size, texts

CASES = Path(__file__).parent / "cases"
READINGS = [r.id for r in authority.load_rules("aumf-2001").readings]
LETTER = 624
"""How many pixels wide the text of a letter page is: 6.5 inches at 96 to the inch."""

words = st.text(max_size=40) | st.sampled_from(
    ["", "force against Iran is authorized", "x" * 90, "<script>alert(1)</script> & \"'", "W" * 30, "法律 سلام 😀 é"]
)


@pytest.fixture(scope="module")
def opinions(iran: FactPattern) -> list[Opinion]:
    return [decide(iran, name) for name in READINGS]


@pytest.fixture(scope="module")
def pictures(iran: FactPattern, opinions: list[Opinion]) -> list[Picture]:
    """Every picture of the Iran record."""
    return [
        *(argument_map(o) for o in opinions), readings_matrix(opinions), timeline_chart(iran, timeline(iran)),
        *(power_chart(o, depend(o)) for o in opinions),
    ]  # fmt: skip


# ── Nothing lies over anything else ───────────────────────────────────────────────────────────────────────────────────


def test_the_pictures_of_the_iran_record_are_well_laid_out(pictures: list[Picture]) -> None:
    for picture in pictures:
        is_well_laid_out(picture)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["hussain-2011-2013", "parhat-2008", "gul-2021", "taliban-2001", "iran-2025-clock"])
def test_the_maps_of_long_arguments_are_well_laid_out(name: str) -> None:
    """Folded to a page, and whole."""
    case = authority.load_case(name)
    for reading in case.rules.readings:
        opinion = decide(case, reading)
        is_well_laid_out(argument_map(opinion))
        is_well_laid_out(argument_map(opinion, whole=True))


@given(generate.cases(least=2))
@settings(max_examples=25)
def test_the_map_of_any_argument_is_well_laid_out(case: FactPattern) -> None:
    for reading in case.rules.readings:
        is_well_laid_out(argument_map(decide(case, reading)))


leaves = st.builds(
    Leaf, id=words.filter(bool), side=st.sampled_from(["for", "against", "found none", "undercut"]),
    level=st.none() | st.integers(1, 5), source=words,
)  # fmt: skip
claims = st.recursive(
    st.builds(Claim, text=words, verdict=st.sampled_from(Verdict), cause=words, leaves=st.lists(leaves, max_size=4)),
    lambda inner: st.builds(
        Claim, text=words, verdict=st.sampled_from(Verdict), carries=st.booleans(),
        grounds=st.lists(
            st.builds(
                Ground, names=st.tuples(words), cite=words, asks=words, verdict=st.sampled_from(Verdict),
                carries=st.booleans(), premises=st.lists(inner, max_size=3), exceptions=st.lists(inner, max_size=2),
            ),
            max_size=3,
        ),
    ),
    max_leaves=12,
)  # fmt: skip


@given(claims, words)
@settings(max_examples=40)
def test_whatever_is_written_in_a_map_stays_in_its_box(question: Claim, text: str) -> None:
    """Words without end, letters that no table has, markup: none leaves its box."""
    plan = ArgumentPlan(name="map", title=text, alt=text, under=text, label=text, question=question)
    is_well_laid_out(draw(plan))


@given(st.lists(st.tuples(words, words), min_size=1, max_size=5), st.lists(words, min_size=1, max_size=5), st.data())
@settings(max_examples=25)
def test_whatever_is_written_in_a_matrix_stays_in_its_cell(
    readings: list[tuple[str, str]], elements: list[str], data: st.DataObject
) -> None:
    cell = st.builds(Cell, verdict=st.none() | st.sampled_from(Verdict), cause=words)
    cells = st.tuples(*[cell] * len(readings))
    rows = tuple(RowPlan(text=text, cells=data.draw(cells)) for text in elements)
    titles, labels = zip(*readings, strict=True)
    is_well_laid_out(draw(MatrixPlan(name="m", title="T", alt="", readings=titles, labels=labels, rows=rows)))


@given(st.lists(st.builds(Bar, id=words, source=words, value=st.floats(-1, 1)), max_size=8))
@settings(max_examples=25)
def test_whatever_is_written_beside_a_bar_stays_beside_it(bars: list[Bar]) -> None:
    is_well_laid_out(draw(BarsPlan(name="b", title="T", alt="", bars=tuple(bars))))


@given(st.lists(words, min_size=1, max_size=4), st.integers(1, 9), st.data())
@settings(max_examples=25)
def test_whatever_is_written_in_a_band_stays_in_it(readings: list[str], count: int, data: st.DataObject) -> None:
    verdicts, because = st.tuples(*[st.sampled_from(Verdict)] * len(readings)), st.tuples(*[words] * len(readings))
    days = tuple(data.draw(st.builds(Day, label=words, verdicts=verdicts, because=because)) for _ in range(count))
    panels = (Panel(heading="As the record grew", days=days), Panel(heading="As the law changed", days=days))
    labels = data.draw(st.tuples(*[words] * len(readings)))
    plan = BandsPlan(name="t", title="T", alt="", readings=tuple(readings), labels=labels, panels=panels)
    is_well_laid_out(draw(plan))


trees = st.recursive(
    st.integers(20, 300).map(lambda high: Node(None, high)),
    lambda inner: st.builds(
        lambda high, below: Node(None, high, below, [high / 2] * len(below)),
        st.integers(20, 300), st.lists(inner, min_size=1, max_size=4),
    ),
    max_leaves=30,
)  # fmt: skip


@given(st.lists(trees, min_size=1, max_size=3))
def test_a_tree_is_tidy(roots: list[Node]) -> None:
    """In a column no box meets the next, what stands first stands higher, and nothing stands above the top."""
    high = lay_out(roots, 10)
    columns: dict[int, list[Node]] = {}
    for node in every(roots):
        assert node.top >= -0.001 and node.top + node.height <= high + 0.001
        columns.setdefault(node.column, []).append(node)
    for column in columns.values():
        for one, other in pairwise(column):
            assert one.top + one.height + 10 <= other.top + 0.001


# ── Text ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.lists(st.builds(Piece, words, st.booleans()), max_size=4), st.integers(20, 300))
def test_lines_are_no_wider_than_their_room_and_lose_no_word(pieces: list[Piece], room: int) -> None:
    lines = wrap(pieces, room)
    assert all(measure(line) <= room + 0.001 for line in lines)
    written = "".join(piece.text for line in lines for piece in line)
    assert written.replace(" ", "") == "".join(piece.text for piece in pieces).replace(" ", "")


@given(words, st.integers(20, 300))
def test_what_is_clipped_fits_and_says_that_it_is_clipped(text: str, room: int) -> None:
    kept = clip(text, room)
    assert width(kept) <= room or kept == "…"
    assert kept == text or (kept.endswith("…") and text.startswith(kept[:-1]))


def test_a_word_breaks_at_its_hyphens() -> None:
    lines = wrap([Piece("determination-in-any-form")], 110)
    assert [line[0].text for line in lines] == ["determination-in-", "any-form"]


@pytest.mark.slow
def test_a_map_is_legible_on_a_letter_page() -> None:
    """No text is smaller than 9 pixels where a map stands on a page of the memo, as wide and as high as that allows."""
    for name in ("iran-2020", "hussain-2011-2013", "parhat-2008", "gul-2021", "doe-v-mattis-2018"):
        case = authority.load_case(name)
        for opinion in (decide(case, reading) for reading in case.rules.readings):
            picture = argument_map(opinion)
            assert picture.width <= PAGE and picture.height <= HIGH + 12
            assert min(map(size, texts(picture))) * Figure(picture).inches() * 96 / picture.width >= 9


def test_everything_written_has_the_contrast_that_the_standard_asks_for() -> None:
    """4.5 to 1 on white and on the tint of its box (WCAG 2.2, 1.4.3)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    def contrast(one: str, other: str) -> float:
        light, dark = sorted((luminance(one), luminance(other)), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    for look in LOOKS.values():
        assert min(contrast(ink, ground) for ink in (look.ink, SOFT) for ground in (look.tint, PAPER)) >= 4.5


def test_verdicts_are_told_by_mark_and_line_too() -> None:
    """Without their colours the three verdicts still differ."""

    def grey(verdict: Verdict) -> str:
        canvas = Canvas()
        canvas.mark(verdict, 0, 0)
        return re.sub("#[0-9a-f]{6}", "grey", "".join(canvas.parts))

    assert len({grey(verdict) for verdict in Verdict}) == len({look.dash for look in LOOKS.values()}) == 3


# ── A picture is a file by itself ─────────────────────────────────────────────────────────────────────────────────────


def test_a_picture_names_itself_and_says_what_it_shows(pictures: list[Picture]) -> None:
    for picture in pictures:
        svg = root(picture)
        assert svg.get("role") == "img" and [child.tag for child in svg][:2] == [f"{SVG}title", f"{SVG}desc"]
        named, told = svg.findtext(f"{SVG}title"), svg.findtext(f"{SVG}desc")
        assert (named, told) == (curled(picture.title), curled(picture.alt))
        assert (svg.get("width"), svg.get("height")) == (str(picture.width), str(picture.height))
        assert picture._repr_mimebundle_() == {"text/plain": picture.alt, "image/svg+xml": picture.svg}


def test_a_picture_needs_nothing_and_clashes_with_nothing(pictures: list[Picture]) -> None:
    """No script, no style, no reference, and no id that another picture on the page could have."""
    for picture in pictures:
        tags = {element.tag.removeprefix(SVG) for element in root(picture).iter()}
        names = {name for element in root(picture).iter() for name in element.attrib}
        assert tags <= {"svg", "title", "desc", "g", "rect", "path", "circle", "text", "tspan"}
        assert not names & {"id", "class", "style"} and not [n for n in names if "href" in n or n.startswith("on")]
        assert "url(" not in picture.svg
    assert len({picture.name for picture in pictures}) == len(pictures)


def test_what_is_said_in_a_picture_stays_text(iran: FactPattern) -> None:
    """Markup in the name of a source is written, never obeyed; what XML cannot hold is left out."""
    hostile = "</text><script>alert(1)</script> & \x00\u202e'\""
    changed = tuple(source.but(name=hostile) for source in iran.sources)
    picture = argument_map(decide(iran.but(sources=changed)))
    assert "<script" not in picture.svg and "</text><" in said(picture)


def test_the_same_opinion_gives_the_same_picture(iran: FactPattern, pictures: list[Picture]) -> None:
    again = argument_map(authority.decide(authority.load_case("iran-2020")))
    assert again == pictures[0] == decide(iran).map()


def walk(claim: Claim) -> list[Claim]:
    """The claim, and every claim beneath it."""
    return [claim, *(c for g in claim.grounds for b in (*g.premises, *g.exceptions) for c in walk(b))]


# ── The argument map ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_map_shows_what_decides(opinions: list[Opinion]) -> None:
    """The letter of June 2019, with its side and its level, under the fact that it refutes."""
    shown = said(argument_map(opinions[0]))
    assert "Is it shown that force against Iran is authorized?" in shown
    assert "the President has" in shown and "E46" in shown and "the contrary is shown" in shown


def test_what_the_verdict_rests_on_is_never_folded_before_the_rest(opinions: list[Opinion]) -> None:
    """On no map of the Iran record is the exhibit folded away that decides it."""
    for opinion, decides in zip(opinions, ("E46", "E46", "E46", "", "E35"), strict=True):
        assert decides in said(argument_map(opinion))


def test_what_is_folded_is_counted() -> None:
    """The caption says how many rules are not drawn, and the map says where they would stand."""
    opinion = decide(authority.load_case("parhat-2008"), "judicial-detention")
    picture, plan = argument_map(opinion), plan_argument(opinion)
    total, away = map(int, re.findall(r"Of (\d+) rules (\d+) are folded", picture.caption)[0])
    assert total == rules(plan.question) == drawn(plan.question) > away > 0
    assert "folded" in said(picture)
    assert "folded" not in argument_map(opinion, whole=True).caption


def test_a_claim_has_its_grounds_in_one_place_only(opinions: list[Opinion]) -> None:
    for opinion in opinions:
        found = walk(plan_argument(opinion).question)
        with_grounds = [claim.text for claim in found if claim.grounds]
        assert len(with_grounds) == len(set(with_grounds))
        for claim in found:
            assert not claim.elsewhere or claim.text in with_grounds


def test_no_claim_points_to_what_is_folded_away(opinions: list[Opinion]) -> None:
    """Where it says "see above" or "see below", there is something to see."""

    pointed = 0
    for opinion in (*opinions, decide(authority.load_case("gul-2021"), "judicial-detention")):
        for folded, _ in foldings(plan_argument(opinion).question):
            found = walk(pointing_right(folded))
            with_grounds = {claim.text for claim in found if claim.grounds}
            assert all(claim.text in with_grounds for claim in found if claim.elsewhere)
            pointed += sum(bool(claim.elsewhere) for claim in found)
    assert pointed


def test_an_exception_is_told_from_a_premise() -> None:
    """By a word, and by a line of its own; one that is established is said to defeat the rule."""
    picture = authority.decide(authority.load_case(CASES / "detainee.yaml"), "judicial-detention").map(whole=True)
    assert "unless" in said(picture) and 'stroke-dasharray="10 3 2 3"' in picture.svg
    written = said(picture).replace("\n", " ")
    assert "raised and not established" in written and "defeats" not in written
    assert "it defeats the rule" in said(decide(authority.load_case("gul-2021"), "judicial-detention").map())


def test_a_question_without_a_rule_says_so(opinions: list[Opinion]) -> None:
    picture = argument_map(opinions[3])
    assert "no rule under this reading" in said(picture) and len(boxes(picture)) == 1
    assert picture.alt.endswith("No rule of this reading leads to it.")


def test_the_label_of_a_reading_stands_where_its_verdict_stands(pictures: list[Picture]) -> None:
    label = "asserted, unsupported by any court or published executive interpretation"
    for picture in (pictures[4], pictures[5]):
        assert label.replace(" ", "") in said(picture).replace("\n", "").replace(" ", "")


def test_a_plan_goes_to_json_and_back(opinions: list[Opinion]) -> None:
    plan = plan_argument(opinions[0])
    assert ArgumentPlan.model_validate_json(plan.model_dump_json()) == plan


# ── The others ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_matrix_has_a_cell_for_each_element_that_a_reading_asks_for(opinions: list[Opinion]) -> None:
    picture = readings_matrix(opinions)
    asked = sum(len(opinion.top_elements) for opinion in opinions)
    assert len(boxes(picture)) == len(opinions) + asked
    assert "is shown under “Cooperation with al-Qaeda, as an op-ed of 2020 put it”" in picture.alt


def test_the_power_chart_has_a_bar_for_each_exhibit_that_counts(opinions: list[Opinion]) -> None:
    picture = power_chart(opinions[4], depend(opinions[4]))
    lines = said(picture).splitlines()
    assert [line.split()[0] for line in lines if line.startswith("E")] == ["E35", "E37", "E50", "E72"]
    assert "+0.417" in lines and "−0.083" in lines
    assert "No exhibit counts" in power_chart(opinions[0], depend(opinions[0])).alt


def test_the_timeline_says_what_changed_a_verdict_and_when(iran: FactPattern) -> None:
    picture = timeline_chart(iran, timeline(iran))
    for wanted in ("28 July 2011", "28 June 2019", "E46", "E35", "As the law changed"):
        assert wanted in said(picture)
    assert "28 June 2019, not met under three readings (E46)" in picture.alt


def test_a_timeline_of_many_days_says_what_it_leaves_out(iran: FactPattern) -> None:
    """Nine days are drawn: what stood at first, and the last on which a verdict changed."""
    found = timeline(iran)
    swinging = tuple(
        found.record[0].but(
            day=date(2001, 1, number) if number else None, because={"statutory-text": ("E1",)} if number else {},
            verdicts=dict.fromkeys(found.readings, (Verdict.MET, Verdict.NOT_MET)[number % 2]),
        )
        for number in range(15)
    )  # fmt: skip
    picture = timeline_chart(iran, found.but(record=swinging))
    assert "the first 6 are left out too" in picture.caption
    drawn_days = re.findall(r"(\d+) January 2001", said(picture).replace("\n", " "))
    assert drawn_days == ["7", "8", "9", "10", "11", "12", "13", "14"]
    is_well_laid_out(picture)


def test_a_picture_becomes_the_same_png_twice(opinions: list[Opinion]) -> None:
    pytest.importorskip("resvg_py", reason="resvg is in the optional extra 'docx'")
    from authority.pictures.raster import png

    made = png(argument_map(opinions[0]), 1200)
    assert made.startswith(b"\x89PNG") and int.from_bytes(made[16:20]) == 1200
    assert made == png(argument_map(opinions[0]), 1200)


def test_what_is_missing_to_draw_a_png_is_named(opinions: list[Opinion], monkeypatch: pytest.MonkeyPatch) -> None:
    from authority.pictures import raster

    monkeypatch.setattr(raster, "available", lambda: False)
    with pytest.raises(authority.MissingExtra, match="authority\\[docx\\]"):
        raster.png(argument_map(opinions[3]), 100)


def test_texts_are_of_the_size_that_the_page_is_reckoned_for() -> None:
    assert SIZE * LETTER / PAGE >= 9 and MOST == 60


def test_a_map_says_which_claim_is_drawn_where(iran: FactPattern) -> None:
    """Each claim stands in a group that names its proposition, with a frame about it that is not seen; so that a page
    in which the verdicts change finds it."""
    opinion = authority.decide(iran)
    groups = [g for g in root(opinion.map()).iter(f"{SVG}g") if "data-proposition" in g.attrib]
    named = [group.attrib["data-proposition"] for group in groups]
    known = {str(p) for p in (*opinion.conclusion, *opinion.finding)}
    assert named[0] == str(opinion.question) and len(named) > 10 and set(named) <= known
    for group in groups:
        frame = group[0]
        assert frame.tag == f"{SVG}rect" and frame.attrib["fill"] == "none" and "stroke" not in frame.attrib
        assert any(text.tag == f"{SVG}text" for text in group)
