// Data of one coordinate: how often its values come among the real points and among the samples, and D's outputs over them.

import { number } from "/elements.js";
import { fit } from "/palette.js";

/** The frame's numbers by what they are. */
export function readHistograms(head, buffer, start) {
  let place = start;
  const take = (count) => { const part = new Float32Array(buffer, place, count); place += 4 * count; return part; };
  return { ...head, realBars: take(head.bins), sampleBars: take(head.bins), values: take(head.points) };
}

/** What the frame says at a place between 0 and 1 of its axis. */
export function histogramAt(frame, part) {
  const bin = Math.max(0, Math.min(frame.bins - 1, Math.floor(part * frame.bins)));
  const words = [`x = ${number(frame.x[0] + part * (frame.x[1] - frame.x[0]), 3)}: real ${number(frame.realBars[bin], 2)}, samples ${number(frame.sampleBars[bin], 2)}`];
  if (frame.points > 1) {
    const at = Math.max(0, Math.min(frame.points - 1.000001, part * (frame.points - 1))), left = Math.floor(at);
    words.push(`D ${number(frame.values[left] * (1 - at + left) + frame.values[left + 1] * (at - left), 3)}`);
  }
  return words.join(", ");
}

/** Draws both histograms as areas, D as a line with an axis of its own at the right; gives where the axes lie. */
export function drawHistograms(canvas, frame, colors, width, height, ticks) {
  const context = fit(canvas, width, height);
  const { unit, stroke } = colors;
  context.clearRect(0, 0, width, height);
  const left = 6 * unit, right = width - (frame.points > 1 ? 46 : 6) * unit, top = 22 * unit, bottom = height - 24 * unit;
  const across = (x) => left + ((x - frame.x[0]) / (frame.x[1] - frame.x[0])) * (right - left);
  const tallest = Math.max(1e-12, ...frame.realBars, ...frame.sampleBars);
  const up = (density) => bottom - (density / tallest) * (bottom - top);
  context.lineJoin = context.lineCap = "round";
  area(context, frame.realBars, left, right, bottom, up, colors.real, stroke);
  area(context, frame.sampleBars, left, right, bottom, up, colors.fake, stroke);
  context.strokeStyle = colors.soft;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(left, Math.round(bottom) + 0.5);
  context.lineTo(right, Math.round(bottom) + 0.5);
  context.stroke();
  context.font = `${12 * unit}px ${colors.font}`;
  context.textBaseline = "middle";
  context.textAlign = "center";
  context.fillStyle = colors.soft;
  for (const x of ticks(frame.x[0], frame.x[1], 6)) context.fillText(number(x, 3), Math.max(left + 12 * unit, Math.min(right - 12 * unit, across(x))), bottom + 13 * unit);
  outside(context, frame, colors, left, right, top);
  if (frame.points > 1) judgment(context, frame, colors, left, right, top, bottom, ticks);
  return { left, right, top, bottom };
}

function area(context, bars, left, right, bottom, up, color, stroke) {
  const wide = (right - left) / bars.length;
  context.beginPath();
  context.moveTo(left, bottom);
  bars.forEach((bar, index) => { context.lineTo(left + index * wide, up(bar)); context.lineTo(left + (index + 1) * wide, up(bar)); });
  context.lineTo(right, bottom);
  context.fillStyle = context.strokeStyle = color;
  context.globalAlpha = 0.35;
  context.fill();
  context.globalAlpha = 1;
  context.lineWidth = 1.3 * stroke;
  context.stroke();
}

/** Samples that lie beyond the axis are counted at its ends. */
function outside(context, { below, above, samples }, colors, left, right, top) {
  const share = (count) => `${number((100 * count) / samples, 2)} % of the samples`;
  context.fillStyle = colors.fake;
  context.textAlign = "left";
  if (below > 0) context.fillText(`← ${share(below)}`, left, top - 11 * colors.unit);
  context.textAlign = "right";
  if (above > 0) context.fillText(`${share(above)} →`, right, top - 11 * colors.unit);
}

/** The ends of D's axis: its outputs where points are. Far from them they may be anything, and would flatten the others. */
export function judged({ values, bins, realBars, sampleBars }) {
  const few = 0.01 * Math.max(...realBars, ...sampleBars);
  let low = Infinity, high = -Infinity;
  values.forEach((value, index) => {
    const bin = Math.min(bins - 1, Math.floor((index / (values.length - 1)) * bins));
    if (Number.isFinite(value) && Math.max(realBars[bin], sampleBars[bin]) > few) [low, high] = [Math.min(low, value), Math.max(high, value)];
  });
  if (low > high) return [-0.5, 0.5];
  const room = low < high ? 0.08 * (high - low) : 0.5;
  return [low - room, high + room];
}

function judgment(context, frame, colors, left, right, top, bottom, ticks) {
  const { unit, stroke } = colors, { values } = frame;
  const [low, high] = judged(frame);
  const up = (value) => bottom - ((value - low) / (high - low)) * (bottom - top);
  context.save();
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
  context.beginPath();
  let isOn = false;
  values.forEach((value, index) => {
    const x = left + (index / (values.length - 1)) * (right - left);
    if (!Number.isFinite(value)) isOn = false;
    else if (isOn) context.lineTo(x, up(value));
    else { context.moveTo(x, up(value)); isOn = true; }
  });
  context.strokeStyle = colors.critic;
  context.lineWidth = 2 * stroke;
  context.stroke();
  context.restore();
  context.fillStyle = colors.critic;
  context.textAlign = "left";
  for (const value of ticks(low, high, 5)) context.fillText(number(value, 3), right + 6 * unit, up(value));
  context.fillText("D(x)", right + 6 * unit, top - 11 * unit);
}
