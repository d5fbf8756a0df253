// What follows from the findings in a state of the page, in three values, with the causes.
// It answers as the backward derivation of authority/opinion.py does, which says why; the rules are the page's data.

// How every proposition stands: facts first, then conclusions; null for one that is not in question. Beside it the
// exhibits as they were weighed, and the rules' uses that apply to each conclusion.
function evaluate(page, state) {
  const items = weighed(page, state);
  const findings = page.facts.map((fact) => found(page, state, items, fact));
  const decided = new Deciding(page, conditions(page, state), findings);
  decided.visit(page.question);
  page.facts.forEach((fact, number) => {
    const recorded = [...fact.supports, ...fact.contradicts, ...fact.found_none].some((item) => !state.out[item]);
    if (recorded || decided.givenWithoutTree(fact)) decided.seen.add(number);
  });
  const stands = [...page.facts, ...page.conclusions].map((_, p) => (decided.seen.has(p) ? decided.on(p) : null));
  return { items, stands };
}

class Deciding {
  constructor(page, holds, findings) {
    this.page = page;
    this.holds = holds;
    this.findings = findings;
    this.because = page.causes.named;
    this.done = new Map();
    this.seen = new Set();
  }

  // What is assumed or noticed is found whether or not the question turns on it.
  givenWithoutTree(fact) {
    return fact.cause === this.because.ASSUMED || fact.cause === this.because.NOTICED;
  }

  visit(p) {
    if (this.seen.has(p)) return;
    this.seen.add(p);
    for (const use of this.on(p).uses ?? []) [...use.premises, ...use.exceptions].forEach((below) => this.visit(below));
  }

  on(p) {
    if (p < this.findings.length) return this.findings[p];
    if (!this.done.has(p)) this.done.set(p, this.decide(this.page.conclusions[p - this.findings.length]));
    return this.done.get(p);
  }

  verdict(p) {
    return this.on(p).verdict;
  }

  decide(conclusion) {
    const uses = conclusion.uses.map((use) => this.inForce(use)).filter((use) => use !== null);
    const applied = uses.map((use) => this.apply(use));
    if (!conclusion.named) {
      // A waiver may hold of everybody; it shows nothing of somebody whom nobody named.
      for (const each of applied) if (each.verdict === MET) each.verdict = UNDETERMINED;
    }
    if (conclusion.assumed !== null) {
      return { verdict: conclusion.assumed ? MET : NOT_MET, causes: [this.because.ASSUMED], uses: applied };
    }
    const verdict = anyOf(applied.map((each) => each.verdict));
    const forWantOfAName = !conclusion.named && verdict === UNDETERMINED;
    return { verdict, causes: forWantOfAName ? [this.because.NOBODY_NAMED] : this.why(verdict, applied), uses: applied };
  }

  // A use with the premises and exceptions that are in question, or null where the rule is no law or names nobody.
  inForce(use) {
    if (!this.holds[use.law]) return null;
    const premises = use.premises.filter((_, number) => this.holds[use.named[number]]);
    const any = this.page.rules[use.rule].body === "any";
    if (any ? !premises.length : premises.length < use.premises.length) return null;
    return { rule: use.rule, premises, exceptions: use.exceptions.filter((_, number) => this.holds[use.raised[number]]) };
  }

  apply(use) {
    const verdict = this.body(use, use.premises.map((p) => this.verdict(p)));
    const defeating = use.exceptions.filter((p) => this.verdict(p) === MET);
    return {
      ...use,
      verdict: defeating.length ? NOT_MET : verdict,
      defeatedBy: verdict === NOT_MET ? [] : defeating,
      open: use.exceptions.filter((p) => this.verdict(p) === UNDETERMINED && this.isRaised(p)),
    };
  }

  // Whether a rule's body holds, its premises standing so.
  body(use, held) {
    const { body, count } = this.page.rules[use.rule];
    if (body === "any") return anyOf(held);
    const met = held.filter((verdict) => verdict === MET).length;
    const possible = held.filter((verdict) => verdict !== NOT_MET).length;
    const needed = body === "at_least" ? count : held.length;
    return met >= needed ? MET : possible >= needed ? UNDETERMINED : NOT_MET;
  }

  // Whether anything in the record speaks for an exception.
  isRaised(p) {
    const standing = this.on(p);
    if (standing.uses) return standing.uses.some((use) => use.premises.some((below) => this.isRaised(below)));
    if (standing.causes[0] === this.because.COMPUTED) return false;
    return standing.for.length > 0 || standing.verdict === MET;
  }

  // The causes of a verdict, what tells most first.
  why(verdict, applied) {
    const { order, suffice } = this.page.causes;
    if (!applied.length) return [this.because.NO_RULE];
    const deciding = applied.filter((each) => each.verdict === verdict);
    const found = new Set();
    for (const each of deciding) {
      if (each.defeatedBy.length) {
        found.add(this.because.DEFEATED);
        continue;
      }
      const standing = each.premises.filter((p) => this.verdict(p) === verdict);
      standing.forEach((p) => this.on(p).causes.forEach((cause) => found.add(cause)));
      if (!each.premises.length) found.add(this.because.RULE);
    }
    found.delete(this.because.ASSUMED);
    if (verdict === MET && found.size) {
      const [enough] = suffice.find(([, causes]) => [...found].every((cause) => causes.includes(cause)));
      found.clear();
      found.add(enough);
    }
    if (this.rests(verdict, deciding)) found.add(this.because.ASSUMED);
    return order.filter((cause) => found.has(cause));
  }

  // Whether a verdict would not stand but for what is assumed.
  rests(verdict, deciding) {
    if (verdict === UNDETERMINED) return false;
    const each = deciding.map((use) => this.useRests(use));
    return verdict === MET ? each.every(Boolean) : each.some(Boolean);
  }

  useRests(use) {
    if (use.defeatedBy.length) return use.defeatedBy.every((p) => this.isAssumed(p));
    const barred = use.exceptions.filter((p) => this.verdict(p) === NOT_MET);
    if (use.verdict === MET && barred.some((p) => this.isAssumed(p) && this.isRaised(p))) return true;
    return this.body(use, use.premises.map((p) => (this.isAssumed(p) ? UNDETERMINED : this.verdict(p)))) !== use.verdict;
  }

  isAssumed(p) {
    return this.on(p).causes.includes(this.because.ASSUMED);
  }
}

// Kleene's disjunction; none at all is not met.
function anyOf(verdicts) {
  return verdicts.includes(MET) ? MET : verdicts.includes(UNDETERMINED) ? UNDETERMINED : NOT_MET;
}
