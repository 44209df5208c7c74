import type { Lists } from './lists.ts';

export const HASH_START = 0x811c9dc5 | 0;

/** One character more of a word's hash; the character is in lower case. */
export function hashStep(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193);
}

/**
 * Words by their characters: a word of a text is found without copying it. Built once, never written to again. A slot holds
 * a word's number and above it 16 bits of its hash, so that most words that are not here are told from one look; no hit
 * is believed before its characters are compared. Open addressing, at most half full.
 */
export interface WordTable {
  slots: Int32Array;
  /** The characters of each word by its number. */
  letters: Lists;
}

const NUMBER = 0xffff;

/** The table of those of `texts` whose numbers are given, none of them 0; a number is a place in `texts`. */
export function tableOf(letters: Lists, numbers: readonly number[]): WordTable {
  let size = 16;
  while (size < 2 * numbers.length) size *= 2;
  const slots = new Int32Array(size);
  for (const number of numbers) {
    let hash = HASH_START;
    const to = letters.from[number + 1] as number;
    for (let at = letters.from[number] as number; at < to; at++) hash = hashStep(hash, letters.items[at] as number);
    let slot = place(hash, size);
    while (slots[slot] !== 0) slot = (slot + 1) & (size - 1);
    slots[slot] = (hash & ~NUMBER) | number;
  }
  return { slots, letters };
}

/** The number of the word `codes[from, to)`, which is in lower case and has this hash; 0 where it is not here. */
export function findWord(table: WordTable, codes: Uint16Array, from: number, to: number, hash: number): number {
  const { slots, letters } = table;
  const mask = slots.length - 1;
  for (let slot = place(hash, slots.length); ; slot = (slot + 1) & mask) {
    const found = slots[slot] as number;
    if (found === 0) return 0;
    if (((found ^ hash) & ~NUMBER) !== 0) continue;
    const number = found & NUMBER;
    const length = (letters.from[number + 1] as number) - (letters.from[number] as number);
    if (length === to - from && standsAt(letters, number, codes, from)) return number;
  }
}

/** True where the text of this number stands at `codes[at]`; what lies behind the end of a text is no character of it. */
export function standsAt(letters: Lists, number: number, codes: Uint16Array, at: number): boolean {
  const { items } = letters;
  const from = letters.from[number] as number;
  const length = (letters.from[number + 1] as number) - from;
  for (let index = 0; index < length; index++) if (items[from + index] !== codes[at + index]) return false;
  return true;
}

/** Of the lower bits: the slot holds the upper ones. */
function place(hash: number, size: number): number {
  return (hash ^ (hash >>> 15)) & (size - 1);
}
