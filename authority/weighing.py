"""Evidence and a proof standard → findings: what is established, refuted or unresolved, and why.

Weights are ordinal levels from 1 to 5, the weaker of an item's two grades; nothing is added up. An item that cannot be
judged (F or 6) meets scintilla and no higher standard, in any number, and neither undercuts nor doubts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from authority.dates import last_day
from authority.facts import Evidence, FactPattern
from authority.law import Grading, Reading, Standard
from authority.vocabulary import NOBODY, Model, Proposition, natural


class Status(StrEnum):
    """Where a fact stands on the evidence."""

    ESTABLISHED = "established"
    REFUTED = "refuted"
    UNRESOLVED = "unresolved"


class Cause(StrEnum):
    """Why a proposition stands where it does."""

    EVIDENCE = "on the evidence"
    NOTICED = "judicially noticed"
    COMPUTED = "by the calendar"
    ASSUMED = "assumed"
    NO_EVIDENCE = "no evidence"
    SHORT = "short of the standard"
    CONFLICT = "in conflict"
    NOBODY_NAMED = "nobody named"
    RULE = "by rule"
    NO_RULE = "no rule under this reading"
    DEFEATED = "defeated by an exception"


class Weighed(Model):
    """An item of evidence as it went into the scales: its grade, its level, and whether it is in and why not."""

    id: str
    grade: str
    level: int | None
    graded_level: int | None
    out: str = ""
    undercut_by: tuple[str, ...] = ()
    doubted_by: tuple[str, ...] = ()
    hedged: bool = False

    @property
    def is_in(self) -> bool:
        return not self.out

    @property
    def unjudged(self) -> bool:
        return self.level is None


class Finding(Model):
    """A fact's status, its cause, and the items in on either side, strongest first; or, where the calendar decides it,
    how that is reckoned."""

    proposition: Proposition
    status: Status
    cause: Cause
    supporting: tuple[str, ...] = ()
    contradicting: tuple[str, ...] = ()
    found_none: tuple[str, ...] = ()
    strongest_for: int = 0
    strongest_against: int = 0
    reckoning: str = ""


class Findings(Model):
    """What the evidence comes to under one reading: every fact asked about, and every item."""

    standard: Standard
    facts: tuple[Finding, ...]
    items: tuple[Weighed, ...]


def weigh(case: FactPattern, reading: Reading, facts: Iterable[Proposition] = ()) -> Findings:
    """The finding on each fact that the record, the notice or ``facts`` names, at the reading's proof standard.

    Facts and items come in a fixed order, by their text and their ids, whatever the order of the record.
    """
    scales = _scales(case, reading)
    every = {*facts, *case.bearing, *scales.assumed, *scales.noticed}
    found = tuple(scales.find(case, fact) for fact in sorted(every, key=lambda p: (str(p), p)))
    return Findings.made(standard=scales.standard, facts=found, items=tuple(scales.items.values()))


def weigh_items(case: FactPattern, reading: Reading) -> Mapping[str, Weighed]:
    """Every item with its level under the reading, and whether it is in; an item is out when it was published after the
    case's day of knowledge, is inadmissible on the reading's positions, states law, or is undercut."""
    return _scales(case, reading).items


def meets(standard: Standard, strongest_for: int, strongest_against: int, unjudged_for: bool = False) -> bool:
    """Whether levels for and against (0 where there is none that can be judged) meet a standard."""
    if standard.unjudged_suffices and unjudged_for:
        return True
    if strongest_for < standard.for_at_least:
        return False
    if standard.ahead_by is not None and strongest_for - strongest_against < standard.ahead_by:
        return False
    return standard.against_at_most is None or strongest_against <= standard.against_at_most


def stated_grade(case: FactPattern, item: Evidence, grading: Grading) -> str:
    """The item's grade ("B2") before a hedge of its own is counted.

    A grade that the item or its source states counts; for the rest the type of the source decides.
    """
    source = case.source_of[item.source]
    kind = item.kind or source.kind
    by_kind = grading.kinds.get(kind, "F6") if kind else "F6"
    letter = item.reliability or (None if item.kind else source.reliability) or by_kind[0]
    return letter + (item.credibility or by_kind[1])


def _grade(case: FactPattern, item: Evidence, grading: Grading) -> tuple[str, int | None, bool]:
    """The item's grade, its level (None: unjudged), and whether a hedge of its own capped it."""
    tables = case.rules.tables
    letter, digit = stated_grade(case, item, grading)
    reliability, credibility = tables.reliability[letter].level, tables.credibility[digit].level
    hedged = bool(item.hedge) and credibility is not None and credibility > grading.hedge_cap
    if hedged:
        credibility = grading.hedge_cap
        digit = next(d for d, entry in tables.credibility.items() if entry.level == credibility)
    level = None if reliability is None or credibility is None else min(reliability, credibility)
    return letter + digit, level, hedged


def graded_level(case: FactPattern, item: Evidence, reading: Reading) -> int | None:
    """The level that an item's grades give it under the reading, before any doubt; None where it cannot be judged."""
    return _grade(case, item, reading.grading or case.rules.tables.grading)[1]


def barred(case: FactPattern, item: Evidence) -> str:
    """Why an item never comes into the scales, whatever the reading, or an empty text."""
    known = item.published or item.date
    if known and last_day(known) > case.knowledge_day:
        return f"published after {case.known_by}"
    if item.bears_on or item.undercuts or item.doubts:
        return ""
    if item.position:
        return "a statement of law"
    return "bears on no fact" if item.bears_on_nothing else ""


def _refused(case: FactPattern, reading: Reading) -> Mapping[str, str]:
    """The items that are not admitted on the positions of the reading, and why not."""
    taken = case.taken(reading).positions
    unmet = ((item.id, s) for item in case.evidence for s in item.under if taken.get(s.dispute) != s.position)
    return {name: f"admitted only on the position {s}" for name, s in reversed(tuple(unmet))}


class _Attacks:
    """Undercutting and doubting, worked out from the attackers down. The attacks form no circle (loading sees to it).

    An attack works when the attacker is itself in, can be judged, and weighs at least as much as its target was graded;
    however many doubt an item, it falls by one level, and never below the lowest.
    """

    def __init__(self, case: FactPattern, levels: Mapping[str, int | None], outside: Mapping[str, str]) -> None:
        self.graded, self.outside = levels, outside
        self._worked: dict[tuple[str, str], tuple[str, ...]] = {}
        self.case = case

    def undercut(self, name: str) -> tuple[str, ...]:
        """The items whose undercutting of this one works."""
        return self._working("undercut", self.case.undercutters.get(name, ()), name)

    def doubted(self, name: str) -> tuple[str, ...]:
        """The items whose doubt of this one works."""
        return self._working("doubt", self.case.doubters.get(name, ()), name)

    def level(self, name: str) -> int | None:
        """The item's level once doubts are counted."""
        level = self.graded[name]
        return max(1, level - 1) if level is not None and self.doubted(name) else level

    def _working(self, how: str, attackers: Iterable[str], target: str) -> tuple[str, ...]:
        if (how, target) not in self._worked:
            aim = max(self.graded[target] or 0, 1)
            found = [a for a in attackers if self._in(a) and (self.level(a) or 0) >= aim]
            self._worked[how, target] = tuple(sorted(set(found), key=natural))
        return self._worked[how, target]

    def _in(self, name: str) -> bool:
        return not self.outside[name] and not self.undercut(name)


SCALES_KEPT = 16
"""How many ways to weigh a record are kept with it."""


def _scales(case: FactPattern, reading: Reading) -> _Scales:
    """The scales in which a reading weighs the record: those kept of a reading that grades alike, asks for the same
    standard and admits the same items, where there was one."""
    grading = reading.grading or case.rules.tables.grading
    standard = case.rules.tables.standard(reading.standard)
    refused = _refused(case, reading)
    for scales in case.scales:
        if scales.grading is grading and scales.standard is standard and scales.refused == refused:
            return scales
    made = _Scales(case, grading, standard, refused)
    del case.scales[: max(0, len(case.scales) + 1 - SCALES_KEPT)]
    case.scales.append(made)
    return made


def _weighed(case: FactPattern, grading: Grading, refused: Mapping[str, str]) -> Iterator[Weighed]:
    graded = {item.id: _grade(case, item, grading) for item in case.evidence}
    outside = {item.id: barred(case, item) or refused.get(item.id, "") for item in case.evidence}
    attacks = _Attacks(case, {name: level for name, (_, level, _) in graded.items()}, outside)
    for item in case.in_order:
        grade, level, hedged = graded[item.id]
        undercut_by = attacks.undercut(item.id)
        yield Weighed.made(
            id=item.id, grade=grade, graded_level=level, level=attacks.level(item.id), hedged=hedged,
            out=outside[item.id] or ("undercut" if undercut_by else ""), undercut_by=undercut_by,
            doubted_by=attacks.doubted(item.id),
        )  # fmt: skip


class _Scales:
    """A record as it is weighed: its items by their ids, and where each fact stands, found when it is asked about."""

    def __init__(self, case: FactPattern, grading: Grading, standard: Standard, refused: Mapping[str, str]) -> None:
        self.grading, self.standard, self.refused = grading, standard, refused
        self.contrary = case.rules.tables.standard(case.rules.tables.refuted_by)
        self.items = {item.id: item for item in _weighed(case, grading, refused)}
        self.noticed = {n.holds for n in case.rules.notice}
        conclusions = case.rules.conclusions
        given = (a for a in case.assume if a.proposition.sentence not in conclusions)
        self.assumed = {a.proposition: a.holds for a in given}
        self.found: dict[Proposition, Finding] = {}

    def find(self, case: FactPattern, fact: Proposition) -> Finding:
        if fact not in self.found:
            self.found[fact] = self._find(case, fact)
        return self.found[fact]

    def _find(self, case: FactPattern, fact: Proposition) -> Finding:
        reckoned = case.reckon(fact)
        if reckoned is not None:
            status = Status.ESTABLISHED if reckoned.holds else Status.REFUTED
            return Finding.made(proposition=fact, status=status, cause=Cause.COMPUTED, reckoning=reckoned.says)
        bearing = [e for e in case.bearing.get(fact, ()) if self.items[e.id].is_in]
        supporting = self._strongest_first(e.id for e in bearing if fact in e.supports)
        contradicting = self._strongest_first(e.id for e in bearing if fact in e.contradicts)
        found_none = self._strongest_first(e.id for e in bearing if fact in e.found_none)
        pro, con = self._level(supporting), self._level(contradicting)
        status, cause = self._status(fact, supporting, pro, con)
        return Finding.made(
            proposition=fact, status=status, cause=cause, supporting=supporting, contradicting=contradicting,
            found_none=found_none, strongest_for=pro, strongest_against=con,
        )  # fmt: skip

    def _status(self, fact: Proposition, supporting: tuple[str, ...], pro: int, con: int) -> tuple[Status, Cause]:
        if fact in self.assumed:
            return (Status.ESTABLISHED if self.assumed[fact] else Status.REFUTED), Cause.ASSUMED
        if fact in self.noticed:
            return Status.ESTABLISHED, Cause.NOTICED
        if NOBODY in fact.parties:
            return Status.UNRESOLVED, Cause.NOBODY_NAMED
        unjudged = any(self.items[name].unjudged for name in supporting)
        if meets(self.standard, pro, con, unjudged):
            return Status.ESTABLISHED, Cause.EVIDENCE
        if meets(self.contrary, con, pro):
            return Status.REFUTED, Cause.EVIDENCE
        if not supporting:
            return Status.UNRESOLVED, Cause.NO_EVIDENCE
        alone = meets(self.standard, pro, 0)  # an unjudged item that sufficed would have established it
        return Status.UNRESOLVED, Cause.CONFLICT if alone else Cause.SHORT

    def _level(self, names: tuple[str, ...]) -> int:
        return max((self.items[name].level or 0 for name in names), default=0)

    def _strongest_first(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(names, key=lambda name: (-(self.items[name].level or 0), natural(name))))
