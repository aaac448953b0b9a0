// The colors of the style sheet, for canvases; and lengths that grow with the type.

const probe = document.createElement("span");
probe.hidden = true;
document.body.append(probe);
const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

/** A color of the style sheet ("real") as red, green and blue. */
function channels(name) {
  probe.style.color = `var(--${name})`;
  context.fillStyle = getComputedStyle(probe).color;
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data.subarray(0, 3)];
}

const names = ["paper", "panel", "ink", "soft", "line", "real", "real-ink", "fake", "critic", "low", "high", "level"];

/** All colors as texts, the ramp of the landscape from low to high in 256 steps, and the measures of lines. */
export function palette() {
  const colors = Object.fromEntries(names.map((name) => [name, channels(name)]));
  const ramp = new Uint8ClampedArray(256 * 3);
  for (let index = 0; index < 256; index += 1) {
    for (let part = 0; part < 3; part += 1) ramp[3 * index + part] = colors.low[part] + ((colors.high[part] - colors.low[part]) * index) / 255;
  }
  const size = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const isWall = document.documentElement.classList.contains("wall");
  return {
    ...Object.fromEntries(names.map((name) => [name, `rgb(${colors[name].join(" ")})`])),
    ramp, unit: size / 16, stroke: (isWall ? 1.5 : 1) * (size / 16), font: getComputedStyle(document.body).getPropertyValue("--sans"),
  };
}

/** Brings a canvas to the size of its box, in the pixels of the screen; its context in units of CSS. */
export function fit(canvas, width, height) {
  const ratio = devicePixelRatio || 1;
  const across = Math.max(1, Math.round(width * ratio)), down = Math.max(1, Math.round(height * ratio));
  if (canvas.width !== across || canvas.height !== down) { canvas.width = across; canvas.height = down; }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
