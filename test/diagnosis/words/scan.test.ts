import { describe, expect, test } from 'vitest';
import { BEGINS, GOES_ON, SAYS } from '../../../src/diagnosis/words/build-lexicon.ts';
import { isHit } from '../../../src/diagnosis/words/hits.ts';
import { conceptIndex, standingOf } from '../../../src/diagnosis/words/lexicon.ts';
import { addFact, scan } from '../../../src/diagnosis/words/scan.ts';
import { hitsOf } from './hits-of.ts';

/** The stretches of a text that say something of a concept. */
function said(text: string, concept: string): string[] {
  const { hits, starts, ends } = scan(text);
  const list = hitsOf(hits)[conceptIndex(concept)] ?? [];
  return list.flatMap((_number, at) =>
    at % 3 === 1 ? [text.slice(starts[list[at] as number], ends[list[at + 1] as number])] : [],
  );
}
const everything = (text: string): string => {
  const { hits, starts, ends, count } = scan(text);
  return JSON.stringify([hitsOf(hits), [...starts.subarray(0, count)], [...ends.subarray(0, count)]]);
};

describe('scanning a text', () => {
  test.each([
    ['exceeded', 'exceeded', ['exceeded']],
    ['EXCEEDED', 'exceeded', ['EXCEEDED']],
    ['limitExceeded', 'exceeded', ['Exceeded']],
    ['HTTPLimitExceeded', 'limit', ['Limit']],
    ["the model doesn't exist", 'notThere', ["doesn't exist"]],
    ['the model doesn’t exist', 'notThere', ['doesn’t exist']],
    ["theModelDoesn'tExist", 'model', ['Model']],
    ['échoué', 'trouble', ['échoué']],
    ['ÉCHEC', 'trouble', ['ÉCHEC']],
    ['échecErreur', 'trouble', ['échec', 'Erreur']],
    ['余额不足', 'moneyGone', ['余额不足']],
    ['\ud83d余额不足\ude00', 'moneyGone', ['余额不足']],
    ['aadsts700016', 'whoFails', ['aadsts700016']],
    ['fail9', 'fail', []],
    ['error9', 'trouble', ['error9']],
    ['failure', 'fail', ['failure']],
  ])('%j says %s by %j', (text, concept, parts) => {
    expect(said(text, concept)).toEqual(parts);
  });

  test('reads a word however long it is by its beginning', () => {
    for (const length of [56, 57, 64, 65, 5000, 65_000]) {
      const text = `exceed${'y'.repeat(length)}`;
      expect(said(text, 'exceeded')).toEqual([text]);
      expect(said(`x${text}`, 'exceeded')).toEqual([]);
    }
    expect(said(`timeout${'s'.repeat(60)}`, 'timeout')).toEqual([]);
  });

  test('reads 2,000 words and no more', () => {
    expect(said(`${'x '.repeat(1999)}exceeded`, 'exceeded')).toEqual(['exceeded']);
    expect(said(`${'x '.repeat(2000)}exceeded`, 'exceeded')).toEqual([]);
  });

  test('keeps a word and all its parts, more than there is room for in an ordinary text', () => {
    const text = 'FailedLimit'.repeat(6000);
    expect(said(text, 'fail')).toHaveLength(6001);
    expect(scan(text).count).toBe(12_001);
  });

  test('leaves nothing behind for the next text, however long the one before was', () => {
    const texts = ['Rate limit exceeded.', '余', '余额', 'not', '', 'the key is invalid', 'a.', '"key"', 'x doesn'];
    const alone = texts.map(everything);
    const before = ["Found, not a key't', 额不足".repeat(20), '余额不足'.repeat(30_000), 'not found. '.repeat(9000)];
    for (const long of before)
      for (const [at, text] of texts.entries()) {
        const noise = scan(long + text);
        addFact(noise, '@provider');
        expect(everything(text)).toBe(alone[at]);
      }
  });

  test('adds a fact once, near everything', () => {
    const words = scan('Rate limit exceeded');
    expect(isHit(words.hits, conceptIndex('@provider'))).toBe(false);
    addFact(words, '@provider');
    addFact(words, '@provider');
    expect(hitsOf(words.hits)[conceptIndex('@provider')]).toEqual([-1, -1, -1]);
  });

  test('does not let the words that it met change what a word is', () => {
    const asked = ['exceedingly', 'limitless', 'zebra', 'faily', 'aadstsx'];
    const before = asked.map((word) => standingOf(word, 0, word.length));
    for (let round = 0; round < 40; round++)
      scan(Array.from({ length: 1999 }, (_none, at) => `word${round}x${at} exceed${round}z${at}`).join(' '));
    expect(asked.map((word) => standingOf(word, 0, word.length))).toEqual(before);
  });
});

test('a word that begins as a stem does may be anything to a rule, and a word in no list is nothing', () => {
  const standing = (word: string): number => standingOf(`-${word}-`, 1, word.length + 1);
  expect(['Exceedx', 'aadsts700016', 'failed', 'fail9'].map(standing)).toEqual(
    new Array(4).fill(SAYS | BEGINS | GOES_ON),
  );
  expect(['zebra', 'zq', '', 'x'.repeat(70)].map(standing)).toEqual([0, 0, 0, 0]);
});
