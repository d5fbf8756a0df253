"""From nodes to models: keys checked, values typed by pydantic, sentences parsed, every problem kept with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from authority.errors import Place, Problem, nearest
from authority.law import Citation, Stance
from authority.loading.text import Items, Map, Node, Text, place_of, plain
from authority.vocabulary import Kind, Names, Parse, Vocabulary, blanks, fold, is_variable

M = TypeVar("M", bound=BaseModel)
Convert = Callable[[Node], Any]


class Invalid:
    """Stands for a value whose problem has been reported already."""


INVALID = Invalid()


class Builder:
    """Makes models of nodes and collects what is wrong with them."""

    def __init__(self, vocabulary: Vocabulary | None, names: Names, kinds: Mapping[str, Kind]) -> None:
        self.problems: list[Problem] = []
        self.broken: set[str] = set()
        self.vocabulary = vocabulary or Vocabulary(sentences=())
        self.names, self.kinds = names, kinds

    def report(self, where: Place, kind: str, what: str, why: str = "", fix: str = "") -> None:
        """Adds a problem."""
        self.problems.append(Problem(where, kind, what, why, fix))

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

    def keys(self, node: Map, known: Iterable[str], what: str) -> None:
        """Reports every key that is not known."""
        known = tuple(known)
        for key in node.keys:
            if key not in known:
                near = nearest(key, known)
                fix = f"did you mean {near!r}?" if near else f"the keys here are: {', '.join(sorted(known))}"
                self.report(node.keys[key], "unknown key", f"{key!r} is no key of {what}", "", fix)

    def make(
        self,
        model: type[M],
        node: Node,
        what: str,
        convert: Mapping[str, Convert] | None = None,
        given: Mapping[str, Any] | None = None,
    ) -> M | None:
        """The model that a mapping describes, or None with its problems reported.

        ``convert`` turns the node of a key into its value; ``given`` adds values that no key carries.
        """
        if not isinstance(node, Map):
            self.report(node.place, "shape", f"{what} must be a mapping", "", "write 'key: value' lines")
            return None
        given = given or {}
        fields = {info.alias or name for name, info in model.model_fields.items()} - set(given)
        self.keys(node, fields, what)
        before = len(self.problems)
        values = dict(given)
        for key, child in node.entries.items():
            if key in fields:
                values[key] = convert[key](child) if convert and key in convert else plain(child)
        wrong = {key for key, value in values.items() if isinstance(value, Invalid)}
        try:
            made = model.model_validate({key: value for key, value in values.items() if key not in wrong})
        except ValidationError as error:
            self._typed(error, node, what, wrong)
            return None
        return made if not wrong and len(self.problems) == before else None

    def _typed(self, error: ValidationError, node: Map, what: str, wrong: set[str]) -> None:
        for each in error.errors(include_url=False):
            path = each["loc"]
            if path and path[0] in wrong:
                continue
            name = ".".join(str(step) for step in path)
            if each["type"] == "missing" and len(path) == 1:
                self.report(node.place, "missing key", f"{what} lacks the key {name!r}", "", f"add '{name}: …'")
                continue
            message = each["msg"].removeprefix("Value error, ").replace("Input should be", "it should be")
            found = each["input"]
            shown = f"{found!r} will not do" if isinstance(found, str) else "the value will not do"
            self.report(place_of(node, path), "bad value", f"{name} of {what}: {shown}", message, "")

    # ── Sentences ─────────────────────────────────────────────────────────────────────────────────────────────────

    def sentence(self, node: Node, *, affirmed: str = "", names: Names | None = None) -> Parse | None:
        """The one way to read a node as a sentence, or None with the problem reported.

        ``affirmed`` says where it stands, if it must be in the affirmed form there ("a premise").
        """
        names = names or self.names
        if not isinstance(node, Text):
            fix = "put the whole text in quotes"
            self.report(node.place, "sentence", "a sentence must be a text", "YAML reads ': ' or brackets as structure", fix)
            return None
        if node.cut:
            why = f"YAML takes ' #' for a comment and silently cuts the sentence to {node.value!r}"
            self.report(node.place, "cut sentence", "a ' #' stands behind a sentence", why, "put the whole sentence in quotes")
            return None
        parses = self.vocabulary.parse(node.value, names)
        fitting = [p for p in parses if not self._misfits(p)]
        if len(parses) > 1 and len(fitting) != 1:
            shown = "; ".join(f"{str(p)!r} ({p.sentence.says})" for p in parses)
            self.report(
                node.place, "ambiguous sentence", f"{node.value!r} can be read in {len(parses)} ways: {shown}",
                "names that could both match leave it open who is meant", "use a longer name, or rename a party",
            )  # fmt: skip
            return None
        if not parses:
            self._unknown(node, names)
            return None
        parse = fitting[0] if fitting else parses[0]
        if not fitting:
            self.report(node.place, "kind", f"{node.value!r}: {self._misfits(parse)}", "", "name a party of that kind")
            return None
        if parse.denied and affirmed:
            fix = f"write: {parse.sentence.fill(parse.args)}"
            why = "the denied form is for evidence only; a rule that needs a denial names a conclusion of its own"
            self.report(node.place, "denied form", f"{node.value!r} is a denied form in {affirmed}", why, fix)
            return None
        parties = [a for a in parse.args if not is_variable(a)]
        if len(set(parties)) < len(parties):
            self.report(node.place, "sentence", f"{node.value!r} names one party twice", "different blanks name different parties")
            return None
        return parse

    def sentences(self, node: Node, *, affirmed: str = "", names: Names | None = None) -> list[tuple[Node, Parse]]:
        """Each sentence of a list with its node; a list cut apart by commas is reported as one."""
        nodes = self.items(node, "a list of sentences")
        if isinstance(node, Items) and node.flow and self._comma(node, names or self.names):
            return []
        read = ((n, self.sentence(n, affirmed=affirmed, names=names)) for n in nodes)
        return [(n, parse) for n, parse in read if parse is not None]

    def _comma(self, node: Items, names: Names) -> bool:
        """Reports neighbours in ``[…]`` that are one sentence when the comma between them is put back."""
        texts = [n for n in node.nodes if isinstance(n, Text)]
        for one, other in zip(texts, texts[1:], strict=False):
            whole = f"{one.value}, {other.value}"
            readable = self.vocabulary.parse(one.value, names) and self.vocabulary.parse(other.value, names)
            if not readable and self.vocabulary.parse(whole, names):
                why = "in […] YAML ends an entry at every comma"
                fix = f"put it in quotes, or on a line of its own: - {whole}"
                self.report(one.place, "cut sentence", f"a comma cut the sentence {whole!r} in two", why, fix)
                return True
        return False

    def _misfits(self, parse: Parse) -> str:
        """What is wrong with the kinds of the parties, or an empty text."""
        for blank, arg in zip(parse.sentence.blanks, parse.args, strict=True):
            kinds = parse.sentence.kinds(blank)
            if not is_variable(arg) and self.kinds.get(arg) not in kinds:
                kind = self.kinds.get(arg)
                return f"{arg} is entered as {kind}, and <{blank}> takes {' or '.join(kinds)}"
        return ""

    def _unknown(self, node: Text, names: Names) -> None:
        stranger = self._stranger(node.value, names)
        if stranger:
            party, sentence = stranger
            near = nearest(fold(party), names.known)
            fix = f"did you mean {names.known[near]!r}? " if near else ""
            fix += "a party is declared under 'parties:' with its kind"
            what = f"{party!r} is no party of this case"
            self.report(node.place, "unknown party", what, f"the sentence would be: {sentence}", fix)
            return
        near = self.vocabulary.nearest(node.value, names)
        fix = f"nearest: {near!r}" if near else "the vocabulary lists the sentences there are: authority rules"
        why = "every sentence comes from the vocabulary, so that the same words mean the same thing everywhere"
        self.report(node.place, "unknown sentence", f"{node.value!r} is no sentence of the vocabulary", why, fix)

    def _stranger(self, text: str, names: Names) -> tuple[str, str] | None:
        """The first name in ``text`` that is no party's, with the sentence it would fit, where there is such a sentence."""
        for sentence in self.vocabulary.sentences:
            for form in (sentence.says, sentence.denied):
                found = _loose(form).fullmatch(" ".join(text.split()))
                if not found:
                    continue
                for name in found.groups():
                    bare = fold(name).removeprefix("the ")
                    if fold(name) not in names.known and bare not in names.known and not blanks(name):
                        return name, sentence.says
        return None


def _loose(form: str) -> re.Pattern[str]:
    """The form as a regular expression whose blanks take any short name."""
    parts = re.split(r"<[^>]+>", form)
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
