// Evaluates pages outside a browser: reads {page, states} or {page, links}, a line each, and writes what the page's own
// scripts, named on the command line, make of them.
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

createInterface({ input: process.stdin }).on("line", (line) => {
  const { page, states = [], links = [], explained = false } = JSON.parse(line);
  console.log(JSON.stringify({
    record: recordState(page),
    outcomes: states.map((state) => outcome(page, state, explained)),
    links: links.map((link) => readLink(page, link)),
  }));
});
