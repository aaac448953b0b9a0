// D's outputs over the plane with their level sets, and upon them the real points, the samples, D's slopes and the generator's plane.

import { fit } from "/palette.js";

/** The frame's numbers by what they are. */
export function readLandscape(head, buffer, start) {
  let place = start;
  const take = (count) => { const part = new Float32Array(buffer, place, count); place += 4 * count; return part; };
  const [rows, columns] = head.grid ?? [0, 0];
  return {
    ...head, values: take(head.width * head.height), realPoints: take(2 * head.real), samplePoints: take(2 * head.samples),
    slopes: take(4 * (head.arrows ?? 0)), plane: take(2 * rows * columns), rows, columns,
  };
}

const sheet = document.createElement("canvas");

export function drawLandscape(canvas, frame, colors, width, height, isDrawing) {
  const context = fit(canvas, width, height);
  const [left, right] = frame.x, [bottom, top] = frame.y;
  const across = (x) => ((x - left) / (right - left)) * width;
  const up = (y) => height - ((y - bottom) / (top - bottom)) * height;
  context.lineJoin = context.lineCap = "round";
  if (frame.width > 1 && frame.height > 1) {
    paintOutputs(frame, colors);
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = "high";
    // The outputs belong to points: the first and the last lie on the edges.
    const partX = width / (frame.width - 1), partY = height / (frame.height - 1);
    context.drawImage(sheet, -partX / 2, -partY / 2, width + partX, height + partY);
    levels(context, frame, colors, width, height);
  } else {
    // A run without a discriminator.
    context.fillStyle = colors.panel;
    context.fillRect(0, 0, width, height);
  }
  if (frame.plane.length) plane(context, frame, colors, across, up);
  if (frame.slopes.length) arrows(context, frame, colors, across, up, width, ((top - bottom) / height) / ((right - left) / width));
  const size = 2 * Math.sqrt(colors.stroke) * Math.max(0.9, Math.min(1.4, width / 420));
  const dense = Math.max(0.7, Math.min(1, Math.sqrt(700 / Math.max(1, frame.realPoints.length / 2))));
  marks(context, frame.realPoints, across, up, colors.real, colors.paper, size * dense, false);
  if (!isDrawing) marks(context, frame.samplePoints, across, up, colors.fake, colors.paper, size * 1.12 * dense, true);
}

function paintOutputs({ width, height, values, least, most }, { ramp }) {
  sheet.width = width;
  sheet.height = height;
  const context = sheet.getContext("2d");
  const picture = context.createImageData(width, height);
  const scale = most > least ? 255 / (most - least) : 0;
  for (let row = 0; row < height; row += 1) {
    let target = 4 * (height - 1 - row) * width;
    for (let column = 0; column < width; column += 1) {
      const value = values[row * width + column];
      const index = scale ? 3 * Math.max(0, Math.min(255, Math.round((value - least) * scale) || 0)) : 765;
      picture.data[target] = ramp[index];
      picture.data[target + 1] = ramp[index + 1];
      picture.data[target + 2] = ramp[index + 2];
      picture.data[target + 3] = 255;
      target += 4;
    }
  }
  context.putImageData(picture, 0, 0);
}

/** Marching squares: each square between four outputs is crossed by the levels that lie between its least and its greatest. */
function levels(context, { width, height, values, least, most }, colors, across, down) {
  const count = 11;
  if (!(most > least)) return;
  const stepX = across / (width - 1), stepY = down / (height - 1);
  const between = (a, b, level) => (level - a) / (b - a);
  context.beginPath();
  for (let row = 0; row + 1 < height; row += 1) {
    for (let column = 0; column + 1 < width; column += 1) {
      const at = row * width + column;
      const a = values[at], b = values[at + 1], c = values[at + width + 1], d = values[at + width];
      const low = Math.min(a, b, c, d), high = Math.max(a, b, c, d);
      if (!(high > low)) continue;
      const first = Math.ceil(((low - least) / (most - least)) * count), last = Math.floor(((high - least) / (most - least)) * count);
      for (let index = Math.max(1, first); index <= Math.min(count - 1, last); index += 1) {
        const level = least + ((most - least) * index) / count;
        const code = (a > level ? 1 : 0) | (b > level ? 2 : 0) | (c > level ? 4 : 0) | (d > level ? 8 : 0);
        if (code === 0 || code === 15) continue;
        const x = column * stepX, y = down - row * stepY;
        const south = [x + between(a, b, level) * stepX, y], east = [x + stepX, y - between(b, c, level) * stepY];
        const north = [x + between(d, c, level) * stepX, y - stepY], west = [x, y - between(a, d, level) * stepY];
        for (const [from, to] of segments(code, (a + b + c + d) / 4 > level, south, east, north, west)) {
          context.moveTo(from[0], from[1]);
          context.lineTo(to[0], to[1]);
        }
      }
    }
  }
  context.strokeStyle = colors.level;
  context.lineWidth = 0.8 * colors.stroke;
  context.stroke();
}

function segments(code, isHighWithin, south, east, north, west) {
  switch (code) {
  case 1: case 14: return [[west, south]];
  case 2: case 13: return [[south, east]];
  case 3: case 12: return [[west, east]];
  case 4: case 11: return [[east, north]];
  case 6: case 9: return [[south, north]];
  case 7: case 8: return [[west, north]];
  case 5: return isHighWithin ? [[west, north], [south, east]] : [[west, south], [east, north]];
  default: return isHighWithin ? [[west, south], [east, north]] : [[west, north], [south, east]];
  }
}

/** Circles, or diamonds, so that they are told apart without their colors. */
function marks(context, points, across, up, color, rim, size, isDiamond) {
  context.beginPath();
  for (let index = 0; index + 1 < points.length; index += 2) {
    const x = across(points[index]), y = up(points[index + 1]);
    if (isDiamond) {
      const reach = size * 1.3;
      context.moveTo(x, y - reach);
      context.lineTo(x + reach, y);
      context.lineTo(x, y + reach);
      context.lineTo(x - reach, y);
      context.closePath();
    } else {
      context.moveTo(x + size, y);
      context.arc(x, y, size, 0, 2 * Math.PI);
    }
  }
  context.strokeStyle = rim;
  context.lineWidth = size * 0.75;
  context.stroke();
  context.fillStyle = color;
  context.fill();
}

/** `stretch`: how many times as long as a unit of y one of x is on the screen. */
function arrows(context, { slopes }, colors, across, up, width, stretch) {
  let longest = 0;
  const long = (index) => Math.hypot(slopes[index + 2] * stretch, slopes[index + 3]);
  for (let index = 0; index < slopes.length; index += 4) longest = Math.max(longest, long(index));
  if (!(longest > 0)) return;
  const reach = Math.min(width / 14, (0.9 * width) / Math.sqrt(slopes.length / 4));
  const head = 3 * Math.sqrt(colors.stroke * colors.unit);
  context.beginPath();
  for (let index = 0; index < slopes.length; index += 4) {
    // By the root of the length: short ones stay visible.
    const length = long(index), share = Math.sqrt(length / longest);
    if (!(share > 0.02)) continue;
    const dx = ((slopes[index + 2] * stretch / length) * share) * reach, dy = ((-slopes[index + 3] / length) * share) * reach;
    const x = across(slopes[index]), y = up(slopes[index + 1]), angle = Math.atan2(dy, dx);
    context.moveTo(x, y);
    context.lineTo(x + dx, y + dy);
    for (const turn of [2.6, -2.6]) {
      context.moveTo(x + dx, y + dy);
      context.lineTo(x + dx + head * Math.cos(angle + turn), y + dy + head * Math.sin(angle + turn));
    }
  }
  context.strokeStyle = colors.critic;
  context.lineWidth = 1.1 * colors.stroke;
  context.stroke();
}

/** The lines of the noise's plane, where the generator has put them. */
function plane(context, { plane: points, rows, columns }, colors, across, up) {
  context.beginPath();
  const line = (start, step, count) => {
    for (let index = 0; index < count; index += 1) {
      const at = 2 * (start + index * step);
      if (index === 0) context.moveTo(across(points[at]), up(points[at + 1]));
      else context.lineTo(across(points[at]), up(points[at + 1]));
    }
  };
  for (let row = 0; row < rows; row += 1) line(row * columns, 1, columns);
  for (let column = 0; column < columns; column += 1) line(column, columns, rows);
  context.globalAlpha = 0.55;
  context.strokeStyle = colors.fake;
  context.lineWidth = 0.9 * colors.stroke;
  context.stroke();
  context.globalAlpha = 1;
}

/** D's output at a point, between those that are known. */
export function outputAt({ width, height, values, x, y }, [px, py]) {
  const column = Math.max(0, Math.min(width - 1, ((px - x[0]) / (x[1] - x[0])) * (width - 1)));
  const row = Math.max(0, Math.min(height - 1, ((py - y[0]) / (y[1] - y[0])) * (height - 1)));
  const left = Math.min(width - 2, Math.floor(column)), below = Math.min(height - 2, Math.floor(row));
  const partX = column - left, partY = row - below, at = below * width + left;
  return (values[at] * (1 - partX) + values[at + 1] * partX) * (1 - partY) + (values[at + width] * (1 - partX) + values[at + width + 1] * partX) * partY;
}
