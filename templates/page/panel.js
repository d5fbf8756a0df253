// The panel: its controls change the state, and everything that is shown follows from the state.

const IDS = ["root", "refused", "before", "after", "number", "live", "fold", "back", "copy", "message", "link", "reading",
  "standard", "disputes", "find", "count", "exhibits", "barred", "outcome", "brief", "what-changed", "changes", "moved",
  "tree", "note", "note-list", "note-brief"];

class Panel {
  constructor(page) {
    this.page = page;
    this.at = Object.fromEntries(IDS.map((id) => [id, document.getElementById(`panel:${id}`)]));
    this.record = recordState(page);
    this.before = evaluate(page, this.record).stands;
    this.state = this.record;
    this.tree = new Tree(page);
    this.turn = 0;
  }

  // Whether the page comes to the memo's verdict on every proposition.
  agrees() {
    return this.before.every((standing, p) => (standing?.verdict ?? "") === this.page.record[p]);
  }

  open() {
    if (!this.agrees()) {
      this.at.refused.hidden = false;
      return;
    }
    this.drawReadings();
    this.disputes = this.page.disputes.map((dispute, n) => this.drawDispute(dispute, n));
    this.at.disputes.append(...this.disputes.map(({ made }) => made));
    this.exhibits = this.page.exhibits.map((exhibit, n) => this.drawExhibit(exhibit, n));
    this.at.exhibits.append(...this.exhibits.filter(Boolean).map(({ made }) => made));
    this.drawBarred();
    this.at.back.addEventListener("click", () => this.goBack());
    this.at.copy.addEventListener("click", () => this.copy());
    this.at.find.addEventListener("input", () => this.find());
    window.addEventListener("hashchange", () => this.follow());
    this.at.fold.open = window.matchMedia("(min-width: 75rem)").matches;
    this.at.root.hidden = this.at.outcome.hidden = false;
    document.documentElement.classList.add("live");
    this.find();
    this.show();
    this.follow();
  }

  // ── From the reader to the state ──────────────────────────────────────────────────────────────────────────────────

  change(make) {
    const state = structuredClone(this.state);
    make(state);
    if (location.hash.startsWith(LINK)) this.setFragment(""); // it captures another state now
    this.enter(state);
  }

  enter(state) {
    this.state = state;
    this.at.message.textContent = "";
    this.at.link.hidden = true;
    this.show();
    this.at.live.textContent = `${this.at.brief.textContent} Moved: ${this.at.number.textContent}.`;
  }

  goBack() {
    this.change((state) => Object.assign(state, recordState(this.page)));
    this.at.message.textContent = "This is the record again.";
  }

  // The state of the page's own address, if it captures one.
  follow() {
    if (!location.hash.startsWith(LINK)) return;
    const { state, refused } = readLink(this.page, location.hash);
    if (state) this.enter(state);
    this.at.message.textContent = refused ? `${refused} The page stands as it did.` : "The state is the one that the link captured.";
  }

  async copy() {
    const fragment = linkTo(this.page, this.state);
    this.setFragment(fragment);
    this.at.link.value = location.href.split("#")[0] + fragment;
    this.at.link.hidden = false;
    try {
      await navigator.clipboard.writeText(this.at.link.value);
      this.at.message.textContent = "The link is copied.";
    } catch {
      this.at.link.select();
      this.at.message.textContent = "The link stands below, to be copied by hand.";
    }
  }

  setFragment(fragment) {
    history.replaceState(null, "", location.href.split("#")[0] + fragment);
  }

  find() {
    const wanted = this.at.find.value.trim().toLowerCase(), there = this.exhibits.filter(Boolean);
    for (const { made, text } of there) made.hidden = !text.includes(wanted);
    const shown = there.filter(({ made }) => !made.hidden).length;
    this.at.count.textContent = `${shown} of ${there.length} exhibits listed`;
  }

  // ── The controls ──────────────────────────────────────────────────────────────────────────────────────────────────

  drawReadings() {
    const options = (list, says) => list.map((each, n) => element("option", { value: n }, says(each)));
    this.at.reading.append(...options(this.page.readings, ({ title, label }) => (label ? `${title} (${label})` : title)));
    this.at.standard.append(...options(this.page.tables.standards, ({ says }) => says));
    this.at.reading.addEventListener("change", () => this.change((state) => {
      Object.assign(state, readingState(this.page, Number(this.at.reading.value), state.out, state.grades));
    }));
    this.at.standard.addEventListener("change", () => this.change((state) => {
      state.standard = Number(this.at.standard.value);
    }));
  }

  drawDispute({ question, positions }, n) {
    const radios = positions.map((position, p) => {
      const radio = element("input", { type: "radio", name: `panel:dispute-${n}`, value: p });
      radio.addEventListener("change", () => this.change((state) => { state.positions[n] = p; }));
      return radio;
    });
    const labels = positions.map(({ says, held_by }, p) => element("label", {}, radios[p], element("span", {}, says, " ",
      element("span", { class: "quiet" }, held_by ? `Held by ${held_by}.` : "No holder is on record."))));
    const mark = element("strong", { class: "moved" });
    return { radios, mark, made: element("fieldset", {}, element("legend", {}, question, " ", mark), ...labels) };
  }

  // An exhibit with its controls; null for one that is never weighed.
  drawExhibit({ id, says, source, when, barred }, n) {
    if (barred) return null;
    const box = element("input", { type: "checkbox" });
    box.addEventListener("change", () => this.change((state) => { state.out[n] = !box.checked; }));
    const { reliability, credibility } = this.page.tables;
    const selects = [["Reliability of the source", reliability], ["Credibility of what it says", credibility]].map(
      ([what, table]) => element("select", { "aria-label": `${what} of ${id}` }, ...Object.entries(table).map(
        ([grade, entry]) => element("option", { value: grade }, `${grade}: ${entry.says}`))));
    for (const select of selects) {
      select.addEventListener("change", () => this.change((state) => {
        const grade = selects[0].value + selects[1].value;
        state.grades[n] = grade === this.grade(n) ? null : grade;
      }));
    }
    const stands = element("span", { class: "quiet" });
    const made = element("li", {},
      element("label", {}, box, element("span", {}, element("strong", {}, id), ` ${says} `,
        element("span", { class: "quiet" }, `${source}${when ? `, ${when}` : ""}`))),
      element("div", { class: "grades" }, ...selects, stands));
    return { made, box, selects, stands, text: `${id} ${says} ${source}`.toLowerCase() };
  }

  // The grade that the record gives an exhibit under the reading chosen, before a hedge.
  grade(n) {
    return this.page.exhibits[n].grades[this.page.readings[this.state.reading].grading];
  }

  drawBarred() {
    const why = new Map();
    for (const { id, barred } of this.page.exhibits) if (barred) why.set(barred, [...why.get(barred) ?? [], id]);
    this.at.barred.append(...[...why].map(([reason, ids]) => element("p", { class: "quiet" },
      `Not weighed, whatever is changed: ${listed(ids)} (${reason}).`)));
  }

  // ── From the state to what is shown ───────────────────────────────────────────────────────────────────────────────

  show() {
    const { items, stands } = evaluate(this.page, this.state);
    const changes = changesOf(this.page, this.state);
    this.showControls(items);
    this.showAnswer(stands, changes);
    const moved = stands.map((_, p) => p).filter((p) => hasMoved(this.page, p, this.before[p], stands[p]));
    this.showMoved(stands, moved, changes);
    this.at.tree.replaceChildren(this.tree.draw(stands, this.before));
    markDocument(this.page, stands, this.before);
  }

  showControls(items) {
    const { state, record } = this;
    this.at.reading.value = state.reading;
    this.at.standard.value = state.standard;
    this.disputes.forEach(({ radios, mark }, n) => {
      radios.forEach((radio, p) => { radio.checked = state.positions[n] === p; });
      mark.textContent = state.positions[n] === record.positions[n] ? "" : "changed";
    });
    this.exhibits.forEach((drawn, n) => {
      if (!drawn) return;
      const grade = state.grades[n] ?? this.grade(n);
      drawn.box.checked = !state.out[n];
      [drawn.selects[0].value, drawn.selects[1].value] = [grade[0], grade.slice(1)];
      drawn.made.classList.toggle("is-changed", state.out[n] || state.grades[n] !== null);
      drawn.stands.textContent = this.treatment(items[n], n);
    });
  }

  // What becomes of an exhibit in the scales, in a few words.
  treatment(item, n) {
    const ids = (numbers) => listed(numbers.map((each) => this.page.exhibits[each].id));
    if (this.state.out[n]) return "withdrawn";
    if (!item.admitted) return "not admitted on the positions taken";
    if (item.undercutBy.length) return `undercut by ${ids(item.undercutBy)}`;
    const level = item.level === null ? "not judged" : `level ${item.level}`;
    const doubted = item.doubtedBy.length ? `, doubted by ${ids(item.doubtedBy)}` : "";
    const graded = this.state.grades[n] === null ? "" : `, in the record ${this.grade(n)}`;
    return `${level}${doubted}${item.hedged ? ", capped by its own hedge" : ""}${graded}`;
  }

  showAnswer(stands, changes) {
    const isChanged = changes.length > 0;
    const label = this.page.readings[this.state.reading].label, said = answerTo(this.page, stands);
    const badged = (text, verdict) => [element("span", { "aria-hidden": "true" }, `${GLYPHS[verdict]} `), text];
    const first = this.before[this.page.question], now = stands[this.page.question];
    this.at.before.replaceChildren(...badged(answerTo(this.page, this.before), first.verdict));
    this.at.before.className = classOf(first);
    this.at.after.replaceChildren(...isChanged ? badged(said, now.verdict) : ["nothing is changed"]);
    this.at.after.className = isChanged ? classOf(now) : "quiet";
    const brief = briefAnswer(this.page, this.state, stands, isChanged);
    this.at.brief.textContent = label ? `${brief} [${label}]` : brief;
    this.at.back.setAttribute("aria-disabled", String(!isChanged)); // disabled outright, it would lose the focus
    this.at.note.hidden = !isChanged;
    this.at["note-brief"].textContent = this.at.brief.textContent;
    for (const list of [this.at.changes, this.at["note-list"]]) {
      list.replaceChildren(...changes.map(({ says }) => element("li", {}, `${says.charAt(0).toUpperCase()}${says.slice(1)}`)));
    }
    this.at["what-changed"].hidden = !isChanged;
  }

  showMoved(stands, moved, changes) {
    const lines = moved.map((p) => {
      const because = element("span", { class: "quiet" });
      const made = element("li", {}, `${saysOf(this.page, p)}: `, badge(this.before[p]), " → ", badge(stands[p]), " ", because);
      return { p, because, made };
    });
    this.at.moved.replaceChildren(...lines.map(({ made }) => made));
    if (!lines.length) this.at.moved.append(element("li", {}, "Nothing."));
    const { length } = lines;
    this.at.number.textContent = length === 0 ? "nothing" : length === 1 ? "1 proposition" : `${length} propositions`;
    this.explain(lines, changes);
  }

  // Why each proposition moved, a few at a time, so that a long search never holds up the reader; a new state ends it.
  explain(lines, changes) {
    const turn = ++this.turn, tried = trying(this.page, changes);
    const next = (number) => {
      if (turn !== this.turn || number >= lines.length) return;
      const { p, because } = lines[number];
      because.textContent = `because of ${listed(irreducible(changes, p, tried).map(({ id }) => id))}`;
      setTimeout(next, 0, number + 1);
    };
    setTimeout(next, 0, 0);
  }
}

new Panel(JSON.parse(document.getElementById("panel:data").textContent)).open();
