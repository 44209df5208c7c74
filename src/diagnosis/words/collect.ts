import { BEGINS, type Lexicon, OPEN, SAYS, STEM } from './build-lexicon.ts';
import { addHit, type Hits } from './hits.ts';
import type { Lists } from './lists.ts';

/** A new sentence stands so many words behind the one before it. */
export const GAP = 40;

/** The words of a text as the lexicon's numbers, and where they stand. */
export interface Words {
  /** How many of the entries count. */
  count: number;
  numbers: Uint16Array;
  positions: Int32Array;
}

/** Collects what words and phrases say. */
export function collect(lexicon: Lexicon, words: Words, hits: Hits): void {
  const { standing, concepts } = lexicon;
  const { count, numbers, positions } = words;
  for (let index = 0; index < count; index++) {
    const number = numbers[index] as number;
    const stands = standing[number] as number;
    if ((stands & (SAYS | BEGINS)) === 0) continue;
    if ((stands & SAYS) !== 0) {
      const position = positions[index] as number;
      const end = concepts.from[number + 1] as number;
      for (let at = concepts.from[number] as number; at < end; at++)
        addHit(hits, concepts.items[at] as number, position, index, index);
    }
    if ((stands & BEGINS) !== 0 && index + 1 < count) collectPhrases(lexicon, words, hits, index);
  }
}

function collectPhrases(lexicon: Lexicon, words: Words, hits: Hits, index: number): void {
  const { standing, mayFollow, seconds, follows, opens } = lexicon;
  const number = words.numbers[index] as number;
  const next = words.numbers[index + 1] as number;
  if (((mayFollow[number] as number) & (1 << next)) !== 0) {
    const pair = find(seconds.items, seconds.from[number] as number, seconds.from[number + 1] as number, next);
    if (pair >= 0) tryPhrases(lexicon, words, hits, index, 2, follows, pair);
  }
  if (((standing[number] as number) & OPEN) !== 0) tryPhrases(lexicon, words, hits, index, 1, opens, number);
}

/** The place of `wanted` in `items[from, to)`, which ascend; -1 where it is not there. */
function find(items: Uint16Array, from: number, to: number, wanted: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle] as number;
    if (item === wanted) return middle;
    if (item < wanted) low = middle + 1;
    else high = middle;
  }
  return -1;
}

/** A phrase is a hit where its words stand, from the `offset`th on: those before are known to. */
function tryPhrases(
  lexicon: Lexicon,
  words: Words,
  hits: Hits,
  index: number,
  offset: number,
  phrases: Lists,
  list: number,
): void {
  const { numbers, positions, count } = words;
  const { items } = phrases;
  const position = positions[index] as number;
  const to = phrases.from[list + 1] as number;
  for (let at = phrases.from[list] as number; at < to; ) {
    const length = items[at] as number;
    const concept = items[at + 1] as number;
    at += 2;
    const last = index + offset + length - 1;
    if (last < count && (positions[last] as number) - position < GAP) {
      let same = 0;
      while (same < length && isWord(lexicon, numbers[index + offset + same] as number, items[at + same] as number))
        same++;
      if (same === length) addHit(hits, concept, position, index, last);
    }
    at += length;
  }
}

/** True for the word that is wanted, and for one that begins with the stem that is. */
function isWord({ standing, stemOf }: Lexicon, number: number, wanted: number): boolean {
  if (number === wanted) return true;
  if (((standing[wanted] as number) & STEM) === 0) return false;
  for (let stem = stemOf[number] as number; stem !== 0; stem = stemOf[stem] as number) if (stem === wanted) return true;
  return false;
}
