"""The small case with what was officially decided on it, twice: a court held for Iran, and another reversed it."""

from __future__ import annotations

from tests.small_law import CASE, CASE_FILE, FILES

DECIDED = """\
decided:
  - by: the District Court
    on: 2010-06-16
    cite: report at 7
    result: force not authorized
    says: Nothing showed that it sheltered them.
    verified: primary
    reading: strict
    positions: {signs: together}
    expect: not shown
    hinge: [E2, reach]
    differs: The court did not believe the report.
  - by: the Court of Appeals
    on: 2011
    asks: force against Iran is authorized
    result: force authorized
    verified: memory
    reading: loose
    expect: shown
    no_hinge: The hinge is the decision itself.
"""
WITH_DECISIONS = {**FILES, CASE_FILE: CASE + DECIDED}
"""The files of the small law, the case with the decisions in it."""
