"""A case file → FactPattern, or every problem in it at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from authority.errors import InvalidInput, Place, Problem, nearest
from authority.facts import Assumption, Evidence, FactPattern, Party, Source
from authority.law import Dispute, Position, RuleSet, Stance
from authority.loading.build import INVALID, Builder, stance
from authority.loading.rules import known_stance
from authority.loading.text import Items, Map, Node, Text, plain, read
from authority.vocabulary import Names, Parse, Proposition, fold

KEYS = (
    "title", "about", "rules", "asks", "as_of", "known_by", "parties", "sources", "evidence", "assume", "disputes",
    "positions", "expect",
)  # fmt: skip


def read_case(path: Path, label: str, rules: RuleSet) -> FactPattern:
    """The fact pattern of a file, read against a rule set; InvalidInput with every problem if there is any."""
    problems: list[Problem] = []
    node = read(path, label, problems)
    if isinstance(node, Map) and not problems:
        return _CaseReader(node, path.stem, rules).read()
    if node is not None and not problems:
        problems.append(Problem(node.place, "shape", "a case is a mapping", "", f"its keys are: {', '.join(KEYS)}"))
    raise InvalidInput(problems)


class _CaseReader:
    def __init__(self, node: Map, name: str, rules: RuleSet) -> None:
        self.node, self.name, self.rules = node, name, rules
        self.build = Builder(rules.vocabulary, Names(), {})
        self.sides: dict[str, list[tuple[Node, Parse]]] = {}

    def read(self) -> FactPattern:
        entries = self.node.entries
        self.build.keys(self.node, KEYS, "a case")
        for key in ("title", "asks", "as_of"):
            if key not in entries:
                self.build.report(self.node.place, "missing key", f"the case lacks the key {key!r}", "", f"add '{key}: …'")
        parties = self._parties(entries.get("parties"))
        self._name(parties)
        disputes = self._disputes(entries.get("disputes"))
        self.disputes = {d.id: d for d in (*self.rules.disputes, *disputes)}
        sources = self._sources(entries.get("sources"))
        evidence = self._evidence(entries.get("evidence"), {s.id: s for s in sources})
        made = self._whole(parties, sources, evidence, disputes)
        if self.build.problems or made is None:
            raise InvalidInput(self.build.problems)
        return made

    def _whole(
        self, parties: tuple[Party, ...], sources: tuple[Source, ...], evidence: tuple[Evidence, ...], disputes: tuple[Dispute, ...]
    ) -> FactPattern | None:
        entries = self.node.entries
        simple = {k: entries[k] for k in ("title", "about", "as_of", "known_by", "expect", "positions", "asks") if k in entries}
        keys = {k: self.node.keys[k] for k in simple}
        if "known_by" not in simple and "as_of" in simple:
            simple["known_by"] = entries["as_of"]
            keys["known_by"] = self.node.keys["as_of"]
        given: dict[str, Any] = {
            "name": self.name, "parties": parties, "sources": sources, "evidence": evidence, "disputes": disputes,
            "assume": self._assumptions(entries.get("assume")), "rules": self.rules,
        }  # fmt: skip
        if not {"title", "asks", "as_of"} <= set(simple):
            return None
        convert = {"asks": self._asks, "expect": self._expect, "positions": self._positions}
        return self.build.make(FactPattern, Map(simple, self.node.place, keys), "the case", convert, given)

    # ── Parties and sources ───────────────────────────────────────────────────────────────────────────────────────

    def _parties(self, node: Node | None) -> tuple[Party, ...]:
        made = []
        for name, child in self.build.map(node, "parties").items():
            made.append(self.build.make(Party, child, f"the party {name!r}", given={"name": name}))
        return tuple(p for p in made if p)

    def _name(self, parties: tuple[Party, ...]) -> None:
        """Makes the names known; reports a spelling that two parties share."""
        everybody = (*self.rules.parties, *parties)
        spelled: dict[str, str] = {}
        node = self.node.entries.get("parties")
        for party in everybody:
            for spelling in (party.name, *party.aliases):
                other = spelled.setdefault(fold(spelling), party.name)
                if other != party.name or (party in parties and party.name in [p.name for p in self.rules.parties]):
                    where = node.keys.get(party.name, node.place) if isinstance(node, Map) else self.node.place
                    what = f"{spelling!r} could be {other!r} or {party.name!r}"
                    if other == party.name:
                        what = f"{party.name!r} is a noticed party of the rule set already"
                    why = "a name must mean one party"
                    self.build.report(where, "ambiguous name", what, why, "leave it out, or choose a longer name")
                    break
        self.build.names = Names({p.name: p.aliases for p in everybody})
        self.build.kinds = {p.name: p.kind for p in everybody}

    def _sources(self, node: Node | None) -> tuple[Source, ...]:
        made = []
        for name, child in self.build.map(node, "sources").items():
            what = f"the source {name!r}"
            source = self.build.make(Source, child, what, given={"id": name})
            if source and isinstance(child, Map):
                self._graded(source.kind, source.reliability, None, child, what)
                made.append(source)
        return tuple(made)

    def _graded(self, kind: str | None, reliability: str | None, credibility: str | None, node: Map, what: str) -> None:
        """Reports a type of source or a grade that the tables do not have."""
        tables = self.rules.tables
        checks = (
            ("kind", kind, tables.grading.kinds), ("reliability", reliability, tables.reliability),
            ("credibility", credibility, tables.credibility),
        )  # fmt: skip
        for key, value, known in checks:
            if value is not None and value not in known:
                near = nearest(value, known)
                fix = f"did you mean {near!r}?" if near else f"there are: {', '.join(known)}"
                self.build.report(node.keys[key], "bad value", f"{key} of {what}: {value!r} is not in the table", "", fix)

    # ── Evidence ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _evidence(self, node: Node | None, sources: Mapping[str, Source]) -> tuple[Evidence, ...]:
        made: list[tuple[Evidence, Map]] = []
        places: dict[str, Place] = {}
        for child in self.build.items(node, "evidence"):
            item = self._item(child, sources)
            if item is None or not isinstance(child, Map):
                continue
            if item.id in places:
                why = f"the first stands at {places[item.id]}"
                self.build.report(child.place, "duplicate id", f"there are two items {item.id!r}", why, "give one another id")
                continue
            places[item.id] = child.place
            made.append((item, child))
        self._attacks(made)
        return tuple(item for item, _ in made)

    def _item(self, node: Node, sources: Mapping[str, Source]) -> Evidence | None:
        if not isinstance(node, Map):
            return self.build.make(Evidence, node, "an item of evidence")
        what = f"the item {plain(node).get('id', '?')!r}"
        self.sides = {"supports": [], "contradicts": [], "found_none": []}
        for key in ("supports", "contradicts", "found_none"):
            if key in node.entries:
                self._side(key, node.entries[key])
        read_already = {key: lambda _, k=key: self._facts(k) for key in self.sides}
        rest = {k: v for k, v in node.entries.items() if k not in self.sides}
        for key, found in self.sides.items():
            if found:
                rest[key] = found[0][0]
        keys = {**node.keys, **{k: node.place for k in rest if k not in node.keys}}
        for key in set(self.sides) - set(rest):
            keys.pop(key, None)
        convert = {"position": self._stance, "under": self._stances, **read_already}
        item = self.build.make(Evidence, Map(rest, node.place, keys), what, convert)
        if item is None:
            return None
        self._judgeable(item, node, sources, what)
        return item

    def _side(self, key: str, node: Node) -> None:
        """Files each sentence of a list under its side; a denied form counts for the other side."""
        other = {"supports": "contradicts", "contradicts": "supports"}
        for child, parse in self.build.sentences(node):
            if parse.denied and key == "found_none":
                why = "to have found nothing is no evidence for a denial"
                fix = f"write: {parse.sentence.fill(parse.args)}"
                self.build.report(child.place, "denied form", f"{str(parse)!r} is a denied form in found_none", why, fix)
                continue
            if parse.sentence.says in self.rules.conclusions:
                self._on_conclusion(child, parse)
                continue
            self.sides[other[key] if parse.denied else key].append((child, parse))

    def _on_conclusion(self, node: Node, parse: Parse) -> None:
        facts = "; ".join(sorted(self._beneath(parse.sentence.says)))
        why = "evidence speaks to facts and rules to conclusions: what a source says follows in law is no evidence that it does"
        fix = f"enter it on a fact beneath: {facts}" if facts else "no fact lies beneath it; leave it out"
        self.build.report(node.place, "conclusion", f"{str(parse)!r} is a conclusion", why, fix)

    def _beneath(self, sentence: str) -> set[str]:
        """The facts, in any rule and any layer, that bear on a conclusion."""
        if sentence not in self.rules.conclusions:
            return {sentence}
        below = {p.sentence for r in self.rules.rules if r.then.sentence == sentence for p in (*r.premises, *r.unless)}
        return {fact for each in below for fact in self._beneath(each)}

    def _facts(self, key: str) -> tuple[Proposition, ...]:
        return tuple(dict.fromkeys(Proposition(p.sentence.says, p.args) for _, p in self.sides[key]))

    def _judgeable(self, item: Evidence, node: Map, sources: Mapping[str, Source], what: str) -> None:
        """What no single key shows: a known source, a grade, one side only, and something it bears on."""
        source = sources.get(item.source)
        if source is None:
            near = nearest(item.source, sources)
            fix = f"did you mean {near!r}?" if near else "a source is declared under 'sources:'"
            self.build.report(node.keys["source"], "unknown source", f"{item.source!r} is no source of this case", "", fix)
        self._graded(item.kind, item.reliability, item.credibility, node, what)
        kind = item.kind or (source.kind if source else None)
        if source and not kind and not ((item.reliability or source.reliability) and item.credibility):
            why = "an item is graded by the type of its source, or by both letters of the Admiralty code"
            fix = "give the source a 'kind', or a 'reliability' A–F and the item a 'credibility' 1–6"
            self.build.report(node.place, "grade", f"{what} has no grade", why, fix)
        both = set(item.supports) & {*item.contradicts, *item.found_none} | set(item.contradicts) & set(item.found_none)
        for fact in sorted(both):
            self.build.report(node.place, "evidence", f"{what} stands on two sides of {str(fact)!r}", "", "split it in two items")
        bears = (*item.bears_on, *item.undercuts, *item.doubts, item.position or "", item.bears_on_nothing)
        written = set(node.entries) & {"supports", "contradicts", "found_none"}
        if not any(bears) and not written:
            fix = "say what it supports, contradicts, found none of, undercuts or doubts; or bears_on_nothing, and why"
            self.build.report(node.place, "evidence", f"{what} does not say what it bears on", "", fix)

    def _attacks(self, made: list[tuple[Evidence, Map]]) -> None:
        """Undercutting and doubting point at items that are there, and never in a circle."""
        known = {item.id: item for item, _ in made}
        nodes = {item.id: node for item, node in made}
        for item, node in made:
            for key, targets in (("undercuts", item.undercuts), ("doubts", item.doubts)):
                for target in targets:
                    if target not in known:
                        near = nearest(target, known)
                        fix = f"did you mean {near!r}?" if near else ""
                        self.build.report(node.keys[key], "unknown item", f"{item.id} {key} {target!r}, which is not there", "", fix)
        done: set[str] = set()

        def visit(name: str, route: list[str]) -> None:
            if name in route:
                loop = " → ".join([*route[route.index(name) :], name])
                self.build.report(nodes[name].place, "cycle", f"items attack each other in a circle: {loop}", "", "take one attack out")
                done.update(route)
            elif name not in done and name in known:
                for target in (*known[name].undercuts, *known[name].doubts):
                    visit(target, [*route, name])
                done.add(name)

        for item, _ in made:
            visit(item.id, [])

    # ── Question, assumptions, disputes ───────────────────────────────────────────────────────────────────────────

    def _asks(self, node: Node) -> Any:
        parse = self.build.sentence(node, affirmed="a question")
        if parse is None:
            return INVALID
        if any(arg.startswith("<") for arg in parse.args):
            self.build.report(node.place, "question", "a question must name its parties", "", "put a party in each blank")
            return INVALID
        if not parse.sentence.question:
            there = "; ".join(s.says for s in self.rules.vocabulary.sentences if s.question)
            self.build.report(node.place, "question", f"{str(parse)!r} is not a question here", "", f"one may ask: {there}")
            return INVALID
        return Proposition(parse.sentence.says, parse.args)

    def _assumptions(self, node: Node | None) -> tuple[Assumption, ...]:
        found: dict[Proposition, bool] = {}
        for child, parse in self.build.sentences(node) if node else ():
            proposition = Proposition(parse.sentence.says, parse.args)
            if found.setdefault(proposition, not parse.denied) == parse.denied:
                self.build.report(child.place, "assumption", f"{str(proposition)!r} is assumed both true and false")
        return tuple(Assumption(proposition=p, holds=h) for p, h in found.items())

    def _disputes(self, node: Node | None) -> tuple[Dispute, ...]:
        made = []

        def positions(node: Node) -> Any:
            found = [self.build.make(Position, n, "a position") for n in self.build.items(node, "positions")]
            return INVALID if None in found else tuple(found)

        for child in self.build.items(node, "disputes"):
            dispute = self.build.make(Dispute, child, "a dispute", {"positions": positions})
            if dispute and dispute.id in {d.id for d in self.rules.disputes}:
                self.build.report(child.place, "duplicate id", f"the rule set has a dispute {dispute.id!r} already")
            elif dispute:
                made.append(dispute)
        return tuple(made)

    def _positions(self, node: Node) -> Any:
        """Reading → dispute → position, for the disputes of the case and, where wished, those of the rule set."""
        found: dict[str, dict[str, str]] = {}
        for reading, child in self.build.map(node, "positions").items():
            if not self._known_reading(reading, child.place):
                continue
            for dispute, value in self.build.map(child, "positions").items():
                taken = Stance(dispute, str(plain(value)))
                if known_stance(self.build, self.disputes, taken, value.place):
                    found.setdefault(reading, {})[dispute] = taken.position
        return found

    def _stance(self, node: Node) -> Any:
        found = stance(node.value) if isinstance(node, Text) else None
        if found is None:
            self.build.report(node.place, "dispute", "a position is written 'dispute = position'")
            return INVALID
        return found if known_stance(self.build, self.disputes, found, node.place) else INVALID

    def _stances(self, node: Node) -> Any:
        found = [self._stance(n) for n in (node.nodes if isinstance(node, Items) else (node,))]
        return INVALID if INVALID in found else tuple(found)

    def _expect(self, node: Node) -> Any:
        found = {}
        for reading, child in self.build.map(node, "expect").items():
            value = str(plain(child))
            if value not in ("shown", "not shown"):
                self.build.report(child.place, "bad value", f"expect: {value!r} will not do", "", "write 'shown' or 'not shown'")
            elif self._known_reading(reading, child.place):
                found[reading] = value
        return found

    def _known_reading(self, name: str, where: Place) -> bool:
        known = [r.id for r in self.rules.readings]
        if name not in known:
            near = nearest(name, known)
            fix = f"did you mean {near!r}?" if near else f"the readings are: {', '.join(known)}"
            self.build.report(where, "unknown reading", f"{name!r} is no reading of {self.rules.name}", "", fix)
        return name in known
