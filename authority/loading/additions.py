"""What may be added to a case: a file of evidence with its parties and sources, and a sentence to be assumed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from authority.errors import InvalidInput, Place, Problem
from authority.facts import Assumption, Evidence, FactPattern, Party, Source
from authority.loading.evidence import EvidenceReader
from authority.loading.sentences import Named, SentenceBuilder
from authority.loading.text import Items, Map, Node, Text, read
from authority.vocabulary import Model, Proposition

KEYS = ("parties", "sources", "evidence")
_RECORD = Place("the record")


class Additions(Model):
    """Evidence to be added to a record, with the parties and sources that it brings."""

    parties: tuple[Party, ...] = ()
    sources: tuple[Source, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def to(self, case: FactPattern) -> FactPattern:
        """The case with the additions in its record; InvalidInput where an id or a name is there already."""
        taken = [
            *(f"the party {p.name!r}" for p in self.parties if p.name in case.kind_of),
            *(f"the source {s.id!r}" for s in self.sources if s.id in case.source_of),
            *(f"the item {e.id!r}" for e in self.evidence if e.id in case.item),
        ]
        if taken:
            raise InvalidInput(
                Problem(Place("what is added"), "duplicate id", f"{each} is in the case already", "", _RENAME)
                for each in taken
            )
        return case.but(
            parties=(*case.parties, *self.parties), sources=(*case.sources, *self.sources),
            evidence=(*case.evidence, *self.evidence),
        )  # fmt: skip


_RENAME = "give it another id; what stands in the record is changed by --without and --grade"


def load_additions(path: str | Path, case: FactPattern) -> Additions:
    """The additions in a file, read against the case they are made to; InvalidInput with every problem if there is any.

    The file has ``evidence`` and, where wanted, ``parties`` and ``sources``, as a case file has them.
    """
    problems: list[Problem] = []
    node = read(Path(path), str(path), problems)
    if isinstance(node, Map):
        return read_additions(node, case, problems)
    if node is not None:
        fix = f"its keys are: {', '.join(KEYS)}"
        problems.append(Problem(node.place, "shape", "a file of additions must be a mapping", "", fix))
    raise InvalidInput(problems)


def read_additions(node: Map, case: FactPattern, problems: Iterable[Problem] = ()) -> Additions:
    """As ``load_additions``, of nodes that are read already, with the problems in them."""
    return _AdditionsReader(node, case, problems).read()


def read_assumption(text: str, case: FactPattern) -> Assumption:
    """A sentence about the parties of a case, affirmed or denied, as an assumption; InvalidInput for any other text."""
    build = SentenceBuilder(case.rules.vocabulary)
    build.declare(case.rules.parties, _declared(case))
    parse = build.sentence(Text(text, Place("the assumption")), named="an assumption")
    if parse is None:
        raise InvalidInput(build.everything())
    return Assumption(proposition=Proposition(parse.sentence.says, parse.args), holds=not parse.denied)


def read_facts(nodes: Iterable[Text], case: FactPattern) -> tuple[Proposition, ...]:
    """Texts, each as a fact of which evidence may speak, in the affirmed form and about parties of the case;
    InvalidInput with every problem where one is no such thing."""
    build = SentenceBuilder(case.rules.vocabulary)
    build.declare(case.rules.parties, _declared(case))
    reader = _AddedEvidence(build, case)
    found = [reader.fact(node) for node in nodes]
    if build.problems:
        raise InvalidInput(build.everything())
    return tuple(fact for fact in found if fact)


class _AdditionsReader:
    def __init__(self, node: Map, case: FactPattern, problems: Iterable[Problem]) -> None:
        self.case = case
        self.build = SentenceBuilder(case.rules.vocabulary)
        self.build.problems += problems
        self.node = self.build.keys(node, KEYS, "a file of additions")

    def read(self) -> Additions:
        parts = self.node.entries
        for key, shape in (("parties", Map), ("sources", Map), ("evidence", Items)):
            if key in self.node.keys and not isinstance(parts.get(key), shape):
                self.build.incomplete(key)
        if "evidence" not in self.node.keys:
            what = "a file of additions lacks the key 'evidence'"
            self.build.report(self.node.place, "missing key", what, "", "add 'evidence: …'")
        parties = self._parties(self._new(parts.get("parties"), self.case.kind_of, "party"))
        record = _AddedEvidence(self.build, self.case)
        sources = record.sources(self._new(parts.get("sources"), self.case.source_of, "source"))
        added = tuple(s for s in sources if s.id not in self.case.source_of)
        evidence = record.evidence(self._new_items(parts.get("evidence")))
        if self.build.problems:
            raise InvalidInput(self.build.everything())
        there = {*self.case.kind_of, *(party.name for party in parties)}
        return Additions(parties=(*parties, *self.build.days_beside(there)), sources=added, evidence=evidence)

    def _parties(self, node: Node | None) -> tuple[Party, ...]:
        found = [
            self.build.party(Party, name, child, place) for name, place, child in self.build.pairs(node, "parties")
        ]
        self.build.declare(self.case.rules.parties, [*_declared(self.case), *(named for _, named in found)])
        return tuple(party for party, _ in found if party)

    def _new(self, node: Node | None, taken: Iterable[str], what: str) -> Node | None:
        """The mapping without the names that the case has already, each reported."""
        if not isinstance(node, Map):
            return node
        there = [name for name in node.keys if name in taken]
        for name in there:
            self._taken(node.keys[name], f"the case has a {what} {name!r} already")
        keys = {name: place for name, place in node.keys.items() if name not in there}
        return Map({name: child for name, child in node.entries.items() if name in keys}, node.place, keys)

    def _new_items(self, node: Node | None) -> Node | None:
        """The list without the items whose id the case has already, each reported."""
        if not isinstance(node, Items):
            return node
        new = []
        for child in node.nodes:
            name = child.entries.get("id") if isinstance(child, Map) else None
            if isinstance(name, Text) and name.value in self.case.item:
                self._taken(name.place, f"the case has an item {name.value!r} already")
            else:
                new.append(child)
        return Items(tuple(new), node.place, node.flow)

    def _taken(self, where: Place, what: str) -> None:
        self.build.report(where, "duplicate id", what, "what is added stands beside the record", _RENAME)


class _AddedEvidence(EvidenceReader):
    """Reads evidence that may name the sources of the case, and attack what stands in its record."""

    def __init__(self, build: SentenceBuilder, case: FactPattern) -> None:
        super().__init__(build, case.rules, {d.id: d for d in (*case.rules.disputes, *case.disputes)})
        self.standing = {item.id: (item, Map({}, _RECORD)) for item in case.evidence}
        for source in case.sources:
            kind: dict[str, Node] = {"kind": Text(source.kind, _RECORD)} if source.kind is not None else {}
            self.known[source.id] = source, Map(kind, _RECORD)

    def fact(self, node: Text) -> Proposition | None:
        """A text as a fact of which evidence may speak, or None with the problem reported."""
        sides, _ = self._sides(Map({"supports": Items((node,), node.place)}, node.place))
        for denied in sides["contradicts"]:
            what = f"{node.value!r} is a denied form, and what is for it is against something"
            self.build.report(node.place, "denied form", what, "", f"write: {denied}, and turn the sides round")
        return next(iter(sides["supports"]), None)

    def _attacks(self, made: Mapping[str, tuple[Evidence, Map]]) -> None:
        super()._attacks({**made, **self.standing})


def _declared(case: FactPattern) -> list[Named]:
    return [Named(p.name, p.aliases, p.kind, _RECORD) for p in case.parties]
