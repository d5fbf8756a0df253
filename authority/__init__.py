"""May force be used here, under this law, on this evidence? The question answered with reasons, never with advice."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from authority.changes import WhatIf, diff, whatif
    from authority.chronology import Timeline, timeline
    from authority.comparing import Comparison, compare
    from authority.decided import HeldAgainst, held_against
    from authority.dependence import Dependence, depend
    from authority.engine import Verdict
    from authority.errors import AuthorityError, EngineError, InvalidInput, MissingExtra, Problem, UnknownName
    from authority.loading import cases, load_case, load_rules, rule_sets
    from authority.opinion import Opinion, decide
    from authority.panels import Panel, panel
    from authority.simulating import Simulation, simulate
    from authority.verifying import Verified, verify

__all__ = [
    "AuthorityError",
    "Comparison",
    "Dependence",
    "EngineError",
    "HeldAgainst",
    "InvalidInput",
    "MissingExtra",
    "Opinion",
    "Panel",
    "Problem",
    "Simulation",
    "Timeline",
    "UnknownName",
    "Verdict",
    "Verified",
    "WhatIf",
    "cases",
    "compare",
    "decide",
    "depend",
    "diff",
    "held_against",
    "load_case",
    "load_rules",
    "panel",
    "rule_sets",
    "simulate",
    "timeline",
    "verify",
    "whatif",
]

# Where each name lives. A room is opened when something in it is first asked for, since pytest opens the package for
# its plugin at every run, of whatever project. No room may be called as something here is: it would take its place.
_LIVES_IN = {
    "changes": ("WhatIf", "diff", "whatif"),
    "chronology": ("Timeline", "timeline"),
    "comparing": ("Comparison", "compare"),
    "decided": ("HeldAgainst", "held_against"),
    "dependence": ("Dependence", "depend"),
    "engine": ("Verdict",),
    "errors": ("AuthorityError", "EngineError", "InvalidInput", "MissingExtra", "Problem", "UnknownName"),
    "loading": ("cases", "load_case", "load_rules", "rule_sets"),
    "opinion": ("Opinion", "decide"),
    "panels": ("Panel", "panel"),
    "simulating": ("Simulation", "simulate"),
    "verifying": ("Verified", "verify"),
}
_ROOM = {name: room for room, names in _LIVES_IN.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _ROOM:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"authority.{_ROOM[name]}"), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
