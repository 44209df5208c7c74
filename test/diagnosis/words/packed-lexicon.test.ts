import { expect, test } from 'vitest';
import { conceptIndex, lexiconOf } from '../../../src/diagnosis/words/lexicon.ts';
import { packLexicon, unpackLexicon } from '../../../src/diagnosis/words/packed-lexicon.ts';

test('a lexicon that was packed is the same when it is unpacked', () => {
  const lexicon = lexiconOf();
  expect(lexicon.standing.length).toBeGreaterThan(1000);
  expect(lexicon.concepts.items).toContain(conceptIndex('moneyGone'));
  expect(unpackLexicon(packLexicon(lexicon))).toEqual(lexicon);
});

test('what cannot be packed is an error, not a loss', () => {
  const wrong = { ...lexiconOf(), standing: new Float64Array(2) as unknown as Uint8Array };
  expect(() => packLexicon(wrong)).toThrow('Float64Array cannot be packed');
});
