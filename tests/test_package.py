"""The package as others get it: what is in the wheel, and that it works where nothing else is installed."""

import importlib
import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest

import authority
from authority import places

TOP = Path(__file__).resolve().parents[1]
# The checkout must not be importable by accident, or an installed wheel would never be what is tested.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


# Python 3.11.4 and later say how much a tar file may do; before that there was nothing to say.
SAFELY: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}


def run(*command: str | Path, cwd: Path) -> str:
    """What the command prints; the test fails with all of it when the command does."""
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=ENVIRONMENT, text=True, capture_output=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def files_of(wheel: Path) -> set[str]:
    """The files in a wheel, without the metadata."""
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def files_below(folder: Path) -> set[str]:
    """The files below a folder of the checkout, named as in the repository."""
    return {
        path.relative_to(TOP).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment in which nothing but pip is installed."""
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(folder, with_pip=True)
    return folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"


@pytest.fixture(scope="module")
def wheel(python: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that pip builds from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    run(python, "-m", "pip", "wheel", TOP, "--no-deps", "-q", "-w", folder, cwd=folder)
    (built,) = folder.glob("authority-*.whl")
    return built


@pytest.mark.parametrize("find", [places.rules_folder, places.templates_folder])
def test_a_checkout_finds_its_law_and_templates_at_the_top(find):
    """In a checkout, and so in an editable install, they stand beside the package."""
    assert find().parent == TOP
    assert any(find().iterdir())


def test_a_folder_inside_the_package_comes_before_one_beside_it(tmp_path):
    """Beside an installed package lie other people's packages, and one may be called rules."""
    package = tmp_path / "authority"
    (tmp_path / "rules").mkdir()
    (package / "rules").mkdir(parents=True)
    assert places._folder("rules", package) == package / "rules"


def test_a_missing_folder_is_an_error_that_names_both_places(tmp_path):
    """Neither inside nor beside: the message says where it looked."""
    package = tmp_path / "authority"
    with pytest.raises(FileNotFoundError) as error:
        places._folder("rules", package)
    assert str(package / "rules") in str(error.value)
    assert str(tmp_path / "rules") in str(error.value)


@pytest.mark.slow
def test_the_wheel_holds_the_code_the_law_and_the_templates_and_nothing_else(wheel):
    """Everything of the three folders, py.typed among it; no tests, no stray file."""
    expected = files_below(TOP / "authority")
    expected |= {f"authority/{name}" for name in files_below(TOP / "rules") | files_below(TOP / "templates")}
    assert files_of(wheel) == expected
    assert "authority/py.typed" in expected


@pytest.mark.slow
def test_the_source_distribution_builds_the_same_wheel(wheel, tmp_path):
    """What is built from the published sources is what is built from the checkout."""
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path, cwd=TOP)
    (sdist,) = tmp_path.glob("authority-*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, **SAFELY)
    unpacked = tmp_path / sdist.name.removesuffix(".tar.gz")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, cwd=unpacked)
    (again,) = tmp_path.glob("authority-*.whl")
    assert files_of(again) == files_of(wheel)


@pytest.mark.slow
def test_the_installed_wheel_writes_a_memo_from_another_folder(python, wheel, tmp_path):
    """Installed with the docx extra where nothing else is, it finds its law and writes the memo."""
    run(python, "-m", "pip", "install", "--disable-pip-version-check", "-q", f"{wheel}[docx]", cwd=tmp_path)
    found = run(python, "-c", "from authority import places; print(places.rules_folder())", cwd=tmp_path)
    assert Path(found.strip()).parent.parent.name == "site-packages"

    run(python.parent / "authority", "memo", "iran-2020", "-o", "memo.docx", cwd=tmp_path)
    with zipfile.ZipFile(tmp_path / "memo.docx") as memo:
        assert "word/document.xml" in memo.namelist()


def test_every_name_of_the_package_is_found_in_its_room():
    """What the package offers is what its rooms hold, and no room stands in the way of a name."""
    assert sorted(authority._ROOM) == sorted(authority.__all__) == sorted({*authority.__all__} & {*dir(authority)})
    rooms = {path.stem for path in (TOP / "authority").iterdir()}
    assert rooms.isdisjoint(authority.__all__)
    for name, room in authority._ROOM.items():
        assert getattr(authority, name) is getattr(importlib.import_module(f"authority.{room}"), name)
    with pytest.raises(AttributeError, match="has no attribute 'decree'"):
        authority.decree  # noqa: B018


def test_to_import_the_package_opens_no_room():
    """A project that has it installed and does not use it pays nothing for it."""
    says = "import sys, authority; print(*(m for m in sys.modules if m.split('.')[0] in ('authority', 'pydantic')))"
    assert run(sys.executable, "-c", says, cwd=TOP).split() == ["authority"]
