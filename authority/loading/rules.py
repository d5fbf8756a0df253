"""A folder of law → RuleSet, or every problem in it at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from authority import limits
from authority.days import Computed
from authority.errors import InvalidInput, Place, Problem, nearest
from authority.law import (
    Authority,
    Dispute,
    Instrument,
    Noticed,
    NoticedParty,
    Quote,
    Reading,
    Rule,
    RuleSet,
    Tables,
)
from authority.loading.build import INVALID, Places
from authority.loading.circles import circles, deeper
from authority.loading.citations import citation_place, read_full_citation
from authority.loading.disputes import read_citation, read_dispute
from authority.loading.excluding import exclude_no_notice, read_exclusions
from authority.loading.instrument import read_instrument
from authority.loading.raising import Find, read_raised_by
from authority.loading.readings import ReadingsReader
from authority.loading.rule import RuleReader, reachable_kinds
from authority.loading.sentences import Named, SentenceBuilder, read_where, well_computed, well_formed
from authority.loading.tables import TablesReader
from authority.loading.text import Items, Map, Node, label, place_of, read
from authority.vocabulary import Proposition, Sentence, Vocabulary

__all__ = ["Places", "label", "read_rules_with_places"]

SECTIONS = ("instrument", "sentences", "authorities", "disputes", "rules", "readings", "notice", "raised_by")
NOTICE_KEYS = ("parties", "facts")


def read_rules_with_places(folder: Path, shared: Path, root: Path, find: Find) -> tuple[RuleSet, Places]:
    """The rule set of a folder, with the shared tables, and where each of its entries stands; InvalidInput with every
    problem if there is any.

    Every ``*.yaml`` file directly in the folder is read; what is in which file, and in what order, makes no difference.
    Places are given relative to ``root``; ``find`` knows where other rule sets lie.
    """
    reader = _RuleSetReader(folder, shared, root, find)
    return reader.read(), reader.build.places


class _RuleSetReader:
    def __init__(self, folder: Path, shared: Path, root: Path, find: Find) -> None:
        self.folder, self.root, self.find = folder, root, find
        self.build = SentenceBuilder()
        self.tables = TablesReader(self.build, shared, root)
        self.unreadable = False
        self.excluding: dict[str, Node] = {}

    # ── Files ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def read(self) -> RuleSet:
        files = sorted(self.folder.glob("*.yaml"))
        here = Place(label(self.folder, self.root))
        if not files:
            problem = Problem(here, "file", "there is no rule set here", "no *.yaml file lies in this folder")
            raise InvalidInput([problem])
        self.build.few(files, limits.RULE_FILES, "files", here)
        sections = self._sections(files[: limits.RULE_FILES])
        for section, most in (("sentences", limits.SENTENCES), ("rules", limits.RULES)):
            if not self.build.few(self.build.entries(sections[section], section), most, section, here):
                raise InvalidInput(self.build.everything())
        tables = self.tables.read()
        if self.unreadable:  # what it holds would be missed everywhere else
            raise InvalidInput(self.build.everything())
        instrument = self._instrument(sections["instrument"], here)
        self.build.vocabulary = self._vocabulary(sections["sentences"], here)
        notices = [
            self.build.keys(node, NOTICE_KEYS, "the notice") if isinstance(node, Map) else node
            for node in sections["notice"]
        ]
        parties = self._parties(notices)
        self.build.vocabulary = read_exclusions(self.build, self.excluding)
        authorities = self._authorities(sections["authorities"])
        self.cited: dict[str, Instrument | Authority] = {a.id: a for a in authorities}
        if instrument:
            self.cited[instrument.id] = instrument
        disputes = self._disputes(sections["disputes"])
        self.disputes = {d.id: d for d in disputes}
        rules = self._rules(sections["rules"])
        readings = self._readings(sections["readings"], tables)
        if instrument:
            self._supposing(readings, instrument)
        notice = self._notice(notices, {r.then.sentence for r in rules})
        raised_by = read_raised_by(self.build, sections["raised_by"], self.folder.name, self.find)
        if not self._cycles(rules):
            self._deep(rules, here)
        reachable_kinds(self.build, rules)
        sound = not self.build.problems
        for group, why in (
            ("rules", "nothing follows without one"),
            ("readings", "a verdict is always under a reading"),
        ):
            if sound and not self.build.entries(sections[group], group):
                fix = f"one file begins with '{group}:'"
                self.build.report(here, "missing", f"the rule set has no {group}", why, fix)
        if self.build.problems or instrument is None or tables is None:
            raise InvalidInput(self.build.everything())
        return RuleSet(
            name=self.folder.name, instrument=instrument, vocabulary=self.build.vocabulary, authorities=authorities,
            disputes=disputes, rules=rules, readings=readings, parties=parties, notice=notice, raised_by=raised_by,
            tables=tables,
        )  # fmt: skip

    def _sections(self, files: Iterable[Path]) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = {s: [] for s in SECTIONS}
        for path in files:
            node = read(path, label(path, self.root), self.build.problems)
            self.unreadable = self.unreadable or node is None
            if isinstance(node, Items) and path.stem in SECTIONS:
                found[path.stem].append(node)
            elif isinstance(node, Map) and any(key in SECTIONS or nearest(key, SECTIONS) for key in node.keys):
                known = self.build.keys(node, SECTIONS, "a rule-set file")
                placed = len(known.keys) == len(node.keys) and known.keys.keys() == known.entries.keys()
                self.unreadable = self.unreadable or not placed
                for key, child in known.entries.items():
                    found[key].append(child)
            elif node is not None:
                fix = f"begin with one of: {', '.join(s + ':' for s in SECTIONS)}"
                self.build.report(node.place, "shape", "this file does not say what it holds", "", fix)
                self.unreadable = True
        return found

    # ── Instrument, vocabulary, notice ────────────────────────────────────────────────────────────────────────────────

    def _instrument(self, nodes: list[Node], here: Place) -> Instrument | None:
        if len(nodes) != 1:
            what = "the rule set has no instrument" if not nodes else "the rule set has two instruments"
            self.build.report(
                nodes[1].place if nodes else here, "missing", what, "", "one file begins with 'instrument:'"
            )
            self.build.incomplete("authorities")  # whatever is cited may have been meant for it
            return None
        made = read_instrument(self.build, nodes[0])
        if made is None:
            self.build.broken("authorities", nodes[0])
        else:
            self.build.once("authorities", made.id, nodes[0].place)
            self.build.places["citations", made.id] = citation_place(nodes[0])
        return made

    def _vocabulary(self, nodes: list[Node], here: Place) -> Vocabulary:
        made: list[Sentence] = []
        places: dict[str, Place] = {}
        entries = self.build.entries(nodes, "sentences")
        if not entries and not self.build.is_broken("sentences", ""):
            fix = "one file begins with 'sentences:'"
            self.build.report(
                here, "missing", "the rule set has no sentences", "rules and evidence are written in them", fix
            )
            self.build.incomplete("sentences")
        for node in entries:
            sentence = self._sentence(node)
            if sentence and self.build.once("sentences", sentence.says, node.place):
                made.append(sentence)
                places[sentence.says] = places[sentence.denied] = node.place
                if isinstance(node, Map) and "excludes" in node.entries:
                    self.excluding[sentence.says] = node.entries["excludes"]
            else:
                self.build.broken_sentence(node)
        vocabulary = Vocabulary(sentences=tuple(made))
        self._colliding(vocabulary, places)
        for sentence in made:
            if sentence.short_of and sentence.short_of not in vocabulary.by_text:
                if self.build.is_broken_sentence(sentence.short_of):
                    continue
                near = nearest(sentence.short_of, vocabulary.by_text)
                fix = f"nearest: {near!r}" if near else "write a sentence of the vocabulary, as it stands there"
                what = f"short_of: {sentence.short_of!r} is no sentence here"
                self.build.report(places[sentence.says], "unknown sentence", what, "", fix)
        return vocabulary

    def _sentence(self, node: Node) -> Sentence | None:
        """A sentence, or None with the problems reported."""
        convert = {
            "where": lambda child: read_where(self.build, child),
            "computed": lambda child: self.build.make(Computed, child, "'computed'") or INVALID,
            "excludes": lambda child: (),  # read when every sentence and every party is known
        }
        made = self.build.make(Sentence, node, "a sentence", convert)
        wrong = well_formed(made) if made else ""
        if wrong:
            self.build.report(node.place, "sentence", wrong, "", "give both forms, and 'where', the same blanks")
            return None
        wrong = well_computed(made) if made else ""
        if wrong:
            fix = "write 'where: {day: [day]}' and 'computed: {days_since: day, more_than: 60}'"
            self.build.report(place_of(node, ("computed",)), "computed", wrong, "", fix)
        return None if wrong else made

    def _colliding(self, vocabulary: Vocabulary, places: Mapping[str, Place]) -> None:
        if vocabulary.likenesses > limits.LIKENESSES:
            what = f"{vocabulary.likenesses:,} pairs of forms are alike in their words"
            why = f"each must be looked at, lest two sentences collide, and {limits.LIKENESSES:,} may be"
            where = next(iter(places.values()))
            fix = "give each sentence a word of its own, or split the rule set"
            self.build.report(where, "too many", what, why, fix)
            return
        owner = {form: s.says for s in vocabulary.sentences for form in (s.says, s.denied)}
        for one, other in vocabulary.collisions():
            why = f"{one!r} and {other!r} could be one and the same text"
            self.build.report(
                places[other], "collision", "two sentences can collide", why, "put one of them in other words"
            )
            self.build.clashing |= {owner[one], owner[other]}

    def _parties(self, nodes: list[Node]) -> tuple[NoticedParty, ...]:
        """The noticed parties; makes their names known."""
        made: list[NoticedParty] = []
        named: list[Named] = []
        for node in nodes:
            declared = node.entries.get("parties") if isinstance(node, Map) else None
            if not isinstance(node, Map) or ("parties" in node.keys and not isinstance(declared, Map)):
                self.build.incomplete("parties")
            for name, place, child in self.build.pairs(declared, "parties"):
                if self.build.once("parties", name, place):
                    party, known = self.build.party(NoticedParty, name, child, place)
                    made += [party] if party else []
                    named.append(known)
        self.build.declare((), named)
        return tuple(made)

    def _notice(self, nodes: list[Node], conclusions: set[str]) -> tuple[Noticed, ...]:
        made: list[tuple[Noticed | None, Place]] = []

        def holds(node: Node) -> Any:
            parse = self.build.sentence(node, affirmed="a noticed fact", named="a noticed fact")
            if parse and parse.sentence.says in conclusions:
                what = f"{str(parse)!r} is a conclusion, and only facts are noticed"
                self.build.report(node.place, "conclusion", what, "", "notice the facts beneath it")
                return INVALID
            return Proposition(parse.sentence.says, parse.args) if parse else INVALID

        for node in nodes:
            for child in self.build.items(self.build.map(node, "the notice").get("facts"), "facts"):
                noticed = self.build.make(Noticed, child, "a noticed fact", {"holds": holds, "cite": self._cite})
                made.append((noticed, child.place))
        exclude_no_notice(self.build, ((n, place) for n, place in made if n))
        return tuple(n for n, _ in made if n)

    # ── Authorities, disputes, rules, readings ────────────────────────────────────────────────────────────────────────

    def _authorities(self, nodes: list[Node]) -> tuple[Authority, ...]:
        made = [(self._authority(n), n) for n in self.build.entries(nodes, "authorities")]
        kept = [(a, n) for a, n in made if a and self.build.once("authorities", a.id, n.place)]
        self.build.places.update({("citations", a.id): citation_place(n) for a, n in kept})
        return tuple(a for a, _ in kept)

    def _authority(self, node: Node) -> Authority | None:
        def quotes(node: Node) -> Any:
            made = [self.build.make(Quote, n, "a quote") for n in self.build.items(node, "quotes")]
            return INVALID if None in made else tuple(made)

        made = self.build.make(Authority, node, "an authority", {"quotes": quotes, "citation": self._full_citation})
        if made is None:
            self.build.broken("authorities", node)
        return made

    def _full_citation(self, node: Node) -> Any:
        return read_full_citation(self.build, node)

    def _cite(self, node: Node) -> Any:
        return read_citation(self.build, self.cited, node)

    def _disputes(self, nodes: list[Node]) -> tuple[Dispute, ...]:
        made = [(read_dispute(self.build, self.cited, n), n) for n in self.build.entries(nodes, "disputes")]
        return tuple(d for d, n in made if d and self.build.once("disputes", d.id, n.place))

    def _rules(self, nodes: list[Node]) -> tuple[Rule, ...]:
        reader = RuleReader(self.build, self.cited, self.disputes)
        made = [(reader.read(n), n) for n in self.build.entries(nodes, "rules")]
        return tuple(r for r, n in made if r and self.build.once("rules", r.id, n.place))

    def _cycles(self, rules: tuple[Rule, ...]) -> bool:
        """Rules are not recursive: a conclusion may not, by any route, be a premise of itself."""
        below: dict[str, dict[str, Rule]] = {}
        for rule in rules:
            for pattern in (*rule.premises, *rule.unless):
                below.setdefault(rule.then.sentence, {}).setdefault(pattern.sentence, rule)
        for loop in circles(below):
            steps = "; ".join(f"{below[a][b].id}: {a!r} needs {b!r}" for a, b in pairwise(loop))
            fix = "a layer is missing: give the next layer a sentence of its own (perpetrator → principal → covered)"
            where = self.build.places["rules", below[loop[0]][loop[1]].id]
            self.build.report(where, "cycle", f"the rules go round in a circle at {loop[0]!r}", steps, fix)
        return bool(circles(below))

    def _deep(self, rules: tuple[Rule, ...], here: Place) -> None:
        """Conclusions beneath one another are followed one by one, and there must be an end to it."""
        below = {rule.then.sentence: set[str]() for rule in rules}
        for rule in rules:
            below[rule.then.sentence] |= {p.sentence for p in (*rule.premises, *rule.unless)}
        if deeper(below, limits.LAYERS):
            what = f"conclusions stand more than {limits.LAYERS} deep beneath one another"
            self.build.report(here, "rules", what, "", "no law has so many layers; let rules conclude more at a time")

    def _readings(self, nodes: list[Node], tables: Tables | None) -> tuple[Reading, ...]:
        return ReadingsReader(self.build, self.disputes, tables, self.tables.grading).read(nodes)

    def _supposing(self, readings: Iterable[Reading], instrument: Instrument) -> None:
        """Only of what was never enacted may a reading suppose that it was."""
        for reading in readings:
            if reading.supposes_enactment and not instrument.never_enacted:
                what = f"the reading {reading.id!r} supposes the enactment of what was enacted"
                why = "it is for an instrument with 'enacted: never'"
                self.build.report(self.build.places["readings", reading.id], "reading", what, why, "take the key out")
