"""A rule set's questions with everything left open: which facts are established, which positions are taken, and which
of the rules are law at all."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from functools import cached_property

from authority.circuit import FALSE, TRUE, Circuit
from authority.compiling import Compiled, compile_law
from authority.issues import Application
from authority.law import Dispute, Position, Reading, RuleSet, Stance
from authority.proving.universe import Universe, universe
from authority.vocabulary import Proposition


class Opened:
    """Every question of a rule set's universe on the law of a day, in one circuit.

    Its variables are the facts; the positions, as stances; and for each rule the stance that it is law (``in_law``).
    """

    def __init__(self, rules: RuleSet, day: date) -> None:
        self.rules, self.day = rules, day
        self.universe: Universe = universe(rules, day)
        law = rules.but(
            disputes=(*rules.disputes, *(_whether(rule.id) for rule in rules.rules)),
            rules=tuple(rule.but(under=(*rule.under, in_law(rule.id))) for rule in rules.rules),
        )
        # Under a reading without positions every stance is a variable; it answers whatever may be asked.
        standard = rules.readings[0].standard
        any_reading = Reading(id="any", title="Any", positions={}, standard=standard, supposes_enactment=True)
        case = self.universe.case.but(rules=law)
        self.compiled: tuple[Compiled, ...] = compile_law(case, any_reading, self.universe.asked, self.universe.facts)
        self.circuit: Circuit = self.compiled[0].circuit if self.compiled else Circuit()

    @cached_property
    def every_rule(self) -> Mapping[Hashable, int]:
        """Every rule put in the law."""
        return {in_law(rule.id): TRUE for rule in self.rules.rules}

    def taking(self, positions: Mapping[str, str]) -> Mapping[Hashable, int]:
        """Every rule put in the law, and a position on each of these disputes."""
        taken = {
            Stance(d.id, p.id): TRUE if positions[d.id] == p.id else FALSE
            for d in self.rules.disputes if d.id in positions for p in d.positions
        }  # fmt: skip
        return {**self.every_rule, **taken}

    @cached_property
    def some_position(self) -> int:
        """The condition that some position is taken on every dispute."""
        circuit = self.circuit
        return circuit.all(
            circuit.any(circuit.variable(Stance(d.id, p.id)) for p in d.positions) for d in self.rules.disputes
        )

    def holds(self, compiled: Compiled, application: Application) -> int:
        """When an application is law and as many of its premises are met as it needs, whatever its exceptions."""
        rule = self.rules.rule(application.rule)
        needed = {"any": 1, "all": len(application.premises), "at_least": rule.count}[rule.body]
        met = self.circuit.at_least(needed, (compiled.stands[p].met for p in application.premises))
        return self.circuit.all((application.law, met))

    def excepted(self, compiled: Compiled, exceptions: tuple[Proposition, ...]) -> int:
        """When some of these exceptions is met."""
        return self.circuit.any(compiled.stands[p].met for p in exceptions)


def in_law(rule: str) -> Stance:
    """The stance that a rule is law."""
    return Stance(f"rule {rule}", "law")


def _whether(rule: str) -> Dispute:
    """The question whether a rule is law, as a dispute of one position."""
    stance = in_law(rule)
    return Dispute(
        id=stance.dispute, question="Is the rule law?", positions=(Position(id=stance.position, says="Yes."),)
    )
