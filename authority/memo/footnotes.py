"""Word's footnotes, which python-docx has not: the part of the file that holds them, and their marks in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from authority.memo.wordml import W, xml

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_MARK = '<w:rPr><w:rStyle w:val="{style}"/></w:rPr>'
# The line between text and notes; the schema asks for both.
_SEPARATORS = "".join(
    f'<w:footnote w:type="{name}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/>'
    f"</w:pPr><w:r><w:{name}/></w:r></w:p></w:footnote>"
    for number, name in ((-1, "separator"), (0, "continuationSeparator"))
)


class Footnotes:
    """The footnotes of a Word document (ISO/IEC 29500-1, 17.11), added behind those it has already.

    The document needs the styles "footnote text" and "footnote reference".
    """

    def __init__(self, word: Word) -> None:
        self.part: Any = _part(word)
        taken = [int(note.get(f"{{{W}}}id")) for note in self.part.element]
        self.before = max(taken, default=0)
        self.text, self.reference = (word.styles[f"footnote {name}"].style_id for name in ("text", "reference"))

    def mark(self, paragraph: Paragraph, number: int) -> None:
        """Puts the mark of the memo's note of this number, from 1, at the end of a paragraph."""
        note = self.before + number
        # The bookmark is what a mark that comes again refers to; Word hides one whose name begins so.
        paragraph._p.append(xml(f'<w:bookmarkStart w:id="{10_000 + note}" w:name="_note_{note}"/>'))
        paragraph._p.append(xml(f'<w:r>{self._style}<w:footnoteReference w:id="{note}"/></w:r>'))
        paragraph._p.append(xml(f'<w:bookmarkEnd w:id="{10_000 + note}"/>'))

    def mark_again(self, paragraph: Paragraph, number: int) -> None:
        """Puts there the number of a note that was marked before, as a field that follows it."""
        note = self.before + number
        field = f'<w:fldSimple w:instr=" NOTEREF _note_{note} \\f \\h "><w:r>{self._style}<w:t>{note}</w:t></w:r>'
        paragraph._p.append(xml(f"{field}</w:fldSimple>"))

    def add(self, number: int, count: int) -> list[Paragraph]:
        """Adds the note of this number and returns its paragraphs, so many, of which the first begins with its mark."""
        from docx.text.paragraph import Paragraph

        note = xml(f'<w:footnote w:id="{self.before + number}">{"<w:p/>" * count}</w:footnote>')
        self.part.element.append(note)
        made = [Paragraph(each, self.part) for each in note]
        for each in made:
            each._p.style = self.text
        made[0]._p.append(xml(f"<w:r>{self._style}<w:footnoteRef/></w:r>"))
        made[0].add_run(" ")
        return made

    @property
    def _style(self) -> str:
        return _MARK.format(style=self.reference)


def _part(word: Word) -> Any:
    """The document's footnotes part, made where there is none."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.parts.story import StoryPart

    main: Any = word.part
    found = [each for each in main.rels.values() if each.reltype == RELATIONSHIP_TYPE.FOOTNOTES]
    if not found:
        root = xml(f"<w:footnotes>{_SEPARATORS}</w:footnotes>")
        made = StoryPart(PackURI("/word/footnotes.xml"), _TYPE, root, main.package)
        main.relate_to(made, RELATIONSHIP_TYPE.FOOTNOTES)
        named = '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        _into_settings(word, xml(named))
        return made
    # python-docx has read it as bytes.
    old = found[0].target_part
    made = StoryPart(old.partname, old.content_type, xml(old.blob), main.package)
    for each in old.rels.values():
        made.load_rel(each.reltype, each._target, each.rId, each.is_external)
    found[0]._target = made
    return made


def _into_settings(word: Word, element: Any) -> None:
    """Puts the element where the schema has it, before what concerns compatibility."""
    settings: Any = word.settings.element
    after = settings.find(f"{{{W}}}compat")
    settings.insert(len(settings) if after is None else settings.index(after), element)
