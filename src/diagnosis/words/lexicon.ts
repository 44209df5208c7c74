import { lower } from '../gate-bytes.ts';
import { type ContextConcept, ownConcepts } from './context.ts';
import { type Concept, ENGLISH } from './english.ts';
import { FOREIGN } from './foreign.ts';
import { RATES } from './rates.ts';
import { HASH_START, hashStep, WordTable } from './word-table.ts';

/** Everything that a rule can name: concepts of the lexicon and facts about the text's surroundings (`@provider`). */
export type RuleWord = Concept | ContextConcept;

const names = [...Object.keys(ENGLISH), ...ownConcepts] as RuleWord[];
const indexOf = new Map<string, number>(names.map((name, index) => [name, index]));

/** How many concepts there are: the length of `Scan.hits`. */
export const CONCEPTS = names.length;

/** The index of a concept in `Scan.hits`. Throws on a name that is in no lexicon: a mistake in a rule. */
export function conceptIndex(name: string): number {
  const index = indexOf.get(name);
  if (index === undefined) throw new Error(`no such concept: ${name}`);
  return index;
}

/** A word of the lexicon, or one that was met; the same word is the same object. */
export interface Word {
  text: string;
  concepts: readonly number[] | null;
  /** Some phrase has it behind another word. */
  later: boolean;
  /** Some phrase has it as its second word. */
  second: boolean;
  /** Phrases that begin with this word, by their second word. */
  phrases: ReadonlyMap<Word, Phrase[]> | null;
  /** Phrases that begin with this word and whose second word is a prefix. */
  open: readonly Phrase[] | null;
}

/** Words that follow each other; a text stands for all words that begin so. */
export interface Phrase {
  words: (Word | string)[];
  concept: number;
}

interface Stem<T> {
  stem: string;
  value: T;
}
interface Lexicon {
  table: WordTable;
  prefixes: Stem<number>[];
  prefixPhrases: Stem<Phrase>[];
  scripts: Map<number, Making[]>;
  /** The beginnings of words that it has, wherever in a phrase they stand, by their first letter. */
  beginnings: Map<number, string[]>;
}
/** As a word is made: its lists grow while the lexicon is read. */
interface Making extends Word {
  concepts: number[] | null;
  phrases: Map<Word, Phrase[]> | null;
  open: Phrase[] | null;
}

/** Han, Kana, Hangul: written without spaces. */
export function isScript(code: number): boolean {
  return (code >= 0x3040 && code <= 0x9fff) || (code >= 0xac00 && code <= 0xd7af) || (code >= 0xf900 && code <= 0xfaff);
}

let built: Lexicon | null = null;

/** Built when the first text is read: a program that reads none does not pay for it. */
function lexiconOf(): Lexicon {
  built ??= buildLexicon();
  return built;
}

function buildLexicon(): Lexicon {
  const made: Lexicon = {
    table: new WordTable(),
    prefixes: [],
    prefixPhrases: [],
    scripts: new Map(),
    beginnings: new Map(),
  };
  const sources: Partial<Record<Concept, string>>[] = [
    ENGLISH,
    { rate: RATES, rateHard: RATES },
    ...FOREIGN.map(([, words]) => words),
  ];
  for (const source of sources) {
    for (const [name, list] of Object.entries(source)) {
      for (const entry of list.split(',')) addEntry(made, entry.trim(), conceptIndex(name));
    }
  }
  for (const list of made.scripts.values()) list.sort((a, b) => b.text.length - a.text.length);
  for (const word of made.table.all()) addStems(made, word as Making);
  made.table.fix();
  return made;
}

function addEntry(made: Lexicon, entry: string, concept: number): void {
  if (entry === '') return;
  if ([...entry].some((char) => isScript(char.charCodeAt(0)))) {
    addScript(made, entry, concept);
    return;
  }
  const words = entry.split(/[ _]+/);
  for (const word of words) if (word.endsWith('*')) addBeginning(made, word.slice(0, -1));
  const [first, second] = words as [string, string | undefined];
  if (second === undefined) {
    if (first.endsWith('*')) made.prefixes.push({ stem: first.slice(0, -1), value: concept });
    else addConcept(wordOf(made, first), concept);
    return;
  }
  const phrase: Phrase = {
    words: words.map((word) => (word.endsWith('*') ? word.slice(0, -1) : wordOf(made, word))),
    concept,
  };
  for (const word of phrase.words.slice(1)) if (typeof word !== 'string') word.later = true;
  if (first.endsWith('*')) made.prefixPhrases.push({ stem: first.slice(0, -1), value: phrase });
  else addPhrase(wordOf(made, first), phrase);
}

function addBeginning(made: Lexicon, stem: string): void {
  const list = made.beginnings.get(stem.charCodeAt(0));
  if (list === undefined) made.beginnings.set(stem.charCodeAt(0), [stem]);
  else if (!list.includes(stem)) list.push(stem);
}

function wordOf(made: Lexicon, text: string): Making {
  return (made.table.find(text) ?? made.table.add(bare(text))) as Making;
}

function bare(text: string): Making {
  return { text, concepts: null, later: false, second: false, phrases: null, open: null };
}

function addConcept(word: Making, concept: number): void {
  if (word.concepts === null) word.concepts = [concept];
  else word.concepts.push(concept);
}

function addPhrase(word: Making, phrase: Phrase): void {
  const second = phrase.words[1] as Word | string;
  if (typeof second === 'string') {
    if (word.open === null) word.open = [phrase];
    else word.open.push(phrase);
    return;
  }
  second.second = true;
  word.phrases ??= new Map();
  const list = word.phrases.get(second);
  if (list) list.push(phrase);
  else word.phrases.set(second, [phrase]);
}

/** What begins as this word does. */
function addStems(made: Lexicon, word: Making): void {
  for (const { stem, value } of made.prefixes) if (word.text.startsWith(stem)) addConcept(word, value);
  for (const { stem, value } of made.prefixPhrases) if (word.text.startsWith(stem)) addPhrase(word, value);
}

function addScript(made: Lexicon, entry: string, concept: number): void {
  const key = entry.charCodeAt(0);
  const list = made.scripts.get(key) ?? [];
  made.scripts.set(key, list);
  const same = list.find((item) => item.text === entry);
  if (same) addConcept(same, concept);
  else list.push({ ...bare(entry), concepts: [concept] });
}

const DIGIT = /\d/;
const LETTERS_FIRST = /^[a-z]{5}/;
/** An id: it is in no lexicon and comes once. */
const UNKNOWN_WORD: Word = { text: '', concepts: null, later: false, second: false, phrases: null, open: null };

/** What the lexicon has for a word. Ordinary words are remembered; ids, which come once, are not. */
export function know(text: string): Word {
  const lexicon = lexiconOf();
  const found = lexicon.table.find(text);
  if (found !== null) return found;
  // an id may still begin like a code: AADSTS700016
  if (DIGIT.test(text) && !LETTERS_FIRST.test(text)) return UNKNOWN_WORD;
  const made = bare(text);
  addStems(lexicon, made);
  return lexicon.table.add(made);
}

/** What a word is to the lexicon, a sum of these: it says something by itself, begins a phrase, goes on with one. */
export const SAYS = 1;
export const BEGINS = 2;
export const GOES_ON = 4;

/** What the ASCII letters and digits `text[from, to)` are to the lexicon: 0 where a rule reads them as it reads any word. */
export function standingOf(text: string, from: number, to: number): number {
  const { table, beginnings } = lexiconOf();
  let hash = HASH_START;
  for (let at = from; at < to; at++) hash = hashStep(hash, lower(text.charCodeAt(at)));
  const found = table.findAt(text, from, to, hash);
  const stems = beginnings.get(lower(text.charCodeAt(from)));
  if (stems !== undefined)
    for (const stem of stems) if (beginsWith(text, from, to, stem)) return SAYS | BEGINS | GOES_ON;
  if (found === null) return 0;
  const { concepts, phrases, open, later } = found;
  return (concepts === null ? 0 : SAYS) | (phrases === null && open === null ? 0 : BEGINS) | (later ? GOES_ON : 0);
}

function beginsWith(text: string, from: number, to: number, stem: string): boolean {
  if (to - from < stem.length) return false;
  for (let at = 0; at < stem.length; at++) if (lower(text.charCodeAt(from + at)) !== stem.charCodeAt(at)) return false;
  return true;
}

/**
 * What the lexicon has for `text[from, to)`, which is ASCII letters and digits with apostrophes in any case. Nothing is
 * copied where the word has been met before.
 */
export function knowAt(text: string, from: number, to: number, hash: number, id: boolean): Word {
  const found = lexiconOf().table.findAt(text, from, to, hash);
  if (found !== null) return found;
  return id ? UNKNOWN_WORD : know(text.slice(from, to).toLowerCase().replace(APOSTROPHES, ''));
}
const APOSTROPHES = /['\u2019]/g;

/** The longest entry of a script without spaces that stands at this place. */
export function longestScript(text: string, at: number): Word | null {
  const list = lexiconOf().scripts.get(text.charCodeAt(at));
  if (!list) return null;
  for (const item of list) if (text.startsWith(item.text, at)) return item;
  return null;
}
