// The history of a run as curves: panels with one axis of steps; the value under the pointer, or under a cursor that the arrow keys move.

import { element, kept, minus, number } from "/elements.js";
import { fit } from "/palette.js";
import { decades, ticks } from "/ticks.js";

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
    /** What was changed in the middle of the run: behind which step, and in which words. */
    this.marks = [];
    /** The slope that the penalty wants of D, and whether that is the most that it allows. */
    this.aim = null;
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

  receive({ from, step, values, marks = [] }) {
    this.marks = marks;
    if (from === 0) { this.steps = []; this.values = {}; }
    this.steps.length = Math.min(this.steps.length, from);
    for (const one of step) this.steps.push(one);
    for (const [name, list] of Object.entries(values)) {
      const whole = (this.values[name] ??= []);
      while (whole.length < from) whole.push(null);
      whole.length = from;
      // Null: nothing was found at the step; a text: what was found is no number.
      for (const one of list) whole.push(typeof one === "string" ? NaN : one);
    }
    if (this.cursor !== null && this.cursor >= this.steps.length) this.cursor = null;
  }

  clear() { this.steps = []; this.values = {}; this.marks = []; this.cursor = null; }

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
    // In a narrow box the latest values stand behind the titles, or below them.
    const isNarrow = width < 430 * unit;
    const outlines = shown.map((panel) => this.outline(panel, isNarrow));
    const long = (text) => context.measureText(text).width;
    const widest = Math.max(0, ...outlines.flatMap(({ labels }) => labels.map(({ text }) => long(text))));
    const left = 46 * unit, right = width - (isNarrow ? 14 * unit : Math.max(104 * unit, widest + 12 * unit)), foot = 20 * unit;
    const first = this.isLog ? Math.max(1, this.steps.find((step) => step > 0) ?? 1) : this.steps[0], last = Math.max(this.steps.at(-1), first + 1);
    const scale = this.isLog ? (step) => Math.log(Math.max(first, step) / first) / Math.log(last / first) : (step) => (step - first) / (last - first);
    const across = (step) => left + scale(step) * (right - left);
    this.plot = { left, right, value: (x) => { const part = (x - left) / (right - left); return this.isLog ? first * (last / first) ** part : first + part * (last - first); } };
    const tall = (height - foot) / shown.length;
    const places = shown.map((panel, index) => {
      const labels = outlines[index].labels.reduce((sum, { text }) => sum + long(text) + 10 * unit, 0);
      const isBelow = isNarrow && 2 + 1.12 * long(panel.title) + 10 * unit + labels > width;
      const top = index * tall + (isBelow ? 34 : 20) * unit, bottom = (index + 1) * tall - 6 * unit;
      this.drawPanel(context, panel, outlines[index], colors, { left, right, top, bottom, across, isNarrow, isBelow });
      return { top, bottom };
    });
    this.drawMarks(context, colors, across, places, first, right);
    this.drawSteps(context, colors, across, first, last, height, isNarrow);
    this.drawCursor(context, colors, across, height - foot, shown);
    const changes = this.marks.map(({ step, text }) => `${text} from step ${step}`).join(", ");
    this.canvas.setAttribute("aria-label", this.words(shown, this.steps.length - 1, `Curves${changes ? `. ${minus(changes)}. L` : ", l"}atest: `));
  }

  /** What of a panel does not depend on its place: the ends of its axis, how far its curves reach beyond them, and what is said at their ends. */
  outline(panel, isNarrow) {
    let { low, high, below, above } = range(Object.keys(panel.series).map((name) => this.values[name]));
    const aim = panel.series.gradient_norm ? this.aim : null;
    if (aim) { low = Math.min(low, aim.slope); high = Math.max(high, aim.slope); }
    if (!(high > low)) { low -= 0.5; high += 0.5; }
    // As exactly as the panel shows it.
    const step = 10 ** Math.floor(Math.log10((high - low) / 100)), seen = (value) => isNarrow ? number(Math.round(value / step) * step, 2) : number(value, 3);
    const labels = Object.entries(panel.series).map(([name, [label, color]]) => {
      const place = this.lastKnown(name), value = this.values[name][place];
      return { text: `${label} ${seen(value)}`.trim(), value, color, place };
    });
    if (aim) labels.unshift({ text: `${aim.bound ? "at most" : "target"} ${number(aim.slope, 3)}`, value: aim.slope, color: "ink" });
    return { low, high, below, above, aim, labels };
  }

  drawPanel(context, panel, { low, high, below, above, aim, labels }, colors, { left, right, top, bottom, across, isNarrow, isBelow }) {
    const { unit } = colors;
    const up = (value) => bottom - ((value - low) / (high - low)) * (bottom - top);
    this.drawAxis(context, colors, { low, high, left, right, top, bottom, up });
    context.textAlign = "left";
    context.fillStyle = colors.ink;
    context.font = `600 ${12 * unit}px ${colors.font}`;
    const start = isNarrow ? 2 : left, head = top - (isBelow ? 25 : 11) * unit;
    context.fillText(panel.title, start, head);
    const behind = start + context.measureText(panel.title).width + 10 * unit;
    context.font = `${12 * unit}px ${colors.font}`;
    if (aim) {
      context.setLineDash([2 * unit, 4 * unit]);
      context.strokeStyle = colors.ink;
      context.lineWidth = colors.stroke;
      context.beginPath();
      context.moveTo(left, up(aim.slope));
      context.lineTo(right, up(aim.slope));
      context.stroke();
      context.setLineDash([]);
    }
    context.save();
    context.beginPath();
    context.rect(left, top - 2 * unit, right - left + 8 * unit, bottom - top + 4 * unit);
    if (below !== null || above !== null) context.clip();
    Object.entries(panel.series).forEach(([name, [, color]], order) => {
      context.strokeStyle = colors[color];
      context.lineWidth = 1.5 * colors.stroke;
      trace(context, this.steps, this.values[name], across, up, 2 * colors.stroke);
      const place = this.lastKnown(name), latest = this.values[name][place];
      if (Number.isFinite(latest)) endMark(context, across(this.steps[place]), up(latest), 2.6 * Math.sqrt(colors.stroke * unit), colors[color], order === 1);
    });
    context.restore();
    const ink = (color) => colors[`${color}-ink`] ?? colors[color];
    // What lies beyond the axis is told of: behind the title, or where the curves run out.
    const beyond = [above === null ? null : `↑ to ${number(above, 3)}`, below === null ? null : `↓ to ${number(below, 3)}`];
    if (isNarrow) {
      let place = isBelow ? start : behind;
      for (const { text, color } of labels) { context.fillStyle = ink(color); context.fillText(text, place, top - 11 * unit); place += context.measureText(text).width + 10 * unit; }
      // Beside the labels where there is room, as marks and curves pass through the panel.
      const told = beyond.filter(Boolean).reverse().join("  ");
      if (place + context.measureText(told).width <= right + 8 * unit) {
        context.fillStyle = colors.soft;
        context.fillText(told, place, top - 11 * unit);
        return;
      }
      beyond.forEach((text, index) => { if (text) haloed(context, colors, text, left + 4 * unit, index ? bottom - 7 * unit : top + 7 * unit); });
      return;
    }
    context.fillStyle = colors.soft;
    context.fillText(beyond.filter(Boolean).reverse().join("  "), behind, head);
    const ends = labels.map(({ text, value, color }) => ({ y: Number.isFinite(value) ? up(value) : bottom, text, color })).sort((a, b) => a.y - b.y);
    for (let index = 1; index < ends.length; index += 1) ends[index].y = Math.max(ends[index].y, ends[index - 1].y + 14 * unit);
    for (let index = ends.length - 1, limit = bottom; index >= 0; index -= 1, limit -= 14 * unit) ends[index].y = Math.min(ends[index].y, limit);
    for (const { y, text, color } of ends) { context.fillStyle = ink(color); context.fillText(text, right + 7 * unit, y); }
  }

  drawAxis(context, colors, { low, high, left, right, top, bottom, up }) {
    const { unit } = colors;
    context.lineWidth = 1;
    context.textBaseline = "middle";
    const marks = someTicks(low, high, (bottom - top) / (32 * unit));
    // Where they are too close for type every other one is told.
    const every = Math.ceil((13 * unit) / Math.max(1, Math.abs(up(marks[1]) - up(marks[0])))) || 1;
    for (const [index, value] of marks.entries()) {
      const y = Math.round(up(value)) + 0.5;
      context.strokeStyle = colors.line;
      context.beginPath();
      context.moveTo(left, y);
      context.lineTo(right, y);
      context.stroke();
      context.fillStyle = colors.soft;
      context.textAlign = "right";
      if (index % every === 0) context.fillText(number(value, 3), left - 6 * unit, y);
    }
  }

  /** A line in all panels where something was changed, with its word; where words would lie upon each other the newest stand, in three rows at most. */
  drawMarks(context, colors, across, places, first, right) {
    const { unit } = colors, taken = [0, 0, 0].map(() => []);
    context.textAlign = "left";
    for (const { step, text } of this.marks.toReversed()) {
      if (step < first) continue;
      const x = Math.round(across(step)) + 0.5, wide = context.measureText(text).width, isLeft = x + wide + 6 * unit > right;
      Object.assign(context, { strokeStyle: colors.soft, lineWidth: colors.stroke, globalAlpha: 0.7 });
      context.beginPath();
      for (const { top, bottom } of places) { context.moveTo(x, top); context.lineTo(x, bottom); }
      context.stroke();
      context.globalAlpha = 1;
      const from = isLeft ? x - wide - 4 * unit : x + 4 * unit, to = from + wide + 6 * unit;
      const row = taken.findIndex((words) => words.every(([start, end]) => to < start || from > end));
      if (row < 0) continue;
      taken[row].push([from, to]);
      haloed(context, colors, minus(text), from, places[0].top + (7 + 14 * row) * unit, colors.ink);
    }
  }

  drawSteps(context, colors, across, first, last, height, isNarrow) {
    context.fillStyle = colors.soft;
    context.textAlign = "center";
    const marks = this.isLog ? decades(first, last) : ticks(first, last, 4);
    for (const step of marks) {
      const text = number(step, 6), half = context.measureText(text).width / 2 + 1;
      context.fillText(text, Math.min(across(step), this.box.clientWidth - half), height - 8 * colors.unit);
    }
    context.textAlign = isNarrow ? "left" : "right";
    context.fillText("step", isNarrow ? 2 : this.box.clientWidth - 2, height - 8 * colors.unit);
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

  /** The last row up to this one at which a number was found; −1 where there is none. */
  lastKnown(name, index = this.steps.length - 1) { return this.values[name].slice(0, index + 1).findLastIndex((value) => value !== null); }

  words(shown, index, start) {
    const parts = shown.flatMap(({ title, series }) => Object.entries(series).map(([name, [label]]) => {
      const prefix = title === "Losses" ? `loss of ${label}` : label && title !== "Slope of D" ? `D of ${label}` : title === "Slope of D" ? "slope" : title;
      const place = this.lastKnown(name, index);
      if (place < 0) return `${prefix} –`;
      // What is not found at each step is said to be of the step at which it was.
      return `${prefix} ${number(this.values[name][place], 3)}${place === index ? "" : ` at step ${this.steps[place]}`}`;
    }));
    return `${start}step ${this.steps[index]}: ${parts.join(", ")}`;
  }
}

/** A line through values. Where several fall into one column of the screen, it goes through their mean, in a band from the least to the greatest. */
function trace(context, steps, values, across, up, width) {
  const columns = [];
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    // Where nothing was found the line goes on to the next number; what is no number breaks it.
    if (value === null) continue;
    let column = columns.at(-1);
    if (Number.isNaN(value)) { if (column) columns.push(null); continue; }
    const place = Math.floor(across(steps[index]) / width);
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

/** The ends of an axis for series of numbers. A few that lie far away, as in the first steps, do not flatten the others: they run out of the
 *  picture, and `below` and `above` say how far. The last tenth is always seen whole. */
function range(series) {
  const numbers = series.flatMap((values) => values.filter((value) => value !== null && Number.isFinite(value))).sort((a, b) => a - b);
  if (!numbers.length) return { low: -0.5, high: 0.5, below: null, above: null };
  const least = numbers[0], most = numbers.at(-1);
  if (numbers.length < 16) return { low: least, high: most, below: null, above: null };
  const at = (part) => numbers[Math.round(part * (numbers.length - 1))];
  let low = at(0.04), high = at(0.96);
  for (const values of series) {
    for (const value of values.slice(-Math.ceil(values.length / 10))) if (value !== null && Number.isFinite(value)) { low = Math.min(low, value); high = Math.max(high, value); }
  }
  const room = 0.25 * (high - low);
  // Whole where that costs little.
  if (!(room > 0) || most - least < 2.5 * (high - low)) return { low: least, high: most, below: null, above: null };
  low = Math.max(least, low - room);
  high = Math.min(most, high + room);
  return { low, high, below: low > least ? least : null, above: high < most ? most : null };
}

/** Type upon lines. */
function haloed(context, colors, text, x, y, color = colors.soft) {
  Object.assign(context, { strokeStyle: colors.paper, lineWidth: 3 * colors.unit, lineJoin: "round", fillStyle: color, textBaseline: "middle" });
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
}

/** At least three round numbers on an axis, however low it is. */
function someTicks(low, high, count) {
  let found = [];
  for (let wanted = Math.max(2, Math.round(count)); found.length < 3 && wanted < 24; wanted += 1) found = ticks(low, high, wanted);
  return found;
}
