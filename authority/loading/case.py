"""A case file → FactPattern, or every problem in it at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from authority import limits
from authority.dates import last_day
from authority.errors import InvalidInput, Place, Problem
from authority.facts import Assumption, FactPattern, Party
from authority.law import Dispute, RuleSet
from authority.loading.build import INVALID, Places
from authority.loading.decided import DecisionReader
from authority.loading.disputes import read_dispute, read_positions
from authority.loading.evidence import EvidenceReader
from authority.loading.readings import known_reading
from authority.loading.sentences import SentenceBuilder
from authority.loading.text import Items, Map, Node, plain, read
from authority.loading.text import parse as parsed
from authority.vocabulary import Proposition

KEYS = (
    "title", "about", "rules", "asks", "as_of", "known_by", "parties", "sources", "evidence", "assume", "disputes",
    "positions", "expect", "decided",
)  # fmt: skip


def read_case(path: Path, label: str, rules: RuleSet) -> tuple[FactPattern, Places]:
    """The fact pattern of a file, read against a rule set, and where its decisions stand; InvalidInput with every
    problem if there is any. It is called as its file is, without ``.yaml`` or ``.case.yaml``."""
    problems: list[Problem] = []
    return made_case(path, read(path, label, problems), problems, rules)


def made_case(path: Path, node: Node | None, problems: list[Problem], rules: RuleSet) -> tuple[FactPattern, Places]:
    """As ``read_case``, of a file that is read already, or of what is to stand in one."""
    if not isinstance(node, Map):
        raise InvalidInput([*problems, *not_a_case(node)])
    reader = _CaseReader(node, path.stem.removesuffix(".case"), rules, problems)
    return reader.read(), reader.build.places


def parse_case(text: str, rules: RuleSet, name: str = "case") -> FactPattern:
    """The fact pattern that the text of a case file describes, read against a rule set; InvalidInput with every problem
    if there is any."""
    problems: list[Problem] = []
    node = parsed(text, name, problems)
    if not isinstance(node, Map):
        raise InvalidInput([*problems, *not_a_case(node)])
    return _CaseReader(node, name, rules, problems).read()


def not_a_case(node: Node | None) -> list[Problem]:
    """What is wrong with a file that holds no mapping; nothing where it could not be read at all."""
    fix = f"its keys are: {', '.join(KEYS)}"
    return [Problem(node.place, "shape", "a case must be a mapping", "", fix)] if node is not None else []


class _CaseReader:
    def __init__(self, node: Map, name: str, rules: RuleSet, problems: list[Problem]) -> None:
        self.name, self.rules = name, rules
        self.build = SentenceBuilder(rules.vocabulary)
        self.build.problems += problems
        self.node = self.build.keys(node, KEYS, "a case")
        self.cited = {rules.instrument.id: rules.instrument, **{a.id: a for a in rules.authorities}}
        self.disputes: dict[str, Dispute] = {d.id: d for d in rules.disputes}
        self.own: dict[str, Place] = {}
        self.taken: dict[str, dict[str, str]] = {}
        self.unread: set[str] = set()

    def read(self) -> FactPattern:
        entries, keys = dict(self.node.entries), dict(self.node.keys)
        parts = {
            key: entries.pop(key, None)
            for key in ("parties", "sources", "evidence", "assume", "disputes", "decided", "rules")
        }
        keys = {key: place for key, place in keys.items() if key not in parts}
        for key, shape in (("parties", Map), ("sources", Map), ("evidence", Items), ("disputes", Items)):
            if key in self.node.keys and not isinstance(parts[key], shape):
                self.build.incomplete(key)
        parties = self._parties(parts["parties"])
        disputes = self._disputes(parts["disputes"])
        record = EvidenceReader(self.build, self.rules, self.disputes)
        sources = record.sources(parts["sources"])
        given: dict[str, Any] = {
            "name": self.name, "parties": parties, "sources": sources, "disputes": disputes, "rules": self.rules,
            "evidence": record.evidence(parts["evidence"]),
            "assume": self._assumptions(parts["assume"]),
            "decided": DecisionReader(self.build, self.rules, self.cited, self.disputes).read(
                parts["decided"], parts["evidence"]
            ),
        }  # fmt: skip
        convert = {"asks": self.build.question, "expect": self._expect, "positions": self._positions}
        if "known_by" not in keys:
            given["known_by"] = self._day(entries.get("as_of"))
        made = self.build.make(FactPattern, Map(entries, self.node.place, keys), "the case", convert, given)
        if "positions" not in keys or isinstance(entries.get("positions"), Map):
            self._open_disputes()
        if self.build.problems or made is None:
            raise InvalidInput(self.build.everything())
        return made.but(parties=(*parties, *self.build.days_beside(made.kind_of)))

    def _day(self, node: Node | None) -> Any:
        """The day of known_by where the case does not say it; what is wrong with as_of is reported there."""
        try:
            return INVALID if node is None or not last_day(str(plain(node))) else plain(node)
        except ValueError:
            return INVALID

    # ── Parties ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _parties(self, node: Node | None) -> tuple[Party, ...]:
        pairs = self.build.pairs(node, "parties")
        if node is not None:
            self.build.few(pairs, limits.PARTIES, "parties", node.place)
        found = [self.build.party(Party, name, child, place) for name, place, child in pairs[: limits.PARTIES]]
        self.build.declare(self.rules.parties, [named for _, named in found])
        return tuple(party for party, _ in found if party)

    # ── Question, assumptions, disputes ───────────────────────────────────────────────────────────────────────────────

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
                self.own[dispute.id] = child.place
                made.append(dispute)
        return tuple(made)

    def _positions(self, node: Node) -> Any:
        """Reading → dispute → position, for the disputes of the case and, where wished, those of the rule set."""
        for reading, place, child in self.build.pairs(node, "positions"):
            before = len(self.build.problems)
            if known_reading(self.build, self.rules, reading, place) and child:
                self.taken[reading] = read_positions(self.build, self.disputes, child)
            whole = child is not None and not (isinstance(child, Map) and child.keys.keys() != child.entries.keys())
            if len(self.build.problems) > before or not whole:
                self.unread.add(reading)
        return self.taken

    def _open_disputes(self) -> None:
        """Reports each dispute of the case's own on which some reading takes no position."""
        readings = [r.id for r in self.rules.readings]
        if not self.unread <= set(readings):  # a misspelt reading may be the one that would be missed
            return
        for dispute, where in self.own.items():
            open_ = [r for r in readings if dispute not in self.taken.get(r, ()) and r not in self.unread]
            if not open_:
                continue
            named = ", ".join(repr(r) for r in open_)
            who = f"the readings {named} take" if len(open_) > 1 else f"the reading {named} takes"
            why = "a reading takes one position on each dispute, so that none is taken silently"
            there = " or ".join(p.id for p in self.disputes[dispute].positions)
            fix = f"add under 'positions:' {'; '.join(f'{r}: {{{dispute}: …}}' for r in open_)} (… is {there})"
            self.build.report(where, "dispute", f"{who} no position on {dispute!r}", why, fix)

    def _expect(self, node: Node) -> Any:
        found = {}
        for reading, place, child in self.build.pairs(node, "expect"):
            value = str(plain(child)) if child else "shown"
            if child and value not in ("shown", "not shown"):
                self.build.report(
                    child.place, "bad value", f"expect: {value!r} will not do", "", "write 'shown' or 'not shown'"
                )
            elif known_reading(self.build, self.rules, reading, place):
                found[reading] = value
        return found
