"""The sources of law that are cited, one model each: statute, case, opinion, bill, treaty, constitution.

The form is that of *The Bluebook: A Uniform System of Citation*, in plain text: what it sets in italics is not marked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from authority.citing.base import Cited, in_parentheses, joined
from authority.citing.parts import BillNumber, Code, PublicLaw, Reported, WrongForm, congress_name
from authority.dates import Day, When, printed
from authority.vocabulary import Model

# Words of subsequent history that govern what follows, and so take no comma (Bluebook, Table T8).
_GOVERNING = re.compile(r".*('g|\b(of|from|reissued))")
_NAMES_ITS_COURT = re.compile(r"F\..*")


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, (str, Mapping, Reported)) else value


def _at_large(cite: Reported) -> Reported:
    if cite.reporter != "Stat.":
        raise WrongForm("it is not in the Statutes at Large", "write volume and page: 115 Stat. 224")
    return cite


Reports = Annotated[tuple[Reported, ...], BeforeValidator(_listed)]
"""Where a text is printed: one report, or several in parallel."""


class Statute(Cited):
    """A statute, by session law, Code, or both (Bluebook, Rule 12)."""

    heads = ("statute", "public_law", "code")
    statute: str = ""
    public_law: PublicLaw | None = None
    section: str = ""
    statutes: Annotated[Reported, AfterValidator(_at_large)] | None = None
    date: When | None = None
    code: Code | None = None
    codified: Code | None = None

    @model_validator(mode="after")
    def _somewhere(self) -> Statute:
        if not (self.public_law or self.statutes or self.code):
            raise WrongForm("it does not say where the statute stands", "add public_law, statutes or code")
        return self

    @property
    def form(self) -> str:
        session = joined(self.statute, self.public_law, self.section, self.statutes) + in_parentheses(when=self.date)
        codified = f" (codified at {self.codified})" if self.codified else ""
        return joined(session, self.code) + codified

    @property
    def link(self) -> str:
        """The public law, else the page of the Statutes at Large, else the section of the Code."""
        public_law = self.public_law.link if self.public_law else ""
        at_large = self.statutes.statute_link if self.statutes else ""
        codes = [code.link for code in (self.code, self.codified) if code]
        return next((each for each in (public_law, at_large, *codes) if each), "")


class Stage(Model):
    """What came of a case later (Bluebook, Rule 10.7): ``cert. denied, 572 U.S. 1079 (2014)``."""

    says: str
    reported: Reports = ()
    court: str = ""
    decided: Day | None = None

    def __str__(self) -> str:
        comma = "" if _GOVERNING.fullmatch(self.says) else ","
        where = f"{comma} {joined(*self.reported)}" if self.reported else ""
        return f"{self.says}{where}{in_parentheses(self.court, self.decided)}"


class Case(Cited):
    """A decision, or a ``document`` filed in the case (Bluebook, Rules 10 and 21): any court, also international.

    ``decided`` is a year, or a day where the day is printed; ``reissued`` stands in its place for an opinion so dated.
    """

    heads = ("case",)
    case: str
    document: str = ""
    docket: str = ""
    reported: Reports = ()
    at: str = ""
    court: str = ""
    decided: Day | None = None
    reissued: Day | None = None
    parenthetical: str = ""
    history: tuple[Stage, ...] = ()

    @model_validator(mode="after")
    def _somewhere(self) -> Case:
        if not (self.reported or self.docket or (self.court and self.decided)):
            fix = "add reported or docket, or else court and decided"
            raise WrongForm("it does not say where the decision is found", fix)
        if not self.court and any(_NAMES_ITS_COURT.fullmatch(each.reporter) for each in self.reported):
            raise WrongForm("the reporter does not say which court decided", "add court, as in 'court: D.C. Cir.'")
        if self.decided and self.reissued:
            raise WrongForm("it is dated twice, by decided and by reissued", "keep one of them")
        return self

    @property
    def form(self) -> str:
        found = joined(self.document, self.case, self.docket, *self.reported, self.at)
        whose = f"{self.court}, reissued" if self.reissued else self.court
        volumes = {str(each.volume) for each in self.reported}
        # A report whose volumes are years has named the year already: 1986 I.C.J. 14 (June 27).
        day = self.decided or self.reissued
        when = printed(day, day[:4] not in volumes) if day else ""
        inside = f" ({' '.join(filter(None, (whose, when)))})" if whose or when else ""
        said = f" ({self.parenthetical})" if self.parenthetical else ""
        return "".join((found, inside, said, *(f", {stage}" for stage in self.history)))

    @property
    def link(self) -> str:
        """The opinion under the first of its reports that has an address."""
        return next((each.link for each in self.reported if each.link), "")


class Opinion(Cited):
    """A formal opinion of the executive, such as one of the Office of Legal Counsel (Bluebook, Rule 14)."""

    heads = ("opinion",)
    opinion: str
    by: str
    reported: Reports = ()
    date: When | None = None

    @property
    def form(self) -> str:
        return joined(self.by, self.opinion, *self.reported) + in_parentheses(when=self.date)


class Bill(Cited):
    """A bill or resolution, enacted or not (Bluebook, Rule 13.2). ``version`` is its stage, as in ``H.R. 550 EAH``."""

    heads = ("bill",)
    bill: BillNumber
    congress: int = Field(ge=1)
    version: str = ""
    section: str = ""
    known_as: str = ""
    date: When | None = None

    @property
    def form(self) -> str:
        number = f"{self.bill} {self.version}".strip()
        inside = joined(self.known_as, printed(self.date) if self.date else "")
        return joined(number, congress_name(self.congress), self.section) + in_parentheses(inside)

    @property
    def link(self) -> str:
        return self.bill.link(self.congress)


class Treaty(Cited):
    """A treaty or charter, or an article of it (Bluebook, Rule 21.4)."""

    heads = ("treaty",)
    treaty: str
    article: str = ""
    date: When | None = None
    reported: Reports = ()

    @property
    def form(self) -> str:
        articles = "arts." if "," in self.article else "art."
        name = f"{self.treaty} {articles} {self.article}" if self.article else self.treaty
        return joined(name, printed(self.date) if self.date else "", *self.reported)


class Constitution(Cited):
    """The Constitution of the United States (Bluebook, Rule 11): ``art. II, § 2``."""

    heads = ("constitution",)
    constitution: str

    @property
    def form(self) -> str:
        return f"U.S. Const. {self.constitution}"
