"""The footnotes of a memo as its template calls for them, and what the template has cited before."""

from __future__ import annotations

from authority.memo.text import Md, clean, escape

_STOPS = (".", "?", "!", '."', '?"', ".”", "?”")


class Notes:
    """The footnotes of one printing, in the order in which they were called for."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._cited: set[tuple[object, ...]] = set()

    def note(self, text: object) -> Md:
        """The mark of a new footnote that says this, closed with a stop; nothing where there is nothing to say."""
        said = clean(escape(text)).strip()
        if not said:
            return Md("")
        self._texts.append(said if said.endswith(_STOPS) else f"{said}.")
        return Md(f"[^{len(self._texts)}]")

    def first(self, *cited: object) -> bool:
        """Whether something is cited for the first time: then in full, and in short from there on."""
        new = cited not in self._cited
        self._cited.add(cited)
        return new

    def markdown(self) -> str:
        """What the footnotes say, for the end of the text that holds their marks."""
        return "\n".join(f"[^{number}]: {text}" for number, text in enumerate(self._texts, 1))
