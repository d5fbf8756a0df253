"""A user's own Markdown template: what it may reach, what is wrong with it and where, and the memo as it prints it."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import FunctionLoader, Template, TemplateError, TemplateNotFound, TemplateSyntaxError, meta, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from authority import limits
from authority.errors import InvalidInput, Place, Problem, nearest
from authority.inputs import content
from authority.memo import parts
from authority.memo.budget import Budget, counting
from authority.memo.document import Document
from authority.memo.jinja import SETTINGS, furnish, join, printed
from authority.memo.parts import Memo
from authority.places import templates_folder
from authority.vocabulary import Model

PARTS = "memo.parts.md"
"""The one template that a user's own may import: the macros that the library's own are printed with."""
FILTERS = (
    "capital", "default", "first", "groupby", "join", "last", "length", "list", "lower", "map", "reject",
    "rejectattr", "replace", "select", "selectattr", "slug", "sort", "title", "trim", "unique", "upper",
)  # fmt: skip
GIVEN = ("memo", "note", "first")
_FUNCTIONS = ("range", "dict", "link")
# What Jinja2, Python's compiler (of loops nested too deep, a SyntaxError) and a template's own sums stumble over.
_STUMBLES = (
    TemplateError, ValueError, TypeError, ArithmeticError, LookupError, AttributeError, SyntaxError, RecursionError,
    MemoryError,
)  # fmt: skip
_SIGNS = re.compile(r"\\.|([\[\]*_`<!~^&])", re.DOTALL)
_NO_FIELD = re.compile(r"'authority\.memo\.parts\.(\w+) object' has no attribute '(\w+)'")


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, made narrower: of the memo its fields, of a mapping its entries, of a text itself alone."""

    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self, **settings: Any) -> None:
        # What would be optimized is tried anew at every level of what is nested: the cube of its depth.
        super().__init__(optimized=False, **settings)
        furnish(self)
        self.budget = Budget()
        self.budget.furnish(self, FILTERS, join)
        self.globals = {name: each for name, each in self.globals.items() if name in _FUNCTIONS} | {"range": _range}

    def _generate(self, source: nodes.Template, *given: Any, **named: Any) -> str:
        return super()._generate(counting(source, self), *given, **named)

    def call(self, context: Any, called: Any, *given: Any, **named: Any) -> Any:
        for each in (called, *given, *named.values()):
            self.budget.weigh(each)
        return self.budget.kept(super().call(context, called, *given, **named))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, Model):
            return attr in type(obj).model_fields or attr == "exhibit"
        if isinstance(obj, Mapping):
            return attr in ("items", "keys", "values", "get")
        if isinstance(obj, (str, bytes, list, tuple, int, float)):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def getattr(self, obj: Any, attribute: str) -> Any:
        # Of a text the sandbox itself would let through `format`, by which a few signs make gigabytes.
        return self.unsafe_undefined(obj, attribute) if isinstance(obj, str) else super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, str) and isinstance(argument, str):
            return self.unsafe_undefined(obj, argument)
        return super().getitem(obj, argument)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        # What has a length is added and neither multiplied nor formatted: a few signs would make gigabytes.
        if operator == "**" or (operator != "+" and any(hasattr(side, "__len__") for side in (left, right))):
            raise SecurityError(f"{operator!r} is for numbers, and '**' for nothing")
        self.budget.weigh(left)
        self.budget.weigh(right)
        made = self.budget.kept(super().call_binop(context, operator, left, right))
        if isinstance(made, int) and abs(made) > limits.DIGITS:
            raise SecurityError("the number is too large")
        return made


def document(file: Path, memo: Memo) -> Document:
    """The memo as the template in this file prints it (``docs/templates.md``).

    The template is data, not a program of ours: it runs in Jinja2's sandbox, reads no file, sees the memo and nothing
    else, and does and prints no more than ``limits`` says. Raises InvalidInput with the file and line of what is wrong,
    OSError where it cannot be read.
    """
    source = _read(file)
    made = _environment()
    try:
        problems = list(_unknown(file, source))
        if problems:
            raise InvalidInput(problems)
        found = printed(_compiled(made, file, source), memo)
        _not_too_marked(found.markdown)
        found.blocks()
    except TemplateSyntaxError as error:
        where = Place(str(file), error.lineno) if error.filename == str(file) else Place(str(file))
        raise InvalidInput([_problem(where, error.message or "", _fix(error.message or ""))]) from None
    except _STUMBLES as error:
        raise InvalidInput([_problem(_line(file, error), *_said(error))]) from None
    return found


def _not_too_marked(markdown: str) -> None:
    """Raises ValueError for more signs of markup than a reader of Markdown is to be asked to pair off."""
    every = 0
    for paragraph in re.split(r"\n\s*\n", markdown):
        signs = sum(bool(found[1]) for found in _SIGNS.finditer(paragraph))
        every += signs
        if signs > limits.SIGNS or every > limits.EVERY_SIGN:
            most = f"{limits.SIGNS:,} in one paragraph and {limits.EVERY_SIGN:,} in all"
            raise ValueError(f"it prints more signs of markup ([, *, _, ` and such) than {most}")


def _compiled(made: _Sandbox, file: Path, source: str) -> Template:
    """The template, which no loader has, so that it cannot include itself."""
    code = made.compile(source, str(file), str(file))
    return Template.from_code(made, code, made.make_globals(None))


def _read(file: Path) -> str:
    try:
        return content(file, str(file), limits.TEMPLATE_BYTES, "template").decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(
            [_problem(Place(str(file)), f"it is not in UTF-8: byte {error.start} begins no letter", "save it as UTF-8")]
        ) from None


def _environment() -> _Sandbox:
    macros = templates_folder() / PARTS

    def load(name: str) -> tuple[str, str, None] | None:
        return (macros.read_text(encoding="utf-8"), str(macros), None) if name == PARTS else None

    return _Sandbox(loader=FunctionLoader(load), **SETTINGS)


def _range(*bounds: int) -> range:
    made = range(*bounds)
    if len(made) > limits.RANGE:
        raise SecurityError(f"range() counts to {limits.RANGE:,} at most")
    return made


def _unknown(file: Path, source: str) -> Iterator[Problem]:
    """Every name that the template was not given, every filter and field that is not there, each with its line."""
    scout = _Sandbox(**SETTINGS)
    tree = scout.parse(source, filename=str(file))
    # Jinja2 would stop at the first filter that it does not know.
    scout.filters = dict.fromkeys((used.name for used in tree.find_all(nodes.Filter)), str)
    names = meta.TrackingCodeGenerator(scout)
    names.optimizer = None  # as in the sandbox
    names.visit(tree)
    unknown = names.undeclared_identifiers - {*GIVEN, *_FUNCTIONS}
    for name in tree.find_all(nodes.Name):
        if name.ctx == "load" and name.name in unknown:
            near = nearest(name.name, GIVEN)
            fix = f"did you mean {near!r}?" if near else f"a template is given {', '.join(GIVEN)}"
            yield _problem(Place(str(file), name.lineno), f"nothing is called {name.name!r}", fix)
    for used in tree.find_all(nodes.Filter):
        if used.name not in FILTERS:
            near = nearest(used.name, FILTERS)
            fix = f"did you mean {near!r}?" if near else f"the filters are: {', '.join(FILTERS)}"
            yield _problem(Place(str(file), used.lineno), f"there is no filter {used.name!r}", fix)
    fields = (*Memo.model_fields, "exhibit")
    for part in tree.find_all(nodes.Getattr):
        if isinstance(part.node, nodes.Name) and part.node.name == "memo" and part.attr not in fields:
            near = nearest(part.attr, fields)
            fix = f"did you mean {near!r}?" if near else "docs/templates.md lists what it has"
            yield _problem(Place(str(file), part.lineno), f"the memo has no {part.attr!r}", fix)


def _line(file: Path, error: BaseException) -> Place:
    """The line of the template at which it stopped: the last of its own that the error went through."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)]
    return Place(str(file), (lines[-1] if lines else None) or 1)


def _problem(where: Place, what: str, fix: str) -> Problem:
    return Problem(where, "template", f"the template does not work: {what}", "", fix)


def _said(error: BaseException) -> tuple[str, str]:
    """What an error says, in the memo's words, and how to mend it."""
    said = str(error) or type(error).__name__
    if isinstance(error, TemplateNotFound):
        return f"there is no template {said!r} for it", f"a template may import {PARTS!r} and nothing else"
    part = _NO_FIELD.search(said)
    if part is None:
        return said, _fix(said)
    kind: type[Model] = getattr(parts, part[1])
    near = nearest(part[2], kind.model_fields)
    fix = f"did you mean {near!r}?" if near else f"it has {', '.join(kind.model_fields)}"
    return f"{part[1]} has no {part[2]!r}", fix


def _fix(what: str) -> str:
    """How to mend what Jinja2 complains of, so far as its words tell."""
    if "unsafe" in what:
        return "a template sees the fields of the memo and calls no methods; filters do what methods do"
    return "docs/templates.md says what a template is given and may do"
