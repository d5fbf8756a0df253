"""The writers: one text, three formats; what is data stays text, and the same memo gives the same bytes."""

import base64
import hashlib
import io
import re
import sys
import time
import unicodedata
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from authority.errors import MissingExtra
from authority.memo import document as doc
from authority.memo import html
from authority.memo.document import Document, Md, escape, link, slug
from authority.memo.jinja import environment, page_environment
from authority.pictures import Picture

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</main></body><!-- x --> <![CDATA[ y ]]>",
    "[click](javascript:alert(1))",
    "![alt](https://example.org/pixel.png)",
    "<https://example.org/auto>",
    "[ref]: https://example.org",
    "&lt;b&gt; &amp; &#42; &copy=1",
    "a | b || c \\| d \\\\| e \\",
    "`code` ``more`` ```fence",
    "**strong** __strong__ *em* _em_ ~~struck~~",
    "#set text(size: 90pt) #panic() $x^2$ @ref <label> // not a comment /* nor this */",
    '"); panic("x',
    '\\u{41} \\n \\" \\',
    "{{ 7 * 7 }} {% raw %}",
    "{% & % ^ $ \\input{/etc/passwd}",
    "~~~",
    "---",
    "===",
    "# no heading #",
    "1. no list",
    "1) no list",
    "- no list",
    "+ no list",
    "> no quote",
    "(https://example.org)",
    ": https://example.org",
    "Look!",
    "x" * 400,
    "é ü ß € § — “quoted” ‘single’ … \u00a0no\u202fbreak",
    "سلام שלום 中文 日本語 😀",
)
DROPPED = (
    "a\u202eb\u2066c\u200fd",
    "nul\x00nul",
    "lone\ud800surrogate\udfff",
    "bell\x07\x1b[31m",
    "\ufeffmark\uffff",
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BIDI = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}

texts = st.text(max_size=60) | st.sampled_from(HOSTILE + DROPPED)
markdown_like = st.text(alphabet="ab12 .)(#+-=*_`~[]<>|\\!&:;\"'$@{}\n\t/", max_size=30)
anything = texts | markdown_like


STRAIGHT = str.maketrans("\u201c\u201d\u2018\u2019", "\"\"''")


def kept(text: str) -> str:
    """What a reader is owed of a text: white space folded, controls gone, whatever marks quote it. Written apart from
    the code."""
    out = []
    for char in text:
        number = ord(char)
        noncharacter = number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF
        bidi = unicodedata.bidirectional(char) in BIDI
        if char.isspace():
            out.append(" ")
        elif unicodedata.category(char) not in {"Cc", "Cs"} and not noncharacter and not bidi:
            out.append("" if char in "\u061c\u200e\u200f\ufeff" else char)
    return folded("".join(out))


def folded(text: str) -> str:
    """White space folded, and a typewriter's quotation marks for those of print."""
    return " ".join(text.translate(STRAIGHT).split())


class Page(HTMLParser):
    """A page read back: its tags with their attributes, and the text inside each kind of tag."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "br", "hr"}:
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, "a tag is closed that is not the last opened"

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.texts[tag][-1] += data

    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.tags if "id" in attrs]

    def links(self) -> list[str]:
        return [attrs["href"] or "" for tag, attrs in self.tags if tag == "a" and "href" in attrs]


def memo(
    markdown: str, title: str = "A memo", heading: tuple[tuple[str, str], ...] = (), banner: str = ""
) -> Document:
    return Document(title, heading, markdown, banner)


def everywhere(text: str) -> Document:
    """A memo that prints the text in each kind of place a template may print it."""
    safe = escape(text)
    return memo(
        f"## {safe}\n\n{safe}\n\n- {safe}\n\n> {safe}\n\n1. {safe}\n\n"
        f"|{safe}|b|\n|---|---|\n|{safe}|b|\n\n**a {safe} z**\n\nNoted[^1] twice[^1].\n\n[^1]: {safe}\n",
        title=text,
        heading=(("RE", text),),
        banner=text,
    )


def word_of(document: Document):
    docx = pytest.importorskip("docx", reason="python-docx is the optional extra 'docx'")
    from authority.memo.docx import render

    return docx.Document(io.BytesIO(render(document)))


def notes_of(word) -> list[str]:
    """What each footnote of a Word file says, without its mark and those of Word's own that draw the line."""
    (part,) = [r.target_part for r in word.part.rels.values() if r.reltype.endswith("/footnotes")]
    root = ElementTree.fromstring(part.blob)
    own = [note for note in root if note.get(f"{W}type") is None]
    return ["\n".join("".join(t.text or "" for t in p.iter(f"{W}t")).strip() for p in note) for note in own]


def pdf_of(document: Document) -> bytes:
    pytest.importorskip("typst", reason="typst is the optional extra 'pdf'")
    from authority.memo.pdf import render

    return render(document)


SAMPLE = memo(
    "## Question Presented\n\nMay *force* be **used**, see [the facts](#facts) and "
    "[the law](https://example.org/law)?\n\n## Facts\n\n1. one\n2. two\n   - inner\n\nBetween.\n\n"
    "1. again\n\n### Element\n\n> quoted words\n\n#### Fourth\n\n"
    "| E | What |\n|:--|--:|\n| E1 | said |\n| E2 | denied |\n\n"
    "```\ncode  kept\n```\n\n---\n\n## Facts\n\nLast\\\nline.\n",
    title="Use of force",
    heading=(("TO", "The Adviser"), ("RE:", "AT&T <v> Iowa")),
)


# What is data stays text


@given(anything)
@example("\\")
@example("1\u202e. x")
@example(" - x")
@example("a\\|b")
@settings(deadline=None)
def test_html_prints_any_text_as_it_is(text: str) -> None:
    """Heading, paragraph, list, quote, table cell, title, heading line: the page says what the text says."""
    the_page_says(text)


@pytest.mark.parametrize("text", HOSTILE + DROPPED)
def test_html_prints_hostile_text_as_it_is(text: str) -> None:
    """So it is with each of the texts that mean something to a browser, to Markdown or to Typst."""
    the_page_says(text)


def without_contents(page: str) -> str:
    """The page but for its contents, which say the headings again."""
    return re.sub("<nav.*?</nav>", "", page, flags=re.DOTALL)


def the_page_says(text: str) -> None:
    page = Page(without_contents(html.render(everywhere(text))))
    said = kept(text)

    def read(tag: str) -> list[str]:
        return [folded(part) for part in page.texts.get(tag, []) if folded(part)]

    for tag in ("title", "h1", "dd", "blockquote"):
        assert read(tag) == [said] * bool(said), tag
    assert read("h2") == [*[said] * bool(said), "Notes"]
    for tag in ("th", "td"):
        assert read(tag) == [said, "b"][not said :], tag
    assert read("li") == [*[said, said] * bool(said), f"{said} ↩".strip()]
    assert read("strong") == [folded(f"a {said} z")]
    assert read("p") == [*[said, said] * bool(said), folded(f"a {said} z"), "Noted1 twice1.", f"{said} ↩".strip()]


@given(anything)
@example("\\")
@example("_x000D_ \x0b")
@settings(deadline=None, max_examples=40)
def test_word_prints_any_text_as_it_is(text: str) -> None:
    """Read back by python-docx, every place of the Word file says what the text says."""
    the_word_file_says(text)


@pytest.mark.parametrize("text", HOSTILE + DROPPED)
def test_word_prints_hostile_text_as_it_is(text: str) -> None:
    """So it is with each of the texts that mean something to a browser, to Markdown or to Typst."""
    the_word_file_says(text)


def the_word_file_says(text: str) -> None:
    word = word_of(everywhere(text))
    said = kept(text)

    def read(style: str) -> list[str]:
        return [folded(part.text) for part in word.paragraphs if part.style and part.style.name == style]

    for style in ("Title", "Heading 1", "List Bullet", "List Number"):
        assert read(style) == [said], style
    assert [part for style in ("Lead-in", "Quote") for part in read(style) if part] == [said, said] * bool(said)
    assert read("Normal") == [folded(f"a {said} z"), "Noted twice."]
    assert [folded(note) for note in notes_of(word)] == [said]
    assert folded(word.sections[0].header.paragraphs[0].text) == said
    lines, table = word.tables
    assert [[folded(cell.text) for cell in row.cells] for row in lines.rows] == [["RE:", said]]
    assert [[folded(cell.text) for cell in row.cells] for row in table.rows] == [[said, "b"], [said, "b"]]


@pytest.mark.parametrize("text", HOSTILE + DROPPED)
def test_hostile_text_makes_no_tag_and_no_link(text: str) -> None:
    """The page of a hostile memo has the tags of a harmless one, and no link but those into itself."""
    page, harmless = Page(html.render(everywhere(text))), Page(html.render(everywhere("harmless")))
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in harmless.tags]
    heading = next(attrs["id"] for tag, attrs in page.tags if tag == "h2")
    assert page.links() == ["#memo", f"#{heading}", "#notes_heading", "#note_1", "#note_1", "#ref_1"]


@pytest.mark.parametrize("text", HOSTILE + DROPPED)
def test_hostile_text_makes_no_relation_in_word(text: str) -> None:
    """No hyperlink, image or other outside target gets into the Word file."""
    word = word_of(everywhere(text))
    assert [r.target_ref for r in word.part.rels.values() if r.is_external] == []
    assert len(word.inline_shapes) == 0


@given(anything)
@settings(deadline=None, max_examples=300)
def test_typst_reads_text_only_as_string_literals(text: str) -> None:
    """With the string literals taken out, the Typst source of any text is that of a harmless one."""
    from authority.memo.pdf import markup

    literal = re.compile(r'"(?:[^"\\]|\\["\\n])*"')
    assert skeleton(literal, markup(everywhere(f"a{text}"))) == skeleton(literal, markup(everywhere("a")))


def skeleton(literal: re.Pattern[str], source: str) -> str:
    # Column widths follow the text; they are numbers, whatever it says.
    numberless = re.sub(r"[0-9.]+fr", "fr", literal.sub("S", source))
    # A long word is given in pieces, with places to break between them.
    return re.sub(r"\{ S(; h\(0\.001pt\); S)+ \}|\{ S(; S)+ \}", "S", numberless)


@pytest.mark.parametrize("text", HOSTILE + DROPPED)
def test_hostile_text_is_set_in_the_pdf(text: str) -> None:
    """Typst takes the text and makes one file of it; nothing in it stops the setting."""
    assert pdf_of(everywhere(text)).startswith(b"%PDF-")


def test_typst_literals_hold_the_words() -> None:
    """What stands in a literal is the text itself: backslashes and, in code, quotation marks guarded, no word gone."""
    from authority.memo.pdf import markup

    assert 'par({ "say \u201c#x\u201d \\\\ [y] $z$" })' in markup(memo(escape('say "#x" \\ [y] $z$')))
    assert '"say \\"#x\\" [y]"' in markup(memo('`say "#x" [y]`'))


@given(anything, anything)
@settings(deadline=None)
def test_neighbours_make_no_markdown_together(left: str, right: str) -> None:
    """Two values printed side by side at the start of a line are one text after the other, nothing more."""
    blocks = memo(escape(left) + escape(right)).blocks()
    said = folded(kept(f"x{left}x")[1:-1] + kept(f"x{right}x")[1:-1])
    runs: list[doc.Run] = []
    for block in blocks:
        assert isinstance(block, doc.Paragraph)
        runs += block.runs
    assert folded(doc.plain(tuple(runs))) == said
    assert all(run == doc.Run(run.text) for run in runs), "plain text wears no dress"


def test_html_in_markdown_is_text() -> None:
    """Even a template cannot put HTML into the page: angle brackets in Markdown are printed."""
    page = Page(html.render(memo("<b>x</b> &lt;i&gt;\n\n<div>y</div>\n\n```\n<i>a &amp; b</i>\n```\n\n`<u>`\n")))
    assert page.texts["p"] == ["<b>x</b> <i>", "<div>y</div>", "<u>"]
    assert page.texts["code"] == ["<i>a &amp; b</i>", "<u>"]


# Links and images


def test_links_lead_to_the_web_by_mail_or_within_the_memo() -> None:
    """http, https, mailto and anchors of headings are links; every other address leaves its text alone."""
    good = ("https://a.org", "HTTP://b.org", "mailto:c@d.org", "#facts")
    bad = (
        "#nowhere",
        "javascript:alert(1)",
        "x.html",
        "//e.org",
        "data:text/html,x",
        "file:///a",
        "ftp://f.org",
    )
    written = "## Facts\n\n" + " ".join(f"[said {target}](<{target}>)" for target in good + bad)
    page = Page(html.render(memo(written)))
    assert tuple(page.links()[1:]) == good
    assert all(f"said {target}" in page.texts["p"][0] for target in good + bad)
    word = word_of(memo(written))
    outside = sorted(r.target_ref for r in word.part.rels.values() if r.is_external)
    assert outside == ["HTTP://b.org", "https://a.org", "mailto:c@d.org"]
    fragments = [found.fragment for part in word.paragraphs for found in part.hyperlinks]
    assert [fragment for fragment in fragments if fragment] == ["section_1"]


def test_exclamation_before_a_link_makes_no_image() -> None:
    """A value that ends in "!" leaves a link after it a link."""
    (block,) = memo(escape("Look!") + link("there", "https://a.org")).blocks()
    assert block == doc.Paragraph((doc.Run("Look!"), doc.Run("there", link="https://a.org")))


def test_images_are_their_description() -> None:
    """A memo fetches nothing: of an image the words are printed."""
    document = memo("See ![the chart of ranks](https://example.org/a.png).")
    assert document.blocks() == (doc.Paragraph(tuple(map(doc.Run, ("See ", "the chart of ranks", ".")))),)


def test_a_picture_stands_where_its_name_stands_alone() -> None:
    """A paragraph that is only a picture's name is its place; within a text, or where the memo has no such picture, the
    words are printed."""
    picture = Picture(name="map", title="T", alt="what it shows", caption="C", width=10, height=10, svg="<svg/>")
    text = "![a](picture:map)\n\nSee ![a](picture:map).\n\n![b](picture:other)\n"
    found = Document("A memo", (), text, pictures=(picture,)).blocks()
    assert found[0] == doc.Figure(picture)
    assert [doc.plain(block.runs) for block in found[1:] if isinstance(block, doc.Paragraph)] == ["See a.", "b"]


def test_a_picture_is_no_wider_and_no_higher_than_its_page() -> None:
    """It keeps the size it was drawn in where there is room."""

    def inches(wide: int, high: int) -> float:
        return doc.Figure(Picture(name="p", title="", alt="", caption="", width=wide, height=high, svg="")).inches()

    assert (inches(480, 100), inches(900, 900), inches(900, 9000)) == (5.0, 6.5, pytest.approx(0.83))


@pytest.mark.parametrize("text", HOSTILE + DROPPED)
def test_hostile_words_about_a_picture_stay_words(text: str) -> None:
    """Its title, description and caption are set in the PDF and printed on the page as they are."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"></svg>'
    picture = Picture(name="p", title=text, alt=text, caption=text, width=10, height=10, svg=svg)
    document = Document("A memo", (), "![](picture:p)\n", pictures=(picture,))
    assert folded(Page(html.render(document)).texts["figcaption"][0]) == folded(kept(text))
    assert pdf_of(document).startswith(b"%PDF-")
    (shape,) = word_of(document).inline_shapes
    assert folded(shape._inline.docPr.get("descr")) == folded(kept(text))


@given(anything, anything.map(lambda text: f"https://example.org/?q={text}&copy;=1"))
def test_link_keeps_text_and_address(text: str, url: str) -> None:
    """`link` makes one link of this text, whatever the address holds; nothing of it gets out of the link."""
    (block,) = memo(f"|h|\n|-|\n|a {link(f'a{text}', url)} z|").blocks()
    assert isinstance(block, doc.Table)
    runs = block.rows[0][0]
    inside = [run for run in runs if run.link]
    assert folded(doc.plain(tuple(inside))) == kept(f"a{text}")
    assert [run.text for run in runs if not run.link] == ["a ", " z"]
    assert all(re.fullmatch(r"https://example\.org/\?q=\S*&copy;=1", run.link) for run in inside)


# The same memo, the same bytes


def test_html_is_the_same_twice() -> None:
    """No clock, no random id: two renderings agree in every character."""
    assert html.render(SAMPLE) == html.render(SAMPLE)


def test_word_file_is_the_same_at_another_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Word file made under another clock is the same file, and none of its entries bears today's date."""
    pytest.importorskip("docx", reason="python-docx is the optional extra 'docx'")
    from authority.memo.docx import render

    first = render(SAMPLE)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    another = time.struct_time((2033, 5, 18, 3, 33, 20, 2, 138, 0))
    monkeypatch.setattr("time.localtime", lambda *_: another)
    assert render(SAMPLE) == first
    about = word_of(SAMPLE).core_properties
    assert about.created and about.modified and about.created.year == about.modified.year == 1980
    assert (about.title, about.author, about.language, about.revision) == ("Use of force", "authority", "en-US", 1)
    with zipfile.ZipFile(io.BytesIO(first)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_pdf_is_the_same_twice() -> None:
    """Typst is given its moment: two settings agree in every byte, and the file says 1980."""
    assert pdf_of(SAMPLE) == pdf_of(SAMPLE) and pdf_of(NOTED) == pdf_of(NOTED)
    assert b"D:19800101" in pdf_of(SAMPLE)


# Footnotes

NOTED = memo(
    "## Facts\n\nSaid,[^a] held[^b] and said again.[^a]\n\n| Who | What |\n|---|---|\n| Iowa[^c] | so |\n\n"
    "[^a]: The *first*, see [there](https://a.org/x).\n"
    "[^b]: The second.\n\n    Its other paragraph.\n[^c]: The third.\n[^d]: Nobody marks this.\n"
)


def test_a_footnote_is_one_in_the_page() -> None:
    """Each mark leads to its note and each note back to its first mark; the notes stand at the end, in order."""
    text = html.render(NOTED)
    page = Page(text)
    marks = [attrs for tag, attrs in page.tags if attrs.get("role") == "doc-noteref"]
    assert [(mark["href"], mark.get("id")) for mark in marks] == [
        ("#note_1", "ref_1"), ("#note_2", "ref_2"), ("#note_1", None), ("#note_3", "ref_3"),
    ]  # fmt: skip
    backs = [attrs["href"] for _, attrs in page.tags if attrs.get("role") == "doc-backlink"]
    assert backs == ["#ref_1", "#ref_2", "#ref_3"]
    ends = text.split('role="doc-endnotes"')[1]
    assert ends.index("The <em>first</em>") < ends.index("The second.") < ends.index("The third.")
    assert "Nobody marks this" not in text
    assert len(page.ids()) == len(set(page.ids()))


def test_a_footnote_is_words_own() -> None:
    """The Word file has a part of footnotes, each with its mark, its style and its links; a mark that comes again is a
    field that follows the first."""
    word = word_of(NOTED)
    assert notes_of(word) == ["The first, see there.", "The second.\nIts other paragraph.", "The third."]
    xml = word.element.xml
    assert re.findall(r'w:footnoteReference w:id="(\d+)"', xml) == ["1", "2", "3"]
    assert re.findall(r'w:instr="([^"]*)"', xml) == [" NOTEREF _note_1 \\f \\h "]
    (part,) = [r.target_part for r in word.part.rels.values() if r.reltype.endswith("/footnotes")]
    assert [r.target_ref for r in part.rels.values()] == ["https://a.org/x"]
    assert part.blob.decode().count('w:val="footnotetext"') == 4
    assert "footnotePr" in word.settings.element.xml


def test_a_footnote_is_set_at_the_foot_of_its_page() -> None:
    """The PDF's footnotes are Typst's own: the mark and the note are tagged, and the second mark is the same note's."""
    from authority.memo.pdf import markup

    source = markup(NOTED)
    assert source.count("#footnote(") == 3 and source.count('footnote(label("note_1"))') == 1
    pdf = pdf_of(NOTED)
    assert pdf.startswith(b"%PDF-")


def test_a_footnote_holds_paragraphs_only() -> None:
    """No format has a place for more, and one in a footnote has none: what is written there is not lost in silence."""
    for inside in ("[^b]", "- a list", "# a heading", "| a | b |\n    |--|--|\n    | c | d |"):
        document = memo(f"Said.[^a]\n\n[^a]: {inside}\n[^b]: b\n")
        with pytest.raises(ValueError, match=r"a memo has no place for .* inside a footnote"):
            document.notes()


def test_an_empty_footnote_harms_nothing() -> None:
    document = memo("Said.[^a]\n\n[^a]:\n")
    assert document.notes() == (((),),)
    assert notes_of(word_of(document)) == [""] and pdf_of(document)


def test_a_template_calls_for_a_footnote_where_it_stands(tmp_path: Path) -> None:
    """Numbered as they come; what is said of a footnote is escaped; nothing said, no mark; cited in full but once."""
    from authority.memo.notes import Notes

    notes = Notes()
    folder_with(tmp_path, t="a{{ note(v) }} b{{ note('') }} c{{ note('second') }}{% if first('x') %} new{% endif %}"
                "{% if first('x') %} never{% endif %}")  # fmt: skip
    made = environment(tmp_path).get_template("t").render(note=notes.note, first=notes.first, v="[^2]: *x*\n\ny")
    assert made == "a[^1] b c[^2] new"
    assert notes.markdown() == "[^1]: \\[^2\\]: \\*x\\* y.\n[^2]: second."


@given(anything)
def test_no_text_makes_a_footnote(text: str) -> None:
    """Whatever a value says, behind a mark or before one, the marks are the template's."""
    document = memo(f"{escape(text)}[^1]{escape(text)} [^1]\n\n[^1]: {escape(text)}\n")
    (block,) = document.blocks()
    assert isinstance(block, doc.Paragraph)
    assert [run.note for run in block.runs if run.note] == [1, 1] and len(document.notes()) == 1


# The parts of a memo


def test_headings_have_ids_of_their_own() -> None:
    """A second heading of the same words gets a number, also where that number's id is taken already."""
    headings = list(memo("## Facts\n\n## Facts 2\n\n## Facts\n\n## 法\n\n## §\n").blocks())
    anchors = [block.anchor for block in headings if isinstance(block, doc.Heading)]
    assert anchors == ["facts", "facts-2", "facts-3", "section", "section-2"]


@given(st.lists(texts, max_size=8))
def test_ids_never_meet(titles: list[str]) -> None:
    """However headings are called, no two share an anchor, and each anchor is lower-case ASCII."""
    blocks = memo("\n\n".join(f"## {escape(title)}" for title in titles)).blocks()
    anchors = [block.anchor for block in blocks if isinstance(block, doc.Heading)]
    assert len(set(anchors)) == len(anchors) == len(titles)
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", anchor) for anchor in anchors)


def test_page_leads_to_its_headings() -> None:
    """The contents list headings of level 2 and, below them, level 3; each entry's target is on the page."""
    page = Page(html.render(SAMPLE))
    entries = html.contents(SAMPLE.blocks())
    assert [entry.text for entry in entries] == ["Question Presented", "Facts", "Facts"]
    assert [[entry.text for entry in above.below] for above in entries] == [[], ["Element"], []]
    inner = [target[1:] for target in page.links() if target.startswith("#")]
    assert set(inner) <= set(page.ids())
    assert len(page.ids()) == len(set(page.ids()))
    assert " ".join(tag for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)) == "h1 h2 h2 h3 h4 h2"


def test_the_contents_lead_to_the_notes_where_there_are_any() -> None:
    facts = "## Facts\n\nA fact.{}\n\n## Conclusion\n\nNo.{}"
    assert "#notes_heading" not in Page(html.render(memo(facts.format("", "")))).links()
    assert "#notes_heading" in Page(html.render(memo(facts.format("[^1]", "\n\n[^1]: Where it is said.")))).links()


def test_page_needs_nothing_else() -> None:
    """The page says its language and its policy, and asks for no script, image, style or frame."""
    page = Page(html.render(SAMPLE))
    attributes = dict(page.tags[0][1])
    (policy,) = [str(attrs["content"]) for tag, attrs in page.tags if "http-equiv" in attrs]
    assert attributes == {"lang": "en"}
    style = base64.b64encode(hashlib.sha256(page.texts["style"][0].encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; script-src 'none'; style-src 'sha256-{style}'; connect-src 'none'; ")
    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "object", "embed", "form"}
    assert "url(" not in page.texts["style"][0] and "@import" not in page.texts["style"][0]


def test_word_file_has_words_own_parts() -> None:
    """Headings, quotes, lists and tables are Word's, so that they can be restyled and listed there."""
    word = word_of(SAMPLE)
    styles = [(part.style.name if part.style else "", part.text) for part in word.paragraphs]
    assert ("Title", "Use of force") in styles
    assert [pair for pair in styles if pair[0].startswith("Heading")] == [
        ("Heading 1", "Question Presented"),
        ("Heading 1", "Facts"),
        ("Heading 2", "Element"),
        ("Heading 3", "Fourth"),
        ("Heading 1", "Facts"),
    ]
    assert ("Quote", "quoted words") in styles and ("Code", "code  kept") in styles
    assert ("List Bullet 2", "inner") in styles
    lines, table = word.tables
    assert [cell.text for cell in lines.columns[0].cells] == ["TO:", "RE:"]
    assert [cell.text for cell in lines.columns[1].cells] == ["The Adviser", "AT&T <v> Iowa"]
    assert [" ".join(cell.text for cell in row.cells) for row in table.rows] == [
        "E What",
        "E1 said",
        "E2 denied",
    ]
    assert "w:tblHeader" in table.rows[0]._tr.xml and "w:tblHeader" not in table.rows[1]._tr.xml
    assert re.findall(r'w:instr="(\w+)"', word.sections[0].footer._element.xml) == ["PAGE", "NUMPAGES"]


def test_numbered_lists_begin_anew() -> None:
    """Each numbered list of the Word file has a number of its own, and starts where the Markdown starts."""
    word = word_of(memo("1. a\n2. b\n\ntext\n\n1. c\n\ntext\n\n7. d\n"))
    xml = [part._p.xml for part in word.paragraphs if part.style and part.style.name == "List Number"]
    a, b, c, d = (int(re.findall(r'w:numId w:val="(\d+)"', part)[0]) for part in xml)
    assert a == b and len({a, c, d}) == 3
    numbering = word.part.numbering_part.element.xml
    override = r'w:numId="{}".*?startOverride w:val="(\d+)"'
    assert [re.findall(override.format(n), numbering, re.S)[0] for n in (a, c, d)] == ["1", "1", "7"]


def test_pdf_is_tagged_and_titled() -> None:
    """A screen reader finds the document's structure, language and title, and that it keeps to PDF/UA-1."""
    pdf = pdf_of(SAMPLE)
    assert b"/StructTreeRoot" in pdf and b"/Marked true" in pdf and b"/Lang" in pdf
    assert b"Use of force" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf


def test_text_that_no_font_has_is_no_reason_for_no_pdf() -> None:
    """Then the file does not claim the standard, which asks for letters that can be read."""
    letters = pdf_of(memo("A letter of no alphabet: \U000f0000."))
    assert letters.startswith(b"%PDF-") and b"pdfuaid" not in letters


def test_no_level_of_heading_is_passed_over() -> None:
    """Whoever has the page read out to him would look for the level between; so it is drawn up."""
    blocks = memo("#### Deep\n\n## One\n\n##### Far below\n\n###### Farther\n\n### Two\n").blocks()
    assert [block.level for block in blocks if isinstance(block, doc.Heading)] == [2, 2, 3, 4, 3]


def test_deep_nesting_loses_no_words() -> None:
    """Thirty quotes within each other still say what they say."""
    assert "deep" in html.render(memo(">" * 30 + " deep"))


@pytest.mark.parametrize(("module", "package"), [("docx", "docx"), ("pdf", "typst")])
def test_missing_extra_is_named(module: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package behind a format, the error names the extra to install."""
    monkeypatch.setitem(sys.modules, package, None)
    writer = __import__(f"authority.memo.{module}", fromlist=["render"])
    with pytest.raises(MissingExtra, match=rf"writing \.{module} files"):
        writer.render(SAMPLE)


# The door to Jinja2


def folder_with(folder: Path, **templates: str) -> Path:
    for name, text in templates.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_templates_escape_values_once(tmp_path: Path) -> None:
    """A value is escaped when printed; what a macro or a set block made of it is not escaped again."""
    folder_with(
        tmp_path,
        t="{% macro m(x) %}**{{ x }}**{% endmacro %}{% set s %}_{{ v }}_{% endset %}"
        "{{ v }} {{ m(v) }} {{ s }} {{ k }} {{ 3 }} {{ link(v, 'https://a.org') }}",
    )
    made = environment(tmp_path).get_template("t").render(v="a*b", k=Md("*k*"))
    assert made == "a\\*b **a\\*b** _a\\*b_ *k* 3 [a\\*b](<https://a.org>)"


def test_missing_name_is_an_error(tmp_path: Path) -> None:
    """A template that prints what is not there stops; it does not print nothing."""
    from jinja2 import UndefinedError

    folder_with(tmp_path, t="{{ nothing }}")
    for made in (environment(tmp_path), page_environment(tmp_path)):
        with pytest.raises(UndefinedError, match="nothing"):
            made.get_template("t").render()


def test_slug_is_the_anchor_of_a_heading() -> None:
    """A template can lead to a heading by its words."""
    words = "Élement 1: “planned, aided”"
    (block,) = memo(f"## {escape(words)}").blocks()
    assert isinstance(block, doc.Heading)
    assert block.anchor == slug(words) == "element-1-planned-aided"
