"""Rules as RuleML formulas, and the XML that they are written in: atoms, conjunctions, variables with their kinds.

RuleML is what LegalRuleML Core 1.0 (OASIS Standard, 30 August 2021) writes the inside of a statement in, here in its
compact serialization. Elements are made with the standard library alone, their prefixes written out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from math import comb
from xml.etree import ElementTree

from authority.errors import TooWide
from authority.law import Rule, RuleSet, Stance
from authority.vocabulary import ALL_KINDS, Kind, Pattern, is_variable

MOST, DEEPEST = 10_000, 50
"""How many alternatives one rule may come to, and of how many premises each: RuleML has no way to count premises, so
that every choice of them is written out."""

# What XML 1.0 cannot hold (section 2.2, Char), however it is escaped.
_NO_CHARACTER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Element = ElementTree.Element


def element(name: str, *inside: Element, text: str = "", **attributes: str) -> Element:
    """An element of a prefixed name; an attribute ``xsi_type`` is written ``xsi:type``. Characters that XML has no
    place for are replaced by U+FFFD."""
    made = Element(name, {key.replace("_", ":"): plain(value) for key, value in attributes.items() if value})
    made.text = plain(text) or None
    made.extend(inside)
    return made


def plain(text: str) -> str:
    """The text with every character replaced that XML has no place for."""
    return _NO_CHARACTER.sub("\ufffd", text)


def key(kind: str, *names: str) -> str:
    """A name of XML's kind (NCName) for what bears names of any characters; other names, other keys."""
    escaped = (re.sub(r"[^A-Za-z0-9-]", lambda m: f"_{ord(m[0]):x}_", name) for name in names)
    return ".".join([kind, *escaped])


def atom(rules: RuleSet, pattern: Pattern, rule: Rule | None = None) -> Element:
    """A sentence as an atom: its relation is the template, its terms stand in the order of the blanks. A variable has
    as its type the kinds of party that the rule and the sentence leave for it."""
    return element("ruleml:Atom", element("ruleml:Rel", text=pattern.sentence), *_terms(rules, pattern, rule))


def position(stance: Stance) -> Element:
    """That a position is taken on a dispute."""
    names = (element("ruleml:Ind", text=name) for name in stance)
    return element("ruleml:Atom", element("ruleml:Rel", iri="authority:takes"), *names)


def applies(rule: Rule) -> Element:
    """That a rule applies to the parties that it binds: what its premises lead to and its exceptions keep off."""
    terms = (element("ruleml:Var", text=variable[1:-1]) for variable in rule.bound)
    return element("ruleml:Atom", element("ruleml:Rel", iri="authority:applies"), _ind(rule.id), *terms)


def premises(rules: RuleSet, rule: Rule) -> Element:
    """The positions that a rule stands under, and its premises as its body counts them.

    Raises TooWide where so many of so many premises are more than 10,000 alternatives, or more than fifty each.
    """
    atoms = [atom(rules, premise, rule) for premise in rule.premises]
    needed = rule.count if rule.body == "at_least" else 1 if rule.body == "any" else len(atoms)
    if needed < len(atoms) and (needed > DEEPEST or comb(len(atoms), needed) > MOST):
        what = f"{rule.id}: at least {needed} of {len(atoms)} premises are {comb(len(atoms), needed):,} alternatives"
        limit = f"no more than {MOST:,} are written out, of {DEEPEST} premises at most"
        raise TooWide(f"{what}; RuleML has no way to count, and {limit}")
    under = [position(stance) for stance in rule.under]
    if needed < len(atoms):
        return element("ruleml:And", *under, _some(atoms, needed)) if under else _some(atoms, needed)
    return element("ruleml:And", *under, *atoms)


def _some(atoms: Sequence[Element], needed: int) -> Element:
    """At least so many of the atoms: one of them, and of those behind it one fewer."""
    if needed == 1:
        inside = [deepcopy(each) for each in atoms]
        return element("ruleml:Or", *inside) if len(inside) > 1 else inside[0]
    choices = [
        element("ruleml:And", deepcopy(atoms[first]), _some(atoms[first + 1 :], needed - 1))
        for first in range(len(atoms) - needed + 1)
    ]
    return element("ruleml:Or", *choices) if len(choices) > 1 else choices[0]


def implication(body: Element, head: Element, strength: str, *told: Element) -> Element:
    """A rule of RuleML from a body to a head, with what is told of it before."""
    held = element("lrml:hasStrength", element(f"lrml:{strength}"))
    inside = (*told, held, element("ruleml:if", body), element("ruleml:then", head))
    return element("ruleml:Rule", *inside, closure="universal")


def _terms(rules: RuleSet, pattern: Pattern, rule: Rule | None) -> Iterable[Element]:
    sentence = rules.vocabulary[pattern.sentence]
    for blank, arg in zip(sentence.blanks, pattern.args, strict=True):
        if not is_variable(arg):
            yield _ind(arg)
            continue
        kinds = rules.kinds(rule, arg, (pattern,)) if rule else frozenset(sentence.kinds(blank))
        yield element("ruleml:Var", text=arg[1:-1], type=_type(kinds))


def _ind(name: str) -> Element:
    return element("ruleml:Ind", text=name)


def _type(kinds: frozenset[Kind]) -> str:
    """The kinds as one type, ``kind:organization+state``; none where every kind will do that a blank takes unasked."""
    return "" if kinds == frozenset(ALL_KINDS) else f"kind:{'+'.join(sorted(kinds))}"
