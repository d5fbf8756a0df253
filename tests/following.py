"""A reader of LegalRuleML that knows nothing of the library: from some facts it follows the rules that are in scope.

Defeasible logic as the standard means it, for what a rule set is written with: a rule leads to its head where its body
holds, unless a defeater of the head that overrides it applies. Different variables stand for different parties.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

LRML, RULEML = "{http://docs.oasis-open.org/legalruleml/ns/v1.0/}", "{http://ruleml.org/spec}"
Fact = tuple[str, tuple[str, ...]]
Bound = Mapping[str, str]


class Document:
    """A rule set as it was written."""

    def __init__(self, text: str) -> None:
        self.root = ElementTree.fromstring(text)
        self.keyed = {e.attrib["key"].lstrip(":"): e for e in self.root.iter() if "key" in e.attrib}

    def referred(self) -> Iterator[str]:
        """Every key that something in the document refers to."""
        for each in self.root.iter():
            yield from (each.attrib[name][1:] for name in ("keyref", "over", "under") if name in each.attrib)

    def scope(self, context: str) -> list[Element]:
        """The statements that a context has in scope, whether by themselves or with all beside them."""
        named = [self.keyed[e.attrib["keyref"][1:]] for e in self.keyed[context].iter(f"{LRML}inScope")]
        return [s for e in named for s in (e if e.tag == f"{LRML}Statements" else [e])]

    def in_force(self, name: str, day: str) -> bool:
        """Whether what bears a key is in force on a day, by the associations that target it."""
        for association in self.root.iter(f"{LRML}Association"):
            if _only(association, f"{LRML}toTarget").attrib["keyref"] != f"#{name}":
                continue
            for applied in association.iter(f"{LRML}appliesTemporalCharacteristic"):
                when = self.keyed[applied.attrib["keyref"][1:]]
                parts = {e.tag.removeprefix(LRML): e for e in when}
                time = self.keyed[parts["atTime"].attrib["keyref"][1:]]
                starts = parts["hasStatusDevelopment"].attrib["iri"].endswith("Starts")
                edge = next(time.iter(f"{RULEML}Data")).text or ""
                if (day < edge) if starts else (day >= edge):
                    return False
        return True


class Following:
    """What follows from some facts under one context on a day."""

    def __init__(self, document: Document, context: str, day: str, facts: Iterable[Fact], kinds: Bound) -> None:
        self.kinds = kinds
        self.found: dict[str, set[tuple[str, ...]]] = {}
        self.rules: dict[str, list[tuple[str, Element, Element]]] = {}
        self.defeaters: dict[str, list[Element]] = {}
        self.given: dict[str, set[tuple[str, ...]]] = {}
        for relation, parties in facts:
            self.given.setdefault(relation, set()).add(parties)
        scope = document.scope(context)
        over = {o.attrib["over"][1:]: o.attrib["under"][1:] for s in scope for o in s.iter(f"{LRML}Override")}
        for statement in scope:
            self._read(statement, over, document.in_force(statement.attrib["key"], day))

    def _read(self, statement: Element, over: Mapping[str, str], in_force: bool) -> None:
        name, rule = statement.attrib["key"], statement.find(f"{RULEML}Rule")
        if statement.tag == f"{LRML}FactualStatement":
            (atom,) = statement.iter(f"{RULEML}Atom")
            self.given.setdefault(_relation(atom), set()).add(tuple(t.text or "" for t in _terms(atom)))
        elif rule is not None and in_force:
            body, head = (_only(rule, f"{RULEML}{edge}")[0] for edge in ("if", "then"))
            if next(rule.iter(f"{LRML}Defeater"), None) is not None:
                assert head.tag == f"{RULEML}Neg"
                self.defeaters.setdefault(over[name], []).append(rule)
            else:
                self.rules.setdefault(_relation(head), []).append((name, body, head))

    def holds(self, fact: Fact) -> bool:
        return fact[1] in self.known(fact[0])

    def known(self, relation: str) -> set[tuple[str, ...]]:
        """Everything that stands in a relation."""
        if relation not in self.found:
            found = set(self.given.get(relation, ()))
            for name, body, head in self.rules.get(relation, ()):
                off = {p for rule in self.defeaters.get(name, ()) for p in self._led_to(rule)}
                for bound in self._satisfied(body, {}):
                    found |= {p for p in self._grounded(head, bound) if not any(_fits(p, o) for o in off)}
            self.found[relation] = found
        return self.found[relation]

    def _led_to(self, defeater: Element) -> Iterator[tuple[str | None, ...]]:
        body, negated = (_only(defeater, f"{RULEML}{edge}")[0] for edge in ("if", "then"))
        for bound in self._satisfied(body, {}):
            yield tuple(bound.get(t.text or "") if _is_var(t) else t.text for t in _terms(negated[0]))

    def _satisfied(self, formula: Element, bound: Bound) -> Iterator[Bound]:
        kind = formula.tag.removeprefix(RULEML)
        if kind == "Or":
            for each in formula:
                yield from self._satisfied(each, bound)
        elif kind == "And":
            if not len(formula):
                yield bound
                return
            behind = Element(formula.tag)
            behind.extend(formula[1:])
            for once in self._satisfied(formula[0], bound):
                yield from self._satisfied(behind, once)
        else:
            for parties in self.known(_relation(formula)):
                matched = self._matched(_terms(formula), parties, bound)
                if matched is not None:
                    yield matched

    def _matched(self, terms: list[Element], parties: tuple[str, ...], bound: Bound) -> Bound | None:
        new = dict(bound)
        for term, party in zip(terms, parties, strict=True):
            if not _is_var(term):
                if term.text != party:
                    return None
            elif not self._of_type(term, party) or new.setdefault(term.text or "", party) != party:
                return None
        return new if len(set(new.values())) == len(new) else None

    def _grounded(self, head: Element, bound: Bound) -> Iterator[tuple[str, ...]]:
        """The head about every party, where the body leaves that open."""
        options = [
            [bound[t.text or ""]] if _is_var(t) and t.text in bound
            else [p for p in self.kinds if self._of_type(t, p)] if _is_var(t) else [t.text or ""]
            for t in _terms(head)
        ]  # fmt: skip
        found: list[tuple[str, ...]] = [()]
        for option in options:
            found = [(*sofar, party) for sofar in found for party in option]
        applying = _relation(head).startswith("authority:")
        for parties in found:
            of_type = all(self._of_type(t, p) for t, p in zip(_terms(head), parties, strict=True) if _is_var(t))
            if of_type and (applying or len(set(parties)) == len(parties)):
                yield parties

    def _of_type(self, term: Element, party: str) -> bool:
        kinds = term.attrib.get("type", "").removeprefix("kind:")
        return not kinds or self.kinds.get(party) in kinds.split("+")


def _relation(atom: Element) -> str:
    """The name of a relation: its words, or its name with, of a rule that applies, the rule."""
    rel = atom[0]
    return rel.text or " ".join([rel.attrib["iri"], *([atom[1].text or ""] if "applies" in rel.attrib["iri"] else [])])


def _only(parent: Element, tag: str) -> Element:
    (found,) = parent.findall(tag)
    return found


def _terms(atom: Element) -> list[Element]:
    return list(atom[1:])


def _is_var(term: Element) -> bool:
    return term.tag == f"{RULEML}Var"


def _fits(parties: tuple[str, ...], pattern: tuple[str | None, ...]) -> bool:
    return all(p is None or p == party for party, p in zip(parties, pattern, strict=True))
