// A slider and a number for every number of the run.

import { button, element, number, refuse } from "/elements.js";

const fineness = 400;
/** What is asked for here bears a mark that no other page has. */
const begun = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
let marks = 0;

export class Knobs {
  constructor(send) {
    this.send = send;
    this.node = element("div", { class: "knobs", role: "group", "aria-label": "Numbers of the run" });
    this.rows = new Map();
    this.shape = "";
  }

  /** `answered`: the marks of what has been set, or refused, since it was told last. */
  receive(knobs, answered = []) {
    for (const row of this.rows.values()) row.hear(answered);
    const shape = JSON.stringify(knobs.map(({ name, least, most, scale, label }) => [name, least, most, scale, label]));
    if (shape !== this.shape) {
      this.shape = shape;
      const focused = document.activeElement?.id;
      this.rows = new Map(knobs.map((knob) => [knob.name, new Knob(knob, this.send)]));
      this.node.replaceChildren(...[...this.rows.values()].map(({ node }) => node));
      if (focused) document.getElementById(focused)?.focus();
    }
    for (const knob of knobs) this.rows.get(knob.name).update(knob);
  }
}

class Knob {
  constructor(knob, send) {
    Object.assign(this, { knob, send, asked: null });
    const id = `knob-${knob.name}`;
    this.slider = element("input", { type: "range", id, min: 0, max: this.isCoarse ? knob.most - knob.least : fineness, step: 1, "aria-describedby": `${id}-help`, title: knob.help });
    this.field = element("input", { type: "text", id: `${id}-field`, inputmode: "decimal", size: 7, "aria-label": `${this.spoken}, as a number` });
    this.slider.addEventListener("input", () => this.choose(this.fromSlider(Number(this.slider.value))));
    this.field.addEventListener("input", () => { this.isTyped = true; });
    this.field.addEventListener("change", () => this.typed());
    this.field.addEventListener("keydown", (event) => {
      const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (event.key === "Enter") this.typed();
      if (!step) return;
      event.preventDefault();
      this.choose(this.fromSlider(this.toSlider(this.value) + step * (this.isCoarse ? 1 : fineness / 100)));
    });
    this.help = element("span", { class: "unseen", id: `${id}-help` }, knob.help ?? "");
    this.reason = null;
    this.write = button({ icon: "write", title: "Write into the program", class: "quiet icon", onclick: () => send("write", { name: knob.name }) });
    this.node = element("div", { class: "knob" },
      element("label", { for: id, title: `${knob.name}: ${knob.help}` }, knob.label || knob.name.replaceAll("_", " ")), this.slider, this.field, this.write,
      this.help);
  }

  get spoken() { return this.knob.label || this.knob.name; }
  get isCoarse() { const { whole, scale, least, most } = this.knob; return whole && scale !== "log" && most - least <= fineness; }
  /** Where a log scale begins; what is less lies at the slider's end. */
  get floor() { const { least, most } = this.knob; return least > 0 ? least : most / 1e5; }

  fromSlider(place) {
    const { least, most, scale, whole } = this.knob;
    if (this.isCoarse) return least + place;
    const part = Math.max(0, Math.min(1, place / fineness));
    if (part === 0) return least;
    const raw = scale === "log" ? this.floor * (most / this.floor) ** part : least + part * (most - least);
    return whole ? Math.round(raw) : Number(raw.toPrecision(3));
  }

  toSlider(value) {
    const { least, most, scale } = this.knob;
    if (this.isCoarse) return value - least;
    const part = scale === "log" ? Math.log(Math.max(this.floor, value) / this.floor) / Math.log(most / this.floor) : (value - least) / (most - least);
    return Math.round(fineness * Math.max(0, Math.min(1, part || 0)));
  }

  typed() {
    const text = this.field.value.trim();
    if (text === number(this.value)) { this.isTyped = false; return; }
    const value = Number(text.replaceAll("−", "-").replace(",", "."));
    if (text === "" || !Number.isFinite(value)) {
      this.refused(text === "" ? `${this.knob.name} is ${number(this.value)}, as it was.` : `“${text}” is not a number: ${this.knob.name} stays ${number(this.value)}.`);
      this.show(this.value);
      return;
    }
    if (value !== this.value) this.choose(value);
  }

  /** It is said here, and the field, where it has the focus, takes the next number in place of the one that it goes back to. */
  refused(text) {
    refuse(this.node, text);
    this.isRefused = true;
  }

  choose(value) {
    if (this.slider.disabled) return;
    refuse(this.node);
    this.isRefused = false;
    const mark = `${begun}-${marks += 1}`;
    this.asked = { mark, at: performance.now() };
    this.show(value);
    this.send("set", { name: this.knob.name, value, mark });
  }

  /** What was asked for here has been done or refused: from now on the run's own number is shown. */
  hear(answered) { if (this.asked && answered.includes(this.asked.mark)) { this.asked = null; this.isTyped = false; } }

  update(knob) {
    this.knob = knob;
    this.write.title = `Write into the program: ${knob.line}`;
    this.write.setAttribute("aria-label", this.write.title);
    this.permit(knob.idle ?? null);
    // What is being moved here is not moved back by what was true before; but an answer may be lost with a connection.
    if (this.asked && performance.now() - this.asked.at < 20_000) return;
    this.asked = null;
    if (knob.value !== this.value) this.show(knob.value, this.isBeingTyped);
  }

  get isBeingTyped() { return document.activeElement === this.field && this.isTyped; }

  /** What does nothing as the run is is switched off, and says why. */
  permit(reason) {
    if (reason === this.reason) return;
    this.reason = reason;
    for (const control of [this.slider, this.field, this.write]) control.disabled = reason !== null;
    this.node.classList.toggle("idle", reason !== null);
    this.node.title = reason === null ? "" : `${this.spoken} does nothing now: ${reason}`;
    this.help.textContent = reason === null ? this.knob.help ?? "" : `${this.knob.help ?? ""}; it does nothing now: ${reason}`;
  }

  show(value, keepsField = false) {
    this.value = value;
    this.slider.value = this.toSlider(value);
    this.slider.setAttribute("aria-valuetext", number(value));
    this.slider.style.setProperty("--part", `${(100 * this.slider.value) / this.slider.max}%`);
    if (keepsField) return;
    this.field.value = number(value);
    this.isTyped = false;
    if (this.isRefused && document.activeElement === this.field) this.field.select();
    this.isRefused = false;
  }
}
