"""Two cases, or two rule sets: what differs between them, what moves, and which difference moves it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field

from authority.changes.differences import Difference, differences, name_of, only_words
from authority.changes.lining import lined_up
from authority.changes.mixing import Mixture, differing, of_law
from authority.changes.moves import Moved, moved
from authority.contradictions import Contradiction
from authority.errors import InvalidInput, UnknownName
from authority.facts import FactPattern
from authority.law import RuleSet
from authority.loading import cases_of, load_case, load_rules, rule_sets
from authority.opinion import Opinion, decide
from authority.vocabulary import Model, Proposition


class Under(Model):
    """The opinions of the two sides under one reading (None where that side has no such reading), and what moved."""

    before: Opinion | None
    after: Opinion | None
    changed: tuple[Moved, ...]

    def as_data(self) -> dict[str, Any]:
        """As plain data, with ``before`` and ``after`` as verdicts."""
        verdicts = {
            word: str(opinion.verdict) if opinion else None
            for word, opinion in (("before", self.before), ("after", self.after))
        }
        label = next((opinion.label for opinion in (self.after, self.before) if opinion), "")
        both = {word: [each.as_data() for each in found] for word, found in zip(verdicts, self._both(), strict=True)}
        changed = [each.as_data() for each in self.changed]
        return {**verdicts, "label": label, "contradictions": both, "changed": changed}

    def _both(self) -> tuple[tuple[Contradiction, ...], tuple[Contradiction, ...]]:
        """The contradictions before and after."""
        before, after = (opinion.contradictions if opinion else () for opinion in (self.before, self.after))
        return before, after

    def lines(self, reading: str, said: Mapping[str, str] | None = None) -> Iterator[str]:
        """As text; beneath the question, what each exhibit that moves it is ``said`` to be, by its id."""
        if self.before is None or self.after is None:
            yield f"{reading}: only one of the two has this reading."
            return
        same = self.before.verdict is self.after.verdict
        label = f" [{self.after.label}]" if self.after.label else ""
        yield f"{reading}{label}: " + (
            f"{self.after.verdict}, as before" if same else f"{self.before.verdict} → {self.after.verdict}"
        )
        for each in self.changed:
            yield f"  {each}"
            if each.proposition == self.after.question:
                yield from (f"    {name}: {said[name]}" for name in each.because if said and said.get(name))
        before, after = self._both()
        yield from (f"  contradiction, before only: {each}" for each in before if each not in after)
        yield from (f"  contradiction, {'as before' if each in before else 'after only'}: {each}" for each in after)


class Diff(Model):
    """What differs between two cases, and what moves under each reading. ``read_as`` says which parties of the other
    case are read as which of the one's, where the two ask the same of different parties."""

    one: str
    other: str
    differences: tuple[Difference, ...]
    readings: Mapping[str, Under]
    read_as: Mapping[str, str] = Field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """As plain data, with the keys of ``authority diff --format json``."""
        return {
            "a": self.one, "b": self.other, "read_as": dict(self.read_as), "differences": _listed(self.differences),
            "readings": {name: under.as_data() for name, under in self.readings.items()},
        }  # fmt: skip

    def explain(self) -> str:
        """As text: what differs, and what moves under each reading."""
        said = {each.id: each.said(self.one, self.other) for each in self.differences}
        lines = [f"{name} is read as {new}, throughout {self.other}" for name, new in self.read_as.items()]
        lines += _differing(self.one, self.other, self.differences)
        return "\n".join([*lines, "", *(line for r, under in self.readings.items() for line in under.lines(r, said))])


class LawDiff(Model):
    """What differs between two rule sets, and what moves in each case under each reading. ``unread`` holds the cases
    that the other rule set does not take, and why."""

    one: str
    other: str
    differences: tuple[Difference, ...]
    cases: Mapping[str, Mapping[str, Under]]
    unread: Mapping[str, tuple[str, ...]]

    def as_data(self) -> dict[str, Any]:
        """As plain data, with the keys of ``authority diff --format json``."""
        return {
            "a": self.one, "b": self.other, "differences": _listed(self.differences),
            "cases": {
                case: {"readings": {name: under.as_data() for name, under in readings.items()}}
                for case, readings in self.cases.items()
            },
            "unread": {case: list(problems) for case, problems in self.unread.items()},
        }  # fmt: skip

    def explain(self) -> str:
        """As text: what differs, and what moves in each case under each reading."""
        lines = [*_differing(self.one, self.other, self.differences)]
        for case, readings in self.cases.items():
            lines.append(f"\n{case}")
            lines += [f"  {line}" for name, under in readings.items() for line in under.lines(name)]
        for case, problems in self.unread.items():
            lines += [f"\n{case} cannot be read against {self.other}", *(f"  {problem}" for problem in problems)]
        return "\n".join(lines)


def diff(
    one: str | Path | FactPattern | RuleSet,
    other: str | Path | FactPattern | RuleSet,
    reading: str | None = None,
    ask: str | Proposition | None = None,
    *,
    cases: Iterable[str | Path] | None = None,
) -> Diff | LawDiff:
    """What differs between two cases, or between two rule sets, what moves, and because of which differences.

    Each is given as it is, by name or by path. Under every reading of either, or the one named. Two rule sets are tried
    on ``cases``, or on those that come with the first. With ``ask`` the same is asked of both sides. Where two cases
    ask the same sentence of different parties, the parties of the other are read as those of the one.

    A name or a path is read as a case if the other of the two is one. Raises UnknownName for what is not there,
    InvalidInput for what cannot be read, TypeError for a FactPattern and a RuleSet.
    """
    a = _read(one, FactPattern if isinstance(other, FactPattern) else RuleSet if isinstance(other, RuleSet) else None)
    b = _read(other, type(a))
    if isinstance(a, FactPattern) and isinstance(b, FactPattern):
        a, b = _asked(a, b, ask)
        b, read_as = lined_up(a, b)
        mixture = Mixture(a, b)
        return Diff(
            one=str_of(one), other=str_of(other), differences=tuple(differences(mixture.differ, *mixture.sides)),
            readings=_moves(mixture, reading), read_as=read_as,
        )  # fmt: skip
    if isinstance(a, FactPattern) or isinstance(b, FactPattern):
        raise TypeError("a case and a rule set cannot be compared: give two cases, or two rule sets")
    sides = of_law(a), of_law(b)
    found: dict[str, Mapping[str, Under]] = {}
    unread: dict[str, tuple[str, ...]] = {}
    for path in _own_cases(one) if cases is None else cases:
        case = load_case(path, a)
        try:
            against = load_case(path, b)
        except InvalidInput as error:
            unread[case.name] = tuple(str(problem) for problem in error.problems)
        else:
            found[case.name] = _moves(Mixture(*_asked(case, against, ask)), reading)
    return LawDiff(
        one=str_of(one), other=str_of(other), differences=tuple(differences(differing(*sides), *sides)), cases=found,
        unread=unread,
    )  # fmt: skip


def str_of(which: str | Path | FactPattern | RuleSet) -> str:
    """How one of the two is called: as it was given, or by its own name."""
    return which.name if isinstance(which, FactPattern | RuleSet) else str(which)


def _read(which: str | Path | FactPattern | RuleSet, like: type[Model] | None) -> FactPattern | RuleSet:
    """What was given, or what bears that name: of the same kind as the other of the two, where that is known."""
    if isinstance(which, FactPattern | RuleSet):
        return which
    law = str(which) in rule_sets() or Path(which).is_dir() if like is None else like is RuleSet
    return load_rules(which) if law else load_case(which)


def _own_cases(which: str | Path | FactPattern | RuleSet) -> Iterable[str | Path]:
    """The cases that come with a rule set that was named."""
    return () if isinstance(which, FactPattern | RuleSet) else cases_of(which)


def _asked(one: FactPattern, other: FactPattern, ask: str | Proposition | None) -> tuple[FactPattern, FactPattern]:
    """The two cases, asked the same where that is wished."""
    if ask is not None:
        asks = ask if isinstance(ask, Proposition) else decide(one, None, ask).question
        one, other = one.but(asks=asks), other.but(asks=asks)
    return one, other


def _moves(mixture: Mixture, reading: str | None) -> dict[str, Under]:
    """What moves between the two sides of a mixture under one reading, or under every one of either side."""
    named = dict.fromkeys(r.id for case in (mixture.one, mixture.other) for r in case.rules.readings)
    if reading is not None and reading not in named:
        raise UnknownName("reading", reading, named)
    return {name: _moved(mixture, name) for name in ([reading] if reading is not None else named)}


def _moved(mixture: Mixture, reading: str) -> Under:
    one, other = mixture.sides
    keys = {name_of(key): key for key in mixture.differ if not only_words(one.get(key), other.get(key))}

    @cache
    def decided(some: frozenset[str]) -> Opinion | None:
        return _opinion(mixture.between({keys[name] for name in some}), reading)

    before, after = _opinion(mixture.one, reading), _opinion(mixture.other, reading)
    found = moved(before, after, tuple(keys), decided) if before and after else ()
    return Under(before=before, after=after, changed=found)


def _opinion(case: FactPattern | None, reading: str) -> Opinion | None:
    return decide(case, reading) if case and any(r.id == reading for r in case.rules.readings) else None


def _listed(differences: Iterable[Difference]) -> list[dict[str, Any]]:
    return [each.model_dump(mode="json") for each in differences]


def _differing(one: str, other: str, differences: tuple[Difference, ...]) -> Iterator[str]:
    if not differences:
        yield f"Nothing that a verdict or a memo rests on differs between {one} and {other}."
        return
    yield f"From {one} to {other}"
    yield from (f"  {each.told(one, other)}" for each in differences)
