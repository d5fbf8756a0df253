"""Where the law and the templates are found: inside the installed package, or beside it in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def rules_folder() -> Path:
    """The folder of the rule sets; FileNotFoundError when it is neither in the package nor beside it."""
    return _folder("rules", _PACKAGE)


def templates_folder() -> Path:
    """The folder of the memo's templates; FileNotFoundError as for `rules_folder`."""
    return _folder("templates", _PACKAGE)


def _folder(name: str, package: Path) -> Path:
    # Inside first: beside an installed package lie other people's packages, and one may have this name.
    inside, beside = package / name, package.parent / name
    for folder in (inside, beside):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(
        f"the folder '{name}' is missing: it is neither at {inside} (an installed package) "
        f"nor at {beside} (a checkout); install the package again, or restore the folder"
    )
