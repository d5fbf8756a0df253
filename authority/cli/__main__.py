"""``python -m authority.cli`` is the command ``authority``."""

from authority.cli.app import main

main()
