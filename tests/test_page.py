"""The page in which a reader changes the record answers as ``decide`` does, and its link captures its state."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import authority
from authority import engine
from authority.changes.whatif import whatif
from authority.facts import FactPattern
from authority.memo.page import Page, make_page
from authority.opinion import Opinion, decide
from tests.generate import READING, cases, pick, tangles
from tests.pages import Evaluator, State, drawn, made, node, shown, stands

PROGRAM = node()
BUNDLED = (
    "iran-2020", "almerfedi-2010-2011", "al-adahi-2009-2010", "niger-isgs-2017", "gul-2021", "libya-2011-clock",
    "soleimani-2020-article-51", "iran-2025-article-ii", "iran-2025-under-2002",
)  # fmt: skip

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="no Node.js is installed (pip install pyright[nodejs])")


@pytest.fixture(autouse=True)
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried here is the page; that the two derivations agree is tried elsewhere."""
    monkeypatch.setattr(engine, "available", lambda: False)


@pytest.fixture(scope="module")
def evaluator() -> Iterator[Evaluator]:
    """The page's scripts, outside a browser."""
    assert PROGRAM
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
    page = make_page(opinion)
    holds(evaluator, opinion, page, [drawn(page, lambda options: pick(data.draw, options)) for _ in range(8)])


@pytest.mark.parametrize("name", BUNDLED)
@settings(max_examples=12)
@given(st.data())
def test_a_bundled_page_answers_as_decide_does(evaluator: Evaluator, name: str, data: st.DataObject) -> None:
    """The same of cases that come with the library, begun from any of their readings."""
    case = authority.load_case(name)
    opinion = decide(case, pick(data.draw, case.rules.readings))
    page = make_page(opinion)
    holds(evaluator, opinion, page, [drawn(page, lambda options: pick(data.draw, options)) for _ in range(10)])


@settings(max_examples=120)
@given(st.one_of(cases(least=2, most=6), tangles(3, 8)), st.data())
def test_what_moved_and_why_is_what_whatif_says(evaluator: Evaluator, case: FactPattern, data: st.DataObject) -> None:
    """Each proposition that moves, and the changes that move it, are those that ``whatif`` names."""
    opinion = decide(case, READING)
    page = make_page(opinion)
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
