"""One rule: its body, its blanks and their kinds, and the words that it is drawn from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import Any

from authority.errors import nearest
from authority.law import Authority, Dispute, Instrument, Rule, kinds_of
from authority.loading.build import INVALID, Invalid
from authority.loading.disputes import read_citation, read_stances
from authority.loading.sentences import SentenceBuilder, read_where
from authority.loading.text import Items, Map, Node, Text, place_of, plain
from authority.vocabulary import Vocabulary

RULE_KEYS = (
    "id", "then", "if", "if_any", "at_least", "unless", "under", "where", "from", "until", "quote", "cite", "note",
)  # fmt: skip
FACTOR_KEYS = ("count", "of")
MAX_PREMISES = 15  # durable-rules takes 16 in a rule, and one is spent on what the blanks range over


class RuleReader:
    """Reads rules against the vocabulary, what may be cited, and the disputes."""

    def __init__(
        self, build: SentenceBuilder, cited: Mapping[str, Instrument | Authority], disputes: Mapping[str, Dispute]
    ) -> None:
        self.build, self.cited, self.disputes = build, cited, disputes

    def read(self, node: Node) -> Rule | None:
        """The rule, or None with the problems reported."""
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
        convert = {
            "then": self._then,
            "under": lambda child: read_stances(self.build, self.disputes, child),
            "cite": lambda child: read_citation(self.build, self.cited, child),
            "where": lambda child: read_where(self.build, child),
            "quote": lambda child: child.value.strip() if isinstance(child, Text) else plain(child),
        }
        rule = self.build.make(Rule, Map(rest, node.place, keys), what, convert, given)
        if rule is None or len(self.build.problems) > before or node.keys.keys() != entries.keys():
            return None
        listed = entries.get("unless")
        for number, each in enumerate(listed.nodes if isinstance(listed, Items) else ()):
            self.build.places["exceptions", f"{rule.id} {number}"] = each.place
        return rule if self._sound(rule, node, what) else None

    def _then(self, node: Node) -> Any:
        parse = self.build.sentence(node, affirmed="a conclusion")
        if parse and parse.sentence.computed:
            self.build.by_calendar(node.place, parse, "a conclusion")
            return INVALID
        return parse.pattern if parse else INVALID

    def _patterns(self, node: Node, what: str) -> Any:
        """The sentences of a list as patterns, or INVALID where not all could be read."""
        found = tuple(p.pattern for _, p in self.build.sentences(node, affirmed=what))
        return found if isinstance(node, Items) and len(found) == len(node.nodes) else INVALID

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
        node = self.build.keys(node, FACTOR_KEYS, "at_least") if isinstance(node, Map) else node
        if not isinstance(node, Map) or set(node.keys) != set(FACTOR_KEYS):
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
        if holds_of_everybody(rule):
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
        self._bound(rule, node, what)
        self._quoted(rule, node, what)
        return len(self.build.problems) == before

    def _bound(self, rule: Rule, node: Map, what: str) -> None:
        """Every blank of a computed sentence must be named by something else: the calendar names no day."""
        for variable in unbound(self.build.vocabulary, rule):
            why = "it stands in what the calendar decides alone, and the calendar names no day"
            fix = f"add a premise that names {variable}, or put it in the conclusion"
            self.build.report(node.place, "computed", f"{what}: nothing says which day {variable} is", why, fix)

    def _quoted(self, rule: Rule, node: Map, what: str) -> None:
        """The quote must stand, word for word, in the text that is cited. The instrument must be quoted; another
        authority need not be, since its holding may lie in no one phrase."""
        target = self.cited.get(rule.cite.authority)
        if target is None:  # it has a problem of its own
            return
        if isinstance(target, Instrument):
            section = target.section(rule.cite.pin)
            texts = [section.text] if section else [s.text for s in target.sections]
        else:
            texts = [q.text for q in target.quotes]
        words = " ".join(rule.quote.split())
        if not words:
            if isinstance(target, Instrument):
                what = f"{what} cites {rule.cite} and quotes none of it"
                why = "a rule drawn from the instrument stands beside the words it is drawn from"
                self.build.report(place_of(node, ("quote",)), "quote", what, why, "quote the words: 'quote: …'")
            return
        if any(stands_in(text, words) for text in texts):
            return
        why = "a quote is word for word, or it is none" if texts else f"no words of {rule.cite.authority} are on file"
        near = _nearest_words(words, texts)
        fix = f"the text has: {near!r}" if near else "quote the words that are there"
        self.build.report(node.entries["quote"].place, "quote", f"{what}: the quote is not in {rule.cite}", why, fix)


def stands_in(text: str, quote: str) -> bool:
    """Whether a quote stands in a text word for word, however either is broken into lines."""
    words = " ".join(quote.split())
    return bool(words) and bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", " ".join(text.split())))


def holds_of_everybody(rule: Rule) -> bool:
    """Whether a rule has no premises, and nothing else that would say of whom it holds."""
    return not rule.premises and not (rule.under or rule.where or not rule.then.variables)


def unbound(vocabulary: Vocabulary, rule: Rule) -> list[str]:
    """The variables of a rule that stand in computed sentences alone, once for each body or exception that has them."""
    found: list[str] = []
    shared = () if rule.body == "any" else rule.premises
    for patterns in (*rule.bodies, *((*shared, each) for each in rule.unless)):
        reckoned = [p for p in patterns if vocabulary[p.sentence].computed]
        named = {v for p in (rule.then, *patterns) if p not in reckoned for v in p.variables}
        found += dict.fromkeys(v for p in reckoned for v in p.variables if v not in named)
    return found


def kindless(vocabulary: Vocabulary, rule: Rule) -> list[tuple[str, list[str], int | None]]:
    """The variables of a rule for which no kind of party fits all the sentences they are bound in together, each with
    those sentences, and with the number of the exception that they stand in, if one."""
    bodies = [((rule.then, *body), None) for body in rule.bodies]
    exceptions = [((exception,), number) for number, exception in enumerate(rule.unless)]
    return [
        (variable, list(dict.fromkeys(p.sentence for p in patterns if variable in p.args)), number)
        for patterns, number in (*bodies, *exceptions)
        for variable in dict.fromkeys(v for p in patterns for v in p.variables)
        if not kinds_of(vocabulary, rule, variable, patterns)
    ]


def reachable_kinds(build: SentenceBuilder, rules: tuple[Rule, ...]) -> None:
    """Every variable must have some kind of party that fits all the sentences it is bound in together."""
    for rule in rules:
        for variable, sentences, exception in kindless(build.vocabulary, rule):
            what = f"the rule {rule.id!r}: no kind of party can stand for {variable} in all its sentences"
            why = f"they leave no kind in common: {'; '.join(map(repr, sentences))}"
            fix = "widen the kinds of a sentence or of 'where', or use another blank"
            entry = ("rules", rule.id) if exception is None else ("exceptions", f"{rule.id} {exception}")
            build.report(build.places[entry], "kind", what, why, fix)


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
