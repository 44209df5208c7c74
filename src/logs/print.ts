import type { SafeText, Scrub } from '../text/safe-text.ts';
import type { Happening } from './records/happening.ts';
import type { GapWhy, RotationHow } from './source.ts';
import type { LogLevel, LogSourceKind, LogSourceState } from './types.ts';

interface Counts {
  lines: number;
  bytes: number;
  events: number;
  gaps: number;
}

/** Lines of output for `watchtower logs`, each with its line end. */
export interface LogPrinter {
  source(kind: LogSourceKind, path: string, state: LogSourceState, why: string | null): string;
  line(path: SafeText, offset: number, text: SafeText): string;
  /** `log` names the log that it stands in, wherever it was read: repeats are told by it. */
  event(path: string, happening: Happening, log: string): string;
  /** One more of an event that was printed within the last minute. */
  again(path: string, happening: Happening, log: string): string;
  /** Summaries that are due, by what has passed since the event was printed; `all` at the end. `now` is wall clock, ms. */
  due(now: number, all: boolean): string;
  gap(path: string, bytes: number | null, why: GapWhy): string;
  rotated(path: string, how: RotationHow): string;
  end(counts: Counts): string;
}

export interface PrinterOptions {
  color: boolean;
  /** Cells of the terminal whose last line may be written anew; null where there is none. */
  columns: number | null;
}

export function createLogPrinter(format: 'text' | 'json', scrub: Scrub, options: PrinterOptions): LogPrinter {
  return format === 'json' ? jsonPrinter(scrub) : textPrinter(scrub, options);
}

function jsonPrinter(scrub: Scrub): LogPrinter {
  const object = (value: object): string =>
    `${JSON.stringify(value).replace(/[\u007f-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
  const event = (path: string, { record, diagnosis }: Happening): string =>
    object({
      type: 'event',
      at: new Date(record.time.at).toISOString(),
      atFrom: record.time.from,
      level: record.level,
      class: diagnosis.class,
      family: diagnosis.family,
      severity: diagnosis.severity,
      confidence: diagnosis.confidence,
      provider: diagnosis.provider,
      model: diagnosis.model,
      text: diagnosis.text,
      lines: record.lines,
      count: 1,
      fingerprint: diagnosis.fingerprint,
      path: scrub(path),
      offset: record.offset,
    });
  return {
    source: (kind, path, state, why) =>
      object({ type: 'source', kind, path: scrub(path), state, why: why === null ? null : scrub(why) }),
    line: (path, offset, text) => object({ type: 'line', path, offset, text }),
    event,
    again: event,
    due: () => '',
    gap: (path, bytes, why) => object({ type: 'gap', path: scrub(path), bytes, why }),
    rotated: (path, how) => object({ type: 'rotated', path: scrub(path), how }),
    end: (counts) => object({ type: 'end', ...counts }),
  };
}

/** Repeats are told once a minute, or on the event's own line where that is the last of a terminal. */
const SUMMARY_MS = 60_000;
const WAITING = 256;

/** What is printed of an event, and again with its count. */
interface Printed {
  at: number;
  level: LogLevel;
  /** Class, provider and model, as far as they are known. */
  name: string;
  text: SafeText;
}

interface Repeats {
  event: Printed;
  more: number;
  lastAt: number;
  /** Wall clock of the line that told it last, ms. */
  toldAt: number;
}

function textPrinter(scrub: Scrub, { color, columns }: PrinterOptions): LogPrinter {
  const repeats = new Map<string, Repeats>();
  let lastKey: string | null = null;
  const plain = (text: string): string => {
    lastKey = null;
    return `${text}\n`;
  };
  const note = (text: string): string => plain(color ? `\u001b[2m${text}\u001b[22m` : text);
  const keyOf = ({ failure }: Happening, log: string): string => `${log} ${failure.fingerprint}`;

  const summary = (one: Repeats, now: number): string => {
    const text = `${new Date(one.lastAt).toISOString()} ${painted(one.event.level, color)} ${one.event.name} ${one.more} more since ${clockOf(one.event.at)}: ${one.event.text}`;
    one.more = 0;
    one.toldAt = now;
    return plain(text);
  };

  return {
    source: (kind, path, state, why) =>
      note(`# ${kind} ${scrub(path)}: ${state}${why === null ? '' : `, ${scrub(why)}`}`),
    line: (_path, _offset, text) => plain(text),
    event(_path, happening, log) {
      const key = keyOf(happening, log);
      const event = printedOf(happening);
      const before = repeats.get(key);
      const owed = before !== undefined && before.more > 0 ? summary(before, event.at) : '';
      repeats.delete(key);
      repeats.set(key, { event, more: 0, lastAt: event.at, toldAt: Date.now() });
      const oldest = repeats.size > WAITING ? (repeats.entries().next().value as [string, Repeats]) : null;
      if (oldest !== null) repeats.delete(oldest[0]);
      const pushed = oldest !== null && oldest[1].more > 0 ? summary(oldest[1], event.at) : '';
      const text = owed + pushed + plain(lineOf(event, color));
      lastKey = key;
      return text;
    },
    again(path, happening, log) {
      const key = keyOf(happening, log);
      const one = repeats.get(key);
      if (one === undefined) return this.event(path, happening, log);
      one.more += 1;
      one.lastAt = Math.max(one.lastAt, happening.record.time.at);
      if (columns === null || lastKey !== key) return '';
      const anew = `${lineOf(one.event, false)} (${one.more + 1} times)`;
      if (anew.length >= columns) return '';
      return `\u001b[1A\u001b[2K${lineOf(one.event, color)} (${one.more + 1} times)\n`;
    },
    due(now, all) {
      let text = '';
      for (const [key, one] of repeats) {
        if (one.more === 0 || (!all && now - one.toldAt < SUMMARY_MS)) continue;
        // What stands on the terminal with its count needs no line of its own.
        if (key !== lastKey || columns === null) text += summary(one, now);
      }
      return text;
    },
    gap: (path, bytes, why) =>
      note(`# gap in ${scrub(path)}: ${bytes === null ? 'an unknown number of' : bytes} bytes not read, ${why}`),
    rotated: (path, how) => note(`# rotated ${scrub(path)}: ${how}`),
    end: ({ lines, bytes, events, gaps }) =>
      note(`# end: ${lines} lines, ${bytes} bytes, ${events} events, ${gaps} gaps`),
  };
}

function printedOf({ record, diagnosis }: Happening): Printed {
  const name = [diagnosis.class, diagnosis.provider, diagnosis.model].filter((part) => part !== null).join(' ');
  return { at: record.time.at, level: record.level, name, text: diagnosis.text };
}

function lineOf({ at, level, name, text }: Printed, color: boolean): string {
  return `${new Date(at).toISOString()} ${painted(level, color)} ${name} ${text}`;
}

const COLOURS: Record<LogLevel, string> = { DEBUG: '2', INFO: '36', WARNING: '33', ERROR: '31', CRITICAL: '1;31' };

function painted(level: LogLevel, color: boolean): string {
  return color ? `\u001b[${COLOURS[level]}m${level}\u001b[0m` : level;
}

const clockOf = (at: number): string => new Date(at).toISOString().slice(11, 19);
