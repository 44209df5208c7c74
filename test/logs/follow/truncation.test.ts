import {
  appendFileSync,
  closeSync,
  copyFileSync,
  openSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folder, watch } from './support.ts';

it('begins again at 0 after copytruncate, reads the rest from the copy and marks a possible gap', () => {
  const at = folder();
  const log = join(at, 'gateway.log');
  writeFileSync(log, '1\n2\n');
  const watched = watch(log);
  watched.after(0);
  appendFileSync(log, '3\n');
  copyFileSync(log, join(at, 'gateway.log.1'));
  truncateSync(log);
  appendFileSync(log, '4\n');
  expect(watched.after(250)).toEqual(['3', '<gap TRUNCATED null>', '<rotated TRUNCATED>', '4']);
});

it('tells how much was lost where the file was emptied and nothing was copied', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, '1\n');
  const watched = watch(log);
  watched.after(0);
  appendFileSync(log, 'half a line');
  watched.after(250);
  truncateSync(log);
  appendFileSync(log, '4\n');
  expect(watched.after(250)).toEqual(['<gap TRUNCATED 11>', '<rotated TRUNCATED>', '4']);
});

it('notices a truncation that was refilled to the same size and more within one poll', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, 'aaaa\n');
  const watched = watch(log);
  watched.after(0);
  writeFileSync(log, 'bbbb\n');
  expect(watched.after(250)).toEqual(['<gap TRUNCATED null>', '<rotated TRUNCATED>', 'bbbb']);
  writeFileSync(log, 'cccc\ndddd\n');
  expect(watched.after(250)).toEqual(['<gap TRUNCATED null>', '<rotated TRUNCATED>', 'cccc', 'dddd']);
});

it('skips the hole that a writer without append mode leaves after copytruncate, 100 MB of it without holding them', () => {
  const log = join(folder(), 'gateway.log');
  const fd = openSync(log, 'w');
  writeSync(fd, 'before\n', 0);
  const watched = watch(log);
  watched.after(0);
  truncateSync(log);
  writeSync(fd, 'after\n', 100 * 1024 * 1024);
  closeSync(fd);
  const memory = process.memoryUsage().arrayBuffers;
  expect(watched.after(250)).toEqual(['<gap TRUNCATED null>', '<rotated TRUNCATED>', 'after']);
  expect(process.memoryUsage().arrayBuffers - memory).toBeLessThan(5e6);
  expect(watched.source.status()).toMatchObject({ state: 'FOLLOWING', lines: 2, bytes: 13 });
});

it('notices a truncation behind an unchanged head by the bytes before its place', () => {
  const log = join(folder(), 'gateway.log');
  const banner = '#'.repeat(300);
  writeFileSync(log, `${banner}\n1\n`);
  const watched = watch(log);
  watched.after(0);
  writeFileSync(log, `${banner}\n2\n3\n`);
  expect(watched.after(250)).toEqual(['<gap TRUNCATED null>', '<rotated TRUNCATED>', banner, '2', '3']);
});

it('marks a possible gap where a file was filled again with the very same bytes', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, 'same\n');
  const watched = watch(log);
  watched.after(0);
  utimesSync(log, 1_800_000_000, 1_800_000_000);
  expect(watched.after(250)).toEqual(['<gap TRUNCATED null>']);
  expect(watched.after(250)).toEqual([]);
});
