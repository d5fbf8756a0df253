"""The pytest plugin: case files are tests, whose failures say where answer and expectation part; a rule set is tried on
the laws; a run that has nothing of the kind is left alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import authority
from authority import engine
from authority.parting import parting
from authority.testing import laws
from authority.vocabulary import Proposition

pytest_plugins = ["pytester"]

OTHER = Path(__file__).parent / "other"
CLEAN = ("-W", "error", "--strict-config", "--strict-markers")


@pytest.fixture
def sanctions(pytester: pytest.Pytester) -> Path:
    """The made-up Sanctions Designation Act in a project of its own."""
    shutil.copytree(OTHER / "sanctions-designation", pytester.path / "sanctions")
    return pytester.path / "sanctions"


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# ── Other people's runs ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_run_without_case_files_is_left_alone(pytester: pytest.Pytester) -> None:
    """Nothing of the library is imported but the plugin, no warning is given, no test is added; a file of somebody
    else's that only ends as a case does is none."""
    pytester.makepyfile(
        """
        import sys

        def test_nothing_is_imported():
            here = {name for name in sys.modules if name.split(".")[0] in ("authority", "pydantic", "hypothesis")}
            assert here == {"authority", "authority.pytest_plugin"}
        """
    )
    (pytester.path / "upper.case.yaml").write_text("expect: shown\n", encoding="utf-8")
    pytester.runpytest_subprocess(*CLEAN).assert_outcomes(passed=1)


# ── Cases ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_expectation_and_every_decision_is_a_test(pytester: pytest.Pytester, sanctions: Path) -> None:
    """Three readings of two cases, and what the Minister decided on one; each can be run alone."""
    found = pytester.runpytest_subprocess(*CLEAN, "-v")
    found.assert_outcomes(passed=7)
    alone = pytester.runpytest_inprocess(sanctions / "cases" / "strelsau-trading.case.yaml", "-k", "decided")
    alone.assert_outcomes(passed=1, deselected=3)


def test_a_failure_says_what_was_expected_and_where_the_two_part(pytester: pytest.Pytester, sanctions: Path) -> None:
    """The rule that lacks least, the first element it lacks, the cause, the exhibits; no way through the library."""
    case = sanctions / "cases" / "strelsau-trading.case.yaml"
    rewrite(case, "as-written: not shown, ministry: shown", "as-written: shown, ministry: not shown")
    found = pytester.runpytest_inprocess(case)
    found.assert_outcomes(passed=2, failed=2)
    found.stdout.fnmatch_lines(
        [
            "*strelsau-trading: shown under as-written*",
            "Strelsau Trading may be designated, under as-written (preponderance), as of 2015-05-04",
            "  expected: shown",
            "  found: not shown, since it is undetermined (no evidence)",
            "  where they part:",
            "    by the rule by-its-owner, which lacks:",
            "      Rupert owns Strelsau Trading: undetermined (no evidence)",
            "      by the rule by-shares, which lacks:",
            "        Rupert holds more than half of Strelsau Trading: unresolved (no evidence); no exhibit *",
            "*strelsau-trading: not shown under ministry*",
            "    by the rule by-its-owner, which would have to fail in one of these, or be defeated:",
            "      Rupert owns Strelsau Trading: met (on the evidence); for it E2",
            "      Rupert has served a listed organization: met (on the evidence); for it E1; against it E3",
        ],
        consecutive=False,
    )
    assert "Traceback" not in found.stdout.str() and "pytest_plugin.py" not in found.stdout.str()


def test_a_decision_otherwise_than_the_library_answers_fails(pytester: pytest.Pytester, sanctions: Path) -> None:
    case = sanctions / "cases" / "strelsau-trading.case.yaml"
    rewrite(case, "    expect: shown\n", "    expect: not shown\n")
    found = pytester.runpytest_inprocess(case)
    found.assert_outcomes(passed=3, failed=1)
    found.stdout.fnmatch_lines(
        [
            "*strelsau-trading: as decided by the Minister*",
            "the library answers shown, and not shown was decided by the Minister: nothing says why they differ",
            "  fix: *",
        ]
    )


def test_a_case_that_does_not_load_is_an_error_at_its_place(pytester: pytest.Pytester, sanctions: Path) -> None:
    """Where, what, and how to mend it."""
    case = sanctions / "cases" / "lender-who-left.case.yaml"
    rewrite(case, "supports: [Antoinette lent money to", "supports: [Antoinette lent cash to")
    found = pytester.runpytest_inprocess(case)
    found.assert_outcomes(errors=1)
    found.stdout.fnmatch_lines(["*lender-who-left.case.yaml:15:*'Antoinette lent cash to the Crimson League'*"])
    assert "Traceback" not in found.stdout.str()


@pytest.mark.parametrize(
    ("case", "reading", "shown", "last"),
    [
        ("sanctions-designation/cases/lender-who-left", "as-written", True, "Antoinette has turned away: met"),
        (
            "emergency-powers/cases/curfew-that-lapsed",
            "government",
            True,
            "the proclamation of 2021-02-01 has lapsed: met",
        ),
        ("emergency-powers/cases/night-curfew", "strict", True, "on 2021-02-01: unresolved (no evidence)"),
    ],
)
def test_the_step_is_the_exception_or_the_first_fact_that_is_wanting(
    case: str, reading: str, shown: bool, last: str
) -> None:
    found = authority.decide(authority.load_case(OTHER / f"{case}.case.yaml"), reading)
    assert last in parting(found, shown).splitlines()[-1]
    assert parting(found, not shown) == ""


def test_where_no_rule_is_in_force_that_is_the_step() -> None:
    """On a day before the Act."""
    case = authority.load_case(OTHER / "emergency-powers/cases/night-curfew.case.yaml").but(as_of="1999-12-31")
    found = authority.decide(case, "government")
    assert found.question == Proposition("<measure> is authorized", ("the Night Curfew",))
    assert "not met (no rule under this reading)" in parting(found, True).splitlines()[-1]


# ── Rule sets ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_rule_set_is_tried_on_every_law_and_its_cases(
    pytester: pytest.Pytester, sanctions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing else that lies here, unless it is named too."""
    monkeypatch.setattr(laws, "tried", lambda *given, **more: None)
    beside = pytester.makepyfile("def test_another(): pass")
    found = pytester.runpytest_inprocess("--authority-rules", sanctions, "-v")
    alone = [] if engine.available() else [laws.both_derivations_agree]  # passed over without durable-rules
    found.assert_outcomes(passed=len(laws.ALL) + 7 - len(alone), skipped=len(alone))
    told = ["SKIPPED" if law in alone else "PASSED" for law in laws.ALL]
    found.stdout.fnmatch_lines(
        [f"sanctions::{law.__name__} {how}*" for law, how in zip(laws.ALL, told, strict=True)]
    )
    both = pytester.runpytest_inprocess("--authority-rules", sanctions, "-k", "order or another", beside)
    both.assert_outcomes(passed=2, deselected=len(laws.ALL) + 6)


def test_a_law_that_fails_prints_the_case(
    pytester: pytest.Pytester, sanctions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The smallest record that was found, as a case file, and the reading."""
    monkeypatch.setattr(
        laws, "decide", lambda case, reading: authority.decide(case.holding({e.id for e in case.evidence[1:]}), reading)
    )
    found = pytester.runpytest_inprocess("--authority-rules", sanctions, "-k", "order_is_immaterial")
    found.assert_outcomes(failed=1, deselected=len(laws.ALL) + 6)
    found.stdout.fnmatch_lines(
        ["in another order, *", "  expected: *", "  found: *", "  where they part:", "    in another order, *",
         "*title: A made-up case", "*evidence:", "*- id: E1", "*standard: *"]
    )


def test_a_rule_set_that_does_not_load_is_an_error_at_its_place(pytester: pytest.Pytester, sanctions: Path) -> None:
    rewrite(sanctions / "rules.yaml", "quote: The Minister may designate", "quote: The Minister must designate")
    found = pytester.runpytest_inprocess("--authority-rules", sanctions)
    found.assert_outcomes(errors=1)
    found.stdout.fnmatch_lines(["*sanctions/rules.yaml:*quote*"])


def test_a_folder_that_is_not_there_is_said_to_be_missing(pytester: pytest.Pytester) -> None:
    found = pytester.runpytest_inprocess("--authority-rules", "nowhere")
    assert found.ret == pytest.ExitCode.USAGE_ERROR
    found.stderr.fnmatch_lines(["*--authority-rules: there is no folder *nowhere*"])
