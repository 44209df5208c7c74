import { type Lists, pack } from './lists.ts';
import { createWordTrie, type TrieWord, type WordTrie } from './word-trie.ts';

/** What a word is to the lexicon, a sum of these: it says something by itself, begins a phrase, goes on with one. */
export const SAYS = 1;
export const BEGINS = 2;
export const GOES_ON = 4;
/** It begins a phrase whose second word is a stem. */
export const OPEN = 8;
/** It is no word but the beginning of some, and stands for those that the lexicon has not. */
export const STEM = 16;

/**
 * What the word lists say, in arrays that fit beside each other in a cache. Words, stems (`exceed*`) and entries of scripts
 * without spaces have numbers; 0 is what says nothing, and stands for all words that are here under no number. Nothing is
 * remembered of the texts that are read.
 */
export interface Lexicon {
  /** Words and stems by their letters. */
  trie: WordTrie;
  /** Sums of `SAYS` and the others, by number. */
  standing: Uint8Array;
  /** The longest stem with which it begins, for a stem the longest shorter one; 0 for none. */
  stemOf: Uint16Array;
  /** The concepts that a number says by itself; one that two entries give it is there twice. */
  concepts: Lists;
  /** By number, what may be the second word of a phrase that begins with it: bit `n % 32` for each such number. */
  mayFollow: Int32Array;
  /** The second words of phrases that begin with this number, ascending. */
  seconds: Lists;
  /** By place in `seconds.items`, phrases in the order of the word lists: how many words follow the second, concept, these words. */
  follows: Lists;
  /** By number, phrases whose second word is a stem, likewise, but what follows begins with the second. */
  opens: Lists;
  /** Entries of scripts without spaces by their first character, the longest first. */
  scripts: ReadonlyMap<number, readonly Numbered[]>;
}

/** A text and its number. */
export interface Numbered {
  text: string;
  number: number;
}

/** Entries by the name of their concept, with commas between them: `rate limit, too many*`. */
export type WordLists = Readonly<Record<string, string>>;

/** Words and stems of the lexicon are shorter. */
export const LONGEST_WORD = 64;

interface Phrase {
  concept: number;
  /** The first is left out. */
  rest: number[];
}

/** A number while the lists are read. */
interface Entry {
  text: string;
  standing: number;
  concepts: number[];
  phrases: Phrase[];
}

interface Making {
  entries: Entry[];
  /** Entries that were read before. */
  read: Map<string, [first: number, rest: number[]]>;
  words: Map<string, number>;
  stems: Map<string, number>;
  /** Stems by their first letter. */
  beginnings: Map<number, Numbered[]>;
  scripts: Map<number, Numbered[]>;
  /** What stems say, in the order of the lists. */
  ofStems: { stem: number; concept: number | null; phrase: Phrase | null }[];
}

const SCRIPT = /[\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff]/;

/** Reads lists of words; `conceptIndex` throws on a name that it does not know. */
export function buildLexicon(sources: readonly WordLists[], conceptIndex: (name: string) => number): Lexicon {
  const made: Making = {
    entries: [{ text: '', standing: 0, concepts: [], phrases: [] }],
    read: new Map(),
    words: new Map(),
    stems: new Map(),
    beginnings: new Map(),
    scripts: new Map(),
    ofStems: [],
  };
  for (const source of sources) {
    for (const [name, list] of Object.entries(source)) {
      const concept = conceptIndex(name);
      for (const entry of list.split(',')) addEntry(made, entry.trim(), concept);
    }
  }
  const { entries } = made;
  for (const list of made.scripts.values()) list.sort((a, b) => b.text.length - a.text.length);
  const stemOf = Uint16Array.from(entries, (entry) => longestStem(made, entry));
  for (const [number, entry] of entries.entries())
    if (stemOf[number] !== 0 || isStem(entry)) addStems(made, number, stemOf);
  return packed(made, stemOf);
}

function addEntry(made: Making, entry: string, concept: number): void {
  if (entry === '') return;
  if (SCRIPT.test(entry)) {
    addScript(made, entry, concept);
    return;
  }
  const [first, rest] = numbersOf(made, entry);
  const phrase = rest.length === 0 ? null : { concept, rest };
  const begins = made.entries[first] as Entry;
  if (isStem(begins)) made.ofStems.push({ stem: first, concept: phrase === null ? concept : null, phrase });
  else if (phrase === null) begins.concepts.push(concept);
  else begins.phrases.push(phrase);
}

/** The first word of an entry, and the rest; many entries stand in more lists than one. */
function numbersOf(made: Making, entry: string): [first: number, rest: number[]] {
  const known = made.read.get(entry);
  if (known !== undefined) return known;
  const [first, ...rest] = entry.split(SPACES).map((word) => numberOf(made, word)) as [number, ...number[]];
  for (const number of rest) (made.entries[number] as Entry).standing |= GOES_ON;
  made.read.set(entry, [first, rest]);
  return [first, rest];
}
const SPACES = /[ _]+/;

function numberOf(made: Making, word: string): number {
  const stem = word.endsWith('*');
  const text = stem ? word.slice(0, -1) : word;
  if (text.length >= LONGEST_WORD) throw new RangeError(`a word has fewer than ${LONGEST_WORD} letters: ${word}`);
  const known = stem ? made.stems : made.words;
  let number = known.get(text);
  if (number === undefined) {
    number = made.entries.push({ text, standing: stem ? STEM : 0, concepts: [], phrases: [] }) - 1;
    known.set(text, number);
    if (stem) listOf(made.beginnings, text).push({ text, number });
  }
  return number;
}

function addScript(made: Making, text: string, concept: number): void {
  const list = listOf(made.scripts, text);
  let number = list.find((item) => item.text === text)?.number;
  if (number === undefined) {
    number = made.entries.push({ text, standing: 0, concepts: [], phrases: [] }) - 1;
    list.push({ text, number });
  }
  (made.entries[number] as Entry).concepts.push(concept);
}

/** The list of those that begin with the same character. */
function listOf(lists: Map<number, Numbered[]>, text: string): Numbered[] {
  const key = text.charCodeAt(0);
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

const isStem = ({ standing }: Entry): boolean => (standing & STEM) !== 0;

/** The longest stem with which an entry begins, which is not itself; 0 for none. */
function longestStem(made: Making, entry: Entry): number {
  let longest: Numbered | null = null;
  for (const stem of made.beginnings.get(entry.text.charCodeAt(0)) ?? []) {
    if (!entry.text.startsWith(stem.text) || (isStem(entry) && stem.text === entry.text)) continue;
    if (longest === null || stem.text.length > longest.text.length) longest = stem;
  }
  return longest === null ? 0 : longest.number;
}

/** What its stems say, it says too, in the order of the lists. */
function addStems(made: Making, number: number, stemOf: Uint16Array): void {
  const entry = made.entries[number] as Entry;
  const own = new Set<number>(isStem(entry) ? [number] : []);
  for (let stem = stemOf[number] as number; stem !== 0; stem = stemOf[stem] as number) own.add(stem);
  for (const { stem, concept, phrase } of made.ofStems) {
    if (!own.has(stem)) continue;
    if (concept !== null) entry.concepts.push(concept);
    if (phrase !== null) entry.phrases.push(phrase);
  }
}

function packed(made: Making, stemOf: Uint16Array): Lexicon {
  const { entries, scripts } = made;
  const seconds: number[][] = [];
  const follows: number[][] = [];
  const opens: number[][] = [];
  for (const entry of entries) {
    const open: number[] = [];
    const bySecond = phrasesBySecond(made, entry, open);
    const ascending = [...bySecond.keys()].sort((a, b) => a - b);
    seconds.push(ascending);
    for (const second of ascending) follows.push(bySecond.get(second) as number[]);
    opens.push(open);
    if (open.length > 0) entry.standing |= OPEN;
    if (entry.concepts.length > 0) entry.standing |= SAYS;
    if (entry.phrases.length > 0) entry.standing |= BEGINS;
  }
  return {
    trie: createWordTrie([...keyed(made.words, false), ...keyed(made.stems, true)]),
    standing: Uint8Array.from(entries, ({ standing }) => standing),
    stemOf,
    concepts: pack(entries.map(({ concepts }) => concepts)),
    mayFollow: Int32Array.from(seconds, (list) => list.reduce((bits, second) => bits | (1 << second), 0)),
    seconds: pack(seconds),
    follows: pack(follows),
    opens: pack(opens),
    scripts,
  };
}

/** As `Lexicon.follows` has them; those whose second word is a stem go to `open`. */
function phrasesBySecond({ entries }: Making, { phrases }: Entry, open: number[]): ReadonlyMap<number, number[]> {
  if (phrases.length === 0) return NONE;
  const found = new Map<number, number[]>();
  for (const { concept, rest } of phrases) {
    const second = rest[0] as number;
    if (isStem(entries[second] as Entry)) {
      open.push(rest.length, concept, ...rest);
      continue;
    }
    const list = found.get(second) ?? [];
    found.set(second, list);
    list.push(rest.length - 1, concept);
    for (let at = 1; at < rest.length; at++) list.push(rest[at] as number);
  }
  return found;
}
const NONE: ReadonlyMap<number, number[]> = new Map();

const keyed = (numbers: ReadonlyMap<string, number>, stem: boolean): TrieWord[] =>
  Array.from(numbers, ([text, number]) => ({ text, number, stem }));
