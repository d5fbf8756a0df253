"""Makes an opinion or a memo again from its receipt: the same, or what differs and how."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from authority.errors import InvalidInput, Place, Problem, UnknownName
from authority.facts import FactPattern
from authority.kept import Kept, Standing, read_kept
from authority.loading import load_case
from authority.memo import compose, render
from authority.opinion import Opinion, decide
from authority.receipt import Receipt, made_from
from authority.vocabulary import Model

_MACHINE = {"Derived", "Made by"}
"""The lines of a memo's receipt that speak of the machine and the version rather than of the answer."""
_TOLD = {"elements", "findings", "receipt", "verdict", "cause", "made_from"}
_GONE = "not there"


class Differs(Model):
    """One thing that is not as the file has it: what it is of (rules, record, reading, question, verdict, finding,
    words), what it is about, how it stood then and stands now."""

    of: str
    about: str
    then: str
    now: str

    def __str__(self) -> str:
        return f"{self.about}: then {self.then}, now {self.now}"


class Verified(Model):
    """What came of making an opinion or a memo again. ``notes`` say what may part two machines and is no difference:
    the versions, and how often it was derived."""

    file: str
    case: str
    readings: tuple[str, ...]
    is_memo: bool
    differs: tuple[Differs, ...]
    notes: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether nothing differs: neither rules nor record nor any answer nor, of a memo, any word."""
        return not self.differs

    def as_data(self) -> dict[str, Any]:
        """As plain data, with the keys of ``authority verify --format json``."""
        return {"same": self.same, **self.model_dump(mode="json")}

    def explain(self) -> str:
        """As text: that it is the same, or each difference on a line, grouped by what it is of."""
        under = ", ".join(self.readings)
        what = "every verdict, cause and finding" + (", and every word of the memo" if self.is_memo else "")
        if self.same:
            lines = [f"{self.file}: the same: {what}, on {self.case} under {under}"]
        else:
            lines = [f"{self.file}: not the same when made again from {self.case} under {under}"]
        for of in dict.fromkeys(each.of for each in self.differs):
            lines += ["", f"{of}{_MEANS.get(of, '')}", *(f"  {each}" for each in self.differs if each.of == of)]
        if {"rules", "record"} >= {each.of for each in self.differs} and not self.same:
            lines += ["", f"{what.capitalize()} is the same all the same."]
        return "\n".join([*lines, *([""] if self.notes else []), *(f"note: {each}" for each in self.notes)])


_MEANS = {
    "rules": ": not those it was made from, so that it cannot be the same opinion, whatever the answers are",
    "record": ": not that it was made from, so that it cannot be the same opinion, whatever the answers are",
}


def verify(path: str | Path, case: str | Path | FactPattern | None = None) -> Verified:
    """What comes of making again what a file holds: a memo as JSON, or what ``authority decide --format json`` prints.

    The case is found by the name in the receipt, among those that come with the library or beside the file, unless
    ``case`` gives it; the rule set is the case's. Rules and record are compared by their digests, then every verdict,
    cause and finding under the same readings, and of a memo every word. Raises InvalidInput for a file that is no such
    thing, or whose case is not found; UnknownName for a ``case`` that is not there.
    """
    kept = read_kept(path)
    found = case if isinstance(case, FactPattern) else load_case(case) if case else _found(kept, Path(path))
    differs = list(_made_from(kept, found))
    now, words, unasked = _again(kept, found)
    for then in kept.answers:
        differs += _answer(then.data, now[then.reading], len(kept.answers) > 1) if then.reading in now else ()
    differs += unasked
    differs += _words(kept.memo, words, "receipt" if differs else "") if kept.memo is not None and words else ()
    notes = (line for then in kept.answers[:1] if then.reading in now for line in _notes(then.receipt, now))
    return Verified(
        file=str(path), case=found.name, readings=tuple(then.reading for then in kept.answers),
        is_memo=kept.memo is not None, differs=tuple(differs), notes=tuple(notes),
    )  # fmt: skip


def _found(kept: Kept, path: Path) -> FactPattern:
    """The case that the receipt names."""
    name = kept.receipt.case
    if name in (".", "..") or {"/", "\\", "\0"} & {*name}:
        what, why = f"the case {name!r} that the receipt names is no name", "a file does not say which other is opened"
        raise InvalidInput([Problem(Place(str(path)), "receipt", what, why, "say where it is: --case FILE")])
    for which in (name, path.parent / f"{name}.yaml", path.parent / f"{name}.case.yaml", path.parent / f"{name}.json"):
        try:
            return load_case(which)
        except UnknownName as error:
            if error.what != "case":  # it is there, and something that it names is not
                raise
    what = f"the case {name!r} that the receipt names is not found"
    why = "no case that comes with the library is called so, and none lies beside the file"
    raise InvalidInput([Problem(Place(str(path)), "receipt", what, why, "say where it is: --case FILE")])


# ── Made from the same ────────────────────────────────────────────────────────────────────────────────────────────────


def _made_from(kept: Kept, case: FactPattern) -> Iterator[Differs]:
    """Whether rules and record are those of the receipt, and which of their entries are not."""
    now, receipt = made_from(case), kept.receipt
    for of, here, there in (("rules", receipt.rules, case.rules.digest), ("record", receipt.facts, case.digest)):
        entries = list(_entries(of, kept.made_from.get(of, {}), now[of]))
        if of == "rules" and receipt.rule_set != case.rules.name:
            yield Differs(of=of, about="rule set", then=receipt.rule_set, now=case.rules.name)
        elif of == "record" and receipt.case != case.name:
            yield Differs(of=of, about="case", then=receipt.case, now=case.name)
        if here != there or entries:
            yield Differs(of=of, about="SHA-256", then=here, now=there)
        yield from entries


def _entries(of: str, then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Differs]:
    for name in {**then, **now}:
        if then.get(name) != now.get(name):
            yield Differs(of=of, about=name, then=then.get(name, _GONE), now=now.get(name, _GONE))


# ── Made again ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _again(kept: Kept, case: FactPattern) -> tuple[dict[str, dict[str, Any]], dict[str, Any] | None, list[Differs]]:
    """Each answer as it is now, by its reading; the memo as it is now, where one was kept; what can no longer be asked
    at all."""
    try:
        first = _opinion(kept.receipt, case)
    except UnknownName:
        gone = Differs(of="reading", about=kept.receipt.reading, then="there", now="no reading of the rule set")
        return {}, None, [gone]
    except InvalidInput as error:
        if error.problems[0].where.file != "the question":
            raise
        gone = Differs(of="question", about=kept.receipt.question, then="asked", now=error.problems[0].what)
        return {}, None, [gone]
    if kept.memo is None:
        return {first.reading.id: json.loads(json.dumps(first.as_data()))}, None, []
    words = json.loads(render(compose(first), ".json"))
    now = {answer["reading"]: answer for answer in words["answers"]}
    then = {each.reading for each in kept.answers}
    lost = [Differs(of="reading", about=r, then="there", now="no reading of the rule set") for r in then - now.keys()]
    added = [Differs(of="reading", about=r, then=_GONE, now="a reading of the rule set") for r in now.keys() - then]
    return now, words, sorted((*lost, *added), key=lambda each: each.about)


def _opinion(receipt: Receipt, case: FactPattern) -> Opinion:
    """The opinion that a receipt speaks of. From the same rules and record it is made under the positions and by the
    standard that were taken, which need not be those of the reading's name; else under the reading as it is now."""
    reading = case.rules.reading(receipt.reading)
    if (receipt.rules, receipt.facts) == (case.rules.digest, case.digest):
        case.rules.tables.standard(receipt.standard)
        reading = case.taken(reading)
        if (dict(reading.positions), reading.standard) != (dict(receipt.positions), receipt.standard):
            reading = reading.but(positions=receipt.positions, standard=receipt.standard)
    return decide(case, reading, case.asks if str(case.asks) == receipt.question else receipt.question)


def _notes(then: Receipt, now: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    here = Receipt.model_validate(now[then.reading]["receipt"])
    if then.version != here.version:
        yield f"made by authority {then.version}, verified by {here.version}"
    if (then.derived_twice, then.durable_rules) != (here.derived_twice, here.durable_rules):
        yield f"derived {_derived(then)} then, {_derived(here)} now"


def _derived(receipt: Receipt) -> str:
    return f"twice (durable-rules {receipt.durable_rules})" if receipt.derived_twice else "once"


# ── The same answers ──────────────────────────────────────────────────────────────────────────────────────────────────


def _answer(then: Mapping[str, Any], now: Mapping[str, Any], several: bool) -> Iterator[Differs]:
    """What differs between two answers under one reading: how it was read, the question, each proposition, the rest."""
    under = f"{then['reading']}: " if several else ""
    before, after = then["receipt"], now["receipt"]
    for key in ("standard", "as_of", "known_by"):
        if before[key] != after[key]:
            yield Differs(of="reading", about=f"{under}{key}", then=before[key], now=after[key])
    taken, takes = before["positions"], after["positions"]
    for dispute in sorted({**taken, **takes}):
        if taken.get(dispute) != takes.get(dispute):
            was, is_ = taken.get(dispute, _GONE), takes.get(dispute, _GONE)
            yield Differs(of="reading", about=f"{under}position on {dispute}", then=was, now=is_)
    asked = [f"{each['question']}: {each['verdict']} ({each['cause']})" for each in (then, now)]
    if asked[0] != asked[1]:
        was, is_ = (f"{each['verdict']} ({each['cause']})" for each in (then, now))
        yield Differs(of="verdict", about=f"{under}{then['question']}", then=was, now=is_)
    yield from _propositions("verdict", under, then["elements"], now["elements"])
    yield from _propositions("finding", under, then["findings"], now["findings"])
    rest = [{key: value for key, value in each.items() if key not in _TOLD} for each in (then, now)]
    for path, was, is_ in _leaves(rest[0], rest[1]):
        yield Differs(of="answer", about=f"{under}{path}", then=_short(was), now=_short(is_))


def _propositions(
    of: str, under: str, then: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]
) -> Iterator[Differs]:
    before, after = ({each["proposition"]: each for each in some} for some in (then, now))
    moved = [p for p in {**before, **after} if before.get(p) != after.get(p)]
    if not moved and then != now:  # one stands twice, or they stand in another order
        yield Differs(of=of, about=f"{under}the list of {of}s", then="as it stands in the file", now="another")
    for proposition in moved:
        sides = (before.get(proposition), after.get(proposition))
        was, is_ = (Standing.model_validate(each).told() if each else "not in question" for each in sides)
        yield Differs(of=of, about=f"{under}{proposition}", then=was, now=is_)


# ── The same words ────────────────────────────────────────────────────────────────────────────────────────────────────


def _words(then: Mapping[str, Any], now: Mapping[str, Any], told: str) -> Iterator[Differs]:
    """The parts of a memo that read otherwise, each by the first place at which it does. ``told`` names a part of which
    it is told already."""
    for part in {**then, **now}:
        if part in ("answers", "made_from", told):
            continue
        was, is_ = ((_of_the_answer(part, each[part]) if part in each else _GONE) for each in (then, now))
        for path, one, other in _leaves(was, is_, part):
            yield Differs(of="words", about=path, then=_short(one), now=_short(other))
            break


def _of_the_answer(part: str, value: Any) -> Any:
    """A part of the memo without what it says of the machine that made it."""
    if part != "receipt" or not isinstance(value, list):
        return value
    return [row for row in value if not (isinstance(row, list) and row and row[0] in _MACHINE)]


def _leaves(then: Any, now: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Every place, as ``readings[0].answer``, at which two values of JSON differ, with what stands there."""
    if isinstance(then, dict) and isinstance(now, dict):
        for key in {**then, **now}:
            here = f"{path}.{key}" if path else key
            yield from _leaves(then.get(key, _GONE), now.get(key, _GONE), here)
    elif isinstance(then, list) and isinstance(now, list):
        for i in range(max(len(then), len(now))):
            one, other = (each[i] if i < len(each) else _GONE for each in (then, now))
            yield from _leaves(one, other, f"{path}[{i}]")
    elif then != now:
        yield path, then, now


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"“{text}”" if len(text) <= 120 else f"“{text[:118]} …”"
