"""An office's own Word letterhead: the memo is written into it, in its styles, where it says ``{{ memo }}``.

Nothing in the letterhead is run: it holds a place, not a program, so that a stranger's file can do no harm, and the
footnotes, which a subdocument would lose, are the document's own.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from authority import limits
from authority.archives import fetched, wrong_with
from authority.errors import InvalidInput, MissingExtra, Place, Problem
from authority.inputs import content
from authority.memo import document as doc
from authority.memo import docx
from authority.memo.wordml import W
from authority.memo.wordstyles import Numbers, complete

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph

MARK = "{{ memo }}"
_SAVE_ANEW = "open it in Word and save it as .docx"
# What zipfile and zlib raise of a damaged archive, of a compression that they do not know, and of an encrypted part.
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError)


def render(document: doc.Document, letterhead: Path) -> bytes:
    """The .docx file: the letterhead with the memo in it; the same two give the same bytes.

    Its pages, headers, footers and styles stay as they are; styles that the memo needs and it lacks are added. Raises
    InvalidInput where it is no Word file or has not one paragraph that says ``{{ memo }}``, OSError where it cannot be
    read, MissingExtra when python-docx is not installed.
    """
    word = _opened(letterhead)
    try:
        _write(word, _place(word, letterhead), document)
        for name in _doubled(word):
            raise _invalid(letterhead, f"two of its parts would be called {name}", _SAVE_ANEW)
        return docx.saved(word)
    except InvalidInput:
        raise
    except Exception as error:  # whatever python-docx trips over in a file that lacks what Word puts there
        what = f"it lacks what a Word file has ({type(error).__name__}: {error})"
        raise _invalid(letterhead, what, _SAVE_ANEW) from error


def _write(word: Word, place: Paragraph, document: doc.Document) -> None:
    """Writes the document into the letterhead, in this place."""
    numbers = Numbers(word)
    complete(word, numbers)
    body = word.element.body
    before = set(body)
    # Paragraphs are written at the end, and the section there may have other margins than the place has.
    above = place._p.itersiblings(preceding=True)
    breaks = [each for each in above if each.find(f"{{{W}}}pPr/{{{W}}}sectPr") is not None]
    docx.write(word, numbers, document, word.sections[len(breaks)])
    for element in [each for each in body if each not in before]:
        place._p.addprevious(element)
    body.remove(place._p)
    word.core_properties.title = doc.in_print(document.title)[:255]


def _doubled(word: Word) -> list[str]:
    """The names that two parts of a Word file have; it could not be opened again."""
    package = word.part.package
    names = Counter(part.partname for part in package.iter_parts()) if package else Counter[str]()
    return sorted(name for name, times in names.items() if times > 1)


def _opened(letterhead: Path) -> Word:
    try:
        from docx import Document
    except ModuleNotFoundError as missing:
        raise MissingExtra("writing into a Word letterhead", "docx") from missing
    file = _looked_over(letterhead)
    try:
        return Document(io.BytesIO(file))
    except Exception as error:  # whatever python-docx trips over in a broken file, which is of many types
        raise _no_word_file(letterhead) from error


def _looked_over(letterhead: Path) -> bytes:
    """The bytes of a letterhead that may be opened."""
    file = content(letterhead, str(letterhead), limits.ARCHIVE_BYTES, "letterhead")
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            for what, why in wrong_with(archive, "it", "a letterhead holds"):
                raise _invalid(letterhead, f"{what} ({why})", _SAVE_ANEW)
            for part in fetched(archive):
                what = f"Word would fetch something from elsewhere for it ({part})"
                raise _invalid(letterhead, what, "put the picture or the template itself into it, not a link to it")
    except _BROKEN:
        raise _no_word_file(letterhead) from None
    return file


def _no_word_file(letterhead: Path) -> InvalidInput:
    return _invalid(letterhead, "it is no Word file", _SAVE_ANEW)


def _place(word: Word, letterhead: Path) -> Paragraph:
    found = [each for each in word.paragraphs if "".join(each.text.split()) == "".join(MARK.split())]
    if len(found) == 1:
        return found[0]
    what = f"{len(found)} paragraphs say {MARK}" if found else f"no paragraph of its text says {MARK}"
    raise _invalid(letterhead, what, f"write {MARK} once, in a paragraph of its own, where the memo is to stand")


def _invalid(letterhead: Path, what: str, fix: str) -> InvalidInput:
    said = f"the letterhead cannot be used: {what}"
    return InvalidInput([Problem(Place(str(letterhead)), "letterhead", said, "", fix)])
