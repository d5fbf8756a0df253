"""Which sentences of a vocabulary exclude each other: read where one of the two stands, and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from authority.errors import Place
from authority.exclusions import ANOTHER, Exclusion, exclusions
from authority.law import Noticed
from authority.loading.sentences import SentenceBuilder
from authority.loading.text import Node
from authority.vocabulary import Parse, Pattern, Sentence, Vocabulary


def read_exclusions(build: SentenceBuilder, nodes: Mapping[str, Node]) -> Vocabulary:
    """The vocabulary with what its sentences exclude, given by sentence; the problems are reported. Where each pair
    stands is kept as ``("exclusions", "'…' and '…'")``."""
    made: list[Sentence] = []
    for sentence in build.vocabulary.sentences:
        found: list[Pattern] = []
        if sentence.says in nodes:
            for node, parse in build.sentences(nodes[sentence.says], affirmed="what a sentence excludes"):
                pair = _pair(build, sentence, parse, node.place)
                if pair:
                    build.places.setdefault(("exclusions", str(pair)), node.place)
                    found.append(pair.other)
        made.append(sentence.but(excludes=tuple(found)) if found else sentence)
    return Vocabulary(sentences=tuple(made))


def _pair(build: SentenceBuilder, sentence: Sentence, parse: Parse, where: Place) -> Exclusion | None:
    """A sentence and one that it excludes, or None with the problem reported."""
    own = Pattern(sentence.says, tuple(f"<{blank}>" for blank in sentence.blanks))
    pair = Exclusion(own, parse.pattern)
    if pair.one == pair.other:
        fix = f"name another sentence; or another party in it, as <{ANOTHER}…>"
        build.report(where, "exclusion", f"{sentence.says!r} excludes itself", "then it could never hold", fix)
        return None
    for each in (sentence, parse.sentence):
        if each.computed:
            what, why = f"{each.says!r} is computed, and excludes nothing", "the calendar alone says whether it holds"
            build.report(where, "exclusion", what, why, "take it out")
            return None
    if {arg[1:-1].removeprefix(ANOTHER) for arg in parse.args} != set(sentence.blanks):
        blanks = ", ".join(own.args) or "no blank"
        what = f"the blanks of {str(parse)!r} do not line up with those of {sentence.says!r}"
        fix = f"write it with {blanks}" + (f"; <{ANOTHER}{sentence.blanks[0]}> is a different one" if own.args else "")
        build.report(where, "exclusion", what, "two sentences exclude each other of the same parties", fix)
        return None
    return pair if _can_meet(build, pair, where) else None


def _can_meet(build: SentenceBuilder, pair: Exclusion, where: Place) -> bool:
    """Whether some party can stand for each variable in both sentences; reports it if not."""
    apart = [variable for variable, kinds in pair.kinds(build.vocabulary).items() if not kinds]
    for variable in apart:
        takes = (
            f"{p.sentence!r} takes {' or '.join(build.vocabulary[p.sentence].kinds(blank))}"
            for p in pair
            for blank, arg in zip(build.vocabulary[p.sentence].blanks, p.args, strict=True)
            if arg == variable
        )
        what = f"{pair} never meet: no kind of party can stand for {variable} in both"
        build.report(where, "kind", what, "; ".join(takes), "take it out, or widen the kinds of one of them")
    return not apart


def exclude_no_notice(build: SentenceBuilder, noticed: Iterable[tuple[Noticed, Place]]) -> None:
    """Reports two noticed facts that exclude each other: of such law no record at all would be consistent."""
    known = {each.holds: place for each, place in noticed}
    names = dict.fromkeys(name for fact in known for name in fact.parties)
    for pair in exclusions(build.vocabulary):
        for one in known:
            for other in pair.beside(one, dict.fromkeys(pair.variables, names)):
                if other in known and known[one] < known[other]:
                    what = f"{str(one)!r} and {str(other)!r} are both noticed, and exclude each other"
                    build.report(known[other], "exclusion", what, f"so the vocabulary says: {pair}", "take one out")
