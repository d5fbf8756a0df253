"""decide(): the opinion on a case under a reading, and the derivation it rests on, made twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from authority.contradictions import Contradiction, contradictions
from authority.deriving import AS_VERDICT, Decided, derive
from authority.engine import Verdict
from authority.errors import InvalidInput, Place, Problem
from authority.facts import FactPattern
from authority.issues import spot
from authority.law import Reading
from authority.receipt import Receipt, made_from, receipt
from authority.vocabulary import Model, Names, Proposition
from authority.weighing import Cause, Finding, Findings, Status, Weighed, weigh, weigh_items

if TYPE_CHECKING:
    from authority.pictures import Picture

class Opinion(Model):
    """Every verdict on a case under one reading, with the derivation, and the contradictions that it meets with.
    Frozen; pickles; goes to JSON and back."""

    case: FactPattern
    reading: Reading
    question: Proposition
    decided: tuple[Decided, ...]
    findings: Findings
    receipt: Receipt
    contradictions: tuple[Contradiction, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The verdict on the question."""
        return self.on(self.question)

    @property
    def shown(self) -> bool:
        """Whether the question is met: the proponent of force bears the burden."""
        return self.verdict.shown

    @property
    def rests_on_assumptions(self) -> bool:
        """Whether the verdict on the question holds only because of what the case assumes."""
        return Cause.ASSUMED in self.causes(self.question)

    @cached_property
    def conclusion(self) -> Mapping[Proposition, Decided]:
        """Each decided conclusion by its proposition."""
        return {d.proposition: d for d in self.decided}

    @cached_property
    def finding(self) -> Mapping[Proposition, Finding]:
        """Each finding by its fact."""
        return {f.proposition: f for f in self.findings.facts}

    @cached_property
    def item(self) -> Mapping[str, Weighed]:
        """Each item of evidence as it was weighed, by its id."""
        return {i.id: i for i in self.findings.items}

    def on(self, proposition: Proposition) -> Verdict:
        """The verdict on a conclusion, or a finding put as one; KeyError where the opinion does not speak to it."""
        decided = self.conclusion.get(proposition)
        return decided.verdict if decided else AS_VERDICT[self.finding[proposition].status]

    def causes(self, proposition: Proposition) -> tuple[Cause, ...]:
        """Why a proposition stands where it does, what tells most first."""
        decided = self.conclusion.get(proposition)
        return decided.causes if decided else (self.finding[proposition].cause,)

    def beneath(self, proposition: Proposition) -> tuple[Proposition, ...]:
        """The facts that a proposition turns on, each once, in the order of the rules; a fact turns on itself."""
        decided = self.conclusion.get(proposition)
        if decided is None:
            return (proposition,)
        below = (p for a in decided.applications for p in (*a.premises, *a.exceptions))
        return tuple(dict.fromkeys(fact for p in below for fact in self.beneath(p)))

    @cached_property
    def top_elements(self) -> tuple[Proposition, ...]:
        """The premises of the question's rules, each once, in order."""
        return tuple(dict.fromkeys(p for a in self.conclusion[self.question].applications for p in a.premises))

    @cached_property
    def elements(self) -> tuple[Proposition, ...]:
        """What the question turns on: the premises of its rules, each followed by the conclusions beneath it."""
        found: dict[Proposition, None] = {}

        def visit(proposition: Proposition, top: bool) -> None:
            if top or proposition in self.conclusion:
                found.setdefault(proposition)
            decided = self.conclusion.get(proposition)
            for application in decided.applications if decided else ():
                for below in (*application.premises, *application.exceptions):
                    visit(below, False)

        for element in self.top_elements:
            visit(element, True)
        return tuple(found)

    @cached_property
    def open_exceptions(self) -> tuple[Proposition, ...]:
        """The exceptions that were raised and not established."""
        return tuple(dict.fromkeys(e for d in self.decided for a in d.applications for e in a.open_exceptions))

    def evidence(self, proposition: Proposition) -> dict[str, list[str]]:
        """The ids of the items in, for and against the facts that a proposition turns on."""
        facts = [self.finding[f] for f in self.beneath(proposition)]
        pro = dict.fromkeys(i for f in facts for i in f.supporting)
        con = dict.fromkeys(i for f in facts for i in (*f.contradicting, *f.found_none))
        return {"for": list(pro), "against": list(con)}

    def reckoned(self, proposition: Proposition) -> tuple[str, ...]:
        """How the calendar decides what a proposition turns on: one clause for each fact that it decides."""
        found = (self.finding[fact].reckoning for fact in self.beneath(proposition))
        return tuple(dict.fromkeys(says for says in found if says))

    def rests_on(self, proposition: Proposition) -> tuple[str, ...]:
        """The ids of the items that speak for the established facts beneath a proposition."""
        facts = (self.finding[fact] for fact in self.beneath(proposition))
        return tuple(dict.fromkeys(i for f in facts if f.status is Status.ESTABLISHED for i in f.supporting))

    def explain(self, *, short: bool = False) -> str:
        """The contradictions, then the derivation as indented text: each proposition, its verdict and cause, and what
        it rests on; before it, of what was never enacted, that it was not. In ``short``, the question and what it turns
        on directly, a line each."""
        return "\n".join([*self.warnings, self.derivation(short=short)])

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is to be said before the verdict: a line for each contradiction."""
        return tuple(f"contradiction: {each}" for each in self.contradictions)

    def derivation(self, *, short: bool = False) -> str:
        """The derivation alone, as ``explain`` has it."""
        never = [f"[{self.label}]"] if self.case.rules.instrument.never_enacted else []
        told = self._in_short() if short else self._explain(self.question, 0, [])
        return "\n".join([*never, *told])

    def _in_short(self) -> Iterable[str]:
        decided = self.conclusion[self.question]
        yield f"{self.question}: {decided.verdict} ({decided.cause})"
        for element in self.top_elements:
            parts = [f"{self.on(element)} ({self.causes(element)[0]})"]
            parts += [f"{side}: {', '.join(ids)}" for side, ids in self.evidence(element).items() if ids]
            yield f"  {element}: {'; '.join(parts)}"

    def _explain(self, proposition: Proposition, depth: int, told: list[str]) -> list[str]:
        pad = "  " * depth
        decided = self.conclusion.get(proposition)
        if decided is None:
            told.append(f"{pad}{proposition}: {_on_finding(self.finding[proposition])}")
            return told
        told.append(f"{pad}{proposition}: {decided.verdict} ({decided.cause})")
        for application in decided.applications:
            rule = self.case.rules.rule(application.rule)
            how = {"any": "any one of", "at_least": f"at least {rule.count} of", "all": "all of"}[rule.body]
            told.append(
                f"{pad}  by {rule.id} ({rule.cite}), {how if rule.premises else 'no premise'}: {application.verdict}"
            )
            for premise in application.premises:
                self._explain(premise, depth + 2, told)
            for exception in application.exceptions:
                told.append(f"{pad}    unless")
                self._explain(exception, depth + 3, told)
        return told

    @property
    def label(self) -> str:
        """What is to be said wherever its verdict is (``RuleSet.label``)."""
        return self.case.rules.label(self.reading)

    def as_data(self) -> dict[str, Any]:
        """The opinion as plain data, with the keys of ``authority decide --format json``."""
        return {**self.as_answer(), "made_from": made_from(self.case)}

    def as_answer(self) -> dict[str, Any]:
        """The same without what it was made from, which opinions on one case have in common."""
        return {
            "case": self.case.name,
            "reading": self.reading.id,
            "label": self.label,
            "question": str(self.question),
            "verdict": str(self.verdict),
            "cause": str(self.conclusion[self.question].cause),
            "shown": self.shown,
            "contradictions": [each.as_data() for each in self.contradictions],
            "open_exceptions": [str(p) for p in self.open_exceptions],
            "elements": [self._element(p) for p in self.elements],
            "findings": [_finding(f) for f in self.findings.facts],
            "assumptions": [
                str(a.proposition) if a.holds else denied(self.case, a.proposition) for a in self.case.assume
            ],
            "rests_on_assumptions": self.rests_on_assumptions,
            "unjudged": [i.id for i in self.findings.items if i.is_in and i.unjudged],
            "receipt": self.receipt.model_dump(),
        }

    def _element(self, proposition: Proposition) -> dict[str, Any]:
        decided = self.conclusion.get(proposition)
        return {
            "proposition": str(proposition),
            "verdict": str(self.on(proposition)),
            "cause": str(self.causes(proposition)[0]),
            "causes": [str(c) for c in self.causes(proposition)],
            "rules": list(dict.fromkeys(a.rule for a in decided.applications)) if decided else [],
            "evidence": self.evidence(proposition),
            "reckoned": list(self.reckoned(proposition)),
        }

    def memo(self, path: str | Path, *, style: str = "", template: str | Path | None = None) -> Path:
        """Writes the memo on the case, this reading first, and returns the path. The ending says the format:
        ``.md``, ``.html``, ``.docx``, ``.pdf`` or ``.json``; the style how it is set out: ``memo`` (where it is left
        empty), ``opinion``, ``brief`` or ``matrix``. A template of one's own is a Markdown file, in the place of a
        style, or a Word letterhead. The file is written whole or not at all.

        Raises UnknownName for another ending or style, InvalidInput for what is wrong with a template, MissingExtra
        where the format's library is not installed.
        """
        from authority.memo import write

        return write(self, Path(path), style=style, template=Path(template) if template else None)

    def map(self, *, whole: bool = False) -> Picture:
        """The argument map: the question, rule by rule what it turns on, the exhibits at the leaves; folded to a letter
        page, unless the ``whole`` of it is wanted. A notebook shows it; ``svg`` is the file."""
        from authority.pictures import argument_map

        return argument_map(self, whole=whole)

    def table(self) -> list[dict[str, Any]]:
        """The question and each element as a row: plain values under the same keys, for any table library."""
        from authority.showing import opinion_rows

        return opinion_rows(self)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """The opinion as a notebook shows it."""
        from authority.showing import show_opinion

        return show_opinion(self)


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "proposition": str(finding.proposition),
        "status": str(finding.status),
        "cause": str(finding.cause),
        "for": list(finding.supporting),
        "against": list(finding.contradicting),
        "found_none": list(finding.found_none),
        "reckoning": finding.reckoning,
    }


def denied(case: FactPattern, proposition: Proposition) -> str:
    """The proposition in its denied form."""
    return case.rules.vocabulary[proposition.sentence].fill(proposition.parties, denied=True)


def decide(case: FactPattern, reading: str | Reading | None = None, ask: str | Proposition | None = None) -> Opinion:
    """The opinion on a case under a reading (its name, a Reading, or the rule set's first).

    ``ask`` puts another question than the case's own. Where two things that exclude each other both hold, one of them
    in the record or the derivation, the opinion names them; its verdicts stay what the rules say.

    Raises UnknownName for a reading that is not there, InvalidInput for a question that cannot be read, EngineError if
    the two derivations disagree.
    """
    named = reading if isinstance(reading, Reading) else case.rules.reading(reading or case.rules.readings[0].id)
    chosen = case.taken(named)
    question = ask_of(case, ask)
    opinion = _opinion(case, chosen, question)
    if not case.rules.exclusions:
        return opinion
    return opinion.but(contradictions=_contradictions(opinion))


def _opinion(case: FactPattern, chosen: Reading, question: Proposition) -> Opinion:
    """The opinion on a question, derived twice; contradictions are not looked for."""
    items = weigh_items(case, chosen)
    # What is out for its date, its admissibility or its content names nobody; what is undercut was still said.
    recorded = [p for e in case.evidence if items[e.id].out in ("", "undercut") for p in e.bears_on]
    tree = spot(case, chosen, question, recorded, case.law_day)
    findings = weigh(case, chosen, tree.facts)
    decided, twice = derive(case, tree, findings)
    return Opinion(
        case=case, reading=chosen, question=question, decided=decided, findings=findings,
        receipt=receipt(case, chosen, question, twice),
    )  # fmt: skip


def ask_of(case: FactPattern, ask: str | Proposition | None) -> Proposition:
    """The question that is put: the case's own, or another of its rule set. Raises InvalidInput for a text that is not
    one."""
    return case.asks if ask is None else ask if isinstance(ask, Proposition) else _question(case, ask)


def _contradictions(opinion: Opinion) -> tuple[Contradiction, ...]:
    """The contradictions in which a finding of the opinion, or a conclusion that it draws, has a part. Whether what it
    does not speak of holds is derived by itself."""
    case = opinion.case
    conclusions = case.rules.conclusions
    established = {f.proposition for f in opinion.findings.facts if f.status is Status.ESTABLISHED}
    met = {d.proposition for d in opinion.decided if d.verdict.shown}

    @cache
    def speaking(proposition: Proposition) -> Opinion:
        spoken = proposition in opinion.conclusion or proposition.sentence not in conclusions
        return opinion if spoken else _opinion(case, opinion.reading, proposition)

    def holds(proposition: Proposition) -> bool:
        if proposition.sentence not in conclusions:
            return proposition in established
        return speaking(proposition).on(proposition).shown

    return contradictions(case, established | met, holds, lambda p: speaking(p).rests_on(p))


def _question(case: FactPattern, text: str) -> Proposition:
    everybody = {p.name: p.aliases for p in (*case.rules.parties, *case.parties)}
    names = Names(everybody, days=case.rules.vocabulary.speaks_of_days)
    where = Place("the question")
    parses = [p for p in case.rules.vocabulary.parse(text, names) if not p.denied and p.sentence.question]
    if len(parses) != 1:
        near = case.rules.vocabulary.nearest(text, names)
        fix = f"nearest: {near!r}" if near else "authority rules lists the questions"
        raise InvalidInput([Problem(where, "question", f"{text!r} is not one question of this rule set", "", fix)])
    parse = parses[0]
    for blank, party in zip(parse.sentence.blanks, parse.args, strict=True):
        if case.kind(party) not in parse.sentence.kinds(blank):
            why = f"{party} is entered as {case.kind(party)}"
            raise InvalidInput([Problem(where, "kind", f"{text!r}: <{blank}> does not take {party}", why)])
    return Proposition(parse.sentence.says, parse.args)


def _on_finding(finding: Finding) -> str:
    parts = [f"{finding.status} ({finding.cause})", *([finding.reckoning] if finding.reckoning else [])]
    for word, names in (
        ("for", finding.supporting), ("against", finding.contradicting), ("found none", finding.found_none),
    ):  # fmt: skip
        if names:
            parts.append(f"{word}: {', '.join(names)}")
    return "; ".join(parts)
