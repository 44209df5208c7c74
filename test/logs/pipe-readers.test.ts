import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PROCESSES_LOOKED_AT, readersOf } from '../../src/logs/pipe-readers.ts';

let proc: string;
beforeEach(() => {
  proc = mkdtempSync(join(tmpdir(), 'watchtower-proc-'));
});
afterEach(() => rmSync(proc, { recursive: true, force: true }));

const READ = '0100000';
const WRITE = '0102001';

/** A process in the table: its descriptors as the kernel links them, with their flags of open(2). */
function put(pid: number, name: string, descriptors: Record<number, [target: string, flags: string]>): void {
  for (const folder of ['fd', 'fdinfo']) mkdirSync(join(proc, String(pid), folder), { recursive: true });
  writeFileSync(join(proc, String(pid), 'comm'), `${name}\n`);
  for (const [fd, [target, flags]] of Object.entries(descriptors)) {
    symlinkSync(target, join(proc, String(pid), 'fd', fd));
    writeFileSync(join(proc, String(pid), 'fdinfo', fd), `pos:\t0\nflags:\t${flags}\nmnt_id:\t23\n`);
  }
}

it('names the files that the reader of a pipe writes, none that it only reads', () => {
  put(7, 'litellm', { 1: ['pipe:[40]', '01'] });
  put(8, 'tee', {
    0: ['pipe:[40]', '0'],
    1: ['/dev/pts/0', '02'],
    2: ['/var/log/complaints-of-tee.log', WRITE],
    3: ['/var/log/gateway.log', WRITE],
    4: ['/etc/locale', READ],
    5: ['/var/log/gone.log (deleted)', WRITE],
  });
  put(9, 'tee', { 0: ['pipe:[41]', '0'], 3: ['/var/log/other.log', WRITE] });
  expect(readersOf('pipe:[40]', proc)).toEqual({
    readers: [{ pid: 8, name: 'tee', files: ['/var/log/gateway.log'] }],
    cut: false,
  });
});

it('goes on through filters to the one that writes', () => {
  put(8, 'grep', { 0: ['pipe:[40]', '0'], 1: ['pipe:[41]', '01'] });
  put(9, 'rotatelogs', { 0: ['pipe:[41]', '0'], 3: ['/var/log/gateway.2026-03-01', WRITE] });
  expect(readersOf('pipe:[40]', proc).readers).toMatchObject([
    { name: 'grep', files: [] },
    { name: 'rotatelogs', files: ['/var/log/gateway.2026-03-01'] },
  ]);
});

it('ends where filters feed each other in a ring', () => {
  put(8, 'cat', { 0: ['pipe:[40]', '0'], 1: ['pipe:[41]', '01'] });
  put(9, 'cat', { 0: ['pipe:[41]', '0'], 1: ['pipe:[40]', '01'] });
  expect(readersOf('pipe:[40]', proc).readers).toHaveLength(4);
});

it("takes no file of a program that reads for many: a supervisor's are of strangers too", () => {
  put(8, 'supervisord', { 0: ['/dev/null', '0'], 5: ['pipe:[40]', '0'], 6: ['/var/log/stranger.log', WRITE] });
  expect(readersOf('pipe:[40]', proc).readers).toEqual([]);
  put(9, 'collector', {
    0: ['pipe:[40]', '0'],
    ...Object.fromEntries([1, 3, 4, 5, 6].map((fd) => [fd, [`/var/log/${fd}.log`, WRITE] as [string, string]])),
  });
  expect(readersOf('pipe:[40]', proc).readers).toMatchObject([{ name: 'collector', files: [] }]);
});

it('says that it was cut on a machine with more processes than it looks at', () => {
  for (let pid = 1; pid <= PROCESSES_LOOKED_AT + 1; pid += 1) mkdirSync(join(proc, String(pid)));
  expect(readersOf('pipe:[40]', proc)).toEqual({ readers: [], cut: true });
});

it('finds nothing, and does not fail, where the table cannot be read', () => {
  expect(readersOf('pipe:[40]', join(proc, 'nowhere'))).toEqual({ readers: [], cut: false });
});
