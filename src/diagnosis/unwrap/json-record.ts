import { type Level, readLevel } from './level.ts';
import type { LogRecord } from './record.ts';

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
/** A record has one of these at least: most bodies of errors have none. */
const HOLDS_TEXT = new Set([...TEXT_KEYS, ...INNER_KEYS]);
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

const SAYING_KEYS = [...TEXT_KEYS, 'reason', 'note', 'status', 'state', 'detail', 'details', 'description', 'event'];

/** Whether an object has a field in which programs say what happened; a panel or a schema has none. */
export function saysSomething(value: Record<string, unknown>): boolean {
  return SAYING_KEYS.some((key) => key in value);
}

/** Opens a log record that is JSON: what it says, its level, its program. False where the text is none. */
export function peelJson(record: LogRecord): boolean {
  const value = parseObject(record.message);
  if (value === null) return false;
  record.json = value;
  if (!Object.keys(value).some((key) => HOLDS_TEXT.has(key))) return false;
  const inner = INNER_KEYS.map((key) => value[key]).find(isObject) ?? {};
  const text = pick(value, TEXT_KEYS) ?? pick(inner, TEXT_KEYS);
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
  record.message = withMore(value, text.endsWith('\n') ? text.replace(/\n+$/, '') : text);
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
  'upstream',
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
  if (!text.endsWith('}') && !/\}\s{0,8}$/.test(text.length > 16 ? text.slice(-16) : text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
