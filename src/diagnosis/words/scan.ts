import { type Lexicon, SAYS } from './build-lexicon.ts';
import {
  APART,
  BIG_ENDIAN,
  beginsHump,
  CAPITAL,
  DIGIT,
  endsSentence,
  KINDS,
  LETTER,
  MARK,
  MONEY,
  SCRIPT,
  SMALL,
} from './codes.ts';
import { collect, GAP, type Words } from './collect.ts';
import type { ContextConcept } from './context.ts';
import { addHit, clearHits, createHits, type Hits, isHit } from './hits.ts';
import { CONCEPTS, conceptIndex, know, lexiconOf, longestScript, numberOfWord } from './lexicon.ts';
import { isApostrophe } from './word-trie.ts';

/**
 * A text as hits of concepts: what the rules read. Positions count words; a new sentence adds a gap of `GAP`. It holds
 * until the next text is read: there is one, and its arrays are used again.
 */
export interface Scan extends Words {
  text: string;
  hits: Hits;
  /** Start and end of each word in the text. */
  starts: Int32Array;
  ends: Int32Array;
}

/** What is read of a text so far, and the text's codes. */
interface Reading extends Scan {
  lexicon: Lexicon;
  /** The text in UTF-16 and zeroes behind it. */
  codes: Uint16Array;
  bytes: Buffer;
  position: number;
}

const MAX_WORDS = 2000;
/** Characters for which there is room at first: more than are left of an ordinary text. */
const ROOM = 16_384;
/** How far the reader looks ahead, and finds zeroes. */
const AHEAD = 2;

let reading: Reading | null = null;

/** Reads a text into hits of concepts, in one pass. Time is linear in the text's length; at most 2,000 words are read. */
export function scan(text: string): Scan {
  const read = begin(text);
  const { codes, lexicon } = read;
  const kinds = KINDS;
  const { length } = text;
  let at = 0;
  while (at < length && read.count < MAX_WORDS) {
    const code = codes[at] as number;
    const kind = kinds[code] as number;
    if (kind >= SMALL) at = readWord(read, at);
    else if (kind === APART) at += 1;
    else {
      if (kind === MARK) {
        if (endsSentence(code, codes[at + 1] as number, at + 1 === length)) read.position += GAP;
      } else if (kind === SCRIPT) readScript(read, at);
      else if (kind === MONEY && isAmount(codes[at + 1] as number)) add(read, know(CURRENCY), at, at + 1);
      at += 1;
    }
  }
  collect(lexicon, read, read.hits);
  return read;
}

function begin(text: string): Reading {
  if (reading === null || reading.codes.length < text.length + AHEAD) reading = room(text.length + AHEAD);
  const { codes, bytes, hits } = reading;
  // a text's own characters are behind a rope or a slice: each that is asked for costs more than to write all at once
  const written = bytes.write(text, 'utf16le');
  if (BIG_ENDIAN) bytes.subarray(0, written).swap16();
  codes[text.length] = 0;
  codes[text.length + 1] = 0;
  clearHits(hits);
  reading.text = text;
  reading.count = 0;
  reading.position = 0;
  return reading;
}

/** No text has more words than characters. */
function room(least: number): Reading {
  const size = Math.max(ROOM, least);
  const codes = new Uint16Array(size);
  return {
    lexicon: lexiconOf(),
    text: '',
    codes,
    bytes: Buffer.from(codes.buffer),
    hits: createHits(CONCEPTS),
    count: 0,
    numbers: new Uint16Array(size),
    positions: new Int32Array(size),
    starts: new Int32Array(size),
    ends: new Int32Array(size),
    position: 0,
  };
}

/** The word for which a sign of money before an amount stands. */
const CURRENCY = 'usd';

const isAmount = (next: number): boolean => KINDS[next] === DIGIT || next === 45;

function readScript(read: Reading, at: number): void {
  const entry = longestScript(read.lexicon, read.text, at);
  // the next is looked for one character further: `余额不足` is also `余额` and `不足`
  if (entry !== null) add(read, entry.number, at, at + entry.text.length);
  else if (at & 1) read.position += 1;
}

function add(read: Reading, number: number, start: number, end: number): void {
  const index = read.count++;
  read.numbers[index] = number;
  read.positions[index] = read.position++;
  read.starts[index] = start;
  read.ends[index] = end;
}

/** `rateLimitError` is read as three words and as one: code words and prose meet in the same lexicon. */
function readWord(read: Reading, from: number): number {
  const { codes, lexicon } = read;
  const kinds = KINDS;
  let at = from;
  let last = from;
  let cuts: number[] | null = null;
  let ascii = true;
  for (; ; at++) {
    const code = codes[at] as number;
    const kind = kinds[code] as number;
    if (kind === SMALL) {
      // nearly all letters are these
      while (kinds[codes[at + 1] as number] === SMALL) at++;
      continue;
    }
    if (kind === DIGIT) continue;
    if (kind === CAPITAL) {
      if (at - last > 1 && beginsHump(codes[at - 1] as number, codes[at + 1] as number)) {
        cuts ??= [];
        cuts.push(at);
        last = at;
      }
    } else if (kind === LETTER) ascii = false;
    else if (!isApostrophe(code) || !insideWord(codes, from, at)) break;
  }
  const whole = numberOf(read, from, at, ascii);
  if (cuts === null) {
    add(read, whole, from, at);
    return at;
  }
  if (((lexicon.standing[whole] as number) & SAYS) !== 0) add(read, whole, from, at);
  cuts.push(at);
  let start = from;
  for (const cut of cuts) {
    add(read, numberOf(read, start, cut, ascii), start, cut);
    start = cut;
  }
  return at;
}

function numberOf({ lexicon, codes, text }: Reading, from: number, to: number, ascii: boolean): number {
  return ascii ? numberOfWord(lexicon, codes, from, to) : know(plain(text, from, to));
}

/** An apostrophe inside a word: doesn't. */
function insideWord(codes: Uint16Array, from: number, at: number): boolean {
  return at - from > 1 && KINDS[codes[at + 1] as number] === SMALL && codes[at + 2] !== 39;
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

/** Adds a fact about the text's surroundings: near everything, at no place. */
export function addFact({ hits }: Scan, fact: ContextConcept): void {
  const concept = conceptIndex(fact);
  if (!isHit(hits, concept)) addHit(hits, concept, NOWHERE, NOWHERE, NOWHERE);
}
const NOWHERE = -1;
