import { withoutZeroes } from './benign.ts';
import type { Opened } from './context.ts';
import { providerOfHost } from './provider.ts';
import { signsOf } from './text-signs.ts';
import type { DiagnosisInput, KnownClass } from './types.ts';
import { isModelRoute, readAccessLine } from './unwrap/access-line.ts';
import { APART, readEnvelope } from './unwrap/envelope.ts';
import { flatten } from './unwrap/flatten.ts';
import { readLevel } from './unwrap/level.ts';
import { readMessage } from './unwrap/message.ts';
import { type LogRecord, readRecord } from './unwrap/record.ts';

/** Characters of a text that are read. */
export const MAX_TEXT = 65_536;

/** A log line or an answer, unwrapped; `fine` where it is an answer without an error. */
export type Opening = { kind: 'fine' } | OpenedText;

export interface OpenedText {
  kind: 'opened';
  record: LogRecord;
  opened: Opened;
  /** The failure's text. */
  text: string;
  /** The signs of the text and of the traceback that its record carries. */
  signs: number;
}

/** Takes a text apart as far as its form is known (facts/diagnosis, 6.1). Pure; reads at most 64 KiB. */
export function open(input: DiagnosisInput): Opening {
  const raw = input.text.length > MAX_TEXT ? input.text.slice(0, MAX_TEXT) : input.text;
  const line = input.source === 'log' || input.source === 'system';
  const record: LogRecord = readRecord(raw);
  const access = line ? readAccessLine(record.message) : null;
  const envelope = readEnvelope(record.message, record.json);
  if (envelope.kind === 'fine' && input.failed !== true && (!line || record.level === null || record.level === 'INFO'))
    return { kind: 'fine' };
  const whole = envelope.kind === 'error' ? envelope.text : record.message;
  const apart = whole.indexOf(APART);
  const said = apart < 0 ? whole : whole.slice(0, apart);
  const more = apart < 0 ? '' : whole.slice(apart + APART.length);
  const signs = record.stack ? signsOf(whole) | signsOf(record.stack) : signsOf(whole);
  const message = readMessage(record.stack ? `${said}\n${record.stack}` : said, signs);
  const body = more === '' ? message.body : `${message.body}\n${more}`;
  const flat = flatten(withoutZeroes(body, signs), signs);
  if (envelope.kind === 'error' && envelope.code && /^[45]\d\d$/.test(envelope.code))
    flat.statuses.push(Number(envelope.code));
  const prose = !line && envelope.kind === 'none' && message.classes.length === 0 && message.providerToken === null;
  const opened: Opened = {
    source: input.source,
    level: record.level ?? readLevel(input.level),
    process: record.process,
    access,
    file: record.file,
    type: envelope.kind === 'error' ? envelope.type : null,
    message,
    flat,
    status: input.status ?? null,
    prose,
    plain: prose && input.source !== 'health',
    said: false,
    errorBody: envelope.kind === 'error' && envelope.sure,
  };
  opened.said =
    message.providerToken !== null ||
    (message.router === 'failed' && message.routed !== 'None') ||
    Boolean(input.provider) ||
    (message.classes.length > 0 && fromProvider(flat.urls));
  if (record.file && /auth_exception_handler|user_api_key_auth|auth_checks/.test(record.file)) message.keyCheck = true;
  return { kind: 'opened', record, opened, text: whole, signs };
}

function fromProvider(urls: readonly string[]): boolean {
  return urls.some((url) => providerOfHost(/^[a-z]+:\/\/([^/:?#]{1,255})/i.exec(url)?.[1] ?? '') !== null);
}

/** What the status of an access line means: no cause, so a class of low confidence, or nothing. */
export function classOfAccess(method: string, path: string, status: number): KnownClass | null {
  const model = isModelRoute(path) && method === 'POST';
  if (status < 400 || status === 404 || status === 405) return null;
  if (status === 401 || status === 403) return 'AUTH_GATEWAY';
  if (status === 502 || status === 503) return model ? 'PROVIDER_DOWN' : 'SERVER';
  if (status === 500) return 'SERVER';
  if (!model) return status > 503 && status !== 504 ? 'SERVER' : null;
  if (status === 400 || status === 422) return 'BAD_REQUEST';
  if (status === 402) return 'CREDITS';
  if (status === 408 || status === 504) return 'TIMEOUT';
  if (status === 413) return 'CONTEXT_WINDOW';
  if (status === 429) return 'RATE_LIMIT';
  return status >= 500 ? 'PROVIDER_DOWN' : null;
}
