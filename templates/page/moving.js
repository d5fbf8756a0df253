// What moved between the record and a state of the page, and the smallest part of the changes that moves it.
// It answers as authority/changes/moves.py does, which says why.

// Whether a proposition that stands so before and after has moved; null where it is not in question.
function hasMoved(page, p, before, after) {
  if (before === null || after === null) {
    const verdict = (before ?? after)?.verdict;
    return (verdict === MET || verdict === NOT_MET) && isNamed(page, p);
  }
  return before.verdict !== after.verdict;
}

// Whether a proposition is about somebody named.
function isNamed(page, p) {
  const fact = page.facts[p];
  return fact ? fact.cause !== page.causes.named.NOBODY_NAMED : page.conclusions[p - page.facts.length].named;
}

// A part of the changes, in their order, with which a proposition stands as it does with all of them, and would not
// without any one of its members. Many are tried together before each by itself. `tried` gives how everything stands
// with some of the changes made.
function irreducible(changes, p, tried) {
  const stands = tried(changes)[p]?.verdict;
  const holds = (some) => tried(some)[p]?.verdict === stands;
  let kept = [...changes];
  const drop = (some) => {
    const left = kept.filter((change) => !some.includes(change));
    if (holds(left)) {
      kept = left;
    } else if (some.length > 1) {
      const half = Math.floor(some.length / 2);
      drop(some.slice(0, half));
      drop(some.slice(half));
    }
  };
  drop([...kept]);
  // What could not be dropped beside another may be dropped once that one is gone.
  let dropped = true;
  while (dropped) {
    dropped = false;
    for (const change of [...kept]) {
      const left = kept.filter((each) => each !== change);
      if (kept.includes(change) && holds(left)) {
        kept = left;
        dropped = true;
        break;
      }
    }
  }
  return kept;
}

// How everything stands with some of the changes made, each selection worked out once.
function trying(page, changes) {
  const known = new Map();
  return (some) => {
    const key = some.map((change) => changes.indexOf(change)).join(",");
    if (!known.has(key)) known.set(key, evaluate(page, changed(page, some)).stands);
    return known.get(key);
  };
}
