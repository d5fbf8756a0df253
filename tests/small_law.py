"""A tiny rule set and a tiny case, and what changes one thing in them, so that a test sees one problem at a time.

A change is a pair: words that stand once in the files below, and what to write in their place. ``▸`` in the new words
marks where a problem is expected; the mark itself is not written.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import authority
from authority.errors import Problem
from authority.facts import FactPattern
from authority.places import rules_folder

MARK = "▸"

INSTRUMENT = """\
instrument:
  id: act
  title: An Act to Test
  short: the Act
  citation: {public_law: 107-1}
  enacted: 2001-09-18
  from: 2001-09-18
  status: in force
  verified: primary
  sections:
    - id: § 1
      text: >-
        Force may be used against those who aided the attacks, or harbored such persons, in order
        to prevent more.
    - id: § 1.10
      text: A person who was part of them may be held.
"""

VOCABULARY = """\
sentences:
  - says: force against <target> is authorized
    denied: force against <target> is not authorized
    where: {target: [state, organization]}
    question: yes
  - says: <target> is within the class
    denied: <target> is not within the class
    where: {target: [state, organization]}
  - says: <target> harbored <group>
    denied: <target> did not harbor <group>
    where: {target: [state], group: [organization]}
    means: Gave shelter to.
  - says: <group> committed the attacks of September 11, 2001
    denied: <group> did not commit the attacks of September 11, 2001
    where: {group: organization}
  - says: <target> had contacts with <group>
    denied: <target> had no contacts with <group>
    where: {target: [state], group: [organization]}
    short_of: <target> harbored <group>
  - says: <group> has left the fight
    denied: <group> has not left the fight
    where: {group: [organization]}
  - says: <person> was part of <group>
    denied: <person> was not part of <group>
    where: {person: [person], group: [organization]}
  - says: <person> trained with <group>
    denied: <person> did not train with <group>
    where: {person: [person], group: [organization]}
  - says: <person> took orders from <group>
    denied: <person> did not take orders from <group>
    where: {person: [person], group: [organization]}
"""

NOTICE = """\
notice:
  parties:
    al-Qaeda: {kind: organization, aliases: [al Qaida]}
    the Taliban: {kind: organization}
  facts:
    - holds: al-Qaeda committed the attacks of September 11, 2001
      cite: report
"""

AUTHORITIES = """\
authorities:
  - id: report
    citation: {report: The Report, date: 2004}
    short: the Report
    kind: report
    status: published
    date: 2004-07-22
    verified: secondary
    quotes:
      - text: took part in it as a member
        pin: at 7
  - id: bill
    citation: {bill: S. 1, congress: 107}
    short: the Bill
    kind: bill
    status: not enacted
    verified: memory
"""

DISPUTES = """\
disputes:
  - id: reach
    question: How far does it reach?
    positions:
      - {id: wide, says: Far., cite: [act § 1]}
      - {id: narrow, says: Not far., cite: [report at 7]}
  - id: signs
    question: Are signs taken together?
    positions:
      - {id: together, says: They are., held_by: [some]}
      - {id: apart, says: They are not.}
"""

RULES = """\
rules:
  - id: force
    then: force against <target> is authorized
    if:
      - <target> is within the class
    quote: Force may be used
    cite: act § 1
  - id: harborers
    then: <target> is within the class
    if:
      - <target> harbored <group>
      - <group> committed the attacks of September 11, 2001
    unless:
      - <group> has left the fight
    quote: or harbored such persons
    cite: act § 1
  - id: friends
    then: <target> is within the class
    if_any:
      - <target> had contacts with <group>
    under: reach = wide
    quote: in order to prevent more
    cite: act
  - id: member
    then: <person> was part of <group>
    at_least:
      count: 2
      of:
        - <person> trained with <group>
        - <person> took orders from <group>
    under: [signs = together]
    where: {group: [organization]}
    from: 2004
    quote: as a member
    cite: report at 7
"""

READINGS = """\
readings:
  - id: strict
    title: Strict
    positions: {reach: narrow, signs: apart}
    standard: preponderance
  - id: loose
    title: Loose
    like: strict
    positions: {reach: wide}
    answers: force against <target> is authorized
"""

CASE = """\
title: Iran
asks: force against Iran is authorized
as_of: 2020-09-01
known_by: 2021
parties:
  Iran: {kind: state, aliases: [Tehran]}
  al-Qaeda in Iraq: {kind: organization}
  Ali: {kind: person}
sources:
  report: {name: The Report, kind: official report}
  cable: {name: A cable, reliability: B}
evidence:
  - id: E1
    source: report
    says: It sheltered them.
    supports: [Iran harbored al-Qaeda]
    date: 2004-07
  - id: E2
    source: cable
    says: It did not.
    contradicts:
      - Iran harbored al-Qaeda
    credibility: 2
  - id: E3
    source: report
    says: No dealings were found.
    found_none: [Iran had contacts with al-Qaeda in Iraq]
    doubts: [E1]
  - id: E4
    source: report
    says: The cable is forged.
    undercuts: [E2]
    position: reach = wide
  - id: E5
    source: report
    says: Nothing to the point.
    bears_on_nothing: It is about the weather.
    under: local = admitted
assume:
  - Ali trained with al-Qaeda
disputes:
  - id: local
    question: Is it admissible?
    positions:
      - {id: admitted, says: Yes., cite: [bill]}
      - {id: shut out, says: No.}
positions:
  strict: {local: admitted}
  loose: {local: shut out, reach: narrow}
expect:
  strict: not shown
  loose: not shown
"""

SHARED = {
    f"shared/{name}.yaml": (rules_folder() / "shared" / f"{name}.yaml").read_text("utf-8")
    for name in ("grades", "grading", "standards", "probabilities")
}
LAW = {
    "small/authorities.yaml": AUTHORITIES,
    "small/disputes.yaml": DISPUTES,
    "small/instrument.yaml": INSTRUMENT,
    "small/notice.yaml": NOTICE,
    "small/readings.yaml": READINGS,
    "small/rules.yaml": RULES,
    "small/vocabulary.yaml": VOCABULARY,
}
CASE_FILE = "small/cases/case.yaml"
FILES = {**SHARED, **LAW, CASE_FILE: CASE}

Change = tuple[str, str]


class Written(NamedTuple):
    """Where the rule set and the case were written, and the places that the changes mark, in the order of the files."""

    rules: Path
    case: Path
    marks: tuple[str, ...]


def write(folder: Path, *changes: Change, files: Mapping[str, str] = FILES) -> Written:
    """Writes the rule set, its tables and the case below ``folder``, with the changes made."""
    marks: list[str] = []
    for name, text in changed(files, *changes).items():
        text = _unmarked(name, text, marks)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return Written(folder / "small", folder / CASE_FILE, tuple(marks))


def changed(files: Mapping[str, str], *changes: Change) -> dict[str, str]:
    """The files with the changes made. What a change replaces must stand in them once, so that no test is vacuous."""
    made = dict(files)
    for old, new in changes:
        (name,) = (name for name, text in made.items() if old in text)
        assert made[name].count(old) == 1, f"{old!r} stands in {name} {made[name].count(old)} times"
        made[name] = made[name].replace(old, new)
    return made


def _unmarked(name: str, text: str, marks: list[str]) -> str:
    while MARK in text:
        before, _, after = text.partition(MARK)
        marks.append(f"{name}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}")
        text = before + after
    return text


def load(folder: Path, *changes: Change, files: Mapping[str, str] = FILES) -> FactPattern:
    """The case, read against the rule set, both with the changes made."""
    return authority.load_case(write(folder, *changes, files=files).case)


def problems(folder: Path, *changes: Change, files: Mapping[str, str] = FILES) -> tuple[Problem, ...]:
    """The problems of the rule set and the case with the changes made; none where they load."""
    return problems_of(write(folder, *changes, files=files))


def problems_of(written: Written) -> tuple[Problem, ...]:
    """The problems of what was written; none where it loads."""
    try:
        authority.load_case(written.case)
    except authority.InvalidInput as error:
        return error.problems
    return ()


def place(problem: Problem, written: Written) -> str:
    """Where a problem is, named as the files are here."""
    return str(problem.where).replace(f"{written.case}:", f"{CASE_FILE}:")
