/** How far a secret that is broken over lines reaches on either side of a break. */
const SIDE = 600;
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
 * Hides secrets that an end of line breaks in two: where tokens with digits stand on both sides, the line before and the
 * token after are read as one. What is hidden so keeps its line ends. Linear: a line is read at most twice.
 */
export function redactWrapped(text: string, hide: (joined: string) => string): string {
  let out = '';
  let done = 0;
  for (let lf = text.indexOf('\n'); lf >= 0; lf = text.indexOf('\n', lf + 1)) {
    if (lf < done || !isBroken(text, lf)) continue;
    const from = Math.max(done, text.lastIndexOf('\n', lf - 1) + 1, lf - SIDE * 4);
    let end = afterRun(text, lf + 1);
    let breaks = 1;
    while (text.charCodeAt(end) === LF && isBroken(text, end) && end - lf < SIDE) {
      end = afterRun(text, end + 1);
      breaks += 1;
    }
    const joined = text.slice(from, end).replaceAll('\n', '');
    const hidden = hide(joined);
    // A secret that ends before the break, or none: the rest of the line says so.
    if (hidden.endsWith(text.slice(lf + 1, end).replaceAll('\n', ''))) continue;
    out += text.slice(done, from) + hidden + '\n'.repeat(breaks);
    done = end;
  }
  return out + text.slice(done);
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
