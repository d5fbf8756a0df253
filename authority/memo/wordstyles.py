"""The styles of the Word file, by the names under which an office restyles them, and the numbers of its lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from authority.memo.wordml import W, xml

if TYPE_CHECKING:
    from docx.document import Document as Word

SERIF, FIXED = "Georgia", "Courier New"
INK, LINE, LINK = "1C1B19", "BFBAB0", "1F4E79"
LEVELS = 3
"""How many levels of a list have a style of their own; deeper ones share the last."""
_STEP = 432  # twentieths of a point that each level of a list is set in


class _Style(NamedTuple):
    """A paragraph style: size and space in points, indents in twentieths of a point, other properties as written."""

    size: float
    before: float = 0
    after: float = 0
    bold: bool = False
    italic: bool = False
    face: str = SERIF
    line: int = 276  # 240 is single
    keep: bool = False
    jc: str = ""
    ind: str = ""
    border: str = ""
    outline: int | None = None


_STYLES: dict[str, _Style] = {
    "Normal": _Style(11, after=7),
    "Lead-in": _Style(11, after=4, keep=True),  # what a list follows
    "Title": _Style(18, after=10, bold=True, keep=True),
    "Heading 1": _Style(14, 16, 6, bold=True, keep=True, outline=0),
    "Heading 2": _Style(12, 12, 4, bold=True, keep=True, outline=1),
    "Heading 3": _Style(11, 10, 3, bold=True, italic=True, keep=True, outline=2),
    "Heading 4": _Style(11, 8, 3, italic=True, keep=True, outline=3),
    "Quote": _Style(10.5, after=7, ind='w:left="576" w:right="576"'),
    **{f"List Bullet{number}": _Style(11, after=4) for number in ("", " 2", " 3")},
    **{f"List Number{number}": _Style(11, after=4) for number in ("", " 2", " 3")},
    **{
        f"List Continue{number}": _Style(11, after=4, ind=f'w:left="{_STEP * level}"')
        for level, number in enumerate(("", " 2", " 3"), 1)
    },
    "Heading Line": _Style(11, after=3, line=240),
    "Table Text": _Style(9.5, 2, 2, line=240),
    "Table Heading": _Style(9.5, 2, 2, line=240, bold=True, keep=True),
    "Header": _Style(8.5, line=240, italic=True, jc="center"),
    "Footer": _Style(9, line=240, jc="center"),
    "footnote text": _Style(9, after=2, line=240),
    "Figure": _Style(11, before=4, keep=True),
    "Caption": _Style(9.5, after=9, italic=True, line=240),
    "Code": _Style(9, after=7, face=FIXED, line=240),
    "Divider": _Style(4, after=7, line=168, border=f'w:val="single" w:sz="8" w:space="1" w:color="{LINE}"'),
}
_NEW = ("Lead-in", "Heading Line", "Table Text", "Table Heading", "Figure", "Code", "Divider", "Inline Code")
"""Those of these styles that Word itself has not."""
# The order of a style's paragraph properties is the schema's.
_PARAGRAPH = (
    "<w:pPr>{keep}{numbered}{border}"
    '<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>{ind}{jc}{outline}</w:pPr>'
)
_CHARACTER = {
    "Strong": "<w:rPr><w:b/><w:bCs/></w:rPr>",
    "Emphasis": "<w:rPr><w:i/><w:iCs/></w:rPr>",
    "Hyperlink": f'<w:rPr><w:color w:val="{LINK}"/><w:u w:val="single"/></w:rPr>',
    "Inline Code": f'<w:rPr><w:rFonts w:ascii="{FIXED}" w:hAnsi="{FIXED}" w:cs="{FIXED}"/></w:rPr>',
    "footnote reference": '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>',
}
_TABLES = {
    "Memo Lines": """<w:style w:type="table" w:customStyle="1" w:styleId="MemoLines"><w:name w:val="Memo Lines"/>
<w:tblPr><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="120" w:type="dxa"/></w:tblCellMar></w:tblPr>
</w:style>""",
    "Memo Table": f"""<w:style w:type="table" w:customStyle="1" w:styleId="MemoTable"><w:name w:val="Memo Table"/>
<w:basedOn w:val="MemoLines"/><w:tblPr><w:tblBorders>
<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/></w:tblBorders></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{INK}"/></w:tcBorders></w:tcPr></w:tblStylePr>
</w:style>""",
}


class Numbers:
    """The numbers of Word's lists: bulleted lists share one, a numbered one begins anew with its own."""

    def __init__(self, word: Word) -> None:
        self.root: Any = _numbering(word)
        taken = self.root.findall(f"{{{W}}}abstractNum")
        last = max((int(found.get(f"{{{W}}}abstractNumId")) for found in taken), default=0)
        self.decimal = last + 2
        for abstract, form in ((last + 1, "bullet"), (self.decimal, "decimal")):
            levels = "".join(_level(level, form) for level in range(9))
            inner = f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}'
            # The schema wants every abstractNum before the first num.
            self.root.insert(0, xml(f'<w:abstractNum w:abstractNumId="{abstract}">{inner}</w:abstractNum>'))
        self.bullets = self.root.add_num(last + 1).numId

    def of(self, start: int | None, level: int) -> int:
        """The number of a list that starts here (None: bullets) at this level, from 0."""
        if start is None:
            return self.bullets
        made = self.root.add_num(self.decimal)
        made.add_lvlOverride(ilvl=level).add_startOverride(start)
        return made.numId


def restyle(word: Word, numbers: Numbers, *, small: bool = False) -> None:
    """Makes Word's own styles sober, one serif face in black, and adds those that the memo needs; ``small`` sets all
    of them smaller and closer."""
    for style in list(word.styles):
        kind = style.element.get(f"{{{W}}}type")
        if kind == "table" and style.name not in ("Normal Table", "Table Grid"):
            # A hundred coloured tables that nobody asked for.
            word.styles.element.remove(style.element)
    _add(word)
    for name, style in _STYLES.items():
        _write(word.styles[name], _smaller(style) if small else style, _bullets(name, numbers))


def complete(word: Word, numbers: Numbers) -> None:
    """Adds the styles that the memo needs and an office's own document lacks, in that document's face and colour; those
    that it has stay as they are."""
    had = {s.name for s in word.styles}
    _add(word)
    for name, style in _STYLES.items():
        if name not in had:
            _write(word.styles[name], style, _bullets(name, numbers), faces=False)
        elif name.startswith("List Bullet") and not word.styles[name].element.findall(f".//{{{W}}}numPr"):
            word.styles[name].element.get_or_add_pPr()._insert_numPr(xml(_bullets(name, numbers)))


def _add(word: Word) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    for names, kind in ((_STYLES, WD_STYLE_TYPE.PARAGRAPH), (_CHARACTER, WD_STYLE_TYPE.CHARACTER)):
        for name in names:
            if name in word.styles:
                continue
            made: Any = word.styles.add_style(name, kind, builtin=name not in _NEW)
            made.base_style = word.styles["Normal"] if kind is WD_STYLE_TYPE.PARAGRAPH and name != "Normal" else None
            made.hidden, made.quick_style = False, True
            if names is _CHARACTER:
                made.element.append(xml(_CHARACTER[name]))
    for name, written in _TABLES.items():
        if name not in word.styles:
            word.styles.element.append(xml(written))


def _bullets(name: str, numbers: Numbers) -> str:
    """The numbering of a bulleted list's style; of any other, nothing."""
    if not name.startswith("List Bullet"):
        return ""
    level = int(name.removeprefix("List Bullet").strip() or 1) - 1
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbers.bullets}"/></w:numPr>'


def _smaller(style: _Style) -> _Style:
    return style._replace(
        size=round(style.size * 1.7) / 2, before=style.before / 2, after=style.after / 2, line=min(style.line, 245)
    )


def _write(style: Any, dress: _Style, numbered: str, *, faces: bool = True) -> None:
    """Writes a paragraph style anew: what its paragraphs and its letters are like; without ``faces``, letters as those
    of the document around it, but for what sets the style apart."""
    element = style.element
    for old in element.findall(f"{{{W}}}pPr") + element.findall(f"{{{W}}}rPr"):
        element.remove(old)
    twentieths = {name: round(getattr(dress, name) * 20) for name in ("before", "after")}
    element.append(
        xml(
            _PARAGRAPH.format(
                keep="<w:keepNext/><w:keepLines/>" if dress.keep else "",
                numbered=numbered, line=dress.line, **twentieths,
                border=f"<w:pBdr><w:bottom {dress.border}/></w:pBdr>" if dress.border else "",
                ind=f"<w:ind {dress.ind}/>" if dress.ind else "",
                jc=f'<w:jc w:val="{dress.jc}"/>' if dress.jc else "",
                outline="" if dress.outline is None else f'<w:outlineLvl w:val="{dress.outline}"/>',
            )
        )
    )  # fmt: skip
    said = [f'<w:{letter} w:val="{int(on)}"/>' for letter, on in (("b", dress.bold), ("i", dress.italic))]
    if faces or dress.face != SERIF:
        scripts = " ".join(f'w:{script}="{dress.face}"' for script in ("ascii", "hAnsi", "cs", "eastAsia"))
        said.insert(0, f"<w:rFonts {scripts}/>")
    if faces:
        said.append(f'<w:color w:val="{INK}"/>')
    if faces or dress.size != _STYLES["Normal"].size:
        said += [f'<w:{name} w:val="{round(dress.size * 2)}"/>' for name in ("sz", "szCs")]
    element.append(xml(f"<w:rPr>{''.join(said)}</w:rPr>"))


def _level(level: int, form: str) -> str:
    text = f"%{level + 1}." if form == "decimal" else "•–"[level % 2]
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{_STEP * (level + 1)}" w:hanging="{_STEP}"/></w:pPr></w:lvl>'
    )


def _numbering(word: Word) -> Any:
    """The root of the document's numbering part, made where there is none."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.parts.numbering import NumberingPart

    main: Any = word.part
    if not any(each.reltype == RELATIONSHIP_TYPE.NUMBERING for each in main.rels.values()):
        root = xml("<w:numbering/>")
        made = NumberingPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, root, main.package)
        main.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
    return main.numbering_part.element
