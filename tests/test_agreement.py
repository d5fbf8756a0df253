"""All that decides a row agrees: a few hundred of the records that `make agreement` draws by the hundred thousand."""

from __future__ import annotations

import pytest

from authority.batch import Kernel
from tests.agreement import share
from tests.generate import STANDARDS


@pytest.mark.slow
def test_decide_the_kernel_two_databases_and_polars_agree() -> None:
    """On records with values left out, at every standard, under exceptions and factor tests; every verdict comes up."""
    counted = share(0, 300, each=10)
    assert (counted["records"], counted["answers"]) == (300, 600)
    assert all(counted[f"answers at {standard}"] for standard in STANDARDS)
    assert all(counted[f"answers: {verdict}"] > 30 for verdict in ("met", "not met", "undetermined"))
    for what in ("with values left out", "under a rule with exceptions", "under a factor test"):
        assert counted[what] > 30


def test_where_two_ways_part_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel whose columns are exchanged is found out, and the record shown."""
    kernel = Kernel.__call__

    def exchanged(self: Kernel, batch, first: int = 0):
        found = kernel(self, batch, first)
        return found.set_column(1, found.schema.field(1), found.column(1)[::-1])

    monkeypatch.setattr(Kernel, "__call__", exchanged)
    with pytest.raises(AssertionError, match="the kernel and decide part\nrow: "):
        share(0, 100, each=20)
