import { describe, expect, it } from 'vitest';
import { createSigns } from '../../src/text/signs.ts';

/** What the automaton says in one pass, said by a search for each sign. */
function bySearch(groups: readonly (readonly string[])[], text: string): number {
  return groups.reduce(
    (met, signs, group) => (signs.some((sign) => text.toLowerCase().includes(sign)) ? met | (1 << group) : met),
    0,
  );
}

/** Texts of few letters, so that signs occur, overlap and break off. */
function texts(count: number, alphabet: readonly string[]): string[] {
  let state = 7;
  const next = (below: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
  return Array.from({ length: count }, () =>
    Array.from({ length: next(30) }, () => alphabet[next(alphabet.length)]).join(''),
  );
}

describe('signs', () => {
  const groups = [['aba', 'bb'], ['abac'], ['ba', 'caba'], ['c', 'e'], ['abacab', 'cc-']];
  const signs = createSigns(groups);

  it('are met where a search for each finds one, overlapping or broken off', () => {
    const tried = texts(20_000, ['a', 'b', 'c', 'A', 'B', '-', 'é', '余', '\ud83d\ude00', '\ud800', '\0']);
    for (const text of tried) expect(signs(text), JSON.stringify(text)).toBe(bySearch(groups, text));
    expect(new Set(tried.map(signs)).size).toBeGreaterThan(10);
  });

  it('are met at any place of a text that is longer than a piece, of ASCII or not', () => {
    for (const filler of ['x', '余', '\ud83d\ude00']) {
      for (let before = 16_384 - 8; before <= 16_384 + 2; before += 1) {
        const cut = Math.floor(before / Buffer.byteLength(filler));
        const text = `${filler.repeat(cut)}${'y'.repeat(before % Buffer.byteLength(filler))}abacab${filler.repeat(30_000)}`;
        expect(signs(text)).toBe(bySearch(groups, text));
      }
    }
  });

  it('fit in 32 groups, the last as good as the first', () => {
    const many = Array.from({ length: 32 }, (_, at) => [`<${at}>`]);
    const all = createSigns(many);
    for (const [at, [sign]] of many.entries()) expect(all(`- ${sign} -`)).toBe(1 << at);
    expect(() => createSigns([...many, ['more']])).toThrow(RangeError);
  });

  it('are ASCII and not empty', () => {
    expect(() => createSigns([['']])).toThrow(RangeError);
    expect(() => createSigns([['ü']])).toThrow(RangeError);
  });
});
