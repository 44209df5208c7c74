import { type Clock, systemClock } from '../clock.ts';
import type { Diagnose } from '../diagnosis/types.ts';
import type { Scrub } from '../text/safe-text.ts';
import { literal } from '../text/scrub.ts';
import { outputsOf } from './outputs.ts';
import { addLine, type LogRecord } from './records.ts';
import { type FileTail, tailFile } from './tail-file.ts';
import { atOf } from './times.ts';
import type { LogEvent, LogMonitor, LogSource } from './types.ts';

export interface LogMonitorOptions {
  files: readonly string[];
  journal: string | null;
  container: string | null;
  pids: readonly number[];
  /** Where positions are kept; null forgets them. */
  stateDir: string | null;
}

export interface LogTools {
  diagnose: Diagnose;
  scrub: Scrub;
}

/** Same failure within this time folds into one event. */
const FOLD_MS = 60_000;
/** A record waits so long for more of its lines, ms. */
const SETTLE_MS = 300;
const POLL_MS = 500;
const SHOWN_CHARS = 500;
const RECORD_CHARS = 64 * 1024;
const FOLDS_KEPT = 256;

interface Followed {
  tail: FileTail;
  kind: 'file' | 'fd';
  open: LogRecord | null;
  openedAt: number;
}

/** Follows the named files, or the file behind descriptors 1 and 2 of the gateway's processes. */
export function createLogMonitor(options: LogMonitorOptions, tools: LogTools, clock: Clock = systemClock): LogMonitor {
  const followed = new Map<string, Followed>();
  const folds = new Map<string, LogEvent>();
  const changed = new Map<number, LogEvent>();
  let pids = options.pids;
  let nowhere: string | null = null;
  let nextId = 1;
  let cancel: (() => void) | null = null;

  const follow = (path: string, kind: 'file' | 'fd'): void => {
    if (!followed.has(path)) followed.set(path, { tail: tailFile(path), kind, open: null, openedAt: 0 });
  };

  const discover = (): void => {
    if (options.files.length > 0) return;
    const found = outputsOf(pids);
    nowhere = found.why;
    for (const path of found.files) follow(path, 'fd');
    for (const [path, one] of followed) {
      if (pids.length === 0 || found.files.includes(path) || one.kind !== 'fd') continue;
      one.tail.close();
      followed.delete(path);
    }
  };

  const emit = (record: LogRecord, path: string): void => {
    const raw = record.lines.join('\n');
    const now = clock.now();
    const { diagnose, scrub } = tools;
    const diagnosis = diagnose({ text: raw.slice(0, RECORD_CHARS), source: 'log', level: record.level, now });
    if (diagnosis === null && !['ERROR', 'CRITICAL'].includes(record.level)) return;
    // An access line tells a status and no cause: the record of the same request tells both.
    if (diagnosis?.confidence === 'low' && record.level === 'INFO') return;
    const key = `${path}:${diagnosis?.fingerprint ?? record.lines[0]}`;
    const before = folds.get(key);
    if (before !== undefined && now - before.lastAt <= FOLD_MS && before.old === record.old) {
      const folded = { ...before, count: before.count + 1, lastAt: now };
      folds.set(key, folded);
      changed.set(folded.id, folded);
      return;
    }
    const when = atOf(record.time, now);
    const event: LogEvent = {
      id: nextId,
      at: when.at,
      atFrom: when.from,
      level: record.level,
      diagnosis,
      text: diagnosis?.text ?? scrub(record.lines[0] ?? '', SHOWN_CHARS),
      record: scrub(raw.slice(0, RECORD_CHARS)),
      lines: record.lines.length,
      count: 1,
      lastAt: now,
      path: scrub(path),
      offset: record.offset,
      old: record.old,
    };
    nextId += 1;
    folds.set(key, event);
    if (folds.size > FOLDS_KEPT) folds.delete(folds.keys().next().value as string);
    changed.set(event.id, event);
  };

  const poll = (): void => {
    discover();
    const now = clock.now();
    for (const [path, one] of followed) {
      for (const line of one.tail.poll(now)) {
        const { open, ended } = addLine(one.open, line);
        if (ended !== null) emit(ended, path);
        if (open !== one.open) one.openedAt = now;
        one.open = open;
      }
      if (one.open !== null && now - one.openedAt >= SETTLE_MS) {
        emit(one.open, path);
        one.open = null;
      }
    }
    cancel = clock.after(POLL_MS, poll);
  };

  return {
    start() {
      for (const path of options.files) follow(path, 'file');
      poll();
    },
    take() {
      const events = [...changed.values()];
      changed.clear();
      return events;
    },
    sources(): LogSource[] {
      if (followed.size === 0) return nowhere === null ? [] : [nothing(nowhere)];
      return [...followed.values()].map((one) => sourceOf(one, tools.scrub, clock.now()));
    },
    gateway(now) {
      if (options.pids.length > 0 || String(now) === String(pids)) return;
      pids = now;
      // Where the log is depends on who writes it: look at once.
      if (cancel !== null) {
        cancel();
        poll();
      }
    },
    async stop() {
      cancel?.();
      for (const one of followed.values()) one.tail.close();
    },
  };
}

function sourceOf({ tail, kind }: Followed, scrub: Scrub, now: number): LogSource {
  const { lines, behindBytes, rotations, gaps, lastLineAt, trouble } = tail.state();
  return {
    kind,
    path: scrub(tail.path),
    state: trouble?.kind ?? 'FOLLOWING',
    why: trouble === null ? null : scrub(trouble.why),
    lines,
    behindBytes,
    lastLineAgeS: lastLineAt === null ? null : Math.round((now - lastLineAt) / 1000),
    rotations,
    gaps,
  };
}

function nothing(why: string): LogSource {
  return {
    kind: 'fd',
    path: literal('-'),
    state: 'NONE',
    why: literal(why),
    lines: 0,
    behindBytes: 0,
    lastLineAgeS: null,
    rotations: 0,
    gaps: 0,
  };
}
