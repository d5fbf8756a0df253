"""Killed, run side by side, run for long: nothing half-written, the same answers, no more memory, no network."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path

import pytest

import authority
from authority.memo import FORMATS, compose, markdown
from authority.writing import write_whole

HERE = Path(__file__).parent
CASE = HERE / "cases" / "detainee.yaml"
ROOT = HERE.parent


def memo_of(number: int) -> bytes:
    """The memo of one of two cases, made from the files."""
    which = (CASE, "iran-2020")[number % 2]
    return markdown(compose(authority.decide(authority.load_case(which)))).encode()


@pytest.mark.slow
def test_ten_threads_at_once_say_what_one_says() -> None:
    """Of the same two cases, byte for byte; the rules engine, which is one for the process, is shared among them."""
    alone = [memo_of(0), memo_of(1)]
    with ThreadPoolExecutor(10) as pool:
        together = list(pool.map(memo_of, range(20)))
    assert together == alone * 10


@pytest.mark.slow
def test_ten_processes_at_once_say_what_one_says() -> None:
    alone = [memo_of(0), memo_of(1)]
    with ProcessPoolExecutor(10, mp_context=get_context("spawn")) as pool:
        together = list(pool.map(memo_of, range(10)))
    assert together == alone * 5


# ── Killed ────────────────────────────────────────────────────────────────────────────────────────────────────────────

_WRITE = """
import sys
from pathlib import Path
from authority.writing import write_whole
path, content = Path(sys.argv[1]), sys.argv[2].encode() * 4_000_000
print("begun", flush=True)
while True:
    write_whole(path, content)
"""


def is_whole(path: Path) -> bool:
    """Whether a file of the memo's is complete, by its format."""
    content = path.read_bytes()
    match path.suffix:
        case ".docx":
            return zipfile.ZipFile(BytesIO(content)).testzip() is None
        case ".pdf":
            return content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")
        case ".html":
            return content.rstrip().endswith(b"</html>")
        case ".json":
            return content.endswith(b"}\n")
        case _:
            return content.startswith(b"# ") and content.endswith(b"\n")


def left_over(folder: Path) -> list[str]:
    """What stands beside the outputs and looks like one: begun files are hidden, and have an ending of their own."""
    return [each.name for each in folder.iterdir() if not each.name.startswith(".") and each.stem != "out"]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is for other systems")
@pytest.mark.slow
def test_a_memo_that_is_killed_at_any_moment_leaves_whole_files_or_none(tmp_path: Path) -> None:
    """`authority memo` in every format, killed at random moments: what bears an output's name is whole."""
    pytest.importorskip("typst", reason="typst is the optional extra 'pdf'")
    outs = [tmp_path / f"out{ending}" for ending in FORMATS]
    command = [sys.executable, "-m", "authority.cli", "memo", str(CASE), *(x for out in outs for x in ("-o", str(out)))]
    start = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    took, chance = time.monotonic() - start, random.Random(8)
    for out in outs:
        assert is_whole(out)
        out.unlink()
    for _ in range(8):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(took * chance.uniform(0.5, 1.1))
        process.kill()
        process.wait()
        assert all(is_whole(out) for out in outs if out.exists()) and not left_over(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is for other systems")
def test_a_file_that_is_being_written_when_the_process_dies_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    """Forty times in the middle of writing over a large file, again and again."""
    path, chance = tmp_path / "out.md", random.Random(8)
    whole = {letter * 4_000_000 for letter in (b"o", b"n")}
    write_whole(path, b"o" * 4_000_000)
    for _ in range(10):
        process = subprocess.Popen([sys.executable, "-c", _WRITE, str(path), "n"], stdout=subprocess.PIPE, cwd=ROOT)
        assert process.stdout and process.stdout.readline() == b"begun\n"
        time.sleep(chance.uniform(0, 0.05))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert path.read_bytes() in whole and not left_over(tmp_path)


# ── For long, and without a network ───────────────────────────────────────────────────────────────────────────────────

_MANY = """
import gc, sys, resource
import authority
from authority.memo import compose, markdown
case = authority.load_case({case!r})
readings = case.rules.readings
def resident():
    gc.collect()
    for line in open("/proc/self/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1])
def some(first, last):
    for number in range(first, last):
        authority.decide(case.but(name=f"case {{number}}"), readings[number % len(readings)])
some(0, {warm})
before = resident()
some({warm}, {warm} + {many})
print(before, resident())
"""


def grown(many: int) -> int:
    """By how many kilobytes the memory of a process grows over so many decisions, after it has warmed up."""
    program = _MANY.format(case=str(CASE), warm=many // 4, many=many)
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, text=True, capture_output=True, check=True)
    before, after = map(int, done.stdout.split())
    return after - before


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the memory of a process is read from /proc")
@pytest.mark.slow
def test_memory_stays_flat_over_many_decisions() -> None:
    """A thousand here, and as many as `make memory` asks for there: what grows with them would show as megabytes."""
    many = int(os.environ.get("DECISIONS", "1000"))
    assert grown(many) < 8_000


_NO_NETWORK = """
import sys
from pathlib import Path
asked = []
sys.addaudithook(lambda event, given: asked.append(event) if event.startswith(("socket.", "urllib.")) else None)
from authority.cli import run
assert run({command!r}) == 0
print(asked)
"""


def test_a_memo_in_every_format_asks_nothing_of_any_network(tmp_path: Path) -> None:
    """From the import of the library on: no socket is made, no name looked up, no address fetched."""
    pytest.importorskip("typst", reason="typst is the optional extra 'pdf'")
    outs = [str(tmp_path / f"out{ending}") for ending in FORMATS]
    command = ["memo", str(CASE), *(each for out in outs for each in ("-o", out))]
    program = _NO_NETWORK.format(command=command)
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, text=True, capture_output=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
