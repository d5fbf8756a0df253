"""Whether a citation as it stands in a text is one of those that an authority is known by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from authority.citing.full import FullCitation
from authority.citing.parts import congress_name
from authority.citing.sources import Bill, Case, Constitution, Opinion, Statute, Treaty

_SECTIONS = re.compile(
    r"(\d+ U\.S\.C\.) §§? ([0-9]{1,9})([a-z]*)(?:\([0-9a-zA-Z()]*)?(?:–([0-9]{1,9})([a-z]*))?( note)?"
)
_EARLY = re.compile(r" \(\d+ [A-Z][\w.' ]*\)")


def known_by(citation: FullCitation) -> tuple[str, ...]:
    """The forms that a text may cite it in, and mean it: its reports, its public law, its place in the Code, its
    number. What it leads to (``see``, ``also``) is another authority."""
    return tuple(dict.fromkeys(_known_by(citation)))


def _known_by(citation: FullCitation) -> Iterator[str]:
    if isinstance(citation, Case):
        yield from (_bare(str(each)) for each in citation.reported)
        yield from (_bare(str(each)) for stage in citation.history for each in stage.reported)
    elif isinstance(citation, (Opinion, Treaty)):
        yield from (_bare(str(each)) for each in citation.reported)
    elif isinstance(citation, Statute):
        parts = (citation.public_law, citation.statutes, citation.code, citation.codified)
        yield from (str(each) for each in parts if each)
    elif isinstance(citation, Bill):
        yield f"{citation.bill}, {congress_name(citation.congress)}"
    elif isinstance(citation, Constitution):
        yield citation.form


def is_meant(form: str, known: str) -> bool:
    """Whether a form in a text means what is known by another: the same, a section among those named, or a part of the
    Constitution within the other. The note under a section of the Code is not the section."""
    form = _bare(form)
    if form == known:
        return True
    if known.startswith("U.S. Const."):
        return form.startswith(f"{known},") or known.startswith(f"{form},")
    one, other = _SECTIONS.fullmatch(form), _SECTIONS.fullmatch(known)
    if one is None or other is None:
        return False
    return one[1] == other[1] and one[6] == other[6] and _within(one, other)


def _within(one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether sections of one title lie among others."""
    first, last = (int(one[2]), one[3]), (int(one[4] or one[2]), one[5] if one[4] else one[3])
    start, end = (int(other[2]), other[3]), (int(other[4] or other[2]), other[5] if other[4] else other[3])
    return start <= first <= end and start <= last <= end


def _bare(form: str) -> str:
    """Without the early reporter in parentheses."""
    return _EARLY.sub("", form)


