"""What every peer is given, in plain data: rules, a record, and the rules lowered to conjunctions with negation.

It knows neither our library nor any peer, so that a peer's own process need not load ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from time import perf_counter
from typing import Literal, NamedTuple

MET, UNDETERMINED, NOT_MET = "met", "undetermined", "not met"
MODES = ("met", "may")
"""What holds, and what may yet hold: what is met is both, what is undetermined the second alone."""
NOBODY = "nobody"
"""The constant for somebody whom the record does not name: of it nothing is ever met."""


class Atom(NamedTuple):
    """A predicate of some terms: variables, which begin with a capital, or constants."""

    predicate: str
    args: tuple[str, ...] = ()


class Asked(NamedTuple):
    """A premise or an exception of a rule, and the guard that says of which parties it comes into question."""

    guard: Atom
    atom: Atom


class Rule(NamedTuple):
    """A rule: its conclusion, and how many of its premises it takes. ``use`` says to which parties it is put;
    ``layer`` how many rules deep it stands."""

    id: str
    layer: int
    head: Atom
    body: Literal["all", "any", "at_least"]
    count: int
    use: Atom
    premises: tuple[Asked, ...]
    unless: tuple[Asked, ...]


class Law(NamedTuple):
    """The rules, and what the predicates and constants say: a sentence by its literals, with a blank between each."""

    rules: tuple[Rule, ...]
    sentences: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]


class Record(NamedTuple):
    """The findings under one reading, the uses of the rules among them: each with its verdict, as are the propositions
    ``asked`` about, the question first."""

    name: str
    findings: tuple[tuple[Atom, str], ...]
    asked: tuple[Atom, ...]


class Answer(NamedTuple):
    """A verdict on each proposition asked about, and an explanation; empty where the peer gives none."""

    verdicts: Mapping[Atom, str]
    explanation: str


Decide = Callable[[Record], Answer]


class Clause(NamedTuple):
    """A conjunction: the head holds where the body does and none of ``unless``, which are settled at lower levels."""

    head: Atom
    body: tuple[Atom, ...]
    unless: tuple[Atom, ...]
    level: int


class Application(NamedTuple):
    """A rule put to the parties of a record."""

    rule: Rule
    head: Atom
    named: bool
    premises: tuple[Atom, ...]
    exceptions: tuple[Atom, ...]


def term(atom: Atom) -> str:
    """An atom as clingo, Prolog and ProbLog have it."""
    return f"{atom.predicate}({','.join(atom.args)})" if atom.args else atom.predicate


def lowered(law: Law) -> Iterator[Clause]:
    """The rules as clauses over what is met and what may be: alternatives a clause each, factors as a count that grows
    from premise to premise, exceptions as what is hit."""
    for number, rule in enumerate(law.rules):
        level = 2 * rule.layer
        hit = Atom(f"hit_{number}", rule.use.args)
        for guard, exception in rule.unless:
            yield Clause(hit, (_in("met", guard), _in("met", exception)), (), level)
        unless = (hit,) if rule.unless else ()
        for mode in MODES:
            head, use = _in(mode, rule.head), _in(mode, rule.use)
            asked = tuple((_in(mode, a.guard), _in(mode, a.atom)) for a in rule.premises)
            if rule.body == "all":
                yield Clause(head, (use, *(atom for _, atom in asked)), unless, level + 1)
            elif rule.body == "any":
                for guard, atom in asked:
                    yield Clause(head, (guard, use, atom), unless, level + 1)
            else:
                yield from _counted(f"{mode}_n{number}", rule, head, use, [atom for _, atom in asked], unless)


def _counted(
    name: str, rule: Rule, head: Atom, use: Atom, asked: list[Atom], unless: tuple[Atom, ...]
) -> Iterator[Clause]:
    """So many of the first premises hold, premise by premise."""
    level = 2 * rule.layer + 1

    def so_far(place: int, count: int) -> Atom:
        return Atom(f"{name}_{place}_{count}", rule.use.args) if place else use

    for place, atom in enumerate(asked, start=1):
        for count in range(min(place, rule.count) + 1):
            if count < place:
                yield Clause(so_far(place, count), (so_far(place - 1, count),), (), level)
            if count:
                yield Clause(so_far(place, count), (so_far(place - 1, count - 1), atom), (), level)
    yield Clause(head, (so_far(len(asked), rule.count),), unless, level)


def facts(record: Record) -> Iterator[Atom]:
    """The findings over what is met and what may be."""
    for atom, verdict in record.findings:
        yield from (_in(mode, atom) for mode in MODES if verdict == MET or (mode == "may" and verdict == UNDETERMINED))


def _in(mode: str, atom: Atom) -> Atom:
    return Atom(f"{mode}_{atom.predicate}", atom.args)


def answered(record: Record, holds: Callable[[Atom], bool], explanation: str = "") -> Answer:
    """The answer of an engine that can say of each atom whether it holds."""
    verdicts = {
        atom: MET if holds(_in("met", atom)) else UNDETERMINED if holds(_in("may", atom)) else NOT_MET
        for atom in record.asked
    }
    return Answer(verdicts, explanation)


def ground(law: Law, record: Record) -> Iterator[Application]:
    """The rules put to the parties of a record, for an engine that has no variables of its own."""
    known: dict[str, list[tuple[Atom, str]]] = {}
    for atom, verdict in record.findings:
        known.setdefault(atom.predicate, []).append((atom, verdict))

    def bindings(guard: Atom, bound: Mapping[str, str]) -> Iterator[dict[str, str]]:
        for atom, _ in known.get(guard.predicate, ()):
            own = dict(zip(guard.args, atom.args, strict=True))
            if all(bound.get(variable, party) == party for variable, party in own.items()):
                yield {**bound, **own}

    def put(asked: tuple[Asked, ...], bound: Mapping[str, str]) -> tuple[Atom, ...]:
        return tuple(dict.fromkeys(filled(a.atom, more) for a in asked for more in bindings(a.guard, bound)))

    for rule in law.rules:
        for use, verdict in known.get(rule.use.predicate, ()):
            bound = dict(zip(rule.use.args, use.args, strict=True))
            head = filled(rule.head, bound)
            yield Application(rule, head, verdict == MET, put(rule.premises, bound), put(rule.unless, bound))


def filled(atom: Atom, parties: Mapping[str, str]) -> Atom:
    """The atom with parties in the place of its variables."""
    return Atom(atom.predicate, tuple(parties.get(arg, arg) for arg in atom.args))


def timed(decide: Decide, record: Record, runs: int, seconds: float = 2.0) -> tuple[Answer, list[float]]:
    """What an engine answers, and how many seconds each of some decisions took: so many, or what can be begun in so
    many seconds and no fewer than two."""
    answer, took = decide(record), []
    while len(took) < runs and (len(took) < 2 or sum(took) < seconds):
        begun = perf_counter()
        answer = decide(record)
        took.append(perf_counter() - begun)
    return answer, took
