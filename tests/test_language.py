"""How a memo reads: nothing said twice in one place, articles and numbers right, and doubt called by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

import authority
from authority.memo import compose, markdown
from authority.saying import exhibits

MEMOS = (
    "iran-2020", "al-shabaab-2016", "isil-2014", "taliban-2001", "parhat-2008", "hussain-2011-2013", "iran-2025-clock",
    "soleimani-2020-article-51",
)  # fmt: skip
"""States, groups that joined later, detainees held on little, a clock, a treaty: most of what a memo can say."""

SIDES = tuple(f"- {side}" for side in ("For", "Against", "Reports", "Undercut", "Found", "Cautioned"))
"""How a line begins that says what an exhibit says."""


@cache
def memo(name: str) -> str:
    return markdown(compose(authority.decide(authority.load_case(name))))


def own_words(name: str) -> Iterator[str]:
    """The lines of a memo that the library words itself: no quotation, no citation, no exhibit as its source has it."""
    for line in memo(name).splitlines():
        if not line.startswith((">", "|", "[^", *SIDES)):
            yield re.sub(r"“[^”]*”|\"[^\"]*\"", "“…”", line)


@pytest.mark.parametrize("name", MEMOS)
def test_no_sentence_stands_twice_in_a_paragraph(name: str) -> None:
    for line in own_words(name):
        sentences = re.split(r"(?<=[.?])(?<! v\.) ", line)
        assert len(sentences) == len(set(sentences)), line


@pytest.mark.parametrize("name", MEMOS)
@pytest.mark.parametrize(
    ("what", "slip"),
    [
        ("a word twice", r"\b(?!had\b)(\w+) \1\b"),
        ("a before a vowel", r"\b[Aa] (?!eu|uni|use|one\b)[aeiou]"),
        ("an before a consonant", r"\b[Aa]n (?!hour|hono|heir)[bcdfghjklmnpqrstvwxyz]"),
        ("two stops", r"(?<!\.)\.\.(?!\.)|[?,;:]\.| [,;:.](?=\s|$)"),
        ("two colons in one sentence", r": [^.;|()?]*(?<!\d): "),
        ("one exhibit as many", r"\bExhibit E\d+ (?:are|were|have|bear|state|fall)\b"),
        ("many exhibits as one", r"\bExhibits [^.]*?\d+ (?:is|was|has|bears|states|falls)\b"),
        ("a lower-case beginning", r"(?<=[a-z)][.?]) [a-z]"),
    ],
)  # fmt: skip
def test_a_memo_is_free_of_slips(name: str, what: str, slip: str) -> None:
    found = [line for line in own_words(name) if re.search(slip, line)]
    assert not found, (what, found[:3])


@pytest.mark.parametrize("name", MEMOS)
def test_no_evidence_is_never_put_as_evidence_to_the_contrary(name: str) -> None:
    """Where nothing speaks for a fact a memo says so, and says only of what is refuted that the contrary is shown."""
    refuted = memo(name).split("### What the Record Refutes")[1].split("### ")[0]
    unresolved = memo(name).split("### What the Record Leaves Unresolved")[1].split("### ")[0]
    assert "shows the contrary" not in unresolved
    assert not re.search("Nothing in the record|falls short|in conflict", refuted)
    for line in unresolved.splitlines():
        if "Nothing in the record supports it" in line:
            assert not re.search(r"\bFor: ", line), line


@pytest.mark.parametrize("name", MEMOS)
def test_a_likelihood_never_stands_beside_a_confidence(name: str) -> None:
    """How likely a thing is and how sure an analyst is are not put in one sentence (ICD 203, 2015)."""
    for sentence in re.split(r"(?<=[.?]) |\n", memo(name)):
        likely = re.search(r"\b(?:likel|probabl|chance|remote|certain)\w*", sentence)
        assert not (likely and re.search(r"\b(?:high|moderate|low) confidence\b", sentence)), sentence


def test_exhibits_in_a_row_are_named_by_their_ends() -> None:
    assert exhibits(["E9", "E7", "E8", "E12"]) == "Exhibits E7–E9 and E12"
    assert exhibits(["E1", "E2"]) == "Exhibits E1 and E2"
    assert exhibits(["E3"]) == "Exhibit E3"
    assert exhibits(["A1", "E2", "E3", "letter"]) == "Exhibits A1, E2, E3 and letter"
    assert exhibits(["E" + "9" * 5_000, "E1", "E2", "E3"]).startswith("Exhibits E1–E3 and E999")
    assert exhibits([]) == ""
