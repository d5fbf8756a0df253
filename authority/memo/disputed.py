"""What the readings disagree about: the disputes on which they part, who answers how, and on what authority."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from authority.law import Rule
from authority.memo.parts import DisputePart, PositionPart
from authority.memo.wording import cite_part
from authority.opinion import Opinion
from authority.saying import exhibits, listed


def disputed(opinions: Sequence[Opinion]) -> Iterator[DisputePart]:
    """The disputes on which the readings part ways and that some rule for this question turns on."""
    case, rules = opinions[0].case, opinions[0].case.rules
    live = {s.dispute for o in opinions for r in _rules_near(o) for s in r.under}
    for dispute in (*rules.disputes, *case.disputes):
        taken = {o.reading.id: o.reading.positions.get(dispute.id) for o in opinions}
        if dispute.id not in live or len(set(taken.values())) < 2:
            continue
        positions = []
        for position in dispute.positions:
            titles = [f"“{o.reading.title}”" for o in opinions if taken[o.reading.id] == position.id]
            stating = [e.id for e in case.evidence if e.position and e.position == (dispute.id, position.id)]
            positions.append(
                PositionPart(
                    says=position.says, held_by=listed(position.held_by),
                    cites=tuple(cite_part(rules, c) for c in position.cite), readings=listed(titles),
                    exhibits=exhibits(stating),
                )
            )  # fmt: skip
        yield DisputePart(question=dispute.question, positions=tuple(positions))


def _rules_near(opinion: Opinion) -> Iterable[Rule]:
    """The rules that bear on the question under some reading: those that conclude a sentence it turns on."""
    rules, sentences = opinion.case.rules.rules, {opinion.question.sentence}
    while True:
        more = {p.sentence for r in rules if r.then.sentence in sentences for p in (*r.premises, *r.unless)}
        if more <= sentences:
            break
        sentences |= more
    return [r for r in rules if r.then.sentence in sentences]
