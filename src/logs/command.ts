import { RE2JS } from 're2js';
import { systemClock } from '../clock.ts';
import type { Gate } from '../diagnosis/gate.ts';
import type { Diagnose } from '../diagnosis/types.ts';
import type { Scrub } from '../text/safe-text.ts';
import type { Places } from './found-sources.ts';
import { type NamedSource, sourcesOf } from './named-sources.ts';
import { createLogPrinter, type LogPrinter } from './print.ts';
import type { LogRecord } from './records/assembler.ts';
import { createEventReader, type EventReader } from './records/event-reader.ts';
import type { SourceItem } from './source.ts';
import { stdinSource } from './stdin-source.ts';
import type { LogLevel } from './types.ts';

export interface LogsOptions {
  files: readonly string[];
  stdin: boolean;
  /** A unit whose journal is read; null: none. */
  journal: string | null;
  container: string | null;
  /** Whose output to look for where nothing is named. */
  pids: readonly number[];
  follow: boolean;
  /** Where processes and containers are looked for. */
  places?: Places;
  /** Only records that are no older, ms; null: all. */
  sinceMs: number | null;
  /** Every line too, not only events. */
  all: boolean;
  level: 'debug' | 'info' | 'warn' | 'error' | null;
  classes: readonly string[] | null;
  /** RE2 syntax. */
  grep: string | null;
  format: 'text' | 'json';
  color: boolean;
  /** Cells of the terminal that is written to; null where there is none. */
  columns: number | null;
}

export interface LogsIo {
  out(text: string): Promise<void>;
  err(text: string): Promise<void>;
  ending: AbortSignal;
  stdin: AsyncIterable<Buffer>;
}

export interface LogsTools {
  diagnose: Diagnose;
  gate: Gate;
  scrub: Scrub;
}

const POLL_MS = 250;
const POLL_BYTES = 1024 * 1024;
const RANKS: Record<LogLevel, number> = { DEBUG: 0, INFO: 1, WARNING: 2, ERROR: 3, CRITICAL: 4 };
const LEVELS = { debug: 0, info: 1, warn: 2, error: 3 };

/** `watchtower logs`: sources, events, lines, gaps and the end. Resolves to 0, or 3 when no source could be read. */
export async function runLogs(options: LogsOptions, tools: LogsTools, io: LogsIo): Promise<number> {
  const writer = createWriter(options, tools);
  const { sources, why } = options.stdin
    ? { sources: [stdinSource(io.stdin, io.ending)], why: null }
    : sourcesOf(options);
  if (sources.length === 0) {
    await io.err(`watchtower: no log could be read: ${tools.scrub(why ?? 'no source')}\n`);
    return 3;
  }
  for (const one of sources) writer.open(one);
  const round = async (): Promise<boolean> => {
    let more = false;
    for (const one of sources) {
      await one.ready();
      for (const item of one.source.poll(systemClock.monotonic(), POLL_BYTES)) writer.take(one, item);
      writer.state(one);
      more ||= !one.ended();
      const text = writer.text();
      if (text !== '') await io.out(text);
    }
    return more;
  };
  while (!io.ending.aborted && (await round())) writer.settle();
  while (options.follow && !options.stdin && !io.ending.aborted) {
    writer.settle();
    await io.out(writer.text());
    await pause(io.ending);
    await round();
  }
  for (const one of sources) {
    for (const item of one.source.end()) writer.take(one, item);
  }
  await io.out(writer.end(sources));
  const code = sources.some((one) => one.read()) ? 0 : 3;
  await Promise.all(sources.map((one) => one.source.close()));
  return code;
}

interface Writer {
  /** Before the first of its lines: what several sources carry is told once. */
  open(source: NamedSource): void;
  take(source: NamedSource, item: SourceItem): void;
  /** Says how the source is where that has changed. */
  state(source: NamedSource): void;
  settle(): void;
  text(): string;
  end(sources: readonly NamedSource[]): string;
}

function createWriter(options: LogsOptions, tools: LogsTools): Writer {
  const { scrub } = tools;
  const printer = createLogPrinter(options.format, scrub, options);
  const said = new Map<string, string>();
  let events = 0;
  let text = '';
  const reader: EventReader = createEventReader({
    ...tools,
    isOwn: rejecter(options),
    onEvent(path, happening, again, log) {
      if (options.classes !== null && !options.classes.includes(happening.failure.class)) return;
      events += 1;
      text += again ? printer.again(path, happening, log) : printer.event(path, happening, log);
    },
  });
  return {
    open: ({ source }) => reader.open(source.path),
    take({ source: { path } }, item) {
      if (item.type === 'lines') {
        if (options.all) text += linesOf(path, item, printer, scrub);
        reader.feed(path, item, systemClock.now(), systemClock.monotonic());
        return;
      }
      // Nothing is glued together over what is missing.
      if (item.type === 'gap') reader.flush(path);
      text += item.type === 'gap' ? printer.gap(path, item.bytes, item.why) : printer.rotated(path, item.how);
    },
    state({ source }) {
      const { state, why } = source.status();
      if (said.get(source.path) === state) return;
      said.set(source.path, state);
      text = printer.source(source.kind, source.path, state, why) + text;
    },
    settle() {
      reader.settle(systemClock.monotonic());
      text += printer.due(systemClock.now(), false);
    },
    text() {
      const taken = text;
      text = '';
      return taken;
    },
    end(sources) {
      reader.flush();
      const counts = { lines: 0, bytes: 0, events: 0, gaps: 0 };
      for (const { source } of sources) {
        const { lines, bytes, gaps } = source.status();
        counts.lines += lines;
        counts.bytes += bytes;
        counts.gaps += gaps;
      }
      return text + printer.due(systemClock.now(), true) + printer.end({ ...counts, events });
    },
  };
}

/** What the options leave out, before anything is counted. */
function rejecter({ level, grep, sinceMs }: LogsOptions): (record: LogRecord) => boolean {
  const floor = level === null ? 0 : LEVELS[level];
  const pattern = grep === null ? null : RE2JS.compile(grep);
  const from = sinceMs === null ? Number.NEGATIVE_INFINITY : systemClock.now() - sinceMs;
  return (record) =>
    RANKS[record.level] < floor || record.time.at < from || (pattern !== null && !pattern.matcher(record.text).find());
}

const LF = 10;
const CR = 13;

function linesOf(
  path: string,
  item: Extract<SourceItem, { type: 'lines' }>,
  printer: LogPrinter,
  scrub: Scrub,
): string {
  const view = Buffer.from(item.bytes.buffer, item.bytes.byteOffset, item.bytes.length);
  const name = scrub(path);
  let text = '';
  for (let at = 0; at < view.length; ) {
    const lf = view.indexOf(LF, at);
    const stop = lf < 0 ? view.length : lf;
    const end = stop > at && view[stop - 1] === CR ? stop - 1 : stop;
    text += printer.line(name, item.offset + at, scrub(view.toString('utf8', at, end)));
    at = stop + 1;
  }
  return text;
}

function pause(ending: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      ending.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, POLL_MS);
    ending.addEventListener('abort', done);
  });
}
