// Two changes of one text put together, as the session does it: what either has written is in it, and what either has taken away is not.

/** Larger parts that differ are compared as wholes and not letter by letter: so many pairs of letters are looked at. */
const mostPairs = 1 << 20;

/** What a side has made of the letters of the base: which it took away, what it wrote before each of them and at their end. */
function change(base, text) {
  let start = 0, end = 0;
  const shorter = Math.min(base.length, text.length);
  while (start < shorter && base[start] === text[start]) start += 1;
  while (end < shorter - start && base[base.length - 1 - end] === text[text.length - 1 - end]) end += 1;
  const old = base.slice(start, base.length - end), fresh = text.slice(start, text.length - end);
  const taken = new Set(), written = new Map();
  if (!old.length || !fresh.length || old.length * fresh.length > mostPairs) {
    for (let place = start; place < start + old.length; place += 1) taken.add(place);
    if (fresh.length) written.set(start, fresh);
    return { taken, written };
  }
  // A longest common subsequence.
  const width = fresh.length + 1, common = new Int32Array((old.length + 1) * width);
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = fresh.length - 1; column >= 0; column -= 1) {
      const place = row * width + column;
      common[place] = old[row] === fresh[column] ? common[place + width + 1] + 1 : Math.max(common[place + width], common[place + 1]);
    }
  }
  let row = 0, column = 0, begun = 0;
  const write = () => { if (begun < column) written.set(start + row, fresh.slice(begun, column)); begun = column; };
  while (row < old.length) {
    if (column < fresh.length && old[row] === fresh[column]) { write(); row += 1; column += 1; begun = column; }
    else if (column < fresh.length && common[row * width + column + 1] >= common[(row + 1) * width + column]) column += 1;
    else { write(); taken.add(start + row); row += 1; }
  }
  column = fresh.length;
  write();
  return { taken, written };
}

/** The text with both changes, theirs first where both have written; `place` says where a place of my text is in it. */
export function merge(base, mine, theirs) {
  const letters = Array.from(base), own = change(letters, Array.from(mine)), other = change(letters, Array.from(theirs));
  let text = "";
  // Behind each letter of mine, by its place in mine: the place behind it in the result.
  const places = new Map([[0, 0]]);
  let count = 0;
  const pass = (letter, isKept) => { count += letter.length; if (isKept) text += letter; places.set(count, text.length); };
  for (let place = 0; place <= letters.length; place += 1) {
    text += (other.written.get(place) ?? []).join("");
    for (const letter of own.written.get(place) ?? []) pass(letter, true);
    if (place === letters.length) break;
    const isOwn = !own.taken.has(place), isKept = isOwn && !other.taken.has(place);
    if (isOwn) pass(letters[place], isKept);
  }
  return { text, place: (place) => places.get(place) ?? places.get(place - 1) ?? text.length };
}
