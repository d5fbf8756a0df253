"""SECURITY.md names, for each promise, tests that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "SECURITY.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/\w+\.py)::(\w+)`", TEXT)))


@pytest.mark.parametrize(("file", "test"), NAMED, ids=[test for _, test in NAMED])
def test_every_test_that_a_promise_names_is_there(file: str, test: str) -> None:
    assert re.search(rf"^def {test}\(", (ROOT / file).read_text("utf-8"), re.MULTILINE)


def test_every_promise_names_a_test() -> None:
    promises = re.search(r"\| promise \| held by \|\n\|---\|---\|\n((?:\|.*\|\n)+)", TEXT)
    assert promises is not None
    lines = promises[1].splitlines()
    assert len(lines) > 10 and all("`tests/" in line for line in lines)


def test_every_target_of_make_that_it_names_is_there() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {*re.findall(r"`make ([\w-]+)`", TEXT)} <= targets
