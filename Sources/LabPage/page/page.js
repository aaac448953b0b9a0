// The page of `gan lab`: joins the parts, and hands each message to the one that it is for.

import { announce, button, element, find, notify, paced } from "/elements.js";
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
  // What comes from elsewhere takes the cursor from nobody who is writing.
  const { typing } = program;
  take(message);
  if (typing) program.resume(typing);
}

function take(message) {
  switch (message.type) {
  case "hello": hello(message); break;
  case "session": program.setSession(message); title(); break;
  case "saved": saved(message); break;
  case "conflict": conflict(message); break;
  case "exported": download(message); break;
  case "notice": if (!message.about || !page.game?.refuse(message.about, message.text)) notify(message.text, { level: message.level }); break;
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
  closeConflict();
  isNew = message.isNew === true;
  find("#name").textContent = name;
  find("#name").title = message.title ?? name;
  canSave = message.canSave !== false;
  keptIn = message.keptIn ?? null;
  program.begin(message);
  saved(message);
  title();
  document.body.dataset.ready = "";
}

const title = paced(300, () => { document.title = `${program.session.state === "idle" ? "" : "▶ "}${name} – Gan`; });

let canSave = true, isNew = false, keptIn = null, file = { isSaved: true, time: null };

function saved(message) {
  file = message;
  if (file.time) isNew = false;
  showSaved();
}

/** What of the document is in its file; what was typed and is not yet in the session is not. */
function showSaved() {
  const { time } = file, isWaiting = program.isWaiting, isSaved = file.isSaved && !isWaiting;
  find("#saved").textContent = isWaiting ? "not saved" : !canSave ? (isSaved ? "read only" : "read only: changes are kept aside")
    : !isSaved ? "not saved" : time ? `saved ${time}` : isNew ? "new file" : "";
  find("#saved").title = isWaiting ? "What was typed last is in this page alone"
    : !canSave ? `The file cannot be written. Changes are kept ${keptIn ? `in ${keptIn}` : "in this page alone"}.` : isNew ? "The file is made at the first save" : "";
  find("#saved").classList.toggle("unsaved", (canSave || isWaiting) && !isSaved);
}

program.onWaiting = showSaved;

/** Told after a moment, since most connections come again at once. */
function lost(attempts) {
  if (attempts < 1) return;
  document.body.classList.add("lost");
  const note = find("#lost");
  // A session that has ended does not come again at this address.
  const isLong = attempts > 8;
  if (note.hidden || isLong && !note.dataset.isLong) {
    if (isLong) note.dataset.isLong = "";
    note.replaceChildren(isLong ? "The session does not answer. Has gan lab been ended? Begin it again, and open the address that it says in another tab: this one joins it then, with what you typed. "
      : "The connection to the session is lost. What you type is kept; trying again. ", button({ text: "Try now", onclick: () => connection.again() }));
    note.hidden = false;
  }
}

/** The file is not what it was; without a text: there is nothing to choose any more. It is asked above the program, and takes the cursor from nobody:
    whoever is writing goes on, and presses none of its buttons. */
function conflict({ text, isGone }) {
  const box = find("#conflict");
  if (!text) { closeConflict(); return; }
  const title = isGone ? "The file is gone" : "The file was edited elsewhere";
  const choose = (name) => { connection.send("resolve", { choice: name }); leaveConflict(); closeConflict(); };
  const choice = (words, name) => button({ text: words, onclick: () => choose(name) });
  box.replaceChildren(
    element("h2", { id: "conflict-title" }, title),
    element("p", {}, text),
    element("div", { class: "choices" }, ...(isGone ? [choice("Write it again", "mine")]
      : [choice("Keep mine, write over the file", "mine"), choice("Take the file, drop mine", "theirs"), choice("Write mine beside it", "copy")]),
    button({ text: "Later", class: "quiet", onclick: later })));
  find("#choose").textContent = isGone ? "The file is gone: write it again?" : "The file was edited elsewhere: choose";
  if (box.hidden) announce(`${title}. ${text}`);
  [box.hidden, find("#choose").hidden] = [false, true];
}

/** It can still be chosen: the bar says so. */
function later() {
  leaveConflict();
  [find("#conflict").hidden, find("#choose").hidden] = [true, false];
}

function closeConflict() { find("#conflict").hidden = find("#choose").hidden = true; }

/** The focus goes back to where it came from, an editor above all. */
function leaveConflict() {
  if (!find("#conflict").contains(document.activeElement)) return;
  beforeConflict?.focus({ preventScroll: true });
  if (document.activeElement !== beforeConflict) program.leave();
}

let beforeConflict = null;
find("#conflict").addEventListener("focusin", ({ relatedTarget }) => { if (!find("#conflict").contains(relatedTarget)) beforeConflict = relatedTarget; });
find("#choose").onclick = () => { [find("#conflict").hidden, find("#choose").hidden] = [false, true]; find("#conflict button").focus(); };
find("#conflict").addEventListener("keydown", (event) => { if (event.key === "Escape") later(); });

function download({ name, text }) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

find("#run-all").onclick = () => program.runAll();
find("#interrupt").onclick = () => program.interrupt();
find("#restart").onclick = askToRestart;
find("#save").onclick = () => program.save();
find("#export").onchange = ({ target }) => {
  if (target.value) program.send("export", { format: target.value });
  target.value = "";
};

/** A second click within some seconds restarts: there is no way back. */
function askToRestart() {
  const node = find("#restart"), words = find("span", node);
  const isMeant = node.dataset.asks !== undefined;
  clearTimeout(askToRestart.timer);
  const end = () => { delete node.dataset.asks; words.textContent = "Restart"; node.setAttribute("aria-label", "Restart"); };
  if (isMeant) { end(); program.restart(); return; }
  node.dataset.asks = "";
  words.textContent = "Forget all?";
  node.setAttribute("aria-label", "Forget all values?");
  announce("Restarting forgets all values and ends what runs. Once more restarts.");
  askToRestart.timer = setTimeout(end, 4000);
}

addEventListener("beforeunload", (event) => {
  program.flush();
  // The session keeps what it has been told; without one, what is not in the file would be gone.
  if (!connection.isOpen && (program.isWaiting || !file.isSaved)) event.preventDefault();
});
