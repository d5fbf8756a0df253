"""The only reader of input files: rule sets and cases, by name or by path."""

from __future__ import annotations

from pathlib import Path

from authority.errors import InvalidInput, Place, Problem, UnknownName
from authority.facts import FactPattern
from authority.law import RuleSet
from authority.loading.case import read_case
from authority.loading.rules import label, read_rules
from authority.loading.text import Map, Text, read
from authority.places import rules_folder

SHARED = "shared"


def rule_sets() -> tuple[str, ...]:
    """The names of the rule sets that come with the library."""
    return tuple(sorted(p.name for p in rules_folder().iterdir() if p.is_dir() and p.name != SHARED))


def cases(rules: str | None = None) -> tuple[str, ...]:
    """The names of the cases that come with the library, of all its rule sets or of one."""
    folders = (rules,) if rules else rule_sets()
    return tuple(sorted(p.stem for f in folders for p in (rules_folder() / f / "cases").glob("*.yaml")))


def load_rules(which: str | Path = "aumf-2001") -> RuleSet:
    """A rule set, by the name of one that comes with the library or by the path of a folder.

    Raises UnknownName where there is none, InvalidInput with every problem where it is not sound.
    """
    root = rules_folder()
    bundled = root / str(which)
    if str(which) in rule_sets():
        return read_rules(bundled, root / SHARED, root.parent)
    folder = Path(which)
    if not folder.is_dir():
        raise UnknownName("rule set", str(which), rule_sets())
    own = folder.parent / SHARED
    return read_rules(folder, own if own.is_dir() else root / SHARED, folder.parent)


def load_case(which: str | Path, rules: RuleSet | None = None) -> FactPattern:
    """A case, by the name of one that comes with the library or by the path of its file.

    Its rule set is the one given, or the one its file names under ``rules:``, or the one in whose ``cases`` folder it
    lies. Raises UnknownName where there is no such case, InvalidInput with every problem where it is not sound.
    """
    root = rules_folder()
    found = [root / name / "cases" / f"{which}.yaml" for name in rule_sets()]
    path = next((p for p in found if p.is_file()), None)
    shown = label(path, root.parent) if path else str(which)
    if path is None:
        path = Path(which)
        if not path.is_file():
            raise UnknownName("case", str(which), cases())
    return read_case(path, shown, rules or load_rules(_rules_of(path, shown)))


def _rules_of(path: Path, shown: str) -> str | Path:
    """Which rule set a case file is to be read against."""
    problems: list[Problem] = []
    node = read(path, shown, problems)
    named = node.entries.get("rules") if isinstance(node, Map) else None
    if isinstance(named, Text):
        beside = path.parent / named.value
        if named.value not in rule_sets() and not beside.is_dir():
            fix = f"there are: {', '.join(rule_sets())}; or give the path of a folder"
            raise InvalidInput([Problem(named.place, "unknown rule set", f"there is no rule set {named.value!r}", "", fix)])
        return named.value if named.value in rule_sets() else beside
    if path.parent.name == "cases" and any(path.parent.parent.glob("*.yaml")):
        return path.parent.parent if path.parent.parent.parent != rules_folder() else path.parent.parent.name
    if problems:
        raise InvalidInput(problems)
    fix = f"add 'rules: {rule_sets()[0]}' to the case"
    raise InvalidInput([Problem(Place(shown), "missing key", "the case does not say which rule set it is read against", "", fix)])
