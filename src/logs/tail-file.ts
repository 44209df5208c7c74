import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';

/** How much of a file's past is read at first sight. */
const PAST_BYTES = 1024 * 1024;
/** How much is read in one poll at most; what is left waits for the next. */
const POLL_BYTES = 4 * 1024 * 1024;
/** A longer line is cut here; the rest of it is passed over. */
export const LINE_BYTES = 64 * 1024;

export interface TailLine {
  text: string;
  offset: number;
  /** True for what stood in the file before the first look. */
  old: boolean;
}

interface TailState {
  lines: number;
  behindBytes: number;
  rotations: number;
  gaps: number;
  /** Wall clock of the last line that came, ms. */
  lastLineAt: number | null;
  trouble: { kind: 'MISSING' | 'UNREADABLE'; why: string } | null;
}

export interface FileTail {
  readonly path: string;
  state(): TailState;
  /** Whole lines that came since the last poll. */
  poll(now: number): TailLine[];
  close(): void;
}

/** `whole` reads it from its beginning. Follows one file by name: a new file under the name (device, inode) or a shorter one is read from its beginning. */
export function tailFile(path: string, whole = false): FileTail {
  let fd: number | null = null;
  let identity = '';
  let offset = 0;
  let carry: Buffer = Buffer.alloc(0);
  let skipping = false;
  let first = true;
  let pastEnd = 0;
  const state: TailState = { lines: 0, behindBytes: 0, rotations: 0, gaps: 0, lastLineAt: null, trouble: null };

  const open = (): boolean => {
    try {
      const found = statSync(path);
      const now = `${found.dev}:${found.ino}`;
      if (fd !== null && now === identity) return true;
      const opened = openSync(path, 'r');
      if (fd !== null) {
        drain();
        closeSync(fd);
        state.rotations += 1;
      }
      fd = opened;
      identity = now;
      offset = first && !whole ? Math.max(0, found.size - PAST_BYTES) : 0;
      skipping = offset > 0;
      pastEnd = first ? found.size : 0;
      first = false;
      state.trouble = null;
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      state.trouble =
        code === 'ENOENT'
          ? { kind: 'MISSING', why: 'no such file' }
          : {
              kind: 'UNREADABLE',
              why: code === 'EACCES' ? 'no permission: run as its owner, in its group, or with sudo' : String(code),
            };
      return fd !== null;
    }
  };

  let drained: TailLine[] = [];
  const drain = (): void => {
    drained = fd === null ? [] : read(Number.MAX_SAFE_INTEGER);
    carry = Buffer.alloc(0);
    skipping = false;
  };

  const read = (limit: number): TailLine[] => {
    const handle = fd as number;
    const size = fstatSync(handle).size;
    if (size < offset) {
      state.rotations += 1;
      state.gaps += 1;
      offset = 0;
      carry = Buffer.alloc(0);
      skipping = false;
      pastEnd = 0;
    }
    const lines: TailLine[] = [];
    let left = Math.min(limit, size - offset);
    const chunk = Buffer.allocUnsafe(64 * 1024);
    while (left > 0) {
      const got = readSync(handle, chunk, 0, Math.min(chunk.length, left), offset);
      if (got === 0) break;
      split(chunk.subarray(0, got), lines);
      offset += got;
      left -= got;
    }
    state.behindBytes = Math.max(0, size - offset);
    return lines;
  };

  const split = (bytes: Buffer, lines: TailLine[]): void => {
    let from = 0;
    for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, from)) {
      const whole = carry.length === 0 ? bytes.subarray(from, at) : Buffer.concat([carry, bytes.subarray(from, at)]);
      const begin = offset + at - whole.length;
      if (!skipping) lines.push({ text: textOf(whole), offset: begin, old: begin < pastEnd });
      skipping = false;
      carry = Buffer.alloc(0);
      from = at + 1;
    }
    carry = Buffer.concat([carry, bytes.subarray(from)]);
    if (carry.length > LINE_BYTES) {
      if (!skipping)
        lines.push({
          text: textOf(carry.subarray(0, LINE_BYTES)),
          offset: offset + bytes.length - carry.length,
          old: false,
        });
      state.gaps += skipping ? 0 : 1;
      skipping = true;
      carry = Buffer.alloc(0);
    }
  };

  return {
    path,
    state: () => state,
    poll(now) {
      if (!open()) return [];
      const lines = [...drained, ...read(POLL_BYTES)];
      drained = [];
      state.lines += lines.length;
      if (lines.length > 0) state.lastLineAt = now;
      return lines;
    },
    close() {
      if (fd !== null) closeSync(fd);
      fd = null;
    },
  };
}

/** A line without its CR, copytruncate's leading NULs skipped; invalid UTF-8 as U+FFFD. */
export function textOf(bytes: Buffer): string {
  let begin = 0;
  while (bytes[begin] === 0) begin += 1;
  const end = bytes.at(-1) === 0x0d ? bytes.length - 1 : bytes.length;
  return bytes.subarray(begin, end).toString('utf8');
}
