// Making and finding elements. All text becomes text; HTML is placed by `place` alone, and comes from the server.

export const find = (selector, root = document) => root.querySelector(selector);

/** An element with attributes, listeners (`onclick`) and children (elements or texts; nothing for null). */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** One of the drawings of page.html. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(svg.namespaceURI, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** A button with an icon, a text, or both; one without a text is named by its title. */
export function button({ icon: drawing, text, title, onclick, ...attributes }) {
  const node = element("button", { type: "button", title, "aria-label": text ? null : title, onclick, ...attributes });
  if (drawing) node.append(icon(drawing));
  if (text) node.append(element("span", {}, text));
  return node;
}

/** Places what the server has laid out. */
export function place(node, html) {
  node.innerHTML = html;
}

/** Says something to those who listen to the page. */
export function announce(text) {
  const announcer = find("#announcer");
  announcer.textContent = announcer.textContent === text ? `${text}\u00a0` : text;
}

/** So long notes stay, in milliseconds, and errors; while the pointer or the focus is on one it stays. */
const stay = { note: 8000, error: 30000 };
const mostNotices = 3;

/** A note at the foot of the page, which goes by itself, or is closed. Of more than three the oldest goes, an error last. */
export function notify(text, { level = "note", action = null } = {}) {
  const notices = find("#notices");
  const notice = element("div", { class: `notice ${level}`, role: level === "error" ? "alert" : "status" }, element("span", {}, text));
  let timer = null, before = null;
  const close = () => {
    clearTimeout(timer);
    const hadFocus = notice.contains(document.activeElement);
    notice.remove();
    if (hadFocus && before?.isConnected) before.focus({ preventScroll: true });
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => { if (notice.matches(":hover, :focus-within")) wait(); else close(); }, stay[level] ?? stay.note);
  };
  for (const event of ["pointerleave", "focusout"]) notice.addEventListener(event, wait);
  notice.addEventListener("focusin", ({ relatedTarget }) => { if (!notice.contains(relatedTarget)) before = relatedTarget; });
  if (action) notice.append(button({ text: action.text, onclick: () => { action.perform(); close(); } }));
  notice.append(button({ icon: "delete", title: "Close", class: "quiet icon", onclick: close }));
  // The same once more takes the place of what is there.
  for (const old of [...notices.children]) if (old.firstChild.textContent === text) old.remove();
  notices.append(notice);
  while (notices.children.length > mostNotices) (notices.querySelector(".notice:not(.error, :last-child)") ?? notices.firstChild).remove();
  wait();
}

/** Says within a row why what was asked for there was refused, until it is asked for something else or some seconds have gone; without a text: no longer. */
export function refuse(row, text = null) {
  find(":scope > .refusal", row)?.remove();
  if (!text) return;
  const note = element("p", { class: "refusal", role: "alert" }, text);
  row.append(note);
  setTimeout(() => note.remove(), stay.note);
}

/** A text of the session's with minus signs that are some. */
export const minus = (text) => text.replaceAll(/-(?=\d)/g, "−");

/** A number for the eye: four digits, with a minus that is one. */
export function number(value, digits = 4) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-4 || size >= 1e6) ? value.toExponential(1).replace(/\.0(?=e)/, "").replace("e+", "e") : String(Number(value.toPrecision(digits)));
  return text.replaceAll("-", "−");
}

/** Seconds for the eye. */
export function duration(seconds) {
  if (seconds < 0.0095) return `${Math.max(1, Math.round(seconds * 1000))} ms`;
  if (seconds < 10) return `${seconds.toFixed(2)} s`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** The work at most once in so many milliseconds, the last always. */
export function paced(milliseconds, work) {
  let last = 0, timer = null, latest = null;
  const perform = () => { timer = null; last = performance.now(); work(...latest); };
  return (...parameters) => {
    latest = parameters;
    if (timer === null) timer = setTimeout(perform, Math.max(0, last + milliseconds - performance.now()));
  };
}

/** What the browser keeps for this page, where it keeps anything. */
export const kept = {
  get(name) { try { return localStorage.getItem(name); } catch { return null; } },
  set(name, value) { try { localStorage.setItem(name, value); } catch { /* Then only until the page is closed. */ } },
};
