import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFrame, type Frame, toFrame } from '../../src/terminal/frame-diff.ts';
import { createEmulator } from '../pty/emulator.ts';

const COLUMNS = 24;
const ROWS = 5;

const STYLES = [
  '',
  '\u001b[31m',
  '\u001b[1m',
  '\u001b[7m',
  '\u001b[2m',
  '\u001b[1;33m',
  '\u001b[44m',
  '\u001b[38;5;200m',
];
const GLYPHS = ['a', 'b', ' ', ' ', '─', '通', '问', 'é', '✗', '0'];

const piece = fc
  .tuple(fc.constantFrom(...STYLES), fc.array(fc.constantFrom(...GLYPHS), { maxLength: 8 }))
  .map(([style, glyphs]) => `${style}${glyphs.join('')}${style === '' ? '' : '\u001b[0m'}`);
const line = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
const frame = fc.array(line, { minLength: ROWS, maxLength: ROWS }).map((lines) => lines.join('\n'));

/** Text, colours and styles of every cell after `bytes`. */
async function look(bytes: string): Promise<string> {
  const emulator = createEmulator(COLUMNS, ROWS);
  await emulator.write(`\u001b[?7l${bytes}`);
  return emulator.picture();
}

describe('what is sent for a frame', () => {
  it('gives the same picture by its changes as painted anew', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { minLength: 2, maxLength: 5 }), async (texts) => {
        let shown: Frame | null = null;
        let sent = '';
        for (const text of texts) {
          const next = toFrame(text, COLUMNS, ROWS);
          sent += encodeFrame(shown, next);
          shown = next;
        }
        const last = toFrame(texts.at(-1) ?? '', COLUMNS, ROWS);
        expect(await look(sent)).toBe(await look(encodeFrame(null, last)));
      }),
      { numRuns: 150 },
    );
  });

  it('is nothing where nothing changed', () => {
    const before = toFrame('one\ntwo', COLUMNS, ROWS);
    expect(encodeFrame(before, toFrame('one\ntwo', COLUMNS, ROWS))).toBe('');
  });

  it('is some bytes for one changed figure, wherever it stands', () => {
    const wide = `${'x'.repeat(100)} 4ms ${'y'.repeat(15)}`;
    const before = toFrame(`${wide}\n`.repeat(40), 120, 40);
    const bytes = encodeFrame(before, toFrame(`${wide}\n`.repeat(39) + wide.replace('4ms', '5ms'), 120, 40));
    expect(bytes.length).toBeLessThan(20);
  });

  it('erases what is left of a longer line', async () => {
    const before = toFrame('a long line of text', COLUMNS, ROWS);
    const bytes = encodeFrame(null, before) + encodeFrame(before, toFrame('a', COLUMNS, ROWS));
    expect((await look(bytes)).split('\n')[0]?.trim()).toBe('a');
  });

  it('does not send the style of spaces that look the same in any', () => {
    const bold = (text: string): string => `\u001b[1m${text}\u001b[22m`;
    const bytes = encodeFrame(null, toFrame(bold('one two three'), COLUMNS, 1));
    expect(bytes.match(/\u001b\[[0-9;]*m/g)).toEqual(['\u001b[1m', '\u001b[m']);
  });

  it('paints everything after another size', () => {
    const before = toFrame('one', COLUMNS, ROWS);
    expect(encodeFrame(before, toFrame('one', COLUMNS + 1, ROWS))).toContain('one');
  });

  it('cuts what is wider or higher than the screen', async () => {
    const bytes = encodeFrame(null, toFrame(`${'通'.repeat(COLUMNS)}\n`.repeat(ROWS * 2), COLUMNS, ROWS));
    const lines = (await look(bytes)).split('\n');
    expect(lines).toHaveLength(ROWS);
    expect(lines[0]?.startsWith('通'.repeat(COLUMNS / 2))).toBe(true);
  });
});
