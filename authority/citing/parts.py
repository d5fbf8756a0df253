"""The parts of a citation that have a form of their own: volume and page, public law, section of the Code, bill.

Each is written as a lawyer writes it (``655 F.3d 20``), read into its fields, and printed the same. ``link`` is the
public address that a documented rule gives to the part, or an empty text; no address is ever asked for.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from pydantic import model_validator

from authority.vocabulary import Model

GOVINFO = "https://www.govinfo.gov/link"
COURTLISTENER = "https://www.courtlistener.com/c"
CONGRESS = "https://www.congress.gov/bill"

# Reporters of the federal courts, as the Bluebook's Table T1.1 abbreviates them.
FEDERAL = ("U.S.", "S. Ct.", "L. Ed.", "L. Ed. 2d", "F.", "F.2d", "F.3d", "F.4th", "F. App'x",
           "F. Supp.", "F. Supp. 2d", "F. Supp. 3d")  # fmt: skip
_REPORTER = re.compile(r"[A-Z][\w.'&]*( [\w.'&]+)*")
_NOMINATIVE = re.compile(r"(.+) \((\d+ [A-Z][\w.' ]*)\)")
_CODE = re.compile(r"(\d+) U\.S\.C\. (§§?) (\d[\w.(), –-]*?)( note)?")
_MEASURES = {
    "H.R.": "house-bill", "S.": "senate-bill", "H. Res.": "house-resolution", "S. Res.": "senate-resolution",
    "H.J. Res.": "house-joint-resolution", "S.J. Res.": "senate-joint-resolution",
    "H. Con. Res.": "house-concurrent-resolution", "S. Con. Res.": "senate-concurrent-resolution",
}  # fmt: skip


class WrongForm(ValueError):
    """A text is not of the form that a citation has; ``fix`` says which form that is."""

    def __init__(self, why: str, fix: str) -> None:
        super().__init__(why)
        self.fix = fix


class _Written(Model, ABC):
    """What stands in a file as one text, and in the model as fields."""

    @model_validator(mode="before")
    @classmethod
    def _fields(cls, value: Any) -> Any:
        return cls._read(" ".join(value.split())) if isinstance(value, str) else value

    @classmethod
    @abstractmethod
    def _read(cls, text: str) -> Mapping[str, Any]:
        """The fields; WrongForm for a text that is written otherwise."""


class Reported(_Written):
    """Where a text is printed: volume, reporter, first page (None where it is not yet known, written ``__``).

    ``nominative`` is the early reporter in parentheses: ``67 U.S. (2 Black) 635``. A volume may be a year: ``1986
    I.C.J. 14``.
    """

    volume: int
    reporter: str
    page: int | None
    nominative: str = ""

    @classmethod
    def _read(cls, text: str) -> Mapping[str, Any]:
        form = "write volume, reporter and first page: 655 F.3d 20"
        volume, _, rest = text.partition(" ")
        reporter, _, page = rest.rpartition(" ")
        if not _number(volume):
            raise WrongForm("it has no volume", form)
        if not reporter:
            raise WrongForm(f"it has no {'reporter' if _number(page) else 'page'}", form)
        if not _number(page) and page.strip("_"):
            raise WrongForm(f"the page {page!r} is no number", f"{form}; or __ for a page not yet known")
        early = _NOMINATIVE.fullmatch(reporter)
        reporter, nominative = early.groups() if early else (reporter, "")
        if not _REPORTER.fullmatch(reporter):
            raise WrongForm(f"{reporter!r} is not the form of a reporter", form)
        return {
            "volume": volume, "reporter": reporter, "page": page if _number(page) else None, "nominative": nominative,
        }  # fmt: skip

    def __str__(self) -> str:
        early = f" ({self.nominative})" if self.nominative else ""
        return f"{self.volume} {self.reporter}{early} {'__' if self.page is None else self.page}"

    @property
    def link(self) -> str:
        """The opinion at CourtListener, for a reporter of the federal courts.

        The rule is Free Law Project's: ``/c/REPORTER/VOLUME/PAGE/`` (freelawproject.org, "Our New Citation Finder").
        """
        if self.reporter not in FEDERAL or self.page is None:
            return ""
        return f"{COURTLISTENER}/{quote(self.reporter)}/{self.volume}/{self.page}/"

    @property
    def statute_link(self) -> str:
        """The page of the Statutes at Large at govinfo, for the volumes it holds act by act (65, of 1951, to 125).

        The rule is GPO's: ``/link/statute/VOLUME/PAGE`` (govinfo.gov/link-docs; the volumes: unitedstates/uslaw.link).
        """
        held = self.reporter == "Stat." and 65 <= self.volume <= 125 and self.page is not None
        return f"{GOVINFO}/statute/{self.volume}/{self.page}" if held else ""


class PublicLaw(_Written):
    """A public law by its Congress and number, written ``107-40``."""

    congress: int
    number: int

    @classmethod
    def _read(cls, text: str) -> Mapping[str, Any]:
        congress, _, number = text.replace("–", "-").partition("-")
        if not (_number(congress) and _number(number)):
            raise WrongForm("a public law is cited by its Congress and its number", "write it as 107-40")
        return {"congress": congress, "number": number}

    def __str__(self) -> str:
        return f"Pub. L. No. {self.congress}-{self.number}"

    @property
    def link(self) -> str:
        """The law at govinfo, which holds those of the 104th Congress (1995) and later.

        The rule is GPO's: ``/link/plaw/CONGRESS/public/NUMBER`` (govinfo.gov/link-docs).
        """
        return f"{GOVINFO}/plaw/{self.congress}/public/{self.number}" if self.congress >= 104 else ""


class Code(_Written):
    """A section of the United States Code, or sections, or the note under a section.

    A note is not the section: ``50 U.S.C. § 1541 note`` is the 2001 authorization, § 1541 the War Powers Resolution.
    """

    title: int
    sections: str
    note: bool = False

    @classmethod
    def _read(cls, text: str) -> Mapping[str, Any]:
        found = _CODE.fullmatch(text)
        if not found:
            fix = "write it as 50 U.S.C. § 1541, 50 U.S.C. §§ 1541–1550 or 50 U.S.C. § 1541 note"
            raise WrongForm("the Code is cited by title and section", fix)
        title, sign, sections, note = found.groups()
        if sign == "§§":
            sections = re.sub(r"(?<=\d)-(?=\d)", "–", sections)
        if _several(sections) != (sign == "§§"):
            fix = "write it as 50 U.S.C. § 1541 or 50 U.S.C. §§ 1541–1550"
            raise WrongForm("one section has one § and several have two", fix)
        return {"title": title, "sections": sections, "note": bool(note)}

    def __str__(self) -> str:
        sign = "§§" if _several(self.sections) else "§"
        return f"{self.title} U.S.C. {sign} {self.sections}{' note' if self.note else ''}"

    @property
    def link(self) -> str:
        """The section at govinfo, the first of several; a note stands on the page of its section, beneath it.

        The rule is GPO's: ``/link/uscode/TITLE/SECTION`` (govinfo.gov/link-docs).
        """
        first = re.match(r"\w+(-\w+)*", self.sections)
        return f"{GOVINFO}/uscode/{self.title}/{first[0]}" if first else ""


class BillNumber(_Written):
    """A bill or resolution by its kind and number: ``S.J. Res. 68``."""

    measure: str
    number: int

    @classmethod
    def _read(cls, text: str) -> Mapping[str, Any]:
        measure, _, number = text.rpartition(" ")
        if measure not in _MEASURES or not _number(number):
            fix = f"write it as S.J. Res. 68; there are: {', '.join(_MEASURES)}"
            raise WrongForm("a bill is cited by its kind and its number", fix)
        return {"measure": measure, "number": number}

    def __str__(self) -> str:
        return f"{self.measure} {self.number}"

    def link(self, congress: int) -> str:
        """The measure at congress.gov, which holds those of the 93rd Congress (1973) and later.

        The rule: ``/bill/116th-congress/senate-joint-resolution/68`` (docs.rs/capitol; the ``legislationUrl`` of the
        Library of Congress's own API has the same form).
        """
        measure = _MEASURES.get(self.measure)
        if congress < 93 or not measure:
            return ""
        return f"{CONGRESS}/{_ordinal(congress, 'nd', 'rd')}-congress/{measure}/{self.number}"


def congress_name(number: int) -> str:
    """A Congress as the Bluebook has it: ``116th Cong.``, ``102d Cong.``"""
    return f"{_ordinal(number, 'd', 'd')} Cong."


def _ordinal(number: int, second: str, third: str) -> str:
    last = 0 if number % 100 in (11, 12, 13) else number % 10
    return f"{number}{({1: 'st', 2: second, 3: third}).get(last, 'th')}"


def _number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _several(sections: str) -> bool:
    return "–" in sections or "," in sections
