import type { ContextConcept } from './context.ts';
import { CONCEPTS, conceptIndex, isScript, know, knowAt, longestScript, type Phrase, type Word } from './lexicon.ts';
import { HASH_START, hashStep } from './word-table.ts';

/** A text as hits of concepts: what the rules read. Positions count words; a new sentence adds a gap of `GAP`. */
export interface Scan {
  /** Hits of each concept by its index: triples of position, first word and last word; undefined where there is none. */
  hits: (number[] | undefined)[];
  /** Start and end of each word in the text. */
  starts: number[];
  ends: number[];
  text: string;
  words: number;
}

const GAP = 40;
const MAX_WORDS = 2000;

/** What is read of a text so far: its words and where they stand. */
interface Reading {
  text: string;
  words: Word[];
  positions: number[];
  starts: number[];
  ends: number[];
  position: number;
}

/** Reads a text into hits of concepts, in one pass. Time is linear in the text's length; at most 2,000 words are read. */
export function scan(text: string): Scan {
  const read: Reading = { text, words: [], positions: [], starts: [], ends: [], position: 0 };
  const length = text.length;
  let at = 0;
  while (at < length && read.words.length < MAX_WORDS) {
    const code = text.charCodeAt(at);
    if (isWordCode(code)) at = readWord(read, at);
    else if (isScript(code)) {
      const hit = longestScript(text, at);
      if (hit) add(read, hit, at, at + hit.text.length);
      else if (at & 1) read.position += 1;
      // one character further only: `余额不足` is also `余额` and `不足`
      at += 1;
    } else {
      if (isCurrency(text, at, code)) add(read, know(CURRENCY), at, at + 1);
      if (code !== 32 && endsSentence(text, at, code)) read.position += GAP;
      at += 1;
    }
  }
  const made: Scan = {
    hits: new Array(CONCEPTS),
    starts: read.starts,
    ends: read.ends,
    text,
    words: read.words.length,
  };
  collect(made, read);
  return made;
}

/** The word for which a sign of money before an amount stands. */
const CURRENCY = 'usd';
const SIGNS = '$€£¥￥＄₽₹₩';

function isCurrency(text: string, at: number, code: number): boolean {
  if (code !== 36 && code < 0xa3) return false;
  if (!SIGNS.includes(text[at] as string)) return false;
  const next = text.charCodeAt(at + 1);
  return (next >= 48 && next <= 57) || next === 45;
}

function add(read: Reading, word: Word, start: number, end: number): void {
  read.words.push(word);
  read.positions.push(read.position++);
  read.starts.push(start);
  read.ends.push(end);
}

/** True for what words are made of: ASCII letters and digits, and the letters of alphabets. */
export function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    (code >= 0xc0 && code < 0x3000 && !(code >= 0x2000 && code < 0x2c00))
  );
}

/** `rateLimitError` is read as three words and as one: code words and prose meet in the same lexicon. */
function readWord(read: Reading, from: number): number {
  const { text } = read;
  const { length } = text;
  let end = from;
  let last = from;
  let before = 0;
  let cuts: number[] | null = null;
  // the word's hash on the way: most words are ASCII without a hump
  let hash = HASH_START;
  let letters = 0;
  let digits = false;
  let ascii = true;
  for (; end < length; end++) {
    const code = text.charCodeAt(end);
    if (code >= 97 && code <= 122) {
      hash = hashStep(hash, code);
      if (!digits) letters++;
    } else if (code === 39 || code === 0x2019) {
      if (!insideWord(text, from, end)) break;
    } else if (code >= 65 && code <= 90) {
      if (end - last > 1 && beginsHump(before, text.charCodeAt(end + 1))) {
        cuts ??= [];
        cuts.push(end);
        last = end;
      }
      hash = hashStep(hash, code | 32);
      if (!digits) letters++;
    } else if (code >= 48 && code <= 57) {
      hash = hashStep(hash, code);
      digits = true;
    } else if (isWordCode(code)) ascii = false;
    else break;
    before = code;
  }
  // an id may still begin like a code: AADSTS700016
  const whole = ascii ? knowAt(text, from, end, hash, digits && letters < 5) : know(plain(text, from, end));
  if (cuts === null) {
    add(read, whole, from, end);
    return end;
  }
  if (whole.concepts !== null) add(read, whole, from, end);
  let start = from;
  cuts.push(end);
  for (const cut of cuts) {
    add(read, wordAt(text, start, cut), start, cut);
    start = cut;
  }
  return end;
}

/** An apostrophe inside a word: doesn't. */
function insideWord(text: string, from: number, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  return at - from > 1 && next >= 97 && next <= 122 && text.charCodeAt(at + 2) !== 39;
}

/** A capital after a small letter, or before one where capitals stand: `camelCase`, `HTTPError`. */
export function beginsHump(before: number, after: number): boolean {
  return (before >= 97 && before <= 122) || (before >= 65 && before <= 90 && after >= 97 && after <= 122);
}

function wordAt(text: string, from: number, to: number): Word {
  let hash = HASH_START;
  let letters = 0;
  let digits = false;
  for (let at = from; at < to; at++) {
    let code = text.charCodeAt(at);
    if (code === 39 || code === 0x2019) continue;
    if (code > 127) return know(plain(text, from, to));
    if (code <= 57) digits = true;
    else if (!digits) letters++;
    if (code >= 65 && code <= 90) code |= 32;
    hash = hashStep(hash, code);
  }
  // an id may still begin like a code: AADSTS700016
  return knowAt(text, from, to, hash, digits && letters < 5);
}

const ACCENTED = /[\u00c0-\u024f\u1e00-\u1eff]/;

/** Lower case, without apostrophes and accents: the form in which the lexicon has it. */
function plain(text: string, from: number, to: number): string {
  const word = text.slice(from, to).toLowerCase();
  const bare = word.includes("'") || word.includes('’') ? word.replace(/['’]/g, '') : word;
  return ACCENTED.test(bare)
    ? bare
        .normalize('NFD')
        .replace(/[\u0300-\u036f]/g, '')
        .replace(/ß/g, 'ss')
    : bare;
}

/** A full stop, an exclamation or question mark, a line end, or the end of a quoted value of JSON or a Python dict. */
function endsSentence(text: string, at: number, code: number): boolean {
  if (code === 10 || code === 0x3002 || code === 0xff01 || code === 0xff1f || code === 59) return true;
  const next = text.charCodeAt(at + 1);
  if (code === 46 || code === 33 || code === 63)
    return Number.isNaN(next) || next === 32 || next === 10 || next === 34 || next === 39;
  if (code === 34 || code === 39) return next === 44 || next === 125 || next === 93;
  return false;
}

function collect(made: Scan, read: Reading): void {
  const { words, positions } = read;
  const { length } = words;
  for (let index = 0; index < length; index++) {
    const { concepts, phrases, open } = words[index] as Word;
    const position = positions[index] as number;
    if (concepts !== null)
      for (let at = 0; at < concepts.length; at++) hit(made, concepts[at] as number, position, index, index);
    if (index + 1 === length) return;
    const next = words[index + 1] as Word;
    const after = phrases === null || !next.second ? undefined : phrases.get(next);
    if (after !== undefined) for (const phrase of after) tryPhrase(made, read, index, phrase, 2);
    if (open !== null) for (const phrase of open) tryPhrase(made, read, index, phrase, 1);
  }
}

/** A phrase is a hit where its words stand, from the `from`th on: those before are known to. */
function tryPhrase(made: Scan, read: Reading, index: number, phrase: Phrase, from: number): void {
  const { words, positions } = read;
  const last = index + phrase.words.length - 1;
  if (last >= words.length) return;
  for (let offset = from; offset < phrase.words.length; offset++) {
    const wanted = phrase.words[offset] as Word | string;
    const word = words[index + offset] as Word;
    if (typeof wanted === 'string' ? !word.text.startsWith(wanted) : word !== wanted) return;
  }
  const position = positions[index] as number;
  if ((positions[last] as number) - position < GAP) hit(made, phrase.concept, position, index, last);
}

function hit(made: Scan, concept: number, position: number, first: number, last: number): void {
  const list = made.hits[concept];
  if (list) list.push(position, first, last);
  else made.hits[concept] = [position, first, last];
}

/** Never written to: words have no facts among their concepts. */
const NOWHERE: number[] = [-1, -1, -1];

/** Adds a fact about the text's surroundings: near everything, at no place. */
export function addFact(made: Scan, fact: ContextConcept): void {
  made.hits[conceptIndex(fact)] = NOWHERE;
}
