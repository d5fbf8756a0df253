"""Which column of a log is which field of an exhibit or of its source: as one says, or guessed from usual headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from authority.errors import InvalidInput, Place, Problem, nearest
from authority.exchange.cells import Cell
from authority.facts import Evidence, Source
from authority.vocabulary import Model

GRADE = "grade"
"""Both grades in one cell: ``B2``."""
NOTHING = "-"
"""What a column is mapped to that is not to be read."""
OF_SOURCE = "source "
"""Stands before a field of a source in a log of exhibits: ``source name``."""

EVIDENCE_FIELDS = tuple(Evidence.model_fields)
SOURCE_FIELDS = tuple(Source.model_fields)
LISTS = ("supports", "contradicts", "found_none", "undercuts", "doubts", "under")
"""The fields of which one cell may hold several."""

LOG_FIELDS = (*EVIDENCE_FIELDS, GRADE, *(OF_SOURCE + field for field in SOURCE_FIELDS if field != "id"))

# Headings that people use, beside the name of the field itself.
_USUAL: Mapping[str, tuple[str, ...]] = {
    "id": ("no", "nr", "number", "#", "item", "exhibit", "exhibit no", "exhibit id", "evidence id", "item id"),
    "ref": ("reference", "file no"),
    "source": ("source id", "from"),
    "says": ("what it says", "statement", "text", "claim", "content", "description", "summary", "evidence"),
    "supports": ("supports facts", "for", "pro", "consistent with", "facts supported"),
    "contradicts": ("contradicts facts", "against", "con", "inconsistent with", "facts contradicted"),
    "found_none": ("none found", "looked and found none", "no evidence of"),
    "undercuts": ("removes",),
    "doubts": ("casts doubt on", "lowers"),
    "bears_on_nothing": ("why it bears on nothing", "not relevant because"),
    "kind": ("type", "type of evidence", "kind of evidence"),
    "credibility": ("information credibility", "credibility of information"),
    GRADE: ("grades", "admiralty", "admiralty code", "nato code", "rating", "evaluation", "reliability credibility"),
    "hedge": ("caveat", "hedged"),
    "under": ("admitted on", "position needed"),
    "date": ("date of event", "event date", "when"),
    "published": ("publication date", "date published", "date of publication", "reported", "date of information"),
    "cite": ("citation", "page", "pin", "pinpoint", "where in it"),
    "note": ("notes", "comment", "comments", "remarks", "analyst comment"),
    "source name": ("name of source",),
    "source kind": ("source type", "type of source", "kind of source"),
    "source url": ("url", "link", "web address", "hyperlink"),
    "source author": ("author",),
    "source reliability": ("reliability of source",),
}
_USUAL_OF_SOURCES: Mapping[str, tuple[str, ...]] = {
    "id": ("source", "source id", "no", "#", "key"),
    "name": ("source name", "title", "name of source"),
    "kind": ("type", "source type", "type of source", "source kind", "kind of source"),
    "reliability": ("source reliability", "reliability of source"),
    "author": ("source author", "by"),
    "origin": ("source origin", "comes from"),
    "url": ("source url", "link", "web address", "hyperlink"),
    "note": ("source note", "notes", "comment", "comments", "remarks"),
}


class Columns(Model):
    """The columns of a sheet by their numbers, from 0: the heading of each and its field, and the headings that are not
    read."""

    fields: Mapping[int, str]
    headings: Mapping[int, str]
    left_out: tuple[str, ...] = ()

    def told(self) -> dict[str, str]:
        """Each heading that is read, and as what."""
        return {self.headings[n]: field for n, field in self.fields.items()}


def known_headings(headings: Iterable[str]) -> int:
    """How many of some headings are known."""
    usual = _by_heading(LOG_FIELDS, _USUAL)
    return sum(_folded(heading) in usual for heading in headings)


def log_columns(heading: tuple[Cell, ...], given: Mapping[str, str]) -> Columns:
    """The columns of a log of exhibits; ``given`` is heading → field, and comes before what is usual.

    Raises InvalidInput where a heading or a field is not there, two columns are one field, or there is no id.
    """
    return _columns(heading, given, LOG_FIELDS, _USUAL, ("id", "source", "says"))


def source_columns(heading: tuple[Cell, ...]) -> Columns:
    """The columns of a sheet of sources; InvalidInput where there is no id or no name."""
    return _columns(heading, {}, SOURCE_FIELDS, _USUAL_OF_SOURCES, ("id", "name"))


def _columns(
    heading: tuple[Cell, ...], given: Mapping[str, str], fields: tuple[str, ...],
    usual: Mapping[str, tuple[str, ...]], needed: tuple[str, ...],
) -> Columns:  # fmt: skip
    named = {n: cell.text.strip() for n, cell in enumerate(heading) if cell.text.strip()}
    by_name = {_folded(name): n for n, name in reversed(named.items())}
    start = heading[0].place if heading else Place("the log")
    problems = list(_wrong(given, by_name, named, fields, start))
    chosen = {by_name[_folded(name)]: _field(field) for name, field in given.items() if _folded(name) in by_name}
    guesses = _by_heading(fields, usual)
    for n, name in named.items():
        field = guesses.get(_folded(name))
        if n not in chosen and field and field not in chosen.values():
            chosen[n] = field
    missing = [field for field in needed if field not in chosen.values()]
    if missing and not problems:
        there = f"the headings are: {', '.join(named.values()) or 'none'}"
        problems += (
            Problem(start, "column", f"no column is read as {field!r}", there, f"say which: --map 'HEADING={field}'")
            for field in missing
        )
    if problems:
        raise InvalidInput(problems)
    read = {n: field for n, field in sorted(chosen.items()) if field != NOTHING}
    return Columns(fields=read, headings=named, left_out=tuple(name for n, name in named.items() if n not in read))


def _wrong(
    given: Mapping[str, str], by_name: Mapping[str, int], named: Mapping[int, str], fields: tuple[str, ...],
    start: Place,
) -> Iterator[Problem]:  # fmt: skip
    """What is wrong with the map that was given."""
    taken: dict[str, str] = {}
    for name, said in given.items():
        field = _field(said)
        if _folded(name) not in by_name:
            near = nearest(name, named.values())
            fix = f"did you mean {near!r}?" if near else f"the headings are: {', '.join(named.values())}"
            yield Problem(start, "column", f"there is no column {name!r}", "", fix)
        if field not in fields and field != NOTHING:
            near = nearest(field, fields)
            fix = f"did you mean {near!r}?" if near else f"the fields are: {', '.join(fields)}; or '-' for none"
            yield Problem(start, "column", f"{said!r} is no field of an item", "", fix)
        if field != NOTHING and taken.setdefault(field, name) != name:
            what = f"{taken[field]!r} and {name!r} are both to be read as {field!r}"
            yield Problem(start, "column", what, "", "map one of them")


def _field(said: str) -> str:
    """A field as it may be called: ``found none`` is found_none, ``url`` that of the source."""
    field = said.strip().casefold()
    if field == "url":
        return OF_SOURCE + field
    whole = field.replace(" ", "_")
    return whole if whole in EVIDENCE_FIELDS else field.replace("source.", OF_SOURCE)


def _by_heading(fields: Iterable[str], usual: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    found = {_folded(field): field for field in fields}
    for field, headings in usual.items():
        for heading in headings:
            found.setdefault(_folded(heading), field)
    return found


def _folded(heading: str) -> str:
    return " ".join(re.findall(r"[^\W_]+|#", heading.casefold()))
