"""What an input may hold: each limit refuses what goes past it, with its place, its reason and how to mend it."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice, permutations
from pathlib import Path
from typing import Any

import pytest
import small_law
from generate import fact, item, rule, says, tiny

import authority
from authority import limits
from authority.cli import citing
from authority.errors import InvalidInput, Problem, TooWide
from authority.exchange.importing import sheets_of
from authority.facts import FactPattern, Party
from authority.formatting import formatted, formatted_file
from authority.kept import read_kept
from authority.loading import load_rules, parse_case
from authority.loading.additions import load_additions
from authority.loading.text import parse
from authority.memo import as_document, compose, letterhead, sandbox
from authority.memo.document import Heading
from authority.memo.parts import Memo
from authority.vocabulary import Kind, Names, Sentence, Vocabulary

SOON = 15.0
"""Seconds of the processor's time within which anything here is refused, on a slow machine."""


@pytest.fixture(autouse=True)
def soon() -> Iterator[None]:
    start = time.process_time()
    yield
    assert time.process_time() - start < SOON


@pytest.fixture(scope="module")
def case() -> FactPattern:
    return authority.load_case(Path(__file__).parent / "cases" / "detainee.yaml")


@pytest.fixture(scope="module")
def memo(case: FactPattern) -> Memo:
    return compose(authority.decide(case))


def refused(call: Callable[[], Any], said: str) -> Problem:
    """The problem that says so, which has a place and a fix."""
    with pytest.raises(InvalidInput) as found:
        call()
    (problem,) = [each for each in found.value.problems if said in each.what] or [None]
    assert problem is not None, str(found.value)[:500]
    assert problem.where.file and (problem.fix or problem.why)
    return problem


# ── Files ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

WAYS: dict[str, Callable[[Path, FactPattern, Memo], Any]] = {
    "log.csv": lambda path, case, memo: sheets_of(path),
    "log.xlsx": lambda path, case, memo: sheets_of(path),
    "memo.json": lambda path, case, memo: read_kept(path),
    "more.yaml": lambda path, case, memo: load_additions(path, case),
    "own.md": lambda path, case, memo: sandbox.document(path, memo),
    "paper.docx": lambda path, case, memo: letterhead.render(as_document(memo), path),
    "note.txt": lambda path, case, memo: citing.read(str(path)),
    "set-out.yaml": lambda path, case, memo: formatted_file(path),
}


@pytest.mark.parametrize("name", WAYS)
def test_a_folder_a_device_and_a_pipe_are_no_files(name: str, case: FactPattern, memo: Memo, tmp_path: Path) -> None:
    """None is waited for and none is read without end, not even behind a link."""
    pytest.importorskip("docx" if name.endswith(".docx") else "openpyxl")
    (tmp_path / "folder").mkdir()
    places = [tmp_path / "folder"]
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe")
        places += [tmp_path / "pipe", Path("/dev/zero")]
    for place in places:
        link = tmp_path / name
        link.symlink_to(place)
        refused(lambda link=link: WAYS[name](link, case, memo), "it is no plain file")
        link.unlink()


@pytest.mark.parametrize("name", ["table.csv", "table.parquet", "table.arrow"])
def test_a_table_is_a_plain_file_of_whatever_size(name: str, case: FactPattern, tmp_path: Path) -> None:
    """It is read a stretch at a time, so that its size is no matter; but it must have an end."""
    pytest.importorskip("pyarrow")
    from authority.batch import Batch
    from authority.batch.files import decide_file

    link, batch = tmp_path / name, Batch(case)
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe")
    for place in [tmp_path, *([tmp_path / "pipe", Path("/dev/zero")] if sys.platform != "win32" else [])]:
        link.symlink_to(place)
        refused(lambda: decide_file(batch, link, tmp_path / "out.csv"), "it is no plain file")
        link.unlink()
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("name", WAYS)
def test_a_file_that_is_larger_than_it_may_be_is_not_read(
    name: str, case: FactPattern, memo: Memo, tmp_path: Path
) -> None:
    pytest.importorskip("docx" if name.endswith(".docx") else "openpyxl")
    with (tmp_path / name).open("wb") as file:
        file.truncate(100_000_000)
    refused(lambda: WAYS[name](tmp_path / name, case, memo), "the file is larger than")


def test_a_rule_set_of_very_many_files_is_refused(tmp_path: Path) -> None:
    written = small_law.write(tmp_path)
    for number in range(limits.RULE_FILES):
        (written.rules / f"more{number}.yaml").write_text("disputes: []\n", encoding="utf-8")
    refused(lambda: load_rules(written.rules), "there are 207 files, and there may be 200")


# ── YAML ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def yaml(text: str) -> None:
    problems: list[Problem] = []
    parse(text, "a text", problems)
    raise InvalidInput(problems)


def test_a_billion_laughs_are_none() -> None:
    """Neither anchors nor aliases are taken, so that nothing grows."""
    lines = ["a0: &a0 lol"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    with pytest.raises(InvalidInput, match="an alias"):
        yaml("\n".join(lines))


@pytest.mark.parametrize("signs", ["[", "{a: ", "- ", "? "])
def test_what_is_nested_too_deep_is_refused(signs: str) -> None:
    refused(lambda: yaml(signs * 100_000), f"nested deeper than {limits.DEPTH} levels")


def test_texts_lists_and_mappings_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "NODES", 1_000)
    none: list[Problem] = []
    assert parse("\n".join(["- a"] * 999), "a text", none) and not none
    assert refused(lambda: yaml("\n".join(["- a"] * 1_001)), "more than 1,000 texts").where.line == 1_000


def test_a_text_without_end_is_refused() -> None:
    refused(lambda: yaml("- " + "x" * (limits.TEXT + 1)), "the text has more than 2,000,000 characters")


# ── Law and record ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("<target> {} <group>".format("x" * limits.SENTENCE), "a sentence may have 2,000"),
        (" and ".join(f"<{letter}>" for letter in "abcdefghi"), "it has 9 blanks, and a sentence may have 8"),
        ("<target> <group> harbored", "two blanks stand side by side"),
        ("<target><group> harbored", "two blanks stand side by side"),
    ],
)  # fmt: skip
def test_a_sentence_that_could_be_read_in_too_many_ways_is_refused(tmp_path: Path, form: str, said: str) -> None:
    more = f"\n  - says: {form}\n    denied: not {form}\n"
    written = small_law.write(tmp_path)
    path = written.rules / "vocabulary.yaml"
    path.write_text(path.read_text("utf-8") + more, encoding="utf-8")
    refused(lambda: load_rules(written.rules), said)


def test_names_that_begin_alike_are_not_tried_without_end() -> None:
    """A thousand names, each the last and a letter more, in eight blanks: read, refused or ambiguous, but soon."""
    rules = authority.load_rules("aumf-2001")
    blanks = " to ".join(f"<{letter}>" for letter in "abcdefgh")
    told = rules.vocabulary.sentences[0].but(says=f"from {blanks}", denied=f"not from {blanks}", where={})
    names = Names({" to".join(["a"] * n): () for n in range(1, 400)})
    found = Vocabulary(sentences=(told,)).parse("from " + " to".join(["a"] * 400), names)
    assert len(found) <= limits.PARSES + 1
    many = Names({" to ".join(["a"] * n): () for n in range(1, 60)})
    assert len(Vocabulary(sentences=(told,)).parse("from " + " to ".join(["a"] * 60), many)) == limits.PARSES + 1


def test_sentences_that_could_collide_are_compared_soon() -> None:
    rules = authority.load_rules("aumf-2001")
    one, other = " a ".join(["<x{}>"] * 8), " ".join(["a"] * 700)
    letters = [*"bcdefghi"]
    general = one.format(*letters).replace("<x", "<")
    told = rules.vocabulary.sentences[0].but(says=general, denied=f"not {general}", where={})
    flat = told.but(says=other, denied=f"not {other}")
    assert Vocabulary(sentences=(told, flat)).collisions()


def test_entries_in_brackets_are_not_all_held_together(tmp_path: Path) -> None:
    """Whether commas cut a sentence apart is asked of neighbours, and not of every stretch of a long list."""
    many = ", ".join(["Iran harbored al-Qaeda"] * 5_000)
    change = ("supports: [Iran harbored al-Qaeda]", f"supports: [{many}]")
    assert small_law.load(tmp_path, change).item["E1"].supports


def test_mistakes_are_not_held_against_every_name_there_is(tmp_path: Path) -> None:
    """A thousand of them, and names of some length, are told without what each is like; few are told with it."""
    names = [f"{'the Committee of the Province of Strelsau ' * 4}{n}" for n in range(4_000)]
    parties = "".join(f"  {name}: {{kind: organization}}\n" for name in names)
    items = "".join(f"  - {{id: X{n}, source: report, says: a, undercuts: [the Committee{n}]}}\n" for n in range(1_000))
    many = "".join(f"  - {{id: {name}, source: report, says: So., doubts: [E1]}}\n" for name in names)
    changes = ("parties:\n  Iran", f"parties:\n{parties}  Iran"), ("  - id: E1\n", f"{many}{items}  - id: E1\n")
    found = small_law.problems(tmp_path, *changes)
    assert len(found) > 900 and not any("did you mean" in problem.fix for problem in found)
    (few,) = small_law.problems(tmp_path, ("undercuts: [E2]", "undercuts: [E22]"))
    assert few.fix == "did you mean 'E2'?"


def test_a_row_of_attacks_has_an_end(tmp_path: Path) -> None:
    """Each attacks the one before it: worked out to the end of fifty, refused beyond, and circles told up to fifty."""

    def row(count: int) -> tuple[str, str]:
        items = "".join(
            f"  - {{id: X{n}, source: report, says: a, doubts: [{f'X{n - 1}' if n else 'E5'}]}}\n" for n in range(count)
        )
        return "  - id: E1\n", f"{items}  - id: E1\n"

    last = authority.decide(small_law.load(tmp_path, row(limits.ATTACKS - 1)))
    assert last.verdict is not None
    refused(lambda: small_law.load(tmp_path, row(1_000)), "more than 50 items attack one another in a row")
    pairs = "".join(
        f"  - {{id: {one}{n}, source: report, says: So., doubts: [{other}{n}]}}\n"
        for n in range(4_000) for one, other in ("XY", "YX")
    )
    circles = small_law.problems(tmp_path, ("  - id: E1\n", f"{pairs}  - id: E1\n"))
    assert sum(p.kind == "cycle" for p in circles) == limits.CIRCLES


def test_names_are_found_soon_among_thousands(tmp_path: Path) -> None:
    """Each sentence that names one of five thousand that begin alike is read without trying all the others."""
    parties = "".join(f"  Province {n}: {{kind: state}}\n" for n in range(4_990))
    items = "".join(
        f"  - {{id: X{n}, source: report, says: a, supports: [Province {n} harbored al-Qaeda]}}\n" for n in range(4_990)
    )
    changes = ("parties:\n  Iran", f"parties:\n{parties}  Iran"), ("  - id: E1\n", f"{items}  - id: E1\n")
    case = small_law.load(tmp_path, *changes)
    assert str(case.item["X17"].supports[0]) == "Province 17 harbored al-Qaeda"


@pytest.mark.parametrize(
    "text",
    ["rules:\n" + "".join(f"  # so {n}\n  - id: r{n}\n" for n in range(20_000)), f"a: [{', '.join(['x'] * 20_000)}]\n"],
    ids=["comments", "brackets"],
)
def test_a_long_file_is_set_out_soon(text: str) -> None:
    """Each comment, and the end of each list in brackets, is found once."""
    assert formatted(text, Path("rules.yaml"))


def test_a_question_without_end_is_no_question(case: FactPattern) -> None:
    refused(lambda: authority.decide(case, ask="x " * 1_000_000), "x x x")


def test_a_name_has_an_end(tmp_path: Path) -> None:
    change = ("Iran: {kind: state, aliases: [Tehran]}", f"Iran: {{kind: state, aliases: [{'T' * 600}]}}")
    refused(lambda: small_law.load(tmp_path, change), "a name has 600 characters")


def test_layers_have_an_end(tmp_path: Path) -> None:
    """A chain of conclusions that would end the process by its depth is refused when the rules are loaded."""
    written = small_law.write(tmp_path)
    sentences = [f"  - says: <target> is {_word(n)}\n    denied: <target> is not {_word(n)}\n" for n in range(500)]
    path = written.rules / "vocabulary.yaml"
    path.write_text(path.read_text("utf-8") + "".join(sentences), encoding="utf-8")
    cite = "    quote: harbored such persons\n    cite: act § 1\n"
    rules = [
        f"  - id: deep-{n}\n    then: <target> is {_word(n)}\n    if: [<target> is {_word(n + 1)}]\n{cite}"
        for n in range(499)
    ]
    (written.rules / "more.yaml").write_text("rules:\n" + "".join(rules), encoding="utf-8")
    refused(lambda: load_rules(written.rules), "conclusions stand more than 100 deep")


def _word(number: int) -> str:
    return "".join("abcdefghij"[int(digit)] for digit in f"{number:03}")


def test_a_case_has_no_more_parties_and_items_than_it_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PARTIES", 2)
    monkeypatch.setattr(limits, "ITEMS", 4)
    found = str(InvalidInput(small_law.problems(tmp_path)))
    assert "there are 3 parties, and there may be 2" in found
    assert "there are 5 items of evidence, and there may be 4" in found


def test_sentences_made_of_a_few_words_are_not_held_each_against_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two thousand that are the same ten words in other orders are told by their number, and compared by nobody."""
    orders = islice(permutations(["ash", "bay", "cot", "dew", "elm", "fog", "gem", "hut", "ivy", "jam"]), 2_000)
    texts = [" ".join(order) for order in orders]
    alike = Vocabulary(sentences=tuple(Sentence(says=f"<so> {t}", denied=f"<so> not {t}") for t in texts))
    assert alike.likenesses > limits.LIKENESSES > 100 * authority.load_rules("aumf-2001").vocabulary.likenesses
    monkeypatch.setattr(limits, "LIKENESSES", 3)
    monkeypatch.setattr(Vocabulary, "collisions", lambda _: pytest.fail("they were compared"))
    assert "pairs of forms are alike in their words" in str(InvalidInput(small_law.problems(tmp_path)))


def test_problems_without_end_are_told_up_to_a_thousand() -> None:
    rules = authority.load_rules("aumf-2001")
    items = "\n".join(f"  - id: E{n}\n    source: nowhere{n}\n    says: x" for n in range(5_000))
    with pytest.raises(InvalidInput) as found:
        parse_case(f"title: x\nevidence:\n{items}\n", rules)
    assert len(found.value.problems) <= limits.PROBLEMS + 2
    assert "and what follows was not read" in str(found.value)


def test_six_blanks_and_a_hundred_parties_are_too_wide() -> None:
    """The blanks that stand in premises alone range over whom the record speaks of: ten to the twelfth choices."""
    blanks = [f"<{letter}>" for letter in "bcdefg"]
    premises = [says("acted", blank) for blank in blanks]
    wide = rule("wide", says("met", "<a>"), *premises)
    names = [f"P{n}" for n in range(100)]
    parties = (*(Party(name=n, kind=Kind.STATE) for n in names), Party(name="Aland", kind=Kind.STATE))
    evidence = [item(f"E{n}", fact("acted", name)) for n, name in enumerate(names)]
    made = tiny(fact("met", "Aland"), [wide], *evidence, parties=parties)
    with pytest.raises(TooWide):
        authority.decide(made)


def test_choices_that_no_rule_takes_are_counted_too() -> None:
    """Two parties and many blanks, no two of which may name the same: no choice fits, and two to the fifteenth fail."""
    blanks = [f"<{letter}>" for letter in "bcdefghijklmnop"]
    wide = [rule(f"wide{n}", says("met", "<a>"), *(says("acted", blank) for blank in blanks)) for n in range(40)]
    evidence = [item("E1", fact("acted", "Elbonia")), item("E2", fact("acted", "Dora"))]
    with pytest.raises(TooWide, match="choices of parties"):
        authority.decide(tiny(fact("met", "Aland"), wide, *evidence))


# ── Archives ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def letter(path: Path, **parts: bytes) -> Path:
    """A letterhead with parts changed or put in; a name's double underscore is a slash."""
    docx = pytest.importorskip("docx", reason="python-docx is the optional extra 'docx'")
    word, file = docx.Document(), io.BytesIO()
    word.add_paragraph("{{ memo }}")
    word.save(file)
    changed = {name.replace("__", "/"): content for name, content in parts.items()}
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {**dict.fromkeys(old.namelist()), **changed}:
            new.writestr(name, changed.get(name, old.read(name) if name in old.namelist() else b""))
    return path


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"word__media__bomb.png": b"\0" * 60_000_000}, "unpacks to more than a letterhead holds"),
        ({"word__vbaProject.bin": b"x"}, "it holds macros"),
        ({"word__extra.xml": b"<!DOCTYPE x [<!ENTITY y 'z'>]><x>&y;</x>"}, "a document type or entities"),
        (
            {"word___rels__settings.xml.rels": (
                f'<Relationships><Relationship Id="r1" Type="{_TYPES}/attachedTemplate" '
                'Target="https://example.org/x.dotm" TargetMode="External"/></Relationships>'
            ).encode()},
            "Word would fetch something from elsewhere",
        ),
    ],
)  # fmt: skip
def test_a_hostile_letterhead_is_refused_before_it_is_opened(
    memo: Memo, tmp_path: Path, parts: dict[str, bytes], said: str
) -> None:
    path = letter(tmp_path / "paper.docx", **parts)
    refused(lambda: letterhead.render(as_document(memo), path), said)


def test_a_letterhead_that_no_longer_knows_its_styles_is_refused(memo: Memo, tmp_path: Path) -> None:
    """They would be written beside those that it has, under one name, and Word would open neither."""
    name = "word/_rels/document.xml.rels"
    with zipfile.ZipFile(letter(tmp_path / "sound.docx")) as sound:
        relations = sound.read(name).replace(b"/styles", b"/stylez", 1)
    path = letter(tmp_path / "paper.docx", **{name.replace("/", "__"): relations})
    refused(lambda: letterhead.render(as_document(memo), path), "two of its parts would be called /word/styles.xml")


# ── Templates ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "{% for i in range(10000) %}{% for j in range(10000) %}{% endfor %}{% endfor %}",
        "{% for i in range(10000) %}{% for j in range(10000) if j < 0 %}{% endfor %}{% endfor %}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(100) }}",
        "{% for a in [1, 2] recursive %}{{ loop([1, 2]) }}{% endfor %}",
        "{% set a = 'a' %}" + "{% set a = a ~ a %}" * 60,
        "{% set a = 'a' %}" + "{% set a = a + a %}" * 60,
        "{% set a = ['a'] %}" + "{% set a = [a, a] %}" * 60 + "{{ a | length }}",
        "{% set a = ['a'] %}" + "{% set a = a + a %}" * 60,
        "{% set a = {'a': 1} %}" + "{% set a = dict(a=a, b=a) %}" * 60,
        "{% set a = 'aa' %}" + "{% set a = a | replace('a', a) %}" * 60,
        "{% set a = 'a' %}" + "{% set a = range(10000) | join(a) %}" * 60,
        "{% set a %}" + "x" * 100 + "{% endset %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 60,
        "{% set a = 99 %}" + "{% set a = a * a %}" * 60,
        "{% set a = range(10000) | list %}{% for i in a %}{{ a == a[1:] }}{% endfor %}",
        "{% for i in range(10000) %}{% for j in range(99) %}{{ memo.why | sort | join }}{% endfor %}{% endfor %}",
        "{% for i in range(3) %}" * 30 + "{% endfor %}" * 30,
        "{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}",
        "[" * 100_000,
        "*a_`[" * 20_000,
        "{{ memo }}",
        "{{ memo.evidence }}",
        "{{ memo | upper }}",
        "{{ memo ~ '' }}",
        "{{ note }}",
    ],
)  # fmt: skip
def test_a_template_that_would_never_end_or_outgrow_the_machine_is_refused(
    memo: Memo, tmp_path: Path, text: str
) -> None:
    """Its steps are counted, not timed, so that it stops at the same place on every machine."""
    path = tmp_path / "own.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"own\.md:1:1: the template does not work: "):
        sandbox.document(path, memo)


_NESTED = {
    "minus": "{{ " + "- " * 300 + "memo.title }}", "not": "{% if " + "not " * 300 + "memo %}a{% endif %}",
    "filters": "{{ memo.title" + " | upper" * 300 + " }}", "slices": "{{ memo.title" + "[0:]" * 300 + " }}",
    "and": "{{ " + " and ".join(["memo.title"] * 300) + " }}", "plus": "{{ " + "+".join(["memo.title"] * 300) + " }}",
}  # fmt: skip


@pytest.mark.parametrize("text", _NESTED.values(), ids=_NESTED)
def test_what_is_nested_in_a_template_is_not_tried_anew_at_every_level(memo: Memo, tmp_path: Path, text: str) -> None:
    """Ten such pieces are refused as soon as one, or printed: the time does not grow with the cube of the depth."""
    path = tmp_path / "own.md"
    path.write_text(text * 10, encoding="utf-8")
    with contextlib.suppress(InvalidInput):
        sandbox.document(path, memo)


def test_headings_that_are_all_called_the_same_are_told_apart_soon(memo: Memo, tmp_path: Path) -> None:
    path = tmp_path / "own.md"
    path.write_text("# Facts\n" * 20_000 + "# Facts 7\n", encoding="utf-8")
    found = [block.anchor for block in sandbox.document(path, memo).blocks() if isinstance(block, Heading)]
    assert len(set(found)) == 20_001 and found[:2] == ["facts", "facts-2"] and found[-1] == "facts-7-2"


def test_a_template_cannot_include_itself(memo: Memo, tmp_path: Path) -> None:
    path = tmp_path / "own.md"
    path.write_text(f"{{% include {str(path)!r} %}}" * 2, encoding="utf-8")
    refused(lambda: sandbox.document(path, memo), "there is no template")


# ── Names in data ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["/etc/passwd", "../../secret", "..", "C:\\secret", "a\0b"])
def test_a_receipt_names_a_case_and_no_path(case: FactPattern, tmp_path: Path, name: str) -> None:
    """A file that is to be verified does not say which other file is opened."""
    data = authority.decide(case).as_data()
    data["case"] = data["receipt"]["case"] = name
    path = tmp_path / "opinion.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    refused(lambda: authority.verify(path), "is no name")


@pytest.mark.parametrize("name", ["../small", "/etc", ".", "x/../../small"])
def test_a_rule_set_raised_by_another_names_it_and_no_path(tmp_path: Path, name: str) -> None:
    written = small_law.write(tmp_path)
    entry = f"raised_by:\n  - rules: {name}\n    says: x\n    why: y\n    ask: force against <target> is authorized\n"
    (written.rules / "raised_by.yaml").write_text(entry, encoding="utf-8")
    refused(lambda: load_rules(written.rules), f"there is no rule set {name!r}")


def test_a_case_names_no_file_at_all(tmp_path: Path) -> None:
    """A source's address is text, and is never opened."""
    change = ("{name: The Report, kind: official report}", "{name: R, kind: official report, url: 'file:///etc/passwd'}")
    assert small_law.load(tmp_path, change).source_of["report"].url == "file:///etc/passwd"
