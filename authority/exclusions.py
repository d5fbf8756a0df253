"""What excludes what: two sentences that cannot both hold, and the propositions of which that is true."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from authority.vocabulary import Kind, Pattern, Proposition, Vocabulary, is_variable

ANOTHER = "another "
"""Before a blank's name, says that a party other than the one in that blank stands here: ``<another day>``."""


class Exclusion(NamedTuple):
    """Two sentences that cannot both hold of the same parties. They share their variables; different variables stand
    for different parties."""

    one: Pattern
    other: Pattern

    def __str__(self) -> str:
        return f"'{self.one}' and '{self.other}'"

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables of both, each once, in order."""
        return tuple(dict.fromkeys((*self.one.variables, *self.other.variables)))

    def kinds(self, vocabulary: Vocabulary) -> dict[str, frozenset[Kind]]:
        """The kinds of party for which each variable may stand in both sentences."""
        kinds = {variable: frozenset(Kind) for variable in self.variables}
        for pattern in self:
            sentence = vocabulary[pattern.sentence]
            for blank, arg in zip(sentence.blanks, pattern.args, strict=True):
                kinds[arg] &= frozenset(sentence.kinds(blank))
        return kinds

    def grounds(self, parties: Mapping[str, Iterable[str]]) -> Iterator[tuple[Proposition, Proposition]]:
        """Every two propositions that exclude each other for it, given the parties for which each variable may
        stand."""
        for choice in itertools.product(*(parties[variable] for variable in self.variables)):
            if len(set(choice)) == len(choice):
                named = dict(zip(self.variables, choice, strict=True))
                yield self.one.ground(named), self.other.ground(named)

    def beside(self, proposition: Proposition, parties: Mapping[str, Iterable[str]]) -> Iterator[Proposition]:
        """What cannot hold beside a proposition, given the parties for which each variable may stand."""
        for here, there in ((self.one, self.other), (self.other, self.one)):
            bound = here.match(proposition)
            if bound is None:
                continue
            free = [variable for variable in there.variables if variable not in bound]
            for choice in itertools.product(*(parties[variable] for variable in free)):
                named = {**bound, **dict(zip(free, choice, strict=True))}
                if len(set(named.values())) == len(named):
                    yield there.ground(named)


def exclusions(vocabulary: Vocabulary) -> tuple[Exclusion, ...]:
    """The pairs of sentences of a vocabulary that exclude each other, in its order. To exclude is mutual: a pair that
    both of its sentences name is one."""
    found: dict[tuple[object, ...], Exclusion] = {}
    for sentence in vocabulary.sentences:
        own = Pattern(sentence.says, tuple(f"<{blank}>" for blank in sentence.blanks))
        for other in sentence.excludes:
            found.setdefault(min(_numbered(own, other), _numbered(other, own)), Exclusion(own, other))
    return tuple(found.values())


def _numbered(one: Pattern, other: Pattern) -> tuple[object, ...]:
    """A pair with its variables numbered as they come, so that it is the same whatever they are called."""
    number = {arg: n for n, arg in enumerate(dict.fromkeys((*one.args, *other.args))) if is_variable(arg)}
    return tuple((p.sentence, tuple(number[arg] for arg in p.args)) for p in (one, other))
