"""Readers of the page in a browser: one who notes what it says and asks, and one who clicks at random."""

from __future__ import annotations

import random
from typing import Any

from authority.memo.page import Page
from authority.opinion import Opinion
from authority.vocabulary import Proposition
from tests.pages import State, stands

DESK, TABLET, PHONE = (1280, 900), (768, 1000), (375, 800)


class Reader:
    """Somebody who has the page open, and notes whatever it says to the console or asks of anybody."""

    def __init__(self, browser: Any, size: tuple[int, int] = DESK, **context: Any) -> None:
        self.context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **context)
        self.page = self.context.new_page()
        self.noted: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.noted.append(message.text))
        self.page.on("pageerror", lambda error: self.noted.append(str(error)))
        self.page.on("dialog", lambda dialog: self.noted.append(dialog.message))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def open(self, address: str) -> Reader:
        self.page.goto(address)
        return self

    def at(self, id: str) -> Any:
        return self.page.locator(f'[id="panel:{id}"]')

    def text(self, id: str) -> str:
        return " ".join(self.at(id).inner_text().split())

    def unfold(self) -> Reader:
        self.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        return self

    def exhibit(self, id: str) -> Any:
        return self.at("exhibits").locator("li", has=self.page.get_by_text(id, exact=True))

    def leave(self, *addresses: str) -> None:
        """Nothing was said to the console, and nothing was asked for but the file itself."""
        assert self.noted == []
        assert {url.split("#")[0] for url in self.asked} == {address.split("#")[0] for address in addresses}
        self.context.close()


class Walk:
    """Clicks at random, one after another, and the state that they must have led to."""

    def __init__(self, reader: Reader, page: Page, seed: int) -> None:
        self.reader, self.page, self.chance = reader, page, random.Random(seed)
        self.weighable = [n for n, exhibit in enumerate(page.exhibits) if not exhibit.barred]
        self.start()

    def start(self) -> None:
        self.state: State = {"out": [False] * len(self.page.exhibits), "grades": [None] * len(self.page.exhibits)}
        self.read(self.page.reading)

    def read(self, reading: int) -> None:
        own = self.page.readings[reading]
        self.state |= {"reading": reading, "standard": own.standard, "positions": list(own.positions)}

    def step(self) -> None:
        often, seldom = (self.withdraw, self.regrade, self.take), (self.prove, self.choose)
        self.chance.choice((*often, *often, *seldom))()

    def withdraw(self) -> None:
        n = self.chance.choice(self.weighable)
        self.row(n).locator("input").click()
        self.state["out"][n] = not self.state["out"][n]

    def regrade(self) -> None:
        n, side = self.chance.choice(self.weighable), self.chance.randrange(2)
        table = (self.page.tables.reliability, self.page.tables.credibility)[side]
        own = self.page.exhibits[n].grades[self.page.readings[self.state["reading"]].grading]
        grade = list(self.state["grades"][n] or own)
        grade[side] = self.chance.choice(list(table))
        self.row(n).locator("select").nth(side).select_option(grade[side])
        self.state["grades"][n] = None if "".join(grade) == own else "".join(grade)

    def take(self) -> None:
        dispute = self.chance.randrange(len(self.page.disputes))
        position = self.chance.randrange(len(self.page.disputes[dispute].positions))
        self.reader.at("disputes").locator("fieldset").nth(dispute).locator("input").nth(position).click()
        self.state["positions"][dispute] = position

    def prove(self) -> None:
        self.state["standard"] = self.chance.randrange(len(self.page.tables.standards))
        self.reader.at("standard").select_option(str(self.state["standard"]))

    def choose(self) -> None:
        reading = self.chance.randrange(len(self.page.readings))
        if reading != self.state["reading"]:  # to choose what is chosen changes nothing in a browser
            self.reader.at("reading").select_option(str(reading))
            self.read(reading)

    def row(self, n: int) -> Any:
        return self.reader.at("exhibits").locator("> li").nth(self.weighable.index(n))


def spoken(opinion: Opinion) -> dict[Proposition, None]:
    """What an opinion speaks of."""
    return dict.fromkeys((*opinion.conclusion, *opinion.finding))


def words(after: Opinion, page: Page) -> dict[str, str]:
    """The word in which each proposition of the page is to be shown."""
    said = stands(after, page)
    return {key: "not in question" if each is None else each[2] or each[0] for key, each in said.items()}
