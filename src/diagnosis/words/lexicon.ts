import { type ContextConcept, ownConcepts } from './context.ts';
import { type Concept, ENGLISH } from './english.ts';
import { FOREIGN } from './foreign.ts';

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

/** Words that follow each other. */
export interface Phrase {
  words: string[];
  prefixes: boolean[];
  concept: number;
}
interface Lexicon {
  exact: Map<string, number[]>;
  prefixes: { stem: string; concept: number }[];
  phrases: Map<string, Phrase[]>;
  prefixPhrases: { stem: string; phrase: Phrase }[];
  scripts: Map<number, { text: string; concepts: number[] }[]>;
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
  const made: Lexicon = { exact: new Map(), prefixes: [], phrases: new Map(), prefixPhrases: [], scripts: new Map() };
  const sources = [ENGLISH as Partial<Record<Concept, string>>, ...FOREIGN.map(([, words]) => words)];
  for (const source of sources) {
    for (const [name, list] of Object.entries(source)) {
      for (const entry of list.split(',')) addEntry(made, entry.trim(), conceptIndex(name));
    }
  }
  for (const list of made.scripts.values()) list.sort((a, b) => b.text.length - a.text.length);
  return made;
}

function addEntry(made: Lexicon, entry: string, concept: number): void {
  if (entry === '') return;
  if (isScript(entry.charCodeAt(0)) || [...entry].some((char) => isScript(char.charCodeAt(0)))) {
    addScript(made, entry, concept);
    return;
  }
  const words = entry.split(/[ _]+/);
  const stem = (word: string) => (word.endsWith('*') ? word.slice(0, -1) : word);
  if (words.length === 1) {
    const word = words[0] as string;
    if (word.endsWith('*')) made.prefixes.push({ stem: stem(word), concept });
    else push(made.exact, word, concept);
    return;
  }
  const phrase: Phrase = { words: words.map(stem), prefixes: words.map((word) => word.endsWith('*')), concept };
  const first = phrase.words[0] as string;
  if (phrase.prefixes[0]) made.prefixPhrases.push({ stem: first, phrase });
  else push(made.phrases, first, phrase);
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function addScript(made: Lexicon, entry: string, concept: number): void {
  const key = entry.charCodeAt(0);
  const list = made.scripts.get(key) ?? [];
  made.scripts.set(key, list);
  const same = list.find((item) => item.text === entry);
  if (same) same.concepts.push(concept);
  else list.push({ text: entry, concepts: [concept] });
}

/** What a word says. */
export interface Known {
  concepts: number[] | null;
  phrases: Phrase[] | null;
}
const memory = new Map<string, Known>();
const MAX_REMEMBERED = 20_000;
const DIGIT = /\d/;
const LETTERS_FIRST = /^[a-z]{5}/;
const UNKNOWN_WORD: Known = { concepts: null, phrases: null };

/** What the lexicon has for a word. Ordinary words are remembered; ids, which come once, are not. */
export function know(word: string): Known {
  const found = memory.get(word);
  if (found) return found;
  const lexicon = lexiconOf();
  // an id may still begin like a code: AADSTS700016
  const id = DIGIT.test(word) && !LETTERS_FIRST.test(word);
  const concepts = [...(lexicon.exact.get(word) ?? [])];
  const phrases = [...(lexicon.phrases.get(word) ?? [])];
  if (id && concepts.length === 0 && phrases.length === 0) return UNKNOWN_WORD;
  for (const { stem, concept } of lexicon.prefixes) if (word.startsWith(stem)) concepts.push(concept);
  for (const { stem, phrase } of lexicon.prefixPhrases) if (word.startsWith(stem)) phrases.push(phrase);
  const known =
    concepts.length + phrases.length === 0
      ? UNKNOWN_WORD
      : { concepts: concepts.length > 0 ? concepts : null, phrases: phrases.length > 0 ? phrases : null };
  if (memory.size > MAX_REMEMBERED) memory.clear();
  memory.set(word, known);
  return known;
}

/** The longest entry of a script without spaces that stands at this place. */
export function longestScript(text: string, at: number): { text: string; concepts: number[] } | null {
  const list = lexiconOf().scripts.get(text.charCodeAt(at));
  if (!list) return null;
  for (const item of list) if (text.startsWith(item.text, at)) return item;
  return null;
}
