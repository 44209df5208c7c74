import { lower } from '../gate-bytes.ts';
import {
  BEGINS,
  buildLexicon,
  GOES_ON,
  type Lexicon,
  LONGEST_WORD,
  SAYS,
  stemBucket,
  type WordLists,
} from './build-lexicon.ts';
import { type ContextConcept, ownConcepts } from './context.ts';
import { type Concept, ENGLISH } from './english.ts';
import { FOREIGN } from './foreign.ts';
import { RATES } from './rates.ts';
import { findWord, HASH_START, hashStep, standsAt } from './word-table.ts';

/** Everything that a rule can name: concepts of the lexicon and facts about the text's surroundings (`@provider`). */
export type RuleWord = Concept | ContextConcept;

const names = [...Object.keys(ENGLISH), ...ownConcepts] as RuleWord[];
const indexOf = new Map<string, number>(names.map((name, index) => [name, index]));

/** How many concepts there are. */
export const CONCEPTS = names.length;

/** The index of a concept among `CONCEPTS`. Throws on a name that is in no lexicon: a mistake in a rule. */
export function conceptIndex(name: string): number {
  const index = indexOf.get(name);
  if (index === undefined) throw new Error(`no such concept: ${name}`);
  return index;
}

let built: Lexicon | null = null;

/** Built when the first text is read: a program that reads none does not pay for it. */
export function lexiconOf(): Lexicon {
  built ??= buildLexicon(
    [ENGLISH, { rate: RATES, rateHard: RATES }, ...FOREIGN.map(([, words]) => words as WordLists)],
    conceptIndex,
  );
  return built;
}

/**
 * The number that the lexicon has for the word `codes[from, to)`, which is in lower case, without apostrophes and accents;
 * 0 where a rule reads it as it reads any word. An id is in no lexicon, whatever it begins with.
 */
export function numberOfWord(
  lexicon: Lexicon,
  codes: Uint16Array,
  from: number,
  to: number,
  hash: number,
  id: boolean,
): number {
  const found = findWord(lexicon.table, codes, from, to, hash);
  return found !== 0 || id ? found : longestStem(lexicon, codes, from, to);
}

/** The longest stem with which a word begins, 0 for none. */
function longestStem({ stems, table }: Lexicon, codes: Uint16Array, from: number, to: number): number {
  if (to - from < 2) return 0;
  const bucket = stemBucket(codes[from] as number, codes[from + 1] as number);
  const end = stems.from[bucket + 1] as number;
  for (let at = stems.from[bucket] as number; at < end; at++) {
    const stem = stems.items[at] as number;
    const length = (table.letters.from[stem + 1] as number) - (table.letters.from[stem] as number);
    if (length <= to - from && standsAt(table.letters, stem, codes, from)) return stem;
  }
  return 0;
}

const CODES = new Uint16Array(LONGEST_WORD);
const DIGIT = /\d/;
const LETTERS_FIRST = /^[a-z]{5}/;

/** The number that the lexicon has for a word, as `numberOfWord`. */
export function know(text: string): number {
  const length = Math.min(text.length, LONGEST_WORD);
  let hash = HASH_START;
  for (let at = 0; at < length; at++) {
    CODES[at] = text.charCodeAt(at);
    hash = hashStep(hash, CODES[at] as number);
  }
  // an id may still begin like a code: AADSTS700016
  return numberOfWord(lexiconOf(), CODES, 0, length, hash, DIGIT.test(text) && !LETTERS_FIRST.test(text));
}

/** What the ASCII letters and digits `text[from, to)` are to the lexicon: 0 where a rule reads them as it reads any word. */
export function standingOf(text: string, from: number, to: number): number {
  const lexicon = lexiconOf();
  const length = Math.min(to - from, LONGEST_WORD);
  let hash = HASH_START;
  for (let at = 0; at < length; at++) {
    CODES[at] = lower(text.charCodeAt(from + at));
    hash = hashStep(hash, CODES[at] as number);
  }
  const found = findWord(lexicon.table, CODES, 0, length, hash);
  const stem = found === 0 ? longestStem(lexicon, CODES, 0, length) : lexicon.stemOf[found];
  // whatever it begins, in a phrase too
  return stem === 0 ? (lexicon.standing[found] as number) & ANY : ANY;
}
const ANY = SAYS | BEGINS | GOES_ON;

/** The number of the longest entry of a script without spaces that stands at `codes[at]`, 0 for none. */
export function longestScript({ scripts, table }: Lexicon, codes: Uint16Array, at: number): number {
  const list = scripts.get(codes[at] as number);
  if (list !== undefined) for (const entry of list) if (standsAt(table.letters, entry, codes, at)) return entry;
  return 0;
}
