import type { LogLevel } from './types.ts';

/** Lines that belong together: a head line and what follows it (traceback, continuation). */
export interface LogRecord {
  level: LogLevel;
  /** Time of day of the head, `HH:MM:SS`, where it has one. */
  time: string | null;
  lines: string[];
  offset: number;
  old: boolean;
}

/** A record is cut after this many lines. */
const LINES_KEPT = 400;

/*
 * A new record begins with LiteLLM's prefix, uvicorn's, gunicorn's, the logging module's, a JSON object or a bare access
 * line; everything else, blank lines included, belongs to the record before (seen in the logs of five releases).
 */
const COLOUR = /\u001b\[[0-9;]{0,12}m/g;
const LITELLM = /^(\d\d:\d\d:\d\d) - (LiteLLM[\w .]{0,24}):([A-Z]{4,8}): /;
const UVICORN = /^(DEBUG|INFO|WARNING|ERROR|CRITICAL):(?: {1,6}|[\w. ]{1,40}:)/;
const GUNICORN = /^\[\d{4}-\d\d-\d\d (\d\d:\d\d:\d\d) [+-]\d{4}\] \[\d{1,9}\] \[([A-Z]{4,8})\] /;
const ACCESS = /^\d{1,3}(?:\.\d{1,3}){3}:\d{1,5} - "/;

const LEVELS: Record<string, LogLevel> = {
  DEBUG: 'DEBUG',
  INFO: 'INFO',
  WARNING: 'WARNING',
  WARN: 'WARNING',
  ERROR: 'ERROR',
  CRITICAL: 'CRITICAL',
};

interface Head {
  level: LogLevel;
  time: string | null;
}

/** What the head line of a record tells, or null for a line that continues one. */
function headOf(raw: string): Head | null {
  const line = raw.includes('\u001b') ? raw.replace(COLOUR, '') : raw;
  const litellm = LITELLM.exec(line);
  if (litellm !== null) return { level: LEVELS[litellm[3] ?? ''] ?? 'INFO', time: litellm[1] ?? null };
  const gunicorn = GUNICORN.exec(line);
  if (gunicorn !== null) return { level: LEVELS[gunicorn[2] ?? ''] ?? 'INFO', time: gunicorn[1] ?? null };
  const uvicorn = UVICORN.exec(line);
  if (uvicorn !== null) return { level: LEVELS[uvicorn[1] ?? ''] ?? 'INFO', time: null };
  if (ACCESS.test(line)) return { level: 'INFO', time: null };
  return line.startsWith('{"') ? jsonHead(line) : null;
}

function jsonHead(line: string): Head | null {
  const level = /"level": ?"([A-Z]{4,8})"/.exec(line);
  const time = /"timestamp": ?"\d{4}-\d\d-\d\dT(\d\d:\d\d:\d\d)/.exec(line);
  return level === null ? null : { level: LEVELS[level[1] ?? ''] ?? 'INFO', time: time?.[1] ?? null };
}

/** Adds a line to what is open; returns the record that it ends, if it ends one. */
export function addLine(
  open: LogRecord | null,
  line: { text: string; offset: number; old: boolean },
): { open: LogRecord; ended: LogRecord | null } {
  const head = headOf(line.text);
  if (head === null && open !== null) {
    if (open.lines.length < LINES_KEPT) open.lines.push(line.text);
    return { open, ended: null };
  }
  const { level, time } = head ?? { level: 'INFO' as const, time: null };
  return { open: { level, time, lines: [line.text], offset: line.offset, old: line.old }, ended: open };
}
