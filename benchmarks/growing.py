"""Rule sets and cases as files, of any number of rules, parties and items: what ``growth.py`` measures.

The rules are a tree, each over three premises: a conclusion beneath it, or a fact. The last, in which a blank is
left open, ranges over the parties that the record speaks of. Nothing is left to chance, so that one size differs from
the next in nothing but its size.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

INSTRUMENT = """\
instrument:
  id: act
  title: An Act to Measure
  short: the Act
  citation: {public_law: 107-1}
  enacted: 2001-09-18
  from: 2001-09-18
  status: in force
  verified: primary
  sections:
    - id: § 1
      text: Force may be used against whoever did what this Act names.
authorities:
  - id: report
    citation: {report: The Report, date: 2004}
    short: the Report
    kind: report
    status: published
    date: 2004-07-22
    verified: secondary
disputes:
  - id: reach
    question: How far does it reach?
    positions:
      - {id: wide, says: Far., cite: [act § 1]}
      - {id: narrow, says: Not far., cite: [act § 1]}
readings:
  - {id: plain, title: The Act as written, positions: {reach: wide}, standard: preponderance}
"""
READING = "plain"
BRANCHES = 3
GRADES = ((1, "A"), (2, "B"), (3, "C"))


def law(rules: int, folder: Path) -> Path:
    """Writes a rule set of so many rules into a folder, which it returns."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "act.yaml").write_text(INSTRUMENT, encoding="utf-8")
    (folder / "rules.yaml").write_text("\n".join(["rules:", *_rules(rules), ""]), encoding="utf-8")
    (folder / "vocabulary.yaml").write_text("\n".join(["sentences:", *_sentences(rules), ""]), encoding="utf-8")
    return folder


def case(parties: int, items: int, rules: int, path: Path) -> Path:
    """Writes a case against a rule set of so many rules, with so many organizations and items, and returns its path.
    Two items speak of each organization; the rest bear on the facts about the one party, in turn."""
    names = [f"Group {n}" for n in range(1, parties + 1)]
    said = [f"Aland {verb} {name}" for name in names for verb in ("sheltered", "paid")]
    said += [f"Aland did {fact}" for n, fact in zip(range(items - len(said)), _turns(facts(rules)), strict=False)]
    lines = ["title: A case to measure", "asks: Aland is liable by 0", "as_of: 2020-01-01", "known_by: 2020-01-01"]
    lines += ["parties:", "  Aland: {kind: state}", *(f"  {name}: {{kind: organization}}" for name in names)]
    lines += ["sources:", *(f"  S{n}: {{name: Source {n}, kind: official report}}" for n in range(items // 3 + 1))]
    lines.append("evidence:")
    for number, sentence in enumerate(said):
        credibility, reliability = GRADES[number % len(GRADES)]
        lines += [
            f"  - id: E{number}", f"    source: S{number // 3}", f"    says: So it is said of {number}.",
            f"    supports: [{sentence}]", f"    reliability: {reliability}", f"    credibility: {credibility}",
            "    published: 2019-01-01",
        ]  # fmt: skip
        if number % 7 == 6:
            lines.append(f"    doubts: [E{number - 1}]")
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def facts(rules: int) -> list[int]:
    """The numbers of the facts in which a tree of so many rules ends."""
    return [child for rule in range(rules - 1) for child in _beneath(rule) if child >= rules]


def _beneath(rule: int) -> range:
    first = rule * BRANCHES + 1
    return range(first, first + BRANCHES)


def _turns(numbers: list[int]) -> Iterator[int]:
    while True:
        yield from numbers


def _rules(rules: int) -> Iterator[str]:
    for rule in range(rules):
        last = rule == rules - 1
        yield f"  - id: r{rule}"
        yield f"    then: <one> is liable by {rule}"
        yield "    if_any:" if rule % 3 == 2 and not last else "    if:"
        if last:
            yield from ("      - <one> sheltered <group>", "      - <one> paid <group>")
        else:
            for child in _beneath(rule):
                yield f"      - <one> is liable by {child}" if child < rules else f"      - <one> did {child}"
        yield "    quote: Force may be used"
        yield "    cite: act § 1"


def _sentences(rules: int) -> Iterator[str]:
    for rule in range(rules):
        yield from _sentence(f"is liable by {rule}", f"is not liable by {rule}", not rule)
    for fact in facts(rules):
        yield from _sentence(f"did {fact}", f"did not do {fact}", False)
    for verb, denied in (("sheltered", "did not shelter"), ("paid", "did not pay")):
        yield f"  - says: <one> {verb} <group>"
        yield f"    denied: <one> {denied} <group>"
        yield "    where: {one: [state], group: [organization]}"


def _sentence(says: str, denied: str, question: bool) -> Iterator[str]:
    yield f"  - says: <one> {says}"
    yield f"    denied: <one> {denied}"
    yield "    where: {one: [state]}"
    if question:
        yield "    question: yes"
