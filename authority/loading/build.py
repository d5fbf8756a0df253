"""From nodes to models: shapes and keys checked, values typed by pydantic, every problem kept with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sized
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from authority import limits
from authority.citing import WrongForm
from authority.errors import InvalidInput, Place, Problem, nearest
from authority.loading.text import Items, Map, Node, Text, place_of, plain

M = TypeVar("M", bound=BaseModel)
Convert = Callable[[Node], Any]
Places = Mapping[tuple[str, str], Place]
"""Where each entry stands, by its group ("rules", "disputes", …) and its id: of a sentence, its affirmed form; of a
decision, its number, from 0. In the group "citations" an authority's id leads to where its citation stands."""

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


class Builder:
    """Makes models of nodes and collects what is wrong with them.

    An entry with problems of its own is remembered as broken, so that what points to it is not a problem too.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.places: dict[tuple[str, str], Place] = {}
        self._never_declared: dict[str, set[Problem]] = {}
        self._broken: set[tuple[str, str]] = set()

    def report(self, where: Place, kind: str, what: str, why: str = "", fix: str = "") -> None:
        """Adds a problem."""
        self._add(Problem(where, kind, what, why, fix))

    def _add(self, problem: Problem) -> None:
        """Adds a problem; raises InvalidInput with all of them where they are too many to go on."""
        self.problems.append(problem)
        if len(self.problems) > limits.PROBLEMS:
            what = f"there are more than {limits.PROBLEMS:,} problems, and what follows was not read"
            raise InvalidInput([*self.everything(), Problem(problem.where, "problems", what, "", "mend these first")])

    def few(self, found: Sized, most: int, what: str, where: Place) -> bool:
        """Whether there are no more of something than there may be; reports it if there are."""
        if len(found) > most:
            fix = "split it; only what the question turns on belongs in it"
            self.report(where, "too many", f"there are {len(found):,} {what}, and there may be {most:,}", "", fix)
        return len(found) <= most

    def unknown(self, where: Place, kind: str, what: str, why: str, fix: str, near: str | None) -> None:
        """Adds the problem that a name is not there. One that is like no other is reported where it first stands only:
        what was never declared is one mistake, however often it is named."""
        problem = Problem(where, kind, what, why, f"did you mean {near!r}?" if near else fix)
        self._add(problem)
        if not near:
            self._never_declared.setdefault(what, set()).add(problem)

    def everything(self) -> list[Problem]:
        """The problems, each mistake once."""
        repeated = {p for group in self._never_declared.values() for p in group - {min(group)}}
        return [problem for problem in self.problems if problem not in repeated]

    # ── What is there, and what is broken ─────────────────────────────────────────────────────────────────────────────

    def once(self, group: str, name: str, where: Place) -> bool:
        """Records an id; reports it, and answers False, if it is taken."""
        first = self.places.setdefault((group, name), where)
        if first is not where:
            why = f"the first stands at {first}"
            self.report(where, "duplicate id", f"there are two {group} {name!r}", why, "give one of them another id")
        return first is where

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

    # ── Shapes ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def items(self, node: Node | None, what: str) -> tuple[Node, ...]:
        """The nodes of a list; reports anything that is not one. A missing list is an empty one."""
        if node is None:
            return ()
        if isinstance(node, Items):
            return node.nodes
        self.report(node.place, "shape", f"{what} must be a list", "", "write each entry on its own line after '- '")
        return ()

    def entries(self, nodes: Iterable[Node], what: str) -> list[Node]:
        """The entries of a section that stands in one file or in several; one that is no list is reported."""
        for node in nodes:
            if not isinstance(node, Items):
                self.incomplete(what)
        return [entry for node in nodes for entry in self.items(node, what)]

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

    # ── Models ────────────────────────────────────────────────────────────────────────────────────────────────────────

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
            wrong_form = each.get("ctx", {}).get("error")
            fix = wrong_form.fix if isinstance(wrong_form, WrongForm) else f"did you mean {near!r}?" if near else ""
            why = _SHOULD_BE.get(each["type"], message)
            whose = f"{name} of {what}: {shown}" if name else f"{what} will not do"
            self.report(place_of(node, path), "bad value", whose, why, fix)
