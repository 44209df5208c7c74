import type { Word } from './lexicon.ts';

const SIZE = 65_536;
const MASK = SIZE - 1;
/** Words that may be remembered beside those of the lexicon. */
const MAX_REMEMBERED = 20_000;
export const HASH_START = 0x811c9dc5;

/** One character more of a word's hash; the character is in lower case. */
export function hashStep(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193);
}

/** Words by their characters: a word of a text is found without copying it. Open addressing, never more than half full. */
export class WordTable {
  private slots: (Word | undefined)[] = new Array(SIZE);
  private words: Word[] = [];
  private fixed = 0;

  find(text: string): Word | null {
    let hash = HASH_START;
    for (let at = 0; at < text.length; at++) hash = hashStep(hash, text.charCodeAt(at));
    for (let slot = place(hash); ; slot = (slot + 1) & MASK) {
      const word = this.slots[slot];
      if (word === undefined) return null;
      if (word.text === text) return word;
    }
  }

  /** As `find`, for a stretch of a text in any case, with apostrophes that do not count; `hash` is that of its lower case. */
  findAt(text: string, from: number, to: number, hash: number): Word | null {
    for (let slot = place(hash); ; slot = (slot + 1) & MASK) {
      const word = this.slots[slot];
      if (word === undefined) return null;
      if (same(word.text, text, from, to)) return word;
    }
  }

  add(word: Word): Word {
    if (this.fixed > 0 && this.words.length - this.fixed >= MAX_REMEMBERED) this.forget();
    let hash = HASH_START;
    for (let at = 0; at < word.text.length; at++) hash = hashStep(hash, word.text.charCodeAt(at));
    let slot = place(hash);
    while (this.slots[slot] !== undefined) slot = (slot + 1) & MASK;
    this.slots[slot] = word;
    this.words.push(word);
    return word;
  }

  /** All words, in the order in which they came. */
  all(): readonly Word[] {
    return this.words;
  }

  /** What is here now stays for ever. */
  fix(): void {
    this.fixed = this.words.length;
  }

  private forget(): void {
    const kept = this.words.slice(0, this.fixed);
    this.slots = new Array(SIZE);
    this.words = [];
    this.fixed = 0;
    for (const word of kept) this.add(word);
    this.fixed = kept.length;
  }
}

function place(hash: number): number {
  return (hash ^ (hash >>> 15)) & MASK;
}

function same(word: string, text: string, from: number, to: number): boolean {
  let at = 0;
  for (let index = from; index < to; index++) {
    const code = text.charCodeAt(index);
    if (code === 39 || code === 0x2019) continue;
    if (word.charCodeAt(at) !== (code >= 65 && code <= 90 ? code | 32 : code)) return false;
    at++;
  }
  return at === word.length;
}
