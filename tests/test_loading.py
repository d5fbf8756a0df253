"""Loading: what is wrong with an input is said at its place, once, with the way out; what is right loads."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from small_law import CASE, CASE_FILE, FILES, LAW, Change, load, place, problems, problems_of, write

import authority
from authority import InvalidInput, UnknownName, limits, loading
from authority.errors import Problem
from authority.places import rules_folder


class Mistake(NamedTuple):
    """A mistake in the small law or the small case, and the one problem that it gives."""

    name: str
    changes: tuple[Change, ...]
    message: str
    way_out: str


def mistakes(text: str) -> list[Any]:
    """The mistakes of a table. Each is a name (#), the lines it changes (-) and into what (+; ``▸`` marks the place of
    the problem), the kind and the words of the problem (!), and part of the way out that it offers (?)."""
    found = []
    for block in text.strip().split("\n\n"):
        lines: dict[str, list[str]] = {"#": [], "!": [], "?": []}
        changes: list[tuple[list[str], list[str]]] = []
        before = ""
        for line in block.splitlines():
            sign, rest = line[0], line[1:]
            if sign == "-" and before != "-":
                changes.append(([], []))
            if sign in "-+":
                changes[-1][sign == "+"].append(rest + "\n")
            else:
                lines[sign].append(rest.strip())
            before = sign
        name, message, way_out = (" ".join(lines[sign]) for sign in "#!?")
        pairs = tuple(("".join(old), "".join(new)) for old, new in changes)
        found.append(pytest.param(Mistake(name, pairs, message, way_out), id=name))
    return found


def assert_gives_one_problem(mistake: Mistake, folder: Path) -> None:
    """The mistake gives one problem: at the marked place, in these words, with this way out."""
    written = write(folder, *mistake.changes)
    found = problems_of(written)
    assert [place(p, written) for p in found] == list(written.marks), [str(p) for p in found]
    assert [f"{p.kind}: {p.what}" for p in found] == [mistake.message]
    assert mistake.way_out in f"{found[0].why}\n{found[0].fix}"
    assert mistake.way_out


def test_the_small_law_and_case_load(tmp_path: Path) -> None:
    """Nothing is wrong with them to begin with, and their marks are counted from 1."""
    assert problems(tmp_path) == ()
    assert write(tmp_path, ("title: Iran", "title: ▸Iran")).marks == (f"{CASE_FILE}:1:8",)


# ── The files themselves ──────────────────────────────────────────────────────────────────────────────────────────────

SYNTAX = """
# a tag is refused
-title: Iran
+title: ▸!!str Iran
! syntax: a tag (!…) is not allowed
? every value is read as the text that stands there

# an anchor is refused
-title: Iran
+title: ▸&name Iran
! syntax: an anchor (&…) is not allowed
? put the text in quotes

# an anchor on a key is refused
-title: Iran
+▸&name title: Iran
! syntax: an anchor (&…) is not allowed
? every value is read as the text that stands there

# an alias is refused
-title: Iran
+title: ▸*name
! syntax: an alias (*name) is not allowed
? write the text out again

# a key that stands twice
-as_of: 2020-09-01
+as_of: 2020-09-01
+▸as_of: 2019
! duplicate key: the key 'as_of' stands twice
? YAML would silently keep the last

# a party that is declared twice
-  Ali: {kind: person}
+  Ali: {kind: person}
+  ▸Ali: {kind: state}
! duplicate key: the key 'Ali' stands twice
? keep one

# a list for a key
-title: Iran
+title: Iran
+? ▸[about]
+: words
! syntax: a key must be a word
? put the key in quotes

# a tab
-  Ali: {kind: person}
+▸\tAli: {kind: person}
! syntax: a tab stands before the text
? put spaces in its place

# two documents in one file
-title: Iran
+title: Iran
+▸---
! syntax: there are two documents in the file
? take '---' out

# a control character
-title: Iran
+title: Ir▸\x07an
! syntax: the character U+0007 cannot stand in a text file
? delete it

# a key without a value
-title: Iran
+▸title:
! missing value: the key 'title' has no value
? write a value, or leave it out

# a null
-    date: 2004-07
+    ▸date: null
! missing value: the key 'date' has no value
? in quotes

# an entry without a value
-  - Ali trained with al-Qaeda
+  - Ali trained with al-Qaeda
+  -▸
! missing value: an entry of the list has no value
? write a value, or leave it out

# an empty text where one is needed
-title: Iran
+title: ▸''
! missing value: the key 'title' has no value
? write what belongs there
"""


@pytest.mark.parametrize("mistake", mistakes(SYNTAX))
def test_what_yaml_would_change_behind_the_readers_back_is_refused(mistake: Mistake, tmp_path: Path) -> None:
    """Tags, anchors, aliases, doubled keys, nothings: each is an error at its place, in a file that is read as text."""
    assert_gives_one_problem(mistake, tmp_path)


def whole(folder: Path, source: bytes, name: str = CASE_FILE) -> tuple[str, Problem]:
    """The one problem of a rule set or case one file of which is ``source``, and where it is."""
    written = write(folder)
    (folder / name).write_bytes(source)
    (found,) = problems_of(written)
    return place(found, written), found


@pytest.mark.parametrize(
    ("source", "where", "what"),
    [
        (b"", "1:1", "the file is empty"),
        (b"# a comment\n", "1:1", "the file is empty"),
        (b"~\n", "1:1", "the file is empty"),
        (b"*name\n", "1:1", "an alias (*name) is not allowed"),
        ("title: Iran\nabout: naïve\n".encode("latin-1"), "1:1", "the file is not UTF-8 text"),
        ("title: Iran\n".encode("utf-16"), "1:1", "the file is not UTF-8 text"),
        (b"title: 'Iran\n", "2:1", "this is not YAML: found unexpected end of stream"),
        (b"title: a: b\n", "1:9", "this is not YAML: mapping values are not allowed in this context"),
        (b"a:\n  - b\n c\n", "3:2", "this is not YAML: did not find expected key"),
        (b"- title: Iran\n", "1:1", "a case must be a mapping"),
        (b"Iran\n", "1:1", "a case must be a mapping"),
        (b"a: " + b"[" * 30, "1:27", "nested deeper than 24 levels"),
        (b"[" * 100_000, "1:25", "nested deeper than 24 levels"),
        (b"{a: " * 100_000, "1:97", "nested deeper than 24 levels"),
        (b"- " * 100_000, "1:49", "nested deeper than 24 levels"),
        (b"".join(b" " * i + b"a:\n" for i in range(600)), "25:25", "nested deeper than 24 levels"),
        (b"title: " + b"x" * limits.YAML_BYTES, "1:1", "the file is larger than 16,000,000 bytes"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem(source: bytes, where: str, what: str, tmp_path: Path) -> None:
    """However deep, long or broken a file is, reading it ends in one problem and no crash."""
    found, problem = whole(tmp_path, source)
    assert (found, problem.what) == (f"{CASE_FILE}:{where}", what)
    assert problem.why or problem.fix


def test_an_unreadable_file_of_law_is_the_only_problem(tmp_path: Path) -> None:
    """What the unreadable file holds is not reported missing everywhere else."""
    assert whole(tmp_path, b"authorities: [", "small/authorities.yaml")[0] == "small/authorities.yaml:2:1"


def test_all_unreadable_files_are_reported_at_once(tmp_path: Path) -> None:
    """Two broken files of law give two problems, in the order of the files."""
    written = write(tmp_path)
    (written.rules / "rules.yaml").write_text("rules: [")
    (written.rules / "disputes.yaml").write_text("")
    assert [place(p, written) for p in problems_of(written)] == ["small/disputes.yaml:1:1", "small/rules.yaml:2:1"]


def test_a_file_that_says_not_what_it_holds(tmp_path: Path) -> None:
    """A list in a file whose name is no section, or a mapping with none of their keys, cannot be placed."""
    for source in (b"- id: x\n", b"words\n", b"id: x\ncitation: y\n"):
        where, problem = whole(tmp_path, source, "small/odd.yaml")
        assert (where, problem.kind, problem.what) == (
            "small/odd.yaml:1:1",
            "shape",
            "this file does not say what it holds",
        )
        assert "begin with one of: instrument:, sentences:" in problem.fix


def test_a_shared_table_must_be_there_and_be_a_mapping(tmp_path: Path) -> None:
    """Without the tables nothing can be weighed, and each is reported by its name."""
    where, problem = whole(tmp_path, b"- A\n", "shared/grades.yaml")
    assert (where, problem.what) == ("shared/grades.yaml:1:1", "the table of grades must be a mapping")
    written = write(tmp_path)
    (tmp_path / "shared/standards.yaml").unlink()
    (problem,) = problems_of(written)
    assert (place(problem, written), problem.what) == ("shared/standards.yaml:1:1", "the file cannot be read")
    assert problem.why == "No such file or directory"


def test_a_mark_of_utf_8_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    """What editors add to a file is no part of its text, and places are counted as without it."""
    plain = load(tmp_path)
    windows = write(tmp_path, *((text, "\ufeff" + text.replace("\n", "\r\n")) for text in FILES.values()))
    assert authority.load_case(windows.case).digest == plain.digest
    assert authority.load_rules(windows.rules).digest == plain.rules.digest
    odd = CASE.replace("as_of: 2020-09-01", "as_of: ▸soon").replace("\n", "\r\n")
    marked = write(tmp_path, (CASE, "\ufeff" + odd))
    assert [place(p, marked) for p in problems_of(marked)] == [f"{CASE_FILE}:3:8"]


def test_a_case_in_json_reads_the_same(tmp_path: Path) -> None:
    """A .json file, indented or not, with every character escaped, is the same fact pattern as the YAML."""
    written = write(tmp_path, ("title: Iran\n", "title: Iran § 1 – 𝔸\n"))
    data = yaml.load(written.case.read_text("utf-8"), Loader=yaml.BaseLoader)
    every: list[dict[str, Any]] = [{"indent": 2}, {"indent": "\t"}, {"separators": (",", ":")}, {"ensure_ascii": False}]
    for options in every:
        path = written.case.with_suffix(".json")
        path.write_text(json.dumps(data, **options), encoding="utf-8")
        assert authority.load_case(path) == authority.load_case(written.case)


def test_a_problem_in_json_has_its_place(tmp_path: Path) -> None:
    """Line and column are counted in the JSON file as in any other."""
    path = write(tmp_path).case.with_suffix(".json")
    path.write_text(
        '{"title": "Iran", "parties": {"Iran": {"kind": "state"}},\n'
        ' "asks": "force against Iran is authorized",\n "as_of": "soon"}'
    )
    with pytest.raises(InvalidInput) as error:
        authority.load_case(path)
    assert str(error.value).startswith(
        f"{path}:3:11: as_of of the case: 'soon' will not do\n    why: a date is written"
    )


def test_every_scalar_is_the_text_that_stands_there(tmp_path: Path) -> None:
    """NO is no falsehood, § 1.10 is not § 1.1, and 010 is not eight."""
    case = load(
        tmp_path,
        (
            "  Iran: {kind: state, aliases: [Tehran]}",
            "  Iran: {kind: state, aliases: [NO, on, 1.10, 010, 2020-01-01, 'null']}",
        ),
        ("  - Ali trained with al-Qaeda\n", "  - NO had contacts with al-Qaeda\n"),
        ("    cite: act § 1\n  - id: harborers", "    cite: act § 1.10\n  - id: harborers"),
        ("    quote: Force may be used", "    quote: A person who was part"),
    )
    assert case.parties[0].aliases == ("NO", "on", "1.10", "010", "2020-01-01", "null")
    assert case.assume[0].proposition.parties == ("Iran", "al-Qaeda")
    assert case.rules.rule("force").cite == ("act", "§ 1.10")


# ── The law ───────────────────────────────────────────────────────────────────────────────────────────────────────────

LAWS = """
# a misspelt sentence
-      - <target> harbored <group>
+      - ▸<target> harboured <group>
! unknown sentence: '<target> harboured <group>' is no sentence of the vocabulary
? nearest: '<target> harbored <group>'

# a sentence like none
-      - <target> harbored <group>
+      - ▸Xyzzy!
! unknown sentence: 'Xyzzy!' is no sentence of the vocabulary
? the vocabulary lists the sentences there are

# a party that nobody noticed
-      - <target> harbored <group>
+      - ▸<target> harbored al-Queda
! unknown party: 'al-Queda' is no party here
? did you mean 'al-Qaeda'?

# a denied premise
-      - <target> harbored <group>
+      - ▸<target> did not harbor <group>
! denied form: '<target> did not harbor <group>' is a denied form in a premise
? write: <target> harbored <group>

# a denied exception
-      - <group> has left the fight
+      - ▸<group> has not left the fight
! denied form: '<group> has not left the fight' is a denied form in an exception
? write: <group> has left the fight

# a denied factor
-        - <person> trained with <group>
+        - ▸<person> did not train with <group>
! denied form: '<person> did not train with <group>' is a denied form in a factor
? write: <person> trained with <group>

# a denied conclusion
-    then: force against <target> is authorized
+    then: ▸force against <target> is not authorized
! denied form: 'force against <target> is not authorized' is a denied form in a conclusion
? write: force against <target> is authorized

# a denied notice
-    - holds: al-Qaeda committed the attacks of September 11, 2001
+    - holds: ▸al-Qaeda did not commit the attacks of September 11, 2001
! denied form: 'al-Qaeda did not commit the attacks of September 11, 2001' is a denied form in a noticed fact
? write: al-Qaeda committed the attacks of September 11, 2001

# a blank twice
-      - <target> harbored <group>
+      - ▸<target> harbored <target>
! sentence: '<target> harbored <target>' names one blank twice
? different blanks name different parties

# a sentence that YAML takes for a mapping
-      - <target> harbored <group>
+      - ▸<target>: harbored <group>
! sentence: a sentence must be a text
? put the whole text in quotes

# a comment behind a sentence
-      - <target> harbored <group>
+      - ▸<target> harbored <group> #2
! cut sentence: a ' #' stands behind a sentence
? silently cuts the sentence to '<target> harbored <group>'

# one sentence where a list is wanted
-    if:
-      - <target> is within the class
+    if: ▸<target> is within the class
! shape: what holds sentences must be a list
? on its own line after '- '

# a premise about a party of another kind
-      - <target> harbored <group>
+      - ▸al-Qaeda harbored <group>
! kind: 'al-Qaeda harbored <group>': al-Qaeda is entered as organization, and <target> takes state
? name a party of that kind

# a sentence that stands twice
-    denied: <person> did not train with <group>
-    where: {person: [person], group: [organization]}
+    denied: <person> did not train with <group>
+    where: {person: [person], group: [organization]}
+  - ▸says: <group> has left the fight
+    denied: <group> fights on
! duplicate id: there are two sentences '<group> has left the fight'
? the first stands at small/vocabulary.yaml:

# sentences that collide
-    denied: <person> was not part of <group>
-    where: {person: [person], group: [organization]}
-  - says: <person> trained with <group>
+    denied: <person> was not part of <group>
+    where: {person: [person], group: [organization]}
+  - says: <who> Trained  with <group>
+    denied: <who> was untrained by <group>
+  - ▸says: <person> trained with <group>
! collision: two sentences can collide
? put one of them in other words

# a sentence that excludes one that is not there
-    denied: <group> has not left the fight
+    denied: <group> has not left the fight
+    excludes: [▸<group> has lost the fight]
! unknown sentence: '<group> has lost the fight' is no sentence of the vocabulary
? nearest: '<group> has left the fight'

# a sentence that excludes another in its denied form
-    denied: <person> did not take orders from <group>
+    denied: <person> did not take orders from <group>
+    excludes: [▸<person> did not train with <group>]
! denied form: '<person> did not train with <group>' is a denied form in what a sentence excludes
? write: <person> trained with <group>

# a sentence that excludes itself
-    denied: <person> did not take orders from <group>
+    denied: <person> did not take orders from <group>
+    excludes:
+      - ▸<person> took orders from <group>
! exclusion: '<person> took orders from <group>' excludes itself
? name another sentence; or another party in it, as <another …>

# a sentence that excludes one with fewer blanks
-    denied: <person> did not take orders from <group>
+    denied: <person> did not take orders from <group>
+    excludes: [▸<group> has left the fight]
! exclusion: the blanks of '<group> has left the fight' do not line up with those of '<person> took orders from <group>'
? write it with <person>, <group>; <another person> is a different one

# a sentence that excludes one of a blank that it has not
-    denied: <person> did not take orders from <group>
+    denied: <person> did not take orders from <group>
+    excludes: [▸<person> trained with <band>]
! exclusion: the blanks of '<person> trained with <band>' do not line up
! with those of '<person> took orders from <group>'
? two sentences exclude each other of the same parties

# a sentence that excludes one of a named party
-    denied: <person> did not take orders from <group>
+    denied: <person> did not take orders from <group>
+    excludes: [▸<person> trained with al-Qaeda]
! exclusion: the blanks of '<person> trained with al-Qaeda' do not line up
! with those of '<person> took orders from <group>'
? write it with <person>, <group>

# sentences that exclude each other and that no party can meet in
-    denied: <group> has not left the fight
-    where: {group: [organization]}
+    denied: <group> has not left the fight
+    where: {group: [organization]}
+    excludes: [force against <group> is authorized, ▸<group> spoke]
+  - says: <person> spoke
+    denied: <person> did not speak
+    where: {person: [person]}
! kind: '<group> has left the fight' and '<group> spoke' never meet: no kind of party can stand for <group> in both
? '<group> has left the fight' takes organization; '<person> spoke' takes person

# a sentence that excludes what the calendar decides
-    denied: <group> has not left the fight
-    where: {group: [organization]}
+    denied: <group> has not left the fight
+    where: {group: [organization]}
+    excludes: [▸<group> is long past]
+  - says: <day> is long past
+    denied: <day> is not long past
+    where: {day: [day]}
+    computed: {days_since: day, more_than: 60}
! exclusion: '<day> is long past' is computed, and excludes nothing
? the calendar alone says whether it holds

# what a sentence excludes is no list
-    denied: <person> did not take orders from <group>
+    denied: <person> did not take orders from <group>
+    excludes: ▸<person> trained with <group>
! shape: what holds sentences must be a list
? write each entry on its own line after '- '

# two noticed facts that exclude each other
-    - holds: al-Qaeda committed the attacks of September 11, 2001
-      cite: report
+    - holds: al-Qaeda committed the attacks of September 11, 2001
+      cite: report
+    - ▸holds: al-Qaeda has left the fight
+      cite: report
-    denied: <group> has not left the fight
+    denied: <group> has not left the fight
+    excludes:
+      - <group> committed the attacks of September 11, 2001
! exclusion: 'al-Qaeda committed the attacks of September 11, 2001' and 'al-Qaeda has left the fight' are both noticed,
! and exclude each other
? so the vocabulary says: '<group> has left the fight' and '<group> committed the attacks of September 11, 2001'

# a denied form with other blanks
-  - says: <target> harbored <group>
-    denied: <target> did not harbor <group>
+  - ▸says: <target> harbored <group>
+    denied: <target> did not harbor <who>
! sentence: '<target> harbored <group>' and its denied form must have the same blanks, each once
? the same blanks

# a denied form that only repeats a blank
-  - says: <target> harbored <group>
-    denied: <target> did not harbor <group>
+  - ▸says: <target> harbored <group>
+    denied: <group> did not harbor <group>
! sentence: '<target> harbored <group>' and its denied form must have the same blanks, each once
? the same blanks

# a blank that is written wrong
-  - says: <target> harbored <group>
-    denied: <target> did not harbor <group>
+  - ▸says: <target> harbored <group>
+    denied: <Target> did not harbor <group>
! sentence: in '<Target> did not harbor <group>' a < or > stands alone: a blank is written <so>, in small letters
? the same blanks

# a kind for a blank that is not there
-  - says: <target> harbored <group>
+  - ▸says: <target> harbored <group>
-    denied: <target> did not harbor <group>
-    where: {target: [state], group: [organization]}
+    denied: <target> did not harbor <group>
+    where: {target: [state], grup: [organization]}
! sentence: where names <grup>, which '<target> harbored <group>' has not
? the same blanks

# a kind that there is not
-    where: {group: organization}
+    where: {group: ▸organisation}
! bad value: where.group.0 of a sentence: 'organisation' will not do
? did you mean 'organization'?

# short of a sentence that is not there
-  - says: <target> had contacts with <group>
+  - ▸says: <target> had contacts with <group>
-    short_of: <target> harbored <group>
+    short_of: <target> harboured <group>
! unknown sentence: short_of: '<target> harboured <group>' is no sentence here
? nearest: '<target> harbored <group>'

# no boolean
-    question: yes
+    question: ▸maybe
! bad value: question of a sentence: 'maybe' will not do
? it should be yes or no

# a noticed conclusion
-    - holds: al-Qaeda committed the attacks of September 11, 2001
+    - holds: ▸force against al-Qaeda is authorized
! conclusion: 'force against al-Qaeda is authorized' is a conclusion, and only facts are noticed
? notice the facts beneath it

# a noticed fact about nobody
-    - holds: al-Qaeda committed the attacks of September 11, 2001
+    - holds: ▸<group> committed the attacks of September 11, 2001
! blank: a noticed fact must name its parties, and '<group> committed the attacks of September 11, 2001' leaves
! <group> open
? put a party in each blank

# two noticed parties of one name
-    the Taliban: {kind: organization}
+    ▸the Taliban: {kind: organization, aliases: [AL QAIDA]}
! ambiguous name: 'AL QAIDA' could be 'al-Qaeda' or 'the Taliban'
? a name must mean one party

# a name that is none
-    the Taliban: {kind: organization}
+    ▸<group>: {kind: organization}
! name: '<group>' can be no name
? choose another name

# a date that is not in the calendar
-  enacted: 2001-09-18
+  enacted: ▸2019-02-30
! bad value: enacted of the instrument: '2019-02-30' will not do
? day is out of range for month

# a date in too few digits
-    date: 2004-07-22
+    date: ▸19-1-1
! bad value: date of an authority: '19-1-1' will not do
? a date is written YYYY-MM-DD

# a date that is none
-    from: 2004
+    from: ▸soon
! bad value: from of the rule 'member': 'soon' will not do
? or YYYY-MM or YYYY where no more is known

# an authority that stands twice
-  - id: bill
+  - ▸id: report
-      - {id: admitted, says: Yes., cite: [bill]}
+      - {id: admitted, says: Yes., cite: [report]}
! duplicate id: there are two authorities 'report'
? the first stands at small/authorities.yaml:2:5

# an authority with the instrument's id
-  - id: bill
+  - ▸id: act
-      - {id: admitted, says: Yes., cite: [bill]}
+      - {id: admitted, says: Yes., cite: [report]}
! duplicate id: there are two authorities 'act'
? the first stands at small/instrument.yaml:2:3

# an authority without a mark
-  - id: bill
+  - ▸id: bill
-    verified: memory
! missing key: an authority lacks the key 'verified'
? add 'verified: …'

# a mark that there is not
-    verified: secondary
+    verified: ▸second
! bad value: verified of an authority: 'second' will not do
? did you mean 'secondary'?

# an unknown key of a quote
-        pin: at 7
+        ▸page: at 7
! unknown key: 'page' is no key of a quote
? the keys here are: pin, text, verified

# quotes that are one text
-    quotes:
-      - text: took part in it as a member
-        pin: at 7
+    quotes: ▸as a member
! shape: quotes must be a list
? on its own line

# a section without words
-    - id: § 1.10
-      text: A person who was part of them may be held.
+    - ▸id: § 1.10
! missing key: a section lacks the key 'text'
? add 'text: …'

# an unknown key with a known one near it
-    unless:
+    ▸unles:
! unknown key: 'unles' is no key of the rule 'harborers'
? did you mean 'unless'?

# an unknown key like none
-    from: 2004
+    ▸colour: 2004
! unknown key: 'colour' is no key of the rule 'member'
? the keys here are: at_least, cite, from, id, if

# an unknown key of the file
-rules:
+▸rulez:
! unknown key: 'rulez' is no key of a rule-set file
? did you mean 'rules'?

# a rule that cites the instrument and quotes nothing
-  - id: force
+  - ▸id: force
-    quote: Force may be used
! quote: the rule 'force' cites act § 1 and quotes none of it
? quote the words: 'quote: …'

# an empty quote of the instrument
-    quote: Force may be used
+    quote: ▸' '
! quote: the rule 'force' cites act § 1 and quotes none of it
? a rule drawn from the instrument stands beside the words it is drawn from

# no quote of the instrument as a whole
-  - id: friends
+  - ▸id: friends
-    quote: in order to prevent more
! quote: the rule 'friends' cites act and quotes none of it
? quote the words: 'quote: …'

# no quote, and an authority that is not there
-    quote: Force may be used
-    cite: act § 1
-  - id: harborers
+    cite: ▸repotr
+  - id: harborers
! unknown authority: 'repotr' is no authority here
? did you mean 'report'?

# a quote without a value, where none is needed
-    quote: as a member
+    ▸quote:
! missing value: the key 'quote' has no value
? write a value, or leave it out

# a rule without its conclusion
-  - id: force
-    then: force against <target> is authorized
+  - ▸id: force
! missing key: the rule 'force' lacks the key 'then'
? add 'then: …'

# a rule that is a text
-    quote: or harbored such persons
-    cite: act § 1
+    quote: or harbored such persons
+    cite: act § 1
+  - ▸everybody is covered
! shape: a rule must be a mapping
? write 'key: value' lines

# a rule that stands twice
-  - id: friends
+  - ▸id: force
! duplicate id: there are two rules 'force'
? the first stands at small/rules.yaml:2:5

# two bodies
-    if_any:
+    if: [<target> harbored <group>]
+    ▸if_any:
! rule: the rule 'friends' has two bodies: if and if_any
? a conclusion of its own

# no body
-  - id: force
+  - ▸id: force
-    if:
-      - <target> is within the class
! rule: the rule 'force' has no premises and would hold of everybody
? give it premises; or 'under'

# an empty body
-    if:
-      - <target> is within the class
+    if: ▸[]
! rule: the rule 'force': if lists nothing
? leave it out, or name the premises

# more premises than the engine takes
-  - id: harborers
+  - ▸id: harborers
-      - <target> harbored <group>
+      - <target> harbored <groupa>
+      - <target> harbored <groupb>
+      - <target> harbored <groupc>
+      - <target> harbored <groupd>
+      - <target> harbored <groupe>
+      - <target> harbored <groupf>
+      - <target> harbored <groupg>
+      - <target> harbored <grouph>
+      - <target> harbored <groupi>
+      - <target> harbored <groupj>
+      - <target> harbored <groupk>
+      - <target> harbored <groupl>
+      - <target> harbored <groupm>
+      - <target> harbored <groupn>
+      - <target> harbored <groupo>
+      - <target> harbored <groupp>
! rule: the rule 'harborers' has more than 15 premises
? gather some of them under a conclusion

# a factor test without a count
-      count: 2
-      of:
+      ▸of:
! rule: the rule 'member': at_least takes 'count' and 'of'
? write under it 'count: 2'

# a factor test that is a list
-      count: 2
-      of:
-        - <person> trained with <group>
+        ▸- <person> trained with <group>
! rule: the rule 'member': at_least takes 'count' and 'of'
? write under it 'count: 2'

# a count of 3
-      count: 2
+      count: ▸3
! rule: the rule 'member': count must be a number from 1 to 2, and is '3'
? fewer than one proves nothing

# a count of 0
-      count: 2
+      count: ▸0
! rule: the rule 'member': count must be a number from 1 to 2, and is '0'
? fewer than one proves nothing

# a count of -1
-      count: 2
+      count: ▸-1
! rule: the rule 'member': count must be a number from 1 to 2, and is '-1'
? fewer than one proves nothing

# a count of two
-      count: 2
+      count: ▸two
! rule: the rule 'member': count must be a number from 1 to 2, and is 'two'
? fewer than one proves nothing

# a count of ²
-      count: 2
+      count: ▸²
! rule: the rule 'member': count must be a number from 1 to 2, and is '²'
? fewer than one proves nothing

# a factor test without factors
-      of:
-        - <person> trained with <group>
-        - <person> took orders from <group>
+      of: ▸[]
! rule: the rule 'member': at_least lists nothing
? leave it out, or name the premises

# factors that are one text
-      of:
-        - <person> trained with <group>
-        - <person> took orders from <group>
+      of: ▸<person> trained with <group>
! shape: what holds sentences must be a list
? on its own line after '- '

# a count without a value
-      count: 2
+      ▸count:
! missing value: the key 'count' has no value
? write a value, or leave it out

# factors with different blanks
-      of:
+      ▸of:
-        - <person> took orders from <group>
+        - <person> took orders from <chief>
! rule: the rule 'member': every factor must have the same blanks
? counted for one and the same parties

# a kind for a blank that no sentence has
-    under: [signs = together]
-    where: {group: [organization]}
+    under: [signs = together]
+    where: {▸grup: [organization]}
! rule: the rule 'member': where names <grup>, which no sentence of it has
? its blanks are: <group>, <person>

# kinds that cannot fit
-  - id: harborers
+  - ▸id: harborers
-      - <target> harbored <group>
+      - <group> harbored <target>
! kind: the rule 'harborers': no kind of party can stand for <group> in all its sentences
? they leave no kind in common: '<target> harbored <group>'

# a narrower kind that cannot fit
-  - id: member
+  - ▸id: member
-    under: [signs = together]
-    where: {group: [organization]}
+    under: [signs = together]
+    where: {group: [state]}
! kind: the rule 'member': no kind of party can stand for <group> in all its sentences
? widen the kinds of a sentence or of 'where'

# a rule in a circle with itself
-  - id: force
+  - ▸id: force
-      - <target> is within the class
+      - force against <target> is authorized
! cycle: the rules go round in a circle at 'force against <target> is authorized'
? a layer is missing: give the next layer a sentence of its own (perpetrator → principal → covered)

# a word changed in a quote
-    quote: or harbored such persons
+    quote: ▸or harboured such persons
! quote: the rule 'harborers': the quote is not in act § 1
? the text has: 'or harbored such persons,'

# a letter lost from a quote
-    quote: Force may be used
+    quote: ▸Force may be use
! quote: the rule 'force': the quote is not in act § 1
? the text has: 'Force may be used'

# a quote from another section
-    quote: in order to prevent more
-    cite: act
+    quote: ▸in order to prevent more
+    cite: act § 1.10
! quote: the rule 'friends': the quote is not in act § 1.10
? quote the words that are there

# a quote of what nobody has on file
-    quote: as a member
-    cite: report at 7
+    quote: ▸as a member
+    cite: bill
! quote: the rule 'member': the quote is not in bill
? no words of bill are on file

# an authority that is not there
-    cite: report at 7
+    cite: ▸reprot at 7
! unknown authority: 'reprot' is no authority here
? did you mean 'report'?

# an authority like none
-    cite: report at 7
+    cite: ▸Xyzzy
! unknown authority: 'Xyzzy' is no authority here
? authorities.yaml lists what may be cited

# a section that is not there
-    quote: or harbored such persons
-    cite: act § 1
+    quote: or harbored such persons
+    cite: ▸act § 2
! citation: act has no section '§ 2'
? it has: § 1, § 1.10

# a citation that is a list
-    cite: report at 7
+    cite: ▸[report]
! citation: a citation is an authority's id, and where in it
? write it as: act § 2(a)

# under a dispute that is not there
-    under: reach = wide
+    under: ▸raech = wide
! unknown dispute: 'raech' is no dispute
? did you mean 'reach'?

# under a dispute like none
-    under: reach = wide
+    under: ▸xyzzy = wide
! unknown dispute: 'xyzzy' is no dispute
? the disputes are: reach, signs

# under a position that is not there
-    under: reach = wide
+    under: ▸reach = wider
! unknown position: 'wider' is no position on 'reach'
? did you mean 'wide'?

# under a position like none
-    under: reach = wide
+    under: ▸reach = xyzzy
! unknown position: 'xyzzy' is no position on 'reach'
? the positions are: wide, narrow

# under half a position
-    under: [signs = together]
+    under: [▸signs]
! dispute: a position is written 'dispute = position'
? write it so

# a dispute that stands twice
-  - id: signs
+  - ▸id: reach
-    positions: {reach: narrow, signs: apart}
+    positions: {reach: narrow}
-    under: [signs = together]
! duplicate id: there are two disputes 'reach'
? the first stands at small/disputes.yaml:2:5

# a dispute with one position
-      - {id: together, says: They are., held_by: [some]}
-      - {id: apart, says: They are not.}
+      ▸- {id: together, says: They are., held_by: [some]}
! dispute: a dispute has two positions or more, each with an id of its own
? here there are: together

# a position that stands twice
-      - {id: together, says: They are., held_by: [some]}
-      - {id: apart, says: They are not.}
+      ▸- {id: together, says: They are., held_by: [some]}
+      - {id: together, says: They are not.}
! dispute: a dispute has two positions or more, each with an id of its own
? here there are: together, together

# a reading that stands twice
-  - id: loose
+  - ▸id: strict
! duplicate id: there are two readings 'strict'
? the first stands at small/readings.yaml:2:5

# a reading without a position on some dispute
-  - id: strict
+  - ▸id: strict
-    positions: {reach: narrow, signs: apart}
+    positions: {reach: narrow}
! reading: the reading 'strict' takes no position on 'signs'
? add to its positions: signs: …

# a reading on a dispute that is not there
-    positions: {reach: wide}
+    positions: {▸raech: wide}
! unknown dispute: 'raech' is no dispute
? did you mean 'reach'?

# a reading with a position that is not there
-    positions: {reach: wide}
+    positions: {reach: ▸wyde}
! unknown position: 'wyde' is no position on 'reach'
? did you mean 'wide'?

# a standard that is not there
-    standard: preponderance
+    standard: ▸preponderence
! unknown standard: 'preponderence' is no proof standard
? did you mean 'preponderance'?

# a standard like none
-    standard: preponderance
+    standard: ▸certainty itself
! unknown standard: 'certainty itself' is no proof standard
? there are: scintilla, substantial-evidence

# a reading without a standard
-  - id: strict
+  - ▸id: strict
-    standard: preponderance
! missing key: the reading 'strict' lacks the key 'standard'
? add 'standard: …'

# like a reading that is not there
-    like: strict
+    like: ▸stricter
! unknown reading: 'like' names no reading above: 'stricter'
? did you mean 'strict'?

# like itself
-    like: strict
+    like: ▸loose
! unknown reading: 'like' names no reading above: 'loose'
? name a reading that stands above this one

# an answer to no question
-    answers: force against <target> is authorized
+    answers: ▸war against <target> is authorized
! unknown sentence: 'war against <target> is authorized' is no question
? nearest: 'force against <target> is authorized'

# an answer like none
-    answers: force against <target> is authorized
+    answers: [▸Xyzzy]
! unknown sentence: 'Xyzzy' is no question
? the questions are: force against <target> is authorized

# a reading's own grading
-    like: strict
+    like: strict
+    grading: {source: us, hedge_cap: ▸9, kinds: []}
! bad value: hedge_cap of the grading rule: 9 is the level of no credibility
? the levels are: 1, 2, 3, 4, 5

# a reading's own grading that leaves kinds out
-    like: strict
+    like: strict
+    grading: ▸{source: us, hedge_cap: 3, kinds: [{kind: expert, grade: B3}]}
! grade: the grading of the reading 'loose' leaves kinds out
? add to its kinds: undisputed or conceded

# a reading that is a text
-    standard: preponderance
+    standard: preponderance
+  - ▸everything goes
! shape: a reading must be a mapping
? write 'key: value' lines

# a table without a key
-#   against_at_most   the highest level the strongest item against may have
-source: >-
+#   against_at_most   the highest level the strongest item against may have
+▸source: >-
-refuted_by: preponderance
! missing key: the table of standards lacks the key 'refuted_by'
? add 'refuted_by: …'

# refuted by no standard
-refuted_by: preponderance
+refuted_by: ▸preponderence
! unknown standard: 'preponderence' is no proof standard
? did you mean 'preponderance'?

# a standard that stands twice
-  - {id: substantial-evidence, says: substantial evidence, for_at_least: 3}
+  - ▸{id: scintilla, says: substantial evidence, for_at_least: 3}
! duplicate id: there are two standards 'scintilla'
? give one of them another id

# a threshold in words
-  - {id: clear-and-convincing, says: clear and convincing evidence, for_at_least: 4, ahead_by: 2}
+  - {id: clear-and-convincing, says: clear and convincing evidence, for_at_least: ▸four, ahead_by: 2}
! bad value: for_at_least of a standard: 'four' will not do
? it should be a whole number

# a level that there is not
-  A: {says: completely reliable, level: 5}
+  A: {says: completely reliable, level: ▸6}
! bad value: level of a grade: '6' will not do
? write a level from 1 to 5, or 'unjudged'

# a grade that the table has not
-  - {kind: expert, grade: B3}
+  - {kind: expert, grade: ▸Z3}
! bad value: grade of 'expert': 'Z3' is not in the table
? as B3

# a type of source that stands twice
-  - {kind: expert, grade: B3}
+  - {kind: expert, grade: B3}
+  - ▸{kind: expert, grade: A1}
! duplicate id: the kind 'expert' stands twice
? it can have one grade

# a section that stands twice
-    - id: § 1.10
-      text: A person who was part of them may be held.
+    - ▸id: § 1
+      text: A person who was part of them may be held.
! duplicate id: there are two sections '§ 1'
? the first stands at small/instrument.yaml:11:7

# a kind without a grade
-  - {kind: expert, grade: B3}
+  - ▸{kind: expert}
! bad value: an entry of kinds takes 'kind' and 'grade'
? write: - {kind: expert, grade: B3}
"""


@pytest.mark.parametrize("mistake", mistakes(LAWS))
def test_a_mistake_in_the_law_is_one_problem_with_a_way_out(mistake: Mistake, tmp_path: Path) -> None:
    """Every complaint that a rule set can give, each about one thing."""
    assert_gives_one_problem(mistake, tmp_path)


def test_what_no_single_line_changes(tmp_path: Path) -> None:
    """Whole sections of another shape, or missing, are one problem each."""
    shapes = {
        "small/rules.yaml": [
            ("rules:\n  force: x\n", "small/rules.yaml:2:3", "rules must be a list"),
            ("rules: []\n", "small:1:1", "the rule set has no rules"),
        ],
        "small/notice.yaml": [("notice:\n  - parties\n", "small/notice.yaml:2:3", "the notice must be a mapping")],
        "small/readings.yaml": [("readings: []\n", "small:1:1", "the rule set has no readings")],
        "small/vocabulary.yaml": [("sentences: []\n", "small:1:1", "the rule set has no sentences")],
        "small/instrument.yaml": [("notice: {}\n", "small:1:1", "the rule set has no instrument")],
    }
    for name, rows in shapes.items():
        for source, where, what in rows:
            found, problem = whole(tmp_path, source.encode(), name)
            assert (found, problem.what) == (where, what)
            assert problem.why or problem.fix


def test_a_section_of_nothing_is_the_only_problem(tmp_path: Path) -> None:
    """A file with nothing behind its first line is as good as one that cannot be read."""
    for name in ("authorities", "disputes", "sentences", "readings"):
        file = "small/vocabulary.yaml" if name == "sentences" else f"small/{name}.yaml"
        where, problem = whole(tmp_path, f"{name}:\n".encode(), file)
        assert (where, problem.what) == (f"{file}:1:1", f"the key {name!r} has no value")


def test_a_section_of_another_shape_is_the_only_problem(tmp_path: Path) -> None:
    """What rules and readings point to may all be in it."""
    for name in ("authorities", "disputes", "sentences", "readings"):
        file = "small/vocabulary.yaml" if name == "sentences" else f"small/{name}.yaml"
        where, problem = whole(tmp_path, f"{name}:\n  a: b\n".encode(), file)
        assert (where, problem.what) == (f"{file}:2:3", f"{name} must be a list")


def test_a_rule_set_has_one_instrument(tmp_path: Path) -> None:
    """A second one is reported where it stands."""
    where, problem = whole(tmp_path, LAW["small/instrument.yaml"].encode(), "small/more.yaml")
    assert (where, problem.what) == ("small/more.yaml:2:3", "the rule set has two instruments")


def test_a_folder_without_files_is_no_rule_set(tmp_path: Path) -> None:
    """And the message says where nothing was found."""
    (tmp_path / "none").mkdir()
    with pytest.raises(InvalidInput, match=r"none:1:1: there is no rule set here\n    why: no \*.yaml file"):
        authority.load_rules(tmp_path / "none")


def test_a_count_that_no_number_holds(tmp_path: Path) -> None:
    """A number of five thousand digits is a mistake like any other."""
    for old in ("      count: 2", "credibility: 2"):
        (problem,) = problems(tmp_path, (old, old.replace("2", "9" * 5000)))
        assert problem.kind in ("rule", "bad value")


def test_rules_in_a_circle_of_three_name_the_missing_layer(tmp_path: Path) -> None:
    """The message goes round the circle rule by rule, and says how a lawyer breaks it."""
    covered, force, left = (
        "<target> is within the class",
        "force against <target> is authorized",
        "<group> has left the fight",
    )
    written = write(
        tmp_path,
        ("  - id: force\n", "  - ▸id: force\n"),
        (
            "  - id: member\n",
            f"""\
  - id: leavers
    then: <group> has left the fight
    if: [{force}]
    quote: as a member
    cite: report
  - id: member
""",
        ),
    )
    (problem,) = problems_of(written)
    assert ([place(problem, written)], problem.kind) == (list(written.marks), "cycle")
    assert problem.what == f"the rules go round in a circle at {force!r}"
    assert problem.why == (
        f"force: {force!r} needs {covered!r}; harborers: {covered!r} needs {left!r}; leavers: {left!r} needs {force!r}"
    )
    assert problem.fix.startswith("a layer is missing: give the next layer a sentence of its own")


def test_two_circles_are_two_problems(tmp_path: Path) -> None:
    """A circle found does not hide the next."""
    found = problems(
        tmp_path,
        ("      - <target> is within the class\n", "      - force against <target> is authorized\n"),
        ("        - <person> trained with <group>\n", "        - <person> was part of <group>\n"),
    )
    assert [p.kind for p in found] == ["cycle", "cycle"]


def test_a_rule_may_hold_of_everybody_only_by_its_kind_or_a_position(tmp_path: Path) -> None:
    """A rule without premises is a waiver on its position, a matter of kind, or about named parties; else an error."""
    body = "    if:\n      - <target> is within the class\n"
    for instead in ("    under: reach = wide\n", "    where: {target: [state]}\n"):
        assert problems(tmp_path, (body, instead)) == ()
    named = ("    then: force against <target> is authorized\n", "    then: force against the Taliban is authorized\n")
    assert problems(tmp_path, (body, ""), named) == ()


def test_problems_in_many_files_are_reported_at_once_and_in_order(tmp_path: Path) -> None:
    """Every file is read to its end, and the message lists what is wrong by file, line and column."""
    written = write(
        tmp_path,
        ("    date: 2004-07-22", "    date: ▸soon"),
        ("      - <target> harbored <group>\n", "      - ▸<target> harboured <group>\n"),
        ("    under: reach = wide\n", "    under: ▸reach = wider\n"),
        ("    quote: as a member", "    ▸qoute: as a member"),
        ("    standard: preponderance", "    standard: ▸certainty"),
    )
    found = problems_of(written)
    assert [place(p, written) for p in found] == list(written.marks)
    assert list(found) == sorted(found)
    with pytest.raises(InvalidInput) as error:
        authority.load_rules(written.rules)
    assert str(error.value).splitlines() == [line for p in found for line in str(p).splitlines()]
    assert all(p.why or p.fix for p in found)
    assert "small/rules.yaml:11:9: '<target> harboured <group>' is no sentence of the vocabulary" in str(error.value)


CASCADES = """
# a dispute that rules, readings and the case speak of
-      - {id: wide, says: Far., cite: [act § 1]}
+      - {id: wide, says: Far., cite: [▸act § 7]}
! citation: act has no section '§ 7'
? it has: § 1, § 1.10

# a dispute without an id
-  - id: signs
-    question: Are signs taken together?
+  - ▸question: Are signs taken together?
! missing key: a dispute lacks the key 'id'
? add 'id: …'

# an authority that a rule, the notice and a dispute cite
-    status: published
+    ▸status: [published]
! bad value: status of an authority: the value will not do
? it should be a text

# a party that everything names
-    al-Qaeda: {kind: organization, aliases: [al Qaida]}
+    al-Qaeda: {kind: ▸organisation, aliases: [al Qaida]}
! bad value: kind of the party 'al-Qaeda': 'organisation' will not do
? did you mean 'organization'?

# a sentence that rules use
-  - says: <target> had contacts with <group>
-    denied: <target> had no contacts with <group>
+  - ▸says: <target> had contacts with <group>
! missing key: a sentence lacks the key 'denied'
? add 'denied: …'

# a sentence without its words
-  - says: <group> has left the fight
-    denied: <group> has not left the fight
+  - ▸denied: <group> has not left the fight
-    unless:
-      - <group> has left the fight
+    unless:
+      - <group> has not left the fight
! missing key: a sentence lacks the key 'says'
? add 'says: …'

# a section that there is not
-instrument:
-  id: act
+▸penalties: []
+instrument:
+  id: act
! unknown key: 'penalties' is no key of a rule-set file
? the keys here are: authorities, disputes, instrument

# a sentence that is the only premise of a rule
-  - says: <target> is within the class
-    denied: <target> is not within the class
+  - says: <target> is within the class
+    denied: <target> is not within the class
+    ▸colour: red
! unknown key: 'colour' is no key of a sentence
? the keys here are: computed, denied, excludes, means, question

# a sentence with a bad kind that is the only premise of a rule
-    denied: <target> is not within the class
-    where: {target: [state, organization]}
+    denied: <target> is not within the class
+    where: {target: [state, ▸organisation]}
! bad value: where.target.1 of a sentence: 'organisation' will not do
? did you mean 'organization'?

# a party that was never declared
-    al-Qaeda: {kind: organization, aliases: [al Qaida]}
-    the Taliban: {kind: organization}
-  facts:
-    - holds: al-Qaeda committed the attacks of September 11, 2001
+    the Taliban: {kind: organization}
+  facts:
+    - holds: ▸al-Qaeda committed the attacks of September 11, 2001
-      - <target> is within the class
-    quote: Force may be used
+      - <target> is within the class
+      - <target> harbored al-Qaeda
+    quote: Force may be used
! unknown party: 'al-Qaeda' is no party here
? declare it under 'parties:' with its kind

# a party of the case that was never declared
-asks: force against Iran is authorized
+asks: ▸force against Iran is authorized
-  Iran: {kind: state, aliases: [Tehran]}
-  al-Qaeda in Iraq: {kind: organization}
+  al-Qaeda in Iraq: {kind: organization}
! unknown party: 'Iran' is no party here
? declare it under 'parties:' with its kind

# a source that was never declared
-  report: {name: The Report, kind: official report}
-  cable: {name: A cable, reliability: B}
+  cable: {name: A cable, reliability: B}
-  - id: E1
-    source: report
+  - id: E1
+    source: ▸report
! unknown source: 'report' is no source of this case
? declare it under 'sources:'

# a sentence that is a text
-  - says: <group> has left the fight
-    denied: <group> has not left the fight
-    where: {group: [organization]}
+  - ▸<group> has left the fight
! shape: a sentence must be a mapping
? write 'key: value' lines

# a sentence that another falls short of, and that a reading answers
-  - says: <target> harbored <group>
+  - ▸say: <target> harbored <group>
! unknown key: 'say' is no key of a sentence
? did you mean 'says'?

# a question that a reading answers
-    denied: force against <target> is not authorized
-    where: {target: [state, organization]}
+    denied: force against <target> is not authorized
+    where: {target: [▸nation, organization]}
! bad value: where.target.0 of a sentence: 'nation' will not do
? it should be 'state'

# a section of the law that is misspelt
-sentences:
-  - says: force against <target> is authorized
+▸sentence:
+  - says: force against <target> is authorized
! unknown key: 'sentence' is no key of a rule-set file
? did you mean 'sentences'?

# a position without a value
-    positions: {reach: narrow, signs: apart}
+    positions: {reach: narrow, ▸signs: }
! missing value: the key 'signs' has no value
? write a value, or leave it out

# a rule whose body has no value
-    if:
-      - <target> is within the class
+    ▸if:
! missing value: the key 'if' has no value
? write a value, or leave it out

# a reading like one without a name
-    like: strict
+    ▸like:
! missing value: the key 'like' has no value
? write a value, or leave it out

# a reading that another is like
-    title: Strict
+    ▸title: [Strict]
! bad value: title of the reading 'strict': the value will not do
? it should be a text

# a level that grades are written with
-  A: {says: completely reliable, level: 5}
+  A: {says: completely reliable, level: ▸5+}
! bad value: level of a grade: '5+' will not do
? write a level from 1 to 5, or 'unjudged'

# a party without a value
-  Iran: {kind: state, aliases: [Tehran]}
+  ▸Iran:
! missing value: the key 'Iran' has no value
? write a value, or leave it out

# parties without a value
-parties:
-  Iran: {kind: state, aliases: [Tehran]}
-  al-Qaeda in Iraq: {kind: organization}
-  Ali: {kind: person}
+▸parties:
! missing value: the key 'parties' has no value
? write a value, or leave it out

# sources that are a list
-  report: {name: The Report, kind: official report}
-  cable: {name: A cable, reliability: B}
+  ▸- {name: The Report, kind: official report}
! shape: sources must be a mapping
? write 'key: value' lines

# a source without a value
-  cable: {name: A cable, reliability: B}
+  ▸cable:
! missing value: the key 'cable' has no value
? write a value, or leave it out

# a source with two mistakes in one key
-  cable: {name: A cable, reliability: B}
+  cable: {name: A cable, ▸reliabilty: B}
! unknown key: 'reliabilty' is no key of the source 'cable'
? did you mean 'reliability'?

# an expectation without a value
-  loose: not shown
+  ▸loose:
! missing value: the key 'loose' has no value
? write a value, or leave it out

# the positions of a reading without a value
-  strict: {local: admitted}
+  ▸strict:
! missing value: the key 'strict' has no value
? write a value, or leave it out

# noticed parties without a value
-  parties:
-    al-Qaeda: {kind: organization, aliases: [al Qaida]}
-    the Taliban: {kind: organization}
+  ▸parties:
! missing value: the key 'parties' has no value
? write a value, or leave it out

# a letter that many grades are written with
-  D: {says: not usually reliable, level: 2}
-  E: {says: unreliable, level: 1}
+  E: {says: unreliable, level: 1}
-  - {kind: another detainee, grade: D3}
+  - {kind: another detainee, grade: ▸D3}
! bad value: grade of 'another detainee': 'D3' is not in the table
? write a letter of the reliability

# a party of the case that its evidence names
-  al-Qaeda in Iraq: {kind: organization}
+  al-Qaeda in Iraq: ▸{aliases: [AQI]}
! missing key: the party 'al-Qaeda in Iraq' lacks the key 'kind'
? add 'kind: …'

# a source that items name
-  report: {name: The Report, kind: official report}
+  report: {▸name: [The Report], kind: official report}
! bad value: name of the source 'report': the value will not do
? it should be a text

# an item that others attack
-  - id: E2
-    source: cable
-    says: It did not.
+  - ▸id: E2
+    source: cable
! missing key: the item 'E2' lacks the key 'says'
? add 'says: …'

# a dispute of the case that its evidence and readings speak of
-    question: Is it admissible?
+    ▸question: [Is it admissible]
! bad value: question of a dispute: the value will not do
? it should be a text
"""


@pytest.mark.parametrize("mistake", mistakes(CASCADES))
def test_one_mistake_is_one_problem(mistake: Mistake, tmp_path: Path) -> None:
    """What points to an entry with a problem of its own is not reported too."""
    assert_gives_one_problem(mistake, tmp_path)


# ── Where the law lies ────────────────────────────────────────────────────────────────────────────────────────────────


def test_which_file_holds_what_and_in_what_order_makes_no_difference(tmp_path: Path) -> None:
    """One file or twenty, under whatever names, in whatever order: the same law, the same digest."""
    parted = authority.load_rules(write(tmp_path / "parted").rules)
    one = tmp_path / "one" / "small"
    one.mkdir(parents=True)
    (one / "law.yaml").write_text("".join(reversed(LAW.values())), encoding="utf-8")
    assert authority.load_rules(one).digest == parted.digest
    many = tmp_path / "many" / "small"
    many.mkdir(parents=True)
    for i, (name, text) in enumerate(LAW.items()):
        section, _, entries = text.partition("\n")
        items = entries.split("\n  - id: ")
        if len(items) == 1:
            (many / f"{9 - i}.yaml").write_text(text, encoding="utf-8")
            continue
        rest = [f"{section}\n  - id: {item}\n" for item in (items[0].removeprefix("  - id: "), *items[1:])]
        for j, part in enumerate(reversed(rest) if name != "small/readings.yaml" else rest):
            (many / f"{i}{j}.yaml").write_text(part, encoding="utf-8")
    assert authority.load_rules(many).digest == parted.digest


def test_a_file_named_for_its_section_may_hold_the_bare_list(tmp_path: Path) -> None:
    """rules.yaml, disputes.yaml, readings.yaml and authorities.yaml do without their first line."""
    parted = authority.load_rules(write(tmp_path).rules)
    for name in ("rules", "disputes", "readings", "authorities"):
        path = tmp_path / "small" / f"{name}.yaml"
        path.write_text(path.read_text("utf-8").partition("\n")[2], encoding="utf-8")
        assert authority.load_rules(tmp_path / "small").digest == parted.digest


def test_a_rule_set_is_named_by_its_folder_however_that_is_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path, a text or a dot: the same rule set, with the same name."""
    written = write(tmp_path)
    digest = authority.load_rules(written.rules).digest
    assert authority.load_rules(str(written.rules)).digest == digest
    monkeypatch.chdir(written.rules)
    assert authority.load_rules(".").digest == digest
    assert authority.load_rules(".").name == "small"


def test_a_rule_set_without_tables_beside_it_takes_those_of_the_library(tmp_path: Path) -> None:
    """Grades and standards are shared unless a folder 'shared' lies beside the rule set."""
    written = write(tmp_path, ("hedge_cap: 3", "hedge_cap: 2"))
    assert authority.load_rules(written.rules).tables.grading.hedge_cap == 2
    shutil.rmtree(tmp_path / "shared")
    assert authority.load_rules(written.rules).tables == authority.load_rules("aumf-2001").tables


def test_unknown_names_list_what_there_is() -> None:
    """A rule set or a case that is not there is no invalid input: the message says which there are."""
    with pytest.raises(
        UnknownName, match=r"there is no case 'iran-2020x': did you mean 'iran-2020'\? there are: .*iran-2020"
    ):
        authority.load_case("iran-2020x")
    with pytest.raises(
        UnknownName, match=r"there is no rule set 'aumf-2002': did you mean 'aumf-2001'\? there are: .*aumf"
    ):
        authority.load_rules("aumf-2002")
    for name in ("", "x" * 5000, "a\0b"):
        with pytest.raises(UnknownName):
            authority.load_case(name)
        with pytest.raises(UnknownName):
            authority.load_rules(name)


def test_the_rule_set_that_is_meant_where_none_is_named_is_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file beside the rule sets names it; one that names none is an error at its place."""
    assert authority.load_rules().name == loading.default_rules() == "aumf-2001"
    assert loading.cases_of(None) == authority.cases("aumf-2001")
    (tmp_path / "rules" / "act").mkdir(parents=True)
    monkeypatch.setattr(loading, "rules_folder", lambda: tmp_path / "rules")
    for text, where in (("default: act", ""), ("default:  acts", "1:11"), ("defaults: act", "1:1"), ("- act", "1:1")):
        (tmp_path / "rules" / "default.yaml").write_text(text, encoding="utf-8")
        if not where:
            assert loading.default_rules() == "act"
            continue
        with pytest.raises(InvalidInput, match="names no rule set") as error:
            loading.default_rules()
        (problem,) = error.value.problems
        assert str(problem.where) == f"rules/default.yaml:{where}" and problem.fix.endswith("one of: act")
    (tmp_path / "rules" / "default.yaml").unlink()
    with pytest.raises(InvalidInput, match="the file cannot be read"):
        loading.default_rules()


def test_what_comes_with_the_library_is_listed() -> None:
    """Rule sets and cases by name, and each of them loads."""
    assert "aumf-2001" in authority.rule_sets() and "shared" not in authority.rule_sets()
    assert "iran-2020" in authority.cases("aumf-2001")
    assert sorted(c for name in authority.rule_sets() for c in authority.cases(name)) == list(authority.cases())
    assert len(set(authority.cases())) == len(authority.cases()), "a case is named once over all rule sets"
    assert all(authority.load_rules(name).name == name for name in authority.rule_sets())


def test_a_case_says_which_rule_set_it_is_read_against(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the folder it lies in, by name or by path; a rule set that is given goes before all."""
    written = write(tmp_path)
    assert authority.load_case(written.case).rules.name == "small"
    monkeypatch.chdir(written.case.parent)
    assert authority.load_case("case.yaml").rules.name == "small"
    elsewhere = tmp_path / "elsewhere.yaml"
    elsewhere.write_text("rules: small\n" + CASE, encoding="utf-8")
    assert (
        authority.load_case(elsewhere).digest
        == authority.load_case(elsewhere, authority.load_rules(written.rules)).digest
    )
    bundled = tmp_path / "bundled.yaml"
    bundled.write_text("rules: aumf-2001\ntitle: x\nasks: force against the Taliban is authorized\nas_of: 2020\n")
    assert authority.load_case(bundled).rules.name == "aumf-2001"
    assert authority.load_case(bundled).known_by == "2020"


@pytest.mark.parametrize(
    ("head", "where", "what", "way_out"),
    [
        ("", "1:1", "the case does not say which rule set it is read against", "add 'rules: …' to the case"),
        ("rules: nowhere\n", "1:8", "there is no rule set 'nowhere'", "or give the path of a folder"),
        ("rules: ''\n", "1:8", "there is no rule set ''", "there are: "),
        (f"rules: {'x' * 500}\n", "1:8", f"there is no rule set {'x' * 500!r}", "there are: "),
        (
            "rules: [small]\n",
            "1:8",
            "rules must be the name of a rule set, or the path of a folder",
            "there are: ",
        ),
        ("rules:\n", "1:1", "the key 'rules' has no value", "write a value"),
    ],
)
def test_a_case_that_names_no_rule_set_there_is(head: str, where: str, what: str, way_out: str, tmp_path: Path) -> None:
    """Is told so where it should have named one."""
    path = tmp_path / "case.yaml"
    path.write_text(head + CASE, encoding="utf-8")
    with pytest.raises(InvalidInput) as error:
        authority.load_case(path)
    (problem,) = error.value.problems
    assert (str(problem.where), problem.what) == (f"{path}:{where}", what)
    assert way_out in problem.fix


def test_a_file_that_is_no_case_is_not_asked_for_its_rule_set(tmp_path: Path) -> None:
    """Outside a cases folder too, a list or an empty file is told what is wrong with it, and only that."""
    for source, what in (("- x\n", "a case must be a mapping"), ("", "the file is empty")):
        path = tmp_path / "odd.yaml"
        path.write_text(source)
        with pytest.raises(InvalidInput) as error:
            authority.load_case(path)
        assert [p.what for p in error.value.problems] == [what]


# ── The examples of the design ────────────────────────────────────────────────────────────────────────────────────────

DESIGN = {
    "vocabulary": """\
sentences:
  - says: <target> harbored <group>
    denied: <target> did not harbor <group>
    where: {target: [state, organization, person], group: [organization, person]}
    means: Gave shelter to, knowing who they were; mere presence is not harboring.
""",
    "rules": """\
- id: harborers
  then: <target> is within the class
  if:
    - <target> harbored <group>
    - <group> is responsible for the September 11 attacks
  quote: or harbored such organizations or persons
  cite: aumf § 2(a)
- id: harborers-since
  then: <target> is within the class
  if:
    - <target> has sheltered <group> since the September 11 attacks
    - <group> is responsible for the September 11 attacks
  under: harboring-after-2001 = counts
  quote: or harbored such organizations or persons
  cite: aumf § 2(a)
- id: associated-force
  then: <group> is an associated force of al-Qaeda
  if:
    - <group> is an organized armed group
    - <group> entered the fight alongside al-Qaeda
    - <group> is a co-belligerent in hostilities against the United States or its coalition partners
  unless:
    - <group> has left the fight
  under: associated-forces = included
  cite: johnson-2012
- id: functional-membership
  then: <person> was part of <group>
  at_least:
    count: 3
    of:
      - <person> stayed in a guesthouse of <group>
      - <person> trained at a camp of <group>
      - <person> took orders from <group>
      - <person> bore arms with <group>
  under: whole-record = together
  cite: al-adahi-2010
""",
    "disputes": """\
- id: harboring-after-2001
  question: Does "harbored" reach those who sheltered al-Qaeda only after September 11, 2001?
  positions:
    - {id: counts, says: "Yes: the purpose clause looks forward and no date limits the verb.", cite: [pompeo-2021]}
    - {id: excluded, says: "No: the verb is in the past tense and tied to the attacks.", cite: [aumf § 2(a)]}
""",
    "readings": """\
- id: statutory-text
  title: The statute as written
  positions: {harboring-after-2001: excluded, associated-forces: excluded, cooperation: does-not-suffice}
  standard: preponderance
""",
    "case": """\
title: Iran and al-Qaeda, 2019–2020
asks: force against Iran is authorized
as_of: 2020-09-01
known_by: 2021-02-01
parties:
  Iran: {kind: state, aliases: [Tehran, Islamic Republic of Iran]}
sources:
  911-commission: {name: 9/11 Commission Report, kind: official inquiry, reliability: A}
evidence:
  - id: E7
    source: 911-commission
    says: Strong evidence that Iran facilitated the transit of al-Qaeda members before the attacks.
    supports: [Iran facilitated the transit of al-Qaeda]
    credibility: 2
    date: 2001-02-28            # of the event
    published: 2004-07-22
    cite: at 241
  - id: E8
    source: 911-commission
    says: No evidence that Iran was aware of the planning of the attack.
    found_none: [Iran knew of the plan for the September 11 attacks]
    credibility: 2
    published: 2004-07-22
    cite: at 241
expect: {statutory-text: not shown}
""",
}
# What the examples leave out: a reading's position on a dispute that a rule stands under.
ADAPTED = [("cooperation: does-not-suffice}", "cooperation: does-not-suffice, whole-record: together}")]


def around_the_examples(folder: Path) -> None:
    """The rest of a rule set: the sentences, authorities and disputes that the examples take as given."""
    says = [
        "force against <target> is authorized",
        "<target> is within the class",
        "<group> is responsible for the September 11 attacks",
        "<target> has sheltered <group> since the September 11 attacks",
        "<group> is an associated force of <principal>",
        "<group> is an organized armed group",
        "<group> entered the fight alongside <principal>",
        "<group> is a co-belligerent in hostilities against the United States or its coalition partners",
        "<group> has left the fight",
        "<person> was part of <group>",
        "<person> stayed in a guesthouse of <group>",
        "<person> trained at a camp of <group>",
        "<person> took orders from <group>",
        "<person> bore arms with <group>",
        "<target> facilitated the transit of <group>",
        "<target> knew of the plan for the September 11 attacks",
    ]
    rest: dict[str, Any] = {
        "sentences": [{"says": s, "denied": f"it is not so that {s}", "question": str(s == says[0])} for s in says],
        "notice": {"parties": {"al-Qaeda": {"kind": "organization"}}},
        "authorities": [
            {
                "id": i,
                "citation": {"text": i},
                "short": i,
                "kind": "speech",
                "status": "no law",
                "verified": "memory",
            }
            for i in ("johnson-2012", "al-adahi-2010", "pompeo-2021")
        ],
        "disputes": [
            {"id": name, "question": "?", "positions": [{"id": one, "says": "Yes."}, {"id": other, "says": "No."}]}
            for name, one, other in (
                ("associated-forces", "included", "excluded"),
                ("cooperation", "suffices", "does-not-suffice"),
                ("whole-record", "together", "apart"),
            )
        ],
    }
    rest["rules"] = [
        {"id": "force", "then": says[0], "if": [says[1]], "quote": "authorized to use", "cite": "aumf § 2(a)"}
    ]
    (folder / "rest.yaml").write_text(yaml.safe_dump(rest, allow_unicode=True), encoding="utf-8")
    shutil.copy(rules_folder() / "aumf-2001" / "instrument.yaml", folder)


def test_the_examples_of_the_design_load(tmp_path: Path) -> None:
    """What the design prints is a rule set and a case, but for what it leaves out for brevity."""
    folder = tmp_path / "design"
    (folder / "cases").mkdir(parents=True)
    around_the_examples(folder)
    for name, text in DESIGN.items():
        for old, new in ADAPTED:
            text = text.replace(old, new)
        (folder / ("cases/iran.yaml" if name == "case" else f"{name}.yaml")).write_text(text, encoding="utf-8")
    case = authority.load_case(folder / "cases/iran.yaml")
    assert [r.id for r in case.rules.rules if r.id != "force"] == [
        "harborers",
        "harborers-since",
        "associated-force",
        "functional-membership",
    ]
    assert case.rules.rule("functional-membership").count == 3
    assert case.rules.rule("functional-membership").quote == case.rules.rule("associated-force").quote == ""
    items = authority.decide(case).findings.items
    assert [(item.id, item.grade, item.level) for item in items] == [("E7", "A2", 4), ("E8", "A2", 4)]
    assert str(authority.decide(case).verdict) == "undetermined"


# ── The case ──────────────────────────────────────────────────────────────────────────────────────────────────────────

CASES = """
# a misspelt fact
-    supports: [Iran harbored al-Qaeda]
+    supports: [▸Iran harboured al-Qaeda]
! unknown sentence: 'Iran harboured al-Qaeda' is no sentence of the vocabulary
? nearest: '<target> harbored <group>'

# a party that nobody declared
-    supports: [Iran harbored al-Qaeda]
+    supports: [▸Irak harbored al-Qaeda]
! unknown party: 'Irak' is no party here
? did you mean 'Iran'?

# a party like none
-    supports: [Iran harbored al-Qaeda]
+    supports: [▸the Moon harbored al-Qaeda]
! unknown party: 'the Moon' is no party here
? declare it under 'parties:' with its kind

# a party of another kind
-    supports: [Iran harbored al-Qaeda]
+    supports: [▸Ali harbored al-Qaeda]
! kind: 'Ali harbored al-Qaeda': Ali is entered as person, and <target> takes state
? name a party of that kind

# a sentence cut by its comma
-    supports: [Iran harbored al-Qaeda]
+    supports: [Iran harbored al-Qaeda, ▸al-Qaeda committed the attacks of September 11, 2001]
! cut sentence: a comma cut the sentence 'al-Qaeda committed the attacks of September 11, 2001' apart
? put it in quotes, or on a line of its own: - al-Qaeda committed

# a comment behind a fact
-      - Iran harbored al-Qaeda
+      - ▸Iran harbored al-Qaeda #2
! cut sentence: a ' #' stands behind a sentence
? put the whole sentence in quotes

# evidence about an unnamed party
-      - Iran harbored al-Qaeda
+      - ▸<target> harbored al-Qaeda
! blank: evidence must name its parties, and '<target> harbored al-Qaeda' leaves <target> open
? put a party in each blank

# evidence on a conclusion
-      - Iran harbored al-Qaeda
+      - ▸Iran is within the class
! conclusion: 'Iran is within the class' is a conclusion
? enter it on a fact beneath: <group> committed the attacks of September 11, 2001; <group> has left the fight;
? <target> had contacts with <group>; <target> harbored <group>

# denied evidence on a conclusion
-      - Iran harbored al-Qaeda
+      - ▸Ali was not part of al-Qaeda
! conclusion: 'Ali was not part of al-Qaeda' is a conclusion
? enter it on a fact beneath: <person> took orders from <group>; <person> trained with <group>

# a denied form in found_none
-    found_none: [Iran had contacts with al-Qaeda in Iraq]
+    found_none: [▸Iran had no contacts with al-Qaeda in Iraq]
! denied form: 'Iran had no contacts with al-Qaeda in Iraq' is a denied form in found_none
? write: Iran had contacts with al-Qaeda in Iraq

# a denied question
-asks: force against Iran is authorized
+asks: ▸force against Iran is not authorized
! denied form: 'force against Iran is not authorized' is a denied form in a question
? write: force against Iran is authorized

# a question that is none
-asks: force against Iran is authorized
+asks: ▸Iran is within the class
! question: 'Iran is within the class' is not a question here
? one may ask: force against <target> is authorized

# a question about nobody
-asks: force against Iran is authorized
+asks: ▸force against <target> is authorized
! question: a question must name its parties
? put a party in each blank

# a question that is a list
-asks: force against Iran is authorized
+asks: ▸[force against Iran is authorized]
! sentence: a sentence must be a text
? put the whole text in quotes

# no question
-title: Iran
-asks: force against Iran is authorized
+▸title: Iran
! missing key: the case lacks the key 'asks'
? add 'asks: …'

# no title
-title: Iran
-asks: force against Iran is authorized
+▸asks: force against Iran is authorized
! missing key: the case lacks the key 'title'
? add 'title: …'

# a day of the law that is none, and no day of knowledge
-as_of: 2020-09-01
-known_by: 2021
+as_of: ▸2019-02-30
! bad value: as_of of the case: '2019-02-30' will not do
? day is out of range for month

# no days at all
-title: Iran
+▸title: Iran
-as_of: 2020-09-01
-known_by: 2021
! missing key: the case lacks the key 'as_of'
? add 'as_of: …'

# a misspelt key of the case
-known_by: 2021
+▸knwon_by: 2021
! unknown key: 'knwon_by' is no key of a case
? did you mean 'known_by'?

# a key of the case like none
-known_by: 2021
+known_by: 2021
+▸judge: me
! unknown key: 'judge' is no key of a case
? the keys here are: about, as_of, asks

# a party of no kind that there is
-  Iran: {kind: state, aliases: [Tehran]}
+  Iran: {kind: ▸country, aliases: [Tehran]}
! bad value: kind of the party 'Iran': 'country' will not do
? it should be 'state', 'organization', 'coalition', 'person', 'operation' or 'day'

# a party that is only a kind
-  Iran: {kind: state, aliases: [Tehran]}
+  Iran: ▸state
! shape: the party 'Iran' must be a mapping
? write 'key: value' lines

# one alias that is no list
-  Iran: {kind: state, aliases: [Tehran]}
+  Iran: {kind: state, aliases: ▸Tehran}
! bad value: aliases of the party 'Iran': 'Tehran' will not do
? it should be a list

# an alias that two parties share
-  Ali: {kind: person}
+  ▸Ali: {kind: person, aliases: [TEHRAN]}
! ambiguous name: 'TEHRAN' could be 'Iran' or 'Ali'
? a name must mean one party

# a party with the name of another but for its letters
-  Ali: {kind: person}
+  Ali: {kind: person}
+  ▸ali: {kind: person}
! ambiguous name: 'ali' could be 'Ali' or 'ali'
? choose a longer name

# a party that the rule set notices
-  Ali: {kind: person}
+  Ali: {kind: person}
+  ▸al-Qaeda: {kind: organization}
! ambiguous name: 'al-Qaeda' is a noticed party of the rule set already
? leave it out

# an empty name
-  Ali: {kind: person}
+  ▸Ali: {kind: person, aliases: ['']}
! name: '' can be no name
? a name has letters

# a source that is not there
-    source: cable
+    source: ▸cabel
! unknown source: 'cabel' is no source of this case
? did you mean 'cable'?

# a source like none
-    source: cable
+    source: ▸xyzzy
! unknown source: 'xyzzy' is no source of this case
? declare it under 'sources:'

# a source of no kind that there is
-  report: {name: The Report, kind: official report}
+  report: {name: The Report, kind: ▸oficial report}
! bad value: kind of the source 'report': 'oficial report' is not in the table
? did you mean 'official report'?

# a source of no kind that there is, whose items give a digit only
-  report: {name: The Report, kind: official report}
+  report: {name: The Report, kind: official report}
+  wire: {name: A wire, kind: ▸oficial report}
-    source: cable
+    source: wire
! bad value: kind of the source 'wire': 'oficial report' is not in the table
? the item 'E2' is graded by it

# a source of no kind that there is, with a letter, and an item without a digit
-  cable: {name: A cable, reliability: B}
+  cable: {name: A cable, reliability: B, kind: ▸oficial report}
-    credibility: 2
! bad value: kind of the source 'cable': 'oficial report' is not in the table
? did you mean 'official report'?

# a kind of an item's own that is none, for which its source's letter does not stand
-    credibility: 2
+    credibility: 2
+    kind: ▸expret
! bad value: kind of the item 'E2': 'expret' is not in the table
? did you mean 'expert'?

# an empty kind
-  report: {name: The Report, kind: official report}
+  report: {name: The Report, kind: ▸''}
! bad value: kind of the source 'report': '' is not in the table
? there are: undisputed or conceded

# a letter that is no grade
-  cable: {name: A cable, reliability: B}
+  cable: {name: A cable, reliability: ▸G}
! bad value: reliability of the source 'cable': 'G' is not in the table
? there are: A, B, C, D, E, F

# a digit that is no grade
-    credibility: 2
+    credibility: ▸7
! bad value: credibility of the item 'E2': '7' is not in the table
? there are: 1, 2, 3, 4, 5, 6

# an item of no kind that there is
-    says: It sheltered them.
+    says: It sheltered them.
+    kind: ▸rumour
! bad value: kind of the item 'E1': 'rumour' is not in the table
? there are: undisputed or conceded

# an item without a grade
-  - id: E2
+  - ▸id: E2
-    credibility: 2
! grade: the item 'E2' has no grade
? an item is graded by the type of its source, or by both letters

# a source without a name
-  cable: {name: A cable, reliability: B}
+  cable: ▸{reliability: B}
! missing key: the source 'cable' lacks the key 'name'
? add 'name: …'

# an item that stands twice
-  - id: E5
+  - ▸id: E1
! duplicate id: there are two items 'E1'
? the first stands at

# an item that is a text
-    position: reach = wide
+    position: reach = wide
+  - ▸It rained.
! shape: an item of evidence must be a mapping
? write 'key: value' lines

# a misspelt key of an item
-    supports: [Iran harbored al-Qaeda]
+    ▸suports: [Iran harbored al-Qaeda]
! unknown key: 'suports' is no key of the item 'E1'
? did you mean 'supports'?

# a date that is not in the calendar
-    date: 2004-07
+    date: ▸2004-02-30
! bad value: date of the item 'E1': '2004-02-30' will not do
? day is out of range for month

# an item on both sides
-  - id: E2
+  - ▸id: E2
-      - Iran harbored al-Qaeda
+      - Iran harbored al-Qaeda
+      - Iran did not harbor al-Qaeda
! evidence: the item 'E2' stands on two sides of 'Iran harbored al-Qaeda'
? split it in two items

# an item that found nothing and denies
-  - id: E3
+  - ▸id: E3
-    found_none: [Iran had contacts with al-Qaeda in Iraq]
+    found_none: [Iran had contacts with al-Qaeda in Iraq]
+    contradicts: [Iran had contacts with al-Qaeda in Iraq]
! evidence: the item 'E3' stands on two sides of 'Iran had contacts with al-Qaeda in Iraq'
? split it in two items

# an item that bears on nothing
-  - id: E5
+  - ▸id: E5
-    bears_on_nothing: It is about the weather.
! evidence: the item 'E5' does not say what it bears on
? or bears_on_nothing, and why

# an item that supports an empty list
-  - id: E1
+  - ▸id: E1
-    supports: [Iran harbored al-Qaeda]
+    supports: []
! evidence: the item 'E1' does not say what it bears on
? say what it supports, contradicts

# an attack on an item that is not there
-    undercuts: [E2]
+    undercuts: [E2, ▸E22]
! unknown item: E4 undercuts 'E22', which is not there
? did you mean 'E2'?

# an attack on an item like none
-    doubts: [E1]
+    doubts: [▸xyzzy]
! unknown item: E3 doubts 'xyzzy', which is not there
? an item is named by its id

# an attack that is no list
-    doubts: [E1]
+    doubts: ▸E1
! bad value: doubts of the item 'E3': 'E1' will not do
? it should be a list

# an attack on itself
-  - id: E4
+  - ▸id: E4
-    undercuts: [E2]
+    undercuts: [E4]
! cycle: items attack each other in a circle: E4 → E4
? take one attack out

# attacks in a circle of three
-  - id: E1
+  - ▸id: E1
-    date: 2004-07
+    date: 2004-07
+    doubts: [E4]
-    undercuts: [E2]
+    undercuts: [E3]
! cycle: items attack each other in a circle: E1 → E4 → E3 → E1
? take one attack out

# a statement of law on no dispute
-    position: reach = wide
+    position: ▸rich = wide
! unknown dispute: 'rich' is no dispute
? did you mean 'reach'?

# an item admitted on no position
-    under: local = admitted
+    under: ▸local = admited
! unknown position: 'admited' is no position on 'local'
? did you mean 'admitted'?

# an item admitted on half a position
-    under: local = admitted
+    under: ▸admitted
! dispute: a position is written 'dispute = position'
? write it so

# an assumption both true and false
-  - Ali trained with al-Qaeda
+  - Ali trained with al-Qaeda
+  - ▸Ali did not train with al-Qaeda
! assumption: 'Ali trained with al-Qaeda' is assumed both true and false
? take one of the two out

# an assumption about nobody
-  - Ali trained with al-Qaeda
+  - ▸<person> trained with al-Qaeda
! blank: an assumption must name its parties, and '<person> trained with al-Qaeda' leaves <person> open
? put a party in each blank

# a dispute that the law has
-    question: Is it admissible?
+    question: Is it admissible?
+    positions: [{id: admitted, says: Yes.}, {id: shut out, says: No.}]
+  - ▸id: reach
+    question: Is it admissible?
! duplicate id: the rule set has a dispute 'reach' already
? give it another id

# a dispute that the case has
-    question: Is it admissible?
+    question: Is it admissible?
+    positions: [{id: admitted, says: Yes.}, {id: shut out, says: No.}]
+  - ▸id: local
+    question: Is it admissible?
! duplicate id: the case has a dispute 'local' already
? give it another id

# a dispute of the case with one position
-      - {id: admitted, says: Yes., cite: [bill]}
-      - {id: shut out, says: No.}
+      ▸- {id: admitted, says: Yes., cite: [bill]}
! dispute: a dispute has two positions or more, each with an id of its own
? here there are: admitted

# a dispute of the case on no authority
-      - {id: admitted, says: Yes., cite: [bill]}
+      - {id: admitted, says: Yes., cite: [▸bil]}
! unknown authority: 'bil' is no authority here
? did you mean 'bill'?

# a position for a reading that is not there
-  loose: {local: shut out, reach: narrow}
+  ▸losse: {local: shut out, reach: narrow}
! unknown reading: 'losse' is no reading of small
? did you mean 'loose'?

# a position on a dispute that is not there
-  loose: {local: shut out, reach: narrow}
+  loose: {local: shut out, ▸raech: narrow}
! unknown dispute: 'raech' is no dispute
? did you mean 'reach'?

# a position that is not there
-  loose: {local: shut out, reach: narrow}
+  loose: {local: ▸shut, reach: narrow}
! unknown position: 'shut' is no position on 'local'
? did you mean 'shut out'?

# a reading that takes no position on a dispute of the case
-  - id: local
+  - ▸id: local
-  loose: {local: shut out, reach: narrow}
+  loose: {reach: narrow}
! dispute: the reading 'loose' takes no position on 'local'
? add under 'positions:' loose: {local: …} (… is admitted or shut out)

# a case with a dispute and no positions
-  - id: local
+  - ▸id: local
-positions:
-  strict: {local: admitted}
-  loose: {local: shut out, reach: narrow}
! dispute: the readings 'strict', 'loose' take no position on 'local'
? strict: {local: …}; loose: {local: …}

# a position without a value, which is no position left out
-  loose: {local: shut out, reach: narrow}
+  loose: {▸local: , reach: narrow}
! missing value: the key 'local' has no value
? write a value, or leave it out

# positions without a value
-positions:
-  strict: {local: admitted}
-  loose: {local: shut out, reach: narrow}
+▸positions:
! missing value: the key 'positions' has no value
? write a value, or leave it out

# a reading's positions without a value
-  loose: {local: shut out, reach: narrow}
+  ▸loose:
! missing value: the key 'loose' has no value
? write a value, or leave it out

# positions that are a text
-  loose: {local: shut out, reach: narrow}
+  loose: ▸narrow
! shape: positions must be a mapping
? write 'key: value' lines

# an expectation that is no outcome
-  loose: not shown
+  loose: ▸not met
! bad value: expect: 'not met' will not do
? write 'shown' or 'not shown'

# an expectation for a reading that is not there
-  loose: not shown
+  ▸xyzzy: not shown
! unknown reading: 'xyzzy' is no reading of small
? the readings are: strict, loose
"""


@pytest.mark.parametrize("mistake", mistakes(CASES))
def test_a_mistake_in_a_case_is_one_problem_with_a_way_out(mistake: Mistake, tmp_path: Path) -> None:
    """Every complaint that a case can give, each about one thing."""
    assert_gives_one_problem(mistake, tmp_path)


def test_a_denied_form_in_evidence_swaps_the_sides(tmp_path: Path) -> None:
    """To support that Iran did not harbor is to contradict that it did, and the other way round."""
    case = load(
        tmp_path,
        ("    supports: [Iran harbored al-Qaeda]", "    supports: [Iran did not harbor al-Qaeda]"),
        (
            "    contradicts:\n      - Iran harbored al-Qaeda\n",
            "    contradicts:\n      - Iran did not harbor al-Qaeda\n",
        ),
    )
    first, second = case.item["E1"], case.item["E2"]
    assert (first.supports, [str(p) for p in first.contradicts]) == ((), ["Iran harbored al-Qaeda"])
    assert ([str(p) for p in second.supports], second.contradicts) == (["Iran harbored al-Qaeda"], ())


def test_an_assumption_may_be_denied(tmp_path: Path) -> None:
    """A denied assumption holds the affirmed proposition false; a conclusion may be assumed too."""
    case = load(
        tmp_path,
        ("  - Ali trained with al-Qaeda\n", "  - Ali did not train with al-Qaeda\n  - Iran is within the class\n"),
    )
    assert [(str(a.proposition), a.holds) for a in case.assume] == [
        ("Ali trained with al-Qaeda", False),
        ("Iran is within the class", True),
    ]


@pytest.mark.parametrize(
    "spelling",
    [
        "Iran harbored al-Qaeda in Iraq",
        "Tehran harbored al-Qaeda in Iraq",
        "IRAN  HARBORED AL-QAEDA IN IRAQ",
        "the Iran harbored the al-Qaeda in Iraq",
        "Iran harbored al‑Qaeda in Iraq",
        "Iran harbored al–Qaeda in Iraq",
        "Ｉｒａｎ harbored al-Qaeda in Iraq",
    ],
)
def test_names_are_read_without_regard_to_how_they_are_typed(spelling: str, tmp_path: Path) -> None:
    """Case, white space, hyphens, compatibility forms and a leading *the* make no difference, and the longest name is
    the one that is meant: al-Qaeda in Iraq is not al-Qaeda."""
    case = load(tmp_path, ("    supports: [Iran harbored al-Qaeda]", f"    supports: [{spelling}]"))
    assert case.item["E1"].supports[0].parties == ("Iran", "al-Qaeda in Iraq")


def test_an_apostrophe_is_an_apostrophe(tmp_path: Path) -> None:
    """Typed or typographic, it is the same name; and ``the`` may be left out unless it is part of the name."""
    party = ("  Ali: {kind: person}\n", "  Ali: {kind: person}\n  Jama'at: {kind: organization}\n")
    case = load(
        tmp_path,
        party,
        ("  - Ali trained with al-Qaeda\n", "  - Ali trained with Jama’at\n  - Ali trained with the Taliban\n"),
    )
    assert [a.proposition.parties[1] for a in case.assume] == ["Jama'at", "the Taliban"]
    (problem,) = problems(tmp_path, ("  - Ali trained with al-Qaeda\n", "  - Ali trained with Taliban\n"))
    assert (problem.kind, problem.what) == ("unknown party", "'Taliban' is no party here")
    assert problem.fix.startswith("did you mean 'the Taliban'?")


def test_names_that_could_both_match_are_shown(tmp_path: Path) -> None:
    """Where the text leaves open who is meant, all its readings are shown and none is chosen."""
    written = write(
        tmp_path,
        ("  Ali: {kind: person}\n", "  Ali: {kind: person}\n  Taliban: {kind: organization}\n"),
        ("    supports: [Iran harbored al-Qaeda]", "    supports: [▸Iran harbored the Taliban]"),
    )
    (problem,) = problems_of(written)
    assert ((place(problem, written),), problem.kind) == (written.marks, "ambiguous sentence")
    assert problem.what == (
        "'Iran harbored the Taliban' can be read in 2 ways: 'Iran harbored the Taliban' (<target> harbored <group>); "
        "'Iran harbored Taliban' (<target> harbored <group>)"
    )
    assert problem.why and problem.fix


def test_the_kinds_of_the_parties_may_settle_who_is_meant(tmp_path: Path) -> None:
    """Of two readings the one whose parties are of the right kinds is taken."""
    case = load(
        tmp_path,
        ("  Ali: {kind: person}\n", "  Ali: {kind: person}\n  Taliban: {kind: person}\n"),
        ("    supports: [Iran harbored al-Qaeda]", "    supports: [Iran harbored the Taliban]"),
    )
    assert case.item["E1"].supports[0].parties == ("Iran", "the Taliban")


def test_one_party_twice_in_a_sentence(tmp_path: Path) -> None:
    """Under two of its names it is still one party, and different blanks name different parties."""
    written = write(
        tmp_path,
        (
            "    where: {target: [state], group: [organization]}\n    short_of",
            "    where: {group: [organization]}\n    short_of",
        ),
        ("    supports: [Iran harbored al-Qaeda]", "    supports: [▸al-Qaeda had contacts with al Qaida]"),
    )
    (problem,) = problems_of(written)
    assert (place(problem, written),) == written.marks
    assert problem.what == "'al-Qaeda had contacts with al Qaida' names one party twice"
    assert problem.why == "different blanks name different parties"


def test_parties_evidence_and_sources_of_another_shape(tmp_path: Path) -> None:
    """A list where a mapping is wanted, and the reverse, are said to be so; what names them is only then unknown."""
    for source, what in (
        (
            "title: x\nasks: force against al-Qaeda is authorized\nas_of: 2020\nparties: [Iran]\n",
            "parties must be a mapping",
        ),
        (
            "title: x\nasks: force against al-Qaeda is authorized\nas_of: 2020\nsources: [x]\n",
            "sources must be a mapping",
        ),
        (
            "title: x\nasks: force against al-Qaeda is authorized\nas_of: 2020\nevidence: {E1: x}\n",
            "evidence must be a list",
        ),
        (
            "title: x\nasks: force against al-Qaeda is authorized\nas_of: 2020\nexpect: [shown]\n",
            "expect must be a mapping",
        ),
        (
            "title: x\nasks: force against al-Qaeda is authorized\nas_of: 2020\nassume: al-Qaeda\n",
            "what holds sentences must be a list",
        ),
        (
            "title: x\nasks: force against al-Qaeda is authorized\nas_of: 2020\ndisputes: {local: x}\n",
            "disputes must be a list",
        ),
    ):
        where, problem = whole(tmp_path, source.encode())
        assert (where.split(":")[1], problem.kind, problem.what) == ("4", "shape", what)
        assert problem.fix


def test_two_attacks_in_circles_are_both_reported(tmp_path: Path) -> None:
    """Each circle is a problem of its own, at its first item."""
    written = write(
        tmp_path,
        ("    date: 2004-07\n", "    date: 2004-07\n    doubts: [E3]\n"),
        ("  - id: E1\n", "  - ▸id: E1\n"),
        ("    credibility: 2\n", "    credibility: 2\n    doubts: [E4]\n"),
        ("  - id: E2\n", "  - ▸id: E2\n"),
    )
    assert [place(p, written) for p in problems_of(written)] == list(written.marks)


def test_a_chain_of_two_thousand_doubts_is_no_circle(tmp_path: Path) -> None:
    """It is followed to its end, and refused for its length alone."""
    chain = "".join(
        f"  - {{id: D{i}, source: report, says: I doubt it., doubts: [{f'D{i + 1}' if i < 1999 else 'E1'}]}}\n"
        for i in range(2000)
    )
    (problem,) = problems(tmp_path, ("assume:\n", f"{chain}assume:\n"))
    assert (problem.kind, problem.what) == ("evidence", "more than 50 items attack one another in a row")


def test_an_item_takes_its_grade_from_either_side(tmp_path: Path) -> None:
    """The type of the source, or both letters of the code; and the item's own type before the source's."""
    case = load(
        tmp_path, ("    says: It sheltered them.\n", "    says: It sheltered them.\n    kind: bare allegation\n")
    )
    assert case.item["E1"].kind == "bare allegation"
    assert (case.source_of["cable"].reliability, case.item["E2"].credibility) == ("B", "2")


def test_a_case_may_settle_disputes_of_the_law_and_of_its_own(tmp_path: Path) -> None:
    """Local disputes, with what the rule set's authorities say of them, and each reading's position."""
    case = load(tmp_path)
    assert [str(c) for c in case.disputes[0].position("admitted").cite] == ["bill"]
    assert case.positions == {"strict": {"local": "admitted"}, "loose": {"local": "shut out", "reach": "narrow"}}
    assert str(case.item["E5"].under[0]) == "local = admitted"


def test_two_open_disputes_of_a_case_are_two_problems_whatever_else_is_wrong(tmp_path: Path) -> None:
    """One problem for each dispute, and none for a reading whose positions have a problem of their own."""
    other = "  - {id: other, question: Whose?, positions: [{id: ours, says: Ours.}, {id: theirs, says: Theirs.}]}\n"
    found = problems(
        tmp_path,
        ("positions:\n  strict: {local: admitted}\n", f"{other}positions:\n  strict: {{other: oars}}\n"),
        ("  loose: {local: shut out, reach: narrow}\n", "  loose: {reach: narrow}\n"),
    )
    assert [p.what for p in found] == [
        "the reading 'loose' takes no position on 'local'",
        "the reading 'loose' takes no position on 'other'",
        "'oars' is no position on 'other'",
    ]


REPORT = "  report: {name: The Report, kind: official report}\n"


def test_a_kind_that_the_table_lacks_is_a_word_of_ones_own_where_no_grade_comes_from_it(tmp_path: Path) -> None:
    """A source's letter and an item's digit, or both the item's own; what kind the source is of is then left open."""
    case = load(
        tmp_path,
        ("  cable: {name: A cable, reliability: B}\n", "  cable: {name: A cable, reliability: B, kind: intercept}\n"),
        (REPORT, f"{REPORT}  unread: {{name: Unread, kind: palimpsest}}\n  wire: {{name: A wire, kind: leak}}\n"),
        (
            "  - id: E3\n    source: report\n",
            "  - id: E3\n    source: wire\n    reliability: D\n    credibility: 3\n",
        ),
        (
            "    says: It sheltered them.\n",
            "    says: It sheltered them.\n    kind: hearsay\n    reliability: C\n    credibility: 3\n",
        ),
    )
    graded = {item.id: item.grade for item in authority.decide(case).findings.items}
    assert (graded["E1"], graded["E2"], graded["E3"]) == ("C3", "B2", "D3")


def test_an_unknown_kind_is_said_beside_what_else_is_wrong_with_the_item_that_needs_it(tmp_path: Path) -> None:
    """Both are mended in one go."""
    found = problems(
        tmp_path,
        ("  cable: {name: A cable, reliability: B}\n", "  cable: {name: A cable, kind: oficial report}\n"),
        ("    credibility: 2\n", "    credibility: 2\n    date: 2004-02-30\n"),
    )
    assert [p.what for p in found] == [
        "kind of the source 'cable': 'oficial report' is not in the table",
        "date of the item 'E2': '2004-02-30' will not do",
    ]


def test_a_rule_may_leave_out_its_quote_unless_it_cites_the_instrument(tmp_path: Path) -> None:
    """The holding of a judgment may lie in no one phrase; left out or empty, there is no quote."""
    for instead in ("", "    quote: ''\n", "    quote: ' '\n"):
        case = load(tmp_path, ("    quote: as a member\n", instead))
        assert case.rules.rule("member").quote == ""


def test_a_month_is_one_of_twelve(tmp_path: Path) -> None:
    """2004-13 and 2004-00 are no months."""
    for month in ("2004-13", "2004-00"):
        assert [p.kind for p in problems(tmp_path, ("    date: 2004-07\n", f"    date: {month}\n"))] == ["bad value"]


# ── Whatever is in the file ───────────────────────────────────────────────────────────────────────────────────────────

AUMF = rules_folder() / "aumf-2001"


def assert_sound(found: tuple[Problem, ...]) -> None:
    """Every problem has a place in a file and says what it is."""
    assert found
    assert all(p.where.file and p.where.line >= 1 and p.where.column >= 1 and p.kind and p.what.strip() for p in found)
    assert all(p.why or p.fix for p in found), [str(p) for p in found]


@st.composite
def edited(draw: st.DrawFn, text: str) -> str:
    """The text after one to four small slips: a line lost, doubled or moved, characters lost, typed or replaced."""
    for _ in range(draw(st.integers(1, 4))):
        lines = text.splitlines(keepends=True) or ["\n"]
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        column = draw(st.integers(0, len(line) - 1))
        typed = draw(
            st.sampled_from([*"x:-#&*!|>[]{},'\"\\\t\n <", ": ", " #", "- ", "null", "\0", "’", "<x>"])
            | st.characters()
        )
        match draw(st.sampled_from(["lose line", "double line", "move line", "lose", "type", "replace", "indent"])):
            case "lose line":
                lines[at] = ""
            case "double line":
                lines[at] = line * 2
            case "move line":
                lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(at))
            case "lose":
                lines[at] = line[:column] + line[column + draw(st.integers(1, 6)) :]
            case "type":
                lines[at] = line[:column] + typed + line[column:]
            case "replace":
                lines[at] = line[:column] + typed + line[column + 1 :]
            case "indent":
                lines[at] = draw(st.sampled_from([" ", "  ", "    "])) + line
        text = "".join(lines)
    return text


def save(path: Path, text: str) -> Path:
    """Writes the text as it is; what UTF-8 cannot hold is left as bytes that are none."""
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


@given(data=st.data())
@settings(max_examples=100, derandomize=True)
def test_a_case_of_any_text_loads_or_says_why_not(data: st.DataObject, anyplace: Path, iran: Any) -> None:
    """Never a traceback: every slip of the pen is a problem with a place, or no problem."""
    real = (AUMF / "cases" / "iran-2020.yaml").read_text("utf-8")
    text = data.draw(
        edited(real) | edited(CASE) | st.text() | st.text(alphabet="a:-#&*![]{},'\"\n \t|>?%@<", max_size=40)
    )
    path = save(anyplace / "case.yaml", text)
    try:
        authority.load_case(path, iran.rules)
    except InvalidInput as error:
        assert_sound(error.problems)


@given(data=st.data())
@settings(max_examples=60, derandomize=True)
def test_a_rule_set_of_any_text_loads_or_says_why_not(data: st.DataObject, anyplace: Path) -> None:
    """The same for the law: the real rules, and the small law that is quicker to read."""
    name = data.draw(st.sampled_from(["rules.yaml", *LAW]))
    small = name in LAW
    source = LAW[name] if small else (AUMF / name).read_text("utf-8")
    folder = anyplace / "small" if small else anyplace / "aumf"
    shutil.rmtree(folder, ignore_errors=True)
    if small:
        write(anyplace)
    else:
        shutil.copytree(AUMF, folder)
    save(folder / Path(name).name, data.draw(edited(source)))
    try:
        authority.load_rules(folder)
    except InvalidInput as error:
        assert_sound(error.problems)


@given(data=st.data())
@settings(max_examples=40, derandomize=True)
def test_tables_of_any_text_load_or_say_why_not(data: st.DataObject, anyplace: Path) -> None:
    """And for the shared tables, which every weighing rests on."""
    written = write(anyplace)
    name = data.draw(st.sampled_from([name for name in FILES if name.startswith("shared/")]))
    save(anyplace / name, data.draw(edited(FILES[name])))
    try:
        case = authority.load_case(written.case)
    except InvalidInput as error:
        assert_sound(error.problems)
    else:
        assert authority.compare(case)


@pytest.fixture(scope="module")
def anyplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the examples of one test write in by turns."""
    return tmp_path_factory.mktemp("any")
