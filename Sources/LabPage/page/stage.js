// What is seen of a run: its landscape or its pictures, on a canvas that is drawn at most once a frame of the screen, and not in a hidden tab.
// On it points can be drawn, by the mouse or by keys.

import { announce, button, element, number } from "/elements.js";
import { drawLandscape, outputAt, readLandscape } from "/landscape.js";
import { drawPictures, readPictures } from "/pictures.js";
import { fit } from "/palette.js";

const emptyPlane = { kind: "landscape", width: 2, height: 2, x: [-1.5, 1.5], y: [-1.5, 1.5], least: 0, most: 0, realPoints: [], samplePoints: [], slopes: [], plane: [], values: [0, 0, 0, 0] };

export class Stage {
  /** `use(points)` hands over what was drawn. */
  constructor({ use }) {
    Object.assign(this, { use, frame: null, drawn: null, pointer: null, colors: null });
    this.canvas = element("canvas", { tabindex: "0", role: "img", "aria-label": "Nothing is shown yet" });
    this.cross = element("canvas", { class: "cross", "aria-hidden": "true" });
    this.box = element("div", { class: "stage-box" }, this.canvas, this.cross);
    this.reading = element("output", { class: "reading", "aria-live": "off" });
    this.scale = element("span", { class: "scale" }, element("span", {}), element("i", { "aria-hidden": "true" }), element("span", {}));
    this.legend = element("div", { class: "legend" },
      element("span", { class: "real" }, element("i", { "aria-hidden": "true" }), "real"), element("span", { class: "fake" }, element("i", { "aria-hidden": "true" }), "samples"), this.scale);
    this.drawTools = element("div", { class: "draw-tools", role: "group", "aria-label": "Draw points", hidden: true },
      element("span", {}, "Draw with the mouse; or move with the arrow keys and set points with Space."),
      button({ text: "Use these points", class: "primary", onclick: () => this.finish(true) }),
      button({ text: "Undo", class: "quiet", onclick: () => this.undo() }),
      button({ text: "Cancel", class: "quiet", onclick: () => this.finish(false) }));
    this.node = element("div", { class: "stage" }, this.box, this.drawTools, element("div", { class: "stage-foot" }, this.legend, this.reading));
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

  get isPlane() { return this.frame?.kind !== "pictures"; }
  get view() { return this.frame?.kind === "landscape" ? this.frame : emptyPlane; }

  read() {
    const buffer = this.bytes;
    this.bytes = null;
    const length = new DataView(buffer).getUint32(0, true);
    const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
    const start = Math.ceil((4 + length) / 4) * 4;
    this.frame = head.kind === "pictures" ? readPictures(head, buffer, start) : readLandscape(head, buffer, start);
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
    this.legend.hidden = isPictures;
    if (isPictures) { drawPictures(this.canvas, this.frame, width, height); this.cross.hidden = true; this.tell(); return; }
    this.cross.hidden = false;
    const view = this.drawn ? emptyPlane : this.view;
    const ratio = (view.x[1] - view.x[0]) / (view.y[1] - view.y[0]);
    this.size = ratio > width / height ? [width, width / ratio] : [height * ratio, height];
    for (const canvas of [this.canvas, this.cross]) { canvas.style.width = `${this.size[0]}px`; canvas.style.height = `${this.size[1]}px`; }
    drawLandscape(this.canvas, this.drawn ? { ...view, realPoints: this.drawn.flat() } : view, colors, ...this.size, this.drawn !== null);
    const [low, , high] = this.scale.children;
    this.scale.hidden = !(view.most > view.least);
    low.textContent = number(view.least, 2);
    high.textContent = number(view.most, 2);
    this.drawCross();
    this.tell();
  }

  /** The picture in words, at most every two seconds. */
  tell() {
    const now = performance.now();
    if (now - (this.told ?? -Infinity) < 2000) return;
    this.told = now;
    const { frame } = this;
    const words = !frame ? "Nothing is shown yet" : frame.kind === "pictures" ? `${frame.columns * frame.rows} pictures made at step ${frame.step}`
      : `${frame.width > 1 ? `Landscape of D at step ${frame.step}: outputs from ${number(frame.least, 2)} to ${number(frame.most, 2)}` : `Points at step ${frame.step}`}, ${frame.real} real points, ${frame.samples} samples.`;
    this.canvas.setAttribute("aria-label", words);
  }

  drawCross() {
    const context = fit(this.cross, ...this.size);
    const [width, height] = this.size;
    context.clearRect(0, 0, width, height);
    this.reading.textContent = "";
    if (!this.pointer || !this.isPlane && !this.drawn) return;
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

  refresh() { this.fresh = true; this.onChange?.(); }

  moved(event) {
    if (!this.size) return;
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

  add(point) { if (this.drawn.length < 5000) this.drawn.push(point.map((part) => Number(part.toFixed(4)))); }

  pressed(event) {
    if (!this.isPlane && !this.drawn) return;
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
    if (isUsed && points.length < 10) { announce("At least ten points are needed"); this.reading.textContent = "At least ten points are needed."; return; }
    this.drawn = null;
    this.node.classList.remove("drawing");
    this.drawTools.hidden = true;
    this.use(isUsed ? points : null);
    this.refresh();
  }
}
