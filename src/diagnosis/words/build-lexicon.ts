import { type Lists, pack, packTexts } from './lists.ts';
import { tableOf, type WordTable } from './word-table.ts';

/** What a word is to the lexicon, a sum of these: it says something by itself, begins a phrase, goes on with one. */
export const SAYS = 1;
export const BEGINS = 2;
export const GOES_ON = 4;
/** Some phrase has it as its second word. */
export const SECOND = 8;
/** It is no word but the beginning of some, and stands for those that the lexicon has not. */
export const STEM = 16;

/**
 * What the word lists say, in arrays that fit beside each other in a cache. Words, stems (`exceed*`) and entries of scripts
 * without spaces have numbers; 0 is what says nothing, and stands for all words that are here under no number. Nothing is
 * remembered of the texts that are read.
 */
export interface Lexicon {
  /** Words by their characters; the table's `letters` are those of every number. */
  table: WordTable;
  /** Sums of `SAYS` and the others, by number. */
  standing: Uint8Array;
  /** The longest stem with which it begins, for a stem the longest shorter one; 0 for none. */
  stemOf: Uint16Array;
  /** The concepts that a number says by itself; one that two entries give it is there twice. */
  concepts: Lists;
  /** The second words of phrases that begin with this number, ascending. */
  seconds: Lists;
  /** By place in `seconds.items`, phrases in the order of the word lists: how many words follow the second, concept, these words. */
  follows: Lists;
  /** By number, phrases whose second word is a stem, likewise, but what follows begins with the second. */
  opens: Lists;
  /** Stems by `stemBucket` of their first two letters, the longest first. */
  stems: Lists;
  /** Entries of scripts without spaces by their first character, the longest first. */
  scripts: Map<number, number[]>;
}

/** As `[a-z]` words would be read: `concept` by name, its entries between commas. */
export type WordLists = Readonly<Record<string, string>>;

/** Words and stems are shorter: what lies behind so many characters of a text's word changes nothing. */
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
  words: Map<string, number>;
  stems: Map<string, number>;
  scripts: Map<number, number[]>;
  /** What stems say, in the order of the lists. */
  ofStems: { stem: number; concept: number | null; phrase: Phrase | null }[];
}

const SCRIPT = /[\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff]/;

/** Reads lists of words; `conceptIndex` throws on a name that it does not know. Throws RangeError on a stem of one letter and on a word of 64. */
export function buildLexicon(sources: readonly WordLists[], conceptIndex: (name: string) => number): Lexicon {
  const made: Making = {
    entries: [{ text: '', standing: 0, concepts: [], phrases: [] }],
    words: new Map(),
    stems: new Map(),
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
  for (const list of made.scripts.values()) list.sort((a, b) => textOf(made, b).length - textOf(made, a).length);
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
  const [first, ...rest] = entry.split(/[ _]+/).map((word) => numberOf(made, word)) as [number, ...number[]];
  const phrase = rest.length === 0 ? null : { concept, rest };
  for (const number of rest) (made.entries[number] as Entry).standing |= GOES_ON;
  const begins = made.entries[first] as Entry;
  if (isStem(begins)) made.ofStems.push({ stem: first, concept: phrase === null ? concept : null, phrase });
  else if (phrase === null) begins.concepts.push(concept);
  else begins.phrases.push(phrase);
}

function numberOf(made: Making, word: string): number {
  const stem = word.endsWith('*');
  const text = stem ? word.slice(0, -1) : word;
  if (stem && text.length < 2) throw new RangeError(`a stem has at least two letters: ${word}`);
  if (text.length >= LONGEST_WORD) throw new RangeError(`a word has fewer than ${LONGEST_WORD} letters: ${word}`);
  const known = stem ? made.stems : made.words;
  let number = known.get(text);
  if (number === undefined) {
    number = made.entries.push({ text, standing: stem ? STEM : 0, concepts: [], phrases: [] }) - 1;
    known.set(text, number);
  }
  return number;
}

function addScript(made: Making, text: string, concept: number): void {
  const key = text.charCodeAt(0);
  const list = made.scripts.get(key) ?? [];
  made.scripts.set(key, list);
  let number = list.find((item) => textOf(made, item) === text);
  if (number === undefined) {
    number = made.entries.push({ text, standing: 0, concepts: [], phrases: [] }) - 1;
    list.push(number);
  }
  (made.entries[number] as Entry).concepts.push(concept);
}

const textOf = (made: Making, number: number): string => (made.entries[number] as Entry).text;
const isStem = ({ standing }: Entry): boolean => (standing & STEM) !== 0;

function longestStem(made: Making, entry: Entry): number {
  const { text } = entry;
  for (let length = isStem(entry) ? text.length - 1 : text.length; length >= 2; length--) {
    const stem = made.stems.get(text.slice(0, length));
    if (stem !== undefined) return stem;
  }
  return 0;
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
    const bySecond = new Map<number, number[]>();
    const open: number[] = [];
    for (const { concept, rest } of entry.phrases) {
      const [second, ...further] = rest as [number, ...number[]];
      const after = entries[second] as Entry;
      if (isStem(after)) open.push(rest.length, concept, ...rest);
      else {
        after.standing |= SECOND;
        const phrases = bySecond.get(second) ?? [];
        bySecond.set(second, phrases);
        phrases.push(further.length, concept, ...further);
      }
    }
    const ascending = [...bySecond].sort(([a], [b]) => a - b);
    seconds.push(ascending.map(([second]) => second));
    follows.push(...ascending.map(([, phrases]) => phrases));
    opens.push(open);
    if (entry.concepts.length > 0) entry.standing |= SAYS;
    if (entry.phrases.length > 0) entry.standing |= BEGINS;
  }
  return {
    table: tableOf(packTexts(entries.map(({ text }) => text)), [...made.words.values()]),
    standing: Uint8Array.from(entries, ({ standing }) => standing),
    stemOf,
    concepts: pack(entries.map(({ concepts }) => concepts)),
    seconds: pack(seconds),
    follows: pack(follows),
    opens: pack(opens),
    stems: pack(buckets(made)),
    scripts,
  };
}

const BUCKETS = 256;

/** Where stems that begin with these two letters are in `Lexicon.stems`. */
export function stemBucket(first: number, second: number): number {
  return (first * 31 + second) & (BUCKETS - 1);
}

function buckets(made: Making): number[][] {
  const found: number[][] = Array.from({ length: BUCKETS }, () => []);
  const longestFirst = [...made.stems].sort(([a], [b]) => b.length - a.length);
  for (const [text, number] of longestFirst)
    (found[stemBucket(text.charCodeAt(0), text.charCodeAt(1))] as number[]).push(number);
  return found;
}
