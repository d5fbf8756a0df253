"""Text as it is printed: the marks of print in the place of a typewriter's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authority.memo import document as doc
from authority.memo.document import Document
from authority.printing import curled


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('The words "necessary and appropriate" limit it.', "The words “necessary and appropriate” limit it."),
        ("the executive's position", "the executive’s position"),
        ("the parties' conduct", "the parties’ conduct"),
        ('("harbored")', "(“harbored”)"),
        ("He said: \"They call it 'cooperation'.\"", "He said: “They call it ‘cooperation’.”"),
        ("\"'Aid' is not named.\"", "“‘Aid’ is not named.”"),
        ('force—"all necessary"—is', "force—“all necessary”—is"),
        ("Qa'ida", "Qa’ida"),
        ("“as it is”", "“as it is”"),
    ],
)  # fmt: skip
def test_a_mark_opens_at_the_head_of_a_word_and_closes_elsewhere(typed: str, printed: str) -> None:
    assert curled(typed) == printed


@given(st.text(alphabet="ab \"'([“”\n"))
def test_only_marks_change_and_none_is_left(text: str) -> None:
    made = curled(text)
    assert not set("\"'") & set(made)
    assert [a for a in text if a not in "\"'“”"] == [a for a in made if a not in "‘’“”"]
    assert curled(made) == made and len(made) == len(text)


@given(st.text(alphabet="ab \"'(", max_size=12), st.text(alphabet="ab \"'(", max_size=12))
def test_a_text_in_two_parts_is_printed_as_the_whole(one: str, other: str) -> None:
    assert curled(one) + curled(other, " " + curled(one)) == curled(one + other)


def test_a_memo_prints_them_across_dress_and_leaves_code_alone() -> None:
    (block,) = Document("A memo", (), "the *Congress*'s \"**words**\" and `\"code's\"`").blocks()
    assert isinstance(block, doc.Paragraph)
    assert doc.plain(block.runs) == "the Congress’s “words” and \"code's\""
