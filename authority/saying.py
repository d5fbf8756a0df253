"""English for what every room says: propositions, lists, counts, dates, exhibits. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Sized

from authority.days import in_words, is_day
from authority.facts import FactPattern
from authority.vocabulary import NOBODY, Kind, Proposition, natural


def sentence(text: str) -> str:
    """The text with a capital at its head and a stop at its end."""
    text = text.strip()
    head = text[:1].upper() + text[1:]
    return head if head.endswith((".", "?", "!", '."', ".'")) else head + "."


def listed(parts: Sequence[str], word: str = "and") -> str:
    """``a``; ``a and b``; ``a, b and c``; an empty text for nothing."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def one_or_more(things: Sized, one: str, more: str) -> str:
    """The word that goes with one thing, or with more."""
    return one if len(things) == 1 else more


def number(count: int) -> str:
    """A count as a text writes it: ``three``, ``12``."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[count] if count < len(words) else f"{count:,}"


def day(text: str | None) -> str:
    """A date as a memo writes it: ``28 June 2019``, ``June 2019``, ``2019``; an empty text for none."""
    return in_words(text) if text else ""


def said(case: FactPattern, proposition: Proposition) -> str:
    """The proposition in the vocabulary's words; a blank that the record fills with nobody reads "some operation"."""
    return _said(case, proposition, denied=False)


def denial(case: FactPattern, proposition: Proposition) -> str:
    """The proposition in its denied form, as ``said`` words it."""
    return _said(case, proposition, denied=True)


def _said(case: FactPattern, proposition: Proposition, *, denied: bool) -> str:
    form = case.rules.vocabulary[proposition.sentence]
    parties = [
        _some(form.kinds(blank)) if party == NOBODY else in_words(party) if is_day(party) else party
        for blank, party in zip(form.blanks, proposition.parties, strict=True)
    ]
    return form.fill(parties, denied=denied)


def _some(kinds: Sequence[Kind]) -> str:
    return f"some {kinds[0]}" if len(kinds) == 1 else "somebody"


def exhibits(ids: Iterable[str]) -> str:
    """Exhibits by their ids, in their order, three or more in a row by their ends: ``Exhibits E2, E7–E10 and E12``; an
    empty text for none."""
    found = sorted(set(ids), key=natural)
    if not found:
        return ""
    rows: list[list[str]] = []
    for each in found:
        if rows and _next(rows[-1][-1]) == each:
            rows[-1].append(each)
        else:
            rows.append([each])
    named = [name for row in rows for name in ([f"{row[0]}–{row[-1]}"] if len(row) > 2 else row)]
    return f"Exhibit{'s' if len(found) > 1 else ''} {listed(named)}"


def _next(name: str) -> str:
    """The id that would follow an id: E10 after E9; an empty text after one without a number."""
    head = name.rstrip("0123456789")
    number = name[len(head) :]
    return f"{head}{int(number) + 1}" if 0 < len(number) < 10 else ""
