import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type FileSystem, systemFiles } from '../../../src/logs/follow/file-system.ts';
import { failure, filesWith, folder, watch } from './support.ts';

/** Root may read everything: what others meet is injected. */
function guarded(code: () => string | null, groups = '', changes: Partial<FileSystem> = {}): FileSystem {
  const guard = <A extends unknown[], R>(call: (...args: A) => R) => {
    return (...args: A): R => {
      const found = code();
      if (found) throw failure(found);
      return call(...args);
    };
  };
  return filesWith({
    open: guard(systemFiles.open),
    stat: (path) => ({ ...systemFiles.stat(path), gid: 4, uid: 33, mode: 0o100640 }),
    readText: (path) => (path === '/etc/group' ? groups : 'www-data:x:33:33::/:\n'),
    ...changes,
  });
}

it('names the group that may read the log', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, '1\n');
  const watched = watch(
    log,
    {},
    guarded(() => 'EACCES', 'root:x:0:\nadm:x:4:syslog\n'),
  );
  expect(watched.after(0)).toEqual([]);
  expect(watched.source.status()).toMatchObject({
    state: 'UNREADABLE',
    why: 'no permission: needs group adm, or run with sudo',
  });
});

it('names the owner where no group may read it, and the folder that may not be entered', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, '1\n');
  const owned = guarded(() => 'EACCES', '', {
    stat: (path) => ({ ...systemFiles.stat(path), uid: 33, mode: 0o100600 }),
  });
  const watched = watch(log, {}, owned);
  watched.after(0);
  expect(watched.source.status().why).toBe('no permission: run as www-data, or with sudo');
  const closed = guarded(() => null, 'adm:x:4:\n', {
    stat(path) {
      if (path === log) throw failure('EACCES');
      return { ...systemFiles.stat(path), gid: 4, mode: 0o040750 };
    },
  });
  const outside = watch(log, {}, closed);
  outside.after(0);
  expect(outside.source.status().why).toMatch(/^no permission to enter \/.*: needs group adm, or run with sudo$/);
});

it('goes on by itself when permission is given, with what was there as the past', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, '1\n');
  let denied: string | null = 'EACCES';
  const watched = watch(
    log,
    {},
    guarded(() => denied),
  );
  watched.after(0);
  denied = null;
  expect(watched.after(250)).toEqual(['1']);
  expect(watched.old).toEqual(['1']);
  expect(watched.source.status()).toMatchObject({ state: 'FOLLOWING', why: null });
  denied = 'EACCES';
  appendFileSync(log, '2\n');
  expect(watched.after(250)).toEqual(['2']);
  renameSync(log, `${log}.1`);
  writeFileSync(log, '3\n');
  appendFileSync(`${log}.1`, 'late\n');
  expect(watched.after(250)).toEqual(['late']);
  expect(watched.source.status().state).toBe('UNREADABLE');
  denied = null;
  expect(watched.after(250)).toEqual(['<rotated RENAMED>', '3']);
});

it.each(['EMFILE', 'ENFILE'])(
  'waits with opening when descriptors run out (%s), gives idle ones back, and recovers',
  (code) => {
    const log = join(folder(), 'gateway.log');
    writeFileSync(log, '1\n');
    let full = false;
    const open = new Set<number>();
    const counted = filesWith({
      open(path) {
        if (full) throw failure(code);
        const fd = systemFiles.open(path);
        open.add(fd);
        return fd;
      },
      close(fd) {
        open.delete(fd);
        systemFiles.close(fd);
      },
    });
    const watched = watch(log, {}, counted);
    watched.after(0);
    renameSync(log, `${log}.1`);
    writeFileSync(log, '2\n');
    expect(watched.after(250)).toEqual(['<rotated RENAMED>', '2']);
    expect(open.size).toBe(2);
    full = true;
    renameSync(log, `${log}.2`);
    writeFileSync(log, '3\n');
    expect(watched.after(250)).toEqual([]);
    expect(open.size).toBe(1);
    expect(watched.source.status()).toMatchObject({ state: 'UNREADABLE' });
    expect(watched.source.status().why).toContain('too many open files');
    full = false;
    expect(watched.after(250).slice(-2)).toEqual(['<rotated RENAMED>', '3']);
    expect(watched.source.status().state).toBe('FOLLOWING');
  },
);

it('reports a loop of links, a dangling link and a folder, and goes on once a file is there', () => {
  const at = folder();
  const log = join(at, 'gateway.log');
  symlinkSync('gateway.log', log);
  const watched = watch(log);
  watched.after(0);
  expect(watched.source.status()).toMatchObject({ state: 'UNREADABLE', why: 'a loop of symbolic links' });
  rmSync(log);
  symlinkSync('nowhere.log', log);
  watched.after(250);
  expect(watched.source.status().state).toBe('MISSING');
  expect(watched.source.status().why).toContain('a symbolic link to nowhere.log, which is not there');
  rmSync(log);
  mkdirSync(log);
  watched.after(250);
  expect(watched.source.status()).toMatchObject({
    state: 'UNREADABLE',
    why: 'a directory, not a file: name the log file itself',
  });
  rmSync(log, { recursive: true });
  writeFileSync(log, '1\n');
  expect(watched.after(250)).toEqual(['1']);
  expect(watched.old).toEqual([]);
});

it.skipIf(!existsSync('/proc/self/fd'))(
  'reads a deleted log through the descriptor of the process that writes it, and warns',
  () => {
    const log = join(folder(), 'gateway.log');
    const fd = openSync(log, 'a');
    appendFileSync(fd, '1\n');
    rmSync(log);
    const watched = watch(`/proc/${process.pid}/fd/${fd}`, { kind: 'fd' });
    expect(watched.after(0)).toEqual(['1']);
    appendFileSync(fd, '2\n');
    expect(watched.after(250)).toEqual(['2']);
    expect(watched.source).toMatchObject({ kind: 'fd' });
    expect(watched.source.status()).toMatchObject({ state: 'FOLLOWING' });
    expect(watched.source.status().why).toContain('deleted while it is written');
    appendFileSync(fd, 'last');
    closeSync(fd);
    watched.after(250);
    expect(watched.source.status().state).toBe('MISSING');
    expect(watched.after(70_000)).toEqual(['last']);
  },
);

it('says what went wrong with reading and never throws', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, '1\n');
  let broken = false;
  const failing = filesWith({
    read(...args) {
      if (broken) throw failure('EIO');
      return systemFiles.read(...args);
    },
  });
  const watched = watch(log, {}, failing);
  watched.after(0);
  broken = true;
  appendFileSync(log, '2\n');
  watched.source.poll(250, 1 << 20);
  expect(watched.source.status()).toMatchObject({ state: 'UNREADABLE', why: 'cannot be read: EIO' });
  broken = false;
  expect(watched.after(250)).toEqual(['2']);
});

it('finds its place again when a network file system forgets the handle', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, '1\n');
  let stale = false;
  const forgetful = filesWith({
    fstat(fd) {
      if (!stale) return systemFiles.fstat(fd);
      stale = false;
      throw failure('ESTALE');
    },
  });
  const watched = watch(log, {}, forgetful);
  watched.after(0);
  stale = true;
  appendFileSync(log, '2\n');
  expect(watched.after(250).filter((told) => !told.startsWith('<'))).toEqual(['2']);
});

it('lets a rotated file go that cannot be read on, says so, and follows its successor', () => {
  const log = join(folder(), 'gateway.log');
  writeFileSync(log, '1\n');
  let broken: bigint | null = null;
  const failing = filesWith({
    read(fd, into, at, length, position) {
      if (broken === systemFiles.fstat(fd).ino) throw failure('EIO');
      return systemFiles.read(fd, into, at, length, position);
    },
  });
  const watched = watch(log, {}, failing);
  watched.after(0);
  renameSync(log, `${log}.1`);
  writeFileSync(log, '');
  watched.after(250);
  broken = systemFiles.stat(`${log}.1`).ino;
  appendFileSync(`${log}.1`, 'unreadable\n');
  appendFileSync(log, '2\n');
  expect(watched.after(250)).toEqual(['2', '<gap ROTATED_AWAY null>']);
  expect(watched.source.status().state).toBe('FOLLOWING');
});
