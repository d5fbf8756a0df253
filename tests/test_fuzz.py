"""Every loader on files changed at random (tests/fuzz.py): a short run, and that the watch sees what it is to see."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("resource")  # not on Windows, which has no timer of the processor's time

FUZZ = Path(__file__).parent / "fuzz.py"
_TRY = """
import socket, subprocess, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
import fuzz
fuzz.watch()
fuzz.SECONDS = 0.2
folder = Path({folder!r})
def spin(content):
    while True:
        content += b"x"
def looks(content):
    raise KeyError("a key")
def writes(content):
    (folder.parent / "beside").write_bytes(content)
def within(content):
    (folder / "here").write_bytes(content)
def connects(content):
    socket.socket().connect(("127.0.0.1", 9))
def runs(content):
    subprocess.run(["true"])
for each in (spin, looks, writes, within, connects, runs):
    print(each.__name__, "|", fuzz.tried(each, b"x", folder)[1].splitlines()[:1])
"""


@pytest.mark.slow
def test_two_thousand_files_changed_at_random_are_taken_or_refused() -> None:
    """No other error than the library's own, nothing slow, nothing written: as `make fuzz` asks of a million."""
    done = subprocess.run([sys.executable, FUZZ, "--inputs", "2000"], text=True, capture_output=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    last = done.stdout.splitlines()[-1].split()
    assert (last[0], last[1], last[-1]) == ("all", "2,000", "0")


def test_the_watch_sees_what_no_loader_may_do(tmp_path: Path) -> None:
    """An error of another kind, a loader that does not end, a file written, a connection, a program started."""
    (tmp_path / "here").mkdir()
    program = _TRY.format(tests=str(FUZZ.parent), folder=str(tmp_path / "here"))
    done = subprocess.run([sys.executable, "-c", program], text=True, capture_output=True, check=True)
    told = dict(line.split(" | ") for line in done.stdout.splitlines())
    assert "it took more than 0.2 seconds" in told["spin"] and "KeyError" in told["looks"]
    assert told["writes"].startswith('["open ') and told["within"] == "[]"
    assert "socket." in told["connects"] and "subprocess.Popen" in told["runs"]
    assert not (tmp_path / "beside").exists()
