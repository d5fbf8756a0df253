"""Mutation testing: python tests/mutants.py [MODULE…]. A score for each module, and the mutants that survive.

mutmut makes the mutants and tries them, one module at a time in a copy of the repository under ``build/mutants``, on
the tests that pyproject.toml names for that module. A survivor that docs/mutation.md explains is counted, not listed.
"""

from __future__ import annotations

import json
import re
import resource
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
COPIES = ROOT / "build" / "mutants"
NEEDED = ("authority", "rules", "templates", "tests")
MEMORY = 8 << 30
"""How many bytes a mutant may ask for: one that grows without bound ends so, and not the machine."""
SURVIVED = {0: "survived", 5: "no test", 33: "no test", 34: "skipped", None: "not tried"}
"""The exit codes of a mutant that nothing killed; by any other it was: a red test, a crash, the time limit."""
EXPLAINED = re.compile(r"^- `([\w/.]+)` `([\w.]+)`: `(.+?)` → ((?:`.*?`(?:, )?)+): .")


class Survivor(NamedTuple):
    """A mutant that no test killed: where it is, how it got away, and the lines it changes."""

    module: str
    function: str
    how: str
    was: str
    becomes: str


class Explained(NamedTuple):
    """A mutant that changes nothing that can be seen, as docs/mutation.md has it: of a line, one piece."""

    module: str
    function: str
    was: str
    becomes: str

    def covers(self, survivor: Survivor) -> bool:
        """Whether the survivor is this one: its line with one occurrence of the piece replaced."""
        line, piece = survivor.was, self.was
        places = (at for at in range(len(line)) if line.startswith(piece, at))
        made = (line[:at] + self.becomes + line[at + len(piece) :] for at in places)
        return (self.module, self.function) == survivor[:2] and survivor.becomes in made


def explained() -> list[Explained]:
    """The mutants that docs/mutation.md explains."""
    lines = (ROOT / "docs" / "mutation.md").read_text("utf-8").splitlines()
    return [
        Explained(found[1], found[2], found[3], becomes)
        for found in filter(None, map(EXPLAINED.match, lines))
        for becomes in re.findall(r"`(.*?)`", found[4])
    ]


def tried(module: str, tests: Iterable[str]) -> tuple[int, list[Survivor]]:
    """How many mutants of a module there are, and those that survive the tests."""
    copy = COPIES / module.removesuffix(".py").replace("/", ".")
    shutil.rmtree(copy, ignore_errors=True)
    for name in NEEDED:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    only = f"only_mutate = {json.dumps([module])}\npytest_add_cli_args_test_selection = {json.dumps(list(tests))}\n"
    settings = (ROOT / "pyproject.toml").read_text("utf-8").replace("[tool.mutmut]\n", f"[tool.mutmut]\n{only}")
    (copy / "pyproject.toml").write_text(settings, "utf-8")
    done = _mutmut(copy, "run")
    results = copy / "mutants" / f"{module}.meta"
    if done.returncode or not results.exists():
        raise SystemExit(f"{module}: mutmut failed\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    ended = json.loads(results.read_text("utf-8"))["exit_code_by_key"]
    return len(ended), [_survivor(copy, module, name, SURVIVED[c]) for name, c in ended.items() if c in SURVIVED]


def _mutmut(copy: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mutmut", *args], cwd=copy, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )  # fmt: skip


def _survivor(copy: Path, module: str, name: str, how: str) -> Survivor:
    changes = _mutmut(copy, "show", name).stdout.splitlines()
    was, becomes = (
        " ".join(line[1:].strip() for line in changes if line.startswith(sign) and not line.startswith(sign * 3))
        for sign in "-+"
    )
    # x__grade__mutmut_3 is of _grade, xǁ_Attacksǁlevel__mutmut_3 of _Attacks.level.
    mangled = name.rpartition(".")[2].rpartition("__mutmut_")[0]
    function = mangled[2:].replace("ǁ", ".") if mangled.startswith("xǁ") else mangled.removeprefix("x_")
    return Survivor(module, function, how, was, becomes)


def report(modules: dict[str, list[str]]) -> Iterator[str]:
    """Module by module the score, and each survivor that is not explained."""
    known = explained()
    yield f"{'module':36}{'mutants':>8}{'killed':>8}{'survived':>9}{'explained':>10}{'score':>8}"
    for module, tests in modules.items():
        many, survivors = tried(module, tests)
        left = [s for s in survivors if not any(each.covers(s) for each in known)]
        killed = many - len(survivors)
        score = f"{killed / many:.1%}" if many else "–"
        yield f"{module:36}{many:8}{killed:8}{len(survivors):9}{len(survivors) - len(left):10}{score:>8}"
        for each in left:
            yield f"  {each.function} ({each.how})\n    - {each.was}\n    + {each.becomes}"


def main(wanted: list[str]) -> None:
    """Tries the modules wanted, or all that pyproject.toml names; SystemExit for one that it does not."""
    modules = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutants"]
    unknown = [name for name in wanted if name not in modules]
    if unknown:
        raise SystemExit(f"no tests are named for {', '.join(unknown)} in pyproject.toml, [tool.mutants]")
    for line in report({name: modules[name] for name in wanted or modules}):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
