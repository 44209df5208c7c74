import { beginsHump, isWordCode } from '../../diagnosis/words/codes.ts';

/** What a character is to the chunks of a text: what ends them, what joins their words, what words are made of. */
export const APART = 0;
export const JOINER = 1;
export const WORD = 2;

const KINDS = Uint8Array.from({ length: 128 }, (_, code) => (isWordCode(code) ? WORD : APART));
for (const sign of '-_./@+~:%') KINDS[sign.charCodeAt(0)] = JOINER;

/** The kind of a character; NaN, past the end, is `APART`. Letters are those that the lexicon reads as such. */
export function kindOf(code: number): number {
  if (code < 128) return KINDS[code] as number;
  return isWordCode(code) ? WORD : APART;
}

/** Where the ASCII letters end that stand at `from`. */
export function endOfLetters(text: string, from: number): number {
  let at = from;
  let lower = text.charCodeAt(at) | 32;
  while (lower >= 97 && lower <= 122) lower = text.charCodeAt(++at) | 32;
  return at;
}

/** Letters and digits that stand together. */
export interface Run {
  from: number;
  end: number;
  digits: number;
  letters: number;
  /** So many digits before the first letter. */
  first: number;
  upper: boolean;
  lower: boolean;
  /** All of it is hexadecimal, in one case. */
  hex: boolean;
  ascii: boolean;
}

/** One for all: it is read before the next one is. */
const run: Run = {
  from: 0,
  end: 0,
  digits: 0,
  letters: 0,
  first: 0,
  upper: false,
  lower: false,
  hex: false,
  ascii: true,
};

export function readRun(text: string, from: number): Run {
  let at = from;
  let numbers = 0;
  let first = 0;
  let seen = 0;
  for (; ; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 97 && code <= 122) seen |= code > 102 ? LOWER | BEYOND : LOWER;
    else if (code >= 48 && code <= 57) {
      numbers += 1;
      if (seen === 0) first += 1;
    } else if (code >= 65 && code <= 90) seen |= code > 70 ? UPPER | BEYOND : UPPER;
    else if (code < 128 || kindOf(code) !== WORD) break;
    else seen |= FOREIGN | BEYOND;
  }
  run.from = from;
  run.end = at;
  run.digits = numbers;
  run.letters = at - from - numbers;
  run.first = first;
  run.upper = (seen & UPPER) !== 0;
  run.lower = (seen & LOWER) !== 0;
  run.hex = seen === LOWER || seen === UPPER;
  run.ascii = (seen & FOREIGN) === 0;
  return run;
}
const LOWER = 1;
const UPPER = 2;
const BEYOND = 4;
const FOREIGN = 8;

const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![\w])|[0-9A-F]{8}-(?:[0-9A-F]{4}-){3}[0-9A-F]{12}(?![\w])/y;

export function isUuid(text: string, from: number): boolean {
  if (text.charCodeAt(from + 8) !== 45 || text.charCodeAt(from + 13) !== 45) return false;
  UUID.lastIndex = from;
  return UUID.test(text);
}

/** True where a word is cut before `at`, as the lexicon's reader does; the piece began at `last`. */
export function isHump(word: string, last: number, at: number): boolean {
  const code = word.charCodeAt(at);
  return code >= 65 && code <= 90 && at - last > 1 && beginsHump(word.charCodeAt(at - 1), word.charCodeAt(at + 1));
}
