import type { Stamp } from '../source.ts';
import type { LogLevel } from '../types.ts';
import { newParagraph, type Paragraph } from './continuation.ts';
import { type HeadFields, headFields } from './head-fields.ts';
import type { RecordTime } from './head-time.ts';
import { HEAD, type Head } from './heads.ts';

/** Lines that belong together: a head and what follows it, such as a traceback. */
export interface LogRecord extends Omit<HeadFields, 'level' | 'time'> {
  /** ERROR where nobody put a level before it: then it is told only if it is a failure. */
  level: LogLevel;
  time: RecordTime;
  /** The lines as they came, without foreign prefixes and colours, at most 64 KiB and 200 lines of them. */
  text: string;
  /** Physical lines, those that were cut away included. */
  lines: number;
  /** Where its first line stands. */
  offset: number;
  old: boolean;
  /** False where nobody put a level before it: a bare traceback, a line of another program. */
  headed: boolean;
}

/** Where a line stands in its block. */
export interface Line {
  start: number;
  payload: number;
  end: number;
}

/** What the block tells of each of its lines. */
export interface Origin {
  old: boolean;
  stamp: Stamp | null;
  /** Wall clock, ms. */
  received: number;
  /** Monotonic, ms. */
  now: number;
}

/** A record whose end has not come. */
export interface Open extends Origin {
  head: Head;
  /** It began with a calm line because of one that followed. */
  calm: boolean;
  /** Whose lines it takes: the prefix that a journal or composer gives them. */
  tag: string;
  prefix: string;
  /** Texts of whole lines, without the last LF of each. */
  parts: string[];
  /** Lines of the block at hand that stand together and are not decoded yet. */
  span: { view: Buffer; from: number; to: number } | null;
  bytes: number;
  kept: number;
  lines: number;
  offset: number;
  began: number;
  paragraph: Paragraph;
}

const RECORD_BYTES = 64 * 1024;
const RECORD_LINES = 200;
const LF = 10;

/** Where a record begins and who writes it. */
export type Beginning = Pick<Open, 'head' | 'calm' | 'tag' | 'prefix' | 'offset'>;

export function openRecord(origin: Origin, beginning: Beginning): Open {
  const { old, stamp, received, now } = origin;
  const { head, calm, tag, prefix, offset } = beginning;
  return {
    old,
    stamp,
    received,
    now,
    head,
    calm,
    tag,
    prefix,
    offset,
    parts: [],
    span: null,
    bytes: 0,
    kept: 0,
    lines: 0,
    began: now,
    paragraph: newParagraph(),
  };
}

/** Adds a line that stands in the block. Call `seal` before the block's bytes are gone. */
export function addLine(record: Open, view: Buffer, { start, payload, end }: Line): void {
  record.lines += 1;
  const room = RECORD_BYTES - record.bytes;
  if (record.kept >= RECORD_LINES || room <= 0) return;
  const stop = Math.min(end, payload + room);
  record.bytes += stop - payload + 1;
  record.kept += 1;
  const { span } = record;
  if (span !== null && payload === start && span.to === start - 1 && view[span.to] === LF) {
    span.to = stop;
    return;
  }
  seal(record);
  record.span = { view, from: payload, to: stop };
}

/** Decodes what is left of the block. */
export function seal(record: Open): void {
  const { span } = record;
  if (span === null) return;
  record.span = null;
  record.parts.push(plain(span.view.toString('utf8', span.from, span.to)));
}

/** Adds what was kept of lines in a block that is gone. */
export function addKept(record: Open, text: string, lines: number): void {
  record.parts.push(text);
  record.bytes += text.length + 1;
  record.kept += 1;
  record.lines += lines;
}

/** The record as it is when nothing more is added; `timeOf` reads its time. */
export function closed(record: Open, timeOf: (fields: HeadFields, record: Open) => RecordTime): LogRecord {
  seal(record);
  const all = record.parts.length === 1 ? (record.parts[0] as string) : record.parts.join('\n');
  const first = all.indexOf('\n');
  const fields = record.head === HEAD.NONE ? BARE : headFields(first < 0 ? all : all.slice(0, first));
  const { level, logger, pid, messageAt } = fields;
  const { lines, offset, old } = record;
  const headed = level !== null;
  const time = timeOf(fields, record);
  // Of a line that nobody explains the diagnosis asks which program wrote it.
  const text = headed ? all : record.prefix + all;
  const at = headed ? messageAt : record.prefix.length;
  return { level: level ?? 'ERROR', logger, pid, messageAt: at, time, text, lines, offset, old, headed };
}

const BARE: HeadFields = { level: null, logger: null, pid: null, time: null, messageAt: 0 };

/** LiteLLM colours its prefix in files too, up to 1.95.1. */
const COLOUR = /\u001b\[[0-9;]{0,12}m/g;

export function plain(line: string): string {
  return line.includes('\u001b') ? line.replace(COLOUR, '') : line;
}
