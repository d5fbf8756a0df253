"""The notes on the law, made from the data in ``rules/``: nothing is retyped, and every quotation is the data's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import authority
from authority.coverage import coverage
from authority.law import Authority, Instrument, Mark, Rule, RuleSet
from authority.memo.text import escape, link
from authority.saying import day, listed, sentence
from authority.vocabulary import Sentence


def rule_sets_table() -> str:
    """The rule sets that come with the library, a line each."""
    rows = [_row(authority.load_rules(name)) for name in authority.rule_sets()]
    return "\n".join(["| rule set | instrument | status |", "| --- | --- | --- |", *rows])


def law(name: str) -> str:
    """The page on a rule set: the words, what is encoded and left out, the disputes, and what was not verified."""
    rules = authority.load_rules(name)
    parts = (
        _head, _words, _encoded, _left_out, _disputes, _readings, _facts, _notice, _raised, _unverified, _authorities
    )  # fmt: skip
    return "\n\n".join(block for part in parts for block in part(rules))


def _row(rules: RuleSet) -> str:
    instrument = rules.instrument
    return f"| [{rules.name}]({rules.name}.md) | {_cited(instrument)} | {escape(_status(instrument))} |"


def _head(rules: RuleSet) -> Iterator[str]:
    instrument = rules.instrument
    yield f"# {escape(instrument.title)}"
    yield f"{_cited(instrument)}. {escape(sentence(_status(instrument)))}"
    yield _seen(instrument)
    yield f"This page is made from the data in `rules/{rules.name}/`."
    if instrument.does_not_decide:
        yield "## What it does not decide"
        yield _bullets(map(escape, instrument.does_not_decide))


def _status(instrument: Instrument) -> str:
    dates = [] if instrument.never_enacted else [f"of {day(instrument.enacted)}"]
    dates += [f"in force from {day(instrument.from_)}"] if instrument.from_ else []
    dates += [f"until {day(instrument.until)}"] if instrument.until else []
    return "; ".join([instrument.status, *dates])


def _words(rules: RuleSet) -> Iterator[str]:
    yield "## The words"
    for section in rules.instrument.sections:
        heading = f" {escape(section.heading)}" if section.heading and section.heading.lower() != section.id else ""
        yield f"**{escape(section.id)}**{heading}"
        yield f"> {escape(section.text)}"
        aside = [section.verified.says if section.verified else "", section.note]
        if any(aside):
            yield " ".join(f"{escape(sentence(each))}" for each in aside if each)


def _encoded(rules: RuleSet) -> Iterator[str]:
    yield "## What is encoded"
    yield (
        "Each line is a rule: what it asks for, its exceptions, the position without which it is no law, the words "
        "that it encodes, and where they stand."
    )
    for conclusion in dict.fromkeys(rule.then.sentence for rule in rules.rules):
        yield f"{_said(rules.vocabulary[conclusion])} It holds, where"
        yield _bullets(_rule_line(rule) for rule in rules.rules if rule.then.sentence == conclusion)


def _rule_line(rule: Rule) -> str:
    how = {"all": "; and ", "any": "; or ", "at_least": "; "}[rule.body]
    asks = how.join(escape(str(premise)) for premise in rule.premises) or "nothing is asked"
    asks = f"at least {rule.count} of: {asks}" if rule.body == "at_least" else asks
    unless = f"; unless {' or '.join(escape(str(e)) for e in rule.unless)}" if rule.unless else ""
    under = f"; on the position {' and '.join(f'`{stance}`' for stance in rule.under)}" if rule.under else ""
    quote = f" “{escape(rule.quote)}”" if rule.quote else ""
    note = f" {escape(sentence(rule.note))}" if rule.note else ""
    return f"`{rule.id}`: {asks}{unless}{_kinds(rule.where)}{under}{_dates(rule)}.{quote} ({escape(rule.cite)}){note}"


def _kinds(where: Mapping[str, Iterable[str]]) -> str:
    """To which kinds of party blanks are narrowed."""
    return "".join(f"; {escape(f'<{blank}>')} being {escape(listed(list(where[blank]), 'or'))}" for blank in where)


def _dates(rule: Rule) -> str:
    """From and until when a rule is law, where it has dates of its own."""
    begins = f"; in force from {day(rule.from_)}" if rule.from_ else ""
    return begins + (f"; no longer in force from {day(rule.until)}" if rule.until else "")


def _left_out(rules: RuleSet) -> Iterator[str]:
    found = coverage(rules)
    yield "## What is left out"
    if found.left_out:
        yield _bullets(f"{escape(e.section)}: “{escape(e.words)}” {escape(sentence(e.why))}" for e in found.left_out)
    else:
        yield "No words of the instrument are left out by name."
    if found.unaccounted:
        yield "No rule quotes these words, and nothing says why:"
        yield _bullets(f"{escape(each.section)}: “{escape(each.words)}”" for each in found.unaccounted)


def _disputes(rules: RuleSet) -> Iterator[str]:
    if not rules.disputes:
        return
    yield "## What is in dispute"
    for dispute in rules.disputes:
        yield f"`{dispute.id}`: {escape(dispute.question)}"
        yield _bullets(
            f"`{each.id}`: {escape(each.says)}"
            + (f" Held by: {escape(sentence('; '.join(each.held_by)))}" if each.held_by else "")
            + (f" ({'; '.join(escape(cite) for cite in each.cite)})" if each.cite else "")
            for each in dispute.positions
        )


def _readings(rules: RuleSet) -> Iterator[str]:
    yield "## The readings"
    for reading in rules.readings:
        label = rules.label(reading)
        yield f"`{reading.id}`: {escape(reading.title)}{f' [{escape(label)}]' if label else ''}"
        standard = rules.tables.standard(reading.standard).says
        taken = ", ".join(f"`{dispute} = {position}`" for dispute, position in reading.positions.items())
        lines = [escape(reading.about) if reading.about else "", f"Standard: {escape(standard)}."]
        lines += [f"Answers only: {escape('; '.join(reading.answers))}."] if reading.answers else []
        lines += [f"Positions: {taken}."] if taken else []
        yield _bullets(filter(None, lines))


def _facts(rules: RuleSet) -> Iterator[str]:
    yield "## Facts"
    yield "To these evidence may speak. What a fact means is said where its words might be taken in another sense."
    facts = [each for each in rules.vocabulary.sentences if each.says not in rules.conclusions and not each.computed]
    yield _bullets(map(_said, facts))
    computed = [each for each in rules.vocabulary.sentences if each.computed]
    if computed:
        yield "These the calendar decides, and no evidence:"
        yield _bullets(map(_said, computed))


def _said(each: Sentence) -> str:
    """A sentence, and what it means where that is said."""
    return f"*{escape(each.says)}*{f': {escape(sentence(each.means))}' if each.means else '.'}"


def _notice(rules: RuleSet) -> Iterator[str]:
    if rules.notice:
        yield "## What is noticed"
        yield "Facts that no case need prove:"
        yield _bullets(
            f"{escape(str(each.holds))} ({escape(each.cite)}) {escape(each.note)}".rstrip() for each in rules.notice
        )


def _raised(rules: RuleSet) -> Iterator[str]:
    if rules.raised_by:
        yield "## What raises its questions"
        yield "Facts of another rule set with which a memo names a question of this one. It is named, and not answered:"
        yield _bullets(
            f"*{escape(each.says)}* (`{each.rules}`) raises *{escape(each.ask)}*. {escape(sentence(each.why))}"
            for each in rules.raised_by
        )


def _unverified(rules: RuleSet) -> Iterator[str]:
    yield "## What was not verified"
    yield (
        "A rule's quotation is held word for word against the data. Whether the data has what the document says was "
        "checked in a copy of it, but for what stands here."
    )
    lines = [*_instrument_marks(rules.instrument), *(line for each in rules.authorities for line in _marks(each))]
    yield _bullets(lines) if lines else "Everything was seen in a copy of its text."


def _instrument_marks(instrument: Instrument) -> Iterator[str]:
    if instrument.verified is not Mark.PRIMARY:
        yield f"{escape(instrument.short)}: {instrument.verified.says}."
    for section in instrument.sections:
        if section.verified and section.verified is not Mark.PRIMARY:
            yield f"{escape(instrument.short)} {escape(section.id)}: {section.verified.says}."


def _marks(each: Authority) -> Iterator[str]:
    if each.verified is not Mark.PRIMARY:
        yield f"{escape(each.short)} (`{each.id}`): {each.verified.says}."
    if each.unverified:
        yield f"{escape(each.short)} (`{each.id}`), not verified in it: {escape(sentence(each.unverified))}"
    for quote in each.quotes:
        if quote.verified and quote.verified is not each.verified:
            yield f"{escape(each.short)} (`{each.id}`), “{escape(quote.text)}”: {quote.verified.says}."


def _authorities(rules: RuleSet) -> Iterator[str]:
    if not rules.authorities:
        return
    yield "## Authorities"
    yield "\n".join(
        ["| id | citation | status | words |", "| --- | --- | --- | --- |"]
        + [f"| `{a.id}` | {_cited(a)} | {escape(a.status)} | {a.verified.says} |" for a in rules.authorities]
    )


def _cited(what: Instrument | Authority) -> str:
    return link(what.citation, what.citation.link) if what.citation.link else escape(what.citation)


def _seen(instrument: Instrument) -> str:
    seen = f"; seen: {escape(instrument.seen)}" if instrument.seen else ""
    return f"Its words: {instrument.verified.says}{seen}."


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
