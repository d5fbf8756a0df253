"""Rule sets and opinions as the plain programs that the peers are given.

What a peer is spared is said on the page: the evidence is weighed already, and to which parties each rule is put is
among the facts (the *uses*), since who comes into question is spotted from the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from authority.deriving import Applied
from authority.law import Rule as OurRule
from authority.law import RuleSet
from authority.opinion import Opinion
from authority.vocabulary import BLANK, Pattern, Proposition, is_variable
from authority.vocabulary import NOBODY as SOMEBODY
from peers.program import MET, NOBODY, NOT_MET, UNDETERMINED, Asked, Atom, Law, Record, Rule

VERDICT = {"established": MET, "refuted": NOT_MET, "unresolved": UNDETERMINED}


class Translation:
    """The law of a rule set, and its records, in the predicates and constants of one program."""

    def __init__(self, rules: RuleSet, parties: Mapping[str, object]) -> None:
        self.rules = rules
        self.predicate = {s.says: f"s{n}" for n, s in enumerate(rules.vocabulary.sentences)}
        self.constant = {name: f"c{n}" for n, name in enumerate(sorted(parties))} | {SOMEBODY: NOBODY}
        self.law = Law(
            tuple(self._rule(number, rule) for number, rule in enumerate(rules.rules)),
            {self.predicate[s.says]: tuple(BLANK.split(s.says)[::2]) for s in rules.vocabulary.sentences},
            {constant: name for name, constant in self.constant.items()},
        )

    def record(self, opinion: Opinion) -> Record:
        """What an opinion was derived from: its findings and the uses of the rules. Of its verdicts there is nothing in
        it. Raises ValueError for a conclusion that the case assumes, since no peer is told to take one as given."""
        conclusions = self.rules.conclusions
        if any(a.proposition.sentence in conclusions for a in opinion.case.assume):
            raise ValueError(f"{opinion.case.name} assumes a conclusion: that is not translated")
        found = {self.atom(f.proposition): VERDICT[f.status] for f in opinion.findings.facts}
        for decided in opinion.decided:
            for applied in decided.applications:
                uses = self._uses(self.rules.rule(applied.rule), decided.proposition, applied)
                found.update((use, UNDETERMINED if SOMEBODY in decided.proposition.parties else MET) for use in uses)
        asked = tuple(self.atom(d.proposition) for d in opinion.decided)
        return Record(opinion.reading.id, tuple(found.items()), asked)

    def atom(self, proposition: Proposition) -> Atom:
        """A proposition as an atom."""
        return Atom(self.predicate[proposition.sentence], tuple(self.constant[p] for p in proposition.parties))

    def _pattern(self, pattern: Pattern) -> Atom:
        return Atom(self.predicate[pattern.sentence], tuple(map(self._term, pattern.args)))

    def _term(self, arg: str) -> str:
        return "X" + "".join(c if c.isalnum() else "_" for c in arg[1:-1]) if is_variable(arg) else self.constant[arg]

    def _rule(self, number: int, rule: OurRule) -> Rule:
        bound = rule.bound
        use = Atom(f"u{number}", tuple(map(self._term, bound)))
        # What any one premise suffices for, each premise may ask of parties of its own.
        own = [Atom(f"a{number}_{place}", self._terms(bound, premise)) for place, premise in enumerate(rule.premises)]
        return Rule(
            rule.id, self.rules.layers[rule.then.sentence], self._pattern(rule.then), rule.body, rule.count, use,
            tuple(Asked(own[place] if rule.body == "any" else use, self._pattern(premise))
                  for place, premise in enumerate(rule.premises)),
            tuple(Asked(Atom(f"b{number}_{place}", self._terms(bound, exception)), self._pattern(exception))
                  for place, exception in enumerate(rule.unless)),
        )  # fmt: skip

    def _terms(self, bound: tuple[str, ...], pattern: Pattern) -> tuple[str, ...]:
        return tuple(map(self._term, dict.fromkeys((*bound, *pattern.variables))))

    def _uses(self, rule: OurRule, conclusion: Proposition, applied: Applied) -> Iterator[Atom]:
        """The guards that an application of a rule satisfies."""
        number = self.rules.rules.index(rule)
        parties = dict(zip(rule.bound, applied.parties, strict=True))
        yield Atom(f"u{number}", tuple(self.constant[p] for p in parties.values()))
        groups = [("b", rule.unless, applied.exceptions)]
        if rule.body == "any":
            groups.append(("a", rule.premises, applied.premises))
        for letter, patterns, asked in groups:
            for place, pattern in enumerate(patterns):
                for proposition in asked:
                    own = pattern.match(proposition)
                    if own is not None and all(parties.get(v, p) == p for v, p in own.items()):
                        named = tuple(self.constant[p] for p in {**parties, **own}.values())
                        yield Atom(f"{letter}{number}_{place}", named)
