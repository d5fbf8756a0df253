"""An input file as bytes: a plain file, and no larger than one may be."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from authority.errors import InvalidInput, Place, Problem

# Not to wait at a pipe for somebody to write, and not to let Windows change line ends.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def content(path: Path, label: str, most: int, kind: str = "file", split: str = "split it") -> bytes:
    """The bytes of a file, of which no more than ``most`` are ever read.

    Raises InvalidInput, with a problem of the ``kind``, for what is no plain file (a folder, a device, a pipe) and for
    a file that is larger; ``split`` is how to mend that. OSError where it cannot be read.
    """
    try:
        handle = os.open(path, _FLAGS)
    except ValueError as error:  # a name that no file can have
        raise InvalidInput([Problem(Place(label), kind, "the file cannot be read", str(error))]) from None
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode):
        os.close(handle)
        what, why = "it is no plain file", "folders, devices and pipes are not read: they may have no end"
        raise InvalidInput([Problem(Place(label), kind, what, why, "name a file")])
    with os.fdopen(handle, "rb") as file:
        found = file.read(most + 1) if about.st_size <= most else b""
    if about.st_size > most or len(found) > most:
        raise InvalidInput([Problem(Place(label), kind, f"the file is larger than {most:,} bytes", "", split)])
    return found


def standard_input(most: int) -> bytes:
    """What is given on standard input, of which no more than ``most`` bytes are ever read; InvalidInput where there are
    more."""
    found = sys.stdin.buffer.read(most + 1)
    if len(found) > most:
        what = f"standard input gives more than {most:,} bytes"
        raise InvalidInput([Problem(Place("-"), "file", what, "", "give it in parts")])
    return found
