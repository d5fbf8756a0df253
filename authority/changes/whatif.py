"""What if: an exhibit withdrawn, graded otherwise or added, a position or a standard changed, something assumed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from authority.changes.mixing import Key, Mixture
from authority.changes.moves import Moved, moved
from authority.errors import InvalidInput, Place, Problem, UnknownName
from authority.facts import Assumption, FactPattern
from authority.law import Reading, Stance
from authority.loading.additions import Additions, load_additions, read_assumption
from authority.opinion import Opinion, decide, denied
from authority.vocabulary import Model, Proposition


class Change(Model):
    """One thing that is changed: how ``because`` names it, and what it is in words."""

    id: str
    says: str


class WhatIf(Model):
    """The opinion before and after some changes, what moved between them, and which of the changes move nothing."""

    before: Opinion
    after: Opinion
    changes: tuple[Change, ...]
    changed: tuple[Moved, ...]
    idle: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """As plain data, with the keys of ``authority whatif --format json``."""
        return {
            "case": self.before.case.name, "reading": self.before.reading.id, "label": self.before.label,
            "question": str(self.before.question),
            "before": str(self.before.verdict), "after": str(self.after.verdict),
            "shown": {"before": self.before.shown, "after": self.after.shown},
            "contradictions": {
                "before": [each.as_data() for each in self.before.contradictions],
                "after": [each.as_data() for each in self.after.contradictions],
            },
            "changes": [each.model_dump(mode="json") for each in self.changes],
            "changed": [each.as_data() for each in self.changed], "without_effect": list(self.idle),
        }  # fmt: skip

    def explain(self) -> str:
        """As text: the verdict before and after, the changes, and what each of them moved."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterable[str]:
        label = f" [{self.before.label}]" if self.before.label else ""
        yield f"{self.before.question}, under {self.before.reading.id}{label}"
        for word, opinion in (("before", self.before), ("after", self.after)):
            yield f"  {word}: {opinion.verdict} ({'shown' if opinion.shown else 'not shown'})"
            yield from (f"    {each}" for each in opinion.warnings)
        yield "\nWhat is changed"
        yield from (f"  {each.says}" for each in self.changes)
        yield "\nWhat moves" if self.changed else "\nNothing moves."
        yield from (f"  {each}" for each in self.changed)
        if self.changed and self.idle:
            yield f"\nBy itself each of these changes nothing: {', '.join(self.idle)}."


def whatif(
    case: FactPattern,
    reading: str | Reading | None = None,
    ask: str | Proposition | None = None,
    *,
    without: Iterable[str] = (),
    grades: Mapping[str, str] | None = None,
    positions: Mapping[str, str] | None = None,
    standard: str | None = None,
    add: Iterable[str | Path | Additions] = (),
    assume: Iterable[str | Assumption] = (),
) -> WhatIf:
    """What becomes of the opinion on a case if all these changes are made, and which of them moves what.

    ``without`` takes exhibits out as though they had never been there; ``grades`` states grades for them ("B2");
    ``positions`` takes others on disputes; ``standard`` is another proof standard; ``add`` adds files of evidence;
    ``assume`` takes sentences as given, affirmed or denied. An exhibit that is both graded and taken out is out.

    Raises UnknownName for an exhibit, grade, dispute, position, standard or reading that is not there, InvalidInput for
    a file or a sentence that cannot be read, and as ``decide`` does.
    """
    return _Changes(case, reading).make(without, grades or {}, positions or {}, standard, add, assume).tried(ask)


class _Changes:
    """The changes one after another: what each is called, and which entry of the case it is made to."""

    def __init__(self, case: FactPattern, reading: str | Reading | None) -> None:
        rules = case.rules
        self.one = self.other = case
        self.reading = reading if isinstance(reading, Reading) else rules.reading(reading or rules.readings[0].id)
        self.standard = self.reading.standard
        self.says: dict[str, str] = {}
        self.key: dict[Key, str] = {}

    def make(
        self, gone: Iterable[str], grades: Mapping[str, str], positions: Mapping[str, str], standard: str | None,
        add: Iterable[str | Path | Additions], assume: Iterable[str | Assumption],
    ) -> _Changes:  # fmt: skip
        for each in add:
            self._add(each)
        for name, grade in grades.items():
            self._grade(name, grade)
        for name in dict.fromkeys(gone):
            self._withdraw(name)
        for dispute, position in positions.items():
            self._take(Stance(dispute, position))
        self._assume(assume)
        if standard is not None:
            self._at(standard)
        return self

    def tried(self, ask: str | Proposition | None) -> WhatIf:
        """The opinions before and after, and what moved. Each choice of changes is decided once."""
        mixture = Mixture(self.one, self.other)
        named: dict[str, list[Key]] = {name: [] for name in self.says}
        for key in mixture.differ:
            named[self.key[key]].append(key)
        question = decide(self.one, self.reading, ask).question
        at_another = self.reading.but(standard=self.standard)

        @cache
        def decided(some: frozenset[str]) -> Opinion | None:
            between = mixture.between({key for name in some for key in named[name]})
            reading = at_another if self.standard in some and self.standard != self.reading.standard else self.reading
            return decide(between, reading, question) if between else None

        names = tuple(self.says)
        before, after = decided(frozenset()), decided(frozenset(names))
        assert before and after
        changes = moved(before, after, names, decided)
        causes = {name for each in changes for name in each.because}
        idle = [name for name in names if name not in causes and not self._brought(name)]
        return WhatIf(
            before=before, after=after, changed=changes,
            changes=tuple(Change(id=name, says=says) for name, says in self.says.items()),
            idle=tuple(name for name in idle if not _moves(before, decided(frozenset({name})))),
        )  # fmt: skip

    def _brought(self, name: str) -> bool:
        """Whether a change is a party or a source that came with what was added."""
        return name.startswith(("party ", "source "))

    def _add(self, what: str | Path | Additions) -> None:
        additions = what if isinstance(what, Additions) else load_additions(what, self.other)
        self.other = additions.to(self.other)
        for item in additions.evidence:
            self._note(item.id, ("evidence", item.id), f"{item.id} is added: {item.says}")
        for party in additions.parties:
            self._note(f"party {party.name}", ("party", party.name), f"{party.name} is added, a party ({party.kind})")
        for source in additions.sources:
            self._note(f"source {source.id}", ("source", source.id), f"{source.id} is added, a source: {source.name}")

    def _grade(self, name: str, grade: str) -> None:
        self._known(name, self.other)
        tables = self.one.rules.tables
        grades = [letter + digit for letter in tables.reliability for digit in tables.credibility]
        if grade not in grades:
            raise UnknownName("grade", grade, grades)
        changed = {e.id: e for e in self.other.evidence}
        changed[name] = changed[name].but(reliability=grade[0], credibility=grade[1:])
        self.other = self.other.but(evidence=tuple(changed.values()))
        added = f"{self.says[name]} (graded {grade})" if name in self.says else f"{name} is graded {grade}"
        self._note(name, ("evidence", name), added)

    def _withdraw(self, name: str) -> None:
        self._known(name, self.one)
        self.other = self.other.but(evidence=tuple(e for e in self.other.evidence if e.id != name))
        self._note(name, ("evidence", name), f"{name} is withdrawn")

    def _known(self, name: str, case: FactPattern) -> None:
        if name not in case.item:
            raise UnknownName("exhibit", name, case.item)

    def _take(self, stance: Stance) -> None:
        disputes = {d.id: d for d in (*self.one.rules.disputes, *self.one.disputes)}
        if stance.dispute not in disputes:
            raise UnknownName("dispute", stance.dispute, disputes)
        disputes[stance.dispute].position(stance.position)
        name, held = self.reading.id, self.other.taken(self.reading).positions
        if held.get(stance.dispute) != stance.position:
            own = {**self.other.positions.get(name, {}), stance.dispute: stance.position}
            self.other = self.other.but(positions={**self.other.positions, name: own})
        was = held.get(stance.dispute, "none")
        self._note(str(stance), ("position", name, stance.dispute), f"{stance} (before: {was})")

    def _assume(self, assume: Iterable[str | Assumption]) -> None:
        made: dict[Proposition, Assumption] = {}
        for each in assume:
            assumption = read_assumption(each, self.other) if isinstance(each, str) else each
            if made.setdefault(assumption.proposition, assumption) != assumption:
                what = f"{str(assumption.proposition)!r} is assumed both true and false"
                raise InvalidInput(
                    [Problem(Place("the assumption"), "assumption", what, "", "take one of the two out")]
                )
        kept = [a for a in self.other.assume if a.proposition not in made]
        self.other = self.other.but(assume=(*kept, *made.values())) if made else self.other
        for proposition, assumption in made.items():
            text = str(proposition) if assumption.holds else denied(self.one, proposition)
            self._note(text, ("assumption", str(proposition)), f"it is assumed that {text}")

    def _at(self, standard: str) -> None:
        there = self.one.rules.tables.standard(standard)
        was = self.one.rules.tables.standard(self.standard)
        self.standard = standard
        self.says[standard] = f"the standard is {there.says}, not {was.says}"

    def _note(self, name: str, key: Key, says: str) -> None:
        self.says[name], self.key[key] = says, name


def _moves(before: Opinion, after: Opinion | None) -> bool:
    """Whether anything stands otherwise after than before."""
    return after is not None and bool(moved(before, after, (), lambda _: after))
