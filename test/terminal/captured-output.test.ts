import { describe, expect, it } from 'vitest';
import { captureOutput } from '../../src/terminal/captured-output.ts';

function stream(): { write: (text: string, done?: () => void) => boolean; written: string[] } {
  const written: string[] = [];
  return {
    written,
    write(text) {
      written.push(text);
      return true;
    },
  };
}

describe('captured output', () => {
  it('keeps what is said off the screen until it is released', () => {
    const out = stream();
    const captured = captureOutput([out]);
    out.write('a warning\n');
    expect(out.written).toEqual([]);
    expect(captured.release()).toBe('a warning\n');
    out.write('after');
    expect(out.written).toEqual(['after']);
  });

  it('tells writers that they have written', async () => {
    const out = stream();
    captureOutput([out]);
    await new Promise<void>((done) => out.write('x', done));
  });

  it('keeps the end of very much', () => {
    const out = stream();
    const captured = captureOutput([out]);
    for (let turn = 0; turn < 10_000; turn++) out.write(`line ${turn}\n`);
    const text = captured.release();
    expect(text.length).toBeLessThanOrEqual(16 * 1024);
    expect(text).toContain('line 9999');
  });
});
