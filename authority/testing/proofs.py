"""A line of proof: facts that, were they established, would show a question under a reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from authority.law import Reading, Rule
from authority.testing.drawing import UP_TO, Draw, pick, turned
from authority.testing.stage import Stage, free
from authority.vocabulary import Kind, Pattern, Proposition, is_variable

TRIED = 60
"""How many ways are tried at most on the way from a question to facts."""
BINDINGS = 6
"""With how many parties a rule is tried at most: made-up parties stand by turns of each kind."""


class Prover:
    """Finds lines of proof by the rules that are law under a reading on a day. The calendar is asked as it will answer,
    what is noticed need not be proved, and a rule is passed over whose exception holds without evidence."""

    def __init__(self, draw: Draw, stage: Stage, reading: Reading, as_of: date) -> None:
        self.draw, self.stage, self.reading, self.as_of = draw, stage, reading, as_of
        self.noticed = {n.holds for n in stage.rules.notice}
        self.showable: dict[tuple[str, int], frozenset[Kind]] = {}
        self.left = TRIED

    def about(self, pattern: Pattern) -> Proposition | None:
        """A pattern about different parties of kinds of which it can be shown; None where there are none."""
        bound: dict[str, str] = {}
        for place, variable in enumerate(pattern.args):
            fitting = self.stage.fitting(self._showable(pattern.sentence, place))
            options = [n for n in fitting if n not in bound.values()]
            if not options:
                return None
            bound[variable] = pick(self.draw, options)
        return pattern.ground(bound)

    def line(self, goal: Proposition) -> list[Proposition] | None:
        """The facts of one line to a proposition, in order; None where none was found."""
        sentence = self.stage.rules.vocabulary[goal.sentence]
        if sentence.computed:
            reckoned = sentence.reckon(goal.parties, self.as_of)
            return [] if reckoned and reckoned.holds else None
        if self.stage.is_fact(sentence):
            return [] if goal in self.noticed else [goal]
        lines = (self._by(rule, found) for rule, found in self._ways(goal))
        return next((line for line in lines if line is not None), None)

    def _ways(self, goal: Proposition) -> Sequence[tuple[Rule, dict[str, str]]]:
        """The rules that conclude a proposition, with what their variables stand for; some one of them first."""
        matched = [(rule, rule.then.match(goal)) for rule in self._law(goal.sentence)]
        return turned(self.draw, [(rule, found) for rule, found in matched if found is not None])

    def _law(self, sentence: str) -> list[Rule]:
        """The rules for a sentence that are law."""
        law = self.stage.rules
        if not law.answers(sentence, self.reading, self.as_of):
            return []
        return [rule for rule in law.rules_at(sentence, self.as_of) if rule.in_force(self.reading, self.as_of)]

    def _by(self, rule: Rule, found: dict[str, str]) -> list[Proposition] | None:
        """A line by one rule."""
        for needed in self._bodies(rule):
            for bound in self._bindings(rule, needed, found):
                self.left -= 1
                if self.left < 0:
                    return None
                line = self._together(needed, bound)
                if line is not None and not self._defeated(rule, bound):
                    return line
        return None

    def _together(self, needed: tuple[Pattern, ...], bound: dict[str, str]) -> list[Proposition] | None:
        """The facts of a line to each of some premises; None where one has none."""
        facts: dict[Proposition, None] = {}
        for pattern in needed:
            line = self.line(pattern.ground(bound))
            if line is None:
                return None
            facts |= dict.fromkeys(line)
        return list(facts)

    def _defeated(self, rule: Rule, bound: dict[str, str]) -> bool:
        """Whether an exception about the parties of a rule holds with no evidence at all."""
        asked = (each for each in rule.unless if all(v in bound for v in each.variables))
        return any(self.line(each.ground(bound)) == [] for each in asked)

    def _bodies(self, rule: Rule) -> Iterator[tuple[Pattern, ...]]:
        """The premises that suffice for a rule, in the ways that are tried."""
        if rule.body == "any":
            yield from ((each,) for each in turned(self.draw, rule.premises))
        else:
            yield tuple(turned(self.draw, rule.premises)[: rule.count]) if rule.body == "at_least" else rule.premises

    def _bindings(self, rule: Rule, needed: tuple[Pattern, ...], found: dict[str, str]) -> Iterator[dict[str, str]]:
        """Each variable of some premises with a party of its kinds, no party twice, so that what the calendar decides
        holds; in a few ways, with one party after another."""
        variables = free((rule.then, *needed))
        fixed = {arg for p in needed for arg in p.args if not is_variable(arg)}
        first = self.draw(UP_TO[BINDINGS - 1]) if len(variables) > len(found) else 0
        for turn in range(first, first + (BINDINGS if len(variables) > len(found) else 1)):
            bound: dict[str, str] = {}
            for variable in variables:
                kinds = self._kinds(rule, variable, needed)
                cast = [found[variable]] if variable in found else list(self.stage.kinds)
                options = [
                    n for n in self.stage.fitting(kinds, cast)
                    if n not in bound.values() and n not in fixed and self._in_time(needed, {**bound, variable: n})
                ]  # fmt: skip
                if not options:
                    return
                bound[variable] = options[turn % len(options)]
            yield bound

    def _kinds(self, rule: Rule, variable: str, needed: tuple[Pattern, ...]) -> frozenset[Kind]:
        """The kinds of party of which some premises of a rule can be shown together, a variable standing for one."""
        kinds = self.stage.rules.kinds(rule, variable, (rule.then, *needed))
        places = ((p.sentence, place) for p in needed for place, arg in enumerate(p.args) if arg == variable)
        return kinds.intersection(*(self._showable(sentence, place) for sentence, place in places))

    def _showable(self, sentence: str, place: int) -> frozenset[Kind]:
        """The kinds of party of which a sentence can be shown in one of its places, by the rules that are law."""
        if (sentence, place) not in self.showable:
            says = self.stage.rules.vocabulary[sentence]
            kinds = frozenset(says.kinds(says.blanks[place]))
            if not self.stage.is_fact(says) and not says.computed:
                kinds &= frozenset(kind for rule in self._law(sentence) for kind in self._by_rule(rule, place))
            self.showable[sentence, place] = kinds
        return self.showable[sentence, place]

    def _by_rule(self, rule: Rule, place: int) -> Iterator[Kind]:
        """The kinds of party of which a rule can show its conclusion in one of its places."""
        arg = rule.then.args[place]
        if not is_variable(arg):
            yield self.stage.kinds[arg]
        elif rule.body == "at_least":  # some of its factors will do
            yield from self.stage.rules.kinds(rule, arg, (rule.then,))
        else:
            for body in rule.bodies:
                yield from self._kinds(rule, arg, body)

    def _in_time(self, needed: tuple[Pattern, ...], bound: dict[str, str]) -> bool:
        """Whether the calendar agrees, so far as the days are chosen."""
        for pattern in needed:
            sentence = self.stage.rules.vocabulary[pattern.sentence]
            if sentence.computed and all(arg in bound for arg in pattern.variables):
                reckoned = sentence.reckon(pattern.ground(bound).parties, self.as_of)
                if reckoned is None or not reckoned.holds:
                    return False
        return True
