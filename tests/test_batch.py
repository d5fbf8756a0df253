"""Tables: the compiled question says of every row what ``decide`` says of the case that the row is."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import Any

import numpy
import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authority.batch import Batch
from authority.batch.facts import Ahead, Reaches, Side
from authority.batch.kernel import ROWS
from authority.batch.program import program
from authority.circuit import Circuit
from authority.cli import run
from authority.engine import Verdict
from authority.errors import InvalidInput
from authority.facts import FactPattern
from authority.opinion import Opinion, decide
from authority.vocabulary import Kind, Pattern, Proposition
from authority.weighing import Cause
from tests.generate import cases, fact, facts_of, rule, says, tiny

LEVELS: st.SearchStrategy[Any] = st.none() | st.integers(0, 5)
TRUTHS: st.SearchStrategy[Any] = st.sampled_from([None, True, False])
FINDINGS: st.SearchStrategy[Any] = st.sampled_from([None, "established", "refuted", "unresolved"])


def deciding(opinion: Opinion) -> Proposition | None:
    """The first of the question's elements that stands as the question does; of those that are met, the first that is
    not met by the rule itself."""
    standing = [p for p in opinion.top_elements if opinion.on(p) is opinion.verdict]
    if opinion.verdict is Verdict.MET:
        standing.sort(key=lambda p: Cause.RULE in opinion.causes(p))
    return standing[0] if standing else None


def said(case: FactPattern, found: Proposition) -> str:
    return case.rules.vocabulary[found.sentence].fill(found.parties)


@st.composite
def tables(draw: Callable[[st.SearchStrategy[Any]], Any]) -> tuple[FactPattern, list[dict[str, Any]]]:
    """A case, and some rows on facts about its parties: levels on one side or both, with what was looked for and not
    found beside them or alone; truth values, findings."""
    case = draw(cases(attacks=False, most=0))
    columns: dict[str, st.SearchStrategy[Any]] = {}
    for found in draw(st.lists(facts_of(case), min_size=1, max_size=5, unique=True)):
        name = said(case, found)
        kind = draw(st.sampled_from(["levels", "both", "truth", "finding", "none"]))
        sides = {"both": (f"{name} [for]", f"{name} [against]"), "none": ()}.get(kind, (name,))
        values = {"truth": TRUTHS, "finding": FINDINGS}.get(kind, LEVELS)
        columns |= dict.fromkeys(sides, values)
        if kind == "none" or (values is LEVELS and draw(st.booleans())):
            columns[f"{name} [found none]"] = TRUTHS
    return case, draw(st.lists(st.fixed_dictionaries(columns), min_size=1, max_size=4))


def table(rows: Sequence[dict[str, Any]]) -> Any:
    return pyarrow.Table.from_pylist(list(rows))


@settings(max_examples=300)
@given(tables())
def test_a_row_is_decided_as_the_case_that_it_is(drawn: tuple[FactPattern, list[dict[str, Any]]]) -> None:
    """Verdict, cause and deciding element, under every reading."""
    case, rows = drawn
    batch = Batch(case)
    for row, answer in zip(rows, batch(table(rows)).to_pylist(), strict=True):
        for reading in case.rules.readings:
            opinion = decide(batch.case(row), reading)
            found = [answer[f"{reading.id}.{name}"] for name in ("verdict", "cause", "element")]
            element = deciding(opinion)
            assert found == [
                str(opinion.verdict), str(opinion.conclusion[opinion.question].cause), element and str(element),
            ], (row, opinion.explain())  # fmt: skip


# ── A rule set by hand: force is allowed against whoever sheltered and paid, unless he left ─────────────────────────

ALAND = fact("may be met", "Aland")
SHELTERED, PAID, LEFT = "Aland sheltered", "Aland paid", "Aland left"


def small() -> FactPattern:
    asks = (says("sheltered", "<a>"), says("paid", "<a>"))
    return tiny(ALAND, [rule("r", says("may be met", "<a>"), *asks, unless=(says("left", "<a>"),))])


def verdicts(rows: Sequence[dict[str, Any]], column: str = "narrow.verdict", case: FactPattern | None = None) -> list:
    return Batch(case or small())(table(rows)).column(column).to_pylist()


def test_nothing_in_a_row_is_no_evidence_and_not_evidence_to_the_contrary() -> None:
    rows = [
        {SHELTERED: True, PAID: True}, {SHELTERED: True, PAID: None}, {SHELTERED: None, PAID: None},
        {SHELTERED: False, PAID: None},
    ]  # fmt: skip
    assert verdicts(rows) == ["met", "undetermined", "undetermined", "not met"]
    assert verdicts(rows, "narrow.cause") == ["on the evidence", "no evidence", "no evidence", "on the evidence"]
    assert verdicts(rows, "narrow.element") == [SHELTERED, PAID, SHELTERED, SHELTERED]


def test_an_exception_defeats_only_where_it_is_established() -> None:
    rows = [{SHELTERED: 4, PAID: 4, LEFT: level} for level in (None, 2, 4)]
    assert verdicts(rows) == ["met", "met", "not met"]
    assert verdicts(rows, "narrow.cause")[-1] == "defeated by an exception"
    assert verdicts(rows, "narrow.element")[-1] is None


def test_levels_are_weighed_at_the_readings_standard() -> None:
    """Three against nothing meets preponderance, three against three is in conflict, two falls short, and what cannot
    be judged meets no standard but a scintilla."""
    pairs = [(3, None), (3, 3), (2, None), (0, None), (1, 4)]
    rows = [{SHELTERED: True, f"{PAID} [for]": pro, f"{PAID} [against]": con} for pro, con in pairs]
    assert verdicts(rows) == ["met", "undetermined", "undetermined", "undetermined", "not met"]
    assert verdicts(rows, "narrow.cause")[1:4] == ["in conflict", "short of the standard", "short of the standard"]
    at_least = tiny(ALAND, small().rules.rules, standard="scintilla")
    assert verdicts(rows, case=at_least) == ["met", "met", "met", "met", "met"]


def test_a_denied_heading_exchanges_the_sides() -> None:
    denied = small().rules.vocabulary[says("paid", "<a>").sentence].fill(("Aland",), denied=True)
    assert verdicts([{SHELTERED: True, denied: value} for value in (False, True)]) == ["met", "not met"]
    assert verdicts([{SHELTERED: True, denied: value} for value in ("refuted", "established")]) == ["met", "not met"]
    assert verdicts([{SHELTERED: True, f"{denied} [against]": 5}]) == ["met"]


def test_what_was_looked_for_and_not_found_refutes_nothing_and_names_its_parties() -> None:
    """Silence names nobody; that a source looked and found none leaves the fact without evidence, of somebody named,
    and changes no level beside it."""
    met = fact("may be met", "Aland")
    case = tiny(met, [rule("r", says("may be met", "<a>"), says("helped", "<a>", "<b>"))])
    none = "Aland helped Cohort [found none]"
    rows = [{none: True}, {none: False}, {none: None}]
    assert verdicts(rows, case=case) == ["undetermined"] * 3
    assert verdicts(rows, "narrow.cause", case) == ["no evidence", "nobody named", "nobody named"]
    assert verdicts(rows, "narrow.element", case)[0] == "Aland helped Cohort"
    beside = [{none: looked, "Aland helped Cohort": level} for looked, level in ((True, 4), (True, None), (False, 2))]
    assert verdicts(beside, case=case) == ["met", "undetermined", "undetermined"]
    assert verdicts(beside, "narrow.cause", case) == ["on the evidence", "no evidence", "short of the standard"]


def test_many_rows_in_odd_stretches_are_answered_one_by_one() -> None:
    """Stretches begin in the middle of a byte, bits carry an offset, and the last word is not full."""
    count = ROWS + 77
    generator = numpy.random.default_rng(7)
    truth = [None if n == 2 else bool(n) for n in generator.integers(0, 3, count)]
    level = [None if n == 6 else int(n) for n in generator.integers(0, 7, count)]
    words = [(None, "established", "refuted", "unresolved")[n] for n in generator.integers(0, 4, count)]
    whole = pyarrow.table({SHELTERED: truth, PAID: pyarrow.array(level, pyarrow.int8()), LEFT: words})
    batch = Batch(small())
    expected = {}
    for row in {tuple(each.values()) for each in whole.slice(0, 2_000).to_pylist()}:
        values = dict(zip(whole.column_names, row, strict=True))
        given_ = {name: value for name, value in values.items() if value is not None}
        expected[row] = str(decide(batch.case(given_) if given_ else small(), "narrow").verdict)
    for start, rows in ((0, count), (3, 1_000), (ROWS - 5, 60), (5, 0)):
        stretch = whole.slice(start, rows)
        found = batch(stretch).column("narrow.verdict").to_pylist()
        assert found == [expected[tuple(row.values())] for row in stretch.to_pylist()]


def test_any_table_that_speaks_arrow_is_taken() -> None:
    """All that is asked of a data frame is the stream of the PyCapsule protocol, as polars, pandas and DuckDB give."""

    class Foreign:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return table([{SHELTERED: True, PAID: True}]).__arrow_c_stream__(requested_schema)

    assert Batch(small())(Foreign()).column("narrow.verdict").to_pylist() == ["met"]


def test_a_kernel_can_be_sent_elsewhere_and_answers_the_same() -> None:
    whole = table([{"id": 7, SHELTERED: True, PAID: 4}, {"id": 8, SHELTERED: None, PAID: 1}])
    kernel = Batch(small(), ["narrow"], keep=["id"]).kernel(whole.schema)
    sent = pickle.loads(pickle.dumps(kernel))
    answer = sent(whole.to_batches()[0])
    assert answer.equals(kernel(whole.to_batches()[0]))
    assert answer.column("id").to_pylist() == [7, 8]
    assert answer.schema.names == ["id", "narrow.verdict", "narrow.cause", "narrow.element"]


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("Aland payed", True, "nearest: '<one> paid'"),
        ("Aland may be met", True, "rules conclude it"),
        (PAID, 6, "levels are whole numbers from 0, cannot be judged, to 5"),
        (PAID, -1, "levels are whole numbers from 0, cannot be judged, to 5"),
        (PAID, "maybe", "a finding is one of established, refuted, unresolved"),
        (PAID, 0.5, "its values are double"),
        (f"{PAID} [for]", True, "levels alone take a side"),
        (f"{SHELTERED} [for]", 3, "both say where Aland sheltered stands"),
        (f"{SHELTERED} [found none]", True, "both say where Aland sheltered stands"),
        (f"{PAID} [found none]", 3, "true where a source looked and found none"),
        ("not: Aland paid [found none]", True, "what is looked for is the thing, not its denial"),
    ],
)
def test_what_says_nothing_of_a_fact_is_an_error_that_says_why(column: str, value: object, says: str) -> None:
    with pytest.raises(InvalidInput) as found:
        Batch(small())(table([{SHELTERED: True, column: value}]))
    assert says in str(found.value)


def test_a_heading_that_two_sentences_fit_is_the_one_that_takes_such_parties(iran: FactPattern) -> None:
    """As in a case: "Iran supported the enemies of the Taliban" says of a state what it did, not of a group."""
    heading = "Iran supported the enemies of the Taliban"
    (source,) = Batch(iran).kernel(table([{heading: True}]).schema).sources
    assert source.column.fact.sentence == "<target> supported the enemies of <group>"


def test_how_far_ahead_a_level_is_is_not_how_high_it_is() -> None:
    """Each is an input of its own, also where a reading asks for one and the next for the other."""
    fact_ = fact("paid", "Aland")
    assert len({Reaches(fact_, Side.FOR, 1), Ahead(fact_, 1, Side.FOR)}) == 2


def test_an_error_in_a_value_names_the_row() -> None:
    levels = numpy.zeros(ROWS + 10, dtype=numpy.int8)
    levels[ROWS + 4] = 9
    with pytest.raises(InvalidInput, match=rf"column '{PAID}', row {ROWS + 5:,}.*\n?.*9 says nothing"):
        Batch(small())(pyarrow.table({PAID: levels}))


@pytest.mark.parametrize("coded", [True, False])
def test_an_error_in_a_word_names_the_row_whether_coded_or_spelled(coded: bool) -> None:
    words = pyarrow.array([None, "established", "refuted"] * (ROWS // 3 + 4) + ["proven"])
    with pytest.raises(InvalidInput, match=rf"column '{PAID}', row {len(words):,}.*\n?.*'proven' says nothing"):
        Batch(small())(pyarrow.table({PAID: words.dictionary_encode() if coded else words}))


def test_a_dictionary_may_have_a_word_twice_and_nothing_among_its_words() -> None:
    """What Arrow allows in a dictionary means what it says: nothing is nothing, and the same word is the same word."""
    numbers = pyarrow.array([0, 1, 2, None], pyarrow.int8())
    coded = pyarrow.DictionaryArray.from_arrays(numbers, pyarrow.array(["established", "established", None]))
    answer = Batch(small())(pyarrow.table({SHELTERED: [True] * 4, PAID: coded}))
    assert answer.column("narrow.verdict").to_pylist() == ["met", "met", "undetermined", "undetermined"]


@pytest.mark.parametrize("type", [pyarrow.string(), pyarrow.large_string(), pyarrow.string_view()])
def test_words_may_be_held_in_any_way_that_arrow_has(type: pyarrow.DataType) -> None:
    words = pyarrow.array(["established", "refuted", "unresolved", None], type).slice(1)
    answer = Batch(small())(pyarrow.table({SHELTERED: [True] * 3, PAID: words}))
    assert answer.column("narrow.verdict").to_pylist() == ["not met", "undetermined", "undetermined"]


def test_of_two_sentences_that_read_alike_a_heading_names_the_one_whose_blanks_take_its_parties() -> None:
    """A sentence of states and one of organizations may have the same words."""
    alike = (says("met", "<a>"), Pattern("<group> met", ("<a>",)))
    where = {alike[0].sentence: {"one": (Kind.STATE,)}, alike[1].sentence: {"group": (Kind.ORGANIZATION,)}}
    rules = [rule("r", says("may be met", "<a>"), alike[0]), rule("s", says("is known", "<a>"), alike[1])]
    case = tiny(ALAND, rules, where=where)
    assert verdicts([{"Aland met": True}, {"Aland met": False}], case=case) == ["met", "not met"]


def test_what_stands_where_there_is_no_value_is_not_read() -> None:
    """A masked value may be anything in memory; it is nothing."""
    masked = pyarrow.array(numpy.array([99, 4], dtype=numpy.int8), mask=numpy.array([True, False]))
    assert Batch(small())(pyarrow.table({PAID: masked, SHELTERED: [True, True]})).column(0).to_pylist() == [
        "undetermined", "met",
    ]  # fmt: skip


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".arrow"])
def test_a_file_is_answered_by_a_file(ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command on the case that comes with the library, in every kind of file, from CSV."""
    wanted, haven = "Iran planned the September 11 attacks", "Iran threatens attacks on Americans or American interests"
    source, out = tmp_path / "rows.csv", tmp_path / f"out{ending}"
    source.write_text(f"year,{wanted},{haven} [for]\n2001,true,4\n2002,,\n2003,false,2\n")
    code = run(["batch", str(source), "--case", "iran-2020", "-o", str(out), "--keep", "year", "-r", "statutory-text"])
    assert (code, capsys.readouterr().out) == (0, f"wrote {out}: 3 rows\n")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    if ending == ".csv":
        assert out.read_text().splitlines()[0].startswith('"year","statutory-text.verdict"')
    assert run(["batch", str(source), "--case", "iran-2020", "-o", str(tmp_path / "no.csv")]) == 3
    assert not (tmp_path / "no.csv").exists()
    assert "'year' is not one sentence of this rule set" in capsys.readouterr().err


def test_a_program_does_what_its_circuit_says() -> None:
    """Against the circuit's own evaluation, with slots used over and over and roots that are inputs and constants."""
    circuit = Circuit()
    names = [circuit.variable(n) for n in range(5)]
    generator = numpy.random.default_rng(3)
    nodes = [0, 1, *names]
    for _ in range(200):
        parts = [nodes[i] for i in generator.integers(0, len(nodes), 3)]
        made = (circuit.all(parts), circuit.any(parts), circuit.no(parts[0]))[generator.integers(0, 3)]
        nodes.append(made)
    roots = [0, 1, names[0], *nodes[-30:]]
    words: dict[Hashable, Any] = {n: generator.integers(0, 2**63, 3, dtype=numpy.uint64) for n in range(5)}
    compiled = program(circuit, roots)
    assert compiled.slots < len(compiled.steps)
    found = compiled.run(words, 3, compiled.room(3))
    for word in range(3):
        values: dict[Hashable, int] = {n: int(each[word]) for n, each in words.items()}
        assert [int(each[word]) for each in found] == circuit.evaluate(roots, values, 2**64 - 1)
