"""The law in rules/ against what was read in the sources (tests/law/): no quotation, citation, date, status or holding
that is not on that second list, and none of them changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

import authority
from authority.law import RuleSet
from authority.loading import load_cases
from authority.places import rules_folder

LAW = Path(__file__).parent / "law"
REFERENCES = [
    r"\d+ U\.S\.C\. §§? ?\d+[a-z]?(?:–\d+)?(?: note)?",
    r"\d+ (?:U\.S\.|F\.[23]d|F\.4th|F\. Supp\. [23]d|Stat\.|Op\. O\.L\.C\.|I\.C\.J\.)(?= (?:\d|__)) (?:\d+|__)",
    r"Pub\. L\. \d+-\d+", r"(?:H\.R\.|S\.J\. Res\.|H\.J\. Res\.|H\. Con\. Res\.) \d+",
    r"No\. \d+-[\w-]+", r"S/20\d\d/\d+", r"House Doc(?:ument|\.) \d+-\d+",
]  # fmt: skip
"""What a reference looks like: a code section, a reporter or volume, a public law, a bill, a docket, a document."""


def plain(text: str) -> str:
    """The text with straight quotation marks and single blanks, and public laws as plain numbers."""
    straight = text.replace("“", '"').replace("”", '"').replace("’", "'").replace("‘", "'")
    return " ".join(straight.replace("Pub. L. No. ", "Pub. L. ").split())


def on_file() -> dict[str, list[str]]:
    return yaml.safe_load((LAW / "read.yaml").read_text(encoding="utf-8"))


def entries(folder: Path) -> Iterator[tuple[str, str]]:
    """Each text in the files of a folder, with the keys it stands under."""
    for path in sorted(folder.glob("*.yaml")):
        yield from texts(yaml.load(path.read_text("utf-8"), yaml.BaseLoader), "")


def texts(node: Any, under: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, Mapping):
        for name, child in node.items():
            yield from texts(child, f"{under}/{name}")
    elif isinstance(node, list):
        for child in node:
            yield from texts(child, under)
    else:
        yield under, str(node)


def strange_quotes(folder: Path) -> list[str]:
    """The quotations in a rule set's files that are no part of any that was read."""
    read = [plain(q) for group in ("quotations", "op_ed") for q in on_file()[group]]
    quoted = [plain(text) for under, text in entries(folder) if re.search("/(quotes/text|sections/text|quote)$", under)]

    def known(words: str) -> bool:
        return any(words in each for each in read)

    # Where only some words of a passage were seen, an ellipsis joins them.
    return [quote for quote in quoted if not known(quote) and not all(map(known, quote.split(" … ")))]


def strange_references(found: Iterable[str]) -> list[str]:
    """The references in some texts that were not read."""
    read = set(on_file()["references"])
    every = (reference for text in found for form in REFERENCES for reference in re.findall(form, plain(text)))
    return [each for each in every if each not in read]


@pytest.mark.parametrize("name", authority.rule_sets())
def test_every_quotation_in_the_law_was_read_in_a_source(name: str) -> None:
    assert strange_quotes(rules_folder() / name) == []


@pytest.mark.parametrize("name", authority.rule_sets())
def test_every_reference_in_the_law_was_read_in_a_source(name: str) -> None:
    """In the citations, as they print, and in every word that is said of a text."""
    law = authority.load_rules(name)
    printed = [str(cited.citation) for cited in (law.instrument, *law.authorities)]
    assert strange_references([*printed, *(text for _, text in entries(rules_folder() / name))]) == []


def test_a_word_changed_in_any_quotation_of_an_authority_is_seen(tmp_path: Path) -> None:
    """Also where no rule quotes it, so that loading has nothing to compare it with."""
    for changed in ("grave acts of violence", "no clear evidence"):
        (tmp_path / "authorities.yaml").write_text(f"authorities:\n  - quotes:\n      - text: {changed}, it says\n")
        assert strange_quotes(tmp_path) == [f"{changed}, it says"]
    assert strange_references(["affirmed, Doe v. Roe, 999 F.3d 1 (D.C. Cir. 2021)"]) == ["999 F.3d 1"]


def standing(law: RuleSet) -> dict[str, Any]:
    """What each text counts for: how it was checked, its dates, its status, and what it is said to hold, the last as a
    digest; and from when until when each rule that is dated is law."""
    act = law.instrument
    found = {act.id: [act.verified.value, act.enacted, act.from_, act.until, act.status, ""]}
    for each in law.authorities:
        says = hashlib.sha256(each.says.encode()).hexdigest()[:12]
        found[each.id] = [each.verified.value, each.date, each.from_, each.until, each.status, says]
    found |= {f"rule {rule.id}": [rule.from_, rule.until] for rule in law.rules if rule.from_ or rule.until}
    return found


@pytest.mark.parametrize("name", authority.rule_sets())
def test_no_mark_date_status_or_holding_changes_unseen(name: str) -> None:
    """Whoever changes one of them in rules/ changes it in tests/law/standing.yaml, too, with the source before him."""
    kept = yaml.safe_load((LAW / "standing.yaml").read_text(encoding="utf-8"))
    assert standing(authority.load_rules(name)) == kept[name]


def test_what_an_exhibit_quotes_was_read_in_a_source() -> None:
    read = {plain(quote) for quote in on_file()["in_cases"]}
    for case in load_cases():
        for item in case.evidence:
            quoted = re.findall(r'(?<!\w)"([^"]{2,})"', plain(item.says))
            assert [q for q in quoted if q.rstrip(".,;") not in read] == [], f"{case.name}: {item.id}"
