import type { LogLevel } from '../types.ts';

/** What the first line of a record says of itself. */
export interface HeadFields {
  level: LogLevel;
  logger: string | null;
  pid: number | null;
  /** The time that it names, as it stands there; null without one. */
  time: string | null;
  /** Where the message begins, in characters of the payload. */
  messageAt: number;
}

const LEVELS: Record<string, LogLevel> = {
  DEBUG: 'DEBUG',
  INFO: 'INFO',
  WARN: 'WARNING',
  WARNING: 'WARNING',
  ERROR: 'ERROR',
  CRITICAL: 'CRITICAL',
  FATAL: 'CRITICAL',
};

const LITELLM = /^(\d\d:\d\d:\d\d) - (LiteLLM[\w .]{0,24}):([A-Z]{4,8}): (?:[\w.]{1,80}:\d{1,6} - )?/;
const UVICORN = /^(DEBUG|INFO|WARNING|ERROR|CRITICAL): {1,6}/;
const LOGGING = /^(DEBUG|INFO|WARNING|ERROR|CRITICAL):([\w. ]{1,60}):/;
const GUNICORN = /^\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4})\] \[(\d{1,9})\] \[([A-Z]{4,8})\] /;
const DATED =
  /^(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)[ ,-]{0,4}(?:\[?([\w.]{1,60})\]?[ :-]{1,3})?\[?(DEBUG|INFO|WARNING|WARN|ERROR|CRITICAL|FATAL)?\]?/;
const PRISMA = /^prisma:(error|warn|info|query)\b/;
const JSON_LEVEL = /"level": ?"([A-Za-z]{4,8})"/;
const JSON_TIME = /"timestamp": ?"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[^"]{0,20})"/;
const JSON_LOGGER = /"(?:component|logger)": ?"([^"\\]{1,80})"/;

/** Of a record that nobody put a level before. It is told only where it is a failure. */
export const NO_HEAD: HeadFields = { level: 'ERROR', logger: null, pid: null, time: null, messageAt: 0 };

const levelOf = (word: string | undefined): LogLevel => LEVELS[(word ?? '').toUpperCase()] ?? 'INFO';

/** Reads the head line of a record, colours and foreign prefix taken off. A line that is no head is INFO without a time. */
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
  const dated = DATED.exec(line);
  if (dated) return fields(dated[3], dated[2], null, dated[1], dated[0].length);
  return fields(undefined, null, null, null, 0);
}

function fields(
  level: string | undefined,
  logger: string | null | undefined,
  pid: number | null,
  time: string | null | undefined,
  messageAt: number,
): HeadFields {
  return { level: levelOf(level), logger: logger ?? null, pid, time: time ?? null, messageAt };
}
