"""The page in which a reader changes the record answers as ``decide`` does, and holds nothing that it should not."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import authority
from authority import engine
from authority.changes.moves import irreducible
from authority.changes.whatif import whatif
from authority.facts import FactPattern
from authority.memo import compose, render
from authority.memo.page import Page, data_block, making, sources, trusted
from authority.opinion import Opinion, decide
from authority.places import templates_folder
from authority.printing import curled
from tests.generate import READING, cases, pick, tangles
from tests.pages import Evaluator, State, drawn, made, node, page_of, shown, stands

PROGRAM = node()
BUNDLED = (
    "iran-2020", "almerfedi-2010-2011", "al-adahi-2009-2010", "niger-isgs-2017", "gul-2021", "libya-2011-clock",
    "soleimani-2020-article-51", "iran-2025-article-ii", "iran-2025-under-2002",
)  # fmt: skip



@pytest.fixture(autouse=True)
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried here is the page; that the two derivations agree is tried elsewhere."""
    monkeypatch.setattr(engine, "available", lambda: False)


@pytest.fixture(scope="module")
def evaluator() -> Iterator[Evaluator]:
    """The page's scripts, outside a browser."""
    if PROGRAM is None:
        pytest.skip("no Node.js is installed (pip install pyright[nodejs])")
    running = Evaluator(PROGRAM)
    yield running
    running.close()


def holds(evaluator: Evaluator, opinion: Opinion, page: Page, states: list[State]) -> None:
    """In each state every proposition stands on the page as ``decide`` has it of the case so changed, for the same
    causes; so does every exhibit; and the state's link leads back to it."""
    for state, outcome in zip(states, evaluator.ask(page, states=states)["outcomes"], strict=True):
        case, reading = made(opinion, page, state)
        after = decide(case, reading, opinion.question)
        assert shown(outcome, page) == stands(after, page)
        for exhibit, item in zip(page.exhibits, outcome["items"], strict=True):
            weighed = after.item.get(exhibit.id)
            if weighed and (weighed.is_in or item["isIn"]) and (case.item[exhibit.id].bears_on or weighed.is_in):
                assert item == {"grade": weighed.grade, "level": weighed.level, "isIn": weighed.is_in}
        graded = [None if out else grade for out, grade in zip(state["out"], state["grades"], strict=True)]
        assert outcome["again"] == state | {"grades": graded}


@settings(max_examples=200)
@given(st.one_of(cases(least=2, most=7), tangles(3, 10)), st.data())
def test_a_made_up_page_answers_as_decide_does(evaluator: Evaluator, case: FactPattern, data: st.DataObject) -> None:
    """Whatever is withdrawn, graded, taken and asked of the evidence, on law and records made up for the purpose."""
    opinion = decide(case, READING)
    page = page_of(opinion)
    holds(evaluator, opinion, page, [drawn(page, lambda options: pick(data.draw, options)) for _ in range(8)])


@pytest.mark.parametrize("name", BUNDLED)
@settings(max_examples=12)
@given(st.data())
def test_a_bundled_page_answers_as_decide_does(evaluator: Evaluator, name: str, data: st.DataObject) -> None:
    """The same of cases that come with the library, begun from any of their readings."""
    case = authority.load_case(name)
    opinion = decide(case, pick(data.draw, case.rules.readings))
    page = page_of(opinion)
    holds(evaluator, opinion, page, [drawn(page, lambda options: pick(data.draw, options)) for _ in range(10)])


@settings(max_examples=120)
@given(st.one_of(cases(least=2, most=6), tangles(3, 8)), st.data())
def test_what_moved_and_why_is_what_whatif_says(evaluator: Evaluator, case: FactPattern, data: st.DataObject) -> None:
    """Each proposition that moves, and the changes that move it, are those that ``whatif`` names."""
    opinion = decide(case, READING)
    page = page_of(opinion)
    state = drawn(page, lambda options: pick(data.draw, options), reading=page.reading)
    state["grades"] = [None if out else grade for out, grade in zip(state["out"], state["grades"], strict=True)]
    own, standard = page.readings[page.reading], state["standard"]
    changed = whatif(
        case, READING,
        grades={e.id: g for e, g in zip(page.exhibits, state["grades"], strict=True) if g},
        without=[e.id for e, out in zip(page.exhibits, state["out"], strict=True) if out],
        positions={
            d.id: d.positions[now].id
            for d, was, now in zip(page.disputes, own.positions, state["positions"], strict=True)
            if was != now
        },
        standard=page.tables.standards[standard].id if standard != own.standard else None,
    )  # fmt: skip
    keys = [each.key for each in (*page.facts, *page.conclusions)]
    (outcome,) = evaluator.ask(page, states=[state], explained=True)["outcomes"]
    said = {keys[p]: tuple(because) for p, because in outcome["moved"]}
    assert said == {str(each.proposition): each.because for each in changed.changed}


@given(st.data())
def test_the_smallest_part_is_found_as_python_finds_it(evaluator: Evaluator, data: st.DataObject) -> None:
    """Of whatever selections of changes do what all of them do, the same irreducible one is named."""
    names = "abcd"[: 1 + pick(data.draw, range(4))]
    parts = [part for count in range(len(names)) for part in itertools.combinations(names, count)]
    holding = {frozenset(part) for part in parts if pick(data.draw, (False, True))} | {frozenset(names)}
    told = evaluator.tell(changes=list(names), holding=[sorted(some) for some in holding])
    assert tuple(told["part"]) == irreducible(names, lambda some: some in holding)


# ── What stands in the file ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_policy_lets_this_script_run_and_this_style_apply_and_nothing_else(iran: FactPattern) -> None:
    """Each is named by the hash of exactly what stands between its tags; nothing may be asked of anybody."""
    opinion = decide(iran)
    html = render(compose(opinion), ".html", page=page_of(opinion)).decode()
    (policy,) = re.findall('http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    (script,) = re.findall("<script>(.*?)</script>", html, re.DOTALL)
    (style,) = re.findall("<style>(.*?)</style>", html, re.DOTALL)
    assert policy.replace("&#39;", "'") == (
        f"default-src 'none'; script-src {trusted(script)}; style-src {trusted(style)}; connect-src 'none'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert " style=" not in html and not re.search(r"\son\w+=", html.split("<main")[0])


def test_the_script_takes_no_text_for_markup_and_asks_for_nothing() -> None:
    """What could run text, read it as markup, fetch or store is not in it, nor what would end the element."""
    script = sources(templates_folder()).script
    for forbidden in (
        "innerHTML", "outerHTML", "insertAdjacentHTML", "createContextualFragment", "DOMParser", "document.write",
        "eval(", "new Function", "import(", "fetch", "XMLHttpRequest", "WebSocket", "sendBeacon", "Storage", "cookie",
        "Math.random", "Date", "</", "<!--",
    ):  # fmt: skip
        assert forbidden not in script


def test_the_script_knows_no_law(iran: FactPattern) -> None:
    """No rule, dispute, reading or party of a rule set is named in it: it evaluates what it is given."""
    parts = [path.read_text("utf-8") for path in sorted((templates_folder() / "page").iterdir())]
    words = {p.name for p in iran.parties if p.kind != "day"} | {"AUMF", "Qaeda"}
    ids = [each.id for group in (iran.rules.rules, iran.rules.disputes, iran.rules.readings) for each in group]
    assert not [word for word in (*words, *(id for id in ids if "-" in id)) if any(word in part for part in parts)]


def test_the_data_ends_no_script_and_keeps_its_text(iran: FactPattern) -> None:
    """Whatever a source says, the data is one JSON value without a sign that could end its element."""
    hostile = "</script><!--<script> ]]> {{ 7*7 }} &lt; \u2028 \u202eback \" \\ é"
    case = iran.but(evidence=tuple(e.but(says=hostile) for e in iran.evidence))
    block = data_block(page_of(decide(case)))
    assert not set("<>&") & set(block)
    assert json.loads(block)["exhibits"][0]["says"] == curled(" ".join(hostile.replace("\u202e", "").split()))


def test_the_same_opinion_makes_the_same_page(iran: FactPattern) -> None:
    """Byte for byte; and the page is tied to the law, the record and the question, not to the reading begun with."""
    one, other = (data_block(page_of(decide(iran))) for _ in range(2))
    assert one == other
    digests = {page_of(decide(iran, reading)).digest for reading in iran.rules.readings}
    assert len(digests) == 1
    assert page_of(decide(iran.but(evidence=iran.evidence[1:]))).digest not in digests


def test_a_question_too_large_for_a_page_has_the_memo_without_one(
    iran: FactPattern, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The memo is written all the same, and holds no script; it says why the record cannot be changed in it, which a
    memo that was never to have a page does not say."""
    monkeypatch.setattr(making, "MOST_USES", 3)
    html = decide(iran).memo(tmp_path / "memo.html").read_text("utf-8")
    assert "Brief Answer" in html and "<script" not in html and "panel:" not in html
    assert html.count("would make it too large") == 1 and "authority whatif" in html
    assert "too large" not in render(compose(decide(iran)), ".html").decode()


def test_a_reading_of_ones_own_stands_first(evaluator: Evaluator, iran: FactPattern) -> None:
    """A reading that the rule set does not have is on the page beside those that it has."""
    own = iran.rules.readings[0].but(id="own", title="My own", positions={**iran.rules.readings[0].positions,
        "cooperation": "suffices"}, standard="scintilla")  # fmt: skip
    opinion = decide(iran, own)
    page = page_of(opinion)
    assert [r.id for r in page.readings] == ["own", *(r.id for r in iran.rules.readings)]
    (outcome,) = evaluator.ask(page, states=[evaluator.ask(page)["record"]])["outcomes"]
    assert shown(outcome, page) == stands(opinion, page)
