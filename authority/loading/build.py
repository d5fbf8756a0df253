"""From nodes to models: keys checked, values typed by pydantic, sentences parsed, every problem kept with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from authority.errors import Place, Problem, nearest
from authority.facts import Party
from authority.law import Citation, NoticedParty, Stance
from authority.loading.text import Items, Map, Node, Text, place_of, plain
from authority.vocabulary import Kind, Names, Parse, Sentence, Vocabulary, blanks, fold, is_variable

M = TypeVar("M", bound=BaseModel)
Convert = Callable[[Node], Any]

# What pydantic says in a programmer's words, in a lawyer's.
_SHOULD_BE = {
    "tuple_type": "it should be a list",
    "list_type": "it should be a list",
    "dict_type": "it should be 'key: value' lines",
    "mapping_type": "it should be 'key: value' lines",
    "string_type": "it should be a text",
    "bool_type": "it should be yes or no",
    "bool_parsing": "it should be yes or no",
    "int_type": "it should be a whole number",
    "int_parsing": "it should be a whole number",
    "int_parsing_size": "it should be a whole number, and a shorter one",
}


class Invalid:
    """Stands for a value whose problem has been reported already."""


INVALID = Invalid()


class Named(NamedTuple):
    """A party as far as it can be read: one with problems of its own has no kind, and fits wherever it is named."""

    name: str
    aliases: tuple[str, ...]
    kind: Kind | None
    place: Place


class Builder:
    """Makes models of nodes and collects what is wrong with them.

    An entry with problems of its own is remembered as broken, so that what points to it is not a problem too.
    """

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        self.problems: list[Problem] = []
        self.vocabulary = vocabulary or Vocabulary(sentences=())
        self.names = Names()
        self.kinds: dict[str, Kind | None] = {}
        self.clashing: set[str] = set()
        self._never_declared: dict[str, set[Problem]] = {}
        self._broken: set[tuple[str, str]] = set()
        self._broken_forms: list[str] = []

    def report(self, where: Place, kind: str, what: str, why: str = "", fix: str = "") -> None:
        """Adds a problem."""
        self.problems.append(Problem(where, kind, what, why, fix))

    def unknown(self, where: Place, kind: str, what: str, why: str, fix: str, near: str | None) -> None:
        """Adds the problem that a name is not there. One that is like no other is reported where it first stands only:
        what was never declared is one mistake, however often it is named."""
        problem = Problem(where, kind, what, why, f"did you mean {near!r}?" if near else fix)
        self.problems.append(problem)
        if not near:
            self._never_declared.setdefault(what, set()).add(problem)

    def everything(self) -> list[Problem]:
        """The problems, each mistake once."""
        repeated = {p for group in self._never_declared.values() for p in group - {min(group)}}
        return [problem for problem in self.problems if problem not in repeated]

    # ── What is broken ────────────────────────────────────────────────────────────────────────────────────────────

    def broken(self, group: str, node: Node | None, name: str | None = None) -> None:
        """Remembers an entry that could not be made; one that has no readable id may be any of its group."""
        named = node.entries.get("id") if isinstance(node, Map) else None
        self._broken.add((group, name or (named.value if isinstance(named, Text) else "")))

    def incomplete(self, group: str) -> None:
        """Remembers that a group could not be read as a whole, so that nothing can be said to be missing from it."""
        self._broken.add((group, ""))

    def is_broken(self, group: str, name: str) -> bool:
        """Whether a name may be that of an entry whose problem has been reported."""
        return (group, name) in self._broken or (group, "") in self._broken

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

    # ── Shapes ────────────────────────────────────────────────────────────────────────────────────────────────────

    def items(self, node: Node | None, what: str) -> tuple[Node, ...]:
        """The nodes of a list; reports anything that is not one. A missing list is an empty one."""
        if node is None:
            return ()
        if isinstance(node, Items):
            return node.nodes
        self.report(node.place, "shape", f"{what} must be a list", "", "write each entry on its own line after '- '")
        return ()

    def map(self, node: Node | None, what: str) -> Mapping[str, Node]:
        """The entries of a mapping; reports anything that is not one. A missing mapping is an empty one."""
        if node is None:
            return {}
        if isinstance(node, Map):
            return node.entries
        self.report(node.place, "shape", f"{what} must be a mapping", "", "write 'key: value' lines")
        return {}

    def pairs(self, node: Node | None, what: str) -> list[tuple[str, Place, Node | None]]:
        """Each key of a mapping with its place and its value, or None for one whose problem has been reported."""
        self.map(node, what)
        return (
            [(key, place, node.entries.get(key)) for key, place in node.keys.items()] if isinstance(node, Map) else []
        )

    def keys(self, node: Map, known: Iterable[str], what: str) -> Map:
        """The mapping without its unknown keys, each reported; a misspelt key is read as the one that was meant."""
        known = tuple(known)
        entries, keys = dict(node.entries), dict(node.keys)
        for key, place in node.keys.items():
            if key in known:
                continue
            near = nearest(key, known)
            fix = f"did you mean {near!r}?" if near else f"the keys here are: {', '.join(sorted(known))}"
            self.report(place, "unknown key", f"{key!r} is no key of {what}", "", fix)
            value = entries.pop(key, None)
            del keys[key]
            if near and near not in keys:
                keys[near] = place
                if value is not None:
                    entries[near] = value
        return Map(entries, node.place, keys)

    def make(
        self,
        model: type[M],
        node: Node,
        what: str,
        convert: Mapping[str, Convert] | None = None,
        given: Mapping[str, Any] | None = None,
    ) -> M | None:
        """The model that a mapping describes, or None with its problems reported.

        ``convert`` turns the node of a key into its value; ``given`` adds values that no key carries. Where a key is
        unknown the problem is reported and the model made all the same.
        """
        if not isinstance(node, Map):
            self.report(node.place, "shape", f"{what} must be a mapping", "", "write 'key: value' lines")
            return None
        given = given or {}
        fields = {info.alias or name: info for name, info in model.model_fields.items()}
        node = self.keys(node, fields.keys() - given.keys(), what)
        values = dict(given)
        for key, child in node.entries.items():
            values[key] = self._value(key, child, fields[key].is_required(), (convert or {}).get(key, plain))
        wrong = {key for key, value in values.items() if isinstance(value, Invalid)}
        wrong |= node.keys.keys() - node.entries.keys()
        try:
            made = model.model_validate({key: value for key, value in values.items() if key not in wrong})
        except ValidationError as error:
            self._typed(error, node, what, wrong)
            return None
        return None if wrong else made

    def _value(self, key: str, node: Node, required: bool, convert: Convert) -> Any:
        """What a key holds; INVALID where that is, or holds, a problem."""
        if required and isinstance(node, Text) and not node.value.strip():
            self.report(node.place, "missing value", f"the key {key!r} has no value", "", "write what belongs there")
            return INVALID
        before = len(self.problems)
        value = convert(node)
        return value if len(self.problems) == before else INVALID

    def _typed(self, error: ValidationError, node: Map, what: str, wrong: set[str]) -> None:
        for each in error.errors(include_url=False):
            path = each["loc"]
            if path and path[0] in wrong:
                continue
            name = ".".join(str(step) for step in path)
            if each["type"] == "missing":
                self.report(node.place, "missing key", f"{what} lacks the key {name!r}", "", f"add '{name}: …'")
                continue
            message = each["msg"].removeprefix("Value error, ").replace("Input should be", "it should be")
            found = each["input"]
            shown = f"{found!r} will not do" if isinstance(found, str) else "the value will not do"
            near = nearest(str(found), re.findall("'([^']+)'", message)) if each["type"] == "enum" else None
            fix = f"did you mean {near!r}?" if near else ""
            why = _SHOULD_BE.get(each["type"], message)
            self.report(place_of(node, path), "bad value", f"{name} of {what}: {shown}", why, fix)

    # ── Names ─────────────────────────────────────────────────────────────────────────────────────────────────────

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
        meant: dict[str, Named] = {}
        for party in everybody:
            for spelling in (party.name, *party.aliases):
                if not fold(spelling) or "<" in spelling or ">" in spelling:
                    what = f"{spelling!r} can be no name"
                    self.report(party.place, "name", what, "a name has letters, and no < or >", "choose another name")
                    break
                other = meant.setdefault(fold(spelling), party)
                if other is not party:
                    what = f"{spelling!r} could be {other.name!r} or {party.name!r}"
                    if other.name == party.name:
                        what = f"{party.name!r} is a noticed party of the rule set already"
                    why = "a name must mean one party"
                    self.report(party.place, "ambiguous name", what, why, "leave it out, or choose a longer name")
                    break
        readable = {p.name: [a for a in p.aliases if fold(a)] for p in everybody if fold(p.name)}
        self.names = Names(readable)
        self.kinds = {p.name: p.kind for p in everybody}

    # ── Sentences ─────────────────────────────────────────────────────────────────────────────────────────────────

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
        return parse

    def _one(self, node: Text) -> Parse | None:
        """The one parse of a text whose parties are of the right kinds, or None with the problem reported."""
        parses = self.vocabulary.parse(node.value, self.names)
        if not parses:
            self._unknown(node)
            return None
        fitting = [p for p in parses if not self._misfits(p)]
        if len(parses) > 1 and len(fitting) != 1 and not {p.sentence.says for p in parses} <= self.clashing:
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
            for end in range(start + 2, len(texts) + 1):
                whole = ", ".join(n.value for n in texts[start:end])
                if not all(read[start:end]) and self.vocabulary.parse(whole, self.names):
                    why = "in […] YAML ends an entry at every comma"
                    fix = f"put it in quotes, or on a line of its own: - {whole}"
                    what = f"a comma cut the sentence {whole!r} apart"
                    self.report(texts[start].place, "cut sentence", what, why, fix)
                    return True
        return False

    def _misfits(self, parse: Parse) -> str:
        """What is wrong with the kinds of the parties, or an empty text."""
        for blank, arg in zip(parse.sentence.blanks, parse.args, strict=True):
            kinds, kind = parse.sentence.kinds(blank), self.kinds.get(arg)
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
    for form in (sentence.says, sentence.denied):
        if set("<>") & set(re.sub(r"<[a-z][a-z0-9 -]*>", "", form)):
            return f"in {form!r} a < or > stands alone: a blank is written <so>, in small letters"
    if sorted(says) != sorted(denied) or len(set(says)) < len(says):
        return f"{sentence.says!r} and its denied form must have the same blanks, each once"
    stray = [blank for blank in sentence.where if blank not in says]
    return f"where names <{stray[0]}>, which {sentence.says!r} has not" if stray else ""


def circles(below: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The circles in a graph, as names that begin and end with the one of them that ``below`` lists first.

    A step of each circle found is taken out before the next is looked for.
    """
    graph = {name: list(dict.fromkeys(others)) for name, others in below.items()}
    rank = {name: i for i, name in enumerate(graph)}
    found: list[list[str]] = []
    while True:
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            loop = error.args[1][-1:0:-1]  # graphlib puts what is needed first; here each needs the next
            first = min(range(len(loop)), key=lambda i: rank[loop[i]])
            loop = [*loop[first:], *loop[:first]]
            found.append([*loop, loop[0]])
            graph[loop[-1]].remove(loop[0])
        else:
            return found


def _loose(form: str) -> re.Pattern[str]:
    """The form as a regular expression whose blanks take any short name."""
    parts = re.split(r"<[^>]+>", " ".join(form.split()))
    name = r"(\S+(?: \S+){0,4}?)"
    return re.compile(name.join(re.escape(p) for p in parts), re.IGNORECASE)


def stance(text: str) -> Stance | None:
    """``dispute = position``, read; None where the text is not of that form."""
    dispute, sign, position = text.partition("=")
    return Stance(dispute.strip(), position.strip()) if sign and dispute.strip() and position.strip() else None


def citation(text: str) -> Citation:
    """The id that is cited, and the pin behind it."""
    name, _, pin = text.strip().partition(" ")
    return Citation(name, pin.strip())
