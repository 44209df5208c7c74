import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemFiles } from '../../../src/logs/follow/file-system.ts';
import { followFile } from '../../../src/logs/follow/follow-file.ts';
import { filesWith, folder, watch } from './support.ts';

const MAX = 64 * 1024;

it('gives a partial last line once, when it is completed 5 s later', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, '');
  const watched = watch(log);
  watched.after(0);
  appendFileSync(log, 'begun ');
  expect(watched.after(250)).toEqual([]);
  expect(watched.after(5_000)).toEqual([]);
  appendFileSync(log, 'and done\n');
  expect(watched.after(250)).toEqual(['begun and done']);
});

it('gives a last line that is never completed once, when its file is left after a rotation', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, '1\nnever done');
  const watched = watch(log);
  watched.after(0);
  renameSync(log, `${log}.1`);
  writeFileSync(log, '2\n');
  expect(watched.after(250)).toEqual(['<rotated RENAMED>', '2']);
  expect(watched.after(4_000)).toEqual([]);
  expect(watched.after(2_000)).toEqual(['never done']);
  expect(watched.source.end()).toEqual([]);
});

it('gives the partial last line of a source that is left, and nothing after it', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, '1\nlast');
  const watched = watch(log);
  watched.after(0);
  const items = watched.source.end();
  expect(items.map((item) => item.type === 'lines' && [String(item.bytes), item.offset, item.old])).toEqual([
    ['last\n', 2, true],
  ]);
  expect(watched.source.end()).toEqual([]);
});

it('keeps a character together that two reads cut apart', () => {
  const log = join(folder(), 'gateway.log');
  const line = 'naïve → 漢字 🚦';
  writeFileSync(log, `${line}\n${line}\n`);
  const oneByte = filesWith({ read: (fd, into, at, _length, position) => systemFiles.read(fd, into, at, 1, position) });
  expect(watch(log, {}, oneByte).after(0, 1)).toEqual([line, line]);
});

it('hands on invalid UTF-8, CRLF and NULs within a line as they stand', () => {
  const log = join(folder(), 'gateway.log');
  const bytes = Buffer.concat([
    Buffer.from('text '.repeat(20)),
    Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0x00, 0x41, 0x0d, 0x0a]),
  ]);
  writeFileSync(log, bytes);
  const source = followFile(log);
  const [item] = source.poll(0, 1 << 20);
  expect(item?.type === 'lines' && Buffer.from(item.bytes).equals(bytes)).toBe(true);
  void source.close();
});

it('cuts a line over 64 KiB at a character and says how many bytes of it are missing', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, '');
  const watched = watch(log);
  watched.after(0);
  const long = `x${'ä'.repeat(50_000)}`;
  appendFileSync(log, `before\n${long}\nafter\n`);
  const [before, cut, gap, after] = watched.after(250);
  expect([before, after]).toEqual(['before', 'after']);
  expect(cut).toBe(`x${'ä'.repeat((MAX - 2) / 2)}`);
  expect(gap).toBe(`<gap CAPPED ${100_001 - (MAX - 1)}>`);
});

it('leaves a line of exactly 64 KiB whole, and cuts one byte more', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, `${'a'.repeat(MAX)}\n${'b'.repeat(MAX + 1)}\n${'c'.repeat(MAX)}\n`);
  const told = watch(log).after(0);
  expect(told.map((line) => (line.startsWith('<') ? line : `${line[0]}${line.length}`))).toEqual([
    'a65536',
    'b65536',
    '<gap CAPPED 1>',
    'c65536',
  ]);
});

it('cuts alike however small the reads and the polls are', () => {
  const log = join(folder(), 'gateway.log');
  const parts = [10, MAX + 700, 3, 0, MAX - 1, MAX, MAX + 1, 5, 200_000].map((size, index) =>
    String.fromCharCode(97 + index).repeat(size),
  );
  writeFileSync(log, `${parts.join('\n')}\n`);
  const whole = watch(log).after(0);
  for (const size of [1_000, 65_535, 65_537, 300_000]) expect(watch(log).after(0, size)).toEqual(whole);
});

it('reads 1 GB without a newline in less than 20 MB, as one cut line', () => {
  const size = 1024 ** 3;
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, '');
  const endless = filesWith({
    fstat: (fd) => ({ ...systemFiles.fstat(fd), size: size + 1 }),
    read(_fd, into, at, length, position) {
      const got = Math.min(length, size + 1 - position);
      into.fill(0x78, at, at + got);
      if (position + got === size + 1) into[at + got - 1] = 0x0a;
      return got;
    },
  });
  const source = followFile(log, { past: 'whole' }, { files: endless });
  source.poll(0, 1 << 20);
  const before = process.memoryUsage().rss;
  const told: string[] = [];
  let most = 0;
  do {
    for (const item of source.poll(0, 1 << 20))
      told.push(item.type === 'gap' ? `gap ${item.why} ${item.bytes}` : item.type);
    most = Math.max(most, process.memoryUsage().rss - before);
  } while (source.status().behindBytes > 0);
  expect(told).toEqual([`gap CAPPED ${size - MAX}`]);
  expect(most).toBeLessThan(20e6);
  expect(source.status()).toMatchObject({ lines: 1, gaps: 1 });
  void source.close();
});

it.each([
  [
    'a record of logins',
    Buffer.concat(Array.from({ length: 8 }, () => Buffer.concat([Buffer.from('\x07\0\0\0pts/0'), Buffer.alloc(371)]))),
    'binary, skipped',
  ],
  [
    'UTF-16',
    Buffer.from('INFO: started\r\nERROR: failed\r\n'.repeat(20), 'utf16le'),
    'UTF-16 text, skipped: only UTF-8 is read',
  ],
  [
    'UTF-16 with its mark',
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('x\n', 'utf16le')]),
    'UTF-16 text, skipped: only UTF-8 is read',
  ],
  ['a packed file', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]), 'packed with gzip, skipped'],
])('recognises %s and says so', (_name, bytes, why) => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, bytes);
  const watched = watch(log);
  expect(watched.after(0)).toEqual([]);
  expect(watched.source.status()).toMatchObject({ state: 'UNREADABLE', why, behindBytes: 0 });
  renameSync(log, `${log}.1`);
  writeFileSync(log, 'text again\n');
  expect(watched.after(250)).toEqual(['<rotated RENAMED>', 'text again']);
  expect(watched.source.status().state).toBe('FOLLOWING');
});

it('does not take a log for binary because of the hole that copytruncate left in it', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(
    log,
    Buffer.concat([
      Buffer.from('1\n'),
      Buffer.alloc(3_000),
      Buffer.from('2\n'),
      Buffer.alloc(9_000),
      Buffer.from('3\n'),
    ]),
  );
  expect(watch(log).after(0)).toEqual(['1', '2', '3']);
});

it('counts lines and bytes exactly', () => {
  const log = join(folder(), 'gateway.log');
  const text = Array.from({ length: 20_000 }, (_, index) => 'x'.repeat(index % 97)).join('\n');
  writeFileSync(log, `${text}\n`);
  const watched = watch(log, { past: 'whole' });
  watched.after(7);
  expect(watched.source.status()).toMatchObject({ lines: 20_000, bytes: text.length + 1, lastLineAt: 7 });
  expect(watched.text()).toBe(`${text}\n`);
});
