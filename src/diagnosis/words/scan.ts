import type { ContextConcept } from './context.ts';
import { CONCEPTS, conceptIndex, isScript, type Known, know, longestScript, type Phrase } from './lexicon.ts';

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

/** Reads a text into hits of concepts, in one pass. Time is linear in the text's length; at most 2,000 words are read. */
export function scan(text: string): Scan {
  const made: Scan = { hits: new Array(CONCEPTS), starts: [], ends: [], text, words: 0 };
  const words: string[] = [];
  const known: Known[] = [];
  const positions: number[] = [];
  let position = 0;
  let at = 0;
  const length = text.length;
  const add = (word: string, start: number, end: number) => {
    words.push(word);
    known.push(know(word));
    positions.push(position++);
    made.starts.push(start);
    made.ends.push(end);
  };
  while (at < length && words.length < MAX_WORDS) {
    const code = text.charCodeAt(at);
    if (isWordCode(code)) at = readWord(text, at, add);
    else if (isScript(code)) {
      const hit = longestScript(text, at);
      if (hit) {
        words.push('');
        known.push({ concepts: hit.concepts, phrases: null });
        positions.push(position++);
        made.starts.push(at);
        made.ends.push(at + hit.text.length);
        // one character further only: `余额不足` is also `余额` and `不足`
        at += 1;
      } else {
        if (at & 1) position += 1;
        at += 1;
      }
    } else {
      if (endsSentence(text, at, code)) position += GAP;
      at += 1;
    }
  }
  made.words = words.length;
  collect(made, words, known, positions);
  return made;
}

function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    (code >= 0xc0 && code < 0x3000 && !(code >= 0x2000 && code < 0x2c00))
  );
}

/** `rateLimitError` is read as three words and as one: code words and prose meet in the same lexicon. */
function readWord(text: string, from: number, add: (word: string, start: number, end: number) => void): number {
  let end = from + 1;
  let humps = 0;
  const length = text.length;
  let last = from;
  const cuts: number[] = [];
  for (; end < length; end++) {
    const code = text.charCodeAt(end);
    if (code === 39 || code === 0x2019) {
      // an apostrophe inside a word: doesn't
      const next = text.charCodeAt(end + 1);
      if (end - from > 1 && next >= 97 && next <= 122 && !(text.charCodeAt(end + 2) === 39)) continue;
      break;
    }
    if (!isWordCode(code)) break;
    const upper = code >= 65 && code <= 90;
    if (upper) {
      const before = text.charCodeAt(end - 1);
      const after = text.charCodeAt(end + 1);
      const lowerBefore = before >= 97 && before <= 122;
      const upperBefore = before >= 65 && before <= 90;
      if ((lowerBefore || (upperBefore && after >= 97 && after <= 122)) && end - last > 1) {
        cuts.push(end);
        humps++;
        last = end;
      }
    }
  }
  const whole = plain(text, from, end);
  if (humps === 0) {
    add(whole, from, end);
    return end;
  }
  const entry = know(whole);
  if (entry.concepts !== null) {
    add(whole, from, end);
  }
  let start = from;
  for (const cut of [...cuts, end]) {
    add(plain(text, start, cut), start, cut);
    start = cut;
  }
  return end;
}

const ACCENTED = /[\u00c0-\u024f]/;

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

function collect(made: Scan, words: string[], known: Known[], positions: number[]): void {
  for (let index = 0; index < words.length; index++) {
    const { concepts, phrases } = known[index] as Known;
    const position = positions[index] as number;
    if (concepts !== null) for (const concept of concepts) hit(made, concept, position, index, index);
    if (phrases === null) continue;
    for (const phrase of phrases) {
      const last = index + phrase.words.length - 1;
      if (last < words.length && (positions[last] as number) - position < GAP && follows(words, index, phrase))
        hit(made, phrase.concept, position, index, last);
    }
  }
}

function follows(words: string[], from: number, phrase: Phrase): boolean {
  for (let offset = 1; offset < phrase.words.length; offset++) {
    const wanted = phrase.words[offset] as string;
    const word = words[from + offset] as string;
    if (phrase.prefixes[offset] ? !word.startsWith(wanted) : word !== wanted) return false;
  }
  return true;
}

function hit(made: Scan, concept: number, position: number, first: number, last: number): void {
  const list = made.hits[concept];
  if (list) list.push(position, first, last);
  else made.hits[concept] = [position, first, last];
}

/** Adds a fact about the text's surroundings: near everything, at no place. */
export function addFact(made: Scan, fact: ContextConcept): void {
  made.hits[conceptIndex(fact)] = [-1, -1, -1];
}
