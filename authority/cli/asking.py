"""What several commands ask of their user in the same words: options, arguments, formats."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from authority.loading import default_rules


class Format(StrEnum):
    """How an answer is printed."""

    TEXT = "text"
    JSON = "json"


DEFAULT_RULES = default_rules()
Rules = Annotated[str, typer.Argument(metavar="RULES", help="A rule set, by name or by the path of its folder.")]
Case = Annotated[str, typer.Argument(metavar="CASE", help="A case that comes with the library, or the path of a file.")]
ReadingOption = Annotated[
    str | None, typer.Option("--reading", "-r", help="The reading; the rule set's first if left out.")
]
AskOption = Annotated[str | None, typer.Option("--ask", help="Another question than the case's own.")]
ShortOption = Annotated[bool, typer.Option("--short", help="The short form of the explanation.")]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="text or json.")]
PictureOption = Annotated[
    Path | None, typer.Option("--picture", metavar="FILE", help="Draw it too, as .svg or .png.", dir_okay=False)
]
