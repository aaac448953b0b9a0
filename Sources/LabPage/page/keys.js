// The keys, as Jupyter has them: one table, from which they are found, and from which the sheet behind `?` is made.

import { element, find } from "/elements.js";

/** The table: where a key counts, the keys (a sequence with blanks between), what it does. */
function table(program, page) {
  return {
    "In an editor": [
      ["Escape", "leave the editor", () => program.leave()],
      ["Tab", "complete; behind blanks: indent"],
      ["Shift-Tab", "explain what stands at the cursor"],
      ["Ctrl-Shift--", "split the cell at the cursor", () => program.split()],
      ["Ctrl-/", "comment, or no longer"],
      ["Ctrl-] or Ctrl-[", "indent more, less"],
      ["ArrowUp", null, () => program.current.editor.isAtTop && program.go(-1, { edit: true })],
      ["ArrowDown", null, () => program.current.editor.isAtBottom && program.go(1, { edit: true })],
    ],
    "Everywhere in the program": [
      ["Shift-Enter", "run, and go to the next cell", () => program.runAndGo()],
      ["Ctrl-Enter", "run", () => { program.run(); program.leave(); }],
      ["Alt-Enter", "run, and insert a cell below", () => program.runAndInsert()],
      ["Ctrl-Shift-ArrowUp", "move the cell up", () => program.move(program.current, -1)],
      ["Ctrl-Shift-ArrowDown", "move the cell down", () => program.move(program.current, 1)],
      ["Ctrl-s", "save", () => program.save()],
    ],
    "On a cell": [
      ["Enter", "edit", () => program.edit()],
      ["j or ArrowDown", "to the next cell", () => program.go(1)],
      ["k or ArrowUp", "to the cell before", () => program.go(-1)],
      ["a", "insert a cell above", () => program.insertAbove()],
      ["b", "insert a cell below", () => program.insertBelow()],
      ["d d", "delete the cell", () => program.remove()],
      ["z", "bring back what was deleted", () => program.undelete()],
      ["m", "prose", () => program.setKind("prose")],
      ["y", "code", () => program.setKind("code")],
      ["r", "raw text", () => program.setKind("raw")],
      ["Shift-M", "join with the cell below", () => program.join()],
      ["Shift-R", "run from here on", () => program.runFrom()],
      ["i i", "stop what runs", () => program.interrupt()],
      ["0 0", "restart: forget all values", () => program.restart()],
    ],
    "In the game": [
      ["p or Space", "play, pause", () => page.game?.toggle()],
      ["s or ArrowRight", "one step of both", () => page.game?.act("step")],
      ["d", "one step of D", () => page.game?.act("step_d")],
      ["g", "one step of G", () => page.game?.act("step_g")],
      ["x or ArrowLeft", "one step back", () => page.game?.act("back")],
      ["l", "slow motion on, off", () => page.game?.toggleSlow()],
      ["n", "the next part of a slow step", () => page.game?.act("next")],
      [", or .", "slower, faster"],
      [",", null, () => page.game?.quicken(-1)],
      [".", null, () => page.game?.quicken(1)],
    ],
    "Anywhere": [
      ["1", "the program alone", () => page.panes.show("program")],
      ["2", "both", () => page.panes.show("both")],
      ["3", "the game alone", () => page.panes.show("game")],
      ["w", "for the wall: full screen, larger", () => page.panes.toggleWall()],
      ["?", "this sheet", () => openSheet(table(program, page))],
    ],
  };
}

const signs = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc" };

/** The name of what was pressed, as the table writes it. */
function name(event) {
  const { key } = event;
  let result = key === " " ? "Space" : key;
  if (event.ctrlKey || event.metaKey) {
    if (key === "_" || key === "-" && event.shiftKey) return "Ctrl-Shift--";
    return `Ctrl-${event.shiftKey ? "Shift-" : ""}${key.length === 1 ? key.toLowerCase() : key}`;
  }
  if (event.altKey) return `Alt-${result}`;
  if (event.shiftKey && (key.length > 1 || /[A-Z]/.test(key))) result = `Shift-${key}`;
  return result;
}

export function listen(program, page) {
  const sections = table(program, page);
  const found = Object.fromEntries(Object.entries(sections).map(([place, rows]) =>
    [place, new Map(rows.filter((row) => row[2]).flatMap(([keys, , action]) => keys.split(" or ").map((key) => [key, action])))]));
  let begun = "", timer = null;

  /** Which parts of the table count where the focus is. */
  function places(target) {
    if (target.closest("dialog, #conflict")) return [];
    const isField = target.closest("input, select, textarea");
    const cell = target.closest(".cell");
    if (cell && target.tagName === "TEXTAREA") return ["In an editor", "Everywhere in the program"];
    if (isField) return [];
    if (target.closest("#game") || page.panes.view === "game") return ["In the game", "Anywhere"];
    if (target.closest("[role=separator], [role=slider], canvas")) return ["Anywhere"];
    // Also behind a click on a button of the bar or of a cell.
    return ["Everywhere in the program", "On a cell", "Anywhere"];
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    const pressed = name(event);
    if (pressed === "Ctrl-s") { event.preventDefault(); program.save(); return; }
    if (event.target.closest("textarea, input, select")) program.isHeld = false;
    if (program.isHeld) {
      if (/^(Escape|Arrow\w+)$/.test(pressed)) { program.isHeld = false; program.select(program.selected); event.preventDefault(); }
      return;
    }
    // From the bar and from notices back to the cell.
    if (pressed === "Escape" && event.target.closest("#bar, #notices, body") && !event.target.closest("main, #game, dialog, #conflict, [role=separator]")) {
      program.leave();
      return;
    }
    const isButton = event.target.closest("button, a, summary");
    if (isButton && (pressed === "Space" || pressed === "Enter")) return;
    for (const place of places(event.target)) {
      const keys = found[place];
      const sequence = begun ? `${begun} ${pressed}` : pressed;
      const action = keys.get(sequence) ?? keys.get(pressed);
      clearTimeout(timer);
      if (action) {
        begun = "";
        if (action() !== false) { event.preventDefault(); return; }
        continue;
      }
      if ([...keys.keys()].some((key) => key.startsWith(`${pressed} `))) {
        begun = pressed;
        timer = setTimeout(() => { begun = ""; }, 800);
        return;
      }
    }
    if (!["Shift", "Control", "Alt", "Meta"].includes(event.key)) begun = "";
  });
  document.addEventListener("pointerdown", () => { program.isHeld = false; }, true);
  find("#help").onclick = () => openSheet(sections);
}

function openSheet(sections) {
  const key = (keys) => keys.split(" or ").flatMap((one, index) => [
    index ? " or " : "",
    ...one.split(" ").map((part) => element("kbd", {}, part.replace(/[A-Z]\w+$/, (word) => signs[word] ?? word))).flatMap((node, place) => place ? [" ", node] : [node]),
  ]);
  const dialog = find("#keys");
  dialog.replaceChildren(
    element("form", { method: "dialog" }, element("h2", { id: "keys-title" }, "Keys"), element("button", { autofocus: true }, "Close")),
    element("div", { class: "sheet" }, ...Object.entries(sections).map(([place, rows]) => element("section", {},
      element("h3", {}, place),
      element("dl", {}, ...rows.filter((row) => row[1]).flatMap(([keys, what]) => [element("dt", {}, ...key(keys)), element("dd", {}, what)]))))));
  if (!dialog.open) dialog.showModal();
}
