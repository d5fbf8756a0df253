// How a state of the page is shown: small makers of elements, the tree of the question, and what marks a proposition
// elsewhere in the document. All text goes in as text.

const GLYPHS = { [MET]: "✓", [NOT_MET]: "✗", [UNDETERMINED]: "?" };
const ABSENT = "not in question";
const BODIES = { any: "any one of", all: "all of" };

// An element with some attributes (a false one is left out) and children, which are elements or text.
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false) made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}

// The verdict in a word; a fact that does not hold or is open has words of its own.
function wordOf(standing) {
  return standing === null ? ABSENT : standing.status ?? standing.verdict;
}

function classOf(standing) {
  return standing === null ? "absent" : standing.verdict.replace(" ", "-");
}

// A verdict as glyph and word, so that neither colour nor glyph alone says it.
function badge(standing) {
  const glyph = standing === null ? "–" : GLYPHS[standing.verdict];
  return element("span", { class: `verdict ${classOf(standing)}` },
    element("span", { "aria-hidden": "true" }, `${glyph} `), wordOf(standing));
}

function saysOf(page, p) {
  return (page.facts[p] ?? page.conclusions[p - page.facts.length]).says;
}

function listed(words, and = "and") {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${and} ${words.at(-1)}`;
}

// The answer to the question: in a few words, and as the brief answer of a memo.
function answerTo(page, stands) {
  const { verdict, causes } = stands[page.question], assumed = causes.includes(page.causes.named.ASSUMED);
  return page.words.answers[verdict] + (assumed ? ", on what is assumed" : "");
}

function briefAnswer(page, state, stands, isChanged) {
  const { words } = page, { verdict, causes } = stands[page.question], reading = page.readings[state.reading];
  if (words.assumed) return reading.supposing + words.assumed;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const under = fill(words.under, { reading: reading.title, standard: page.tables.standards[state.standard].says });
  return reading.supposing + fill(words.brief[verdict], {
    under: isChanged ? `on the record as changed, ${under}` : under,
    Under: isChanged ? `On the record as changed, ${under}` : under.charAt(0).toUpperCase() + under.slice(1),
    text: words.question,
    rests: causes.includes(page.causes.named.ASSUMED) ? words.rests : "",
  });
}

// ── The tree ────────────────────────────────────────────────────────────────────────────────────────────────────────

// The tree of the question as nested lists. What turns on much can be folded; `opened` keeps what a reader unfolded or
// folded, by proposition.
class Tree {
  constructor(page) {
    this.page = page;
    this.opened = new Map();
  }

  draw(stands, before) {
    Object.assign(this, { stands, before, drawn: new Set() });
    this.turned = this.leadingToMoved();
    return element("ul", { class: "tree" }, this.node(this.page.question, 0));
  }

  moved(p) {
    return hasMoved(this.page, p, this.before[p], this.stands[p]);
  }

  // The propositions beneath which something moved.
  leadingToMoved() {
    const known = new Map();
    const leads = (p) => {
      if (!known.has(p)) {
        const below = (this.stands[p]?.uses ?? []).flatMap((use) => [...use.premises, ...use.exceptions]);
        known.set(p, below.map((each) => leads(each) || this.moved(each)).some(Boolean));
      }
      return known.get(p);
    };
    leads(this.page.question);
    return known;
  }

  node(p, depth) {
    const standing = this.stands[p], line = this.line(p, standing);
    const uses = standing.uses ?? [];
    if (!uses.length) return element("li", {}, ...line);
    if (this.drawn.has(p)) return element("li", {}, ...line, element("span", { class: "quiet" }, " (as above)"));
    this.drawn.add(p);
    const open = this.opened.get(p) ?? (depth === 0 || this.turned.get(p));
    const summary = element("summary", {}, ...line);
    const folded = element("details", { open: Boolean(open) }, summary, ...uses.map((use) => this.use(use, depth)));
    // By click, which a key is too: "toggle" would tell of what is drawn open as well.
    summary.addEventListener("click", () => this.opened.set(p, !folded.open));
    return element("li", {}, folded);
  }

  line(p, standing) {
    const parts = [badge(standing), " ", saysOf(this.page, p), " "];
    const reckoning = this.page.facts[p]?.reckoning;
    const told = [listed(standing.causes), reckoning, this.exhibits(standing)].filter(Boolean);
    parts.push(element("span", { class: "quiet" }, `(${told.join("; ")})`));
    if (this.moved(p)) parts.push(" ", element("strong", { class: "moved" }, `moved: was ${wordOf(this.before[p])}`));
    return parts;
  }

  exhibits(standing) {
    if (standing.uses) return "";
    const side = (word, numbers) => (numbers.length ? `${word} ${listed(numbers.map((n) => this.page.exhibits[n].id))}` : "");
    return [side("for", standing.for), side("against", standing.against), side("reporting none", standing.none)]
      .filter(Boolean).join("; ");
  }

  use(use, depth) {
    const { id, body, count, cite } = this.page.rules[use.rule];
    const how = !use.premises.length ? "nothing asked" : use.premises.length === 1 ? "" : BODIES[body] ?? `at least ${count} of`;
    const head = element("p", {}, `by ${id} (${cite})${how ? `, ${how}` : ""}: `, badge(use));
    const made = [head];
    if (use.premises.length) made.push(element("ul", {}, ...use.premises.map((p) => this.node(p, depth + 1))));
    if (use.exceptions.length) {
      made.push(element("p", {}, "unless"), element("ul", {}, ...use.exceptions.map((p) => this.node(p, depth + 1))));
    }
    return element("div", { class: "use" }, ...made);
  }
}

// ── Elsewhere in the document ───────────────────────────────────────────────────────────────────────────────────────

// Says on every element with data-proposition="…" how that proposition now stands: a class, its verdict in data-verdict
// and in its name for a screen reader, and in an element within it with data-verdict-text, where there is one.
function markDocument(page, stands, before) {
  const keys = new Map([...page.facts, ...page.conclusions].map(({ key }, p) => [key, p]));
  for (const marked of document.querySelectorAll("[data-proposition]")) {
    const p = keys.get(marked.dataset.proposition);
    if (p === undefined) continue;
    const moved = hasMoved(page, p, before[p], stands[p]), word = wordOf(stands[p]);
    for (const each of ["met", "not-met", "undetermined", "absent"]) {
      marked.classList.toggle(`is-${each}`, each === classOf(stands[p]));
    }
    marked.classList.toggle("has-moved", moved);
    marked.dataset.verdict = word;
    if (!marked.hasAttribute("role")) marked.setAttribute("role", "group");
    marked.setAttribute("aria-label", `${saysOf(page, p)}: ${word}${moved ? `, moved from ${wordOf(before[p])}` : ""}`);
    const text = marked.querySelector("[data-verdict-text]");
    if (text) text.textContent = `${stands[p] === null ? "–" : GLYPHS[stands[p].verdict]} ${word}`;
  }
}
