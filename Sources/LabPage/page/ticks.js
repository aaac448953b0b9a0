// Round numbers for axes.

/** Round numbers between two others, about so many. */
export function ticks(low, high, count) {
  const raw = (high - low) / count, power = 10 ** Math.floor(Math.log10(raw));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= raw * 0.999);
  const result = [];
  for (let index = Math.ceil(low / step); index * step <= high + step * 1e-6; index += 1) result.push(index * step);
  return result;
}

/** The powers of ten between two numbers. */
export function decades(first, last) {
  const result = [];
  for (let power = 10 ** Math.floor(Math.log10(first)); power <= last; power *= 10) if (power >= first) result.push(power);
  return result;
}
