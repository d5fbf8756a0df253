"""Tables of records: one question put to every row, by the compiled issue tree. Needs the extra ``batch``, but for the
programs over packed words, which are NumPy alone."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from authority.errors import MissingExtra

if TYPE_CHECKING:
    from authority.batch.asking import Batch
    from authority.batch.kernel import Kernel

__all__ = ["Batch", "Kernel"]

_LIVES_IN = {"Batch": "asking", "Kernel": "kernel"}


def __getattr__(name: str) -> Any:
    if name not in _LIVES_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        import pyarrow  # noqa: F401  the rooms of tables cannot be entered without it
    except ModuleNotFoundError as missing:
        raise MissingExtra("deciding tables", "batch") from missing
    found = globals()[name] = getattr(import_module(f"authority.batch.{_LIVES_IN[name]}"), name)
    return found
