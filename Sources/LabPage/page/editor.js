// Text that is edited: a textarea, whose letters are clear, over the same text in colors, which come from the server. The browser keeps its undo,
// its input methods and its selection.

import { element, place } from "/elements.js";

const pairs = { "(": ")", "[": "]", "{": "}", '"': '"' };
const closers = new Set(Object.values(pairs));
const indentation = "  ";

export class Editor {
  /** `onText(text)` is called after each change; `code` says whether the text is program. */
  constructor({ label, code, onText }) {
    this.code = code;
    this.onText = onText;
    this.painted = "";
    this.isComposing = false;
    this.late = [];
    this.colors = element("code");
    this.area = element("textarea", {
      "aria-label": label, "aria-describedby": "editing-help", spellcheck: code ? "false" : "true", autocapitalize: "off", autocomplete: "off",
      autocorrect: "off", tabindex: "-1", rows: "1",
    });
    this.node = element("div", { class: `editor ${code ? "program" : "words"}` }, element("pre", { "aria-hidden": "true" }, this.colors), this.area);
    this.area.addEventListener("input", () => { this.paint(); this.onText(this.text); });
    this.area.addEventListener("compositionstart", () => { this.isComposing = true; });
    this.area.addEventListener("compositionend", () => { this.isComposing = false; for (const work of this.late.splice(0)) setTimeout(work); });
    this.area.addEventListener("keydown", (event) => this.pressed(event));
  }

  get text() { return this.area.value; }
  get hasFocus() { return document.activeElement === this.area; }
  get cursor() { return this.area.selectionStart; }

  /** Does it when an input method has written what it is at: until then the text must not be changed. */
  whenComposed(work) { this.late.push(work); }

  /** Another text, from the server; `place` says where a place of the old one is in it: the cursor goes there. */
  set(text, html = null, place = (place) => Math.min(place, text.length)) {
    if (text !== this.text) {
      const { selectionStart, selectionEnd, selectionDirection } = this.area;
      this.area.value = text;
      if (this.hasFocus) this.area.setSelectionRange(place(selectionStart), place(selectionEnd), selectionDirection);
    }
    this.color(html);
    this.paint();
  }

  /** The text in its colors, where it is still the text that is here. */
  color(html) {
    if (html === null || html === undefined || !this.code) return;
    const trial = element("code");
    place(trial, html);
    const text = trial.textContent;
    if (text !== this.text && text !== `${this.text}\n`) return;
    this.colors.replaceChildren(...trial.childNodes);
    this.painted = text;
    this.paint();
  }

  /** Brings the letters below to the text at once; what is new takes the color of what stands before it, until the server has colored it. */
  paint() {
    const old = this.painted, text = this.text;
    if (old === text) return;
    let start = 0;
    const shorter = Math.min(old.length, text.length);
    while (start < shorter && old[start] === text[start]) start += 1;
    let end = 0;
    while (end < shorter - start && old[old.length - 1 - end] === text[text.length - 1 - end]) end += 1;
    const range = document.createRange();
    const [from, fromPlace] = this.point(start), [to, toPlace] = this.point(old.length - end);
    range.setStart(from, fromPlace);
    range.setEnd(to, toPlace);
    range.deleteContents();
    const added = text.slice(start, text.length - end);
    if (from.nodeType === Node.TEXT_NODE && from.isConnected) from.insertData(fromPlace, added);
    else if (added) range.insertNode(document.createTextNode(added));
    this.painted = text;
  }

  /** The node and the place in it where the letter at `offset` stands. */
  point(offset) {
    const walker = document.createTreeWalker(this.colors, NodeFilter.SHOW_TEXT);
    let left = offset;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (left <= node.length) return [node, left];
      left -= node.length;
    }
    return [this.colors, this.colors.childNodes.length];
  }

  /** Where on the screen the letter at `offset` stands. */
  place(offset) {
    const mark = element("span", {}, "\u200b");
    const range = document.createRange();
    range.setStart(...this.point(offset));
    range.insertNode(mark);
    const box = mark.getBoundingClientRect();
    mark.remove();
    this.colors.normalize();
    return box;
  }

  /** Puts text in place of `from ..< to`, as if it had been typed. */
  replace(from, to, text, cursor = from + text.length) {
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(from, to);
    // The only way that keeps the browser's undo.
    const isDone = text ? document.execCommand("insertText", false, text) : from === to || document.execCommand("delete");
    if (!isDone) {
      this.area.setRangeText(text, from, to, "end");
      this.area.dispatchEvent(new Event("input"));
    }
    this.area.setSelectionRange(cursor, cursor);
  }

  pressed(event) {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented || event.altKey) return;
    const command = event.ctrlKey || event.metaKey;
    const done = command ? this.commanded(event.key) : this.typed(event.key, event.shiftKey);
    if (done) { event.preventDefault(); event.stopPropagation(); }
  }

  commanded(key) {
    if (!this.code) return false;
    if (key === "]") return this.eachLine((line) => indentation + line);
    if (key === "[") return this.eachLine((line) => line.replace(/^ {1,2}/, ""));
    if (key !== "/") return false;
    const isComment = this.lines().every((line) => /^\s*(#|$)/.test(line));
    return this.eachLine((line) => isComment ? line.replace(/^(\s*)# ?/, "$1") : line.replace(/^(\s*)(?=\S)/, "$1# "));
  }

  typed(key, shift) {
    const { selectionStart: from, selectionEnd: to } = this.area;
    const text = this.text, before = text[from - 1] ?? "", after = text[to] ?? "";
    const line = text.slice(text.lastIndexOf("\n", from - 1) + 1, from);
    if (key === "Enter" && !shift) {
      if (!this.code) return false;
      const margin = line.match(/^\s*/)[0];
      const opens = "([{".includes(before) && before !== "";
      const inner = `\n${margin}${opens ? indentation : ""}`;
      const closes = opens && after === pairs[before];
      this.replace(from, to, closes ? `${inner}\n${margin}` : inner, from + inner.length);
      return true;
    }
    if (!this.code) return false;
    if (key === "Backspace" && from === to) {
      if (before && pairs[before] === after && before !== after) { this.replace(from - 1, to + 1, ""); return true; }
      if (line.length > 1 && line.length % 2 === 0 && !line.trim()) { this.replace(from - 2, from, ""); return true; }
      return false;
    }
    if (closers.has(key) && from === to && after === key) { this.area.setSelectionRange(from + 1, from + 1); return true; }
    if (key === "}" && from === to && line && !line.trim()) {
      const start = from - Math.min(indentation.length, line.length);
      this.replace(start, from, "}");
      return true;
    }
    if (!(key in pairs)) return false;
    if (from !== to) {
      this.replace(from, to, key + text.slice(from, to) + pairs[key]);
      this.area.setSelectionRange(from + 1, to + 1);
      return true;
    }
    const isFree = after === "" || /[\s)\]},:]/.test(after);
    if (!isFree || key === '"' && /[\w"]/.test(before)) return false;
    this.replace(from, to, key + pairs[key], from + 1);
    return true;
  }

  /** The lines that the selection touches: where they begin, where they end. */
  span() {
    const { selectionStart, selectionEnd } = this.area;
    const start = this.text.lastIndexOf("\n", selectionStart - 1) + 1;
    const end = this.text.indexOf("\n", Math.max(selectionStart, selectionEnd - 1));
    return [start, end < 0 ? this.text.length : end];
  }

  lines() { return this.text.slice(...this.span()).split("\n"); }

  eachLine(change) {
    const [start, end] = this.span();
    const cursor = this.area.selectionStart, isRange = this.area.selectionEnd > cursor;
    const lines = this.lines(), changed = lines.map(change);
    const text = changed.join("\n");
    if (text === lines.join("\n")) return true;
    this.replace(start, end, text);
    if (isRange) this.area.setSelectionRange(start, start + text.length);
    else {
      const place = Math.max(start, cursor + changed[0].length - lines[0].length);
      this.area.setSelectionRange(place, place);
    }
    return true;
  }

  /** Whether the cursor is in the first line, or the last. */
  get isAtTop() { return !this.text.slice(0, this.cursor).includes("\n"); }
  get isAtBottom() { return !this.text.slice(this.area.selectionEnd).includes("\n"); }
}
