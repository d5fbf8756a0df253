"""What a stranger may do to a file: lines, keys, words and bytes moved, doubled, lost, and hostile pieces put in."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence

WORD = re.compile(r"[\w§][\w§./'-]*")
KEY = re.compile(r"^([ \t]*(?:- )?)([\w-]+):", re.MULTILINE)
NASTY = (
    # YAML
    "!!python/object/apply:os.system [id]", "!x ", "&a ", "*a", "<<: *a", "---\n", "...\n", "? ", "| ", ">-\n",
    "~", "null", "NO", "1.10", "0x1F", "1e999", "nan", ".inf", "[", "]", "{", "}", "[[[[[[[[", "{a: {b: {c: ",
    ": ", " #", "# ", '"', "'", "\\", "\\u0000", "\\ud800", "\t", "\r", "\n\n", "\u2028", "\x85", "@", "`", ",",
    "%TAG ! x\n", "%",
    # Unicode
    "\x00", "\ufeff", "\ufffe", "\ud800", "\u202e", "\u200d", "é", "e\u0301", "ſ", "ﬁ", "İ", "ß", "Ⅷ", "٣", "𝟗",
    "\U0010ffff", "’", "‑", "🜚",
    # Numbers and days
    "-1", "0", "9" * 30, "1" * 5_000, "-0", "1_000", "0001-01-01", "9999-12-31", "2020-02-30", "2020-13", "０１２",
    # Sentences
    "<", ">", "<target>", "<a>", "<A>", "<target> <group>", "<target><group>", "the the the", "somebody not named",
    "at_least", "if_any", "unless", "under", "reach = wide", "reach=", "=", "id", "says", " and ",
    # Citations
    "§ ", "§§ ", "1 U.S. 1", "Id. at ", "supra, at 9", "50 U.S.C. § 1-", "Pub. L. No. 999-999", "9 Stat. 0", "v. ",
    # Paths, formulas, markup, XML
    "../../../../etc/passwd", "/dev/zero", "C:\\x", "=cmd|' /C calc'!A0", "@SUM(A1)", "<script>", "]]>", "&y;",
    "<!DOCTYPE x [<!ENTITY y 'z'>]>", "[^1]", "[^1]: ", "![x](<picture:y>)", "](", "**", "javascript:x",
    # Templates
    "{{ memo }}", "{{ ''.__class__ }}", "{% for i in range(10000) %}", "{% endfor %}", "{% if 1 %}", "|join",
    "{% set a = a ~ a %}", "|replace('a', 'aa')", "{{ [1] * 3 }}",
)  # fmt: skip
"""Pieces that have a meaning to something that may read them."""
BLOCKS = ("[" * 200, "{" * 60, "a: " * 40, "- " * 300, "x" * 3_000, "x " * 1_500, "(" * 400, "\n" * 400, "*a_`[" * 300)

Change = Callable[[random.Random, str, Sequence[str]], str]


def mutated(chance: random.Random, text: str, others: Sequence[str]) -> bytes:
    """The text with one to four changes; ``others`` are texts of its kind, of which pieces may be put in."""
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        text = chance.choice(CHANGES)(chance, text, others)
    made = text.encode("utf-8", "surrogatepass")
    return flipped(chance, made) if chance.random() < 0.08 else made


def flipped(chance: random.Random, content: bytes) -> bytes:
    """The bytes with some of them changed, lost or doubled."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(made) + 1)
        end = at + chance.randint(0, 8)
        made[at:end] = chance.choice((b"", chance.randbytes(end - at), made[at:end] * 2, b"\xff" * (end - at)))
    return bytes(made[: chance.randrange(len(made) + 1)] if chance.random() < 0.15 else made)


def rezipped(chance: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """A zip of XML with a change in one of its parts, or with a part lost, doubled or put in, or with bytes flipped."""
    if chance.random() < 0.25:
        return flipped(chance, content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(each.filename, archive.read(each)) for each in archive.infolist()]
    at = chance.randrange(len(parts))
    name, part = parts[at]
    match chance.randrange(8):
        case 0:
            del parts[at]
        case 1:
            parts[at] = (chance.choice(parts)[0], part)
        case 2:
            parts.append((chance.choice(("../x.xml", "xl/vbaProject.bin", "x" * 300, "a.xml", name + "/")), part))
        case 3:
            parts[at] = (name, flipped(chance, part))
        case _:
            parts[at] = (name, mutated(chance, part.decode("utf-8", "replace"), [str(each) for each in NASTY]))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for name, part in dict(parts).items():
            made.writestr(name, part)
    return out.getvalue()


# ── Changes ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _lines(chance: random.Random, text: str, others: Sequence[str]) -> str:
    """A line lost, doubled, moved, indented or outdented."""
    lines = text.split("\n")
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(5):
        case 0:
            del lines[at]
        case 1:
            lines.insert(to, lines[at])
        case 2:
            lines[at], lines[to] = lines[to], lines[at]
        case 3:
            lines[at] = " " * chance.randint(1, 4) + lines[at]
        case _:
            lines[at] = lines[at][chance.randint(1, 3) :]
    return "\n".join(lines)


def _words(chance: random.Random, text: str, others: Sequence[str]) -> str:
    """A word in the place of another, of this text or of another."""
    found = [*WORD.finditer(text)]
    there = WORD.findall(chance.choice(others) if chance.random() < 0.3 else text)
    if not found or not there:
        return text
    gone = chance.choice(found)
    return text[: gone.start()] + chance.choice(there) + text[gone.end() :]


def _keys(chance: random.Random, text: str, others: Sequence[str]) -> str:
    """A key in the place of another, or two exchanged."""
    found = [*KEY.finditer(text)]
    if len(found) < 2:
        return text
    one, other = sorted(chance.sample(found, 2), key=lambda each: each.start())
    back = chance.choice((one[2], other[2], one[2]))
    return text[: one.start(2)] + other[2] + text[one.end(2) : other.start(2)] + back + text[other.end(2) :]


def _nasty(chance: random.Random, text: str, others: Sequence[str]) -> str:
    """A hostile piece put in, or in the place of a word."""
    piece = chance.choice(BLOCKS) if chance.random() < 0.04 else chance.choice(NASTY)
    found = [*WORD.finditer(text)] if chance.random() < 0.6 else []
    if found:
        gone = chance.choice(found)
        return text[: gone.start()] + piece + text[gone.end() :]
    at = chance.randrange(len(text) + 1)
    return text[:at] + piece + text[at:]


def _span(chance: random.Random, text: str, others: Sequence[str]) -> str:
    """A stretch lost, doubled several times, or put in from another text."""
    at = chance.randrange(len(text) + 1)
    end = min(len(text), at + chance.choice((1, 1, 2, 5, 20, 80, 300)))
    match chance.randrange(4):
        case 0:
            return text[:at] + text[end:]
        case 1:
            return text[:end] + text[at:end] * chance.randint(1, 5) + text[end:]
        case 2:
            return text[:at] + chance.choice((text[:end], text))[at:end][::-1] + text[end:]
        case _:
            other = chance.choice(others)
            start = chance.randrange(len(other) + 1)
            return text[:at] + other[start : start + end - at + 40] + text[end:]


def _cut(chance: random.Random, text: str, others: Sequence[str]) -> str:
    """The text broken off, or two in one file."""
    at = chance.randrange(len(text) + 1)
    return text[:at] if chance.random() < 0.7 else f"{text[:at]}\n{chance.choice(others)}"


CHANGES: tuple[Change, ...] = (
    _lines, _lines, _words, _words, _words, _keys, _keys, _nasty, _nasty, _nasty, _span, _cut,
)  # fmt: skip
