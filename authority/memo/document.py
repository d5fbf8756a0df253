"""The memo as one text: what every writer receives, and the one reading of its Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin

from authority.memo.text import Md, clean, escape, link, slug, target, without_controls
from authority.pictures import Picture, Plan, draw
from authority.printing import curled

_PICTURE = "picture:"
_PLACE = re.compile(r"^!\[(.*)\]\(<picture:[^>\n]*>\)$", re.MULTILINE)

__all__ = ["Document", "Md", "Run", "Runs", "clean", "escape", "in_print", "link", "plain", "slug", "walk"]


@dataclass(frozen=True)
class Run:
    """A stretch of text in one dress. Its text is on one line; "\\n" alone is a forced line break.

    One without text is the mark of a footnote: ``note`` is its number, from 1 in reading order, and ``again`` says that
    the same note was marked before.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    link: str = ""
    note: int = 0
    again: bool = False


Runs = tuple[Run, ...]


def in_print(text: str) -> str:
    """A text that is no Markdown as it is printed: on one line, in the marks of print."""
    return curled(clean(text))


def plain(runs: Runs) -> str:
    """The text of the runs without their dress."""
    return "".join(run.text for run in runs).replace("\n", " ")


@dataclass(frozen=True)
class Heading:
    """A heading: `level` as in the Markdown (1 to 6) but never two below the one before it, `anchor` unique in the
    document."""

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
Page = Literal["letter", "landscape", "one page"]


@dataclass(frozen=True)
class Document:
    """A memo before it has a format. Title, heading lines and banner are plain text; the body is Markdown.

    A paragraph that is only an image of one of its ``pictures``, ``![](picture:name)``, is the place of that picture; a
    plan is drawn when the blocks are asked for.
    ``banner`` is one line for the head of every page; ``page`` says how the pages are laid out where there are any:
    "letter", the same as "landscape", or set small and close so that it may all stand on "one page".
    """

    title: str
    heading: tuple[tuple[str, str], ...]
    markdown: str
    banner: str = ""
    page: Page = "letter"
    pictures: tuple[Plan | Picture, ...] = ()

    def in_words(self) -> str:
        """The body's Markdown, what each picture shows said in words in its place."""
        return _PLACE.sub(r"*\1*", self.markdown)

    def tokens(self) -> list[Token]:
        """The body's markdown-it tokens: CommonMark, tables and footnotes, HTML read as text."""
        # CommonMark's preset stops reading at 20 levels; a memo would lose words without a word.
        options = {"html": False, "maxNesting": 100}
        reader = MarkdownIt("commonmark", options).enable("table").use(footnote_plugin, inline=False)
        return reader.parse(without_controls(self.markdown))

    def blocks(self) -> tuple[Block, ...]:
        """The body as a tree of blocks and runs; a link to a heading that is not there becomes text.

        Raises ValueError for Markdown that a memo has no place for, such as a table inside a footnote.
        """
        return self._read[0]

    def notes(self) -> tuple[tuple[Runs, ...], ...]:
        """What the footnotes say, the first of them first, each as its paragraphs; ValueError as for ``blocks``."""
        return self._read[1]

    @cached_property
    def _read(self) -> tuple[tuple[Block, ...], tuple[tuple[Runs, ...], ...]]:
        tree = SyntaxTreeNode(self.tokens())
        reading = _Reading(dict(_anchors(tree)), {plan.name: plan for plan in self.pictures})
        body = tuple(reading.block(node) for node in tree.children if node.type != "footnote_block")
        notes = (note for node in tree.children if node.type == "footnote_block" for note in node.children)
        return body, tuple(reading.note(note) for note in notes)

    def lines(self) -> tuple[tuple[str, str], ...]:
        """The heading lines, cleaned: the label ends in a colon."""
        cleaned = ((in_print(label).strip(), in_print(text).strip()) for label, text in self.heading)
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
    counts: dict[str, int] = {}
    for node in tree.walk():
        if node.type == "heading":
            base = anchor = slug(plain(_runs(node)))
            while anchor in taken:
                counts[base] = counts.get(base, 1) + 1
                anchor = f"{base}-{counts[base]}"
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
                runs += _runs(child, replace(dress, link=target(str(child.attrs["href"]))))
            case "code_inline":
                runs.append(replace(dress, text=clean(child.content), code=True))
            case "hardbreak":
                runs.append(replace(dress, text="\n"))
            case "softbreak":
                runs.append(replace(dress, text=" "))
            case "footnote_ref":
                runs.append(Run("", note=child.meta["id"] + 1, again=child.meta["subId"] > 0))
            case _:
                # Text, or an image: a memo fetches nothing, so of an image its description is printed.
                runs.append(replace(dress, text=clean(child.content)))
    return tuple(run for run in runs if run.text or run.note)


def _curled(runs: Runs) -> Iterator[Run]:
    """The runs in the marks of print, each read behind those before it; code is left alone."""
    before = " "
    for run in runs:
        made = run if run.code else replace(run, text=curled(run.text, before))
        before = (before + made.text)[-1]
        yield made


def _pictured(paragraph: SyntaxTreeNode) -> str:
    """The name of the picture that a paragraph is the place of, or an empty text."""
    inside = [child for inline in paragraph.children for child in inline.children]
    alone = inside[0] if len(inside) == 1 and inside[0].type == "image" else None
    source = str(alone.attrs["src"]) if alone else ""
    return source.removeprefix(_PICTURE) if source.startswith(_PICTURE) else ""


class _Reading:
    """One pass over the token tree, knowing the anchors of all headings and the pictures by their names."""

    def __init__(self, anchors: dict[SyntaxTreeNode, str], pictures: dict[str, Plan | Picture]) -> None:
        self.anchors, self.pictures = anchors, pictures
        self.targets = {f"#{anchor}" for anchor in anchors.values()}
        self.level = 1

    def runs(self, node: SyntaxTreeNode) -> Runs:
        return tuple(
            replace(run, link="") if run.link.startswith("#") and run.link not in self.targets else run
            for run in _curled(_runs(node))
        )

    def blocks(self, node: SyntaxTreeNode) -> tuple[Block, ...]:
        return tuple(self.block(child) for child in node.children)

    def block(self, node: SyntaxTreeNode) -> Block:
        match node.type:
            case "heading":
                # No level may be passed over: who listens to the page would look for the one that is not there.
                self.level = min(int(node.tag[1:]), self.level + 1)
                return Heading(self.level, self.anchors[node], self.runs(node))
            case "paragraph":
                found = self.pictures.get(_pictured(node))
                if not found:
                    return Paragraph(self.runs(node))
                return Figure(found if isinstance(found, Picture) else draw(found))
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
        raise ValueError(f"a memo has no place for the construct '{node.type}'")

    def note(self, node: SyntaxTreeNode) -> tuple[Runs, ...]:
        """The paragraphs of a footnote, one at least; nothing else has a place in one in every format."""
        parts = [child for child in node.children if child.type != "footnote_anchor"]
        other = next((f"the construct '{part.type}'" for part in parts if part.type != "paragraph"), "")
        if any(part.type == "footnote_ref" for part in node.walk()):
            other = "a footnote's mark"
        if other:
            raise ValueError(f"a memo has no place for {other} inside a footnote")
        return tuple(map(self.runs, parts)) or ((),)

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
