"""The only door to Jinja2: one environment for the Markdown templates, one for the page around the HTML."""

from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from authority.memo.document import Md, escape, link, slug


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
