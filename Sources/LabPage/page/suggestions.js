// Below the cursor: the menu of what could stand there (Tab), and what the name there is (Shift-Tab).

import { announce, element, place } from "/elements.js";

export class Suggestions {
  constructor(connection) {
    this.connection = connection;
    this.menu = element("ul", { class: "menu", id: "suggestions", role: "listbox", "aria-label": "Completions", hidden: true });
    this.tip = element("div", { class: "tip", role: "note", "aria-label": "Explanation", hidden: true });
    document.body.append(this.menu, this.tip);
    this.menu.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const item = event.target.closest("li");
      if (item) { this.choose(Number(item.dataset.index)); this.accept(); }
    });
    addEventListener("resize", () => this.close());
  }

  get isOpen() { return !this.menu.hidden; }

  /** The keys in an editor, before the editor sees them; true for those that are used up. */
  pressed(event, cell, editor) {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return false;
    const { key, shiftKey } = event;
    if (this.isOpen) {
      if (key === "ArrowDown" || key === "Tab" && !shiftKey) return this.choose(this.chosen + 1);
      if (key === "ArrowUp" || key === "Tab") return this.choose(this.chosen - 1);
      if (key === "PageDown") return this.choose(Math.min(this.candidates.length - 1, this.chosen + 8));
      if (key === "PageUp") return this.choose(Math.max(0, this.chosen - 8));
      if (key === "Enter" && !shiftKey) return this.accept();
      if (key === "Escape") { this.close(); return true; }
    } else if (!this.tip.hidden && key === "Escape") { this.close(); return true; }
    if (key !== "Tab" || !editor.code) {
      if (["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Enter", "Home", "End"].includes(key)) this.close();
      return false;
    }
    const { selectionStart: from, selectionEnd: to } = editor.area;
    if (shiftKey) this.ask("inspect", cell, editor);
    else if (from !== to) editor.eachLine((line) => `  ${line}`);
    else if (!editor.text.slice(editor.text.lastIndexOf("\n", from - 1) + 1, from).trim()) editor.replace(from, to, "  ");
    else this.ask("complete", cell, editor);
    return true;
  }

  ask(what, cell, editor) {
    this.request = this.connection.nextRequest();
    Object.assign(this, { cell, editor, cursor: editor.cursor, text: editor.text });
    this.connection.send(what, { request: this.request, cell, text: editor.text, cursor: editor.cursor });
  }

  /** After a change: an open menu follows what is typed. */
  changed(editor) {
    if (!this.tip.hidden) this.close();
    if (!this.isOpen || editor !== this.editor) return;
    if (/[\w.]/.test(editor.text[editor.cursor - 1] ?? "")) this.ask("complete", this.cell, editor);
    else this.close();
  }

  /** Whether the answer is to the question asked last, about what still stands there. */
  isFor(message) {
    return message.request === this.request && this.editor.hasFocus && this.editor.cursor === this.cursor && this.editor.text === this.text;
  }

  completed(message) {
    if (!this.isFor(message)) return;
    const { candidates, replaced, suffix } = message;
    const wasOpen = this.isOpen;
    if (!candidates.length) { this.close(); if (!wasOpen) announce("Nothing completes this"); return; }
    Object.assign(this, { candidates, replaced, suffix: suffix ?? "" });
    if (candidates.length === 1 && !wasOpen) { this.chosen = 0; this.accept(); return; }
    this.show();
  }

  show() {
    const items = this.candidates.map(({ text, label, summary }, index) =>
      element("li", { role: "option", id: `suggestion-${index}`, "data-index": index, "aria-selected": "false" },
        element("span", { class: "word" }, label ?? text), summary ? element("span", { class: "summary" }, summary) : null));
    this.menu.replaceChildren(...items);
    this.menu.scrollTop = 0;
    this.put(this.menu, this.cursor - this.replaced);
    this.editor.area.setAttribute("aria-controls", "suggestions");
    this.editor.area.setAttribute("aria-autocomplete", "list");
    this.editor.area.addEventListener("blur", () => this.close(), { once: true });
    this.chosen = 0;
    this.choose(0);
    announce(`${this.candidates.length} completions`);
  }

  choose(index) {
    const count = this.candidates.length;
    this.menu.children[this.chosen]?.setAttribute("aria-selected", "false");
    this.chosen = (index + count) % count;
    const item = this.menu.children[this.chosen];
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    this.editor.area.setAttribute("aria-activedescendant", item.id);
    return true;
  }

  accept() {
    const { editor, cursor, replaced, candidates, chosen, suffix } = this;
    this.close();
    if (editor.cursor !== cursor) return true;
    editor.replace(cursor - replaced, cursor, candidates[chosen].text + (candidates.length === 1 ? suffix : ""));
    this.close();
    return true;
  }

  inspected(message) {
    if (!this.isFor(message)) return;
    if (!message.html) { announce("Nothing is known of this"); this.close(); return; }
    place(this.tip, message.html);
    this.put(this.tip, this.cursor);
    this.editor.area.addEventListener("blur", () => this.close(), { once: true });
    announce(this.tip.textContent.slice(0, 300));
  }

  /** Below the letter at `offset`, or above it where there is no room. */
  put(box, offset) {
    this.menu.hidden = this.tip.hidden = true;
    box.hidden = false;
    box.style.maxHeight = "";
    const letter = this.editor.place(offset);
    const room = Math.max(innerHeight - letter.bottom, letter.top) - 12;
    box.style.maxHeight = `min(${room}px, 22rem)`;
    const isBelow = letter.bottom + box.offsetHeight + 8 < innerHeight || innerHeight - letter.bottom > letter.top;
    box.style.left = `${Math.max(8, Math.min(letter.left, innerWidth - box.offsetWidth - 8))}px`;
    box.style.top = `${isBelow ? letter.bottom + 3 : letter.top - box.offsetHeight - 3}px`;
  }

  close() {
    this.menu.hidden = this.tip.hidden = true;
    this.editor?.area.removeAttribute("aria-activedescendant");
    this.editor?.area.removeAttribute("aria-controls");
  }
}
