// A slider and a number for every number of the run.

import { button, element, number } from "/elements.js";

const fineness = 400;

export class Knobs {
  constructor(send) {
    this.send = send;
    this.node = element("div", { class: "knobs", role: "group", "aria-label": "Numbers of the run" });
    this.rows = new Map();
    this.shape = "";
  }

  receive(knobs) {
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
    Object.assign(this, { knob, send, touched: 0 });
    const id = `knob-${knob.name}`;
    this.slider = element("input", { type: "range", id, min: 0, max: this.isCoarse ? knob.most - knob.least : fineness, step: 1, "aria-describedby": `${id}-help`, title: knob.help });
    this.field = element("input", { type: "text", inputmode: "decimal", size: 7, "aria-label": `${this.spoken}, as a number` });
    this.slider.addEventListener("input", () => this.choose(this.fromSlider(Number(this.slider.value))));
    this.field.addEventListener("change", () => this.typed());
    this.field.addEventListener("keydown", (event) => {
      const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (event.key === "Enter") this.typed();
      if (!step) return;
      event.preventDefault();
      this.choose(this.fromSlider(this.toSlider(this.value) + step * (this.isCoarse ? 1 : fineness / 100)));
    });
    this.line = element("code", {});
    this.write = button({ icon: "write", title: "Write into the program", class: "quiet icon", onclick: () => send("write", { name: knob.name }) });
    this.node = element("div", { class: "knob" },
      element("label", { for: id, title: `${knob.name}: ${knob.help}` }, knob.label || knob.name.replaceAll("_", " ")), this.slider, this.field, this.write,
      element("span", { class: "unseen", id: `${id}-help` }, knob.help ?? ""));
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
    const value = Number(this.field.value.replace("−", "-").replace(",", "."));
    if (this.field.value.trim() === "" || !Number.isFinite(value)) { this.show(this.value); return; }
    if (value !== this.value) this.choose(this.knob.whole ? Math.round(value) : value);
  }

  choose(value) {
    this.touched = performance.now();
    this.show(value);
    this.send("set", { name: this.knob.name, value });
  }

  update(knob) {
    this.knob = knob;
    this.write.title = `Write into the program: ${knob.line}`;
    this.write.setAttribute("aria-label", this.write.title);
    // What is being moved here is not moved back by what was true before.
    if (performance.now() - this.touched < 400 || document.activeElement === this.field && this.field.value !== number(this.value)) return;
    if (knob.value !== this.value) this.show(knob.value);
  }

  show(value) {
    this.value = value;
    this.slider.value = this.toSlider(value);
    this.slider.setAttribute("aria-valuetext", number(value));
    this.slider.style.setProperty("--part", `${(100 * this.slider.value) / this.slider.max}%`);
    this.field.value = number(value);
  }
}
