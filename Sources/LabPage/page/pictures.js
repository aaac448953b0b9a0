// Samples that are pictures: each pixel a square of whole pixels of the screen.

import { fit } from "/palette.js";

const sheet = document.createElement("canvas");

export function readPictures(head, buffer, start) {
  const size = head.width * head.height * head.channels, made = head.columns * head.rows * size;
  return { ...head, bytes: new Uint8Array(buffer, start, made), realBytes: new Uint8Array(buffer, start + made, head.real * size) };
}

/** How a frame is drawn in a box of CSS units: in how many columns and rows, by which factor in pixels of the screen, with which gap. Of large pictures fewer
    fit, of small ones nobody in the last row sees the strokes, and much of the box may be left empty: all counts. `line`: the room for a line of type over the real pictures and over the others. */
export function pictureLayout(frame, width, height, line = 0) {
  const ratio = devicePixelRatio || 1, gap = Math.max(1, Math.round(2 * ratio)), count = frame.columns * frame.rows, head = line ? 1 : 0;
  let best = { factor: 1, columns: 1, rows: 1, worth: 0 };
  for (let factor = 1; ; factor += 1) {
    const fit = (room, side) => Math.floor((room * ratio + gap) / (factor * side + gap));
    const across = Math.min(count, fit(width, frame.width)), down = fit(height - 2 * line, frame.height) - head;
    if (across < 1 || down < 1) break;
    for (let columns = 1; columns <= across; columns += 1) {
      const rows = Math.min(down, Math.floor(count / columns)), worth = factor ** 2.5 * (columns * rows) ** 1.5;
      if (worth > best.worth) best = { factor, columns, rows, worth };
    }
  }
  // Where both do not fit the samples stand alone.
  if (line && !best.worth) return pictureLayout(frame, width, height);
  const { factor, columns, rows } = best, all = rows + head;
  return {
    factor, gap, columns, rows, line, width: (factor * columns * frame.width + gap * (columns - 1)) / ratio,
    height: 2 * line + (factor * all * frame.height + gap * (all - 1)) / ratio,
  };
}

/** The bytes of pictures side by side, as pixels. */
function paint(bytes, { channels }, across, down) {
  sheet.width = across;
  sheet.height = down;
  const small = sheet.getContext("2d"), picture = small.createImageData(across, down);
  for (let from = 0, to = 0; to < picture.data.length; from += channels, to += 4) {
    picture.data[to] = bytes[from];
    picture.data[to + 1] = bytes[from + (channels > 1 ? 1 : 0)];
    picture.data[to + 2] = bytes[from + (channels > 2 ? 2 : 0)];
    picture.data[to + 3] = 255;
  }
  small.putImageData(picture, 0, 0);
}

/** Draws as many of a frame's pictures as fill the box, below some real ones; gives how many. */
export function drawPictures(canvas, frame, colors, width, height) {
  const { factor, gap, columns, rows, line, ...size } = pictureLayout(frame, width, height, frame.real ? 18 * colors.unit : 0);
  const context = fit(canvas, size.width, size.height), ratio = devicePixelRatio || 1;
  canvas.style.width = `${size.width}px`;
  canvas.style.height = `${size.height}px`;
  context.clearRect(0, 0, size.width, size.height);
  const high = factor * frame.height, second = line ? Math.round(line * ratio) + high + gap : 0;
  if (line) {
    Object.assign(context, { fillStyle: colors.soft, font: `${12 * colors.unit}px ${colors.font}`, textBaseline: "middle", textAlign: "left" });
    context.fillText("real", 0, line / 2);
    context.fillText("samples", 0, second / ratio + line / 2);
  }
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.imageSmoothingEnabled = false;
  const put = (place, stored, shown, top) => {
    const [fromRow, fromColumn] = [Math.floor(place / stored), place % stored], [row, column] = [Math.floor(place / shown), place % shown];
    context.drawImage(sheet, fromColumn * frame.width, fromRow * frame.height, frame.width, frame.height,
      column * (factor * frame.width + gap), top + row * (high + gap), factor * frame.width, high);
  };
  const real = line ? Math.min(columns, frame.real) : 0;
  if (real) paint(frame.realBytes, frame, frame.real * frame.width, frame.height);
  for (let place = 0; place < real; place += 1) put(place, frame.real, columns, Math.round(line * ratio));
  paint(frame.bytes, frame, frame.columns * frame.width, frame.rows * frame.height);
  for (let place = 0; place < columns * rows; place += 1) put(place, frame.columns, columns, second + Math.round(line * ratio));
  return { samples: columns * rows, real };
}
