// The document: its cells in their order, which of them is selected, and what is done with them.

import { announce, button, element, find, notify, paced } from "/elements.js";
import { Cell } from "/cell.js";
import { Suggestions } from "/suggestions.js";

export class Program {
  constructor(root, connection) {
    Object.assign(this, { root, connection, cells: new Map(), order: [], selected: null, wanted: null, orphans: [] });
    this.suggestions = new Suggestions(connection);
    this.session = { state: "idle", cell: null, queue: [] };
    this.sendTexts = paced(80, () => this.flush());
    this.foot = element("div", { class: "inserter foot-inserter" },
      button({ icon: "add", text: "Code", class: "quiet", onclick: () => this.insert(this.order.at(-1) ?? null, "code") }),
      button({ icon: "add", text: "Prose", class: "quiet", onclick: () => this.insert(this.order.at(-1) ?? null, "prose") }));
    root.append(this.foot);
    root.addEventListener("focusin", (event) => {
      const id = event.target.closest(".cell")?.dataset.id;
      if (id) this.mark(id);
    });
    // Before the editor's own keys.
    root.addEventListener("keydown", (event) => {
      const cell = this.current;
      if (cell?.isEdited && this.suggestions.pressed(event, cell.id, cell.editor)) { event.preventDefault(); event.stopPropagation(); }
    }, true);
    root.addEventListener("pointerdown", (event) => {
      const node = event.target.closest(".cell");
      if (node && !event.target.closest("button, textarea, input, a, summary")) requestAnimationFrame(() => {
        if (!getSelection().toString() && !node.contains(document.activeElement)) node.focus({ preventScroll: true });
      });
    });
  }

  get current() { return this.cells.get(this.selected) ?? null; }

  // What the server says.

  /** The whole document, also after a connection was lost: what was typed meanwhile stays, and is sent. */
  begin({ name, cells, session }) {
    // Another document: nothing of the one before belongs to it.
    if (name !== this.name) this.arrange([]);
    this.name = name;
    const typed = [...this.cells.values()].filter((cell) => cell.waiting !== null);
    const had = document.activeElement?.closest?.(".cell")?.dataset.id;
    const wasEdited = this.current?.isEdited;
    const scroll = this.root.scrollTop;
    const known = this.cells;
    this.cells = new Map();
    for (const content of cells) {
      const old = known.get(content.id);
      if (old && old.kind === content.kind) { old.update(content); this.cells.set(content.id, old); }
      else this.cells.set(content.id, new Cell(content, this));
    }
    this.arrange(cells.map(({ id }) => id));
    for (const cell of typed) {
      if (this.cells.get(cell.id) === cell) { cell.waiting = 0; this.sendTexts(); }
      // Its cell is gone: its text comes back in one of its own.
      else { this.orphans.push(cell.editor.text); this.connection.send("insert", { after: this.order.at(-1) ?? null, kind: cell.kind }); }
    }
    this.root.scrollTop = scroll;
    if (had && this.cells.has(had)) { if (wasEdited) this.cells.get(had).edit(); else this.cells.get(had).node.focus({ preventScroll: true }); }
    this.setSession(session);
  }

  /** The cells of this order into the page; those that are there already stay the same elements. */
  arrange(order) {
    const focused = document.activeElement;
    for (const [id, cell] of this.cells) if (!order.includes(id)) { cell.node.remove(); this.cells.delete(id); }
    for (const node of this.root.querySelectorAll(":scope > .cell")) if (this.cells.get(node.dataset.id)?.node !== node) node.remove();
    this.order = order.filter((id) => this.cells.has(id));
    let place = this.root.firstElementChild;
    for (const id of this.order) {
      const { node } = this.cells.get(id);
      if (node === place) place = place.nextElementSibling;
      else this.root.insertBefore(node, place);
    }
    if (focused && focused !== document.activeElement && this.root.contains(focused)) focused.focus({ preventScroll: true });
    if (!this.cells.has(this.selected)) this.mark(this.order[0] ?? null);
  }

  changeCells({ order, added }) {
    const place = this.order.indexOf(this.selected);
    const hadFocus = this.current?.node.contains(document.activeElement);
    const fresh = [];
    for (const content of added ?? []) {
      this.cells.get(content.id)?.node.remove();
      this.cells.set(content.id, new Cell(content, this));
      fresh.push(this.cells.get(content.id));
    }
    this.arrange(order);
    for (const cell of fresh) {
      if (!this.orphans.length) break;
      this.retext(cell, this.orphans.shift());
      return;
    }
    if (this.wanted && fresh.length) {
      const { edit, isSplit } = this.wanted;
      this.wanted = null;
      // The second part of what was split has the cursor, whichever of the two is the new cell.
      const cell = isSplit && this.order.indexOf(fresh[0].id) < this.order.indexOf(this.selected) ? this.current : fresh[0];
      this.select(cell.id);
      if (edit) this.edit(cell, isSplit ? 0 : null);
    } else if (hadFocus && document.activeElement === document.body) this.select(this.order[Math.min(place, this.order.length - 1)] ?? null);
  }

  changeCell({ cell: content }) {
    const old = this.cells.get(content.id);
    if (!old) return;
    if (old.kind === content.kind) { old.update(content); return; }
    const hadFocus = old.node.contains(document.activeElement);
    const cell = new Cell(content, this);
    this.cells.set(content.id, cell);
    old.node.replaceWith(cell.node);
    this.mark(this.selected);
    if (hadFocus) cell.node.focus({ preventScroll: true });
  }

  receive(message) {
    const cell = this.cells.get(message.cell);
    switch (message.type) {
    case "cell": this.changeCell(message); break;
    case "cells": this.changeCells(message); break;
    case "output": cell?.setOutput(message.at, message.html); break;
    case "clear": cell?.setOutputs([]); break;
    case "state": this.setState(cell, message); break;
    case "progress": cell?.setProgress(message); break;
    case "ask":
      cell?.ask(message.prompt, (text) => this.connection.send("answer", { text }));
      announce(`The program asks: ${message.prompt || "a line"}`);
      break;
    case "completion": this.suggestions.completed(message); break;
    case "inspection": this.suggestions.inspected(message); break;
    case "highlight": this.colored(cell, message); break;
    }
  }

  setState(cell, message) {
    if (!cell) return;
    cell.setState(message);
    if (message.state !== "paused" && message.state !== "running") cell.endQuestion();
    if (["done", "failed", "stopped"].includes(message.state)) announce(cell.node.getAttribute("aria-label") + (message.state === "done" ? ", done" : ""));
  }

  setSession(session) {
    this.session = session;
    const isBusy = session.state !== "idle";
    find("#interrupt").disabled = !isBusy;
    const mark = find("#session");
    mark.dataset.state = session.state;
    mark.textContent = isBusy ? session.state : "";
  }

  // Texts on their way.

  typed(cell) {
    cell.waiting = 0;
    this.suggestions.changed(cell.editor);
    this.sendTexts();
  }

  /** Sends what has been typed. */
  flush() {
    for (const cell of this.cells.values()) {
      if (cell.waiting !== 0) continue;
      const request = this.connection.nextRequest();
      if (this.connection.send("edit", { cell: cell.id, text: cell.editor.text, request })) cell.waiting = request;
    }
  }

  colored(cell, { request, html }) {
    if (!cell) return;
    if (cell.waiting === request) cell.waiting = null;
    if (cell.kind === "code") cell.editor.color(html);
    else if (cell.kind === "prose") cell.layOut(html);
  }

  /** Another text into a cell, as if it had been typed. */
  retext(cell, text) { cell.editor.set(text, null); this.typed(cell); }

  send(type, fields) {
    this.flush();
    if (this.connection.send(type, fields)) return true;
    notify("There is no connection to the session; what you type is kept.");
    return false;
  }

  // What is done with the cells.

  mark(id) {
    this.current?.node.classList.remove("selected");
    this.current?.node.setAttribute("tabindex", "-1");
    this.selected = id;
    this.current?.node.classList.add("selected");
    this.current?.node.setAttribute("tabindex", "0");
  }

  select(id) {
    const cell = this.cells.get(id);
    if (!cell) return;
    this.mark(id);
    cell.node.focus({ preventScroll: true });
    cell.node.scrollIntoView({ block: "nearest" });
  }

  neighbor(cell, step) { return this.cells.get(this.order[this.order.indexOf(cell.id) + step]) ?? null; }

  go(step, { edit = false } = {}) {
    const next = this.current && this.neighbor(this.current, step);
    if (!next) return false;
    this.select(next.id);
    if (edit && next.kind !== "prose") next.edit(step > 0 ? 0 : next.editor.text.length);
    return true;
  }

  edit(cell = this.current, place = null) { this.mark(cell?.id ?? null); cell?.edit(place); }
  leave() { this.suggestions.close(); this.current?.show(); this.current?.node.focus({ preventScroll: true }); }

  run(cell = this.current) {
    if (!cell) return;
    if (cell.kind === "code") this.send("run", { cell: cell.id });
    else this.flush();
    cell.show();
  }

  runOrStop(cell) {
    this.mark(cell.id);
    if (["running", "paused", "queued"].includes(cell.state)) this.interrupt();
    else this.run(cell);
  }

  /** Runs the cell and goes to the next; behind the last one a new one is made. */
  runAndGo() {
    const cell = this.current;
    if (!cell) return;
    this.run(cell);
    this.leave();
    if (!this.go(1)) this.insert(cell.id, "code");
  }

  runAndInsert() { const cell = this.current; if (cell) { this.run(cell); this.insert(cell.id, "code"); } }
  runAll() { this.send("run_all"); }
  runFrom() { if (this.current) this.send("run_from", { cell: this.selected }); }
  interrupt() { this.connection.send("interrupt"); announce("Asked to stop"); }
  restart() { if (this.send("restart")) announce("Restarted: all values are forgotten"); }

  insert(after, kind, edit = true) { this.wanted = { edit }; if (!this.send("insert", { after, kind })) this.wanted = null; }
  insertAbove() { if (this.current) this.insert(this.neighbor(this.current, -1)?.id ?? null, "code", false); }
  insertBelow() { this.insert(this.selected ?? this.order.at(-1) ?? null, "code", false); }

  remove(cell = this.current) {
    if (!cell || !this.send("delete", { cell: cell.id })) return;
    notify("A cell was deleted.", { action: { text: "Undo (z)", perform: () => this.undelete() } });
  }

  undelete() { this.wanted = { edit: false }; this.send("undelete"); }

  move(cell = this.current, step) {
    const place = this.order.indexOf(cell?.id) + step;
    if (!cell || place < 0 || place >= this.order.length) return;
    const rest = this.order.filter((id) => id !== cell.id);
    this.send("move", { cell: cell.id, after: rest[place - 1] ?? null });
    announce(`Moved to place ${place + 1} of ${this.order.length}`);
  }

  setKind(kind) { if (this.current && this.current.kind !== kind) this.send("kind", { cell: this.selected, kind }); }
  split() { const cell = this.current; if (cell?.isEdited) { this.wanted = { edit: true, isSplit: true }; this.send("split", { cell: cell.id, at: cell.editor.cursor }); } }
  join() { if (this.current && this.neighbor(this.current, 1)) this.send("join", { cell: this.selected }); }
  save() { this.send("save"); }
}
