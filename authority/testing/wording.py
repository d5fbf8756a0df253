"""The words of made-up law: verbs that stand with no party, with one or with two, and what the calendar decides."""

from __future__ import annotations

from authority.days import Computed
from authority.vocabulary import Kind, Sentence

FACTS = ("sheltered", "paid", "armed", "trained")
"""Verbs of facts. What is done and what was done to somebody are spelled alike."""
LAYERS = (("aided", "joined"), ("backed", "led"), ("stopped",))
"""Verbs of conclusions, the question's last."""

_QUESTION = (
    ("somebody may be {}", "nobody may be {}"),
    ("<one> may be {}", "<one> may not be {}"),
    ("<one> may be {} for <other>", "for <other> nobody may have <one> {}"),
)
# The denied form turns two blanks round: a proposition lists its parties in the order of the affirmed form.
_OTHERS = (
    ("somebody was {}", "nobody was {}"),
    ("<one> was {}", "<one> was not {}"),
    ("<one> {} <other>", "<other> was not {} by <one>"),
)

SEEN = Sentence(
    says="<one> was seen on <day>", denied="<one> was not seen on <day>", where={"day": (Kind.DAY,)},
)  # fmt: skip
"""How a record speaks of a day."""
RECKONED = (
    Sentence(
        says="more than 3 days have passed since <day>", denied="at most 3 days have passed since <day>",
        where={"day": (Kind.DAY,)}, computed=Computed(days_since="day", more_than=3),
    ),
    Sentence(
        says="<day> is at most 1 day after the first after <other>",
        denied="<day> is more than 1 day after the first after <other>",
        where={"day": (Kind.DAY,), "other": (Kind.DAY,)},
        computed=Computed(days_since="other", until="day", after=1, at_most=1),
    ),
)  # fmt: skip
"""What the calendar decides, of one day and of two."""


def worded(verb: str, blanks: int) -> tuple[str, str]:
    """A sentence of so many blanks, none to two, in its affirmed and its denied form."""
    says, denied = (_QUESTION if verb in LAYERS[-1] else _OTHERS)[blanks]
    return says.format(verb), denied.format(verb)
