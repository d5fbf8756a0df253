"""The discussion of a question under one reading, element by element: conclusion, rule, application, conclusion."""

from __future__ import annotations

from collections.abc import Iterable

from authority.deriving import Applied, Decided
from authority.engine import Verdict
from authority.law import Noticed, Rule
from authority.memo.findings import fact, silent
from authority.memo.parts import FactPart, IssuePart, ReadingPart, RulePart, ShortOfPart
from authority.memo.reasons import a_kind, answer, reason, reasons
from authority.memo.wording import cite_part, cited, nobody
from authority.opinion import Opinion
from authority.saying import exhibits, listed, said, sentence
from authority.vocabulary import NOBODY, Proposition
from authority.weighing import Cause


def discuss(opinion: Opinion, earlier: Iterable[Opinion] = ()) -> ReadingPart:
    """The discussion under the opinion's reading. What stood so under an earlier reading is referred to it."""
    return _Discussion(opinion, tuple(earlier)).reading()


class _Discussion:
    def __init__(self, opinion: Opinion, earlier: tuple[Opinion, ...]) -> None:
        self.opinion, self.case, self.rules = opinion, opinion.case, opinion.case.rules
        self.earlier = earlier
        self.discussed: set[Proposition] = set()
        self.quoted: set[str] = set()

    def reading(self) -> ReadingPart:
        opinion, decided = self.opinion, self.opinion.conclusion[self.opinion.question]
        elements = dict.fromkeys(p for a in decided.applications for p in a.premises)
        return ReadingPart(
            id=opinion.reading.id, title=opinion.reading.title, label=opinion.label,
            about=opinion.reading.about,
            standard=opinion.findings.standard.says, answer=answer(opinion), why=reasons(opinion),
            rules=tuple(self._rule(a) for a in decided.applications),
            elements=tuple(self._issue(p, top=True) for p in elements),
        )  # fmt: skip

    def _issue(self, proposition: Proposition, *, top: bool = False) -> IssuePart:
        opinion = self.opinion
        verdict = opinion.on(proposition)
        heading = f"{sentence(said(self.case, proposition))[:-1]}: {verdict}"
        opening = reason(opinion, proposition)
        same = next((o for o in self.earlier if _alike(o, opinion, proposition)), None)
        if same is not None:
            return IssuePart(heading=heading, opening=opening, as_before=same.reading.title)
        decided = opinion.conclusion.get(proposition)
        if decided is None:
            rule = RulePart(
                rule="", words="", cite=None, positions=(), application="", facts=(fact(opinion, proposition),)
            )
            return IssuePart(heading=heading, opening=opening, rules=(rule,))
        noticed = self._noticed(decided)
        if noticed:
            cites = listed(list(dict.fromkeys(cited(self.rules, n.cite) for n in noticed)))
            return IssuePart(heading=heading, opening=f"{opening} This is judicially noticed ({cites}).")
        self.discussed.add(proposition)
        told = [a for a in decided.applications if verdict is not Verdict.MET or a.verdict is Verdict.MET]
        rules = tuple(self._rule(a) for a in told)
        below = dict.fromkeys(
            p for a in told for p in a.premises if p in opinion.conclusion and p not in self.discussed
        )
        return IssuePart(
            heading=heading, opening=opening, rules=rules, issues=tuple(self._issue(p) for p in below),
            exceptions=tuple(self._exceptions(told)), short_of=tuple(self._short_of(proposition)),
            closing=self._closing(proposition, decided, told) if top else "",
        )  # fmt: skip

    def _facts(self, application: Applied) -> Iterable[FactPart]:
        """The facts that an application asks for and that were not discussed yet; where some of many would do, without
        those that nothing in the record speaks to."""
        unspoken = self._silent(application)
        for premise in dict.fromkeys(application.premises):
            named = premise not in self.opinion.conclusion and NOBODY not in premise.parties
            if named and premise not in unspoken and premise not in self.discussed:
                self.discussed.add(premise)
                yield fact(self.opinion, premise)

    def _silent(self, application: Applied) -> list[Proposition]:
        """Of a count, the facts that nothing in the record speaks to."""
        if self.rules.rule(application.rule).body != "at_least":
            return []
        facts = [p for p in application.premises if p in self.opinion.finding and NOBODY not in p.parties]
        return [p for p in facts if silent(self.opinion, p)]

    def _noticed(self, decided: Decided) -> list[Noticed]:
        """The notices that a met conclusion rests on wholly, if it does."""
        met = [a for a in decided.applications if a.verdict is Verdict.MET]
        facts = {
            f for a in met for p in a.premises if self.opinion.on(p) is Verdict.MET for f in self.opinion.beneath(p)
        }
        causes = {self.opinion.finding[f].cause for f in facts if self.opinion.on(f) is Verdict.MET}
        return [n for n in self.rules.notice if n.holds in facts] if causes == {Cause.NOTICED} else []

    # ── Rules ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _rule(self, application: Applied) -> RulePart:
        rule = self.rules.rule(application.rule)
        first = rule.id not in self.quoted
        self.quoted.add(rule.id)
        drawn = "" if rule.quote or not first else sentence(f"the rule is drawn from {cited(self.rules, rule.cite)}")
        note = sentence(rule.note) if first and rule.note else ""
        told = (drawn, self._asks(rule, application), self._outcome(rule, application), note)
        return RulePart(
            rule=rule.id, words=" ".join(rule.quote.split()) if first else "", cite=cite_part(self.rules, rule.cite),
            positions=tuple(self._positions(rule)) if first else (), application=" ".join(t for t in told if t),
            facts=tuple(self._facts(application)),
        )  # fmt: skip

    def _positions(self, rule: Rule) -> Iterable[str]:
        disputes = {d.id: d for d in self.rules.disputes}
        for stance in rule.under:
            dispute = disputes[stance.dispute]
            position = dispute.position(stance.position)
            yield f"{dispute.question} This reading answers: “{position.says}”"

    def _asks(self, rule: Rule, application: Applied) -> str:
        told = [said(self.case, p) for p in application.premises]
        if not told and rule.under:
            return "On this position nothing need be shown on the point."
        if not told:
            kinds = self.case.kind_of
            parties = [f"{p} is entered as {a_kind(str(kinds[p]))}" for p in application.parties if p in kinds]
            if not parties:
                return "The words themselves name it, and nothing else need be shown."
            return sentence(f"the kind of party decides: {listed(parties)}")
        if len(told) == 1:
            return sentence(f"the rule asks whether {told[0]}")
        numbered = "; ".join(f"({i}) {t}" for i, t in enumerate(told, start=1))
        how = {
            "all": "asks for all of these",
            "any": "is met by any one of these",
            "at_least": f"asks for at least {rule.count} of these",
        }
        return sentence(f"the rule {how[rule.body]}: {numbered}")

    def _outcome(self, rule: Rule, application: Applied) -> str:
        if application.defeated_by:
            return sentence(f"the rule is defeated: {listed([said(self.case, p) for p in application.defeated_by])}")
        unnamed = [p for p in application.premises if NOBODY in p.parties]
        if unnamed and application.verdict is Verdict.UNDETERMINED:
            return sentence(f"{nobody(self.case, unnamed[0])}; so the rule is {application.verdict}")
        if len(application.premises) < 2:
            return ""
        unspoken = self._silent(application)
        words = {Verdict.MET: "met", Verdict.NOT_MET: "not met", Verdict.UNDETERMINED: "open"}
        groups: dict[str, list[str]] = {word: [] for word in words.values()}
        rest: list[str] = []
        for number, premise in enumerate(application.premises, start=1):
            (rest if premise in unspoken else groups[words[self.opinion.on(premise)]]).append(f"({number})")
        parts = [
            f"{listed(numbers)} {'is' if len(numbers) == 1 else 'are'} {word}"
            for word, numbers in groups.items()
            if numbers
        ]
        parts += [f"nothing in the record speaks to {listed(rest, 'or')}"] if rest else []
        return sentence("; ".join(parts) + f"; so the rule is {application.verdict}")

    def _exceptions(self, applications: list[Applied]) -> Iterable[str]:
        for exception in dict.fromkeys(e for a in applications for e in a.exceptions):
            text = said(self.case, exception)
            if any(exception in a.defeated_by for a in applications):
                yield sentence(f"the exception is established that {text}, and it defeats the rule")
            elif any(exception in a.open_exceptions for a in applications):
                yield sentence(
                    f"the exception that {text} is raised and not established; it stays open and defeats nothing"
                )
            else:
                yield sentence(f"an exception would be that {text}; nothing in the record raises it")

    def _closing(self, proposition: Proposition, decided: Decided, told: list[Applied]) -> str:
        text = said(self.case, proposition)
        others = [a for a in decided.applications if a not in told]
        left = " The other rules that could lead there need not be reached." if others else ""
        if decided.verdict is Verdict.MET:
            assumed = "on what is assumed, " if Cause.ASSUMED in decided.causes else ""
            return f"So, under this reading, {assumed}{text}.{left}"
        if decided.verdict is Verdict.NOT_MET:
            return f"So, under this reading, it is not shown that {text}."
        return f"So, under this reading, it stays open whether {text}; what stays open is not shown."

    # ── What falls short ────────────────────────────────────────────────────────────────────────────

    def _short_of(self, proposition: Proposition) -> Iterable[ShortOfPart]:
        """Facts about the same parties that are not yet this conclusion: where each stands, why it is not enough."""
        form = self.rules.vocabulary[proposition.sentence]
        parties = dict(zip(form.blanks, proposition.parties, strict=True))
        in_question = set(self.opinion.beneath(proposition))
        for near in self.rules.vocabulary.sentences:
            if near.short_of != proposition.sentence or not set(near.blanks) <= set(parties):
                continue
            found = self.opinion.finding.get(Proposition(near.says, tuple(parties[b] for b in near.blanks)))
            if found and found.proposition not in in_question:
                yield ShortOfPart(
                    sentence=sentence(said(self.case, found.proposition)), status=str(found.status),
                    exhibits=exhibits((*found.supporting, *found.contradicting, *found.found_none)), why=near.why_short,
                )  # fmt: skip


def _alike(one: Opinion, other: Opinion, proposition: Proposition) -> bool:
    """Whether a proposition stands just so, and for the same reasons, in two opinions."""
    return proposition in (*one.conclusion, *one.finding) and _print(one, proposition) == _print(other, proposition)


def _print(opinion: Opinion, proposition: Proposition) -> object:
    decided = opinion.conclusion.get(proposition)
    if decided is None:
        return opinion.finding.get(proposition)
    return decided, [_print(opinion, p) for a in decided.applications for p in (*a.premises, *a.exceptions)]
