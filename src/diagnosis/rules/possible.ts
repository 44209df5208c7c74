import type { Hits } from '../words/hits.ts';
import { CONCEPTS } from '../words/lexicon.ts';

/** What a rule asks of a text, wherever it stands: a concept of each set, and none of `without`. */
export interface Asked {
  wanted: readonly (readonly number[])[];
  without: readonly number[];
}

/** The first of the rules, from the `from`th on, for which a text has what it asks; -1 for none. */
export type Possible = (hits: Hits, from: number) => number;

const BITS = 32;

/**
 * Rules as bits, 32 to a block: for each concept, those whose first set has it, whose second set has it, and so on. What is
 * hit is joined set by set, and rules that lack a set are gone before they are looked at.
 */
export function createPossible(rules: readonly Asked[]): Possible {
  const blocks = Math.ceil(rules.length / BITS);
  const sets = Math.max(0, ...rules.map(({ wanted }) => wanted.length));
  /** By block and set; the last set is what must not be there. */
  const planes = Array.from({ length: blocks * (sets + 1) }, () => new Int32Array(CONCEPTS));
  /** The rules that ask nothing of a set. */
  const free = new Int32Array(blocks * (sets + 1));
  for (const [at, { wanted, without }] of rules.entries()) {
    const bit = 1 << (at % BITS);
    const plane = Math.floor(at / BITS) * (sets + 1);
    for (let set = 0; set < sets; set++) {
      const concepts = wanted[set];
      if (concepts === undefined) free[plane + set] = (free[plane + set] as number) | bit;
      else for (const concept of concepts) mark(planes[plane + set] as Int32Array, concept, bit);
    }
    for (const concept of without) mark(planes[plane + sets] as Int32Array, concept, bit);
  }
  const left = (hits: Hits, block: number): number => {
    const plane = block * (sets + 1);
    let found = -1;
    for (let set = 0; set < sets && found !== 0; set++)
      found &= (free[plane + set] as number) | joined(planes[plane + set] as Int32Array, hits);
    return found === 0 ? 0 : found & ~joined(planes[plane + sets] as Int32Array, hits);
  };
  return (hits, from) => {
    for (let block = Math.floor(from / BITS), first = from % BITS; block < blocks; block++, first = 0) {
      const found = left(hits, block) & (-1 << first);
      if (found === 0) continue;
      const at = block * BITS + (BITS - 1 - Math.clz32(found & -found));
      return at < rules.length ? at : -1;
    }
    return -1;
  };
}

function mark(plane: Int32Array, concept: number, bit: number): void {
  plane[concept] = (plane[concept] as number) | bit;
}

/** The rules of the concepts that are hit. */
function joined(plane: Int32Array, { concepts, count }: Hits): number {
  let all = 0;
  for (let at = 0; at < count; at++) all |= plane[concepts[at] as number] as number;
  return all;
}
