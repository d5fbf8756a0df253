"""The guide tells the truth: every block of it is done, in order, and what it prints is what is printed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

GUIDE = Path(__file__).parent.parent / "docs" / "encode-your-own-statute.md"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BLOCKS = BLOCK.findall(GUIDE.read_text(encoding="utf-8"))
INSTALLED = "pip install 'authority[test]'"
"""The one command that is not run: it has been."""

COMMANDS = {
    "authority": (sys.executable, "-m", "authority.cli"), "pytest": (sys.executable, "-m", "pytest"),
    "python": (sys.executable,),
}  # fmt: skip


def output(command: str, folder: Path) -> list[str]:
    """What a command prints in a folder, on whichever channel."""
    name, *rest = command.split()
    done = subprocess.run(
        [*COMMANDS[name], *rest], cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8",
        env={**os.environ, "COLUMNS": "120", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    return (done.stdout + done.stderr).splitlines()


def spoken(text: str) -> list[tuple[str, list[str]]]:
    """The commands of a console block, and what each is said to print."""
    found = re.split(r"^\$ (.*)\n", text, flags=re.MULTILINE)[1:]
    return [(command, said.splitlines()) for command, said in zip(found[::2], found[1::2], strict=True)]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("sed") is None, reason="the guide edits with sed")
def test_every_block_of_the_guide_does_what_it_says(tmp_path: Path) -> None:
    """Files are written, commands run; ``...`` stands for any lines and ``*`` for any words."""
    for language, path, text in BLOCKS:
        if path:
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf-8")
        elif language == "sh":
            if text.strip() != INSTALLED:
                subprocess.run(text, shell=True, cwd=tmp_path, check=True)
        else:
            assert language == "console"
            for command, said in spoken(text):
                wanted = [line for line in said if line != "..."]
                pytest.LineMatcher(output(command, tmp_path)).fnmatch_lines(
                    [re.sub(r"([\[\]])", r"[\1]", line) for line in wanted], consecutive=False
                )


def test_every_block_is_a_file_or_a_command() -> None:
    """Nothing in it is only to be looked at."""
    assert len(BLOCKS) > 15
    assert all(path or language in ("sh", "console") for language, path, _ in BLOCKS)
    assert GUIDE.read_text(encoding="utf-8").count("```") == 2 * len(BLOCKS)


def test_what_it_links_to_is_there() -> None:
    headings = {
        "#" + re.sub(r"[^a-z0-9 -]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in (GUIDE.parent / "design.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("#")
    }
    for target in re.findall(r"\]\(([^)]+)\)", GUIDE.read_text(encoding="utf-8")):
        page, _, heading = target.partition("#")
        assert (GUIDE.parent / page).is_file() and f"#{heading}" in headings
