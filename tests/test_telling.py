"""A dependence in words and as data: what is said, what is left unsaid, and what is listed."""

from __future__ import annotations

from typing import Any

import pytest

from authority.dependence import Change, Changes, Dependence, Family, Missing, Weight
from authority.engine import Verdict
from authority.law import Stance
from tests.generate import TABLES, fact

ASKED = fact("may be met", "Aland")
PAID, TOLD, ARMED = (fact(verb, "Aland") for verb in ("paid", "told", "armed"))
REACH, BURDEN = Stance("reach", "no"), Stance("burden", "yes")


def found(**more: Any) -> Dependence:
    """A dependence of which all that is not named here is not computed."""
    fields: dict[str, Any] = {
        "case": "tiny", "reading": "narrow", "question": ASKED, "verdict": Verdict.MET, "power": {},
        "probabilities": TABLES.probabilities,
    }  # fmt: skip
    return Dependence(**(fields | more))


def told(heading: str, **more: Any) -> list[str]:
    """The lines under a heading."""
    lines = found(**more).explain().split("\n")
    at = lines.index(heading)
    return [line.removeprefix("  ") for line in lines[at + 1 : lines.index("", at)]]


def test_the_parts_come_under_their_headings() -> None:
    """In their order, an empty line behind each; and at the end whether it is complete."""
    lines = found(power={"E1": Weight()}).explain().split("\n")
    assert [line for line in lines if line and not line.startswith(" ")] == [
        "What holds it", "What would turn it", "Evidence or law", "What is missing", "How much each exhibit counts",
        "All of this is complete.",
    ]  # fmt: skip
    assert lines.count("") == 5 and found(complete="power: no").explain().endswith("\nNot complete: power: no.")


def test_it_shows_itself_as_rows_and_in_a_notebook() -> None:
    answer = found(power={"E1": Weight(shapley=0.5, banzhaf=0.25, derivative=0.125)}, relevant=("E1",))
    (row,) = answer.table()
    assert (row["item"], row["shapley"], row["banzhaf"], row["relevant"]) == ("E1", 0.5, 0.25, True)
    assert str(ASKED) in answer._repr_mimebundle_()["text/html"]


def test_in_short_it_is_said_what_turns_it_and_by_how_little() -> None:
    """The smallest change of either kind, and that there are others as small; both kinds together only where neither
    does it alone; and what is not complete."""

    def short(**more: Any) -> list[str]:
        return found(**more).explain(short=True).split("\n")

    law = "The law decides: a change of position can turn it, and no withdrawal by itself can."
    assert short() == ["It is shown. Not computed."]
    assert short(decides="law", crux=((REACH, BURDEN), (REACH,)), verdict=Verdict.NOT_MET) == [
        f"It is not shown. {law}", "The fewest positions whose change turns it: reach = no; burden = yes.",
    ]  # fmt: skip
    fewest = "The fewest exhibits whose withdrawal turns it: E1, E2"
    assert short(flip_sets=(("E1", "E2"), ("E1", "E3", "E4")))[1:] == [f"{fewest}."]
    assert short(flip_sets=(("E1", "E2"), ("E3", "E4")))[1:] == [f"{fewest} (or another set as small)."]
    more = (("E1", "E2"), ("E3", "E4"), ("E5", "E6"))
    assert short(flip_sets=more)[1:] == [f"{fewest} (or one of 2 other sets as small)."]
    both = (Change(without=("E1", "E2"), positions=(REACH, BURDEN)), Change(without=("E3",), positions=(REACH,)))
    assert short(mixed=both)[1:] == ["It turns on reach = no; burden = yes, without E1, E2."]
    assert len(short(mixed=both, flip_sets=more)) == len(short(mixed=both, crux=((REACH,),))) == 2
    assert short(complete="power: no")[1:] == ["Not complete: power: no."]


def test_what_holds_it() -> None:
    """Nothing at all; or one of the sets, with what stands in all of them; or it is not known."""
    holds = "What holds it"
    assert told(holds) == ["Not computed."]
    nothing = "Nothing need be kept: it stays {} whatever exhibits are withdrawn."
    assert told(holds, sufficient_sets=((),)) == [nothing.format("shown")]
    assert told(holds, sufficient_sets=((),), verdict=Verdict.NOT_MET) == [nothing.format("not shown")]
    sets = {"sufficient_sets": (("E1", "E2"), ("E1", "E3")), "sufficient_count": 2, "necessary": ("E1",)}
    any_one = ["Any one of these sets keeps it shown, whatever else is withdrawn:", "  E1, E2", "  E1, E3"]
    assert told(holds, **sets) == [*any_one, "In every such set (necessary): E1."]
    assert told(holds, **(sets | {"necessary": ("E1", "E0")}))[-1] == "In every such set (necessary): E1, E0."
    rest = told(holds, **(sets | {"necessary": (), "relevant": ("E1", "E2", "E3"), "idle": ("E4", "E5")}))
    assert rest[3:] == [
        "In every such set (necessary): no exhibit.", "In some (relevant): E1, E2, E3. In none (idle): 2 others.",
    ]  # fmt: skip


def test_what_would_turn_it() -> None:
    """No withdrawal; or one of the sets; or it is not known; the margin, and the proof standards."""
    turns, standards = "What would turn it", "By proof standard, the rest unchanged, it is shown by none."
    assert told(turns) == ["Which withdrawals turn it is not computed.", standards]
    assert told(turns, flip_count=0) == ["No withdrawal of exhibits turns it.", standards]
    lines = told(
        turns, flip_sets=(("E1", "E2"), ("E3",)), flip_count=2, margin=2,
        margin_origins=(("one", "two"), ("three", "two")), shown_at=("scintilla", "preponderance"),
    )  # fmt: skip
    assert lines == [
        "It turns once all of one of these sets are withdrawn:", "  E1, E2", "  E3",
        "The fewest origins whose loss turns it (the margin): 2, namely", "  one and two", "  three and two",
        "By proof standard, the rest unchanged, it is shown by scintilla, preponderance.",
    ]  # fmt: skip


def test_twenty_of_a_kind_are_listed_and_the_rest_counted() -> None:
    """Or said to be of a number not known."""
    sets = tuple((f"E{n}",) for n in range(1, 31))
    listed = [f"  E{n}" for n in range(1, 21)]
    for many, count, more in (
        (20, 20, []), (30, 21, ["  … and 1 more."]), (30, 2_030, ["  … and 2,010 more."]),
        (2, None, ["  … and it is not known how many more."]),
    ):  # fmt: skip
        lines = told("What would turn it", flip_sets=sets[:many], flip_count=count)
        assert lines[1:-1] == [*listed[:many], *more]


def test_whether_evidence_or_law_decides() -> None:
    """In words; with the changes of position, and the mixed ones."""
    decides = "Evidence or law"
    assert told(decides) == ["Not computed."]
    assert told(decides, decides="neither")[0].startswith("Neither can turn it")
    lines = told(
        decides, decides="law", crux=((REACH,), (BURDEN, REACH)), mixed=(Change(("E1", "E2"), (REACH, BURDEN)),),
    )  # fmt: skip
    assert lines[0].startswith("The law decides") and lines[1:] == [
        "The smallest changes of position that turn it (the crux):", "  reach = no", "  burden = yes; reach = no",
        "It also turns on positions and exhibits together:", "  reach = no; burden = yes, without E1, E2",
    ]  # fmt: skip


def test_what_is_missing() -> None:
    """Nothing where it is shown; else the sets, what stands in each of them apart, and what the record refutes."""
    missing, open_ = "What is missing", {"verdict": Verdict.NOT_MET}
    assert told(missing) == ["Nothing: it is shown."] and told(missing, **open_) == ["Not computed."]
    none = ["No set of facts that the record leaves open would show it."]
    assert told(missing, missing_count=0, **open_) == none
    one = Missing((PAID, TOLD), (TOLD,), ("narrow", "broad"))
    listed = "To show it, one of these would have to be established, what settles most readings first:"
    words = "  Aland paid; Aland told [refuted by the record] (shown under narrow, broad)"
    assert told(missing, missing=(one,), missing_count=1, **open_) == [listed, words]
    apart = Missing((ARMED,), (), ("broad",))
    assert told(missing, missing=(one, apart), missing_count=2, **open_) == [
        listed, words, "  Aland armed (shown under broad)",
    ]  # fmt: skip
    shared = Missing((TOLD, ARMED), (TOLD,), ("broad",))
    assert told(missing, missing=(one, shared), missing_count=2, **open_) == [
        "To show it, each of these facts would have to be established:", "  Aland told [refuted by the record]",
        "and besides one of these, what settles most readings first:", "  Aland paid (shown under narrow, broad)",
        "  Aland armed (shown under broad)",
    ]  # fmt: skip


def test_of_sets_not_all_listed_none_is_said_to_need_what_the_listed_ones_share() -> None:
    """Another may do without."""
    one, other = Missing((PAID, TOLD), (), ("narrow",)), Missing((PAID, ARMED), (), ("narrow",))
    for listed, count in (((one,), 2), ((one, other), 3)):
        lines = told("What is missing", missing=listed, missing_count=count, verdict=Verdict.NOT_MET)
        assert lines[0].startswith("To show it, one of these")
        assert lines[1].startswith("  Aland paid; Aland told (shown under")


def test_how_much_each_exhibit_counts() -> None:
    """The weightiest first, either way, equals by their numbers; those that count nothing are left out."""
    counts, none = "How much each exhibit counts", "None counts: with any of them or none, the outcome is the same."
    assert told(counts) == told(counts, power={"E1": Weight(shapley=0.0, banzhaf=0.0, derivative=0.0)}) == [none]
    lines = told(
        counts,
        power={
            "E10": Weight(shapley=0.25, banzhaf=0.5, derivative=-0.0), "E2": Weight(shapley=0.25),
            "E1": Weight(shapley=-0.5, banzhaf=-0.75, derivative=-0.125), "E4": Weight(shapley=0.0),
            "E3": Weight(derivative=1.0), "E5": Weight(banzhaf=1.0),
        },
        probability=0.62549,
    )  # fmt: skip
    assert lines[:7] == [
        "Values over all sets of exhibits; positive tells for what is asked, negative against.",
        "           Shapley   Banzhaf      by p",
        "E1          -0.500    -0.750    -0.125",
        "E2           0.250         –         –",
        "E10          0.250     0.500     0.000",
        "E3               –         –     1.000",
        "E5               –     1.000         –",
    ]
    assert lines[8] == "would be shown with probability 0.625; “by p” is how fast that rises."
    source = " ".join(lines[9:])
    assert source == f"The probabilities: {TABLES.probabilities.source}"
    assert 90 < max(len(line) for line in lines[9:]) <= 100
    both = told(counts, power={f"E{n}": Weight(shapley=1.0) for n in (10, 9, 2)}, idle=("E1", "E10", "E9"))
    said = "Idle on the whole record, and counted since they turn it where parts of it are withdrawn: E9, E10."
    assert " ".join(both[5:]) == said
    many = told(counts, power={f"E{n}": Weight(shapley=1.0) for n in range(1, 24)})
    assert many[2].startswith("E1 ") and many[21].startswith("E20 ") and many[22:] == ["… and 3 more."]
    assert len(told(counts, power={f"E{n}": Weight(shapley=1.0) for n in range(1, 21)})) == 22


def test_the_dependence_as_data() -> None:
    """Every key, and positions by their disputes."""
    data = found(
        label="un-enacted", sufficient_sets=(("E1",),), sufficient_count=1, flip_sets=(("E2", "E3"),), flip_count=2,
        margin=1, margin_origins=(("one",),), necessary=("E1",), relevant=("E1", "E2"), idle=("E4",),
        power={"E1": Weight(shapley=1.0)}, probability=0.5, missing=(Missing((PAID,), (TOLD,), ("broad",)),),
        missing_count=3, flip_standard="scintilla", shown_at=("preponderance",), crux=((REACH, BURDEN),),
        mixed=(Change(("E1",), (REACH,)),), decides="law", complete="no",
    ).as_data()  # fmt: skip
    assert data == {
        "case": "tiny", "reading": "narrow", "label": "un-enacted", "question": "Aland may be met", "verdict": "met",
        "shown": True, "sufficient_sets": [["E1"]], "sufficient_count": 1, "flip_sets": [["E2", "E3"]], "flip_count": 2,
        "margin": 1, "margin_origins": [["one"]], "necessary": ["E1"], "relevant": ["E1", "E2"], "idle": ["E4"],
        "power": {"E1": {"shapley": 1.0, "banzhaf": None, "derivative": None}}, "probability": 0.5,
        "probability_convention": TABLES.probabilities.source, "missing": [["Aland paid"]],
        "missing_settles": [["broad"]], "missing_refuted": [["Aland told"]], "missing_count": 3,
        "flip_standard": "scintilla", "shown_at": ["preponderance"], "crux": [{"reach": "no", "burden": "yes"}],
        "mixed": [{"without": ["E1"], "positions": {"reach": "no"}}], "decides": "law", "complete": "no",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("flips", "cruxes", "mixed", "decides"),
    [
        (None, ((REACH,),), (), None), (Family((("E1",),), 1), None, (), None),
        (Family((("E1",),), 1), ((REACH,),), None, "either"), (Family((("E1",),), 1), (), None, "evidence"),
        (Family((), 0), ((REACH,),), None, "law"), (Family((), 0), (), None, None), (Family((), 0), (), (), "neither"),
        (Family((), 0), (), (Change(("E1",), (REACH,)),), "both together"),
    ],
)  # fmt: skip
def test_what_decides_is_what_can_turn_it(flips: Any, cruxes: Any, mixed: Any, decides: str | None) -> None:
    """Each alone; both only together, or neither; and not known where one of them is not."""
    assert Changes(flips=flips, cruxes=cruxes, mixed=mixed).decides == decides
