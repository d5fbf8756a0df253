"""The memo as one text: what every writer receives, and the one reading of its Markdown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from authority.pictures import Picture

# Controls that are not white space, bidirectional controls, the byte-order mark, lone surrogates and
# noncharacters. XML cannot hold some of them; the bidirectional ones make a text read other than it is.
_DROPPED = re.compile(
    "[\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069"
    "\\ufeff\\ud800-\\udfff\\ufdd0-\\ufdef"
    + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(17))
    + "]"
)
# No-break spaces (U+00A0, U+2007, U+202F) stay: they hold "§ 1541" together.
_SPACE = re.compile("[^\\S\\u00a0\\u2007\\u202f]+")
_PUNCTUATION = re.compile(r"[`*_\[\]<~#|&\\]")
_LINE_START = re.compile(r"^( ?)([-+=>:(.)]|[0-9]+(?=[.)](?!\S)))")
_PICTURE = "picture:"
_SCHEMES = ("http://", "https://", "mailto:")
_URL_SAFE = ":/?#@!$&'()*,;=%+"


class Md(str):
    """Text that is Markdown already: `escape` lets it through."""

    __slots__ = ()


def clean(text: str) -> str:
    """The text on one line: white space folded to single spaces, control characters left out."""
    return _SPACE.sub(" ", _DROPPED.sub("", text))


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
    if not _target(address):
        return Md(escape(text))
    # Percent-encoding leaves nothing that ends the target; the reference keeps "&copy=" from becoming a sign.
    return Md(f"[{escape(text)}](<{quote(address, safe=_URL_SAFE).replace('&', '&amp;')}>)")


def _target(url: str) -> str:
    """The address if the memo links to such addresses, else the empty string."""
    return url if url.startswith("#") or url.lower().startswith(_SCHEMES) else ""


def slug(text: str) -> str:
    """The anchor of a heading of this text: lower-case ASCII words joined by hyphens, "section" for none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "section"


@dataclass(frozen=True)
class Run:
    """A stretch of text in one dress. Its text is on one line; "\\n" alone is a forced line break."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    link: str = ""


Runs = tuple[Run, ...]


def plain(runs: Runs) -> str:
    """The text of the runs without their dress."""
    return "".join(run.text for run in runs).replace("\n", " ")


@dataclass(frozen=True)
class Heading:
    """A heading: `level` as in the Markdown (1 to 6), `anchor` unique in the document."""

    level: int
    anchor: str
    runs: Runs

    @property
    def depth(self) -> int:
        """Its place below the document's title, from 1: "#" and "##" both stand right below it."""
        return max(1, self.level - 1)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text."""

    runs: Runs


@dataclass(frozen=True)
class Quote:
    """A quotation set off from the text."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Listing:
    """A list. `start` is its first number, None for bullets; `tight` items stand without space between."""

    start: int | None
    tight: bool
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True)
class Table:
    """A table. `alignments` holds "left", "right", "center" or "" for each column; each row is as long."""

    alignments: tuple[str, ...]
    header: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]

    def shares(self) -> tuple[float, ...]:
        """For each column its share of the width, summing to 1: by its longest word and how much it says in all."""
        columns = [[plain(cell) for cell in column] for column in zip(self.header, *self.rows, strict=True)]
        weights = [_weight(column) for column in columns]
        return tuple(weight / sum(weights) for weight in weights)


@dataclass(frozen=True)
class Code:
    """Lines printed as they are, in a fixed-width face."""

    text: str


@dataclass(frozen=True)
class Rule:
    """A horizontal line."""


@dataclass(frozen=True)
class Figure:
    """A picture in its place, with its caption beneath it."""

    picture: Picture

    def inches(self, wide: float = 6.5, high: float = 8.3) -> float:
        """How wide it is on a page: as it was drawn at 96 pixels to the inch, or as wide as there is room."""
        return min(self.picture.width / 96, wide, high * self.picture.width / self.picture.height)


Block = Heading | Paragraph | Quote | Listing | Table | Code | Rule | Figure


@dataclass(frozen=True)
class Document:
    """A memo before it has a format. Title and heading lines are plain text; the body is Markdown. A paragraph that is
    only an image of one of its ``pictures``, ``![](picture:name)``, is the place of that picture."""

    title: str
    heading: tuple[tuple[str, str], ...]
    markdown: str
    pictures: tuple[Picture, ...] = ()

    def tokens(self) -> list[Token]:
        """The body's markdown-it tokens: CommonMark and tables, HTML read as text."""
        # CommonMark's preset stops reading at 20 levels; a memo would lose words without a word.
        options = {"html": False, "maxNesting": 100}
        return MarkdownIt("commonmark", options).enable("table").parse(_DROPPED.sub("", self.markdown))

    def blocks(self) -> tuple[Block, ...]:
        """The body as a tree of blocks and runs; a link to a heading that is not there becomes text."""
        tree = SyntaxTreeNode(self.tokens())
        anchors = dict(_anchors(tree))
        return _Reading(anchors, {picture.name: picture for picture in self.pictures}).blocks(tree)

    def lines(self) -> tuple[tuple[str, str], ...]:
        """The heading lines, cleaned: the label ends in a colon."""
        cleaned = ((clean(label).strip(), clean(text).strip()) for label, text in self.heading)
        return tuple((f"{label.rstrip(':')}:", text) for label, text in cleaned)


def _weight(cells: list[str]) -> float:
    # The bounds: no address decides over a column, and prose does not starve the columns beside it.
    word = max((len(word) for cell in cells for word in cell.split()), default=0)
    said = sum(map(len, cells)) / len(cells)
    return max(3, min(word, 14) + 1, min(said, 400) ** 0.6)


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block, outer before inner, in reading order."""
    for block in blocks:
        yield block
        if isinstance(block, Quote):
            yield from walk(block.blocks)
        elif isinstance(block, Listing):
            for item in block.items:
                yield from walk(item)


def _anchors(tree: SyntaxTreeNode) -> Iterator[tuple[SyntaxTreeNode, str]]:
    """Each heading node with its anchor; a second "Facts" becomes "facts-2"."""
    taken: set[str] = set()
    for node in tree.walk():
        if node.type == "heading":
            base = anchor = slug(plain(_runs(node)))
            count = 1
            while anchor in taken:
                count += 1
                anchor = f"{base}-{count}"
            taken.add(anchor)
            yield node, anchor


def _runs(node: SyntaxTreeNode, dress: Run = Run("")) -> Runs:
    """The inline content of a node, every run dressed in what its parents say."""
    runs: list[Run] = []
    for child in node.children:
        match child.type:
            case "inline":
                runs += _runs(child, dress)
            case "strong":
                runs += _runs(child, replace(dress, strong=True))
            case "em":
                runs += _runs(child, replace(dress, emphasis=True))
            case "link":
                runs += _runs(child, replace(dress, link=_target(str(child.attrs["href"]))))
            case "code_inline":
                runs.append(replace(dress, text=clean(child.content), code=True))
            case "hardbreak":
                runs.append(replace(dress, text="\n"))
            case "softbreak":
                runs.append(replace(dress, text=" "))
            case _:
                # Text, or an image: a memo fetches nothing, so of an image its description is printed.
                runs.append(replace(dress, text=clean(child.content)))
    return tuple(run for run in runs if run.text)


def _pictured(paragraph: SyntaxTreeNode) -> str:
    """The name of the picture that a paragraph is the place of, or an empty text."""
    inside = [child for inline in paragraph.children for child in inline.children]
    alone = inside[0] if len(inside) == 1 and inside[0].type == "image" else None
    source = str(alone.attrs["src"]) if alone else ""
    return source.removeprefix(_PICTURE) if source.startswith(_PICTURE) else ""


class _Reading:
    """One pass over the token tree, knowing the anchors of all headings and the pictures by their names."""

    def __init__(self, anchors: dict[SyntaxTreeNode, str], pictures: dict[str, Picture]) -> None:
        self.anchors, self.pictures = anchors, pictures
        self.targets = {f"#{anchor}" for anchor in anchors.values()}

    def runs(self, node: SyntaxTreeNode) -> Runs:
        return tuple(
            replace(run, link="") if run.link.startswith("#") and run.link not in self.targets else run
            for run in _runs(node)
        )

    def blocks(self, node: SyntaxTreeNode) -> tuple[Block, ...]:
        return tuple(self.block(child) for child in node.children)

    def block(self, node: SyntaxTreeNode) -> Block:
        match node.type:
            case "heading":
                return Heading(int(node.tag[1:]), self.anchors[node], self.runs(node))
            case "paragraph":
                picture = self.pictures.get(_pictured(node))
                return Figure(picture) if picture else Paragraph(self.runs(node))
            case "blockquote":
                return Quote(self.blocks(node))
            case "bullet_list" | "ordered_list":
                return self.listing(node)
            case "table":
                return self.table(node)
            case "code_block" | "fence":
                return Code(node.content.rstrip("\n"))
            case "hr":
                return Rule()
        raise ValueError(f"a memo has no place for the Markdown construct '{node.type}'")

    def listing(self, node: SyntaxTreeNode) -> Listing:
        start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
        tight = all(child.hidden for item in node.children for child in item.children if child.type == "paragraph")
        return Listing(start, tight, tuple(self.blocks(item) for item in node.children))

    def table(self, node: SyntaxTreeNode) -> Table:
        rows = [row for part in node.children for row in part.children]
        styles = (str(cell.attrs.get("style", "")) for cell in rows[0].children)
        alignments = tuple(style.removeprefix("text-align:") for style in styles)
        header, *body = (tuple(self.runs(cell) for cell in row.children) for row in rows)
        return Table(alignments, header, tuple(body))
