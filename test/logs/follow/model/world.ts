import * as fs from 'node:fs';
import { createDisk, type ModelFile } from './disk.ts';

/** One process that writes lines. */
export interface Writer {
  file: ModelFile | null;
  fd: number;
  /** Where it writes next; null for one that appends. */
  at: number | null;
  /** What is missing of the line that it has begun. */
  rest: string;
}

export type World = ReturnType<typeof createWorld>;
export type WorldKind = 'append' | 'position' | 'link';

/** So many generations are kept by rotation. */
const KEEP = 4;

/** A folder with a log, its writers and what rotation does to it. */
export function createWorld(folder: string, writerCount: number, kind: WorldKind) {
  const disk = createDisk(folder);
  const linked = kind === 'link';
  // Two writers that each keep a place of their own would overwrite each other.
  const first = kind === 'position' && writerCount === 1 ? 0 : null;
  const writers = Array.from({ length: writerCount }, (): Writer => ({ file: null, fd: -1, at: first, rest: '' }));
  /** Every complete line that ever was, by its bytes: the number of its completion and the file it was written into. */
  const lines = new Map<string, { index: number; inode: string }>();
  const path = disk.at('gateway.log');
  let target = 'a.log';
  let count = 0;
  let written = 0;
  if (linked) fs.symlinkSync(target, path);

  disk.events.gone = (file) => {
    for (const writer of writers) if (writer.file === file) writer.file = null;
  };
  const current = (): string => (linked ? target : 'gateway.log');
  const currentFile = (): ModelFile | null => disk.named(current());
  const generation = (index: number): string => `${current()}.${index}`;

  const note = (file: ModelFile, from: number): void => {
    for (const line of file.content.slice(from).split('\n').slice(0, -1).map(bare)) {
      if (!lines.has(line)) lines.set(line, { index: lines.size, inode: file.inode });
    }
  };

  const put = (writer: Writer, bytes: string): void => {
    const { file } = writer;
    if (!file || bytes === '') return;
    const before = file.content;
    fs.writeSync(writer.fd, bytes, writer.at, 'latin1');
    if (writer.at === null) disk.put(file, before + bytes);
    else {
      const hole = before.padEnd(writer.at, '\0');
      disk.put(file, hole.slice(0, writer.at) + bytes + hole.slice(writer.at + bytes.length));
      writer.at += bytes.length;
    }
    written += bytes.length;
    note(file, before.lastIndexOf('\n') + 1);
  };

  const newLine = (size: number): string => {
    count += 1;
    // The first byte alone tells one line from those around it: a head of one byte cannot be told from an equal one.
    const sign = String.fromCharCode(0x41 + (count % 57));
    return Buffer.from(`${sign}${count} ${'häß→'.repeat(Math.ceil(size / 8))} end${count};`).toString('latin1');
  };

  /** Whole lines; a line that was begun is completed first. */
  const write = (writer: Writer, number: number, size: number): void => {
    let bytes = writer.rest === '' ? '' : `${writer.rest}\n`;
    writer.rest = '';
    for (let index = 0; index < number; index += 1) bytes += `${newLine(size)}\n`;
    put(writer, bytes);
  };

  /** Names of rotated files move up by one; what is too old is deleted. */
  const shift = (): void => {
    for (const suffix of ['', '.gz']) {
      disk.unlink(generation(KEEP) + suffix);
      for (let index = KEEP - 1; index >= 1; index -= 1)
        disk.rename(generation(index) + suffix, generation(index + 1) + suffix);
    }
  };

  /** Its writers stop and it is deleted: a file made next may get the same inode number. */
  const remove = (): void => {
    const file = currentFile();
    if (!file) return;
    for (const writer of writers.filter((one) => one.file === file)) {
      fs.closeSync(writer.fd);
      Object.assign(writer, { fd: -1, file: null, rest: '' });
    }
    disk.unlink(current());
  };

  return {
    disk,
    path,
    linked,
    writers,
    lines,
    current,
    currentFile,
    /** Bytes that were ever written. */
    written: () => written,
    write,
    remove,
    /** What a writer does at its start and when it is told to reopen. */
    reopen(writer: Writer): void {
      if (writer.fd >= 0) fs.closeSync(writer.fd);
      const file = currentFile() ?? disk.create(current());
      const at = writer.at === null ? null : file.content.length;
      Object.assign(writer, { file, fd: fs.openSync(disk.at(current()), at === null ? 'a' : 'r+'), at, rest: '' });
    },
    /** The beginning of a line, cut anywhere, within a character too. */
    begin(writer: Writer, cut: number): void {
      if (writer.rest !== '') return;
      const line = newLine(24);
      const at = 1 + (cut % (line.lastIndexOf(' ') - 1));
      writer.rest = line.slice(at);
      put(writer, line.slice(0, at));
    },
    rotate(create: boolean): void {
      if (!currentFile()) return;
      shift();
      disk.rename(current(), generation(1));
      if (create) disk.create(current());
    },
    /** `late` lines are written between the copy and the cut: nobody will ever see them. */
    copyTruncate(late: number): void {
      const file = currentFile();
      if (!file) return;
      shift();
      disk.create(generation(1), file.content);
      const writer = writers.find((one) => one.file === file);
      if (writer && late > 0) write(writer, late, 16);
      disk.empty(file);
    },
    /** Emptied, and filled again to the same size or `more` bytes beyond before anybody looks. */
    refill(more: number): void {
      const file = currentFile();
      const writer = writers.find((one) => one.file === file);
      if (!file || !writer) return;
      const { length } = file.content;
      disk.empty(file);
      writer.rest = '';
      if (writer.at !== null) writer.at = 0;
      const line = newLine(8);
      put(writer, `${line} ${'x'.repeat(Math.max(0, length + more - line.length - 2))}\n`);
    },
    /** One generation is packed: its bytes are there, but not as lines. */
    compress(index: number): void {
      const name = generation(index);
      if (!disk.named(name) || disk.named(`${name}.gz`)) return;
      disk.create(`${name}.gz`, '\x1f\x8b packed');
      disk.unlink(name);
    },
    /** The link leads to the other file from now on. */
    swap(): void {
      if (!linked) return;
      target = target === 'a.log' ? 'b.log' : 'a.log';
      if (!currentFile()) disk.create(target);
      fs.unlinkSync(path);
      fs.symlinkSync(target, path);
    },
    close(): void {
      for (const { fd } of writers) if (fd >= 0) fs.closeSync(fd);
    },
  };
}

/** A line without the hole before it. */
export const bare = (line: string): string => line.replace(/^\0+/, '');
