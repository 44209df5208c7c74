const MAX_CHARS = 400;
const MAX_WORDS = 40;
/** What is said after a number, and before or after a day: it changes with the number. */
const UNITS = /^(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|utc|gmt|am|pm|z)$/;
const CALENDAR = /^(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}$/;
/** Beginnings of keys and ids. */
const KEYISH =
  /^(?:sk|pk|rk|gsk|xai|hf|org|proj|req|user|key|acct|asst|run|thread|msg|chatcmpl|aiza|akia|ghp|nvapi|pplx|tok|toolu|call)[-_]|\*{2}|\[redacted|@|:\/\//;
const HOST = /^(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,12}$/;
const EDGES = /^[^\p{L}\d[]+|[^\p{L}\d\]]+$/gu;
const NOT_LETTERS = /[^\p{L}]+/u;
const OPEN_QUOTE = /^[([{,:=]{0,3}["'`]/;
const CLOSE_QUOTE = /["'`][)\]},.;:!?]{0,3}$/;

/**
 * The same for the same failure whatever its ids, numbers, times, keys and hosts: a hash of the class, whose it is and the
 * words that stay. Linear; reads at most 400 characters.
 */
export function fingerprint(parts: readonly (string | null)[], text: string): string {
  let made = parts.map((part) => part ?? '-').join('|');
  let words = 0;
  let afterNumber = false;
  const chunks = (text.length > MAX_CHARS ? text.slice(0, MAX_CHARS) : text).toLowerCase().split(/\s+/);
  for (let index = 0; index < chunks.length && words < MAX_WORDS; index++) {
    const chunk = chunks[index] as string;
    const number = hasDigit(chunk);
    const word = number || quoted(chunk) ? '' : steady(chunk, afterNumber, hasDigit(chunks[index + 1] ?? ''));
    afterNumber = number;
    if (word === '') continue;
    made += ` ${word}`;
    words++;
  }
  return hash(made);
}

/** The letters of a chunk that stay the same; empty where it is an id, a host, a unit or a date. */
function steady(chunk: string, afterNumber: boolean, beforeNumber: boolean): string {
  const bare = chunk.replace(EDGES, '');
  if (bare.length < 2 || KEYISH.test(bare) || (bare.includes('.') && HOST.test(bare))) return '';
  if (afterNumber && UNITS.test(bare)) return '';
  if ((afterNumber || beforeNumber) && CALENDAR.test(bare)) return '';
  return bare.split(NOT_LETTERS).join(' ');
}

/** `'gpt-4o'`: an identifier in quotes is a name, not a word. */
function quoted(chunk: string): boolean {
  return OPEN_QUOTE.test(chunk) && CLOSE_QUOTE.test(chunk);
}

function hasDigit(chunk: string): boolean {
  for (let at = 0; at < chunk.length; at++) {
    const code = chunk.charCodeAt(at);
    if (code >= 48 && code <= 57) return true;
  }
  return false;
}

/** FNV-1a twice, with other seeds: 64 bits are plenty to tell failures of one gateway apart. */
function hash(text: string): string {
  let one = 0x811c9dc5;
  let two = 0x1b873593;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 0x01000193);
    two = Math.imul(two ^ code, 0x85ebca6b);
  }
  return (one >>> 0).toString(16).padStart(8, '0') + (two >>> 0).toString(16).padStart(8, '0');
}
