"""What each key of a citation in full is for."""

from __future__ import annotations

from collections.abc import Mapping

_DAY = "a date as far as it is known: YYYY-MM-DD, YYYY-MM or YYYY"
_SEE = "Another authority, cited in full, printed behind this one as '; see …'."
_ALSO = "Another authority, cited in full, printed behind this one."
_PRINTED = "Where it is printed: volume, reporter and first page (655 F.3d 20), or a list in parallel."
_DATED = "Its date: YYYY-MM-DD, YYYY-MM or YYYY; or 'early 2018' where no month is known."

CITATION_WORDS: Mapping[str, Mapping[str, str]] = {
    "Statute": {
        "statute": "The name of the statute.",
        "public_law": "Congress and number: 107-40.",
        "section": "The section: § 1021.",
        "statutes": "Volume and page of the Statutes at Large: 115 Stat. 224.",
        "date": _DATED,
        "code": "Where it stands in the Code: 50 U.S.C. § 1541.",
        "codified": "Where it is codified, printed in parentheses: 50 U.S.C. § 1541 note.",
        "see": _SEE,
        "also": _ALSO,
    },
    "Case": {
        "case": "The name of the case.",
        "document": "A document filed in the case, if that is cited.",
        "docket": "Its number: No. 03-cv-9848.",
        "reported": _PRINTED,
        "at": "The page in it.",
        "court": "The court: D.C. Cir.",
        "decided": f"When it was decided: {_DAY}.",
        "reissued": f"When it was reissued, in place of decided: {_DAY}.",
        "parenthetical": "What stands in parentheses behind it: Leon, J.",
        "history": "What came of it later.",
        "see": _SEE,
        "also": _ALSO,
    },
    "Stage": {
        "says": "What was done: cert. denied.",
        "reported": _PRINTED,
        "court": "The court.",
        "decided": f"When: {_DAY}.",
    },
    "Opinion": {
        "opinion": "The title of the opinion.",
        "by": "Whose opinion it is: OLC.",
        "reported": _PRINTED,
        "date": _DATED,
        "see": _SEE,
        "also": _ALSO,
    },
    "Bill": {
        "bill": "Kind and number: S.J. Res. 68.",
        "congress": "The Congress, as a number: 116.",
        "version": "Its stage: EAH.",
        "section": "The section.",
        "known_as": "What it is known as.",
        "date": _DATED,
        "see": _SEE,
        "also": _ALSO,
    },
    "Treaty": {
        "treaty": "The treaty or charter.",
        "article": "The article.",
        "date": _DATED,
        "reported": _PRINTED,
        "see": _SEE,
        "also": _ALSO,
    },
    "Constitution": {"constitution": "The place in it: art. II, § 2.", "see": _SEE, "also": _ALSO},
    "Report": {
        "report": "The title of the report, notice or draft.",
        "by": "Whose it is.",
        "under": "The statute that asks for it, cited in full.",
        "date": _DATED,
        "released": "When it was released, where only that is known.",
        "see": _SEE,
        "also": _ALSO,
    },
    "Speech": {
        "speaker": "Who spoke.",
        "at": "At what.",
        "on": "On what.",
        "date": _DATED,
        "see": _SEE,
        "also": _ALSO,
    },
    "Letter": {
        "letter": "What it is called: Letter, Notice.",
        "from": "From whom.",
        "to": "To whom.",
        "on": "On what.",
        "date": _DATED,
        "see": _SEE,
        "also": _ALSO,
    },
    "Article": {
        "author": "Who wrote or said it.",
        "title": "Its title.",
        "in": "Where it stands.",
        "quoted_in": "Where it was found quoted, if not in its own text.",
        "reported_by": "Who reported it, if it was not found in its own text.",
        "on": "On what.",
        "date": _DATED,
        "see": _SEE,
        "also": _ALSO,
    },
    "Text": {"text": "The citation as it is to be printed; for what fits no other kind.", "see": _SEE, "also": _ALSO},
}
