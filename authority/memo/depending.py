"""What the conclusion depends on, in words: which exhibits hold it, what would turn it, what to collect next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from authority.compiling import compile_question
from authority.dependence import Dependence, depend
from authority.engine import Verdict
from authority.law import Stance
from authority.memo.parts import DependsPart, GapPart, GapsPart, HoldsPart, PowerPart, PowersPart
from authority.memo.reasons import deciding
from authority.opinion import Opinion
from authority.pictures import plan_power
from authority.saying import exhibits, listed, number, said, sentence
from authority.vocabulary import Proposition, natural
from authority.weighing import Cause, Status

ALONE = 8
"""How many exhibits or sets a sentence names before it only counts them."""


def depends_on(opinions: Sequence[Opinion]) -> DependsPart:
    """The section on what the conclusion depends on, for the opinions on one question under every reading."""
    found = [(opinion, depend(opinion, refuted=True)) for opinion in opinions]
    return DependsPart(
        readings=tuple(_by_reading(found)), collect=_gaps(found), powers=tuple(_powers(found)),
        convention=found[0][1].probabilities.source,
    )  # fmt: skip


def _by_reading(found: Sequence[tuple[Opinion, Dependence]]) -> Iterable[HoldsPart]:
    """What holds each reading's answer and what would turn it; readings of which the same is to be said, together."""
    groups: dict[tuple[bool, tuple[str, ...]], list[str]] = {}
    for opinion, dependence in found:
        told = tuple(_Told(opinion, dependence).sentences())
        groups.setdefault((opinion.shown, told), []).append(f"“{opinion.reading.title}”")
    for (shown, told), titles in groups.items():
        yield HoldsPart(readings=f"Under {listed(titles)} ({'shown' if shown else 'not shown'})", says=told)


class _Told:
    """The sentences on one reading."""

    def __init__(self, opinion: Opinion, found: Dependence) -> None:
        self.opinion, self.found, self.case = opinion, found, opinion.case
        self.still = "shown" if opinion.shown else "not shown"
        self.then = "no longer be shown" if opinion.shown else "be shown"

    def sentences(self) -> Iterable[str]:
        yield from self._held()
        yield from self._in_the_way()
        yield from self._group()
        yield from self._positions()
        yield from self._standards()
        if self.found.complete is not True:
            yield sentence(f"not all of this could be worked out: {self.found.complete}")

    def _held(self) -> Iterable[str]:
        """The exhibits that hold the answer, and those without which it falls."""
        found = self.found
        if found.flip_count == 0:
            yield f"No withdrawal of exhibits changes the answer: with all of them or with none it is {self.still}."
            return
        alone = [each[0] for each in found.sufficient_sets if len(each) == 1]
        if alone:
            enough = "is enough by itself" if len(alone) == 1 else "are each enough by themselves"
            yield f"{exhibits(alone)} {enough}: whatever else is withdrawn, it is still {self.still}."
        elif found.sufficient_sets:
            fewest = len(found.sufficient_sets[0])
            least = [each for each in found.sufficient_sets if len(each) == fewest]
            some = listed([exhibits(each) for each in least], "or") if len(least) <= 3 else ""
            told = f": {some}" if some else f"; there are {number(len(least))} such groups"
            yield f"No exhibit is enough by itself. The smallest groups that are have {number(fewest)} members{told}."
        if found.necessary:
            any_one = "any one of " if len(found.necessary) > 1 else ""
            yield f"Without {any_one}{exhibits(found.necessary)} it would {self.then}."
        else:
            yield f"No single exhibit is indispensable: whichever one is withdrawn, it is still {self.still}."

    def _in_the_way(self) -> Iterable[str]:
        """For each element that is not met: the exhibits that decide it, and what would be without them."""
        opinion, question = self.opinion, self.opinion.question
        if opinion.shown:
            return
        decided = opinion.conclusion[question]
        against = [p for a in decided.applications for p in a.premises if opinion.on(p) is Verdict.NOT_MET]
        for element in dict.fromkeys(against):
            ids = deciding(opinion, element, Verdict.NOT_MET)
            if not ids:
                continue
            left = self._without(ids, element)
            shown = self._without(ids, question).shown
            one, text = len(ids) == 1, said(self.case, element)
            outcome = f"{'then' if shown else 'still not'} be shown"
            yield (
                f"{exhibits(ids)} {'decides' if one else 'decide'} that it is not shown that {text}. Were what "
                f"{'it says' if one else 'they say'} set aside, that would be {left}, and the question would {outcome}."
            )

    def _without(self, ids: Iterable[str], proposition: Proposition) -> Verdict:
        compiled = compile_question(self.case, self.opinion.reading, self.opinion.question, items=True)
        met, not_met = compiled.circuit.evaluate(
            compiled.stands[proposition], dict.fromkeys(set(self.case.item) - set(ids), 1)
        )
        return Verdict.MET if met else Verdict.NOT_MET if not_met else Verdict.UNDETERMINED

    def _group(self) -> Iterable[str]:
        """The smallest group whose discrediting would change the answer, in exhibits and in origins."""
        found = self.found
        if not found.flip_sets or found.margin is None:
            return
        fewest = len(found.flip_sets[0])
        if fewest > 1:
            least = [each for each in found.flip_sets if len(each) == fewest]
            some = "" if len(least) > ALONE else f", {listed([exhibits(each) for each in least], 'or')}"
            yield (f"The smallest group whose discrediting would change the answer has {number(fewest)} members{some}.")
        origins = [listed([f"“{self._origin(name)}”" for name in each]) for each in found.margin_origins]
        told = f": {listed(origins, 'or')}" if len(origins) <= ALONE else ""
        once = "one origin" if found.margin == 1 else f"{number(found.margin)} origins"
        yield f"Counted by where they come from, it takes the loss of {once}{told}."

    def _origin(self, name: str) -> str:
        source = self.case.source_of.get(name)
        return source.name if source else name

    def _positions(self) -> Iterable[str]:
        """Whether evidence or law decides, and the positions on which the answer would be another."""
        found = self.found
        if found.decides == "law":
            yield "It is the law that decides: another position on a disputed point would change the answer."
        elif found.decides == "neither":
            yield "Nor would another position on any disputed point, alone or with a withdrawal, change it."
        for change in found.crux:
            yield sentence(f"{listed([self._answers(s) for s in change])}, it would {self.then}")
        if found.mixed:
            change = found.mixed[0]
            more = f" There are {number(len(found.mixed))} such combinations." if len(found.mixed) > 1 else ""
            taken = sentence(
                f"{listed([self._answers(s) for s in change.positions])}, and {exhibits(change.without)} "
                f"{'was' if len(change.without) == 1 else 'were'} withdrawn, it would {self.then}"
            )
            yield f"{taken}{more}"

    def _answers(self, stance: Stance) -> str:
        disputes = (*self.case.rules.disputes, *self.case.disputes)
        dispute = next(d for d in disputes if d.id == stance.dispute)
        answer = dispute.position(stance.position).says.rstrip(".")
        return f"if to the question “{dispute.question}” the answer were “{answer}”"

    def _standards(self) -> Iterable[str]:
        table, own = self.case.rules.tables, self.opinion.reading.standard
        words = {s.id: s.says for s in table.standards}
        other = [words[s.id] for s in table.standards if (s.id in self.found.shown_at) != self.opinion.shown]
        rest = [words[s.id] for s in table.standards if s.id != own and words[s.id] not in other]
        if other:
            shown = "not be shown" if self.opinion.shown else "be shown"
            too = f"; by {listed(rest, 'or')} it would be {self.still} too" if rest else ""
            yield sentence(f"by {listed(other, 'or')} it would {shown}{too}")
        else:
            yield f"By every proof standard in the table it is {self.still}."


def _gaps(found: Sequence[tuple[Opinion, Dependence]]) -> GapsPart | None:
    """The facts that would have to be established, those that settle most readings first: in how many readings every
    way to show the question needs the fact, and in how many some way does."""
    wanting = [(opinion, dependence.missing) for opinion, dependence in found if dependence.missing]
    if not wanting:
        return None
    always: dict[Proposition, list[str]] = {}
    sometimes: dict[Proposition, list[str]] = {}
    for opinion, gaps in wanting:
        sets = [set(gap.facts) for gap in gaps]
        for fact in sorted(set().union(*sets), key=str):
            needed = always if all(fact in each for each in sets) else sometimes
            needed.setdefault(fact, []).append(f"“{opinion.reading.title}”")
    ranked = sorted({*always, *sometimes}, key=lambda f: (-len(always.get(f, ())), -len(sometimes.get(f, ())), str(f)))

    def under(titles: list[str]) -> str:
        every = len(titles) == len(wanting) > 1
        return f"under {'each of these readings' if every else listed(titles)}"

    first = wanting[0][0]
    rows = []
    for fact in ranked:
        parts = [f"needed in every way to show it {under(always[fact])}"] if fact in always else []
        parts += [f"part of one way to show it {under(sometimes[fact])}"] if fact in sometimes else []
        told = sentence("; ".join(parts))
        rows.append(GapPart(fact=sentence(said(first.case, fact)), stands=_stands(first, fact), settles=told))
    return GapsPart(readings=listed([f"“{opinion.reading.title}”" for opinion, _ in wanting]), facts=tuple(rows))


def _stands(opinion: Opinion, fact: Proposition) -> str:
    """Where a fact stands now, in a few words."""
    finding = opinion.finding.get(fact)
    if finding is None or finding.cause is Cause.NOBODY_NAMED:
        return "Nobody named" if finding else "No evidence"
    if finding.status is Status.REFUTED:
        return f"Refuted ({exhibits(deciding(opinion, fact, Verdict.NOT_MET))})"
    return str(finding.cause).capitalize()


def _powers(found: Sequence[tuple[Opinion, Dependence]]) -> Iterable[PowersPart]:
    """How much each exhibit counts; readings under which that is the same, together."""
    groups: dict[tuple[tuple[PowerPart, ...], str], list[tuple[Opinion, Dependence]]] = {}
    for opinion, dependence in found:
        weights = {i: w for i, w in dependence.power.items() if w.shapley or w.banzhaf}
        ranked = sorted(weights, key=lambda i: (-abs(weights[i].shapley or 0), natural(i)))
        rows = tuple(
            PowerPart(
                exhibit=item, says=sentence(opinion.case.item[item].says), shapley=_figure(weights[item].shapley),
                banzhaf=_figure(weights[item].banzhaf), derivative=_figure(weights[item].derivative),
            )
            for item in ranked
        )  # fmt: skip
        if rows:
            chance = "" if dependence.probability is None else f"{dependence.probability:.2f}"
            groups.setdefault((rows, chance), []).append((opinion, dependence))
    for (rows, chance), alike in groups.items():
        titles = listed([f"“{opinion.reading.title}”" for opinion, _ in alike])
        every = len(alike) == len(found) > 1
        picture = plan_power(*alike[0], "under every reading" if every else f"under {titles}")
        yield PowersPart(readings=f"Under {titles}", rows=rows, chance=chance, picture=picture)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}".replace("-", "−") if round(value, 3) else "0"
