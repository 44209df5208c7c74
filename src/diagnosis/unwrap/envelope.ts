import { parseObject } from './json-record.ts';

/** What an HTTP answer holds: LiteLLM's error, somebody else's error, or no error at all. */
export type Envelope =
  | { kind: 'error'; text: string; type: string | null; code: string | null }
  | { kind: 'fine' }
  | { kind: 'none' };

const FINE_KEYS = [
  'choices',
  'data',
  'embedding',
  'embeddings',
  'output',
  'healthy_endpoints',
  'results',
  'usage',
  'db',
  'litellm_version',
  'models',
  'candidates',
  'completion',
  'text',
  'content',
  'answer',
  'response',
  'output_text',
];

/** Opens a JSON body, or the events of a stream; `none` where the text is prose. `json` is the body where it has been parsed. */
export function readEnvelope(text: string, json: Record<string, unknown> | null = null): Envelope {
  const start = text.trimStart();
  if (start.startsWith('data:')) return readStream(start);
  if (start.startsWith('"') && start.endsWith('"') && start.length < 200)
    return { kind: /alive|healthy|ok|pong/i.test(start) ? 'fine' : 'none' };
  if (/^\[\s{0,8}\]\s{0,8}$/.test(start)) return { kind: 'fine' };
  if (start.startsWith('[')) return readEnvelope(firstOfArray(start));
  if (!start.startsWith('{')) return { kind: 'none' };
  const value = json ?? parseObject(start);
  return value === null ? { kind: 'none' } : judge(value, start);
}

function firstOfArray(text: string): string {
  const inner = text.slice(1).trimStart();
  return inner.startsWith('{') && text.trimEnd().endsWith(']') ? inner.trimEnd().slice(0, -1) : '';
}

function readStream(text: string): Envelope {
  for (const line of text.split('\n')) {
    if (!line.startsWith('data:') || !line.includes('"error"')) continue;
    const found = readEnvelope(line.slice(5));
    if (found.kind === 'error') return found;
  }
  return { kind: 'fine' };
}

function judge(value: Record<string, unknown>, raw: string): Envelope {
  const error = value.error;
  if (typeof error === 'object' && error !== null && !Array.isArray(error))
    return fromError(error as Record<string, unknown>, value);
  if (typeof error === 'string' && error !== '')
    return {
      kind: 'error',
      text: rest(value, error),
      type: word(value.type),
      code: word(value.code) ?? word(value.status),
    };
  if (typeof value.detail === 'string')
    return { kind: 'error', text: rest(value, value.detail), type: word(value.type), code: word(value.status) };
  if (typeof value.detail === 'object' && value.detail !== null)
    return { kind: 'error', text: JSON.stringify(value.detail), type: word(value.type), code: word(value.status) };
  const fine = FINE_KEYS.some((key) => value[key] !== undefined && value[key] !== null);
  if (fine || quiet(value)) return { kind: 'fine' };
  if (typeof value.message === 'string')
    return {
      kind: 'error',
      text: rest(value, value.message),
      type: word(value.type),
      code: word(value.code) ?? word(value.status),
    };
  return TROUBLE.test(raw) ? { kind: 'none' } : { kind: 'fine' };
}

/** What an object that is no answer of an API must hold to be looked at. */
const TROUBLE =
  /error|exception|fail|invalid|denied|exceed|oom|kill|crash|back-?off|evict|unhealthy|terminated|panic|time[d ]?-?out|refus|unavailable|unreachable|exhaust|forbidden|unauthori/i;

/** An answer about health that complains of nothing. */
function quiet(value: Record<string, unknown>): boolean {
  if (typeof value.status === 'string')
    return /^(?:healthy|ok|connected|success|up|pass|ready|running|alive|succeeded)$/i.test(value.status);
  return value.error === null && value.message === undefined;
}

function fromError(error: Record<string, unknown>, outer: Record<string, unknown>): Envelope {
  const message =
    typeof error.message === 'string'
      ? error.message
      : typeof error.message === 'object' && error.message !== null
        ? JSON.stringify(error.message)
        : '';
  const text = message === '' ? JSON.stringify(error) : rest(error, message);
  return {
    kind: 'error',
    text,
    type: word(error.type),
    code: word(error.code) ?? word(error.status) ?? word(outer.status),
  };
}

/** LiteLLM derives these from the status: they say nothing of their own. */
const FROM_STATUS = new Set<unknown>([
  'throttling_error',
  'invalid_request_error',
  'authentication_error',
  'permission_error',
  'internal_server_error',
  'auth_error',
]);
const SAID = new Set([
  'message',
  'provider_specific_fields',
  'litellm_call_id',
  'param',
  'type',
  'error',
  'detail',
  'code',
  'request_id',
  'object',
]);

/** The message first, then what else the object says (`metadata`, `status`, `details`): it may name the cause. */
function rest(value: Record<string, unknown>, message: string): string {
  const more: string[] = [];
  for (const [key, entry] of Object.entries(value)) {
    if (SAID.has(key) || entry === null || entry === '') continue;
    more.push(`${JSON.stringify(key)}: ${JSON.stringify(entry)}`);
  }
  const own = message.includes('litellm.');
  const codes = [value.type, value.code]
    .filter(
      (entry) =>
        typeof entry === 'string' && entry !== 'None' && !/^\d+$/.test(entry) && !(own && FROM_STATUS.has(entry)),
    )
    .join('\n');
  return more.length === 0 && codes === '' ? message : `${message}\n${APART}${codes}\n${more.join(',\n')}`;
}

/** Stands between what a body's message says and its other fields; tails of the message end here. */
export const APART = '\u241e';

function word(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' && value !== 'None' ? value : null;
}
