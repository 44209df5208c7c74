/** How far a token is looked at on either side of a line end. */
const SIDE = 600;
/** How far lines are read together, before a line end and after it. */
const REACH = 4 * SIDE;
/** What of it is read again with what follows, for a secret may begin there. */
const OVERLAP = 2 * SIDE;
const LF = 10;

const isToken = (code: number): boolean =>
  (code >= 48 && code <= 57) ||
  (code >= 65 && code <= 90) ||
  (code >= 97 && code <= 122) ||
  // + - . / = _ ~ %
  code === 43 ||
  (code >= 45 && code <= 47) ||
  code === 61 ||
  code === 95 ||
  code === 126 ||
  code === 37;

/**
 * Hides secrets that ends of lines break in pieces: where tokens with digits stand on both sides, the line before and the
 * tokens after are read as one. The line ends within what is hidden follow it. Linear: nothing is read more than five times.
 */
export function redactWrapped(text: string, hide: (joined: string) => string): string {
  let out = '';
  let done = 0;
  let next = 0;
  for (let lf = text.indexOf('\n'); lf >= 0; lf = text.indexOf('\n', Math.max(lf + 1, next))) {
    if (!isBroken(text, lf)) continue;
    const from = Math.max(done, text.lastIndexOf('\n', lf - 1) + 1, lf - REACH);
    const end = endOfChain(text, lf);
    next = end - lf > OVERLAP ? end - OVERLAP : 0;
    const broken = text.slice(from, end);
    const joined = broken.replaceAll('\n', '');
    const hidden = hide(joined);
    // Nothing, or only what stands within a line: that is hidden without us.
    if (hidden === joined || hide(broken).replaceAll('\n', '') === hidden) continue;
    const [begin, stop] = difference(joined, hidden);
    const [left, right] = [past(broken, 0, begin), past(broken, 0, joined.length - stop)];
    const breaks = broken.slice(left, right).replaceAll(/[^\n]/g, '');
    out += text.slice(done, from + left) + hidden.slice(begin, hidden.length - stop) + breaks;
    done = from + right;
    next = done;
  }
  return out + text.slice(done);
}

/** Where the tokens end that follow each other over line ends from `lf` on, or how far they are read together. */
function endOfChain(text: string, lf: number): number {
  let end = afterRun(text, lf + 1);
  while (text.charCodeAt(end) === LF && isBroken(text, end) && end - lf < REACH) end = afterRun(text, end + 1);
  return end;
}

/** How many characters two texts share at their beginnings, and then at their ends. */
function difference(one: string, other: string): [number, number] {
  const shorter = Math.min(one.length, other.length);
  let begin = 0;
  while (begin < shorter && one[begin] === other[begin]) begin += 1;
  let end = 0;
  while (end < shorter - begin && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  return [begin, end];
}

/** Where `count` characters that are no line ends have passed, from `at`. */
export function past(text: string, at: number, count: number): number {
  let index = at;
  for (let left = count; left > 0; index += 1) if (text.charCodeAt(index) !== LF) left -= 1;
  return index;
}

/** True where a token with a digit ends right before the line end and another begins right after it. */
function isBroken(text: string, lf: number): boolean {
  if (!isToken(text.charCodeAt(lf - 1)) || !isToken(text.charCodeAt(lf + 1))) return false;
  let before = false;
  for (let at = lf - 1; at >= 0 && at > lf - SIDE && isToken(text.charCodeAt(at)) && !before; at -= 1)
    before = isDigit(text, at);
  let after = false;
  for (let at = lf + 1; at < lf + SIDE && isToken(text.charCodeAt(at)) && !after; at += 1) after = isDigit(text, at);
  return before && after && !BEGINNING.test(text.slice(lf + 1, lf + 12));
}

/** A date, a time, a number: a line that begins so is a line of its own. */
const BEGINNING = /^(?:\d{4}-\d\d-\d\d|\d\d:\d\d|\d{1,10}(?:[^A-Za-z0-9]|$))/;

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

/** Up to the next white space or quote: an address goes on behind its secret. */
function afterRun(text: string, from: number): number {
  let at = from;
  while (at < text.length && at < from + SIDE) {
    const code = text.charCodeAt(at);
    if (code <= 32 || code === 34 || code === 39 || code === 60 || code === 62) break;
    at += 1;
  }
  return at;
}
