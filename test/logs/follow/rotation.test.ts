import { appendFileSync, copyFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folder, watch } from './support.ts';

it('hands on whole lines as they are appended, and a partial line once it is complete', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, 'before\n');
  const watched = watch(log);
  expect(watched.after(0)).toEqual(['before']);
  expect(watched.old).toEqual(['before']);
  appendFileSync(log, 'one\ntw');
  expect(watched.after(250)).toEqual(['one']);
  appendFileSync(log, 'o\n');
  expect(watched.after(5_000)).toEqual(['two']);
  expect(watched.old).toEqual(['before']);
});

it('reads what a writer still puts into the renamed file for 3 s, then the new one: none lost, none twice', () => {
  const at = folder();
  const log = join(at, 'gateway.log');
  writeFileSync(log, '1\n');
  const watched = watch(log);
  watched.after(0);
  appendFileSync(log, '2\n');
  renameSync(log, join(at, 'gateway.log.1'));
  writeFileSync(log, '');
  expect(watched.after(250)).toEqual(['2', '<rotated RENAMED>']);
  for (const line of ['3', '4']) {
    appendFileSync(join(at, 'gateway.log.1'), `${line}\n`);
    expect(watched.after(1_500)).toEqual([line]);
  }
  appendFileSync(join(at, 'gateway.log.1'), '5\n');
  appendFileSync(log, '6\n');
  expect(watched.after(250)).toEqual(['5', '6']);
  expect(watched.source.status()).toMatchObject({
    state: 'FOLLOWING',
    rotations: 1,
    gaps: 0,
    lines: 6,
    behindBytes: 0,
  });
});

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

it('follows a file that is deleted and made again at once', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, '1\n');
  const watched = watch(log);
  watched.after(0);
  appendFileSync(log, '2\n');
  rmSync(log);
  writeFileSync(log, '3\n');
  expect(watched.after(250)).toEqual(['2', '<rotated RECREATED>', '3']);
});
