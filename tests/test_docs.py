"""The docs tell the truth: every block of every page is done, and the site is whole and asks nothing of anybody."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from blocks import NOT_RUN, ROOT, Doing, blocks, commands, pages, shows
from typer import Context
from typer.main import get_group

import authority
from authority.cli import app
from authority.coverage import coverage
from authority.law import Mark
from authority.memo.text import escape

DOCS = ROOT / "docs"
ELSEWHERE = {ROOT / "README.md", DOCS / "encode-your-own-statute.md"}  # done by tests of their own
SITE = ("sphinx", "myst_nb", "furo")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """What writes pages from the library itself; it lies beside the pages."""
    monkeypatch.syspath_prepend(DOCS)
    return import_module("made")


@pytest.mark.skipif(not (shutil.which("sed") and shutil.which("cat")), reason="the pages use sed and cat")
@pytest.mark.parametrize(
    "page", [page for page in pages() if blocks(page) and page not in ELSEWHERE], ids=lambda page: page.stem
)
def test_every_block_of_a_page_does_what_it_says(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Files are written, commands run, Python is executed; what is shown is what comes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    Doing(page, tmp_path, capsys.readouterr).all()


def test_what_is_shown_must_come_whole_and_in_order() -> None:
    """A line too few or too many, or another order, is found; only ``...`` and ``*`` leave anything open."""
    got = ["one", "two", "three [3]"]
    assert shows(got, got) and shows(["..."], got) and shows(["one", "...", "three *"], got)
    assert shows(["...", "two", "..."], got) and shows(["one", "...", "two", "three [3]"], got)
    assert not any(
        shows(wanted, got)
        for wanted in (["one", "two"], [*got, "four"], ["two", "..."], ["...", "two"], ["two", "one", "..."], [])
    )
    assert not shows(["...", "two", "...", "two", "..."], got), "a line stands for one line"


def test_a_command_that_is_not_run_is_one_that_some_page_has() -> None:
    """The list of what is not run is no longer than it need be."""
    assert {command for page in pages() for command in commands(page)} >= NOT_RUN


# The law


@pytest.mark.parametrize("name", authority.rule_sets())
def test_the_notes_on_the_law_leave_nothing_out(name: str, made: ModuleType) -> None:
    """Every rule with its words, what is left out and why, every position and its holders, every authority."""
    page = _words(made.whole((DOCS / "law" / f"{name}.md").read_text(encoding="utf-8")))
    rules = authority.load_rules(name)
    held = [*(rule.id for rule in rules.rules), *(rule.quote for rule in rules.rules)]
    held += [each.why for each in coverage(rules).left_out] + [each.words for each in coverage(rules).unaccounted]
    held += [section.text for section in rules.instrument.sections] + list(rules.instrument.does_not_decide)
    positions = [position for dispute in rules.disputes for position in dispute.positions]
    held += [text for position in positions for text in (position.says, *position.held_by)]
    held += [reading.id for reading in rules.readings] + [rules.label(reading) for reading in rules.readings]
    held += [str(each.citation) for each in rules.authorities] + [each.why for each in rules.raised_by]
    held += [text for each in rules.vocabulary.sentences for text in (each.says, each.means)]
    assert not [text for text in held if _words(text) not in page]


@pytest.mark.parametrize("name", authority.rule_sets())
def test_what_was_not_verified_is_said_of_each_authority(name: str, made: ModuleType) -> None:
    part = made.MAKERS["law"](name).split("## What was not verified")[1].split("## Authorities")[0]
    for each in authority.load_rules(name).authorities:
        assert (f"`{each.id}`" in part) >= (each.verified is not Mark.PRIMARY)
        assert _words(each.unverified) in _words(part)


def test_every_rule_set_has_its_page() -> None:
    assert {page.stem for page in (DOCS / "law").glob("*.md")} == {"index", *authority.rule_sets()}


def _words(text: str) -> str:
    """The words of a text or of the Markdown that prints it, whatever the signs between them."""
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"&#92;|&amp;", " ", text))).casefold()


# The reference


def test_the_reference_has_every_command_and_option(made: ModuleType) -> None:
    page = made.MAKERS["commands"]()
    for name, command in _all_commands(get_group(app), "authority"):
        section = page.split(f"## {name}\n")[1].split("\n## ")[0]
        assert escape(command.help) in section
        assert all(opt in section for each in command.params for opt in each.opts if opt.startswith("--"))


def _all_commands(group: Any, name: str) -> list[tuple[str, Any]]:
    around, found = Context(group), []
    for each in group.list_commands(around):
        command = group.get_command(around, each)
        nested = hasattr(command, "list_commands")
        found += _all_commands(command, f"{name} {each}") if nested else [(f"{name} {each}", command)]
    return found


def test_the_reference_has_every_public_name() -> None:
    page = (DOCS / "reference" / "python.md").read_text(encoding="utf-8")
    named = {name for line in re.findall(r"made: names authority(?:\.errors)? (.*) -->", page) for name in line.split()}
    assert named >= set(authority.__all__)
    assert "made: names authority.batch -->" in page and "made: names authority.testing -->" in page


# The site


@pytest.mark.slow
@pytest.mark.skipif(not all(map(find_spec, SITE)), reason="the site needs the extra docs")
def test_the_site_is_built_without_a_warning_and_asks_nothing_of_anybody(tmp_path: Path) -> None:
    """Every page is linked to, every link leads somewhere; scripts, styles and pictures lie beside the pages."""
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", "-d", tmp_path / "doctrees",
         DOCS, tmp_path / "site"],
        capture_output=True, text=True, check=False, encoding="utf-8", cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    built = sorted((tmp_path / "site").rglob("*.html"))
    assert len(built) > len(pages()) and (tmp_path / "site" / "index.html") in built
    for page in built:
        html = page.read_text(encoding="utf-8")
        assert not _FETCHED.findall(html), page
        assert "<!-- made:" not in html
    for style in (tmp_path / "site").rglob("*.css"):
        assert not re.search(r"(@import|url\()\s*['\"]?(https?:)?//", style.read_text(encoding="utf-8")), style
    for script in (tmp_path / "site").rglob("*.js"):
        assert not _ASKED.search(script.read_text(encoding="utf-8")), script


_FETCHED = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*\b(?:src|data)=["'](?:https?:)?//[^"']*"""
    r"""|<link\b[^>]*\bhref=["'](?:https?:)?//[^"']*"""
)
"""What a browser fetches from another machine when it opens a page; a link that a reader may follow is none."""
_ASKED = re.compile(r"""(fetch|import|open|src\s*=)\s*\(?["'`](https?:)?//""")
