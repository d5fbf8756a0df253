"""What changes when something is changed: in a case for the sake of argument, from one case or law to another."""

from authority.changes.diff import Diff, LawDiff, diff
from authority.changes.moves import Moved, has_moved, irreducible, stands
from authority.changes.whatif import WhatIf, whatif

__all__ = ["Diff", "LawDiff", "Moved", "WhatIf", "diff", "has_moved", "irreducible", "stands", "whatif"]
