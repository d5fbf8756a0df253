"""How much a user's template may do: its steps are counted, not timed, so that it stops at the same place everywhere.

The template's tree is changed before Jinja2 compiles it: the body of each loop and macro begins with a step that costs
as much as the body has expressions, and what makes or compares lists and texts goes through filters that look at their
size.
The filters have spaces in their names, so that no template can be written with one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from jinja2 import Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.visitor import NodeTransformer

from authority import limits
from authority.memo.text import Md, escape

_STEP, _HELD, _JOINED, _WEIGHED = "a step", "what is held", "what is joined", "what is weighed"
_LETTERS = 16
"""How many characters of a text are worked on in one step."""
_OF_A_TEXT = ("capital", "lower", "replace", "slug", "title", "trim", "upper")
"""The filters that take anything for a text."""


class Budget:
    """The steps that are left to a template."""

    def __init__(self) -> None:
        self.left = limits.STEPS

    def spend(self, steps: int) -> None:
        """Takes steps; SecurityError where none are left."""
        self.left -= steps
        if self.left < 0:
            raise SecurityError(f"it takes more than {limits.STEPS:,} steps")

    def weigh(self, value: Any) -> None:
        """Takes as many steps as a value is large."""
        self.spend(_size(value))

    # ── Jinja2's own, within the budget ───────────────────────────────────────────────────────────────────────────────

    def furnish(self, made: Any, filters: Iterable[str], join: Callable[[Iterable[str]], Md]) -> None:
        """Puts the filters of these names in an environment within the budget, and takes the others out."""
        given = {**{name: made.filters[name] for name in filters}, "join": self._join}
        made.filters = {name: self._metered(each, name in _OF_A_TEXT) for name, each in given.items()}
        made.filters["replace"] = self._metered(_replace, True)
        made.tests = {name: self._metered(each) for name, each in made.tests.items()}
        made.filters |= {_STEP: self._step, _HELD: self._held, _JOINED: self._joined, _WEIGHED: self._weighed}
        made.concat = lambda parts: self._concat(parts, join)
        made.finalize = printable

    def _metered(self, function: Callable[..., Any], of_a_text: bool = False) -> Callable[..., Any]:
        @wraps(function)
        def metered(*given: Any, **named: Any) -> Any:
            for each in (*given, *named.values()):
                self.weigh(each)
            if of_a_text:
                plain(given[0])
            return self.kept(function(*given, **named))

        return metered

    def kept(self, value: Any) -> Any:
        """A value that was made, where it is not too large to keep."""
        if isinstance(value, str) and len(value) > limits.TEXT:
            raise SecurityError(f"it makes a text of more than {limits.TEXT:,} characters")
        if isinstance(value, (list, tuple, dict)):
            self.spend(_size(value))
            if _size(value) > limits.HELD:
                raise SecurityError(f"it makes a list of more than {limits.HELD:,} texts and numbers")
        return value

    def _join(self, parts: Iterable[Any], between: Any = "", attribute: Any = None) -> str:
        if attribute is not None:
            raise SecurityError("join() takes no attribute: map(attribute=…) before it")
        return self._together([*parts], str(plain(between)))

    def _together(self, parts: list[Any], between: str) -> str:
        texts = [str(plain(part)) for part in parts]
        letters = sum(map(len, texts)) + len(between) * len(texts)
        if letters > limits.TEXT:
            raise SecurityError(f"it makes a text of more than {limits.TEXT:,} characters")
        self.spend(len(texts) + letters // _LETTERS)
        return between.join(texts)

    def _concat(self, parts: Iterable[str], join: Callable[[Iterable[str]], Md]) -> Md:
        """What a macro, a block or a ``set`` block puts together."""
        texts = [*parts]
        letters = sum(map(len, texts))
        if letters > limits.PRINTED:
            raise SecurityError(f"it prints more than {limits.PRINTED:,} characters")
        self.spend(len(texts) + letters // _LETTERS)
        return join(texts)

    # ── What the changed tree calls (what is passed a context is not worked out beforehand) ───────────────────────────

    @pass_context
    def _step(self, context: Any, value: Any, weight: int) -> Any:
        self.spend(weight)
        return value

    @pass_context
    def _held(self, context: Any, value: Any) -> Any:
        return self.kept(value)

    @pass_context
    def _joined(self, context: Any, parts: tuple[Any, ...]) -> str:
        return self._together([*parts], "")

    @pass_context
    def _weighed(self, context: Any, value: Any) -> Any:
        self.weigh(value)
        return value


def plain(value: Any) -> Any:
    """A value that has a text of its own; SecurityError for a list, a part of the memo or a function."""
    if not isinstance(value, (str, Undefined)) and (hasattr(value, "__iter__") or callable(value)):
        raise SecurityError("a list, a part of the memo or a function is no text: print its texts")
    return value


def printable(value: Any) -> str:
    """A value as ``{{ }}`` prints it."""
    return escape(plain(value))


def _replace(text: Any, old: Any, new: Any, count: int | None = None) -> str:
    told, gone, come = (str(plain(each)) for each in (text, old, new))
    times = told.count(gone) if count is None else min(told.count(gone), max(count, 0))
    if len(told) + times * len(come) > limits.TEXT:
        raise SecurityError(f"it makes a text of more than {limits.TEXT:,} characters")
    return told.replace(gone, come, times)


def _size(value: Any) -> int:
    """How many texts and numbers there are in a value, those in its lists counted wherever they stand; of a long text,
    each sixteen characters. It is not counted beyond the most that a list may hold."""
    size, left = 0, [value]
    while left and size <= limits.HELD:
        each = left.pop()
        size += 1
        if isinstance(each, str):
            size += len(each) // _LETTERS
        elif isinstance(each, Mapping):
            left += [*each.keys(), *each.values()]
        elif isinstance(each, (list, tuple)):
            left += each
        elif isinstance(each, range):
            size += len(each)
    return size


# ── The tree ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def counting(tree: nodes.Template, environment: Any) -> nodes.Template:
    """The tree of a template with its steps counted."""
    made = _Counting().visit(tree)
    made.set_environment(environment)
    return made


_BODIES = (nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block)


class _Counting(NodeTransformer):
    """Changes a tree in place, from the leaves up."""

    def visit(self, node: Any, *given: Any, **named: Any) -> Any:
        weight = _weight(node) if isinstance(node, _BODIES) else 0
        self.generic_visit(node)
        if isinstance(node, _BODIES):
            step = _filter(nodes.Const(None, lineno=node.lineno), _STEP, nodes.Const(weight))
            node.body = [nodes.ExprStmt(step, lineno=node.lineno), *node.body]
            if isinstance(node, nodes.For) and node.test is not None:  # what it leaves out never gets to the body
                node.test = _filter(node.test, _STEP, nodes.Const(weight))
        elif isinstance(node, nodes.Concat):
            return _filter(nodes.Tuple(node.nodes, "load", lineno=node.lineno), _JOINED)
        elif isinstance(node, nodes.Compare):
            node.expr = _filter(node.expr, _WEIGHED)
            for operand in node.ops:
                operand.expr = _filter(operand.expr, _WEIGHED)
        elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Slice):
            node.node = _filter(node.node, _WEIGHED)
        elif isinstance(node, (nodes.List, nodes.Dict)) or (isinstance(node, nodes.Tuple) and node.ctx == "load"):
            return _filter(node, _HELD)
        return node


def _filter(node: Any, name: str, *given: nodes.Expr) -> nodes.Filter:
    for each in given:
        each.lineno = node.lineno
    return nodes.Filter(node, name, [*given], [], None, None, lineno=node.lineno)


def _weight(node: nodes.Node) -> int:
    """How much there is in a loop or a macro."""
    return 1 + sum(1 for _ in node.find_all(nodes.Expr))
