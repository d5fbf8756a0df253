"""Sentences and propositions: what may be said, and how the same words are read back.

A sentence is a template, ``<target> harbored <group>``; a proposition is a sentence about named parties,
``Ruritania harbored the Band``; a pattern is a sentence as a rule uses it, its blanks filled with variables or names.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from itertools import islice
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from authority import limits
from authority.days import DAY, Computed, Reckoning, is_day
from authority.errors import nearest
from authority.model import Model

BLANK = re.compile(r"<([a-z][a-z0-9 -]*)>")
_NUMBERS = re.compile(r"([0-9]+)|(.)", re.DOTALL)
_FOLD = str.maketrans(dict.fromkeys("‘’ʼ`´ʻ", "'") | dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("“”„", '"'))


class Kind(StrEnum):
    """What a party is."""

    STATE = "state"
    ORGANIZATION = "organization"
    COALITION = "coalition"
    PERSON = "person"
    OPERATION = "operation"
    DAY = "day"


ALL_KINDS = tuple(kind for kind in Kind if kind is not Kind.DAY)
"""The kinds that a blank takes where its sentence names none. A day does nothing and is done nothing to: a blank takes
one only if its sentence says so."""

NOBODY = "somebody not named"
"""Stands in a blank for which the record names nobody."""


def fold(text: str) -> str:
    """``text`` as names and sentences are compared: Unicode, apostrophes, hyphens, case and white space folded."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_FOLD).casefold().split())


@lru_cache(maxsize=10_000)
def natural(name: str) -> tuple[tuple[int, int | str], ...]:
    """A key that sorts E2 before E10, however many digits there are."""
    parts: list[tuple[int, int | str]] = []
    for digits, char in _NUMBERS.findall(name):
        # Of two numbers the longer is the larger; Python would refuse to read one of 4,301 digits.
        number = digits.lstrip("0")
        parts += [(1, char)] if char else [(0, len(number)), (0, number)]
    return tuple(parts)


def blanks(template: str) -> tuple[str, ...]:
    """The names of a template's blanks, in the order in which they stand."""
    return tuple(BLANK.findall(template))


class Proposition(NamedTuple):
    """A sentence about named parties. Its text is in the affirmed form; a party is named by its declared name."""

    sentence: str
    parties: tuple[str, ...] = ()

    def __str__(self) -> str:
        return _filled(self.sentence, self.parties)


class Pattern(NamedTuple):
    """A sentence as a rule uses it: each argument is a variable, written ``<so>``, or a party's name."""

    sentence: str
    args: tuple[str, ...] = ()

    def __str__(self) -> str:
        return _filled(self.sentence, self.args)

    @property
    def variables(self) -> tuple[str, ...]:
        """Its variables, each once, in order."""
        return _variables(self.args)

    def bind(self, parties: Mapping[str, str]) -> Pattern:
        """The pattern with those of its variables that ``parties`` names replaced."""
        return Pattern(self.sentence, tuple(parties.get(a, a) for a in self.args))

    def ground(self, parties: Mapping[str, str]) -> Proposition:
        """The proposition that the pattern becomes when ``parties`` names all its variables, else KeyError."""
        return Proposition(self.sentence, tuple(parties[a] if is_variable(a) else a for a in self.args))

    def match(self, proposition: Proposition) -> dict[str, str] | None:
        """What its variables must stand for to give ``proposition``, or None. Different variables, different parties,
        but for nobody named."""
        if proposition.sentence != self.sentence:
            return None
        found: dict[str, str] = {}
        for arg, party in zip(self.args, proposition.parties, strict=True):
            if not is_variable(arg):
                if arg != party:
                    return None
            elif found.setdefault(arg, party) != party:
                return None
        named = [party for party in found.values() if party != NOBODY]
        return found if len(set(named)) == len(named) else None


@lru_cache(maxsize=10_000)
def _filled(template: str, args: tuple[str, ...]) -> str:
    """A template with its blanks filled, in the order in which they stand."""
    names = iter(args)
    return BLANK.sub(lambda _: next(names), template)


@lru_cache(maxsize=10_000)
def _variables(args: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(a for a in args if is_variable(a)))


def is_variable(arg: str) -> bool:
    """Whether an argument of a pattern is a variable rather than a party."""
    return arg.startswith("<")


class Sentence(Model):
    """A template of the vocabulary, in its affirmed and its denied form; and what it ``excludes``: sentences that can
    not hold beside it, each with its blanks as variables."""

    says: str
    denied: str
    where: Mapping[str, tuple[Kind, ...]] = Field(default_factory=dict)
    means: str = ""
    question: bool = False
    computed: Computed | None = None
    excludes: tuple[Pattern, ...] = ()
    short_of: str | None = None
    why_short: str = ""

    @model_serializer(mode="wrap")
    def _as_data(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Without ``computed`` and ``excludes`` where they say nothing, so that law which reckons no days and excludes
        nothing keeps its digest."""
        return {key: value for key, value in handler(self).items() if key not in ("computed", "excludes") or value}

    @cached_property
    def blanks(self) -> tuple[str, ...]:
        """Its blanks, in the order of the affirmed form: the order in which a proposition lists its parties."""
        return blanks(self.says)

    def kinds(self, blank: str) -> tuple[Kind, ...]:
        """The kinds of party that a blank takes; every kind where the sentence names none."""
        return self.where.get(blank, ALL_KINDS)

    def fill(self, parties: Iterable[str], *, denied: bool = False) -> str:
        """The sentence about these parties, given in the order of ``blanks``."""
        names = dict(zip(self.blanks, parties, strict=True))
        return BLANK.sub(lambda m: names[m[1]], self.denied if denied else self.says)

    def reckon(self, parties: Iterable[str], as_of: date) -> Reckoning | None:
        """What the calendar says of the sentence about these days, on a day; None where it decides nothing, since the
        sentence is not computed or a day is not named."""
        if self.computed is None:
            return None
        days = dict(zip(self.blanks, parties, strict=True))
        if not all(is_day(day) for day in days.values()):
            return None
        return self.computed.reckon(days, as_of)


class Parse(NamedTuple):
    """One way to read a text: the sentence, its arguments in the order of ``Sentence.blanks``, and whether denied."""

    sentence: Sentence
    args: tuple[str, ...]
    denied: bool

    @property
    def pattern(self) -> Pattern:
        return Pattern(self.sentence.says, self.args)

    def __str__(self) -> str:
        return self.sentence.fill(self.args, denied=self.denied)


class Names:
    """The names that may fill a blank: each party's declared name and aliases, folded, and the party meant; and, where
    wanted, every day, which nobody need declare."""

    def __init__(self, parties: Mapping[str, Iterable[str]] = MappingProxyType({}), *, days: bool = False) -> None:
        self.days = days
        self.known: dict[str, str] = {}
        for name, aliases in parties.items():
            for spelling in (name, *aliases):
                self.known.setdefault(fold(spelling), name)
        # Longest first, so that "the Band of Strelsau" is tried before "the Band".
        self._spellings = sorted(self.known, key=lambda s: (-len(s), s))
        lengths: dict[str, dict[int, None]] = {}
        for spelling in self._spellings:
            lengths.setdefault(spelling[:1], {})[len(spelling)] = None
        self._lengths = {letter: tuple(those) for letter, those in lengths.items()}

    def at(self, text: str, start: int) -> Iterable[tuple[str, int]]:
        """Each party (or variable) named at ``start``, with where its name ends. A leading *the* is passed over."""
        variable = BLANK.match(text, start)
        if variable:
            yield variable[0], variable.end()
            return
        starts = [start, start + 4] if text.startswith("the ", start) else [start]
        seen: set[tuple[str, int]] = set()
        day = DAY.match(text, start) if self.days else None
        if day and is_day(day[0]):
            seen.add((day[0], day.end()))
            yield day[0], day.end()
        for begin in starts:
            for length in self._lengths.get(text[begin : begin + 1], ()):
                end = begin + length
                party = self.known.get(text[begin:end]) if end <= len(text) else None
                if party is not None and (party, end) not in seen:
                    seen.add((party, end))
                    yield party, end


class Vocabulary(Model):
    """The sentences of a rule set."""

    sentences: tuple[Sentence, ...]

    @cached_property
    def by_text(self) -> Mapping[str, Sentence]:
        """Each sentence by its affirmed form."""
        return {s.says: s for s in self.sentences}

    @cached_property
    def speaks_of_days(self) -> bool:
        """Whether a day may stand in some blank of some sentence."""
        return any(Kind.DAY in kinds for s in self.sentences for kinds in s.where.values())

    @cached_property
    def _forms(self) -> tuple[tuple[Sentence, bool, tuple[str, ...], str], ...]:
        """Each form, affirmed and denied, split into folded literals and blanks (``<so>``), and the longest literal,
        which a text must have to be it."""
        said = [(s, denied, s.denied if denied else s.says) for s in self.sentences for denied in (False, True)]
        forms = [(s, denied, _pieces(form)) for s, denied, form in said]
        return tuple((*form, max((p for p in form[2] if p[0] != "<"), key=len, default="")) for form in forms)

    @cached_property
    def _by_word(self) -> Mapping[str, tuple[int, ...]]:
        """The places in ``_forms`` of the forms of which a word is the rarest: a text without it is none of them. Under
        no word stand the forms that have none of their own, between blanks or joined to one."""
        bare = [_bare(s.denied if denied else s.says).split() for s, denied, *_ in self._forms]
        said = [[word for word in words if "<>" not in word] for words in bare]
        count = Counter(word for words in said for word in set(words))
        found: dict[str, list[int]] = {}
        for place, words in enumerate(said):
            found.setdefault(min(words, key=lambda w: (count[w], w), default=""), []).append(place)
        return {word: tuple(places) for word, places in found.items()}

    def __getitem__(self, says: str) -> Sentence:
        return self.by_text[says]

    def parse(self, text: str, names: Names) -> tuple[Parse, ...]:
        """Every way to read ``text``, up to one more than ``limits.PARSES``; none where it is no sentence of the
        vocabulary. Kinds are not looked at here."""
        if len(text) > limits.SENTENCE:
            return ()
        folded = fold(text)
        named = cache(lambda at: tuple(names.at(folded, at)))
        found: dict[tuple[str, tuple[str, ...], bool], Parse] = {}
        words = {"", *folded.split()}
        for place in sorted(place for word in words for place in self._by_word.get(word, ())):
            sentence, denied, pieces, literal = self._forms[place]
            ways = _readings(pieces, folded, named, 0, set()) if literal in folded else ()
            for filled in islice(ways, limits.PARSES + 1 - len(found)):
                args = tuple(filled[b] for b in sentence.blanks)
                found.setdefault((sentence.says, args, denied), Parse(sentence, args, denied))
        return tuple(found.values())

    def nearest(self, text: str, names: Names) -> str | None:
        """The form most like ``text`` once names and blanks are set aside, or None."""
        if len(text) > limits.SENTENCE:
            return None
        bare = {_bare(form): form for s in self.sentences for form in (s.says, s.denied)}
        folded = fold(text)
        for spelling in names._spellings:
            if spelling in folded:
                folded = re.sub(rf"(?<!\w){re.escape(spelling)}(?!\w)", "<>", folded)
        folded = DAY.sub("<>", folded) if names.days else folded
        found = nearest(BLANK.sub("<>", folded), bare)
        return bare[found] if found else None

    @cached_property
    def _worded(self) -> tuple[tuple[Sentence, str, tuple[str, ...], frozenset[str]], ...]:
        """Each form, affirmed and denied, as it stands, in folded words, and in those of them that are no blanks."""
        forms = [(s, form, _words(form)) for s in self.sentences for form in (s.says, s.denied)]
        return tuple((*form, frozenset(word for word in form[2] if word[0] != "<")) for form in forms)

    @cached_property
    def _alike(self) -> tuple[Sequence[int], ...]:
        """For each form, those that may be an instance of it: they have all its words, the rarest too."""
        having: dict[str, list[int]] = {}
        for i, (*_, said) in enumerate(self._worded):
            for word in said:
                having.setdefault(word, []).append(i)
        every = range(len(self._worded))
        return tuple(min((having[word] for word in said), key=len, default=every) for *_, said in self._worded)

    @property
    def likenesses(self) -> int:
        """How many pairs of forms must be looked at to find the collisions: the more, the fewer words they are made
        of."""
        return sum(map(len, self._alike))

    def collisions(self) -> tuple[tuple[str, str], ...]:
        """The pairs of forms of which one text could be both: alike but for blanks, or one an instance of the other.

        Two blanks that no kind of party fits alike keep two sentences apart.
        """
        forms, found = self._worded, set()
        for i, (s, _, here, mine) in enumerate(forms):
            for j in self._alike[i]:
                t, _, there, theirs = forms[j]
                if i != j and mine <= theirs and _covers((s, here), (t, there)):
                    found.add((min(i, j), max(i, j)))
        return tuple((forms[i][1], forms[j][1]) for i, j in sorted(found))


def _pieces(form: str) -> tuple[str, ...]:
    """A form as literals and blanks by turns, the literals folded with their spaces kept."""
    out: list[str] = []
    at = 0
    for m in BLANK.finditer(form):
        out += [form[at : m.start()], m[0]]
        at = m.end()
    out.append(form[at:])
    return tuple(p if p.startswith("<") else _fold_inner(p) for p in out if p)


def _fold_inner(literal: str) -> str:
    """A literal folded, with one space kept where it begins or ends with white space."""
    left = " " if literal[:1].isspace() else ""
    right = " " if literal[-1:].isspace() and literal.strip() else ""
    return left + fold(literal) + right


def _readings(
    pieces: tuple[str, ...], text: str, named: Callable[[int], Iterable[tuple[str, int]]], at: int,
    dead: set[tuple[int, int]],
) -> Iterable[dict[str, str]]:  # fmt: skip
    """Every way to fill the blanks of ``pieces`` so that they give ``text`` from ``at`` to its end; ``named`` says who
    is named where, and where the name ends. ``dead`` holds the pieces left and the places from which there was none, so
    that names that begin alike are not tried without end."""
    if not pieces:
        if at == len(text):
            yield {}
        return
    if (len(pieces), at) in dead:
        return
    head, rest, none = pieces[0], pieces[1:], True
    if not head.startswith("<"):
        if text.startswith(head, at):
            for filled in _readings(rest, text, named, at + len(head), dead):
                none = False
                yield filled
    else:
        blank = head[1:-1]
        for party, end in named(at):
            for filled in _readings(rest, text, named, end, dead):
                none = False
                if filled.get(blank, party) == party:
                    yield {**filled, blank: party}
    if none:
        dead.add((len(pieces), at))


def _bare(form: str) -> str:
    return BLANK.sub("<>", fold(form))


def _words(form: str) -> tuple[str, ...]:
    """The form as folded words, each blank one word. A *the* before a blank is left out: a name may bring its own."""
    found = re.findall(r"<[^>]+>|[^\s<]+", fold(form))
    return tuple(w for w, after in zip(found, [*found[1:], ""], strict=True) if w != "the" or not after.startswith("<"))


def _covers(general: tuple[Sentence, tuple[str, ...]], special: tuple[Sentence, tuple[str, ...]]) -> bool:
    """Whether every text of the special form is one of the general form: a blank takes a blank, or a run of words."""
    (one, mine), (other, theirs) = general, special
    # Word by word of the general form: how far into the special one it may have come.
    reached = {0}
    for word in mine:
        if not word.startswith("<"):
            reached = {at + 1 for at in reached if at < len(theirs) and theirs[at] == word}
            continue
        kinds, past = set(one.kinds(word[1:-1])), set[int]()
        for at in reached:
            if at < len(theirs) and theirs[at].startswith("<"):
                past |= {at + 1} if kinds & set(other.kinds(theirs[at][1:-1])) else set()
                continue
            end = at
            while end < len(theirs) and not theirs[end].startswith("<"):
                end += 1
                past.add(end)
        reached = past
    return len(theirs) in reached
