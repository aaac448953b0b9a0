// The page of `gan lab`: joins the parts, and hands each message to the one that it is for.

import { announce, button, element, find, notify } from "/elements.js";
import { Connection } from "/connection.js";
import { Panes } from "/panes.js";
import { Program } from "/program.js";
import { listen } from "/keys.js";

const page = { game: null, panes: null };
page.panes = new Panes({ onChange: () => page.game?.restyle() });
let name = "program.gan", gameIsComing = null;

const connection = new Connection({ onMessage: receive, onFrame: (bytes) => withGame((game) => game.receiveFrame(bytes)), onLost: lost });
const program = new Program(find("#program"), connection);
listen(program, page);

/** Does something with the game, which is fetched when a run is first there. */
function withGame(work) {
  if (page.game) { work(page.game); return; }
  gameIsComing ??= import("/game.js").then(({ Game }) => {
    page.game = new Game(find("#game"), { send: (action, fields) => connection.send("game", { action, ...fields }), onPresence: (isThere) => page.panes.setGame(isThere) });
  });
  gameIsComing = gameIsComing.then(() => work(page.game));
}

function receive(message) {
  switch (message.type) {
  case "hello": hello(message); break;
  case "session": program.setSession(message); title(); break;
  case "saved": saved(message); break;
  case "conflict": conflict(message); break;
  case "exported": download(message); break;
  case "notice": notify(message.text, { level: message.level }); break;
  case "game": if (page.game || message.state !== "none") withGame((game) => game.receive(message)); break;
  case "curves": withGame((game) => game.receiveCurves(message)); break;
  default: program.receive(message);
  }
}

function hello(message) {
  const wasLost = !find("#lost").hidden;
  find("#lost").hidden = true;
  delete find("#lost").dataset.isLong;
  document.body.classList.remove("lost");
  if (wasLost) announce("Connected again");
  name = message.name;
  find("#conflict").close();
  isNew = message.isNew === true;
  find("#name").textContent = name;
  find("#name").title = message.title ?? name;
  canSave = message.canSave !== false;
  find("#save").hidden = !canSave;
  program.begin(message);
  saved(message);
  title();
  document.body.dataset.ready = "";
}

function title() {
  document.title = `${program.session.state === "idle" ? "" : "▶ "}${name} – Gan`;
}

let canSave = true, isNew = false;

function saved({ isSaved, time }) {
  if (time) isNew = false;
  find("#saved").textContent = !canSave ? "changes are not kept" : !isSaved ? "not saved" : time ? `saved ${time}` : isNew ? "new file" : "";
  find("#saved").title = isNew ? "The file is made at the first save" : "";
  find("#saved").classList.toggle("unsaved", canSave && !isSaved);
}

/** Told after a moment, since most connections come again at once. */
function lost(attempts) {
  if (attempts < 1) return;
  document.body.classList.add("lost");
  const note = find("#lost");
  // A session that has ended does not come again at this address.
  const isLong = attempts > 8;
  if (note.hidden || isLong && !note.dataset.isLong) {
    if (isLong) note.dataset.isLong = "";
    note.replaceChildren(isLong ? "The session does not answer. Has gan lab been ended? Begun again, it says a new address. What you typed is still here. "
      : "The connection to the session is lost. What you type is kept; trying again. ", button({ text: "Try now", onclick: () => connection.again() }));
    note.hidden = false;
  }
}

/** The file is not what it was; without a text: there is nothing to choose any more. */
function conflict({ text, isGone }) {
  const dialog = find("#conflict");
  if (!text) { dialog.close(); return; }
  // Whoever is typing when it opens, and presses Enter, writes nothing over.
  const choice = (words, name, isFirst = false) => button({ text: words, autofocus: isFirst, onclick: () => { if (name) connection.send("resolve", { choice: name }); dialog.close(); } });
  dialog.replaceChildren(
    element("h2", { id: "conflict-title" }, isGone ? "The file is gone" : "The file was edited elsewhere"),
    element("p", {}, text),
    element("div", { class: "choices" }, ...(isGone ? [choice("Write it again", "mine"), choice("Leave it; Save asks again", null, true)]
      : [choice("Keep mine, write over the file", "mine"), choice("Take the file, drop mine", "theirs"), choice("Write mine beside it", "copy", true)])));
  if (!dialog.open) dialog.showModal();
}

function download({ name, text }) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

find("#run-all").onclick = () => program.runAll();
find("#interrupt").onclick = () => program.interrupt();
find("#restart").onclick = () => program.restart();
find("#save").onclick = () => program.save();
find("#export").onchange = ({ target }) => {
  if (target.value) program.send("export", { format: target.value });
  target.value = "";
};
addEventListener("beforeunload", () => program.flush());
