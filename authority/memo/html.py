"""The memo as one HTML file that needs nothing else: no script, no font, no image from elsewhere.

A policy in it lets the browser run and apply what stands in it and nothing besides, each part named by its hash.
"""

from dataclasses import dataclass
from html import escape
from itertools import groupby

from authority.memo import document as doc
from authority.memo.jinja import page_environment
from authority.memo.page import Page, data_block, sources, trusted
from authority.pictures import Picture
from authority.places import templates_folder


@dataclass(frozen=True)
class Entry:
    """A line of the table of contents and the lines below it."""

    anchor: str
    text: str
    below: tuple["Entry", ...] = ()


@dataclass(frozen=True)
class Panel:
    """What the panel adds to the document: its data and its script."""

    data: str
    script: str


def render(document: doc.Document, page: Page | None = None, too_large: bool = False) -> str:
    """The whole page, an HTML5 document; with the data of a page, a reader may change the record in it. Without, it
    says why not where the question is ``too_large`` for one.

    Raises FileNotFoundError where the templates are missing, jinja2.TemplateError where memo.html is broken.
    """
    folder = templates_folder()
    blocks, notes = document.blocks(), document.notes()
    at_the_end = (Entry("notes_heading", "Notes"),) if notes else ()
    css, panel = (folder / "memo.css").read_text(encoding="utf-8"), None
    if page is not None:
        of_panel = sources(folder)
        css, panel = css + of_panel.css, Panel(data_block(page), of_panel.script)
    return (
        page_environment(folder)
        .get_template("memo.html")
        .render(
            title=doc.in_print(document.title),
            lines=document.lines(),
            contents=(*contents(blocks), *at_the_end),
            body=_Body().blocks(blocks),
            notes=_notes(notes),
            css=css,
            panel=panel,
            too_large=too_large,
            policy=_policy(css, panel),
        )
    )


def _policy(css: str, panel: Panel | None) -> str:
    """The Content-Security-Policy: this style sheet, this script if there is one, and nothing from anywhere."""
    script = trusted(panel.script) if panel else "'none'"
    return (
        f"default-src 'none'; script-src {script}; style-src {trusted(css)}; connect-src 'none'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def contents(blocks: tuple[doc.Block, ...]) -> tuple[Entry, ...]:
    """The table of contents: headings of level 2, each with those of level 3 that follow it."""
    entries: list[Entry] = []
    for block in doc.walk(blocks):
        if not isinstance(block, doc.Heading) or block.level not in (2, 3):
            continue
        entry = Entry(block.anchor, doc.plain(block.runs))
        if block.level == 3 and entries:
            last = entries.pop()
            entries.append(Entry(last.anchor, last.text, (*last.below, entry)))
        else:
            entries.append(entry)
    return tuple(entries)


class _Body:
    """Blocks to HTML, in reading order: a table is named after the heading it stands under."""

    def __init__(self) -> None:
        self.section = ""

    def blocks(self, blocks: tuple[doc.Block, ...]) -> str:
        return "".join(self.block(block) for block in blocks)

    def block(self, block: doc.Block) -> str:
        match block:
            case doc.Heading():
                self.section = doc.plain(block.runs)
                # The title is the page's h1.
                tag = f"h{min(block.depth + 1, 6)}"
                return f'<{tag} id="{block.anchor}">{_inline(block.runs)}</{tag}>\n'
            case doc.Paragraph():
                return f"<p>{_inline(block.runs)}</p>\n"
            case doc.Quote():
                return f"<blockquote>\n{self.blocks(block.blocks)}</blockquote>\n"
            case doc.Listing():
                return self.listing(block)
            case doc.Table():
                return self.table(block)
            case doc.Code():
                return f'<pre tabindex="0"><code>{escape(block.text)}</code></pre>\n'
            case doc.Figure():
                return _figure(block.picture)
            case _:  # a rule across the page
                return "<hr>\n"

    def listing(self, block: doc.Listing) -> str:
        tag = "ul" if block.start is None else "ol"
        start = "" if block.start in (None, 1) else f' start="{block.start}"'
        items = "".join(f"<li>{self.item(item, block.tight)}</li>\n" for item in block.items)
        return f"<{tag}{start}>\n{items}</{tag}>\n"

    def item(self, blocks: tuple[doc.Block, ...], tight: bool) -> str:
        """The inside of a list item; in a tight list its paragraphs have no tag of their own."""
        made = ""
        for block in blocks:
            made += _inline(block.runs) if tight and isinstance(block, doc.Paragraph) else self.block(block)
        return made

    def table(self, block: doc.Table) -> str:
        head = _row('th scope="col"', block.header, block.alignments)
        rows = "".join(_row("td", row, block.alignments) for row in block.rows)
        name = escape(f"Table: {self.section}" if self.section else "Table")
        # A table may be wider than a phone: the box around it scrolls, by keyboard too.
        return (
            f'<div class="table" role="region" aria-label="{name}" tabindex="0"><table>\n'
            f"<thead>\n{head}</thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n"
        )


def _figure(picture: Picture) -> str:
    # Like a table, a picture may be wider than a phone, and is named for those who move to it by keyboard.
    name = escape(f"Picture: {doc.in_print(picture.title)}")
    return (
        f'<figure><div class="picture" role="region" aria-label="{name}" tabindex="0">\n{picture.svg}</div>\n'
        f"<figcaption>{escape(doc.in_print(picture.caption))}</figcaption></figure>\n"
    )


def _row(tag: str, cells: tuple[doc.Runs, ...], alignments: tuple[str, ...]) -> str:
    opened = (f'{tag} class="{side}"' if side else tag for side in alignments)
    made = (f"<{start}>{_inline(cell)}</{tag[:2]}>" for start, cell in zip(opened, cells, strict=True))
    return f"<tr>{''.join(made)}</tr>\n"


def _notes(notes: tuple[tuple[doc.Runs, ...], ...]) -> str:
    """The footnotes as a numbered list, each with a way back to its mark. No heading's anchor has an underscore."""
    items = ""
    for number, paragraphs in enumerate(notes, 1):
        back = f'<a href="#ref_{number}" role="doc-backlink" aria-label="Back to the mark of note {number}">↩</a>'
        said = "</p>\n<p>".join(map(_inline, paragraphs))
        items += f'<li id="note_{number}"><p>{said} {back}</p></li>\n'
    return items


def _inline(runs: doc.Runs) -> str:
    return "".join(_linked(target, tuple(group)) for target, group in groupby(runs, key=lambda run: run.link))


def _linked(target: str, runs: doc.Runs) -> str:
    inner = "".join(map(_run, runs))
    return f'<a href="{escape(target)}">{inner}</a>' if target else inner


def _run(run: doc.Run) -> str:
    if run.text == "\n":
        return "<br>"
    if run.note:
        name = "" if run.again else f' id="ref_{run.note}"'
        note = f'<a{name} href="#note_{run.note}" role="doc-noteref" aria-label="Note {run.note}">{run.note}</a>'
        return f"<sup>{note}</sup>"
    made = escape(run.text)
    for tag, worn in (("code", run.code), ("em", run.emphasis), ("strong", run.strong)):
        if worn:
            made = f"<{tag}>{made}</{tag}>"
    return made
