// How the window is divided: the program, the game, or both; the divider; the wall; light and dark.

import { announce, find, kept } from "/elements.js";

const narrow = matchMedia("(max-width: 56rem)");

export class Panes {
  constructor({ onChange }) {
    this.onChange = onChange;
    this.hasGame = false;
    this.wish = kept.get("view") ?? "both";
    this.views = find(".views");
    for (const choice of this.views.children) choice.addEventListener("click", () => this.show(choice.dataset.view));
    this.views.addEventListener("keydown", (event) => this.arrows(event));
    narrow.addEventListener("change", () => this.apply());
    this.divide(Number(kept.get("share")) || 46);
    this.listenToDivider();
    find("#wall").onclick = () => this.toggleWall();
    document.addEventListener("fullscreenchange", () => this.setWall(document.fullscreenElement !== null));
    find("#theme").onclick = () => this.nextTheme();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.onChange());
    this.tellTheme();
    this.apply();
  }

  get view() { return document.body.dataset.view; }

  show(view) {
    if (!this.hasGame && view !== "program") return;
    this.wish = view;
    kept.set("view", view);
    this.apply();
  }

  setGame(hasGame) {
    if (this.hasGame === hasGame) return;
    this.hasGame = hasGame;
    this.apply();
    if (hasGame) announce("The game is open");
  }

  apply() {
    let view = this.hasGame ? this.wish : "program";
    if (narrow.matches && view === "both") view = "program";
    document.body.dataset.view = view;
    this.views.hidden = !this.hasGame;
    find("#game").hidden = view === "program";
    find("#program").hidden = view === "game";
    find("#divider").hidden = view !== "both";
    for (const choice of this.views.children) {
      const isChosen = choice.dataset.view === view;
      choice.setAttribute("aria-checked", isChosen);
      choice.tabIndex = isChosen ? 0 : -1;
    }
    this.onChange();
  }

  arrows(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const choices = [...this.views.children].filter((choice) => choice.offsetParent);
    const next = choices[(choices.findIndex((choice) => choice.tabIndex === 0) + step + choices.length) % choices.length];
    this.show(next.dataset.view);
    next.focus();
  }

  /** The program's share of the width, in percent. */
  divide(share) {
    this.share = Math.max(20, Math.min(80, share));
    find("#panes").style.setProperty("--share", `${this.share}%`);
    find("#divider").setAttribute("aria-valuenow", Math.round(this.share));
    kept.set("share", this.share);
    this.onChange();
  }

  listenToDivider() {
    const divider = find("#divider");
    divider.addEventListener("pointerdown", (event) => {
      divider.setPointerCapture(event.pointerId);
      divider.onpointermove = ({ clientX }) => this.divide((clientX / innerWidth) * 100);
      divider.onpointerup = divider.onpointercancel = () => { divider.onpointermove = null; };
    });
    divider.addEventListener("dblclick", () => this.divide(46));
    divider.addEventListener("keydown", (event) => {
      const place = { ArrowLeft: this.share - 2, ArrowRight: this.share + 2, Home: 20, End: 80 }[event.key];
      if (place === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      this.divide(place);
    });
  }

  /** Full screen, where the browser allows it; large type in any case. */
  toggleWall() {
    const isOn = !document.documentElement.classList.contains("wall");
    this.setWall(isOn);
    if (isOn) document.documentElement.requestFullscreen?.().catch(() => {});
    else if (document.fullscreenElement) document.exitFullscreen();
  }

  setWall(isOn) {
    document.documentElement.classList.toggle("wall", isOn);
    find("#wall").setAttribute("aria-pressed", isOn);
    if (isOn && this.hasGame && this.view === "both") { this.before = "both"; this.show("game"); }
    if (!isOn && this.before) { this.show(this.before); this.before = null; }
    this.onChange();
  }

  nextTheme() {
    const { dataset } = document.documentElement;
    const next = { undefined: "light", light: "dark", dark: undefined }[dataset.theme];
    if (next) dataset.theme = next; else delete dataset.theme;
    kept.set("theme", next ?? "");
    this.tellTheme();
    this.onChange();
  }

  tellTheme() {
    const text = `Colors: ${document.documentElement.dataset.theme ?? "as the system"}`;
    find("#theme").setAttribute("aria-label", text);
    find("#theme").title = text;
  }
}
