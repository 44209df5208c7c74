import { RE2JS } from 're2js';
import { systemClock } from '../clock.ts';
import type { Diagnose } from '../diagnosis/types.ts';
import type { Scrub } from '../text/safe-text.ts';
import { outputsOf } from './outputs.ts';
import { createLogPrinter, type LogPrinter } from './print.ts';
import { addLine, type LogRecord } from './records.ts';
import { linesOfStdin } from './stdin-lines.ts';
import { type FileTail, type TailLine, tailFile } from './tail-file.ts';
import type { LogLevel } from './types.ts';

export interface LogsOptions {
  files: readonly string[];
  stdin: boolean;
  /** Whose output to look for where nothing is named. */
  pids: readonly number[];
  follow: boolean;
  /** Only records whose time is known to be no older, ms; null: all. */
  sinceMs: number | null;
  /** Every line too, not only events. */
  all: boolean;
  level: 'debug' | 'info' | 'warn' | 'error' | null;
  classes: readonly string[] | null;
  /** RE2 syntax. */
  grep: string | null;
  format: 'text' | 'json';
}

export interface LogsIo {
  out(text: string): Promise<void>;
  err(text: string): Promise<void>;
  ending: AbortSignal;
  stdin: AsyncIterable<Buffer>;
}

export interface LogsTools {
  diagnose: Diagnose;
  scrub: Scrub;
}

const POLL_MS = 250;
/** A record waits so long for more of its lines, ms. */
const SETTLE_MS = 500;
const RECORD_CHARS = 64 * 1024;
const RANKS: Record<LogLevel, number> = { DEBUG: 0, INFO: 1, WARNING: 2, ERROR: 3, CRITICAL: 4 };
const LEVELS = { debug: 0, info: 1, warn: 2, error: 3 };

/** `watchtower logs`: sources, events, lines, gaps and the end. Resolves to 0, or 3 when no source could be read. */
export async function runLogs(options: LogsOptions, tools: LogsTools, io: LogsIo): Promise<number> {
  const printer = createLogPrinter(options.format, tools.scrub);
  const reader = createReader(options, tools, printer);
  if (options.stdin) return readStdin(reader, printer, io);
  const found = options.files.length > 0 ? { files: [...options.files], why: null } : outputsOf(options.pids);
  if (found.files.length === 0) {
    const why =
      found.why ??
      (options.pids.length === 0
        ? 'no gateway was found on this machine; name a file with --file'
        : 'its output goes to no file');
    await io.err(`watchtower: no log could be read: ${why}\n`);
    return 3;
  }
  return readFiles(found.files, options, reader, printer, io);
}

interface Reader {
  line(path: string, line: TailLine): void;
  /** Ends records that have waited long enough, or all of them. */
  settle(all: boolean): void;
  take(): string;
}

function createReader(options: LogsOptions, tools: LogsTools, printer: LogPrinter): Reader {
  const open = new Map<string, { record: LogRecord; since: number }>();
  const grep = options.grep === null ? null : RE2JS.compile(options.grep);
  const floor = options.level === null ? 0 : LEVELS[options.level];
  const from = options.sinceMs === null ? Number.NEGATIVE_INFINITY : systemClock.now() - options.sinceMs;
  let text = '';
  const emit = (path: string, record: LogRecord): void => {
    const raw = record.lines.join('\n').slice(0, RECORD_CHARS);
    if (RANKS[record.level] < floor || (grep !== null && !grep.matcher(raw).find())) return;
    const diagnosis = tools.diagnose({ text: raw, source: 'log', level: record.level, now: systemClock.now() });
    if (diagnosis === null && RANKS[record.level] < RANKS.ERROR) return;
    if (options.classes !== null && !options.classes.includes(diagnosis?.class ?? '')) return;
    const event = printer.event(path, record, diagnosis);
    if (event.at >= from) text += event.text;
  };
  return {
    line(path, line) {
      const before = open.get(path);
      if (options.all) text += printer.line(path, line);
      const { open: record, ended } = addLine(before?.record ?? null, line);
      if (ended !== null) emit(path, ended);
      open.set(path, { record, since: record === before?.record ? before.since : systemClock.now() });
    },
    settle(all) {
      for (const [path, { record, since }] of open) {
        if (!all && systemClock.now() - since < SETTLE_MS) continue;
        open.delete(path);
        emit(path, record);
      }
    },
    take() {
      const taken = text;
      text = '';
      return taken;
    },
  };
}

async function readStdin(reader: Reader, printer: LogPrinter, io: LogsIo): Promise<number> {
  await io.out(printer.source('stdin', '-', 'FOLLOWING', null));
  for await (const line of linesOfStdin(io.stdin, io.ending)) {
    reader.line('-', line);
    const text = reader.take();
    if (text !== '') await io.out(text);
  }
  reader.settle(true);
  await io.out(reader.take() + printer.end());
  return 0;
}

async function readFiles(
  paths: readonly string[],
  options: LogsOptions,
  reader: Reader,
  printer: LogPrinter,
  io: LogsIo,
): Promise<number> {
  const tails = paths.map((path) => ({ tail: tailFile(path, true), gaps: 0, rotations: 0, said: '' }));
  const readable = (): boolean => tails.some(({ tail }) => tail.state().trouble === null);
  const round = async (): Promise<boolean> => {
    let more = false;
    for (const one of tails) {
      const lines = one.tail.poll(systemClock.now());
      await io.out(changesOf(one, printer));
      for (const line of lines) reader.line(one.tail.path, line);
      more ||= one.tail.state().behindBytes > 0;
      const text = reader.take();
      if (text !== '') await io.out(text);
    }
    return more;
  };
  while (await round()) if (io.ending.aborted) break;
  while (options.follow && !io.ending.aborted) {
    reader.settle(false);
    await io.out(reader.take());
    await pause(io.ending);
    await round();
  }
  reader.settle(true);
  const code = readable() ? 0 : 3;
  for (const { tail } of tails) tail.close();
  await io.out(reader.take() + printer.end());
  return code;
}

/** What happened to a file since the last look: found or lost, rotated, bytes that nobody could read. */
function changesOf(
  one: { tail: FileTail; gaps: number; rotations: number; said: string },
  printer: LogPrinter,
): string {
  const { trouble, gaps, rotations } = one.tail.state();
  const state = trouble?.kind ?? 'FOLLOWING';
  let text = '';
  if (state !== one.said) text += printer.source('file', one.tail.path, state, trouble?.why ?? null);
  if (rotations > one.rotations) text += printer.rotated(one.tail.path, gaps > one.gaps ? 'TRUNCATED' : 'RENAMED');
  if (gaps > one.gaps) text += printer.gap(one.tail.path, null, rotations > one.rotations ? 'TRUNCATED' : 'CAPPED');
  one.said = state;
  one.gaps = gaps;
  one.rotations = rotations;
  return text;
}

function pause(ending: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, POLL_MS);
    ending.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
