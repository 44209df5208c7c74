import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildLexicon } from '../../../src/diagnosis/words/build-lexicon.ts';
import { collect, GAP } from '../../../src/diagnosis/words/collect.ts';
import { clearHits, createHits } from '../../../src/diagnosis/words/hits.ts';
import { numberOfWord } from '../../../src/diagnosis/words/lexicon.ts';
import { pack } from '../../../src/diagnosis/words/lists.ts';
import { hitsOf } from './hits-of.ts';

const CONCEPTS = ['first', 'second', 'third'];
const WORDS = ['limit', 'limits', 'limited', 'not', 'no', 'found', 'founder', 'key', 'is'];
const STEMS = ['limit*', 'lim*', 'found*', 'fou*', 'is*'];
const GAPS = [1, 1, 1, 1, GAP + 1];

const hits = createHits(CONCEPTS.length);
type Lists = Record<string, string>;

function found(sources: readonly Lists[], words: readonly string[], positions: readonly number[]) {
  const lexicon = buildLexicon(sources, (name) => CONCEPTS.indexOf(name));
  const numbers = Uint16Array.from(words, (word) =>
    numberOfWord(
      lexicon,
      Uint16Array.from(word, (char) => char.charCodeAt(0)),
      0,
      word.length,
    ),
  );
  clearHits(hits);
  collect(lexicon, { count: words.length, numbers, positions: Int32Array.from(positions) }, hits);
  return hitsOf(hits);
}

/** What the lists say of words, entry by entry: what words say, what their stems say, then phrases, those with a stem behind. */
function naive(sources: readonly Lists[], words: readonly string[], positions: readonly number[]) {
  const entries = sources.flatMap((source) =>
    Object.entries(source).flatMap(([name, list]) =>
      list.split(',').map((entry) => ({ concept: CONCEPTS.indexOf(name), wanted: entry.trim().split(' ') })),
    ),
  );
  const isStem = (wanted: string | undefined): number => (wanted?.endsWith('*') ? 1 : 0);
  const rank = ({ wanted }: { wanted: string[] }): number =>
    wanted.length === 1 ? isStem(wanted[0]) : 2 + 2 * isStem(wanted[1]) + isStem(wanted[0]);
  const ordered = entries.map((entry, at) => ({ ...entry, at })).sort((a, b) => rank(a) - rank(b) || a.at - b.at);
  const made: Record<number, number[]> = {};
  for (const [index, position] of positions.entries()) {
    for (const { concept, wanted } of ordered) {
      const last = index + wanted.length - 1;
      const stands = wanted.every((one, offset) => {
        const word = words[index + offset];
        return word !== undefined && (isStem(one) ? word.startsWith(one.slice(0, -1)) : word === one);
      });
      if (!stands || (wanted.length > 1 && (positions[last] as number) - position >= GAP)) continue;
      made[concept] ??= [];
      made[concept].push(position, index, last);
    }
  }
  return made;
}

describe('collecting what words say', () => {
  const entry = fc
    .array(fc.constantFrom(...WORDS, ...STEMS), { minLength: 1, maxLength: 4 })
    .map((words) => words.join(' '));
  const list = fc.array(entry, { minLength: 1, maxLength: 12 }).map((entries) => entries.join(', '));
  const source = fc.dictionary(fc.constantFrom(...CONCEPTS), list, { maxKeys: 3 });
  const text = fc.array(
    fc.record({
      word: fc.constantFrom(...WORDS, 'lima', 'isnt', 'fou', 'foun', 'keys'),
      gap: fc.constantFrom(...GAPS),
    }),
    { maxLength: 20 },
  );

  test('finds words, stems and phrases as the lists have them, each concept in the order of the text', () => {
    fc.assert(
      fc.property(fc.array(source, { minLength: 1, maxLength: 3 }), text, (sources, words) => {
        let at = 0;
        const positions = words.map(({ gap }) => {
          at += gap;
          return at;
        });
        const texts = words.map(({ word }) => word);
        expect(found(sources, texts, positions)).toEqual(naive(sources, texts, positions));
      }),
      { numRuns: 3000 },
    );
  });

  test('holds more hits than there was room for', () => {
    const words = new Array<string>(5000).fill('key');
    const positions = words.map((_word, at) => at);
    expect(found([{ first: 'key, key key' }], words, positions)).toEqual(
      naive([{ first: 'key, key key' }], words, positions),
    );
  });

  test('refuses more words than there are numbers', () => {
    expect(() => pack([[0xffff], [0x1_0000]])).toThrow('65536 does not fit in 16 bits');
  });

  test('refuses a word that is longer than any is read', () => {
    expect(() => buildLexicon([{ first: 'x'.repeat(64) }], () => 0)).toThrow('a word has fewer than 64 letters');
  });
});
