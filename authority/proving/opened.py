"""A rule set's questions with everything left open: which facts are established, which positions are taken, and which
of the rules are law at all."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from functools import cached_property

from authority.circuit import FALSE, TRUE, Circuit
from authority.compiling import Compiled, compile_law
from authority.issues import Application
from authority.law import Dispute, Position, Reading, RuleSet, Stance
from authority.proving.universe import Goal, Universe, universe
from authority.vocabulary import Proposition


class Opened:
    """Every question of a rule set's universe on the law of a day, or every proposition of other goals, in one circuit.

    Its variables are the facts; the positions, as stances; and for each rule the stance that it is law (``in_law``).
    """

    def __init__(self, rules: RuleSet, day: date, goals: Iterable[Goal] | None = None) -> None:
        self.rules, self.day = rules, day
        self.universe: Universe = universe(rules, day, goals)
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

    def under(self, reading: Reading) -> Mapping[Hashable, int]:
        """The positions of a reading taken, and every rule put in the law but those for questions that it leaves alone,
        or on which the instrument does not hold under it."""
        rules, sentences = self.rules, self.rules.vocabulary.by_text
        holds = rules.holds(reading, self.day)
        silent = {
            in_law(rule.id): FALSE
            for rule in rules.rules
            if sentences[rule.then.sentence].question and not (holds and reading.does_answer(rule.then.sentence))
        }
        return {**self.taking(reading.positions), **silent}

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

    def met(self, reading: Reading) -> Mapping[Proposition, int]:
        """By proposition that is asked, when it is met under a reading."""
        roots = [compiled.question.met for compiled in self.compiled]
        return dict(zip(self.universe.asked, self.circuit.put(roots, self.under(reading)), strict=True))

    @cached_property
    def consistent(self) -> int:
        """The condition that no two facts that exclude each other are both established."""
        circuit, case, conclusions = self.circuit, self.universe.case, self.rules.conclusions
        noticed = {n.holds for n in self.rules.notice}
        pairs = [pair for pair in self.rules.exclusions if not {p.sentence for p in pair} & conclusions]
        apart: list[int] = []
        for pair in pairs:
            kinds = pair.kinds(self.rules.vocabulary)
            parties = {v: [name for name, kind in case.kind_of.items() if kind in kinds[v]] for v in kinds}
            for both in pair.grounds(parties):
                apart.append(circuit.no(circuit.all(TRUE if p in noticed else circuit.variable(p) for p in both)))
        return circuit.all(apart)

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
