"""Citations found in a text: cases and journals by eyecite, the one door to it; statutes and bills by their own forms.

eyecite (Free Law Project) knows the reporters and the short forms. It reads the Code without its ranges and its notes,
and a public law's volume of the Statutes at Large as a section; so these are read here, as ``parts`` prints them. Only
the form of a citation is read: whether there is such a decision, nothing here can say.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from authority.citing.parts import BillNumber, Code, PublicLaw, Reported, congress_name
from authority.errors import MissingExtra
from authority.limits import CASES_BACK
from authority.vocabulary import Model

_WINDOW, _MARGIN = 4_000, 300
"""How much is read at a time, since eyecite's time grows with the square; and the context that a citation needs."""

# What stands in parentheses behind a case: eyecite looks far ahead for it, holds it against every court that it knows
# and takes the year by the clock. Nothing of it is asked here, so that it is not shown; an early reporter's volume is.
_DATED = re.compile(r"\([^()]{0,60}\b\d{4}\)")
_PARENTHESES = re.compile(r"\((?!\d+ [A-Z][\w.' ]{0,20}\) \d)|\)(?! \d)")
_SECTION = r"[0-9]{1,9}(?![0-9])[a-z]{0,2}(?:-[0-9]{1,9}[a-z]?)?(?:\([0-9a-zA-Z]{1,4}\))*"
_FORMS = {
    "code": re.compile(
        rf"\b(?P<title>[0-9]{{1,2}}) U\.\s?S\.\s?C\. (?:§§? ?)?"
        rf"(?P<sections>{_SECTION}(?:\s?[–-]\s?[0-9]{{1,9}}[a-z]{{0,2}})?)(?P<note> note\b)?"
    ),
    "public law": re.compile(r"\b(?:Pub\. ?L\.|Public Law|P\. ?L\.)(?: No\.)? (?P<law>[0-9]{2,3}[-–][0-9]{1,3})\b"),
    "statutes at large": re.compile(r"\b(?P<report>[0-9]{1,3} Stat\. [0-9]{1,5})\b"),
    # eyecite has American reporters only; the volumes of the World Court's are years (Bluebook, Rule 21.5).
    "case of the World Court": re.compile(r"\b(?P<report>[0-9]{4} (?:I\.C\.J\.|P\.C\.I\.J\.) [0-9]{1,4})\b"),
    "bill": re.compile(
        r"\b(?P<bill>(?:H\.R\.|S\.|[HS]\. Res\.|[HS]\.J\. Res\.|[HS]\. Con\. Res\.) [0-9]{1,5}),? "
        r"(?P<congress>[0-9]{2,3})(?:st|nd|rd|th) Cong\."
    ),
    "constitution": re.compile(
        r"\bU\.S\. Const\. (?P<part>(?:art\.|amend\.) [IVX]+(?:, § [0-9]{1,2})?(?:, cl\. [0-9]{1,2})?)"
    ),
}  # fmt: skip
_KINDS = {
    "FullCaseCitation": "case", "FullJournalCitation": "journal", "FullLawCitation": "law",
    "ShortCaseCitation": "short form", "IdCitation": "id.", "SupraCitation": "supra", "ReferenceCitation": "name",
    "UnknownCitation": "section sign",
}  # fmt: skip
BACKWARD = ("short form", "id.", "supra", "name")
"""The kinds that point to a citation before them."""


class Found(Model):
    """A citation in a text: from where to where it stands, its kind, its form as the library prints it; of a case or of
    what points back to one, the name that the text gives it; and of what points back, the number of what it means, None
    where nothing before it is meant."""

    start: int
    end: int
    text: str
    kind: str
    form: str
    name: str = ""
    means: int | None = None


def find_citations(text: str) -> tuple[Found, ...]:
    """Every citation in a text, in order, each with what it points back to.

    Raises MissingExtra where eyecite is not installed.
    """
    own = sorted(_own(text), key=lambda f: f.start)
    starts = [f.start for f in own]
    # Those read here lie apart, so that of all that begin before the end of one of eyecite's only the last can meet it.
    free = [f for f in _by_eyecite(text) if not (n := bisect_left(starts, f.end)) or own[n - 1].end <= f.start]
    return _pointed(sorted([*own, *free], key=lambda f: (f.start, f.end)))


def _own(text: str) -> Iterator[Found]:
    """The citations of a form that is read here."""
    for kind, form in _FORMS.items():
        for match in form.finditer(text):
            printed = _printed(kind, match)
            if printed:
                yield Found(start=match.start(), end=match.end(), text=match[0], kind=kind, form=printed)


def _printed(kind: str, match: re.Match[str]) -> str:
    """The form in which the library prints it; an empty text for what only looks like one."""
    try:
        if kind == "code":
            sections = re.sub(r"\s?[–-]\s?(?=\d+[a-z]{0,2}$)", "–", match["sections"])
            return str(Code(title=int(match["title"]), sections=sections, note=bool(match["note"])))
        if kind == "public law":
            return str(PublicLaw.model_validate(match["law"]))
        if kind in ("statutes at large", "case of the World Court"):
            return str(Reported.model_validate(match["report"]))
        if kind == "bill":
            return f"{BillNumber.model_validate(match['bill'])}, {congress_name(int(match['congress']))}"
        return f"U.S. Const. {match['part']}"
    except ValueError:  # a WrongForm, or what a model makes of one
        return ""


def _by_eyecite(text: str) -> Iterator[Found]:
    """What eyecite finds, a window at a time: each place is read with what stands around it, and told once."""
    try:
        from eyecite import get_citations
    except ModuleNotFoundError as missing:
        raise MissingExtra("finding citations in a text", "eyecite") from missing
    # eyecite tells its own difficulties on standard error, where nobody has asked for a log.
    logging.getLogger("eyecite").addHandler(logging.NullHandler())
    read = _PARENTHESES.sub(" ", _DATED.sub(lambda dated: " " * len(dated[0]), text))
    for start in range(0, len(text), _WINDOW):
        before = max(0, start - _MARGIN)
        # The blank keeps off a joke: eyecite answers its own name, alone, with a made-up citation.
        for cite in get_citations(f"{read[before : start + _WINDOW + _MARGIN]} "):
            found = _found(cite, before)
            if start <= found.start < start + _WINDOW:
                yield found


def _found(cite: Any, offset: int) -> Found:
    start = offset + cite.span()[0]
    meta = cite.metadata
    parties = (getattr(meta, side, None) for side in ("plaintiff", "defendant"))
    name = " v. ".join(filter(None, parties)) or getattr(meta, "antecedent_guess", None) or ""
    kind = _KINDS.get(type(cite).__name__, "other")
    words = cite.matched_text().rstrip(",;")
    form = re.sub(r"(?<=\S)\(", " (", cite.corrected_citation()) if cite.groups else words
    return Found(start=start, end=start + len(words), text=words, kind=kind, form=form, name=name)


def _pointed(found: Iterable[Found]) -> tuple[Found, ...]:
    """The citations with what each points back to."""
    told: list[Found] = []
    cases: deque[int] = deque(maxlen=CASES_BACK)
    for each in found:
        means = _meant(each, told, cases) if each.kind in BACKWARD else None
        if each.kind == "case":
            cases.appendleft(len(told))
        told.append(each if means is None else each.but(means=means))
    return tuple(told)


def _meant(each: Found, before: Sequence[Found], cases: Iterable[int]) -> int | None:
    """The number of what a citation points back to: the last one, or the last case of that volume or that name."""
    if each.kind == "id.":
        last = len(before) - 1
        return None if last < 0 else before[last].means if before[last].kind in BACKWARD else last
    volume = each.form.partition(" at ")[0]
    for number in cases:
        case = before[number]
        if each.kind == "short form" and case.form.rpartition(" ")[0] == volume:
            return number
        named = each.name or each.text
        if each.kind in ("supra", "name") and named and named in case.name:
            return number
    return None
