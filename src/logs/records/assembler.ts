import type { Gate } from '../../diagnosis/gate.ts';
import type { SourceItem } from '../source.ts';
import { goesOn, isTrace, note } from './continuation.ts';
import { createTimekeeper, type Timekeeper } from './head-time.ts';
import { HEAD, type Head, headOf } from './heads.ts';
import { createLookBack, type Kept, keptOf, type LookBack } from './look-back.ts';
import {
  addKept,
  addLine,
  closed,
  type Line,
  type LogRecord,
  type Open,
  type Origin,
  openRecord,
  seal,
} from './open-record.ts';
import { payloadOf, prefixOf, tagOf } from './prefix.ts';

export type { LogRecord } from './open-record.ts';

export type Lines = Extract<SourceItem, { type: 'lines' }>;

export interface Assembler {
  /** `received` is wall clock, ms; `now` is monotonic, ms. */
  feed(item: Lines, received: number, now: number): void;
  /** Ends records that got no line for a second. */
  settle(now: number): void;
  /** Ends what is open: the source is over. */
  flush(): void;
}

export interface AssemblerTools {
  /** False where a line is certain to be no event: it is passed over undecoded. */
  gate: Gate;
  onRecord(record: LogRecord): void;
  /** Each line outside a record, whatever the gate says of it; bytes of the payload. Not for history. */
  onLine?(bytes: Buffer, start: number, end: number): void;
}

/** A record waits so long for more of its lines, ms. */
const IDLE_MS = 1000;
/** A record that never pauses is told after this time, or after so many lines. */
const LONGEST_MS = 10_000;
const MOST_LINES = 2_000;
const LF = 10;
const CR = 13;

interface Stream {
  open: Open | null;
  kept: Kept | null;
}

/** Puts records together, one writer's lines at a time. Lines that the gate passes over are never decoded. */
export function createAssembler({ gate, onRecord, onLine }: AssemblerTools): Assembler {
  const streams = new Map<string, Stream>();
  let keeper: Timekeeper | null = null;

  const close = (stream: Stream): void => {
    const { open } = stream;
    stream.open = null;
    if (open !== null && keeper !== null) onRecord(closed(open, keeper.timeOf));
  };

  const feed = (item: Lines, received: number, now: number): void => {
    const { bytes, old, stamp } = item;
    keeper ??= createTimekeeper(received);
    const view = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const stream = streamOf(streams, item.stream);
    const block: Block = { view, offset: item.offset, origin: { old, stamp, received, now }, behind: createLookBack() };
    if (stream.kept !== null && now - stream.kept.now >= IDLE_MS) stream.kept = null;
    const seen = old ? undefined : onLine;
    for (let at = 0; at < view.length; ) {
      const lf = view.indexOf(LF, at);
      const stop = lf < 0 ? view.length : lf;
      const end = stop > at && view[stop - 1] === CR ? stop - 1 : stop;
      const payload = payloadOf(view, at, end);
      if (stream.open === null || !takes(stream, block, at, payload, end)) {
        seen?.(view, payload, end);
        if (gate(view, payload, end) || (view[payload] === 32 && isTrace(view, payload, end)))
          begin(stream, block, { start: at, payload, end });
      }
      at = stop + 1;
    }
    if (stream.open !== null) seal(stream.open);
    stream.kept = stream.open === null && view.length > 0 ? keptOf({ ...block, now }, stream.kept) : null;
  };

  /** Ends the record at `position`: what stands before it is told. */
  const leave = (stream: Stream, { behind }: Block, position: number): void => {
    close(stream);
    behind.forget(position);
    stream.kept = null;
  };

  /** True where the line goes on with the open record; else the record is ended. */
  const takes = (stream: Stream, block: Block, start: number, payload: number, end: number): boolean => {
    const open = stream.open as Open;
    const { view } = block;
    if (stays(open, block, start, payload, end)) {
      addLine(open, view, { start, payload, end });
      open.now = block.origin.now;
      // It is history only where all of it is.
      open.old = block.origin.old;
      if (open.head === HEAD.NONE) note(open.paragraph, view, payload, end);
      if (open.lines >= MOST_LINES) leave(stream, block, end);
      return true;
    }
    leave(stream, block, start - 1);
    return false;
  };

  const stays = (open: Open, { view }: Block, start: number, payload: number, end: number): boolean => {
    const head = headOf(view, payload, end);
    if (head !== HEAD.NONE) return open.lines === 1 && isCalm(open.head) && isDump(head, view, payload);
    if ((payload > start || open.tag !== '') && tagOf(view, start, payload) !== open.tag) return false;
    if (open.head === HEAD.NONE) return goesOn(open.paragraph, view, payload, end, () => gate(view, payload, end));
    return !(open.calm && open.head === HEAD.INFO && isTrace(view, payload, end));
  };

  /** Begins a record with a suspicious line, or with the calm head that it belongs to. */
  const begin = (stream: Stream, block: Block, line: Line): void => {
    const { view, origin } = block;
    const tag = tagOf(view, line.start, line.payload);
    const prefix = prefixOf(view, line.start, line.payload);
    const head = headOf(view, line.payload, line.end);
    const calm = head === HEAD.NONE || isDump(head, view, line.payload) ? calmBefore(stream, block, line, tag) : null;
    if (
      calm !== null &&
      (head === HEAD.NONE || calm.lines === 1) &&
      !(calm.head === HEAD.INFO && isTrace(view, line.payload, line.end))
    ) {
      stream.open = calm;
      addLine(calm, view, line);
      return;
    }
    const open = openRecord(origin, { head, calm: false, tag, prefix, offset: block.offset + line.start });
    addLine(open, view, line);
    if (head === HEAD.NONE) note(open.paragraph, view, line.payload, line.end);
    stream.open = open;
    if (head === HEAD.LINE) close(stream);
  };

  return {
    feed,
    settle(now) {
      for (const stream of streams.values()) {
        const { open } = stream;
        if (open !== null && (now - open.now >= IDLE_MS || now - open.began >= LONGEST_MS)) close(stream);
      }
    },
    flush() {
      for (const stream of streams.values()) {
        close(stream);
        stream.kept = null;
      }
    },
  };
}

interface Block {
  view: Buffer;
  offset: number;
  origin: Origin;
  behind: LookBack;
}

const isCalm = (head: Head): boolean => head === HEAD.INFO || head === HEAD.DEBUG;

/** At DEBUG LiteLLM prints a caller's request as it came, JSON on a line of its own: with a level in it, it looks like a log object. */
const isDump = (head: Head, view: Buffer, payload: number): boolean => head === HEAD.LINE && view[payload] === 123;

/** A record of the calm head before a line and of all between, the line itself left out; null where there is none. */
function calmBefore(stream: Stream, { view, offset, origin, behind }: Block, line: Line, tag: string): Open | null {
  const found = behind.find(view, line, tag);
  if (found !== null) {
    if (!isCalm(found.head)) return null;
    const prefix = prefixOf(view, found.start, found.payload);
    const record = openRecord(origin, { head: found.head, calm: true, tag, prefix, offset: offset + found.start });
    for (const part of linesBetween(view, found.start, line.start)) addLine(record, view, part);
    return record;
  }
  const { kept } = stream;
  if (kept === null || kept.tag !== tag) return null;
  const record = openRecord(origin, { head: kept.head, calm: true, tag, prefix: kept.prefix, offset: kept.offset });
  addKept(record, kept.text, kept.lines);
  for (const part of linesBetween(view, 0, line.start)) addLine(record, view, part);
  return record;
}

function* linesBetween(view: Buffer, from: number, to: number): Generator<Line> {
  for (let at = from; at < to; ) {
    const lf = view.indexOf(LF, at);
    const end = lf > at && view[lf - 1] === CR ? lf - 1 : lf;
    yield { start: at, payload: payloadOf(view, at, end), end };
    at = lf + 1;
  }
}

function streamOf(streams: Map<string, Stream>, name: string): Stream {
  const found = streams.get(name);
  if (found !== undefined) return found;
  const made: Stream = { open: null, kept: null };
  streams.set(name, made);
  return made;
}
