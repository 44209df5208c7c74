import type { LogLevel } from '../types.ts';

/** What the first line of a record says of itself. */
export interface HeadFields {
  /** Null where nobody put one before it. */
  level: LogLevel | null;
  logger: string | null;
  pid: number | null;
  /** The time that it names, as it stands there; null without one. */
  time: string | null;
  /** Where the message begins, in characters of the payload. */
  messageAt: number;
}

const LEVELS: Record<string, LogLevel> = {
  TRACE: 'DEBUG',
  DEBUG: 'DEBUG',
  QUERY: 'DEBUG',
  INFO: 'INFO',
  WARN: 'WARNING',
  WARNING: 'WARNING',
  ERROR: 'ERROR',
  CRITICAL: 'CRITICAL',
  FATAL: 'CRITICAL',
};

const LITELLM = /^(\d\d:\d\d:\d\d) - (LiteLLM[\w .]{0,24}):([A-Z]{4,8}): (?:[\w.]{1,80}:\d{1,6} - )?/;
const UVICORN = /^(DEBUG|INFO|WARNING|ERROR|CRITICAL): {1,6}/;
const LOGGING = /^(DEBUG|INFO|WARNING|ERROR|CRITICAL):([\w. -]{1,60}):/;
const GUNICORN = /^\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4})\] \[(\d{1,9})\] \[([A-Z]{4,8})\] /;
const GRANIAN = /^\[(DEBUG|INFO|WARNING|ERROR|CRITICAL)\] /;
const DATED =
  /^\[?(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z| ?[+-]\d\d:?\d\d| UTC)?)\]?[ ,-]{0,4}(?:\[?([\w.]{1,60})\]?[ :-]{1,3})?\[?(DEBUG|INFO|WARNING|WARN|ERROR|CRITICAL|FATAL)?\]?/;
const PRISMA = /^prisma:(error|warn|info|query)\b/;
const ACCESS = /^[\w.:[\]]{1,60} - (?:"|- \[)/;
const JSON_LEVEL = /"(?:level|levelname|severity|lvl)": ?"([A-Za-z]{4,8})"/;
const JSON_TIME = /"(?:timestamp|time|ts)": ?"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[^"]{0,20})"/;
const JSON_LOGGER = /"(?:component|logger)": ?"([^"\\]{1,80})"/;

/** Reads the head line of a record, colours and foreign prefix taken off. */
export function headFields(line: string): HeadFields {
  const litellm = LITELLM.exec(line);
  if (litellm) return fields(litellm[3], litellm[2], null, litellm[1], litellm[0].length);
  const gunicorn = GUNICORN.exec(line);
  if (gunicorn) return fields(gunicorn[3], 'gunicorn', Number(gunicorn[2]), gunicorn[1], gunicorn[0].length);
  const logging = LOGGING.exec(line);
  if (logging) return fields(logging[1], logging[2], null, null, logging[0].length);
  const uvicorn = UVICORN.exec(line);
  if (uvicorn) return fields(uvicorn[1], 'uvicorn', null, null, uvicorn[0].length);
  const prisma = PRISMA.exec(line);
  if (prisma) return fields(prisma[1], 'prisma', null, null, prisma[0].length);
  if (line.startsWith('{"')) {
    const [level, time, logger] = [JSON_LEVEL.exec(line), JSON_TIME.exec(line), JSON_LOGGER.exec(line)];
    return fields(level?.[1], logger?.[1], null, time?.[1], 0);
  }
  const granian = GRANIAN.exec(line);
  if (granian) return fields(granian[1], 'granian', null, null, granian[0].length);
  if (ACCESS.test(line)) return fields('INFO', null, null, null, 0);
  const dated = DATED.exec(line);
  if (dated === null) return fields(undefined, null, null, null, 0);
  const access = line.startsWith('[') && ACCESS.test(line.slice(dated[0].lastIndexOf(']') + 2));
  return fields(access ? 'INFO' : dated[3], dated[2], null, dated[1], dated[0].length);
}

function fields(
  level: string | undefined,
  logger: string | null | undefined,
  pid: number | null,
  time: string | null | undefined,
  messageAt: number,
): HeadFields {
  const known = LEVELS[(level ?? '').toUpperCase()] ?? null;
  return { level: known, logger: logger ?? null, pid, time: time ?? null, messageAt };
}
