// One cell: its text, what it has put out, and how it stands.

import { button, duration, element, icon, minus, paced, place } from "/elements.js";
import { Editor } from "/editor.js";
import { merge } from "/merge.js";

const words = { stale: "stale", queued: "queued", running: "running", paused: "paused", failed: "failed", stopped: "stopped" };
const kinds = { code: "Code", prose: "Prose", raw: "Raw text" };

export class Cell {
  /** `program` does what the cell's buttons say. */
  constructor(content, program) {
    this.program = program;
    this.id = content.id;
    this.kind = content.kind;
    // The text that the session is known to have; what was sent and is not answered, by its numbers; whether something was typed since.
    Object.assign(this, { base: "", sent: [], isDirty: false, typedAt: -Infinity });
    this.news = new Map();
    this.takeNews = paced(60, () => { if (this.news.size) this.takeOutputs(); });
    this.build();
    this.update(content);
  }

  build() {
    const { program } = this;
    this.editor = new Editor({ label: `${kinds[this.kind]} of the cell`, code: this.kind === "code", onText: () => program.typed(this) });
    this.title = element("p", { class: "title", hidden: true });
    this.laidOut = element("div", { class: "prose", ondblclick: () => program.edit(this) });
    this.count = element("span", { class: "count" });
    this.run = button({ icon: "play", title: "Run (Shift-Enter)", class: "run quiet icon", tabindex: "-1", onclick: () => program.runOrStop(this) });
    this.status = element("span", { class: "status" });
    this.outputs = element("div", { class: "outputs", role: "group", "aria-label": "Output", hidden: true });
    this.progress = element("div", { class: "progress", role: "progressbar", hidden: true }, element("i"));
    this.progressWords = element("div", { class: "progress-words", hidden: true });
    this.node = element("article", { class: `cell kind-${this.kind}`, tabindex: "-1", "data-id": this.id },
      element("div", { class: "margin" }, this.kind === "code" ? this.run : null, this.count),
      element("div", { class: "body" }, this.title, this.kind === "prose" ? this.laidOut : null, this.editor.node,
        element("div", { class: "foot" }, this.progressWords, this.status), this.progress, this.outputs));
    for (const event of ["pointerenter", "focusin"]) this.node.addEventListener(event, () => this.equip(), { once: true });
    if (this.kind === "prose") {
      this.editor.area.addEventListener("blur", () => this.show());
      this.editor.node.hidden = true;
    }
  }

  /** Its buttons, once somebody comes near it: a document may have very many cells. */
  equip() {
    if (this.tools) return;
    const { program } = this;
    const tool = (icon, title, onclick) => button({ icon, title, class: "quiet icon", tabindex: "-1", onclick });
    this.tools = element("div", { class: "cell-tools" },
      tool("up", "Move up (Ctrl-Shift-↑)", () => program.move(this, -1)), tool("down", "Move down (Ctrl-Shift-↓)", () => program.move(this, 1)),
      tool("delete", "Delete (d d)", () => program.remove(this)));
    this.inserter = element("div", { class: "inserter" },
      ...["code", "prose"].map((kind) => button({ icon: "add", text: kinds[kind], class: "quiet", tabindex: "-1", title: `Insert ${kind} here`,
        onclick: () => program.insert(this.id, kind) })));
    this.node.append(this.tools, this.inserter);
  }

  get isEdited() { return this.editor.hasFocus; }

  /** Whether the session does not have the text that is here. */
  get isWaiting() { return this.isDirty || this.sent.length > 0; }

  /** What was written here when it was sent last. */
  get last() { return this.sent.at(-1)?.text ?? this.base; }

  /** What is to be sent of it. */
  get change() { return { cell: this.id, text: this.editor.text, base: this.last }; }

  /** Its text is on its way. */
  wasSent(request) {
    this.sent.push({ request, text: this.editor.text });
    this.isDirty = false;
  }

  /** The session has another text: what was typed here goes into it. What is on its way is answered with all that was written. */
  receive(text) {
    if (!this.sent.length) this.join(this.base, text);
  }

  /** The session has taken what was sent, and made `text` of it where somebody else has written meanwhile. */
  answered(request, text) {
    if (!this.sent.some((one) => one.request === request)) return;
    this.arrived(request);
    if (!this.sent.length) this.join(this.base, text ?? this.base);
  }

  /** The session has what was sent up to a number. */
  arrived(request) {
    while (this.sent.length && this.sent[0].request <= request) this.base = this.sent.shift().text;
  }

  /** The session has told everything: up to which number it has what was sent. On another connection nothing else is on its way any more. */
  wasTold(taken, isAnother) {
    this.arrived(taken ?? 0);
    if (!isAnother || !this.sent.length) return;
    Object.assign(this, { sent: [], isDirty: true });
  }

  join(base, text) {
    if (this.editor.isComposing) { this.editor.whenComposed(() => this.join(base, text)); return; }
    const own = this.editor.text;
    if (own === text) { /* Nothing is new. */ }
    else if (own === base && !this.isEdited) this.editor.set(text);
    else { const joined = merge(base, own, text); this.editor.set(joined.text, null, joined.place); }
    this.base = text;
    this.isDirty = this.editor.text !== text;
    if (this.isDirty) this.program.sendTexts();
  }

  /** Goes on in place of one that is gone, with what was written there. */
  becomes({ id }) {
    this.id = this.node.dataset.id = id;
    Object.assign(this, { base: "", sent: [], isDirty: true });
    this.setOutputs([]);
    this.setState({ state: "new", count: null, seconds: null });
  }

  /** What the server says of it. A text that has been typed here and is not yet there stays. */
  update(content) {
    this.content = content;
    this.receive(content.text);
    if (this.kind === "code" && content.html !== undefined) this.editor.color(content.html);
    if (this.kind === "prose") this.layOut(content.html);
    this.title.textContent = content.title ?? "";
    this.title.hidden = !content.title;
    this.node.classList.toggle("titled", Boolean(content.title));
    if (content.outputs) this.setOutputs(content.outputs);
    this.setState(content);
  }

  layOut(html) {
    if (html === null || html === undefined) return;
    const isEmpty = !this.editor.text.trim();
    if (isEmpty) this.laidOut.replaceChildren(element("p", { class: "empty" }, "Prose: Enter or a double click to write"));
    else place(this.laidOut, html);
    // Who reads on elsewhere finds this page as it was.
    for (const link of this.laidOut.querySelectorAll("a[href]")) if (link.host !== location.host) { link.target = "_blank"; link.rel = "noreferrer"; }
  }

  /** Prose as it is read. */
  show() {
    if (this.kind !== "prose") return;
    this.editor.node.hidden = true;
    this.laidOut.hidden = false;
  }

  /** The cursor into the text. */
  edit(place = null) {
    this.editor.node.hidden = false;
    this.laidOut.hidden = this.kind === "prose";
    this.editor.area.focus({ preventScroll: true });
    if (place !== null) this.editor.area.setSelectionRange(place, place);
    this.node.scrollIntoView({ block: "nearest" });
  }

  setOutputs(list) {
    this.news.clear();
    this.outputs.replaceChildren(...list.map((html) => this.output(html)));
    this.showOutputs();
  }

  /** What comes in short order is shown at once. */
  setOutput(at, html) {
    this.news.set(at, html);
    this.takeNews();
  }

  takeOutputs() {
    const { outputs } = this;
    // Measured where it is needed alone: the browser lays the page out for it.
    const isAtEnd = outputs.classList.contains("long") && outputs.scrollTop + outputs.clientHeight >= outputs.scrollHeight - 4;
    const news = [...this.news].sort(([one], [other]) => one - other);
    this.news.clear();
    const fresh = document.createDocumentFragment(), count = outputs.children.length;
    // Held while it is exchanged, so that the page does not jump.
    const isExchanged = news.some(([at]) => at < count);
    if (isExchanged) outputs.style.minHeight = `${outputs.offsetHeight}px`;
    const old = [...outputs.children];
    for (const [at, html] of news) {
      const node = this.output(html);
      if (at < count) old[at].replaceWith(node); else fresh.append(node);
    }
    outputs.append(fresh);
    this.showOutputs();
    if (isAtEnd && outputs.classList.contains("long")) outputs.scrollTop = outputs.scrollHeight;
    if (isExchanged) requestAnimationFrame(() => { outputs.style.minHeight = ""; });
  }

  /** Very long text has a window of its own. */
  showOutputs() {
    const { outputs } = this;
    outputs.hidden = outputs.children.length === 0;
    const length = outputs.textContent.length;
    outputs.classList.toggle("long", length > 12000);
    if (length > 12000) outputs.tabIndex = 0; else outputs.removeAttribute("tabindex");
  }

  output(html) {
    const node = element("div", { class: html ? "output" : "output empty" });
    place(node, html);
    // Text in pieces reads as one.
    if (node.children.length === 1 && node.firstChild.matches("pre.out")) node.classList.add("lines");
    return node;
  }

  /** What its state is called for those who listen. */
  get label() {
    if (this.kind !== "code") return kinds[this.kind];
    return `Code${this.number ? ` ${this.number}` : ""}${words[this.state] ? `, ${words[this.state]}` : ""}`;
  }

  get isBusy() { return ["running", "paused", "queued"].includes(this.state); }

  setState({ state, count, seconds }) {
    if (state !== undefined) this.state = state;
    if (count !== undefined) this.number = count;
    if (seconds !== undefined) this.seconds = seconds;
    if (this.kind === "code" && !this.isBusy) this.setProgress({ done: null });
    // Cells that run one after another in no time are painted once.
    if (this.isPainted) this.program.paintSoon(this); else this.paintState();
  }

  /** The game has moved the run that the cell has trained to a step; null: it is where the cell has left it. */
  setMoved(step) {
    this.moved = step;
    this.program.paintSoon(this);
  }

  paintState() {
    const { isBusy, label } = this;
    this.isPainted = true;
    if (isBusy) this.moved = null;
    const all = `${label} ${this.state} ${this.seconds} ${this.moved}`;
    if (this.painted === all) return;
    this.painted = all;
    this.node.setAttribute("aria-label", label);
    if (this.kind !== "code") return;
    this.node.dataset.state = this.state;
    this.count.textContent = this.number ?? "";
    const said = [words[this.state]];
    if (this.seconds !== null && this.seconds !== undefined && !isBusy && this.state !== "new") said.push(duration(this.seconds));
    if (typeof this.moved === "number") said.push(`the game is at step ${this.moved}`);
    this.status.textContent = said.filter(Boolean).join(" · ");
    if (isBusy !== this.wasBusy) {
      this.wasBusy = isBusy;
      const title = isBusy ? "Stop (i i)" : "Run (Shift-Enter)";
      this.run.replaceChildren(icon(isBusy ? "stop" : "play"));
      this.run.title = title;
      this.run.setAttribute("aria-label", title);
    }
  }

  setProgress({ title, done, total, note, seconds }) {
    const isOver = done === null || done === undefined;
    if (isOver && this.progress.hidden) return;
    this.progress.hidden = this.progressWords.hidden = isOver;
    this.status.hidden = !isOver && this.state === "running";
    if (isOver) return;
    const share = total ? Math.min(1, done / total) : null;
    const left = share && share < 1 && seconds > 1 && this.state !== "paused" ? `${duration(seconds / share - seconds)} left` : null;
    this.progressWords.textContent = [`${title} ${done}${total ? ` of ${total}` : ""}`, minus(note?.trim() ?? ""), left].filter(Boolean).join("  ·  ");
    this.progress.setAttribute("aria-label", title);
    this.progress.setAttribute("aria-valuetext", this.progressWords.textContent);
    if (share === null) this.progress.removeAttribute("aria-valuenow");
    else this.progress.setAttribute("aria-valuenow", Math.round(share * 100));
    this.progress.classList.toggle("endless", share === null);
    this.progress.firstChild.style.transform = share === null ? "" : `scaleX(${share})`;
  }

  /** `input` waits for a line; `answer(text)` sends it, null for the end. */
  ask(prompt, answer) {
    // After a lost connection it is asked again; what has been typed stays.
    if (this.question?.dataset.prompt === prompt) return;
    this.question?.remove();
    const field = element("input", { type: "text", autocomplete: "off", spellcheck: "false" });
    const finish = (text) => {
      this.question?.remove();
      this.question = null;
      answer(text);
      this.node.focus({ preventScroll: true });
    };
    this.question = element("form", { class: "question", "data-prompt": prompt, onsubmit: (event) => { event.preventDefault(); finish(field.value); } },
      element("label", {}, element("span", {}, prompt || "input"), field),
      button({ text: "Answer", type: "submit" }), button({ text: "End", class: "quiet", title: "No more lines (Ctrl-D)", onclick: () => finish(null) }));
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") this.node.focus();
      if (event.ctrlKey && event.key === "d") { event.preventDefault(); finish(field.value || null); }
    });
    this.outputs.after(this.question);
    if (document.activeElement?.tagName !== "TEXTAREA") field.focus();
  }

  endQuestion() { this.question?.remove(); this.question = null; }
}
