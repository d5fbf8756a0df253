"""Each kind of file: its keys as the loader has them, and the shape of what stands under them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from authority.days import Computed
from authority.facts import Decision, Evidence, FactPattern, Party, Source
from authority.law import (
    Authority,
    Dispute,
    Grading,
    Level,
    Noticed,
    NoticedParty,
    RaisedBy,
    Reading,
    Rule,
    Standard,
)
from authority.loading import DEFAULT
from authority.loading.additions import KEYS as ADDITIONS_KEYS
from authority.loading.case import KEYS as CASE_KEYS
from authority.loading.evidence import SIDES, SOURCE_KEYS
from authority.loading.readings import READING_KEYS
from authority.loading.rule import FACTOR_KEYS, RULE_KEYS
from authority.loading.rules import NOTICE_KEYS, SECTIONS
from authority.loading.tables import GRADED_KEYS, TABLE_KEYS
from authority.schemas.names import Names
from authority.schemas.shapes import Shapes
from authority.schemas.values import (
    Schema,
    by_name,
    chance,
    day,
    like,
    many,
    number,
    one_of,
    one_or_many,
    text,
)
from authority.vocabulary import Kind, Sentence

_LEVELS = ("1", "2", "3", "4", "5")


class Files:
    """The schema of each kind of file, with the names of a rule set where there is one."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.shapes = Shapes(self._given())
        kinds = one_or_many(one_of(Kind))
        self.shapes.given |= {
            "Sentence.where": by_name(kinds), "RaisedBy.where": by_name(kinds), "Rule.where": by_name(kinds),
            "Sentence.computed": self.shapes.of(Computed),
        }  # fmt: skip

    def _given(self) -> dict[str, Schema]:
        """What the loader reads otherwise than the type of a field has it: sentences, positions, grades, citations."""
        names, fact = self.names, self.names.sentence("fact")
        stances = one_or_many(names.stance())
        sides = {f"Evidence.{side}": many(fact) for side in SIDES}
        return sides | {
            "Sentence.excludes": many(names.sentence("any")), "Sentence.short_of": names.sentence("any"),
            "Rule.then": names.sentence("conclusion"), "Rule.under": stances, "Rule.cite": names.cite(),
            "Position.cite": many(names.cite()), "Noticed.holds": fact, "Noticed.cite": names.cite(),
            "RaisedBy.says": text(wanted=True), "RaisedBy.ask": names.sentence("question"),
            "Reading.standard": names.standard(), "Reading.positions": names.positions(),
            "Reading.answers": one_or_many(names.sentence("question")),
            "Evidence.position": names.stance(), "Evidence.under": stances, "Evidence.kind": names.kind(),
            "Evidence.reliability": names.grade("reliability"), "Evidence.credibility": names.grade("credibility"),
            "Source.kind": names.kind(), "Source.reliability": names.grade("reliability"),
            "Decision.asks": names.sentence("question"), "Decision.cite": names.cite(),
            "Decision.reading": names.reading(), "Decision.positions": names.positions(),
            "Level.level": one_of((*_LEVELS, "unjudged")),
        }  # fmt: skip

    # ── A rule set ────────────────────────────────────────────────────────────────────────────────────────────────────

    def sections(self) -> dict[str, Schema]:
        """What stands under each section of a rule set."""
        made = {
            "instrument": self.shapes.instrument(), "sentences": many(self.shapes.of(Sentence)),
            "authorities": many(self.shapes.of(Authority)), "disputes": many(self.shapes.of(Dispute)),
            "rules": many(self._rule()), "readings": many(self._reading()), "notice": self._notice(),
            "raised_by": many(self.shapes.of(RaisedBy)),
        }  # fmt: skip
        return {section: made[section] for section in SECTIONS}

    def rule_set(self) -> Schema:
        """A file of a rule set, with any of its sections."""
        return {**self.shapes.keys("rule-set", self.sections(), ()), "minProperties": 1}

    def section(self, name: str) -> Schema:
        """A file called after its section: the bare list, or what any file of a rule set may be."""
        return {"if": {"type": "array"}, "then": self.sections()[name], "else": self.rule_set()}

    def _rule(self) -> Schema:
        premises = {**many(self.names.sentence("any")), "minItems": 1}
        self.shapes.of(Rule, without=("body", "count", "premises", "unless"))
        made = self.shapes.definitions["Rule"]
        factors: dict[str, Schema] = {"count": number(), "of": premises}
        said = {
            "if": premises, "if_any": premises, "unless": many(self.names.sentence("any")),
            "at_least": self.shapes.keys("Factors", {key: factors[key] for key in FACTOR_KEYS}, FACTOR_KEYS),
        }  # fmt: skip
        known = made["properties"] | {key: self.shapes.said("Rule", key, value) for key, value in said.items()}
        bodies = [{"required": [body]} for body in ("if", "if_any", "at_least")]
        self.shapes.definitions["Rule"] = made | {
            "properties": {key: known[key] for key in RULE_KEYS},
            # One body or none.
            "not": {"anyOf": [{"allOf": [a, b]} for n, a in enumerate(bodies) for b in bodies[n + 1 :]]},
        }
        return {"$ref": "#/definitions/Rule"}

    def _reading(self) -> Schema:
        self.shapes.given |= {"Reading.grading": self._grading()}
        self.shapes.of(Reading)
        made = self.shapes.definitions["Reading"]
        known = made["properties"] | {"like": self.shapes.said("Reading", "like", text(wanted=True))}
        required = [key for key in made["required"] if key not in ("positions", "standard")]
        self.shapes.definitions["Reading"] = made | {
            "properties": {key: known[key] for key in READING_KEYS}, "required": required,
            "if": {"not": {"required": ["like"]}}, "then": {"required": ["standard"]},
        }  # fmt: skip
        return {"$ref": "#/definitions/Reading"}

    def _notice(self) -> Schema:
        parties = by_name(self.shapes.of(NoticedParty, without=("name",)))
        made = {"parties": parties, "facts": many(self.shapes.of(Noticed))}
        return self.shapes.keys("notice", {key: made[key] for key in NOTICE_KEYS}, ())

    # ── A case ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def case(self) -> Schema:
        """A case."""
        names = self.names
        made = self._record() | {
            "title": text(wanted=True), "about": text(), "rules": text(wanted=True),
            "asks": names.sentence("question"), "as_of": day(), "known_by": day(),
            "assume": many(names.sentence("any")), "disputes": many(self.shapes.of(Dispute)),
            "positions": names.by_reading(names.positions()),
            "expect": names.by_reading(one_of(("shown", "not shown"))),
            "decided": many(self.shapes.of(Decision)),
        }  # fmt: skip
        required = [key for key in ("title", "asks", "as_of") if FactPattern.model_fields[key].is_required()]
        return self.shapes.keys("case", {key: made[key] for key in CASE_KEYS}, required)

    def additions(self) -> Schema:
        """A file of evidence to be added to a case."""
        made = self._record()
        return self.shapes.keys("additions", {key: made[key] for key in ADDITIONS_KEYS}, ("evidence",))

    def _record(self) -> dict[str, Schema]:
        unnamed = [key for key in Source.model_fields if key not in SOURCE_KEYS]
        return {
            "parties": by_name(self.shapes.of(Party, without=("name",))),
            "sources": by_name(self.shapes.of(Source, without=unnamed)),
            "evidence": many(self.shapes.of(Evidence)),
        }

    # ── The shared tables, and the default ────────────────────────────────────────────────────────────────────────────

    def grades(self) -> Schema:
        """The Admiralty code and the levels that are taken from it."""
        level = by_name(self.shapes.of(Level))
        return self._table("grades", {"source": text(), "reliability": level, "credibility": level})

    def grading(self) -> Schema:
        """Which grade each type of source takes."""
        return self._grading()

    def standards(self) -> Schema:
        """The proof standards."""
        listed = many(self.shapes.of(Standard))
        return self._table("standards", {"source": text(), "refuted_by": text(), "standards": listed})

    def probabilities(self) -> Schema:
        """How likely an item is to be sound, by its level."""
        # Each once and no other; said so because some editors take the keys for numbers, and look for none among texts.
        levels = by_name(chance()) | {"required": list(_LEVELS), "maxProperties": len(_LEVELS)}
        return self._table("probabilities", {"source": text(), "levels": levels, "unjudged": chance()})

    def default(self) -> Schema:
        """The rule set that is meant where none is named."""
        return {**self.shapes.keys("default", {DEFAULT: text(wanted=True)}, (DEFAULT,)), "additionalProperties": True}

    def _table(self, name: str, made: Mapping[str, Schema]) -> Schema:
        return self.shapes.keys(name, {key: made[key] for key in TABLE_KEYS[name]}, TABLE_KEYS[name])

    def _grading(self) -> Schema:
        row: dict[str, Schema] = {"kind": text(wanted=True), "grade": like(r"\S+")}
        rows = many(self.shapes.keys("Graded", {key: row[key] for key in GRADED_KEYS}, GRADED_KEYS))
        self.shapes.given |= {"Grading.kinds": rows}
        return self.shapes.of(Grading)


def kinds_of_file(section_lists: Iterable[str]) -> dict[str, Callable[[Files], Schema]]:
    """How each kind of file is made, by its name; ``section_lists`` are the sections that may be a bare list."""

    def bare(name: str) -> Callable[[Files], Schema]:
        return lambda files: files.section(name)

    return {
        "case": Files.case, "rule-set": Files.rule_set, **{name: bare(name) for name in section_lists},
        "additions": Files.additions, "grades": Files.grades, "grading": Files.grading, "standards": Files.standards,
        "probabilities": Files.probabilities, "default": Files.default,
    }  # fmt: skip
