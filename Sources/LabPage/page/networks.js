// The two networks as rows of layers; the one that moves is lit.

import { element } from "/elements.js";

const roles = {
  G: { title: "Generator", from: "noise", to: "samples" },
  D: { title: "Discriminator", from: "points", to: "opinion" },
};

/** Layers that leave the shape of a sample as it is, and move no parameters that people look for: they stand below the layer before. */
const followers = /relu|elu|^tanh|sigmoid|^soft|swish|silu|mish|dropout|norm|noise/;

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
    const from = name === "D" ? { pictures: "pictures", points: "points", numbers: "numbers" }[kind] ?? "samples" : role.from;
    const words = (text) => text.replaceAll("_", " ");
    // Before the first step the sizes are not known, only what was written: "dense 64".
    const width = ({ size, detail }) => size ?? (Number.parseInt(detail, 10) || 1);
    const largest = Math.max(1, ...layers.map(width));
    const bars = [];
    for (const layer of layers) {
      if (followers.test(layer.name) && bars.length) { bars.at(-1).append(element("em", {}, words(layer.name))); continue; }
      const height = 0.9 + (2.1 * Math.log2(1 + width(layer))) / Math.log2(1 + largest);
      bars.push(element("li", { title: `${words(layer.name)} ${layer.detail ?? ""}`.trim() },
        element("i", { style: `height:${height.toFixed(2)}rem`, "aria-hidden": "true" }), element("b", {}, words(layer.name)), element("small", {}, layer.detail ?? "")));
    }
    return element("figure", { class: bars.length > 4 ? "network long" : "network", "data-name": name, "aria-label": role.title },
      element("figcaption", {}, element("strong", {}, name), ` ${role.title.toLowerCase()}`, element("span", { class: "moving" })),
      element("ol", {}, element("li", { class: "end" }, from), ...bars, element("li", { class: "end" }, role.to)));
  }
}
