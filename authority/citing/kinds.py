"""The kinds of authority that are cited, one model each; the key that names the kind comes first in a file.

The form is that of *The Bluebook: A Uniform System of Citation*, in plain text: what it sets in italics is not marked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, model_validator

from authority.citing.parts import BillNumber, Code, PublicLaw, Reported, congress_name
from authority.days import Day, When, printed
from authority.vocabulary import Model

# Words of subsequent history that govern what follows, and so take no comma (Bluebook, Table T8).
_GOVERNING = re.compile(r".*('g|\b(of|from|reissued))")
_NAMES_ITS_COURT = re.compile(r"F\..*")


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, (str, Mapping, Reported)) else value


def _at_large(cite: Reported) -> Reported:
    if cite.reporter != "Stat.":
        raise ValueError("the Statutes at Large are cited as 115 Stat. 224")
    return cite


Reports = Annotated[tuple[Reported, ...], BeforeValidator(_listed)]
"""Where a text is printed: one report, or several in parallel."""


class Cited(Model):
    """What every kind has: ``see`` and ``also`` lead to a second authority, printed behind the first."""

    heads: ClassVar[tuple[str, ...]]
    see: FullCitation | None = None
    also: FullCitation | None = None

    @property
    def form(self) -> str:
        """The citation without what it leads to."""
        raise NotImplementedError

    @property
    def link(self) -> str:
        """The public address formed by rule, or an empty text; never looked up."""
        return ""

    def __str__(self) -> str:
        also = f"; {self.also}" if self.also else ""
        return f"{self.form}{also}{f'; see {self.see}' if self.see else ''}"


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
            raise ValueError("a statute needs public_law, statutes or code: say where it stands")
        return self

    @property
    def form(self) -> str:
        session = _joined(self.statute, self.public_law, self.section, self.statutes) + _in_parentheses(when=self.date)
        codified = f" (codified at {self.codified})" if self.codified else ""
        return _joined(session, self.code) + codified

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
        where = f"{comma} {_joined(*self.reported)}" if self.reported else ""
        return f"{self.says}{where}{_in_parentheses(self.court, self.decided)}"


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
            raise ValueError("a case needs reported or docket, or else court and decided: say where it is found")
        if not self.court and any(_NAMES_ITS_COURT.fullmatch(each.reporter) for each in self.reported):
            raise ValueError("a reporter of several courts does not say which decided: add court, as D.C. Cir.")
        if self.decided and self.reissued:
            raise ValueError("a case is dated by decided or by reissued, not by both: keep one")
        return self

    @property
    def form(self) -> str:
        found = _joined(self.document, self.case, self.docket, *self.reported, self.at)
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
    """A formal opinion of the executive, such as one of the Office of Legal Counsel (Bluebook, Rule 14.4)."""

    heads = ("opinion",)
    opinion: str
    by: str
    reported: Reports = ()
    date: When | None = None

    @property
    def form(self) -> str:
        return _joined(self.by, self.opinion, *self.reported) + _in_parentheses(when=self.date)


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
        inside = _joined(self.known_as, printed(self.date) if self.date else "")
        return _joined(number, congress_name(self.congress), self.section) + _in_parentheses(inside)

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
        name = f"{self.treaty} art. {self.article}" if self.article else self.treaty
        return _joined(name, printed(self.date) if self.date else "", *self.reported)


class Constitution(Cited):
    """The Constitution of the United States (Bluebook, Rule 11): ``art. II, § 2``."""

    heads = ("constitution",)
    constitution: str

    @property
    def form(self) -> str:
        return f"U.S. Const. {self.constitution}"


class Report(Cited):
    """A report, notice or draft of a public body, by its title (Bluebook, Rules 13.4 and 14).

    ``under`` is the statute that asks for it; ``released`` stands in place of ``date`` where only that day is known.
    """

    heads = ("report",)
    report: str
    by: str = ""
    under: FullCitation | None = None
    date: When | None = None
    released: When | None = None

    @property
    def form(self) -> str:
        released = "released" if self.released else ""
        return _joined(self.under, self.by, self.report) + _in_parentheses(released, self.released or self.date)


class Speech(Cited):
    """A speech, testimony or statement, by the speaker (Bluebook, Rule 17.2.5); ``at`` what, or ``on`` what."""

    heads = ("speaker",)
    speaker: str
    at: str = ""
    on: str = ""
    date: When | None = None

    @property
    def form(self) -> str:
        return _joined(self.speaker, self.at, f"on {self.on}" if self.on else "") + _in_parentheses(when=self.date)


class Letter(Cited):
    """A letter or notice (Bluebook, Rule 17.2.3): what it is called, from whom, to whom, on what."""

    heads = ("letter",)
    letter: str
    from_: str = Field("", alias="from")
    to: str = ""
    on: str = ""
    date: When | None = None

    @property
    def form(self) -> str:
        words = {"from": self.from_, "to": self.to, "on": self.on}
        return self.letter + "".join(f" {k} {v}" for k, v in words.items() if v) + _in_parentheses(when=self.date)


class Article(Cited):
    """An article, a comment or a statement in the press, by its author (Bluebook, Rules 16 and 18).

    ``in`` is where it stands; ``quoted_in`` or ``reported_by``, where it was found, if not in its own text.
    """

    heads = ("author",)
    author: str
    title: str = ""
    in_: str = Field("", alias="in")
    quoted_in: str = ""
    reported_by: str = ""
    on: str = ""
    date: When | None = None

    @property
    def form(self) -> str:
        quoted = f"as quoted in {self.quoted_in}" if self.quoted_in else ""
        reported = f"reported by {self.reported_by}" if self.reported_by else ""
        found = _joined(self.author, self.title, self.in_, quoted, reported)
        return found + (f" on {self.on}" if self.on else "") + _in_parentheses(when=self.date)


class Text(Cited):
    """The exception: what fits no other kind, as it is to be printed."""

    heads = ("text",)
    text: str = Field(min_length=1)

    @property
    def form(self) -> str:
        return self.text


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


def _joined(*parts: object) -> str:
    return ", ".join(text for text in (str(part) for part in parts if part is not None) if text)


def _in_parentheses(said: str = "", when: str | None = None) -> str:
    """What stands in parentheses behind a citation, a date last; an empty text for nothing."""
    inside = " ".join(filter(None, (said, printed(when) if when else "")))
    return f" ({inside})" if inside else ""


for _each in KINDS:
    _each.model_rebuild()
