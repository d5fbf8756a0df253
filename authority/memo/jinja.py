"""The only door to Jinja2: one environment for the Markdown templates, one for the page around the HTML."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, get_args

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from authority import limits
from authority.memo.document import Document, Page
from authority.memo.notes import Notes
from authority.memo.parts import Memo
from authority.memo.pictured import plans
from authority.memo.text import Md, escape, link, slug


def join(parts: Iterable[str]) -> Md:
    """The parts as one text that is Markdown already."""
    return Md("".join(parts))


SETTINGS: dict[str, Any] = {
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
    "finalize": escape,
    "autoescape": False,
}
"""How every Markdown template is read, the library's and a user's own."""


class _MarkdownEnvironment(Environment):
    # What a macro, a block or a `set` block puts together was escaped piece by piece as it was printed;
    # as Md it is not escaped a second time when the template prints the whole.
    concat = staticmethod(join)


@cache
def environment(folder: Path) -> Environment:
    """The environment of the Markdown templates in this folder.

    Whatever a template prints with `{{ }}` goes through `escape`. Md values and the output of macros pass as
    they are; a string put together by `~` or a filter is plain text again. The global `link(text, url)` makes
    links; the filter `slug` gives a heading's anchor, `capital` puts a capital at the head, `as_is` takes a text for
    Markdown as it stands. A name that is not there raises jinja2.UndefinedError.
    """
    made = _MarkdownEnvironment(loader=FileSystemLoader(folder), **SETTINGS)
    furnish(made)
    made.filters["as_is"] = Md
    return made


def furnish(made: Environment) -> None:
    """Gives an environment the functions and filters by which Markdown is written."""
    made.globals["link"] = link
    made.filters["slug"] = slug
    made.filters["capital"] = _capital


def printed(template: Template, memo: Memo) -> Document:
    """The memo as a template prints it, which is given ``memo``, ``note(text)`` for a footnote and ``first(name)``.

    The template may set ``title``, ``heading`` (pairs of label and text), ``banner`` and ``page`` of the document; the
    memo's own stand where it does not. Raises jinja2.TemplateError, ValueError where it prints more than
    ``limits.PRINTED`` characters or sets what is none of these.
    """
    notes = Notes()
    context = template.new_context({"memo": memo, "note": notes.note, "first": notes.first})
    parts, length = [], 0
    try:
        for part in template.root_render_func(context):
            length += len(part)
            if length > limits.PRINTED:
                raise ValueError(f"it prints more than {limits.PRINTED:,} characters")
            parts.append(part)
    except Exception:  # whatever a template ran into: it is told with the template's own lines, and raised again
        template.environment.handle_exception()
    said = context.get_exported()
    body = _tidy(f"{''.join(parts)}\n\n{notes.markdown()}")
    if len(body) > limits.PRINTED:
        raise ValueError(f"it prints more than {limits.PRINTED:,} characters")
    return Document(
        title=_text(said.get("title", memo.title), "title"), heading=_heading(said.get("heading", memo.heading)),
        markdown=body, banner=_text(said.get("banner", memo.caution), "banner"), page=_page(said.get("page", "letter")),
        pictures=tuple(plans(memo)),
    )  # fmt: skip


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise ValueError(f"it sets {name} to {value!r}, which is no text")
    return str(value)


def _heading(value: object) -> tuple[tuple[str, str], ...]:
    pairs = value if isinstance(value, (list, tuple)) else ()
    if pairs != value or not all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in pairs):
        raise ValueError("it sets heading to what are no pairs of label and text")
    return tuple((_text(label, "heading"), _text(text, "heading")) for label, text in pairs)


def _page(value: object) -> Page:
    for page in get_args(Page):
        if value == page:
            return page
    raise ValueError(f"it sets page to {value!r}; there are: {', '.join(get_args(Page))}")


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
