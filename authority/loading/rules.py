"""A folder of law → RuleSet, or every problem in it at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    Reading,
    Rule,
    RuleSet,
    Section,
    Standard,
    Stance,
    Tables,
    kinds_of,
)
from authority.loading.build import INVALID, Builder, citation, stance
from authority.loading.text import Items, Map, Node, Text, plain, read
from authority.vocabulary import Names, Pattern, Proposition, Sentence, Vocabulary, blanks

SECTIONS = ("instrument", "sentences", "authorities", "disputes", "rules", "readings", "notice")
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
        self.build = Builder(None, Names(), {})
        self.places: dict[tuple[str, str], Place] = {}

    # ── Files ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def read(self) -> RuleSet:
        files = sorted(self.folder.glob("*.yaml"))
        here = Place(label(self.folder, self.root))
        if not files:
            problem = Problem(here, "file", "there is no rule set here", "no *.yaml file lies in this folder")
            raise InvalidInput([problem])
        sections = self._sections(files)
        tables = self.read_tables()
        instrument = self._instrument(sections["instrument"], here)
        vocabulary = self._vocabulary(sections["sentences"])
        self.build.vocabulary = vocabulary
        parties = self._parties(sections["notice"])
        self.build.names = Names({p.name: p.aliases for p in parties})
        self.build.kinds = {p.name: p.kind for p in parties}
        authorities = self._authorities(sections["authorities"])
        self.cited: Mapping[str, Instrument | Authority] = {a.id: a for a in authorities}
        if instrument:
            self.cited = {**self.cited, instrument.id: instrument}
        disputes = self._disputes(sections["disputes"])
        self.disputes = {d.id: d for d in disputes}
        rules = self._rules(sections["rules"])
        readings = self._readings(sections["readings"], tables)
        notice = self._notice(sections["notice"], {r.then.sentence for r in rules})
        self._cycles(rules)
        self._reachable_kinds(rules)
        if not self.build.problems and not rules:
            self.build.report(here, "missing", "the rule set has no rules")
        if not self.build.problems and not readings:
            self.build.report(here, "missing", "the rule set has no readings", "a verdict is always under a reading")
        if self.build.problems or instrument is None or tables is None:
            raise InvalidInput(self.build.problems)
        return RuleSet(
            name=self.folder.name, instrument=instrument, vocabulary=vocabulary, authorities=authorities,
            disputes=disputes, rules=rules, readings=readings, parties=parties, notice=notice, tables=tables,
        )  # fmt: skip

    def _sections(self, files: Iterable[Path]) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = {s: [] for s in SECTIONS}
        for path in files:
            node = read(path, label(path, self.root), self.build.problems)
            if isinstance(node, Items) and path.stem in SECTIONS:
                found[path.stem].append(node)
            elif isinstance(node, Map):
                self.build.keys(node, SECTIONS, "a rule-set file")
                for key, child in node.entries.items():
                    if key in found:
                        found[key].append(child)
            elif node is not None:
                fix = f"begin with one of: {', '.join(s + ':' for s in SECTIONS)}"
                self.build.report(node.place, "shape", "this file does not say what it holds", "", fix)
        return found

    def _entries(self, nodes: Iterable[Node], what: str) -> list[Node]:
        return [entry for node in nodes for entry in self.build.items(node, what)]

    def _once(self, group: str, name: str, where: Place) -> bool:
        """Records an id; reports it, and answers False, if it is taken."""
        first = self.places.setdefault((group, name), where)
        if first is not where:
            why = f"the first stands at {first}"
            self.build.report(where, "duplicate id", f"there are two {group} {name!r}", why, "give one of them another id")
        return first is where

    def _broken(self, made: Iterable[tuple[object, Node]]) -> None:
        """Remembers the ids of entries with problems of their own, so that what points to them is not a problem too."""
        for entry, node in made:
            named = node.entries.get("id") if isinstance(node, Map) else None
            if entry is None and isinstance(named, Text):
                self.build.broken.add(named.value)

    # ── Shared tables ─────────────────────────────────────────────────────────────────────────────────────────────

    def read_tables(self) -> Tables | None:
        """The shared tables, or None with the problems reported."""
        grades, grading, standards = (self._table(name) for name in ("grades", "grading", "standards"))
        if grades is None or grading is None or standards is None:
            return None
        self.build.keys(grades, ("source", "reliability", "credibility"), "the grades")
        self.build.keys(standards, ("source", "refuted_by", "standards"), "the standards")
        axes = {axis: self._axis(grades, axis) for axis in ("reliability", "credibility")}
        rule = self.read_grading(grading)
        found = [self.build.make(Standard, n, "a standard") for n in self.build.items(standards.entries.get("standards"), "standards")]
        if rule is None or None in found or None in axes["reliability"].values() or None in axes["credibility"].values():
            return None
        words = plain(standards)
        return Tables(
            grades_source=plain(grades).get("source", ""), **axes, grading=rule,
            standards_source=words.get("source", ""), standards=tuple(s for s in found if s), refuted_by=words["refuted_by"],
        )  # fmt: skip

    def _table(self, name: str) -> Map | None:
        path = self.shared / f"{name}.yaml"
        node = read(path, label(path, self.root), self.build.problems)
        return node if isinstance(node, Map) else None

    def _axis(self, grades: Map, axis: str) -> dict[str, Any]:
        def level(node: Node) -> Any:
            return None if plain(node) == "unjudged" else plain(node)

        entries = self.build.map(grades.entries.get(axis), axis)
        return {letter: self.build.make(Level, node, "a grade", {"level": level}) for letter, node in entries.items()}

    def read_grading(self, node: Node) -> Grading | None:
        """A grading rule: each type of source with its grade."""

        def kinds(node: Node) -> Any:
            rows = [plain(n) for n in self.build.items(node, "kinds")]
            return {row["kind"]: row["grade"] for row in rows if isinstance(row, dict) and {"kind", "grade"} <= set(row)}

        return self.build.make(Grading, node, "the grading rule", {"kinds": kinds})

    # ── Instrument, vocabulary, notice ────────────────────────────────────────────────────────────────────────────

    def _instrument(self, nodes: list[Node], here: Place) -> Instrument | None:
        if len(nodes) != 1:
            what = "the rule set has no instrument" if not nodes else "the rule set has two instruments"
            self.build.report(nodes[1].place if nodes else here, "missing", what, "", "one file begins with 'instrument:'")
            return None

        def sections(node: Node) -> Any:
            made = [self.build.make(Section, n, "a section") for n in self.build.items(node, "sections")]
            return tuple(s for s in made if s) if None not in made else INVALID

        return self.build.make(Instrument, nodes[0], "the instrument", {"sections": sections})

    def _vocabulary(self, nodes: list[Node]) -> Vocabulary:
        made: list[Sentence] = []
        places: dict[str, Place] = {}
        for node in self._entries(nodes, "sentences"):
            sentence = self.build.make(Sentence, node, "a sentence", {"where": self._where})
            if sentence and self._well_formed(sentence, node) and self._once("sentences", sentence.says, node.place):
                made.append(sentence)
                places[sentence.says] = places[sentence.denied] = node.place
        vocabulary = Vocabulary(sentences=tuple(made))
        for one, other in vocabulary.collisions():
            why = f"{one!r} and {other!r} could be one and the same text"
            self.build.report(places[other], "collision", "two sentences can collide", why, "put one of them in other words")
        for sentence in made:
            if sentence.short_of and sentence.short_of not in vocabulary.by_text:
                near = nearest(sentence.short_of, vocabulary.by_text)
                self.build.report(
                    places[sentence.says], "unknown sentence", f"short_of: {sentence.short_of!r} is no sentence here", "",
                    f"nearest: {near!r}" if near else "",
                )  # fmt: skip
        return vocabulary

    def _where(self, node: Node) -> Any:
        """Blank → kinds; one kind may stand without brackets."""
        entries = self.build.map(node, "where")
        return {blank: [plain(n)] if isinstance(n, Text) else plain(n) for blank, n in entries.items()}

    def _well_formed(self, sentence: Sentence, node: Node) -> bool:
        says, denied = blanks(sentence.says), blanks(sentence.denied)
        if sorted(says) != sorted(denied) or len(set(says)) < len(says):
            what = f"{sentence.says!r} and its denied form must have the same blanks, each once"
            self.build.report(node.place, "sentence", what)
            return False
        for blank in sentence.where:
            if blank not in says:
                self.build.report(node.place, "sentence", f"where names <{blank}>, which {sentence.says!r} has not")
                return False
        return True

    def _parties(self, nodes: list[Node]) -> tuple[NoticedParty, ...]:
        made: list[NoticedParty] = []
        for node in nodes:
            for name, child in self.build.map(self.build.map(node, "notice").get("parties"), "parties").items():
                party = self.build.make(NoticedParty, child, f"the party {name!r}", given={"name": name})
                if party and self._once("parties", name, child.place):
                    made.append(party)
        return tuple(made)

    def _notice(self, nodes: list[Node], conclusions: set[str]) -> tuple[Noticed, ...]:
        made: list[Noticed | None] = []

        def holds(node: Node) -> Any:
            parse = self.build.sentence(node, affirmed="a noticed fact")
            if parse and parse.sentence.says in conclusions:
                what = f"{str(parse)!r} is a conclusion, and only facts are noticed"
                self.build.report(node.place, "conclusion", what, "", "notice the facts beneath it")
                return INVALID
            return Proposition(parse.sentence.says, parse.args) if parse else INVALID

        for node in nodes:
            if isinstance(node, Map):
                self.build.keys(node, ("parties", "facts"), "the notice")
            for child in self.build.items(self.build.map(node, "notice").get("facts"), "facts"):
                made.append(self.build.make(Noticed, child, "a noticed fact", {"holds": holds, "cite": self._cite}))
        return tuple(n for n in made if n)

    # ── Authorities and disputes ──────────────────────────────────────────────────────────────────────────────────

    def _authorities(self, nodes: list[Node]) -> tuple[Authority, ...]:
        made = [(self.build.make(Authority, n, "an authority"), n) for n in self._entries(nodes, "authorities")]
        self._broken(made)
        return tuple(a for a, n in made if a and self._once("authorities", a.id, n.place))

    def _cite(self, node: Node) -> Any:
        """A citation, or INVALID with the reason reported: an unknown id, or a section the instrument has not."""
        if not isinstance(node, Text) or not node.value.strip():
            self.build.report(node.place, "citation", "a citation is an authority's id, and where in it")
            return INVALID
        cite = citation(node.value)
        target = self.cited.get(cite.authority)
        if cite.authority in self.build.broken:
            return INVALID
        if target is None:
            near = nearest(cite.authority, self.cited)
            fix = f"did you mean {near!r}?" if near else "authorities.yaml lists what may be cited"
            self.build.report(node.place, "unknown authority", f"{cite.authority!r} is no authority here", "", fix)
            return INVALID
        if isinstance(target, Instrument) and cite.pin and target.section(cite.pin) is None:
            there = ", ".join(s.id for s in target.sections)
            self.build.report(node.place, "citation", f"{target.id} has no section {cite.pin!r}", "", f"it has: {there}")
            return INVALID
        return cite

    def _cites(self, node: Node) -> Any:
        found = [self._cite(n) for n in self.build.items(node, "cite")]
        return INVALID if INVALID in found else tuple(found)

    def _disputes(self, nodes: list[Node]) -> tuple[Dispute, ...]:
        made = [(self.read_dispute(n), n) for n in self._entries(nodes, "disputes")]
        self._broken(made)
        return tuple(d for d, n in made if d and self._once("disputes", d.id, n.place))

    def read_dispute(self, node: Node) -> Dispute | None:
        """A dispute with at least two positions."""

        def positions(node: Node) -> Any:
            made = [self.build.make(Position, n, "a position", {"cite": self._cites}) for n in self.build.items(node, "positions")]
            if None in made:
                return INVALID
            names = [p.id for p in made if p]
            if len(names) < 2 or len(set(names)) < len(names):
                self.build.report(node.place, "dispute", "a dispute has two positions or more, each with an id of its own")
                return INVALID
            return tuple(made)

        return self.build.make(Dispute, node, "a dispute", {"positions": positions})

    def _stance(self, node: Node) -> Stance | None:
        found = stance(node.value) if isinstance(node, Text) else None
        if found is None:
            self.build.report(node.place, "dispute", "a position is written 'dispute = position'")
            return None
        return found if known_stance(self.build, self.disputes, found, node.place) else None

    # ── Rules ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _rules(self, nodes: list[Node]) -> tuple[Rule, ...]:
        made = [(self._rule(n), n) for n in self._entries(nodes, "rules")]
        return tuple(r for r, n in made if r and self._once("rules", r.id, n.place))

    def _rule(self, node: Node) -> Rule | None:
        if not isinstance(node, Map):
            return self.build.make(Rule, node, "a rule")
        name = plain(node).get("id", "?")
        what = f"the rule {name!r}"
        known = ("id", "then", "if", "if_any", "at_least", "unless", "under", "where", "from", "until", "quote", "cite", "note")
        before = len(self.build.problems)
        self.build.keys(node, known, what)
        entries = node.entries
        bodies = [key for key in ("if", "if_any", "at_least") if key in entries]
        if len(bodies) > 1:
            fix = "give the deeper part a conclusion of its own, which the memo can then discuss"
            self.build.report(node.keys[bodies[1]], "rule", f"{what} has two bodies: {' and '.join(bodies)}", "", fix)
        body, count, premises = self._body(node, bodies[0] if bodies else None, what)
        unless = [p for _, p in self._patterns(entries.get("unless"), "an exception")]
        under = self._unders(entries.get("under"))
        then = self._then(node, what)
        rest = {key: entries[key] for key in ("id", "quote", "cite", "note", "from", "until", "where") if key in entries}
        keys = {key: node.keys[key] for key in rest}
        given = {
            "then": then, "body": body, "count": count, "premises": tuple(p for _, p in premises),
            "unless": tuple(unless), "under": tuple(under),
        }  # fmt: skip
        if then is None:
            return None
        rule = self.build.make(Rule, Map(rest, node.place, keys), what, {"cite": self._cite, "where": self._where}, given)
        if rule is None or len(self.build.problems) > before:
            return None
        return rule if self._sound(rule, node, what) else None

    def _then(self, node: Map, what: str) -> Pattern | None:
        if "then" not in node.entries:
            self.build.report(node.place, "missing key", f"{what} lacks the key 'then'", "", "add what it concludes")
            return None
        parse = self.build.sentence(node.entries["then"], affirmed="a conclusion")
        return parse.pattern if parse else None

    def _patterns(self, node: Node | None, what: str) -> list[tuple[Node, Pattern]]:
        return [(n, p.pattern) for n, p in self.build.sentences(node, affirmed=what)] if node else []

    def _unders(self, node: Node | None) -> list[Stance]:
        if node is None:
            return []
        found = [self._stance(n) for n in (node.nodes if isinstance(node, Items) else (node,))]
        return [s for s in found if s]

    def _body(self, node: Map, key: str | None, what: str) -> tuple[str, int, list[tuple[Node, Pattern]]]:
        if key is None:
            return "all", 0, []
        child = node.entries[key]
        if key != "at_least":
            found = self._patterns(child, "a premise")
            if isinstance(child, Items) and not child.nodes:
                self.build.report(child.place, "rule", f"{what}: {key} lists nothing", "", "leave it out, or name the premises")
            return ("any" if key == "if_any" else "all"), 0, found
        if not isinstance(child, Map) or set(child.entries) != {"count", "of"}:
            self.build.report(child.place, "rule", f"{what}: at_least takes 'count' and 'of'")
            return "at_least", 0, []
        found = self._patterns(child.entries["of"], "a factor")
        count = plain(child.entries["count"])
        if not (isinstance(count, str) and count.isdigit() and 1 <= int(count) <= max(1, len(found))):
            where = child.entries["count"].place
            self.build.report(where, "rule", f"{what}: count must be a number from 1 to {len(found)}, and is {count!r}")
            return "at_least", 0, found
        if len({frozenset(p.variables) for _, p in found}) > 1:
            why = "they are counted for one and the same parties"
            self.build.report(child.place, "rule", f"{what}: every factor must have the same blanks", why)
        return "at_least", int(count), found

    def _sound(self, rule: Rule, node: Map, what: str) -> bool:
        """What no single key shows: waivers, blanks, size, quotation."""
        before = len(self.build.problems)
        if not rule.premises and not (rule.under or rule.where or not rule.then.variables):
            fix = "give it premises; or 'under', if on that position the requirement does not exist; or 'where', if the kind decides"
            self.build.report(node.place, "rule", f"{what} has no premises and would hold of everybody", "", fix)
        if len(rule.premises) > MAX_PREMISES:
            fix = "gather some of them under a conclusion of their own"
            self.build.report(node.place, "rule", f"{what} has more than {MAX_PREMISES} premises", "", fix)
        variables = {v[1:-1] for p in (rule.then, *rule.premises, *rule.unless) for v in p.variables}
        for blank in rule.where:
            if blank not in variables:
                self.build.report(node.keys["where"], "rule", f"{what}: where names <{blank}>, which no sentence of it has")
        self._quoted(rule, node, what)
        return len(self.build.problems) == before

    def _quoted(self, rule: Rule, node: Map, what: str) -> None:
        """The quote must stand, word for word, in the text that is cited."""
        target = self.cited[rule.cite.authority]
        if isinstance(target, Instrument):
            section = target.section(rule.cite.pin)
            texts = [section.text] if section else [s.text for s in target.sections]
        else:
            texts = [q.text for q in target.quotes]
        words = " ".join(rule.quote.split())
        if words and any(words in " ".join(text.split()) for text in texts):
            return
        why = "a quote is word for word, or it is none" if texts else f"no words of {rule.cite.authority} are on file"
        near = _nearest_words(words, texts)
        fix = f"the text has: {near!r}" if near else "quote the words that are there"
        self.build.report(node.keys["quote"], "quote", f"{what}: the quote is not in {rule.cite}", why, fix)

    def _reachable_kinds(self, rules: tuple[Rule, ...]) -> None:
        """Every variable must have some kind of party that fits all the sentences it is bound in together."""
        for rule in rules:
            for patterns in (*((rule.then, *body) for body in rule.bodies), *((e,) for e in rule.unless)):
                for variable in dict.fromkeys(v for p in patterns for v in p.variables):
                    if not kinds_of(self.build.vocabulary, rule, variable, patterns):
                        what = f"the rule {rule.id!r}: no kind of party can stand for {variable} in all its sentences"
                        self.build.report(self.places["rules", rule.id], "kind", what)

    def _cycles(self, rules: tuple[Rule, ...]) -> None:
        """Rules are not recursive: a conclusion may not, by any route, be a premise of itself."""
        below: dict[str, dict[str, Rule]] = {}
        for rule in rules:
            for pattern in (*rule.premises, *rule.unless):
                below.setdefault(rule.then.sentence, {}).setdefault(pattern.sentence, rule)
        done: set[str] = set()

        def visit(sentence: str, route: list[str]) -> None:
            if sentence in route:
                loop = [*route[route.index(sentence) :], sentence]
                steps = "; ".join(f"{below[a][b].id}: {a!r} needs {b!r}" for a, b in zip(loop, loop[1:], strict=False))
                rule = below[loop[0]][loop[1]]
                fix = "a layer is missing: give the next layer a sentence of its own (perpetrator → principal → covered)"
                where = self.places.get(("rules", rule.id), Place(label(self.folder, self.root)))
                self.build.report(where, "cycle", f"the rules go round in a circle at {loop[0]!r}", steps, fix)
                return
            if sentence in done:
                return
            for child in sorted(below.get(sentence, {})):
                visit(child, [*route, sentence])
            done.add(sentence)

        for sentence in sorted(below):
            visit(sentence, [])

    # ── Readings ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _readings(self, nodes: list[Node], tables: Tables | None) -> tuple[Reading, ...]:
        made: dict[str, Reading] = {}
        for node in self._entries(nodes, "readings"):
            reading = self._reading(node, made, tables)
            self._broken([(reading, node)])
            if reading and self._once("readings", reading.id, node.place):
                made[reading.id] = reading
        return tuple(made.values())

    def _reading(self, node: Node, earlier: Mapping[str, Reading], tables: Tables | None) -> Reading | None:
        if not isinstance(node, Map):
            return self.build.make(Reading, node, "a reading")
        entries, keys = dict(node.entries), dict(node.keys)
        like = entries.pop("like", None)
        keys.pop("like", None)
        base = None
        if like is not None:
            base = earlier.get(str(plain(like)))
            if base is None and str(plain(like)) in self.build.broken:
                return None
            if base is None:
                near = nearest(str(plain(like)), earlier)
                fix = f"did you mean {near!r}?" if near else "name a reading that stands above this one"
                self.build.report(like.place, "unknown reading", f"'like' names no reading above: {plain(like)!r}", "", fix)
                return None
        name = plain(node).get("id", "?")
        given: dict[str, Any] = {}
        if base and "standard" not in entries:
            given["standard"] = base.standard
        if base and "grading" not in entries:
            given["grading"] = base.grading
        positions = self._taken(entries, node, base, f"the reading {name!r}")
        given["positions"] = INVALID if positions is None else positions
        entries.pop("positions", None)
        keys.pop("positions", None)
        convert = {"answers": self._answers, "grading": self.read_grading}
        reading = self.build.make(Reading, Map(entries, node.place, keys), f"the reading {name!r}", convert, given)
        if reading and tables and reading.standard not in [s.id for s in tables.standards]:
            near = nearest(reading.standard, [s.id for s in tables.standards])
            where = node.keys.get("standard", node.place)
            self.build.report(where, "unknown standard", f"{reading.standard!r} is no proof standard", "", f"nearest: {near}")
            return None
        return reading

    def _taken(self, entries: Mapping[str, Node], node: Map, base: Reading | None, what: str) -> dict[str, str] | None:
        """The reading's positions, one on each dispute, or None with the problems reported."""
        before = len(self.build.problems)
        taken = dict(base.positions) if base else {}
        child = entries.get("positions")
        for dispute, value in self.build.map(child, "positions").items():
            where = child.keys[dispute] if isinstance(child, Map) else node.place
            if known_stance(self.build, self.disputes, Stance(dispute, str(plain(value))), where):
                taken[dispute] = str(plain(value))
        for dispute in self.disputes:
            if dispute not in taken and len(self.build.problems) == before:
                why = "a reading takes one position on each dispute, so that none is taken silently"
                self.build.report(node.place, "reading", f"{what} takes no position on {dispute!r}", why, f"add '{dispute}: …'")
        return taken if len(self.build.problems) == before else None

    def _answers(self, node: Node) -> Any:
        nodes = node.nodes if isinstance(node, Items) else (node,)
        known = {s.says for s in self.build.vocabulary.sentences if s.question}
        found = []
        for each in nodes:
            says = " ".join(str(plain(each)).split())
            if says not in known:
                near = nearest(says, known)
                self.build.report(each.place, "unknown sentence", f"{says!r} is no question", "", f"nearest: {near!r}" if near else "")
                return INVALID
            found.append(says)
        return tuple(found)


def known_stance(build: Builder, disputes: Mapping[str, Dispute], taken: Stance, where: Place) -> bool:
    """Whether the dispute and the position exist; reports it if not."""
    dispute = disputes.get(taken.dispute)
    if taken.dispute in build.broken:
        return False
    if dispute is None:
        near = nearest(taken.dispute, disputes)
        fix = f"did you mean {near!r}?" if near else "disputes.yaml lists the disputed points"
        build.report(where, "unknown dispute", f"{taken.dispute!r} is no dispute", "", fix)
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
    length = len(words.split())
    runs: list[str] = []
    for text in texts:
        found = text.split()
        runs += [" ".join(found[i : i + length]) for i in range(max(1, len(found) - length + 1))]
    return nearest(words, runs)
