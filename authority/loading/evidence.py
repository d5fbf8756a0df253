"""The record of a case: its sources and items of evidence, their grades, and what they attack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from authority import limits
from authority.errors import Place, nearest
from authority.facts import Evidence, Source
from authority.law import Dispute, RuleSet
from authority.loading.circles import circles, deeper
from authority.loading.disputes import read_stance, read_stances
from authority.loading.sentences import SentenceBuilder
from authority.loading.text import Items, Map, Node, Text, place_of, plain
from authority.vocabulary import Parse, Proposition

SIDES = ("supports", "contradicts", "found_none")
SOURCE_KEYS = tuple(key for key in Source.model_fields if key != "id")
_EVIDENCE_KEYS = tuple(Evidence.model_fields)


class EvidenceReader:
    """Reads sources and then evidence, against a rule set and the disputes of law and case."""

    def __init__(self, build: SentenceBuilder, rules: RuleSet, disputes: Mapping[str, Dispute]) -> None:
        self.build, self.rules, self.disputes = build, rules, disputes
        self.known: dict[str, tuple[Source, Map]] = {}
        self.unknown_kinds: set[Place] = set()

    def sources(self, node: Node | None) -> tuple[Source, ...]:
        """The sources that could be made; makes them known."""
        for name, _, child in self.build.pairs(node, "sources"):
            what = f"the source {name!r}"
            known = self.build.keys(child, SOURCE_KEYS, what) if isinstance(child, Map) else child
            source = self.build.make(Source, known, what, given={"id": name}) if known else None
            if source is None or not isinstance(known, Map):
                self.build.broken("sources", None, name)
                continue
            self._graded(source, known, what)
            self.known[name] = source, known
        return tuple(source for source, _ in self.known.values())

    def _graded(self, graded: Source | Evidence, node: Map, what: str) -> None:
        """Reports a letter or a digit that the tables do not have."""
        tables = self.rules.tables
        for key, table in (("reliability", tables.reliability), ("credibility", tables.credibility)):
            value = getattr(graded, key, None)
            if value is not None and value not in table:
                self._not_in_table(key, value, what, table, place_of(node, (key,)))

    def _not_in_table(self, key: str, value: str, what: str, table: Iterable[str], where: Place, why: str = "") -> None:
        near = nearest(value, table)
        fix = f"did you mean {near!r}?" if near else f"there are: {', '.join(table)}"
        self.build.report(where, "bad value", f"{key} of {what}: {value!r} is not in the table", why, fix)

    def evidence(self, node: Node | None) -> tuple[Evidence, ...]:
        """The items that could be made; the problems of the others are reported."""
        made: dict[str, tuple[Evidence, Map]] = {}
        items = self.build.items(node, "evidence")
        if node is not None:
            self.build.few(items, limits.ITEMS, "items of evidence", node.place)
        for child in items[: limits.ITEMS]:
            known = self.build.keys(child, _EVIDENCE_KEYS, _called(child)) if isinstance(child, Map) else child
            item = self._item(known)
            if isinstance(known, Map):
                self._of_known_kind(known)
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

    def _item(self, node: Node) -> Evidence | None:
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
        if isinstance(source, Text) and source.value.strip() and source.value not in self.known:
            self._no_source(source.value, source.place)
        if item is not None:
            self._judgeable(item, node, what)
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

    def _no_source(self, name: str, where: Place) -> None:
        if not self.build.is_broken("sources", name):
            what, fix = f"{name!r} is no source of this case", "declare it under 'sources:'"
            self.build.unknown(where, "unknown source", what, "", fix, nearest(name, self.known))

    def _of_known_kind(self, node: Map) -> None:
        """Reports a type of source that the grading table does not have, where a grade of the item must come from it.

        It asks what the item gives, not what could be made of it: an item with other problems needs its grade too.
        """
        stated = node.entries.get("source")
        source, whose = self.known.get(str(plain(stated)) if stated else "", (None, None))
        what = f"the source {source.id!r}" if source else ""
        letter = "reliability" in node.keys or (source is not None and source.reliability is not None)
        if "kind" in node.keys:
            letter, whose, what = "reliability" in node.keys, node, _called(node)
        kind = whose.entries.get("kind") if whose else None
        kinds = self.rules.tables.grading.kinds
        if (letter and "credibility" in node.keys) or not isinstance(kind, Text) or kind.value in kinds:
            return
        if kind.place not in self.unknown_kinds:
            self.unknown_kinds.add(kind.place)
            why = f"{_called(node)} is graded by it"
            self._not_in_table("kind", kind.value, what, kinds, kind.place, why)

    def _judgeable(self, item: Evidence, node: Map, what: str) -> None:
        """Reports an item without a grade, or with one that is not there."""
        self._graded(item, node, what)
        source, _ = self.known.get(item.source, (None, None))
        kind = item.kind if item.kind is not None or source is None else source.kind
        if source and kind is None and not ((item.reliability or source.reliability) and item.credibility):
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
        found = circles(below)
        if not found and deeper(below, limits.ATTACKS):
            what = f"more than {limits.ATTACKS} items attack one another in a row"
            first = next(node for item, node in made.values() if item.undercuts or item.doubts)
            self.build.report(first.place, "evidence", what, "", "let the last of them speak to the fact itself")
        for loop in found:
            what = f"items attack each other in a circle: {' → '.join(loop)}"
            self.build.report(made[loop[0]][1].place, "cycle", what, "", "take one attack out")


def _called(node: Map) -> str:
    """How an item is called in messages."""
    return f"the item {plain(node).get('id', '?')!r}"
