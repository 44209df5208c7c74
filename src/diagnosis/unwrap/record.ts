import { isCapital, isDigit, isLetter } from '../ascii.ts';
import { peelJson } from './json-record.ts';
import { type Level, LOCAL_LEVELS, readLevel } from './level.ts';

/** A log record without what its writers put before it: container runtime, journal, logger. */
export interface LogRecord {
  level: Level | null;
  /** Program that wrote it, where a journal or a syslog line says so. */
  process: string | null;
  logger: string | null;
  /** Source file of LiteLLM that wrote it. */
  file: string | null;
  message: string;
  /** A traceback that a JSON log carries apart. */
  stack: string | null;
  /** `message` as JSON, where it is an object that is no log record. */
  json: Record<string, unknown> | null;
}

const ANSI = /\x1b\[[0-9;:?]{0,32}[ -/]{0,4}[@-~]/g;
const COMPOSE = /^[\w.-]{1,64} {0,20}\| /gm;
const COMPOSE_HEAD =
  /^(?!(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)\b|\d{4}-)[a-zA-Z][\w.-]{1,63} {1,20}\| /;
/** pm2 puts the number of the process before its name. */
const PM2 = /^\d{1,3}\|[\w.-]{1,64} {1,20}\| /gm;
const CRI = /^\d{4}-\d\d-\d\dT[\d:.]{8,30}(?:Z|[+-]\d\d:\d\d) (?:stdout|stderr) [FP] /gm;
const CRI_HEAD = /^\d{4}-\d\d-\d\dT[\d:.]{8,30}(?:Z|[+-]\d\d:\d\d) (?:stdout|stderr) [FP] /;
const POD = /^\[pod\/[^\]\n]{1,200}\] /gm;
const SYSLOG =
  /^(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})?|\d{4}-\d\d-\d\dT[\d:.,]{8,30}(?:Z|[+-]\d\d:?\d\d)) (?!stdout|stderr|(?:container|image|network|volume) )([\w.-]{1,64}) ([\w./@-]{1,64})(?:\[\d{1,10}\])?: /;
/** RFC 5424, and the number that a syslog server writes before any line. */
const SYSLOG_5424 =
  /^<\d{1,3}>1? ?(?:\d{4}-\d\d-\d\dT[\d:.]{5,20}(?:Z|[+-]\d\d:\d\d) \S{1,80} (\S{1,64}) \S{1,40} \S{1,40} (?:-|\[[^\]\n]{0,400}\]) )?/;
/** LiteLLM's own head behind the prefix of a shipper that is not known. */
const BEHIND =
  /^([\w.:+/[\]<>{}=",#@() \t-]{1,160}?[\s:>\]}])(?=(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d - LiteLLM[\w .]{0,30}:[A-Z]{4,8}:)/;
/** What a person writes before a line that he quotes. */
const QUOTES =
  /(?<![\w./-])(?:user|assistant|human|system|prompt|question|answer|content|said|says|see|saw|got|log|error|example)\b ?[:>"]/i;
const LITELLM =
  /^(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d - ([\w .]{1,40}):([A-Z]{4,8}): ?(?:([\w./-]{1,200}\.py):\d{1,6} - )?/;
const LOGGER = /^(DEBUG|INFO|WARNING|ERROR|CRITICAL):(\w[\w. ]{0,60}):/;
const UVICORN = /^(TRACE|DEBUG|INFO|WARNING|ERROR|CRITICAL): {1,8}/;
const GUNICORN = /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}\] \[\d{1,10}\] \[([A-Z]{4,8})\] /;
const NGINX = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[(\w{3,6})\] (?:\d{1,10}#\d{1,10}: )?(?:\*\d{1,12} )?/;
const DATED =
  /^\[?\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z| ?[+-]\d\d:?\d\d)?\]?[ ,|:-]{0,4}(?:\[?[\w.:@/-]{1,60}\]?[ |-]{1,4}){0,4}?\[?(TRACE|DEBUG|INFO|NOTICE|LOG|WARN|WARNING|ERROR|FATAL|CRITICAL|PANIC)\]?(?:[ :|-]{1,4}|$)/i;
/** A line of PostgreSQL, whatever its prefix: behind the level stand two spaces. */
const POSTGRES = new RegExp(
  `^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})? (?:\\[?[\\w.:@/+-]{1,60}\\]? ){1,4}?(LOG|NOTICE|WARNING|ERROR|FATAL|PANIC|${LOCAL_LEVELS}):  `,
);
const LEVEL_FIRST =
  /^\[?(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)\]?(?: \d{4}-\d\d-\d\d[T ][\d:.,+Z-]{8,32})?(?:[ :|-]{1,5}|$)/;
/** Sentry's SDK and Prisma's engine name the level behind their own name, which says whose failure it is and so stays. */
const NAMED_LEVEL =
  /^(?: ?\[[A-Za-z][\w.-]{1,40}\] (TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|CRITICAL): |prisma:(info|warn|error|query)\b)/;
const LOGFMT = /^(?:time="?[^"\s]{1,64}"? )?level=(\w{3,8}) (?:.{0,80}? )?msg=/;
/** Redis and Valkey put a sign before what they say: `#` is a warning, not a comment. */
const STORE = /^(?:redis|valkey)/;
const STORE_MARK = /^[.*#-] /;
const DOCKER_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6,9}Z /;

/** Peels prefixes off until none is left. Linear; every expression is anchored and bounded. */
export function readRecord(raw: string): LogRecord {
  const record: LogRecord = {
    level: null,
    process: null,
    logger: null,
    file: null,
    message: raw,
    stack: null,
    json: null,
  };
  withoutColours(record);
  for (let round = 0; round < 6; round++) if (!peel(record)) break;
  if (record.level === null) record.level = levelBehindName(record.message);
  return record;
}

function levelBehindName(text: string): Level | null {
  const match = NAMED_LEVEL.exec(text);
  return readLevel(match?.[1] ?? match?.[2]);
}

function withoutColours(record: LogRecord): true {
  if (record.message.includes('\x1b')) record.message = record.message.replace(ANSI, '');
  return true;
}

function peel(record: LogRecord): boolean {
  const text = record.message;
  const first = text.charCodeAt(0);
  // what JSON holds may bring colours of its own
  if (first === 123 && peelJson(record)) return withoutColours(record);
  // where a bar stands, if one does: behind the name of a container or the number of a process
  const bar = text.indexOf('|');
  if (isDigit(first)) {
    if (bar > 0 && bar <= 3 && /^\d{1,3}\|/.test(text)) return cut(record, text.replace(PM2, ''));
    if (text[10] === 'T' && CRI_HEAD.test(text)) return cut(record, text.replace(CRI, ''));
  } else if (bar > 0 && bar < 90 && isLetter(first) && COMPOSE_HEAD.test(text))
    return cut(record, text.replace(COMPOSE, ''));
  return peelHead(record, text, first) || peelBehind(record, text);
}

function cut(record: LogRecord, message: string): boolean {
  record.message = message;
  return true;
}

/** Which heads can stand there is known by their first character: a digit, `[`, `<` or a letter. */
function peelHead(record: LogRecord, text: string, first: number): boolean {
  if (isDigit(first)) return peelTime(record, text);
  if (first === 91) return peelBracket(record, text);
  if (first === 60) return peelSyslogServer(record, text);
  if (!isLetter(first)) return false;
  // a level in capitals
  let match = isCapital(first) && isCapital(text.charCodeAt(1)) ? LOGGER.exec(text) : null;
  if (match) return take(record, match, match[1], match[2], null);
  match = isCapital(first) && isCapital(text.charCodeAt(1)) ? UVICORN.exec(text) : null;
  if (match) return take(record, match, match[1], null, null);
  if (peelSyslog(record, text)) return true;
  match = record.level === null ? (LEVEL_FIRST.exec(text) ?? LOGFMT.exec(text)) : null;
  return match !== null && take(record, match, match[1], null, null);
}

function peelTime(record: LogRecord, text: string): boolean {
  // a time of day, or a date before it
  let match = text[2] === ':' || text[4] === '-' ? LITELLM.exec(text) : null;
  if (match) return take(record, match, match[2], match[1], match[3]);
  if (peelSyslog(record, text)) return true;
  match = NGINX.exec(text);
  if (match) {
    record.process ??= 'nginx';
    return take(record, match, match[1], null, null);
  }
  match = record.level === null && text.includes(':  ') ? POSTGRES.exec(text) : null;
  if (match) {
    record.process ??= 'postgres';
    return take(record, match, match[1], null, null);
  }
  match = record.level === null ? DATED.exec(text) : null;
  if (match) return take(record, match, match[1], null, null);
  match = DOCKER_TIME.exec(text);
  return match !== null && cut(record, text.slice(match[0].length));
}

function peelBracket(record: LogRecord, text: string): boolean {
  let match = GUNICORN.exec(text);
  if (match) return take(record, match, match[1], null, null);
  match = record.level === null ? (DATED.exec(text) ?? LEVEL_FIRST.exec(text)) : null;
  if (match) return take(record, match, match[1], null, null);
  return text.startsWith('[pod/') && cut(record, text.replace(POD, ''));
}

function peelSyslogServer(record: LogRecord, text: string): boolean {
  const match = SYSLOG_5424.exec(text);
  if (!match) return false;
  record.process = match[1] ?? null;
  return cut(record, text.slice(match[0].length));
}

function peelSyslog(record: LogRecord, text: string): boolean {
  // a date without a year, or one with a `T` before the time
  if (text[6] !== ' ' && text[10] !== 'T') return false;
  const match = SYSLOG.exec(text);
  if (!match) return false;
  record.process = (match[2] ?? '').replace(/^.*\//, '');
  const message = stripEach(text, match[0].length);
  return cut(record, STORE.test(record.process) ? message.replace(STORE_MARK, '') : message);
}

function peelBehind(record: LogRecord, text: string): boolean {
  if (record.level !== null || !text.includes('LiteLLM')) return false;
  const match = BEHIND.exec(text);
  return match !== null && !QUOTES.test(match[1] as string) && cut(record, text.slice(match[0].length));
}

function stripEach(text: string, first: number): string {
  const rest = text.slice(first);
  if (!rest.includes('\n')) return rest;
  return rest
    .split('\n')
    .map((line) => line.replace(SYSLOG, ''))
    .join('\n');
}

function take(
  record: LogRecord,
  match: RegExpExecArray,
  level: string | undefined,
  logger: string | null | undefined,
  file: string | null | undefined,
): boolean {
  // what the program says of its own line is surer than what a shipper makes of its stream
  record.level = readLevel(level) ?? record.level;
  record.logger ??= logger ?? null;
  record.file ??= file ?? null;
  record.message = record.message.slice(match[0].length);
  return true;
}
