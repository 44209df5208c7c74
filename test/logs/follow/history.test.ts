import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { type HistorySource, isPacked, readHistory } from '../../../src/logs/follow/history.ts';
import { folder } from './support.ts';

const packers = [
  ['gz', gzipSync],
  ['zst', zstdCompressSync],
] as const;

/** Reads to the end; gaps as `<gap WHY bytes>`. */
async function readAll(source: HistorySource, maxBytes = 1 << 20): Promise<string[]> {
  const told: string[] = [];
  while (!source.ended()) {
    await source.ready();
    for (const item of source.poll(0, maxBytes)) {
      if (item.type === 'gap') told.push(`<gap ${item.why} ${item.bytes}>`);
      if (item.type !== 'lines') continue;
      expect(item.old).toBe(true);
      told.push(...Buffer.from(item.bytes).toString().slice(0, -1).split('\n'));
    }
  }
  await source.close();
  return told;
}

it.each(packers)('reads a .%s file from its beginning to its last line, which needs no LF', async (end, pack) => {
  const path = join(folder(), `gateway.log.1.${end}`);
  const lines = Array.from({ length: 50_000 }, (_, index) => `line ${index} → ok`);
  writeFileSync(path, pack(lines.join('\n')));
  const source = readHistory(path);
  expect(await readAll(source, 10_007)).toEqual(lines);
  expect(source.status()).toMatchObject({ state: 'FOLLOWING', why: null, lines: 50_000, gaps: 0, behindBytes: 0 });
  expect(source.position()).toBe(null);
});

it.each(packers)('reads several packed parts of one .%s file', async (end, pack) => {
  const path = join(folder(), `gateway.log.${end}`);
  writeFileSync(path, Buffer.concat([pack('one\n'), pack('two\n')]));
  expect(await readAll(readHistory(path))).toEqual(['one', 'two']);
});

it.each(packers)('reads a .%s file that was cut off up to there, shows a gap and says so', async (end, pack) => {
  const path = join(folder(), `gateway.log.${end}`);
  const lines = Array.from({ length: 60_000 }, (_, index) => `line ${index} ${Math.sin(index)}`);
  const packed = pack(`${lines.join('\n')}\n`);
  writeFileSync(path, packed.subarray(0, packed.length / 2));
  const source = readHistory(path);
  const told = await readAll(source);
  expect(told.at(-1)).toBe('<gap TRUNCATED null>');
  expect(told.length).toBeGreaterThan(1_000);
  expect(told.slice(0, -1)).toEqual(lines.slice(0, told.length - 1));
  expect(source.status()).toMatchObject({ state: 'UNREADABLE', why: 'cut off: it was read up to its end' });
});

it.each(packers)('says that a .%s file is none', async (end) => {
  const path = join(folder(), `gateway.log.${end}`);
  writeFileSync(path, 'plain text under a wrong name\n');
  const source = readHistory(path);
  expect(await readAll(source)).toEqual(['<gap TRUNCATED null>']);
  expect(source.status().why).toMatch(/^damaged \(.*\): it was read up to the damage$/);
});

it('unpacks 500 MB out of 500 KB a megabyte at a time', async () => {
  const path = join(folder(), 'bomb.gz');
  writeFileSync(path, gzipSync(Buffer.alloc(500e6, 'y')));
  const before = process.memoryUsage().arrayBuffers;
  const source = readHistory(path);
  let most = 0;
  let gap = 0;
  while (!source.ended()) {
    await source.ready();
    for (const item of source.poll(0, 1 << 20)) if (item.type === 'gap') gap += item.bytes ?? 0;
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  }
  await source.close();
  expect(gap).toBe(500e6 - 65_536);
  expect(most).toBeLessThan(100e6);
});

it.each(packers)('reads on when the .%s file is deleted under it', async (end, pack) => {
  const path = join(folder(), `gateway.log.${end}`);
  const lines = Array.from({ length: 300_000 }, (_, index) => `line ${index}`);
  writeFileSync(path, pack(`${lines.join('\n')}\n`));
  const source = readHistory(path);
  rmSync(path);
  expect(await readAll(source)).toHaveLength(lines.length);
});

it('stops in the middle when it is closed', async () => {
  const path = join(folder(), 'gateway.log.gz');
  writeFileSync(path, gzipSync(Buffer.alloc(50e6, 'line of a log\n')));
  const source = readHistory(path);
  await source.ready();
  expect(source.poll(0, 1_000)).not.toEqual([]);
  await source.close();
  expect([source.ended(), source.poll(1, 1_000)]).toEqual([true, []]);
});

it('says why a file cannot be opened', async () => {
  const at = folder();
  const source = readHistory(join(at, 'nowhere.gz'));
  expect(await readAll(source)).toEqual([]);
  expect(source.status()).toMatchObject({ state: 'MISSING', why: 'no such file' });
  expect(readHistory(at).status()).toMatchObject({ state: 'UNREADABLE', why: 'not a file' });
});

it('knows by the name what it can unpack', () => {
  expect(['a.log.1.gz', 'a.log.zst', 'a.log', 'a.log.1', 'a.gz.log'].map(isPacked)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
