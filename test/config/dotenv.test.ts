import { readFileSync } from 'node:fs';
import dotenv from 'dotenv';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type DotenvEntry, parseDotenv, readBindings } from '../../src/config/dotenv.ts';
import { leastMs } from '../support/least-time.ts';

interface Golden {
  environment: Record<string, string>;
  rows: { name: string; text: string; entries: DotenvEntry[]; skipped: number }[];
}

// Written by python-dotenv itself: see make-dotenv.py beside it.
const golden = JSON.parse(readFileSync(new URL('../fixtures/config/dotenv.json', import.meta.url), 'utf8')) as Golden;

describe('a .env text is read as python-dotenv reads it', () => {
  it('has a table of at least 60 texts', () => {
    expect(golden.rows.length).toBeGreaterThanOrEqual(60);
  });

  test.each(golden.rows)('$name', ({ text, entries, skipped }) => {
    expect(parseDotenv(text, golden.environment)).toEqual(entries);
    expect(readBindings(text).filter(({ name }) => name === null)).toHaveLength(skipped);
  });
});

describe('a plain line', () => {
  const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,12}$/);
  const value = fc.stringMatching(/^[A-Za-z0-9_.,:;/@%+=*!?&|~^-]{0,40}$/);

  it('is read alike by the dotenv package and by our own reader', () => {
    fc.assert(
      fc.property(name, value, (key, text) => {
        // A trailing blank keeps the line from the package.
        const [ours] = parseDotenv(`${key}=${text} `, {});
        const [theirs] = Object.entries(dotenv.parse(`${key}=${text}`));
        expect([ours?.name, ours?.value]).toEqual(theirs);
      }),
    );
  });
});

describe('a hostile .env text', () => {
  const MEBIBYTE = 1024 * 1024;
  test.each([
    ['blanks before no comment', `A=a${' '.repeat(MEBIBYTE)}b`],
    ['open references', `A=${'${'.repeat(MEBIBYTE / 2)}`],
    ['open references before a colon', `A=${'${'.repeat(MEBIBYTE / 2)}:x}`],
    ['escaped quotes without end', `A="${'\\"'.repeat(MEBIBYTE / 2)}`],
    ['quotes without end on every line', `A='\\\n`.repeat(MEBIBYTE / 6)],
    ['hashes', `A=${'#'.repeat(MEBIBYTE)}`],
    ['blank lines', '\n'.repeat(MEBIBYTE)],
  ])('of 1 MiB is read in linear time: %s', (_name, text) => {
    expect(leastMs(() => parseDotenv(text, {}), 2_000)).toBeLessThan(2_000);
  });

  it('does not fill the memory by doubling', () => {
    const lines = Array.from({ length: 60 }, (_, n) => `A${n + 1}=\${A${n}}\${A${n}}`);
    const entries = parseDotenv(['A0=xxxxxxxx', ...lines].join('\n'), {});
    expect(entries.at(-1)?.value ?? '').toBe('');
    expect(entries.find(({ name }) => name === 'A10')?.value).toHaveLength(8 * 1024);
  });

  it('is never an error', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => Array.isArray(parseDotenv(text, {}))));
  });
});
