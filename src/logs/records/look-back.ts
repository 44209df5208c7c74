import { HEAD, type Head, headOf } from './heads.ts';
import { type Line, plain } from './open-record.ts';
import { payloadOf, prefixOf, tagOf } from './prefix.ts';

/** How far back the head of a suspicious line is looked for. */
const BACK_LINES = 200;
const BACK_BYTES = 64 * 1024;
const KEPT_BYTES = 4 * 1024;
const LF = 10;

interface Found extends Line {
  head: Head;
}

/** Looks for heads behind suspicious lines of one block. Reads no line of it twice, however many suspicious ones there are. */
export interface LookBack {
  /** The head that a line without one belongs to, by the same writer; null where none is within reach. */
  find(view: Buffer, line: Line, tag: string): Found | null;
  /** What stands before `position` is told: nothing after it belongs to a head there. */
  forget(position: number): void;
}

export function createLookBack(): LookBack {
  let floor = 0;
  let seenTo = 0;
  let seenTag = '';
  let last: Found | null = null;
  return {
    find(view, line, tag) {
      const known = tag === seenTag;
      const found = search(view, line, tag, known ? Math.max(floor, seenTo) : floor);
      if (found !== null || !known) last = found;
      seenTo = line.start;
      seenTag = tag;
      return last !== null && line.start - last.start < BACK_BYTES ? last : null;
    },
    forget(position) {
      floor = position;
      last = null;
    },
  };
}

function search(view: Buffer, line: Line, tag: string, floor: number): Found | null {
  let end = line.start - 1;
  for (let back = 0; back < BACK_LINES && end > floor && line.start - end < BACK_BYTES; back += 1) {
    const start = view.lastIndexOf(LF, end - 1) + 1;
    const payload = payloadOf(view, start, end);
    const head = headOf(view, payload, end);
    if (head !== HEAD.NONE && tagOf(view, start, payload) === tag) return { start, payload, end, head };
    end = start - 1;
  }
  return null;
}

/** A calm head at the end of a block that is gone: what follows in the next one may be the first sign of trouble. */
export interface Kept {
  head: Head;
  tag: string;
  prefix: string;
  text: string;
  offset: number;
  lines: number;
  /** Monotonic time of its last line, ms. */
  now: number;
}

/** What is kept of a block that ends outside a record; null where its last head takes no more lines. */
export function keptOf(
  { view, offset, behind, now }: { view: Buffer; offset: number; behind: LookBack; now: number },
  before: Kept | null,
): Kept | null {
  const start = view.length < 2 ? 0 : view.lastIndexOf(LF, view.length - 2) + 1;
  const payload = payloadOf(view, start, view.length);
  const tag = tagOf(view, start, payload);
  const found = behind.find(view, { start: view.length, payload: view.length, end: view.length }, tag);
  if (found === null) {
    if (before === null || before.tag !== tag) return null;
    const lines = before.lines + linesIn(view, 0);
    return lines > BACK_LINES ? null : { ...before, lines, now };
  }
  if (found.head !== HEAD.INFO && found.head !== HEAD.DEBUG) return null;
  return {
    head: found.head,
    tag,
    prefix: prefixOf(view, found.start, found.payload),
    text: plain(view.toString('utf8', found.payload, Math.min(found.end, found.payload + KEPT_BYTES))),
    offset: offset + found.start,
    lines: linesIn(view, found.start),
    now,
  };
}

function linesIn(view: Buffer, from: number): number {
  let lines = 0;
  for (let at = view.indexOf(LF, from); at >= 0; at = view.indexOf(LF, at + 1)) lines += 1;
  return lines;
}
