import type { Scrub } from '../text/safe-text.ts';
import type { Happening } from './records/happening.ts';
import type { LogEvent } from './types.ts';

/** A happening as every face shows it: sanitised and redacted. */
export function eventOf(id: number, path: string, { record, diagnosis }: Happening, scrub: Scrub): LogEvent {
  const { at, from } = record.time;
  return {
    id,
    at,
    atFrom: from,
    level: record.level,
    diagnosis,
    text: diagnosis.text,
    record: scrub(record.text),
    lines: record.lines,
    count: 1,
    lastAt: at,
    path: scrub(path),
    offset: record.offset,
    old: record.old,
  };
}

/** The same once more. */
export function grown(event: LogEvent, at: number): LogEvent {
  return { ...event, count: event.count + 1, lastAt: Math.max(event.lastAt, at) };
}
