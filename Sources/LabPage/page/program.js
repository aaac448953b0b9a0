// The document: its cells in their order, which of them is selected, and what is done with them.

import { announce, button, element, find, notify, paced } from "/elements.js";
import { Cell } from "/cell.js";
import { Suggestions } from "/suggestions.js";

export class Program {
  constructor(root, connection) {
    Object.assign(this, { root, connection, cells: new Map(), order: [], selected: null, wanted: null, ghosts: [], isHeld: false });
    this.suggestions = new Suggestions(connection);
    this.session = { state: "idle", cell: null, queue: [] };
    this.sendTexts = paced(80, () => this.flush());
    // Told when it may have changed whether the session has all that was typed.
    this.tellWaiting = paced(60, () => this.onWaiting?.());
    this.unpainted = new Set();
    this.paint = paced(40, () => { for (const cell of this.unpainted) cell.paintState(); this.unpainted.clear(); });
    this.say = paced(600, announce);
    this.foot = element("div", { class: "inserter foot-inserter" },
      button({ icon: "add", text: "Code", class: "quiet", onclick: () => this.insert(this.order.at(-1) ?? null, "code") }),
      button({ icon: "add", text: "Prose", class: "quiet", onclick: () => this.insert(this.order.at(-1) ?? null, "prose") }));
    root.append(this.foot);
    root.addEventListener("focusin", (event) => {
      const id = event.target.closest(".cell")?.dataset.id;
      if (id) this.mark(id);
    });
    // Headings have no ids of their own in this page: a link to one is followed by its words, as in an exported page.
    root.addEventListener("click", (event) => {
      const link = event.target.closest(".prose a[href^='#']");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.follow(decodeURIComponent(link.getAttribute("href").slice(1)));
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

  /** Whether something was typed that the session does not have. */
  get isWaiting() { return this.ghosts.length > 0 || [...this.cells.values()].some((cell) => cell.isWaiting); }

  get current() { return this.cells.get(this.selected) ?? null; }

  // What the server says.

  /** The whole document, also after a connection was lost: what was typed meanwhile stays, and is sent. */
  begin({ name, cells, session }) {
    // Another document: nothing of the one before belongs to it. One that goes on in a copy is the same.
    if (name !== this.name && !cells.some(({ id }) => this.cells.has(id))) { this.dropGhosts(); this.arrange([]); }
    this.name = name;
    const had = document.activeElement?.closest?.(".cell")?.dataset.id;
    const wasEdited = this.current?.isEdited;
    const scroll = this.root.scrollTop;
    const known = this.cells, isAnother = this.visit !== this.connection.visits;
    this.visit = this.connection.visits;
    this.cells = new Map();
    for (const content of cells) {
      const old = known.get(content.id);
      old?.wasTold(content.taken, isAnother);
      this.cells.set(content.id, old ? this.renewed(old, content) : new Cell(content, this));
    }
    for (const [id, cell] of known) if (!this.cells.has(id) && cell.isWaiting && !this.ghosts.includes(cell)) this.ghosts.push(cell);
    this.arrange(cells.map(({ id }) => id));
    for (const ghost of this.ghosts) this.bringBack(ghost);
    if (scroll) this.root.scrollTop = scroll;
    if (had && this.cells.has(had)) { if (wasEdited) this.cells.get(had).edit(); else this.cells.get(had).node.focus({ preventScroll: true }); }
    this.setSession(session);
    this.tellWaiting();
  }

  /** The cells of this order into the page; those that are there already stay the same elements. */
  arrange(order) {
    const focused = document.activeElement, present = new Set(order), ghosts = new Set(this.ghosts.map(({ node }) => node));
    for (const [id, cell] of this.cells) if (!present.has(id)) { if (!ghosts.has(cell.node)) cell.node.remove(); this.cells.delete(id); }
    for (const node of this.root.querySelectorAll(":scope > .cell")) if (this.cells.get(node.dataset.id)?.node !== node && !ghosts.has(node)) node.remove();
    this.order = order.filter((id) => this.cells.has(id));
    let place = this.root.firstElementChild;
    for (const id of this.order) {
      const { node } = this.cells.get(id);
      while (ghosts.has(place)) place = place.nextElementSibling;
      if (node === place) place = place.nextElementSibling;
      else this.root.insertBefore(node, place);
    }
    if (focused && focused !== document.activeElement && this.root.contains(focused)) focused.focus({ preventScroll: true });
    if (!this.cells.has(this.selected)) this.mark(this.order[0] ?? null);
  }

  changeCells({ order, added }) {
    const place = this.order.indexOf(this.selected);
    const hadFocus = this.current?.node.contains(document.activeElement);
    const fresh = [], present = new Set(order);
    for (const content of added ?? []) {
      const ghost = content.text === "" ? this.ghosts.find(({ kind }) => kind === content.kind) : null;
      if (ghost) {
        this.ghosts.splice(this.ghosts.indexOf(ghost), 1);
        ghost.becomes(content);
        this.cells.set(content.id, ghost);
        this.sendTexts();
        continue;
      }
      this.cells.get(content.id)?.node.remove();
      this.cells.set(content.id, new Cell(content, this));
      fresh.push(this.cells.get(content.id));
    }
    const written = [...this.cells.values()].filter((cell) => !present.has(cell.id) && this.isWrittenIn(cell));
    this.ghosts.push(...written);
    this.arrange(order);
    for (const ghost of written) {
      this.bringBack(ghost);
      notify("The cell that you write in was deleted in another window: it is here again, with what you wrote.");
    }
    if (this.ghosts.some(({ node }) => node.contains(document.activeElement))) return;
    if (this.wanted && fresh.length) {
      const { edit, isSplit } = this.wanted;
      this.wanted = null;
      // The second part of what was split has the cursor, whichever of the two is the new cell.
      const cell = isSplit && this.order.indexOf(fresh[0].id) < this.order.indexOf(this.selected) ? this.current : fresh[0];
      this.select(cell.id);
      if (edit) this.edit(cell, isSplit ? 0 : null);
    } else if (hadFocus && document.activeElement === document.body) this.select(this.order[Math.min(place, this.order.length - 1)] ?? null);
  }

  /** Whether somebody is writing in it at this moment. */
  isWrittenIn(cell) { return cell.isWaiting || cell.isEdited && document.hasFocus() && performance.now() - cell.typedAt < 3000; }

  /** A cell that was deleted elsewhere while it was written in: it stays where it is, until it has a new place in the document. */
  bringBack(ghost) {
    let before = ghost.node.previousElementSibling;
    while (before && !this.cells.has(before.dataset.id)) before = before.previousElementSibling;
    this.connection.send("insert", { after: before?.dataset.id ?? null, kind: ghost.kind });
  }

  dropGhosts() { for (const { node } of this.ghosts.splice(0)) node.remove(); }

  changeCell({ cell: content }) {
    const old = this.cells.get(content.id);
    if (!old) return;
    const hadFocus = old.node.contains(document.activeElement);
    const cell = this.renewed(old, content);
    if (cell === old) return;
    this.cells.set(content.id, cell);
    old.node.replaceWith(cell.node);
    this.mark(this.selected);
    if (hadFocus) cell.node.focus({ preventScroll: true });
  }

  /** The cell as the session says it; another one where its kind is another, with what was typed in the old one. */
  renewed(old, content) {
    if (old.kind === content.kind) { old.update(content); return old; }
    const cell = new Cell(content, this);
    if (old.isWaiting) {
      cell.editor.set(old.editor.text);
      cell.join(old.last, content.text);
    }
    return cell;
  }

  /** Where a text field of the program has the focus; `resume` goes on there after something has come that nobody here has asked for. */
  get typing() {
    const node = document.activeElement;
    if (!node?.matches?.("textarea, input[type=text]") || !this.root.contains(node)) return null;
    return { node, id: node.closest(".cell")?.dataset.id, start: node.selectionStart, end: node.selectionEnd };
  }

  resume({ node, id, start, end }) {
    const now = document.activeElement;
    if (now === node || now?.matches?.("textarea, input[type=text]")) return;
    const cell = this.cells.get(id);
    if (node.isConnected && node.offsetParent) node.focus({ preventScroll: true });
    else if (cell && node.tagName === "TEXTAREA" && this.root.offsetParent) {
      this.edit(cell);
      cell.editor.area.setSelectionRange(start, end);
    } else {
      // Letters that were meant for a text are no commands.
      this.isHeld = true;
      notify("What you were writing in is no longer here. Esc, an arrow key or a click goes on.");
    }
  }

  /** To the heading with these words; of several with the same the first, or by their numbers: as in an exported page. */
  follow(anchor) {
    const anchors = new Set(), counts = new Map();
    let target = anchor.includes(".") ? document.getElementById(anchor) : null;
    for (const heading of target ? [] : this.root.querySelectorAll(".prose :is(h1, h2, h3, h4, h5, h6)[id]")) {
      const words = heading.id.split(".").slice(2).join(".");
      let number = counts.get(words) ?? 1, own = words;
      while (anchors.has(own)) { number += 1; own = `${words}-${number}`; }
      anchors.add(own);
      counts.set(words, number);
      if (own === anchor) { target = heading; break; }
    }
    if (!target) { notify(`There is no heading “${anchor}” in this document.`); return; }
    this.mark(target.closest(".cell").dataset.id);
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "start" });
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
    case "moved": cell?.setMoved(message.step); break;
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
    if (["done", "failed", "stopped"].includes(message.state)) this.say(cell.label + (message.state === "done" ? ", done" : ""));
  }

  paintSoon(cell) { this.unpainted.add(cell); this.paint(); }

  setSession(session) {
    const wasState = this.session.state;
    this.session = session;
    if (wasState === session.state) return;
    const isBusy = session.state !== "idle";
    find("#interrupt").disabled = !isBusy;
    const mark = find("#session");
    mark.dataset.state = session.state;
    mark.textContent = isBusy ? session.state : "";
  }

  // Texts on their way.

  typed(cell) {
    cell.isDirty = true;
    this.tellWaiting();
    cell.typedAt = performance.now();
    this.suggestions.changed(cell.editor);
    this.sendTexts();
  }

  /** Sends what has been typed. */
  flush() {
    for (const cell of this.cells.values()) {
      if (!cell.isDirty) continue;
      const request = this.connection.nextRequest();
      if (this.connection.send("edit", { ...cell.change, request })) cell.wasSent(request);
    }
  }

  colored(cell, { request, html, text }) {
    if (!cell) return;
    cell.answered(request, text);
    this.tellWaiting();
    if (cell.kind === "code") cell.editor.color(html);
    else if (cell.kind === "prose") cell.layOut(html);
  }

  send(type, fields) {
    this.flush();
    if (this.connection.send(type, fields)) return true;
    notify("There is no connection to the session; what you type is kept.");
    return false;
  }

  // What is done with the cells.

  mark(id) {
    if (id === this.selected && this.current?.node.classList.contains("selected")) return;
    this.current?.node.classList.remove("selected");
    this.current?.node.setAttribute("tabindex", "-1");
    this.selected = id;
    this.current?.equip();
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
