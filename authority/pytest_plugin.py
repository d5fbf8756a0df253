"""The pytest plugin: case files say what is expected of them and are tests; a rule set is tried on the laws.

pytest loads it at every run where the library is installed: nothing of the library is imported before there is a case
file or a rule set to be tested.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from authority.facts import FactPattern
    from authority.law import RuleSet

OPTION = "--authority-rules"
_ASKS, _EXPECTS = (re.compile(rf"^(?:{keys})\s*:", re.MULTILINE) for keys in ("asks", "expect|decided"))


class Parted(Exception):
    """An answer is not as expected; the message says where they part."""


# ── Hooks ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("authority").addoption(
        OPTION, action="append", default=[], metavar="DIR",
        help="test the rule set in this folder: the laws that hold of every rule set, and its cases",
    )  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """The folders named are what is tested, beside what else is named; not all that lies here as well."""
    folders = _folders(config)
    for folder in folders:
        if not folder.is_dir():
            raise pytest.UsageError(f"{OPTION}: there is no folder {str(folder)!r}")
    if folders:
        named = config.args if config.args_source is config.ArgsSource.ARGS else []
        config.args = [*named, *map(str, folders)]


def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    return RuleSetFolder.from_parent(parent, path=path) if path.resolve() in _folders(parent.config) else None


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.name.endswith(".case.yaml") and _expects(file_path):
        return CaseFile.from_parent(parent, path=file_path)
    return None


def _folders(config: pytest.Config) -> list[Path]:
    """The rule sets that are to be tested."""
    return [Path(folder).resolve() for folder in config.getoption(OPTION) or ()]


def _expects(path: Path) -> bool:
    """Whether a file looks like a case that says what is expected of it, or was decided."""
    text = path.read_text(encoding="utf-8", errors="replace")
    return bool(_ASKS.search(text) and _EXPECTS.search(text))


# ── Cases ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


class CaseFile(pytest.File):
    """A case: a test for each reading of which it expects something, and one for each decision on it."""

    rules: RuleSet | None = None

    def collect(self) -> Iterator[pytest.Item]:
        from authority.errors import AuthorityError
        from authority.loading import load_case

        try:
            case = load_case(self.path, self.rules)
        except AuthorityError as error:
            raise self.CollectError(str(error)) from error
        for reading, expect in case.expect.items():
            yield Expectation.of(self, case, reading, expect)
        for number in range(len(case.decided)):
            yield Held.of(self, case, number)


class Readable(pytest.Item):
    """A test whose failure is told in words, without the way through the library."""

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        from authority.errors import AuthorityError

        if isinstance(excinfo.value, Parted | AuthorityError | AssertionError):
            return "\n".join([str(excinfo.value), *getattr(excinfo.value, "__notes__", ())])
        return super().repr_failure(excinfo, style)


class Expectation(Readable):
    """What a case expects under one reading."""

    @classmethod
    def of(cls, parent: CaseFile, case: FactPattern, reading: str, expect: str) -> Expectation:
        made: Expectation = cls.from_parent(parent, name=reading)
        made.case, made.reading, made.expect = case, reading, expect
        return made

    case: FactPattern
    reading: str
    expect: str

    def runtest(self) -> None:
        from authority.opinion import decide
        from authority.parting import parting

        told = parting(decide(self.case, self.reading), self.expect == "shown")
        if told:
            raise Parted(told)

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, f"{self.case.name}: {self.expect} under {self.reading}"


class Held(Readable):
    """What was decided on a case, held against the library's answer."""

    @classmethod
    def of(cls, parent: CaseFile, case: FactPattern, number: int) -> Held:
        made: Held = cls.from_parent(parent, name=f"decided-{number + 1}")
        made.case, made.number = case, number
        return made

    case: FactPattern
    number: int

    def runtest(self) -> None:
        from authority.decided import held_against
        from authority.parting import parting

        only = self.case.but(decided=(self.case.decided[self.number],))
        (held,) = held_against(only)
        told = [f"{fault.what}: {fault.why}\n  fix: {fault.fix}" for fault in held.faults]
        if told:
            apart = parting(held.opinion, held.decision.shown)
            raise Parted("\n".join([*told, *([apart] if apart else [])]))

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, f"{self.case.name}: as decided by {self.case.decided[self.number].by}"


# ── Rule sets ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class RuleSetFolder(pytest.Directory):
    """A rule set: a test for each law, and its cases."""

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        from authority.errors import AuthorityError
        from authority.loading import cases_of, load_rules

        try:
            from authority.testing import laws

            rules = load_rules(self.path)
        except AuthorityError as error:
            raise self.CollectError(str(error)) from error
        for law in laws.ALL:
            yield Law.of(self, law, rules)
        for path in map(Path, cases_of(self.path)):
            if _expects(path):
                file: CaseFile = CaseFile.from_parent(self, path=path)
                file.rules = rules
                yield file


class Law(Readable):
    """A law that holds of every rule set, tried on one."""

    @classmethod
    def of(cls, parent: RuleSetFolder, law: Callable[..., None], rules: RuleSet) -> Law:
        made: Law = cls.from_parent(parent, name=law.__name__)
        made.law, made.rules = law, rules
        return made

    law: Callable[..., None]
    rules: RuleSet

    def runtest(self) -> None:
        self.law(self.rules)

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, f"{self.rules.name}: {self.name}"
