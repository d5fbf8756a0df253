"""OpenFisca: a variable for each proposition, whose formula is Kleene's; its log of what was computed explains."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from peers.program import MET, NOT_MET, UNDETERMINED, Answer, Application, Atom, Decide, Law, Record, ground

VALUES = (NOT_MET, UNDETERMINED, MET)
YEAR = "2020"
"""The one period: a formula that holds for eternity fails in the core."""


def prepare(law: Law, records: Sequence[Record]) -> Decide:
    """Decides by a new simulation. OpenFisca has no rules with blanks, so that each record has a system of its own."""
    systems = {record.name: _system(law, record) for record in records}

    def decide(record: Record) -> Answer:
        simulation = SimulationBuilder().build_default_simulation(systems[record.name], count=1)
        simulation.trace = True
        for atom, verdict in record.findings:
            if atom.predicate in law.sentences:
                simulation.set_input(_name(atom), YEAR, numpy.array([VALUES.index(verdict)]))
        verdicts, lines = {}, []
        for atom in record.asked:
            verdicts[atom] = VALUES[simulation.calculate(_name(atom), YEAR)[0]]
            lines = lines or simulation.tracer.computation_log.lines()
        return Answer(verdicts, "\n".join(lines))

    return decide


def _system(law: Law, record: Record) -> TaxBenefitSystem:
    person = build_entity("person", "persons", "Whom the question is about", is_person=True)
    system = TaxBenefitSystem([person])
    applications: dict[Atom, list[Application]] = {atom: [] for atom in record.asked}
    for application in ground(law, record):
        applications[application.head].append(application)
    facts = (atom for atom, _ in record.findings if atom.predicate in law.sentences)
    for atom in (*facts, *record.asked):
        fields: dict[str, Any] = {
            "value_type": int, "entity": person, "definition_period": DateUnit.YEAR, "default_value": 0,
            "label": law.sentences[atom.predicate][0] or _name(atom),
        }  # fmt: skip
        if atom in applications:
            fields["formula"] = _formula(applications[atom])
        system.add_variable(type(_name(atom), (Variable,), fields))
    return system


def _formula(applications: Sequence[Application]) -> Callable[[Any, Any], Any]:
    def formula(person: Any, period: Any) -> Any:
        stands = numpy.zeros(person.count, dtype=int)
        for application in applications:
            stands = numpy.maximum(stands, _applied(application, person, period))
        return stands

    return formula


def _applied(application: Application, person: Any, period: Any) -> Any:
    """What an application comes to: the so-manieth highest of its premises, unless an exception is met."""
    rule = application.rule
    held = [person(_name(atom), period) for atom in application.premises]
    needed = {"all": len(held), "any": 1, "at_least": rule.count}[rule.body]
    certain = numpy.full(person.count, VALUES.index(MET))
    stands = numpy.sort(held, axis=0)[-needed] if needed else certain
    if not application.named:
        stands = numpy.minimum(stands, VALUES.index(UNDETERMINED))
    for exception in application.exceptions:
        stands = numpy.where(person(_name(exception), period) == VALUES.index(MET), 0, stands)
    return stands


def _name(atom: Atom) -> str:
    return "__".join([atom.predicate, *atom.args])
