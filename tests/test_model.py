"""What every noun is made of."""

from __future__ import annotations

import copy
import pickle

import pytest

from authority.vocabulary import Proposition
from authority.weighing import Cause, Finding, Status

SAID = {"proposition": Proposition("it rains"), "status": Status.ESTABLISHED, "cause": Cause.EVIDENCE}


def test_what_is_made_is_what_would_have_been_looked_at():
    """Equal, with the same defaults and the same data in the same order, whatever the order in which it is given."""
    looked_at = Finding(**SAID, supporting=("E1",))
    made = Finding.made(supporting=("E1",), **dict(reversed(SAID.items())))
    assert made == looked_at and hash(made) == hash(looked_at)
    assert made.model_dump_json() == looked_at.model_dump_json() and repr(made) == repr(looked_at)
    assert pickle.loads(pickle.dumps(made)) == copy.deepcopy(made) == made.but() == looked_at


@pytest.mark.parametrize("given", [{"proposition": SAID["proposition"]}, {**SAID, "caus": Cause.EVIDENCE}])
def test_nothing_is_made_of_too_little_or_of_what_is_no_field(given: dict[str, object]):
    """A misspelt field is an error here too, and its message names those that there are."""
    with pytest.raises(TypeError, match="Finding is made of proposition, status, cause, supporting"):
        Finding.made(**given)


def test_what_is_made_stays_as_it_is():
    """Frozen, as all nouns are."""
    with pytest.raises(ValueError, match="frozen"):
        Finding.made(**SAID).status = Status.REFUTED
