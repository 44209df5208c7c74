import * as fs from 'node:fs';
import { join } from 'node:path';
import { type FileStat, type FileSystem, systemFiles } from '../../../../src/logs/follow/file-system.ts';
import { inodeOf } from '../../../../src/logs/follow/identity.ts';

/** A file as it should be. Contents are bytes in a latin1 string. */
export interface ModelFile {
  inode: string;
  content: string;
  /** When it was last written, in steps of the disk. */
  changed: bigint;
  /** Its name now; null once it is deleted. */
  name: string | null;
}

/** What the disk tells of what it does. */
interface Events {
  /** A file's content, or the last hold on it, goes away right after this. */
  loss(file: ModelFile): void;
  unlink(): void;
  /** Nobody can read it any more. */
  gone(file: ModelFile): void;
}

/** Real files in a real folder, and beside each what it holds, who holds it open, and times that differ however fast the test is. */
export function createDisk(folder: string) {
  const files = new Map<string, ModelFile>();
  const births = new Map<bigint, bigint>();
  const opened = new Map<number, bigint>();
  const events: Events = { loss: () => {}, unlink: () => {}, gone: () => {} };
  const limits = { denied: false, chunk: 65_536 };
  let steps = 1n;

  const at = (name: string): string => join(folder, name);
  const keyOf = (ino: bigint): string => `${ino.toString(36)}.${(births.get(ino) ?? 0n).toString(36)}`;
  const tick = (): bigint => {
    steps += 1n;
    return steps;
  };
  const isHeld = (inode: string): boolean => [...opened.values()].some((ino) => keyOf(ino) === inode);
  const named = (name: string): ModelFile | null => {
    for (const file of files.values()) if (file.name === name) return file;
    return null;
  };
  const drop = (file: ModelFile): void => {
    events.loss(file);
    files.delete(file.inode);
    events.gone(file);
  };

  return {
    files,
    events,
    limits,
    at,
    isHeld,
    named,
    openCount: () => opened.size,
    create(name: string, content = ''): ModelFile {
      // Not held open by us: its inode number comes back after a deletion, as it does in the field.
      fs.writeFileSync(at(name), content, { encoding: 'latin1', flag: 'wx' });
      const stat = systemFiles.stat(at(name));
      const birthNs = tick();
      births.set(stat.ino, birthNs);
      const file = { inode: inodeOf({ ...stat, birthNs }), content, changed: birthNs, name };
      files.set(file.inode, file);
      return file;
    },
    /** Its real bytes were written by whoever calls this. */
    put(file: ModelFile, content: string): void {
      file.content = content;
      file.changed = tick();
    },
    rename(from: string, to: string): void {
      const file = named(from);
      if (!file) return;
      tick();
      fs.renameSync(at(from), at(to));
      file.name = to;
    },
    unlink(name: string): void {
      const file = named(name);
      if (!file) return;
      tick();
      events.unlink();
      fs.unlinkSync(at(name));
      file.name = null;
      if (!isHeld(file.inode)) drop(file);
    },
    empty(file: ModelFile): void {
      if (file.name === null) return;
      const kept = file.content;
      file.content = '';
      events.loss({ ...file, content: kept });
      file.changed = tick();
      fs.truncateSync(at(file.name), 0);
    },
    /** The file system as the reader sees it. */
    system: (): FileSystem => {
      const allowed = <A extends unknown[], R>(call: (...args: A) => R) => {
        return (...args: A): R => {
          if (limits.denied) throw Object.assign(new Error('denied'), { code: 'EACCES' });
          return call(...args);
        };
      };
      const dated = (stat: FileStat): FileStat => {
        const birthNs = births.get(stat.ino) ?? 0n;
        return { ...stat, birthNs, mtimeNs: files.get(inodeOf({ ...stat, birthNs }))?.changed ?? steps };
      };
      return {
        ...systemFiles,
        open: allowed((path) => {
          const fd = systemFiles.open(path);
          opened.set(fd, systemFiles.fstat(fd).ino);
          return fd;
        }),
        close(fd) {
          const inode = keyOf(opened.get(fd) ?? 0n);
          opened.delete(fd);
          systemFiles.close(fd);
          const file = files.get(inode);
          if (file && file.name === null && !isHeld(inode)) drop(file);
        },
        read: (fd, into, from, length, position) =>
          systemFiles.read(fd, into, from, Math.min(length, limits.chunk), position),
        fstat: (fd) => dated(systemFiles.fstat(fd)),
        stat: allowed((path) => dated(systemFiles.stat(path))),
        readdir: allowed(systemFiles.readdir),
        realpath: allowed(systemFiles.realpath),
        readlink: allowed(systemFiles.readlink),
      };
    },
  };
}
