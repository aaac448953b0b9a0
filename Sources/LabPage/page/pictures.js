// Samples that are pictures: each pixel a square of whole pixels of the screen.

import { fit } from "/palette.js";

export function readPictures(head, buffer, start) {
  return { ...head, bytes: new Uint8Array(buffer, start, head.columns * head.width * head.rows * head.height * head.channels) };
}

const sheet = document.createElement("canvas");

/** How large a frame is drawn in a box of CSS units: the factor in pixels of the screen, the gap between pictures, the size. */
export function pictureScale(frame, width, height) {
  const ratio = devicePixelRatio || 1;
  const gap = Math.max(1, Math.round(2 * ratio));
  const across = (width * ratio - gap * (frame.columns - 1)) / (frame.columns * frame.width);
  const down = (height * ratio - gap * (frame.rows - 1)) / (frame.rows * frame.height);
  const factor = Math.max(1, Math.floor(Math.min(across, down)));
  return {
    factor, gap, width: (factor * frame.columns * frame.width + gap * (frame.columns - 1)) / ratio,
    height: (factor * frame.rows * frame.height + gap * (frame.rows - 1)) / ratio,
  };
}

export function drawPictures(canvas, frame, width, height) {
  const { factor, gap, ...size } = pictureScale(frame, width, height);
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
  for (let row = 0; row < frame.rows; row += 1) {
    for (let column = 0; column < frame.columns; column += 1) {
      context.drawImage(sheet, column * frame.width, row * frame.height, frame.width, frame.height,
        column * (factor * frame.width + gap), row * (factor * frame.height + gap), factor * frame.width, factor * frame.height);
    }
  }
}
