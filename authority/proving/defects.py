"""idle(): what does nothing on any record. Rules that never apply or are never needed, exceptions that never or
always apply, conclusions that nothing establishes, positions and readings that come to the same."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import combinations
from typing import NamedTuple

from authority.circuit import FALSE
from authority.issues import Application
from authority.law import Dispute, Reading, Rule, RuleSet
from authority.proving.opened import Opened, in_law
from authority.proving.records import Record
from authority.proving.solver import Solver
from authority.proving.universe import Universe, law_days
from authority.vocabulary import Pattern, Proposition


class Defect(NamedTuple):
    """Something proved to be amiss: the section and the id under which it stands, what it is, why, and a way out; and,
    where a record shows it, the facts of a smallest one that does."""

    kind: str
    section: str
    id: str
    what: str
    why: str
    fix: str
    record: Record | None = None


class Stretch(NamedTuple):
    """A time through which the same rules are law, left open, and a solver over its circuit."""

    opened: Opened
    solver: Solver


class _Use(NamedTuple):
    """An application of a rule: when its premises hold, when it is met, and when each of its exceptions is, all with
    every rule in the law."""

    to: Proposition
    holds: int
    met: int
    excepted: tuple[int, ...]


def idle(rules: RuleSet, turned_on: Collection[str] = ()) -> tuple[tuple[Defect, ...], tuple[Universe, ...]]:
    """Everything that does nothing on any record, whatever positions are taken, through every stretch of time; and the
    universe of each, over which that is proved. On the disputes ``turned_on`` evidence may turn, too: their positions
    are not said to come to the same. MissingExtra without python-sat."""
    with ExitStack() as stack:
        opened = [Opened(rules, day) for day in law_days(rules)]
        finding = _Finding(rules, [Stretch(each, stack.enter_context(Solver(each.circuit))) for each in opened])
        found = (
            *finding.conclusions(),
            *(found for rule in rules.rules for found in finding.rule(rule)),
            *(found for d in rules.disputes if d.id not in turned_on for found in finding.positions(d)),
            *finding.readings(turned_on),
        )
    return found, tuple(each.universe for each in opened)


class _Finding:
    def __init__(self, rules: RuleSet, stretches: Sequence[Stretch]) -> None:
        self.rules, self.stretches = rules, stretches
        self.uses: list[dict[str, list[_Use]]] = [self._uses(stretch.opened) for stretch in stretches]
        self.spoken = {i.proposition.sentence for s in stretches for c in s.opened.compiled for i in c.tree.issues}
        self.empty = {s for s in self.spoken if not self._established(s)}

    # ── What is asked ─────────────────────────────────────────────────────────────────────────────────────────────

    def _uses(self, opened: Opened) -> dict[str, list[_Use]]:
        """Every application of each rule, once."""
        found: dict[str, dict[_Use, None]] = {}
        for compiled in opened.compiled:
            for issue in compiled.tree.issues:
                for application in issue.applications:
                    holds = opened.holds(compiled, application)
                    excepted = [
                        opened.excepted(compiled, self._grounds(application, pattern))
                        for pattern in self.rules.rule(application.rule).unless
                    ]
                    defeated = opened.circuit.any(excepted)
                    met = opened.circuit.all((holds, opened.circuit.no(defeated)))
                    holds, met, *excepted = opened.circuit.put((holds, met, *excepted), opened.every_rule)
                    use = _Use(issue.proposition, holds, met, tuple(excepted))
                    found.setdefault(application.rule, {})[use] = None
        return {rule: list(uses) for rule, uses in found.items()}

    def _grounds(self, application: Application, exception: Pattern) -> tuple[Proposition, ...]:
        """The exceptions of an application that are grounds of one pattern of its rule."""
        rule = self.rules.rule(application.rule)
        bound = exception.bind(dict(zip(rule.bound, application.parties, strict=True)))
        return tuple(p for p in application.exceptions if bound.match(p) is not None)

    def _possible(self, stretch: Stretch, *nodes: int) -> bool:
        """Whether some record, on some position on every dispute, makes all these nodes true."""
        return stretch.solver.possible(stretch.opened.some_position, stretch.opened.consistent, *nodes)

    def _established(self, sentence: str) -> bool:
        """Whether some record, on some positions, establishes a conclusion of this sentence."""
        return any(
            self._possible(stretch, *stretch.opened.circuit.put((stands.met,), stretch.opened.every_rule))
            for stretch in self.stretches
            for compiled in stretch.opened.compiled
            for proposition, stands in compiled.stands.items()
            if proposition.sentence == sentence
        )

    def _every(self, rule: str) -> Iterator[tuple[Stretch, _Use]]:
        return ((s, use) for s, uses in zip(self.stretches, self.uses, strict=True) for use in uses.get(rule, ()))

    # ── Conclusions ───────────────────────────────────────────────────────────────────────────────────────────────

    def conclusions(self) -> Iterator[Defect]:
        for sentence in self.rules.vocabulary.sentences:
            if sentence.says in self.empty:
                what = f"no evidence can establish {sentence.says!r}"
                why = "no rule for it can apply, whatever is established and whatever positions are taken"
                yield Defect("empty conclusion", "sentences", sentence.says, what, why, "mend the rules for it")

    # ── Rules and their exceptions ────────────────────────────────────────────────────────────────────────────────

    def rule(self, rule: Rule) -> Iterator[Defect]:
        if rule.then.sentence not in self.spoken:
            return
        always = [n for n in range(len(rule.unless)) if self._always(rule, n)]
        for number, exception in enumerate(rule.unless):
            if number in always:
                what = f"the exception '{exception}' applies whenever the premises of the rule {rule.id!r} hold"
                why = "on every record that meets the premises the exception is met too"
                fix = "mend the exception or the rule"
                yield Defect("exception always applies", "exceptions", f"{rule.id} {number}", what, why, fix)
            elif any(self._possible(s, use.met) for s, use in self._every(rule.id)) and self._never(rule, number):
                what = f"the exception '{exception}' never applies to the rule {rule.id!r}"
                why = "no record meets it together with the premises"
                fix = "take it out, or mend the rules for it"
                yield Defect("exception never applies", "exceptions", f"{rule.id} {number}", what, why, fix)
        if always:
            return
        if not any(self._possible(s, use.met) for s, use in self._every(rule.id)):
            fix = "mend its premises or its positions, or take it out"
            yield Defect(
                "dead rule", "rules", rule.id, f"the rule {rule.id!r} can never apply", self._why_dead(rule), fix
            )
        elif not self._needed(rule):
            cover = next((r.id for r in self.rules.rules if r is not rule and self._covers(r, rule)), None)
            kind = "subsumed rule" if cover else "redundant rule"
            what = f"the rule {rule.id!r} adds nothing" + (f" to the rule {cover!r}" if cover else "")
            why = "every question is answered alike without it, on every record and whatever positions are taken"
            yield Defect(kind, "rules", rule.id, what, why, "take it out, or say what sets it apart")

    def _why_dead(self, rule: Rule) -> str:
        empty = next((p for p in rule.premises if p.sentence in self.empty), None)
        if empty:
            return f"its premise '{empty}' is one that no evidence can establish"
        return "no record meets its premises, on no positions that can be taken together, on no day on which it is law"

    def _always(self, rule: Rule, number: int) -> bool:
        """Whether an exception is met on every record on which the premises are, and there is such a record."""
        holding = [(s, use) for s, use in self._every(rule.id) if self._possible(s, use.holds)]
        return bool(holding) and not any(
            self._possible(s, use.holds, s.opened.circuit.no(use.excepted[number])) for s, use in holding
        )

    def _never(self, rule: Rule, number: int) -> bool:
        return not any(self._possible(s, use.holds, use.excepted[number]) for s, use in self._every(rule.id))

    def _needed(self, rule: Rule) -> bool:
        """Whether some question is answered otherwise without the rule, on some record and some positions."""
        return any(
            self._differ(stretch, stretch.opened.every_rule, {**stretch.opened.every_rule, in_law(rule.id): FALSE})
            for stretch, uses in zip(self.stretches, self.uses, strict=True)
            if rule.id in uses
        )

    def _differ(self, stretch: Stretch, one: Mapping[Hashable, int], other: Mapping[Hashable, int]) -> bool:
        """Whether some question is answered otherwise with one than with the other put in place of some variables."""
        circuit = stretch.opened.circuit
        for compiled in stretch.opened.compiled:
            (here,), (there,) = (circuit.put((compiled.question.met,), instead) for instead in (one, other))
            if here != there and (
                self._possible(stretch, here, circuit.no(there)) or self._possible(stretch, there, circuit.no(here))
            ):
                return True
        return False

    def _covers(self, one: Rule, other: Rule) -> bool:
        """Whether whatever the other rule shows the one shows too."""
        if one.then.sentence != other.then.sentence:
            return False
        for stretch, uses in zip(self.stretches, self.uses, strict=True):
            shown: dict[Proposition, list[int]] = {}
            for use in uses.get(one.id, ()):
                shown.setdefault(use.to, []).append(use.met)
            for use in uses.get(other.id, ()):
                circuit = stretch.opened.circuit
                if self._possible(stretch, use.met, circuit.no(circuit.any(shown.get(use.to, ())))):
                    return False
        return True

    # ── Positions ─────────────────────────────────────────────────────────────────────────────────────────────────

    def positions(self, dispute: Dispute) -> Iterator[Defect]:
        under = (r.id for r in self.rules.rules if any(stance.dispute == dispute.id for stance in r.under))
        if not any(rule in uses for rule in under for uses in self.uses):
            return  # no question reaches what turns on it
        for one, other in combinations([p.id for p in dispute.positions], 2):
            put = ([s.opened.taking({dispute.id: p}) for p in (one, other)] for s in self.stretches)
            if not any(self._differ(s, *pair) for s, pair in zip(self.stretches, put, strict=True)):
                what = f"the positions {one!r} and {other!r} on {dispute.id!r} come to the same"
                why = "every question is answered alike on both, on every record and whatever else is held"
                fix = "write the rules that part them, or make them one position"
                yield Defect("idle position", "disputes", dispute.id, what, why, fix)

    # ── Readings ──────────────────────────────────────────────────────────────────────────────────────────────────

    def readings(self, turned_on: Collection[str]) -> Iterator[Defect]:
        for one, other in combinations(self.rules.readings, 2):
            if _weigh_alike(one, other, turned_on) and not any(
                self._differ(s, *(s.opened.under(r) for r in (one, other))) for s in self.stretches
            ):
                what = f"the readings {one.id!r} and {other.id!r} are equivalent"
                never = "; ".join(f"no record shows {each!r} under either" for each in self._never_shown(one))
                why = "they answer every question alike on every record" + (f"; {never}" if never else "")
                yield Defect("equivalent readings", "readings", other.id, what, why, "take one out, or part them")

    def _never_shown(self, reading: Reading) -> Iterator[str]:
        """The sentences that may be asked, and that no record shows under a reading."""
        shown: dict[str, bool] = {}
        for stretch in self.stretches:
            for asked, met in stretch.opened.met(reading).items():
                shown[asked.sentence] = shown.get(asked.sentence, False) or self._possible(stretch, met)
        return (sentence for sentence, ever in shown.items() if not ever)


def _weigh_alike(one: Reading, other: Reading, turned_on: Collection[str]) -> bool:
    """Whether two readings answer the same questions and take evidence alike."""
    same = ("standard", "grading", "answers", "supposes_enactment")
    return all(getattr(one, name) == getattr(other, name) for name in same) and all(
        one.positions.get(dispute) == other.positions.get(dispute) for dispute in turned_on
    )
