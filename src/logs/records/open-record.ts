import type { Stamp } from '../source.ts';
import { newParagraph, type Paragraph } from './continuation.ts';
import { type HeadFields, headFields, NO_HEAD } from './head-fields.ts';
import type { RecordTime } from './head-time.ts';
import { HEAD, type Head } from './heads.ts';

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
  /** Whose lines it takes: the prefix that a journal or composer gives them. */
  tag: string;
  prefix: string;
  parts: string[];
  bytes: number;
  lines: number;
  offset: number;
  began: number;
  paragraph: Paragraph;
}

const RECORD_BYTES = 64 * 1024;
const RECORD_LINES = 200;

export function openRecord(origin: Origin, head: Head, offset: number, tag: string, prefix: string): Open {
  const { old, stamp, received, now } = origin;
  const paragraph = newParagraph();
  return { old, stamp, received, now, head, tag, prefix, parts: [], bytes: 0, lines: 0, offset, began: now, paragraph };
}

/** Adds a line that stands in the block; the bytes are copied. */
export function addLine(record: Open, view: Buffer, { payload, end }: Line): void {
  record.lines += 1;
  const room = RECORD_BYTES - record.bytes;
  if (record.parts.length >= RECORD_LINES || room <= 0) return;
  const stop = Math.min(end, payload + room);
  record.parts.push(plain(view.toString('utf8', payload, stop)));
  record.bytes += stop - payload + 1;
}

/** Adds what was kept of lines in a block that is gone. */
export function addKept(record: Open, text: string, lines: number): void {
  record.parts.push(text);
  record.bytes += text.length + 1;
  record.lines += lines;
}

/** The record as it is when nothing more is added; `timeOf` reads its time. */
export function closed(record: Open, timeOf: (fields: HeadFields, record: Open) => RecordTime): LogRecord {
  const headed = record.head !== HEAD.NONE;
  const fields = headed ? headFields(record.parts[0] ?? '') : NO_HEAD;
  const { level, logger, pid, messageAt } = fields;
  const { lines, offset, old } = record;
  const time = timeOf(fields, record);
  // Of a line that nobody explains the diagnosis asks which program wrote it.
  const text = (headed ? '' : record.prefix) + record.parts.join('\n');
  return { level, logger, pid, messageAt, time, text, lines, offset, old, headed };
}

/** LiteLLM colours its prefix in files too, up to 1.95.1. */
const COLOUR = /\u001b\[[0-9;]{0,12}m/g;

export function plain(line: string): string {
  return line.includes('\u001b') ? line.replace(COLOUR, '') : line;
}
