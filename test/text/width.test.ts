import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { graphemes, truncateGraphemes } from '../../src/text/graphemes.ts';
import { sparkline } from '../../src/text/sparkline.ts';
import { isSimple, truncate, widthOf } from '../../src/text/width.ts';

const FAMILY = '👨‍👩‍👧‍👦';
const FLAG = '🇯🇵';
const STACK = `e${'\u0301'.repeat(4)}`;

describe('the width of', () => {
  it.each([
    ['ASCII', 'gpt-4o', 6],
    ['nothing', '', 0],
    ['Chinese', '通义千问', 8],
    ['Korean', '한국어', 6],
    ['a family of emoji', FAMILY, 2],
    ['a flag', FLAG, 2],
    ['marks on a letter', STACK, 1],
    ['a joiner alone', '\u200d', 0],
    ['a box', '┏━┓', 3],
  ])('%s', (_, text, cells) => {
    expect(widthOf(text)).toBe(cells);
  });
});

const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom('a', ' ', '-', '通', '한', FAMILY, FLAG, STACK, '┏', 'é'),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

describe('a text that is cut', () => {
  it('is never wider than asked, and is the text itself where that fits', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 40 }), (text, cells) => {
        const cut = truncate(text, cells);
        expect(widthOf(cut)).toBeLessThanOrEqual(cells);
        if (widthOf(text) <= cells && cells > 0) expect(cut).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is cut between graphemes', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 40 }), (text, cells) => {
        const cut = truncate(text, cells);
        if (cut === text) return;
        const kept = graphemes(cut).slice(0, -1);
        expect(graphemes(text).slice(0, kept.length)).toEqual(kept);
        expect(cut.endsWith('…')).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('to a number of graphemes has no more of them', () => {
    expect(truncateGraphemes(FAMILY.repeat(5), 3)).toBe(`${FAMILY}${FAMILY}…`);
    expect(truncateGraphemes('abc', 3)).toBe('abc');
    expect(graphemes(truncateGraphemes('x'.repeat(1_000), 500))).toHaveLength(500);
  });
});

describe('a sparkline', () => {
  it.each(['braille', 'blocks', 'ascii'] as const)('of %s is as wide as asked, the newest on the right', (ladder) => {
    for (const count of [0, 1, 5, 100]) {
      const values = Array.from({ length: count }, (_, index) => index);
      expect(widthOf(sparkline(values, 10, ladder))).toBe(10);
    }
  });

  it('rises with its values, and what is not known is a gap', () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 8, 'blocks')).toBe('▁▂▃▄▅▆▇█');
    expect(sparkline([7, null, 7], 3, 'blocks')).toBe('█ █');
    expect(sparkline([0, 6], 2, 'ascii')).toMatch(/^[\x20-\x7e]{2}$/);
  });
});

describe('text that need not be measured', () => {
  const units = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(isSimple);

  it('holds what frames are drawn with', () => {
    for (const sign of 'az09─│┏▸·…→▲✗●◐█▁é') expect(isSimple(sign), sign).toBe(true);
    for (const sign of ['\u00ad', '\u0301', '\u200d', '\u200b', '日', '🚀', '\u25fd', '\ufe0f', '\u001b'])
      expect(isSimple(sign), sign).toBe(false);
  });

  it('is one cell and one grapheme a unit, alone and beside any other', () => {
    expect(units.length).toBeGreaterThan(900);
    for (const one of units) {
      expect(stringWidth(one), one).toBe(1);
      for (const other of ['a', '─', '…', 'é', '→', '✗'])
        expect(graphemes(one + other + one), one + other).toEqual([one, other, one]);
    }
  });
});
