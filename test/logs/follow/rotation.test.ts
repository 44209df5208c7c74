import {
  appendFileSync,
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
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

it('waits for a deleted file that is made again 10 s later and says since when it is missing', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, '1\n');
  const watched = watch(log);
  watched.after(0);
  rmSync(log);
  expect(watched.after(250)).toEqual([]);
  expect(watched.source.status()).toMatchObject({ state: 'MISSING' });
  expect(watched.source.status().why).toMatch(/^no such file, missing since \d\d:\d\d:11$/);
  writeFileSync(log, '2\n');
  expect(watched.after(10_000)).toEqual(['<rotated RECREATED>', '2']);
  expect(watched.source.status()).toMatchObject({ state: 'FOLLOWING', why: null });
});

it('takes a file that got the number of a deleted one for a new file', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, 'a long first line\n');
  const inode = statSync(log).ino;
  const first = watch(log);
  first.after(0);
  const position = first.source.position();
  void first.source.close();
  let again = '';
  for (let left = 50; left > 0; left -= 1) {
    rmSync(log);
    again = `another line ${left} that is longer than the first\n`;
    writeFileSync(log, again);
    if (statSync(log).ino === inode) break;
  }
  expect(watch(log, { position }).after(0).slice(-1)).toEqual([again.trim()]);
});

it('follows a link to its new target and reads the old one to its end', () => {
  const at = folder();
  const link = join(at, 'current.log');
  writeFileSync(join(at, 'a.log'), '1\n');
  symlinkSync('a.log', link);
  const watched = watch(link);
  watched.after(0);
  appendFileSync(join(at, 'a.log'), '2\n');
  writeFileSync(join(at, 'b.log'), '3\n');
  rmSync(link);
  symlinkSync('b.log', link);
  expect(watched.after(250)).toEqual(['2', '<rotated RETARGETED>', '3']);
  appendFileSync(join(at, 'a.log'), '4\n');
  expect(watched.after(1_000)).toEqual(['4']);
  watched.after(6_000);
  // Led back to the first file much later, it goes on where it stopped.
  appendFileSync(join(at, 'a.log'), '5\n');
  rmSync(link);
  symlinkSync('a.log', link);
  expect(watched.after(60_000)).toEqual(['<rotated RETARGETED>', '5']);
});

it('reads the files of several rotations between two polls in their order', () => {
  const at = folder();
  const log = join(at, 'gateway.log');
  writeFileSync(log, '1\n');
  const watched = watch(log);
  watched.after(0);
  for (const line of ['2', '3', '4']) {
    appendFileSync(log, `${line}\n`);
    for (const index of [3, 2, 1]) renameIfThere(`${log}.${index}`, `${log}.${index + 1}`);
    renameSync(log, `${log}.1`);
    writeFileSync(log, '');
  }
  appendFileSync(log, '5\n');
  const lines = watched.after(250).filter((told) => !told.startsWith('<'));
  expect(lines).toEqual(['2', '3', '4', '5']);
  expect(watched.source.status()).toMatchObject({ gaps: 0, rotations: 3 });
});

it('says that lines may be lost where a file of several rotations is packed already', () => {
  const at = folder();
  const log = join(at, 'gateway.log');
  writeFileSync(log, '1\n');
  const watched = watch(log);
  watched.after(0);
  renameSync(log, `${log}.2`);
  writeFileSync(`${log}.1.gz`, gzipSync('2\n'));
  writeFileSync(log, '3\n');
  expect(watched.after(250)).toEqual(['<gap ROTATED_AWAY null>', '<rotated RENAMED>', '3']);
});

it('takes no packed file beside the log for a new one, nor a copy made by hand', () => {
  const at = folder();
  const log = join(at, 'gateway.log');
  writeFileSync(log, '1\n2\n');
  const watched = watch(log);
  watched.after(0);
  for (const end of ['.1.gz', '.2.zst', '-20260301.bz2', '.4.xz']) writeFileSync(log + end, gzipSync('old\n'));
  copyFileSync(log, `${log}.20260301`);
  renameSync(log, `${log}.1`);
  writeFileSync(log, '3\n');
  expect(watched.after(250).filter((told) => !told.startsWith('<'))).toEqual(['3']);
});

it('keeps reading a renamed file that its writer never leaves, and says so', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, '1\n');
  const watched = watch(log);
  watched.after(0);
  renameSync(log, `${log}.1`);
  writeFileSync(log, '');
  watched.after(250);
  watched.after(60_000);
  appendFileSync(`${log}.1`, '2\n');
  expect(watched.after(60_000)).toEqual(['2']);
  expect(watched.source.status().why).toContain('copytruncate');
});

it('stays with the file that is written through ten rotations that its writer never hears of', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, '');
  const fd = openSync(log, 'a');
  const watched = watch(log);
  watched.after(0);
  const lines: string[] = [];
  for (let turn = 0; turn < 10; turn += 1) {
    for (let index = 10; index >= 1; index -= 1) renameIfThere(`${log}.${index}`, `${log}.${index + 1}`);
    renameSync(log, `${log}.1`);
    writeFileSync(log, '');
    appendFileSync(fd, `${turn}\n`);
    lines.push(...watched.after(60_000));
  }
  closeSync(fd);
  expect(lines.filter((told) => !told.startsWith('<'))).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
});

it('reads only what rotation made: neither the log of another worker, nor of another process', () => {
  const at = folder();
  const log = join(at, 'gateway.log');
  writeFileSync(log, '1\n');
  const watched = watch(log);
  watched.after(0);
  for (const name of [
    'gateway-2.log',
    'gateway.2.log',
    'gateway.log.48213',
    'gateway.log.bak',
    'gateway.logs',
    'gateway-x20260301.log',
  ]) {
    writeFileSync(join(at, name), `of ${name}\n`);
  }
  writeFileSync(join(at, 'gateway-20260301.log'), '2\n');
  rmSync(log);
  writeFileSync(log, '3\n');
  expect(watched.after(250).filter((told) => !told.startsWith('<'))).toEqual(['2', '3']);
});

it('passes over what is too far behind, from a line on, and says how much', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, '');
  const watched = watch(log, { skip: { over: 1_000, keep: 100 } });
  watched.after(0);
  const lines = Array.from({ length: 300 }, (_, index) => `line ${index}`);
  appendFileSync(log, `${lines.join('\n')}\n`);
  const [gap, ...rest] = watched.after(250);
  expect(rest).toEqual(lines.slice(-rest.length));
  expect(rest.length).toBeGreaterThan(8);
  const skipped = lines.slice(0, lines.length - rest.length).join('\n').length + 1;
  expect(gap).toBe(`<gap SKIPPED ${skipped}>`);
});

function renameIfThere(from: string, to: string): void {
  if (existsSync(from)) renameSync(from, to);
}
