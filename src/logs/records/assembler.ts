import type { Gate } from '../../diagnosis/gate.ts';
import type { SourceItem, Stamp } from '../source.ts';
import { type HeadFields, headFields } from './head-fields.ts';
import { type RecordTime, timeOf } from './head-time.ts';
import { isHead, payloadOf } from './heads.ts';

/** Lines that belong together: a head and what follows it, such as a traceback. */
export interface LogRecord extends Omit<HeadFields, 'time'> {
  time: RecordTime;
  /** The lines as they came, without foreign prefixes and colours, at most 64 KiB and 200 lines of them. */
  text: string;
  /** Physical lines, those that were cut away included. */
  lines: number;
  /** Where its first line stands. */
  offset: number;
  old: boolean;
}

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
  /** Each line outside a record, whatever the gate says of it; bytes of the payload. */
  onLine?(bytes: Buffer, start: number, end: number): void;
}

const RECORD_BYTES = 64 * 1024;
const RECORD_LINES = 200;
/** A record waits so long for more of its lines, ms. */
const IDLE_MS = 1000;
/** How many lines back the head of a suspicious line is looked for. */
const BACK_LINES = 200;
const LF = 10;
const CR = 13;

interface Open {
  /** Lines as bytes, from this block and from those before. */
  parts: string[];
  bytes: number;
  kept: number;
  lines: number;
  offset: number;
  old: boolean;
  stamp: Stamp | null;
  received: number;
  touched: number;
}

/** Where a line stands in its block. */
interface Line {
  start: number;
  payload: number;
  end: number;
}

/** The last head of a stream and how many lines came since: what a suspicious line in the next block belongs to. */
interface Before {
  text: string;
  offset: number;
  lines: number;
}

/** Puts records together, one writer's lines at a time. Lines that the gate passes over are never decoded. */
export function createAssembler({ gate, onRecord, onLine }: AssemblerTools): Assembler {
  const open = new Map<string, Open>();
  const before = new Map<string, Before>();

  let lastTold: RecordTime | null = null;
  /** In what was written before we looked, a line without a time is as old as the one before it. */
  const timed = (time: RecordTime, old: boolean): RecordTime => {
    if (time.from !== 'received') lastTold = time;
    return old && time.from === 'received' ? (lastTold ?? time) : time;
  };

  const close = (stream: string): void => {
    const record = open.get(stream);
    if (record === undefined) return;
    open.delete(stream);
    const { messageAt, level, logger, pid, time } = headFields(record.parts[0] ?? '');
    onRecord({
      level,
      logger,
      pid,
      messageAt,
      time: timed(timeOf(time, record.stamp, record.received), record.old),
      text: record.parts.join('\n'),
      lines: record.lines,
      offset: record.offset,
      old: record.old,
    });
  };

  const begin = (item: Lines, view: Buffer, line: Line, received: number, now: number): void => {
    const base = { old: item.old, stamp: item.stamp, received, touched: now };
    const head = headBehind(view, line);
    if (head !== null) {
      const record = { ...base, ...empty(), offset: item.offset + head.start };
      for (const part of linesBetween(view, head.start, line.start)) add(record, view, part);
      add(record, view, line);
      open.set(item.stream, record);
      return;
    }
    const earlier = before.get(item.stream);
    const record = { ...base, ...empty(), offset: earlier?.offset ?? item.offset + line.start };
    if (earlier !== undefined) {
      record.parts.push(earlier.text);
      record.bytes = earlier.text.length;
      record.kept = 1;
      record.lines = earlier.lines;
    }
    add(record, view, line);
    open.set(item.stream, record);
  };

  const feed = (item: Lines, received: number, now: number): void => {
    const { bytes, stream } = item;
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    let record = open.get(stream) ?? null;
    let at = 0;
    while (at < view.length) {
      const lf = view.indexOf(LF, at);
      const stop = lf < 0 ? view.length : lf;
      const end = stop > at && view[stop - 1] === CR ? stop - 1 : stop;
      const payload = payloadOf(view, at, end);
      if (record !== null) {
        if (!isHead(view, payload, end)) {
          add(record, view, { start: at, payload, end });
          record.touched = now;
          at = stop + 1;
          continue;
        }
        close(stream);
        record = null;
      }
      onLine?.(view, payload, end);
      if (gate(view, payload, end)) {
        const line = { start: at, payload, end };
        if (isHead(view, payload, end)) {
          record = { ...empty(), offset: item.offset + at, old: item.old, stamp: item.stamp, received, touched: now };
          add(record, view, line);
          open.set(stream, record);
        } else {
          begin(item, view, line, received, now);
          record = open.get(stream) ?? null;
        }
      }
      at = stop + 1;
    }
    if (record === null) remember(before, item, view);
    else before.delete(stream);
  };

  return {
    feed,
    settle(now) {
      for (const [stream, record] of open) if (now - record.touched >= IDLE_MS) close(stream);
    },
    flush() {
      for (const stream of [...open.keys()]) close(stream);
    },
  };
}

const empty = () => ({ parts: [] as string[], bytes: 0, kept: 0, lines: 0 });

function add(record: Pick<Open, 'parts' | 'bytes' | 'kept' | 'lines'>, view: Buffer, line: Line): void {
  record.lines += 1;
  const room = RECORD_BYTES - record.bytes;
  if (record.kept >= RECORD_LINES || room <= 0) return;
  const end = Math.min(line.end, line.payload + room);
  record.parts.push(plain(view.toString('utf8', line.payload, end)));
  record.bytes += end - line.payload + 1;
  record.kept += 1;
}

/** LiteLLM colours its prefix in files too, up to 1.95.1. */
const COLOUR = /\u001b\[[0-9;]{0,12}m/g;

function plain(line: string): string {
  return line.includes('\u001b') ? line.replace(COLOUR, '') : line;
}

/** The head that a line without one belongs to, in the same block; null where there is none within reach. */
function headBehind(view: Buffer, line: Line): Line | null {
  let end = line.start - 1;
  for (let back = 0; back < BACK_LINES && end > 0; back += 1) {
    const start = view.lastIndexOf(LF, end - 1) + 1;
    const payload = payloadOf(view, start, end);
    if (isHead(view, payload, end)) return { start, payload, end };
    end = start - 1;
  }
  return null;
}

function* linesBetween(view: Buffer, from: number, to: number): Generator<Line> {
  for (let at = from; at < to; ) {
    const lf = view.indexOf(LF, at);
    const end = lf > at && view[lf - 1] === CR ? lf - 1 : lf;
    yield { start: at, payload: payloadOf(view, at, end), end };
    at = lf + 1;
  }
}

/** At the end of a block its last head is kept: what follows in the next one may be the first sign of trouble. */
function remember(before: Map<string, Before>, item: Lines, view: Buffer): void {
  const head = headBehind(view, { start: view.length, payload: view.length, end: view.length });
  if (head === null) {
    const earlier = before.get(item.stream);
    if (earlier !== undefined) earlier.lines += countOf(view, 0);
    return;
  }
  before.set(item.stream, {
    text: plain(view.toString('utf8', head.payload, Math.min(head.end, head.payload + RECORD_BYTES))),
    offset: item.offset + head.start,
    lines: countOf(view, head.start),
  });
}

function countOf(view: Buffer, from: number): number {
  let lines = 0;
  for (let at = view.indexOf(LF, from); at >= 0; at = view.indexOf(LF, at + 1)) lines += 1;
  return lines;
}
