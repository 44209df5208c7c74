import type { SourceItem } from '../source.ts';
import { contentOf } from './content.ts';
import type { FileStat, FileSystem } from './file-system.ts';
import { agrees, fill, HEAD_BYTES, type Print, printOf, readExactly, TAIL_BYTES } from './identity.ts';
import { type Dropping, lineCutter } from './lines.ts';

/** Where reading stands in one file. `offset` is the next byte; `from` the first that was not handed on. */
export interface Place {
  offset: number;
  from: number;
  /** What is written below this was there at first sight. */
  pastEnd: number;
  drop: Dropping | null;
}

/** One opened file, read from `offset` on. It does not know its name. */
export interface FileReader {
  /** As of the last `look`. */
  stat(): FileStat;
  /** As of now. */
  statNow(): FileStat;
  /** True where the same bytes stand in this file at the same place. */
  has(bytes: Buffer, at: number): boolean;
  /** Bytes seen to exist and not read. */
  behind(): number;
  /** Bytes of a line that is not complete. */
  pending(): number;
  place(): Place;
  head(): Print;
  tail(): Print;
  /** The last bytes seen to exist, where they are not read yet; empty where all is read. */
  edge(): Print;
  /** Why its content is no log, null where it is one. */
  notText(): string | null;
  /** Looks at size and times. `TRUNCATED` when what was read no longer stands there; `TOUCHED` when bytes may have been replaced unseen. */
  look(): 'AS_BEFORE' | 'TRUNCATED' | 'TOUCHED';
  /** Reads into `block` at `at`, at most `limit` new bytes up to the size last seen; tells how many came and where the used part of `block` ends. */
  read(block: Buffer, at: number, limit: number, items: SourceItem[]): { got: number; end: number } | 'TRUNCATED';
  /** True within the hole that a writer leaves after copytruncate: what is behind are not lines. */
  inHole(): boolean;
  /** Passes over all but the last `keep` bytes, up to a line's beginning. */
  skipTo(keep: number): void;
  /** Begins again at 0. Tells how many bytes were seen or read and never handed on. */
  restart(): number;
  /** Hands on the partial last line. What may come behind it belongs to no line and is passed over. */
  flush(items: SourceItem[]): void;
  close(): void;
}

/** What a reader saw of a file, at its beginning, before its place and at its end. */
export interface Seen {
  head: Print;
  tail: Print;
  edge: Print;
}

/** Takes over `fd`, which stands at `place`. May throw what reading throws. */
export function fileReader(files: FileSystem, fd: number, place: Place): FileReader {
  const cutter = lineCutter();
  let { offset, pastEnd } = place;
  let stat = files.fstat(fd);
  let head = readExactly(files, fd, 0, Math.min(HEAD_BYTES, stat.size));
  let tail = readExactly(files, fd, Math.max(0, offset - TAIL_BYTES), Math.min(TAIL_BYTES, offset));
  // The last bytes seen to exist, while they are not read: a file is appended to, so they must stand there later too.
  let edge: Buffer = Buffer.alloc(0);
  let edgeAt = 0;
  let suspect: bigint | null = null;
  let notText: string | null = null;
  let judged = 0;
  if (place.drop) cutter.drop(place.drop);

  const tailAt = () => offset - tail.length;
  const still = (bytes: Buffer, at: number): boolean =>
    bytes.length === 0 || readExactly(files, fd, at, bytes.length).equals(bytes);
  const edgeStands = (): boolean => edgeAt + edge.length <= offset || still(edge, edgeAt);
  const stands = (): boolean => still(head, 0) && still(tail, tailAt()) && edgeStands();

  const grow = (block: Buffer, at: number, got: number): void => {
    if (head.length < HEAD_BYTES && offset <= head.length && offset + got > head.length) {
      const from = at + head.length - offset;
      head = Buffer.concat([head, block.subarray(from, Math.min(at + got, from + HEAD_BYTES - head.length))]);
    }
    tail =
      got >= TAIL_BYTES
        ? Buffer.from(block.subarray(at + got - TAIL_BYTES, at + got))
        : Buffer.concat([tail, block.subarray(at, at + got)]).subarray(-TAIL_BYTES);
  };

  const judge = (bytes: Buffer): void => {
    if (judged >= 4096) return;
    notText = contentOf(bytes, offset);
    judged += bytes.length;
  };

  const takeEdge = (size: number): void => {
    const begin = Math.max(offset, size - TAIL_BYTES);
    const bytes = readExactly(files, fd, begin, size - begin);
    // A hole may be filled by its writer, and some file systems show a size before its bytes.
    const from = bytes.lastIndexOf(0) + 1;
    edge = bytes.subarray(from);
    edgeAt = begin + from;
  };

  if (stat.size > offset) takeEdge(stat.size);

  const inHole = (): boolean => {
    const last = offset === 0 ? head : tail;
    return cutter.pending() === 0 && !cutter.dropping() && last.length > 0 && last.every((byte) => byte === 0);
  };

  /** Nothing of a binary file is read but its end, where the next look finds its place again. */
  const passOver = (at: number): { got: number; end: number } => {
    cutter.reset();
    offset = stat.size;
    tail = readExactly(files, fd, Math.max(0, offset - TAIL_BYTES), Math.min(TAIL_BYTES, offset));
    return { got: 0, end: at };
  };

  return {
    stat: () => stat,
    statNow: () => files.fstat(fd),
    has: (bytes, at) => readExactly(files, fd, at, bytes.length).equals(bytes),
    behind: () => Math.max(0, stat.size - offset),
    pending: () => cutter.pending(),
    place: () => ({ offset, from: offset - cutter.pending(), pastEnd, drop: cutter.dropping() }),
    head: () => printOf(head, 0),
    tail: () => printOf(tail, tailAt()),
    edge: () =>
      edge.length > 0 && edgeAt + edge.length > offset ? printOf(edge, edgeAt) : printOf(Buffer.alloc(0), 0),
    notText: () => notText,
    look() {
      const before = stat;
      const next = files.fstat(fd);
      if (next.size < offset || !stands()) return 'TRUNCATED';
      stat = next;
      // Taken as soon as it is there, not when it is read: what is cut off before that shows too.
      if (head.length < HEAD_BYTES && next.size > head.length)
        head = readExactly(files, fd, 0, Math.min(HEAD_BYTES, next.size));
      if (next.size > offset) takeEdge(next.size);
      // A write sets the time before it sets the size: only what stays so until the next look is suspicious.
      const odd = next.size === before.size && next.mtimeNs !== before.mtimeNs;
      const confirmed = suspect === next.mtimeNs && next.size === before.size;
      suspect = odd ? next.mtimeNs : null;
      return confirmed || next.size < before.size ? 'TOUCHED' : 'AS_BEFORE';
    },
    read(block, at, limit, items) {
      if (notText !== null) return passOver(at);
      const laid = cutter.lay(block, at);
      const want = Math.min(limit, stat.size - offset, block.length - at - laid);
      if (want <= 0) return { got: 0, end: at };
      const got = fill(files, fd, block, at + laid, want, offset);
      // Asked after reading: what was cut off before it, or while it, shows in the bytes that stand there now.
      if (!stands()) return 'TRUNCATED';
      if (got === 0) return { got: 0, end: at };
      judge(block.subarray(at + laid, at + laid + got));
      grow(block, at + laid, got);
      const begin = offset - laid;
      offset += got;
      if (notText === null) cutter.cut(block, at, at + laid + got, begin, (end) => end < pastEnd, items);
      return { got, end: at + laid + got };
    },
    inHole,
    skipTo(keep) {
      const target = stat.size - keep;
      if (target <= offset) return;
      const began = cutter.dropping();
      const bytes = target - offset + cutter.pending() + (began?.why ? began.bytes : 0);
      cutter.drop({ why: 'SKIPPED', bytes });
      offset = target;
      tail = readExactly(files, fd, Math.max(0, offset - TAIL_BYTES), Math.min(TAIL_BYTES, offset));
    },
    restart() {
      const drop = cutter.dropping();
      // What is behind a hole is of unknown size: the hole itself was never written.
      const unread = inHole() ? 0 : Math.max(0, stat.size - offset);
      const lost = unread + cutter.pending() + (drop?.why ? drop.bytes : 0);
      cutter.reset();
      offset = 0;
      pastEnd = 0;
      tail = Buffer.alloc(0);
      edge = Buffer.alloc(0);
      edgeAt = 0;
      suspect = null;
      notText = null;
      judged = 0;
      stat = files.fstat(fd);
      head = readExactly(files, fd, 0, Math.min(HEAD_BYTES, stat.size));
      if (stat.size > 0) takeEdge(stat.size);
      return lost;
    },
    flush(items) {
      const open = cutter.pending() > 0;
      cutter.flush(offset, offset <= pastEnd, items);
      if (open) cutter.drop({ why: 'SKIPPED', bytes: 0 });
    },
    close: () => files.close(fd),
  };
}

/** True where the file holds, at the same places, what a reader saw: it is that file or a copy that goes at least as far. */
export function holds(files: FileSystem, fd: number, size: number, seen: Seen): boolean {
  const prints = [seen.head, seen.tail, seen.edge];
  return prints.every((print) => size >= print.at + print.length && agrees(files, fd, print));
}
