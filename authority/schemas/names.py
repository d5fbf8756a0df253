"""What a rule set already names, for an editor to offer: readings, disputes, authorities, sentences, grades."""

from __future__ import annotations

from functools import cached_property

from authority.law import RuleSet
from authority.schemas.values import Schema, by_name, like, one_of, preferably, text


class Names:
    """The names of a rule set; of none, no name is offered and none refused.

    What a file may declare itself (a dispute of the case's own, an authority beside the others) is offered and not
    required; what it cannot (a reading, in a case; a grade) is required.
    """

    def __init__(self, rules: RuleSet | None) -> None:
        self.rules = rules

    @cached_property
    def readings(self) -> tuple[str, ...]:
        return tuple(r.id for r in self.rules.readings) if self.rules else ()

    def reading(self) -> Schema:
        """A reading of the rule set."""
        return one_of(self.readings) if self.readings else text(wanted=True)

    def by_reading(self, value: Schema) -> Schema:
        """Reading → value."""
        return by_name(value, self.readings)

    def positions(self) -> Schema:
        """Dispute → position."""
        disputes = self.rules.disputes if self.rules else ()
        known = {d.id: preferably((p.id for p in d.positions), text()) for d in disputes}
        return {"type": "object", "properties": known, "additionalProperties": text()}

    def stance(self) -> Schema:
        """``dispute = position``."""
        disputes = self.rules.disputes if self.rules else ()
        return preferably((f"{d.id} = {p.id}" for d in disputes for p in d.positions), like(r"[^=]*[^=\s][^=]*=.*\S.*"))

    def cite(self) -> Schema:
        """An authority's id, and where in it."""
        if not self.rules:
            return text(wanted=True)
        act = self.rules.instrument
        pinned = (f"{act.id} {section.id}" for section in act.sections)
        return preferably((*pinned, *(a.id for a in self.rules.authorities)), text(wanted=True))

    def standard(self) -> Schema:
        """A proof standard of the shared tables."""
        return one_of(s.id for s in self.rules.tables.standards) if self.rules else text(wanted=True)

    def grade(self, axis: str) -> Schema:
        """A letter of the reliability, or a digit of the credibility."""
        return one_of(getattr(self.rules.tables, axis)) if self.rules else text()

    def kind(self) -> Schema:
        """A type of source. One that the table has not will do for an item with both grades of its own."""
        return preferably(self.rules.tables.grading.kinds if self.rules else (), text())

    def sentence(self, which: str) -> Schema:
        """A sentence of the vocabulary with its blanks as they stand there, to be filled where parties must be named.

        ``which`` says what may stand here: a ``question``, a ``fact`` (one of which evidence may speak), a
        ``conclusion``, or ``any``.
        """
        return preferably(self._sentences(which), {"type": "string", "pattern": r"\S"})

    def _sentences(self, which: str) -> list[str]:
        if not self.rules:
            return []
        every, concluded = self.rules.vocabulary.sentences, self.rules.conclusions
        fits = {
            "any": every,
            "question": [s for s in every if s.question],
            "conclusion": [s for s in every if not s.computed],
            "fact": [s for s in every if not s.computed and s.says not in concluded],
        }
        return [s.says for s in fits[which]]
