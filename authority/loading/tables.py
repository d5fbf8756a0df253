"""The tables that rule sets share: the Admiralty code, the grading rule, the proof standards, the probabilities."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from authority.errors import Place, nearest
from authority.law import Grading, Level, Probabilities, Standard, Tables
from authority.loading.build import INVALID, Builder, Invalid
from authority.loading.text import Map, Node, label, place_of, plain, read

TABLE_KEYS = {
    "grades": ("source", "reliability", "credibility"),
    "standards": ("source", "refuted_by", "standards"),
    "probabilities": ("source", "levels", "unjudged"),
}
GRADED_KEYS = ("kind", "grade")


class TablesReader:
    """Reads the tables of a folder, and then any grading rule against the grades that they hold."""

    def __init__(self, build: Builder, shared: Path, root: Path) -> None:
        self.build, self.shared, self.root = build, shared, root
        self.no_grades: set[tuple[str, str]] = set()
        self.axes: dict[str, dict[str, Level]] = {"reliability": {}, "credibility": {}}

    def read(self) -> Tables | None:
        """The shared tables, or None with the problems reported."""
        before = len(self.build.problems)
        grades = self._table("grades", TABLE_KEYS["grades"])
        grading = self._table("grading", None)
        standards = self._table("standards", TABLE_KEYS["standards"])
        probabilities = self._table("probabilities", TABLE_KEYS["probabilities"])
        if grades is None or grading is None or standards is None or probabilities is None:
            return None
        likely = self._probabilities(probabilities)
        for axis in ("reliability", "credibility"):
            levels = self._axis(grades.entries.get(axis), axis)
            if None not in levels.values():  # else a grade may be meant for the one with the problem
                self.axes[axis] = {letter: level for letter, level in levels.items() if level}
        rule = self.grading(grading)
        found = [
            (self.build.make(Standard, n, "a standard"), n)
            for n in self.build.entries([standards.entries["standards"]], "standards")
        ]
        made = tuple(s for s, n in found if s and self.build.once("standards", s.id, n.place))
        refuted_by = standards.entries["refuted_by"]
        if len(made) == len(found) and plain(refuted_by) not in [s.id for s in made]:
            no_standard(self.build, str(plain(refuted_by)), [s.id for s in made], refuted_by.place)
        if len(self.build.problems) > before or rule is None or likely is None:
            return None
        return Tables(
            grades_source=str(plain(grades.entries["source"])), **self.axes, grading=rule,
            standards_source=str(plain(standards.entries["source"])), standards=made, refuted_by=str(plain(refuted_by)),
            probabilities=likely,
        )  # fmt: skip

    def _table(self, name: str, known: tuple[str, ...] | None) -> Map | None:
        """A shared table with all its keys, or None with the problems reported."""
        path = self.shared / f"{name}.yaml"
        node = read(path, label(path, self.root), self.build.problems)
        if node is not None and not isinstance(node, Map):
            self.build.map(node, f"the table of {name}")
        if not isinstance(node, Map) or known is None:
            return node if isinstance(node, Map) else None
        node = self.build.keys(node, known, f"the table of {name}")
        missing = [key for key in known if key not in node.entries]
        for key in missing:
            if key not in node.keys:
                what = f"the table of {name} lacks the key {key!r}"
                self.build.report(node.place, "missing key", what, "", f"add '{key}: …'")
        return None if missing else node

    def _axis(self, node: Node | None, axis: str) -> dict[str, Level | None]:
        def level(node: Node) -> Any:
            if plain(node) in ("1", "2", "3", "4", "5"):
                return int(str(plain(node)))
            if plain(node) != "unjudged":
                what = f"level of a grade: {plain(node)!r} will not do"
                self.build.report(node.place, "bad value", what, "", "write a level from 1 to 5, or 'unjudged'")
                return INVALID
            return None

        entries = self.build.map(node, axis)
        return {letter: self.build.make(Level, node, "a grade", {"level": level}) for letter, node in entries.items()}

    def _probabilities(self, node: Map) -> Probabilities | None:
        """The probability at each level, rising with the level, or None with the problems reported."""

        def chance(node: Node) -> Any:
            text = plain(node)
            try:
                found = float(text) if isinstance(text, str) else 0.0
            except ValueError:
                found = 0.0
            if 0 < found < 1:
                return found
            what = f"probability: {text!r} will not do" if isinstance(text, str) else "a probability is one number"
            why = "nothing in a record is certain, for it or against it"
            self.build.report(node.place, "bad value", what, why, "write a number between 0 and 1, as 0.8")
            return INVALID

        def levels(node: Node) -> Any:
            entries = self.build.map(node, "the probabilities by level")
            if isinstance(node, Map) and set(entries) != set("12345"):
                what = "the probabilities by level must name the levels 1 to 5, each once"
                self.build.report(node.place, "bad value", what, "", "write: {1: 0.2, 2: 0.4, 3: 0.6, 4: 0.8, 5: 0.95}")
                return INVALID
            found = {int(level): chance(entry) for level, entry in sorted(entries.items())}
            if any(isinstance(each, Invalid) for each in found.values()):
                return INVALID
            if list(found.values()) != sorted(set(found.values())):
                what, why = "the probabilities must rise with the level", "a better grade makes an item more likely"
                self.build.report(node.place, "bad value", what, why, "order them")
                return INVALID
            return found

        return self.build.make(
            Probabilities, node, "the table of probabilities", {"levels": levels, "unjudged": chance}
        )

    def grading(self, node: Node) -> Grading | None:
        """A grading rule: each type of source with its grade."""

        def kinds(node: Node) -> Any:
            found: dict[str, str] = {}
            for child in self.build.items(node, "kinds"):
                row = self._graded(child)
                if row and row[0] in found:
                    what = f"the kind {row[0]!r} stands twice"
                    self.build.report(child.place, "duplicate id", what, "it can have one grade", "keep one")
                elif row:
                    found[row[0]] = row[1]
            return found

        made = self.build.make(Grading, node, "the grading rule", {"kinds": kinds})
        levels = {entry.level for entry in self.axes["credibility"].values()}
        if made and levels and made.hedge_cap not in levels:
            what = f"hedge_cap of the grading rule: {made.hedge_cap} is the level of no credibility"
            there = ", ".join(str(found) for found in sorted(found for found in levels if found))
            self.build.report(place_of(node, ("hedge_cap",)), "bad value", what, "", f"the levels are: {there}")
        return made

    def _graded(self, node: Node) -> tuple[str, str] | None:
        """A type of source and its grade, or None with the problem reported."""
        row = plain(node)
        if (
            not isinstance(row, dict)
            or set(row) != set(GRADED_KEYS)
            or not all(isinstance(v, str) for v in row.values())
        ):
            what = "an entry of kinds takes 'kind' and 'grade'"
            self.build.report(node.place, "bad value", what, "", "write: - {kind: expert, grade: B3}")
            return None
        axes = zip((row["grade"][:1], row["grade"][1:]), self.axes.items(), strict=True)
        unknown = {(name, part) for part, (name, axis) in axes if axis and part not in axis}
        if unknown <= self.no_grades and unknown:
            return None
        if unknown:
            self.no_grades |= unknown
            what = f"grade of {row['kind']!r}: {row['grade']!r} is not in the table"
            fix = "write a letter of the reliability and a digit of the credibility, as B3"
            self.build.report(place_of(node, ("grade",)), "bad value", what, "", fix)
            return None
        return row["kind"], row["grade"]


def no_standard(build: Builder, name: str, there: list[str], where: Place) -> None:
    """Reports a proof standard that is not in the table."""
    near = nearest(name, there)
    fix = f"did you mean {near!r}?" if near else f"there are: {', '.join(there)}"
    build.report(where, "unknown standard", f"{name!r} is no proof standard", "", fix)
