"""All kinds of citation together: the key that names each, and the type that is any of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Discriminator, Tag

from authority.citing.base import Cited
from authority.citing.documents import Article, Letter, Report, Speech, Text
from authority.citing.sources import Bill, Case, Constitution, Opinion, Statute, Treaty

KINDS = (Statute, Case, Opinion, Bill, Treaty, Constitution, Report, Speech, Letter, Article, Text)
HEADS: Mapping[str, type[Cited]] = {head: kind for kind in KINDS for head in kind.heads}
"""The key that names a kind, and its model. No other kind has a key of that name."""


def _kind(value: Any) -> str | None:
    """The tag of a citation, be it a model or a mapping; None for what is neither of them or of no kind."""
    if isinstance(value, Cited):
        return type(value).__name__
    heads = [HEADS[key].__name__ for key in value if key in HEADS] if isinstance(value, Mapping) else []
    return heads[0] if heads else None


FullCitation = Annotated[
    Annotated[Statute, Tag("Statute")]
    | Annotated[Case, Tag("Case")]
    | Annotated[Opinion, Tag("Opinion")]
    | Annotated[Bill, Tag("Bill")]
    | Annotated[Treaty, Tag("Treaty")]
    | Annotated[Constitution, Tag("Constitution")]
    | Annotated[Report, Tag("Report")]
    | Annotated[Speech, Tag("Speech")]
    | Annotated[Letter, Tag("Letter")]
    | Annotated[Article, Tag("Article")]
    | Annotated[Text, Tag("Text")],
    Discriminator(_kind),
]
"""A citation in full, of whatever kind; the key that names the kind decides which."""

for _each in KINDS:
    _each.model_rebuild(_types_namespace={"FullCitation": FullCitation})
