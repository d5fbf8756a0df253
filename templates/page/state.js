// The states that a page may be in, the changes that part one from the record, and the link that captures one.
// A state is {reading, standard, positions: one a dispute, -1 for none, out: one flag and grades: one grade or null
// an exhibit}.

const LINK = "#state=";

function recordState(page) {
  return readingState(page, page.reading, page.exhibits.map(() => false), page.exhibits.map(() => null));
}

// A reading with its own standard and positions, over exhibits that are out or graded so.
function readingState(page, reading, out, grades) {
  const { standard, positions } = page.readings[reading];
  return { reading, standard, positions: [...positions], out: [...out], grades: [...grades] };
}

// What parts a state from the record, each change with its words and a function that makes it in another state. What is
// graded and out is out.
function changesOf(page, state) {
  const record = recordState(page), changes = [];
  const add = (id, says, make) => changes.push({ id, says, make });
  page.exhibits.forEach(({ id }, n) => {
    const grade = state.grades[n];
    if (grade !== null && !state.out[n]) add(id, `${id} is graded ${grade}`, (other) => { other.grades[n] = grade; });
  });
  page.exhibits.forEach(({ id }, n) => {
    if (state.out[n]) add(id, `${id} is withdrawn`, (other) => { other.out[n] = true; });
  });
  if (state.reading !== record.reading) {
    const { title } = page.readings[state.reading];
    add(`“${title}”`, `the reading is “${title}”`, (other) => { other.reading = state.reading; });
  }
  page.disputes.forEach(({ id, question, positions }, n) => {
    const taken = state.positions[n];
    if (taken === record.positions[n]) return;
    const says = taken < 0 ? "no position is taken" : positions[taken].says;
    const name = taken < 0 ? `${id} = none` : `${id} = ${positions[taken].id}`;
    add(name, `${question} ${says}`, (other) => { other.positions[n] = taken; });
  });
  if (state.standard !== record.standard) {
    const { id, says } = page.tables.standards[state.standard];
    add(id, `the standard is ${says}`, (other) => { other.standard = state.standard; });
  }
  return changes;
}

// The record with some changes made.
function changed(page, changes) {
  const state = recordState(page);
  changes.forEach((change) => change.make(state));
  return state;
}

// The state as the fragment of an address: what parts it from the reading that it names, by the ids of the page.
function linkTo(page, state) {
  const reading = page.readings[state.reading];
  const parts = [`r=${encodeURIComponent(reading.id)}`];
  if (state.standard !== reading.standard) parts.push(`s=${encodeURIComponent(page.tables.standards[state.standard].id)}`);
  page.disputes.forEach(({ id, positions }, n) => {
    if (state.positions[n] === reading.positions[n]) return;
    const taken = state.positions[n] < 0 ? "" : positions[state.positions[n]].id;
    parts.push(`d=${encodeURIComponent(id)}:${encodeURIComponent(taken)}`);
  });
  page.exhibits.forEach(({ id }, n) => {
    if (state.out[n]) parts.push(`x=${encodeURIComponent(id)}`);
    else if (state.grades[n] !== null) parts.push(`g=${encodeURIComponent(id)}:${state.grades[n]}`);
  });
  return `${LINK}${page.format}.${page.digest}&${parts.join("&")}`;
}

// The state that a fragment captures, or a sentence that says why it is refused: {state} or {refused}.
function readLink(page, fragment) {
  const [head, ...parts] = fragment.slice(LINK.length).split("&");
  const [format, digest] = head.split(".");
  if (format !== String(page.format)) return { refused: "The link is of another version of this page." };
  if (digest !== page.digest) return { refused: "The link belongs to another record, question or law." };
  try {
    return { state: stateOf(page, parts.map((part) => fields(part))) };
  } catch (error) {
    if (!(error instanceof Foreign)) throw error;
    return { refused: `The link is broken: ${error.message}.` };
  }
}

class Foreign extends Error {}

// A part of a link, "d=duration:lasts", as its letter and the decoded rest.
function fields(part) {
  const cut = part.indexOf("=");
  try {
    return [part.slice(0, cut), ...part.slice(cut + 1).split(":").map(decodeURIComponent)];
  } catch {
    throw new Foreign(`“${part}” cannot be read`);
  }
}

function stateOf(page, parts) {
  const place = (list, id, what) => {
    const number = list.findIndex((each) => each.id === id);
    if (number < 0) throw new Foreign(`it names ${what} that is not here`);
    return number;
  };
  if (parts[0]?.[0] !== "r") throw new Foreign("it names no reading");
  const state = readingState(page, place(page.readings, parts[0][1], "a reading"),
    page.exhibits.map(() => false), page.exhibits.map(() => null));
  const take = {
    s: (standard) => { state.standard = place(page.tables.standards, standard, "a standard"); },
    d: (dispute, position) => {
      const number = place(page.disputes, dispute, "a dispute");
      state.positions[number] = position === "" ? -1 : place(page.disputes[number].positions, position, "a position");
    },
    x: (exhibit) => { state.out[weighable(place(page.exhibits, exhibit, "an exhibit"))] = true; },
    g: (exhibit, grade) => {
      if (!isGrade(page, grade)) throw new Foreign("it names a grade that is not one");
      state.grades[weighable(place(page.exhibits, exhibit, "an exhibit"))] = grade;
    },
  };
  const weighable = (number) => {
    if (page.exhibits[number].barred) throw new Foreign("it changes an exhibit that is not weighed");
    return number;
  };
  for (const [letter, ...rest] of parts.slice(1)) {
    if (!Object.hasOwn(take, letter)) throw new Foreign("a part of it is none of this page’s");
    take[letter](...rest);
  }
  return state;
}

function isGrade(page, grade) {
  const { reliability, credibility } = page.tables;
  return typeof grade === "string" && Object.hasOwn(reliability, grade[0] ?? "") && Object.hasOwn(credibility, grade.slice(1));
}
