"""Tables of records: one question put to every row, by the compiled issue tree. Needs the extra ``batch``."""

from authority.errors import MissingExtra

try:
    import pyarrow  # noqa: F401  the rooms below cannot be entered without it
except ModuleNotFoundError as missing:
    raise MissingExtra("deciding tables", "batch") from missing

from authority.batch.asking import Batch
from authority.batch.kernel import Kernel

__all__ = ["Batch", "Kernel"]
