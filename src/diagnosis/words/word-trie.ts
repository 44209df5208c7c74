import { isCapital } from '../ascii.ts';

/**
 * Words and stems by their letters, in one array: a letter is one step, and behind the last one stands what the word is. A
 * state is a place in `cells`. Its cell holds in the lower half where the cells of its followers begin, and in the upper
 * half the state that it follows: the cell of a letter that leads nowhere is another state's, or nobody's.
 */
export interface WordTrie {
  cells: Int32Array;
  /** What ends in each state: a word's number, else that of the longest stem that was passed, else 0. */
  numbers: Uint16Array;
  /** What a word is that goes on from each state with a letter that leads nowhere: the longest stem that was passed, or 0. */
  lost: Uint16Array;
  /** The class of each UTF-16 code, 0 for those that are in no word. An ASCII capital is read as the small letter. */
  classes: Uint8Array;
}

/** Where every word begins. */
const ROOT = 0;

/** What the word `codes[from, to)` is, in any case: a number of `WordTrie.numbers`. Apostrophes are passed over. */
export function numberAt(trie: WordTrie, codes: Uint16Array, from: number, to: number): number {
  const { cells, classes, numbers } = trie;
  let state = ROOT;
  let cell = cells[ROOT] as number;
  for (let at = from; at < to; at++) {
    const code = codes[at] as number;
    const next = (cell & HALF) + (classes[code] as number);
    const follows = cells[next] as number;
    if (follows >> 16 === state) {
      state = next;
      cell = follows;
    } else if (!isApostrophe(code)) return trie.lost[state] as number;
  }
  return numbers[state] as number;
}

export const isApostrophe = (code: number): boolean => code === 39 || code === 0x2019;

const HALF = 0xffff;
/** States fit in the upper half of a cell, with the sign to spare. */
const MAX_STATES = 0x7fff;
const MAX_CLASSES = 0xff;

export interface TrieWord {
  text: string;
  number: number;
  stem: boolean;
}

interface Making {
  /** By code units, a word before those that it begins. */
  words: TrieWord[];
  /** In which class a code is written; capitals are in one of their own, in which none is read. */
  classOf: Map<number, number>;
  follows: Int32Array;
  begins: Uint16Array;
  numbers: Uint16Array;
  lost: Uint16Array;
  /** All places before it are taken. */
  free: number;
  end: number;
}
const NOBODY = -1;
const TAKEN = -2;

/** Texts differ, but for a stem and a word; numbers are not 0. Throws RangeError for more letters than there is room for. */
export function createWordTrie(words: readonly TrieWord[]): WordTrie {
  const made: Making = {
    words: [...words].sort((a, b) => (a.text < b.text ? -1 : 1)),
    classOf: classesOf(words),
    follows: new Int32Array(MAX_STATES + 1 + MAX_CLASSES).fill(NOBODY),
    begins: new Uint16Array(MAX_STATES + 1),
    numbers: new Uint16Array(MAX_STATES + 1),
    lost: new Uint16Array(MAX_STATES + 1),
    free: 0,
    end: 0,
  };
  take(made, ROOT, TAKEN);
  addStates(made, { state: ROOT, from: 0, to: words.length, depth: 0, stem: 0 });
  const classes = new Uint8Array(0x1_0000);
  for (const [code, at] of made.classOf) if (!isCapital(code)) classes[code] = at;
  for (let code = 65; code <= 90; code++) classes[code] = classes[code | 32] as number;
  return {
    cells: Int32Array.from(
      { length: made.end + MAX_CLASSES + 1 },
      (_none, at) => (Math.max(NOBODY, made.follows[at] as number) << 16) | (made.begins[at] ?? 0),
    ),
    numbers: made.numbers.slice(0, made.end),
    lost: made.lost.slice(0, made.end),
    classes,
  };
}

function classesOf(words: readonly TrieWord[]): Map<number, number> {
  const found = new Map<number, number>();
  for (const { text } of words)
    for (let at = 0; at < text.length; at++)
      if (!found.has(text.charCodeAt(at))) found.set(text.charCodeAt(at), found.size + 1);
  if (found.size > MAX_CLASSES) throw new RangeError(`${found.size} letters in words, at most ${MAX_CLASSES}`);
  return found;
}

function take(made: Making, state: number, follows: number): void {
  if (state > MAX_STATES) throw new RangeError(`more letters in words than ${MAX_STATES} states hold`);
  made.follows[state] = follows;
  made.end = Math.max(made.end, state + 1);
  while (made.follows[made.free] !== NOBODY) made.free++;
}

/** The words `[from, to)`, which begin with the same `depth` letters and stand behind a state. */
interface Branch {
  state: number;
  from: number;
  to: number;
  depth: number;
  /** The longest stem before it. */
  stem: number;
}

function addStates(made: Making, branch: Branch): void {
  const { words, numbers } = made;
  const { state, to, depth } = branch;
  let { from, stem } = branch;
  let word = 0;
  for (let ends = words[from]; from < to && ends?.text.length === depth; ends = words[++from]) {
    if (ends.stem) stem = ends.number;
    else word = ends.number;
  }
  numbers[state] = word === 0 ? stem : word;
  made.lost[state] = stem;
  const followers: { at: number; from: number; to: number }[] = [];
  for (let at = from, first = from; at < to; first = at) {
    const code = words[first]?.text.charCodeAt(depth) as number;
    while (at < to && words[at]?.text.charCodeAt(depth) === code) at++;
    followers.push({ at: made.classOf.get(code) as number, from: first, to: at });
  }
  const begins = placeFor(
    made,
    followers.map(({ at }) => at),
  );
  made.begins[state] = begins;
  for (const { at } of followers) take(made, begins + at, state);
  for (const follower of followers)
    addStates(made, { state: begins + follower.at, from: follower.from, to: follower.to, depth: depth + 1, stem });
}

/** The first place from which on a cell is free for each of these classes. */
function placeFor(made: Making, classes: readonly number[]): number {
  const [first] = classes;
  if (first === undefined) return 0;
  let begins = Math.max(0, made.free - first);
  while (classes.some((at) => made.follows[begins + at] !== NOBODY)) {
    begins++;
    if (begins > MAX_STATES) throw new RangeError(`more letters in words than ${MAX_STATES} states hold`);
  }
  return begins;
}
