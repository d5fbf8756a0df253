"""A zip of XML (a workbook, a letterhead) is looked over before it is opened: no bombs, no entities, no macros."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

from authority import limits

_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"""^<\?xml[^>]*encoding\s*=\s*["']([^"']+)""")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_XML = (".xml", ".rels", ".vml")


def wrong_with(archive: zipfile.ZipFile, whole: str, more_than: str) -> Iterator[tuple[str, str]]:
    """What forbids opening an archive, and why. ``whole`` is what it is called ("the workbook"), ``more_than`` what it
    should hold no more than ("a log holds").

    No part is unpacked before the sizes that the archive states are known to be harmless; one that is longer than it
    states is damaged, and zipfile raises BadZipFile at it.
    """
    parts = archive.infolist()
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    bomb = unpacked > limits.RATIO_FROM and unpacked > limits.RATIO * max(packed, 1)
    if len(parts) > limits.PARTS or unpacked > limits.UNPACKED or bomb:
        yield f"{whole} unpacks to more than {more_than}", f"{len(parts):,} parts, {unpacked:,} bytes"
        return
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        yield f"{whole} holds macros", "nothing that a file would run is opened"
        return
    for part in parts:
        if not part.filename.lower().endswith(_XML):
            continue
        text = archive.read(part)
        if b"macroEnabled" in text and part.filename == "[Content_Types].xml":
            yield f"{whole} is one for macros", "nothing that a file would run is opened"
        if not _is_plain(text):
            why = f"{part.filename}; ECMA-376 forbids document types, and entities can grow without bounds"
            yield f"{whole} holds a document type or entities, or is not in UTF-8", why


def fetched(archive: zipfile.ZipFile) -> Iterator[str]:
    """The parts of an archive that a program would fetch something from elsewhere for when it opens it: a template, a
    picture, an object. Links, which are followed only by whoever clicks them, are none."""
    for part in archive.infolist():
        if part.filename.lower().endswith(".rels"):
            for relation in _RELATION.findall(archive.read(part)):
                if b"External" in relation and b"/hyperlink" not in relation:
                    yield part.filename


def _is_plain(text: bytes) -> bool:
    """Whether a part is UTF-8 without a document type."""
    encoding = _ENCODING.match(text.removeprefix(b"\xef\xbb\xbf"))
    known = encoding is None or encoding[1].lower() in (b"utf-8", b"us-ascii")
    return known and not text.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\0" not in text and not _DTD.search(text)
