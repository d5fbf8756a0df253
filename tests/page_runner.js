// Evaluates pages outside a browser: reads {page, states} or {changes, holding}, a line each, and writes what the page's
// own scripts, named on the command line, make of them.
"use strict";
const { createInterface } = require("node:readline");
const { readFileSync } = require("node:fs");

const scripts = process.argv.slice(2).map((path) => readFileSync(path, "utf8"));
const { evaluate, recordState, changesOf, hasMoved, irreducible, trying, linkTo, readLink } = new Function(
  `"use strict";${scripts.join("\n")}
  return { evaluate, recordState, changesOf, hasMoved, irreducible, trying, linkTo, readLink };`)();

function outcome(page, state, explained) {
  const { items, stands } = evaluate(page, state);
  const told = {
    stands: stands.map((each) => each && { verdict: each.verdict, causes: each.causes, status: each.status ?? null }),
    items: items.map(({ grade, level, isIn }) => ({ grade, level, isIn })),
    link: linkTo(page, state),
    again: readLink(page, linkTo(page, state)).state ?? null,
  };
  if (!explained) return told;
  const before = evaluate(page, recordState(page)).stands, changes = changesOf(page, state), tried = trying(page, changes);
  const moved = stands.map((_, p) => p).filter((p) => hasMoved(page, p, before[p], stands[p]));
  return { ...told, moved: moved.map((p) => [p, irreducible(changes, p, tried).map(({ id }) => id)]) };
}

// The irreducible part of some changes, where what is asked about stands as it does with all of them exactly for the
// selections listed in `holding`.
function part(changes, holding) {
  const known = new Set(holding.map((some) => some.join()));
  return irreducible(changes, 0, (some) => [known.has(some.join()) ? { verdict: "met" } : null]);
}

createInterface({ input: process.stdin }).on("line", (line) => {
  const { page, states = [], explained = false, changes, holding } = JSON.parse(line);
  if (changes) console.log(JSON.stringify({ part: part(changes, holding) }));
  else console.log(JSON.stringify({
    record: recordState(page), outcomes: states.map((state) => outcome(page, state, explained)),
  }));
});
