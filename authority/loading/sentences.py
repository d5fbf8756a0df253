"""From nodes to sentences of the vocabulary: names known, kinds fitting, blanks filled where they must be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from authority import limits
from authority.days import DAY, is_day
from authority.errors import Place, nearest
from authority.facts import Party
from authority.law import NoticedParty
from authority.loading.build import INVALID, Builder, M
from authority.loading.text import Items, Map, Node, Text, plain
from authority.vocabulary import Kind, Names, Parse, Proposition, Sentence, Vocabulary, blanks, fold, is_variable

_SIDE_BY_SIDE = re.compile(r">\s*<")


class Named(NamedTuple):
    """A party as far as it can be read: one with problems of its own has no kind, and fits wherever it is named."""

    name: str
    aliases: tuple[str, ...]
    kind: Kind | None
    place: Place


class SentenceBuilder(Builder):
    """A builder that also reads sentences, once it has been given the vocabulary and the parties."""

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        super().__init__()
        self.vocabulary = vocabulary or Vocabulary(sentences=())
        self.names = Names()
        self.kinds: dict[str, Kind | None] = {}
        self.clashing: set[str] = set()
        self.days: dict[str, None] = {}
        self._broken_forms: list[str] = []

    # ── Names ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def party(self, model: type[M], name: str, node: Node | None, place: Place) -> tuple[M | None, Named]:
        """A party, or None with the problems reported; and what is known of it in either case."""
        made = self.make(model, node, f"the party {name!r}", given={"name": name}) if node else None
        if isinstance(made, (Party, NoticedParty)):
            return made, Named(name, made.aliases, made.kind, place)
        aliases = node.entries.get("aliases") if isinstance(node, Map) else None
        spelled = [n.value for n in aliases.nodes if isinstance(n, Text)] if isinstance(aliases, Items) else []
        return None, Named(name, tuple(spelled), None, place)

    def declare(self, noticed: Iterable[NoticedParty], parties: Iterable[Named]) -> None:
        """Makes the names known; reports a spelling that can be no name, or that two parties share."""
        start = Place("")
        everybody = [*(Named(p.name, p.aliases, p.kind, start) for p in noticed), *parties]
        dated = any(Kind.DAY in s.kinds(blank) for s in self.vocabulary.sentences for blank in s.blanks)
        meant: dict[str, Named] = {}
        for party in everybody:
            for spelling in (party.name, *party.aliases):
                if len(spelling) > limits.NAME:
                    what = f"a name has {len(spelling):,} characters, and one may have {limits.NAME}"
                    self.report(party.place, "name", what, "", "choose a shorter name")
                    break
                if not fold(spelling) or "<" in spelling or ">" in spelling:
                    what = f"{spelling!r} can be no name"
                    self.report(party.place, "name", what, "a name has letters, and no < or >", "choose another name")
                    break
                if dated and is_day(spelling) and party.kind not in (Kind.DAY, None):
                    what, why = f"{spelling!r} is a day, and {party.name!r} is none", "a date names the day itself"
                    self.report(party.place, "name", what, why, "choose another name")
                    break
                other = meant.setdefault(fold(spelling), party)
                if other is not party:
                    what = f"{spelling!r} could be {other.name!r} or {party.name!r}"
                    if other.name == party.name:
                        what = f"{party.name!r} is a noticed party of the rule set already"
                    why = "a name must mean one party"
                    self.report(party.place, "ambiguous name", what, why, "leave it out, or choose a longer name")
                    break
        for party in everybody:
            if party.kind is Kind.DAY and not is_day(party.name):
                what, fix = f"{party.name!r} is entered as a day, and is none", "name it YYYY-MM-DD; give it aliases"
                self.report(party.place, "name", what, "a day is named by its date, which the calendar must have", fix)
        readable = {p.name: [a for a in p.aliases if fold(a)] for p in everybody if fold(p.name)}
        self.names = Names(readable, days=self.vocabulary.speaks_of_days)
        self.kinds = {p.name: p.kind for p in everybody}

    # ── Sentences ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def broken_sentence(self, node: Node) -> None:
        """Remembers a sentence of the vocabulary that could not be made, by as much of it as can be read."""
        forms = [node.entries.get(key) for key in ("says", "denied")] if isinstance(node, Map) else []
        found = [form.value for form in forms if isinstance(form, Text) and form.value.strip()]
        self._broken_forms += found
        if not found:
            self.incomplete("sentences")

    def is_broken_sentence(self, text: str) -> bool:
        """Whether a text may be in a sentence whose problem has been reported."""
        whole = " ".join(text.split())
        return self.is_broken("sentences", "") or any(_loose(form).fullmatch(whole) for form in self._broken_forms)

    def sentence(self, node: Node, *, affirmed: str = "", named: str = "") -> Parse | None:
        """The one way to read a node as a sentence, or None with the problem reported.

        ``affirmed`` says where it stands, if it must be in the affirmed form there ("a premise"); ``named``, if it must
        name its parties there ("evidence").
        """
        if not isinstance(node, Text):
            fix = "put the whole text in quotes"
            self.report(
                node.place, "sentence", "a sentence must be a text", "YAML reads ': ' or brackets as structure", fix
            )
            return None
        if len(node.value) > limits.SENTENCE:
            what = f"the sentence has {len(node.value):,} characters, and one may have {limits.SENTENCE:,}"
            self.report(node.place, "sentence", what, "", "write a sentence of the vocabulary, and no more")
            return None
        if node.cut:
            why = f"YAML takes ' #' for a comment and silently cuts the sentence to {node.value!r}"
            fix = "put the whole sentence in quotes, or the comment on a line of its own"
            self.report(node.place, "cut sentence", "a ' #' stands behind a sentence", why, fix)
            return None
        parse = self._one(node)
        if parse is None:
            return None
        if parse.denied and affirmed:
            fix = f"write: {parse.sentence.fill(parse.args)}"
            why = "the denied form is for evidence only; a rule that needs a denial names a conclusion of its own"
            self.report(node.place, "denied form", f"{node.value!r} is a denied form in {affirmed}", why, fix)
            return None
        open_ = [a for a in parse.args if is_variable(a)]
        if named and open_:
            what = f"{named} must name its parties, and {node.value!r} leaves {open_[0]} open"
            self.report(node.place, "blank", what, "", "put a party in each blank")
            return None
        if len(set(parse.args)) < len(parse.args):
            twice = "blank" if any(parse.args.count(a) > 1 for a in open_) else "party"
            what, why = f"{node.value!r} names one {twice} twice", "different blanks name different parties"
            self.report(node.place, "sentence", what, why, f"name another {twice} in one of the places")
            return None
        if named and parse.sentence.computed:
            self.by_calendar(node.place, parse, named)
            return None
        self.days |= dict.fromkeys(arg for arg in parse.args if is_day(arg))
        return parse

    def question(self, node: Node) -> Any:
        """The proposition that a node asks, or INVALID with the problem reported."""
        parse = self.sentence(node, affirmed="a question")
        if parse is None:
            return INVALID
        if any(is_variable(arg) for arg in parse.args):
            self.report(node.place, "question", "a question must name its parties", "", "put a party in each blank")
            return INVALID
        if not parse.sentence.question:
            there = "; ".join(s.says for s in self.vocabulary.sentences if s.question)
            self.report(node.place, "question", f"{str(parse)!r} is not a question here", "", f"one may ask: {there}")
            return INVALID
        return Proposition(parse.sentence.says, parse.args)

    def by_calendar(self, where: Place, parse: Parse, what: str) -> None:
        """Reports that a computed sentence stands where something is said to hold, or not."""
        why = "the calendar decides it, on the day whose law applies (as_of), and nothing else does"
        fix = "leave it out, or enter the days that it is reckoned from; another as_of gives another answer"
        self.report(where, "computed", f"{str(parse)!r} is computed, and stands in {what}", why, fix)

    def days_beside(self, parties: Iterable[str]) -> tuple[Party, ...]:
        """The days that the sentences read so far name, in their order, but for those among some parties."""
        there = set(parties)
        return tuple(Party(name=day, kind=Kind.DAY) for day in sorted(self.days) if day not in there)

    def _one(self, node: Text) -> Parse | None:
        """The one parse of a text whose parties are of the right kinds, or None with the problem reported."""
        parses = self.vocabulary.parse(node.value, self.names)
        if not parses:
            self._unknown(node)
            return None
        fitting = [p for p in parses if not self._misfits(p)]
        clashing = {p.sentence.says for p in parses} <= self.clashing
        if len(parses) > limits.PARSES or (len(parses) > 1 and len(fitting) != 1 and not clashing):
            shown = "; ".join(f"{str(p)!r} ({p.sentence.says})" for p in parses)
            self.report(
                node.place, "ambiguous sentence", f"{node.value!r} can be read in {len(parses)} ways: {shown}",
                "names that could both match leave it open who is meant", "use a longer name, or rename a party",
            )  # fmt: skip
            return None
        parse = next(iter(fitting or parses))
        wrong = self._misfits(parse)
        if wrong:
            self.report(node.place, "kind", f"{node.value!r}: {wrong}", "", "name a party of that kind")
            return None
        return parse

    def sentences(self, node: Node, *, affirmed: str = "", named: str = "") -> list[tuple[Node, Parse]]:
        """Each sentence of a list with its node; a list cut apart by commas is reported as one."""
        nodes = self.items(node, "what holds sentences")
        if isinstance(node, Items) and node.flow and self._comma(node):
            return []
        read = ((n, self.sentence(n, affirmed=affirmed, named=named)) for n in nodes)
        return [(n, parse) for n, parse in read if parse is not None]

    def _comma(self, node: Items) -> bool:
        """Reports neighbours in ``[…]`` that are one sentence when the commas between them are put back."""
        texts = [n for n in node.nodes if isinstance(n, Text)]
        read = [bool(self.vocabulary.parse(n.value, self.names)) for n in texts]
        for start in range(len(texts)):
            for end in range(start + 2, min(start + limits.CUTS, len(texts)) + 1):
                if all(read[start:end]):
                    continue
                whole = ", ".join(n.value for n in texts[start:end])
                if self.vocabulary.parse(whole, self.names):
                    why = "in […] YAML ends an entry at every comma"
                    fix = f"put it in quotes, or on a line of its own: - {whole}"
                    what = f"a comma cut the sentence {whole!r} apart"
                    self.report(texts[start].place, "cut sentence", what, why, fix)
                    return True
        return False

    def _misfits(self, parse: Parse) -> str:
        """What is wrong with the kinds of the parties, or an empty text."""
        for blank, arg in zip(parse.sentence.blanks, parse.args, strict=True):
            kinds, kind = parse.sentence.kinds(blank), self.kinds.get(arg, Kind.DAY if is_day(arg) else None)
            if kind is not None and kind not in kinds:
                return f"{arg} is entered as {kind}, and <{blank}> takes {' or '.join(kinds)}"
        return ""

    def _unknown(self, node: Text) -> None:
        if self.is_broken_sentence(node.value):
            return
        stranger = self._stranger(node.value)
        if stranger and self.is_broken("parties", stranger[0]):
            return
        if stranger:
            party, sentence = stranger
            near = nearest(fold(party), self.names.known)
            why, fix = f"the sentence would be: {sentence}", "declare it under 'parties:' with its kind"
            if DAY.fullmatch(party) and self.names.days:
                fix = "a day is written YYYY-MM-DD, and must be one of the calendar"
            meant = self.names.known[near] if near else None
            self.unknown(node.place, "unknown party", f"{party!r} is no party here", why, fix, meant)
            return
        near = self.vocabulary.nearest(node.value, self.names)
        fix = f"nearest: {near!r}" if near else "the vocabulary lists the sentences there are: authority rules"
        why = "every sentence comes from the vocabulary, so that the same words mean the same thing everywhere"
        self.report(node.place, "unknown sentence", f"{node.value!r} is no sentence of the vocabulary", why, fix)

    def _stranger(self, text: str) -> tuple[str, str] | None:
        """The first name in ``text`` that is no party's, with the sentence it would fit, where there is one."""
        for sentence in self.vocabulary.sentences:
            for form in (sentence.says, sentence.denied):
                found = _loose(form).fullmatch(" ".join(text.split()))
                if not found:
                    continue
                for name in found.groups():
                    bare = fold(name).removeprefix("the ")
                    if fold(name) not in self.names.known and bare not in self.names.known and not blanks(name):
                        return name, sentence.says
        return None


def well_formed(sentence: Sentence) -> str:
    """What is wrong with the blanks of a sentence, or an empty text."""
    says, denied = sentence.blanks, blanks(sentence.denied)
    longest = max(len(sentence.says), len(sentence.denied))
    if longest > limits.SENTENCE:
        return f"it has {longest:,} characters, and a sentence may have {limits.SENTENCE:,}"
    if len(says) > limits.BLANKS:
        return f"it has {len(says)} blanks, and a sentence may have {limits.BLANKS}"
    for form in (sentence.says, sentence.denied):
        if set("<>") & set(re.sub(r"<[a-z][a-z0-9 -]*>", "", form)):
            return f"in {form!r} a < or > stands alone: a blank is written <so>, in small letters"
        if _SIDE_BY_SIDE.search(form):
            return f"in {form!r} two blanks stand side by side, and no word parts the names that fill them"
    if sorted(says) != sorted(denied) or len(set(says)) < len(says):
        return f"{sentence.says!r} and its denied form must have the same blanks, each once"
    stray = [blank for blank in sentence.where if blank not in says]
    return f"where names <{stray[0]}>, which {sentence.says!r} has not" if stray else ""


def well_computed(sentence: Sentence) -> str:
    """What is wrong with how a sentence is computed, or an empty text."""
    computed = sentence.computed
    if computed is None:
        return ""
    if (computed.more_than is None) == (computed.at_most is None):
        return "'computed' takes one of 'more_than' and 'at_most'"
    if sorted(computed.blanks) != sorted(sentence.blanks):
        named = " and ".join(f"<{blank}>" for blank in computed.blanks)
        return f"'computed' reckons with {named}, and these must be the blanks of {sentence.says!r}, each once"
    other = [blank for blank in sentence.blanks if sentence.kinds(blank) != (Kind.DAY,)]
    if other:
        return f"in a computed sentence <{other[0]}> must be of the kind day, and of no other"
    return "a computed sentence is a fact, and no question" if sentence.question else ""


def read_where(build: Builder, node: Node) -> Any:
    """Blank → kinds; one kind may stand without brackets."""
    entries = build.map(node, "where")
    return {blank: [plain(n)] if isinstance(n, Text) else plain(n) for blank, n in entries.items()}


@lru_cache(maxsize=10_000)
def _loose(form: str) -> re.Pattern[str]:
    """The form as a regular expression whose blanks take any short name."""
    parts = re.split(r"<[^>]+>", " ".join(form.split()))
    name = r"(\S+(?: \S+){0,4}?)"
    return re.compile(name.join(re.escape(p) for p in parts), re.IGNORECASE)
