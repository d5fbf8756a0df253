"""The table of authorities: what is cited, its standing, and how far its words and its citation were verified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from authority.dates import first_day, last_day
from authority.facts import FactPattern
from authority.law import Authority, Citation, Instrument, Mark
from authority.memo.parts import AuthorityPart
from authority.saying import day, sentence


def table_of_authorities(case: FactPattern, cites: Iterable[Citation]) -> Iterator[AuthorityPart]:
    """The instrument first, then what was cited, by kind and title; each once."""
    used = dict.fromkeys(c.authority for c in cites)
    targets = [case.rules.authority(Citation(name)) for name in used]
    yield _part(case, case.rules.instrument)
    rest = [t for t in targets if isinstance(t, Authority)]
    for each in sorted(rest, key=lambda a: (a.kind, str(a.citation))):
        yield _part(case, each)


def _part(case: FactPattern, target: Instrument | Authority) -> AuthorityPart:
    of_law = target if isinstance(target, Authority) else None
    return AuthorityPart(
        kind=of_law.kind if of_law else "instrument", citation=str(target.citation), link=target.citation.link,
        status=target.status, mark=sentence(target.verified.says),
        seen=sentence(f"where seen: {target.seen}") if target.seen else "", apart=tuple(_apart(target)),
        unverified=sentence(f"not verified in it: {of_law.unverified}") if of_law and of_law.unverified else "",
        says=of_law.says if of_law else "", note=" ".join(_notes(case, of_law) if of_law else ()),
    )  # fmt: skip


def _apart(target: Instrument | Authority) -> Iterator[str]:
    """The sections and quotations that were verified otherwise than the rest, and how."""
    if isinstance(target, Instrument):
        parts: list[tuple[str, Mark | None]] = [(s.id, s.verified) for s in target.sections]
    else:
        parts = [(q.pin or f"“{q.text}”", q.verified) for q in target.quotes]
    yield from (sentence(f"{name}: {mark.says}") for name, mark in parts if mark and mark is not target.verified)


def _notes(case: FactPattern, target: Authority) -> Iterator[str]:
    if target.note:
        yield target.note
    if target.date and first_day(target.date) > case.law_day:
        yield f"Later than the day whose law applies ({day(case.as_of)})."
    if target.until and case.law_day >= last_day(target.until):
        yield f"No longer in force from {day(target.until)}."
