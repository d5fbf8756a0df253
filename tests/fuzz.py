"""Every loader on files changed at random: python tests/fuzz.py [--inputs N] [--seed S] (make fuzz).

Of each input it is asked that it is taken or refused with an error of the library's own, within two seconds of the
processor's time, and that meanwhile no file is written, no connection opened and no program started. An input is made
by the seed, the loader and its number alone: ``--only case --at 17`` tries one again and shows it. Where atheris is
installed, ``--guided --only case`` lets it choose the inputs by what they reach.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
sys.dont_write_bytecode = True

if "--guided" in sys.argv:  # atheris must see the library while it is imported
    with import_module("atheris").instrument_imports(include=["authority"]):
        import authority.verifying  # noqa: F401
from loaders import Loader, loaders, scratch  # noqa: E402
from mutating import flipped, mutated, rezipped  # noqa: E402

from authority.errors import AuthorityError  # noqa: E402

SECONDS = 2.0
"""Of the processor's time, so that a busy machine is no slow library; and thirty times as many of the clock's."""
STRETCH = 250
"""How many inputs a process tries at a time."""
FORBIDDEN = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "ctypes.", "shutil.",
)  # fmt: skip
CHANGING = (
    "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "tempfile.",
)  # fmt: skip
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND


class Fault(NamedTuple):
    """An input at which something was wrong: the loader, its number, and what."""

    loader: str
    number: int
    what: str


class Tally(NamedTuple):
    """What became of a stretch of inputs."""

    loader: str
    taken: int
    refused: int
    seconds: float
    slowest: float
    faults: tuple[Fault, ...]


class Wrong(BaseException):
    """Something that a loader must never do, through which no ``except Exception`` reaches."""


# ── The watch ─────────────────────────────────────────────────────────────────────────────────────────────────────────

_watched: list[Path] = []
"""The folder in which files for a moment may be written, while an input is tried; nothing, while none is."""


def _audit(event: str, given: tuple[Any, ...]) -> None:
    if not _watched:
        return
    if event.startswith(FORBIDDEN):
        raise Wrong(f"{event} {given!r}")
    if event == "open" and isinstance(given[2], int) and given[2] & WRITING:
        _within(given[0], event)
    elif event.startswith(CHANGING):
        _within(given[0] if given else "", event)


def _within(path: Any, event: str) -> None:
    if not isinstance(path, (str, bytes, os.PathLike)) or _watched[0] not in Path(os.fsdecode(path)).parents:
        raise Wrong(f"{event} {path!r}")


def _late(number: int, frame: Any) -> None:
    raise Wrong(f"it took more than {SECONDS} seconds, and was then at\n{''.join(traceback.format_stack(frame)[-4:])}")


def watch() -> None:
    """Begins to look at what this process does; there is no end to it."""
    sys.addaudithook(_audit)
    signal.signal(signal.SIGPROF, _late)
    signal.signal(signal.SIGALRM, _late)
    faulthandler.enable()


def tried(take: Callable[[bytes], Any], content: bytes, folder: Path) -> tuple[bool, str]:
    """Whether an input was taken rather than refused, and what was wrong with how it was; nothing where all is well."""
    _watched.append(folder)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    signal.setitimer(signal.ITIMER_REAL, 30 * SECONDS)
    try:
        take(content)
        return True, ""
    except AuthorityError as refused:
        return False, "" if str(refused).strip() else "an error that says nothing"
    except Wrong as wrong:
        return False, str(wrong)
    except Exception as error:
        return False, f"{type(error).__name__}: {error}\n{''.join(traceback.format_tb(error.__traceback__)[-4:])}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        _watched.clear()


# ── Inputs ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def made(loader: Loader, seed: int, number: int) -> bytes:
    """The input of that number."""
    chance = random.Random(f"{seed} {loader.name} {number}")
    one = chance.choice(loader.corpus)
    if isinstance(one, str):
        return mutated(chance, one, loader.corpus)
    return rezipped(chance, one, loader.corpus) if one.startswith(b"PK") else flipped(chance, one)


_here: dict[str, Loader] = {}
_folder: list[tempfile.TemporaryDirectory[str]] = []


def begin() -> None:
    """Opens every loader in this process, and tries each on an honest file, so that nothing is imported afterwards."""
    _folder.append(tempfile.TemporaryDirectory(dir=scratch(), prefix="fuzz-"))
    _here.update(loaders(Path(_folder[0].name)))
    for loader in _here.values():
        for one in loader.corpus[:3]:
            try:
                loader.take(one.encode() if isinstance(one, str) else one)
            except AuthorityError:
                continue
    watch()


def stretch(name: str, seed: int, first: int, last: int) -> Tally:
    """Tries the inputs of a loader from one number up to another."""
    loader, folder = _here[name], Path(_folder[0].name)
    taken, faults, slowest, start = 0, [], 0.0, time.perf_counter()
    for number in range(first, last):
        content, before = made(loader, seed, number), time.process_time()
        well, wrong = tried(loader.take, content, folder)
        slowest = max(slowest, time.process_time() - before)
        taken += well
        faults += [Fault(name, number, wrong)] if wrong else []
    return Tally(name, taken, last - first - taken, time.perf_counter() - start, slowest, tuple(faults))


def stretches(inputs: int, only: str | None) -> Iterator[tuple[str, int, int]]:
    """How the inputs are dealt out among the loaders, by their shares."""
    with tempfile.TemporaryDirectory(dir=scratch()) as folder:
        shares = {each.name: each.share for each in loaders(Path(folder)).values() if only in (None, each.name)}
    if not shares:
        raise SystemExit(f"there is no loader {only!r}")
    whole = {name: inputs * share // sum(shares.values()) for name, share in shares.items()}
    whole[next(iter(whole))] += inputs - sum(whole.values())
    for name, many in whole.items():
        for first in range(0, many, STRETCH):
            yield name, first, min(first + STRETCH, many)


def guided(name: str, inputs: int, seed: int) -> None:
    """Lets atheris choose so many inputs of a loader; it ends the process, and says at which input if at one."""
    atheris = import_module("atheris")
    begin()
    loader, folder = _here[name], Path(_folder[0].name)
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, honest in enumerate(loader.corpus):
        (corpus / str(number)).write_bytes(honest.encode() if isinstance(honest, str) else honest)

    def one(content: bytes) -> None:
        wrong = tried(loader.take, content, folder)[1]
        if wrong:
            raise AssertionError(wrong)

    atheris.Setup([sys.argv[0], f"-runs={inputs}", f"-seed={seed}", "-max_len=20000", str(corpus)], one)
    atheris.Fuzz()


# ── The run ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def run(inputs: int, seed: int, processes: int, only: str | None) -> list[Fault]:
    """Tries so many inputs and prints what became of them; returns the faults."""
    tallies: list[Tally] = []
    start = time.perf_counter()
    with ProcessPoolExecutor(processes, initializer=begin) as pool:
        asked = [(part, pool.submit(stretch, part[0], seed, part[1], part[2])) for part in stretches(inputs, only)]
        for (name, first, last), answer in asked:
            try:
                tallies.append(answer.result())
            except BrokenProcessPool:
                what = f"the process died in the inputs {first} to {last}, or another that ran beside it"
                tallies.append(Tally(name, 0, 0, 0, 0, (Fault(name, first, what),)))
    _tell(tallies, time.perf_counter() - start)
    return [fault for tally in tallies for fault in tally.faults]


def _tell(tallies: list[Tally], seconds: float) -> None:
    say = sys.stdout.write
    say(f"{'loader':20}{'inputs':>10}{'taken':>9}{'refused':>9}{'a second':>10}{'slowest':>10}{'faults':>8}\n")
    every: Counter[str] = Counter()
    for name in dict.fromkeys(tally.loader for tally in tallies):
        mine = [tally for tally in tallies if tally.loader == name]
        taken, refused = sum(t.taken for t in mine), sum(t.refused for t in mine)
        rate = (taken + refused) / max(sum(t.seconds for t in mine), 1e-9)
        faults = sum(len(t.faults) for t in mine)
        say(f"{name:20}{taken + refused:>10,}{taken:>9,}{refused:>9,}{rate:>10,.0f}")
        say(f"{max(t.slowest for t in mine):>9.2f}s{faults:>8,}\n")
        every.update(inputs=taken + refused, taken=taken, refused=refused, faults=faults)
    say(f"{'all':20}{every['inputs']:>10,}{every['taken']:>9,}{every['refused']:>9,}")
    say(f"{every['inputs'] / seconds:>10,.0f}{'':10}{every['faults']:>8,}\n")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--inputs", type=int, default=50_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--processes", type=int, default=2)
    asked.add_argument("--only", metavar="LOADER")
    asked.add_argument("--at", type=int, metavar="NUMBER", help="one input of a loader, which is shown")
    asked.add_argument("--guided", action="store_true", help="let atheris choose the inputs of one loader")
    told = asked.parse_args()
    if told.guided:
        guided(told.only or "case", told.inputs, told.seed)
    if told.at is not None:
        begin()
        content = made(_here[told.only], told.seed, told.at)
        sys.stdout.write(f"{content!r}\n{tried(_here[told.only].take, content, Path(_folder[0].name))}\n")
        return 0
    faults = run(told.inputs, told.seed, told.processes, told.only)
    seen: Counter[str] = Counter()
    for fault in faults:
        # One fault is met in many ways; the line at which it shows tells them apart.
        where = fault.what.splitlines()[-2:]
        seen[str(where)] += 1
        if seen[str(where)] <= 2 and len(seen) <= 30:
            sys.stdout.write(f"\n{fault.loader}, input {fault.number}: {fault.what}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
