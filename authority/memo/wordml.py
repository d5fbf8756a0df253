"""WordprocessingML written by hand, where python-docx has no words for it."""

from __future__ import annotations

from typing import Any

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xml(text: str | bytes) -> Any:
    """The element of this WordprocessingML: a whole file's bytes, or an element written without its namespaces.

    Numbers and names of our own go into it, no text of the memo.
    """
    from docx.oxml import parse_xml

    if isinstance(text, bytes):
        return parse_xml(text)
    tag_end = min(text.index(end) for end in (">", " ", "/") if end in text)
    return parse_xml(f'{text[:tag_end]} xmlns:w="{W}" xmlns:r="{_R}"{text[tag_end:]}')
