"""The only reader of input files: rule sets and cases, by name or by path."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from authority.errors import InvalidInput, Place, Problem, UnknownName
from authority.facts import FactPattern
from authority.law import Instrument, RaisedBy, RuleSet, Tables
from authority.loading.build import Places
from authority.loading.case import made_case, not_a_case, parse_case, read_case
from authority.loading.raising import read_raising
from authority.loading.rules import label, read_rules_with_places
from authority.loading.sentences import SentenceBuilder
from authority.loading.tables import TablesReader
from authority.loading.text import Items, Map, Node, Text, parse, read
from authority.places import rules_folder

__all__ = [
    "Places",
    "case_file",
    "cases",
    "cases_of",
    "default_rules",
    "load_case",
    "load_case_text",
    "load_case_with_places",
    "load_cases",
    "load_each",
    "load_rules",
    "load_rules_with_places",
    "parse_case",
    "rule_sets",
    "shared_tables",
]

SHARED = "shared"
DEFAULT = "default"


def rule_sets() -> tuple[str, ...]:
    """The names of the rule sets that come with the library."""
    return tuple(sorted(p.name for p in rules_folder().iterdir() if p.is_dir() and p.name != SHARED))


def default_rules() -> str:
    """The name of the rule set that is meant where none is named, as ``default.yaml`` beside the rule sets has it.

    Raises InvalidInput where the file names none.
    """
    path, problems = rules_folder() / f"{DEFAULT}.yaml", list[Problem]()
    shown = label(path, rules_folder().parent)
    node = read(path, shown, problems)
    named = node.entries.get(DEFAULT) if isinstance(node, Map) else None
    if not isinstance(named, Text) or named.value not in rule_sets():
        what, fix = "the file names no rule set", f"write 'default: …', with one of: {', '.join(rule_sets())}"
        raise InvalidInput(problems or [Problem(named.place if named else Place(shown), "default", what, "", fix)])
    return named.value


def cases(rules: str | None = None) -> tuple[str, ...]:
    """The names of the cases that come with the library, of all its rule sets or of one."""
    folders = (rules,) if rules else rule_sets()
    return tuple(sorted(p.stem for f in folders for p in (rules_folder() / f / "cases").glob("*.yaml")))


def cases_of(which: str | Path | None) -> tuple[str | Path, ...]:
    """The cases that come with a rule set, which is found as loading finds it: by its name first, then as a folder; the
    default where none is named.

    Raises UnknownName where there is none.
    """
    which = default_rules() if which is None else which
    if str(which) in rule_sets():
        return cases(str(which))
    if not str(which) or not _is(Path.is_dir, Path(which)):
        raise UnknownName("rule set", str(which), rule_sets())
    return tuple(sorted((Path(which) / "cases").glob("*.yaml")))


def load_rules(which: str | Path | None = None) -> RuleSet:
    """A rule set, by the name of one that comes with the library or by the path of a folder; the default where none is
    named.

    Raises UnknownName where there is none, InvalidInput with every problem where it is not sound.
    """
    return load_rules_with_places(which)[0]


def load_rules_with_places(which: str | Path | None = None) -> tuple[RuleSet, Places]:
    """As ``load_rules``, and where each of its entries stands, as ``("rules", "harborers")``, ``("disputes",
    "cooperation")`` or ``("sentences", "<target> harbored <group>")``."""
    root, which = rules_folder(), default_rules() if which is None else which
    if str(which) in rule_sets():
        return read_rules_with_places(root / str(which), root / SHARED, root.parent, _lies)
    if not str(which) or not _is(Path.is_dir, Path(which)):
        raise UnknownName("rule set", str(which), rule_sets())
    folder = Path(which).resolve()
    own = folder.parent / SHARED
    shared = own if own.is_dir() else root / SHARED
    return read_rules_with_places(folder, shared, folder.parent, lambda name: _lies(name) or _beside(folder, name))


def shared_tables() -> Tables:
    """The tables that come with the library: the Admiralty code, the grading rule, the proof standards and the
    probabilities.

    Raises InvalidInput with every problem where they are not sound.
    """
    build, root = SentenceBuilder(), rules_folder()
    found = TablesReader(build, root / SHARED, root.parent).read()
    if found is None:
        raise InvalidInput(build.everything())
    return found


def raising(name: str) -> tuple[Instrument | None, tuple[RaisedBy, ...]]:
    """The instrument of a rule set that comes with the library, and which facts of other rule sets raise its questions;
    None and nothing where none does. Nothing else of the rule set is read.

    Raises UnknownName where there is no such rule set, InvalidInput with every problem in what is read.
    """
    folder = _lies(name)
    if folder is None:
        raise UnknownName("rule set", name, rule_sets())
    return read_raising(folder, rules_folder().parent)


def _lies(name: str) -> Path | None:
    """Where a rule set that comes with the library lies."""
    return rules_folder() / name if name in rule_sets() else None


def _beside(folder: Path, name: str) -> Path | None:
    """Another folder beside that of a rule set; none where the name is a path that leads elsewhere."""
    found = folder.parent / name
    plain = name not in ("", ".", "..") and not {"/", "\\", "\0"} & {*name}
    return found if plain and found != folder and _is(Path.is_dir, found) else None


def load_case(which: str | Path, rules: RuleSet | None = None) -> FactPattern:
    """A case, by the name of one that comes with the library or by the path of its file.

    Its rule set is the one given, or the one its file names under ``rules:``, or the one in whose ``cases`` folder it
    lies. Raises UnknownName where there is no such case, InvalidInput with every problem where it is not sound.
    """
    return load_case_with_places(which, rules)[0]


def load_cases(which: str | Path | None = None) -> tuple[FactPattern, ...]:
    """Every case that comes with a rule set, or with the library, each rule set being read once.

    Raises as ``load_rules`` and ``load_case`` do.
    """
    named = rule_sets() if which is None else (which,)
    return tuple(load_case(path, rules) for each in named for rules in [load_rules(each)] for path in cases_of(each))


def load_case_with_places(which: str | Path, rules: RuleSet | None = None) -> tuple[FactPattern, Places]:
    """As ``load_case``, and where each decision on it stands, as ``("decided", "0")``."""
    path, shown = _found(which)
    return read_case(path, shown, load_rules(_rules_named(path, shown)) if rules is None else rules)


def load_each(which: Iterable[str | Path]) -> tuple[FactPattern, ...]:
    """Several cases, each found as ``load_case`` finds it; a rule set that several of them are read against is read
    once. Raises UnknownName where there is no such case, InvalidInput with every problem of them all."""
    rules = cache(load_rules)
    found: list[FactPattern] = []
    problems: list[Problem] = []
    for each in which:
        path, shown = _found(each)
        try:
            found.append(read_case(path, shown, rules(_rules_named(path, shown)))[0])
        except InvalidInput as error:
            problems += error.problems
    if problems:
        raise InvalidInput(problems)
    return tuple(found)


def _found(which: str | Path) -> tuple[Path, str]:
    """The file of a case, and what it is called in messages."""
    path, root = case_file(which), rules_folder().parent
    return path, label(path, root) if path.is_relative_to(root) and str(path) != str(which) else str(which)


def _rules_named(path: Path, shown: str) -> str | Path:
    """Which rule set the case in a file is to be read against."""
    problems: list[Problem] = []
    return _rules_of(path, read(path, shown, problems), problems)


def case_file(which: str | Path) -> Path:
    """The file of a case, by the name of one that comes with the library or by its path; UnknownName if there is
    none."""
    found = [rules_folder() / name / "cases" / f"{which}.yaml" for name in rule_sets()]
    path = next((p for p in found if _is(Path.is_file, p)), Path(which))
    if not _is(Path.is_file, path):
        raise UnknownName("case", str(which), cases())
    return path


def load_case_text(text: str, path: Path) -> FactPattern:
    """The case that a text holds, as though it stood in the file of that path; InvalidInput with every problem."""
    problems: list[Problem] = []
    node = parse(text, str(path), problems)
    return made_case(path, node, problems, load_rules(_rules_of(path, node, problems)))[0]


def _rules_of(path: Path, node: Node | None, problems: list[Problem]) -> str | Path:
    """Which rule set a case file is to be read against."""
    named = node.entries.get("rules") if isinstance(node, Map) else None
    if isinstance(named, Text):
        beside = path.parent / named.value
        if named.value in rule_sets():
            return named.value
        if not named.value.strip() or not _is(Path.is_dir, beside):
            fix = f"there are: {', '.join(rule_sets())}; or give the path of a folder"
            raise InvalidInput(
                [Problem(named.place, "unknown rule set", f"there is no rule set {named.value!r}", "", fix)]
            )
        return beside
    around = path.resolve().parent
    if around.name == "cases" and any(around.parent.glob("*.yaml")):
        return around.parent if around.parent.parent != rules_folder() else around.parent.name
    if isinstance(node, Map) and "rules" not in node.keys:
        what, fix = (
            "the case does not say which rule set it is read against",
            f"add 'rules: …' to the case, with one of: {', '.join(rule_sets())}",
        )
        problems.append(Problem(node.place, "missing key", what, "", fix))
    elif isinstance(named, (Map, Items)):
        what = "rules must be the name of a rule set, or the path of a folder"
        problems.append(Problem(named.place, "bad value", what, "", f"there are: {', '.join(rule_sets())}"))
    raise InvalidInput([*problems, *([] if isinstance(node, Map) else not_a_case(node))])


def _is(what: Callable[[Path], bool], path: Path) -> bool:
    """``path.is_file()`` or ``path.is_dir()``; False too for what no path can be, such as a name that is too long."""
    try:
        return what(path)
    except (OSError, ValueError):
        return False
