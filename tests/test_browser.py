"""The page in a browser: what a reader clicks, reads, prints and sends on. Left out where there is no Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

import authority
from authority import engine
from authority.changes.moves import has_moved
from authority.changes.moves import stands as verdict
from authority.facts import FactPattern
from authority.opinion import Opinion, decide
from authority.printing import curled
from tests.pages import made, page_of
from tests.readers import DESK, PHONE, TABLET, Reader, Walk, spoken, words

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (the extra `browser`)")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed (the extra `browser`)")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
pytestmark = pytest.mark.slow

STATES = 200
MARKERS = """keys => keys.forEach(key => {
  const marker = document.createElement("span");
  marker.dataset.proposition = key;
  document.body.append(marker);
})"""
READ = """() => Object.fromEntries([...document.querySelectorAll("body > [data-proposition]")]
  .map(each => [each.dataset.proposition, each.dataset.verdict]))"""
CONTROLS = """() => [...document.querySelectorAll("aside :is(select, input:not([id]))")]
  .map(each => each.tagName === "SELECT" ? each.value : each.checked)"""


@pytest.fixture(autouse=True)
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried here is the page; that the two derivations agree is tried elsewhere."""
    monkeypatch.setattr(engine, "available", lambda: False)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A Chromium without a window: the machine's, or Playwright's own. It is without its sandbox, since a test may run
    as root; it opens our files only."""
    with playwright.sync_playwright() as running:
        program = CHROMIUM or running.chromium.executable_path
        if not Path(program).exists():
            pytest.skip("no Chromium is on the path, and Playwright has none (playwright install chromium)")
        opened = running.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def opinion() -> Opinion:
    """The opinion on the Iran record under its first reading."""
    return decide(authority.load_case("iran-2020"))


@pytest.fixture(scope="module")
def memo(opinion: Opinion, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The memo on it as a file."""
    return opinion.memo(tmp_path_factory.mktemp("page") / "memo.html")


@pytest.fixture
def reader(browser: Any, memo: Path) -> Iterator[Reader]:
    """A reader of the memo at a desk, everything unfolded."""
    opened = Reader(browser).open(memo.as_uri()).unfold()
    yield opened
    opened.leave(memo.as_uri())


def test_two_hundred_states_that_were_clicked_together_are_answered_as_decide_answers(
    reader: Reader, opinion: Opinion
) -> None:
    """After every two clicks each proposition stands on the page as ``decide`` has it of the case so changed; the
    answer and the number of what moved say so; and the way back leads to the record."""
    page = page_of(opinion)
    walk = Walk(reader, page, seed=2001)
    reader.page.evaluate(MARKERS, [each.key for each in (*page.facts, *page.conclusions)])
    before = words(opinion, page)
    verdicts, record = set(), deepcopy(walk.state)
    for number in range(STATES):
        if number % 25 == 24:
            reader.at("back").click(force=True)
            walk.start()
        for _ in range(2):
            walk.step()
        case, reading = made(opinion, page, walk.state)
        after = decide(case, reading, opinion.question)
        assert reader.page.evaluate(READ) == words(after, page)
        verdicts.add(after.verdict)
        if walk.state == record:
            assert reader.text("after") == "nothing is changed"
            continue
        assert page.words.answers[str(after.verdict)] in reader.text("after")
        assert f"“{curled(after.reading.title)}”, by {after.findings.standard.says}" in reader.text("brief")
        count = sum(has_moved(p, verdict(opinion, p), verdict(after, p)) for p in {**spoken(opinion), **spoken(after)})
        assert reader.text("number") == {0: "nothing", 1: "1 proposition"}.get(count, f"{count} propositions")
    assert len(verdicts) == 3, "the walk came to every verdict"
    reader.at("back").click()
    assert reader.page.evaluate(READ) == before


def test_a_link_restores_the_state_and_one_that_is_foreign_is_refused(
    reader: Reader, browser: Any, memo: Path, opinion: Opinion
) -> None:
    """Who opens the link sees what was seen when it was copied; who follows a broken one is told so, and sees the
    record."""
    walk = Walk(reader, page_of(opinion), seed=1973)
    for _ in range(12):
        walk.step()
    reader.at("copy").click()
    playwright.expect(reader.at("message")).to_contain_text("link")
    link = reader.at("link").input_value()
    assert reader.page.url == link and len(link.split("#")[1]) < 600
    seen = ("before", "after", "number", "brief", "changes", "moved")
    reader.page.wait_for_timeout(500)
    other = Reader(browser).open(link).unfold()
    other.page.wait_for_timeout(500)
    assert [other.text(id) for id in seen] == [reader.text(id) for id in seen]
    assert other.page.evaluate(CONTROLS) == reader.page.evaluate(CONTROLS)
    assert other.page.url == link
    other.at("standard").select_option(label="a scintilla of evidence")
    assert other.page.url == memo.as_uri(), "the address captures no state that is gone"
    other.at("back").click()
    assert other.text("after") == "nothing is changed"
    digest = page_of(opinion).digest
    for fragment, why in {
        f"#state=1.{'0' * 12}&r=statutory-text": "another record, question or law",
        f"#state=9.{digest}&r=statutory-text": "another version",
        f"#state=1.{digest}&r=nobody": "a reading that is not here",
        f"#state=1.{digest}&r=statutory-text&g=E9:Z9": "a grade that is not one",
        f"#state=1.{digest}&r=statutory-text&x=%E0%A4%A": "cannot be read",
        f"#state=1.{digest}&r=statutory-text&__proto__=1": "none of this page’s",
    }.items():
        other.page.evaluate("fragment => { location.hash = fragment; }", fragment)
        playwright.expect(other.at("message")).to_contain_text(why)
        assert other.text("after") == "nothing is changed"
    other.leave(memo.as_uri())


def test_why_something_moved_is_told(reader: Reader) -> None:
    """The op-ed's reading moves the answer, and the position that does it is named; a position may be taken alone."""
    reader.at("reading").select_option(label="Cooperation with al-Qaeda, as an op-ed of 2020 put it "
        "(asserted, unsupported by any court or published executive interpretation)")  # fmt: skip
    playwright.expect(reader.at("moved").locator("li").first).to_contain_text("because of cooperation = suffices")
    assert "✓ Shown" in reader.text("after") and "✗ Not shown" in reader.text("before")
    assert "asserted, unsupported" in reader.text("brief")
    assert "is authorized" in reader.at("live").text_content()


def test_what_moved_is_unfolded_and_what_a_reader_folded_stays_so(browser: Any, memo: Path) -> None:
    """The tree opens down to what moved, and no further; back on the record it is folded as before."""
    reader = Reader(browser).open(memo.as_uri())
    unfolded = reader.at("tree").locator("details[open]")
    assert unfolded.count() == 1
    reader.at("standard").select_option(label="a scintilla of evidence")
    assert unfolded.count() > 1
    assert reader.at("tree").get_by_text("moved: was", exact=False).first.is_visible()
    reader.at("back").click()
    assert unfolded.count() == 1
    reader.at("tree").locator("summary").first.click()
    reader.at("standard").select_option(label="a scintilla of evidence")
    assert reader.at("tree").locator("> ul > li > details").get_attribute("open") is None
    reader.leave(memo.as_uri())


def test_a_box_of_a_map_says_how_its_proposition_stands(reader: Reader, opinion: Opinion) -> None:
    """Anything in the document that names a proposition is told of it: by class, in words, and to a screen reader."""
    reader.page.evaluate(
        """key => {
          document.getElementById("memo").insertAdjacentHTML("beforeend",
            '<svg id="mark" width="9" height="9"><g><rect width="9" height="9"/>' +
            '<text data-verdict-text=""></text></g></svg>');
          document.querySelector("#mark > g").dataset.proposition = key;
        }""",
        str(opinion.question),
    )
    box = reader.page.locator("#mark > g")
    reader.at("reading").select_option("4")
    playwright.expect(box).to_have_class("is-met has-moved")
    playwright.expect(box).to_have_attribute("aria-label", "force against Iran is authorized: met, moved from not met")
    playwright.expect(box).to_have_role("group")
    assert box.locator("text").text_content() == "✓ met"
    reader.at("back").click()
    playwright.expect(box).to_have_class("is-not-met")
    playwright.expect(box).to_have_attribute("aria-label", "force against Iran is authorized: not met")


def test_the_map_in_the_memo_frames_what_moved(reader: Reader, opinion: Opinion) -> None:
    """In the colour of its new verdict; and back at the record nothing is framed."""
    asked = reader.page.locator(f'figure svg [data-proposition="{opinion.question}"]').first
    frame = asked.locator("rect").first
    playwright.expect(asked).to_have_class("is-not-met")
    playwright.expect(frame).to_have_css("stroke", "none")
    reader.at("reading").select_option("4")
    playwright.expect(asked).to_have_class("is-met has-moved")
    playwright.expect(frame).to_have_css("stroke-width", "3px")
    reader.at("back").click()
    playwright.expect(frame).to_have_css("stroke", "none")


@pytest.mark.parametrize("size", [DESK, TABLET, PHONE])
def test_no_serious_fault_of_access_is_found(browser: Any, memo: Path, opinion: Opinion, size: tuple[int, int]) -> None:
    """axe-core finds none, on the record and in a changed state, with everything unfolded."""
    reader = Reader(browser, size).open(memo.as_uri())
    walk = Walk(reader, page_of(opinion), seed=541)
    for changed in (False, True):
        reader.unfold()
        for _ in range(6 * changed):
            walk.step()
        found = axe.Axe().run(reader.page).response["violations"]
        grave = [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")]
        assert grave == []
    reader.leave(memo.as_uri())


@pytest.mark.parametrize("width", [375, 320])
def test_nothing_is_wider_than_a_phone(browser: Any, memo: Path, width: int) -> None:
    """Folded at first, and with everything unfolded, the page scrolls downwards only."""
    reader = Reader(browser, (width, 800)).open(memo.as_uri())
    assert not reader.at("reading").is_visible()
    for _ in range(2):
        assert reader.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        reader.unfold()
    reader.leave(memo.as_uri())


def test_all_of_it_is_done_by_keyboard(browser: Any, memo: Path) -> None:
    """Tab leads through the controls in their order; keys alone unfold, withdraw, take a position and go back."""
    reader = Reader(browser).open(memo.as_uri())
    press, focused = reader.page.keyboard.press, "document.activeElement.id || document.activeElement.textContent"

    def tab_to(wanted: str) -> None:
        for _ in range(60):
            press("Tab")
            if wanted in reader.page.evaluate(focused):
                return
        raise AssertionError(f"{wanted} is not reached")

    tab_to("Change it, and see what moves")
    tab_to("panel:copy")
    tab_to("panel:reading")
    press("ArrowDown")
    assert "The reading is" in reader.text("changes")
    tab_to("panel:standard")
    press("ArrowUp")
    assert "the standard is substantial evidence" in reader.text("changes").lower()
    tab_to("Disputed points")
    press("Enter")
    press("Tab")
    press("ArrowDown")
    assert reader.page.evaluate("document.activeElement.type") == "radio"
    tab_to("Exhibits")
    press("Space")
    tab_to("panel:find")
    reader.page.keyboard.type("passports")
    assert 0 < reader.at("exhibits").locator("li:visible").count() < 10
    press("Tab")
    if reader.page.evaluate("document.activeElement.type") != "checkbox":
        press("Tab")
    press("Space")
    assert "withdrawn" in reader.text("changes")
    press("Tab")
    press("ArrowDown")
    assert reader.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    reader.at("back").focus()
    press("Enter")
    assert reader.text("after") == "nothing is changed"
    reader.leave(memo.as_uri())


def test_a_page_printed_from_a_changed_state_says_so_first(reader: Reader) -> None:
    """The record prints without a word of the panel; a changed state says what it is not, and what was changed."""
    reader.page.emulate_media(media="print")
    hidden = ("root", "outcome", "note")
    assert [reader.at(id).is_visible() for id in hidden] == [False, False, False]
    reader.page.emulate_media(media="screen")
    reader.exhibit("E46").locator("input").click()
    reader.page.emulate_media(media="print")
    assert [reader.at(id).is_visible() for id in hidden] == [False, False, True]
    note = reader.text("note")
    assert note.startswith("This is not the memorandum of the record.") and "E46 is withdrawn" in note
    assert reader.page.evaluate("document.querySelector('.page').firstElementChild.id") == "panel:note"


def test_without_a_script_the_page_is_the_memo(browser: Any, memo: Path) -> None:
    """Where scripts are off the panel is hidden, and the memo stands as it always did."""
    reader = Reader(browser, java_script_enabled=False).open(memo.as_uri())
    assert not any(reader.at(id).is_visible() for id in ("root", "outcome", "note", "refused"))
    assert reader.page.get_by_role("heading", name="Brief Answer").is_visible()
    reader.leave(memo.as_uri())


def test_a_page_that_does_not_come_to_the_memos_answer_says_so(browser: Any, memo: Path, tmp_path: Path) -> None:
    """Where the data and the memo have come apart, nothing can be changed, and the memo still stands."""
    text = memo.read_text("utf-8")
    path = tmp_path / "memo.html"
    head, record = text.rsplit('"record":[', 1)
    verdicts, rest = record.split("]", 1)
    path.write_text(f'{head}"record":[{verdicts.replace("undetermined", "met", 1)}]{rest}', "utf-8")
    reader = Reader(browser).open(path.as_uri())
    assert reader.at("refused").is_visible() and not reader.at("root").is_visible()
    assert reader.page.get_by_role("heading", name="Brief Answer").is_visible()
    reader.leave(path.as_uri())


def test_hostile_text_in_a_case_is_inert(browser: Any, iran: FactPattern, tmp_path: Path) -> None:
    """What a source says is shown as it was said, ends no script, and turns nothing round."""
    hostile = "</script><script>window.taken=1</script><!-- <img src=x onerror=alert(1)> {{ 7*7 }} \u202eturned $&"
    evidence = tuple(e.but(says=hostile, hedge=e.hedge and hostile) for e in iran.evidence)
    opinion = decide(iran.but(evidence=evidence, title=hostile))
    path = opinion.memo(tmp_path / "memo.html")
    reader = Reader(browser).open(path.as_uri()).unfold()
    assert reader.page.evaluate("window.taken") is None
    assert hostile.replace("\u202e", "") in reader.exhibit("E46").inner_text()
    reader.exhibit("E46").locator("input").click()
    assert "E46 is withdrawn" in reader.text("changes")
    reader.leave(path.as_uri())
