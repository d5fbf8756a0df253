// What the evidence comes to in a state of the page: each exhibit's level, whether it is in, and where each fact stands.
// It answers as authority/weighing.py does, which says why; what is weighed, and by what table, is the page's data.

const MET = "met", NOT_MET = "not met", UNDETERMINED = "undetermined";
const AS_VERDICT = { established: MET, refuted: NOT_MET, unresolved: UNDETERMINED };

// Which conditions hold, one for each node of the circuit; each node stands behind those it is joined of.
function conditions(page, state) {
  const holds = [];
  for (const [op, ...parts] of page.circuit) {
    holds.push(
      op === "item" ? !state.out[parts[0]]
      : op === "position" ? state.positions[parts[0]] === parts[1]
      : op === "reading" ? state.reading === parts[0]
      : op === "not" ? !holds[parts[0]]
      : op === "all" ? parts.every((part) => holds[part])
      : parts.some((part) => holds[part]),
    );
  }
  return holds;
}

// The grade of an exhibit once a hedge of its own is counted, and its level: the weaker of the two grades, null where
// either cannot be judged.
function graded(page, state, number) {
  const exhibit = page.exhibits[number], { reliability, credibility, caps } = page.tables;
  const grading = page.readings[state.reading].grading;
  const stated = state.grades[number] ?? exhibit.grades[grading];
  const letter = stated[0];
  let digit = stated.slice(1);
  const hedged = exhibit.hedge !== "" && credibility[digit].level > caps[grading];
  if (hedged) digit = Object.keys(credibility).find((each) => credibility[each].level === caps[grading]);
  const source = reliability[letter].level, content = credibility[digit].level;
  return { grade: letter + digit, level: source === null || content === null ? null : Math.min(source, content), hedged };
}

// Every exhibit as it goes into the scales. Attacks form no circle, so each is worked out from the attackers down.
function weighed(page, state) {
  const grades = page.exhibits.map((_, number) => graded(page, state, number));
  const undercutters = attackers(page, "undercuts"), doubters = attackers(page, "doubts");
  const admitted = page.exhibits.map((exhibit, number) => !state.out[number] && exhibit.barred === ""
    && exhibit.under.every(([dispute, position]) => state.positions[dispute] === position));
  const done = [];

  function item(number) {
    return done[number] ??= weigh(number);
  }
  function weigh(number) {
    const undercutBy = working(undercutters[number], number), doubtedBy = working(doubters[number], number);
    const { grade, level, hedged } = grades[number];
    return {
      grade, hedged, gradedLevel: level, undercutBy, doubtedBy, admitted: admitted[number],
      level: level !== null && doubtedBy.length ? Math.max(1, level - 1) : level,
      isIn: admitted[number] && !undercutBy.length,
    };
  }
  // The attacks that work: by what is in, can be judged, and stands at least as high as the target was graded.
  function working(by, target) {
    const aim = Math.max(grades[target].level ?? 0, 1);
    return by.filter((attacker) => item(attacker).isIn && (item(attacker).level ?? 0) >= aim);
  }
  return page.exhibits.map((_, number) => item(number));
}

// For each exhibit, those that attack it.
function attackers(page, how) {
  const by = page.exhibits.map(() => []);
  page.exhibits.forEach((exhibit, number) => exhibit[how].forEach((target) => by[target].push(number)));
  return by;
}

// Whether the levels for and against, 0 where nothing can be judged, meet a proof standard.
function meets(standard, levelFor, levelAgainst, unjudgedFor) {
  if (standard.unjudged_suffices && unjudgedFor) return true;
  return levelFor >= standard.for_at_least
    && (standard.ahead_by === null || levelFor - levelAgainst >= standard.ahead_by)
    && (standard.against_at_most === null || levelAgainst <= standard.against_at_most);
}

// Where a fact stands, why, and the exhibits in on either side, strongest first.
function found(page, state, items, fact) {
  const strength = (number) => items[number].level ?? 0;
  const side = (numbers) => numbers.filter((n) => items[n].isIn).sort((a, b) => strength(b) - strength(a) || a - b);
  const sides = { for: side(fact.supports), against: side(fact.contradicts), none: side(fact.found_none) };
  if (fact.status) return { ...standing(fact.status, fact.cause), ...sides };
  const strongest = (numbers) => Math.max(0, ...numbers.map(strength));
  const levelFor = strongest(sides.for), levelAgainst = strongest(sides.against);
  const unjudged = sides.for.some((number) => items[number].level === null);
  const standard = page.tables.standards[state.standard], contrary = page.tables.standards[page.tables.refuted_by];
  const because = page.causes.named;
  if (meets(standard, levelFor, levelAgainst, unjudged)) return { ...standing("established", because.EVIDENCE), ...sides };
  if (meets(contrary, levelAgainst, levelFor, false)) return { ...standing("refuted", because.EVIDENCE), ...sides };
  const alone = meets(standard, levelFor, 0, unjudged);
  const why = !sides.for.length ? because.NO_EVIDENCE : alone ? because.CONFLICT : because.SHORT;
  return { ...standing("unresolved", why), ...sides };
}

function standing(status, cause) {
  return { status, verdict: AS_VERDICT[status], causes: [cause] };
}
