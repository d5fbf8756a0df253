"""A decision tried: the record as it stood the day before, by the law of the day, as its decider read it."""

from __future__ import annotations

from datetime import date, timedelta

from authority.dates import last_day
from authority.facts import Decision, FactPattern
from authority.opinion import Opinion, decide


def tried(case: FactPattern, decision: Decision) -> Opinion:
    """The opinion on a case under the reading and the positions of a decider, on the question that was decided.

    A decision is never evidence in its own record: what became known on its day or after is out, as is what the case
    itself does not know. Raises UnknownName for a reading that is not there, and as ``decide`` does.
    """
    return decide(_as_it_stood(case, decision), decision.reading, decision.asks)


def _as_it_stood(case: FactPattern, decision: Decision) -> FactPattern:
    day = last_day(decision.on)
    before = day - timedelta(days=1) if day > date.min else day
    taken = {**case.positions.get(decision.reading, {}), **decision.positions}
    return case.but(
        as_of=day.isoformat(), known_by=min(before, case.knowledge_day).isoformat(),
        positions={**case.positions, decision.reading: taken},
    )  # fmt: skip
