import { beginningOf, isKnown, isOfId, isOfTime, kindOfId } from './ids.ts';
import { APART, endOfLetters, isUuid, JOINER, kindOf, type Run, readRun, WORD } from './runs.ts';

/** Stands where something is left out; a text that holds it has no template. */
const MARK = '\u0001';
/** Of a longer text the diagnosis reads its beginning and its end. */
const LONGEST_CHARS = 12_000;
/** A text with more of them is no failure with its ids: what is left out is compared with all before it. */
const MOST_MARKS = 64;
const MOST_NUMBERS = 512;
/** LiteLLM's own head, of which the level, the file and the message say all. */
const HEAD = /^\d\d:\d\d:\d\d(?= - LiteLLM[\w .]{0,24}:[A-Z]{4,8}: )/;
const FRAME = '  File "';

/** What of a text has been read. */
interface Reading {
  text: string;
  made: string;
  /** So much of the text is in `made`. */
  done: number;
  /** Where what was left out begins and ends, one after the other. */
  marks: number[];
  /** A letter stood before in this chunk: its numbers belong to a name. */
  named: boolean;
  /** Where the digits before a point began and ended; -1 where none did. */
  whole: number;
  wholeEnd: number;
}

/**
 * A text without what no rule reads: ids, addresses of objects, long numbers, fractions and times of day. Texts with the
 * same template have the same class, severity and fingerprint, and differ in what they show and in when it is over. What
 * decides is left: small numbers, statuses, codes with letters, numbers in names, and all that the lexicon knows. How long
 * a thing was is kept, for texts are read up to a length; so is whether it stood there before. Null for a text that is too
 * long or has too many of them. One pass.
 */
export function templateOf(text: string): string | null {
  if (text.length > LONGEST_CHARS || text.includes(MARK)) return null;
  const read: Reading = { text, made: '', done: 0, marks: [], named: false, whole: -1, wholeEnd: -1 };
  const { length } = text;
  let at = 0;
  let numbers = 0;
  const head = HEAD.exec(text);
  if (head !== null) at = leave(read, 0, head[0].length, 'h');
  while (at < length) {
    const code = text.charCodeAt(at);
    const kind = kindOf(code);
    if (kind === WORD) {
      const end = endOfLetters(text, at);
      const isWhole = kindOf(text.charCodeAt(end)) !== WORD && end - at !== 8;
      if (isWhole) read.named = true;
      else numbers += 1;
      at = isWhole ? end : readDigits(read, readRun(text, at));
      if (read.marks.length > 2 * MOST_MARKS || numbers > MOST_NUMBERS) return null;
    } else {
      if (kind === APART) read.named = false;
      at = code === 10 ? afterFrame(text, at + 1) : at + 1;
    }
  }
  return read.made + text.slice(read.done);
}

const DASH = 45;
const POINT = 46;
const COLON = 58;
const BACKSLASH = 92;

/** Frames of a traceback and the code that they show, the same each time, are not read. */
function afterFrame(text: string, start: number): number {
  let at = start;
  while (text.startsWith(FRAME, at)) {
    const end = text.indexOf('\n', at);
    if (end < 0) return text.length;
    const next = text.startsWith('    ', end + 1) ? text.indexOf('\n', end + 1) : end;
    if (next < 0) return text.length;
    at = next + 1;
  }
  return at;
}

/** Leaves `[from, to)` out. */
function leave(read: Reading, from: number, to: number, kind: string): number {
  const { text, marks } = read;
  let mark = `${MARK}${kind}${to - from}`;
  for (let index = 0; index < marks.length; index += 2) {
    if (!isSame(text, marks[index] as number, marks[index + 1] as number, from, to)) continue;
    mark += `=${index}`;
    break;
  }
  marks.push(from, to);
  read.made += `${text.slice(read.done, from)}${mark};`;
  read.done = to;
  return to;
}

function isSame(text: string, one: number, oneEnd: number, other: number, otherEnd: number): boolean {
  if (oneEnd - one !== otherEnd - other) return false;
  for (let at = one, to = other; at < oneEnd; at += 1, to += 1)
    if (text.charCodeAt(at) !== text.charCodeAt(to)) return false;
  return true;
}

/** A run with digits, or the first eight letters of what may be a UUID. */
function readDigits(read: Reading, run: Run): number {
  const { text, named } = read;
  const { from, end } = run;
  if (run.digits === end - from) return isEscaped(text, from, end) ? end : number(read, run);
  read.named = true;
  if (isEscaped(text, from, end) || !run.ascii) return end;
  if (end - from === 8 && isOwnUuid(text, from)) return leaveUuid(read, from);
  if (run.digits === 0) return end;
  if (!named && run.first === run.digits && run.letters <= 2 && !isJoined(text, end)) return amount(read, run);
  const kind = kindOfId(text, run);
  return kind === null ? end : leave(read, from, end, kind);
}

/** `446s` */
function amount(read: Reading, { from, end, digits }: Run): number {
  const stop = from + digits;
  if (!isKnown(read.text, from, end)) {
    if (isFraction(read, from)) fraction(read, from, stop);
    else long(read, from, stop);
  }
  return end;
}

/** Behind a backslash it may be an escape; with an apostrophe in it, it is a part of a word. */
function isEscaped(text: string, from: number, end: number): boolean {
  const before = text.charCodeAt(from - 1);
  if (before === BACKSLASH) return true;
  const after = text.charCodeAt(end);
  return (
    ((after === 39 || after === 0x2019) && kindOf(text.charCodeAt(end + 1)) === WORD) ||
    ((before === 39 || before === 0x2019) && from > 1 && kindOf(text.charCodeAt(from - 2)) === WORD)
  );
}

const isJoined = (text: string, end: number): boolean =>
  kindOf(text.charCodeAt(end)) === JOINER && kindOf(text.charCodeAt(end + 1)) === WORD;

/** The digits behind the point of an amount. */
const isFraction = (read: Reading, from: number): boolean =>
  read.wholeEnd === from - 1 && read.text.charCodeAt(from - 1) === POINT;

const DATE = /\d{4}([-/])\d\d\1\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)?(?![\dA-Ya-z_])/y;
/** A port of the gateway's. */
const PORT = /^4\d00\d?$/;
/** A status that is told so counts wherever it stands. */
const STATUS_WORD =
  /\s(?:client|server|payment|too many|unauth|forbid|not f|bad |service|internal|gateway|precond|request t|unproc)/iy;

function number(read: Reading, { from, end }: Run): number {
  const { text } = read;
  if (end - from === 8 && isOwnUuid(text, from)) {
    read.named = true;
    return leaveUuid(read, from);
  }
  if (isOfId(text, from)) {
    const kept = isStatus(text, from, end) || isKept(text, from, end);
    return kept ? end : leave(read, from, end, text.charCodeAt(from) === 48 ? 'z' : 'n');
  }
  if (read.named) {
    // `code:123456` is a number, `host:5432` a name
    if (end - from > 5 && text.charCodeAt(from - 1) === COLON) long(read, from, end);
    return end;
  }
  const separator = text.charCodeAt(end);
  if (end - from === 4 && (separator === DASH || separator === 47)) {
    DATE.lastIndex = from;
    const date = DATE.exec(text)?.[0];
    if (date !== undefined) return leaveDate(read, from, from + date.length);
  }
  const joined = isJoined(text, end);
  if (isFraction(read, from)) {
    if (!joined) fraction(read, from, end);
    return end;
  }
  read.whole = from;
  read.wholeEnd = end;
  if (!joined || !goesOnInLetters(text, end)) long(read, from, end);
  return end;
}

/** True for `12-ab`, a name; the end of one that goes on for long is not looked for. */
function goesOnInLetters(text: string, from: number): boolean {
  for (let at = from; at < from + 64; at += 1) {
    const code = text.charCodeAt(at);
    const kind = kindOf(code);
    if (kind !== WORD && kind !== JOINER) return false;
    if (kind === WORD && (code < 48 || code > 57)) return true;
  }
  return true;
}

const isStatus = (text: string, from: number, end: number): boolean =>
  end - from === 3 && (text.charCodeAt(from) === 52 || text.charCodeAt(from) === 53);

function isKept(text: string, from: number, end: number): boolean {
  const found = text.slice(from, end);
  return isKnown(text, from, end) || PORT.test(found) || isRounded(found);
}

/** True for a number of which JSON, read and written again, makes another one. */
const isRounded = (found: string): boolean => found.length > 15 && String(Number(found)) !== found;

/** Leaves a number out that is too long to be a status or a count that decides; the line of a source file stays. */
function long(read: Reading, from: number, end: number): void {
  const { text } = read;
  if (end - from < 4 || text.startsWith('line ', from - 5) || isKept(text, from, end)) return;
  leave(read, from, end, text.charCodeAt(from) === 48 ? 'z' : 'n');
}

/** Leaves an amount with a point out, but for zeros at its end: they may be all of its fraction, or go when JSON is read. */
function fraction(read: Reading, from: number, end: number): void {
  const { text } = read;
  let stop = end;
  while (stop > from && text.charCodeAt(stop - 1) === 48) stop -= 1;
  if (stop === from || text.startsWith('00000', from) || isKnown(text, from, end)) return;
  // `2.50s` is no number of JSON
  if (kindOf(text.charCodeAt(end)) === WORD) stop = end;
  STATUS_WORD.lastIndex = end;
  if (isStatus(text, from, end) && STATUS_WORD.test(text)) return;
  if (isRounded(text.slice(read.whole, stop))) return;
  // the whole part is left out with it, unless it begins with zero or is another word of the lexicon
  const stays =
    text.charCodeAt(read.whole) === 48 || read.done > read.whole || isKnown(text, read.whole, read.wholeEnd);
  const first = stays ? from : read.whole;
  leave(read, first, stop, `${text.charCodeAt(from) === 48 ? 'z' : 'n'}${from - first}.`);
}

/** A part of it that the lexicon knows stays, or that could be a status. */
function leaveDate(read: Reading, from: number, to: number): number {
  const parts = read.text
    .slice(from, to)
    .replace(/\d+/g, (one) => (isKnown(one, 0, one.length) || /^[45]\d\d$/.test(one) ? one : '#'));
  return leave(read, from, to, `t${parts} `);
}

const isOwnUuid = (text: string, from: number): boolean => isUuid(text, from) && !isOfTime(text, from, from + 36);

function leaveUuid(read: Reading, from: number): number {
  const { text } = read;
  let kind = `u${beginningOf(text, from)}`;
  for (let group = from; group < from + 36; ) {
    const end = group === from ? group + 8 : group === from + 24 ? group + 12 : group + 4;
    if (isKnown(text, group, end)) kind += `${group - from}${text.slice(group, end)}`;
    group = end + 1;
  }
  return leave(read, from, from + 36, `${kind} `);
}
