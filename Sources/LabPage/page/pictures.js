// Samples that are pictures: each pixel a square of whole pixels of the screen.

import { fit } from "/palette.js";

export function readPictures(head, buffer, start) {
  return { ...head, bytes: new Uint8Array(buffer, start, head.columns * head.width * head.rows * head.height * head.channels) };
}

const sheet = document.createElement("canvas");

/** How a frame is drawn in a box of CSS units: in how many columns and rows, by which factor in pixels of the screen, with which gap. Of large pictures fewer
    fit, of small ones much of the box may be left empty: both count. */
export function pictureLayout(frame, width, height) {
  const ratio = devicePixelRatio || 1, gap = Math.max(1, Math.round(2 * ratio)), count = frame.columns * frame.rows;
  let best = { factor: 1, columns: 1, rows: 1, worth: 0 };
  for (let factor = 1; ; factor += 1) {
    const fit = (room, side) => Math.floor((room * ratio + gap) / (factor * side + gap));
    const across = Math.min(count, fit(width, frame.width)), down = fit(height, frame.height);
    if (across < 1 || down < 1) break;
    for (let columns = 1; columns <= across; columns += 1) {
      const rows = Math.min(down, Math.floor(count / columns)), worth = factor ** 2 * (columns * rows) ** 1.5;
      if (worth > best.worth) best = { factor, columns, rows, worth };
    }
  }
  const { factor, columns, rows } = best;
  return {
    factor, gap, columns, rows, width: (factor * columns * frame.width + gap * (columns - 1)) / ratio,
    height: (factor * rows * frame.height + gap * (rows - 1)) / ratio,
  };
}

/** Draws as many of a frame's pictures as fill the box; gives how many. */
export function drawPictures(canvas, frame, width, height) {
  const { factor, gap, columns, rows, ...size } = pictureLayout(frame, width, height);
  const context = fit(canvas, size.width, size.height);
  canvas.style.width = `${size.width}px`;
  canvas.style.height = `${size.height}px`;
  const across = frame.columns * frame.width, down = frame.rows * frame.height;
  sheet.width = across;
  sheet.height = down;
  const small = sheet.getContext("2d");
  const picture = small.createImageData(across, down);
  const { bytes, channels } = frame;
  for (let from = 0, to = 0; to < picture.data.length; from += channels, to += 4) {
    picture.data[to] = bytes[from];
    picture.data[to + 1] = bytes[from + (channels > 1 ? 1 : 0)];
    picture.data[to + 2] = bytes[from + (channels > 2 ? 2 : 0)];
    picture.data[to + 3] = 255;
  }
  small.putImageData(picture, 0, 0);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.imageSmoothingEnabled = false;
  context.clearRect(0, 0, canvas.width, canvas.height);
  for (let place = 0; place < columns * rows; place += 1) {
    const [fromRow, fromColumn] = [Math.floor(place / frame.columns), place % frame.columns], [row, column] = [Math.floor(place / columns), place % columns];
    context.drawImage(sheet, fromColumn * frame.width, fromRow * frame.height, frame.width, frame.height,
      column * (factor * frame.width + gap), row * (factor * frame.height + gap), factor * frame.width, factor * frame.height);
  }
  return columns * rows;
}
