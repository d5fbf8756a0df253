"""Which authorities of which rule sets a text cites, and which of its citations are of none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from authority.citing.finding import BACKWARD, Found, find_citations
from authority.citing.matching import is_meant, known_by
from authority.law import Authority, Instrument, RuleSet
from authority.model import Model

FORM_ALONE = "Form alone was read: whether there is such a decision or such a section, nobody looked up."


class Meant(Model):
    """An authority, or the instrument, of a rule set that a citation means: its citation in full, what it counts for,
    and how far its words were checked."""

    rules: str
    id: str
    citation: str
    status: str
    verified: str
    unverified: str = ""

    def __str__(self) -> str:
        missing = f"; not verified in it: {self.unverified}" if self.unverified else ""
        return f"{self.id} ({self.rules}): {self.citation}; {self.status}; {self.verified}{missing}"


class Mention(Model):
    """A citation in a text: the line and column of its first character, both from 1, what was found, the authorities
    that it means, and what is not known of it, an empty text where nothing is."""

    line: int
    column: int
    found: Found
    meant: tuple[Meant, ...]
    unknown: str

    @property
    def place(self) -> str:
        return f"{self.line}:{self.column}"

    def as_data(self) -> dict[str, Any]:
        """The mention as plain data, with the keys of ``authority citations --format json``."""
        found = self.found.model_dump()
        return {
            "line": self.line, "column": self.column, **found, "authorities": [m.model_dump() for m in self.meant],
            "unknown": self.unknown,
        }  # fmt: skip


def mentions(text: str, rule_sets: Iterable[RuleSet]) -> tuple[Mention, ...]:
    """Every citation in a text, in order, with the authorities that it means by its form, and what is not known of it.

    What points back (a short form, id., supra) means what that means to which it points. Raises MissingExtra where
    eyecite is not installed.
    """
    known = [
        (rules.name, target, known_by(target.citation))
        for rules in rule_sets
        for target in (rules.instrument, *rules.authorities)
    ]
    by_form: dict[str, tuple[Meant, ...]] = {}

    def meant_by(form: str) -> tuple[Meant, ...]:
        if form not in by_form:
            found = (_meant(name, t) for name, t, forms in known if any(is_meant(form, each) for each in forms))
            by_form[form] = tuple(dict.fromkeys(found))
        return by_form[form]

    starts, told = _line_starts(text), list[Mention]()
    citations = find_citations(text)
    line = 0
    for found in citations:
        while line + 1 < len(starts) and starts[line + 1] <= found.start:
            line += 1
        aim = found if found.means is None else citations[found.means]
        meant = meant_by(aim.form) if aim.kind not in BACKWARD else ()
        column, unknown = found.start - starts[line] + 1, _unknown(found, meant)
        told.append(Mention(line=line + 1, column=column, found=found, meant=meant, unknown=unknown))
    return tuple(told)


def _meant(rules: str, target: Instrument | Authority) -> Meant:
    return Meant(
        rules=rules, id=target.id, citation=str(target.citation), status=target.status, verified=target.verified.says,
        unverified=target.unverified if isinstance(target, Authority) else "",
    )  # fmt: skip


def _unknown(found: Found, meant: tuple[Meant, ...]) -> str:
    """What is not known of a citation."""
    if found.kind in BACKWARD and found.means is None:
        return "nothing before it is meant by it"
    if found.kind == "section sign":
        return "a section of something that is not said in a form known here"
    return "" if meant else "no authority of the rule sets is cited so"


def _line_starts(text: str) -> list[int]:
    return [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]
