"""The discussion of a question under one reading, element by element: conclusion, rule, application, conclusion."""

from __future__ import annotations

from collections.abc import Iterable

from authority.engine import Verdict
from authority.facts import Evidence
from authority.law import Rule
from authority.memo.parts import FactPart, IssuePart, ReadingPart, RulePart, ShortOfPart
from authority.memo.wording import cause, cited, day, exhibits, listed, nobody, said, sentence
from authority.opinion import Applied, Decided, Opinion, decide
from authority.vocabulary import BLANK, NOBODY, Proposition, natural
from authority.weighing import Cause, Finding, Status, meets

IN_FULL = 4
"""How many exhibits on one side of a fact are given with what they say; the rest are named."""


def discuss(opinion: Opinion, earlier: Iterable[Opinion] = ()) -> ReadingPart:
    """The discussion under the opinion's reading. What stood just so under an earlier reading is referred back to it."""
    return _Discussion(opinion, tuple(earlier)).reading()


def answer(opinion: Opinion) -> str:
    """The verdict on the question in two or three words: a proponent who has not carried it has not shown it."""
    words = {Verdict.MET: "Shown", Verdict.NOT_MET: "Not shown: not met", Verdict.UNDETERMINED: "Not shown: undetermined"}
    return f"{words[opinion.verdict]} (on what is assumed)" if opinion.rests_on_assumptions else words[opinion.verdict]


def reasons(opinion: Opinion) -> tuple[str, ...]:
    """Why the question stands as it does: the elements that decide it, one sentence each."""
    decided = opinion.conclusion[opinion.question]
    if not decided.applications:
        return (_no_rule(opinion, opinion.question),)
    premises = tuple(dict.fromkeys(p for a in decided.applications for p in a.premises))
    if decided.verdict is Verdict.MET:
        told = [p for p in premises if opinion.on(p) is Verdict.MET and Cause.RULE not in opinion.causes(p)]
        return tuple(_reason(opinion, p) for p in told or premises)
    against = [p for p in premises if opinion.on(p) is Verdict.NOT_MET]
    undecided = [p for p in premises if opinion.on(p) is Verdict.UNDETERMINED]
    found = [_reason(opinion, p) for p in against]
    if undecided:
        found += [_reason(opinion, p) for p in undecided]
    return tuple(found)


def fact(opinion: Opinion, proposition: Proposition) -> FactPart:
    """A fact with its exhibits on either side and how they were weighed."""
    finding = opinion.finding[proposition]
    sides = (
        ("for", finding.supporting), ("against", finding.contradicting), ("reporting none", finding.found_none),
        ("undercut", undercut(opinion, proposition)),
    )  # fmt: skip
    return FactPart(
        sentence=sentence(said(opinion.case, proposition)),
        status=str(finding.status), why=_why(opinion, finding),
        supporting=_named(opinion, finding.supporting),
        contradicting=_named(opinion, finding.contradicting),
        found_none=_named(opinion, finding.found_none),
        undercut=_named(opinion, undercut(opinion, proposition)),
        ids=tuple(f"{side}: {exhibits(ids)}" for side, ids in sides if ids),
        weighing=_weighing(opinion, finding),
    )  # fmt: skip


def undercut(opinion: Opinion, proposition: Proposition) -> tuple[str, ...]:
    """The items that speak to a fact and are undercut."""
    spoken = (e.id for e in opinion.case.evidence if proposition in e.bears_on)
    return tuple(i for i in sorted(spoken, key=natural) if opinion.item[i].undercut_by)


def _why(opinion: Opinion, finding: Finding) -> str:
    """Why a fact stands where it does, where its status alone does not say it."""
    if finding.cause is Cause.NO_EVIDENCE:
        if any(finding.proposition in opinion.case.item[i].supports for i in undercut(opinion, finding.proposition)):
            return "what supported it is undercut"
        spoken = finding.contradicting or finding.found_none
        return "nothing in the record supports it" if spoken else "nothing in the record speaks to it"
    if finding.status is Status.ESTABLISHED and finding.cause is Cause.EVIDENCE:
        return ""
    return cause(opinion, [finding.cause], finding.status is Status.REFUTED)


def _named(opinion: Opinion, ids: tuple[str, ...]) -> tuple[str, ...]:
    """The strongest exhibits with what they say, and the others by name."""
    full = tuple(exhibit(opinion, name) for name in ids[:IN_FULL])
    rest = exhibits(ids[IN_FULL:])
    return (*full, f"Also {rest}.") if rest else full


def exhibit(opinion: Opinion, name: str) -> str:
    """An exhibit in one line: its number, source, date, grade, and what it says."""
    item = opinion.case.item[name]
    source = opinion.case.source_of[item.source]
    weighed = opinion.item[name]
    when = day(item.published or item.date)
    dated = f", {when}" if when and when.split()[-1] not in source.name else ""
    lowered = f", lowered to {weighed.level} by {exhibits(weighed.doubted_by)}" if weighed.doubted_by else ""
    if weighed.undercut_by:
        lowered += f"; undercut by {exhibits(weighed.undercut_by)}"
    grade = f"{weighed.grade}, not judged" if weighed.unjudged else f"{weighed.grade}, level {weighed.graded_level}{lowered}"
    memory = "; not verified" if item.verified == "memory" else ""
    note = f" Note: {sentence(item.note)}" if item.note else ""
    return f"{name} ({source.name}{dated}; {grade}{memory}): {sentence(item.says)}{note}"


def _weighing(opinion: Opinion, finding: Finding) -> str:
    """How the two sides were weighed, and why what stands against does or does not prevail."""
    standard = opinion.findings.standard
    pro, con = finding.strongest_for, finding.strongest_against
    asks = f"{standard.says} asks for level {standard.for_at_least} or higher"
    if standard.ahead_by:
        asks += f", {_levels(standard.ahead_by)} above the strongest against"
    looked = " That a source reports none does not show that it is false." if finding.found_none else ""
    if finding.cause in (Cause.NOTICED, Cause.ASSUMED, Cause.NOBODY_NAMED):
        return ""
    if finding.status is Status.ESTABLISHED and not finding.contradicting:
        return f"Nothing in the record contradicts it, and the strongest exhibit stands at level {pro}; {asks}.{looked}"
    if finding.status is Status.ESTABLISHED:
        against = f"the strongest against it at {con}" if con else "nothing against it can be judged"
        told = f"the strongest exhibit for it is at level {pro}, {against}"
        return f"What stands against it does not prevail: {told}; {asks}.{looked}"
    if finding.status is Status.REFUTED:
        weak = f"the strongest for it at {pro}" if pro else "and nothing that can be judged speaks for it"
        return f"The strongest exhibit against it is at level {con}, {weak}.{looked}"
    if finding.cause is Cause.CONFLICT:
        told = f"the strongest exhibit for it is at level {pro}, the strongest against it at {con}"
        return f"Neither side prevails: {told}; {asks}.{looked}"
    if finding.cause is Cause.NO_EVIDENCE:
        return f"{'What speaks against it is not enough to refute it.' if finding.contradicting else ''}{looked}".strip()
    best = f"the strongest exhibit for it is at level {pro}" if pro else "nothing that speaks for it can be judged"
    return sentence(f"{best}; {asks}") + looked


def _levels(number: int) -> str:
    return "one level" if number == 1 else f"{number} levels"


def _reason(opinion: Opinion, proposition: Proposition) -> str:
    """One sentence on an element: where it stands, why, and on which exhibits."""
    verdict = opinion.on(proposition)
    text = said(opinion.case, proposition)
    if NOBODY in proposition.parties:
        return sentence(nobody(opinion.case, proposition))
    held = exhibits(_deciding(opinion, proposition, verdict))
    named = f" ({held})" if held else ""
    causes = opinion.causes(proposition)
    if verdict is Verdict.MET:
        return sentence(f"on what is assumed, {text}{named}" if Cause.ASSUMED in causes else f"{text}{named}")
    why = cause(opinion, causes, verdict is Verdict.NOT_MET)
    if verdict is Verdict.NOT_MET:
        if Cause.NO_RULE in causes:
            return _no_rule(opinion, proposition)
        return sentence(f"it is not shown that {text}: {why}{named}")
    if causes == (Cause.NOBODY_NAMED,):
        return sentence(f"whether {text} cannot be judged: {_nobody(opinion, proposition)}")
    return sentence(f"whether {text} is undetermined: {why}{named}")


def _no_rule(opinion: Opinion, proposition: Proposition) -> str:
    """What to say where no rule of the reading leads to a conclusion."""
    text = said(opinion.case, proposition)
    decided = opinion.conclusion[proposition]
    if decided.applications:
        lacking = [p for a in decided.applications for p in a.premises if opinion.on(p) is Verdict.NOT_MET]
        told = listed([f"that {said(opinion.case, p)}" for p in dict.fromkeys(lacking)], "or")
        return sentence(f"it is not shown that {text}, since it is not shown {told}")
    rules = [r for r in opinion.case.rules.rules if r.then.sentence == proposition.sentence]
    reading = opinion.reading
    if opinion.case.rules.vocabulary[proposition.sentence].question and not reading.does_answer(proposition.sentence):
        asks = listed([f"whether {_generic(a)}" for a in reading.answers])
        return sentence(f"this reading answers another question, {asks}; it has no rule by which {text}")
    narrower = [r for r in rules if r.in_force(reading, opinion.case.law_day)]
    if narrower:
        kinds = dict.fromkeys(
            str(k) for r in narrower for v in r.then.variables for k in sorted(opinion.case.rules.kinds(r, v, (r.then, *r.premises)))
        )
        party = listed([f"{p} is entered as {_a(str(opinion.case.kind_of[p]))}" for p in proposition.parties if p in opinion.case.kind_of])
        return sentence(f"no rule of this reading lets it be said that {text}: its rule is for {listed([_a(k) for k in kinds], 'or')}, and {party}")
    return sentence(f"no rule of this reading lets it be said that {text}")


def _generic(template: str) -> str:
    """A sentence of the vocabulary with its blanks read as anybody: ``detention of a person is authorized``."""
    return BLANK.sub(lambda blank: _a(blank[1]), template)


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _nobody(opinion: Opinion, proposition: Proposition) -> str:
    unnamed = [f for f in opinion.beneath(proposition) if NOBODY in f.parties]
    return nobody(opinion.case, unnamed[0]) if unnamed else "the record names nobody of whom it could be said"


def _deciding(opinion: Opinion, proposition: Proposition, verdict: Verdict) -> list[str]:
    """The exhibits that carry a verdict: the strongest on the deciding side of the facts that decide it."""
    decided = opinion.conclusion.get(proposition)
    if decided is None:
        finding = opinion.finding[proposition]
        side = finding.supporting if verdict is Verdict.MET else finding.contradicting
        if verdict is Verdict.UNDETERMINED:
            side = (*finding.supporting, *finding.contradicting) if finding.cause is Cause.CONFLICT else finding.supporting
        levels = {i: opinion.item[i].level or 0 for i in side}
        best = max(levels.values(), default=0)
        return [i for i, level in levels.items() if level == best and best]
    deciding = [p for a in decided.applications if a.verdict is verdict for p in a.premises if opinion.on(p) is verdict]
    return [i for p in dict.fromkeys(deciding) for i in _deciding(opinion, p, verdict)]


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
            id=opinion.reading.id, title=opinion.reading.title, label=opinion.reading.label, about=opinion.reading.about,
            standard=opinion.findings.standard.says, answer=answer(opinion), why=reasons(opinion),
            rules=tuple(self._rule(a) for a in decided.applications),
            elements=tuple(self._issue(p, top=True) for p in elements), turns_on=tuple(self._turns_on()),
        )  # fmt: skip

    def _issue(self, proposition: Proposition, *, top: bool = False) -> IssuePart:
        opinion = self.opinion
        verdict = opinion.on(proposition)
        heading = f"{sentence(said(self.case, proposition))[:-1]}: {verdict}"
        opening = _reason(opinion, proposition)
        same = next((o for o in self.earlier if _alike(o, opinion, proposition)), None)
        if same is not None:
            return IssuePart(heading=heading, opening=opening, as_before=same.reading.title)
        decided = opinion.conclusion.get(proposition)
        if decided is None:
            rule = RulePart(rule="", words="", cite="", positions=(), application="", facts=(fact(opinion, proposition),))
            return IssuePart(heading=heading, opening=opening, rules=(rule,))
        noticed = self._noticed(decided)
        if noticed:
            cites = listed(list(dict.fromkeys(cited(self.rules, n.cite) for n in noticed)))
            return IssuePart(heading=heading, opening=f"{opening} This is judicially noticed ({cites}).")
        self.discussed.add(proposition)
        told = [a for a in decided.applications if verdict is not Verdict.MET or a.verdict is Verdict.MET]
        rules = tuple(self._rule(a) for a in told)
        below = dict.fromkeys(p for a in told for p in a.premises if p in opinion.conclusion and p not in self.discussed)
        return IssuePart(
            heading=heading, opening=opening, rules=rules, issues=tuple(self._issue(p) for p in below),
            exceptions=tuple(self._exceptions(told)), short_of=tuple(self._short_of(proposition)),
            closing=self._closing(proposition, decided, told) if top else "",
        )  # fmt: skip

    def _facts(self, application: Applied) -> Iterable[FactPart]:
        """The facts that an application asks for and that were not discussed yet."""
        for premise in dict.fromkeys(application.premises):
            if premise not in self.opinion.conclusion and premise not in self.discussed and NOBODY not in premise.parties:
                self.discussed.add(premise)
                yield fact(self.opinion, premise)

    def _noticed(self, decided: Decided) -> list:
        """The notices that a met conclusion rests on wholly, if it does."""
        met = [a for a in decided.applications if a.verdict is Verdict.MET]
        facts = {f for a in met for p in a.premises if self.opinion.on(p) is Verdict.MET for f in self.opinion.beneath(p)}
        causes = {self.opinion.finding[f].cause for f in facts if self.opinion.on(f) is Verdict.MET}
        return [n for n in self.rules.notice if n.holds in facts] if causes == {Cause.NOTICED} else []

    # ── Rules ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _rule(self, application: Applied) -> RulePart:
        rule = self.rules.rule(application.rule)
        first = rule.id not in self.quoted
        self.quoted.add(rule.id)
        told = (self._asks(rule, application), self._outcome(rule, application), sentence(rule.note) if first and rule.note else "")
        return RulePart(
            rule=rule.id, words=" ".join(rule.quote.split()) if first else "", cite=cited(self.rules, rule.cite),
            positions=tuple(self._positions(rule)) if first else (), application=" ".join(t for t in told if t),
            facts=tuple(self._facts(application)),
        )  # fmt: skip

    def _positions(self, rule: Rule) -> Iterable[str]:
        disputes = {d.id: d for d in self.rules.disputes}
        for stance in rule.under:
            dispute = disputes[stance.dispute]
            position = dispute.position(stance.position)
            yield f"{dispute.question} This reading answers: {position.says}"

    def _asks(self, rule: Rule, application: Applied) -> str:
        told = [said(self.case, p) for p in application.premises]
        if not told and rule.under:
            return "On this position nothing need be shown on the point."
        if not told:
            parties = [f"{p} is entered as {_a(str(self.case.kind_of[p]))}" for p in application.parties if p in self.case.kind_of]
            return sentence(f"the kind of party decides: {listed(parties)}")
        if len(told) == 1:
            return sentence(f"the rule asks whether {told[0]}")
        numbered = "; ".join(f"({i}) {t}" for i, t in enumerate(told, start=1))
        how = {"all": "asks for all of these", "any": "is met by any one of these", "at_least": f"asks for at least {rule.count} of these"}
        return sentence(f"the rule {how[rule.body]}: {numbered}")

    def _outcome(self, rule: Rule, application: Applied) -> str:
        if application.defeated_by:
            return sentence(f"the rule is defeated: {listed([said(self.case, p) for p in application.defeated_by])}")
        unnamed = [p for p in application.premises if NOBODY in p.parties]
        if unnamed and application.verdict is Verdict.UNDETERMINED:
            return sentence(f"{nobody(self.case, unnamed[0])}; so the rule is {application.verdict}")
        if len(application.premises) < 2:
            return ""
        groups = {v: [f"({i})" for i, p in enumerate(application.premises, 1) if self.opinion.on(p) is v] for v in Verdict}
        words = {Verdict.MET: "met", Verdict.NOT_MET: "not met", Verdict.UNDETERMINED: "open"}
        parts = [f"{listed(numbers)} {'is' if len(numbers) == 1 else 'are'} {words[v]}" for v, numbers in groups.items() if numbers]
        return sentence("; ".join(parts) + f"; so the rule is {application.verdict}")

    def _exceptions(self, applications: list[Applied]) -> Iterable[str]:
        for exception in dict.fromkeys(e for a in applications for e in a.exceptions):
            text = said(self.case, exception)
            if any(exception in a.defeated_by for a in applications):
                yield sentence(f"the exception is established that {text}, and it defeats the rule")
            elif any(exception in a.open_exceptions for a in applications):
                yield sentence(f"the exception that {text} is raised and not established; it stays open and does not defeat the rule")
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

    # ── What falls short, what carries ────────────────────────────────────────────────────────────────────────────

    def _short_of(self, proposition: Proposition) -> Iterable[ShortOfPart]:
        """Facts about the same parties that are not yet this conclusion: where each stands, and why it is not enough."""
        form = self.rules.vocabulary[proposition.sentence]
        parties = dict(zip(form.blanks, proposition.parties, strict=True))
        in_question = set(self.opinion.beneath(proposition))
        for near in self.rules.vocabulary.sentences:
            if near.short_of != proposition.sentence or not set(near.blanks) <= set(parties):
                continue
            found = self.opinion.finding.get(Proposition(near.says, tuple(parties[b] for b in near.blanks)))
            if found and found.proposition not in in_question:
                yield ShortOfPart(
                    sentence=sentence(str(found.proposition)), status=str(found.status),
                    exhibits=exhibits((*found.supporting, *found.contradicting, *found.found_none)), why=near.why_short,
                )  # fmt: skip

    def _turns_on(self) -> Iterable[str]:
        """What the answer turns on: the exhibits that carry it where it is shown, those in its way where it is not."""
        yield from self._carried() if self.opinion.shown else self._in_the_way()

    def _in_the_way(self) -> Iterable[str]:
        """For each element that is not met: the exhibits that decide it, and what would be without them."""
        decided = self.opinion.conclusion[self.opinion.question]
        against = [p for a in decided.applications for p in a.premises if self.opinion.on(p) is Verdict.NOT_MET]
        for element in dict.fromkeys(against):
            ids = _deciding(self.opinion, element, Verdict.NOT_MET)
            if not ids:
                continue
            left = self._without([self.case.item[i] for i in ids])
            then, text = left.on(element), said(self.case, element)
            outcome = "shown" if left.shown else "not shown"
            still = "still" if left.shown == self.opinion.shown else "then"
            decides = "decide" if len(ids) > 1 else "decides"
            yield (
                f"{exhibits(ids)} {decides} that it is not shown that {text}. Were what {'they say' if len(ids) > 1 else 'it says'} "
                f"set aside, that would be {then}, and the answer to the question {still} {outcome}."
            )

    def _carried(self) -> Iterable[str]:
        """The facts that carry a shown question, the exhibits each rests on, and what would undo it."""
        for each in self._carrying(self.opinion.question):
            finding = self.opinion.finding[each]
            alone = [i for i in finding.supporting if self._alone(i, finding)]
            if alone and finding.cause is Cause.EVIDENCE:
                enough = "is enough by itself" if len(alone) == 1 else "are each enough by themselves"
                yield f"{sentence(said(self.case, each))} {exhibits(alone)} {enough}."
        relevant = [self.case.item[i] for i in self.opinion.evidence(self.opinion.question)["for"]]
        needed = [e.id for e in relevant if not self._without([e]).shown]
        if needed:
            any_one = "any one of " if len(needed) > 1 else ""
            yield f"Without {any_one}{exhibits(needed)} it would no longer be shown."
        elif relevant:
            yield "No single exhibit's loss would undo it."
        origins: dict[str, list[Evidence]] = {}
        for item in self.case.evidence:
            origins.setdefault(self.case.origin(item), []).append(item)
        wanted = {self.case.origin(e) for e in relevant}
        for origin, items in sorted(origins.items()):
            if origin in wanted and len(items) > 1 and not self._without(items).shown:
                name = self.case.source_of[origin].name if origin in self.case.source_of else origin
                held = exhibits(e.id for e in items if e in relevant)
                yield f"{held} come from one origin (“{name}”): were everything from there set aside, it would no longer be shown."

    def _carrying(self, proposition: Proposition) -> list[Proposition]:
        """The facts through which a met proposition is met."""
        decided = self.opinion.conclusion.get(proposition)
        if decided is None:
            return [proposition]
        met = [a for a in decided.applications if a.verdict is Verdict.MET]
        below = dict.fromkeys(p for a in met for p in a.premises if self.opinion.on(p) is Verdict.MET)
        return list(dict.fromkeys(f for p in below for f in self._carrying(p)))

    def _alone(self, name: str, finding: Finding) -> bool:
        item = self.opinion.item[name]
        return meets(self.opinion.findings.standard, item.level or 0, finding.strongest_against, item.unjudged)

    def _without(self, items: list[Evidence]) -> Opinion:
        """The opinion as it would be with these items out, as though they had never been there."""
        gone = {e.id for e in items}
        left = tuple(_detached(e, gone) for e in self.case.evidence if e.id not in gone)
        return decide(self.case.but(evidence=left), self.opinion.reading, self.opinion.question)


def _detached(item: Evidence, gone: set[str]) -> Evidence:
    """The item with its attacks on items that are gone left out."""
    if not gone & {*item.undercuts, *item.doubts}:
        return item
    return item.but(
        undercuts=tuple(i for i in item.undercuts if i not in gone), doubts=tuple(i for i in item.doubts if i not in gone)
    )


def _alike(one: Opinion, other: Opinion, proposition: Proposition) -> bool:
    """Whether a proposition stands just so, and for the same reasons, in two opinions."""
    return proposition in (*one.conclusion, *one.finding) and _print(one, proposition) == _print(other, proposition)


def _print(opinion: Opinion, proposition: Proposition) -> object:
    decided = opinion.conclusion.get(proposition)
    if decided is None:
        return opinion.finding.get(proposition)
    return decided, [_print(opinion, p) for a in decided.applications for p in (*a.premises, *a.exceptions)]


