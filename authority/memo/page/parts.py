"""What the page evaluates: nouns only. Parties to one another point by their place in the lists.

The scripts in ``templates/page`` read these fields by their names.
"""

from __future__ import annotations

from collections.abc import Mapping

from authority.law import Level, Standard
from authority.vocabulary import Model

FORMAT = 1
"""Of the data and of the links to a state of the page; a link of another format is refused."""

Node = tuple[str | int, ...]
"""A condition: ``item``, ``position`` or ``reading`` and whose, for whether that is kept, taken or chosen; or ``not``,
``all`` or ``any`` and the conditions so joined, which stand before it."""


class PageExhibit(Model):
    """An exhibit: its grade by each grading before a hedge, why it is never weighed (``barred``), what it attacks."""

    id: str
    says: str
    source: str
    when: str
    grades: tuple[str, ...]
    hedge: str
    barred: str
    under: tuple[tuple[int, int], ...]
    undercuts: tuple[int, ...]
    doubts: tuple[int, ...]


class PageFact(Model):
    """A fact and the exhibits that speak to it; or, where none decides it, how it stands in any case, and why."""

    key: str
    says: str
    supports: tuple[int, ...]
    contradicts: tuple[int, ...]
    found_none: tuple[int, ...]
    status: str = ""
    cause: str = ""
    reckoning: str = ""


class PageUse(Model):
    """A rule applied to named parties, and the conditions on which it is law, its premises are in question, and its
    exceptions are. Premises and exceptions are propositions: the facts first, then the conclusions."""

    rule: int
    premises: tuple[int, ...]
    exceptions: tuple[int, ...]
    law: int
    named: tuple[int, ...]
    raised: tuple[int, ...]


class PageConclusion(Model):
    """A conclusion and every rule that may lead to it; whether it is assumed, and is about somebody named."""

    key: str
    says: str
    named: bool
    assumed: bool | None
    uses: tuple[PageUse, ...]


class PageRule(Model):
    """A rule: how its premises count, and what it is drawn from."""

    id: str
    body: str
    count: int
    cite: str


class PagePosition(Model):
    """An answer to a dispute, and who holds it."""

    id: str
    says: str
    held_by: str


class PageDispute(Model):
    """A disputed point on which something here may turn."""

    id: str
    question: str
    positions: tuple[PagePosition, ...]


class PageReading(Model):
    """A reading: its standard, its grading, its position on each dispute (none: -1), and what is said with it."""

    id: str
    title: str
    label: str
    supposing: str
    standard: int
    grading: int
    positions: tuple[int, ...]


class PageTables(Model):
    """The grades, where a hedge caps each grading, the proof standards weakest first, and the one that refutes."""

    reliability: Mapping[str, Level]
    credibility: Mapping[str, Level]
    caps: tuple[int, ...]
    standards: tuple[Standard, ...]
    refuted_by: int


class PageCauses(Model):
    """The causes by name, what tells most first; and for what is met the first whose causes hold all that is found."""

    order: tuple[str, ...]
    named: Mapping[str, str]
    suffice: tuple[tuple[str, tuple[str, ...]], ...]


class PageWords(Model):
    """The memo's own words for an answer, by verdict where they depend on it."""

    question: str
    assumed: str
    answers: Mapping[str, str]
    brief: Mapping[str, str]
    under: str
    rests: str


class Page(Model):
    """A question with all that a reader may change left open, and how it stands on the record.

    ``record`` has the verdict on each proposition, facts first, and an empty text for one that is not in question.
    """

    format: int = FORMAT
    digest: str
    question: int
    reading: int
    exhibits: tuple[PageExhibit, ...]
    facts: tuple[PageFact, ...]
    conclusions: tuple[PageConclusion, ...]
    rules: tuple[PageRule, ...]
    disputes: tuple[PageDispute, ...]
    readings: tuple[PageReading, ...]
    tables: PageTables
    causes: PageCauses
    words: PageWords
    circuit: tuple[Node, ...]
    record: tuple[str, ...]
