import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sanitise } from '../../src/text/sanitise.ts';
import { leastBeside } from '../support/least-time.ts';
import { turns } from '../support/turns.ts';

const FUZZ = turns({ quick: 50_000, thorough: 200_000, full: 1_000_000 });
const ESC = '\u001b';

/** What may never come out: C0 but LF, DEL, C1, bidirectional controls, lone surrogates. */
const HARMFUL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}/u;

describe('sanitise', () => {
  it('leaves ordinary text alone', () => {
    for (const text of ['', 'claude-sonnet', 'two\nlines', 'naïve café', '模型', '👩‍👩‍👧', '🇫🇷', 'क्ष', '❤️'])
      expect(sanitise(text)).toBe(text);
  });

  it('takes escape sequences out: colours, cursor, clear, scroll region, modes, reset, charset', () => {
    for (const sequence of [
      '[31m',
      '[2J',
      '[H',
      '[1;5r',
      '[?1049h',
      '[?1000h',
      '[?2004h',
      'c',
      '(0',
      '[8m',
      '[6n',
      '[c',
      '[38;2;0;0;0m',
    ]) {
      expect(sanitise(`a${ESC}${sequence}b`)).toBe('ab');
    }
  });

  it('takes string sequences out: clipboard, title, notification, hyperlink, file, query', () => {
    for (const body of [
      ']52;c;cm0gLXJm',
      ']0;title',
      ']9;hello',
      ']777;notify;a;b',
      ']8;;https://x',
      ']1337;File=:AAAA',
      'P$qm',
      '_app',
      '^pm',
      'Xsos',
    ]) {
      expect(sanitise(`a${ESC}${body}\u0007b`)).toBe('ab');
      expect(sanitise(`a${ESC}${body}${ESC}\\b`)).toBe('ab');
    }
  });

  it('keeps the text of a hyperlink and drops its target', () => {
    expect(sanitise(`${ESC}]8;;https://evil.test\u0007click${ESC}]8;;\u0007`)).toBe('click');
  });

  it('shows what an unterminated string sequence would have hidden', () => {
    expect(sanitise(`a${ESC}]0;the rest of the line`)).toBe('a␛]0;the rest of the line');
    expect(sanitise(`a${ESC}P${'x'.repeat(300)}\u0007b`)).toContain('x'.repeat(300));
    expect(sanitise(`a${ESC}]0;one\nERROR two`)).toBe('a␛]0;one\nERROR two');
  });

  it('knows the 8-bit introducers', () => {
    expect(sanitise('a\u009b31mb')).toBe('ab');
    expect(sanitise('a\u009d0;title\u009cb')).toBe('ab');
  });

  it('shows control characters as pictures', () => {
    expect(sanitise('OK\rFAILED')).toBe('OK␍FAILED');
    expect(sanitise('a\u0008\u0007\u000e\u000f\u000b\u000c\u0000\u007fb')).toBe('a␈␇␎␏␋␌␀␡b');
    expect(sanitise('a\u0085b')).toBe('a·b');
    expect(sanitise(`a${ESC}`)).toBe('a␛');
  });

  it('ends lines at CR LF and puts tabs to their stop', () => {
    expect(sanitise('one\r\ntwo')).toBe('one\ntwo');
    expect(sanitise('ab\tc')).toBe('ab      c');
    expect(sanitise('ab\n\tc')).toBe('ab\n        c');
  });

  it('marks what turns the direction of reading, and keeps the logical order', () => {
    expect(sanitise('gpt-4\u202eo-live')).toBe('gpt-4\ufffdo-live');
    expect(sanitise('a\u2066b\u2069c\u061cd\u200fe')).toBe('a\ufffdb\ufffdc\ufffdd\ufffde');
  });

  it('makes the difference visible between names that differ only in invisible characters', () => {
    for (const hidden of ['\u200b', '\u2060', '\ufeff', '\u{e0041}', '\u2028', '\ufffa', '\u00ad', '\u3164']) {
      expect(sanitise(`gpt${hidden}-4o`)).toBe('gpt\ufffd-4o');
    }
    expect(sanitise('gpt\u200d-4o')).toBe('gpt-4o');
  });

  it('caps the marks on one base character', () => {
    expect(sanitise(`a${'\u0301'.repeat(50)}b`)).toBe(`a${'\u0301'.repeat(4)}b`);
    const full = `a${'\u0301'.repeat(4)}`;
    expect(sanitise(full.repeat(3))).toBe(full.repeat(3));
  });

  it('replaces lone surrogates', () => {
    expect(sanitise('a\ud800b\udc00c')).toBe('a\ufffdb\ufffdc');
  });

  it(`holds for ${FUZZ} random strings: nothing harmful comes out, and a second time changes nothing`, () => {
    const nasty = fc.constantFrom(
      ESC,
      '\u009b',
      '\u009d',
      '\u0007',
      '\u009c',
      '\\',
      '[',
      ']',
      'P',
      'm',
      ';',
      '\r',
      '\n',
      '\t',
      '\u200d',
      '\ufe0f',
      '\u0301',
      '\u202e',
      '❤',
      '👩',
      'a',
      '0',
      '\ud800',
      ' ',
    );
    const text = fc.oneof(
      fc.array(nasty, { maxLength: 24 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary', maxLength: 24 }),
    );
    fc.assert(
      fc.property(text, (raw) => {
        const clean = sanitise(raw);
        return !HARMFUL.test(clean) && sanitise(clean) === clean;
      }),
      { numRuns: FUZZ },
    );
  });

  it('is linear: 1 MiB of the worst takes no longer than the square would allow', () => {
    for (const worst of [`${ESC}]`, `${ESC}[`, '\u009d', 'a\u0301', '\u200d', '\t']) {
      const run = (size: number): (() => void) => {
        const text = worst.repeat(size / worst.length);
        return () => sanitise(text);
      };
      // 64 times the text: a square would take 4096 times as long.
      const { tookMs, limitMs } = leastBeside(run(1 << 14), run(1 << 20), (small) => 1000 * Math.max(0.5, small));
      expect(tookMs, JSON.stringify(worst)).toBeLessThan(limitMs);
    }
  });
});
