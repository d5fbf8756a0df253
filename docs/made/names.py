"""The reference of the Python names, made from their docstrings: what a module offers in ``__all__``, and no more."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module
from typing import Any


def names(module: str, *only: str) -> str:
    """Every name that a module offers, or those named: functions first, then classes, each in the alphabet's order."""
    found = {name: getattr(import_module(module), name) for name in only or import_module(module).__all__}
    ordered = sorted(found, key=lambda name: (isinstance(found[name], type), name))
    entries = (line for name in ordered for line in _entry(module, name, found[name]))
    return "\n".join(["```{eval-rst}", *entries, "```"])


def _entry(module: str, name: str, value: Any) -> Iterator[str]:
    if inspect.ismodule(value):
        yield from (f".. automodule:: {value.__name__}", "   :members:", "   :noindex:", "")
        return
    kind = "class" if isinstance(value, type) else "function" if callable(value) else "data"
    if isinstance(value, type) and issubclass(value, BaseException):
        kind = "exception"
    yield f".. auto{kind}:: {module}.{name}"
    if isinstance(value, type):
        yield from ("   :members:", "   :show-inheritance:") if kind == "exception" else ("   :members:",)
    yield ""
