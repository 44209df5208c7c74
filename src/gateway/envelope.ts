import type { Reply } from './endpoint.ts';
import { field, isObject, parseJson, text } from './json.ts';

/** What LiteLLM says in an error, whichever of its envelopes it chose. */
export interface Envelope {
  message: string;
  type: string | null;
  /** Always as a string: 2024's integers, today's strings, provider codes such as `invalid_api_key`. */
  code: string | null;
}

/**
 * Reads the envelopes that were met in five releases: `{"error":{message,type,param,code}}` with a string or an object as
 * message, FastAPI's `{"detail": ...}` with a string, an object or a list, a bare JSON string, RFC 9457 problem JSON.
 * null for anything else.
 */
export function readEnvelope(body: unknown): Envelope | null {
  if (typeof body === 'string') return body === '' ? null : { message: body, type: null, code: null };
  const error = field(body, 'error');
  if (isObject(error)) return fromError(error);
  if (typeof error === 'string') return { message: error, type: null, code: null };
  const detail = field(body, 'detail');
  if (detail !== undefined) return fromDetail(detail, body);
  return null;
}

function fromError(error: Record<string, unknown> | object): Envelope {
  const code = field(error, 'code');
  return {
    message: flatten(field(error, 'message')) ?? flatten(error) ?? '',
    type: text(field(error, 'type')),
    code: typeof code === 'number' ? String(code) : text(code),
  };
}

function fromDetail(detail: unknown, body: unknown): Envelope {
  const inner = field(detail, 'error');
  if (isObject(inner)) return fromError(inner);
  const title = text(field(body, 'title'));
  const message = flatten(inner ?? detail) ?? '';
  return { message: title === null ? message : `${title}: ${message}`, type: text(field(body, 'type')), code: null };
}

/** The human part of a value: itself, the `error`, `message` or `msg` in it, else its JSON. */
function flatten(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return null;
  for (const key of ['error', 'message', 'msg']) {
    const inner = field(value, key);
    if (typeof inner === 'string') return inner;
  }
  return JSON.stringify(value).slice(0, 4_000);
}

export type Body =
  | { kind: 'empty' }
  | { kind: 'html' }
  /** Neither JSON nor HTML. */
  | { kind: 'text'; text: string }
  /** Says that it is JSON, or looks like it, and is not. */
  | { kind: 'broken' }
  | { kind: 'json'; value: unknown };

/** What the text of an answer is, judged by the text first and by its content type second. */
export function readReply(reply: Reply): Body {
  const trimmed = reply.text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') return { kind: 'empty' };
  const parsed = parseJson(trimmed);
  if (parsed.ok) return { kind: 'json', value: parsed.value };
  const type = headerOf(reply, 'content-type')?.toLowerCase() ?? '';
  if (trimmed.startsWith('<') || type.includes('html')) return { kind: 'html' };
  if (type.includes('json') || trimmed.startsWith('{') || trimmed.startsWith('[')) return { kind: 'broken' };
  return { kind: 'text', text: trimmed };
}

/** The first value of a header; names are lower case. */
export function headerOf(reply: { headers: Reply['headers'] }, name: string): string | null {
  const value = reply.headers[name];
  const first = Array.isArray(value) ? value[0] : value;
  return first === undefined || first === '' ? null : first;
}

/** `retry-after` in seconds or as a date, else the provider's own as LiteLLM 1.106 passes it on. */
export function retryAfterOf(reply: Reply, nowMs: number): number | null {
  const raw = headerOf(reply, 'retry-after') ?? headerOf(reply, 'llm_provider-retry-after');
  if (raw === null) return null;
  if (/^\d{1,9}(\.\d{1,9})?$/.test(raw.trim())) return Number(raw);
  const at = Date.parse(raw);
  return Number.isNaN(at) ? null : Math.max(0, Math.round((at - nowMs) / 1000));
}
