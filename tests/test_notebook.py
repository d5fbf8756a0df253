"""What a notebook shows: the answer in words and as HTML in which nothing runs; and the worked notebook, run again."""

from __future__ import annotations

import ast
from html.parser import HTMLParser
from typing import Any

import pyarrow as pa
import pytest

import authority
from authority.comparing import compare
from authority.contradictions import Contradiction
from authority.dependence import depend
from authority.facts import FactPattern
from authority.opinion import decide
from authority.vocabulary import Proposition
from tests.notebook import run, stored

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\" ' & </table></details> \u202e"
TAGS = {"div", "p", "strong", "span", "details", "summary", "pre"}
TAGS |= {"table", "caption", "thead", "tbody", "tr", "th", "td"}


class Read(HTMLParser):
    """HTML as a browser reads it: its tags, each with its attributes, and its text; unclosed tags are an error."""

    def __init__(self, code: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(code)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def hostile() -> FactPattern:
    """The Iran record with words in its title, its readings and its names that would be tags if they could."""
    case = authority.load_case("iran-2020")
    readings = tuple(r.but(title=HOSTILE, label=HOSTILE) for r in case.rules.readings)
    return case.but(title=HOSTILE, rules=case.rules.but(readings=readings))


def shown(case: FactPattern) -> dict[str, Any]:
    """What a notebook shows of each kind of answer on a case, by the name of the kind."""
    comparison = compare(case)
    opinion = comparison["cooperation-2020"]
    text = Proposition("<target> sails", (HOSTILE,))
    contradiction = Contradiction(one=text, other=opinion.question, of="facts", evidence=("E1",))
    return {
        "opinion": opinion, "comparison": comparison, "dependence": depend(opinion),
        "with a contradiction": opinion.but(contradictions=(contradiction,)), "contradiction": contradiction,
    }  # fmt: skip


def test_what_is_shown_is_inert_and_fetches_nothing(hostile: FactPattern) -> None:
    """Whatever a case says is text: no other tags than those of tables and folds, and no address among their values."""
    for name, answer in shown(hostile).items():
        bundle = answer._repr_mimebundle_()
        read = Read(bundle["text/html"])
        assert {tag for tag, _ in read.tags} <= TAGS, name
        attributes = {(key, value) for _, attrs in read.tags for key, value in attrs.items()}
        assert {key for key, _ in attributes} <= {"style", "scope", "aria-hidden"}, name
        assert not any("url(" in (value or "") for _, value in attributes), name
        assert name == "dependence" or HOSTILE in read.text, name
        assert len(bundle["text/html"]) < 40_000 and bundle["text/plain"], name


def test_a_table_heads_its_columns_and_rows_and_says_what_it_is(iran: FactPattern) -> None:
    """So that a screen reader can say of each cell where it stands; a verdict is a sign and a word."""
    for answer in shown(iran).values():
        read = Read(answer._repr_mimebundle_()["text/html"])
        count = [tag for tag, _ in read.tags].count
        scopes = [attrs["scope"] for tag, attrs in read.tags if tag == "th"]
        assert count("caption") == count("table") > 0 and len(scopes) == count("th")
        assert scopes.count("row") == count("tr") - count("thead")
    html = Read(shown(iran)["opinion"]._repr_mimebundle_()["text/html"])
    assert "✓ met (shown)" in html.text and "Derivation" in html.text


def test_a_picture_is_shown_as_one_and_said_in_words(iran: FactPattern) -> None:
    picture = decide(iran).map()
    assert picture._repr_mimebundle_() == {"text/plain": picture.alt, "image/svg+xml": picture.svg}


def test_answers_are_rows_that_a_table_library_takes_as_they_are(iran: FactPattern) -> None:
    """Plain values, the same keys in each row; every element, every reading and every exhibit is there once."""
    answers = shown(iran)
    for name in ("opinion", "comparison", "dependence"):
        rows = answers[name].table()
        assert {type(value) for row in rows for value in row.values()} <= {str, bool, float, type(None)}
        assert pa.Table.from_pylist(rows).to_pylist() == rows
    opinion, comparison, dependence = (answers[name] for name in ("opinion", "comparison", "dependence"))
    told = [(row["proposition"], row["verdict"]) for row in opinion.table()]
    assert told[0] == (str(opinion.question), "met")
    assert told[1:] == [(str(e), str(opinion.on(e))) for e in opinion.elements]
    assert list(dict.fromkeys(row["reading"] for row in comparison.table())) == list(comparison)
    by_item = {row["item"]: row for row in dependence.table()}
    assert {item for item, row in by_item.items() if row["relevant"]} == set(dependence.relevant)
    assert by_item["E35"]["shapley"] == dependence.power["E35"].shapley


# ── The worked notebook ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_the_notebook_run_again_gives_the_stored_outputs() -> None:
    """Every output, byte for byte. After a change of what is said: python -m tests.notebook."""
    before, after = stored(), run()
    assert len(before.cells) == len(after.cells)
    for old, new in zip(before.cells, after.cells, strict=True):
        assert new == old, old.source


def test_the_notebook_has_no_error_and_names_no_machine() -> None:
    """And its code is short enough to be read: nothing that a reader would have to take apart."""
    text = str(stored())
    assert "/home/" not in text and "/tmp/" not in text
    for cell in (c for c in stored().cells if c.cell_type == "code"):
        ast.parse(cell.source)
        assert len(cell.source.splitlines()) <= 6 and cell.outputs
        assert all(output.output_type != "error" for output in cell.outputs)
