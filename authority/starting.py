"""Begins a case: a small file that loads, to be made one's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from string import Template

from authority.errors import InvalidInput, Place, Problem
from authority.law import RuleSet
from authority.places import templates_folder
from authority.vocabulary import Kind, Sentence

NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


def new_case(name: str, rules: RuleSet, folder: Path) -> Path:
    """Writes ``name.yaml`` into a folder, asking the rule set's first question of made-up parties; returns its path.

    Raises InvalidInput for a name that is no plain word, or where the file is there already.
    """
    path = folder / f"{name}.yaml"
    if not NAME.fullmatch(name):
        fix = "use small letters, digits and hyphens"
        raise InvalidInput([Problem(Place(path.name), "name", f"{name!r} will not do as the name of a case", "", fix)])
    if path.exists():
        what = f"{path.name} is there already"
        raise InvalidInput([Problem(Place(path.name), "file", what, "nothing was written over", "choose another name")])
    path.write_text(_text(name, rules), encoding="utf-8")
    return path


def _text(name: str, rules: RuleSet) -> str:
    question = next(s for s in rules.vocabulary.sentences if s.question)
    parties = {
        _name(letter, question.kinds(blank)[0]): question.kinds(blank)[0]
        for letter, blank in zip("ABC", question.blanks, strict=False)
    }
    fact = next(filled for s in rules.vocabulary.sentences if (filled := _filled(s, parties, rules)))
    return Template((templates_folder() / "new-case.yaml").read_text(encoding="utf-8")).substitute(
        title=name.replace("-", " ").capitalize(),
        rules=rules.name,
        question=question.fill(list(parties)[: len(question.blanks)]),
        parties="\n".join(f"  {party}: {{kind: {kind}}}" for party, kind in parties.items()),
        fact=fact,
        kinds="\n".join(f"#     {kind} ({grade})" for kind, grade in rules.tables.grading.kinds.items()),
    )


def _name(letter: str, kind: Kind) -> str:
    """A name for a new party; a day is named by its date."""
    return f"2001-01-0{ord(letter) - ord('A') + 1}" if kind is Kind.DAY else f"Party {letter}"


def _filled(sentence: Sentence, parties: Mapping[str, Kind], rules: RuleSet) -> str:
    """A fact said of the new parties and, where those do not fit, of noticed ones or a day; an empty text where none
    do, or where the calendar decides it."""
    if sentence.says in rules.conclusions or not sentence.blanks or sentence.computed:
        return ""
    names: list[str] = []
    everybody = {**parties, **{p.name: p.kind for p in rules.parties}, _name("D", Kind.DAY): Kind.DAY}
    for blank in sentence.blanks:
        fitting = [n for n, kind in everybody.items() if kind in sentence.kinds(blank) and n not in names]
        names += fitting[:1]
    return sentence.fill(names) if len(names) == len(sentence.blanks) and names[0] in parties else ""
