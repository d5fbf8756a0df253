"""Files set out in one way: nothing that they say changes, no comment is lost, and what is set out stays so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from authority.errors import InvalidInput, Problem
from authority.formatting import formatted
from authority.formatting.order import ORDER
from authority.loading.layout import lay_out
from authority.loading.text import parse, plain
from authority.places import rules_folder
from authority.schemas import schema
from authority.testing import cases, rule_sets
from authority.testing.written import case_text, law_text
from tests.conftest import SAID
from tests.test_schemas import BAD, RULES

CASE = Path("case.yaml")


def meaning(text: str) -> Any:
    """What a text says, as the loader reads it; None for what it refuses."""
    problems: list[Problem] = []
    node = parse(text, "text", problems)
    return None if problems or node is None else plain(node)


def keeps(text: str, path: Path = CASE) -> str:
    """The text set out, which says the same, has the same comments, and is set out already."""
    made = formatted(text, path)
    assert meaning(made) == meaning(text)
    assert lay_out(made).comments == lay_out(text).comments
    assert formatted(made, path) == made
    return made


# ── Nothing is lost ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", [*RULES, *BAD], ids=lambda path: "/".join(path.parts[-3:]))
def test_every_file_keeps_what_it_says_and_its_comments(path: Path) -> None:
    keeps(path.read_text("utf-8"), path)


WORDS = st.text("ab:#-'\"\\,[]{}?&*!|>%@` é—\t\n\x85\u2028\xa0😀", max_size=12) | st.sampled_from(
    ["NO", "null", "~", "1.10", "2001-09-11", "---", "a long text " * 15, "two  blanks " * 12, "w" * 150]
)
DATA = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=300)
@given(
    st.dictionaries(WORDS, DATA, min_size=1, max_size=4),
    st.sampled_from([True, False, None]),
    st.sampled_from([20, 80, 1_000]),
    st.sampled_from([None, '"', "'", "|", ">"]),
    st.booleans(),
)
def test_whatever_is_yaml_keeps_what_it_says(
    data: dict[str, Any], flow: bool | None, width: int, style: Any, unicode: bool
) -> None:
    """Any texts in any nesting, however another program wrote them."""
    text = yaml.safe_dump(data, default_flow_style=flow, width=width, default_style=style, allow_unicode=unicode)
    text = text.replace("!!str ", "").replace("! ", "") if style else text
    if meaning(text) == data:
        assert meaning(keeps(text)) == data


@settings(max_examples=60)
@given(st.data())
def test_whatever_is_made_up_loads_the_same_wherever_comments_stand(data: st.DataObject) -> None:
    """Rule sets and cases with comments and blank lines put in at any line, and behind any line."""
    law = data.draw(rule_sets())
    text = data.draw(st.sampled_from([law_text(law), case_text(data.draw(cases(law)))]))
    for n in range(data.draw(st.integers(0, 4))):
        lines = text.split("\n")
        at = data.draw(st.integers(0, len(lines) - 1))
        behind = f"{lines[at]}  # behind {n}"
        above = f"{' ' * data.draw(st.integers(0, 7))}# above {n}"
        put = data.draw(st.sampled_from([[behind], [above, lines[at]], ["", "", lines[at]]]))
        changed = "\n".join([*lines[:at], *put, *lines[at + 1 :]])
        # What a block of text took for its own, and what would end a text, is none of ours.
        text = changed if meaning(changed) == meaning(text) else text
    keeps(text)


# ── How it is set out ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_is_set_out_as_the_files_of_law_are() -> None:
    """Two blanks a level, comments where they stood, one blank line, keys in order, brackets as long as they fit."""
    before = (
        "# A case.\n\n\n"
        "title:   'Ports'   # short\n"
        "parties:\n"
        "    Dawn: { kind: organization,\n"
        "       aliases: [SS Dawn,Day] }\n"
        "\n\n"
        "evidence:\n"
        "- says: A text that is so long that it cannot stand on the line that it was written on, by whoever wrote it, "
        "and is folded beneath.\n"
        "  # which log\n"
        "  source: log\n"
        "  id: E1\n"
        "    # deeper\n"
        "- id: E2\n"
        "  source: log # behind\n"
        "  supports: [ Dawn carries arms , # in brackets\n"
        "    Dawn is listed ]\n"
        "# the end\n"
    )
    assert keeps(before) == (
        "# A case.\n\n"
        'title: "Ports"  # short\n'
        "parties:\n"
        "  Dawn: {kind: organization, aliases: [SS Dawn, Day]}\n"
        "\n"
        "evidence:\n"
        "  - id: E1\n"
        "    # which log\n"
        "    source: log\n"
        "    says: >-\n"
        "      A text that is so long that it cannot stand on the line that it was written on, by whoever wrote it, "
        "and is folded\n"
        "      beneath.\n"
        "    # deeper\n"
        "  - id: E2\n"
        "    source: log  # behind\n"
        "    supports:\n"
        "      - Dawn carries arms  # in brackets\n"
        "      - Dawn is listed\n"
        "# the end\n"
    )


def test_line_ends_stay_what_they_are() -> None:
    assert formatted("title:  T\r\nasks: a\r\n", CASE) == "title: T\r\nasks: a\r\n"


def test_the_order_names_every_key_of_every_entry() -> None:
    """What an entry may have is what the schemas say that it may."""
    known = {**schema("case")["definitions"], **schema("rule-set")["definitions"]}
    for what, ranks in ORDER.items():
        assert set(known[what]["properties"]) == set(ranks), what


def test_what_cannot_be_kept_is_refused() -> None:
    """JSON would be YAML; what is no YAML is none; a file of two documents has one too many; and a comment that stands
    by no entry would be lost."""
    for text in ("a: [", "a: *b", "a: 1\na: 2\n", "", "a: 1\n---\nb: 2\n"):
        with pytest.raises(InvalidInput):
            formatted(text, CASE)
    with pytest.raises(InvalidInput, match="JSON"):
        formatted("{}", Path("a.json"))
    with pytest.raises(InvalidInput, match="the comment '# who' would be lost"):
        formatted("--- # who\na: 1\n", CASE)


# ── The command ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one file that is set out and one that is not."""
    (tmp_path / "good.yaml").write_text("title: T\n", "utf-8")
    (tmp_path / "poor.yaml").write_text("title:   T\n", "utf-8")
    return tmp_path


def test_the_command_sets_files_out_and_says_which(said: SAID, folder: Path) -> None:
    code, out, _ = said("fmt", folder)
    assert code == 0 and out == f"set out {folder / 'poor.yaml'}\n"
    assert (folder / "poor.yaml").read_text("utf-8") == "title: T\n"
    assert said("fmt", folder) == (0, "", "")


def test_a_check_and_a_difference_write_nothing(said: SAID, folder: Path) -> None:
    code, out, err = said("fmt", "--check", folder)
    assert code == 1 and out == f"would set out {folder / 'poor.yaml'}\n" and "1 file" in err
    code, out, _ = said("fmt", "--diff", folder / "poor.yaml", folder / "good.yaml")
    assert code == 0 and "-title:   T\n+title: T\n" in out
    assert said("fmt", "--check", "--diff", folder)[0] == 1
    assert (folder / "poor.yaml").read_text("utf-8") == "title:   T\n"


def test_where_one_file_is_wrong_none_is_written(said: SAID, folder: Path) -> None:
    (folder / "wrong.yaml").write_text("title: [\n", "utf-8")
    code, _, err = said("fmt", folder)
    assert code == 3 and "wrong.yaml:" in err
    assert (folder / "poor.yaml").read_text("utf-8") == "title:   T\n"
    assert said("fmt", folder / "nowhere.yaml")[0] == 2


def test_the_law_that_comes_with_the_library_is_set_out(said: SAID) -> None:
    assert said("fmt", "--check", rules_folder())[0] == 0


# ── The hooks of pre-commit ───────────────────────────────────────────────────────────────────────────────────────────


def test_each_hook_runs_a_command_that_there_is(said: SAID) -> None:
    """What a repository gets that names this one in its `.pre-commit-config.yaml`."""
    hooks = yaml.safe_load((Path(__file__).parents[1] / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [hook["id"] for hook in hooks] == ["authority-fmt", "authority-check"]
    for hook in hooks:
        assert hook["entry"].split()[0] == "authority" and hook["language"] == "python"
        assert said(hook["entry"].split()[1], "--help")[0] == 0
    files = re.compile(hooks[0]["files"])
    ours = [path for path in RULES if "rules" in path.parts or "cases" in path.parts]
    assert ours and all(files.search(path.as_posix()) for path in ours)
    assert files.search("cases/ship.yaml") and files.search("ship.case.yaml") and not files.search("mkdocs.yaml")
