import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs';
import { open, statfs } from 'node:fs/promises';

/** What asking the kernel for a file came to: its content, nothing there, or not ours to read. */
export type Found<T> = { kind: 'found'; value: T } | { kind: 'gone' } | { kind: 'denied' };

export interface Space {
  /** 0..1 as `df` counts it: of what an unprivileged user may fill. */
  usedRatio: number;
  freeBytes: number;
}

/**
 * The only way this room touches a file system. What is synchronous reads kernel tables that never wait (`stat`, `fd`,
 * `net/tcp`). What may wait is asynchronous and bounded: `cmdline` and `environ` take a lock of the process that they
 * describe, which one that hangs does not release; disks may be on a dead network.
 */
export interface ProcFiles {
  read(path: string): Found<string>;
  list(path: string): Found<string[]>;
  link(path: string): Found<string>;
  bytes(path: string): Uint8Array | null;
  slow(path: string): Promise<Found<string>>;
  space(path: string): Promise<Space | null>;
}

/** No answer within this counts as none, ms. */
const SLOW_MS = 1_000;
/** Larger files than this are no configuration: the rest is left unread. */
const SLOW_BYTES = 1_048_576;

/** One buffer for all synchronous reads: `readFileSync` allocates and asks for the size first, which costs as much again. */
const buffer = Buffer.allocUnsafe(65_536);

export const realFiles: ProcFiles = {
  read: (path) => attempt(() => readWhole(path)),
  list: (path) => attempt(() => readdirSync(path)),
  link: (path) => attempt(() => readlinkSync(path)),
  bytes(path) {
    const found = attempt(() => readFileSync(path));
    return found.kind === 'found' ? found.value : null;
  },
  slow: (path) => bounded(readSlowly(path), { kind: 'gone' }),
  space: (path) => bounded(spaceOf(path), null),
};

/**
 * The kernel fills a page with whole lines of a socket table, each shorter than 256 bytes: a piece that leaves room for one
 * more is the last. Asking once more only to hear that costs another walk through its hash of sockets, 2 to 5 ms.
 */
const PAGE_BYTES = 4096;
const LINE_BYTES = 256;

/** Reads to the end: the kernel gives most of these files a page at a time, whatever is asked for. */
function readWhole(path: string): string {
  const lastUnder = path.startsWith('/proc/net/tcp') ? PAGE_BYTES - LINE_BYTES : 1;
  const fd = openSync(path, 'r');
  try {
    let filled = 0;
    const parts: Buffer[] = [];
    for (;;) {
      const room = buffer.length - filled;
      const size = readSync(fd, buffer, filled, room, null);
      filled += size;
      if (size === 0 || (room >= PAGE_BYTES && size < lastUnder)) break;
      if (filled < buffer.length) continue;
      parts.push(Buffer.from(buffer));
      filled = 0;
    }
    const rest = buffer.subarray(0, filled);
    return parts.length === 0 ? rest.toString('utf8') : Buffer.concat([...parts, rest]).toString('utf8');
  } finally {
    closeSync(fd);
  }
}

async function readSlowly(path: string): Promise<Found<string>> {
  try {
    const file = await open(path, 'r');
    try {
      const parts: Buffer[] = [];
      for (let size = 0; size < SLOW_BYTES; ) {
        const { bytesRead, buffer: part } = await file.read(Buffer.allocUnsafe(65_536), 0, 65_536, null);
        if (bytesRead === 0) break;
        parts.push(part.subarray(0, bytesRead));
        size += bytesRead;
      }
      return { kind: 'found', value: Buffer.concat(parts).toString('utf8') };
    } finally {
      await file.close();
    }
  } catch (error) {
    return refusal(error);
  }
}

async function spaceOf(path: string): Promise<Space | null> {
  try {
    const { blocks, bfree, bavail, bsize } = await statfs(path);
    const used = blocks - bfree;
    if (used + bavail <= 0) return null;
    return { usedRatio: used / (used + bavail), freeBytes: bavail * bsize };
  } catch {
    return null;
  }
}

function attempt<T>(read: () => T): Found<T> {
  try {
    return { kind: 'found', value: read() };
  } catch (error) {
    return refusal(error);
  }
}

function refusal(error: unknown): { kind: 'gone' } | { kind: 'denied' } {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === 'EACCES' || code === 'EPERM' ? { kind: 'denied' } : { kind: 'gone' };
}

function bounded<T>(work: Promise<T>, otherwise: T): Promise<T> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(otherwise), SLOW_MS);
    void work.then((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}
