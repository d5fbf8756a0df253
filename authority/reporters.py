"""The one door to reporters-db: whether there is a reporter of that name, and the years of its decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from authority.citing import Case, FullCitation, Reported
from authority.errors import MissingExtra, Place, Problem, nearest
from authority.law import RuleSet

# reporters-db holds American reporters; these are the World Court's (Bluebook, Rule 21.5).
_ELSEWHERE = ("I.C.J.", "P.C.I.J.")


class _Use(NamedTuple):
    """A report that a case is cited to, and the year of the decision, or None where the citation gives none."""

    cite: Reported
    year: int | None


def reporter_problems(rules: RuleSet, places: Mapping[tuple[str, str], Place]) -> tuple[Problem, ...]:
    """Every case cited to a reporter that there is not, or that did not appear in the year of the decision.

    The source is the Free Law Project's reporters-db. Raises MissingExtra where it is not installed.
    """
    known = _Reporters()
    return tuple(
        problem
        for target in (rules.instrument, *rules.authorities)
        for use in _uses(target.citation)
        for problem in known.wrong(use, places["citations", target.id])
    )


def _uses(citation: FullCitation) -> Iterator[_Use]:
    """The reports of a case, of what came of it later, and of the cases behind it."""
    if isinstance(citation, Case):
        year = _year(citation.decided or citation.reissued)
        yield from (_Use(cite, year) for cite in citation.reported)
        for stage in citation.history:
            yield from (_Use(cite, _year(stage.decided)) for cite in stage.reported)
    for behind in (citation.also, citation.see):
        if behind:
            yield from _uses(behind)


def _year(day: str | None) -> int | None:
    return int(day[:4]) if day else None


class _Reporters:
    def __init__(self) -> None:
        try:
            import reporters_db  # pyright: ignore[reportMissingImports]
        except ModuleNotFoundError as missing:
            raise MissingExtra("checking reporters", "citations") from missing
        self.reporters: Mapping[str, list[Mapping[str, Any]]] = reporters_db.REPORTERS
        self.editions: Mapping[str, str] = reporters_db.EDITIONS
        self.variations: Mapping[str, list[str]] = reporters_db.VARIATIONS_ONLY

    def wrong(self, use: _Use, where: Place) -> Iterator[Problem]:
        """What is wrong with a report, at the place of its citation."""
        cite = use.cite
        early = cite.nominative.partition(" ")[2]
        for name in filter(None, (cite.reporter, early)):
            if name not in self.editions and name not in _ELSEWHERE:
                what, why = f"{name!r} in {str(cite)!r} is no reporter", "reporters-db has none of that name"
                yield Problem(where, "unknown reporter", what, why, self._meant(name))
        years = self._years(cite.reporter)
        # The early reporters were numbered into the United States Reports later, and are dated by terms.
        if use.year is None or early or not years:
            return
        if any(start <= use.year and (end is None or use.year <= end) for start, end in years):
            return
        spans = ", ".join(f"{start}–{end or ''}" for start, end in years)
        yield Problem(
            where, "reporter's years", f"{str(cite)!r} is cited for {use.year}",
            f"by reporters-db {cite.reporter} has decisions of {spans}", "check the reporter, the series and the year",
        )  # fmt: skip

    def _years(self, name: str) -> list[tuple[int, int | None]]:
        """The first and the last year of each series of that name; None for the last of one that goes on."""
        series = self.reporters.get(self.editions.get(name, ""), ())
        found = [each["editions"][name] for each in series if name in each["editions"]]
        return [(each["start"].year, each["end"].year if each["end"] else None) for each in found]

    def _meant(self, name: str) -> str:
        """The right form of a reporter written otherwise, or the nearest one."""
        near = next(iter(self.variations.get(name, ())), None) or nearest(name, self.editions)
        return f"did you mean {near!r}?" if near else "write the reporter as the Bluebook does, as F. Supp. 2d"
