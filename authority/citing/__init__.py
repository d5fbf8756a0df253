"""Full citations as data: they print the Bluebook's form, and know the public address that a documented rule gives."""

from authority.citing.base import Cited
from authority.citing.documents import Article, Letter, Report, Speech, Text
from authority.citing.full import HEADS, FullCitation
from authority.citing.parts import BillNumber, Code, PublicLaw, Reported, WrongForm
from authority.citing.sources import Bill, Case, Constitution, Opinion, Stage, Statute, Treaty

__all__ = [
    "HEADS", "Article", "Bill", "BillNumber", "Case", "Cited", "Code", "Constitution", "FullCitation", "Letter",
    "Opinion", "PublicLaw", "Report", "Reported", "Speech", "Stage", "Statute", "Text", "Treaty", "WrongForm",
]  # fmt: skip
