import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createWordTrie, numberAt, type TrieWord } from '../../../src/diagnosis/words/word-trie.ts';

const codesOf = (text: string): Uint16Array => Uint16Array.from(text, (_char, at) => text.charCodeAt(at));
const look = (words: readonly TrieWord[]) => {
  const trie = createWordTrie(words);
  return (text: string): number =>
    numberAt(
      trie,
      Uint16Array.from({ length: text.length }, (_n, at) => text.charCodeAt(at)),
      0,
      text.length,
    );
};

/** The word itself, else the longest stem with which it begins. */
function naive(words: readonly TrieWord[], text: string): number {
  const bare = text.replace(/['’]/g, '').replace(/[A-Z]/g, (capital) => capital.toLowerCase());
  const word = words.find((one) => !one.stem && one.text === bare);
  const stems = words.filter((one) => one.stem && bare.startsWith(one.text));
  stems.sort((a, b) => b.text.length - a.text.length);
  return word?.number ?? stems[0]?.number ?? 0;
}

const few = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', 'ж'), minLength: 1, maxLength: 6 });
const known = fc
  .uniqueArray(fc.record({ text: few, stem: fc.boolean() }), {
    maxLength: 60,
    selector: ({ text, stem }) => `${text}${stem}`,
  })
  .map((list) => list.map((one, at) => ({ ...one, number: at + 1 })));

describe('a trie of words', () => {
  test('knows its words, those that begin with its stems, and no others', () => {
    const asked = fc.array(fc.string({ unit: fc.constantFrom(...'abcABC1жЖdé'), maxLength: 8 }), { maxLength: 40 });
    fc.assert(
      fc.property(known, asked, (words, texts) => {
        const find = look(words);
        for (const text of [...texts, ...words.map((word) => word.text)])
          expect(find(text), text).toBe(naive(words, text));
      }),
      { numRuns: 1000 },
    );
  });

  test('passes over apostrophes wherever they stand', () => {
    const find = look([
      { text: 'doesnt', number: 1, stem: false },
      { text: 'user', number: 2, stem: true },
    ]);
    expect(["doesn't", 'Doesn’t', "does'nt", "user's", "use'r", "doesn'ts", "us'"].map(find)).toEqual([
      1, 1, 1, 2, 2, 0, 0,
    ]);
  });

  test('reads no further than it is told, and what lies outside changes nothing', () => {
    const trie = createWordTrie([
      { text: 'time', number: 1, stem: false },
      { text: 'timeout', number: 2, stem: false },
    ]);
    const codes = codesOf('xtimeoutx');
    expect([numberAt(trie, codes, 1, 5), numberAt(trie, codes, 1, 8), numberAt(trie, codes, 1, 9)]).toEqual([1, 2, 0]);
  });

  test('has no place for a letter that is in no word, be it beside another one of its table', () => {
    const find = look([{ text: 'a', number: 1, stem: false }]);
    for (let code = 0; code <= 0xffff; code++) {
      const text = String.fromCharCode(code);
      expect(find(text)).toBe(text === 'a' || text === 'A' ? 1 : 0);
      if (!"'’".includes(text)) expect(find(`a${text}`)).toBe(0);
    }
  });

  test('refuses more letters than it has room for', () => {
    const letters = Array.from({ length: 256 }, (_none, at) => ({
      text: String.fromCharCode(0x400 + at),
      number: at + 1,
      stem: false,
    }));
    expect(() => createWordTrie(letters)).toThrow('256 letters in words, at most 255');
    const long = Array.from({ length: 2000 }, (_none, at) => ({
      text: `${String(at).padStart(4, '0')}${'x'.repeat(30)}`,
      number: at + 1,
      stem: false,
    }));
    expect(() => createWordTrie(long)).toThrow('more letters in words than 32767 states hold');
  });
});
