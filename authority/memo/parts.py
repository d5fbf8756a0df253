"""What a memo is made of: nouns only, each holding finished sentences or names, none of them any logic."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from authority.pictures.plans import ArgumentPlan, BandsPlan, BarsPlan, MatrixPlan
from authority.vocabulary import Model


class ExhibitPart(Model):
    """An item of evidence as the memo shows it."""

    id: str
    says: str
    source: str
    when: str
    grade: str
    grade_says: str
    level: str
    treatment: str
    bears_on: tuple[str, ...]
    cite: str
    url: str
    note: str
    unverified: bool


class CitePart(Model):
    """A citation in an argument: in short, in full with its link, and how far what is cited stands and was verified.

    ``hereinafter`` is the short form where nobody would know it again from the full one.
    """

    authority: str
    short: str
    full: str
    hereinafter: str
    link: str
    pin: str
    standing: str
    unverified: bool


class SpokenPart(Model):
    """An exhibit that speaks to a fact: its id, what it says, and how it weighs there."""

    id: str
    says: str
    grade: str
    grade_says: str
    weight: str


class SidePart(Model):
    """The exhibits on one side of a fact, the strongest first; ``also`` names those that are not given in full."""

    exhibits: tuple[SpokenPart, ...] = ()
    also: str = ""


class FactPart(Model):
    """A fact: where it stands and why, the exhibits on either side, and how they were weighed."""

    sentence: str
    status: str
    why: str
    supporting: SidePart
    contradicting: SidePart
    found_none: SidePart
    undercut: SidePart
    ids: tuple[str, ...]
    weighing: str


class RulePart(Model):
    """A rule as it is applied: its words, where they stand, what is disputed, what it asks and what came of it.

    One without ``cite`` is no rule but a fact that is asked about by itself.
    """

    rule: str
    words: str
    cite: CitePart | None
    positions: tuple[str, ...]
    application: str
    facts: tuple[FactPart, ...] = ()


class ShortOfPart(Model):
    """A fact that is not yet the conclusion it stands near, and why not."""

    sentence: str
    status: str
    exhibits: str
    why: str


class IssuePart(Model):
    """A conclusion discussed: the conclusion first, the rules and their application, the conclusion again.

    ``as_before`` names the reading under which the same was discussed already; then nothing else is filled.
    """

    heading: str
    opening: str
    as_before: str = ""
    rules: tuple[RulePart, ...] = ()
    issues: tuple[IssuePart, ...] = ()
    exceptions: tuple[str, ...] = ()
    short_of: tuple[ShortOfPart, ...] = ()
    closing: str = ""


class ReadingPart(Model):
    """The discussion under one reading."""

    id: str
    title: str
    label: str
    about: str
    standard: str
    answer: str
    why: tuple[str, ...]
    rules: tuple[RulePart, ...]
    elements: tuple[IssuePart, ...]
    picture: ArgumentPlan | None = None


class PositionPart(Model):
    """A position on a dispute: who holds it, what it cites, which readings take it, which exhibits state it."""

    says: str
    held_by: str
    cites: tuple[CitePart, ...]
    readings: str
    exhibits: str


class DisputePart(Model):
    """A disputed point on which the readings part ways."""

    question: str
    positions: tuple[PositionPart, ...]


class RowPart(Model):
    """A line of the table of readings."""

    title: str
    label: str
    answer: str
    why: str


class CellPart(Model):
    """How an element stands under a reading, and why; no verdict where the reading does not ask for it."""

    verdict: str
    why: str


class ElementPart(Model):
    """A row of the table of readings and elements: an element, or the question itself, under each reading."""

    element: str
    cells: tuple[CellPart, ...]


class SourcePart(Model):
    """What a source found, and what it looked for and did not find."""

    name: str
    found: tuple[str, ...]
    found_none: tuple[str, ...]
    cautions: tuple[str, ...]


class NoticedPart(Model):
    """A fact that is judicially noticed, and on what authority."""

    says: str
    cite: CitePart
    note: str


class NearbyPart(Model):
    """Another question that the same facts raise, and its answer under each reading."""

    question: str
    means: str
    answers: tuple[str, ...]


class RaisedPart(Model):
    """A question that other law asks of the same facts, and which facts raise it, and why."""

    asks: str
    because: tuple[str, ...]


class OtherLawPart(Model):
    """Another instrument, where it stands on the day, and what it asks of the same facts."""

    title: str
    citation: str
    standing: str
    questions: tuple[RaisedPart, ...]


class HoldsPart(Model):
    """What holds the answer under some readings, and what would turn it."""

    readings: str
    says: tuple[str, ...]


class GapPart(Model):
    """A fact that a fuller record would have to establish: where it stands now, and what it would settle."""

    fact: str
    stands: str
    settles: str


class GapsPart(Model):
    """What to collect next: the readings under which the question is not shown and could be, and the facts for it."""

    readings: str
    facts: tuple[GapPart, ...]


class PowerPart(Model):
    """How much an exhibit counts."""

    exhibit: str
    says: str
    shapley: str
    banzhaf: str
    derivative: str


class PowersPart(Model):
    """How much each exhibit counts under some readings, and the chance that the question is shown under them."""

    readings: str
    rows: tuple[PowerPart, ...]
    chance: str
    picture: BarsPlan


class DependsPart(Model):
    """What the conclusion depends on."""

    readings: tuple[HoldsPart, ...]
    collect: GapsPart | None
    powers: tuple[PowersPart, ...]
    convention: str


class AuthorityPart(Model):
    """An entry of the table of authorities.

    ``link`` is an address or an empty text; ``apart`` says what in it was verified otherwise than ``mark`` says.
    """

    kind: str
    citation: str
    link: str
    status: str
    mark: str
    seen: str
    apart: tuple[str, ...]
    unverified: str
    says: str
    note: str


class Memo(Model):
    """The memo, whole. Every format prints this and nothing else. ``caution`` is the banner in one line.

    What it shows in pictures stands in it as plans, which are drawn for a format that has pictures and described in one
    that has none; ``timeline``, which takes longer to work out than all the rest, is filled for a format that has.
    ``answers`` and ``made_from`` are for JSON: what is printed there as data under each reading, by which ``authority
    verify`` makes the memo again.
    """

    title: str
    heading: tuple[tuple[str, str], ...]
    banner: str
    contradictions: tuple[str, ...]
    caution: str
    question: str
    brief: str
    why: tuple[str, ...]
    rows: tuple[RowPart, ...]
    rows_say: tuple[str, ...]
    elements: tuple[ElementPart, ...]
    rows_picture: MatrixPlan | None
    disputes: tuple[DisputePart, ...]
    about: str
    sources: tuple[SourcePart, ...]
    established: tuple[FactPart, ...]
    refuted: tuple[FactPart, ...]
    unresolved: tuple[FactPart, ...]
    facts_under: str
    noticed: tuple[NoticedPart, ...]
    timeline: BandsPlan | None = None
    readings: tuple[ReadingPart, ...]
    nearby: tuple[NearbyPart, ...]
    decided: tuple[str, ...]
    other_law: tuple[OtherLawPart, ...]
    depends: DependsPart
    assumed: tuple[str, ...]
    unjudged: tuple[str, ...]
    lowered: tuple[str, ...]
    left_out: tuple[str, ...]
    tables: tuple[str, ...]
    does_not_decide: tuple[str, ...]
    authorities: tuple[AuthorityPart, ...]
    evidence: tuple[ExhibitPart, ...]
    receipt: tuple[tuple[str, str], ...]
    answers: tuple[Mapping[str, Any], ...]
    made_from: Mapping[str, Mapping[str, str]]

    @cached_property
    def exhibit(self) -> Mapping[str, ExhibitPart]:
        """Each exhibit by its id."""
        return {part.id: part for part in self.evidence}
