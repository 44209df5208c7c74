import {
  appendFileSync,
  closeSync,
  copyFileSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openCheckpoints } from '../../../src/logs/follow/checkpoints.ts';
import { folder, watch } from './support.ts';

/** Reads a log to its end and tells where it stood. */
function readOnce(log: string): string | null {
  const watched = watch(log);
  watched.after(0);
  const position = watched.source.position();
  void watched.source.close();
  return position;
}

it('gives nothing old a second time after a restart, and everything that came meanwhile, as new', () => {
  const at = folder();
  const log = join(at, 'gateway.log');
  const file = join(at, 'positions.json');
  writeFileSync(log, 'old error\nhalf ');
  openCheckpoints(file).save(new Map([[log, readOnce(log)]]), 1_000);
  appendFileSync(log, 'and half\nnew error\n');
  const watched = watch(log, { position: openCheckpoints(file).load(log) });
  expect(watched.after(0)).toEqual(['half and half', 'new error']);
  expect(watched.old).toEqual([]);
});

it('reads the rest of a file that was rotated while nobody looked, then its successors', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, '1\n');
  const position = readOnce(log);
  appendFileSync(log, '2\n');
  renameSync(log, `${log}.2`);
  writeFileSync(`${log}.1`, '3\n');
  writeFileSync(log, '4\n');
  const told = watch(log, { position }).after(0);
  expect(told.filter((line) => !line.startsWith('<'))).toEqual(['2', '3', '4']);
  expect(told.some((line) => line.startsWith('<gap'))).toBe(false);
});

it('tells one hole from the next where copytruncate came twice and it stood within the first', () => {
  const log = join(folder(), 'gateway.log');
  const fd = openSync(log, 'w');
  writeSync(fd, 'first\n', 0);
  const stopped = watch(log);
  stopped.after(0);
  copyFileSync(log, `${log}.1`);
  truncateSync(log);
  writeSync(fd, 'second\n', 600);
  stopped.source.poll(250, 13);
  const position = stopped.source.position();
  renameSync(`${log}.1`, `${log}.2`);
  copyFileSync(log, `${log}.1`);
  truncateSync(log);
  writeSync(fd, 'third\n', 700);
  closeSync(fd);
  const told = watch(log, { position }).after(0);
  expect(told.filter((line) => !line.startsWith('<'))).toEqual(['second', 'third']);
});

it('shows a gap where the file it stood in is gone after a restart', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, 'a first file\n');
  const position = readOnce(log);
  rmSync(log);
  writeFileSync(log, '2\n');
  const watched = watch(log, { position });
  expect(watched.after(0)).toEqual(['<gap ROTATED_AWAY null>', '<rotated RECREATED>', '2']);
  expect(watched.old).toEqual([]);
});

it('begins again at 0 after a truncation that nobody saw, with the rest from its copy', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, 'first line\n');
  const position = readOnce(log);
  appendFileSync(log, 'second line\n');
  copyFileSync(log, `${log}.1`);
  truncateSync(log);
  appendFileSync(log, 'third line, which is longer than all before\n');
  expect(watch(log, { position }).after(0)).toEqual([
    'second line',
    '<gap TRUNCATED null>',
    '<rotated TRUNCATED>',
    'third line, which is longer than all before',
  ]);
});

it('keeps its position while the log cannot be read', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, '1\n');
  const position = readOnce(log);
  const elsewhere = watch(join(folder(), 'other.log'), { position: 'not a position' });
  elsewhere.after(0);
  expect(elsewhere.source.position()).not.toBe('not a position');
  expect(watch(log, { position }).source.position()).toBe(position);
});

it.each([
  '{}',
  '[]',
  'null',
  '{"v":1}',
  '{"v":1,"real":"/","files":[{"inode":1}],"left":[],"known":null,"owed":[]}',
  '{"v":2',
  `${'['.repeat(10_000)}`,
])('takes %.40s for no position and begins with the past', (position) => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, '1\n');
  const watched = watch(log, { position });
  expect(watched.after(0)).toEqual(['1']);
  expect(watched.old).toEqual(['1']);
});

it('keeps its position when it has ended, before the partial line that was handed on last', async () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, '1\nhalf ');
  const { source, after } = watch(log);
  after(0);
  expect(source.end()).toHaveLength(1);
  const position = source.position();
  await source.close();
  expect(source.position()).toBe(position);
  appendFileSync(log, 'and half\n');
  expect(after(250)).toEqual([]);
  expect(watch(log, { position }).after(0)).toEqual(['half and half']);
});

it('keeps no word of the log in its position', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, 'secret-of-the-log\nanother-secret half');
  expect(readOnce(log)).not.toMatch(/secret/);
});

it('reads at first sight the last bytes from a line on, all, or nothing of what was there', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, 'one\ntwo\nthree\nfou');
  const lines = (past: Parameters<typeof watch>[1]) => {
    const watched = watch(log, past);
    watched.after(0);
    appendFileSync(log, 'r\n');
    watched.after(250);
    truncateSync(log, 17);
    return [watched.told, watched.old];
  };
  expect(lines({ past: 'whole' })).toEqual([
    ['one', 'two', 'three', 'four'],
    ['one', 'two', 'three'],
  ]);
  expect(lines({ past: { bytes: 10 } })).toEqual([['three', 'four'], ['three']]);
  expect(lines({ past: { bytes: 9 } })).toEqual([['three', 'four'], ['three']]);
  expect(lines({ past: { bytes: 8 } })).toEqual([['four'], []]);
  expect(lines({ past: 'none' })).toEqual([['four'], []]);
});

describe('what was read before a restart', () => {
  it('is read once more as history where that is asked for, and nothing of it as new', () => {
    const log = join(folder(), 'gateway.log');
    writeFileSync(log, 'one\ntwo\nhalf ');
    const position = readOnce(log);
    appendFileSync(log, 'and half\nthree\n');
    const watched = watch(log, { position, again: 100 });
    expect(watched.after(0)).toEqual(['one', 'two', 'half and half', 'three']);
    expect(watched.old).toEqual(['one', 'two']);
    expect(watch(log, { position: watched.source.position() }).after(0)).toEqual([]);
  });

  it('is bounded, and begins with a whole line', () => {
    const log = join(folder(), 'gateway.log');
    writeFileSync(log, 'line\n'.repeat(1_000));
    const position = readOnce(log);
    const watched = watch(log, { position, again: 52 });
    expect(watched.after(0)).toEqual(Array.from({ length: 10 }, () => 'line'));
    expect(watched.old).toHaveLength(10);
  });

  it('is what stands in the file that it stood in, though that was rotated meanwhile', () => {
    const log = join(folder(), 'gateway.log');
    writeFileSync(log, 'one\n');
    const position = readOnce(log);
    appendFileSync(log, 'two\n');
    renameSync(log, `${log}.1`);
    writeFileSync(log, 'three\n');
    const watched = watch(log, { position, again: 100 });
    expect(watched.after(0)).toEqual(['one', 'two', '<rotated RENAMED>', 'three']);
    expect(watched.old).toEqual(['one']);
  });

  it('stays history when it is left in the middle of it', () => {
    const log = join(folder(), 'gateway.log');
    writeFileSync(log, 'one\ntwo\nthree\n');
    const left = watch(log, { position: readOnce(log), again: 100 });
    left.source.poll(0, 4);
    appendFileSync(log, 'four\n');
    const watched = watch(log, { position: left.source.position(), again: 0 });
    expect(watched.after(0)).toEqual(['two', 'three', 'four']);
    expect(watched.old).toEqual(['two', 'three']);
  });

  it('is not read again where the file was truncated since', () => {
    const log = join(folder(), 'gateway.log');
    writeFileSync(log, 'one\ntwo\n');
    const position = readOnce(log);
    writeFileSync(log, 'three\n');
    const watched = watch(log, { position, again: 100 });
    expect(watched.after(0).filter((line) => !line.startsWith('<'))).toEqual(['three']);
    expect(watched.old).toEqual([]);
  });
});

describe('a file that was rotated and packed since it was left', () => {
  const pack = (log: string, name: string, more = 'two\n'): void => {
    appendFileSync(log, more);
    writeFileSync(name, name.endsWith('.gz') ? gzipSync(readFileSync(log)) : zstdCompressSync(readFileSync(log)));
    rmSync(log);
    writeFileSync(log, 'three\n');
  };

  it.each(['.1.gz', '-20260301.gz', '.1.zst'])('is read to its end, and then its successor: %s', (end) => {
    const log = join(folder(), 'gateway.log');
    writeFileSync(log, 'one\nhalf ');
    const position = readOnce(log);
    pack(log, log + end, 'and half\ntwo\n');
    const watched = watch(log, { position });
    expect(watched.after(0)).toEqual(['half and half', 'two', '<rotated RENAMED>', 'three']);
    expect(watch(log, { position: watched.source.position() }).after(0)).toEqual([]);
  });

  it('goes on in the middle of it after another restart', () => {
    const log = join(folder(), 'gateway.log');
    writeFileSync(log, 'one\n');
    const position = readOnce(log);
    pack(log, `${log}.1.gz`, 'two\n2b\n');
    const left = watch(log, { position });
    left.source.poll(0, 4);
    expect(watch(log, { position: left.source.position() }).after(0)).toEqual(['2b', '<rotated RENAMED>', 'three']);
  });

  it('is read where it was copied, packed and truncated too', () => {
    const log = join(folder(), 'gateway.log');
    writeFileSync(log, 'one\n');
    const position = readOnce(log);
    appendFileSync(log, 'two\n');
    writeFileSync(`${log}.1.gz`, gzipSync(readFileSync(log)));
    truncateSync(log);
    appendFileSync(log, 'three, a longer line than before\n');
    expect(watch(log, { position }).after(0)).toEqual([
      'two',
      '<gap TRUNCATED null>',
      '<rotated TRUNCATED>',
      'three, a longer line than before',
    ]);
  });

  it.each([
    ['another file', gzipSync('another\ntwo\n')],
    ['damaged', gzipSync('one\ntwo\n').subarray(0, 12)],
    ['larger than may be held', gzipSync(Buffer.concat([Buffer.from('one\ntwo\n'), Buffer.alloc(51e6, 'y\n')]))],
  ])('leaves a gap where what is packed is %s', (_, packed) => {
    const log = join(folder(), 'gateway.log');
    writeFileSync(log, 'one\n');
    const position = readOnce(log);
    rmSync(log);
    writeFileSync(`${log}.1.gz`, packed);
    writeFileSync(log, 'three\n');
    const told = watch(log, { position }).after(0);
    expect(told).toContain('<gap ROTATED_AWAY null>');
    expect(told).not.toContain('two');
    expect(told.at(-1)).toBe('three');
  });

  it('that was packed before we left is not looked into', () => {
    const log = join(folder(), 'gateway.log');
    writeFileSync(`${log}.1.gz`, gzipSync('one\ntwo\n'));
    writeFileSync(log, 'one\n');
    const position = readOnce(log);
    rmSync(log);
    writeFileSync(log, 'three\n');
    expect(watch(log, { position }).after(0)).toEqual(['<gap ROTATED_AWAY null>', '<rotated RECREATED>', 'three']);
  });
});
