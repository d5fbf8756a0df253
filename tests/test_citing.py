"""Citations: they print as the Bluebook has them, link only by rule, and what is wrong in one is said at its place."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from small_law import place, problems, write
from test_loading import Mistake, assert_gives_one_problem, mistakes

import authority
from authority.checking import check
from authority.citing import HEADS, Code, FullCitation, Reported
from authority.cli import run
from authority.law import RuleSet
from authority.loading import load_rules_with_places
from authority.memo.compose import compose
from authority.memo.document import link

CITATIONS: TypeAdapter[Any] = TypeAdapter(FullCitation)
HOSTS = {"www.govinfo.gov", "www.congress.gov", "www.courtlistener.com"}

# As authorities.yaml had each citation before it was written by its parts.
PRINTED = """\
NDAA FY2012, Pub. L. No. 112-81, § 1021, 125 Stat. 1298 (Dec. 31, 2011)
50 U.S.C. § 1549
50 U.S.C. § 1550
War Powers Resolution, Pub. L. No. 93-148, 87 Stat. 555 (1973), 50 U.S.C. §§ 1541–1550
2002 Iraq AUMF, Pub. L. 107-243, 116 Stat. 1498 (Oct. 16, 2002)
Gov't Memorandum, In re Guantanamo Bay Detainee Litig., Misc. No. 08-442 (D.D.C. Mar. 13, 2009)
Jeh C. Johnson, Dean's Lecture, Yale Law School (Feb. 22, 2012)
Stephen W. Preston, Senate Foreign Relations Comm. (May 21, 2014)
Stephen W. Preston, ASIL Annual Meeting (Apr. 10, 2015)
Report on the Legal and Policy Frameworks Guiding the United States' Use of Military Force and Related National \
Security Operations (Dec. 5, 2016)
Supplemental 6-month War Powers Letter of 5 Dec 2016
NDAA FY2018, Pub. L. No. 115-91, § 1264 report (Mar. 2018)
State Department letter to Sen. Corker (Aug. 2017)
Trachtenberg/Waters letters to Sen. Kaine (early 2018)
State Department (Asst. Sec. Mary Elizabeth Taylor) to Chairman Engel (28 June 2019)
War Powers Resolution letter of 4 Feb 2024 on Iran-backed militias
Mike Pompeo, Heritage (21 May 2018)
Mike Pompeo, testimony before the Senate Foreign Relations Committee (10 Apr 2019)
Esper at confirmation (July 2019)
§ 1264 notice (released 14 Feb 2020)
Mike Pompeo, National Press Club (12 Jan 2021)
OLC (Yoo), The President's Constitutional Authority to Conduct Military Operations Against Terrorists and Nations \
Supporting Them, 25 Op. O.L.C. 188 (Sept. 25, 2001)
White House draft (12 Sept 2001); see Richard F. Grimmett, CRS RS22357 (2007)
Rep. Lamar Smith, on the text of the authorization (2001)
H.R. 1540, 112th Cong., § 1034 (House FY2012 NDAA, 2011)
S.J. Res. 59 (115th) (Corker–Kaine)
S.J. Res. 63 (3 Jan 2020) (Kaine)
S.J. Res. 69 (16 Jan 2020) (Kaine)
H.R. 550 EAH, Title I § 102(b) (30 Jan 2020)
S.J. Res. 68 (116th)
Reps. Engel and Deutch, as quoted in The Hill on the State Department's letter of 28 June 2019; see their letter to \
Acting Legal Adviser String, 26 June 2019
Hamdi v. Rumsfeld, 542 U.S. 507 (2004) (plurality + Thomas)
Boumediene v. Bush, 553 U.S. 723 (2008)
Parhat v. Gates, 532 F.3d 834 (D.C. Cir. 2008)
Basardh v. Obama, 612 F. Supp. 2d 30 (D.D.C. 2009)
Gherebi v. Obama, 609 F. Supp. 2d 43 (D.D.C. Apr. 22, 2009)
Hamlily v. Obama, 616 F. Supp. 2d 63 (D.D.C. May 19, 2009)
Al-Bihani v. Obama, 590 F.3d 866 (D.C. Cir. 2010), reh'g en banc denied, 619 F.3d 1
Awad v. Obama, 608 F.3d 1 (D.C. Cir. 2010)
Bensayah v. Obama, 610 F.3d 718 (D.C. Cir. 2010)
Al-Adahi v. Obama, 613 F.3d 1102 (D.C. Cir. 2010)
Salahi v. Obama, 625 F.3d 745 (D.C. Cir. 2010)
Uthman v. Obama, 637 F.3d 400 (D.C. Cir. 2011)
Almerfedi v. Obama, 654 F.3d 1 (D.C. Cir. 2011)
Khan v. Obama, 655 F.3d 20 (D.C. Cir. 2011)
Latif v. Obama, 666 F.3d 746 (D.C. Cir. 2011), reissued 677 F.3d 1175 (2012)
Khairkhwa v. Obama, 703 F.3d 547 (D.C. Cir. 2012)
Hussain v. Obama, 718 F.3d 964 (D.C. Cir. 2013), cert. denied, 572 U.S. 1079 (2014)
Ali v. Obama, 736 F.3d 542 (D.C. Cir. 2013)
Hedges v. Obama, 724 F.3d 170 (2d Cir. 2013)
Al-Alwi v. Trump, 901 F.3d 294 (D.C. Cir. 2018), cert. denied, 587 U.S. __ (June 10, 2019)
Gul v. Biden, 573 F. Supp. 3d 148 (D.D.C. Oct. 18, 2021)
Al-Hela v. Biden, 66 F.4th 217 (D.C. Cir. 2023) (en banc), on reh'g of 972 F.3d 120 (2020)
Smith v. Obama, 217 F. Supp. 3d 283 (D.D.C. 2016); Smith v. Trump (D.C. Cir. July 10, 2018)
Doe v. Mattis, 928 F.3d 1 (D.C. Cir., reissued 2019) (orig. 889 F.3d 745)
9/11 Commission Report (2004)
Havlish v. bin Laden, No. 03-cv-9848 (S.D.N.Y. Dec. 22, 2011) (Daniels, J.)
Bridgeman, as quoted in Just Security 62646
G. Noronha, reported by Fox News (28 Feb 2026)
Denis Korkodinov, op-ed, World Geostrategic Insights (2020)
""".splitlines()

# Slips of form that were mended with it, by the Bluebook: "No." in a public law (Rule 12.4), the Congress of a bill
# (Rule 13.2), "Letter from … to …" (Rule 17.2.3), dates as month, day, year (Table T12), a comma before the occasion.
MENDED = {
    "2002 Iraq AUMF, Pub. L. 107-243, 116 Stat. 1498 (Oct. 16, 2002)": (
        "2002 Iraq AUMF, Pub. L. No. 107-243, 116 Stat. 1498 (Oct. 16, 2002)"
    ),
    "Supplemental 6-month War Powers Letter of 5 Dec 2016": "Supplemental 6-month War Powers Letter (Dec. 5, 2016)",
    "State Department letter to Sen. Corker (Aug. 2017)": "Letter from State Department to Sen. Corker (Aug. 2017)",
    "Trachtenberg/Waters letters to Sen. Kaine (early 2018)": (
        "Letters from Trachtenberg/Waters to Sen. Kaine (early 2018)"
    ),
    "State Department (Asst. Sec. Mary Elizabeth Taylor) to Chairman Engel (28 June 2019)": (
        "Letter from State Department (Asst. Sec. Mary Elizabeth Taylor) to Chairman Engel (June 28, 2019)"
    ),
    "War Powers Resolution letter of 4 Feb 2024 on Iran-backed militias": (
        "War Powers Resolution letter on Iran-backed militias (Feb. 4, 2024)"
    ),
    "Mike Pompeo, Heritage (21 May 2018)": "Mike Pompeo, Heritage (May 21, 2018)",
    "Mike Pompeo, testimony before the Senate Foreign Relations Committee (10 Apr 2019)": (
        "Mike Pompeo, testimony before the Senate Foreign Relations Committee (Apr. 10, 2019)"
    ),
    "Esper at confirmation (July 2019)": "Esper, at confirmation (July 2019)",
    "§ 1264 notice (released 14 Feb 2020)": "§ 1264 notice (released Feb. 14, 2020)",
    "Mike Pompeo, National Press Club (12 Jan 2021)": "Mike Pompeo, National Press Club (Jan. 12, 2021)",
    "White House draft (12 Sept 2001); see Richard F. Grimmett, CRS RS22357 (2007)": (
        "White House draft (Sept. 12, 2001); see Richard F. Grimmett, CRS RS22357 (2007)"
    ),
    "S.J. Res. 59 (115th) (Corker–Kaine)": "S.J. Res. 59, 115th Cong. (Corker–Kaine)",
    "S.J. Res. 63 (3 Jan 2020) (Kaine)": "S.J. Res. 63, 116th Cong. (Kaine, Jan. 3, 2020)",
    "S.J. Res. 69 (16 Jan 2020) (Kaine)": "S.J. Res. 69, 116th Cong. (Kaine, Jan. 16, 2020)",
    "H.R. 550 EAH, Title I § 102(b) (30 Jan 2020)": "H.R. 550 EAH, 116th Cong., Title I § 102(b) (Jan. 30, 2020)",
    "S.J. Res. 68 (116th)": "S.J. Res. 68, 116th Cong.",
    "Reps. Engel and Deutch, as quoted in The Hill on the State Department's letter of 28 June 2019; see "
    "their letter to Acting Legal Adviser String, 26 June 2019": (
        "Reps. Engel and Deutch, as quoted in The Hill on the State Department's letter of June 28, 2019; "
        "see Letter from Reps. Engel and Deutch to Acting Legal Adviser String (June 26, 2019)"
    ),
    "G. Noronha, reported by Fox News (28 Feb 2026)": "G. Noronha, reported by Fox News (Feb. 28, 2026)",
}


@pytest.fixture(scope="module")
def law() -> RuleSet:
    return authority.load_rules("aumf-2001")


def cited(**parts: Any) -> Any:
    """The citation of these parts."""
    return CITATIONS.validate_python(parts)


# ── What prints ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_authorization_is_cited_as_the_statute_books_have_it(law: RuleSet) -> None:
    printed = "Pub. L. No. 107-40, 115 Stat. 224 (2001) (codified at 50 U.S.C. § 1541 note)"
    assert str(law.instrument.citation) == printed


def test_every_authority_of_2001_prints_as_it_always_did(law: RuleSet) -> None:
    """But for slips of form. Whoever changes how a citation prints sees every one that changes."""
    printed = {str(a.citation) for a in law.authorities}
    assert [line for line in PRINTED if MENDED.get(line, line) not in printed] == []
    assert set(MENDED) <= set(PRINTED)


@pytest.mark.parametrize(
    ("parts", "printed"),
    [
        (
            {"case": "Oil Platforms (Iran v. U.S.)", "reported": "2003 I.C.J. 161"},
            "Oil Platforms (Iran v. U.S.), 2003 I.C.J. 161",
        ),
        (
            {"case": "Oil Platforms (Iran v. U.S.)", "reported": "2003 I.C.J. 161", "at": "¶ 71", "decided": "2003"},
            "Oil Platforms (Iran v. U.S.), 2003 I.C.J. 161, ¶ 71",
        ),
        (
            {
                "case": "Youngstown Sheet & Tube v. Sawyer", "reported": ["343 U.S. 579", "72 S. Ct. 863"],
                "at": "635–38", "decided": "1952", "parenthetical": "Jackson, J., concurring",
            },
            "Youngstown Sheet & Tube v. Sawyer, 343 U.S. 579, 72 S. Ct. 863, 635–38 (1952) (Jackson, J., concurring)",
        ),
        (
            {"case": "Prize Cases", "reported": "67 U.S. (2 Black) 635", "decided": "1863"},
            "Prize Cases, 67 U.S. (2 Black) 635 (1863)",
        ),
        (
            {"opinion": "Targeted Airstrikes Against ISIL", "by": "OLC", "date": "2014-12-30"},
            "OLC, Targeted Airstrikes Against ISIL (Dec. 30, 2014)",
        ),
        ({"treaty": "U.N. Charter", "article": "51"}, "U.N. Charter art. 51"),
        ({"treaty": "U.N. Charter", "article": "2(4), 51"}, "U.N. Charter arts. 2(4), 51"),
        ({"constitution": "art. II, § 2"}, "U.S. Const. art. II, § 2"),
        (
            {"public_law": "102-1", "statutes": "105 Stat. 3", "date": "1991-01-14"},
            "Pub. L. No. 102-1, 105 Stat. 3 (Jan. 14, 1991)",
        ),
        ({"bill": "S. 1", "congress": "102"}, "S. 1, 102d Cong."),
        ({"text": "Magna Carta ch. 39 (1215)"}, "Magna Carta ch. 39 (1215)"),
    ],
)  # fmt: skip
def test_each_kind_prints_in_its_own_form(parts: dict[str, Any], printed: str) -> None:
    assert str(cited(**parts)) == printed


def test_the_note_under_a_section_is_another_provision_than_the_section() -> None:
    """The authorization stands in the note; § 1541 itself is the War Powers Resolution. Both are on one page."""
    note, section = Code.model_validate("50 U.S.C. § 1541 note"), Code.model_validate("50 U.S.C. § 1541")
    assert note != section
    assert (note.note, section.note) == (True, False)
    assert (str(note), str(section)) == ("50 U.S.C. § 1541 note", "50 U.S.C. § 1541")
    assert note.link == section.link == "https://www.govinfo.gov/link/uscode/50/1541"


def test_several_sections_are_joined_by_an_en_dash_under_two_signs() -> None:
    assert str(Code.model_validate("50 U.S.C. §§ 1541-1550")) == "50 U.S.C. §§ 1541–1550"
    assert str(Code.model_validate("42 U.S.C. § 2000e-5")) == "42 U.S.C. § 2000e-5"
    with pytest.raises(ValidationError, match="one section has one §"):
        Code.model_validate("50 U.S.C. §§ 1541")


# ── Links ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("parts", "address"),
    [
        ({"public_law": "107-40"}, "https://www.govinfo.gov/link/plaw/107/public/40"),
        ({"public_law": "93-148", "statutes": "87 Stat. 555"}, "https://www.govinfo.gov/link/statute/87/555"),
        ({"public_law": "93-148"}, ""),
        ({"statutes": "59 Stat. 1031", "code": "22 U.S.C. § 287"}, "https://www.govinfo.gov/link/uscode/22/287"),
        ({"code": "50 U.S.C. §§ 1541–1550"}, "https://www.govinfo.gov/link/uscode/50/1541"),
        ({"code": "50 U.S.C. § 1543(a)"}, "https://www.govinfo.gov/link/uscode/50/1543"),
        (
            {"bill": "S.J. Res. 68", "congress": "116"},
            "https://www.congress.gov/bill/116th-congress/senate-joint-resolution/68",
        ),
        ({"bill": "H.R. 5", "congress": "102"}, "https://www.congress.gov/bill/102nd-congress/house-bill/5"),
        ({"bill": "H.R. 5", "congress": "92"}, ""),
        (
            {"case": "Khan v. Obama", "reported": "655 F.3d 20", "court": "D.C. Cir.", "decided": "2011"},
            "https://www.courtlistener.com/c/F.3d/655/20/",
        ),
        (
            {"case": "Gherebi v. Obama", "reported": "609 F. Supp. 2d 43", "court": "D.D.C."},
            "https://www.courtlistener.com/c/F.%20Supp.%202d/609/43/",
        ),
        ({"case": "Al-Alwi v. Trump", "reported": "587 U.S. __"}, ""),
        ({"case": "Oil Platforms (Iran v. U.S.)", "reported": "2003 I.C.J. 161"}, ""),
        ({"treaty": "U.N. Charter", "article": "51"}, ""),
        ({"text": "https://example.org/"}, ""),
    ],
)
def test_a_link_is_formed_by_rule_or_not_at_all(parts: dict[str, Any], address: str) -> None:
    assert cited(**parts).link == address


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
days = st.sampled_from(["2011", "2018-03", "2001-09-25"])
reporters = st.sampled_from(["U.S.", "F.3d", "F. Supp. 2d", "I.C.J."])
reports = st.builds("{} {} {}".format, st.integers(1, 999), reporters, st.integers(1, 1999))
codes = st.builds("{} U.S.C. § {}{}".format, st.integers(1, 54), st.integers(1, 9999), st.sampled_from(["", " note"]))
laws = st.builds("{}-{}".format, st.integers(1, 119), st.integers(1, 999))
simple = st.one_of(
    st.fixed_dictionaries(
        {"case": words, "reported": st.lists(reports, min_size=1, max_size=3), "court": words},
        optional={"decided": days, "parenthetical": words, "at": words},
    ),
    st.fixed_dictionaries({"public_law": laws}, optional={"statute": words, "code": codes, "date": days}),
    st.fixed_dictionaries(
        {"bill": st.builds("{} {}".format, st.sampled_from(["S.", "H. Con. Res."]), st.integers(1, 9999)),
         "congress": st.integers(1, 140)},
        optional={"known_as": words, "date": days},
    ),
    st.fixed_dictionaries({"opinion": words, "by": words}, optional={"date": days}),
    st.fixed_dictionaries({"treaty": words}, optional={"article": words}),
    st.fixed_dictionaries({"constitution": words}),
    st.fixed_dictionaries({"report": words}, optional={"by": words, "released": days}),
    st.fixed_dictionaries({"speaker": words}, optional={"at": words, "date": st.just("early 2018")}),
    st.fixed_dictionaries({"letter": words}, optional={"from": words, "to": words, "date": days}),
    st.fixed_dictionaries({"author": words}, optional={"in": words, "quoted_in": words}),
    st.fixed_dictionaries({"text": words}),
)  # fmt: skip
parts_of_any_kind = st.builds(
    lambda one, two: {**one, "see": two} if two else one, simple, st.one_of(st.none(), simple)
)


@given(parts_of_any_kind)
def test_a_citation_is_the_same_after_it_was_written_down_as_data(parts: dict[str, Any]) -> None:
    """As data and as JSON: the same model, the same print, the same link."""
    made = cited(**parts)
    for again in (
        CITATIONS.validate_python(made.model_dump(by_alias=True)),
        CITATIONS.validate_json(made.model_dump_json(by_alias=True)),
    ):
        assert (again, str(again), again.link) == (made, str(made), made.link)


@given(parts_of_any_kind)
def test_a_link_is_empty_or_leads_to_a_public_host(parts: dict[str, Any]) -> None:
    """And it is all address: nothing in it ends a link in Markdown."""
    address = cited(**parts).link
    assert not address or (urlsplit(address).scheme == "https" and urlsplit(address).netloc in HOSTS)
    assert not set(address) & set(" <>()\"'\\")


@given(reports)
def test_volume_reporter_and_page_print_as_they_are_written(text: str) -> None:
    assert str(Reported.model_validate(text)) == text


def test_the_keys_that_name_kinds_belong_to_one_kind_each() -> None:
    for head, kind in HEADS.items():
        assert [other for other in set(HEADS.values()) if head in other.model_fields] == [kind]


# ── What is wrong in a citation ───────────────────────────────────────────────────────────────────────────────────────

MISTAKES = """
# a citation that is one text
-    citation: {report: The Report, date: 2004}
+    citation: ▸The Report (2004)
! citation: a citation is a mapping of its parts
? write it by its parts, the kind first

# a kind that is none
-    citation: {report: The Report, date: 2004}
+    citation: ▸{document: The Report, date: 2004}
! citation: the citation does not say what kind of authority it cites
? begin with one of: statute, public_law, code, case

# a kind that is misspelt
-    citation: {report: The Report, date: 2004}
+    citation: {▸reprot: The Report, date: 2004}
! citation: the citation does not say what kind of authority it cites
? did you mean 'report'?

# two kinds
-    citation: {report: The Report, date: 2004}
+    citation: ▸{report: The Report, case: Khan v. Obama}
! citation: the citation has report and case
? keep the key of one kind

# a key of another kind
-    citation: {report: The Report, date: 2004}
+    citation: {report: The Report, ▸docket: No. 1}
! unknown key: 'docket' is no key of the citation
? the keys here are: also, by, date

# a volume that is missing
-    citation: {report: The Report, date: 2004}
+    citation: {case: Khan v. Obama, reported: ▸F.3d 20, court: D.C. Cir.}
! bad value: reported.0 of the citation: 'F.3d 20' will not do
? it has no volume

# a page that is missing
-    citation: {report: The Report, date: 2004}
+    citation: {case: Khan v. Obama, reported: ▸655 F.3d, court: D.C. Cir.}
! bad value: reported.0 of the citation: '655 F.3d' will not do
? it has no page

# a page that is no number
-    citation: {report: The Report, date: 2004}
+    citation: {case: Khan v. Obama, reported: ▸655 F.3d xx, court: D.C. Cir.}
! bad value: reported.0 of the citation: '655 F.3d xx' will not do
? the page 'xx' is no number

# what is not the form of a reporter
-    citation: {report: The Report, date: 2004}
+    citation: {case: Khan v. Obama, reported: ▸655 f.3d 20, court: D.C. Cir.}
! bad value: reported.0 of the citation: '655 f.3d 20' will not do
? 'f.3d' is not the form of a reporter

# a reporter of many courts, and no court
-    citation: {report: The Report, date: 2004}
+    citation: ▸{case: Khan v. Obama, reported: 655 F.3d 20}
! bad value: the citation will not do
? add court

# a case that is nowhere
-    citation: {report: The Report, date: 2004}
+    citation: ▸{case: Khan v. Obama, court: D.C. Cir.}
! bad value: the citation will not do
? add reported or docket

# a case dated twice
-    citation: {report: The Report, date: 2004}
+    citation: ▸{case: Doe v. Mattis, reported: 928 F.3d 1, court: D.C. Cir., decided: 2018, reissued: 2019}
! bad value: the citation will not do
? keep one of them

# a statute that is nowhere
-    citation: {report: The Report, date: 2004}
+    citation: ▸{statute: War Powers Resolution}
! bad value: the citation will not do
? add public_law, statutes or code

# a page that is in no Statutes at Large
-    citation: {report: The Report, date: 2004}
+    citation: {statute: War Powers Resolution, statutes: ▸87 F.3d 555}
! bad value: statutes of the citation: '87 F.3d 555' will not do
? 115 Stat. 224

# a public law without its Congress
-    citation: {report: The Report, date: 2004}
+    citation: {public_law: ▸40}
! bad value: public_law of the citation: '40' will not do
? write it as 107-40

# a section of no title
-    citation: {report: The Report, date: 2004}
+    citation: {code: ▸§ 1541}
! bad value: code of the citation: '§ 1541' will not do
? 50 U.S.C. § 1541 note

# a bill of no kind
-    citation: {report: The Report, date: 2004}
+    citation: {bill: ▸Bill 5, congress: 116}
! bad value: bill of the citation: 'Bill 5' will not do
? S.J. Res. 68

# a bill of no Congress
-    citation: {report: The Report, date: 2004}
+    citation: ▸{bill: S. 5}
! missing key: the citation lacks the key 'congress'
? add 'congress: …'

# a date in words
-    citation: {report: The Report, date: 2004}
+    citation: {report: The Report, date: ▸22 July 2004}
! bad value: date of the citation: '22 July 2004' will not do
? a date is written YYYY-MM-DD

# a mistake in what came of a case
-    citation: {report: The Report, date: 2004}
+    citation: {case: K, docket: No. 1, history: [{says: aff'd, reported: ▸F.3d 1}]}
! bad value: reported.0 of a stage of the history: 'F.3d 1' will not do
? it has no volume

# a mistake in what the citation leads to
-    citation: {report: The Report, date: 2004}
+    citation: {report: The Report, see: {▸cases: K}}
! citation: the citation does not say what kind of authority it cites
? did you mean 'case'?
"""


@pytest.mark.parametrize("mistake", mistakes(MISTAKES))
def test_a_mistake_in_a_citation_is_said_at_its_place(mistake: Mistake, tmp_path: Path) -> None:
    assert_gives_one_problem(mistake, tmp_path)


def test_several_mistakes_in_citations_are_said_at_once(tmp_path: Path) -> None:
    changes = (
        ("    citation: {report: The Report, date: 2004}\n", "    citation: {report: The Report, date: ▸then}\n"),
        ("    citation: {bill: S. 1, congress: 107}\n", "    citation: {bill: ▸Bill, congress: ▸many}\n"),
        ("  citation: {public_law: 107-1}\n", "  citation: ▸Pub. L. No. 107-1\n"),
    )
    written = write(tmp_path, *changes)
    assert sorted(place(p, written) for p in problems(tmp_path, *changes)) == sorted(written.marks)


# ── Reporters ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def small_check(folder: Path, citation: str) -> dict[str, Any]:
    report = "    citation: {report: The Report, date: 2004}\n"
    return check(write(folder, (report, f"    citation: {citation}\n")).rules)


@pytest.mark.parametrize(
    ("citation", "kind", "what", "fix"),
    [
        (
            "{case: K, reported: 655 F.5th 20, court: D.C. Cir., decided: 2011}",
            "unknown reporter", "'F.5th' in '655 F.5th 20' is no reporter", "did you mean",
        ),
        (
            "{case: K, reported: 655 F.Supp.2d 20, court: D.D.C., decided: 2011}",
            "unknown reporter", "'F.Supp.2d' in '655 F.Supp.2d 20' is no reporter", "did you mean 'F. Supp. 2d'?",
        ),
        (
            "{case: K, reported: 66 F.4th 217, court: D.C. Cir., decided: 2011}",
            "reporter's years", "'66 F.4th 217' is cited for 2011", "check the reporter",
        ),
        (
            "{case: K, docket: No. 1, history: [{says: aff'd, reported: 1 F.2d 1, decided: 2011}]}",
            "reporter's years", "'1 F.2d 1' is cited for 2011", "check the reporter",
        ),
        (
            "{report: A, see: {case: K, reported: 1 F.3d 1, court: D.C. Cir., decided: 1980}}",
            "reporter's years", "'1 F.3d 1' is cited for 1980", "check the reporter",
        ),
    ],
)  # fmt: skip
def test_a_reporter_that_is_none_or_not_of_that_year_is_an_error(
    citation: str, kind: str, what: str, fix: str, tmp_path: Path
) -> None:
    """At the place of the citation."""
    pytest.importorskip("reporters_db", reason="reporters-db is the optional extra 'citations'")
    found = [p for p in small_check(tmp_path, citation)["problems"] if p["severity"] == "error"]
    assert [(p["kind"], p["what"]) for p in found] == [(kind, what)]
    assert fix in found[0]["fix"]
    assert found[0]["where"].endswith("authorities.yaml:3:5")


@pytest.mark.parametrize(
    "citation",
    [
        "{case: K, reported: 655 F.3d 20, court: D.C. Cir., decided: 2011}",
        "{case: Prize Cases, reported: 67 U.S. (2 Black) 635, decided: 1863}",
        "{case: Oil Platforms, reported: 2003 I.C.J. 161}",
        "{opinion: O, by: OLC, reported: 25 Op. O.L.C. 188, date: 2001}",
    ],
)
def test_a_reporter_of_its_year_and_the_world_court_are_no_error(citation: str, tmp_path: Path) -> None:
    pytest.importorskip("reporters_db", reason="reporters-db is the optional extra 'citations'")
    found = small_check(tmp_path, citation)
    assert [p for p in found["problems"] if p["severity"] == "error"] == []
    assert found["not_checked"] == []


def test_where_reporters_db_is_not_installed_the_check_says_which_extra_brings_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rest of the check is made all the same, and nothing fails for it."""
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "reporters_db":
            raise ModuleNotFoundError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    assert run(["check", "aumf-2001"]) == 0
    assert "not checked: checking reporters needs the extra 'citations'" in capsys.readouterr().out
    assert run(["check", "aumf-2001", "--format", "json"]) == 0
    assert "pip install 'authority[citations]'" in capsys.readouterr().out


def test_where_a_citation_stands_is_kept_for_later_checks() -> None:
    law, places = load_rules_with_places("aumf-2001")
    assert all(("citations", each.id) in places for each in (law.instrument, *law.authorities))


# ── The table of authorities ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_table_of_authorities_says_how_far_each_was_verified_and_where(law: RuleSet) -> None:
    memo = compose(authority.decide(authority.load_case("iran-2020")))
    by_citation = {str(a.citation): a for a in law.authorities}
    for part in memo.authorities[1:]:
        entry = by_citation[part.citation]
        assert part.mark.rstrip(".").lower() == entry.verified.says
        assert part.link == entry.citation.link
        assert entry.seen in part.seen or not entry.seen
        assert (entry.unverified in part.unverified) if entry.unverified else not part.unverified


def test_a_part_that_was_verified_otherwise_than_the_rest_is_named() -> None:
    """The second paragraph of § 2(b) was seen in the House companion only."""
    memo = compose(authority.decide(authority.load_case("iran-2020")))
    assert memo.authorities[0].mark == "Verified in a copy of the text."
    assert memo.authorities[0].apart == ("§ 2(b)(2): verified in a secondary source.",)


def test_every_format_carries_the_link_on_the_citation(law: RuleSet, tmp_path: Path) -> None:
    opinion = authority.decide(authority.load_case("iran-2020"))
    address = law.instrument.citation.link
    opinion.memo(tmp_path / "memo.html")
    opinion.memo(tmp_path / "memo.md")
    assert f'<a href="{address}">{law.instrument.citation}</a>' in (tmp_path / "memo.html").read_text("utf-8")
    assert f"[{law.instrument.citation}](<{address}>)" in (tmp_path / "memo.md").read_text("utf-8")


def test_a_citation_in_the_table_is_a_link_and_its_words_stay_words() -> None:
    case = cited(case="K v. [O](x) | *all*", reported="655 F.3d 20", court="D.C. Cir.")
    made = link(case, case.link)
    assert made.endswith("](<https://www.courtlistener.com/c/F.3d/655/20/>)")
    assert made.startswith(r"[K v. \[O\](x) \| \*all\*, 655 F.3d 20")
