import { type Context, type Decoded, failed, type Reply } from './endpoint.ts';
import { type Body, type Envelope, headerOf, readEnvelope, readReply, retryAfterOf } from './envelope.ts';
import { isObject } from './json.ts';
import type { FailureCode, GatewayFailure } from './types.ts';

/*
 * An HTTP answer that is not what was asked for: who refused, and why. The order matters: what stands in front of the
 * gateway, then the gateway's own states (overload, shutdown, our key), then everything else that LiteLLM says.
 */

const DETAIL_CHARS = 4_000;

interface Verdict {
  code: FailureCode;
  text: string;
  next: string;
}

/** Names the failure of any answer that no decoder wanted. The bodies were recorded from releases 1.60.8 to 1.106.2. */
export function refusal(reply: Reply, context: Context): GatewayFailure {
  const body = readReply(reply);
  // A bare string is an error only beside a status that says so.
  const speaks = body.kind === 'json' && (typeof body.value !== 'string' || reply.status >= 400);
  const envelope = speaks ? readEnvelope(body.value) : null;
  const verdict =
    redirect(reply, context) ??
    ownState(reply, body, envelope, context) ??
    (envelope === null ? stranger(reply, body, context) : said(reply, envelope, context));
  const { scrub } = context;
  const callId = headerOf(reply, 'x-litellm-call-id');
  return {
    code: verdict.code,
    text: scrub(verdict.text, 600),
    next: scrub(verdict.next, 300),
    status: reply.status,
    retryAfterS: retryAfterOf(reply, context.now()),
    detail: envelope === null ? null : scrub(envelope.message, DETAIL_CHARS),
    type: envelope?.type ? scrub(envelope.type, 100) : null,
    callId: callId === null ? null : scrub(callId, 100),
  };
}

/** `refusal` as the answer of an endpoint. */
export function refused<T>(reply: Reply, context: Context): Decoded<T> {
  return failed(refusal(reply, context));
}

function redirect(reply: Reply, context: Context): Verdict | null {
  if (reply.status < 300 || reply.status > 399) return null;
  const target = shownTarget(headerOf(reply, 'location'), context);
  return {
    code: 'REDIRECT',
    text: `${context.where} redirects (${reply.status}) to ${target ?? 'an unreadable place'} instead of answering.`,
    next: 'Nothing was sent there; if that is the gateway, put its address into --url.',
  };
}

/** Scheme, host and path of a Location; userinfo, query and fragment may hold secrets. */
function shownTarget(location: string | null, context: Context): string | null {
  if (location === null || !URL.canParse(location, `http://${context.where}`)) return null;
  const url = new URL(location, `http://${context.where}`);
  return location.startsWith('/') && !location.startsWith('//')
    ? url.pathname
    : `${url.protocol}//${url.host}${url.pathname}`;
}

function ownState(reply: Reply, body: Body, envelope: Envelope | null, context: Context): Verdict | null {
  const { status } = reply;
  const plain = body.kind === 'text' ? body.text : null;
  if (status === 503 && body.kind === 'json' && JSON.stringify(body.value).includes('shutting_down')) {
    return {
      code: 'SHUTTING_DOWN',
      text: `The gateway on ${context.where} is shutting down and takes no new work.`,
      next: 'Wait for the restart; if none was planned, see who stopped or drained it.',
    };
  }
  // The first is LiteLLM's admission control, the second uvicorn's --limit_concurrency (measured 1.106.2).
  if (status === 503 && (envelope?.type === 'overloaded_error' || plain === 'Service Unavailable')) {
    return {
      code: 'OVERLOADED',
      text: `The gateway on ${context.where} is at capacity and turned the request away.`,
      next: 'Add workers or raise its limit (max_in_flight_requests_per_worker, --limit_concurrency).',
    };
  }
  return keyState(reply, plain, envelope, context);
}

/** Words that only LiteLLM's own check of the caller's key uses; a provider's refusal begins with `litellm.`. */
const KEY_TYPES = new Set(['auth_error', 'token_not_found_in_db', 'expired_key']);

function keyState(reply: Reply, plain: string | null, envelope: Envelope | null, context: Context): Verdict | null {
  const { status } = reply;
  const message = envelope?.message ?? '';
  if (isBareServerError(status, plain, envelope) && context.keyed) {
    // Without the prisma package a missing key ends as a 500 (measured 1.95.1, 1.106.2); with one it is a fault.
    return context.keySent ? null : keyMissing(context);
  }
  if (envelope === null || message.startsWith('litellm.')) return null;
  if (status === 400 && envelope.type === 'no_db_connection') return keyRejected(message, context);
  if (status !== 401 && status !== 403) return null;
  if (/no api key passed/i.test(message)) return context.keySent ? headerWrong(context) : keyMissing(context);
  if (/malformed api key/i.test(message)) return context.keySent ? headerWrong(context) : keyMissing(context);
  if (status === 403 && (envelope.type ?? '').includes('access_denied')) return null;
  const ours =
    KEY_TYPES.has(envelope.type ?? '') || message.startsWith('Authentication Error') || !context.providerMaySpeak;
  if (!ours) return null;
  return context.keySent ? keyRejected(message, context) : keyMissing(context);
}

function isBareServerError(status: number, plain: string | null, envelope: Envelope | null): boolean {
  if (status !== 500) return false;
  if (plain === 'Internal Server Error') return true;
  return envelope !== null && envelope.code === null && /^internal server error$/i.test(envelope.message);
}

function keyMissing(context: Context): Verdict {
  return {
    code: 'KEY_MISSING',
    text: `The gateway on ${context.where} asks for a key and none was sent.`,
    next: 'Put LITELLM_MASTER_KEY (or a virtual key as LITELLM_API_KEY) into the environment or .env.',
  };
}

function headerWrong(context: Context): Verdict {
  return {
    code: 'KEY_REJECTED',
    text: `The gateway on ${context.where} found no key in the header ${context.keyHeader}.`,
    next: 'If general_settings.litellm_key_header_name is set there, name that header with --key-header.',
  };
}

function keyRejected(message: string, context: Context): Verdict {
  const expired = /expired/i.test(message);
  const scope = /not allowed|only.{0,40}admin|your role/i.test(message);
  return {
    code: 'KEY_REJECTED',
    text: expired
      ? `The gateway on ${context.where} says that the watchtower's key has expired.`
      : scope
        ? `The gateway on ${context.where} does not allow the watchtower's key to ask this.`
        : `The gateway on ${context.where} does not accept the watchtower's key.`,
    next:
      expired || scope
        ? 'Give the watchtower a key with this right.'
        : "Compare the key with the gateway's master_key.",
  };
}

/** An answer that LiteLLM does not write. */
function stranger(reply: Reply, body: Body, context: Context): Verdict {
  const { status } = reply;
  const { where } = context;
  if (status === 502 || status === 503 || status === 504) {
    return {
      code: 'BAD_GATEWAY',
      text: `Something in front of the gateway answers ${status} on ${where}: it cannot reach the gateway behind it.`,
      next: 'Look at that reverse proxy, and at the gateway behind it: is it running, on the port the proxy expects?',
    };
  }
  if (body.kind === 'text' && status === 500 && body.text === 'Internal Server Error') {
    return {
      code: 'HTTP_STATUS',
      text: `The gateway on ${where} answered 500 Internal Server Error.`,
      next: 'Look at its log; if it reads its key from another header, name that header with --key-header.',
    };
  }
  if (status < 300 && (body.kind === 'broken' || body.kind === 'empty' || isNothing(body))) {
    return {
      code: 'BAD_BODY',
      text: `The answer of ${where} (${status}) is ${body.kind === 'empty' ? 'empty' : 'no readable JSON'}.`,
      next: 'Ask again; if it stays so, look at what stands between the watchtower and the gateway.',
    };
  }
  if (body.kind === 'empty') {
    return { code: 'HTTP_STATUS', text: `${where} answered ${status} without a word.`, next: 'Check --url.' };
  }
  const what = body.kind === 'html' ? 'a web page' : body.kind === 'text' ? 'plain text' : 'JSON of another program';
  return {
    code: 'NOT_LITELLM',
    text: `${where} answered ${status} with ${what}, which no LiteLLM does.`,
    next: 'Check --url, its port and path prefix: a login page, a web server or another program answers there.',
  };
}

/** JSON that nobody means as an answer: null, a list, a number, true. */
function isNothing(body: Body): boolean {
  return body.kind === 'json' && typeof body.value !== 'string' && !isObject(body.value);
}

/** LiteLLM answered, with a status that is no success. */
function said(reply: Reply, envelope: Envelope, context: Context): Verdict {
  const { status } = reply;
  const words = envelope.message.trim().slice(0, 500);
  if (status === 404 && envelope.message === 'Not Found') {
    return {
      code: 'HTTP_STATUS',
      text: `${context.where} has no ${context.path} (404).`,
      next: 'Check the path in --url: a prefix (SERVER_ROOT_PATH) may be missing, or /v1 is there twice.',
    };
  }
  if (status < 300) {
    return {
      code: 'BAD_BODY',
      text: `The answer of ${context.where} (${status}) is an error: ${words}`,
      next: 'Look at the log of the gateway.',
    };
  }
  return {
    code: 'HTTP_STATUS',
    text: `The gateway on ${context.where} answered ${status}: ${words || 'no words'}`,
    next: status === 429 ? 'Wait and ask less often.' : "The words above tell the cause; the gateway's log has more.",
  };
}
