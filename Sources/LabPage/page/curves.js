// The history of a run as curves: panels with one axis of steps; the value under the pointer, or under a cursor that the arrow keys move.

import { element, kept, number } from "/elements.js";
import { fit } from "/palette.js";

const panels = [
  { title: "Losses", series: { d_loss: ["D", "critic"], g_loss: ["G", "fake"] } },
  { title: "D’s outputs", series: { d_real: ["real", "real"], d_fake: ["samples", "fake"] } },
  { title: "Slope of D", series: { gradient_norm: ["slope", "critic"] } },
];
const known = new Set(panels.flatMap(({ series }) => Object.keys(series)));

export class Curves {
  constructor() {
    this.steps = [];
    this.values = {};
    this.target = null;
    this.cursor = null;
    this.canvas = element("canvas", { tabindex: "0", role: "img", "aria-label": "Curves" });
    this.box = element("div", { class: "curve-box" }, this.canvas);
    const log = element("input", { type: "checkbox" });
    log.checked = this.isLog = kept.get("log") === "true";
    log.onchange = () => { this.isLog = log.checked; kept.set("log", this.isLog); this.onChange?.(); };
    this.reading = element("output", { class: "reading", "aria-live": "off" });
    this.node = element("div", { class: "curves" }, this.box, element("div", { class: "curve-foot" }, this.reading, element("label", {}, log, " steps on a log scale")));
    this.canvas.addEventListener("pointermove", (event) => this.point(event.offsetX));
    this.canvas.addEventListener("pointerleave", () => { this.cursor = null; this.onChange?.(); });
    this.canvas.addEventListener("keydown", (event) => this.pressed(event));
    this.canvas.addEventListener("blur", () => { this.cursor = null; this.onChange?.(); });
  }

  receive({ from, step, values }) {
    if (from === 0) { this.steps = []; this.values = {}; }
    this.steps.length = Math.min(this.steps.length, from);
    for (const one of step) this.steps.push(one);
    for (const [name, list] of Object.entries(values)) {
      const whole = (this.values[name] ??= []);
      while (whole.length < from) whole.push(null);
      whole.length = from;
      for (const one of list) whole.push(one);
    }
    if (this.cursor !== null && this.cursor >= this.steps.length) this.cursor = null;
  }

  clear() { this.steps = []; this.values = {}; this.cursor = null; }

  /** Panels that have something to show; what is of no known name has a panel of its own. */
  get shown() {
    const has = (name) => this.values[name]?.some((value) => value !== null);
    const all = panels.map((panel) => ({ ...panel, series: Object.fromEntries(Object.entries(panel.series).filter(([name]) => has(name))) }));
    for (const name of Object.keys(this.values)) {
      if (!known.has(name) && has(name)) all.push({ title: name.replaceAll("_", " "), series: { [name]: ["", "critic"] } });
    }
    return all.filter(({ series }) => Object.keys(series).length);
  }

  get isEmpty() { return this.steps.length < 2; }

  pressed(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -20, PageDown: 20, Home: -Infinity, End: Infinity }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    this.reading.setAttribute("aria-live", "polite");
    const last = this.steps.length - 1;
    this.cursor = Math.max(0, Math.min(last, (this.cursor ?? last) + step));
    this.onChange?.();
  }

  point(x) {
    if (!this.plot || this.isEmpty) return;
    const { left, right, value } = this.plot;
    const wanted = value(Math.max(left, Math.min(right, x)));
    let low = 0, high = this.steps.length - 1;
    while (low < high) { const middle = (low + high) >> 1; if (this.steps[middle] < wanted) low = middle + 1; else high = middle; }
    if (low > 0 && wanted - this.steps[low - 1] < this.steps[low] - wanted) low -= 1;
    this.reading.setAttribute("aria-live", "off");
    this.cursor = low;
    this.onChange?.();
  }

  draw(colors) {
    const width = this.box.clientWidth, height = this.box.clientHeight;
    if (!width || !height) return;
    const context = fit(this.canvas, width, height);
    context.clearRect(0, 0, width, height);
    const { unit } = colors;
    const size = 12 * unit;
    context.font = `${size}px ${colors.font}`;
    const shown = this.shown;
    if (this.isEmpty || !shown.length) {
      context.fillStyle = colors.soft;
      context.textAlign = "center";
      context.fillText("The curves begin with the first steps.", width / 2, height / 2);
      this.reading.textContent = "";
      return;
    }
    const left = 46 * unit, right = width - 104 * unit, foot = 20 * unit;
    const first = this.isLog ? Math.max(1, this.steps.find((step) => step > 0) ?? 1) : this.steps[0], last = Math.max(this.steps.at(-1), first + 1);
    const scale = this.isLog ? (step) => Math.log(Math.max(first, step) / first) / Math.log(last / first) : (step) => (step - first) / (last - first);
    const across = (step) => left + scale(step) * (right - left);
    this.plot = { left, right, value: (x) => { const part = (x - left) / (right - left); return this.isLog ? first * (last / first) ** part : first + part * (last - first); } };
    const tall = (height - foot) / shown.length;
    shown.forEach((panel, index) => this.drawPanel(context, panel, colors, { left, right, top: index * tall + 20 * unit, bottom: (index + 1) * tall - 6 * unit, across }));
    this.drawSteps(context, colors, across, first, last, height);
    this.drawCursor(context, colors, across, height - foot, shown);
    this.canvas.setAttribute("aria-label", this.words(shown, this.steps.length - 1, "Curves, latest: "));
  }

  drawPanel(context, panel, colors, { left, right, top, bottom, across }) {
    const { unit } = colors;
    let low = Infinity, high = -Infinity;
    for (const name of Object.keys(panel.series)) {
      for (const value of this.values[name]) if (value !== null) { low = Math.min(low, value); high = Math.max(high, value); }
    }
    const hasTarget = panel.series.gradient_norm && this.target !== null;
    if (hasTarget) { low = Math.min(low, this.target); high = Math.max(high, this.target); }
    if (!(high > low)) { low -= 0.5; high += 0.5; }
    const up = (value) => bottom - ((value - low) / (high - low)) * (bottom - top);
    context.lineWidth = 1;
    context.textBaseline = "middle";
    for (const value of ticks(low, high, Math.max(2, Math.round((bottom - top) / (32 * unit))))) {
      const y = Math.round(up(value)) + 0.5;
      context.strokeStyle = colors.line;
      context.beginPath();
      context.moveTo(left, y);
      context.lineTo(right, y);
      context.stroke();
      context.fillStyle = colors.soft;
      context.textAlign = "right";
      context.fillText(number(value, 3), left - 6 * unit, y);
    }
    context.textAlign = "left";
    context.fillStyle = colors.ink;
    context.font = `600 ${12 * unit}px ${colors.font}`;
    context.fillText(panel.title, left, top - 11 * unit);
    context.font = `${12 * unit}px ${colors.font}`;
    const ends = [];
    if (hasTarget) {
      context.setLineDash([2 * unit, 4 * unit]);
      context.strokeStyle = colors.ink;
      context.lineWidth = colors.stroke;
      context.beginPath();
      context.moveTo(left, up(this.target));
      context.lineTo(right, up(this.target));
      context.stroke();
      context.setLineDash([]);
      ends.push({ y: up(this.target), text: `target ${number(this.target, 3)}`, color: colors.ink });
    }
    Object.entries(panel.series).forEach(([name, [label, color]], order) => {
      context.strokeStyle = colors[color];
      context.lineWidth = 1.5 * colors.stroke;
      trace(context, this.steps, this.values[name], across, up, 2 * colors.stroke);
      const latest = this.values[name].findLast((value) => value !== null);
      endMark(context, across(this.steps.at(-1)), up(latest), 2.6 * Math.sqrt(colors.stroke * unit), colors[color], order === 1);
      ends.push({ y: up(latest), text: `${label} ${number(latest, 3)}`.trim(), color: colors[`${color}-ink`] ?? colors[color] });
    });
    ends.sort((a, b) => a.y - b.y);
    for (let index = 1; index < ends.length; index += 1) ends[index].y = Math.max(ends[index].y, ends[index - 1].y + 14 * unit);
    for (let index = ends.length - 1, limit = bottom; index >= 0; index -= 1, limit -= 14 * unit) ends[index].y = Math.min(ends[index].y, limit);
    for (const { y, text, color } of ends) { context.fillStyle = color; context.fillText(text, right + 7 * unit, y); }
  }

  drawSteps(context, colors, across, first, last, height) {
    context.fillStyle = colors.soft;
    context.textAlign = "center";
    const marks = this.isLog ? decades(first, last) : ticks(first, last, 4);
    for (const step of marks) context.fillText(number(step, 6), across(step), height - 8 * colors.unit);
    context.textAlign = "right";
    context.fillText("step", this.box.clientWidth - 2, height - 8 * colors.unit);
    context.textAlign = "left";
  }

  drawCursor(context, colors, across, bottom, shown) {
    if (this.cursor === null) { this.reading.textContent = ""; return; }
    const x = Math.round(across(this.steps[this.cursor])) + 0.5;
    context.strokeStyle = colors.ink;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, bottom);
    context.stroke();
    this.reading.textContent = this.words(shown, this.cursor, "");
  }

  words(shown, index, start) {
    const parts = shown.flatMap(({ title, series }) => Object.entries(series).map(([name, [label]]) => {
      const prefix = title === "Losses" ? `loss of ${label}` : label && title !== "Slope of D" ? `D of ${label}` : title === "Slope of D" ? "slope" : title;
      return `${prefix} ${number(this.values[name][index], 3)}`;
    }));
    return `${start}step ${this.steps[index]}: ${parts.join(", ")}`;
  }
}

/** A line through values. Where several fall into one column of the screen, it goes through their mean, in a band from the least to the greatest. */
function trace(context, steps, values, across, up, width) {
  const columns = [];
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    const place = value === null ? null : Math.floor(across(steps[index]) / width);
    let column = columns.at(-1);
    if (place === null) { if (column) columns.push(null); continue; }
    if (!column || column.place !== place) columns.push(column = { place, x: across(steps[index]), least: value, most: value, sum: 0, count: 0 });
    column.least = Math.min(column.least, value);
    column.most = Math.max(column.most, value);
    column.sum += value;
    column.count += 1;
  }
  context.beginPath();
  for (const column of columns) if (column?.count > 1) { context.moveTo(column.x, up(column.least)); context.lineTo(column.x, up(column.most)); }
  const line = context.lineWidth;
  Object.assign(context, { lineWidth: width, globalAlpha: 0.28 });
  context.stroke();
  Object.assign(context, { lineWidth: line, globalAlpha: 1 });
  context.beginPath();
  columns.forEach((column, index) => {
    if (!column) return;
    if (columns[index - 1]) context.lineTo(column.x, up(column.sum / column.count));
    else context.moveTo(column.x, up(column.sum / column.count));
  });
  context.stroke();
}

/** Where a line stands now: a circle or a diamond, as in the landscape. */
function endMark(context, x, y, size, color, isDiamond) {
  context.beginPath();
  if (isDiamond) {
    for (const [dx, dy] of [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]]) context.lineTo(x + dx * size, y + dy * size);
  } else context.arc(x, y, size, 0, 2 * Math.PI);
  context.fillStyle = color;
  context.fill();
}

/** Round numbers between two others, about so many. */
function ticks(low, high, count) {
  const raw = (high - low) / count, power = 10 ** Math.floor(Math.log10(raw));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= raw * 0.999);
  const result = [];
  for (let index = Math.ceil(low / step); index * step <= high + step * 1e-6; index += 1) result.push(index * step);
  return result;
}

function decades(first, last) {
  const result = [];
  for (let power = 10 ** Math.floor(Math.log10(first)); power <= last; power *= 10) if (power >= first) result.push(power);
  return result;
}
