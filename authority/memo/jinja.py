"""The only door to Jinja2: one environment for the Markdown templates, one for the page around the HTML."""

import re
from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from authority.memo.document import Document
from authority.memo.notes import Notes
from authority.memo.parts import Memo
from authority.memo.text import Md, escape, link, slug


def _markdown(parts: Iterable[str]) -> Md:
    return Md("".join(parts))


class _MarkdownEnvironment(Environment):
    # What a macro, a block or a `set` block puts together was escaped piece by piece as it was printed;
    # as Md it is not escaped a second time when the template prints the whole.
    concat = staticmethod(_markdown)


def environment(folder: Path) -> Environment:
    """The environment of the Markdown templates in this folder.

    Whatever a template prints with `{{ }}` goes through `escape`. Md values and the output of macros pass as
    they are; a string put together by `~` or a filter is plain text again. The global `link(text, url)` makes
    links; the filter `slug` gives a heading's anchor, `capital` puts a capital at the head, `as_is` takes a text for
    Markdown as it stands. A name that is not there raises jinja2.UndefinedError.
    """
    made = _MarkdownEnvironment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=escape,
        autoescape=False,
    )
    made.globals["link"] = link
    made.filters["slug"] = slug
    made.filters["capital"] = _capital
    made.filters["as_is"] = Md
    return made


def printed(template: Template, memo: Memo) -> Document:
    """The memo as a template prints it, which is given ``memo``, ``note(text)`` for a footnote and ``first(name)``.

    The template may set ``title``, ``heading`` (pairs of label and text), ``banner`` and ``page`` of the document; the
    memo's own stand where it does not.
    """
    notes = Notes()
    made = template.make_module({"memo": memo, "note": notes.note, "first": notes.first})
    own = {"title": memo.title, "heading": memo.heading, "banner": memo.caution, "page": "letter"}
    settings = {name: getattr(made, name, value) for name, value in own.items()}
    return Document(markdown=_tidy(f"{made}\n\n{notes.markdown()}"), **settings)


def _tidy(text: str) -> str:
    """The text with one empty line at most between its parts, and none at its ends."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _capital(text: str) -> str:
    """The text with a capital at its head."""
    return text[:1].upper() + text[1:]


def page_environment(folder: Path) -> Environment:
    """The environment of the HTML page in this folder: every value is escaped for HTML.

    A name that is not there raises jinja2.UndefinedError.
    """
    return Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=True,
    )
