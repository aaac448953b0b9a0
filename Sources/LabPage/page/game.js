// The game beside the program: the run that trains, seen and played.

import { announce, button, element, find, icon, minus, notify, paced, refuse } from "/elements.js";
import { Curves } from "/curves.js";
import { Knobs } from "/knobs.js";
import { Networks } from "/networks.js";
import { Stage } from "/stage.js";
import { palette } from "/palette.js";

const phases = [["noise", "draw noise"], ["generate", "generate"], ["opinion", "D’s opinion"], ["loss", "loss"], ["slopes", "slopes"], ["update", "update"]];
const names = { objective: "Objective", penalty: "Penalty", data: "Data" };
const wayBack = "Back (x) leads here again";
const ownPoints = "draw your own …";

export class Game {
  /** `send(action, fields)` asks the session; `onPresence` is told whether there is a run to look at. */
  constructor(root, { send, onPresence }) {
    Object.assign(this, { root, onPresence, state: { state: "none" }, isDue: false });
    // Numbers that are being turned are sent a few times a second, and before whatever else is asked for.
    const turned = new Map();
    const sendTurned = () => { for (const fields of turned.values()) send("set", fields); turned.clear(); };
    this.send = (action, fields) => { sendTurned(); send(action, fields); };
    this.stage = new Stage({ use: (points) => this.usePoints(points) });
    this.curves = new Curves();
    this.networks = new Networks();
    const sendSoon = paced(60, sendTurned);
    this.knobs = new Knobs((action, fields) => { if (action === "set") { turned.set(fields.name, fields); sendSoon(); } else this.send(action, fields); });
    this.stage.onChange = () => this.draw();
    // Another page may have asked for the slopes; what was asked for here is on its way.
    this.stage.onFrame = ({ slopes, rows }) => {
      if (!slopes || performance.now() - (this.shownAt ?? -Infinity) < 600) return;
      this.shows.slopes.checked = slopes.length > 0;
      this.shows.grid.checked = rows > 0;
    };
    this.curves.onChange = () => { this.curvesAreDue = true; this.draw(); };
    this.drawCurvesSoon = paced(100, this.curves.onChange);
    this.build();
    new ResizeObserver(() => this.restyle()).observe(this.stage.box);
    new ResizeObserver(() => this.restyle()).observe(this.curves.box);
  }

  build() {
    const act = (name, title, drawing, text, more = {}) => button({ icon: drawing, text, title, class: "act", "data-action": name, onclick: () => this.act(name), ...more });
    this.play = act("play", "Play (p)", "play", "Play", { class: "act primary", onclick: () => this.toggle() });
    this.slow = act("slow", "Slow motion: each part of a step by itself (l)", "slow", "Slow", { "aria-pressed": "false", onclick: () => this.toggleSlow() });
    this.next = act("next", "The next part of the step (n)", "step", "Next", { hidden: true });
    this.buttons = [
      act("back", "One step back (x)", "back", "Back"), this.play, act("step", "One step of both (s)", "step", "Step"),
      act("step_d", "One step of D alone (d)", null, "Step D"), act("step_g", "One step of G alone (g)", null, "Step G"), this.slow, this.next,
    ];
    this.reset = button({ icon: "restart", text: "From the start", title: `The run as the program makes it, with its objective, penalty, data and numbers; ${wayBack}`, "aria-label": "From the start", class: "quiet", onclick: () => this.act("reset") });
    this.seed = button({ icon: "seed", text: "Other seed", title: `The run as the program makes it, with other random numbers; ${wayBack}`, "aria-label": "Other seed", class: "quiet", onclick: () => this.act("seed") });
    this.speed = element("input", { type: "range", id: "speed", min: 0, max: 4, step: 1, oninput: () => this.send("speed", { value: Number(this.speed.value) }) });
    this.speedRow = element("span", { class: "speed", title: "How fast it is played (, slower, . faster); slow motion has a speed of its own" }, element("label", { for: "speed" }, "Speed"), this.speed);
    this.standing = element("div", { class: "standing" });
    this.path = element("ol", { class: "path", hidden: true, "aria-label": "Parts of a step" }, ...phases.map(([name, text]) => element("li", { "data-phase": name }, text)));
    this.says = element("p", { class: "says", "aria-live": "polite", hidden: true });
    this.choices = element("div", { class: "choices-row" });
    const show = (name, text) => {
      const box = element("input", { type: "checkbox", onchange: () => { this.shownAt = performance.now(); this.send("show", { slopes: this.shows.slopes.checked, grid: this.shows.grid.checked }); } });
      return [box, element("label", { class: "show" }, box, ` ${text}`)];
    };
    const [slopes, slopesLabel] = show("slopes", "slopes"), [grid, gridLabel] = show("grid", "G’s plane");
    this.shows = { slopes, grid };
    this.showRow = element("span", { class: "shows" }, slopesLabel, gridLabel);
    this.stage.legend.append(this.showRow);
    this.root.append(
      element("div", { class: "transport", role: "toolbar", "aria-label": "Play" }, ...this.buttons, this.speedRow, element("span", { class: "gap" }), this.reset, this.seed),
      element("div", { class: "slow-part" }, this.path, this.says),
      this.standing, element("div", { class: "views-of-run" }, this.stage.node, this.curves.node, this.networks.node),
      element("div", { class: "settings" }, this.choices, this.knobs.node));
  }

  // What the session says.

  receive(message) {
    const before = this.state;
    if (message.run !== undefined && message.run !== before.run || message.kind && message.kind !== before.kind) this.stage.clear();
    this.state = { ...before, says: null, ...message };
    const { state } = this.state;
    if (this.stage.kind !== this.state.kind) { this.stage.kind = this.state.kind; this.stage.refresh(); }
    this.onPresence(state !== "none");
    if (state === "none") { this.curves.clear(); this.stage.clear(); return; }
    if (message.knobs) this.knobs.receive(message.knobs, message.answered);
    this.curves.aim = this.state.aim ?? null;
    this.curvesAreDue = true;
    if (message.choices) this.offer(message.choices);
    this.networks.receive(this.state);
    this.showStanding(before);
    this.draw();
  }

  receiveCurves(message) { this.curves.receive(message); this.drawCurvesSoon(); }
  receiveFrame(bytes) { this.stage.receive(bytes); this.draw(); }

  showStanding(before) {
    const { state, step, epoch, words, slow, phase, says, back, backTo, kind } = this.state;
    const isPlaying = state === "playing";
    if (this.play.dataset.state !== state) {
      this.play.dataset.state = state;
      const [drawing, text] = isPlaying ? ["pause", "Pause"] : ["play", "Play"];
      this.play.replaceChildren(icon(drawing), element("span", {}, text));
    }
    this.buttons[0].tip = back ? `One step back (x), to step ${backTo}; ${back} ${back === 1 ? "is" : "are"} kept` : "One step back (x)";
    this.play.tip = `${isPlaying ? "Pause" : "Play"} (p)`;
    for (const one of this.buttons) this.permit(one, isPlaying && one === this.play ? null : this.obstacle(one.dataset.action));
    this.permit(this.shows.slopes, this.obstacle("slopes"), this.shows.slopes.parentNode);
    this.slow.setAttribute("aria-pressed", Boolean(slow));
    const { speed = 4, pace = "" } = this.state;
    this.speed.value = speed;
    this.speed.setAttribute("aria-valuetext", pace);
    this.speed.style.setProperty("--part", `${25 * speed}%`);
    if (this.awaitsPace && before.pace !== pace) { announce(pace); this.awaitsPace = false; }
    this.speedRow.title = `${pace} (, slower, . faster); slow motion and play have each a speed of their own`;
    this.next.hidden = !slow;
    this.standing.replaceChildren(
      element("span", { class: "step" }, "step ", element("strong", {}, String(step ?? 0))), epoch === undefined || epoch === null ? "" : element("span", {}, `epoch ${epoch}`),
      element("span", { class: "words" }, minus(words ?? "")), element("span", { class: "run-state" }, { playing: "", ended: "at its end" }[state] ?? state));
    this.path.hidden = !slow;
    this.root.classList.toggle("slow", Boolean(slow));
    this.says.hidden = !slow;
    for (const item of this.path.children) {
      const isNow = item.dataset.phase === phase;
      if (isNow) item.setAttribute("aria-current", "step"); else item.removeAttribute("aria-current");
      item.classList.toggle("past", phases.findIndex(([name]) => name === item.dataset.phase) < phases.findIndex(([name]) => name === phase));
    }
    const sentence = minus(says ?? "").replaceAll("'", "’");
    if (slow && this.says.textContent !== sentence) this.says.textContent = sentence;
    this.showRow.hidden = kind !== "points";
    if (before.state !== state && before.state !== "none") announce({ playing: "playing", paused: `paused at step ${step}`, ended: "the training has ended" }[state] ?? "");
  }

  offer(choices) {
    const shape = JSON.stringify(choices.map(({ what, options }) => [what, options]));
    if (shape !== this.shape) {
      this.shape = shape;
      this.choices.replaceChildren(...choices.map(({ what, options }) => {
        const list = element("select", { id: `choice-${what}`, onchange: () => this.choose(what, list.value) },
          ...options.map((option) => element("option", { value: option }, option.replaceAll("_", " "))),
          what === "data" && this.state.kind === "points" && this.obstacle("points") === null ? element("option", { value: ownPoints }, ownPoints) : null);
        const pen = button({ icon: "write", title: `Write ${names[what]?.toLowerCase() ?? what} into the program`, class: "quiet icon", onclick: () => this.send("write", { name: what }) });
        return element("div", { "data-choice": what }, element("label", { for: list.id }, names[what] ?? what), list, pen);
      }));
    }
    for (const { what, value: chosen } of choices) {
      const value = chosen ?? "–";
      const list = find(`#choice-${what}`, this.choices);
      if (document.activeElement === list && this.stage.drawn) continue;
      if (![...list.options].some((option) => option.value === value)) list.prepend(element("option", { value, hidden: true }, value.replaceAll("_", " ")));
      list.value = value;
    }
  }

  // What is done.

  /** Why something cannot be done now; nothing where it can. */
  obstacle(action) { return this.state.cannot?.[action] ?? null; }

  /** What cannot be done is switched off, and says why. */
  permit(control, reason, labeled = control) {
    control.tip ??= control.title;
    control.disabled = reason !== null;
    labeled.title = reason === null ? control.tip : `${control.tip ? `${control.tip}: ` : ""}${reason}`;
    if (reason === null) control.removeAttribute("aria-description"); else control.setAttribute("aria-description", reason);
  }

  act(action, fields = {}) {
    const reason = this.state.state === "none" || action === "pause" ? null : this.obstacle(action);
    if (reason !== null) { notify(`${reason[0].toUpperCase()}${reason.slice(1)}.`); return; }
    this.ask(action, fields);
  }

  ask(action, fields) { if (this.state.state !== "none") this.send(action, fields); }
  toggle() { this.act(this.state.state === "playing" ? "pause" : "play"); }
  /** Slower or faster, by one place of the scale; said, as the slider may not have the focus. */
  quicken(change) {
    // From where the slider stands: the next key may come before the answer to this one.
    const value = Math.max(0, Math.min(4, Number(this.speed.value) + change));
    this.speed.value = value;
    this.awaitsPace = true;
    this.ask("speed", { value });
  }

  toggleSlow() { this.act("slow", { on: !this.state.slow }); }

  /** Says at a knob or a choice why something was refused there; false where it is not seen. */
  refuse(name, text) {
    const knob = this.knobs.rows.get(name), choice = find(`[data-choice="${CSS.escape(name)}"]`, this.choices);
    if (this.root.hidden || !knob && !choice) return false;
    if (knob) knob.refused(text); else refuse(choice, text);
    return true;
  }

  choose(what, value) {
    refuse(find(`[data-choice="${what}"]`, this.choices));
    if (value === ownPoints) this.stage.begin();
    else this.send("choose", { what, value });
  }

  usePoints(points) {
    if (points) this.send("points", { points });
    else this.offer(this.state.choices ?? []);
  }

  // Drawing: once a frame of the screen, and only what is seen.

  restyle() {
    this.colors = null;
    this.curves.onChange();
  }

  draw() {
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => {
      this.isDue = false;
      if (this.root.hidden) return;
      this.colors ??= palette();
      this.stage.draw(this.colors);
      if (this.curvesAreDue) this.curves.draw(this.colors);
      this.curvesAreDue = false;
    });
  }
}
