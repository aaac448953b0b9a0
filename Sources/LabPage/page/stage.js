// What is seen of a run: its landscape or its pictures, on a canvas that is drawn at most once a frame of the screen, and not in a hidden tab.
// On it points can be drawn, by the mouse or by keys.

import { announce, button, element, number, paced, refuse } from "/elements.js";
import { drawHistograms, histogramAt, readHistograms } from "/histograms.js";
import { drawLandscape, outputAt, readLandscape } from "/landscape.js";
import { drawPictures, readPictures } from "/pictures.js";
import { fit } from "/palette.js";
import { ticks } from "/ticks.js";

const emptyPlane = { kind: "landscape", width: 2, height: 2, x: [-1.5, 1.5], y: [-1.5, 1.5], least: 0, most: 0, realPoints: [], samplePoints: [], slopes: [], plane: [], values: [0, 0, 0, 0] };
/** So many points are drawn at least before they are used. */
const leastPoints = 10;
/** A picture is at most so many times as wide as it is high, or as high as wide; of what is thinner one axis is stretched. */
const widest = 2;

export class Stage {
  /** `use(points)` hands over what was drawn. */
  constructor({ use }) {
    // `kind`: what can be shown of the run: "points", "numbers", "pictures"; null where nothing can.
    Object.assign(this, { use, frame: null, drawn: null, pointer: null, colors: null, kind: undefined });
    this.canvas = element("canvas", { tabindex: "0", role: "img", "aria-label": "Nothing is shown yet" });
    this.cross = element("canvas", { class: "cross", "aria-hidden": "true" });
    this.box = element("div", { class: "stage-box" }, this.canvas, this.cross);
    this.reading = element("output", { class: "reading", "aria-live": "off" });
    this.scale = element("span", { class: "scale" }, element("span", {}), element("i", { "aria-hidden": "true" }), element("span", {}));
    this.legend = element("div", { class: "legend" },
      element("span", { class: "real" }, element("i", { "aria-hidden": "true" }), "real"), element("span", { class: "fake" }, element("i", { "aria-hidden": "true" }), "samples"), element("span", { class: "output" }, element("i", { "aria-hidden": "true" }), "D(x)"), this.scale);
    this.drawTools = element("div", { class: "draw-tools", role: "group", "aria-label": "Draw points", hidden: true },
      element("span", {}, "Draw with the mouse; or move with the arrow keys and set points with Space."),
      button({ text: "Use these points", class: "primary", onclick: () => this.finish(true) }),
      button({ text: "Undo", class: "quiet", onclick: () => this.undo() }),
      button({ text: "Cancel", class: "quiet", onclick: () => this.finish(false) }));
    this.node = element("div", { class: "stage" }, this.box, this.drawTools, element("div", { class: "stage-foot" }, this.legend, this.reading));
    this.sayWords = paced(2000, (words) => this.canvas.setAttribute("aria-label", words));
    this.cross.addEventListener("pointermove", (event) => this.moved(event));
    this.cross.addEventListener("pointerdown", (event) => {
      this.canvas.focus({ preventScroll: true });
      if (!this.drawn) return;
      this.cross.setPointerCapture(event.pointerId);
      this.strokes.push(this.drawn.length);
      this.isDown = true;
      this.last = null;
      this.moved(event);
    });
    this.cross.addEventListener("pointerup", () => { this.isDown = false; });
    this.cross.addEventListener("pointerleave", () => { if (!this.isDown) { this.pointer = null; this.refresh(); } });
    this.canvas.addEventListener("keydown", (event) => this.pressed(event));
    this.canvas.addEventListener("blur", () => { this.pointer = null; this.refresh(); });
  }

  /** A frame as it came: the head's length, the head, the numbers. Read when it is drawn. */
  receive(buffer) { this.bytes = buffer; }

  clear() { this.bytes = null; this.frame = null; this.fresh = true; }

  get isPlane() { return this.drawn !== null || this.frame?.kind === "landscape"; }
  get isLine() { return this.drawn === null && this.frame?.kind === "histograms"; }
  get view() { return this.frame?.kind === "landscape" ? this.frame : emptyPlane; }

  read() {
    const buffer = this.bytes;
    this.bytes = null;
    const length = new DataView(buffer).getUint32(0, true);
    const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
    const start = Math.ceil((4 + length) / 4) * 4;
    this.frame = { pictures: readPictures, histograms: readHistograms, landscape: readLandscape }[head.kind](head, buffer, start);
    this.onFrame?.(this.frame);
  }

  /** Draws where something is new. */
  draw(colors) {
    if (this.bytes) this.read();
    else if (colors === this.colors && !this.fresh) return;
    this.colors = colors;
    this.fresh = false;
    const { clientWidth: width, clientHeight: height } = this.box;
    if (!width || !height) { this.fresh = true; return; }
    const isPictures = this.frame?.kind === "pictures" && !this.drawn;
    this.legend.hidden = !this.isPlane && !this.isLine;
    this.cross.hidden = this.legend.hidden;
    this.node.classList.toggle("line", this.isLine);
    if (isPictures) { this.shown = drawPictures(this.canvas, this.frame, colors, width, height); this.tell(); return; }
    if (!this.isPlane) {
      this.resize([width, this.isLine ? Math.min(height, width) : Math.min(height, 12 * 16 * colors.unit)]);
      if (this.isLine) this.plot = drawHistograms(this.canvas, this.frame, colors, ...this.size, ticks);
      else this.drawWords(colors);
      this.scale.hidden = true;
      this.drawCross();
      this.tell();
      return;
    }
    const view = this.drawn ? emptyPlane : this.view;
    const ratio = Math.max(1 / widest, Math.min(widest, (view.x[1] - view.x[0]) / (view.y[1] - view.y[0]) || 1));
    this.resize(ratio > width / height ? [width, width / ratio] : [height * ratio, height]);
    drawLandscape(this.canvas, this.drawn ? { ...view, realPoints: this.drawn.flat() } : view, colors, ...this.size, this.drawn !== null);
    const [low, , high] = this.scale.children;
    this.scale.hidden = !(view.most > view.least);
    low.textContent = number(view.least, 2);
    high.textContent = number(view.most, 2);
    this.drawCross();
    this.tell();
  }

  resize(size) {
    this.size = size;
    for (const canvas of [this.canvas, this.cross]) { canvas.style.width = `${size[0]}px`; canvas.style.height = `${size[1]}px`; }
  }

  /** Why there is no picture. */
  get why() { return this.kind === null ? "What this run makes has no picture: pictures are made of images, and of data of one or two numbers." : "Nothing is shown yet"; }

  drawWords(colors) {
    const context = fit(this.canvas, ...this.size);
    context.fillStyle = colors.panel;
    context.fillRect(0, 0, ...this.size);
    context.fillStyle = colors.soft;
    context.font = `${13 * colors.unit}px ${colors.font}`;
    context.textAlign = "center";
    const lines = [""];
    for (const word of this.why.split(" ")) {
      const longer = `${lines.at(-1)} ${word}`.trim();
      if (context.measureText(longer).width > this.size[0] - 24 * colors.unit) lines.push(word); else lines[lines.length - 1] = longer;
    }
    lines.forEach((line, index) => context.fillText(line, this.size[0] / 2, this.size[1] / 2 + (index - (lines.length - 1) / 2) * 19 * colors.unit));
  }

  /** The picture in words, every two seconds while it changes; the last always comes. */
  tell() {
    const { frame } = this;
    const words = !frame ? this.why : frame.kind === "pictures" ? `${this.shown.samples} pictures made at step ${frame.step}${this.shown.real ? `, below ${this.shown.real} real ones` : ""}`
      : frame.kind === "histograms" ? `Histograms at step ${frame.step}: ${frame.real} real numbers with mean ${number(frame.means[0], 3)} and spread ${number(frame.spreads[0], 3)}, ${frame.samples} samples with mean ${number(frame.means[1], 3)} and spread ${number(frame.spreads[1], 3)}.`
      : `${frame.width > 1 ? `Landscape of D at step ${frame.step}: outputs from ${number(frame.least, 2)} to ${number(frame.most, 2)}` : `Points at step ${frame.step}`}, ${frame.real} real points, ${frame.samples} samples.`;
    this.sayWords(words);
  }

  drawCross() {
    const context = fit(this.cross, ...this.size);
    const [width, height] = this.size;
    context.clearRect(0, 0, width, height);
    this.reading.textContent = "";
    if (!this.pointer) return;
    if (this.isLine) { this.drawPlumb(context); return; }
    if (!this.isPlane) return;
    const view = this.drawn ? emptyPlane : this.view;
    const [x, y] = this.pointer;
    const left = ((x - view.x[0]) / (view.x[1] - view.x[0])) * width, top = height - ((y - view.y[0]) / (view.y[1] - view.y[0])) * height;
    context.strokeStyle = this.colors.ink;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(left - 9, top);
    context.lineTo(left + 9, top);
    context.moveTo(left, top - 9);
    context.lineTo(left, top + 9);
    context.stroke();
    const point = `(${x.toFixed(2)}, ${y.toFixed(2)})`.replaceAll("-", "−");
    this.reading.textContent = this.drawn ? `${this.drawn.length} points  ${point}` : this.frame?.width > 1 ? `D${point} = ${number(outputAt(this.frame, this.pointer), 3)}` : "";
  }

  /** A line at a place of the one axis; the pointer is kept as a part of it. */
  drawPlumb(context) {
    const { left, right, top, bottom } = this.plot;
    const x = Math.round(left + this.pointer[0] * (right - left)) + 0.5;
    context.strokeStyle = this.colors.ink;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, top);
    context.lineTo(x, bottom);
    context.stroke();
    this.reading.textContent = histogramAt(this.frame, this.pointer[0]);
  }

  refresh() { this.fresh = true; this.onChange?.(); }

  moved(event) {
    if (!this.size) return;
    if (this.isLine) {
      const { left, right } = this.plot;
      this.pointer = [Math.max(0, Math.min(1, (event.offsetX - left) / (right - left))), 0];
      this.reading.setAttribute("aria-live", "off");
      this.refresh();
      return;
    }
    const view = this.drawn ? emptyPlane : this.view;
    const [width, height] = this.size;
    const x = view.x[0] + (event.offsetX / width) * (view.x[1] - view.x[0]), y = view.y[1] - (event.offsetY / height) * (view.y[1] - view.y[0]);
    this.reading.setAttribute("aria-live", "off");
    this.pointer = [x, y];
    if (this.drawn && this.isDown) {
      // A point each few units of the way.
      const gap = 0.03;
      const from = this.last ?? [x - gap, y];
      const way = Math.hypot(x - from[0], y - from[1]);
      for (let done = gap; done <= way + 1e-9; done += gap) {
        this.add([from[0] + ((x - from[0]) * done) / way, from[1] + ((y - from[1]) * done) / way]);
        this.last = this.drawn.at(-1);
      }
    }
    this.refresh();
  }

  add(point) {
    if (this.drawn.length < 5000) this.drawn.push(point.map((part) => Number(part.toFixed(3))));
    if (this.drawn.length === leastPoints) refuse(this.drawTools);
  }

  pressed(event) {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (this.isLine && way) {
      this.pointer = [Math.max(0, Math.min(1, (this.pointer?.[0] ?? 0.5) + way * (event.shiftKey ? 0.1 : 0.02))), 0];
      this.reading.setAttribute("aria-live", "polite");
      event.preventDefault();
      event.stopPropagation();
      this.refresh();
      return;
    }
    if (!this.isPlane) return;
    const view = this.drawn ? emptyPlane : this.view;
    const step = (event.shiftKey ? 0.1 : 0.02) * (view.x[1] - view.x[0]);
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (move) {
      const middle = [(view.x[0] + view.x[1]) / 2, (view.y[0] + view.y[1]) / 2];
      const [x, y] = this.pointer ?? middle;
      this.pointer = [Math.max(view.x[0], Math.min(view.x[1], x + step * move[0])), Math.max(view.y[0], Math.min(view.y[1], y + step * move[1]))];
      this.reading.setAttribute("aria-live", "polite");
    } else if (this.drawn && event.key === " ") { if (this.pointer) { this.strokes.push(this.drawn.length); this.add(this.pointer); } }
    else if (this.drawn && event.key === "Backspace") this.undo();
    else if (this.drawn && event.key === "Enter") this.finish(true);
    else if (this.drawn && event.key === "Escape") this.finish(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
    this.refresh();
  }

  // Points of one's own.

  begin() {
    Object.assign(this, { drawn: [], strokes: [], isDown: false });
    this.node.classList.add("drawing");
    this.drawTools.hidden = false;
    this.canvas.focus({ preventScroll: true });
    announce("Draw points: move with the arrow keys, set points with Space, finish with Enter");
    this.refresh();
  }

  undo() { if (this.drawn) { this.drawn.length = this.strokes.pop() ?? 0; this.refresh(); } }

  finish(isUsed) {
    const points = this.drawn;
    if (!points) return;
    if (isUsed && points.length < leastPoints) {
      refuse(this.drawTools, `A data set takes ${leastPoints} points at least; ${points.length === 0 ? "none is" : points.length === 1 ? "one is" : `${points.length} are`} drawn so far.`);
      return;
    }
    refuse(this.drawTools);
    this.drawn = null;
    this.node.classList.remove("drawing");
    this.drawTools.hidden = true;
    this.use(isUsed ? points : null);
    this.refresh();
  }
}
