"""An opinion as W3C provenance, in PROV-JSON: source → exhibit → finding → conclusion, and the rules they follow by.

The terms are those of PROV-DM (W3C Recommendation, 30 April 2013), the form that of The PROV-JSON Serialization (W3C
Member Submission, 24 April 2013). Exhibits, sources, findings and conclusions are entities, each derived from what it
rests on; weighing and deciding are the activities; the library is the agent, and the rule set its plan. What belongs to
the record or to the law is named by its SHA-256 (``ni:`` URIs, RFC 6920), so that the same record is the same entity in
every opinion on it.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from authority.opinion import Opinion
from authority.vocabulary import Proposition
from authority.weighing import Finding

_TERMS = "urn:x-authority:"


def prov_json(opinion: Opinion) -> dict[str, Any]:
    """The opinion as a PROV-JSON document: every conclusion, the findings beneath the question and its exceptions, and
    the exhibits that were weighed in them, each with its source."""
    return _Document(opinion).made()


class _Document:
    def __init__(self, opinion: Opinion) -> None:
        self.opinion, self.case = opinion, opinion.case
        self.records: dict[str, dict[str, dict[str, Any]]] = {}
        self.used: set[tuple[str, str]] = set()

    def made(self) -> dict[str, Any]:
        receipt = self.opinion.receipt
        self._actors()
        for fact in dict.fromkeys(f for d in self.opinion.decided for f in self.opinion.beneath(d.proposition)):
            self._finding(self.opinion.finding[fact])
        for decided in self.opinion.decided:
            self._conclusion(decided.proposition)
        reading = f"{receipt.facts[:16]}:{receipt.rules[:16]}:{quote(receipt.reading, safe='')}"
        prefixes = {
            "authority": _TERMS,
            "record": f"{_named(receipt.facts)}#",
            "law": f"{_named(receipt.rules)}#",
            "opinion": f"{_TERMS}opinion:{reading}#",
        }
        return {"prefix": prefixes, **{kind: self.records[kind] for kind in sorted(self.records)}}

    # ── Who and how ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _actors(self) -> None:
        """The two activities, the agent that did them, and the plan they followed."""
        receipt, rules = self.opinion.receipt, self.case.rules
        library = {"prov:type": _name("prov:SoftwareAgent"), "authority:version": receipt.version}
        self._add("agent", "authority:library", "authority", library)
        plan = {"prov:type": _name("prov:Plan"), "authority:sha256": receipt.rules}
        self._add("entity", "law:rules", f"{rules.name}: {rules.instrument.title}", plan)
        self._add("activity", "opinion:weighing", "the evidence is weighed", {"authority:standard": receipt.standard})
        told = {"authority:reading": receipt.reading, "authority:asOf": receipt.as_of}
        told["authority:label"] = self.opinion.label
        self._add("activity", "opinion:deciding", "what follows is decided", told)
        for activity in ("opinion:weighing", "opinion:deciding"):
            self._relate("wasAssociatedWith", activity=activity, agent="authority:library", plan="law:rules")
        self._relate("wasInformedBy", informed="opinion:deciding", informant="opinion:weighing")

    # ── What rests on what ────────────────────────────────────────────────────────────────────────────────────────────

    def _exhibit(self, name: str) -> str:
        """An exhibit with its source, and with what lowers it; told once."""
        item, weighed = self.case.item[name], self.opinion.item[name]
        known = _id("record:exhibit", name)
        if known in self.records.get("entity", {}):
            return known
        level = "not judged" if weighed.unjudged else str(weighed.level)
        more = {"authority:grade": weighed.grade, "authority:level": level, "authority:published": item.published or ""}
        self._add("entity", known, item.says, {"prov:type": _name("authority:Exhibit"), **more})
        source = self.case.source_of[item.source]
        origin = _id("record:source", source.id)
        if origin not in self.records["entity"]:
            location = {"prov:location": source.url} if source.url else {}
            self._add("entity", origin, source.name, {"prov:type": _name("authority:Source"), **location})
            if source.author:
                author = _id("record:author", source.author)
                self._add("agent", author, source.author, {})
                self._relate("wasAttributedTo", entity=origin, agent=author)
        self._derive(known, origin, {"prov:type": _name("prov:PrimarySource")})
        for by in weighed.doubted_by:
            doubted = {"authority:how": "doubted"}
            self._relate("wasInfluencedBy", influencee=known, influencer=self._exhibit(by), more=doubted)
        return known

    def _finding(self, finding: Finding) -> None:
        name = self._proposition(finding.proposition)
        told = {"authority:status": str(finding.status), "authority:cause": str(finding.cause)}
        told["authority:reckoning"] = finding.reckoning
        label = str(finding.proposition)
        self._add("entity", name, label, {"prov:type": _name("authority:Finding"), **told})
        self._relate("wasGeneratedBy", entity=name, activity="opinion:weighing")
        sides = {"for": finding.supporting, "against": finding.contradicting, "found none": finding.found_none}
        for side, ids in sides.items():
            for exhibit in map(self._exhibit, ids):
                self._use("opinion:weighing", exhibit)
                self._derive(name, exhibit, {"authority:side": side})
        if not any(sides.values()):  # noticed, reckoned, assumed, or said by nobody: so the rules have it
            self._derive(name, "law:rules", {"authority:side": str(finding.cause)})

    def _conclusion(self, proposition: Proposition) -> None:
        opinion, name = self.opinion, self._proposition(proposition)
        decided = opinion.conclusion[proposition]
        kinds = [_name("authority:Conclusion")]
        kinds += [_name("authority:Question")] if proposition == opinion.question else []
        kinds += [_name("authority:Element")] if proposition in opinion.top_elements else []
        told = {"authority:verdict": str(decided.verdict), "authority:cause": ", ".join(map(str, decided.causes))}
        self._add("entity", name, str(proposition), {"prov:type": kinds if len(kinds) > 1 else kinds[0], **told})
        self._relate("wasGeneratedBy", entity=name, activity="opinion:deciding")
        for applied in decided.applications:
            for role, facts in (("premise", applied.premises), ("exception", applied.exceptions)):
                for fact in map(self._proposition, facts):
                    self._use("opinion:deciding", fact)
                    self._derive(name, fact, {"authority:rule": applied.rule, "authority:role": role})
        if not decided.applications:
            self._derive(name, "law:rules", {"authority:role": "no rule"})

    def _proposition(self, proposition: Proposition) -> str:
        what = "conclusion" if proposition in self.opinion.conclusion else "finding"
        return _id(f"opinion:{what}", str(proposition))

    # ── Records ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _add(self, kind: str, name: str, label: str, more: Mapping[str, Any]) -> None:
        told = {key: value for key, value in more.items() if value != ""}
        self.records.setdefault(kind, {})[name] = {"prov:label": label, **told}

    def _derive(self, made: str, of: str, more: Mapping[str, Any]) -> None:
        self._relate("wasDerivedFrom", generatedEntity=made, usedEntity=of, more=more)

    def _relate(self, how: str, *, more: Mapping[str, Any] | None = None, **parts: str) -> None:
        there = self.records.setdefault(how, {})
        there[f"_:{how}{len(there) + 1}"] = {**{f"prov:{part}": name for part, name in parts.items()}, **(more or {})}

    def _use(self, activity: str, entity: str) -> None:
        """That an activity used an entity, told once."""
        if (activity, entity) not in self.used:
            self.used.add((activity, entity))
            self._relate("used", activity=activity, entity=entity)


def _id(kind: str, name: str) -> str:
    """A qualified name for what bears a name of any characters."""
    return f"{kind}/{quote(name, safe='')}"


def _name(qualified: str) -> dict[str, str]:
    return {"$": qualified, "type": "prov:QUALIFIED_NAME"}


def _named(digest: str) -> str:
    """What a SHA-256 names, as RFC 6920 writes it."""
    return f"ni:///sha-256;{urlsafe_b64encode(bytes.fromhex(digest)).decode().rstrip('=')}"
