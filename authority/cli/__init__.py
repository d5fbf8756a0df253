"""The command ``authority``: reads what is asked, prints what the library answers, and decides nothing itself.

Exit codes: 0 done; 1 a check failed; 2 the command was used wrongly; 3 an input file is invalid; 4 the engine.
"""

from authority.cli.app import app, main, run

__all__ = ["app", "main", "run"]
