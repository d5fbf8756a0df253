"""The core alone, built for real and installed with no extra: every command works, or says which extra to install."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from authority.cli import app

TOP = Path(__file__).resolve().parents[1]
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
NEEDS = re.compile(r"needs the extra '(\w+)': pip install 'authority\[\1\]'")
CASE = "iran-2020"

WALK: dict[str, list[tuple[str, str]]] = {
    "memo": [
        *((f"CASE -o out{ending}", "") for ending in (".md", ".html", ".json")),
        ("CASE -o out.docx", "docx"), ("CASE -o out.pdf", "pdf"), ("CASE -o own-out.md --template own.md", ""),
        ("CASE -o out.docx --template paper.docx", "docx"),
    ],
    "decide": [
        ("CASE", ""), ("CASE --short", ""), *((f"CASE --format {each}", "") for each in ("json", "prov", "aif")),
    ],
    "compare": [
        ("CASE", ""), ("CASE --format json", ""), ("CASE --picture c.svg", ""), ("CASE --picture c.png", "docx"),
    ],
    "depends": [("CASE", ""), ("CASE --format json", ""), ("CASE --picture d.png", "docx")],
    "whatif": [("CASE --standard scintilla", ""), ("CASE --standard scintilla --format json", "")],
    "diff": [("CASE CASE", ""), ("CASE CASE --format json", "")],
    "timeline": [("CASE", ""), ("CASE --format json", ""), ("CASE --picture t.png", "docx")],
    "cases": [("", "")],
    "rules": [("", ""), ("aumf-2001", ""), ("aumf-2001 --format legalruleml", "")],
    "readings": [("corker-kaine", "sat")],
    "check": [("corker-kaine", ""), ("corker-kaine --format json", ""), ("corker-kaine --format sarif", "")],
    "batch": [("table.csv --case CASE -o out.csv", "batch"), ("table.parquet --case CASE -o out.arrow", "batch")],
    "panel": [
        ("CASE", ""), *((f"CASE -o panel{ending}", "") for ending in (".csv", ".json", ".md")),
        ("CASE -o panel.parquet", "batch"),
    ],
    "simulate": [("CASE --seed 1 -n 1000", ""), ("CASE --seed 1 -n 1000 --format json", "")],
    "map": [("CASE -o map.svg", ""), ("CASE -o map.png", "docx")],
    "verify": [("out.json", ""), ("out.json --format json", "")],
    "import": [("log.csv --into kept.yaml -o more.yaml", ""), ("log.xlsx --into kept.yaml -o more.yaml", "xlsx")],
    "export": [
        ("CASE -o e.csv", ""), ("CASE --ach -o ach.csv", ""), ("CASE -o e.xlsx", "xlsx"),
        ("CASE --ach -o e.xlsx", "xlsx"),
    ],
    "citations": [("own.md", "eyecite")],
    "schema": [("case", "")],
    "fmt": [("kept.yaml", "")],
    "new": [("case mine", "")],
}  # fmt: skip
"""Of each command, what it is asked and the extra that this needs, if any."""


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command in a fresh environment with the core installed as somebody else gets it."""
    folder = tmp_path_factory.mktemp("core") / "venv"
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([scripts / "python", "-m", "pip", "install", "-q", TOP], check=True, env=ENVIRONMENT)
    return scripts / "authority"


@pytest.fixture(scope="module")
def desk(core: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the commands are given."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "own.md").write_text("{{ memo.title }}\n", encoding="utf-8")
    for name in ("log.xlsx", "paper.docx", "table.csv", "table.parquet"):
        (folder / name).write_bytes(b"x")
    (folder / "log.csv").write_text("id,source,says,bears on nothing\n", encoding="utf-8")
    for asked in (("new", "case", "kept"), ("memo", CASE, "-o", "out.json")):
        subprocess.run([core, *asked], check=True, cwd=folder, env=ENVIRONMENT, capture_output=True)
    return folder


def test_every_command_is_walked() -> None:
    """One that is added is added here."""
    group: object = app.info.cls
    assert {*group.lives_in, "new"} == {*WALK}  # pyright: ignore[reportAttributeAccessIssue, reportOptionalMemberAccess]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "extra"), [(f"{command} {said}".strip(), extra) for command, each in WALK.items() for said, extra in each]
)
def test_a_command_of_the_core_works_or_names_the_extra(core: Path, desk: Path, asked: str, extra: str) -> None:
    """Exit code 0, or 2 and the words to type; never a traceback."""
    words = asked.replace("CASE", CASE).split()
    done = subprocess.run([core, *words], cwd=desk, env=ENVIRONMENT, text=True, capture_output=True, check=False)
    told = NEEDS.search(done.stderr)
    assert "Traceback" not in done.stderr, done.stderr
    assert (done.returncode, told[1] if told else "") == ((2, extra) if extra else (0, "")), done.stdout + done.stderr
