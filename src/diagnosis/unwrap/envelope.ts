import { parseObject } from './json-record.ts';

/** What an HTTP answer holds: LiteLLM's error, somebody else's error, or no error at all. */
export type Envelope =
  /** `sure` where a field of it says that it is an error, not only its words. */
  | { kind: 'error'; text: string; type: string | null; code: string | null; sure: boolean }
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
  switch (start[0]) {
    case 'd':
      return start.startsWith('data:') ? readStream(start) : NONE;
    case '"':
      return start.endsWith('"') && start.length < 200 && /alive|healthy|ok|pong/i.test(start)
        ? { kind: 'fine' }
        : NONE;
    case '[':
      return /^\[\s{0,8}\]\s{0,8}$/.test(start) ? { kind: 'fine' } : readList(start);
    case '{':
      return readObject(start, json);
    default:
      return NONE;
  }
}
const NONE: Envelope = { kind: 'none' };

function readObject(start: string, json: Record<string, unknown> | null): Envelope {
  const value = json ?? parseObject(start);
  if (value !== null) return judge(value, start);
  const printed = parsePrinted(start);
  return printed !== null && judge(printed, start).kind === 'fine' ? { kind: 'fine' } : { kind: 'none' };
}

/** A list of objects: its first failure; fine where every object in it is. */
function readList(text: string): Envelope {
  const inner = text.slice(1).trim();
  if (!inner.startsWith('{') || !inner.endsWith(']')) return { kind: 'none' };
  const wrapped = parseObject(`{"list":${text}}`);
  if (wrapped === null) return { kind: 'none' };
  const found = (wrapped.list as unknown[]).map(
    (one): Envelope => (isObject(one) ? judge(one, JSON.stringify(one)) : { kind: 'none' }),
  );
  return found.find(({ kind }) => kind === 'error') ?? found.find(({ kind }) => kind === 'none') ?? { kind: 'fine' };
}

const PYTHON: Record<string, string> = { "'": '"', None: 'null', True: 'true', False: 'false' };

/** A Python dict as it is printed, where it is plain; null where it is none. */
function parsePrinted(text: string): Record<string, unknown> | null {
  if (!text.startsWith("{'") || text.includes('"') || text.includes('\\')) return null;
  return parseObject(text.replace(/'|\b(?:None|True|False)\b/g, (found) => PYTHON[found] as string));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
  const { error, detail } = value;
  if (isObject(error) && !isEmpty(error)) return fromError(error, value);
  if (typeof error === 'string' && !isEmpty(error)) return saying(value, error, value.code ?? value.status);
  if (typeof detail === 'string' && detail !== '') return saying(value, detail, value.status);
  if (isReading(detail)) return { kind: 'fine' };
  if (typeof detail === 'object' && detail !== null)
    return saying({ type: value.type }, JSON.stringify(detail), value.status);
  const fine = FINE_KEYS.some((key) => value[key] !== undefined && value[key] !== null);
  if (fine || isQuiet(value))
    return admitsFailure(value)
      ? { kind: 'error', text: spoken(value), type: null, code: null, sure: true }
      : { kind: 'fine' };
  if (typeof value.message === 'string') {
    const said = saying(value, value.message, value.code ?? value.status);
    return { ...said, sure: said.type !== null || said.code !== null };
  }
  const complaint = complaintOf(value, 0);
  if (complaint === 'field') return { kind: 'error', text: raw, type: null, code: null, sure: true };
  return complaint === null ? { kind: 'fine' } : { kind: 'none' };
}

/** Fields of which an entry of a list of failures has one. */
const ENTRY_KEYS = ['msg', 'message', 'error', 'errors', 'reason', 'code', 'type', 'loc', 'detail', 'status'];

/** A list of objects that say nothing as failures do: pages of a manual, whatever they are about. */
function isReading(detail: unknown): boolean {
  return (
    Array.isArray(detail) &&
    detail.length > 0 &&
    detail.every((one) => isObject(one) && !ENTRY_KEYS.some((key) => key in one))
  );
}

function saying(value: Record<string, unknown>, message: string, code: unknown): Envelope & { kind: 'error' } {
  return { kind: 'error', text: rest(value, message), type: word(value.type), code: word(code), sure: true };
}

/** What an object that is no answer of an API must say to be looked at. */
const TROUBLE =
  /error|exception|fail|invalid|denied|exceed|oom|kill|crash|back-?off|evict|unhealthy|terminated|panic|time[d ]?-?out|refus|unavailable|unreachable|exhaust|forbidden|unauthori/i;
/** Fields that hold names and places: whatever they are called, they complain of nothing. */
const NAME_KEY =
  /^(?:model|deployment|endpoint|provider|mode|object|owned_by|version|tags?|zone|api_?base|(?:[\w-]{1,40}[_-])?(?:name|id|url|uri|host|hostname|region|provider|model|base|version|group|address|alias))$/i;
const STATUS_KEY = /^(?:http_?)?(?:status|code|status_?code)$/i;
/** Fields that are there for failures: whatever they hold, unless it is nothing, is one. */
const ERROR_KEY =
  /^(?:[a-z]{1,20}_?)?(?:errors?|exceptions?|failures?|failure_?reason)$|^(?:last_?|the_?)?err(?:or)?_?(?:message|msg|code|no|type|str|text|details?|info|reason|description|class)$|^(?:has_|is_)?(?:error|failed|timed_out)$/i;
/** An address, or the name of a host. */
const PLACE = /^(?:[a-z]{2,12}:\/\/\S{1,2000}|[a-z\d][a-z\d-]{0,62}(?:\.[a-z\d-]{1,63}){1,8}(?::\d{1,5})?)$/;
/** Fields that say something in one small word. */
const SPOKEN_KEY =
  /^(?:status|state|reason|phase|result|outcome|conclusion|message|msg|details?|description|text|title|type|code|kind|cause|summary|info|body|output|log|level|severity|event|event_type)$/i;
const ONE_WORD = /^[^\sA-Z]{1,80}$/;
const DEEPEST = 6;

/** Whether an object complains: by a field that is there for failures, or by words. Of nulls, empty fields, names and numbers none does. */
function complaintOf(value: object, depth: number): 'field' | 'words' | null {
  if (depth > DEEPEST) return 'words';
  let found: 'words' | null = null;
  for (const [key, entry] of Object.entries(value)) {
    if (!isEmpty(entry) && (isErrorField(key, entry) || isBadStatus(key, entry))) return 'field';
    if (entry === false && (key === 'success' || key === 'ok')) return 'field';
    if (typeof entry === 'object' && entry !== null) {
      const inner = complaintOf(entry, depth + 1);
      if (inner === 'field') return inner;
      found ??= inner;
    } else if (typeof entry === 'string' && TROUBLE.test(entry) && !isName(key, entry)) found = 'words';
  }
  return found;
}

/** What an object says of itself, whatever else it holds: an answer about health lists what is well beside what is not. */
function admitsFailure(value: Record<string, unknown>): boolean {
  return Object.entries(value).some(
    ([key, entry]) =>
      typeof entry === 'string' && !isEmpty(entry) && (isErrorField(key, entry) || isUnwell(key, entry)),
  );
}

/** What its fields say, each behind its name: `db: Not connected`. */
function spoken(value: Record<string, unknown>): string {
  return Object.entries(value)
    .filter(([key, entry]) => !isEmpty(entry) && typeof entry !== 'number' && !NAME_KEY.test(key))
    .map(([key, entry]) => `${key}: ${typeof entry === 'string' ? entry : JSON.stringify(entry)}`)
    .join('\n');
}

function isUnwell(key: string, entry: string): boolean {
  return key === 'status' && /^(?:unhealthy|error|failed|failure|down|critical|degraded)$/i.test(entry);
}

function isName(key: string, entry: string): boolean {
  return NAME_KEY.test(key) || PLACE.test(entry) || (ONE_WORD.test(entry) && !SPOKEN_KEY.test(key));
}

/** A number in such a field counts failures or sets a bound, unless it is a code. */
function isErrorField(key: string, entry: unknown): boolean {
  return ERROR_KEY.test(key) && (typeof entry !== 'number' || /(?:code|no)$/i.test(key));
}

function isBadStatus(key: string, entry: unknown): boolean {
  return STATUS_KEY.test(key) && /^[45]\d\d$/.test(String(entry));
}

/** A field that is there and says that there is nothing. */
function isEmpty(value: unknown): boolean {
  if (typeof value === 'string') return /^\s{0,8}(?:none|null|nil|n\/a|-|ok|no errors?|false)?\s{0,8}$/i.test(value);
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === null || value === false || value === 0;
}

/** An answer about health that complains of nothing. */
function isQuiet(value: Record<string, unknown>): boolean {
  if (typeof value.status === 'string')
    return /^(?:healthy|ok|connected|success|up|pass|ready|running|alive|succeeded)$/i.test(value.status);
  return (
    value.error !== undefined && isEmpty(value.error) && value.message === undefined && complaintOf(value, 0) === null
  );
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
    sure: true,
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
  for (const key of Object.keys(value)) {
    const entry = value[key];
    if (SAID.has(key) || entry === null || entry === '') continue;
    more.push(`${JSON.stringify(key)}: ${JSON.stringify(entry)}`);
  }
  const type = telling(value.type, message);
  const code = telling(value.code, message);
  const codes = type === null || code === null ? (type ?? code ?? '') : `${type}\n${code}`;
  return more.length === 0 && codes === '' ? message : `${message}\n${APART}${codes}\n${more.join(',\n')}`;
}

/** A type or a code that says more than the status and LiteLLM's own class do. */
function telling(entry: unknown, message: string): string | null {
  if (typeof entry !== 'string' || entry === 'None' || /^\d+$/.test(entry)) return null;
  return FROM_STATUS.has(entry) && message.includes('litellm.') ? null : entry;
}

/** Stands between what a body's message says and its other fields; tails of the message end here. */
export const APART = '\u241e';

function word(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' && value !== 'None' ? value : null;
}
