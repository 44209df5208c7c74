const MAX_CHARS = 400;
/** So far beyond them it is looked whether the last word is an id: cut in its middle it may have no digit. */
const BEYOND_CHARS = 128;
const MAX_WORDS = 40;
/** What is said after a number, and before or after a day: it changes with the number. */
const UNITS = /^(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|utc|gmt|am|pm|z)$/;
const CALENDAR = /^(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}$/;
/** Beginnings of keys and ids. */
const KEYISH =
  /^(?:sk|pk|rk|gsk|xai|hf|org|proj|req|user|key|acct|asst|run|thread|msg|chatcmpl|aiza|akia|ghp|nvapi|pplx|tok|toolu|call)[-_]|\*{2}|\[redacted|@|:\/\//;
const HOST = /^(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,12}$/;
const OPEN_QUOTE = /^[([{,:=]{0,3}["'`]/;
const CLOSE_QUOTE = /["'`][)\]},.;:!?]{0,3}$/;

/**
 * The same for the same failure whatever its ids, numbers, times, keys and hosts: a hash of the class, whose it is and the
 * words that stay. Linear; reads at most 400 characters.
 */
export function fingerprint(parts: readonly (string | null)[], text: string): string {
  const made = new Hash();
  made.add(parts.map((part) => part ?? '-').join('|'));
  let words = 0;
  let afterNumber = false;
  const most = MAX_CHARS + BEYOND_CHARS;
  const small = (text.length > most ? text.slice(0, most) : text).toLowerCase();
  const length = Math.min(small.length, MAX_CHARS);
  for (let from = 0; from < length && words < MAX_WORDS; ) {
    const whole = chunkEnd(small, from);
    if (whole === from) {
      from += 1;
      continue;
    }
    const end = Math.min(whole, length);
    const number = hasDigit(small, from, whole);
    if (!number && addSteady(made, small, from, end, afterNumber)) words++;
    afterNumber = number;
    from = end;
  }
  return made.toString();
}

function chunkEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && !isSpace(text.charCodeAt(end))) end++;
  return end;
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x3000 || code === 0x2028;
}

/** Adds the letters of a chunk that stay the same; false where it is an id, a host, a unit or a date. */
function addSteady(made: Hash, text: string, from: number, end: number, afterNumber: boolean): boolean {
  let first = from;
  let last = end;
  while (first < last && isEdge(text.charCodeAt(first))) first++;
  while (last > first && isEdge(text.charCodeAt(last - 1))) last--;
  const simple = lettersOnly(text, first, last);
  if (simple && last - first < 2) return false;
  if ((!simple || end - from > last - first + 1) && quoted(text.slice(from, end))) return false;
  if (!simple) return addMixed(made, text.slice(first, last));
  if (afterNumber && UNITS.test(text.slice(first, last))) return false;
  if (
    mayBeDay(text.charCodeAt(first)) &&
    (afterNumber || beforeNumber(text, end)) &&
    CALENDAR.test(text.slice(first, last))
  )
    return false;
  made.step(32);
  for (let at = first; at < last; at++) made.step(text.charCodeAt(at));
  return true;
}

/** A word with signs or with letters that are not ASCII: its letters, with one space for what stands between them. */
function addMixed(made: Hash, bare: string): boolean {
  if (bare.length < 2 || KEYISH.test(bare) || (bare.includes('.') && HOST.test(bare))) return false;
  let between = true;
  for (let at = 0; at < bare.length; at++) {
    const code = bare.charCodeAt(at);
    const letter = code > 127 || (code >= 97 && code <= 122);
    if (letter && between) made.step(32);
    if (letter) made.step(code);
    between = !letter;
  }
  return true;
}

/** Days and months begin with one of `mtwfsjando`. */
function mayBeDay(code: number): boolean {
  return DAYS.includes(String.fromCharCode(code));
}
const DAYS = 'mtwfsjando';

function beforeNumber(text: string, from: number): boolean {
  let at = from;
  while (at < text.length && isSpace(text.charCodeAt(at))) at++;
  return hasDigit(text, at, chunkEnd(text, at));
}

/** ASCII that is neither a letter, a digit nor a bracket: `[redacted:sk]` keeps its brackets. */
function isEdge(code: number): boolean {
  return code < 128 && !(code >= 97 && code <= 122) && !(code >= 48 && code <= 57) && code !== 91 && code !== 93;
}

function lettersOnly(text: string, from: number, end: number): boolean {
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code < 97 || code > 122) return false;
  }
  return true;
}

/** `'gpt-4o'`: an identifier in quotes is a name, not a word. */
function quoted(chunk: string): boolean {
  return OPEN_QUOTE.test(chunk) && CLOSE_QUOTE.test(chunk);
}

function hasDigit(text: string, from: number, end: number): boolean {
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) return true;
  }
  return false;
}

/** FNV-1a twice, with other seeds: 64 bits are plenty to tell failures of one gateway apart. */
class Hash {
  private one = 0x811c9dc5;
  private two = 0x1b873593;

  step(code: number): void {
    this.one = Math.imul(this.one ^ code, 0x01000193);
    this.two = Math.imul(this.two ^ code, 0x85ebca6b);
  }

  add(text: string): void {
    for (let at = 0; at < text.length; at++) this.step(text.charCodeAt(at));
  }

  toString(): string {
    return (this.one >>> 0).toString(16).padStart(8, '0') + (this.two >>> 0).toString(16).padStart(8, '0');
  }
}
