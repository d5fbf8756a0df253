"""The schemas in a real editor's hands: yaml-language-server, which VS Code, Neovim, Emacs and Helix run
(`make test-editor` fetches it)."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from authority.loading import load_rules
from authority.schemas import KINDS, schema
from tests.language_server import Editor, found
from tests.test_schemas import BAD, RULES, kind_of

PROGRAM = found()
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="yaml-language-server is not installed (make test-editor)")


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """An editor that has the schemas, and for the files below `aumf` those with the names of that rule set."""
    folder, schemas = tmp_path_factory.mktemp("schemas"), {}
    for kind in KINDS:
        path = folder / f"{kind}.json"
        path.write_text(json.dumps(schema(kind)), "utf-8")
        schemas[path.as_uri()] = [*(str(p) for p in (*RULES, *BAD) if kind_of(p) == kind), f"**/new/*/{kind}.yaml"]
    for kind in ("case", "rules"):
        path = folder / f"aumf-{kind}.json"
        path.write_text(json.dumps(schema(kind, load_rules("aumf-2001"))), "utf-8")
        schemas[path.as_uri()] = [f"**/aumf/*/{kind}.yaml"]
    assert PROGRAM
    session = Editor(PROGRAM, schemas)
    yield session
    session.close()


def written(text: str) -> tuple[str, int, int]:
    """The text without the sign `|`, and the line and column at which it stood."""
    before, _, after = text.partition("|")
    return before + after, before.count("\n") + 1, len(before) - before.rfind("\n")


def test_an_editor_has_nothing_against_any_file_of_law(editor: Editor) -> None:
    """Every rule set and every case that comes with the library, and those of the tests."""
    wrong = {}
    for path in (*RULES, *BAD):
        wrong[path.name] = editor.opened(path)
        editor.shut(path)
    assert not any(wrong.values()), {name: said for name, said in wrong.items() if said}


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        ("case", "title: T\nasks: a\nas_of: 2020\nevidense: []\n", ["4: Property evidense is not allowed."]),
        ("case", "title: T\nasks: a\n", ['1: Missing property "as_of".']),
        ("case", "title: T\nasks: a\nas_of: 2020-13\n", ["3: String does not match the pattern"]),
        ("rules", "- {id: a, then: b, cite: c, if: [d], al_of: [e]}\n", ["1: Property al_of is not allowed."]),
        ("grading", "source: s\nhedge_cap: three\nkinds: []\n", ["2: "]),
    ],
)
def test_an_editor_marks_what_is_wrong_where_it_stands(editor: Editor, kind: str, text: str, says: list[str]) -> None:
    path = editor.another("new", kind)
    wrong = editor.opened(path, text)
    editor.shut(path)
    assert len(wrong) == len(says) and all(a.startswith(b) for a, b in zip(wrong, says, strict=True)), wrong


@pytest.mark.parametrize(
    ("file", "text", "wanted"),
    [
        ("new/case", "title: T\n|", ["asks", "as_of", "evidence", "decided"]),
        ("new/case", "title: T\nevidence:\n  - id: E1\n    |", ["supports", "found_none", "undercuts"]),
        ("new/case", "parties:\n  Iran:\n    kind: |", ["state", "organization", "person"]),
        ("new/rules", "- id: a\n  |", ["then", "if_any", "unless"]),
        ("new/rules", "rules:\n  - id: a\n    |", ["then", "if_any", "unless"]),
        ("new/rule-set", "instrument:\n  citation:\n    |", ["public_law", "treaty"]),
        ("new/rule-set", "instrument:\n  citation:\n    case: A v. B\n    |", ["court", "decided", "history"]),
        ("aumf/case", "expect:\n  |", ["statutory-text", "cooperation-2020"]),
        ("aumf/case", "evidence:\n  - id: E1\n    supports:\n      - |", ["<target> planned the September 11 attacks"]),
        ("aumf/case", "sources:\n  s:\n    kind: |", ["independent commission", "identified press"]),
        ("aumf/rules", "- id: a\n  under: |", ["cooperation = suffices"]),
        ("aumf/rules", "- id: a\n  cite: |", ["aumf § 2(a)"]),
    ],
)
def test_an_editor_offers_keys_and_names(editor: Editor, file: str, text: str, wanted: list[str]) -> None:
    path = editor.another(*file.split("/"))
    text, line, column = written(text)
    editor.opened(path, text)
    offered = editor.offered(path, line, column)
    editor.shut(path)
    assert set(wanted) <= {each.strip('"') for each in offered}, offered


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        ("case", "title: T\nas|_of: 2020\n", "The day whose law applies"),
        ("case", "evidence:\n  - id: E1\n    found|_none: [x]\n", "It never refutes."),
        ("rules", "- id: a\n  un|less: [b]\n", "Exceptions, each of which defeats it when established."),
        ("rule-set", "instrument:\n  citation:\n    public|_law: 107-40\n", "Congress and number: 107-40."),
    ],
)
def test_an_editor_shows_what_a_key_is_for(editor: Editor, kind: str, text: str, says: str) -> None:
    path = editor.another("new", kind)
    text, line, column = written(text)
    editor.opened(path, text)
    shown = editor.shown(path, line, column)
    editor.shut(path)
    assert says.replace("_", "\\_") in shown or says in shown, shown
