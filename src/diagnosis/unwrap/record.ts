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

export type Level = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';

const LEVELS: Record<string, Level> = {
  TRACE: 'DEBUG',
  DEBUG: 'DEBUG',
  INFO: 'INFO',
  NOTICE: 'INFO',
  LOG: 'INFO',
  INFORMATION: 'INFO',
  WARN: 'WARNING',
  WARNING: 'WARNING',
  ERR: 'ERROR',
  ERROR: 'ERROR',
  SEVERE: 'ERROR',
  CRIT: 'CRITICAL',
  CRITICAL: 'CRITICAL',
  FATAL: 'CRITICAL',
  ALERT: 'CRITICAL',
  EMERG: 'CRITICAL',
  PANIC: 'CRITICAL',
};

/** The level that a word means, whatever logger wrote it; null when it is none. */
export function readLevel(word: string | null | undefined): Level | null {
  return word ? (LEVELS[word.toUpperCase()] ?? null) : null;
}

const ANSI = /\x1b\[[0-9;:?]{0,32}[ -/]{0,4}[@-~]/g;
const COMPOSE = /^[\w.-]{1,64} {0,20}\| /gm;
const COMPOSE_HEAD =
  /^(?!(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)\b|\d{4}-)[a-zA-Z][\w.-]{1,63} {1,20}\| /;
/** pm2 puts the number of the process before its name. */
const PM2 = /^\d{1,3}\|[\w.-]{1,64} {1,20}\| /gm;
const CRI = /^\d{4}-\d\d-\d\dT[\d:.]{8,30}(?:Z|[+-]\d\d:\d\d) (?:stdout|stderr) [FP] /gm;
const CRI_HEAD = /^\d{4}-\d\d-\d\dT[\d:.]{8,30}(?:Z|[+-]\d\d:\d\d) (?:stdout|stderr) [FP] /;
const POD = /^\[pod\/[^\]\n]{1,200}\] /;
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
const LOGGER = /^(DEBUG|INFO|WARNING|ERROR|CRITICAL):([\w. ]{1,60}):/;
const UVICORN = /^(TRACE|DEBUG|INFO|WARNING|ERROR|CRITICAL): {1,8}/;
const GUNICORN = /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}\] \[\d{1,10}\] \[([A-Z]{4,8})\] /;
const NGINX = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[(\w{3,6})\] (?:\d{1,10}#\d{1,10}: )?(?:\*\d{1,12} )?/;
const DATED =
  /^\[?\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z| ?[+-]\d\d:?\d\d)?\]?[ ,|:-]{0,4}(?:\[?[\w.:@/-]{1,60}\]?[ |-]{1,4}){0,4}?\[?(TRACE|DEBUG|INFO|NOTICE|LOG|WARN|WARNING|ERROR|FATAL|CRITICAL|PANIC)\]?(?:[ :|-]{1,4}|$)/i;
const LEVEL_FIRST =
  /^\[?(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)\]?(?: \d{4}-\d\d-\d\d[T ][\d:.,+Z-]{8,32})?(?:[ :|-]{1,5}|$)/;
const LOGFMT = /^(?:time="?[^"\s]{1,64}"? )?level=(\w{3,8}) (?:.{0,80}? )?msg=/;
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
  if (raw.includes('\x1b')) record.message = raw.replace(ANSI, '');
  for (let round = 0; round < 6; round++) if (!peel(record)) break;
  return record;
}

function peel(record: LogRecord): boolean {
  const text = record.message;
  const first = text.charCodeAt(0);
  if (first === 123 && peelJson(record)) return true;
  if (COMPOSE_HEAD.test(text)) return cut(record, text.replace(COMPOSE, ''));
  if (first >= 48 && first <= 57 && /^\d{1,3}\|/.test(text)) return cut(record, text.replace(PM2, ''));
  if (CRI_HEAD.test(text)) return cut(record, text.replace(CRI, ''));
  return peelHead(record, text);
}

function cut(record: LogRecord, message: string): boolean {
  record.message = message;
  return true;
}

function peelHead(record: LogRecord, text: string): boolean {
  let match = LITELLM.exec(text);
  if (match) return take(record, match, match[2], match[1], match[3]);
  match = LOGGER.exec(text);
  if (match) return take(record, match, match[1], match[2], null);
  match = UVICORN.exec(text) ?? GUNICORN.exec(text);
  if (match) return take(record, match, match[1], null, null);
  match = SYSLOG_5424.exec(text);
  if (match) {
    record.process = match[1] ?? null;
    return cut(record, text.slice(match[0].length));
  }
  match = SYSLOG.exec(text);
  if (match) {
    record.process = (match[2] ?? '').replace(/^.*\//, '');
    return cut(record, stripEach(text, match[0].length));
  }
  match = NGINX.exec(text);
  if (match) {
    record.process ??= 'nginx';
    return take(record, match, match[1], null, null);
  }
  match = DATED.exec(text) ?? LEVEL_FIRST.exec(text) ?? LOGFMT.exec(text);
  if (match && record.level === null) return take(record, match, match[1], null, null);
  match = POD.exec(text) ?? DOCKER_TIME.exec(text);
  if (match) return cut(record, text.slice(match[0].length));
  match = record.level === null ? BEHIND.exec(text) : null;
  return match && !QUOTES.test(match[1] as string) ? cut(record, text.slice(match[0].length)) : false;
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

const TEXT_KEYS = ['log', 'Log', 'message', 'msg', 'MESSAGE', 'event_message', 'textPayload', 'body', 'line', 'text'];
const LEVEL_KEYS = [
  'level',
  'severity',
  'levelname',
  'lvl',
  'log_level',
  'severity_text',
  'log.level',
  'loglevel',
  'PRIORITY',
];
/** Objects in which a shipper wraps what a program wrote, or its level. */
const INNER_KEYS = ['jsonPayload', 'log', 'data', 'fields', 'event'];
/** Only a record of a log has one of these beside its text. */
const LOG_KEYS = [
  'stream',
  'Stream',
  'time',
  'timestamp',
  '@timestamp',
  'ts',
  'kubernetes',
  'container_name',
  '_COMM',
  'SYSLOG_IDENTIFIER',
];
const STACK_KEYS = ['stacktrace', 'stack_trace', 'exc_info', 'traceback', 'exception'];

function peelJson(record: LogRecord): boolean {
  const value = parseObject(record.message);
  if (value === null) return false;
  const inner = INNER_KEYS.map((key) => value[key]).find(isObject) ?? {};
  const text = pick(value, TEXT_KEYS) ?? pick(inner, TEXT_KEYS);
  record.json = value;
  if (text === null) return false;
  // an API error body has `message` as well; a log line has a level, a stream or a time beside it
  const level = levelOf(value) ?? levelOf(inner);
  if (level === null && !LOG_KEYS.some((key) => key in value)) return false;
  // a cloud calls all of standard error an error: of plain text only the text says a level
  if (!('textPayload' in value)) record.level = level ?? record.level;
  record.logger ??= pick(value, ['component', 'logger', 'name']);
  record.file ??= pick(value, ['logger', 'filename'])?.replace(/:\d+$/, '') ?? null;
  record.process ??= pick(value, ['SYSLOG_IDENTIFIER', '_COMM']);
  record.stack ??= pick(value, STACK_KEYS);
  record.message = withMore(value, text.replace(/\n+$/, ''));
  record.json = null;
  return true;
}

const MORE_KEYS = [
  'error_information',
  'error_info',
  'error',
  'err',
  'error_message',
  'error_str',
  'errorMessage',
  'detail',
  'details',
  'cause',
  'reason',
];

/** A record whose message is bare (`Request Failed`) tells its cause in a field of its own. */
function withMore(value: Record<string, unknown>, message: string): string {
  let made = message;
  for (const key of MORE_KEYS) {
    const more = value[key];
    const text =
      typeof more === 'string' ? more : typeof more === 'object' && more !== null ? JSON.stringify(more) : '';
    if (text.length > 2 && !message.includes(text)) made += `\n${text}`;
  }
  return made;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A level as a word, as syslog counts (3 is an error) or as pino and bunyan do (50 is one). */
function levelOf(value: Record<string, unknown>): Level | null {
  for (const key of LEVEL_KEYS) {
    const level = value[key];
    if (typeof level !== 'string' && typeof level !== 'number') continue;
    const count = Number(level);
    if (Number.isNaN(count)) return readLevel(String(level)) ?? 'INFO';
    if (count >= 10)
      return count >= 60
        ? 'CRITICAL'
        : count >= 50
          ? 'ERROR'
          : count >= 40
            ? 'WARNING'
            : count >= 30
              ? 'INFO'
              : 'DEBUG';
    return count <= 2 ? 'CRITICAL' : count === 3 ? 'ERROR' : count === 4 ? 'WARNING' : count <= 6 ? 'INFO' : 'DEBUG';
  }
  return null;
}

function pick(value: Record<string, unknown>, keys: readonly string[]): string | null {
  for (const key of keys) if (typeof value[key] === 'string') return value[key];
  return null;
}

/** A JSON object, or null where the text is none or is cut short. */
export function parseObject(text: string): Record<string, unknown> | null {
  // a thrown error costs more than all the rest: what is cut short is seen by its end
  if (!/\}\s{0,8}$/.test(text.length > 16 ? text.slice(-16) : text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
