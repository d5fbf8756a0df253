"""A folder of law → RuleSet, or every problem in it at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import Any

from authority.errors import InvalidInput, Place, Problem, nearest
from authority.law import (
    Authority,
    Dispute,
    Grading,
    Instrument,
    Level,
    Noticed,
    NoticedParty,
    Position,
    Quote,
    Reading,
    Rule,
    RuleSet,
    Section,
    Stance,
    Standard,
    Tables,
    kinds_of,
)
from authority.loading.build import INVALID, Builder, Invalid, Named, circles, citation, stance, well_formed
from authority.loading.text import Items, Map, Node, Text, place_of, plain, read
from authority.vocabulary import Proposition, Sentence, Vocabulary

SECTIONS = ("instrument", "sentences", "authorities", "disputes", "rules", "readings", "notice")
RULE_KEYS = (
    "id", "then", "if", "if_any", "at_least", "unless", "under", "where", "from", "until", "quote", "cite", "note",
)  # fmt: skip
READING_KEYS = ("id", "title", "like", "positions", "standard", "grading", "answers", "label", "about")
MAX_PREMISES = 15  # durable-rules takes 16 in a rule, and one is spent on what the blanks range over


def read_rules(folder: Path, shared: Path, root: Path) -> RuleSet:
    """The rule set of a folder, with the shared tables; InvalidInput with every problem if there is any.

    Every ``*.yaml`` file directly in the folder is read; what is in which file, and in what order, makes no difference.
    Places are given relative to ``root``.
    """
    return _RuleReader(folder, shared, root).read()


def label(path: Path, root: Path) -> str:
    """How a file is named in messages: relative to ``root`` where it lies below it."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


class _RuleReader:
    def __init__(self, folder: Path, shared: Path, root: Path) -> None:
        self.folder, self.shared, self.root = folder, shared, root
        self.build = Builder()
        self.places: dict[tuple[str, str], Place] = {}
        self.unreadable = False
        self.no_grades: set[tuple[str, str]] = set()
        self.axes: dict[str, dict[str, Level]] = {"reliability": {}, "credibility": {}}

    # ── Files ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def read(self) -> RuleSet:
        files = sorted(self.folder.glob("*.yaml"))
        here = Place(label(self.folder, self.root))
        if not files:
            problem = Problem(here, "file", "there is no rule set here", "no *.yaml file lies in this folder")
            raise InvalidInput([problem])
        sections = self._sections(files)
        tables = self.read_tables()
        if self.unreadable:  # what it holds would be missed everywhere else
            raise InvalidInput(self.build.everything())
        instrument = self._instrument(sections["instrument"], here)
        self.build.vocabulary = self._vocabulary(sections["sentences"], here)
        notices = [
            self.build.keys(node, ("parties", "facts"), "the notice") if isinstance(node, Map) else node
            for node in sections["notice"]
        ]
        parties = self._parties(notices)
        authorities = self._authorities(sections["authorities"])
        self.cited: dict[str, Instrument | Authority] = {a.id: a for a in authorities}
        if instrument:
            self.cited[instrument.id] = instrument
        disputes = self._disputes(sections["disputes"])
        self.disputes = {d.id: d for d in disputes}
        rules = self._rules(sections["rules"])
        readings = self._readings(sections["readings"], tables)
        notice = self._notice(notices, {r.then.sentence for r in rules})
        self._cycles(rules)
        self._reachable_kinds(rules)
        sound = not self.build.problems
        for group, why in (
            ("rules", "nothing follows without one"),
            ("readings", "a verdict is always under a reading"),
        ):
            if sound and not self._entries(sections[group], group):
                fix = f"one file begins with '{group}:'"
                self.build.report(here, "missing", f"the rule set has no {group}", why, fix)
        if self.build.problems or instrument is None or tables is None:
            raise InvalidInput(self.build.everything())
        return RuleSet(
            name=self.folder.name, instrument=instrument, vocabulary=self.build.vocabulary, authorities=authorities,
            disputes=disputes, rules=rules, readings=readings, parties=parties, notice=notice, tables=tables,
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

    def _entries(self, nodes: Iterable[Node], what: str) -> list[Node]:
        for node in nodes:
            if not isinstance(node, Items):
                self.build.incomplete(what)
        return [entry for node in nodes for entry in self.build.items(node, what)]

    def _once(self, group: str, name: str, where: Place) -> bool:
        """Records an id; reports it, and answers False, if it is taken."""
        first = self.places.setdefault((group, name), where)
        if first is not where:
            why = f"the first stands at {first}"
            self.build.report(
                where, "duplicate id", f"there are two {group} {name!r}", why, "give one of them another id"
            )
        return first is where

    # ── Shared tables ─────────────────────────────────────────────────────────────────────────────────────────────

    def read_tables(self) -> Tables | None:
        """The shared tables, or None with the problems reported."""
        before = len(self.build.problems)
        grades = self._table("grades", ("source", "reliability", "credibility"))
        grading = self._table("grading", None)
        standards = self._table("standards", ("source", "refuted_by", "standards"))
        if grades is None or grading is None or standards is None:
            return None
        for axis in ("reliability", "credibility"):
            levels = self._axis(grades.entries.get(axis), axis)
            if None not in levels.values():  # else a grade may be meant for the one with the problem
                self.axes[axis] = {letter: level for letter, level in levels.items() if level}
        rule = self.read_grading(grading)
        found = [
            (self.build.make(Standard, n, "a standard"), n)
            for n in self._entries([standards.entries["standards"]], "standards")
        ]
        made = tuple(s for s, n in found if s and self._once("standards", s.id, n.place))
        refuted_by = standards.entries["refuted_by"]
        if len(made) == len(found) and plain(refuted_by) not in [s.id for s in made]:
            self._no_standard(str(plain(refuted_by)), [s.id for s in made], refuted_by.place)
        if len(self.build.problems) > before or rule is None:
            return None
        return Tables(
            grades_source=str(plain(grades.entries["source"])), **self.axes, grading=rule,
            standards_source=str(plain(standards.entries["source"])), standards=made, refuted_by=str(plain(refuted_by)),
        )  # fmt: skip

    def _table(self, name: str, known: tuple[str, ...] | None) -> Map | None:
        """A shared table with all its keys, or None with the problems reported."""
        path = self.shared / f"{name}.yaml"
        node = read(path, label(path, self.root), self.build.problems)
        if node is not None and not isinstance(node, Map):
            self.build.map(node, f"the table of {name}")
        if not isinstance(node, Map) or known is None:
            return node if isinstance(node, Map) else None
        node = self.build.keys(node, known, f"the table of {name}")
        missing = [key for key in known if key not in node.entries]
        for key in missing:
            if key not in node.keys:
                what = f"the table of {name} lacks the key {key!r}"
                self.build.report(node.place, "missing key", what, "", f"add '{key}: …'")
        return None if missing else node

    def _axis(self, node: Node | None, axis: str) -> dict[str, Level | None]:
        def level(node: Node) -> Any:
            if plain(node) in ("1", "2", "3", "4", "5"):
                return int(str(plain(node)))
            if plain(node) != "unjudged":
                what = f"level of a grade: {plain(node)!r} will not do"
                self.build.report(node.place, "bad value", what, "", "write a level from 1 to 5, or 'unjudged'")
                return INVALID
            return None

        entries = self.build.map(node, axis)
        return {letter: self.build.make(Level, node, "a grade", {"level": level}) for letter, node in entries.items()}

    def read_grading(self, node: Node) -> Grading | None:
        """A grading rule: each type of source with its grade."""

        def kinds(node: Node) -> Any:
            found: dict[str, str] = {}
            for child in self.build.items(node, "kinds"):
                row = self._graded(child)
                if row and row[0] in found:
                    what = f"the kind {row[0]!r} stands twice"
                    self.build.report(child.place, "duplicate id", what, "it can have one grade", "keep one")
                elif row:
                    found[row[0]] = row[1]
            return found

        made = self.build.make(Grading, node, "the grading rule", {"kinds": kinds})
        levels = {entry.level for entry in self.axes["credibility"].values()}
        if made and levels and made.hedge_cap not in levels:
            what = f"hedge_cap of the grading rule: {made.hedge_cap} is the level of no credibility"
            there = ", ".join(str(found) for found in sorted(found for found in levels if found))
            self.build.report(place_of(node, ("hedge_cap",)), "bad value", what, "", f"the levels are: {there}")
        return made

    def _graded(self, node: Node) -> tuple[str, str] | None:
        """A type of source and its grade, or None with the problem reported."""
        row = plain(node)
        if (
            not isinstance(row, dict)
            or set(row) != {"kind", "grade"}
            or not all(isinstance(v, str) for v in row.values())
        ):
            what = "an entry of kinds takes 'kind' and 'grade'"
            self.build.report(node.place, "bad value", what, "", "write: - {kind: expert, grade: B3}")
            return None
        axes = zip((row["grade"][:1], row["grade"][1:]), self.axes.items(), strict=True)
        unknown = {(name, part) for part, (name, axis) in axes if axis and part not in axis}
        if unknown <= self.no_grades and unknown:
            return None
        if unknown:
            self.no_grades |= unknown
            what = f"grade of {row['kind']!r}: {row['grade']!r} is not in the table"
            fix = "write a letter of the reliability and a digit of the credibility, as B3"
            self.build.report(place_of(node, ("grade",)), "bad value", what, "", fix)
            return None
        return row["kind"], row["grade"]

    def _no_standard(self, name: str, there: list[str], where: Place) -> None:
        near = nearest(name, there)
        fix = f"did you mean {near!r}?" if near else f"there are: {', '.join(there)}"
        self.build.report(where, "unknown standard", f"{name!r} is no proof standard", "", fix)

    # ── Instrument, vocabulary, notice ────────────────────────────────────────────────────────────────────────────

    def _instrument(self, nodes: list[Node], here: Place) -> Instrument | None:
        if len(nodes) != 1:
            what = "the rule set has no instrument" if not nodes else "the rule set has two instruments"
            self.build.report(
                nodes[1].place if nodes else here, "missing", what, "", "one file begins with 'instrument:'"
            )
            self.build.incomplete("authorities")  # whatever is cited may have been meant for it
            return None

        def sections(node: Node) -> Any:
            made = [(self.build.make(Section, n, "a section"), n) for n in self.build.items(node, "sections")]
            return tuple(s for s, n in made if s and self._once("sections", s.id, n.place))

        made = self.build.make(Instrument, nodes[0], "the instrument", {"sections": sections})
        if made is None:
            self.build.broken("authorities", nodes[0])
        else:
            self._once("authorities", made.id, nodes[0].place)
        return made

    def _vocabulary(self, nodes: list[Node], here: Place) -> Vocabulary:
        made: list[Sentence] = []
        places: dict[str, Place] = {}
        entries = self._entries(nodes, "sentences")
        if not entries and not self.build.is_broken("sentences", ""):
            fix = "one file begins with 'sentences:'"
            self.build.report(
                here, "missing", "the rule set has no sentences", "rules and evidence are written in them", fix
            )
            self.build.incomplete("sentences")
        for node in entries:
            sentence = self.build.make(Sentence, node, "a sentence", {"where": self._where})
            if sentence and self._well_formed(sentence, node) and self._once("sentences", sentence.says, node.place):
                made.append(sentence)
                places[sentence.says] = places[sentence.denied] = node.place
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

    def _colliding(self, vocabulary: Vocabulary, places: Mapping[str, Place]) -> None:
        owner = {form: s.says for s in vocabulary.sentences for form in (s.says, s.denied)}
        for one, other in vocabulary.collisions():
            why = f"{one!r} and {other!r} could be one and the same text"
            self.build.report(
                places[other], "collision", "two sentences can collide", why, "put one of them in other words"
            )
            self.build.clashing |= {owner[one], owner[other]}

    def _where(self, node: Node) -> Any:
        """Blank → kinds; one kind may stand without brackets."""
        entries = self.build.map(node, "where")
        return {blank: [plain(n)] if isinstance(n, Text) else plain(n) for blank, n in entries.items()}

    def _well_formed(self, sentence: Sentence, node: Node) -> bool:
        wrong = well_formed(sentence)
        if wrong:
            self.build.report(node.place, "sentence", wrong, "", "give both forms, and 'where', the same blanks")
        return not wrong

    def _parties(self, nodes: list[Node]) -> tuple[NoticedParty, ...]:
        """The noticed parties; makes their names known."""
        made: list[NoticedParty] = []
        named: list[Named] = []
        for node in nodes:
            declared = node.entries.get("parties") if isinstance(node, Map) else None
            if not isinstance(node, Map) or ("parties" in node.keys and not isinstance(declared, Map)):
                self.build.incomplete("parties")
            for name, place, child in self.build.pairs(declared, "parties"):
                if self._once("parties", name, place):
                    party, known = self.build.party(NoticedParty, name, child, place)
                    made += [party] if party else []
                    named.append(known)
        self.build.declare((), named)
        return tuple(made)

    def _notice(self, nodes: list[Node], conclusions: set[str]) -> tuple[Noticed, ...]:
        made: list[Noticed | None] = []

        def holds(node: Node) -> Any:
            parse = self.build.sentence(node, affirmed="a noticed fact", named="a noticed fact")
            if parse and parse.sentence.says in conclusions:
                what = f"{str(parse)!r} is a conclusion, and only facts are noticed"
                self.build.report(node.place, "conclusion", what, "", "notice the facts beneath it")
                return INVALID
            return Proposition(parse.sentence.says, parse.args) if parse else INVALID

        for node in nodes:
            for child in self.build.items(self.build.map(node, "the notice").get("facts"), "facts"):
                made.append(self.build.make(Noticed, child, "a noticed fact", {"holds": holds, "cite": self._cite}))
        return tuple(n for n in made if n)

    # ── Authorities and disputes ──────────────────────────────────────────────────────────────────────────────────

    def _authorities(self, nodes: list[Node]) -> tuple[Authority, ...]:
        made = [(self._authority(n), n) for n in self._entries(nodes, "authorities")]
        return tuple(a for a, n in made if a and self._once("authorities", a.id, n.place))

    def _authority(self, node: Node) -> Authority | None:
        def quotes(node: Node) -> Any:
            made = [self.build.make(Quote, n, "a quote") for n in self.build.items(node, "quotes")]
            return INVALID if None in made else tuple(made)

        made = self.build.make(Authority, node, "an authority", {"quotes": quotes})
        if made is None:
            self.build.broken("authorities", node)
        return made

    def _cite(self, node: Node) -> Any:
        return read_citation(self.build, self.cited, node)

    def _disputes(self, nodes: list[Node]) -> tuple[Dispute, ...]:
        made = [(read_dispute(self.build, self.cited, n), n) for n in self._entries(nodes, "disputes")]
        return tuple(d for d, n in made if d and self._once("disputes", d.id, n.place))

    # ── Rules ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _rules(self, nodes: list[Node]) -> tuple[Rule, ...]:
        made = [(self._rule(n), n) for n in self._entries(nodes, "rules")]
        return tuple(r for r, n in made if r and self._once("rules", r.id, n.place))

    def _rule(self, node: Node) -> Rule | None:
        if not isinstance(node, Map):
            return self.build.make(Rule, node, "a rule")
        what = f"the rule {plain(node).get('id', '?')!r}"
        before = len(self.build.problems)
        node = self.build.keys(node, RULE_KEYS, what)
        entries = node.entries
        bodies = [key for key in ("if", "if_any", "at_least") if key in node.keys]
        if len(bodies) > 1:
            fix = "give the deeper part a conclusion of its own, which the memo can then discuss"
            self.build.report(node.keys[bodies[1]], "rule", f"{what} has two bodies: {' and '.join(bodies)}", "", fix)
        body, count, premises = self._body(node, bodies[0] if bodies else None, what)
        unless = self._patterns(entries["unless"], "an exception") if "unless" in entries else ()
        given = {"body": body, "count": count, "premises": premises, "unless": unless}
        rest = {key: child for key, child in entries.items() if key not in (*bodies, "unless")}
        keys = {key: place for key, place in node.keys.items() if key not in (*bodies, "unless")}
        convert = {"then": self._then, "under": self._unders, "cite": self._cite, "where": self._where}
        rule = self.build.make(Rule, Map(rest, node.place, keys), what, convert, given)
        if rule is None or len(self.build.problems) > before or node.keys.keys() != entries.keys():
            return None
        return rule if self._sound(rule, node, what) else None

    def _then(self, node: Node) -> Any:
        parse = self.build.sentence(node, affirmed="a conclusion")
        return parse.pattern if parse else INVALID

    def _patterns(self, node: Node, what: str) -> Any:
        """The sentences of a list as patterns, or INVALID where not all could be read."""
        found = tuple(p.pattern for _, p in self.build.sentences(node, affirmed=what))
        return found if isinstance(node, Items) and len(found) == len(node.nodes) else INVALID

    def _unders(self, node: Node) -> Any:
        return read_stances(self.build, self.disputes, node)

    def _body(self, node: Map, key: str | None, what: str) -> tuple[str, int, Any]:
        """How the premises count, the number of them that is needed, and the premises."""
        child = node.entries.get(key) if key else None
        if child is None:
            return "all", 0, ()
        if key == "at_least":
            return "at_least", *self._factors(child, what)
        self._not_empty(child, f"{what}: {key}")
        return ("any" if key == "if_any" else "all"), 0, self._patterns(child, "a premise")

    def _not_empty(self, node: Node, what: str) -> None:
        if isinstance(node, Items) and not node.nodes:
            self.build.report(node.place, "rule", f"{what} lists nothing", "", "leave it out, or name the premises")

    def _factors(self, node: Node, what: str) -> tuple[Any, Any]:
        """How many factors are needed, and the factors; INVALID what cannot be read."""
        node = self.build.keys(node, ("count", "of"), "at_least") if isinstance(node, Map) else node
        if not isinstance(node, Map) or set(node.keys) != {"count", "of"}:
            fix = "write under it 'count: 2' and 'of:' with a list of factors"
            self.build.report(node.place, "rule", f"{what}: at_least takes 'count' and 'of'", "", fix)
            return INVALID, INVALID
        listed, count = node.entries.get("of"), node.entries.get("count")
        if listed is None or count is None:
            return INVALID, INVALID
        self._not_empty(listed, f"{what}: at_least")
        found = self._patterns(listed, "a factor")
        if not isinstance(found, Invalid) and len({frozenset(p.variables) for p in found}) > 1:
            why, fix = "they are counted for one and the same parties", "give each the same blanks"
            self.build.report(node.keys["of"], "rule", f"{what}: every factor must have the same blanks", why, fix)
        if not isinstance(listed, Items) or not listed.nodes:
            return INVALID, found
        return self._count(count, len(listed.nodes), what), found

    def _count(self, node: Node, most: int, what: str) -> Any:
        count = plain(node)
        if isinstance(count, str) and re.fullmatch("[0-9]{1,3}", count) and 1 <= int(count) <= most:
            return int(count)
        why = "fewer than one proves nothing, and more than there are can never be met"
        what = f"{what}: count must be a number from 1 to {most}, and is {count!r}"
        self.build.report(node.place, "rule", what, why, "correct the number, or the list")
        return INVALID

    def _sound(self, rule: Rule, node: Map, what: str) -> bool:
        """What no single key shows: waivers, blanks, size, quotation."""
        before = len(self.build.problems)
        if not rule.premises and not (rule.under or rule.where or not rule.then.variables):
            fix = "give it premises; or 'under', if a position does without them; or 'where', if the kind decides"
            self.build.report(node.place, "rule", f"{what} has no premises and would hold of everybody", "", fix)
        if len(rule.premises) > MAX_PREMISES:
            fix = "gather some of them under a conclusion of their own"
            why = "the engine that derives it takes no more"
            self.build.report(node.place, "rule", f"{what} has more than {MAX_PREMISES} premises", why, fix)
        variables = {v[1:-1] for p in (rule.then, *rule.premises, *rule.unless) for v in p.variables}
        for blank in rule.where:
            if blank not in variables:
                there = ", ".join(f"<{v}>" for v in sorted(variables)) or "none"
                message = f"{what}: where names <{blank}>, which no sentence of it has"
                self.build.report(place_of(node, ("where", blank)), "rule", message, "", f"its blanks are: {there}")
        self._quoted(rule, node, what)
        return len(self.build.problems) == before

    def _quoted(self, rule: Rule, node: Map, what: str) -> None:
        """The quote must stand, word for word, in the text that is cited."""
        target = self.cited.get(rule.cite.authority)
        if target is None:  # it has a problem of its own
            return
        if isinstance(target, Instrument):
            section = target.section(rule.cite.pin)
            texts = [section.text] if section else [s.text for s in target.sections]
        else:
            texts = [q.text for q in target.quotes]
        words = " ".join(rule.quote.split())
        whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
        if any(whole.search(" ".join(text.split())) for text in texts):
            return
        why = "a quote is word for word, or it is none" if texts else f"no words of {rule.cite.authority} are on file"
        near = _nearest_words(words, texts)
        fix = f"the text has: {near!r}" if near else "quote the words that are there"
        self.build.report(node.entries["quote"].place, "quote", f"{what}: the quote is not in {rule.cite}", why, fix)

    def _reachable_kinds(self, rules: tuple[Rule, ...]) -> None:
        """Every variable must have some kind of party that fits all the sentences it is bound in together."""
        for rule in rules:
            for patterns in (*((rule.then, *body) for body in rule.bodies), *((e,) for e in rule.unless)):
                for variable in dict.fromkeys(v for p in patterns for v in p.variables):
                    if not kinds_of(self.build.vocabulary, rule, variable, patterns):
                        what = f"the rule {rule.id!r}: no kind of party can stand for {variable} in all its sentences"
                        takes = (f"{p.sentence!r}" for p in patterns if variable in p.args)
                        why = f"they leave no kind in common: {'; '.join(dict.fromkeys(takes))}"
                        fix = "widen the kinds of a sentence or of 'where', or use another blank"
                        self.build.report(self.places["rules", rule.id], "kind", what, why, fix)

    def _cycles(self, rules: tuple[Rule, ...]) -> None:
        """Rules are not recursive: a conclusion may not, by any route, be a premise of itself."""
        below: dict[str, dict[str, Rule]] = {}
        for rule in rules:
            for pattern in (*rule.premises, *rule.unless):
                below.setdefault(rule.then.sentence, {}).setdefault(pattern.sentence, rule)
        for loop in circles(below):
            steps = "; ".join(f"{below[a][b].id}: {a!r} needs {b!r}" for a, b in pairwise(loop))
            fix = "a layer is missing: give the next layer a sentence of its own (perpetrator → principal → covered)"
            where = self.places["rules", below[loop[0]][loop[1]].id]
            self.build.report(where, "cycle", f"the rules go round in a circle at {loop[0]!r}", steps, fix)

    # ── Readings ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _readings(self, nodes: list[Node], tables: Tables | None) -> tuple[Reading, ...]:
        made: dict[str, Reading] = {}
        for node in self._entries(nodes, "readings"):
            reading = self._reading(node, made, tables)
            if reading is None:
                self.build.broken("readings", node)
            elif self._once("readings", reading.id, node.place):
                made[reading.id] = reading
        return tuple(made.values())

    def _reading(self, node: Node, earlier: Mapping[str, Reading], tables: Tables | None) -> Reading | None:
        if not isinstance(node, Map):
            return self.build.make(Reading, node, "a reading")
        what = f"the reading {plain(node).get('id', '?')!r}"
        node = self.build.keys(node, READING_KEYS, what)
        entries, keys = dict(node.entries), dict(node.keys)
        base, known = self._base(node, earlier)
        given: dict[str, Any] = {}
        if (base or not known) and "standard" not in keys:
            given["standard"] = base.standard if base else INVALID
        if base and "grading" not in keys:
            given["grading"] = base.grading
        positions = self._taken(node, base, known, what)
        given["positions"] = INVALID if positions is None else positions
        for key in ("like", "positions"):
            entries.pop(key, None)
            keys.pop(key, None)
        convert = {"answers": self._answers, "grading": self.read_grading}
        reading = self.build.make(Reading, Map(entries, node.place, keys), what, convert, given)
        standard = entries.get("standard")
        if tables and isinstance(standard, Text) and standard.value not in [s.id for s in tables.standards]:
            self._no_standard(standard.value, [s.id for s in tables.standards], standard.place)
            return None
        return reading

    def _base(self, node: Map, earlier: Mapping[str, Reading]) -> tuple[Reading | None, bool]:
        """The reading that another is like, and whether that much is known; reports one that is not there."""
        like = node.entries.get("like")
        if like is None:
            return None, "like" not in node.keys
        name = str(plain(like))
        if name not in earlier and not self.build.is_broken("readings", name):
            near = nearest(name, earlier)
            fix = f"did you mean {near!r}?" if near else "name a reading that stands above this one"
            self.build.report(like.place, "unknown reading", f"'like' names no reading above: {name!r}", "", fix)
        return earlier.get(name), name in earlier

    def _taken(self, node: Map, base: Reading | None, known: bool, what: str) -> dict[str, str] | None:
        """The reading's positions, one on each dispute, or None with the problems reported."""
        before = len(self.build.problems)
        child = node.entries.get("positions")
        taken = {**(base.positions if base else {}), **read_positions(self.build, self.disputes, child)}
        if len(self.build.problems) > before or not known or (child is None and "positions" in node.keys):
            return None
        if isinstance(child, Map) and child.keys.keys() != child.entries.keys():
            return None
        open_ = [dispute for dispute in self.disputes if dispute not in taken]
        if open_:
            why = "a reading takes one position on each dispute, so that none is taken silently"
            there = ", ".join(repr(dispute) for dispute in open_)
            fix = f"add to its positions: {'; '.join(f'{dispute}: …' for dispute in open_)}"
            self.build.report(node.place, "reading", f"{what} takes no position on {there}", why, fix)
        return None if open_ else taken

    def _answers(self, node: Node) -> Any:
        nodes = node.nodes if isinstance(node, Items) else (node,)
        known = {s.says for s in self.build.vocabulary.sentences if s.question}
        found = [" ".join(str(plain(each)).split()) for each in nodes]
        strangers = [(says, each) for says, each in zip(found, nodes, strict=True) if says not in known]
        for says, each in strangers:
            if not self.build.is_broken_sentence(says):
                near = nearest(says, known)
                fix = f"nearest: {near!r}" if near else f"the questions are: {'; '.join(sorted(known))}"
                self.build.report(each.place, "unknown sentence", f"{says!r} is no question", "", fix)
        return INVALID if strangers else tuple(found)


# ── What a case may hold too ──────────────────────────────────────────────────────────────────────────────────────────


def read_citation(build: Builder, cited: Mapping[str, Instrument | Authority], node: Node) -> Any:
    """A citation, or INVALID with the reason reported: an unknown id, or a section the instrument has not."""
    if not isinstance(node, Text) or not node.value.strip():
        what = "a citation is an authority's id, and where in it"
        build.report(node.place, "citation", what, "", "write it as: aumf § 2(a)")
        return INVALID
    cite = citation(node.value)
    target = cited.get(cite.authority)
    if target is None and build.is_broken("authorities", cite.authority):
        return cite
    if target is None:
        what, fix = f"{cite.authority!r} is no authority here", "authorities.yaml lists what may be cited"
        build.unknown(node.place, "unknown authority", what, "", fix, nearest(cite.authority, cited))
        return INVALID
    if isinstance(target, Instrument) and cite.pin and target.section(cite.pin) is None:
        there = ", ".join(s.id for s in target.sections)
        build.report(node.place, "citation", f"{target.id} has no section {cite.pin!r}", "", f"it has: {there}")
        return INVALID
    return cite


def read_dispute(build: Builder, cited: Mapping[str, Instrument | Authority], node: Node) -> Dispute | None:
    """A dispute with at least two positions, or None with the problems reported."""

    def cites(node: Node) -> Any:
        found = [read_citation(build, cited, n) for n in build.items(node, "cite")]
        return INVALID if INVALID in found else tuple(found)

    def positions(node: Node) -> Any:
        made = [build.make(Position, n, "a position", {"cite": cites}) for n in build.items(node, "positions")]
        if None in made:
            return INVALID
        names = [p.id for p in made if p]
        if len(names) < 2 or len(set(names)) < len(names):
            what = "a dispute has two positions or more, each with an id of its own"
            build.report(node.place, "dispute", what, f"here there are: {', '.join(names) or 'none'}")
            return INVALID
        return tuple(made)

    made = build.make(Dispute, node, "a dispute", {"positions": positions})
    if made is None:
        build.broken("disputes", node)
    return made


def read_stance(build: Builder, disputes: Mapping[str, Dispute], node: Node) -> Any:
    """A position on a dispute, or INVALID with the problem reported."""
    found = stance(node.value) if isinstance(node, Text) else None
    if found is None:
        build.report(node.place, "dispute", "a position is written 'dispute = position'", "", "write it so")
        return INVALID
    return found if known_stance(build, disputes, found, node.place) else INVALID


def read_stances(build: Builder, disputes: Mapping[str, Dispute], node: Node) -> Any:
    """One position or several, or INVALID with the problems reported."""
    found = [read_stance(build, disputes, n) for n in (node.nodes if isinstance(node, Items) else (node,))]
    return INVALID if INVALID in found else tuple(found)


def read_positions(build: Builder, disputes: Mapping[str, Dispute], node: Node | None) -> dict[str, str]:
    """Dispute → position, as a mapping has them; those that are not there are reported and left out."""
    found: dict[str, str] = {}
    for dispute, place, child in build.pairs(node, "positions"):
        taken = Stance(dispute, str(plain(child))) if child else None
        if taken and child and known_stance(build, disputes, taken, child.place if dispute in disputes else place):
            found[dispute] = taken.position
    return found


def known_stance(build: Builder, disputes: Mapping[str, Dispute], taken: Stance, where: Place) -> bool:
    """Whether the dispute and the position exist; reports it if not."""
    dispute = disputes.get(taken.dispute)
    if dispute is None:
        if not build.is_broken("disputes", taken.dispute):
            what, fix = f"{taken.dispute!r} is no dispute", f"the disputes are: {', '.join(disputes) or 'none'}"
            build.unknown(where, "unknown dispute", what, "", fix, nearest(taken.dispute, disputes))
        return False
    names = [p.id for p in dispute.positions]
    if taken.position not in names:
        near = nearest(taken.position, names)
        fix = f"did you mean {near!r}?" if near else f"the positions are: {', '.join(names)}"
        build.report(where, "unknown position", f"{taken.position!r} is no position on {taken.dispute!r}", "", fix)
        return False
    return True


def _nearest_words(words: str, texts: Iterable[str]) -> str | None:
    """The run of words in the texts most like ``words``, of the same length."""
    sought = words.split()
    runs = [found[i : i + len(sought)] for found in map(str.split, texts) for i in range(max(1, len(found)))]
    # Word by word, which is quick; letter by letter only where too few whole words are right.
    matcher = SequenceMatcher(None, b=[_letters(word) for word in sought], autojunk=False)
    best, closest = 0.6, None
    for run in runs:
        matcher.set_seq1([_letters(word) for word in run])
        if matcher.quick_ratio() > best and matcher.ratio() > best:
            best, closest = matcher.ratio(), run
    return " ".join(closest) if closest else nearest(words, {" ".join(run) for run in runs})


def _letters(word: str) -> str:
    """A word without the signs about it."""
    return re.sub(r"\W", "", word).casefold() or word
