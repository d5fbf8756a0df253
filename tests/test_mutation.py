"""What mutation testing is told: modules and tests that are there, and explanations of code that is."""

from __future__ import annotations

import tomllib

import pytest

pytest.importorskip("resource")  # not on Windows, where mutmut does not run either

from tests.mutants import ROOT, Explained, Survivor, explained


def test_every_module_named_for_it_is_there_with_its_tests() -> None:
    """In pyproject.toml, as `make mutants` reads them; and docs/mutation.md has a line on each."""
    named = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutants"]
    told = (ROOT / "docs" / "mutation.md").read_text("utf-8")
    for module, tests in named.items():
        assert (ROOT / module).is_file() and f"`{module.removeprefix('authority/')}`" in told
        assert tests and all((ROOT / test.partition("::")[0]).is_file() for test in tests)


@pytest.mark.parametrize("each", explained(), ids=lambda each: f"{each.function} {each.becomes}")
def test_what_is_explained_still_stands_in_the_code(each: Explained) -> None:
    """An explanation of a line that is gone goes with it."""
    code = (ROOT / each.module).read_text("utf-8")
    assert f"def {each.function.rpartition('.')[2]}(" in code and each.was in code and each.was != each.becomes


def test_an_explanation_covers_one_change_of_one_function() -> None:
    """One occurrence of the piece replaced in the line, and nothing else."""
    known = Explained("authority/weighing.py", "_grade", "1", "2")
    line = "found = 1 + 1"
    for becomes, covered in (("found = 2 + 1", True), ("found = 1 + 2", True), ("found = 2 + 2", False)):
        assert known.covers(Survivor("authority/weighing.py", "_grade", "survived", line, becomes)) is covered
    assert not known.covers(Survivor("authority/weighing.py", "barred", "survived", line, "found = 2 + 1"))
    assert not known.covers(Survivor("authority/issues.py", "_grade", "survived", line, "found = 2 + 1"))
