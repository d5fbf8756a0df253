"""The fenced blocks of a page of Markdown, done in their order in a folder, and what they show held against what comes.

| block | is |
|---|---|
| with a name behind its language | a file, written under that name |
| ``console`` | commands behind ``$``, and what each prints |
| ``sh`` | commands that print nothing of interest |
| ``python``, ``pycon`` | Python that runs; Python behind ``>>>``, and what it prints |
| ``yaml`` without a name | a piece of a case, or of the law that comes with the library |

In what is shown, a line ``...`` stands for any lines and ``*`` for any words. A comment ``<!-- with: PAGE -->`` says
that the files of another page are there.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

import yaml

import authority
from authority.cli import run
from authority.places import rules_folder

ROOT = Path(__file__).parent.parent
_BLOCK = re.compile(r"^```([^\s`]*)(?: (\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_WITH = re.compile(r"^<!-- with: (\S+) -->$", re.MULTILINE)
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # reads every scalar as text

NOT_RUN = {
    "pip install 'authority[test]'", "pip install '.[docx]'",
    "make memo", "make test", "make mutants", "make mutants MODULE=authority/weighing.py",
}  # fmt: skip
"""The commands that are not run: they install, or run these tests."""

_PROGRAMS = {"pytest": (sys.executable, "-m", "pytest"), "python": (sys.executable,)}

_HEAD = """rules: aumf-2001
title: A case around a piece
asks: force against Iran is authorized
as_of: 2020-01-01
parties:
  Iran: {kind: state}
sources:
  commission: {name: A commission, kind: independent commission}
"""
"""What makes a case of a piece that holds evidence alone."""


class Block(NamedTuple):
    """A fenced block: its language, the file that it is if it is one, its text, and the line it begins on."""

    language: str
    path: str
    text: str
    line: int


def pages() -> list[Path]:
    """Every page with blocks: the README, and the docs."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(page: Path) -> tuple[Block, ...]:
    """The blocks of a page, in their order, but for what speaks to the program that builds the site (``{…}``)."""
    text = page.read_text(encoding="utf-8")
    found = [Block(m[1], m[2] or "", m[3], text.count("\n", 0, m.start()) + 1) for m in _BLOCK.finditer(text)]
    assert text.count("```") == 2 * len(found), f"{page}: a fence that opens no block"
    return tuple(block for block in found if not block.language.startswith("{"))


def commands(page: Path) -> list[str]:
    """The commands in the ``sh`` blocks of a page, and in those that name no language."""
    found = [block.text for block in blocks(page) if block.language in ("", "sh") and not block.path]
    return [re.sub(r"\s+#.*", "", line).strip() for text in found for line in text.splitlines()]


def spoken(text: str) -> list[tuple[str, list[str]]]:
    """The commands of a console block, and what each is said to print."""
    found = re.split(r"^\$ (.*)\n?", text, flags=re.MULTILINE)[1:]
    return [(command, said.splitlines()) for command, said in zip(found[::2], found[1::2], strict=True)]


def shows(wanted: Sequence[str], got: Sequence[str]) -> bool:
    """Whether lines are those wanted, from the first to the last."""
    runs: list[list[str]] = [[]]
    for line in wanted:
        if line == "...":
            runs.append([])
        else:
            runs[-1].append(re.sub(r"([\[\]?])", r"[\1]", line.rstrip()))
    lines = [line.rstrip() for line in got]
    at = len(runs[0])
    if not _alike(runs[0], lines[:at]) or (len(runs) == 1 and at != len(lines)):
        return False
    for number, each in enumerate(runs[1:], start=1):
        ends = [len(lines)] if number == len(runs) - 1 else range(at + len(each), len(lines) + 1)
        end = next((e for e in ends if e - len(each) >= at and _alike(each, lines[e - len(each) : e])), None)
        if end is None:
            return False
        at = end
    return True


def _alike(wanted: Sequence[str], got: Sequence[str]) -> bool:
    return len(wanted) == len(got) and all(map(fnmatchcase, got, wanted))


class Doing:
    """The blocks of a page, done one after the other in a folder, which must be the current one. ``output`` gives what
    a test's own process has printed since it was last asked."""

    def __init__(self, page: Path, folder: Path, output: Callable[[], tuple[str, str]]) -> None:
        self.page, self.folder, self.output = page, folder, output
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.code = 0
        self.refused: set[str] = set()
        """What stands in a command that exited with 3: an input file that is meant to be wrong."""

    def all(self) -> None:
        """Does every block; AssertionError, with the line in the page, where one does not give what it shows."""
        for other in _WITH.findall(self.page.read_text(encoding="utf-8")):
            for block in blocks(self.page.parent / other):
                if block.path:
                    self._write(block)
        for block in blocks(self.page):
            if block.path:
                self._write(block)
                continue
            kind = {"": "sh"}.get(block.language, block.language)
            assert kind in _DOING, f"{self._at(block)}: a block of {block.language} that nothing can be done with"
            _DOING[kind](self, block)
        self._load_files()

    def _at(self, block: Block) -> str:
        return f"{self.page.relative_to(ROOT)}:{block.line}"

    def _write(self, block: Block) -> None:
        path = self.folder / block.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")

    def console(self, block: Block) -> None:
        for command, wanted in spoken(block.text):
            got = self._output(command)
            assert shows(wanted, got), "\n".join([f"{self._at(block)}: $ {command}", *got])

    def _output(self, command: str) -> list[str]:
        """What a command prints, on whichever channel; ``authority`` in this process, others in one of their own."""
        name, *rest = shlex.split(command)
        if command == "echo $?":
            return [str(self.code)]
        if name == "authority":
            self.output()
            self.code = run(rest)
            self.refused |= set(rest) if self.code == 3 else set()
            out, err = self.output()
            return (out + err.strip("\n")).splitlines()
        done = subprocess.run(
            [*_PROGRAMS.get(name, (name,)), *rest], cwd=self.folder, capture_output=True, text=True, check=False,
            encoding="utf-8", env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        self.code = done.returncode
        return (done.stdout + done.stderr).splitlines()

    def sh(self, block: Block) -> None:
        lines = [re.sub(r"\s+#.*", "", line).strip() for line in block.text.splitlines()]
        if all(line.startswith("authority ") for line in lines):
            for line in lines:
                self._output(line)
                assert self.code == 0, f"{self._at(block)}: {line}"
        elif not set(lines) <= NOT_RUN:
            subprocess.run(block.text, shell=True, cwd=self.folder, check=True)

    def python(self, block: Block) -> None:
        exec(compile(block.text, self._at(block), "exec"), self.names)

    def pycon(self, block: Block) -> None:
        test = doctest.DocTestParser().get_doctest(block.text, self.names, self._at(block), str(self.page), block.line)
        test.globs = self.names  # what one block names, the next knows
        told: list[str] = []
        failed = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS, verbose=False).run(
            test, out=told.append, clear_globs=False
        )
        assert test.examples and not failed.failed, "".join(told)

    def yaml(self, block: Block) -> None:
        read = yaml.load(block.text, Loader=_LOADER)
        if isinstance(read, dict) and list(read) == ["evidence"]:
            path = self.folder / "piece.yaml"
            path.write_text(_HEAD + block.text, encoding="utf-8")
            assert authority.load_case(path).evidence
        else:
            assert all(any(_part_of(each, entry) for entry in _law()) for each in read), self._at(block)

    def _load_files(self) -> None:
        """Every YAML file of the page is read by the loader that it is for: a case's, or that of a rule set."""
        own = {block.path for block in blocks(self.page) if block.path.endswith(".yaml")}
        for path in (self.folder / name for name in sorted(own - self.refused)):
            head = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
            if "asks" in head:
                assert authority.load_case(path).title
            elif "evidence" not in head:  # else a file of additions, which a command of the page reads
                assert authority.load_rules(path.parent).rules


_DOING: dict[str, Callable[[Doing, Block], None]] = {
    "console": Doing.console, "sh": Doing.sh, "python": Doing.python, "pycon": Doing.pycon, "yaml": Doing.yaml,
}  # fmt: skip


def _law() -> Iterator[dict[str, Any]]:
    """Every entry of the rule sets that come with the library, as it is written."""
    for path in sorted(rules_folder().glob("*/*.yaml")):
        sections = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
        for entries in sections.values() if isinstance(sections, dict) else [sections]:
            yield from (each for each in entries if isinstance(each, dict)) if isinstance(entries, list) else ()


def _part_of(piece: dict[str, Any], entry: dict[str, Any]) -> bool:
    return all(entry.get(key) == value for key, value in piece.items())
