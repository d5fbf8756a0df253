"""A rule set as LegalRuleML Core 1.0 (OASIS Standard, 30 August 2021), in the compact serialization.

A rule is a constitutive statement, since what it concludes is a fact of law and no duty; an exception is a defeater
that overrides it; a dispute is a set of alternatives, one factual statement a position; a reading is a context that has
in scope the rules and the positions it takes. What the standard has no place for stands in comments, or in
docs/standards.md among what is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

from authority.citing import Case, Constitution, Opinion, Statute, Treaty
from authority.dates import last_day
from authority.exchange.cited import cited
from authority.exchange.ruleml import Element, applies, atom, element, implication, key, position, premises
from authority.law import Authority, Citation, Dated, Dispute, Instrument, Reading, Rule, RuleSet, Stance
from authority.law import Position as Answer
from authority.saying import listed
from authority.vocabulary import Pattern

_NAMES = {
    "xmlns:lrml": "http://docs.oasis-open.org/legalruleml/ns/v1.0/",
    "xmlns:ruleml": "http://ruleml.org/spec",
    "xmlns:xs": "http://www.w3.org/2001/XMLSchema",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_PREFIXES = {
    "lrmlv": "http://docs.oasis-open.org/legalruleml/ns/v1.0/vocab#",
    "authority": "urn:x-authority:",
    "kind": "urn:x-authority:kind:",
}
_LAW = (Statute, Case, Opinion, Treaty, Constitution)
"""What is a source of law; a bill, a report, a speech, a letter and an article are sources and no law."""


def legalruleml(rules: RuleSet) -> str:
    """The rule set as an XML document of LegalRuleML; the same rule set gives the same text.

    Raises TooWide where a rule counts premises in more than 10,000 ways.
    """
    root = element("lrml:LegalRuleML", *_Document(rules).parts())
    root.attrib.update(_NAMES)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


class _Document:
    def __init__(self, rules: RuleSet) -> None:
        self.rules, self.instrument = rules, rules.instrument
        self.cited: tuple[Instrument | Authority, ...] = (rules.instrument, *rules.authorities)

    def parts(self) -> Iterator[Element]:
        """What a document consists of, in the standard's order (section 5.16): metadata, associations, statements."""
        never = "never enacted: no rule is law, whatever the date" if self.instrument.never_enacted else ""
        about = (f"{self.rules.name}: {self.instrument.title}", str(self.instrument.citation), never)
        yield _comment(*about, f"SHA-256 of the rule set: {self.rules.digest}")
        for prefix, name in _PREFIXES.items():
            yield element("lrml:Prefix", pre=prefix, refID=name)
        yield from self._references()
        yield from self._times()
        yield from self._holders()
        yield from self._authorities()
        yield element("lrml:Associations", *self._associations(), key="associations")
        for dispute in self.rules.disputes:
            yield _alternatives(dispute)
        for reading in self.rules.readings:
            yield self._context(reading)
        yield from self._statements()

    # ── What is cited, when it is law, and who says so ────────────────────────────────────────────────────────────────

    def _references(self) -> Iterator[Element]:
        """Every authority by its citation, and by its address where a documented rule gives it one."""
        law = [c for c in self.cited if self._is_law(c)]
        for kind, some in (("Legal", law), ("", [c for c in self.cited if c not in law])):
            references = [_reference(f"lrml:{kind}Reference", each) for each in some]
            addressed = {key("source", each.id): each.citation.link for each in some if each.citation.link}
            sources = [element(f"lrml:{kind}Source", key=k, sameAs=link) for k, link in addressed.items()]
            if references:
                yield element(f"lrml:{kind}References", *references)
            if sources:
                yield element(f"lrml:{kind}Sources", *sources)

    def _is_law(self, each: Instrument | Authority) -> bool:
        unenacted = isinstance(each, Instrument) and each.never_enacted
        return isinstance(each.citation, _LAW) and not unenacted

    def _times(self) -> Iterator[Element]:
        """Each day on which something comes into force or ceases to be, and that it does so then."""
        edges = dict.fromkeys(edge for each in (*self.cited, *self.rules.rules) for edge in _edges(each))
        if not edges:
            return
        days = dict.fromkeys(sorted(day for _, day in edges))
        times = (
            element("ruleml:Time", element("ruleml:Data", text=day, xsi_type="xs:date"), key=f":{key('day', day)}")
            for day in days
        )
        yield element("lrml:Times", *times)
        yield element("lrml:TemporalCharacteristics", *(_characteristic(*edge) for edge in sorted(edges)))

    def _holders(self) -> Iterator[Element]:
        """Who holds a position, and that it is theirs."""
        holders = list(dict.fromkeys(h for d in self.rules.disputes for p in d.positions for h in p.held_by))
        if not holders:
            return
        names = {holder: f"holder.{number}" for number, holder in enumerate(holders, start=1)}
        yield element("lrml:Agents", *(element("lrml:Agent", _comment(h), key=name) for h, name in names.items()))
        roles = (
            element(
                "lrml:Role", *(element("lrml:filledBy", keyref=f"#{names[holder]}") for holder in answer.held_by),
                element("lrml:forExpression", keyref=f"#{_position(dispute, answer)}"), iri="authority:holds",
            )
            for dispute in self.rules.disputes for answer in dispute.positions if answer.held_by
        )  # fmt: skip
        yield element("lrml:Roles", *roles)

    def _authorities(self) -> Iterator[Element]:
        """The courts and offices that the citations name."""
        names = dict.fromkeys(name for each in self.cited if (name := _issuer(each)))
        if names:
            each = (element("lrml:Authority", _comment(name), key=key("issuer", name)) for name in names)
            yield element("lrml:Authorities", *each)

    # ── Associations: what is said of a source, a rule, a position, a noticed fact ────────────────────────────────────

    def _associations(self) -> Iterator[Element]:
        for each in self.cited:
            applied = [*_applied(each)]
            if issuer := _issuer(each):
                applied.append(element("lrml:appliesAuthority", keyref=f"#{key('issuer', issuer)}"))
            if applied:
                yield _association([], applied, key("ref", each.id))
        yield _association([], [*self._sources([Citation(self.instrument.id)]), *_applied(self.instrument)], "rules")
        for rule in self.rules.rules:
            quoted = [_comment(f"“{rule.quote}”", cited(self.rules, rule.cite), rule.note)]
            yield _association(quoted, [*self._sources([rule.cite]), *_applied(rule)], key("rule", rule.id))
        for dispute in self.rules.disputes:
            for answer in dispute.positions:
                if answer.cite:
                    told = [_comment(*(cited(self.rules, cite) for cite in answer.cite))]
                    yield _association(told, self._sources(answer.cite), _position(dispute, answer))
        for number, noticed in enumerate(self.rules.notice, start=1):
            told = [_comment(cited(self.rules, noticed.cite), noticed.note)]
            yield _association(told, self._sources([noticed.cite]), f"notice.{number}")

    def _sources(self, cites: Iterable[Citation]) -> list[Element]:
        names = dict.fromkeys(cite.authority for cite in cites)
        found = []
        for name in names:
            found.append(element("lrml:appliesSource", keyref=f"#{key('ref', name)}"))
            if self.rules.authority(Citation(name)).citation.link:
                found.append(element("lrml:appliesSource", keyref=f"#{key('source', name)}"))
        return found

    # ── Readings and statements ───────────────────────────────────────────────────────────────────────────────────────

    def _context(self, reading: Reading) -> Element:
        """A reading: the positions it takes, and the rules, but for those on questions that it leaves alone."""
        label = self.rules.label(reading)
        told = _comment(reading.title, f"proof standard: {reading.standard}", label, reading.about)
        disputes = (element("lrml:appliesAlternatives", keyref=f"#{key('dispute', d.id)}") for d in self.rules.disputes)
        taken = [key("position", *stance) for stance in reading.positions.items()]
        left = [r for r in self.rules.rules if self._answers(r, reading)]
        law = ["rules"] if len(left) == len(self.rules.rules) else [k for r in left for k in _statement_keys(r)]
        noticed = ["notice"] if self.rules.notice else []
        scope = (element("lrml:inScope", keyref=f"#{name}") for name in (*taken, *law, *noticed))
        associations = element("lrml:appliesAssociations", keyref="#associations")
        return element("lrml:Context", told, associations, *disputes, *scope, key=key("reading", reading.id))

    def _answers(self, rule: Rule, reading: Reading) -> bool:
        asked = self.rules.vocabulary[rule.then.sentence].question
        return not asked or reading.does_answer(rule.then.sentence)

    def _statements(self) -> Iterator[Element]:
        positions = [
            _factual(_position(d, p), position(Stance(d.id, p.id)), p.says)
            for d in self.rules.disputes for p in d.positions
        ]  # fmt: skip
        if positions:
            yield element("lrml:Statements", *positions, key="positions")
        noticed = [
            _factual(f"notice.{number}", atom(self.rules, Pattern(*n.holds)), str(n.holds))
            for number, n in enumerate(self.rules.notice, start=1)
        ]
        if noticed:
            yield element("lrml:Statements", *noticed, key="notice")
        rules = (statement for rule in self.rules.rules for statement in self._rule(rule))
        yield element("lrml:Statements", *rules, key="rules")

    def _rule(self, rule: Rule) -> Iterator[Element]:
        """A rule as statements. One with exceptions leads to its own application first, which they keep off, since an
        exception to one rule leaves every other rule with the same conclusion alone."""
        body, head = premises(self.rules, rule), atom(self.rules, rule.then, rule)
        names = _statement_keys(rule)
        told = element("lrml:Paraphrase", text=_in_words(rule))
        first = implication(body, applies(rule) if rule.unless else head, "DefeasibleStrength", told)
        yield element("lrml:ConstitutiveStatement", first, key=names[0])
        if not rule.unless:
            return
        yield element(
            "lrml:ConstitutiveStatement", implication(applies(rule), head, "DefeasibleStrength"), key=names[1]
        )
        for number, exception in enumerate(rule.unless, start=1):
            name, over = key("unless", rule.id, str(number)), key("override", rule.id, str(number))
            kept_off = element("ruleml:Neg", applies(rule))
            defeater = implication(atom(self.rules, exception, rule), kept_off, "Defeater")
            yield element("lrml:ConstitutiveStatement", defeater, key=name)
            override = element("lrml:Override", over=f"#{name}", under=f"#{names[0]}")
            yield element("lrml:OverrideStatement", override, key=over)


def _statement_keys(rule: Rule) -> list[str]:
    """The keys of the statements that a rule is written as, its own first."""
    own = key("rule", rule.id)
    if not rule.unless:
        return [own]
    numbers = [str(n) for n in range(1, len(rule.unless) + 1)]
    kept = (key(kind, rule.id, n) for n in numbers for kind in ("unless", "override"))
    return [own, key("then", rule.id), *kept]


def _position(dispute: Dispute, answer: Answer) -> str:
    return key("position", dispute.id, answer.id)


def _alternatives(dispute: Dispute) -> Element:
    answers = (element("lrml:hasAlternative", keyref=f"#{_position(dispute, p)}") for p in dispute.positions)
    return element("lrml:Alternatives", _comment(dispute.question), *answers, key=key("dispute", dispute.id))


def _factual(name: str, formula: Element, says: str) -> Element:
    return element("lrml:FactualStatement", _comment(says), element("lrml:hasTemplate", formula), key=name)


def _reference(name: str, each: Instrument | Authority) -> Element:
    """What is cited: the citation in full; in the comment its standing, what it says, and its words."""
    told = [each.short, each.status, f"its words: {each.verified.says}"]
    if isinstance(each, Authority):
        told += [each.kind, f"not verified: {each.unverified}" if each.unverified else "", each.says]
        told += [f"“{quote.text}” {quote.pin}".strip() for quote in each.quotes]
    citation = " ".join(str(each.citation).split())
    return element(name, _comment(*told), refersTo=key("ref", each.id), refID=citation, refIDSystemName="The Bluebook")


def _issuer(each: Instrument | Authority) -> str:
    """The court or the office whose decision or opinion is cited, where the citation names it."""
    citation = each.citation
    return citation.court if isinstance(citation, Case) else citation.by if isinstance(citation, Opinion) else ""


def _edges(each: Dated) -> list[tuple[str, str]]:
    """When it comes into force and when it ceases to be, a day each: a month or a year means its last day."""
    dates = (("Starts", each.from_), ("Ends", each.until))
    return [(how, last_day(day).isoformat()) for how, day in dates if day]


def _characteristic(how: str, day: str) -> Element:
    return element(
        "lrml:TemporalCharacteristic", element("lrml:forStatus", iri="lrmlv:InForce"),
        element("lrml:hasStatusDevelopment", iri=f"lrmlv:{how}"), element("lrml:atTime", keyref=f"#{key('day', day)}"),
        key=key(how.lower(), day),
    )  # fmt: skip


def _applied(each: Dated) -> Iterator[Element]:
    for how, day in _edges(each):
        yield element("lrml:appliesTemporalCharacteristic", keyref=f"#{key(how.lower(), day)}")


def _association(told: list[Element], applied: Iterable[Element], target: str) -> Element:
    return element("lrml:Association", *told, *applied, element("lrml:toTarget", keyref=f"#{target}"))


def _comment(*parts: str) -> Element:
    return element("lrml:Comment", text="; ".join(filter(None, parts)))


def _in_words(rule: Rule) -> str:
    """The rule as a sentence: its conclusion, its premises, its exceptions, the positions it stands under."""
    count = f"at least {rule.count} of: " if rule.body == "at_least" else ""
    joined = listed([str(p) for p in rule.premises], "or" if rule.body == "any" else "and")
    asked = f" if {count}{joined}" if rule.premises else ""
    spared = f", unless {listed([str(p) for p in rule.unless], 'or')}" if rule.unless else ""
    under = f" (under {listed([str(s) for s in rule.under])})" if rule.under else ""
    return f"{rule.then}{asked}{spared}{under}."
