"""Text on its way into Markdown: cleaned, escaped so that it prints as it is, made a link or an anchor."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

# Controls that are not white space, bidirectional controls, the byte-order mark, lone surrogates and
# noncharacters. XML cannot hold some of them; the bidirectional ones make a text read other than it is.
_CONTROLS = re.compile(
    "[\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069"
    "\\ufeff\\ud800-\\udfff\\ufdd0-\\ufdef"
    + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(17))
    + "]"
)
# No-break spaces (U+00A0, U+2007, U+202F) stay: they hold "§ 1541" together.
_SPACE = re.compile("[^\\S\\u00a0\\u2007\\u202f]+")
_PUNCTUATION = re.compile(r"[`*_\[\]<~#|&\\]")
_LINE_START = re.compile(r"^( ?)([-+=>:(.)]|[0-9]+(?=[.)](?!\S)))")
_SCHEMES = ("http://", "https://", "mailto:")
_URL_SAFE = ":/?#@!$&'()*,;=%+"


class Md(str):
    """Text that is Markdown already: `escape` lets it through."""

    __slots__ = ()


def without_controls(text: str) -> str:
    """The text with control, bidirectional and surrogate characters left out; white space stays as it is."""
    return _CONTROLS.sub("", text)


def clean(text: str) -> str:
    """The text on one line: white space folded to single spaces, control characters left out."""
    return _SPACE.sub(" ", without_controls(text))


def escape(value: object) -> str:
    """Markdown that prints exactly this value as text, wherever in a line a template puts it.

    White space folds to one space; control, bidirectional and surrogate characters are dropped. A value of
    type `Md` passes as it is. Inside a code span or a link's target other rules hold: use `link` for links.
    """
    if isinstance(value, Md):
        return value
    # A backslash becomes a reference: before the bar of a table row even an escaped one would escape the bar.
    text = _PUNCTUATION.sub(lambda m: "&#92;" if m[0] == "\\" else f"\\{m[0]}", clean(str(value)))
    text = _LINE_START.sub(_defuse, text)
    # A template may go on with a link, and "!" before a link makes it an image.
    return f"{text[:-1]}\\!" if text.endswith("!") else text


def _defuse(start: re.Match[str]) -> str:
    """A list number gets the backslash before its point; any other marker before itself."""
    space, marker = start.groups()
    return f"{space}{marker}\\" if marker.isdigit() else f"{space}\\{marker}"


def link(text: object, url: str) -> Md:
    """Markdown for a link; its text alone unless the address is http(s), mailto or a heading's "#anchor"."""
    address = clean(url).strip()
    if not target(address):
        return Md(escape(text))
    # Percent-encoding leaves nothing that ends the target; the reference keeps "&copy=" from becoming a sign.
    return Md(f"[{escape(text)}](<{quote(address, safe=_URL_SAFE).replace('&', '&amp;')}>)")


def target(url: str) -> str:
    """The address if the memo links to such addresses, else the empty string."""
    return url if url.startswith("#") or url.lower().startswith(_SCHEMES) else ""


def slug(text: str) -> str:
    """The anchor of a heading of this text: lower-case ASCII words joined by hyphens, "section" for none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "section"
