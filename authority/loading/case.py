"""A case file → FactPattern, or every problem in it at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from authority.errors import InvalidInput, Place, Problem, nearest
from authority.facts import Assumption, Evidence, FactPattern, Party, Source
from authority.law import Dispute, RuleSet, last_day
from authority.loading.build import INVALID, Builder, circles
from authority.loading.rules import read_dispute, read_positions, read_stance, read_stances
from authority.loading.text import Items, Map, Node, place_of, plain, read
from authority.vocabulary import Parse, Proposition, is_variable

KEYS = (
    "title", "about", "rules", "asks", "as_of", "known_by", "parties", "sources", "evidence", "assume", "disputes",
    "positions", "expect",
)  # fmt: skip
SIDES = ("supports", "contradicts", "found_none")


def read_case(path: Path, label: str, rules: RuleSet) -> FactPattern:
    """The fact pattern of a file, read against a rule set; InvalidInput with every problem if there is any."""
    problems: list[Problem] = []
    node = read(path, label, problems)
    if not isinstance(node, Map):
        raise InvalidInput([*problems, *not_a_case(node)])
    return _CaseReader(node, path.stem, rules, problems).read()


def not_a_case(node: Node | None) -> list[Problem]:
    """What is wrong with a file that holds no mapping; nothing where it could not be read at all."""
    fix = f"its keys are: {', '.join(KEYS)}"
    return [Problem(node.place, "shape", "a case must be a mapping", "", fix)] if node is not None else []


class _CaseReader:
    def __init__(self, node: Map, name: str, rules: RuleSet, problems: list[Problem]) -> None:
        self.name, self.rules = name, rules
        self.build = Builder(rules.vocabulary)
        self.build.problems += problems
        self.node = self.build.keys(node, KEYS, "a case")
        self.cited = {rules.instrument.id: rules.instrument, **{a.id: a for a in rules.authorities}}
        self.disputes: dict[str, Dispute] = {d.id: d for d in rules.disputes}

    def read(self) -> FactPattern:
        entries, keys = dict(self.node.entries), dict(self.node.keys)
        parts = {
            key: entries.pop(key, None) for key in ("parties", "sources", "evidence", "assume", "disputes", "rules")
        }
        keys = {key: place for key, place in keys.items() if key not in parts}
        for key, shape in (("parties", Map), ("sources", Map), ("evidence", Items), ("disputes", Items)):
            if key in self.node.keys and not isinstance(parts[key], shape):
                self.build.incomplete(key)
        parties = self._parties(parts["parties"])
        disputes = self._disputes(parts["disputes"])
        sources = self._sources(parts["sources"])
        given: dict[str, Any] = {
            "name": self.name, "parties": parties, "sources": sources, "disputes": disputes, "rules": self.rules,
            "evidence": self._evidence(parts["evidence"], {s.id: s for s in sources}),
            "assume": self._assumptions(parts["assume"]),
        }  # fmt: skip
        convert = {"asks": self._asks, "expect": self._expect, "positions": self._positions}
        if "known_by" not in keys:
            given["known_by"] = self._day(entries.get("as_of"))
        made = self.build.make(FactPattern, Map(entries, self.node.place, keys), "the case", convert, given)
        if self.build.problems or made is None:
            raise InvalidInput(self.build.everything())
        return made

    def _day(self, node: Node | None) -> Any:
        """The day of known_by where the case does not say it; what is wrong with as_of is reported there."""
        try:
            return INVALID if node is None or not last_day(str(plain(node))) else plain(node)
        except ValueError:
            return INVALID

    # ── Parties and sources ───────────────────────────────────────────────────────────────────────────────────────

    def _parties(self, node: Node | None) -> tuple[Party, ...]:
        found = [
            self.build.party(Party, name, child, place) for name, place, child in self.build.pairs(node, "parties")
        ]
        self.build.declare(self.rules.parties, [named for _, named in found])
        return tuple(party for party, _ in found if party)

    def _sources(self, node: Node | None) -> tuple[Source, ...]:
        made = []
        for name, _, child in self.build.pairs(node, "sources"):
            what = f"the source {name!r}"
            known = self.build.keys(child, _SOURCE_KEYS, what) if isinstance(child, Map) else child
            source = self.build.make(Source, known, what, given={"id": name}) if known else None
            if source is None or not isinstance(known, Map):
                self.build.broken("sources", None, name)
                continue
            self._graded(source, known, what)
            made.append(source)
        return tuple(made)

    def _graded(self, graded: Source | Evidence, node: Map, what: str) -> None:
        """Reports a type of source or a grade that the tables do not have."""
        tables = self.rules.tables
        known = {"kind": tables.grading.kinds, "reliability": tables.reliability, "credibility": tables.credibility}
        for key, table in known.items():
            value = getattr(graded, key, None)
            if value is not None and value not in table:
                near = nearest(value, table)
                fix = f"did you mean {near!r}?" if near else f"there are: {', '.join(table)}"
                where = place_of(node, (key,))
                self.build.report(where, "bad value", f"{key} of {what}: {value!r} is not in the table", "", fix)

    # ── Evidence ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _evidence(self, node: Node | None, sources: Mapping[str, Source]) -> tuple[Evidence, ...]:
        made: dict[str, tuple[Evidence, Map]] = {}
        for child in self.build.items(node, "evidence"):
            known = self.build.keys(child, _EVIDENCE_KEYS, _called(child)) if isinstance(child, Map) else child
            item = self._item(known, sources)
            if item is None or not isinstance(known, Map):
                self.build.broken("evidence", known)
            elif item.id in made:
                why = f"the first stands at {made[item.id][1].place}"
                what = f"there are two items {item.id!r}"
                self.build.report(child.place, "duplicate id", what, why, "give one of them another id")
            else:
                made[item.id] = item, known
        self._attacks(made)
        return tuple(item for item, _ in made.values())

    def _item(self, node: Node, sources: Mapping[str, Source]) -> Evidence | None:
        if not isinstance(node, Map):
            return self.build.make(Evidence, node, "an item of evidence")
        what, before = _called(node), len(self.build.problems)
        sides, all_read = self._sides(node)
        rest = {key: child for key, child in node.entries.items() if key not in SIDES}
        keys = {key: place for key, place in node.keys.items() if key not in SIDES}
        convert = {
            "position": lambda child: read_stance(self.build, self.disputes, child),
            "under": lambda child: read_stances(self.build, self.disputes, child),
        }
        item = self.build.make(Evidence, Map(rest, node.place, keys), what, convert, sides)
        source = node.entries.get("source")
        if source is not None and item is not None and item.source not in sources:
            self._no_source(item.source, sources, source.place)
        if item is not None:
            self._judgeable(item, node, sources.get(item.source), what)
            if all_read and len(self.build.problems) == before and node.keys.keys() == node.entries.keys():
                self._bearing(item, node, what)
        return item

    def _sides(self, node: Map) -> tuple[dict[str, tuple[Proposition, ...]], bool]:
        """The facts on each side of an item, and whether all could be read; a denied form counts for the other side."""
        found: dict[str, list[Proposition]] = {key: [] for key in SIDES}
        other = {"supports": "contradicts", "contradicts": "supports"}
        listed = read = 0
        for key in SIDES:
            child = node.entries.get(key)
            parses = self.build.sentences(child, named="evidence") if child else []
            listed += len(child.nodes) if isinstance(child, Items) else 0
            read += len(parses)
            for child, parse in parses:
                if parse.denied and key == "found_none":
                    why = "to have found nothing is no evidence for a denial"
                    fix = f"write: {parse.sentence.fill(parse.args)}"
                    self.build.report(
                        child.place, "denied form", f"{str(parse)!r} is a denied form in found_none", why, fix
                    )
                elif parse.sentence.says in self.rules.conclusions:
                    self._on_conclusion(child, parse)
                else:
                    found[other[key] if parse.denied else key].append(Proposition(parse.sentence.says, parse.args))
        return {key: tuple(dict.fromkeys(facts)) for key, facts in found.items()}, read == listed

    def _on_conclusion(self, node: Node, parse: Parse) -> None:
        facts = "; ".join(self._beneath(parse.sentence.says))
        why = "evidence speaks to facts, rules to conclusions: what a source says follows in law is no evidence of it"
        fix = f"enter it on a fact beneath: {facts}" if facts else "no fact lies beneath it; leave it out"
        self.build.report(node.place, "conclusion", f"{str(parse)!r} is a conclusion", why, fix)

    def _beneath(self, sentence: str) -> list[str]:
        """The facts, in any rule and any layer, that bear on a conclusion."""
        below: dict[str, set[str]] = {}
        for rule in self.rules.rules:
            below.setdefault(rule.then.sentence, set()).update(p.sentence for p in (*rule.premises, *rule.unless))
        seen, rest = {sentence}, [sentence]
        while rest:
            new = below.get(rest.pop(), set()) - seen
            seen |= new
            rest += new
        return sorted(seen - below.keys())

    def _no_source(self, name: str, sources: Mapping[str, Source], where: Place) -> None:
        if not self.build.is_broken("sources", name):
            what, fix = f"{name!r} is no source of this case", "declare it under 'sources:'"
            self.build.unknown(where, "unknown source", what, "", fix, nearest(name, sources))

    def _judgeable(self, item: Evidence, node: Map, source: Source | None, what: str) -> None:
        """Reports an item without a grade, or with one that is not there."""
        self._graded(item, node, what)
        kind = item.kind or (source.kind if source else None)
        if source and not kind and not ((item.reliability or source.reliability) and item.credibility):
            why = "an item is graded by the type of its source, or by both letters of the Admiralty code"
            fix = "give the source a 'kind', or a 'reliability' A–F and the item a 'credibility' 1–6"
            self.build.report(node.place, "grade", f"{what} has no grade", why, fix)

    def _bearing(self, item: Evidence, node: Map, what: str) -> None:
        """Reports an item on two sides of a fact, or one that bears on nothing and does not say so."""
        both = set(item.supports) & {*item.contradicts, *item.found_none} | set(item.contradicts) & set(item.found_none)
        for fact in sorted(both):
            self.build.report(
                node.place, "evidence", f"{what} stands on two sides of {str(fact)!r}", "", "split it in two items"
            )
        if not any((*item.bears_on, *item.undercuts, *item.doubts, item.position or "", item.bears_on_nothing.strip())):
            fix = "say what it supports, contradicts, found none of, undercuts or doubts; or bears_on_nothing, and why"
            self.build.report(node.place, "evidence", f"{what} does not say what it bears on", "", fix)

    def _attacks(self, made: Mapping[str, tuple[Evidence, Map]]) -> None:
        """Undercutting and doubting point at items that are there, and never in a circle."""
        below: dict[str, list[str]] = {}
        for name, (item, node) in made.items():
            below[name] = [*item.undercuts, *item.doubts]
            for key, targets in (("undercuts", item.undercuts), ("doubts", item.doubts)):
                for i, target in enumerate(targets):
                    if target not in made and not self.build.is_broken("evidence", target):
                        near = nearest(target, made)
                        fix = f"did you mean {near!r}?" if near else "an item is named by its id"
                        where = place_of(node, (key, i))
                        self.build.report(
                            where, "unknown item", f"{name} {key} {target!r}, which is not there", "", fix
                        )
        for loop in circles(below):
            what = f"items attack each other in a circle: {' → '.join(loop)}"
            self.build.report(made[loop[0]][1].place, "cycle", what, "", "take one attack out")

    # ── Question, assumptions, disputes ───────────────────────────────────────────────────────────────────────────

    def _asks(self, node: Node) -> Any:
        parse = self.build.sentence(node, affirmed="a question")
        if parse is None:
            return INVALID
        if any(is_variable(arg) for arg in parse.args):
            self.build.report(
                node.place, "question", "a question must name its parties", "", "put a party in each blank"
            )
            return INVALID
        if not parse.sentence.question:
            there = "; ".join(s.says for s in self.rules.vocabulary.sentences if s.question)
            self.build.report(
                node.place, "question", f"{str(parse)!r} is not a question here", "", f"one may ask: {there}"
            )
            return INVALID
        return Proposition(parse.sentence.says, parse.args)

    def _assumptions(self, node: Node | None) -> tuple[Assumption, ...]:
        found: dict[Proposition, bool] = {}
        for child, parse in self.build.sentences(node, named="an assumption") if node else ():
            proposition = Proposition(parse.sentence.says, parse.args)
            if found.setdefault(proposition, not parse.denied) == parse.denied:
                what = f"{str(proposition)!r} is assumed both true and false"
                self.build.report(child.place, "assumption", what, "", "take one of the two out")
        return tuple(Assumption(proposition=p, holds=h) for p, h in found.items())

    def _disputes(self, node: Node | None) -> tuple[Dispute, ...]:
        """The case's own disputes; makes them known."""
        made = []
        for child in self.build.items(node, "disputes"):
            dispute = read_dispute(self.build, self.cited, child)
            if dispute and dispute.id in self.disputes:
                whose = "the rule set" if dispute.id in {d.id for d in self.rules.disputes} else "the case"
                what = f"{whose} has a dispute {dispute.id!r} already"
                self.build.report(child.place, "duplicate id", what, "", "give it another id")
            elif dispute:
                self.disputes[dispute.id] = dispute
                made.append(dispute)
        return tuple(made)

    def _positions(self, node: Node) -> Any:
        """Reading → dispute → position, for the disputes of the case and, where wished, those of the rule set."""
        found: dict[str, dict[str, str]] = {}
        for reading, place, child in self.build.pairs(node, "positions"):
            if self._known_reading(reading, place) and child:
                found[reading] = read_positions(self.build, self.disputes, child)
        return found

    def _expect(self, node: Node) -> Any:
        found = {}
        for reading, place, child in self.build.pairs(node, "expect"):
            value = str(plain(child)) if child else "shown"
            if child and value not in ("shown", "not shown"):
                self.build.report(
                    child.place, "bad value", f"expect: {value!r} will not do", "", "write 'shown' or 'not shown'"
                )
            elif self._known_reading(reading, place):
                found[reading] = value
        return found

    def _known_reading(self, name: str, where: Place) -> bool:
        known = [r.id for r in self.rules.readings]
        if name not in known:
            near = nearest(name, known)
            fix = f"did you mean {near!r}?" if near else f"the readings are: {', '.join(known)}"
            self.build.report(where, "unknown reading", f"{name!r} is no reading of {self.rules.name}", "", fix)
        return name in known


_SOURCE_KEYS = tuple(key for key in Source.model_fields if key != "id")
_EVIDENCE_KEYS = tuple(Evidence.model_fields)


def _called(node: Map) -> str:
    """How an item is called in messages."""
    return f"the item {plain(node).get('id', '?')!r}"
