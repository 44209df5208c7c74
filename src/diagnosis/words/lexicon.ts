import { isDigit } from '../ascii.ts';
import {
  BEGINS,
  buildLexicon,
  GOES_ON,
  type Lexicon,
  LONGEST_WORD,
  type Numbered,
  SAYS,
  STEM,
  type WordLists,
} from './build-lexicon.ts';
import { type ContextConcept, ownConcepts } from './context.ts';
import { type Concept, ENGLISH } from './english.ts';
import { FOREIGN } from './foreign.ts';
import { unpackLexicon } from './packed-lexicon.ts';
import { RATES } from './rates.ts';
import { isApostrophe, numberAt } from './word-trie.ts';

/** Everything that a rule can name: concepts of the lexicon and facts about the text's surroundings (`@provider`). */
export type RuleWord = Concept | ContextConcept;

/** Both are put in where the program is bundled: reading the lists at the first text takes several times as long as Node's own start. */
declare const WATCHTOWER_CONCEPTS: string;
declare const WATCHTOWER_LEXICON: string;

/** The names of all concepts, in the order of their indexes. */
export const CONCEPT_NAMES =
  typeof WATCHTOWER_CONCEPTS === 'string'
    ? (WATCHTOWER_CONCEPTS.split(' ') as RuleWord[])
    : ([...Object.keys(ENGLISH), ...ownConcepts] as RuleWord[]);
const indexOf = new Map<string, number>(CONCEPT_NAMES.map((name, index) => [name, index]));

/** How many concepts there are. */
export const CONCEPTS = CONCEPT_NAMES.length;

/** The index of a concept among `CONCEPTS`. Throws on a name that is in no lexicon: a mistake in a rule. */
export function conceptIndex(name: string): number {
  const index = indexOf.get(name);
  if (index === undefined) throw new Error(`no such concept: ${name}`);
  return index;
}

let built: Lexicon | null = null;

/** Made when the first text is read: a program that reads none does not pay for it. */
export function lexiconOf(): Lexicon {
  built ??= typeof WATCHTOWER_LEXICON === 'string' ? unpackLexicon(WATCHTOWER_LEXICON) : readLists();
  return built;
}

function readLists(): Lexicon {
  return buildLexicon(
    [ENGLISH, { rate: RATES, rateHard: RATES }, ...FOREIGN.map(([, words]) => words as WordLists)],
    conceptIndex,
  );
}

/**
 * The number that the lexicon has for the word `codes[from, to)`, which is in any case, with apostrophes, without accents; 0
 * where a rule reads it as it reads any word. An id is in no lexicon, unless it begins like a code: AADSTS700016.
 */
export function numberOfWord({ trie, standing }: Lexicon, codes: Uint16Array, from: number, to: number): number {
  const number = numberAt(trie, codes, from, to);
  return ((standing[number] as number) & STEM) !== 0 && isId(codes, from, to) ? 0 : number;
}

/** It has digits, and before them fewer letters than a word. */
function isId(codes: Uint16Array, from: number, to: number): boolean {
  let letters = 0;
  for (let at = from; at < to; at++) {
    const code = codes[at] as number;
    if (isDigit(code)) return letters < LETTERS_OF_WORD;
    if (!isApostrophe(code)) letters += 1;
  }
  return false;
}
const LETTERS_OF_WORD = 5;

/** Behind so many letters no word of the lexicon goes on. */
const CODES = new Uint16Array(LONGEST_WORD);

/** The letters `text[from, to)` as codes; how many they are. */
function write(text: string, from: number, to: number): number {
  const length = Math.min(to - from, LONGEST_WORD);
  for (let at = 0; at < length; at++) CODES[at] = text.charCodeAt(from + at);
  return length;
}

/** As `numberOfWord`, for a word apart. */
export function know(text: string): number {
  return numberOfWord(lexiconOf(), CODES, 0, write(text, 0, text.length));
}

/** What the ASCII letters and digits `text[from, to)` are to the lexicon: 0 where a rule reads them as it reads any word. */
export function standingOf(text: string, from: number, to: number): number {
  const { trie, standing, stemOf } = lexiconOf();
  const number = numberAt(trie, CODES, 0, write(text, from, to));
  const stands = standing[number] as number;
  // whatever begins as a stem does, in a phrase too
  return stemOf[number] === 0 && (stands & STEM) === 0 ? stands & ANY : ANY;
}
const ANY = SAYS | BEGINS | GOES_ON;

/** The longest entry of a script without spaces that stands at this place, null for none. */
export function longestScript({ scripts }: Lexicon, text: string, at: number): Numbered | null {
  const list = scripts.get(text.charCodeAt(at));
  if (list !== undefined) for (const entry of list) if (text.startsWith(entry.text, at)) return entry;
  return null;
}
