import type { GapWhy, SourceItem } from '../source.ts';

/** A longer line is cut here; the rest of it is passed over and said. */
export const LINE_BYTES = 64 * 1024;

const LF = 0x0a;

/** Bytes that are passed over up to the next LF. `why` is null where nobody misses them: the middle of a line of the past. */
export interface Dropping {
  why: GapWhy | null;
  bytes: number;
}

/** Cuts one writer's bytes into blocks of whole lines. The bytes of a line's beginning wait in it until the rest comes. */
export interface LineCutter {
  /** Bytes of a line that is not complete. */
  pending(): number;
  dropping(): Dropping | null;
  drop(what: Dropping): void;
  /** Lays the waiting bytes at `at` and tells their number; what is read next goes behind them. Changes nothing. */
  lay(into: Buffer, at: number): number;
  /** Cuts `block[from..to)`: the waiting bytes as laid, then new ones. `offset` is where `block[from]` stands in the file. */
  cut(
    block: Buffer,
    from: number,
    to: number,
    offset: number,
    old: (end: number) => boolean,
    items: SourceItem[],
  ): void;
  /** Gives the partial last line with an LF of ours: nothing more belongs to it. */
  flush(offset: number, old: boolean, items: SourceItem[]): void;
  /** Forgets the partial line and what is being dropped. */
  reset(): void;
}

export function lineCutter(stream = ''): LineCutter {
  let carry: Buffer = Buffer.alloc(0);
  let carried = 0;
  let drop: Dropping | null = null;

  const lines = (bytes: Buffer, offset: number, old: boolean): SourceItem => {
    return { type: 'lines', bytes, offset, old, stream, stamp: null };
  };

  const keep = (block: Buffer, from: number, to: number): void => {
    carried = to - from;
    if (carried > carry.length) carry = Buffer.allocUnsafe(carried < 4096 ? 4096 : LINE_BYTES);
    block.copy(carry, 0, from, to);
  };

  /** Ends a drop at the LF that closes the line; tells where the next line begins, or -1. */
  const passOver = (block: Buffer, from: number, to: number, items: SourceItem[]): number => {
    if (!drop) return from;
    const found = block.indexOf(LF, from);
    const end = found < 0 || found >= to ? to : found;
    // A capped line was handed on with an LF of its own; skipped lines lose theirs too.
    drop.bytes += end - from + (end < to && drop.why !== 'CAPPED' ? 1 : 0);
    if (end === to) return -1;
    tellDrop(items);
    return end + 1;
  };

  const tellDrop = (items: SourceItem[]): void => {
    if (drop?.why && drop.bytes > 0) items.push({ type: 'gap', bytes: drop.bytes, why: drop.why });
    drop = null;
  };

  return {
    pending: () => carried,
    dropping: () => drop,
    drop(what) {
      carried = 0;
      drop = { ...what };
    },
    lay(into, at) {
      return carry.copy(into, at, 0, carried);
    },
    cut(block, from, to, offset, old, items) {
      carried = 0;
      const base = offset - from;
      const begin = passOver(block, from, to, items);
      if (begin < 0) return;
      const last = block.lastIndexOf(LF, to - 1);
      const end = last < begin ? begin : last + 1;
      for (const [a, b] of withoutNulRuns(block, begin, end)) {
        for (const piece of capped(block, a, b)) {
          if (typeof piece === 'number') items.push({ type: 'gap', bytes: piece, why: 'CAPPED' });
          else pushByAge(block, piece, base, old, items, lines);
        }
      }
      const rest = afterNuls(block, end, to);
      if (to - rest <= LINE_BYTES) return keep(block, rest, to);
      const at = cutAt(block, rest);
      drop = { why: 'CAPPED', bytes: to - at };
      block[at] = LF;
      items.push(lines(block.subarray(rest, at + 1), base + rest, old(base + at)));
    },
    flush(offset, old, items) {
      if (carried > 0) {
        const whole = Buffer.allocUnsafe(carried + 1);
        carry.copy(whole, 0, 0, carried);
        whole[carried] = LF;
        items.push(lines(whole, offset - carried, old));
        carried = 0;
      }
      tellDrop(items);
    },
    reset() {
      carried = 0;
      drop = null;
    },
  };
}

type Piece = readonly [from: number, to: number];

/** One block, or two where it spans the first look: what stood there before, and what came since. */
function pushByAge(
  block: Buffer,
  [from, to]: Piece,
  base: number,
  old: (end: number) => boolean,
  items: SourceItem[],
  lines: (bytes: Buffer, offset: number, old: boolean) => SourceItem,
): void {
  const isOld = old(base + to - 1);
  if (isOld || !old(base + from)) {
    items.push(lines(block.subarray(from, to), base + from, isOld));
    return;
  }
  let split = from;
  for (let at = block.indexOf(LF, from); at >= 0 && at < to && old(base + at); at = block.indexOf(LF, at + 1))
    split = at + 1;
  if (split > from) items.push(lines(block.subarray(from, split), base + from, true));
  items.push(lines(block.subarray(split, to), base + split, false));
}

/** Whole lines `[from..to)`, long ones cut in place; a number stands for the bytes cut off before it. */
function* capped(block: Buffer, from: number, to: number): Generator<Piece | number> {
  let begin = from;
  let at = from;
  while (to - at > LINE_BYTES + 1) {
    const last = block.lastIndexOf(LF, at + LINE_BYTES);
    if (last >= at) {
      at = last + 1;
      continue;
    }
    if (at > begin) yield [begin, at];
    const cut = cutAt(block, at);
    const end = block.indexOf(LF, cut);
    block[cut] = LF;
    yield [at, cut + 1];
    yield end - cut;
    at = end + 1;
    begin = at;
  }
  if (to > begin) yield [begin, to];
}

/** Where a long line is cut: at 64 KiB, or before the character that stands across it. */
export function cutAt(block: Buffer, from: number): number {
  const end = from + LINE_BYTES;
  for (let at = end; at > end - 4; at -= 1) if (((block[at] as number) & 0xc0) !== 0x80) return at;
  return end;
}

/** `[from..to)` without the runs of NUL that stand where a line begins: a writer's hole after copytruncate. */
function* withoutNulRuns(block: Buffer, from: number, to: number): Generator<Piece> {
  let begin = from;
  let nul = block.subarray(0, to).indexOf(0, from);
  while (nul >= 0) {
    if (nul === begin || block[nul - 1] === LF) {
      if (nul > begin) yield [begin, nul];
      begin = afterNuls(block, nul, to);
      if (block[begin] === LF && begin < to) begin += 1;
      nul = block.subarray(0, to).indexOf(0, begin);
    } else {
      const end = block.indexOf(LF, nul);
      nul = end < 0 || end >= to ? -1 : block.subarray(0, to).indexOf(0, end + 1);
    }
  }
  if (to > begin) yield [begin, to];
}

function afterNuls(block: Buffer, from: number, to: number): number {
  let at = from;
  while (at < to && block[at] === 0) at += 1;
  return at;
}
