import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { readSmallFile } from '../../src/config/small-file.ts';

const root = process.getuid?.() === 0;
let folder = '';
const at = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'watchtower-files-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a settings file', () => {
  it('is read whole, with its byte-order mark', () => {
    writeFileSync(at('a'), '\ufeffA=1\r\n', { mode: 0o600 });
    expect(readSmallFile(at('a'), 'found')).toEqual({
      kind: 'text',
      text: '\ufeffA=1\r\n',
      readableByOthers: false,
      foreign: false,
    });
  });

  test.each([0o640, 0o604, 0o644])('of mode %o counts as readable by others', (mode) => {
    writeFileSync(at('open'), 'A=1');
    chmodSync(at('open'), mode);
    expect(readSmallFile(at('open'), 'found')).toMatchObject({ kind: 'text', readableByOthers: true });
  });

  it('that is missing is told apart from one that cannot be read', () => {
    expect(readSmallFile(at('missing'), 'found')).toEqual({ kind: 'missing' });
    writeFileSync(at('file'), '');
    expect(readSmallFile(join(at('file'), 'below'), 'found')).toMatchObject({ kind: 'refused' });
    symlinkSync('loop', at('loop'));
    expect(readSmallFile(at('loop'), 'found')).toMatchObject({ kind: 'refused', why: 'cannot be read: ELOOP' });
  });

  test.skipIf(root)('without permission is refused (skipped as root, who may read everything)', () => {
    writeFileSync(at('locked'), 'A=1', { mode: 0 });
    expect(readSmallFile(at('locked'), 'found')).toMatchObject({ why: 'cannot be read: permission denied' });
  });

  it('that is a directory, a pipe or a device is refused at once', () => {
    mkdirSync(at('dir'));
    execFileSync('mkfifo', [at('fifo')]);
    const before = performance.now();
    expect(readSmallFile(at('dir'), 'found')).toMatchObject({ why: 'is a directory' });
    expect(readSmallFile(at('fifo'), 'found')).toMatchObject({ why: 'is a pipe, not a file' });
    expect(readSmallFile('/dev/zero', 'named')).toMatchObject({ why: 'is a device, not a file' });
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  it('over 1 MiB, or not UTF-8, is refused', () => {
    writeFileSync(at('large'), 'A=1\n'.repeat(300_000), { mode: 0o600 });
    expect(readSmallFile(at('large'), 'found')).toMatchObject({ why: 'is larger than 1 MiB' });
    writeFileSync(at('binary'), Buffer.from([0x41, 0x3d, 0xff, 0xfe]), { mode: 0o600 });
    expect(readSmallFile(at('binary'), 'found')).toMatchObject({ why: 'is not UTF-8 text' });
  });

  it('that everybody may write, or beside which everybody may, is refused as unsafe', () => {
    writeFileSync(at('writable'), 'A=1');
    chmodSync(at('writable'), 0o606);
    expect(readSmallFile(at('writable'), 'named')).toMatchObject({ kind: 'refused', unsafe: true });
    mkdirSync(at('public'));
    writeFileSync(at('public/.env'), 'A=1', { mode: 0o600 });
    for (const mode of [0o777, 0o1777]) {
      chmodSync(at('public'), mode);
      expect(readSmallFile(at('public/.env'), 'found')).toMatchObject({ kind: 'refused', unsafe: true });
    }
    // Sticky: nobody else can replace a file of ours that we name ourselves.
    expect(readSmallFile(at('public/.env'), 'named')).toMatchObject({ kind: 'text' });
  });
});
