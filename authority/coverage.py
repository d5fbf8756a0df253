"""Coverage: which words of an instrument its rules encode, which were left out on purpose, and which nobody accounts
for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from authority.law import Instrument, RuleSet, Section

Span = tuple[int, int]
# What joins phrases and says nothing by itself.
_JOINTS = {"and", "or", "but", "that", "whereas"}


class Encoded(NamedTuple):
    """Words of a section that rules encode, and which rules."""

    section: str
    words: str
    rules: tuple[str, ...]


class Unencoded(NamedTuple):
    """Words of a section that no rule encodes, and why not; nothing is said of what nobody accounts for."""

    section: str
    words: str
    why: str = ""


class Coverage(NamedTuple):
    """What became of every word of an instrument."""

    encoded: tuple[Encoded, ...]
    left_out: tuple[Unencoded, ...]
    unaccounted: tuple[Unencoded, ...]


def coverage(rules: RuleSet) -> Coverage:
    """What became of the words of the rule set's instrument, section by section, in their order.

    Words are encoded where a rule that cites the section quotes them, and left out where the instrument says so, with
    the reason. What remains is unaccounted for, but for words that only join.
    """
    instrument = rules.instrument
    quotes: dict[str, dict[str, list[str]]] = {}
    for rule in rules.rules:
        if rule.cite.authority == instrument.id and rule.quote:
            words = " ".join(rule.quote.split())
            for section in _quoted(instrument, rule.cite.pin, words):
                quotes.setdefault(section.id, {}).setdefault(words, []).append(rule.id)
    encoded: list[Encoded] = []
    left_out: list[Unencoded] = []
    unaccounted: list[Unencoded] = []
    for section in instrument.sections:
        text = " ".join(section.text.split())
        left = {" ".join(each.quote.split()): each.why for each in instrument.left_out if each.section == section.id}
        own = quotes.get(section.id, {})
        encoded += (Encoded(section.id, words, tuple(own[words])) for words in _in_order(text, own))
        left_out += (Unencoded(section.id, words, left[words]) for words in _in_order(text, left))
        taken = [span for words in (*own, *left) for span in _places(text, words)]
        unaccounted += (Unencoded(section.id, words) for words in _remaining(text, taken))
    return Coverage(tuple(encoded), tuple(left_out), tuple(unaccounted))


def _quoted(instrument: Instrument, pin: str, words: str) -> Iterable[Section]:
    """The section that a citation names, or every one in which the words stand."""
    section = instrument.section(pin)
    return [section] if section else [s for s in instrument.sections if words in " ".join(s.text.split())]


def _places(text: str, words: str) -> list[Span]:
    """Where the words stand in the text, each time."""
    return [found.span() for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]


def _in_order(text: str, phrases: Mapping[str, object]) -> list[str]:
    """The phrases as they stand in the text; of two that begin alike, the longer first."""
    return sorted(phrases, key=lambda words: (text.find(words), -len(words)))


def _remaining(text: str, taken: Iterable[Span]) -> Iterator[str]:
    """The runs of words that no span takes in, but for those that only join."""
    kept = list(text)
    for begin, end in taken:
        kept[begin:end] = "\n" * (end - begin)
    for run in re.split(r"\n+", "".join(kept)):
        words = re.findall(r"\w+", run)
        if any(word.casefold() not in _JOINTS for word in words):
            yield run.strip(" ,;:.")
