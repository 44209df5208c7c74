import * as fs from 'node:fs';
import { join } from 'node:path';
import { type FileStat, type FileSystem, systemFiles } from '../../../../src/logs/follow/file-system.ts';
import { inodeOf } from '../../../../src/logs/follow/identity.ts';

/** A file as it should be. Contents are bytes in a latin1 string. */
export interface ModelFile {
  inode: string;
  content: string;
  /** When it was last written, in steps of the world. */
  changed: bigint;
  /** Its name now; null once it is deleted. */
  name: string | null;
}

/** One process that writes lines. */
interface Writer {
  file: ModelFile | null;
  fd: number;
  /** Where it writes next; null for one that appends. */
  at: number | null;
  /** What is missing of the line that it has begun. */
  rest: string;
}

/** So many generations are kept by rotation. */
const KEEP = 4;

/** A folder with a log, its writers and what rotation does to it: the real files, and beside them what they hold. */
export class World {
  readonly files = new Map<string, ModelFile>();
  readonly writers: Writer[] = [];
  /** Every complete line that ever was, by its bytes: the number of its completion and the file it was written into. */
  readonly lines = new Map<string, { index: number; inode: string }>();
  written = 0;
  denied = false;
  /** Read calls give no more than this at once. */
  chunk = 65_536;
  /** Called with a file right before its content, or the last hold on it, goes away. */
  onLoss: (file: ModelFile) => void = () => {};
  onUnlink: () => void = () => {};
  private readonly births = new Map<bigint, bigint>();
  private readonly opened = new Map<number, bigint>();
  private born = 1n;
  private count = 0;
  private changes = 1n;
  readonly folder: string;
  readonly linked: boolean;
  private target = 'a.log';

  constructor(folder: string, writers: number, kind: 'append' | 'position' | 'link') {
    this.folder = folder;
    this.linked = kind === 'link';
    for (let index = 0; index < writers; index += 1) {
      this.writers.push({ file: null, fd: -1, at: kind === 'position' && writers === 1 ? 0 : null, rest: '' });
    }
    if (this.linked) fs.symlinkSync('a.log', this.path());
  }

  private tick(): bigint {
    this.changes += 1n;
    return this.changes;
  }

  path = (): string => join(this.folder, 'gateway.log');
  /** The name that the log's name leads to. */
  current = (): string => (this.linked ? this.target : 'gateway.log');
  private at = (name: string): string => join(this.folder, name);

  /** The file system as the reader sees it: short reads, denials, and times that differ however fast the test is. */
  system(): FileSystem {
    const allowed = <A extends unknown[], R>(call: (...args: A) => R) => {
      return (...args: A): R => {
        if (this.denied) throw Object.assign(new Error('denied'), { code: 'EACCES' });
        return call(...args);
      };
    };
    const born = (stat: FileStat): FileStat => {
      const birthNs = this.births.get(stat.ino) ?? 0n;
      const changed = this.files.get(inodeOf({ ...stat, birthNs }))?.changed;
      return { ...stat, birthNs, mtimeNs: changed ?? this.changes };
    };
    return {
      ...systemFiles,
      open: allowed((path) => {
        const fd = systemFiles.open(path);
        this.opened.set(fd, systemFiles.fstat(fd).ino);
        return fd;
      }),
      close: (fd) => {
        const inode = this.inodeKey(this.opened.get(fd) ?? 0n);
        this.opened.delete(fd);
        systemFiles.close(fd);
        const file = this.files.get(inode);
        if (file && file.name === null && !this.isHeld(inode)) this.gone(file);
      },
      read: (fd, into, at, length, position) => systemFiles.read(fd, into, at, Math.min(length, this.chunk), position),
      fstat: (fd) => born(systemFiles.fstat(fd)),
      stat: allowed((path) => born(systemFiles.stat(path))),
      readdir: allowed(systemFiles.readdir),
      realpath: allowed(systemFiles.realpath),
      readlink: allowed(systemFiles.readlink),
    };
  }

  private inodeKey = (ino: bigint): string => `${ino.toString(36)}.${(this.births.get(ino) ?? 0n).toString(36)}`;

  /** True while the reader holds it open. */
  isHeld(inode: string): boolean {
    for (const ino of this.opened.values()) if (this.inodeKey(ino) === inode) return true;
    return false;
  }

  openCount = (): number => this.opened.size;

  named(name: string): ModelFile | null {
    for (const file of this.files.values()) if (file.name === name) return file;
    return null;
  }

  create(name: string): ModelFile {
    // Not held open by us: its inode number comes back after a deletion, as it does in the field.
    fs.closeSync(fs.openSync(this.at(name), 'wx'));
    const stat = systemFiles.stat(this.at(name));
    this.births.set(stat.ino, this.born);
    const file = { inode: inodeOf({ ...stat, birthNs: this.born }), content: '', changed: this.tick(), name };
    this.born += 1n;
    this.files.set(file.inode, file);
    return file;
  }

  /** What a writer does at its start and when it is told to reopen. */
  reopen(writer: Writer): void {
    if (writer.fd >= 0) fs.closeSync(writer.fd);
    const file = this.named(this.current()) ?? this.create(this.current());
    writer.file = file;
    writer.fd = fs.openSync(this.at(this.current()), writer.at === null ? 'a' : 'r+');
    if (writer.at !== null) writer.at = file.content.length;
    writer.rest = '';
  }

  private put(writer: Writer, bytes: string): void {
    const { file } = writer;
    if (!file || bytes === '') return;
    const before = file.content;
    if (writer.at === null) {
      fs.writeSync(writer.fd, bytes, null, 'latin1');
      file.content += bytes;
    } else {
      fs.writeSync(writer.fd, bytes, writer.at, 'latin1');
      file.content =
        before.padEnd(writer.at, '\0').slice(0, writer.at) + bytes + before.slice(writer.at + bytes.length);
      writer.at += bytes.length;
    }
    file.changed = this.tick();
    this.written += bytes.length;
    this.note(file, before.lastIndexOf('\n') + 1);
  }

  private note(file: ModelFile, from: number): void {
    const whole = file.content.slice(from).split('\n');
    whole.pop();
    for (const line of whole) {
      const key = bare(line);
      if (!this.lines.has(key)) this.lines.set(key, { index: this.lines.size, inode: file.inode });
    }
  }

  private text(size: number): string {
    this.count += 1;
    // The first byte alone tells one line from those around it: a head of one byte cannot be told from an equal one.
    const sign = String.fromCharCode(0x41 + (this.count % 57));
    return Buffer.from(`${sign}${this.count} ${'häß→'.repeat(Math.ceil(size / 8))} end${this.count};`).toString(
      'latin1',
    );
  }

  /** Whole lines; a line that was begun is completed first. */
  write(writer: Writer, count: number, size: number): void {
    let bytes = writer.rest === '' ? '' : `${writer.rest}\n`;
    writer.rest = '';
    for (let index = 0; index < count; index += 1) bytes += `${this.text(size)}\n`;
    this.put(writer, bytes);
  }

  /** The beginning of a line, cut anywhere, within a character too. */
  begin(writer: Writer, cut: number): void {
    if (writer.rest !== '') return;
    const line = this.text(24);
    const at = 1 + (cut % (line.lastIndexOf(' ') - 1));
    writer.rest = line.slice(at);
    this.put(writer, line.slice(0, at));
  }

  /** Names of rotated files move up by one; what is too old is deleted. */
  private shift(): void {
    for (const suffix of ['', '.gz']) this.unlink(`${this.current()}.${KEEP}${suffix}`);
    for (let index = KEEP - 1; index >= 1; index -= 1) {
      for (const suffix of ['', '.gz'])
        this.rename(`${this.current()}.${index}${suffix}`, `${this.current()}.${index + 1}${suffix}`);
    }
  }

  private rename(from: string, to: string): void {
    const file = this.named(from);
    if (!file) return;
    this.tick();
    fs.renameSync(this.at(from), this.at(to));
    file.name = to;
  }

  unlink(name: string): void {
    const file = this.named(name);
    if (!file) return;
    this.tick();
    this.onUnlink();
    fs.unlinkSync(this.at(name));
    file.name = null;
    if (!this.isHeld(file.inode)) this.gone(file);
  }

  /** Nobody can read it any more. A writer may still hold it, for itself. */
  private gone(file: ModelFile): void {
    this.onLoss(file);
    this.files.delete(file.inode);
    for (const writer of this.writers) if (writer.file === file) writer.file = null;
  }

  rotate(create: boolean): void {
    if (!this.named(this.current())) return;
    this.shift();
    this.rename(this.current(), `${this.current()}.1`);
    if (create) this.create(this.current());
  }

  /** `late` lines are written between the copy and the cut: nobody will ever see them. */
  copyTruncate(late: number): void {
    const file = this.named(this.current());
    if (!file) return;
    this.shift();
    const copy = this.create(`${this.current()}.1`);
    copy.content = file.content;
    copy.changed = this.tick();
    fs.writeFileSync(this.at(`${this.current()}.1`), file.content, 'latin1');
    const writer = this.writers.find((one) => one.file === file);
    if (writer && late > 0) this.write(writer, late, 16);
    this.cut(file);
  }

  private cut(file: ModelFile): void {
    const kept = file.content;
    file.content = '';
    this.onLoss({ ...file, content: kept });
    file.changed = this.tick();
    fs.truncateSync(this.at(this.current()), 0);
  }

  /** Emptied, and filled again to the same size or `more` bytes beyond before anybody looks. */
  refill(more: number): void {
    const file = this.named(this.current());
    const writer = this.writers.find((one) => one.file === file);
    if (!file || !writer) return;
    const { length } = file.content;
    this.cut(file);
    writer.rest = '';
    if (writer.at !== null) writer.at = 0;
    const line = this.text(8);
    const fill = Math.max(0, length + more - line.length - 2);
    this.put(writer, `${line} ${'x'.repeat(fill)}\n`);
  }

  /** Its writers stop and it is deleted: a file made next may get the same inode number. */
  remove(): void {
    const file = this.named(this.current());
    for (const writer of this.writers) {
      if (writer.file !== file || !file) continue;
      fs.closeSync(writer.fd);
      Object.assign(writer, { fd: -1, file: null, rest: '' });
    }
    this.unlink(this.current());
  }

  /** One generation is packed: its bytes are there, but not as lines. */
  compress(generation: number): void {
    const name = `${this.current()}.${generation}`;
    if (!this.named(name) || this.named(`${name}.gz`)) return;
    this.create(`${name}.gz`);
    fs.writeFileSync(this.at(`${name}.gz`), '\x1f\x8b packed', 'latin1');
    this.unlink(name);
  }

  /** The link leads to the other file from now on. */
  swap(): void {
    if (!this.linked) return;
    this.target = this.target === 'a.log' ? 'b.log' : 'a.log';
    if (!this.named(this.target)) this.create(this.target);
    fs.unlinkSync(this.path());
    fs.symlinkSync(this.target, this.path());
  }

  close(): void {
    for (const { fd } of this.writers) if (fd >= 0) fs.closeSync(fd);
  }
}

/** A line without the hole before it. */
export const bare = (line: string): string => line.replace(/^\0+/, '');
