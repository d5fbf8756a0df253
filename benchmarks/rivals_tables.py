"""One question about a table, as it would be written by hand for other programs: OpenFisca, Polars, DuckDB, clingo.

The question is whether force against Iran is authorized under the statute as written, of which the noticed facts about
the attackers are left out. Each program has the rows in the form that suits it, and its own three values or two. A
rival is made of a table once, uncounted; what it then does when called is what is timed, and answers with where the
question is met and where it is not met.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy

FACTS = {
    "planned": "Iran planned the September 11 attacks",
    "authorized": "Iran authorized the September 11 attacks",
    "committed": "Iran committed the September 11 attacks",
    "facilitated": "Iran facilitated the travel of the September 11 attackers",
    "knew": "Iran knew of the plan for the September 11 attacks",
    "sheltered": "Iran sheltered al-Qaeda before the September 11 attacks",
    "determined": "the President has determined that the authorization covers Iran",
    "threatens": "Iran threatens attacks on Americans or American interests",
    "directed": "the strike is directed against Iran",
    "proportionate": "the strike is necessary and appropriate under the law of war",
}
"""The facts that the question turns on, by a short name."""

Values = Mapping[str, "numpy.ndarray"]
"""By short name, for a table of truth values: 1 true, 0 false, -1 nothing. For one of levels: by the name and a side
(``planned for``), from 0 to 5, -1 nothing."""


class Found(NamedTuple):
    """Where the question is met and where it is not met."""

    met: Any
    not_met: Any


Rival = Callable[[], Any]
Made = tuple[Rival, Callable[[Any], Found]]
"""What is timed, and how its answer is read, which is not."""


def question(of: Callable[[str], Any]) -> Any:
    """The law, for whatever has ``&`` and ``|``."""
    aided = of("facilitated") & of("knew")
    responsible = of("planned") | of("authorized") | of("committed") | aided
    within = responsible | of("sheltered")
    strike = of("directed") & of("proportionate")
    return within & of("determined") & of("threatens") & strike


def contrary(of: Callable[[str], Any]) -> Any:
    """The same of the contrary: where it fails, for two values instead of three."""
    aided = of("facilitated") | of("knew")
    responsible = of("planned") & of("authorized") & of("committed") & aided
    within = responsible & of("sheltered")
    strike = of("directed") | of("proportionate")
    return within | of("determined") | of("threatens") | strike


def by_levels(name: str, side: Callable[[str], Any]) -> tuple[Any, Any]:
    """A fact at preponderance: established, refuted. Nothing counts as nought, which meets no standard."""
    pro, con = side(f"{name} for"), side(f"{name} against")
    return (pro >= 3) & (pro > con), (con >= 3) & (con > pro)


# ── Polars ────────────────────────────────────────────────────────────────────────────────────────────────────────


def polars(values: Values, levels: bool, lazy: bool) -> Made:
    """An expression over a data frame: Kleene's own three values where the columns have them, else two expressions."""
    import polars as pl

    if levels:
        frame = pl.DataFrame(dict(values))
        facts = {name: by_levels(name, pl.col) for name in FACTS}
        asked = [question(lambda n: facts[n][0]).alias("met"), contrary(lambda n: facts[n][1]).alias("not")]
    else:
        frame = pl.DataFrame({name: pl.Series(v).cast(pl.Int8) for name, v in values.items()})
        frame = frame.select(pl.when(pl.col(name) >= 0).then(pl.col(name) == 1).alias(name) for name in values)
        asked = [question(pl.col).alias("met")]
    frame = frame.rechunk()

    def found(answer: Any) -> Found:
        met = answer["met"]
        if levels:
            return Found(met.to_numpy(), answer["not"].to_numpy())
        return Found(met.fill_null(False).to_numpy(), (~met).fill_null(False).to_numpy())

    return (lambda: frame.lazy().select(asked).collect()) if lazy else (lambda: frame.select(asked)), found


# ── DuckDB ────────────────────────────────────────────────────────────────────────────────────────────────────────

SQL = """
select (planned or authorized or committed or (facilitated and knew) or sheltered)
    and determined and threatens and directed and proportionate as met
from {rows}
"""
SQL_FACT = """case when "{0} for" >= 3 and "{0} for" > "{0} against" then true
    when "{0} against" >= 3 and "{0} against" > "{0} for" then false end as {0}"""


def duckdb(values: Values, levels: bool) -> Made:
    """A query of a table in the database's own memory, its answer an Arrow table."""
    import duckdb
    import pyarrow

    held = {n: pyarrow.array(v) for n, v in values.items()}
    if not levels:
        held = {n: pyarrow.array(v == 1, mask=v < 0) for n, v in values.items()}
    connection = duckdb.connect()
    connection.register("given", pyarrow.table(held))
    connection.execute("create table held as select * from given")
    facts = f"(select {', '.join(SQL_FACT.format(n) for n in FACTS)} from held)"
    query = SQL.format(rows=facts if levels else "held")

    def found(answer: Any) -> Found:
        met = answer.column("met").to_numpy(zero_copy_only=False)
        return Found(met == True, met == False)  # noqa: E712  nothing is neither

    return lambda: connection.sql(query).to_arrow_table(), found


# ── OpenFisca ─────────────────────────────────────────────────────────────────────────────────────────────────────

PERIOD = "2020"
FORMULAS: dict[str, Callable[[Callable[[str], Any]], Any]] = {
    "aided": lambda of: of("facilitated") & of("knew"),
    "responsible": lambda of: of("planned") | of("authorized") | of("committed") | of("aided"),
    "within": lambda of: of("responsible") | of("sheltered"),
    "strike": lambda of: of("directed") & of("proportionate"),
    "question": lambda of: of("within") & of("determined") & of("threatens") & of("strike"),
    "not_aided": lambda of: of("not_facilitated") | of("not_knew"),
    "not_responsible": lambda of: of("not_planned") & of("not_authorized") & of("not_committed") & of("not_aided"),
    "not_within": lambda of: of("not_responsible") & of("not_sheltered"),
    "not_strike": lambda of: of("not_directed") | of("not_proportionate"),
    "not_question": lambda of: of("not_within") | of("not_determined") | of("not_threatens") | of("not_strike"),
}
"""A variable for each conclusion, and one for where it fails: OpenFisca has no third value."""


def openfisca(values: Values, levels: bool, alone: bool) -> Made:
    """Variables of an entity, calculated for all rows at once. The simulation is made and its inputs set for every
    table; ``alone``, they are there beforehand."""
    from openfisca_core import entities, periods, taxbenefitsystems, variables
    from openfisca_core.simulations import SimulationBuilder

    entity = entities.build_entity("row", "rows", "A row of the table", is_person=True)
    inputs = {n: v.astype(numpy.int32) for n, v in values.items()}
    formulas = dict(FORMULAS)
    if levels:
        for name in FACTS:
            formulas[name] = lambda of, name=name: by_levels(name, of)[0]
            formulas[f"not_{name}"] = lambda of, name=name: by_levels(name, of)[1]
    else:
        inputs = {n: v == 1 for n, v in values.items()} | {f"not_{n}": v == 0 for n, v in values.items()}

    def variable(name: str, kind: type, formula: Callable[..., Any] | None = None) -> Any:
        said = {"value_type": kind, "entity": entity, "definition_period": periods.DateUnit.YEAR, "label": name}
        if formula:
            said["formula"] = lambda row, period: formula(lambda other: row(other, period))
        return type(name, (variables.Variable,), said)

    system = taxbenefitsystems.TaxBenefitSystem([entity])
    system.add_variables(*(variable(n, int if levels else bool) for n in inputs))
    system.add_variables(*(variable(n, bool, f) for n, f in formulas.items()))
    rows = len(next(iter(inputs.values())))

    def simulation() -> Any:
        made = SimulationBuilder().build_default_simulation(system, count=rows)
        for name, given in inputs.items():
            made.set_input(name, PERIOD, given)
        return made

    there = simulation()

    def calculate() -> tuple[Any, Any]:
        asked = there if alone else simulation()
        for name in formulas:
            asked.delete_arrays(name)
        return asked.calculate("question", PERIOD), asked.calculate("not_question", PERIOD)

    return calculate, lambda answer: Found(*answer)


# ── clingo ────────────────────────────────────────────────────────────────────────────────────────────────────────

PROGRAM = """
met(aided) :- met(facilitated), met(knew).
met(responsible) :- met(planned).
met(responsible) :- met(authorized).
met(responsible) :- met(committed).
met(responsible) :- met(aided).
met(within) :- met(responsible).
met(within) :- met(sheltered).
met(question) :- met(within), met(determined), met(threatens), met(directed), met(proportionate).
fails(aided) :- fails(facilitated).
fails(aided) :- fails(knew).
fails(responsible) :- fails(planned), fails(authorized), fails(committed), fails(aided).
fails(within) :- fails(responsible), fails(sheltered).
fails(question) :- fails(within).
fails(question) :- fails(determined).
fails(question) :- fails(threatens).
fails(question) :- fails(directed).
fails(question) :- fails(proportionate).
"""
WEIGHED = """
met(F) :- level(F, for, P), level(F, against, C), P >= 3, P > C.
fails(F) :- level(F, for, P), level(F, against, C), C >= 3, C > P.
"""


def clingo(values: Values, levels: bool) -> Made:
    """A solver for each row, the row its facts."""
    import clingo as asp

    rows = len(next(iter(values.values())))

    def facts(row: int) -> str:
        if levels:
            return "".join(
                f"level({n},{side},{values[f'{n} {side}'][row]})." for n in FACTS for side in ("for", "against")
            )
        return "".join(f"{'met' if v[row] else 'fails'}({n})." for n, v in values.items() if v[row] >= 0)

    texts = [PROGRAM + (WEIGHED if levels else "") + facts(row) for row in range(rows)]

    def solve() -> list[tuple[bool, bool]]:
        answers = []
        for text in texts:
            control = asp.Control(["--warn=none"])
            control.add("base", [], text)
            control.ground([("base", [])])
            with control.solve(yield_=True) as models:
                shown = {str(symbol) for symbol in next(iter(models)).symbols(atoms=True)}
            answers.append(("met(question)" in shown, "fails(question)" in shown))
        return answers

    return solve, lambda answer: Found(*(numpy.array(each) for each in zip(*answer, strict=True)))
