"""Full citations as data: they print the Bluebook's form, and know the public address that a documented rule gives."""

from authority.citing.kinds import (
    HEADS,
    Article,
    Bill,
    Case,
    Cited,
    Constitution,
    FullCitation,
    Letter,
    Opinion,
    Report,
    Speech,
    Stage,
    Statute,
    Text,
    Treaty,
)
from authority.citing.parts import BillNumber, Code, PublicLaw, Reported

__all__ = [
    "HEADS", "Article", "Bill", "BillNumber", "Case", "Cited", "Code", "Constitution", "FullCitation", "Letter",
    "Opinion", "PublicLaw", "Report", "Reported", "Speech", "Stage", "Statute", "Text", "Treaty",
]  # fmt: skip
