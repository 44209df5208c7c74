import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Far above any honest settings file. */
const MAX_FILE_BYTES = 1024 * 1024;

export type SmallFile =
  | { kind: 'text'; text: string; readableByOthers: boolean; foreign: boolean }
  | { kind: 'missing' }
  /** `why` follows the path in a sentence; `unsafe` where others could have written what it says. */
  | { kind: 'refused'; why: string; unsafe: boolean };

/** `found`: looked for in the folder where we stand. `named`: the user gave its path. */
type Trust = 'found' | 'named';
export type ReadSmallFile = (path: string, trust: Trust) => SmallFile;

/**
 * Reads a settings file that decides where a secret goes. Never waits (a FIFO is refused), never reads more than 1 MiB, and
 * refuses what another user could have put there: a file that everybody may write, or one in a folder where everybody may.
 * A named file of our own is safe in a sticky folder such as `/tmp`.
 */
export const readSmallFile: ReadSmallFile = (path, trust) => {
  let fd: number | null = null;
  try {
    // O_NONBLOCK: opening a FIFO without a writer would wait for one.
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    const stat = fstatSync(fd);
    const refusal = refusalOf(stat, path, trust);
    if (refusal !== null) return refusal;
    const bytes = readAll(fd);
    if (bytes === null) return refused('is larger than 1 MiB');
    const text = decode(bytes);
    if (text === null) return refused('is not UTF-8 text');
    return { kind: 'text', text, readableByOthers: (stat.mode & 0o044) !== 0, foreign: isForeign(stat) };
  } catch (error) {
    return failed(error as NodeJS.ErrnoException);
  } finally {
    if (fd !== null) closeSync(fd);
  }
};

function refused(why: string, unsafe = false): Extract<SmallFile, { kind: 'refused' }> {
  return { kind: 'refused', why, unsafe };
}

function refusalOf(stat: Stats, path: string, trust: Trust): SmallFile | null {
  if (stat.isDirectory()) return refused('is a directory');
  if (stat.isFIFO() || stat.isSocket()) return refused('is a pipe, not a file');
  if (!stat.isFile()) return refused('is a device, not a file');
  if (stat.size > MAX_FILE_BYTES) return refused('is larger than 1 MiB');
  if ((stat.mode & 0o002) !== 0) return refused('may be written by every user (chmod o-w)', true);
  const { mode } = statSync(dirname(path));
  const safeBySticky = trust === 'named' && (mode & 0o1000) !== 0 && !isForeign(stat);
  if ((mode & 0o002) !== 0 && !safeBySticky) return refused('is in a folder that every user may write to', true);
  return null;
}

function isForeign(stat: Stats): boolean {
  return stat.uid !== 0 && stat.uid !== (process.getuid?.() ?? stat.uid);
}

/** null when there is more than allowed: `/proc` files tell no size, and a file may grow. */
function readAll(fd: number): Buffer | null {
  const chunk = Buffer.alloc(64 * 1024);
  const parts: Buffer[] = [];
  let total = 0;
  for (;;) {
    const bytes = readSync(fd, chunk);
    if (bytes === 0) return Buffer.concat(parts);
    total += bytes;
    if (total > MAX_FILE_BYTES) return null;
    parts.push(Buffer.from(chunk.subarray(0, bytes)));
  }
}

function decode(bytes: Buffer): string | null {
  try {
    // The byte-order mark stays: python-dotenv keeps it too.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function failed(error: NodeJS.ErrnoException): SmallFile {
  switch (error.code) {
    case 'ENOENT':
      return { kind: 'missing' };
    case 'EACCES':
    case 'EPERM':
      return refused('cannot be read: permission denied');
    case 'ENOTDIR':
      return refused('cannot be read: a part of its path is no folder');
    case 'ENXIO':
      return refused('is a pipe, not a file');
    default:
      return refused(`cannot be read: ${error.code ?? 'unknown error'}`);
  }
}
