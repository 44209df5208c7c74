import { createHash } from 'node:crypto';
import type { FileStat, FileSystem } from './file-system.ts';

/** How many first bytes tell one file from another. */
export const HEAD_BYTES = 256;
/** How many bytes before the reading position must still stand there. */
export const TAIL_BYTES = 64;

/** An inode for as long as it lives: after a deletion the number comes back at once (seen on ext4), its birth does not. */
export function inodeOf(stat: FileStat): string {
  return `${stat.ino.toString(36)}.${stat.birthNs.toString(36)}`;
}

/** Two stats taken while one of the two files is held open: then device and inode decide. */
export function sameNow(a: FileStat, b: FileStat): boolean {
  return a.ino === b.ino && a.dev === b.dev;
}

/** Some bytes at a place, without the bytes: a log's words do not belong into a state file. */
export interface Print {
  at: number;
  length: number;
  hash: string;
}

export function printOf(bytes: Uint8Array, at: number): Print {
  return { at, length: bytes.length, hash: hashOf(bytes) };
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 16);
}

/** Reads `[at..at+length)`, or less where the file ends before; short reads are continued. */
export function readExactly(files: FileSystem, fd: number, at: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  return bytes.subarray(0, fill(files, fd, bytes, 0, length, at));
}

/** Reads until `length` bytes came or the file ended. */
export function fill(
  files: FileSystem,
  fd: number,
  into: Buffer,
  at: number,
  length: number,
  position: number,
): number {
  let got = 0;
  while (got < length) {
    const more = files.read(fd, into, at + got, length - got, position + got);
    if (more <= 0) break;
    got += more;
  }
  return got;
}

/** True where the bytes of the print still stand in the file. An empty print says nothing and agrees. */
export function agrees(files: FileSystem, fd: number, print: Print): boolean {
  if (print.length === 0) return true;
  const bytes = readExactly(files, fd, print.at, print.length);
  return bytes.length === print.length && hashOf(bytes) === print.hash;
}
