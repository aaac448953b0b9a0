// The two networks as rows of layers; the one that moves is lit.

import { element } from "/elements.js";

const roles = {
  G: { title: "Generator", from: "noise", to: "samples" },
  D: { title: "Discriminator", from: "points", to: "opinion" },
};

export class Networks {
  constructor() {
    this.node = element("div", { class: "networks" });
    this.shape = "";
  }

  receive({ networks = [], moves = null, kind }) {
    const shape = JSON.stringify([networks, kind]);
    if (shape !== this.shape) {
      this.shape = shape;
      this.node.replaceChildren(...networks.map((network) => this.network(network, kind)));
    }
    for (const node of this.node.children) {
      const isLit = node.dataset.name === moves;
      node.classList.toggle("lit", isLit);
      node.querySelector(".moving").textContent = isLit ? "learns" : "";
    }
  }

  network({ name, layers }, kind) {
    const role = roles[name] ?? { title: name, from: "", to: "" };
    const from = name === "D" && kind === "pictures" ? "pictures" : role.from;
    const largest = Math.max(1, ...layers.map(({ size }) => size ?? 0));
    const words = (text) => text.replaceAll("_", " ");
    const bars = [];
    for (const { name: layer, detail, size } of layers) {
      // What changes no shape stands below the layer that it follows.
      if (!size && bars.length) { bars.at(-1).append(element("em", {}, words(layer))); continue; }
      const height = 0.9 + (2.1 * Math.log2(1 + (size ?? 0))) / Math.log2(1 + largest);
      bars.push(element("li", {}, element("i", { style: `height:${height.toFixed(2)}rem`, "aria-hidden": "true" }), element("b", {}, words(layer)), element("small", {}, detail ?? "")));
    }
    return element("figure", { class: "network", "data-name": name, "aria-label": role.title },
      element("figcaption", {}, element("strong", {}, name), ` ${role.title.toLowerCase()}`, element("span", { class: "moving" })),
      element("ol", {}, element("li", { class: "end" }, from), ...bars, element("li", { class: "end" }, role.to)));
  }
}
